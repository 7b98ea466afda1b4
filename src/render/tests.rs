//! What holds for every format.

use proptest::prelude::*;
use roxmltree::{Document, Node};

use super::{RENDERERS, Renderer};
use crate::article::{Enclosure, Person};
use crate::feed::sample::{bare_entry, bare_feed, full_feed, podcast_feed, rare_feed};
use crate::feed::{Entry, Feed};
use feedmill_markup as markup;

pub(super) fn rendered(renderer: &dyn Renderer, feed: &Feed) -> String {
    let mut out = Vec::new();
    super::render(renderer, feed, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn xml(name: &str, feed: &Feed) -> String {
    rendered(super::by_name(name).unwrap(), feed)
}

/// The text of the first element of that name below `node`; namespaces are left out of account.
fn text_of(node: Node<'_, '_>, name: &str) -> Option<String> {
    let element = node.descendants().find(|node| node.tag_name().name() == name)?;
    Some(element.children().filter_map(|child| child.text()).collect())
}

fn unescaped(html: &str) -> String {
    html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[test]
fn formats_are_told_apart_by_name_and_file() {
    for (at, format) in RENDERERS.iter().enumerate() {
        assert!(RENDERERS[..at].iter().all(|other| other.name() != format.name()));
        assert!(RENDERERS[..at].iter().all(|other| other.file_name() != format.file_name()));
        assert!(format.media_type().ends_with("; charset=utf-8"));
        assert!(!format.link_type().contains(';'));
        assert_eq!(super::by_name(format.name()).map(Renderer::file_name), Some(format.file_name()));
    }
}

#[test]
fn every_format_gives_its_own_address() {
    for format in RENDERERS.iter().filter(|format| format.is_feed()) {
        let address = format!("https://courier.example/feeds/{}", format.file_name());
        assert!(rendered(*format, &bare_feed()).contains(&address), "{}", format.name());
    }
}

#[test]
fn the_metadata_come_before_the_entries() {
    for (format, parent, entry) in [("rss", "channel", "item"), ("atom", "feed", "entry")] {
        let text = xml(format, &full_feed());
        let doc = Document::parse(&text).unwrap();
        let parent =
            doc.descendants().find(|node| node.has_tag_name(parent) || node.tag_name().name() == parent).unwrap();
        let names: Vec<&str> = parent.children().filter(Node::is_element).map(|node| node.tag_name().name()).collect();
        let first = names.iter().position(|name| *name == entry).unwrap();
        assert!(names[first..].iter().all(|name| *name == entry), "{names:?}");
    }
}

#[test]
fn a_copied_entry_names_its_feed_and_a_feed_its_hub() {
    let feed = rare_feed();
    let rss = rss::Channel::read_from(xml("rss", &feed).as_bytes()).unwrap();
    let source = rss.items()[0].source().unwrap();
    assert_eq!((source.title(), source.url()), (Some("Gull & Weekly"), "https://gull.example/rss?a=1&b=2"));
    let rhythm = rss.syndication_ext().unwrap();
    assert_eq!((rss.ttl(), rhythm.period().to_string(), rhythm.frequency()), (Some("90"), "daily".to_owned(), 16));
    let atom = atom_syndication::Feed::read_from(xml("atom", &feed).as_bytes()).unwrap();
    let source = atom.entries()[0].source().unwrap();
    assert_eq!((source.id(), source.title().as_str()), ("tag:gull.example,2023:feed", "Gull & Weekly"));
    let hub = "https://hub.example/?a&b";
    assert_eq!(atom.links().iter().find(|link| link.rel() == "hub").map(|link| link.href()), Some(hub));
    let links = &rss.extensions()["atom"]["link"];
    assert!(links.iter().any(|link| link.attrs()["rel"] == "hub" && link.attrs()["href"] == hub));
    let json: serde_json::Value = serde_json::from_str(&xml("json", &feed)).unwrap();
    assert_eq!(json["hubs"], serde_json::json!([{"type": "WebSub", "url": hub}]));
}

#[test]
fn every_file_of_an_episode_is_somewhere() {
    let feed = podcast_feed();
    let json: serde_json::Value = serde_json::from_str(&xml("json", &feed)).unwrap();
    let attached = &json["items"][0]["attachments"];
    assert_eq!((&attached[0]["duration_in_seconds"], &attached[1]["size_in_bytes"]), (&1_591.into(), &7.into()));
    let rss = xml("rss", &feed);
    assert!(rss.contains("<media:content url=\"https://courier.example/3.mp4\" fileSize=\"7\" type=\"video/mp4\""));
    assert!(xml("atom", &feed).contains("href=\"https://courier.example/3.mp4\""));
    assert!(!xml("rss", &bare_feed()).contains("xmlns:media"), "what is not used is not declared");
}

#[test]
fn a_long_text_is_no_problem() {
    let mut feed = full_feed();
    feed.entries[0].title = "<&>é".repeat(200_000);
    feed.entries[0].content = Some("]]>é".repeat(1_000_000));
    for format in ["rss", "atom"] {
        let text = xml(format, &feed);
        let doc = Document::parse(&text).unwrap();
        let content = if format == "rss" { "encoded" } else { "content" };
        assert_eq!(text_of(doc.root(), content), feed.entries[0].content);
    }
}

/// Texts of the kinds that break feeds.
fn awkward() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        "[\\u{0}-\\u{ff}]",
        "[a-z ]{1,50}",
        proptest::sample::select(vec![
            "]]>",
            "]]",
            ">",
            "&",
            "&amp;",
            "&#0;",
            "<",
            "<b>",
            "</title>",
            "<![CDATA[",
            "\"",
            "'",
            "\r",
            "\r\n",
            "\n",
            "\0",
            "\u{FFFE}",
            "\u{FFFF}",
            "\u{85}",
            "שלום",
            "\u{202E}",
            "👩‍🚀",
            "e\u{301}",
            " ",
            "--",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn awkward_entry() -> impl Strategy<Value = Entry> {
    let texts = proptest::collection::vec(awkward(), 12);
    (texts, any::<[bool; 4]>(), -2_000_000_000i64..4_000_000_000).prop_map(|(texts, has, second)| {
        let mut texts = texts.into_iter();
        let mut next = || texts.next().unwrap_or_default();
        let published = chrono::DateTime::from_timestamp(second, 0).unwrap_or_default().fixed_offset();
        Entry {
            id: next(),
            anchor: next(),
            title: next(),
            url: next(),
            published,
            updated: published,
            authors: vec![Person { name: next(), email: has[0].then(&mut next), uri: has[0].then(&mut next) }],
            tags: vec![next(), next()],
            language: None,
            summary: has[1].then(&mut next),
            content: has[2].then(&mut next),
            enclosures: if has[3] {
                vec![Enclosure { url: next(), media_type: None, length: None, duration: None }]
            } else {
                Vec::new()
            },
            picture: None,
            origin: None,
            episode: None,
        }
    })
}

proptest! {
    #[test]
    fn whatever_the_fields_hold_a_parser_reads_it_back(
        entry in awkward_entry(),
        title in awkward(),
        description in awkward(),
    ) {
        let legal = |text: &str| {
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            let is_legal = |c: &char| !matches!(c, '\0'..='\u{8}' | '\u{B}'..='\u{1F}' | '\u{80}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}');
            text.chars().filter(is_legal).collect::<String>()
        };
        let mut feed = Feed { entries: vec![entry.clone()], ..full_feed() };
        (feed.head.title, feed.head.description) = (title.clone(), description);

        let rss = xml("rss", &feed);
        let doc = Document::parse(&rss).unwrap();
        let item = doc.descendants().find(|node| node.has_tag_name("item")).unwrap();
        prop_assert_eq!(text_of(doc.root(), "title").unwrap(), legal(&title));
        prop_assert_eq!(text_of(item, "title").unwrap(), legal(&entry.title));
        prop_assert_eq!(text_of(item, "guid").unwrap(), legal(&entry.id));
        prop_assert_eq!(text_of(item, "link").unwrap(), legal(&entry.url));
        let (description, encoded) = (text_of(item, "description"), text_of(item, "encoded"));
        match (&entry.summary, &entry.content) {
            (Some(summary), content) => {
                prop_assert_eq!(unescaped(&description.unwrap()), legal(summary));
                prop_assert_eq!(encoded, content.as_deref().map(legal));
            }
            (None, content) => prop_assert_eq!(description, content.as_deref().map(legal)),
        }

        let atom = xml("atom", &feed);
        let doc = Document::parse(&atom).unwrap();
        let read = doc.descendants().find(|node| node.tag_name().name() == "entry").unwrap();
        let text_construct = |name: &str| {
            let node = read.children().find(|node| node.tag_name().name() == name)?;
            let text = text_of(node, name)?;
            Some(if node.attribute("type") == Some("html") { unescaped(&text) } else { text })
        };
        prop_assert_eq!(text_construct("title").unwrap(), legal(&entry.title));
        prop_assert_eq!(text_construct("summary"), entry.summary.as_deref().map(legal));
        prop_assert_eq!(text_of(read, "content"), entry.content.as_deref().map(legal));
        prop_assert_eq!(text_of(read, "id").unwrap(), legal(&entry.iri(&feed.head.namespace)));
        let terms: Vec<&str> = read.descendants().filter_map(|node| node.attribute("term")).collect();
        prop_assert_eq!(terms, entry.tags.iter().map(|tag| legal(tag)).collect::<Vec<_>>());

        let json: serde_json::Value = serde_json::from_str(&xml("json", &feed)).unwrap();
        prop_assert_eq!(json["items"][0]["id"].as_str(), Some(entry.id.as_str()));
        prop_assert_eq!(json["items"][0]["content_html"].as_str(), entry.content.as_deref());

        // No text of a field opens or closes an element of the page.
        let page = xml("html", &Feed { entries: vec![Entry { content: None, ..entry.clone() }], ..feed.clone() });
        let plain = xml("html", &Feed { entries: vec![Entry { title: "x".into(), content: None, ..entry }], ..feed });
        prop_assert_eq!(page.matches('<').count(), plain.matches('<').count());
    }

    #[test]
    fn legal_text_is_left_alone_by_every_format(text in awkward()) {
        let text = markup::legal(&text).into_owned();
        let entry = Entry { title: text.clone(), summary: Some(text.clone()), content: Some(text.clone()), ..bare_entry("a") };
        let feed = Feed { entries: vec![entry], ..bare_feed() };
        let rss = xml("rss", &feed);
        let doc = Document::parse(&rss).unwrap();
        prop_assert_eq!(text_of(doc.root(), "encoded").unwrap(), text);
    }
}
