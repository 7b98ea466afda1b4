//! Hubs (WebSub): they are told which feeds have news, and tell their subscribers.
//!
//! What a hub has to be told is kept in a file beside the archive until it has been told: whatever happens in between,
//! it hears of it. It is told the addresses of the documents, and fetches them itself.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::clock::SystemClock;
use super::remote;
use super::say::count;
use super::session::Session;
use crate::archive::layout::Layout;
use crate::config::Config;
use crate::disk;
use crate::error::{Error, Result};
use crate::generate::Report;
use crate::render::RENDERERS;
use crate::source::http::{Client, Request};
use crate::sync::Hosts;

/// The addresses of documents that have news, by the hub that is to be told.
pub(super) type Waiting = BTreeMap<String, BTreeSet<String>>;

/// So much of an answer is read: enough to see why a hub refuses.
const MOST_BYTES: u64 = 64 << 10;

/// Tasks of one process change the file one after the other.
static FILE: Mutex<()> = Mutex::new(());

/// Notes which hubs have to be told of what was generated, and names them.
pub(super) fn note(config: &Config, report: &Report) -> Result<BTreeSet<String>> {
    let mut hubs = BTreeSet::new();
    for feed in report.feeds.iter().filter(|feed| feed.news > 0) {
        let Some(hub) = config.feeds.get(feed.from).and_then(|spec| spec.hub.as_ref()) else { continue };
        let documents = RENDERERS.iter().filter(|format| format.is_feed());
        let base = url::Url::parse(&config.site.url).map_err(|err| Error::usage("the site's url", err))?;
        let topics = documents.filter_map(|format| {
            let path = if feed.name.is_empty() {
                format.file_name().to_owned()
            } else {
                format!("{}/{}", feed.name, format.file_name())
            };
            base.join(&path).ok().map(String::from)
        });
        change(&config.archive, |waiting| waiting.entry(hub.clone()).or_default().extend(topics))?;
        hubs.insert(hub.clone());
    }
    Ok(hubs)
}

/// The hubs that have to be told something.
pub(super) fn waiting(archive: &Path) -> Result<Waiting> {
    let path = Layout::new(archive).pings();
    match std::fs::read(&path) {
        // What cannot be read is a file that somebody has changed; the next news makes a good one of it.
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).unwrap_or_default()),
        Err(err) if err.kind() == std::io::ErrorKind::NotFound => Ok(Waiting::new()),
        Err(err) => Err(Error::io("read", &path, err)),
    }
}

fn change(archive: &Path, change: impl FnOnce(&mut Waiting)) -> Result<()> {
    let _one = FILE.lock().unwrap_or_else(PoisonError::into_inner);
    let mut all = waiting(archive)?;
    change(&mut all);
    all.retain(|_, topics| !topics.is_empty());
    let text = serde_json::to_vec_pretty(&all).unwrap_or_default();
    disk::write_if_changed(&Layout::new(archive).pings(), &text)?;
    Ok(())
}

/// Tells a hub of what waits for it (WebSub, section 7); how many documents those were.
///
/// # Errors
/// The hub did not take them, and has to be told again.
pub(super) fn tell(config: &Config, hub: &str) -> Result<usize> {
    let Some(topics) = waiting(&config.archive)?.remove(hub) else { return Ok(0) };
    let client = Client::new(&remote::settings(config, false)?.http)?;
    let gate = Hosts::new(&SystemClock, std::time::Duration::ZERO);
    let request = Request {
        url: hub,
        accept: "*/*",
        headers: &[],
        etag: None,
        last_modified: None,
        max_bytes: MOST_BYTES,
        // Who writes the feeds has named it, wherever it stands.
        private: true,
        gate: &gate,
    };
    for topic in &topics {
        // Hubs know the address by either name: `hub.url` came first, the recommendation leaves it open.
        let form = [("hub.mode", "publish"), ("hub.url", topic), ("hub.topic", topic)];
        let answer = client.post(&request, &form)?;
        if !answer.is_success() {
            let said: String = String::from_utf8_lossy(&answer.body).chars().take(200).collect();
            let said = if said.trim().is_empty() { String::new() } else { format!(": {}", said.trim()) };
            let found = format!("expected the hub to take {topic}, found {}{said}", answer.status);
            return Err(Error::remote(hub, found).hint("it is told again at the next opportunity"));
        }
        change(&config.archive, |waiting| {
            if let Some(left) = waiting.get_mut(hub) {
                left.remove(topic);
            }
        })?;
    }
    Ok(topics.len())
}

/// Notes what hubs have to be told, tells them, and says how it went; whether all of it went well.
pub(super) fn tell_all(config: &Config, report: &Report, session: &Session) -> Result<bool> {
    note(config, report)?;
    let mut is_well = true;
    for hub in waiting(&config.archive)?.into_keys() {
        match tell(config, &hub) {
            Ok(told) => session.say.did("Told", format_args!("{hub} of {}", count(told as u64, "document"))),
            Err(err) => {
                is_well = false;
                session.say.error(&err);
            }
        }
    }
    Ok(is_well)
}
