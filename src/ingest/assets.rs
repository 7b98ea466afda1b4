//! Pictures and files beside an article: they come into the archive with it.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::Assets;
use crate::archive::attachment_url;
use crate::article::{Article, Attachment, BodyKind, LocalFile};
use crate::source::{Neighbour, Neighbourhood};

/// An article with more files than this is an album, of which the rest stays linked.
const MOST: usize = 200;
/// A larger file stays where it is: feeds are no place for films.
const LARGEST: u64 = 64 << 20;

/// What a text shows.
const PICTURES: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "ico", "tif", "tiff"];
/// What it links to be opened; other files of the source are articles, or belong to nobody.
const FILES: &[&str] = &[
    "pdf", "epub", "zip", "gz", "tgz", "csv", "tsv", "xlsx", "xls", "ods", "docx", "doc", "odt", "pptx", "ppt", "odp",
    "mp3", "m4a", "ogg", "oga", "opus", "flac", "wav", "mp4", "m4v", "webm", "mov", "ogv", "ics", "gpx", "geojson",
    "kml", "stl", "step",
];

/// Where an address begins in a text, and what ends it.
const MARKS: &[(&str, char)] = &[
    ("](", ')'),
    ("src=\"", '"'),
    ("src='", '\''),
    ("href=\"", '"'),
    ("href='", '\''),
    ("poster=\"", '"'),
    ("![[", ']'),
];

/// Takes the files beside an article that its text and its metadata name, and makes both name what is kept of them.
/// Those that are not there are noted in the article.
pub(super) fn attach(article: &mut Article, beside: &Neighbourhood, assets: Assets) {
    if assets == Assets::Link {
        return;
    }
    let mut album = Album { beside, known: HashMap::new(), attachments: Vec::new(), missing: Vec::new() };
    if let Some(image) = article.image.as_deref().filter(|image| is_local(image))
        && let Some(url) = album.url_of(image)
    {
        article.image = Some(url);
    }
    if article.body.kind != BodyKind::Text
        && let Some(text) = album.rewritten(&article.body.text)
    {
        article.body.text = text;
    }
    article.attachments.extend(album.attachments);
    article.missing.extend(album.missing);
}

struct Album<'a> {
    beside: &'a Neighbourhood,
    known: HashMap<String, Option<String>>,
    attachments: Vec<Attachment>,
    missing: Vec<String>,
}

impl Album<'_> {
    /// The text with the names of what is kept, if anything is.
    fn rewritten(&mut self, text: &str) -> Option<String> {
        let mut out = String::new();
        let (mut done, mut at) = (0, 0);
        while let Some((begin, mark, end)) = next_mark(text, at) {
            at = begin + mark.len();
            let rest = &text[at..];
            let (open, end) = if rest.starts_with('<') { (1, '>') } else { (0, end) };
            let is_end = |c: char| c == end || c == '\n' || (open == 0 && mark == "](" && c == ' ') || c == '|';
            let Some(length) = rest[open..].find(is_end) else { continue };
            let address = &rest[open..open + length];
            if !is_local(address) {
                continue;
            }
            let Some(url) = self.url_of(address) else { continue };
            if mark == "![[" {
                let Some(length) = rest.find("]]") else { continue };
                out.push_str(&text[done..begin]);
                out.push_str(&format!("![]({url})"));
                at += length + 2;
            } else {
                out.push_str(&text[done..at]);
                out.push_str(&url);
                at += open + length + open;
            }
            done = at;
        }
        if done == 0 {
            return None;
        }
        out.push_str(&text[done..]);
        Some(out)
    }

    /// What a file is called once it is kept; `None` for one that stays where it is.
    fn url_of(&mut self, address: &str) -> Option<String> {
        if let Some(known) = self.known.get(address) {
            return known.clone();
        }
        let url = match self.beside.find(address) {
            Neighbour::File(path, length) if length <= LARGEST && self.attachments.len() < MOST => {
                attachment(&path, length).map(|attachment| {
                    let url = attachment_url(&attachment);
                    self.attachments.push(attachment);
                    url
                })
            }
            // From the top of the site, files of the site are meant.
            Neighbour::Missing if !address.starts_with('/') => {
                self.missing.push(address.to_owned());
                None
            }
            _ => None,
        };
        self.known.insert(address.to_owned(), url.clone());
        url
    }
}

/// The next place from `at` on where an address may begin.
fn next_mark(text: &str, at: usize) -> Option<(usize, &'static str, char)> {
    let mut from = at;
    loop {
        let begin = from + text.get(from..)?.find([']', 's', 'h', 'p', '!'])?;
        if let Some((mark, end)) = MARKS.iter().find(|(mark, _)| text[begin..].starts_with(mark)) {
            return Some((begin, mark, *end));
        }
        from = begin + 1;
    }
}

/// Whether an address is the path of a picture or of a file that can be kept.
fn is_local(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    let is_file = PICTURES.contains(&extension.as_str()) || FILES.contains(&extension.as_str());
    is_file && !path.contains(':') && !path.starts_with("//") && !path.contains("{{")
}

fn attachment(path: &Path, length: u64) -> Option<Attachment> {
    let mut file = File::open(path).ok()?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 64 << 10];
    loop {
        match file.read(&mut buffer).ok()? {
            0 => break,
            read => hash.update(&buffer[..read]),
        }
    }
    let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    let name = path.file_name()?.to_string_lossy().into_owned();
    let file = Some(LocalFile { path: path.to_owned(), sha256, length });
    Some(Attachment { name, media_type: None, bytes: Vec::new(), file })
}
