//! How long a large feed takes to be written, beside a plain copy of the same file in the same run.
//!
//! `cargo bench --bench render [-- ENTRIES…]`, 50,000 entries of 2 kB unless told. The entries are made one at a time as
//! they are asked for, and go straight into a file. Every run is a process of its own, so that its memory can be seen;
//! of several rounds the median counts. Prints a table in Markdown.

#[path = "measure/mod.rs"]
mod measure;

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use chrono::{DateTime, FixedOffset, TimeDelta};
use feedmill::article::Person;
use feedmill::feed::{Beside, Entry, Head, Outline, Place};
use feedmill::render;
use measure::{median, run, settle};

const ROUNDS: usize = 9;

/// What the process does that writes one document.
const WRITE: &str = "--write-one";

/// About the length of a news item, in the HTML that feeds carry.
const TEXT: usize = 2_000;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [mode, format, entries, path] = args.as_slice()
        && mode == WRITE
    {
        return write(format, entries.parse().unwrap(), Path::new(path));
    }
    let sizes: Vec<usize> = args.iter().filter_map(|arg| arg.parse().ok()).collect();
    println!("| format | entries | size | written in | rate | memory | beside none | cp | ÷ cp |");
    println!("|---|---|---|---|---|---|---|---|---|");
    let dir = tempfile::Builder::new().prefix("feedmill-bench-").tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    for entries in if sizes.is_empty() { vec![50_000] } else { sizes } {
        for format in render::RENDERERS {
            measure_one(format.name(), entries, dir.path());
        }
    }
}

fn measure_one(format: &str, entries: usize, dir: &Path) {
    let writer = |entries: usize| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args([WRITE, format, &entries.to_string(), "feed"]);
        command
    };
    let (mut writes, mut copies) = (Vec::new(), Vec::new());
    let (mut memory, mut floor) = (0, 0);
    for _ in 0..ROUNDS {
        // The copy is made of the file that was just written, which is in memory for both.
        floor = floor.max(run(&mut writer(0), dir).memory);
        settle();
        let written = run(&mut writer(entries), dir);
        memory = memory.max(written.memory);
        writes.push(written.time);
        settle();
        copies.push(run(Command::new("cp").args(["feed", "copy"]), dir).time);
        fs::remove_file(dir.join("copy")).unwrap();
        if writes.len() < ROUNDS {
            fs::remove_file(dir.join("feed")).unwrap();
        }
    }
    let size = fs::metadata(dir.join("feed")).unwrap().len();
    let (write, copy) = (median(writes).as_secs_f64(), median(copies).as_secs_f64());
    println!(
        "| {format} | {entries} | {} MB | {:.0} ms | {:.0} MB/s | {:.1} MB | {:.1} MB | {:.0} ms | **{:.2}** |",
        size / 1_000_000,
        write * 1e3,
        size as f64 / write / 1e6,
        memory as f64 / 1024.0,
        floor as f64 / 1024.0,
        copy * 1e3,
        write / copy,
    );
}

fn write(format: &str, entries: usize, path: &Path) {
    let head = Head {
        id: "urn:uuid:5c0b8cbe-0f0c-5a6c-8a53-7d0b1ccf6b0e".into(),
        namespace: "0c5b4f6e-51a2-4a5e-9f53-0c9a1cf0a001".parse().unwrap(),
        title: "Bench".into(),
        description: "The latest articles".into(),
        publisher: "Bench".into(),
        language: Some("en".into()),
        home_url: "https://bench.example/".into(),
        base_url: "https://bench.example/feeds/".into(),
        authors: Vec::new(),
        rights: None,
        image: None,
        updated: instant(entries),
        tombstones: Vec::new(),
        hub: None,
        place: Place::Alone,
        beside: Beside::default(),
        ttl: None,
        show: None,
    };
    let outline = Outline {
        newest: Some(instant(entries)),
        latest: Some(instant(entries)),
        is_signed: true,
        has_pictures: false,
        has_more_files: false,
    };
    let mut file = File::create(path).unwrap();
    let text = text();
    let entries = (0..entries).rev().map(|number| entry(number + 1, &text));
    render::write(render::by_name(format).unwrap(), &head, &outline, entries, &mut file).unwrap();
}

/// One an hour.
fn instant(number: usize) -> DateTime<FixedOffset> {
    DateTime::UNIX_EPOCH.fixed_offset() + TimeDelta::hours(number as i64)
}

fn entry(number: usize, text: &str) -> Entry {
    let url = format!("https://bench.example/articles/{number}/");
    Entry {
        id: url.clone(),
        anchor: format!("article-{number}"),
        title: format!("Pilots & dockers, part {number}"),
        url,
        published: instant(number),
        updated: instant(number),
        authors: vec![Person { name: "Ada Marsh".into(), email: None, uri: None }],
        tags: vec!["Harbour".into(), "News".into()],
        language: None,
        summary: Some("Talks between the pilots & the port ended at five o'clock and are to resume on Monday.".into()),
        content: Some(text.to_owned()),
        enclosures: Vec::new(),
        picture: None,
        origin: None,
        episode: None,
    }
}

/// Paragraphs with some markup, and letters of more than one byte.
fn text() -> String {
    let paragraph = "<p>The ferry is late &amp; the crews say « why not »: <a href=\"https://bench.example/talks/\">talks</a> \
                     between the pilots and the port go on, and nobody at the café on the quay expects an end.</p>\n";
    paragraph.repeat(TEXT.div_ceil(paragraph.len()))
}
