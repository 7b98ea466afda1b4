//! Whatever the bytes are: an answer, in time that grows with their length.

use proptest::prelude::*;

use super::{Context, check, entry, item, judged};

const JSON: &str = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Quäy \ud83d\ude00", "items": [{"id": "1", "content_html": "<p>x</p>"}]}"#;

#[test]
fn cut_at_every_byte() {
    let html =
        "<description>&lt;p style='a:b'&gt;x&amp;#x92;&lt;/p&gt;</description><link>https://ä.example/%7E</link>";
    let xhtml = "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><svg xmlns='http://www.w3.org/2000/svg'/></div></content>";
    for document in [item(html), entry(xhtml), JSON.to_owned()] {
        for length in 0..document.len() {
            judged(&document.as_bytes()[..length]);
        }
    }
}

#[test]
fn long_and_deep_documents() {
    let texts = [
        "<a>".repeat(1_000_000),
        format!("<rss version='2.0'><channel>{}", "<item>".repeat(300_000)),
        format!("<rss {}>", (0..100_000).map(|n| format!("xmlns:a{n}='https://a.example/{n}' ")).collect::<String>()),
        format!("<rss><channel><title>{}</title></channel></rss>", "&lt;b&gt;&amp;amp;".repeat(100_000)),
        format!(
            "<rss><channel><item><description>{}</description></item></channel></rss>",
            "&lt;p x=y ".repeat(100_000)
        ),
        format!("<!DOCTYPE a [{}]><a>{}</a>", "<!ENTITY b 'c'>".repeat(100_000), "&b;".repeat(100_000)),
        format!("<feed xmlns='http://www.w3.org/2005/Atom'>{}</feed>", "<link href='/'/>".repeat(100_000)),
        format!("<feed xmlns='http://www.w3.org/2005/Atom'><id>{}</id></feed>", "%41".repeat(500_000)),
        format!("<rss><channel><skipHours>{}", "<hour>1</hour>".repeat(100_000)),
        format!("{{{}\"a\":1}}", "\"b\":1,".repeat(200_000)),
        "[".repeat(2_000_000),
        format!("<rss a='{}'/>", "&".repeat(1_000_000)),
        "<![CDATA[".repeat(100_000),
        "&#".repeat(500_000),
    ];
    // All of it takes a second or two without optimisation; anything quadratic would take hours.
    for text in &texts {
        judged(text);
    }
}

proptest! {
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        judged(bytes);
    }

    #[test]
    fn any_markup(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        let report = judged(pieces.concat());
        for finding in &report.findings {
            prop_assert!(finding.line >= 1 && finding.column >= 1 && !finding.message.is_empty());
        }
    }

    #[test]
    fn any_change_of_a_feed(at in 0usize..600, byte in any::<u8>(), which in 0usize..3) {
        let mut bytes = [item("<pubDate>9 Jul 2023 12:00 GMT</pubDate>"), entry("<summary>x</summary>"), JSON.to_owned()][which].clone().into_bytes();
        let length = bytes.len();
        bytes[at % length] = byte;
        check("x", &bytes, &Context::default());
    }
}

const PIECES: &[&str] = &[
    "<rss version='2.0'>",
    "<channel>",
    "</channel>",
    "<item>",
    "</item>",
    "<title>",
    "</title>",
    "&lt;a",
    "&amp;",
    "&x;",
    "&",
    "<",
    ">",
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "<?xml version='1.0'?>",
    "<?",
    "<!DOCTYPE",
    "[",
    "<feed xmlns='http://www.w3.org/2005/Atom'>",
    "<entry>",
    "<content type='xhtml'>",
    "<content type='html'>",
    "<div xmlns='http://www.w3.org/1999/xhtml'>",
    "</div>",
    "<link href='",
    "'/>",
    " xml:base='",
    "é",
    "\u{fffe}",
    "\r\n",
    "{",
    "\"version\"",
    ":",
    "\"https://jsonfeed.org/version/1.1\"",
    ",",
    "\"items\"",
    "}",
    "<guid>",
    "</guid>",
    "<opml>",
    "<outline ",
    "text='",
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>",
    "/>",
    "<pubDate>",
    "<updated>",
    "2023-07-09T12:00:00Z",
];
