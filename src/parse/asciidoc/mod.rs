//! AsciiDoc: the header with its author and revision lines and attributes, and the text as HTML.
//!
//! The converter knows what articles are made of; what it does not know stays as text. Files that others include, and
//! conditions on attributes, are left as they stand.

mod blocks;
mod lists;
mod spans;
mod table;

use super::split::Writing;
use super::{Confidence, Parser, manuscript, media_type, opening, read_text};
use crate::article::Article;
use crate::error::Result;
use crate::source::Document;

/// The parser of AsciiDoc.
pub(super) struct AsciiDoc;

impl Parser for AsciiDoc {
    fn name(&self) -> &'static str {
        "asciidoc"
    }

    fn about(&self) -> &'static str {
        "AsciiDoc with its header, or with front matter of any kind"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["adoc", "asciidoc", "asc"]
    }

    fn sniff(&self, doc: &Document) -> Confidence {
        let head = opening(doc);
        let named = manuscript::is_named(doc, self.extensions())
            || media_type(doc).is_some_and(|declared| declared == "text/asciidoc" || declared == "text/x-asciidoc");
        match named {
            true if manuscript::opens_with_metadata(&head) => Confidence::Content,
            true => Confidence::Name,
            false if has_header(&head) => Confidence::Content,
            false => Confidence::No,
        }
    }

    fn parse(&self, doc: &mut Document, emit: &mut dyn FnMut(Result<Article>)) -> Result<()> {
        let text = read_text(doc)?;
        let articles = manuscript::articles(&text, doc, Writing::AsciiDoc, blocks::convert);
        articles.into_iter().for_each(|article| emit(Ok(article)));
        Ok(())
    }
}

/// `= Title`, and an attribute on one of the next lines.
fn has_header(head: &[u8]) -> bool {
    const LINES: usize = 4;
    let mut lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
    let is_attribute = |line: &[u8]| {
        let key = line.strip_prefix(b":").and_then(|rest| rest.split(|byte| *byte == b':').next());
        key.is_some_and(|key| {
            !key.is_empty()
                && key.len() < line.len() - 1
                && key.iter().all(|b| b.is_ascii_alphanumeric() || b"-_!".contains(b))
        })
    };
    lines.next().is_some_and(|first| first.starts_with(b"= "))
        && lines.take(LINES).take_while(|line| !line.is_empty()).any(is_attribute)
}

#[cfg(test)]
mod tests;
