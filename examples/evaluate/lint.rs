//! Feeds that were each made to show one fault, or one correct use.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use feedmill_lint::{self as lint, Context, Family, Report, Severity};
use serde_json::Value;

use super::{Cases, Table, best_time, share, text};

/// Where the collection stood when its cases were written: some compare links with it.
const HOME: &str = "http://www.feedvalidator.org/testcases/";

/// What a class of message of the collection means here.
enum Meaning {
    /// A finding of one of these codes; `code@name` counts only where the path ends in that name.
    Codes(&'static [&'static str]),
    /// A value of that family was looked at and found right, with none of these codes.
    Right(Family, &'static [&'static str]),
    /// Any finding of at least that weight.
    Any(Severity),
    /// A finding that says of a value that there is none.
    Blank,
    /// Nothing that is judged here.
    Nothing,
}
use Meaning::{Any, Blank, Codes, Nothing, Right};

const MEANINGS: &[(&str, Meaning)] = &[
    ("ArchiveIncomplete", Codes(&["history-archive-without-previous"])),
    ("AtomLinkNotEmpty", Codes(&["atom-link-not-empty"])),
    ("AttrNotBlank", Codes(&["attribute-blank"])),
    ("AvoidNamespacePrefix", Codes(&["prefix-avoid", "prefix-unusual"])),
    ("AvoidTextInput", Codes(&["rss-text-input"])),
    ("BadCharacters", Codes(&["text-garbled", "xml-character", "xml-control-character", "encoding-disagrees"])),
    ("BadXmlVersion", Codes(&["xml-version"])),
    ("CharacterData", Codes(&["text-ambiguous"])),
    ("CommentRSS", Codes(&["wfw-comment-rss"])),
    ("ConflictingCatAttr", Codes(&["app-categories-conflict"])),
    ("ConflictingCatChildren", Codes(&["app-categories-conflict"])),
    ("ContainsEmail", Codes(&["atom-name-mail"])),
    ("ContainsHTML", Codes(&["text-contains-html", "text-contains-html-undeclared", "text-ambiguous"])),
    ("ContainsRelRef", Codes(&["html-relative-link", "uri-relative", "self-relative"])),
    ("ContainsSystemEntity", Codes(&["xml-entity-external"])),
    ("ContainsUndeclaredHTML", Codes(&["text-contains-html-undeclared"])),
    ("CoordComma", Codes(&["coordinates-comma"])),
    ("CurrentNotSelfInCompleteFeed", Codes(&["history-current-in-complete"])),
    ("DangerousStyleAttr", Codes(&["html-unsafe-style"])),
    ("DeprecatedDTD", Codes(&["xml-doctype-gone"])),
    ("DeprecatedMediaAdult", Codes(&["media-adult"])),
    ("DuplicateAtomLink", Codes(&["atom-link-duplicate"])),
    ("DuplicateDescriptionSemantics", Codes(&["content-same-meaning"])),
    ("DuplicateElement", Codes(&["element-duplicate"])),
    ("DuplicateEnclosure", Codes(&["rss-enclosure-duplicate"])),
    ("DuplicateEntries", Codes(&["atom-entry-duplicate", "atom-id-duplicate"])),
    ("DuplicateIds", Codes(&["atom-id-duplicate", "atom-ids-all-same"])),
    ("DuplicateItemSemantics", Codes(&["element-same-meaning"])),
    ("DuplicateSemantics", Codes(&["element-same-meaning", "content-same-meaning"])),
    ("DuplicateUpdated", Codes(&["atom-updated-duplicate"])),
    ("DuplicateValue", Codes(&["value-duplicate", "rss-guid-duplicate"])),
    ("EightDaysAWeek", Codes(&["rss-days-too-many"])),
    ("EmailFormat", Codes(&["person-without-name"])),
    ("EncodingMismatch", Codes(&["encoding-disagrees", "encoding-mark"])),
    ("Error", Any(Severity::Error)),
    ("FeedHistoryRelInEntry", Codes(&["history-link-in-entry"])),
    ("FeedRelInCompleteFeed", Codes(&["history-link-in-complete"])),
    ("HtmlFragment", Codes(&["atom-content-fragment"])),
    ("HttpError", Nothing),
    ("ImageLinkDoesntMatch", Codes(&["rss-image-link"])),
    ("ImageTitleDoesntMatch", Codes(&["rss-image-title"])),
    ("ImageUrlFormat", Codes(&["rss-image-format"])),
    ("ImplausibleDate", Codes(&["date-implausible"])),
    ("IncorrectDOW", Codes(&["date-weekday"])),
    ("IntegerOverflow", Codes(&["number-too-big"])),
    ("InvalidAccessRestrictionRel", Codes(&["access-relationship"])),
    ("InvalidAddrSpec", Codes(&["mail-address", "mail-address-only"])),
    ("InvalidBooleanAttribute", Codes(&["value-boolean"])),
    ("InvalidCommaSeparatedIntegers", Codes(&["number-list"])),
    ("InvalidContact", Codes(&["mail-address", "mail-address-only", "person-without-address", "mail-host"])),
    ("InvalidCoord", Codes(&["coordinates", "latitude", "longitude", "coordinates-comma"])),
    ("InvalidCoordList", Codes(&["coordinates", "latitude", "longitude", "coordinates-comma"])),
    ("InvalidCountryCode", Codes(&["country-code"])),
    ("InvalidCreditRole", Codes(&["media-credit-role", "media-credit-role-unknown"])),
    ("InvalidDay", Codes(&["rss-day"])),
    ("InvalidDoctype", Codes(&["xml-doctype"])),
    ("InvalidDuration", Codes(&["duration"])),
    ("InvalidEncoding", Codes(&["encoding-unknown"])),
    ("InvalidExpansionState", Codes(&["opml-expansion-state"])),
    ("InvalidFloat", Codes(&["number-decimal"])),
    ("InvalidFormComponentName", Codes(&["rss-text-input-name"])),
    ("InvalidFullLink", Codes(&["uri-relative", "uri-invalid", "uri-host"])),
    ("InvalidHeight", Codes(&["image-height"])),
    ("InvalidHour", Codes(&["rss-hour"])),
    ("InvalidHttpGUID", Codes(&["rss-guid-not-url"])),
    ("InvalidIRI", Codes(&["uri-invalid", "uri-character", "uri-host"])),
    ("InvalidISO8601Date", Codes(&["date-w3cdtf"])),
    ("InvalidISO8601DateTime", Codes(&["date-w3cdtf"])),
    ("InvalidInteger", Codes(&["number-integer", "number-positive", "number-not-negative", "feedburner-service-id"])),
    ("InvalidIntegerAttribute", Codes(&["number-integer", "number-positive", "number-not-negative", "size-unknown"])),
    ("InvalidItunesCategory", Codes(&["itunes-category"])),
    ("InvalidItunesChannelType", Codes(&["itunes-type"])),
    ("InvalidItunesEpisodeType", Codes(&["itunes-episode-type"])),
    ("InvalidKeywords", Codes(&["itunes-keywords"])),
    ("InvalidLanguage", Codes(&["language-tag", "language-unknown"])),
    ("InvalidLatitude", Codes(&["latitude"])),
    ("InvalidLink", Codes(&["uri-invalid", "uri-relative", "uri-character", "uri-not-ascii", "uri-host"])),
    ("InvalidLongitude", Codes(&["longitude"])),
    ("InvalidMIMEAttribute", Codes(&["media-type-attribute", "media-type"])),
    (
        "InvalidMIMEType",
        Codes(&["media-type", "atom-text-type", "attribute-blank", "app-accept", "media-type-attribute"]),
    ),
    ("InvalidMediaExpression", Codes(&["media-expression"])),
    ("InvalidMediaHash", Codes(&["media-hash"])),
    ("InvalidMediaMedium", Codes(&["media-medium"])),
    ("InvalidMediaRange", Codes(&["app-accept", "media-type"])),
    ("InvalidMediaRating", Codes(&["media-rating"])),
    ("InvalidMediaRestriction", Codes(&["media-restriction"])),
    ("InvalidMediaRestrictionRel", Codes(&["media-restriction-relationship"])),
    ("InvalidMediaRestrictionType", Codes(&["media-restriction-type"])),
    ("InvalidMediaTextType", Codes(&["media-text-type"])),
    ("InvalidMetaContent", Codes(&["meta-content"])),
    ("InvalidMetaName", Codes(&["meta-name"])),
    ("InvalidNPTTime", Codes(&["play-time"])),
    ("InvalidNSS", Codes(&["sx-id"])),
    ("InvalidNamespace", Codes(&["namespace-wrong", "namespace-obsolete", "namespace-misspelled", "not-a-feed"])),
    (
        "InvalidNonNegativeInteger",
        Codes(&["number-not-negative", "size-unknown", "number-integer", "feedburner-service-id"]),
    ),
    ("InvalidOPMLVersion", Codes(&["opml-version"])),
    ("InvalidOutlineType", Codes(&["opml-type-unknown"])),
    ("InvalidOutlineVersion", Codes(&["opml-rss-version"])),
    ("InvalidPermalink", Codes(&["rss-guid-not-url"])),
    ("InvalidPositiveInteger", Codes(&["number-positive", "number-integer", "feedburner-service-id"])),
    ("InvalidRFC2822Date", Codes(&["date-rfc822", "date-weekday"])),
    ("InvalidRFC3339Date", Codes(&["date-rfc3339"])),
    ("InvalidRSSVersion", Codes(&["rss-version"])),
    ("InvalidSseType", Codes(&["sx-related-type"])),
    ("InvalidSyndicationRight", Codes(&["opensearch-right"])),
    ("InvalidTAG", Codes(&["uri-tag"])),
    ("InvalidTextType", Codes(&["atom-text-type"])),
    ("InvalidTrueFalse", Codes(&["value-boolean", "itunes-explicit", "itunes-yes", "itunes-explicit-old"])),
    ("InvalidURI", Codes(&["uri-invalid", "uri-relative", "uri-character", "uri-host"])),
    ("InvalidURIAttribute", Codes(&["uri-invalid", "uri-relative", "uri-character", "uri-host", "value-whitespace"])),
    ("InvalidURLAttribute", Codes(&["uri-invalid", "uri-relative", "uri-character", "uri-host"])),
    ("InvalidURN", Codes(&["uri-urn"])),
    ("InvalidUUID", Codes(&["uri-uuid", "uri-urn"])),
    ("InvalidUpdatePeriod", Codes(&["sy-period"])),
    ("InvalidUriChar", Codes(&["uri-character", "value-whitespace"])),
    (
        "InvalidValue",
        Codes(&[
            "value-boolean",
            "value-choice",
            "value-yes-no",
            "uri-invalid",
            "number-integer",
            "mail-address",
            "media-type",
            "rss-cloud-protocol",
            "itunes-type",
            "itunes-episode-type",
            "app-draft",
            "opml-version",
        ]),
    ),
    ("InvalidW3CDTFDate", Codes(&["date-w3cdtf"])),
    ("InvalidWidth", Codes(&["image-width"])),
    ("InvalidYesNo", Codes(&["app-draft", "itunes-yes", "itunes-explicit"])),
    ("InvalidYesNoClean", Codes(&["itunes-explicit", "itunes-yes"])),
    ("ItemMustContainTitleOrDescription", Codes(&["rss-item-empty"])),
    ("LinkPastEnd", Codes(&["history-past-end", "history-loop"])),
    ("MediaGroupWithoutAlternatives", Codes(&["media-group"])),
    ("MediaRssNamespace", Codes(&["namespace-media-slash"])),
    ("MisplacedItem", Codes(&["rss-item-early"])),
    ("MisplacedMetadata", Codes(&["atom-metadata-late"])),
    ("MisplacedXHTMLContent", Codes(&["xhtml-misplaced", "element-misplaced", "xhtml-div-missing"])),
    ("MissingAtomSelfLink", Codes(&["rss-self-missing"])),
    ("MissingAttribute", Codes(&["attribute-missing", "attribute-recommended"])),
    ("MissingByAndWhenAttrs", Codes(&["sx-by-when-missing"])),
    ("MissingContentOrAlternate", Codes(&["atom-content-missing"])),
    ("MissingCurrentInArchive", Codes(&["history-archive-without-current"])),
    ("MissingDCLanguage", Codes(&["rss-language-missing"])),
    ("MissingDescription", Codes(&["element-missing@description"])),
    ("MissingElement", Codes(&["element-missing", "atom-author-missing", "rss-item-empty", "itunes-missing"])),
    ("MissingEncoding", Nothing),
    ("MissingGuid", Codes(&["rss-guid-missing"])),
    ("MissingHref", Codes(&["atom-href-missing"])),
    ("MissingItunesElement", Codes(&["itunes-missing"])),
    ("MissingItunesEmail", Codes(&["itunes-owner-mail"])),
    ("MissingLink", Codes(&["element-missing@link"])),
    ("MissingNamespace", Codes(&["xml-prefix-unbound", "element-not-in-a-namespace", "namespace-wrong"])),
    ("MissingOutlineType", Codes(&["opml-type-missing"])),
    ("MissingRecommendedAttribute", Codes(&["attribute-recommended"])),
    ("MissingRealName", Codes(&["person-without-name"])),
    ("MissingSelf", Codes(&["atom-self-missing", "rss-self-missing"])),
    ("MissingSourceElement", Codes(&["atom-source-incomplete"])),
    ("MissingSummary", Codes(&["atom-summary-missing"])),
    ("MissingTextualContent", Codes(&["atom-text-missing"])),
    ("MissingTitle", Codes(&["element-missing@title"])),
    ("MissingTitleAttr", Codes(&["opml-title-missing"])),
    ("MissingTypeAttr", Codes(&["atom-src-type-missing"])),
    ("MissingUrlAttr", Codes(&["opml-url-missing"])),
    ("MissingXhtmlDiv", Codes(&["xhtml-div-missing"])),
    ("MissingXmlURL", Codes(&["opml-xml-url-missing"])),
    ("NeedDescriptionBeforeContent", Codes(&["rss-content-before-description"])),
    ("NoBlink", Codes(&["element-unknown@blink"])),
    ("NoThrWhen", Codes(&["thread-when"])),
    ("NonCanonicalURI", Codes(&["uri-not-canonical"])),
    ("NonstdPrefix", Codes(&["prefix-unusual"])),
    ("NotBase64", Codes(&["base64"])),
    ("NotBlank", Blank),
    ("NotEnoughHoursInTheDay", Codes(&["rss-hours-too-many"])),
    ("NotEscaped", Codes(&["html-not-escaped"])),
    ("NotHtml", Codes(&["html-invalid", "html-unbalanced"])),
    ("NotInANamespace", Codes(&["element-not-in-a-namespace"])),
    ("NotInline", Codes(&["xhtml-escaped"])),
    ("NotSufficientlyUnique", Codes(&["rss-guid-not-unique"])),
    ("NotUTF8", Codes(&["encoding-not-utf8", "encoding-obscure"])),
    ("NonstdEncoding", Codes(&["encoding-not-utf8", "encoding-obscure"])),
    ("ObscureEncoding", Codes(&["encoding-obscure", "encoding-not-utf8"])),
    ("ObsoleteItunesCategory", Codes(&["itunes-category-old"])),
    ("ObsoleteNamespace", Codes(&["namespace-obsolete", "namespace-wrong"])),
    ("ObsoleteVersion", Codes(&["opml-outline-document", "namespace-obsolete"])),
    ("ObsoleteWikiNamespace", Codes(&["namespace-wiki"])),
    ("ProblematicalRFC822Date", Codes(&["date-rfc822-odd"])),
    ("QuestionableUsage", Codes(&["element-questionable", "element-misplaced"])),
    ("RelativeSelf", Codes(&["self-relative"])),
    ("ReservedPrefix", Codes(&["prefix-reserved", "prefix-unusual"])),
    (
        "SAXError",
        Codes(&[
            "xml-malformed",
            "xml-unclosed",
            "xml-end-mismatch",
            "xml-after-root",
            "xml-before-declaration",
            "xml-bare-ampersand",
            "xml-entity-undefined",
            "xml-character",
            "xml-attribute",
            "xml-name",
            "xml-prefix-unbound",
            "xml-cdata-end",
            "document-empty",
            "encoding-wrong",
            "encoding-mark",
        ]),
    ),
    ("SameDocumentReference", Codes(&["uri-same-document"])),
    ("SchemeNotIANARegistered", Codes(&["uri-scheme-unknown"])),
    ("SecurityRisk", Codes(&["html-unsafe-element", "html-unsafe-attribute", "html-script-link"])),
    ("SecurityRiskAttr", Codes(&["html-unsafe-attribute", "html-script-link"])),
    ("SelfDoesntMatchLocation", Codes(&["self-mismatch"])),
    ("SelfNotAtom", Codes(&["self-not-a-feed"])),
    ("ShouldIncludeExample", Codes(&["opensearch-example"])),
    ("SinceAfterUntil", Codes(&["sx-since-after-until"])),
    ("SlashDate", Codes(&["slash-date-missing"])),
    ("TooLong", Codes(&["value-too-long"])),
    (
        "UndefinedElement",
        Codes(&[
            "element-unknown",
            "element-misplaced",
            "element-in-text",
            "element-not-empty",
            "not-a-feed",
            "xhtml-misplaced",
            "element-questionable",
        ]),
    ),
    ("UndefinedNamedEntity", Codes(&["xml-entity-undefined"])),
    ("UndefinedParam", Codes(&["app-accept-parameter"])),
    ("UndeterminableVocabulary", Codes(&["element-without-vocabulary"])),
    ("UnexpectedAttribute", Codes(&["attribute-unknown"])),
    (
        "UnexpectedText",
        Codes(&[
            "text-unexpected",
            "element-not-empty",
            "atom-link-not-empty",
            "element-in-text",
            "element-questionable",
        ]),
    ),
    ("UnexpectedWhitespace", Codes(&["value-whitespace"])),
    ("UnicodeError", Codes(&["encoding-mark", "encoding-wrong", "encoding-disagrees"])),
    ("UnknownEncoding", Codes(&["encoding-unknown"])),
    ("UnknownHost", Codes(&["mail-host"])),
    ("UnknownNamespace", Codes(&["namespace-unknown"])),
    ("UnregisteredAtomLinkRel", Codes(&["atom-link-rel"])),
    ("UnsupportedItunesFormat", Codes(&["itunes-format"])),
    ("UriNotIri", Codes(&["uri-not-ascii"])),
    ("UseZeroForMidnight", Codes(&["rss-hour-midnight"])),
    ("UseZeroForUnknown", Codes(&["size-unknown"])),
    ("ValidAtomLinkRel", Right(Family::Relation, &["atom-link-rel"])),
    ("ValidBooleanAttribute", Right(Family::Boolean, &["value-boolean"])),
    ("UseOfExtensionAttr", Codes(&["attribute-foreign"])),
    ("ValidCopyright", Right(Family::Plain, &["text-contains-html"])),
    ("ValidGeneratorName", Right(Family::Plain, &["text-contains-html"])),
    ("ValidCloud", Right(Family::Cloud, &["rss-cloud-protocol"])),
    ("ValidContact", Right(Family::Person, &["person-without-address", "mail-address", "mail-address-only"])),
    ("ValidDay", Right(Family::Day, &["rss-day"])),
    ("ValidDoctype", Right(Family::Doctype, &["xml-doctype"])),
    ("ValidElement", Right(Family::Plain, &["text-contains-html-undeclared"])),
    ("ValidHeight", Right(Family::Size, &["image-height"])),
    ("ValidHour", Right(Family::Hour, &["rss-hour"])),
    ("ValidHtml", Right(Family::Html, &["html-invalid"])),
    ("ValidHttpGUID", Right(Family::Address, &["rss-guid-not-url"])),
    ("ValidInteger", Right(Family::Integer, &["number-integer", "number-positive"])),
    ("ValidIntegerAttribute", Right(Family::Integer, &["number-integer", "number-not-negative"])),
    ("ValidLanguage", Right(Family::Language, &["language-tag", "language-unknown"])),
    ("ValidLatitude", Right(Family::Coordinate, &["latitude"])),
    ("ValidLongitude", Right(Family::Coordinate, &["longitude"])),
    ("ValidMIMEAttribute", Right(Family::MediaType, &["media-type-attribute"])),
    ("ValidNPTTime", Right(Family::PlayTime, &["play-time"])),
    ("ValidPercentage", Right(Family::Integer, &["number-integer"])),
    ("ValidRFC2822Date", Right(Family::DateRfc822, &["date-rfc822", "date-weekday"])),
    ("ValidTAG", Right(Family::TagUri, &["uri-tag"])),
    ("ValidTitle", Right(Family::Plain, &["text-contains-html"])),
    ("ValidURI", Right(Family::Address, &["uri-invalid", "uri-relative", "uri-character"])),
    ("ValidURLAttribute", Right(Family::Address, &["uri-invalid", "uri-relative"])),
    ("ValidURN", Right(Family::Urn, &["uri-urn"])),
    ("ValidUpdatePeriod", Right(Family::Period, &["sy-period"])),
    ("ValidValue", Right(Family::Address, &[])),
    ("ValidW3CDTFDate", Right(Family::DateRfc3339, &["date-w3cdtf", "date-rfc3339"])),
    ("ValidWidth", Right(Family::Size, &["image-width"])),
    ("WPBlankLine", Codes(&["xml-before-declaration"])),
    ("HttpErrorWithPossibleFeed", Nothing),
    ("HttpProtocolError", Nothing),
    ("HttpsProtocolError", Nothing),
    ("HttpsProtocolWarning", Nothing),
    ("IOError", Nothing),
    ("ValidatorLimit", Codes(&["document-too-large", "xml-too-deep"])),
    ("UnexpectedContentType", Nothing),
    ("NonSpecificMediaType", Nothing),
    ("InvalidContentMode", Codes(&["attribute-unknown"])),
    ("InvalidPercentage", Codes(&["number-integer", "number-decimal"])),
    ("InvalidRDF", Codes(&["attribute-missing", "attribute-unknown", "element-unknown", "xml-malformed"])),
    ("UndeclaredPrefix", Codes(&["xml-prefix-unbound"])),
    ("InvalidLocalRole", Codes(&["opensearch-role"])),
    ("InvalidLocalParameter", Codes(&["opensearch-parameter"])),
    ("NotURLEncoded", Codes(&["opensearch-terms"])),
    ("InvalidAdultContent", Codes(&["opensearch-adult"])),
    ("UnsupportedNamespace", Codes(&["namespace-unknown"])),
    ("W3CDTFDateNonUTC", Nothing),
    ("Deprecated", Codes(&["media-adult"])),
    ("ValidUpdateFrequency", Right(Family::Integer, &["number-integer", "number-positive"])),
    ("ValidUpdateBase", Right(Family::DateRfc3339, &["date-w3cdtf"])),
    ("ValidURIAttribute", Right(Family::Address, &["uri-invalid", "uri-character"])),
    ("InvalidListItemType", Codes(&["list-data-type"])),
    ("Warning", Any(Severity::Warning)),
];

