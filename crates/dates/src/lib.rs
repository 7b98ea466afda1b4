//! Dates as people write them, and as feeds demand them.
//!
//! Reading is lenient and never invents anything: a [`DateValue`] is no more precise than the text it was read
//! from and keeps the zone that the text names, or none. Writing is strict (RFC 3339, RFC 822). No function of
//! this room reads a clock.

#![warn(missing_docs)]

/// The examples of the front page are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct FrontPage;

mod arbiter;
mod calendar;
mod clock;
mod eras;
mod keys;
mod lexer;
mod names;
mod path;
mod placeholder;
mod playtime;
mod read;
mod value;
mod words;
pub mod write;
mod zone;
mod zones;
#[cfg(test)]
mod locales;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use arbiter::{choose, weigh};
pub use keys::{KeyRole, key_role};
pub use path::{Found, Habit, Standing, in_name, in_partial_path, in_path, in_title, in_value, spelling};
pub use placeholder::{of_zeros, placeholder};
pub use playtime::play_time;
pub use read::{from_epoch, read, read_prefix, read_stated};
pub use value::{DateValue, Precision, resolve};

use std::fmt;

/// What numeric dates such as `07-05-2012` say about the order of day and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// Nothing to learn: the order is fixed by the form (`2012-05-07`, `7 May 2012`, `7.5.2012`).
    Fixed,
    /// A numeric date that can only be day first (`27-05-2012`).
    DayFirst,
    /// A numeric date that can only be month first (`05-27-2012`).
    MonthFirst,
    /// A numeric date that can be read both ways; the value is the day-first reading.
    Ambiguous,
}

/// A date that was read from a piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The date.
    pub value: DateValue,
    /// What the spelling says about the order of day and month.
    pub order: Order,
}

/// The rule that found a date, most trusted first: the derived order of the variants is the order of trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateRule {
    /// A publication key in the metadata (front matter, JSON, JSON-LD, `article:published_time`).
    Metadata,
    /// A publication key in a sidecar file of metadata.
    Sidecar,
    /// A full date in the path, file name or URL.
    Path,
    /// A date inside the value of another key (`permalink`, `slug`, `name`), or a title that is a date.
    Value,
    /// The first line, or a header line, of the text.
    FirstLine,
    /// A `<time>` element or a visible date near the title.
    Visible,
    /// A partial path: year and month, quarter, year; or a month and day below a year.
    PartialPath,
    /// A date that the title or a heading mentions: it may be what the article is about.
    Title,
    /// A creation or update key that stands in for a publication date because nothing better exists.
    Update,
    /// The file's modification time; only when the user asked for it.
    Modified,
}

impl DateRule {
    /// Every rule, most trusted first.
    pub const ALL: [DateRule; 10] = [
        DateRule::Metadata,
        DateRule::Sidecar,
        DateRule::Path,
        DateRule::Value,
        DateRule::FirstLine,
        DateRule::Visible,
        DateRule::PartialPath,
        DateRule::Title,
        DateRule::Update,
        DateRule::Modified,
    ];

    /// The name under which records and reports speak of the rule.
    pub fn name(self) -> &'static str {
        match self {
            DateRule::Metadata => "metadata",
            DateRule::Sidecar => "sidecar",
            DateRule::Path => "path",
            DateRule::Value => "value",
            DateRule::FirstLine => "first line",
            DateRule::Visible => "visible",
            DateRule::PartialPath => "partial path",
            DateRule::Title => "title",
            DateRule::Update => "update",
            DateRule::Modified => "modified",
        }
    }

    /// The rule of that name.
    pub fn from_name(name: &str) -> Option<DateRule> {
        Self::ALL.into_iter().find(|rule| rule.name() == name)
    }
}

/// How far a date can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// A guess that the report mentions.
    Low,
    /// Likely right.
    Medium,
    /// As the source says it.
    High,
}

impl Confidence {
    /// The name under which records and reports speak of the level.
    pub fn name(self) -> &'static str {
        match self {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        }
    }

    /// The level of that name.
    pub fn from_name(name: &str) -> Option<Confidence> {
        [Confidence::Low, Confidence::Medium, Confidence::High].into_iter().find(|level| level.name() == name)
    }
}

/// One date that a document offers, with where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The date.
    pub value: DateValue,
    /// The rule that found it.
    pub rule: DateRule,
    /// Where exactly: a key (`dateCreated`), a header (`Posted`), a path (`2016/04/3`).
    pub place: String,
    /// The text as it stands in the source.
    pub raw: String,
    /// What the spelling says about the order of day and month.
    pub order: Order,
    /// How far it can be relied on.
    pub confidence: Confidence,
}

/// The date of an article with its provenance: the best [`Candidate`], and the ones that contradict it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleDate {
    /// The candidate that won.
    pub chosen: Candidate,
    /// Candidates that differ from it by more than a day.
    pub conflicts: Vec<Candidate>,
}

impl fmt::Display for Candidate {
    /// `2016-04-03 (path "news/2016/04/3")`: one line for reports.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}", self.value, self.rule.name())?;
        if !self.place.is_empty() {
            write!(f, " {:?}", self.place)?;
        }
        f.write_str(")")
    }
}
