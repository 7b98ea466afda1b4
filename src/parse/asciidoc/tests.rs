//! Articles in AsciiDoc, and what writers put into them.

use proptest::prelude::*;

use super::*;
use crate::article::{BodyKind, TitleSource};
use crate::parse::choose;
use crate::parse::tests::{parsed, parsed_all};

fn one(name: &str, text: &str) -> Article {
    parsed("asciidoc", name, text.as_bytes()).remove(0)
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(one("a.adoc", text).body.text.trim_end(), expected, "{text}");
}

#[test]
fn an_article_with_its_header() {
    let article = one(
        "notes/tide.adoc",
        "= Low tide\nAda Reed <ada@example.org>; Ben Shaw\nv1.0, 9 July 2023: first\n:page-tags: sea, ferry\n:docs: https://docs.example\n\n\
         The *ferry* waits.\nSee {docs}/tide[the docs].\n\n== Why\n\nSand.",
    );
    assert_eq!((&*article.title.text, article.title.source), ("Low tide", TitleSource::Metadata));
    assert_eq!(article.date.unwrap().chosen.value.to_string(), "2023-07-09");
    assert_eq!((article.authors.len(), article.tags.as_slice()), (2, &["sea".to_owned(), "ferry".to_owned()][..]));
    assert_eq!(article.body.kind, BodyKind::Html);
    assert_eq!(
        article.body.text.trim_end(),
        "<p>The <strong>ferry</strong> waits.\nSee <a href=\"https://docs.example/tide\">the docs</a>.</p>\n<h2>Why</h2>\n<p>Sand.</p>"
    );
    let article = one("2020-05-01-tide.asciidoc", "---\nlayout: post\n---\n= Low tide\nAda Reed\n\nText.");
    assert_eq!((&*article.title.text, &*article.authors[0].name), ("Low tide", "Ada Reed"));
    assert_eq!(one("a.adoc", "== Low _tide_\n\nText.").title.text, "Low tide");
    assert_eq!(one("a.adoc", "The ferry sailed. It rained.").title.text, "The ferry sailed");
}

#[test]
fn who_reads_it() {
    let chosen = |name: &str, text: &str| {
        choose(&Document::from_bytes(name, name, text.as_bytes().to_vec()))
            .map(|parser| parser.name())
            .unwrap_or("none")
    };
    assert_eq!(chosen("a.adoc", "Text."), "asciidoc");
    assert_eq!(chosen("a.asciidoc.erb", "---\ntitle: x\n---\nText."), "asciidoc");
    assert_eq!(chosen("a", "= Low tide\n:page-date: 2020-05-01\n\nText."), "asciidoc");
    assert_eq!(chosen("a.txt", "= Low tide =\nIt rained."), "text");
    assert_eq!(chosen("a.md", "---\ntitle: x\n---\nText."), "markdown");
}

#[test]
fn marks_inside_a_line() {
    for (text, expected) in [
        (
            "*bold* _thin_ `a<b` **b**old",
            "<strong>bold</strong> <em>thin</em> <code>a&lt;b</code> <strong>b</strong>old",
        ),
        ("*a _b_ c* 2 * 3 * 4 snake_case_name", "<strong>a <em>b</em> c</strong> 2 * 3 * 4 snake_case_name"),
        ("H~2~O e^2^ #mark# \\*plain*", "H<sub>2</sub>O e<sup>2</sup> <mark>mark</mark> *plain*"),
        (
            "link:tide.html[The *tide*^] and mailto:a@example.org[Ada]",
            "<a href=\"tide.html\">The <strong>tide</strong></a> and <a href=\"mailto:a@example.org\">Ada</a>",
        ),
        (
            "https://a.example/x_y_z. <https://b.example>",
            "<a href=\"https://a.example/x_y_z\">https://a.example/x_y_z</a>. <a href=\"https://b.example\">https://b.example</a>",
        ),
        ("https://a.example[\"A, b\",window=_blank]", "<a href=\"https://a.example\">A, b</a>"),
        ("image:a.png[Tide,100] icon:x[] kbd:[Ctrl+C]", "<img src=\"a.png\" alt=\"Tide\">  <kbd>Ctrl+C</kbd>"),
        (
            "<<why,the reason>> [[here]]x [.small]#fine# &mdash; a & b",
            "<a href=\"#why\">the reason</a> x fine &mdash; a &amp; b",
        ),
        ("\"`quoted`\" one -- two {nope} (C)", "“quoted” one — two {nope} ©"),
        ("text footnote:[A *note*.]", "text  (A <strong>note</strong>.)"),
        ("one +\ntwo", "one<br>\ntwo"),
    ] {
        check(text, &format!("<p>{expected}</p>"));
    }
}

