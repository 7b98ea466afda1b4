use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};

use chrono::TimeDelta;

use super::*;
use crate::error::{Error, Result};
use crate::schedule::{Retry, Task, When};

/// A world in which time passes as fast as it is waited for.
struct World {
    begin: DateTime<Utc>,
    steady: Duration,
    /// From which moment on the steady clock, by how much the wall clock is off.
    moved: Vec<(Duration, TimeDelta)>,
    /// What is going to happen: when, and in which order.
    coming: BTreeMap<(Duration, u64), Happening>,
    told: u64,
    running: HashSet<String>,
    most_running: usize,
    /// Starts of every task: on the wall and on the steady clock.
    starts: BTreeMap<String, Vec<(DateTime<Utc>, Duration)>>,
    whys: Vec<(String, String)>,
    entries: Vec<Entry>,
    sleeps: u64,
}

enum Happening {
    /// A run ends.
    End(String, End, Outcome),
    /// A run that looks at its cut every second, and ends when it is told to.
    Patient(String, Cut, End),
    Wake(Wake),
}

struct Simulated<'a>(&'a RefCell<World>);

impl World {
    fn new(begin: &str) -> RefCell<World> {
        RefCell::new(World {
            begin: begin.parse().unwrap(),
            steady: Duration::from_secs(500),
            moved: Vec::new(),
            coming: BTreeMap::new(),
            told: 0,
            running: HashSet::new(),
            most_running: 0,
            starts: BTreeMap::new(),
            whys: Vec::new(),
            entries: Vec::new(),
            sleeps: 0,
        })
    }

    fn now(&self) -> Now {
        let off =
            self.moved.iter().rev().find(|(from, _)| *from <= self.steady).map_or(TimeDelta::zero(), |(_, off)| *off);
        Now { wall: self.begin + TimeDelta::from_std(self.steady).unwrap() + off, steady: self.steady }
    }

    fn after(&mut self, ahead: Duration, happening: Happening) {
        self.told += 1;
        self.coming.insert((self.steady + ahead, self.told), happening);
    }

    fn at(&mut self, steady: u64, wake: Wake) {
        self.told += 1;
        self.coming.insert((Duration::from_secs(steady), self.told), Happening::Wake(wake));
    }

    fn started(&self, task: &str) -> &[(DateTime<Utc>, Duration)] {
        self.starts.get(task).map_or(&[], Vec::as_slice)
    }
}

impl Clock for Simulated<'_> {
    fn now(&self) -> Now {
        self.0.borrow().now()
    }

    fn wait(&self, wakes: &Wakes, at_most: Duration) -> Option<Wake> {
        let mut world = self.0.borrow_mut();
        world.sleeps += 1;
        let until = world.steady + at_most;
        loop {
            if let Some(wake) = wakes.heard() {
                return Some(wake);
            }
            let Some(first) = world.coming.first_entry().filter(|first| first.key().0 <= until) else {
                world.steady = until;
                return None;
            };
            let ((at, _), happening) = first.remove_entry();
            world.steady = world.steady.max(at);
            match happening {
                Happening::Wake(wake) => return Some(wake),
                Happening::End(task, end, outcome) => {
                    world.running.remove(&task);
                    end.tell(outcome);
                }
                Happening::Patient(task, cut, end) if cut.is_cut() => {
                    world.running.remove(&task);
                    end.tell(Outcome { failure: Some("cut off".into()), ..Outcome::default() });
                }
                patient => world.after(Duration::from_secs(1), patient),
            }
        }
    }
}

