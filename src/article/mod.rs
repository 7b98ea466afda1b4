//! The article: what a parser reads and what the archive keeps.
//!
//! An [`Article`] is what one document says, as the source says it. A [`Record`] is an article that the archive
//! has taken in: it has an id and a publication instant, both minted once. [`record`] is the written form.

mod bare;
pub mod fields;
mod hints;
pub mod record;
pub mod references;
pub mod sketch;
mod slug;
pub mod substance;

pub use bare::bare;
pub use hints::Hints;
pub use slug::{is_refused_by_windows, slug};

use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value};

use feedmill_dates::ArticleDate;

/// One dated article, as its source says it. No field holds anything that the source does not say, except
/// [`Title::text`] when [`Title::source`] admits that it was made from the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// The source's own, durable id: a guid, an `atom:id`, a front matter `id`. `None` lets the archive mint one.
    pub id: Option<String>,
    /// The title, one line of plain text.
    pub title: Title,
    /// The publication date with its provenance; `None` when nothing was found.
    pub date: Option<ArticleDate>,
    /// When the source says that it last changed the article.
    pub updated: Option<DateTime<FixedOffset>>,
    /// Who wrote it.
    pub authors: Vec<Person>,
    /// The language as a BCP 47 tag.
    pub language: Option<String>,
    /// Tags in the order of the source, without duplicates.
    pub tags: Vec<String>,
    /// The section, desk or category of the publication that the article stands in.
    pub section: Option<String>,
    /// The canonical address of the article on the web, absolute.
    pub url: Option<String>,
    /// A short description in plain text.
    pub summary: Option<String>,
    /// An unpublished draft: kept in the archive, left out of feeds.
    pub draft: bool,
    /// The mark by which its source keeps it from the public (`visibility: paid`), where that is another than
    /// `draft: true`; only ever there together with [`Article::draft`].
    pub held_by: Option<String>,
    /// When its source stops showing it.
    pub expires: Option<DateTime<FixedOffset>>,
    /// The text.
    pub body: Body,
    /// Attached media, in order.
    pub enclosures: Vec<Enclosure>,
    /// The address of a picture that stands for the article, absolute or relative to [`Article::url`].
    pub image: Option<String>,
    /// What tells this article from the others of the same document (an item's id or URL); empty when the
    /// document is the article. Never a position, since positions move.
    pub fragment: String,
    /// Metadata that no field above holds, by its own key.
    pub extra: Map<String, Value>,
    /// Files that came inside the same document (the attachments of a mail). The archive stores them beside the
    /// record, where the enclosures name them; empty in a record.
    pub attachments: Vec<Attachment>,
    /// Files beside it that its text names and that are not there; empty in a record.
    pub missing: Vec<String>,
    /// The categories that it is filed under, outermost first, as its metadata list them. In a record they stand among
    /// [`Article::extra`], where its address depends on them.
    pub categories: Vec<String>,
    /// What its parser weighed, where it was asked to keep it; never in a record.
    pub weighed: Option<Box<Weighed>>,
}

/// A file that came with an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its name as the sender wrote it; never a path, and empty where it has none.
    pub name: String,
    /// Its media type as declared.
    pub media_type: Option<String>,
    /// Its content; empty where that is in [`Attachment::file`].
    pub bytes: Vec<u8>,
    /// The file that it is, where it stands beside the article.
    pub file: Option<LocalFile>,
}

/// A file on this machine, as it was when it was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalFile {
    /// Where it stands.
    pub path: std::path::PathBuf,
    /// SHA-256 of its content, in lower-case hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub length: u64,
}

/// What a document offered for the fields of an article that more than one place may fill.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Weighed {
    /// Dates, the winner first.
    pub dates: Vec<Offer>,
    /// Titles, the winner first.
    pub titles: Vec<Offer>,
    /// Texts, the winner first.
    pub bodies: Vec<Offer>,
}

/// One candidate for a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The candidate, or the beginning of a long one.
    pub value: String,
    /// Where it stands: `og:title`, `path "2016/04/03"`.
    pub place: String,
    /// Why it won or lost, in a few words.
    pub verdict: String,
}

/// A title, and how it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// One line of plain text, never empty once an article is in the archive.
    pub text: String,
    /// Where it was found.
    pub source: TitleSource,
}