/// Flagged with the meaning that the case asks for, of those that must be and of those that must not. The second share
/// is stricter: at the element that the case names. A case that must not be flagged at an element may be elsewhere.
pub fn lint(folder: &Path, gold: &[Value], cases: &mut Cases) -> Table {
    let folder = folder.join("feeds");
    let mut sets: BTreeMap<String, Count> = BTreeMap::new();
    let mut documents = Vec::new();
    for row in gold {
        let (file, class) = (text(row, "file"), text(row, "class"));
        let must = row.get("must_flag").and_then(Value::as_bool).unwrap_or_default();
        let bytes = match fs::read(folder.join(file)) {
            Ok(bytes) => bytes,
            Err(err) => {
                cases.tell(format_args!("{file}: {err}"));
                continue;
            }
        };
        let name = file.rsplit('/').next().unwrap_or(file);
        let url = format!("{HOME}{}", name.replace("__", "/"));
        let report = lint::check(name, &bytes, &Context { url: Some(&url), ..Context::default() });
        let detail = detail_of(row, &bytes);
        let place = Place::of(&detail);
        let flagged = is_flagged(class, &report, if must { Place::default() } else { place });
        let placed = must && is_flagged(class, &report, Place { parent: None, ..place });
        let known = MEANINGS.iter().any(|(known, _)| *known == class);
        for set in ["all", name.split("__").next().unwrap_or_default()] {
            sets.entry(set.to_owned()).or_default().add(must, flagged, placed);
        }
        if flagged != must {
            let codes: Vec<&str> = report.totals().iter().map(|(rule, _)| rule.code).collect();
            let wanted = if must { "must be" } else { "must not be" };
            let word = if known { "" } else { " (unknown class)" };
            cases.tell(format_args!("{name}: {wanted} {class}{word}: {}; found {codes:?}", text(row, "description")));
        }
        documents.push(bytes);
    }
    let seconds = best_time(|| {
        for bytes in &documents {
            std::hint::black_box(lint::check("feed.xml", bytes, &Context::default()));
        }
    });
    let speed = format!("{:.0}", documents.len() as f64 / seconds);
    let row = |(name, count): (String, Count)| {
        let speed = if name == "all" { speed.clone() } else { String::new() };
        vec![
            name,
            count.must.to_string(),
            share(count.flagged, count.must),
            share(count.placed, count.must),
            count.must_not.to_string(),
            share(count.wrongly, count.must_not),
            speed,
        ]
    };
    Table {
        heads: vec!["feeds", "must be flagged", "are", "at the element", "must not be", "are", "feeds/s"],
        rows: sets.into_iter().map(row).collect(),
    }
}

