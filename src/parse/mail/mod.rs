//! Mail and news: one message of RFC 5322 and MIME, as it was sent or as an archive kept it.
//!
//! The subject is the title, as written. `Date` is checked against the stamps of those who carried the mail (see
//! `dating`). The text is the plain text that people wrote, unless the mail is a newsletter (see `body`); files that
//! came with it are attachments. A digest yields its messages. A message that is encrypted is an error that says so.
//!
//! Mailboxes are containers, and come apart in `source`.

mod body;
mod dating;
mod digest;
mod fields;
mod files;
mod flowed;
mod ids;
mod people;
mod pgp;
mod scrubbed;
mod sniff;
mod stamp;
mod structure;
mod transfer;
mod words;

#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

use super::evidence::Evidence;
use super::{Confidence, Parser, media_type, metadata, opening, titles};
use crate::article::{Article, Body as ArticleBody, BodyKind, Offer, Person, Title, TitleSource, Weighed, record};
use crate::error::{Error, Result};
use crate::source::Document;
use body::{Body, Piece};
use feedmill_dates::{Candidate, Confidence as DateConfidence};
use feedmill_markup as markup;
use fields::Fields;
use files::Files;
use structure::Part;

/// The parser of messages.
pub(super) struct Mail;

impl Parser for Mail {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn about(&self) -> &'static str {
        "a mail or news message (RFC 5322, MIME), from a file, a Maildir or a mailbox"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["eml", "emlx"]
    }

    fn sniff(&self, doc: &Document) -> Confidence {
        if sniff::is_saved_page(&doc.head()[..doc.head().len().min(4 << 10)]) {
            return Confidence::No;
        }
        let declared = media_type(doc);
        if matches!(declared.as_deref(), Some("message/rfc822" | "message/news" | "message/global")) {
            return Confidence::Content;
        }
        let by_name = doc.extension().is_some_and(|extension| self.extensions().contains(&extension.as_str()));
        if sniff::is_message(&opening(doc)) {
            Confidence::Content
        } else if by_name {
            Confidence::Name
        } else {
            Confidence::No
        }
    }

    fn parse(&self, doc: &mut Document, emit: &mut dyn FnMut(Result<Article>)) -> Result<()> {
        let place = Place {
            origin: doc.origin.clone(),
            name: doc.name.clone(),
            separator: doc.about.get("mbox").and_then(Value::as_str).map(str::to_owned),
            url: doc.url.clone(),
            weigh: doc.weigh,
        };
        let bytes = doc.bytes()?;
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let bytes = if is_emlx(&place.name) { without_emlx(bytes) } else { bytes };
        if bytes.trim_ascii().is_empty() {
            return Err(Error::not_text(&place.origin, "an empty file"));
        }
        let (message, is_cut) = structure::read(bytes);
        if is_binary(&message) {
            return Err(Error::not_text(&place.origin, "binary data"));
        }
        let parts = digest::parts(&message);
        if !parts.is_empty() {
            for part in parts {
                emit(article(part, &place, Some(&message.fields), is_cut));
            }
            return Ok(());
        }
        let text = text_digest(&message);
        let messages = digest::texts(text.as_bytes());
        if messages.is_empty() {
            emit(Ok(article(&message, &place, None, is_cut)?));
            return Ok(());
        }
        for inner in messages {
            let (inner, is_cut) = structure::read(inner);
            emit(article(&inner, &place, Some(&message.fields), is_cut));
        }
        Ok(())
    }
}

/// What is known of a message but its bytes.
struct Place {
    origin: String,
    name: String,
    /// The separator before it in a mailbox.
    separator: Option<String>,
    url: Option<String>,
    weigh: bool,
}

fn is_emlx(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".emlx")
}

/// A message of Apple's Mail without the number of its bytes before and the list of properties behind it.
fn without_emlx(bytes: &[u8]) -> &[u8] {
    let (first, next) = fields::line(bytes, 0);
    let count = Some(first)
        .filter(|line| sniff::is_count(line))
        .and_then(|line| String::from_utf8_lossy(line).trim().parse().ok());
    match count {
        Some(count) => &bytes[next..bytes.len().min(next.saturating_add(count))],
        None => bytes,
    }
}

/// Whether there is no header, and nothing that could be text either.
fn is_binary(message: &Part) -> bool {
    !message.fields.has("from")
        && !message.fields.has("date")
        && !message.fields.has("subject")
        && markup::decode(message.raw, None).is_none()
}

/// The text of a message that may be a digest in plain text; empty where its subject does not say so.
fn text_digest(message: &Part) -> String {
    let says_so = message.fields.text("Subject").is_some_and(|subject| subject.to_lowercase().contains("digest"));
    let is_text = message.is("text/plain") && matches!(message.content, structure::Content::Leaf);
    if says_so && is_text { body::plain(message) } else { String::new() }
}

