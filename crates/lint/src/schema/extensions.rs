//! Modules of RSS 1.0 and other small extensions.

use super::{
    ANYTHING, COLLECTION, Child, Content, ENTRY, Element, Extension, FEED, Hook, IMAGE, INPUT, MEDIA, Need, ROOT,
    SOURCE, XHTML, attribute, child, extension, rdf,
};
use crate::grammar::Grammar as G;
use crate::rules::extension as rules;
use crate::vocabulary::Vocabulary as V;

const EVERYWHERE: u16 = FEED | ENTRY | SOURCE | IMAGE | INPUT | COLLECTION | MEDIA;

const DC: &str = "Dublin Core 1.1";
static DC_TEXT: Element = Element::of(DC, Content::ValueOrRdf(G::PlainOrNothing));
static DC_DESCRIPTION: Element = Element::of(DC, Content::ValueOrRdf(G::Any));
static DC_PERSON: Element = Element::of(DC, Content::ValueOrRdf(G::Plain));
static DC_DATE: Element = Element::of(DC, Content::ValueOrRdf(G::W3cDate));
static DC_LANGUAGE: Element = Element::of(DC, Content::ValueOrRdf(G::Language));
pub(crate) static DUBLIN_CORE: &[Extension] = &[
    extension("title", EVERYWHERE, Need::Any, &DC_TEXT),
    extension("creator", EVERYWHERE, Need::Any, &DC_PERSON),
    extension("subject", EVERYWHERE, Need::Any, &DC_TEXT),
    extension("description", EVERYWHERE, Need::Any, &DC_DESCRIPTION),
    extension("publisher", EVERYWHERE, Need::Any, &DC_PERSON),
    extension("contributor", EVERYWHERE, Need::Any, &DC_PERSON),
    extension("date", FEED, Need::Optional, &DC_DATE),
    extension("date", EVERYWHERE, Need::Any, &DC_DATE),
    extension("type", EVERYWHERE, Need::Any, &DC_TEXT),
    extension("format", EVERYWHERE, Need::Any, &DC_TEXT),
    extension("identifier", EVERYWHERE, Need::Any, &DC_TEXT),
    extension("source", EVERYWHERE, Need::Any, &DC_TEXT),
    extension("language", FEED, Need::Optional, &DC_LANGUAGE),
    extension("language", EVERYWHERE, Need::Any, &DC_LANGUAGE),
    extension("relation", EVERYWHERE, Need::Any, &DC_TEXT),
    extension("coverage", EVERYWHERE, Need::Any, &DC_TEXT),
    extension("rights", EVERYWHERE, Need::Any, &DC_TEXT),
];

static TERM: Element = Element::of("DCMI Metadata Terms", Content::Anything);
static TERM_DATE: Element = Element::of("DCMI Metadata Terms", Content::ValueOrRdf(G::W3cDate));
static TERM_PERIOD: Element = Element::of("DCMI Metadata Terms", Content::ValueOrRdf(G::W3cPeriod));
const fn term(name: &'static str) -> Extension {
    extension(name, EVERYWHERE, Need::Any, &TERM)
}
const fn dated(name: &'static str) -> Extension {
    extension(name, EVERYWHERE, Need::Any, &TERM_DATE)
}
pub(crate) static DC_TERMS: &[Extension] = &[
    term("abstract"),
    term("accessRights"),
    term("accrualMethod"),
    term("accrualPeriodicity"),
    term("accrualPolicy"),
    term("alternative"),
    term("audience"),
    extension("available", EVERYWHERE, Need::Any, &TERM_PERIOD),
    term("bibliographicCitation"),
    term("conformsTo"),
    term("contributor"),
    term("coverage"),
    dated("created"),
    term("creator"),
    dated("date"),
    dated("dateAccepted"),
    dated("dateCopyrighted"),
    dated("dateSubmitted"),
    term("description"),
    term("educationLevel"),
    term("extent"),
    term("format"),
    term("hasFormat"),
    term("hasPart"),
    term("hasVersion"),
    term("identifier"),
    term("instructionalMethod"),
    term("isFormatOf"),
    term("isPartOf"),
    term("isReferencedBy"),
    term("isReplacedBy"),
    term("isRequiredBy"),
    term("isVersionOf"),
    dated("issued"),
    extension("language", EVERYWHERE, Need::Any, &DC_LANGUAGE),
    term("license"),
    term("mediator"),
    term("medium"),
    dated("modified"),
    term("provenance"),
    term("publisher"),
    term("references"),
    term("relation"),
    term("replaces"),
    term("requires"),
    term("rights"),
    term("rightsHolder"),
    term("source"),
    term("spatial"),
    term("subject"),
    term("tableOfContents"),
    term("temporal"),
    term("title"),
    term("type"),
    extension("valid", EVERYWHERE, Need::Any, &TERM_PERIOD),
];

