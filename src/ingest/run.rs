//! The second half of ingest: takes what was read into the archive, in order, and counts.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::dating;
use super::order::Evidence;
use super::problem::{Former, Kept, Problems};
use super::produce::{Part, ReadFile};
use super::withdraw::{self, Deleted};
use super::{Event, Options, Report, Source, Undated};
use crate::archive::{Archive, Around, Beside, Incoming, Intake, KnownFile, Outcome, Place, Row};
use crate::article::{Provenance, record};
use crate::error::{Error, Result};
use crate::parse;
use crate::source::is_about_the_files;
use crate::source::tree;

/// One run, from the first file to the last.
pub(super) struct Run<'a> {
    pub archive: &'a mut Archive,
    pub intake: &'a Intake,
    pub each: &'a mut dyn FnMut(Event),
    pub report: Report,
    /// Whether the archive had articles when the run began, so that one may have moved.
    pub has_articles: bool,
}

/// A file that must be read again when more is known: its directory and itself.
pub(super) type Deferred = (String, tree::Entry);

/// A file that is being taken in.
pub(super) struct Opened {
    dir: String,
    entry: tree::Entry,
    problems: Problems,
    /// What was wrong with it before, once somebody has asked.
    former: Option<Former>,
}

impl Opened {
    pub fn new(dir: String, entry: tree::Entry) -> Opened {
        Opened { dir, entry, problems: Problems::default(), former: None }
    }

    /// Keeps a problem with the file; whether it was told when the file was read before.
    fn keep(&mut self, archive: &Archive, problem: Kept) -> Result<bool> {
        if self.former.is_none() {
            let known = archive.known_source(&self.dir, &self.entry.file_name)?;
            self.former = Some(Former::of(known, &self.entry));
        }
        let is_known = self.former.as_ref().is_some_and(|former| former.knows(&problem, &self.entry.origin));
        self.problems.add(problem);
        Ok(is_known)
    }
}

/// Where an article comes from. A piece of a document has no bytes of its own to be known by, so there the text
/// counts.
pub(super) fn provenance(origin: &str, format: &str, sha256: Option<&str>, incoming: &Result<Incoming>) -> Provenance {
    let of_text = || incoming.as_ref().map_or(String::new(), |i| record::sha256_hex(i.article().body.text.as_bytes()));
    let sha256 = sha256.map_or_else(of_text, str::to_owned);
    Provenance { origin: origin.to_owned(), format: format.to_owned(), sha256 }
}

impl<'a> Run<'a> {
    pub fn new(archive: &'a mut Archive, intake: &'a Intake, each: &'a mut dyn FnMut(Event)) -> Result<Run<'a>> {
        let has_articles = archive.has_articles()?;
        Ok(Run { archive, intake, each, report: Report::default(), has_articles })
    }
}

impl Run<'_> {
    pub fn unread(&mut self, files: u64, passed_over: u64, problems: Vec<Error>) {
        self.report.files += files;
        self.report.unread += files;
        self.report.documents += files;
        self.report.passed_over += passed_over;
        for err in problems {
            self.known(err);
        }
        (self.each)(Event::Seen(self.report.documents));
    }

    /// Tells a problem that the run fails for.
    pub fn problem(&mut self, err: Error) {
        self.report.failures += u64::from(!err.is_no_article());
        self.count(&err);
        (self.each)(Event::Problem(err));
    }

    /// Tells a problem that is known, or that nobody minds.
    fn known(&mut self, err: Error) {
        self.count(&err);
        (self.each)(Event::Known(err));
    }

    fn count(&mut self, err: &Error) {
        match () {
            () if err.is_undated() => self.report.undated += 1,
            () if err.is_no_article() => self.report.no_articles += 1,
            () => self.report.problems += 1,
        }
    }

    /// Takes in what a small file holds. Returns the file, untouched, where a date in it must wait for what other
    /// files say.
    pub fn file(
        &mut self,
        file: ReadFile,
        source: &Source,
        evidence: &mut Evidence,
        may_wait: bool,
    ) -> Result<Option<Deferred>> {
        let ReadFile { dir, entry, parts } = file;
        let articles = || parts.iter().flat_map(|part| part.articles.iter().flatten());
        let dates = || articles().filter_map(|incoming| incoming.article().date.as_ref());
        dates().for_each(|date| evidence.learn(date));
        if may_wait {
            parts.iter().for_each(|part| evidence.learn_name(&part.name));
            let may_be_named = |part: &Part| {
                let mut articles = part.articles.iter().flatten().map(Incoming::article);
                articles.any(|article| {
                    article.fragment.is_empty() && Evidence::is_open_to_names(article.date.as_ref(), &part.name)
                })
            };
            if dates().any(|date| evidence.is_open(date)) || parts.iter().any(may_be_named) {
                return Ok(Some((dir, entry)));
            }
        }
        let mut opened = Opened::new(dir, entry);
        for part in parts {
            self.part(part, source, evidence, &mut opened)?;
        }
        self.close(opened, source)?;
        Ok(None)
    }

