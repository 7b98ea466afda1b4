//! JSON Lines, and the decision between lines and one document.

use std::io::{BufRead, Read};

use serde_json::Value;

use super::item::{self, Context, Place};
use super::stream;
use crate::article::Article;
use crate::error::{Error, Result};
use feedmill_markup as markup;

/// The longest line that is read: an article, not a data base. What is longer is an error, and skipped.
const LONGEST: u64 = 32 << 20;

/// Reads a stream of JSON in UTF-8. `by_lines` says that its name promises a value a line.
pub(super) fn read(
    mut input: Box<dyn BufRead + '_>,
    by_lines: bool,
    context: &Context,
    emit: &mut dyn FnMut(Result<Article>),
) -> Result<()> {
    let failed = |err| Error::io("read", &context.origin, err);
    let mut first = Vec::new();
    let mut number = 0;
    // The first line that is not blank decides.
    while trim(&first).is_empty() {
        first.clear();
        number += 1;
        if input.by_ref().take(LONGEST).read_until(b'\n', &mut first).map_err(failed)? == 0 {
            return Err(Error::not_text(&context.origin, "nothing but white space"));
        }
    }
    let is_cut = first.len() as u64 >= LONGEST && !first.ends_with(b"\n");
    if !is_lines(trim(&first), is_cut, &mut input, by_lines).map_err(failed)? {
        let whole = std::io::Cursor::new(skip_mark(&first).to_vec()).chain(input);
        return stream::read(Box::new(whole), context, emit);
    }
    if is_cut {
        skip_line(&mut input).map_err(failed)?;
    }
    one(&first, number, context, emit);
    while line(&mut input, &mut first).map_err(failed)? > 0 {
        number += 1;
        one(&first, number, context, emit);
    }
    Ok(())
}

/// Whether a first line begins JSON Lines: it is an object by itself, and another line follows or the name says so.
fn is_lines(first: &[u8], is_cut: bool, input: &mut impl BufRead, by_lines: bool) -> std::io::Result<bool> {
    // An array, or the opening brace of an object that goes on below, is one document whatever its name.
    if first.starts_with(b"[") || first == b"{" {
        return Ok(false);
    }
    if by_lines || is_cut {
        return Ok(by_lines);
    }
    if !first.starts_with(b"{") || serde_json::from_slice::<serde::de::IgnoredAny>(first).is_err() {
        return Ok(false);
    }
    loop {
        let ahead = input.fill_buf()?;
        let (length, blank) = (ahead.len(), ahead.iter().take_while(|byte| byte.is_ascii_whitespace()).count());
        if length == 0 || blank < length {
            return Ok(length > 0);
        }
        input.consume(length);
    }
}

fn one(bytes: &[u8], number: u64, context: &Context, emit: &mut dyn FnMut(Result<Article>)) {
    let bytes = trim(bytes);
    if bytes.is_empty() {
        return;
    }
    let origin = format!("{} line {number}", context.origin);
    if bytes.len() as u64 >= LONGEST {
        return emit(Err(Error::input(origin, format!("a line of at most {} MiB", LONGEST >> 20), "a longer one")));
    }
    match value(bytes) {
        Ok(value) => {
            let made = item::article(value, None, context, Place::Among);
            emit(made.map_err(|found| Error::input(origin, item::EXPECTED, found)));
        }
        Err(err) => {
            emit(Err(Error::input(origin, "a JSON object", stream::reason(&err))
                .hint("the other lines are read all the same")))
        }
    }
}

/// The value of a line, in UTF-8 or else in what it looks like. A lone surrogate, as some programs write for half an
/// emoji, becomes U+FFFD.
fn value(bytes: &[u8]) -> serde_json::Result<Value> {
    let err = match serde_json::from_slice(bytes) {
        Ok(value) => return Ok(value),
        Err(err) => err,
    };
    if std::str::from_utf8(bytes).is_err()
        && let Some(text) = markup::decode(bytes, None)
    {
        return serde_json::from_str(&text);
    }
    match without_lone_surrogates(bytes) {
        Some(repaired) => serde_json::from_slice(&repaired).map_err(|_| err),
        None => Err(err),
    }
}

/// The text with `\uFFFD` for every escaped surrogate that has no other half; `None` when there is none.
fn without_lone_surrogates(bytes: &[u8]) -> Option<Vec<u8>> {
    let unit = |at: usize| -> Option<u16> {
        let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let mut out = Vec::with_capacity(bytes.len());
    let (mut at, mut repaired) = (0, false);
    while at < bytes.len() {
        if bytes[at] != b'\\' {
            out.push(bytes[at]);
            at += 1;
            continue;
        }
        let length = match unit(at) {
            Some(0xD800..=0xDBFF) if matches!(unit(at + 6), Some(0xDC00..=0xDFFF)) => 12,
            Some(0xD800..=0xDFFF) => {
                repaired = true;
                out.extend_from_slice(b"\\ufffd");
                at += 6;
                continue;
            }
            Some(_) => 6,
            None => 2,
        };
        let end = (at + length).min(bytes.len());
        out.extend_from_slice(&bytes[at..end]);
        at = end;
    }
    repaired.then_some(out)
}

/// Reads one line into `into`, at most [`LONGEST`] bytes of it, and skips the rest. Gives the bytes taken.
fn line(input: &mut impl BufRead, into: &mut Vec<u8>) -> std::io::Result<usize> {
    into.clear();
    let taken = input.by_ref().take(LONGEST).read_until(b'\n', into)?;
    if taken as u64 == LONGEST && !into.ends_with(b"\n") {
        skip_line(input)?;
    }
    Ok(taken)
}

fn skip_line(input: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let ahead = input.fill_buf()?;
        let (length, done) = match memchr::memchr(b'\n', ahead) {
            Some(end) => (end + 1, true),
            None => (ahead.len(), ahead.is_empty()),
        };
        input.consume(length);
        if done {
            return Ok(());
        }
    }
}

fn trim(bytes: &[u8]) -> &[u8] {
    let bytes = skip_mark(bytes).trim_ascii();
    // RFC 7464 puts a record separator before each value.
    bytes.strip_prefix(b"\x1e").unwrap_or(bytes).trim_ascii()
}

fn skip_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}
