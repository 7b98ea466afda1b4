//! What a feed shall hold, and the site that publishes it.

use chrono_tz::Tz;
use url::Url;

use super::history::{self, History};
use super::{AddressRule, Podcast, Split, address};
use crate::archive::Selection;
use crate::article::Person;
use crate::error::{Error, Result};

/// How many entries a feed holds at most: some weeks of a newspaper's desk, years of a blog; what readers keep anyway.
pub const MAX_ITEMS: usize = 50;

/// How many bytes of entries a feed holds, unless [`FeedSpec::min_items`] demands more: compressed, half a megabyte
/// of text travels in about 150 kB, and larger feeds are refused or truncated by some readers.
pub const MAX_BYTES: usize = 500_000;

/// How many entries a feed holds whatever their size, so that a subscriber who looks in once in a while misses none.
pub const MIN_ITEMS: usize = 10;

/// One feed: which articles, how many, and what the feed says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedSpec {
    /// The directory of the feed below the output directory, such as `culture` or `desks/culture`; empty for the
    /// top. It is part of the feed's identity: under another name it is another feed.
    pub name: String,
    /// The title; the site's title where empty.
    pub title: String,
    /// A sentence about the feed; a plain one is made where empty.
    pub description: String,
    /// The page that the feed is about; the site's, else the feed's own web page, where `None`.
    pub home_url: Option<String>,
    /// Which articles. `drafts`, `retracted` and `as_of` are set by [`super::select()`]; `oldest_first` turns the order round in
    /// which the feed shows its entries, which still are the newest.
    pub selection: Selection,
    /// One feed for each value instead of one of all; then `title` and `description` may hold `{site}` and `{value}`, and
    /// `home_url` may hold `{slug}`.
    pub split: Option<Split>,
    /// At most this many entries.
    pub max_items: usize,
    /// At most this many bytes of entries, unless `min_items` demands more. An entry of more than a quarter of it is
    /// shown with its summary only.
    pub max_bytes: usize,
    /// At least this many entries, as far as there are articles.
    pub min_items: usize,
    /// How far apart the documents are that hold what is older; one that has too many entries is split up.
    pub history: History,
    /// Full text beside the summary.
    pub full_text: bool,
    /// Whether the feed says which of its entries were retracted, in formats that can (RFC 6721).
    pub tombstones: bool,
    /// The language as a BCP 47 tag; the site's where `None`.
    pub language: Option<String>,
    /// Authors of the whole feed; the site's where empty.
    pub authors: Vec<Person>,
    /// The copyright line; the site's where `None`.
    pub rights: Option<String>,
    /// The address of a picture, absolute or relative to the site's; the site's where `None`.
    pub image: Option<String>,
    /// The hub that tells subscribers of changes (WebSub), absolute.
    pub hub: Option<String>,
    /// After how many minutes it is worth to look again, where that is known.
    pub ttl: Option<u32>,
    /// What makes it a podcast: then only articles with sound or film are shown.
    pub podcast: Option<Podcast>,
}

impl Default for FeedSpec {
    /// The feed of everything, at the top.
    fn default() -> Self {
        FeedSpec {
            name: String::new(),
            title: String::new(),
            description: String::new(),
            home_url: None,
            selection: Selection::default(),
            split: None,
            max_items: MAX_ITEMS,
            max_bytes: MAX_BYTES,
            min_items: MIN_ITEMS,
            history: History::default(),
            full_text: true,
            tombstones: false,
            language: None,
            authors: Vec::new(),
            rights: None,
            image: None,
            hub: None,
            ttl: None,
            podcast: None,
        }
    }
}

/// The site that publishes the feeds.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Its name.
    pub title: String,
    /// The address under which the output directory is published, absolute.
    pub url: String,
    /// The page or site that the feeds are about, where that is another; absolute.
    pub home_url: Option<String>,
    /// The language of articles and feeds that name none, as a BCP 47 tag.
    pub language: Option<String>,
    /// Who writes, where articles and feeds do not say.
    pub authors: Vec<Person>,
    /// The copyright line.
    pub rights: Option<String>,
    /// The address of a picture or icon.
    pub image: Option<String>,
    /// Where articles that name no address of their own stand on the web, with the placeholders `{site}` (the home
    /// page with a `/` at its end), `{year}`, `{month}`, `{day}`, `{slug}`, `{path}` (`2023/07/09/slug`), `{name}` and
    /// `{dir}` of the file, and others. `None`: their page or entry beside the feed.
    pub article_url: Option<String>,
    /// Where the articles of single sources stand, as far as they are to be told apart.
    pub address_rules: Vec<AddressRule>,
    /// Whether articles that stand nowhere else get a page each below the output directory.
    pub article_pages: bool,
    /// The zone in which days, months and years begin.
    pub zone: Tz,
}

impl Default for Site {
    /// A site without anything, in UTC.
    fn default() -> Self {
        Site {
            title: String::new(),
            url: String::new(),
            home_url: None,
            language: None,
            authors: Vec::new(),
            rights: None,
            image: None,
            article_url: None,
            address_rules: Vec::new(),
            article_pages: false,
            zone: Tz::UTC,
        }
    }
}

impl FeedSpec {
    /// How users refer to the feed: its name, or `(top)`.
    pub fn label(&self) -> &str {
        if self.name.is_empty() { "(top)" } else { &self.name }
    }

