//! How a file is handed out, by its name and by what it turned out to be.

use super::outline::Format;
use crate::feed::history;
use crate::generate::ATTACHED;
use crate::render::RENDERERS;

/// What kind of file it is; requests are counted by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A feed in any format.
    Feed,
    /// A page for people.
    Page,
    /// A file that came with an article.
    Attachment,
    /// Anything else.
    Other,
}

/// How a file is handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Treatment {
    pub(super) class: Class,
    pub(super) media_type: &'static str,
    /// Whether it gets smaller by compression.
    pub(super) is_pressed: bool,
    /// Whether other bytes would have another name.
    pub(super) is_immutable: bool,
    /// Whether browsers save it instead of showing it.
    pub(super) is_download: bool,
    /// The `Content-Security-Policy`.
    pub(super) policy: Option<&'static str>,
}

/// What pages may do. Their styles stand in them, with a policy of their own that names them by hash; pictures stand
/// wherever articles have them. There is no script.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src http: https: data:; \
    media-src http: https:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What documents may do that are no pages of ours but are shown as such: feeds, and what came with a mail. Nothing.
const SHUT_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

/// What is said of bytes of which nothing is known (RFC 2046 section 4.5.1).
const UNKNOWN: &str = "application/octet-stream";

/// Extension, media type, whether it gets smaller by compression.
const BY_EXTENSION: &[(&str, &str, bool)] = &[
    ("html", "text/html; charset=utf-8", true),
    ("htm", "text/html; charset=utf-8", true),
    ("xhtml", "application/xhtml+xml", true),
    ("xml", "application/xml", true),
    ("json", "application/json", true),
    ("txt", "text/plain; charset=utf-8", true),
    ("md", "text/markdown; charset=utf-8", true),
    ("css", "text/css; charset=utf-8", true),
    ("js", "text/javascript; charset=utf-8", true),
    ("csv", "text/csv; charset=utf-8", true),
    ("ics", "text/calendar; charset=utf-8", true),
    ("vcf", "text/vcard; charset=utf-8", true),
    ("opml", "text/x-opml; charset=utf-8", true),
    ("atom", "application/atom+xml; charset=utf-8", true),
    ("rss", "application/rss+xml; charset=utf-8", true),
    ("svg", "image/svg+xml", true),
    ("ico", "image/x-icon", true),
    ("png", "image/png", false),
    ("jpg", "image/jpeg", false),
    ("jpeg", "image/jpeg", false),
    ("gif", "image/gif", false),
    ("webp", "image/webp", false),
    ("avif", "image/avif", false),
    ("mp3", "audio/mpeg", false),
    ("m4a", "audio/mp4", false),
    ("m4b", "audio/mp4", false),
    ("aac", "audio/aac", false),
    ("ogg", "audio/ogg", false),
    ("oga", "audio/ogg", false),
    ("opus", "audio/ogg", false),
    ("flac", "audio/flac", false),
    ("wav", "audio/wav", false),
    ("mp4", "video/mp4", false),
    ("m4v", "video/mp4", false),
    ("mov", "video/quicktime", false),
    ("webm", "video/webm", false),
    ("ogv", "video/ogg", false),
    ("mkv", "video/x-matroska", false),
    ("pdf", "application/pdf", false),
    ("epub", "application/epub+zip", false),
    ("zip", "application/zip", false),
    ("gz", "application/gzip", false),
    ("torrent", "application/x-bittorrent", false),
    ("woff2", "font/woff2", false),
];

