//! Document types: those of RSS 0.91, and what is declared inside.

use std::collections::HashMap;

/// More entities than these are not remembered, so that a document cannot make its reader large.
const MOST_ENTITIES: usize = 1000;
/// A longer replacement is taken for one that leads further.
const LONGEST_TEXT: usize = 1000;

/// What a document type declares.
#[derive(Debug, Default)]
pub(crate) struct Doctype {
    pub public: Option<String>,
    pub system: Option<String>,
    /// Entities by name; `None` for those whose text is elsewhere, or leads further.
    entities: HashMap<String, Option<String>>,
    /// The first entity whose text is elsewhere.
    pub external: Option<String>,
}

impl Doctype {
    /// Reads what stands between `<!DOCTYPE` and the closing `>`.
    pub fn read(text: &str) -> Doctype {
        let (head, inner) = text.split_once('[').unwrap_or((text, ""));
        let mut doctype = Doctype::default();
        // First the name of the root element.
        let mut words = Words(head);
        words.next();
        match words.next() {
            Some("PUBLIC") => {
                doctype.public = words.next().map(str::to_owned);
                doctype.system = words.next().map(str::to_owned);
            }
            Some("SYSTEM") => doctype.system = words.next().map(str::to_owned),
            _ => {}
        }
        for declaration in inner.split("<!ENTITY").skip(1) {
            let mut words = Words(declaration);
            let Some(mut name) = words.next() else { continue };
            let is_parameter = name == "%";
            if is_parameter {
                let Some(next) = words.next() else { continue };
                name = next;
            }
            let text = match words.next() {
                Some("SYSTEM" | "PUBLIC") => {
                    doctype.external.get_or_insert_with(|| name.to_owned());
                    None
                }
                Some(text) if !text.contains(['&', '<', '%']) && text.len() <= LONGEST_TEXT => Some(text.to_owned()),
                _ => None,
            };
            if doctype.entities.len() < MOST_ENTITIES && !is_parameter {
                doctype.entities.entry(name.to_owned()).or_insert(text);
            }
        }
        doctype
    }

    /// Whether it is one of RSS 0.91, which declares the entities of HTML.
    pub fn is_of_rss(&self) -> bool {
        self.public.as_deref().is_some_and(|public| public.contains("DTD RSS 0.91"))
            || self.system.as_deref().is_some_and(|system| system.contains("rss-0.91.dtd"))
    }

    /// The text of an entity; the inner `None` where it is declared and not here.
    pub fn entity(&self, name: &str) -> Option<Option<&str>> {
        self.entities.get(name).map(|text| text.as_deref())
    }
}

/// Words and quoted strings.
struct Words<'t>(&'t str);

impl<'t> Iterator for Words<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let text = self.0.trim_start();
        let first = text.chars().next()?;
        let (word, rest) = match first {
            '"' | '\'' => text[1..].split_once(first)?,
            '>' => return None,
            _ => {
                let end = text.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(text.len());
                text.split_at(end)
            }
        };
        self.0 = rest;
        Some(word)
    }
}
