//! The feeds of a page: those that it declares, those that it links, and where else one may be.

mod link_field;

use std::collections::HashSet;

use url::Url;

use super::{declared_charset, web_url};
use feedmill_markup as markup;
use feedmill_markup::html::tokens::{self, Listener, Tag};

/// A feed that a page leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discovered {
    /// Its address, without a fragment.
    pub url: String,
    /// How the page calls it, one line.
    pub title: Option<String>,
    /// The media type that the page gives it, in lower case and without parameters.
    pub media_type: Option<String>,
    /// Whether the page declares it a feed (`<link rel="alternate">`), and does not only link something that is
    /// evidently called one.
    pub is_declared: bool,
}

/// The most feeds of either kind that are named; pages that declare more list every tag that they have.
const MOST: usize = 100;

/// The longest title that is kept, in characters.
const LONGEST_TITLE: usize = 200;

/// The feeds that a page leads to, the best first: what it declares before what it links, the feed of the site
/// before those of comments, else in the order of the page. Each address once; the page itself is none.
///
/// `charset` is the encoding that the server declared, `url` the address that answered. Read as browsers do:
/// `<base href>`, `rel` as a list of words in any case, character references, links in the body as well as in the
/// head, relative ones resolved. Declared are RSS, Atom, RDF and JSON feeds; where the media type means anything
/// (`text/xml`, `application/json`), title or address have to speak of a feed.
///
/// ```
/// let html = b"<link rel=alternate type=application/rss+xml title=Notes href=/feed><a href=/feed/comments.rss>replies</a>";
/// let found = feedmill::parse::discover::feeds(html, None, "https://harbour.example/notes/");
/// assert_eq!((found[0].url.as_str(), found[0].is_declared), ("https://harbour.example/feed", true));
/// assert_eq!((found.len(), found[1].is_declared), (2, false));
/// ```
pub fn feeds(html: &[u8], charset: Option<&str>, url: &str) -> Vec<Discovered> {
    let charset = charset.map(str::to_owned).or_else(|| declared_charset(html));
    let Some(html) = markup::decode(html, charset.as_deref()) else { return Vec::new() };
    let page = Url::parse(url).ok();
    let mut reader = Reader { page, ..Reader::default() };
    tokens::read(&html, &mut reader);
    reader.end_anchor();
    let mut found = reader.declared;
    found.extend(reader.linked.into_iter().filter(|feed| !reader.seen.contains(&feed.url)));
    found.sort_by_key(|feed| (!feed.is_declared, is_of_comments(feed)));
    found
}

/// The feeds that the server names beside a page, in the fields `Link` of its answer (RFC 8288), in their order; the page
/// itself is none.
///
/// ```
/// let link = r#"</style.css>; rel=preload, </feed>; rel="alternate"; type="application/rss+xml"; title="News""#;
/// let found = feedmill::parse::discover::in_headers([link], "https://harbour.example/");
/// assert_eq!((found.len(), found[0].url.as_str()), (1, "https://harbour.example/feed"));
/// ```
pub fn in_headers<'h>(fields: impl IntoIterator<Item = &'h str>, url: &str) -> Vec<Discovered> {
    let mut reader = Reader { page: Url::parse(url).ok(), ..Reader::default() };
    for link in fields.into_iter().flat_map(|field| link_field::links(field).take(MOST)) {
        // RFC 8288, 3.2: a link with another context says nothing of this page.
        if link.parameter("anchor").is_none() {
            let title = link.parameter("title").and_then(|title| line(&title));
            let (rel, media_type) = (link.parameter("rel").unwrap_or_default(), link.parameter("type"));
            reader.declare_link(&rel, Some(link.target), media_type.as_deref(), title);
        }
    }
    reader.declared.sort_by_key(is_of_comments);
    reader.declared
}

/// Where a site that names no feed most often has one, the likeliest first: beside the page, then at the root.
///
/// ```
/// let tried = feedmill::parse::discover::guesses("https://harbour.example/blog/");
/// assert_eq!(tried[0], "https://harbour.example/blog/feed");
/// assert!(tried.contains(&"https://harbour.example/index.xml".to_owned()) && tried.len() <= 12);
/// ```
pub fn guesses(url: &str) -> Vec<String> {
    /// What blogs, site generators and news systems call theirs.
    const AT_ROOT: [&str; 8] =
        ["feed", "feed.xml", "rss.xml", "atom.xml", "index.xml", "rss", "feed.json", "feeds/posts/default"];
    const BESIDE: [&str; 4] = ["feed", "feed.xml", "rss.xml", "index.xml"];
    let Some(page) = web_url(url, None).and_then(|url| Url::parse(&url).ok()) else { return Vec::new() };
    let (Ok(beside), Ok(root)) = (page.join("."), page.join("/")) else { return Vec::new() };
    let mut found = Vec::new();
    let directories: [(&Url, &[&str]); 2] = [(&beside, &BESIDE), (&root, &AT_ROOT)];
    for (directory, names) in directories.into_iter().skip(usize::from(beside == root)) {
        found.extend(names.iter().filter_map(|name| web_url(name, Some(directory))).filter(|guess| *guess != url));
    }
    found
}

