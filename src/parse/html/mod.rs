//! Web pages, saved or fetched.
//!
//! One pass over the tokens of a page notes what it says about itself ([`page`], [`linked`]). The rooms beside it
//! weigh that: the date ([`dates`]), the title ([`headline`]), the authors ([`people`]), the address ([`address`]).
//! The main text is a matter of its own ([`body`]). A page that is no article is refused by name ([`verdict`]).

mod names;
mod page;
mod linked;
mod saved;
mod address;
mod people;
mod headline;
mod dates;
mod body;
mod verdict;
mod fields;

use super::{Confidence, Parser, declared_charset, media_type, metadata, opening, plain, read_text, titles};
use crate::article::{Article, Body, BodyKind, Offer, TitleSource, Weighed};
use crate::error::Result;
use crate::source::Document;
use address::Addresses;
use feedmill_markup as markup;
use linked::{Rank, Work};
use page::Page;
use people::key;
use verdict::Standing;

/// The parser of web pages.
pub(super) struct Html;

impl Parser for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn about(&self) -> &'static str {
        "a web page, saved or fetched: the article on it, with its date, title and authors"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml", "shtml"]
    }

    fn sniff(&self, doc: &Document) -> Confidence {
        let head = opening(doc);
        if is_page(&head) {
            return Confidence::Content;
        }
        let is_declared = matches!(media_type(doc).as_deref(), Some("text/html" | "application/xhtml+xml"));
        if is_declared && has_tag(&head) && !is_feed(&head) {
            return Confidence::Content;
        }
        let by_name = doc.extension().is_some_and(|extension| self.extensions().contains(&extension.as_str()));
        if by_name || is_declared { Confidence::Name } else { Confidence::No }
    }

    fn parse(&self, doc: &mut Document, emit: &mut dyn FnMut(Result<Article>)) -> Result<()> {
        if doc.charset.is_none() {
            doc.charset = declared_charset(doc.head());
        }
        let text = read_text(doc)?;
        emit(Ok(article(&text, doc)?));
        Ok(())
    }
}

/// Whether the first bytes are those of a page, comments of programs that saved it aside.
fn is_page(head: &[u8]) -> bool {
    let mut rest = head;
    while let Some(comment) = rest.strip_prefix(b"<!--") {
        let Some(end) = memchr::memmem::find(comment, b"-->") else { return false };
        rest = comment[end + 3..].trim_ascii_start();
    }
    let starts = |word: &str| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()));
    if ["<!doctype html", "<html", "<head>", "<head ", "<body>", "<body "].iter().any(|root| starts(root)) {
        return true;
    }
    // Some templates write before the document begins.
    let written_before = || ["<script", "<style", "<link", "<meta", "<title", "<?php"].iter().any(|tag| starts(tag));
    let has_root = || {
        ["<html", "<HTML", "<head>", "<body"].iter().any(|root| memchr::memmem::find(rest, root.as_bytes()).is_some())
    };
    if written_before() && has_root() {
        return true;
    }
    // XHTML begins as any XML does.
    starts("<?xml") && memchr::memmem::find(rest, b"<html").is_some() && !is_feed(rest)
}

fn is_feed(head: &[u8]) -> bool {
    ["<rss", "<feed", "<rdf:RDF", "<opml"].iter().any(|root| memchr::memmem::find(head, root.as_bytes()).is_some())
}

fn has_tag(head: &[u8]) -> bool {
    memchr::memchr_iter(b'<', head)
        .any(|at| head.get(at + 1).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'!'))
}

/// How much of a text an explanation shows, in characters.
const SHOWN: usize = 200;

