//! RSS 0.9x, 1.0 and 2.0.

super::table! {
    VERSION = Error "rss-version", "RSS 2.0, What is RSS",
        "a version of RSS",
        "write version=\"2.0\"";
    ITEM_EMPTY = Error "rss-item-empty", "RSS 2.0, item",
        "a title or a description",
        "add one of them";
    ITEM_EARLY = Warning "rss-item-early", "RSS profile, channel",
        "all items after the other elements of the channel",
        "readers that stream miss what follows: move the items to the end";
    GUID_NOT_URL = Error "rss-guid-not-url", "RSS 2.0, guid",
        "a guid that is a web address, or isPermaLink=\"false\"",
        "add isPermaLink=\"false\"";
    GUID_MISSING = Info "rss-guid-missing", "RSS profile, guid",
        "a guid",
        "without it readers show edited items again";
    GUID_WEAK = Warning "rss-guid-not-unique", "RSS profile, guid",
        "a guid that nobody else uses",
        "write a web address, or urn:uuid:…";
    GUID_DUPLICATE = Error "rss-guid-duplicate", "RSS 2.0, guid",
        "a guid of its own for every item",
        "readers show one of the items only";
    SELF_MISSING = Info "rss-self-missing", "RSS profile, atom:link",
        "an atom:link with rel=\"self\"",
        "add <atom:link rel=\"self\" type=\"application/rss+xml\" href=\"…\"/>";
    CONTENT_EARLY = Warning "rss-content-before-description", "RSS profile, content:encoded",
        "a description before content:encoded",
        "some readers show the last one they meet: put the summary first";
    ENCLOSURES = Warning "rss-enclosure-duplicate", "RSS profile, enclosure",
        "one enclosure in an item",
        "most readers show one only: make items of the others";
    TEXT_INPUT = Info "rss-text-input", "RSS profile, textInput",
        "no textInput",
        "no reader shows it";
    TEXT_INPUT_NAME = Error "rss-text-input-name", "RSS profile, textInput name; HTML 4.01 6.2",
        "a name that begins with a letter and holds letters, digits and `:-._`",
        "write the name of the form field, such as q";
    IMAGE_TITLE = Warning "rss-image-title", "RSS profile, image",
        "the title of the channel",
        "repeat the channel's title";
    IMAGE_LINK = Warning "rss-image-link", "RSS profile, image",
        "the link of the channel",
        "repeat the channel's link";
    IMAGE_FORMAT = Warning "rss-image-format", "RSS 2.0, image",
        "a GIF, JPEG or PNG",
        "convert the image";
    HOUR = Error "rss-hour", "RSS 2.0, skipHours",
        "an hour from 0 to 23",
        "write a whole number; midnight is 0";
    HOUR_MIDNIGHT = Warning "rss-hour-midnight", "RSS profile, skipHours",
        "0 for midnight",
        "write 0";
    HOURS = Error "rss-hours-too-many", "RSS 2.0, skipHours",
        "at most 24 hours",
        "list every hour once";
    DAY = Error "rss-day", "RSS 2.0, skipDays",
        "a day of the week in English",
        "write Monday to Sunday in full";
    DAYS = Error "rss-days-too-many", "RSS 2.0, skipDays",
        "at most seven days",
        "list every day once";
    DUPLICATE_VALUE = Error "value-duplicate", "the element's specification",
        "every value once",
        "remove the second one";
    PERIOD = Error "sy-period", "mod_syndication",
        "hourly, daily, weekly, monthly or yearly",
        "use one of them";
    ABOUT_MISMATCH = Info "rdf-item-not-listed", "RSS 1.0 5.3.5",
        "an item that the channel's items list",
        "list its rdf:about in items";
    LANGUAGE = Info "rss-language-missing", "RSS profile, language; mod_dublincore",
        "the language of the feed",
        "say the language: readers choose fonts and voices by it";
    COMMENT_RSS = Warning "wfw-comment-rss", "CommentAPI",
        "wfw:commentRss",
        "the last letters are in lower case";
    SLASH_DATE = Warning "slash-date-missing", "RSS profile, slash:comments",
        "a lastBuildDate beside slash:comments",
        "say as of when the number counts";
    CLOUD_PROTOCOL = Error "rss-cloud-protocol", "RSS 2.0, cloud",
        "xml-rpc, soap or http-post",
        "use one of them in lower case";
}