    /// Whether a feed can be made of it; a usage error says what to change.
    pub fn check(&self) -> Result<()> {
        let wrong = |message: String| Err(Error::usage(format!("feed {:?}", self.name), message));
        if let Some(reason) = self.name.split('/').find_map(|segment| name_fault(&self.name, segment)) {
            return wrong(format!("expected a name like \"culture\" or \"desks/culture\", found {reason}"));
        }
        if self.split.is_some() {
            Split::check(self)?;
        }
        if self.max_items == 0 {
            return wrong("expected at least 1 item, found a limit of 0".to_owned());
        }
        if let (Some(since), Some(until)) = (self.selection.since, self.selection.until)
            && since >= until
        {
            return wrong(format!("expected since to be earlier than until, found {since} and {until}"));
        }
        for address in [&self.home_url, &self.image].into_iter().flatten() {
            if address.trim().is_empty() {
                return wrong("expected an address, found blanks".to_owned());
            }
        }
        Ok(())
    }

    pub(super) fn oversize(&self) -> usize {
        // A quarter: three such entries still leave room for others, and a long read of 20,000 words fits at the
        // default limit.
        (self.max_bytes / 4).min(FIELD_LIMIT)
    }
}

/// Readers built on libxml2 refuse a document with a text of 10,000,000 bytes; escaping needs a part of it.
const FIELD_LIMIT: usize = 9_000_000;

impl Site {
    /// Whether feeds can be published there; a usage error says what to change.
    pub fn check(&self) -> Result<()> {
        self.base()?;
        if let Some(home) = &self.home_url {
            address::web(home).map_err(|found| Error::usage("the site's home_url", expected_web(&found)))?;
        }
        let rules = self.address_rules.iter().filter_map(|rule| rule.article_url.as_deref());
        self.article_url.as_deref().into_iter().chain(rules).try_for_each(address::check_template)
    }

    /// The address of the output directory, with a `/` at its end.
    pub(super) fn base(&self) -> Result<Url> {
        let mut url = address::web(&self.url).map_err(|found| Error::usage("the site's url", expected_web(&found)))?;
        address::make_directory(&mut url);
        Ok(url)
    }

    /// The home page, against which relative addresses of the configuration are resolved.
    pub(super) fn home(&self, base: &Url) -> Url {
        self.home_url.as_deref().and_then(|home| address::web(home).ok()).unwrap_or_else(|| base.clone())
    }
}

fn expected_web(found: &str) -> String {
    format!("expected an address like \"https://example.org/\", found {found}")
}

/// What is wrong with a segment of a feed's name, which becomes a directory and a part of an address.
fn name_fault(name: &str, segment: &str) -> Option<String> {
    if name.is_empty() {
        return None;
    }
    if segment.is_empty() {
        return Some("an empty segment".to_owned());
    }
    if segment.eq_ignore_ascii_case(history::DIRECTORY) {
        return Some(format!("{segment:?}, where the older entries of a feed stand"));
    }
    if segment.starts_with('.') {
        return Some(format!("{segment:?}, which begins with a dot"));
    }
    if segment.len() > MAX_SEGMENT {
        return Some(format!("a segment of {} bytes", segment.len()));
    }
    let stray = segment.chars().find(|c| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.' | '~'))?;
    Some(format!("the character {stray:?}"))
}

/// What every file system stores as one name.
const MAX_SEGMENT: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> FeedSpec {
        FeedSpec { name: name.into(), ..FeedSpec::default() }
    }

    #[test]
    fn names_stay_below_the_output_directory() {
        for name in ["", "culture", "desks/culture", "größe", "a.b", "2023"] {
            named(name).check().unwrap();
        }
        let long = "x".repeat(201);
        for name in
            ["/", "/etc", "a/", "a//b", "..", "a/../b", ".git", "a\\b", "C:", "a b", "a\0", "*", "a/History", &long]
        {
            let err = named(name).check().unwrap_err();
            assert!(err.is_usage(), "{err}");
        }
    }

    #[test]
    fn limits_are_checked() {
        let err = FeedSpec { max_items: 0, ..named("x") }.check().unwrap_err();
        assert_eq!(err.to_string(), "feed \"x\": expected at least 1 item, found a limit of 0");
        let at = |text: &str| Some(text.parse().unwrap());
        let selection =
            Selection { since: at("2023-01-01T00:00:00Z"), until: at("2022-01-01T00:00:00Z"), ..Selection::default() };
        assert!(FeedSpec { selection, ..named("x") }.check().is_err());
    }

    #[test]
    fn sites_need_an_address() {
        let site = |url: &str| Site { url: url.into(), ..Site::default() };
        assert_eq!(site("https://example.org").base().unwrap().as_str(), "https://example.org/");
        assert_eq!(site("https://example.org/feeds").base().unwrap().as_str(), "https://example.org/feeds/");
        for url in ["", "example.org", "/feeds/", "mailto:a@example.org", "https://example.org/?a=b", "https://x/#y"] {
            assert!(site(url).check().unwrap_err().is_usage(), "{url}");
        }
        let mut site = site("https://example.org/");
        site.article_url = Some("{site}{yaer}/{slug}".into());
        let err = site.check().unwrap_err().to_string();
        assert!(err.contains("{yaer}") && err.contains("{year}"), "{err}");
    }
}
