//! What was generated from the archive before, so that a document that would be the same is not even rendered. It stands
//! in a file of its own beside the index, since feeds are generated while another process takes articles in. It is a
//! memory, not a truth: without it everything is rendered again, and comes out the same.

use std::cell::Cell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use rusqlite::{Connection, OptionalExtension, params};

use super::index::{is_damage, remove};
use super::{Archive, Hash};
use crate::error::{Error, Result};

/// Raised whenever the table changes; a memory of another version is made anew.
const VERSION: i64 = 2;

const SCHEMA: &str = "
    CREATE TABLE generated(
        out TEXT,                         -- the output directory
        path TEXT,                        -- of the document below it
        fingerprint BLOB NOT NULL,        -- of everything that the document is made of
        size INTEGER NOT NULL,            -- of the file, in bytes
        modified INTEGER NOT NULL,        -- of the file, Unix nanoseconds
        note TEXT NOT NULL,               -- what the generator remembers beside it
        sum BLOB NOT NULL,                -- over all that
        PRIMARY KEY(out, path)
    ) WITHOUT ROWID;
";

/// So many documents are noted in one transaction: enough to cost nothing, few enough to bound memory.
const BATCH: usize = 1_000;

/// What is remembered of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// A fingerprint of everything that the document is made of.
    pub fingerprint: Hash,
    /// How its file looked when it had been written; `None` where there is no file of that name.
    pub file: Option<Look>,
    /// What the generator wants to know again, in a form of its own.
    pub note: String,
}

/// What tells whether a file was touched since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Its size in bytes.
    pub size: u64,
    /// Its modification time, Unix nanoseconds.
    pub modified: i64,
}

impl Look {
    /// How a file or a directory looks now; `None` where there is none.
    pub fn at(path: &Path) -> Option<Look> {
        let meta = std::fs::metadata(path).ok()?;
        let modified = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
        Some(Look { size: meta.len(), modified: i64::try_from(modified).ok()? })
    }
}

/// What is remembered of the documents below one output directory.
pub struct Generated {
    db: Connection,
    path: PathBuf,
    out: String,
    /// What is to be noted, or forgotten.
    queue: Vec<(String, Option<Kept>)>,
    /// Whether something in it could not be read.
    is_damaged: Cell<bool>,
}

impl Archive {
    /// What was generated into the directory `out` before. Nothing, where the memory is missing, damaged, or cannot be
    /// written to.
    pub fn generated(&self, out: &Path) -> Result<Generated> {
        let path = self.layout.generated();
        let db = match open(&path) {
            Ok(db) => db,
            // A memory that cannot be used is thrown away; one that cannot be written to is done without.
            Err(_) => remove(&path).ok().and_then(|()| open(&path).ok()).map_or_else(forgetful, Ok)?,
        };
        let out = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
        Ok(Generated {
            db,
            path,
            out: out.to_string_lossy().into_owned(),
            queue: Vec::new(),
            is_damaged: Cell::new(false),
        })
    }
}

impl Generated {
    /// What is remembered of a document, by its path below the output directory.
    pub fn get(&self, path: &str) -> Result<Option<Kept>> {
        let sql = format!("{SELECT} WHERE out = ?1 AND path = ?2");
        let found = self.db.prepare_cached(&sql).and_then(|mut get| get.query_row([&self.out, path], kept).optional());
        self.sound(found).map(|found| found.flatten().and_then(|found| self.believed(found)).map(|(_, kept)| kept))
    }

    /// What is remembered of all documents whose paths begin with `prefix`, by path.
    pub fn below(&self, prefix: &str) -> Result<HashMap<String, Kept>> {
        let read = || {
            let sql = format!("{SELECT} WHERE out = ?1 AND path >= ?2 AND substr(path, 1, length(?2)) = ?2");
            // The end of the range, where there is one, keeps SQLite from walking over everything behind it.
            match end_of(prefix) {
                Some(end) => {
                    let sql = format!("{sql} AND path < ?3");
                    self.db.prepare_cached(&sql)?.query_map([&self.out, prefix, &end], kept)?.collect()
                }
                None => self.db.prepare_cached(&sql)?.query_map([&self.out, prefix], kept)?.collect(),
            }
        };
        let found: rusqlite::Result<Vec<Row>> = read();
        let found = self.sound(found)?.unwrap_or_default();
        Ok(found.into_iter().filter_map(|found| self.believed(found)).collect())
    }

