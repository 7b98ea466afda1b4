//! Feeds: captured ones, and those that other parsers are tested with.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use feedmill::article::{Article, TitleSource};
use feedmill::parse;
use feedmill::source::Document;
use feedmill_dates::DateRule;
use feedmill_markup as markup;
use serde_json::Value;

use super::{Cases, Table, bag, best_time, share, text};

/// Collections of feeds of a few lines, each made by hand to test one thing, often a fault. The other collections
/// hold whole feeds as sites served them, with a few samples of standards among them: the captured live feeds.
const TEST_FEEDS: &str = "fp-";

/// One feed with what the lenient parser read.
struct Feed<'g> {
    name: &'g str,
    bytes: Vec<u8>,
    entries: Vec<&'g Value>,
}

#[derive(Default)]
struct Count {
    feeds: usize,
    refused: usize,
    entries: usize,
    missing: usize,
    extra: usize,
    title: usize,
    link: usize,
    date: usize,
    all: usize,
    content: usize,
}

/// Right: as the lenient parser has it, which errs at times. A title is compared as plain text, a link as it would be
/// published (the parser leaves some relative), a date to the second: the publication, or where the parser has none
/// the update. Where it has none at all, there must be none; a date from elsewhere than the dates of the entry does
/// not count as one. A content is right when nineteen in twenty of its words are. Entries that say nothing at all are
/// left out.
pub fn feeds(folder: &Path, gold: &[Value], cases: &mut Cases) -> Table {
    let folder = folder.join("feeds");
    let mut sets: Vec<(&str, Count, Vec<Vec<u8>>)> =
        ["live", "live, even lines", "live, odd lines", "test feeds", "all", "all, even lines", "all, odd lines"]
            .map(|name| (name, Count::default(), Vec::new()))
            .into();
    for (line, row) in gold.iter().enumerate() {
        let file = text(row, "file");
        let bytes = match fs::read(folder.join(file)) {
            Ok(bytes) => bytes,
            Err(err) => {
                cases.tell(format_args!("{file}: {err}"));
                continue;
            }
        };
        let name = file.rsplit('/').next().unwrap_or(file);
        let is_live = !name.starts_with(TEST_FEEDS);
        let entries = row.get("entries").and_then(Value::as_array).map(|entries| entries.iter().collect());
        let feed = Feed { name, bytes, entries: entries.unwrap_or_default() };
        let mut count = Count::default();
        measure(&feed, &mut count, cases);
        for (at, (_, total, bytes)) in sets.iter_mut().enumerate() {
            let is_half = |at: usize| at == 0 || (line % 2 == 0) == (at == 1);
            let belongs = match at {
                0..=2 => is_live && is_half(at),
                3 => !is_live,
                _ => is_half(at - 4),
            };
            if belongs {
                total.add(&count);
                bytes.push(feed.bytes.clone());
            }
        }
    }
    let row = |(name, count, bytes): (&str, Count, Vec<Vec<u8>>)| {
        let seconds = best_time(|| bytes.iter().for_each(|bytes| drop(std::hint::black_box(read("feed.xml", bytes)))));
        let of_entries = |part| share(part, count.entries);
        vec![
            name.to_owned(),
            count.feeds.to_string(),
            count.refused.to_string(),
            count.entries.to_string(),
            count.missing.to_string(),
            count.extra.to_string(),
            of_entries(count.title),
            of_entries(count.link),
            of_entries(count.date),
            of_entries(count.all),
            of_entries(count.content),
            format!("{:.0}", count.feeds as f64 / seconds),
        ]
    };
    Table {
        heads: vec![
            "feeds",
            "feeds",
            "refused",
            "entries",
            "missing",
            "extra",
            "title",
            "link",
            "date",
            "all three",
            "content",
            "feeds/s",
        ],
        rows: sets.into_iter().map(row).collect(),
    }
}

impl Count {
    fn add(&mut self, other: &Count) {
        self.feeds += other.feeds;
        self.refused += other.refused;
        self.entries += other.entries;
        self.missing += other.missing;
        self.extra += other.extra;
        self.title += other.title;
        self.link += other.link;
        self.date += other.date;
        self.all += other.all;
        self.content += other.content;
    }
}

/// The articles of a feed, and what is wrong with it. The way that ingest goes.
fn read(name: &str, bytes: &[u8]) -> (Vec<Article>, Option<String>) {
    let mut doc = Document::from_bytes(name, name, bytes.to_vec());
    let mut articles = Vec::new();
    let parsed =
        parse::choose(&doc).and_then(|parser| parser.parse(&mut doc, &mut |article| articles.extend(article.ok())));
    (articles, parsed.err().map(|err| err.to_string()))
}

