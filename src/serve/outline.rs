//! Where the entries of a finished feed stand in its bytes, and the links that it carries itself.
//!
//! One pass over the bytes, when a file is taken up. Entries are told apart by their bytes: one that was edited is
//! another one. Leaving entries out is then a matter of not sending some bytes, and all others stay as they were.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde::Deserialize;
use serde_json::value::RawValue;

/// What a document says of itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outline {
    pub(super) format: Format,
    /// The address that the feed gives for itself.
    pub(super) own_url: Option<String>,
    /// The hubs that tell of changes (WebSub).
    pub(super) hubs: Vec<String>,
    entries: Vec<Entry>,
}

/// What a document turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Atom,
    Rss,
    JsonFeed,
    Opml,
}

#[derive(Debug, PartialEq, Eq)]
struct Entry {
    /// Its bytes, with the blanks or the comma behind it.
    span: Range<usize>,
    print: u64,
}

impl Outline {
    /// Reads a document; `None` where it is no feed, or no well-formed one.
    pub(super) fn read(bytes: &[u8]) -> Option<Outline> {
        let text = std::str::from_utf8(bytes).ok()?;
        match text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace()).chars().next()? {
            '<' => read_xml(text),
            '{' => read_json(text),
            _ => None,
        }
    }

    /// What tells the entries from each other and from those of other versions.
    pub(super) fn prints(&self) -> Vec<u64> {
        let mut prints: Vec<u64> = self.entries.iter().map(|entry| entry.print).collect();
        prints.sort_unstable();
        prints
    }

    /// The feed without the entries whose prints are among `known`, which is sorted; `None` where that is all of it.
    pub(super) fn without(&self, bytes: &[u8], known: &[u64]) -> Option<Vec<u8>> {
        let is_known = |entry: &&Entry| known.binary_search(&entry.print).is_ok();
        if !self.entries.iter().any(|entry| is_known(&entry)) {
            return None;
        }
        let mut out = Vec::new();
        let mut at = 0;
        let mut last_kept = None;
        for entry in &self.entries {
            out.extend_from_slice(bytes.get(at..entry.span.start)?);
            if !is_known(&entry) {
                out.extend_from_slice(bytes.get(entry.span.clone())?);
                last_kept = Some(out.len());
            }
            at = entry.span.end;
        }
        if let (Format::JsonFeed, Some(end)) = (self.format, last_kept) {
            // The last item of an array has no comma behind it.
            let tail = out.split_off(end);
            let kept = out.trim_ascii_end();
            let kept = kept.strip_suffix(b",").unwrap_or(kept).len();
            out.truncate(kept);
            out.extend(tail);
        }
        out.extend_from_slice(bytes.get(at..)?);
        Some(out)
    }
}

fn print(entry: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    entry.hash(&mut hasher);
    hasher.finish()
}

fn read_xml(text: &str) -> Option<Outline> {
    let mut reader = Reader::from_str(text);
    let mut outline = None;
    let mut depth = 0_usize;
    let mut open_entry: Option<usize> = None;
    loop {
        let start = usize::try_from(reader.buffer_position()).ok()?;
        match reader.read_event().ok()? {
            Event::Start(tag) => {
                depth += 1;
                match &mut outline {
                    None => outline = Some(begin(&tag)?),
                    Some(outline) if open_entry.is_none() => match is_entry(&tag, depth, outline.format) {
                        true => open_entry = Some(start),
                        false => note_link(&tag, depth, outline),
                    },
                    Some(_) => {}
                }
            }
            Event::Empty(tag) => match &mut outline {
                None => return begin(&tag),
                Some(outline) if open_entry.is_none() => note_link(&tag, depth + 1, outline),
                Some(_) => {}
            },
            Event::End(tag) => {
                let outline = outline.as_mut()?;
                if let Some(from) = open_entry.filter(|_| ends_entry(tag.local_name().as_ref(), depth, outline.format))
                {
                    let end = usize::try_from(reader.buffer_position()).ok()?;
                    let print = print(text.get(from..end)?);
                    let blanks = text.get(end..)?;
                    let end = end + blanks.len() - blanks.trim_start().len();
                    outline.entries.push(Entry { span: from..end, print });
                    open_entry = None;
                }
                depth = depth.checked_sub(1)?;
            }
            Event::Eof => return outline.filter(|_| depth == 0),
            _ => {}
        }
    }
}

