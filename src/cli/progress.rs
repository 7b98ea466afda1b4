//! A progress bar where somebody watches, and nothing anywhere else.

use std::collections::HashMap;
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

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

/// A line for every source that is being asked, and one for all of them; cleared when it is dropped.
pub(super) struct Bars {
    all: Option<(MultiProgress, ProgressBar)>,
    each: HashMap<usize, ProgressBar>,
}

impl Bars {
    /// Nothing where nobody watches.
    pub(super) fn new(session: &Session, sources: u64) -> Bars {
        let all = session.say.shows_progress().then(|| {
            let bars = MultiProgress::new();
            let bar = bars.add(styled(
                ProgressBar::new(sources),
                "{spinner} Asking {human_pos} of {human_len} sources, {elapsed}",
            ));
            bar.enable_steady_tick(TICK);
            (bars, bar)
        });
        Bars { all, each: HashMap::new() }
    }

    /// So many more sources were found.
    pub(super) fn more(&mut self, sources: u64) {
        if let Some((_, bar)) = &self.all {
            bar.inc_length(sources);
        }
    }

    /// A source is being asked.
    pub(super) fn begin(&mut self, at: usize, name: &str) {
        let Some((bars, _)) = &self.all else { return };
        let name = super::say::harmless(&feedmill_markup::excerpt(name, 60));
        let bar = bars.add(styled(ProgressBar::new_spinner(), "  {spinner} {prefix} {msg}")).with_prefix(name);
        bar.enable_steady_tick(TICK);
        self.each.insert(at, bar);
    }

    /// So many documents of it are there.
    pub(super) fn at(&self, at: usize, done: u64, of: Option<u64>) {
        if let Some(bar) = self.each.get(&at) {
            bar.set_message(match of {
                Some(of) => format!("{done} of {of} documents"),
                None => format!("{done} documents"),
            });
        }
    }

    /// So many bytes of it are there.
    pub(super) fn bytes_at(&self, at: usize, done: u64, of: Option<u64>) {
        if let Some(bar) = self.each.get(&at) {
            let size = |n| indicatif::HumanBytes(n).to_string();
            bar.set_message(match of {
                Some(of) => format!("{} of {}", size(done), size(of)),
                None => size(done),
            });
        }
    }

    /// A source is done with.
    pub(super) fn end(&mut self, at: usize) {
        if let Some(bar) = self.each.remove(&at) {
            bar.finish_and_clear();
        }
        if let Some((_, bar)) = &self.all {
            bar.inc(1);
        }
    }
}

impl Drop for Bars {
    fn drop(&mut self) {
        if let Some((bars, bar)) = &self.all {
            bar.finish_and_clear();
            // Only the terminal knows why it would not be cleared.
            let _ = bars.clear();
        }
    }
}

fn styled(bar: ProgressBar, template: &str) -> ProgressBar {
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
