//! Extensions: podcasts, media, places, sharing.

super::table! {
    ITUNES_MISSING = Warning "itunes-missing", "Apple podcasts, required tags",
        "the tags that the directory requires",
        "add it to the channel";
    ITUNES_OWNER = Warning "itunes-owner-mail", "Apple podcasts, itunes:owner",
        "a mail address of the owner",
        "add itunes:email";
    ITUNES_CATEGORY = Error "itunes-category", "Apple podcasts, categories",
        "a category of the directory",
        "take one from the list, to the letter";
    ITUNES_CATEGORY_OLD = Warning "itunes-category-old", "Apple podcasts, categories",
        "a category of today's list",
        "the list changed in 2019: choose another";
    ITUNES_FORMAT = Warning "itunes-format", "Apple podcasts, enclosure",
        "audio, video or PDF that players know",
        "publish MP3, M4A, MP4, MOV, M4V or PDF";
    ITUNES_KEYWORDS = Warning "itunes-keywords", "Apple podcasts, itunes:keywords",
        "words with commas between",
        "separate at most twelve by commas, without other marks";
    ITUNES_EPISODE_TYPE = Error "itunes-episode-type", "Apple podcasts, itunes:episodeType",
        "full, trailer or bonus",
        "use one of them";
    ITUNES_TYPE = Error "itunes-type", "Apple podcasts, itunes:type",
        "episodic or serial",
        "use one of them";
    ITUNES_YES = Error "itunes-yes", "Apple podcasts, itunes:block",
        "Yes, or no element",
        "write Yes or leave it out";
    ITUNES_EXPLICIT = Error "itunes-explicit", "Apple podcasts, itunes:explicit",
        "true or false",
        "write it without blanks; yes, no and clean are the old values";
    ITUNES_EXPLICIT_OLD = Info "itunes-explicit-old", "Apple podcasts, itunes:explicit",
        "true or false",
        "yes, no and clean are the values before 2019: players still know them";
    LIST_TYPE = Error "list-data-type", "Simple List Extensions 1.0, cf:sort",
        "date, number or text",
        "use one of them";
    LIST_TREAT = Error "list-treat-as", "Simple List Extensions 1.0, cf:treatAs",
        "list",
        "write list, or leave the element out";
    MEDIA_HASH = Error "media-hash", "Media RSS 1.5, media:hash",
        "the hash of the named algorithm",
        "md5 has 32 hexadecimal digits, sha-1 has 40";
    MEDIA_RATING = Error "media-rating", "Media RSS 1.5, media:rating",
        "a rating of the scheme",
        "see the scheme for its values";
    MEDIA_RESTRICTION = Error "media-restriction", "Media RSS 1.5, media:restriction",
        "all, none, or a list",
        "use one of them";
    MEDIA_RELATIONSHIP = Error "media-restriction-relationship", "Media RSS 1.5, media:restriction",
        "allow or deny",
        "use one of them";
    MEDIA_RESTRICTION_TYPE = Error "media-restriction-type", "Media RSS 1.5, media:restriction",
        "country, uri or sharing",
        "use one of them";
    MEDIA_TEXT_TYPE = Error "media-text-type", "Media RSS 1.5, media:text",
        "plain or html",
        "use one of them";
    MEDIA_MEDIUM = Error "media-medium", "Media RSS 1.5, media:content",
        "image, audio, video, document or executable",
        "use one of them";
    MEDIA_EXPRESSION = Error "media-expression", "Media RSS 1.5, media:content",
        "full, sample or nonstop",
        "use one of them";
    MEDIA_ROLE = Error "media-credit-role", "Media RSS 1.5, media:credit",
        "a role in lower case, or an address",
        "take one from the European Broadcasting Union's list";
    MEDIA_ROLE_UNKNOWN = Warning "media-credit-role-unknown", "Media RSS 1.5, media:credit; EBU Tech 3293",
        "a role of the European Broadcasting Union's list",
        "take one from the list, or name the scheme of the role";
    MEDIA_GROUP = Error "media-group", "Media RSS 1.5, media:group",
        "two or more renditions in a group",
        "a single one needs no group";
    MEDIA_VALUE = Warning "media-value", "Media RSS 1.5",
        "a value that the specification lists",
        "use one of them";
    MEDIA_ADULT = Warning "media-adult", "Media RSS 1.5, media:adult",
        "media:rating",
        "media:adult is gone: write <media:rating>adult</media:rating>";
    ACCESS = Error "access-relationship", "Feed access control 1.0",
        "allow or deny",
        "use one of them";
    SHARING_TYPE = Error "sx-related-type", "FeedSync 1.0 2.3",
        "complete or aggregated",
        "use one of them";
    SHARING_NSS = Error "sx-id", "FeedSync 1.0 2.4",
        "an id such as a URN may end in",
        "use letters, digits and ()+,-.:=@;$_!*'";
    SHARING_SPAN = Error "sx-since-after-until", "FeedSync 1.0 2.2",
        "since before until",
        "exchange them";
    SHARING_BY_WHEN = Error "sx-by-when-missing", "FeedSync 1.0 2.5",
        "by, or when, or both",
        "add one";
    META_NAME = Error "meta-name", "robots meta element in feeds",
        "robots",
        "this is the one use of meta in feeds";
    META_CONTENT = Error "meta-content", "robots meta element in feeds",
        "index, noindex, follow or nofollow",
        "use them with commas between";
    BURNER_ID = Warning "feedburner-service-id", "FeedBurner namespace",
        "the number of the mailing service",
        "write digits only, or leave it out";
    SEARCH_EXAMPLE = Warning "opensearch-example", "OpenSearch 1.1, Query",
        "a query with role=\"example\"",
        "add one, so that clients can test";
    SEARCH_ROLE = Error "opensearch-role", "OpenSearch 1.1, Query",
        "request, example, related, correction, subset or superset, or a role with a prefix",
        "use one of them, or declare a namespace for a role of your own";
    SEARCH_PARAMETER = Error "opensearch-parameter", "OpenSearch 1.1, Url template syntax",
        "a parameter of OpenSearch, or one with a prefix",
        "searchTerms, count, startIndex, startPage, language, inputEncoding or outputEncoding";
    SEARCH_TERMS = Error "opensearch-terms", "OpenSearch 1.1, Query",
        "search terms that are percent-encoded",
        "write %20 for a blank";
    SEARCH_ADULT = Warning "opensearch-adult", "OpenSearch 1.1, AdultContent",
        "true or false",
        "everything but false, 0 and no is taken for true";
    RIGHT = Error "opensearch-right", "OpenSearch 1.1, SyndicationRight",
        "open, limited, private or closed",
        "use one of them";
    PODCAST = Warning "podcast-value", "Podcasting 2.0 namespace",
        "the form that the namespace describes",
        "see the tag in the namespace";
}
