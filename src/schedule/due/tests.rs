use chrono::{DateTime, TimeDelta, Utc};

use super::*;
use crate::schedule::journal::Fate;
use crate::schedule::{Cut, Hold, Outcome, Plan, Task};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn now(wall: &str, steady: u64) -> Now {
    Now { wall: at(wall), steady: Duration::from_secs(steady) }
}

fn plan(tasks: impl IntoIterator<Item = (&'static str, &'static str)>) -> Plan {
    let tasks = tasks.into_iter().map(|(name, when)| Task::new(name, vec![When::read(when).unwrap()]));
    Plan { tasks: tasks.collect(), zone: chrono_tz::Europe::Berlin, at_once: 4 }
}

/// A run of the task at `place` that begins and ends at once.
fn ran(plan: &Plan, memory: &mut Memory, place: usize, now: Now, outcome: Outcome) {
    let id = memory.begin(plan, place, &Why::Schedule, &Cut::default(), now).unwrap();
    let fate = if outcome.failure.is_some() { Fate::Failed } else { Fate::Done };
    assert!(memory.end(plan, id, fate, &outcome, now).is_some());
    assert!(memory.end(plan, id, fate, &outcome, now).is_none(), "a run ends once");
}

fn failed() -> Outcome {
    Outcome { failure: Some("no answer".into()), ..Outcome::default() }
}

fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(minutes * 60)
}

#[test]
fn what_was_never_done_is_due_at_once_and_then_by_its_schedule() {
    let plan = plan([("a", "0 * * * *"), ("b", "every 20m")]);
    let mut memory = Memory::default();
    let begin = now("2025-01-01T10:10:00Z", 50);
    memory.meet(&plan, begin);
    assert_eq!(next_due(begin, &plan, &memory).ready, [(0, Why::First), (1, Why::First)]);
    ran(&plan, &mut memory, 0, begin, Outcome::default());
    ran(&plan, &mut memory, 1, begin, Outcome::default());
    let due = next_due(begin, &plan, &memory);
    assert_eq!((due.ready, due.next), (vec![], Some((1, minutes(20), Why::Schedule))));
    assert_eq!(until_due(begin, &plan, &memory, 0), Some((minutes(50), Why::Schedule)));
}

#[test]
fn missed_runs_are_caught_up_once() {
    let plan = plan([("a", "*/15 * * * *"), ("b", "every 20m"), ("c", "@start")]);
    let mut memory = Memory::default();
    let before = now("2025-01-01T10:10:00Z", 1_000);
    memory.meet(&plan, before);
    (0..3).for_each(|place| ran(&plan, &mut memory, place, before, Outcome::default()));
    // Asleep for two days: the steady clock has stood still.
    let after = now("2025-01-03T10:10:00Z", 1_010);
    let due = next_due(after, &plan, &memory);
    assert_eq!(due.ready, [(0, Why::Schedule), (1, Why::Schedule)]);
    ran(&plan, &mut memory, 0, after, Outcome::default());
    ran(&plan, &mut memory, 1, after, Outcome::default());
    let due = next_due(after, &plan, &memory);
    assert_eq!((due.ready, due.next), (vec![], Some((0, minutes(5), Why::Schedule))));
}

#[test]
fn a_clock_that_was_ahead_silences_nothing() {
    let plan = plan([("a", "*/15 * * * *"), ("b", "every 20m"), ("c", "0 3 * * *")]);
    let mut memory = Memory::default();
    let ahead = now("2027-06-01T10:10:00Z", 1_000);
    memory.meet(&plan, ahead);
    let hold = Some(Hold { from: ahead.wall, until: at("2027-06-01T11:10:00Z") });
    ran(&plan, &mut memory, 0, ahead, Outcome { hold, ..Outcome::default() });
    ran(&plan, &mut memory, 1, ahead, Outcome::default());
    ran(&plan, &mut memory, 2, ahead, failed());
    let right = now("2025-01-01T10:10:00Z", 1_060);
    memory.meet(&plan, right);
    assert_eq!(until_due(right, &plan, &memory, 0), Some((minutes(60), Why::Schedule)), "the pause keeps its length");
    assert_eq!(until_due(right, &plan, &memory, 1), Some((minutes(19), Why::Schedule)));
    let (retry, why) = until_due(right, &plan, &memory, 2).unwrap();
    assert!(retry <= Duration::from_secs(6) && why == Why::Retry(1), "{retry:?}");
}

