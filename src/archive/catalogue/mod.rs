//! The catalogue: what people look articles up in. The words of every article that others may see, its tags, sections
//! and authors, in an SQLite database of its own.
//!
//! It is derived from index and records, and can be deleted at any time. Taking articles in costs nothing for it: a
//! process that shows the archive to people brings it up to date in the background, change by change
//! ([`Cataloguer`]). Words are kept without the texts that they stand in, which are read from the records where they are
//! shown.

mod question;
mod search;
mod update;

pub use question::Question;
pub use search::{Count, Found, Order};
pub use update::{Cataloguer, Progress};

use std::path::Path;

use rusqlite::{Connection, OptionalExtension};

use super::index::Index;
use super::{Archive, terms};
use crate::error::{Error, Result};

/// Raised whenever the tables or the folding of words change; a catalogue of another version is made anew.
const VERSION: i64 = 1;

/// Words come folded and with a blank between them, so that the simplest tokenizer is the right one: for `ascii`, every
/// other character is a part of a word.
const SCHEMA: &str = "
    CREATE TABLE meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
    CREATE TABLE docs(
        key INTEGER PRIMARY KEY,          -- of the article in the index
        record BLOB NOT NULL,             -- the beginning of the hash of its record
        published INTEGER NOT NULL,       -- Unix seconds
        labels TEXT NOT NULL              -- JSON: their ids
    );
    CREATE VIRTUAL TABLE words USING fts5(
        title, names, labels, text,
        content = '', contentless_delete = 1, tokenize = 'ascii'
    );
    CREATE TABLE labels(
        id INTEGER PRIMARY KEY,
        kind INTEGER NOT NULL,
        term TEXT NOT NULL,               -- folded
        spelling TEXT NOT NULL,           -- as an article has it
        articles INTEGER NOT NULL,
        UNIQUE(kind, term)
    );
    CREATE INDEX labels_used ON labels(kind, articles DESC, term) WHERE articles > 0;
";

/// The catalogue of an archive that is looked at.
pub struct Catalogue<'a> {
    archive: &'a Archive,
}

/// What articles are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LabelKind {
    /// A tag.
    Tag,
    /// A section, desk or category.
    Section,
    /// The name of an author.
    Author,
}

/// A tag, section or author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// As it is compared: without regard to case and outer blanks.
    pub term: String,
    /// As an article has it.
    pub spelling: String,
    /// How many articles have it.
    pub articles: u64,
}

impl LabelKind {
    /// All of them.
    pub const ALL: [LabelKind; 3] = [LabelKind::Tag, LabelKind::Section, LabelKind::Author];

    fn number(self) -> i64 {
        match self {
            LabelKind::Tag => terms::TAG,
            LabelKind::Section => terms::SECTION,
            LabelKind::Author => terms::AUTHOR,
        }
    }
}

impl<'a> Catalogue<'a> {
    pub(super) fn new(archive: &'a Archive) -> Catalogue<'a> {
        Catalogue { archive }
    }

    /// Whether every article was in it when it was last brought up to date.
    pub fn is_complete(&self) -> Result<bool> {
        Ok(self.archive.index.number("SELECT value FROM catalogue.meta WHERE name = 'complete'", [])? == 1)
    }

    /// The most used tags, sections or authors, at most `most`, ties by name.
    pub fn labels(&self, kind: LabelKind, most: usize) -> Result<Vec<Label>> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        self.rows(
            "SELECT term, spelling, articles FROM catalogue.labels WHERE kind = ?1 AND articles > 0
             ORDER BY articles DESC, term LIMIT ?2",
            (kind.number(), most),
            label,
        )
    }

    /// How many tags, sections or authors there are.
    pub fn label_count(&self, kind: LabelKind) -> Result<u64> {
        let sql = "SELECT count(*) FROM catalogue.labels WHERE kind = ?1 AND articles > 0";
        Ok(self.archive.index.number(sql, [kind.number()])?.unsigned_abs())
    }

    /// The tag, section or author of that name, in any case.
    pub fn label(&self, kind: LabelKind, name: &str) -> Result<Option<Label>> {
        let found = self.rows(
            "SELECT term, spelling, articles FROM catalogue.labels WHERE kind = ?1 AND term = ?2 AND articles > 0",
            (kind.number(), terms::fold(name)),
            label,
        )?;
        Ok(found.into_iter().next())
    }

    fn rows<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        each: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let db = &self.archive.index.db;
        let rows = || db.prepare_cached(sql)?.query_map(values, each)?.collect::<rusqlite::Result<Vec<T>>>();
        rows().map_err(|err| self.failed(err))
    }

    fn failed(&self, err: rusqlite::Error) -> Error {
        failed(&self.archive.layout.catalogue(), err)
    }
}

fn label(row: &rusqlite::Row<'_>) -> rusqlite::Result<Label> {
    Ok(Label { term: row.get(0)?, spelling: row.get(1)?, articles: row.get::<_, i64>(2)?.unsigned_abs() })
}

/// Lays the catalogue beside the index, for reading; whether there is one that can be used.
pub(super) fn attach(index: &Index, path: &Path) -> Result<bool> {
    if !path.exists() {
        return Ok(false);
    }
    let attach = || {
        index.db.execute("ATTACH ?1 AS catalogue", [address(path, "ro")])?;
        let version: Option<i64> =
            index.db.query_row("PRAGMA catalogue.user_version", [], |row| row.get(0)).optional()?;
        Ok::<bool, rusqlite::Error>(version == Some(VERSION))
    };
    // One that is damaged or of another version is made anew by whoever keeps it.
    Ok(attach().unwrap_or(false))
}

/// The address by which SQLite opens a file in a mode of its own.
fn address(path: &Path, mode: &str) -> String {
    let full = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    match url::Url::from_file_path(&full) {
        Ok(mut url) => {
            url.set_query(Some(&format!("mode={mode}")));
            url.into()
        }
        Err(()) => full.to_string_lossy().into_owned(),
    }
}

fn failed(path: &Path, err: rusqlite::Error) -> Error {
    if err.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted) {
        return Error::interrupted(path);
    }
    Error::archive(path, format!("the catalogue cannot be used: {err}"))
        .hint("delete it; the server makes it anew")
        .caused_by(err)
}

fn version(db: &Connection) -> rusqlite::Result<i64> {
    db.query_row("PRAGMA user_version", [], |row| row.get(0))
}
