//! One record as an entry.

mod links;

use std::borrow::Cow;
use std::collections::HashSet;

use chrono::{DateTime, FixedOffset, Utc};
use url::Url;
use uuid::Uuid;

use super::spec::{FeedSpec, Site};
use super::{Entry, Picture, Probe, address, history, iri, media, origin, picture, podcast};
use crate::archive::{Archive, Row, attachment_path};
use crate::article::{Article, BodyKind, Enclosure, Person, Record};
use crate::error::Result;
use feedmill_markup::{self as markup, BodyMarkup};

/// What readers show of a title at most; a longer one is a paragraph by mistake, and is in the text as well.
const MAX_TITLE: usize = 500;

/// What a list of articles shows of each.
const MAX_EXCERPT: usize = 300;

/// An excerpt ends with the first paragraph, unless that is only a dateline or a subheading.
const MIN_EXCERPT: usize = 100;

/// A summary that the source wrote is kept, but for a full text that went there by mistake.
const MAX_SUMMARY: usize = 4_000;

/// As much of a text as an excerpt is looked for in.
const EXCERPT_SOURCE: usize = 64 << 10;

/// What a name or a tag has at most.
const MAX_LABEL: usize = 200;

/// The bytes that stand around an entry's own strings: tags, dates, ids, in the wordiest format.
const MARKUP_BYTES: usize = 700;

/// Everything that the entries of one feed have in common.
pub(super) struct Context<'a> {
    pub spec: &'a FeedSpec,
    pub site: &'a Site,
    pub namespace: Uuid,
    /// The address of the output directory.
    pub root: Url,
    /// The address of the feed's directory.
    pub base: Url,
    /// The address of the site's home page.
    pub home: Url,
    pub as_of: DateTime<Utc>,
    /// Looks at a file of the archive, by its path in it.
    pub look: &'a dyn Fn(&str) -> Option<Probe>,
    /// The articles whose files are called so.
    pub named: &'a dyn Fn(&str) -> Vec<Row>,
    /// The history document that an article stands in.
    pub holding: &'a dyn Fn(&Row) -> Option<String>,
}

impl<'a> Context<'a> {
    /// What the entries of the feed have in common; an error where `spec` or `site` make no feed.
    pub fn new(
        archive: &Archive,
        spec: &'a FeedSpec,
        site: &'a Site,
        as_of: DateTime<Utc>,
        look: &'a dyn Fn(&str) -> Option<Probe>,
        named: &'a dyn Fn(&str) -> Vec<Row>,
    ) -> Result<Self> {
        spec.check()?;
        site.check()?;
        let root = site.base()?;
        let (home, base) = (site.home(&root), address::below(&root, &spec.name));
        let holding = &|_: &Row| None;
        Ok(Context { spec, site, namespace: archive.uuid(), root, base, home, as_of, look, named, holding })
    }

    /// The address of the page that an article has for itself: its own, else the one that is written for it.
    pub fn page_of(&self, row: &Row) -> Option<String> {
        let own = address::own(self.site, &self.home, row);
        own.or_else(|| self.site.article_pages.then(|| address::written_page(&self.root, row)))
    }

    /// The address of the entry on the feed's pages: in the history document that holds it, for ever; before that is
    /// finished, on the page of the newest entries.
    fn entry_at(&self, row: &Row, anchor: &str) -> String {
        match (self.holding)(row) {
            Some(document) => format!("{}{}/{document}.html#{anchor}", self.base, history::DIRECTORY),
            None => format!("{}index.html#{anchor}", self.base),
        }
    }
}

/// A file of the archive that an entry links, and that is published beside the feeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// What the record calls it: also its path below the output directory.
    pub named: String,
    /// Its path below the archive.
    pub path: String,
    /// The address at which it is published.
    pub address: String,
}

/// An entry, and what it costs.
pub(super) struct Prepared {
    pub entry: Entry,
    /// Whether the feed can take it: an episode of a podcast has something to play.
    pub is_wanted: bool,
    /// About as many bytes as the entry takes in a feed.
    pub bytes: usize,
    /// The size of the full text that was left out.
    pub left_out: Option<usize>,
    /// Files of the archive that the entry links.
    pub files: Vec<Linked>,
}

