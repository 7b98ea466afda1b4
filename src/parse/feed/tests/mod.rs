//! Cases.

mod broken;

use serde_json::{Value, json};

use super::*;
use crate::article::{BodyKind, Person, TitleSource};
use crate::parse::tests::{parsed, parsed_all};

fn read(text: &str) -> Vec<Article> {
    parsed("feed", "feed.xml", text.as_bytes())
}

/// The only article of an RSS 2.0 feed that has this item.
fn item(text: &str) -> Article {
    let [article] = <[Article; 1]>::try_from(read(&format!(
        "<rss version='2.0'><channel><title>Harbour</title><link>https://harbour.example/</link><item>{text}</item></channel></rss>"
    )))
    .unwrap();
    article
}

/// The only article of an Atom feed that has this entry.
fn entry(text: &str) -> Article {
    let feed = format!("<feed xmlns='http://www.w3.org/2005/Atom'><title>Harbour</title><entry>{text}</entry></feed>");
    let [article] = <[Article; 1]>::try_from(read(&feed)).unwrap();
    article
}

fn date(article: &Article) -> String {
    article.date.as_ref().map_or_else(String::new, |date| date.chosen.value.to_string())
}

#[test]
fn an_rss_feed_with_everything() {
    let text = r#"<?xml version="1.0" encoding="utf-8"?>
<?xml-stylesheet type="text/xsl" href="style.xsl"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xmlns:thr="http://purl.org/syndication/thread/1.0">
<channel>
<title>Harbour &amp;amp; News</title>
<link>https://harbour.example/</link>
<atom:link rel="self" href="https://harbour.example/rss" type="application/rss+xml"/>
<language>en-us</language>
<image><title>Logo</title><link>https://logo.example/</link><url>logo.png</url></image>
<item>
  <title>Ferries &amp;amp; fog: <![CDATA[<em>again</em>]]></title>
  <link>/2023/07/ferries?a=1&b=2</link>
  <guid isPermaLink="false">ferries-1</guid>
  <pubDate>Tue, 9 July 2023 14:30:00 CEST</pubDate>
  <author>ada@harbour.example (Ada Reed)</author>
  <category>Sea</category><category domain="x">Fog</category><category>sea</category>
  <comments>https://harbour.example/2023/07/ferries#comments</comments>
  <description>No ferry &lt;b&gt;sailed&lt;/b&gt; today.</description>
  <content:encoded><![CDATA[<p>No ferry <b>sailed</b> today.</p><p>Fog, said the captain.</p>]]></content:encoded>
  <enclosure url="https://cdn.harbour.example/horn.mp3" length="1234" type="audio/mpeg"/>
  <media:thumbnail url="https://cdn.harbour.example/fog.jpg" width="120"/>
  <source url="https://other.example/rss">Other</source>
  <thr:in-reply-to ref="tag:harbour.example,2023:1"/>
  <atom:updated>2023-07-10T08:00:00Z</atom:updated>
  <dc:rights>CC BY</dc:rights>
</item>
</channel>
</rss>"#;
    let article = read(text).remove(0);
    assert_eq!(article.title.text, "Ferries & fog: again");
    assert_eq!(article.url.as_deref(), Some("https://harbour.example/2023/07/ferries?a=1&b=2"));
    assert_eq!((article.id.as_deref(), article.fragment.as_str()), (None, "ferries-1"));
    assert_eq!(date(&article), "2023-07-09T14:30:00+02:00");
    assert_eq!(article.updated.unwrap().to_rfc3339(), "2023-07-10T08:00:00+00:00");
    let ada = Person { name: "Ada Reed".into(), email: Some("ada@harbour.example".into()), uri: None };
    assert_eq!(article.authors, [ada]);
    assert_eq!(article.tags, ["Sea", "Fog"]);
    assert_eq!(article.language.as_deref(), Some("en-US"));
    assert_eq!(article.body.kind, BodyKind::Html);
    assert_eq!(article.body.text, "<p>No ferry <b>sailed</b> today.</p><p>Fog, said the captain.</p>");
    assert_eq!(article.summary.as_deref(), Some("No ferry sailed today."));
    assert_eq!(article.enclosures.len(), 1);
    assert_eq!(
        (article.enclosures[0].length, article.enclosures[0].media_type.as_deref()),
        (Some(1234), Some("audio/mpeg"))
    );
    assert_eq!(article.image.as_deref(), Some("https://cdn.harbour.example/fog.jpg"));
    assert_eq!(
        Value::Object(article.extra),
        json!({
            "guid": "ferries-1",
            "feed": {"title": "Harbour & News", "url": "https://harbour.example/", "self": "https://harbour.example/rss"},
            "source": {"title": "Other", "url": "https://other.example/rss"},
            "comments": "https://harbour.example/2023/07/ferries#comments",
            "in-reply-to": ["tag:harbour.example,2023:1"],
            "rights": "CC BY",
        })
    );
}