#[derive(Default)]
struct Count {
    must: usize,
    flagged: usize,
    placed: usize,
    must_not: usize,
    wrongly: usize,
}

impl Count {
    fn add(&mut self, must: bool, flagged: bool, placed: bool) {
        self.placed += usize::from(placed);
        let (all, hit) =
            if must { (&mut self.must, &mut self.flagged) } else { (&mut self.must_not, &mut self.wrongly) };
        *all += 1;
        *hit += usize::from(flagged);
    }
}

/// Where a case wants its message: as its row says, or else the comment in the document, which ends in
/// `Expect: Class{parent:channel,element:title}`.
fn detail_of(row: &Value, bytes: &[u8]) -> String {
    let stated = text(row, "detail");
    if !stated.is_empty() {
        return stated.to_owned();
    }
    let document = String::from_utf8_lossy(bytes);
    let inner = document.split_once("Expect:").and_then(|(_, rest)| rest.split("-->").next()?.split_once('{'));
    inner.and_then(|(_, rest)| rest.split_once('}')).map(|(detail, _)| detail.to_owned()).unwrap_or_default()
}

/// The element that a case is about and the one around it, without their prefixes.
#[derive(Clone, Copy, Default)]
struct Place<'d> {
    element: Option<&'d str>,
    parent: Option<&'d str>,
}

