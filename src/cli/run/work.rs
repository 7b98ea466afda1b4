//! What the tasks do, and what it came to.

use std::sync::Arc;

use super::super::clock;
use super::super::ingest::own_directories;
use super::super::say::count;
use super::super::{generate, hub, remote};
use super::house::{House, Job};
use super::turn::{Queue, Turn};
use crate::archive::{Access, Archive, Change, Intake};
use crate::disk::Written;
use crate::error::{Error, Result};
use crate::ingest::{self, Event, Source};
use crate::schedule::{Cut, Hold, Outcome};
use crate::source::tree::Tree;
use crate::sync::{self, Done, Ended, Keeper};

/// What went wrong on the way, and is to be told though the task has not failed.
pub(super) type Problems = Vec<Error>;

/// So many problems of one run are told.
const MOST_TOLD: usize = 20;

/// Does a task. What failed as a whole is said in the outcome.
pub(super) fn run(house: &House, job: Job, queue: &Arc<Queue>, cut: &Cut) -> (Outcome, Problems) {
    let mut problems = Problems::new();
    let mut turn = Turn::new(queue, house.config.archive.clone(), cut);
    let done = match job {
        Job::Records => records(&mut turn, &mut problems),
        Job::Ingest(at) => read(house, at, &mut turn, cut, &mut problems),
        Job::Sync(at) => ask(house, at, &mut turn, &mut problems),
        Job::Ping(at) => hub::tell(&house.config, &house.hubs[at]).map(|told| {
            let (changes, words) = (told as u64, list(&[(told as u64, "documents told of")]));
            Outcome { changes, words, ..Outcome::default() }
        }),
        Job::Feeds => feeds(house, &|at| house.config.schedule.feeds[at].is_none(), &mut turn, &mut problems),
        Job::Feed(at) => feeds(house, &|feed| feed == at, &mut turn, &mut problems),
    };
    let outcome = done.unwrap_or_else(|err| Outcome { failure: Some(words(&err)), ..Outcome::default() });
    (outcome, problems)
}

/// An error on one line.
fn words(err: &Error) -> String {
    match err.hint_text() {
        Some(hint) => format!("{}: {} ({hint})", err.subject(), err.message()),
        None => format!("{}: {}", err.subject(), err.message()),
    }
}

fn note(problems: &mut Problems, err: Error) {
    if problems.len() < MOST_TOLD {
        problems.push(err);
    }
}

/// `3 added, 1 edited`, without what there is none of.
fn list(counted: &[(u64, &str)]) -> String {
    let list: Vec<String> = counted.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    list.join(", ")
}

fn records(turn: &mut Turn, problems: &mut Problems) -> Result<Outcome> {
    let changes = turn.archive()?.rescan(clock::now(), &mut |change| {
        if let Change::Problem(err) = change {
            note(problems, err);
        }
    })?;
    let counted = [
        (changes.added, "added by hand"),
        (changes.changed, "edited by hand"),
        (changes.moved, "moved by hand"),
        (changes.removed, "removed by hand"),
        (changes.problems, "not read"),
    ];
    let changed = changes.added + changes.changed + changes.moved + changes.removed;
    Ok(Outcome { changes: changed, words: list(&counted), ..Outcome::default() })
}

fn read(house: &House, at: usize, turn: &mut Turn, cut: &Cut, problems: &mut Problems) -> Result<Outcome> {
    let (config, spec) = (&house.config, &house.config.sources[at]);
    let tree = Tree::new(&spec.path, &config.root, &spec.include, &spec.exclude, &own_directories(config)?)?;
    let reading = spec.reading.clone().at(&tree);
    let source = Source { tree, reading, deleted: spec.deleted };
    let intake = Intake { zone: config.zone, now: clock::now() };
    let mut hear = |event| match event {
        Event::Problem(err) if !err.is_no_article() => note(problems, err),
        _ => {}
    };
    let report = ingest::ingest_until(turn.archive()?, &[source], &intake, &|| cut.is_cut(), &mut hear)?;
    let counted = [
        (report.added, "added"),
        (report.replaced, "replaced"),
        (report.moved, "moved"),
        (report.withdrawn, "retracted"),
        (report.returned, "returned"),
        (report.undated, "without a date"),
        (report.problems, "not read"),
    ];
    let changes = report.added + report.replaced + report.moved + report.withdrawn + report.returned;
    Ok(Outcome { changes, words: list(&counted), ..Outcome::default() })
}

