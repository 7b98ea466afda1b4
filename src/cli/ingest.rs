//! `feedmill ingest [PATHS|-]`

use std::collections::BTreeMap;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::problems::{self, LISTS_ALL};
use super::progress::Progress;
use super::say::count;
use super::session::Session;
use super::{Outcome, Stop};
use crate::archive::{self, Access, Archive, Intake};
use crate::config::{Config, UNDATED};
use crate::error::{Error, Result};
use crate::ingest::{self, Deleted, Event, Options, Report, STANDARD_INPUT, Source};
use crate::parse::{self, PARSERS};
use crate::source::Document;
use crate::source::tree::Tree;

#[derive(clap::Args)]
#[command(before_help = "Examples:
  feedmill ingest                                 the configured sources
  feedmill ingest inbox/ report.md                these files and directories
  curl -s https://example.org/x.jsonl | feedmill ingest -
  feedmill ingest --undated mtime scans/          the file's time where an article has no date")]
pub(super) struct Args {
    /// Files and directories, or `-` for standard input [default: the configured sources]
    #[arg(value_name = "PATHS")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
}

/// The options that `ingest` and `build` share.
#[derive(clap::Args)]
pub(super) struct Reading {
    /// Read everything in this format, instead of recognising it file by file
    #[arg(long, value_parser = format_names())]
    format: Option<String>,
    /// What to do with an article without a date: report it and go on, count it only, take the file's time, or stop
    #[arg(long, value_name = "HOW", value_parser = UNDATED.map(|(word, _)| word))]
    undated: Option<String>,
}

/// The input formats, for the argument parser.
pub(super) fn format_names() -> clap::builder::PossibleValuesParser {
    let names = PARSERS.iter().map(|parser| clap::builder::PossibleValue::new(parser.name()).help(parser.about()));
    names.collect::<Vec<_>>().into()
}

impl Reading {
    /// The configured way of reading, with what the command line says instead.
    fn over(&self, configured: &Options) -> Options {
        let undated = UNDATED.iter().find(|(word, _)| self.undated.as_deref() == Some(word));
        Options {
            format: self.format.as_deref().and_then(parse::by_name).or(configured.format),
            undated: undated.map_or(configured.undated, |(_, how)| *how),
            ..configured.clone()
        }
    }
}

/// What a run came to, with everything that went wrong by name.
#[derive(Default)]
pub(super) struct Told {
    report: Report,
    problems: Vec<Error>,
    /// What was told at an earlier run, or is to be counted only.
    known: Vec<Error>,
    notes: Vec<(String, String)>,
    /// How many articles are kept from the public by which mark.
    held: BTreeMap<String, u64>,
    /// Problems, known ones, and notes that are counted only.
    more: (u64, u64, u64),
    /// The files that the user named one by one: what is wrong with them is what was asked.
    named: Vec<String>,
}

/// So many marks are named in the summary, the commonest first.
const MOST_MARKS: usize = 8;

/// So many problems, and so many notes, are told one by one; a crawl may hold millions, and nobody reads them.
const MOST_TOLD: usize = 1_000;

pub(super) fn run(args: &Args, session: &Session) -> Result<Outcome, Stop> {
    let config = session.config()?;
    let (from_stdin, paths): (Vec<&PathBuf>, Vec<&PathBuf>) =
        args.paths.iter().partition(|path| path.as_os_str() == "-");
    let mut told = Told::default();
    let sources = match args.paths.is_empty() {
        true => configured(&config, &args.reading, &mut told)?,
        false => named(&config, &paths, &args.reading, &mut told)?,
    };
    let mut archive = open(&config, session)?;
    read(&mut archive, &config, &sources, session, &mut told)?;
    if !from_stdin.is_empty() {
        let doc = Document::from_reader(STANDARD_INPUT, STANDARD_INPUT, io::stdin())?;
        let usual_language = config.site.language.clone();
        let reading = args.reading.over(&Options { usual_language, ..Options::default() });
        let intake = Intake { zone: config.zone, now: session.now };
        let report =
            ingest::ingest_document(&mut archive, doc, &reading, &intake, &mut |event| told.hear(event, session))?;
        told.report += report;
    }
    told.tell(session);
    if !told.report.nothing_changed() {
        session.say.next("run `feedmill generate` to write the feeds");
    }
    session.print_json(|| json!({ "ingest": told.to_json() }))?;
    Ok(Outcome::failed_if(told.has_failures()))
}

