//! Podcasts: Apple's tags, and those of the Podcasting 2.0 namespace.

use super::{Content, ENTRY, Element, Extension, FEED, Hook, Need, PERSON, attribute, extension};
use crate::grammar::Grammar as G;
use crate::rules::extension as rules;

static TEXT: Element = Element::value("Apple podcasts, itunes:author", G::Plain);
static SUBTITLE: Element = Element::value("Apple podcasts, itunes:subtitle", G::Short(255));
static SUMMARY: Element = Element::value("Apple podcasts, itunes:summary", G::Short(4000));
static KEYWORDS: Element = Element::value("Apple podcasts, itunes:keywords", G::Keywords);
static IMAGE: Element =
    Element::of("Apple podcasts, itunes:image", Content::Empty).with(&[attribute("href", Need::One, G::Web)]);
static CATEGORY: Element = Element::of("Apple podcasts, itunes:category", Content::Elements)
    .with(&[attribute("text", Need::One, G::Any)])
    .at(CATEGORY_PLACE)
    .hook(Hook::ItunesCategory);
/// A category may stand in a category.
const CATEGORY_PLACE: u16 = super::LINK;
static OWNER: Element =
    Element::of("Apple podcasts, itunes:owner", Content::Elements).at(PERSON).hook(Hook::ItunesOwner);
static NAME: Element = Element::value("Apple podcasts, itunes:owner", G::Plain);
static EMAIL: Element = Element::value("Apple podcasts, itunes:owner", G::Mail);
static YES: Element = Element::value("Apple podcasts, itunes:block", G::Any).hook(Hook::ItunesYes);
static EXPLICIT: Element = Element::value("Apple podcasts, itunes:explicit", G::Any).hook(Hook::ItunesExplicit);
static DURATION: Element = Element::value("Apple podcasts, itunes:duration", G::Duration);
static NEW_ADDRESS: Element = Element::value("Apple podcasts, itunes:new-feed-url", G::Web);
static NUMBER: Element = Element::value("Apple podcasts, itunes:episode", G::Positive);
static ORDER: Element = Element::value("Apple podcasts, itunes:order", G::Integer);
static KIND: Element =
    Element::value("Apple podcasts, itunes:type", G::ChoiceAnyCase(&["episodic", "serial"], &rules::ITUNES_TYPE));
static EPISODE_KIND: Element = Element::value(
    "Apple podcasts, itunes:episodeType",
    G::ChoiceAnyCase(&["full", "trailer", "bonus"], &rules::ITUNES_EPISODE_TYPE),
);

pub(crate) static ITUNES: &[Extension] = &[
    extension("author", FEED | ENTRY, Need::Optional, &TEXT),
    extension("title", FEED | ENTRY, Need::Optional, &TEXT),
    extension("block", FEED | ENTRY, Need::Optional, &YES),
    extension("explicit", FEED | ENTRY, Need::Optional, &EXPLICIT),
    extension("keywords", FEED | ENTRY, Need::Optional, &KEYWORDS),
    extension("subtitle", FEED | ENTRY, Need::Optional, &SUBTITLE),
    extension("summary", FEED | ENTRY, Need::Optional, &SUMMARY),
    extension("image", FEED | ENTRY, Need::Optional, &IMAGE),
    extension("link", FEED | ENTRY, Need::Any, &super::ANYTHING),
    extension("category", FEED | ENTRY | CATEGORY_PLACE, Need::Any, &CATEGORY),
    extension("owner", FEED, Need::Optional, &OWNER),
    extension("name", PERSON, Need::Optional, &NAME),
    extension("email", PERSON, Need::Optional, &EMAIL),
    extension("new-feed-url", FEED, Need::Optional, &NEW_ADDRESS),
    extension("complete", FEED, Need::Optional, &YES),
    extension("type", FEED, Need::Optional, &KIND),
    extension("applepodcastsverify", FEED, Need::Optional, &TEXT),
    extension("pubDate", ENTRY, Need::Optional, &super::ANYTHING),
    extension("duration", ENTRY, Need::Optional, &DURATION),
    extension("episode", ENTRY, Need::Optional, &NUMBER),
    extension("season", ENTRY, Need::Optional, &NUMBER),
    extension("episodeType", ENTRY, Need::Optional, &EPISODE_KIND),
    extension("order", ENTRY, Need::Optional, &ORDER),
    extension("isClosedCaptioned", ENTRY, Need::Optional, &YES),
];

const SPACE: &str = "Podcasting 2.0 namespace";
static LOCKED: Element = Element::value(SPACE, G::Choice(&["yes", "no"], &rules::PODCAST)).with(&[attribute(
    "owner",
    Need::Optional,
    G::Mail,
)]);
static GUID: Element = Element::value(SPACE, G::Text);
static TRANSCRIPT: Element = Element::of(SPACE, Content::Empty).with(&[
    attribute("url", Need::One, G::Web),
    attribute("type", Need::One, G::MediaType),
    attribute("language", Need::Optional, G::Language),
    attribute("rel", Need::Optional, G::Any),
]);
static CHAPTERS: Element = Element::of(SPACE, Content::Empty)
    .with(&[attribute("url", Need::One, G::Web), attribute("type", Need::One, G::MediaType)]);
static FUNDING: Element = Element::value(SPACE, G::Any).with(&[attribute("url", Need::One, G::Web)]);
static SOUNDBITE: Element = Element::value(SPACE, G::Any)
    .with(&[attribute("startTime", Need::One, G::Float), attribute("duration", Need::One, G::Float)]);
static PERSON_TAG: Element = Element::value(SPACE, G::Text).with(&[
    attribute("role", Need::Optional, G::Any),
    attribute("group", Need::Optional, G::Any),
    attribute("img", Need::Optional, G::Web),
    attribute("href", Need::Optional, G::Web),
]);
static SEASON: Element = Element::value(SPACE, G::Integer).with(&[attribute("name", Need::Optional, G::Any)]);
static EPISODE: Element = Element::value(SPACE, G::Float).with(&[attribute("display", Need::Optional, G::Any)]);

pub(crate) static PODCAST: &[Extension] = &[
    extension("locked", FEED, Need::Optional, &LOCKED),
    extension("guid", FEED, Need::Optional, &GUID),
    extension("transcript", ENTRY, Need::Any, &TRANSCRIPT),
    extension("chapters", ENTRY, Need::Optional, &CHAPTERS),
    extension("funding", FEED | ENTRY, Need::Any, &FUNDING),
    extension("soundbite", ENTRY, Need::Any, &SOUNDBITE),
    extension("person", FEED | ENTRY, Need::Any, &PERSON_TAG),
    extension("season", ENTRY, Need::Optional, &SEASON),
    extension("episode", ENTRY, Need::Optional, &EPISODE),
];
