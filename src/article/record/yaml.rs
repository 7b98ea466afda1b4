//! Writing YAML: block lists and maps, plain scalars where they cannot be taken for anything else, double-quoted
//! ones where they could. What is written here reads back as the same strings in YAML 1.1 and 1.2 alike.

use serde_json::{Map, Value};

/// Writes `key: value` for a string.
pub fn text(out: &mut String, indent: usize, key: &str, value: &str) {
    start(out, indent, key);
    out.push(' ');
    scalar(out, value);
    out.push('\n');
}

/// Writes `- key: value`, the first line of a map in a list; its other keys stand at `indent + 2`.
pub fn item(out: &mut String, indent: usize, key: &str, value: &str) {
    pad(out, indent);
    out.push_str("- ");
    text(out, 0, key, value);
}

/// Writes `key: value` for a value that needs no quotes: a date, a number, a keyword.
pub fn bare(out: &mut String, indent: usize, key: &str, value: impl std::fmt::Display) {
    use std::fmt::Write;
    start(out, indent, key);
    // Writing to a String cannot fail.
    let _ = writeln!(out, " {value}");
}

/// Writes `key:` and a list of strings, or nothing for an empty list.
pub fn list<'a>(out: &mut String, indent: usize, key: &str, values: impl IntoIterator<Item = &'a str>) {
    let mut values = values.into_iter().peekable();
    if values.peek().is_none() {
        return;
    }
    open(out, indent, key);
    for value in values {
        pad(out, indent);
        out.push_str("- ");
        scalar(out, value);
        out.push('\n');
    }
}

/// Writes `key:` at the head of a list or map.
pub fn open(out: &mut String, indent: usize, key: &str) {
    start(out, indent, key);
    out.push('\n');
}

/// Writes a map of JSON values below `key`, or nothing for an empty one.
pub fn map(out: &mut String, indent: usize, key: &str, values: &Map<String, Value>) {
    if values.is_empty() {
        return;
    }
    open(out, indent, key);
    for (key, value) in values {
        start(out, indent + 2, key);
        json(out, indent + 2, value);
    }
}

/// Writes the rest of a line, and the lines below it, for a value whose key or dash stands already.
fn json(out: &mut String, indent: usize, value: &Value) {
    match value {
        Value::Array(items) if !items.is_empty() => {
            out.push('\n');
            for item in items {
                pad(out, indent);
                out.push('-');
                json(out, indent + 2, item);
            }
        }
        Value::Object(entries) if !entries.is_empty() => {
            out.push('\n');
            for (key, value) in entries {
                start(out, indent + 2, key);
                json(out, indent + 2, value);
            }
        }
        Value::String(text) => {
            out.push(' ');
            scalar(out, text);
            out.push('\n');
        }
        other => {
            out.push(' ');
            out.push_str(&other.to_string());
            out.push('\n');
        }
    }
}

fn start(out: &mut String, indent: usize, key: &str) {
    pad(out, indent);
    scalar(out, key);
    out.push(':');
}

fn pad(out: &mut String, indent: usize) {
    out.extend(std::iter::repeat_n(' ', indent));
}

/// Writes one string, quoted where needed.
pub fn scalar(out: &mut String, text: &str) {
    if is_plain(text) {
        out.push_str(text);
    } else {
        quoted(out, text);
    }
}

/// Whether a string needs no quotes. Errs on the side of quoting.
fn is_plain(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    if !(first.is_alphabetic() || first == '/' || first == '_') || text.ends_with([' ', ':']) {
        return false;
    }
    if text.len() <= 5 && is_keyword(text) {
        return false;
    }
    let mut before = ' ';
    for c in text.chars() {
        let breaks = match c {
            ' ' => before == ':',
            '#' => before == ' ',
            ',' | '[' | ']' | '{' | '}' => false,
            _ => needs_escape(c),
        };
        if breaks {
            return false;
        }
        before = c;
    }
    true
}

/// Words that some version of YAML takes for a boolean, a null or a number.
fn is_keyword(text: &str) -> bool {
    const WORDS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Characters that a YAML reader refuses when they stand as they are (YAML 1.2.2 section 5.1), and those that
/// are invisible or break lines.
fn needs_escape(c: char) -> bool {
    matches!(c, '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn quoted(out: &mut String, text: &str) {
    use std::fmt::Write;
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if needs_escape(c) && (c as u32) < 0x100 => {
                let _ = write!(out, "\\x{:02x}", c as u32);
            }
            c if needs_escape(c) => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_only_what_could_be_something_else() {
        let written = |text: &str| {
            let mut out = String::new();
            scalar(&mut out, text);
            out
        };
        assert_eq!(written("Storm closes the harbour"), "Storm closes the harbour");
        assert_eq!(written("Flüsse, Brücken (und mehr)"), "Flüsse, Brücken (und mehr)");
        assert_eq!(written("urn:uuid:1"), "urn:uuid:1");
        for text in ["", "no", "Null", "12", "1.0", "-a", " a", "a ", "a: b", "a #b", "a:", "'", "&a", "*", "!x", "~"] {
            assert!(written(text).starts_with('"'), "{text:?}");
        }
        assert_eq!(written("a\nb\u{85}\u{2028}\0"), r#""a\nb\x85\u2028\x00""#);
    }
}
