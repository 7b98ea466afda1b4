//! Why a task was begun, in words that are kept in the journal.

use std::fmt;

/// The reason for a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It was never done before.
    First,
    /// The program has started.
    Start,
    /// A time of its schedule has come, or the end of its interval.
    Schedule,
    /// The moment has come that its last run has named: an article of the future, a poll that is permitted now.
    FallsDue,
    /// A folder has changed.
    Folder(String),
    /// A task that it follows has changed something.
    After(String),
    /// It has failed so many times in a row, and is tried again.
    Retry(u32),
    /// The wall clock was put back.
    Clock,
    /// Somebody has asked for it.
    Asked,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::First => f.write_str("never done before"),
            Why::Start => f.write_str("the program has started"),
            Why::Schedule => f.write_str("scheduled"),
            Why::FallsDue => f.write_str("fell due"),
            Why::Folder(folder) => write!(f, "{folder} has changed"),
            Why::After(task) => write!(f, "after {task}"),
            Why::Retry(failures) => write!(f, "retry {failures}"),
            Why::Clock => f.write_str("the clock was put back"),
            Why::Asked => f.write_str("asked for"),
        }
    }
}
