//! Saved web pages: date, title, authors and main text against what people found on them.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

use feedmill::article::Article;
use feedmill::source::Document;
use feedmill_dates::Precision;
use flate2::read::GzDecoder;
use serde_json::Value;

use super::{Cases, Table, articles, share, text};

/// What was counted over some of the pages.
#[derive(Default)]
struct Count {
    pages: usize,
    refused: usize,
    dates: usize,
    right: usize,
    wrong: usize,
    /// Pages whose gold has no date, and those of them that were given one.
    undated: usize,
    invented: usize,
    titles: usize,
    titled: usize,
    authors: usize,
    authored: usize,
    texts: usize,
    f1: f64,
    time: Duration,
}

/// The gold is one object a page: `id`, `url`, `type`, `title`, `author`, `date`, `text`; the page is
/// `html/ID.html.gz` beside it.
///
/// - A date is right when its day is the gold's day, or lies in the gold's month where the gold has no day; no date,
///   or one that states less than a day, is none.
/// - A title is right when it is the gold's to the letter, but for white space and the shape of quotes and dashes.
/// - Authors are right when the names, one after the other, are the gold's to the letter, but for case, commas and the
///   words between the last two.
/// - The main text has the F1 of its words against the gold's words, each as often as it occurs (the measure of the Web
///   Content Extraction Benchmark); the mean is over pages. A page that is refused or not read has 0.
///
/// The rows: all pages, the halves by the parity of the id (one to develop on, one to check), and each type of page.
pub fn pages(folder: &Path, gold: &[Value], cases: &mut Cases) -> Table {
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for row in gold {
        let (id, kind) = (text(row, "id"), text(row, "type"));
        let html = match page(&folder.join(format!("pages/html/{id}.html.gz"))) {
            Ok(html) => html,
            Err(err) => {
                cases.tell(format_args!("{id}: {err}"));
                continue;
            }
        };
        let mut doc = Document::from_bytes(id, "page.html", html);
        doc.url = Some(text(row, "url").to_owned()).filter(|url| !url.is_empty());
        let start = Instant::now();
        let found = articles(doc);
        let time = start.elapsed();
        if let Err(err) = &found {
            cases.tell(format_args!("{id}: {kind}: {err}"));
        }
        let article = found.as_ref().ok().and_then(|found| found.first());
        let half = if id.bytes().last().is_some_and(|digit| digit % 2 == 0) { "(even)" } else { "(odd)" };
        let marks = marks(row, article, cases);
        for name in ["(all)", half, kind] {
            let count = counts.entry(name.to_owned()).or_default();
            count.pages += 1;
            count.refused += usize::from(article.is_none());
            count.time += time;
            marks.add_to(count);
        }
    }
    let row = |(name, count): (String, Count)| {
        let mean = if count.texts == 0 { "-".to_owned() } else { format!("{:.4}", count.f1 / count.texts as f64) };
        vec![
            name,
            count.pages.to_string(),
            count.refused.to_string(),
            count.dates.to_string(),
            share(count.right, count.dates),
            share(count.wrong, count.dates),
            share(count.invented, count.undated),
            share(count.titled, count.titles),
            share(count.authored, count.authors),
            mean,
            format!("{:.0}", count.pages as f64 / count.time.as_secs_f64().max(f64::MIN_POSITIVE)),
        ]
    };
    Table {
        heads: vec![
            "pages",
            "pages",
            "refused",
            "dated",
            "date right",
            "date wrong",
            "date for none",
            "title",
            "author",
            "text F1",
            "pages/s",
        ],
        rows: counts.into_iter().map(row).collect(),
    }
}

fn page(path: &Path) -> Result<Vec<u8>, String> {
    let mut html = Vec::new();
    let file = File::open(path).map_err(|err| format!("{}: {err}", path.display()))?;
    GzDecoder::new(file).read_to_end(&mut html).map_err(|err| format!("{}: {err}", path.display()))?;
    Ok(html)
}

