//! What an XML document is, by its root: shared by the format of feeds and by what `sync` looks at.

use crate::parse::xml::{self, Step, Vocabulary, Walk};

/// The root of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Root {
    /// Of a feed: `rss`, `rdf:RDF`, `feed`.
    Feed,
    /// Of a single Atom entry.
    Entry,
    /// Of a page.
    Page,
    /// Of a subscription list.
    Subscriptions,
    /// Of a list of pages.
    Sitemap,
    /// Of a list of such lists.
    SitemapIndex,
    /// Of what a store of files says that it holds.
    Bucket,
    /// Of something else.
    Other,
}

/// The root of a document by its beginning, or the whole of it; `None` when it does not begin with an element.
pub(super) fn root(bytes: &[u8], charset: Option<&str>) -> Option<Root> {
    let text = xml::text(bytes.to_vec(), charset).ok()?;
    root_of(&text)
}

/// The root of a repaired text.
pub(super) fn root_of(text: &str) -> Option<Root> {
    let mut walk = Walk::new(text, None);
    let tag = loop {
        match walk.step().ok()? {
            Step::Start(tag) => break tag,
            Step::Text(text) if text.trim_matches(['\u{feff}', ' ', '\t', '\n']).is_empty() => {}
            _ => return None,
        }
    };
    let is_core = matches!(tag.vocabulary, Vocabulary::Plain | Vocabulary::Atom);
    Some(match tag.name.as_str() {
        "rss" => Root::Feed,
        "feed" if is_core => Root::Feed,
        // Some wrap their feed in a page that shows it.
        "html" if wraps_a_feed(&mut walk) => Root::Feed,
        "html" | "head" | "body" => Root::Page,
        "opml" => Root::Subscriptions,
        "urlset" => Root::Sitemap,
        "sitemapindex" => Root::SitemapIndex,
        "listbucketresult" => Root::Bucket,
        "entry" if tag.vocabulary == Vocabulary::Atom => Root::Entry,
        // Other formats have such roots too; what stands in them tells.
        "entry" if holds(&mut walk, &["title", "id", "published", "issued", "updated", "modified"], 3) => Root::Entry,
        "rdf" | "channel" if is_core || tag.vocabulary == Vocabulary::Rdf => {
            let is_plain = |(key, value): (_, String)| {
                key == "xmlns" && !value.is_empty() && Vocabulary::of_namespace(&value) == Vocabulary::Plain
            };
            let is_feed = tag.attributes().any(is_plain) || holds(&mut walk, &["channel", "item"], 1);
            if is_feed { Root::Feed } else { Root::Other }
        }
        _ => Root::Other,
    })
}

fn wraps_a_feed(walk: &mut Walk) -> bool {
    const ELEMENTS: usize = 10;
    let mut seen = 0;
    while seen < ELEMENTS {
        match walk.step() {
            Ok(Step::Start(tag)) if tag.name == "feed" && tag.vocabulary == Vocabulary::Atom => return true,
            Ok(Step::Start(_)) => seen += 1,
            Ok(Step::Over) | Err(_) => return false,
            Ok(_) => {}
        }
    }
    false
}

/// Whether so many of the elements stand in the beginning of the document.
fn holds(walk: &mut Walk, names: &[&str], wanted: usize) -> bool {
    const ELEMENTS: usize = 200;
    let (mut found, mut seen) = (Vec::new(), 0);
    while seen < ELEMENTS && found.len() < wanted {
        match walk.step() {
            Ok(Step::Start(tag)) => {
                seen += 1;
                let is_core = matches!(tag.vocabulary, Vocabulary::Plain | Vocabulary::Atom);
                if is_core && names.contains(&tag.name.as_str()) && !found.contains(&tag.name) {
                    found.push(tag.name);
                }
            }
            Ok(Step::Over) | Err(_) => break,
            Ok(_) => {}
        }
    }
    found.len() >= wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots() {
        for (text, expected) in [
            ("<rss version='2.0'>", Some(Root::Feed)),
            (
                "\u{feff}<?xml version='1.0'?>\n<?xml-stylesheet href='a.xsl'?>\n<!-- <html> -->\n<rss>",
                Some(Root::Feed),
            ),
            ("<!DOCTYPE rss SYSTEM 'x' [<!ENTITY a '<html>'>]><RSS>", Some(Root::Feed)),
            ("<a:feed xmlns:a='http://www.w3.org/2005/Atom'>", Some(Root::Feed)),
            ("<feed version='0.3' xmlns='http://purl.org/atom/ns#'>", Some(Root::Feed)),
            ("<rdf:RDF xmlns='http://purl.org/rss/1.0/'><channel>", Some(Root::Feed)),
            ("<rdf:RDF xmlns='http://purl.org/rss/1.0/'><image/>", Some(Root::Feed)),
            ("<rdf:RDF xmlns:f='http://xmlns.com/foaf/0.1/'><f:Person/></rdf:RDF>", Some(Root::Other)),
            ("<entry xmlns='http://www.w3.org/2005/Atom'>", Some(Root::Entry)),
            ("<entry><title>x</title><id>y</id><updated>z</updated></entry>", Some(Root::Entry)),
            ("<entry><form>x</form><sense/></entry>", Some(Root::Other)),
            ("<!doctype html><html><body><rss>", Some(Root::Page)),
            ("<html><body><feed xmlns='http://www.w3.org/2005/Atom'>", Some(Root::Feed)),
            ("<opml><head/>", Some(Root::Subscriptions)),
            ("<urlset/>", Some(Root::Sitemap)),
            ("<s:sitemapindex xmlns:s='http://www.sitemaps.org/schemas/sitemap/0.9'>", Some(Root::SitemapIndex)),
            ("<ListBucketResult xmlns='http://s3.amazonaws.com/doc/2006-03-01/'>", Some(Root::Bucket)),
            ("<svg/>", Some(Root::Other)),
            ("It rained. <rss>", None),
            ("", None),
        ] {
            assert_eq!(root(text.as_bytes(), None), expected, "{text}");
        }
        let wide: Vec<u8> = "<rss>é".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(root(&wide, None), Some(Root::Feed));
    }
}
