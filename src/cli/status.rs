//! `feedmill status`

use std::io::{self, BufWriter, Write};

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::problems::{self as told, LISTS_ALL};
use super::say::{count, harmless};
use super::session::Session;
use super::{Outcome, Stop, generate, log};
use crate::archive::{Access, Archive};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::feed::{self, FeedSpec, Selected};
use crate::generate::plan;

#[derive(clap::Args)]
#[command(before_help = "Examples:
  feedmill status                        how many articles there are, and what each feed would show
  feedmill status --problems             everything that is wrong with source files
  feedmill status --as-of 2024-05-01     what each feed would have shown on that day
  feedmill status --json                 the same for machines")]
pub(super) struct Args {
    #[command(flatten)]
    moment: generate::Moment,
    /// List all that is wrong with source files, and nothing else
    #[arg(long)]
    problems: bool,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<Outcome, Stop> {
    let config = session.config()?;
    let as_of = args.moment.instant(session, &config)?;
    let archive = Archive::open(&config.archive, Access::Read, session.now)?;
    let stats = archive.stats()?;
    let mut problems = Vec::new();
    archive.problems(&mut |_, kept| {
        problems.extend(crate::ingest::kept_problems(&kept));
    })?;
    if args.problems {
        return list(&problems, session);
    }
    let conflicts = archive.conflicts()?;
    let single = config.feeds.iter().filter(|spec| spec.split.is_none());
    let feeds: Vec<(&FeedSpec, Selected)> =
        single.map(|spec| Ok((spec, feed::select(&archive, spec, &config.site, as_of)?))).collect::<Result<_>>()?;
    let splits = splits(&archive, &config, as_of)?;

    let histories: Vec<usize> = feeds
        .iter()
        .map(|(spec, _)| Ok(feed::history::plan(&archive, spec, &config.site, as_of)?.documents.len()))
        .collect::<Result<_>>()?;
    let journal = log::newest(&config.archive)?;

    if session.json {
        let time = |at: DateTime<FixedOffset>| at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        let shown = feeds.iter().zip(&histories).map(|((spec, selected), documents)| {
            json!({
                "history": documents,
                "name": spec.name,
                "title": selected.feed.head.title,
                "entries": selected.feed.entries.len(),
                "updated": time(selected.feed.head.updated),
            })
        });
        let splits = splits.iter().map(
            |split| json!({ "name": split.spec.name, "by": split.by, "feeds": split.feeds, "empty": split.empty }),
        );
        let problems = problems.iter().map(to_json);
        session.print_json(|| {
            json!({
                "archive": config.archive.display().to_string(),
                "uuid": archive.uuid().to_string(),
                "articles": stats.articles,
                "drafts": stats.drafts,
                "retracted": stats.retracted,
                "departed": stats.departed,
                "bytes": stats.bytes,
                "first": stats.first.map(time),
                "last": stats.last.map(time),
                "source_files": stats.source_files,
                "problems": problems.collect::<Vec<_>>(),
                "conflicts": conflicts,
                "feeds": shown.collect::<Vec<_>>(),
                "splits": splits.collect::<Vec<_>>(),
                "runs": journal.iter().map(log::to_json).collect::<Vec<_>>(),
            })
        })?;
        return Ok(Outcome::Done);
    }

    let mut out = io::stdout().lock();
    let day =
        |at: Option<DateTime<FixedOffset>>| at.map_or_else(|| "?".to_owned(), |at| at.format("%Y-%m-%d").to_string());
    writeln!(out, "archive   {}, {}", config.archive.display(), archive.uuid())?;
    match stats.articles {
        0 => writeln!(out, "articles  none yet: run `feedmill build`")?,
        n => writeln!(
            out,
            "articles  {n}, of which {}{}; from {} to {}",
            count(stats.drafts, "draft"),
            if stats.retracted > 0 { format!(" and {} retracted", stats.retracted) } else { String::new() },
            day(stats.first),
            day(stats.last)
        )?,
    }
    if stats.departed > 0 {
        writeln!(out, "departed  {}", count(stats.departed, "article"))?;
    }
    writeln!(out, "sources   {}, {}", count(stats.source_files, "file"), count(stats.problems, "problem"))?;
    let (shown, more) = told::examples(&problems, told::EXAMPLES);
    for err in shown {
        writeln!(out, "          {}: {}", harmless(err.subject()), harmless(err.message()))?;
    }
    if let more @ 1.. = more.iter().map(|(_, more)| more).sum::<u64>() {
        writeln!(out, "          and {more} more ({LISTS_ALL})")?;
    }
    if !conflicts.is_empty() {
        writeln!(out, "conflicts {}, kept beside the own ones", count(conflicts.len() as u64, "version"))?;
    }
    for conflict in &conflicts {
        writeln!(out, "          {}", harmless(&archive.file(conflict).display().to_string()))?;
    }
    for ((spec, selected), documents) in feeds.iter().zip(&histories) {
        let entries = &selected.feed.entries;
        let newest = entries.iter().map(|entry| entry.published).max();
        let newest = newest.map(|at| format!(", the newest of {}", day(Some(at)))).unwrap_or_default();
        let history = match documents {
            0 => String::new(),
            n => format!(", and {} of history", count(*n as u64, "document")),
        };
        writeln!(out, "feed      {}: {}{newest}{history}", spec.label(), count(entries.len() as u64, "entry"))?;
    }
    for Split { spec, by, feeds, empty } in &splits {
        let empty = if *empty > 0 { format!(", {empty} of them empty by now") } else { String::new() };
        writeln!(out, "feeds     {}/: {} by {by}{empty}", spec.name, count(*feeds as u64, "feed"))?;
    }
    for entry in &journal {
        let next = entry.next.map(|at| format!("; next {}", log::time(at, &config))).unwrap_or_default();
        let (task, when) = (harmless(&entry.task), log::time(entry.started, &config));
        writeln!(out, "run       {task}: {} {when}{next}", entry.fate.word())?;
    }
    Ok(Outcome::Done)
}

/// Everything that is wrong with source files, one a line.
fn list(problems: &[Error], session: &Session) -> Result<Outcome, Stop> {
    if session.json {
        session.print_json(|| json!({ "problems": problems.iter().map(to_json).collect::<Vec<_>>() }))?;
        return Ok(Outcome::Done);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    for err in problems {
        writeln!(out, "{}: {}", harmless(err.subject()), harmless(err.message()))?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn to_json(err: &Error) -> Value {
    json!({ "origin": err.subject(), "problem": err.message(), "undated": err.is_undated() })
}

/// The feeds that one specification is split into.
struct Split<'a> {
    spec: &'a FeedSpec,
    by: &'static str,
    feeds: usize,
    /// How many have no article any more.
    empty: usize,
}

fn splits<'a>(archive: &Archive, config: &'a Config, as_of: DateTime<Utc>) -> Result<Vec<Split<'a>>> {
    let mut splits = Vec::new();
    for spec in &config.feeds {
        let Some(split) = &spec.split else { continue };
        let feeds = plan(archive, std::slice::from_ref(spec), as_of)?;
        let empty = feeds.iter().filter(|feed| feed.articles == Some(0)).count();
        splits.push(Split { spec, by: split.by.name(), feeds: feeds.len(), empty });
    }
    Ok(splits)
}
