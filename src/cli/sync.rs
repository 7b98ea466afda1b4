//! `feedmill sync [SOURCE…]`

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::clock::SystemClock;
use super::problems;
use super::progress::Bars;
use super::remote;
use super::say::count;
use super::session::Session;
use super::{Outcome, Stop, ingest};
use crate::archive::Archive;
use crate::config::{Config, RemoteSpec};
use crate::error::Error;
use crate::sync::{self, Agent, Done, Ended, Event, Reach, Report, Settings, Source};

#[derive(clap::Args)]
#[command(before_help = "Examples:
  feedmill sync                       ask every source that may be asked, take in what is new
  feedmill sync harbour.example       only the sources with that in their address
  feedmill sync --raw                 keep every answer as WARC in raw/ too
  feedmill sync --force               ask before the time; a server's Retry-After is kept all the same")]
pub(super) struct Args {
    /// Addresses of sources, or parts of them [default: all]
    #[arg(value_name = "SOURCE")]
    sources: Vec<String>,
    /// Ask sources before their time, and those that are gone
    #[arg(long)]
    force: bool,
    /// Keep every answer as WARC in this directory [default without a value: raw]
    #[arg(long, value_name = "DIR", num_args = 0..=1, default_missing_value = "raw", require_equals = true)]
    raw: Option<PathBuf>,
}

/// Where all problems of a source are.
const LISTS_ALL: &str = "`--verbose` names all, and `--json` too";

/// What was told while the run went on.
#[derive(Default)]
struct Told {
    problems: Vec<(String, Error)>,
    /// Those that were told when the source was asked before.
    known: Vec<(String, Error)>,
    notes: Vec<(String, String)>,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<Outcome, Stop> {
    let config = session.config()?;
    if config.remotes.is_empty() {
        return Err(Error::usage("[[source]]", "expected a source with a url in the configuration, found none")
            .hint("`feedmill sources add URL` adds one")
            .into());
    }
    let mut settings = remote::settings(&config, args.force)?;
    if let Some(dir) = &args.raw {
        settings.raw = Some(config.root.join(dir));
    }
    let chosen = remote::chosen(&config, &args.sources)?;
    let mut archive = ingest::open(&config, session)?;
    let asked = ask(&mut archive, &config, &chosen, settings, session)?;
    if !asked.report.articles.nothing_changed() {
        session.say.next("run `feedmill generate` to write the feeds");
    }
    session.print_json(|| json!({ "sync": asked.to_json() }))?;
    Ok(Outcome::failed_if(asked.report.has_failures()))
}

/// What sources have answered, and what was told of it.
pub(super) struct Asked {
    pub(super) report: Report,
    told: Told,
}

/// Asks the sources that may be asked, and tells how it went.
pub(super) fn ask(
    archive: &mut Archive,
    config: &Config,
    chosen: &[&RemoteSpec],
    settings: Settings,
    session: &Session,
) -> Result<Asked, Error> {
    let sources: Vec<Source> = chosen.iter().map(|spec| remote::source(spec)).collect::<Result<_, Error>>()?;
    let mut names: Vec<String> = sources.iter().map(|source| source.url.clone()).collect();
    let agent = Agent::new(settings, &SystemClock);
    let (mut told, mut bars) = (Told::default(), Bars::new(session, sources.len() as u64));
    let report = sync::sync(archive, &sources, &agent, config.zone, &mut |event| match event {
        Event::Found(_, url) => {
            names.push(url);
            bars.more(1);
        }
        Event::Begun(at) => bars.begin(at, &names[at]),
        Event::Fetched(at, done, of) => bars.at(at, done, of),
        Event::Downloaded(at, done, of) => bars.bytes_at(at, done, of),
        Event::Article(_, outcome, origin, path) => session.say.detail(format_args!("{outcome:?} {origin} {path}")),
        Event::Problem(at, err) => told.problems.push((names[at].clone(), err)),
        Event::Known(at, err) => told.known.push((names[at].clone(), err)),
        Event::Note(at, words) => told.notes.push((names[at].clone(), words)),
        Event::Done(at, _) => bars.end(at),
    })?;
    drop(bars);
    told.tell(session);
    for done in &report.sources {
        tell(done, session);
    }
    summary(&report, session);
    Ok(Asked { report, told })
}

impl Asked {
    /// The first moment at which a source may be asked again.
    pub(super) fn next(&self) -> Option<DateTime<Utc>> {
        self.report.sources.iter().filter_map(|done| done.next().at).min()
    }

