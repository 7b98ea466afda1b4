//! A run: many sources side by side, and one thread that writes.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use url::Url;

use super::raw::Raw;
use super::state::{State, Troubles};
use super::visit::{Crew, Halt, Message, Visit};
use super::{Agent, Done, Ended, Event, Keeper, Kind, Report, Source, Why, poll, pull};
use crate::archive::{Intake, OpenAdopted, OpenRemotes};
use crate::error::Result;
use crate::ingest::{self, Deleted};

/// What was taken in is brought onto the disk this often: what a crash may cost is fetched again.
const COMMIT_EVERY: TimeDelta = TimeDelta::seconds(2);
/// After so long without a message everything is brought onto the disk, and others may write.
const SILENCE: Duration = Duration::from_millis(200);
/// Messages that wait for the thread that writes, and …
const WAITING: usize = 1024;
/// … those among them that may hold a few megabytes.
const HEAVY: usize = 8;

/// Asks every source that may be asked, and takes what is new into the archive.
///
/// # Errors
/// The archive or the disk refuse, the settings are wrong, or the keeper of the archive says that the run is to end.
/// That a source fails is no error of the run.
pub fn sync(
    keeper: &mut dyn Keeper,
    sources: &[Source],
    agent: &Agent<'_>,
    zone: Tz,
    each: &mut dyn FnMut(Event),
) -> Result<Report> {
    let now = agent.clock.now();
    let mut run = Run {
        raw: agent.settings.raw.clone().map(|dir| Raw::new(dir, now)),
        crew: None,
        committed: now,
        is_open: false,
        tallies: HashMap::new(),
        troubles: HashMap::new(),
        whole: HashMap::new(),
        keeper,
        agent,
        zone,
        each,
    };
    let mut report = Report::default();
    let mut seen: HashSet<String> = HashSet::new();
    let mut all: Vec<Source> = sources.iter().filter(|source| seen.insert(source.url.clone())).cloned().collect();
    let mut from = 0;
    // What a subscription list names is asked after the list; lists in lists end, since each address counts once.
    while from < all.len() {
        run.round(&all, from, &mut report)?;
        let known = run.keeper.archive()?.remotes()?.states()?;
        let lists = all[from..].to_vec();
        from = all.len();
        for list in &lists {
            for child in children(list, &State::of(&known, &list.url)) {
                if seen.insert(child.url.clone()) {
                    (run.each)(Event::Found(all.len(), child.url.clone()));
                    all.push(child);
                }
            }
        }
    }
    for done in &report.sources {
        report.articles += done.report;
        report.requests += done.requests;
    }
    Ok(report)
}

/// The sources that a subscription list names: read as the list says, with its folders as tags.
pub(super) fn children(list: &Source, state: &State) -> Vec<Source> {
    if list.kind.or(state.kind) != Some(Kind::Opml) {
        return Vec::new();
    }
    let feeds = state.parts.as_array().map(Vec::as_slice).unwrap_or_default();
    let child = |feed: &serde_json::Value| {
        let url = feed.get("url")?.as_str()?.to_owned();
        let name = feed.get("title").and_then(serde_json::Value::as_str).filter(|title| *title != url);
        let mut child = Source { name: name.map(str::to_owned), url, kind: None, headers: Vec::new(), ..list.clone() };
        let folders = feed.get("folders").and_then(serde_json::Value::as_array);
        for folder in folders.into_iter().flatten().filter_map(serde_json::Value::as_str) {
            if !child.reading.tags.iter().any(|tag| tag == folder) {
                child.reading.tags.push(folder.to_owned());
            }
        }
        Some(child)
    };
    feeds.iter().filter_map(child).collect()
}

/// A source that is to be visited, with its number and its state.
struct Job {
    at: usize,
    state: State,
}

struct Run<'r> {
    keeper: &'r mut dyn Keeper,
    agent: &'r Agent<'r>,
    zone: Tz,
    /// Called together when there is somebody to ask.
    crew: Option<Arc<Crew<'r>>>,
    raw: Option<Raw>,
    each: &'r mut dyn FnMut(Event),
    committed: DateTime<Utc>,
    /// Whether something waits to be committed.
    is_open: bool,
    /// What has come from each source.
    tallies: HashMap<usize, ingest::Report>,
    /// What was wrong with documents of each source that is being visited, now and before.
    troubles: HashMap<usize, Troubles>,
    /// Of other archives, whether all of the current month could be taken in so far.
    whole: HashMap<usize, bool>,
}

