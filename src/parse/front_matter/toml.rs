//! TOML between `+++` and `+++` (Hugo, Zola).

use serde_json::{Map, Value};

use super::{Container, FrontMatter, bare, is_key, line, skip_blank_lines};

/// The longest block that is read strictly; longer ones are read by line.
const LONGEST_STRICT: usize = 256 << 10;

/// The most dots in one line: each is a table inside a table, and tables that deep overflow the stack when dropped.
const MOST_DOTS: usize = 100;

pub(super) fn split(text: &str) -> Option<FrontMatter<'_>> {
    let (_, inside) = line(text);
    let mut rest = inside;
    while !rest.is_empty() {
        let (first, after) = line(rest);
        if first.trim_end() == "+++" {
            let block = &inside[..inside.len() - rest.len()];
            let entries = entries(block).unwrap_or_else(|| by_line(block));
            return Some(FrontMatter { container: Container::Toml, entries, body: skip_blank_lines(after) });
        }
        rest = after;
    }
    // Never closed: the header ends at the first line that is neither `key = value` nor a table.
    let mut rest = inside;
    while !rest.is_empty() {
        let (first, after) = line(rest);
        if key_value(first).is_none() && !first.starts_with('[') {
            break;
        }
        rest = after;
    }
    let block = &inside[..inside.len() - rest.len()];
    let entries = entries(block).unwrap_or_else(|| by_line(block));
    (!entries.is_empty()).then(|| FrontMatter { container: Container::Toml, entries, body: skip_blank_lines(rest) })
}

/// The entries of a TOML document; `None` where it is not valid, or empty.
pub(super) fn entries(block: &str) -> Option<Vec<(String, Value)>> {
    let dotted = |text: &str| text.bytes().filter(|byte| *byte == b'.').count() > MOST_DOTS;
    if block.len() > LONGEST_STRICT || block.lines().any(|text| text.len() > MOST_DOTS && dotted(text)) {
        return None;
    }
    let table: toml::Table = block.parse().ok()?;
    (!table.is_empty()).then(|| table.into_iter().map(|(key, value)| (key, json(value))).collect())
}

fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => {
            serde_json::Number::from_f64(number).map_or_else(|| Value::String(number.to_string()), Value::Number)
        }
        toml::Value::Boolean(value) => Value::Bool(value),
        toml::Value::Datetime(time) => Value::String(time.to_string()),
        toml::Value::Array(values) => values.into_iter().map(json).collect(),
        toml::Value::Table(table) => Value::Object(table.into_iter().map(|(key, value)| (key, json(value))).collect()),
    }
}

/// `key = value` lines of a block that strict TOML refuses, with the tables that they stand in.
fn by_line(block: &str) -> Vec<(String, Value)> {
    let mut top: Map<String, Value> = Map::new();
    let mut table: Option<String> = None;
    for text in block.lines() {
        let text = text.trim();
        if let Some(name) = text.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
            table = Some(name.trim_matches(['[', ']', ' ']).to_owned());
            continue;
        }
        let Some((key, value)) = key_value(text) else { continue };
        let value = one_value(value.trim());
        match &table {
            None => {
                top.insert(key.to_owned(), value);
            }
            Some(name) => {
                if let Value::Object(inner) = top.entry(name.as_str()).or_insert_with(|| Value::Object(Map::new())) {
                    inner.insert(key.to_owned(), value);
                }
            }
        }
    }
    top.into_iter().collect()
}

fn one_value(text: &str) -> Value {
    match format!("v = {text}").parse::<toml::Table>().ok().and_then(|mut table| table.remove("v")) {
        Some(value) if text.len() < MOST_DOTS * 10 => json(value),
        _ => bare(text),
    }
}

fn key_value(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.split_once('=')?;
    let key = key.trim().trim_matches('"');
    is_key(key).then_some((key, value))
}
