//! Atom, with feed history (RFC 5005), threading (RFC 4685), tombstones (RFC 6721) and publishing (RFC 5023).

super::table! {
    AUTHOR = Error "atom-author-missing", "RFC 4287 4.1.2",
        "an author in the entry, its source or the feed",
        "add one to the feed";
    CONTENT = Error "atom-content-missing", "RFC 4287 4.1.2",
        "content or a link with rel=\"alternate\"",
        "add one of them";
    SUMMARY = Error "atom-summary-missing", "RFC 4287 4.1.2",
        "a summary beside content that is elsewhere or encoded",
        "add a summary";
    TEXTUAL = Info "atom-text-missing", "RFC 4287 4.1.3",
        "text to show: a summary or content",
        "add a summary";
    SELF_MISSING = Warning "atom-self-missing", "RFC 4287 4.1.1",
        "a link with rel=\"self\"",
        "add <link rel=\"self\" href=\"…\"/>";
    SELF_MISMATCH = Warning "self-mismatch", "RFC 4287 4.2.7.2; RSS profile, atom:link",
        "a self link that is the address of the document",
        "readers subscribe to the self link: correct it";
    SELF_RELATIVE = Warning "self-relative", "RFC 4287 4.2.7.2",
        "an absolute self link",
        "write the address in full";
    SELF_TYPE = Warning "self-not-a-feed", "RFC 4287 4.2.7.2",
        "a self link of the media type of the document",
        "write type=\"application/atom+xml\" or application/rss+xml";
    LINK_DUPLICATE = Error "atom-link-duplicate", "RFC 4287 4.1.1",
        "one alternate link of a type and language",
        "remove one, or say type and hreflang";
    LINK_NOT_EMPTY = Warning "atom-link-not-empty", "RFC 4287 4.2.7",
        "an empty link element",
        "the address stands in href";
    LINK_REL = Warning "atom-link-rel", "RFC 4287 4.2.7.2; IANA, link relations",
        "a registered link relation, or an address",
        "check the spelling";
    HREF_MISSING = Error "atom-href-missing", "RFC 4287 4.2.7.1",
        "an href",
        "add it";
    ENTRY_DUPLICATE = Warning "atom-entry-duplicate", "RFC 4287 4.1.1",
        "an id of its own for every entry",
        "readers show one of the entries only";
    ID_DUPLICATE = Error "atom-id-duplicate", "RFC 4287 4.1.1",
        "an id of its own for every entry and updated",
        "entries of one id must differ in updated";
    IDS_ALL_SAME = Warning "atom-ids-all-same", "RFC 4287 4.1.1",
        "entries of different ids",
        "all entries have one id, so that readers show one: give each its own";
    UPDATED_DUPLICATE = Warning "atom-updated-duplicate", "RFC 4287 4.1.2",
        "entries with different times of update",
        "readers sort by it: let them differ by a second";
    METADATA_LATE = Error "atom-metadata-late", "RFC 4287 4.1.1; practice of readers",
        "everything about the feed before the first entry",
        "readers that stream miss it: move the entries to the end";
    TEXT_TYPE = Error "atom-text-type", "RFC 4287 3.1.1",
        "type text, html or xhtml",
        "use one of them in lower case";
    SOURCE = Warning "atom-source-incomplete", "RFC 4287 4.2.11",
        "the id, title and updated of the source",
        "copy them from the feed";
    DOCUMENT_TYPE = Warning "atom-content-fragment", "RFC 4287 4.1.3.3",
        "a whole document where the type is that of one",
        "write type=\"html\" or type=\"xhtml\" for a part of a page";
    SRC_TYPE = Warning "atom-src-type-missing", "RFC 4287 4.1.3.2",
        "a type beside src",
        "say what is there";
    NAME_MAIL = Warning "atom-name-mail", "RFC 4287 3.2.1",
        "a name without a mail address",
        "put the address into email";
    HISTORY_ENTRY = Warning "history-link-in-entry", "RFC 5005 3",
        "links between documents in the feed only",
        "move it up";
    HISTORY_COMPLETE = Error "history-link-in-complete", "RFC 5005 2",
        "no links to other documents in a complete feed",
        "remove the links, or fh:complete";
    HISTORY_CURRENT = Error "history-current-in-complete", "RFC 5005 2",
        "a current link that is the self link",
        "a complete feed is current: remove the link";
    HISTORY_ARCHIVE = Warning "history-archive-without-current", "RFC 5005 4",
        "a link with rel=\"current\" in an archive",
        "add it";
    HISTORY_OLDEST = Info "history-archive-without-previous", "RFC 5005 4",
        "a link with rel=\"prev-archive\"",
        "right for the oldest archive only: all others link the one before";
    HISTORY_BOTH = Error "history-complete-archive", "RFC 5005",
        "fh:complete or fh:archive",
        "a document is one of them";
    HISTORY_MIXED = Warning "history-mixed", "RFC 5005",
        "paging links or archive links",
        "readers follow one kind: keep the archive links";
    HISTORY_LOOP = Error "history-loop", "RFC 5005 4",
        "a link to another document",
        "a document that links to itself is walked forever";
    HISTORY_PAST_END = Warning "history-past-end", "RFC 5005 3",
        "no link beyond the first or the last document",
        "the first document has no previous one, the last no next one: remove the link";
    TOMBSTONE_LATE = Warning "tombstone-late", "RFC 6721 3",
        "deleted entries before the entries",
        "move them up";
    TOMBSTONE_ALIVE = Error "tombstone-alive", "RFC 6721 3",
        "no entry of the same id that is older than its deletion",
        "remove the entry or the tombstone";
    CATEGORIES_CONFLICT = Error "app-categories-conflict", "RFC 5023 7.2.1",
        "href, or fixed, scheme and categories",
        "keep one of them";
    DRAFT = Error "app-draft", "RFC 5023 13.1.1",
        "yes or no",
        "write it in lower case";
    MEDIA_RANGE = Error "app-accept", "RFC 5023 8.3.4",
        "a media range such as image/*",
        "type, slash, subtype";
    PARAMETER = Warning "app-accept-parameter", "RFC 5023 12.1",
        "known parameters of the media type",
        "for Atom that is type=entry or type=feed";
    THREAD_WHEN = Error "thread-when", "RFC 4685 4",
        "thr:updated",
        "thr:when is of a draft: rename it";
}
