//! Articles in reStructuredText, and what writers put into them.

use proptest::prelude::*;

use super::*;
use crate::parse::choose;
use crate::parse::tests::{parsed, parsed_all};

fn one(name: &str, text: &str) -> Article {
    parsed("rst", name, text.as_bytes()).remove(0)
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(one("a.rst", text).body.text.trim_end(), expected, "{text}");
}

#[test]
fn an_article_with_its_fields() {
    let text = "########\nLow tide\n########\n\n:date: 2010-10-03 10:20\n:author: Ada Reed\n:tags: sea, ferry\n\n\
        The **ferry** waits.\n\nWhy\n===\n\nSand.\n\nHow\n---\n\nWind.\n\nWho\n===\n";
    let article = one("a.rst", text);
    assert_eq!((&*article.title.text, &*article.authors[0].name), ("Low tide", "Ada Reed"));
    assert_eq!(article.date.unwrap().chosen.value.to_string(), "2010-10-03T10:20");
    assert_eq!(article.tags, ["sea", "ferry"]);
    assert_eq!(
        article.body.text,
        "<p>The <strong>ferry</strong> waits.</p>\n<h2>Why</h2>\n<p>Sand.</p>\n<h3>How</h3>\n<p>Wind.</p>\n<h2>Who</h2>\n"
    );
    let nikola =
        one("a.rst", ".. title: Low tide\n.. date: 2012-01-02 10:00\n.. tags: sea\n\nText.\n\n.. TEASER_END\n\nMore.");
    assert_eq!((&*nikola.title.text, nikola.body.text.trim_end()), ("Low tide", "<p>Text.</p>\n<p>More.</p>"));
    assert_eq!(one("a.rst", "Low *tide*\n==========\n\nText.").title.text, "Low tide");
    let chosen =
        |name: &str, text: &str| choose(&Document::from_bytes(name, name, text.as_bytes().to_vec())).unwrap().name();
    assert_eq!((chosen("a.rst", "Text."), chosen("a.rst", ".. title: x\n\nText.")), ("rst", "rst"));
}

#[test]
fn marks_inside_a_line() {
    for (text, expected) in [
        (
            "*thin* **bold** ``a<b`` :code:`c` `x`",
            "<em>thin</em> <strong>bold</strong> <code>a&lt;b</code> <code>c</code> <em>x</em>",
        ),
        ("2 * 3 * 4 and a*b*c and \\*plain* re\\ *mark*", "2 * 3 * 4 and a*b*c and *plain* re<em>mark</em>"),
        (
            "`the docs <https://a.example/>`_ and `x <https://b.example>`__.",
            "<a href=\"https://a.example/\">the docs</a> and <a href=\"https://b.example\">x</a>.",
        ),
        (
            "See https://a.example/b. Note [1]_ :sub:`2` :ref:`Tide <t>`",
            "See <a href=\"https://a.example/b\">https://a.example/b</a>. Note [1] <sub>2</sub> Tide",
        ),
        (":pep:`8` snake_case_ name_", "<a href=\"https://peps.python.org/pep-0008/\">PEP 8</a> snake_case_ name_"),
    ] {
        check(text, &format!("<p>{expected}</p>"));
    }
    check(
        "The docs_, `Old Pier`_ and |boat|.\n\n.. _docs: https://a.example\n.. _old pier: /pier\n.. |boat| replace:: the *boat*",
        "<p>The <a href=\"https://a.example\">docs</a>, <a href=\"/pier\">Old Pier</a> and the *boat*.</p>",
    );
}

