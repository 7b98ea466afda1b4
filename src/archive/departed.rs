//! The ledger of departures: what has left the archive, or a feed, and when. It is part of the truth, since feeds
//! promise that their `updated` never goes backwards and that an id is never used for another article.

use std::collections::HashMap;

use chrono::{DateTime, SecondsFormat, Utc};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::index::{Entry, Index};
use super::terms::{self, Term, Terms};
use super::{Archive, Hash, Look, layout};
use crate::disk;
use crate::error::{Error, Result};

/// One line of `departed.jsonl`.
#[derive(Clone, Serialize, Deserialize, PartialEq)]
pub(super) struct Departure {
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
        // A writer that did not come to its end has noted it, or another copy of the archive has.
        let same = |known: &Departure| Departure { at: departure.at.clone(), ..known.clone() } == departure;
        if let Some(at) = self.pending.foretold.iter().position(same) {
            self.pending.foretold.swap_remove(at);
            return Ok(());
        }
        self.pending_departures().push(departure_line(&departure)?);
        self.index_departure(&self.row_of(&departure)?)
    }

    /// Appends what was noted to the ledger; called before the index commits.
    pub(super) fn write_departures(&mut self) -> Result<()> {
        if self.pending_departures().is_empty() {
            return Ok(());
        }
        let path = self.layout.departed();
        let mut ledger = read_ledger(&path)?;
        if !ledger.is_empty() && !ledger.ends_with('\n') {
            ledger.push('\n');
        }
        for line in self.pending_departures().iter() {
            ledger.push_str(line);
            ledger.push('\n');
        }
        disk::write_if_changed(&path, ledger.as_bytes())?;
        // They wait as long as writing fails.
        self.pending_departures().clear();
        self.index.set_ledger(&Ledger::of(&path, &ledger))
    }

    /// Whether the ledger is not the one that the index knows.
    pub(super) fn is_ledger_other(&self) -> Result<bool> {
        let (known, path) = (self.index.ledger()?, self.layout.departed());
        if known.is_some_and(|known| known.look == Look::at(&path)) {
            return Ok(false);
        }
        Ok(known.map(|known| known.sum) != Some(Hash::of(read_ledger(&path)?.as_bytes())))
    }

    /// Reads the ledger again where it is not what the index knows of it: somebody has restored another version of it, or
    /// has brought lines of another copy, or a writer has not come to its end.
    pub(super) fn follow_ledger(&mut self) -> Result<()> {
        let (known, path) = (self.index.ledger()?, self.layout.departed());
        if known.is_some_and(|known| known.look == Look::at(&path)) || !self.pending_departures().is_empty() {
            return Ok(());
        }
        let text = read_ledger(&path)?;
        let ledger = Ledger::of(&path, &text);
        if known.is_some_and(|known| known.sum == ledger.sum) {
            self.begin()?;
            return self.index.set_ledger(&ledger);
        }
        // Nothing is changed before all of it is understood.
        let mut departures = Vec::new();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let departure: Departure = serde_json::from_str(line).map_err(|err| {
                Error::input(format!("{}:{}", path.display(), number + 1), "a departure in JSON", err)
                    .hint("restore the line, or remove it: then the feeds that held the article may step back in time")
            })?;
            departures.push((self.row_of(&departure)?, departure));
        }
        self.begin()?;
        let mut former: HashMap<Row, usize> = HashMap::new();
        for row in self.index.take_departures()? {
            *former.entry(row).or_default() += 1;
        }
        self.pending.foretold.clear();
        for (row, departure) in departures {
            self.index_departure(&row)?;
            match former.get_mut(&row) {
                Some(count) if *count > 0 => *count -= 1,
                _ => self.pending.foretold.push(departure),
            }
        }
        self.index.set_ledger(&ledger)
    }

    /// A departure as the index keeps it.
    fn row_of(&self, departure: &Departure) -> Result<Row> {
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
        Ok(Row {
            id: departure.id.clone(),
            at: at.timestamp(),
            published: departure.published,
            terms: terms.to_json(),
            content: departure.content.as_deref().and_then(unhex),
            path: departure.unpublished.then(|| departure.path.clone()),
        })
    }

    fn index_departure(&self, row: &Row) -> Result<()> {
        let Row { id, at, published, terms, content, path } = row;
        let insert = || {
            let mut insert = self.index.db.prepare_cached("INSERT INTO departed VALUES(?1, ?2, ?3, ?4, ?5, ?6)")?;
            insert.execute(params![id, at, published, terms, content, path])
        };
        insert().map_err(|err| self.index.failed(err))?;
        self.index.filing.borrow_mut().departed(id, *at, *published, &Terms::from_json(terms));
        if let Some(path) = path {
            self.index.tallies.borrow_mut().departed(path, id, *at);
        }
        Ok(())
    }
}

