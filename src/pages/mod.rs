//! The archive as web pages for people: recent articles, months, tags, the articles themselves, and search.
//!
//! Pages are made when they are asked for, from index, records and catalogue, and are a function of these and one
//! instant. They show what feeds could show and nothing else: no drafts, nothing before it is due. Whoever shows them
//! needs no lock and makes no one wait; where the archive cannot be read now, pages say so.
//!
//! There is no script, and nothing has to be fetched for a page but the pictures of articles. All links are relative, so
//! that pages may be published below any address.

mod address;
mod article;
mod dates;
mod frame;
mod front;
mod keep;
mod labels;
mod list;
mod search;
mod snippet;
mod watch;

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};

use crate::archive::{Onlooker, Row};
use crate::article::Record;
use crate::error::{Error, Result};
use crate::feed::{self, Entry, FeedSpec, Site};
use crate::generate::BROWSED;
use address::{Links, Wanted};

/// The directory below which all pages stand but the front page.
pub const DIRECTORY: &str = BROWSED;

/// What pages are made of.
#[derive(Clone)]
pub struct Options {
    /// The directory of the archive.
    pub archive: PathBuf,
    /// The site that publishes it.
    pub site: Site,
    /// The feeds that can be subscribed to.
    pub feeds: Vec<FeedSpec>,
    /// Hears of what keeps the catalogue from being brought up to date, since nobody can be answered with that.
    pub tell: Arc<dyn Fn(&Error) + Send + Sync>,
}

/// The pages of an archive.
pub struct Pages {
    options: Options,
    /// Those who are not looking right now.
    onlookers: Mutex<Vec<Onlooker>>,
    watch: Mutex<watch::Watch>,
}

/// An answer to somebody who asks for a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// What it is.
    pub kind: Kind,
    /// The page, HTML in UTF-8; empty where the reader is sent elsewhere.
    pub body: Vec<u8>,
}

/// What an answer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The page that was asked for.
    Page,
    /// It stands at another address, relative to the one that was asked for.
    Moved(String),
    /// There is no such page.
    Nothing,
    /// It would have taken too long.
    TooLong,
    /// The archive cannot be read now.
    Unavailable,
}

/// How many onlookers are kept for the next request.
const MOST_IDLE: usize = 8;

impl Pages {
    /// The pages of an archive, which need not be there yet.
    pub fn new(options: Options) -> Pages {
        Pages { options, onlookers: Mutex::default(), watch: Mutex::default() }
    }

    /// Keeps the catalogue up to date until the other end of `stop` is gone. Meant for a thread of its own.
    pub fn keep_catalogue(&self, clock: &dyn Fn() -> DateTime<Utc>, stop: &Receiver<()>) {
        keep::keep(&self.options.archive, clock, stop, &*self.options.tell);
    }

    /// Whether the path of a request is that of a page: the front page, or anything below [`DIRECTORY`].
    pub fn is_one(path: &str) -> bool {
        match path.strip_prefix('/') {
            Some("") => true,
            Some(path) => path.strip_prefix(DIRECTORY).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
            None => false,
        }
    }

    /// Whether the path of a request is that of the search, which may have to look at every article.
    pub fn is_search(path: &str) -> bool {
        matches!(address::read(path, ""), Ok(Wanted::Search { .. }))
    }

    /// A number for the state of everything that pages depend on: as long as it is the same, so is every page. `None`
    /// where the archive cannot be read now.
    pub fn state(&self, now: DateTime<Utc>) -> Option<u64> {
        lock(&self.watch).look(&self.options.archive, now)
    }

    /// The page at a path and query as a request has them, as it stands at `now`. Takes as long as it takes; between
    /// steps of a long look-up, `go_on` is asked whether anybody still waits.
    pub fn answer(
        &self,
        path: &str,
        query: Option<&str>,
        now: DateTime<Utc>,
        go_on: impl FnMut() -> bool + Send + 'static,
    ) -> Reply {
        let links = Links::of(path);
        let wanted = match address::read(path, query.unwrap_or_default()) {
            Ok(wanted) => wanted,
            Err(address::Elsewhere::At(to)) => return Reply { kind: Kind::Moved(to), body: Vec::new() },
            Err(address::Elsewhere::Nowhere) => Wanted::Nothing,
        };
        let mut onlooker = match self.onlooker() {
            Ok(Some(onlooker)) => onlooker,
            Ok(None) | Err(_) => return self.words(&links, Kind::Unavailable),
        };
        onlooker.ask_before_going_on(go_on);
        let made = Visit { options: &self.options, onlooker: &onlooker, now, links: &links }.page(&wanted);
        onlooker.go_on_whatever_happens();
        match made {
            Ok(found) => {
                self.leave(onlooker);
                match found {
                    Some(body) => Reply { kind: Kind::Page, body },
                    None => self.words(&links, Kind::Nothing),
                }
            }
            Err(err) if err.is_interrupted() => self.words(&links, Kind::TooLong),
            // An onlooker that met an error is not asked again.
            Err(_) => self.words(&links, Kind::Unavailable),
        }
    }

    fn words(&self, links: &Links, kind: Kind) -> Reply {
        let body = frame::words(&self.options, links, &kind).unwrap_or_default();
        Reply { kind, body }
    }

    fn onlooker(&self) -> Result<Option<Onlooker>> {
        loop {
            let Some(idle) = lock(&self.onlookers).pop() else { return Onlooker::open(&self.options.archive) };
            if idle.is_current() {
                return Ok(Some(idle));
            }
        }
    }

    fn leave(&self, onlooker: Onlooker) {
        let mut idle = lock(&self.onlookers);
        if idle.len() < MOST_IDLE {
            idle.push(onlooker);
        }
    }
}

/// One look at the archive for one page.
struct Visit<'a> {
    options: &'a Options,
    onlooker: &'a Onlooker,
    now: DateTime<Utc>,
    links: &'a Links,
}

/// An article as lists and pages show it.
struct Shown {
    row: Row,
    /// `None` where the record cannot be read: it is named, and that is all.
    read: Option<(Record, Entry)>,
}

impl Visit<'_> {
    /// The page; `None` where there is none.
    fn page(&self, wanted: &Wanted) -> Result<Option<Vec<u8>>> {
        match wanted {
            Wanted::Front => self.front().map(Some),
            Wanted::All(start) => self.all(start).map(Some),
            Wanted::Year(year) => self.year(*year),
            Wanted::Month(month, start) => self.month(*month, start),
            Wanted::Labels(kind) => self.labels(*kind).map(Some),
            Wanted::Label(kind, name, start) => self.label(*kind, name, start),
            Wanted::Article(key) => self.article(key),
            Wanted::Search { question, order, page } => self.search(question, *order, *page).map(Some),
            Wanted::Nothing => Ok(None),
        }
    }

    /// Articles as they are shown, with their full text or with a summary.
    fn shown(&self, row: Row, spec: &FeedSpec) -> Result<Shown> {
        let archive = self.onlooker.archive();
        let Ok(record) = archive.read(&row.path) else { return Ok(Shown { row, read: None }) };
        let entry = feed::entry_of(archive, spec, &self.options.site, &row, &record, self.now)?;
        Ok(Shown { row, read: Some((record, entry)) })
    }

    /// Writes a page. Writing to memory cannot fail, so that an error can only come out of the archive.
    fn write(&self, page: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> Result<Vec<u8>> {
        let mut body = Vec::with_capacity(32 << 10);
        page(&mut body).map_err(|err| Error::io("show", &self.options.archive, err))?;
        Ok(body)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
