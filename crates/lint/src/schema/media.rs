//! Media RSS 1.5.

use super::{Attribute, Content, ENTRY, Element, Extension, FEED, Hook, MEDIA, Need, attribute, extension};
use crate::grammar::Grammar as G;
use crate::rules::extension as rules;

const ANYWHERE: u16 = FEED | ENTRY | MEDIA;

const WIDTH: Attribute = attribute("width", Need::Optional, G::Positive);
const HEIGHT: Attribute = attribute("height", Need::Optional, G::Positive);
const TEXT_TYPE: Attribute = attribute("type", Need::Optional, G::Choice(&["plain", "html"], &rules::MEDIA_TEXT_TYPE));

static GROUP: Element = Element::parent("Media RSS 1.5, media:group", &[]).at(MEDIA).hook(Hook::MediaGroup);
static CONTENT: Element = Element::of("Media RSS 1.5, media:content", Content::Elements)
    .with(&[
        attribute("url", Need::Optional, G::Full),
        attribute("fileSize", Need::Optional, G::NonNegative),
        attribute("type", Need::Optional, G::MediaTypeAttribute),
        attribute(
            "medium",
            Need::Optional,
            G::Choice(&["image", "audio", "video", "document", "executable"], &rules::MEDIA_MEDIUM),
        ),
        attribute("isDefault", Need::Optional, G::Boolean),
        attribute("expression", Need::Optional, G::Choice(&["full", "sample", "nonstop"], &rules::MEDIA_EXPRESSION)),
        attribute("bitrate", Need::Optional, G::Float),
        attribute("framerate", Need::Optional, G::Float),
        attribute("samplingrate", Need::Optional, G::Float),
        attribute("channels", Need::Optional, G::NonNegative),
        attribute("duration", Need::Optional, G::NonNegative),
        WIDTH,
        HEIGHT,
        attribute("lang", Need::Optional, G::Language),
    ])
    .at(MEDIA)
    .hook(Hook::MediaContent);
static ADULT: Element =
    Element::value("Media RSS 1.5, media:adult", G::Boolean).hook(Hook::Deprecated(&rules::MEDIA_ADULT));
static RATING: Element = Element::value("Media RSS 1.5, media:rating", G::Text)
    .with(&[attribute("scheme", Need::Optional, G::Scheme)])
    .hook(Hook::MediaRating);
static TEXT_LIKE: Element = Element::of("Media RSS 1.5, media:title", Content::MediaText).with(&[TEXT_TYPE]);
static KEYWORDS: Element = Element::value("Media RSS 1.5, media:keywords", G::Plain);
static THUMBNAIL: Element = Element::of("Media RSS 1.5, media:thumbnail", Content::Empty).with(&[
    attribute("url", Need::One, G::Full),
    WIDTH,
    HEIGHT,
    attribute("time", Need::Optional, G::PlayTime),
]);
static CATEGORY: Element = Element::value("Media RSS 1.5, media:category", G::Plain)
    .with(&[attribute("scheme", Need::Optional, G::Scheme), attribute("label", Need::Optional, G::PlainOrNothing)]);
static HASH: Element = Element::value("Media RSS 1.5, media:hash", G::Any)
    .with(&[attribute("algo", Need::Optional, G::Choice(&["md5", "sha-1"], &rules::MEDIA_HASH))])
    .hook(Hook::MediaHash);
static PLAYER: Element = Element::of("Media RSS 1.5, media:player", Content::Empty).with(&[
    attribute("url", Need::One, G::Full),
    WIDTH,
    HEIGHT,
]);
static CREDIT: Element = Element::value("Media RSS 1.5, media:credit", G::Plain)
    .with(&[attribute("role", Need::Optional, G::Any), attribute("scheme", Need::Optional, G::Scheme)])
    .hook(Hook::MediaCredit);
static COPYRIGHT: Element =
    Element::value("Media RSS 1.5, media:copyright", G::Plain).with(&[attribute("url", Need::Optional, G::Full)]);
static TEXT: Element = Element::of("Media RSS 1.5, media:text", Content::MediaText).with(&[
    TEXT_TYPE,
    attribute("lang", Need::Optional, G::Language),
    attribute("start", Need::Optional, G::PlayTime),
    attribute("end", Need::Optional, G::PlayTime),
]);
static RESTRICTION: Element = Element::value("Media RSS 1.5, media:restriction", G::Any)
    .with(&[
        attribute("relationship", Need::One, G::Choice(&["allow", "deny"], &rules::MEDIA_RELATIONSHIP)),
        attribute("type", Need::Optional, G::Choice(&["country", "uri", "sharing"], &rules::MEDIA_RESTRICTION_TYPE)),
    ])
    .hook(Hook::MediaRestriction);
static OTHER: Element = Element::of("Media RSS 1.5", Content::Anything);

pub(crate) static MEDIA_RSS: &[Extension] = &[
    extension("group", ENTRY, Need::Any, &GROUP),
    extension("content", ENTRY | MEDIA | FEED, Need::Any, &CONTENT),
    extension("adult", ANYWHERE, Need::Optional, &ADULT),
    extension("rating", ANYWHERE, Need::Any, &RATING),
    extension("title", ANYWHERE, Need::Optional, &TEXT_LIKE),
    extension("description", ANYWHERE, Need::Optional, &TEXT_LIKE),
    extension("keywords", ANYWHERE, Need::Optional, &KEYWORDS),
    extension("thumbnail", ANYWHERE, Need::Any, &THUMBNAIL),
    extension("category", ANYWHERE, Need::Any, &CATEGORY),
    extension("hash", ANYWHERE, Need::Any, &HASH),
    extension("player", ANYWHERE, Need::Optional, &PLAYER),
    extension("credit", ANYWHERE, Need::Any, &CREDIT),
    extension("copyright", ANYWHERE, Need::Optional, &COPYRIGHT),
    extension("text", ANYWHERE, Need::Any, &TEXT),
    extension("restriction", ANYWHERE, Need::Any, &RESTRICTION),
    extension("community", ANYWHERE, Need::Optional, &OTHER),
    extension("comments", ANYWHERE, Need::Optional, &OTHER),
    extension("embed", ANYWHERE, Need::Optional, &OTHER),
    extension("responses", ANYWHERE, Need::Optional, &OTHER),
    extension("backLinks", ANYWHERE, Need::Optional, &OTHER),
    extension("status", ANYWHERE, Need::Optional, &OTHER),
    extension("price", ANYWHERE, Need::Any, &OTHER),
    extension("license", ANYWHERE, Need::Optional, &OTHER),
    extension("subTitle", ANYWHERE, Need::Any, &OTHER),
    extension("peerLink", ANYWHERE, Need::Optional, &OTHER),
    extension("location", ANYWHERE, Need::Optional, &OTHER),
    extension("rights", ANYWHERE, Need::Optional, &OTHER),
    extension("scenes", ANYWHERE, Need::Optional, &OTHER),
    extension("valid", ANYWHERE, Need::Optional, &OTHER),
];
