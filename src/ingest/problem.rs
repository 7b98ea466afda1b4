//! Problems of a file: kept with it, so that they can be told again while the file is as it was, and so that what is new
//! is told from what is known.

use std::collections::HashSet;

use crate::archive::KnownFile;
use crate::error::Error;
use crate::source::tree::Entry;

/// More problems of one file than this are counted, not kept for the next report.
const MOST_KEPT: usize = 1_000;

/// What was wrong with one file and with the articles in it.
#[derive(Default)]
pub(super) struct Problems {
    kept: Vec<Kept>,
    more: usize,
    may_pass: bool,
}

impl Problems {
    pub fn add(&mut self, problem: Kept) {
        self.may_pass |= problem.passing;
        if self.kept.len() < MOST_KEPT { self.kept.push(problem) } else { self.more += 1 }
    }

    /// Whether something is wrong that may pass without a change of the file.
    pub fn may_pass(&self) -> bool {
        self.may_pass
    }

    /// As the archive keeps them with the file; `None` where nothing was wrong.
    pub fn to_json(&self) -> Option<String> {
        if self.kept.is_empty() {
            return None;
        }
        let mut all = self.kept.clone();
        if self.more > 0 {
            let message = format!("{} more problems, told when the file was last read", self.more);
            all.push(Kept { undated: false, passing: false, about: all[0].about.clone(), message });
        }
        // Strings and booleans can always be serialised.
        serde_json::to_string(&all).ok()
    }
}

/// A problem as it is kept until the file changes.
#[derive(Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub(super) struct Kept {
    undated: bool,
    /// Whether it may pass without a change of the file.
    #[serde(default)]
    passing: bool,
    about: String,
    message: String,
}

impl From<&Error> for Kept {
    fn from(err: &Error) -> Kept {
        let message = match err.hint_text() {
            Some(hint) => format!("{}; {hint}", err.message()),
            None => err.message().to_owned(),
        };
        let passing = err.is_record() || err.is_of_disk();
        Kept { undated: err.is_undated(), passing, about: err.subject().to_owned(), message }
    }
}

/// The problems that [`Archive::problems`](crate::archive::Archive::problems) keeps with a file.
pub fn kept_problems(text: &str) -> Vec<Error> {
    read(text).into_iter().map(|kept| Error::again(kept.about, kept.message, kept.undated)).collect()
}

fn read(text: &str) -> Vec<Kept> {
    serde_json::from_str(text).unwrap_or_default()
}

/// What was wrong with a file when it was read before.
pub(super) struct Former {
    problems: HashSet<Kept>,
    is_unchanged: bool,
}

impl Former {
    /// What is remembered of the file that is read again now.
    pub fn of(known: Option<KnownFile>, entry: &Entry) -> Former {
        let modified = entry.modified.timestamp_nanos_opt().unwrap_or(0);
        let is_unchanged = known.as_ref().is_some_and(|file| file.size == entry.size && file.modified == modified);
        let problems = known.and_then(|file| file.problem).map(|text| read(&text)).unwrap_or_default();
        Former { problems: problems.into_iter().collect(), is_unchanged }
    }

    /// Whether the problem was told when the file was read before. A mailbox that grows has the same undated messages
    /// every day; of a file that changed, its own problems are news.
    pub fn knows(&self, problem: &Kept, file: &str) -> bool {
        (self.is_unchanged || problem.about != file) && self.problems.contains(problem)
    }
}
