//! `#+key: value` lines and the property drawer of Org files.

use serde_json::Value;

use super::{Container, FrontMatter, is_key, line, skip_blank_lines};

pub(super) fn split(text: &str) -> Option<FrontMatter<'_>> {
    let mut entries = Vec::new();
    let mut rest = text;
    let mut in_drawer = false;
    while !rest.is_empty() {
        let (first, after) = line(rest);
        let first = first.trim();
        if first.eq_ignore_ascii_case(":PROPERTIES:") {
            in_drawer = true;
        } else if in_drawer && first.eq_ignore_ascii_case(":END:") {
            in_drawer = false;
        } else if let Some((key, value)) = key_value(first, in_drawer) {
            entries.push((key.to_owned(), Value::String(value.to_owned())));
        } else if !first.is_empty() && !first.starts_with("# ") {
            break;
        }
        rest = after;
    }
    (!entries.is_empty()).then(|| FrontMatter { container: Container::Org, entries, body: skip_blank_lines(rest) })
}

fn key_value(text: &str, in_drawer: bool) -> Option<(&str, &str)> {
    let inner = if in_drawer { text.strip_prefix(':')? } else { text.strip_prefix("#+")? };
    let (key, value) = inner.split_once(':')?;
    // `#+begin_src:` and the like open a block of the body.
    let opens_block = key.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("begin_"));
    (is_key(key) && !opens_block).then(|| (key, timestamp(value.trim())))
}

/// The inside of `<2018-11-14 Wed>` or `[2018-11-14 Wed]`.
fn timestamp(value: &str) -> &str {
    let inner = |open, close| value.strip_prefix(open).and_then(|inner: &str| inner.strip_suffix(close));
    let inner = inner('<', '>').or_else(|| inner('[', ']'));
    inner.filter(|inner| inner.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(value)
}
