//! From the archive to the files that subscribers fetch.
//!
//! What is written is a function of the archive, the configuration and one instant: no clock, no locale, no chance.
//! A file whose bytes would be the same is not touched, so that neither its modification time nor any reader's cache
//! changes. Directories of feeds that are no longer configured are left alone: subscribers still ask for them, and
//! only their owner can know what to tell them.

mod articles;
mod check;
mod compare;
mod copy;
mod history;
mod judge;
mod lists;
mod memory;
mod news;
mod plan;
mod press;
mod publish;
mod sitemap;
mod withdrawn;

pub use plan::{Planned, plan};
pub use publish::{Published, publish_archive};

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, Utc};

use crate::archive::Archive;
use crate::disk::{self, Written};
use crate::error::{Error, Result};
use crate::feed::{self, Feed, FeedSpec, Linked, Selected, Shortened, Site};
use crate::render::{self, RENDERERS, Renderer};
pub use articles::Pages;
pub use check::check;
pub use compare::{Compared, compare};
use feedmill_lint::Finding;
pub use history::HistoryReport;
pub use judge::Quarantined;
use lists::Signposts;
use press::{Due, Made, Press};

/// The directory of files that came with articles.
pub(crate) const ATTACHED: &str = "files";

/// The directory of the pages that a server makes of the archive.
pub(crate) const BROWSED: &str = "browse";

/// What [`generate()`] did.
#[derive(Debug)]
pub struct Report {
    /// One item a feed, in the order of the configuration; where it says to split a feed, in the order of addresses.
    pub feeds: Vec<FeedReport>,
    /// How many files that came with articles were removed, since no public article names them any more.
    pub withdrawn: usize,
    /// The files beside the feeds: the page (`list`) and the subscription list (`opml`) of all of them, and the
    /// `sitemap`.
    pub beside: Vec<FileReport>,
    /// What became of the pages of articles.
    pub pages: Pages,
    /// What publishing the archive itself came to, where [`publish_archive`] did.
    pub archive: Option<Published>,
    /// When the next article that is shown expires.
    pub next_expiry: Option<DateTime<Utc>>,
}

/// What became of one feed.
#[derive(Debug)]
pub struct FeedReport {
    /// The feed's name; empty for the one at the top.
    pub name: String,
    /// The specification that it comes from, by its place in the configuration.
    pub from: usize,
    /// How many articles stand under its value, where that specification is split.
    pub articles: Option<u64>,
    /// The feed's title.
    pub title: String,
    /// How many entries it holds.
    pub entries: usize,
    /// How many of them are news to its subscribers: new, or changed in what they say. What was retracted, what is
    /// cosmetic, and what is older than all that the feed showed before, is none; a hub is told where there is news.
    pub news: usize,
    /// Its latest change.
    pub updated: DateTime<FixedOffset>,
    /// Its files, in the order of [`RENDERERS`].
    pub files: Vec<FileReport>,
    /// Entries that carry their summary only, since their text is too large.
    pub shortened: Vec<Shortened>,
    /// How many articles a podcast leaves out, since they have neither sound nor film.
    pub silent: usize,
    /// Entries that break a rule of a format, and are left out of the feed in all formats.
    pub quarantined: Vec<Quarantined>,
    /// Errors of the feed itself, each with the file that it is in.
    pub errors: Vec<(PathBuf, Finding)>,
    /// Files that came with articles (attachments of mails), published for the first time.
    pub attached: usize,
    /// Records and files that could not be read, and are left out.
    pub unreadable: Vec<Error>,
    /// When the next article that is already in the archive becomes due.
    pub next_due: Option<DateTime<Utc>>,
    /// What became of the documents that hold its older entries.
    pub history: HistoryReport,
}

/// What became of one file.
#[derive(Debug)]
pub struct FileReport {
    /// The name of its format.
    pub format: &'static str,
    /// Where it stands.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: usize,
    /// Whether it changed.
    pub written: Written,
}

impl FeedReport {
    /// How many of its files were written.
    pub fn written(&self) -> usize {
        self.files.iter().filter(|file| file.written != Written::Same).count()
    }

    /// Whether none of its files was touched.
    pub fn is_unchanged(&self) -> bool {
        self.written() == 0 && self.attached == 0 && self.history.is_unchanged()
    }

    /// Whether everything in it could be read, and follows the specifications.
    pub fn is_sound(&self) -> bool {
        self.unreadable.is_empty() && self.quarantined.is_empty() && self.errors.is_empty()
    }
}

