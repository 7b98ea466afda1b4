//! What is remembered of remote sources: their state, as text that sync understands, and of pages that belong to a
//! source what tells whether they have changed.

use std::collections::HashMap;

use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use super::Archive;
use crate::error::{Error, Result};

/// What is remembered of one page of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RemotePage {
    /// Its address.
    pub url: String,
    /// What its source said of its version when it was last fetched (`lastmod`, size and time, a fingerprint).
    pub mark: String,
    /// The `ETag` of its server, to the letter.
    pub etag: Option<String>,
    /// The `Last-Modified` of its server, to the letter.
    pub last_modified: Option<String>,
    /// How often in a row it could not be fetched.
    pub failures: u32,
    /// The version that is still to be fetched, if any.
    pub wanted: Option<String>,
}

impl RemotePage {
    /// A page that was never fetched.
    pub fn new(url: &str) -> RemotePage {
        RemotePage { url: url.to_owned(), ..RemotePage::default() }
    }
}

/// A second connection to the index for looking remote sources up while another thread takes articles in.
pub struct OpenRemotes {
    db: Connection,
    path: std::path::PathBuf,
}

impl Archive {
    /// Opens what is remembered of remote sources, as of the last commit.
    pub fn remotes(&self) -> Result<OpenRemotes> {
        let path = self.layout.index();
        let db = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .map_err(|err| Error::archive(&path, format!("the index cannot be opened: {err}")).caused_by(err))?;
        Ok(OpenRemotes { db, path })
    }

    /// Remembers the state of a source; it counts from the next commit on.
    pub fn put_remote(&mut self, url: &str, state: &str) -> Result<()> {
        self.begin()?;
        let put =
            || self.index.db.prepare_cached("INSERT OR REPLACE INTO remotes VALUES(?1, ?2)")?.execute([url, state]);
        put().map(drop).map_err(|err| self.index.failed(err))
    }

    /// Remembers a page of a source; it counts from the next commit on.
    pub fn put_remote_page(&mut self, source: &str, page: &RemotePage) -> Result<()> {
        self.begin()?;
        let put = || {
            self.index
                .db
                .prepare_cached("INSERT OR REPLACE INTO remote_pages VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
                .execute(params![
                    source,
                    page.url,
                    page.mark,
                    page.etag,
                    page.last_modified,
                    page.failures,
                    page.wanted
                ])
        };
        put().map(drop).map_err(|err| self.index.failed(err))
    }
}

impl OpenRemotes {
    /// The states of all sources, by their addresses.
    pub fn states(&self) -> Result<HashMap<String, String>> {
        let find = || {
            let mut query = self.db.prepare_cached("SELECT url, state FROM remotes")?;
            query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<HashMap<_, _>>>()
        };
        find().map_err(|err: rusqlite::Error| self.failed(err))
    }

    /// What is remembered of a page of a source.
    pub fn page(&self, source: &str, url: &str) -> Result<Option<RemotePage>> {
        let sql =
            "SELECT url, mark, etag, last_modified, failures, wanted FROM remote_pages WHERE source = ?1 AND url = ?2";
        let found = self.db.prepare_cached(sql).and_then(|mut query| query.query_row([source, url], page).optional());
        found.map_err(|err| self.failed(err))
    }

    /// The pages of a source that are still to be fetched, in the order of their addresses.
    pub fn wanted_pages(&self, source: &str) -> Result<Vec<RemotePage>> {
        let find = || {
            let sql = "SELECT url, mark, etag, last_modified, failures, wanted FROM remote_pages
                       WHERE source = ?1 AND wanted IS NOT NULL ORDER BY url";
            self.db.prepare_cached(sql)?.query_map([source], page)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        find().map_err(|err: rusqlite::Error| self.failed(err))
    }

    fn failed(&self, err: rusqlite::Error) -> Error {
        Error::archive(&self.path, format!("the index cannot be read: {err}"))
            .hint("run `feedmill index --rebuild`")
            .caused_by(err)
    }
}

fn page(row: &rusqlite::Row) -> rusqlite::Result<RemotePage> {
    Ok(RemotePage {
        url: row.get(0)?,
        mark: row.get(1)?,
        etag: row.get(2)?,
        last_modified: row.get(3)?,
        failures: row.get(4)?,
        wanted: row.get(5)?,
    })
}
