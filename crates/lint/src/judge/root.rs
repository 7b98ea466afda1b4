//! What a document is, by its root element.

use super::Judge;
use super::frame::Frame;
use crate::report::Family;
use crate::rules::{opml, xml};
use crate::schema::{self, ANYTHING, Element, app, atom, extensions, opml as outlines, rdf, rss};
use crate::vocabulary::Vocabulary as V;
use crate::xml::Walk;

/// Where the one document type of RSS 0.91 is that can still be fetched.
const LIVING_DTD: &str = "rssboard.org/rss-0.91.dtd";

impl<'t> Judge<'t, '_> {
    pub(super) fn root(&mut self, frame: &Frame<'t>, prefix: &str, walk: &Walk<'t>) -> &'static Element {
        let (format, element): (&'static str, &'static Element) = match (frame.vocabulary, frame.name) {
            (V::None, "rss") => ("RSS", &rss::RSS),
            (V::Rdf, "RDF") => match self.is_090() {
                true => ("RSS 0.90", &rdf::ROOT_090),
                false => ("RSS 1.0", &rdf::ROOT),
            },
            (V::Atom, "feed") => ("Atom 1.0", &atom::FEED_ROOT),
            (V::Atom, "entry") => ("Atom 1.0 entry", &atom::ENTRY_ROOT),
            (V::App, "service") => ("Atom service", &app::SERVICE),
            (V::App, "categories") => ("Atom categories", &app::CATEGORIES),
            (V::None, "opml") => ("OPML", &outlines::ROOT),
            (V::None, "outlineDocument") => {
                self.find(&opml::OBSOLETE, frame.at, None, "<outlineDocument>");
                ("OPML", &ANYTHING)
            }
            (V::OpenSearch, "OpenSearchDescription") => ("OpenSearch", &extensions::SEARCH_DESCRIPTION),
            (V::Xrds | V::Xrd, _) => ("XRDS", &ANYTHING),
            (V::OldAtom, "feed") => {
                let address = self.namespaces.address(prefix).unwrap_or_default().to_owned();
                self.find_value(&xml::NAMESPACE_OBSOLETE, frame.at, &address);
                ("Atom 0.3", &atom::FEED_ROOT)
            }
            (_, name @ ("feed" | "entry" | "rss")) => {
                let address = self.namespaces.address(prefix).unwrap_or_default().to_owned();
                self.find_value(&xml::NAMESPACE_WRONG, frame.at, &address);
                (if name == "rss" { "RSS" } else { "Atom" }, &ANYTHING)
            }
            _ => ("", &ANYTHING),
        };
        if format.is_empty() {
            self.find_value(&xml::NOT_A_FEED, frame.at, frame.name);
            return element;
        }
        self.report.format = format;
        self.facts.is_rdf = format.starts_with("RSS ");
        self.facts.is_rss = format == "RSS";
        if !prefix.is_empty() && frame.vocabulary == V::Atom {
            self.find(&xml::PREFIX_AVOID, frame.at, None, &format!("{prefix:?}"));
        }
        let version = frame.attributes.iter().find(|attribute| attribute.name == "version");
        // Old drafts of Atom carried a version.
        if frame.name == "feed"
            && version.is_some_and(|version| version.value.starts_with("0."))
            && frame.vocabulary != V::OldAtom
        {
            self.find(&xml::NAMESPACE_OBSOLETE, frame.at, None, "a version of a draft");
        }
        self.doctype(frame, walk);
        element
    }

    fn is_090(&self) -> bool {
        let default = self.namespaces.address("").unwrap_or_default();
        V::of_namespace(default) == V::Rss090
    }

    fn doctype(&mut self, frame: &Frame<'t>, walk: &Walk<'t>) {
        let Some(doctype) = &walk.doctype else { return };
        let Some(system) = &doctype.system else { return };
        let is_old = frame.attributes.iter().any(|attribute| attribute.name == "version" && attribute.value == "0.91");
        let found = crate::report::shown(system);
        if !doctype.is_of_rss() || !self.facts.is_rss || !is_old {
            self.find(&xml::DOCTYPE, 0, None, &found);
            return;
        }
        self.report.accept(Family::Doctype);
        if !system.contains(LIVING_DTD) {
            self.find(&xml::DOCTYPE_GONE, 0, None, &found);
        }
    }

    /// An element of another format that stands in this one, as this format writes it.
    pub(super) fn borrowed(&self, vocabulary: V, element: &'static Element) -> &'static Element {
        if self.facts.is_rdf && vocabulary == V::Trackback { &extensions::TRACKBACK_RDF } else { element }
    }

    /// Whether an element comes where readers still see it.
    pub(super) fn in_order(&mut self, frame: &Frame<'t>) {
        let Some(parent) = self.frames.last() else { return };
        let is_feed = parent.element.place & schema::FEED != 0 && parent.element.place & schema::ENTRY == 0;
        if !is_feed || parent.entries == 0 || matches!(frame.name, "item" | "entry") {
            return;
        }
        use crate::rules::{atom, rss};
        let rule = match (parent.vocabulary, frame.vocabulary) {
            (V::Atom, V::Tombstone) => &atom::TOMBSTONE_LATE,
            (V::Atom, _) => &atom::METADATA_LATE,
            (V::None, _) => &rss::ITEM_EARLY,
            _ => return,
        };
        self.find_child(rule, frame);
    }
}
