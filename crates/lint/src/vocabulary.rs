//! The namespaces that feeds are written in.

use std::sync::LazyLock;

/// A namespace that the judge knows by its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Vocabulary {
    /// No namespace: RSS 0.9x and 2.0, OPML.
    None,
    Xml,
    Atom,
    /// Atom 0.3 and older drafts.
    OldAtom,
    App,
    Rdf,
    Rdfs,
    Foaf,
    Rss10,
    Rss090,
    DublinCore,
    DcTerms,
    Content,
    Slash,
    Wfw,
    Syndication,
    Admin,
    Aggregation,
    Annotation,
    Audio,
    Taxonomy,
    Trackback,
    Event,
    Wiki,
    Link,
    BlogChannel,
    CreativeCommons,
    Cc,
    Geo,
    GeoUrl,
    GeoRss,
    Gml,
    Itunes,
    Podcast,
    GooglePlay,
    Media,
    Thread,
    History,
    Tombstone,
    Sharing,
    OpenSearch,
    FeedBurner,
    Access,
    List,
    Conversations,
    Xhtml,
    Svg,
    MathMl,
    Xrds,
    Xrd,
    OpenId,
    /// One that is in wide use and not judged.
    Known,
    Unknown,
}

use Vocabulary as V;

/// Each namespace with the prefix that everybody uses for it.
const NAMESPACES: &[(&str, &str, Vocabulary)] = &[
    ("http://www.w3.org/XML/1998/namespace", "xml", V::Xml),
    // Some say that RSS 2.0 has a namespace. It has none, and no reader minds.
    ("http://backend.userland.com/rss2", "", V::None),
    ("http://backend.userland.com/RSS2", "", V::None),
    ("http://blogs.law.harvard.edu/tech/rss", "", V::None),
    ("http://www.w3.org/2005/Atom", "atom", V::Atom),
    ("http://purl.org/atom/ns#", "", V::OldAtom),
    ("http://example.com/newformat#", "", V::OldAtom),
    ("http://www.w3.org/2007/app", "app", V::App),
    ("http://purl.org/atom/app#", "app", V::App),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf", V::Rdf),
    ("http://www.w3.org/2000/01/rdf-schema#", "rdfs", V::Rdfs),
    ("http://xmlns.com/foaf/0.1/", "foaf", V::Foaf),
    ("http://purl.org/rss/1.0/", "", V::Rss10),
    ("http://my.netscape.com/rdf/simple/0.9/", "", V::Rss090),
    ("http://channel.netscape.com/rdf/simple/0.9/", "", V::Rss090),
    ("http://purl.org/dc/elements/1.1/", "dc", V::DublinCore),
    ("http://purl.org/dc/terms/", "dcterms", V::DcTerms),
    ("http://purl.org/rss/1.0/modules/content/", "content", V::Content),
    ("http://purl.org/rss/1.0/modules/slash/", "slash", V::Slash),
    ("http://wellformedweb.org/CommentAPI/", "wfw", V::Wfw),
    ("http://purl.org/rss/1.0/modules/syndication/", "sy", V::Syndication),
    ("http://webns.net/mvcb/", "admin", V::Admin),
    ("http://purl.org/rss/modules/aggregation/", "ag", V::Aggregation),
    ("http://purl.org/rss/1.0/modules/annotate/", "annotate", V::Annotation),
    ("http://media.tangent.org/rss/1.0/", "audio", V::Audio),
    ("http://purl.org/rss/1.0/modules/taxonomy/", "taxo", V::Taxonomy),
    ("http://madskills.com/public/xml/rss/module/trackback/", "trackback", V::Trackback),
    ("http://purl.org/rss/1.0/modules/event/", "ev", V::Event),
    ("http://purl.org/rss/1.0/modules/wiki/", "wiki", V::Wiki),
    ("http://www.purl.org/rss/1.0/modules/wiki/", "wiki", V::Wiki),
    ("http://purl.org/rss/1.0/modules/link/", "l", V::Link),
    ("http://backend.userland.com/blogChannelModule", "blogChannel", V::BlogChannel),
    ("http://backend.userland.com/creativeCommonsRssModule", "creativeCommons", V::CreativeCommons),
    ("http://cyber.law.harvard.edu/rss/creativeCommonsRssModule.html", "creativeCommons", V::CreativeCommons),
    ("http://web.resource.org/cc/", "cc", V::Cc),
    ("http://creativecommons.org/ns#", "cc", V::Cc),
    ("http://www.w3.org/2003/01/geo/wgs84_pos#", "geo", V::Geo),
    ("http://geourl.org/rss/module/", "geourl", V::GeoUrl),
    ("http://www.georss.org/georss", "georss", V::GeoRss),
    ("http://www.opengis.net/gml", "gml", V::Gml),
    ("http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes", V::Itunes),
    ("http://www.itunes.com/DTDs/Podcast-1.0.dtd", "itunes", V::Itunes),
    ("https://podcastindex.org/namespace/1.0", "podcast", V::Podcast),
    ("https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md", "podcast", V::Podcast),
    ("http://www.google.com/schemas/play-podcasts/1.0", "googleplay", V::GooglePlay),
    ("http://search.yahoo.com/mrss/", "media", V::Media),
    ("http://purl.org/syndication/thread/1.0", "thr", V::Thread),
    ("http://purl.org/syndication/history/1.0", "fh", V::History),
    ("http://purl.org/atompub/tombstones/1.0", "at", V::Tombstone),
    ("http://feedsync.org/2007/feedsync", "sx", V::Sharing),
    ("http://www.microsoft.com/schemas/rss/sse", "sx", V::Sharing),
    ("http://www.microsoft.com/schemas/sse", "sx", V::Sharing),
    ("http://a9.com/-/spec/opensearch/1.1/", "opensearch", V::OpenSearch),
    ("http://a9.com/-/spec/opensearchrss/1.0/", "openSearch", V::OpenSearch),
    ("http://rssnamespace.org/feedburner/ext/1.0", "feedburner", V::FeedBurner),
    ("http://www.bloglines.com/about/specs/fac-1.0", "access", V::Access),
    ("http://www.microsoft.com/schemas/rss/core/2005", "cf", V::List),
    ("http://conversationsnetwork.org/rssNamespace-1.0/", "conversationsNetwork", V::Conversations),
    ("http://www.w3.org/1999/xhtml", "xhtml", V::Xhtml),
    ("http://www.w3.org/2000/svg", "svg", V::Svg),
    ("http://www.w3.org/1998/Math/MathML", "mathml", V::MathMl),
    ("xri://$xrds", "xrds", V::Xrds),
    ("xri://$xrd*($v*2.0)", "", V::Xrd),
    ("http://openid.net/xmlns/1.0", "openid", V::OpenId),
    ("http://schemas.google.com/g/2005", "gd", V::Known),
    ("http://base.google.com/ns/1.0", "g", V::Known),
    ("http://www.w3.org/1999/xlink", "xlink", V::Known),
    ("http://my.theinfo.org/changed/1.0/rss/", "cp", V::Known),
    ("http://purl.org/rss/1.0/modules/company", "company", V::Known),
    ("http://purl.org/rss/1.0/modules/email/", "email", V::Known),
    ("http://purl.org/rss/1.0/modules/image/", "image", V::Known),
    ("http://purl.org/rss/1.0/modules/reference/", "ref", V::Known),
    ("http://purl.org/rss/1.0/modules/search/", "search", V::Known),
    ("http://purl.org/rss/1.0/modules/servicestatus/", "ss", V::Known),
    ("http://purl.org/rss/1.0/modules/streaming/", "str", V::Known),
    ("http://purl.org/rss/1.0/modules/subscription/", "sub", V::Known),
    ("http://purl.org/rss/1.0/modules/textinput/", "ti", V::Known),
    ("http://purl.org/rss/1.0/modules/threading/", "thr", V::Known),
    ("http://hacks.benhammersley.com/rss/streaming/", "str", V::Known),
    ("http://xmlns.com/foaf/0.1", "foaf", V::Known),
    ("http://www.w3.org/2002/07/owl#", "owl", V::Known),
    ("http://www.w3.org/2001/XMLSchema", "xsd", V::Known),
    ("http://www.w3.org/2001/XMLSchema-instance", "xsi", V::Known),
    ("http://prismstandard.org/namespaces/1.2/basic/", "prism", V::Known),
    ("http://prismstandard.org/namespaces/basic/2.0/", "prism", V::Known),
    ("http://rdfs.org/sioc/ns#", "sioc", V::Known),
    ("http://schemas.pocketsoap.com/rss/myDescModule/", "blog", V::Known),
    ("http://feed.pheedo.com/namespace/pheedo", "pheedo", V::Known),
    ("http://postneo.com/icbm/", "icbm", V::Known),
    ("http://www.rawvoice.com/rawvoiceRssModule/", "rawvoice", V::Known),
    ("http://rssnamespace.org/spotify/", "spotify", V::Known),
    ("http://www.spotify.com/ns/rss", "spotify", V::Known),
    ("http://newsml.net/", "newsml", V::Known),
    ("com-wordpress:feed-additions:1", "", V::Known),
    ("http://wordpress.org/export/1.2/", "wp", V::Known),
    ("http://pubsubhubbub.appspot.com/", "", V::Known),
    ("http://www.blogger.com/atom/ns#", "blogger", V::Known),
    ("http://purl.org/syndication/extensions/1.0", "", V::Known),
    ("http://schemas.microsoft.com/ado/2007/08/dataservices", "d", V::Known),
    ("http://schemas.microsoft.com/ado/2007/08/dataservices/metadata", "m", V::Known),
    ("http://www.youtube.com/xml/schemas/2015", "yt", V::Known),
];

