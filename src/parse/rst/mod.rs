//! reStructuredText: the title with its docinfo fields or Nikola's comments, and the text as HTML.
//!
//! Directives that articles use become what they mean; of any other, the content stays.

mod blocks;
mod grid;
mod lists;
mod spans;
mod tables;

use super::split::Writing;
use super::{Confidence, Parser, manuscript, media_type, opening, read_text};
use crate::article::Article;
use crate::error::Result;
use crate::source::Document;

/// The parser of reStructuredText.
pub(super) struct Rst;

impl Parser for Rst {
    fn name(&self) -> &'static str {
        "rst"
    }

    fn about(&self) -> &'static str {
        "reStructuredText with fields, or with front matter of any kind"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["rst", "rest"]
    }

    fn sniff(&self, doc: &Document) -> Confidence {
        let head = opening(doc);
        let named = manuscript::is_named(doc, self.extensions())
            || media_type(doc)
                .is_some_and(|declared| declared == "text/x-rst" || declared == "text/prs.fallenstein.rst");
        match named {
            true if manuscript::opens_with_metadata(&head) => Confidence::Content,
            true => Confidence::Name,
            false => Confidence::No,
        }
    }

    fn parse(&self, doc: &mut Document, emit: &mut dyn FnMut(Result<Article>)) -> Result<()> {
        let text = read_text(doc)?;
        let articles = manuscript::articles(&text, doc, Writing::Rst, |body, _| blocks::convert(body));
        articles.into_iter().for_each(|article| emit(Ok(article)));
        Ok(())
    }
}

#[cfg(test)]
mod tests;