#[derive(Default)]
struct Reader {
    page: Option<Url>,
    /// What the page says that its links are relative to.
    base: Option<Url>,
    declared: Vec<Discovered>,
    linked: Vec<Discovered>,
    /// What is declared.
    seen: HashSet<String>,
    /// What is linked.
    seen_linked: HashSet<String>,
    /// The link that is open, and leads to what is called a feed.
    anchor: Option<Discovered>,
    /// What stands in it.
    text: String,
}

impl Reader {
    fn resolve(&self, href: &str) -> Option<String> {
        let href = href.trim();
        // `feed:` and `feed://` are how browsers were told to subscribe.
        let href = match href.get(..5).filter(|scheme| scheme.eq_ignore_ascii_case("feed:")) {
            Some(_) if href[5..].starts_with("//") => format!("https:{}", &href[5..]),
            Some(_) => href[5..].to_owned(),
            None => href.to_owned(),
        };
        let url = web_url(&href, self.base.as_ref().or(self.page.as_ref()))?;
        let url = url.split('#').next().unwrap_or(&url).to_owned();
        let is_page = self.page.as_ref().is_some_and(|page| page.as_str().split('#').next() == Some(url.as_str()));
        (!is_page).then_some(url)
    }

    fn declare(&mut self, tag: &Tag) {
        let title = tag.attribute("title").and_then(line);
        self.declare_link(
            tag.attribute("rel").unwrap_or_default(),
            tag.attribute("href"),
            tag.attribute("type"),
            title,
        );
    }

    fn declare_link(&mut self, rels: &str, href: Option<&str>, media_type: Option<&str>, title: Option<String>) {
        let rels = rels.to_ascii_lowercase();
        let has = |wanted: &str| rels.split_ascii_whitespace().any(|rel| rel == wanted);
        if self.declared.len() >= MOST || has("stylesheet") || !(has("alternate") || has("feed")) {
            return;
        }
        let Some(url) = href.and_then(|href| self.resolve(href)) else { return };
        let media_type = media_type.and_then(essence);
        let speaks = || looks_like_feed(&url) || title.as_deref().is_some_and(speaks_of_feed);
        let is_feed = match media_type.as_deref().map(means) {
            Some(Means::Feed) => true,
            Some(Means::Anything) => speaks() && !url.to_ascii_lowercase().contains("sitemap"),
            Some(Means::Other) => false,
            None => has("feed") || looks_like_feed(&url),
        };
        if is_feed && self.seen.insert(url.clone()) {
            self.declared.push(Discovered { url, title, media_type, is_declared: true });
        }
    }

    fn begin_anchor(&mut self, tag: &Tag) {
        self.end_anchor();
        if self.linked.len() >= MOST {
            return;
        }
        let Some(url) = tag.attribute("href").and_then(|href| self.resolve(href)) else { return };
        let media_type = tag.attribute("type").and_then(essence);
        let is_feed = media_type.as_deref().is_some_and(|t| means(t) == Means::Feed) || looks_like_feed(&url);
        if is_feed {
            let title = tag.attribute("title").and_then(line);
            self.anchor = Some(Discovered { url, title, media_type, is_declared: false });
        }
    }

    fn end_anchor(&mut self) {
        let Some(mut feed) = self.anchor.take() else { return };
        let text = std::mem::take(&mut self.text);
        feed.title = feed.title.or_else(|| line(&text));
        if self.seen_linked.insert(feed.url.clone()) {
            self.linked.push(feed);
        }
    }
}

impl Listener for Reader {
    fn start(&mut self, tag: &Tag, is_raw: bool) -> bool {
        match &*tag.name {
            "base" if self.base.is_none() => {
                let href = tag.attribute("href").map(str::trim).filter(|href| !href.is_empty());
                self.base = href.and_then(|href| match &self.page {
                    Some(page) => page.join(href).ok(),
                    None => Url::parse(href).ok(),
                });
            }
            "link" => self.declare(tag),
            "a" | "area" => self.begin_anchor(tag),
            _ => {}
        }
        is_raw
    }

