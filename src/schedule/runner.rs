//! What the loop asks of those who do the work, and what it hears from them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::journal::Entry;
use super::plan::{Hold, Now, Plan};
#[cfg(doc)]
use super::run::LONGEST_SLEEP;
use super::why::Why;
use crate::error::{Error, Result};

/// Tells the time, and lets it pass.
pub trait Clock {
    /// The time, on both clocks.
    fn now(&self) -> Now;

    /// Waits for something to happen, at most so long on the steady clock.
    fn wait(&self, wakes: &Wakes, at_most: Duration) -> Option<Wake> {
        wakes.heard_within(at_most)
    }
}

/// Does what is due.
pub trait Runner {
    /// Begins a task and returns at once; [`Run::spawn`] does it on a thread of its own. Its end is told through
    /// [`Run::end`], in any case.
    fn start(&mut self, run: Run);

    /// Reads the plan anew. An error leaves the old one in force.
    fn reload(&mut self) -> Result<Plan>;

    /// Hears of every run that ended: for the journal and the terminal.
    fn tell(&mut self, entry: &Entry);

    /// Hears of a plan that could not be read.
    fn complain(&mut self, err: &Error);

    /// Hears, at least once in [`LONGEST_SLEEP`], that the loop lives, and when it expects to be busy again: for a
    /// watchdog. Returns at once.
    fn alive(&mut self, now: Now, sleep: Option<Duration>);
}

/// What can happen while the loop waits.
#[derive(Debug)]
pub enum Wake {
    /// The program is to end.
    Stop,
    /// The plan is to be read anew.
    Reload,
    /// A watched folder has changed, and stands still again.
    FolderChanged(PathBuf),
    /// A task is to be done now.
    Asked(String),
    /// A run has ended; only [`End`] says so.
    Ended(Ended),
}

/// The end of a run, with its number.
#[derive(Debug)]
pub struct Ended {
    pub(super) id: u64,
    pub(super) outcome: Outcome,
}

/// The ear of the loop, and the voice that is lent to whoever has something to tell it.
#[derive(Debug)]
pub struct Wakes {
    voice: Sender<Wake>,
    heard: Receiver<Wake>,
}

impl Wakes {
    /// An ear that has heard nothing.
    #[expect(clippy::new_without_default, reason = "it is a thing with an identity, and no value")]
    pub fn new() -> Wakes {
        let (voice, heard) = channel();
        Wakes { voice, heard }
    }

    /// A voice for signal handlers, watchers and workers.
    pub fn voice(&self) -> Sender<Wake> {
        self.voice.clone()
    }

    /// What is told within this time.
    pub fn heard_within(&self, at_most: Duration) -> Option<Wake> {
        self.heard.recv_timeout(at_most).ok()
    }

    /// What was told already.
    pub fn heard(&self) -> Option<Wake> {
        self.heard.try_recv().ok()
    }
}

/// What a run came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Why it failed, if it failed as a whole. One bad document is no failure of a run.
    pub failure: Option<String>,
    /// How many things have changed; tasks that follow this one run when there is any.
    pub changes: u64,
    /// What is to be known of it, in a few words: `3 added, 1 problem`.
    pub words: String,
    /// The next moment at which there is something to do, whatever the schedule says.
    pub falls_due: Option<DateTime<Utc>>,
    /// A stretch in which it may not be done again.
    pub hold: Option<Hold>,
}

/// Says to a run that it is to end. Runs look at it between two steps.
#[derive(Clone, Debug, Default)]
pub struct Cut(Arc<AtomicBool>);

impl Cut {
    /// Whether the run is to end.
    pub fn is_cut(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Says it.
    pub fn cut(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// A run that is to be begun.
pub struct Run {
    /// The task, by its name.
    pub task: String,
    /// For which reason.
    pub why: Why,
    /// Whether it is to end early.
    pub cut: Cut,
    /// Where its end is told.
    pub end: End,
}

impl Run {
    /// Does the work on a thread of its own. A panic in it is a failure of this run alone.
    pub fn spawn(self, work: impl FnOnce(&Cut) -> Outcome + Send + 'static) {
        let Run { task, cut, end, .. } = self;
        let begun =
            std::thread::Builder::new().name(task).spawn(move || match catch_unwind(AssertUnwindSafe(|| work(&cut))) {
                Ok(outcome) => end.tell(outcome),
                Err(_) => end.tell(Outcome { failure: Some("it has panicked".to_owned()), ..Outcome::default() }),
            });
        // Where no thread could be made, the end was dropped with the work, and has told of it.
        drop(begun);
    }
}

/// Where the end of a run is told, once. Dropped without, it tells of a failure: no run is forgotten.
pub struct End {
    id: u64,
    voice: Option<Sender<Wake>>,
}

impl End {
    pub(super) fn new(id: u64, voice: Sender<Wake>) -> End {
        End { id, voice: Some(voice) }
    }

    /// Tells how the run ended.
    pub fn tell(mut self, outcome: Outcome) {
        self.send(outcome);
    }

    fn send(&mut self, outcome: Outcome) {
        if let Some(voice) = self.voice.take() {
            // Where nobody listens any more, the loop has ended and has told of the run.
            let _ = voice.send(Wake::Ended(Ended { id: self.id, outcome }));
        }
    }
}

impl Drop for End {
    fn drop(&mut self) {
        self.send(Outcome { failure: Some("it could not be begun".to_owned()), ..Outcome::default() });
    }
}
