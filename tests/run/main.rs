//! `feedmill run`, from the outside: a process that keeps archive and feeds up to date until it is told to stop.

#[path = "../harness/mod.rs"]
mod harness;
mod hubs;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixDatagram;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use harness::Project;
use harness::server::{Reply, Server};
use serde_json::Value;

/// Longer than anything here takes on a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(60);

/// What supervisors grant to a process that is to stop.
const TO_STOP: Duration = Duration::from_secs(5);

/// A `feedmill run` in a project.
struct Running {
    child: Option<Child>,
    address: String,
    /// What it has told of runs, and what it has said.
    runs: Arc<Mutex<Vec<Value>>>,
    said: Arc<Mutex<String>>,
}

impl Running {
    fn start(project: &Project) -> Running {
        Running::start_with(project, &[])
    }

    fn start_with(project: &Project, env: &[(&str, &str)]) -> Running {
        let mut child = project
            .command()
            .args(["run", "--listen", "127.0.0.1:0", "--json"])
            .envs(env.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let first: Value = serde_json::from_str(&line).unwrap_or_else(|err| {
            let mut said = String::new();
            child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
            panic!("{err}: {line:?}\n{said}")
        });
        let address = first["address"].as_str().unwrap().to_owned();
        let (runs, said) = (Arc::<Mutex<Vec<Value>>>::default(), Arc::<Mutex<String>>::default());
        let told = Arc::clone(&runs);
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                let value: Value = serde_json::from_str(&line).unwrap();
                told.lock().unwrap().push(value["run"].clone());
            }
        });
        let (mut err, heard) = (child.stderr.take().unwrap(), Arc::clone(&said));
        std::thread::spawn(move || {
            let mut piece = [0; 4096];
            while let Ok(read @ 1..) = err.read(&mut piece) {
                heard.lock().unwrap().push_str(&String::from_utf8_lossy(&piece[..read]));
            }
        });
        Running { child: Some(child), address, runs, said }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Waits until it is so.
    #[track_caller]
    fn until(&self, what: &str, is_so: impl Fn() -> bool) {
        let begun = Instant::now();
        while !is_so() {
            assert!(begun.elapsed() < PATIENCE, "not so: {what}\n{:#?}\n{}", self.runs(), self.said());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    #[track_caller]
    fn until_feed_has(&self, words: &str) {
        self.until(words, || self.get("/atom.xml").contains(words));
    }

    fn runs(&self) -> Vec<Value> {
        self.runs.lock().unwrap().clone()
    }

    /// The runs of a task.
    fn runs_of(&self, task: &str) -> Vec<Value> {
        self.runs().into_iter().filter(|run| run["task"].as_str() == Some(task)).collect()
    }

    fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    fn signal(&self, signal: &str) {
        let id = self.child.as_ref().unwrap().id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
    }

    /// Tells it to stop, and sees that it does.
    #[track_caller]
    fn stop(&mut self) {
        let begun = Instant::now();
        self.signal("-TERM");
        let status = self.child.take().unwrap().wait().unwrap();
        let took = begun.elapsed();
        assert!(status.success(), "{status}\n{}", self.said());
        assert!(took < TO_STOP, "stopping took {took:?}\n{}", self.said());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

const SITE: &str = "[site]\ntitle = \"Bay\"\nurl = \"https://bay.example/\"\n[sync]\ndelay = \"0s\"\n";

fn config(rest: &str) -> String {
    format!("{SITE}{rest}")
}

fn rss(title: &str) -> String {
    format!(
        "<rss version='2.0'><channel><title>{title}</title><link>http://{title}.example/</link><description>d</description>\
         <item><title>The {title} ferry</title><link>http://{title}.example/1</link><guid>{title}-1</guid>\
         <pubDate>Sun, 09 Jul 2023 10:00:00 +0000</pubDate><description>It leaves {title} at ten.</description></item>\
         </channel></rss>"
    )
}

#[test]
fn what_is_put_into_a_folder_is_in_the_feed() {
    let project = Project::with_config(&config("[[source]]\npath = \"inbox\"\n[schedule]\nevery = \"1h\"\n"));
    project.file("inbox/2023-07-09 storm.txt", "A storm closed the harbour.");
    let mut running = Running::start(&project);
    running.until_feed_has("A storm closed the harbour");
    project.file("inbox/2023-07-10 calm.txt", "Calm returned.");
    running.until_feed_has("Calm returned");
    project.file("inbox/2023-07-10 calm.txt", "Calm returned for good.");
    running.until_feed_has("Calm returned for good");
    let whys: Vec<String> =
        running.runs_of("ingest inbox").iter().map(|run| run["why"].as_str().unwrap().to_owned()).collect();
    assert!(whys[1..].iter().any(|why| why.contains("inbox has changed")), "{whys:?}");
    // A record that was edited by hand is taken up when it is asked for.
    let (path, bytes) = project.tree("archive").into_iter().find(|(path, _)| path.starts_with("2023/07/09/")).unwrap();
    let edited = String::from_utf8(bytes).unwrap().replace("harbour", "harbor");
    project.file(&format!("archive/{path}"), edited);
    running.signal("-HUP");
    running.until_feed_has("A storm closed the harbor");
    running.stop();
    let log = project.run("log").done().stdout;
    assert!(log.contains("ingest inbox") && log.contains("inbox has changed; 1 change"), "{log}");
    assert!(project.run("status").done().stdout.contains("run       feeds: done"));
}

#[test]
fn a_source_that_hangs_holds_up_nobody_and_is_cut_off() {
    let server = Server::start();
    server.on("127.0.0.2/feed.xml", Reply::ok("text/xml", rss("slow")).after(Duration::from_secs(100)));
    server.on("127.0.0.3/feed.xml", Reply::ok("application/rss+xml", rss("quick")));
    let source = |url: String| format!("[[source]]\nurl = \"{url}\"\nallow_private = true\n");
    let sources = source(server.url_at("127.0.0.2", "/feed.xml")) + &source(server.url_at("127.0.0.3", "/feed.xml"));
    let project = Project::with_config(
        &config(&format!("{sources}[schedule]\nlimit = \"2s\"\n"))
            .replace("delay = \"0s\"", "delay = \"0s\"\ntimeout = \"4s\""),
    );
    let mut running = Running::start(&project);
    running.until_feed_has("The quick ferry");
    let slow = format!("sync {}", server.url_at("127.0.0.2", "/feed.xml"));
    assert!(running.runs_of(&slow).is_empty(), "the other did not wait: {:?}", running.runs());
    running.until("it is cut off", || !running.runs_of(&slow).is_empty());
    let run = &running.runs_of(&slow)[0];
    assert_eq!(run["ended"], "cut", "{run}");
    assert!(run["next"].is_string(), "it is tried again: {run}");
    let quick = format!("sync {}", server.url_at("127.0.0.3", "/feed.xml"));
    assert_eq!(running.runs_of(&quick).len(), 1);
    let metrics = running.get("/metrics");
    assert!(metrics.contains(&format!("feedmill_task_failures{{task=\"{slow}\"}} 1\n")), "{metrics}");
    assert!(metrics.contains(&format!("feedmill_task_staleness_seconds{{task=\"{quick}\"}} ")), "{metrics}");
    running.stop();
}

#[test]
fn it_stops_in_the_middle_of_anything() {
    let server = Server::start();
    server.on("/feed.xml", Reply::ok("text/xml", rss("slow")).after(Duration::from_secs(100)));
    let source = format!("[[source]]\nurl = \"{}\"\nallow_private = true\n", server.url("/feed.xml"));
    let project = Project::with_config(&config(&format!("{source}[[source]]\npath = \"inbox\"\n")));
    for n in 0..3_000 {
        project.file(&format!("inbox/{n}.txt"), format!(" date 2023-07-09 Article number {n} of many."));
    }
    let mut running = Running::start(&project);
    running.until("it is asked", || server.log().iter().any(|asked| asked.path() == "/feed.xml"));
    running.stop();
    let stopped = |task: &str| running.runs_of(task).iter().any(|run| run["ended"] == "stopped");
    assert!(stopped(&format!("sync {}", server.url("/feed.xml"))), "{:#?}", running.runs());
    // The next one takes up where it was.
    server.on("/feed.xml", Reply::ok("text/xml", rss("slow")));
    let mut running = Running::start(&project);
    running.until("all is there", || {
        let status = project.run("status --json");
        status.code == Some(0) && status.json()["articles"].as_u64() == Some(3_001)
    });
    running.stop();
    project.run("check").done();
}

#[test]
fn an_article_of_the_future_appears_when_it_is_due() {
    let project = Project::with_config(&config("[[source]]\npath = \"inbox\"\n[schedule]\nevery = \"1h\"\n"));
    let mut running = Running::start(&project);
    // Records count whole seconds.
    let due = chrono::DateTime::from_timestamp(chrono::Utc::now().timestamp() + 12, 0).unwrap();
    let text = format!("---\ntitle: Sealed\ndate: {}\n---\nThe letter is opened.\n", due.to_rfc3339());
    project.file("inbox/sealed.md", text);
    running.until("it is in the archive", || running.runs_of("ingest inbox").iter().any(|run| run["changes"] == 1));
    running.until("the feeds know of it", || running.runs_of("feeds").iter().any(|run| run["falls_due"].is_string()));
    assert!(chrono::Utc::now() > due || !running.get("/atom.xml").contains("The letter is opened"));
    running.until_feed_has("The letter is opened");
    assert!(chrono::Utc::now() >= due);
    running.until("the journal says why", || running.runs_of("feeds").iter().any(|run| run["why"] == "fell due"));
    running.stop();
}

#[test]
fn a_configuration_is_read_again_and_a_wrong_one_is_not_taken() {
    let first = config("[[source]]\npath = \"inbox\"\n");
    let project = Project::with_config(&first);
    project.file("inbox/2023-07-09 storm.txt", "A storm closed the harbour.");
    project.file("more/2023-07-10 calm.txt", "Calm returned.");
    let mut running = Running::start(&project);
    running.until_feed_has("A storm");
    project.file("feedmill.toml", first.replace("title = \"Bay\"", "tilte = \"Bay\""));
    running.signal("-HUP");
    running.until("it complains", || running.said().contains("did you mean"));
    assert!(running.said().contains("the configuration from before stays in force"), "{}", running.said());
    project.file("feedmill.toml", format!("{first}[[source]]\npath = \"more\"\n").replace("\"Bay\"", "\"Bay news\""));
    running.signal("-HUP");
    running.until_feed_has("Calm returned");
    running.until_feed_has("<title>Bay news</title>");
    project.file("feedmill.toml", format!("{first}[archive]\npath = \"elsewhere\"\n"));
    running.signal("-HUP");
    running.until("it refuses", || running.said().contains("stop and start"));
    running.stop();
}

#[test]
fn one_at_a_time_and_other_commands_beside_it() {
    let project = Project::with_config(&config("[[source]]\npath = \"inbox\"\n"));
    project.file("inbox/2023-07-09 storm.txt", "A storm closed the harbour.");
    let mut running = Running::start(&project);
    running.until_feed_has("A storm");
    project.run("run --no-serve").exits(1).mentions("`feedmill run` keeps it up to date already");
    project.file("2023-07-11 late.txt", "A late report.");
    project.run_args(["ingest", "2023-07-11 late.txt"]).done();
    project.run("generate").done();
    running.until_feed_has("A late report");
    running.stop();
    let mut again = Running::start(&project);
    again.until_feed_has("A late report");
    again.stop();
}

#[test]
fn the_supervisor_hears_how_it_is() {
    let project = Project::with_config(&config("[[source]]\npath = \"inbox\"\n"));
    project.file("inbox/2023-07-09 storm.txt", "A storm closed the harbour.");
    let path = project.path("notify");
    let ear = UnixDatagram::bind(&path).unwrap();
    ear.set_read_timeout(Some(PATIENCE)).unwrap();
    let heard = |word: &str| {
        let mut told = Vec::new();
        loop {
            let mut bytes = [0; 1024];
            let read = ear.recv(&mut bytes).unwrap_or_else(|err| panic!("{word}: {err} after {told:?}"));
            told.push(String::from_utf8_lossy(&bytes[..read]).into_owned());
            if told.last().unwrap().lines().any(|line| line.starts_with(word)) {
                return;
            }
        }
    };
    let env = [("NOTIFY_SOCKET", path.to_str().unwrap()), ("WATCHDOG_USEC", "400000")];
    let mut running = Running::start_with(&project, &env);
    heard("READY=1");
    for _ in 0..3 {
        heard("WATCHDOG=1");
    }
    running.signal("-HUP");
    heard("RELOADING=1");
    heard("READY=1");
    running.stop();
    heard("STOPPING=1");
}