/// What the root element says.
fn begin(root: &BytesStart) -> Option<Outline> {
    let format = match root.local_name().as_ref() {
        "feed" => Format::Atom,
        "rss" | "RDF" => Format::Rss,
        "opml" => Format::Opml,
        _ => return None,
    };
    Some(Outline { format, own_url: None, hubs: Vec::new(), entries: Vec::new() })
}

/// Entries stand in `feed`, items in `rss/channel`, or in `rdf:RDF`.
fn is_entry(tag: &BytesStart, depth: usize, format: Format) -> bool {
    ends_entry(tag.local_name().as_ref(), depth, format)
}

fn ends_entry(name: &str, depth: usize, format: Format) -> bool {
    match format {
        Format::Atom => name == "entry" && depth == 2,
        Format::Rss => name == "item" && (depth == 2 || depth == 3),
        Format::JsonFeed | Format::Opml => false,
    }
}

/// Takes `rel="self"` and `rel="hub"` of a link of the feed itself.
fn note_link(tag: &BytesStart, depth: usize, outline: &mut Outline) {
    if depth > 3 || tag.local_name().as_ref() != "link" {
        return;
    }
    let attribute = |name: &str| {
        let found = tag.try_get_attribute(name).ok().flatten()?;
        quick_xml::escape::unescape(&found.value).ok().map(String::from)
    };
    let (Some(rel), Some(url)) = (attribute("rel"), attribute("href")) else { return };
    match rel.as_str() {
        "self" => outline.own_url = outline.own_url.take().or(Some(url)),
        "hub" => outline.hubs.push(url),
        _ => {}
    }
}

