//! Tags and sections.
//!
//! Every term of `tags`, `topics`, `categories` and `category` becomes a tag, so that none is lost; the first
//! category is the section too, unless a key names the section. `keywords` serve only where there are no others.

use serde_json::Value;

use super::Metadata;
use crate::article::Article;
use crate::parse::plain;

const SECTION: &[&str] = &["section", "sectionname", "desk", "articlesection", "channel"];
const TAGS: &[&str] = &["tags", "tag", "topics", "topic", "filetags", "labels", "hashtags", "taglist"];
const CATEGORIES: &[&str] = &["categories", "category"];
const KEYWORDS: &[&str] = &["keywords", "keyword", "subjects"];

/// More than these are a mistake, or an attack.
const MOST: usize = 1000;

/// How the source parts the terms of a list that it writes as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::parse) enum Terms {
    /// At commas or semicolons.
    Commas,
    /// At commas, or else at blanks where every word is in lower case (Jekyll: `tags: erlang otp release`).
    CommasOrBlanks,
}

/// Takes the terms out of the metadata.
pub(super) fn take(metadata: &mut Metadata, article: &mut Article, style: Terms) {
    let section = metadata.take(SECTION, |value| list(value, Terms::Commas, false).into_iter().next());
    let mut tags = std::mem::take(&mut article.tags);
    // One field a list: `tags` and `topics` may stand side by side.
    for key in TAGS {
        tags.extend(
            metadata
                .take(&[*key], |value| Some(list(value, style, true)).filter(|found| !found.is_empty()))
                .into_iter()
                .flatten(),
        );
    }
    let mut categories = Vec::new();
    for key in CATEGORIES {
        // A single category is one term, blanks and all: `category: Life in Production`.
        let style = if *key == "category" { Terms::Commas } else { style };
        let found = metadata.take(&[*key], |value| Some(list(value, style, true)).filter(|found| !found.is_empty()));
        categories.extend(found.into_iter().flatten());
    }
    if article.section.is_none() {
        article.section = section.or_else(|| categories.first().cloned());
    }
    article.categories.extend(categories.iter().cloned());
    tags.extend(categories);
    if tags.is_empty() {
        let words = |value: &Value| Some(list(value, Terms::Commas, true)).filter(|found| !found.is_empty());
        tags.extend(metadata.take(KEYWORDS, words).into_iter().flatten());
    }
    let mut seen = std::collections::HashSet::new();
    tags.retain(|tag| seen.insert(tag.to_lowercase()));
    tags.truncate(MOST);
    article.tags = tags;
}

fn list(value: &Value, style: Terms, parted: bool) -> Vec<String> {
    match value {
        Value::String(text) if parted => split(text, style).into_iter().filter_map(term).collect(),
        Value::String(text) => term(text).into_iter().collect(),
        Value::Number(number) => vec![number.to_string()],
        // WordPress lists terms by their numbers, which say nothing outside it; `tags: [2020]` in YAML does.
        Value::Array(values) if style == Terms::Commas && values.iter().all(Value::is_number) => Vec::new(),
        Value::Array(values) => values.iter().take(MOST).flat_map(|value| list(value, style, false)).collect(),
        Value::Object(object) => ["value", "name", "title", "label", "term", "text", "displayName", "webTitle", "slug"]
            .iter()
            .find_map(|key| term(object.get(*key)?.as_str()?))
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

fn term(text: &str) -> Option<String> {
    let term = plain::line(text.trim().trim_matches(['"', '\'']).trim_start_matches('#'));
    (!term.is_empty()).then_some(term)
}

fn split(text: &str, style: Terms) -> Vec<&str> {
    let text = text.trim();
    let text = text.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(text);
    if text.contains(',') {
        return text.split(',').collect();
    }
    if text.contains(';') {
        return text.split(';').collect();
    }
    // Org: `:harbour:ferries:`.
    if text.len() > 2 && text.starts_with(':') && text.ends_with(':') && !text.contains(' ') {
        return text.split(':').collect();
    }
    let hashtags = text.starts_with('#') && text.split_whitespace().all(|word| word.starts_with('#'));
    let slugs = || !text.chars().any(char::is_uppercase);
    if hashtags || (style == Terms::CommasOrBlanks && slugs()) {
        return text.split_whitespace().collect();
    }
    vec![text]
}