fn measure(feed: &Feed, count: &mut Count, cases: &mut Cases) {
    let says_something = |entry: &&&Value| {
        ["title", "link", "id", "summary", "content"].iter().any(|key| !text(entry, key).trim().is_empty())
            || entry.get("enclosures").and_then(Value::as_array).is_some_and(|files| !files.is_empty())
    };
    let entries: Vec<&Value> = feed.entries.iter().filter(says_something).copied().collect();
    let (articles, failure) = read(feed.name, &feed.bytes);
    count.feeds += 1;
    count.entries += entries.len();
    if articles.is_empty() && !entries.is_empty() {
        count.refused += 1;
        cases.tell(format_args!("{}: refused: {}", feed.name, failure.as_deref().unwrap_or("no articles")));
    } else if let Some(failure) = failure.filter(|_| !entries.is_empty()) {
        cases.tell(format_args!("{}: {failure}", feed.name));
    }
    let pairs = pairs(&entries, &articles);
    let found = pairs.iter().flatten().count();
    count.missing += entries.len() - found;
    count.extra += articles.len() - found;
    for (entry, article) in entries.iter().zip(pairs) {
        let Some(article) = article.map(|at| &articles[at]) else {
            cases.tell(format_args!("{}: missing: {:?} {:?}", feed.name, text(entry, "title"), text(entry, "link")));
            continue;
        };
        let wrong = [
            (!has_title(entry, article))
                .then(|| format!("title {:?}, read {:?}", text(entry, "title"), article.title.text)),
            (!has_link(entry, article)).then(|| format!("link {:?}, read {:?}", text(entry, "link"), article.url)),
            (!has_date(entry, article)).then(|| format!("date {:?}, read {:?}", stated(entry), article.date)),
        ];
        count.title += usize::from(wrong[0].is_none());
        count.link += usize::from(wrong[1].is_none());
        count.date += usize::from(wrong[2].is_none());
        count.all += usize::from(wrong.iter().all(Option::is_none));
        let content = has_content(entry, article);
        count.content += usize::from(content);
        for wrong in wrong.iter().flatten() {
            cases.tell(format_args!("{}: {wrong}", feed.name));
        }
        if !content {
            let shown: String = article.body.text.chars().take(100).collect();
            let wanted: String = full_text(entry).chars().take(100).collect();
            cases.tell(format_args!("{}: content {wanted:?}, read {shown:?}", feed.name));
        }
    }
}

/// For every entry the article that it is: in order where there are as many, else by link, id or title.
fn pairs(entries: &[&Value], articles: &[Article]) -> Vec<Option<usize>> {
    if entries.len() == articles.len() {
        return (0..entries.len()).map(Some).collect();
    }
    let mut free: Vec<bool> = vec![true; articles.len()];
    let find = |entry: &&Value| {
        let is_it = |article: &Article| {
            let id = text(entry, "id").trim();
            let has_link = !text(entry, "link").is_empty() && has_link(entry, article);
            let has_title = !text(entry, "title").is_empty() && has_title(entry, article);
            !id.is_empty() && article.fragment == id || has_title && (has_link || has_date(entry, article))
        };
        let at = articles.iter().enumerate().position(|(at, article)| free[at] && is_it(article))?;
        free[at] = false;
        Some(at)
    };
    entries.iter().map(find).collect()
}

fn has_title(entry: &Value, article: &Article) -> bool {
    let wanted = text(entry, "title");
    if wanted.trim().is_empty() || article.title.source != TitleSource::Metadata {
        return plain(wanted).is_empty() && article.title.source != TitleSource::Metadata;
    }
    // The parser's titles are markup or text, depending on the feed.
    let title = markup::one_line(&article.title.text);
    title == plain(wanted) || title == markup::one_line(wanted) || plain(&title) == plain(wanted)
}

fn plain(html: &str) -> String {
    markup::one_line(&markup::html::to_text(html))
}

fn has_link(entry: &Value, article: &Article) -> bool {
    let published = |link: &str| markup::link::absolute(link, None).unwrap_or_else(|| link.to_owned());
    let wanted = Some(text(entry, "link").trim()).filter(|link| !link.is_empty());
    let other = || article.extra.get("link").and_then(Value::as_str);
    let link = article.url.as_deref().or_else(other);
    match (wanted, link) {
        (None, None) => true,
        (Some(wanted), Some(link)) => {
            // The parser knows of no base but the one that is stated.
            let base = url::Url::parse(link).ok();
            published(wanted) == published(link)
                || markup::link::absolute(wanted, base.as_ref()) == Some(published(link))
        }
        _ => false,
    }
}

/// The publication, and the update.
fn stated(entry: &Value) -> [Option<i64>; 2] {
    ["published", "updated"].map(|key| entry.get(key).and_then(Value::as_i64))
}

fn has_date(entry: &Value, article: &Article) -> bool {
    let chosen = article.date.as_ref().map(|date| &date.chosen);
    let chosen = chosen.filter(|chosen| matches!(chosen.rule, DateRule::Metadata | DateRule::Update)).map(|chosen| {
        let midnight = || chosen.value.first_day().and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
        chosen.value.instant_in(&chrono::Utc).map_or_else(midnight, |at| at.timestamp())
    });
    match stated(entry) {
        [Some(published), _] => chosen == Some(published),
        [None, Some(updated)] => {
            chosen == Some(updated) || article.updated.is_some_and(|found| found.timestamp() == updated)
        }
        [None, None] => chosen.is_none(),
    }
}

fn full_text(entry: &Value) -> &str {
    let content = text(entry, "content");
    if content.trim().is_empty() { text(entry, "summary") } else { content }
}

fn has_content(entry: &Value, article: &Article) -> bool {
    let words = |text: &str| -> HashMap<String, i64> {
        let mut words = HashMap::new();
        bag(&markup::html::to_text(text)).into_iter().for_each(|word| *words.entry(word).or_default() += 1);
        words
    };
    let (wanted, read) = (words(full_text(entry)), words(&article.body.text));
    let common: i64 = wanted.iter().map(|(word, n)| *n.min(read.get(word).unwrap_or(&0))).sum();
    let total: i64 = wanted.values().sum::<i64>() + read.values().sum::<i64>();
    2 * common * 20 >= total * 19
}
