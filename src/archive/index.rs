//! The index: what selection needs to know of every record, in SQLite. It can be deleted at any time; the records
//! are the truth.

use std::cell::RefCell;
use std::path::Path;

use rusqlite::{Connection, OpenFlags, OptionalExtension, Row as SqlRow, params};

use super::hash::Hash;
use super::headings::{self, Filing};
use super::months::Tallies;
use super::schema::{SCHEMA, VERSION};
use super::terms::{Term, Terms};
use super::{adopted, months};
use crate::article::fields::{FIELDS, Fingerprints};
use crate::article::sketch::Sketch;
use crate::article::{Hints, references};
use crate::disk;
use crate::error::{Error, Result};

/// An article as the index keeps it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub path: String,
    pub id: String,
    pub title: String,
    pub day: i64,
    /// Unix seconds and seconds east of UTC.
    pub published: (i64, i32),
    pub updated: Option<(i64, i32)>,
    pub draft: bool,
    pub url: Option<String>,
    pub size: u64,
    pub modified: i64,
    pub record: [u8; 32],
    pub content: [u8; 16],
    pub origin: Option<String>,
    pub source: Option<Vec<u8>>,
    pub fields: Option<Fingerprints>,
    pub terms: Terms,
    pub attached: bool,
    /// The files beside the record that it names; empty where the entry was read from the index.
    pub files: Vec<String>,
    /// Unix seconds.
    pub retracted: Option<i64>,
    pub substance: i64,
    pub hints: Hints,
    /// Names of the files that its text refers to.
    pub refs: Vec<String>,
}

impl Entry {
    /// What other files may call the one that it is from.
    fn name(&self) -> Option<String> {
        references::name_of(self.origin.as_deref()?)
    }

    /// All that decides where links to the article lead.
    #[allow(clippy::type_complexity)]
    fn standing(&self) -> (&str, &Option<String>, &str, (i64, i32), &Option<String>, bool, &Hints) {
        (&self.path, &self.url, &self.title, self.published, &self.origin, self.is_hidden(), &self.hints)
    }

    /// Whether nobody may see it, due or not.
    pub fn is_hidden(&self) -> bool {
        self.draft || self.retracted.is_some()
    }
}

/// The columns of [`Entry`], in the order in which [`entry`] reads them.
pub(super) const COLUMNS: &str = "a.key, a.path, a.id, a.title, a.day, a.published, a.published_zone, a.updated, \
     a.updated_zone, a.draft, a.url, a.size, a.modified, a.record, a.content, a.origin, a.source, a.fields, a.terms, \
     a.attached, a.retracted, a.substance, a.hints, a.refs";

/// The open index.
pub(super) struct Index {
    pub db: Connection,
    path: std::path::PathBuf,
    /// What the open transaction adds to the months.
    pub tallies: RefCell<Tallies>,
    /// What it adds to the headings.
    pub filing: RefCell<Filing>,
}

impl Index {
    fn new(db: Connection, path: &Path) -> Index {
        Index { db, path: path.to_owned(), tallies: RefCell::default(), filing: RefCell::default() }
    }

    /// Opens the index; `None` if there is none that can be used.
    pub fn open(path: &Path) -> Result<Option<Index>> {
        if !path.exists() {
            return Ok(None);
        }
        let usable = Connection::open(path).and_then(|db| {
            configure(&db)?;
            // Looks at the header and at the first page of what matters; deeper damage is met, and said, later.
            let version: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
            db.query_row("SELECT count(*) FROM (SELECT 1 FROM articles LIMIT 1)", [], |row| row.get::<_, i64>(0))?;
            Ok((version == VERSION).then_some(db))
        });
        match usable {
            Ok(db) => Ok(db.map(|db| Index::new(db, path))),
            Err(err) if is_damage(&err) => Ok(None),
            Err(err) if is_write_protected(&err) => open_as_it_stands(path).map(Some),
            Err(err) => Err(failed(path, err)),
        }
    }