impl<'r> Run<'r> {
    /// Visits the sources from the `from`-th on.
    fn round(&mut self, all: &[Source], from: usize, report: &mut Report) -> Result<()> {
        let known = self.keeper.archive()?.remotes()?.states()?;
        let now = self.agent.clock.now();
        // In the order of the first source of each host.
        let mut lines: Vec<Vec<Job>> = Vec::new();
        let mut line_of: BTreeMap<String, usize> = BTreeMap::new();
        for (at, source) in all.iter().enumerate().skip(from) {
            let state = State::of(&known, &source.url);
            if !may_visit(&state, now, self.agent.settings.force) {
                let ended = if state.is_gone() { Ended::Gone } else { Ended::NotDue };
                report.sources.push(self.done(all, at, ended, state, 0));
                continue;
            }
            self.troubles.insert(at, state.troubles.clone());
            let address = state.address.as_deref().unwrap_or(&source.url);
            let host = Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
            let line = *line_of.entry(host).or_insert_with(|| {
                lines.push(Vec::new());
                lines.len() - 1
            });
            lines[line].push(Job { at, state });
        }
        if lines.is_empty() {
            return Ok(());
        }
        let workers = self.agent.settings.workers.clamp(1, lines.len().max(1));
        let archive = self.keeper.archive()?;
        let connections =
            (0..workers).map(|_| Ok((archive.remotes()?, archive.adopted()?))).collect::<Result<Vec<_>>>()?;
        let lines: Vec<Mutex<Vec<Job>>> = lines.into_iter().map(Mutex::new).collect();
        let next = AtomicUsize::new(0);
        let crew = &self.crew()?;
        std::thread::scope(|scope| {
            let (sender, receiver) = sync_channel(WAITING);
            let (room, taken) = sync_channel(HEAVY);
            for (known, adopted) in connections {
                let (sender, room, lines, next) = (sender.clone(), room.clone(), &lines, &next);
                scope.spawn(move || work(all, lines, next, crew, (&known, &adopted), (&sender, &room)));
            }
            drop((sender, room));
            // When this returns early, the receiver is dropped, and the others stop at their next message.
            self.listen(all, &receiver, &taken, report)
        })?;
        self.commit()
    }

