//! OPML 1.0 and 2.0.

use super::{Attribute, Child, Content, Element, Hook, Need, OUTLINE as OUTLINE_PLACE, attribute};
use crate::grammar::Grammar as G;
use crate::rules::opml as rules;
use crate::vocabulary::Vocabulary as V;

const fn child(name: &'static str, need: Need, element: &'static Element) -> Child {
    super::child(V::None, name, need, element)
}

pub(crate) static ROOT: Element =
    Element::parent("OPML 2.0, opml", &[child("head", Need::One, &HEAD), child("body", Need::One, &BODY)])
        .with(&[attribute("version", Need::One, G::Choice(&["1.0", "1.1", "2.0"], &rules::VERSION))])
        .hook(Hook::Opml);

pub(crate) static HEAD: Element = Element::parent(
    "OPML 2.0, head",
    &[
        child("title", Need::Optional, &TEXT),
        child("dateCreated", Need::Optional, &DATE),
        child("dateModified", Need::Optional, &DATE),
        child("ownerName", Need::Optional, &TEXT),
        child("ownerEmail", Need::Optional, &MAIL),
        child("ownerId", Need::Optional, &ADDRESS),
        child("docs", Need::Optional, &ADDRESS),
        child("expansionState", Need::Optional, &EXPANSION),
        child("vertScrollState", Need::Optional, &NUMBER),
        child("windowTop", Need::Optional, &PIXELS),
        child("windowLeft", Need::Optional, &PIXELS),
        child("windowBottom", Need::Optional, &PIXELS),
        child("windowRight", Need::Optional, &PIXELS),
        child("cloud", Need::Optional, &super::ANYTHING),
        child("flInvisible", Need::Optional, &super::ANYTHING),
    ],
)
.at(OUTLINE_PLACE);
static TEXT: Element = Element::value("OPML 2.0, head", G::PlainOrNothing);
static DATE: Element = Element::value("OPML 2.0, head", G::Rfc822);
static MAIL: Element = Element::value("OPML 2.0, ownerEmail", G::Mail);
static ADDRESS: Element = Element::value("OPML 2.0, ownerId", G::Full);
static EXPANSION: Element = Element::value("OPML 2.0, expansionState", G::NumberList);
static NUMBER: Element = Element::value("OPML 2.0, vertScrollState", G::Positive);
static PIXELS: Element = Element::value("OPML 2.0, windowTop", G::Integer);

static BODY: Element = Element::parent("OPML 2.0, body", &[child("outline", Need::Some, &OUTLINE)]).at(OUTLINE_PLACE);

const ATTRIBUTES: &[Attribute] = &[
    attribute("text", Need::One, G::Any),
    attribute("type", Need::Optional, G::Any),
    attribute("isComment", Need::Optional, G::Boolean),
    attribute("isBreakpoint", Need::Optional, G::Boolean),
    attribute("created", Need::Optional, G::Rfc822),
    attribute("category", Need::Optional, G::Any),
    attribute("xmlUrl", Need::Optional, G::Full),
    attribute("htmlUrl", Need::Optional, G::Full),
    attribute("url", Need::Optional, G::Full),
    attribute("description", Need::Optional, G::Any),
    attribute("language", Need::Optional, G::LanguageOrUnknown),
    attribute("title", Need::Optional, G::Any),
    attribute("version", Need::Optional, G::Any),
];
pub(crate) static OUTLINE: Element = Element {
    children: &[child("outline", Need::Any, &OUTLINE)],
    ..Element::of("OPML 2.0, outline", Content::Elements)
}
.with(ATTRIBUTES)
.at(OUTLINE_PLACE)
.hook(Hook::Outline);
