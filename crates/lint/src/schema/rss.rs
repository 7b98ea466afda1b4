//! RSS 2.0 and the versions before it that look like it (0.91 to 0.94).

use super::{Attribute, Child, Content, ENTRY, Element, FEED, Hook, IMAGE, INPUT, Need, ROOT, attribute};
use crate::grammar::Grammar as G;
use crate::rules::rss as rules;
use crate::vocabulary::Vocabulary as V;

const fn child(name: &'static str, need: Need, element: &'static Element) -> Child {
    super::child(V::None, name, need, element)
}

const DOMAIN: Attribute = attribute("domain", Need::Optional, G::Text);

pub(crate) static RSS: Element = Element::parent("RSS 2.0, rss", &[child("channel", Need::One, &CHANNEL)])
    .with(&[attribute("version", Need::One, G::Any)])
    .at(ROOT)
    .hook(Hook::Rss);

pub(crate) static CHANNEL: Element = Element::parent(
    "RSS 2.0, channel",
    &[
        child("title", Need::One, &CHANNEL_TITLE),
        child("link", Need::One, &CHANNEL_LINK),
        child("description", Need::One, &DESCRIPTION),
        child("language", Need::Optional, &LANGUAGE),
        child("copyright", Need::Optional, &COPYRIGHT),
        child("managingEditor", Need::Optional, &MANAGING_EDITOR),
        child("webMaster", Need::Optional, &WEB_MASTER),
        child("pubDate", Need::Optional, &PUB_DATE),
        child("lastBuildDate", Need::Optional, &LAST_BUILD_DATE),
        child("category", Need::Any, &CATEGORY),
        child("generator", Need::Optional, &GENERATOR),
        child("docs", Need::Optional, &DOCS),
        child("cloud", Need::Optional, &CLOUD),
        child("ttl", Need::Optional, &TTL),
        child("image", Need::Optional, &CHANNEL_IMAGE),
        child("rating", Need::Optional, &RATING),
        child("textInput", Need::Optional, &TEXT_INPUT),
        child("textinput", Need::Optional, &TEXT_INPUT),
        child("skipHours", Need::Optional, &SKIP_HOURS),
        child("skipDays", Need::Optional, &SKIP_DAYS),
        child("item", Need::Any, &ITEM),
    ],
)
.at(FEED)
.hook(Hook::Channel);

pub(crate) static ITEM: Element = Element::parent(
    "RSS 2.0, item",
    &[
        child("title", Need::Optional, &ITEM_TITLE),
        child("link", Need::Optional, &ITEM_LINK),
        child("description", Need::Optional, &ITEM_DESCRIPTION),
        child("author", Need::Optional, &AUTHOR),
        child("category", Need::Any, &CATEGORY),
        child("comments", Need::Optional, &COMMENTS),
        child("enclosure", Need::Any, &ENCLOSURE),
        child("guid", Need::Optional, &GUID),
        child("pubDate", Need::Optional, &ITEM_PUB_DATE),
        child("source", Need::Optional, &SOURCE),
    ],
)
.at(ENTRY)
.hook(Hook::Item);

static CHANNEL_TITLE: Element = Element::value("RSS 2.0, title", G::RssTitle).hook(Hook::Title);
static CHANNEL_LINK: Element = Element::value("RSS 2.0, link", G::Full).hook(Hook::ChannelLink);
static DESCRIPTION: Element = Element::value("RSS 2.0, description", G::Plain);
static LANGUAGE: Element = Element::value("RSS 2.0, language", G::Language);
static COPYRIGHT: Element = Element::value("RSS 2.0, copyright", G::Plain);
static MANAGING_EDITOR: Element = Element::value("RSS 2.0, managingEditor", G::Person);
static WEB_MASTER: Element = Element::value("RSS 2.0, webMaster", G::Person);
static PUB_DATE: Element = Element::value("RSS 2.0, pubDate", G::Rfc822);
static LAST_BUILD_DATE: Element = Element::value("RSS 2.0, lastBuildDate", G::Rfc822);
static CATEGORY: Element = Element::value("RSS 2.0, category", G::Plain).with(&[DOMAIN]);
static GENERATOR: Element = Element::value("RSS 2.0, generator", G::Plain);
static DOCS: Element = Element::value("RSS 2.0, docs", G::Full).hook(Hook::Docs);
static TTL: Element = Element::value("RSS 2.0, ttl", G::Positive);
static RATING: Element = Element::value("RSS 2.0, rating", G::Text);
static CLOUD: Element = Element::of("RSS 2.0, cloud", Content::Empty)
    .with(&[
        attribute("domain", Need::One, G::Text),
        attribute("port", Need::One, G::Positive),
        attribute("path", Need::One, G::Text),
        attribute("registerProcedure", Need::One, G::Any),
        attribute("protocol", Need::One, G::Choice(&["xml-rpc", "soap", "http-post"], &rules::CLOUD_PROTOCOL)),
    ])
    .hook(Hook::Cloud);

