//! The title of a page, among all that call themselves so.

use super::linked::Work;
use super::page::{Anchor, Heading, Page, Place};
use super::people::key;
use crate::article::{Offer, Title, TitleSource, slug};
use crate::parse::{plain, titles};
use feedmill_dates as dates;
use feedmill_markup as markup;

/// A title that was chosen.
pub(super) struct Headline {
    /// The title.
    pub title: Title,
    /// Where in the text it stands.
    pub anchor: Option<Anchor>,
    /// What was weighed, the winner first, where that was asked for.
    pub offers: Vec<Offer>,
}

/// One place that offers a title.
struct Candidate {
    text: String,
    key: String,
    place: &'static str,
    weight: i32,
    anchor: Option<Anchor>,
}

/// What the titles of a page are weighed by.
pub(super) struct Known<'a> {
    /// What its linked data say.
    pub work: Option<&'a Work>,
    /// What the site is called, normalised by [`key`].
    pub site: &'a [String],
    /// The addresses of the page.
    pub addresses: &'a [String],
    /// Whether the page declares itself an article.
    pub is_declared_article: bool,
    /// Whether the offers are asked for.
    pub weigh: bool,
}

/// Chooses the title: what most places agree on, each with the weight that it has earned.
pub(super) fn choose(page: &Page, known: &Known, name: &str) -> Headline {
    let slug = Slug::of(known.addresses);
    let candidates = gather(page, known, &slug);
    // What the places that agree count together, and the address with them.
    let totals: Vec<i32> = candidates
        .iter()
        .map(|candidate| {
            let same = candidates.iter().filter(|other| other.key == candidate.key);
            same.map(|other| other.weight).sum::<i32>() + slug.bonus(&candidate.text)
        })
        .collect();
    let rank = |at: &usize| (totals[*at], candidates[*at].weight, std::cmp::Reverse(*at));
    let Some(at) = (0..candidates.len()).max_by_key(rank).filter(|at| totals[*at] > 0) else {
        return Headline { title: titles::of_name(name), anchor: None, offers: Vec::new() };
    };
    let (best, most) = (&candidates[at], totals[at]);
    let same = || candidates.iter().filter(|other| other.key == best.key);
    let anchor = same().filter(|other| other.anchor.is_some()).max_by_key(|other| other.weight);
    let anchor = anchor.and_then(|other| other.anchor).or_else(|| lesser_heading(page, &best.key));
    // Of one title in several spellings, the one that does not shout.
    let text = std::iter::once(best).chain(same()).map(|other| &other.text).find(|text| !is_shouted(text));
    let source = if matches!(best.place, "h1" | "heading") { TitleSource::Heading } else { TitleSource::Metadata };
    let title = Title { text: text.unwrap_or(&best.text).clone(), source };
    let offer = |(candidate, total): (&Candidate, &i32)| {
        let verdict = match candidate.key == best.key {
            true => format!("chosen: {total} points"),
            false => format!("{total} points against {most}"),
        };
        Offer { value: candidate.text.clone(), place: candidate.place.to_owned(), verdict }
    };
    let mut ranked: Vec<_> = candidates.iter().zip(&totals).filter(|_| known.weigh).collect();
    ranked.sort_by_key(|(candidate, total)| (candidate.key != best.key, -**total));
    Headline { title, anchor, offers: ranked.into_iter().map(offer).collect() }
}

/// Whether a text is in capitals throughout.
fn is_shouted(text: &str) -> bool {
    const SOME: usize = 8;
    text.chars().filter(|c| c.is_uppercase()).count() >= SOME && !text.chars().any(char::is_lowercase)
}

/// A beginning of so many letters is enough to know a title by.
const ENOUGH: usize = 12;

/// Where the title stands on a page that has no heading of the first level for it.
fn lesser_heading(page: &Page, title: &str) -> Option<Anchor> {
    let headings = page.headings.iter().map(|heading| (&heading.text, heading.at, heading.place));
    let lines = page.lines.iter().map(|line| (&line.text, line.at, line.place));
    let all: Vec<_> = headings.chain(lines).map(|(text, at, place)| (key(text), at, place)).collect();
    let whole = all.iter().find(|(text, ..)| text == title);
    let begins = || all.iter().find(|(text, ..)| title.len() >= ENOUGH && text.starts_with(title));
    whole.or_else(begins).map(|(_, at, place)| Anchor { at: *at, place: *place })
}

/// The words of the last part of the address, which most sites make of the title.
struct Slug(Vec<String>);

