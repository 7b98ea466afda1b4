//! Where in the file: turns a byte range of the configuration into `feedmill.toml:12:3` and a sentence.

use std::fmt::Display;
use std::ops::Range;
use std::path::Path;

use crate::error::Error;

/// Words further apart than this are not taken for each other's misspelling; 0.7 joins `max_item` and `max_items`,
/// and parts `title` and `tags`.
const ALIKE: f64 = 0.7;

/// The text of a configuration file with the name to call it by.
pub(super) struct Page<'a> {
    pub(super) path: &'a Path,
    pub(super) text: &'a str,
}

impl Page<'_> {
    /// An error about the piece of text at `span`.
    pub(super) fn fault(&self, span: Range<usize>, message: impl Display) -> Error {
        let (line, column) = self.position(span.start);
        Error::config(format!("{}:{line}:{column}", self.path.display()), message)
    }

    /// Line and column (in characters), both from 1.
    fn position(&self, offset: usize) -> (usize, usize) {
        let before: &str = self.text.get(..offset.min(self.text.len())).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }

    /// What the TOML reader has to say, in the words of this program.
    pub(super) fn toml_fault(&self, err: &toml::de::Error) -> Error {
        let mut span = err.span().unwrap_or(0..0);
        let message = err.message();
        if let Some((found, expected)) = unknown_key(message) {
            // The reader points at the table for keys of inline tables: point at the key.
            if let Some(at) = self.text.get(span.clone()).and_then(|piece| find_key(piece, found)) {
                span.start += at;
            }
            let err = self.fault(span, format!("unknown key {found:?}"));
            return match nearest(found, expected.iter().copied()) {
                Some(key) => err.hint(format!("did you mean {key:?}?")),
                None if expected.is_empty() => err,
                None => err.hint(format!("the keys here are {}", expected.join(", "))),
            };
        }
        if let Some(key) = message.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
            return self.fault(span, format!("expected the key {key:?} in this table, found none"));
        }
        let wrong = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "));
        if let Some((found, expected)) = wrong.and_then(|rest| rest.split_once(", expected ")) {
            let single = self.text.get(span.start..).is_some_and(|rest| rest.starts_with('['))
                && found == "map"
                && expected == "a sequence";
            let found = if found == "map" { "a table" } else { found };
            let err = self.fault(span, format!("expected {}, found {found}", plain(expected)));
            return if single {
                err.hint("this table can be repeated: write its name in double brackets")
            } else {
                err
            };
        }
        self.fault(span, message.replace('\n', " "))
    }
}

/// The key and the known keys of serde's "unknown field" message.
fn unknown_key(message: &str) -> Option<(&str, Vec<&str>)> {
    let rest = message.strip_prefix("unknown field `")?;
    let (found, rest) = rest.split_once('`')?;
    Some((found, rest.split('`').skip(1).step_by(2).collect()))
}

/// Where a key stands in a piece of TOML: as a whole word before an `=`.
fn find_key(piece: &str, key: &str) -> Option<usize> {
    piece.match_indices(key).map(|(at, _)| at).find(|at| {
        let word_begins = !piece[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-');
        word_begins && piece[at + key.len()..].trim_start_matches(['"', '\'', ' ', '\t']).starts_with('=')
    })
}

/// Rust's names of types, in words.
fn plain(expected: &str) -> &str {
    match expected {
        "u64" | "usize" | "u32" | "i64" => "a whole number, 0 or more",
        "a boolean" => "true or false",
        "a sequence" => "a list in square brackets",
        other if other.starts_with("struct ") => "a table",
        other => other,
    }
}

/// The word that `found` is most likely a misspelling of.
pub(super) fn nearest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let found = found.to_lowercase();
    known
        .into_iter()
        .map(|word| (strsim::normalized_damerau_levenshtein(&found, &word.to_lowercase()), word))
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters() {
        let page = Page { path: Path::new("f.toml"), text: "a = 1\nß = \"é\" # x\n" };
        assert_eq!(page.position(0), (1, 1));
        assert_eq!(page.position(6), (2, 1));
        assert_eq!(page.position(page.text.find('#').unwrap()), (2, 9));
        assert_eq!(page.position(9999), (3, 1));
    }

    #[test]
    fn suggests_only_what_is_close() {
        let keys = ["name", "title", "tags", "max_items", "min_items"];
        assert_eq!(nearest("max_item", keys), Some("max_items"));
        assert_eq!(nearest("Titel", keys), Some("title"));
        assert_eq!(nearest("colour", keys), None);
    }
}