    /// Whether SQLite finds nothing wrong with how the index is laid out. What its rows say may still be damaged.
    pub fn is_in_order(path: &Path) -> Result<bool> {
        let look = || {
            let db = Connection::open(path)?;
            configure(&db)?;
            db.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))
        };
        match look() {
            Ok(words) => Ok(words == "ok"),
            Err(err) if is_damage(&err) => Ok(false),
            // Whoever opens it says what is wrong.
            Err(_) => Ok(true),
        }
    }

    /// Moves what was committed out of the write-ahead log; whether all of it stands in the file of the index then.
    pub fn move_into_file(&self) -> Result<bool> {
        let moved = self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
        moved.map(|busy| busy == 0).map_err(|err| self.failed(err))
    }

    /// Makes a new, empty index in the place of whatever is there.
    pub fn create(path: &Path) -> Result<Index> {
        disk::create_dirs_above(path)?;
        remove(path)?;
        let made = Connection::open(path).and_then(|db| {
            configure(&db)?;
            let tables = [SCHEMA, months::SCHEMA, headings::SCHEMA, adopted::SCHEMA].concat();
            db.execute_batch(&format!("BEGIN; {tables} PRAGMA user_version = {VERSION}; COMMIT"))?;
            Ok(db)
        });
        made.map(|db| Index::new(db, path)).map_err(|err| failed(path, err))
    }

    /// Whether every record has been looked at since the index was made.
    pub fn is_complete(&self) -> Result<bool> {
        Ok(self.number("SELECT value FROM meta WHERE name = 'complete'", [])? == 1)
    }

    /// Remembers that every record has been looked at; part of the transaction that is open.
    pub fn set_complete(&self) -> Result<()> {
        self.run("INSERT OR REPLACE INTO meta VALUES('complete', 1)")
    }

    /// Turns an error of the database into ours, with the path and what to do.
    pub fn failed(&self, err: rusqlite::Error) -> Error {
        failed(&self.path, err)
    }

    pub fn run(&self, sql: &str) -> Result<()> {
        self.db.execute_batch(sql).map_err(|err| self.failed(err))
    }

    /// Puts an article under its key, or under a new one, and returns the key.
    pub fn put(&self, key: Option<i64>, entry: &Entry) -> Result<i64> {
        self.put_rows(key, entry).map_err(|err| self.failed(err))
    }

    fn put_rows(&self, key: Option<i64>, entry: &Entry) -> rusqlite::Result<i64> {
        let former = key.map(|key| self.former(key)).transpose()?.flatten();
        if let Some(key) = key {
            self.delete_rows(key)?;
        }
        if former.as_ref().is_none_or(|former| former.standing() != entry.standing()) {
            self.references_moved(key, former.as_ref().and_then(Entry::name))?;
            self.references_moved(key, entry.name())?;
        }
        self.db
            .prepare_cached(
                "INSERT INTO articles VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,\
                 ?22,?23,?24)",
            )?
            .execute(params![
                key,
                entry.path,
                entry.id,
                entry.title,
                entry.day,
                entry.published.0,
                entry.published.1,
                entry.updated.map(|u| u.0),
                entry.updated.map(|u| u.1),
                entry.draft,
                entry.url,
                entry.size as i64,
                entry.modified,
                entry.record,
                entry.content,
                entry.origin,
                entry.source,
                entry.fields.map(to_bytes),
                entry.terms.to_json(),
                entry.attached,
                entry.retracted,
                entry.substance,
                serde_json::to_string(&entry.hints).unwrap_or_default(),
                serde_json::to_string(&entry.refs).unwrap_or_default(),
            ])?;
        let key = key.unwrap_or_else(|| self.db.last_insert_rowid());
        let mut insert = self.db.prepare_cached("INSERT INTO terms VALUES(?1, ?2, ?3, ?4, ?5)")?;
        for Term { kind, term } in entry.terms.iter() {
            insert.execute(params![kind, term, entry.published.0, key, entry.updated.map(|u| u.0)])?;
        }
        let mut insert = self.db.prepare_cached("INSERT OR IGNORE INTO files VALUES(?1, ?2)")?;
        for name in &entry.files {
            insert.execute(params![name, key])?;
        }
        if let Some(name) = entry.name() {
            self.db.prepare_cached("INSERT OR IGNORE INTO names VALUES(?1, ?2)")?.execute(params![name, key])?;
        }
        for name in &entry.refs {
            self.db.prepare_cached("INSERT OR IGNORE INTO refs VALUES(?1, ?2)")?.execute(params![name, key])?;
        }
        self.tallies.borrow_mut().came(entry);
        self.filing.borrow_mut().came(entry);
        Ok(key)
    }

    fn former(&self, key: i64) -> rusqlite::Result<Option<Entry>> {
        let sql = format!("SELECT {COLUMNS} FROM articles AS a WHERE a.key = ?1");
        self.db.prepare_cached(&sql)?.query_row([key], |row| Ok(entry(row)?.1)).optional()
    }

    /// Counts that links in other articles lead elsewhere now, if any refers to a file of that name.
    fn references_moved(&self, key: Option<i64>, name: Option<String>) -> rusqlite::Result<()> {
        let Some(name) = name else { return Ok(()) };
        let refers = self
            .db
            .prepare_cached("SELECT 1 FROM refs WHERE name = ?1 AND key IS NOT ?2 LIMIT 1")?
            .exists(params![name, key])?;
        if refers {
            let count = "INSERT INTO meta VALUES('references', 1) \
                         ON CONFLICT(name) DO UPDATE SET value = value + 1";
            self.db.prepare_cached(count)?.execute([])?;
        }
        Ok(())
    }

    fn delete_rows(&self, key: i64) -> rusqlite::Result<()> {
        /// Terms, publication, path, hash, and whether it is a draft, and retracted.
        type Old = (String, i64, String, Hash, bool, bool);
        let old: Option<Old> = self
            .db
            .prepare_cached(
                "SELECT terms, published, path, record, draft, retracted IS NOT NULL FROM articles WHERE key = ?1",
            )?
            .query_row([key], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?)))
            .optional()?;
        let Some((terms, published, path, record, draft, retracted)) = old else { return Ok(()) };
        let mut delete = self
            .db
            .prepare_cached("DELETE FROM terms WHERE kind = ?1 AND term = ?2 AND published = ?3 AND key = ?4")?;
        let terms = Terms::from_json(&terms);
        for Term { kind, term } in terms.iter() {
            delete.execute(params![kind, term, published, key])?;
        }
        if let Some(former) = self.former(key)? {
            if let Some(name) = former.name() {
                self.db
                    .prepare_cached("DELETE FROM names WHERE name = ?1 AND key = ?2")?
                    .execute(params![name, key])?;
            }
            for name in &former.refs {
                self.db.prepare_cached("DELETE FROM refs WHERE name = ?1 AND key = ?2")?.execute(params![name, key])?;
            }
        }
        self.db.prepare_cached("DELETE FROM articles WHERE key = ?1")?.execute([key])?;
        self.db
            .prepare_cached("INSERT OR IGNORE INTO files SELECT name, 0 FROM files WHERE key = ?1")?
            .execute([key])?;
        self.db.prepare_cached("DELETE FROM files WHERE key = ?1")?.execute([key])?;
        self.tallies.borrow_mut().went(&path, &record, draft || retracted);
        self.filing.borrow_mut().went(&path, &record, &terms, draft, retracted);
        Ok(())
    }

    /// Forgets an article. Its origins stay behind and lead nowhere, since keys are never used again.
    pub fn delete(&self, key: i64) -> Result<()> {
        let delete = || {
            let name = self.former(key)?.and_then(|former| former.name());
            self.references_moved(Some(key), name)?;
            self.delete_rows(key)
        };
        delete().map_err(|err: rusqlite::Error| self.failed(err))
    }

    /// The articles that a condition on the columns of `articles AS a` holds for, at most `limit`.
    pub fn find(&self, condition: &str, value: impl rusqlite::ToSql, limit: u32) -> Result<Vec<(i64, Entry)>> {
        let find = || {
            let sql = format!("SELECT {COLUMNS} FROM articles AS a WHERE {condition} ORDER BY a.path LIMIT {limit}");
            self.db.prepare_cached(&sql)?.query_map([value], entry)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        find().map_err(|err: rusqlite::Error| self.failed(err))
    }

    /// Remembers what ingest wrote into the fields of an article.
    pub fn put_fields(&self, key: i64, fields: &Fingerprints) -> Result<()> {
        let put = || {
            self.db
                .prepare_cached("UPDATE articles SET fields = ?2 WHERE key = ?1")?
                .execute(params![key, to_bytes(*fields)])
        };
        put().map(drop).map_err(|err| self.failed(err))
    }

    /// The article that was found at this origin.
    pub fn at_origin(&self, origin: &str) -> Result<Option<(i64, Entry)>> {
        let found = self.find("a.key = (SELECT key FROM origins WHERE origin = ?1)", origin, 1)?;
        Ok(found.into_iter().next())
    }

    /// Remembers what texts that are similar to that of an article are found by.
    pub fn put_sketch(&self, key: i64, sketch: &Sketch) -> Result<()> {
        let put = || {
            let mut insert = self.db.prepare_cached("INSERT OR IGNORE INTO similar VALUES(?1, ?2)")?;
            sketch.iter().try_for_each(|band| insert.execute(params![band, key]).map(drop))
        };
        put().map_err(|err| self.failed(err))
    }

    /// Articles whose texts may be similar to one with this sketch, at most `limit`, the first that came in first.
    pub fn similar(&self, sketch: &Sketch, limit: usize) -> Result<Vec<(i64, Entry)>> {
        let find = || {
            let mut bands = self.db.prepare_cached("SELECT key FROM similar WHERE band = ?1 ORDER BY key LIMIT ?2")?;
            let mut keys: Vec<i64> = Vec::new();
            for band in sketch {
                let found = bands.query_map(params![band, limit as i64], |row| row.get(0))?;
                keys.extend(found.collect::<rusqlite::Result<Vec<i64>>>()?);
            }
            keys.sort_unstable();
            keys.dedup();
            keys.truncate(limit);
            Ok(keys)
        };
        let keys = find().map_err(|err: rusqlite::Error| self.failed(err))?;
        let mut entries = Vec::new();
        for key in keys {
            entries.extend(self.find("a.key = ?1", key, 1)?);
        }
        Ok(entries)
    }

    /// What an origin said when it was last taken in.
    pub fn reading_at(&self, origin: &str) -> Result<i64> {
        self.number("SELECT reading FROM origins WHERE origin = ?1", [origin])
    }

    /// Remembers where an article was found, and a fingerprint of what it said there.
    pub fn put_origin(&self, origin: &str, key: i64, reading: Option<i64>) -> Result<()> {
        let put = || {
            self.db
                .prepare_cached("INSERT OR REPLACE INTO origins VALUES(?1, ?2, ?3)")?
                .execute(params![origin, key, reading])
        };
        put().map(drop).map_err(|err| self.failed(err))
    }

    /// One number that a query yields, or 0 for none.
    pub fn number(&self, sql: &str, values: impl rusqlite::Params) -> Result<i64> {
        let number = || self.db.prepare_cached(sql)?.query_row(values, |row| row.get::<_, Option<i64>>(0)).optional();
        number().map(|n| n.flatten().unwrap_or(0)).map_err(|err| self.failed(err))
    }
}

