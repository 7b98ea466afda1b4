//! JSON Feed, read as a stream: of the items only what is counted is ever held.

use std::borrow::Cow;

use url::Url;

use super::entries::{self, Links, Meter, Seen};
use super::{Channel, ChannelFormat};
use crate::parse::members::{self, Flag, Take, Text};
use crate::parse::{LONGEST_ADDRESS, web_url};
use feedmill_markup as markup;

/// The longest title that is kept, in characters.
const LONGEST_TITLE: usize = 300;

/// Reads the document; the error says what it is instead of a feed.
pub(super) fn read(bytes: &[u8], charset: Option<&str>, base: Option<&Url>) -> Result<Channel, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text: Cow<'_, str> = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(markup::decode(bytes, charset).ok_or("binary data")?),
    };
    let mut feed = Feed::new(base);
    let outcome = members::read(&text, &mut feed);
    let is_feed = feed.is_feed();
    match outcome {
        Ok(()) if is_feed => Ok(feed.channel(false)),
        // What is cut is a feed as far as it goes.
        Err(err) if is_feed && err.is_eof() => Ok(feed.channel(true)),
        Err(err) => Err(format!("JSON that cannot be read: {err}")),
        Ok(()) => Err("JSON that is no feed".to_owned()),
    }
}

/// What is read of a feed.
struct Feed<'b> {
    base: Option<&'b Url>,
    version: Text,
    title: Text,
    home: Text,
    this: Text,
    next: Text,
    expired: Flag,
    hubs: Hubs,
    items: Items<'b>,
}

impl<'b> Feed<'b> {
    fn new(base: Option<&'b Url>) -> Self {
        let address = || Text::up_to(LONGEST_ADDRESS);
        Feed {
            base,
            version: Text::up_to(200),
            title: Text::up_to(20_000),
            home: address(),
            this: address(),
            next: address(),
            expired: Flag::default(),
            hubs: Hubs { url: address() },
            items: Items { base, is_there: false, channel: Channel::default(), links: Links::default(), item: None },
        }
    }

    /// Whether it says that it is one, or looks like one that forgot to.
    fn is_feed(&self) -> bool {
        let names_version =
            self.version.value.as_deref().is_some_and(|version| version.contains("jsonfeed.org/version"));
        let has_head = [&self.title, &self.home, &self.this].iter().any(|field| field.value.is_some());
        names_version || self.items.is_there && has_head
    }

    fn channel(mut self, is_cut: bool) -> Channel {
        self.items.finish(is_cut);
        let base = self.base;
        let address = |text: Text| text.value.and_then(|url| web_url(&url, base));
        let title = self.title.value.map(|title| markup::excerpt(&title, LONGEST_TITLE));
        Channel {
            format: ChannelFormat::Json,
            title: title.filter(|title| !title.is_empty()),
            home_url: address(self.home),
            self_url: address(self.this),
            next: address(self.next),
            hub: address(self.hubs.url),
            is_expired: self.expired.0,
            is_cut,
            ..self.items.channel
        }
    }
}

impl Take for Feed<'_> {
    fn member(&mut self, key: &str) -> Option<&mut dyn Take> {
        Some(match key {
            "version" => &mut self.version,
            "title" => &mut self.title,
            "home_page_url" => &mut self.home,
            "feed_url" => &mut self.this,
            "next_url" => &mut self.next,
            "expired" => &mut self.expired,
            "hubs" => &mut self.hubs,
            "items" => {
                self.items.is_there = true;
                &mut self.items
            }
            _ => return None,
        })
    }
}

/// The hubs, of which the first one counts.
struct Hubs {
    url: Text,
}

impl Take for Hubs {
    fn element(&mut self) -> Option<&mut dyn Take> {
        Some(self)
    }

    fn member(&mut self, key: &str) -> Option<&mut dyn Take> {
        (key == "url").then_some(&mut self.url as &mut dyn Take)
    }
}

/// The items, counted one after the other.
struct Items<'b> {
    base: Option<&'b Url>,
    is_there: bool,
    channel: Channel,
    links: Links,
    item: Option<Item>,
}

impl Items<'_> {
    /// Counts the item before; the last one of a feed that is cut is none.
    fn finish(&mut self, is_cut: bool) {
        if let Some(item) = self.item.take().filter(|_| !is_cut) {
            entries::count(&mut self.channel, &mut self.links, item.seen(self.base));
        }
    }
}

impl Take for Items<'_> {
    fn element(&mut self) -> Option<&mut dyn Take> {
        self.finish(false);
        Some(self.item.insert(Item::new()))
    }
}

/// What is looked at in an item.
struct Item {
    id: Text,
    url: Text,
    external_url: Text,
    published: Text,
    modified: Text,
    content: Length,
    summary: Length,
}

impl Item {
    fn new() -> Self {
        let text = || Text::up_to(LONGEST_ADDRESS);
        Item {
            id: text(),
            url: text(),
            external_url: text(),
            published: text(),
            modified: text(),
            content: Length::default(),
            summary: Length::default(),
        }
    }

    fn seen(self, base: Option<&Url>) -> Seen {
        let instant = |text: &Text| text.value.as_deref().and_then(entries::instant);
        let address = |text: &Text, base| text.value.as_deref().and_then(|url| web_url(url, base));
        // An id may be an address, and then a whole one.
        let link = address(&self.url, base).or_else(|| address(&self.id, None));
        let mut seen = Seen {
            link: link.or_else(|| address(&self.external_url, base)),
            published: instant(&self.published),
            updated: instant(&self.modified),
            ..Seen::default()
        };
        seen.text(self.content.0, true);
        seen.text(self.summary.0, false);
        seen
    }
}

impl Take for Item {
    fn member(&mut self, key: &str) -> Option<&mut dyn Take> {
        Some(match key {
            "id" => &mut self.id,
            "url" => &mut self.url,
            "external_url" => &mut self.external_url,
            "date_published" => &mut self.published,
            "date_modified" => &mut self.modified,
            "content_html" | "content_text" => &mut self.content,
            "summary" => &mut self.summary,
            _ => return None,
        })
    }
}

/// How many characters a text has, tags apart.
#[derive(Default)]
struct Length(usize);

impl Take for Length {
    fn text(&mut self, text: &str) {
        let mut meter = Meter::default();
        meter.add(text);
        self.0 = self.0.max(meter.characters());
    }
}