    /// Takes in a document, or a piece of one, of a file.
    pub fn part(&mut self, part: Part, source: &Source, evidence: &mut Evidence, file: &mut Opened) -> Result<()> {
        let modified = part.modified.or(Some(file.entry.modified));
        let beside = self.beside(&part);
        let is_gone =
            |archive: &Archive, origin: &str, path: &str| withdraw::is_gone(archive, origin, path, &source.tree);
        let around = Around {
            beside: beside.as_ref(),
            is_gone: self.has_articles.then_some(&is_gone as &dyn Fn(&Archive, &str, &str) -> bool),
        };
        for article in part.articles {
            if let Some(date) = article.as_ref().ok().and_then(|incoming| incoming.article().date.as_ref()) {
                evidence.learn(date);
            }
            let incoming = article.map(|incoming| match &incoming.article().date {
                Some(date) if evidence.can_settle(date) => {
                    let date = evidence.settle(date.clone());
                    incoming.with_date(date)
                }
                date if incoming.article().fragment.is_empty() => match evidence.named(date.as_ref(), &part.name) {
                    Some(date) => incoming.with_date(date),
                    None => incoming,
                },
                _ => incoming,
            });
            let provenance = provenance(&part.origin, part.format, part.sha256.as_deref(), &incoming);
            if let Some(err) = self.article(incoming, provenance, &part.name, modified, (&source.reading, around))? {
                self.refuse(err, &source.reading, file)?;
            }
        }
        if let Some(err) = part.failure {
            self.refuse(err, &source.reading, file)?;
        }
        for remark in part.remarks {
            self.note(&part.origin, remark);
        }
        self.report.documents += 1;
        if self.report.documents.is_multiple_of(64) {
            (self.each)(Event::Seen(self.report.documents));
        }
        Ok(())
    }

    /// What stands in one document; of a piece of a large one nobody knows what is in the others.
    fn beside(&self, part: &Part) -> Option<Beside> {
        (self.has_articles && part.sha256.is_some()).then(|| Beside::of(part.articles.iter().flatten()))
    }

    /// Takes in a document, or a piece of one, that stands in no file.
    pub fn loose(&mut self, part: Part, reading: &Options) -> Result<()> {
        let beside = self.beside(&part);
        let around = Around { beside: beside.as_ref(), is_gone: None };
        for article in part.articles {
            let provenance = provenance(&part.origin, part.format, part.sha256.as_deref(), &article);
            match self.article(article, provenance, &part.name, part.modified, (reading, around))? {
                Some(err) if reading.minds(&err) => self.problem(err),
                Some(err) => self.known(err),
                None => {}
            }
        }
        for remark in part.remarks {
            self.note(&part.origin, remark);
        }
        if let Some(err) = part.failure {
            self.problem(err);
        }
        self.report.documents += 1;
        Ok(())
    }

    /// Remembers a file that was read to its end.
    pub fn close(&mut self, file: Opened, source: &Source) -> Result<()> {
        let Opened { dir, entry, problems, .. } = file;
        self.report.files += 1;
        if problems.may_pass() || entry.was_cut_short() {
            // Read again next time, although it is the same file: an error of the disk is no verdict on the content.
            return Ok(());
        }
        self.archive.put_source(
            &dir,
            &KnownFile {
                name: entry.file_name,
                size: entry.size,
                modified: entry.modified.timestamp_nanos_opt().unwrap_or(0),
                reading: source.reading.fingerprint(self.intake.zone),
                problem: problems.to_json(),
            },
        )
    }

    /// Says of files that are gone that their entries stay, once, since nobody else would.
    pub fn tell_left(&mut self, origins: &[String]) -> Result<()> {
        for origin in origins {
            let stays = |row: &Row| row.origin.as_ref() == Some(origin) && !row.draft && row.retracted.is_none();
            for row in self.archive.find(origin)?.into_iter().filter(stays) {
                self.note(
                    origin,
                    format!(
                        "the file is gone, and its entry stays ({}); `feedmill withdraw` takes back what is gone, and \
                         `deleted = \"retract\"` in the source does so by itself",
                        row.path
                    ),
                );
            }
        }
        Ok(())
    }

