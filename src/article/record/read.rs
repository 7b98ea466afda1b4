//! Reading a record, also one that a person has written or changed by hand.

use chrono::{DateTime, FixedOffset, NaiveTime, Utc};
use serde_json::{Map, Value};

use super::front::{BY_SOURCE, order_from_name, read_person};
use crate::article::{
    Article, Body, BodyKind, Enclosure, Person, Provenance, Record, Retraction, Title, TitleSource, bare,
};
use crate::error::{Error, Result};
use feedmill_dates::{self as dates, ArticleDate, Candidate, Confidence, DateRule, DateValue, Order, Precision};

/// A record as its file says it; a record written by hand may lack what the archive mints.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The id, if it has been minted.
    pub id: Option<String>,
    /// The publication instant, if it has been minted.
    pub published: Option<DateTime<FixedOffset>>,
    /// The last significant change.
    pub updated: Option<DateTime<FixedOffset>>,
    /// That it was withdrawn.
    pub withdrawal: Option<Withdrawal>,
    /// Whether user information stood in the address of a place where it was found; it is left out here.
    pub had_login: bool,
    /// Where the article was first found.
    pub source: Option<Provenance>,
    /// Other places where it was found later.
    pub also_at: Vec<String>,
    /// The article.
    pub article: Article,
}

/// That an article was withdrawn, as its file says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// When; `None` where a person has written `retracted: true`, which means from now on.
    pub at: Option<DateTime<FixedOffset>>,
    /// Why.
    pub reason: Option<String>,
    /// Whether its source no longer had it.
    pub by_source: bool,
}

impl Withdrawal {
    /// The retraction, from `now` on where no instant is given.
    pub fn at(self, now: DateTime<FixedOffset>) -> Retraction {
        Retraction { at: self.at.unwrap_or(now), reason: self.reason, by_source: self.by_source }
    }
}

/// Reads a complete record. `path` names it in errors, and its extension says what the body is written in.
///
/// # Errors
/// Front matter that is missing, is no YAML map, holds a value of the wrong type, or lacks `title`, `id` or
/// `published`.
pub fn read(path: &str, text: &str) -> Result<Record> {
    let draft = read_draft(path, text)?;
    let lacks = |key: &str| {
        Error::input(path, format!("the key `{key}` in the front matter"), "none")
            .hint("run `feedmill index`, which completes records that were written by hand")
    };
    let retraction = match draft.withdrawal {
        Some(Withdrawal { at: Some(at), reason, by_source }) => Some(Retraction { at, reason, by_source }),
        Some(_) => return Err(lacks("retracted` with an instant, such as `2023-07-09T12:00:00Z")),
        None => None,
    };
    Ok(Record {
        id: draft.id.ok_or_else(|| lacks("id"))?,
        published: draft.published.ok_or_else(|| lacks("published"))?,
        updated: draft.updated,
        retraction,
        source: draft.source,
        also_at: draft.also_at,
        article: draft.article,
    })
}

