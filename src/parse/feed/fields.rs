//! What an entry says, element by element.

use chrono::Datelike;
use serde_json::{Map, Value, json};

use super::links::{self, Links};
use super::people;
use super::text::{self, Text};
use crate::article::{BodyKind, Person};
use crate::parse::evidence::reading_of;
use crate::parse::metadata::web_address;
use crate::parse::xml::{self, Element, Step, Tag, Trouble, Vocabulary, Walk, Want};
use Vocabulary::{
    Atom, AtomPub, Blogger, Content, DublinCore, FeedBurner, License, Media, Plain, Podcast, Thread, WordPress, Xhtml,
};
use feedmill_dates::{DateValue, placeholder};
use feedmill_markup as markup;

/// Elements of one entry that are kept; hostile ones have more.
const MOST: usize = 1000;

/// An entry as it was read.
pub(super) struct Entry {
    /// Its name in RSS 1.0.
    about: Option<String>,
    /// The language that is declared for it.
    language: Option<String>,
    /// Its elements.
    pub elements: Vec<Element>,
}

/// Something that an element says, and how messages call the element.
pub(super) struct Said<'e, T> {
    pub value: T,
    pub element: &'e Element,
    pub place: &'static str,
    /// Whether the element is meant for the full text.
    pub is_full: bool,
}

/// Elements with titles, best first.
const TITLES: &[(Vocabulary, &str, &str)] = &[
    (Plain, "title", "title"),
    (Atom, "title", "title"),
    (DublinCore, "title", "dc:title"),
    (Media, "title", "media:title"),
    (Podcast, "title", "itunes:title"),
];

/// Elements with texts, best first, and whether they are meant for the full text.
const TEXTS: &[(Vocabulary, &str, &str, bool)] = &[
    (Content, "encoded", "content:encoded", true),
    (Xhtml, "body", "xhtml:body", true),
    (Xhtml, "div", "xhtml:div", true),
    (Plain, "body", "body", true),
    (Plain, "fullitem", "fullitem", true),
    (Atom, "content", "content", true),
    (Plain, "content", "content", true),
    (Plain, "description", "description", false),
    (Atom, "summary", "summary", false),
    (Plain, "summary", "summary", false),
    (Atom, "description", "description", false),
    (WordPress, "encoded", "excerpt:encoded", false),
    (Podcast, "summary", "itunes:summary", false),
    (Media, "description", "media:description", false),
    (DublinCore, "description", "dc:description", false),
    (DublinCore, "abstract", "dcterms:abstract", false),
    (Podcast, "subtitle", "itunes:subtitle", false),
];

/// Elements with dates; of what they date, the key tells.
const DATES: &[(Vocabulary, &str, &str)] = &[
    (Plain, "pubdate", "pubDate"),
    (Atom, "published", "published"),
    (Plain, "published", "published"),
    (Atom, "issued", "issued"),
    (DublinCore, "date", "dc:date"),
    (DublinCore, "issued", "dcterms:issued"),
    (Plain, "date", "date"),
    (Atom, "pubdate", "pubDate"),
    (Atom, "created", "created"),
    (DublinCore, "created", "dcterms:created"),
    (Atom, "updated", "updated"),
    (Plain, "updated", "updated"),
    (Atom, "modified", "modified"),
    (DublinCore, "modified", "dcterms:modified"),
];

/// Reads the entry that has just begun; `None` where the document is cut inside of it.
pub(super) fn read(walk: &mut Walk, tag: &Tag) -> Result<Option<Entry>, Trouble> {
    let depth = walk.depth();
    let language = walk.language().and_then(|tag| markup::language_tag(&tag));
    let mut entry = Entry { about: tag.attribute("about"), language, elements: Vec::new() };
    loop {
        match walk.step()? {
            Step::Start(tag) => match wanted(&tag).filter(|_| entry.elements.len() < MOST) {
                Some(want) => entry.elements.extend(Element::read(walk, &tag, want)?),
                None => {
                    xml::skip(walk)?;
                }
            },
            Step::End if walk.depth() < depth => return Ok((!walk.was_cut()).then_some(entry)),
            Step::Over => return Ok(None),
            Step::Text(_) | Step::End => {}
        }
    }
}

