//! The field `Link` of an HTTP answer (RFC 8288, section 3), read leniently.

use std::borrow::Cow;

/// One link of a field.
pub(super) struct Link<'f> {
    /// What stands between `<` and `>`.
    pub target: &'f str,
    parameters: &'f str,
}

/// The links of one field, as far as it can be read.
pub(super) fn links(field: &str) -> impl Iterator<Item = Link<'_>> {
    let mut rest = field;
    std::iter::from_fn(move || {
        let (target, behind) = rest.split_once('<')?.1.split_once('>')?;
        let end = unquoted(behind, ',').unwrap_or(behind.len());
        rest = &behind[end..];
        Some(Link { target: target.trim(), parameters: &behind[..end] })
    })
}

impl Link<'_> {
    /// The first parameter of that name (appendix B.3), without its quotes.
    pub fn parameter(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut rest = self.parameters;
        while let Some((_, behind)) = rest.split_once(';') {
            let end = unquoted(behind, ';').unwrap_or(behind.len());
            rest = &behind[end..];
            let (key, value) = behind[..end].split_once('=').unwrap_or((&behind[..end], ""));
            if key.trim().eq_ignore_ascii_case(name) {
                return Some(unquote(value.trim()));
            }
        }
        None
    }
}

/// Where a character stands outside of quotes.
fn unquoted(text: &str, wanted: char) -> Option<usize> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if std::mem::take(&mut is_escaped) => {}
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            c if c == wanted && !is_quoted => return Some(at),
            _ => {}
        }
    }
    None
}

fn unquote(value: &str) -> Cow<'_, str> {
    let Some(inner) = value.strip_prefix('"') else { return Cow::Borrowed(value) };
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    if inner.contains('\\') { Cow::Owned(inner.replace('\\', "")) } else { Cow::Borrowed(inner) }
}