static CHANNEL_IMAGE: Element = Element::parent(
    "RSS 2.0, image",
    &[
        child("url", Need::One, &IMAGE_URL),
        child("title", Need::One, &IMAGE_TITLE),
        child("link", Need::One, &IMAGE_LINK),
        child("width", Need::Optional, &WIDTH),
        child("height", Need::Optional, &HEIGHT),
        child("description", Need::Optional, &IMAGE_DESCRIPTION),
    ],
)
.at(IMAGE)
.hook(Hook::Image);
static IMAGE_URL: Element = Element::value("RSS 2.0, image", G::Full).hook(Hook::ImageUrl);
static IMAGE_TITLE: Element = Element::value("RSS 2.0, image", G::Plain).hook(Hook::ImageTitle);
static IMAGE_LINK: Element = Element::value("RSS 2.0, image", G::Full).hook(Hook::ImageLink);
static IMAGE_DESCRIPTION: Element = Element::value("RSS 2.0, image", G::Plain);
static WIDTH: Element = Element::value("RSS 2.0, image", G::Width);
static HEIGHT: Element = Element::value("RSS 2.0, image", G::Height);

static TEXT_INPUT: Element = Element::parent(
    "RSS 2.0, textInput",
    &[
        child("title", Need::One, &INPUT_TITLE),
        child("description", Need::One, &INPUT_DESCRIPTION),
        child("name", Need::One, &INPUT_NAME),
        child("link", Need::One, &INPUT_LINK),
    ],
)
.at(INPUT)
.hook(Hook::TextInput);
static INPUT_TITLE: Element = Element::value("RSS 2.0, textInput", G::Plain);
static INPUT_DESCRIPTION: Element = Element::value("RSS 2.0, textInput", G::Plain);
static INPUT_NAME: Element = Element::value("RSS 2.0, textInput", G::FieldName);
static INPUT_LINK: Element = Element::value("RSS 2.0, textInput", G::Web);

static SKIP_HOURS: Element =
    Element::parent("RSS 2.0, skipHours", &[child("hour", Need::Some, &SKIP_HOUR)]).hook(Hook::SkipHours);
static SKIP_HOUR: Element = Element::value("RSS 2.0, skipHours", G::Hour).hook(Hook::SkipValue);
static SKIP_DAYS: Element =
    Element::parent("RSS 2.0, skipDays", &[child("day", Need::Some, &SKIP_DAY)]).hook(Hook::SkipDays);
static SKIP_DAY: Element = Element::value("RSS 2.0, skipDays", G::Day).hook(Hook::SkipValue);

static ITEM_TITLE: Element = Element::value("RSS 2.0, item title", G::RssTitle).hook(Hook::Title);
static ITEM_LINK: Element = Element::value("RSS 2.0, item link", G::Full);
static ITEM_DESCRIPTION: Element = Element::value("RSS 2.0, item description", G::Html).hook(Hook::ItemDescription);
static AUTHOR: Element = Element::value("RSS 2.0, author", G::Person);
static COMMENTS: Element = Element::value("RSS 2.0, comments", G::Full);
static ITEM_PUB_DATE: Element = Element::value("RSS 2.0, item pubDate", G::Rfc822);
static ENCLOSURE: Element = Element::of("RSS 2.0, enclosure", Content::Empty)
    .with(&[
        attribute("url", Need::One, G::Web),
        attribute("length", Need::One, G::Size),
        attribute("type", Need::One, G::MediaTypeAttribute),
    ])
    .hook(Hook::Enclosure);
static GUID: Element = Element::value("RSS 2.0, guid", G::Text)
    .with(&[attribute("isPermaLink", Need::Optional, G::Boolean)])
    .hook(Hook::Guid);
static SOURCE: Element = Element::value("RSS 2.0, source", G::Plain).with(&[attribute("url", Need::One, G::Full)]);
