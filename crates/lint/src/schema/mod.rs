//! What each element demands: as tables, so that a clause of a specification is a line here.

pub(super) mod app;
pub(super) mod atom;
pub(super) mod extensions;
pub(super) mod media;
pub(super) mod opml;
pub(super) mod podcast;
pub(super) mod rdf;
pub(super) mod rss;
pub(super) mod sharing;

use super::grammar::Grammar;
use super::rules::Rule;
use super::vocabulary::Vocabulary;

/// An element as its specification describes it.
#[derive(Debug)]
pub(super) struct Element {
    pub clause: &'static str,
    pub content: Content,
    pub attributes: &'static [Attribute],
    pub children: &'static [Child],
    /// Which extensions may stand in it.
    pub place: Places,
    /// What tables cannot say.
    pub hook: Hook,
}

/// What may stand between the tags.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::enum_variant_names, reason = "RFC 4287 names its constructs so")]
pub(super) enum Content {
    Elements,
    Value(Grammar),
    Empty,
    /// Whatever it likes: nobody judges it.
    Anything,
    /// RFC 4287 section 3.1.
    AtomText,
    /// RFC 4287 section 4.1.3.
    AtomContent,
    /// Text whose `type` is `plain` or `html`.
    MediaText,
    /// Elements of XHTML.
    Xhtml,
    /// A value, or a description in RDF.
    ValueOrRdf(Grammar),
}

/// An attribute that an element may have.
#[derive(Debug)]
pub(super) struct Attribute {
    pub vocabulary: Vocabulary,
    pub name: &'static str,
    pub need: Need,
    pub grammar: Grammar,
}

/// An element that may stand in another.
#[derive(Debug)]
pub(super) struct Child {
    pub vocabulary: Vocabulary,
    pub name: &'static str,
    pub need: Need,
    pub element: &'static Element,
}

/// How often something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// Once.
    One,
    /// Once at least.
    Some,
    /// Once, and it is missed without being an error.
    Wanted,
    /// Once at most.
    Optional,
    Any,
}

/// An element of an extension: where it may stand.
#[derive(Debug)]
pub(super) struct Extension {
    pub name: &'static str,
    pub places: Places,
    pub need: Need,
    pub element: &'static Element,
}

/// A set of kinds of elements, as bits.
pub(super) type Places = u16;
pub(super) const NOWHERE: Places = 0;
pub(super) const FEED: Places = 1;
pub(super) const ENTRY: Places = 2;
pub(super) const SOURCE: Places = 4;
pub(super) const ROOT: Places = 8;
pub(super) const IMAGE: Places = 16;
pub(super) const PERSON: Places = 32;
pub(super) const MEDIA: Places = 64;
pub(super) const LINK: Places = 128;
pub(super) const OUTLINE: Places = 256;
pub(super) const INPUT: Places = 512;
pub(super) const COLLECTION: Places = 1024;

/// What is looked at beside the tables, when an element ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hook {
    None,
    Rss,
    Channel,
    Item,
    RdfChannel,
    RdfItem,
    Feed,
    Entry,
    Source,
    Link,
    Category,
    AtomId,
    AtomUpdated,
    PersonName,
    Title,
    Guid,
    Enclosure,
    Image,
    ImageUrl,
    ImageTitle,
    ImageLink,
    ChannelLink,
    SkipHours,
    SkipDays,
    SkipValue,
    Cloud,
    Docs,
    ItemDescription,
    GeoWhere,
    TextInput,
    ContentEncoded,
    XhtmlBody,
    Comments,
    CommentRss,
    Outline,
    Opml,
    Li,
    ItunesCategory,
    ItunesOwner,
    ItunesYes,
    ItunesExplicit,
    MediaGroup,
    MediaContent,
    MediaHash,
    MediaRating,
    MediaRestriction,
    MediaCredit,
    Complete,
    Archive,
    Tombstone,
    Categories,
    Collection,
    Meta,
    Sharing,
    SharingSync,
    SharingHistory,
    Queries,
    Query,
    SearchUrl,
    Deprecated(&'static Rule),
}

impl Element {
    /// An element that holds a value and has no attributes.
    pub const fn value(clause: &'static str, grammar: Grammar) -> Element {
        Element::of(clause, Content::Value(grammar))
    }

