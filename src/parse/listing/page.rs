//! The indexes that servers make of directories, as pages.

use url::Url;

use super::{Gather, Listed, is_name, without_fragment};
use crate::parse::web_url;
use feedmill_dates::{self as dates, DateValue, Order};
use feedmill_markup::html::tokens::{self, Listener, Tag};

/// Reads the page.
pub(super) fn read(html: &str, url: &Url, gather: &mut Gather) {
    let Ok(directory) = url.join(".") else { return };
    let mut reader =
        Reader { url, directory, base: None, gather, row: Row::default(), in_anchor: false, in_pre: false };
    tokens::read(html, &mut reader);
    reader.end_row();
}

struct Reader<'r> {
    url: &'r Url,
    directory: Url,
    /// What the page says that its links are relative to.
    base: Option<Url>,
    gather: &'r mut Gather,
    row: Row,
    in_anchor: bool,
    in_pre: bool,
}

/// One line of the index: of a table, a list, or of preformatted text.
#[derive(Default)]
struct Row {
    urls: Vec<String>,
    /// What stands beside the link.
    text: String,
    /// What is said in attributes, for programs.
    moment: Option<DateValue>,
    size: Option<u64>,
}

/// Names of one line; a line has one, and one more where a picture is linked too.
const MOST_IN_ROW: usize = 100;

/// As much of the text of a line is looked at.
const LONGEST_ROW: usize = 400;

impl Reader<'_> {
    /// Whether the link leads to something in the directory, and where.
    fn inside(&self, href: &str) -> Option<String> {
        let url = web_url(href, Some(self.base.as_ref().unwrap_or(self.url)))?;
        let url = without_fragment(url);
        let parsed = Url::parse(&url).ok()?;
        // Links that sort have a query, and the path of the listing.
        let is_here = parsed.origin() == self.directory.origin() && parsed.query().is_none();
        let below = parsed.path().strip_prefix(self.directory.path()).filter(|_| is_here)?;
        let below = below.strip_suffix('/').unwrap_or(below);
        below.split('/').all(is_name).then_some(url)
    }

    fn end_row(&mut self) {
        let mut row = std::mem::take(&mut self.row);
        row.urls.dedup();
        let (mut modified, mut size) = (row.moment, row.size);
        // Beside several names, date and size are those of none.
        match row.urls.len() {
            0 => return,
            1 => {
                let (shown, counted) = beside(&row.text);
                modified = modified.or(shown);
                size = size.or(counted);
            }
            _ => (modified, size) = (None, None),
        }
        for url in row.urls {
            let is_directory = url.ends_with('/');
            let size = size.filter(|_| !is_directory);
            self.gather.take(Listed { url, is_directory, modified: modified.clone(), size });
        }
    }
}

impl Listener for Reader<'_> {
    fn start(&mut self, tag: &Tag, is_raw: bool) -> bool {
        match &*tag.name {
            "base" if self.base.is_none() => {
                self.base = tag.attribute("href").and_then(|href| self.url.join(href.trim()).ok());
            }
            "tr" | "li" | "br" | "hr" | "p" | "dt" | "ul" | "table" => self.end_row(),
            "pre" => {
                self.end_row();
                self.in_pre = true;
            }
            "a" => {
                self.in_anchor = true;
                let url = tag.attribute("href").and_then(|href| self.inside(href));
                if let Some(url) = url.filter(|_| self.row.urls.len() < MOST_IN_ROW) {
                    self.row.urls.push(url);
                }
            }
            "td" | "span" | "div" => {
                self.row.push(" ");
                self.row.size = self.row.size.or_else(|| tag.attribute("data-size")?.parse().ok());
            }
            "time" => {
                let stated = tag.attribute("datetime").and_then(dates::read);
                self.row.moment = self.row.moment.take().or(stated.map(|reading| reading.value));
            }
            _ => {}
        }
        is_raw
    }

    fn end(&mut self, name: &str) {
        match name {
            "a" => self.in_anchor = false,
            "pre" => {
                self.end_row();
                self.in_pre = false;
            }
            "tr" | "li" | "table" => self.end_row(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        // Names look like dates often enough.
        if self.in_anchor {
            return;
        }
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 && self.in_pre {
                self.end_row();
            }
            self.row.push(line);
            self.row.push(" ");
        }
    }
}

impl Row {
    fn push(&mut self, text: &str) {
        if self.text.len() < LONGEST_ROW {
            let room = LONGEST_ROW - self.text.len();
            self.text.extend(text.chars().take(room));
        }
    }
}

