//! `feedmill index`

use serde_json::{Value, json};

use super::progress::Progress;
use super::say::count;
use super::session::Session;
use super::{Outcome, Stop, ingest};
use crate::archive::{Archive, Change, Changes};
use crate::error::Result;

#[derive(clap::Args)]
#[command(before_help = "Examples:
  feedmill index               take up records that were edited, added or removed by hand
  feedmill index --rebuild     make the index anew from the records")]
pub(super) struct Args {
    /// Throw the index away and make it anew from the records
    #[arg(long)]
    rebuild: bool,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<Outcome, Stop> {
    let config = session.config()?;
    let (changes, problems) = if args.rebuild {
        watch(session, "Rebuilding", |each| Archive::rebuild(&config.archive, session.now, each))?
    } else {
        let mut archive = ingest::write_to(&config, session)?;
        rescan(&mut archive, session)?
    };
    if args.rebuild {
        session.say.did("Rebuilt", format_args!("the index of {}", count(changes.records, "record")));
    } else {
        tell(&changes, session);
    }
    if changes.problems == 0 && !changes.is_none() {
        session.say.next("run `feedmill generate` to write the feeds");
    }
    session.print_json(|| json!({ "index": to_json(&changes, &problems) }))?;
    Ok(Outcome::failed_if(changes.problems > 0))
}

/// Takes up what people have done to the records; says what went wrong, and returns that too.
pub(super) fn rescan(archive: &mut Archive, session: &Session) -> Result<(Changes, Vec<String>)> {
    watch(session, "Looking at", |each| archive.rescan(session.now, each))
}

fn watch(
    session: &Session,
    verb: &'static str,
    work: impl FnOnce(&mut dyn FnMut(Change)) -> Result<Changes>,
) -> Result<(Changes, Vec<String>)> {
    let progress = Progress::new(session, verb, "records");
    let mut problems = Vec::new();
    let mut failed = Vec::new();
    let changes = work(&mut |change| match change {
        Change::Seen(records) => progress.at(records),
        Change::Added(path) => session.say.detail(format_args!("{path} is new")),
        Change::Changed(path) => session.say.detail(format_args!("{path} was edited")),
        Change::Removed(path) => session.say.detail(format_args!("{path} is gone")),
        Change::Moved(from, to) => session.say.detail(format_args!("{from} is now {to}")),
        Change::Problem(err) => {
            problems.push(err.to_string());
            failed.push(err);
        }
    })?;
    drop(progress);
    failed.iter().for_each(|err| session.say.error(err));
    Ok((changes, problems))
}

/// Says how many records differed from the index.
pub(super) fn tell(changes: &Changes, session: &Session) {
    let kinds =
        [(changes.changed, "edited"), (changes.added, "added"), (changes.moved, "moved"), (changes.removed, "removed")];
    let found: Vec<String> = kinds
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, fate)| format!("{} {fate} by hand", count(*n, "record")))
        .collect();
    match found.is_empty() {
        true => session.say.did("Checked", format_args!("{}, none changed by hand", count(changes.records, "record"))),
        false => session.say.did("Took up", found.join(", ")),
    }
}

pub(super) fn to_json(changes: &Changes, problems: &[String]) -> Value {
    json!({
        "records": changes.records,
        "added": changes.added,
        "changed": changes.changed,
        "moved": changes.moved,
        "removed": changes.removed,
        "problems": problems,
    })
}
