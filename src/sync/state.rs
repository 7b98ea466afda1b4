//! What is remembered of a remote source between runs, as JSON in the index.

use std::collections::HashMap;
use std::fmt;

use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Kind;
use crate::error::Error;

/// So many problems of a source are remembered: more than a feed has entries.
const MOST_TROUBLES: usize = 1_000;

/// What is remembered of one source. All instants are UTC.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// What it was found to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// What it calls itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The address that is asked, where it is not the configured one: of the feed that a page names, or of where the
    /// source has moved to for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The `ETag` of the last whole answer, to the letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The `Last-Modified` of the last whole answer, to the letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
    /// SHA-256 of the last body that was taken in, and of how it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// When it was last asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<DateTime<Utc>>,
    /// When it last answered as it should.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered: Option<DateTime<Utc>>,
    /// When articles last came from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub news: Option<DateTime<Utc>>,
    /// When it may be asked again, and why then.
    pub next: Next,
    /// Whether pages that it names are still to be fetched.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unfinished: bool,
    /// When what is still to be fetched may be gone on with, where that failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resume: Option<DateTime<Utc>>,
    /// How often in a row going on failed.
    #[serde(skip_serializing_if = "is_nought")]
    pub stumbles: u32,
    /// Failures since it last answered as it should.
    pub failures: u32,
    /// What went wrong last, while it has not been put right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// Where it says that it has moved for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<Moved>,
    /// What the feed said last of when it changes.
    #[serde(skip_serializing_if = "Rhythm::is_none")]
    pub rhythm: Rhythm,
    /// How far back its history has been walked.
    pub history: History,
    /// Fingerprints of the entries that a feed had last: where none of them is in the next answer, some were missed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<u64>,
    /// Fingerprints of what was wrong with its documents, the oldest first: what is told once is known from then on.
    #[serde(skip_serializing_if = "Troubles::is_empty")]
    pub troubles: Troubles,
    /// What a source of many parts (subscription list, archive) remembers of them.
    #[serde(skip_serializing_if = "serde_json::Value::is_null")]
    pub parts: serde_json::Value,
}

/// Fingerprints of problems, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Troubles(Vec<u64>);

impl Troubles {
    /// Remembers a problem; whether it is new.
    pub(super) fn note(&mut self, err: &Error) -> bool {
        let trouble = number(&format!("{} {}", err.subject(), err.message()));
        if self.0.contains(&trouble) {
            return false;
        }
        if self.0.len() >= MOST_TROUBLES {
            self.0.remove(0);
        }
        self.0.push(trouble);
        true
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// When a feed says that it changes, and when it does not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rhythm {
    /// Seconds between two changes (`ttl`, `sy:updatePeriod`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub every: Option<u64>,
    /// The hours (GMT) in which it does not change (`skipHours`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skip_hours: Vec<u32>,
    /// The days on which it does not change, Monday is 0 (`skipDays`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub skip_days: Vec<u32>,
}

impl Rhythm {
    /// Whether that is a time in which it says that it does not change; who leaves out everything leaves out nothing.
    pub fn leaves_out(&self, at: DateTime<Utc>) -> bool {
        let has_room =
            (0..24).any(|hour| !self.skip_hours.contains(&hour)) && (0..7).any(|day| !self.skip_days.contains(&day));
        has_room && self.is_silent_at(at)
    }

    /// Whether it names that hour or that day.
    fn is_silent_at(&self, at: DateTime<Utc>) -> bool {
        self.skip_hours.contains(&at.hour()) || self.skip_days.contains(&at.weekday().num_days_from_monday())
    }

    /// Whether it says nothing.
    pub fn is_none(&self) -> bool {
        *self == Rhythm::default()
    }
}

/// When a source may be asked again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Next {
    /// The instant; `None` for never.
    pub at: Option<DateTime<Utc>>,
    /// Who says so.
    pub why: Why,
}

impl Default for Next {
    fn default() -> Self {
        Next { at: Some(DateTime::UNIX_EPOCH), why: Why::New }
    }
}

/// Why a source may be asked again when it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// It has not been asked before.
    New,
    /// It failed: the time doubles with every failure.
    BackOff,
    /// The server named the time: `Retry-After`.
    RetryAfter,
    /// The server said how long its answer is fresh: `Cache-Control`, `Expires`.
    Freshness,
    /// The feed says how often it changes: `ttl`, `sy:updatePeriod`.
    Feed,
    /// The feed does not change in these hours or on these days: `skipHours`, `skipDays`.
    Skip,
    /// The interval of the configuration.
    Configured,
    /// The usual interval.
    Usual,
    /// It cannot be asked for changes only, so once a day is enough.
    Unconditional,
    /// It is gone for good.
    Gone,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Why::New => "it is new",
            Why::BackOff => "it failed",
            Why::RetryAfter => "the server asks to wait (Retry-After)",
            Why::Freshness => "the server calls its answer fresh until then (Cache-Control)",
            Why::Feed => "the feed says how often it changes (ttl, sy:updatePeriod)",
            Why::Skip => "the feed says when it does not change (skipHours, skipDays)",
            Why::Configured => "the configured interval",
            Why::Usual => "the usual interval",
            Why::Unconditional => "it has no validators, so once a day is enough",
            Why::Gone => "it is gone for good (410)",
        })
    }
}