#[test]
fn blocks() {
    check(
        "[source,rust]\n.Title\n----\nfn a() {}\n\n  b <1>\n----",
        "<p><strong>Title</strong></p>\n<pre><code class=\"language-rust\">fn a() {}\n\n  b &lt;1&gt;</code></pre>",
    );
    check(
        "```java\nint a;\n```\n\n indented\n  more",
        "<pre><code class=\"language-java\">int a;</code></pre>\n<pre><code>indented\n more</code></pre>",
    );
    check(
        "[quote, Ada, Letters]\n____\nIt *rained*.\n____",
        "<blockquote>\n<p>It <strong>rained</strong>.</p>\n<p>— Ada, Letters</p>\n</blockquote>",
    );
    check(
        "NOTE: Mind the gap.\n\n[WARNING]\n====\nWet.\n====",
        "<p><strong>Note:</strong> Mind the gap.</p>\n<div>\n<p><strong>Warning</strong></p>\n<p>Wet.</p>\n</div>",
    );
    check(
        ".The pier\nimage::pier.png[Old pier, 300]\n\n'''",
        "<figure><img src=\"pier.png\" alt=\"Old pier\"><figcaption>The pier</figcaption></figure>\n<hr>",
    );
    check("// comment\n////\nno\n////\ntoc::[]\n:a: b\n\nyes {a}", "<p>yes b</p>");
    check("++++\n<b>x</b>\n++++\n\ninclude::part.adoc[]", "<b>x</b>\n<p>include::part.adoc[]</p>");
    check("Why\n---\n\nSand.", "<h2>Why</h2>\n<p>Sand.</p>");
    check("----\nnever closed", "<pre><code>never closed</code></pre>");
    let table = one("a.adoc", "[cols=\"1,2\", options=\"header\"]\n|===\n|Port |Tide\n\n|A\n|*low*\n\n|B |high\n|===")
        .body
        .text;
    assert_eq!(
        table,
        "<table>\n<tr><th>Port</th><th>Tide</th></tr>\n<tr><td>A</td><td><strong>low</strong></td></tr>\n<tr><td>B</td><td>high</td></tr>\n</table>\n"
    );
}

#[test]
fn lists() {
    check(
        "* one\ngoes on\n** two\n* [x] three\n\nText.",
        "<ul>\n<li>one\ngoes on\n<ul>\n<li>two</li></ul>\n</li>\n<li>☑ three</li></ul>\n<p>Text.</p>",
    );
    check(". one\n+\n----\ncode\n----\n. two", "<ol>\n<li>one<pre><code>code</code></pre>\n</li>\n<li>two</li></ol>");
    check("Tide:: low\nWind:: high", "<dl>\n<dt>Tide</dt><dd>low</dd>\n<dt>Wind</dt><dd>high</dd></dl>");
}

/// The body without line ends and paragraphs, which are the converter's own affair.
fn bare(text: &str) -> String {
    one("a.adoc", text).body.text.replace('\n', "").replace("<p>", "").replace("</p>", "")
}

