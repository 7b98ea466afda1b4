//! Plain text: a date line, a header, a headline, or nothing of the kind, and then paragraphs.
//!
//! What is taken off the body is what is no part of it: the words ` date 2023-07-09 ` before the first sentence, a
//! date line or a header at the head, and a headline that became the title. Everything else stays as it is, the
//! first sentence and the datelines of agencies too.

use super::dateline::{self, Dateline};
use super::evidence::Evidence;
use super::metadata::{Metadata, Terms};
use super::split::{self, Piece};
use super::{Confidence, Parser, front_matter, media_type, metadata, movable, opening, read_text, titles};
use crate::article::{Article, Body, BodyKind, Title, TitleSource};
use crate::error::Result;
use crate::source::Document;
use feedmill_dates::DateRule;
use feedmill_markup as markup;

/// The parser of plain text.
pub(super) struct Text;

impl Parser for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn about(&self) -> &'static str {
        "plain text with a date line, a `Title:`/`Date:` header, or a dated path"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn sniff(&self, doc: &Document) -> Confidence {
        let head = opening(doc);
        let end = memchr::memchr(b'\n', &head).unwrap_or(head.len()).min(200);
        if head.get(..4).is_some_and(|word| word.eq_ignore_ascii_case(b"date"))
            && dateline::worded(&String::from_utf8_lossy(&head[..end])).is_some()
        {
            return Confidence::Content;
        }
        let by_name = doc.extension().is_some_and(|extension| self.extensions().contains(&extension.as_str()));
        if by_name || media_type(doc).as_deref() == Some("text/plain") {
            Confidence::Name
        } else {
            Confidence::Fallback
        }
    }

    fn parse(&self, doc: &mut Document, emit: &mut dyn FnMut(Result<Article>)) -> Result<()> {
        let text = read_text(doc)?;
        match movable::articles(&text, doc).or_else(|| pieces(&text, doc)) {
            Some(articles) => articles.into_iter().for_each(|article| emit(Ok(article))),
            None => emit(Ok(article(&text, doc))),
        }
        Ok(())
    }
}

/// The articles of a text that holds several.
fn pieces(text: &str, doc: &Document) -> Option<Vec<Article>> {
    if doc.whole {
        return None;
    }
    let is_capsule = doc.extension().is_some_and(|extension| matches!(extension.as_str(), "gmi" | "gemini"));
    let (mut shared, mut evidence) = (blank(), Evidence::new(false));
    if let Some(sidecar) = &doc.sidecar {
        metadata::fill_from_sidecar(sidecar, &mut shared, &mut evidence);
    }
    evidence.path(&doc.name);
    let links = if is_capsule { split::of_links(text) } else { None };
    let pieces = links.or_else(|| split::of_text(text, evidence.has_day()))?;
    let article =
        |piece: &Piece| split::article(piece, &shared, Body { kind: BodyKind::Text, text: piece.body.clone() }, doc);
    Some(pieces.iter().map(article).collect())
}

fn blank() -> Article {
    let no_title = Title { text: String::new(), source: TitleSource::FileName };
    Article::new(no_title, Body { kind: BodyKind::Text, text: String::new() })
}

fn article(text: &str, doc: &Document) -> Article {
    let head = Head::read(front_matter::skip_blank_lines(text));
    let mut article = blank();
    let mut evidence = Evidence::new(doc.weigh);
    if let Some(found) = &head.dateline {
        evidence.first_line(found.reading.clone(), found.word, found.raw, true);
    }
    if let Some(headline) = head.headline {
        article.title = Title { text: markup::one_line(headline), source: TitleSource::Heading };
        evidence.title(&article.title.text);
    }
    article.authors = head.byline.and_then(byline).into_iter().collect();
    if !head.entries.is_empty() {
        if head.entries.iter().any(|(key, _)| key.eq_ignore_ascii_case("title")) {
            article.title.text.clear();
        }
        Metadata::new(head.entries).fill(&mut article, &mut evidence, Terms::Commas, DateRule::Metadata);
    }
    if let Some(sidecar) = &doc.sidecar {
        metadata::fill_from_sidecar(sidecar, &mut article, &mut evidence);
    }
    evidence.path(&doc.name);
    let mut body = head.body;
    if article.title.text.is_empty()
        && let Some((headline, rest)) = headline_of(body)
    {
        article.title = Title { text: markup::one_line(headline), source: TitleSource::Heading };
        evidence.title(&article.title.text);
        body = rest;
    }
    let mut prose = body;
    let first = body.lines().next().unwrap_or_default();
    if evidence.lacks_day()
        && let Some((reading, raw, sure)) = dateline::in_prose(first)
        && (evidence.is_empty() || evidence.is_within(&reading))
    {
        if sure && body.trim_start().starts_with(raw) {
            prose = body.trim_start()[raw.len()..].trim_start_matches([' ', ':', '-', '–', '—', '|']);
        }
        evidence.first_line(reading, "", raw, sure);
    }
    if evidence.lacks_day() {
        letterhead(text, &mut evidence);
    }
    if article.title.text.is_empty() {
        article.title = titles::of_prose(prose).unwrap_or_else(|| titles::of_name(&doc.name));
    }
    article.body.text = body.to_owned();
    metadata::conclude(&mut article, evidence, &doc.name);
    article
}

