//! A document that was one article and is several now.

use super::index::Entry;
use super::{Archive, Incoming};
use crate::article::Provenance;
use crate::error::Result;
use feedmill_markup as markup;

impl Archive {
    /// The article that the document was as a whole, if this one of its articles goes on as it, with its id: that of the same
    /// day whose text the whole has. The others are new.
    pub(super) fn was_whole(&self, incoming: &Incoming, source: &Provenance, day: i64) -> Result<Option<(i64, Entry)>> {
        let Some((document, _)) = source.origin.split_once('#') else { return Ok(None) };
        let Some((key, known)) = self.index.at_origin(document)? else { return Ok(None) };
        if known.origin.as_deref() != Some(document) || known.day != day || self.is_other(&known, &incoming.article) {
            return Ok(None);
        }
        let whole = self.current(&known.path).map_err(|err| self.record_trouble(&known.path, err))?.article;
        let own = opening(&incoming.article.body.text);
        let has_text = !own.is_empty() && markup::one_line(&whole.body.text).contains(&own);
        Ok(has_text.then_some((key, known)))
    }
}

/// The beginning of a text, enough to tell it from others, on one line.
fn opening(text: &str) -> String {
    const ENOUGH: usize = 200;
    let end = (0..=ENOUGH.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    // Half a word at the end would do no harm, but half a line break would.
    markup::one_line(&text[..end])
}