fn ask(house: &House, at: usize, turn: &mut Turn, problems: &mut Problems) -> Result<Outcome> {
    let spec = &house.config.remotes[at];
    let source = remote::source(spec)?;
    let now = clock::now();
    let report = sync::sync(turn, &[source], &house.agent, house.config.zone, &mut |event| {
        if let sync::Event::Problem(_, err) = event
            && !err.is_no_article()
        {
            note(problems, err);
        }
    })?;
    let articles = &report.articles;
    let mut said = vec![list(&[
        (articles.added, "added"),
        (articles.replaced, "replaced"),
        (articles.undated, "without a date"),
        (articles.problems, "not read"),
    ])];
    let failed: Vec<&Done> = report.sources.iter().filter(|done| done.result == Ended::Failed).collect();
    let gone = report.sources.iter().filter(|done| done.result == Ended::Gone);
    said.extend(gone.map(|done| format!("{} is gone for good (410)", done.url)));
    let problem = |done: &Done| done.state.problem.clone().unwrap_or_else(|| format!("{} has failed", done.url));
    // One of the feeds of a subscription list holds up none of the others.
    let failure = match failed[..] {
        [] => None,
        [one] if report.sources.len() == 1 => Some(problem(one)),
        _ => {
            said.push(format!("{} failed", count(failed.len() as u64, "feed")));
            failed.iter().for_each(|done| note(problems, Error::remote(&done.url, problem(done))));
            None
        }
    };
    let is_unfinished = report.sources.iter().any(|done| done.result == Ended::Unfinished);
    let next = report.sources.iter().filter_map(|done| done.next().at).min();
    said.retain(|words| !words.is_empty());
    Ok(Outcome {
        failure,
        changes: articles.added + articles.replaced + articles.moved + articles.withdrawn + articles.returned,
        words: said.join(", "),
        // Its own schedule is what somebody wants; without one, the server knows best.
        falls_due: match spec.schedule {
            _ if is_unfinished => Some(now),
            None => next,
            Some(_) => None,
        },
        hold: next.filter(|next| *next > now && !is_unfinished).map(|until| Hold { from: now, until }),
    })
}

fn feeds(house: &House, wanted: &dyn Fn(usize) -> bool, turn: &mut Turn, problems: &mut Problems) -> Result<Outcome> {
    let config = &house.config;
    let now = clock::now();
    let archive = match Archive::open(&config.archive, Access::Read, now) {
        // The index must be made first, and somebody else is about it.
        Err(err) if err.is_locked() => {
            turn.archive()?;
            turn.rest()?;
            Archive::open(&config.archive, Access::Read, now)?
        }
        opened => opened?,
    };
    let archive = if archive.has_expired(now)? {
        drop(archive);
        let writing = turn.archive()?;
        writing.expire(now)?;
        writing.commit()?;
        turn.rest()?;
        Archive::open(&config.archive, Access::Read, now)?
    } else {
        archive
    };
    let report = generate::write_chosen(&archive, config, wanted, now)?;
    hub::note(config, &report)?;
    let falls_due = report.next_change();
    let mut changed = 0;
    for feed in report.feeds {
        changed += feed.files.iter().filter(|file| file.written != Written::Same).count() as u64;
        changed += (feed.history.written + feed.history.removed) as u64;
        feed.unreadable.into_iter().for_each(|err| note(problems, err));
        for entry in feed.quarantined {
            note(problems, Error::input(entry.id, "an entry that follows the specifications", entry.reason));
        }
        for (path, finding) in feed.errors {
            let place = format!("{}:{}:{}", path.display(), finding.line, finding.column);
            note(problems, Error::input(place, "a feed that follows the specifications", finding.message));
        }
    }
    Ok(Outcome { changes: changed, words: list(&[(changed, "files written")]), falls_due, ..Outcome::default() })
}
