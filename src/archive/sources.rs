//! What is remembered of files that were ingested, so that an unchanged one is not even read.

use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, params};

use super::Archive;
use crate::error::{Error, Result};

/// What is remembered of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownFile {
    /// The name in its directory.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its modification time, Unix nanoseconds.
    pub modified: i64,
    /// A fingerprint of the options it was read with.
    pub reading: i64,
    /// What was wrong with it, if anything.
    pub problem: Option<String>,
}

/// A second connection to the index for looking files up while another thread takes articles in.
pub struct OpenSources {
    db: Connection,
    path: std::path::PathBuf,
}

impl Archive {
    /// Opens what is remembered of source files, as of the last commit.
    pub fn sources(&self) -> Result<OpenSources> {
        let path = self.layout.index();
        let db = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .map_err(|err| Error::archive(&path, format!("the index cannot be opened: {err}")).caused_by(err))?;
        Ok(OpenSources { db, path })
    }

    /// Remembers a file of the directory `dir`; it counts from the next commit on.
    pub fn put_source(&mut self, dir: &str, file: &KnownFile) -> Result<()> {
        self.begin()?;
        let put = || {
            self.index
                .db
                .prepare_cached("INSERT OR REPLACE INTO sources VALUES(?1, ?2, ?3, ?4, ?5, ?6)")?
                .execute(params![dir, file.name, file.size as i64, file.modified, file.reading, file.problem])
        };
        put().map(drop).map_err(|err| self.index.failed(err))
    }

    /// What is remembered of a file of the directory `dir`.
    pub fn known_source(&self, dir: &str, name: &str) -> Result<Option<KnownFile>> {
        let find = || {
            self.index
                .db
                .prepare_cached(
                    "SELECT name, size, modified, reading, problem FROM sources WHERE dir = ?1 AND name = ?2",
                )?
                .query_row([dir, name], known_file)
                .optional()
        };
        find().map_err(|err| self.index.failed(err))
    }

    /// Forgets files of the directory `dir` that are no longer there, and what was wrong with them.
    pub fn forget_sources(&mut self, dir: &str, names: &[String]) -> Result<()> {
        self.begin()?;
        let delete = || {
            let mut delete = self.index.db.prepare_cached("DELETE FROM sources WHERE dir = ?1 AND name = ?2")?;
            names.iter().try_for_each(|name| delete.execute([dir, name]).map(drop))
        };
        delete().map_err(|err| self.index.failed(err))
    }

    /// A small fact that is remembered between runs, by its name.
    pub fn remembered(&self, name: &str) -> Result<i64> {
        self.index.number("SELECT value FROM meta WHERE name = ?1", [name])
    }

    /// Remembers a small fact; it counts from the next commit on.
    pub fn remember(&mut self, name: &str, value: i64) -> Result<()> {
        self.begin()?;
        let put = || {
            self.index.db.prepare_cached("INSERT OR REPLACE INTO meta VALUES(?1, ?2)")?.execute(params![name, value])
        };
        put().map(drop).map_err(|err| self.index.failed(err))
    }
}

impl OpenSources {
    /// Calls `each` for every file of the directory that is remembered, in the order of their names' bytes.
    pub fn in_dir(&self, dir: &str, each: &mut dyn FnMut(KnownFile)) -> Result<()> {
        let mut read = || {
            let mut statement = self.db.prepare_cached(
                "SELECT name, size, modified, reading, problem FROM sources WHERE dir = ?1 ORDER BY name",
            )?;
            let mut rows = statement.query([dir])?;
            while let Some(row) = rows.next()? {
                each(known_file(row)?);
            }
            Ok(())
        };
        read().map_err(|err: rusqlite::Error| {
            Error::archive(&self.path, format!("the index cannot be read: {err}"))
                .hint("run `feedmill index --rebuild`")
                .caused_by(err)
        })
    }
}

fn known_file(row: &Row) -> rusqlite::Result<KnownFile> {
    Ok(KnownFile {
        name: row.get(0)?,
        size: row.get::<_, i64>(1)? as u64,
        modified: row.get(2)?,
        reading: row.get(3)?,
        problem: row.get(4)?,
    })
}