fn read_json(text: &str) -> Option<Outline> {
    #[derive(Deserialize)]
    struct Wire<'a> {
        version: String,
        feed_url: Option<String>,
        #[serde(default)]
        hubs: Vec<Hub>,
        #[serde(borrow)]
        items: &'a RawValue,
    }
    #[derive(Deserialize)]
    struct Hub {
        url: String,
    }
    let wire: Wire = serde_json::from_str(text).ok()?;
    if !wire.version.starts_with("https://jsonfeed.org/version/") {
        return None;
    }
    let items: Vec<&RawValue> = serde_json::from_str(wire.items.get()).ok()?;
    // Raw values are slices of the text.
    let offset = |raw: &RawValue| (raw.get().as_ptr() as usize).checked_sub(text.as_ptr() as usize);
    let mut entries = Vec::with_capacity(items.len());
    for item in items {
        let start = offset(item)?;
        let end = start + item.get().len();
        let behind = text.get(end..)?;
        let rest = behind.trim_start();
        let rest = rest.strip_prefix(',').map_or(rest, str::trim_start);
        entries.push(Entry { span: start..end + behind.len() - rest.len(), print: print(item.get()) });
    }
    let hubs = wire.hubs.into_iter().map(|hub| hub.url).collect();
    Some(Outline { format: Format::JsonFeed, own_url: wire.feed_url, hubs, entries })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ATOM: &str = "<?xml version=\"1.0\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n  <title>T</title>\n  \
        <link rel=\"self\" href=\"https://a.example/atom.xml?a=1&amp;b=2\"/><link rel=\"hub\" href=\"https://hub.example/\"/>\n  \
        <entry><id>1</id><link rel=\"self\" href=\"x\"/><content><![CDATA[</entry>]]></content></entry>\n  \
        <entry><id>2</id><source><entry>odd</entry></source></entry>\n  <entry><id>3</id></entry>\n</feed>\n";

    #[test]
    fn leaves_out_what_is_known_and_keeps_every_other_byte() {
        let outline = Outline::read(ATOM.as_bytes()).unwrap();
        assert_eq!(outline.format, Format::Atom);
        assert_eq!(outline.own_url.as_deref(), Some("https://a.example/atom.xml?a=1&b=2"));
        assert_eq!(outline.hubs, ["https://hub.example/"]);
        assert_eq!(outline.entries.len(), 3);
        let mut known = vec![outline.entries[0].print, outline.entries[2].print];
        known.sort_unstable();
        let cut = String::from_utf8(outline.without(ATOM.as_bytes(), &known).unwrap()).unwrap();
        assert_eq!(cut.matches("<id>").count(), 1);
        assert!(cut.contains("<id>2</id>") && cut.ends_with("</entry>\n  </feed>\n"), "{cut}");
        assert_eq!(outline.without(ATOM.as_bytes(), &[]), None);
        let none = outline.without(ATOM.as_bytes(), &outline.prints()).unwrap();
        assert!(String::from_utf8(none).unwrap().ends_with("/>\n  </feed>\n"));
    }

    #[test]
    fn items_of_rss_and_of_json() {
        let rss = "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel><link>https://a.example/</link>\
            <atom:link rel=\"self\" href=\"https://a.example/rss.xml\"/><item><guid>1</guid></item><item><guid>2</guid>\
            </item></channel></rss>";
        let outline = Outline::read(rss.as_bytes()).unwrap();
        assert_eq!((outline.format, outline.entries.len()), (Format::Rss, 2));
        assert_eq!(outline.own_url.as_deref(), Some("https://a.example/rss.xml"));
        let cut = outline.without(rss.as_bytes(), &[outline.entries[0].print]).unwrap();
        assert!(String::from_utf8(cut).unwrap().ends_with("rss.xml\"/><item><guid>2</guid></item></channel></rss>"));

        let json = "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"[,]\", \"feed_url\": \"https://a.example/\",\n\
            \"items\": [\n  {\"id\": \"1\", \"content_text\": \"],}\"},\n  {\"id\": \"2\"} ,\n  {\"id\": \"3\"}\n], \"x\": 1}";
        let outline = Outline::read(json.as_bytes()).unwrap();
        for (known, left) in [(&[0][..], "2 3"), (&[1], "1 3"), (&[2], "1 2"), (&[0, 2], "2"), (&[0, 1, 2], "")] {
            let mut known: Vec<u64> = known.iter().map(|at| outline.entries[*at].print).collect();
            known.sort_unstable();
            let cut: serde_json::Value =
                serde_json::from_slice(&outline.without(json.as_bytes(), &known).unwrap()).unwrap();
            let ids: Vec<&str> = cut["items"].as_array().unwrap().iter().map(|i| i["id"].as_str().unwrap()).collect();
            assert_eq!(ids.join(" "), left);
            assert_eq!(cut["x"], 1);
        }
    }

    #[test]
    fn what_is_no_feed_has_no_outline() {
        let deep = "<a>".repeat(100_000);
        for text in
            ["", "  ", "<", "<html></html>", "<feed><entry></feed>", "<feed>", "{}", "{\"version\":1}", "[1]", &deep]
        {
            assert_eq!(Outline::read(text.as_bytes()), None, "{}", &text[..text.len().min(30)]);
        }
        let deep = format!("<feed>{}", "<a>".repeat(100_000));
        assert_eq!(Outline::read(deep.as_bytes()), None);
        let deep = format!("{{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": {}", "[".repeat(100_000));
        assert_eq!(Outline::read(deep.as_bytes()), None);
        assert_eq!(Outline::read(b"\xff<feed/>"), None);
    }
}