/// The treatment of the file at a path below the directory; `format` is what the pass over its bytes found.
pub(super) fn of(path: &str, format: Option<Format>) -> Treatment {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let known = BY_EXTENSION.iter().find(|(known, ..)| known.eq_ignore_ascii_case(extension));
    let (media_type, is_pressed) = known.map_or((UNKNOWN, false), |(_, media_type, pressed)| (*media_type, *pressed));
    let is_attached = path.split('/').next() == Some(ATTACHED);
    let is_active = ["text/html", "application/xhtml", "application/xml", "image/svg", "text/javascript"]
        .iter()
        .any(|active| media_type.starts_with(active));
    let other = Treatment {
        class: Class::Other,
        media_type,
        is_pressed,
        is_immutable: false,
        is_download: false,
        policy: is_active.then_some(SHUT_POLICY),
    };
    if is_attached {
        // A document that came with a mail must not act in the name of this site.
        let is_immutable = is_named_by_hash(name);
        return Treatment { class: Class::Attachment, is_immutable, is_download: is_active, ..other };
    }
    // Documents of history keep their entries, and yet an old article may be corrected or found late: they are asked
    // for anew as feeds are, and no less often.
    let is_history = path.rsplit('/').nth(1) == Some(history::DIRECTORY);
    if let Some(renderer) = RENDERERS
        .iter()
        .find(|renderer| renderer.file_name() == name || is_history && renderer.extension() == extension)
    {
        let class = if renderer.is_feed() { Class::Feed } else { Class::Page };
        let policy = Some(if renderer.is_feed() { SHUT_POLICY } else { PAGE_POLICY });
        return Treatment { class, media_type: renderer.media_type(), is_pressed: true, policy, ..other };
    }
    let by_format = match format {
        Some(Format::Atom) => "application/atom+xml; charset=utf-8",
        Some(Format::Rss) => "application/rss+xml; charset=utf-8",
        Some(Format::JsonFeed) => "application/feed+json; charset=utf-8",
        Some(Format::Opml) => return Treatment { media_type: "text/x-opml; charset=utf-8", ..other },
        None if media_type.starts_with("text/html") => {
            return Treatment { class: Class::Page, policy: Some(PAGE_POLICY), ..other };
        }
        None => return other,
    };
    Treatment { class: Class::Feed, media_type: by_format, policy: Some(SHUT_POLICY), ..other }
}

/// Whether a file of that name may be a feed: only then its bytes are looked at.
pub(super) fn may_be_feed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_rendered = RENDERERS.iter().any(|renderer| renderer.is_feed() && renderer.file_name() == name);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    is_rendered || matches!(extension.as_str(), "xml" | "json" | "atom" | "rss" | "rdf" | "opml")
}

/// Whether the name begins with the hash of the content, as the archive names files: 16 hexadecimal digits and a `-`.
fn is_named_by_hash(name: &str) -> bool {
    name.split_once('-').is_some_and(|(hash, _)| {
        hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_name_and_by_what_it_is() {
        let class = |path: &str, format| (of(path, format).class, of(path, format).media_type);
        assert_eq!(class("notices/atom.xml", None), (Class::Feed, "application/atom+xml; charset=utf-8"));
        assert_eq!(class("feed.json", None), (Class::Feed, "application/feed+json; charset=utf-8"));
        assert_eq!(class("2023/05.xml", Some(Format::Rss)), (Class::Feed, "application/rss+xml; charset=utf-8"));
        assert_eq!(class("notices/history/2023-05.json", None), (Class::Feed, "application/feed+json; charset=utf-8"));
        assert_eq!(class("history/2023-05.rss", None), (Class::Feed, "application/rss+xml; charset=utf-8"));
        assert_eq!(class("history/2023-05.html", None), (Class::Page, "text/html; charset=utf-8"));
        assert!(!of("history/2023-05.atom", None).is_immutable, "an article of that month may be corrected");
        assert_eq!(class("sitemap.xml", None), (Class::Other, "application/xml"));
        assert_eq!(class("list.xml", Some(Format::Opml)), (Class::Other, "text/x-opml; charset=utf-8"));
        assert_eq!(class("index.html", None), (Class::Page, "text/html; charset=utf-8"));
        assert_eq!(class("logo.PNG", None), (Class::Other, "image/png"));
        assert_eq!(class("LICENCE", None), (Class::Other, UNKNOWN));
    }

    #[test]
    fn what_came_with_articles_is_kept_apart() {
        let picture = of("files/0123456789abcdef-map.png", None);
        assert!(picture.is_immutable && !picture.is_download && picture.class == Class::Attachment);
        let page = of("files/0123456789abcdef-letter.html", None);
        assert!(page.is_download && page.policy.is_some_and(|policy| policy.contains("sandbox")));
        assert!(!of("files/map.png", None).is_immutable);
        assert!(!of("0123456789abcdef-map.png", None).is_immutable);
    }
}
