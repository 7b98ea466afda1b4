//! Feeds for the tests of the rooms above.

use uuid::Uuid;

use super::entry::Context;
use super::{
    Beside, Category, Entry, Episode, EpisodeKind, Feed, FeedSpec, Head, Origin, Picture, Place, Podcast, Show, Site,
    address,
};
use crate::archive::{Hash, Row};
use crate::article::{Article, Body, BodyKind, Enclosure, Hints, Person, Record, Title, TitleSource};

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
        place: Place::Alone,
        beside: Beside::default(),
        tombstones: Vec::new(),
        hub: None,
        ttl: None,
        show: None,
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
        picture: None,
        origin: None,
        episode: None,
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
        picture: Some(Picture::new("https://courier.example/strike.jpg".into())),
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

/// A podcast of one episode, in which everything is said, and of one that says nothing.
pub(crate) fn podcast_feed() -> Feed {
    let said = Podcast {
        categories: vec![
            Category { name: "Society & Culture".into(), inner: Some("Documentary".into()) },
            Category { name: "Arts".into(), inner: None },
        ],
        owner: Some(person("Mara Quill", Some("mara@courier.example"), None)),
        locked: Some(true),
        ..Podcast::default()
    };
    let episode = Entry {
        enclosures: vec![
            Enclosure { duration: Some(1_591), ..enclosure("https://courier.example/3.mp3", None, Some(18_874_368)) },
            Enclosure { duration: Some(60), ..enclosure("https://courier.example/3.mp4", None, Some(7)) },
        ],
        picture: Some(Picture {
            url: "https://courier.example/3.png".into(),
            caption: Some("A tuning fork & a foghorn".into()),
            credit: Some("Ada Marsh".into()),
        }),
        episode: Some(Episode {
            title: Some("The woman who tunes foghorns".into()),
            number: Some(3),
            season: Some(2),
            kind: Some(EpisodeKind::Full),
            explicit: Some(false),
            transcript: Some("https://courier.example/3.vtt".into()),
            chapters: Some("https://courier.example/3.json".into()),
        }),
        summary: Some("Six foghorns.".into()),
        ..bare_entry("quay-notes-3")
    };
    let plain = Entry {
        enclosures: vec![enclosure("https://courier.example/2.mp3", Some("audio/mpeg"), Some(9))],
        episode: Some(Episode::default()),
        summary: Some("The night ferry.".into()),
        published: "2023-07-02T12:00:00+02:00".parse().unwrap(),
        updated: "2023-07-02T12:00:00+02:00".parse().unwrap(),
        ..bare_entry("quay-notes-2")
    };
    let head = Head {
        language: Some("en".into()),
        image: Some("https://courier.example/cover.png".into()),
        updated: "2023-07-09T10:00:00Z".parse().unwrap(),
        show: Some(Show {
            guid: Uuid::try_parse("917393e3-1b1e-5cef-ace4-edaa54e1f810").unwrap(),
            author: "The desk".into(),
            said,
        }),
        ..bare_head()
    };
    Feed { head, entries: vec![episode, plain] }
}

/// A feed with everything that few feeds have: a hub, a rhythm, an entry of another site.
pub(crate) fn rare_feed() -> Feed {
    let copied = Entry {
        origin: Some(Origin {
            title: "Gull & Weekly".into(),
            id: "tag:gull.example,2023:feed".into(),
            feed: Some("https://gull.example/rss?a=1&b=2".into()),
            page: Some("https://gull.example/".into()),
        }),
        summary: Some("A gull was seen.".into()),
        ..bare_entry("gull")
    };
    let head = Head {
        language: Some("en".into()),
        hub: Some("https://hub.example/?a&b".into()),
        ttl: Some(90),
        updated: "2023-07-09T10:00:00Z".parse().unwrap(),
        ..bare_head()
    };
    Feed { head, entries: vec![copied] }
}

fn person(name: &str, email: Option<&str>, uri: Option<&str>) -> Person {
    Person { name: name.into(), email: email.map(str::to_owned), uri: uri.map(str::to_owned) }
}

fn enclosure(url: &str, media_type: Option<&str>, length: Option<u64>) -> Enclosure {
    Enclosure { url: url.into(), media_type: media_type.map(str::to_owned), length, duration: None }
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
        hints: Hints::of(&record.article),
        origin: record.source.as_ref().map(|source| source.origin.clone()),
        size: record.article.body.text.len() as u64,
        record: Hash::of(path.as_bytes()),
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
        look: &|_| None,
        named: &|_| Vec::new(),
        holding: &|_| None,
    }
}