    pub(super) fn to_json(&self) -> Value {
        to_json(&self.report, &self.told)
    }
}

impl Told {
    fn tell(&self, session: &Session) {
        for of_source in self.problems.chunk_by(|a, b| a.0 == b.0) {
            of_source.iter().filter(|(_, err)| err.is_no_article()).for_each(|(_, err)| session.say.detail(err));
            let problems = of_source.iter().map(|(_, err)| err).filter(|err| !err.is_no_article());
            problems::tell(problems, LISTS_ALL, session);
        }
        self.known.iter().for_each(|(_, err)| session.say.detail(err));
        for (source, words) in &self.notes {
            session.say.note(format_args!("{source}: {words}"));
        }
    }
}

/// One line for a source that has something to say.
fn tell(done: &Done, session: &Session) {
    let say = &session.say;
    let next = remote::next(session, done.next());
    let url = &done.url;
    match done.result {
        Ended::New | Ended::Unfinished => {
            let report = &done.report;
            let mut words = vec![format!("{} new", report.added)];
            words.extend((report.replaced > 0).then(|| format!("{} changed", report.replaced)));
            words.extend((report.undated > 0).then(|| format!("{} without a date", report.undated)));
            words.extend((report.problems > 0).then(|| format!("{} not read", report.problems)));
            let rest = match (done.result == Ended::Unfinished, &done.state.history.reach) {
                (true, _) => "; there is more: run `feedmill sync` again to go on".to_owned(),
                (_, Reach::Incomplete(why)) => format!("; its history is incomplete: {why}"),
                _ => String::new(),
            };
            let again = match done.next().at {
                Some(at) if at > session.now => format!("; again in {}", remote::span(at - session.now)),
                _ => String::new(),
            };
            say.did("Synced", format_args!("{url}: {}{rest}{again}", words.join(", ")));
            say.detail(format_args!("next {next}"));
        }
        Ended::Unchanged => say.detail(format_args!("{url}: unchanged; next {next}")),
        Ended::NotDue => say.detail(format_args!("{url}: may be asked {next}")),
        Ended::Gone => say.did("Gone", format_args!("{url}: gone for good (410); remove it from feedmill.toml")),
        Ended::Failed => {
            let problem = done.state.problem.clone().unwrap_or_default();
            let problem = problem.strip_prefix(&format!("{url}: ")).unwrap_or(&problem).to_owned();
            let times = count(done.state.failures.into(), "failure");
            say.error(
                &Error::remote(url, problem).hint(format_args!("{times} in a row; it may be asked again {next}")),
            );
        }
    }
    if let Some(moved) = &done.state.moved {
        say.detail(format_args!("says that it has moved to {}; seen {}", moved.to, count(moved.seen.into(), "time")));
    }
}

fn summary(report: &Report, session: &Session) {
    let number = |ended: Ended| report.sources.iter().filter(|done| done.result == ended).count() as u64;
    let articles = &report.articles;
    let kinds = [
        (number(Ended::Unchanged), "unchanged"),
        (number(Ended::NotDue), "not due yet"),
        (number(Ended::Unfinished), "unfinished"),
        (number(Ended::Failed), "failed"),
        (number(Ended::Gone), "gone"),
    ];
    let fates: String = kinds.iter().filter(|(n, _)| *n > 0).map(|(n, fate)| format!(", {n} {fate}")).collect();
    session.say.did(
        "Asked",
        format_args!(
            "{}{fates}; {} new, {} changed; {}",
            count(report.sources.len() as u64, "source"),
            count(articles.added, "article"),
            articles.replaced,
            count(report.requests, "request"),
        ),
    );
    let due = report.sources.iter().filter(|done| done.result == Ended::NotDue);
    if let Some(first) = due.filter_map(|done| done.state.next.at).min().filter(|_| number(Ended::NotDue) > 0) {
        session.say.detail(format_args!("the next one may be asked in {}", remote::span(first - session.now)));
    }
}

fn to_json(report: &Report, told: &Told) -> Value {
    let sources = report.sources.iter().map(|done| {
        json!({
            "url": done.url,
            "result": ended(done.result),
            "state": done.state,
            "requests": done.requests,
            "added": done.report.added,
            "replaced": done.report.replaced,
            "same": done.report.same,
            "undated": done.report.undated,
            "problems": done.report.problems,
        })
    });
    let problems = told.problems.iter().map(|(source, err)| {
        json!({ "source": source, "origin": err.subject(), "message": err.message(), "hint": err.hint_text() })
    });
    let notes = told.notes.iter().map(|(source, words)| json!({ "source": source, "message": words }));
    json!({
        "sources": sources.collect::<Vec<_>>(),
        "requests": report.requests,
        "added": report.articles.added,
        "replaced": report.articles.replaced,
        "problems": problems.collect::<Vec<_>>(),
        "notes": notes.collect::<Vec<_>>(),
    })
}

fn ended(ended: Ended) -> &'static str {
    match ended {
        Ended::New => "new",
        Ended::Unchanged => "unchanged",
        Ended::Unfinished => "unfinished",
        Ended::NotDue => "not-due",
        Ended::Failed => "failed",
        Ended::Gone => "gone",
    }
}
