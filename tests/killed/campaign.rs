//! A campaign of kills: a project goes through a life of builds, edits by hand, corrections, withdrawals, a ledger that
//! goes back and forth, attachments that are replaced, a remote source and a daemon. One project lives undisturbed; in
//! the others every command is killed at random moments and then run to its end. After each stage the archive and
//! everything that is published is compared, byte for byte.
//!
//! Instants at which something happened are those of today in all of them, and are set aside. So are the hashes over
//! files that hold such instants, once every list was held against the files that it names.
//!
//! `FEEDMILL_KILLS=1000 cargo test --test killed campaign` makes it longer; `FEEDMILL_SEED` begins elsewhere.

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use crate::harness::Project;
use crate::harness::server::{Reply, Server};

/// How many kills there are where nobody asks for more.
const KILLS: u32 = 32;

/// Articles that come from text files, each of a day of its own.
const ARTICLES: u32 = 40;

/// A part of the life of a project: what people do, and which commands are run then.
struct Stage {
    prepare: fn(&Project),
    commands: &'static [&'static str],
}

impl Stage {
    fn begin(&self, project: &Project) {
        // Changes within one second would be in the order of their ids, and not in that in which they came.
        std::thread::sleep(Duration::from_millis(1_050));
        (self.prepare)(project);
    }
}

const STAGES: [Stage; 8] = [
    Stage { prepare: |_| {}, commands: &["build"] },
    Stage {
        prepare: |project| {
            edit(project, 4, "Paragraph", "A paragraph corrected by hand");
            fs::remove_file(project.path(&record(5))).unwrap();
            project.file("inbox/06.md", source(6, "updated: 2023-11-05T10:00:00Z\n", "corrected by its source"));
            project.file("inbox/90.md", source(90, "", "new"));
        },
        commands: &["ingest", "build"],
    },
    Stage {
        prepare: |project| {
            project.file("mail/chart.eml", mail("the second chart"));
            project.file("inbox/07.md", source(7, "draft: true\n", "a draft again"));
        },
        commands: &["ingest", "retract archive/2023/09/09/piece-8.md --reason wrong", "generate"],
    },
    Stage {
        // As `git checkout` of what was there before the second stage, for some of the files.
        prepare: |project| {
            let ledger = project.read("archive/departed.jsonl");
            project.file("aside/departed.jsonl", &ledger);
            project.file(
                "archive/departed.jsonl",
                ledger.lines().skip(1).map(|line| format!("{line}\n")).collect::<String>(),
            );
            project.file(&record(5), fs::read(project.path("aside/05.md")).unwrap());
            edit(project, 4, "A paragraph corrected by hand", "A paragraph corrected twice");
        },
        commands: &["index", "generate"],
    },
    Stage {
        prepare: |project| {
            project.file("archive/departed.jsonl", project.read("aside/departed.jsonl"));
            fs::remove_file(project.path(&record(5))).unwrap();
            edit(project, 4, "corrected twice", "corrected thrice");
        },
        commands: &["ingest", "build"],
    },
    Stage {
        prepare: |_| {},
        commands: &["retract --undo archive/2023/09/09/piece-8.md", "index --rebuild", "generate"],
    },
    Stage {
        prepare: |project| {
            project.file("mail/chart.eml", mail("the third chart"));
        },
        commands: &["sync", "build"],
    },
    Stage {
        prepare: |project| {
            project.file("inbox/91.md", source(91, "", "the last"));
            edit(project, 4, "corrected thrice", "corrected while the daemon ran");
        },
        commands: &["run --listen 127.0.0.1:0", "build"],
    },
];

