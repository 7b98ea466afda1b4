//! Hostile feeds: none of them crashes, hangs, or fills the memory.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use crate::article::Article;
use crate::parse::tests::parsed_all;

/// Generous, for slow machines and unoptimised code; what this guards against takes hours.
const LONG: Duration = Duration::from_secs(60);

fn read(text: &str) -> (Vec<Article>, Option<String>) {
    let (articles, _, whole) = parsed_all("feed", "feed.xml", text.as_bytes());
    (articles, whole.err().map(|err| err.to_string()))
}

fn rss(items: &str) -> String {
    format!("<rss version='2.0'><channel><title>x</title>{items}</channel></rss>")
}

/// One sample of each kind, small enough to be cut everywhere.
const SAMPLES: &[&str] = &[
    "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'b'>]><rss version='2.0'><channel><title>H &amp; x</title>\
     <item><title><![CDATA[A]]></title><link>https://h.example/1?a=1&amp;b</link><guid>1</guid>\
     <description>&lt;p&gt;é&lt;/p&gt;</description><enclosure url='https://h.example/a.mp3' length='1'/></item>\
     <item><title>B</title><pubDate>Sat, 02 May 2020 10:00:00 GMT</pubDate></item></channel></rss>",
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>\
     <channel rdf:about='x'><title>H</title></channel><item rdf:about='https://h.example/1'><title>A</title>\
     <dc:date>2020-05-02</dc:date></item></rdf:RDF>",
    "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://h.example/'><id>urn:h</id><entry><id>urn:1</id>\
     <title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>A <b>é</b></div></title><link href='1'/>\
     <updated>2020-05-02T10:00:00Z</updated><content type='html'>&lt;a href='b'&gt;&amp;nbsp;</content></entry></feed>",
    "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title mode='escaped'>A</title>\
     <issued>2020-05-02</issued><content mode='base64'>PHA+</content></entry></feed>",
    "<entry xmlns='http://www.w3.org/2005/Atom'><id>urn:1</id><title>A</title><author><name>é</name></author></entry>",
];

#[test]
fn a_feed_may_end_anywhere() {
    for sample in SAMPLES {
        let (whole, failure) = read(sample);
        assert!(!whole.is_empty() && failure.is_none(), "{sample}");
        for cut in 1..sample.len() {
            let (_, _, outcome) = parsed_all("feed", "feed.xml", &sample.as_bytes()[..cut]);
            // What stands behind the last end is white space at most.
            assert!(outcome.is_err(), "{:?}", String::from_utf8_lossy(&sample.as_bytes()[..cut]));
        }
    }
}

#[test]
fn limits_are_told() {
    for (text, found) in [
        (rss(&format!("<item><description>{}", "<b>".repeat(100_000))), "nested at most 200 deep"),
        ("<feed>".repeat(100_000), "nested at most 200 deep"),
        (rss(&"<item><title>x</title></item>".repeat(20_001)), "at most 20000 entries"),
        (format!("<rss><channel><item><title>{}</title></item>", "x".repeat(33 << 20)), "at most 32 MiB"),
    ] {
        let (articles, failure) = read(&text);
        let failure = failure.unwrap();
        assert!(articles.is_empty() && failure.contains(found), "{failure}");
    }
}

#[test]
fn bombs_do_not_go_off() {
    let mut entities = String::from("<!ENTITY a0 'lol'>");
    for n in 1..20 {
        let inner = format!("&a{};", n - 1).repeat(10);
        entities.push_str(&format!("<!ENTITY a{n} '{inner}'>"));
    }
    let bomb = format!("<!DOCTYPE rss [{entities}]>{}", rss("<item><title>&a19;</title></item>"));
    assert_eq!(read(&bomb).0[0].title.text, "&a19;");
    let outside = "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel><item><title>&x;</title></item></channel></rss>";
    assert_eq!(read(outside).0[0].title.text, "&x;");
}

