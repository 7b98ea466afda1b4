//! Marks inside a line (AsciiDoc Language, "Inline Syntax").

use std::collections::HashMap;

use crate::parse::typeset::{Span, address, between, enclosed, inline, link, picture};
use feedmill_markup::escape;

/// The attributes of a document, by name.
pub(super) type Attributes = HashMap<String, String>;

/// Deeper marks are text.
const DEEPEST: usize = 5;

/// A text within a block as HTML.
pub(super) fn html(text: &str, attributes: &Attributes) -> String {
    let replaced = substituted(text, attributes);
    // ` +` at the end of a line breaks it.
    let html = marks(&replaced, DEEPEST);
    if html.contains(" +") { html.replace(" +\n", "<br>\n") } else { html }
}

/// The text with `{name}` replaced where the document sets it, within bounds.
pub(super) fn substituted(text: &str, attributes: &Attributes) -> String {
    /// An attribute may hold a long text, and be named often.
    const MOST_ADDED: usize = 64 << 10;
    if !text.contains('{') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let name = between(rest, "{", "}").filter(|(name, _)| name.len() <= 60);
        let value =
            name.and_then(|(name, used)| Some((builtin(name).or(attributes.get(name).map(String::as_str))?, used)));
        match value {
            Some((value, used)) if out.len() + value.len() < text.len() + MOST_ADDED => {
                out.push_str(value);
                rest = &rest[used..];
            }
            _ => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn builtin(name: &str) -> Option<&'static str> {
    Some(match name {
        "nbsp" => "\u{a0}",
        "empty" | "blank" => "",
        "sp" => " ",
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "apos" | "rsquo" => "’",
        "lsquo" => "‘",
        "ldquo" => "“",
        "rdquo" => "”",
        "plus" => "&#43;",
        "asterisk" => "&#42;",
        "zwsp" => "\u{200b}",
        _ => return None,
    })
}

fn marks(text: &str, depth: usize) -> String {
    inline(text, &|rest, before| span(rest, before, depth))
}

fn span(rest: &str, before: Option<char>, depth: usize) -> Span {
    let depth = depth.checked_sub(1)?;
    let wrap = |tag: &str, (inner, used): (&str, usize)| (format!("<{tag}>{}</{tag}>", marks(inner, depth)), used);
    let code = |(inner, used): (&str, usize)| (format!("<code>{}</code>", escape(inner.trim_matches('+'))), used);
    match rest.as_bytes()[0] {
        b'\\' if rest[1..].starts_with(['*', '_', '`', '#', '{', '<', '+', '^', '~', 'h', 'l', 'i', 'm']) => {
            // What is escaped is text up to the end of its mark.
            let next = rest[1..].chars().next()?;
            Some((escape(&rest[1..1 + next.len_utf8()]), 1 + next.len_utf8()))
        }
        b'*' => between(rest, "**", "**")
            .filter(|(inner, _)| !inner.trim().is_empty())
            .or_else(|| enclosed(rest, "*", before))
            .map(|found| wrap("strong", found)),
        b'_' => between(rest, "__", "__")
            .filter(|(inner, _)| !inner.trim().is_empty())
            .or_else(|| enclosed(rest, "_", before))
            .map(|found| wrap("em", found)),
        b'`' => between(rest, "``", "``")
            .filter(|(inner, _)| !inner.is_empty())
            .or_else(|| enclosed(rest, "`", before))
            .map(code),
        b'+' => between(rest, "+++", "+++")
            .map(|(inner, used)| (inner.to_owned(), used))
            .or_else(|| enclosed(rest, "+", before).map(|(inner, used)| (escape(inner), used))),
        b'^' => short(between(rest, "^", "^")).map(|found| wrap("sup", found)),
        b'~' => short(between(rest, "~", "~")).map(|found| wrap("sub", found)),
        b'#' => enclosed(rest, "#", before).map(|found| wrap("mark", found)),
        b'"' => between(rest, "\"`", "`\"").map(|(inner, used)| (format!("“{}”", marks(inner, depth)), used)),
        b'\'' => between(rest, "'`", "`'").map(|(inner, used)| (format!("‘{}’", marks(inner, depth)), used)),
        b'<' => {
            if let Some((inner, used)) = between(rest, "<<", ">>") {
                let (target, label) = inner.split_once(',').unwrap_or((inner, inner));
                return Some((
                    link(&format!("#{}", target.trim_start_matches('#')), &marks(label.trim(), depth)),
                    used,
                ));
            }
            let (inner, used) = between(rest, "<", ">")?;
            let whole = address(inner).filter(|found| found.len() == inner.len());
            whole.map(|found| (link(found, ""), used))
        }
        b'[' => role_or_anchor(rest, before, depth),
        b'&' => {
            // A reference to a character stays one.
            let (name, used) = between(rest, "&", ";")?;
            let is_name = |name: &str| {
                !name.is_empty() && name.len() <= 10 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
            };
            is_name(name).then(|| (rest[..used].to_owned(), used))
        }
        b'(' => [("(C)", "©"), ("(R)", "®"), ("(TM)", "™")]
            .iter()
            .find(|(written, _)| rest.starts_with(written))
            .map(|(written, sign)| ((*sign).to_owned(), written.len())),
        b'-' if before == Some(' ') && rest.starts_with("-- ") => Some(("—".to_owned(), 2)),
        _ => macro_or_address(rest, depth),
    }
}

fn short(found: Option<(&str, usize)>) -> Option<(&str, usize)> {
    found.filter(|(inner, _)| !inner.is_empty() && !inner.contains(char::is_whitespace))
}

/// `[[anchor]]`, `[#anchor]` and the role of a mark (`[.small]#text#`).
fn role_or_anchor(rest: &str, before: Option<char>, depth: usize) -> Span {
    if let Some((inner, used)) = between(rest, "[[", "]]") {
        let is_name = inner.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ',' | ' ' | '.'));
        return is_name.then(|| (String::new(), used));
    }
    let (_, used) =
        between(rest, "[", "]").filter(|(inner, _)| inner.starts_with(['.', '#', '%']) && inner.len() <= 80)?;
    let (inner, more) = between(&rest[used..], "##", "##").or_else(|| enclosed(&rest[used..], "#", before))?;
    Some((marks(inner, depth), used + more))
}

