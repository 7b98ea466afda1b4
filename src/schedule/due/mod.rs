//! What is due, and what comes next: pure functions of a plan, a memory and the time.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::memory::{Memory, Past};
use super::plan::{Now, Plan, Task};
use super::when::When;
use super::why::Why;

/// What is due, and when to look again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// What is to be begun now, by its place in the plan and for which reason; the longest due first.
    pub ready: Vec<(usize, Why)>,
    /// What comes next, how long from now, and why; nothing where all waits for the end of a run or for a change.
    pub next: Option<(usize, Duration, Why)>,
    /// How long from now a run reaches its limit, if one runs.
    pub limit: Option<Duration>,
}

impl Due {
    /// How long nothing needs to be done unless something happens.
    pub fn sleep(&self) -> Option<Duration> {
        let next = self.next.as_ref().map(|(_, ahead, _)| *ahead);
        next.into_iter().chain(self.limit).min()
    }
}

/// The wall clock makes nothing due twice within this: a clock that is put back and forth makes no storm.
const SPACING: Duration = Duration::from_secs(10);

/// What happened makes nothing due twice within this.
const ASKED_SPACING: Duration = Duration::from_secs(1);

/// What is due now, and what comes next. The memory has met the plan ([`Memory::meet`]).
///
/// A task is due at the earliest of: its first time; a time of its schedule after its last start, which counts once
/// however many have passed; the end of its interval, on either clock; the moment that its last run has named
/// ([`super::Outcome::falls_due`]); what happened since (a change in a folder, a run that it follows). After a
/// failure it is due when [`super::Retry`] says, and what happened may bring that forward to the first wait. Whatever
/// the reason, it is not due while it runs, within a [`super::Hold`], or right after its last start.
pub fn next_due(now: Now, plan: &Plan, memory: &Memory) -> Due {
    let mut taken: Vec<&str> = Vec::new();
    let mut slots = plan.at_once.max(1);
    let mut limit: Option<Duration> = None;
    for running in memory.all().filter_map(|(_, past)| past.running.as_ref()) {
        taken.extend(running.lane.as_deref());
        if running.cut.is_none() {
            slots = slots.saturating_sub(usize::from(running.is_crowd));
            let left = running.since.saturating_add(running.limit).saturating_sub(now.steady);
            limit = Some(limit.map_or(left, |least| least.min(left)));
        }
    }
    let clocks = Clocks::of(now);
    let mut waiting: Vec<(i64, usize)> = Vec::new();
    let mut next: Option<(i64, usize)> = None;
    for (place, task) in plan.tasks.iter().enumerate() {
        let Some(due) = memory.past(place, &task.name).and_then(|past| past.due.as_ref()) else { continue };
        let ahead = due.ahead(clocks);
        if ahead <= 0 {
            waiting.push((ahead, place));
        } else if next.is_none_or(|(least, _)| ahead < least) {
            next = Some((ahead, place));
        }
    }
    let why = |place: usize| {
        let due = plan.tasks.get(place).and_then(|task| memory.past(place, &task.name)?.due.as_ref());
        due.map_or(Why::Schedule, |due| due.why(clocks).clone())
    };
    waiting.sort_unstable();
    let mut ready = Vec::new();
    for (_, place) in waiting {
        let task = &plan.tasks[place];
        let lane = task.lane.as_deref();
        if task.is_crowd && slots == 0 || lane.is_some_and(|lane| taken.contains(&lane)) {
            continue;
        }
        slots -= usize::from(task.is_crowd);
        taken.extend(lane);
        ready.push((place, why(place)));
    }
    let next = next.map(|(ahead, place)| (place, Duration::from_millis(ahead.unsigned_abs()), why(place)));
    Due { ready, next, limit }
}

/// How long until one task is due by itself, and why; nothing while it runs, or where it waits for something to
/// happen.
pub fn until_due(now: Now, plan: &Plan, memory: &Memory, place: usize) -> Option<(Duration, Why)> {
    let due = memory.past(place, &plan.tasks.get(place)?.name)?.due.as_ref()?;
    let clocks = Clocks::of(now);
    Some((Duration::from_millis(u64::try_from(due.ahead(clocks)).unwrap_or(0)), due.why(clocks).clone()))
}

