//! Items of lists (AsciiDoc Language, "Lists"): bullets, numbers, terms, the numbers that explain a listing.

use crate::parse::typeset::between;

/// An item of a list.
pub(super) struct Item<'l> {
    /// What marks it; items with one mark belong to one list, and another mark begins a list inside.
    pub mark: &'l str,
    pub is_numbered: bool,
    pub term: Option<&'l str>,
    pub text: &'l str,
}

/// The item that a line begins.
pub(super) fn item(line: &str) -> Option<Item<'_>> {
    let text = line.trim_start();
    if let Some(mark @ ('*' | '.' | '-' | '<' | '•')) = text.chars().next() {
        let length = text.len() - text.trim_start_matches(mark).len();
        let rest = &text[length..];
        if mark == '<' {
            // Numbers that explain a listing: `<1> text`.
            let (number, used) = between(text, "<", "> ")?;
            let is_number = number == "." || !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            return is_number.then(|| Item { mark: "<1>", is_numbered: true, term: None, text: &text[used..] });
        }
        let count = length / mark.len_utf8();
        let is_item = rest.starts_with(' ') && count <= MOST_MARKS && (matches!(mark, '*' | '.') || count == 1);
        if is_item {
            return Some(Item { mark: &text[..length], is_numbered: mark == '.', term: None, text: rest.trim_start() });
        }
    }
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if (1..=4).contains(&digits)
        && let Some(rest) = text[digits..].strip_prefix(". ")
    {
        return Some(Item { mark: "1.", is_numbered: true, term: None, text: rest });
    }
    let (term, rest) = text.split_once("::").filter(|(term, _)| !term.is_empty() && term.len() < 200)?;
    let colons = rest.len() - rest.trim_start_matches(':').len();
    let rest = &rest[colons..];
    let is_term = colons <= 2 && (rest.is_empty() || rest.starts_with(' ')) && !term.contains(['[', '|']);
    let mark = [":", "::", ":::"].get(colons)?;
    is_term.then(|| Item { mark, is_numbered: false, term: Some(term), text: rest.trim_start() })
}

/// Deeper lists are none.
const MOST_MARKS: usize = 12;
