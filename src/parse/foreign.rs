//! Formats that are none of ours: what is recognised here is refused by name, not swallowed as prose.

use crate::source::Document;

/// What a document evidently is, in words for a message; `None` when it may be text.
pub(super) fn recognise(doc: &Document) -> Option<&'static str> {
    by_content(super::opening(doc).as_ref()).or_else(|| by_name(doc))
}

fn by_content(head: &[u8]) -> Option<&'static str> {
    const BINARY: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF document"),
        (b"PK\x03\x04", "an office document, or another kind of ZIP container"),
        (b"\x1f\x8b", "gzip data"),
        (b"\x28\xb5\x2f\xfd", "zstd data"),
        (b"BZh", "bzip2 data"),
        (b"\xfd7zXZ", "xz data"),
        (b"{\\rtf", "an RTF document"),
        (b"\x89PNG", "a PNG picture"),
        (b"GIF8", "a GIF picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"%!PS", "a PostScript document"),
        (b"SQLite format 3", "an SQLite database"),
        (b"#!/", "a script"),
    ];
    if let Some((_, what)) = BINARY.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(what);
    }
    let starts = |word: &str| head.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()));
    if starts("From: <Saved by ") {
        return Some("a web page in an MHTML file");
    }
    if starts("<?xml") || starts("<!DOCTYPE") || starts("<svg") {
        return Some("an XML document");
    }
    None
}

fn by_name(doc: &Document) -> Option<&'static str> {
    let media_type = doc.media_type.as_deref().map(|declared| declared.split(';').next().unwrap_or_default().trim());
    if let Some(media_type) = media_type {
        match media_type.to_ascii_lowercase().as_str() {
            "text/css" | "text/javascript" | "application/javascript" => return Some("a style sheet or a script"),
            declared if declared.ends_with("/xml") || declared.ends_with("+xml") => return Some("an XML document"),
            declared if declared.starts_with("image/") => return Some("a picture"),
            _ => {}
        }
    }
    Some(match doc.extension()?.as_str() {
        // A page with its pictures, as one mail of many parts.
        "mht" | "mhtml" => "a web page in an MHTML file",
        "xml" | "opml" | "svg" | "xsl" | "xslt" | "nzb" | "plist" => "an XML document",
        "css" | "scss" | "sass" | "less" => "a style sheet",
        "js" | "mjs" | "cjs" | "ts" | "jsx" | "tsx" | "py" | "rb" | "sh" | "php" | "pl" | "rs" | "go" | "c" | "h"
        | "cpp" | "java" | "lua" | "bat" | "ps1" | "sql" => "source code",
        "yml" | "yaml" | "toml" | "ini" | "cfg" | "conf" | "lock" => "a configuration file",
        "bib" => "a bibliography",
        "meta" => "a sidecar file of metadata",
        _ => return None,
    })
}
