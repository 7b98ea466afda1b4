//! Behaviour of [`clean`] and [`to_text`] together.

use proptest::prelude::*;
use url::Url;

use super::{clean, to_text};

fn cleaned(html: &str) -> String {
    clean(html, Some(&Url::parse("https://example.org/news/a.html").unwrap()))
}

#[track_caller]
fn check(html: &str, expected: &str) {
    let once = cleaned(html);
    assert_eq!(once, expected);
    assert_eq!(cleaned(&once), once, "cleaning again must change nothing");
}

#[test]
fn what_articles_are_made_of_stays() {
    for html in [
        "<h2>Head</h2><p lang=\"de\">Ein <em>Wort</em> &amp; <abbr title=\"x y\">XY</abbr></p>",
        "<figure><img src=\"https://example.org/a.png\" alt=\"A\" width=\"640\" height=\"480\"><figcaption>Photo</figcaption></figure>",
        "<table><caption>T</caption><thead><tr><th scope=\"col\">a</th></tr></thead><tbody><tr><td colspan=\"2\">b</td></tr></tbody></table>",
        "<details open=\"\"><summary>More</summary><p>Text</p></details>",
        "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby><bdi dir=\"rtl\">שלום</bdi><br><wbr>",
        "<ol start=\"3\" reversed=\"\"><li value=\"7\">x</li></ol><dl><dt>t</dt><dd>d</dd></dl>",
        "<blockquote cite=\"https://example.com/\"><p>Q</p></blockquote><hr><pre><code class=\"language-rust\">fn a() {}\n</code></pre>",
        "<picture><source srcset=\"https://example.org/a.webp 2x\" type=\"image/webp\"><img src=\"https://example.org/a.png\"></picture>",
        "<audio src=\"https://example.org/a.mp3\" controls=\"\"></audio><time datetime=\"2020-01-02\">then</time>",
    ] {
        check(html, html);
    }
}

#[test]
fn links_become_absolute() {
    check(
        r#"<a href="../b c.html#x">b</a><img src=/p.jpg srcset="s.jpg 1x, l.jpg 2x"><video poster=v.jpg src=v.mp4></video>"#,
        concat!(
            r#"<a href="https://example.org/b%20c.html#x">b</a>"#,
            r#"<img src="https://example.org/p.jpg" srcset="https://example.org/news/s.jpg 1x, https://example.org/news/l.jpg 2x">"#,
            r#"<video src="https://example.org/news/v.mp4" poster="https://example.org/news/v.jpg" controls=""></video>"#,
        ),
    );
    check(
        r#"<base href="/other/"><a href="x?a=1&amp;b=2">x</a>"#,
        r#"<a href="https://example.org/other/x?a=1&amp;b=2">x</a>"#,
    );
    assert_eq!(clean("<a href=x>kept</a><img src=y alt=Alt>", None), "<a>kept</a>Alt");
}

