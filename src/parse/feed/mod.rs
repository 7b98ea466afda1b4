//! RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, a single Atom entry.
//!
//! A document is read twice, and an item is held once. `survey` goes through the whole: it is the guard, it learns
//! what the feed says of itself, which may stand behind the items, and which ids name more than one of them. Then the
//! items are read one after the other. What one item says badly is the loss of that item at most.
//!
//! Whoever lets articles expire may do so only when a document was read without an error: where it was cut, what is
//! whole in it comes, and then an error. Where only the most lenient fallback answered, the articles carry
//! `partial: true`, and the error comes all the same.

mod entry;
mod fallback;
mod fields;
mod identity;
mod links;
mod media;
mod people;
mod source;
mod survey;
mod text;

use std::collections::BTreeMap;
use std::io::Read;

use super::root::{self, Root};
use super::xml::{self, Trouble, Walk};
use super::{Confidence, Parser, media_type, opening, opml, xml_head};
use crate::article::Article;
use crate::error::{Error, Result};
use crate::source::Document;
use fallback::Answer;
use feedmill_markup as markup;
use identity::Standing;
use survey::Survey;

/// The parser of feeds.
pub(super) struct Feed;

impl Parser for Feed {
    fn name(&self) -> &'static str {
        "feed"
    }

    fn about(&self) -> &'static str {
        "RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, a single Atom entry"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["rss", "atom", "rdf", "xml"]
    }

    fn sniff(&self, doc: &Document) -> Confidence {
        if !opening(doc).starts_with(b"<") && !doc.head().starts_with(b"\0\0\0<") {
            return Confidence::No;
        }
        match root::root(xml_head(doc), doc.charset.as_deref()) {
            Some(Root::Feed | Root::Entry) => Confidence::Content,
            Some(Root::Page | Root::Subscriptions | Root::Sitemap | Root::SitemapIndex | Root::Bucket) => {
                Confidence::No
            }
            // A prolog may be longer than the head.
            None if is_called_feed(doc) => Confidence::Content,
            Some(Root::Other) if is_called_feed(doc) => Confidence::Name,
            Some(Root::Other) | None => Confidence::No,
        }
    }

    fn parse(&self, doc: &mut Document, emit: &mut dyn FnMut(Result<Article>)) -> Result<()> {
        let context = Context {
            origin: doc.origin.clone(),
            name: doc.name.clone(),
            url: doc.url.as_deref().and_then(|url| url::Url::parse(url).ok()),
            weigh: doc.weigh,
            post_types: doc.post_types.clone(),
        };
        let mut bytes = bytes(doc)?;
        let before = xml::start(&bytes);
        if before > 0 {
            doc.remarks.push(skipped(&bytes[..before]));
            bytes.drain(..before);
        }
        let text = xml::text(bytes, doc.charset.as_deref()).map_err(|trouble| context.refusal(trouble))?;
        if text.trim().is_empty() {
            return Err(Error::not_text(&context.origin, "nothing but white space"));
        }
        let survey = survey::survey(&text, &context).map_err(|trouble| context.refusal(trouble))?;
        if survey.records.is_empty() {
            return nothing(&text, &survey, &context, emit);
        }
        let passed_over = articles(&text, &survey, &context, emit).map_err(|trouble| context.refusal(trouble))?;
        doc.remarks.extend(passed_over);
        if survey.was_cut {
            let found = format!("one that breaks off after {} whole entries", survey.records.len());
            return Err(Error::input(&context.origin, "a whole feed", found).hint("fetch it again; these were read"));
        }
        Ok(())
    }
}

/// Whether name or media type speak of a feed.
fn is_called_feed(doc: &Document) -> bool {
    let declared = media_type(doc);
    matches!(doc.extension().as_deref(), Some("rss" | "atom" | "rdf"))
        || matches!(declared.as_deref(), Some("application/rss+xml" | "application/atom+xml" | "application/rdf+xml"))
}

/// The document that entries come from.
struct Context {
    origin: String,
    name: String,
    url: Option<url::Url>,
    weigh: bool,
    /// The kinds of posts in the export of a site that are articles; none for `post` alone.
    post_types: Vec<String>,
}

impl Context {
    /// Whether posts of that kind are articles.
    fn takes(&self, post_type: &str) -> bool {
        match &self.post_types[..] {
            [] => post_type == "post",
            wanted => wanted.iter().any(|kind| kind == post_type),
        }
    }

