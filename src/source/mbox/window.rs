//! A stretch of a stream that is long enough for one message.

use std::io::{self, BufRead, Read};

use super::{MMDF, separator};
use crate::source::MAX_WHOLE;

/// As many bytes are read at a time.
const STEP: usize = 256 << 10;

/// The bytes of a stream from one point on, as far as they have been asked for.
pub(super) struct Window<'a> {
    reader: Box<dyn BufRead + 'a>,
    buffer: Vec<u8>,
    start: usize,
    is_over: bool,
    failure: Option<io::Error>,
}

impl<'a> Window<'a> {
    pub fn new(reader: Box<dyn BufRead + 'a>) -> Self {
        Window { reader, buffer: Vec::new(), start: 0, is_over: false, failure: None }
    }

    /// What is in sight.
    pub fn bytes(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    /// Why the stream ended before its time, once all that came before is used up.
    pub fn failure(&mut self) -> Option<io::Error> {
        self.failure.take()
    }

    /// Makes so many bytes visible, or all that there are.
    pub fn fill(&mut self, wanted: usize) {
        while !self.is_over && self.bytes().len() < wanted {
            // What was passed over goes when it is most of the buffer, so that each byte moves once at most.
            if self.start > self.buffer.len() / 2 {
                self.buffer.drain(..self.start);
                self.start = 0;
            }
            let before = self.buffer.len();
            let room = (wanted - self.bytes().len()).max(STEP) as u64;
            match (&mut self.reader).take(room).read_to_end(&mut self.buffer) {
                Ok(_) => self.is_over = self.buffer.len() == before,
                Err(err) => (self.failure, self.is_over) = (Some(err), true),
            }
        }
    }

    /// Leaves bytes behind.
    pub fn advance(&mut self, by: usize) {
        self.start = (self.start + by).min(self.buffer.len());
        // A mailbox of one large message and many small ones shall not hold the room of the large one.
        if self.start == self.buffer.len() {
            self.buffer.clear();
            self.start = 0;
            self.buffer.shrink_to(STEP * 4);
        }
        self.fill(separator::LOOK_AHEAD);
    }

    /// Where the first occurrence of a mark stands that `is_end` accepts, which is shown what precedes the mark's
    /// line feed and what follows it; the end of the stream where there is none. `None` when neither comes within
    /// the size of a document.
    pub fn find(&mut self, mark: &[u8], from: usize, is_end: &mut dyn FnMut(&[u8], &[u8]) -> bool) -> Option<usize> {
        let mut at = from;
        loop {
            while let Some(found) = memchr::memmem::find(&self.bytes()[at..], mark) {
                at += found;
                self.fill(at + separator::LOOK_AHEAD);
                if at as u64 > MAX_WHOLE {
                    return None;
                }
                let (before, behind) = self.bytes().split_at(at);
                if is_end(before, &behind[1..]) {
                    return Some(at);
                }
                at += 1;
            }
            at = self.bytes().len().saturating_sub(mark.len() - 1).max(at);
            if self.is_over {
                let end = self.bytes().len();
                return (end as u64 <= MAX_WHOLE).then_some(end);
            }
            if at as u64 > MAX_WHOLE {
                return None;
            }
            self.fill(self.bytes().len() + STEP);
        }
    }

    /// Drops everything up to the next separator, whatever its distance.
    pub fn skip_past_message(&mut self, among_patches: bool) {
        let mut at = 0;
        loop {
            while let Some(found) = memchr::memchr(b'\n', &self.bytes()[at..]) {
                at += found + 1;
                let line = &self.bytes()[at..];
                if !line.starts_with(&b"From"[..line.len().min(4)]) && !line.starts_with(&MMDF[..line.len().min(4)]) {
                    continue;
                }
                self.fill(at + separator::LOOK_AHEAD);
                let (before, line) = self.bytes().split_at(at);
                let is_blank = before.ends_with(b"\n\n") || before.ends_with(b"\n\r\n");
                if line.starts_with(MMDF) || separator::read(line, is_blank, among_patches).is_some() {
                    return self.advance(at);
                }
            }
            // Two bytes stay, to know whether the next line follows a blank one.
            let done = self.bytes().len().saturating_sub(2);
            self.advance(done);
            at = self.bytes().len().min(2);
            if self.is_over && at == self.bytes().len() {
                return self.advance(at);
            }
            self.fill(STEP);
        }
    }
}
