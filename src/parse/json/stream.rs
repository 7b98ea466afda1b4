//! One JSON document, read without ever holding it: the elements of its list of articles are emitted as they come.
//!
//! A list is either the document itself or stands in a wrapper (`{"items": […]}`, `{"data": {"children": […]}}`).
//! What stands beside the list, such as the authors of a JSON Feed, may follow it; so a document is first read as a
//! whole, and only where a list outgrows [`HELD`] are its elements let go with what is known by then.

use std::cell::Cell;
use std::fmt;
use std::io::{BufReader, Read};
use std::rc::Rc;

use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::item::{self, Context, Place};
use crate::article::Article;
use crate::error::{Error, Result};

/// How many bytes of a list are held back until the end of the document is known.
const HELD: u64 = 16 << 20;

/// The most bytes that one value may take, so that memory stays bounded.
const LONGEST: u64 = 64 << 20;

/// Keys under which documents keep their list of articles, or a wrapper around it.
const WRAPPERS: &[&str] = &[
    "articles",
    "posts",
    "items",
    "orderedItems",
    "entries",
    "entry",
    "data",
    "results",
    "result",
    "stories",
    "documents",
    "docs",
    "records",
    "rows",
    "news",
    "hits",
    "response",
    "feed",
    "children",
    "edges",
    "nodes",
    "values",
    "value",
    "list",
    "content",
    "collection",
    "pages",
    "rss",
    "channel",
    "item",
    "payload",
    "blog",
    "headlines",
    "statuses",
    "messages",
];

/// The deepest wrapper in a wrapper.
const DEEPEST: usize = 6;

/// Reads every value of the stream; the reader bounds the nesting of values by itself.
pub(super) fn read(input: Box<dyn Read + '_>, context: &Context, emit: &mut dyn FnMut(Result<Article>)) -> Result<()> {
    let used = Rc::new(Cell::new(0));
    let since = Rc::new(Cell::new(0));
    let input = BufReader::with_capacity(64 << 10, Counted { input, used: used.clone(), since: since.clone() });
    let mut deserializer = serde_json::Deserializer::from_reader(input);
    let mut walk = Walk { context, emit, used, since, held: Vec::new(), streamed: false, defaults: Map::new() };
    let mut first = true;
    loop {
        walk.streamed = false;
        walk.since.set(0);
        match Document(&mut walk).deserialize(&mut deserializer) {
            Ok(value) => walk.finish(value, first, deserializer.end().is_ok()),
            Err(err) => return Err(failure(err, &walk, context)),
        }
        // Values may follow each other without an array around them.
        if deserializer.end().is_ok() {
            return Ok(());
        }
        first = false;
    }
}

fn failure(err: serde_json::Error, walk: &Walk, context: &Context) -> Error {
    if err.is_io() && walk.since.get() > LONGEST {
        return Error::input(&context.origin, format!("values of at most {} MiB", LONGEST >> 20), "a longer one");
    }
    if err.is_io() {
        return Error::io("read", &context.origin, err.into());
    }
    Error::input(&context.origin, "JSON", format!("{} at line {} column {}", reason(&err), err.line(), err.column()))
        .hint("articles before that place were read; where each line is an object, name the file .jsonl")
}

/// What is wrong, without the position, which the caller names.
pub(super) fn reason(err: &serde_json::Error) -> String {
    let text = err.to_string();
    let end = text.rfind(" at line ").unwrap_or(text.len());
    text[..end].to_owned()
}

/// Counts what is read, and stops when a single value takes too much.
struct Counted<'a> {
    input: Box<dyn Read + 'a>,
    used: Rc<Cell<u64>>,
    since: Rc<Cell<u64>>,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.since.get() > LONGEST {
            return Err(std::io::Error::other("the value is too long"));
        }
        let taken = self.input.read(buffer)?;
        self.used.set(self.used.get() + taken as u64);
        self.since.set(self.since.get() + taken as u64);
        Ok(taken)
    }
}

/// The state of the walk through one document.
struct Walk<'a> {
    context: &'a Context,
    emit: &'a mut dyn FnMut(Result<Article>),
    used: Rc<Cell<u64>>,
    /// Bytes since the last element was let go.
    since: Rc<Cell<u64>>,
    /// Elements of the list that is being read.
    held: Vec<Value>,
    /// Whether elements of this document were let go.
    streamed: bool,
    /// What is known of the document beside its list.
    defaults: Map<String, Value>,
}

impl Walk<'_> {
    fn item(&mut self, value: Value, defaults: Option<&Map<String, Value>>, place: Place) {
        self.since.set(0);
        if item::is_shared(&value) {
            let found = "a post of somebody else that was shared";
            return (self.emit)(Err(Error::no_article(self.context.origin.clone(), found)));
        }
        let made = item::article(value, defaults, self.context, place);
        let origin = || self.context.origin.clone();
        (self.emit)(made.map_err(|found| Error::input(origin(), item::EXPECTED, found)));
    }

    /// Emits what a document holds that was not let go on the way.
    fn finish(&mut self, value: Option<Value>, first: bool, last: bool) {
        let Some(mut value) = value.filter(|_| !self.streamed) else { return };
        if let Some((items, defaults)) = items_of(&mut value) {
            for item in items {
                self.item(item, Some(&defaults), Place::Among);
            }
            return;
        }
        let place = if first && last { Place::Alone } else { Place::Among };
        self.item(value, None, place);
    }
}

