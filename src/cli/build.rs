//! `feedmill build`

use std::io::{self, Write};

use serde_json::json;

use super::ingest::Told;
use super::session::Session;
use super::sync::{self, Asked};
use super::{Outcome, Stop, generate, hub, index, ingest, remote, schedule};
use crate::archive::Archive;
use crate::config::Config;
use crate::error::Result;

#[derive(clap::Args)]
#[command(before_help = "Examples:
  feedmill build                      read what is new or changed, write the feeds
  feedmill build --sync               ask the remote sources, too
  feedmill build --undated mtime      take the file's time where an article has no date
  feedmill build --as-of 2024-05-01   the feeds as they stood at the end of that day
  sleep $(feedmill build --until-due)  build, and sleep until something is due")]
pub(super) struct Args {
    #[command(flatten)]
    reading: ingest::Reading,
    #[command(flatten)]
    moment: generate::Moment,
    /// Ask the remote sources that may be asked, too
    #[arg(long)]
    sync: bool,
    /// Print how many seconds may be slept until something is due again
    #[arg(long, conflicts_with = "as_of")]
    until_due: bool,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<Outcome, Stop> {
    let config = session.config()?;
    let as_of = args.moment.instant(session, &config)?;
    let mut told = Told::default();
    let sources = ingest::configured(&config, &args.reading, &mut told)?;
    let mut archive = ingest::open(&config, session)?;
    // First what people have done to the records, so that ingest knows what it may replace.
    let (by_hand, hand_problems) = index::rescan(&mut archive, session)?;
    if !by_hand.is_none() {
        index::tell(&by_hand, session);
    }
    ingest::read(&mut archive, &config, &sources, session, &mut told)?;
    told.tell(session);
    let asked = match args.sync && !config.remotes.is_empty() {
        true => Some(ask(&mut archive, &config, session)?),
        false => None,
    };

    generate::expire(&mut archive, session.now, session)?;
    let feeds = generate::write_feeds(&archive, &config, as_of)?;
    generate::tell(&feeds, &config, session);
    let is_told = !args.moment.is_now() || hub::tell_all(&config, &feeds, session)?;
    let sleep = args.until_due.then(|| {
        let polls = asked.as_ref().and_then(Asked::next);
        schedule::until_due(&config, feeds.next_change().into_iter().chain(polls).min(), session.now)
    });
    if let Some(sleep) = sleep.filter(|_| !session.json) {
        writeln!(io::stdout().lock(), "{sleep}")?;
    }
    session.print_json(|| {
        let mut all = json!({
            "index": index::to_json(&by_hand, &hand_problems),
            "ingest": told.to_json(),
            "generate": generate::to_json(&feeds, &config),
        });
        if let Some(asked) = &asked {
            all["sync"] = asked.to_json();
        }
        if let Some(sleep) = sleep {
            all["until_due"] = sleep.into();
        }
        all
    })?;
    let has_failed = asked.is_some_and(|asked| asked.report.has_failures());
    Ok(Outcome::failed_if(
        !is_told || has_failed || by_hand.problems > 0 || told.has_failures() || args.moment.has_failed(&feeds),
    ))
}

fn ask(archive: &mut Archive, config: &Config, session: &Session) -> Result<Asked> {
    let all: Vec<_> = config.remotes.iter().collect();
    sync::ask(archive, config, &all, remote::settings(config, false)?, session)
}
