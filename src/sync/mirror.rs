//! Another feedmill archive, of which this one keeps a copy.
//!
//! [`pull`] reads what the other archive says of itself (see [`manifest`]), asks for the months whose lists it has not
//! dealt with and for the records in them that are not here, and holds everything against its hash. [`Receiver`] takes
//! what came into the archive. The two may run on two threads, and may be stopped at any moment: a month is done when
//! all of it is, and what came of a month that is not done is known by its hash the next time.

use std::ops::ControlFlow;

use uuid::Uuid;

use crate::archive::manifest::{self, File, LARGEST_FILE, Left, Listed, Listing, Overview};
use crate::archive::{
    Adopted, Adoption, Archive, Farewell, Hash, Held, Intake, Month, OpenAdopted, SeenMonths, attachment_path,
    read_adopted,
};
use crate::error::{Error, Result};

/// After so many things in a row that could not be had, the other side is taken to be in trouble, and left alone.
const MOST_PROBLEMS_IN_A_ROW: u32 = 10;
/// The most bytes of a record and the files that came with it, since they are taken in together.
const MOST_AT_ONCE: u64 = 2 * LARGEST_FILE;

/// How a body is had: by its address, in at most so many bytes. The address has no name and no password; where they are
/// needed, it is for the caller to add them.
pub type Fetch<'a> = dyn FnMut(&str, u64) -> Result<Vec<u8>> + 'a;

/// What [`pull`] comes upon, in this order for each month: its beginning, records, what has left, its end.
#[derive(Debug)]
pub enum Event {
    /// A month is looked at.
    Begun(Month),
    /// A record that is not here, or not in this version.
    Record(Pulled),
    /// A record that is here already, by its path and hash.
    Held {
        /// Its path below the archive directory, here and there.
        path: String,
        /// The hash of its bytes.
        version: Hash,
    },
    /// A record that the other archive does not show any more.
    Left(Left),
    /// Something that could not be had, or is not what it should be. It is asked for again the next time.
    Problem(Error),
    /// All of the month was there.
    Finished {
        /// The month.
        month: Month,
        /// The hash of its list.
        list: Hash,
    },
}

/// A record of another archive, whose hash was compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pulled {
    /// Its path below the other archive's directory.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The files that came with it and are not here, by their paths.
    pub files: Vec<(String, Vec<u8>)>,
}

/// What a pull came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The UUID of the other archive.
    pub uuid: Uuid,
    /// What it calls itself.
    pub title: Option<String>,
    /// How many articles it shows.
    pub articles: u64,
    /// How many of its months had a list that was not dealt with before.
    pub months: u64,
    /// How many bodies were fetched, without the overview.
    pub fetched: u64,
    /// How many things could not be had, or were not what they should be.
    pub problems: u64,
    /// Whether it was looked at to the end; otherwise it was stopped, or given up after too many problems.
    pub is_complete: bool,
}

/// Whether a body is the overview of a feedmill archive, by its beginning.
pub fn is_overview(body: &[u8]) -> bool {
    let body = body.trim_ascii_start();
    let name = b"\"feedmill_archive\"";
    body.strip_prefix(b"{").is_some_and(|rest| rest.trim_ascii_start().starts_with(name))
}

/// Looks for what is new in the archive whose overview at `root` is `body`.
///
/// Newer months come first. `known` tells what is here, `seen` which months have been dealt with. What is wrong with one
/// list or file is passed on as [`Event::Problem`], and the rest goes on; once `emit` breaks, nothing more is asked for.
///
/// # Errors
/// The body is no overview, or the index cannot be asked.
pub fn pull(
    root: &str,
    body: &[u8],
    known: &OpenAdopted,
    seen: &SeenMonths,
    fetch: &mut Fetch<'_>,
    emit: &mut dyn FnMut(Event) -> ControlFlow<()>,
) -> Result<Summary> {
    let overview = Overview::read(root, body)?;
    let summary = Summary {
        uuid: overview.uuid,
        articles: overview.articles(),
        title: overview.title,
        months: 0,
        fetched: 0,
        problems: 0,
        is_complete: false,
    };
    let mut pull = Pull { root, known, fetch, emit, summary, in_a_row: 0 };
    for listed in overview.months.iter().rev().filter(|listed| seen.get(&listed.month) != Some(&listed.hash)) {
        pull.summary.months += 1;
        if pull.month(listed)?.is_break() {
            return Ok(pull.summary);
        }
    }
    Ok(Summary { is_complete: true, ..pull.summary })
}

/// One pull. What breaks ends it.
struct Pull<'a, 'f> {
    root: &'a str,
    known: &'a OpenAdopted,
    fetch: &'a mut Fetch<'f>,
    emit: &'a mut dyn FnMut(Event) -> ControlFlow<()>,
    summary: Summary,
    in_a_row: u32,
}

