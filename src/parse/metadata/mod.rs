//! From keys and values, whatever container they stood in, to the fields of an [`Article`].
//!
//! Every format that has metadata ends here, so that `author`, `by` and `dc:creator` mean the same everywhere. Each
//! field has a list of keys, best first; the first that holds a fitting value is taken, and everything that no
//! field takes is kept under [`Article::extra`] by its own key.

mod media;
mod people;
mod terms;

pub(super) use people::person as person_of;
pub(super) use terms::Terms;

use chrono::{DateTime, FixedOffset, NaiveTime, Utc};
use serde_json::Value;

use super::evidence::{Evidence, reading_of};
use super::{front_matter, marks, plain, titles, unix_lines};
use crate::article::{Article, Offer, Title, TitleSource};
use crate::source::Sidecar;
use feedmill_dates::{self as dates, ArticleDate, DateRule, DateValue, KeyRole, Precision};
use feedmill_markup as markup;

const TITLE: &[&str] = &["title", "headline", "posttitle", "articletitle", "subject", "name"];
const SUMMARY: &[&str] = &[
    "summary",
    "description",
    "excerpt",
    "deck",
    "dek",
    "standfirst",
    "lead",
    "lede",
    "teaser",
    "abstract",
    "blurb",
    "snippet",
    "ogdescription",
    "metadescription",
    "seodescription",
];
const LANGUAGE: &[&str] = &["lang", "language", "locale", "inlanguage", "languagecode"];
/// `link` and `url` may point at what an article is about; so the keys that cannot come first.
const URL: &[&str] = &[
    "canonical",
    "canonicalurl",
    "originalurl",
    "permalink",
    "url",
    "link",
    "weburl",
    "articleurl",
    "posturl",
    "shareurl",
    "mainentityofpage",
];
const ID: &[&str] = &["id", "guid", "uuid", "atomid", "urn", "identifier"];
/// Until when an article is shown; a day is over when it begins, as Hugo has it.
const EXPIRY: &[&str] = &[
    "expirydate",
    "expiry",
    "expirationdate",
    "expiration",
    "expire",
    "validuntil",
    "expires",
    "expireson",
    "expiresat",
    "unpublishdate",
    "unpublishat",
    "unpublishon",
];
/// Keys whose values often hold the date of the article.
const DATED_VALUES: &[&str] = &[
    "permalink",
    "slug",
    "name",
    "path",
    "url",
    "link",
    "relativeurl",
    "file",
    "filename",
    "canonical",
    "originalurl",
];
/// Tables inside the metadata that hold fields of the article (Zola's `taxonomies` and `extra`, Hugo's `params`).
const NESTED: &[&str] = &["taxonomies", "params", "extra", "metadata", "meta", "frontmatter"];

/// A key with its folded form, under which it is looked up, and its value.
struct Entry {
    key: String,
    folded: String,
    value: Value,
}

/// The metadata of one article, on their way into its fields.
pub(super) struct Metadata {
    entries: Vec<Entry>,
}

impl Metadata {
    /// Keys and values in the order of the source.
    pub fn new(entries: Vec<(String, Value)>) -> Self {
        let mut metadata = Metadata { entries: Vec::with_capacity(entries.len()) };
        for (key, value) in entries {
            metadata.push(key, value);
        }
        metadata
    }

    /// Adds an entry unless there is one of that key already: the first source is the most trusted.
    pub fn push(&mut self, key: String, value: Value) {
        let folded = fold(&key);
        if NESTED.contains(&folded.as_str())
            && let Value::Object(inner) = value
        {
            for (key, value) in inner {
                self.push_plain(key, value);
            }
            return;
        }
        self.push_folded(key, folded, value);
    }

    fn push_plain(&mut self, key: String, value: Value) {
        let folded = fold(&key);
        self.push_folded(key, folded, value);
    }

