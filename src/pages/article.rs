//! The page of an article.

use std::io;

use super::frame::Frame;
use super::list::write_end;
use super::{Shown, Visit, dates};
use crate::archive::{Position, Row, Selection, Start};
use crate::error::Result;
use crate::feed::{Entry, FeedSpec, PAGES, media_type};
use crate::render::html::{HtmlWriter, file_name, readable_size};

impl Visit<'_> {
    pub(super) fn article(&self, key: &str) -> Result<Option<Vec<u8>>> {
        let Some(row) = self.onlooker.article(key, self.now)? else { return Ok(None) };
        // As much as there is: a page is for one reader who wants just this.
        let whole = FeedSpec { max_bytes: usize::MAX, ..FeedSpec::default() };
        let shown = self.shown(row, &whole)?;
        let place = Position::of(&shown.row);
        let older = self.neighbour(Start::Below(place.clone()))?;
        let newer = self.neighbour(Start::Above(place))?;
        let title = shown.read.as_ref().map_or(&shown.row.title, |(_, entry)| &entry.title);
        let elsewhere = shown.read.as_ref().and_then(|(_, entry)| self.elsewhere(entry));
        let description = shown.read.as_ref().and_then(|(_, entry)| entry.summary.as_deref()).unwrap_or_default();
        let frame = Frame {
            description,
            canonical: elsewhere.unwrap_or_default(),
            ..Frame::new(self.options, self.links, title)
        };
        let page = self.write(|body| {
            frame.write(body, |out| {
                out.raw("<article class=\"whole\">\n<header>\n<h1")?;
                self.write_language(out, &shown)?;
                out.raw(" dir=\"auto\">")?;
                out.text(title)?;
                out.raw("</h1>\n")?;
                match &shown.read {
                    Some((_, entry)) => self.write_whole(out, &shown, entry)?,
                    None => {
                        out.raw("</header>\n")?;
                        out.element("p", &[], "This article cannot be read now.")?;
                    }
                }
                out.raw("</article>\n<nav class=\"ends\" aria-label=\"Other articles\">\n")?;
                self.write_neighbour(out, "prev", "Older", older.as_ref())?;
                self.write_neighbour(out, "next", "Newer", newer.as_ref())?;
                out.raw("</nav>\n")
            })
        });
        page.map(Some)
    }

    fn write_whole(&self, out: &mut HtmlWriter<'_>, shown: &Shown, entry: &Entry) -> io::Result<()> {
        out.raw("<p class=\"meta\">")?;
        self.write_date(out, shown)?;
        self.write_people(out, entry)?;
        // An edit on the day of publication is no news to a reader.
        if entry.updated.date_naive() > entry.published.date_naive() {
            out.raw("<span>updated <time")?;
            out.attribute("datetime", &feedmill_dates::write::rfc3339(&entry.updated))?;
            out.raw(">")?;
            out.text(&dates::day(&entry.updated))?;
            out.raw("</time></span>")?;
        }
        out.raw("</p>\n</header>\n<div class=\"body\"")?;
        self.write_language(out, shown)?;
        out.raw(">\n")?;
        match (&entry.content, &entry.summary) {
            (Some(content), _) => out.text_of_article(content)?,
            (None, Some(summary)) => out.element("p", &[("class", "summary"), ("dir", "auto")], summary)?,
            (None, None) => {}
        }
        out.raw("</div>\n")?;
        self.write_files(out, entry)?;
        out.raw("<footer class=\"about\">\n")?;
        self.write_tags(out, shown)?;
        if let Some(address) = self.elsewhere(entry) {
            out.raw("<p class=\"more\">")?;
            out.link(address, &format!("Read it at {}", host(address)))?;
            out.raw("</p>\n")?;
        }
        if let Some((record, _)) = &shown.read
            && let Some(date) = &record.article.date
        {
            out.element("p", &[("class", "known")], &dates::provenance(date))?;
        }
        out.raw("</footer>\n")
    }

    fn write_files(&self, out: &mut HtmlWriter<'_>, entry: &Entry) -> io::Result<()> {
        if entry.enclosures.is_empty() {
            return Ok(());
        }
        out.raw("<h2 class=\"small\">Files</h2>\n<ul class=\"files\">\n")?;
        for file in &entry.enclosures {
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

    fn write_neighbour(
        &self,
        out: &mut HtmlWriter<'_>,
        relation: &str,
        word: &str,
        row: Option<&Row>,
    ) -> io::Result<()> {
        let Some(row) = row else { return Ok(()) };
        let arrow = if relation == "prev" { "←" } else { "→" };
        write_end(out, relation, &self.links.article(&row.path), arrow, &format!("{word}: {}", row.title))
    }

    fn neighbour(&self, start: Start) -> Result<Option<Row>> {
        let wanted = Selection { as_of: Some(self.now), ..Selection::default() };
        Ok(self.onlooker.list(&wanted, None, &start, 1)?.into_iter().next())
    }

    /// The article's own address, where it has one that is not below this site's feeds.
    fn elsewhere<'e>(&self, entry: &'e Entry) -> Option<&'e str> {
        let below = entry.url.strip_prefix(&self.options.site.url);
        let is_here = below.is_some_and(|rest| rest.starts_with("index.html#") || rest.starts_with(PAGES));
        (!is_here).then_some(entry.url.as_str())
    }
}

/// The host of an address, as people know it.
fn host(address: &str) -> String {
    let host = url::Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned));
    host.map_or_else(|| "its own address".to_owned(), |host| host.trim_start_matches("www.").to_owned())
}