/// Reads a record that may lack `id`, `published` and provenance.
///
/// # Errors
/// As [`read`], but for the keys that may lack.
pub fn read_draft(path: &str, text: &str) -> Result<Draft> {
    let kind = path.rsplit_once('.').and_then(|(_, extension)| BodyKind::from_extension(extension));
    let kind = kind.ok_or_else(|| Error::input(path, "a record named .md, .html or .txt", "another extension"))?;
    let (front, body) = split(path, text)?;
    let mut keys = Keys { path, map: yaml_map(path, front)? };

    let title = keys.string("title")?.ok_or_else(|| Error::input(path, "a `title` in the front matter", "none"))?;
    let mut provenance = Keys { path, map: keys.object("provenance")?.unwrap_or_default() };
    let title_source = provenance.string("title")?.as_deref().and_then(TitleSource::from_name);
    let mut article = Article::new(
        Title { text: title, source: title_source.unwrap_or(TitleSource::Metadata) },
        Body { kind, text: body },
    );
    let found = provenance.object("date")?;
    article.date = article_date(&mut keys, found)?;
    article.draft = keys.boolean("draft")?.unwrap_or(false);
    // A mark keeps nothing back of what a person has released by hand.
    article.held_by = keys.string("held_by")?.filter(|_| article.draft);
    article.expires = keys.instant("expires")?;
    article.authors = authors(&mut keys)?;
    article.language = keys.string("lang")?;
    article.section = keys.string("section")?;
    article.tags = keys.strings("tags")?;
    article.url = keys.string("url")?;
    article.summary = keys.string("description")?;
    article.image = keys.string("image")?;
    article.enclosures = enclosures(&mut keys)?;
    let (origin, also_at) = (provenance.string("origin")?, provenance.strings("also_at")?);
    let had_login = origin.iter().chain(&also_at).any(|place| bare(place) != *place);
    let draft = Draft {
        had_login,
        id: keys.string("id")?,
        published: keys.instant("published")?,
        updated: keys.instant("updated")?,
        withdrawal: withdrawal(&mut keys)?,
        source: match (origin, provenance.string("format")?, provenance.string("sha256")?) {
            (Some(origin), Some(format), Some(sha256)) => {
                Some(Provenance { origin: bare(&origin).into_owned(), format, sha256 })
            }
            _ => None,
        },
        also_at: also_at.iter().map(|at| bare(at).into_owned()).collect(),
        article,
    };
    let mut extra = keys.object("extra")?.unwrap_or_default();
    // What a person has added under a key of their own is kept like any other unknown metadata.
    extra.extend(keys.map);
    Ok(Draft { article: Article { extra, ..draft.article }, ..draft })
}

/// Splits a record into front matter and body. Editors that write CRLF are forgiven: then the whole file is read
/// with LF.
fn split(path: &str, text: &str) -> Result<(String, String)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = if text.starts_with("---\r\n") { text.replace("\r\n", "\n") } else { text.to_owned() };
    let missing = || Error::input(path, "front matter between two lines `---`", "none");
    let rest = text.strip_prefix("---\n").ok_or_else(missing)?;
    let (front, body) = if let Some(body) = rest.strip_prefix("---\n") {
        ("", body)
    } else if let Some(at) = rest.find("\n---\n") {
        (&rest[..at + 1], &rest[at + 5..])
    } else if let Some(front) = rest.strip_suffix("\n---") {
        (front, "")
    } else {
        return Err(missing());
    };
    Ok((front.to_owned(), body.strip_prefix('\n').unwrap_or(body).to_owned()))
}

fn yaml_map(path: &str, front: String) -> Result<Map<String, Value>> {
    let yaml: serde_norway::Value = serde_norway::from_str(&front).map_err(|err| {
        Error::input(path, "front matter in YAML", format!("a mistake: {err}"))
            .hint("mend it; lines are counted from the one below `---`")
    })?;
    match to_json(yaml) {
        Value::Object(map) => Ok(map),
        Value::Null => Ok(Map::new()),
        other => Err(Error::input(path, "keys and values in the front matter", kind_of(&other))),
    }
}

/// YAML as JSON: keys become strings, tags are dropped, numbers that JSON cannot say become strings.
fn to_json(yaml: serde_norway::Value) -> Value {
    use serde_norway::Value as Yaml;
    match yaml {
        Yaml::Null => Value::Null,
        Yaml::Bool(b) => Value::Bool(b),
        Yaml::Number(n) => match (n.as_i64(), n.as_u64(), n.as_f64().and_then(serde_json::Number::from_f64)) {
            (Some(n), _, _) => n.into(),
            (_, Some(n), _) => n.into(),
            (_, _, Some(n)) => Value::Number(n),
            _ => Value::String(n.to_string()),
        },
        Yaml::String(s) => Value::String(s),
        Yaml::Sequence(items) => Value::Array(items.into_iter().map(to_json).collect()),
        Yaml::Mapping(map) => Value::Object(
            map.into_iter()
                .map(|(key, value)| {
                    let key = match to_json(key) {
                        Value::String(key) => key,
                        other => other.to_string(),
                    };
                    (key, to_json(value))
                })
                .collect(),
        ),
        Yaml::Tagged(tagged) => to_json(tagged.value),
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "a map",
    }
}

