//! The page that lists all feeds of a site, says how to subscribe, and how to name them on other pages of the site.

use std::io::{self, Write};

use super::writer::HtmlWriter;
use super::{EXPLANATION, GENERATOR, ICON, STYLE, STYLE_HASH, direction, formats, is_english};
use crate::feed::{Group, Listed, Roster};
use feedmill_markup as markup;

/// What the list needs beyond what the pages of feeds need.
const LIST_STYLE: &str = include_str!("list.css");

/// The hash of it for the page's policy; a test keeps it true.
const LIST_STYLE_HASH: &str = "sha256-iODR7+07gA5DukLXvXqxdC2gzq/JkdkjwPkNznw8oIU=";

/// So many feeds are named in the lines for the `head` of other pages: browsers and readers show such lists as a menu.
const MOST_NAMED: usize = 10;

/// The file that the list is written to, at the top of the output directory.
pub const FILE_NAME: &str = "feeds.html";

/// Writes the page; `subscriptions` is the name of the list for feed readers beside it.
pub fn write(roster: &Roster, subscriptions: &str, out: &mut dyn Write) -> io::Result<()> {
    let page = Page { roster, english: is_english(roster.language.as_deref()) };
    let mut out = HtmlWriter::new(out);
    page.head(&mut out, subscriptions)?;
    page.introduction(&mut out, subscriptions)?;
    out.raw("<main id=\"feeds\">\n")?;
    if !roster.feeds.is_empty() {
        out.raw("<ul class=\"own\">\n")?;
        for feed in &roster.feeds {
            own_feed(&mut out, feed)?;
        }
        out.raw("</ul>\n")?;
    }
    for group in &roster.groups {
        page.group(&mut out, group)?;
    }
    if roster.all().next().is_none() {
        out.raw("<p class=\"empty\" lang=\"en\">There is no feed here yet.</p>\n")?;
    }
    out.raw("</main>\n")?;
    page.for_owners(&mut out)?;
    out.raw("</body>\n</html>\n")?;
    out.finish()
}

struct Page<'a> {
    roster: &'a Roster,
    /// Whether the site is in English, as the page's own words are.
    english: bool,
}

