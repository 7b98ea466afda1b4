//! What a search finds.

use std::io;

use super::address::LAST_PAGE;
use super::frame::{self, Frame};
use super::list::write_end;
use super::snippet::{Piece, marked, snippet};
use super::{Shown, Visit};
use crate::archive::{Count, Found, Order, Question};
use crate::article::BodyKind;
use crate::error::Result;
use crate::feed::FeedSpec;
use crate::render::html::HtmlWriter;
use feedmill_markup::{excerpt, html, markdown};

/// Articles on a page.
const RESULTS: usize = 10;

/// Characters of a title that are shown.
const TITLE: usize = 300;

/// What was found, and how.
struct Answer<'a> {
    asked: &'a str,
    question: Question,
    /// Whether nothing fits but words that begin so.
    is_loose: bool,
    order: Order,
    page: usize,
    found: Found,
    items: Vec<Shown>,
}

impl Visit<'_> {
    pub(super) fn search(&self, asked: &str, order: Order, page: usize) -> Result<Vec<u8>> {
        let Some(catalogue) = self.onlooker.catalogue() else { return self.search_words(asked, NOT_YET) };
        let mut question = Question::read(asked);
        if question.is_empty() {
            return self.search_words(asked, if asked.trim().is_empty() { "" } else { NO_WORDS });
        }
        let skip = (page - 1) * RESULTS;
        let mut found = catalogue.search(&question, order, self.now, skip, RESULTS)?;
        let mut is_loose = false;
        if found.count == Count::Exactly(0)
            && let Some(loose) = question.loosened()
        {
            found = catalogue.search(&loose, order, self.now, skip, RESULTS)?;
            is_loose = found.count != Count::Exactly(0);
            question = if is_loose { loose } else { question };
        }
        let is_complete = catalogue.is_complete()?;
        let spec = FeedSpec { full_text: false, ..FeedSpec::default() };
        let items = found.rows.iter().map(|row| self.shown(row.clone(), &spec)).collect::<Result<Vec<Shown>>>()?;
        let answer = Answer { asked, question, is_loose, order, page, found, items };
        let title = format!("Search: {asked}");
        let frame = Frame { question: asked, is_fleeting: true, ..Frame::new(self.options, self.links, &title) };
        self.write(|body| {
            frame.write(body, |out| {
                out.element("h1", &[], "Search")?;
                self.write_summary(out, &answer, is_complete)?;
                self.write_results(out, &answer)?;
                self.write_pages(out, &answer)?;
                if answer.items.is_empty() { write_help(out) } else { Ok(()) }
            })
        })
    }

    /// The page of a search that finds nothing for a reason.
    fn search_words(&self, asked: &str, words: &str) -> Result<Vec<u8>> {
        let frame = Frame { question: asked, is_fleeting: true, ..Frame::new(self.options, self.links, "Search") };
        self.write(|body| {
            frame.write(body, |out| {
                out.element("h1", &[], "Search")?;
                if !words.is_empty() {
                    out.element("p", &[("class", "lead")], words)?;
                }
                write_help(out)
            })
        })
    }

    fn write_summary(&self, out: &mut HtmlWriter<'_>, answer: &Answer<'_>, is_complete: bool) -> io::Result<()> {
        let count = match answer.found.count {
            Count::Exactly(count) => frame::articles(count),
            Count::Over(count) => format!("more than {}", frame::articles(count)),
        };
        out.raw("<p class=\"lead\" role=\"status\">")?;
        match answer.found.count {
            Count::Exactly(0) => out.raw("Nothing found for ")?,
            _ => {
                out.text(&count)?;
                out.raw(if answer.is_loose { " with words that begin like " } else { " for " })?;
            }
        }
        out.raw("<q dir=\"auto\">")?;
        out.text(answer.asked)?;
        out.raw("</q>")?;
        out.raw(if answer.page > 1 { ", page " } else { "" })?;
        if answer.page > 1 {
            out.text(&answer.page.to_string())?;
        }
        out.raw(".")?;
        if !is_complete {
            out.raw(" The catalogue is being made; articles that are not in it yet are not found.")?;
        }
        out.raw("</p>\n")?;
        if answer.items.is_empty() {
            return Ok(());
        }
        out.raw("<p class=\"order\">")?;
        for (at, (order, word)) in
            [(Order::Best, "Best first"), (Order::Newest, "Newest first")].into_iter().enumerate()
        {
            out.raw(if at == 0 { "" } else { " " })?;
            if order == answer.order {
                out.raw("<strong>")?;
                out.text(word)?;
                out.raw("</strong>")?;
            } else {
                out.link(&self.links.results(answer.asked, order, 1), word)?;
            }
        }
        out.raw("</p>\n")
    }

    fn write_results(&self, out: &mut HtmlWriter<'_>, answer: &Answer<'_>) -> io::Result<()> {
        for shown in &answer.items {
            out.raw("<article>\n<p class=\"meta\">")?;
            self.write_date(out, shown)?;
            if let Some((_, entry)) = &shown.read {
                self.write_people(out, entry)?;
            }
            out.raw("</p>\n<h2")?;
            self.write_language(out, shown)?;
            out.raw(" dir=\"auto\"><a")?;
            out.attribute("href", &self.links.article(&shown.row.path))?;
            out.raw(">")?;
            let title = shown.read.as_ref().map_or(&shown.row.title, |(_, entry)| &entry.title);
            write_pieces(out, &marked(&answer.question, &excerpt(title, TITLE)))?;
            out.raw("</a></h2>\n")?;
            if let Some((record, _)) = &shown.read {
                let body = &record.article.body;
                let text = match body.kind {
                    BodyKind::Text => body.text.clone(),
                    BodyKind::Markdown => html::to_text(&markdown::to_html(&body.text)),
                    BodyKind::Html => html::to_text(&body.text),
                };
                let mut pieces = snippet(&answer.question, &text);
                // Found by its summary, which is not always a part of the text.
                if !pieces.iter().any(|piece| piece.is_marked)
                    && let Some(summary) = &record.article.summary
                {
                    let of_summary = snippet(&answer.question, summary);
                    if of_summary.iter().any(|piece| piece.is_marked) {
                        pieces = of_summary;
                    }
                }
                out.raw("<p class=\"summary\"")?;
                self.write_language(out, shown)?;
                out.raw(" dir=\"auto\">")?;
                write_pieces(out, &pieces)?;
                out.raw("</p>\n")?;
                // What was asked for may stand among the tags only.
                let mut labels = frame::labels_of(shown);
                labels.retain(|(_, label)| !answer.question.marks(label).is_empty());
                self.write_labels_of(out, shown, &labels)?;
            }
            out.raw("</article>\n")?;
        }
        Ok(())
    }

    fn write_pages(&self, out: &mut HtmlWriter<'_>, answer: &Answer<'_>) -> io::Result<()> {
        let has_more = answer.found.has_more && answer.page < LAST_PAGE;
        if answer.page == 1 && !has_more {
            return Ok(());
        }
        let to = |page| self.links.results(answer.asked, answer.order, page);
        out.raw("<nav class=\"ends\" aria-label=\"Pages of results\">\n")?;
        if answer.page > 1 {
            write_end(out, "prev", &to(answer.page - 1), "←", &format!("Page {}", answer.page - 1))?;
        }
        if has_more {
            write_end(out, "next", &to(answer.page + 1), "→", &format!("Page {}", answer.page + 1))?;
        }
        out.raw("</nav>\n")
    }
}

