//! The line reader for what strict YAML refuses: `title: foo: bar`, unindented multi-line quotes, tabs, values
//! that start with `@` or `%`, unclosed front matter. Linear in the length of the block, and it never fails.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::{bare, headers, line};

/// The entries of a block, in order; of a repeated key the last.
pub(super) fn entries(block: &str) -> Vec<(String, Value)> {
    let lines: Vec<&str> = block.lines().collect();
    let mut entries: Vec<(String, Value)> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let text = lines[at];
        at += 1;
        if text.trim().is_empty() || text.trim_start().starts_with('#') {
            continue;
        }
        let Some((key, rest)) = headers::key_value(text) else {
            // A line of its own continues the value before it, as its author saw it.
            if let Some((_, Value::String(value))) = entries.last_mut() {
                join(value, text.trim());
            }
            continue;
        };
        let value = value(rest, &lines, &mut at);
        entries.push((unquote(key).into_owned(), value));
    }
    last_of_each(entries)
}

fn last_of_each(entries: Vec<(String, Value)>) -> Vec<(String, Value)> {
    let mut last = std::collections::HashMap::with_capacity(entries.len());
    for (at, (key, _)) in entries.iter().enumerate() {
        last.insert(key.clone(), at);
    }
    entries.into_iter().enumerate().filter(|(at, (key, _))| last[key] == *at).map(|(_, entry)| entry).collect()
}

/// The value that begins with `rest` and goes on in the lines from `at`, which is moved behind it.
fn value(rest: &str, lines: &[&str], at: &mut usize) -> Value {
    let rest = rest.trim();
    if let Some(style) = rest.strip_prefix(['|', '>'])
        && style.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-')).is_empty()
    {
        return block_scalar(rest.starts_with('|'), lines, at);
    }
    if let Some(quote @ ('"' | '\'')) = rest.chars().next()
        && !closes(rest, quote)
    {
        return quoted_over_lines(rest, quote, lines, at);
    }
    if rest.is_empty() || rest.starts_with('#') {
        return nested(lines, at);
    }
    let mut text = without_comment(rest).to_owned();
    while let Some(next) = lines.get(*at).filter(|next| is_indented(next) && !next.trim().is_empty()) {
        join(&mut text, next.trim());
        *at += 1;
    }
    flow_list(&text).unwrap_or_else(|| scalar(&text))
}

fn block_scalar(literal: bool, lines: &[&str], at: &mut usize) -> Value {
    let mut text = String::new();
    while let Some(next) = lines.get(*at).filter(|next| is_indented(next) || next.trim().is_empty()) {
        if literal && !text.is_empty() {
            text.push('\n');
            text.push_str(next.trim());
        } else {
            join(&mut text, next.trim());
        }
        *at += 1;
    }
    text.truncate(text.trim_end().len());
    Value::String(text)
}

/// A quoted value whose end stands on a later line. Where no line ends with the quote, the value is its first line:
/// an apostrophe that was never meant to be a quote must not swallow the rest.
fn quoted_over_lines(rest: &str, quote: char, lines: &[&str], at: &mut usize) -> Value {
    const MOST_LINES: usize = 200;
    let end = lines[*at..].iter().take(MOST_LINES).position(|next| next.trim_end().ends_with(quote));
    let Some(end) = end else {
        return Value::String(rest.trim_start_matches(quote).to_owned());
    };
    // A quote at the end of another key's line is that key's.
    let stops = lines[*at..*at + end + 1]
        .iter()
        .position(|next| headers::key_value(next).is_some_and(|(_, value)| value.trim_start().starts_with(quote)));
    if stops.is_some() {
        return Value::String(rest.trim_start_matches(quote).to_owned());
    }
    let mut text = rest.to_owned();
    for next in &lines[*at..=*at + end] {
        join(&mut text, next.trim());
    }
    *at += end + 1;
    Value::String(unquote(&text).into_owned())
}

/// The list or the mapping on the lines below a key without a value; null when there is none.
fn nested(lines: &[&str], at: &mut usize) -> Value {
    let mut list: Vec<Value> = Vec::new();
    let mut map = Map::new();
    let mut text = String::new();
    while let Some(next) = lines.get(*at) {
        let trimmed = next.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            *at += 1;
            continue;
        }
        let item = trimmed.strip_prefix("- ").or_else(|| (trimmed == "-").then_some(""));
        if item.is_none() && !is_indented(next) {
            break;
        }
        *at += 1;
        match item {
            Some(item) => list.push(list_item(item)),
            None => match (headers::key_value(trimmed), list.last_mut()) {
                (Some((key, value)), Some(Value::Object(item))) => {
                    item.insert(key.to_owned(), scalar(value));
                }
                (Some((key, value)), None) => {
                    map.insert(key.to_owned(), flow_list(value.trim()).unwrap_or_else(|| scalar(value)));
                }
                (_, Some(Value::String(item))) => join(item, trimmed),
                _ => join(&mut text, trimmed),
            },
        }
    }
    match (list.is_empty(), map.is_empty(), text.is_empty()) {
        (false, _, _) => Value::Array(list),
        (_, false, _) => Value::Object(map),
        (_, _, false) => Value::String(text),
        _ => Value::Null,
    }
}

