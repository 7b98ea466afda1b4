//! What is remembered of records that came from other archives: in which version each was dealt with last, so that a
//! change over there is told from one made here.
//!
//! The index has a table of it, and `.feedmill/adopted/` the same in a file a month, so that it outlives the index. A
//! file is written before the records that it speaks of: after a crash it may promise too much, never too little, and
//! [`Archive::settle_adopted`] holds it against what is there. Where both are lost, a record that is equal here and
//! there is known again, and one that differs is a conflict.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::hash::Hash;
use super::layout::{Layout, Month};
use super::manifest::Left;
use super::{Archive, manifest};
use crate::article::Record;
use crate::disk;
use crate::error::{Error, Result};

pub(super) const SCHEMA: &str = "
    CREATE TABLE adopted(
        source TEXT NOT NULL,             -- the address of the other archive's archive.json
        id TEXT NOT NULL,                 -- of the record
        path TEXT NOT NULL,               -- where it stands over there
        base BLOB NOT NULL,               -- SHA-256 of the version over there that was dealt with last
        former BLOB,                      -- SHA-256 of the version that it replaced here
        origin TEXT,                      -- where the other archive found it; NULL: this one found it itself
        gone INTEGER NOT NULL,            -- whether it was told that it has left over there
        PRIMARY KEY(source, id)
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX adopted_path ON adopted(path, source);
    CREATE INDEX adopted_id ON adopted(id);
    CREATE TABLE mirrored(
        source TEXT, month TEXT,
        sha256 BLOB NOT NULL,             -- of the list of the month, all of which was dealt with
        PRIMARY KEY(source, month)
    ) WITHOUT ROWID;
";

/// What is remembered of one record of another archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub source: String,
    pub id: String,
    pub path: String,
    pub base: Hash,
    pub former: Option<Hash>,
    pub origin: Option<String>,
    pub gone: bool,
}

const COLUMNS: &str = "source, id, path, base, former, origin, gone";

/// A line of a file in `.feedmill/adopted/`.
#[derive(Serialize, Deserialize)]
struct Line {
    source: String,
    id: String,
    path: String,
    sha256: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    former: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    origin: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    gone: bool,
}

/// Which months of another archive have been dealt with, each with the hash of its list.
pub type SeenMonths = BTreeMap<Month, Hash>;

/// Whether a version of a record of another archive needs to be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// It has been dealt with: it is here, or it was decided that it is not to be.
    Settled,
    /// A record of this path and these bytes is here, and it is not known yet that it is the same.
    Here,
    /// It must be fetched.
    No,
}

/// What became of a record that has left the archive it came from: the path at which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Farewell {
    /// It stays as it is.
    Stays(String),
    /// It was retracted there, and is here.
    Retracted(String),
}

/// A second connection to the index, for asking what is here while another thread takes records in.
pub struct OpenAdopted {
    db: Connection,
    layout: Layout,
}

impl Archive {
    /// Opens what is remembered of other archives, as of the last commit.
    pub fn adopted(&self) -> Result<OpenAdopted> {
        let path = self.layout.index();
        let db = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .map_err(|err| Error::archive(&path, format!("the index cannot be opened: {err}")).caused_by(err))?;
        Ok(OpenAdopted { db, layout: self.layout.clone() })
    }

    /// The months of the archive at `source` that have been dealt with.
    pub fn seen_months(&self, source: &str) -> Result<SeenMonths> {
        seen_months(&self.index.db, source).map_err(|err| self.index.failed(err))
    }

    /// Remembers that all of a month of the archive at `source` has been dealt with; it counts from the next commit on.
    pub fn put_seen_month(&mut self, source: &str, month: Month, list: Hash) -> Result<()> {
        self.begin()?;
        let put = || {
            self.index.db.prepare_cached("INSERT OR REPLACE INTO mirrored VALUES(?1, ?2, ?3)")?.execute(params![
                source,
                month.to_string(),
                list
            ])
        };
        put().map(drop).map_err(|err| self.index.failed(err))
    }

    /// What is remembered of a record of the archive at `source`.
    pub(super) fn adopted_row(&self, source: &str, id: &str) -> Result<Option<Row>> {
        let find = || {
            let sql = format!("SELECT {COLUMNS} FROM adopted WHERE source = ?1 AND id = ?2");
            self.index.db.prepare_cached(&sql)?.query_row([source, id], row_in).optional()
        };
        find().map_err(|err| self.index.failed(err))
    }