    fn refusal(&self, trouble: Trouble) -> Error {
        Error::input(&self.origin, format!("a feed with {}", trouble.expected), trouble.found)
    }
}

/// The bytes of the document, which lets go of them: they are held as text from now on.
fn bytes(doc: &mut Document) -> Result<Vec<u8>> {
    let origin = doc.origin.clone();
    let mut bytes = Vec::new();
    let most = xml::LONGEST as u64 + 1;
    doc.stream().take(most).read_to_end(&mut bytes).map_err(|err| Error::io("read", &origin, err))?;
    if bytes.trim_ascii().is_empty() {
        return Err(Error::not_text(origin, "an empty file"));
    }
    Ok(bytes)
}

/// A remark on what stands before a feed.
fn skipped(before: &[u8]) -> String {
    const SHOWN: usize = 100;
    let text = String::from_utf8_lossy(before);
    let shown = markup::excerpt(&markup::one_line(&markup::html::to_text(&text)), SHOWN);
    format!("{} bytes before the feed were skipped: {shown:?}; whoever makes it should mend that", before.len())
}

/// Reads the entries that the survey saw, one after the other. Returns what is to be said of those that are no articles.
fn articles(
    text: &str,
    survey: &Survey,
    context: &Context,
    emit: &mut dyn FnMut(Result<Article>),
) -> Result<Option<String>, Trouble> {
    let mut passed_over: BTreeMap<String, u64> = BTreeMap::new();
    let mut walk = Walk::new(text, context.url.clone());
    for record in &survey.records {
        let Some(tag) = survey::next_record(&mut walk)? else { break };
        if record.standing == Standing::Superseded {
            xml::skip(&mut walk)?;
            continue;
        }
        let Some(entry) = fields::read(&mut walk, &tag)? else { break };
        match entry.post_type() {
            Some(kind) if !context.takes(&kind) => *passed_over.entry(kind).or_default() += 1,
            _ => emit(entry::article(&entry, record, survey, context)),
        }
    }
    Ok(says_passed_over(&passed_over))
}

/// A remark on entries of kinds that are not wanted.
fn says_passed_over(kinds: &BTreeMap<String, u64>) -> Option<String> {
    const MOST_NAMED: usize = 12;
    let mut named: Vec<String> = kinds.iter().map(|(kind, n)| format!("{n} {}", markup::excerpt(kind, 40))).collect();
    if named.len() > MOST_NAMED {
        named.truncate(MOST_NAMED);
        named.push("…".to_owned());
    }
    let named = named.join(", ");
    (!kinds.is_empty()).then(|| format!("passed over by their kind: {named}; `post_types` of the source takes them in"))
}

/// What is to be said of a document without entries.
fn nothing(text: &str, survey: &Survey, context: &Context, emit: &mut dyn FnMut(Result<Article>)) -> Result<()> {
    let origin = &context.origin;
    match root::root_of(text) {
        Some(Root::Page) => {
            return Err(Error::input(origin, "a feed", "a web page")
                .hint("got a web page, not a feed: a server may answer so when it wants to keep programs out"));
        }
        Some(Root::Subscriptions) => return Err(opml::refusal(origin)),
        _ => {}
    }
    let has_begun = ["<item", "<entry", ":item", ":entry"].iter().any(|start| {
        memchr::memmem::find_iter(text.as_bytes(), start).any(|at| {
            text.as_bytes().get(at + start.len()).is_none_or(|next| matches!(next, b'>' | b'/' | b' ' | b'\t' | b'\n'))
        })
    });
    if has_begun {
        let found = match fallback::read(text, context, emit) {
            Answer::Whole => return Ok(()),
            Answer::Partial(count) => format!("none; a more lenient reader found {count}, which are marked partial"),
            Answer::Nothing if survey.was_cut => "one that breaks off in the first".to_owned(),
            Answer::Nothing => "none, though there are beginnings of some".to_owned(),
        };
        return Err(Error::input(origin, "a feed with entries", found));
    }
    if survey.was_cut {
        return Err(Error::input(origin, "a whole feed", "one that breaks off before its first entry"));
    }
    match root::root_of(text) {
        // Feeds may be empty.
        Some(Root::Feed) => Ok(()),
        _ => Err(Error::input(origin, "an RSS or Atom feed", "another document")),
    }
}

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;
