//! The files that came with a mail.

use serde_json::{Value, json};

use super::structure::{Content, Part};
use super::transfer;
use crate::article::Attachment;
use feedmill_markup as markup;

/// No mail has more files than these, unless it wants to be a nuisance.
const MOST_FILES: usize = 200;

/// Files above these bytes together are left out: the size of the largest mails that providers take, and some more.
const MOST_BYTES: usize = 48 << 20;

/// Files, as far as there is room for them.
pub(super) struct Files {
    files: Vec<File>,
    left_out: Vec<Value>,
    room: usize,
    count: usize,
}

struct File {
    attachment: Attachment,
    content_id: Option<String>,
}

impl Files {
    pub fn new() -> Self {
        Files { files: Vec::new(), left_out: Vec::new(), room: MOST_BYTES, count: MOST_FILES }
    }

    /// An empty collection with the room that is left here.
    pub fn with_the_same_room(&self) -> Self {
        Files { files: Vec::new(), left_out: Vec::new(), ..*self }
    }

    /// Takes the room that another collection used off the room here.
    pub fn spend(&mut self, other: &Files) {
        (self.room, self.count) = (other.room, other.count);
    }

    /// Adds the files of another collection, whose room has been spent already.
    pub fn append(&mut self, other: Files) {
        self.files.extend(other.files);
        self.left_out.extend(other.left_out);
    }

    /// Takes a part as a file.
    pub fn take(&mut self, part: &Part) {
        let (name, media_type) = match &part.content {
            // A message that is kept as a file is named by its subject.
            Content::Message(inner) => {
                let subject = inner.fields.text("Subject").unwrap_or_else(|| "message".to_owned());
                (part.file_name().unwrap_or_else(|| format!("{}.eml", markup::excerpt(&subject, 60))), "message/rfc822")
            }
            _ => (part.file_name().unwrap_or_default(), part.media_type.as_str()),
        };
        let bytes = match part.content {
            Content::Message(_) => part.raw.to_vec(),
            // Decoding makes nothing larger, so that what has no room encoded has hardly any decoded.
            _ if part.raw.len() / 2 > self.room => return self.leave_out(&name, media_type, part.raw.len()),
            _ => transfer::decode(part.raw, &part.encoding()),
        };
        self.push(&name, media_type, bytes, part.content_id());
    }

    /// Takes the files in uuencode out of a text, and gives back the rest of it.
    pub fn take_uuencoded(&mut self, text: String) -> String {
        if !text.contains("begin ") {
            return text;
        }
        let mut out = String::new();
        let mut rest = text.as_str();
        while let Some(found) = transfer::uuencoded(rest.as_bytes()) {
            // The span begins and ends at line ends, which are character boundaries.
            out.push_str(rest.get(..found.span.start).unwrap_or_default());
            let name = String::from_utf8_lossy(found.name).into_owned();
            self.push(&name, "application/octet-stream", found.bytes, None);
            rest = rest.get(found.span.end..).unwrap_or_default();
        }
        out.push_str(rest);
        out
    }

    fn push(&mut self, name: &str, media_type: &str, bytes: Vec<u8>, content_id: Option<String>) {
        if bytes.is_empty() {
            return;
        }
        if bytes.len() > self.room || self.count == 0 {
            return self.leave_out(name, media_type, bytes.len());
        }
        self.room -= bytes.len();
        self.count -= 1;
        let name = bare_name(name);
        let media_type = Some(media_type.to_owned()).filter(|kind| kind.contains('/'));
        self.files.push(File { attachment: Attachment { name, media_type, bytes, file: None }, content_id });
    }

    fn leave_out(&mut self, name: &str, media_type: &str, size: usize) {
        // Of thousands, that there are some is enough.
        if self.left_out.len() < MOST_FILES {
            self.left_out.push(json!({ "name": bare_name(name), "type": media_type, "size": size }));
        }
    }

    /// What had no room, for the metadata.
    pub fn left_out(&mut self) -> Option<Value> {
        (!self.left_out.is_empty()).then(|| Value::Array(std::mem::take(&mut self.left_out)))
    }

