//! What a process that also keeps the archive up to date tells of its tasks, for `/metrics`.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};

/// How the tasks went that bring articles and make feeds; empty where the server does nothing else. Clones are one.
#[derive(Clone, Debug, Default)]
pub struct Tasks(Arc<Mutex<BTreeMap<String, Ran>>>);

/// How a task went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ran {
    /// When it was last begun and done well.
    pub done: Option<DateTime<Utc>>,
    /// How often it has failed since.
    pub failures: u32,
}

impl Tasks {
    /// A task was begun then, and has ended well or not.
    pub fn ran(&self, task: &str, begun: DateTime<Utc>, is_done: bool) {
        let mut all = self.lock();
        let known = all.entry(task.to_owned()).or_default();
        match is_done {
            true => *known = Ran { done: Some(begun), failures: 0 },
            false => known.failures = known.failures.saturating_add(1),
        }
    }

    /// Keeps those tasks only that there still are.
    pub fn keep(&self, is_there: impl Fn(&str) -> bool) {
        self.lock().retain(|task, _| is_there(task));
    }

    /// Every task by its name.
    pub(super) fn all(&self) -> Vec<(String, Ran)> {
        self.lock().iter().map(|(task, ran)| (task.clone(), *ran)).collect()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Ran>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_counted_until_it_is_done() {
        let (tasks, at) = (Tasks::default(), DateTime::UNIX_EPOCH);
        tasks.ran("sync a", at, true);
        tasks.ran("sync a", at, false);
        tasks.clone().ran("sync a", at, false);
        tasks.ran("sync b", at, false);
        let ran = |done, failures| Ran { done, failures };
        assert_eq!(tasks.all(), [("sync a".to_owned(), ran(Some(at), 2)), ("sync b".to_owned(), ran(None, 1))]);
        tasks.ran("sync a", at, true);
        tasks.keep(|task| task == "sync a");
        assert_eq!(tasks.all(), [("sync a".to_owned(), ran(Some(at), 0))]);
    }
}
