//! Looking records up by what a person may know of them.

use chrono::{DateTime, FixedOffset};

use super::select::{SHOWN, zoned};
use super::{Archive, Row};
use crate::error::Result;

/// The archive in numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stats {
    /// Records that the index knows.
    pub articles: u64,
    /// Of these, drafts.
    pub drafts: u64,
    /// Of these, retracted ones.
    pub retracted: u64,
    /// The first publication.
    pub first: Option<DateTime<FixedOffset>>,
    /// The last publication.
    pub last: Option<DateTime<FixedOffset>>,
    /// Source files that are remembered.
    pub source_files: u64,
    /// Of these, files with a problem.
    pub problems: u64,
    /// Articles that have left.
    pub departed: u64,
    /// Bytes of all records.
    pub bytes: u64,
}

/// More records than this are not listed for one name.
const MOST_FOUND: u32 = 20;

/// Of more files of one name than this, nobody can tell which is meant.
const MOST_NAMED: u32 = 100;

impl Archive {
    /// The records with this id, path (below the archive, or with the archive's directory before it), canonical
    /// URL, or origin (exact, that of a container or directory, or its last segments), at most 20.
    pub fn find(&self, what: &str) -> Result<Vec<Row>> {
        let path = what.strip_prefix(&*format!("{}/", self.layout.root().display())).unwrap_or(what);
        let exact = [
            ("a.id = ?1", what),
            ("a.path = ?1", path),
            ("a.url = ?1", what),
            ("a.key IN (SELECT key FROM origins WHERE origin = ?1)", what),
            // Every article of a document that holds many, and of every document in a container: `$` follows `#`,
            // and `0` follows `/`.
            ("a.key IN (SELECT key FROM origins WHERE origin > ?1 || '#' AND origin < ?1 || '$')", what),
            ("a.key IN (SELECT key FROM origins WHERE origin > ?1 || '/' AND origin < ?1 || '0')", what),
        ];
        for (condition, value) in exact {
            let found = self.index.find(condition, value, MOST_FOUND)?;
            if !found.is_empty() {
                return Ok(found.into_iter().map(|(_, entry)| super::select::row(entry)).collect());
            }
        }
        let tail = format!("%/{}", what.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        let found = self.index.find(
            "a.path LIKE ?1 ESCAPE '\\' OR a.key IN (SELECT key FROM origins WHERE origin LIKE ?1 ESCAPE '\\')",
            tail,
            MOST_FOUND,
        )?;
        Ok(found.into_iter().map(|(_, entry)| super::select::row(entry)).collect())
    }

    /// The articles whose files others may call `name`, as [`name_of`](crate::article::references::name_of) gives it, in the
    /// order of their paths; no drafts, and nothing that was retracted.
    pub fn named(&self, name: &str) -> Result<Vec<Row>> {
        let condition = format!("a.key IN (SELECT key FROM names WHERE name = ?1) AND {SHOWN}");
        let found = self.index.find(&condition, name, MOST_NAMED)?;
        Ok(found.into_iter().map(|(_, entry)| super::select::row(entry)).collect())
    }

    /// A number that grows whenever links in some articles lead elsewhere, since the article has come, gone or moved to
    /// which they refer.
    pub fn moved_references(&self) -> Result<i64> {
        self.index.number("SELECT value FROM meta WHERE name = 'references'", [])
    }

    /// The fields of the record at `path` that a person has changed since ingest wrote it; `None` where the index
    /// does not know what ingest wrote.
    pub fn edited_fields(&self, path: &str) -> Result<Option<Vec<&'static str>>> {
        let Some((_, entry)) = self.index.find("a.path = ?1", path, 1)?.into_iter().next() else { return Ok(None) };
        let Some(written) = entry.fields else { return Ok(None) };
        Ok(Some(crate::article::fields::changed(&self.read(path)?.article, &written)))
    }

    /// What is wrong with the source file at `origin`, if the last ingest could not take it.
    pub fn problem_at(&self, origin: &str) -> Result<Option<String>> {
        let (dir, name) = origin.rsplit_once('/').unwrap_or(("", origin));
        Ok(self.known_source(dir, name)?.and_then(|file| file.problem))
    }

    /// Calls `each` with the origin and the problem of every source file that the last ingest could not take.
    pub fn problems(&self, each: &mut dyn FnMut(String, String)) -> Result<()> {
        let mut read = || {
            let mut statement = self.index.db.prepare_cached(
                "SELECT dir, name, problem FROM sources WHERE problem IS NOT NULL ORDER BY dir, name",
            )?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (dir, name, problem): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
                each(if dir.is_empty() { name } else { format!("{dir}/{name}") }, problem);
            }
            Ok(())
        };
        read().map_err(|err: rusqlite::Error| self.index.failed(err))
    }

    /// Whether there is any record.
    pub fn has_articles(&self) -> Result<bool> {
        self.index.number("SELECT EXISTS(SELECT 1 FROM articles)", []).map(|n| n > 0)
    }

    /// The archive in numbers.
    pub fn stats(&self) -> Result<Stats> {
        let count = |sql: &str| self.index.number(sql, []).map(|n| n.unsigned_abs());
        let end = |order: &str| {
            let sql = format!("SELECT published, published_zone FROM articles ORDER BY {order} LIMIT 1");
            let read = || {
                use rusqlite::OptionalExtension;
                self.index.db.query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?))).optional()
            };
            read().map(|at| at.map(zoned)).map_err(|err| self.index.failed(err))
        };
        Ok(Stats {
            articles: count("SELECT count(*) FROM articles")?,
            drafts: count("SELECT count(*) FROM articles WHERE draft = 1")?,
            retracted: count("SELECT count(*) FROM articles WHERE retracted IS NOT NULL")?,
            first: end("published, id")?,
            last: end("published DESC, id")?,
            source_files: count("SELECT count(*) FROM sources")?,
            problems: count("SELECT count(*) FROM sources WHERE problem IS NOT NULL")?,
            departed: count("SELECT count(*) FROM departed")?,
            bytes: count("SELECT sum(size) FROM articles")?,
        })
    }
}