/// Reads the columns of [`COLUMNS`].
pub(super) fn entry(row: &SqlRow) -> rusqlite::Result<(i64, Entry)> {
    let zoned = |at: Option<i64>, zone: Option<i32>| at.map(|at| (at, zone.unwrap_or(0)));
    let entry = Entry {
        path: row.get(1)?,
        id: row.get(2)?,
        title: row.get(3)?,
        day: row.get(4)?,
        published: (row.get(5)?, row.get(6)?),
        updated: zoned(row.get(7)?, row.get(8)?),
        draft: row.get(9)?,
        url: row.get(10)?,
        size: row.get::<_, i64>(11)? as u64,
        modified: row.get(12)?,
        record: row.get(13)?,
        content: row.get(14)?,
        origin: row.get(15)?,
        source: row.get(16)?,
        fields: row.get::<_, Option<Vec<u8>>>(17)?.and_then(|bytes| from_bytes(&bytes)),
        terms: Terms::from_json(&row.get::<_, String>(18)?),
        attached: row.get(19)?,
        files: Vec::new(),
        retracted: row.get(20)?,
        substance: row.get(21)?,
        hints: serde_json::from_str(&row.get::<_, String>(22)?).unwrap_or_default(),
        refs: serde_json::from_str(&row.get::<_, String>(23)?).unwrap_or_default(),
    };
    Ok((row.get(0)?, entry))
}

