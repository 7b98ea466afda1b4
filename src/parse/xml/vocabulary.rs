//! Namespaces, as far as anything here knows them.

/// The vocabulary that the name of an element belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::parse) enum Vocabulary {
    /// No namespace, or one of the many of RSS, or that of sitemaps.
    Plain,
    /// Atom 1.0 and its drafts up to 0.3.
    Atom,
    /// The Atom Publishing Protocol.
    AtomPub,
    /// Dublin Core, elements and terms.
    DublinCore,
    /// The content module of RSS 1.0.
    Content,
    /// Media RSS.
    Media,
    /// Podcasts, by Apple, by Google and by the Podcast Index.
    Podcast,
    /// Atom threading extensions.
    Thread,
    /// FeedBurner.
    FeedBurner,
    /// The export of WordPress.
    WordPress,
    /// The export of Blogger.
    Blogger,
    /// XHTML, and what stands in it: SVG, MathML.
    Xhtml,
    /// RDF.
    Rdf,
    /// Licences.
    License,
    /// The syndication module of RSS 1.0: how often a feed is made anew.
    Syndication,
    /// The history of feeds (RFC 5005).
    History,
    /// The administrative module of RSS 1.0: what made a feed.
    Admin,
    /// News in sitemaps.
    News,
    /// Any other.
    Other,
}

impl Vocabulary {
    /// The vocabulary of a namespace.
    pub fn of_namespace(uri: &str) -> Vocabulary {
        const LONGEST: usize = 200;
        if uri.len() > LONGEST {
            return Vocabulary::Other;
        }
        let lower = uri.trim().to_ascii_lowercase();
        let uri = lower.trim_end_matches(['/', '#']);
        let bare = uri.strip_prefix("http://").or_else(|| uri.strip_prefix("https://")).unwrap_or(uri);
        match bare {
            "" => Vocabulary::Plain,
            "www.w3.org/2005/atom"
            | "purl.org/atom/ns"
            | "purl.org/echo"
            | "purl.org/pie"
            | "example.com/necho"
            | "example.com/newformat"
            | "uri/of/echo/namespace"
            | "purl.org/net/atom/ns" => Vocabulary::Atom,
            "purl.org/rss/1.0"
            | "my.netscape.com/rdf/simple/0.9"
            | "channel.netscape.com/rdf/simple/0.9"
            | "my.netscape.com/publish/formats/rss-0.91.dtd"
            | "my.netscape.com/rdf/simple/1.0"
            | "blogs.law.harvard.edu/tech/rss"
            | "purl.org/net/rss1.1"
            | "www.sitemaps.org/schemas/sitemap/0.9"
            | "www.google.com/schemas/sitemap/0.84"
            | "www.google.com/schemas/sitemap/0.9" => Vocabulary::Plain,
            "www.w3.org/2007/app" | "purl.org/atom/app" => Vocabulary::AtomPub,
            "purl.org/rss/1.0/modules/content" => Vocabulary::Content,
            "purl.org/syndication/thread/1.0" => Vocabulary::Thread,
            "www.w3.org/1999/xhtml" | "www.w3.org/2000/svg" | "www.w3.org/1998/math/mathml" => Vocabulary::Xhtml,
            "www.w3.org/1999/02/22-rdf-syntax-ns" => Vocabulary::Rdf,
            "purl.org/rss/1.0/modules/syndication" => Vocabulary::Syndication,
            "purl.org/syndication/history/1.0" => Vocabulary::History,
            "webns.net/mvcb" => Vocabulary::Admin,
            "web.resource.org/cc" | "creativecommons.org/ns" => Vocabulary::License,
            _ => by_part(bare),
        }
    }