// What Asciidoctor makes of these, but for its classes, `div`, `colgroup`, `thead` and `tbody`.
#[test]
fn lists_nest_by_their_marks() {
    assert_eq!(
        bare(". one\n.. a\n* star\n. two\n- dash\n* star\n- dash"),
        "<ol><li>one<ol><li>a<ul><li>star</li></ul></li></ol></li><li>two<ul><li>dash<ul><li>star</li></ul></li><li>dash</li></ul></li></ol>"
    );
    assert_eq!(bare("* a\n\n* b\n** c\n\n\n* d"), "<ul><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ul>");
    assert_eq!(bare("* a\n\n//-\n\n* b"), "<ul><li>a</li></ul><ul><li>b</li></ul>");
    assert_eq!(bare("* a\n\n[square]\n* b"), "<ul><li>a</li></ul><ul><li>b</li></ul>");
    assert_eq!(
        bare("Tide::\n  low\nWind:: high\n* west\nSea:: x"),
        "<dl><dt>Tide</dt><dd>low</dd><dt>Wind</dt><dd>high<ul><li>west</li></ul></dd><dt>Sea</dt><dd>x</dd></dl>"
    );
}

#[test]
fn blocks_are_attached_to_items() {
    assert_eq!(
        bare(". one\n+\n--\nopen\n\nblock\n--\n+\nmore\n+\n[source,c]\n----\nx\n----\n. two"),
        "<ol><li>one<div>openblock</div>more<pre><code class=\"language-c\">x</code></pre></li><li>two</li></ol>"
    );
    assert_eq!(bare("* a\n+\npara\n* b"), "<ul><li>apara</li><li>b</li></ul>");
    assert_eq!(bare("* a\n** b\n\n+\nof a\n* c\n\nEnd."), "<ul><li>a<ul><li>b</li></ul>of a</li><li>c</li></ul>End.");
    assert_eq!(bare("* a\n\n typed\n\n* b"), "<ul><li>a<pre><code>typed</code></pre></li><li>b</li></ul>");
    assert_eq!(
        bare("* a\n+\n|===\n|x |y\n|===\n* b"),
        "<ul><li>a<table><tr><td>x</td><td>y</td></tr></table></li><li>b</li></ul>"
    );
}

#[test]
fn tables() {
    assert_eq!(
        bare(
            ".The *piers*\n[cols=\"1,a,m\"]\n|===\n|Pier |Boats |Code\n\n|North\n|* one\n* two\n|x\n|South |NOTE: wet |y +\nz\n|==="
        ),
        "<table><caption>The <strong>piers</strong></caption><tr><th>Pier</th><th>Boats</th><th>Code</th></tr>\
         <tr><td>North</td><td><ul><li>one</li><li>two</li></ul></td><td><code>x</code></td></tr>\
         <tr><td>South</td><td><strong>Note:</strong> wet</td><td><code>y<br>z</code></td></tr></table>"
    );
    assert_eq!(
        bare("[cols=3*]\n|===\n2+|wide |b\n.2+|tall |c |d\n2.1+|e\n3*|f\n|==="),
        "<table><tr><td colspan=\"2\">wide</td><td>b</td></tr><tr><td rowspan=\"2\">tall</td><td>c</td><td>d</td></tr>\
         <tr><td colspan=\"2\">e</td></tr><tr><td>f</td><td>f</td><td>f</td></tr></table>"
    );
    assert_eq!(
        bare("|===\n|a |b\n\n|1 |2\n|==="),
        "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>"
    );
    assert_eq!(
        bare("|===\n|a |b\n|1 |2\n|==="),
        "<table><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table>"
    );
    assert_eq!(
        bare("[%noheader]\n|===\n|a |b\n\n|1 |2\n|==="),
        "<table><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table>"
    );
    assert_eq!(
        bare("[cols=\"h,1\"]\n|===\n|a \\| b |one\n\ntwo\n\ne|*x* s|y\n|==="),
        "<table><tr><th>a | b</th><td>onetwo</td></tr><tr><td><em><strong>x</strong></em></td><td><strong>y</strong></td></tr></table>"
    );
    let values = "<table><tr><th>Day</th><th>Tide</th></tr><tr><td>Mon, early</td><td>3.1</td></tr></table>";
    assert_eq!(bare("[%header,format=csv]\n|===\nDay,Tide\n\"Mon, early\",3.1\n|==="), values);
    assert_eq!(bare("[options=header]\n,===\nDay,Tide\n\"Mon, early\",3.1\n,==="), values);
    assert_eq!(bare("[%header]\n:===\nDay:Tide\nMon, early:3.1\n:==="), values);
    assert_eq!(
        bare("|===\na|\n!===\n! x ! y\n!===\n|==="),
        "<table><tr><td><table><tr><td>x</td><td>y</td></tr></table></td></tr></table>"
    );
    assert_eq!(bare("[cols=2]\n|===\n|a\n|b\n|==="), "<table><tr><td>a</td><td>b</td></tr></table>");
    assert_eq!(bare("|===\n|a |b\n\n|==="), "<table><tr><th>a</th><th>b</th></tr></table>");
    assert_eq!(bare("|===\n|==="), "");
}

