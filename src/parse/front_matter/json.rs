//! A JSON object at the head of a text (Hugo), or between `;;;` and `;;;` (Middleman).

use serde_json::{Map, Value};

use super::{Container, FrontMatter, line, skip_blank_lines};

pub(super) fn split(text: &str) -> Option<FrontMatter<'_>> {
    let (first, after) = line(text);
    if first.trim_end() == ";;;" {
        let end = after.find("\n;;;")?;
        let inner = after[..end].trim();
        let object = if inner.starts_with('{') { read(inner)?.0 } else { read(&format!("{{{inner}}}"))?.0 };
        return front(object, line(&after[end + 1..]).1);
    }
    let (object, length) = read(text)?;
    front(object, &text[length..])
}

fn front(object: Map<String, Value>, body: &str) -> Option<FrontMatter<'_>> {
    let entries = object.into_iter().collect();
    Some(FrontMatter { container: Container::Json, entries, body: skip_blank_lines(body) })
}

/// The object at the start of a text and its length. The reader bounds nesting by itself.
fn read(text: &str) -> Option<(Map<String, Value>, usize)> {
    if !text.starts_with('{') || !text[1..].trim_start().starts_with(['"', '}']) {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Map<String, Value>>();
    let object = values.next()?.ok()?;
    Some((object, values.byte_offset()))
}