/// Date and size in the text beside a name.
fn beside(text: &str) -> (Option<DateValue>, Option<u64>) {
    let text = text.replace('\u{a0}', " ");
    let starts = text
        .char_indices()
        .filter(|(at, c)| !c.is_whitespace() && text[..*at].chars().next_back().is_none_or(char::is_whitespace));
    /// Columns before the date: a name that is no link, an owner, a size, a weekday.
    const MOST_WORDS: usize = 12;
    for (at, _) in starts.take(MOST_WORDS) {
        let Some((reading, used)) = dates::read_prefix(&text[at..]) else { continue };
        // `7/9/2023` is one day or another: none then. The size is the same.
        let modified = Some(reading.value).filter(|_| reading.order != Order::Ambiguous);
        let mut behind = text[at + used..].split_whitespace();
        let size = match behind.next().map(|word| (word, exact(word, behind.next()))) {
            Some((_, Some(size))) => Some(size),
            // Tomcat and Jetty show it before the date.
            Some(("-", None)) => None,
            _ => {
                let mut before = text[..at].split_whitespace().rev();
                match before.next() {
                    Some(unit) if is_bytes(unit) => before.next().and_then(|word| exact(word, None)),
                    Some(word) => exact(word, None),
                    None => None,
                }
            }
        };
        return (modified, size);
    }
    (None, None)
}

/// A number of bytes; `None` where it is a rounded number of something greater.
fn exact(word: &str, unit: Option<&str>) -> Option<u64> {
    const UNITS: [&str; 4] = ["k", "m", "g", "t"];
    let is_greater = unit.is_some_and(|unit| {
        let unit = unit.to_ascii_lowercase();
        UNITS.iter().any(|greater| unit == *greater || unit == format!("{greater}b") || unit == format!("{greater}ib"))
    });
    let is_number = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    word.parse().ok().filter(|_| is_number && !is_greater)
}

fn is_bytes(unit: &str) -> bool {
    ["b", "byte", "bytes"].iter().any(|name| unit.eq_ignore_ascii_case(name))
}

/// Whether a page, or its beginning, is the index of a directory: by its title or heading (`Index of /`, `Directory
/// listing for /`), by its links that sort, or by the way up that such pages show.
pub fn is_index(html: &[u8]) -> bool {
    /// Its signs stand in the beginning.
    const NEAR: usize = 16 << 10;
    let html = String::from_utf8_lossy(&html[..html.len().min(NEAR)]);
    let mut signs = Signs::default();
    tokens::read(&html, &mut signs);
    signs.end_text();
    signs.is_titled || signs.sorts >= 2 || signs.goes_up
}

#[derive(Default)]
struct Signs {
    /// The text of the title, heading or link that is open.
    text: Option<String>,
    in_link: bool,
    is_titled: bool,
    sorts: usize,
    goes_up: bool,
}

impl Signs {
    fn begin_text(&mut self, in_link: bool) {
        self.end_text();
        self.text = Some(String::new());
        self.in_link = in_link;
    }

    fn end_text(&mut self) {
        const TITLES: [&str; 5] =
            ["index of /", "directory listing for /", "directory: /", "directory listing for [/", "listing of /"];
        const UP: [&str; 3] = ["../", "parent directory", "[to parent directory]"];
        let Some(text) = self.text.take() else { return };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_lowercase();
        match self.in_link {
            true => self.goes_up |= UP.contains(&text.as_str()),
            false => self.is_titled |= TITLES.iter().any(|title| text.starts_with(title)),
        }
    }
}

impl Listener for Signs {
    fn start(&mut self, tag: &Tag, is_raw: bool) -> bool {
        match &*tag.name {
            "title" | "h1" | "h2" => self.begin_text(false),
            "a" => {
                self.begin_text(true);
                let query = tag.attribute("href").and_then(|href| href.trim().strip_prefix('?')).unwrap_or_default();
                // Apache and lighttpd write `?C=N;O=D`, Caddy `?sort=name&order=desc`.
                let is_sort = query.starts_with("C=") && query.contains("O=")
                    || query.starts_with("sort=") && query.contains("order=");
                self.sorts += usize::from(is_sort);
            }
            _ => {}
        }
        is_raw
    }

    fn end(&mut self, name: &str) {
        if matches!(name, "title" | "h1" | "h2" | "a") {
            self.end_text();
        }
    }

    fn text(&mut self, text: &str) {
        const LONGEST: usize = 200;
        if let Some(open) = self.text.as_mut().filter(|open| open.len() < LONGEST) {
            open.extend(text.chars().take(LONGEST));
        }
    }
}