/// The keys that have not been taken yet.
struct Keys<'a> {
    path: &'a str,
    map: Map<String, Value>,
}

impl Keys<'_> {
    fn wrong(&self, key: &str, expected: &str, found: &Value) -> Error {
        Error::input(self.path, format!("{expected} at `{key}`"), kind_of(found))
    }

    fn string(&mut self, key: &str) -> Result<Option<String>> {
        match self.map.remove(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            // `title: 1984` is meant as text.
            Some(plain @ (Value::Number(_) | Value::Bool(_))) => Ok(Some(plain.to_string())),
            Some(other) => Err(self.wrong(key, "a string", &other)),
        }
    }

    fn number(&mut self, key: &str, expected: &str) -> Result<Option<u64>> {
        match self.map.remove(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Number(n)) if n.is_u64() => Ok(n.as_u64()),
            Some(other) => Err(self.wrong(key, expected, &other)),
        }
    }

    fn boolean(&mut self, key: &str) -> Result<Option<bool>> {
        match self.map.remove(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Bool(b)) => Ok(Some(b)),
            Some(other) => Err(self.wrong(key, "true or false", &other)),
        }
    }

    fn object(&mut self, key: &str) -> Result<Option<Map<String, Value>>> {
        match self.map.remove(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Object(map)) => Ok(Some(map)),
            Some(other) => Err(self.wrong(key, "a map", &other)),
        }
    }

    fn strings(&mut self, key: &str) -> Result<Vec<String>> {
        self.list(key)?
            .into_iter()
            .map(|item| match item {
                Value::String(text) => Ok(text),
                plain @ (Value::Number(_) | Value::Bool(_)) => Ok(plain.to_string()),
                other => Err(self.wrong(key, "a list of strings", &other)),
            })
            .collect()
    }

    fn list(&mut self, key: &str) -> Result<Vec<Value>> {
        match self.map.remove(key) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::Array(items)) => Ok(items),
            Some(one @ (Value::String(_) | Value::Object(_))) => Ok(vec![one]),
            Some(other) => Err(self.wrong(key, "a list", &other)),
        }
    }

    fn instant(&mut self, key: &str) -> Result<Option<DateTime<FixedOffset>>> {
        let Some(text) = self.string(key)? else { return Ok(None) };
        let value = text.parse::<DateValue>().ok().or_else(|| dates::read(&text).map(|reading| reading.value));
        match value.and_then(|value| value.instant_in(&Utc)) {
            Some(at) => Ok(Some(at)),
            None => Err(Error::input(self.path, format!("a date and time at `{key}`"), format!("{text:?}"))
                .hint("write it as 2023-07-09T12:00:00+01:00")),
        }
    }
}

/// That an article was withdrawn. A day means its first instant.
fn withdrawal(keys: &mut Keys) -> Result<Option<Withdrawal>> {
    let reason = keys.string("retraction")?;
    let by_source = keys.string("retracted_by")?.is_some_and(|by| by == BY_SOURCE);
    let Some(text) = keys.string("retracted")? else { return Ok(None) };
    let at = match text.as_str() {
        "false" => return Ok(None),
        "true" => None,
        _ => {
            let value = text.parse::<DateValue>().ok().or_else(|| dates::read(&text).map(|reading| reading.value));
            let value = value.ok_or_else(|| {
                Error::input(keys.path, "a date and time at `retracted`", format!("{text:?}"))
                    .hint("write it as 2023-07-09T12:00:00+01:00, or `true` for now")
            })?;
            let day = || value.first_day().and_time(NaiveTime::MIN).and_utc().fixed_offset();
            Some(value.instant_in(&Utc).unwrap_or_else(day))
        }
    };
    Ok(Some(Withdrawal { at, reason, by_source }))
}

