//! Feeds as servers send them, whole, cut, hostile, and what is none.

use proptest::prelude::*;

use super::*;

const URL: &str = "https://harbour.example/blog/feed";

fn channel(text: &str) -> Channel {
    read(text.as_bytes(), None, URL).unwrap()
}

fn refusal(bytes: &[u8]) -> String {
    read(bytes, None, URL).unwrap_err().to_string()
}

#[test]
fn rss_with_everything() {
    let found = channel(
        r#"<?xml version="1.0"?>
        <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
          xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:fh="http://purl.org/syndication/history/1.0"
          xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
        <channel>
          <title>Harbour &amp;amp; <![CDATA[fog]]></title>
          <atom:link href="/blog/feed" rel="self" type="application/rss+xml"/>
          <atom:link href="https://hub.example/" rel="hub"/>
          <atom:link href="archive/9" rel="prev-archive"/><atom:link href="archive/11" rel="next-archive"/>
          <atom:link href="/blog/feed" rel="current"/><atom:link href="?paged=2" rel="next"/>
          <link>https://harbour.example/blog/</link>
          <description>Not a summary of any entry</description>
          <image><title>A picture</title><link>https://harbour.example/picture</link></image>
          <ttl> 90 </ttl><fh:archive/>
          <sy:updatePeriod> hourly </sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>
          <skipHours><hour>3</hour><hour>4</hour></skipHours><skipDays><day>Sunday</day></skipDays>
          <generator>https://wordpress.org/?v=6.4.2</generator>
          <itunes:new-feed-url>https://new.example/feed</itunes:new-feed-url>
          <item><title>One</title><link>https://harbour.example/1</link><guid>1</guid>
            <pubDate>Sun, 09 Jul 2023 14:30:00 +0200</pubDate>
            <description>Short.</description><content:encoded><![CDATA[<p>Long.</p>]]></content:encoded></item>
          <item><guid>https://harbour.example/2</guid><pubDate>Mon, 10 Jul 2023 09:00:00 GMT</pubDate>
            <source url="https://other.example/feed">Other</source><description>Short.</description></item>
          <item><link>/3</link><description> <![CDATA[ <p> </p> ]]> </description><content:encoded/></item>
        </channel></rss>"#,
    );
    assert_eq!(found.format, ChannelFormat::Rss);
    assert_eq!(found.title.as_deref(), Some("Harbour & fog"));
    assert_eq!(found.home_url.as_deref(), Some("https://harbour.example/blog/"));
    assert_eq!(found.self_url.as_deref(), Some(URL));
    assert_eq!(found.hub.as_deref(), Some("https://hub.example/"));
    assert_eq!(found.prev_archive.as_deref(), Some("https://harbour.example/blog/archive/9"));
    assert_eq!(found.next_archive.as_deref(), Some("https://harbour.example/blog/archive/11"));
    assert_eq!(found.current.as_deref(), Some(URL));
    assert_eq!(found.next.as_deref(), Some("https://harbour.example/blog/feed?paged=2"));
    assert_eq!((found.ttl, found.interval()), (Some(90), Some(Duration::from_secs(90 * 60))));
    assert_eq!(found.update_interval, Some(Duration::from_secs(3600)));
    assert!(found.is_archive && !found.is_complete && found.is_wordpress && !found.is_cut && !found.is_expired);
    assert_eq!(found.generator.as_deref(), Some("https://wordpress.org/?v=6.4.2"));
    assert_eq!(found.new_feed_url.as_deref(), Some("https://new.example/feed"));
    assert_eq!((found.entries, found.full_texts, found.summaries), (3, 1, 1));
    assert_eq!(found.oldest.unwrap().to_rfc3339(), "2023-07-09T12:30:00+00:00");
    assert_eq!(found.newest.unwrap().to_rfc3339(), "2023-07-10T09:00:00+00:00");
    assert_eq!(found.entry_links, ["1", "2", "3"].map(|n| format!("https://harbour.example/{n}")));
    let silent = |at: &str| found.is_silent_at(at.parse().unwrap());
    assert!(silent("2023-07-10T04:59:59Z") && silent("2023-07-09T12:00:00Z") && !silent("2023-07-10T05:00:00Z"));
}

