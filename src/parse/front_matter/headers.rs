//! `Key: value` lines at the head of a text, as in a mail (Pelican, MultiMarkdown, PEPs), up to a blank line.

use serde_json::Value;

use super::{Container, FrontMatter, is_key, lenient, line, skip_blank_lines, yaml};

/// Keys that make a first line metadata even when it stands alone; anything else may be prose (`Note: …`).
const TELLING: &[&str] = &[
    "title",
    "date",
    "author",
    "authors",
    "by",
    "byline",
    "subject",
    "headline",
    "posted",
    "published",
    "created",
    "updated",
    "modified",
    "slug",
    "tags",
    "category",
    "categories",
    "keywords",
    "pubdate",
    "publishdate",
    "dateline",
    "datepublished",
    "datecreated",
    "summary",
    "description",
    "lang",
    "language",
    "layout",
    "permalink",
    "url",
    "status",
    "draft",
    "pep",
    "from",
    "creationdate",
    "publisheddate",
    "publicationdate",
    "issued",
    "releasedate",
    "postedon",
    "publishedon",
    "id",
    "guid",
    "uuid",
    "section",
    "fecha",
    "datum",
];

pub(super) fn split(text: &str) -> Option<FrontMatter<'_>> {
    let (first, _) = line(text);
    key_value(first)?;
    let (block, body) = block(text);
    // Hexo writes YAML without the opening line; the closing one tells.
    let (next, after) = line(body);
    let is_yaml = next.trim_end() == "---";
    let body = if is_yaml { after } else { body };
    let entries = if is_yaml { yaml::entries(block).unwrap_or_else(|| lenient::entries(block)) } else { read(block) };
    if !entries.iter().any(|(key, _)| is_telling(key)) {
        return None;
    }
    let container = if is_yaml { Container::Yaml } else { Container::Headers };
    Some(FrontMatter { container, entries, body: skip_blank_lines(body) })
}

/// The lines of the header and what follows them.
fn block(text: &str) -> (&str, &str) {
    let mut rest = text;
    let mut last_telling = text;
    while !rest.is_empty() {
        let (first, after) = line(rest);
        if first.trim().is_empty() || first.trim_end() == "---" {
            return text.split_at(text.len() - rest.len());
        }
        let continues = first.starts_with([' ', '\t', '-']) && rest.len() < text.len();
        match key_value(first) {
            Some((key, _)) if is_telling(key) => last_telling = after,
            Some(_) => {}
            None if continues => {}
            // Prose follows without a blank line: only what is metadata beyond doubt is taken off it.
            None => return text.split_at(text.len() - last_telling.len()),
        }
        rest = after;
    }
    (text, "")
}

fn read(block: &str) -> Vec<(String, Value)> {
    let mut entries: Vec<(String, Value)> = Vec::new();
    for text in block.lines() {
        let continues = text.starts_with([' ', '\t']) && !entries.is_empty();
        match key_value(text).filter(|_| !continues) {
            Some((key, value)) => {
                entries.push((key.to_owned(), Value::String(lenient::unquote(value.trim()).into_owned())))
            }
            None => {
                if let Some((_, Value::String(value))) = entries.last_mut() {
                    value.push(' ');
                    value.push_str(text.trim());
                }
            }
        }
    }
    entries
}

/// `Key: value` on a line that is not indented; the value may be empty. A URL is no key with a value.
pub(super) fn key_value(text: &str) -> Option<(&str, &str)> {
    if text.starts_with([' ', '\t']) {
        return None;
    }
    if let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let end = text[1..].find(quote)? + 1;
        let value = text[end + 1..].trim_start().strip_prefix(':')?;
        return is_key(&text[1..end]).then_some((&text[1..end], value));
    }
    let mut from = 0;
    loop {
        let at = from + text[from..].find(':')?;
        let (key, value) = (text[..at].trim_end(), &text[at + 1..]);
        if value.is_empty() || value.starts_with([' ', '\t']) {
            return is_key(key).then_some((key, value));
        }
        // `og:title: x` has a colon in its key; `date:2014-01-01` none behind it.
        if !value.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return (is_key(key) && !value.starts_with([':', '/'])).then_some((key, value));
        }
        from = at + 1;
        if from > 40 {
            return None;
        }
    }
}

/// Whether a key is one that only metadata has.
pub(super) fn is_telling(key: &str) -> bool {
    let plain: String = key.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).collect();
    TELLING.iter().any(|telling| plain.eq_ignore_ascii_case(telling))
}
