//! From one story to an [`Article`].

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::docno;
use super::elements::{Element, elements, text_of};
use crate::article::{Article, Body, BodyKind, Title, TitleSource};
use crate::parse::evidence::Evidence;
use crate::parse::metadata::{self, Metadata, Terms};
use crate::parse::titles;
use feedmill_dates::{self as dates, Candidate, DateRule, Precision, Reading};

/// Elements of the title, best first. `HEAD` is one for some agencies, and the head of the document in NITF.
const TITLE: &[&str] = &["HEADLINE", "HL1", "HEAD", "HL", "TITLE", "TI", "TTL"];
const DATE: &[&str] = &["DATE", "DATE_TIME", "DATETIME", "DATE1", "DD", "PUBDATE", "STORY.DATE"];
const BYLINE: &[&str] = &["BYLINE", "AUTHOR", "AU"];
const TOPICS: &[&str] = &["TOPICS", "KEYWORDS", "KEYWORD"];
/// Lists of names that a story is about.
const LISTS: &[&str] = &["PLACES", "PEOPLE", "ORGS", "EXCHANGES", "COMPANIES", "SUBJECT", "COUNTRY", "INDUSTRY"];
const ID: &[&str] = &["DOCNO", "DOCID", "ID"];
/// Elements that hold others and say nothing themselves.
const FRAMES: &[&str] = &["REUTERS", "DOC", "NITF", "HEADER", "BODY", "BODY.HEAD", "HEDLINE", "DOCDATA", "MAIN", "D"];
/// The text, best first: the body of a wire is in its `TEXT`, with the other way round elsewhere.
const TEXT: &[&str] = &["BODY.CONTENT", "BODY", "TEXT"];

/// The article that a story is; `None` where it holds neither title nor text. `name` is the path of its document.
pub(super) fn article(story: &str, name: &str, weigh: bool) -> Option<Article> {
    let elements = elements(story);
    let root = elements.first()?;
    let is_nitf = root.is(&["NITF"]);
    let text = find_text(&elements);
    let is_outside = |element: &&Element<'_>| text.is_none_or(|text| !text.holds(element));
    let first = |names: &[&str]| {
        let mut lines = names.iter().flat_map(|name| {
            let same = elements.iter().filter(|element| element.is(&[name]) && !(is_nitf && element.is(&["HEAD"])));
            same.map(Element::line)
        });
        lines.find(|line| !line.is_empty())
    };
    let no_title = Title { text: String::new(), source: TitleSource::FileName };
    let body = Body { kind: BodyKind::Text, text: text.map(|text| body(&text, &elements)).unwrap_or_default() };
    let mut article = Article::new(no_title, body);
    if let Some(title) = first(TITLE).as_deref().map(headline).filter(|title| !title.is_empty()) {
        article.title = Title { text: title, source: TitleSource::Metadata };
    }
    let mut evidence = Evidence::new(weigh);
    let id =
        root.attribute("NEWID").or_else(|| root.attribute("ID")).or_else(|| first(ID)).or_else(|| nitf_id(&elements));
    for element in elements.iter().filter(|element| element.is(DATE)).filter(is_outside) {
        if let Some((reading, raw)) = day_of(&element.line()) {
            evidence.push(Candidate::new(reading, DateRule::Metadata, "date", raw));
        }
    }
    nitf_date(&elements, &mut evidence);
    if let Some(found) = id.as_deref().and_then(docno::day) {
        evidence.push(found);
    }
    let entries = entries(&elements, root, text.as_ref(), first(BYLINE));
    Metadata::new(entries).fill(&mut article, &mut evidence, Terms::Commas, DateRule::Metadata);
    if article.title.text.is_empty() {
        article.title = opening(&article.body.text)?;
        if article.title.text.is_empty() {
            article.title = titles::of_name(id.as_deref().unwrap_or(name));
        }
    }
    // The path of a collection dates the collection; its stories have dates of their own, or else this one.
    if evidence.is_empty() {
        evidence.path(name);
    }
    article.fragment = match id {
        Some(id) => id,
        None => {
            let hash: String = Sha256::digest(story).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
            format!("sha256:{hash}")
        }
    };
    metadata::conclude(&mut article, evidence, "");
    Some(article)
}

/// The element of the text. Where two hold each other, the inner one is it; of NITF's blocks the one of the full text.
fn find_text<'t>(elements: &[Element<'t>]) -> Option<Element<'t>> {
    let full = elements
        .iter()
        .find(|element| element.is(&["BLOCK"]) && element.attribute("class").is_some_and(|class| class == "full_text"));
    let named = || TEXT.iter().flat_map(|name| elements.iter().filter(move |element| element.is(&[name])));
    let found = full.or_else(|| named().find(|outer| !named().any(|inner| outer.holds(inner))));
    found.copied()
}

/// The text with its dateline before it, as the wire prints it.
fn body(text: &Element<'_>, elements: &[Element<'_>]) -> String {
    // What is marked inside a text without marks of its own, such as the title of a brief, is no part of it.
    let is_marked = |element: &&Element<'_>| [TITLE, BYLINE, &["DATELINE"]].iter().any(|names| element.is(names));
    let marked: Vec<&Element<'_>> = elements.iter().filter(is_marked).collect();
    let inner = text.without(&marked);
    let text = text_of(&inner).trim_end().to_owned();
    let text = text.trim_start_matches('\n');
    // Marks of urgency, left behind by the headline.
    let text = if text.starts_with("**") { text.trim_start_matches(['*', ' ', '\n']) } else { text };
    let dateline = elements.iter().find(|element| element.is(&["DATELINE"])).map(Element::line).unwrap_or_default();
    if dateline.is_empty() || text.trim_start().starts_with(&dateline) {
        return text.to_owned();
    }
    let parted = if dateline.ends_with(['-', '–', '—']) { " " } else { " - " };
    format!("{dateline}{parted}{}", text.trim_start())
}

