//! feedparser, the library that most readers in Python stand on.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::harness::REPOSITORY;
use crate::installed::{has_modules, output, python};
use crate::newsroom::Newsroom;
use crate::subscription::{Format, Reader, Shown, Subscription};

struct Feedparser {
    url: String,
    validators: PathBuf,
    /// It remembers nothing: this is what a reader that stands on it would keep.
    known: HashMap<String, Parsed>,
}

#[derive(Deserialize)]
struct Answer {
    status: u16,
    entries: Vec<Parsed>,
}

/// An entry, and what it says of its last change.
#[derive(Clone, PartialEq, Deserialize)]
struct Parsed {
    updated: Option<String>,
    #[serde(flatten)]
    shown: Shown,
}

impl Reader for Feedparser {
    fn keeps(&self) -> bool {
        false
    }

    fn look(&mut self) -> Vec<Shown> {
        let script = Path::new(REPOSITORY).join("tests/readers/feedparser_entries.py");
        let answer = output(Command::new(python()).arg(script).arg(&self.url).arg(&self.validators));
        let answer: Answer = serde_json::from_str(&answer).unwrap();
        if answer.status == 304 {
            assert!(answer.entries.is_empty());
            return Vec::new();
        }
        let former = std::mem::take(&mut self.known);
        let mut news = Vec::new();
        for entry in answer.entries {
            if former.get(&entry.shown.id) != Some(&entry) {
                let was = former.get(&entry.shown.id);
                assert!(was.is_none_or(|was| was.updated != entry.updated), "an edit says when: {}", entry.shown.title);
                news.push(entry.shown.clone());
            }
            let twice = self.known.insert(entry.shown.id.clone(), entry);
            assert!(twice.is_none(), "an id stands once in a feed");
        }
        news
    }

    fn shows(&mut self) -> Vec<Shown> {
        self.known.values().map(|entry| entry.shown.clone()).collect()
    }

    fn limits(&self, _: Format, _: &mut Shown) {}
}

/// Its subscriptions.
pub fn subscribe(newsroom: &Newsroom) -> Vec<Subscription> {
    let is_there = has_modules("feedparser", "feedparser");
    Subscription::to(newsroom, "feedparser", is_there, &[Format::Rss, Format::Atom], |url, home| {
        Box::new(Feedparser { url: url.to_owned(), validators: home.join("validators.json"), known: HashMap::new() })
    })
}
