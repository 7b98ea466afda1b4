//! Marks inside a line (reStructuredText Markup Specification, "Inline Markup").

use std::collections::HashMap;

use crate::parse::typeset::{Span, between, enclosed, inline, link, picture};
use feedmill_markup::escape;

/// What a text refers to by name: targets of links, and substitutions.
#[derive(Default)]
pub(super) struct Names {
    pub targets: HashMap<String, String>,
    pub substitutions: HashMap<String, String>,
}

impl Names {
    fn target(&self, name: &str) -> Option<&str> {
        self.targets.get(&folded(name)).map(String::as_str)
    }
}

/// Names are the same whatever their case and white space.
pub(super) fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A text within a block as HTML.
pub(super) fn html(text: &str, names: &Names) -> String {
    inline(text, &|rest, before| span(rest, before, names))
}

fn span(rest: &str, before: Option<char>, names: &Names) -> Span {
    // Marks do not nest here, so what stands in them is text.
    let wrap = |tag: &str, (inner, used): (&str, usize)| (format!("<{tag}>{}</{tag}>", escape(&plain(inner))), used);
    let first = rest.as_bytes()[0];
    match first {
        b'\\' => {
            // At the end of a text it says that nothing stands there.
            let Some(next) = rest[1..].chars().next() else { return Some((String::new(), 1)) };
            // An escaped blank parts marks, and vanishes.
            let shown = if next.is_whitespace() { String::new() } else { escape(next.encode_utf8(&mut [0; 4])) };
            Some((shown, 1 + next.len_utf8()))
        }
        b'*' if rest.starts_with("**") => enclosed(rest, "**", before).map(|found| wrap("strong", found)),
        b'*' => enclosed(rest, "*", before).map(|found| wrap("em", found)),
        b'`' if rest.starts_with("``") => {
            let (inner, used) = between(rest, "``", "``").filter(|(inner, _)| !inner.is_empty())?;
            Some((format!("<code>{}</code>", escape(inner)), used))
        }
        b'`' => interpreted(rest, before, "", names),
        b':' => {
            let (role, used) = between(rest, ":", ":").filter(|(role, _)| is_role(role))?;
            let (html, more) = interpreted(rest[used..].strip_prefix('`').map(|_| &rest[used..])?, None, role, names)?;
            Some((html, used + more))
        }
        b'|' => {
            let (name, used) = enclosed(rest, "|", before)?;
            let html = names.substitutions.get(&folded(name))?.clone();
            let underscores = rest[used..].len() - rest[used..].trim_start_matches('_').len();
            Some((html, used + underscores.min(2)))
        }
        b'[' => {
            let (name, used) = between(rest, "[", "]_")?;
            let is_note = !name.is_empty() && name.len() <= 40 && !name.contains(char::is_whitespace);
            is_note.then(|| (format!("[{}]", escape(name.trim_start_matches('#'))), used))
        }
        _ if first.is_ascii_alphanumeric() && !before.is_some_and(char::is_alphanumeric) => word(rest, names),
        _ => None,
    }
}

/// `word_`, the name of a target.
fn word(rest: &str, names: &Names) -> Span {
    const LONGEST: usize = 60;
    let end = rest
        .bytes()
        .take(LONGEST)
        .position(|byte| !(byte.is_ascii_alphanumeric() || b"-_.+".contains(&byte)))
        .unwrap_or(rest.len().min(LONGEST));
    let name = rest.get(..end)?.trim_end_matches('.');
    let bare = name.strip_suffix("__").or_else(|| name.strip_suffix('_'))?;
    let target = names.target(bare)?;
    Some((link(target, &escape(bare)), name.len()))
}

fn is_role(role: &str) -> bool {
    (1..=30).contains(&role.len()) && role.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:+".contains(&byte))
}

/// `` `text <target>`_ ``, `` `name`_ ``, `` :role:`text` ``.
fn interpreted(rest: &str, before: Option<char>, role: &str, names: &Names) -> Span {
    let (inner, used) = enclosed(rest, "`", before).or_else(|| between(rest, "`", "`"))?;
    if inner.is_empty() {
        return None;
    }
    let behind = &rest[used..];
    let underscores = (behind.len() - behind.trim_start_matches('_').len()).min(2);
    let written = inner.strip_suffix('>').and_then(|inner| inner.rsplit_once('<'));
    let is_link = underscores > 0;
    let (label, target) = match written {
        Some((label, target)) if is_link || is_reference(role) => (label.trim(), Some(target.trim())),
        _ => (inner, None),
    };
    let shown = escape(&plain(if label.is_empty() { target.unwrap_or_default() } else { label }));
    if is_link {
        let target = match target {
            Some(target) => names.target(target.trim_end_matches('_')).unwrap_or(target),
            None => names.target(inner).unwrap_or_default(),
        };
        let html = if target.is_empty() { shown } else { link(target, &shown) };
        return Some((html, used + underscores));
    }
    let html = match role {
        "code" | "literal" | "file" | "kbd" | "command" | "samp" | "math" | "class" | "func" | "meth" | "mod"
        | "attr" | "exc" | "data" | "const" | "program" | "option" | "envvar" | "cmd" => {
            format!("<code>{}</code>", escape(inner.trim_start_matches(['~', '!'])))
        }
        role if role.starts_with("py:") || role.starts_with("c:") => {
            format!("<code>{}</code>", escape(inner.trim_start_matches(['~', '!'])))
        }
        "strong" => format!("<strong>{shown}</strong>"),
        "sub" | "subscript" => format!("<sub>{shown}</sub>"),
        "sup" | "superscript" => format!("<sup>{shown}</sup>"),
        "pep" | "PEP" => link(&format!("https://peps.python.org/pep-{inner:0>4}/"), &format!("PEP {shown}")),
        "rfc" | "RFC" => link(&format!("https://www.rfc-editor.org/rfc/rfc{inner}"), &format!("RFC {shown}")),
        role if is_reference(role) => match target.filter(|target| target.contains("://")) {
            Some(target) => link(target, &shown),
            None => shown,
        },
        _ => format!("<em>{shown}</em>"),
    };
    Some((html, used))
}

fn is_reference(role: &str) -> bool {
    matches!(role, "ref" | "doc" | "any" | "term" | "numref" | "download" | "abbr" | "issue" | "slug")
}

/// The text without the marks of escapes.
fn plain(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '\\' { out.extend(chars.next().filter(|c| !c.is_whitespace())) } else { out.push(c) }
    }
    out
}

/// A picture that stands for a name.
pub(super) fn inline_picture(source: &str, text: &str) -> String {
    picture(source, text)
}
