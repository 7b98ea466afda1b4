//! `feedmill generate`

use std::path::Path;

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::say::count;
use super::session::Session;
use super::{Outcome, Stop, hub, ingest};
use crate::archive::{Access, Archive};
use crate::config::Config;
use crate::disk::Written;
use crate::error::Result;
use crate::feed::{self, FeedSpec};
use crate::generate::{self, FeedReport, FileReport, Published, Report};

#[derive(clap::Args)]
#[command(before_help = "Examples:
  feedmill generate                                write what is due now
  feedmill generate --as-of 2024-05-01             as it stood at the end of that day
  feedmill generate --as-of 2024-05-01T12:00:00Z   as it stood at that moment")]
pub(super) struct Args {
    #[command(flatten)]
    moment: Moment,
}

/// The option that `generate` and `build` share.
#[derive(clap::Args)]
pub(super) struct Moment {
    /// Show what is due at this instant: a date (all of the day) or an RFC 3339 time [default: now]
    #[arg(long, value_name = "WHEN")]
    as_of: Option<String>,
    /// Fail where an entry is left out, or a feed has an error, by the rules of `feedmill check`
    #[arg(long)]
    strict: bool,
}

impl Moment {
    pub(super) fn instant(&self, session: &Session, config: &Config) -> Result<DateTime<Utc>> {
        session.as_of(self.as_of.as_deref(), config)
    }

    /// Whether the feeds are made as they stand now, so that others are told of them.
    pub(super) fn is_now(&self) -> bool {
        self.as_of.is_none()
    }

    /// Whether the feeds are not what was asked for.
    pub(super) fn has_failed(&self, report: &Report) -> bool {
        !report.is_complete() || self.strict && !report.is_sound()
    }
}

pub(super) fn run(args: &Args, session: &Session) -> Result<Outcome, Stop> {
    let config = session.config()?;
    let as_of = args.moment.instant(session, &config)?;
    let archive = open(&config, session)?;
    ingest::tell_of_damage(&archive, session);
    let report = write_feeds(&archive, &config, as_of)?;
    tell(&report, &config, session);
    let is_told = !args.moment.is_now() || hub::tell_all(&config, &report, session)?;
    session.print_json(|| json!({ "generate": to_json(&report, &config) }))?;
    Ok(Outcome::failed_if(!is_told || args.moment.has_failed(&report)))
}

/// The archive to read from, without what has expired.
fn open(config: &Config, session: &Session) -> Result<Archive> {
    let archive = Archive::open(&config.archive, Access::Read, session.now)?;
    if !archive.has_expired(session.now)? {
        return Ok(archive);
    }
    drop(archive);
    let mut archive = Archive::open(&config.archive, Access::Write, session.now)?;
    expire(&mut archive, session.now, session)?;
    drop(archive);
    Archive::open(&config.archive, Access::Read, session.now)
}

/// Retracts what has expired, and says so.
pub(super) fn expire(archive: &mut Archive, now: DateTime<Utc>, session: &Session) -> Result<()> {
    let expired = archive.expire(now)?;
    archive.commit()?;
    if !expired.is_empty() {
        session
            .say
            .did("Retracted", format_args!("{} that expired (-v names them)", count(expired.len() as u64, "article")));
        expired.iter().for_each(|path| session.say.detail(format_args!("{path} has expired")));
    }
    Ok(())
}

/// Writes the feeds of those places in the configuration.
pub(super) fn write_chosen(
    archive: &Archive,
    config: &Config,
    wanted: &dyn Fn(usize) -> bool,
    as_of: DateTime<Utc>,
) -> Result<Report> {
    let report = generate::generate_chosen(archive, &config.site, &config.feeds, wanted, as_of, &config.output)?;
    with_archive(report, archive, config, as_of)
}

pub(super) fn write_feeds(archive: &Archive, config: &Config, as_of: DateTime<Utc>) -> Result<Report> {
    let report = generate::generate(archive, &config.site, &config.feeds, as_of, &config.output)?;
    with_archive(report, archive, config, as_of)
}

/// Publishes the archive beside the feeds where it is to be.
fn with_archive(mut report: Report, archive: &Archive, config: &Config, as_of: DateTime<Utc>) -> Result<Report> {
    if config.publish_archive {
        report.archive = Some(generate::publish_archive(archive, &config.site, as_of, &config.output)?);
    }
    Ok(report)
}

