//! What the judge remembers: of the document, of open elements, of feeds and entries.

use std::collections::{HashMap, HashSet};

use super::LARGEST_FIELD;
use super::text::TextKind;
use crate::schema::Element;
use crate::vocabulary::Vocabulary as V;
use crate::xml::Attribute;

/// What is known of the document so far.
#[derive(Default)]
pub(super) struct Facts {
    /// How many entries began.
    pub entries: usize,
    /// How many entries of Atom have an id.
    pub with_id: usize,
    /// Hashes of ids, each with the hash of its `updated`.
    pub ids: HashMap<u64, u64>,
    pub updated: HashSet<u64>,
    pub sync_ids: HashSet<u64>,
    /// Deleted ids with the time of their deletion.
    pub deleted: HashMap<u64, String>,
    pub has_feed_author: bool,
    /// Whether the source of this entry names an author.
    pub has_source_author: bool,
    /// Whether this entry holds text of its own.
    pub has_text: bool,
    /// Whether this entry holds content that not every reader can show.
    pub needs_summary: bool,
    pub channel_title: String,
    pub channel_link: String,
    pub image_title: Option<(usize, String)>,
    pub image_link: Option<(usize, String)>,
    pub slash_comments: Option<usize>,
    pub has_itunes: Option<usize>,
    /// Addresses that the list of RSS 1.0 holds, as hashes.
    pub listed: HashSet<u64>,
    /// Unknown namespaces that were told.
    pub told: HashSet<u64>,
    /// Whether the channel says that it follows the specification of the RSS Advisory Board.
    pub is_of_board: bool,
    pub is_rdf: bool,
    pub is_rss: bool,
}

/// An open element.
pub(super) struct Frame<'t> {
    pub element: &'static Element,
    pub vocabulary: V,
    pub name: &'t str,
    pub at: usize,
    /// Where its content begins.
    pub inner: usize,
    pub attributes: Vec<Attribute<'t>>,
    /// Its characters, and where the first of them stand.
    pub text: String,
    pub text_at: Option<usize>,
    pub kind: TextKind,
    /// Which of the children in the table were seen.
    pub seen: u64,
    pub extensions: Vec<(V, &'static str)>,
    /// How many elements are in it.
    pub elements: usize,
    /// How many elements stand inside the markup of a text, at any depth.
    pub inner_elements: usize,
    /// Whether text stands beside the div of XHTML.
    pub has_loose_text: bool,
    /// Whether it holds a whole page of XHTML.
    pub has_page: bool,
    /// How many entries are in it.
    pub entries: usize,
    /// Which of its parent's entries it is, from 1.
    pub ordinal: usize,
    /// How many namespaces were bound before it.
    pub bound: usize,
    pub base: Option<String>,
    pub scope: Option<Box<Scope>>,
}

/// What is collected for a feed, an entry or a source.
#[derive(Default)]
pub(super) struct Scope {
    pub links: Vec<LinkFact>,
    pub has_alternate: bool,
    pub self_href: Option<String>,
    pub id: Option<(usize, String)>,
    pub updated: Option<(usize, String)>,
    pub complete: bool,
    pub archive: bool,
    pub enclosures: usize,
    pub media_contents: usize,
    pub values: Vec<String>,
}

pub(super) struct LinkFact {
    pub at: usize,
    pub rel: String,
    /// Relation, type and language in one, for comparing.
    pub key: u64,
    pub href: String,
}

impl<'t> Frame<'t> {
    /// The value of an attribute without a prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.name == name).map(|attribute| &*attribute.value)
    }

    pub(super) fn at_of(&self, name: &str) -> usize {
        self.attributes.iter().find(|attribute| attribute.name == name).map_or(self.at, |attribute| attribute.at)
    }

    /// Whether the child was seen.
    pub(super) fn has(&self, vocabulary: V, name: &str) -> bool {
        let is_it = |(known, word): &(V, &str)| *known == vocabulary && *word == name;
        let of_table = self.element.children.iter().position(|c| c.vocabulary == vocabulary && c.name == name);
        of_table.is_some_and(|index| self.seen & (1 << index) != 0) || self.extensions.iter().any(is_it)
    }

    /// Where its value stands.
    pub(super) fn value_at(&self) -> usize {
        self.text_at.unwrap_or(self.at)
    }

    pub(super) fn push(&mut self, text: &str, at: usize) {
        if self.text_at.is_none()
            && let Some(inner) = text.find(|c: char| !c.is_whitespace())
        {
            self.text_at = Some(at + inner);
        }
        // The finding about its size needs no more than that.
        if self.text.len() < LARGEST_FIELD {
            self.text.push_str(text);
        }
    }
}