    /// Remembers a record of another archive. One that stood at the same path there is forgotten.
    pub(super) fn put_adopted(&mut self, row: &Row) -> Result<()> {
        let put = || {
            self.index
                .db
                .prepare_cached("DELETE FROM adopted WHERE path = ?1 AND source = ?2 AND id <> ?3")?
                .execute([&row.path, &row.source, &row.id])?;
            self.index
                .db
                .prepare_cached("INSERT OR REPLACE INTO adopted VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
                .execute(params![row.source, row.id, row.path, row.base, row.former, row.origin, row.gone])
        };
        let former = self.adopted_row(&row.source, &row.id)?;
        put().map_err(|err| self.index.failed(err))?;
        for path in former.iter().map(|former| &former.path).chain([&row.path]) {
            self.pending.adopted.extend(Month::of(path));
        }
        Ok(())
    }

    /// The address at which a record was found in another archive, if that is where this one has it from.
    pub(super) fn foreign_origin(&self, record: &Record) -> Result<Option<String>> {
        let Some(source) = &record.source else { return Ok(None) };
        let find = || {
            self.index
                .db
                .prepare_cached("SELECT source, path FROM adopted WHERE id = ?1 AND origin = ?2 LIMIT 1")?
                .query_row([&record.id, &source.origin], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))
                .optional()
        };
        match find().map_err(|err| self.index.failed(err))? {
            Some((source, path)) => manifest::file_url(&source, &path).map(Some),
            None => Ok(None),
        }
    }

    /// Notes that a record has left the archive at `source`. Returns what became of it here, if that is news.
    ///
    /// That it was retracted is a change like any other: who has not changed the record takes it over. It stands here
    /// as the source's doing, and goes when the source shows the record again.
    pub fn note_left(&mut self, source: &str, left: &Left, now: DateTime<Utc>) -> Result<Option<Farewell>> {
        let Some(row) = self.adopted_row(source, &left.id)?.filter(|row| !row.gone) else { return Ok(None) };
        let here = self.index.find("a.id = ?1", &left.id, 1)?.pop().map(|(_, entry)| entry);
        self.begin()?;
        let gone = Row { gone: true, former: None, ..row };
        let Some(here) = here else {
            self.put_adopted(&gone)?;
            return Ok(None);
        };
        let is_unchanged = gone.base == here.record.into();
        let (Some(withdrawn), true, None) = (&left.retracted, is_unchanged, here.retracted) else {
            self.put_adopted(&gone)?;
            return Ok(Some(Farewell::Stays(here.path)));
        };
        self.retract(&here.path, withdrawn.reason.as_deref(), true, now)?;
        let base = Hash::of(&self.current_bytes(&here.path)?);
        self.put_adopted(&Row { base, former: Some(gone.base), ..gone })?;
        Ok(Some(Farewell::Retracted(here.path)))
    }

    /// Writes the files of the months that the table has changed in; comes before the records are written.
    pub(super) fn write_adopted(&mut self) -> Result<()> {
        for month in std::mem::take(&mut self.pending.adopted) {
            let (from, to) = month.range();
            let read = || {
                let sql = format!("SELECT {COLUMNS} FROM adopted WHERE path >= ?1 AND path < ?2 ORDER BY path, source");
                self.index.db.prepare_cached(&sql)?.query_map([from, to], row_in)?.collect::<rusqlite::Result<Vec<_>>>()
            };
            let rows = read().map_err(|err: rusqlite::Error| self.index.failed(err))?;
            let file = self.layout.adopted_in(month);
            if rows.is_empty() {
                disk::remove(&file)?;
                continue;
            }
            let mut text = String::new();
            for row in rows {
                let line = serde_json::to_string(&line_of(row)).map_err(|err| Error::archive(&file, err))?;
                text.push_str(&line);
                text.push('\n');
            }
            disk::write_if_changed(&file, text.as_bytes())?;
        }
        Ok(())
    }

    /// Reads the files into the index: into a new one, or after a crash, when they may know more than it does.
    pub(super) fn load_adopted(&mut self) -> Result<()> {
        self.index.run("DELETE FROM adopted")?;
        let dir = self.layout.adopted();
        let entries = match std::fs::read_dir(&dir) {
            Ok(entries) => entries,
            Err(err) if err.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(err) => return Err(Error::io("read the directory", dir, err)),
        };
        let mut months: BTreeSet<Month> = BTreeSet::new();
        for entry in entries {
            let entry = entry.map_err(|err| Error::io("read the directory", &dir, err))?;
            let name = entry.file_name();
            let month = name.to_str().and_then(|name| name.strip_suffix(".jsonl")).map(str::parse::<Month>);
            months.extend(month.and_then(|month| month.ok()));
        }
        for &month in &months {
            let file = self.layout.adopted_in(month);
            let bytes = std::fs::read(&file).map_err(|err| Error::io("read", &file, err))?;
            // A line that cannot be read is forgotten: its record is compared by its content again.
            for line in bytes.split(|b| *b == b'\n').filter(|line| !line.is_empty()) {
                let row = serde_json::from_slice(line).ok().and_then(row_of);
                if let Some(row) = row.filter(|row| Month::of(&row.path) == Some(month)) {
                    self.put_adopted(&row)?;
                }
            }
        }
        self.pending.adopted_loaded = months;
        Ok(())
    }

