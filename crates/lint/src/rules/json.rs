//! JSON Feed.

super::table! {
    SYNTAX = Error "json-syntax", "RFC 8259 2",
        "JSON",
        "write the document with a JSON library";
    DEPTH = Error "json-too-deep", "practice of readers",
        "values nested at most 100 deep",
        "flatten it";
    NAME_TWICE = Warning "json-name-duplicate", "RFC 8259 4",
        "every name once in an object",
        "readers take the first or the last: keep one";
    VERSION = Error "json-version", "JSON Feed 1.1, version",
        "https://jsonfeed.org/version/1.1",
        "write the address of the version";
    VERSION_OLD = Info "json-version-old", "JSON Feed 1.1, version",
        "version 1.1",
        "version 1 is read everywhere; 1.1 has authors and language";
    MISSING = Error "json-missing", "JSON Feed 1.1",
        "a required member",
        "add it";
    RECOMMENDED = Info "json-recommended", "JSON Feed 1.1",
        "a recommended member",
        "add it";
    KIND = Error "json-type", "JSON Feed 1.1",
        "a value of the right type",
        "see the member in the specification";
    ID_KIND = Warning "json-id-not-text", "JSON Feed 1.1, id",
        "an id that is a string",
        "write it in quotes: readers turn numbers into strings each in their own way";
    ID_TWICE = Error "json-id-duplicate", "JSON Feed 1.1, id",
        "an id of its own for every item",
        "readers show one of the items only";
    CONTENT = Error "json-content-missing", "JSON Feed 1.1, content_html",
        "content_html or content_text",
        "add one of them";
    UNKNOWN = Warning "json-member-unknown", "JSON Feed 1.1, extensions",
        "a member of the specification, or one that begins with an underscore",
        "extensions begin with _";
    DEPRECATED = Info "json-author-deprecated", "JSON Feed 1.1, authors",
        "authors",
        "author is of version 1: write authors beside it";
    NEXT = Error "json-next-url", "JSON Feed 1.1, next_url",
        "a next_url that differs from feed_url",
        "readers would walk forever";
    SELF_MISMATCH = Warning "json-feed-url", "JSON Feed 1.1, feed_url",
        "the address of the document",
        "readers subscribe to it: correct it";
    EMPTY_PERSON = Error "json-author-empty", "JSON Feed 1.1, authors",
        "name, url or avatar",
        "say at least one";
    LARGE = Info "json-large", "practice of readers",
        "less than 1 MB",
        "show fewer items, and link the others with next_url";
}
