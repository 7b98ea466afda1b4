//! The links of an entry or a feed.

use crate::parse::xml::{Element, Vocabulary};

/// The links that somebody asks for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Links {
    /// What the entry or feed stands for: the page.
    pub alternate: Option<String>,
    /// The feed itself.
    pub this: Option<String>,
    /// What the entry is an answer to or a copy of.
    pub via: Option<String>,
    /// What it is about.
    pub related: Option<String>,
    /// Comments as a page.
    pub replies: Option<String>,
}

/// The longest link; longer ones lead nowhere.
pub(super) const LONGEST: usize = 4000;

/// The links among the elements.
pub(super) fn of(elements: &[Element]) -> Links {
    let mut links = Links::default();
    let is_link = |element: &&Element| {
        element.name == "link" && matches!(element.vocabulary, Vocabulary::Plain | Vocabulary::Atom)
    };
    // A page in HTML goes before other alternates; the element of RSS before that of Atom in RSS.
    let mut best = 0;
    for element in elements.iter().filter(is_link) {
        let Some(target) = element.trimmed().or_else(|| element.attribute("href")) else { continue };
        if target.len() > LONGEST {
            continue;
        }
        let target = element.resolve(target);
        let rel = element.attribute("rel").unwrap_or("alternate").to_ascii_lowercase();
        let rel = rel.rsplit('/').next().unwrap_or(&rel);
        match rel {
            "alternate" => {
                let is_page = element.attribute("type").is_none_or(|t| t.contains("html"));
                let is_text = element.trimmed().is_some();
                let worth = 1 + u8::from(is_page) + 2 * u8::from(is_text);
                if worth > best {
                    best = worth;
                    links.alternate = Some(target);
                }
            }
            "self" => links.this = links.this.or(Some(target)),
            "via" => links.via = links.via.or(Some(target)),
            "related" => links.related = links.related.or(Some(target)),
            "replies" => {
                let is_page = element.attribute("type").is_none_or(|t| t.contains("html"));
                links.replies = links.replies.or(Some(target).filter(|_| is_page));
            }
            _ => {}
        }
    }
    links
}
