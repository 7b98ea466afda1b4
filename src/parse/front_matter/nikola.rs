//! `.. key: value` lines, which are comments to reStructuredText (Nikola).

use serde_json::Value;

use super::{Container, FrontMatter, is_key, line, skip_blank_lines};

pub(super) fn split(text: &str) -> Option<FrontMatter<'_>> {
    let mut entries = Vec::new();
    let mut rest = text;
    while let Some((key, value)) = key_value(line(rest).0) {
        entries.push((key.to_owned(), Value::String(value.trim().to_owned())));
        rest = line(rest).1;
    }
    (!entries.is_empty()).then(|| FrontMatter { container: Container::Nikola, entries, body: skip_blank_lines(rest) })
}

/// `.. key: value`; directives (`.. image:: x`) and targets (`.. _name: x`) are text.
fn key_value(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.trim_start().strip_prefix(".. ")?.split_once(':')?;
    let key = key.trim();
    (is_key(key) && (value.is_empty() || value.starts_with([' ', '\t']))).then_some((key, value))
}