/// Says what was written and what to do now.
pub(super) fn tell(report: &Report, config: &Config, session: &Session) {
    let say = &session.say;
    for feed in &report.feeds {
        for err in &feed.unreadable {
            say.error(err);
        }
        for entry in &feed.shortened {
            say.detail(format_args!("{} shows its summary only: its text has {} bytes", entry.path, entry.bytes));
        }
        if feed.silent > 0 {
            let left_out = count(feed.silent as u64, "article");
            say.note(format_args!("{left_out} without sound or film left out of the podcast {}", named(&feed.name)));
        }
        for entry in &feed.quarantined {
            say.note(format_args!("{:?} is left out of {}: {}", entry.title, named(&feed.name), entry.reason));
        }
        for (path, finding) in &feed.errors {
            let place = format!("{}:{}:{}", path.display(), finding.line, finding.column);
            say.note(format_args!("{place}: {} [{}]", finding.message, finding.rule.code));
        }
        // Of many, a line for all of them comes below.
        if feed.articles.is_none() {
            let place = feed.files.first().and_then(|file| file.path.parent()).unwrap_or(Path::new(""));
            let line = format!("{}/ ({})", place.display(), count(feed.entries as u64, "entry"));
            match feed.written() {
                0 if report.is_unchanged() => {}
                0 => say.did("Kept", format_args!("{line}, as it was")),
                changed => say.did("Wrote", format_args!("{line}, {}", count(changed as u64, "file"))),
            }
            tell_history(feed, place, session);
        }
        for file in &feed.files {
            say.detail(format_args!("{} ({}, {} bytes)", file.path.display(), fate(file), file.bytes));
        }
    }
    if !report.is_unchanged() {
        splits(report, config).for_each(|split| tell_split(&split, config, session));
    }
    for file in &report.beside {
        say.detail(format_args!("{} ({}, {} bytes)", file.path.display(), fate(file), file.bytes));
    }
    if let Some(archive) = &report.archive {
        tell_archive(archive, session);
    }
    if report.is_unchanged() {
        let feeds = count(report.feeds.len() as u64, "feed");
        say.did("Kept", format_args!("{feeds} in {}: nothing changed", config.output.display()));
    }
    if let Some(due) = report.next_due().filter(|due| *due > session.now) {
        say.note(format_args!(
            "the next article is due at {}: run `feedmill generate` then",
            due.to_rfc3339_opts(SecondsFormat::Secs, true)
        ));
    }
    if !config.has_url {
        say.note(format_args!(
            "no `url` is configured in [site], so that links lead to {}; set it before you publish",
            config.site.url
        ));
    }
    let files: Vec<&Path> = report.feeds.iter().flat_map(|feed| &feed.files).map(|file| file.path.as_path()).collect();
    let named = |name: &str| files.iter().find(|path| path.file_name().is_some_and(|file| file == name));
    if let (Some(page), Some(feed)) = (named("index.html"), named("atom.xml")) {
        say.next(format_args!("open {} in a browser, or subscribe to {}", page.display(), feed.display()));
    }
}

fn tell_history(feed: &FeedReport, place: &Path, session: &Session) {
    let history = &feed.history;
    if history.is_unchanged() {
        return;
    }
    let files = |n: usize, what: &str| (n > 0).then(|| format!(", {} {what}", count(n as u64, "file")));
    let changes = [files(history.written, "written"), files(history.removed, "removed")];
    let changes: String = changes.into_iter().flatten().collect();
    let documents = count(history.documents as u64, "document");
    let directory = place.join(feed::history::DIRECTORY);
    session.say.did("Filed", format_args!("{}/ ({documents}){changes}", directory.display()));
}

/// What became of the feeds that one specification was split into.
struct SplitReport<'a> {
    spec: &'a FeedSpec,
    by: &'static str,
    feeds: usize,
    /// How many of them have changed …
    changed: usize,
    /// … and how many files that were.
    files: usize,
}

fn splits<'a>(report: &'a Report, config: &'a Config) -> impl Iterator<Item = SplitReport<'a>> {
    config.feeds.iter().enumerate().filter_map(|(at, spec)| {
        let by = spec.split.as_ref()?.by.name();
        let feeds = || report.feeds.iter().filter(move |feed| feed.from == at);
        let changed = feeds().filter(|feed| !feed.is_unchanged()).count();
        let files = feeds().map(|feed| feed.written() + feed.history.written).sum();
        Some(SplitReport { spec, by, feeds: feeds().count(), changed, files })
    })
}