/// A headline without the marks of urgency around it.
fn headline(text: &str) -> String {
    text.trim_matches(['*', ' ']).trim_end_matches(';').trim_end().to_owned()
}

/// The title of a story that has none: its first line where that is one, else its first sentence.
fn opening(text: &str) -> Option<Title> {
    let first = headline(text.lines().find(|line| !line.trim().is_empty())?);
    let stands_alone = text.trim_start().lines().nth(1).is_none_or(|line| line.trim().is_empty());
    if stands_alone && titles::is_headline(&first) {
        return Some(Title { text: feedmill_markup::one_line(&first), source: TitleSource::Heading });
    }
    titles::of_prose(text).or(Some(Title { text: first, source: TitleSource::FirstSentence }))
}

/// The date that an element states, at its beginning at least (`January 1, 1989, Sunday, Home Edition`).
fn day_of(line: &str) -> Option<(Reading, String)> {
    if let Some(reading) = docno::bare(line) {
        return Some((reading, line.trim().to_owned()));
    }
    let whole = dates::read(line).map(|reading| (reading, line.trim().to_owned()));
    let begins = || dates::read_prefix(line).map(|(reading, used)| (reading, line[..used].trim().to_owned()));
    whole.or_else(begins).filter(|(reading, _)| reading.value.precision() >= Precision::Day)
}

/// The metadata: authors, tags, lists of names, and every element that no field of the article holds.
fn entries(
    elements: &[Element<'_>],
    root: &Element<'_>,
    text: Option<&Element<'_>>,
    byline: Option<String>,
) -> Vec<(String, Value)> {
    let mut entries: Vec<(String, Value)> =
        byline.map(|names| ("author".to_owned(), names.into())).into_iter().collect();
    let is_known = |element: &Element<'_>| {
        [TITLE, DATE, BYLINE, ID, FRAMES, TEXT].iter().any(|names| element.is(names))
            || element.is(&["DATELINE", "BLOCK"])
    };
    let content = elements.iter().find(|element| element.is(&["BODY.CONTENT"]));
    for element in elements.iter().skip(1) {
        let is_inside = [text, content].into_iter().flatten().any(|outer| outer.holds(element));
        if is_inside || is_known(element) {
            continue;
        }
        let is_list = element.is(TOPICS) || element.is(LISTS);
        let items: Vec<Value> = elements
            .iter()
            .filter(|item| is_list && item.is(&["D"]) && element.holds(item))
            .map(|item| item.line())
            .filter(|item| !item.is_empty())
            .map(Value::from)
            .collect();
        let key = if element.is(TOPICS) { "tags".to_owned() } else { element.name.to_ascii_lowercase() };
        if !items.is_empty() {
            entries.push((key, Value::Array(items)));
        } else if element.name.eq_ignore_ascii_case("SECTION") {
            // `Book Review; Page 1; Desk`
            let line = element.line();
            entries.push((key, line.split(';').next().unwrap_or(&line).trim().into()));
        } else if !element.inner.contains('<') {
            entries.push((key, element.line().into()));
        }
    }
    for key in ["OLDID", "LEWISSPLIT", "CGISPLIT", "TYPE"] {
        entries.extend(root.attribute(key).map(|value| (key.to_ascii_lowercase(), Value::from(value))));
    }
    let classifiers = elements.iter().filter(|element| {
        element.is(&["CLASSIFIER"]) && element.attribute("type").is_some_and(|kind| kind.ends_with("descriptor"))
    });
    let tags: Vec<Value> = classifiers.map(|element| Value::from(element.line())).collect();
    if !tags.is_empty() {
        entries.retain(|(key, _)| key != "classifier");
        entries.push(("tags".to_owned(), Value::Array(tags)));
    }
    let publication = elements.iter().find(|element| element.is(&["PUBDATA"]));
    if let Some(publication) = publication {
        entries.extend(publication.attribute("ex-ref").map(|url| ("url".to_owned(), Value::from(url))));
        entries.extend(publication.attribute("name").map(|name| ("publication".to_owned(), Value::from(name))));
    }
    entries
}

fn nitf_id(elements: &[Element<'_>]) -> Option<String> {
    elements.iter().find(|element| element.is(&["DOC-ID"]))?.attribute("id-string")
}

/// `<date.issue norm="20030225T000000"/>`, `<pubdata date.publication="…"/>`. Midnight is how a day is written there.
fn nitf_date(elements: &[Element<'_>], evidence: &mut Evidence) {
    for (name, key) in [("DATE.ISSUE", "norm"), ("PUBDATA", "date.publication"), ("DATE.RELEASE", "norm")] {
        let values = elements.iter().filter(|element| element.is(&[name])).filter_map(|element| element.attribute(key));
        for value in values {
            let day = value.strip_suffix("T000000").or_else(|| value.strip_suffix("T0000")).unwrap_or(&value);
            if let Some((reading, raw)) = day_of(day) {
                let place = if name == "PUBDATA" { key.to_owned() } else { name.to_ascii_lowercase() };
                evidence.push(Candidate::new(reading, DateRule::Metadata, place, raw));
            }
        }
    }
}
