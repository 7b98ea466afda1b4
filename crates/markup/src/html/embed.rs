//! Embedded pages and players as links.

use url::Url;

use super::tokens::Tag;
use crate::{link, one_line};

/// A link that stands for something embedded.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// The absolute address, `http` or `https`.
    pub(super) href: String,
    /// The title that the embedding page gave it, else the address.
    pub(super) label: String,
}

/// The attributes that hold the address, the ones of lazy loaders first: where they are, `src` is a placeholder.
const ADDRESS_ATTRIBUTES: &[&str] = &["data-src", "data-lazy-src", "data-original", "src", "data"];

/// The link that stands for an `iframe`, `embed` or `object`; `None` when it has no address on the web.
pub(super) fn link(tag: &Tag, base: Option<&Url>) -> Option<Link> {
    let href = ADDRESS_ATTRIBUTES.iter().find_map(|name| {
        let url = link::absolute(tag.attribute(name)?, base)?;
        url.starts_with("http").then_some(url)
    })?;
    let href = page_of(&href).unwrap_or(href);
    let title = tag.attribute("title").or_else(|| tag.attribute("aria-label")).map(one_line);
    let label = title.filter(|title| !title.is_empty()).unwrap_or_else(|| href.clone());
    Some(Link { href, label })
}

/// The page on which a person would watch what a player's address plays, for the players that nearly all embedded
/// videos use: the player itself is a bare frame, or refuses to be opened alone.
fn page_of(player: &str) -> Option<String> {
    let url = Url::parse(player).ok()?;
    let path: Vec<&str> = url.path_segments()?.collect();
    match (url.host_str()?, path.as_slice()) {
        ("www.youtube.com" | "youtube.com" | "www.youtube-nocookie.com" | "youtube-nocookie.com", ["embed", id]) => {
            match *id {
                "videoseries" => {
                    let list = url.query_pairs().find(|(key, _)| key == "list")?.1;
                    let page = Url::parse_with_params("https://www.youtube.com/playlist", [("list", list)]);
                    page.ok().map(String::from)
                }
                "" | "live_stream" => None,
                id => Some(format!("https://www.youtube.com/watch?v={id}")),
            }
        }
        ("player.vimeo.com", ["video", id]) if !id.is_empty() => Some(format!("https://vimeo.com/{id}")),
        ("www.dailymotion.com", ["embed", "video", id]) if !id.is_empty() => {
            Some(format!("https://www.dailymotion.com/video/{id}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn players_become_the_pages_of_their_videos() {
        let cases = [
            ("https://www.youtube.com/embed/abc_-1?rel=0", "https://www.youtube.com/watch?v=abc_-1"),
            ("https://www.youtube-nocookie.com/embed/x", "https://www.youtube.com/watch?v=x"),
            ("https://www.youtube.com/embed/videoseries?list=PL1", "https://www.youtube.com/playlist?list=PL1"),
            ("https://player.vimeo.com/video/42?h=1", "https://vimeo.com/42"),
            ("https://www.dailymotion.com/embed/video/x1", "https://www.dailymotion.com/video/x1"),
        ];
        for (player, page) in cases {
            assert_eq!(page_of(player).as_deref(), Some(page));
        }
        for other in ["https://www.youtube.com/embed/", "https://example.org/embed/a", "mailto:a@example.org"] {
            assert_eq!(page_of(other), None);
        }
    }
}
