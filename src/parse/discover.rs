//! The feeds of a page: those that it declares, those that it links, and where else one may be.

use std::collections::HashSet;

use url::Url;

use super::{declared_charset, web_url};
use crate::markup;
use crate::markup::html::tokens::{self, Listener, Tag};

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
        let rels = tag.attribute("rel").unwrap_or_default().to_ascii_lowercase();
        let has = |wanted: &str| rels.split_ascii_whitespace().any(|rel| rel == wanted);
        if self.declared.len() >= MOST || has("stylesheet") || !(has("alternate") || has("feed")) {
            return;
        }
        let Some(url) = tag.attribute("href").and_then(|href| self.resolve(href)) else { return };
        let media_type = media_type(tag);
        let title = tag.attribute("title").and_then(line);
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
        let media_type = media_type(tag);
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

fn media_type(tag: &Tag) -> Option<String> {
    const LONGEST: usize = 100;
    let stated = tag.attribute("type")?.split(';').next()?.trim().to_ascii_lowercase();
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
mod tests {
    use proptest::prelude::*;

    use super::*;

    const URL: &str = "https://harbour.example/notes/2023/";

    fn shown(html: &str) -> Vec<String> {
        let line = |feed: Discovered| {
            let mark = if feed.is_declared { "" } else { "? " };
            format!("{mark}{} | {}", feed.url.replace("https://harbour.example", ""), feed.title.unwrap_or_default())
        };
        feeds(html.as_bytes(), None, URL).into_iter().map(line).collect()
    }

    #[test]
    fn what_wordpress_declares() {
        let html = "<!doctype html><html><head><title>x</title>
            <link rel='alternate' type='application/json' title='JSON' href='/wp-json/wp/v2/posts/1'/>
            <link rel='alternate' type='application/json+oembed' href='/wp-json/oembed?url=x'/>
            <link rel='alternate' type='text/xml+oembed' href='/wp-json/oembed?url=x&amp;format=xml'/>
            <link rel='alternate' type='application/rss+xml' title='Harbour &raquo; Kommentar-Feed' href='/comments/feed/'/>
            <link rel='alternate' type='application/rss+xml' title='Harbour &raquo; Feed' href='https://harbour.example/feed/'/>
            <link rel='alternate' hreflang='de' href='/de/'/><link rel=stylesheet href=/style.css></head>";
        assert_eq!(shown(html), ["/feed/ | Harbour » Feed", "/comments/feed/ | Harbour » Kommentar-Feed"]);
    }

    #[test]
    fn declarations_as_they_are_written() {
        let html = "<LINK REL='nofollow ALTERNATE' TYPE='Application/Atom+XML; charset=utf-8' HREF=' atom.xml#x '>
            <link rel=alternate type=application/feed+json href=//cdn.example/feed.json>
            <link rel=alternate type=application/json title='JSON Feed' href=/data>
            <link rel=alternate type=text/xml title=RSS href=/backend>
            <link rel=alternate type=text/xml href=/sitemap.xml title='Feed of pages'><link rel=alternate type=text/xml href=/a.xml>
            <link rel='alternate stylesheet' type=application/rss+xml href=/no><link rel=feed href=/h-feed>
            <link rel=alternate type=application/rss+xml href='javascript:x'><link rel=alternate type=application/rss+xml>
            <!-- <link rel=alternate type=application/rss+xml href=/hidden> -->
            <script>'<link rel=alternate type=application/rss+xml href=/code>'</script>
            <link rel=alternate type=application/atomsvc+xml href=/service><link rel=alternate type=application/rdf+xml href=/people>
            <link rel=alternate type=application/rdf+xml href=index.rdf>
            <body><link rel=alternate type=application/rss+xml href='?a=1&amp;b=2'><link rel=alternate type=application/rss+xml href=./>";
        assert_eq!(
            shown(html),
            [
                "/notes/2023/atom.xml | ",
                "https://cdn.example/feed.json | ",
                "/data | JSON Feed",
                "/backend | RSS",
                "/h-feed | ",
                "/notes/2023/index.rdf | ",
                "/notes/2023/?a=1&b=2 | ",
            ]
        );
    }

    #[test]
    fn links_are_guesses() {
        let html = "<a href='/feed/comments'>Comments</a><a href='/rss.xml' title='All of it'>x</a><a href=/rss.xml>again</a>
            <a href='feed:https://a.example/x.atom'>Atom <b>feed</b></a><a href='feed://b.example/x.rss'><img alt=rss></a>
            <a href='/?feed=rss2'>y</a><a href='https://feeds.feedburner.com/harbour'>z</a><a href=/rss/news.xml>n</a>
            <a href='https://reader.example/subscribe/rss?url=https://harbour.example/rss'>no</a><a href='/feeding-birds'>no</a>
            <a href='https://reader.example/add/https://harbour.example/rss'>no</a><a href='#feed'>no</a><a href=/rss.html>no</a>
            <a type=application/rss+xml href=/odd>odd</a><a href=/declared.rss>no</a>
            <link rel=alternate type=application/rss+xml href=/declared.rss title=Declared>";
        assert_eq!(
            shown(html),
            [
                "/declared.rss | Declared",
                "? /rss.xml | All of it",
                "? https://a.example/x.atom | Atom feed",
                "? https://b.example/x.rss | ",
                "? /?feed=rss2 | y",
                "? https://feeds.feedburner.com/harbour | z",
                "? /rss/news.xml | n",
                "? /odd | odd",
            ]
        );
    }

    #[test]
    fn bases_and_encodings() {
        let html = b"<meta charset=windows-1251><base href='/other/'><base href='/third/'><link rel=alternate type=application/rss+xml href=feed title='\xcf\xee\xf0\xf2'>";
        let found = feeds(html, None, URL);
        assert_eq!(
            (found[0].url.as_str(), found[0].title.as_deref()),
            ("https://harbour.example/other/feed", Some("Порт"))
        );
        assert!(feeds(b"<link rel=alternate type=application/rss+xml href=/feed>", None, "stdin").is_empty());
        assert!(feeds(b"\x89PNG\r\n\x1a\n\0\0", None, URL).is_empty());
    }

    #[test]
    fn guesses_are_few_and_beside_the_page_first() {
        let paths = |url: &str| -> Vec<String> {
            guesses(url).iter().map(|guess| guess.replace("https://harbour.example", "")).collect()
        };
        let root =
            ["/feed", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/rss", "/feed.json", "/feeds/posts/default"];
        assert_eq!(paths("https://harbour.example"), root);
        assert_eq!(paths("https://harbour.example/index.html?x#y"), root);
        assert_eq!(
            paths("https://harbour.example/a/b/c.html")[..5],
            ["/a/b/feed", "/a/b/feed.xml", "/a/b/rss.xml", "/a/b/index.xml", "/feed"]
        );
        assert!(!paths("https://harbour.example/feed").contains(&"/feed".to_owned()));
        assert!(guesses("mailto:ada@example.org").is_empty() && guesses("notes").is_empty());
    }

    #[test]
    fn hostile_pages_are_bounded() {
        let links: String = (0..10_000)
            .map(|n| format!("<link rel=alternate type=application/rss+xml href=/{n}><a href=/{n}.rss>"))
            .collect();
        assert_eq!(shown(&links).len(), 2 * MOST);
        let long = format!("<a href=/a.rss>{}", "word ".repeat(100_000));
        assert!(feeds(long.as_bytes(), None, URL)[0].title.as_ref().unwrap().chars().count() <= LONGEST_TITLE);
        let href = format!("<a href='/{}.rss'>x", "a".repeat(10_000));
        assert!(feeds(href.as_bytes(), None, URL).is_empty());
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(<link |<a |<base |rel=alternate |type='application/rss\\+xml' |href=|feed:|//|/feed|é|'|>|</a>|title=|&amp;| ){0,40}", url in "(https://a.example|x|/|\\?|#|é){0,5}") {
            let _ = (feeds(text.as_bytes(), None, &url), guesses(&url));
        }
    }
}
