//! The page for people: the same entries as in the feeds, and how to subscribe to them.
//!
//! One document without scripts, and without anything that has to be fetched but the pictures of the articles: it
//! works from a disk, behind the strictest Content-Security-Policy, on a phone, in the dark and in print.

#[cfg(test)]
mod tests;
pub mod article;
pub mod list;
mod writer;

use std::io::{self, Write};

use chrono::{DateTime, Datelike, FixedOffset};

#[cfg(test)]
pub(crate) use tests::base64;
pub(crate) use writer::HtmlWriter;

use super::{GENERATOR, RENDERERS, Renderer, Rendering};
use crate::article::Enclosure;
use crate::feed::{Entry, Head, Outline, Place, media_type};
use feedmill_dates::write::rfc3339;

/// The web page.
pub(super) struct Html;

const STYLE: &str = include_str!("page.css");

/// The only style that the page's policy allows, by its SHA-256; a test keeps it true.
const STYLE_HASH: &str = "sha256-hYICEntCYh8tj5+DhENPkUdbXRwD7yweMFTI3r0uGRY=";

/// Where somebody who never subscribed to anything finds out how.
const EXPLANATION: &str = "https://aboutfeeds.com/";

/// A feed symbol, so that browsers do not ask the server for one.
pub(crate) const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' \
                    stroke='%23c2571a' stroke-width='3.4' stroke-linecap='round'%3E%3Cpath d='M4 11a9 9 0 0 1 9 9M4 \
                    4a16 16 0 0 1 16 16M5 19v.01'/%3E%3C/svg%3E";

/// Languages that are written from right to left.
const RIGHT_TO_LEFT: &[&str] = &["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

impl Renderer for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn label(&self) -> &'static str {
        "web page"
    }

    fn about(&self) -> &'static str {
        "a web page of the same entries, with a word on how to subscribe"
    }

    fn file_name(&self) -> &'static str {
        "index.html"
    }

    fn extension(&self) -> &'static str {
        "html"
    }

    fn media_type(&self) -> &'static str {
        "text/html; charset=utf-8"
    }

    fn is_feed(&self) -> bool {
        false
    }

    fn begin<'a>(&self, head: &'a Head, _: &Outline, out: &'a mut dyn Write) -> io::Result<Box<dyn Rendering + 'a>> {
        let page = Page {
            feed: head,
            english: is_english(head.language.as_deref()),
            address: self.address(head),
            newest: head.url_of(self.file_name()),
        };
        let mut out = HtmlWriter::new(out);
        let name = match &head.place {
            Place::Archived { name, .. } => format!(" ({name})"),
            _ => String::new(),
        };
        page.write_head(&mut out, &format!("{}{name}", head.title), &head.description)?;
        page.write_header(&mut out)?;
        out.raw("<main id=\"articles\">\n")?;
        Ok(Box::new(Document { out, page, is_empty: true }))
    }
}

struct Document<'a> {
    out: HtmlWriter<'a>,
    page: Page<'a>,
    is_empty: bool,
}

impl Rendering for Document<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        self.is_empty = false;
        self.page.write_entry(&mut self.out, entry)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        if self.is_empty && !self.page.feed.place.is_archived() {
            self.out.raw("<p class=\"empty\" lang=\"en\">Nothing has been published here yet.</p>\n")?;
        }
        self.out.raw("</main>\n")?;
        self.page.write_history(&mut self.out)?;
        self.page.write_footer(&mut self.out, self.is_empty)?;
        self.out.finish()
    }
}

struct Page<'a> {
    feed: &'a Head,
    /// Whether the page is in English, as its own few words are.
    english: bool,
    /// The address of the page.
    address: String,
    /// The address of the feed's page with the newest entries.
    newest: String,
}