#[test]
fn an_atom_feed_with_everything() {
    let text = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://harbour.example/feeds/">
<entry>
  <id>tag:harbour.example,2023:2</id>
  <title type="html">Nebel &amp;lt;dicht&amp;gt; &lt;i&gt;wieder&lt;/i&gt;</title>
  <link rel="alternate" type="application/pdf" href="2.pdf"/>
  <link rel="alternate" type="text/html" href="../2"/>
  <link rel="enclosure" href="2.ogg" type="audio/ogg" length="77"/>
  <link rel="replies" href="../2/comments"/>
  <link rel="via" href="https://other.example/2"/>
  <published>2023-07-09T14:30:00.5+02:00</published>
  <updated>2023-07-10T14:30:00+02:00</updated>
  <category term="sea" label="Die See"/>
  <summary>Kein Schiff &amp; kein Wind</summary>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Kein <a href="schiff">Schiff</a> &lt; heute.</p><br/></div></content>
  <source><id>urn:x</id><title>Anderswo</title><link href="https://other.example/"/><author><name>Ben</name></author></source>
</entry>
<entry xml:base="/x/"><id>https://harbour.example/3</id><title>T</title><content type="text/html">&lt;img src="a.png"&gt;</content>
  <author><name>Cy</name><uri>cy</uri><email>cy@harbour.example</email></author></entry>
<author><name>Ada</name></author>
<title>Hafen</title><id>urn:feed</id><link href="https://harbour.example/"/>
</feed>"#;
    let articles = read(text);
    let [first, second] = &articles[..] else { panic!("{articles:?}") };
    assert_eq!(first.title.text, "Nebel <dicht> wieder");
    assert_eq!((first.id.as_deref(), first.fragment.as_str()), (first.id.as_deref(), "tag:harbour.example,2023:2"));
    assert_eq!(
        (first.id.as_deref(), first.url.as_deref()),
        (Some("tag:harbour.example,2023:2"), Some("https://harbour.example/2"))
    );
    assert_eq!(date(first), "2023-07-09T14:30:00.500+02:00");
    assert_eq!(
        first.body.text,
        "<p>Kein <a href=\"https://harbour.example/feeds/schiff\">Schiff</a> &lt; heute.</p><br>"
    );
    assert_eq!((first.summary.as_deref(), first.language.as_deref()), (Some("Kein Schiff & kein Wind"), Some("de")));
    assert_eq!((first.authors[0].name.as_str(), first.tags[0].as_str()), ("Ben", "Die See"));
    assert_eq!(first.enclosures[0].url, "https://harbour.example/feeds/2.ogg");
    assert_eq!(first.extra["feed"], json!({"title": "Hafen", "url": "https://harbour.example/", "id": "urn:feed"}));
    assert_eq!(first.extra["source"], json!({"title": "Anderswo", "url": "https://other.example/", "id": "urn:x"}));
    assert_eq!(
        (&first.extra["comments"], &first.extra["via"]),
        (&json!("https://harbour.example/2/comments"), &json!("https://other.example/2"))
    );
    assert_eq!(second.body.text, "<img src=\"https://harbour.example/x/a.png\">");
    assert_eq!(
        second.url.as_deref(),
        Some("https://harbour.example/3"),
        "an id that is an address, where there is no link"
    );
    let cy = Person {
        name: "Cy".into(),
        email: Some("cy@harbour.example".into()),
        uri: Some("https://harbour.example/x/cy".into()),
    };
    assert_eq!(second.authors, [cy]);
}

