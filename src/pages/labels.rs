//! Tags, sections and authors, and the articles of each.

use std::io;

use super::Visit;
use super::frame::{self, Frame};
use super::front::write_counted;
use super::list::write_ends;
use crate::archive::{Label, LabelKind, Selection, Start};
use crate::error::Result;
use crate::render::html::HtmlWriter;

/// Labels on one page: those that are used most. Rarer ones are reached from the articles that have them.
const MOST: usize = 500;

/// Articles on a page.
const ARTICLES: usize = 20;

impl Visit<'_> {
    pub(super) fn labels(&self, kind: LabelKind) -> Result<Vec<u8>> {
        let (mut labels, count) = match self.onlooker.catalogue() {
            Some(catalogue) => (catalogue.labels(kind, MOST)?, catalogue.label_count(kind)?),
            None => (Vec::new(), 0),
        };
        labels.sort_by(|one, other| one.term.cmp(&other.term));
        let heading = frame::heading(kind);
        let frame = Frame::new(self.options, self.links, heading);
        self.write(|body| {
            frame.write(body, |out| {
                out.element("h1", &[], heading)?;
                let words = match (self.onlooker.catalogue().is_some(), labels.is_empty()) {
                    (false, _) => "They are being counted.".to_owned(),
                    (true, true) => "There are none.".to_owned(),
                    _ if count > MOST as u64 => {
                        format!("The {MOST} most used of {}.", frame::grouped(count))
                    }
                    _ => String::new(),
                };
                if !words.is_empty() {
                    out.element("p", &[("class", "lead")], &words)?;
                }
                self.write_labels(out, kind, &labels)
            })
        })
    }

    fn write_labels(&self, out: &mut HtmlWriter<'_>, kind: LabelKind, labels: &[Label]) -> io::Result<()> {
        if labels.is_empty() {
            return Ok(());
        }
        out.raw("<ul class=\"list many\">\n")?;
        for label in labels {
            write_counted(out, &self.links.label(kind, &label.term), &label.spelling, label.articles)?;
        }
        out.raw("</ul>\n")
    }

    pub(super) fn label(&self, kind: LabelKind, name: &str, start: &Start) -> Result<Option<Vec<u8>>> {
        let names = vec![name.to_owned()];
        let mut wanted = Selection { as_of: Some(self.now), ..Selection::default() };
        match kind {
            LabelKind::Tag => wanted.tags = names,
            LabelKind::Section => wanted.sections = names,
            LabelKind::Author => wanted.authors = names,
        }
        let part = self.part(&wanted, None, start, ARTICLES)?;
        if part.rows.is_empty() && *start == Start::Newest {
            return Ok(None);
        }
        let known = match self.onlooker.catalogue() {
            Some(catalogue) => catalogue.label(kind, name)?,
            None => None,
        };
        let items = self.items(&part)?;
        let spelling = known.as_ref().map_or(name, |label| &label.spelling);
        let title = format!("{}: {spelling}", one(kind));
        let feeds: Vec<_> = self
            .options
            .feeds
            .iter()
            .filter(|feed| feed.split.is_none() && feed.selection == only(&wanted))
            .cloned()
            .collect();
        let frame = Frame {
            is_fleeting: *start != Start::Newest,
            feeds: if feeds.is_empty() { &self.options.feeds } else { &feeds },
            ..Frame::new(self.options, self.links, &title)
        };
        let page = self.write(|body| {
            frame.write(body, |out| {
                out.raw("<h1><span class=\"kind\">")?;
                out.text(one(kind))?;
                out.raw(":</span> <span dir=\"auto\"")?;
                out.attribute("lang", frame::site_language(self.options))?;
                out.raw(">")?;
                out.text(spelling)?;
                out.raw("</span></h1>\n")?;
                if let Some(label) = &known {
                    out.element("p", &[("class", "lead")], &frame::articles(label.articles))?;
                }
                self.write_items(out, &items)?;
                write_ends(out, &self.links.label(kind, &name.trim().to_lowercase()), &part)
            })
        });
        page.map(Some)
    }
}

/// The selection of a feed of the same articles.
fn only(wanted: &Selection) -> Selection {
    Selection { as_of: None, ..wanted.clone() }
}

/// One of a kind.
fn one(kind: LabelKind) -> &'static str {
    match kind {
        LabelKind::Tag => "Tag",
        LabelKind::Section => "Section",
        LabelKind::Author => "Author",
    }
}