/// Looks for a date line further down among the short lines that a document begins with: an organisation, what it is,
/// and when. They stay in the text.
fn letterhead(text: &str, evidence: &mut Evidence) {
    const LINES: usize = 6;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES) {
        if let Some(found) = dateline::alone(line).or_else(|| dateline::worded(line)) {
            return evidence.line(found.reading, found.word, found.raw, true);
        }
        if !titles::is_headline(line) && !titles::is_byline(line) && !line.ends_with(':') {
            return;
        }
        evidence.mentions(line, "heading");
    }
}

/// The head of a text, told from its body.
#[derive(Default)]
struct Head<'a> {
    headline: Option<&'a str>,
    byline: Option<&'a str>,
    entries: Vec<(String, serde_json::Value)>,
    dateline: Option<Dateline<'a>>,
    body: &'a str,
}

impl<'a> Head<'a> {
    /// Reads the head of a text that does not begin with a blank line.
    fn read(text: &'a str) -> Self {
        let (first, after) = line(text);
        let worded = dateline::worded(first);
        if let Some(found) = worded
            && !found.rest.is_empty()
        {
            // The first sentence follows the date on its line.
            let start = first.len() - found.rest.len();
            return Head { body: &text[start..], dateline: Some(found), ..Head::default() };
        }
        if let Some(front) = front_matter::split_headers(text) {
            return Head { entries: front.entries, body: front.body, ..Head::default() };
        }
        if let Some(found) = dateline::alone(first) {
            return Head { dateline: Some(found), body: front_matter::skip_blank_lines(after), ..Head::default() };
        }
        Self::below_headline(text).unwrap_or(Head { body: text, ..Head::default() })
    }

    /// A headline, perhaps a byline, and then the date line, in the first lines that are not blank.
    fn below_headline(text: &'a str) -> Option<Self> {
        let (headline, mut rest) = line(text);
        if !titles::is_headline(headline) {
            return None;
        }
        let mut byline = None;
        const LINES: usize = 3;
        for _ in 0..LINES {
            rest = front_matter::skip_blank_lines(rest);
            let (next, after) = line(rest);
            if titles::is_byline(next) && byline.is_none() {
                byline = Some(next);
            } else if let Some(found) = dateline::alone(next) {
                let mut body = front_matter::skip_blank_lines(after);
                let (below, after) = line(body);
                if byline.is_none() && titles::is_byline(below) {
                    byline = Some(below);
                    body = front_matter::skip_blank_lines(after);
                }
                return Some(Head { headline: Some(headline), byline, dateline: Some(found), body, ..Head::default() });
            } else if let Some(found) = dateline::worded(next).filter(|_| next.trim_start().len() > 4) {
                let is_date = found.word.eq_ignore_ascii_case("date");
                let start = rest.len() - (rest.len() - next.len()) - found.rest.len();
                return is_date.then(|| Head {
                    headline: Some(headline),
                    byline,
                    body: &rest[start..],
                    dateline: Some(found),
                    ..Head::default()
                });
            } else if next.trim().len() < 3 || !next.trim().bytes().all(|byte| matches!(byte, b'=' | b'-')) {
                return None;
            }
            rest = after;
        }
        None
    }
}

fn byline(line: &str) -> Option<crate::article::Person> {
    let (_, name) = line.trim().split_once(' ')?;
    metadata::person_of(name)
}

/// A first line that stands alone and reads like a headline, and the text below it.
fn headline_of(body: &str) -> Option<(&str, &str)> {
    let (first, after) = line(body);
    if !titles::is_headline(first) {
        return None;
    }
    let (next, below) = line(after);
    let next = next.trim();
    let underlined = next.len() >= 3 && (next.bytes().all(|b| b == b'=') || next.bytes().all(|b| b == b'-'));
    let rest = front_matter::skip_blank_lines(if underlined { below } else { after });
    ((underlined || next.is_empty()) && !rest.is_empty()).then_some((first, rest))
}

fn line(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or((text, ""))
}

#[cfg(test)]
mod tests;
