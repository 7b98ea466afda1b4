//! Where a document begins, when something else was printed before it.

use memchr::{memchr, memmem};

use super::walk::local;

/// Elements that documents have for a root.
const ROOTS: &[&str] = &["rss", "feed", "rdf", "channel", "entry", "opml", "urlset", "sitemapindex"];

/// What programs write their messages with, when they take them for a part of a page.
const MESSAGES: &[&str] = &[
    "br", "b", "p", "div", "font", "table", "pre", "strong", "span", "hr", "center", "i", "em", "h1", "h2", "h3", "h4",
    "ul", "small", "script", "style", "link", "meta", "html", "head", "body", "title",
];

/// Messages are shorter than this.
const LONGEST: usize = 64 << 10;

/// Where the document begins: behind the messages of the program that made it, behind other text, or a page that was
/// ended. 0 where it begins at once, or where no document of a kind that is known here follows.
pub(in crate::parse) fn start(bytes: &[u8]) -> usize {
    let mut lead = behind_blanks(bytes, 0);
    while bytes[lead..].starts_with(b"<!--")
        && let Some(end) = memmem::find(&bytes[lead..], b"-->")
    {
        lead = behind_blanks(bytes, lead + end + b"-->".len());
    }
    let is_message = match element(&bytes[lead..]) {
        Some(name) => MESSAGES.iter().any(|message| name.eq_ignore_ascii_case(message.as_bytes())),
        None => !bytes[lead..].starts_with(b"<"),
    };
    if !is_message {
        return 0;
    }
    let window = &bytes[..bytes.len().min(LONGEST)];
    // A page is one until it ends.
    let is_page = |before: &[u8]| contains(before, b"<html") && !contains(before, b"</html");
    let begins = |at: &usize| {
        let before = &window[..*at];
        // Without a declaration it must stand where nothing is quoted.
        let is_declared = window[*at..].starts_with(b"<?xml");
        let at_margin = before.last().is_none_or(|byte| matches!(byte, b'\n' | b'\r' | b'>') || is_mark(*byte));
        (is_declared || at_margin) && has_root(&bytes[*at..]) && !is_page(before)
    };
    let mut declarations = memmem::find_iter(window, b"<?xml").take(MOST_TRIED);
    let mut roots = memchr::memchr_iter(b'<', window).filter(|at| element(&window[*at..]).is_some_and(is_root));
    declarations.find(begins).or_else(|| roots.by_ref().take(MOST_TRIED).find(begins)).unwrap_or(0)
}

fn behind_blanks(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|byte| !is_blank(*byte)).map_or(bytes.len(), |at| from + at)
}

/// So many beginnings are looked at.
const MOST_TRIED: usize = 20;

/// Whether the root is one that is known here, behind declaration, comments and document type.
fn has_root(bytes: &[u8]) -> bool {
    let mut rest = &bytes[..bytes.len().min(LONGEST)];
    while let Some(at) = memchr(b'<', rest) {
        rest = &rest[at..];
        let end = match rest {
            _ if rest.starts_with(b"<!--") => memmem::find(rest, b"-->"),
            _ if rest.starts_with(b"<?") => memmem::find(rest, b"?>"),
            _ if rest.starts_with(b"<!") => memchr(b'>', rest),
            _ => return element(rest).is_some_and(is_root),
        };
        let Some(end) = end else { return false };
        rest = &rest[end..];
    }
    false
}

fn is_root(name: &[u8]) -> bool {
    let name = String::from_utf8_lossy(name);
    ROOTS.iter().any(|root| root.eq_ignore_ascii_case(local(&name)))
}

/// The name of the element that begins here.
fn element(bytes: &[u8]) -> Option<&[u8]> {
    const LONGEST_NAME: usize = 40;
    let name = bytes.strip_prefix(b"<")?;
    let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-' | b'_');
    let length = name.iter().take(LONGEST_NAME).take_while(is_name).count();
    let is_over = name.get(length).is_none_or(|next| next.is_ascii_whitespace() || matches!(next, b'>' | b'/'));
    (length > 0 && name[0].is_ascii_alphabetic() && is_over).then(|| &name[..length])
}

fn contains(text: &[u8], tag: &[u8]) -> bool {
    memchr::memchr_iter(b'<', text)
        .any(|at| text[at..].get(..tag.len()).is_some_and(|found| found.eq_ignore_ascii_case(tag)))
}

/// White space, controls, and the bytes of a byte order mark.
fn is_blank(byte: u8) -> bool {
    byte <= b' ' || is_mark(byte)
}

fn is_mark(byte: u8) -> bool {
    matches!(byte, 0xef | 0xbb | 0xbf)
}

#[cfg(test)]
mod tests {
    use super::start;

    #[test]
    fn what_a_program_printed_before_is_skipped() {
        for before in [
            "Notice: Undefined index: tide in /srv/feed.php on line 3\n",
            "<br />\n<b>Warning</b>:  Cannot modify header in <b>/srv/a.php</b> on line <b>12</b><br />\n",
            "\n\nDeprecated: each() in x.php\n\u{feff}",
            "PHP Warning:  x in y\n\n<!-- cached -->\n",
            "<!-- made by hand --> ok ",
            "<html><body><b>Fatal error</b></body></html>",
            "<div>x</div>",
            "x",
        ] {
            for document in [
                "<?xml version='1.0'?>\n<!-- <html> -->\n<?xml-stylesheet href='a'?><rss version='2.0'>",
                "<?xml version='1.0'?><!DOCTYPE rss><rdf:RDF xmlns='http://purl.org/rss/1.0/'>",
                "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>",
            ] {
                let text = format!("{before}{document}");
                let skipped = start(text.as_bytes());
                assert!(text[skipped..] == *document, "{text}");
            }
        }
        let bare = "Warning: x\n<rss version='2.0'>";
        assert_eq!(&bare[start(bare.as_bytes())..], "<rss version='2.0'>");
    }

    #[test]
    fn documents_that_begin_at_once_and_other_documents_stay_whole() {
        for text in [
            "<?xml version='1.0'?><rss>",
            "\u{feff}\n <rss><?xml version='1.0'?><rss>",
            "<!-- <br> --><rss>",
            "<!DOCTYPE html><html><body><pre><?xml version='1.0'?><rss>",
            "<html><body>\n<rss>",
            "<p>Feeds begin with &lt;rss&gt;, or with `<rss>`",
            "It rained. <rss>",
            "It rained.\n<?xml version='1.0'?><svg>",
            "",
            "\u{feff}",
            "x",
        ] {
            assert_eq!(start(text.as_bytes()), 0, "{text}");
        }
    }
}