#[test]
fn atom_and_its_older_brother() {
    let found = channel(
        "<a:feed xmlns:a='http://www.w3.org/2005/Atom' xml:base='https://harbour.example/base/'>
        <a:title type='html'>Fog &amp;amp; &lt;b&gt;ferries&lt;/b&gt;</a:title><a:id>urn:x</a:id>
        <a:link rel='http://www.iana.org/assignments/relation/self' href='self'/>
        <a:link rel='alternate' type='application/json' href='json'/><a:link rel='alternate' type='text/html' href='home'/>
        <a:generator uri='https://wordpress.org/' version='6.4'>WordPress</a:generator>
        <complete xmlns='http://purl.org/syndication/history/1.0'/>
        <a:entry><a:link rel='edit' href='/edit'/><a:link href='one'/><a:published>2020-01-02</a:published>
          <a:updated>2021-01-01T00:00:00Z</a:updated><a:content type='xhtml'><div><p>Text</p></div></a:content>
          <a:source><a:link href='https://other.example/'/><a:updated>1999-01-01T00:00:00Z</a:updated></a:source></a:entry>
        <a:entry><a:updated>2021-03-01T00:00:00Z</a:updated><a:content src='elsewhere'>x</a:content>
          <a:summary>Short</a:summary></a:entry></a:feed>",
    );
    assert_eq!(found.format, ChannelFormat::Atom);
    assert_eq!(found.title.as_deref(), Some("Fog & ferries"));
    assert_eq!(found.home_url.as_deref(), Some("https://harbour.example/base/home"));
    assert_eq!(found.self_url.as_deref(), Some("https://harbour.example/base/self"));
    assert_eq!(found.generator.as_deref(), Some("WordPress"));
    assert!(found.is_wordpress && found.is_complete);
    assert_eq!((found.entries, found.full_texts, found.summaries), (2, 1, 1));
    assert_eq!(found.entry_links, ["https://harbour.example/base/one"]);
    assert_eq!(found.oldest.unwrap().to_rfc3339(), "2020-01-02T00:00:00+00:00");
    assert_eq!(found.newest.unwrap().to_rfc3339(), "2021-03-01T00:00:00+00:00");

    let old = channel(
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>Old</title><entry><issued>2004-05-06T07:08:09Z</issued></entry></feed>",
    );
    assert_eq!((old.format, old.title.as_deref(), old.entries), (ChannelFormat::Atom, Some("Old"), 1));
    assert_eq!(old.oldest.unwrap().to_rfc3339(), "2004-05-06T07:08:09+00:00");
}

#[test]
fn rdf_and_bare_channels() {
    let found = channel(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'
          xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:admin='http://webns.net/mvcb/'>
        <channel rdf:about='https://harbour.example/'><title>Harbour</title><link>https://harbour.example/</link>
          <admin:generatorAgent rdf:resource='http://wordpress.org/?v=1.5'/>
          <items><rdf:Seq><rdf:li rdf:resource='https://harbour.example/1'/></rdf:Seq></items></channel>
        <item rdf:about='https://harbour.example/1'><title>One</title><dc:date>2003-02-01T00:00:00Z</dc:date>
          <description>Short</description></item></rdf:RDF>",
    );
    assert_eq!((found.format, found.title.as_deref()), (ChannelFormat::Rdf, Some("Harbour")));
    assert!(found.is_wordpress);
    assert_eq!((found.entries, found.summaries), (1, 1));
    assert!(found.is_summaries_only());
    assert_eq!(found.entry_links, ["https://harbour.example/1"]);
    let bare = channel("<channel><title>Bare</title><item><title>x</title></item></channel>");
    assert_eq!((bare.format, bare.title.as_deref(), bare.entries), (ChannelFormat::Rss, Some("Bare"), 1));
    let wrapped = channel(
        "<html><head><title>Page</title></head><body><feed xmlns='http://www.w3.org/2005/Atom'><title>Feed</title></feed>",
    );
    assert_eq!((wrapped.title.as_deref(), wrapped.is_cut), (Some("Feed"), true));
}

