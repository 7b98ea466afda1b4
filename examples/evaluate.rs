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
//! - `date-strings.jsonl`: `{"set", "raw", "gold"}`, where gold is the day that the string means
//! - `dated-text.jsonl`: `{"file", "date", "headline"}`, with the files beside it
//! - `front-matter.jsonl`: `{"path", "text"}`; the date in the path is the answer, where there is a full one
//!
//! A measure is one function in `MEASURES`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use feedmill::article::Article;
use feedmill::date;
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
    Measure { name: "dates", about: "days of date strings", gold: "date-strings.jsonl", run: date_strings },
    Measure { name: "text", about: "dates and titles of dated text files", gold: "dated-text.jsonl", run: dated_text },
    Measure {
        name: "front-matter",
        about: "dates of posts against the dates in their paths",
        gold: "front-matter.jsonl",
        run: front_matter,
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

/// Right: the day is the gold day. Wrong: another day, or only a month. None: not read.
fn date_strings(_: &Path, gold: &[Value], cases: &mut Cases) -> Table {
    let mut sets: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for row in gold {
        sets.entry(text(row, "set")).or_default().push((text(row, "raw"), text(row, "gold")));
    }
    // The first word that is looked up builds the tables; that is no part of a string's time.
    date::read("9 July 2023");
    let mut rows = Vec::new();
    for (set, strings) in sets {
        let (mut right, mut wrong, mut ambiguous) = (0, 0, 0);
        for (raw, day) in &strings {
            let read = date::read(raw);
            ambiguous += usize::from(read.as_ref().is_some_and(|reading| reading.order == date::Order::Ambiguous));
            let found = read.map(|reading| match reading.value.precision() >= date::Precision::Day {
                true => reading.value.first_day().to_string(),
                false => reading.value.to_string(),
            });
            match found {
                Some(found) if found == *day => right += 1,
                Some(found) => {
                    wrong += 1;
                    cases.tell(format_args!("{set}: {raw:?} is {day}, read as {found}"));
                }
                None => cases.tell(format_args!("{set}: {raw:?} is {day}, not read")),
            }
        }
        let round = || {
            for (raw, _) in &strings {
                std::hint::black_box(date::read(std::hint::black_box(raw)));
            }
        };
        let micros = best_time(round) * 1e6 / strings.len() as f64;
        rows.push(vec![
            set.to_owned(),
            strings.len().to_string(),
            share(right, strings.len()),
            share(wrong, strings.len()),
            share(strings.len() - right - wrong, strings.len()),
            ambiguous.to_string(),
            format!("{micros:.2}"),
        ]);
    }
    Table { heads: vec!["set", "strings", "right", "wrong", "none", "ambiguous", "µs/string"], rows }
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

/// A title is compared with a headline that the text does not hold, by the words that both have.
fn dated_text(folder: &Path, gold: &[Value], cases: &mut Cases) -> Table {
    let (mut read, mut dated, mut words, mut shared) = (0, 0, 0, 0);
    for row in gold {
        let file = text(row, "file");
        let bytes = match fs::read(folder.join(file)) {
            Ok(bytes) => bytes,
            Err(err) => {
                cases.tell(format_args!("{file}: {err}"));
                continue;
            }
        };
        let found = match articles(Document::from_bytes(file, file, bytes)) {
            Ok(found) => found,
            Err(err) => {
                cases.tell(format_args!("{err}"));
                continue;
            }
        };
        let [article] = &found[..] else {
            cases.tell(format_args!("{file}: {} articles", found.len()));
            continue;
        };
        read += 1;
        let day = article.date.as_ref().map(|date| date.chosen.value.first_day().to_string());
        if day.as_deref() == Some(text(row, "date")) {
            dated += 1;
        } else {
            cases.tell(format_args!("{file}: is {}, read as {day:?}", text(row, "date")));
        }
        let title = bag(&article.title.text);
        let headline = bag(text(row, "headline"));
        words += headline.len();
        shared += headline.iter().filter(|word| title.contains(word)).count();
    }
    Table {
        heads: vec!["files", "read", "date right", "headline's words in title"],
        rows: vec![vec![
            gold.len().to_string(),
            share(read, gold.len()),
            share(dated, gold.len()),
            share(shared, words),
        ]],
    }
}

fn bag(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// Agreement is to the day, give or take one; a date that disagrees and says so is reported, one that does not is
/// wrong.
fn front_matter(_: &Path, gold: &[Value], cases: &mut Cases) -> Table {
    #[derive(Default)]
    struct Count {
        files: usize,
        read: usize,
        dated: usize,
        pathed: usize,
        agrees: usize,
        reported: usize,
    }
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    for row in gold {
        let path = text(row, "path");
        let found = articles(Document::from_bytes(path, path, text(row, "text").into()));
        let by_path = date::in_path(path).map(|found| found.reading.value);
        for name in [text(row, "collection"), "(all)"] {
            let count = counts.entry(name).or_default();
            count.files += 1;
            count.read += usize::from(found.is_ok());
            count.pathed += usize::from(by_path.is_some());
        }
        let date = match &found {
            Ok(found) => found.first().and_then(|article| article.date.as_ref()),
            Err(err) => {
                cases.tell(format_args!("{err}"));
                None
            }
        };
        let agrees = |value: &date::DateValue| by_path.as_ref().is_some_and(|path| path.agrees_with(value));
        let agreed = date.is_some_and(|date| agrees(&date.chosen.value));
        let reported = !agreed && date.is_some_and(|date| date.conflicts.iter().any(|c| agrees(&c.value)));
        for name in [text(row, "collection"), "(all)"] {
            let count = counts.entry(name).or_default();
            count.dated += usize::from(date.is_some());
            count.agrees += usize::from(agreed);
            count.reported += usize::from(reported);
        }
        if let Some(by_path) = by_path
            && !agreed
            && !reported
        {
            let said = date.map_or_else(|| "none".to_owned(), |date| date.chosen.to_string());
            cases.tell(format_args!("{path}: the path says {by_path}, read: {said}"));
        }
    }
    let row = |(name, count): (&str, Count)| {
        vec![
            name.to_owned(),
            count.files.to_string(),
            share(count.read, count.files),
            share(count.dated, count.files),
            count.pathed.to_string(),
            share(count.agrees, count.pathed),
            share(count.reported, count.pathed),
            share(count.agrees + count.reported, count.pathed),
        ]
    };
    Table {
        heads: vec!["collection", "files", "read", "dated", "date in path", "agrees", "conflict reported", "together"],
        rows: counts.into_iter().map(row).collect(),
    }
}
