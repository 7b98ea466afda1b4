//! YAML between `---` and `---` or `...` (YAML 1.1 as Jekyll, Hugo and friends read it).

use std::cell::Cell;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, EnumAccess, Error as _, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde_json::{Map, Value};

use super::{Container, FrontMatter, headers, lenient, line, skip_blank_lines};

/// The longest block that the strict reader is given; it keeps every event in memory. Longer ones are read by line.
const LONGEST_STRICT: usize = 256 << 10;

/// How many values a block may unfold to: aliases multiply (the "billion laughs"), honest front matter has dozens.
const MOST_VALUES: usize = 50_000;

/// How many bytes of text a block may unfold to, for the same reason.
const MOST_BYTES: usize = 4 << 20;

/// The deepest flow nesting that the strict reader is given: its scanner takes time quadratic in it.
const DEEPEST_FLOW: usize = 64;

pub(super) fn split(text: &str) -> Option<FrontMatter<'_>> {
    let (_, inside) = line(text);
    let front = |entries, body| Some(FrontMatter { container: Container::Yaml, entries, body: skip_blank_lines(body) });
    let Some((block, body)) = closed(inside) else {
        // Never closed: the header ends where its lines stop being metadata.
        let (block, body) = lenient::unclosed(inside)?;
        return front(entries(block).unwrap_or_else(|| lenient::entries(block)), body);
    };
    if skip_comments(block).is_empty() {
        return front(Vec::new(), body);
    }
    // A rule (`---`) may open a text too; then what follows is no mapping.
    if let Some(entries) = entries(block) {
        return front(entries, body);
    }
    let (first, _) = line(skip_comments(block));
    headers::key_value(first)?;
    front(lenient::entries(block), body)
}

/// The block up to the line that closes it, and what follows that line.
fn closed(inside: &str) -> Option<(&str, &str)> {
    let mut rest = inside;
    while !rest.is_empty() {
        let (first, after) = line(rest);
        if matches!(first.trim_end(), "---" | "..." | "----") {
            return Some((&inside[..inside.len() - rest.len()], after));
        }
        rest = after;
    }
    None
}

fn skip_comments(block: &str) -> &str {
    let mut rest = skip_blank_lines(block);
    while rest.trim_start().starts_with('#') {
        rest = skip_blank_lines(line(rest).1);
    }
    rest
}

/// The entries of a block that is a mapping; `None` where it is not one, is not valid, or is out of all proportion.
pub(super) fn entries(block: &str) -> Option<Vec<(String, Value)>> {
    if block.len() > LONGEST_STRICT || nests_deeply(block) {
        return None;
    }
    let budget = Budget { values: Cell::new(MOST_VALUES), bytes: Cell::new(MOST_BYTES) };
    let read = Mapping(&budget, &[]).deserialize(serde_norway::Deserializer::from_str(block));
    let mut entries = read.ok().filter(|entries| !entries.is_empty())?;
    restore_words(block, &mut entries);
    for (key, value) in &mut entries {
        // `title: 1.10` and `title: 2024` are text to their author: as numbers they lose digits.
        if matches!(value, Value::Number(_) | Value::Bool(_))
            && reads_as_text(key)
            && let Some(raw) = lenient::raw_scalar(block, key)
        {
            *value = Value::String(raw);
        }
    }
    Some(entries)
}

fn reads_as_text(key: &str) -> bool {
    ["title", "name", "subject", "headline", "date", "slug", "id", "uuid", "guid", "author", "summary", "description"]
        .iter()
        .any(|known| key.eq_ignore_ascii_case(known))
        || lists_words(key)
}

/// Whether the members of the list under a key are words, whatever they look like: `3.10` and `true` are tags.
fn lists_words(key: &str) -> bool {
    const KEYS: [&str; 17] = [
        "tags",
        "tag",
        "topics",
        "topic",
        "filetags",
        "labels",
        "hashtags",
        "taglist",
        "categories",
        "category",
        "keywords",
        "keyword",
        "subjects",
        "section",
        "series",
        "authors",
        "aliases",
    ];
    KEYS.iter().any(|known| key.eq_ignore_ascii_case(known))
}

