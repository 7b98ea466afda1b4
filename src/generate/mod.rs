//! From the archive to the files that subscribers fetch.
//!
//! What is written is a function of the archive, the configuration and one instant: no clock, no locale, no chance.
//! A file whose bytes would be the same is not touched, so that neither its modification time nor any reader's cache
//! changes. Directories of feeds that are no longer configured are left alone: subscribers still ask for them, and
//! only their owner can know what to tell them.

mod copy;
mod history;
mod judge;
mod news;
mod publish;
mod withdrawn;

pub use publish::{Published, publish_archive};

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, Utc};

use crate::archive::{Archive, manifest};
use crate::disk::{self, Written};
use crate::error::{Error, Result};
use crate::feed::{self, Feed, FeedSpec, Linked, Selected, Shortened, Site};
use crate::lint::Finding;
use crate::render::{self, RENDERERS, Renderer};
pub use history::HistoryReport;
pub use judge::Quarantined;

/// The directory of files that came with articles.
pub(crate) const ATTACHED: &str = "files";

/// What else than feeds stands at the top, and what it is for.
const TAKEN: [(&str, &str); 3] = [
    (ATTACHED, "the files that came with articles stand"),
    (manifest::DIRECTORY, "the archive is published"),
    (manifest::OVERVIEW, "the archive is published"),
];

/// What [`generate()`] did.
#[derive(Debug)]
pub struct Report {
    /// One item a feed, in the order of the configuration.
    pub feeds: Vec<FeedReport>,
    /// How many files that came with articles were removed, since those were retracted.
    pub withdrawn: usize,
    /// What publishing the archive itself came to, where [`publish_archive`] did.
    pub archive: Option<Published>,
}

/// What became of one feed.
#[derive(Debug)]
pub struct FeedReport {
    /// The feed's name; empty for the one at the top.
    pub name: String,
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

impl Report {
    /// Whether no file was touched.
    pub fn is_unchanged(&self) -> bool {
        let mut files = self.feeds.iter().flat_map(|feed| &feed.files);
        files.all(|file| matches!(file.written, Written::Same))
            && self.feeds.iter().all(|feed| feed.attached == 0 && feed.history.is_unchanged())
            && self.withdrawn == 0
            && self.archive.as_ref().is_none_or(Published::is_unchanged)
    }

    /// Whether every record could be read.
    pub fn is_complete(&self) -> bool {
        self.feeds.iter().all(|feed| feed.unreadable.is_empty())
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

    /// The earliest instant at which an article becomes due or a history document is finished: until then, generating
    /// again changes nothing while the archive stays as it is.
    pub fn next_change(&self) -> Option<DateTime<Utc>> {
        let documents = self.feeds.iter().filter_map(|feed| feed.history.next);
        documents.chain(self.next_due()).min()
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
    check(site, specs)?;
    let mut feeds = Vec::with_capacity(specs.len());
    let mut generated = archive.generated(out)?;
    for spec in specs {
        let mut selected = feed::select(archive, spec, site, as_of)?;
        let directory = directory(out, &spec.name);
        // First what the feed links, so that nobody follows a link to nothing.
        let mut attached = publish_all(archive, &mut selected, out);
        let task = history::Task { archive, spec, site, as_of, out, directory: &directory };
        let past = history::write(&task, &selected, &mut generated)?;
        let former = news::document(&directory);
        let written = write(&mut selected.feed, &|format| directory.join(format.file_name()))?;
        if written.files.iter().any(|file| file.written != Written::Same) {
            disk::sweep(&directory.join("any"));
        }
        // What nobody links any more goes last.
        let history = past.finish(&task, &selected, &mut generated)?;
        attached += past.found.attached;
        selected.shortened.extend(past.found.shortened);
        selected.unreadable.extend(past.found.unreadable);
        let is_same = written.files.iter().all(|file| file.written == Written::Same);
        let seen = || former.as_deref().map(news::Seen::in_document).unwrap_or_default();
        let news = if is_same { 0 } else { seen().news(&selected.feed.entries) };
        feeds.push(FeedReport {
            name: spec.name.clone(),
            title: selected.feed.head.title,
            entries: selected.feed.entries.len(),
            news,
            updated: selected.feed.head.updated,
            files: written.files,
            quarantined: written.quarantined.into_iter().chain(past.found.quarantined).collect(),
            errors: written.errors.into_iter().chain(past.found.errors).collect(),
            attached,
            shortened: selected.shortened,
            silent: selected.silent,
            unreadable: selected.unreadable,
            next_due: selected.next_due,
            history,
        });
    }
    generated.commit()?;
    // What nobody links any more goes last.
    let withdrawn = withdrawn::remove_files(archive, out)?;
    Ok(Report { feeds, withdrawn, archive: None })
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

/// Whether the feeds can stand side by side; a usage error says what to change.
pub fn check(site: &Site, specs: &[FeedSpec]) -> Result<()> {
    site.check()?;
    let mut names: HashMap<String, &str> = HashMap::with_capacity(specs.len());
    for spec in specs {
        spec.check()?;
        let subject = || format!("feed {:?}", spec.name);
        // Some file systems take both for one directory.
        if let Some(other) = names.insert(spec.name.to_lowercase(), &spec.name) {
            return Err(Error::usage(
                subject(),
                format!("expected a name of its own, found the name of feed {other:?}"),
            )
            .hint("name one of them differently: each feed has its own directory"));
        }
        let is_file = |segment: &str| RENDERERS.iter().any(|format| format.file_name().eq_ignore_ascii_case(segment));
        let first = spec.name.split('/').next().unwrap_or_default();
        if let Some((taken, what)) = TAKEN.iter().find(|(taken, _)| first.eq_ignore_ascii_case(taken)) {
            return Err(Error::usage(subject(), format!("expected another name, found {taken:?}"))
                .hint(format!("{what} there")));
        }
        if let Some(segment) = spec.name.split('/').find(|segment| is_file(segment)) {
            return Err(Error::usage(subject(), format!("expected a directory name, found {segment:?}"))
                .hint("feeds write files of that name"));
        }
    }
    Ok(())
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
