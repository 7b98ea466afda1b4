//! Withdrawing articles. The record stays where it is, keeps its id, and says in its front matter that it was
//! retracted; whatever is published from then on is made without it.

use chrono::{DateTime, SubsecRound, Utc};
use rusqlite::params;

use super::index::Entry;
use super::put::Intake;
use super::{Archive, Row, select};
use crate::article::{Record, Retraction};
use crate::error::{Error, Result};

/// What became of a record that was to be retracted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retracted {
    /// It is retracted from now on.
    Now,
    /// It was retracted before, for another reason or by its source; since when stays as it was.
    Restated,
    /// It was so already.
    Same,
}

/// A record that is not retracted, and where its article was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The path of the record.
    pub path: String,
    /// Where it was found last: path or address of a document, with what stands in it behind `/` and `#`.
    pub origin: String,
}

impl Archive {
    /// Retracts the record at `path`. It is durable after the next [`Archive::commit`].
    ///
    /// `by_source` says that its source no longer has it: then it comes back with its source. What a person has
    /// retracted stays a person's.
    ///
    /// # Errors
    /// There is no such record, it cannot be read, or the disk or the index refuse.
    pub fn retract(
        &mut self,
        path: &str,
        reason: Option<&str>,
        by_source: bool,
        now: DateTime<Utc>,
    ) -> Result<Retracted> {
        let (key, known, record) = self.for_change(path)?;
        let before = record.retraction.clone();
        if by_source && before.is_some() {
            return Ok(Retracted::Same);
        }
        let at = before.as_ref().map_or_else(|| here(&record, now), |before| before.at);
        let reason = reason.map(str::to_owned).or_else(|| before.as_ref().and_then(|before| before.reason.clone()));
        let retraction = Some(Retraction { at, reason, by_source });
        let done = match &before {
            None => Retracted::Now,
            Some(_) if before == retraction => return Ok(Retracted::Same),
            Some(_) => Retracted::Restated,
        };
        self.put_changed(key, &known, &Record { retraction, ..record }, now)?;
        Ok(done)
    }

    /// Takes back that the record at `path` was retracted, and returns whether it was. It is shown again, as changed
    /// at this moment: whoever has been told that it is gone believes only what is newer (RFC 6721 section 3).
    ///
    /// # Errors
    /// Those of [`Archive::retract`].
    pub fn take_back(&mut self, path: &str, now: DateTime<Utc>) -> Result<bool> {
        let (key, known, record) = self.for_change(path)?;
        if record.retraction.is_none() {
            return Ok(false);
        }
        // Of an article that is not due yet no reader has heard.
        let updated = if record.published <= now { Some(here(&record, now)) } else { record.updated };
        self.put_changed(key, &known, &Record { retraction: None, updated, ..record }, now)?;
        Ok(true)
    }

    /// Takes back that the record at `path` was retracted, if that was because its source no longer had it.
    pub(super) fn take_back_by_source(&mut self, path: &str, now: DateTime<Utc>) -> Result<bool> {
        let by_source = self.current(path)?.retraction.is_some_and(|retraction| retraction.by_source);
        if by_source { self.take_back(path, now) } else { Ok(false) }
    }

    /// Calls `each` for every record that is not retracted and whose article was found last at `origin`, or below it.
    pub fn found_at(&self, origin: &str, each: &mut dyn FnMut(Place)) -> Result<()> {
        let mut read = || {
            // What stands below the project has a relative path; addresses and absolute paths do not.
            let everywhere = "a.origin NOT LIKE '%://%' AND a.origin NOT LIKE '/%'";
            let below = "(a.origin = ?1 OR substr(a.origin, 1, length(?1) + 1) IN (?1 || '/', ?1 || '#'))";
            let sql = format!(
                "SELECT a.path, a.origin FROM articles AS a WHERE a.retracted IS NULL AND a.origin IS NOT NULL AND {} \
                 ORDER BY a.path",
                if origin == "." { everywhere } else { below },
            );
            let mut statement = self.index.db.prepare_cached(&sql)?;
            let values: &[&dyn rusqlite::ToSql] = if origin == "." { &[] } else { &[&origin] };
            let mut rows = statement.query(values)?;
            while let Some(row) = rows.next()? {
                each(Place { path: row.get(0)?, origin: row.get(1)? });
            }
            Ok(())
        };
        read().map_err(|err: rusqlite::Error| self.index.failed(err))
    }