/// Gives the members of lists of words their spelling back where they were read as numbers or truth values: as numbers
/// `3.10`, `1e3` and `0x1F` are other words, and `true` is none.
fn restore_words(block: &str, entries: &mut [(String, Value)]) {
    let is_lost = |value: &Value| matches!(value, Value::Number(_) | Value::Bool(_));
    let has_lost = |value: &Value| value.as_array().is_some_and(|values| values.iter().any(is_lost));
    let keys: Vec<String> =
        entries.iter().filter(|(key, value)| lists_words(key) && has_lost(value)).map(|(key, _)| key.clone()).collect();
    if keys.is_empty() {
        return;
    }
    // Read once more, those lists as texts; a list that has more than scalars stays as it is.
    let budget = Budget { values: Cell::new(MOST_VALUES), bytes: Cell::new(MOST_BYTES) };
    let Ok(spelled) = Mapping(&budget, &keys).deserialize(serde_norway::Deserializer::from_str(block)) else { return };
    for ((_, value), (_, spelled)) in entries.iter_mut().zip(spelled) {
        if let (Value::Array(values), Value::Array(spelled)) = (value, spelled)
            && values.len() == spelled.len()
        {
            for (value, spelled) in values.iter_mut().zip(spelled).filter(|(value, _)| is_lost(value)) {
                *value = spelled;
            }
        }
    }
}

fn nests_deeply(block: &str) -> bool {
    let mut depth = 0usize;
    for byte in block.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST_FLOW {
            return true;
        }
    }
    false
}

/// What a block may still unfold to.
struct Budget {
    values: Cell<usize>,
    bytes: Cell<usize>,
}

impl Budget {
    fn spend<E: serde::de::Error>(&self, bytes: usize) -> Result<(), E> {
        let (Some(values), Some(bytes)) = (self.values.get().checked_sub(1), self.bytes.get().checked_sub(bytes))
        else {
            return Err(E::custom("more values than front matter can have"));
        };
        self.values.set(values);
        self.bytes.set(bytes);
        Ok(())
    }
}

/// The top level: an ordered mapping in which a repeated key replaces the earlier one, as in Ruby and Python. The lists
/// under the named keys are read as texts.
struct Mapping<'b>(&'b Budget, &'b [String]);

impl<'de> DeserializeSeed<'de> for Mapping<'_> {
    type Value = Vec<(String, Value)>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Mapping<'_> {
    type Value = Vec<(String, Value)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries: Vec<(String, Value)> = Vec::new();
        let mut place = std::collections::HashMap::new();
        while let Some(key) = map.next_key_seed(Node(self.0))? {
            let key = text_of_key(key).ok_or_else(|| A::Error::custom("a key that is no scalar"))?;
            let value = match self.1.contains(&key) {
                true => map.next_value_seed(Words(self.0))?,
                false => map.next_value_seed(Node(self.0))?,
            };
            match place.get(&key) {
                Some(&at) => {
                    let (_, slot): &mut (String, Value) = &mut entries[at];
                    *slot = value;
                }
                None => {
                    place.insert(key.clone(), entries.len());
                    entries.push((key, value));
                }
            }
        }
        Ok(entries)
    }
}

fn text_of_key(key: Value) -> Option<String> {
    match key {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null => Some("null".to_owned()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// A list whose members are read as they are spelled.
struct Words<'b>(&'b Budget);

impl<'de> DeserializeSeed<'de> for Words<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Words<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of words")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(word) = seq.next_element::<String>()? {
            self.0.spend(word.len())?;
            values.push(Value::String(word));
        }
        Ok(Value::Array(values))
    }
}

/// Any value below the top level.
#[derive(Clone, Copy)]
struct Node<'b>(&'b Budget);

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Value, E> {
        self.0.spend(1)?;
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Value, E> {
        self.0.spend(8)?;
        Ok(value.into())
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        self.0.spend(8)?;
        Ok(value.into())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        self.0.spend(8)?;
        // JSON has no infinity; the word is kept.
        Ok(serde_json::Number::from_f64(value).map_or_else(|| Value::String(value.to_string()), Value::Number))
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Value, E> {
        self.0.spend(value.len())?;
        Ok(Value::String(value.to_owned()))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Value, E> {
        self.0.spend(1)?;
        Ok(Value::Null)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<Value, E> {
        self.visit_unit()
    }

    fn visit_some<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        self.0.spend(1)?;
        let mut values = Vec::new();
        while let Some(value) = seq.next_element_seed(self)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        self.0.spend(1)?;
        let mut values = Map::new();
        while let Some(key) = map.next_key_seed(self)? {
            let value = map.next_value_seed(self)?;
            let key = text_of_key(key).ok_or_else(|| A::Error::custom("a key that is no scalar"))?;
            match (key.as_str(), value) {
                // The merge key (YAML 1.1): what stands beside it wins.
                ("<<", Value::Object(merged)) => {
                    for (key, value) in merged {
                        values.entry(key).or_insert(value);
                    }
                }
                (_, value) => {
                    values.insert(key, value);
                }
            }
        }
        Ok(Value::Object(values))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Value, A::Error> {
        // A local tag (`!Ref x`) says how a program should take the value; the value is what a reader sees.
        let (_tag, content) = data.variant_seed(Tag)?;
        content.newtype_variant_seed(self)
    }
}

struct Tag;

impl<'de> DeserializeSeed<'de> for Tag {
    type Value = String;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        String::deserialize(deserializer)
    }
}