    fn end(&mut self, name: &str) {
        if name == "a" {
            self.end_anchor();
        }
    }

    fn text(&mut self, text: &str) {
        /// Longer texts than these are no titles, in bytes.
        const LONGEST: usize = 1000;
        if self.anchor.is_some() && self.text.len() < LONGEST {
            self.text.extend(text.chars().take(LONGEST));
        }
    }
}

fn line(text: &str) -> Option<String> {
    Some(markup::excerpt(text, LONGEST_TITLE)).filter(|line| !line.is_empty())
}

/// A media type without its parameters.
fn essence(stated: &str) -> Option<String> {
    const LONGEST: usize = 100;
    let stated = stated.split(';').next()?.trim().to_ascii_lowercase();
    (!stated.is_empty() && stated.len() <= LONGEST).then_some(stated)
}

/// What a media type says.
#[derive(PartialEq, Eq)]
enum Means {
    Feed,
    Anything,
    Other,
}

fn means(media_type: &str) -> Means {
    match media_type {
        "application/rss+xml" | "application/atom+xml" | "application/feed+json" => Means::Feed,
        // As people write them by heart.
        "application/rss" | "application/x-rss+xml" | "text/rss" | "text/rss+xml" => Means::Feed,
        "application/atom" | "application/x.atom+xml" | "application/x-atom+xml" | "text/atom" | "text/atom+xml" => {
            Means::Feed
        }
        "application/rdf+xml" | "text/xml" | "application/xml" | "application/json" | "text/json" => Means::Anything,
        _ => Means::Other,
    }
}

fn speaks_of_feed(title: &str) -> bool {
    let title = title.to_lowercase();
    title
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| matches!(word, "rss" | "atom" | "feed" | "rss2" | "jsonfeed"))
}

/// Whether an address is evidently that of a feed.
fn looks_like_feed(url: &str) -> bool {
    const NAMES: [&str; 18] = [
        "feed",
        "rss",
        "rss2",
        "atom",
        "rdf",
        "feed.xml",
        "feeds.xml",
        "rss.xml",
        "rss2.xml",
        "atom.xml",
        "index.xml",
        "index.rdf",
        "feed.json",
        "rss.php",
        "feed.php",
        "atom.php",
        "rss.aspx",
        "rss.ashx",
    ];
    const FOLDERS: [&str; 4] = ["feed", "feeds", "rss", "atom"];
    const PARAMETERS: [&str; 5] = ["feed", "format", "type", "alt", "output"];
    const FORMATS: [&str; 6] = ["rss", "rss2", "atom", "rdf", "feed", "json-feed"];
    let Ok(url) = Url::parse(url) else { return false };
    let path = url.path().to_ascii_lowercase();
    let query = url.query().unwrap_or_default().to_ascii_lowercase();
    // What is handed to another service is no feed of its own (`subscribe?url=https://…`).
    if query.contains("://") || query.contains("%3a%2f%2f") || path.contains("://") || path.contains(":/") {
        return false;
    }
    let segments = path.trim_end_matches('/').split('/').skip(1);
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    if NAMES.contains(&last) || [".rss", ".atom", ".rdf"].iter().any(|end| last.ends_with(end)) {
        return true;
    }
    let in_folder = || last.ends_with(".xml") && segments.clone().any(|segment| FOLDERS.contains(&segment));
    let is_blogger = || path.contains("/feeds/posts/");
    let is_burner =
        || matches!(url.host_str(), Some("feeds.feedburner.com" | "feeds2.feedburner.com")) && path.len() > 1;
    let is_asked_for = || {
        query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .any(|(name, value)| PARAMETERS.contains(&name) && FORMATS.contains(&value))
    };
    in_folder() || is_blogger() || is_burner() || is_asked_for()
}

/// Whether it is a feed of comments, by its address or by its title.
fn is_of_comments(feed: &Discovered) -> bool {
    /// How programs in many languages call it. It costs such a feed its place and nothing else.
    const WORDS: [&str; 12] = [
        "comment",
        "kommentar",
        "comentari",
        "comentári",
        "commenti",
        "reacties",
        "komentar",
        "комментари",
        "σχόλια",
        "コメント",
        "评论",
        "댓글",
    ];
    let is_called_so = |title: &String| {
        let title = title.to_lowercase();
        WORDS.iter().any(|word| title.contains(word))
    };
    let path = feed.url.to_ascii_lowercase();
    path.contains("/comments") || path.contains("feed=comments") || feed.title.as_ref().is_some_and(is_called_so)
}

#[cfg(test)]
mod tests;