/// A departure as the index keeps it.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Row {
    id: String,
    at: i64,
    published: i64,
    terms: String,
    content: Option<[u8; 16]>,
    path: Option<String>,
}

/// The ledger as the index knows it.
#[derive(Clone, Copy)]
struct Ledger {
    look: Option<Look>,
    sum: Hash,
}

impl Ledger {
    fn of(path: &std::path::Path, text: &str) -> Ledger {
        Ledger { look: Look::at(path), sum: Hash::of(text.as_bytes()) }
    }
}

impl Index {
    /// The ledger that the departures are those of; `None` in a new index.
    fn ledger(&self) -> Result<Option<Ledger>> {
        let read = || {
            let mut read = self.db.prepare_cached("SELECT value FROM meta WHERE name = 'ledger'")?;
            read.query_row([], |row| row.get::<_, String>(0)).optional()
        };
        let text = read().map_err(|err: rusqlite::Error| self.failed(err))?;
        let ledger = |text: String| {
            let mut words = text.split(' ');
            let sum = words.next()?.parse().ok()?;
            let look = match (words.next(), words.next()) {
                (Some(size), Some(modified)) => {
                    Some(Look { size: size.parse().ok()?, modified: modified.parse().ok()? })
                }
                _ => None,
            };
            Some(Ledger { look, sum })
        };
        Ok(text.and_then(ledger))
    }

    fn set_ledger(&self, ledger: &Ledger) -> Result<()> {
        let look = ledger.look.map(|look| format!(" {} {}", look.size, look.modified)).unwrap_or_default();
        let text = format!("{}{look}", ledger.sum);
        let put =
            || self.db.prepare_cached("INSERT OR REPLACE INTO meta VALUES('ledger', ?1)")?.execute([&text]).map(drop);
        put().map_err(|err: rusqlite::Error| self.failed(err))
    }

    /// Takes all departures out, and out of all sums.
    fn take_departures(&self) -> Result<Vec<Row>> {
        let take = || {
            let mut rows = Vec::new();
            let mut all = self.db.prepare_cached("SELECT id, at, published, terms, content, path FROM departed")?;
            let found = all.query_map([], |row| {
                Ok(Row {
                    id: row.get(0)?,
                    at: row.get(1)?,
                    published: row.get(2)?,
                    terms: row.get(3)?,
                    content: row.get(4)?,
                    path: row.get(5)?,
                })
            })?;
            for row in found {
                rows.push(row?);
            }
            self.db.execute("DELETE FROM departed", [])?;
            Ok(rows)
        };
        let rows: Vec<Row> = take().map_err(|err: rusqlite::Error| self.failed(err))?;
        for Row { id, at, published, terms, path, .. } in &rows {
            self.filing.borrow_mut().undeparted(id, *at, *published, &Terms::from_json(terms));
            if let Some(path) = path {
                self.tallies.borrow_mut().undeparted(path, id, *at);
            }
        }
        Ok(rows)
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
