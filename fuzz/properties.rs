//! What must hold for any bytes at all, whatever reads them. The fuzzer runs these, and so does `cargo test`, over the
//! seeds and a fixed number of mutations of each.

#![allow(dead_code, reason = "every fuzz target uses one of them")]

use std::io::{BufReader, Read};
use std::ops::ControlFlow;

use feedmill::article::{Article, Provenance, Record, record};
use feedmill::parse;
use feedmill::source::{self, Document};
use feedmill_dates as dates;
use feedmill_markup::{self as markup, BodyMarkup};

/// A date that was read is written so that it is read again as the same; a prefix ends between two characters.
pub fn date(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Some(reading) = dates::read(&text) {
        let written = reading.value.to_string();
        let again =
            dates::read(&written).unwrap_or_else(|| panic!("{text:?} was read as {written:?}, which is no date"));
        assert_eq!(again.value, reading.value, "{text:?} was read as {written:?}");
    }
    if let Some((_, used)) = dates::read_prefix(&text) {
        assert!(text.is_char_boundary(used));
    }
    dates::in_path(&text);
    dates::in_partial_path(&text);
    dates::in_value(&text);
}

/// Text and Markdown with front matter of any kind.
pub fn front_matter(bytes: &[u8]) {
    for (format, name) in [("markdown", "posts/a.md"), ("text", "notes/a.txt"), ("json", "dump/a.json")] {
        check_format(format, name, bytes);
    }
}

/// Saved web pages.
pub fn html(bytes: &[u8]) {
    check_format("html", "pages/a.html", bytes);
}

/// One message, and a mailbox of them.
pub fn mail(bytes: &[u8]) {
    check_format("mail", "cur/a.eml", bytes);
    check_streaming("list.mbox", bytes);
}

/// Crawls.
pub fn warc(bytes: &[u8]) {
    check_streaming("crawl.warc", bytes);
}

/// Feeds of any format.
pub fn feed(bytes: &[u8]) {
    check_format("feed", "feeds/a.xml", bytes);
}

/// Compressed files, and archives of files.
pub fn container(bytes: &[u8]) {
    check_streaming("dump", bytes);
}

/// Reads the bytes in a format, and checks each article that comes out.
fn check_format(format: &str, name: &str, bytes: &[u8]) {
    let parser = parse::by_name(format).unwrap_or_else(|| panic!("no parser is called {format:?}"));
    let mut doc = Document::from_bytes(name, name, bytes.to_vec());
    doc.url = Some("https://www.example.org/2019/05/06/an-article.html".to_owned());
    doc.weigh = bytes.len().is_multiple_of(2);
    let _ = parse::choose(&doc).map(|parser| parser.name());
    let _ = parser.parse(&mut doc, &mut |article| {
        if let Ok(article) = article {
            check_article(article);
        }
    });
}

/// What is written into the archive is read back exactly, and what a feed would show of it is clean.
fn check_article(article: Article) {
    let Some(date) = article.date.clone() else { return };
    let html = match article.body.kind {
        feedmill::article::BodyKind::Text => BodyMarkup::Text,
        feedmill::article::BodyKind::Markdown => BodyMarkup::Markdown,
        feedmill::article::BodyKind::Html => BodyMarkup::Html,
    };
    let shown = markup::body_html(html, &article.body.text, None);
    assert_eq!(markup::legal(&shown), shown);
    assert!(!shown.to_ascii_lowercase().contains("<script"), "{shown}");
    let published = date.chosen.value.instant_in(&chrono::Utc);
    let kind = article.body.kind;
    let record = Record {
        id: "urn:uuid:5f0c9f0e-7a0c-5d3c-9f0e-2b0d6a4f1c11".to_owned(),
        published: published.unwrap_or_default(),
        updated: None,
        retraction: None,
        source: Some(Provenance { origin: "a".to_owned(), format: "b".to_owned(), sha256: "c".to_owned() }),
        also_at: Vec::new(),
        article: Article {
            id: None,
            updated: None,
            fragment: String::new(),
            attachments: Vec::new(),
            weighed: None,
            ..article
        },
    };
    let written = record::write(&record);
    let path = format!("2023/07/09/a.{}", kind.extension());
    let read = record::read(&path, &written).unwrap_or_else(|err| panic!("{err}\n{written}"));
    let again = record::write(&read);
    assert_eq!(again, written);
}

/// Unpacks the bytes twice, at once and drop by drop: both must come to the same documents.
fn check_streaming(name: &str, bytes: &[u8]) {
    let whole = unpacked(Document::from_bytes(name, name, bytes.to_vec()));
    let drops = BufReader::with_capacity(7, Drops(bytes));
    let streamed = match Document::from_reader(name, name, drops) {
        Ok(doc) => unpacked(doc),
        Err(err) => panic!("{err}"),
    };
    assert_eq!(whole, streamed);
}

/// The origins and the bytes of all documents, or that there was an error.
fn unpacked(doc: Document<'_>) -> Vec<Result<(String, Vec<u8>), String>> {
    const MOST: usize = 1000;
    let mut found = Vec::new();
    let _ = source::unpack(doc, &mut |inner| {
        found.push(match inner {
            Ok(mut doc) => match doc.bytes() {
                Ok(bytes) => Ok((bytes.to_vec(), doc)).map(|(bytes, doc)| (doc.origin, bytes)),
                Err(err) => Err(err.to_string()),
            },
            Err(err) => Err(err.to_string()),
        });
        if found.len() < MOST { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    found
}

/// A reader that gives a few bytes at a time, as sockets do.
struct Drops<'a>(&'a [u8]);

impl Read for Drops<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let taken = self.0.len().min(buffer.len()).min(5);
        buffer[..taken].copy_from_slice(&self.0[..taken]);
        self.0 = &self.0[taken..];
        Ok(taken)
    }
}
