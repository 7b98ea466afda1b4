//! Lines of a text that state its date: ` date 2023-07-09 First sentence…`, `Posted: …`, a date line of its own.

use feedmill_dates::{self as dates, Precision, Reading};

use super::plain;

/// Words that open a line which states the date, longest first among those that begin alike.
const WORDS: &[&str] = &[
    "date",
    "posted on",
    "posted",
    "published on",
    "published",
    "publication date",
    "pubdate",
    "created on",
    "created",
    "dated",
    "issued",
    "datum",
    "fecha",
];

/// A date line is short; a longer line is prose that begins with a date.
const LONGEST: usize = 80;

/// A line that states the date.
pub(super) struct Dateline<'a> {
    /// The date.
    pub reading: Reading,
    /// The word that stands before it, as written; empty where none does.
    pub word: &'a str,
    /// The date as written.
    pub raw: &'a str,
    /// What follows on the same line.
    pub rest: &'a str,
}

/// Reads a line that opens with a word for "date", a colon or blanks, and a date. Anything may follow the date.
pub(super) fn worded(line: &str) -> Option<Dateline<'_>> {
    let text = line.trim_start();
    let word = WORDS.iter().find_map(|word| {
        let start = text.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word))?;
        text[word.len()..].starts_with([' ', '\t', ':']).then_some(start)
    })?;
    let rest = text[word.len()..].trim_start_matches([' ', '\t', ':', '=']);
    let (reading, used) = dates::read_prefix(rest)?;
    (reading.value.precision() >= Precision::Day).then(|| {
        let behind = rest[used..].trim_start_matches([' ', '\t', ':', ',', ';']);
        Dateline { reading, word, raw: rest[..used].trim(), rest: strip_dash(behind) }
    })
}

fn strip_dash(text: &str) -> &str {
    ["- ", "– ", "— ", "-- "].iter().find_map(|dash| text.strip_prefix(dash)).unwrap_or(text).trim_start()
}

/// Reads a line that is a date and nothing else, or a word for "date" and a date and nothing else.
pub(super) fn alone(line: &str) -> Option<Dateline<'_>> {
    let text = line.trim();
    if text.is_empty() || text.len() > LONGEST || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Some(found) = worded(text) {
        return found.rest.trim_matches(['.', ' ', ']', ')']).is_empty().then_some(found);
    }
    let inner = text.trim_matches(['*', '_', '[', ']', '(', ')', ' ']);
    let reading = dates::read(inner)?;
    (reading.value.precision() >= Precision::Day).then_some(Dateline { reading, word: "", raw: inner, rest: "" })
}

/// Reads the date that a line of Markdown or HTML is, once its markup is off: `### [2016-04-1](…)`, `*9 July 2023*`,
/// `<p class="meta">29 Mar 2011 - Harbour</p>`. Gives the date and its text.
pub(super) fn marked_up(line: &str) -> Option<(Reading, String)> {
    const LONGEST_MARKUP: usize = 400;
    if line.len() > LONGEST_MARKUP || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let clean = plain::line(line.trim_start_matches(['#', '=', ' ', '>']));
    if let Some(found) = alone(&clean) {
        return Some((found.reading.clone(), found.raw.to_owned()));
    }
    let (reading, used) = dates::read_prefix(&clean)?;
    let rest = clean[used..].trim_start();
    let parted = [":", "-", "–", "—", "|", "•", "·", "/", "by "].iter().any(|mark| rest.starts_with(mark));
    let whole_day = reading.value.precision() >= Precision::Day;
    (parted && whole_day && clean.len() <= LONGEST * 2).then(|| (reading, clean[..used].trim().to_owned()))
}

/// Reads a date at the beginning of prose, or in the dateline of an agency (`LONDON, July 9, 2023 (Agency) - …`).
/// The second value tells whether it stands apart from the prose, or may be the beginning of a sentence.
pub(super) fn in_prose(line: &str) -> Option<(Reading, &str, bool)> {
    const OPENING: usize = 80;
    let text = line.trim_start();
    let mut end = text.len().min(OPENING);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let opening = &text[..end];
    if !opening.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let day = |text: &str| dates::read_prefix(text).filter(|(reading, _)| reading.value.precision() >= Precision::Day);
    if let Some((reading, used)) = day(opening) {
        let rest = opening[used..].trim_start();
        let iso = opening.len() > 4 && opening.as_bytes()[..4].iter().all(u8::is_ascii_digit);
        let parted = rest.starts_with([':', '-', '–', '—', '|', ']', ')']);
        return Some((reading, opening[..used].trim(), iso || parted));
    }
    // A place in capitals, then the date.
    let place = opening.split([' ', ',']).next().unwrap_or_default();
    if place.chars().count() < 3 || place.chars().any(char::is_lowercase) {
        return None;
    }
    opening.match_indices([',', '(']).find_map(|(at, _)| {
        let rest = &opening[at + 1..];
        let (reading, used) = day(rest)?;
        Some((reading, rest[..used].trim(), true))
    })
}