impl Page<'_> {
    fn title(&self) -> String {
        format!("Feeds of {}", self.roster.publisher)
    }

    fn head(&self, out: &mut HtmlWriter<'_>, subscriptions: &str) -> io::Result<()> {
        let language = self.roster.language.as_deref().unwrap_or("en");
        out.raw("<!DOCTYPE html>\n<html")?;
        out.attribute("lang", language)?;
        out.attribute("dir", direction(language))?;
        out.raw(">\n<head>\n<meta charset=\"utf-8\">\n<title>")?;
        out.text(&self.title())?;
        out.raw("</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")?;
        out.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '")?;
        out.raw(STYLE_HASH)?;
        out.raw("' '")?;
        out.raw(LIST_STYLE_HASH)?;
        out.raw("'; img-src data:; base-uri 'none'; form-action 'none'\">\n")?;
        out.empty("meta", &[("name", "generator"), ("content", GENERATOR)])?;
        out.empty("link", &[("rel", "canonical"), ("href", &self.roster.url_of(FILE_NAME))])?;
        out.empty("link", &[("rel", "icon"), ("href", ICON)])?;
        for (format, title, address) in self.named() {
            out.empty("link", &[("rel", "alternate"), ("type", format), ("title", &title), ("href", &address)])?;
        }
        let address = self.roster.url_of(subscriptions);
        out.empty("link", &[("rel", "alternate"), ("type", "text/x-opml"), ("title", "OPML"), ("href", &address)])?;
        out.raw("<style>")?;
        out.raw(STYLE)?;
        out.raw("</style>\n<style>")?;
        out.raw(LIST_STYLE)?;
        out.raw("</style>\n</head>\n")
    }

    fn introduction(&self, out: &mut HtmlWriter<'_>, subscriptions: &str) -> io::Result<()> {
        out.raw("<body>\n<a class=\"skip\" href=\"#feeds\"")?;
        self.own_words(out)?;
        out.raw(">Skip to the feeds</a>\n<header>\n<p class=\"site\" dir=\"auto\">")?;
        out.link(&self.roster.home_url, &self.roster.publisher)?;
        out.raw("</p>\n<h1")?;
        self.own_words(out)?;
        out.raw(">All feeds</h1>\n<section class=\"subscribe\" aria-labelledby=\"subscribe\" dir=\"ltr\"")?;
        self.own_words(out)?;
        out.raw(">\n<h2 id=\"subscribe\">Subscribe</h2>\n<p>Put the address of a feed, or of its page, into a feed reader, ")?;
        out.raw("and new articles come to you. No account, no e-mail. <a href=\"")?;
        out.raw(EXPLANATION)?;
        out.raw("\">What is a feed?</a> Feed readers import all of them from one list.</p>\n<ul>\n<li><a")?;
        out.attribute("type", "text/x-opml")?;
        out.attribute("href", &self.roster.url_of(subscriptions))?;
        out.raw(">All feeds (OPML)</a></li>\n")?;
        for group in &self.roster.groups {
            out.raw("<li><a")?;
            out.attribute("href", &format!("#{}", anchor(&group.name)))?;
            out.raw(">")?;
            out.text(&format!("{} ({})", group.title, group.feeds.len()))?;
            out.raw("</a></li>\n")?;
        }
        out.raw("</ul>\n</section>\n</header>\n")
    }

    fn group(&self, out: &mut HtmlWriter<'_>, group: &Group) -> io::Result<()> {
        let anchor = anchor(&group.name);
        out.raw("<section")?;
        out.attribute("aria-labelledby", &anchor)?;
        out.raw(">\n<h2")?;
        out.attribute("id", &anchor)?;
        self.own_words(out)?;
        out.raw(">")?;
        out.text(&group.title)?;
        out.raw("</h2>\n<ul class=\"values\">\n")?;
        for feed in &group.feeds {
            out.raw("<li><bdi>")?;
            out.link(&format!("{}index.html", feed.base_url), &feed.label)?;
            out.raw("</bdi> <span>")?;
            out.text(&feed.articles.to_string())?;
            out.raw("</span></li>\n")?;
        }
        out.raw("</ul>\n</section>\n")
    }

    /// Lines to be copied into the pages of the site, so that readers find the feeds from there.
    fn for_owners(&self, out: &mut HtmlWriter<'_>) -> io::Result<()> {
        if self.roster.all().next().is_none() {
            return Ok(());
        }
        let mut lines = String::new();
        for (format, title, address) in self.named() {
            let (title, address) = (markup::escape(&title), markup::escape(&address));
            lines.push_str(&format!(
                "<link rel=\"alternate\" type=\"{format}\" title=\"{title}\" href=\"{address}\">\n"
            ));
        }
        out.raw("<footer dir=\"ltr\"")?;
        self.own_words(out)?;
        out.raw(
            ">\n<details class=\"owners\">\n<summary>For the pages of your own site</summary>\n<p>With these lines in ",
        )?;
        out.raw("the <code>head</code> of a page, browsers and feed readers find the feeds from there.</p>\n")?;
        out.raw("<pre tabindex=\"0\"><code>")?;
        out.text(lines.trim_end())?;
        out.raw("</code></pre>\n</details>\n</footer>\n")
    }

    /// Format, title and address of the feeds that other pages should name: the first in every format, the others in
    /// one.
    fn named(&self) -> Vec<(&'static str, String, String)> {
        let mut named = Vec::new();
        for (at, feed) in self.roster.all().take(MOST_NAMED).enumerate() {
            for format in formats().take(if at == 0 { usize::MAX } else { 1 }) {
                let title = if at == 0 { format!("{} ({})", feed.title, format.label()) } else { feed.title.clone() };
                named.push((format.link_type(), title, format!("{}{}", feed.base_url, format.file_name())));
            }
        }
        named
    }

    /// Marks the page's own words as English where the page is not.
    fn own_words(&self, out: &mut HtmlWriter<'_>) -> io::Result<()> {
        if self.english { Ok(()) } else { out.attribute("lang", "en") }
    }
}