/// What is wanted of an element of an entry.
fn wanted(tag: &Tag) -> Option<Want> {
    match (tag.vocabulary, tag.name.as_str()) {
        (Plain | Atom, "title" | "summary" | "content" | "description" | "body" | "fullitem") => Some(Want::Markup),
        (Content | WordPress, "encoded") | (Xhtml, "body" | "div") => Some(Want::Markup),
        (Plain | Atom, "author" | "contributor" | "source" | "image") | (AtomPub, "control") => Some(Want::Tree),
        (Plain | Atom, "enclosure") | (Thread, "in-reply-to") => Some(Want::Nothing),
        (Plain | Atom | DublinCore | Podcast | License | FeedBurner, _) => Some(Want::Text),
        (WordPress, "status" | "post_type" | "post_date" | "post_password") => Some(Want::Text),
        (Blogger, "status" | "type") => Some(Want::Text),
        (Media, _) => Some(Want::Tree),
        _ => None,
    }
}

impl Entry {
    fn all(&self, vocabulary: Vocabulary, name: &'static str) -> impl Iterator<Item = &Element> {
        self.elements.iter().filter(move |element| element.vocabulary == vocabulary && element.name == name)
    }

    /// The elements of that name; those of Media RSS also inside its groups.
    fn spread(&self, vocabulary: Vocabulary, name: &'static str) -> impl Iterator<Item = &Element> {
        let groups = self.elements.iter().filter(move |element| vocabulary == Media && element.vocabulary == Media);
        let inner =
            groups.flat_map(|group| &group.children).flat_map(|child| std::iter::once(child).chain(&child.children));
        self.all(vocabulary, name)
            .chain(inner.filter(move |element| element.vocabulary == Media && element.name == name))
    }

    fn core(&self, name: &'static str) -> impl Iterator<Item = &Element> {
        self.all(Plain, name).chain(self.all(Atom, name))
    }

    /// Its own id as it is written.
    pub fn guid(&self) -> Option<String> {
        let stated = self.core("guid").chain(self.core("id")).find_map(Element::trimmed).or(self.about.as_deref());
        let guid = markup::one_line(stated.filter(|guid| guid.len() <= links::LONGEST)?);
        (!guid.is_empty()).then_some(guid)
    }

    /// The address in a guid, which is a link unless it says that it is none (RSS 2.0), in the name of an RSS 1.0 item,
    /// or in an id of Atom.
    pub fn permalink(&self) -> Option<String> {
        let guid = self.core("guid").find(|guid| guid.trimmed().is_some());
        let guid =
            guid.filter(|guid| guid.attribute("ispermalink").is_none_or(|says| !says.eq_ignore_ascii_case("false")));
        let link = guid.and_then(|guid| Some(guid.resolve(guid.trimmed()?)));
        // An entry without a link is known by its id, as a name or as an address; what stands elsewhere stands there.
        let id = self.core("id").find_map(Element::trimmed).map(str::to_owned);
        let there = || self.all(Atom, "content").find_map(|content| Some(content.resolve(content.attribute("src")?)));
        let links = link.into_iter().chain(self.about.clone()).chain(id).chain(there());
        links.filter(|link| link.len() <= links::LONGEST).find_map(|link| web_address(&link))
    }

