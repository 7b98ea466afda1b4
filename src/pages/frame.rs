//! What stands around every page: the name of the site, the way to other pages, the field of the search.

use std::io;

use super::address::Links;
use super::{Kind, Options, Shown, Visit, dates};
use crate::archive::LabelKind;
use crate::feed::{Entry, FeedSpec};
use crate::render::html::{HtmlWriter, ICON, formats};
use crate::render::{GENERATOR, Renderer};

/// The style of the pages of feeds, and what these pages have beside that.
const STYLE: &str = concat!(include_str!("../render/html/page.css"), include_str!("page.css"));

/// The only style that the policy of pages allows, by its SHA-256; a test keeps it true.
const STYLE_HASH: &str = "sha256-bIO8azK3xAiwRSoExPyul+02Dghv4K0MUl12AMVMVlk=";

/// A page, but for its content.
pub(super) struct Frame<'a> {
    pub(super) options: &'a Options,
    pub(super) links: &'a Links,
    /// What the browser calls it; the name of the site is added.
    pub(super) title: &'a str,
    /// What search engines are told that it is about.
    pub(super) description: &'a str,
    /// The address that is the page's own; that of the site with the page's path where empty.
    pub(super) canonical: &'a str,
    /// What was asked, in the field of the search.
    pub(super) question: &'a str,
    /// Whether search engines shall pass it by.
    pub(super) is_fleeting: bool,
    /// The feeds that readers find by the address of the page.
    pub(super) feeds: &'a [FeedSpec],
}

