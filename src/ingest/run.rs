//! The second half of ingest: takes what was read into the archive, in order, and counts.

use chrono::{DateTime, Utc};

use super::dating;
use super::order::Evidence;
use super::problem::{Kept, Problems};
use super::produce::{self, ReadFile};
use super::{Event, Options, Report, Source, Undated, parse_each};
use crate::archive::{Archive, Incoming, Intake, KnownFile, Outcome};
use crate::article::{Provenance, record};
use crate::error::{Error, Result};
use crate::parse;
use crate::source::tree;

/// One run, from the first file to the last.
pub(super) struct Run<'a> {
    pub archive: &'a mut Archive,
    pub intake: &'a Intake,
    pub each: &'a mut dyn FnMut(Event),
    pub report: Report,
}

/// A file that must be read again when more is known: its directory and itself.
pub(super) type Deferred = (String, tree::Entry);

impl Run<'_> {
    pub fn unread(&mut self, files: u64, passed_over: u64, problems: Vec<Error>) {
        self.report.files += files;
        self.report.unread += files;
        self.report.passed_over += passed_over;
        for err in problems {
            self.problem(err);
        }
        (self.each)(Event::Seen(self.report.files));
    }

    pub fn problem(&mut self, err: Error) {
        match err.is_undated() {
            true => self.report.undated += 1,
            false => self.report.problems += 1,
        }
        (self.each)(Event::Problem(err));
    }

    /// Takes in what a file holds. Returns the file, untouched, where a date in it must wait for what other files
    /// say.
    pub fn file(
        &mut self,
        file: ReadFile,
        source: &Source,
        evidence: &mut Evidence,
        may_wait: bool,
    ) -> Result<Option<Deferred>> {
        let ReadFile { dir, entry, content } = file;
        let mut problems = Problems::default();
        match content {
            produce::Content::Whole { format, sha256, articles, failure } => {
                let dates = || articles.iter().flatten().filter_map(|incoming| incoming.article().date.as_ref());
                dates().for_each(|date| evidence.learn(date));
                if may_wait && dates().any(|date| evidence.is_open(date)) {
                    return Ok(Some((dir, entry)));
                }
                for article in articles {
                    let provenance =
                        Provenance { origin: entry.origin.clone(), format: format.to_owned(), sha256: sha256.clone() };
                    self.one(article, provenance, &entry, source, evidence, &mut problems)?;
                }
                problems.add_all(failure.map(|err| self.refuse(err)));
            }
            // Too large to be held: parsed here and now, article by article, with what is known by now.
            produce::Content::Large => {
                let mut doc = match tree::open(&entry) {
                    Ok(doc) => doc,
                    Err(err) => {
                        self.refuse(err);
                        return Ok(None);
                    }
                };
                let mut stopped = Ok(());
                let format = source.reading.format.map_or_else(|| parse::choose(&doc), Ok).map_or("", |p| p.name());
                let (_, done) = parse_each(&mut doc, &source.reading, &mut |article| {
                    if stopped.is_err() {
                        return;
                    }
                    let text = article.as_ref().map_or("", |article| article.body.text.as_str());
                    let sha256 = record::sha256_hex(text.as_bytes());
                    let provenance = Provenance { origin: entry.origin.clone(), format: format.to_owned(), sha256 };
                    if let Some(date) = article.as_ref().ok().and_then(|article| article.date.as_ref()) {
                        evidence.learn(date);
                    }
                    let incoming = article.map(Incoming::from);
                    stopped = self.one(incoming, provenance, &entry, source, evidence, &mut problems);
                });
                stopped?;
                problems.add_all(done.err().map(|err| self.refuse(err)));
            }
        }
        self.report.files += 1;
        if self.report.files.is_multiple_of(64) {
            (self.each)(Event::Seen(self.report.files));
        }
        if problems.may_pass() {
            // Read again next time, although it is the same file.
            return Ok(None);
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
        )?;
        Ok(None)
    }

    fn one(
        &mut self,
        incoming: Result<Incoming>,
        provenance: Provenance,
        entry: &tree::Entry,
        source: &Source,
        evidence: &mut Evidence,
        problems: &mut Problems,
    ) -> Result<()> {
        let incoming = incoming.map(|incoming| match &incoming.article().date {
            Some(date) if evidence.can_settle(date) => {
                let date = evidence.settle(date.clone());
                incoming.with_date(date)
            }
            _ => incoming,
        });
        let refused = self.article(incoming, provenance, &entry.name, Some(entry.modified), &source.reading)?;
        problems.add_all(refused);
        Ok(())
    }

    /// Takes one article in, or tells why not; then what was wrong is returned too.
    pub fn article(
        &mut self,
        incoming: Result<Incoming>,
        mut provenance: Provenance,
        name: &str,
        modified: Option<DateTime<Utc>>,
        reading: &Options,
    ) -> Result<Option<Kept>> {
        let mut incoming = match incoming {
            Ok(incoming) => incoming,
            Err(err) => return Ok(Some(self.refuse(err))),
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
            } else if reading.undated == Undated::Fail {
                return Err(undated);
            } else {
                let hint = "date it in its front matter or its name, or allow `undated = \"mtime\"`";
                return Ok(Some(self.refuse(undated.hint(hint))));
            }
        }
        let remarks = dating::remarks(incoming.article());
        let origin = provenance.origin.clone();
        let put = match self.archive.put(incoming, &provenance, self.intake) {
            Err(err) if err.is_record() => return Ok(Some(self.refuse(err))),
            put => put?,
        };
        match put.outcome {
            Outcome::Added => self.report.added += 1,
            Outcome::Replaced => self.report.replaced += 1,
            Outcome::Same => self.report.same += 1,
            Outcome::Moved => self.report.moved += 1,
            Outcome::Departed => self.report.departed += 1,
        }
        if matches!(put.outcome, Outcome::Added | Outcome::Replaced) {
            for remark in remarks {
                self.note(&origin, remark);
            }
        }
        for words in put.notes {
            self.note(&origin, words);
        }
        (self.each)(Event::Done(put.outcome, origin, put.path));
        Ok(None)
    }

    fn note(&mut self, origin: &str, words: String) {
        self.report.notes += 1;
        (self.each)(Event::Note(origin.to_owned(), words));
    }

    pub fn refuse(&mut self, err: Error) -> Kept {
        let kept = Kept::from(&err);
        self.problem(err);
        kept
    }
}