const NOT_YET: &str = "The catalogue of all words is being prepared. Please try again in a while.";

const NO_WORDS: &str = "There is no word in this question. Add one that shall be found.";

fn write_pieces(out: &mut HtmlWriter<'_>, pieces: &[Piece]) -> io::Result<()> {
    for piece in pieces {
        if piece.is_marked {
            out.raw("<mark>")?;
            out.text(&piece.text)?;
            out.raw("</mark>")?;
        } else {
            out.text(&piece.text)?;
        }
    }
    Ok(())
}

fn write_help(out: &mut HtmlWriter<'_>) -> io::Result<()> {
    out.raw(
        "<section class=\"card help\" aria-labelledby=\"how\">\n<h2 id=\"how\">How to search</h2>\n<dl>\n\
         <dt>storm harbour</dt><dd>both words, anywhere</dd>\n\
         <dt>“storm at sea”</dt><dd>these words one after the other</dd>\n\
         <dt>harb*</dt><dd>all words that begin so</dd>\n\
         <dt>storm -ferry</dt><dd>without the second</dd>\n\
         <dt>storm OR gale</dt><dd>one of them is enough</dd>\n\
         <dt>title:storm, by:ada, tag:sea</dt><dd>where the word stands</dd>\n\
         </dl>\n<p>Case and accents do not matter.</p>\n</section>\n",
    )
}