/// A permanent redirect that is watched before it is believed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Where it leads.
    pub to: String,
    /// When it was first seen.
    pub since: DateTime<Utc>,
    /// How often it was seen.
    pub seen: u32,
}

impl Moved {
    /// So often, and …
    const OFTEN: u32 = 3;
    /// … for so long must a permanent redirect have been seen before it is believed: mistakes of servers are put right
    /// in less.
    const LONG: TimeDelta = TimeDelta::days(3);

    /// Whether it has been seen often enough, over days.
    pub fn is_certain(&self, now: DateTime<Utc>) -> bool {
        self.seen >= Self::OFTEN && now - self.since >= Self::LONG
    }
}

/// How far back a feed has been walked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct History {
    /// The documents that the walk goes on with, the last one first: where it was interrupted, or has not begun.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<String>,
    /// Documents of the past that were read.
    pub documents: u32,
    /// What is known of its beginning.
    pub reach: Reach,
}

/// Whether the archive holds all that a feed ever had.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// Nobody has looked.
    #[default]
    Unknown,
    /// The walk goes on.
    Walking,
    /// Everything that the feed offers, and it says that this is everything.
    Complete,
    /// The feed shows its newest entries and nothing leads to older ones.
    NoneOffered,
    /// The walk ended before the beginning; the words say why.
    Incomplete(String),
}

impl fmt::Display for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reach::Unknown => f.write_str("not looked for"),
            Reach::Walking => f.write_str("still being fetched"),
            Reach::Complete => f.write_str("complete"),
            Reach::NoneOffered => f.write_str("unknown: the feed offers no older entries"),
            Reach::Incomplete(why) => write!(f, "incomplete: {why}"),
        }
    }
}

/// The same on every machine and in every version, since it is remembered.
pub(super) fn number(text: &str) -> u64 {
    let digest = Sha256::digest(text.as_bytes());
    u64::from_le_bytes(std::array::from_fn(|at| digest[at]))
}

fn is_nought(number: &u32) -> bool {
    *number == 0
}

impl State {
    /// The state of a source among those that the index holds.
    pub(super) fn of(states: &HashMap<String, String>, url: &str) -> State {
        states.get(url).map(|text| State::from_json(text)).unwrap_or_default()
    }

    /// Reads what [`State::to_json`] wrote; what cannot be read is a source that is new.
    pub fn from_json(text: &str) -> State {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// The state as the index keeps it.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Whether the last run had not finished with it: it goes on without asking the source again.
    pub fn is_unfinished(&self) -> bool {
        self.unfinished || !self.history.open.is_empty()
    }

    /// Whether what is still to be fetched may be gone on with.
    pub fn may_go_on(&self, now: DateTime<Utc>) -> bool {
        self.is_unfinished() && self.failures == 0 && self.resume.is_none_or(|resume| resume <= now)
    }

    /// Whether it may be asked.
    pub fn is_due(&self, now: DateTime<Utc>) -> bool {
        // The moment may have been missed, and a time has begun that the feed leaves out.
        self.next.at.is_some_and(|at| at <= now) && !(self.failures == 0 && self.rhythm.leaves_out(now))
    }

    /// Whether it is gone for good.
    pub fn is_gone(&self) -> bool {
        self.next.why == Why::Gone
    }

    /// Forgets the validators, so that the next answer is whole.
    pub fn forget_validators(&mut self) {
        (self.etag, self.last_modified, self.body) = (None, None, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_and_read_back() {
        let state = State {
            etag: Some("W/\"ä\\\"".into()),
            failures: 3,
            moved: Some(Moved { to: "https://b.example/".into(), since: DateTime::UNIX_EPOCH, seen: 2 }),
            history: History { reach: Reach::Incomplete("404".into()), open: vec!["x".into()], ..History::default() },
            ..State::default()
        };
        assert_eq!(State::from_json(&state.to_json()), state);
        assert_eq!(State::from_json("{\"later\": 1}"), State::default());
        assert_eq!(State::from_json("nonsense"), State::default());
    }

    #[test]
    fn what_is_wrong_is_news_once() {
        let mut state = State::default();
        let err = |n: usize| Error::undated(format!("https://a.example/#{n}"), "the entry");
        assert!(state.troubles.note(&err(0)) && !state.troubles.note(&err(0)) && state.troubles.note(&err(1)));
        let mut known = State::from_json(&state.to_json()).troubles;
        assert!(!known.note(&err(0)));
        (2..=MOST_TROUBLES).for_each(|n| assert!(known.note(&err(n))));
        assert_eq!(known.0.len(), MOST_TROUBLES);
        assert!(!known.note(&err(1)) && known.note(&err(0)));
    }

    #[test]
    fn a_move_is_believed_after_days() {
        let since: DateTime<Utc> = "2026-01-01T00:00:00Z".parse().unwrap();
        let moved = |seen| Moved { to: String::new(), since, seen };
        assert!(!moved(9).is_certain(since + TimeDelta::days(2)));
        assert!(!moved(2).is_certain(since + TimeDelta::days(9)));
        assert!(moved(3).is_certain(since + TimeDelta::days(3)));
    }
}
