//! What is remembered of remote sources: their state, as text that sync understands, and of pages that belong to a
//! source what tells whether they have changed.

use std::collections::HashMap;

use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use super::Archive;
use super::index::Index;
use crate::article::bare;
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
    /// The sitemap or directory that named it last.
    pub list: Option<String>,
    /// Whether that one names it no longer.
    pub gone: bool,
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

impl Index {
    /// Whether user information stands in the address of a remote source.
    pub fn has_logins(&self) -> Result<bool> {
        let look = || {
            let mut urls = self.db.prepare("SELECT url FROM remotes WHERE url LIKE '%://%@%'")?;
            let mut rows = urls.query([])?;
            while let Some(row) = rows.next()? {
                let url: String = row.get(0)?;
                if bare(&url) != url {
                    return Ok(true);
                }
            }
            Ok(false)
        };
        look().map_err(|err| self.failed(err))
    }
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
                .prepare_cached("INSERT OR REPLACE INTO remote_pages VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?
                .execute(params![
                    source,
                    page.url,
                    page.mark,
                    page.etag,
                    page.last_modified,
                    page.failures,
                    page.wanted,
                    page.list,
                    page.gone
                ])
        };
        put().map(drop).map_err(|err| self.index.failed(err))
    }

    /// Remembers that pages of a source are not named by it any more; it counts from the next commit on. Nothing is left
    /// to be fetched of them.
    pub fn put_gone_pages(&mut self, source: &str, urls: &[String]) -> Result<()> {
        self.begin()?;
        let put = || {
            let sql = "UPDATE remote_pages SET gone = 1, wanted = NULL WHERE source = ?1 AND url = ?2";
            let mut update = self.index.db.prepare_cached(sql)?;
            urls.iter().try_for_each(|url| update.execute([source, url]).map(drop))
        };
        put().map_err(|err| self.index.failed(err))
    }

    /// The pages of a source that it does not name any more, in order, and how many it names.
    pub fn gone_pages(&self, source: &str) -> Result<(Vec<String>, u64)> {
        let find = || {
            let sql = "SELECT url FROM remote_pages WHERE source = ?1 AND gone = 1 ORDER BY url";
            self.index
                .db
                .prepare_cached(sql)?
                .query_map([source], |row| row.get(0))?
                .collect::<rusqlite::Result<Vec<String>>>()
        };
        let gone = find().map_err(|err: rusqlite::Error| self.index.failed(err))?;
        let named = "SELECT count(*) FROM remote_pages WHERE source = ?1 AND gone = 0 AND list IS NOT NULL";
        Ok((gone, self.index.number(named, [source])?.unsigned_abs()))
    }

    /// Whether every source that ever named the page at this address names it no longer.
    pub fn is_gone_page(&self, url: &str) -> Result<bool> {
        // No row: nobody knows of the page.
        Ok(self.index.number("SELECT min(gone) FROM remote_pages WHERE url = ?1", [url])? == 1)
    }

    /// Whether a page of that address is known of any source.
    pub fn is_page(&self, url: &str) -> Result<bool> {
        Ok(self.index.number("SELECT 1 FROM remote_pages WHERE url = ?1 LIMIT 1", [url])? == 1)
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
        let sql = format!("SELECT {PAGE} FROM remote_pages WHERE source = ?1 AND url = ?2");
        let found = self.db.prepare_cached(&sql).and_then(|mut query| query.query_row([source, url], page).optional());
        found.map_err(|err| self.failed(err))
    }

    /// The pages of a source that are still to be fetched, in the order of their addresses.
    pub fn wanted_pages(&self, source: &str) -> Result<Vec<RemotePage>> {
        let find = || {
            let sql = format!("SELECT {PAGE} FROM remote_pages WHERE source = ?1 AND wanted IS NOT NULL ORDER BY url");
            self.db.prepare_cached(&sql)?.query_map([source], page)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        find().map_err(|err: rusqlite::Error| self.failed(err))
    }

    /// The addresses that a sitemap or directory of a source named when it was last read, and that are not known to be
    /// gone, in order.
    pub fn named_by(&self, source: &str, list: &str) -> Result<Vec<String>> {
        let find = || {
            let sql = "SELECT url FROM remote_pages WHERE source = ?1 AND list = ?2 AND gone = 0 ORDER BY url";
            self.db
                .prepare_cached(sql)?
                .query_map([source, list], |row| row.get(0))?
                .collect::<rusqlite::Result<Vec<String>>>()
        };
        find().map_err(|err: rusqlite::Error| self.failed(err))
    }

    fn failed(&self, err: rusqlite::Error) -> Error {
        Error::archive(&self.path, format!("the index cannot be read: {err}"))
            .hint("run `feedmill index --rebuild`")
            .caused_by(err)
    }
}

/// The columns of [`page`].
const PAGE: &str = "url, mark, etag, last_modified, failures, wanted, list, gone";

fn page(row: &rusqlite::Row) -> rusqlite::Result<RemotePage> {
    Ok(RemotePage {
        url: row.get(0)?,
        mark: row.get(1)?,
        etag: row.get(2)?,
        last_modified: row.get(3)?,
        failures: row.get(4)?,
        wanted: row.get(5)?,
        list: row.get(6)?,
        gone: row.get(7)?,
    })
}