    /// Every place at which the article of the record at `path` was ever found, in order.
    pub fn places_of(&self, path: &str) -> Result<Vec<String>> {
        let read = || {
            self.index
                .db
                .prepare_cached(
                    "SELECT o.origin FROM articles AS a JOIN origins AS o ON o.key = a.key WHERE a.path = ?1 ORDER BY 1",
                )?
                .query_map([path], |row| row.get(0))?
                .collect::<rusqlite::Result<Vec<String>>>()
        };
        read().map_err(|err| self.index.failed(err))
    }

    /// Forgets the file or page at which the document at `origin` stood, so that it is read when it is there again, even
    /// if it has not changed.
    pub fn forget_source_of(&mut self, origin: &str) -> Result<()> {
        self.begin()?;
        let delete = || {
            let mut delete = self.index.db.prepare_cached("DELETE FROM sources WHERE dir = ?1 AND name = ?2")?;
            // Where the file ends and what stands in it begins is not known any more.
            for (end, _) in origin.match_indices(['/', '#']).chain([(origin.len(), "")]) {
                let (dir, name) = origin[..end].rsplit_once('/').unwrap_or(("", &origin[..end]));
                delete.execute(params![dir, name])?;
            }
            let page = origin.split('#').next().unwrap_or_default();
            self.index
                .db
                .prepare_cached(
                    "UPDATE remote_pages SET mark = '', etag = NULL, last_modified = NULL
                     WHERE gone = 1 AND (url = ?1 OR substr(?1, 1, length(url) + 1) = url || '/')",
                )?
                .execute([page])?;
            Ok(())
        };
        delete().map_err(|err: rusqlite::Error| self.index.failed(err))
    }

    /// A record, and what the index knows of it, to be changed by this process.
    fn for_change(&mut self, path: &str) -> Result<(i64, Entry, Record)> {
        self.begin()?;
        let found = self.index.find("a.path = ?1", path, 1)?.pop();
        let (key, known) = found.ok_or_else(|| {
            Error::record(self.layout.record(path), "is not in the index").hint("run `feedmill index`")
        })?;
        let record = self.current(path).map_err(|err| self.record_trouble(path, err))?;
        Ok((key, known, record))
    }

    /// Writes a record that is changed in what the archive itself says of it.
    fn put_changed(&mut self, key: i64, known: &Entry, record: &Record, now: DateTime<Utc>) -> Result<()> {
        // The zone is for dates that name none, and here are none.
        let intake = Intake { zone: chrono_tz::UTC, now };
        let is = self.rewrite(key, &known.path, record, known.fields, &intake)?;
        self.note_departure(known, &is, now)
    }

    /// The paths of the records that name files beside them: of those that are retracted or drafts, or of all others.
    pub fn records_with_files(&self, retracted: bool) -> Result<Vec<String>> {
        let read = || {
            let sql = match retracted {
                // The `+` keeps SQLite from looking at every record in the order of paths for the few that are.
                true => {
                    "SELECT path FROM articles WHERE (retracted IS NOT NULL OR draft = 1) AND attached = 1 ORDER BY +path"
                }
                false => {
                    "SELECT path FROM articles WHERE retracted IS NULL AND draft = 0 AND attached = 1 ORDER BY path"
                }
            };
            self.index.db.prepare_cached(sql)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|err| self.index.failed(err))
    }

    /// Records that a person may have meant by `what`: those with its words in their path, title or address.
    pub fn resembling(&self, what: &str, most: usize) -> Result<Vec<Row>> {
        let name = what.rsplit('/').find(|part| !part.is_empty()).unwrap_or(what);
        let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let mut words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).collect();
        // The longest word tells most.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let mut found: Vec<Row> = Vec::new();
        for word in words.into_iter().take(LOOKED_FOR) {
            let like = "a.path LIKE '%' || ?1 || '%' OR a.title LIKE '%' || ?1 || '%'";
            for (_, entry) in self.index.find(like, word, most as u32)? {
                if found.len() < most && found.iter().all(|row| row.path != entry.path) {
                    found.push(select::row(entry));
                }
            }
        }
        Ok(found)
    }
}

/// So many words of a name are looked for: each is a pass over all titles.
const LOOKED_FOR: usize = 3;

/// This moment, in the zone of the record.
fn here(record: &Record, now: DateTime<Utc>) -> DateTime<chrono::FixedOffset> {
    now.trunc_subsecs(0).with_timezone(record.published.offset())
}