impl<'a> Frame<'a> {
    pub(super) fn new(options: &'a Options, links: &'a Links, title: &'a str) -> Frame<'a> {
        Frame {
            options,
            links,
            title,
            description: "",
            canonical: "",
            question: "",
            is_fleeting: false,
            feeds: &options.feeds,
        }
    }

    /// Writes the page around its content.
    pub(super) fn write(
        &self,
        body: &mut Vec<u8>,
        content: impl FnOnce(&mut HtmlWriter<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut out = HtmlWriter::new(body);
        self.write_head(&mut out)?;
        self.write_bar(&mut out)?;
        content(&mut out)?;
        out.raw("</main>\n<footer>\n")?;
        if let Some(rights) = self.options.site.rights.as_deref().filter(|rights| !rights.trim().is_empty()) {
            out.element("p", &[("lang", self.language()), ("dir", "auto")], rights.trim())?;
        }
        out.raw("<p>")?;
        out.link(&self.links.front(), "Front page")?;
        out.raw(" · ")?;
        out.link(&format!("{}#feeds", self.links.front()), "Feeds")?;
        out.raw("</p>\n</footer>\n</body>\n</html>\n")
    }

    fn write_head(&self, out: &mut HtmlWriter<'_>) -> io::Result<()> {
        // The words of the pages are English; what articles say is marked with its own language.
        out.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>")?;
        let name = site_name(self.options);
        match self.title {
            "" => out.text(name)?,
            title => out.text(&format!("{title} – {name}"))?,
        }
        out.raw("</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")?;
        out.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '")?;
        out.raw(STYLE_HASH)?;
        out.raw("'; img-src http: https: data:; media-src http: https:; base-uri 'none'; form-action 'self'\">\n")?;
        if !self.description.is_empty() {
            out.empty("meta", &[("name", "description"), ("content", self.description)])?;
        }
        out.empty("meta", &[("name", "generator"), ("content", GENERATOR)])?;
        if self.is_fleeting {
            out.empty("meta", &[("name", "robots"), ("content", "noindex")])?;
        } else {
            let own = format!("{}{}", self.options.site.url, self.links.own);
            let canonical = if self.canonical.is_empty() { &own } else { self.canonical };
            out.empty("link", &[("rel", "canonical"), ("href", canonical)])?;
        }
        out.empty("link", &[("rel", "icon"), ("href", ICON)])?;
        for spec in self.feeds.iter().filter(|spec| spec.split.is_none()).take(MOST_ANNOUNCED) {
            for format in formats() {
                let title = format!("{} ({})", feed_title(self.options, spec), format.label());
                let address = feed_address(self.links, spec, format);
                let attributes =
                    [("rel", "alternate"), ("type", format.link_type()), ("title", &*title), ("href", &*address)];
                out.empty("link", &attributes)?;
            }
        }
        out.raw("<style>")?;
        out.raw(STYLE)?;
        out.raw("</style>\n</head>\n")
    }

    fn write_bar(&self, out: &mut HtmlWriter<'_>) -> io::Result<()> {
        out.raw("<body class=\"pages\">\n<a class=\"skip\" href=\"#content\">Skip to the content</a>\n")?;
        out.raw("<header class=\"bar\">\n<p class=\"name\"")?;
        out.attribute("lang", self.language())?;
        out.raw(" dir=\"auto\">")?;
        out.link(&self.links.front(), site_name(self.options))?;
        out.raw("</p>\n<form role=\"search\" action=\"")?;
        out.raw(&self.links.search())?;
        out.raw("\">\n<label for=\"q\">Search</label>\n<input type=\"search\" id=\"q\" name=\"q\" maxlength=\"300\"")?;
        if !self.question.is_empty() {
            out.attribute("value", self.question)?;
        }
        out.raw(">\n<button>Search</button>\n</form>\n<nav aria-label=\"Archive\">\n<ul>\n")?;
        let mut item = |address: &str, text: &str| {
            out.raw("<li>")?;
            out.link(address, text)?;
            out.raw("</li>\n")
        };
        item(&self.links.all(), "All articles")?;
        item(&format!("{}#months", self.links.front()), "Months")?;
        item(&self.links.labels(LabelKind::Tag), "Tags")?;
        item(&self.links.labels(LabelKind::Section), "Sections")?;
        item(&self.links.labels(LabelKind::Author), "Authors")?;
        item(&format!("{}#feeds", self.links.front()), "Feeds")?;
        out.raw("</ul>\n</nav>\n</header>\n<main id=\"content\">\n")
    }

    fn language(&self) -> &str {
        site_language(self.options)
    }
}

/// Feeds that a page announces to readers; who publishes hundreds has a list of them.
const MOST_ANNOUNCED: usize = 5;

/// A page that says why there is no other.
pub(super) fn words(options: &Options, links: &Links, kind: &Kind) -> io::Result<Vec<u8>> {
    let (title, text) = match kind {
        Kind::TooLong => (
            "This takes too long",
            "Finding it would take longer than anybody should wait. Fewer words with a *, or rarer words, are found faster.",
        ),
        Kind::Nothing => ("Nothing here", "There is no page at this address, or no longer."),
        _ => (
            "The archive is being prepared",
            "It can be read again in a moment. Feeds are not affected: readers get what they ask for.",
        ),
    };
    let mut body = Vec::new();
    let frame = Frame { is_fleeting: true, ..Frame::new(options, links, title) };
    frame.write(&mut body, |out| {
        out.element("h1", &[], title)?;
        out.element("p", &[], text)
    })?;
    Ok(body)
}

/// The name of the site.
pub(super) fn site_name(options: &Options) -> &str {
    match options.site.title.trim() {
        "" => "Archive",
        title => title,
    }
}

/// The language of what articles say that name none.
pub(super) fn site_language(options: &Options) -> &str {
    options.site.language.as_deref().unwrap_or("en")
}

/// What a feed is called.
pub(super) fn feed_title(options: &Options, spec: &FeedSpec) -> String {
    match (spec.title.trim(), spec.name.as_str()) {
        ("", "") => site_name(options).to_owned(),
        ("", name) => format!("{}: {name}", site_name(options)),
        (title, _) => title.to_owned(),
    }
}

/// Where a feed stands.
pub(super) fn feed_address(links: &Links, spec: &FeedSpec, format: &dyn Renderer) -> String {
    match spec.name.as_str() {
        "" => links.to(format.file_name()),
        name => links.to(&format!("{name}/{}", format.file_name())),
    }
}

impl Visit<'_> {
    /// An article in a list: date, title, summary, tags.
    pub(super) fn write_item(&self, out: &mut HtmlWriter<'_>, shown: &Shown, heading: &str) -> io::Result<()> {
        let title = match &shown.read {
            Some((_, entry)) => &entry.title,
            None => &shown.row.title,
        };
        out.raw("<article>\n<p class=\"meta\">")?;
        self.write_date(out, shown)?;
        if let Some((_, entry)) = &shown.read {
            self.write_people(out, entry)?;
        }
        out.raw("</p>\n<")?;
        out.raw(heading)?;
        self.write_language(out, shown)?;
        out.raw(" dir=\"auto\">")?;
        out.link(&self.links.article(&shown.row.path), title)?;
        out.raw("</")?;
        out.raw(heading)?;
        out.raw(">\n")?;
        if let Some((_, entry)) = &shown.read {
            if let Some(summary) = &entry.summary {
                out.raw("<p class=\"summary\"")?;
                self.write_language(out, shown)?;
                out.raw(" dir=\"auto\">")?;
                out.text(summary)?;
                out.raw("</p>\n")?;
            }
            self.write_tags(out, shown)?;
        }
        out.raw("</article>\n")
    }

    pub(super) fn write_date(&self, out: &mut HtmlWriter<'_>, shown: &Shown) -> io::Result<()> {
        let words = match &shown.read {
            Some((record, _)) => dates::of_record(record),
            None => dates::day(&shown.row.published),
        };
        out.raw("<time")?;
        out.attribute("datetime", &feedmill_dates::write::rfc3339(&shown.row.published))?;
        out.raw(">")?;
        out.text(&words)?;
        out.raw("</time>")
    }

    pub(super) fn write_people(&self, out: &mut HtmlWriter<'_>, entry: &Entry) -> io::Result<()> {
        if entry.authors.is_empty() {
            return Ok(());
        }
        out.raw("<span dir=\"auto\">")?;
        for (at, person) in entry.authors.iter().enumerate() {
            out.raw(if at == 0 { "" } else { ", " })?;
            out.link(&self.links.label(LabelKind::Author, &person.name.trim().to_lowercase()), &person.name)?;
        }
        out.raw("</span>")
    }

    /// The tags of an article, and its section, as links.
    pub(super) fn write_tags(&self, out: &mut HtmlWriter<'_>, shown: &Shown) -> io::Result<()> {
        self.write_labels_of(out, shown, &labels_of(shown))
    }

    /// Labels of an article as links. A tag that says no more than the section is left out.
    pub(super) fn write_labels_of(
        &self,
        out: &mut HtmlWriter<'_>,
        shown: &Shown,
        labels: &[(LabelKind, &str)],
    ) -> io::Result<()> {
        if labels.is_empty() {
            return Ok(());
        }
        out.raw("<ul class=\"tags\" aria-label=\"Section and tags\">\n")?;
        let mut seen: Vec<String> = Vec::new();
        for (kind, label) in labels {
            let term = label.to_lowercase();
            if seen.contains(&term) {
                continue;
            }
            out.raw("<li dir=\"auto\"")?;
            self.write_language(out, shown)?;
            out.raw(">")?;
            out.link(&self.links.label(*kind, &term), label)?;
            out.raw("</li>\n")?;
            seen.push(term);
        }
        out.raw("</ul>\n")
    }

    /// The language of what an article says, as an attribute.
    pub(super) fn write_language(&self, out: &mut HtmlWriter<'_>, shown: &Shown) -> io::Result<()> {
        let own = shown.read.as_ref().and_then(|(_, entry)| entry.language.as_deref());
        let language = own.unwrap_or(site_language(self.options));
        if language == "en" { Ok(()) } else { out.attribute("lang", language) }
    }
}

/// The section of an article and its tags.
pub(super) fn labels_of(shown: &Shown) -> Vec<(LabelKind, &str)> {
    let Some((record, _)) = &shown.read else { return Vec::new() };
    let section = record.article.section.iter().map(|section| (LabelKind::Section, section));
    let tags = record.article.tags.iter().map(|tag| (LabelKind::Tag, tag));
    section.chain(tags).map(|(kind, label)| (kind, label.trim())).filter(|(_, label)| !label.is_empty()).collect()
}

/// The name of a kind of label, as a heading has it.
pub(super) fn heading(kind: LabelKind) -> &'static str {
    match kind {
        LabelKind::Tag => "Tags",
        LabelKind::Section => "Sections",
        LabelKind::Author => "Authors",
    }
}

/// `12 articles`.
pub(super) fn articles(count: u64) -> String {
    match count {
        1 => "1 article".to_owned(),
        _ => format!("{} articles", grouped(count)),
    }
}

/// `12,345`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn the_policy_names_the_style() {
        let digest = Sha256::digest(STYLE.as_bytes());
        assert_eq!(STYLE_HASH, format!("sha256-{}", crate::render::html::base64(&digest)));
    }

    #[test]
    fn numbers_are_read_at_a_glance() {
        assert_eq!(
            (grouped(0), grouped(999), grouped(1_000), grouped(1_234_567)),
            ("0".into(), "999".into(), "1,000".into(), "1,234,567".into())
        );
    }
}