    /// Holds what was read from the files against the records: what never came is forgotten, what was not replaced
    /// after all stands as it was. To be called when every record has been looked at.
    pub(super) fn settle_adopted(&mut self) -> Result<()> {
        let loaded = std::mem::take(&mut self.pending.adopted_loaded);
        if loaded.is_empty() {
            return Ok(());
        }
        self.begin()?;
        self.pending.adopted.extend(loaded);
        self.index.run(
            "DELETE FROM adopted WHERE id NOT IN (SELECT id FROM articles)
                 AND id NOT IN (SELECT id FROM departed WHERE content IS NOT NULL);
             UPDATE adopted SET base = former WHERE former IN (SELECT record FROM articles AS a WHERE a.id = adopted.id);
             UPDATE adopted SET former = NULL WHERE former IS NOT NULL",
        )
    }
}

fn seen_months(db: &Connection, source: &str) -> rusqlite::Result<SeenMonths> {
    let mut months = SeenMonths::new();
    let mut statement = db.prepare_cached("SELECT month, sha256 FROM mirrored WHERE source = ?1")?;
    let mut rows = statement.query([source])?;
    while let Some(row) = rows.next()? {
        if let Ok(month) = row.get::<_, String>(0)?.parse() {
            months.insert(month, row.get(1)?);
        }
    }
    Ok(months)
}

impl OpenAdopted {
    /// The months of the archive at `source` that had been dealt with at the last commit.
    pub fn seen_months(&self, source: &str) -> Result<SeenMonths> {
        seen_months(&self.db, source).map_err(|err| self.failed(err))
    }

    /// Whether a version of the record at `path` of the archive at `source` needs to be fetched.
    pub fn holds(&self, source: &str, path: &str, version: &Hash) -> Result<Held> {
        let find = || {
            let settled: Option<bool> = self
                .db
                .prepare_cached("SELECT base = ?3 AND gone = 0 FROM adopted WHERE path = ?1 AND source = ?2")?
                .query_row(params![path, source, version], |row| row.get(0))
                .optional()?;
            let here: Option<Hash> = self
                .db
                .prepare_cached("SELECT record FROM articles WHERE path = ?1")?
                .query_row([path], |row| row.get(0))
                .optional()?;
            Ok(match settled {
                Some(true) => Held::Settled,
                _ if here.as_ref() == Some(version) => Held::Here,
                _ => Held::No,
            })
        };
        find().map_err(|err: rusqlite::Error| self.failed(err))
    }

    fn failed(&self, err: rusqlite::Error) -> Error {
        Error::archive(self.layout.index(), format!("the index cannot be read: {err}"))
            .hint("run `feedmill index --rebuild`")
            .caused_by(err)
    }

    /// Whether the file beside a record is here in this version.
    pub fn holds_file(&self, file: &manifest::File) -> bool {
        let path = self.layout.record(&file.path);
        let has_size = std::fs::metadata(&path).is_ok_and(|meta| meta.len() == file.size);
        has_size && std::fs::read(&path).is_ok_and(|bytes| Hash::of(&bytes) == file.hash)
    }
}

fn row_in(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        source: row.get(0)?,
        id: row.get(1)?,
        path: row.get(2)?,
        base: row.get(3)?,
        former: row.get(4)?,
        origin: row.get(5)?,
        gone: row.get(6)?,
    })
}

fn line_of(row: Row) -> Line {
    Line {
        source: row.source,
        id: row.id,
        path: row.path,
        sha256: row.base.to_string(),
        former: row.former.map(|former| former.to_string()),
        origin: row.origin,
        gone: row.gone,
    }
}

fn row_of(line: Line) -> Option<Row> {
    Some(Row {
        base: line.sha256.parse().ok()?,
        former: line.former.and_then(|former| former.parse().ok()),
        source: line.source,
        id: line.id,
        path: line.path,
        origin: line.origin,
        gone: line.gone,
    })
}
