//! Looking at an archive as it stands: beside a writer, without its lock, and without ever making or mending anything.

use std::fs::Metadata;
use std::ops::ControlFlow;
use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::types::Value;

use super::catalogue::{self, Catalogue};
use super::index::{Entry, Index};
use super::layout::{Layout, Month};
use super::select::{Row, Selection, row};
use super::{Archive, identity};
use crate::article::BodyKind;
use crate::error::Result;

/// Somebody who looks at an archive. Several may look at a time, each from a thread of its own.
pub struct Onlooker {
    archive: Archive,
    has_catalogue: bool,
    /// The files that were opened: the index, and the catalogue if there was one.
    opened: [Option<File>; 2],
}

/// Where an article stands in the order of publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// Its publication, in Unix seconds.
    pub published: i64,
    /// Its id, by which those of one second are told apart.
    pub id: String,
}

/// Where a list begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// At the newest.
    #[default]
    Newest,
    /// At the first that is older than what stands there.
    Below(Position),
    /// So that it ends with the last that is newer than what stands there.
    Above(Position),
}

/// What tells a file from another in its place.
type File = (u64, u64);

impl Onlooker {
    /// Opens the archive in `dir`; `None` where there is none yet, or its index is missing or unfinished, since only a
    /// writer may make it.
    pub fn open(dir: &Path) -> Result<Option<Onlooker>> {
        let layout = Layout::new(dir);
        if !layout.identity().exists() {
            return Ok(None);
        }
        let uuid = identity::read(&layout)?;
        let opened = files(&layout);
        let Some(index) = Index::open(&layout.index())? else { return Ok(None) };
        if !index.is_complete()? {
            return Ok(None);
        }
        let has_catalogue = catalogue::attach(&index, &layout.catalogue())?;
        // Several of them are kept open, and what one of them has read the operating system has in memory anyway.
        index.run("PRAGMA main.cache_size = -2048")?;
        if has_catalogue {
            index.run("PRAGMA catalogue.cache_size = -4096")?;
        }
        let archive = Archive::with(layout, uuid, index, None);
        Ok(Some(Onlooker { archive, has_catalogue, opened }))
    }

    /// Whether the files that were opened are still those of the archive, and all that there are.
    pub fn is_current(&self) -> bool {
        // A catalogue that could not be used may just have been begun.
        files(&self.archive.layout) == self.opened && self.has_catalogue == self.opened[1].is_some()
    }

    /// Whether the index that was opened is still that of the archive.
    pub(super) fn is_current_index(&self) -> bool {
        files(&self.archive.layout)[0] == self.opened[0]
    }

    /// A number that is another one after every change of the archive or its catalogue. It says nothing to another
    /// onlooker.
    pub fn state(&self) -> Result<i64> {
        let own = self.archive.index.number("PRAGMA main.data_version", [])?;
        let of_catalogue = match self.has_catalogue {
            true => self.archive.index.number("PRAGMA catalogue.data_version", [])?,
            false => 0,
        };
        Ok(own.wrapping_shl(32) ^ of_catalogue)
    }

    /// Has `go_on` asked again and again during long look-ups: where it says no, they end with an error that
    /// [is interrupted](crate::error::Error::is_interrupted).
    pub fn ask_before_going_on(&mut self, mut go_on: impl FnMut() -> bool + Send + 'static) {
        self.handle_progress(Some(move || !go_on()));
    }

    /// Ends what [`Onlooker::ask_before_going_on`] began.
    pub fn go_on_whatever_happens(&mut self) {
        self.handle_progress(None::<fn() -> bool>);
    }

    fn handle_progress(&mut self, handler: Option<impl FnMut() -> bool + Send + 'static>) {
        // It can only fail where another connection owns this one, which is a way to use SQLite that is not ours. The look-up
        // then takes as long as it takes.
        self.archive.index.db.progress_handler(STEPS, handler).unwrap_or(());
    }

    /// The archive, open for reading.
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// What articles are looked up in; `None` where nobody has made it yet.
    pub fn catalogue(&self) -> Option<Catalogue<'_>> {
        self.has_catalogue.then(|| Catalogue::new(&self.archive))
    }

    /// At most `most` of the wanted articles, newest first, ties by id; those of one month where one is given.
    pub fn list(&self, wanted: &Selection, month: Option<Month>, start: &Start, most: usize) -> Result<Vec<Row>> {
        let mut condition = String::from("1");
        let mut bound: Vec<Value> = Vec::new();
        if let Some((from, to)) = month.map(Month::range) {
            condition.push_str(" AND a.path >= ? AND a.path < ?");
            bound.extend([from.into(), to.into()]);
        }
        let (order, place) = match start {
            Start::Newest => (NEWEST_FIRST, None),
            Start::Below(place) => (NEWEST_FIRST, Some(("<=", "<", ">", place))),
            Start::Above(place) => ("a.published, a.id DESC", Some((">=", ">", "<", place))),
        };
        if let Some((around, beyond, id, place)) = place {
            condition.push_str(&format!(" AND a.published {around} ? AND (a.published {beyond} ? OR a.id {id} ?)"));
            bound.extend([place.published.into(), place.published.into(), place.id.clone().into()]);
        }
        let mut rows = Vec::new();
        if most > 0 {
            self.archive.scan_with(wanted, &condition, bound, order, &mut |entry| {
                rows.push(row(entry));
                if rows.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            })?;
        }
        if matches!(start, Start::Above(_)) {
            rows.reverse();
        }
        Ok(rows)
    }

    /// The months that have articles which may be seen at `as_of`, newest first, with their numbers.
    pub fn months(&self, as_of: DateTime<Utc>) -> Result<Vec<(Month, u64)>> {
        let months = self.archive.public_months(as_of)?;
        Ok(months.iter().rev().filter(|month| month.articles > 0).map(|month| (month.month, month.articles)).collect())
    }

    /// The article whose record stands at `key`, a path without its extension, if others may see it at `as_of`.
    pub fn article(&self, key: &str, as_of: DateTime<Utc>) -> Result<Option<Row>> {
        let paths = [BodyKind::Text, BodyKind::Markdown, BodyKind::Html].map(|kind| super::layout::path(key, kind));
        let wanted = Selection { as_of: Some(as_of), ..Selection::default() };
        let mut found: Option<Entry> = None;
        let bound = paths.map(Value::from).to_vec();
        self.archive.scan_with(&wanted, "a.path IN (?, ?, ?)", bound, "a.path", &mut |entry| {
            found = Some(entry);
            ControlFlow::Break(())
        })?;
        Ok(found.map(row))
    }
}

impl Position {
    /// The place of an article.
    pub fn of(row: &Row) -> Position {
        Position { published: row.published.timestamp(), id: row.id.clone() }
    }
}

/// Steps of SQLite's machine between two questions, about a fifth of a millisecond.
const STEPS: std::ffi::c_int = 10_000;

const NEWEST_FIRST: &str = "a.published DESC, a.id";

fn files(layout: &Layout) -> [Option<File>; 2] {
    [layout.index(), layout.catalogue()].map(|path| std::fs::metadata(path).ok().map(|meta| file(&meta)))
}

#[cfg(unix)]
fn file(meta: &Metadata) -> File {
    use std::os::unix::fs::MetadataExt;
    (meta.dev(), meta.ino())
}

#[cfg(not(unix))]
fn file(meta: &Metadata) -> File {
    let created = meta.created().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    (0, created.map_or(0, |at| u64::try_from(at.as_nanos()).unwrap_or(u64::MAX)))
}
