//! The general entities that a document declares for itself, in the internal subset of its document type.
//!
//! An entity is parsed where it is referred to (XML 1.0 section 4.4), so that its markup counts. External entities are
//! never read, parameter entities neither. What an entity comes to is bounded, and worked out once; an entity that
//! passes a bound, or refers to one that does, or to itself, is left as its reference is written.

use std::collections::HashMap;
use std::rc::Rc;

use memchr::{memchr, memmem};

use super::repair;

/// An entity that comes to more bytes is not expanded.
const LONGEST: usize = 16 << 10;

/// Entities inside entities, deeper than this, are not expanded.
const DEEPEST: usize = 8;

/// The most entities of a document.
const MOST: usize = 500;

/// All references of a document together may add so many bytes to it.
const MOST_ADDED: usize = 1 << 20;

/// The entities of a document.
#[derive(Default)]
pub(super) struct Entities {
    known: HashMap<String, Entity>,
    added: usize,
    /// How many entities are being worked out, one inside the other.
    depth: usize,
    /// Whether one was met that is not expanded.
    failed: bool,
}

enum Entity {
    /// As it was declared, with its character references resolved.
    Declared(Rc<str>),
    /// What it comes to, repaired; `None` for one that is not expanded.
    Resolved(Option<Rc<str>>),
}

impl Entities {
    /// The entities in a document type, from its `<!DOCTYPE` to its end. Of several of one name the first counts.
    pub fn of(doctype: &str) -> Entities {
        let mut entities = Entities::default();
        let mut rest = doctype.find('[').map_or("", |at| &doctype[at..]);
        while let Some(at) = memmem::find(rest.as_bytes(), b"<!") {
            rest = &rest[at + "<!".len()..];
            if let Some(comment) = rest.strip_prefix("--") {
                rest = memmem::find(comment.as_bytes(), b"-->").map_or("", |end| &comment[end..]);
            } else if let Some(declaration) = rest.strip_prefix("ENTITY") {
                rest = entities.declare(declaration).unwrap_or(declaration);
                if entities.known.len() >= MOST {
                    break;
                }
            }
        }
        entities
    }