    /// Gives the files names that differ, and makes the addresses `cid:…` of an HTML text name the file
    /// (`cid:map.png`), so that whoever stores the files can make them addresses of what was stored.
    pub fn name_all(&mut self, html: Option<&mut String>) {
        let mut taken = std::collections::HashSet::new();
        for at in 0..self.files.len() {
            let file = &mut self.files[at];
            let name = &mut file.attachment.name;
            if name.is_empty() && file.content_id.is_some() {
                *name = format!("inline.{}", extension(file.attachment.media_type.as_deref()));
            }
            if !name.is_empty() && !taken.insert(name.to_lowercase()) {
                let (stem, extension) = match name.rsplit_once('.') {
                    Some((stem, extension)) if !stem.is_empty() => (stem.to_owned(), format!(".{extension}")),
                    _ => (name.clone(), String::new()),
                };
                let free =
                    (2..).map(|n| format!("{stem}-{n}{extension}")).find(|other| taken.insert(other.to_lowercase()));
                *name = free.unwrap_or_default();
            }
        }
        if let Some(html) = html.filter(|html| html.contains("cid:")) {
            *html = with_names(html, &self.files);
        }
    }

    /// The files themselves.
    pub fn into_attachments(self) -> Vec<Attachment> {
        self.files.into_iter().map(|file| file.attachment).collect()
    }
}

/// The HTML with the ids of parts replaced by the names of files.
fn with_names(html: &str, files: &[File]) -> String {
    let known: std::collections::HashMap<&str, &str> =
        files.iter().filter_map(|file| Some((file.content_id.as_deref()?, file.attachment.name.as_str()))).collect();
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("cid:") {
        let (before, behind) = rest.split_at(at + "cid:".len());
        out.push_str(before);
        let end = behind.find(['"', '\'', ' ', '>', ')', '\n']).unwrap_or(behind.len());
        let id = markup::link::percent_decoded(&behind[..end]);
        match known
            .get(id.as_str())
            .filter(|_| before.ends_with("\"cid:") || before.ends_with("'cid:") || before.ends_with("=cid:"))
        {
            Some(name) => out.push_str(&percent_encoded(name)),
            None => out.push_str(&behind[..end]),
        }
        rest = &behind[end..];
    }
    out.push_str(rest);
    out
}

fn percent_encoded(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    name.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// The name without directories, controls, and what file systems refuse.
fn bare_name(name: &str) -> String {
    /// The longest name in bytes that every file system takes, with room for what makes it differ from others.
    const LONGEST: usize = 200;
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let clean: String = markup::one_line(file)
        .chars()
        .map(|c| if matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|') { '_' } else { c })
        // Marks that turn the direction of text make `exe.txt` of `txt.exe`.
        .filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}'))
        .collect();
    let clean = clean.trim_matches([' ', '.']);
    let mut cut = clean.len().min(LONGEST);
    while !clean.is_char_boundary(cut) {
        cut -= 1;
    }
    if cut == clean.len() {
        return clean.to_owned();
    }
    // The extension says what the file is.
    match clean.rsplit_once('.').filter(|(_, extension)| extension.len() <= 10) {
        Some((_, extension)) => {
            let mut cut = LONGEST - extension.len() - 1;
            while !clean.is_char_boundary(cut) {
                cut -= 1;
            }
            format!("{}.{extension}", &clean[..cut])
        }
        None => clean[..cut].to_owned(),
    }
}

/// The usual extension of a picture's type.
fn extension(media_type: Option<&str>) -> &str {
    match media_type.unwrap_or_default() {
        "image/jpeg" | "image/jpg" | "image/pjpeg" => "jpg",
        "image/png" | "image/x-png" => "png",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "image/svg+xml" => "svg",
        _ => "bin",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_names_and_no_paths() {
        for (given, expected) in [
            ("map.png", "map.png"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\jane\\map.png", "map.png"),
            ("a\u{0}b\r\nc.txt", "ab c.txt"),
            ("..", ""),
            (".hidden", "hidden"),
            ("what?.txt", "what_.txt"),
            ("exe\u{202e}txt.scr", "exetxt.scr"),
            ("", ""),
        ] {
            assert_eq!(bare_name(given), expected, "{given:?}");
        }
        let long = bare_name(&format!("{}.pdf", "ä".repeat(500)));
        assert!(long.len() <= 200 && long.ends_with("ä.pdf"));
    }

    #[test]
    fn files_beyond_the_room_are_named() {
        let mut files = Files::new();
        for _ in 0..MOST_FILES {
            files.push("map.png", "image/png", vec![0; 10], None);
        }
        files.push("one more.png", "image/png", vec![0; 10], None);
        assert_eq!(files.left_out().unwrap(), json!([{ "name": "one more.png", "type": "image/png", "size": 10 }]));
        files.name_all(None);
        let names: std::collections::HashSet<String> =
            files.into_attachments().into_iter().map(|file| file.name).collect();
        assert!(names.len() == MOST_FILES && names.contains("map.png") && names.contains("map-200.png"));
        let mut files = Files::new();
        files.push("huge", "video/mp4", vec![0; MOST_BYTES + 1], None);
        assert!(files.left_out().is_some() && files.into_attachments().is_empty());
    }
}
