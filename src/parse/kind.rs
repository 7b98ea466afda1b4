//! What an answer is: a feed, a list that leads to feeds or pages, a page, a container, or another document.

use super::members::{self, Take, Text};
use super::root::{self, Root};
use super::{listing, media_type, opening, xml_head};
use crate::source::{self, Document, HEAD};
use feedmill_markup as markup;

/// What the bytes of an answer are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// RSS or Atom; see [`channel`](super::channel).
    Feed,
    /// A JSON Feed; see [`channel`](super::channel).
    JsonFeed,
    /// A list of subscriptions; see [`opml`](super::opml).
    Opml,
    /// A list of sitemaps; see [`sitemap`](super::sitemap).
    SitemapIndex,
    /// A list of pages; see [`sitemap`](super::sitemap).
    Sitemap,
    /// A web page: an article, or one that names feeds; see [`discover`](super::discover).
    Page,
    /// What a server or a store says that it holds; see [`listing`].
    DirectoryIndex,
    /// A plain list of addresses, one a line; see [`listing`] and [`sitemap`](super::sitemap).
    UrlList,
    /// The manifest of a published archive.
    Manifest,
    /// Compressed data, an archive of files, a crawl, a mailbox; see [`unpack`](crate::source::unpack).
    Container,
    /// Another document, which one of the [parsers](super::PARSERS) may read.
    Other,
}

impl Kind {
    /// What it is, in words for a message: "a web page".
    pub fn about(self) -> &'static str {
        match self {
            Kind::Feed => "a feed",
            Kind::JsonFeed => "a JSON feed",
            Kind::Opml => "a subscription list",
            Kind::SitemapIndex => "a list of sitemaps",
            Kind::Sitemap => "a sitemap",
            Kind::Page => "a web page",
            Kind::DirectoryIndex => "a directory listing",
            Kind::UrlList => "a list of addresses",
            Kind::Manifest => "the manifest of an archive",
            Kind::Container => "a container of documents",
            Kind::Other => "another document",
        }
    }
}

/// The key that the manifest of an archive has, and nothing else in the world.
const MANIFEST: &str = "feedmill_archive";

/// What a document is, by its [head](Document::head) and the media type that a server declared.
///
/// The bytes count and not the declaration, which is wrong as often as not (`text/html` for feeds, `text/plain` for
/// anything); it decides only between a page and other documents, where the bytes say nothing.
pub fn kind_of(doc: &Document) -> Kind {
    if source::is_container(doc) {
        return Kind::Container;
    }
    let head = opening(doc);
    let declared = media_type(doc);
    let declares = |names: &[&str]| declared.as_deref().is_some_and(|declared| names.contains(&declared));
    let is_declared_page = declares(&["text/html", "application/xhtml+xml"]);
    match head.first() {
        Some(b'{') => return json(&head, declares(&["application/feed+json"])),
        Some(b'<') => {}
        _ if doc.head().starts_with(b"\0\0\0<") => {}
        _ => {
            let is_whole = doc.head().len() < HEAD;
            let text = markup::decode(&head, doc.charset.as_deref());
            return match text {
                Some(text) if listing::is_list(&text, is_whole) => Kind::UrlList,
                Some(_) if is_declared_page => Kind::Page,
                _ => Kind::Other,
            };
        }
    }
    match root::root(xml_head(doc), doc.charset.as_deref()) {
        Some(Root::Feed) => Kind::Feed,
        Some(Root::Subscriptions) => Kind::Opml,
        Some(Root::SitemapIndex) => Kind::SitemapIndex,
        Some(Root::Sitemap) => Kind::Sitemap,
        Some(Root::Bucket) => Kind::DirectoryIndex,
        Some(Root::Entry) => Kind::Other,
        _ if listing::is_index(&head) => Kind::DirectoryIndex,
        Some(Root::Page) => Kind::Page,
        // A prolog may be longer than the head.
        None if declares(&["application/rss+xml", "application/atom+xml"]) => Kind::Feed,
        Some(Root::Other) | None if is_declared_page || is_html(&head) => Kind::Page,
        Some(Root::Other) | None => Kind::Other,
    }
}

/// Whether a document begins as pages do whose authors left out what may be left out.
fn is_html(head: &[u8]) -> bool {
    const STARTS: [&str; 12] = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<title",
        "<meta",
        "<link",
        "<script",
        "<style",
        "<div",
        "<p",
        "<h1",
    ];
    let mut head = head;
    while let Some(comment) = head.strip_prefix(b"<!--") {
        let Some(end) = memchr::memmem::find(comment, b"-->") else { return false };
        head = comment[end + "-->".len()..].trim_ascii_start();
    }
    STARTS.iter().any(|start| {
        let is_it = head.get(..start.len()).is_some_and(|word| word.eq_ignore_ascii_case(start.as_bytes()));
        is_it && head.get(start.len()).is_none_or(|next| !next.is_ascii_alphanumeric())
    })
}

