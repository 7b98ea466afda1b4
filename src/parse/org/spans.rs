//! Marks inside a line (Org Syntax, "Objects").

use crate::parse::typeset::{Span, between, enclosed, inline, link, picture};
use feedmill_markup::escape;

/// Deeper marks are text.
const DEEPEST: usize = 5;

/// A text within a block as HTML.
pub(super) fn html(text: &str) -> String {
    let html = marks(text, DEEPEST);
    if html.contains("\\\\\n") { html.replace("\\\\\n", "<br>\n") } else { html }
}

fn marks(text: &str, depth: usize) -> String {
    inline(text, &|rest, before| span(rest, before, depth))
}

fn span(rest: &str, before: Option<char>, depth: usize) -> Span {
    let depth = depth.checked_sub(1)?;
    let wrap = |mark: &str, tag: &str| {
        let (inner, used) = enclosed(rest, mark, before)?;
        Some((format!("<{tag}>{}</{tag}>", marks(inner, depth)), used))
    };
    let code = |mark: &str| {
        let (inner, used) = enclosed(rest, mark, before)?;
        Some((format!("<code>{}</code>", escape(inner)), used))
    };
    match rest.as_bytes()[0] {
        b'*' => wrap("*", "strong"),
        // A slash after a slash or a colon is that of a path.
        b'/' if !matches!(before, Some(':' | '/' | '.' | '<')) => wrap("/", "em"),
        b'_' => wrap("_", "u"),
        b'+' => wrap("+", "del"),
        b'=' => code("="),
        b'~' => code("~"),
        b'[' if rest.starts_with("[[") => {
            let (inner, used) = between(rest, "[[", "]]")?;
            Some((target(inner, depth), used))
        }
        b'[' if rest.starts_with("[fn:") => {
            let (inner, used) = between(rest, "[fn:", "]")?;
            let (name, text) = inner.split_once(':').unwrap_or((inner, ""));
            let text =
                if text.is_empty() { format!("[{}]", escape(name)) } else { format!(" ({})", marks(text, depth)) };
            Some((text, used))
        }
        b'<' if rest.starts_with("<<") => {
            let (inner, used) = between(rest, "<<", ">>")?;
            // A target for links; what is meant for readers stands in three brackets.
            Some((
                inner.strip_prefix('<').map(escape).unwrap_or_default(),
                used + usize::from(rest[used..].starts_with('>')),
            ))
        }
        b'<' => {
            let (inner, used) = between(rest, "<", ">")?;
            let is_time = inner.starts_with(|c: char| c.is_ascii_digit()) && inner.len() <= 40;
            let is_link =
                ["http:", "https:", "mailto:"].iter().any(|scheme| inner.starts_with(scheme)) && !inner.contains(' ');
            match () {
                () if is_time => Some((escape(inner), used)),
                () if is_link => Some((link(inner, ""), used)),
                () => None,
            }
        }
        b'@' if rest.starts_with("@@html:") => {
            let (inner, used) = between(rest, "@@html:", "@@")?;
            Some((inner.to_owned(), used))
        }
        b'\\' => {
            const NAMED: &[(&str, &str)] = &[
                ("\\ndash", "–"),
                ("\\mdash", "—"),
                ("\\nbsp", "\u{a0}"),
                ("\\alpha", "α"),
                ("\\rightarrow", "→"),
                ("\\dots", "…"),
            ];
            let (name, sign) = NAMED.iter().find(|(name, _)| rest.starts_with(name))?;
            let used = name.len() + if rest[name.len()..].starts_with("{}") { 2 } else { 0 };
            Some(((*sign).to_owned(), used))
        }
        _ => None,
    }
}

/// `[[target][label]]` and `[[target]]`; a picture without a label is shown.
fn target(inner: &str, depth: usize) -> String {
    let (target, label) = inner.split_once("][").map_or((inner, None), |(target, label)| (target, Some(label)));
    let target = target.strip_prefix("file:").unwrap_or(target).trim();
    match label {
        None if is_picture(target) => picture(target, ""),
        None => {
            let is_address = target.contains("://") || target.starts_with("mailto:") || target.contains('/');
            if is_address { link(target, "") } else { escape(target.trim_start_matches(['*', '#'])) }
        }
        Some(label) if is_picture(label.trim_start_matches("file:")) => {
            link(target, &picture(label.trim_start_matches("file:"), ""))
        }
        Some(label) => link(target, &marks(label, depth)),
    }
}

/// Whether a target is a picture, by its name.
pub(super) fn is_picture(target: &str) -> bool {
    let name = target.split(['?', '#']).next().unwrap_or(target).to_ascii_lowercase();
    [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif"].iter().any(|ending| name.ends_with(ending))
}
