//! The body of an answer: bounded in size and time, and whole or an error.

use std::io::{self, Read};

use super::coding::{self, Coding};
use super::trouble::{deepest, said, span};
use super::watch::{Late, Watch};
use super::{Answer, Client, Piece, Settings};
use crate::error::{Error, Result};

/// The most that is read of the body of an answer that is no success: enough to see what it is.
const REFUSAL: u64 = 64 << 10;

/// How much of a download must come in the time that another answer has in all; a server cannot hold the client for
/// days by sending a byte a second.
const LEAST: u64 = 64 << 10;

/// What packing may add to a body that is nothing but packing: without a bound, empty blocks could come without end.
const PACKING: u64 = 64 << 10;

/// The whole body, unpacked, of at most so many bytes.
pub(super) fn whole(
    client: &Client,
    response: reqwest::Response,
    answer: &Answer,
    most: u64,
    watch: &mut Watch,
) -> Result<Vec<u8>> {
    let coding = answer.coding().map_err(|found| {
        let message = format!("expected a body packed once, by {}, found `{}`", coding::OFFERED, said(&found));
        Error::remote(&answer.url, message)
    })?;
    if let Some(length) = response.content_length().filter(|length| *length > most && coding == Coding::Identity) {
        return Err(too_large(answer, most, &format!("{length} bytes")));
    }
    let mut wire = Wire::new(client, response, answer, most.saturating_add(PACKING), watch);
    let mut body = Vec::new();
    let read = coding.unpack(&mut wire).and_then(|body_of| body_of.take(most.saturating_add(1)).read_to_end(&mut body));
    if body.len() as u64 > most {
        return Err(too_large(answer, most, "more"));
    }
    match (read, wire.trouble) {
        (Ok(_), _) => Ok(body),
        (Err(_), Some(trouble)) => Err(trouble),
        (Err(err), None) => {
            let message =
                format!("expected a body packed by {}, found another: {}", coding.name(), said(&deepest(&err)));
            Err(Error::remote(&answer.url, message))
        }
    }
}

/// What can be had of the beginning of the body. The status says what matters, so nothing here is an error.
pub(super) fn refusal(client: &Client, response: reqwest::Response, answer: &Answer, watch: &mut Watch) -> Vec<u8> {
    watch.shorten(client.settings.idle_timeout);
    let mut body = Vec::new();
    if let Ok(coding) = answer.coding() {
        let mut wire = Wire::new(client, response, answer, REFUSAL + PACKING, watch);
        let _ = coding.unpack(&mut wire).and_then(|body_of| body_of.take(REFUSAL).read_to_end(&mut body));
    }
    body
}

/// Passes the body on as it comes. `part` is what it is of the file, where it is not all.
pub(super) fn pieces(
    client: &Client,
    response: reqwest::Response,
    answer: &Answer,
    part: Option<Part>,
    most: u64,
    watch: &mut Watch,
    sink: &mut dyn FnMut(Piece<'_>) -> Result<()>,
) -> Result<()> {
    let from = part.map_or(0, |part| part.from);
    if let Some(length) = response.content_length().filter(|length| from.saturating_add(*length) > most) {
        return Err(too_large(answer, most, &format!("{} bytes", from.saturating_add(length))));
    }
    let mut wire = Wire::new(client, response, answer, most.saturating_sub(from), watch);
    let mut paid = 0;
    while wire.next()? {
        sink(Piece::Bytes(&wire.piece))?;
        if wire.come - paid >= LEAST {
            paid = wire.come;
            *wire.watch = Watch::new(client.settings.total_timeout);
        }
    }
    match part {
        Some(part) => part.is_whole(wire.come, answer),
        None => Ok(()),
    }
}

/// The part of a file that an answer brings (`Content-Range`, RFC 9110, 14.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    from: u64,
    /// The place of the last byte.
    to: u64,
    /// The size of the file, where the server knows it.
    size: Option<u64>,
}

impl Part {
    /// The part that an answer says it brings, which must be the one that was asked for.
    pub(super) fn of(answer: &Answer, asked: Option<u64>) -> Result<Part> {
        let Some(asked) = asked else {
            return Err(Error::remote(&answer.url, "expected the whole file, found a part of it"));
        };
        let shown = answer.header("content-range").unwrap_or("none");
        match Part::read(shown) {
            Some(part) if part.from == asked => Ok(part),
            _ => {
                let message = format!("expected the file from byte {asked} on, found the range `{}`", said(shown));
                Err(Error::remote(&answer.url, message))
            }
        }
    }