/// What a JSON object is by its beginning.
fn json(head: &[u8], is_declared_feed: bool) -> Kind {
    let text = String::from_utf8_lossy(head);
    let mut keys = Keys { version: Text::up_to(200), is_manifest: false, has_items: false, has_head: false };
    // The head may end anywhere; what stands before its end has been seen.
    let _ = members::read(&text, &mut keys);
    let names_version = keys.version.value.as_deref().is_some_and(|version| version.contains("jsonfeed.org/version"));
    let looks_so = ["\"content_html\"", "\"content_text\"", "\"date_published\""].iter().any(|key| text.contains(key));
    if keys.is_manifest {
        return Kind::Manifest;
    }
    let is_feed = names_version || is_declared_feed || keys.has_items && (keys.has_head || looks_so);
    if is_feed { Kind::JsonFeed } else { Kind::Other }
}

/// The keys of an object that tell what it is.
struct Keys {
    version: Text,
    is_manifest: bool,
    has_items: bool,
    has_head: bool,
}

impl Take for Keys {
    fn member(&mut self, key: &str) -> Option<&mut dyn Take> {
        match key {
            MANIFEST => self.is_manifest = true,
            "items" => self.has_items = true,
            "title" | "home_page_url" | "feed_url" => self.has_head = true,
            "version" => return Some(&mut self.version),
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Kind {
        kind_of(&Document::from_bytes("https://a.example/x", "x", text.as_bytes().to_vec()))
    }

    #[test]
    fn answers_by_their_bytes() {
        for (text, expected) in [
            ("<rss version='2.0'>", Kind::Feed),
            ("\u{feff}\n<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>", Kind::Feed),
            ("<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", Kind::Feed),
            ("<entry xmlns='http://www.w3.org/2005/Atom'><id>x</id></entry>", Kind::Other),
            ("{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"x\"", Kind::JsonFeed),
            ("{\"title\": \"x\", \"items\": []}", Kind::JsonFeed),
            ("{\"items\": [{\"id\": \"1\", \"content_html\": \"x\"}, {", Kind::JsonFeed),
            ("{\"items\": [{\"sku\": 1}]}", Kind::Other),
            ("{\"feedmill_archive\": 1, \"months\": []}", Kind::Manifest),
            ("{\"title\": \"x\"}", Kind::Other),
            ("[{\"title\": \"x\"}]", Kind::Other),
            ("<?xml version='1.0'?><!-- x --><opml version='2.0'>", Kind::Opml),
            ("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>", Kind::Sitemap),
            ("<sitemapindex>", Kind::SitemapIndex),
            ("<!DOCTYPE html><html><head><title>Harbour</title>", Kind::Page),
            ("<!-- x --><!doctype html><title>Harbour</title><p>x", Kind::Page),
            ("<p class=x>It rained.", Kind::Page),
            (
                "<html><head><title>Index of /a/</title></head><body><pre><a href=\"../\">../</a>\n<a href=\"b.txt\">b.txt</a>",
                Kind::DirectoryIndex,
            ),
            ("<ListBucketResult><Name>x</Name>", Kind::DirectoryIndex),
            ("https://a.example/1\n# more\nhttp://b.example/2\n", Kind::UrlList),
            ("https://a.example/1 is where it stands.\nIt rained.", Kind::Other),
            ("<svg xmlns='http://www.w3.org/2000/svg'/>", Kind::Other),
            (
                "From ada@example.org Mon Jul  9 14:30:00 2018\nFrom: ada@example.org\nSubject: x\n\nx\n",
                Kind::Container,
            ),
            ("\u{1f}\u{8b}", Kind::Other),
            ("It rained.", Kind::Other),
            ("", Kind::Other),
        ] {
            assert_eq!(kind(text), expected, "{text}");
        }
        let gz = Document::from_bytes("x", "x", b"\x1f\x8b\x08\0\0\0\0\0\0\x03".to_vec());
        assert_eq!(kind_of(&gz), Kind::Container);
        let wide: Vec<u8> = "<rss>é".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(kind_of(&Document::from_bytes("x", "x", wide)), Kind::Feed);
    }

    #[test]
    fn a_declaration_decides_where_the_bytes_do_not() {
        let declared = |text: &str, media_type: &str| {
            let mut doc = Document::from_bytes("x", "x", text.as_bytes().to_vec());
            doc.media_type = Some(media_type.to_owned());
            kind_of(&doc)
        };
        assert_eq!(declared("<rss>", "text/html; charset=utf-8"), Kind::Feed);
        assert_eq!(declared("<!doctype html><p>Are you human?", "application/rss+xml"), Kind::Page);
        assert_eq!(declared("It rained. <p>More.", "text/html"), Kind::Page);
        assert_eq!(declared("<custom-element>x", "TEXT/HTML"), Kind::Page);
        assert_eq!(declared("<custom-element>x", "application/xml"), Kind::Other);
        assert_eq!(declared("{\"author\": {}, \"items\"", "application/feed+json"), Kind::JsonFeed);
        let prolog = format!("<?xml version='1.0'?><!-- {} --><rss>", "x".repeat(HEAD));
        assert_eq!(declared(&prolog, "application/rss+xml"), Kind::Feed);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_something(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300)) {
            let _ = kind_of(&Document::from_bytes("x", "x", bytes));
        }
    }
}
