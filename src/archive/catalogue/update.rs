//! Bringing the catalogue up to date.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use super::super::layout::Layout;
use super::super::onlooker::Onlooker;
use super::super::select::{SHOWN, Selection};
use super::super::terms::{AUTHOR, SECTION, TAG, fold};
use super::{SCHEMA, VERSION, address, failed, version};
use crate::article::{BodyKind, Record};
use crate::disk;
use crate::error::Result;
use feedmill_markup::words::fold_all;
use feedmill_markup::{html, markdown};

/// Text that is catalogued between two commits. Larger portions make larger pieces of the index of words, of which fewer
/// have to be merged; smaller ones are seen sooner.
const PORTION: usize = 4 << 20;

/// Articles that are catalogued between two commits.
const MOST_AT_A_TIME: usize = 2_000;

/// So many new articles make it worth while to merge all pieces of the index of words into one.
const MANY: usize = 5_000;

/// Keeps the catalogue of an archive. Several may do so at a time: each looks at what is missing once it has the turn.
pub struct Cataloguer {
    db: Connection,
    path: PathBuf,
    onlooker: Onlooker,
}

/// What a look at the archive came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Articles that were catalogued, or catalogued anew.
    pub added: usize,
    /// Articles that are no longer to be seen.
    pub removed: usize,
    /// Whether it was stopped before the end.
    pub is_cut: bool,
}

impl Cataloguer {
    /// Opens the catalogue of the archive in `dir`, and makes it where it is missing, damaged or of another version.
    /// `None` where the archive has no index that can be read now.
    pub fn open(dir: &Path) -> Result<Option<Cataloguer>> {
        let Some(onlooker) = Onlooker::open(dir)? else { return Ok(None) };
        let layout = Layout::new(dir);
        let path = layout.catalogue();
        let opened = connect(&path).and_then(|db| Ok((version(&db)? == VERSION).then_some(db)));
        let db = match opened {
            Ok(Some(db)) => db,
            Err(err) if !is_damage(&err) => return Err(failed(&path, err)),
            _ => make(&path)?,
        };
        db.execute("ATTACH ?1 AS archive", [address(&layout.index(), "ro")]).map_err(|err| failed(&path, err))?;
        Ok(Some(Cataloguer { db, path, onlooker }))
    }

    /// Whether the archive is still the one that was opened.
    pub fn is_current(&self) -> bool {
        self.path.exists() && self.onlooker.is_current_index()
    }

    /// A number that is another one after every change of the archive.
    pub fn state(&self) -> Result<i64> {
        self.db.query_row("PRAGMA archive.data_version", [], |row| row.get(0)).map_err(|err| self.failed(err))
    }

    /// The publication of the earliest article that others may not see at `as_of` yet.
    pub fn next_due(&self, as_of: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
        let wanted = Selection { as_of: Some(as_of), ..Selection::default() };
        self.onlooker.archive().next_due(&wanted)
    }

    /// Catalogues what has changed, so that what others may see at `as_of` is in it and nothing else. Between portions
    /// `go_on` is asked whether to continue; what is done is done.
    pub fn update(&mut self, as_of: DateTime<Utc>, go_on: &mut dyn FnMut() -> bool) -> Result<Progress> {
        let mut progress =
            Progress { removed: self.remove(as_of).map_err(|err| self.failed(err))?, ..Progress::default() };
        let mut below = i64::MAX;
        loop {
            if !go_on() {
                return Ok(Progress { is_cut: true, ..progress });
            }
            let (added, last) = self.add(as_of, below).map_err(|err| self.failed(err))?;
            progress.added += added;
            match last {
                Some(last) => below = last,
                None => break,
            }
        }
        // What is known already is not written, or every look would be a change to those who look on.
        let known =
            "INSERT INTO meta SELECT 'complete', 1 WHERE NOT EXISTS(SELECT 1 FROM meta WHERE name = 'complete')";
        self.db.execute(known, []).map_err(|err| self.failed(err))?;
        if progress.added >= MANY {
            progress.is_cut = !self.merge(go_on).map_err(|err| self.failed(err))?;
        }
        Ok(progress)
    }

    /// Makes one of all pieces of the index of words, a step at a time; whether it came to the end.
    fn merge(&self, go_on: &mut dyn FnMut() -> bool) -> rusqlite::Result<bool> {
        /// Pages that are written in a step, about a second's work. A negative number begins to merge everything.
        const STEP: i64 = 1_000;
        let mut pages = -STEP;
        loop {
            if !go_on() {
                return Ok(false);
            }
            let before = self.db.total_changes();
            self.db.execute("INSERT INTO words(words, rank) VALUES('merge', ?1)", [pages])?;
            // So FTS5 says that there was nothing to do.
            if self.db.total_changes() - before < 2 {
                return Ok(true);
            }
            pages = STEP;
        }
    }