/// No namespace that anybody knows is longer.
const LONGEST: usize = 200;

/// The addresses without what people get wrong about them.
static PLAIN: LazyLock<Vec<String>> = LazyLock::new(|| NAMESPACES.iter().map(|(known, ..)| plain(known)).collect());

fn plain(address: &str) -> String {
    let address = address.trim().trim_end_matches(['/', '#']).to_ascii_lowercase();
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    rest.map(|rest| rest.trim_start_matches("www.").to_owned()).unwrap_or(address)
}

impl Vocabulary {
    pub fn of_namespace(address: &str) -> Vocabulary {
        if address.is_empty() {
            return V::None;
        }
        let found = NAMESPACES.iter().find(|(known, ..)| *known == address);
        found.map_or_else(|| Self::nearly(address).map_or(V::Unknown, |(_, vocabulary)| vocabulary), |(.., v)| *v)
    }

    /// The namespace that is meant by an address which differs by case, a slash at the end, or `https`.
    pub fn nearly(address: &str) -> Option<(&'static str, Vocabulary)> {
        if address.len() > LONGEST || NAMESPACES.iter().any(|(known, ..)| *known == address) {
            return None;
        }
        let wanted = plain(address);
        let at = PLAIN.iter().position(|known| *known == wanted)?;
        Some((NAMESPACES[at].0, NAMESPACES[at].2))
    }

    /// The vocabulary that a prefix is used for by everybody.
    pub fn of_prefix(prefix: &str) -> Option<Vocabulary> {
        if prefix.is_empty() {
            return None;
        }
        NAMESPACES.iter().find(|(_, known, _)| *known == prefix).map(|(.., vocabulary)| *vocabulary)
    }

    /// The prefix that everybody uses; empty where there is none.
    pub fn prefix(self) -> &'static str {
        NAMESPACES.iter().find(|(.., vocabulary)| *vocabulary == self).map_or("", |(_, prefix, _)| prefix)
    }

    /// Whether its elements are known one by one, so that another one is a mistake.
    pub fn is_closed(self) -> bool {
        !matches!(
            self,
            V::Known
                | V::Unknown
                | V::Rdfs
                | V::Foaf
                | V::Xrd
                | V::Xrds
                | V::OpenId
                | V::Cc
                | V::Wiki
                | V::Gml
                | V::Annotation
                | V::Audio
                | V::GooglePlay
                | V::Podcast
                | V::OpenSearch
                | V::Aggregation
                | V::List
                | V::OldAtom
                | V::Rdf
                | V::Xhtml
                | V::Svg
                | V::MathMl
                | V::FeedBurner
        )
    }
}