fn list_item(item: &str) -> Value {
    match headers::key_value(item) {
        // `- name: x` opens a mapping; `- Part 2: the end` is a text with a colon.
        Some((key, value)) if !key.contains(' ') && key.starts_with(char::is_lowercase) => {
            Value::Object(Map::from_iter([(key.to_owned(), scalar(value))]))
        }
        _ => scalar(item),
    }
}

/// A plain scalar: a boolean where it is spelled so, else a string.
fn scalar(text: &str) -> Value {
    let text = without_comment(text.trim());
    match text {
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        "null" | "~" | "" => Value::Null,
        _ => bare(text),
    }
}

/// `[a, "b, c"]` as a list.
fn flow_list(text: &str) -> Option<Value> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let mut items = Vec::new();
    let (mut quote, mut start) = (None, 0);
    for (at, c) in inner.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') if inner[start..at].trim().is_empty() => quote = Some(c),
            (Some(open), _) if c == open => quote = None,
            (None, ',') => {
                items.push(&inner[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    items.push(&inner[start..]);
    Some(items.into_iter().map(str::trim).filter(|item| !item.is_empty()).map(bare).collect())
}

/// The text of the scalar on the line of a key, as it is written.
pub(super) fn raw_scalar(block: &str, key: &str) -> Option<String> {
    block.lines().rev().filter(|text| !is_indented(text)).find_map(|text| {
        let (found, rest) = headers::key_value(text)?;
        (found == key).then(|| unquote(without_comment(rest.trim())).into_owned())
    })
}

/// The lines of front matter that nobody closed, and what follows them; `None` when the first line is none.
pub(super) fn unclosed(inside: &str) -> Option<(&str, &str)> {
    let mut rest = inside;
    let mut seen = false;
    while !rest.is_empty() {
        let (first, after) = line(rest);
        let goes_on = headers::key_value(first).is_some()
            || (seen && (is_indented(first) || first.starts_with("- ")) && !first.trim().is_empty());
        if !goes_on {
            break;
        }
        seen = true;
        rest = after;
    }
    seen.then(|| inside.split_at(inside.len() - rest.len()))
}

/// The text without its surrounding quotes, escapes resolved; as it is where it has none.
pub(super) fn unquote(text: &str) -> Cow<'_, str> {
    let inner = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    if let Some(inner) = inner('"') {
        if !inner.contains('\\') {
            return Cow::Borrowed(inner);
        }
        return Cow::Owned(inner.replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\"));
    }
    match inner('\'') {
        Some(inner) if inner.contains("''") => Cow::Owned(inner.replace("''", "'")),
        Some(inner) => Cow::Borrowed(inner),
        None => Cow::Borrowed(text),
    }
}

fn closes(text: &str, quote: char) -> bool {
    text.len() > 1 && text[1..].trim_end().ends_with(quote) || without_comment(text).len() < text.len()
}

/// The text before ` # a comment`; a `#` inside quotes or in the middle of a word is text.
fn without_comment(text: &str) -> &str {
    let Some(quote) = text.bytes().next().filter(|byte| matches!(byte, b'"' | b'\'')) else {
        return text.find(" # ").map_or(text, |at| text[..at].trim_end());
    };
    match closing(text, quote) {
        Some(end) if text[end + 1..].trim_start().starts_with("# ") => &text[..=end],
        _ => text,
    }
}

/// Where the quote that a text opens with is closed; doubled and escaped quotes are text.
fn closing(text: &str, quote: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        let escapes = (quote == b'"' && bytes[at] == b'\\')
            || (quote == b'\'' && bytes[at] == quote && bytes.get(at + 1) == Some(&quote));
        match escapes {
            true => at += 2,
            false if bytes[at] == quote => return Some(at),
            false => at += 1,
        }
    }
    None
}

fn is_indented(text: &str) -> bool {
    text.starts_with([' ', '\t'])
}

fn join(text: &mut String, more: &str) {
    if !text.is_empty() && !more.is_empty() {
        text.push(' ');
    }
    text.push_str(more);
}