#[test]
fn lazily_loaded_pictures_get_their_address() {
    let expected = r#"<img src="https://example.org/real.jpg" alt="A">"#;
    check(r#"<img src="data:image/gif;base64,R0lGOD" data-src="/real.jpg" alt="A">"#, expected);
    check(r#"<img data-lazy-src="/real.jpg" alt="A"><noscript><img src="/real.jpg" alt="A"></noscript>"#, expected);
    check(r#"<noscript><img src="/real.jpg" alt="A"></noscript>"#, expected);
    check(
        r#"<img data-srcset="/real.jpg 1x">"#,
        r#"<img src="https://example.org/real.jpg" srcset="https://example.org/real.jpg 1x">"#,
    );
    check("<amp-img src=/real.jpg alt=A></amp-img>", expected);
}

#[test]
fn what_is_embedded_becomes_a_link() {
    check(
        r#"<div><iframe src="https://www.youtube.com/embed/abc" title="A film"><p>No frames</p></iframe></div>"#,
        r#"<div><p><a href="https://www.youtube.com/watch?v=abc">A film</a></p></div>"#,
    );
    check(
        r#"<p>See <iframe src="//maps.example.com/?q=a&b"></iframe>.</p>"#,
        r#"<p>See <a href="https://maps.example.com/?q=a&amp;b">https://maps.example.com/?q=a&amp;b</a>.</p>"#,
    );
    check(
        r#"<object data="/m.swf"><param name="x"><embed src="/m.swf"></object>"#,
        r#"<p><a href="https://example.org/m.swf">https://example.org/m.swf</a></p>"#,
    );
    check(r#"<iframe src="javascript:alert(1)"></iframe><iframe srcdoc="<script>x</script>"></iframe>"#, "");
}

#[test]
fn nothing_that_runs_survives() {
    for html in [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=http://x.example/x.js></SCRIPT>",
        "<style>body{background:url(javascript:alert(1))}</style>",
        "<svg><script>alert(1)</script></svg>",
        "<svg onload=alert(1)><title><![CDATA[</title><script>alert(1)</script>]]></svg>",
        "<template><script>alert(1)</script></template>",
        "<template><div>x</div><p>y</template>",
        "<math></math><select><option>x</select><button onclick=x>Go</button><textarea><b>x</textarea>",
        "<meta http-equiv=refresh content=0><link rel=stylesheet href=x><base href=javascript:x>",
    ] {
        check(html, "");
    }
    check("<p onclick=x style='color:red' id=a class=b>t</p>", "<p>t</p>");
    check("<img src=x onerror=alert(1)>", r#"<img src="https://example.org/news/x">"#);
    for href in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript&colon;alert(1)",
        "java\tscript:alert(1)",
        " &#x01; javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
    ] {
        check(&format!("<a href=\"{href}\">x</a>"), "<a>x</a>");
    }
    check("<img src='data:image/svg+xml;base64,PHN2Zz4='>", "");
}

#[test]
fn mutation_vectors_stay_text() {
    for html in [
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<a title=\"</iframe><img src onerror=alert(1)>\"><xmp><svg><b></xmp>",
        "<listing>&lt;img onerror=alert(1) src=x&gt;</listing><plaintext><img src=x onerror=y>",
    ] {
        let once = cleaned(html);
        let text_gone: String =
            once.split('<').skip(1).filter_map(|part| part.split_once('>')).map(|(tag, _)| tag).collect();
        assert!(!text_gone.contains("onerror=") || text_gone.contains("title=\""), "{once}");
        assert_eq!(cleaned(&once), once);
    }
}

#[test]
fn sloppy_markup_is_made_whole() {
    check("<p>one<p>two", "<p>one</p><p>two</p>");
    check("<ul><li>a<li>b<ul><li>c</ul></ul>", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>");
    check("<b><i>x</b>y</i>", "<b><i>x</i></b>y");
    check("<b><div>x</b>y</div>z", "<b><div>xy</div></b>z");
    check("<div><table><tr><td>a</div>b</table>c", "<div><table><tbody><tr><td>ab</td></tr></tbody></table>c</div>");
    check(
        "<table>lost<tr><td>cell</table>",
        "<table><tbody><tr><td>lost</td></tr><tr><td>cell</td></tr></tbody></table>",
    );
    check("<center><font color=red>x</font></center><strike>y</strike>", "<div>x</div><s>y</s>");
    check(
        "<a href=/1>one<a href=/2>two",
        r#"<a href="https://example.org/1">one</a><a href="https://example.org/2">two</a>"#,
    );
    check("a</div></p></b><br/>b", "a<br>b");
    check("<td>alone</td>", "\nalone\n".trim_end());
}

#[test]
fn nothing_is_lost_behind_a_forgotten_end_tag() {
    for html in [
        "<iframe src=\"javascript:x\"/><p>kept</p>",
        "<iframe><p>kept</p>",
        "<textarea><p>kept</p>",
        "<p><button>Share</p><p>kept</p>",
        "<svg><path><p>kept</p>",
        "<title/><p>kept</p>",
    ] {
        assert!(cleaned(html).contains("<p>kept</p>"), "{html}: {}", cleaned(html));
    }
}

#[test]
fn wrapped_and_illegal_content_comes_through() {
    check("<![CDATA[<p>a</p>]]>", "<p>a</p>");
    check("a<![CDATA[b]]>c ]]&gt; d", "abc ]]&gt; d");
    check("<p>a\0b\u{b}c&#1;&#150;\r\nd</p>", "<p>abc–\nd</p>");
    check("<pre>\n\n\nx\n</pre>", "<pre>x\n</pre>");
    check("<td style='text-align: right'>", "\n");
    check("<math alttext=\"x squared\"><mi>x</mi></math>", "x squared");
    check("<html><head><title>T</title></head><body><p>a</p></body></html>", "<div><p>a</p></div>");
}

#[test]
fn many_attributes_take_linear_time() {
    let attributes: String = (0..200_000).map(|n| format!("a{n}=1 ")).collect();
    let start = std::time::Instant::now();
    check(&format!("<p {attributes}>x</p>"), "<p>x</p>");
    assert!(start.elapsed().as_secs() < 5);
}

#[test]
fn many_references_take_linear_time() {
    for piece in ["&", "\u{a0}", "&amp;", "«"] {
        let start = std::time::Instant::now();
        let once = cleaned(&format!("<p>{}</p>", piece.repeat(300_000)));
        assert_eq!(once.matches("<wbr>").count(), 300_000 / 1024);
        assert_eq!(cleaned(&once), once);
        assert!(start.elapsed().as_secs() < 10, "{piece} took {:?}", start.elapsed());
    }
    let long = "&".repeat(300_000);
    check(&format!("<a href='/?{long}' title='{long}'>x</a>"), "<a>x</a>");
}

#[test]
fn hostile_nesting_is_cut_and_keeps_its_text() {
    for (open, close) in [
        ("<div>", "</div>"),
        ("<b>", ""),
        ("<ul><li>", ""),
        ("<table><tr><td>", ""),
        ("<font color=a><p><a href=x>", ""),
    ] {
        let html = format!("{}deep{}<p>after</p>", open.repeat(20_000), close.repeat(20_000));
        let once = cleaned(&html);
        assert!(once.contains("deep") && once.contains("after"));
        assert_eq!(cleaned(&once), once);
    }
}

#[test]
fn text_of_pages() {
    let html = "<h1>Head</h1><p>One  two<br>three &amp; <b>four</b>.</p><script>x</script><ul><li>a</li><li>b</li></ul>\
                <ol start=2><li>c<li>d</ol><table><tr><td>1<td>2<tr><td>3</table><pre>  x\n  y\n</pre><q>z</q>";
    assert_eq!(to_text(html), "Head\n\nOne two\nthree & four.\n\n- a\n- b\n\n2. c\n3. d\n\n1\t2\n3\n\n  x\n  y\n\n“z”");
    assert_eq!(to_text("<img src=a alt=' A dog '>"), "A dog");
    assert_eq!(to_text("<p><img src=a alt=dog>Cat</p>"), "Cat");
    assert_eq!(to_text("<ruby>漢<rt>kan</rt>字<rt>ji</ruby>x"), "漢字x");
    assert_eq!(to_text("a<div>b</div>c&nbsp;d<br><br>e"), "a\nb\nc\u{a0}d\n\ne");
    assert_eq!(to_text(" plain < text & more "), "plain < text & more");
    assert_eq!(to_text("<style>x</style>"), "");
    assert_eq!(to_text("<div><template><div>x</div>y</template>z</div>"), "z");
}

/// Pieces of markup that get in each other's way.
fn soup() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<a href=x>",
        "</a>",
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "</td>",
        "<th>",
        "<tbody>",
        "<thead>",
        "<caption>",
        "</caption>",
        "<colgroup>",
        "<col>",
        "<ul>",
        "</ul>",
        "<ol>",
        "<li>",
        "</li>",
        "<dl>",
        "<dt>",
        "<dd>",
        "<h1>",
        "</h1>",
        "<h2>",
        "<pre>",
        "</pre>",
        "\n",
        "<code>",
        "</code>",
        "<ruby>",
        "<rt>",
        "<rp>",
        "</ruby>",
        "<svg>",
        "</svg>",
        "<math>",
        "</math>",
        "<mi>",
        "<style>",
        "</style>",
        "<script>",
        "</script>",
        "<iframe src=/f>",
        "</iframe>",
        "<select>",
        "<option>",
        "</select>",
        "<button>",
        "</button>",
        "<form>",
        "</form>",
        "<template>",
        "</template>",
        "<textarea>",
        "</textarea>",
        "<title>",
        "</title>",
        "<img src=i>",
        "<img alt='<b>\"'>",
        "<br>",
        "</br>",
        "<hr>",
        "<span>",
        "</span>",
        "<details>",
        "<summary>",
        "</summary>",
        "<figure>",
        "<figcaption>",
        "<picture>",
        "<source srcset='a,b 2x'>",
        "<video>",
        "</video>",
        "<blockquote>",
        "</blockquote>",
        "<center>",
        "<font>",
        "</font>",
        "<noscript>",
        "</noscript>",
        "<object data=o>",
        "</object>",
        "<embed src=e>",
        "<plaintext>",
        "<xmp>",
        "</xmp>",
        "<nobr>",
        "<marquee>",
        "<frameset>",
        "<body>",
        "<html>",
        "<head>",
        "</head>",
        "<input>",
        "<label>",
        "<foreignobject>",
        "</foreignobject>",
        "<annotation-xml>",
        "<desc>",
        "<!-- c -->",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "&lt;",
        "&amp;lt;",
        "&nbsp;",
        "&#0;",
        "&#x85;",
        "a",
        " ",
        "b < c",
        "\"",
        "'",
        "<",
        ">",
        "\0",
        "\r",
        "é",
        "<u title='a&quot;b\nc'>",
        "<s",
        "<section lang=de>",
        "<a\nhref\n=\n'/y z'>",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn cleaning_twice_changes_nothing(html in soup()) {
        let once = cleaned(&html);
        let again = cleaned(&once);
        prop_assert_eq!(&again, &once, "{:?}", html);
        prop_assert!(!once.contains("<script") && !once.contains("<svg") && !once.contains(" on"));
    }

    #[test]
    fn any_text_is_cleaned(text in any::<String>()) {
        let once = cleaned(&text);
        prop_assert_eq!(cleaned(&once), once);
        let _ = to_text(&text);
    }

    #[test]
    fn the_text_survives_cleaning(words in prop::collection::vec("[a-z]{1,8}", 1..8), tags in prop::collection::vec("</?(p|div|b|a|td|table|li|ul|h2|font|x-y)>", 8)) {
        let html: String = words.iter().zip(&tags).map(|(word, tag)| format!("{word}{tag}")).collect();
        let text = to_text(&cleaned(&html));
        let squeeze = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>();
        prop_assert_eq!(squeeze(&text), squeeze(&words.concat()));
    }
}