static ENCODED: Element =
    Element::value("mod_content; RSS profile, content:encoded", G::Html).hook(Hook::ContentEncoded);
static ITEMS: Element = Element::of("mod_content", Content::Anything);
pub(crate) static CONTENT: &[Extension] =
    &[extension("encoded", ENTRY, Need::Optional, &ENCODED), extension("items", ENTRY, Need::Optional, &ITEMS)];

static COUNT: Element = Element::value("mod_slash", G::NonNegative);
static COMMENTS: Element = Element::value("mod_slash", G::NonNegative).hook(Hook::Comments);
static WORD: Element = Element::value("mod_slash", G::Plain);
static PARADE: Element = Element::value("mod_slash", G::CommaList);
pub(crate) static SLASH: &[Extension] = &[
    extension("section", ENTRY, Need::Optional, &WORD),
    extension("department", ENTRY, Need::Optional, &WORD),
    extension("comments", ENTRY, Need::Optional, &COMMENTS),
    extension("hit_parade", ENTRY, Need::Optional, &PARADE),
    extension("hit", ENTRY, Need::Optional, &COUNT),
    extension("hitParade", ENTRY, Need::Optional, &PARADE),
];

static ADDRESS: Element = Element::value("the module's description", G::Full);
static COMMENT_RSS: Element = Element::value("CommentAPI", G::Full).hook(Hook::CommentRss);
pub(crate) static WFW: &[Extension] = &[
    extension("comment", ENTRY, Need::Optional, &ADDRESS),
    extension("commentRss", ENTRY, Need::Optional, &ADDRESS),
    extension("commentRSS", ENTRY, Need::Optional, &COMMENT_RSS),
];

static PERIOD: Element = Element::value("mod_syndication", G::Period);
static FREQUENCY: Element = Element::value("mod_syndication", G::Positive);
static BASE: Element = Element::value("mod_syndication", G::W3cDate);
pub(crate) static SYNDICATION: &[Extension] = &[
    extension("updatePeriod", FEED, Need::Optional, &PERIOD),
    extension("updateFrequency", FEED, Need::Optional, &FREQUENCY),
    extension("updateBase", FEED, Need::Optional, &BASE),
];

static RESOURCE: Element = Element::of("mod_admin", Content::Empty).with(&[rdf("resource", Need::One, G::Full)]);
pub(crate) static ADMIN: &[Extension] = &[
    extension("generatorAgent", FEED, Need::Optional, &RESOURCE),
    extension("errorReportsTo", FEED, Need::Optional, &RESOURCE),
];

static AG_TEXT: Element = Element::value("mod_aggregation", G::Plain);
static AG_ADDRESS: Element = Element::value("mod_aggregation", G::Full);
static AG_TIME: Element = Element::value("mod_aggregation", G::IsoDate);
pub(crate) static AGGREGATION: &[Extension] = &[
    extension("source", ENTRY, Need::Optional, &AG_TEXT),
    extension("sourceURL", ENTRY, Need::Optional, &AG_ADDRESS),
    extension("timestamp", ENTRY, Need::Optional, &AG_TIME),
];

/// RSS 2.0 writes the address as text, RSS 1.0 as an attribute: the hook of the parent's format decides.
static TRACKBACK_TEXT: Element = Element::value("TrackBack module", G::Full);
pub(crate) static TRACKBACK: &[Extension] =
    &[extension("ping", ENTRY, Need::Optional, &TRACKBACK_TEXT), extension("about", ENTRY, Need::Any, &TRACKBACK_TEXT)];
/// The same in RSS 1.0.
pub(crate) static TRACKBACK_RDF: Element =
    Element::of("TrackBack module", Content::Anything).with(&[rdf("resource", Need::One, G::Full)]);

