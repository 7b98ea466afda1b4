//! From one JSON object to an [`Article`].

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::article::{Article, Body, BodyKind, Title, TitleSource};
use crate::parse::evidence::Evidence;
use crate::parse::metadata::{self, Metadata, Terms};
use crate::parse::{marks, titles, unix_lines};
use feedmill_dates::{self as dates, DateRule, KeyRole};

/// What an item should have been, for messages.
pub(super) const EXPECTED: &str = "an object with a title or a text";

/// The document that items come from.
pub(super) struct Context {
    /// Whether what was weighed shall be kept.
    pub weigh: bool,
    /// Its path or URL.
    pub origin: String,
    /// Its path below the root of the source.
    pub name: String,
}

/// Whether an item is the document or one of many.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The document is the article.
    Alone,
    /// The document holds others too, or could.
    Among,
}

const TITLE: &[&str] = &["title", "headline", "posttitle", "webtitle", "name", "subject"];

/// Keys of the text, best first, with what it is written in where the key says so.
const BODY: &[(&str, Option<BodyKind>)] = &[
    ("contenthtml", Some(BodyKind::Html)),
    ("bodyhtml", Some(BodyKind::Html)),
    ("html", Some(BodyKind::Html)),
    ("contentmarkdown", Some(BodyKind::Markdown)),
    ("bodymarkdown", Some(BodyKind::Markdown)),
    ("markdown", Some(BodyKind::Markdown)),
    ("rawmarkdown", Some(BodyKind::Markdown)),
    ("contentmd", Some(BodyKind::Markdown)),
    ("content", None),
    ("contentencoded", Some(BodyKind::Html)),
    ("content:encoded", Some(BodyKind::Html)),
    ("body", None),
    ("articlebody", None),
    ("contenttext", Some(BodyKind::Text)),
    ("bodytext", None),
    ("text", None),
    ("fulltext", None),
    ("maintext", Some(BodyKind::Text)),
    ("plaintext", Some(BodyKind::Text)),
    ("selftext", Some(BodyKind::Markdown)),
    ("postcontent", None),
    ("articletext", None),
    ("article", None),
    ("story", None),
    ("paragraphs", Some(BodyKind::Text)),
    ("message", None),
    ("leadparagraph", None),
];

/// Keys of a summary that stands in for the text where there is none.
const SUMMARY: &[(&str, Option<BodyKind>)] =
    &[("description", None), ("summary", None), ("excerpt", None), ("abstract", None), ("snippet", None)];

/// Objects inside an item that hold the article (Reddit, GraphQL, Elasticsearch, the Guardian, JSON:API).
const ENVELOPES: &[&str] =
    &["data", "node", "_source", "fields", "attributes", "article", "post", "document", "item", "story", "object"];

/// The keys of a document that its items inherit.
pub(super) fn is_default(key: &str) -> bool {
    is_inherited(key) || matches!(key, "version" | "title" | "home_page_url" | "feed_url")
}

fn is_inherited(key: &str) -> bool {
    matches!(fold(key).as_str(), "author" | "authors" | "language" | "lang")
}

/// Whether a value can be an article or the envelope of one.
pub(super) fn can_be(value: &Value) -> bool {
    value.as_object().is_some_and(|object| {
        is_article(object) || ENVELOPES.iter().any(|key| object.get(*key).is_some_and(Value::is_object))
    })
}

/// Whether a value passes on what somebody else has written, and adds nothing (ActivityPub).
pub(super) fn is_shared(value: &Value) -> bool {
    value.get("type").and_then(Value::as_str) == Some("Announce") && value.get("object").is_some()
}

/// Whether an object has a title, or a text, or both.
pub(super) fn is_article(object: &Map<String, Value>) -> bool {
    has_body(object) || object.iter().any(|(key, value)| TITLE.contains(&fold(key).as_str()) && has_text(value))
}

/// Whether an object has a text.
pub(super) fn has_body(object: &Map<String, Value>) -> bool {
    object.iter().any(|(key, value)| {
        let folded = fold(key);
        BODY.iter().any(|(known, _)| *known == folded) && has_text(value)
    })
}

fn has_text(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(values) => values.first().is_some_and(|value| text_of(value).is_some()),
        Value::Object(_) => text_of(value).is_some(),
        _ => false,
    }
}

