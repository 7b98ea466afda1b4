//! The loop: waits until something is due, has it begun, and hears how it ended.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::due::{next_due, until_due};
use super::journal::{Entry, Fate};
use super::memory::Memory;
use super::plan::{Now, Plan};
use super::runner::{Clock, Cut, End, Ended, Outcome, Run, Runner, Wake, Wakes};
use super::why::Why;

/// How the loop ended.
#[derive(Debug)]
pub struct Left {
    /// Tasks whose runs did not end in time.
    pub unfinished: Vec<String>,
    /// What a loop that goes on from here needs to know.
    pub memory: Memory,
}

/// The steady clock is asked at least so often: the wall clock may have been moved, and nobody says so.
pub const LONGEST_SLEEP: Duration = Duration::from_secs(30);

/// The wall clock was moved when it differs from the steady one by this; what is less is a clock that runs badly.
const JUMP_MS: i64 = 5_000;

/// A run that was cut off has so long to end before it is told that it hangs.
const GRACE: Duration = Duration::from_secs(10);

/// A stop waits so long for runs to end; supervisors kill after more.
pub const STOP_GRACE: Duration = Duration::from_secs(4);

/// Keeps a plan up until it is told to stop.
///
/// A task never runs twice at the same time. A run past its limit is cut off; if it does not end, that is told once,
/// its slot goes to others, and it is not begun again before it has ended. When the wall clock is put forward, or the
/// machine has slept, what was missed is done once. When it is put back, nothing waits for the time to come round:
/// what was noted in the future counts as noted now, and what depends on the moment is done again.
pub fn run(mut plan: Plan, mut memory: Memory, clock: &dyn Clock, runner: &mut dyn Runner, wakes: &Wakes) -> Left {
    let mut last = clock.now();
    memory.meet(&plan, last);
    loop {
        let now = clock.now();
        notice_jump(&plan, &mut memory, last, now);
        cut_off(&mut memory, runner, now);
        let due = next_due(now, &plan, &memory);
        for (place, why) in &due.ready {
            let cut = Cut::default();
            let Some(id) = memory.begin(&plan, *place, why, &cut, now) else { continue };
            let end = End::new(id, wakes.voice());
            runner.start(Run { task: plan.tasks[*place].name.clone(), why: why.clone(), cut, end });
        }
        // What was begun has a limit, which the answer above does not know.
        let sleep = if due.ready.is_empty() { due } else { next_due(now, &plan, &memory) };
        let sleep = sleep.sleep().into_iter().chain(check_again(&mut memory, now)).min();
        let (mut wake, together) = wait(clock, runner, wakes, now, sleep);
        last = clock.now();
        notice_jump(&plan, &mut memory, together, last);
        while let Some(happened) = wake {
            let now = last;
            match happened {
                Wake::Stop => return stop(plan, memory, clock, runner, wakes),
                Wake::Reload => match runner.reload() {
                    Ok(new) => {
                        plan = new;
                        memory.forgive();
                        memory.meet(&plan, now);
                    }
                    Err(err) => runner.complain(&err),
                },
                Wake::FolderChanged(path) => changed(&plan, &mut memory, &path, now),
                Wake::Asked(name) => {
                    if let Some(place) = plan.tasks.iter().position(|task| task.name == name) {
                        memory.ask(&plan, place, Why::Asked, now);
                    }
                }
                Wake::Ended(ended) => {
                    hear(&plan, &mut memory, runner, ended, now, None);
                }
            }
            wake = wakes.heard();
        }
    }
}

/// Sleeps in short stretches until something happens, the time is up, or the wall clock was moved. Gives the time up to
/// which the clocks went together.
fn wait(
    clock: &dyn Clock,
    runner: &mut dyn Runner,
    wakes: &Wakes,
    begun: Now,
    sleep: Option<Duration>,
) -> (Option<Wake>, Now) {
    let mut last = begun;
    loop {
        let gone = last.steady.saturating_sub(begun.steady);
        let left = sleep.map_or(LONGEST_SLEEP, |sleep| sleep.saturating_sub(gone));
        runner.alive(last, sleep.map(|_| left));
        if left.is_zero() {
            return (wakes.heard(), last);
        }
        let wake = clock.wait(wakes, left.min(LONGEST_SLEEP));
        let now = clock.now();
        if wake.is_some() || jump(last, now).is_some() {
            return (wake, last);
        }
        last = now;
    }
}

/// By how many milliseconds the wall clock was moved between two looks, if it was.
fn jump(before: Now, now: Now) -> Option<i64> {
    let wall = now.wall.signed_duration_since(before.wall).num_milliseconds();
    let steady = i64::try_from(now.steady.saturating_sub(before.steady).as_millis()).unwrap_or(i64::MAX);
    Some(wall.saturating_sub(steady)).filter(|moved| moved.saturating_abs() >= JUMP_MS)
}

fn notice_jump(plan: &Plan, memory: &mut Memory, before: Now, now: Now) {
    let Some(moved) = jump(before, now) else { return };
    memory.meet(plan, now);
    if moved > 0 {
        return;
    }
    for (place, task) in plan.tasks.iter().enumerate().filter(|(_, task)| task.follows_clock) {
        let was_done = memory.past(place, &task.name).is_some_and(|past| past.started.is_some());
        if was_done {
            memory.ask(plan, place, Why::Clock, now);
        }
    }
}