#[test]
fn older_formats() {
    let text = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="https://harbour.example/rdf"><title>Harbour</title><link>https://harbour.example/</link>
        <items><rdf:Seq><rdf:li rdf:resource="https://harbour.example/1"/></rdf:Seq></items></channel>
      <image><title>x</title><link>https://logo.example/</link></image>
      <item rdf:about="https://harbour.example/1"><title>One</title><link>https://harbour.example/1</link>
        <dc:date>2003-05-01T10:00+02:00</dc:date><dc:creator>Ada Reed</dc:creator><dc:subject>Sea</dc:subject></item>
    </rdf:RDF>"#;
    let article = read(text).remove(0);
    assert_eq!(
        (article.id.as_deref(), date(&article).as_str()),
        (Some("https://harbour.example/1"), "2003-05-01T10:00+02:00")
    );
    assert_eq!((article.authors[0].name.as_str(), article.tags[0].as_str()), ("Ada Reed", "Sea"));
    assert_eq!(article.extra["feed"]["url"], "https://harbour.example/");

    let text = r#"<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title mode="escaped">Harbour</title>
      <entry><title mode="escaped" type="text/html">A &lt;b&gt;B&lt;/b&gt;</title><id>1</id>
        <issued>2004-05-01T10:00:00</issued><modified>2004-05-02T10:00:00Z</modified><created>2004-04-30T10:00:00Z</created>
        <link rel="alternate" type="text/html" href="https://harbour.example/1"/>
        <content type="text/html" mode="escaped">&lt;p&gt;It rained.&lt;/p&gt;</content></entry>
      <entry><title>B64</title><issued>2004-05-01</issued>
        <content type="text/html" mode="base64">PHA+SXQgcmFpbmVkITwvcD4=</content></entry>
      <entry><title>XML</title><content type="application/xhtml+xml"><p xmlns="http://www.w3.org/1999/xhtml">x</p></content></entry></feed>"#;
    let articles = read(text);
    assert_eq!((articles[0].title.text.as_str(), date(&articles[0]).as_str()), ("A B", "2004-05-01T10:00:00"));
    assert_eq!(articles[0].updated.unwrap().to_rfc3339(), "2004-05-02T10:00:00+00:00");
    let bodies: Vec<&str> = articles.iter().map(|article| article.body.text.as_str()).collect();
    assert_eq!(bodies, ["<p>It rained.</p>", "<p>It rained!</p>", "<p>x</p>"]);
    assert!(articles.iter().all(|article| article.body.kind == BodyKind::Html));

    let text = "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://my.netscape.com/publish/formats/rss-0.91.dtd'>
        <rss version='0.91'><channel><title>x</title><item><title>Caf&eacute;</title><link>https://harbour.example/2001/05/01/cafe</link></item></channel></rss>";
    let article = read(text).remove(0);
    assert_eq!((article.title.text.as_str(), date(&article).as_str()), ("Café", "2001-05-01"));
}

#[test]
fn vocabularies_that_are_mixed_up() {
    let text =
        "<feed xmlns='http://www.w3.org/2005/Atom'><item><title>A</title><pubDate>2020-05-01</pubDate></item></feed>";
    assert_eq!((read(text)[0].title.text.as_str(), date(&read(text)[0]).as_str()), ("A", "2020-05-01"));
    let text = "<RSS><CHANNEL><ITEM><TITLE>A</TITLE><PUBDATE>2020-05-01</PUBDATE></ITEM></CHANNEL></RSS>";
    assert_eq!((read(text)[0].title.text.as_str(), date(&read(text)[0]).as_str()), ("A", "2020-05-01"));
    let text = "<html xmlns='http://www.w3.org/1999/xhtml'><body><feed xmlns='http://www.w3.org/2005/Atom'><entry><title>A</title></entry></feed></body></html>";
    assert_eq!(read(text)[0].title.text, "A");
}