/// The archive, which is made where there is none.
pub(super) fn open(config: &Config, session: &Session) -> Result<Archive> {
    Archive::create_if_missing(&config.archive, config.has_url.then_some(&config.site.url))?;
    write_to(config, session)
}

/// How long another process is waited for that writes to the archive: `feedmill run` writes for seconds at a time.
const PATIENCE: Duration = Duration::from_secs(20);

/// The archive, to write to; waits a while for whoever writes to it.
pub(super) fn write_to(config: &Config, session: &Session) -> Result<Archive> {
    let begun = Instant::now();
    let mut is_told = false;
    loop {
        match Archive::open(&config.archive, Access::Write, session.now) {
            Err(err) if err.is_locked() && begun.elapsed() < PATIENCE => {
                if !std::mem::replace(&mut is_told, true) {
                    session.say.note(format_args!("{}; waiting", err.message()));
                }
                std::thread::sleep(Duration::from_millis(100));
            }
            opened => return opened.inspect(|archive| tell_of_damage(archive, session)),
        }
    }
}

/// Says that the index was found to be damaged, where it was.
pub(super) fn tell_of_damage(archive: &Archive, session: &Session) {
    if archive.was_damaged() {
        session.say.note("the index was damaged, and was made anew from the records");
    }
}

/// The sources that the configuration names. One that is not there is told, and the others are read.
pub(super) fn configured(config: &Config, reading: &Reading, told: &mut Told) -> Result<Vec<Source>> {
    if config.sources.is_empty() && config.remotes.is_empty() {
        return Err(Error::usage("[[source]]", "expected a source in the configuration or a path, found neither")
            .hint("add a [[source]] to feedmill.toml, or name files: `feedmill ingest notes/`"));
    }
    let skip = own_directories(config)?;
    let mut sources = Vec::new();
    for spec in &config.sources {
        match Tree::new(&spec.path, &config.root, &spec.include, &spec.exclude, &skip) {
            Ok(tree) => {
                let reading = reading.over(&spec.reading).at(&tree);
                sources.push(Source { tree, reading, deleted: spec.deleted });
            }
            Err(err) => told.problems.push(err),
        }
    }
    Ok(sources)
}

/// The files and directories that the command line names, read as the source is read in which they stand.
fn named(config: &Config, paths: &[&PathBuf], reading: &Reading, told: &mut Told) -> Result<Vec<Source>> {
    let skip = own_directories(config)?;
    let plain = Options { usual_language: config.site.language.clone(), ..Options::default() };
    let mut sources = Vec::new();
    for path in paths {
        let below = from_root(path, &config.root)?;
        let home = config.sources.iter().find(|spec| below.starts_with(&spec.path));
        match Tree::new(&below, &config.root, &[], &[], &skip) {
            Ok(tree) => {
                told.named.extend(config.root.join(&below).is_file().then(|| tree.origin().to_owned()));
                let reading = reading.over(home.map_or(&plain, |spec| &spec.reading));
                let around = home.and_then(|spec| Tree::new(&spec.path, &config.root, &[], &[], &skip).ok());
                let reading = reading.at(around.as_ref().unwrap_or(&tree));
                sources.push(Source { tree, reading, deleted: Deleted::Keep });
            }
            Err(err) => told.problems.push(err),
        }
    }
    Ok(sources)
}

/// The archive and the feeds, which are never read as sources.
pub(super) fn own_directories(config: &Config) -> Result<Vec<PathBuf>> {
    [&config.archive, &config.output].into_iter().map(|dir| absolute(dir)).collect()
}

/// A path as it is seen from the directory of the project, so that a file has one name whatever directory a command
/// is given in; an absolute path where it stands outside.
pub(super) fn from_root(path: &Path, root: &Path) -> Result<PathBuf> {
    let (full, root) = (absolute(path)?, absolute(root)?);
    Ok(match full.strip_prefix(&root) {
        Ok(below) if below.as_os_str().is_empty() => PathBuf::from("."),
        Ok(below) => below.to_owned(),
        Err(_) => full,
    })
}