#[test]
fn hostile_texts_take_linear_time() {
    let started = std::time::Instant::now();
    for piece in [
        "*a ",
        "_a",
        "[",
        "[[",
        "<<",
        "{a}",
        "link:a[",
        "`",
        "+",
        "****\n",
        "----\n",
        "* ",
        "a::\n",
        "|===\n|a\n",
        "= ",
        "http://",
        ":a: {a}{a}\n",
        "image:",
        "\"`",
        "\n====\na",
        "[a]\n",
    ] {
        let text = piece.repeat((1 << 16) / piece.len());
        let _ = parsed_all("asciidoc", "a.adoc", text.as_bytes());
        let _ = parsed_all("asciidoc", "a.adoc", format!("= A\n:a: {}\n\n{text}", "b".repeat(9000)).as_bytes());
    }
    // As many as this would take minutes if each were compared with all others.
    for piece in
        ["*a ", "_a ", "`a ", "#a ", "+a ", "[.a]#b ", "https://a.b/))) ", "link:a[b ", "footnote:[", "<<a ", "\"`a "]
    {
        let text = piece.repeat((1 << 19) / piece.len());
        assert!(one("a.adoc", &text).body.text.len() >= text.len() / 2, "{piece}");
    }
    for table in [
        "|===\n".to_owned() + &"|a\n".repeat(1 << 17),
        "|===\n".to_owned() + &"|a ".repeat(1 << 17),
        format!("[cols=\"90*\"]\n|===\n{}", ".99999+|a\n".repeat(9000)),
    ] {
        assert!(one("a.adoc", &table).body.text.len() > 1000);
    }
    let stairs: String = (0..3000).map(|n| format!("{} a\n", "*".repeat(n % 40 + 1))).collect();
    let _ = one("a.adoc", &stairs);
    assert!(started.elapsed().as_secs() < 120, "{:?}", started.elapsed());
}

proptest! {
    #[test]
    fn no_soup_makes_it_panic(text in "(= |== |\\*|_|`|\\[|\\]|\\||\n|\n\n|----|____|====|\\+|:a:|\\{a\\}|é|日|link:|image::|<<|>>|\\. |:: |//| |x|http://x\\.y|\\\\|NOTE: |'|\"|\\|===\n|a\\||2\\+\\||\n\\+\n|\\*\\* |\\[cols=2\\*\\]\n){0,50}") {
        for article in parsed_all("asciidoc", "a.adoc", text.as_bytes()).0 {
            prop_assert!(!article.title.text.is_empty());
        }
    }

    #[test]
    fn plain_words_are_all_there(words in proptest::collection::vec("[a-zé]{1,8}", 1..40)) {
        let text = words.join(" ");
        let html = one("a.adoc", &text).body.text;
        prop_assert_eq!(html.trim_end(), format!("<p>{text}</p>"));
    }
}
