//! Files that the archive of a list took out of a message, and left the address of.

use crate::article::Enclosure;
use crate::parse::metadata;

/// More files than these are a mistake.
const MOST: usize = 50;

/// The files that stand in the text of a message in a pipermail archive:
///
/// ```text
/// -------------- next part --------------
/// A non-text attachment was scrubbed...
/// Name: map.png
/// Type: image/png
/// Size: 2033 bytes
/// Desc: not available
/// URL: <https://lists.example.org/pipermail/ferries/attachments/20030724/4f2/attachment.png>
/// ```
///
/// What has no type is the same text in HTML, and left out.
pub(super) fn enclosures(text: &str) -> Vec<Enclosure> {
    const MARK: &str = " attachment was scrubbed...";
    /// The lines of a note.
    const LINES: usize = 12;
    let mut found: Vec<Enclosure> = Vec::new();
    for (at, _) in text.match_indices(MARK).take(MOST) {
        let (mut url, mut media_type, mut length) = (None, None, None);
        for line in text[at + MARK.len()..].lines().skip(1).take(LINES) {
            let Some((key, value)) = line.split_once(':') else { break };
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "type" => media_type = Some(value).filter(|kind| kind.contains('/')).map(str::to_owned),
                "size" => length = value.split(' ').next().and_then(|size| size.parse().ok()),
                "url" => {
                    url = metadata::web_address(value.trim_matches(['<', '>', '"']));
                    break;
                }
                "name" | "desc" => {}
                _ => break,
            }
        }
        if let (Some(url), Some(_)) = (url, &media_type)
            && found.iter().all(|known| known.url != url)
        {
            found.push(Enclosure { url, media_type, length, duration: None });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_were_taken_out_are_enclosures() {
        let note = |kind: &str, url: &str| {
            format!(
                "-------------- next part --------------\nA non-text attachment was scrubbed...\nName: map.png\n{kind}\
                 Size: 2033 bytes\nDesc: not available\nURL: {url}\n"
            )
        };
        let text = format!(
            "See the map.\n{}{}{}",
            note("Type: image/png\n", "<https://lists.example/a/map.png>"),
            note("Type: image/gif\n", "https://lists.example/a/old.gif").replace("URL:", "Url :"),
            note("", "<https://lists.example/a/attachment.html>")
        );
        let enclosure = |url: &str, kind: &str| Enclosure {
            url: format!("https://lists.example/a/{url}"),
            media_type: Some(kind.into()),
            length: Some(2033),
            duration: None,
        };
        assert_eq!(enclosures(&text), [enclosure("map.png", "image/png"), enclosure("old.gif", "image/gif")]);
        assert_eq!(enclosures("An attachment was scrubbed...\nand that was all"), []);
    }
}