impl Report {
    /// Whether no file was touched.
    pub fn is_unchanged(&self) -> bool {
        self.feeds.iter().all(FeedReport::is_unchanged)
            && self.beside.iter().all(|file| file.written == Written::Same)
            && self.withdrawn == 0
            && self.pages.changed == 0
            && self.archive.as_ref().is_none_or(Published::is_unchanged)
    }

    /// Whether every record could be read.
    pub fn is_complete(&self) -> bool {
        self.feeds.iter().all(|feed| feed.unreadable.is_empty())
            && self.pages.unreadable.is_empty()
            && self.archive.as_ref().is_none_or(|archive| archive.unreadable.is_empty())
    }

    /// Whether everything that was written follows the specifications, with nothing left out for it.
    pub fn is_sound(&self) -> bool {
        self.feeds.iter().all(|feed| feed.quarantined.is_empty() && feed.errors.is_empty())
    }

    /// The earliest publication that any feed waits for.
    pub fn next_due(&self) -> Option<DateTime<Utc>> {
        self.feeds.iter().filter_map(|feed| feed.next_due).min()
    }

    /// The earliest instant at which an article becomes due or expires, or a history document is finished: until then, generating
    /// again changes nothing while the archive stays as it is.
    pub fn next_change(&self) -> Option<DateTime<Utc>> {
        let documents = self.feeds.iter().filter_map(|feed| feed.history.next);
        documents.chain(self.next_due()).chain(self.next_expiry).min()
    }
}

/// Writes every feed in every format below `out`, as it stands at the instant `as_of`.
///
/// Each file is whole at any moment. A record that cannot be read is reported and left out. An error is returned
/// where the specifications contradict each other, before anything is written, and where the archive or the disk
/// fails.
pub fn generate(
    archive: &Archive,
    site: &Site,
    specs: &[FeedSpec],
    as_of: DateTime<Utc>,
    out: &Path,
) -> Result<Report> {
    generate_chosen(archive, site, specs, &|_| true, as_of, out)
}

/// As [`generate()`], but of all feeds only those that come from a specification whose place `chosen` holds for. What is
/// written beside the feeds is of all of them.
pub fn generate_chosen(
    archive: &Archive,
    site: &Site,
    specs: &[FeedSpec],
    chosen: &dyn Fn(usize) -> bool,
    as_of: DateTime<Utc>,
    out: &Path,
) -> Result<Report> {
    check(site, specs)?;
    let standing = archive.standing(as_of)?;
    let planned = plan::of(&standing, specs)?;
    let signposts = Signposts::new(site, specs, &planned)?;
    let mut memory = archive.generated(out)?;
    let common = memory::Common::new(site, archive)?;
    let mut reports: Vec<Option<FeedReport>> = Vec::with_capacity(planned.len());
    let mut due: Vec<Due<'_>> = Vec::new();
    for (at, planned) in planned.iter().enumerate() {
        if !chosen(planned.from) {
            reports.push(None);
            continue;
        }
        let beside = signposts.at(&planned.spec);
        let fingerprint = common.fingerprint(planned, beside);
        let mut known = memory::recall(&memory, planned, fingerprint, as_of, out)?;
        match &mut known {
            Some(report) => {
                let wanted = feed::wanted(&planned.spec, as_of);
                report.next_due = if standing.awaits(&wanted) { archive.next_due(&wanted)? } else { None };
            }
            None => due.push(Due { at, planned, fingerprint, beside }),
        }
        reports.push(known);
    }
    // First what feeds link.
    let plain = specs.iter().find(|spec| spec.split.is_none()).cloned().unwrap_or_default();
    let task = articles::Task { archive, site, spec: &plain, common: &common, as_of, out };
    let pages = articles::write(&task, &mut memory)?;
    let press = Press { site, as_of, out, common: &common };
    press.run(archive, &mut memory, &due, &mut |memory, due, made| {
        let Made { report, linked } = made;
        memory::note(memory, &report, &linked, due.fingerprint, as_of, out)?;
        reports[due.at] = Some(report);
        Ok(())
    })?;

    let mut remembered: HashMap<usize, (String, usize)> = HashMap::new();
    for (at, planned) in planned.iter().enumerate().filter(|(_, planned)| !chosen(planned.from)) {
        remembered.extend(lists::remembered(&memory, planned)?.map(|known| (at, known)));
    }
    let titled = |at: usize| {
        let made = reports.get(at).and_then(Option::as_ref).map(|report| (report.title.clone(), report.entries));
        made.or_else(|| remembered.get(&at).cloned())
    };
    let mut beside = lists::write(&lists::roster(site, specs, &planned, &titled)?, specs, out)?;
    beside.extend(sitemap::write(archive, site, &common, &mut memory, as_of, out)?);
    memory.commit()?;
    // What nobody links any more goes last.
    let withdrawn = withdrawn::remove_files(archive, &mut memory, as_of, out)?;
    memory.commit()?;
    let next_expiry = archive.next_expiry(as_of)?;
    Ok(Report { feeds: reports.into_iter().flatten().collect(), withdrawn, beside, pages, archive: None, next_expiry })
}