fn tell_split(split: &SplitReport<'_>, config: &Config, session: &Session) {
    let SplitReport { spec, by, feeds, changed, files } = split;
    let place = config.output.join(&spec.name);
    let line = format!("{}/ ({} by {by})", place.display(), count(*feeds as u64, "feed"));
    match changed {
        0 => session.say.did("Kept", format_args!("{line}, as they were")),
        _ => session.say.did("Wrote", format_args!("{line}, {changed} anew, {}", count(*files as u64, "file"))),
    }
}

fn tell_archive(archive: &Published, session: &Session) {
    let say = &session.say;
    archive.unreadable.iter().for_each(|err| say.error(err));
    let counted = |n: usize, noun: &str, what: &str| (n > 0).then(|| format!("{} {what}", count(n as u64, noun)));
    let changes: Vec<String> = [
        counted(archive.copied, "file", "copied"),
        counted(archive.removed, "file", "removed"),
        counted(archive.relisted, "month", "listed anew"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !archive.is_unchanged() {
        let articles = count(archive.articles, "article");
        let changes = if changes.is_empty() { String::new() } else { format!(": {}", changes.join(", ")) };
        say.did("Published", format_args!("{} ({articles}){changes}", archive.path.display()));
    }
}

fn fate(file: &FileReport) -> &'static str {
    match file.written {
        Written::New => "new",
        Written::Changed => "changed",
        Written::Same => "same",
    }
}

/// A feed as a sentence names it.
fn named(name: &str) -> String {
    if name.is_empty() { "the feed".to_owned() } else { format!("the feed {name:?}") }
}

pub(super) fn to_json(report: &Report, config: &Config) -> Value {
    let time = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    // Thousands of feeds in which nothing happened say nothing.
    let is_told = |feed: &&FeedReport| feed.articles.is_none() || !feed.is_unchanged() || !feed.is_sound();
    let feeds = report.feeds.iter().filter(is_told).map(|feed| {
        let files = feed.files.iter().map(|file| {
            json!({
                "format": file.format,
                "path": file.path.display().to_string(),
                "bytes": file.bytes,
                "written": file.written != Written::Same,
            })
        });
        json!({
            "name": feed.name,
            "title": feed.title,
            "entries": feed.entries,
            "news": feed.news,
            "updated": time(feed.updated.to_utc()),
            "files": files.collect::<Vec<_>>(),
            "history": {
                "documents": feed.history.documents,
                "written": feed.history.written,
                "removed": feed.history.removed,
                "next": feed.history.next.map(time),
            },
            "shortened": feed.shortened.iter().map(|entry| entry.path.clone()).collect::<Vec<_>>(),
            "silent": feed.silent,
            "quarantined": feed.quarantined.iter().map(|out| json!({ "id": out.id, "title": out.title, "reason": out.reason })).collect::<Vec<_>>(),
            "errors": feed.errors.iter().map(|(path, finding)| json!({
                "path": path.display().to_string(), "code": finding.rule.code, "message": finding.message,
            })).collect::<Vec<_>>(),
            "unreadable": feed.unreadable.iter().map(ToString::to_string).collect::<Vec<_>>(),
        })
    });
    let mut out = json!({ "feeds": feeds.collect::<Vec<_>>(), "next_due": report.next_due().map(time) });
    let beside = report.beside.iter().filter(|file| file.written != Written::Same || file.format != "sitemap");
    let beside = beside.map(|file| {
        json!({ "format": file.format, "path": file.path.display().to_string(), "written": file.written != Written::Same })
    });
    out["beside"] = beside.collect();
    let splits = splits(report, config).map(|split| {
        json!({ "name": split.spec.name, "by": split.by, "feeds": split.feeds, "changed": split.changed, "files": split.files })
    });
    let splits: Vec<Value> = splits.collect();
    if !splits.is_empty() {
        out["splits"] = splits.into();
    }
    if let Some(archive) = &report.archive {
        out["archive"] = json!({
            "path": archive.path.display().to_string(),
            "articles": archive.articles,
            "months": archive.months,
            "listed": archive.relisted,
            "copied": archive.copied,
            "removed": archive.removed,
            "unreadable": archive.unreadable.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "written": archive.written != Written::Same,
        });
    }
    out
}
