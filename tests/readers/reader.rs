//! reader, a library for feed readers in Python.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::harness::REPOSITORY;
use crate::installed::{has_modules, output, python};
use crate::newsroom::Newsroom;
use crate::subscription::{Format, Reader, Shown, follow};

struct PythonReader {
    url: String,
    database: PathBuf,
    shown: Vec<Shown>,
}

#[derive(Deserialize)]
struct Answer {
    /// What its update found new or changed.
    news: Vec<Shown>,
    shown: Vec<Shown>,
}

impl Reader for PythonReader {
    fn agent(&self) -> &'static str {
        "python-reader/"
    }

    fn look(&mut self) -> Vec<Shown> {
        let script = Path::new(REPOSITORY).join("tests/readers/reader_update.py");
        let answer = output(Command::new(python()).arg(script).arg(&self.url).arg(&self.database));
        let answer: Answer = serde_json::from_str(&answer).unwrap();
        self.shown = answer.shown;
        answer.news
    }

    fn shows(&mut self) -> Vec<Shown> {
        self.shown.clone()
    }

    fn limits(&self, format: Format, entry: &mut Shown) {
        // Of the authors of an entry in XML it keeps one.
        if format != Format::Json && entry.authors.len() > 1 {
            entry.authors = entry.authors.split_off(entry.authors.len() - 1);
        }
        // It takes the `address (name)` of RSS for the name, then the address.
        if format == Format::Rss && entry.authors == ["Chia Lin"] {
            entry.authors = vec!["chia@ledger.example.org".into()];
        }
    }
}

fn subscribe(format: Format) {
    if has_modules("reader", "reader, sgmllib") {
        let newsroom = Newsroom::open();
        let (url, database) = (newsroom.url(format.file()), newsroom.project.path("reader.sqlite"));
        follow(&newsroom, format, &mut PythonReader { url, database, shown: Vec::new() });
    }
}

#[test]
fn reader_follows_rss() {
    subscribe(Format::Rss);
}

#[test]
fn reader_follows_atom() {
    subscribe(Format::Atom);
}

#[test]
fn reader_follows_json_feed() {
    subscribe(Format::Json);
}
