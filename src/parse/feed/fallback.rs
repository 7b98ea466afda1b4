//! Other readers, for a document in which no entry was found although some begin: its vocabulary is nobody's, or its
//! elements are beyond order.
//!
//! First the two that are strict about the form and blind to namespaces: what they read of a well-formed document is
//! the whole of it. At last the one that always answers; what it reads is marked partial.

use std::panic::{AssertUnwindSafe, catch_unwind};

use feedparser_rs::{ParseOptions, ParserLimits};
use quick_xml::events::Event;
use serde_json::{Value, json};

use super::Context;
use super::survey::MOST_ENTRIES;
use super::text::looks_like_html;
use crate::article::{Article, Body, BodyKind, Title, TitleSource};
use crate::error::Result;
use crate::parse::evidence::Evidence;
use crate::parse::metadata::{self, Metadata, Terms};
use crate::parse::{plain, titles, unix_lines};
use feedmill_dates::DateRule;
use feedmill_markup as markup;

/// What the other readers came to.
pub(super) enum Answer {
    /// The document was read as a whole.
    Whole,
    /// So many entries were read, and marked; there may be more.
    Partial(usize),
    /// Nothing.
    Nothing,
}

/// The longest text that is given to them: they build the whole feed in memory, many times as large as its text.
const LONGEST: usize = 4 << 20;

/// The deepest nesting, since they recurse, and …
const DEEPEST: usize = 200;
/// … the most attributes of one element, since they compare each with all.
const MOST_ATTRIBUTES: usize = 200;

/// Reads the text in other ways, and emits what they find.
pub(super) fn read(text: &str, context: &Context, emit: &mut dyn FnMut(Result<Article>)) -> Answer {
    if text.len() > LONGEST || !is_harmless(text) {
        return Answer::Nothing;
    }
    // What others wrote may panic; nothing of it outlives the call.
    let attempt = |read: fn(&str) -> Option<Vec<Found>>| catch_unwind(AssertUnwindSafe(|| read(text))).ok().flatten();
    let has_some = |found: &Vec<Found>| (1..=MOST_ENTRIES).contains(&found.len());
    if let Some(found) = attempt(by_rss).filter(has_some).or_else(|| attempt(by_atom).filter(has_some)) {
        found.into_iter().filter_map(|found| found.article(context)).for_each(|article| emit(Ok(article)));
        return Answer::Whole;
    }
    let found = attempt(by_feedparser).filter(has_some).unwrap_or_default();
    let mut count = 0;
    for mut article in found.into_iter().filter_map(|found| found.article(context)) {
        article.extra.insert("partial".to_owned(), Value::Bool(true));
        emit(Ok(article));
        count += 1;
    }
    if count > 0 { Answer::Partial(count) } else { Answer::Nothing }
}

/// Whether the text is within what recursive readers bear, counting its tags as they stand.
fn is_harmless(text: &str) -> bool {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut depth = 0usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag))
                if memchr::memchr_iter(b'=', tag.attributes_raw().as_bytes()).take(MOST_ATTRIBUTES).count()
                    == MOST_ATTRIBUTES =>
            {
                return false;
            }
            Ok(Event::Start(_)) if depth == DEEPEST => return false,
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Eof) => return true,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// An entry as another reader has it.
#[derive(Default)]
struct Found {
    title: Option<String>,
    link: Option<String>,
    id: Option<String>,
    published: Option<String>,
    updated: Option<String>,
    content: Option<String>,
    summary: Option<String>,
    authors: Vec<String>,
    terms: Vec<String>,
}

fn by_rss(text: &str) -> Option<Vec<Found>> {
    let channel = rss::Channel::read_from(text.as_bytes()).ok()?;
    let found = |item: rss::Item| {
        let dublin = item.dublin_core_ext.unwrap_or_default();
        let permalink = item.guid.as_ref().filter(|guid| guid.permalink).map(|guid| guid.value.clone());
        Found {
            title: item.title,
            link: item.link.or(permalink),
            id: item.guid.map(|guid| guid.value),
            published: item.pub_date.or_else(|| dublin.dates.into_iter().next()),
            updated: None,
            content: item.content,
            summary: item.description,
            authors: item.author.map_or(dublin.creators, |author| vec![author]),
            terms: item.categories.into_iter().map(|category| category.name).collect(),
        }
    };
    Some(channel.items.into_iter().map(found).collect())
}

fn by_atom(text: &str) -> Option<Vec<Found>> {
    let feed = atom_syndication::Feed::read_from(text.as_bytes()).ok()?;
    let found = |entry: atom_syndication::Entry| Found {
        title: Some(entry.title.value),
        link: entry.links.into_iter().find(|link| link.rel == "alternate").map(|link| link.href),
        id: Some(entry.id),
        published: entry.published.map(|at| at.to_rfc3339()),
        // What is missing reads as the year 1970.
        updated: Some(entry.updated).filter(|at| at.timestamp() != 0).map(|at| at.to_rfc3339()),
        content: entry.content.and_then(|content| content.value),
        summary: entry.summary.map(|summary| summary.value),
        authors: entry.authors.into_iter().map(|person| person.name).collect(),
        terms: entry.categories.into_iter().map(|category| category.term).collect(),
    };
    Some(feed.entries.into_iter().map(found).collect())
}

