//! A progress bar where somebody watches, and nothing anywhere else.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::session::Session;

/// Often enough to look alive, seldom enough to cost nothing.
const TICK: Duration = Duration::from_millis(100);

/// A line that counts what has been done; cleared when it is dropped.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// A line such as `Reading 1,024 files`.
    pub(super) fn new(session: &Session, verb: &str, noun: &str) -> Progress {
        if !session.say.shows_progress() {
            return Progress(ProgressBar::hidden());
        }
        let bar = ProgressBar::new_spinner().with_prefix(verb.to_owned()).with_message(noun.to_owned());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {prefix} {human_pos} {msg}, {elapsed}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(TICK);
        Progress(bar)
    }

    /// So many have been done in all.
    pub(super) fn at(&self, done: u64) {
        self.0.set_position(done);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