impl Slug {
    fn of(addresses: &[String]) -> Slug {
        let longest = addresses.iter().filter_map(|address| {
            let path = address.split(['?', '#']).next()?.split_once("://")?.1.split_once('/')?.1;
            let last = path.trim_end_matches('/').rsplit('/').next()?;
            let stem = last.rsplit_once('.').filter(|(_, end)| end.len() <= 5).map_or(last, |(stem, _)| stem);
            Some(if stem.is_empty() { Vec::new() } else { slug_words(&markup::link::percent_decoded(stem)) })
        });
        Slug(longest.max_by_key(Vec::len).unwrap_or_default())
    }

    /// What the likeness to a title counts.
    fn bonus(&self, title: &str) -> i32 {
        let mut words = slug_words(title);
        let both = words.len() + self.0.len();
        if self.0.is_empty() || words.is_empty() {
            return 0;
        }
        let mut shared = 0;
        for word in &self.0 {
            if let Some(at) = words.iter().position(|other| other == word) {
                words.swap_remove(at);
                shared += 1;
            }
        }
        match 200 * shared / both {
            99.. => 4,
            80.. => 3,
            60.. => 2,
            40.. => 1,
            _ => 0,
        }
    }
}

/// The words of a title or a slug, as slugs write them.
fn slug_words(text: &str) -> Vec<String> {
    /// Words that slugs leave out.
    const SMALL: &[&str] = &[
        "the", "a", "an", "of", "to", "for", "in", "and", "on", "is", "der", "die", "das", "und", "le", "la", "les",
        "de", "el",
    ];
    let slug = slug(text);
    slug.split('-').filter(|word| !SMALL.contains(word)).map(str::to_owned).collect()
}

fn gather(page: &Page, known: &Known, slug: &Slug) -> Vec<Candidate> {
    let (work, site) = (known.work, known.site);
    let mut candidates = Vec::new();
    let mut push = |text: &str, place: &'static str, weight: i32, anchor: Option<Anchor>| {
        // What stands on the page is text already; metadata are often escaped twice, or hold markup.
        let text = if anchor.is_some() || place == "title" { markup::one_line(text) } else { plain::html(text) };
        // The sign of a link to the heading itself.
        let text = text.trim_end_matches(['¶', '#', '§', ' ', '⋆', '\u{200b}']).to_owned();
        let key = key(&text);
        if !key.is_empty() && !text.contains("{{") {
            let weight = if site.contains(&key) { weight - 6 } else { weight };
            candidates.push(Candidate { text, key, place, weight, anchor });
        }
    };
    let declared = page.metas.iter().filter(|(name, _)| name == "og:title").map(|(_, title)| title.as_str());
    let repeated: Vec<String> = declared.chain([page.title.as_str()]).flat_map(parts).map(key).collect();
    let firsts: Vec<_> = page.headings.iter().filter(|heading| heading.level == 1).collect();
    for heading in &firsts {
        let is_only = firsts.len() == 1;
        let mut weight = if is_only { ONLY_FIRST } else { SOME_FIRST };
        if heading.place.is_any(Place::ARTICLE.with(Place::MAIN)) {
            weight += 1;
        }
        weight += i32::from(heading.is_title);
        if heading.place.is_any(Place::NAV.with(Place::FOOTER).with(Place::ASIDE).with(Place::COMMENTS)) {
            weight -= if is_only { 2 } else { 4 };
        }
        if heading.place.is_any(Place::HIDDEN.with(Place::UNSEEN)) {
            weight -= 3;
        }
        if heading.place.is_any(Place::RELATED) {
            weight -= if is_only { 1 } else { 2 };
        }
        // A logo, more often than a title that links to itself.
        if heading.place.is_any(Place::LINK) {
            weight -= 2;
        }
        // A page of another kind has a slogan there as often as its name; what its metadata repeat is its name.
        if !known.is_declared_article {
            weight -= 3;
        }
        if repeated.contains(&key(&heading.text)) {
            weight += 3;
        }
        // A home page greets with a slogan.
        if slug.0.is_empty() && !known.addresses.is_empty() {
            weight -= 5;
        }
        if heading.place.is_any(Place::HOME) {
            weight -= 6;
        }
        // A paragraph in large type.
        if heading.text.len() > LONG {
            weight -= 6;
        }
        push(bare_heading(heading, page, site), "h1", weight, Some(Anchor { at: heading.at, place: heading.place }));
    }
    for heading in page.headings.iter().filter(|heading| heading.level != 1) {
        let is_other = heading.place.is_any(Place::ELSEWHERE.with(Place::FOOTER).with(Place::NESTED));
        if heading.is_title && !is_other {
            push(&heading.text, "title class", 2, Some(Anchor { at: heading.at, place: heading.place }));
            break;
        }
    }
    // A lesser heading that the title of the page repeats.
    let parts: Vec<String> = parts(&page.title).map(key).collect();
    let lesser = page.headings.iter().filter(|heading| heading.level > 1 && heading.text.len() >= ENOUGH);
    let lesser = lesser.filter(|heading| !heading.place.is_any(Place::NAV.with(Place::FOOTER).with(Place::COMMENTS)));
    if let Some(heading) = lesser.take(40).find(|heading| parts.contains(&key(&heading.text))) {
        push(&heading.text, "heading", 4, Some(Anchor { at: heading.at, place: heading.place }));
    }
    if let Some(headline) = work.and_then(|work| work.headline.as_deref()) {
        push(without_site(headline, site), "JSON-LD headline", 4, None);
    }
    for (name, content) in &page.metas {
        let (place, weight) = match name.as_str() {
            "og:title" => ("og:title", 3),
            "twitter:title" => ("twitter:title", 1),
            "parsely-title" | "sailthru.title" | "citation_title" | "dc.title" | "dcterms.title" | "headline" => {
                ("meta title", 3)
            }
            _ => continue,
        };
        push(without_site(content, site), place, weight, None);
    }
    push(without_site(&page.title, site), "title", 3, None);
    candidates
}

