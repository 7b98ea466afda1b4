//! The stories of a stream, one after the other, as they stand between their first and their last tag.

use std::io::{BufRead, Read};

/// The longest story that is read. What is longer is an error, and skipped.
pub(super) const LONGEST: usize = 8 << 20;

/// So much is looked at without a `>`, which every tag ends with.
const LONGEST_TAG: u64 = 64 << 10;

/// Elements that are stories.
const STORIES: &[&[u8]] = &[b"REUTERS", b"DOC", b"NITF"];

/// A stream of stories.
pub(super) struct Blocks<'a> {
    input: Box<dyn BufRead + 'a>,
    block: Vec<u8>,
    /// The element that is open.
    open: Option<&'static [u8]>,
    /// The tag that opens the next one, where the last one was not closed.
    next: Vec<u8>,
}

/// What comes next in a stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// A story, from its first tag on.
    Story(Vec<u8>),
    /// The beginning of a story that is longer than [`LONGEST`].
    TooLong(Vec<u8>),
    /// The beginning of a story that the stream does not hold to its end.
    Cut(Vec<u8>),
}

impl<'a> Blocks<'a> {
    pub fn new(input: Box<dyn BufRead + 'a>) -> Blocks<'a> {
        Blocks { input, block: Vec::new(), open: None, next: Vec::new() }
    }

    /// The next story; `None` at the end.
    pub fn next(&mut self) -> std::io::Result<Option<Block>> {
        let mut too_long = false;
        if self.open.is_some() {
            self.block = std::mem::take(&mut self.next);
        }
        loop {
            let from = self.block.len();
            let read = self.input.by_ref().take(LONGEST_TAG).read_until(b'>', &mut self.block)?;
            if read == 0 {
                let block = std::mem::take(&mut self.block);
                return Ok(match self.open.take() {
                    Some(_) if too_long => Some(Block::TooLong(block)),
                    Some(_) => Some(Block::Cut(block)),
                    None => None,
                });
            }
            // A tag that the last piece has cut begins in it.
            let since = from.saturating_sub(if from > 0 && self.block[from - 1] != b'>' { LONGEST_NAME } else { 0 });
            let tag = self.block.ends_with(b">").then(|| memchr::memrchr(b'<', &self.block[since..])).flatten();
            let tag = tag.map(|at| since + at);
            let named = |at: usize, closing: bool| story_tag(&self.block[at..], closing);
            match (self.open, tag) {
                (None, Some(at)) if named(at, false).is_some() => {
                    self.open = named(at, false);
                    self.block.drain(..at);
                }
                (None, _) => {
                    // What stands between stories is nothing; a tag that has only begun may be one.
                    let keep = memchr::memrchr(b'<', &self.block)
                        .filter(|at| tag.is_none() && self.block.len() - at < LONGEST_NAME);
                    self.block.drain(..keep.unwrap_or(self.block.len()));
                }
                (Some(open), Some(at)) if named(at, true) == Some(open) => {
                    self.open = None;
                    let block = std::mem::take(&mut self.block);
                    return Ok(Some(if too_long { Block::TooLong(block) } else { Block::Story(block) }));
                }
                (Some(_), Some(at)) if named(at, false).is_some() => {
                    // The end tag of the one before was forgotten.
                    self.open = named(at, false);
                    self.next = self.block.split_off(at);
                    let block = std::mem::take(&mut self.block);
                    return Ok(Some(if too_long { Block::TooLong(block) } else { Block::Story(block) }));
                }
                (Some(_), _) if self.block.len() > LONGEST => {
                    too_long = true;
                    self.block.truncate(LONGEST_SHOWN);
                }
                _ => {}
            }
        }
    }
}

/// Of a story that is too long, so much is kept to tell which it is.
const LONGEST_SHOWN: usize = 4 << 10;

/// A start tag of a story with its attributes is no longer.
const LONGEST_NAME: usize = 2 << 10;

/// The story element that a tag opens, or closes.
pub(super) fn story_tag(bytes: &[u8], closing: bool) -> Option<&'static [u8]> {
    let rest = bytes.strip_prefix(if closing { &b"</"[..] } else { b"<" })?;
    STORIES.iter().copied().find(|name| {
        rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
            && rest.get(name.len()).is_some_and(|after| matches!(after, b'>' | b' ' | b'\t' | b'\r' | b'\n'))
    })
}
