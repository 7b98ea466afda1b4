//! The configuration as tasks: what there is to keep up, under which names, and when.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::super::clock::SystemClock;
use super::super::remote;
use crate::config::{Config, RemoteSpec};
use crate::error::Result;
use crate::schedule::{Plan, Task, When};
use crate::source::http;
use crate::sync::Agent;

/// Changes that come within this are one reason to make the feeds.
const GATHER: Duration = Duration::from_millis(500);

/// The lane of those who write to the archive from the first moment to the last.
const WRITERS: &str = "archive";
/// The lane of those who write feeds.
const FEEDS: &str = "feeds";

/// What a task does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Job {
    /// Takes up what people have done to the records.
    Records,
    /// Reads the source of that place in the configuration.
    Ingest(usize),
    /// Asks the remote source of that place.
    Sync(usize),
    /// Makes the feeds that have no schedule.
    Feeds,
    /// Makes the feed of that place.
    Feed(usize),
    /// Tells the hub of that place among the hubs of news.
    Ping(usize),
}

/// One reading of the configuration.
pub(super) struct House {
    pub config: Config,
    pub jobs: HashMap<String, Job>,
    /// The hubs of the feeds, each once.
    pub hubs: Vec<String>,
    /// Who asks remote sources.
    pub agent: Agent<'static>,
}

impl House {
    /// The tasks of a configuration, with all that they need.
    pub(super) fn new(config: Config) -> Result<(House, Plan)> {
        let usual = &config.schedule.usual;
        let mut names = Names::default();
        let mut tasks: Vec<(Task, Job)> = Vec::new();
        let mut add = |name: String, when: Vec<When>, job: Job, shape: &dyn Fn(&mut Task)| {
            let mut task = Task::new(names.unused(name), when);
            task.limit = config.schedule.limit;
            task.retry = config.schedule.retry;
            task.is_crowd = matches!(job, Job::Sync(_));
            shape(&mut task);
            tasks.push((task, job));
        };
        let writes = |task: &mut Task| task.lane = Some(WRITERS.to_owned());
        add("records".to_owned(), vec![When::start(), usual.clone()], Job::Records, &writes);
        for (at, source) in config.sources.iter().enumerate() {
            let when = source.schedule.as_ref().unwrap_or(usual).clone();
            let name = format!("ingest {}", source.path.display());
            add(name, vec![When::start(), when], Job::Ingest(at), &|task| {
                writes(task);
                task.folders = vec![config.root.join(&source.path)];
            });
        }
        for (at, spec) in config.remotes.iter().enumerate() {
            let when = spec.schedule.as_ref().unwrap_or(usual).clone();
            add(format!("sync {}", http::shown(&spec.source.url)), vec![when], Job::Sync(at), &|task| {
                task.lane = Some(host(spec));
            });
        }
        let changing: Vec<String> = tasks.iter().map(|(task, _)| task.name.clone()).collect();
        let mut add = |name: String, when: Vec<When>, after: &[String], job: Job| {
            let mut task = Task::new(names.unused(name), when);
            task.limit = config.schedule.limit;
            task.retry = config.schedule.retry;
            task.is_crowd = false;
            task.after = after.to_vec();
            task.gather = GATHER;
            task.lane = Some(FEEDS.to_owned());
            task.follows_clock = true;
            tasks.push((task, job));
        };
        if config.schedule.feeds.iter().any(Option::is_none) {
            add("feeds".to_owned(), vec![When::start()], &changing, Job::Feeds);
        }
        for (at, when) in config.schedule.feeds.iter().enumerate() {
            if let Some(when) = when {
                add(format!("feed {}", config.feeds[at].label()), vec![when.clone()], &[], Job::Feed(at));
            }
        }
        let hubs: BTreeSet<String> = config.feeds.iter().filter_map(|feed| feed.hub.clone()).collect();
        let hubs: Vec<String> = hubs.into_iter().collect();
        for (at, hub) in hubs.iter().enumerate() {
            // At the start too: something may have been left.
            let mut task = Task::new(names.unused(ping(hub)), vec![When::start()]);
            task.limit = config.schedule.limit;
            task.retry = config.schedule.retry;
            task.is_crowd = false;
            tasks.push((task, Job::Ping(at)));
        }
        let (tasks, jobs) = tasks
            .into_iter()
            .map(|(task, job)| {
                let job = (task.name.clone(), job);
                (task, job)
            })
            .unzip::<_, _, Vec<_>, HashMap<_, _>>();
        let plan = Plan { tasks, zone: config.schedule.zone, at_once: config.sync.hosts };
        let agent = Agent::new(remote::settings(&config, false)?, &SystemClock);
        Ok((House { config, jobs, hubs, agent }, plan))
    }

    /// The folders whose changes are news, and the directories in them whose changes are our own.
    pub(super) fn folders(&self) -> (Vec<PathBuf>, [&Path; 2]) {
        let config = &self.config;
        let mut folders: Vec<PathBuf> = config.sources.iter().map(|source| config.root.join(&source.path)).collect();
        folders.sort();
        folders.dedup();
        (folders, [&config.archive, &config.output])
    }
}

/// The name of the task that tells a hub.
pub(super) fn ping(hub: &str) -> String {
    format!("ping {}", http::shown(hub))
}

/// The lane of a source: one request at a time a host.
fn host(spec: &RemoteSpec) -> String {
    let host = url::Url::parse(&spec.source.url).ok().and_then(|url| url.host_str().map(str::to_owned));
    format!("host {}", host.unwrap_or_default())
}

/// Names that were given to tasks. Two sources may read one directory, each its own files.
#[derive(Default)]
struct Names(HashSet<String>);

impl Names {
    fn unused(&mut self, name: String) -> String {
        let mut unused = name.clone();
        let mut n = 1;
        while !self.0.insert(unused.clone()) {
            n += 1;
            unused = format!("{name} ({n})");
        }
        unused
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(text: &str) -> Plan {
        House::new(Config::parse(Path::new("feedmill.toml"), text).unwrap()).unwrap().1
    }

    #[test]
    fn everything_that_is_configured_is_a_task() {
        let plan = plan(
            "[schedule]\nevery = \"10m\"\n[[source]]\npath = \"notes\"\n[[source]]\npath = \"notes\"\ninclude = [\"*.md\"]\n\
             [[source]]\nurl = \"https://user:secret@harbour.example/feed\"\nschedule = \"@daily\"\n\
             [[feed]]\n[[feed]]\nname = \"weekly\"\nschedule = \"@weekly\"\n",
        );
        let told: Vec<String> = plan
            .tasks
            .iter()
            .map(|task| {
                let when: Vec<String> = task.when.iter().map(ToString::to_string).collect();
                format!("{}: {} [{}]", task.name, when.join(", "), task.lane.as_deref().unwrap_or_default())
            })
            .collect();
        expect_test::expect![[r#"
            records: @start, every 10m [archive]
            ingest notes: @start, every 10m [archive]
            ingest notes (2): @start, every 10m [archive]
            sync https://harbour.example/feed: @daily [host harbour.example]
            feeds: @start [feeds]
            feed weekly: @weekly [feeds]"#]]
        .assert_eq(&told.join("\n"));
        assert_eq!(plan.tasks[4].after.len(), 4);
        assert!(plan.tasks[3].is_crowd && !plan.tasks[1].is_crowd);
    }
}