    fn read(header: &str) -> Option<Part> {
        let (unit, range) = header.trim().split_once(' ')?;
        let (range, size) = range.split_once('/')?;
        let (from, to) = range.split_once('-')?;
        let number = |text: &str| text.trim().parse::<u64>().ok();
        let part = Part { from: number(from)?, to: number(to)?, size: number(size) };
        let known = part.size.is_some_and(|size| part.to < size) || size.trim() == "*";
        (unit.eq_ignore_ascii_case("bytes") && part.from <= part.to && part.to < u64::MAX && known).then_some(part)
    }

    fn is_whole(self, come: u64, answer: &Answer) -> Result<()> {
        let promised = self.to - self.from + 1;
        if come != promised {
            let message = format!("expected {promised} bytes from byte {} on, found {come}", self.from);
            return Err(Error::remote(&answer.url, message));
        }
        match self.size {
            Some(size) if self.to + 1 < size => {
                let message = format!("expected {size} bytes in all, found the end after {}", self.to + 1);
                Err(Error::remote(&answer.url, message))
            }
            _ => Ok(()),
        }
    }
}

fn too_large(answer: &Answer, most: u64, found: &str) -> Error {
    Error::remote(&answer.url, format!("expected at most {most} bytes, found {found}"))
}

/// The bytes as they come from the server, piece by piece.
struct Wire<'w> {
    client: &'w Client,
    response: reqwest::Response,
    answer: &'w Answer,
    most: u64,
    watch: &'w mut Watch,
    /// The last piece that came, and how much of it was read.
    piece: Vec<u8>,
    read: usize,
    /// How many bytes came in all.
    come: u64,
    /// Why a read has failed.
    trouble: Option<Error>,
}

impl<'w> Wire<'w> {
    fn new(
        client: &'w Client,
        response: reqwest::Response,
        answer: &'w Answer,
        most: u64,
        watch: &'w mut Watch,
    ) -> Wire<'w> {
        Wire { client, response, answer, most, watch, piece: Vec::new(), read: 0, come: 0, trouble: None }
    }

    /// Fetches the next piece, which is not empty; false at the end.
    fn next(&mut self) -> Result<bool> {
        let Settings { idle_timeout, total_timeout, .. } = self.client.settings;
        let response = &mut self.response;
        // Pieces without a byte are no sign of life.
        let filled = async {
            loop {
                match response.chunk().await {
                    Ok(Some(piece)) if piece.is_empty() => {}
                    other => break other,
                }
            }
        };
        let come = self.come;
        match self.watch.run(&self.client.handle, idle_timeout, filled) {
            Ok(Ok(Some(piece))) => {
                self.come += piece.len() as u64;
                if self.come > self.most {
                    return Err(too_large(self.answer, self.most, "more"));
                }
                self.piece.clear();
                self.piece.extend_from_slice(&piece);
                self.read = 0;
                Ok(true)
            }
            Ok(Ok(None)) => Ok(false),
            Ok(Err(err)) => {
                let message = format!("expected the rest of the answer, found its end after {come} bytes");
                Err(Error::remote(&self.answer.url, format!("{message}: {}", said(&deepest(&err)))))
            }
            Err(Late::Step) => {
                let message = format!("expected more within {}, found silence after {come} bytes", span(idle_timeout));
                Err(Error::remote_time(&self.answer.url, message))
            }
            Err(Late::All) => {
                let message = format!("expected the answer within {}, found {come} bytes by then", span(total_timeout));
                Err(Error::remote_time(&self.answer.url, message))
            }
        }
    }
}

impl Read for Wire<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.read == self.piece.len() {
            self.piece.clear();
            self.read = 0;
            match self.next() {
                Ok(true) => {}
                Ok(false) => return Ok(0),
                Err(trouble) => {
                    self.trouble = Some(trouble);
                    return Err(io::ErrorKind::Other.into());
                }
            }
        }
        let rest = &self.piece[self.read..];
        let count = rest.len().min(into.len());
        into[..count].copy_from_slice(&rest[..count]);
        self.read += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_ranges() {
        let part = |from, to, size| Some(Part { from, to, size });
        assert_eq!(Part::read("bytes 5-9/10"), part(5, 9, Some(10)));
        assert_eq!(Part::read("Bytes 0-0/*"), part(0, 0, None));
        let last = u64::MAX - 1;
        assert_eq!(Part::read(&format!("bytes 0-{last}/{}", u64::MAX)), part(0, last, Some(u64::MAX)));
        for wrong in [
            "",
            "bytes",
            "bytes */10",
            "bytes 5-4/10",
            "bytes 5-10/10",
            "bytes 5-/10",
            "bytes -5/10",
            "items 5-9/10",
            "bytes 5-9/ten",
            "bytes 0-99999999999999999999/*",
            "bytes 0-18446744073709551615/*",
        ] {
            assert_eq!(Part::read(wrong), None, "{wrong}");
        }
    }
}
