//! Atom 1.0 (RFC 4287), and its extensions by RFC 4685, 5005 and 6721.

use super::{
    Attribute, Child, Content, ENTRY, Element, Extension, FEED, Hook, LINK, NOWHERE, Need, PERSON, ROOT, SOURCE,
    attribute, extension,
};
use crate::grammar::Grammar as G;
use crate::rules::atom as rules;
use crate::vocabulary::Vocabulary as V;

const fn child(name: &'static str, need: Need, element: &'static Element) -> Child {
    super::child(V::Atom, name, need, element)
}

pub(crate) static FEED_ROOT: Element = Element::parent(
    "RFC 4287 4.1.1",
    &[
        child("id", Need::One, &ID),
        child("title", Need::One, &TITLE),
        child("updated", Need::One, &UPDATED),
        child("author", Need::Any, &AUTHOR),
        child("category", Need::Any, &CATEGORY),
        child("contributor", Need::Any, &CONTRIBUTOR),
        child("generator", Need::Optional, &GENERATOR),
        child("icon", Need::Optional, &ICON),
        child("link", Need::Any, &LINK_ELEMENT),
        child("logo", Need::Optional, &LOGO),
        child("rights", Need::Optional, &RIGHTS),
        child("subtitle", Need::Optional, &SUBTITLE),
        child("entry", Need::Any, &ENTRY_ROOT),
    ],
)
.at(FEED)
.hook(Hook::Feed);

pub(crate) static ENTRY_ROOT: Element = Element::parent(
    "RFC 4287 4.1.2",
    &[
        child("id", Need::One, &ID),
        child("title", Need::One, &TITLE),
        child("updated", Need::One, &UPDATED),
        child("author", Need::Any, &AUTHOR),
        child("category", Need::Any, &CATEGORY),
        child("content", Need::Optional, &CONTENT),
        child("contributor", Need::Any, &CONTRIBUTOR),
        child("link", Need::Any, &LINK_ELEMENT),
        child("published", Need::Optional, &PUBLISHED),
        child("rights", Need::Optional, &RIGHTS),
        child("source", Need::Optional, &SOURCE_ELEMENT),
        child("summary", Need::Optional, &SUMMARY),
    ],
)
.at(ENTRY)
.hook(Hook::Entry);

static SOURCE_ELEMENT: Element = Element::parent(
    "RFC 4287 4.2.11",
    &[
        child("id", Need::Wanted, &SOURCE_ID),
        child("title", Need::Wanted, &TITLE),
        child("updated", Need::Wanted, &SOURCE_UPDATED),
        child("author", Need::Any, &AUTHOR),
        child("category", Need::Any, &CATEGORY),
        child("contributor", Need::Any, &CONTRIBUTOR),
        child("generator", Need::Optional, &GENERATOR),
        child("icon", Need::Optional, &ICON),
        child("link", Need::Any, &LINK_ELEMENT),
        child("logo", Need::Optional, &LOGO),
        child("rights", Need::Optional, &RIGHTS),
        child("subtitle", Need::Optional, &SUBTITLE),
    ],
)
.at(SOURCE)
.hook(Hook::Source);

const TEXT_ATTRIBUTES: &[Attribute] = &[attribute("type", Need::Optional, G::Any)];
const fn text(clause: &'static str) -> Element {
    Element::of(clause, Content::AtomText).with(TEXT_ATTRIBUTES)
}

static TITLE: Element = text("RFC 4287 4.2.14");
static SUBTITLE: Element = text("RFC 4287 4.2.12");
static SUMMARY: Element = text("RFC 4287 4.2.13");
static RIGHTS: Element = text("RFC 4287 4.2.10");
static ID: Element = Element::value("RFC 4287 4.2.6", G::Id).hook(Hook::AtomId);
static SOURCE_ID: Element = Element::value("RFC 4287 4.2.6", G::Id);
static UPDATED: Element = Element::value("RFC 4287 4.2.15", G::Rfc3339).hook(Hook::AtomUpdated);
static SOURCE_UPDATED: Element = Element::value("RFC 4287 4.2.15", G::Rfc3339);
static PUBLISHED: Element = Element::value("RFC 4287 4.2.9", G::Rfc3339);
static ICON: Element = Element::value("RFC 4287 4.2.5", G::OtherIri);
static LOGO: Element = Element::value("RFC 4287 4.2.8", G::OtherIri);
static GENERATOR: Element = Element::value("RFC 4287 4.2.4", G::Plain)
    .with(&[attribute("uri", Need::Optional, G::OtherIri), attribute("version", Need::Optional, G::Text)]);
static CATEGORY: Element = Element::of("RFC 4287 4.2.2", Content::Anything)
    .with(&[
        attribute("term", Need::One, G::Text),
        attribute("scheme", Need::Optional, G::FullIri),
        attribute("label", Need::Optional, G::Plain),
    ])
    .hook(Hook::Category);
static CONTENT: Element = Element::of("RFC 4287 4.1.3", Content::AtomContent)
    .with(&[attribute("type", Need::Optional, G::Any), attribute("src", Need::Optional, G::Iri)]);