#[test]
fn an_entry_that_is_a_file() {
    let text = "<entry xmlns='http://www.w3.org/2005/Atom'><title>T</title><id>urn:1</id><updated>2020-05-03T10:00:00Z</updated><content>It rained.</content></entry>";
    let article = parsed("feed", "2020/05/01/t.atom", text.as_bytes()).remove(0);
    assert_eq!((article.fragment.as_str(), date(&article).as_str()), ("", "2020-05-01"));
    assert_eq!((article.id.as_deref(), article.body.kind), (Some("urn:1"), BodyKind::Text));
    // A feed with one entry may have another one tomorrow.
    let feed = format!("<feed xmlns='http://www.w3.org/2005/Atom'>{text}</feed>");
    let article = parsed("feed", "2020/05/01/t.atom", feed.as_bytes()).remove(0);
    assert_eq!((article.fragment.as_str(), date(&article).as_str()), ("urn:1", "2020-05-03T10:00:00Z"));
}

#[test]
fn dates_as_feeds_write_them() {
    for (date_of, expected) in [
        ("<pubDate>Mon, 09 Jul 2023 14:30:00 +0200</pubDate>", "2023-07-09T14:30:00+02:00"),
        ("<pubDate>Sun, 9 Jul 2023 14:30 PDT</pubDate>", "2023-07-09T14:30-07:00"),
        ("<pubDate>2023/7/9 14:30:00</pubDate>", "2023-07-09T14:30:00"),
        ("<pubDate>soon</pubDate><dc:date>2023-07-09</dc:date>", "2023-07-09"),
        ("<updated>2023-07-10T00:00:00Z</updated><published>2023-07-09T00:00:00Z</published>", "2023-07-09T00:00:00Z"),
        ("<dcterms:issued>2023-07-09</dcterms:issued><dcterms:modified>2023-07-10</dcterms:modified>", "2023-07-09"),
        ("<dcterms:created>2023-07-08</dcterms:created><pubDate>2023-07-09</pubDate>", "2023-07-09"),
        ("<dcterms:valid>2023-07-09</dcterms:valid>", ""),
        ("<pubDate/>", ""),
        ("<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>", ""),
        ("<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate><dc:date>2023-07-09</dc:date>", "2023-07-09"),
        ("<pubDate>0001-01-01T00:00:00Z</pubDate>", ""),
        ("<pubDate>Thu, 04 Oct 2018 10:20:30 +0000 GMT</pubDate>", "2018-10-04T10:20:30Z"),
        ("<pubDate>Thu, 04 Oct 2018 10:20:30 PT</pubDate>", "2018-10-04T10:20:30-07:00"),
        ("<pubDate>Thu, 04 Oct 2018 10:20:30 KVTZ</pubDate>", "2018-10-04T10:20:30Z"),
    ] {
        assert_eq!(date(&item(&format!("<title>x</title>{date_of}"))), expected, "{date_of}");
    }
    let updated = entry("<title>x</title><updated>2023-07-09T14:30:00Z</updated>").date.unwrap().chosen;
    assert_eq!((updated.rule, updated.confidence), (feedmill_dates::DateRule::Update, feedmill_dates::Confidence::Low));
    // The address says the same day, so that the change is no later one.
    let link = "<link href='https://harbour.example/2023/07/09/x'/>";
    let confirmed =
        entry(&format!("<title>x</title>{link}<updated>2023-07-09T14:30:00Z</updated>")).date.unwrap().chosen;
    assert_eq!(
        (confirmed.value.to_string().as_str(), confirmed.confidence),
        ("2023-07-09T14:30:00Z", feedmill_dates::Confidence::High)
    );
    let later = entry(&format!("<title>x</title>{link}<updated>2023-07-20T14:30:00Z</updated>"));
    assert_eq!(date(&later), "2023-07-09");
}