static EV_DATE: Element = Element::value("mod_event", G::IsoDate);
static EV_TEXT: Element = Element::value("mod_event", G::Plain);
pub(crate) static EVENT: &[Extension] = &[
    extension("startdate", ENTRY, Need::Optional, &EV_DATE),
    extension("enddate", ENTRY, Need::Optional, &EV_DATE),
    extension("location", ENTRY, Need::Optional, &EV_TEXT),
    extension("organizer", ENTRY, Need::Optional, &EV_TEXT),
    extension("type", ENTRY, Need::Optional, &EV_TEXT),
];

const fn of_link(name: &'static str, grammar: G) -> super::Attribute {
    super::Attribute { vocabulary: V::Link, name, need: Need::Optional, grammar }
}
static LINKED: Element = Element::of("mod_link", Content::Anything).with(&[
    rdf("resource", Need::One, G::Full),
    of_link("rel", G::Any),
    of_link("type", G::MediaType),
    of_link("lang", G::Language),
    of_link("title", G::Any),
]);
pub(crate) static LINK_MODULE: &[Extension] = &[
    extension("link", FEED | ENTRY, Need::Any, &LINKED),
    extension("permalink", FEED | ENTRY, Need::Optional, &LINKED),
];

static ANNOTATED: Element =
    Element::of("mod_annotation", Content::Anything).with(&[rdf("resource", Need::One, G::Full)]);
pub(crate) static ANNOTATION: &[Extension] = &[extension("reference", ENTRY, Need::Any, &ANNOTATED)];

pub(crate) static BLOG_CHANNEL: &[Extension] = &[
    extension("blogRoll", FEED, Need::Optional, &ADDRESS),
    extension("mySubscriptions", FEED, Need::Optional, &ADDRESS),
    extension("blink", FEED, Need::Optional, &ADDRESS),
    extension("changes", FEED, Need::Optional, &ADDRESS),
];

static LICENSE: Element = Element::value("creativeCommons RSS module", G::Full);
pub(crate) static CREATIVE_COMMONS: &[Extension] = &[extension("license", FEED | ENTRY | SOURCE, Need::Any, &LICENSE)];
static CC_LICENSE: Element = Element::of("mod_cc", Content::Anything)
    .with(&[rdf("resource", Need::One, G::Full), rdf("about", Need::Optional, G::Any)]);
pub(crate) static CC: &[Extension] = &[
    extension("license", FEED | ENTRY | IMAGE | INPUT, Need::Any, &CC_LICENSE),
    extension("License", ROOT, Need::Any, &ANYTHING),
];

static LATITUDE: Element = Element::value("WGS84 vocabulary", G::Latitude);
static LONGITUDE: Element = Element::value("WGS84 vocabulary", G::Longitude);
static ALTITUDE: Element = Element::value("WGS84 vocabulary", G::Float);
static POINT: Element = Element::parent(
    "WGS84 vocabulary",
    &[
        child(V::Geo, "lat", Need::One, &LATITUDE),
        child(V::Geo, "long", Need::One, &LONGITUDE),
        child(V::Geo, "alt", Need::Optional, &ALTITUDE),
    ],
);
pub(crate) static GEO: &[Extension] = &[
    extension("lat", FEED | ENTRY, Need::Optional, &LATITUDE),
    extension("long", FEED | ENTRY, Need::Optional, &LONGITUDE),
    extension("alt", FEED | ENTRY, Need::Optional, &ALTITUDE),
    extension("Point", FEED | ENTRY, Need::Optional, &POINT),
    extension("lat_long", FEED | ENTRY, Need::Optional, &ANYTHING),
    extension("location", FEED | ENTRY, Need::Optional, &ANYTHING),
];
pub(crate) static GEO_URL: &[Extension] = &[
    extension("latitude", FEED | ENTRY, Need::Optional, &LATITUDE),
    extension("longitude", FEED | ENTRY, Need::Optional, &LONGITUDE),
];

