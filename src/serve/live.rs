//! Pages that are made when they are asked for, handed out as if they were files.
//!
//! Whatever a page takes, it takes on threads that may block, few at a time, and for a bounded time. A page that was made
//! is kept with its compressed forms until anything changes that it could depend on.

use std::collections::HashMap;
use std::io;
use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use hyper::body::Incoming;
use hyper::header::{self, HeaderValue};
use hyper::{Request, StatusCode};
use tokio::task::spawn_blocking;

use super::answer::Answer;
use super::body::Body;
use super::coding::Coding;
use super::decide::{Decision, VARY, Wanted, decide, pressed};
use super::held::Held;
use super::log;
use super::treatment::{self, Class};
use super::turns::{Cost, NoTurn, Turns};
use super::{House, Settings};
use crate::pages::{self, Kind, Pages, Reply};

/// The longest that looking something up may take.
const LONGEST_LOOK: TimeDelta = TimeDelta::seconds(3);

/// Bytes of pages that are kept, with their compressed forms.
const KEPT: usize = 16 << 20;

/// A page whose address is longer is not kept: somebody tries what he can ask for.
const LONGEST_ADDRESS: usize = 512;

/// People who read on expect what is new; that what they read was right a minute ago is enough.
const MAX_AGE: Duration = Duration::from_secs(60);

/// The pages of the archive, and those that were made.
pub(super) struct Live {
    pages: Arc<Pages>,
    turns: Turns,
    made: Arc<Mutex<Made>>,
    max_age: HeaderValue,
}

/// Pages of one state of the archive, by their addresses.
#[derive(Default)]
struct Made {
    state: u64,
    pages: HashMap<String, Arc<Held>>,
    scales: Arc<AtomicUsize>,
}

/// A page, or what is said instead.
enum Outcome {
    Page(Arc<Held>),
    Instead(Reply),
}

impl Live {
    pub(super) fn new(options: pages::Options, settings: &Settings) -> Live {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let max_age = format!("public, max-age={}", settings.max_age.min(MAX_AGE).as_secs());
        Live {
            pages: Arc::new(Pages::new(options)),
            turns: Turns::new(processors),
            made: Arc::default(),
            max_age: HeaderValue::try_from(max_age).unwrap_or(HeaderValue::from_static("no-cache")),
        }
    }
}

/// Whether a page may be meant.
pub(super) fn is_one(house: &House, request: &Request<Incoming>) -> bool {
    house.live.is_some() && Pages::is_one(request.uri().path())
}

/// The page, where one is meant. `None` leaves the answer to what stands in the directory.
pub(super) async fn answer(
    house: &Arc<House>,
    peer: IpAddr,
    request: &Request<Incoming>,
    now: DateTime<Utc>,
) -> Option<Answer> {
    let live = house.live.as_ref()?;
    let path = request.uri().path();
    if !Pages::is_one(path) {
        return None;
    }
    let client = log::client(peer, request);
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str()).to_owned();
    let cost = if Pages::is_search(path) { Cost::High } else { Cost::Low };
    let mut outcome = None;
    if cost == Cost::High {
        // One that was made before costs no more than any page.
        let (pages, made, target) = (live.pages.clone(), live.made.clone(), target.clone());
        let find = move || find(&pages, &made, &target, now).1.map(Outcome::Page);
        outcome = match live.in_turn(Cost::Low, client, find).await {
            Ok(found) => found,
            Err(answer) => return Some(answer),
        };
    }
    if outcome.is_none() {
        let (pages, made, clock) = (live.pages.clone(), live.made.clone(), house.clock.clone());
        // The time begins when the turn has come.
        let make = move || {
            let start = clock();
            make(&pages, &made, &target, now, move || clock() < start + LONGEST_LOOK)
        };
        outcome = match live.in_turn(cost, client, make).await {
            Ok(made) => Some(made),
            Err(answer) => return Some(answer),
        };
    }
    let outcome = outcome?;
    match outcome {
        Outcome::Page(held) => Some(hand_out(house, live, request, &held, now).await),
        // The page of the feed at the top says as much as can be said without the archive.
        Outcome::Instead(Reply { kind: Kind::Unavailable, .. }) if path == "/" => None,
        Outcome::Instead(reply) => Some(instead(reply, request)),
    }
}

impl Live {
    /// Does something that blocks when its turn has come; the error is what is answered where it does not come.
    async fn in_turn<T: Send + 'static>(
        &self,
        cost: Cost,
        client: IpAddr,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Answer> {
        let turn = self.turns.wait(cost, client).await.map_err(|refused| match refused {
            NoTurn::TooMany => busy("There are too many questions now.\n"),
            NoTurn::TooManyOfOneClient => {
                Answer::words(StatusCode::TOO_MANY_REQUESTS, "Wait for the answers to your other questions.\n")
                    .with(header::RETRY_AFTER, HeaderValue::from_static("5"))
            }
        })?;
        // A client that goes away does not stop the work, so the turn goes with it.
        let work = move || {
            let _turn = turn;
            work()
        };
        spawn_blocking(work).await.map_err(|_| busy("This page cannot be made now.\n"))
    }
}