fn to_bytes(fields: Fingerprints) -> Vec<u8> {
    fields.iter().flat_map(|print| print.to_le_bytes()).collect()
}

fn from_bytes(bytes: &[u8]) -> Option<Fingerprints> {
    let (prints, rest) = bytes.as_chunks::<8>();
    let prints: [[u8; 8]; FIELDS] = prints.try_into().ok()?;
    rest.is_empty().then(|| prints.map(u64::from_le_bytes))
}

fn configure(db: &Connection) -> rusqlite::Result<()> {
    db.busy_timeout(std::time::Duration::from_secs(10))?;
    db.set_prepared_statement_cache_capacity(64);
    // Otherwise SQLite plans a statement anew whenever a value is bound that some partial index might depend on, which
    // takes longer than most of our look-ups.
    db.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // A commit is on the disk before the mark that records may be newer than the index is removed. There is one for
    // tens of thousands of articles, so `synchronous = FULL` costs nothing.
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -49152; PRAGMA temp_store = MEMORY",
    )
}

/// Opens an index that nobody may write to, beside which SQLite cannot keep its own files either. It is taken as it
/// stands, so what a writer has not yet moved out of the write-ahead log is not seen.
pub(super) fn open_as_it_stands(path: &Path) -> Result<Index> {
    let protected = |words: String| Error::archive(path, format!("the index is write-protected and {words}"));
    let full = path.canonicalize().map_err(|err| Error::io("open", path, err))?;
    let mut address = url::Url::from_file_path(&full).map_err(|()| protected("its path cannot be used".to_owned()))?;
    address.set_query(Some("immutable=1"));
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let open = || {
        let db = Connection::open_with_flags(address.as_str(), flags)?;
        let version: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        Ok((version, db))
    };
    let (version, db) = open().map_err(|err: rusqlite::Error| protected(format!("cannot be read: {err}")))?;
    if version != VERSION {
        return Err(protected("of another version".to_owned()).hint("run `feedmill index` as a user who may write"));
    }
    Ok(Index::new(db, path))
}