impl Page<'_> {
    fn write_head(&self, out: &mut HtmlWriter<'_>, title: &str, description: &str) -> io::Result<()> {
        let feed = self.feed;
        let language = feed.language.as_deref().unwrap_or("en");
        out.raw("<!DOCTYPE html>\n<html")?;
        out.attribute("lang", language)?;
        out.attribute("dir", direction(language))?;
        out.raw(">\n<head>\n<meta charset=\"utf-8\">\n<title>")?;
        out.text(title)?;
        out.raw("</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")?;
        out.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '")?;
        out.raw(STYLE_HASH)?;
        out.raw("'; img-src http: https: data:; media-src http: https:; base-uri 'none'; form-action 'none'\">\n")?;
        out.empty("meta", &[("name", "description"), ("content", description)])?;
        out.empty("meta", &[("name", "generator"), ("content", GENERATOR)])?;
        out.empty("link", &[("rel", "canonical"), ("href", &self.address)])?;
        out.empty("link", &[("rel", "icon"), ("href", ICON)])?;
        for format in formats() {
            let title = format!("{} ({})", feed.title, format.label());
            let address = feed.url_of(format.file_name());
            let attributes =
                [("rel", "alternate"), ("type", format.link_type()), ("title", &title), ("href", &address)];
            out.empty("link", &attributes)?;
        }
        out.raw("<style>")?;
        out.raw(STYLE)?;
        out.raw("</style>\n</head>\n")
    }

    fn write_header(&self, out: &mut HtmlWriter<'_>) -> io::Result<()> {
        let feed = self.feed;
        out.raw("<body>\n<a class=\"skip\" href=\"#articles\"")?;
        self.own_words(out)?;
        out.raw(">Skip to the articles</a>\n<header>\n")?;
        if feed.publisher != feed.title {
            out.raw("<p class=\"site\" dir=\"auto\">")?;
            out.link(&feed.home_url, &feed.publisher)?;
            out.raw("</p>\n")?;
        }
        out.element("h1", &[("dir", "auto")], &feed.title)?;
        match &feed.place {
            Place::Archived { name, .. } => out.element("p", &[("class", "lead")], name)?,
            _ => out.element("p", &[("class", "lead"), ("dir", "auto")], &feed.description)?,
        }
        out.raw("<section class=\"subscribe\" aria-labelledby=\"subscribe\" dir=\"ltr\"")?;
        self.own_words(out)?;
        out.raw(
            ">\n<h2 id=\"subscribe\">Subscribe</h2>\n<p>Put the address of this page, or one of these, into a feed ",
        )?;
        out.raw("reader, and new articles come to you. No account, no e-mail. <a href=\"")?;
        out.raw(EXPLANATION)?;
        out.raw("\">What is a feed?</a></p>\n<ul>\n")?;
        for format in formats() {
            out.raw("<li><a")?;
            out.attribute("type", format.link_type())?;
            out.attribute("href", &feed.url_of(format.file_name()))?;
            out.raw(">")?;
            out.text(format.label())?;
            out.raw("</a></li>\n")?;
        }
        out.raw("</ul>\n</section>\n")?;
        self.write_beside(out)?;
        out.raw("</header>\n")
    }

    /// On the front page: the other feeds.
    fn write_beside(&self, out: &mut HtmlWriter<'_>) -> io::Result<()> {
        let (Some(all), false) = (&self.feed.beside.all, self.feed.beside.named.is_empty()) else { return Ok(()) };
        out.raw("<nav class=\"subscribe\" aria-labelledby=\"others\">\n<h2 id=\"others\"")?;
        self.own_words(out)?;
        out.raw(">Other feeds</h2>\n<ul>\n")?;
        for (title, address) in &self.feed.beside.named {
            out.raw("<li dir=\"auto\">")?;
            out.link(address, title)?;
            out.raw("</li>\n")?;
        }
        out.raw("<li")?;
        self.own_words(out)?;
        out.raw(">")?;
        out.link(all, "All feeds, and how to link them")?;
        out.raw("</li>\n</ul>\n</nav>\n")
    }

    fn write_entry(&self, out: &mut HtmlWriter<'_>, entry: &Entry) -> io::Result<()> {
        out.raw("<article")?;
        out.attribute("id", &entry.anchor)?;
        if let Some(language) = entry.language.as_deref().filter(|lang| self.feed.language.as_deref() != Some(*lang)) {
            out.attribute("lang", language)?;
        }
        out.raw(">\n")?;
        self.write_meta(out, entry)?;
        let is_here = self.is_here(entry);
        let here = format!("#{}", entry.anchor);
        out.raw("<h2 dir=\"auto\">")?;
        out.link(if is_here { &here } else { &entry.url }, &entry.title)?;
        out.raw("</h2>\n")?;
        if let Some(summary) = &entry.summary {
            out.element("p", &[("class", "summary"), ("dir", "auto")], summary)?;
        }
        match &entry.content {
            Some(content) if entry.summary.is_some() => {
                out.raw("<details>\n<summary")?;
                self.own_words(out)?;
                out.raw(">Full text</summary>\n")?;
                out.text_of_article(content)?;
                out.raw("</details>\n")?;
            }
            Some(content) => out.text_of_article(content)?,
            None if !is_here => {
                out.raw("<p class=\"more\"")?;
                self.own_words(out)?;
                out.raw(">")?;
                out.link(&entry.url, "Read the article")?;
                out.raw("</p>\n")?;
            }
            None => {}
        }
        self.write_files(out, &entry.enclosures)?;
        if !entry.tags.is_empty() {
            out.raw("<ul class=\"tags\"")?;
            if self.english {
                out.attribute("aria-label", "Tags")?;
            }
            out.raw(">\n")?;
            for tag in &entry.tags {
                out.element("li", &[("dir", "auto")], tag)?;
            }
            out.raw("</ul>\n")?;
        }
        out.raw("</article>\n")
    }

    fn write_meta(&self, out: &mut HtmlWriter<'_>, entry: &Entry) -> io::Result<()> {
        out.raw("<p class=\"meta\">")?;
        self.write_date(out, &entry.published)?;
        if !entry.authors.is_empty() {
            out.raw("<span dir=\"auto\">")?;
            for (at, person) in entry.authors.iter().enumerate() {
                out.raw(if at == 0 { "" } else { ", " })?;
                match &person.uri {
                    Some(uri) => out.link(uri, &person.name)?,
                    None => out.text(&person.name)?,
                }
            }
            out.raw("</span>")?;
        }
        // An edit on the day of publication is no news to a reader.
        if entry.updated.date_naive() > entry.published.date_naive() {
            out.raw("<span")?;
            self.own_words(out)?;
            out.raw(">updated ")?;
            self.write_date(out, &entry.updated)?;
            out.raw("</span>")?;
        }
        out.raw("</p>\n")
    }

    fn write_files(&self, out: &mut HtmlWriter<'_>, files: &[Enclosure]) -> io::Result<()> {
        if files.is_empty() {
            return Ok(());
        }
        out.raw("<ul class=\"files\">\n")?;
        for file in files {
            out.raw("<li>")?;
            out.link(&file.url, &file_name(&file.url))?;
            out.raw(" (")?;
            out.text(media_type(file))?;
            if let Some(length) = file.length {
                out.text(&format!(", {}", readable_size(length)))?;
            }
            out.raw(")</li>\n")?;
        }
        out.raw("</ul>\n")
    }

    /// The way to older and newer entries, where they stand on other pages.
    fn write_history(&self, out: &mut HtmlWriter<'_>) -> io::Result<()> {
        let current = self.feed.place.is_archived().then(|| self.feed.url_of(Html.file_name()));
        let ways = [
            ("prev", "Older articles", Html.older(self.feed)),
            ("next", "Newer articles", Html.newer(self.feed)),
            ("up", "Newest articles", current),
        ];
        if ways.iter().all(|(.., address)| address.is_none()) {
            return Ok(());
        }
        out.raw("<nav class=\"subscribe\" aria-label=\"History\" dir=\"ltr\"")?;
        self.own_words(out)?;
        out.raw(">\n<ul>\n")?;
        for (relation, words, address) in &ways {
            let Some(address) = address else { continue };
            out.raw("<li><a")?;
            out.attribute("rel", relation)?;
            out.attribute("href", address)?;
            out.raw(">")?;
            out.text(words)?;
            out.raw("</a></li>\n")?;
        }
        out.raw("</ul>\n</nav>\n")
    }

    fn write_footer(&self, out: &mut HtmlWriter<'_>, is_empty: bool) -> io::Result<()> {
        out.raw("<footer>\n")?;
        if let Some(rights) = &self.feed.rights {
            out.element("p", &[("dir", "auto")], rights)?;
        }
        if !is_empty {
            out.raw("<p")?;
            self.own_words(out)?;
            out.raw(">Last change: ")?;
            self.write_date(out, &self.feed.updated)?;
            out.raw("</p>\n")?;
        }
        if let Some(all) = &self.feed.beside.all {
            out.raw("<p")?;
            self.own_words(out)?;
            out.raw(">")?;
            out.link(all, "All feeds of this site")?;
            out.raw("</p>\n")?;
        }
        out.raw("</footer>\n</body>\n</html>\n")
    }

    /// Marks the page's own words as English where the page is not.
    fn own_words(&self, out: &mut HtmlWriter<'_>) -> io::Result<()> {
        if self.english { Ok(()) } else { out.attribute("lang", "en") }
    }

    /// `9 July 2023`; where that is no English page, the form that every language reads.
    fn write_date(&self, out: &mut HtmlWriter<'_>, instant: &DateTime<FixedOffset>) -> io::Result<()> {
        let machine = rfc3339(instant);
        out.raw("<time")?;
        out.attribute("datetime", &machine)?;
        out.raw(">")?;
        // What is written for machines is clamped to the years that can be written.
        match (self.english, MONTHS.get(instant.month0() as usize)) {
            (true, Some(month)) if (1..=9999).contains(&instant.year()) => {
                out.text(&format!("{} {month} {}", instant.day(), instant.year()))?;
            }
            _ => out.text(machine.split('T').next().unwrap_or(&machine))?,
        }
        out.raw("</time>")
    }

    /// Whether the article stands nowhere but on the pages of the feed, of which this is one.
    fn is_here(&self, entry: &Entry) -> bool {
        let page = entry.url.strip_suffix(&entry.anchor).and_then(|rest| rest.strip_suffix('#'));
        page.is_some_and(|page| page == self.newest && !self.feed.place.is_archived() || page == self.address)
    }
}

pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The formats that can be subscribed to.
pub(crate) fn formats() -> impl Iterator<Item = &'static dyn Renderer> {
    RENDERERS.iter().copied().filter(|renderer| renderer.is_feed())
}

pub(crate) fn is_english(language: Option<&str>) -> bool {
    language.is_none_or(|tag| primary(tag).eq_ignore_ascii_case("en"))
}

pub(crate) fn direction(language: &str) -> &'static str {
    let primary = primary(language).to_ascii_lowercase();
    if RIGHT_TO_LEFT.contains(&primary.as_str()) { "rtl" } else { "ltr" }
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// The last segment of an address as people write it; the whole address where there is none.
pub(crate) fn file_name(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let name = path.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or(url);
    percent_decoded(name).unwrap_or_else(|| name.to_owned())
}

/// `None` where the escapes make no text.
fn percent_decoded(segment: &str) -> Option<String> {
    let mut pieces = segment.split('%');
    let mut bytes = pieces.next()?.as_bytes().to_vec();
    for piece in pieces {
        let digits = piece.get(..2).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(&piece.as_bytes()[2..]);
    }
    String::from_utf8(bytes).ok()
}

/// `12.3 MB`, in the decimal units that file managers show.
pub(crate) fn readable_size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", (bytes + 500) / 1_000),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}
