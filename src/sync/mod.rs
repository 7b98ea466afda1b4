//! Archives kept up to date from remote addresses: what is asked, when it may be asked again, and what an answer means.
//!
//! [`sync`] asks every source that may be asked. Hosts are asked side by side, each by one request at a time. Threads
//! fetch and parse; the one that called takes articles into the archive, together with what is remembered of their
//! source: whatever happens to the process, a source is never further than its articles. So a run can be stopped at any
//! moment, and the next one goes on.

mod agent;
pub mod decide;
pub mod robots;
mod file;
mod gate;
mod keeper;
mod listing;
mod look;
pub mod mirror;
mod feed;
mod page;
mod poll;
mod pull;
mod raw;
mod run;
mod sitemap;
mod state;
mod visit;

use std::path::PathBuf;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::archive::{Archive, Outcome};
use crate::error::{Error, Result};
use crate::ingest;
use crate::source::http;
pub use agent::Agent;
pub use gate::Hosts;
pub use keeper::Keeper;
pub use look::{Looked, look};
pub use run::sync;
pub use state::{History, Moved, Next, Reach, Rhythm, State, Why};

/// What a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A feed, with its history.
    Feed,
    /// A web page that is one article.
    Page,
    /// A sitemap: the pages that it names.
    Sitemap,
    /// A file or a container of documents.
    File,
    /// A directory index, or a list of addresses: the documents that it names.
    Listing,
    /// Another archive, by its `archive.json`.
    Archive,
    /// A subscription list: the feeds that it names.
    Opml,
}

/// The kinds by the words of the configuration.
pub const KINDS: [(&str, Kind); 7] = [
    ("feed", Kind::Feed),
    ("page", Kind::Page),
    ("sitemap", Kind::Sitemap),
    ("file", Kind::File),
    ("listing", Kind::Listing),
    ("archive", Kind::Archive),
    ("opml", Kind::Opml),
];