/// An absolute path without `.` and `..`.
fn absolute(path: &Path) -> Result<PathBuf> {
    // The directory of a configuration that stands here is an empty path.
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let full = std::path::absolute(path).map_err(|err| Error::io("find", path, err))?;
    if !full.components().any(|part| part == Component::ParentDir) {
        return Ok(full);
    }
    // Only the file system knows what is above a link.
    Ok(full.canonicalize().unwrap_or(full))
}

/// Takes the sources into the archive.
pub(super) fn read(
    archive: &mut Archive,
    config: &Config,
    sources: &[Source],
    session: &Session,
    told: &mut Told,
) -> Result<()> {
    let progress = Progress::new(session, "Reading", "documents");
    let intake = Intake { zone: config.zone, now: session.now };
    let report = ingest::ingest(archive, sources, &intake, &mut |event| match event {
        Event::Seen(documents) => progress.at(documents),
        event => told.hear(event, session),
    })?;
    told.report += report;
    Ok(())
}

impl Told {
    fn hear(&mut self, event: Event, session: &Session) {
        match event {
            // Nothing is wrong with it, and a crawl holds thousands.
            Event::Problem(err) if err.is_no_article() => session.say.detail(format_args!("{err}")),
            Event::Problem(err) if self.problems.len() < MOST_TOLD => self.problems.push(err),
            Event::Problem(_) => self.more.0 += 1,
            Event::Known(err) if self.named.iter().any(|file| is_in(err.subject(), file)) => self.problems.push(err),
            Event::Known(err) if self.known.len() < MOST_TOLD => self.known.push(err),
            Event::Known(_) => self.more.1 += 1,
            Event::Note(origin, words) if self.notes.len() < MOST_TOLD => self.notes.push((origin, words)),
            Event::Note(..) => self.more.2 += 1,
            Event::Done(outcome, origin, path) => {
                let fate = match outcome {
                    archive::Outcome::Added => "is new at",
                    archive::Outcome::Replaced => "replaces",
                    archive::Outcome::Same => "is the same as",
                    archive::Outcome::Moved => "is another copy of",
                    archive::Outcome::Returned => "is there again, and shows again",
                    archive::Outcome::Linked => "has nearly the text of",
                    archive::Outcome::Skipped => "was left out, since it has nearly the text of",
                    archive::Outcome::Departed => "was removed from the archive by hand, and stays away",
                };
                session.say.detail(format_args!("{origin} {fate} {path}"));
            }
            Event::Held(origin, mark) => {
                session.say.detail(format_args!("{origin} is held back: {mark}"));
                *self.held.entry(mark).or_default() += 1;
            }
            Event::Withdrawn(origin, path) => {
                session.say.detail(format_args!("{origin} is gone, so {path} is retracted"))
            }
            Event::Seen(_) => {}
        }
    }

    pub(super) fn has_failures(&self) -> bool {
        !self.problems.is_empty() || self.report.has_failures()
    }