#[test]
fn titles_and_texts_as_they_are_meant() {
    for (text, title) in [
        ("<title>snake_case *and* 2 &lt; 3</title>", "snake_case *and* 2 < 3"),
        ("<title>AT&amp;T</title>", "AT&T"),
        ("<title>ACME &lt;ACM&gt; up</title>", "ACME <ACM> up"),
        ("<title><![CDATA[A &amp; B]]></title>", "A & B"),
        ("<title/><media:title>Shown</media:title>", "Shown"),
    ] {
        let article = item(text);
        assert_eq!((article.title.text.as_str(), article.title.source), (title, TitleSource::Metadata), "{text}");
    }
    assert_eq!(entry("<title>&lt;b> is bold</title>").title.text, "<b> is bold");
    let xhtml = "<title type='xhtml'><div>A <b>B</b><script>x()</script> &lt;c&gt;</div></title>";
    assert_eq!(entry(xhtml).title.text, "A B <c>");
    let made = item("<description>It rained. Much.</description>");
    assert_eq!((made.title.text.as_str(), made.title.source), ("It rained", TitleSource::FirstSentence));
    assert_eq!((made.body.kind, made.summary), (BodyKind::Text, None));
    let inline = item("<title>x</title><description>Not <b>escaped</b> at all</description>");
    assert_eq!((inline.body.kind, inline.body.text.as_str()), (BodyKind::Html, "Not <b>escaped</b> at all"));
    let same =
        item("<title>x</title><description>One</description><content:encoded>&lt;p&gt;One&lt;/p&gt;</content:encoded>");
    assert_eq!((same.body.text.as_str(), same.summary), ("<p>One</p>", None));
    let group = item("<title>x</title><media:group><media:description>Shown</media:description></media:group>");
    assert_eq!(group.body.text, "Shown");
    let literal = entry("<title>x</title><content type='text'>a &lt;b&gt; c</content>");
    assert_eq!((literal.body.kind, literal.body.text.as_str()), (BodyKind::Text, "a <b> c"));
}

#[test]
fn ids_and_what_tells_entries_apart() {
    let link_only = item("<title>x</title><guid>https://harbour.example/1</guid>");
    assert_eq!(
        (link_only.id, link_only.url),
        (Some("https://harbour.example/1".into()), Some("https://harbour.example/1".into()))
    );
    let no_link = item("<title>x</title><guid isPermaLink='false'>https://harbour.example/1</guid>");
    assert_eq!((no_link.id.as_deref(), no_link.url), (Some("https://harbour.example/1"), None));
    let both = item("<title>x</title><link>https://harbour.example/2</link><guid>123</guid>");
    assert_eq!(
        (both.id, both.url.as_deref(), both.fragment.as_str()),
        (None, Some("https://harbour.example/2"), "123")
    );
    assert_eq!(both.extra["guid"], "123");
    assert_eq!(item("<title>x</title><link>https://harbour.example/2</link>").fragment, "https://harbour.example/2");
    assert!(item("<title>x</title>").fragment.starts_with("sha256:"));

    let two = |first: &str, second: &str| {
        read(&format!("<rss><channel><item>{first}</item><item>{second}</item></channel></rss>"))
    };
    let shared = two(
        "<title>A</title><guid>https://harbour.example/</guid><link>https://harbour.example/1</link>",
        "<title>B</title><guid>https://harbour.example/</guid><link>https://harbour.example/2</link>",
    );
    assert!(shared.iter().all(|article| article.id.is_none() && article.extra["guid"] == "https://harbour.example/"));
    assert_eq!(
        (shared[0].fragment.as_str(), shared[1].fragment.as_str()),
        ("https://harbour.example/1", "https://harbour.example/2")
    );
    let same_link =
        two("<title>A</title><link>https://h.example/</link>", "<title>B</title><link>https://h.example/</link>");
    assert!(same_link[0].fragment.starts_with("sha256:") && same_link[0].fragment != same_link[1].fragment);
    let versions = read(
        "<feed xmlns='http://www.w3.org/2005/Atom'>
         <entry><id>urn:1</id><title>Old</title><published>2020-05-01T00:00:00Z</published><updated>2020-05-01T00:00:00Z</updated></entry>
         <entry><id>urn:1</id><title>New</title><published>2020-05-01T00:00:00Z</published><updated>2020-05-02T00:00:00Z</updated></entry></feed>",
    );
    assert_eq!(versions.iter().map(|article| article.title.text.as_str()).collect::<Vec<_>>(), ["New"]);
    // What is called in `media:title` alone is told apart by that, as by a title.
    let films = read(
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:media='http://search.yahoo.com/mrss/'>
         <entry><id>urn:1</id><published>2020-05-01T00:00:00Z</published><updated>2020-05-03T00:00:00Z</updated>
         <media:group><media:content url='https://h.example/a.mp4'><media:title>Ice</media:title></media:content></media:group></entry>
         <entry><id>urn:1</id><published>2020-05-02T00:00:00Z</published><updated>2020-05-04T00:00:00Z</updated>
         <media:group><media:title>Fog</media:title></media:group></entry></feed>",
    );
    assert_eq!(films.iter().map(|article| article.title.text.as_str()).collect::<Vec<_>>(), ["Ice", "Fog"]);
}