/// Copies the files that a feed links to where it links them. Returns how many are new; what cannot be read is noted.
fn publish_all(archive: &Archive, selected: &mut Selected, out: &Path) -> usize {
    let mut attached = 0;
    for file in &selected.files {
        match publish(archive, file, out) {
            Ok(is_new) => attached += usize::from(is_new),
            Err(err) => selected.unreadable.push(err),
        }
    }
    attached
}

/// Copies a file of the archive to where the feeds link it, unless it is there. Its name holds the hash of its
/// content, so one of that name and size is the same.
fn publish(archive: &Archive, file: &Linked, out: &Path) -> Result<bool> {
    let (from, to) = (archive.file(&file.path), out.join(&file.named));
    let size = |path: &Path| std::fs::metadata(path).map(|meta| meta.len());
    let expected = size(&from).map_err(|err| Error::io("read", &from, err))?;
    if size(&to).is_ok_and(|size| size == expected) {
        return Ok(false);
    }
    let bytes = std::fs::read(&from).map_err(|err| Error::io("read", &from, err))?;
    disk::write_if_changed(&to, &bytes)?;
    Ok(true)
}

fn directory(out: &Path, name: &str) -> PathBuf {
    let mut directory = out.to_path_buf();
    directory.extend(name.split('/').filter(|segment| !segment.is_empty()));
    directory
}

/// What became of the documents of a feed.
#[derive(Debug, Default)]
struct Documents {
    files: Vec<FileReport>,
    quarantined: Vec<Quarantined>,
    errors: Vec<(PathBuf, Finding)>,
}

/// Writes a feed in every format. What changed is judged first: entries that break a rule leave the feed, which is
/// then written without them in all formats. What killed runs have left in the directory is for the caller to sweep.
fn write(feed: &mut Feed, path_of: &dyn Fn(&dyn Renderer) -> PathBuf) -> Result<Documents> {
    let mut written = Documents::default();
    // An entry leaves in every round but the last.
    loop {
        let (files, bad) = write_files(feed, path_of, &mut written.errors)?;
        // A file that was written with the entry and then without it has changed once.
        let was = |path: &Path| written.files.iter().find(|file| file.path == path).map(|file| file.written);
        let files = files.into_iter().map(|file| match was(&file.path) {
            Some(before @ (Written::New | Written::Changed)) => FileReport { written: before, ..file },
            _ => file,
        });
        written.files = files.collect();
        if bad.is_empty() {
            return Ok(written);
        }
        written.errors.clear();
        written.quarantined.extend(judge::quarantine(feed, bad));
    }
}

/// Writes the formats one after the other, up to the first in which entries are found that break a rule.
fn write_files(
    feed: &Feed,
    path_of: &dyn Fn(&dyn Renderer) -> PathBuf,
    errors: &mut Vec<(PathBuf, Finding)>,
) -> Result<(Vec<FileReport>, BTreeMap<usize, String>)> {
    let mut files = Vec::with_capacity(RENDERERS.len());
    for format in RENDERERS {
        let path = path_of(*format);
        let bytes = render(feed, *format, &path)?;
        // What stands there already was judged when it was written.
        if format.is_feed() && !disk::holds(&path, &bytes) {
            let verdict = judge::judge(&path, &bytes, &format.address(&feed.head));
            if verdict.entries.keys().any(|at| *at < feed.entries.len()) {
                return Ok((files, verdict.entries));
            }
            errors.extend(verdict.errors.into_iter().map(|finding| (path.clone(), finding)));
        }
        let written = disk::write_unswept(&path, &bytes)?;
        files.push(FileReport { format: format.name(), path, bytes: bytes.len(), written });
    }
    Ok((files, BTreeMap::new()))
}

fn render(feed: &Feed, format: &dyn Renderer, path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    render::render(format, feed, &mut bytes).map_err(|err| Error::io("render", path, err))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
