//! Lines of a text that state its date: ` date 2023-07-09 First sentence…`, `Posted: …`, a date line of its own.

use feedmill_dates::{self as dates, Precision, Reading};

use super::{plain, titles};

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

/// Words that make a label the date of the article: `Meeting date: …`, `Date of the session: …`, `When: …`.
const LABELS: &str = "date dates dated datum day when held published posted created issued fecha data dato tarih дата \
    ημερομηνία päivämäärä päiväys 日期 日付 日時 開催日 날짜 wann quand";

/// Words that make it the date of something else.
const OTHER_LABELS: &str = "due expiry expires expiration deadline next birth born death start end last updated update \
    modified revised review renewal previous until valid";

/// Words that open a note about a change.
const CHANGES: &str = "update updated updates edit edited revised revision modified last correction corrected amended \
    changed addendum nachtrag aktualisiert geändert aktualisierung actualización actualizado modifié \
    aggiornamento aggiornato bijgewerkt обновлено ps p.s note";

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

/// A line at the beginning of a text in a markup language.
pub(super) struct Line<'a> {
    /// The line.
    pub text: &'a str,
    /// Whether nothing but headings, names, labels and a few short lines stands before it.
    pub is_head: bool,
}

/// The first lines of a text in a markup language that can state its date: not those of code, of quotes, of comments,
/// and of templates.
pub(super) fn head(body: &str) -> impl Iterator<Item = Line<'_>> {
    /// So many lines can state the date, …
    const LINES: usize = 6;
    /// … so many short ones may stand before it at the head, …
    const SHORT_LINES: usize = 2;
    /// … and so many are looked at for them.
    const MOST: usize = 40;
    let (mut fence, mut comment, mut after_blank, mut short, mut prose) = (None, false, true, 0, false);
    let lines = body.lines().take(MOST).filter_map(move |line| {
        let text = line.trim();
        let is_indented = (line.starts_with("    ") || line.starts_with('\t')) && after_blank;
        after_blank = text.is_empty() || is_indented;
        if let Some(mark) = ["```", "~~~"].into_iter().find(|mark| text.starts_with(mark)) {
            fence = match fence {
                None => Some(mark),
                Some(open) if open == mark => None,
                open => open,
            };
            return None;
        }
        comment |= text.starts_with("<!--");
        let was_comment = comment;
        comment &= !text.contains("-->");
        let opens = [">", "`", "{%", "{{", "!!!", ":::", "..", "<blockquote", "<pre", "<code"];
        if text.is_empty()
            || fence.is_some()
            || was_comment
            || is_indented
            || opens.iter().any(|mark| text.starts_with(mark))
        {
            return None;
        }
        let is_head = !prose && short <= SHORT_LINES;
        let is_frame = text.starts_with(['#', '=', '|', '!', '[', '<', '-', '+', '*', '_']) || titles::is_byline(text);
        let labelled = || text.split_once(':').is_some_and(|(label, _)| label.split_whitespace().count() <= 4);
        match () {
            () if is_frame || labelled() => {}
            () if titles::is_headline(text) => short += 1,
            () => prose = true,
        }
        Some(Line { text: line, is_head })
    });
    lines.take(LINES)
}

/// The date that a line of a markup language states, with the word before it and its text.
pub(super) fn stated(line: &str) -> Option<(Reading, &str, String)> {
    if let Some(found) = worded(line) {
        return Some((found.reading, found.word, found.raw.to_owned()));
    }
    let (reading, raw) = labelled(line).or_else(|| marked_up(line))?;
    Some((reading, "", raw))
}

/// Reads a label that says what follows it to be the date, and the date: `**Meeting date:** July 9, 2023`,
/// `| Date | July 9, 2023 |`.
fn labelled(line: &str) -> Option<(Reading, String)> {
    const LONGEST_LABEL: usize = 40;
    if line.len() > LONGEST * 3 || !line.chars().any(char::is_numeric) {
        return None;
    }
    let bare = line.trim().trim_start_matches(['-', '+', '•', ' ']);
    let cells: Vec<&str> = bare.split('|').map(str::trim).filter(|cell| !cell.is_empty()).collect();
    let clean = match cells[..] {
        [label, value] if bare.starts_with('|') => {
            plain::line(&format!("{}: {value}", label.trim_end_matches([':', '*', '_'])))
        }
        _ => plain::line(bare.strip_prefix("* ").unwrap_or(bare)),
    };
    let (label, value) = clean.split_once([':', '：'])?;
    let words = || label.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let has = |list: &str| words().any(|word| list.split_whitespace().any(|listed| listed == word.to_lowercase()));
    if label.len() > LONGEST_LABEL || words().count() > 5 || !has(LABELS) || has(OTHER_LABELS) {
        return None;
    }
    let value = value.trim_start();
    let (reading, used) = dates::read_prefix(value)?;
    (reading.value.precision() >= Precision::Day).then(|| (reading, value[..used].trim().to_owned()))
}

/// Whether a text begins as a note about a change does.
fn is_change(text: &str) -> bool {
    let word = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let word = &word[..word.find(|c: char| !c.is_alphabetic() && c != '.').unwrap_or(word.len())];
    let word = word.trim_end_matches('.').to_lowercase();
    CHANGES.split_whitespace().any(|listed| listed == word)
}

/// Reads the date that a line of Markdown or HTML is, once its markup is off: `### [2016-04-1](…)`, `*9 July 2023*`,
/// `<p class="meta">29 Mar 2011 - Harbour</p>`. Gives the date and its text.
pub(super) fn marked_up(line: &str) -> Option<(Reading, String)> {
    const LONGEST_MARKUP: usize = 400;
    if line.len() > LONGEST_MARKUP || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let clean = plain::line(line.trim_start_matches(['#', '=', ' ']));
    if let Some(found) = alone(&clean) {
        return Some((found.reading.clone(), found.raw.to_owned()));
    }
    let (reading, used) = dates::read_prefix(&clean)?;
    let rest = clean[used..].trim_start();
    let parted = [":", "-", "–", "—", "|", "•", "·", "/", "by "].iter().any(|mark| rest.starts_with(mark));
    let whole_day = reading.value.precision() >= Precision::Day && !is_change(rest);
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
        if is_change(rest) {
            return None;
        }
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
