//! JSON: one object, an array, objects inside a wrapper, JSON Lines, JSON Feed documents.
//!
//! Documents stream: neither a long array nor a long file of lines is ever held in memory. A line that cannot be
//! read is an error that names it, and the lines after it are read; an array ends at its first syntax error.

mod item;
mod lines;
mod stream;

use std::io::{BufRead, Cursor};

use super::{Confidence, Parser, media_type, opening, read_text};
use crate::article::Article;
use crate::error::{Error, Result};
use crate::source::{Document, HEAD};

/// The parser of JSON.
pub(super) struct Json;

const LINES: &[&str] = &["jsonl", "ndjson", "jsonlines", "ldjson", "json-seq"];

impl Parser for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn about(&self) -> &'static str {
        "JSON: an object, an array, JSON Lines, a JSON Feed"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json", "jsonl", "ndjson", "jsonlines", "ldjson", "jsonfeed"]
    }

    fn sniff(&self, doc: &Document) -> Confidence {
        let head = opening(doc);
        let head = head.strip_prefix(b"\x1e").unwrap_or(&head);
        let named = doc.extension().is_some_and(|extension| self.extensions().contains(&extension.as_str()));
        let declared = media_type(doc).is_some_and(|declared| {
            declared.ends_with("/json") || declared.ends_with("+json") || declared.contains("ndjson")
        });
        let next = head.get(1..).unwrap_or_default().trim_ascii_start().first();
        let looks_so = match head.first() {
            Some(b'{') => matches!(next, Some(b'"' | b'}')),
            Some(b'[') => matches!(next, Some(b'{' | b'[' | b']' | b'"')),
            _ => false,
        };
        match (named || declared, looks_so) {
            (true, true) => Confidence::Content,
            (true, false) => Confidence::Name,
            // Markdown may begin with an object, and with `[link]`.
            (false, true) => speaks_for_json(doc, head),
            (false, false) => Confidence::No,
        }
    }

    fn parse(&self, doc: &mut Document, emit: &mut dyn FnMut(Result<Article>)) -> Result<()> {
        let context = item::Context { origin: doc.origin.clone(), name: doc.name.clone(), weigh: doc.weigh };
        let by_lines = doc.extension().is_some_and(|extension| LINES.contains(&extension.as_str()))
            || media_type(doc).is_some_and(|declared| declared.contains("ndjson") || declared.contains("jsonl"));
        if doc.head().is_empty() {
            return Err(Error::not_text(&context.origin, "an empty file"));
        }
        let input: Box<dyn BufRead + '_> = match is_utf8(doc.head()) && !names_other_charset(doc) {
            true => doc.stream(),
            false => Box::new(Cursor::new(read_text(doc)?.into_bytes())),
        };
        lines::read(input, by_lines, &context, emit)
    }
}

fn speaks_for_json(doc: &Document, head: &[u8]) -> Confidence {
    const TEXT: &[&str] = &["md", "markdown", "mdx", "qmd", "rmd", "txt", "text", "adoc", "rst", "org", "html", "htm"];
    if doc.extension().is_some_and(|extension| TEXT.contains(&extension.as_str())) {
        return Confidence::No;
    }
    // The first value must be whole, or go on behind the head; and no prose may follow it.
    let mut values = serde_json::Deserializer::from_slice(head).into_iter::<serde::de::IgnoredAny>();
    match values.next() {
        Some(Ok(_)) => {
            let rest = head[values.byte_offset()..].trim_ascii_start();
            let goes_on = rest.is_empty() || matches!(rest[0], b'{' | b'[' | b'\x1e');
            if goes_on { Confidence::Content } else { Confidence::No }
        }
        Some(Err(err)) if err.is_eof() => Confidence::Content,
        _ => Confidence::No,
    }
}

/// Whether the head is UTF-8, but for a character that its end may cut.
fn is_utf8(head: &[u8]) -> bool {
    let wide = head.contains(&0);
    !wide
        && match std::str::from_utf8(head) {
            Ok(_) => true,
            Err(err) => err.error_len().is_none() && head.len() >= HEAD,
        }
}

fn names_other_charset(doc: &Document) -> bool {
    doc.charset.as_deref().is_some_and(|charset| {
        !charset.eq_ignore_ascii_case("utf-8")
            && !charset.eq_ignore_ascii_case("utf8")
            && !charset.eq_ignore_ascii_case("us-ascii")
    })
}

#[cfg(test)]
mod tests;