/// Makes an entry of a record.
pub(super) fn prepare(context: &Context<'_>, row: &Row, record: &Record) -> Prepared {
    let files = linked(context, row, &record.article);
    let article = &*with_addresses(&record.article, &files);
    let article = &*links::with_links(context, row, article);
    let own_url = address::own(context.site, &context.home, row);
    let base = own_url.as_deref().and_then(|url| Url::parse(url).ok()).unwrap_or_else(|| context.home.clone());
    let anchor = address::anchor(&row.path);
    let url = own_url.or_else(|| context.page_of(row)).unwrap_or_else(|| context.entry_at(row, &anchor));

    let (content, left_out) = content(context, article, &base);
    let files = linked(context, row, article);
    let summary = summary(article, content.as_deref(), &base);
    let published = record.published;
    let mut entry = Entry {
        id: id(context, row, record),
        title: title(article, summary.as_deref(), &base, published),
        summary,
        url,
        anchor,
        published,
        updated: updated(record, context.as_of),
        authors: people(&article.authors),
        tags: labels(article.section.iter().chain(&article.tags)),
        language: article.language.as_deref().and_then(markup::language_tag),
        content,
        enclosures: enclosures(context, article, &files, &base),
        picture: picture(article, &files, &base),
        origin: origin::of(article, &[&context.home, &context.root]),
        episode: None,
    };
    let is_wanted = context.spec.podcast.is_none() || podcast::make_episode(&mut entry, article, &base);
    Prepared { bytes: weight(&entry), entry, is_wanted, left_out, files }
}

/// The record's id; one minted of its path where a record that was written by hand has none that can be written.
fn id(context: &Context<'_>, row: &Row, record: &Record) -> String {
    let id = markup::one_line(&record.id);
    if id.is_empty() { iri::minted(&context.namespace, address::stem(&row.path)) } else { id }
}

/// The record's last change. One that lies in the future, or before the publication, says nothing: a feed would
/// promise an edit that nobody can have seen.
fn updated(record: &Record, as_of: DateTime<Utc>) -> DateTime<FixedOffset> {
    record.updated.filter(|updated| *updated > record.published && *updated <= as_of).unwrap_or(record.published)
}

/// The article's title, else its first sentence, else its day.
fn title(article: &Article, summary: Option<&str>, base: &Url, published: DateTime<FixedOffset>) -> String {
    let title = markup::excerpt(&article.title.text, MAX_TITLE);
    if !title.is_empty() {
        return title;
    }
    let text = match summary {
        Some(summary) => summary.to_owned(),
        None => excerpt_of(&markup::html::to_text(&html(article, head(&article.body.text), base))),
    };
    let sentence = markup::excerpt(markup::first_sentence(&text), MAX_TITLE);
    if sentence.is_empty() { published.format("%Y-%m-%d").to_string() } else { sentence }
}

/// The full text as HTML, or the size of the one that is too large.
fn content(context: &Context<'_>, article: &Article, base: &Url) -> (Option<String>, Option<usize>) {
    if !context.spec.full_text || article.body.text.trim().is_empty() {
        return (None, None);
    }
    let limit = context.spec.oversize();
    // Markup may shrink when it is cleaned, by half at best: what is larger than that is not even converted.
    if article.body.text.len() / 2 > limit {
        return (None, Some(article.body.text.len()));
    }
    let html = html(article, &article.body.text, base);
    match html.len() {
        0 => (None, None),
        size if size > limit => (None, Some(size)),
        _ => (Some(html), None),
    }
}

/// The source's summary, else the beginning of the text; `None` where the feed carries a text that is no longer than
/// its excerpt would be.
fn summary(article: &Article, content: Option<&str>, base: &Url) -> Option<String> {
    let own = article.summary.as_deref().map(|summary| markup::excerpt(summary, MAX_SUMMARY));
    if let Some(own) = own.filter(|own| !own.is_empty()) {
        return Some(own);
    }
    let text = match content {
        Some(html) => markup::html::to_text(head(html)),
        None => markup::html::to_text(&html(article, head(&article.body.text), base)),
    };
    let excerpt = excerpt_of(&text);
    let repeats = content.is_some() && excerpt == markup::one_line(&text);
    (!excerpt.is_empty() && !repeats).then_some(excerpt)
}

/// The first paragraphs that make up an excerpt.
fn excerpt_of(text: &str) -> String {
    let mut beginning = String::new();
    for paragraph in text.split("\n\n").map(markup::one_line).filter(|paragraph| !paragraph.is_empty()) {
        if !beginning.is_empty() {
            beginning.push(' ');
        }
        beginning.push_str(&paragraph);
        if beginning.len() >= MIN_EXCERPT {
            break;
        }
    }
    markup::excerpt(&beginning, MAX_EXCERPT)
}