impl<'d> Place<'d> {
    fn of(detail: &'d str) -> Place<'d> {
        let named = |key: &str| {
            let name = detail.split(',').find_map(|part| part.trim().strip_prefix(key))?;
            name.rsplit([':', '_']).next()
        };
        Place { element: named("element:"), parent: named("parent:") }
    }

    /// Whether a path ends at the element, or at something in it.
    fn holds(self, path: &str) -> bool {
        let plain = |segment: &'_ str| -> String {
            let segment = segment.split('[').next().unwrap_or_default();
            segment.rsplit([':', '@']).next().unwrap_or_default().to_owned()
        };
        let names: Vec<String> = path.rsplit('/').take(3).map(plain).collect();
        let is_here = |at: usize| {
            let is_it =
                |name: Option<&str>, at: usize| name.is_none_or(|name| names.get(at).is_some_and(|n| n == name));
            is_it(self.element, at) && is_it(self.parent, at + 1)
        };
        self.element.is_none() || path.is_empty() || is_here(0) || is_here(1)
    }
}

/// Whether the report says what the class means; where a place is named, of that place.
fn is_flagged(class: &str, report: &Report, place: Place<'_>) -> bool {
    let Some((_, meaning)) = MEANINGS.iter().find(|(known, _)| *known == class) else { return false };
    match meaning {
        Codes(codes) => codes.iter().any(|code| has(report, code, place)),
        Right(family, wrong) => report.accepted(*family) && !wrong.iter().any(|code| has(report, code, place)),
        Any(severity) => report.findings.iter().any(|finding| finding.rule.severity <= *severity),
        Blank => report.findings.iter().any(|finding| {
            let is_blank = ["found nothing", "found blanks only"].iter().any(|end| finding.message.ends_with(end));
            is_blank && place.holds(&finding.path)
        }),
        Nothing => false,
    }
}

fn has(report: &Report, wanted: &str, place: Place<'_>) -> bool {
    let (code, name) = wanted.split_once('@').unwrap_or((wanted, ""));
    let fits = |path: &str| name.is_empty() || path.rsplit('/').next().is_some_and(|last| last.ends_with(name));
    report.findings.iter().any(|finding| finding.rule.code == code && fits(&finding.path) && place.holds(&finding.path))
}
