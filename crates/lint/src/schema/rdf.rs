//! RSS 1.0 and 0.90, which are written in RDF.

use super::{Child, Content, ENTRY, Element, FEED, Hook, IMAGE, INPUT, Need, child, rdf};
use crate::grammar::Grammar as G;
use crate::vocabulary::Vocabulary as V;

const fn one(name: &'static str, need: Need, element: &'static Element) -> Child {
    child(V::Rss10, name, need, element)
}

pub(crate) static ROOT: Element = Element::parent(
    "RSS 1.0 5.2",
    &[
        one("channel", Need::One, &CHANNEL),
        one("image", Need::Optional, &IMAGE_TOP),
        one("item", Need::Any, &ITEM),
        one("textinput", Need::Optional, &TEXT_INPUT),
    ],
)
.at(super::ROOT);

static CHANNEL: Element = Element::parent(
    "RSS 1.0 5.3",
    &[
        one("title", Need::One, &TITLE),
        one("link", Need::One, &LINK),
        one("description", Need::One, &DESCRIPTION),
        one("image", Need::Optional, &POINTER),
        one("items", Need::One, &ITEMS),
        one("textinput", Need::Optional, &POINTER),
    ],
)
.with(&[rdf("about", Need::One, G::Full)])
.at(FEED)
.hook(Hook::RdfChannel);

static ITEMS: Element = Element::parent(
    "RSS 1.0 5.3.5",
    &[child(V::Rdf, "Seq", Need::Optional, &SEQUENCE), child(V::Rdf, "Bag", Need::Optional, &SEQUENCE)],
)
.with(&[rdf("parseType", Need::Optional, G::Any), rdf("resource", Need::Optional, G::Any)]);
static SEQUENCE: Element = Element::parent("RSS 1.0 5.3.5", &[child(V::Rdf, "li", Need::Any, &LI)])
    .with(&[rdf("about", Need::Optional, G::Any), rdf("ID", Need::Optional, G::Any)]);
static LI: Element = Element::of("RSS 1.0 5.3.5", Content::Anything)
    .with(&[rdf("resource", Need::Wanted, G::Any), super::attribute("resource", Need::Optional, G::Any)])
    .hook(Hook::Li);
static POINTER: Element = Element::of("RSS 1.0 5.3.4", Content::Empty)
    .with(&[rdf("resource", Need::One, G::Full), super::attribute("resource", Need::Optional, G::Full)]);

static ITEM: Element = Element::parent(
    "RSS 1.0 5.5",
    &[
        one("title", Need::One, &TITLE),
        one("link", Need::One, &LINK),
        one("description", Need::Optional, &ITEM_DESCRIPTION),
    ],
)
.with(&[rdf("about", Need::One, G::Full)])
.at(ENTRY)
.hook(Hook::RdfItem);

static IMAGE_TOP: Element = Element::parent(
    "RSS 1.0 5.4",
    &[one("title", Need::One, &TITLE), one("url", Need::One, &URL), one("link", Need::One, &LINK)],
)
.with(&[rdf("about", Need::One, G::Full), rdf("resource", Need::Optional, G::Full)])
.at(IMAGE);
static TEXT_INPUT: Element = Element::parent(
    "RSS 1.0 5.6",
    &[
        one("title", Need::One, &TITLE),
        one("description", Need::One, &DESCRIPTION),
        one("name", Need::One, &NAME),
        one("link", Need::One, &LINK),
    ],
)
.with(&[rdf("about", Need::One, G::Full)])
.at(INPUT);

static TITLE: Element = Element::value("RSS 1.0 5.3.1", G::RssTitle).hook(Hook::Title);
static LINK: Element = Element::value("RSS 1.0 5.3.2", G::Full);
static DESCRIPTION: Element = Element::value("RSS 1.0 5.3.3", G::Plain);
static ITEM_DESCRIPTION: Element = Element::value("RSS 1.0 5.5.3", G::Html);
static URL: Element = Element::value("RSS 1.0 5.4.2", G::Full);
static NAME: Element = Element::value("RSS 1.0 5.6.3", G::FieldName);

const fn old(name: &'static str, need: Need, element: &'static Element) -> Child {
    child(V::Rss090, name, need, element)
}

/// RSS 0.90, without `rdf:about` and lists.
pub(crate) static ROOT_090: Element = Element::parent(
    "RSS 0.90",
    &[
        old("channel", Need::One, &CHANNEL_090),
        old("image", Need::Optional, &IMAGE_090),
        old("item", Need::Any, &ITEM_090),
        old("textinput", Need::Optional, &TEXT_INPUT_090),
    ],
)
.at(super::ROOT);
static CHANNEL_090: Element = Element::parent(
    "RSS 0.90",
    &[old("title", Need::One, &TITLE), old("link", Need::One, &LINK), old("description", Need::One, &DESCRIPTION)],
)
.at(FEED);
static ITEM_090: Element =
    Element::parent("RSS 0.90", &[old("title", Need::One, &TITLE), old("link", Need::One, &LINK)])
        .at(ENTRY)
        .hook(Hook::RdfItem);
static IMAGE_090: Element = Element::parent(
    "RSS 0.90",
    &[old("title", Need::One, &TITLE), old("url", Need::One, &URL), old("link", Need::One, &LINK)],
)
.at(IMAGE);
static TEXT_INPUT_090: Element = Element::parent(
    "RSS 0.90",
    &[
        old("title", Need::One, &TITLE),
        old("description", Need::One, &DESCRIPTION),
        old("name", Need::One, &NAME),
        old("link", Need::One, &LINK),
    ],
)
.at(INPUT);