/// Where a title was found, most trusted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TitleSource {
    /// The metadata name it.
    Metadata,
    /// The first heading of the text, or a first line that stands alone and reads like a headline.
    Heading,
    /// The beginning of the first sentence.
    FirstSentence,
    /// The name of the file.
    FileName,
}

impl TitleSource {
    /// The name under which records and reports speak of it.
    pub fn name(self) -> &'static str {
        match self {
            TitleSource::Metadata => "metadata",
            TitleSource::Heading => "heading",
            TitleSource::FirstSentence => "first sentence",
            TitleSource::FileName => "file name",
        }
    }

    /// The source of that name.
    pub fn from_name(name: &str) -> Option<TitleSource> {
        use TitleSource::*;
        [Metadata, Heading, FirstSentence, FileName].into_iter().find(|s| s.name() == name)
    }
}

/// A person or organisation (RFC 4287 section 3.2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Person {
    /// The name; may be empty only where an e-mail address or URI is given.
    pub name: String,
    /// An e-mail address.
    pub email: Option<String>,
    /// A web address.
    pub uri: Option<String>,
}

/// The kind of text that a body is written in; it decides the file extension of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BodyKind {
    /// Plain text with paragraphs.
    Text,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
}

impl BodyKind {
    /// The file extension of records with such a body.
    pub fn extension(self) -> &'static str {
        match self {
            BodyKind::Text => "txt",
            BodyKind::Markdown => "md",
            BodyKind::Html => "html",
        }
    }

    /// The kind that goes with a file extension.
    pub fn from_extension(extension: &str) -> Option<BodyKind> {
        [BodyKind::Text, BodyKind::Markdown, BodyKind::Html].into_iter().find(|kind| kind.extension() == extension)
    }
}

/// The text of an article, untouched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// What it is written in.
    pub kind: BodyKind,
    /// The text, with LF line ends.
    pub text: String,
}

/// A media file that goes with an article (RSS 2.0 `enclosure`, Atom `rel="enclosure"`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Enclosure {
    /// Its address.
    pub url: String,
    /// Its media type, where known.
    pub media_type: Option<String>,
    /// Its size in bytes, where known.
    pub length: Option<u64>,
    /// How long it plays, in seconds, where known.
    pub duration: Option<u64>,
}

/// Where an article came from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Provenance {
    /// The path or URL of the document, with `#fragment` where the document holds many articles.
    pub origin: String,
    /// The name of the parser that read it.
    pub format: String,
    /// SHA-256 of the bytes it was read from, in lower-case hexadecimal.
    pub sha256: String,
}

/// That an article was withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retraction {
    /// When.
    pub at: DateTime<FixedOffset>,
    /// Why, in words for readers.
    pub reason: Option<String>,
    /// Whether it was withdrawn because its source no longer has it: then it is shown again when the source has it
    /// again. What a person has withdrawn stays so until a person takes that back.
    pub by_source: bool,
}

/// An article in the archive.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The id that feeds carry: an absolute IRI or the source's own guid; minted once.
    pub id: String,
    /// The instant that feeds carry as the first publication; minted once.
    pub published: DateTime<FixedOffset>,
    /// The last significant change that the archive saw or the source declared; `None` before the first.
    pub updated: Option<DateTime<FixedOffset>>,
    /// That it was withdrawn: it stays in the archive and out of everything that is published.
    pub retraction: Option<Retraction>,
    /// Where the article was first found; `None` for a record written by hand.
    pub source: Option<Provenance>,
    /// Other places where the same article was found later.
    pub also_at: Vec<String>,
    /// The article. Its `date` is always present; its `id`, `updated` and `fragment` are empty here, since the
    /// record's own fields hold them.
    pub article: Article,
}

impl Article {
    /// An article with a title and a body and nothing else.
    pub fn new(title: Title, body: Body) -> Self {
        Article {
            id: None,
            title,
            date: None,
            updated: None,
            authors: Vec::new(),
            language: None,
            tags: Vec::new(),
            section: None,
            url: None,
            summary: None,
            draft: false,
            held_by: None,
            expires: None,
            body,
            enclosures: Vec::new(),
            image: None,
            fragment: String::new(),
            extra: Map::new(),
            attachments: Vec::new(),
            missing: Vec::new(),
            categories: Vec::new(),
            weighed: None,
        }
    }
}
