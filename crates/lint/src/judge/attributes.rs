//! Attributes held against the tables.

use super::{Judge, display};
use crate::grammar::{self, Grammar};
use crate::report::shown;
use crate::rules::{structure, xml};
use crate::schema::{self, ANYTHING, Attribute as AttributeRule, Content, Hook, Need};
use crate::vocabulary::Vocabulary as V;
use crate::xml::Attribute;

impl<'t> Judge<'t, '_> {
    /// The attributes of the innermost element.
    pub(super) fn attributes(&mut self) {
        let Some(frame) = self.frames.last_mut() else { return };
        let attributes = std::mem::take(&mut frame.attributes);
        let element = frame.element;
        let is_judged = !matches!(element.content, Content::Xhtml) && !std::ptr::eq(element, &ANYTHING);
        let mut seen = 0u64;
        let mut names: Vec<u64> = Vec::new();
        for attribute in &attributes {
            let (prefix, local) = attribute.name.split_once(':').unwrap_or(("", attribute.name));
            if prefix == "xmlns" || attribute.name == "xmlns" {
                continue;
            }
            let vocabulary = if prefix.is_empty() { V::None } else { self.vocabulary(prefix, attribute.at) };
            // By two prefixes of one namespace (Namespaces in XML 1.0 section 6.3).
            let expanded = self.namespaces.address(prefix).map(|address| super::hash(&format!("{address}\0{local}")));
            let is_second = expanded.is_some_and(|name| names.contains(&name));
            names.extend(expanded.filter(|_| !prefix.is_empty()));
            if is_second && !prefix.is_empty() {
                let expected = Some("every attribute once");
                self.find(&xml::ATTRIBUTE_SYNTAX, attribute.at, expected, &shown(attribute.name));
            }
            if vocabulary == V::Xml {
                self.of_xml(local, attribute);
                continue;
            }
            if !is_judged {
                continue;
            }
            let fits = |rule: &AttributeRule| rule.vocabulary == vocabulary && rule.name == local;
            if let Some(index) = element.attributes.iter().position(fits) {
                seen |= 1 << index;
                let rule = &element.attributes[index];
                self.value(rule.grammar, &attribute.value, attribute.at, &format!("/@{}", attribute.name));
            } else if element.hook == Hook::Link
                && let Some(rule) = schema::atom::LINK_EXTENSIONS.iter().find(|r| fits(r))
            {
                self.value(rule.grammar, &attribute.value, attribute.at, &format!("/@{}", attribute.name));
            } else if vocabulary == V::None || vocabulary == V::Thread {
                self.unknown_attribute(attribute);
            } else if self.frames.last().is_some_and(|frame| frame.vocabulary == V::None)
                && self.facts.is_rss
                && !self.facts.is_of_board
            {
                // The Advisory Board's edition allows them since 2.0.11.
                self.find(&structure::FOREIGN_ATTRIBUTE, attribute.at, None, &shown(attribute.name));
            }
        }
        for (_, rule) in element.attributes.iter().enumerate().filter(|(index, _)| seen & (1 << index) == 0) {
            self.without_attribute(rule);
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.attributes = attributes;
        }
    }

    pub(super) fn of_xml(&mut self, name: &str, attribute: &Attribute<'t>) {
        match name {
            "base" => {
                self.value(Grammar::Iri, &attribute.value, attribute.at, "/@xml:base");
                let outer = self.base().map(str::to_owned);
                let base = grammar::resolve(outer.as_deref(), &attribute.value).into_owned();
                if let Some(frame) = self.frames.last_mut() {
                    frame.base = Some(base);
                }
            }
            // Nothing is a value too: it takes back the language of the element outside (XML 1.0 section 2.12).
            "lang" if !attribute.value.is_empty() => {
                self.value(Grammar::Language, &attribute.value, attribute.at, "/@xml:lang");
            }
            _ => {}
        }
    }

    /// The base address here.
    pub(super) fn base(&self) -> Option<&str> {
        self.frames.iter().rev().find_map(|frame| frame.base.as_deref()).or(self.context.url)
    }

    pub(super) fn without_attribute(&mut self, rule: &AttributeRule) {
        let missing = match rule.need {
            Need::One => &structure::MISSING_ATTRIBUTE,
            Need::Wanted => &structure::RECOMMENDED_ATTRIBUTE,
            _ => return,
        };
        let Some(frame) = self.frames.last() else { return };
        // RDF's attributes were written without a prefix in the first drafts, and all readers still take them so.
        if rule.vocabulary == V::Rdf && frame.attribute(rule.name).is_some() {
            return;
        }
        if frame.element.hook == Hook::Link && rule.name == "href" {
            return;
        }
        let name = match rule.vocabulary {
            V::Rdf => format!("rdf:{}", rule.name),
            _ => rule.name.to_owned(),
        };
        let (at, found) = (frame.at, format!("<{}> without it", display(frame.vocabulary, frame.name)));
        let clause = frame.element.clause;
        let expected = format!("the attribute {name}");
        self.find_at(missing, at, Some(&expected), &found, clause, &format!("/@{name}"));
    }

    pub(super) fn unknown_attribute(&mut self, attribute: &Attribute<'t>) {
        let Some(frame) = self.frames.last() else { return };
        // What the Atom specifications call undefined markup is allowed in some constructs.
        // Drafts of Atom had attributes of their own, which are as obsolete as their namespace.
        let is_open =
            matches!(frame.element.hook, Hook::ItunesCategory | Hook::ItunesOwner) || frame.vocabulary == V::OldAtom;
        if !is_open {
            let clause = frame.element.clause;
            let tail = format!("/@{}", attribute.name);
            self.find_at(&structure::UNKNOWN_ATTRIBUTE, attribute.at, None, &shown(attribute.name), clause, &tail);
        }
    }
}
