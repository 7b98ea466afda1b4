//! What a line or a few lines look like.

use std::ops::Range;

use super::lines::Line;

/// A subheading is shorter than a sentence: characters, and words.
const MAX_HEADING: usize = 80;
const MAX_HEADING_WORDS: usize = 12;
/// A fenced block is no longer than this: every opening fence is a search for its end.
const MAX_FENCED: usize = 1000;
/// Lines of prose that were padded to a straight right edge are at least this wide.
const MIN_JUSTIFIED: usize = 50;

/// Whether the line is a rule across the text: three or more of the same sign, with or without blanks between.
pub(super) fn is_rule(text: &str) -> bool {
    let mut signs = text.chars().filter(|ch| *ch != ' ');
    let Some(sign) = signs.next() else { return false };
    if sign == '⁂' {
        return signs.next().is_none();
    }
    "-*_=~—–•·#+".contains(sign) && signs.clone().all(|ch| ch == sign) && signs.count() >= 2
}

/// Whether the line underlines the one before it, which makes that one a heading.
pub(super) fn is_underline(text: &str) -> bool {
    text.len() >= 3 && (text.bytes().all(|byte| byte == b'=') || text.bytes().all(|byte| byte == b'-'))
}

/// The length of a block between lines of three backticks or tildes, these included; `None` when none begins here.
pub(super) fn fence_length(lines: &[Line]) -> Option<usize> {
    let first = lines.first()?.text;
    let fence = ["```", "~~~"].into_iter().find(|fence| first.starts_with(fence))?;
    let is_opening = !first[fence.len()..].contains(|ch: char| ch.is_whitespace() || ch == '`');
    let length = lines[1..].iter().take(MAX_FENCED).position(|line| line.text == fence)? + 2;
    is_opening.then_some(length)
}

/// Whether the line reads like a subheading: short, begun like a sentence, not ended like one.
pub(super) fn is_subheading(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let is_short = text.chars().count() <= MAX_HEADING && text.split_ascii_whitespace().count() <= MAX_HEADING_WORDS;
    let is_address = text.contains("://") || text.contains('@') || text.starts_with("www.");
    is_short
        && !is_address
        && !first.is_lowercase()
        && (first.is_alphanumeric() || "¿¡«“\"'‘(".contains(first))
        && text.chars().any(char::is_alphabetic)
        && !ends_open(text)
        && !ends_sentence(text)
        && !is_figures(text)
}

/// Whether the text ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    let end = text.trim_end_matches(|ch: char| "\"'”’»›)]』」*_".contains(ch));
    let end = if end.is_empty() { text } else { end };
    end.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', '॥', '։', '።'])
}

/// Whether the text ends so that more must follow.
fn ends_open(text: &str) -> bool {
    text.ends_with([',', ';', ':', '-', '–', '—', '、', '，', '；', '：', '،', '(', '\\', '{', '/', '"', '”', '»'])
}

/// Whether the line is mostly figures, as in a table or a report of earnings.
pub(super) fn is_figures(text: &str) -> bool {
    let words = text.split_ascii_whitespace();
    let (numbers, all) = words.fold((0, 0), |(numbers, all), word| {
        (numbers + usize::from(word.bytes().any(|byte| byte.is_ascii_digit())), all + 1)
    });
    numbers >= 2 && numbers * 3 >= all
}

/// The lines that are columns: from the first to the last in which something stands apart by two blanks or a tab, or
/// between bars, if these are most of the lines between.
///
/// Two blanks after the end of a sentence are typing habit, and lines that were padded to a straight right edge are
/// prose.
pub(super) fn columns(lines: &[Line]) -> Option<Range<usize>> {
    let is_row = |line: &Line| gaps(line.text) > 0 || is_bar_row(line.text);
    let first = lines.iter().position(is_row)?;
    let last = lines.iter().rposition(is_row)?;
    let table = &lines[first..=last];
    let rows = table.iter().filter(|line| is_row(line)).count();
    (rows >= 2 && rows * 2 > table.len() && !is_justified(lines)).then_some(first..last + 1)
}

/// Whether a line that stands alone is a row of columns.
pub(super) fn is_row(text: &str) -> bool {
    gaps(text) >= 2
}

fn is_bar_row(text: &str) -> bool {
    text.starts_with('|') && text.ends_with('|') && text.len() > 2
}

/// How many times something stands apart in the line.
fn gaps(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut found = 0;
    let mut at = 0;
    while let Some(blank) = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| matches!(byte, b' ' | b'\t'))) {
        let start = at + blank;
        let length = bytes[start..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let is_wide = length >= 2 || bytes[start] == b'\t';
        let after_sentence = length <= 3 && text[..start].ends_with(['.', '!', '?', ':', '"', '”', ')']);
        found += usize::from(is_wide && !after_sentence);
        at = start + length;
    }
    found
}

/// Whether all lines but the last end at the same column, as padded prose does.
fn is_justified(lines: &[Line]) -> bool {
    let [full @ .., _] = lines else { return false };
    // The first may be indented or have lost a date.
    let mut ends = full.iter().filter(|line| !line.is_first).map(|line| line.indent + line.width);
    let Some(end) = ends.next() else { return false };
    end >= MIN_JUSTIFIED && full.len() >= 3 && ends.all(|other| other.abs_diff(end) <= 1)
}