#[test]
fn people() {
    let names = |text: &str| -> Vec<String> {
        let authors = item(&format!("<title>x</title>{text}")).authors;
        authors.into_iter().map(|a| format!("{} <{}>", a.name, a.email.unwrap_or_default())).collect()
    };
    assert_eq!(names("<author>Ada Reed</author>"), ["Ada Reed <>"]);
    assert_eq!(names("<author>a@h.example</author><dc:creator>Ada</dc:creator>"), ["Ada <a@h.example>"]);
    assert_eq!(names("<dc:creator>Ada</dc:creator><dc:creator>Ben</dc:creator>"), ["Ada <>", "Ben <>"]);
    assert_eq!(names("<author>a@h.example (Reed, Ada)</author>"), ["Reed, Ada <a@h.example>"]);
    assert_eq!(names("<itunes:author>Cy</itunes:author>"), ["Cy <>"]);
    let feed = "<rss><channel><managingEditor>e@h.example</managingEditor><itunes:author>The Crew</itunes:author><item><title>x</title></item></channel></rss>";
    assert_eq!(read(feed)[0].authors[0].name, "The Crew");
}

#[test]
fn pictures_and_films() {
    let article = item(
        "<title>x</title><media:group><media:content url='https://c.example/a.jpg' medium='image' width='100'/>
         <media:content url='https://c.example/b.jpg' type='image/jpeg' width='600'/>
         <media:content url='https://c.example/c.mp4' type='video/mp4' fileSize='9'/></media:group>",
    );
    assert_eq!(article.image.as_deref(), Some("https://c.example/b.jpg"));
    assert_eq!(
        article.enclosures.iter().map(|e| (e.url.as_str(), e.length)).collect::<Vec<_>>(),
        [("https://c.example/c.mp4", Some(9))]
    );
    let podcast = item(
        "<title>x</title><itunes:image href='https://c.example/i.jpg'/><itunes:duration>10:00</itunes:duration>
         <itunes:season>2</itunes:season><itunes:episode>3</itunes:episode><itunes:episodeType>bonus</itunes:episodeType>
         <itunes:explicit>no</itunes:explicit><itunes:title>The short one</itunes:title>
         <podcast:transcript url='https://c.example/e.vtt' type='text/vtt'/>
         <podcast:transcript url='https://c.example/e.srt' type='application/x-subrip'/>
         <podcast:chapters url='javascript:x' type='application/json'/>
         <enclosure url='https://c.example/e 1.mp3' type='audio/mpeg' length=''/>
         <media:content url='https://c.example/e.mp4' type='video/mp4' duration='61'/>",
    );
    assert_eq!(
        (podcast.image.as_deref(), podcast.enclosures[0].url.as_str()),
        (Some("https://c.example/i.jpg"), "https://c.example/e%201.mp3")
    );
    let said = ["duration", "season", "episode", "episode_type", "explicit", "itunes_title", "transcript"];
    assert_eq!(
        said.map(|key| podcast.extra[key].as_str().unwrap()),
        ["10:00", "2", "3", "bonus", "no", "The short one", "https://c.example/e.vtt"]
    );
    assert!(!podcast.extra.contains_key("chapters"), "what leads nowhere is not kept");
    let film = podcast.enclosures.iter().find(|file| file.url.ends_with("e.mp4"));
    assert_eq!(film.and_then(|film| film.duration), Some(61));
}

