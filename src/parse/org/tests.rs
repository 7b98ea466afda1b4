//! Articles in Org, and what writers put into them.

use proptest::prelude::*;

use super::*;
use crate::parse::choose;
use crate::parse::tests::{parsed, parsed_all};

fn one(name: &str, text: &str) -> Article {
    parsed("org", name, text.as_bytes()).remove(0)
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(one("a.org", text).body.text.trim_end(), expected, "{text}");
}

#[test]
fn an_article_with_its_keys() {
    let article = one(
        "a.org",
        "#+TITLE: Low tide\n#+DATE: <2018-11-14 Wed>\n#+AUTHOR: Ada Reed\n#+FILETAGS: :sea:ferry:\n#+OPTIONS: toc:nil\n\n\
         The ferry waits.\n\n* Why :sand:\n:PROPERTIES:\n:ID: x\n:END:\n\nSand.",
    );
    assert_eq!((&*article.title.text, &*article.authors[0].name), ("Low tide", "Ada Reed"));
    assert_eq!(article.date.unwrap().chosen.value.to_string(), "2018-11-14");
    assert_eq!(article.tags, ["sea", "ferry"]);
    assert_eq!(article.body.text.trim_end(), "<p>The ferry waits.</p>\n<h2>Why</h2>\n<p>Sand.</p>");
    assert_eq!(one("a.org", "* Low /tide/\n\nText.").title.text, "Low tide");
    let chosen =
        |name: &str, text: &str| choose(&Document::from_bytes(name, name, text.as_bytes().to_vec())).unwrap().name();
    assert_eq!((chosen("a.org", "Text."), chosen("a", "#+title: x\n")), ("org", "org"));
    assert_eq!(chosen("a.org", "---\ntitle: x\n---\n"), "org");
}

#[test]
fn marks_inside_a_line() {
    for (text, expected) in [
        (
            "*bold* /thin/ =a<b= ~c~ +old+ _u_",
            "<strong>bold</strong> <em>thin</em> <code>a&lt;b</code> <code>c</code> <del>old</del> <u>u</u>",
        ),
        ("a/b/c and 2 * 3 * 4 and ~/bin/x", "a/b/c and 2 * 3 * 4 and ~/bin/x"),
        (
            "[[https://a.example/][the *docs*]] [[https://b.example]]",
            "<a href=\"https://a.example/\">the <strong>docs</strong></a> <a href=\"https://b.example\">https://b.example</a>",
        ),
        ("see [[file:pier.png]] now", "see <img src=\"pier.png\" alt=\"\"> now"),
        (
            "<2018-11-14 Wed> <https://a.example> x[fn:1] a\\ndash{}b",
            "2018-11-14 Wed <a href=\"https://a.example\">https://a.example</a> x[1] a–b",
        ),
    ] {
        check(text, &format!("<p>{expected}</p>"));
    }
}

#[test]
fn blocks() {
    check(
        "#+BEGIN_SRC rust\n  fn a() {}\n  ,* b\n#+END_SRC",
        "<pre><code class=\"language-rust\">fn a() {}\n* b</code></pre>",
    );
    check(
        "#+begin_quote\nIt *rained*.\n#+end_quote\n-----",
        "<blockquote>\n<p>It <strong>rained</strong>.</p>\n</blockquote>\n<hr>",
    );
    check("#+begin_export html\n<b>x</b>\n#+end_export\n#+begin_export latex\nno\n#+end_export\n# comment", "<b>x</b>");
    check(
        "See:\n\n#+caption: The pier\n[[./pier.png]]",
        "<p>See:</p>\n<figure><img src=\"./pier.png\" alt=\"\"><figcaption>The pier</figcaption></figure>",
    );
    check(
        "| a | b |\n|---+---|\n| 1 | 2 |",
        "<table>\n<tr><th>a</th><th>b</th></tr>\n<tr><td>1</td><td>2</td></tr>\n</table>",
    );
    check(
        "- one\n  goes on\n  - two\n- [X] three\n\n\n1. x\n2. y",
        "<ul>\n<li>one\ngoes on\n<ul>\n<li>two</li></ul>\n</li>\n<li>☑ three</li></ul>\n<ol>\n<li>x</li>\n<li>y</li></ol>",
    );
    check("- tide :: low", "<dl>\n<dt>tide</dt><dd>low</dd></dl>");
    check(": fixed\n:  more", "<pre><code>fixed\n more</code></pre>");
    check("** WAIT [#A] Sail", "<h3>WAIT [#A] Sail</h3>");
    check("#+begin_src\nnever closed", "<pre><code>never closed</code></pre>");
}

/// The body without line ends and paragraphs, which are the converter's own affair.
fn bare(text: &str) -> String {
    one("a.org", text).body.text.replace('\n', "").replace("<p>", "").replace("</p>", "")
}

