//! Items of lists (AsciiDoc Language, "Lists"): bullets, numbers, terms, the numbers that explain a listing.

use crate::parse::typeset::between;

/// An item of a list.
pub(super) struct Item<'l> {
    pub level: usize,
    pub is_numbered: bool,
    pub term: Option<&'l str>,
    pub text: &'l str,
}

/// The item that a line begins.
pub(super) fn item(line: &str) -> Option<Item<'_>> {
    let text = line.trim_start();
    if let Some(mark @ ('*' | '.' | '-' | '<')) = text.chars().next() {
        let level = text.len() - text.trim_start_matches(mark).len();
        let rest = &text[level..];
        if mark == '<' {
            // Numbers that explain a listing: `<1> text`.
            let (number, used) = between(text, "<", "> ")?;
            let is_number = number == "." || !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            return is_number.then(|| Item { level: 1, is_numbered: true, term: None, text: &text[used..] });
        }
        let is_item = rest.starts_with(' ') && level <= 6 && (mark != '-' || level == 1);
        if is_item {
            // A hyphen is a level of its own, under items with stars.
            let level = if mark == '-' { 1 } else { level + usize::from(mark == '.') * 10 };
            return Some(Item { level, is_numbered: mark == '.', term: None, text: rest.trim_start() });
        }
    }
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if (1..=4).contains(&digits)
        && let Some(rest) = text[digits..].strip_prefix(". ")
    {
        return Some(Item { level: 11, is_numbered: true, term: None, text: rest });
    }
    let (term, rest) = text.split_once("::").filter(|(term, _)| !term.is_empty() && term.len() < 200)?;
    let colons = rest.len() - rest.trim_start_matches(':').len();
    let rest = &rest[colons..];
    let is_term = colons <= 2 && (rest.is_empty() || rest.starts_with(' ')) && !term.contains(['[', '|']);
    is_term.then(|| Item { level: 30 + colons, is_numbered: false, term: Some(term), text: rest.trim_start() })
}
