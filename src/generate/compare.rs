//! Holding the feeds that were written against what the records say now.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::lists::Signposts;
use super::memory::{self, Common};
use super::plan::Planned;
use super::{directory, history, judge, plan, render};
use crate::archive::{Archive, Generated, Hash};
use crate::disk;
use crate::error::Result;
use crate::feed::{self, Beside, Feed, FeedSpec, Place, Site};
use crate::render::{RENDERERS, Renderer};

/// What feeds that were written come to, held against the records.
#[derive(Debug, Default)]
pub struct Compared {
    /// How many documents were compared.
    pub documents: usize,
    /// Those that are missing, or hold something else than the records say.
    pub other: Vec<PathBuf>,
}

/// Renders every feed and its history once more, and compares the bytes with the files below `out`.
///
/// Feeds that are to be made anew, since the archive or the configuration has changed after they were written, are passed
/// over; so are those with records that cannot be read.
pub fn compare(archive: &Archive, site: &Site, specs: &[FeedSpec], now: DateTime<Utc>, out: &Path) -> Result<Compared> {
    let memory = archive.generated(out)?;
    // Feeds may have been made as they will stand some day.
    let made = plan::of(&archive.standing(now)?, specs)?;
    let mut as_of = now;
    for planned in &made {
        let made = memory::made(&memory, planned)?.and_then(|(_, made)| DateTime::from_timestamp(made, 0));
        as_of = as_of.max(made.unwrap_or(as_of));
    }
    let planned = plan::of(&archive.standing(as_of)?, specs)?;
    let signposts = Signposts::new(site, specs, &planned)?;
    let common = Common::new(site, archive)?;
    let task = Task { archive, site, as_of, out, memory: &memory };
    let mut compared = Compared::default();
    for planned in &planned {
        let beside = signposts.at(&planned.spec);
        task.feed(planned, beside, common.fingerprint(planned, beside), &mut compared)?;
    }
    Ok(compared)
}

struct Task<'a> {
    archive: &'a Archive,
    site: &'a Site,
    as_of: DateTime<Utc>,
    out: &'a Path,
    memory: &'a Generated,
}

impl Task<'_> {
    fn feed(&self, planned: &Planned, beside: &Beside, fingerprint: Hash, compared: &mut Compared) -> Result<()> {
        let Task { archive, site, as_of, out, memory } = *self;
        let spec = &planned.spec;
        if memory::made(memory, planned)?.is_some_and(|(of, _)| of != fingerprint)
            || memory::is_overdue(memory, planned, as_of)?
        {
            return Ok(());
        }
        let directory = directory(out, &spec.name);
        let mut selected = feed::select(archive, spec, site, as_of)?;
        if !selected.unreadable.is_empty() {
            return Ok(());
        }
        selected.feed.head.beside = beside.clone();
        documents(&mut selected.feed, &|format| directory.join(format.file_name()), compared)?;
        let plan = match selected.feed.head.place {
            Place::Newest { .. } => feed::history::plan(archive, spec, site, as_of)?,
            _ => feed::history::Plan::default(),
        };
        for leaf in plan.leaves() {
            let mut selected = feed::archived(archive, spec, site, as_of, &leaf)?;
            if selected.unreadable.is_empty() {
                let path = |format: &dyn Renderer| {
                    directory.join(feed::history::DIRECTORY).join(history::file_name(leaf.name, format))
                };
                documents(&mut selected.feed, &path, compared)?;
            }
        }
        Ok(())
    }
}

/// Compares a feed in every format.
fn documents(feed: &mut Feed, path_of: &dyn Fn(&dyn Renderer) -> PathBuf, compared: &mut Compared) -> Result<()> {
    let mut other = differing(feed, path_of)?;
    if !other.is_empty() {
        // Entries that break a rule are not among those that were written.
        while let Some(bad) = bad_entries(feed, path_of)? {
            judge::quarantine(feed, bad);
        }
        other = differing(feed, path_of)?;
    }
    compared.documents += RENDERERS.len();
    compared.other.extend(other);
    Ok(())
}

fn differing(feed: &Feed, path_of: &dyn Fn(&dyn Renderer) -> PathBuf) -> Result<Vec<PathBuf>> {
    let mut differing = Vec::new();
    for format in RENDERERS {
        let path = path_of(*format);
        if !disk::holds(&path, &render(feed, *format, &path)?) {
            differing.push(path);
        }
    }
    Ok(differing)
}

fn bad_entries(
    feed: &Feed,
    path_of: &dyn Fn(&dyn Renderer) -> PathBuf,
) -> Result<Option<std::collections::BTreeMap<usize, String>>> {
    for format in RENDERERS.iter().filter(|format| format.is_feed()) {
        let path = path_of(*format);
        let bytes = render(feed, *format, &path)?;
        let verdict = judge::judge(&path, &bytes, &format.address(&feed.head));
        if verdict.entries.keys().any(|at| *at < feed.entries.len()) {
            return Ok(Some(verdict.entries));
        }
    }
    Ok(None)
}