/// The state of the archive, and the page of that state if it was made before.
fn find(pages: &Pages, made: &Mutex<Made>, target: &str, now: DateTime<Utc>) -> (Option<u64>, Option<Arc<Held>>) {
    let Some(state) = pages.state(now) else { return (None, None) };
    let mut made = made.lock().unwrap_or_else(PoisonError::into_inner);
    if made.state != state {
        made.pages.clear();
        made.state = state;
    }
    (Some(state), made.pages.get(target).cloned())
}

/// Makes a page, or finds the one that was made.
fn make(
    pages: &Pages,
    made: &Mutex<Made>,
    target: &str,
    now: DateTime<Utc>,
    go_on: impl FnMut() -> bool + Send + 'static,
) -> Outcome {
    let (state, found) = find(pages, made, target, now);
    if let Some(held) = found {
        return Outcome::Page(held);
    }
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
    let reply = pages.answer(path, query, now, go_on);
    if reply.kind != Kind::Page {
        return Outcome::Instead(reply);
    }
    let mut made = made.lock().unwrap_or_else(PoisonError::into_inner);
    let held = Arc::new(Held::made(reply.body, &made.scales));
    // A page that was made while the archive changed is of either state, and for this reader only.
    if Some(made.state) == state && target.len() <= LONGEST_ADDRESS {
        if made.scales.load(Ordering::Relaxed) > KEPT {
            made.pages.clear();
        }
        made.pages.insert(target.to_owned(), held.clone());
    }
    Outcome::Page(held)
}

async fn hand_out(
    house: &Arc<House>,
    live: &Live,
    request: &Request<Incoming>,
    held: &Arc<Held>,
    now: DateTime<Utc>,
) -> Answer {
    let decision = decide(house, request, "", held, now.into()).with_what_is_held(held);
    let answer = match decision {
        Decision::Said(answer) => answer,
        Decision::Body(answer, Wanted::Pressed(coding)) => match house.shelf.variant(held, coding).await {
            Ok(variant) => pressed(answer, &variant),
            Err(_) => return busy("This page cannot be sent now.\n"),
        },
        Decision::Body(..) => return busy("This page cannot be sent now.\n"),
    };
    match answer.response.headers().contains_key(header::ETAG) {
        true => answer.with(header::CACHE_CONTROL, live.max_age.clone()),
        false => answer,
    }
}

fn instead(reply: Reply, request: &Request<Incoming>) -> Answer {
    let status = match reply.kind {
        Kind::Page => StatusCode::OK,
        Kind::Nothing => StatusCode::NOT_FOUND,
        Kind::TooLong | Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Kind::Moved(to) => {
            let query = request.uri().query().map_or(String::new(), |query| format!("?{query}"));
            let words = "The address of this page is another one.\n";
            return match HeaderValue::try_from(format!("{to}{query}")) {
                Ok(to) => Answer::words(StatusCode::MOVED_PERMANENTLY, words).with(header::LOCATION, to),
                Err(_) => Answer::words(StatusCode::NOT_FOUND, "There is nothing here.\n"),
            };
        }
    };
    let treatment = treatment::of("page.html", None);
    let mut headers = header::HeaderMap::with_capacity(8);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(treatment.media_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::VARY, VARY);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Some(policy) = treatment.policy {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    }
    if status == StatusCode::SERVICE_UNAVAILABLE {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
    }
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(reply.body.len()));
    let answer = Answer::new(status, headers, Body::Whole(reply.body.into()));
    Answer { class: Class::Page, coding: Coding::Identity, ..answer }
}

fn busy(words: &'static str) -> Answer {
    Answer::words(StatusCode::SERVICE_UNAVAILABLE, words).with(header::RETRY_AFTER, HeaderValue::from_static("30"))
}

/// Has the catalogue kept up to date, on a thread of its own, until what is returned is dropped. The thread is not
/// waited for: what it does is whole at any moment.
pub(super) fn keep_catalogue(house: &Arc<House>) -> io::Result<Option<mpsc::Sender<()>>> {
    let Some(live) = &house.live else { return Ok(None) };
    let (stay, stop) = mpsc::channel();
    let (pages, clock) = (live.pages.clone(), house.clock.clone());
    let keep = move || pages.keep_catalogue(&*clock, &stop);
    std::thread::Builder::new().name("catalogue".to_owned()).spawn(keep)?;
    Ok(Some(stay))
}