/// The articles inside a wrapper, and what stands beside them; `None` when the value is an article itself.
fn items_of(value: &mut Value) -> Option<(Vec<Value>, Map<String, Value>)> {
    // Ghost writes its export as a list of one data base.
    if let Some(Value::Array(bases)) = value.get_mut("db")
        && bases.len() == 1
    {
        *value = bases.remove(0);
    }
    let object = value.as_object_mut()?;
    if item::is_article(object) && !is_feed(object) {
        return None;
    }
    let Some(path) = list_in(object, 0) else {
        return map_of_articles(object).then(|| (items_by_key(std::mem::take(object)), Map::new()));
    };
    let (last, outer) = path.split_last()?;
    let mut inner = &mut *object;
    for key in outer {
        inner = inner.get_mut(key)?.as_object_mut()?;
    }
    let Value::Array(items) = inner.remove(last)? else { return None };
    Some((items, std::mem::take(object)))
}

/// Whether an object maps ids to articles.
fn map_of_articles(object: &Map<String, Value>) -> bool {
    !object.is_empty() && object.values().all(|value| value.as_object().is_some_and(item::is_article))
}

/// The articles of a map; one without an id of its own has its key for one.
fn items_by_key(map: Map<String, Value>) -> Vec<Value> {
    let with_id = |(key, mut item): (String, Value)| {
        if let Value::Object(item) = &mut item {
            item.entry("id").or_insert(Value::String(key));
        }
        item
    };
    map.into_iter().map(with_id).collect()
}

/// A feed has a title and items; an article that has items has a text too.
fn is_feed(object: &Map<String, Value>) -> bool {
    let has_items = object.get("items").or_else(|| object.get("entries")).is_some_and(Value::is_array);
    let is_json_feed = object.get("version").and_then(Value::as_str).is_some_and(|v| v.contains("jsonfeed"));
    is_json_feed || (has_items && !item::has_body(object))
}

/// The keys that lead to the list of articles: to that of the first wrapper that has one.
fn list_in(object: &Map<String, Value>, depth: usize) -> Option<Vec<String>> {
    if depth > DEEPEST {
        return None;
    }
    WRAPPERS.iter().find_map(|wrapper| {
        let (key, value) = object.iter().find(|(key, _)| key.eq_ignore_ascii_case(wrapper))?;
        match value {
            Value::Array(items) if items.is_empty() || items.iter().any(item::can_be) => Some(vec![key.clone()]),
            Value::Object(inner) if !item::is_article(inner) || is_feed(inner) => {
                let mut path = list_in(inner, depth + 1)?;
                path.insert(0, key.clone());
                Some(path)
            }
            _ => None,
        }
    })
}

/// The top of the document: a list, or an object.
struct Document<'w, 'a>(&'w mut Walk<'a>);

impl<'de> DeserializeSeed<'de> for Document<'_, '_> {
    type Value = Option<Value>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// The visits that end in a plain value, the same for every visitor of this file.
macro_rules! plain_values {
    ($wrap:expr) => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a JSON value")
        }

        fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
            Ok($wrap(Value::Bool(value)))
        }

        fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
            Ok($wrap(value.into()))
        }

        fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
            Ok($wrap(value.into()))
        }

        fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
            Ok($wrap(value.into()))
        }

        fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
            Ok($wrap(Value::String(value.to_owned())))
        }

        fn visit_string<E>(self, value: String) -> Result<Self::Value, E> {
            Ok($wrap(Value::String(value)))
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok($wrap(Value::Null))
        }
    };
}

impl<'de> Visitor<'de> for Document<'_, '_> {
    type Value = Option<Value>;

    plain_values!(Some);

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while let Some(value) = seq.next_element::<Value>()? {
            self.0.item(value, None, Place::Among);
        }
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        object(self.0, 0, map).map(Some)
    }
}

/// Reads an object; the values of wrapper keys may be let go.
fn object<'de, A: MapAccess<'de>>(walk: &mut Walk, depth: usize, mut map: A) -> Result<Value, A::Error> {
    let mut values = Map::new();
    while let Some(key) = map.next_key::<String>()? {
        let is_wrapper = depth < DEEPEST && WRAPPERS.iter().any(|wrapper| key.eq_ignore_ascii_case(wrapper));
        let value = match is_wrapper {
            true => map.next_value_seed(Inner { walk, depth: depth + 1 })?,
            false => map.next_value()?,
        };
        if depth == 0 && !is_wrapper && item::is_default(&key) {
            walk.defaults.insert(key.clone(), value.clone());
        }
        values.insert(key, value);
    }
    Ok(Value::Object(values))
}

/// The value of a wrapper key.
struct Inner<'w, 'a> {
    walk: &'w mut Walk<'a>,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Inner<'_, '_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Inner<'_, '_> {
    type Value = Value;

    plain_values!(|value| value);

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let walk = self.walk;
        let start = walk.used.get();
        let outer = std::mem::take(&mut walk.held);
        let mut letting_go = false;
        while let Some(value) = seq.next_element::<Value>()? {
            walk.held.push(value);
            letting_go |= walk.used.get() - start > HELD && walk.held.iter().any(item::can_be);
            if letting_go {
                walk.streamed = true;
                let defaults = std::mem::take(&mut walk.defaults);
                for value in std::mem::take(&mut walk.held) {
                    walk.item(value, Some(&defaults), Place::Among);
                }
                walk.defaults = defaults;
            }
        }
        let held = std::mem::replace(&mut walk.held, outer);
        Ok(if letting_go { Value::Null } else { Value::Array(held) })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Value, A::Error> {
        object(self.walk, self.depth, map)
    }
}
