//! A newsroom: articles in a folder, and `feedmill run`, which keeps the feeds up to date and hands them out.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::harness::Project;
use crate::sample::{self, Story};

/// How long something that must happen may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A project whose feeds are handed out, until it is dropped.
pub struct Newsroom {
    pub project: Project,
    /// The address at which the output is published, with a `/` at its end.
    pub site: String,
    address: String,
    mill: Child,
}

impl Newsroom {
    /// The sample, published.
    pub fn open() -> Newsroom {
        let project = Project::empty();
        sample::publish(&project);
        let (mill, address) = raise(&project);
        let newsroom = Newsroom { site: format!("http://{address}/"), project, address, mill };
        newsroom.await_feed(|feed| feed.contains("The long one") && feed.contains("letters/17"));
        newsroom
    }

    /// The address of a file that is served.
    pub fn url(&self, file: &str) -> String {
        format!("{}{file}", self.site)
    }

    /// An article comes in, or comes again with other words; the mill has to notice by itself.
    pub fn file(&self, story: &Story) {
        story.publish(&self.project);
    }

    /// An article is taken back by its editor.
    pub fn retract(&self, record: &str) {
        self.project.run_args(["retract", record, "--reason", "it was too long"]).done();
    }

    /// Waits until the mill has brought the Atom feed to this.
    #[track_caller]
    pub fn await_feed(&self, wanted: impl Fn(&str) -> bool) {
        self.patiently("the feed is not as it should be", || self.get("/atom.xml").filter(|feed| wanted(feed)));
    }

    /// Waits until the archive has a record whose path ends like this.
    #[track_caller]
    pub fn await_record(&self, end: &str) {
        self.patiently("the article is not in the archive", || {
            let archive = self.project.path("archive");
            walk(&archive).into_iter().find(|path| path.ends_with(end))
        });
    }

    /// The statuses with which requests for a file and its query were answered, once the access log has that many: it is
    /// written a moment after the answer.
    #[track_caller]
    pub fn answered(&self, file: &str, count: usize) -> Vec<u16> {
        self.patiently("the access log has too few requests", || {
            let log = self.project.read("access.log");
            let asked = format!(" /{file} ");
            let statuses = log
                .lines()
                .filter(|line| line.contains(&asked))
                .map(|line| line.split("\" ").nth(1).unwrap()[..3].parse().unwrap());
            Some(statuses.collect::<Vec<u16>>()).filter(|statuses| statuses.len() >= count)
        })
    }

    /// The Atom feed, as it is now.
    pub fn feed(&self) -> String {
        self.get("/atom.xml").unwrap()
    }

    #[track_caller]
    fn patiently<T>(&self, what: &str, found: impl Fn() -> Option<T>) -> T {
        let begun = Instant::now();
        loop {
            if let Some(found) = found() {
                return found;
            }
            let words = || format!("{}\n{:?}", self.project.read("mill.log"), self.get("/atom.xml"));
            assert!(begun.elapsed() < PATIENCE, "{what}:\n{}", words());
            std::thread::sleep(Duration::from_millis(25));
        }
    }

    fn get(&self, path: &str) -> Option<String> {
        get(&self.address, path)
    }
}

impl Drop for Newsroom {
    fn drop(&mut self) {
        let _ = self.mill.kill();
        let _ = self.mill.wait();
    }
}

/// Starts the mill, and says where it answers.
fn raise(project: &Project) -> (Child, String) {
    // The port is free when it is chosen; somebody may be faster. Then another one is.
    for _ in 0..10 {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        drop(listener);
        let config = format!(
            "[site]\ntitle = \"Ledger\"\nurl = \"http://{address}/\"\nlanguage = \"en\"\n\n[serve]\nlisten = \"{address}\"\n\n\
             [schedule]\nevery = \"10s\"\n\n[[source]]\npath = \"inbox\"\n"
        );
        project.file("feedmill.toml", config);
        let log = File::create(project.path("mill.log")).unwrap();
        let mut run = project.command();
        run.args(["run", "--access-log", "access.log"]).stdout(Stdio::null()).stderr(log);
        let mut mill = run.spawn().unwrap();
        while mill.try_wait().unwrap().is_none() {
            if get(&address, "/healthz").is_some_and(|answer| answer.ends_with("ok\n")) {
                return (mill, address);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
    panic!("it does not start:\n{}", project.read("mill.log"));
}

/// The answer, where there is one and it is 200.
fn get(address: &str, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    answer.starts_with("HTTP/1.1 200 ").then_some(answer)
}

/// The paths of all files of a directory that somebody is writing to.
fn walk(dir: &std::path::Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path());
    let found = entries.flat_map(|path| match path.is_dir() {
        true => walk(&path),
        false => vec![path.to_string_lossy().into_owned()],
    });
    found.collect()
}
