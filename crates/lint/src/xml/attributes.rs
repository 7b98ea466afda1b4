//! The attributes of a start tag.

use std::borrow::Cow;

/// More attributes than any element of a feed has.
const MOST: usize = 200;

/// One attribute.
#[derive(Clone, Debug)]
pub(crate) struct Attribute<'t> {
    /// The name as it is written.
    pub name: &'t str,
    /// The value, its references resolved and its white space made blanks (XML 1.0 section 3.3.3).
    pub value: Cow<'t, str>,
    /// Where the name stands in the document.
    pub at: usize,
}

/// What is wrong with the attributes of a tag, and where.
pub(super) struct Wrong {
    pub at: usize,
    pub found: String,
    pub kind: Kind,
}

pub(super) enum Kind {
    Syntax,
    Ampersand,
    Entity,
}

/// Reads what stands in a start tag after the name; `at` is its offset in the document.
pub(super) fn read<'t>(
    text: &'t str,
    at: usize,
    entity: &dyn Fn(&str) -> Option<String>,
    wrong: &mut Vec<Wrong>,
) -> Vec<Attribute<'t>> {
    let mut found: Vec<Attribute<'t>> = Vec::new();
    let bytes = text.as_bytes();
    let mut here = 0;
    let mut complain = |at: usize, kind: Kind, found: &str| wrong.push(Wrong { at, found: found.to_owned(), kind });
    loop {
        let blanks = bytes[here..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        here += blanks;
        if here >= bytes.len() {
            return found;
        }
        let start = here;
        here += bytes[here..].iter().take_while(|b| !b.is_ascii_whitespace() && **b != b'=').count();
        let name = &text[start..here];
        here += bytes[here..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if blanks == 0 && start > 0 {
            complain(at + start, Kind::Syntax, "no blank before an attribute");
        }
        if bytes.get(here) != Some(&b'=') {
            complain(at + start, Kind::Syntax, &format!("{name:?} without a value"));
            continue;
        }
        here += 1;
        here += bytes[here..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let raw = match bytes.get(here) {
            Some(quote @ (b'"' | b'\'')) => {
                let inner = here + 1;
                let end = memchr::memchr(*quote, &bytes[inner..]).map_or(bytes.len(), |end| inner + end);
                here = (end + 1).min(bytes.len());
                &text[inner..end]
            }
            _ => {
                complain(at + start, Kind::Syntax, &format!("the value of {name:?} without quotes"));
                let inner = here;
                here += bytes[here..].iter().take_while(|byte| !byte.is_ascii_whitespace()).count();
                &text[inner..here]
            }
        };
        if raw.contains('<') {
            complain(at + start, Kind::Syntax, &format!("`<` in the value of {name:?}"));
        }
        if !is_name(name) {
            complain(at + start, Kind::Syntax, &format!("the name {:?}", name.chars().take(40).collect::<String>()));
        }
        if found.iter().any(|known| known.name == name) {
            complain(at + start, Kind::Syntax, &format!("{name:?} twice"));
            continue;
        }
        let value = value(raw, at + start, entity, &mut complain);
        if found.len() < MOST {
            found.push(Attribute { name, value, at: at + start });
        }
    }
}

fn value<'t>(
    raw: &'t str,
    at: usize,
    entity: &dyn Fn(&str) -> Option<String>,
    complain: &mut dyn FnMut(usize, Kind, &str),
) -> Cow<'t, str> {
    if !raw.bytes().any(|byte| matches!(byte, b'&' | b'\n' | b'\r' | b'\t')) {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(next) = memchr::memchr(b'&', rest.as_bytes()) {
        push_blanked(&mut out, &rest[..next]);
        rest = &rest[next..];
        match reference(rest) {
            Some(name) => {
                match entity(name) {
                    Some(text) => out.push_str(&text),
                    None => complain(at, Kind::Entity, &format!("&{name};")),
                }
                rest = &rest[name.len() + 2..];
            }
            None => {
                complain(at, Kind::Ampersand, &rest.chars().take(20).collect::<String>());
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    push_blanked(&mut out, rest);
    Cow::Owned(out)
}

fn push_blanked(out: &mut String, text: &str) {
    out.extend(text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }));
}

/// A longer name between `&` and `;` is no reference.
const LONGEST_REFERENCE: usize = 64;

/// The name of the reference that the text begins with.
pub(super) fn reference(text: &str) -> Option<&str> {
    let end = text.bytes().take(LONGEST_REFERENCE).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let bare = name.strip_prefix('#').map(|digits| digits.strip_prefix('x').unwrap_or(digits));
    let fits = bare.unwrap_or(name).chars().all(|c| c.is_alphanumeric() || "._-:".contains(c));
    (fits && !bare.unwrap_or(name).is_empty()).then_some(name)
}

/// Whether a text is a qualified name, roughly as XML 1.0 section 2.3 has it.
pub(super) fn is_name(name: &str) -> bool {
    let is_start = |c: char| c.is_alphabetic() || c == '_' || !c.is_ascii();
    let is_part = |part: &str| {
        part.starts_with(is_start)
            && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '\u{b7}') || !c.is_ascii())
    };
    match name.split_once(':') {
        Some((prefix, local)) => is_part(prefix) && is_part(local),
        None => is_part(name),
    }
}
