//! Which element of the tables an element is.

use super::frame::Frame;
use super::{Judge, display, hash};
use crate::rules::{Rule, content, structure, xml as xml_rules};
use crate::schema::{self, ANYTHING, Content, Element, Need};
use crate::vocabulary::Vocabulary as V;

impl<'t> Judge<'t, '_> {
    /// What an element is that stands in another.
    pub(super) fn choose(&mut self, frame: &Frame<'t>, prefix: &str) -> &'static Element {
        let Some(parent) = self.frames.last_mut() else { return &ANYTHING };
        parent.elements += 1;
        let (vocabulary, name, at) = (frame.vocabulary, frame.name, frame.at);
        match parent.element.content {
            Content::Anything => {
                let is_foreign = matches!(parent.vocabulary, V::Unknown) && vocabulary == V::None;
                if is_foreign && self.facts.is_rss {
                    self.find_child(&xml_rules::NO_NAMESPACE, frame);
                }
                self.told_unknown(vocabulary, prefix, at);
                return &ANYTHING;
            }
            Content::Xhtml => {
                if let Some(holder) = self.frames.iter_mut().rev().find(|frame| frame.element.is_text()) {
                    holder.inner_elements += 1;
                }
                return self.xhtml(frame, prefix);
            }
            Content::AtomText | Content::AtomContent => return self.in_text(frame, prefix),
            Content::Value(_) | Content::MediaText => {
                self.find_child(&structure::UNEXPECTED_CHILD, frame);
                return &ANYTHING;
            }
            Content::ValueOrRdf(_) => return &ANYTHING,
            Content::Empty => return &ANYTHING,
            Content::Elements => {}
        }
        let of_table = parent.element.children.iter().position(|c| c.vocabulary == vocabulary && c.name == name);
        if let Some(index) = of_table {
            let child = &parent.element.children[index];
            let is_second = parent.seen & (1 << index) != 0;
            parent.seen |= 1 << index;
            if is_second && !matches!(child.need, Need::Any | Need::Some) {
                self.duplicate(frame);
            }
            self.in_order(frame);
            return child.element;
        }
        let place = parent.element.place;
        let parent_is_atom = parent.vocabulary == V::Atom;
        let known = schema::find(vocabulary, name, place);
        // Feed access control 1.0 puts it beside the channel of RSS, and into the feed of Atom.
        let is_outside = vocabulary == V::Access && place & schema::FEED != 0 && self.facts.is_rss;
        match known {
            Some(known) if known.places & place != 0 && !is_outside => {
                let is_second = parent.extensions.contains(&(vocabulary, known.name));
                if is_second && known.need == Need::Optional {
                    self.duplicate(frame);
                } else if !is_second {
                    parent.extensions.push((vocabulary, known.name));
                }
                // Entries of Atom have elements of their own for XHTML.
                if parent_is_atom && vocabulary == V::Xhtml && matches!(name, "body" | "div") {
                    self.find_child(&content::XHTML_PLACE, frame);
                }
                self.in_order(frame);
                self.borrowed(vocabulary, known.element)
            }
            Some(known) => {
                // RFC 5023 names what a collection holds, and clients pass over the rest.
                let is_extra = place & schema::COLLECTION != 0 && vocabulary == V::Atom
                    || vocabulary == V::App && name == "collection";
                let rule = if is_extra { &structure::QUESTIONABLE } else { &structure::MISPLACED_ELEMENT };
                self.find_child(rule, frame);
                known.element
            }
            None => self.stranger(frame, prefix),
        }
    }

    /// An element that no table knows here.
    pub(super) fn stranger(&mut self, frame: &Frame<'t>, prefix: &str) -> &'static Element {
        let (vocabulary, name, at) = (frame.vocabulary, frame.name, frame.at);
        let format_is = |vocabulary: V| self.frames.first().is_some_and(|root| root.vocabulary == vocabulary);
        match vocabulary {
            V::None if format_is(V::None) => {
                self.find_child(&structure::UNKNOWN_ELEMENT, frame);
            }
            V::None => self.find_child(&structure::NO_VOCABULARY, frame),
            V::Rdf if matches!(name, "Description" | "type" | "RDF" | "value" | "Bag" | "Seq" | "li" | "Alt") => {}
            V::Xhtml => {
                self.find_child(&content::XHTML_PLACE, frame);
                return self.xhtml(frame, prefix);
            }
            V::Atom => {
                self.find_child(&structure::UNKNOWN_ELEMENT, frame);
                return schema::atom::of_drafts(name).unwrap_or(&ANYTHING);
            }
            vocabulary if vocabulary.is_closed() => self.find_child(&structure::UNKNOWN_ELEMENT, frame),
            _ => self.told_unknown(vocabulary, prefix, at),
        }
        &ANYTHING
    }

    /// A finding about an element that begins in the innermost one.
    pub(super) fn find_child(&mut self, rule: &'static Rule, frame: &Frame<'t>) {
        let name = display(frame.vocabulary, frame.name);
        let clause = self.frames.last().map_or("", |parent| parent.element.clause);
        self.find_at(rule, frame.at, None, &format!("<{name}>"), clause, &format!("/{name}"));
    }

    pub(super) fn told_unknown(&mut self, vocabulary: V, prefix: &str, at: usize) {
        if vocabulary != V::Unknown {
            return;
        }
        let Some(address) = self.namespaces.address(prefix).map(str::to_owned) else { return };
        if self.facts.told.len() < 100 && self.facts.told.insert(hash(&address)) {
            self.find_value(&xml_rules::NAMESPACE_UNKNOWN, at, &address);
        }
    }

    pub(super) fn duplicate(&mut self, frame: &Frame<'t>) {
        let found = format!("a second <{}>", display(frame.vocabulary, frame.name));
        self.find_at(
            &structure::DUPLICATE_ELEMENT,
            frame.at,
            None,
            &found,
            self.frames.last().map_or("", |parent| parent.element.clause),
            &format!("/{}", display(frame.vocabulary, frame.name)),
        );
    }
}
