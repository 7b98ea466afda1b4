//! Enclosures and pictures.

use serde_json::{Value, json};

use super::links;
use crate::parse::xml::{Element, Vocabulary};

/// The media of an entry.
#[derive(Debug, Default)]
pub(super) struct Media {
    /// Attached files, as objects.
    pub enclosures: Vec<Value>,
    /// The picture that stands for the entry.
    pub image: Option<String>,
}

/// The media among the elements. What Media RSS shows is attached where it is sound or film; its pictures stand for
/// the entry.
pub(super) fn of(elements: &[Element]) -> Media {
    let mut media = Media::default();
    let mut pictures = Pictures::default();
    for element in elements {
        match (element.vocabulary, element.name.as_str()) {
            (Vocabulary::Plain | Vocabulary::Atom, "enclosure") => {
                attach(&mut media, element, &["url", "href"], &["length"]);
                if kind(element) == Some("image") {
                    pictures.offer(element, 1);
                }
            }
            (Vocabulary::Plain | Vocabulary::Atom, "link")
                if element.attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("enclosure")) =>
            {
                attach(&mut media, element, &["href"], &["length"]);
                if kind(element) == Some("image") {
                    pictures.offer(element, 1);
                }
            }
            // Content that stands elsewhere (RFC 4287 section 4.1.3.2).
            (Vocabulary::Atom, "content") if matches!(kind(element), Some("audio" | "video")) => {
                attach(&mut media, element, &["src"], &[]);
            }
            (Vocabulary::Media, _) => shown(element, &mut media, &mut pictures),
            (Vocabulary::Podcast, "image") => pictures.offer(element, 3),
            (Vocabulary::Plain, "image") => {
                let inner = element.child("url").and_then(Element::trimmed).or_else(|| element.trimmed());
                pictures.offer_link(inner.map(|link| element.resolve(link)), 2, 0);
                pictures.offer(element, 2);
            }
            _ => {}
        }
    }
    media.image = pictures.best.map(|(_, _, link)| link);
    media
}

fn shown(element: &Element, media: &mut Media, pictures: &mut Pictures) {
    match element.name.as_str() {
        "group" => element.children.iter().for_each(|child| {
            if child.vocabulary == Vocabulary::Media && child.name != "group" {
                shown(child, media, pictures);
            }
        }),
        "content" => {
            match kind(element) {
                Some("image") => pictures.offer(element, 4),
                Some("audio" | "video") => attach(media, element, &["url"], &["filesize"]),
                _ => {}
            }
            let thumbnails = element.children.iter().filter(|child| child.name == "thumbnail");
            thumbnails.for_each(|child| pictures.offer(child, 5));
        }
        "thumbnail" => pictures.offer(element, 5),
        _ => {}
    }
}

fn attach(media: &mut Media, element: &Element, addresses: &[&str], lengths: &[&str]) {
    let value = |names: &[&str]| names.iter().find_map(|name| element.attribute(name));
    let Some(url) = value(addresses).filter(|url| url.len() <= links::LONGEST) else { return };
    media.enclosures.push(json!({
        "url": element.resolve(url),
        "type": element.attribute("type"),
        "length": value(lengths),
        "duration": element.attribute("duration"),
    }));
}

/// The first half of the media type, or what Media RSS calls the medium.
fn kind(element: &Element) -> Option<&str> {
    let declared = element.attribute("medium").or_else(|| element.attribute("type")?.split('/').next());
    ["image", "audio", "video"].into_iter().find(|kind| declared.is_some_and(|d| d.eq_ignore_ascii_case(kind)))
}

/// The best picture so far: its worth, its width, its address.
#[derive(Default)]
struct Pictures {
    best: Option<(u8, u32, String)>,
}

impl Pictures {
    fn offer(&mut self, element: &Element, worth: u8) {
        let link = ["url", "href"].iter().find_map(|name| element.attribute(name));
        let width = element.attribute("width").and_then(|width| width.parse().ok()).unwrap_or(0);
        self.offer_link(link.map(|link| element.resolve(link)), worth, width);
    }

    fn offer_link(&mut self, link: Option<String>, worth: u8, width: u32) {
        let is_better = self.best.as_ref().is_none_or(|(best, wide, _)| (*best, *wide) < (worth, width));
        if let Some(link) = link.filter(|link| is_better && (1..=links::LONGEST).contains(&link.len())) {
            self.best = Some((worth, width, link));
        }
    }
}