/// Makes an article of a message. `digest` is the header of the digest that it stands in.
fn article(message: &Part, place: &Place, digest: Option<&Fields>, is_cut: bool) -> Result<Article> {
    let fields = &message.fields;
    let ancestors = ids::of_ancestors(fields);
    let mut files = Files::new();
    let body = body::read(message, !ancestors.is_empty(), &mut files);
    if let Some(what) = body.encrypted
        && body.pieces.iter().all(|piece| piece.plain().trim_start().starts_with("-----BEGIN PGP MESSAGE-----"))
    {
        let found = format!("one that is encrypted with {what}");
        return Err(Error::input(&place.origin, "a mail that can be read", found)
            .hint("decrypt it with your mail program and export it again, or leave it out"));
    }
    let no_title = Title { text: String::new(), source: TitleSource::Metadata };
    let mut article = Article::new(no_title, text_of(&body, &mut files));
    article.title = title(fields, &article.body, place);
    let id = ids::of_message(fields);
    if digest.is_some() {
        article.fragment = id.clone().unwrap_or_else(|| record::sha256_hex(message.raw)[..16].to_owned());
    }
    article.id = id.map(|id| ids::mid(&id));
    article.authors = authors(fields);
    article.language = language(fields);
    article.tags = tags(fields);
    article.section = fields.text("List-Id").and_then(|list| list_name(&list));
    article.url = address(fields).or_else(|| place.url.clone().and_then(|url| metadata::web_address(&url)));
    article.summary = fields.text("Summary").or_else(|| fields.text("X-Summary"));
    article.draft = is_draft(&place.name);
    article.enclosures = scrubbed::enclosures(&article.body.text);
    article.extra = extra(fields, &ancestors, &body, &mut files, is_cut);
    let mut evidence = Evidence::new(place.weigh);
    date(fields, digest, place, &mut evidence);
    if place.weigh {
        article.weighed = Some(Box::new(weighed(&article, &body)));
    }
    article.attachments = files.into_attachments();
    metadata::conclude(&mut article, evidence, &place.name);
    Ok(article)
}

/// The pieces of a body as one: HTML as soon as one of them is.
fn text_of(body: &Body, files: &mut Files) -> ArticleBody {
    let has_html = body.pieces.iter().any(|piece| matches!(piece, Piece::Html(_)));
    let mut text = String::new();
    for piece in &body.pieces {
        if !text.is_empty() {
            text.push_str(if has_html { "\n<hr>\n" } else { "\n" });
        }
        match piece {
            Piece::Html(html) => text.push_str(html.trim()),
            Piece::Plain(plain) if has_html => text.push_str(&markup::text::to_html(plain)),
            Piece::Plain(plain) => {
                text.push_str(plain.trim_start_matches('\n').trim_end());
                text.push('\n');
            }
        }
    }
    let kind = if has_html { BodyKind::Html } else { BodyKind::Text };
    files.name_all(has_html.then_some(&mut text));
    ArticleBody { kind, text }
}

fn title(fields: &Fields, body: &ArticleBody, place: &Place) -> Title {
    if let Some(text) = fields.text("Subject") {
        return Title { text, source: TitleSource::Metadata };
    }
    let prose = match body.kind {
        BodyKind::Html => markup::html::to_text(&body.text),
        _ => body.text.clone(),
    };
    let is_named = place.name.to_ascii_lowercase().ends_with(".eml") && !place.name.contains('@');
    match titles::of_prose(&prose) {
        Some(title) => title,
        None if is_named => titles::of_name(&place.name),
        None => Title { text: titles::words(""), source: TitleSource::FileName },
    }
}

/// Who wrote it: the sender, and where a list speaks in the sender's name, the field that keeps the sender.
fn authors(fields: &Fields) -> Vec<Person> {
    let all = |name| fields.get(name).map(|value| people::people(value, fields.charset())).unwrap_or_default();
    let senders = all("From");
    for name in ["X-Original-From", "Original-From"] {
        let originals = all(name);
        if !originals.is_empty() && senders.iter().all(|sender| sender.email.is_none()) {
            return originals;
        }
    }
    if senders.is_empty() { all("Sender") } else { senders }
}

fn language(fields: &Fields) -> Option<String> {
    let first = |text: String| markup::language_tag(text.split([',', ';']).next()?.trim());
    fields.text("Content-Language").and_then(first)
}