impl Pull<'_, '_> {
    fn month(&mut self, listed: &Listed) -> Result<ControlFlow<()>> {
        let (month, problems) = (listed.month, self.summary.problems);
        if (self.emit)(Event::Begun(month)).is_break() {
            return Ok(ControlFlow::Break(()));
        }
        let listing = match self.listing(listed) {
            Ok(listing) => listing,
            Err(err) => return Ok(self.problem(err)),
        };
        for file in listing.files.iter().filter(|file| file.is_record()) {
            let event = match self.known.holds(self.root, &file.path, &file.hash)? {
                Held::Settled => continue,
                Held::Here => Ok(Event::Held { path: file.path.clone(), version: file.hash }),
                Held::No => self.record(file, &listing).map(Event::Record),
            };
            let flow = match event {
                Ok(event) => (self.emit)(event),
                Err(err) => self.problem(err),
            };
            if flow.is_break() {
                return Ok(flow);
            }
        }
        for left in listing.left {
            if (self.emit)(Event::Left(left)).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        if self.summary.problems > problems {
            return Ok(ControlFlow::Continue(()));
        }
        Ok((self.emit)(Event::Finished { month, list: listed.hash }))
    }

    fn listing(&mut self, listed: &Listed) -> Result<Listing> {
        let url = manifest::month_url(self.root, listed.month)?;
        let bytes = self.verified(&url, listed.size, &listed.hash)?;
        Listing::read(&url, &bytes, listed.month)
    }

    /// Fetches a record, and the files that it names and that are not here.
    fn record(&mut self, file: &File, listing: &Listing) -> Result<Pulled> {
        let url = manifest::file_url(self.root, &file.path)?;
        let bytes = self.verified(&url, file.size, &file.hash)?;
        let enclosures = read_adopted(&url, &bytes)?.article.enclosures;
        let mut named: Vec<String> =
            enclosures.iter().filter_map(|enclosure| attachment_path(&file.path, &enclosure.url)).collect();
        named.sort_unstable();
        named.dedup();
        let named: Vec<&File> = named.iter().filter_map(|path| listing.file(path)).collect();
        let size = named.iter().fold(file.size, |all, file| all.saturating_add(file.size));
        if size > MOST_AT_ONCE {
            let expected = format!("a record with files of at most {MOST_AT_ONCE} bytes in all");
            return Err(Error::input(url, expected, size));
        }
        let mut files = Vec::new();
        for file in named {
            if !self.known.holds_file(file) {
                let url = manifest::file_url(self.root, &file.path)?;
                files.push((file.path.clone(), self.verified(&url, file.size, &file.hash)?));
            }
        }
        Ok(Pulled { path: file.path.clone(), bytes, files })
    }

    /// Fetches a body and holds it against what was promised.
    fn verified(&mut self, url: &str, size: u64, hash: &Hash) -> Result<Vec<u8>> {
        if size > LARGEST_FILE {
            return Err(Error::input(url, format!("at most {LARGEST_FILE} bytes"), size));
        }
        self.summary.fetched += 1;
        let bytes = (self.fetch)(url, size)?;
        let found = (bytes.len() as u64, Hash::of(&bytes));
        if found != (size, *hash) {
            let expected = format!("{size} bytes of the SHA-256 {hash}");
            return Err(Error::input(url, expected, format!("{} bytes of {}", found.0, found.1))
                .hint("it may have been published anew just now; it is asked for again the next time"));
        }
        self.in_a_row = 0;
        Ok(bytes)
    }

    fn problem(&mut self, err: Error) -> ControlFlow<()> {
        self.summary.problems += 1;
        self.in_a_row += 1;
        (self.emit)(Event::Problem(err))?;
        match self.in_a_row {
            MOST_PROBLEMS_IN_A_ROW.. => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    }
}

/// The archive as the receiving end of a pull.
pub struct Receiver<'a> {
    archive: &'a mut Archive,
    root: &'a str,
    intake: &'a Intake,
    /// Whether everything of the month so far could be taken in.
    is_whole: bool,
}

/// What became of an [`Event`].
#[derive(Debug)]
pub enum Received {
    /// A record was taken in, or found to be here.
    Record(Adoption),
    /// A record that the other archive does not show any more stays here, at this path; said once.
    Left(String),
    /// A record was retracted over there, and is here too, at this path.
    Retracted(String),
    /// Something is not here because of this. It comes the next time.
    Problem(Error),
    /// Nothing to speak of.
    Nothing,
}

impl<'a> Receiver<'a> {
    /// An archive that takes in what comes from the overview at `root`.
    pub fn new(archive: &'a mut Archive, root: &'a str, intake: &'a Intake) -> Receiver<'a> {
        Receiver::going_on(archive, root, intake, true)
    }

    /// The same in the middle of a month: `is_whole` is what [`Receiver::is_whole`] said of the one before.
    pub fn going_on(archive: &'a mut Archive, root: &'a str, intake: &'a Intake, is_whole: bool) -> Receiver<'a> {
        Receiver { archive, root, intake, is_whole }
    }

    /// Whether everything of the current month could be taken in so far.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Takes in what [`pull`] came upon. It is durable after the next [`Archive::commit`].
    ///
    /// # Errors
    /// The disk or the index refuse.
    pub fn take(&mut self, event: Event) -> Result<Received> {
        match event {
            Event::Begun(_) => self.is_whole = true,
            Event::Record(Pulled { path, bytes, files }) => {
                let record = Adopted { source: self.root, path: &path, bytes, files };
                return match self.archive.adopt(record, self.intake) {
                    Ok(adoption) => Ok(Received::Record(adoption)),
                    Err(err) if err.is_record() => {
                        self.is_whole = false;
                        Ok(Received::Problem(err))
                    }
                    Err(err) => Err(err),
                };
            }
            // What has changed here since is looked at again.
            Event::Held { path, version } => {
                self.is_whole &= self.archive.adopt_held(self.root, &path, version, self.intake)?;
            }
            Event::Left(left) => {
                return Ok(match self.archive.note_left(self.root, &left, self.intake.now)? {
                    Some(Farewell::Stays(path)) => Received::Left(path),
                    Some(Farewell::Retracted(path)) => Received::Retracted(path),
                    None => Received::Nothing,
                });
            }
            Event::Problem(err) => return Ok(Received::Problem(err)),
            Event::Finished { month, list } if self.is_whole => self.archive.put_seen_month(self.root, month, list)?,
            Event::Finished { .. } => {}
        }
        Ok(Received::Nothing)
    }
}
