//! What feeds are filtered by: tags, sections, authors and languages of an article, folded for comparison.

use serde_json::json;

use crate::article::Article;

/// A tag.
pub const TAG: i64 = 1;
/// A section.
pub const SECTION: i64 = 2;
/// The name of an author.
pub const AUTHOR: i64 = 3;
/// A language tag.
pub const LANGUAGE: i64 = 4;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    pub kind: i64,
    pub term: String,
}

/// All of one article, sorted, without duplicates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms(Vec<Term>);

/// The form in which terms are compared: without regard to case and outer blanks.
pub fn fold(term: &str) -> String {
    term.trim().to_lowercase()
}

/// The terms of an article.
pub fn of(article: &Article) -> Terms {
    let tags = article.tags.iter().map(|tag| (TAG, tag.as_str()));
    let sections = article.section.iter().map(|section| (SECTION, section.as_str()));
    let authors = article.authors.iter().map(|author| (AUTHOR, author.name.as_str()));
    let languages = article.language.iter().map(|language| (LANGUAGE, language.as_str()));
    let all = tags.chain(sections).chain(authors).chain(languages);
    Terms::from_list(all.map(|(kind, term)| Term { kind, term: fold(term) }).collect())
}

impl Terms {
    /// Terms that are folded already, in any order.
    pub fn from_list(mut terms: Vec<Term>) -> Terms {
        terms.retain(|term| !term.term.is_empty());
        terms.sort();
        terms.dedup();
        Terms(terms)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Term> {
        self.0.iter()
    }

    pub fn has(&self, kind: i64, wanted: impl Fn(&str) -> bool) -> bool {
        self.0.iter().any(|term| term.kind == kind && wanted(&term.term))
    }

    /// Whether every term of `other` is one of these.
    pub fn contains_all(&self, other: &Terms) -> bool {
        other.0.iter().all(|term| self.0.contains(term))
    }

    pub fn to_json(&self) -> String {
        json!(self.0.iter().map(|term| (term.kind, &term.term)).collect::<Vec<_>>()).to_string()
    }

    /// The inverse of [`Terms::to_json`]; anything else is no terms.
    pub fn from_json(text: &str) -> Terms {
        let pairs: Vec<(i64, String)> = serde_json::from_str(text).unwrap_or_default();
        Terms(pairs.into_iter().map(|(kind, term)| Term { kind, term }).collect())
    }
}
