//! Where tasks are begun, and where their ends are told.

use std::path::PathBuf;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::json;

use super::super::clock::Watched;
use super::super::remote::span;
use super::super::session::Session;
use super::super::{hub, log};
use super::house::{House, Job, ping};
use super::print_line;
use super::turn::Queue;
use super::work::{self, Problems};
use crate::archive::layout::Layout;
use crate::error::{Error, Result};
use crate::schedule::journal::{self, Entry, Fate};
use crate::schedule::supervisor::Supervisor;
use crate::schedule::watch::{Watching, watch};
use crate::schedule::{Clock, Now, Plan, Run, Runner, Wake};
use crate::serve::Tasks;

/// Whoever has the tasks done.
pub(super) struct Desk {
    house: Arc<House>,
    config_path: PathBuf,
    session: Session,
    supervisor: Supervisor,
    tasks: Tasks,
    voice: Sender<Wake>,
    queue: Arc<Queue>,
    /// What is to be told of tasks that have ended, or are about to.
    problems: Arc<Mutex<Vec<(String, Problems)>>>,
    watching: Option<Watching>,
    /// Whether the journal could not be written the last time.
    is_unwritten: bool,
}

impl Desk {
    pub(super) fn new(
        house: House,
        config_path: PathBuf,
        session: Session,
        supervisor: Supervisor,
        tasks: Tasks,
        voice: Sender<Wake>,
    ) -> Result<Desk> {
        let mut desk = Desk {
            house: Arc::new(house),
            config_path,
            session,
            supervisor,
            tasks,
            voice,
            queue: Arc::default(),
            problems: Arc::default(),
            watching: None,
            is_unwritten: false,
        };
        desk.tasks.keep(|task| desk.house.jobs.contains_key(task));
        desk.watch()?;
        Ok(desk)
    }

    /// Watches the folders of the sources.
    fn watch(&mut self) -> Result<()> {
        self.watching = None;
        let (folders, own) = self.house.folders();
        if folders.is_empty() {
            return Ok(());
        }
        let watching = watch(&folders, &own.map(PathBuf::from), self.voice.clone())?;
        if !watching.is_told {
            self.session.say.note("the system does not tell of changes; folders are looked through every 30 s");
        }
        for err in &watching.problems {
            self.session.say.error(err);
        }
        self.watching = Some(watching);
        Ok(())
    }

    /// Tells the supervisor that the work begins.
    pub(super) fn ready(&self) {
        self.supervisor.ready();
    }

    /// The last words.
    pub(super) fn leave(&self, unfinished: &[String]) {
        self.supervisor.stopping();
        for task in unfinished {
            self.session.say.note(format_args!("{task} was stopped before it was done; the next run goes on"));
        }
        self.session.say.did("Stopped", "as it was told to");
    }

    fn read_config(&mut self) -> Result<Plan> {
        let config = self.session.load(&self.config_path)?;
        let old = &self.house.config;
        for (new, old, what) in
            [(&config.archive, &old.archive, "the archive"), (&config.output, &old.output, "the output directory")]
        {
            if new != old {
                let found = format!("expected {} as {what}, found {}", old.display(), new.display());
                return Err(Error::config(&self.config_path, found).hint("stop and start `feedmill run` to move it"));
            }
        }
        if config.serve != old.serve {
            self.session.say.note("what has changed in [serve] counts from the next start on");
        }
        let (house, plan) = House::new(config)?;
        self.house = Arc::new(house);
        self.tasks.keep(|task| self.house.jobs.contains_key(task));
        self.watch()?;
        Ok(plan)
    }
}

impl Runner for Desk {
    fn start(&mut self, run: Run) {
        let Some(job) = self.house.jobs.get(&run.task).copied() else { return };
        self.session.say.detail(format_args!("{}: {}", run.task, run.why));
        let (house, queue, problems) = (Arc::clone(&self.house), Arc::clone(&self.queue), Arc::clone(&self.problems));
        let (task, voice) = (run.task.clone(), self.voice.clone());
        run.spawn(move |cut| {
            let (outcome, found) = work::run(&house, job, &queue, cut);
            if !found.is_empty() {
                problems.lock().unwrap_or_else(PoisonError::into_inner).push((task, found));
            }
            if matches!(job, Job::Feeds | Job::Feed(_)) && outcome.changes > 0 {
                for hub in hub::waiting(&house.config.archive).unwrap_or_default().into_keys() {
                    // A loop that has ended asks at its next start.
                    let _ = voice.send(Wake::Asked(ping(&hub)));
                }
            }
            outcome
        });
    }

    fn reload(&mut self) -> Result<Plan> {
        self.supervisor.reloading(Watched(None).now());
        let plan = self.read_config();
        self.supervisor.ready();
        let plan = plan?;
        self.session.say.did("Read", format_args!("{} again", self.config_path.display()));
        // Whoever asks for this has changed something, perhaps records too.
        for task in &plan.tasks {
            if task.when.iter().any(crate::schedule::When::is_start) {
                // The loop lives: it is what calls.
                let _ = self.voice.send(Wake::Asked(task.name.clone()));
            }
        }
        Ok(plan)
    }

    fn tell(&mut self, entry: &Entry) {
        let say = &self.session.say;
        for (task, problems) in self.problems.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            problems.iter().for_each(|err| say.error(err));
            say.detail(format_args!("told by {task}"));
        }
        if entry.fate != Fate::Stopped {
            self.tasks.ran(&entry.task, entry.started, entry.fate == Fate::Done);
        }
        let took = format!("{:.1} s", entry.took.as_secs_f64());
        match entry.fate {
            Fate::Done if entry.changes > 0 => say.did("Did", format_args!("{}: {} ({took})", entry.task, entry.words)),
            Fate::Done => say.detail(format_args!("{}: nothing new ({took})", entry.task)),
            Fate::Stopped => say.detail(format_args!("{}: stopped ({took})", entry.task)),
            Fate::Failed | Fate::Cut | Fate::Hangs => {
                let again = entry.next.map(|at| format!("it is tried again at {}", log::time(at, &self.house.config)));
                let err = Error::remote(&entry.task, format!("{} after {took}: {}", entry.fate.word(), entry.words));
                say.error(&again.into_iter().fold(err, Error::hint));
            }
        }
        if self.session.json {
            print_line(&json!({ "run": log::to_json(entry) }));
        }
        match journal::append(&Layout::new(&self.house.config.archive).journal(), entry) {
            Ok(()) => self.is_unwritten = false,
            // Told once: a disk that is full would be told of at every turn.
            Err(err) if !std::mem::replace(&mut self.is_unwritten, true) => say.error(&err),
            Err(_) => {}
        }
    }

    fn complain(&mut self, err: &Error) {
        self.session.say.error(err);
        self.session.say.note("the configuration from before stays in force");
    }

    fn alive(&mut self, _: Now, sleep: Option<Duration>) {
        let next = sleep.and_then(|sleep| chrono::TimeDelta::from_std(sleep).ok());
        let status =
            next.map_or_else(|| "waits for something to happen".to_owned(), |next| format!("next in {}", span(next)));
        self.supervisor.alive(&status);
    }
}
