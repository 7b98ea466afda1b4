//! Media types of enclosures.

use crate::article::Enclosure;

/// What is said of bytes of which nothing is known (RFC 2046 section 4.5.1).
const UNKNOWN: &str = "application/octet-stream";

/// The types of the files that articles carry.
const BY_EXTENSION: &[(&str, &str)] = &[
    ("mp3", "audio/mpeg"),
    ("m4a", "audio/mp4"),
    ("m4b", "audio/mp4"),
    ("aac", "audio/aac"),
    ("ogg", "audio/ogg"),
    ("oga", "audio/ogg"),
    ("opus", "audio/ogg"),
    ("flac", "audio/flac"),
    ("wav", "audio/wav"),
    ("mp4", "video/mp4"),
    ("m4v", "video/mp4"),
    ("mov", "video/quicktime"),
    ("webm", "video/webm"),
    ("ogv", "video/ogg"),
    ("mkv", "video/x-matroska"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("png", "image/png"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("svg", "image/svg+xml"),
    ("pdf", "application/pdf"),
    ("epub", "application/epub+zip"),
    ("zip", "application/zip"),
    ("torrent", "application/x-bittorrent"),
    ("csv", "text/csv"),
    ("txt", "text/plain"),
    ("html", "text/html"),
];

pub(super) fn media_type(enclosure: &Enclosure) -> &str {
    match enclosure.media_type.as_deref().map(str::trim) {
        Some(declared) if is_media_type(declared) => declared,
        _ => by_extension(&enclosure.url),
    }
}

fn by_extension(url: &str) -> &'static str {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some((_, extension)) = name.rsplit_once('.') else { return UNKNOWN };
    let known = BY_EXTENSION.iter().find(|(known, _)| known.eq_ignore_ascii_case(extension));
    known.map_or(UNKNOWN, |(_, media_type)| media_type)
}

/// `type/subtype`, with parameters perhaps (RFC 6838 section 4.2).
fn is_media_type(text: &str) -> bool {
    let (essence, parameters) = text.split_once(';').unwrap_or((text, ""));
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte))
    };
    let named = essence.trim().split_once('/').is_some_and(|(kind, subtype)| is_name(kind) && is_name(subtype));
    named && parameters.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_else_by_extension_else_bytes() {
        let of = |url: &str, declared: Option<&str>| {
            let declared = declared.map(str::to_owned);
            media_type(&Enclosure { url: url.into(), media_type: declared, length: None }).to_owned()
        };
        assert_eq!(of("https://a.example/x.bin", Some("audio/mpeg")), "audio/mpeg");
        assert_eq!(of("https://a.example/x", Some(" text/html; charset=utf-8 ")), "text/html; charset=utf-8");
        assert_eq!(of("https://a.example/x.MP3?token=a.b/c#t=1", None), "audio/mpeg");
        assert_eq!(of("https://a.example/x.mp3", Some("audio")), "audio/mpeg");
        assert_eq!(of("https://a.example/x.mp3", Some("audio/\n")), "audio/mpeg");
        assert_eq!(of("https://a.example/", Some("")), UNKNOWN);
        assert_eq!(of("https://a.example/file.xyz", None), UNKNOWN);
    }
}