    fn push_folded(&mut self, key: String, folded: String, value: Value) {
        let says_nothing = match &value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Array(values) => values.is_empty(),
            Value::Object(values) => values.is_empty(),
            _ => false,
        };
        // Of hostile thousands of keys each is compared with the few before it only; a repeated key beyond them
        // overwrites in `extra`.
        const COMPARED: usize = 200;
        if says_nothing || self.entries.iter().take(COMPARED).any(|entry| entry.key == key) {
            return;
        }
        self.entries.push(Entry { key, folded, value });
    }

    /// Takes the best entry of a field: the first key of the list that has a value which `read` accepts.
    pub fn take<T>(&mut self, keys: &[&str], mut read: impl FnMut(&Value) -> Option<T>) -> Option<T> {
        for key in keys {
            let found = self.entries.iter().enumerate().filter(|(_, entry)| entry.folded == *key);
            let found = found.filter_map(|(at, entry)| read(&entry.value).map(|value| (at, value))).next();
            if let Some((at, value)) = found {
                self.entries.remove(at);
                return Some(value);
            }
        }
        None
    }

    /// The value of a key, by its folded form, left in its place.
    pub fn get(&self, folded: &str) -> Option<&Value> {
        self.entries.iter().find(|entry| entry.folded == folded).map(|entry| &entry.value)
    }

    /// Fills the fields of an article that are still empty, offers the dates, and keeps the rest under `extra`.
    ///
    /// `updated` is taken from an update key that states a time, or a day, which then counts as its noon in UTC; a
    /// time without a zone is read as UTC.
    pub fn fill(mut self, article: &mut Article, evidence: &mut Evidence, terms: Terms, rule: DateRule) {
        self.offer_dates(article, evidence, rule);
        if article.title.text.is_empty()
            && let Some(text) = self.take(TITLE, title)
        {
            evidence.title(&text);
            article.title = Title { text, source: TitleSource::Metadata };
        }
        if article.authors.is_empty() {
            article.authors = people::take(&mut self);
        }
        if article.language.is_none() {
            article.language =
                self.take(LANGUAGE, |value| value.as_str().and_then(|text| markup::language_tag(text.trim())));
        }
        if article.url.is_none() {
            article.url = self.take(URL, |value| web_address(text_in(value)?));
        }
        if article.id.is_none() {
            article.id = self.take(ID, |value| text_in(value).and_then(lasting_id));
        }
        if article.summary.is_none() {
            article.summary = self.take(SUMMARY, |value| summary(text_in(value)?));
        }
        self.take_marks(article);
        if article.expires.is_none() {
            article.expires = self.take(EXPIRY, |value| first_moment(&reading_of(value)?.0.value));
        }
        media::take(&mut self, article);
        terms::take(&mut self, article, terms);
        self.entries.retain(|entry| !is_flag_of_publication(entry));
        for entry in self.entries {
            article.extra.entry(entry.key).or_insert(entry.value);
        }
    }

    fn offer_dates(&mut self, article: &mut Article, evidence: &mut Evidence, rule: DateRule) {
        let mut updated = None;
        for (at, entry) in self.entries.iter().enumerate() {
            if let Some(reading) = evidence.metadata(&entry.key, &entry.folded, &entry.value, rule)
                && updated.is_none()
                && let Some(instant) = instant(&reading.value)
            {
                updated = Some((at, instant));
            }
            if DATED_VALUES.contains(&entry.folded.as_str()) {
                evidence.value(&entry.key, &entry.value);
            }
        }
        if let Some((at, instant)) = updated.filter(|_| article.updated.is_none()) {
            article.updated = Some(instant);
            self.entries.remove(at);
        }
    }

    /// Takes the marks that keep the article from the public. Plain words that say that nothing does are dropped.
    fn take_marks(&mut self, article: &mut Article) {
        const FLAGS: &[&str] =
            &["draft", "isdraft", "private", "unpublished", "published", "publish", "visible", "ispublished"];
        self.entries.retain(|entry| match marks::of(&entry.key, &entry.folded, &entry.value) {
            Some(mark) => {
                hold_back(article, mark);
                false
            }
            None => !(FLAGS.contains(&entry.folded.as_str()) && marks::flag(&entry.value).is_some()),
        });
    }
}

/// Keeps an article from the public. That it is a draft says all there is to say of one; of other marks the first is
/// kept, since it is reason enough.
pub(super) fn hold_back(article: &mut Article, mark: String) {
    article.draft = true;
    if !mark.split(':').next().is_some_and(|key| key.eq_ignore_ascii_case("draft")) {
        article.held_by.get_or_insert(mark);
    }
}

/// Fills what is still empty from a file of metadata that stands beside the document.
pub(super) fn fill_from_sidecar(sidecar: &Sidecar, article: &mut Article, evidence: &mut Evidence) {
    if let Some(text) = markup::decode(&sidecar.bytes, None) {
        let entries = front_matter::entries_of(&unix_lines(text));
        Metadata::new(entries).fill(article, evidence, Terms::Commas, DateRule::Sidecar);
    }
}

/// Decides the date of an article that is otherwise complete. The entry that the date came from is not kept among
/// the metadata, since the date holds its text.
pub(super) fn conclude(article: &mut Article, evidence: Evidence, name: &str) {
    let (date, offers) = evidence.choose();
    article.date = date;
    if let Some(dates) = offers {
        let mut weighed = article.weighed.take().unwrap_or_default();
        weighed.dates = dates;
        if weighed.titles.is_empty() {
            weighed.titles = titles::offers(&article.title, &article.body.text, name);
        }
        if weighed.bodies.is_empty() {
            weighed.bodies.push(body_offer(article));
        }
        article.weighed = Some(weighed);
    }
    if name.split('/').any(|segment| segment == marks::DRAFTS) {
        hold_back(article, marks::DRAFTS.to_owned());
    }
    let Some(ArticleDate { chosen, .. }) = &article.date else { return };
    if matches!(chosen.rule, DateRule::Metadata | DateRule::Sidecar)
        && article.extra.get(&chosen.place).and_then(reading_of).is_some_and(|(_, raw)| raw == chosen.raw)
    {
        article.extra.remove(&chosen.place);
    }
}