#[test]
fn the_export_of_a_site() {
    let text = "<rss xmlns:wp='http://wordpress.org/export/1.2/' xmlns:excerpt='http://wordpress.org/export/1.2/excerpt/'
         xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>
         <item><title>Post</title><wp:post_type>post</wp:post_type><wp:status>publish</wp:status><pubDate>Sat, 01 May 2020 10:00:00 +0000</pubDate>
           <content:encoded>One.</content:encoded><excerpt:encoded>Short.</excerpt:encoded></item>
         <item><title>Draft</title><wp:post_type>post</wp:post_type><wp:status>draft</wp:status><pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate>
           <wp:post_date>2020-05-02 10:00:00</wp:post_date></item>
         <item><title>logo.png</title><wp:post_type>attachment</wp:post_type></item></channel></rss>";
    let articles = read(text);
    assert_eq!(
        articles.iter().map(|a| (a.title.text.as_str(), a.draft)).collect::<Vec<_>>(),
        [("Post", false), ("Draft", true)]
    );
    assert_eq!((articles[0].summary.as_deref(), date(&articles[1]).as_str()), (Some("Short."), "2020-05-02T10:00:00"));
}

#[test]
fn the_export_of_a_site_tells_kinds_people_and_taxonomies_apart() {
    let item = |kind: &str, more: &str| {
        format!(
            "<item><title>{kind}</title><dc:creator>mira</dc:creator><wp:post_type>{kind}</wp:post_type>
             <pubDate>Sat, 02 May 2020 10:00:00 +0000</pubDate><content:encoded>Text.</content:encoded>{more}</item>"
        )
    };
    let terms = "<category domain='category' nicename='quay'>Quay</category><category domain='post_tag' nicename='tide'>Tide</category>
        <category domain='post_format' nicename='post-format-aside'>Aside</category><category domain='series' nicename='s'>Winter</category>";
    let text = format!(
        "<rss xmlns:wp='http://wordpress.org/export/1.2/' xmlns:dc='http://purl.org/dc/elements/1.1/'
         xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>{}{}{}{}
         <wp:author><wp:author_login>mira</wp:author_login><wp:author_display_name><![CDATA[Mira Quay]]></wp:author_display_name></wp:author>
         <wp:author><wp:author_login>ola</wp:author_login><wp:author_first_name>Ola</wp:author_first_name>
           <wp:author_last_name>Dock</wp:author_last_name></wp:author></channel></rss>",
        item("post", terms),
        item("page", ""),
        item("attachment", ""),
        item("attachment", "").replace("mira", "ola"),
    );
    let wanted = |post_types: &[&str]| {
        let mut doc = Document::from_bytes("a.xml", "a.xml", text.clone().into_bytes());
        doc.post_types = post_types.iter().map(|kind| (*kind).to_owned()).collect();
        let mut articles = Vec::new();
        Feed.parse(&mut doc, &mut |article| articles.push(article.unwrap())).unwrap();
        (articles, doc.remarks)
    };
    let (articles, remarks) = wanted(&[]);
    assert_eq!(articles.len(), 1);
    assert_eq!(
        (articles[0].authors[0].name.as_str(), &articles[0].tags[..]),
        ("Mira Quay", &["Quay".to_owned(), "Tide".to_owned()][..])
    );
    assert_eq!(articles[0].extra["post_format"], json!("aside"));
    assert_eq!(articles[0].extra["taxonomies"], json!({ "series": ["Winter"] }));
    assert_eq!(remarks, ["passed over by their kind: 2 attachment, 1 page; `post_types` of the source takes them in"]);
    let (articles, remarks) = wanted(&["page", "attachment"]);
    let found: Vec<_> = articles.iter().map(|a| (a.title.text.as_str(), a.authors[0].name.as_str())).collect();
    assert_eq!(found, [("page", "Mira Quay"), ("attachment", "Mira Quay"), ("attachment", "Ola Dock")]);
    assert_eq!(remarks, ["passed over by their kind: 1 post; `post_types` of the source takes them in"]);
    // Elsewhere a category may say which list it is from.
    let plain = read(
        "<rss><channel><item><title>A</title><category domain='https://dir.example/'>Sea</category></item></channel></rss>",
    );
    assert_eq!(plain[0].tags, ["Sea"]);
}

