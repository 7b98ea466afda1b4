//! What entries hold: plain text, HTML, XHTML.

super::table! {
    HTML_IN_TEXT = Warning "text-contains-html", "RSS profile, character data; RFC 4287 3.1.1.1",
        "plain text",
        "readers show the markup as it is, or drop it: remove it";
    HTML_UNDECLARED = Warning "text-contains-html-undeclared", "RFC 4287 3.1.1",
        "text without markup, or type=\"html\"",
        "declare type=\"html\", or remove the markup";
    CHARACTER_DATA = Warning "text-ambiguous", "RSS profile, character data",
        "`<` and `&` in a form that all readers read alike",
        "write &#x3C; and &#x26;";
    NOT_HTML = Warning "html-invalid", "HTML Living Standard",
        "HTML that browsers need not repair",
        "check the markup: an unknown element, a tag that does not end, or a reference to a control character";
    FRAGMENT = Warning "html-unbalanced", "HTML Living Standard 13.1.2",
        "elements that are closed where they were opened",
        "close what you open: readers put the text into pages of their own";
    SECURITY = Warning "html-unsafe-element", "RFC 4287 8.1",
        "no active content",
        "readers remove it: link to the page instead";
    SECURITY_ATTRIBUTE = Warning "html-unsafe-attribute", "RFC 4287 8.1",
        "attributes that readers let through",
        "readers remove it";
    STYLE = Warning "html-unsafe-style", "RFC 4287 8.1",
        "style that cannot leave its place",
        "remove it: readers do, since style can cover their own controls";
    RELATIVE = Warning "html-relative-link", "RSS profile, description",
        "absolute links in the content",
        "RSS has no base address: write links in full";
    SCRIPT_LINK = Warning "html-script-link", "RFC 4287 8.1",
        "no javascript: links",
        "remove it";
    NOT_ESCAPED = Error "html-not-escaped", "RFC 4287 3.1.1.2",
        "escaped markup",
        "type=\"html\" holds text: escape `<` as &lt;, or use CDATA";
    NOT_INLINE = Warning "xhtml-escaped", "RFC 4287 3.1.1.3",
        "markup as elements",
        "type=\"xhtml\" holds elements: remove the escaping, or declare type=\"html\"";
    XHTML_PLACE = Warning "xhtml-misplaced", "RFC 4287 6.3; practice of readers",
        "XHTML inside of an element that holds text",
        "readers look for text in the elements that are meant for it: move it there";
    XHTML_DIV = Error "xhtml-div-missing", "RFC 4287 3.1.1.3",
        "one div of XHTML around the content",
        "wrap it in <div xmlns=\"http://www.w3.org/1999/xhtml\">";
}