fn by_feedparser(text: &str) -> Option<Vec<Found>> {
    let options = ParseOptions { resolve_relative_uris: true, sanitize_html: false, limits: ParserLimits::default() };
    let feed = feedparser_rs::parse_with_options(text.as_bytes(), &options).ok()?;
    let found = |entry: feedparser_rs::Entry| Found {
        title: entry.title,
        link: entry.link,
        id: entry.id.map(|id| id.to_string()),
        published: entry.published.map(|at| at.to_rfc3339()),
        updated: entry.updated.map(|at| at.to_rfc3339()),
        content: entry.content.into_iter().map(|content| content.value).find(|text| !text.trim().is_empty()),
        summary: entry.summary,
        authors: entry.author.into_iter().map(|author| author.to_string()).collect(),
        terms: entry.tags.iter().map(|tag| tag.term.to_string()).collect(),
    };
    Some(feed.entries.into_iter().map(found).collect())
}

impl Found {
    fn article(self, context: &Context) -> Option<Article> {
        let says = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
        if !says(&self.title) && !says(&self.content) && !says(&self.summary) && !says(&self.link) {
            return None;
        }
        let text = if says(&self.content) { self.content } else { self.summary }.unwrap_or_default();
        let kind = if looks_like_html(&text) { BodyKind::Html } else { BodyKind::Text };
        let body = Body { kind, text: unix_lines(markup::legal(text.trim()).into_owned()) };
        let mut article = Article::new(Title { text: String::new(), source: TitleSource::FileName }, body);
        let mut evidence = Evidence::new(context.weigh);
        let guid = self.id.map(|id| markup::one_line(&id)).filter(|id| !id.is_empty());
        let text = |value: Option<String>| value.map_or(Value::Null, Value::from);
        let fields = vec![
            ("title".to_owned(), text(self.title.as_deref().map(plain::html))),
            ("published".to_owned(), text(self.published)),
            ("updated".to_owned(), text(self.updated)),
            ("link".to_owned(), text(self.link)),
            ("guid".to_owned(), text(guid.clone())),
            ("author".to_owned(), json!(self.authors)),
            ("tags".to_owned(), json!(self.terms)),
        ];
        Metadata::new(fields).fill(&mut article, &mut evidence, Terms::Commas, DateRule::Metadata);
        if article.title.text.is_empty() {
            let of_url = || article.url.as_deref().map(titles::of_name);
            article.title = titles::of_html(&article.body.text).or_else(of_url).unwrap_or_else(titles::none);
        }
        let fragment = guid.or_else(|| article.url.clone());
        article.fragment = fragment.unwrap_or_else(|| article.title.text.clone());
        metadata::conclude(&mut article, evidence, &context.name);
        Some(article)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(text: &str) -> (Vec<Article>, Answer) {
        let context = Context { origin: "a".into(), name: "a".into(), url: None, weigh: false, post_types: Vec::new() };
        let mut articles = Vec::new();
        let answer = read(text, &context, &mut |article| articles.push(article.unwrap()));
        (articles, answer)
    }

    const ITEM: &str = "<item xmlns='urn:y'><title>A &amp;amp; b</title><link>https://h.example/a</link><guid>1</guid>
        <pubDate>Sat, 02 May 2020 10:00:00 GMT</pubDate><description>&lt;p&gt;x&lt;/p&gt;</description></item>";

    #[test]
    fn well_formed_documents_are_read_as_a_whole() {
        let (articles, whole) = answer(&format!("<rss version='2.0'><channel>{ITEM}</channel></rss>"));
        assert!(matches!(whole, Answer::Whole));
        let article = &articles[0];
        assert_eq!((article.title.text.as_str(), article.fragment.as_str()), ("A & b", "1"));
        assert_eq!(article.date.as_ref().unwrap().chosen.value.to_string(), "2020-05-02T10:00:00Z");
        assert!(!article.extra.contains_key("partial"));
        let feed = "<feed><entry xmlns='urn:y'><title>A</title><id>urn:1</id><updated>2020-05-02T10:00:00Z</updated></entry></feed>";
        let (articles, whole) = answer(feed);
        assert!(matches!(whole, Answer::Whole) && articles[0].id.as_deref() == Some("urn:1"));
    }

    #[test]
    fn others_are_read_in_part() {
        let (articles, partial) = answer(&format!("<rss version='2.0'><channel>{ITEM}<b></channel></rss>"));
        assert!(matches!(partial, Answer::Partial(1)));
        assert_eq!((articles[0].title.text.as_str(), &articles[0].extra["partial"]), ("A & b", &json!(true)));
    }

    #[test]
    fn what_recursive_readers_do_not_bear_is_kept_from_them() {
        for text in [
            "<y:item xmlns:y='urn:y'>".repeat(201),
            format!("<item {}/>", (0..300).map(|n| format!(" a{n}=''")).collect::<String>()),
            " ".repeat(LONGEST + 1),
        ] {
            assert!(matches!(answer(&text).1, Answer::Nothing));
        }
    }
}
