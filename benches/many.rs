//! How long a feed for each of a thousand tags takes: at first, when nothing has changed, and after one new article;
//! beside the feed of everything alone in the same archive.
//!
//! `cargo bench --bench many [-- ARTICLES [TAGS]]`, 100,000 articles and 1,000 tags unless told. Articles have about 1 kB and
//! three tags each, and are dated over twenty years. Every step is a process of its own, as a user would run it. Prints a
//! table in Markdown.

#[path = "measure/mod.rs"]
mod measure;

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use measure::{median, run, settle};

/// Rounds of what is over in a blink.
const ROUNDS: usize = 9;

fn main() {
    let numbers: Vec<usize> = std::env::args().skip(1).filter_map(|arg| arg.parse().ok()).collect();
    let articles = numbers.first().copied().unwrap_or(100_000);
    let tags = numbers.get(1).copied().unwrap_or(1_000);
    let temp = tempfile::Builder::new().prefix("feedmill-bench-").tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let dir = temp.path();
    let mut corpus = Corpus { tags, written: 0 };
    fs::create_dir(dir.join("in")).unwrap();
    corpus.write(dir, articles);
    configure(dir, "[[feed]]\nsplit_by = \"tag\"\n");
    run(feedmill().args(["ingest", "--quiet"]).arg("in"), dir);
    println!(
        "| {articles} articles | first generate | nothing changed | after one new | the best of them | peak memory |"
    );
    println!("|---|---|---|---|---|---|");
    for (what, feeds) in [("the feed of everything", ""), ("and a feed for each tag", "[[feed]]\nsplit_by = \"tag\"\n")]
    {
        configure(dir, feeds);
        let _ = fs::remove_dir_all(dir.join("feeds"));
        let _ = fs::remove_file(dir.join("archive/.feedmill/generated.sqlite"));
        settle();
        let first = run(&mut generate(), dir);
        settle();
        let nothing: Vec<Duration> = (0..ROUNDS).map(|_| run(&mut generate(), dir).time).collect();
        let mut after_one = Vec::new();
        for _ in 0..ROUNDS {
            corpus.write(dir, 1);
            run(feedmill().args(["ingest", "--quiet"]).arg("in"), dir);
            after_one.push(run(&mut generate(), dir).time);
        }
        let count = feeds_below(&dir.join("feeds"));
        println!(
            "| {what}: {count} feeds | {:.2} s | {:.1} ms | **{:.1} ms** | {:.1} ms | {} MB |",
            first.time.as_secs_f64(),
            median(nothing).as_secs_f64() * 1e3,
            median(after_one.clone()).as_secs_f64() * 1e3,
            after_one.iter().min().map_or(0.0, Duration::as_secs_f64) * 1e3,
            first.memory / 1024,
        );
    }
}

fn feeds_below(dir: &Path) -> usize {
    let top = usize::from(dir.join("atom.xml").exists());
    top + fs::read_dir(dir.join("tag")).map_or(0, |tags| tags.count())
}

fn configure(dir: &Path, more: &str) {
    let config = format!(
        "[site]\ntitle = \"Bench\"\nurl = \"https://bench.example/\"\narticle_url = \"{{site}}{{path}}/\"\n\n[[source]]\n\
         path = \"in\"\n\n[[feed]]\n\n{more}"
    );
    fs::write(dir.join("feedmill.toml"), config).unwrap();
}

fn feedmill() -> Command {
    Command::new(env!("CARGO_BIN_EXE_feedmill"))
}

fn generate() -> Command {
    let mut command = feedmill();
    command.args(["generate", "--quiet"]);
    command
}

/// Articles with tags; always the same ones.
struct Corpus {
    tags: usize,
    written: usize,
}

impl Corpus {
    /// Writes one more file with that many articles. What is written later is newer.
    fn write(&mut self, dir: &Path, articles: usize) {
        let mut text = String::new();
        let name = format!("in/{:07}.jsonl", self.written);
        for n in (self.written..).take(articles) {
            // Multiples of numbers without a common divisor spread as well as chance, and are the same everywhere.
            let (day, at) = (n * 7_919 % 7_300, n * 7_907);
            let (year, month, date) = (2000 + day / 365, day % 365 / 31 + 1, day % 28 + 1);
            // What comes in by itself is news.
            let date = match articles {
                1 => chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
                _ => format!("{year}-{month:02}-{date:02}T12:{:02}:00Z", n % 60),
            };
            let tags = [at % self.tags, at / 7 % self.tags, n % self.tags];
            let words = "The ferry was late again and nobody on the quay knew why. ".repeat(16);
            let _ = writeln!(
                text,
                "{{\"title\":\"Note {n}\",\"date\":\"{date}\",\"tags\":[\"tag {}\",\"tag {}\",\"tag {}\"],\"text\":\"Number {n}. \
                 {words}\"}}",
                tags[0], tags[1], tags[2]
            );
        }
        fs::write(dir.join(name), text).unwrap();
        self.written += articles;
    }
}