/// The text of an article that has one to offer only.
fn body_offer(article: &Article) -> Offer {
    const SHOWN: usize = 80;
    Offer {
        value: markup::excerpt(&article.body.text, SHOWN),
        place: article.body.kind.extension().to_owned(),
        verdict: "chosen: the whole text".to_owned(),
    }
}

/// `published: true` says no more than that the text is no draft, which is said already.
fn is_flag_of_publication(entry: &Entry) -> bool {
    matches!(entry.folded.as_str(), "status" | "poststatus")
        && entry.value.as_str().is_some_and(|text| matches!(text.trim(), "published" | "publish"))
}

/// Prefixes of the program or the vocabulary that a key was written for.
const PREFIXES: &[&str] =
    &["jbake-", "awestruct-", "page-", "dc:", "dcterms:", "dc.", "dcterms.", "article:", "schema:"];

/// A key as fields are looked up: lower case, without `-`, `_`, blanks and foreign prefixes.
pub(super) fn fold(key: &str) -> String {
    // `webTitle`, `webUrl`, `webPublicationDate`: the web is where articles are.
    let key = key.strip_prefix("web").filter(|rest| rest.starts_with(char::is_uppercase)).unwrap_or(key);
    let mut folded = key.to_lowercase();
    for prefix in PREFIXES {
        if let Some(rest) = folded.strip_prefix(prefix).filter(|rest| !rest.is_empty()) {
            folded = rest.to_owned();
            break;
        }
    }
    folded.retain(|c| !matches!(c, '-' | '_' | ' '));
    folded
}

/// The text of a string, or of an object around one: `{"rendered": "…"}` (WordPress), `{"main": "…"}`, `{"@id": "…"}`.
fn text_in(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Object(object) => ["rendered", "main", "default", "text", "value", "#text", "$t", "@id", "en"]
            .iter()
            .find_map(|key| object.get(*key)?.as_str()),
        _ => None,
    }
}

fn title(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => plain::line(text),
        Value::Number(number) => number.to_string(),
        Value::Object(_) => plain::html(text_in(value)?),
        Value::Array(values) if values.len() == 1 => return title(&values[0]),
        _ => return None,
    };
    // A template that the site's generator would have filled in is no title.
    (!text.is_empty() && !text.contains("{{")).then_some(text)
}

fn summary(text: &str) -> Option<String> {
    let text = plain::line(text);
    let says_nothing = ["", "none", "null", "n/a", "tbd", "todo"].iter().any(|word| text.eq_ignore_ascii_case(word));
    (!says_nothing).then_some(text)
}

/// An absolute address on the web; a path without its site is none.
pub(super) fn web_address(text: &str) -> Option<String> {
    let text = text.trim();
    let has_scheme = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    if !has_scheme("http://") && !has_scheme("https://") {
        return None;
    }
    markup::link::absolute(text, None)
}

/// The id if it is unique in the world: a URL, a URN, a `tag:` or `mid:` URI or a UUID. `174` is unique in its site at best.
pub(super) fn lasting_id(text: &str) -> Option<String> {
    let text = text.trim();
    let start = |prefix: &str| text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
    let is_uri =
        ["http://", "https://", "urn:", "tag:", "mid:"].iter().any(|scheme| start(scheme) && text.len() > scheme.len())
            && !text.contains(char::is_whitespace);
    let is_uuid = text.len() == 36 && uuid::Uuid::try_parse(text).is_ok();
    (is_uri || is_uuid).then(|| text.to_owned())
}

/// The instant of a last change: a time, or the noon of a day.
fn instant(value: &DateValue) -> Option<DateTime<FixedOffset>> {
    match value.precision() {
        Precision::Day => {
            let noon = value.first_day().and_time(NaiveTime::from_hms_opt(12, 0, 0)?);
            Some(noon.and_utc().fixed_offset())
        }
        _ => value.instant_in(&Utc),
    }
}

/// The first moment of a date, in UTC where it names no zone.
fn first_moment(value: &DateValue) -> Option<DateTime<FixedOffset>> {
    let begins = value.first_day().and_time(NaiveTime::MIN).and_utc().fixed_offset();
    Some(value.instant_in(&Utc).unwrap_or(begins)).filter(|_| value.precision() >= Precision::Day)
}

/// The metadata keys of an article that look as if they dated it, for reports on undated articles.
pub(super) fn dating_keys(article: &Article) -> impl Iterator<Item = &str> {
    article.extra.keys().map(String::as_str).filter(|key| !matches!(dates::key_role(key), KeyRole::Other))
}

#[cfg(test)]
mod tests;
