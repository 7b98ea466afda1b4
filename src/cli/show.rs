//! Articles and dates as JSON, for `parse` and `explain`.

use serde_json::{Map, Value, json};

use crate::article::{Article, Person};
use feedmill_dates::{ArticleDate, Candidate};

/// Everything that an article holds, with how its title and date were found. Fields without a value are left out.
pub(super) fn article(article: &Article) -> Map<String, Value> {
    let mut shown = Map::new();
    let mut put = |key: &str, value: Value| {
        let empty = match &value {
            Value::Null => true,
            Value::Array(items) => items.is_empty(),
            Value::Object(map) => map.is_empty(),
            Value::String(text) => text.is_empty(),
            _ => false,
        };
        if !empty {
            shown.insert(key.to_owned(), value);
        }
    };
    put("title", article.title.text.clone().into());
    put("title_source", article.title.source.name().into());
    put("date", article.date.as_ref().map(date).unwrap_or_default());
    put("id", article.id.clone().into());
    put("fragment", article.fragment.clone().into());
    put("updated", article.updated.map(|at| at.to_rfc3339()).into());
    put("authors", article.authors.iter().map(person).collect());
    put("language", article.language.clone().into());
    put("section", article.section.clone().into());
    put("tags", article.tags.clone().into());
    put("url", article.url.clone().into());
    put("summary", article.summary.clone().into());
    put("draft", if article.draft { true.into() } else { Value::Null });
    put("expires", article.expires.map(|at| at.to_rfc3339()).into());
    put("held_by", article.held_by.clone().into());
    put("image", article.image.clone().into());
    let enclosures = article.enclosures.iter().map(|enclosure| {
        let mut map = Map::from_iter([("url".to_owned(), enclosure.url.clone().into())]);
        map.extend(enclosure.media_type.clone().map(|kind| ("type".to_owned(), kind.into())));
        map.extend(enclosure.length.map(|length| ("length".to_owned(), length.into())));
        Value::Object(map)
    });
    put("enclosures", enclosures.collect());
    put("extra", Value::Object(article.extra.clone()));
    put("body", json!({ "kind": article.body.kind.extension(), "text": article.body.text }));
    shown
}

/// A date with the rule that found it, and what contradicts it.
pub(super) fn date(date: &ArticleDate) -> Value {
    let mut shown = candidate(&date.chosen);
    if !date.conflicts.is_empty() {
        let conflicts = date.conflicts.iter().map(|conflict| Value::Object(candidate(conflict)));
        shown.insert("conflicts".to_owned(), conflicts.collect());
    }
    Value::Object(shown)
}

fn candidate(candidate: &Candidate) -> Map<String, Value> {
    let mut shown = Map::new();
    shown.insert("value".to_owned(), candidate.value.to_string().into());
    shown.insert("precision".to_owned(), candidate.value.precision().name().into());
    shown.insert("rule".to_owned(), candidate.rule.name().into());
    if !candidate.place.is_empty() {
        shown.insert("place".to_owned(), candidate.place.clone().into());
    }
    shown.insert("raw".to_owned(), candidate.raw.clone().into());
    shown.insert("confidence".to_owned(), candidate.confidence.name().into());
    shown
}

fn person(person: &Person) -> Value {
    let mut shown = Map::new();
    for (key, value) in [("name", Some(&person.name)), ("email", person.email.as_ref()), ("uri", person.uri.as_ref())] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            shown.insert(key.to_owned(), value.clone().into());
        }
    }
    Value::Object(shown)
}
