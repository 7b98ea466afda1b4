//! Values: dates, addresses, numbers, people.

super::table! {
    BLANK = Warning "value-blank", "the element's specification",
        "text",
        "fill it in, or leave the element out";
    ATTRIBUTE_BLANK = Warning "attribute-blank", "the element's specification",
        "a value for the attribute",
        "fill it in, or leave the attribute out";
    WHITESPACE = Error "value-whitespace", "RFC 4287 2",
        "no white space around the value",
        "remove it: readers compare the value as it stands";
    RFC822 = Error "date-rfc822", "RFC 822 5",
        "a date such as Sun, 09 Jul 2023 12:30:00 +0000",
        "write it with English names, a four-digit year and a zone";
    WEEKDAY = Error "date-weekday", "RFC 822 5",
        "the day of the week that the date is on",
        "correct it or leave it out";
    RFC822_ODD = Warning "date-rfc822-odd", "RSS profile, date-time",
        "a date without comments, two-digit years and odd zones",
        "write Sun, 09 Jul 2023 12:30:00 +0000";
    RFC3339 = Error "date-rfc3339", "RFC 3339 5.6",
        "a date-time such as 2023-07-09T12:30:00Z",
        "write date, T, time with seconds, and Z or an offset";
    W3CDTF = Error "date-w3cdtf", "W3C NOTE-datetime",
        "a date such as 2023-07-09 or 2023-07-09T12:30:00Z",
        "write YYYY-MM-DD, and a zone wherever there is a time";
    IMPLAUSIBLE = Warning "date-implausible", "practice of readers",
        "a date between 1970 and now",
        "readers sort by it: correct it";
    URI = Error "uri-invalid", "RFC 3986",
        "an address that follows the grammar of URIs",
        "check scheme, slashes and brackets";
    URI_RELATIVE = Error "uri-relative", "RFC 3986 4.3",
        "an absolute address",
        "write it in full, with https:// and the host";
    URI_CHARACTER = Error "uri-character", "RFC 3986 2",
        "an address without blanks and forbidden characters",
        "percent-encode them: a blank is %20";
    URI_NOT_ASCII = Error "uri-not-ascii", "RFC 3986 2; RFC 5890",
        "an address in ASCII",
        "percent-encode the path, and write the host as xn--…";
    URI_HOST = Warning "uri-host", "RFC 1123 2.1; RFC 3986 3.2.2",
        "a host that is a name of the DNS, or a number",
        "labels of letters, digits and hyphens with single dots between";
    URI_SCHEME = Warning "uri-scheme-unknown", "IANA, URI schemes",
        "a registered scheme",
        "check the spelling; readers follow http and https";
    URI_CANONICAL = Warning "uri-not-canonical", "RFC 4287 4.2.6.1",
        "an id in its normal form",
        "write scheme and host in lower case, percent-encode only what must be, in upper case";
    TAG_URI = Error "uri-tag", "RFC 4151 2.1",
        "a tag URI such as tag:example.org,2023-07:name",
        "tag:, a host or mail address, a comma, a date, a colon, a name";
    URN = Error "uri-urn", "RFC 8141 2",
        "a URN such as urn:isbn:0451450523",
        "urn:, a registered name of 2 to 32 letters, digits and hyphens, a colon, the rest";
    UUID = Error "uri-uuid", "RFC 9562 4",
        "a UUID of 8-4-4-4-12 hexadecimal digits",
        "write urn:uuid: and the whole UUID";
    SAME_DOCUMENT = Warning "uri-same-document", "RFC 3986 4.4",
        "an address that means one thing",
        "with xml:base this reference may mean the document itself: write it in full";
    HOST_UNKNOWN = Warning "mail-host", "RFC 5321 2.3.5",
        "a mail address at a full domain name",
        "write name@host.tld";
    MAIL = Error "mail-address", "RFC 5322 3.4.1",
        "a mail address such as ada@example.org",
        "write the address alone";
    MAIL_ONLY = Error "mail-address-only", "RFC 4287 3.2.3",
        "a mail address and nothing else",
        "put the name into an element of its own";
    PERSON = Error "person-without-address", "RSS 2.0, author",
        "a mail address, with a name in parentheses",
        "write ada@example.org (Ada Marsh), or use dc:creator for a name";
    PERSON_NAME = Warning "person-without-name", "RSS profile, author",
        "a name in parentheses after the mail address",
        "write ada@example.org (Ada Marsh)";
    LANGUAGE = Error "language-tag", "RFC 5646 2.1",
        "a language tag such as en or pt-BR",
        "two or three letters, then parts with hyphens, never underscores";
    LANGUAGE_UNKNOWN = Warning "language-unknown", "RFC 5646 2.2.1; ISO 639",
        "a language that ISO 639 names",
        "write its code of two letters, or of three where there is none: en, not english";
    INTEGER = Error "number-integer", "the element's specification",
        "a whole number",
        "write digits only";
    NON_NEGATIVE = Error "number-not-negative", "the element's specification",
        "a whole number from 0",
        "write digits only; 0 means unknown";
    POSITIVE = Error "number-positive", "the element's specification",
        "a whole number from 1",
        "write digits only";
    TOO_BIG = Error "number-too-big", "the element's specification",
        "a number up to 2147483647",
        "count from 1";
    FLOAT = Error "number-decimal", "the element's specification",
        "a number",
        "write digits with a point";
    UNKNOWN_SIZE = Error "size-unknown", "RSS profile, enclosure",
        "0 for a size that is not known",
        "write length=\"0\"";
    WIDTH = Error "image-width", "RSS 2.0, image",
        "a width from 1 to 144",
        "scale the image";
    HEIGHT = Error "image-height", "RSS 2.0, image",
        "a height from 1 to 400",
        "scale the image";
    BOOLEAN = Error "value-boolean", "the element's specification",
        "true or false",
        "write it in lower case";
    MEDIA_TYPE = Error "media-type", "RFC 6838 4.2",
        "a media type such as text/html",
        "type, slash, subtype";
    MEDIA_TYPE_ATTRIBUTE = Error "media-type-attribute", "RFC 6838 4.2",
        "a media type such as audio/mpeg",
        "type, slash, subtype";
    COUNTRY = Error "country-code", "ISO 3166-1",
        "country codes of two letters",
        "write de or de fr";
    TOO_LONG = Error "value-too-long", "the element's specification",
        "a shorter text",
        "shorten it";
    FIELD_TOO_LARGE = Warning "field-too-large", "practice of readers",
        "less than 10,000,000 bytes in one field",
        "readers built on libxml2 stop there: shorten it";
    COORDINATES = Error "coordinates", "GeoRSS 2",
        "latitude and longitude with a blank between",
        "write 45.256 -71.92; a box is two corners, a line two points or more";
    COORDINATE_COMMA = Warning "coordinates-comma", "GeoRSS 2",
        "blanks between numbers",
        "replace the comma by a blank";
    LATITUDE = Error "latitude", "WGS84",
        "a latitude from -90 to 90",
        "check the order: latitude comes first";
    LONGITUDE = Error "longitude", "WGS84",
        "a longitude from -180 to 180",
        "check the order: latitude comes first";
    BASE64 = Error "base64", "RFC 4648 4",
        "Base64",
        "encode the bytes, and nothing else";
    NUMBER_LIST = Error "number-list", "mod_slash",
        "whole numbers with commas between",
        "write 3,2,0";
    DURATION = Error "duration", "Apple podcasts, itunes:duration",
        "seconds, or hours:minutes:seconds",
        "write 3661 or 1:01:01";
    PLAY_TIME = Error "play-time", "RFC 2326 3.6",
        "a play time such as 12.3 or 00:12:05.12",
        "write seconds, or hours:minutes:seconds";
}
