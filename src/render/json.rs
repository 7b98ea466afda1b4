//! JSON Feed 1.1.

use std::io::{self, BufWriter, Write};

use serde::{Serialize, Serializer};
use serde_json::ser::{Formatter, PrettyFormatter};

use super::{Renderer, Rendering};
use crate::article::Person;
use crate::feed::{Entry, Head, Outline, media_type};
use feedmill_dates::write::rfc3339;
use feedmill_markup::write::BUFFER;

/// JSON Feed.
pub(super) struct Json;

impl Renderer for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn label(&self) -> &'static str {
        "JSON Feed"
    }

    fn about(&self) -> &'static str {
        "JSON Feed 1.1, the easiest for programs"
    }

    fn file_name(&self) -> &'static str {
        "feed.json"
    }

    fn extension(&self) -> &'static str {
        "json"
    }

    fn media_type(&self) -> &'static str {
        "application/feed+json; charset=utf-8"
    }

    // Indented: half a per cent larger than the shortest form, and a person can read it.
    fn begin<'a>(&self, head: &'a Head, _: &Outline, out: &'a mut dyn Write) -> io::Result<Box<dyn Rendering + 'a>> {
        let top = Top {
            version: "https://jsonfeed.org/version/1.1",
            title: &head.title,
            home_page_url: &head.home_url,
            feed_url: self.address(head),
            next_url: self.older(head),
            description: &head.description,
            icon: head.image.as_deref(),
            authors: Authors(&head.authors),
            language: head.language.as_deref(),
            // A hub tells of what is new, and the past is not.
            hubs: head
                .hub
                .iter()
                .filter(|_| !head.place.is_archived())
                .map(|url| Hub { r#type: "WebSub", url })
                .collect(),
            items: [],
        };
        let mut out = BufWriter::with_capacity(BUFFER, out);
        let whole = serde_json::to_string_pretty(&top)?;
        // The list stays open.
        out.write_all(whole.trim_end_matches(['}', '\n', ']']).as_bytes())?;
        Ok(Box::new(Document { out, head, is_empty: true }))
    }
}

struct Document<'a> {
    out: BufWriter<&'a mut dyn Write>,
    head: &'a Head,
    is_empty: bool,
}

impl Rendering for Document<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let mut place = in_items();
        place.begin_array_value(&mut self.out, self.is_empty)?;
        self.is_empty = false;
        let mut serializer = serde_json::Serializer::with_formatter(&mut self.out, place);
        Ok(Item::new(self.head, entry).serialize(&mut serializer)?)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.write_all(if self.is_empty { b"]\n}\n" } else { b"\n  ]\n}\n" })?;
        self.out.flush()
    }
}

/// Indents as deep as items stand. The formatter learns its depth from what it has opened.
fn in_items() -> PrettyFormatter<'static> {
    let mut formatter = PrettyFormatter::new();
    // A sink takes everything.
    let _ = formatter.begin_object(&mut io::sink()).and_then(|()| formatter.begin_array(&mut io::sink()));
    formatter
}

#[derive(Serialize)]
struct Top<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_url: Option<String>,
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<&'a str>,
    #[serde(skip_serializing_if = "Authors::is_empty")]
    authors: Authors<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hubs: Vec<Hub<'a>>,
    /// Comes last and is written by [`Document`].
    items: [(); 0],
}

#[derive(Serialize)]
struct Hub<'a> {
    r#type: &'static str,
    url: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    date_published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Authors::is_empty")]
    authors: Authors<'a>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment<'a>>,
}