/// Keywords, and the groups that a news article was posted to.
fn tags(fields: &Fields) -> Vec<String> {
    const MOST: usize = 100;
    let mut tags: Vec<String> = Vec::new();
    for name in ["Keywords", "X-Keywords", "Newsgroups"] {
        for value in fields.all(name).take(MOST) {
            for tag in fields.decoded(value).split([',', ';']).map(str::trim).filter(|tag| !tag.is_empty()) {
                if tags.len() < MOST && !tags.iter().any(|known| known == tag) {
                    tags.push(tag.to_owned());
                }
            }
        }
    }
    tags
}

/// The list that a mail was sent through: `Ferries and tides <ferries.lists.example.org>` is `ferries`.
fn list_name(list: &str) -> Option<String> {
    let name = list_id(list).split('.').next()?.trim().to_owned();
    (!name.is_empty()).then_some(name)
}

fn list_id(list: &str) -> &str {
    let inner = list.rsplit_once('<').map_or(list, |(_, rest)| rest.split('>').next().unwrap_or(rest));
    inner.trim()
}

/// The address of the message in an archive on the web.
fn address(fields: &Fields) -> Option<String> {
    ["Archived-At", "X-Archived-At", "X-URL", "X-Permalink"].iter().flat_map(|name| fields.all(name)).find_map(
        |value| {
            let text = fields.decoded(value);
            metadata::web_address(list_id(&text))
        },
    )
}

/// A message in a Maildir with the flag `D`.
fn is_draft(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or_default();
    file.rsplit_once(":2,").is_some_and(|(_, flags)| flags.contains('D'))
}

fn extra(fields: &Fields, ancestors: &[String], body: &Body, files: &mut Files, is_cut: bool) -> Map<String, Value> {
    let mut extra = Map::new();
    if !ancestors.is_empty() {
        let ids = ancestors.iter().map(|id| Value::String(ids::mid(id))).collect();
        extra.insert("in-reply-to".into(), Value::Array(ids));
    }
    if let Some(list) = fields.text("List-Id") {
        extra.insert("list-id".into(), list_id(&list).into());
    }
    for (name, key) in [("Organization", "organization"), ("Organisation", "organization")] {
        if let Some(text) = fields.text(name) {
            extra.entry(key).or_insert(Value::String(text));
        }
    }
    if let Some(signed) = body.signed {
        extra.insert("signed".into(), signed.into());
    }
    if let Some(left_out) = files.left_out() {
        extra.insert("attachments-left-out".into(), left_out);
    }
    if is_cut {
        extra.insert("parts-left-out".into(), true.into());
    }
    extra
}

fn date(fields: &Fields, digest: Option<&Fields>, place: &Place, evidence: &mut Evidence) {
    // The separator and the name are those of the file, which is the digest.
    let own = digest.is_none();
    let (separator, name) = if own { (place.separator.as_deref(), place.name.as_str()) } else { (None, "") };
    dating::offer(fields, separator, name, evidence);
    if let Some(outer) = digest.filter(|_| evidence.is_empty()) {
        let mut of_digest = Evidence::default();
        dating::offer(outer, place.separator.as_deref(), &place.name, &mut of_digest);
        if let Some(date) = of_digest.choose().0 {
            let confidence = date.chosen.confidence.min(DateConfidence::Medium);
            evidence.push(Candidate { place: "Date of the digest".to_owned(), confidence, ..date.chosen });
        }
    }
    // In the path of a message its id may look like a date; the path of a file may hold one.
    if evidence.is_empty() && place.separator.is_none() && !place.name.contains('@') {
        evidence.path(&place.name);
    }
}

fn weighed(article: &Article, body: &Body) -> Weighed {
    const SHOWN: usize = 200;
    let offer = |value: &str, place: &str, verdict: &str| Offer {
        value: markup::excerpt(&markup::one_line(value), SHOWN),
        place: place.to_owned(),
        verdict: verdict.to_owned(),
    };
    let mut weighed = Weighed::default();
    let (place, verdict) = match article.title.source {
        TitleSource::Metadata => ("Subject", "the mail names it"),
        TitleSource::FirstSentence => ("first sentence", "there is no subject"),
        _ => ("file name", "there is neither subject nor text"),
    };
    weighed.titles.push(offer(&article.title.text, place, verdict));
    let kind = |piece: &Piece| if matches!(piece, Piece::Html(_)) { "text/html" } else { "text/plain" };
    if let Some(first) = body.pieces.first() {
        let verdict = if body.reason.is_empty() { "the only text" } else { body.reason };
        weighed.bodies.push(offer(&first.plain(), kind(first), verdict));
    }
    if let Some(other) = &body.other {
        weighed.bodies.push(offer(&other.plain(), kind(other), "says the same as the one that was taken"));
    }
    weighed
}