/// Removes a database, and what SQLite keeps beside it.
pub(super) fn remove(path: &Path) -> Result<()> {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        disk::remove(Path::new(&name))?;
    }
    Ok(())
}

fn is_write_protected(err: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{CannotOpen, PermissionDenied, ReadOnly};
    matches!(err.sqlite_error_code(), Some(ReadOnly | CannotOpen | PermissionDenied))
}

pub(super) fn is_damage(err: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase, Unknown};
    // "no such table" is an unknown error with a message: an index that was cut off before its tables were made.
    matches!(err.sqlite_error_code(), Some(DatabaseCorrupt | NotADatabase | Unknown))
}

fn failed(path: &Path, err: rusqlite::Error) -> Error {
    if err.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted) {
        return Error::interrupted(path);
    }
    let error = Error::archive(path, format!("the index cannot be used: {err}"));
    let error = if is_out_of_room(&err) {
        error.hint("see whether its disk is full or failing; the next run goes on")
    } else {
        error.hint("run `feedmill index --rebuild`, which makes it anew from the records")
    };
    error.caused_by(err)
}

/// Whether the disk has failed, and not the index: making that anew would not help. A disk without room fails in both ways.
fn is_out_of_room(err: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DiskFull, SystemIoFailure};
    matches!(err.sqlite_error_code(), Some(DiskFull | SystemIoFailure))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_helps() {
        let hint = |code| {
            let err = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
            failed(Path::new("index.sqlite"), err).hint_text().unwrap().to_owned()
        };
        assert!(hint(rusqlite::ffi::SQLITE_FULL).contains("disk"));
        assert!(hint(rusqlite::ffi::SQLITE_IOERR_WRITE).contains("disk"));
        assert!(hint(rusqlite::ffi::SQLITE_CORRUPT).contains("--rebuild"));
    }
}
