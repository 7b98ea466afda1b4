//! What the judge hands back.

use std::collections::HashMap;

use super::place::Places;
use super::rules::{Rule, Severity};

/// As many findings of one rule are listed; the others are counted. Whoever has seen so many knows the fault.
pub(super) const MOST_OF_A_KIND: usize = 20;
/// A longer value is shown by its beginning.
const MOST_SHOWN: usize = 60;

/// One thing that is wrong, or could be better.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// Where it is in the document: `/rss/channel/item[3]/pubDate`, `$.items[2].id`; empty for the document itself.
    pub path: String,
    /// What was expected and what was found.
    pub message: String,
    /// The clause that demands it, such as `RFC 4287 4.2.6`: that of the element, or else that of the rule.
    pub clause: &'static str,
    /// The entry that it is in, counted from 0 in the order of the document.
    pub entry: Option<usize>,
}

/// The verdict on one document.
#[derive(Debug, Default)]
pub struct Report {
    /// What it turned out to be, such as `RSS 2.0`; empty for something that is no feed.
    pub format: &'static str,
    /// What was found, in the order of the document; of each rule the first few.
    pub findings: Vec<Finding>,
    counts: HashMap<&'static str, (&'static Rule, usize)>,
    accepted: u32,
}

/// What a value was held against and found to be: the judge knows it, though there is nothing to complain about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Family {
    Address,
    TagUri,
    Urn,
    DateRfc822,
    DateRfc3339,
    Boolean,
    Person,
    Day,
    Hour,
    Size,
    Integer,
    MediaType,
    Language,
    PlayTime,
    Period,
    Plain,
    Html,
    Relation,
    Coordinate,
    Cloud,
    Doctype,
}

impl Report {
    /// How many findings of that severity there are, those that are only counted among them.
    pub fn count(&self, severity: Severity) -> usize {
        self.counts.values().filter(|(rule, _)| rule.severity == severity).map(|(_, count)| count).sum()
    }

    /// The rules that were broken and how often, by code.
    pub fn totals(&self) -> Vec<(&'static Rule, usize)> {
        let mut totals: Vec<_> = self.counts.values().copied().collect();
        totals.sort_by_key(|(rule, _)| rule.code);
        totals
    }

    /// Whether a value of that family was found, and in order.
    pub fn accepted(&self, family: Family) -> bool {
        self.accepted & (1 << family as u32) != 0
    }

    pub(super) fn accept(&mut self, family: Family) {
        self.accepted |= 1 << family as u32;
    }

    /// Counts a finding of that rule; whether there is room to list it.
    pub(super) fn has_room(&mut self, rule: &'static Rule) -> bool {
        let (_, count) = self.counts.entry(rule.code).or_insert((rule, 0));
        *count += 1;
        *count <= MOST_OF_A_KIND
    }

    /// A finding about the document as a whole, or a place in a text whose structure is unknown.
    pub(super) fn plain(&mut self, rule: &'static Rule, places: &mut Places<'_>, at: usize, found: impl Into<String>) {
        self.push(rule, places, at, message(rule.expects, &found.into()));
    }

    /// The same where it is clear what was expected.
    pub(super) fn plain_expecting(&mut self, rule: &'static Rule, places: &mut Places<'_>, at: usize, expected: &str) {
        self.push(rule, places, at, message(expected, ""));
    }

    fn push(&mut self, rule: &'static Rule, places: &mut Places<'_>, at: usize, message: String) {
        if !self.has_room(rule) {
            return;
        }
        let (line, column) = places.of(at);
        self.findings.push(Finding {
            rule,
            line,
            column,
            path: String::new(),
            message,
            clause: rule.clause,
            entry: None,
        });
    }

    /// Whether a rule was broken.
    pub fn broke(&self, code: &str) -> bool {
        self.counts.contains_key(code)
    }

    pub(super) fn sort(&mut self) {
        self.findings.sort_by_key(|finding| (finding.line, finding.column));
    }
}

/// The sentence of a finding.
pub(super) fn message(expected: &str, found: &str) -> String {
    if found.is_empty() { format!("expected {expected}") } else { format!("expected {expected}, found {found}") }
}

/// A value as a message shows it: in quotes, on one line, cut where it is long.
pub(super) fn shown(value: &str) -> String {
    let mut chars = value.trim().chars();
    let mut text: String = chars.by_ref().take(MOST_SHOWN).collect();
    if chars.next().is_some() {
        text.push('…');
    }
    if text.is_empty() {
        if value.is_empty() { "nothing".into() } else { "blanks only".into() }
    } else {
        format!("{text:?}")
    }
}