    /// Takes a declaration, and returns what stands behind it; `None` where it is none.
    fn declare<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let text = text.strip_prefix(char::is_whitespace)?.trim_start();
        let end = text.find(char::is_whitespace)?;
        let (name, rest) = (&text[..end], text[end..].trim_start());
        let quote = rest.bytes().next().filter(|byte| matches!(byte, b'"' | b'\''));
        let (entity, behind) = match quote {
            Some(quote) => {
                let end = memchr(quote, &rest.as_bytes()[1..])?;
                let value = &rest[1..1 + end];
                let fits = value.len() <= LONGEST;
                let value = fits.then(|| Entity::Declared(repair::characters(value).into()));
                (value.unwrap_or(Entity::Resolved(None)), &rest[1 + end + 1..])
            }
            // `SYSTEM` and `PUBLIC`: it stands elsewhere.
            None => (Entity::Resolved(None), rest),
        };
        if name != "%" {
            self.known.entry(name.to_owned()).or_insert(entity);
        }
        Some(behind)
    }

    /// What a reference by that name comes to; `None` where it stays as it is written.
    pub fn resolve(&mut self, name: &str) -> Option<Rc<str>> {
        if self.known.is_empty() {
            return None;
        }
        let resolved = match self.known.get_mut(name)? {
            Entity::Resolved(resolved) => resolved.clone(),
            Entity::Declared(_) if self.depth >= DEEPEST => None,
            declared => {
                // While it is worked out it refers to nothing, so that one which refers to itself comes to an end.
                let Entity::Declared(value) = std::mem::replace(declared, Entity::Resolved(None)) else { return None };
                let resolved = self.work_out(&value);
                self.known.insert(name.to_owned(), Entity::Resolved(resolved.clone()));
                resolved
            }
        };
        if self.depth > 0 {
            self.failed |= resolved.is_none();
            return resolved;
        }
        let more = resolved.as_ref().map_or(0, |text| text.len().saturating_sub(name.len()));
        let fits = self.added + more <= MOST_ADDED;
        self.added += if fits { more } else { 0 };
        resolved.filter(|_| fits)
    }

    fn work_out(&mut self, value: &str) -> Option<Rc<str>> {
        let outer = std::mem::take(&mut self.failed);
        self.depth += 1;
        let text = repair::piece(value, LONGEST, self);
        self.depth -= 1;
        let failed = std::mem::replace(&mut self.failed, outer);
        text.filter(|_| !failed).map(Rc::from)
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::xml::well_formed;

    fn read(subset: &str, text: &str) -> String {
        well_formed(format!("<!DOCTYPE a [{subset}]>{text}")).unwrap()
    }

    #[test]
    fn entities_of_the_document_are_expanded() {
        for (subset, text, expected) in [
            ("<!ENTITY quay 'West &#38; East'>", "<a>&quay;</a>", "<a>West &amp; East</a>"),
            ("<!ENTITY n \"<b>x</b>\">", "<a t='&n;'>&n;</a>", "<a t='&lt;b&gt;x&lt;/b&gt;'><b>x</b></a>"),
            ("<!ENTITY q '\"'>", "<a t=\"&q;\"/>", "<a t=\"&quot;\"/>"),
            ("<!ENTITY a 'x&b;'><!ENTITY b 'y'>", "&a;&b;", "xyy"),
            ("<!ENTITY a 'x'><!ENTITY a 'y'>", "&a;", "x"),
            ("<!ENTITY nbsp '-'>", "a&nbsp;b&eacute;", "a-bé"),
            ("<!ENTITY my.co-name 'Co'>", "&my.co-name;", "Co"),
            ("<!-- <!ENTITY a 'x'> -->\n<!ENTITY\n a\t'y' >", "&a;", "y"),
            ("<!ENTITY s '&#38;#60;b>'>", "&s;", "&lt;b>"),
            ("<!ENTITY amp 'x'>", "&amp;", "&amp;"),
            ("<!ENTITY a 'x'>", "<![CDATA[&a;]]>&amp;a;", "<![CDATA[&a;]]>&amp;a;"),
        ] {
            assert_eq!(read(subset, text), expected, "{subset} {text}");
        }
    }

    #[test]
    fn what_stands_elsewhere_or_has_no_end_stays_a_reference() {
        for (subset, text) in [
            ("<!ENTITY x SYSTEM 'file:///etc/passwd'>", "&x;"),
            ("<!ENTITY x PUBLIC '-//x' 'https://h.example/x'>", "&x;"),
            ("<!ENTITY y SYSTEM 'z'><!ENTITY x 'a&y;'>", "&x;"),
            ("<!ENTITY x 'a&x;'>", "&x;"),
            ("<!ENTITY x '&y;'><!ENTITY y '&x;'>", "&x;"),
            ("<!ENTITY % x 'a'>", "&x;"),
            ("<!ENTITY x", "&x;"),
        ] {
            assert_eq!(read(subset, text), text.replace('&', "&amp;"), "{subset}");
        }
        let long = format!("<!ENTITY x '{}'>", "x".repeat(20_000));
        assert_eq!(read(&long, "&x;"), "&amp;x;");
    }

    #[test]
    fn what_all_references_add_is_bounded() {
        let subset = format!("<!ENTITY x '{}'>", "x".repeat(10_000));
        let text = read(&subset, &"&x;".repeat(100_000));
        assert!(text.len() < 3 << 20, "{}", text.len());
        // Each of many entities is worked out once, however often it is named.
        let chain: String =
            (1..400).map(|n| format!("<!ENTITY e{n} '{}'>", format!("&e{};", n - 1).repeat(9))).collect();
        let text = read(&format!("<!ENTITY e0 'lol'>{chain}"), &"&e399;&e4;".repeat(50_000));
        assert!(text.len() < 4 << 20, "{}", text.len());
    }
}