#[test]
fn json_feeds() {
    let found = channel(
        r#"{"version": "https://jsonfeed.org/version/1.1", "title": " Harbour ", "home_page_url": "/",
        "feed_url": "https://harbour.example/feed.json", "next_url": "feed.json?page=2", "expired": true,
        "hubs": [{"type": "WebSub", "url": "https://hub.example/"}, {"type": "x", "url": "https://second.example/"}],
        "authors": [{"name": "Ada", "url": "https://ada.example/"}], "title": "Twice",
        "items": [{"id": 5, "url": "/5", "content_html": "<p>x</p>", "date_published": "2023-07-09T14:30:00Z",
            "attachments": [{"url": "https://harbour.example/a.mp3", "title": "x"}]},
          {"id": "https://harbour.example/6", "summary": "s", "date_modified": "2023-07-11T00:00:00Z"},
          {"id": "7", "content_text": " ", "url": null}, "junk", null]}"#,
    );
    assert_eq!((found.format, found.title.as_deref()), (ChannelFormat::Json, Some("Harbour")));
    assert_eq!(found.home_url.as_deref(), Some("https://harbour.example/"));
    assert_eq!(found.self_url.as_deref(), Some("https://harbour.example/feed.json"));
    assert_eq!(found.next.as_deref(), Some("https://harbour.example/blog/feed.json?page=2"));
    assert_eq!(found.hub.as_deref(), Some("https://hub.example/"));
    assert!(found.is_expired && !found.is_cut);
    assert_eq!((found.full_texts, found.summaries), (1, 1));
    assert_eq!(found.entry_links, ["https://harbour.example/5", "https://harbour.example/6"]);
    assert_eq!(found.newest.unwrap().to_rfc3339(), "2023-07-11T00:00:00+00:00");

    let cut = channel(r#"{"title": "x", "items": [{"id": "1", "summary": "a"}, {"id": "2", "summ"#);
    assert_eq!((cut.entries, cut.is_cut), (1, true));
    let marked = read("\u{feff} {\"title\": \"x\", \"items\": []}".as_bytes(), None, URL).unwrap();
    assert_eq!(marked.title.as_deref(), Some("x"));
    assert!(refusal(b"{\"title\": \"x\"}").contains("JSON that is no feed"));
    assert!(refusal(b"{\"title\": nope}").contains("JSON that cannot be read"));
}

#[test]
fn long_descriptions_are_full_texts() {
    let of = |text: &str| {
        let feed = format!("<rss><channel><item><description>{text}</description></item></channel></rss>");
        let found = channel(&feed);
        (found.full_texts, found.summaries)
    };
    assert_eq!(of(&"word ".repeat(400)), (1, 0));
    assert_eq!(of(&"word ".repeat(100)), (0, 1));
    assert_eq!(of(&"&lt;img src='a-rather-long-name-of-a-picture.jpeg'&gt; ".repeat(100)), (0, 0));
}

#[test]
fn encodings_and_names_in_any_case() {
    let latin =
        b"<?xml version='1.0' encoding='iso-8859-1'?><RSS><CHANNEL><TITLE>Caf\xe9</TITLE><TTL>5</TTL></CHANNEL></RSS>";
    let found = read(latin, None, URL).unwrap();
    assert_eq!((found.title.as_deref(), found.ttl), (Some("Café"), Some(5)));
    let wide: Vec<u8> =
        "\u{feff}<rss><channel><title>Порт</title></channel></rss>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(&wide, None, URL).unwrap().title.as_deref(), Some("Порт"));
    let declared = b"<rss><channel><title>\xf0\xcf\xd2\xd4</title></channel></rss>";
    assert_eq!(read(declared, Some("koi8-r"), URL).unwrap().title.as_deref(), Some("Порт"));
}

#[test]
fn only_addresses_of_the_web_are_kept() {
    let found = channel(
        "<rss><channel><link>javascript:alert(1)</link><atom:link rel='next' href='file:///etc/passwd'/>
        <atom:link rel='hub' href='https://'/><itunes:new-feed-url>feed</itunes:new-feed-url>
        <item><link>mailto:ada@example.org</link><guid isPermaLink='false'>https://harbour.example/x</guid></item>
        <item><guid>tag:x</guid></item></channel></rss>",
    );
    assert_eq!((found.home_url, found.next, found.hub), (None, None, None));
    assert_eq!(found.new_feed_url.as_deref(), Some("https://harbour.example/blog/feed"));
    assert!(found.entry_links.is_empty());
    // Without a base, what is relative leads nowhere.
    let nowhere = read(b"<rss><channel><link>/x</link></channel></rss>", None, "stdin").unwrap();
    assert_eq!(nowhere.home_url, None);
}

