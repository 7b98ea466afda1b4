//! A window over a stream: the bytes that are being looked at, and no others.

use std::io::{BufRead, Read};

/// So much is read at once, and kept when nothing asks for more.
const USUAL: usize = 256 << 10;

/// Bytes of a stream that stand side by side in memory. It grows while nothing is passed over, and shrinks again.
pub(super) struct Window<'a> {
    input: Box<dyn BufRead + 'a>,
    held: Vec<u8>,
    start: usize,
    end: usize,
    passed: u64,
    ended: bool,
    failure: Option<std::io::Error>,
}

impl<'a> Window<'a> {
    pub fn over(input: Box<dyn BufRead + 'a>) -> Window<'a> {
        Window { input, held: Vec::new(), start: 0, end: 0, passed: 0, ended: false, failure: None }
    }

    /// What is in the window.
    pub fn bytes(&self) -> &[u8] {
        &self.held[self.start..self.end]
    }

    /// How many bytes were passed over before the window.
    pub fn offset(&self) -> u64 {
        self.passed
    }

    /// Whether the stream holds nothing behind the window.
    pub fn ended(&self) -> bool {
        self.ended
    }

    /// Why the stream ended before its time, where it did.
    pub fn take_failure(&mut self) -> Option<std::io::Error> {
        self.failure.take()
    }

    /// Passes over the first bytes of the window.
    pub fn pass(&mut self, bytes: usize) {
        let bytes = bytes.min(self.end - self.start);
        self.start += bytes;
        self.passed += bytes as u64;
    }

    /// Reads on until so many bytes are in the window; `false` when the stream ends before.
    pub fn ensure(&mut self, bytes: usize) -> bool {
        while self.end - self.start < bytes && !self.ended {
            self.more();
        }
        self.end - self.start >= bytes
    }

    /// Reads on: at least one byte more, unless the stream ends.
    pub fn more(&mut self) {
        if self.ended {
            return;
        }
        self.make_room();
        loop {
            match self.input.read(&mut self.held[self.end..]) {
                Ok(0) => self.ended = true,
                Ok(read) => self.end += read,
                Err(err) if err.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(err) => {
                    // What was read before is whole; the failure is told when all of it has been looked at.
                    self.failure = Some(err);
                    self.ended = true;
                }
            }
            return;
        }
    }

    /// Makes sure that there is room behind the window. Doubling and moving only a window that is small beside what
    /// was passed keeps the work linear.
    fn make_room(&mut self) {
        let length = self.end - self.start;
        let room = self.held.len() - self.end;
        if room > self.held.len() / 4 {
            return;
        }
        if length <= self.held.len() / 2 && !self.held.is_empty() {
            self.held.copy_within(self.start..self.end, 0);
            if self.held.len() > 16 * USUAL && length < USUAL {
                self.held.truncate(2 * USUAL);
                self.held.shrink_to_fit();
            }
        } else if room == 0 {
            let mut larger = vec![0; (self.held.len() * 2).max(USUAL)];
            larger[..length].copy_from_slice(self.bytes());
            self.held = larger;
        } else {
            return;
        }
        (self.start, self.end) = (0, length);
    }
}