impl Runner for Simulated<'_> {
    fn start(&mut self, run: Run) {
        let mut world = self.0.borrow_mut();
        let now = world.now();
        assert!(world.running.insert(run.task.clone()), "{} overlaps itself", run.task);
        world.most_running = world.most_running.max(world.running.len());
        world.starts.entry(run.task.clone()).or_default().push((now.wall, now.steady));
        world.whys.push((run.task.clone(), run.why.to_string()));
        let number = world.starts[&run.task].len() as u64;
        let took = Duration::from_secs(1 + (number * 7 + run.task.len() as u64) % 40);
        let done = Outcome { changes: u64::from(number.is_multiple_of(5)), ..Outcome::default() };
        match run.task.as_str() {
            "bad" => {
                let failure = Some("no answer".into());
                world.after(took, Happening::End(run.task, run.end, Outcome { failure, ..Outcome::default() }));
            }
            "patient" => world.after(took, Happening::Patient(run.task, run.cut, run.end)),
            "deaf" => world.after(Duration::from_secs(7_200), Happening::End(run.task, run.end, done)),
            "lost" => {
                world.running.remove(&run.task);
                drop(run);
            }
            _ => world.after(took, Happening::End(run.task, run.end, done)),
        }
    }

    fn reload(&mut self) -> Result<Plan> {
        match self.0.borrow().starts.len() {
            0 => Err(Error::config("feedmill.toml:1:1", "expected a plan, found none")),
            _ => Ok(plan([("other", "every 1h")])),
        }
    }

    fn tell(&mut self, entry: &Entry) {
        self.0.borrow_mut().entries.push(entry.clone());
    }

    fn complain(&mut self, err: &Error) {
        self.0.borrow_mut().whys.push(("complaint".into(), err.to_string()));
    }

    fn alive(&mut self, _now: Now, sleep: Option<Duration>) {
        assert!(sleep.is_none_or(|sleep| sleep < Duration::from_secs(400 * 86_400)), "{sleep:?}");
    }
}

fn plan<'a>(tasks: impl IntoIterator<Item = (&'a str, &'a str)>) -> Plan {
    let when = |text: &str| if text.is_empty() { vec![] } else { vec![When::read(text).unwrap()] };
    let tasks = tasks.into_iter().map(|(name, text)| Task::new(name, when(text)));
    Plan { tasks: tasks.collect(), zone: chrono_tz::Europe::Berlin, at_once: 4 }
}

fn play(world: &RefCell<World>, plan: Plan) -> Left {
    run(plan, Memory::default(), &Simulated(world), &mut Simulated(world), &Wakes::new())
}

const DAY: u64 = 86_400;

#[test]
fn a_year_of_a_hundred_sources_with_clocks_that_are_moved() {
    let sources: Vec<(String, String)> = (0..100)
        .map(|n| match n {
            0 => (format!("sync {n}"), "7 * * * *".into()),
            1 => (format!("sync {n}"), "every 1h".into()),
            4 => (format!("sync {n}"), "30 2 * * *".into()),
            _ => (format!("sync {n}"), format!("{} {} * * *", n * 7 % 60, n % 24)),
        })
        .collect();
    let mut plan = plan(sources.iter().map(|(name, when)| (name.as_str(), when.as_str())));
    let mut generate = Task::new("generate", vec![When::read("@start").unwrap()]);
    generate.after = sources.iter().map(|(name, _)| name.clone()).collect();
    generate.gather = Duration::from_secs(60);
    generate.follows_clock = true;
    plan.tasks.push(generate);
    let world = World::new("2025-01-01T00:00:00Z");
    {
        let mut world = world.borrow_mut();
        let hours = TimeDelta::hours;
        world.moved = vec![
            (Duration::from_secs(40 * DAY), hours(72)),          // three days of sleep
            (Duration::from_secs(100 * DAY), hours(72 + 8_760)), // a year ahead, for six hours
            (Duration::from_secs(100 * DAY + 21_600), hours(72)),
            (Duration::from_secs(200 * DAY), hours(70)), // two hours back
            (Duration::from_secs(250 * DAY), hours(71)), // one forward
        ];
        world.at(365 * DAY, Wake::Stop);
    }
    let left = play(&world, plan);
    let world = world.into_inner();
    assert!(left.unfinished.len() <= 4 && world.most_running <= 4, "{}", world.most_running);
    assert!(world.sleeps < 3_000_000, "{} sleeps", world.sleeps);
    for (name, when) in &sources {
        let starts = world.started(name);
        let hourly = when.starts_with("7 * ") || when.starts_with("every");
        let expected = if hourly { 365 * 24 } else { 365 };
        // Three days were slept through, and a jump adds or takes away a few.
        let off = expected / 50 + 8;
        assert!((expected - off..=expected + 8).contains(&starts.len()), "{name} {when}: {}", starts.len());
        let usual = 365 * DAY as usize / expected;
        for pair in starts.windows(2) {
            let gap = (pair[1].1 - pair[0].1).as_secs() as usize;
            assert!(
                gap >= 10 && gap <= 2 * usual + 3_700,
                "{name} {when}: {gap} s from {} to {}",
                pair[0].0,
                pair[1].0
            );
        }
    }
    // Half past two comes once a day, also on the nights when the clock is changed (with the wall clock in order).
    let nights: Vec<String> = world
        .started("sync 4")
        .iter()
        .map(|(wall, _)| wall.with_timezone(&chrono_tz::Europe::Berlin).format("%m-%d %H:%M").to_string())
        .collect();
    let on =
        |day: &str| nights.iter().filter(|night| night.starts_with(day)).map(|night| &night[6..]).collect::<Vec<_>>();
    assert_eq!((on("03-30"), on("10-26"), on("06-01")), (vec!["03:00"], vec!["02:30"], vec!["02:30"]));
    // Caught up once: at the moment of waking, and not again before the next time.
    for (name, _) in &sources[4..] {
        let woken =
            world.started(name).iter().filter(|(_, at)| (40 * DAY..40 * DAY + 900).contains(&at.as_secs())).count();
        assert!((1..=2).contains(&woken), "{name}: {woken} runs after waking");
    }
    assert!(world.whys.contains(&("generate".into(), "the clock was put back".into())));
    assert!(world.started("generate").len() > 1_000);
}

