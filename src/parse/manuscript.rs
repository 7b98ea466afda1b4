//! The way from a text in a markup language to an [`Article`], but for the conversion of its body.

use serde_json::Value;

use super::evidence::Evidence;
use super::front_matter::{self, Container};
use super::metadata::{self, Metadata, Terms};
use super::split::{self, Piece, Writing};
use super::titles;
use super::typeset::Sheet;
use crate::article::{Article, Body, BodyKind, Title, TitleSource};
use crate::source::Document;
use feedmill_dates::DateRule;

/// The article that a text with LF line ends is, or those that it holds. AsciiDoc may have the header of a document below
/// other front matter. `convert` makes HTML of the text below, given the entries of its front matter.
pub(super) fn articles(
    text: &str,
    doc: &Document,
    writing: Writing,
    convert: impl Fn(&str, &[(String, Value)]) -> Sheet,
) -> Vec<Article> {
    let no_title = Title { text: String::new(), source: TitleSource::FileName };
    let mut article = Article::new(no_title, Body { kind: BodyKind::Html, text: String::new() });
    let mut evidence = Evidence::new(doc.weigh);
    let mut body = front_matter::skip_blank_lines(text);
    let mut known: Vec<(String, Value)> = Vec::new();
    let mut fronts = Vec::new();
    if let Some(front) = front_matter::split(text) {
        body = front.body;
        let has_own_header = front.container == Container::AsciiDoc;
        fronts.push(front);
        if writing == Writing::AsciiDoc && !has_own_header {
            fronts.extend(front_matter::split_asciidoc(body));
        }
    }
    for front in fronts {
        body = front.body;
        known.extend(front.entries.iter().cloned());
        let terms = match front.container {
            Container::Yaml | Container::Org => Terms::CommasOrBlanks,
            _ => Terms::Commas,
        };
        if front.container == Container::AsciiDoc {
            evidence.revision(&front.entries);
        }
        Metadata::new(front.entries).fill(&mut article, &mut evidence, terms, DateRule::Metadata);
    }
    if let Some(sidecar) = &doc.sidecar {
        metadata::fill_from_sidecar(sidecar, &mut article, &mut evidence);
    }
    evidence.path(&doc.name);
    if !doc.whole
        && !evidence.has_day()
        && let Some(pieces) = split::of_markup(body, writing)
    {
        let body = |piece: &Piece| Body { kind: BodyKind::Html, text: convert(&piece.body, &known).html() };
        return pieces.iter().map(|piece| split::article(piece, &article, body(piece), doc)).collect();
    }
    let sheet = convert(body, &known);
    let heading = sheet.title().map(str::to_owned);
    article.body.text = sheet.html();
    if article.title.text.is_empty() {
        let heading = heading.map(|text| Title { text, source: TitleSource::Heading });
        if let Some(title) = heading.or_else(|| titles::of_html(&article.body.text)) {
            if title.source == TitleSource::Heading {
                evidence.title(&title.text);
            }
            article.title = title;
        }
    }
    if evidence.lacks_day() {
        evidence.first_lines(body);
    }
    if article.title.text.is_empty() {
        let slug = article.extra.get("slug").and_then(|slug| slug.as_str());
        article.title = match slug.map(titles::words).filter(|words| !words.is_empty()) {
            Some(text) => Title { text, source: TitleSource::FileName },
            None => titles::of_name(&doc.name),
        };
    }
    metadata::conclude(&mut article, evidence, &doc.name);
    vec![article]
}

/// Whether the name ends with one of the extensions, behind which `.erb` may stand.
pub(super) fn is_named(doc: &Document, extensions: &[&str]) -> bool {
    let file = doc.name.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let file = file.strip_suffix(".erb").unwrap_or(&file);
    file.rsplit_once('.').is_some_and(|(stem, extension)| !stem.is_empty() && extensions.contains(&extension))
}

/// Whether a document begins with front matter of any kind, to the first look.
pub(super) fn opens_with_metadata(head: &[u8]) -> bool {
    [&b"---\n"[..], b"---\r", b"+++", b"{\n", b";;;", b".. ", b"#+", b"= ", b":"]
        .iter()
        .any(|mark| head.starts_with(mark))
}
