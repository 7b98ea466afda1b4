use super::*;
use crate::feed::Feed;
use crate::feed::sample::{bare_entry, bare_feed, full_feed};
use crate::render::tests::rendered;

fn read(feed: &Feed) -> atom_syndication::Feed {
    atom_syndication::Feed::read_from(rendered(&Atom, feed).as_bytes()).unwrap()
}

#[test]
fn a_full_feed() {
    expect_test::expect![[r#"
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="en">
              <id>urn:uuid:5c0b8cbe-0f0c-5a6c-8a53-7d0b1ccf6b0e</id>
              <title type="html">Tides &amp;amp; &amp;lt;Times&amp;gt;</title>
              <subtitle>News from the harbour</subtitle>
              <updated>2023-07-11T06:30:00Z</updated>
              <link rel="self" type="application/atom+xml" href="https://courier.example/feeds/atom.xml"/>
              <link rel="alternate" type="text/html" href="https://courier.example/"/>
              <author>
                <name>The desk</name>
                <email>desk@courier.example</email>
              </author>
              <rights>© 2023 The Tidewater Courier</rights>
              <logo>https://courier.example/logo.png</logo>
              <generator>feedmill</generator>
              <entry xml:lang="en-GB">
                <id>https://courier.example/strike/</id>
                <title>Dockers &amp; pilots: "&lt;3" is no deal</title>
                <link rel="alternate" type="text/html" href="https://courier.example/strike/"/>
                <published>2023-07-09T12:00:00+02:00</published>
                <updated>2023-07-11T08:30:00+02:00</updated>
                <author>
                  <name>Ada Marsh</name>
                  <uri>https://courier.example/ada</uri>
                  <email>ada@courier.example</email>
                </author>
                <category term="Harbour"/>
                <category term="R&amp;D"/>
                <link rel="enclosure" type="audio/mpeg" length="1234567" href="https://courier.example/a.mp3?x=1&amp;y=2"/>
                <link rel="enclosure" type="application/pdf" href="https://courier.example/b.pdf"/>
                <summary>Talks ended at 5 &lt; 6 o'clock &amp; resume.</summary>
                <content type="html"><![CDATA[<p>Talks &amp; tides: <code>a[b[0]]&gt;1</code> ]]]]><![CDATA[> שלום 🚢</p>]]></content>
                <media:content url="https://courier.example/strike.jpg" medium="image" type="image/jpeg"/>
                <media:thumbnail url="https://courier.example/strike.jpg"/>
              </entry>
              <entry>
                <id>urn:uuid:9faaca68-fb4e-5114-b9a7-1ff0df429091</id>
                <title>Entry guid-17</title>
                <link rel="alternate" type="text/html" href="https://courier.example/guid-17/"/>
                <published>2023-07-08T12:00:00+02:00</published>
                <updated>2023-07-08T12:00:00+02:00</updated>
                <author>
                  <name>Ben Okoro</name>
                </author>
                <author>
                  <name>Chia Lin</name>
                  <email>chia@courier.example</email>
                </author>
                <content type="html"><![CDATA[<p>Short.</p>]]></content>
              </entry>
              <entry>
                <id>urn:uuid:3c5c64a9-048b-517c-bae0-6e3f3d4079b6</id>
                <title>Entry long</title>
                <link rel="alternate" type="text/html" href="https://courier.example/long/"/>
                <published>2023-07-07T12:00:00+02:00</published>
                <updated>2023-07-07T12:00:00+02:00</updated>
                <summary>Too long for the feed.</summary>
              </entry>
            </feed>
        "#]].assert_eq(&rendered(&Atom, &full_feed()));
}

#[test]
fn an_empty_feed() {
    let feed = read(&bare_feed());
    assert_eq!((feed.id(), feed.entries().len()), (bare_feed().head.id.as_str(), 0));
    assert_eq!(feed.updated().to_rfc3339(), "1970-01-01T00:00:00+00:00");
}

#[test]
fn the_reader_of_another_crate_finds_everything() {
    let feed = full_feed();
    let read = read(&feed);
    assert_eq!(read.entries().len(), feed.entries.len());
    assert_eq!(read.lang(), Some("en"));
    let of_rel = |links: &[atom_syndication::Link], rel: &str| -> Vec<String> {
        links.iter().filter(|link| link.rel() == rel).map(|link| link.href().to_owned()).collect()
    };
    assert_eq!(of_rel(read.links(), "self"), ["https://courier.example/feeds/atom.xml"]);
    for (read, entry) in read.entries().iter().zip(&feed.entries) {
        assert_eq!(read.id(), entry.iri(&feed.head.namespace));
        assert_eq!(read.content().and_then(|content| content.value()), entry.content.as_deref());
        assert_eq!(read.summary().map(|summary| summary.as_str()), entry.summary.as_deref());
        assert_eq!(read.published(), Some(&entry.published));
        assert_eq!(read.updated(), &entry.updated);
        assert_eq!(of_rel(read.links(), "alternate").concat(), entry.url);
        let files: Vec<&str> = entry.enclosures.iter().map(|file| file.url.as_str()).collect();
        assert_eq!(of_rel(read.links(), "enclosure"), files);
        let tags: Vec<&str> = read.categories().iter().map(|category| category.term()).collect();
        assert_eq!(tags, entry.tags);
        let names: Vec<&str> = read.authors().iter().map(|author| author.name()).collect();
        assert_eq!(names, entry.authors.iter().map(|author| author.name.as_str()).collect::<Vec<_>>());
    }
}

#[test]
fn what_looks_like_markup_is_declared_as_html() {
    for (title, is_html) in [
        ("Ships & tides", false),
        ("1 < 2", false),
        ("a <3 b", false),
        ("AT&T, Q&A, R&D", false),
        ("& ; &; &#;", false),
        ("&lt; is an entity", true),
        ("&#60;", true),
        ("The <b> tag", true),
        ("</b>", true),
        ("<!-- -->", true),
        ("ends with <", false),
    ] {
        let entry = Entry { title: title.into(), ..bare_entry("a") };
        let feed = read(&Feed { entries: vec![entry], ..bare_feed() });
        let read = feed.entries()[0].title();
        let expected = title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        assert_eq!(read.r#type == atom_syndication::TextType::Html, is_html, "{title}");
        assert_eq!(read.as_str(), if is_html { expected.as_str() } else { title });
    }
}

#[test]
fn somebody_is_the_author() {
    let anonymous = Feed { entries: vec![bare_entry("a")], ..bare_feed() };
    assert_eq!(read(&anonymous).authors()[0].name(), "The Tidewater Courier");
    let signed = Entry { authors: full_feed().head.authors, ..bare_entry("a") };
    assert!(read(&Feed { entries: vec![signed.clone()], ..bare_feed() }).authors().is_empty());
    assert_eq!(read(&Feed { entries: vec![signed, bare_entry("b")], ..bare_feed() }).authors().len(), 1);
}

#[test]
fn the_feed_is_no_older_than_what_its_entries_say() {
    let noon = "2023-07-09T12:00:00+02:00";
    let mut feed = Feed { entries: vec![bare_entry("a"), bare_entry("b")], ..bare_feed() };
    feed.head.updated = noon.parse().unwrap();
    let read = read(&feed);
    let instants: Vec<String> = read.entries().iter().map(|entry| entry.updated().to_rfc3339()).collect();
    assert_eq!(instants, [noon, "2023-07-09T12:00:01+02:00"]);
    assert_eq!(read.updated(), read.entries()[1].updated());
}
