//! Making the feeds that have to be made, on all processors.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;

use chrono::{DateTime, Utc};

use super::memory::Common;
use super::plan::Planned;
use super::{FeedReport, directory, history, news, publish_all, write};
use crate::archive::{Archive, Generated, Hash};
use crate::disk::{self, Written};
use crate::error::Result;
use crate::feed::{self, Beside, Linked, Site};

/// Fewer feeds than this are made by the thread that asks for them: opening the archive once more takes as long as a
/// feed or two.
const FEW: usize = 4;

/// Made feeds that wait for being noted; each is a report without its entries.
const WAITING: usize = 64;

/// A feed that has to be made.
pub(super) struct Due<'a> {
    /// Its place among all.
    pub at: usize,
    pub planned: &'a Planned,
    /// Of what it is made of.
    pub fingerprint: Hash,
    pub beside: &'a Beside,
}

/// What became of it.
pub(super) struct Made {
    pub report: FeedReport,
    /// The files that its entries link.
    pub linked: Vec<Linked>,
}

/// Where feeds are made.
pub(super) struct Press<'a> {
    pub site: &'a Site,
    pub as_of: DateTime<Utc>,
    pub out: &'a Path,
    pub common: &'a Common,
}

impl Press<'_> {
    /// Makes feeds and passes each on to `done`, in any order. The first error ends the run.
    pub(super) fn run<'d>(
        &self,
        archive: &Archive,
        memory: &mut Generated,
        due: &'d [Due<'d>],
        done: &mut dyn FnMut(&mut Generated, &'d Due<'d>, Made) -> Result<()>,
    ) -> Result<()> {
        let mut others: Vec<(Archive, Generated)> = Vec::new();
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 1..threads.min(due.len() / FEW) {
            if let Some(archive) = archive.beside()? {
                let memory = archive.generated(self.out)?;
                others.push((archive, memory));
            }
        }
        if others.is_empty() {
            return due.iter().try_for_each(|due| {
                let made = self.make(archive, memory, due)?;
                done(memory, due, made)
            });
        }
        let (next, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
        let take =
            || (!is_over.load(Ordering::Relaxed)).then(|| due.get(next.fetch_add(1, Ordering::Relaxed))).flatten();
        let (sender, receiver) = mpsc::sync_channel(WAITING);
        std::thread::scope(|scope| {
            for (archive, mut memory) in others {
                let (sender, take) = (sender.clone(), &take);
                scope.spawn(move || {
                    while let Some(due) = take() {
                        if sender.send((due, self.make(&archive, &mut memory, due))).is_err() {
                            break;
                        }
                    }
                    // What is lost of what it noted of history is made again.
                    let _ = memory.commit();
                });
            }
            drop(sender);
            let mut work = || -> Result<()> {
                while let Some(due) = take() {
                    let made = self.make(archive, memory, due)?;
                    done(memory, due, made)?;
                    for (due, made) in receiver.try_iter() {
                        done(memory, due, made?)?;
                    }
                }
                receiver.iter().try_for_each(|(due, made)| done(memory, due, made?))
            };
            let result = work();
            is_over.store(true, Ordering::Relaxed);
            // Whoever waits for room in the queue is let go.
            drop(receiver);
            result
        })
    }

    /// Makes one feed, and what is finished of its history.
    fn make(&self, archive: &Archive, generated: &mut Generated, due: &Due<'_>) -> Result<Made> {
        let Planned { spec, from, articles, .. } = due.planned;
        let Press { site, as_of, out, common } = *self;
        let mut selected = feed::select(archive, spec, site, as_of)?;
        selected.feed.head.beside = due.beside.clone();
        let directory = directory(out, &spec.name);
        // What a run that was killed has left: it did not come to note the feed, which is why it is made again.
        disk::sweep(&directory.join("any"));
        // First what the feed links, so that nobody follows a link to nothing.
        let mut attached = publish_all(archive, &mut selected, out);
        let task = history::Task { archive, spec, site, as_of, common, out, directory: &directory };
        let past = history::write(&task, &selected, generated)?;
        let former = news::document(&directory);
        let written = write(&mut selected.feed, &|format| directory.join(format.file_name()))?;
        // What nobody links any more goes last.
        let history = past.finish(&task, &selected, generated)?;
        attached += past.found.attached;
        selected.shortened.extend(past.found.shortened);
        selected.unreadable.extend(past.found.unreadable);
        let is_same = written.files.iter().all(|file| file.written == Written::Same);
        let seen = || former.as_deref().map(news::Seen::in_document).unwrap_or_default();
        let news = if is_same { 0 } else { seen().news(&selected.feed.entries) };
        let report = FeedReport {
            name: spec.name.clone(),
            from: *from,
            articles: *articles,
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
        };
        Ok(Made { report, linked: selected.files })
    }
}