#[test]
fn a_run_that_hangs_is_cut_off_and_told_and_holds_up_nobody() {
    let world = World::new("2025-01-01T00:00:00Z");
    let mut plan = plan([("deaf", "every 10m"), ("patient", "every 10m"), ("good", "every 1m"), ("lost", "every 1h")]);
    plan.at_once = 2;
    for task in &mut plan.tasks {
        task.limit = Duration::from_secs(300);
    }
    world.borrow_mut().at(6 * 3_600, Wake::Stop);
    let left = play(&world, plan);
    let world = world.into_inner();
    let fates = |task: &str| -> Vec<(&str, u64)> {
        world.entries.iter().filter(|e| e.task == task).map(|e| (e.fate.word(), e.took.as_secs())).collect()
    };
    // Told when it was seen to hang, and once more at its end; then again.
    assert_eq!(fates("deaf")[..2], [("hangs", 310), ("done", 7_200)]);
    assert!(fates("patient").iter().filter(|fate| fate.0 == "cut").all(|(_, took)| (300..305).contains(took)));
    assert!(fates("patient").len() > 5 && world.started("deaf").len() <= 4);
    assert!(fates("lost").iter().all(|fate| fate.0 == "failed") && fates("lost").len() > 3);
    let longest = world.started("good").windows(2).map(|pair| (pair[1].1 - pair[0].1).as_secs()).max();
    assert!(longest <= Some(400), "the good one waited {longest:?} s");
    assert!(left.unfinished.iter().all(|name| name == "deaf"), "{:?}", left.unfinished);
}

#[test]
fn a_bad_source_is_asked_less_and_less() {
    let world = World::new("2025-01-01T00:00:00Z");
    world.borrow_mut().at(10 * DAY, Wake::Stop);
    play(&world, plan([("bad", "* * * * *"), ("good", "* * * * *")]));
    let world = world.into_inner();
    assert!((40..60).contains(&world.started("bad").len()), "{}", world.started("bad").len());
    assert!(world.started("good").len() > 10 * 1_440 - 15);
    let last = world.entries.iter().rev().find(|entry| entry.task == "bad").unwrap();
    assert!(last.next.unwrap() > last.started + TimeDelta::hours(5));
}

#[test]
fn changes_are_gathered_and_none_is_lost() {
    let world = World::new("2025-01-01T00:00:00Z");
    let mut plan = plan([("ingest", ""), ("generate", "")]);
    plan.tasks[0].folders = vec!["/in".into()];
    plan.tasks[1].after = vec!["ingest".into()];
    plan.tasks[1].gather = Duration::from_secs(5);
    {
        let mut world = world.borrow_mut();
        for at in [600, 603, 606, 5_000] {
            world.at(at, Wake::FolderChanged("/in/a.txt".into()));
        }
        world.at(700, Wake::FolderChanged("/elsewhere/a.txt".into()));
        (10..20).for_each(|n| world.at(n * 1_000, Wake::Asked("ingest".into())));
        world.at(20_000, Wake::Asked("nobody".into()));
        world.at(30_000, Wake::Stop);
    }
    play(&world, plan);
    let world = world.into_inner();
    let ingests = world.started("ingest").iter().map(|(_, at)| at.as_secs()).collect::<Vec<_>>();
    // What changes during a run makes one more run after it.
    assert_eq!(ingests.iter().filter(|at| **at < 5_000).count(), 2, "{ingests:?}");
    assert_eq!(ingests.len(), 2 + 1 + 10);
    assert_eq!(world.started("generate").len(), ingests.len() / 5);
    assert!(world.whys.contains(&("ingest".into(), "/in has changed".into())));
}

