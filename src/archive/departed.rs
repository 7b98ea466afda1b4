//! The ledger of departures: what has left the archive, or a feed, and when. It is part of the truth, since feeds
//! promise that their `updated` never goes backwards and that an id is never used for another article.

use chrono::{DateTime, SecondsFormat, Utc};
use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::index::Entry;
use super::terms::{self, Term, Terms};
use super::{Archive, layout};
use crate::disk;
use crate::error::{Error, Result};

/// One line of `departed.jsonl`.
#[derive(Serialize, Deserialize)]
struct Departure {
    id: String,
    path: String,
    /// When it was noticed, RFC 3339.
    at: String,
    published: i64,
    /// A fingerprint of title and text where the record was removed; nothing where it only changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    content: Option<String>,
    /// Whether everybody could see the record, and no longer can: it was removed, or became a draft.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    unpublished: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sections: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    authors: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    languages: Vec<String>,
}

impl Archive {
    /// Writes down that a record is gone.
    pub(super) fn note_removal(&mut self, entry: &Entry, now: DateTime<Utc>) -> Result<()> {
        self.note(entry, true, is_public(entry, now), now)
    }

    /// Writes down that a record no longer is what some feeds took it for: a term is gone, it became a draft, was
    /// retracted or is so no longer, or it went back in time, or out of it.
    pub(super) fn note_departure(&mut self, was: &Entry, is: &Entry, now: DateTime<Utc>) -> Result<()> {
        let stays = is.terms.contains_all(&was.terms)
            && is.retracted == was.retracted
            && !is.draft
            && latest(is, now) >= latest(was, now);
        if was.draft || stays {
            return Ok(());
        }
        self.note(was, false, is_public(was, now) && !is_public(is, now), now)
    }

    /// Whether a record with this id was removed by hand, and is not there again.
    pub(super) fn was_taken_away(&self, id: &str) -> Result<bool> {
        let removed = "SELECT 1 FROM departed WHERE id = ?1 AND content IS NOT NULL LIMIT 1";
        Ok(self.index.number(removed, [id])? > 0)
    }

    /// Whether a record with this content was removed by hand. It does not come back of itself.
    pub(super) fn was_removed(&self, content: &[u8; 16]) -> Result<bool> {
        Ok(self.index.number("SELECT 1 FROM departed WHERE content = ?1 LIMIT 1", params![content])? > 0)
    }

    fn note(&mut self, was: &Entry, removed: bool, unpublished: bool, now: DateTime<Utc>) -> Result<()> {
        let of = |kind| was.terms.iter().filter(|t| t.kind == kind).map(|t| t.term.clone()).collect();
        let departure = Departure {
            id: was.id.clone(),
            path: was.path.clone(),
            at: now.to_rfc3339_opts(SecondsFormat::Secs, true),
            published: was.published.0,
            content: removed.then(|| hex(&was.content)),
            unpublished,
            tags: of(terms::TAG),
            sections: of(terms::SECTION),
            authors: of(terms::AUTHOR),
            languages: of(terms::LANGUAGE),
        };
        self.pending_departures().push(departure_line(&departure)?);
        self.index_departure(&departure)
    }

    /// Appends what was noted to the ledger; called before the index commits.
    pub(super) fn write_departures(&mut self) -> Result<()> {
        let lines = std::mem::take(self.pending_departures());
        if lines.is_empty() {
            return Ok(());
        }
        let path = self.layout.departed();
        let mut ledger = read_ledger(&path)?;
        if !ledger.is_empty() && !ledger.ends_with('\n') {
            ledger.push('\n');
        }
        for line in lines {
            ledger.push_str(&line);
            ledger.push('\n');
        }
        disk::write_if_changed(&path, ledger.as_bytes()).map(drop)
    }

    /// Reads the ledger into a new index.
    pub(super) fn load_departed(&mut self) -> Result<()> {
        let path = self.layout.departed();
        for (number, line) in read_ledger(&path)?.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let departure: Departure = serde_json::from_str(line).map_err(|err| {
                Error::input(format!("{}:{}", path.display(), number + 1), "a departure in JSON", err)
                    .hint("restore the line, or remove it: then the feeds that held the article may step back in time")
            })?;
            self.index_departure(&departure)?;
        }
        Ok(())
    }

    fn index_departure(&self, departure: &Departure) -> Result<()> {
        let at = DateTime::parse_from_rfc3339(&departure.at).map_err(|err| {
            Error::input(self.layout.departed().display().to_string(), "an RFC 3339 time at `at`", err)
        })?;
        let lists = [
            (terms::TAG, &departure.tags),
            (terms::SECTION, &departure.sections),
            (terms::AUTHOR, &departure.authors),
            (terms::LANGUAGE, &departure.languages),
        ];
        let all = lists.iter().flat_map(|(kind, list)| list.iter().map(|t| Term { kind: *kind, term: t.clone() }));
        let years = terms::possible_years(departure.published);
        let terms = Terms::from_list(all.chain(years).collect());
        let path = departure.unpublished.then_some(&departure.path);
        let insert = || {
            self.index.db.prepare_cached("INSERT INTO departed VALUES(?1, ?2, ?3, ?4, ?5, ?6)")?.execute(params![
                departure.id,
                at.timestamp(),
                departure.published,
                terms.to_json(),
                departure.content.as_deref().and_then(unhex),
                path
            ])
        };
        insert().map_err(|err| self.index.failed(err))?;
        self.index.filing.borrow_mut().departed(&departure.id, at.timestamp(), departure.published, &terms);
        if let Some(path) = path {
            self.index.tallies.borrow_mut().departed(path, &departure.id, at.timestamp());
        }
        Ok(())
    }
}

/// The latest instant that a record gives to the feeds that hold it. What lies ahead says nothing yet.
fn latest(entry: &Entry, now: DateTime<Utc>) -> Option<i64> {
    let said = [Some(entry.published.0), entry.updated.map(|updated| updated.0), entry.retracted];
    said.into_iter().flatten().filter(|at| *at <= now.timestamp()).max()
}

/// Whether everybody may see the record at this moment.
fn is_public(entry: &Entry, now: DateTime<Utc>) -> bool {
    !entry.is_hidden() && entry.published.0 <= now.timestamp()
}

fn hex(content: &[u8; 16]) -> String {
    format!("{:032x}", u128::from_be_bytes(*content))
}

fn unhex(text: &str) -> Option<[u8; 16]> {
    u128::from_str_radix(text, 16).ok().map(u128::to_be_bytes)
}

fn departure_line(departure: &Departure) -> Result<String> {
    serde_json::to_string(departure).map_err(|err| Error::archive(layout::key_of(&departure.path), err))
}

fn read_ledger(path: &std::path::Path) -> Result<String> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(err) if err.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(err) => Err(Error::io("read", path, err)),
    }
}
