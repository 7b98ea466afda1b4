//! OPML.

super::table! {
    VERSION = Error "opml-version", "OPML 2.0, opml",
        "version 1.0, 1.1 or 2.0",
        "write version=\"2.0\"";
    OBSOLETE = Warning "opml-outline-document", "OPML 2.0",
        "an opml element",
        "outlineDocument is of 2000: rename it";
    XML_URL = Warning "opml-xml-url-missing", "OPML 2.0, Subscription lists",
        "an xmlUrl",
        "a subscription needs the address of its feed";
    URL = Warning "opml-url-missing", "OPML 2.0, Inclusion",
        "a url",
        "a link needs an address";
    TYPE = Warning "opml-type-missing", "OPML 2.0, Subscription lists",
        "type=\"rss\"",
        "say what the other attributes are of: rss, link or include";
    TYPE_UNKNOWN = Warning "opml-type-unknown", "OPML 2.0, type",
        "rss, link or include",
        "readers pass over others";
    TITLE = Info "opml-title-missing", "OPML 2.0, Subscription lists",
        "a title",
        "add the title of the feed";
    RSS_VERSION = Warning "opml-rss-version", "OPML 2.0, Subscription lists",
        "RSS, RSS1 or scriptingNews",
        "RSS stands for 0.92 and 2.0";
    EXPANSION = Error "opml-expansion-state", "OPML 2.0, expansionState",
        "line numbers with commas between",
        "write 1,3,17";
}
