//! The feed that an entry was copied from.

use serde_json::Value;
use url::Url;

use super::{iri, notes};
use crate::article::Article;
use feedmill_markup as markup;

/// A feed of another site (RSS 2.0 `source`, RFC 4287 section 4.2.11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its title, plain text, never empty.
    pub title: String,
    /// An absolute IRI that stands for it: its own id, else one of its addresses.
    pub id: String,
    /// Its own address.
    pub feed: Option<String>,
    /// The page or site that it is a feed of.
    pub page: Option<String>,
}

const LONGEST_TITLE: usize = 200;

/// What the article says of the feed that it was taken from: the one that it names itself, which the feed that it was
/// found in had copied it from, else the one that it was found in. `None` where that is the own site's.
pub(super) fn of(article: &Article, own: &[&Url]) -> Option<Origin> {
    let said = notes::find(&article.extra, &["source"]).filter(|source| source.is_object());
    let feed = said.or_else(|| notes::find(&article.extra, &["feed"]))?.as_object()?;
    let text = |key: &str| feed.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let link = |key: &str| text(key).and_then(absolute);
    let (feed, page) = (link("self"), link("url"));
    let place = feed.as_ref().or(page.as_ref())?;
    let host = Url::parse(place).ok()?.host_str()?.to_owned();
    if own.iter().any(|own| own.host_str() == Some(&host)) {
        return None;
    }
    let title = text("title").map(|title| markup::excerpt(title, LONGEST_TITLE)).filter(|title| !title.is_empty());
    let id = text("id").filter(|id| iri::stands_for_itself(id));
    Some(Origin { title: title.unwrap_or(host), id: id.unwrap_or(place).to_owned(), feed, page })
}

fn absolute(text: &str) -> Option<String> {
    markup::link::absolute(text, None).filter(|link| link.starts_with("http://") || link.starts_with("https://"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::article::{Body, BodyKind, Title, TitleSource};

    fn origin(extra: Value) -> Option<Origin> {
        let title = Title { text: "T".into(), source: TitleSource::Metadata };
        let mut article = Article::new(title, Body { kind: BodyKind::Text, text: String::new() });
        let Value::Object(extra) = extra else { panic!("an object") };
        article.extra = extra;
        of(&article, &[&Url::parse("https://courier.example/").unwrap()])
    }

    #[test]
    fn what_an_entry_names_goes_before_where_it_was_found() {
        let found = json!({"title": "Planet", "self": "https://planet.example/rss", "url": "https://planet.example/"});
        let named = json!({"title": " Gull\nWeekly ", "self": "https://gull.example/rss?a=1", "id": "tag:gull.example,2023:feed"});
        let origin_of = |extra| origin(extra).map(|origin| (origin.title, origin.id, origin.feed.is_some()));
        assert_eq!(
            origin_of(json!({"feed": found, "source": named})),
            Some(("Gull Weekly".into(), "tag:gull.example,2023:feed".into(), true))
        );
        assert_eq!(
            origin_of(json!({"feed": found, "source": "Reuters"})),
            Some(("Planet".into(), "https://planet.example/rss".into(), true))
        );
        assert_eq!(
            origin_of(json!({"feed": {"url": "https://gull.example/", "id": "12"}})),
            Some(("gull.example".into(), "https://gull.example/".into(), false))
        );
    }

    #[test]
    fn the_own_site_is_no_origin_and_neither_is_nothing() {
        for extra in [
            json!({}),
            json!({"feed": {"title": "x"}}),
            json!({"feed": {"url": "https://courier.example/blog/"}}),
            json!({"feed": {"url": "javascript:alert(1)"}}),
            json!({"feed": {"url": "/feed"}}),
            json!({"feed": "https://gull.example/"}),
        ] {
            assert_eq!(origin(extra.clone()), None, "{extra}");
        }
    }
}