#[test]
fn a_life_with_kills_comes_to_the_same_as_one_without() {
    let number = |name: &str, usual: u32| {
        std::env::var(name).ok().map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{name} is no number")))
    };
    let (wanted, seed) = (number("FEEDMILL_KILLS", KILLS), number("FEEDMILL_SEED", 1));
    let server = Server::start();
    server.on("/feed.xml", Reply::ok("application/rss+xml", remote()));
    let mut dice = Dice(u64::from(seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);

    let project = born(&server);
    let (mut expected, mut durations) = (Vec::new(), Vec::new());
    for stage in &STAGES {
        stage.begin(&project);
        for command in stage.commands.iter().filter(|command| !lives_on(command)) {
            let begun = Instant::now();
            project.run(command).done();
            durations.push(begun.elapsed());
        }
        expected.push(outcome(&project));
        aside(&project);
    }

    let (mut kills, mut lives, mut differences) = (0, 0, Vec::new());
    while kills < wanted {
        lives += 1;
        let project = born(&server);
        let mut durations = durations.iter().copied();
        for (at, stage) in STAGES.iter().enumerate() {
            stage.begin(&project);
            for command in stage.commands {
                if lives_on(command) {
                    kills += u32::from(killed(&project, command, Duration::from_millis(100 + dice.below(1_200))));
                    continue;
                }
                let duration = durations.next().unwrap();
                for _ in 0..1 + dice.below(2) {
                    let after = duration * u32::try_from(dice.below(1_050)).unwrap() / 1_000;
                    kills += u32::from(killed(&project, command, after));
                    assert_lists_are_true(&project, &format!("life {lives}, a kill of {command:?} after {after:?}"));
                }
                let ran = project.run(command);
                assert!(ran.code == Some(0), "life {lives}, {command:?} after a kill: {}{}", ran.stdout, ran.stderr);
            }
            let found = outcome(&project);
            for path in found.keys().chain(expected[at].keys()) {
                if found.get(path) != expected[at].get(path) {
                    let said = differing(expected[at].get(path), found.get(path));
                    differences.push(format!("life {lives}, after stage {at}: {path}\n{said}"));
                }
            }
            aside(&project);
            if !differences.is_empty() {
                break;
            }
        }
        assert!(differences.is_empty(), "{kills} kills, seed {seed}:\n{}", differences.join("\n"));
    }
    eprintln!("{kills} kills in {lives} lives, 0 differences");
}

/// The lines that only one of two texts has.
fn differing(undisturbed: Option<&String>, killed: Option<&String>) -> String {
    let (Some(undisturbed), Some(killed)) = (undisturbed, killed) else {
        return format!("only in the {} one", if killed.is_some() { "killed" } else { "undisturbed" });
    };
    let only = |one: &str, other: &str, sign| {
        let lines = one.lines().filter(|line| other.lines().all(|known| known != *line));
        lines.map(|line| format!("{sign} {}\n", line.chars().take(300).collect::<String>())).collect::<String>()
    };
    let lines = only(undisturbed, killed, '-') + &only(killed, undisturbed, '+');
    if lines.is_empty() { format!("the same lines in another order, or oftener:\n{killed}") } else { lines }
}

/// Whether a command ends of itself.
fn lives_on(command: &str) -> bool {
    command.starts_with("run ")
}

/// Runs a command and kills it; whether it was still alive then.
fn killed(project: &Project, command: &str, after: Duration) -> bool {
    let mut child = project
        .command()
        .args(command.split_whitespace())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(after);
    let _ = child.kill();
    child.wait().unwrap().code().is_none()
}

/// A new project with its sources.
fn born(server: &Server) -> Project {
    let project = Project::with_config(&format!(
        "[site]\ntitle = \"Harbour\"\nurl = \"https://harbour.example/\"\n\n[output]\narchive = true\n\n\
         [[source]]\npath = \"inbox\"\n\n[[source]]\npath = \"mail\"\n\n\
         [[source]]\nurl = \"{}\"\nallow_private = true\n\n\
         [[feed]]\nmax_items = 12\nmin_items = 4\nhistory = \"month\"\n\n\
         [[feed]]\nname = \"desk\"\nsplit_by = \"tag\"\n",
        server.url("/feed.xml")
    ));
    for n in 1..=ARTICLES {
        project.file(&format!("inbox/{n:02}.md"), source(n, "", "first"));
    }
    project.file("mail/chart.eml", mail("the first chart"));
    project
}

fn source(n: u32, more: &str, words: &str) -> String {
    let (month, day) = (n % 11 + 1, n % 27 + 1);
    let desk = ["north", "south", "quay"][n as usize % 3];
    let text = format!("Paragraph {n} of the {desk} desk, {words}. ").repeat(30);
    let month = if n >= 90 { 12 } else { month };
    format!("---\ntitle: Piece {n}\ndate: 2023-{month:02}-{day:02}\ntags: [{desk}]\n{more}---\n\n{text}\n")
}

/// Where the record of a piece stands.
fn record(n: u32) -> String {
    format!("archive/2023/{:02}/{:02}/piece-{n}.md", n % 11 + 1, n % 27 + 1)
}

fn mail(chart: &str) -> String {
    format!(
        "From: Ada <ada@harbour.example>\nDate: Sat, 30 Dec 2023 12:00:00 +0000\nSubject: The chart\n\
         Message-ID: <chart@harbour.example>\nMIME-Version: 1.0\n\
         Content-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: text/plain\n\nHere it is.\n\n\
         --b\nContent-Type: application/pdf; name=\"chart.pdf\"\nContent-Disposition: attachment; \
         filename=\"chart.pdf\"\n\n{chart}\n--b--\n"
    )
}

fn remote() -> String {
    let items: String = (1..9)
        .map(|n| {
            format!(
                "<item><title>Far {n}</title><guid isPermaLink=\"false\">far-{n}</guid>\
                 <link>https://far.example/{n}</link><pubDate>Wed, 0{n} Nov 2023 10:00:00 GMT</pubDate>\
                 <description>News from afar, number {n}.</description></item>"
            )
        })
        .collect();
    format!(
        "<rss version=\"2.0\"><channel><title>Far</title><link>https://far.example/</link>\
         <description>Far</description>{items}</channel></rss>"
    )
}

fn edit(project: &Project, n: u32, from: &str, to: &str) {
    let text = project.read(&record(n));
    assert!(text.contains(from), "{text}");
    project.file(&record(n), text.replace(from, to));
}

/// Keeps a record for a later stage, as version control does.
fn aside(project: &Project) {
    if let (Ok(bytes), false) = (fs::read(project.path(&record(5))), project.path("aside/05.md").exists()) {
        project.file("aside/05.md", bytes);
    }
}

/// Everything that readers and people see, without instants of today and what follows from them.
fn outcome(project: &Project) -> BTreeMap<String, String> {
    assert_lists_are_true(project, "a run to the end");
    let mut files = BTreeMap::new();
    for below in ["archive", "feeds"] {
        let seen = project.tree(below).into_iter().filter(|(path, _)| !path.starts_with(".feedmill"));
        for (path, bytes) in seen {
            let path = format!("{below}/{path}");
            let mut text = without_now(&String::from_utf8_lossy(&bytes));
            if path.starts_with("feeds/archive") && path.ends_with(".json") {
                text = without_sums(&text);
            }
            files.insert(path, text);
        }
    }
    files
}

/// Holds every list of the published archive against the files that it names.
fn assert_lists_are_true(project: &Project, when: &str) {
    let dir = project.path("feeds/archive");
    for entry in fs::read_dir(&dir).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let list: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        for file in list["files"].as_array().unwrap() {
            let name = file["path"].as_str().unwrap();
            let bytes = fs::read(dir.join(name)).unwrap_or_else(|err| panic!("{when}: {name} is listed: {err}"));
            assert_eq!(Some(bytes.len() as u64), file["size"].as_u64(), "{when}: the size of {name}");
            assert_eq!(hex(&Sha256::digest(&bytes)), file["sha256"].as_str().unwrap(), "{when}: the hash of {name}");
        }
    }
    // A file is absent or whole, and none is half-written under its own name.
    let written = if project.path("feeds").is_dir() { project.tree("feeds") } else { Vec::new() };
    for (path, bytes) in written {
        let text = String::from_utf8_lossy(&bytes);
        let end = match path.rsplit('.').next() {
            Some("xml" | "rss" | "atom" | "opml") => text.trim_end().ends_with('>'),
            Some("json") => text.trim_end().ends_with('}'),
            Some("html") => path.starts_with("archive/") || text.trim_end().ends_with("</html>"),
            _ => true,
        };
        let is_temporary = path.rsplit('/').next().unwrap().starts_with('.');
        assert!(end || is_temporary, "{when}: {path} is not whole");
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The text with instants of today set aside, as RFC 3339 and RFC 5322 write them.
fn without_now(text: &str) -> String {
    let now = chrono::Utc::now();
    let mut text = text.to_owned();
    for day in [now - chrono::TimeDelta::days(1), now, now + chrono::TimeDelta::days(1)] {
        for (form, length) in [("%Y-%m-%dT", "00:00:00Z".len()), ("%a, %d %b %Y ", "00:00:00 +0000".len())] {
            let mark = day.format(form).to_string();
            while let Some(at) = text.find(&mark) {
                let end = (at + mark.len() + length).min(text.len());
                text.replace_range(at..end, "NOW");
            }
        }
    }
    text
}

/// A list of the published archive without sizes and sums, which follow from instants.
fn without_sums(text: &str) -> String {
    let mut value: serde_json::Value = serde_json::from_str(text).unwrap();
    for list in ["months", "files"] {
        for item in value[list].as_array_mut().into_iter().flatten() {
            for key in ["size", "sha256", "state"] {
                item.as_object_mut().unwrap().remove(key);
            }
        }
    }
    format!("{value:#}")
}

/// Numbers that look like chance, and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}