pub(crate) static LINK_ELEMENT: Element = Element::of("RFC 4287 4.2.7", Content::Anything)
    .with(&[
        attribute("href", Need::One, G::Iri),
        attribute("rel", Need::Optional, G::Any),
        attribute("type", Need::Optional, G::MediaType),
        attribute("hreflang", Need::Optional, G::Language),
        attribute("title", Need::Optional, G::Plain),
        attribute("length", Need::Optional, G::NonNegative),
    ])
    .at(LINK)
    .hook(Hook::Link);

const PEOPLE: &[Child] =
    &[child("name", Need::One, &NAME), child("uri", Need::Optional, &URI), child("email", Need::Optional, &EMAIL)];
static AUTHOR: Element = Element::parent("RFC 4287 3.2", PEOPLE).at(PERSON);
static CONTRIBUTOR: Element = Element::parent("RFC 4287 3.2", PEOPLE).at(PERSON);
static NAME: Element = Element::value("RFC 4287 3.2.1", G::Plain).hook(Hook::PersonName);
static URI: Element = Element::value("RFC 4287 3.2.2", G::OtherIri);
static EMAIL: Element = Element::value("RFC 4287 3.2.3", G::Mail);

/// What an element of the drafts before RFC 4287 became: its value is judged, although its name is gone.
pub(crate) fn of_drafts(name: &str) -> Option<&'static Element> {
    match name {
        "tagline" | "info" | "copyright" => Some(&RIGHTS),
        "issued" | "created" | "modified" => Some(&PUBLISHED),
        "url" | "homepage" => Some(&URI),
        _ => None,
    }
}

/// Elements of Atom that other formats borrow.
pub(crate) static IN_RSS: &[Extension] = &[
    extension("link", FEED | ENTRY, Need::Any, &LINK_ELEMENT),
    extension("id", FEED | ENTRY, Need::Optional, &SOURCE_ID),
    extension("title", FEED | ENTRY, Need::Optional, &TITLE),
    extension("subtitle", FEED, Need::Optional, &SUBTITLE),
    extension("updated", FEED | ENTRY, Need::Optional, &SOURCE_UPDATED),
    extension("published", ENTRY, Need::Optional, &PUBLISHED),
    extension("author", FEED | ENTRY, Need::Any, &AUTHOR),
    extension("contributor", FEED | ENTRY, Need::Any, &CONTRIBUTOR),
    extension("category", FEED | ENTRY, Need::Any, &CATEGORY),
    extension("rights", FEED | ENTRY, Need::Optional, &RIGHTS),
    extension("icon", FEED, Need::Optional, &ICON),
    extension("logo", FEED, Need::Optional, &LOGO),
    extension("generator", FEED, Need::Optional, &GENERATOR),
    extension("summary", ENTRY, Need::Optional, &SUMMARY),
    extension("content", ENTRY, Need::Optional, &CONTENT),
    extension("source", ENTRY, Need::Optional, &SOURCE_ELEMENT),
];

static IN_REPLY_TO: Element = Element::of("RFC 4685 3", Content::Anything).with(&[
    attribute("ref", Need::One, G::FullIri),
    attribute("href", Need::Optional, G::Iri),
    attribute("type", Need::Optional, G::MediaType),
    attribute("source", Need::Optional, G::Iri),
]);
static TOTAL: Element = Element::value("RFC 4685 5", G::NonNegative);
pub(crate) static THREAD: &[Extension] = &[
    extension("in-reply-to", FEED | ENTRY | SOURCE, Need::Any, &IN_REPLY_TO),
    extension("total", ENTRY, Need::Optional, &TOTAL),
];

static COMPLETE: Element = Element::of("RFC 5005 2", Content::Empty).hook(Hook::Complete);
static ARCHIVE: Element = Element::of("RFC 5005 4", Content::Empty).hook(Hook::Archive);
pub(crate) static HISTORY: &[Extension] = &[
    extension("complete", FEED | SOURCE, Need::Optional, &COMPLETE),
    extension("archive", FEED | SOURCE, Need::Optional, &ARCHIVE),
];

static DELETED: Element = Element::parent(
    "RFC 6721 3",
    &[
        super::child(V::Tombstone, "by", Need::Optional, &BY),
        super::child(V::Tombstone, "comment", Need::Optional, &COMMENT),
        child("link", Need::Any, &LINK_ELEMENT),
        child("source", Need::Optional, &SOURCE_ELEMENT),
    ],
)
.with(&[attribute("ref", Need::One, G::FullIri), attribute("when", Need::One, G::Rfc3339)])
.at(PERSON)
.hook(Hook::Tombstone);
static BY: Element = Element::parent("RFC 6721 4", PEOPLE).at(PERSON);
static COMMENT: Element = text("RFC 6721 5");
pub(crate) static TOMBSTONE: &[Extension] = &[
    extension("deleted-entry", FEED | ROOT, Need::Any, &DELETED),
    extension("by", NOWHERE, Need::Optional, &BY),
    extension("comment", NOWHERE, Need::Optional, &COMMENT),
];

/// Attributes that RFC 4685 adds to links.
pub(crate) static LINK_EXTENSIONS: &[Attribute] = &[
    Attribute { vocabulary: V::Thread, name: "count", need: Need::Optional, grammar: G::NonNegative },
    Attribute { vocabulary: V::Thread, name: "updated", need: Need::Optional, grammar: G::Rfc3339 },
    Attribute {
        vocabulary: V::Thread,
        name: "when",
        need: Need::Optional,
        grammar: G::Choice(&[], &rules::THREAD_WHEN),
    },
];
