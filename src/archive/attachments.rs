//! Files that came with an article, stored beside its record.

use super::layout;
use crate::article::record::sha256_hex;
use crate::article::{Article, Attachment, Enclosure, LocalFile, slug};
use feedmill_markup::link::percent_decoded;

/// The directory beside the records of a day. It is no record, so no walk enters it.
const DIRECTORY: &str = "files/";

/// The longest extension that is kept.
const LONGEST_EXTENSION: usize = 8;

/// A file on its way into the archive.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// Where it will stand, seen from the record.
    url: String,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Bytes(Vec<u8>),
    /// It is read when it is written, so that only one is held at a time.
    File(LocalFile),
}

/// The path of the file that an enclosure of a record names, where it stands in the archive.
pub(crate) fn path_of(record: &str, url: &str) -> Option<String> {
    let name = url.strip_prefix(DIRECTORY)?;
    let (day, _) = record.rsplit_once('/')?;
    is_name(name).then(|| format!("{day}/{DIRECTORY}{name}"))
}

/// What an article calls the files that stand beside its record.
pub(super) fn named_by(record: &str, article: &Article) -> Vec<String> {
    let urls = article.enclosures.iter().map(|enclosure| &enclosure.url).chain(&article.image);
    let mut named: Vec<String> = urls.filter(|url| path_of(record, url).is_some()).cloned().collect();
    named.sort_unstable();
    named.dedup();
    named
}

/// Whether a path is one of an attached file.
pub(crate) fn is_path(path: &str) -> bool {
    let Some((day, rest)) = path.split_at_checked("YYYY/MM/DD/".len()) else { return false };
    rest.strip_prefix(DIRECTORY).is_some_and(is_name) && layout::day_of(&format!("{day}a.md")).is_some()
}

fn is_name(name: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    !name.is_empty() && name.len() <= layout::LONGEST_NAME && !name.starts_with('.') && name.chars().all(is_plain)
}

/// Makes enclosures of the attachments of an article, and makes the text show what is stored where it refers to one by
/// `cid:` and its name (RFC 2392). Names begin with the hash of the content, so that two files of
/// one name are two, and one that came twice is one.
pub(super) fn keep(article: &mut Article) -> Vec<Kept> {
    let attachments = std::mem::take(&mut article.attachments);
    let urls: Vec<String> = attachments.iter().map(url_of).collect();
    if article.body.text.contains("cid:") {
        article.body.text = with_urls(&article.body.text, &attachments, &urls);
    }
    let mut kept: Vec<Kept> = Vec::with_capacity(attachments.len());
    for (attachment, url) in attachments.into_iter().zip(urls) {
        let Attachment { media_type, bytes, file, .. } = attachment;
        let length = Some(file.as_ref().map_or(bytes.len() as u64, |file| file.length));
        if kept.iter().all(|known| known.url != url) {
            article.enclosures.push(Enclosure { url: url.clone(), media_type, length, duration: None });
            kept.push(Kept { url, content: file.map_or(Content::Bytes(bytes), Content::File) });
        }
    }
    kept
}

/// The text with the addresses of files in the place of `cid:NAME`, inside quotes as attributes have them.
fn with_urls(text: &str, attachments: &[Attachment], urls: &[String]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("cid:") {
        let (before, behind) = rest.split_at(at);
        out.push_str(before);
        let name = &behind["cid:".len()..];
        let name = &name[..name.find(['"', '\'', ' ', '>', '<', '\n']).unwrap_or(name.len())];
        let decoded = percent_decoded(name);
        let found = attachments.iter().position(|attachment| attachment.name == decoded);
        match found.filter(|_| before.ends_with(['"', '\''])) {
            Some(found) => out.push_str(&urls[found]),
            None => out.push_str(&behind[.."cid:".len() + name.len()]),
        }
        rest = &behind["cid:".len() + name.len()..];
    }
    out.push_str(rest);
    out
}

