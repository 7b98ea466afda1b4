//! Scores of the parts that read other people's articles, over a folder of real inputs with known answers.
//!
//! ```text
//! cargo run --release --example evaluate -- FOLDER                 everything that the folder holds
//! cargo run --release --example evaluate -- FOLDER dates           one measure
//! cargo run --release --example evaluate -- FOLDER dates --wrong   and every case that is not right
//! ```
//!
//! The folder holds any of these; what is missing is skipped and named:
//!
//! - `date-strings.jsonl` and `date-strings-2.jsonl`: `{"set", "raw", "gold"}`, where gold is the day that the string means
//! - `dated-text.jsonl`: `{"file", "date", "headline"}`, with the files beside it
//! - `feeds/real.jsonl`: `{"file", "entries": [{"title", "link", "id", "published", "updated", "summary", "content"}]}`
//!   as a lenient parser reads them, times in seconds since 1970, with the files beside it
//! - `feeds/labelled.jsonl`: `{"file", "description", "class", "must_flag"}`: the message that a feed must, or must not, be given,
//!   with the files beside it; `feeds/labelled-2.jsonl` is a second such set, for rules that were written with the first
//! - `front-matter.jsonl`: `{"path", "text"}`; the date in the path is the answer, where there is a full one
//! - `mail.jsonl`: `{"id", "date", "subject", "author", "text"}` by Message-ID, all but the id optional, with mailboxes,
//!   Maildirs and messages below `mail/`; empty where there is no gold
//! - `pages/gold.jsonl`: `{"id", "url", "type", "title", "author", "date", "text"}`, with `html/ID.html.gz` beside it
//!
//! A measure is one function in `MEASURES`, in the file of its kind.

mod dated;
mod feeds;
mod lint;
mod mail;
mod pages;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use feedmill::article::Article;
use feedmill::parse;
use feedmill::source::Document;
use serde_json::Value;

/// What is timed is done this many times over; the fastest round counts, since other work on the machine only slows.
const TIMED_ROUNDS: usize = 20;

/// One thing that can be measured.
struct Measure {
    name: &'static str,
    about: &'static str,
    /// The file that it needs, below the folder.
    gold: &'static str,
    run: fn(&Path, &[Value], &mut Cases) -> Table,
}

const MEASURES: &[Measure] = &[
    Measure { name: "dates", about: "days of date strings", gold: "date-strings.jsonl", run: dated::date_strings },
    Measure {
        name: "dates-2",
        about: "days of more date strings",
        gold: "date-strings-2.jsonl",
        run: dated::date_strings,
    },
    Measure {
        name: "text",
        about: "dates and titles of dated text files",
        gold: "dated-text.jsonl",
        run: dated::dated_text,
    },
    Measure {
        name: "front-matter",
        about: "dates of posts against the dates in their paths",
        gold: "front-matter.jsonl",
        run: dated::front_matter,
    },
    Measure {
        name: "feeds",
        about: "titles, links and dates of entries against a lenient parser's reading",
        gold: "feeds/real.jsonl",
        run: feeds::feeds,
    },
    Measure {
        name: "lint",
        about: "the judge of feeds against feeds made to show one fault or one correct use each",
        gold: "feeds/labelled.jsonl",
        run: lint::lint,
    },
    Measure {
        name: "lint-2",
        about: "the same with a second set of such feeds",
        gold: "feeds/labelled-2.jsonl",
        run: lint::lint,
    },
    Measure { name: "mail", about: "messages of mailboxes and files", gold: "mail.jsonl", run: mail::mail },
    Measure {
        name: "pages",
        about: "dates, titles, authors and texts of web pages",
        gold: "pages/gold.jsonl",
        run: pages::pages,
    },
];

fn main() -> ExitCode {
    let (options, words): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let show = options.iter().any(|option| option == "--wrong");
    let Some((folder, wanted)) = words.split_first().filter(|_| options.iter().all(|o| o == "--wrong")) else {
        return usage();
    };
    if let Some(unknown) = wanted.iter().find(|name| MEASURES.iter().all(|measure| measure.name != **name)) {
        eprintln!("{unknown}: no such measure");
        return usage();
    }
    let folder = PathBuf::from(folder);
    if !folder.is_dir() {
        eprintln!("{}: expected a folder of gold data, found none", folder.display());
        return ExitCode::from(2);
    }
    for measure in MEASURES.iter().filter(|measure| wanted.is_empty() || wanted.iter().any(|w| w == measure.name)) {
        let gold = match lines(&folder.join(measure.gold)) {
            Ok(gold) => gold,
            Err(err) => {
                println!("{}: skipped: {}: {err}\n", measure.name, folder.join(measure.gold).display());
                continue;
            }
        };
        println!("{}: {}", measure.name, measure.about);
        let mut cases = Cases { show, count: 0 };
        let table = (measure.run)(&folder, &gold, &mut cases);
        if cases.count > 0 {
            println!();
        }
        table.print();
    }
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    let names: Vec<_> = MEASURES.iter().map(|measure| measure.name).collect();
    eprintln!("usage: evaluate FOLDER [{}]… [--wrong]", names.join(" | "));
    ExitCode::from(2)
}

/// The objects of a file of JSON Lines.
fn lines(path: &Path) -> Result<Vec<Value>, String> {
    let text = fs::read_to_string(path).map_err(|err| err.to_string())?;
    let numbered = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    numbered.map(|(at, line)| serde_json::from_str(line).map_err(|err| format!("line {}: {err}", at + 1))).collect()
}

fn text<'v>(row: &'v Value, key: &str) -> &'v str {
    row.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The cases that are not right, shown where they were asked for.
struct Cases {
    show: bool,
    count: usize,
}

impl Cases {
    fn tell(&mut self, case: std::fmt::Arguments<'_>) {
        self.count += 1;
        if self.show {
            println!("  {case}");
        }
    }
}

/// A table with a heading for every column; the first column holds names.
struct Table {
    heads: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn print(&self) {
        let rows = || std::iter::once(self.heads.iter().map(|h| (*h).to_owned()).collect()).chain(self.rows.clone());
        let mut widths = vec![0; self.heads.len()];
        for row in rows() {
            for (width, cell) in widths.iter_mut().zip(&row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        for row in rows() {
            let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| match column {
                0 => format!("{cell:<width$}"),
                _ => format!("{cell:>width$}"),
            });
            println!("  {}", cells.collect::<Vec<_>>().join("  ").trim_end());
        }
        println!();
    }
}

fn share(part: usize, whole: usize) -> String {
    if whole == 0 { "-".to_owned() } else { format!("{:.4}", part as f64 / whole as f64) }
}

/// The seconds that the fastest of the rounds takes.
fn best_time(mut round: impl FnMut()) -> f64 {
    let seconds = (0..TIMED_ROUNDS).map(|_| {
        let start = Instant::now();
        round();
        start.elapsed().as_secs_f64()
    });
    seconds.fold(f64::INFINITY, f64::min)
}

/// The articles of a document, or why there are none.
fn articles(mut doc: Document) -> Result<Vec<Article>, feedmill::error::Error> {
    let parser = parse::choose(&doc)?;
    let (mut found, mut failed) = (Vec::new(), None);
    parser.parse(&mut doc, &mut |item| match item {
        Ok(article) => found.push(article),
        Err(err) => failed = Some(err),
    })?;
    match failed {
        Some(err) if found.is_empty() => Err(err),
        _ => Ok(found),
    }
}

/// The words of a text, in lower case.
fn bag(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}
