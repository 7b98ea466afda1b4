//! Newswire in SGML: `<REUTERS …>` stories, `<DOC>` of TREC and of the Gigaword collections, and NITF.
//!
//! A document streams: one story is held at a time. The text stays as the wire has it, with the dateline before it and
//! the sign-off behind it; only control characters go.

mod blocks;
mod docno;
mod elements;
mod story;

use super::{Confidence, Parser, opening, unix_lines};
use crate::article::Article;
use crate::error::{Error, Result};
use crate::source::Document;
use blocks::{Block, Blocks};
use feedmill_markup as markup;

/// The parser of newswire.
pub(super) struct Sgml;

impl Parser for Sgml {
    fn name(&self) -> &'static str {
        "sgml"
    }

    fn about(&self) -> &'static str {
        "newswire: REUTERS or DOC stories in SGML, NITF"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["sgm", "sgml"]
    }

    fn sniff(&self, doc: &Document) -> Confidence {
        let head = opening(doc);
        let named = doc.extension().is_some_and(|extension| self.extensions().contains(&extension.as_str()));
        match (looks_so(&head), named) {
            (true, _) => Confidence::Content,
            (false, true) => Confidence::Name,
            (false, false) => Confidence::No,
        }
    }

    fn parse(&self, doc: &mut Document, emit: &mut dyn FnMut(Result<Article>)) -> Result<()> {
        if doc.head().trim_ascii().is_empty() || doc.head() == b"\xef\xbb\xbf" {
            return Err(Error::not_text(&doc.origin, "nothing but white space"));
        }
        let (charset, name, origin) = (doc.charset.clone(), doc.name.clone(), doc.origin.clone());
        let mut blocks = Blocks::new(doc.stream());
        let mut count = 0u64;
        while let Some(block) = blocks.next().map_err(|err| Error::io("read", &origin, err))? {
            count += 1;
            let (bytes, wrong) = match block {
                Block::Story(bytes) => (bytes, None),
                Block::TooLong(bytes) => (bytes, Some("more than 8 MiB, or no end tag")),
                Block::Cut(bytes) => (bytes, Some("the end of the file before its end tag")),
            };
            let text = markup::decode(&bytes, charset.as_deref())
                .unwrap_or_else(|| String::from_utf8_lossy(&bytes).into_owned());
            let text = unix_lines(text);
            let place = || {
                let tag: String = text.chars().take_while(|c| *c != '\n').take(100).collect();
                format!("{origin} {tag}")
            };
            emit(match wrong {
                Some(found) => Err(Error::input(place(), "a whole story", found)),
                None => story::article(&text, &name, doc.weigh)
                    .ok_or_else(|| Error::input(place(), "a title or a text", "neither")),
            });
        }
        match count {
            0 => Err(Error::input(&origin, "stories in <REUTERS>, <DOC> or <nitf>", "none")),
            _ => Ok(()),
        }
    }
}

/// Whether a document begins with a story, below a declaration of its type perhaps.
fn looks_so(head: &[u8]) -> bool {
    /// The story must begin near the top.
    const NEAR: usize = 2 << 10;
    if !head.starts_with(b"<") {
        return false;
    }
    let declared = head.starts_with(b"<?") || head.starts_with(b"<!");
    let near = &head[..head.len().min(NEAR)];
    let mut tags = memchr::memchr_iter(b'<', near).filter(|at| *at == 0 || declared);
    let Some((at, name)) = tags.find_map(|at| Some((at, blocks::story_tag(&head[at..], false)?))) else { return false };
    // Other programs have documents called `doc`, too: a story of a wire has one of these.
    const TELLING: &[&[u8]] = &[b"<DOCNO", b"<TEXT", b"<HEADLINE", b"<DATE", b"<HEAD>", b"type=\"story\""];
    let has = |word: &&&[u8]| memchr::memmem::find(&head[at..], word).is_some();
    name != b"DOC" || TELLING.iter().any(|word| has(&word))
}

#[cfg(test)]
mod tests;
