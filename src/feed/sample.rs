//! Feeds for the tests of the rooms above.

use uuid::Uuid;

use super::entry::Context;
use super::{Entry, Feed, FeedSpec, Head, Site, address};
use crate::archive::Row;
use crate::article::{Article, Body, BodyKind, Enclosure, Person, Record, Title, TitleSource};

/// A feed without entries and without anything that is optional.
pub(crate) fn bare_feed() -> Feed {
    Feed { head: bare_head(), entries: Vec::new() }
}

fn bare_head() -> Head {
    Head {
        id: "urn:uuid:5c0b8cbe-0f0c-5a6c-8a53-7d0b1ccf6b0e".into(),
        namespace: Uuid::try_parse("0c5b4f6e-51a2-4a5e-9f53-0c9a1cf0a001").unwrap(),
        title: "The Tidewater Courier".into(),
        description: "News from the harbour".into(),
        publisher: "The Tidewater Courier".into(),
        language: None,
        home_url: "https://courier.example/".into(),
        base_url: "https://courier.example/feeds/".into(),
        authors: Vec::new(),
        rights: None,
        image: None,
        updated: "1970-01-01T00:00:00Z".parse().unwrap(),
        tombstones: Vec::new(),
    }
}

/// An entry without anything that is optional.
pub(crate) fn bare_entry(id: &str) -> Entry {
    Entry {
        id: id.into(),
        anchor: format!("2023-07-09-{id}"),
        title: format!("Entry {id}"),
        url: format!("https://courier.example/{id}/"),
        published: "2023-07-09T12:00:00+02:00".parse().unwrap(),
        updated: "2023-07-09T12:00:00+02:00".parse().unwrap(),
        authors: Vec::new(),
        tags: Vec::new(),
        language: None,
        summary: None,
        content: None,
        enclosures: Vec::new(),
        image: None,
    }
}

/// A feed in which every field holds something, and one entry in which every field does.
pub(crate) fn full_feed() -> Feed {
    let full = Entry {
        id: "https://courier.example/strike/".into(),
        anchor: "2023-07-09-strike".into(),
        title: "Dockers & pilots: \"<3\" is no deal".into(),
        url: "https://courier.example/strike/".into(),
        updated: "2023-07-11T08:30:00+02:00".parse().unwrap(),
        authors: vec![person("Ada Marsh", Some("ada@courier.example"), Some("https://courier.example/ada"))],
        tags: vec!["Harbour".into(), "R&D".into()],
        language: Some("en-GB".into()),
        summary: Some("Talks ended at 5 < 6 o'clock & resume.".into()),
        content: Some("<p>Talks &amp; tides: <code>a[b[0]]&gt;1</code> ]]> שלום 🚢</p>".into()),
        enclosures: vec![
            enclosure("https://courier.example/a.mp3?x=1&y=2", Some("audio/mpeg"), Some(1_234_567)),
            enclosure("https://courier.example/b.pdf", None, None),
        ],
        image: Some("https://courier.example/strike.jpg".into()),
        ..bare_entry("strike")
    };
    let two_authors = Entry {
        authors: vec![person("Ben Okoro", None, None), person("Chia Lin", Some("chia@courier.example"), None)],
        content: Some("<p>Short.</p>".into()),
        published: "2023-07-08T12:00:00+02:00".parse().unwrap(),
        updated: "2023-07-08T12:00:00+02:00".parse().unwrap(),
        ..bare_entry("guid-17")
    };
    let summary_only = Entry {
        summary: Some("Too long for the feed.".into()),
        published: "2023-07-07T12:00:00+02:00".parse().unwrap(),
        updated: "2023-07-07T12:00:00+02:00".parse().unwrap(),
        ..bare_entry("long")
    };
    let head = Head {
        title: "Tides & <Times>".into(),
        language: Some("en".into()),
        authors: vec![person("The desk", Some("desk@courier.example"), None)],
        rights: Some("© 2023 The Tidewater Courier".into()),
        image: Some("https://courier.example/logo.png".into()),
        updated: "2023-07-11T06:30:00Z".parse().unwrap(),
        ..bare_head()
    };
    Feed { head, entries: vec![full, two_authors, summary_only] }
}

fn person(name: &str, email: Option<&str>, uri: Option<&str>) -> Person {
    Person { name: name.into(), email: email.map(str::to_owned), uri: uri.map(str::to_owned) }
}

fn enclosure(url: &str, media_type: Option<&str>, length: Option<u64>) -> Enclosure {
    Enclosure { url: url.into(), media_type: media_type.map(str::to_owned), length }
}

/// A record as the archive gives it, published at noon of the day of its path.
pub(crate) fn record(path: &str, kind: BodyKind, text: &str) -> Record {
    let day = path[..10].replace('/', "-");
    let title = Title { text: format!("Title of {path}"), source: TitleSource::Metadata };
    Record {
        id: format!("urn:x-test:{path}"),
        published: format!("{day}T12:00:00+02:00").parse().unwrap(),
        updated: None,
        retraction: None,
        source: None,
        also_at: Vec::new(),
        article: Article::new(title, Body { kind, text: text.into() }),
    }
}

/// What the index says of a record.
pub(crate) fn row(path: &str, record: &Record) -> Row {
    Row {
        path: path.into(),
        id: record.id.clone(),
        title: record.article.title.text.clone(),
        published: record.published,
        updated: record.updated,
        draft: record.article.draft,
        retracted: record.retraction.as_ref().map(|retraction| retraction.at),
        url: record.article.url.clone(),
        size: record.article.body.text.len() as u64,
    }
}

/// The context in which `select` makes entries, on the first day of 2024.
pub(super) fn context<'a>(spec: &'a FeedSpec, site: &'a Site) -> Context<'a> {
    let base = site.base().unwrap();
    Context {
        spec,
        site,
        namespace: bare_head().namespace,
        home: site.home(&base),
        base: address::below(&base, &spec.name),
        root: base,
        as_of: "2024-01-01T00:00:00Z".parse().unwrap(),
    }
}