#[test]
fn blocks() {
    check(
        "Code::\n\n    a <b>\n      c\n\nEnd.",
        "<p>Code:</p>\n<pre><code>a &lt;b&gt;\n  c</code></pre>\n<p>End.</p>",
    );
    check(
        ".. code-block:: python\n   :linenos:\n\n   print(1)\n",
        "<pre><code class=\"language-python\">print(1)</code></pre>",
    );
    check(
        ".. image:: pier.png\n   :alt: Old pier\n   :target: /x",
        "<p><a href=\"/x\"><img src=\"pier.png\" alt=\"Old pier\"></a></p>",
    );
    check(
        ".. figure:: pier.png\n\n   The *pier*.\n",
        "<figure><img src=\"pier.png\" alt=\"\"><figcaption>The <em>pier</em>.</figcaption></figure>",
    );
    check(
        ".. note:: Mind\n   the gap.\n\n   Wet.",
        "<div>\n<p><strong>Note</strong></p>\n<p>Mind\nthe gap.</p>\n<p>Wet.</p>\n</div>",
    );
    check(
        ".. raw:: html\n\n   <b>x</b>\n\n.. a comment\n   goes on\n\n.. strange:: thing\n\n   kept",
        "<b>x</b>\n<div>\n<p>thing</p>\n<p>kept</p>\n</div>",
    );
    check(
        "Text.\n\n  Quoted.\n\n----\n\n.. [1] A note.",
        "<p>Text.</p>\n<blockquote>\n<p>Quoted.</p>\n</blockquote>\n<hr>\n<p>[1] A note.</p>",
    );
    check("| one\n| two", "<p>one<br>\ntwo</p>");
    check(
        "=== ===\na   b\n=== ===\n1   2\n=== ===\n\nEnd.",
        "<table>\n<tr><th>a</th><th>b</th></tr>\n<tr><td>1</td><td>2</td></tr>\n</table>\n<p>End.</p>",
    );
    check(
        "- one\n  goes on\n\n  - two\n- three\n\n1. x\n#. y",
        "<ul>\n<li>one\ngoes on<ul>\n<li>two</li></ul>\n</li>\n<li>three</li></ul>\n<ol>\n<li>x</li>\n<li>y</li></ol>",
    );
    check("tide\n    low", "<dl>\n<dt>tide</dt><dd><p>low</p>\n</dd></dl>");
}

/// The body without line ends and paragraphs, which are the converter's own affair.
fn bare(text: &str) -> String {
    one("a.rst", text).body.text.replace(['\n'], "").replace("<p>", "").replace("</p>", "")
}

// What docutils 0.23 makes of these, but for its classes, `thead` and `tbody`.
#[test]
fn grids() {
    let grid = "+-------+-------+-------+\n| Pier  | Boat  | Seats |\n+=======+=======+=======+\n| North | Ada           |\n\
                +-------+-------+-------+\n| South | - one | both  |\n+-------+ - two | rows  |\n| West  |       |       |\n\
                +-------+-------+-------+\n\nEnd.";
    assert_eq!(
        bare(grid),
        "<table><tr><th>Pier</th><th>Boat</th><th>Seats</th></tr><tr><td>North</td><td colspan=\"2\">Ada</td></tr>\
         <tr><td>South</td><td rowspan=\"2\"><ul><li>one</li><li>two</li></ul></td><td rowspan=\"2\">bothrows</td></tr>\
         <tr><td>West</td></tr></table>End."
    );
    let wide = "+----+---+\n| 港 | a |\n+----+---+\n| b  | é |\n+----+---+";
    assert_eq!(bare(wide), "<table><tr><td>港</td><td>a</td></tr><tr><td>b</td><td>é</td></tr></table>");
    let inside = "- x\n\n  +---+---+\n  | a | b |\n  +---+---+\n\n- y";
    assert_eq!(bare(inside), "<ul><li>x<table><tr><td>a</td><td>b</td></tr></table></li><li>y</li></ul>");
    // What is drawn badly is shown as it is typed.
    for broken in ["+---+---+\n| a | b |", "+---+---+\n| a  | b |\n+---+---+", "+---+\n| a\n+---+-+"] {
        check(broken, &format!("<pre><code>{broken}</code></pre>"));
    }
}

#[test]
fn simple_tables() {
    let table = "=====  =====  ====\n   Piers      Sea\n------------  ----\n  A      B    C\n=====  =====  ====\nhigh   low    one\n\
                 \x20             more\n\\      x      y\n=====  =====  ====\n\nEnd.";
    assert_eq!(
        bare(table),
        "<table><tr><th colspan=\"2\">Piers</th><th>Sea</th></tr><tr><th>A</th><th>B</th><th>C</th></tr>\
         <tr><td>high</td><td>low</td><td>onemore</td></tr><tr><td></td><td>x</td><td>y</td></tr></table>End."
    );
    assert_eq!(
        bare("=== ===\n1   2\n\n3   *4*\n=== ==="),
        "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td><em>4</em></td></tr></table>"
    );
    let crossed = "=== ===\nabcdefg\n=== ===";
    check(crossed, &format!("<pre><code>{crossed}</code></pre>"));
}