#[test]
fn a_clock_put_back_and_forth_makes_no_storm() {
    let plan = plan([("a", "0 * * * *"), ("b", "every 5m")]);
    let mut memory = Memory::default();
    let mut runs = 0;
    for second in 0..3_600 {
        // Every second it is an hour later, or an hour earlier.
        let wall = at("2025-01-01T10:30:00Z") + TimeDelta::seconds(second) + TimeDelta::hours(second % 2);
        let now = Now { wall, steady: Duration::from_secs(second as u64) };
        memory.meet(&plan, now);
        for (place, _) in next_due(now, &plan, &memory).ready {
            ran(&plan, &mut memory, place, now, Outcome::default());
            runs += 1;
        }
    }
    assert!((10..=2 * 360).contains(&runs), "{runs} runs in an hour, of two tasks that wait ten seconds in between");
}

#[test]
fn a_failed_task_neither_waits_for_its_schedule_nor_storms() {
    let mut plan = plan([("a", "@yearly"), ("b", "* * * * *")]);
    plan.tasks[0].folders = vec!["inbox".into()];
    let mut memory = Memory::default();
    let begin = now("2025-01-01T10:10:00Z", 0);
    memory.meet(&plan, begin);
    for _ in 0..5 {
        (0..2).for_each(|place| ran(&plan, &mut memory, place, begin, failed()));
    }
    for place in 0..2 {
        let (ahead, why) = until_due(begin, &plan, &memory, place).unwrap();
        assert!((minutes(14)..minutes(18)).contains(&ahead) && why == Why::Retry(5), "{ahead:?}");
    }
    // News from the folder shortens the wait to the first one.
    memory.ask(&plan, 0, Why::Folder("inbox".into()), begin);
    assert_eq!(until_due(begin, &plan, &memory, 0), Some((minutes(1), Why::Folder("inbox".into()))));
}

#[test]
fn one_lane_and_so_many_at_once() {
    let mut plan = plan([("a", "@start"), ("b", "@start"), ("c", "@start"), ("d", "@start"), ("e", "@start")]);
    plan.tasks[0].lane = Some("archive".into());
    plan.tasks[1].lane = Some("archive".into());
    plan.at_once = 3;
    let mut memory = Memory::default();
    let begin = now("2025-01-01T10:10:00Z", 0);
    memory.meet(&plan, begin);
    let places = |due: Due| due.ready.into_iter().map(|(place, _)| place).collect::<Vec<_>>();
    assert_eq!(places(next_due(begin, &plan, &memory)), [0, 2, 3]);
    let cut = Cut::default();
    let ids: Vec<u64> = [0, 2, 3].map(|place| memory.begin(&plan, place, &Why::Start, &cut, begin).unwrap()).into();
    assert!(places(next_due(begin, &plan, &memory)).is_empty());
    memory.end(&plan, ids[1], Fate::Done, &Outcome::default(), begin);
    assert_eq!(places(next_due(begin, &plan, &memory)), [4], "b waits for the lane");
    memory.end(&plan, ids[0], Fate::Done, &Outcome::default(), begin);
    assert_eq!(places(next_due(begin, &plan, &memory)), [1, 4]);
    // A run that was cut off leaves its slot to others, and keeps its lane.
    for (_, running) in memory.running() {
        running.cut = Some(begin.steady);
    }
    assert_eq!(next_due(begin, &plan, &memory).limit, None);
}

#[test]
fn it_comes_back_from_a_journal() {
    let plan = plan([("a", "0 * * * *"), ("b", "every 1h"), ("c", "@daily")]);
    let entry = |task: &str, started: &str, fate| crate::schedule::journal::Entry {
        started: at(started),
        task: task.into(),
        why: String::new(),
        took: Duration::from_secs(30),
        fate,
        changes: 0,
        words: String::new(),
        next: None,
        falls_due: None,
        hold: None,
    };
    let entries = [
        entry("a", "2025-01-01T10:00:00Z", Fate::Done),
        entry("b", "2025-01-01T10:00:00Z", Fate::Done),
        entry("gone", "2025-01-01T10:00:00Z", Fate::Done),
        entry("c", "2025-01-01T10:00:00Z", Fate::Failed),
        entry("c", "2025-01-01T10:01:00Z", Fate::Failed),
    ];
    let begin = now("2025-01-01T10:30:00Z", 3);
    let mut memory = Memory::from_journal(entries.clone());
    memory.meet(&plan, begin);
    assert_eq!(memory.all().count(), 3);
    assert_eq!(next_due(begin, &plan, &memory).ready, [(2, Why::Retry(2))]);
    assert_eq!(until_due(begin, &plan, &memory, 0), Some((minutes(30), Why::Schedule)));
    assert_eq!(until_due(begin, &plan, &memory, 1), Some((minutes(30), Why::Schedule)));
    // Written by a clock that was ahead: no more than one interval late.
    let begin = now("2024-06-01T10:30:00Z", 3);
    let mut memory = Memory::from_journal(entries);
    memory.meet(&plan, begin);
    assert_eq!(until_due(begin, &plan, &memory, 0), Some((minutes(30), Why::Schedule)));
    assert_eq!(until_due(begin, &plan, &memory, 1), Some((minutes(60), Why::Schedule)));
}
