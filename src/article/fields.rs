//! The fields of an article one by one: what tells an edit by hand from a change of the source.
//!
//! The archive remembers a [`fingerprint`](fingerprints) of every field as ingest wrote it. When a source changes
//! later, [`merge`] takes the new value of each field that still is as it was written, and keeps the others, since
//! a person has changed those.

use super::Article;

/// How many fields an article has.
pub const FIELDS: usize = 13;

/// One number a field; stable across versions, machines and runs.
pub type Fingerprints = [u64; FIELDS];

struct Field {
    name: &'static str,
    feed: fn(&Article, &mut Fnv),
    copy: fn(&Article, &mut Article),
}

/// The order is part of what is stored: a new field goes to the end.
const TABLE: [Field; FIELDS] = [
    Field { name: "title", feed: |a, h| h.text(&a.title.text), copy: |from, to| to.title = from.title.clone() },
    Field {
        name: "date",
        feed: |a, h| h.text(&a.date.as_ref().map(|d| d.chosen.value.to_string()).unwrap_or_default()),
        copy: |from, to| to.date = from.date.clone(),
    },
    Field {
        name: "authors",
        feed: |a, h| {
            for author in &a.authors {
                h.text(&author.name);
                h.maybe(author.email.as_deref());
                h.maybe(author.uri.as_deref());
            }
        },
        copy: |from, to| to.authors = from.authors.clone(),
    },
    Field {
        name: "lang",
        feed: |a, h| h.maybe(a.language.as_deref()),
        copy: |from, to| to.language = from.language.clone(),
    },
    Field {
        name: "tags",
        feed: |a, h| a.tags.iter().for_each(|t| h.text(t)),
        copy: |from, to| to.tags = from.tags.clone(),
    },
    Field {
        name: "section",
        feed: |a, h| h.maybe(a.section.as_deref()),
        copy: |from, to| to.section = from.section.clone(),
    },
    Field { name: "url", feed: |a, h| h.maybe(a.url.as_deref()), copy: |from, to| to.url = from.url.clone() },
    Field {
        name: "description",
        feed: |a, h| h.maybe(a.summary.as_deref()),
        copy: |from, to| to.summary = from.summary.clone(),
    },
    Field {
        name: "draft",
        feed: |a, h| {
            h.bytes(&[u8::from(a.draft)]);
            // Only where there is one: fingerprints that were stored before marks were known stay true.
            if let Some(mark) = &a.held_by {
                h.text(mark);
            }
            if let Some(expires) = &a.expires {
                h.bytes(&expires.timestamp().to_le_bytes());
            }
        },
        copy: |from, to| {
            to.draft = from.draft;
            to.held_by.clone_from(&from.held_by);
            to.expires = from.expires;
        },
    },
    Field {
        name: "body",
        feed: |a, h| {
            h.text(a.body.kind.extension());
            h.text(&a.body.text);
        },
        copy: |from, to| to.body = from.body.clone(),
    },
    Field {
        name: "enclosures",
        feed: |a, h| {
            for enclosure in &a.enclosures {
                h.text(&enclosure.url);
                h.maybe(enclosure.media_type.as_deref());
                h.bytes(&enclosure.length.unwrap_or(u64::MAX).to_le_bytes());
                // Only where there is one: fingerprints that were stored before durations were known stay true.
                if let Some(duration) = enclosure.duration {
                    h.bytes(&duration.to_le_bytes());
                }
            }
        },
        copy: |from, to| to.enclosures = from.enclosures.clone(),
    },
    Field { name: "image", feed: |a, h| h.maybe(a.image.as_deref()), copy: |from, to| to.image = from.image.clone() },
    Field {
        name: "extra",
        // Serialising a map with string keys cannot fail.
        feed: |a, h| h.text(&serde_json::to_string(&a.extra).unwrap_or_default()),
        copy: |from, to| to.extra = from.extra.clone(),
    },
];

/// The fingerprints of all fields.
pub fn fingerprints(article: &Article) -> Fingerprints {
    TABLE.map(|field| {
        let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
        (field.feed)(article, &mut hash);
        hash.0
    })
}

/// The names of the fields that are not as they were written.
pub fn changed(article: &Article, written: &Fingerprints) -> Vec<&'static str> {
    let now = fingerprints(article);
    TABLE.iter().enumerate().filter(|(at, _)| now[*at] != written[*at]).map(|(_, field)| field.name).collect()
}

/// What the record should say now that its source says `new`, and the names of the fields that a person has
/// changed and that therefore stay. `written` are the fingerprints of what ingest wrote; without them nothing is
/// known of edits, and the source wins.
pub fn merge(current: &Article, written: Option<&Fingerprints>, new: &Article) -> (Article, Vec<&'static str>) {
    let mut merged = new.clone();
    let mut kept = Vec::new();
    let Some(written) = written else { return (merged, kept) };
    let (now, coming) = (fingerprints(current), fingerprints(new));
    for (at, field) in TABLE.iter().enumerate() {
        if now[at] != written[at] && now[at] != coming[at] {
            (field.copy)(current, &mut merged);
            kept.push(field.name);
        }
    }
    (merged, kept)
}

/// FNV-1a, 64 bits: small, stable, and no secret depends on it.
struct Fnv(u64);

impl Fnv {
    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Length first, so that two strings never look like one.
    fn text(&mut self, text: &str) {
        self.bytes(&(text.len() as u64).to_le_bytes());
        self.bytes(text.as_bytes());
    }

    fn maybe(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.text(text),
            None => self.bytes(&[0xff]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Body, BodyKind, Title, TitleSource};

    fn article(title: &str, body: &str) -> Article {
        Article::new(
            Title { text: title.to_owned(), source: TitleSource::Metadata },
            Body { kind: BodyKind::Text, text: body.to_owned() },
        )
    }

    #[test]
    fn an_edit_by_hand_survives_a_change_of_the_source() {
        let written = article("Strom", "Old text.");
        let mut edited = written.clone();
        edited.title.text = "Storm".to_owned();
        edited.tags = vec!["weather".to_owned()];
        let (merged, kept) = merge(&edited, Some(&fingerprints(&written)), &article("Strom", "New text."));
        assert_eq!(merged.title.text, "Storm");
        assert_eq!(merged.tags, ["weather"]);
        assert_eq!(merged.body.text, "New text.");
        assert_eq!(kept, ["title", "tags"]);
    }

    #[test]
    fn without_memory_or_edits_the_source_wins() {
        let (old, new) = (article("a", "b"), article("c", "d"));
        assert_eq!(merge(&old, None, &new), (new.clone(), vec![]));
        assert_eq!(merge(&old, Some(&fingerprints(&old)), &new), (new.clone(), vec![]));
    }

    #[test]
    fn fingerprints_are_stable_and_tell_fields_apart() {
        let prints = fingerprints(&article("a", "b"));
        assert_eq!(prints[0], 0x529a_4ddc_8ff5_6bbf, "{:#x}", prints[0]);
        let other = fingerprints(&article("a", "c"));
        let differing: Vec<_> = (0..FIELDS).filter(|i| prints[*i] != other[*i]).collect();
        assert_eq!(differing, [9]);
    }
}
