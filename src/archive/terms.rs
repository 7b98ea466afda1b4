//! What feeds are filtered by: tags, sections, authors and languages of an article, folded for comparison.

use chrono::{DateTime, Datelike, FixedOffset, TimeDelta};
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
/// The year of first publication.
pub const YEAR: i64 = 5;
/// The instant at which it expires, in seconds since 1970: no feed is filtered by it, but it is looked up like the others.
pub const EXPIRY: i64 = 6;

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

/// Several terms in that form.
pub fn folded(terms: &[String]) -> Vec<String> {
    terms.iter().map(|term| fold(term)).collect()
}

/// The terms of an article that was published at this instant.
pub fn of(article: &Article, published: &DateTime<FixedOffset>) -> Terms {
    let year = Term { kind: YEAR, term: year_of(published) };
    let tags = article.tags.iter().map(|tag| (TAG, tag.as_str()));
    let sections = article.section.iter().map(|section| (SECTION, section.as_str()));
    let authors = article.authors.iter().map(|author| (AUTHOR, author.name.as_str()));
    let languages = article.language.iter().map(|language| (LANGUAGE, language.as_str()));
    let all = tags.chain(sections).chain(authors).chain(languages);
    let expiry = article.expires.iter().map(|at| Term { kind: EXPIRY, term: instant(at.timestamp()) });
    Terms::from_list(all.map(|(kind, term)| Term { kind, term: fold(term) }).chain([year]).chain(expiry).collect())
}

/// Seconds since 1970 as a term that is in the order of time.
pub fn instant(seconds: i64) -> String {
    format!("{:012}", seconds.max(0))
}

/// The years that an instant lies in somewhere on earth: one or two. The ledger of departures knows no zones, and a feed
/// may rather learn of one departure too many.
pub fn possible_years(published: i64) -> Vec<Term> {
    const FURTHEST: TimeDelta = TimeDelta::hours(14);
    let instant = DateTime::from_timestamp(published, 0).unwrap_or_default();
    let ends = [instant.checked_sub_signed(FURTHEST), instant.checked_add_signed(FURTHEST)];
    let years = ends.into_iter().flatten().map(|end| year_of(&end.fixed_offset()));
    years.map(|term| Term { kind: YEAR, term }).collect()
}

fn year_of(instant: &DateTime<FixedOffset>) -> String {
    format!("{:04}", instant.year())
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
