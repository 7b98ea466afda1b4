//! From one row to an [`Article`].

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::columns::{self, Columns};
use crate::article::{Article, Body, BodyKind, Title, TitleSource};
use crate::parse::evidence::Evidence;
use crate::parse::metadata::{self, Metadata, Terms};
use crate::parse::{titles, unix_lines};
use feedmill_dates::DateRule;

/// Columns of a summary that stands in for the text where there is none.
const SUMMARY: &[&str] = &["description", "summary", "excerpt", "abstract", "snippet"];

/// The article that a row is; `None` for a row without title and text. `name` is the path of its table; with `weigh`,
/// what is weighed is kept.
pub(super) fn article(fields: Vec<String>, columns: &Columns, name: &str, weigh: bool) -> Option<Article> {
    let fingerprint = fingerprint(&fields);
    let local_id = columns.id.and_then(|at| fields.get(at)).map(|id| id.trim().to_owned()).filter(|id| !id.is_empty());
    let text = |at: &usize| fields.get(*at).is_some_and(|text| !text.trim().is_empty());
    let body = columns.bodies.iter().find(|(at, _)| text(at)).copied();
    let entries = entries(&fields, columns, body.map(|(at, _)| at));
    let mut metadata = Metadata::new(entries);
    let body = match body {
        Some((at, kind)) => fields.into_iter().nth(at).map(|text| (text, kind)),
        None => metadata.take(SUMMARY, |value| value.as_str().map(str::to_owned)).map(|text| (text, None)),
    };
    let has_text = body.is_some();
    let (text, kind) = body.unwrap_or_default();
    let text = unix_lines(text);
    let kind = kind.unwrap_or_else(|| if has_tags(&text) { BodyKind::Html } else { BodyKind::Text });
    let no_title = Title { text: String::new(), source: TitleSource::FileName };
    let mut article = Article::new(no_title, Body { kind, text });
    let mut evidence = Evidence::new(weigh);
    metadata.fill(&mut article, &mut evidence, Terms::Commas, DateRule::Metadata);
    if article.title.text.is_empty() && !has_text {
        return None;
    }
    // The path of a table dates the table; its rows have dates of their own, or else this one.
    if evidence.is_empty() {
        evidence.path(name);
    }
    if article.title.text.is_empty() {
        let found = match article.body.kind {
            BodyKind::Html => titles::of_html(&article.body.text),
            BodyKind::Markdown => titles::of_markup(&article.body.text),
            BodyKind::Text => titles::of_prose(&article.body.text),
        };
        let of_url = || article.url.as_deref().map(titles::of_name);
        article.title = found.or_else(of_url).unwrap_or_else(titles::none);
    }
    article.fragment = local_id.or_else(|| article.url.clone()).unwrap_or(fingerprint);
    metadata::conclude(&mut article, evidence, name);
    Some(article)
}

/// Keys and values of a row, without the column of its text.
fn entries(fields: &[String], columns: &Columns, body: Option<usize>) -> Vec<(String, Value)> {
    let field = |at: usize| fields.get(at).map(|text| text.trim()).unwrap_or_default();
    let mut entries = Vec::with_capacity(columns.keys.len());
    if let Some([year, month, day]) = columns.parts {
        let date = format!("{}-{:0>2}-{:0>2}", field(year), field(month), field(day));
        entries.push(("date".to_owned(), Value::from(date)));
    }
    for (at, key) in columns.keys.iter().enumerate() {
        let text = field(at);
        if Some(at) == body || key.is_empty() || says_nothing(text) || columns.parts.is_some_and(|p| p.contains(&at)) {
            continue;
        }
        let value = match columns.day_and_time {
            Some((day, time)) if at == time && !field(day).is_empty() => continue,
            Some((day, time)) if at == day && field(time).contains(':') && !text.contains(':') => {
                Value::from(format!("{text} {}", field(time)))
            }
            _ if columns.serials.contains(&at) => Value::from(columns::serial(text).unwrap_or_else(|| text.to_owned())),
            _ => list(text).unwrap_or_else(|| Value::from(text)),
        };
        entries.push((key.clone(), value));
    }
    entries
}

/// What programs write where there is no value.
fn says_nothing(text: &str) -> bool {
    ["", "nan", "null", "none", "n/a", "#n/a", "\\n", "nil", "<na>", "nat"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

/// The values of a list that a program wrote as `['a', 'b']` or `["a", "b"]`, or a person as `a|b`.
fn list(text: &str) -> Option<Value> {
    /// Longer values are texts.
    const LONGEST: usize = 2000;
    if text.len() > LONGEST {
        return None;
    }
    if let Some(inner) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let whole = serde_json::from_str::<Vec<Value>>(text).ok();
        let quoted = || {
            let parts = inner.split(',').map(str::trim);
            parts
                .map(|part| part.strip_prefix('\'')?.strip_suffix('\'').map(Value::from))
                .collect::<Option<Vec<Value>>>()
        };
        return whole.or_else(quoted).map(Value::Array);
    }
    let is_terms = text.contains('|') && !text.contains([',', ';', '\n']) && !text.contains("://");
    is_terms.then(|| text.split('|').map(|part| Value::from(part.trim())).collect())
}

/// Whether a text has the tags that HTML has.
fn has_tags(text: &str) -> bool {
    const TAGS: &[&str] = &[
        "p>", "br>", "br/>", "br />", "div>", "div ", "p ", "a href", "ul>", "h1>", "h2>", "img ", "span", "em>",
        "strong>", "b>", "i>",
    ];
    memchr::memchr_iter(b'<', text.as_bytes()).take(100).any(|at| {
        let rest = &text.as_bytes()[at + 1..];
        TAGS.iter().any(|tag| rest.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes())))
    })
}

/// SHA-256 of the fields, each with its length before it.
fn fingerprint(fields: &[String]) -> String {
    let mut hash = Sha256::new();
    for field in fields {
        hash.update((field.len() as u64).to_le_bytes());
        hash.update(field.as_bytes());
    }
    let hex: String = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}
