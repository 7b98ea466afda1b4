//! The header of an AsciiDoc document: `= Title`, author line, revision line, attributes
//! (AsciiDoc Language, "Document Header").

use serde_json::Value;

use super::{Container, FrontMatter, is_key, line, skip_blank_lines};
use feedmill_dates as dates;

pub(super) fn split(text: &str) -> Option<FrontMatter<'_>> {
    let mut entries: Vec<(String, Value)> = Vec::new();
    let mut rest = text;
    let mut since_title: Option<usize> = None;
    while !rest.is_empty() {
        let (first, after) = line(rest);
        let trimmed = first.trim_end();
        if trimmed.starts_with("//") && !trimmed.starts_with("///") {
            rest = after;
            continue;
        }
        if let Some(title) = trimmed.strip_prefix("= ").filter(|_| since_title.is_none()) {
            push(&mut entries, "title", title.trim());
            since_title = Some(0);
        } else if let Some((key, value)) = attribute(trimmed) {
            push(&mut entries, key, value);
        } else if trimmed.is_empty() && since_title.is_none() {
            // Blank lines may part comments and attributes from the title, none may part the header after it.
        } else if let Some(lines) = since_title.as_mut().filter(|lines| **lines < 2 && !trimmed.is_empty()) {
            *lines += 1;
            if !author_or_revision(trimmed, &mut entries) {
                break;
            }
        } else {
            break;
        }
        rest = after;
    }
    // Attributes without a title may also be a field list of reStructuredText; that is for its reader to say.
    since_title?;
    Some(FrontMatter { container: Container::AsciiDoc, entries, body: skip_blank_lines(rest) })
}

fn push(entries: &mut Vec<(String, Value)>, key: &str, value: &str) {
    entries.push((key.to_owned(), Value::String(value.to_owned())));
}

/// `:key: value`; `:key!:` and `:!key:` unset.
fn attribute(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.strip_prefix(':')?.split_once(':')?;
    if key.starts_with('!') || key.ends_with('!') {
        return Some((key.trim_matches('!'), "")).filter(|(key, _)| is_key(key));
    }
    is_key(key).then(|| (key, value.trim()))
}

/// Takes the author line (`First Last <mail>; …`) or the revision line (`v1.0, 2014-01-01: remark`).
fn author_or_revision(text: &str, entries: &mut Vec<(String, Value)>) -> bool {
    let (before_remark, _) = text.split_once(": ").unwrap_or((text, ""));
    let day = before_remark.rsplit_once(", ").map_or(before_remark, |(version, day)| {
        if version.trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit()) { day } else { before_remark }
    });
    if let Some(reading) = dates::read(day.trim())
        && reading.value.precision() >= dates::Precision::Day
    {
        push(entries, "revdate", day.trim());
        return true;
    }
    if text.starts_with('v') && text[1..].starts_with(|c: char| c.is_ascii_digit()) {
        push(entries, "revnumber", text);
        return true;
    }
    const MOST_WORDS: usize = 12;
    let is_name = text.starts_with(char::is_alphabetic)
        && text.split_whitespace().count() <= MOST_WORDS
        && !text.ends_with(['.', ':', '!', '?'])
        && !text.contains("::");
    if is_name {
        push(entries, "author", text);
    }
    is_name
}
