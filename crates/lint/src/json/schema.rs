//! What JSON Feed 1.1 says of each object.

use crate::grammar::Grammar;
use crate::schema::Need;

/// An object of a feed.
#[derive(Debug)]
pub(super) struct Object {
    /// What a message calls it.
    pub name: &'static str,
    pub members: &'static [Member],
}

#[derive(Debug)]
pub(super) struct Member {
    pub name: &'static str,
    pub need: Need,
    pub kind: Kind,
    pub clause: &'static str,
}

/// The type of a value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Text(Grammar),
    /// HTML, not escaped.
    Html,
    Number,
    Bool,
    Object(&'static Object),
    Objects(&'static Object),
    Texts,
}

const fn member(name: &'static str, need: Need, kind: Kind, clause: &'static str) -> Member {
    Member { name, need, kind, clause }
}

const TOP: &str = "JSON Feed 1.1, Top-level";
const ITEMS: &str = "JSON Feed 1.1, Items";
const ANY: Kind = Kind::Text(Grammar::Any);
const ADDRESS: Kind = Kind::Text(Grammar::Full);
const DATE: Kind = Kind::Text(Grammar::Rfc3339);

pub(super) static FEED: Object = Object {
    name: "the feed",
    members: &[
        member("version", Need::One, ANY, TOP),
        member("title", Need::One, Kind::Text(Grammar::Text), TOP),
        member("home_page_url", Need::Wanted, ADDRESS, TOP),
        member("feed_url", Need::Wanted, ADDRESS, TOP),
        member("description", Need::Optional, ANY, TOP),
        member("user_comment", Need::Optional, ANY, TOP),
        member("next_url", Need::Optional, ADDRESS, TOP),
        member("icon", Need::Optional, ADDRESS, TOP),
        member("favicon", Need::Optional, ADDRESS, TOP),
        member("author", Need::Optional, Kind::Object(&AUTHOR), TOP),
        member("authors", Need::Optional, Kind::Objects(&AUTHOR), TOP),
        member("language", Need::Optional, Kind::Text(Grammar::Language), TOP),
        member("expired", Need::Optional, Kind::Bool, TOP),
        member("hubs", Need::Optional, Kind::Objects(&HUB), "JSON Feed 1.1, Subscribing to Real-time Notifications"),
        member("items", Need::One, Kind::Objects(&ITEM), TOP),
    ],
};

pub(super) static ITEM: Object = Object {
    name: "the item",
    members: &[
        member("id", Need::One, Kind::Text(Grammar::Text), ITEMS),
        member("url", Need::Optional, ADDRESS, ITEMS),
        member("external_url", Need::Optional, ADDRESS, ITEMS),
        member("title", Need::Optional, ANY, ITEMS),
        member("content_html", Need::Optional, Kind::Html, ITEMS),
        member("content_text", Need::Optional, ANY, ITEMS),
        member("summary", Need::Optional, ANY, ITEMS),
        member("image", Need::Optional, ADDRESS, ITEMS),
        member("banner_image", Need::Optional, ADDRESS, ITEMS),
        member("date_published", Need::Optional, DATE, ITEMS),
        member("date_modified", Need::Optional, DATE, ITEMS),
        member("author", Need::Optional, Kind::Object(&AUTHOR), ITEMS),
        member("authors", Need::Optional, Kind::Objects(&AUTHOR), ITEMS),
        member("tags", Need::Optional, Kind::Texts, ITEMS),
        member("language", Need::Optional, Kind::Text(Grammar::Language), ITEMS),
        member("attachments", Need::Optional, Kind::Objects(&ATTACHMENT), "JSON Feed 1.1, Attachments"),
    ],
};

pub(super) static AUTHOR: Object = Object {
    name: "the author",
    members: &[
        member("name", Need::Optional, ANY, TOP),
        // The specification recommends mailto: addresses here too.
        member("url", Need::Optional, ADDRESS, TOP),
        member("avatar", Need::Optional, ADDRESS, TOP),
    ],
};

static ATTACHMENT: Object = Object {
    name: "the attachment",
    members: &[
        member("url", Need::One, ADDRESS, "JSON Feed 1.1, Attachments"),
        member("mime_type", Need::One, Kind::Text(Grammar::MediaType), "JSON Feed 1.1, Attachments"),
        member("title", Need::Optional, ANY, "JSON Feed 1.1, Attachments"),
        member("size_in_bytes", Need::Optional, Kind::Number, "JSON Feed 1.1, Attachments"),
        member("duration_in_seconds", Need::Optional, Kind::Number, "JSON Feed 1.1, Attachments"),
    ],
};

static HUB: Object = Object {
    name: "the hub",
    members: &[
        member("type", Need::One, Kind::Text(Grammar::Text), "JSON Feed 1.1, Subscribing to Real-time Notifications"),
        member("url", Need::One, ADDRESS, "JSON Feed 1.1, Subscribing to Real-time Notifications"),
    ],
};