    /// What was read, or nothing where the memory is damaged: then all is rendered again.
    fn sound<T>(&self, found: rusqlite::Result<T>) -> Result<Option<T>> {
        match found {
            Ok(found) => Ok(Some(found)),
            Err(err) if is_damage(&err) || !matches!(err, rusqlite::Error::SqliteFailure(..)) => {
                self.is_damaged.set(true);
                Ok(None)
            }
            Err(err) => Err(self.failed(err)),
        }
    }

    /// What a row says, if it says what was written.
    fn believed(&self, (path, kept, sum): Row) -> Option<(String, Kept)> {
        (sum_of(&self.out, &path, &kept) == sum).then_some((path, kept))
    }

    /// Remembers a document; it counts from [`Generated::commit`] on.
    pub fn put(&mut self, path: &str, kept: Kept) -> Result<()> {
        self.push(path, Some(kept))
    }

    /// Forgets a document.
    pub fn forget(&mut self, path: &str) -> Result<()> {
        self.push(path, None)
    }

    /// Writes down what is still to be noted.
    pub fn commit(&mut self) -> Result<()> {
        let queue = std::mem::take(&mut self.queue);
        if queue.is_empty() {
            return Ok(());
        }
        let written = match self.is_damaged.get() {
            true => Err(None),
            false => self.write(&queue).map_err(Some),
        };
        match written {
            Ok(()) => Ok(()),
            Err(Some(err)) if !is_damage(&err) => Err(self.failed(err)),
            // Begun anew: what the damaged one knew is rendered again.
            Err(_) => {
                remove(&self.path)?;
                self.db = open(&self.path).or_else(|_| forgetful())?;
                self.is_damaged.set(false);
                self.write(&queue).map_err(|err| self.failed(err))
            }
        }
    }

    fn write(&self, queue: &[(String, Option<Kept>)]) -> rusqlite::Result<()> {
        let transaction = self.db.unchecked_transaction()?;
        {
            let sql = "INSERT OR REPLACE INTO generated VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            let mut put = transaction.prepare_cached(sql)?;
            let mut forget = transaction.prepare_cached("DELETE FROM generated WHERE out = ?1 AND path = ?2")?;
            for (path, kept) in queue {
                let Some(kept) = kept else {
                    forget.execute([&self.out, path])?;
                    continue;
                };
                let Kept { fingerprint, file, note } = kept;
                let (size, modified) = numbers(*file);
                let sum = sum_of(&self.out, path, kept);
                put.execute(params![self.out, path, fingerprint, size, modified, note, sum])?;
            }
        }
        transaction.commit()
    }

    fn push(&mut self, path: &str, kept: Option<Kept>) -> Result<()> {
        self.queue.push((path.to_owned(), kept));
        if self.queue.len() >= BATCH { self.commit() } else { Ok(()) }
    }

    fn failed(&self, err: rusqlite::Error) -> Error {
        Error::archive(&self.path, format!("the memory of what was generated cannot be used: {err}"))
            .hint("delete the file: then everything is rendered again")
            .caused_by(err)
    }
}

const SELECT: &str = "SELECT fingerprint, size, modified, note, path, sum FROM generated";

/// A path, what is remembered of it, and the sum over that.
type Row = (String, Kept, Hash);

fn kept(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    let size: i64 = row.get(1)?;
    let modified = row.get(2)?;
    let file = u64::try_from(size).ok().map(|size| Look { size, modified });
    Ok((row.get(4)?, Kept { fingerprint: row.get(0)?, file, note: row.get(3)? }, row.get(5)?))
}

/// Size and time as they are written.
fn numbers(file: Option<Look>) -> (i64, i64) {
    file.map_or((-1, 0), |file| (i64::try_from(file.size).unwrap_or(i64::MAX), file.modified))
}

