//! Org: `#+key:` lines, drawers and timestamps, and the text as HTML.
//!
//! A heading of the first level becomes one of the second, since the title of the file is the first. What programs
//! keep for themselves (drawers, comments, export settings) goes; states of tasks stay as text.

mod blocks;
mod spans;

use super::split::Writing;
use super::{Confidence, Parser, manuscript, media_type, opening, read_text};
use crate::article::Article;
use crate::error::Result;
use crate::source::Document;

/// The parser of Org files.
pub(super) struct Org;

impl Parser for Org {
    fn name(&self) -> &'static str {
        "org"
    }

    fn about(&self) -> &'static str {
        "Org with `#+title:` and `#+date:` lines, or with front matter of any kind"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["org"]
    }

    fn sniff(&self, doc: &Document) -> Confidence {
        let head = opening(doc);
        let named = manuscript::is_named(doc, self.extensions()) || media_type(doc).as_deref() == Some("text/org");
        let says_so = head.get(..8).is_some_and(|start| start.eq_ignore_ascii_case(b"#+title:"));
        match named {
            _ if says_so => Confidence::Content,
            true if manuscript::opens_with_metadata(&head) => Confidence::Content,
            true => Confidence::Name,
            false => Confidence::No,
        }
    }

    fn parse(&self, doc: &mut Document, emit: &mut dyn FnMut(Result<Article>)) -> Result<()> {
        let text = read_text(doc)?;
        let articles = manuscript::articles(&text, doc, Writing::Org, |body, _| blocks::convert(body));
        articles.into_iter().for_each(|article| emit(Ok(article)));
        Ok(())
    }
}

#[cfg(test)]
mod tests;
