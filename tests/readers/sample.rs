//! What is published: articles of every kind that readers stumble over, and what a reader should show of each.

use serde_json::json;

use crate::harness::Project;
use crate::subscription::{Enclosure, Format, Shown};

/// An article, as it is written into the source folder.
#[derive(Clone, Default)]
pub struct Story {
    /// The file's name, without its extension.
    pub name: &'static str,
    pub id: &'static str,
    pub title: &'static str,
    /// RFC 3339.
    pub date: &'static str,
    pub url: &'static str,
    pub html: String,
    pub summary: Option<&'static str>,
    /// Names, and the mail address of the first.
    pub authors: &'static [&'static str],
    pub email: Option<&'static str>,
    pub enclosure: Option<(&'static str, &'static str, u64)>,
}

impl Story {
    /// Writes the file.
    pub fn publish(&self, project: &Project) {
        let authors: Vec<_> = self
            .authors
            .iter()
            .map(|name| match self.email {
                Some(email) => json!({ "name": name, "email": email }),
                None => json!({ "name": name }),
            })
            .collect();
        let mut item = json!({
            "id": self.id,
            "url": self.url,
            "title": self.title,
            "date_published": self.date,
            "content_html": self.html,
            "authors": authors,
        });
        if let Some(summary) = self.summary {
            item["summary"] = json!(summary);
        }
        if let Some((url, media_type, length)) = self.enclosure {
            item["attachments"] = json!([{ "url": url, "mime_type": media_type, "size_in_bytes": length }]);
        }
        project.file(&format!("inbox/{}.json", self.name), item.to_string());
    }

    /// What a reader should show.
    pub fn shown(&self) -> Shown {
        Shown {
            id: self.id.to_owned(),
            title: self.title.to_owned(),
            link: self.url.to_owned(),
            published: chrono::DateTime::parse_from_rfc3339(self.date).unwrap().timestamp(),
            authors: self.authors.iter().map(|&name| name.to_owned()).collect(),
            content: self.html.trim().to_owned(),
            enclosure: self.enclosure.map(|(url, media_type, length)| Enclosure {
                url: url.to_owned(),
                media_type: media_type.to_owned(),
                length: Some(length),
            }),
        }
    }
}

/// The articles that come as JSON.
pub fn stories() -> Vec<Story> {
    let paragraph = |n| format!("<p>Paragraph {n} of a very long story about the sea and its tides.</p>\n");
    let long: String = (0..1500).map(paragraph).collect();
    let story = Story::default();
    vec![
        Story {
            name: "two",
            id: "tag:ledger.example,2023:two",
            title: "Two hands on one rope",
            date: "2023-05-02T08:00:00Z",
            url: "https://ledger.example/two/",
            html: "<p>They pulled <em>together</em>, and the rope held until evening.</p>".into(),
            authors: &["Ada Marsh", "Ben Okoro"],
            ..story.clone()
        },
        Story {
            name: "mail",
            id: "tag:ledger.example,2023:mail",
            title: "One with an address",
            date: "2023-05-03T08:00:00Z",
            url: "https://ledger.example/mail/",
            html: "<p>She answers letters.</p>".into(),
            authors: &["Chia Lin"],
            email: Some("chia@ledger.example.org"),
            ..story.clone()
        },
        Story {
            name: "rtl",
            id: "tag:ledger.example,2023:rtl",
            title: "שלום 🚢 ]]> مرحبا",
            date: "2023-05-04T08:00:00Z",
            url: "https://ledger.example/rtl/",
            html: "<p>Read ]]&gt; aloud: שלום עולם 👩🏽‍🚀 and <code>a[b[0]]&gt;1</code>.</p>".into(),
            ..story.clone()
        },
        Story {
            name: "ampersands",
            id: "tag:ledger.example,2023:ampersands",
            title: "R&D at AT&T: 5 < 6 > 4, Q&A",
            date: "2023-05-05T08:00:00Z",
            url: "https://ledger.example/ampersands/?a=1&b=2",
            html: "<p>1 &lt; 2 &amp;amp; 3 &gt; 2.</p>".into(),
            ..story.clone()
        },
        Story {
            name: "enclosure",
            id: "tag:ledger.example,2023:enclosure",
            title: "Quay notes, with sound",
            date: "2023-05-07T08:00:00Z",
            url: "https://ledger.example/quay-notes/",
            html: "<p>Listen.</p>".into(),
            enclosure: Some(("https://media.example/quay.mp3?a=1&b=2", "audio/mpeg", 1_234_567)),
            ..story.clone()
        },
        Story {
            name: "summary",
            id: "tag:ledger.example,2023:summary",
            title: "In short and at length",
            date: "2023-05-08T08:00:00Z",
            url: "https://ledger.example/summary/",
            html: "<p>At length there is <strong>more</strong> to be said.</p>".into(),
            summary: Some("In short: 5 < 6 & so on."),
            ..story.clone()
        },
        Story {
            name: "flood",
            id: "tag:ledger.example,1953:flood",
            title: "The night of the flood",
            date: "1953-02-01T03:30:00Z",
            url: "https://ledger.example/flood/",
            html: "<p>The dyke broke.</p>".into(),
            ..story.clone()
        },
        Story {
            name: "kiritimati",
            id: "tag:ledger.example,2023:kiritimati",
            title: "First light on Kiritimati",
            date: "2023-05-10T00:30:00+14:00",
            url: "https://ledger.example/kiritimati/",
            html: "<p>East.</p>".into(),
            ..story.clone()
        },
        Story {
            name: "niue",
            id: "tag:ledger.example,2023:niue",
            title: "Last light on Niue",
            date: "2023-05-09T23:30:00-11:00",
            url: "https://ledger.example/niue/",
            html: "<p>West.</p>".into(),
            ..story.clone()
        },
        Story {
            name: "long",
            id: "tag:ledger.example,2023:long",
            title: "The long one",
            date: "2023-05-11T08:00:00Z",
            url: "https://ledger.example/long/",
            html: long,
            ..story.clone()
        },
        Story {
            name: "weather-1",
            id: "tag:ledger.example,2023:weather-1",
            title: "Weather",
            date: "2023-05-13T08:00:00Z",
            url: "https://ledger.example/weather/1/",
            html: "<p>Rain in the morning at the old quay.</p>".into(),
            ..story.clone()
        },
        Story {
            name: "weather-2",
            id: "tag:ledger.example,2023:weather-2",
            title: "Weather",
            date: "2023-05-14T08:00:00Z",
            url: "https://ledger.example/weather/2/",
            html: "<p>Sun on the islands all day long.</p>".into(),
            ..story.clone()
        },
        Story {
            name: "bells",
            id: "tag:ledger.example,2023:bells",
            title: "Seven o'clock, the north pier",
            date: "2023-05-15T07:00:00Z",
            url: "https://ledger.example/bells/",
            html: "<p>Bells.</p>".into(),
            ..story.clone()
        },
        Story {
            name: "horns",
            id: "tag:ledger.example,2023:horns",
            title: "Seven o'clock, the south pier",
            date: "2023-05-15T07:00:00Z",
            url: "https://ledger.example/horns/",
            html: "<p>Horns.</p>".into(),
            ..story.clone()
        },
        Story {
            name: "permalink",
            id: "https://ledger.example/permalink/",
            title: "Its address is its id",
            date: "2023-05-16T07:00:00Z",
            url: "https://ledger.example/permalink/",
            html: "<p>Here.</p>".into(),
            ..story
        },
    ]
}

