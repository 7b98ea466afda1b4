//! Answers of servers.

super::table! {
    STATUS = Error "http-status", "RFC 9110 15",
        "status 200",
        "a reader sees no feed";
    TYPE = Warning "http-content-type", "RSS profile; RFC 4287 7; JSON Feed 1.1",
        "the media type of the format",
        "serve application/rss+xml, application/atom+xml or application/feed+json";
    TYPE_MISSING = Warning "http-content-type-missing", "RFC 9110 8.3",
        "a Content-Type",
        "say what the document is";
    TYPE_GENERAL = Info "http-content-type-general", "RFC 7303 9",
        "the media type of the format",
        "text/xml and application/xml are understood, and say less";
    CHARSET = Warning "http-charset", "RFC 7303 3",
        "a charset that is the document's encoding",
        "drop the charset or correct it";
    VALIDATOR = Warning "http-validator-missing", "RFC 9110 8.8",
        "an ETag or a Last-Modified",
        "without one every poll carries the whole feed";
    ETAG_FORM = Warning "http-etag", "RFC 9110 8.8.3",
        "an ETag in quotes",
        "write \"…\" or W/\"…\"";
    MODIFIED_FORM = Warning "http-last-modified", "RFC 9110 5.6.7",
        "a date such as Sun, 09 Jul 2023 12:30:00 GMT",
        "write it in GMT, not in the future";
    NOT_MODIFIED = Warning "http-304-ignored", "RFC 9110 13.1",
        "304 for what has not changed",
        "compare If-None-Match and If-Modified-Since: it saves nearly all traffic";
    COMPRESSION = Info "http-not-compressed", "RFC 9110 8.4",
        "a compressed answer",
        "feeds shrink to a fifth: switch on gzip or br";
    VARY = Warning "http-vary", "RFC 9110 12.5.5",
        "Vary: Accept-Encoding on a compressed answer",
        "caches hand the compressed bytes to clients that cannot read them";
    REDIRECT = Warning "http-redirect-temporary", "RFC 9110 15.4",
        "a permanent redirect for a feed that has moved",
        "answer 301 or 308, or subscribers ask the old address forever";
    REDIRECT_MANY = Warning "http-redirect-chain", "RFC 9110 15.4",
        "one redirect at most",
        "point to the last address directly";
    PLAIN_HTTP = Warning "http-not-https", "RFC 9110 4.2.2",
        "https",
        "anybody on the way can change the feed";
    DOWNGRADE = Error "http-downgrade", "RFC 9110 4.2.2",
        "no step from https to http",
        "redirect to https";
    CACHE = Info "http-cache-control", "RFC 9111 5.2",
        "a Cache-Control with max-age",
        "say how long the answer is good";
    CACHE_NEVER = Warning "http-no-store", "RFC 9111 5.2.2.5",
        "an answer that may be kept",
        "no-store keeps readers from asking conditionally";
    COOKIE = Info "http-cookie", "RFC 6265",
        "no cookies",
        "readers drop them, caches step aside for them";
    CORS = Info "http-cors", "Fetch Standard",
        "Access-Control-Allow-Origin: *",
        "readers that run in browsers cannot read the feed without it";
}