    /// The vocabulary that people mean by a prefix which they did not declare.
    pub fn of_prefix(prefix: &str) -> Vocabulary {
        match prefix.to_ascii_lowercase().as_str() {
            "rss" => Vocabulary::Plain,
            "atom" | "atom10" | "atom03" => Vocabulary::Atom,
            "app" => Vocabulary::AtomPub,
            "dc" | "dcterms" => Vocabulary::DublinCore,
            "content" => Vocabulary::Content,
            "media" => Vocabulary::Media,
            "itunes" | "googleplay" | "podcast" => Vocabulary::Podcast,
            "thr" => Vocabulary::Thread,
            "feedburner" => Vocabulary::FeedBurner,
            "wp" | "excerpt" => Vocabulary::WordPress,
            "blogger" => Vocabulary::Blogger,
            "xhtml" | "html" | "svg" | "math" => Vocabulary::Xhtml,
            "rdf" => Vocabulary::Rdf,
            "creativecommons" | "cc" => Vocabulary::License,
            "sy" => Vocabulary::Syndication,
            "fh" => Vocabulary::History,
            "admin" => Vocabulary::Admin,
            "news" => Vocabulary::News,
            _ => Vocabulary::Other,
        }
    }
}

/// Namespaces that have versions, or were written in more than one way.
fn by_part(bare: &str) -> Vocabulary {
    const PARTS: &[(&str, Vocabulary)] = &[
        ("backend.userland.com/", Vocabulary::Plain),
        ("purl.org/dc/", Vocabulary::DublinCore),
        ("search.yahoo.com/mrss", Vocabulary::Media),
        ("itunes.com/dtds/podcast", Vocabulary::Podcast),
        ("/dtds/podcast-1.0.dtd", Vocabulary::Podcast),
        ("google.com/schemas/play-podcasts", Vocabulary::Podcast),
        ("podcastindex.org/namespace", Vocabulary::Podcast),
        ("podcast-namespace/blob/main/docs/1.0.md", Vocabulary::Podcast),
        ("rssnamespace.org/feedburner", Vocabulary::FeedBurner),
        ("wordpress.org/export/", Vocabulary::WordPress),
        ("schemas.google.com/blogger/", Vocabulary::Blogger),
        ("google.com/schemas/sitemap-news/", Vocabulary::News),
        ("creativecommonsrssmodule", Vocabulary::License),
    ];
    PARTS.iter().find(|(part, _)| bare.contains(part)).map_or(Vocabulary::Other, |(_, vocabulary)| *vocabulary)
}

#[cfg(test)]
mod tests {
    use super::Vocabulary::*;
    use super::*;

    #[test]
    fn namespaces_as_they_are_written() {
        for (uri, vocabulary) in [
            ("http://www.w3.org/2005/Atom", Atom),
            (" https://www.w3.org/2005/Atom/ ", Atom),
            ("http://purl.org/atom/ns#", Atom),
            ("http://purl.org/rss/1.0/", Plain),
            ("http://backend.userland.com/RSS2", Plain),
            ("http://purl.org/dc/terms/", DublinCore),
            ("HTTP://search.yahoo.com/mrss", Media),
            ("http://www.iTunes.com/DTDs/Podcast-1.0.dtd", Podcast),
            ("http://wordpress.org/export/1.2/excerpt/", WordPress),
            ("http://purl.org/rss/1.0/modules/content/", Content),
            ("http://purl.org/rss/1.0/modules/syndication/", Syndication),
            ("http://purl.org/syndication/history/1.0", History),
            ("http://webns.net/mvcb/", Admin),
            ("http://www.google.com/schemas/sitemap-news/0.9", News),
            ("http://www.sitemaps.org/schemas/sitemap/0.9", Plain),
            ("http://schemas.google.com/blogger/2018", Blogger),
            ("http://purl.org/rss/1.0/modules/slash/", Other),
            ("http://example.org/vocabulary", Other),
        ] {
            assert_eq!(Vocabulary::of_namespace(uri), vocabulary, "{uri}");
        }
        assert_eq!(Vocabulary::of_namespace(&"x".repeat(1 << 20)), Other);
    }
}
