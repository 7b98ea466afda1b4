//! One source being asked: what every kind of source does alike.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::SyncSender;

use chrono::{DateTime, Utc};
use globset::{Glob, GlobSet, GlobSetBuilder};
use url::Url;

use super::mirror;
use super::robots::{self, Robots, Verdict};
use super::state::{Moved, State};
use super::{Agent, Clock, Ended, Event, Hosts, Settings, Source, decide};
use crate::archive::{OpenAdopted, OpenRemotes, RemotePage};
use crate::error::{Error, Result};
use crate::ingest::Piece;
use crate::source::Document;
use crate::source::http::{Answer, Client, Request};
use crate::source::warc::write;

/// The most bytes of a feed, a subscription list or a page.
pub(super) const MOST_BYTES: u64 = 32 << 20;

/// Who asks to be let in by `robots.txt`.
const ROBOT: &str = "feedmill";
/// The most bytes of a `robots.txt` that are fetched; the first 500 KiB count (RFC 9309 section 2.5).
const MOST_ROBOTS: u64 = 8 << 20;
/// A longer pause than this is not kept: who asks for it wants no robots, and says so in another way.
const LONGEST_PAUSE: chrono::TimeDelta = chrono::TimeDelta::minutes(2);

/// What the threads of a run share.
pub(super) struct Crew<'c> {
    pub agent: &'c Agent<'c>,
    pub settings: &'c Settings,
    pub client: Arc<Client>,
    pub hosts: &'c Hosts<'c>,
    pub clock: &'c dyn Clock,
    /// The zone of dates that name none.
    pub zone: chrono_tz::Tz,
    /// Where downloads are kept until they are whole.
    pub downloads: PathBuf,
}

/// What a thread that asks passes on to the one that writes. The number is that of the source.
pub(super) enum Message {
    /// Documents that were read.
    Pieces(usize, Vec<Piece>),
    /// What another archive was found to hold.
    Mirror(usize, mirror::Event),
    /// What is to be remembered of the source, from here on.
    State(usize, Box<State>),
    /// What is to be remembered of one of its pages.
    Page(usize, RemotePage),
    /// Pages that the source names no longer.
    Gone(usize, Vec<String>),
    /// An answer, as a record of a WARC file.
    Raw(Vec<u8>),
    /// Everything that was passed on is to be on the disk; an answer is waited for.
    Commit(SyncSender<()>),
    /// Something to tell.
    Tell(Event),
    /// The visit is over.
    Done(usize, Ended, Box<State>, u64),
}

impl Message {
    /// Whether it may hold a few megabytes.
    pub fn is_heavy(&self) -> bool {
        matches!(self, Message::Pieces(..) | Message::Mirror(..) | Message::Raw(_))
    }
}

/// Why a visit ends early.
pub(super) enum Halt {
    /// The thread that writes has stopped.
    HungUp,
    /// The source is gone for good.
    Gone,
    /// The source did not answer as it should: why, and the headers of its answer.
    Failed(Error, Vec<(String, String)>),
}

impl From<Error> for Halt {
    fn from(err: Error) -> Halt {
        Halt::Failed(err, Vec::new())
    }
}

/// What the steps of a visit return.
pub(super) type Step<T> = std::result::Result<T, Halt>;

/// One source being asked.
pub(super) struct Visit<'v> {
    pub at: usize,
    pub source: &'v Source,
    pub state: State,
    pub crew: &'v Crew<'v>,
    pub known: &'v OpenRemotes,
    pub adopted: &'v OpenAdopted,
    pub send: &'v SyncSender<Message>,
    /// Takes a token for every message that is heavy, and blocks while there are too many.
    pub room: &'v SyncSender<()>,
    pub requests: u64,
    /// Documents beside the first that were fetched in this run.
    pub documents: u32,
    /// Addresses that were fetched in this run.
    pub seen: HashSet<String>,
    /// What the lists that were read in this run name, wanted or not.
    pub named: HashSet<String>,
    /// The lists (sitemaps, directories) that were read to their end in this run.
    pub lists: Vec<String>,
}

