//! `feedmill schedule`

use std::io::{self, Write};
use std::path::Path;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::clock;
use super::session::Session;
use super::{Outcome, Stop, log};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::schedule::When;
use crate::schedule::units::{Job, SCHEDULERS};
use crate::source::http;

#[derive(clap::Args)]
#[command(before_help = "Examples:
  feedmill schedule                    when which source and feed is next due
  feedmill schedule --print systemd    a service and a timer
  feedmill schedule --print service    a systemd service that runs all the time
  feedmill schedule --print cron       lines for a crontab
  feedmill schedule --print launchd    a property list for macOS
  feedmill schedule --print github     a workflow for GitHub Actions")]
pub(super) struct Args {
    /// Write the schedule down for this scheduler, which then runs `feedmill build`
    #[arg(long, value_name = "SCHEDULER", value_parser = schedulers())]
    print: Option<String>,
}

fn schedulers() -> clap::builder::PossibleValuesParser {
    let names = SCHEDULERS.iter().map(|(name, about, _)| clap::builder::PossibleValue::new(name).help(about));
    names.collect::<Vec<_>>().into()
}

/// So many coming times are shown of each.
const SHOWN: usize = 3;

pub(super) fn run(args: &Args, session: &Session) -> Result<Outcome, Stop> {
    let config = session.config()?;
    let wanted = SCHEDULERS.iter().find(|(name, ..)| args.print.as_deref() == Some(name));
    if let Some((name, _, write)) = wanted {
        let text = write(&job(&config, session)?)?;
        session.print_json(|| json!({ "scheduler": name, "text": text }))?;
        if !session.json {
            io::stdout().lock().write_all(text.as_bytes())?;
        }
        return Ok(Outcome::Done);
    }
    let zone = config.schedule.zone;
    let coming = |when: &When| -> Vec<DateTime<Utc>> {
        std::iter::successors(when.next_after(session.now, zone), |at| when.next_after(*at, zone)).take(SHOWN).collect()
    };
    if session.json {
        let list = all(&config).into_iter().map(|(what, when)| {
            let next: Vec<String> = coming(when).iter().map(DateTime::to_rfc3339).collect();
            json!({ "what": what, "schedule": when.to_string(), "next": next })
        });
        session.print_json(|| json!({ "timezone": zone.name(), "schedule": list.collect::<Vec<_>>() }))?;
        return Ok(Outcome::Done);
    }
    let mut out = io::stdout().lock();
    for (what, when) in all(&config) {
        writeln!(out, "{}: {when}", super::say::harmless(&what))?;
        for at in coming(when) {
            writeln!(out, "  {}", log::time(at, &config))?;
        }
    }
    writeln!(out, "times are those of {}", zone.name())?;
    Ok(Outcome::Done)
}

/// Everything that has a schedule, with its name.
fn all(config: &Config) -> Vec<(String, &When)> {
    let schedule = &config.schedule;
    let sources = config.sources.iter().map(|source| {
        (format!("source {}", source.path.display()), source.schedule.as_ref().unwrap_or(&schedule.usual))
    });
    let remotes = config.remotes.iter().map(|spec| {
        (format!("source {}", http::shown(&spec.source.url)), spec.schedule.as_ref().unwrap_or(&schedule.usual))
    });
    let feeds = config.feeds.iter().zip(&schedule.feeds);
    let feeds = feeds.filter_map(|(feed, when)| Some((format!("feed {}", feed.label()), when.as_ref()?)));
    sources.chain(remotes).chain(feeds).collect()
}

fn job(config: &Config, session: &Session) -> Result<Job> {
    let absolute = |path: &Path| std::path::absolute(path).map_err(|err| Error::io("find", path, err));
    let program = std::env::current_exe().map_err(|err| Error::io("find", "the program", err))?;
    let root = if config.root.as_os_str().is_empty() { Path::new(".") } else { &config.root };
    let mut when: Vec<When> = Vec::new();
    for (_, each) in all(config) {
        if !when.contains(each) {
            when.push(each.clone());
        }
    }
    if when.is_empty() {
        when.push(config.schedule.usual.clone());
    }
    Ok(Job {
        program,
        config: absolute(&session.config_path()?)?,
        directory: absolute(root)?,
        written: vec![absolute(&config.archive)?, absolute(&config.output)?],
        title: if config.site.title.is_empty() { config.site.url.clone() } else { config.site.title.clone() },
        when,
        zone: config.schedule.zone,
        syncs: !config.remotes.is_empty(),
        limit: config.schedule.limit,
    })
}

/// How many seconds may be slept after a build that began at `begun`, until a time of the schedule comes or an
/// article falls due; at least one, so that a loop around it never spins.
pub(super) fn until_due(config: &Config, article: Option<DateTime<Utc>>, begun: DateTime<Utc>) -> u64 {
    let zone = config.schedule.zone;
    let times = all(config).into_iter().filter_map(|(_, when)| when.next_after(begun, zone));
    let Some(next) = times.chain(article).min() else { return MOST_SLEPT };
    // The build has taken its time: the clock is read again.
    let left = next.signed_duration_since(clock::now()).num_milliseconds();
    u64::try_from(left).unwrap_or(0).div_ceil(1_000).clamp(1, MOST_SLEPT)
}

/// A day: whoever sleeps does not see that the configuration or the clock has changed.
const MOST_SLEPT: u64 = 86_400;
