//! One entry as an article.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::Url;

use super::fields::{Entry, Said};
use super::identity::{Record, Standing};
use super::survey::Survey;
use super::text::{self, Text};
use super::{Context, links, media, people};
use crate::article::{Article, Body, BodyKind, Offer, Title, TitleSource, Weighed};
use crate::error::{Error, Result};
use crate::parse::evidence::{Evidence, reading_of};
use crate::parse::metadata::{self, Metadata, Terms, web_address};
use crate::parse::{marks, titles};
use feedmill_dates::{self as dates, Candidate, Confidence, DateRule, KeyRole, Precision};
use feedmill_markup as markup;

/// A longer guid tells entries apart by their content.
const LONGEST_FRAGMENT: usize = 500;

/// The article that an entry is.
pub(super) fn article(entry: &Entry, record: &Record, survey: &Survey, context: &Context) -> Result<Article> {
    let source = &survey.source;
    let home = source.base.as_ref();
    let found = links::of(&entry.elements);
    let guid = entry.guid();
    let url = found.alternate.clone().or_else(|| entry.permalink()).map(|link| whole(link, home));
    let (titles, texts) = (entry.titles(), entry.texts());
    let chosen = Chosen::of(&texts);
    let body = body(&texts, &chosen, url.as_deref(), home);
    let media = media::of(&entry.elements);
    if titles.is_empty() && body.text.is_empty() && url.is_none() && media.enclosures.is_empty() {
        let found = "one with none of these";
        return Err(Error::input(&context.origin, "an entry with a title, a text, a link or a file", found));
    }
    let mut evidence = Evidence::new(context.weigh);
    let mut article = Article::new(Title { text: String::new(), source: TitleSource::FileName }, body);
    if let Some(title) = titles.first() {
        evidence.title(&title.value);
        article.title = Title { text: title.value.clone(), source: TitleSource::Metadata };
    }
    article.summary = chosen.summary.map(|at| text::one_line(&texts[at].value));
    article.language = entry.language().or_else(|| source.language.clone());
    for mark in entry.standing().iter().filter_map(|(key, value)| marks::of(key, &metadata::fold(key), value)) {
        metadata::hold_back(&mut article, mark);
    }
    article.authors = people::of(&entry.elements);
    if article.authors.is_empty() {
        article.authors = entry.source_authors().unwrap_or_else(|| source.authors.clone());
    }
    if entry.post_type().is_some() {
        source.name_people(&mut article.authors);
    }
    let dates = entry.dates();
    article.url = url.as_deref().and_then(web_address);
    offer_date_of_link(&dates, article.url.as_deref(), &mut evidence);
    let content = (!survey.is_entry).then(|| hash(&article, &dates));
    let mut fields: Vec<(String, Value)> = dates;
    // Links of other kinds are no addresses of articles.
    fields.extend(url.filter(|_| article.url.is_none()).map(|url| ("link".to_owned(), json!(url))));
    fields.push(("tags".to_owned(), json!(entry.terms())));
    fields.push(("enclosures".to_owned(), Value::Array(media.enclosures)));
    fields.extend(media.image.map(|image| ("image".to_owned(), json!(whole(image, home)))));
    let named = guid.as_ref().map(|guid| ("guid".to_owned(), json!(guid)));
    match record.standing {
        Standing::SharedId => article.extra.extend(named),
        _ => fields.extend(named),
    }
    Metadata::new(fields).fill(&mut article, &mut evidence, Terms::Commas, DateRule::Metadata);
    entry.extras(found, &mut article.extra);
    article.extra.extend(source.remembered().map(|feed| ("feed".to_owned(), feed)));
    match content {
        Some(content) => article.fragment = fragment(&article, guid, record).unwrap_or(content),
        None => evidence.path(&context.name),
    }
    if article.title.text.is_empty() {
        article.title = made_title(&article, survey.is_entry.then_some(context.name.as_str()));
    }
    if context.weigh {
        article.weighed = Some(Box::new(weighed(&titles, &texts, &chosen)));
    }
    metadata::conclude(&mut article, evidence, if survey.is_entry { &context.name } else { "" });
    Ok(article)
}

/// Offers the date in the address of the entry.
///
/// An entry that names its last change only was published on that day if its address says so too; then the two are
/// one date, and the time of the change is the best there is.
fn offer_date_of_link(dates: &[(String, Value)], link: Option<&str>, evidence: &mut Evidence) {
    let Some(link) = link else { return };
    let only_updates = || dates.iter().all(|(key, _)| dates::key_role(key) == KeyRole::Update);
    if let Some((key, value)) = dates.first().filter(|_| only_updates())
        && let Some((reading, raw)) = reading_of(value)
        && dates::in_value(link).is_some_and(|found| {
            found.reading.value.precision() == Precision::Day
                && found.reading.value.first_day() == reading.value.first_day()
        })
    {
        let confirmed = Candidate::new(reading, DateRule::Update, key, raw);
        evidence.push(Candidate { confidence: Confidence::High, ..confirmed });
        return;
    }
    evidence.value("link", &json!(link));
}

