//! The front page: what is new, and every way to the rest.

use std::io;

use super::address::Links;
use super::frame::{self, Frame};
use super::{Shown, Visit, dates};
use crate::archive::{Label, LabelKind, Month, Selection, Start};
use crate::error::Result;
use crate::feed::FeedSpec;
use crate::render::html::{HtmlWriter, formats};
use crate::render::list;

/// Articles on the front page.
const RECENT: usize = 12;

/// Tags on the front page.
const MOST_TAGS: usize = 30;

/// Months that are shown one by one; those before by year.
const MOST_MONTHS: usize = 12;

/// Feeds on the front page.
const MOST_FEEDS: usize = 50;

impl Visit<'_> {
    pub(super) fn front(&self) -> Result<Vec<u8>> {
        let wanted = Selection { as_of: Some(self.now), ..Selection::default() };
        let summaries = summaries();
        let mut rows = self.onlooker.list(&wanted, None, &Start::Newest, RECENT + 1)?;
        let has_more = rows.len() > RECENT;
        rows.truncate(RECENT);
        let items = rows.into_iter().map(|row| self.shown(row, &summaries)).collect::<Result<Vec<Shown>>>()?;
        let months = self.onlooker.months(self.now)?;
        let tags = match self.onlooker.catalogue() {
            Some(catalogue) => catalogue.labels(LabelKind::Tag, MOST_TAGS)?,
            None => Vec::new(),
        };
        let about = self.options.feeds.iter().find(|feed| feed.name.is_empty()).map_or("", |feed| &feed.description);
        let frame = Frame { description: about, ..Frame::new(self.options, self.links, "") };
        self.write(|body| {
            frame.write(body, |out| {
                out.raw("<h1")?;
                out.attribute("lang", frame::site_language(self.options))?;
                out.raw(" dir=\"auto\">")?;
                out.text(frame::site_name(self.options))?;
                out.raw("</h1>\n")?;
                if !about.trim().is_empty() {
                    let language = frame::site_language(self.options);
                    out.element("p", &[("class", "lead"), ("lang", language), ("dir", "auto")], about)?;
                }
                out.raw("<div class=\"columns\">\n<section class=\"recent\" aria-labelledby=\"recent\">\n")?;
                out.element("h2", &[("id", "recent")], "Recent articles")?;
                for item in &items {
                    self.write_item(out, item, "h3")?;
                }
                if items.is_empty() {
                    out.element("p", &[("class", "empty")], "Nothing has been published here yet.")?;
                }
                if has_more && let Some(last) = items.last() {
                    out.raw("<p class=\"more\">")?;
                    out.link(&Links::from(&self.links.all(), "before", &place(last)), "Older articles")?;
                    out.raw("</p>\n")?;
                }
                out.raw("</section>\n<div class=\"ways\">\n")?;
                self.write_feeds(out)?;
                self.write_months(out, &months)?;
                self.write_tags_of_all(out, &tags)?;
                out.raw("</div>\n</div>\n")
            })
        })
    }

    fn write_feeds(&self, out: &mut HtmlWriter<'_>) -> io::Result<()> {
        out.raw("<section class=\"card\" aria-labelledby=\"feeds\">\n")?;
        out.element("h2", &[("id", "feeds")], "Feeds")?;
        out.raw("<p>Put one of these addresses into a feed reader, and new articles come to you. ")?;
        out.raw("<a href=\"https://aboutfeeds.com/\">What is a feed?</a></p>\n<ul class=\"feeds\">\n")?;
        let feeds = &self.options.feeds;
        for spec in feeds.iter().filter(|spec| spec.split.is_none()).take(MOST_FEEDS) {
            out.raw("<li><span")?;
            out.attribute("lang", spec.language.as_deref().unwrap_or(frame::site_language(self.options)))?;
            out.raw(" dir=\"auto\">")?;
            let title = frame::feed_title(self.options, spec);
            out.text(&title)?;
            out.raw("</span> <span class=\"formats\">")?;
            for (at, format) in formats().enumerate() {
                out.raw(if at == 0 { "" } else { " " })?;
                out.raw("<a")?;
                out.attribute("type", format.link_type())?;
                out.attribute("href", &frame::feed_address(self.links, spec, format))?;
                out.attribute("aria-label", &format!("{title} as {}", format.label()))?;
                out.raw(">")?;
                out.text(format.label())?;
                out.raw("</a>")?;
            }
            out.raw("</span></li>\n")?;
        }
        out.raw("</ul>\n")?;
        if feeds.len() > 1 || feeds.iter().any(|spec| spec.split.is_some()) {
            out.raw("<p>")?;
            out.link(&self.links.to(list::FILE_NAME), "All feeds")?;
            out.raw("</p>\n")?;
        }
        out.raw("</section>\n")
    }

    fn write_months(&self, out: &mut HtmlWriter<'_>, months: &[(Month, u64)]) -> io::Result<()> {
        out.raw("<section aria-labelledby=\"months\">\n")?;
        out.element("h2", &[("id", "months")], "Months")?;
        out.raw("<ul class=\"list\">\n")?;
        for (month, articles) in months.iter().take(MOST_MONTHS) {
            write_counted(out, &self.links.month(*month), &dates::month(*month), *articles)?;
        }
        out.raw("</ul>\n")?;
        let years = years(months);
        if months.len() > MOST_MONTHS || years.len() > 1 {
            out.element("h3", &[], "Years")?;
            out.raw("<ul class=\"list\">\n")?;
            for (year, articles) in &years {
                write_counted(out, &self.links.year(year), year, *articles)?;
            }
            out.raw("</ul>\n")?;
        }
        out.raw("</section>\n")
    }

    fn write_tags_of_all(&self, out: &mut HtmlWriter<'_>, tags: &[Label]) -> io::Result<()> {
        if tags.is_empty() {
            return Ok(());
        }
        out.raw("<section aria-labelledby=\"tags\">\n")?;
        out.element("h2", &[("id", "tags")], "Tags")?;
        out.raw("<ul class=\"tags\">\n")?;
        for tag in tags {
            out.raw("<li dir=\"auto\"")?;
            out.attribute("lang", frame::site_language(self.options))?;
            out.raw(">")?;
            out.link(&self.links.label(LabelKind::Tag, &tag.term), &tag.spelling)?;
            out.raw("</li>\n")?;
        }
        out.raw("</ul>\n<p class=\"more\">")?;
        out.link(&self.links.labels(LabelKind::Tag), "All tags")?;
        out.raw("</p>\n</section>\n")
    }
}

/// What lists show of articles.
pub(super) fn summaries() -> FeedSpec {
    FeedSpec { full_text: false, ..FeedSpec::default() }
}

/// A link with a number behind it.
pub(super) fn write_counted(out: &mut HtmlWriter<'_>, address: &str, text: &str, count: u64) -> io::Result<()> {
    out.raw("<li>")?;
    out.link(address, text)?;
    out.raw(" <span class=\"count\">")?;
    out.text(&frame::articles(count))?;
    out.raw("</span></li>\n")
}

pub(super) fn place(shown: &Shown) -> crate::archive::Position {
    crate::archive::Position::of(&shown.row)
}

/// The years of months, newest first.
pub(super) fn years(months: &[(Month, u64)]) -> Vec<(String, u64)> {
    let mut years: Vec<(String, u64)> = Vec::new();
    for (month, articles) in months {
        let year = month.to_string().split('-').next().unwrap_or_default().to_owned();
        match years.last_mut().filter(|(last, _)| *last == year) {
            Some((_, sum)) => *sum += articles,
            None => years.push((year, *articles)),
        }
    }
    years
}