fn article(html: &str, doc: &Document) -> Result<Article> {
    let page = page::read(html);
    let saved = saved::read(html);
    let fetched = doc.url.clone().or(saved.url);
    let linked = linked::read(&page.scripts);
    let work = linked.work(|work| is_of_page(work, &page, fetched.as_deref()));
    let work = work.as_ref();
    let addresses = address::find(&page, work, fetched.as_deref());
    let site = site_names(&page, &linked, work, &addresses);
    let is_declared_article = is_declared_article(&page, work);
    let known = headline::Known { work, site: &site, addresses: &addresses.all, is_declared_article, weigh: doc.weigh };
    let mut headline = headline::choose(&page, &known, &doc.name);
    let known = body::Known {
        title: &headline.title.text,
        json_ld_body: work.and_then(|work| work.body.as_deref()),
        is_declared_article,
    };
    let main = body::main_text(html, &known, addresses.base.as_ref(), doc.weigh);
    let title = &headline.title.text;
    let signals = verdict::Signals {
        page: &page,
        linked: &linked,
        addresses: &addresses,
        title,
        is_declared_article,
        main: &main,
    };
    let standing = verdict::of(&signals, &doc.origin)?;
    if headline.title.source == TitleSource::FileName
        && let Some(title) = titles::of_prose(&main.text)
    {
        headline.title = title;
    }
    let language = fields::language(&page, work);
    let known = dates::Known {
        work,
        title: headline.anchor,
        addresses: &addresses.all,
        // The time of a file bounds nothing: whoever unpacks or copies pages sets it to anything.
        latest: [doc.fetched.map(|fetched| fetched.date_naive()), saved.day].into_iter().flatten().min(),
        is_like_listing: standing == Standing::LikeListing,
        is_month_first: language.as_deref().is_some_and(fields::writes_month_first),
    };
    let dates = dates::gather(&page, &known);
    let mut evidence = dates.evidence.weighing(doc.weigh);
    let known = people::Known { work, title: headline.anchor, site: &site, is_forum: is_forum(&page, work) };
    let mut article = Article::new(headline.title, Body { kind: BodyKind::Html, text: main.html });
    article.authors = people::find(&page, &known);
    article.updated = dates.updated;
    article.language = language;
    fields::fill(&mut article, &page, work, addresses.base.as_ref());
    if doc.weigh {
        let mut bodies = main.offers;
        if bodies.is_empty() {
            let value = markup::excerpt(&main.text, SHOWN);
            bodies.push(Offer { value, place: main.method.to_owned(), verdict: "chosen: the only one".to_owned() });
        }
        let weighed = Weighed { titles: headline.offers, bodies, ..Weighed::default() };
        article.weighed = Some(Box::new(weighed));
    }
    if let Some(sidecar) = &doc.sidecar {
        metadata::fill_from_sidecar(sidecar, &mut article, &mut evidence);
    }
    // The name of a page that was fetched is that of its container's making.
    if addresses.all.is_empty() {
        evidence.path(&doc.name);
    }
    if !evidence.is_empty() && evidence.lacks_day() {
        evidence.mentions(&article.title.text, "title");
    }
    article.url = addresses.canonical.or(article.url);
    metadata::conclude(&mut article, evidence, &doc.name);
    Ok(article)
}

/// The phrases of a list that is written as one text, with `|` between them.
fn phrases(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split('|')
}

/// Whether linked data speak of this page: by its address, or by its title.
fn is_of_page(work: &Work, page: &Page, fetched: Option<&str>) -> bool {
    let without_scheme = |url: &str| {
        let url = url.split(['#', '?']).next().unwrap_or(url);
        url.trim_start_matches("https:").trim_start_matches("http:").trim_matches('/').to_owned()
    };
    let canonical = page.links.iter().find(|link| link.rel == "canonical").map(|link| link.href.as_str());
    if let Some(url) = work.url.as_deref()
        && [canonical, fetched].into_iter().flatten().any(|own| without_scheme(own) == without_scheme(url))
    {
        return true;
    }
    let Some(headline) =
        work.headline.as_deref().map(|headline| key(&plain::html(headline))).filter(|key| !key.is_empty())
    else {
        return false;
    };
    let titles = page.metas.iter().filter(|(name, _)| name == "og:title").map(|(_, title)| title.as_str());
    let titles = titles
        .chain([page.title.as_str()])
        .chain(page.headings.iter().filter(|h| h.level == 1).map(|h| h.text.as_str()));
    titles.map(key).any(|title| title == headline || (headline.len() > 12 && title.starts_with(&headline)))
}

fn is_declared_article(page: &Page, work: Option<&Work>) -> bool {
    work.is_some_and(|work| work.rank == Rank::Article)
        || page.metas.iter().any(|(key, value)| key == "og:type" && value.to_ascii_lowercase().contains("article"))
        || page.metas.iter().any(|(key, _)| key == "article:published_time")
}

/// Whether the page is a thread: by its linked data or microdata, or because many users write on it.
fn is_forum(page: &Page, work: Option<&Work>) -> bool {
    const MANY: usize = 3;
    let is_thread = |kind: &str| matches!(kind, "DiscussionForumPosting" | "QAPage" | "Question");
    work.is_some_and(|work| is_thread(&work.kind))
        || page.item_types.iter().any(|kind| is_thread(kind))
        || page.marks.iter().filter(|mark| mark.holds == page::Holds::User).count() >= MANY
}

/// What the site is called, for telling its name from titles and authors.
fn site_names(page: &Page, linked: &linked::Linked, work: Option<&Work>, addresses: &Addresses) -> Vec<String> {
    let metas = ["og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site"];
    let mut names: Vec<String> = page
        .metas
        .iter()
        .filter(|(name, _)| metas.contains(&name.as_str()))
        .map(|(_, name)| key(&plain::html(name)))
        .collect();
    names.extend(linked.site_names().iter().map(|name| key(name)));
    names.extend(work.and_then(|work| work.publisher.as_deref()).map(key));
    names.extend(address::host_names(&addresses.all));
    let home = page.headings.iter().filter(|heading| heading.place.is_any(page::Place::HOME));
    names.extend(home.map(|heading| key(&heading.text)));
    names.retain(|name| name.len() > 1);
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests;
