//! The Atom Publishing Protocol (RFC 5023): service and category documents, and what it adds to entries.

use super::{COLLECTION, Content, ENTRY, Element, Extension, FEED, Hook, Need, attribute, child, extension};
use crate::grammar::Grammar as G;
use crate::rules::atom as rules;
use crate::vocabulary::Vocabulary as V;

pub(crate) static SERVICE: Element =
    Element::parent("RFC 5023 8.3.1", &[child(V::App, "workspace", Need::Some, &WORKSPACE)]).at(COLLECTION);
static WORKSPACE: Element = Element::parent(
    "RFC 5023 8.3.2",
    &[child(V::Atom, "title", Need::One, &TITLE), child(V::App, "collection", Need::Any, &COLLECTION_ELEMENT)],
)
.at(COLLECTION);
static COLLECTION_ELEMENT: Element = Element::parent(
    "RFC 5023 8.3.3",
    &[
        child(V::Atom, "title", Need::One, &TITLE),
        child(V::App, "accept", Need::Any, &ACCEPT),
        child(V::App, "categories", Need::Any, &CATEGORIES),
    ],
)
.with(&[attribute("href", Need::One, G::Iri)])
.at(COLLECTION)
.hook(Hook::Collection);
static TITLE: Element =
    Element::of("RFC 4287 4.2.14", Content::AtomText).with(&[attribute("type", Need::Optional, G::Any)]);
static ACCEPT: Element = Element::value("RFC 5023 8.3.4", G::MediaRange);
pub(crate) static CATEGORIES: Element =
    Element::parent("RFC 5023 7.2.1", &[child(V::Atom, "category", Need::Any, &CATEGORY)])
        .with(&[
            attribute("href", Need::Optional, G::Iri),
            attribute("fixed", Need::Optional, G::Choice(&["yes", "no"], &rules::DRAFT)),
            attribute("scheme", Need::Optional, G::FullIri),
        ])
        .at(COLLECTION)
        .hook(Hook::Categories);
static CATEGORY: Element = Element::of("RFC 4287 4.2.2", Content::Anything).with(&[
    attribute("term", Need::One, G::Text),
    attribute("scheme", Need::Optional, G::FullIri),
    attribute("label", Need::Optional, G::PlainOrNothing),
]);

static EDITED: Element = Element::value("RFC 5023 10.2", G::Rfc3339);
static CONTROL: Element =
    Element::parent("RFC 5023 13.1.1", &[child(V::App, "draft", Need::Optional, &DRAFT)]).at(COLLECTION);
static DRAFT: Element = Element::value("RFC 5023 13.1.1", G::Choice(&["yes", "no"], &rules::DRAFT));
pub(crate) static EXTENSIONS: &[Extension] = &[
    extension("edited", ENTRY, Need::Optional, &EDITED),
    extension("control", ENTRY, Need::Optional, &CONTROL),
    extension("collection", FEED, Need::Any, &COLLECTION_ELEMENT),
];
