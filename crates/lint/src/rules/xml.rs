//! Bytes, characters and markup.

super::table! {
    NOT_A_FEED = Error "not-a-feed", "RSS 2.0; RFC 4287; RSS 1.0; JSON Feed 1.1; OPML 2.0",
        "a feed or an outline",
        "check the address: this may be a web page, or the answer of a login or a challenge";
    EMPTY = Error "document-empty", "XML 1.0 2.1",
        "a document",
        "an empty answer is often a failed script: look at the server's log";
    TOO_LARGE = Warning "document-too-large", "practice of readers",
        "a document of at most 32 MB",
        "show fewer entries and put the others into history documents (RFC 5005)";
    TOO_DEEP = Error "xml-too-deep", "practice of readers",
        "elements nested at most 200 deep",
        "readers overflow on such a document: flatten it";
    MALFORMED = Error "xml-malformed", "XML 1.0 2.1",
        "well-formed XML",
        "write the document with an XML library instead of a text template";
    UNCLOSED = Error "xml-unclosed", "XML 1.0 2.1",
        "an end tag for every start tag",
        "the document was cut, or an end tag is missing";
    END_MISMATCH = Error "xml-end-mismatch", "XML 1.0 3",
        "the end tag of the innermost element",
        "close elements in the opposite order of opening them";
    AFTER_ROOT = Error "xml-after-root", "XML 1.0 2.1",
        "nothing but comments after the root element",
        "remove what follows";
    BEFORE_DECLARATION = Error "xml-before-declaration", "XML 1.0 2.8",
        "the XML declaration in the first byte",
        "remove the blank lines before `<?xml`; a script prints them";
    XML_VERSION = Error "xml-version", "XML 1.0 2.8",
        "version 1.0",
        "write `<?xml version=\"1.0\"`: readers refuse others";
    BARE_AMPERSAND = Error "xml-bare-ampersand", "XML 1.0 2.4",
        "`&amp;` for an ampersand",
        "escape `&` as `&amp;`, in links too";
    ENTITY_UNDEFINED = Error "xml-entity-undefined", "XML 1.0 4.1",
        "a reference to a declared entity",
        "XML knows five names only: write the character itself or a number, such as `&#160;`";
    ENTITY_EXTERNAL = Warning "xml-entity-external", "XML 1.0 4.2.2",
        "no external entities",
        "readers do not fetch them, since that would be a hole: write the text itself";
    CHARACTER = Error "xml-character", "XML 1.0 2.2",
        "a character that XML allows",
        "remove control characters; they come from copied text";
    CONTROL = Warning "xml-control-character", "XML 1.0 2.2",
        "no control characters U+007F to U+009F",
        "such a character is windows-1252 that was taken for ISO 8859-1: convert the text";
    CDATA_END = Error "xml-cdata-end", "XML 1.0 2.4",
        "`]]&gt;` for `]]>` in text",
        "escape the `>`";
    ATTRIBUTE_SYNTAX = Error "xml-attribute", "XML 1.0 3.1",
        "attributes as name=\"value\", each once",
        "quote every value, escape `<` and `&`, and name no attribute twice";
    NAME = Error "xml-name", "XML 1.0 2.3",
        "a name",
        "names begin with a letter or an underscore";
    PREFIX_UNBOUND = Error "xml-prefix-unbound", "Namespaces in XML 1.0 5",
        "a declared namespace prefix",
        "declare it on the root element: xmlns:prefix=\"…\"";
    NO_NAMESPACE = Error "element-not-in-a-namespace", "RSS 2.0, Extending RSS",
        "an element of RSS, or one in a namespace",
        "extensions need a namespace of their own";
    DOCTYPE = Error "xml-doctype", "RSS 0.91",
        "no document type but those of RSS 0.91",
        "remove the DOCTYPE";
    DOCTYPE_GONE = Error "xml-doctype-gone", "RSS 0.91",
        "a document type that still exists",
        "remove it, or use \"http://www.rssboard.org/rss-0.91.dtd\": Netscape's address is dead";
    ENCODING_NAME = Error "encoding-unknown", "XML 1.0 4.3.3",
        "the name of a character encoding",
        "write UTF-8 and say so: encoding=\"utf-8\"";
    ENCODING_WRONG = Error "encoding-wrong", "XML 1.0 4.3.3",
        "bytes in the declared encoding",
        "declare the encoding that the bytes are in, best UTF-8 for both";
    ENCODING_MARK = Error "encoding-mark", "XML 1.0 4.3.3",
        "a declaration that agrees with the byte order mark",
        "remove the mark, and declare what the bytes are in";
    ENCODING_DECLARED = Warning "encoding-disagrees", "XML 1.0 4.3.3",
        "the declared encoding to be the real one",
        "the bytes are UTF-8: declare that, or readers show garbled letters";
    ENCODING_OBSCURE = Warning "encoding-obscure", "RSS profile; XML 1.0 4.3.3",
        "UTF-8, or an encoding that every reader knows",
        "write UTF-8";
    ENCODING_NOT_UTF8 = Info "encoding-not-utf8", "XML 1.0 4.3.3",
        "UTF-8",
        "every XML reader knows UTF-8, not all know others";
    GARBLED = Warning "text-garbled", "practice of readers",
        "text that was decoded once",
        "the text was read in the wrong encoding and written again: find the step that takes UTF-8 for something else";
    NAMESPACE_CASE = Error "namespace-misspelled", "Namespaces in XML 1.0 2.3",
        "the exact address of a namespace",
        "namespaces are compared letter by letter";
    NAMESPACE_UNKNOWN = Info "namespace-unknown", "Namespaces in XML 1.0",
        "a namespace that readers know",
        "nothing to do if your readers know it";
    NAMESPACE_OBSOLETE = Error "namespace-obsolete", "RFC 4287 1.2",
        "the namespace http://www.w3.org/2005/Atom",
        "this was a draft of Atom: publish Atom 1.0";
    NAMESPACE_WRONG = Error "namespace-wrong", "RFC 4287 1.2",
        "a root element in the namespace of its format",
        "declare xmlns=\"http://www.w3.org/2005/Atom\" on `feed`, and nothing on `rss`";
    NAMESPACE_MEDIA = Error "namespace-media-slash", "Media RSS 1.5, Namespace declaration",
        "the namespace http://search.yahoo.com/mrss/",
        "add the slash at the end";
    NAMESPACE_WIKI = Warning "namespace-wiki", "mod_wiki",
        "the namespace http://purl.org/rss/1.0/modules/wiki/",
        "use the current address";
    PREFIX_AVOID = Warning "prefix-avoid", "RFC 4287 1.2; practice of readers",
        "no prefix for Atom and XHTML",
        "simple readers look at names as they are written: declare the default namespace";
    PREFIX_RESERVED = Warning "prefix-reserved", "practice of readers",
        "a well-known prefix for its own namespace only",
        "simple readers take the element for the well-known one: use another prefix";
    PREFIX_UNUSUAL = Info "prefix-unusual", "practice of readers",
        "the usual prefix",
        "simple readers go by the prefix";
    PROCESSING = Info "xml-stylesheet-script", "practice of browsers",
        "no XSLT",
        "browsers are removing XSLT: offer a page beside the feed";
}