/// Cuts off what is past its limit, and tells of what goes on nevertheless.
fn cut_off(memory: &mut Memory, runner: &mut dyn Runner, now: Now) {
    let mut hanging = Vec::new();
    for (name, running) in memory.running() {
        let gone = now.steady.saturating_sub(running.since);
        match running.cut {
            None if gone >= running.limit => {
                running.handle.cut();
                running.cut = Some(now.steady);
            }
            Some(cut) if !running.hangs && now.steady.saturating_sub(cut) >= GRACE => {
                let words = format!("it was to end after {}, and goes on", super::in_words(running.limit));
                let entry = Entry {
                    started: begun_at(now, gone),
                    task: name.to_owned(),
                    why: running.why.to_string(),
                    took: gone,
                    fate: Fate::Hangs,
                    changes: 0,
                    words,
                    next: None,
                    falls_due: None,
                    hold: None,
                };
                hanging.push(entry);
            }
            _ => {}
        }
    }
    for entry in hanging {
        memory.hangs(&entry.task);
        runner.tell(&entry);
    }
}

/// When a run that was cut off is to be looked at again.
fn check_again(memory: &mut Memory, now: Now) -> Option<Duration> {
    let waiting = memory.running().filter(|(_, running)| !running.hangs);
    waiting.filter_map(|(_, running)| Some((running.cut? + GRACE).saturating_sub(now.steady))).min()
}

fn begun_at(now: Now, gone: Duration) -> DateTime<Utc> {
    chrono::TimeDelta::from_std(gone).ok().and_then(|gone| now.wall.checked_sub_signed(gone)).unwrap_or(now.wall)
}

/// Something below a watched folder has changed.
fn changed(plan: &Plan, memory: &mut Memory, path: &std::path::Path, now: Now) {
    for (place, task) in plan.tasks.iter().enumerate() {
        if let Some(folder) = task.folders.iter().find(|folder| path.starts_with(folder)) {
            memory.ask(plan, place, Why::Folder(folder.display().to_string()), now);
        }
    }
}

/// Takes note of the end of a run, and asks for those that follow it.
fn hear(plan: &Plan, memory: &mut Memory, runner: &mut dyn Runner, ended: Ended, now: Now, stopped: Option<()>) {
    let Ended { id, outcome } = ended;
    let Some((_, cut)) = memory.running().map(|(_, running)| (running.id, running.cut)).find(|(run, _)| *run == id)
    else {
        return;
    };
    let fate = match (&outcome.failure, cut, stopped) {
        (None, _, _) => Fate::Done,
        (Some(_), _, Some(())) => Fate::Stopped,
        (Some(_), Some(_), None) => Fate::Cut,
        (Some(_), None, None) => Fate::Failed,
    };
    let Some((name, running)) = memory.end(plan, id, fate, &outcome, now) else { return };
    if outcome.changes > 0 {
        for (place, _) in plan.tasks.iter().enumerate().filter(|(_, task)| task.after.contains(&name)) {
            memory.ask(plan, place, Why::After(name.clone()), now);
        }
    }
    let took = now.steady.saturating_sub(running.since);
    let place = plan.tasks.iter().position(|task| task.name == name);
    let ahead = place.and_then(|place| until_due(now, plan, memory, place)).map(|(ahead, _)| ahead);
    let next = ahead.and_then(|ahead| now.wall.checked_add_signed(chrono::TimeDelta::from_std(ahead).ok()?));
    let words = match outcome.failure {
        Some(failure) if outcome.words.is_empty() => failure,
        Some(failure) => format!("{failure}; {}", outcome.words),
        None => outcome.words,
    };
    let (falls_due, hold) = (outcome.falls_due, outcome.hold);
    let (started, why, changes) = (begun_at(now, took), running.why.to_string(), outcome.changes);
    runner.tell(&Entry { started, task: name, why, took, fate, changes, words, next, falls_due, hold });
}

/// Cuts off everything, waits a little, and tells of what did not end.
fn stop(plan: Plan, mut memory: Memory, clock: &dyn Clock, runner: &mut dyn Runner, wakes: &Wakes) -> Left {
    let begun = clock.now();
    memory.running().for_each(|(_, running)| running.handle.cut());
    loop {
        let now = clock.now();
        let gone = now.steady.saturating_sub(begun.steady);
        if memory.running().next().is_none() || gone >= STOP_GRACE {
            break;
        }
        if let Some(Wake::Ended(ended)) = clock.wait(wakes, STOP_GRACE - gone) {
            hear(&plan, &mut memory, runner, ended, clock.now(), Some(()));
        }
    }
    let now = clock.now();
    let left: Vec<(u64, String)> = memory.running().map(|(name, running)| (running.id, name.to_owned())).collect();
    let mut unfinished = Vec::new();
    for (id, name) in left {
        let failure = Some("it was stopped before it had ended".to_owned());
        hear(
            &plan,
            &mut memory,
            runner,
            Ended { id, outcome: Outcome { failure, ..Outcome::default() } },
            now,
            Some(()),
        );
        unfinished.push(name);
    }
    Left { unfinished, memory }
}

#[cfg(test)]
mod tests;