    /// Takes out what may not be seen any more.
    fn remove(&mut self, as_of: DateTime<Utc>) -> rusqlite::Result<usize> {
        let gone = format!(
            "SELECT d.key FROM docs AS d LEFT JOIN archive.articles AS a
             ON a.key = d.key AND {SHOWN} AND a.published <= ?1 WHERE a.key IS NULL"
        );
        let keys: Vec<i64> = self
            .db
            .prepare_cached(&gone)?
            .query_map([as_of.timestamp()], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        if keys.is_empty() {
            return Ok(0);
        }
        let change = self.db.transaction()?;
        for key in &keys {
            take_out(&change, *key)?;
        }
        change.commit()?;
        Ok(keys.len())
    }

    /// Catalogues a portion of what is missing or has changed, the last that came first; the key of the last of them.
    fn add(&mut self, as_of: DateTime<Utc>, below: i64) -> rusqlite::Result<(usize, Option<i64>)> {
        let missing = format!(
            "SELECT a.key, a.path, substr(a.record, 1, 8), a.published FROM archive.articles AS a
             LEFT JOIN docs AS d ON d.key = a.key
             WHERE a.key < ?1 AND {SHOWN} AND a.published <= ?2 AND (d.key IS NULL OR d.record <> substr(a.record, 1, 8))
             ORDER BY a.key DESC LIMIT ?3"
        );
        type Missing = (i64, String, Vec<u8>, i64);
        let found: Vec<Missing> = self
            .db
            .prepare_cached(&missing)?
            .query_map(params![below, as_of.timestamp(), MOST_AT_A_TIME as i64], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?
            .collect::<Result<_, _>>()?;
        if found.is_empty() {
            return Ok((0, None));
        }
        let change = self.db.transaction()?;
        let (mut done, mut weight, mut last) = (0, 0, None);
        for (key, path, hash, published) in found {
            take_out(&change, key)?;
            // No look-up leads to a record that cannot be read; it is looked at again once it has changed.
            let record = self.onlooker.archive().read(&path).ok();
            weight += put_in(&change, &Card { key, hash: &hash, published }, record.as_ref())?;
            (done, last) = (done + 1, Some(key));
            if weight >= PORTION {
                break;
            }
        }
        change.commit()?;
        Ok((done, last))
    }

    fn failed(&self, err: rusqlite::Error) -> crate::error::Error {
        failed(&self.path, err)
    }
}

/// What is known of an article before its record is read.
struct Card<'a> {
    key: i64,
    hash: &'a [u8],
    published: i64,
}

/// Catalogues an article; about how many bytes that were.
fn put_in(db: &Connection, card: &Card<'_>, record: Option<&Record>) -> rusqlite::Result<usize> {
    let mut ids: Vec<i64> = Vec::new();
    let mut weight = 0;
    if let Some(Record { article, .. }) = record {
        let tags = article.tags.iter().map(|tag| (TAG, tag));
        let sections = article.section.iter().map(|section| (SECTION, section));
        let authors = article.authors.iter().map(|author| (AUTHOR, &author.name));
        for (kind, spelling) in tags.chain(sections).chain(authors) {
            let term = fold(spelling);
            if term.is_empty() {
                continue;
            }
            let id = db
                .prepare_cached(
                    "INSERT INTO labels(kind, term, spelling, articles) VALUES(?1, ?2, ?3, 0)
                     ON CONFLICT(kind, term) DO UPDATE SET spelling = spelling RETURNING id",
                )?
                .query_row(params![kind, term, spelling.trim()], |row| row.get(0))?;
            ids.push(id);
        }
        ids.sort_unstable();
        ids.dedup();
        let [mut title, mut names, mut labels, mut text] = [const { String::new() }; 4];
        fold_all(&article.title.text, &mut title);
        article.authors.iter().for_each(|author| fold_all(&author.name, &mut names));
        article.tags.iter().chain(&article.section).for_each(|label| fold_all(label, &mut labels));
        if let Some(summary) = &article.summary {
            fold_all(summary, &mut text);
        }
        match article.body.kind {
            BodyKind::Text => fold_all(&article.body.text, &mut text),
            BodyKind::Markdown => fold_all(&html::to_text(&markdown::to_html(&article.body.text)), &mut text),
            BodyKind::Html => fold_all(&html::to_text(&article.body.text), &mut text),
        }
        weight = title.len() + names.len() + labels.len() + text.len();
        db.prepare_cached("INSERT INTO words(rowid, title, names, labels, text) VALUES(?1, ?2, ?3, ?4, ?5)")?
            .execute(params![card.key, title, names, labels, text])?;
    }
    let mut count = db.prepare_cached("UPDATE labels SET articles = articles + 1 WHERE id = ?1")?;
    for id in &ids {
        count.execute([id])?;
    }
    let ids = serde_json::json!(ids).to_string();
    db.prepare_cached("INSERT INTO docs VALUES(?1, ?2, ?3, ?4)")?.execute(params![
        card.key,
        card.hash,
        card.published,
        ids
    ])?;
    Ok(weight)
}

/// Takes an article out, if it is there.
fn take_out(db: &Connection, key: i64) -> rusqlite::Result<()> {
    let known: Option<String> = db
        .prepare_cached("DELETE FROM docs WHERE key = ?1 RETURNING labels")?
        .query_row([key], |row| row.get(0))
        .optional()?;
    let Some(labels) = known else { return Ok(()) };
    let ids: Vec<i64> = serde_json::from_str(&labels).unwrap_or_default();
    let mut count = db.prepare_cached("UPDATE labels SET articles = articles - 1 WHERE id = ?1")?;
    for id in ids {
        count.execute([id])?;
    }
    db.prepare_cached("DELETE FROM words WHERE rowid = ?1")?.execute([key])?;
    Ok(())
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let db = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    db.busy_timeout(std::time::Duration::from_secs(10))?;
    // What is lost with the power is catalogued again. The log of a large merge does not stay behind.
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384;
         PRAGMA journal_size_limit = 16777216",
    )?;
    Ok(db)
}

/// Makes a new, empty catalogue in the place of whatever is there.
fn make(path: &Path) -> Result<Connection> {
    disk::create_dirs_above(path)?;
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        disk::remove(Path::new(&name))?;
    }
    let made = connect(path).and_then(|db| {
        db.execute_batch(&format!("BEGIN; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT"))?;
        Ok(db)
    });
    made.map_err(|err| failed(path, err))
}

fn is_damage(err: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    matches!(err.sqlite_error_code(), Some(DatabaseCorrupt | NotADatabase))
}
