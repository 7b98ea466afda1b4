//! `feedmill check`

use std::io::{self, Write};

use serde_json::json;

use super::progress::Progress;
use super::say::{count, harmless};
use super::session::Session;
use super::{Outcome, Stop, index};
use crate::archive::{Access, Archive};

#[derive(clap::Args)]
#[command(before_help = "Examples:
  feedmill check             read every record, report what is wrong
  feedmill check --json      the same for machines")]
pub(super) struct Args {}

pub(super) fn run(_args: &Args, session: &Session) -> Result<Outcome, Stop> {
    let config = session.config()?;
    let mut archive = Archive::open(&config.archive, Access::Write, session.now)?;
    // Ids that occur twice, and records that the index does not know, come to light here.
    let (changes, problems) = index::rescan(&mut archive, session)?;
    if !changes.is_none() {
        index::tell(&changes, session);
    }
    let progress = Progress::new(session, "Checking", "records");
    let mut findings = Vec::new();
    let records = archive.check(&mut |finding| findings.push(finding), &mut |seen| progress.at(seen))?;
    drop(progress);

    if session.json {
        let list: Vec<_> = findings
            .iter()
            .map(|found| json!({ "path": found.path, "message": found.message, "hint": found.hint }))
            .collect();
        session.print_json(|| json!({ "records": records, "findings": list, "problems": problems }))?;
    } else {
        let mut out = io::stdout().lock();
        for found in &findings {
            writeln!(out, "{} {}", harmless(&found.path), harmless(&found.message))?;
            writeln!(out, "  hint: {}", found.hint)?;
        }
    }
    let wrong = findings.len() as u64 + changes.problems;
    match wrong {
        0 => session.say.did("Checked", format_args!("{}: nothing is wrong", count(records, "record"))),
        n => session.say.did("Checked", format_args!("{}: {}", count(records, "record"), count(n, "finding"))),
    }
    Ok(Outcome::failed_if(wrong > 0))
}