/// `link:target[label]`, `image:source[text]` and the like, and addresses with a label.
fn macro_or_address(rest: &str, depth: usize) -> Span {
    if let Some(found) = address(rest) {
        // The label is no part of the address.
        let label = between(&rest[found.len()..], "[", "]");
        let used = found.len() + label.map_or(0, |(_, used)| used);
        return Some((link(found, &label.map(|(label, _)| marks(label_of(label), depth)).unwrap_or_default()), used));
    }
    const NAMES: &[&str] = &[
        "link:",
        "image:",
        "xref:",
        "mailto:",
        "footnote:",
        "kbd:",
        "btn:",
        "menu:",
        "icon:",
        "pass:",
        "stem:",
        "anchor:",
        "footnoteref:",
    ];
    let name = NAMES.iter().find(|name| rest.starts_with(**name))?;
    let behind = rest[name.len()..].strip_prefix(':').unwrap_or(&rest[name.len()..]);
    let (target, _) = between(behind, "", "[")?;
    let target_is_one = !target.contains(char::is_whitespace)
        || matches!(*name, "image:" | "link:") && !target.contains('\n') && target.len() < 300;
    if !target_is_one {
        return None;
    }
    let from = rest.len() - behind.len() + target.len();
    let (label, used) = between(&rest[from..], "[", "]")?;
    let used = from + used;
    let html = match *name {
        "link:" => link(target.trim_matches('+'), &marks(label_of(label), depth)),
        "mailto:" => link(
            &format!("mailto:{target}"),
            &if label.is_empty() { escape(target) } else { marks(label_of(label), depth) },
        ),
        "xref:" => link(target, &marks(if label.is_empty() { target } else { label }, depth)),
        "image:" => picture(target, label.split(',').next().map(label_of).unwrap_or_default()),
        "footnote:" | "footnoteref:" => format!(" ({})", marks(label.trim(), depth)),
        "kbd:" | "btn:" => format!("<kbd>{}</kbd>", escape(label)),
        "menu:" => escape(&format!("{target} › {label}")),
        "pass:" => label.to_owned(),
        "stem:" => format!("<code>{}</code>", escape(label)),
        _ => String::new(),
    };
    Some((html, used))
}

/// The label among the values of a macro: `Label^`, `"Label, with a comma",window=_blank`.
pub(super) fn label_of(values: &str) -> &str {
    let values = values.trim();
    if let Some((quoted, _)) = between(values, "\"", "\"") {
        return quoted;
    }
    let has_names = values.split(',').skip(1).any(|value| value.contains('='));
    let label = if has_names { values.split(',').next().unwrap_or(values) } else { values };
    let is_named = label.split_once('=').is_some_and(|(key, _)| key.bytes().all(|b| b.is_ascii_lowercase()));
    if is_named { "" } else { label.trim_end_matches('^').trim() }
}