#[test]
fn repetition_takes_linear_time() {
    let started = Instant::now();
    let n = 1 << 15;
    let attributes: String = (0..n).map(|at| format!(" a{at}='x'")).collect();
    let namespaces: String = (0..n).map(|at| format!(" xmlns:n{at}='urn:{at}'")).collect();
    for text in [
        rss(&format!("<item{attributes}><title{attributes}>A</title><link{namespaces}/></item>")),
        rss(&format!("<item>{}</item>", "<category>x</category>".repeat(n))),
        rss(&format!("<item><title>A</title>{}</item>", "<author>x &lt;y@z.example&gt;</author>".repeat(n))),
        rss(&format!(
            "<item><title>A</title><media:group>{}</media:group></item>",
            "<media:content url='x'/>".repeat(n)
        )),
        rss(&format!("<item><title>A</title>{}</item>", "<enclosure url='https://h.example/x' type='a/b'/>".repeat(n))),
        rss(&format!("<item><title>{}</title></item>", "&lt;b".repeat(n))),
        rss(&format!("<item><description>{}</description></item>", "&lt;div&gt;&lt;".repeat(n))),
        rss(&format!("<item><content:encoded>{}</content:encoded></item>", "&lt;a href=x&gt;".repeat(n))),
        rss(&"</item><item/>".repeat(n)),
        rss(&"<item><item>".repeat(n / 8)),
        rss(&"<item><guid>1</guid><title>A</title></item>".repeat(n / 4)),
        format!("<feed{namespaces}>{}</feed>", "<n9:entry/><entry/>".repeat(n)),
        format!("<feed><entry><content type='xhtml'>{}</content></entry></feed>", "<p>x</q>".repeat(150)),
        format!(
            "<feed xml:base='https://h.example/{}'>{}</feed>",
            "a/".repeat(n),
            "<entry><link href='x'/></entry>".repeat(999)
        ),
        format!("<feed><title>{}</title>{}</feed>", "t".repeat(n), "<entry><title>x</title></entry>".repeat(9999)),
        rss(&format!("<item><title>A</title><link>https://h.example/{}</link></item>", "a b/".repeat(n * 8))),
        rss(&format!("<item><title>A</title><guid>https://h.example/{}</guid></item>", "2020/05/".repeat(n * 8))),
        rss(&format!("<item><title>A</title><itunes:keywords>{}</itunes:keywords></item>", "a,".repeat(n * 8))),
        rss(&format!("<item><title>A</title><author>{}</author></item>", "A B, C D; ".repeat(n * 8))),
        rss(&format!(
            "<link>https://h.example/</link><item><title>A</title><description>{}</description></item>",
            "&lt;a href='b'>c&lt;/a>".repeat(n * 2)
        )),
        "<![CDATA[".repeat(n),
        format!("<rss>{}", "<!--".repeat(n)),
        format!("<rss>{}", "<item ".repeat(n)),
        format!("<rss>{}", "<item a='".repeat(n)),
    ] {
        let (articles, _) = read(&text);
        let held: usize = articles.iter().map(|article| format!("{article:?}").len()).sum();
        assert!(held < text.len() * 20 + (30 << 20), "{held} bytes of {}: {:.60}", text.len(), text);
    }
    assert!(started.elapsed() < LONG, "{:?}", started.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Bytes are changed, left out and doubled in a feed that was one.
    #[test]
    fn a_damaged_feed_is_read_or_refused(
        at in 0..SAMPLES.len(),
        damages in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4u8), 1..12),
    ) {
        let mut bytes = SAMPLES[at].as_bytes().to_vec();
        for (place, byte, kind) in damages {
            let place = place.index(bytes.len());
            match kind {
                0 => bytes[place] = byte,
                1 => bytes.insert(place, b"<>&/'\"[]!?;"[usize::from(byte) % 11]),
                2 => drop(bytes.drain(place..(place + usize::from(byte) % 9).min(bytes.len()))),
                _ => {
                    let piece = bytes[place..(place + usize::from(byte)).min(bytes.len())].to_vec();
                    bytes.splice(place..place, piece);
                }
            }
            if bytes.is_empty() {
                break;
            }
        }
        let (articles, _, _) = parsed_all("feed", "feed.xml", &bytes);
        for article in articles {
            prop_assert!(!article.title.text.is_empty() && !article.title.text.contains('\n'));
            prop_assert!(!article.body.text.contains('\r'));
            prop_assert!(article.url.is_none_or(|url| url.starts_with("http")));
        }
    }

    #[test]
    fn any_soup_is_read_or_refused(text in "(<rss>|<channel>|<item>|</item>|<entry>|</entry>|<feed>|<title>|</title>|<link/>|<content type='xhtml'>|</content>|<!\\[CDATA\\[|\\]\\]>|&|&lt;|<|>|'|\"|xmlns='x'|é|x){0,40}") {
        let _ = parsed_all("feed", "feed.xml", text.as_bytes());
    }
}