fn article_date(keys: &mut Keys, found: Option<Map<String, Value>>) -> Result<Option<ArticleDate>> {
    let Some(text) = keys.string("date")? else { return Ok(None) };
    let wrong = || Error::input(keys.path, "a date at `date`", format!("{text:?}")).hint("write it as 2023-07-09");
    let read = match text.parse() {
        Ok(value) => value,
        Err(_) => dates::read(&text).ok_or_else(wrong)?.value,
    };
    let value = match keys.string("date_precision")? {
        None => read,
        Some(name) => {
            let precision = Precision::from_name(&name).ok_or_else(|| {
                Error::input(keys.path, "year, quarter, month, day, minute or second at `date_precision`", &name)
            })?;
            read.coarsened(precision)
        }
    };
    let by_hand = |value: DateValue| Candidate {
        value,
        rule: DateRule::Metadata,
        place: "date".to_owned(),
        raw: text.clone(),
        order: Order::Fixed,
        confidence: Confidence::High,
    };
    let Some(found) = found else { return Ok(Some(ArticleDate { chosen: by_hand(value), conflicts: Vec::new() })) };
    let mut found = Keys { path: keys.path, map: found };
    let mut conflicts = Vec::new();
    for conflict in found.list("conflicts")? {
        let Value::Object(map) = conflict else { return Err(found.wrong("conflicts", "maps", &conflict)) };
        let mut conflict = Keys { path: keys.path, map };
        let value = conflict.string("date")?.and_then(|text| text.parse().ok());
        let value = value.ok_or_else(|| Error::input(keys.path, "a date in `conflicts`", "none"))?;
        conflicts.push(candidate(&mut conflict, value)?);
    }
    Ok(Some(ArticleDate { chosen: candidate(&mut found, value)?, conflicts }))
}

fn candidate(keys: &mut Keys, value: DateValue) -> Result<Candidate> {
    Ok(Candidate {
        value,
        rule: keys.string("rule")?.as_deref().and_then(DateRule::from_name).unwrap_or(DateRule::Metadata),
        place: keys.string("place")?.unwrap_or_default(),
        raw: keys.string("raw")?.unwrap_or_default(),
        order: keys.string("order")?.as_deref().and_then(order_from_name).unwrap_or(Order::Fixed),
        confidence: keys.string("confidence")?.as_deref().and_then(Confidence::from_name).unwrap_or(Confidence::High),
    })
}

fn authors(keys: &mut Keys) -> Result<Vec<Person>> {
    keys.list("authors")?
        .into_iter()
        .map(|author| match author {
            Value::String(line) => Ok(read_person(&line)),
            Value::Object(map) => {
                let mut person = Keys { path: keys.path, map };
                Ok(Person {
                    name: person.string("name")?.unwrap_or_default(),
                    email: person.string("email")?,
                    uri: person.string("uri")?,
                })
            }
            other => Err(keys.wrong("authors", "names", &other)),
        })
        .collect()
}

fn enclosures(keys: &mut Keys) -> Result<Vec<Enclosure>> {
    keys.list("enclosures")?
        .into_iter()
        .map(|enclosure| {
            let Value::Object(map) = enclosure else { return Err(keys.wrong("enclosures", "maps", &enclosure)) };
            let mut enclosure = Keys { path: keys.path, map };
            let length = enclosure.number("length", "a number of bytes")?;
            let duration = enclosure.number("duration", "a number of seconds")?;
            Ok(Enclosure {
                url: enclosure
                    .string("url")?
                    .ok_or_else(|| Error::input(keys.path, "a `url` in `enclosures`", "none"))?,
                media_type: enclosure.string("type")?,
                length,
                duration,
            })
        })
        .collect()
}