#[test]
fn tables_of_lists_and_of_values() {
    assert_eq!(
        bare(
            ".. list-table:: The *ferries*\n   :header-rows: 1\n   :stub-columns: 1\n\n   * - Name\n     - Seats\n   * - Ada\n     - 120\n\n       or more\n   * - Bob\n     -\n\nEnd."
        ),
        "<table><caption>The <em>ferries</em></caption><tr><th>Name</th><th>Seats</th></tr><tr><th>Ada</th><td>120or more</td></tr>\
         <tr><th>Bob</th><td></td></tr></table>End."
    );
    assert_eq!(
        bare(
            ".. csv-table:: Tides\n   :header: \"Day\", \"Height, m\"\n\n   \"Monday, early\", 3.1\n   Tuesday, \"say \"\"so\"\"\"\n   Friday"
        ),
        "<table><caption>Tides</caption><tr><th>Day</th><th>Height, m</th></tr><tr><td>Monday, early</td><td>3.1</td></tr>\
         <tr><td>Tuesday</td><td>say &quot;so&quot;</td></tr><tr><td>Friday</td><td></td></tr></table>"
    );
    assert_eq!(
        bare(".. csv-table::\n   :delim: ;\n   :header-rows: 1\n\n   a;b\n   1;*2*"),
        "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td><em>2</em></td></tr></table>"
    );
    assert_eq!(
        bare(".. table:: Truth\n\n   == ==\n   x  y\n   == ==\n   1  2\n   == =="),
        "<table><caption>Truth</caption><tr><th>x</th><th>y</th></tr><tr><td>1</td><td>2</td></tr></table>"
    );
    // Nothing is lost that is no table.
    assert!(bare(".. list-table:: Odd\n\n   No list.").contains("No list."));
}

#[test]
fn lists_end_where_others_begin() {
    assert_eq!(bare("- a\n- b\n\n* c"), "<ul><li>a</li><li>b</li></ul><ul><li>c</li></ul>");
    assert_eq!(bare("1. a\n#. b\n3. c\n\n1. d"), "<ol><li>a</li><li>b</li><li>c</li></ol><ol><li>d</li></ol>");
    assert_eq!(bare("1. a\n\n   1. x\n\n2. b"), "<ol><li>a<ol><li>x</li></ol></li><li>b</li></ol>");
    assert_eq!(bare("#. a\n#. b"), "<ol><li>a</li><li>b</li></ol>");
    for list in ["1. one\n2. two", "- one\n- two", ":one: two"] {
        let text = bare(&format!("{list}\n\ntide\n   low\n\nwind\n   high\n\nEnd."));
        assert!(text.ends_with("<dt>tide</dt><dd>low</dd><dt>wind</dt><dd>high</dd></dl>End."), "{text}");
        assert_eq!(
            text.contains("</li></ol><dl>") || text.contains("</li></ul><dl>"),
            !list.starts_with(':'),
            "{text}"
        );
    }
}

#[test]
fn hostile_texts_take_linear_time() {
    let started = std::time::Instant::now();
    for piece in [
        "*a ",
        "**a",
        "`a",
        "``",
        "|a",
        "a_ ",
        "[1",
        ":a:",
        ".. a::\n",
        ".. a::\n ",
        "- ",
        " - a\n",
        "==\n",
        "a\n==\n",
        "::\n",
        "(1) ",
        "    a\n",
        "a\n a\n",
        ".. _a: b\n",
        "+-\n",
        "== =\n",
        "\t",
    ] {
        let text = piece.repeat((1 << 16) / piece.len());
        let _ = parsed_all("rst", "a.rst", text.as_bytes());
    }
    // As many openers as this would take minutes if each were compared with all others.
    for piece in ["*a ", "**a ", "`a ", "``a ", "|a ", "[a "] {
        let text = piece.repeat((1 << 19) / piece.len());
        assert!(one("a.rst", &text).body.text.len() >= text.len() / 2, "{piece}");
    }
    for piece in ["+-+-+\n| | |\n", "+--+\n|++|\n", "=== ===\na\n", "+-+\n"] {
        let _ = one("a.rst", &format!("{}\n\n{}", piece.repeat((1 << 18) / piece.len()), "+-".repeat(900)));
    }
    let crossing = format!("{}+\n", "+-".repeat(400)).repeat(900);
    let _ = one("a.rst", &crossing);
    let steps: String = (0..400).map(|depth| format!("{}- a\n\n", " ".repeat(depth * 2))).collect();
    let _ = one("a.rst", &steps);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

proptest! {
    #[test]
    fn no_soup_makes_it_panic(text in "(\\*|\\*\\*|`|``|`_|\\||\\.\\. |::|:a:|\n|\n\n|  |    |- |1\\. |==|===\n|---\n|_|é|日|x|\\\\|<http://x>|\\[1\\]|a\n|\\+--\\+|image::|\\+---\\+---\\+\n|\\| a \\| b \\|\n|=== ===\n|a   b\n|\\.\\. list-table::\n\n   \\* - a|\\.\\. csv-table::\n\n   a,\"b){0,50}") {
        for article in parsed_all("rst", "a.rst", text.as_bytes()).0 {
            prop_assert!(!article.title.text.is_empty());
        }
    }
}