impl Visit<'_> {
    /// The address that is asked.
    pub fn address(&self) -> String {
        self.state.address.clone().unwrap_or_else(|| self.source.url.clone())
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.crew.clock.now()
    }

    pub fn send(&self, message: Message) -> Step<()> {
        if message.is_heavy() {
            self.room.send(()).map_err(|_| Halt::HungUp)?;
        }
        self.send.send(message).map_err(|_| Halt::HungUp)
    }

    pub fn tell(&self, event: Event) -> Step<()> {
        self.send(Message::Tell(event))
    }

    pub fn note(&self, words: String) -> Step<()> {
        self.tell(Event::Note(self.at, words))
    }

    /// Passes on what is to be remembered, after what was passed on before it.
    pub fn save(&self) -> Step<()> {
        self.send(Message::State(self.at, Box::new(self.state.clone())))
    }

    /// Waits until everything that was passed on is on the disk, so that it can be looked up.
    pub fn settle(&self) -> Step<()> {
        let (sender, receiver) = std::sync::mpsc::sync_channel(1);
        self.send(Message::Commit(sender))?;
        receiver.recv().map_err(|_| Halt::HungUp)
    }

    /// How documents are read, as a word that changes when they would be read in another way.
    pub fn reading(&self) -> String {
        format!("{} {}", self.source.reading.version(self.crew.zone), self.source.full_text)
    }

    /// One more document of the source was fetched.
    pub fn count(&mut self, of: Option<u64>) -> Step<()> {
        self.documents += 1;
        self.tell(Event::Fetched(self.at, self.documents.into(), of))
    }

    /// Whether this run shall fetch no more of this source.
    pub fn has_enough(&self) -> bool {
        self.documents >= self.crew.settings.most_documents
    }

    /// The request for an address.
    pub fn request<'r>(&'r self, url: &'r str, accept: &'r str, max_bytes: u64) -> Request<'r> {
        // What a source names may stand elsewhere; its credentials are its own server's.
        let is_own = origin_of(url).is_some_and(|origin| Some(origin) == origin_of(&self.source.url));
        Request {
            url,
            accept,
            headers: if is_own { &self.source.headers } else { &[] },
            etag: None,
            last_modified: None,
            max_bytes,
            private: self.source.private,
            gate: self.crew.hosts,
        }
    }

    /// Asks for an address and keeps the raw answer if that is wanted.
    pub fn get(&mut self, request: impl FnOnce(&Self) -> Result<Answer>) -> Step<Answer> {
        let answer = request(self)?;
        self.requests += 1 + answer.redirects.len() as u64;
        // The body of a download is not here; whoever asked for it keeps it.
        if answer.status != 304 && !(matches!(answer.status, 200 | 206) && answer.body.is_empty()) {
            self.keep_raw(&answer, &answer.body)?;
        }
        Ok(answer)
    }

    /// Keeps an answer as it came, where that is wanted.
    pub fn keep_raw(&self, answer: &Answer, body: &[u8]) -> Step<()> {
        if self.crew.settings.raw.is_none() {
            return Ok(());
        }
        let record = write::response_record(&write::Response {
            url: &answer.url,
            ip: None,
            at: self.now(),
            status: answer.status,
            reason: "",
            headers: &answer.headers,
            body,
        });
        self.send(Message::Raw(record))
    }

    /// Asks for the source's own address, for changes only where its validators are known. `None`: nothing has changed.
    pub fn ask(&mut self, accept: &str, max_bytes: u64) -> Step<Option<Answer>> {
        let address = self.address();
        self.state.asked = Some(self.now());
        let answer = self.get(|visit| {
            let request = Request {
                etag: visit.state.etag.as_deref(),
                last_modified: visit.state.last_modified.as_deref(),
                ..visit.request(&address, accept, max_bytes)
            };
            visit.crew.client.get(&request)
        })?;
        let is_conditional = self.state.etag.is_some() || self.state.last_modified.is_some();
        match answer.status {
            304 if is_conditional => {
                self.believe_redirects(&answer)?;
                self.succeed(&answer);
                Ok(None)
            }
            200..=203 | 226 => Ok(Some(answer)),
            410 => Err(Halt::Gone),
            _ => Err(refused(&address, answer)),
        }
    }

    /// The source answered as it should: from when on it may be asked again.
    pub fn succeed(&mut self, answer: &Answer) {
        let now = self.now();
        let said = decide::Said {
            headers: &answer.headers,
            is_conditional: self.state.etag.is_some() || self.state.last_modified.is_some(),
            interval: self.source.interval,
            rhythm: self.state.rhythm.clone(),
        };
        self.state.next = decide::after_success(&said, &self.source.url, now);
        self.state.answered = Some(now);
        self.state.failures = 0;
        self.state.problem = None;
    }

    /// Whether what is still to be fetched may be gone on with now.
    pub fn may_go_on(&self) -> bool {
        self.state.may_go_on(self.now()) || self.crew.settings.force
    }

    /// Something that is still to be fetched could not be had: when it may be gone on with.
    pub fn stumble(&mut self, headers: &[(String, String)]) {
        self.state.stumbles += 1;
        let now = self.now();
        self.state.resume = decide::after_failure(headers, self.state.stumbles, None, &self.source.url, now).at;
    }

    /// Keeps the validators of a whole answer, as they are.
    pub fn keep_validators(&mut self, answer: &Answer, body: Option<String>) {
        self.state.etag = answer.header("etag").map(str::to_owned);
        self.state.last_modified = answer.header("last-modified").map(str::to_owned);
        self.state.body = body;
    }

    /// Watches permanent redirects, and follows one for good that was seen often enough over days. Only called where
    /// what stands at the end is what the source was.
    pub fn believe_redirects(&mut self, answer: &Answer) -> Step<()> {
        let now = self.now();
        let is_permanent =
            !answer.redirects.is_empty() && answer.redirects.iter().all(|r| matches!(r.status, 301 | 308));
        if !is_permanent {
            self.state.moved = None;
            return Ok(());
        }
        let mut moved = match self.state.moved.take() {
            Some(moved) if moved.to == answer.url => moved,
            _ => Moved { to: answer.url.clone(), since: now, seen: 0 },
        };
        moved.seen += 1;
        if moved.is_certain(now) {
            self.note(format!("has moved to {}, which is asked from now on; write that into feedmill.toml", moved.to))?;
            self.state.address = Some(moved.to);
        } else {
            self.state.moved = Some(moved);
        }
        Ok(())
    }

    /// An answer as a document of the given origin.
    pub fn document(&self, origin: &str, answer: &Answer, body: Vec<u8>) -> Document<'static> {
        let mut doc = Document::from_bytes(origin, name_of(&answer.url), body);
        doc.media_type = answer.header("content-type").map(str::to_owned);
        doc.charset = charset_of(answer);
        doc.url = Some(answer.url.clone());
        doc
    }

    /// Whether `robots.txt` of its host lets the address be fetched.
    pub fn is_allowed(&mut self, url: &str) -> Step<bool> {
        if !self.source.robots {
            return Ok(true);
        }
        let Ok(parsed) = Url::parse(url) else { return Ok(false) };
        let Some(origin) = origin_of(url) else { return Ok(false) };
        let robots = self.robots(&origin)?;
        if let (Some(delay), Some(host)) = (robots.crawl_delay(ROBOT), parsed.host_str())
            && let Ok(delay) = chrono::TimeDelta::from_std(delay)
        {
            self.crew.hosts.slow_down(host, delay.min(LONGEST_PAUSE));
        }
        Ok(robots.allows(ROBOT, &parsed[url::Position::BeforePath..url::Position::AfterQuery]))
    }

    /// The rules of a server.
    fn robots(&mut self, origin: &str) -> Step<Arc<Robots>> {
        if let Some(known) = self.crew.agent.rules(origin) {
            return Ok(known);
        }
        let url = format!("{origin}/robots.txt");
        self.requests += 1;
        let answer = self.crew.client.get(&self.request(&url, "text/plain, */*;q=0.1", MOST_ROBOTS));
        let verdict = robots::on_status(answer.as_ref().ok().map(|answer| answer.status));
        let rules = Arc::new(match (verdict, answer) {
            (Verdict::Read, Ok(answer)) => Robots::parse(&answer.body),
            (Verdict::AllowAll, _) => Robots::default(),
            // RFC 9309 section 2.3.1.4: while it cannot be had, everything is forbidden.
            (Verdict::DisallowAll | Verdict::Read, _) => Robots::parse(b"User-agent: *\nDisallow: /\n"),
        });
        self.crew.agent.put_rules(origin, &rules);
        Ok(rules)
    }

    /// Passes on what the lists that were read do not name any more. What one list does not name another one may, so
    /// this comes when all have been read; and where one could not be, nobody knows.
    pub fn tell_gone(&mut self) -> Step<()> {
        let mut gone = Vec::new();
        for list in std::mem::take(&mut self.lists) {
            let named = self.known.named_by(&self.source.url, &list)?;
            gone.extend(named.into_iter().filter(|url| !self.named.contains(url)));
        }
        if gone.is_empty() { Ok(()) } else { self.send(Message::Gone(self.at, gone)) }
    }

    /// What `include` and `exclude` leave of addresses.
    pub fn wanted(&self) -> Result<Wanted> {
        Ok(Wanted { include: globs(&self.source.include)?, exclude: globs(&self.source.exclude)? })
    }
}

