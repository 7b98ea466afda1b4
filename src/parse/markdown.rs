//! Markdown, and its siblings that carry front matter: HTML, even plain text.
//!
//! The body is kept as it is below the front matter, but for comments and for the values that it leaves to a generator; a
//! heading that gave the title stays in it. Markdown and HTML
//! keep their kind; AsciiDoc, reStructuredText and Org, which have parsers of their own, are kept as text where the
//! user wants them read by this one.

use std::borrow::Cow;

use super::evidence::Evidence;
use super::front_matter::Container;
use super::metadata::{Metadata, Terms};
use super::split::{self, Piece, Writing};
use super::{Confidence, Parser, front_matter, media_type, metadata, opening, read_text, titles, variables};
use crate::article::{Article, Body, BodyKind, Title, TitleSource};
use crate::error::Result;
use crate::source::Document;
use feedmill_dates::DateRule;
use feedmill_markup::markdown::without_comments;

/// The parser of Markdown and of everything with front matter.
pub(super) struct Markdown;

const MARKDOWN: &[&str] =
    &["md", "markdown", "mdown", "mkd", "mkdn", "mdwn", "mdtext", "mdx", "qmd", "rmd", "rmarkdown"];
const SIBLINGS: &[&str] = &["adoc", "asciidoc", "asc", "rst", "rest", "org"];

impl Parser for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn about(&self) -> &'static str {
        "Markdown, and HTML or text with front matter of any kind"
    }

    fn extensions(&self) -> &'static [&'static str] {
        MARKDOWN
    }

    fn sniff(&self, doc: &Document) -> Confidence {
        let by_name = doc.extension().is_some_and(|extension| self.extensions().contains(&extension.as_str()));
        if opens_with_front_matter(&opening(doc)) {
            return Confidence::Content;
        }
        let declared =
            media_type(doc).is_some_and(|declared| matches!(declared.as_str(), "text/markdown" | "text/x-markdown"));
        if by_name || declared { Confidence::Name } else { Confidence::No }
    }

    fn parse(&self, doc: &mut Document, emit: &mut dyn FnMut(Result<Article>)) -> Result<()> {
        let text = read_text(doc)?;
        articles(&text, doc).into_iter().for_each(|article| emit(Ok(article)));
        Ok(())
    }
}

/// Whether the first bytes are those of a container that nothing but front matter begins with.
fn opens_with_front_matter(head: &[u8]) -> bool {
    let end = memchr::memchr(b'\n', head).unwrap_or(head.len());
    let (first, rest) = (head[..end].trim_ascii_end(), head[end..].trim_ascii_start());
    match first {
        b"---" | b";;;" => {
            // A rule may open a text: the next line must be a key, or close an empty block.
            let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            rest[..end].contains(&b':') || rest.starts_with(b"---") || rest.starts_with(b"#")
        }
        b"+++" => true,
        _ => {
            let nikola =
                first.starts_with(b".. ") && !first.windows(2).any(|pair| pair == b"::") && first.contains(&b':');
            let org = first.get(..8).is_some_and(|start| start.eq_ignore_ascii_case(b"#+title:"));
            nikola || org || (first.starts_with(b"{") && object_before_text(head))
        }
    }
}

/// Whether a whole JSON object stands at the head of a text that is not JSON.
fn object_before_text(head: &[u8]) -> bool {
    let mut values = serde_json::Deserializer::from_slice(head).into_iter::<serde::de::IgnoredAny>();
    if !matches!(values.next(), Some(Ok(_))) {
        return false;
    }
    let rest = head[values.byte_offset()..].trim_ascii_start();
    !rest.is_empty() && !rest.starts_with(b"{") && !rest.starts_with(b"[") && !rest.starts_with(b"\x1e")
}

