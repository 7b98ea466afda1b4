//! How much may come out of what was read: the guard against compression bombs.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

/// So much may come out of anything.
const FREE: u64 = 256 << 20;
/// Beyond it, so many bytes for each that was read. Text, pages and logs compress to a hundredth at best.
const RATIO: u64 = 250;

/// What was read of the outermost document, and what came out of all layers.
#[derive(Clone, Default)]
pub(super) struct Budget(Rc<Counts>);

#[derive(Default)]
struct Counts {
    read: Cell<u64>,
    unpacked: Cell<u64>,
}

impl Budget {
    /// Whether more came out than any archive of articles holds.
    pub fn is_exceeded(&self) -> bool {
        self.0.unpacked.get() > FREE.saturating_add(RATIO.saturating_mul(self.0.read.get()))
    }

    /// What is wrong then.
    pub fn exceeded() -> io::Error {
        io::Error::other(format!(
            "it unpacks to more than {RATIO} times its size, as compression bombs do; unpack it yourself if it is none"
        ))
    }

    /// The reader, with what is taken from it counted as read.
    pub fn reading<'a>(&self, input: impl BufRead + 'a) -> Box<dyn BufRead + 'a> {
        Box::new(Reading { input, budget: self.clone() })
    }

    /// Counts bytes that were read in another way.
    pub fn has_read(&self, bytes: u64) {
        self.0.read.set(self.0.read.get().saturating_add(bytes));
    }

    /// The reader, with what comes out of it counted; it fails when that is too much.
    pub fn unpacking<'a>(&self, input: impl Read + 'a) -> impl Read + 'a {
        Unpacking { input, budget: self.clone() }
    }
}

struct Reading<R> {
    input: R,
    budget: Budget,
}

impl<R: BufRead> Read for Reading<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let taken = self.input.read(buffer)?;
        self.budget.has_read(taken as u64);
        Ok(taken)
    }
}

impl<R: BufRead> BufRead for Reading<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.budget.has_read(amount as u64);
        self.input.consume(amount);
    }
}

struct Unpacking<R> {
    input: R,
    budget: Budget,
}

impl<R: Read> Read for Unpacking<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.budget.is_exceeded() {
            return Err(Budget::exceeded());
        }
        let taken = self.input.read(buffer)?;
        let unpacked = &self.budget.0.unpacked;
        unpacked.set(unpacked.get().saturating_add(taken as u64));
        Ok(taken)
    }
}