/// Which addresses are fetched.
pub(super) struct Wanted {
    include: Option<GlobSet>,
    exclude: Option<GlobSet>,
}

impl Wanted {
    /// Whether an address is wanted. Patterns are held against the whole of it, and against its path.
    pub fn has(&self, url: &str) -> bool {
        let path = Url::parse(url).map(|url| url.path().trim_start_matches('/').to_owned()).unwrap_or_default();
        let fits = |globs: &GlobSet| globs.is_match(url) || globs.is_match(&path);
        self.include.as_ref().is_none_or(fits) && !self.exclude.as_ref().is_some_and(fits)
    }
}

fn globs(patterns: &[String]) -> Result<Option<GlobSet>> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let wrong = |err: globset::Error| Error::usage(pattern, format!("expected a glob, found {}", err.kind()));
        set.add(Glob::new(pattern.trim_start_matches('/')).map_err(wrong)?);
    }
    let set = set.build().map_err(|err| Error::usage("the globs of a source", err))?;
    Ok((!patterns.is_empty()).then_some(set))
}

/// An answer that is no answer.
pub(super) fn refused(url: &str, answer: Answer) -> Halt {
    let err = Error::remote(url, format!("expected 200, found {}", status(answer.status)));
    let err = match answer.status {
        401 | 403 => err.hint("if it wants a name and a password, give `headers` to the source"),
        404 => err.hint("look for its new address: `feedmill sources add` finds the feed of a page"),
        _ => err,
    };
    Halt::Failed(err, answer.headers)
}