/// The link, absolute if it can be.
fn whole(link: String, base: Option<&Url>) -> String {
    markup::link::absolute(&link, base).unwrap_or(link)
}

/// Which of the texts are body and summary.
#[derive(Debug, Default, PartialEq, Eq)]
struct Chosen {
    body: Option<usize>,
    summary: Option<usize>,
}

impl Chosen {
    /// A full text goes before a summary, which is the body where there is no other; then the next summary that says
    /// something else.
    fn of(texts: &[Said<'_, Text>]) -> Chosen {
        let Some(body) = texts.iter().position(|said| said.is_full).or((!texts.is_empty()).then_some(0)) else {
            return Chosen::default();
        };
        if texts.len() == 1 {
            return Chosen { body: Some(body), summary: None };
        }
        let whole = text::one_line(&texts[body].value);
        let says_else = |at: &usize| {
            let line = text::one_line(&texts[*at].value);
            *at != body && !texts[*at].is_full && !line.is_empty() && line != whole
        };
        Chosen { body: Some(body), summary: (0..texts.len()).find(says_else) }
    }
}

fn body(texts: &[Said<'_, Text>], chosen: &Chosen, page: Option<&str>, home: Option<&Url>) -> Body {
    match chosen.body.map(|at| &texts[at]) {
        Some(said) => {
            let text = text::resolved(said.value.clone(), said.element, page, home);
            Body { kind: text.kind, text: text.value }
        }
        None => Body { kind: BodyKind::Text, text: String::new() },
    }
}

/// What tells the entry from the others of its feed: its id or its link, where no other has them.
fn fragment(article: &Article, guid: Option<String>, record: &Record) -> Option<String> {
    let guid = guid.filter(|_| record.standing != Standing::SharedId);
    let link = article.url.clone().filter(|_| record.has_own_link);
    guid.or(link).filter(|fragment| fragment.len() <= LONGEST_FRAGMENT)
}

/// A fragment for an entry that has neither id nor link of its own.
fn hash(article: &Article, dates: &[(String, Value)]) -> String {
    let mut hasher = Sha256::new();
    let dates = dates.iter().filter_map(|(_, date)| date.as_str());
    for part in [article.title.text.as_str(), article.body.text.as_str()].into_iter().chain(dates) {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    let digest: String = hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{digest}")
}

/// A title for an entry that has none; `name` is that of the document where it is the entry.
fn made_title(article: &Article, name: Option<&str>) -> Title {
    let found = match article.body.kind {
        BodyKind::Html => titles::of_html(&article.body.text),
        BodyKind::Markdown => titles::of_markup(&article.body.text),
        BodyKind::Text => titles::of_prose(&article.body.text),
    };
    found.or_else(|| article.url.as_deref().or(name).map(titles::of_name)).unwrap_or_else(titles::none)
}

/// What the entry offered, the winners first.
fn weighed(titles: &[Said<'_, String>], texts: &[Said<'_, Text>], chosen: &Chosen) -> Weighed {
    /// As much of a candidate is shown, in characters.
    const SHOWN: usize = 120;
    let offer = |value: &str, place: &str, verdict: &str| Offer {
        value: markup::excerpt(value, SHOWN),
        place: place.to_owned(),
        verdict: verdict.to_owned(),
    };
    let mut weighed = Weighed::default();
    if titles.len() > 1 {
        let verdict = |at| if at == 0 { "chosen: the title of the entry" } else { "stands in where there is no title" };
        let offers = titles.iter().enumerate().map(|(at, said)| offer(&said.value, said.place, verdict(at)));
        weighed.titles = offers.collect();
    }
    if texts.len() > 1 {
        let verdict = |at: usize| match at {
            at if Some(at) == chosen.body && texts[at].is_full => "chosen: the full text",
            at if Some(at) == chosen.body => "chosen: there is no full text",
            at if Some(at) == chosen.summary => "the summary: a full text goes before it",
            at if texts[at].is_full => "another full text goes before it",
            _ => "says nothing that is not said already",
        };
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|at| (Some(*at) != chosen.body, Some(*at) != chosen.summary));
        let line = |at: usize| text::one_line(&texts[at].value);
        weighed.bodies = order.into_iter().map(|at| offer(&line(at), texts[at].place, verdict(at))).collect();
    }
    weighed
}