const GEORSS: &str = "GeoRSS 2";
static GEO_POINT: Element = Element::value(GEORSS, G::Points(1, 1));
static GEO_LINE: Element = Element::value(GEORSS, G::Points(2, usize::MAX));
static GEO_POLYGON: Element = Element::value(GEORSS, G::Ring);
static GEO_BOX: Element = Element::value(GEORSS, G::Points(2, 2));
static GEO_TEXT: Element = Element::value(GEORSS, G::Plain);
static GEO_NUMBER: Element = Element::value(GEORSS, G::Float);
static GEO_FLOOR: Element = Element::value(GEORSS, G::Integer);
const fn gml(name: &'static str, element: &'static Element) -> Child {
    child(V::Gml, name, Need::Optional, element)
}
static WHERE: Element = Element::parent(
    "GeoRSS GML",
    &[gml("Point", &GML_POINT), gml("LineString", &GML_LINE), gml("Polygon", &GML_POLYGON), gml("Envelope", &GML_BOX)],
)
.hook(Hook::GeoWhere);
static GML_POINT: Element = Element::parent("GeoRSS GML", &[child(V::Gml, "pos", Need::One, &GEO_POINT)]).with(SRS);
static GML_LINE: Element = Element::parent("GeoRSS GML", &[child(V::Gml, "posList", Need::One, &GEO_LINE)]).with(SRS);
static GML_POLYGON: Element =
    Element::parent("GeoRSS GML", &[child(V::Gml, "exterior", Need::One, &GML_EXTERIOR)]).with(SRS);
static GML_EXTERIOR: Element = Element::parent("GeoRSS GML", &[child(V::Gml, "LinearRing", Need::One, &GML_RING)]);
static GML_RING: Element = Element::parent("GeoRSS GML", &[child(V::Gml, "posList", Need::One, &GEO_POLYGON)]);
static GML_BOX: Element = Element::parent(
    "GeoRSS GML",
    &[child(V::Gml, "lowerCorner", Need::One, &GEO_POINT), child(V::Gml, "upperCorner", Need::One, &GEO_POINT)],
)
.with(SRS);
const SRS: &[super::Attribute] =
    &[attribute("srsName", Need::Optional, G::Any), attribute("srsDimension", Need::Optional, G::Any)];
pub(crate) static GEO_RSS: &[Extension] = &[
    extension("where", EVERYWHERE, Need::Optional, &WHERE),
    extension("point", EVERYWHERE, Need::Optional, &GEO_POINT),
    extension("line", EVERYWHERE, Need::Optional, &GEO_LINE),
    extension("polygon", EVERYWHERE, Need::Optional, &GEO_POLYGON),
    extension("box", EVERYWHERE, Need::Optional, &GEO_BOX),
    extension("circle", EVERYWHERE, Need::Optional, &GEO_TEXT),
    extension("featuretypetag", EVERYWHERE, Need::Optional, &GEO_TEXT),
    extension("relationshiptag", EVERYWHERE, Need::Optional, &GEO_TEXT),
    extension("featurename", EVERYWHERE, Need::Optional, &GEO_TEXT),
    extension("elev", EVERYWHERE, Need::Optional, &GEO_NUMBER),
    extension("floor", EVERYWHERE, Need::Optional, &GEO_FLOOR),
    extension("radius", EVERYWHERE, Need::Optional, &GEO_NUMBER),
];

const LIST_CLAUSE: &str = "Simple List Extensions 1.0";
static TREAT_AS: Element = Element::value(LIST_CLAUSE, G::Choice(&["list"], &rules::LIST_TREAT));
static LIST_INFO: Element = Element::parent(
    LIST_CLAUSE,
    &[child(V::List, "sort", Need::Any, &SORT), child(V::List, "group", Need::Any, &LIST_GROUP)],
);
static SORT: Element = Element::of(LIST_CLAUSE, Content::Anything).with(&[
    attribute("ns", Need::Optional, G::Any),
    attribute("element", Need::Optional, G::Any),
    attribute("label", Need::Optional, G::Any),
    attribute("data-type", Need::Optional, G::Choice(&["date", "number", "text"], &rules::LIST_TYPE)),
    attribute("default", Need::Optional, G::Any),
]);
static LIST_GROUP: Element = Element::of(LIST_CLAUSE, Content::Anything).with(&[
    attribute("ns", Need::Optional, G::Any),
    attribute("element", Need::One, G::Text),
    attribute("label", Need::Optional, G::Any),
]);
pub(crate) static LIST: &[Extension] =
    &[extension("treatAs", FEED, Need::Optional, &TREAT_AS), extension("listinfo", FEED, Need::Optional, &LIST_INFO)];