    /// Retracts the articles whose files are gone, of the sources that want it. Where a part of a source could not be
    /// listed, which has been told, nobody knows what is gone from it.
    pub fn withdraw(&mut self, sources: &[Source], troubled: &HashSet<usize>) -> Result<()> {
        let origins: Vec<&str> = sources.iter().map(|source| source.tree.origin()).collect();
        for (at, source) in sources.iter().enumerate() {
            if source.deleted == Deleted::Keep || troubled.contains(&at) {
                continue;
            }
            let others: Vec<&str> = origins.iter().copied().filter(|other| *other != origins[at]).collect();
            let gone = match withdraw::gone(self.archive, origins[at], &others, source.tree.project()) {
                Err(err) if err.is_io() => {
                    self.problem(err);
                    continue;
                }
                gone => gone?,
            };
            if let Some(doubt) = gone.doubt() {
                self.problem(doubt);
                continue;
            }
            gone.withdraw(self.archive, self.intake)?;
            self.report.withdrawn += gone.articles.len() as u64;
            for Place { path, origin } in gone.articles {
                (self.each)(Event::Withdrawn(origin, path));
            }
        }
        Ok(())
    }

    /// Takes one article in, or returns what is wrong with it.
    pub fn article(
        &mut self,
        incoming: Result<Incoming>,
        mut provenance: Provenance,
        name: &str,
        modified: Option<DateTime<Utc>>,
        (reading, around): (&Options, Around),
    ) -> Result<Option<Error>> {
        let mut incoming = match incoming {
            Ok(incoming) => incoming,
            Err(err) => return Ok(Some(err)),
        };
        let article = incoming.article();
        if !article.fragment.is_empty() {
            // Of one article among many, what it says counts, not what stands beside it.
            provenance.sha256 = incoming.sha256();
            provenance.origin = format!("{}#{}", provenance.origin, article.fragment);
        }
        if article.date.is_none() {
            let undated = Error::undated(&provenance.origin, parse::looked_at(article, name));
            let modified = modified.filter(|_| reading.undated == Undated::Modified);
            if let Some(date) = modified.and_then(|at| dating::by_modification(at, self.intake.zone)) {
                incoming = incoming.with_date(date);
            } else if article.draft {
                // Nobody waits for it yet; its source will date it when it is done.
                self.report.unfinished += 1;
                self.held(&provenance.origin, article.held_by.clone());
                return Ok(None);
            } else if reading.undated == Undated::Fail {
                return Err(undated);
            } else if is_about_the_files(name) {
                return Ok(Some(Error::no_article(&provenance.origin, "a file about the others, without a date")));
            } else {
                return Ok(Some(undated.hint(dating::hint(name))));
            }
        }
        let date = incoming.article().date.as_ref();
        if let Some(due) = date.and_then(|date| dating::due(date, self.intake.now.to_utc(), modified, self.intake.zone))
        {
            incoming = incoming.with_date(due);
        }
        let mut remarks = dating::remarks(incoming.article(), self.intake.now.to_utc());
        self.report.coarse += u64::from(dating::is_coarse(incoming.article()));
        let held = incoming.article().draft.then(|| incoming.article().held_by.clone());
        if !incoming.article().missing.is_empty() {
            let named = incoming.article().missing.join(", ");
            remarks.push(format!("names files that are not beside it: {named}"));
        }
        let origin = provenance.origin.clone();
        let put = match self.archive.put_among(incoming, &provenance, self.intake, around) {
            Err(err) if err.is_record() => return Ok(Some(err)),
            put => put?,
        };
        match put.outcome {
            Outcome::Added => self.report.added += 1,
            Outcome::Replaced => self.report.replaced += 1,
            Outcome::Same => self.report.same += 1,
            Outcome::Moved => self.report.moved += 1,
            Outcome::Departed => self.report.departed += 1,
            Outcome::Returned => self.report.returned += 1,
            Outcome::Linked => self.report.linked += 1,
            Outcome::Skipped => self.report.skipped += 1,
        }
        if matches!(put.outcome, Outcome::Added | Outcome::Replaced | Outcome::Returned) {
            for remark in remarks {
                self.note(&origin, remark);
            }
        }
        for words in put.notes {
            self.note(&origin, words);
        }
        if let Some(mark) = held.filter(|_| put.outcome != Outcome::Departed) {
            self.held(&origin, mark);
        }
        (self.each)(Event::Done(put.outcome, origin, put.path));
        Ok(None)
    }

    fn held(&mut self, origin: &str, mark: Option<String>) {
        (self.each)(Event::Held(origin.to_owned(), mark.unwrap_or_else(|| "draft".to_owned())));
    }

    fn note(&mut self, origin: &str, words: String) {
        self.report.notes += 1;
        (self.each)(Event::Note(origin.to_owned(), words));
    }

    /// Tells a problem of a file and keeps it with the file. That a document is no article is told once, since nothing
    /// is wrong with it.
    fn refuse(&mut self, err: Error, reading: &Options, file: &mut Opened) -> Result<()> {
        if err.is_no_article() {
            self.problem(err);
            return Ok(());
        }
        let is_known = file.keep(self.archive, Kept::from(&err))?;
        if is_known || !reading.minds(&err) {
            self.known(err)
        } else {
            self.problem(err)
        }
        Ok(())
    }
}