/// The article that a text is, or those that it holds.
fn articles(text: &str, doc: &Document) -> Vec<Article> {
    let front = front_matter::split(text);
    let kind = kind_of(doc, front.as_ref().map(|front| front.container));
    let no_title = Title { text: String::new(), source: TitleSource::FileName };
    let mut article = Article::new(no_title, Body { kind, text: String::new() });
    let mut evidence = Evidence::new(doc.weigh);
    let mut body = Cow::Borrowed(front_matter::skip_blank_lines(text));
    if let Some(front) = front {
        body = variables::resolve(front.body, &front.entries, &doc.name);
        let terms = match front.container {
            Container::Yaml | Container::Org => Terms::CommasOrBlanks,
            _ => Terms::Commas,
        };
        let is_asciidoc = front.container == Container::AsciiDoc;
        if is_asciidoc {
            evidence.revision(&front.entries);
        }
        Metadata::new(front.entries).fill(&mut article, &mut evidence, terms, DateRule::Metadata);
        // AsciiDoc may have its own header below the front matter of the site's generator.
        if !is_asciidoc
            && is_named(doc, &["adoc", "asciidoc", "asc"])
            && let Some(inner) = front_matter::split_asciidoc(front.body)
        {
            body = Cow::Borrowed(inner.body);
            evidence.revision(&inner.entries);
            Metadata::new(inner.entries).fill(&mut article, &mut evidence, Terms::Commas, DateRule::Metadata);
        }
    }
    if let Some(sidecar) = &doc.sidecar {
        metadata::fill_from_sidecar(sidecar, &mut article, &mut evidence);
    }
    if kind == BodyKind::Markdown
        && let Cow::Owned(public) = without_comments(&body)
    {
        body = Cow::Owned(public);
    }
    evidence.path(&doc.name);
    if kind == BodyKind::Markdown
        && !doc.whole
        && !evidence.has_day()
        && let Some(pieces) = split::of_markup(&body, Writing::Markdown)
    {
        let body = |piece: &Piece| Body { kind, text: piece.body.clone() };
        return pieces.iter().map(|piece| split::article(piece, &article, body(piece), doc)).collect();
    }
    if article.title.text.is_empty()
        && let Some(title) = title_of(kind, &body)
    {
        if title.source == TitleSource::Heading {
            evidence.title(&title.text);
        }
        article.title = title;
    }
    if evidence.lacks_day() {
        if article.title.source == TitleSource::Metadata
            && let Some(heading) = title_of(kind, &body).filter(|title| title.source == TitleSource::Heading)
        {
            evidence.mentions(&heading.text, "heading");
        }
        evidence.first_lines(&body);
    }
    if article.title.text.is_empty() {
        let slug = article.extra.get("slug").and_then(|slug| slug.as_str());
        article.title = match slug.map(titles::words).filter(|words| !words.is_empty()) {
            Some(text) => Title { text, source: TitleSource::FileName },
            None => titles::of_name(&doc.name),
        };
    }
    article.body.text = body.into_owned();
    metadata::conclude(&mut article, evidence, &doc.name);
    vec![article]
}

fn title_of(kind: BodyKind, body: &str) -> Option<Title> {
    match kind {
        BodyKind::Html => titles::of_html(body),
        BodyKind::Markdown | BodyKind::Text => titles::of_markup(body),
    }
}

/// The kind of the body: by the name, or where that says nothing by the container.
fn kind_of(doc: &Document, container: Option<Container>) -> BodyKind {
    if is_named(doc, MARKDOWN) {
        return BodyKind::Markdown;
    }
    if is_named(doc, &["html", "htm", "xhtml", "erb", "eex", "heex", "liquid", "njk", "hbs", "ejs", "j2"]) {
        return BodyKind::Html;
    }
    if is_named(doc, &["txt", "text"]) || is_named(doc, SIBLINGS) {
        return BodyKind::Text;
    }
    match container {
        Some(Container::AsciiDoc | Container::Fields | Container::Org) => BodyKind::Text,
        _ => BodyKind::Markdown,
    }
}

/// Whether the name ends with one of the extensions; `post.md.erb` is Markdown, `post.html.erb` HTML.
fn is_named(doc: &Document, extensions: &[&str]) -> bool {
    let file = doc.name.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let file = ["html.erb", "md.erb", "markdown.erb", "adoc.erb", "txt.erb"]
        .iter()
        .find(|ending| file.ends_with(&format!(".{ending}")))
        .and_then(|_| file.strip_suffix(".erb"))
        .unwrap_or(&file);
    file.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension))
}

#[cfg(test)]
mod tests;
