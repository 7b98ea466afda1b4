//! Media RSS 1.5.

use super::{
    Attribute, Child, Content, ENTRY, Element, Extension, FEED, Hook, MEDIA, Need, attribute, child, extension,
};
use crate::grammar::Grammar as G;
use crate::rules::extension as rules;
use crate::vocabulary::Vocabulary as V;

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
const CLAUSE: &str = "Media RSS 1.5";
const fn media(name: &'static str, need: Need, element: &'static Element) -> Child {
    child(V::Media, name, need, element)
}
static TEXT_ONLY: Element = Element::value(CLAUSE, G::Any);
static COMMUNITY: Element = Element::parent(
    "Media RSS 1.5, media:community",
    &[
        media("starRating", Need::Optional, &STARS),
        media("statistics", Need::Optional, &STATISTICS),
        media("tags", Need::Optional, &TEXT_ONLY),
    ],
);
static STARS: Element = Element::of("Media RSS 1.5, media:community", Content::Empty).with(&[
    attribute("average", Need::Optional, G::Float),
    attribute("count", Need::Optional, G::NonNegative),
    attribute("min", Need::Optional, G::Integer),
    attribute("max", Need::Optional, G::Integer),
]);
static STATISTICS: Element = Element::of("Media RSS 1.5, media:community", Content::Empty).with(&[
    attribute("views", Need::Optional, G::NonNegative),
    attribute("favorites", Need::Optional, G::NonNegative),
]);
static COMMENTS: Element = Element::parent("Media RSS 1.5, media:comments", &[media("comment", Need::Any, &TEXT_ONLY)]);
static RESPONSES: Element =
    Element::parent("Media RSS 1.5, media:responses", &[media("response", Need::Any, &TEXT_ONLY)]);
static BACK_LINKS: Element =
    Element::parent("Media RSS 1.5, media:backLinks", &[media("backLink", Need::Any, &TEXT_ONLY)]);
static EMBED: Element = Element::parent("Media RSS 1.5, media:embed", &[media("param", Need::Any, &PARAMETER)])
    .with(&[attribute("url", Need::One, G::Full), WIDTH, HEIGHT]);
static PARAMETER: Element =
    Element::value("Media RSS 1.5, media:embed", G::Any).with(&[attribute("name", Need::One, G::Text)]);
static STATUS: Element = Element::of("Media RSS 1.5, media:status", Content::Empty).with(&[
    attribute("state", Need::One, G::Choice(&["active", "blocked", "deleted"], &rules::MEDIA_VALUE)),
    attribute("reason", Need::Optional, G::Any),
]);
static PRICE: Element = Element::of("Media RSS 1.5, media:price", Content::Empty).with(&[
    attribute("type", Need::Optional, G::Choice(&["rent", "purchase", "package", "subscription"], &rules::MEDIA_VALUE)),
    attribute("info", Need::Optional, G::Any),
    attribute("price", Need::Optional, G::Float),
    attribute("currency", Need::Optional, G::Text),
]);
static LICENSE: Element = Element::value("Media RSS 1.5, media:license", G::Any)
    .with(&[attribute("type", Need::Optional, G::MediaType), attribute("href", Need::Optional, G::Full)]);
static SUBTITLE: Element = Element::of("Media RSS 1.5, media:subTitle", Content::Empty).with(&[
    attribute("type", Need::Optional, G::MediaType),
    attribute("lang", Need::Optional, G::Language),
    attribute("href", Need::One, G::Full),
]);
static PEER_LINK: Element = Element::of("Media RSS 1.5, media:peerLink", Content::Empty)
    .with(&[attribute("type", Need::Optional, G::MediaType), attribute("href", Need::One, G::Full)]);
static LOCATION: Element = Element::of("Media RSS 1.5, media:location", Content::Anything).with(&[
    attribute("description", Need::Optional, G::Any),
    attribute("start", Need::Optional, G::PlayTime),
    attribute("end", Need::Optional, G::PlayTime),
]);
static RIGHTS: Element = Element::of("Media RSS 1.5, media:rights", Content::Empty).with(&[attribute(
    "status",
    Need::One,
    G::Choice(&["userCreated", "official"], &rules::MEDIA_VALUE),
)]);
static SCENES: Element = Element::parent("Media RSS 1.5, media:scenes", &[media("scene", Need::Any, &SCENE)]);
/// Its parts have no namespace in the specification's example, and the namespace of their parent in practice.
static SCENE: Element = Element::of("Media RSS 1.5, media:scenes", Content::Anything);
static OTHER: Element = Element::of(CLAUSE, Content::Anything);

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
    extension("community", ANYWHERE, Need::Optional, &COMMUNITY),
    extension("comments", ANYWHERE, Need::Optional, &COMMENTS),
    extension("embed", ANYWHERE, Need::Optional, &EMBED),
    extension("responses", ANYWHERE, Need::Optional, &RESPONSES),
    extension("backLinks", ANYWHERE, Need::Optional, &BACK_LINKS),
    extension("status", ANYWHERE, Need::Optional, &STATUS),
    extension("price", ANYWHERE, Need::Any, &PRICE),
    extension("license", ANYWHERE, Need::Optional, &LICENSE),
    extension("subTitle", ANYWHERE, Need::Any, &SUBTITLE),
    extension("peerLink", ANYWHERE, Need::Optional, &PEER_LINK),
    extension("location", ANYWHERE, Need::Optional, &LOCATION),
    extension("rights", ANYWHERE, Need::Optional, &RIGHTS),
    extension("scenes", ANYWHERE, Need::Optional, &SCENES),
    extension("valid", ANYWHERE, Need::Optional, &OTHER),
];
