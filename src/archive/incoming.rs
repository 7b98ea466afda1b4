//! An article on its way into the archive.

use sha2::{Digest, Sha256};

use super::attachments;
use crate::article::fields::{Fingerprints, fingerprints};
use crate::article::sketch::{Sketch, sketch};
use crate::article::{Article, Body, record, substance};
use feedmill_dates::ArticleDate;

/// An article on its way in, with what is known of it before the archive is asked. It can be made on any thread.
#[derive(Clone, Debug)]
pub struct Incoming {
    pub(super) article: Article,
    pub(super) fields: Fingerprints,
    pub(super) marks: Marks,
    pub(super) sketch: Option<Sketch>,
    pub(super) duplicates: Duplicates,
    pub(super) attachments: Vec<attachments::Kept>,
}

impl From<Article> for Incoming {
    fn from(mut article: Article) -> Incoming {
        let attachments = attachments::keep(&mut article);
        Incoming {
            attachments,
            fields: fingerprints(&article),
            marks: Marks::of(&article),
            sketch: sketch(&article.body.text),
            duplicates: Duplicates::default(),
            article,
        }
    }
}

impl Incoming {
    /// The article.
    pub fn article(&self) -> &Article {
        &self.article
    }

    /// SHA-256 of its fields, in lower-case hexadecimal, for articles that have no bytes of their own.
    pub fn sha256(&self) -> String {
        let bytes: Vec<u8> = self.fields.iter().flat_map(|print| print.to_le_bytes()).collect();
        record::sha256_hex(&bytes)
    }

    /// The article with another date.
    pub fn with_date(mut self, date: ArticleDate) -> Incoming {
        self.article.date = Some(date);
        Incoming { fields: fingerprints(&self.article), ..self }
    }

    /// The article with another text.
    pub fn with_body(mut self, body: Body) -> Incoming {
        self.article.body = body;
        let (fields, marks) = (fingerprints(&self.article), Marks::of(&self.article));
        Incoming { fields, marks, sketch: sketch(&self.article.body.text), ..self }
    }

    /// The article, with what becomes of it if another one has nearly the same text.
    pub fn with_duplicates(self, duplicates: Duplicates) -> Incoming {
        Incoming { duplicates, ..self }
    }
}

/// What becomes of an article whose text is nearly that of another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Duplicates {
    /// It is no article of its own: the record of the other names its place.
    #[default]
    Link,
    /// It is an article of its own.
    Keep,
    /// It is left out.
    Skip,
}

/// What an article is known by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks {
    /// What makes two articles of one day equal.
    pub content: [u8; 16],
    /// What tells a significant change from a cosmetic one.
    pub substance: i64,
}

impl Marks {
    pub fn of(article: &Article) -> Marks {
        Marks { content: content_hash(article), substance: substance::of(article) }
    }
}

/// Title and text.
fn content_hash(article: &Article) -> [u8; 16] {
    let mut hash = Sha256::new();
    hash.update(article.body.kind.extension());
    hash.update((article.title.text.len() as u64).to_le_bytes());
    hash.update(&article.title.text);
    hash.update(&article.body.text);
    let digest: [u8; 32] = hash.finalize().into();
    let mut short = [0; 16];
    short.copy_from_slice(&digest[..16]);
    short
}