fn own_feed(out: &mut HtmlWriter<'_>, feed: &Listed) -> io::Result<()> {
    out.raw("<li>\n<p dir=\"auto\">")?;
    out.link(&format!("{}index.html", feed.base_url), &feed.label)?;
    out.raw("</p>\n<p class=\"formats\">")?;
    for (at, format) in formats().enumerate() {
        out.raw(if at == 0 { "<a" } else { " <a" })?;
        out.attribute("type", format.link_type())?;
        out.attribute("href", &format!("{}{}", feed.base_url, format.file_name()))?;
        out.raw(">")?;
        out.text(format.label())?;
        out.raw("</a>")?;
    }
    out.raw("</p>\n</li>\n")
}

/// What a group is called in an address on the page: the name of its directory, in characters that need no escape.
pub fn anchor(name: &str) -> String {
    let plain = |byte: u8| match byte {
        b'/' => "-".to_owned(),
        b'-' | b'.' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("_{byte:02x}"),
    };
    name.bytes().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::super::tests::base64;
    use super::*;

    fn listed(title: &str, label: &str, directory: &str) -> Listed {
        let base_url = format!("https://courier.example/{directory}");
        Listed { title: title.into(), label: label.into(), base_url, articles: 7 }
    }

    fn rendered(roster: &Roster) -> String {
        let mut bytes = Vec::new();
        write(roster, "feeds.opml", &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    fn roster() -> Roster {
        Roster {
            publisher: "Tides & <Times>".into(),
            language: Some("pt".into()),
            home_url: "https://courier.example/".into(),
            base_url: "https://courier.example/".into(),
            feeds: vec![listed("Tides & \"Times\"", "Tides & \"Times\"", "")],
            groups: vec![Group {
                title: "Tags".into(),
                name: "a/größe".into(),
                feeds: vec![listed("Tides: <b>", "<b>", "a/gr%C3%B6%C3%9Fe/b-1/")],
            }],
        }
    }

    #[test]
    fn every_word_is_escaped_and_every_address_is_there() {
        let page = rendered(&roster());
        for piece in [
            "<html lang=\"pt\" dir=\"ltr\">",
            "<title>Feeds of Tides &amp; &lt;Times&gt;</title>",
            "<a href=\"#a-gr_c3_b6_c3_9fe\">Tags (1)</a>",
            "<h2 id=\"a-gr_c3_b6_c3_9fe\" lang=\"en\">Tags</h2>",
            "<a href=\"https://courier.example/a/gr%C3%B6%C3%9Fe/b-1/index.html\">&lt;b&gt;</a></bdi> <span>7</span>",
            "<a type=\"application/rss+xml\" href=\"https://courier.example/rss.xml\">RSS</a>",
            // What is copied is escaped once for the page that it is copied into.
            "title=\"Tides &amp;amp; &amp;quot;Times&amp;quot; (Atom)\" href=\"https://courier.example/atom.xml\"&gt;",
        ] {
            assert!(page.contains(piece), "{piece}\n{page}");
        }
        let empty = rendered(&Roster { feeds: Vec::new(), groups: Vec::new(), ..roster() });
        assert!(empty.contains("no feed here yet") && !empty.contains("<details"), "{empty}");
    }

    #[test]
    fn the_policy_allows_both_styles_and_nothing_else() {
        assert_eq!(LIST_STYLE_HASH, format!("sha256-{}", base64(&Sha256::digest(LIST_STYLE))));
        let page = rendered(&roster());
        assert!(page.contains(&format!("style-src '{STYLE_HASH}' '{LIST_STYLE_HASH}'")));
        for forbidden in ["<script", "style=", "onclick", "url(", "@import", "<iframe"] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
    }
}