#[test]
fn what_is_no_feed_is_named() {
    for (bytes, found) in [
        (&b""[..], "an empty answer"),
        (b" \n", "an empty answer"),
        (b"<!doctype html><title>Are you human?</title>", "a web page; a server may answer so"),
        (b"<opml version='2.0'><body/></opml>", "a subscription list"),
        (b"<urlset><url><loc>https://a.example/</loc></url></urlset>", "a sitemap"),
        (b"<entry xmlns='http://www.w3.org/2005/Atom'/>", "another document"),
        (b"https://a.example/", "a list of addresses"),
        (b"It rained.", "another document"),
        (b"\x1f\x8b\x08\0\0\0\0\0\0\x03", "a container of documents"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "another document"),
    ] {
        let said = refusal(bytes);
        assert!(said.starts_with(&format!("{URL}: expected a feed, found {found}")), "{said}");
    }
}

#[test]
fn what_breaks_off_is_read_as_far_as_it_goes() {
    let whole = "<rss><channel><title>x</title><ttl>5</ttl><item><title>1</title><description>a</description></item>\
        <item><title>2</title><description>b";
    let found = channel(whole);
    assert_eq!((found.entries, found.summaries, found.ttl, found.is_cut), (1, 1, Some(5), true));
}

#[test]
fn hostile_feeds_are_bounded() {
    assert!(refusal(format!("<rss><channel>{}", "<a>".repeat(100_000)).as_bytes()).contains("nested at most 200 deep"));
    assert!(
        refusal("<rss>".bytes().chain(std::iter::repeat_n(b' ', 33 << 20)).collect::<Vec<u8>>().as_slice())
            .contains("32 MiB")
    );
    let many: String = (0..5000).map(|n| format!("<item><link>https://a.example/{n}</link></item>")).collect();
    let found = channel(&format!("<rss><channel>{many}</channel></rss>"));
    assert_eq!((found.entries, found.entry_links.len()), (5000, 2000));
    let titles = "<title>x</title>".repeat(100_000);
    assert_eq!(channel(&format!("<rss><channel>{titles}</channel></rss>")).title.as_deref(), Some("x"));
    let long = format!(
        "<rss><channel><title>{}</title><generator>{}</generator><link>https://a.example/{}</link></channel></rss>",
        "word ".repeat(1000),
        "é".repeat(100_000),
        "x".repeat(5000)
    );
    let found = channel(&long);
    assert!(found.title.unwrap().len() <= 310 && found.generator.unwrap().chars().count() <= 300);
    assert_eq!(found.home_url, None);
    let deep = format!("{{\"title\": \"x\", \"_x\": {}", "[".repeat(1_000_000));
    assert!(refusal(deep.as_bytes()).contains("JSON"));
    let deep = format!("{{\"title\": \"x\", \"items\": [], \"hubs\": {}", "[".repeat(1_000_000));
    assert!(refusal(deep.as_bytes()).contains("recursion limit"));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "(<rss>|<feed>|<channel>|<item>|<entry>|<link|<title>|<content>|</| rel='next'| href='| type='html'|>|/>|é|&lt;|\\{\"items\":|\\[|\\{|\"url\"|:|,|\"|1){0,40}") {
        let _ = read(text.as_bytes(), None, URL);
    }

    #[test]
    fn a_cut_anywhere_is_no_reason_to_panic(at in 0usize..400) {
        let whole = "<rss><channel><title>Fähre</title><skipHours><hour>1</hour></skipHours><item><link>https://a.example/</link>\
            <content:encoded><![CDATA[<p>Fähre]]></content:encoded><pubDate>Sun, 09 Jul 2023 14:30:00 GMT</pubDate></item></channel></rss>";
        let bytes = &whole.as_bytes()[..at.min(whole.len())];
        if let Ok(found) = read(bytes, None, URL) {
            prop_assert_eq!(found.is_cut, at < whole.len());
        }
    }
}