impl<'a> Item<'a> {
    fn new(feed: &Head, entry: &'a Entry) -> Self {
        let content_html = entry.content.as_deref();
        // An item has to have content of one kind.
        let content_text = match content_html {
            Some(_) => None,
            None => Some(entry.summary.as_deref().unwrap_or(&entry.title)),
        };
        Item {
            id: &entry.id,
            url: &entry.url,
            title: &entry.title,
            summary: entry.summary.as_deref(),
            content_html,
            content_text,
            image: entry.picture.as_ref().map(|picture| picture.url.as_str()),
            date_published: rfc3339(&entry.published),
            date_modified: entry.was_edited().then(|| rfc3339(&entry.updated)),
            authors: Authors(&entry.authors),
            tags: &entry.tags,
            language: entry.language.as_deref().filter(|language| feed.language.as_deref() != Some(*language)),
            attachments: entry
                .enclosures
                .iter()
                .map(|enclosure| Attachment {
                    url: &enclosure.url,
                    mime_type: media_type(enclosure),
                    size_in_bytes: enclosure.length,
                    duration_in_seconds: enclosure.duration,
                })
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct Attachment<'a> {
    url: &'a str,
    mime_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    size_in_bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_in_seconds: Option<u64>,
}

/// Authors; the format has no field for e-mail addresses, which go where a web address is missing.
struct Authors<'a>(&'a [Person]);

impl Authors<'_> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Authors<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Author<'a> {
            #[serde(skip_serializing_if = "str::is_empty")]
            name: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            url: Option<String>,
        }
        serializer.collect_seq(self.0.iter().map(|person| Author {
            name: &person.name,
            url: person.uri.clone().or_else(|| person.email.as_ref().map(|email| format!("mailto:{email}"))),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::Feed;
    use crate::feed::sample::{bare_entry, bare_feed, full_feed};
    use crate::render::tests::rendered;

    fn read(feed: &Feed) -> serde_json::Value {
        serde_json::from_str(&rendered(&Json, feed)).unwrap()
    }

    #[test]
    fn a_full_feed() {
        expect_test::expect![[r#"
            {
              "version": "https://jsonfeed.org/version/1.1",
              "title": "Tides & <Times>",
              "home_page_url": "https://courier.example/",
              "feed_url": "https://courier.example/feeds/feed.json",
              "description": "News from the harbour",
              "icon": "https://courier.example/logo.png",
              "authors": [
                {
                  "name": "The desk",
                  "url": "mailto:desk@courier.example"
                }
              ],
              "language": "en",
              "items": [
                {
                  "id": "https://courier.example/strike/",
                  "url": "https://courier.example/strike/",
                  "title": "Dockers & pilots: \"<3\" is no deal",
                  "summary": "Talks ended at 5 < 6 o'clock & resume.",
                  "content_html": "<p>Talks &amp; tides: <code>a[b[0]]&gt;1</code> ]]> שלום 🚢</p>",
                  "image": "https://courier.example/strike.jpg",
                  "date_published": "2023-07-09T12:00:00+02:00",
                  "date_modified": "2023-07-11T08:30:00+02:00",
                  "authors": [
                    {
                      "name": "Ada Marsh",
                      "url": "https://courier.example/ada"
                    }
                  ],
                  "tags": [
                    "Harbour",
                    "R&D"
                  ],
                  "language": "en-GB",
                  "attachments": [
                    {
                      "url": "https://courier.example/a.mp3?x=1&y=2",
                      "mime_type": "audio/mpeg",
                      "size_in_bytes": 1234567
                    },
                    {
                      "url": "https://courier.example/b.pdf",
                      "mime_type": "application/pdf"
                    }
                  ]
                },
                {
                  "id": "guid-17",
                  "url": "https://courier.example/guid-17/",
                  "title": "Entry guid-17",
                  "content_html": "<p>Short.</p>",
                  "date_published": "2023-07-08T12:00:00+02:00",
                  "authors": [
                    {
                      "name": "Ben Okoro"
                    },
                    {
                      "name": "Chia Lin",
                      "url": "mailto:chia@courier.example"
                    }
                  ]
                },
                {
                  "id": "long",
                  "url": "https://courier.example/long/",
                  "title": "Entry long",
                  "summary": "Too long for the feed.",
                  "content_text": "Too long for the feed.",
                  "date_published": "2023-07-07T12:00:00+02:00"
                }
              ]
            }
        "#]]
        .assert_eq(&rendered(&Json, &full_feed()));
    }

    #[test]
    fn an_empty_feed_has_items() {
        let feed = read(&bare_feed());
        assert_eq!(feed["items"], serde_json::json!([]));
        assert_eq!(feed["feed_url"], "https://courier.example/feeds/feed.json");
        assert!(feed.get("authors").is_none() && feed.get("language").is_none());
    }

    #[test]
    fn every_item_has_content() {
        let feed = read(&Feed { entries: vec![bare_entry("a")], ..full_feed() });
        assert_eq!(feed["items"][0]["content_text"], "Entry a");
        for item in read(&full_feed())["items"].as_array().unwrap() {
            assert!(item.get("content_html").is_some() != item.get("content_text").is_some(), "{item}");
            assert!(item["id"].is_string());
        }
    }
}
