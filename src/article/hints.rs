//! What an article says of its address where it does not say the address itself.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Article;
use feedmill_dates::Precision;

/// What a record says of the address of its article, beside [`Article::url`]: enough to make the address with what the
/// configuration says of the site, without opening the record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hints {
    /// An address that is relative to the site, or a pattern as Jekyll's `permalink` has it (`/:year/:title/`, `pretty`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The last part of the address, as the author wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// The categories that it is filed under, outermost first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Whether the date names a time, so that its day depends on the zone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub timed: bool,
}

/// Keys that hold the address, best first.
const ADDRESS: &[&str] = &["canonical", "canonicalurl", "permalink", "url"];
/// A longer address is a text that went astray.
const LONGEST: usize = 1_000;

impl Hints {
    /// Those of an article.
    pub fn of(article: &Article) -> Hints {
        let address = ADDRESS.iter().find_map(|key| address(text(&article.extra, key)?));
        let place = || text(&article.extra, "path").filter(|path| is_path_of_page(path)).and_then(address_of_path);
        Hints {
            address: address.or_else(place),
            slug: text(&article.extra, "slug").and_then(|slug| plain(slug.trim().trim_matches('/'))),
            categories: article.extra.get("categories").map(labels).unwrap_or_default(),
            timed: article.date.as_ref().is_some_and(|date| date.chosen.value.precision() > Precision::Day),
        }
    }

    /// Whether the article names the whole address, or the pattern of it.
    pub fn names_address(article: &Article) -> bool {
        article.url.is_some() || Hints::of(article).address.is_some()
    }
}

fn text<'a>(extra: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    let is_key = |name: &str| {
        let folded = name.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).map(|c| c.to_ascii_lowercase());
        folded.eq(key.chars())
    };
    extra.iter().find(|(name, _)| is_key(name)).and_then(|(_, value)| value.as_str())
}

fn labels(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(values) => values.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    }
}

/// An address on the site, or a pattern for one. Templates of a generator (`{{ page.fileSlug }}`) are none, nor is what
/// has a scheme, which stands in [`Article::url`] where it is of the web.
fn address(text: &str) -> Option<String> {
    let text = plain(text)?;
    let first = text.split('/').next().unwrap_or_default();
    let is_scheme = |scheme: &str| !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphabetic());
    let has_scheme = first.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme));
    let is_words = text.contains(' ') && !text.contains('/');
    (!has_scheme && !is_words).then_some(text)
}

/// One line without the brackets of a template.
fn plain(text: &str) -> Option<String> {
    let text = text.trim();
    let is_plain = !text.is_empty() && text.len() <= LONGEST && !text.contains(['{', '}', '<', '>', '\n', '\\', '\0']);
    is_plain.then(|| text.to_owned())
}

/// `path` names a page (Zola, Gatsby) or the file that the text stood in; a file has an extension.
fn is_path_of_page(path: &str) -> bool {
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let is_page = !last.contains('.') || last.ends_with(".html") || last.ends_with(".htm");
    is_page && (path.contains('/') || !path.contains(' '))
}

/// A path is meant from the top of the site, with or without a slash before it.
fn address_of_path(path: &str) -> Option<String> {
    let path = address(path)?;
    Some(if path.starts_with('/') { path } else { format!("/{path}") })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::article::{Body, BodyKind, Title, TitleSource};

    fn of(extra: Value) -> Hints {
        let title = Title { text: "T".into(), source: TitleSource::Metadata };
        let mut article = Article::new(title, Body { kind: BodyKind::Text, text: String::new() });
        let Value::Object(extra) = extra else { panic!("an object") };
        article.extra = extra;
        Hints::of(&article)
    }

    #[test]
    fn addresses_on_the_site() {
        for (extra, expected) in [
            (json!({"url": "/quays/new/"}), Some("/quays/new/")),
            (json!({"Permalink": "/:year/:title/"}), Some("/:year/:title/")),
            (json!({"permalink": "pretty", "url": "/x/"}), Some("pretty")),
            (json!({"canonical_url": "quays/old.html"}), Some("quays/old.html")),
            (json!({"path": "quays/west"}), Some("/quays/west")),
            (json!({"path": "content/quays/west.md"}), None),
            (json!({"permalink": "/{{ page.fileSlug }}/"}), None),
            (json!({"url": "mailto:ada@quay.example"}), None),
            (json!({"url": "see the other page"}), None),
            (json!({"permalink": false, "slug": "  "}), None),
        ] {
            assert_eq!(of(extra.clone()).address.as_deref(), expected, "{extra}");
        }
        assert_eq!(of(json!({"slug": "/west-quay/"})).slug.as_deref(), Some("west-quay"));
        assert_eq!(of(json!({"categories": ["a b", "c"]})).categories, ["a b", "c"]);
    }
}