fn html(article: &Article, text: &str, base: &Url) -> String {
    let kind = match article.body.kind {
        BodyKind::Text => BodyMarkup::Text,
        BodyKind::Markdown => BodyMarkup::Markdown,
        BodyKind::Html => BodyMarkup::Html,
    };
    markup::body_html(kind, text, Some(base))
}

/// The beginning of a text, whole characters.
fn head(text: &str) -> &str {
    let end = (0..=EXCERPT_SOURCE.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(0)]
}

/// People with a name, whose addresses are addresses.
pub(super) fn people(people: &[Person]) -> Vec<Person> {
    let mut seen = HashSet::new();
    let fit = people.iter().filter_map(|person| {
        let email = person.email.as_deref().map(str::trim).filter(|email| markup::is_email(email)).map(str::to_owned);
        let uri = person.uri.as_deref().and_then(|uri| markup::link::absolute(uri, None));
        let name = markup::excerpt(&person.name, MAX_LABEL);
        let name = Some(name).filter(|name| !name.is_empty()).or_else(|| email.clone()).or_else(|| uri.clone())?;
        Some(Person { name, email, uri })
    });
    fit.filter(|person| seen.insert(person.clone())).collect()
}

/// Labels that are not blank, each once whatever its case.
fn labels<'a>(labels: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut seen = HashSet::new();
    labels
        .map(|label| markup::excerpt(label, MAX_LABEL))
        .filter(|label| !label.is_empty() && seen.insert(label.to_lowercase()))
        .collect()
}

/// The files of the archive that an article has as enclosures and picture, by the addresses in its record.
fn linked(context: &Context<'_>, row: &Row, article: &Article) -> Vec<Linked> {
    let mut linked: Vec<Linked> = Vec::new();
    for named in article.enclosures.iter().map(|enclosure| &enclosure.url).chain(&article.image) {
        if let Some(path) = attachment_path(&row.path, named)
            && linked.iter().all(|known| known.named != *named)
            && let Ok(address) = context.root.join(named)
        {
            linked.push(Linked { named: named.clone(), path, address: address.into() });
        }
    }
    linked
}

/// The picture, at the address at which it is published.
fn picture(article: &Article, files: &[Linked], base: &Url) -> Option<Picture> {
    let file = files.iter().find(|file| article.image.as_ref() == Some(&file.named));
    let url = file.map_or_else(|| address::link(article.image.as_deref()?, base), |file| Some(file.address.clone()))?;
    Some(picture::said_of(article, url))
}

/// The article, with the addresses at which its files are published where its text shows them.
fn with_addresses<'a>(article: &'a Article, files: &[Linked]) -> Cow<'a, Article> {
    let mut article = Cow::Borrowed(article);
    for file in files {
        for quote in ['"', '\'', '('] {
            let named = format!("{quote}{}", file.named);
            if article.body.text.contains(&named) {
                let shown = article.body.text.replace(&named, &format!("{quote}{}", file.address));
                article.to_mut().body.text = shown;
            }
        }
    }
    article
}

/// Media files that a reader can fetch. What a file of the archive says of itself stands in for what its record does
/// not say, and what the article says of its sound or film is said of the first.
fn enclosures(context: &Context<'_>, article: &Article, files: &[Linked], base: &Url) -> Vec<Enclosure> {
    let mut seen = HashSet::new();
    let fit = article.enclosures.iter().filter_map(|enclosure| {
        let file = files.iter().find(|file| file.named == enclosure.url);
        let url = file.map_or_else(|| address::link(&enclosure.url, base), |file| Some(file.address.clone()))?;
        let enclosure = Enclosure { url, ..enclosure.clone() };
        let enclosure = match file {
            Some(file) => media::probed(enclosure, || (context.look)(&file.path)),
            None => enclosure,
        };
        Some(Enclosure { media_type: Some(media::media_type(&enclosure).to_owned()), ..enclosure })
    });
    let mut fit: Vec<Enclosure> = fit.filter(|enclosure| seen.insert(enclosure.url.clone())).collect();
    if let Some(played) = fit.iter_mut().find(|enclosure| media::is_playable(enclosure)) {
        played.duration = played.duration.or_else(|| podcast::play_time(article));
    }
    fit
}

fn weight(entry: &Entry) -> usize {
    let text = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    let tags: usize = entry.tags.iter().map(|tag| tag.len() + 24).sum();
    MARKUP_BYTES + text(&entry.content) + text(&entry.summary) + entry.title.len() + entry.url.len() + tags
}

#[cfg(test)]
mod tests;
