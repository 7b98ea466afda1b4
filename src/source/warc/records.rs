//! Record after record of a stream, whatever their lengths claim.
//!
//! A length is believed when a record or the end follows the content. Where neither does, the content ends where the
//! next record begins, within the claimed length or behind it.

use std::io::BufRead;

use super::head::{self, Format, Head};
use super::window::Window;
use crate::source::MAX_WHOLE;

/// The records of a container, one after the other.
pub(super) struct Records<'a> {
    format: Format,
    window: Window<'a>,
    /// A length that was wrong has been believed up to here: what looks like a record before, is one. So nothing is
    /// searched more than twice, however many lengths are wrong.
    distrusted: u64,
}

/// What comes next.
pub(super) enum Next {
    /// A record. Its content begins the window.
    Record(Head),
    /// Bytes that belong to no record were passed over: so many, from there on.
    Junk { at: u64, bytes: u64 },
    /// The stream ends within the head of a record.
    CutHead,
    /// Nothing.
    End,
}

/// How far a content reaches.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// So many bytes at the beginning of the window.
    Here(usize),
    /// It was passed over, since it was not wanted or is larger than [`MAX_WHOLE`].
    Passed,
    /// The stream ends when it has had so many bytes of it.
    Cut(u64),
}

impl<'a> Records<'a> {
    pub fn new(format: Format, input: Box<dyn BufRead + 'a>) -> Records<'a> {
        Records { format, window: Window::over(input), distrusted: 0 }
    }

    /// The window over the stream.
    pub fn window(&mut self) -> &mut Window<'a> {
        &mut self.window
    }

    /// Goes to the next record, and reads its head.
    pub fn next(&mut self) -> Next {
        self.skip_line_ends();
        if self.window.bytes().is_empty() {
            return Next::End;
        }
        self.window.ensure(self.format.lookahead());
        if !self.format.begins(self.window.bytes()) {
            if self.window.ended() && self.format.may_begin(self.window.bytes()) {
                self.window.pass(usize::MAX);
                return Next::CutHead;
            }
            return self.junk();
        }
        let mut wanted = self.format.lookahead();
        loop {
            if let Some((head, length)) = self.format.head(self.window.bytes()) {
                self.window.pass(length);
                return Next::Record(head);
            }
            if self.window.ended() {
                self.window.pass(usize::MAX);
                return Next::CutHead;
            }
            if self.window.bytes().len() >= head::LONGEST {
                self.window.pass(1);
                return self.junk();
            }
            wanted = wanted.max(self.window.bytes().len()) * 2;
            self.window.ensure(wanted);
        }
    }

    /// How far the content at the window reaches, whose record claims so many bytes. What is not to be kept is passed
    /// over as it comes.
    pub fn extent(&mut self, claimed: u64, keep: bool) -> Extent {
        let keep = keep && claimed <= MAX_WHOLE;
        let trusted = self.window.offset() >= self.distrusted;
        let lookahead = self.format.lookahead();
        let mut rest = claimed;
        let mut searched = 0;
        let mut boundary = None;
        loop {
            let seen = self.window.bytes().len();
            let is_all_here = seen as u64 >= rest.saturating_add(lookahead as u64) || self.window.ended();
            if is_all_here && trusted && seen as u64 >= rest && self.follows(rest as usize) {
                return Extent::Here(rest as usize);
            }
            let inside = usize::try_from(rest).map_or(seen, |rest| rest.min(seen));
            if boundary.is_none() {
                boundary = self.format.boundary(self.window.bytes(), searched, inside);
                searched = seen.saturating_sub(lookahead);
            }
            if let Some(at) = boundary
                && (is_all_here || !trusted || (seen - at) as u64 > MAX_WHOLE)
            {
                if trusted {
                    self.distrusted = self.window.offset() + seen as u64;
                }
                return Extent::Here(at);
            }
            if is_all_here {
                break;
            }
            if !keep {
                let pass = boundary.unwrap_or(searched).min(inside);
                self.window.pass(pass);
                rest -= pass as u64;
                // A boundary may stand among the last bytes, which are to be searched again.
                searched = searched.saturating_sub(pass);
                boundary = boundary.map(|at| at - pass);
            }
            self.window.more();
        }
        if (self.window.bytes().len() as u64) < rest {
            return Extent::Cut(claimed - rest + self.window.bytes().len() as u64);
        }
        if self.follows(rest as usize) { Extent::Here(rest as usize) } else { self.longer(rest as usize, keep) }
    }

    /// A content that goes on behind its claimed length.
    fn longer(&mut self, claimed: usize, keep: bool) -> Extent {
        let lookahead = self.format.lookahead();
        let (mut searched, mut keep) = (claimed, keep);
        loop {
            let seen = self.window.bytes().len();
            if let Some(at) = self.format.boundary(self.window.bytes(), searched, seen) {
                return if keep { Extent::Here(at) } else { self.passed(at) };
            }
            if self.window.ended() {
                return if keep { Extent::Here(seen) } else { self.passed(seen) };
            }
            searched = searched.max(seen.saturating_sub(lookahead));
            keep &= seen as u64 <= MAX_WHOLE;
            if !keep {
                self.window.pass(searched);
                searched = 0;
            }
            self.window.more();
        }
    }

    fn passed(&mut self, bytes: usize) -> Extent {
        self.window.pass(bytes);
        Extent::Passed
    }

    /// Whether a record or the end follows the first so many bytes of the window, but for line ends.
    fn follows(&self, bytes: usize) -> bool {
        let behind = &self.window.bytes()[bytes..];
        let blank = behind.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let behind = &behind[blank..];
        behind.is_empty() || self.format.begins(behind) || self.window.ended() && self.format.may_begin(behind)
    }

    fn skip_line_ends(&mut self) {
        loop {
            if !self.window.ensure(1) {
                return;
            }
            let bytes = self.window.bytes();
            let blank = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let all = blank == bytes.len();
            self.window.pass(blank);
            if !all {
                return;
            }
        }
    }

    /// Passes over what is no record.
    fn junk(&mut self) -> Next {
        let at = self.window.offset();
        loop {
            let seen = self.window.bytes().len();
            let found = self.format.boundary(self.window.bytes(), 0, seen);
            let pass = match found {
                Some(end) => end,
                None if self.window.ended() => seen,
                None => seen.saturating_sub(self.format.lookahead()),
            };
            self.window.pass(pass);
            if found.is_some() || self.window.ended() {
                return Next::Junk { at, bytes: self.window.offset() - at };
            }
            self.window.more();
        }
    }
}
