//! Elements and attributes: what must be there, what may be there, how often and where.

super::table! {
    UNKNOWN_ELEMENT = Error "element-unknown", "the element's specification",
        "an element that the specification knows here",
        "remove it, or put it where it belongs; names are case-sensitive";
    MISPLACED_ELEMENT = Error "element-misplaced", "the element's specification",
        "the element in a place where its specification allows it",
        "move it";
    NO_VOCABULARY = Warning "element-without-vocabulary", "RFC 4287 6.1",
        "an extension element in a namespace",
        "readers cannot know what it means: give it a namespace of its own";
    MISSING_ELEMENT = Error "element-missing", "the element's specification",
        "a required element",
        "add it";
    DUPLICATE_ELEMENT = Error "element-duplicate", "the element's specification",
        "the element once",
        "keep one of them";
    UNEXPECTED_TEXT = Error "text-unexpected", "the element's specification",
        "only elements here",
        "remove the text, or wrap it";
    NOT_EMPTY = Error "element-not-empty", "the element's specification",
        "an empty element",
        "remove what is in it";
    UNEXPECTED_CHILD = Error "element-in-text", "the element's specification",
        "text only",
        "escape the markup, or remove it";
    MISSING_ATTRIBUTE = Error "attribute-missing", "the element's specification",
        "a required attribute",
        "add it";
    RECOMMENDED_ATTRIBUTE = Info "attribute-recommended", "the element's specification",
        "a recommended attribute",
        "add it";
    UNKNOWN_ATTRIBUTE = Error "attribute-unknown", "the element's specification",
        "an attribute that the specification knows",
        "remove it; names are case-sensitive";
    FOREIGN_ATTRIBUTE = Info "attribute-foreign", "RSS 2.0, Extending RSS",
        "no attributes of other namespaces",
        "few readers look at them";
    DUPLICATE_SEMANTICS = Warning "element-same-meaning", "RSS profile, namespace elements",
        "one element for one meaning",
        "readers show one of them, nobody knows which: keep the core element";
    DUPLICATE_BODY = Warning "content-same-meaning", "RSS profile, content:encoded",
        "one element for the full text",
        "keep content:encoded";
    QUESTIONABLE = Warning "element-questionable", "RFC 5023 8.3; RFC 4287 4.2.2",
        "only what the element is meant to hold",
        "remove it: clients ignore it or stumble";
}
