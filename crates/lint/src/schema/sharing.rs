//! FeedSync 1.0.

use super::{Content, ENTRY, Element, Extension, FEED, Hook, Need, ROOT, attribute, child, extension};
use crate::grammar::Grammar as G;
use crate::rules::extension as rules;
use crate::vocabulary::Vocabulary as V;

static SHARING_ELEMENT: Element =
    Element::parent("FeedSync 1.0 2.2", &[child(V::Sharing, "related", Need::Any, &RELATED)])
        .with(&[
            attribute("since", Need::Optional, G::Rfc3339),
            attribute("until", Need::Optional, G::Rfc3339),
            attribute("expires", Need::Optional, G::Rfc3339),
            attribute("version", Need::Optional, G::Any),
            attribute("window", Need::Optional, G::Any),
        ])
        .hook(Hook::Sharing);
static RELATED: Element = Element::of("FeedSync 1.0 2.3", Content::Empty).with(&[
    attribute("link", Need::One, G::FullIri),
    attribute("title", Need::Optional, G::Plain),
    attribute("type", Need::One, G::Choice(&["complete", "aggregated"], &rules::SHARING_TYPE)),
    attribute("since", Need::Optional, G::Rfc3339),
    attribute("until", Need::Optional, G::Rfc3339),
]);
static SYNC: Element = Element::parent(
    "FeedSync 1.0 2.4",
    &[child(V::Sharing, "history", Need::Some, &HISTORY), child(V::Sharing, "conflicts", Need::Optional, &CONFLICTS)],
)
.with(&[
    attribute("id", Need::One, G::Nss),
    attribute("updates", Need::One, G::Counter),
    attribute("version", Need::Optional, G::Any),
    attribute("deleted", Need::Optional, G::Boolean),
    attribute("noconflicts", Need::Optional, G::Boolean),
    attribute("conflict", Need::Optional, G::Boolean),
])
.hook(Hook::SharingSync);
/// Of the drafts, which were called Simple Sharing Extensions.
static UPDATE: Element = Element::of("SSE 0.91", Content::Empty)
    .with(&[attribute("when", Need::Optional, G::Any), attribute("by", Need::Optional, G::Any)]);
static HISTORY: Element = Element::parent("FeedSync 1.0 2.5", &[child(V::Sharing, "update", Need::Any, &UPDATE)])
    .with(&[
        attribute("sequence", Need::One, G::Counter),
        attribute("when", Need::Optional, G::Rfc3339),
        attribute("by", Need::Optional, G::Nss),
    ])
    .hook(Hook::SharingHistory);
static CONFLICTS: Element = Element::of("FeedSync 1.0 2.6", Content::Anything);

pub(crate) static SHARING: &[Extension] = &[
    extension("sharing", FEED | ROOT, Need::Optional, &SHARING_ELEMENT),
    extension("sync", ENTRY, Need::Optional, &SYNC),
];
