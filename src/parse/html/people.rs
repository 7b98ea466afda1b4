//! Who wrote the article: linked data, metadata, microdata, links to authors, bylines.

use std::collections::HashMap;

use super::dates::spoken;
use super::linked::Work;
use super::names;
use super::page::{Anchor, Holds, Line, Mark, Page, Place};
use crate::article::Person;
use crate::parse::metadata::web_address;

/// What the authors of a page are weighed by.
pub(super) struct Known<'a> {
    /// What its linked data say.
    pub work: Option<&'a Work>,
    /// Where its title stands.
    pub title: Option<Anchor>,
    /// What the site is called, normalised by [`key`].
    pub site: &'a [String],
    /// Whether the page is a thread of a forum.
    pub is_forum: bool,
}

/// One place that names authors.
#[derive(Debug)]
struct Offered {
    names: Vec<String>,
    uri: Option<String>,
    score: i32,
}

/// The authors of a page.
pub(super) fn find(page: &Page, known: &Known) -> Vec<Person> {
    let mut offers: Vec<Offered> = Vec::new();
    linked(known, &mut offers);
    metas(page, known, &mut offers);
    offers.extend(page.marks.iter().filter_map(|mark| of_mark(mark, known, Place::default())));
    offers.extend(page.lines.iter().flat_map(|line| of_line(line, known)));
    offers.retain(|offer| !offer.names.is_empty());
    // The only name that the page puts forward needs to stand in no special place.
    if let Some(first) = offers.first().map(|offer| key(&offer.names[0]))
        && offers.iter().all(|offer| offer.score >= ONLY_SCORE && key(&offer.names[0]) == first)
    {
        offers[0].score = offers[0].score.max(LEAST_SCORE);
    }
    if !offers.iter().any(|offer| offer.score >= LEAST_SCORE) {
        // On a forum the text stands where others have their comments; the first to write is the author.
        let writers =
            page.marks.iter().filter(|mark| matches!(mark.holds, Holds::User | Holds::AuthorName | Holds::Byline));
        let first = writers.filter(|mark| known.title.is_none_or(|title| mark.at + NEAR >= title.at));
        let first = first
            .filter_map(|mark| of_mark(mark, known, Place::COMMENTS.with(Place::NESTED)))
            .find(|offer| !offer.names.is_empty());
        offers.extend(first.filter(|_| known.is_forum).map(|offer| Offered { score: LEAST_SCORE, ..offer }));
    }
    // Places that agree speak for each other.
    let mut agreeing: HashMap<String, i32> = HashMap::new();
    let keys: Vec<String> = offers.iter().map(|offer| key(&offer.names[0])).collect();
    keys.iter().for_each(|key| *agreeing.entry(key.clone()).or_default() += 1);
    let able = offers.iter().zip(&keys).enumerate().filter(|(_, (offer, _))| offer.score >= LEAST_SCORE);
    let best = able.max_by_key(|(at, (offer, key))| {
        let agreement = agreeing.get(*key).map_or(0, |count| (count - 1).min(MOST_AGREEMENT));
        (offer.score + agreement, std::cmp::Reverse(*at))
    });
    let Some((_, (best, _))) = best else { return Vec::new() };
    let one = best.names.len() == 1;
    best.names
        .iter()
        .map(|name| Person { name: name.clone(), email: None, uri: best.uri.clone().filter(|_| one) })
        .collect()
}

/// Other places that say the same count a point each, up to this.
const MOST_AGREEMENT: i32 = 2;
/// Below this, a name is one that the page happens to hold.
const LEAST_SCORE: i32 = 4;
/// Below this, even the only name of a page is no author.
const ONLY_SCORE: i32 = 2;
/// So much text before its title belongs to it.
const NEAR: usize = 300;

/// A name as it is compared: letters and digits, in lower case.
pub(super) fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn linked(known: &Known, offers: &mut Vec<Offered>) {
    let Some(work) = known.work else { return };
    let mut found: Vec<String> = Vec::new();
    let mut score = 8;
    for somebody in &work.authors {
        let names = match somebody.is_organisation {
            true => vec![somebody.name.clone()],
            false => names::declared(&somebody.name),
        };
        if somebody.is_organisation || names.iter().any(|name| known.site.contains(&key(name))) {
            score = 4;
        }
        found.extend(names.into_iter().filter(|name| !found.contains(name)).collect::<Vec<_>>());
    }
    if found.iter().all(|name| !name.contains(' ')) && score > 4 {
        score -= HANDLE;
    }
    let uri = work.authors.first().and_then(|author| web_address(author.uri.as_deref()?));
    offers.push(Offered { names: found, uri, score });
}

fn metas(page: &Page, known: &Known, offers: &mut Vec<Offered>) {
    let mut cited = Vec::new();
    for (at, (key_name, content)) in page.metas.iter().enumerate() {
        let score = match key_name.as_str() {
            "citation_author" | "bepress_citation_author" => {
                cited.extend(names::read(&last_name_first(content)));
                continue;
            }
            key if AUTHOR_KEYS.contains(&key) => 6,
            "twitter:data1" if is_writer_label(page, at) => 6,
            _ => continue,
        };
        let names = names::declared(content);
        let is_site = names.iter().any(|name| known.site.contains(&key(name)));
        offers.push(Offered { names, uri: None, score: if is_site { 4 } else { score } });
    }
    offers.push(Offered { names: cited, uri: None, score: 8 });
}