// As Org's exporter has these, but for its classes, `colgroup`, `thead` and `tbody`.
#[test]
fn tables() {
    assert_eq!(
        bare(
            "See:\n\n#+caption: The /piers/\n|----+---|\n| a  | b |\n| c  | d |\n|----+---|\n| 1  | 2 |\n|----+---|\n| 3  | 4 |\n#+TBLFM: $1=1\n\nEnd."
        ),
        "See:<table><caption>The <em>piers</em></caption><tr><th>a</th><th>b</th></tr><tr><th>c</th><th>d</th></tr>\
         <tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>End."
    );
    let plain = "<table><tr><td>1</td><td>2</td></tr></table>";
    for table in [
        "| 1 | 2 |",
        "|---+---|\n| 1 | 2 |\n|---+---|",
        "| <l> | <10> |\n| 1 | 2 |",
        "|   | <> | |\n| / | < | > |\n| # | 1 | 2 |",
    ] {
        let expected = if table.contains("<>") {
            "<table><tr><td>&lt;&gt;</td><td></td></tr><tr><td>1</td><td>2</td></tr></table>"
        } else {
            plain
        };
        assert_eq!(bare(table), expected, "{table}");
    }
    assert_eq!(bare("- x\n  | 1 | 2 |\n- y"), format!("<ul><li>x{plain}</li><li>y</li></ul>"));
    assert_eq!(
        bare("See:\n\n#+caption: Not lost\n#+begin_src c\nx\n#+end_src\n\n[[a.png]]"),
        "See:<strong>Not lost</strong><pre><code class=\"language-c\">x</code></pre><img src=\"a.png\" alt=\"\">"
    );
}

#[test]
fn lists_hold_what_is_indented_below_their_items() {
    assert_eq!(bare("- one\n  - a\n  1. b\n- two"), "<ul><li>one<ul><li>a</li><li>b</li></ul></li><li>two</li></ul>");
    assert_eq!(
        bare("1. one\n\n   more\n\n   and more\n\n   #+begin_src c\n   x\n\n\n   y\n   #+end_src\n2. two\n\nEnd."),
        "<ol><li>onemoreand more<pre><code class=\"language-c\">xy</code></pre></li><li>two</li></ol>End."
    );
    assert_eq!(bare("- a\n\n- b\n\n\n- c"), "<ul><li>a</li><li>b</li></ul><ul><li>c</li></ul>");
    assert_eq!(
        bare("- a :: b\n  - c\n- d :: e"),
        "<dl><dt>a</dt><dd>b<ul><li>c</li></ul></dd><dt>d</dt><dd>e</dd></dl>"
    );
    assert_eq!(bare("  - a\n- b"), "<ul><li>a</li></ul><ul><li>b</li></ul>");
    assert_eq!(
        bare("- a\n  #+begin_quote\n  q\n  #+end_quote\n  more\nEnd."),
        "<ul><li>a<blockquote>q</blockquote>more</li></ul>End."
    );
}

#[test]
fn hostile_texts_take_linear_time() {
    let started = std::time::Instant::now();
    for piece in [
        "*a ",
        "/a",
        "[[",
        "[[a][",
        "<",
        "#+begin_a\n",
        "#+begin_src\n",
        ":a:\n",
        "- ",
        " - a\n",
        "| ",
        "* a\n",
        "=",
        "\\",
        "[fn:",
        "@@html:",
        "#+a: b\n",
    ] {
        let text = piece.repeat((1 << 16) / piece.len());
        let _ = parsed_all("org", "a.org", text.as_bytes());
    }
    // As many as this would take minutes if each were compared with all others.
    for piece in ["*a ", "/a ", "_a ", "=a ", "~a ", "+a ", "[[a ", "[fn:a ", "<a ", "https://a.b/))) "] {
        let text = piece.repeat((1 << 19) / piece.len());
        assert!(one("a.org", &text).body.text.len() >= text.len() / 2, "{piece}");
    }
    for piece in ["- #+begin_a\n", "- a\n #+begin_a\n", "| a |\n|-\n", "- a\n - b\n", "- a\n\n"] {
        let _ = one("a.org", &piece.repeat((1 << 18) / piece.len()));
    }
    let steps: String = (0..400).map(|depth| format!("{}- a\n", " ".repeat(depth))).collect();
    assert!(one("a.org", &steps).body.text.matches("<ul>").count() <= 12);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

proptest! {
    #[test]
    fn no_soup_makes_it_panic(text in "(\\* |\\*|/|=|~|\\[\\[|\\]\\[|\\]\\]|\n|\n\n|#\\+begin_quote|#\\+end_quote|#\\+a: b|:a:|:END:|- |1\\. | ::| |  |\\||\\|-|é|日|<2018-11-14|>|x|\\\\|: ){0,50}") {
        for article in parsed_all("org", "a.org", text.as_bytes()).0 {
            prop_assert!(!article.title.text.is_empty());
        }
    }
}