/// Whether a file is named as [`keep`] names those that it stores.
pub(crate) fn is_own_name(name: &str) -> bool {
    let sum = name.split_once('-').map_or("", |(sum, _)| sum);
    is_name(name) && sum.len() == 16 && sum.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// Where the file of an attachment will stand, seen from its record.
pub(crate) fn url_of(attachment: &Attachment) -> String {
    format!("{DIRECTORY}{}", name(attachment))
}

/// `3f2a9c1b00d4e5f6-report.pdf`
fn name(attachment: &Attachment) -> String {
    let (stem, extension) = attachment.name.rsplit_once('.').unwrap_or((&attachment.name, ""));
    let is_extension = (1..=LONGEST_EXTENSION).contains(&extension.len())
        && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let stem = slug(if is_extension { stem } else { &attachment.name });
    let sha256 = match &attachment.file {
        Some(file) => file.sha256.clone(),
        None => sha256_hex(&attachment.bytes),
    };
    let hash = sha256.get(..16).unwrap_or(&sha256);
    match is_extension {
        true => format!("{hash}-{stem}.{}", extension.to_ascii_lowercase()),
        false => format!("{hash}-{stem}"),
    }
}

impl super::Archive {
    /// Queues the files of an article to be written beside its record.
    pub(super) fn put_attachments(
        &mut self,
        record: &str,
        files: Vec<Kept>,
        now: chrono::DateTime<chrono::Utc>,
    ) -> crate::error::Result<()> {
        for file in files {
            if let Some(path) = path_of(record, &file.url).filter(|path| !self.layout.record(path).exists()) {
                let bytes = match file.content {
                    Content::Bytes(bytes) => bytes,
                    // Gone or changed since it was looked at: the next run sees what it has become.
                    Content::File(local) => match std::fs::read(&local.path) {
                        Ok(bytes) if sha256_hex(&bytes) == local.sha256 => bytes,
                        _ => continue,
                    },
                };
                self.queue(&path, bytes, None, now)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Body, BodyKind, Title, TitleSource};

    #[test]
    fn names_are_safe_and_told_apart_by_content() {
        let attachment = |name: &str, bytes: &[u8]| Attachment {
            name: name.to_owned(),
            media_type: None,
            bytes: bytes.to_vec(),
            file: None,
        };
        let title = Title { text: "T".to_owned(), source: TitleSource::Metadata };
        let mut article = Article::new(title, Body { kind: BodyKind::Text, text: String::new() });
        article.attachments = vec![
            attachment("Bericht für März.PDF", b"1"),
            attachment("Bericht für März.PDF", b"2"),
            attachment("Bericht für März.PDF", b"1"),
            attachment("../../etc/passwd", b"3"),
            attachment("", b"4"),
        ];
        article.body.text = "<img src=\"cid:Bericht%20für%20März.PDF\"> cid:etc <img src='cid:gone'>".to_owned();
        let kept = keep(&mut article);
        let shown = "<img src=\"files/6b86b273ff34fce1-bericht-fur-marz.pdf\"> cid:etc <img src='cid:gone'>";
        assert_eq!(article.body.text, shown);
        assert_eq!((kept.len(), article.enclosures.len(), article.attachments.len()), (4, 4, 0));
        assert_eq!(article.enclosures[0].url, "files/6b86b273ff34fce1-bericht-fur-marz.pdf");
        assert_eq!(article.enclosures[0].length, Some(1));
        assert_eq!(article.enclosures[2].url, "files/4e07408562bedb8b-etc-passwd");
        assert_eq!(article.enclosures[3].url, "files/4b227777d4dd1fc6-untitled");
        for file in &kept {
            assert!(path_of("2023/07/09/a.md", &file.url).is_some_and(|path| path.starts_with("2023/07/09/files/")));
        }
        for url in ["files/", "files/../x", "files/a/b", "files/.x", "https://x.example/files/a", "x.pdf"] {
            assert_eq!(path_of("2023/07/09/a.md", url), None, "{url}");
        }
        assert!(is_path("2023/07/09/files/4b227777d4dd1fc6-untitled"));
        for path in
            ["2023/07/09/files/", "2023/02/30/files/a", "2023/07/09/files/../a", "2023/07/09/fileß/a", "files/a"]
        {
            assert!(!is_path(path), "{path}");
        }
    }
}