#[test]
fn entries_without_titles_are_told_apart_by_what_they_hold() {
    let item = |text: &str| {
        format!("<item><guid isPermaLink='false'>1</guid><pubDate>Sat, 02 May 2020 10:00:00 GMT</pubDate>{text}</item>")
    };
    let titles = |first: &str, second: &str| {
        let text = format!(
            "<rss xmlns:media='http://search.yahoo.com/mrss/'><channel>{}{}</channel></rss>",
            item(first),
            item(second)
        );
        read(&text).into_iter().map(|article| article.title.text).collect::<Vec<_>>()
    };
    assert_eq!(titles("<media:title>High</media:title>", "<media:title>Low</media:title>"), ["High", "Low"]);
    assert_eq!(
        titles(
            "<media:content url='a.jpg'><media:title>High</media:title></media:content>",
            "<media:group><media:content url='a.jpg'><media:title>Low</media:title></media:content></media:group>"
        ),
        ["High", "Low"]
    );
    assert_eq!(
        titles("<description>The tide is high.</description>", "<description>The tide is low.</description>").len(),
        2
    );
    assert_eq!(titles("<dc:title>High</dc:title>", "<dc:title>Low</dc:title>"), ["High", "Low"]);
    assert_eq!(titles("<itunes:title>High</itunes:title>", "<itunes:title>Low</itunes:title>"), ["High", "Low"]);
    let enclosed = |file: &str| format!("<description>x</description><enclosure url='https://h.example/{file}.mp3'/>");
    assert_eq!(titles(&enclosed("a"), &enclosed("b")).len(), 2);
    assert_eq!(titles(&enclosed("a"), &enclosed("a")).len(), 1, "the same twice is one");
    let counted = |n: u32| format!("<description>x</description><slash:comments>{n}</slash:comments>");
    assert_eq!(titles(&counted(1), &counted(2)).len(), 1, "what others add is no difference");
    assert_eq!(
        titles("<title>A</title><description>1</description>", "<title>A</title><description>2</description>").len(),
        1
    );
    let entry = |updated: &str, text: &str| format!("<entry><id>urn:1</id>{updated}<content>{text}</content></entry>");
    let atom = |first: String, second: String| {
        read(&format!("<feed xmlns='http://www.w3.org/2005/Atom'>{first}{second}</feed>")).len()
    };
    let (old, new) = ("<updated>2020-05-02T10:00:00Z</updated>", "<updated>2020-05-03T10:00:00Z</updated>");
    assert_eq!(atom(entry("", "one"), entry("", "two")), 2);
    assert_eq!(atom(entry(old, "one"), entry(new, "two")), 1, "an id of Atom and a later change are a version");
}

#[test]
fn entries_are_never_called_after_their_file() {
    let silent = item(
        "<guid isPermaLink='false'>7</guid><enclosure url='https://harbour.example/a.png' type='image/png' length='1'/>",
    );
    assert_eq!(silent.title.text, "Untitled");
}
