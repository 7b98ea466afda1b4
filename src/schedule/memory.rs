//! What has been done, and how it went: what the next run of every task depends on.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::due::{DueAt, due_at};
use super::journal::{Entry, Fate};
use super::plan::{Hold, Now, Plan, Task};
use super::runner::{Cut, Outcome};
use super::when::When;
use super::why::Why;

/// The past of every task.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// In the order of the plan; behind them what still runs and is in the plan no longer.
    pasts: Vec<(String, Past)>,
    runs: u64,
}

/// The past of one task.
#[derive(Clone, Debug)]
pub struct Past {
    /// Since when it is known.
    pub seen: DateTime<Utc>,
    /// When it was last begun.
    pub started: Option<DateTime<Utc>>,
    /// When its last run ended.
    pub ended: Option<DateTime<Utc>>,
    /// How many runs in a row have failed.
    pub failures: u32,
    /// A stretch in which it may not be done.
    pub hold: Option<Hold>,
    /// The moment at which there is something to do for it.
    pub falls_due: Option<DateTime<Utc>>,
    /// What happened since it was last begun, and when on the steady clock.
    pub(super) asked: Option<(Why, Duration)>,
    /// Its run, if it runs.
    pub(super) running: Option<Running>,
    pub(super) started_steady: Option<Duration>,
    pub(super) ended_steady: Option<Duration>,
    /// The first time of its schedule after its last start.
    pub(super) tick: Option<DateTime<Utc>>,
    /// When it is due, of all that is above; kept, because the loop asks for it at every turn.
    pub(super) due: Option<DueAt>,
}

/// A run that has not ended.
#[derive(Clone, Debug)]
pub(super) struct Running {
    pub(super) id: u64,
    pub(super) why: Why,
    pub(super) since: Duration,
    pub(super) limit: Duration,
    pub(super) lane: Option<String>,
    pub(super) is_crowd: bool,
    pub(super) handle: Cut,
    /// When it was cut off, and whether it was told that it goes on all the same.
    pub(super) cut: Option<Duration>,
    pub(super) hangs: bool,
}

impl Past {
    fn new(now: DateTime<Utc>) -> Past {
        Past {
            seen: now,
            started: None,
            ended: None,
            failures: 0,
            hold: None,
            falls_due: None,
            asked: None,
            running: None,
            started_steady: None,
            ended_steady: None,
            tick: None,
            due: None,
        }
    }

    /// Nothing lies in the future: what a clock that was ahead has noted happened now at the latest.
    fn bring_back(&mut self, now: DateTime<Utc>) {
        self.seen = self.seen.min(now);
        self.started = self.started.map(|at| at.min(now));
        self.ended = self.ended.map(|at| at.min(now));
        if let Some(hold) = self.hold.filter(|hold| hold.from > now) {
            let length = (hold.until - hold.from).max(TimeDelta::zero());
            self.hold = now.checked_add_signed(length).map(|until| Hold { from: now, until });
        }
    }

    fn tick(&self, task: &Task, plan: &Plan) -> Option<DateTime<Utc>> {
        let from = self.started.unwrap_or(self.seen);
        let timed = task.when.iter().filter(|when| when.interval().is_none());
        timed.filter_map(|when: &When| when.next_after(from, plan.zone)).min()
    }
}

impl Memory {
    /// What the journal remembers, so that what was missed while the program did not run is caught up, and what has
    /// failed does not begin anew.
    pub fn from_journal(entries: impl IntoIterator<Item = Entry>) -> Memory {
        let mut memory = Memory::default();
        for entry in entries {
            let past = match memory.pasts.iter_mut().find(|(name, _)| *name == entry.task) {
                Some((_, past)) => past,
                None => {
                    memory.pasts.push((entry.task.clone(), Past::new(entry.started)));
                    let Some((_, past)) = memory.pasts.last_mut() else { continue };
                    past
                }
            };
            past.started = Some(entry.started);
            let took = TimeDelta::from_std(entry.took).unwrap_or_default();
            past.ended = Some(entry.started.checked_add_signed(took).unwrap_or(entry.started));
            past.falls_due = entry.falls_due;
            past.hold = entry.hold;
            match entry.fate {
                Fate::Done => past.failures = 0,
                Fate::Failed | Fate::Hangs => past.failures = past.failures.saturating_add(1),
                // The entry before it has counted it.
                Fate::Cut if past.failures > 0 => {}
                Fate::Cut => past.failures = 1,
                // It was not its fault, and it has not done its work: it is due again.
                Fate::Stopped => past.falls_due = past.ended,
            }
        }
        memory
    }

