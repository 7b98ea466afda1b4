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
    ("vtt", "text/vtt"),
    ("srt", "application/x-subrip"),
    ("json", "application/json"),
    ("csv", "text/csv"),
    ("txt", "text/plain"),
    ("html", "text/html"),
];

/// What a look at a file on this machine has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// Its size in bytes.
    pub length: u64,
    /// Its first bytes, [`Probe::HEAD`] at most.
    pub head: Vec<u8>,
}

impl Probe {
    /// As many bytes as tell the kinds of files apart.
    pub const HEAD: usize = 32;
}

/// The media type of an enclosure: its own, else what the extension in its address stands for, else
/// `application/octet-stream`.
pub fn media_type(enclosure: &Enclosure) -> &str {
    declared(enclosure).or_else(|| media_type_of(&enclosure.url)).unwrap_or(UNKNOWN)
}

/// The media type that the extension in an address stands for, where it is a usual one.
pub fn media_type_of(url: &str) -> Option<&'static str> {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let (_, extension) = path.rsplit('/').next().unwrap_or(path).rsplit_once('.')?;
    let known = BY_EXTENSION.iter().find(|(known, _)| known.eq_ignore_ascii_case(extension));
    known.map(|(_, media_type)| *media_type)
}

/// Whether it is sound or film.
pub(super) fn is_playable(enclosure: &Enclosure) -> bool {
    let kind = media_type(enclosure);
    ["audio/", "video/"].iter().any(|play| kind.get(..play.len()).is_some_and(|start| start.eq_ignore_ascii_case(play)))
}

/// The enclosure with what the file itself says, where nothing was said of it.
pub(super) fn probed(enclosure: Enclosure, probe: impl FnOnce() -> Option<Probe>) -> Enclosure {
    let is_typed = declared(&enclosure).is_some() || media_type_of(&enclosure.url).is_some();
    if is_typed && enclosure.length.is_some() {
        return enclosure;
    }
    let Some(probe) = probe() else { return enclosure };
    let by_content = by_content(&probe.head).filter(|_| !is_typed).map(str::to_owned);
    Enclosure {
        length: enclosure.length.or(Some(probe.length)),
        media_type: by_content.or(enclosure.media_type),
        ..enclosure
    }
}

fn declared(enclosure: &Enclosure) -> Option<&str> {
    enclosure.media_type.as_deref().map(str::trim).filter(|declared| is_media_type(declared))
}

/// The media type by the first bytes of a file, for the kinds that articles carry (WHATWG MIME Sniffing section 6, and
/// the specifications of the formats).
fn by_content(head: &[u8]) -> Option<&'static str> {
    Some(match head {
        [b'I', b'D', b'3', ..] | [0xFF, 0xFB | 0xF3 | 0xF2, ..] => "audio/mpeg",
        [b'f', b'L', b'a', b'C', ..] => "audio/flac",
        [b'O', b'g', b'g', b'S', ..] => "audio/ogg",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => "audio/wav",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        [_, _, _, _, b'f', b't', b'y', b'p', b'M', b'4', b'A' | b'B', ..] => "audio/mp4",
        [_, _, _, _, b'f', b't', b'y', b'p', b'q', b't', ..] => "video/quicktime",
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f', ..] => "image/avif",
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => "video/mp4",
        [0x1A, 0x45, 0xDF, 0xA3, ..] => "video/webm",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [b'G', b'I', b'F', b'8', ..] => "image/gif",
        [b'%', b'P', b'D', b'F', ..] => "application/pdf",
        [b'P', b'K', 3, 4, ..] => "application/zip",
        _ => return None,
    })
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
            media_type(&Enclosure { url: url.into(), media_type: declared, length: None, duration: None }).to_owned()
        };
        assert_eq!(of("https://a.example/x.bin", Some("audio/mpeg")), "audio/mpeg");
        assert_eq!(of("https://a.example/x", Some(" text/html; charset=utf-8 ")), "text/html; charset=utf-8");
        assert_eq!(of("https://a.example/x.MP3?token=a.b/c#t=1", None), "audio/mpeg");
        assert_eq!(of("https://a.example/x.mp3", Some("audio")), "audio/mpeg");
        assert_eq!(of("https://a.example/x.mp3", Some("audio/\n")), "audio/mpeg");
        assert_eq!(of("https://a.example/", Some("")), UNKNOWN);
        assert_eq!(of("https://a.example/file.xyz", None), UNKNOWN);
    }

    #[test]
    fn a_file_says_what_nobody_else_does() {
        let probe = || Some(Probe { length: 7, head: b"ID3\x04abc".to_vec() });
        let bare = Enclosure { url: "files/a".into(), media_type: None, length: None, duration: None };
        let known = Enclosure { url: "files/a.ogg".into(), media_type: None, length: Some(9), duration: None };
        let found = probed(bare.clone(), probe);
        assert_eq!((found.media_type.as_deref(), found.length), (Some("audio/mpeg"), Some(7)));
        assert_eq!(probed(known.clone(), || panic!("nobody has to look")), known);
        let named = probed(Enclosure { length: None, ..known }, probe);
        assert_eq!((media_type(&named), named.length), ("audio/ogg", Some(7)), "a name goes before the first bytes");
        let missing = probed(bare.clone(), || None);
        assert_eq!(missing, bare);
        let odd = probed(bare, || Some(Probe { length: 0, head: Vec::new() }));
        assert_eq!((media_type(&odd), odd.length), (UNKNOWN, Some(0)));
    }

    #[test]
    fn sound_and_film_are_played() {
        for (url, declared, expected) in
            [("a.mp3", None, true), ("a", Some("Video/mp4"), true), ("a.pdf", None, false), ("a", Some("aud"), false)]
        {
            let declared = declared.map(str::to_owned);
            let enclosure = Enclosure { url: url.into(), media_type: declared, length: None, duration: None };
            assert_eq!(is_playable(&enclosure), expected, "{url}");
        }
    }
}