    pub const fn of(clause: &'static str, content: Content) -> Element {
        Element { clause, content, attributes: &[], children: &[], place: NOWHERE, hook: Hook::None }
    }

    pub const fn parent(clause: &'static str, children: &'static [Child]) -> Element {
        Element { children, ..Element::of(clause, Content::Elements) }
    }

    pub const fn with(self, attributes: &'static [Attribute]) -> Element {
        Element { attributes, ..self }
    }

    pub const fn at(self, place: Places) -> Element {
        Element { place, ..self }
    }

    pub const fn hook(self, hook: Hook) -> Element {
        Element { hook, ..self }
    }
}

/// A child in the vocabulary of its parent.
pub(super) const fn child(vocabulary: Vocabulary, name: &'static str, need: Need, element: &'static Element) -> Child {
    Child { vocabulary, name, need, element }
}

/// An attribute without a namespace.
pub(super) const fn attribute(name: &'static str, need: Need, grammar: Grammar) -> Attribute {
    Attribute { vocabulary: Vocabulary::None, name, need, grammar }
}

/// An attribute of RDF.
pub(super) const fn rdf(name: &'static str, need: Need, grammar: Grammar) -> Attribute {
    Attribute { vocabulary: Vocabulary::Rdf, name, need, grammar }
}

pub(super) const fn extension(name: &'static str, places: Places, need: Need, element: &'static Element) -> Extension {
    Extension { name, places, need, element }
}

/// What nobody judges.
pub(super) static ANYTHING: Element = Element::of("", Content::Anything);
/// XHTML inside of feeds.
pub(super) static XHTML: Element = Element::of("RFC 4287 3.1.1.3", Content::Xhtml);

/// The extension element of that name; of several rows the one for that place, if there is one.
pub(super) fn find(vocabulary: Vocabulary, name: &str, place: Places) -> Option<&'static Extension> {
    let mut rows = table(vocabulary).iter().filter(|extension| extension.name == name);
    let first = rows.next()?;
    if first.places & place != 0 {
        return Some(first);
    }
    Some(rows.find(|row| row.places & place != 0).unwrap_or(first))
}

/// The table of a vocabulary that extends feeds.
fn table(vocabulary: Vocabulary) -> &'static [Extension] {
    use Vocabulary as V;
    match vocabulary {
        V::DublinCore => extensions::DUBLIN_CORE,
        V::DcTerms => extensions::DC_TERMS,
        V::Content => extensions::CONTENT,
        V::Slash => extensions::SLASH,
        V::Wfw => extensions::WFW,
        V::Syndication => extensions::SYNDICATION,
        V::Admin => extensions::ADMIN,
        V::Aggregation => extensions::AGGREGATION,
        V::Trackback => extensions::TRACKBACK,
        V::Event => extensions::EVENT,
        V::Link => extensions::LINK_MODULE,
        V::List => extensions::LIST,
        V::Annotation => extensions::ANNOTATION,
        V::BlogChannel => extensions::BLOG_CHANNEL,
        V::CreativeCommons => extensions::CREATIVE_COMMONS,
        V::Cc => extensions::CC,
        V::Geo => extensions::GEO,
        V::GeoUrl => extensions::GEO_URL,
        V::GeoRss => extensions::GEO_RSS,
        V::Taxonomy => extensions::TAXONOMY,
        V::Access => extensions::ACCESS,
        V::FeedBurner => extensions::FEED_BURNER,
        V::Conversations => extensions::CONVERSATIONS,
        V::OpenSearch => extensions::OPEN_SEARCH,
        V::Xhtml => extensions::XHTML_IN_RSS,
        V::Atom => atom::IN_RSS,
        V::Thread => atom::THREAD,
        V::History => atom::HISTORY,
        V::Tombstone => atom::TOMBSTONE,
        V::App => app::EXTENSIONS,
        V::Itunes => podcast::ITUNES,
        V::Podcast => podcast::PODCAST,
        V::Media => media::MEDIA_RSS,
        V::Sharing => sharing::SHARING,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The judge keeps what it has seen of an element's children in 64 bits.
    #[test]
    fn no_element_has_more_children_than_are_counted() {
        for element in [&rss::CHANNEL, &rss::ITEM, &atom::FEED_ROOT, &atom::ENTRY_ROOT, &rdf::ROOT, &opml::HEAD] {
            assert!(element.children.len() <= 64, "{}", element.clause);
        }
    }
}
