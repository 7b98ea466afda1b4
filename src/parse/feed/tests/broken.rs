//! Feeds that are damaged, cut off, or none; and how feeds are told.

use super::*;

#[test]
fn one_bad_entry_is_the_only_one_lost() {
    let text = "<rss><channel><item><title>A</title><pubDate>99</pubDate></item><item><category>x</category></item>
        <item><title>B<description>x</item><item><title>C < D & E</title><link>x y</item><item><title>F</title></item></channel></rss>";
    let (articles, errors, whole) = parsed_all("feed", "feed.xml", text.as_bytes());
    whole.unwrap();
    let titles: Vec<&str> = articles.iter().map(|article| article.title.text.as_str()).collect();
    assert_eq!((titles, errors.len()), (vec!["A", "Bx", "C < D & E", "F"], 1));
    assert!(errors[0].to_string().contains("an entry with a title"), "{}", errors[0]);
}

#[test]
fn a_feed_that_breaks_off_says_so() {
    let text = "<rss><channel><item><title>A</title></item><item><title>B</title></item><item><title>C</ti";
    let (articles, _, whole) = parsed_all("feed", "feed.xml", text.as_bytes());
    assert_eq!(articles.len(), 2);
    assert!(whole.unwrap_err().message().contains("breaks off after 2 whole entries"));
    let (articles, _, whole) = parsed_all("feed", "feed.xml", b"<rss><channel><title>x");
    assert!(articles.is_empty() && whole.unwrap_err().message().contains("before its first entry"));
}

#[test]
fn what_is_no_feed_is_said() {
    let message = |text: &str| {
        let (articles, _, whole) = parsed_all("feed", "feed.xml", text.as_bytes());
        assert!(articles.is_empty());
        whole.err().map(|err| err.to_string()).unwrap_or_default()
    };
    let page = message("<!DOCTYPE html><html><head><title>Just a moment</title></head><body>Checking</body></html>");
    assert!(page.contains("got a web page, not a feed"), "{page}");
    assert!(message("<opml version='2.0'><body/></opml>").contains("feedmill sync"));
    assert!(message("<urlset><url/></urlset>").contains("another document"));
    assert!(message("It rained.").contains("another document"));
    assert_eq!(message("<rss><channel><title>Nothing yet</title></channel></rss>"), "");
    assert!(message("<x><y:item xmlns:y='urn:y'><y:name>x</y:name></y:item></x>").contains("beginnings of some"));
}

#[test]
fn what_the_fallback_reads_is_marked() {
    let text = "<rss version='2.0'><channel><item xmlns='urn:y'><title>A</title><link>https://h.example/a</link>
        <guid>https://h.example/a</guid><pubDate>Sat, 02 May 2020 10:00:00 GMT</pubDate></item><b></channel></rss>";
    let (articles, errors, whole) = parsed_all("feed", "feed.xml", text.as_bytes());
    assert_eq!((articles.len(), errors.len()), (1, 0));
    assert_eq!((articles[0].title.text.as_str(), &articles[0].extra["partial"]), ("A", &json!(true)));
    assert!(whole.unwrap_err().message().contains("marked partial"));
}

#[test]
fn feeds_are_recognised() {
    let chosen = |name: &str, media_type: Option<&str>, text: &str| {
        let mut doc = Document::from_bytes(name, name, text.as_bytes().to_vec());
        doc.media_type = media_type.map(str::to_owned);
        crate::parse::choose(&doc).map_or_else(|err| err.to_string(), |parser| parser.name().to_owned())
    };
    let long_prolog = format!("<?xml version='1.0'?><!-- {} --><rss/>", "x".repeat(20_000));
    for (name, media_type, text) in [
        ("a", None, "<rss/>"),
        ("a.html", None, "\n\n<?xml version='1.0'?><!-- x --><feed/>"),
        ("a.xml", Some("text/xml"), "<rdf:RDF xmlns='http://purl.org/rss/1.0/'><channel/>"),
        ("a.txt", None, "<entry xmlns='http://www.w3.org/2005/Atom'/>"),
        ("a.rss", None, &long_prolog),
        ("a", Some("application/atom+xml; charset=utf-8"), &long_prolog),
    ] {
        assert_eq!(chosen(name, media_type, text), "feed", "{name} {text:.40}");
    }
    assert!(chosen("a.opml", None, "<?xml version='1.0'?><opml version='1.0'>").contains("a subscription list"));
    for (name, text) in [("a.xml", "<urlset/>"), ("a.rss", "<!DOCTYPE html><html><body>No"), ("a.svg", "<svg/>")] {
        assert_ne!(chosen(name, None, text), "feed", "{text}");
    }
}

#[test]
fn what_was_weighed_is_shown() {
    let text = "<rss><channel><item><title>A</title><media:title>B</media:title><description>Short</description><content:encoded>Long</content:encoded></item></channel></rss>";
    let mut doc = Document::from_bytes("a", "a", text.into());
    doc.weigh = true;
    let mut articles = Vec::new();
    Feed.parse(&mut doc, &mut |article| articles.push(article.unwrap())).unwrap();
    let weighed = articles[0].weighed.as_ref().unwrap();
    let places = |offers: &[crate::article::Offer]| offers.iter().map(|offer| offer.place.clone()).collect::<Vec<_>>();
    assert_eq!(places(&weighed.titles), ["title", "media:title"]);
    assert_eq!(places(&weighed.bodies), ["content:encoded", "description"]);
    assert_eq!(weighed.bodies[1].verdict, "the summary: a full text goes before it");
}

