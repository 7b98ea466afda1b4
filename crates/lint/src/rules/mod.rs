//! Every rule by which feeds are judged: its code, its weight, the clause that demands it, what it expects, what to do.

pub(super) mod atom;
pub(super) mod content;
pub(super) mod extension;
pub(super) mod json;
pub(super) mod opml;
pub(super) mod rss;
pub(super) mod serving;
pub(super) mod structure;
pub(super) mod value;
pub(super) mod xml;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// A specification forbids it, or readers fail.
    Error,
    /// Some readers are known to do the wrong thing, or a specification advises against it.
    Warning,
    /// Worth knowing; nothing breaks.
    Info,
}

impl Severity {
    /// `error`, `warning` or `info`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }
}

/// One thing that is judged.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The name that never changes: `date-rfc3339`.
    pub code: &'static str,
    /// How much it weighs to break it.
    pub severity: Severity,
    /// Where it is written down; a finding names the clause of the element instead, where there is one.
    pub clause: &'static str,
    /// What is expected, to be read after "expected".
    pub expects: &'static str,
    /// What to do about a finding.
    pub fix: &'static str,
}

/// A table of rules, each a name for the judge and a row of [`rules()`].
macro_rules! table {
    ($($name:ident = $severity:ident $code:literal, $clause:literal, $expects:literal, $fix:literal;)*) => {
        $(pub(crate) static $name: $crate::rules::Rule = $crate::rules::Rule {
            code: $code,
            severity: $crate::rules::Severity::$severity,
            clause: $clause,
            expects: $expects,
            fix: $fix,
        };)*
        pub(crate) static ALL: &[&$crate::rules::Rule] = &[$(&$name),*];
    };
}
pub(crate) use table;

/// All rules, by what they are about.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let tables = [
        xml::ALL,
        structure::ALL,
        value::ALL,
        content::ALL,
        rss::ALL,
        atom::ALL,
        extension::ALL,
        json::ALL,
        opml::ALL,
        serving::ALL,
    ];
    tables.into_iter().flatten().copied()
}

/// The rule of that code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.code == code)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_words_and_occur_once() {
        let mut seen = BTreeSet::new();
        for rule in super::rules() {
            assert!(seen.insert(rule.code), "{} occurs twice", rule.code);
            assert!(
                rule.code.split('-').all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric()))
            );
            for text in [rule.clause, rule.expects, rule.fix] {
                assert!(!text.is_empty() && !text.ends_with('.'), "{}: {text:?}", rule.code);
            }
        }
        assert!(seen.len() > 100);
    }
}