/// The article that an item is; an error says what was found instead.
pub(super) fn article(
    value: Value,
    defaults: Option<&Map<String, Value>>,
    context: &Context,
    place: Place,
) -> Result<Article, String> {
    let Value::Object(object) = value else { return Err(describe(&value)) };
    let fingerprint = (place == Place::Among).then(|| fingerprint(&object));
    let object = unwrap(object);
    if !is_article(&object) && !SUMMARY.iter().any(|(key, _)| object.get(*key).is_some_and(has_text)) {
        return Err(describe(&Value::Object(object)));
    }
    let local_id = local_id(&object);
    let addressed = marks::of_addressees(&object);
    let format = ["format", "content_format", "contentType", "content_type", "body_format"]
        .iter()
        .find_map(|key| object.get(*key)?.as_str())
        .and_then(named_kind);
    let mut metadata = Metadata::new(object.into_iter().collect());
    let body = take_body(&mut metadata, format);
    let no_title = Title { text: String::new(), source: TitleSource::FileName };
    let mut article = Article::new(no_title, body);
    let mut evidence = Evidence::new(context.weigh);
    metadata.fill(&mut article, &mut evidence, Terms::Commas, DateRule::Metadata);
    if let Some(mark) = addressed {
        metadata::hold_back(&mut article, mark);
    }
    if let Some(defaults) = defaults {
        inherit(&mut article, defaults);
    }
    // The path of a collection dates the collection; its items have dates of their own, or else this one.
    if place == Place::Alone || evidence.is_empty() {
        evidence.path(&context.name);
    }
    if article.title.text.is_empty() {
        let found = match article.body.kind {
            BodyKind::Html => titles::of_html(&article.body.text),
            BodyKind::Markdown => titles::of_markup(&article.body.text),
            BodyKind::Text => titles::of_prose(&article.body.text),
        };
        article.title = found.unwrap_or_else(|| match (article.url.as_deref(), place) {
            (Some(url), _) => titles::of_name(url),
            (None, Place::Alone) => titles::of_name(&context.name),
            (None, Place::Among) => titles::none(),
        });
    }
    if let Some(fingerprint) = fingerprint {
        let durable = local_id.or_else(|| article.url.clone());
        article.fragment = durable.unwrap_or_else(|| format!("sha256:{}", &fingerprint[..16]));
    }
    metadata::conclude(&mut article, evidence, &context.name);
    Ok(article)
}

/// The article inside an envelope, with what the envelope says beside it.
fn unwrap(mut object: Map<String, Value>) -> Map<String, Value> {
    const DEEPEST: usize = 3;
    for _ in 0..DEEPEST {
        // The Guardian writes the title outside and the text inside: an envelope is opened until a text is found.
        if has_body(&object) {
            break;
        }
        let outer_is_article = is_article(&object);
        let inner = ENVELOPES.iter().find(|key| {
            object.get(**key).and_then(Value::as_object).is_some_and(|inner| {
                has_body(inner)
                    || !outer_is_article
                        && (is_article(inner)
                            || ENVELOPES.iter().any(|key| inner.get(*key).is_some_and(Value::is_object)))
            })
        });
        let Some(Value::Object(inner)) = inner.and_then(|key| object.remove(*key)) else { break };
        let outer = std::mem::replace(&mut object, inner);
        for (key, value) in outer {
            object.entry(key).or_insert(value);
        }
    }
    object
}

fn take_body(metadata: &mut Metadata, format: Option<BodyKind>) -> Body {
    let has_html = metadata.get("contenthtml").is_some();
    for (key, kind) in BODY.iter().chain(SUMMARY) {
        if let Some((text, inner_kind)) = metadata.take(&[*key], text_of) {
            if has_html {
                // JSON Feed offers the same text twice; the plain one says nothing that the other does not.
                metadata.take(&["contenttext"], text_of);
            }
            let text = unix_lines(text);
            let kind = kind.or(inner_kind).or(format).unwrap_or_else(|| kind_of(&text));
            return Body { kind, text };
        }
    }
    Body { kind: BodyKind::Text, text: String::new() }
}

/// The text of a value that holds one, with its kind where the value says so.
fn text_of(value: &Value) -> Option<(String, Option<BodyKind>)> {
    let found = |text: &str| Some(text.to_owned()).filter(|text| !text.trim().is_empty());
    match value {
        Value::String(text) => found(text).map(|text| (text, None)),
        Value::Array(values) => {
            let parts: Vec<(String, Option<BodyKind>)> = values.iter().filter_map(text_of).collect();
            let kind = parts.first()?.1;
            let texts: Vec<String> = parts.into_iter().map(|(text, _)| text).collect();
            Some((texts.join("\n\n"), kind))
        }
        Value::Object(object) => {
            const INNER: &[(&str, Option<BodyKind>)] = &[
                ("rendered", Some(BodyKind::Html)),
                ("html", Some(BodyKind::Html)),
                ("markdown", Some(BodyKind::Markdown)),
                ("raw", None),
                ("text", None),
                ("value", None),
                ("content", None),
                ("body", None),
                ("plain", Some(BodyKind::Text)),
                ("$t", None),
                ("#text", None),
                ("_", None),
            ];
            INNER.iter().find_map(|(key, kind)| match object.get(*key)? {
                Value::String(text) => found(text).map(|text| (text, *kind)),
                _ => None,
            })
        }
        _ => None,
    }
}

fn named_kind(format: &str) -> Option<BodyKind> {
    match format.to_ascii_lowercase().as_str() {
        "html" | "text/html" => Some(BodyKind::Html),
        "markdown" | "md" | "text/markdown" | "mobiledoc" => Some(BodyKind::Markdown),
        "text" | "plain" | "text/plain" => Some(BodyKind::Text),
        _ => None,
    }
}