    fn crew(&mut self) -> Result<Arc<Crew<'r>>> {
        if let Some(crew) = &self.crew {
            return Ok(Arc::clone(crew));
        }
        let crew = Arc::new(Crew {
            agent: self.agent,
            settings: &self.agent.settings,
            client: self.agent.client()?,
            hosts: &self.agent.hosts,
            clock: self.agent.clock,
            zone: self.zone,
            downloads: self.keeper.archive()?.downloads(),
        });
        self.crew = Some(Arc::clone(&crew));
        Ok(crew)
    }

    /// Takes in what the others pass on.
    fn listen(
        &mut self,
        all: &[Source],
        receiver: &Receiver<Message>,
        taken: &Receiver<()>,
        report: &mut Report,
    ) -> Result<()> {
        loop {
            let message = match receiver.recv_timeout(SILENCE) {
                Ok(message) => message,
                Err(RecvTimeoutError::Timeout) => {
                    self.commit()?;
                    self.keeper.rest()?;
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            };
            let is_heavy = message.is_heavy();
            self.hear(all, message, report)?;
            if is_heavy {
                // Whoever sent it has put a token there before.
                let _ = taken.try_recv();
            }
            if self.agent.clock.now() - self.committed >= COMMIT_EVERY {
                self.commit()?;
                self.keeper.rest()?;
            }
        }
    }

    /// Retracts what a source names no longer, where that is wanted and is not most of what it named.
    fn withdraw(&mut self, all: &[Source], at: usize) -> Result<()> {
        if all[at].deleted == Deleted::Keep {
            return Ok(());
        }
        let archive = self.keeper.archive()?;
        let gone = ingest::gone_from_remote(archive, &all[at].url, None)?;
        if let Some(doubt) = gone.doubt() {
            (self.each)(Event::Problem(at, doubt));
            return Ok(());
        }
        gone.withdraw(archive, &Intake { zone: self.zone, now: self.agent.clock.now() })?;
        self.tallies.entry(at).or_default().withdrawn += gone.articles.len() as u64;
        for place in gone.articles {
            (self.each)(Event::Note(at, format!("{} is gone, so {} is retracted", place.origin, place.path)));
        }
        Ok(())
    }

    fn hear(&mut self, all: &[Source], message: Message, report: &mut Report) -> Result<()> {
        match message {
            Message::Pieces(at, pieces) => {
                let intake = Intake { zone: self.zone, now: self.agent.clock.now() };
                let (each, mut again) = (&mut *self.each, 0);
                let troubles = self.troubles.entry(at).or_default();
                let mut hear = |event| match event {
                    ingest::Event::Problem(err) if err.is_no_article() || troubles.note(&err) => {
                        each(Event::Problem(at, err));
                    }
                    ingest::Event::Problem(err) => {
                        again += 1;
                        each(Event::Known(at, err));
                    }
                    ingest::Event::Known(err) => each(Event::Known(at, err)),
                    ingest::Event::Note(origin, words) => each(Event::Note(at, format!("{origin}: {words}"))),
                    ingest::Event::Done(outcome, origin, path) => each(Event::Article(at, outcome, origin, path)),
                    ingest::Event::Held(..) | ingest::Event::Withdrawn(..) | ingest::Event::Seen(_) => {}
                };
                let mut taken = ingest::take(self.keeper.archive()?, pieces, &all[at].reading, &intake, &mut hear)?;
                taken.failures -= again;
                *self.tallies.entry(at).or_default() += taken;
                self.is_open = true;
            }
            Message::Mirror(at, event) => {
                let intake = Intake { zone: self.zone, now: self.agent.clock.now() };
                let tally = self.tallies.entry(at).or_default();
                let is_whole = self.whole.get(&at).copied().unwrap_or(true);
                let of = (at, &all[at], is_whole);
                let is_whole = pull::receive(self.keeper.archive()?, of, event, &intake, tally, self.each)?;
                self.whole.insert(at, is_whole);
                self.is_open = true;
            }
            Message::State(at, mut state) => {
                self.remember(all, at, &mut state)?;
            }
            Message::Page(at, page) => {
                self.keeper.archive()?.put_remote_page(&all[at].url, &page)?;
                self.is_open = true;
            }
            Message::Gone(at, urls) => {
                self.keeper.archive()?.put_gone_pages(&all[at].url, &urls)?;
                self.is_open = true;
                self.withdraw(all, at)?;
            }
            Message::Raw(record) => {
                if let Some(raw) = &mut self.raw {
                    raw.add(&record)?;
                }
            }
            Message::Commit(answer) => {
                self.commit()?;
                // Nobody waits any more: no matter.
                let _ = answer.send(());
            }
            Message::Tell(event) => (self.each)(event),
            Message::Done(at, ended, mut state, requests) => {
                self.remember(all, at, &mut state)?;
                report.sources.push(self.done(all, at, ended, *state, requests));
            }
        }
        Ok(())
    }

    fn remember(&mut self, all: &[Source], at: usize, state: &mut State) -> Result<()> {
        if self.tallies.get(&at).is_some_and(|tally| tally.added + tally.replaced > 0) {
            state.news = state.answered.or(state.news);
        }
        if let Some(known) = self.troubles.get(&at) {
            state.troubles.clone_from(known);
        }
        self.is_open = true;
        self.keeper.archive()?.put_remote(&all[at].url, &state.to_json())
    }

    fn done(&mut self, all: &[Source], at: usize, result: Ended, state: State, requests: u64) -> Done {
        let report = self.tallies.remove(&at).unwrap_or_default();
        let done = Done { url: all[at].url.clone(), result, state, report, requests };
        (self.each)(Event::Done(at, Box::new(done.clone())));
        done
    }

    /// Brings everything onto the disk: first what came, then what was read from it, then what is known of the source.
    fn commit(&mut self) -> Result<()> {
        self.committed = self.agent.clock.now();
        if let Some(raw) = &mut self.raw {
            raw.flush()?;
        }
        if std::mem::take(&mut self.is_open) {
            self.keeper.archive()?.commit()?;
        }
        Ok(())
    }
}

/// Whether a source may be visited: it is due, or there is something left to fetch that needs no asking. Even who
/// insists keeps what a server has asked for.
fn may_visit(state: &State, now: DateTime<Utc>, force: bool) -> bool {
    let waits = state.next.why == Why::RetryAfter && !state.is_due(now);
    match () {
        () if waits => false,
        () if force => true,
        () if state.is_gone() => false,
        () => state.is_due(now) || state.may_go_on(now),
    }
}

/// Visits the sources of one host after the other, until there are no more.
fn work(
    all: &[Source],
    lines: &[Mutex<Vec<Job>>],
    next: &AtomicUsize,
    crew: &Crew<'_>,
    (known, adopted): (&OpenRemotes, &OpenAdopted),
    (send, room): (&SyncSender<Message>, &SyncSender<()>),
) {
    while let Some(line) = lines.get(next.fetch_add(1, Ordering::Relaxed)) {
        let jobs = std::mem::take(&mut *line.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
        for Job { at, state } in jobs {
            if send.send(Message::Tell(Event::Begun(at))).is_err() {
                return;
            }
            let visit = Visit {
                at,
                source: &all[at],
                state,
                crew,
                known,
                adopted,
                send,
                room,
                requests: 0,
                documents: 0,
                seen: HashSet::new(),
                named: HashSet::new(),
                lists: Vec::new(),
            };
            if let Err(Halt::HungUp) = poll::visit(visit) {
                return;
            }
        }
    }
}
