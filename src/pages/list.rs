//! Lists of articles: all of them, those of a year, of a month.

use std::io;

use super::address::Links;
use super::frame::{self, Frame};
use super::front::{summaries, write_counted};
use super::{Shown, Visit, dates};
use crate::archive::{Month, Position, Row, Selection, Start};
use crate::error::Result;
use crate::render::html::HtmlWriter;

/// Articles on a page that shows their summaries.
const WITH_SUMMARIES: usize = 20;

/// Articles on a page that shows their titles.
const TITLES: usize = 200;

/// A part of a list, and what lies on both sides of it.
pub(super) struct Part {
    pub(super) rows: Vec<Row>,
    pub(super) newer: Option<Position>,
    pub(super) older: Option<Position>,
}

impl Visit<'_> {
    pub(super) fn all(&self, start: &Start) -> Result<Vec<u8>> {
        let wanted = Selection { as_of: Some(self.now), ..Selection::default() };
        let part = self.part(&wanted, None, start, WITH_SUMMARIES)?;
        let items = self.items(&part)?;
        let is_fleeting = *start != Start::Newest;
        let frame = Frame { is_fleeting, ..Frame::new(self.options, self.links, "All articles") };
        self.write(|body| {
            frame.write(body, |out| {
                out.element("h1", &[], "All articles")?;
                self.write_items(out, &items)?;
                write_ends(out, &self.links.all(), &part)
            })
        })
    }

    pub(super) fn year(&self, year: u16) -> Result<Option<Vec<u8>>> {
        let months = self.onlooker.months(self.now)?;
        let year = format!("{year:04}");
        let own: Vec<(Month, u64)> =
            months.into_iter().filter(|(month, _)| month.to_string().starts_with(&format!("{year}-"))).rev().collect();
        if own.is_empty() {
            return Ok(None);
        }
        let frame = Frame::new(self.options, self.links, &year);
        let page = self.write(|body| {
            frame.write(body, |out| {
                out.element("h1", &[], &year)?;
                let sum = own.iter().map(|(_, articles)| articles).sum();
                out.element("p", &[("class", "lead")], &frame::articles(sum))?;
                out.raw("<ul class=\"list\">\n")?;
                for (month, articles) in &own {
                    write_counted(out, &self.links.month(*month), dates::month_of_year(*month), *articles)?;
                }
                out.raw("</ul>\n")
            })
        });
        page.map(Some)
    }

    pub(super) fn month(&self, month: Month, start: &Start) -> Result<Option<Vec<u8>>> {
        let wanted = Selection { as_of: Some(self.now), ..Selection::default() };
        let part = self.part(&wanted, Some(month), start, TITLES)?;
        if part.rows.is_empty() && *start == Start::Newest {
            return Ok(None);
        }
        let months = self.onlooker.months(self.now)?;
        // Newest first.
        let before = months.iter().find(|(other, _)| *other < month);
        let after = months.iter().rev().find(|(other, _)| *other > month);
        let count = months.iter().find(|(other, _)| *other == month).map(|(_, articles)| *articles);
        let title = dates::month(month);
        let is_fleeting = *start != Start::Newest;
        let frame = Frame { is_fleeting, ..Frame::new(self.options, self.links, &title) };
        let page = self.write(|body| {
            frame.write(body, |out| {
                out.element("h1", &[], &title)?;
                if let Some(count) = count {
                    out.element("p", &[("class", "lead")], &frame::articles(count))?;
                }
                self.write_titles(out, &part.rows)?;
                write_ends(out, &self.links.month(month), &part)?;
                out.raw("<nav class=\"ends\" aria-label=\"Other months\">\n")?;
                if let Some((month, _)) = before {
                    write_end(out, "prev", &self.links.month(*month), "← ", &dates::month(*month))?;
                }
                let year = month.to_string().split('-').next().unwrap_or_default().to_owned();
                write_end(out, "up", &self.links.year(&year), "", &year)?;
                if let Some((month, _)) = after {
                    write_end(out, "next", &self.links.month(*month), "→ ", &dates::month(*month))?;
                }
                out.raw("</nav>\n")
            })
        });
        page.map(Some)
    }

    /// A part of a list.
    pub(super) fn part(&self, wanted: &Selection, month: Option<Month>, start: &Start, most: usize) -> Result<Part> {
        let mut rows = self.onlooker.list(wanted, month, start, most + 1)?;
        let has_more = rows.len() > most;
        // The one too many stands at the end that was not asked for.
        match start {
            Start::Above(_) if has_more => drop(rows.remove(0)),
            _ => rows.truncate(most),
        }
        let (first, last) = (rows.first().map(Position::of), rows.last().map(Position::of));
        Ok(match start {
            Start::Newest => Part { newer: None, older: last.filter(|_| has_more), rows },
            Start::Below(from) => Part { newer: first.or(Some(from.clone())), older: last.filter(|_| has_more), rows },
            Start::Above(from) => Part { newer: first.filter(|_| has_more), older: last.or(Some(from.clone())), rows },
        })
    }

    pub(super) fn items(&self, part: &Part) -> Result<Vec<Shown>> {
        let summaries = summaries();
        part.rows.iter().map(|row| self.shown(row.clone(), &summaries)).collect()
    }

    pub(super) fn write_items(&self, out: &mut HtmlWriter<'_>, items: &[Shown]) -> io::Result<()> {
        if items.is_empty() {
            out.element("p", &[("class", "empty")], "There is nothing in this part of the list.")?;
        }
        items.iter().try_for_each(|item| self.write_item(out, item, "h2"))
    }

    /// Titles below the days of their publication.
    fn write_titles(&self, out: &mut HtmlWriter<'_>, rows: &[Row]) -> io::Result<()> {
        let mut day = String::new();
        for row in rows {
            let own = dates::day(&row.published);
            if own != day {
                out.raw(if day.is_empty() { "" } else { "</ul>\n" })?;
                out.element("h2", &[("class", "day")], &own)?;
                out.raw("<ul class=\"titles\">\n")?;
                day = own;
            }
            out.raw("<li")?;
            out.attribute("lang", frame::site_language(self.options))?;
            out.raw(" dir=\"auto\">")?;
            out.link(&self.links.article(&row.path), &row.title)?;
            out.raw("</li>\n")?;
        }
        out.raw(if day.is_empty() { "" } else { "</ul>\n" })
    }
}