    /// Adapts the memory to a plan and to the time: new tasks are met, those that are planned no longer are forgotten,
    /// nothing lies in the future. To be called before anything else, after every change of the plan, and when the
    /// wall clock was moved.
    pub fn meet(&mut self, plan: &Plan, now: Now) {
        let mut known = std::mem::take(&mut self.pasts);
        for task in &plan.tasks {
            let mut past = match known.iter().position(|(name, _)| *name == task.name) {
                Some(at) => known.swap_remove(at).1,
                None => Past::new(now.wall),
            };
            past.bring_back(now.wall);
            past.tick = past.tick(task, plan);
            past.due = due_at(task, &past);
            self.pasts.push((task.name.clone(), past));
        }
        self.pasts.extend(known.into_iter().filter(|(_, past)| past.running.is_some()));
    }

    /// What is known of the task at a place of the plan.
    pub fn past(&self, place: usize, name: &str) -> Option<&Past> {
        match self.pasts.get(place) {
            Some((known, past)) if known == name => Some(past),
            _ => self.pasts.iter().find(|(known, _)| known == name).map(|(_, past)| past),
        }
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &Past)> {
        self.pasts.iter().map(|(name, past)| (name.as_str(), past))
    }

    /// The tasks that run.
    pub(super) fn running(&mut self) -> impl Iterator<Item = (&str, &mut Running)> {
        self.pasts.iter_mut().filter_map(|(name, past)| Some((name.as_str(), past.running.as_mut()?)))
    }

    /// Notes that a task is begun; gives the number of the run, by which its end is known.
    pub(super) fn begin(&mut self, plan: &Plan, place: usize, why: &Why, handle: &Cut, now: Now) -> Option<u64> {
        let task = plan.tasks.get(place)?;
        self.runs += 1;
        let id = self.runs;
        let past = self.past_mut(&task.name)?;
        past.started = Some(now.wall);
        past.started_steady = Some(now.steady);
        past.tick = past.tick(task, plan);
        past.asked = None;
        past.falls_due = None;
        past.running = Some(Running {
            id,
            why: why.clone(),
            since: now.steady,
            limit: task.limit,
            lane: task.lane.clone(),
            is_crowd: task.is_crowd,
            handle: handle.clone(),
            cut: None,
            hangs: false,
        });
        past.due = None;
        Some(id)
    }

    /// Notes that a run has ended, and how; gives its task and the run. An end that was told before is none.
    pub(super) fn end(
        &mut self,
        plan: &Plan,
        id: u64,
        fate: Fate,
        outcome: &Outcome,
        now: Now,
    ) -> Option<(String, Running)> {
        let ended = |past: &Past| past.running.as_ref().is_some_and(|running| running.id == id);
        let (name, past) = self.pasts.iter_mut().find(|(_, past)| ended(past))?;
        let running = past.running.take()?;
        past.ended = Some(now.wall);
        past.ended_steady = Some(now.steady);
        past.hold = outcome.hold;
        past.falls_due = outcome.falls_due;
        match fate {
            Fate::Done | Fate::Stopped => past.failures = 0,
            // That it hangs was counted when it was seen.
            _ if running.hangs => {}
            _ => past.failures = past.failures.saturating_add(1),
        }
        past.due = plan.tasks.iter().find(|task| task.name == *name).and_then(|task| due_at(task, past));
        Some((name.clone(), running))
    }

    /// Notes that a run which was cut off goes on all the same.
    pub(super) fn hangs(&mut self, name: &str) {
        if let Some(past) = self.past_mut(name) {
            past.failures = past.failures.saturating_add(1);
            if let Some(running) = &mut past.running {
                running.hangs = true;
            }
        }
    }

    /// Forgets failures: somebody has mended something. To be called before [`Memory::meet`].
    pub(super) fn forgive(&mut self) {
        for (_, past) in &mut self.pasts {
            past.failures = 0;
        }
    }

    /// Notes that something happened for which the task is to be done. The first reason is kept.
    pub fn ask(&mut self, plan: &Plan, place: usize, why: Why, now: Now) {
        let Some(task) = plan.tasks.get(place) else { return };
        if let Some(past) = self.past_mut(&task.name) {
            past.asked.get_or_insert((why, now.steady));
            past.due = due_at(task, past);
        }
    }

    fn past_mut(&mut self, name: &str) -> Option<&mut Past> {
        self.pasts.iter_mut().find(|(known, _)| known == name).map(|(_, past)| past)
    }
}