/// Keys of metadata that name the author.
const AUTHOR_KEYS: &[&str] = &[
    "author",
    "authors",
    "article:author",
    "og:article:author",
    "article:author_name",
    "byline",
    "byl",
    "creator",
    "dc.creator",
    "dcterms.creator",
    "dc.creator.author",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "shareaholic:article_author_name",
];

/// A name of one word is that of a user of the program, where a byline has another.
const HANDLE: i32 = 3;

/// `twitter:label1` says what `twitter:data1` holds.
fn is_writer_label(page: &Page, at: usize) -> bool {
    let near = &page.metas[at.saturating_sub(2)..(at + 2).min(page.metas.len())];
    near.iter().any(|(key, content)| key == "twitter:label1" && names::is_labelled(content))
}

/// `Quill, Ada` as `Ada Quill`.
fn last_name_first(name: &str) -> String {
    match name.split_once(',') {
        Some((last, first)) if !first.contains(',') => format!("{} {}", first.trim(), last.trim()),
        _ => name.to_owned(),
    }
}

fn of_mark(mark: &Mark, known: &Known, forgiven: Place) -> Option<Offered> {
    let near = nearness(mark.at, known.title, mark.place.without(forgiven))?;
    let by_kind = match mark.holds {
        Holds::AuthorName => 6,
        Holds::AuthorLink | Holds::Author => 5,
        Holds::AuthorPath => 4,
        Holds::Byline => 3,
        Holds::User => 2,
        _ => return None,
    };
    let text = mark.value.as_deref().filter(|value| !value.contains("://")).unwrap_or(&mark.text);
    let is_labelled = names::is_labelled(text) || names::is_labelled(&mark.before);
    let is_declared = by_kind > 3 || mark.holds == Holds::User || is_labelled;
    let names = if is_declared && !text.contains('\n') { names::declared(text) } else { names::read(text) };
    let is_site = names.iter().any(|name| known.site.contains(&key(name)));
    let is_handle = names.iter().all(|name| !name.contains(' '));
    let mut score = by_kind + near + i32::from(is_labelled);
    score -= if is_site { 2 } else { 0 };
    score -= if is_handle && mark.holds == Holds::Byline { 1 } else { 0 };
    Some(Offered { names, uri: None, score })
}

/// The names in a line: behind a word that says so, or beside the date of the article.
fn of_line(line: &Line, known: &Known) -> Vec<Offered> {
    let Some(near) = nearness(line.at, known.title, line.place) else { return Vec::new() };
    let mut offers = Vec::new();
    if names::is_labelled(&line.text) {
        offers.push(Offered { names: names::read(&line.text), uri: None, score: 3 + near });
    }
    let is_short = line.text.len() < LONGEST_DATED;
    if near < 1 || !is_short || line.place.is_any(Place::LINK) {
        return offers;
    }
    let dated = spoken::dates(&line.text);
    let Some(first) = dated.first() else { return offers };
    let (before, behind) = line.text.split_once(first.raw).unwrap_or((&line.text, ""));
    let behind = behind.trim_start_matches(|c: char| !c.is_alphanumeric());
    let beside = if names::is_labelled(behind) { behind } else { before };
    let is_person =
        |names: &Vec<String>| names.iter().all(|name| name.contains(' ') && name.starts_with(char::is_uppercase));
    // A heading of a box is no name: its small words tell.
    let is_heading =
        |text: &str| text.split(' ').any(|word| matches!(word, "this" | "This" | "the" | "The" | "Your" | "Our"));
    let near_date = [(beside, 3), (behind, 2), (line.above.as_str(), 2), (line.below.as_str(), 2)];
    for (text, score) in near_date.into_iter().filter(|(text, _)| !is_heading(text)) {
        let names = names::read(text);
        let first = text.split(['|', '·', '•']).map(str::trim).find(|part| !part.is_empty()).unwrap_or_default();
        let is_whole = names.iter().map(|name| name.len() + 6).sum::<usize>() + 6 >= first.len();
        if is_whole && (is_person(&names) || names::is_labelled(text)) {
            offers.push(Offered { names, uri: None, score: score + near });
        }
    }
    offers
}

/// A line with a date and a name has no more, in bytes.
const LONGEST_DATED: usize = 160;

/// How near the title something stands, in points; `None` where it belongs to something else.
fn nearness(at: usize, title: Option<Anchor>, place: Place) -> Option<i32> {
    let place = Anchor::excused(title, place);
    let is_aside = place.is_any(Place::ASIDE) && !place.is_any(Place::ARTICLE.with(Place::MAIN));
    if is_aside || place.is_any(Place::ELSEWHERE.without(Place::ASIDE).with(Place::MUTE)) {
        return None;
    }
    let teaser = if place.is_any(Place::NESTED.with(Place::ASIDE)) { 2 } else { 0 };
    let Some(Anchor { at: title_at, .. }) = title else { return Some(-teaser) };
    let near = match at.checked_sub(title_at) {
        Some(0..=600) => 2,
        Some(601..=2000) => 1,
        Some(_) => 0,
        None if title_at - at <= 300 => 1,
        None => -1,
    };
    Some(near - teaser - if place.is_any(Place::BIOGRAPHY) { 1 } else { 0 })
}