    /// Says what came in, what did not, and what a person should look at.
    pub(super) fn tell(&self, session: &Session) {
        let say = &session.say;
        problems::tell(&self.problems, LISTS_ALL, session);
        for (origin, words) in &self.notes {
            say.note(format_args!("{origin}: {words}"));
        }
        for (more, noun) in [(self.more.0, "problem"), (self.more.2, "note")] {
            if more > 0 {
                let narrow = "`feedmill ingest PATH` tells those of one file or directory";
                say.note(format_args!("{} more; {narrow}", count(more, noun)));
            }
        }
        let report = &self.report;
        let read = report.files - report.unread;
        let inside = match report.documents.saturating_sub(report.unread) {
            documents if documents > read => format!(" with {}", count(documents, "document")),
            _ => String::new(),
        };
        let unread =
            if report.unread > 0 { format!(", {} unchanged and not read", report.unread) } else { String::new() };
        say.did("Read", format_args!("{}{inside}{unread}", count(read, "file")));
        if report.no_articles > 0 {
            let named = "without an article (-v names them)";
            say.did("Passed over", format_args!("{} {named}", count(report.no_articles, "document")));
        }
        if report.passed_over > 0 {
            say.detail(format_args!(
                "{} passed over, which by name hold no articles",
                count(report.passed_over, "file")
            ));
        }
        let kinds = [
            (report.added, "added"),
            (report.replaced, "replaced"),
            (report.moved, "found at another place"),
            (report.returned, "there again, and no longer retracted"),
            (report.same, "the same as before"),
            (report.linked, "linked to another of nearly the same text"),
            (report.skipped, "left out for another of nearly the same text"),
            (report.departed, "removed by hand before, and left out"),
        ];
        let kept: Vec<String> = kinds.iter().filter(|(n, _)| *n > 0).map(|(n, fate)| format!("{n} {fate}")).collect();
        if !kept.is_empty() {
            say.did("Archived", format_args!("articles: {}", kept.join(", ")));
        }
        if report.withdrawn > 0 {
            let articles = count(report.withdrawn, "article");
            say.did("Retracted", format_args!("{articles} whose files are gone (-v names them)"));
        }
        if report.coarse > 0 {
            let of = count(report.coarse, "article");
            say.did(
                "Dated",
                format_args!("{of} to no more than a month, a quarter or a year (`feedmill explain` says why)"),
            );
        }
        if !self.held.is_empty() {
            let mut marks: Vec<(&String, &u64)> = self.held.iter().collect();
            marks.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
            let listed: Vec<String> = marks.iter().take(MOST_MARKS).map(|(mark, n)| format!("{n} {mark}")).collect();
            let all = count(self.held.values().sum(), "article");
            let listed = listed.join(", ");
            let more = if marks.len() > MOST_MARKS { ", and others (-v names them)" } else { "" };
            say.did("Held back", format_args!("{all} marked as not public: {listed}{more}"));
        }
        let known = self.known.len() as u64 + self.more.1;
        let undated = self.problems.iter().filter(|err| err.is_undated()).count() as u64;
        let known_undated = self.known.iter().filter(|err| err.is_undated()).count() as u64;
        if undated > 0 {
            say.did("Set aside", format_args!("{} without a date", count(undated, "article")));
        }
        if let failed @ 1.. = self.problems.len() as u64 + self.more.0 - undated {
            let named = if failed <= problems::EXAMPLES as u64 { ", named above" } else { "" };
            say.did("Failed", format_args!("{}{named}", count(failed, "input")));
        }
        let counted =
            [(known_undated, "article", "without a date"), (known - known_undated, "input", "that could not be read")];
        let counted = counted.into_iter().filter(|(n, ..)| *n > 0);
        let counted: Vec<String> = counted.map(|(n, noun, lack)| format!("{} {lack}", count(n, noun))).collect();
        if !counted.is_empty() {
            say.did("Unchanged", format_args!("{} ({LISTS_ALL})", counted.join(" and ")));
        }
    }

    pub(super) fn to_json(&self) -> Value {
        let report = &self.report;
        let all = self.problems.iter().map(|err| (err, false)).chain(self.known.iter().map(|err| (err, true)));
        let problems = all.map(|(err, is_known)| {
            json!({
                "origin": err.subject(),
                "message": err.message(),
                "hint": err.hint_text(),
                "undated": err.is_undated(),
                "known": is_known,
            })
        });
        let notes = self.notes.iter().map(|(origin, words)| json!({ "origin": origin, "message": words }));
        json!({
            "files": report.files,
            "documents": report.documents,
            "unread": report.unread,
            "passed_over": report.passed_over,
            "added": report.added,
            "replaced": report.replaced,
            "same": report.same,
            "moved": report.moved,
            "departed": report.departed,
            "returned": report.returned,
            "withdrawn": report.withdrawn,
            "linked": report.linked,
            "skipped": report.skipped,
            "undated": report.undated,
            "coarse": report.coarse,
            "unfinished": report.unfinished,
            "held": &self.held,
            "no_articles": report.no_articles,
            "problems": problems.collect::<Vec<_>>(),
            "notes": notes.collect::<Vec<_>>(),
            "untold": { "problems": self.more.0 + self.more.1, "notes": self.more.2 },
        })
    }
}

/// Whether an origin is that of a file, or of something in it.
fn is_in(origin: &str, file: &str) -> bool {
    origin.strip_prefix(file).is_some_and(|rest| rest.is_empty() || rest.starts_with(['#', '/']))
}
