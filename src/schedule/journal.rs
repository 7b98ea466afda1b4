//! What ran, why, how long, what changed and what comes next: one line of JSON for each run.
//!
//! The journal is a log and no truth: it can be deleted, and a line that was torn by a crash is passed over. It is
//! moved aside at [`MOST_BYTES`], and one such file is kept, so that it never takes more than twice that.

use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use super::plan::Hold;
use crate::disk;
use crate::error::{Error, Result};

/// A run, as the journal tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When it was begun.
    pub started: DateTime<Utc>,
    /// The task.
    pub task: String,
    /// Why it was begun, in words.
    pub why: String,
    /// How long it took, on the steady clock.
    pub took: Duration,
    /// How it ended.
    pub fate: Fate,
    /// How many things it has changed.
    pub changes: u64,
    /// What else there is to say; for a failure, its reason.
    pub words: String,
    /// When the task is due by itself the next time, as far as that was known.
    pub next: Option<DateTime<Utc>>,
    /// The moment at which there is something to do for it.
    pub falls_due: Option<DateTime<Utc>>,
    /// A stretch in which it may not be done.
    pub hold: Option<Hold>,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// It was done.
    Done,
    /// It has failed.
    Failed,
    /// It took too long, and has ended when it was told to.
    Cut,
    /// It took too long, and goes on.
    Hangs,
    /// The program was stopped before it was done.
    Stopped,
}

impl Fate {
    /// The word for it, as in the journal.
    pub fn word(self) -> &'static str {
        match self {
            Fate::Done => "done",
            Fate::Failed => "failed",
            Fate::Cut => "cut",
            Fate::Hangs => "hangs",
            Fate::Stopped => "stopped",
        }
    }

    /// Whether somebody should look at it.
    pub fn is_failure(self) -> bool {
        matches!(self, Fate::Failed | Fate::Cut | Fate::Hangs)
    }
}

/// The written form of an entry.
#[derive(Serialize, Deserialize)]
struct Line {
    at: String,
    task: String,
    why: String,
    /// Seconds.
    took: f64,
    ended: Fate,
    #[serde(default)]
    changes: u64,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    words: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    falls_due: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    held: Option<(String, String)>,
}

/// A journal of this size is moved aside: some twenty thousand runs.
pub const MOST_BYTES: u64 = 4 << 20;

/// Words of a run are shortened to this: a line stays a line that one write takes.
const MOST_WORDS: usize = 2_000;

/// A longer line is none of ours; it is passed over without being held.
const LONGEST_LINE: u64 = 64 << 10;

/// The journal before this one.
fn former(path: &Path) -> PathBuf {
    path.with_extension("1.jsonl")
}

/// Adds a line for a run.
pub fn append(path: &Path, entry: &Entry) -> Result<()> {
    if std::fs::metadata(path).is_ok_and(|file| file.len() >= MOST_BYTES) {
        disk::rename(path, &former(path))?;
    }
    disk::append_line(path, to_line(entry).as_bytes())
}

/// An entry as a line of JSON, without its end.
pub fn to_line(entry: &Entry) -> String {
    let time = |at: &DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Millis, true);
    let line = Line {
        at: time(&entry.started),
        task: entry.task.clone(),
        why: entry.why.clone(),
        took: entry.took.as_millis() as f64 / 1_000.0,
        ended: entry.fate,
        changes: entry.changes,
        words: entry.words.chars().take(MOST_WORDS).collect(),
        next: entry.next.as_ref().map(time),
        falls_due: entry.falls_due.as_ref().map(time),
        held: entry.hold.map(|hold| (time(&hold.from), time(&hold.until))),
    };
    serde_json::to_string(&line).unwrap_or_default()
}

fn from_line(line: &[u8]) -> Option<Entry> {
    let line: Line = serde_json::from_slice(line).ok()?;
    let time = |text: &String| DateTime::parse_from_rfc3339(text).ok().map(|at| at.to_utc());
    Some(Entry {
        started: time(&line.at)?,
        task: line.task,
        why: line.why,
        took: Duration::try_from_secs_f64(line.took).ok()?,
        fate: line.ended,
        changes: line.changes,
        words: line.words,
        next: line.next.as_ref().and_then(time),
        falls_due: line.falls_due.as_ref().and_then(time),
        hold: line.held.as_ref().and_then(|(from, until)| Some(Hold { from: time(from)?, until: time(until)? })),
    })
}

/// Which entries are wanted; all of them by default.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Of this task, or of those whose names begin with it and a blank: `sync` wants `sync news` too.
    pub task: Option<String>,
    /// Begun at this time or later.
    pub since: Option<DateTime<Utc>>,
    /// Only what somebody should look at.
    pub failed: bool,
}

impl Wanted {
    /// Whether an entry is wanted.
    pub fn takes(&self, entry: &Entry) -> bool {
        let named = |task: &String| {
            entry.task.strip_prefix(task.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        self.task.as_ref().is_none_or(named)
            && self.since.is_none_or(|since| entry.started >= since)
            && (!self.failed || entry.fate.is_failure())
    }
}

/// Reads the journal from its beginning, the former one first, line by line. Where there is none, there is nothing to
/// read. What is no entry is passed over; the answer is how many such lines there were.
pub fn read(path: &Path, wanted: &Wanted, each: &mut dyn FnMut(Entry)) -> Result<u64> {
    let mut strange = 0;
    for path in [&former(path), path] {
        let file = match File::open(path) {
            Ok(file) => file,
            Err(err) if err.kind() == ErrorKind::NotFound => continue,
            Err(err) => return Err(Error::io("read the journal", path, err)),
        };
        let mut lines = BufReader::new(file);
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = lines.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line);
            if read.map_err(|err| Error::io("read the journal", path, err))? == 0 {
                break;
            }
            match from_line(&line) {
                Some(entry) if wanted.takes(&entry) => each(entry),
                Some(_) => {}
                None if line.iter().all(u8::is_ascii_whitespace) => {}
                None => strange += 1,
            }
        }
    }
    Ok(strange)
}

#[cfg(test)]
mod tests;
