//! Findings: where they are, what they say.

use super::Judge;
use crate::grammar::{Address, Fault, Grammar};
use crate::report::{Finding, message, shown};
use crate::rules::{Rule, Severity, content, value};
use crate::schema::ENTRY;
use crate::vocabulary::Vocabulary as V;

/// Rules about how a value is spelled that means what it should.
const SPELLINGS: [&Rule; 3] = [&value::URI_CANONICAL, &value::RFC822_ODD, &value::IMPLAUSIBLE];

impl Judge<'_, '_> {
    /// A finding in the innermost element.
    pub(super) fn find(&mut self, rule: &'static Rule, at: usize, expected: Option<&str>, found: &str) {
        let clause = self.frames.last().map_or("", |frame| frame.element.clause);
        self.find_at(rule, at, expected, found, clause, "");
    }

    /// A finding with a value that a message shows in quotes.
    pub(super) fn find_value(&mut self, rule: &'static Rule, at: usize, found: &str) {
        self.find(rule, at, None, &shown(found));
    }

    pub(super) fn find_at(
        &mut self,
        rule: &'static Rule,
        at: usize,
        expected: Option<&str>,
        found: &str,
        clause: &'static str,
        tail: &str,
    ) {
        if !self.report.has_room(rule) {
            return;
        }
        let (line, column) = self.places.of(at);
        let is_general = rule.clause == "the element's specification" || rule.clause == "the module's description";
        let clause = if clause.is_empty() || !is_general { rule.clause } else { clause };
        let path = self.path(tail);
        let entry = self.entry();
        let message = message(expected.unwrap_or(rule.expects), found);
        self.report.findings.push(Finding { rule, line, column, path, message, clause, entry });
    }

    /// The entry that the innermost element is in, from 0.
    pub(super) fn entry(&self) -> Option<usize> {
        let inside = self.frames.iter().any(|frame| frame.element.place & ENTRY != 0);
        inside.then(|| self.facts.entries.saturating_sub(1))
    }

    pub(super) fn path(&self, tail: &str) -> String {
        let mut path = String::new();
        for frame in &self.frames {
            path.push('/');
            push_name(&mut path, frame.vocabulary, frame.name);
            if frame.ordinal > 0 {
                path.push_str(&format!("[{}]", frame.ordinal));
            }
        }
        path + tail
    }

    pub(super) fn faults(&mut self, faults: Vec<Fault>, at: usize, tail: &str) {
        let clause = self.frames.last().map_or("", |frame| frame.element.clause);
        for fault in faults {
            self.find_at(fault.rule, at, fault.expected.as_deref(), &fault.found, clause, tail);
        }
    }

    /// Holds a value against a grammar.
    pub(super) fn value(&mut self, grammar: Grammar, text: &str, at: usize, tail: &str) {
        let mut faults = Vec::new();
        grammar.judge(text, &mut faults);
        for fault in faults.iter_mut().filter(|fault| tail.starts_with("/@") && fault.rule == &value::BLANK) {
            fault.rule = &value::ATTRIBUTE_BLANK;
        }
        let is_relative = matches!(grammar, Grammar::Reference | Grammar::Iri | Grammar::OtherIri)
            && Address::split(text.trim()).scheme.is_none();
        if is_relative
            && faults.is_empty()
            && (self.facts.is_rss || self.facts.is_rdf)
            && self.base().is_none_or(|base| Some(base) == self.context.url)
        {
            // RSS has no base address.
            faults.push(Fault::new(&content::RELATIVE, text));
        }
        // Another spelling of an address or a date is that address or date all the same.
        let is_right =
            faults.iter().all(|fault| fault.rule.severity == Severity::Info || SPELLINGS.contains(&fault.rule));
        if is_right || matches!(grammar, Grammar::Person) && faults.iter().all(|f| f.rule.code == "person-without-name")
        {
            if let Some(family) = grammar.family() {
                self.report.accept(family);
            }
            self.accept_address(grammar, text);
        }
        self.faults(faults, at, tail);
    }
}

fn push_name(out: &mut String, vocabulary: V, name: &str) {
    let is_plain = matches!(vocabulary, V::None | V::Rss10 | V::Rss090 | V::Atom | V::Unknown);
    let prefix = if is_plain { "" } else { vocabulary.prefix() };
    if !prefix.is_empty() {
        out.push_str(prefix);
        out.push(':');
    }
    out.extend(name.chars().take(60));
}

/// A name as messages show it, with the prefix that everybody uses.
pub(super) fn display(vocabulary: V, name: &str) -> String {
    let mut out = String::new();
    push_name(&mut out, vocabulary, name);
    out
}