/// Links to what comes before and after a part of a list.
pub(super) fn write_ends(out: &mut HtmlWriter<'_>, list: &str, part: &Part) -> io::Result<()> {
    if part.newer.is_none() && part.older.is_none() {
        return Ok(());
    }
    out.raw("<nav class=\"ends\" aria-label=\"Further articles\">\n")?;
    if let Some(place) = &part.newer {
        write_end(out, "prev", &Links::from(list, "after", place), "← ", "Newer articles")?;
    }
    if let Some(place) = &part.older {
        write_end(out, "next", &Links::from(list, "before", place), "→ ", "Older articles")?;
    }
    out.raw("</nav>\n")
}

/// A link to the next or the last of something, with an arrow that only eyes see.
pub(super) fn write_end(
    out: &mut HtmlWriter<'_>,
    relation: &str,
    address: &str,
    arrow: &str,
    text: &str,
) -> io::Result<()> {
    out.raw("<a")?;
    out.attribute("rel", relation)?;
    out.attribute("href", address)?;
    out.raw(">")?;
    if arrow.starts_with('←') {
        out.raw("<span aria-hidden=\"true\">← </span>")?;
    }
    out.text(text)?;
    if arrow.starts_with('→') {
        out.raw("<span aria-hidden=\"true\"> →</span>")?;
    }
    out.raw("</a>\n")
}