/// What is right of one page; `None` where the gold says nothing.
struct Marks {
    date: Option<Option<bool>>,
    invented: bool,
    title: Option<bool>,
    author: Option<bool>,
    f1: Option<f64>,
}

impl Marks {
    fn add_to(&self, count: &mut Count) {
        match self.date {
            Some(date) => {
                count.dates += 1;
                count.right += usize::from(date == Some(true));
                count.wrong += usize::from(date == Some(false));
            }
            None => {
                count.undated += 1;
                count.invented += usize::from(self.invented);
            }
        }
        count.titles += usize::from(self.title.is_some());
        count.titled += usize::from(self.title == Some(true));
        count.authors += usize::from(self.author.is_some());
        count.authored += usize::from(self.author == Some(true));
        count.texts += usize::from(self.f1.is_some());
        count.f1 += self.f1.unwrap_or_default();
    }
}

fn marks(row: &Value, article: Option<&Article>, cases: &mut Cases) -> Marks {
    let (id, kind) = (text(row, "id"), text(row, "type"));
    let gold = |key: &str| Some(text(row, key)).filter(|text| !text.is_empty());
    let chosen = article.and_then(|article| article.date.as_ref());
    let day = chosen.filter(|date| date.chosen.value.precision() >= Precision::Day);
    let day = day.map(|date| date.chosen.value.first_day().to_string());
    let date = gold("date").map(|gold| day.as_ref().map(|day| day.starts_with(gold)));
    let said = || chosen.map_or_else(|| "none".to_owned(), |date| date.chosen.to_string());
    if date.is_some_and(|date| date != Some(true)) {
        cases.tell(format_args!("{id}: {kind}: date is {}, read as {}", text(row, "date"), said()));
    }
    if date.is_none() && day.is_some() {
        cases.tell(format_args!("{id}: {kind}: no date, read as {}", said()));
    }
    let found = article.map(|article| article.title.text.as_str()).unwrap_or_default();
    let title = gold("title").map(|gold| line(gold) == line(found));
    if title == Some(false) {
        cases.tell(format_args!("{id}: {kind}: title is {:?}, read as {found:?}", text(row, "title")));
    }
    let found =
        article.map(|article| article.authors.iter().map(|author| author.name.as_str()).collect::<Vec<_>>().join(", "));
    let found = found.unwrap_or_default();
    let author = gold("author").map(|gold| names(gold) == names(&found));
    if author == Some(false) {
        cases.tell(format_args!("{id}: {kind}: author is {:?}, read as {found:?}", text(row, "author")));
    }
    if gold("author").is_none() && !found.is_empty() {
        cases.tell(format_args!("{id}: {kind}: no author, read as {found:?}"));
    }
    let f1 = gold("text").map(|gold| {
        let body = article.map(|article| feedmill_markup::html::to_text(&article.body.text)).unwrap_or_default();
        f1(&words(gold), &words(&body))
    });
    Marks { date, invented: day.is_some(), title, author, f1 }
}

/// One line with plain quotes and dashes.
fn line(text: &str) -> String {
    let plain = text.chars().map(|c| match c {
        '‘' | '’' | '´' | '`' => '\'',
        '“' | '”' | '„' => '"',
        '–' | '—' | '‑' => '-',
        '\u{a0}' => ' ',
        c => c,
    });
    plain.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The letters of names, without what stands between them.
fn names(text: &str) -> String {
    let text = text.to_lowercase().replace(" and ", " ").replace(" & ", " ");
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The words of a text, in lower case, with how often each occurs.
fn words(text: &str) -> HashMap<String, usize> {
    let mut words = HashMap::new();
    for word in super::bag(text) {
        *words.entry(word).or_default() += 1;
    }
    words
}

fn f1(gold: &HashMap<String, usize>, found: &HashMap<String, usize>) -> f64 {
    let shared: usize = gold.iter().map(|(word, count)| found.get(word).map_or(0, |found| (*found).min(*count))).sum();
    let (gold, found): (usize, usize) = (gold.values().sum(), found.values().sum());
    if gold + found == 0 { 1.0 } else { 2.0 * shared as f64 / (gold + found) as f64 }
}