static TAXO: Element = Element::of("mod_taxonomy", Content::Anything);
pub(crate) static TAXONOMY: &[Extension] = &[
    extension("topics", FEED | ENTRY, Need::Any, &TAXO),
    extension("topic", FEED | ENTRY | ROOT, Need::Any, &TAXO),
    extension("link", FEED | ENTRY, Need::Any, &TAXO),
];

static RESTRICTION: Element = Element::of("Feed access control 1.0", Content::Empty).with(&[attribute(
    "relationship",
    Need::One,
    G::Choice(&["allow", "deny"], &rules::ACCESS),
)]);
pub(crate) static ACCESS: &[Extension] = &[extension("restriction", FEED | ROOT, Need::Optional, &RESTRICTION)];

const BURNER: &str = "FeedBurner namespace";
static BURNER_ADDRESS: Element = Element::value(BURNER, G::Full);
static BURNER_TEXT: Element = Element::value(BURNER, G::Plain);
static BURNER_NUMBER: Element = Element::value(BURNER, G::BlogId);
static FLARE: Element = Element::value(BURNER, G::PlainOrNothing)
    .with(&[attribute("href", Need::Optional, G::Reference), attribute("src", Need::Optional, G::Reference)]);
static BURNER_INFO: Element = Element::of(BURNER, Content::Anything).with(&[attribute("uri", Need::Optional, G::Any)]);
static LOGO: Element = Element::of(BURNER, Content::Anything);
pub(crate) static FEED_BURNER: &[Extension] = &[
    extension("awareness", FEED | ENTRY, Need::Optional, &BURNER_ADDRESS),
    extension("origLink", ENTRY, Need::Optional, &BURNER_ADDRESS),
    extension("origEnclosureLink", ENTRY, Need::Optional, &BURNER_ADDRESS),
    extension("feedburnerHostname", FEED, Need::Optional, &BURNER_ADDRESS),
    extension("feedFlare", FEED | ENTRY, Need::Any, &FLARE),
    extension("browserFriendly", FEED, Need::Optional, &BURNER_TEXT),
    extension("emailServiceId", FEED, Need::Optional, &BURNER_NUMBER),
    extension("info", FEED, Need::Optional, &BURNER_INFO),
    extension("emailAddress", FEED, Need::Optional, &BURNER_TEXT),
    extension("logo", FEED, Need::Optional, &LOGO),
];

const CONVERSATIONS_CLAUSE: &str = "Conversations Network namespace";
static RATING: Element = Element::value(CONVERSATIONS_CLAUSE, G::Float);
static RATINGS: Element = Element::value(CONVERSATIONS_CLAUSE, G::NonNegative);
static RATED: Element = Element::value(CONVERSATIONS_CLAUSE, G::Positive);
static PICTURE: Element = Element::value(CONVERSATIONS_CLAUSE, G::Web);
pub(crate) static CONVERSATIONS: &[Extension] = &[
    extension("introMilliseconds", ENTRY, Need::Optional, &RATINGS),
    extension("image", FEED | ENTRY, Need::Optional, &PICTURE),
    extension("bucket", FEED | ENTRY, Need::Optional, &ANYTHING),
    extension("ratingAverage", ENTRY, Need::Optional, &RATING),
    extension("ratingCount", ENTRY, Need::Optional, &RATINGS),
    extension("ratingIndividual", ENTRY, Need::Optional, &RATED),
];

const SEARCH: &str = "OpenSearch 1.1";
static TOTAL: Element = Element::value(SEARCH, G::NonNegative);
static QUERY: Element = Element::of(SEARCH, Content::Empty)
    .with(&[
        attribute("role", Need::One, G::Text),
        attribute("title", Need::Optional, G::Short(256)),
        attribute("totalResults", Need::Optional, G::NonNegative),
        attribute("searchTerms", Need::Optional, G::Encoded),
        attribute("count", Need::Optional, G::NonNegative),
        attribute("startIndex", Need::Optional, G::Integer),
        attribute("startPage", Need::Optional, G::Integer),
        attribute("language", Need::Optional, G::Any),
        attribute("inputEncoding", Need::Optional, G::Any),
        attribute("outputEncoding", Need::Optional, G::Any),
    ])
    .hook(Hook::Query);