impl Kind {
    /// The word of the configuration.
    pub fn name(self) -> &'static str {
        KINDS.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// A remote source.
#[derive(Clone)]
pub struct Source {
    /// Its address, as it is configured: what its state is kept under.
    pub url: String,
    /// What it is called in lists of sources; else by its own title.
    pub name: Option<String>,
    /// What it is; found by looking where it is `None`.
    pub kind: Option<Kind>,
    /// How its documents are read.
    pub reading: ingest::Options,
    /// Whether the pages of a feed's entries are fetched, since the feed has summaries only.
    pub full_text: bool,
    /// Whether older entries of a feed are fetched.
    pub history: bool,
    /// The shortest time between two requests.
    pub interval: Option<TimeDelta>,
    /// Globs of addresses that are fetched from sitemaps and listings; all where empty.
    pub include: Vec<String>,
    /// Globs of addresses that are not.
    pub exclude: Vec<String>,
    /// Headers of its own, which go to its own server only.
    pub headers: Vec<(String, http::Secret)>,
    /// Whether it may stand on this machine or in a private network.
    pub private: bool,
    /// Whether `robots.txt` is honoured for what is not a feed.
    pub robots: bool,
    /// SHA-256 that a file must have, in hexadecimal.
    pub sha256: Option<String>,
    /// The most bytes of a file.
    pub max_bytes: u64,
    /// What becomes of articles that it has no longer, where its kind can tell.
    pub deleted: ingest::Deleted,
}

impl Source {
    /// A source that is found out about by looking.
    pub fn new(url: impl Into<String>) -> Source {
        Source {
            url: url.into(),
            name: None,
            kind: None,
            reading: ingest::Options::default(),
            full_text: false,
            history: true,
            interval: None,
            include: Vec::new(),
            exclude: Vec::new(),
            headers: Vec::new(),
            private: false,
            robots: true,
            sha256: None,
            max_bytes: MAX_FILE,
            deleted: ingest::Deleted::default(),
        }
    }
}

/// The most bytes of a file, unless its source says otherwise.
pub const MAX_FILE: u64 = 4 << 30;

/// How a run goes about it.
#[derive(Clone)]
pub struct Settings {
    /// How requests are made.
    pub http: http::Settings,
    /// How many hosts are asked at the same time.
    pub workers: usize,
    /// The pause between two requests to one host.
    pub delay: Duration,
    /// The most documents that are fetched for one source in one run: pages of a sitemap, of a listing, of a history.
    pub most_documents: u32,
    /// Where responses are kept as WARC.
    pub raw: Option<PathBuf>,
    /// Whether sources are asked before they may be; what a server asks for (`Retry-After`) is kept all the same.
    pub force: bool,
}

/// How many hosts are asked at the same time, unless the configuration says otherwise.
pub const WORKERS: usize = 16;
/// The pause between two requests to one host, unless the configuration says otherwise.
pub const DELAY: Duration = Duration::from_secs(1);
/// The most documents that are fetched for one source in one run, unless the configuration says otherwise.
pub const MOST_DOCUMENTS: u32 = 1000;

/// What is remembered of sources, each followed by those that it names if it is a subscription list.
///
/// # Errors
/// The index cannot be read.
pub fn states(archive: &Archive, sources: &[Source]) -> Result<Vec<(Source, State)>> {
    let known = archive.remotes()?.states()?;
    let mut all = Vec::new();
    for source in sources {
        let state = State::of(&known, &source.url);
        let children = run::children(source, &state);
        all.push((source.clone(), state));
        for child in children {
            let state = State::of(&known, &child.url);
            all.push((child, state));
        }
    }
    Ok(all)
}

/// Time, as far as a run needs it. Handed down, so that tests can make it pass.
pub trait Clock: Sync {
    /// The present.
    fn now(&self) -> DateTime<Utc>;
    /// Lets time pass.
    fn wait(&self, time: Duration);
}

/// What [`sync`] tells while it runs. `at` is the number of the source in the order of the call; sources of a
/// subscription list follow behind.
#[derive(Debug)]
pub enum Event {
    /// A source that a subscription list named: its number and address.
    Found(usize, String),
    /// A source is being asked.
    Begun(usize),
    /// So many documents of it have been fetched; of so many, where that is known.
    Fetched(usize, u64, Option<u64>),
    /// So many bytes of a download are there; of so many, where that is known.
    Downloaded(usize, u64, Option<u64>),
    /// What became of an article: origin and path of its record.
    Article(usize, Outcome, String, String),
    /// A document of the source, or an article in one, that did not come into the archive.
    Problem(usize, Error),
    /// A problem that was told when the source was asked before: it is counted.
    Known(usize, Error),
    /// Something that a person should look at.
    Note(usize, String),
    /// The source is done with.
    Done(usize, Box<Done>),
}

/// How it went with one source.
#[derive(Clone, Debug)]
pub struct Done {
    /// Its configured address.
    pub url: String,
    /// How it ended.
    pub result: Ended,
    /// What is remembered of it.
    pub state: State,
    /// What came from it.
    pub report: ingest::Report,
    /// Requests that were made for it.
    pub requests: u64,
}

/// How a visit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It answered, and what it had was taken in.
    New,
    /// It answered that nothing has changed, or with what it had answered before.
    Unchanged,
    /// There is more to fetch; the next run goes on.
    Unfinished,
    /// It may not be asked yet.
    NotDue,
    /// It did not answer as it should; the state has the words.
    Failed,
    /// It is gone for good.
    Gone,
}

/// What a run came to.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Every source that was met, in the order in which they were done with.
    pub sources: Vec<Done>,
    /// What came into the archive in all.
    pub articles: ingest::Report,
    /// Requests in all.
    pub requests: u64,
}

impl Report {
    /// Whether a source failed, or an article did not come into the archive.
    pub fn has_failures(&self) -> bool {
        self.articles.has_failures() || self.sources.iter().any(|done| done.result == Ended::Failed)
    }
}