/// What a text is written in, from its beginning: HTML has tags, Markdown has links or headings.
fn kind_of(text: &str) -> BodyKind {
    const HEAD: usize = 64 << 10;
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    const TAGS: &[&str] = &[
        "p",
        "br",
        "div",
        "a",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "strong",
        "em",
        "b",
        "i",
        "img",
        "figure",
        "blockquote",
        "span",
        "table",
        "article",
        "section",
        "pre",
    ];
    let is_tag = |at: usize| {
        let rest = text[at + 1..].trim_start_matches('/');
        let name = &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len())];
        TAGS.iter().any(|tag| name.eq_ignore_ascii_case(tag)) && rest[name.len()..].starts_with(['>', ' ', '/', '\n'])
    };
    if text.match_indices('<').any(|(at, _)| is_tag(at)) {
        return BodyKind::Html;
    }
    let heading = |line: &str| {
        let rest = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - rest.len())) && rest.starts_with(' ')
    };
    if text.contains("](") || text.contains("```") || text.lines().any(heading) {
        return BodyKind::Markdown;
    }
    BodyKind::Text
}

/// Authors and language of the document, where the item names none, and the feed that it is an item of.
fn inherit(article: &mut Article, defaults: &Map<String, Value>) {
    if let Some(feed) = feed(defaults) {
        article.extra.insert("feed".to_owned(), feed);
    }
    let wanted = defaults.iter().filter(|(key, _)| is_inherited(key));
    let entries: Vec<(String, Value)> = wanted.map(|(key, value)| (key.clone(), value.clone())).collect();
    if entries.is_empty() {
        return;
    }
    let nothing = Body { kind: BodyKind::Text, text: String::new() };
    let mut shared = Article::new(Title { text: String::new(), source: TitleSource::FileName }, nothing);
    Metadata::new(entries).fill(&mut shared, &mut Evidence::default(), Terms::Commas, DateRule::Metadata);
    if article.authors.is_empty() {
        article.authors = shared.authors;
    }
    article.language = article.language.take().or(shared.language);
}

/// The JSON Feed that a document is, as each of its items keeps it: bounded, since there may be thousands of them.
fn feed(document: &Map<String, Value>) -> Option<Value> {
    const LONGEST: usize = 500;
    let text = |key: &str| document.get(key)?.as_str().map(str::trim).filter(|text| !text.is_empty());
    text("version").filter(|version| version.contains("jsonfeed"))?;
    let fields = [("title", "title"), ("url", "home_page_url"), ("self", "feed_url")];
    let kept = fields.into_iter().filter_map(|(to, from)| {
        let value = text(from).filter(|value| value.len() <= LONGEST)?;
        Some((to.to_owned(), Value::from(value)))
    });
    let map: Map<String, Value> = kept.collect();
    (!map.is_empty()).then_some(Value::Object(map))
}

/// The id of an item, which tells it from the others of its document, however short.
fn local_id(object: &Map<String, Value>) -> Option<String> {
    ["id", "guid", "uuid", "_id", "ID", "Id", "post_id", "article_id"].iter().find_map(|key| {
        match object.get(*key)? {
            Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Number(number) => Some(number.to_string()),
            Value::Object(inner) => Some(inner.get("$oid")?.as_str()?.to_owned()),
            _ => None,
        }
    })
}

/// SHA-256 of the object in canonical form: keys in order, no white space.
fn fingerprint(object: &Map<String, Value>) -> String {
    let mut text = String::new();
    canonical_object(object, &mut text);
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The reader bounds the nesting of values, and so the depth of this recursion.
fn canonical(value: &Value, out: &mut String) {
    match value {
        Value::Array(values) => {
            out.push('[');
            for value in values {
                canonical(value, out);
                out.push(',');
            }
            out.push(']');
        }
        Value::Object(object) => canonical_object(object, out),
        scalar => out.push_str(&scalar.to_string()),
    }
}

fn canonical_object(object: &Map<String, Value>, out: &mut String) {
    let mut keys: Vec<&String> = object.keys().collect();
    keys.sort();
    out.push('{');
    for key in keys {
        out.push_str(&Value::String(key.clone()).to_string());
        out.push(':');
        canonical(&object[key], out);
        out.push(',');
    }
    out.push('}');
}

fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => "a boolean".to_owned(),
        Value::Number(_) => "a number".to_owned(),
        Value::String(_) => "a string".to_owned(),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(object) if object.is_empty() => "an empty object".to_owned(),
        Value::Object(object) => {
            const MOST: usize = 8;
            let keys: Vec<&str> = object.keys().take(MOST).map(String::as_str).collect();
            let dated = object.keys().any(|key| dates::key_role(key) == KeyRole::Publication);
            let more = if dated { ", a date but no text" } else { "" };
            format!("an object with the keys {}{more}", keys.join(", "))
        }
    }
}

fn fold(key: &str) -> String {
    key.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}
