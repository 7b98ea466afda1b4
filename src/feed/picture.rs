//! The picture that stands for an entry.

use serde_json::{Map, Value};

use super::notes;
use crate::article::Article;
use feedmill_markup as markup;

/// A picture, and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its address.
    pub url: String,
    /// What it shows, plain text.
    pub caption: Option<String>,
    /// Who made it, plain text.
    pub credit: Option<String>,
}

/// Captions are a sentence or two.
const LONGEST_CAPTION: usize = 1_000;

/// A name, perhaps with that of an agency.
const LONGEST_CREDIT: usize = 200;

const IMAGES: &[&str] = &["image", "cover", "coverimage", "featuredimage", "hero", "banner", "thumbnail"];
const CAPTIONS: &[&str] = &["caption", "imagecaption", "covercaption", "alt", "imagealt", "coveralt", "thumbnailalt"];
const CREDITS: &[&str] =
    &["imagecredit", "covercredit", "imageauthor", "photocredit", "photographer", "imageattribution"];
/// Inside the object of a picture.
const INNER_CAPTIONS: &[&str] = &["caption", "alt", "description", "title"];
const INNER_CREDITS: &[&str] = &["credit", "author", "photographer", "creator", "attribution"];

impl Picture {
    /// A picture of which nothing else is known.
    pub fn new(url: String) -> Picture {
        Picture { url, caption: None, credit: None }
    }
}

/// The picture of an article at this address, with what its metadata say of it.
pub(super) fn said_of(article: &Article, url: String) -> Picture {
    let inner = notes::find(&article.extra, IMAGES).and_then(Value::as_object);
    let said = |keys: &[&str], inner_keys: &[&str], longest: usize| {
        let text = |notes: &Map<String, Value>, keys: &[&str]| {
            notes::text(notes, keys).map(|text| markup::excerpt(&markup::html::to_text(text), longest))
        };
        inner.and_then(|inner| text(inner, inner_keys)).or_else(|| text(&article.extra, keys)).filter(|t| !t.is_empty())
    };
    Picture {
        url,
        caption: said(CAPTIONS, INNER_CAPTIONS, LONGEST_CAPTION),
        credit: said(CREDITS, INNER_CREDITS, LONGEST_CREDIT),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::article::{Body, BodyKind, Title, TitleSource};

    fn said(extra: Value) -> (Option<String>, Option<String>) {
        let title = Title { text: "T".into(), source: TitleSource::Metadata };
        let mut article = Article::new(title, Body { kind: BodyKind::Text, text: String::new() });
        let Value::Object(extra) = extra else { panic!("an object") };
        article.extra = extra;
        let picture = said_of(&article, "https://courier.example/a.jpg".into());
        (picture.caption, picture.credit)
    }

    #[test]
    fn caption_and_credit_stand_beside_the_picture_or_in_it() {
        let both = (Some("The quay at night".to_owned()), Some("Ada Marsh".to_owned()));
        assert_eq!(said(json!({"image_alt": "The quay\nat night", "photographer": "Ada Marsh"})), both);
        let inner = json!({"cover": {"url": "a.jpg", "caption": "The <b>quay</b> at night", "credit": "Ada Marsh"}});
        assert_eq!(said(inner), both);
        assert_eq!(said(json!({"image": "a.jpg", "caption": 7, "credit": "the bank"})), (None, None));
    }
}
