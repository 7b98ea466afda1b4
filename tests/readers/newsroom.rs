//! A newsroom: articles in a folder, feeds on loopback.

use std::io::{BufRead, BufReader, Read, Write};
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
    server: Child,
}

impl Newsroom {
    /// The sample, published.
    pub fn open() -> Newsroom {
        let project = Project::empty();
        // The port is free when it is chosen; somebody may be faster. Then another one is.
        for _ in 0..10 {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let address = listener.local_addr().unwrap().to_string();
            drop(listener);
            let site = format!("http://{address}/");
            project.file(
                "feedmill.toml",
                format!(
                    "[site]\ntitle = \"Ledger\"\nurl = \"{site}\"\nlanguage = \"en\"\n\n[serve]\nlisten = \"{address}\"\n\n\
                     [[source]]\npath = \"inbox\"\n"
                ),
            );
            std::fs::create_dir_all(project.path("feeds")).unwrap();
            let mut server = project
                .command()
                .args(["serve", "--json", "--quiet", "--access-log", "access.log"])
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            let mut said = String::new();
            BufReader::new(server.stdout.as_mut().unwrap()).read_line(&mut said).unwrap();
            if said.is_empty() {
                server.wait().unwrap();
                continue;
            }
            let newsroom = Newsroom { project, site, address, server };
            sample::publish(&newsroom.project);
            newsroom.publish(|feed| feed.contains("The long one") && feed.contains("letters/17"));
            return newsroom;
        }
        panic!("no port to listen on");
    }

    /// The address of a file that is served.
    pub fn url(&self, file: &str) -> String {
        format!("{}{file}", self.site)
    }

    /// An article comes in, or comes again with other words.
    pub fn file(&self, story: &Story) {
        story.publish(&self.project);
    }

    /// An article is taken back by its editor.
    pub fn retract(&self, path: &str) {
        std::fs::remove_file(self.project.path("archive").join(path)).unwrap();
    }

    /// Brings what was written into the feeds; they are as wanted once the Atom feed is.
    #[track_caller]
    pub fn publish(&self, wanted: impl Fn(&str) -> bool) {
        self.project.run("build").done();
        let begun = Instant::now();
        while !wanted(&self.get("/atom.xml")) {
            assert!(begun.elapsed() < PATIENCE, "the feed is not as it should be: {}", self.get("/atom.xml"));
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// How many requests the access log has of programs that call themselves so, with each status.
    pub fn asked(&self, agent: &str) -> Vec<u16> {
        let log = self.project.read("access.log");
        let of_agent = log.lines().filter(|line| line.rsplit('"').nth(1).is_some_and(|it| it.contains(agent)));
        of_agent.map(|line| line.split("\" ").nth(1).unwrap()[..3].parse().unwrap()).collect()
    }

    /// Waits until the log has that many requests of an agent: it is written a moment after the answer.
    #[track_caller]
    pub fn asked_by_now(&self, agent: &str, count: usize) -> Vec<u16> {
        let begun = Instant::now();
        loop {
            let asked = self.asked(agent);
            if asked.len() >= count {
                return asked;
            }
            let log = self.project.read("access.log");
            assert!(begun.elapsed() < PATIENCE, "expected {count} requests of {agent}:\n{log}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Newsroom {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