/// A sum by which it is seen that a row says something else than was written.
fn sum_of(out: &str, path: &str, Kept { fingerprint, file, note }: &Kept) -> Hash {
    let numbers = numbers(*file);
    Hash::of(format!("{out}\0{path}\0{fingerprint}\0{numbers:?}\0{note}").as_bytes())
}

/// The first text behind all that begin with `prefix`; `None` where there is none that can be said.
fn end_of(prefix: &str) -> Option<String> {
    let last = prefix.chars().next_back()?;
    let next = char::from_u32(u32::from(last) + 1)?;
    Some(format!("{}{next}", &prefix[..prefix.len() - last.len_utf8()]))
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    let db = Connection::open(path)?;
    db.busy_timeout(std::time::Duration::from_secs(10))?;
    // What a power cut takes away is rendered again.
    db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY")?;
    let version: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version != VERSION {
        let made = format!("BEGIN; DROP TABLE IF EXISTS generated; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT");
        db.execute_batch(&made)?;
    }
    db.query_row("SELECT count(*) FROM (SELECT 1 FROM generated LIMIT 1)", [], |row| row.get::<_, i64>(0))?;
    Ok(db)
}

/// A memory that lasts as long as the process.
fn forgetful() -> Result<Connection> {
    let made = Connection::open_in_memory().and_then(|db| db.execute_batch(SCHEMA).map(|()| db));
    made.map_err(|err| Error::archive("the memory of what was generated", err))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Access;
    use crate::disk;

    fn archive(dir: &Path) -> Archive {
        Archive::create_if_missing(dir, Some("https://courier.example/")).unwrap();
        Archive::open(dir, Access::Read, "2024-01-02T03:04:05Z".parse().unwrap()).unwrap()
    }

    fn document(bytes: &[u8]) -> Kept {
        Kept { fingerprint: Hash::of(bytes), file: Some(Look { size: 9, modified: 1 }), note: String::new() }
    }

    #[test]
    fn remembers_by_output_directory_and_path() {
        let dir = tempfile::tempdir().unwrap();
        let archive = archive(dir.path());
        let mut generated = archive.generated(Path::new("feeds")).unwrap();
        for path in ["a/history/2023.atom", "a/history/2024.atom", "a/history0", "b/history/2023.atom"] {
            generated.put(path, document(path.as_bytes())).unwrap();
        }
        generated.put("a/", Kept { file: None, note: "{}".into(), ..document(b"a") }).unwrap();
        generated.forget("a/history/2024.atom").unwrap();
        generated.commit().unwrap();

        let again = archive.generated(Path::new("feeds")).unwrap();
        assert_eq!(again.get("a/history0").unwrap(), Some(document(b"a/history0")));
        assert_eq!(again.get("a/").unwrap().map(|kept| (kept.file, kept.note)), Some((None, "{}".to_owned())));
        let below: Vec<String> = again.below("a/history/").unwrap().into_keys().collect();
        assert_eq!(below, ["a/history/2023.atom"]);
        assert_eq!(again.below("").unwrap().len(), 4);
        assert!(archive.generated(Path::new("other")).unwrap().below("").unwrap().is_empty());
    }

    #[test]
    fn a_damaged_memory_is_an_empty_one() {
        let dir = tempfile::tempdir().unwrap();
        let archive = archive(dir.path());
        std::fs::write(archive.layout.generated(), "no database, but longer than its header would be".repeat(9))
            .unwrap();
        let mut generated = archive.generated(Path::new("feeds")).unwrap();
        assert_eq!(generated.get("a").unwrap(), None);
        generated.put("a", document(b"a")).unwrap();
        generated.commit().unwrap();
        assert!(archive.generated(Path::new("feeds")).unwrap().get("a").unwrap().is_some());
    }

    #[test]
    fn a_look_tells_whether_a_file_was_touched() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        assert_eq!(Look::at(&path), None);
        disk::write(&path, b"one", None).unwrap();
        let look = Look::at(&path).unwrap();
        assert_eq!((look.size, Look::at(&path)), (3, Some(look)));
        disk::write(&path, b"two", Some(UNIX_EPOCH)).unwrap();
        assert_eq!(Look::at(&path), Some(Look { size: 3, modified: 0 }));
    }
}