/// What the only heading of the first level counts: more than all that a template repeats of what is written for
/// search engines. One of several counts less.
const ONLY_FIRST: i32 = 10;
const SOME_FIRST: i32 = 5;

/// A heading that is longer, in bytes, is a paragraph.
const LONG: usize = 180;

/// The text of a heading without what templates put into it behind the title: a date, a count, the site.
fn bare_heading<'p>(heading: &'p Heading, page: &Page, site: &[String]) -> &'p str {
    let text = heading.text.as_str();
    let cut = JOINTS.iter().filter_map(|joint| text.rsplit_once(joint)).find(|(_, end)| site.contains(&key(end)));
    if let Some((bare, _)) = cut {
        return bare;
    }
    let declared = page.metas.iter().filter(|(name, _)| name == "og:title").map(|(_, title)| title.as_str());
    for title in declared.chain([without_site(&page.title, site)]) {
        let rest = text.strip_prefix(title).map(str::trim).filter(|rest| !rest.is_empty() && title.len() > ENOUGH);
        let is_noise = |rest: &str| {
            dates::read(rest).is_some()
                || !rest.contains(char::is_alphabetic)
                || (rest.starts_with('(') && rest.contains('.') && !rest.contains(' '))
        };
        if rest.is_some_and(|rest| rest.split_inclusive(')').all(|part| is_noise(part.trim()))) {
            return &text[..title.len()];
        }
    }
    text
}

/// Signs between a title and the name of its site.
const JOINTS: &[&str] =
    &[" | ", " - ", " – ", " — ", " :: ", " · ", " » ", " • ", " « ", " ‹ ", " / ", " : ", " ~ ", "｜", " ⋆ ", " > "];

/// The parts of a title between its joints, and the whole.
fn parts(title: &str) -> impl Iterator<Item = &str> {
    let first = JOINTS.iter().filter_map(|joint| title.find(joint).map(|at| (at, joint.len()))).min();
    let last = JOINTS.iter().filter_map(|joint| title.rfind(joint).map(|at| (at, joint.len()))).max();
    let before = first.map(|(at, _)| &title[..at]);
    let around = last.map(|(at, length)| [&title[..at], &title[at + length..]]);
    let behind = first.map(|(at, length)| &title[at + length..]);
    let colon = title.split_once(": ").map(|(_, behind)| behind);
    std::iter::once(title).chain(before).chain(around.into_iter().flatten()).chain(behind).chain(colon)
}

/// The title without the name of its site, before it or behind it.
pub(super) fn without_site<'t>(title: &'t str, site: &[String]) -> &'t str {
    let mut title = title.trim();
    for _ in 0..3 {
        let last = JOINTS.iter().filter_map(|joint| title.rfind(joint).map(|at| (at, joint.len()))).max();
        let first = JOINTS.iter().filter_map(|joint| title.find(joint).map(|at| (at, joint.len()))).min();
        if let Some((at, length)) = last
            && is_site(&title[at + length..], site)
        {
            title = title[..at].trim();
        } else if let Some((at, length)) = first
            && is_site(&title[..at], site)
        {
            title = title[at + length..].trim();
        } else if let Some((start, rest)) = title.split_once(": ")
            && is_site(start, site)
        {
            title = rest.trim();
        } else {
            break;
        }
    }
    title
}

fn is_site(part: &str, site: &[String]) -> bool {
    /// Shorter ones stand in too many words.
    const SOME: usize = 4;
    let part = key(part);
    let is_within = |part: &str, name: &str| part.len() >= SOME && name.contains(part);
    // `Harbour News` is the site of `harbournews.example`, and `Harbour News Online` too; `Harbour news of May` is not.
    let is_about = |name: &str| is_within(name, &part) && part.len() * 2 <= name.len() * 3;
    !part.is_empty() && site.iter().any(|name| *name == part || is_within(&part, name) || is_about(name))
}