    /// Its titles, best first.
    pub fn titles(&self) -> Vec<Said<'_, String>> {
        let said = |(vocabulary, name, place): &(Vocabulary, &'static str, &'static str)| {
            let (value, element) = self.spread(*vocabulary, name).find_map(|e| Some((text::line(e)?, e)))?;
            Some(Said { value, element, place, is_full: false })
        };
        TITLES.iter().filter_map(said).collect()
    }

    /// Its texts, best first.
    pub fn texts(&self) -> Vec<Said<'_, Text>> {
        let said = |(vocabulary, name, place, is_full): &(Vocabulary, &'static str, &'static str, bool)| {
            let found = || self.spread(*vocabulary, name).filter_map(|e| Some((text::of(e)?, e)));
            // Of several contents HTML is the fullest.
            let html = found().find(|(text, _)| text.kind == BodyKind::Html);
            let (value, element) = html.or_else(|| found().next())?;
            Some(Said { value, element, place, is_full: *is_full })
        };
        TEXTS.iter().filter_map(said).collect()
    }

    /// Its dates by their keys, publications first. What says the same once more is left out.
    pub fn dates(&self) -> Vec<(String, Value)> {
        let mut dates: Vec<(String, Value)> = Vec::new();
        let mut known: Vec<DateValue> = Vec::new();
        for (vocabulary, name, key) in DATES {
            let texts = || self.all(*vocabulary, name).filter_map(Element::trimmed);
            let found = texts().find_map(|text| Some((text, Some(dated(text)?))));
            // What cannot be read is told in the report.
            let Some((text, value)) = found.or_else(|| texts().next().map(|text| (text, None))) else { continue };
            let is_update = matches!(*name, "updated" | "modified");
            if let Some(value) = value {
                if !is_update && known.contains(&value) {
                    continue;
                }
                known.push(value);
            } else if reading_of(&json!(text)).is_some_and(|(reading, _)| placeholder(&reading.value).is_none()) {
                continue;
            }
            dates.push(((*key).to_owned(), json!(text)));
        }
        let export = self.all(WordPress, "post_date").find_map(Element::trimmed).filter(|_| known.is_empty());
        dates.extend(export.map(|date| ("wp:post_date".to_owned(), json!(date))));
        dates
    }

    /// Its categories, labels, subjects and keywords.
    pub fn terms(&self) -> Vec<String> {
        let mut terms: Vec<String> = Vec::new();
        for element in &self.elements {
            match (element.vocabulary, element.name.as_str()) {
                (Plain | Atom, "category") if self.taxonomy(element).is_none() => {
                    let term = element.attribute("label").or_else(|| element.trimmed()).or(element.attribute("term"));
                    terms.extend(term.map(markup::one_line));
                }
                (DublinCore, "subject") => terms.extend(element.trimmed().map(markup::one_line)),
                (Podcast | Media, "keywords") | (Atom | Plain, "keywords") => {
                    let keywords = element.text.split(',').map(markup::one_line).filter(|term| !term.is_empty());
                    terms.extend(keywords.take(MOST));
                }
                _ => {}
            }
        }
        terms
    }

    /// The language that it is written in, as far as it says so itself.
    pub fn language(&self) -> Option<String> {
        let stated = self.all(DublinCore, "language").chain(self.core("language")).find_map(Element::trimmed);
        let of_text = || {
            let mut texts = self.elements.iter().filter(|e| matches!(e.name.as_str(), "content" | "encoded" | "title"));
            texts.find_map(|element| markup::language_tag(element.language.as_deref()?))
        };
        stated.and_then(markup::language_tag).or_else(|| self.language.clone()).or_else(of_text)
    }

    /// The authors of the feed that it was taken from (RFC 4287 section 4.2.1).
    pub fn source_authors(&self) -> Option<Vec<Person>> {
        let source = self.all(Atom, "source").next()?;
        Some(people::of(&source.children)).filter(|people| !people.is_empty())
    }

    /// What it says of whether it is public, as keys and values: RFC 5023 section 13.1.1, exports of WordPress and Blogger.
    pub fn standing(&self) -> Vec<(&'static str, Value)> {
        let control = self.all(AtomPub, "control").filter_map(|control| control.child("draft")?.trimmed());
        let mut standing: Vec<_> = control.map(|says| ("draft", json!(says))).collect();
        for (vocabulary, name) in [(WordPress, "status"), (WordPress, "post_password"), (Blogger, "status")] {
            standing.extend(self.all(vocabulary, name).filter_map(Element::trimmed).map(|says| (name, json!(says))));
        }
        standing
    }

    /// The kind of post that it is in the export of a site: `post`, `page`, `comment`, `attachment` (`wp:post_type` of
    /// WordPress, `blogger:type` and the category of kinds of Blogger).
    pub fn post_type(&self) -> Option<String> {
        const KIND: &str = "blogger/2008/kind#";
        let said = |vocabulary, name| self.all(vocabulary, name).find_map(Element::trimmed);
        let kind = || {
            let mut terms = self.core("category").filter_map(|category| category.attribute("term"));
            terms.find_map(|term| Some(term.split_once(KIND)?.1))
        };
        Some(said(WordPress, "post_type").or_else(|| said(Blogger, "type")).or_else(kind)?.to_ascii_lowercase())
    }

    /// Which classification of an exported site a category belongs to, where it is neither a category nor a tag.
    fn taxonomy<'e>(&self, category: &'e Element) -> Option<&'e str> {
        let domain = category.attribute("domain").filter(|_| self.post_type().is_some())?;
        (!matches!(domain, "category" | "post_tag" | "tag")).then_some(domain)
    }

    /// What no field of an article holds.
    pub fn extras(&self, links: Links, extra: &mut Map<String, Value>) {
        let mut put = |key: &str, value: Option<Value>| {
            extra.extend(value.map(|value| (key.to_owned(), value)));
        };
        let comments = self.core("comments").find_map(|e| Some(e.resolve(e.trimmed()?)));
        put("comments", comments.or(links.replies).as_deref().and_then(web_address).map(Value::from));
        put("via", links.via.map(Value::from));
        put("related", links.related.map(Value::from));
        put("source", self.core("source").find_map(source));
        let answered = self.all(Thread, "in-reply-to").filter_map(|e| e.attribute("ref").or(e.attribute("href")));
        let answered: Vec<&str> = answered.collect();
        put("in-reply-to", (!answered.is_empty()).then(|| json!(answered)));
        let original = self.all(FeedBurner, "origlink").find_map(Element::trimmed);
        put("original_url", original.and_then(web_address).map(Value::from));
        let contributors = self.core("contributor").chain(self.all(DublinCore, "contributor"));
        put("contributors", one_or_all(contributors.filter_map(people::person).map(|p| p.name).collect()));
        let rights = self.core("rights").chain(self.core("copyright")).chain(self.all(DublinCore, "rights"));
        put("rights", rights.into_iter().find_map(text::line).map(Value::from));
        let license = self.all(License, "license").find_map(|e| e.trimmed().or(e.attribute("resource")));
        put("license", license.map(Value::from));
        for (name, key) in [
            ("duration", "duration"),
            ("season", "season"),
            ("episode", "episode"),
            ("episodetype", "episode_type"),
            ("explicit", "explicit"),
        ] {
            put(key, self.all(Podcast, name).find_map(Element::trimmed).map(Value::from));
        }
        // Where there is no other title, this one is the article's.
        let title = self.all(Podcast, "title").find_map(text::line).filter(|_| self.core("title").next().is_some());
        put("itunes_title", title.map(Value::from));
        let mut taxonomies: Map<String, Value> = Map::new();
        for category in self.all(Plain, "category") {
            let Some(domain) = self.taxonomy(category) else { continue };
            if domain == "post_format" {
                let format = category.attribute("nicename").and_then(|name| name.strip_prefix("post-format-"));
                put("post_format", format.or_else(|| category.trimmed()).map(Value::from));
            } else if let Some(term) = category.trimmed() {
                let terms = taxonomies.entry(domain).or_insert_with(|| json!([]));
                terms.as_array_mut().into_iter().for_each(|terms| terms.push(json!(markup::one_line(term))));
            }
        }
        put("taxonomies", (!taxonomies.is_empty()).then_some(Value::Object(taxonomies)));
        for name in ["transcript", "chapters"] {
            let addresses = self.all(Podcast, name).filter_map(|e| web_address(&e.resolve(e.attribute("url")?)));
            put(name, addresses.into_iter().next().map(Value::from));
        }
    }
}

/// The date that a text states. Programs that have none write one of the first years.
fn dated(text: &str) -> Option<DateValue> {
    const EARLIEST_YEAR: i32 = 1000;
    let (reading, _) = reading_of(&json!(text))?;
    Some(reading.value).filter(|value| value.first_day().year() >= EARLIEST_YEAR && placeholder(value).is_none())
}

/// The feed that an entry was taken from.
fn source(element: &Element) -> Option<Value> {
    let found = links::of(&element.children);
    let child = |name: &str| element.child(name).and_then(text::line);
    let fields = [
        ("title", child("title").or_else(|| element.trimmed().map(markup::one_line))),
        ("url", element.attribute("url").map(|url| element.resolve(url)).or(found.alternate)),
        ("self", found.this),
        ("id", child("id")),
    ];
    let map: Map<String, Value> =
        fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), Value::String(value?)))).collect();
    (!map.is_empty()).then_some(Value::Object(map))
}

fn one_or_all(mut values: Vec<String>) -> Option<Value> {
    values.retain(|value| !value.is_empty());
    match values.len() {
        0 => None,
        1 => values.pop().map(Value::from),
        _ => Some(json!(values)),
    }
}