/// The titles of a feed, and what was remarked.
fn read_with_remarks(name: &str, bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let mut doc = Document::from_bytes(name, name, bytes.to_vec());
    let mut titles = Vec::new();
    let parser = crate::parse::choose(&doc).unwrap();
    assert_eq!(parser.name(), "feed", "{}", String::from_utf8_lossy(bytes));
    parser.parse(&mut doc, &mut |article| titles.push(article.unwrap().title.text)).unwrap();
    (titles, doc.remarks)
}

const ONE: &str = "<rss version='2.0'><channel><title>x</title><item><title>Low tïde</title></item></channel></rss>";

#[test]
fn what_was_printed_before_is_skipped_and_said() {
    for (before, words) in [
        ("Notice: Undefined variable $tide in /srv/f.php on line 3\n", "Undefined variable $tide"),
        ("<br />\n<b>Warning</b>:  fopen(): failed in <b>f.php</b> on line <b>9</b><br />\n", "fopen(): failed"),
        ("<html><body>Deprecated: each()</body></html>\n\u{feff}", "Deprecated: each()"),
    ] {
        for declaration in ["<?xml version='1.0' encoding='utf-8'?>", "<?xml version='1.0'?>\n<!-- x -->\u{feff}", ""] {
            let (titles, remarks) = read_with_remarks("a.xml", format!("{before}{declaration}{ONE}").as_bytes());
            assert_eq!(titles, ["Low tïde"], "{before}{declaration}");
            assert!(remarks.len() == 1 && remarks[0].contains(words), "{remarks:?}");
        }
    }
    // Blank lines, marks and comments are nothing to speak of.
    for before in ["\n \n<!-- cached -->\n", "\u{feff}\u{feff}", "\u{feff}\n"] {
        let found = read_with_remarks("a.xml", format!("{before}<?xml version='1.0'?>{ONE}").as_bytes());
        assert_eq!(found, (vec!["Low tïde".to_owned()], Vec::new()), "{before:?}");
    }
    // The declaration counts although it is not the first.
    let mut latin = b"Notice: x\n\n<?xml version='1.0' encoding='iso-8859-2'?>".to_vec();
    latin.extend(b"<rss><channel><item><title>\xb1</title></item></channel></rss>");
    assert_eq!(read_with_remarks("a.rss", &latin).0, ["ą"]);
    // A text that shows a feed is a text.
    let shown = format!("Notice: a feed looks so.\n\n```xml\n<?xml version='1.0'?>\n{ONE}\n```\n");
    let doc = Document::from_bytes("a.md", "a.md", shown.into_bytes());
    assert_eq!(crate::parse::choose(&doc).unwrap().name(), "markdown");
}

#[test]
fn what_was_printed_behind_is_no_part_of_it() {
    for behind in ["<br><b>Warning</b>: x", "<!-- 0.3 s --><script>x", "\n</body>", "\0\0\0", "<p>one<p>two", "EOF"] {
        let (titles, _) = read_with_remarks("a.xml", format!("{ONE}{behind}").as_bytes());
        assert_eq!(titles, ["Low tïde"], "{behind:?}");
    }
}

#[test]
fn controls_are_dropped_wherever_they_stand() {
    let spoilt = |mark: &str| {
        ONE.replace("Low", &format!("L{mark}ow")).replace("<rss", &format!("<?xml version='1.0'?>{mark}<rss"))
    };
    for mark in ["\0", "\0\0\0", "\u{1}\u{2}\u{3}", "\u{b}", "\u{c}", "\u{1f}"] {
        for text in [spoilt(mark), format!("{mark}{}", spoilt(mark))] {
            let (titles, _) = read_with_remarks("a.xml", text.as_bytes());
            assert_eq!(titles, ["Low tïde"], "{mark:?}");
        }
    }
    let many = ONE.replace("Low", &"\u{8}L\0o\0w\u{5}".repeat(40));
    assert_eq!(read_with_remarks("a.xml", many.as_bytes()).0, [format!("{} tïde", "Low".repeat(40))]);
    // In Latin-1 too.
    let latin: Vec<u8> = spoilt("\0").replace("?>", " encoding='iso-8859-1'?>").chars().map(|c| c as u8).collect();
    assert_eq!(read_with_remarks("a.xml", &latin).0, ["Low tïde"]);
}

#[test]
fn entities_of_the_document_count_in_text_and_attributes() {
    let text = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY co 'Harbour &#38; Sons'><!ENTITY home 'https://h.example/'>
        <!ENTITY tide '<b>high</b> tide of &co;'>]><rss><channel><item><title>By &co;</title>
        <enclosure url='&home;a.mp3' length='1' type='audio/mpeg'/><description>The &tide; &amp;co;</description></item></channel></rss>";
    let articles = read(text);
    assert_eq!(articles[0].title.text, "By Harbour & Sons");
    assert_eq!(articles[0].enclosures[0].url, "https://h.example/a.mp3");
    assert_eq!(articles[0].body.text, "The <b>high</b> tide of Harbour &amp; Sons &amp;co;");
}
