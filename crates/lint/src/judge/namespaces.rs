//! Which namespace a prefix stands for.

use super::Judge;
use crate::rules::xml;
use crate::vocabulary::Vocabulary;
use crate::xml::Tag;

/// More bindings than these are not remembered at a time; feeds declare about ten.
const MOST: usize = 200;

/// It belongs to the prefix `xml`, and to no other (Namespaces in XML 1.0 section 3).
const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";

/// The bindings in force, the innermost last.
#[derive(Default)]
pub(super) struct Namespaces<'t> {
    bound: Vec<(&'t str, Vocabulary, String)>,
}

impl Namespaces<'_> {
    pub fn len(&self) -> usize {
        self.bound.len()
    }

    pub fn truncate(&mut self, length: usize) {
        self.bound.truncate(length);
    }

    /// Whether anything stands for the vocabulary.
    pub fn has(&self, vocabulary: Vocabulary) -> bool {
        self.bound.iter().any(|(_, known, _)| *known == vocabulary)
    }

    pub fn address(&self, prefix: &str) -> Option<&str> {
        self.bound.iter().rev().find(|(known, ..)| *known == prefix).map(|(.., address)| address.as_str())
    }
}

impl<'t> Judge<'t, '_> {
    /// Takes up what a start tag declares.
    pub(super) fn bind(&mut self, tag: &Tag<'t>) {
        for attribute in &tag.attributes {
            let prefix = match attribute.name.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) => match rest.strip_prefix(':') {
                    Some(prefix) => prefix,
                    None => continue,
                },
                None => continue,
            };
            let address = attribute.value.trim();
            let is_reserved = prefix == "xmlns" || (prefix == "xml") != (address == XML_NAMESPACE);
            if is_reserved || address.is_empty() && !prefix.is_empty() {
                let expected = Some("a prefix that is not reserved, and a namespace for it");
                self.find(&xml::ATTRIBUTE_SYNTAX, attribute.at, expected, &crate::report::shown(attribute.name));
                continue;
            }
            let vocabulary = match address {
                // Known by another address.
                "http://www.usemod.com/cgi-bin/mb.pl?ModWiki" => {
                    self.find_value(&xml::NAMESPACE_WIKI, attribute.at, address);
                    Vocabulary::Wiki
                }
                "http://search.yahoo.com/mrss" => {
                    self.find_value(&xml::NAMESPACE_MEDIA, attribute.at, address);
                    Vocabulary::Media
                }
                _ => self.of_address(address, attribute.at),
            };
            let usual = vocabulary.prefix();
            match Vocabulary::of_prefix(prefix) {
                Some(meant) if meant != vocabulary && meant != Vocabulary::Known && prefix != "thr" => {
                    self.find_value(&xml::PREFIX_RESERVED, attribute.at, prefix);
                }
                None | Some(Vocabulary::Known)
                    if !prefix.is_empty()
                        && !usual.is_empty()
                        && !matches!(vocabulary, Vocabulary::Atom | Vocabulary::Known) =>
                {
                    let expected = format!("the prefix {usual}");
                    self.find(&xml::PREFIX_UNUSUAL, attribute.at, Some(&expected), &format!("{prefix:?}"));
                }
                _ => {}
            }
            if self.namespaces.bound.len() < MOST {
                self.namespaces.bound.push((prefix, vocabulary, address.to_owned()));
            }
        }
    }

    fn of_address(&mut self, address: &str, at: usize) -> Vocabulary {
        if let Some((right, vocabulary)) = Vocabulary::nearly(address) {
            if vocabulary != Vocabulary::Known {
                let expected = format!("the namespace {right}");
                self.find(&xml::NAMESPACE_CASE, at, Some(&expected), &crate::report::shown(address));
            }
            return vocabulary;
        }
        Vocabulary::of_namespace(address)
    }

    /// What a prefix stands for here.
    pub(super) fn vocabulary(&mut self, prefix: &str, at: usize) -> Vocabulary {
        let bound = self.namespaces.bound.iter().rev().find(|(known, ..)| *known == prefix);
        match bound {
            Some((_, vocabulary, _)) => *vocabulary,
            None if prefix.is_empty() => Vocabulary::None,
            None if prefix == "xml" => Vocabulary::Xml,
            None => {
                self.find(&xml::PREFIX_UNBOUND, at, None, &format!("{prefix:?}"));
                // What is meant is clear, so that the rest can be judged all the same.
                Vocabulary::of_prefix(prefix).unwrap_or(Vocabulary::Unknown)
            }
        }
    }
}