/// When a task is due, in milliseconds of both clocks: at the earlier of two moments, and not before two others.
#[derive(Clone, Debug)]
pub(super) struct DueAt {
    wall: (i64, Why),
    steady: (i64, Why),
    not_before_wall: i64,
    not_before_steady: i64,
}

/// Both clocks in milliseconds.
#[derive(Clone, Copy)]
struct Clocks {
    wall: i64,
    steady: i64,
}

impl Clocks {
    fn of(now: Now) -> Clocks {
        Clocks { wall: wall(now.wall), steady: millis(now.steady) }
    }
}

/// Never: far enough from the end of the type for sums and differences of three.
const NEVER: i64 = i64::MAX / 8;

impl DueAt {
    /// Milliseconds until then; as many below zero as it has been.
    fn ahead(&self, now: Clocks) -> i64 {
        let due = (self.wall.0 - now.wall).min(self.steady.0 - now.steady);
        due.max(self.not_before_wall - now.wall).max(self.not_before_steady - now.steady)
    }

    fn why(&self, now: Clocks) -> &Why {
        if self.wall.0 - now.wall <= self.steady.0 - now.steady { &self.wall.1 } else { &self.steady.1 }
    }

    fn on_wall(&mut self, at: i64, why: Why) {
        if at < self.wall.0 {
            self.wall = (at, why);
        }
    }

    fn on_steady(&mut self, at: i64, why: Why) {
        if at < self.steady.0 {
            self.steady = (at, why);
        }
    }

    /// So long after something, on the clock that has gone further: the wall clock knows of sleep, the steady one of
    /// time that the wall clock has lost.
    fn after(&mut self, length: Duration, wall_at: Option<DateTime<Utc>>, steady_at: Option<Duration>, why: &Why) {
        if let Some(at) = wall_at {
            self.on_wall(wall(at) + millis(length), why.clone());
        }
        if let Some(at) = steady_at {
            self.on_steady(millis(at) + millis(length), why.clone());
        }
    }
}

/// When a task is due by its past; nothing while it runs, or where it waits for something to happen.
pub(super) fn due_at(task: &Task, past: &Past) -> Option<DueAt> {
    if past.running.is_some() {
        return None;
    }
    let never = (NEVER, Why::Schedule);
    let mut due = DueAt {
        wall: never.clone(),
        steady: never,
        not_before_wall: past.hold.map_or(-NEVER, |hold| wall(hold.until)),
        not_before_steady: -NEVER,
    };
    match past.failures {
        0 => of_itself(task, past, &mut due),
        failures => {
            let wait = task.retry.wait(&task.name, failures);
            due.after(wait, past.ended, past.ended_steady, &Why::Retry(failures));
        }
    }
    let mut spacing = task.when.iter().filter_map(When::interval).fold(SPACING, Duration::min);
    if let Some((why, since)) = &past.asked {
        let mut at = millis(*since) + millis(task.gather);
        if past.failures > 0 {
            at = at.max(past.ended_steady.map_or(at, |ended| millis(ended) + millis(task.retry.first)));
        }
        due.on_steady(at, why.clone());
        spacing = ASKED_SPACING;
    }
    if let Some(started) = past.started_steady {
        due.not_before_steady = millis(started) + millis(spacing);
    }
    (due.wall.0 < NEVER || due.steady.0 < NEVER).then_some(due)
}

/// When a task is due by its schedule, its intervals and what it has said itself.
fn of_itself(task: &Task, past: &Past, due: &mut DueAt) {
    if past.started.is_none() && !task.when.is_empty() {
        due.on_wall(wall(past.seen), Why::First);
        return;
    }
    if past.started_steady.is_none() && task.when.iter().any(When::is_start) {
        due.on_wall(wall(past.seen), Why::Start);
    }
    if let Some(tick) = past.tick {
        due.on_wall(wall(tick), Why::Schedule);
    }
    for interval in task.when.iter().filter_map(When::interval) {
        due.after(interval, past.started, past.started_steady, &Why::Schedule);
    }
    if let Some(moment) = past.falls_due {
        due.on_wall(wall(moment), Why::FallsDue);
    }
}

fn wall(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

fn millis(length: Duration) -> i64 {
    i64::try_from(length.as_millis()).unwrap_or(NEVER).min(NEVER)
}

#[cfg(test)]
mod tests;
