//! Articles whose text is nearly that of another: the same story from two agencies, a page and its printed version.

use url::Url;

use super::Archive;
use super::incoming::{Duplicates, Incoming};
use super::index::Entry;
use super::put::{Intake, Outcome, Put, are_siblings, digest, stripped};
use crate::article::sketch::{numbers_differ, similarity};
use crate::article::{Article, Provenance, Record, TitleSource, record};
use crate::disk;
use crate::error::Result;

/// Texts with less in common are two. Another lead and a line of credits leave a story of 300 words more than this.
const SIMILAR: f64 = 0.9;
/// Copies appear within days; what returns after a week is a report of its own, however it resembles the last one.
const DAYS_APART: i64 = 3;
/// So many articles that may be similar are looked at; more share a form, and are no copies of each other.
const LOOKED_AT: usize = 8;

/// The article that an incoming one is a copy of.
pub(super) struct Found {
    key: i64,
    known: Entry,
    record: Record,
    similarity: f64,
}

impl Archive {
    /// The article in the archive that has nearly the same text, unless duplicates are articles of their own.
    ///
    /// A reply that quotes all of a mail is no copy of it, and two articles of one document are two.
    pub(super) fn near_duplicate(&self, incoming: &Incoming, day: i64, source: &Provenance) -> Result<Option<Found>> {
        let Some(sketch) = incoming.sketch.filter(|_| incoming.duplicates != Duplicates::Keep) else { return Ok(None) };
        let mut best: Option<Found> = None;
        for (key, known) in self.index.similar(&sketch, LOOKED_AT)? {
            if (known.day - day).abs() > DAYS_APART
                || are_siblings(&known, source)
                || are_mails(&incoming.article, &known)
            {
                continue;
            }
            // What corrects a retracted article is no copy of it; what was linked to it before stays linked.
            if known.retracted.is_some() && self.index.at_origin(&source.origin)?.is_none_or(|(at, _)| at != key) {
                continue;
            }
            // A record that cannot be read now is the trouble of its own article, not of this one.
            let Ok(record) = self.current(&known.path) else { continue };
            if say_different_things(&incoming.article, source, &record) {
                continue;
            }
            let similarity = similarity(&incoming.article.body.text, &record.article.body.text);
            if similarity >= SIMILAR && best.as_ref().is_none_or(|best| similarity > best.similarity) {
                best = Some(Found { key, known, record, similarity });
            }
        }
        Ok(best)
    }

    /// Names the place of a copy in the record of its original, or leaves it out. The text of the copy is kept among
    /// the revisions, so that the words in which it differs are not lost.
    pub(super) fn put_duplicate(
        &mut self,
        found: Found,
        incoming: Incoming,
        source: &Provenance,
        intake: &Intake,
    ) -> Result<Put> {
        let Found { key, known, mut record, similarity } = found;
        let path = known.path.clone();
        let words = |fate: &str| {
            let percent = (similarity * 100.0).floor();
            vec![format!("has {percent} % of the text of {path}, and {fate} (see `duplicates`)")]
        };
        if incoming.duplicates == Duplicates::Skip {
            return Ok(Put { outcome: Outcome::Skipped, notes: words("was left out"), path });
        }
        let reading = digest(&incoming.fields);
        let known_here = self.index.at_origin(&source.origin)?.is_some_and(|(at, _)| at == key);
        if known_here && self.index.reading_at(&source.origin)? == reading {
            return Ok(Put { outcome: Outcome::Same, path, notes: Vec::new() });
        }
        let copy = Record {
            source: Some(source.clone()),
            also_at: Vec::new(),
            article: stripped(incoming.article),
            ..record.clone()
        };
        let bytes = record::write(&copy).into_bytes();
        let revision = self.layout.revision(&path, intake.now, &record::sha256_hex(&bytes));
        disk::write_if_changed(&revision, &bytes)?;
        if !record.also_at.contains(&source.origin) {
            record.also_at.push(source.origin.clone());
            self.rewrite(key, &path, &record, known.fields, intake)?;
        }
        self.index.put_origin(&source.origin, key, Some(reading))?;
        Ok(Put { outcome: Outcome::Linked, notes: words("was linked to it"), path })
    }
}

/// Whether both are mails, which know themselves what they are copies of.
pub(super) fn are_mails(article: &Article, known: &Entry) -> bool {
    let is_mail = |id: &str| id.starts_with("mid:");
    article.id.as_deref().is_some_and(is_mail) && is_mail(&known.id)
}

/// Whether two articles are two, however much their texts have in common: they are written in different languages,
/// carry different files or numbers, or are called differently by one and the same publisher (episodes of a podcast
/// with the same notes).
fn say_different_things(article: &Article, source: &Provenance, record: &Record) -> bool {
    let known = &record.article;
    // What its source keeps from the public is never hidden behind what is public, nor the other way round.
    if article.draft != known.draft || are_told_apart(article, known) {
        return true;
    }
    let is_named = |article: &Article| matches!(article.title.source, TitleSource::Metadata | TitleSource::Heading);
    if is_named(article) && is_named(known) && same_publisher(article, source, record) {
        let (a, b) = (article.title.text.to_lowercase(), known.title.text.to_lowercase());
        if a != b {
            return true;
        }
    }
    numbers_differ(&article.title.text, &known.title.text) || numbers_differ(&article.body.text, &known.body.text)
}

/// Whether the languages of two articles, or their files, differ.
pub(super) fn are_told_apart(article: &Article, known: &Article) -> bool {
    let primary = |article: &Article| {
        let tag = article.language.as_deref()?;
        Some(tag.split('-').next().unwrap_or(tag).to_ascii_lowercase())
    };
    matches!((primary(article), primary(known)), (Some(a), Some(b)) if a != b)
        || !article.enclosures.is_empty() && !known.enclosures.is_empty() && article.enclosures != known.enclosures
}

/// Whether both stand on one site, or, where that is not known, in one directory or container.
fn same_publisher(article: &Article, source: &Provenance, record: &Record) -> bool {
    let host = |article: &Article| {
        let url = Url::parse(article.url.as_deref()?).ok()?;
        let host = url.host_str()?;
        Some(["www.", "m.", "amp."].iter().find_map(|prefix| host.strip_prefix(prefix)).unwrap_or(host).to_owned())
    };
    if let (Some(a), Some(b)) = (host(article), host(&record.article)) {
        return a == b;
    }
    let directory = |origin: &str| {
        let document = origin.split('#').next().unwrap_or(origin);
        document.rsplit_once('/').map(|(directory, _)| directory.to_owned())
    };
    record.source.as_ref().is_some_and(|known| directory(&known.origin) == directory(&source.origin))
}
