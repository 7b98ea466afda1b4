//! Dates: strings, text files that begin with one, posts whose path says it too.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use feedmill::source::Document;
use feedmill_dates as dates;
use serde_json::Value;

use super::{Cases, Table, articles, bag, best_time, share, text};

/// Right: the day is the gold day. Wrong: another day, or only a month. None: not read.
pub fn date_strings(_: &Path, gold: &[Value], cases: &mut Cases) -> Table {
    let mut sets: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for row in gold {
        sets.entry(text(row, "set")).or_default().push((text(row, "raw"), text(row, "gold")));
    }
    // The first word that is looked up builds the tables; that is no part of a string's time.
    dates::read("9 July 2023");
    let mut rows = Vec::new();
    for (set, strings) in sets {
        let (mut right, mut wrong, mut ambiguous) = (0, 0, 0);
        for (raw, day) in &strings {
            let read = dates::read_stated(raw);
            ambiguous += usize::from(read.as_ref().is_some_and(|reading| reading.order == dates::Order::Ambiguous));
            let found = read.map(|reading| match reading.value.precision() >= dates::Precision::Day {
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
                std::hint::black_box(dates::read_stated(std::hint::black_box(raw)));
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

/// A title is compared with a headline that the text does not hold, by the words that both have.
pub fn dated_text(folder: &Path, gold: &[Value], cases: &mut Cases) -> Table {
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

/// Agreement is to the day, give or take one; a date that disagrees and says so is reported, one that does not is
/// wrong.
pub fn front_matter(_: &Path, gold: &[Value], cases: &mut Cases) -> Table {
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
        let by_path = dates::in_path(path).map(|found| found.reading.value);
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
        let agrees = |value: &dates::DateValue| by_path.as_ref().is_some_and(|path| path.agrees_with(value));
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