/// A status with its words.
pub(super) fn status(status: u16) -> String {
    let words = match status {
        204 => "no content",
        206 => "a part only",
        304 => "not modified, though nothing was known",
        400 => "bad request",
        401 => "unauthorized",
        403 => "forbidden",
        404 => "not found",
        406 => "not acceptable",
        416 => "range not satisfiable",
        429 => "too many requests",
        451 => "unavailable for legal reasons",
        500 => "internal server error",
        502 => "bad gateway",
        503 => "service unavailable",
        504 => "gateway timeout",
        _ => return status.to_string(),
    };
    format!("{status} ({words})")
}

/// Scheme, host and port.
pub(super) fn origin_of(url: &str) -> Option<String> {
    let origin = Url::parse(url).ok()?.origin();
    origin.is_tuple().then(|| origin.ascii_serialization())
}

/// The path of an address, as the name of a document: where dates and slugs are looked for.
pub(super) fn name_of(url: &str) -> String {
    let path = Url::parse(url).map(|url| url.path().trim_matches('/').to_owned()).unwrap_or_default();
    if path.is_empty() { "index.html".to_owned() } else { feedmill_markup::link::percent_decoded(&path) }
}

/// The encoding that a server declared.
pub(super) fn charset_of(answer: &Answer) -> Option<String> {
    let mut parameters = answer.header("content-type")?.split(';').skip(1);
    parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches('"');
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    })
}