#[test]
fn a_new_plan_is_taken_up_and_a_wrong_one_is_not() {
    let world = World::new("2025-01-01T00:00:00Z");
    {
        let mut world = world.borrow_mut();
        world.at(600, Wake::Reload);
        world.at(700, Wake::Asked("idle".into()));
        world.at(720, Wake::Reload);
        world.at(720 + 10 * 3_600 + 60, Wake::Stop);
    }
    let left = play(&world, plan([("idle", "")]));
    let world = world.into_inner();
    assert!(world.whys[0].1.contains("expected a plan, found none"), "{:?}", world.whys);
    assert_eq!((world.started("idle").len(), world.started("other").len()), (1, 11));
    assert_eq!(left.memory.all().count(), 1);
    assert!(world.entries.iter().any(|entry| entry.task == "idle" && entry.fate == Fate::Done), "its end is told");
}

#[test]
fn it_stops_at_any_moment_and_soon() {
    let world = World::new("2025-01-01T00:00:00Z");
    world.borrow_mut().at(620, Wake::Stop);
    let left = play(&world, plan([("deaf", "@start"), ("patient", "@start")]));
    let world = world.into_inner();
    assert!(world.steady.as_secs() - 620 <= STOP_GRACE.as_secs(), "{:?}", world.steady);
    assert_eq!(left.unfinished, ["deaf"]);
    let fates: Vec<_> = world.entries.iter().map(|entry| (entry.task.as_str(), entry.fate)).collect();
    assert_eq!(fates, [("patient", Fate::Stopped), ("deaf", Fate::Stopped)]);
    // What was stopped is due again at the next start.
    let mut memory = Memory::from_journal(world.entries.clone());
    let plan = plan([("deaf", "@yearly"), ("patient", "@yearly")]);
    memory.meet(&plan, world.now());
    assert_eq!(next_due(world.now(), &plan, &memory).ready.len(), 2);
}

/// On real threads: work runs beside the loop, a panic is a failure, and the loop ends when it is told.
#[test]
fn work_runs_on_threads_of_its_own() {
    struct Threads(Vec<Entry>, std::sync::mpsc::Sender<Wake>);
    struct Quick(RefCell<Duration>);
    impl Clock for Quick {
        fn now(&self) -> Now {
            let steady = *self.0.borrow();
            Now { wall: DateTime::UNIX_EPOCH + TimeDelta::from_std(steady).unwrap(), steady }
        }
        fn wait(&self, wakes: &Wakes, _: Duration) -> Option<Wake> {
            let wake = wakes.heard_within(Duration::from_secs(600));
            *self.0.borrow_mut() += Duration::from_millis(10);
            wake
        }
    }
    impl Runner for Threads {
        fn start(&mut self, run: Run) {
            let name = run.task.clone();
            run.spawn(move |cut| match name.as_str() {
                "panics" => panic!("on purpose"),
                _ => Outcome { words: format!("cut: {}", cut.is_cut()), ..Outcome::default() },
            });
        }
        fn reload(&mut self) -> Result<Plan> {
            Ok(plan([]))
        }
        fn tell(&mut self, entry: &Entry) {
            self.0.push(entry.clone());
            if self.0.len() == 2 {
                self.1.send(Wake::Stop).unwrap();
            }
        }
        fn complain(&mut self, _: &Error) {}
        fn alive(&mut self, _: Now, _: Option<Duration>) {}
    }
    let wakes = Wakes::new();
    let mut threads = Threads(Vec::new(), wakes.voice());
    let mut plan = plan([("works", "@start"), ("panics", "@start")]);
    plan.tasks.iter_mut().for_each(|task| task.retry = Retry { first: Duration::from_secs(60), ..Retry::default() });
    let left = run(plan, Memory::default(), &Quick(RefCell::new(Duration::ZERO)), &mut threads, &wakes);
    assert!(left.unfinished.is_empty());
    let mut told: Vec<_> = threads.0.iter().map(|entry| (entry.task.as_str(), entry.words.as_str())).collect();
    told.sort_unstable();
    assert_eq!(told, [("panics", "it has panicked"), ("works", "cut: false")]);
}
