//! Measures of mail.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;

use feedmill::article::{Article, TitleSource};
use feedmill::source::{self, Document};
use serde_json::Value;

use super::{Cases, Table, articles, share, text};

/// Reads every file below `mail/`: mailboxes, Maildirs, single messages, compressed or not. Gold is by Message-ID.
pub fn mail(folder: &Path, gold: &[Value], cases: &mut Cases) -> Table {
    let gold: HashMap<&str, &Value> = gold.iter().map(|row| (text(row, "id"), row)).collect();
    let mut score = Score { gold, ..Score::default() };
    let start = Instant::now();
    for file in files(&folder.join("mail")) {
        let name = file.strip_prefix(folder).unwrap_or(&file).to_string_lossy().into_owned();
        let opened = File::open(&file).map_err(|err| feedmill::error::Error::io("read", &file, err));
        match opened.and_then(|opened| Document::from_reader(&name, &name, opened)) {
            Ok(doc) => {
                let _ = source::unpack(doc, &mut |message| {
                    match message {
                        Ok(message) => score.message(message, cases),
                        Err(err) => score.failed(&err, cases),
                    }
                    ControlFlow::Continue(())
                });
            }
            Err(err) => score.failed(&err, cases),
        }
    }
    score.table(start.elapsed().as_secs_f64())
}

/// The files below a directory, in the order of their names.
fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> =
        fs::read_dir(dir).map(|all| all.flatten().map(|entry| entry.path()).collect()).unwrap_or_default();
    entries.sort();
    for path in entries {
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

#[derive(Default)]
struct Score<'g> {
    gold: HashMap<&'g str, &'g Value>,
    seen: HashSet<String>,
    messages: usize,
    refused: usize,
    dated: usize,
    with_author: usize,
    with_subject: usize,
    with_text: usize,
    days: (usize, usize),
    /// Fields of gold that hold a text which the article must hold, right and all.
    held: HashMap<&'static str, (usize, usize)>,
}

impl Score<'_> {
    fn failed(&mut self, err: &feedmill::error::Error, cases: &mut Cases) {
        self.refused += 1;
        cases.tell(format_args!("refused: {err}"));
    }

    fn message(&mut self, doc: Document, cases: &mut Cases) {
        let name = doc.origin.clone();
        match articles(doc) {
            Ok(found) => found.iter().for_each(|article| self.article(&name, article, cases)),
            Err(err) => self.failed(&err, cases),
        }
    }

    fn article(&mut self, name: &str, article: &Article, cases: &mut Cases) {
        self.messages += 1;
        self.dated += usize::from(article.date.is_some());
        self.with_author += usize::from(!article.authors.is_empty());
        self.with_subject += usize::from(article.title.source == TitleSource::Metadata);
        self.with_text += usize::from(!article.body.text.trim().is_empty());
        if article.date.is_none() {
            cases.tell(format_args!("{name}: no date"));
        }
        let id = article.id.as_deref().and_then(|id| id.strip_prefix("mid:")).unwrap_or_default();
        let Some((id, row)) = self.gold.get_key_value(id).filter(|_| !self.seen.contains(id)) else { return };
        self.seen.insert((*id).to_owned());
        let row = *row;
        if !text(row, "date").is_empty() {
            let day = article.date.as_ref().map(|date| date.chosen.value.first_day().to_string()).unwrap_or_default();
            let is_right = day == text(row, "date");
            self.days = (self.days.0 + usize::from(is_right), self.days.1 + 1);
            if !is_right {
                cases.tell(format_args!("{name}: date {day:?}, gold {:?}", text(row, "date")));
            }
        }
        let author = article.authors.first().map(|person| person.name.as_str()).unwrap_or_default();
        for (key, value) in [("subject", article.title.text.as_str()), ("author", author), ("text", &article.body.text)]
        {
            let wanted = text(row, key);
            if wanted.is_empty() {
                continue;
            }
            let is_right = if key == "text" { value.contains(wanted) } else { value == wanted };
            let (right, all) = self.held.entry(key).or_default();
            (*right, *all) = (*right + usize::from(is_right), *all + 1);
            if !is_right {
                cases.tell(format_args!("{name}: {key} {value:?}, gold {wanted:?}"));
            }
        }
    }

    fn table(self, seconds: f64) -> Table {
        let all = self.messages;
        let row = |name: &str, part: usize, whole: usize| vec![name.to_owned(), part.to_string(), share(part, whole)];
        let mut rows = vec![
            vec!["messages".to_owned(), all.to_string(), format!("{:.0}/s", all as f64 / seconds)],
            row("refused", self.refused, all + self.refused),
            row("with a date", self.dated, all),
            row("with an author", self.with_author, all),
            row("with a subject", self.with_subject, all),
            row("with a text", self.with_text, all),
        ];
        if self.days.1 > 0 {
            rows.push(row("day right", self.days.0, self.days.1));
        }
        for (key, name) in [("subject", "subject right"), ("author", "author right"), ("text", "text right")] {
            if let Some((right, whole)) = self.held.get(key) {
                rows.push(row(name, *right, *whole));
            }
        }
        Table { heads: vec!["", "count", "share"], rows }
    }
}