pub(crate) static OPEN_SEARCH: &[Extension] = &[
    extension("totalResults", FEED, Need::Optional, &TOTAL),
    extension("startIndex", FEED, Need::Optional, &TOTAL),
    extension("itemsPerPage", FEED, Need::Optional, &TOTAL),
    extension("Query", FEED, Need::Any, &QUERY),
    extension("link", FEED, Need::Any, &ANYTHING),
];
/// A description of a search engine.
pub(crate) static SEARCH_DESCRIPTION: Element = Element::parent(
    "OpenSearch 1.1",
    &[
        child(V::OpenSearch, "ShortName", Need::One, &SHORT_NAME),
        child(V::OpenSearch, "Description", Need::One, &SEARCH_TEXT),
        child(V::OpenSearch, "Url", Need::Some, &URL),
        child(V::OpenSearch, "Contact", Need::Optional, &CONTACT),
        child(V::OpenSearch, "Tags", Need::Optional, &TAGS),
        child(V::OpenSearch, "LongName", Need::Optional, &LONG_NAME),
        child(V::OpenSearch, "Image", Need::Any, &SEARCH_IMAGE),
        child(V::OpenSearch, "Query", Need::Any, &QUERY),
        child(V::OpenSearch, "Developer", Need::Optional, &DEVELOPER),
        child(V::OpenSearch, "Attribution", Need::Optional, &ATTRIBUTION),
        child(V::OpenSearch, "SyndicationRight", Need::Optional, &RIGHT),
        child(V::OpenSearch, "AdultContent", Need::Optional, &ADULT),
        child(V::OpenSearch, "Language", Need::Any, &SEARCH_LANGUAGE),
        child(V::OpenSearch, "InputEncoding", Need::Any, &ANYTHING),
        child(V::OpenSearch, "OutputEncoding", Need::Any, &ANYTHING),
    ],
)
.at(FEED)
.hook(Hook::Queries);
static ADULT: Element =
    Element::value(SEARCH, G::ChoiceAnyCase(&["true", "false", "yes", "no", "1", "0"], &rules::SEARCH_ADULT));
static SHORT_NAME: Element = Element::value(SEARCH, G::Short(16));
static SEARCH_TEXT: Element = Element::value(SEARCH, G::Short(1024));
static TAGS: Element = Element::value(SEARCH, G::Short(256));
static LONG_NAME: Element = Element::value(SEARCH, G::Short(48));
static DEVELOPER: Element = Element::value(SEARCH, G::Short(64));
static ATTRIBUTION: Element = Element::value(SEARCH, G::Short(256));
static CONTACT: Element = Element::value(SEARCH, G::Mail);
static SEARCH_LANGUAGE: Element = Element::value(SEARCH, G::Any);
static RIGHT: Element =
    Element::value(SEARCH, G::ChoiceAnyCase(&["open", "limited", "private", "closed"], &rules::RIGHT));
static SEARCH_IMAGE: Element = Element::value(SEARCH, G::Full).with(&[
    attribute("width", Need::Optional, G::NonNegative),
    attribute("height", Need::Optional, G::NonNegative),
    attribute("type", Need::Optional, G::MediaType),
]);
static URL: Element = Element::of(SEARCH, Content::Anything)
    .with(&[
        attribute("template", Need::One, G::Any),
        attribute("type", Need::One, G::MediaType),
        attribute("rel", Need::Optional, G::Any),
        attribute("method", Need::Optional, G::Any),
        attribute("indexOffset", Need::Optional, G::Integer),
        attribute("pageOffset", Need::Optional, G::Integer),
    ])
    .hook(Hook::SearchUrl);

static BODY: Element = Element { hook: Hook::XhtmlBody, ..Element::of("RSS profile, xhtml:body", Content::Xhtml) };
static META: Element = Element::of("robots meta element in feeds", Content::Empty)
    .with(&[
        attribute("name", Need::One, G::ChoiceAnyCase(&["robots"], &rules::META_NAME)),
        attribute("content", Need::One, G::Robots),
    ])
    .hook(Hook::Meta);
pub(crate) static XHTML_IN_RSS: &[Extension] = &[
    extension("body", ENTRY, Need::Optional, &BODY),
    extension("meta", FEED | ENTRY | ROOT, Need::Any, &META),
    extension("div", ENTRY, Need::Any, &XHTML),
    extension("link", FEED | ENTRY, Need::Any, &ANYTHING),
];
