//! `feedmill log`

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, Write};
use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::say::{count, harmless};
use super::session::Session;
use super::{Outcome, Stop};
use crate::archive::layout::Layout;
use crate::config::{self, Config};
use crate::error::{Error, Result};
use crate::schedule::journal::{self, Entry, Wanted};
use crate::schedule::read_duration;

#[derive(clap::Args)]
#[command(before_help = "Examples:
  feedmill log                       the last 20 runs: what, why, how long, what changed
  feedmill log -n 100 --task sync    the last 100 runs of the tasks called sync
  feedmill log --failed --since 7d   what went wrong in the last seven days
  feedmill log --json                the same for machines")]
pub(super) struct Args {
    /// At most so many runs, the last ones
    #[arg(short = 'n', value_name = "RUNS", default_value_t = 20)]
    runs: usize,
    /// Runs begun at this time or later: a date, an RFC 3339 time, or a length of time such as 2h
    #[arg(long, value_name = "WHEN")]
    since: Option<String>,
    /// Runs of this task, or of all whose names begin with this word
    #[arg(long, value_name = "TASK")]
    task: Option<String>,
    /// Runs that failed or were cut off
    #[arg(long)]
    failed: bool,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<Outcome, Stop> {
    let config = session.config()?;
    let since = args.since.as_ref().map(|text| moment(text, &config, session.now)).transpose()?;
    let wanted = Wanted { task: args.task.clone(), since, failed: args.failed };
    let mut runs: VecDeque<Entry> = VecDeque::new();
    let path = Layout::new(&config.archive).journal();
    let strange = journal::read(&path, &wanted, &mut |entry| {
        runs.push_back(entry);
        if runs.len() > args.runs {
            runs.pop_front();
        }
    })?;
    if strange > 0 {
        session.say.note(format_args!("{} of {} cannot be read", count(strange, "line"), path.display()));
    }
    if session.json {
        session.print_json(|| json!({ "runs": runs.iter().map(to_json).collect::<Vec<_>>() }))?;
        return Ok(Outcome::Done);
    }
    if runs.is_empty() {
        session.say.note(format_args!("no such run in {}", path.display()));
    }
    let width = runs.iter().map(|entry| entry.task.chars().count()).max().unwrap_or(0).min(40);
    let mut out = io::stdout().lock();
    for entry in &runs {
        let (task, fate) = (harmless(&entry.task), entry.fate.word());
        let took = format!("{:.1}s", entry.took.as_secs_f64());
        write!(out, "{}  {task:width$}  {fate:7}  {took:>7}  ", time(entry.started, &config), width = width)?;
        let mut told = vec![entry.why.clone()];
        if entry.changes > 0 {
            told.push(count(entry.changes, "change"));
        }
        told.extend(Some(entry.words.clone()).filter(|words| !words.is_empty()));
        told.extend(entry.next.map(|at| format!("next {}", time(at, &config))));
        writeln!(out, "{}", harmless(&told.join("; ")))?;
    }
    Ok(Outcome::Done)
}

/// The beginning of a day, a time, or so long ago.
fn moment(text: &str, config: &Config, now: DateTime<Utc>) -> Result<DateTime<Utc>> {
    let ago = || now.checked_sub_signed(TimeDelta::from_std(read_duration(text)?).ok()?);
    ago().or_else(|| config::point_in_time(text, false, config.zone).map(|at| at.to_utc())).ok_or_else(|| {
        Error::usage("--since", format!("expected a date, a time or a length of time, found {text:?}"))
            .hint("write 2024-05-01, 2024-05-01T12:00:00Z or 7d")
    })
}

/// The last run of every task in the journal of an archive, by the name of the task.
pub(super) fn newest(archive: &Path) -> Result<Vec<Entry>> {
    let mut last: BTreeMap<String, Entry> = BTreeMap::new();
    journal::read(&Layout::new(archive).journal(), &Wanted::default(), &mut |entry| {
        last.insert(entry.task.clone(), entry);
    })?;
    Ok(last.into_values().collect())
}

/// A time as the clock of the schedule shows it.
pub(super) fn time(at: DateTime<Utc>, config: &Config) -> String {
    at.with_timezone(&config.schedule.zone).format("%Y-%m-%d %H:%M:%S").to_string()
}

pub(super) fn to_json(entry: &Entry) -> Value {
    serde_json::from_str(&journal::to_line(entry)).unwrap_or_default()
}
