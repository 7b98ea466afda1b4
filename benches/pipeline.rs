//! How long the main job takes, beside a plain copy of the same files in the same run.
//!
//! `cargo bench --bench pipeline [-- ARTICLES…]`, 1,000, 10,000 and 100,000 articles unless told. Each corpus is
//! generated: text files of about 2 kB, 1,000 in a directory, dated over twenty years. Every step is a process of its
//! own, as a user would run it; of several rounds the median counts. Prints a table in Markdown.

#[path = "measure/mod.rs"]
mod measure;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use measure::{median, run, settle};

/// Rounds of everything that starts from nothing; the disk has moods.
const ROUNDS: usize = 3;
/// Rounds of what is over in a blink.
const QUICK_ROUNDS: usize = 9;

fn main() {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 10_000, 100_000] } else { sizes };
    println!(
        "| articles | cp -r | first ingest | ÷ cp | second ingest | ÷ cp | first generate | no-op generate | generate after one new | peak memory |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    // Nothing is removed before the end: for minutes after a large removal, ext4 is slow to make files, whoever makes
    // them.
    let dir = tempfile::Builder::new().prefix("feedmill-bench-").tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    for articles in sizes {
        let dir = dir.path().join(articles.to_string());
        fs::create_dir(&dir).unwrap();
        pipeline(articles, &dir);
    }
}

fn pipeline(articles: usize, dir: &Path) {
    let mut corpus = Corpus::new(dir);
    for _ in 0..articles {
        corpus.add();
    }

    let (mut copies, mut firsts, mut seconds) = (Vec::new(), Vec::new(), Vec::new());
    let mut memory = 0;
    for round in 0..ROUNDS {
        let config = format!(
            "[site]\ntitle = \"Bench\"\nurl = \"https://bench.example/\"\n\n[archive]\npath = \"archive-{round}\"\n\n\
             [[source]]\npath = \"in\"\n"
        );
        fs::write(dir.join("feedmill.toml"), config).unwrap();
        settle();
        copies.push(run(Command::new("cp").args(["-r", "in", &format!("copy-{round}")]), dir).time);
        settle();
        let first = run(feedmill().args(["ingest", "--quiet", "in"]), dir);
        memory = memory.max(first.memory);
        firsts.push(first.time);
        settle();
        let second = run(feedmill().args(["ingest", "--quiet", "in"]), dir);
        memory = memory.max(second.memory);
        seconds.push(second.time);
    }
    // The feed, and a document of history for every month or day.
    let whole = run(feedmill().args(["generate", "--quiet"]), dir);
    memory = memory.max(whole.memory);
    let no_op = (0..QUICK_ROUNDS).map(|_| run(feedmill().args(["generate", "--quiet"]), dir).time).collect();
    let mut after_one = Vec::new();
    for _ in 0..QUICK_ROUNDS {
        corpus.add_newest();
        run(feedmill().args(["ingest", "--quiet", "in"]), dir);
        let generated = run(feedmill().args(["generate", "--quiet"]), dir);
        memory = memory.max(generated.memory);
        after_one.push(generated.time);
    }

    let (copy, first, second) = (median(copies), median(firsts), median(seconds));
    println!(
        "| {articles} | {:.3} s | {:.3} s | **{:.2}** | {:.3} s | **{:.2}** | {:.3} s | {:.1} ms | {:.1} ms | {} MB |",
        copy.as_secs_f64(),
        first.as_secs_f64(),
        first.as_secs_f64() / copy.as_secs_f64(),
        second.as_secs_f64(),
        second.as_secs_f64() / copy.as_secs_f64(),
        whole.time.as_secs_f64(),
        median(no_op).as_secs_f64() * 1e3,
        median(after_one).as_secs_f64() * 1e3,
        memory / 1024,
    );
}

fn feedmill() -> Command {
    Command::new(env!("CARGO_BIN_EXE_feedmill"))
}

/// Articles in the text shape; always the same ones.
struct Corpus {
    dir: PathBuf,
    written: usize,
    random: u64,
}

const WORDS: [&str; 28] = [
    "harbour", "ship", "council", "storm", "market", "the", "of", "and", "price", "fish", "said", "on", "Monday",
    "night", "crew", "port", "a", "in", "to", "was", "ferry", "bridge", "old", "new", "town", "water", "pilots",
    "tide",
];

impl Corpus {
    fn new(dir: &Path) -> Corpus {
        Corpus { dir: dir.join("in"), written: 0, random: 0x9e37_79b9_7f4a_7c15 }
    }

    fn next(&mut self, below: u64) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random % below
    }

    /// An article of some day between 2000 and 2019.
    fn add(&mut self) {
        let date = format!("{}-{:02}-{:02}", 2000 + self.next(20), 1 + self.next(12), 1 + self.next(28));
        self.write(&date);
    }

    /// An article that is newer than all others.
    fn add_newest(&mut self) {
        let date = format!("2020-{:02}-{:02}", self.written / 28 % 12 + 1, self.written % 28 + 1);
        self.write(&date);
    }

    fn write(&mut self, date: &str) {
        let dir = self.dir.join(format!("{:04}", self.written / 1000));
        fs::create_dir_all(&dir).unwrap();
        let mut text = format!(" date {date} ");
        while text.len() < 2_000 {
            let words = 4 + self.next(12);
            for word in 0..words {
                let next = WORDS[self.next(WORDS.len() as u64) as usize];
                match word {
                    0 => text.extend(next.chars().take(1).flat_map(char::to_uppercase).chain(next.chars().skip(1))),
                    _ => text.extend([" ", next]),
                }
            }
            text.push_str(if self.next(5) == 0 { ".\n\n" } else { ". " });
        }
        fs::write(dir.join(format!("{:07}.txt", self.written)), text).unwrap();
        self.written += 1;
    }
}
