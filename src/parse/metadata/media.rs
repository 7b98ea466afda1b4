//! Pictures and attached media.

use serde_json::Value;

use super::{Metadata, web_address};
use crate::article::{Article, Enclosure};
use feedmill_dates as dates;

const IMAGE: &[&str] = &[
    "image",
    "cover",
    "coverimage",
    "thumbnail",
    "thumb",
    "featuredimage",
    "featureimage",
    "featured",
    "primaryimage",
    "photo",
    "bannerimage",
    "banner",
    "heroimage",
    "hero",
    "ogimage",
    "headerimage",
    "header",
    "teaserimage",
    "images",
    "urltoimage",
    "topimage",
    "leadimage",
    "socialimage",
    "previewimage",
    "titlepicture",
    "picture",
    "imageurl",
];

const ENCLOSURES: &[&str] = &[
    "enclosure",
    "enclosures",
    "attachments",
    "podcast",
    "audio",
    "audiourl",
    "audiofile",
    "podcasturl",
    "podcastfile",
    "mp3",
    "mp3url",
    "episodeurl",
    "mediaurl",
    "video",
    "videourl",
    "videofile",
    "mediafile",
];

/// Endings of addresses that are media files without doubt.
const MEDIA: &[&str] = &[
    ".mp3", ".m4a", ".m4b", ".ogg", ".oga", ".opus", ".wav", ".flac", ".aac", ".mp4", ".m4v", ".webm", ".mov", ".ogv",
];

const MOST: usize = 100;

/// Takes the picture and the attachments out of the metadata. An object that says more than an address is left
/// among the metadata too.
pub(super) fn take(metadata: &mut Metadata, article: &mut Article) {
    if article.image.is_none() {
        article.image = metadata.take(IMAGE, |value| value.as_str().and_then(picture));
    }
    if article.image.is_none() {
        let nested = |key: &&&str| metadata.get(key).and_then(nested_picture);
        article.image = IMAGE.iter().find_map(|key| nested(&key));
    }
    for key in ENCLOSURES {
        let whole = metadata.take(&[*key], |value| Some(enclosures(value)).filter(|found| !found.is_empty()));
        article.enclosures.extend(whole.into_iter().flatten());
    }
    let mut seen = std::collections::HashSet::new();
    article.enclosures.retain(|enclosure| seen.insert(enclosure.url.clone()));
    article.enclosures.truncate(MOST);
}

/// The address of a picture: a URL, or a path, which needs a `/` or an extension to be told from a word.
fn picture(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() || text.contains(['\n', '{']) || text.starts_with("data:") {
        return None;
    }
    if let Some(url) = web_address(text) {
        return Some(url);
    }
    let has_extension = text.rsplit_once('.').is_some_and(|(stem, ext)| {
        !stem.is_empty() && (2..=5).contains(&ext.len()) && ext.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    (has_extension || text.contains('/') && !text.contains(' ')).then(|| text.to_owned())
}

fn nested_picture(value: &Value) -> Option<String> {
    match value {
        Value::Object(object) => {
            ["url", "src", "image", "path", "href", "file", "contentUrl", "source_url", "original", "feature", "teaser"]
                .iter()
                .find_map(|key| object.get(*key)?.as_str().and_then(picture))
        }
        Value::Array(values) => values.iter().take(MOST).find_map(|value| match value {
            Value::String(text) => picture(text),
            other => nested_picture(other),
        }),
        _ => None,
    }
}

fn enclosures(value: &Value) -> Vec<Enclosure> {
    match value {
        Value::String(text) => written_out(text).into_iter().collect(),
        Value::Array(values) => values.iter().take(MOST).flat_map(enclosures).collect(),
        Value::Object(object) => {
            let text = |keys: &[&str]| keys.iter().find_map(|key| object.get(*key)?.as_str()).map(str::trim);
            let url = text(&["url", "href", "src", "file", "mp3", "link", "@url"]);
            let number = |keys: &[&str]| {
                keys.iter().find_map(|key| match object.get(*key)? {
                    Value::String(text) => text.trim().parse().ok(),
                    value => value.as_u64(),
                })
            };
            let media_type = text(&["mime_type", "type", "media_type", "mimeType", "mime", "@type"]);
            url.filter(|url| is_address(url, media_type.is_some()))
                .map(|url| Enclosure {
                    url: web_address(url).unwrap_or_else(|| url.to_owned()),
                    media_type: media_type.filter(|t| t.contains('/')).map(str::to_owned),
                    length: number(&["size_in_bytes", "length", "size", "filesize", "bytes", "@length"]),
                    duration: ["duration_in_seconds", "duration", "@duration"]
                        .iter()
                        .find_map(|key| play_time(object.get(*key)?)),
                })
                .into_iter()
                .collect()
        }
        _ => Vec::new(),
    }
}

/// A bare address, or WordPress's three lines: address, length, type.
fn written_out(text: &str) -> Option<Enclosure> {
    let mut words = text.split_whitespace();
    let url = words.next()?;
    let (length, media_type) = (words.next().and_then(|word| word.parse().ok()), words.next());
    if words.next().is_some() || !is_address(url, media_type.is_some()) {
        return None;
    }
    Some(Enclosure {
        url: web_address(url).unwrap_or_else(|| url.to_owned()),
        media_type: media_type.filter(|t| t.contains('/')).map(str::to_owned),
        length,
        duration: None,
    })
}

/// Seconds of playing, as a number or as a text.
fn play_time(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => dates::play_time(text),
        value => dates::play_time(&(value.as_f64()? as u64).to_string()),
    }
}

fn is_address(url: &str, declared: bool) -> bool {
    let file = url.split(['?', '#']).next().unwrap_or(url).to_ascii_lowercase();
    let is_media = MEDIA.iter().any(|ending| file.ends_with(ending));
    // A blank in an address is a common slip; feeds carry it percent-encoded.
    let is_one_line = !url.is_empty() && !url.contains(['\n', '\r', '\t']);
    is_one_line && (is_media || declared || web_address(url).is_some())
}
