//! A reStructuredText title with a field list below it, or a field list alone (Pelican, docutils).

use serde_json::Value;

use super::{Container, FrontMatter, is_key, line, skip_blank_lines};

pub(super) fn split(text: &str) -> Option<FrontMatter<'_>> {
    let (title, rest) = title(text).map_or((None, text), |(title, rest)| (Some(title), skip_blank_lines(rest)));
    let mut entries: Vec<(String, Value)> = Vec::new();
    let mut at = rest;
    while !at.is_empty() {
        let (first, after) = line(at);
        if let Some((key, value)) = key_value(first) {
            entries.push((key.to_owned(), Value::String(value.trim().to_owned())));
        } else if let (true, false, Some((_, Value::String(value)))) =
            (first.starts_with([' ', '\t']), first.trim().is_empty(), entries.last_mut())
        {
            value.push(' ');
            value.push_str(first.trim());
        } else {
            break;
        }
        at = after;
    }
    if entries.is_empty() {
        return None;
    }
    if let Some(title) = title
        && !entries.iter().any(|(key, _)| key.eq_ignore_ascii_case("title"))
    {
        entries.insert(0, ("title".to_owned(), Value::String(title.to_owned())));
    }
    Some(FrontMatter { container: Container::Fields, entries, body: skip_blank_lines(at) })
}

/// A title between or above lines of punctuation, and what follows it.
fn title(text: &str) -> Option<(&str, &str)> {
    let (first, after) = line(text);
    let (title, after) = if is_adornment(first) { line(after) } else { (first, after) };
    let (under, after) = line(after);
    (is_adornment(under) && !title.trim().is_empty()).then(|| (title.trim(), after))
}

fn is_adornment(text: &str) -> bool {
    let text = text.trim_end();
    text.len() >= 3 && text.as_bytes()[0].is_ascii_punctuation() && text.bytes().all(|byte| byte == text.as_bytes()[0])
}

/// `:key: value`.
fn key_value(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.strip_prefix(':')?.split_once(':')?;
    (is_key(key) && (value.is_empty() || value.starts_with([' ', '\t']))).then_some((key, value))
}