/// A record that a person put into the archive: its title and its id are taken to the letter.
const BY_HAND: &str = "---
title: 'I <3 the <b> tag &amp; &lt;i&gt;'
date: 2023-05-06T08:00:00Z
id: letter-17
url: https://ledger.example/letters/17
---

Dear editor: 5 &lt; 6.
";

/// Writes all of them; what a reader of that format should show, once they are served at that address.
pub fn publish(project: &Project) {
    stories().iter().for_each(|story| story.publish(project));
    project.file(
        "inbox/storm.txt",
        " date 2023-07-09 A storm closed the harbour.\n\nThe ferries stay in port until Thursday.\n",
    );
    project.file("archive/2023/05/06/by-hand.md", BY_HAND);
}

/// What a reader should show of the whole sample, published at that address.
pub fn shown(project: &Project, site: &str, format: Format) -> Vec<Shown> {
    let mut shown: Vec<Shown> = stories().iter().map(Story::shown).collect();
    // No two articles carry the same second: readers that sort or compare by it would lose one.
    let horns = shown.iter_mut().find(|shown| shown.id.ends_with(":horns")).unwrap();
    horns.published += 1;
    shown.push(Shown {
        // The ids of Atom are IRIs: another id is turned into one.
        id: if format == Format::Atom { iri_of_letter(project) } else { "letter-17".into() },
        title: "I <3 the <b> tag &amp; &lt;i&gt;".into(),
        link: "https://ledger.example/letters/17".into(),
        published: 1_683_360_000,
        authors: Vec::new(),
        content: "<p>Dear editor: 5 &lt; 6.</p>".into(),
        enclosure: None,
    });
    let record = project.read("archive/2023/07/09/a-storm-closed-the-harbour.txt");
    let minted = record.lines().find_map(|line| line.strip_prefix("id: ")).unwrap();
    shown.push(Shown {
        id: minted.into(),
        title: "A storm closed the harbour".into(),
        link: format!("{site}index.html#2023-07-09-a-storm-closed-the-harbour"),
        published: 1_688_904_000,
        authors: Vec::new(),
        content: "<p>A storm closed the harbour.</p>\n<p>The ferries stay in port until Thursday.</p>".into(),
        enclosure: None,
    });
    shown
}

/// The id that Atom gives to an id that is no IRI: version 5 of it, in the namespace of the archive.
fn iri_of_letter(project: &Project) -> String {
    let archive: toml::Table = project.read("archive/archive.toml").parse().unwrap();
    let namespace: uuid::Uuid = archive["uuid"].as_str().unwrap().parse().unwrap();
    uuid::Uuid::new_v5(&namespace, b"letter-17").urn().to_string()
}
