//! What was generated from the archive before, so that a document that would be the same is not even rendered. It stands
//! in a file of its own beside the index, since feeds are generated while another process takes articles in. It is a
//! memory, not a truth: without it everything is rendered again, and comes out the same.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Archive, Hash};
use crate::disk;
use crate::error::{Error, Result};

/// Raised whenever the table changes; a memory of another version is made anew.
const VERSION: i64 = 1;

const SCHEMA: &str = "
    CREATE TABLE generated(
        out TEXT,                         -- the output directory
        path TEXT,                        -- of the document below it
        fingerprint BLOB NOT NULL,        -- of everything that the document is made of
        size INTEGER NOT NULL,            -- of the file, in bytes
        modified INTEGER NOT NULL,        -- of the file, Unix nanoseconds
        note TEXT NOT NULL,               -- what the generator remembers beside it
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
        Ok(Generated { db, path, out: out.to_string_lossy().into_owned(), queue: Vec::new() })
    }
}

impl Generated {
    /// What is remembered of a document, by its path below the output directory.
    pub fn get(&self, path: &str) -> Result<Option<Kept>> {
        let sql = "SELECT fingerprint, size, modified, note, path FROM generated WHERE out = ?1 AND path = ?2";
        let found = self.db.prepare_cached(sql).and_then(|mut get| get.query_row([&self.out, path], kept).optional());
        found.map(|found| found.map(|(_, kept)| kept)).map_err(|err| self.failed(err))
    }

    /// What is remembered of all documents whose paths begin with `prefix`, by path.
    pub fn below(&self, prefix: &str) -> Result<HashMap<String, Kept>> {
        let read = || {
            let sql = "SELECT fingerprint, size, modified, note, path FROM generated
                       WHERE out = ?1 AND path >= ?2 AND substr(path, 1, length(?2)) = ?2";
            // The end of the range, where there is one, keeps SQLite from walking over everything behind it.
            match end_of(prefix) {
                Some(end) => {
                    let sql = format!("{sql} AND path < ?3");
                    self.db.prepare_cached(&sql)?.query_map([&self.out, prefix, &end], kept)?.collect()
                }
                None => self.db.prepare_cached(sql)?.query_map([&self.out, prefix], kept)?.collect(),
            }
        };
        let found: rusqlite::Result<HashMap<String, Kept>> = read();
        found.map_err(|err| self.failed(err))
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
        let write = || {
            let transaction = self.db.unchecked_transaction()?;
            {
                let sql = "INSERT OR REPLACE INTO generated VALUES(?1, ?2, ?3, ?4, ?5, ?6)";
                let mut put = transaction.prepare_cached(sql)?;
                let mut forget = transaction.prepare_cached("DELETE FROM generated WHERE out = ?1 AND path = ?2")?;
                for (path, kept) in &queue {
                    let Some(Kept { fingerprint, file, note }) = kept else {
                        forget.execute([&self.out, path])?;
                        continue;
                    };
                    let size = file.map_or(-1, |file| i64::try_from(file.size).unwrap_or(i64::MAX));
                    let modified = file.map_or(0, |file| file.modified);
                    put.execute(params![self.out, path, fingerprint, size, modified, note])?;
                }
            }
            transaction.commit()
        };
        write().map_err(|err: rusqlite::Error| self.failed(err))
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

fn kept(row: &Row<'_>) -> rusqlite::Result<(String, Kept)> {
    let size: i64 = row.get(1)?;
    let modified = row.get(2)?;
    let file = u64::try_from(size).ok().map(|size| Look { size, modified });
    Ok((row.get(4)?, Kept { fingerprint: row.get(0)?, file, note: row.get(3)? }))
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

fn remove(path: &Path) -> Result<()> {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        disk::remove(Path::new(&name))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Access;

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
