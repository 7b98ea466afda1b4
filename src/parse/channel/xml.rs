//! RSS, RDF and Atom.

use url::Url;

use super::entries::{self, Links, Meter, Seen};
use super::{Channel, ChannelFormat, rhythm};
use crate::parse::xml::{self, Element, Step, Tag, Trouble, Vocabulary, Walk, Want};
use crate::parse::{plain, web_url};
use Vocabulary::{Admin, Atom, Content, DublinCore, FeedBurner, History, Plain, Podcast, Syndication, Xhtml};
use feedmill_markup as markup;

/// Elements of the feed itself that are read; hostile ones have more.
const MOST_PARTS: usize = 300;

/// The longest title and name that is kept, in characters.
const LONGEST_TITLE: usize = 300;

/// Reads the whole document, which is a feed.
pub(super) fn read(text: &str, base: Option<Url>) -> Result<Channel, Trouble> {
    let mut walk = Walk::new(text, base);
    let mut channel = Channel::default();
    let mut said = Said::default();
    let mut links = Links::default();
    let (mut is_inside, mut parts) = (false, 0);
    loop {
        match walk.step()? {
            Step::Start(tag) if is_entry(&tag) => {
                is_inside = true;
                if let Some(seen) = entry(&mut walk, &tag)? {
                    entries::count(&mut channel, &mut links, seen);
                }
            }
            Step::Start(tag) => match (container(&tag), wanted(&tag)) {
                (Some(format), _) => {
                    if let Some(format) = format.filter(|_| !is_inside) {
                        channel.format = format;
                    }
                    is_inside = true;
                }
                // Some wrap their feed in a page that shows it.
                _ if !is_inside => {}
                (None, Some(want)) if parts < MOST_PARTS => {
                    parts += 1;
                    if let Some(part) = Element::read(&mut walk, &tag, want)? {
                        take(&mut channel, &mut said, &part);
                    }
                }
                _ => {
                    xml::skip(&mut walk)?;
                }
            },
            Step::Over => break,
            Step::Text(_) | Step::End => {}
        }
    }
    channel.title = said.title.or(said.other_title);
    channel.home_url = said.home.map(|(_, home)| home);
    channel.update_interval = rhythm::interval(said.period.as_deref(), said.frequency.as_deref());
    channel.is_cut = walk.was_cut();
    Ok(channel)
}

/// Whether an entry begins.
fn is_entry(tag: &Tag) -> bool {
    matches!(tag.name.as_str(), "item" | "entry") && matches!(tag.vocabulary, Plain | Atom)
}

/// The format that an element belongs to which holds entries, where it tells one; `None` for any other element.
fn container(tag: &Tag) -> Option<Option<ChannelFormat>> {
    match (tag.vocabulary, tag.name.as_str()) {
        (Plain | Atom, "rss") => Some(Some(ChannelFormat::Rss)),
        (Plain | Atom | Vocabulary::Rdf, "rdf") => Some(Some(ChannelFormat::Rdf)),
        (Plain | Atom, "feed") => Some(Some(ChannelFormat::Atom)),
        (Plain | Atom, "channel") => Some(Some(ChannelFormat::Rss)),
        (Plain | Atom, "items") => Some(None),
        _ => None,
    }
}

/// What is wanted of an element of the feed itself.
fn wanted(tag: &Tag) -> Option<Want> {
    match (tag.vocabulary, tag.name.as_str()) {
        (Plain | Atom | DublinCore, "title") => Some(Want::Markup),
        (Plain | Atom, "link" | "generator" | "ttl") => Some(Want::Text),
        (Plain | Atom, "skiphours" | "skipdays") => Some(Want::Tree),
        (Syndication, "updateperiod" | "updatefrequency") => Some(Want::Text),
        (History, "archive" | "complete") | (Admin, "generatoragent") => Some(Want::Nothing),
        (Podcast, "new-feed-url") => Some(Want::Text),
        _ => None,
    }
}

/// What is weighed, or put together, when everything has been seen.
#[derive(Default)]
struct Said {
    title: Option<String>,
    other_title: Option<String>,
    /// The best home so far, and how good it is.
    home: Option<(u8, String)>,
    period: Option<String>,
    frequency: Option<String>,
}

/// Takes an element of the feed itself; of two of a kind the first counts.
fn take(channel: &mut Channel, said: &mut Said, part: &Element) {
    let text = part.trimmed();
    let keep = |field: &mut Option<String>, value: Option<String>| *field = field.take().or(value);
    match (part.vocabulary, part.name.as_str()) {
        (DublinCore, "title") => keep(&mut said.other_title, line(part)),
        (_, "title") => keep(&mut said.title, line(part)),
        (_, "link") => link(channel, said, part),
        (Admin, _) => generator(channel, part.attribute("resource"), None),
        (_, "generator") => generator(channel, text, part.attribute("uri").or_else(|| part.attribute("url"))),
        (_, "ttl") => channel.ttl = channel.ttl.or_else(|| rhythm::ttl(text?)),
        (_, "skiphours") => channel.skip_hours = rhythm::hours(part.children.iter().map(|hour| hour.text.as_str())),
        (_, "skipdays") => channel.skip_days = rhythm::days(part.children.iter().map(|day| day.text.as_str())),
        (_, "updateperiod") => keep(&mut said.period, text.map(str::to_owned)),
        (_, "updatefrequency") => keep(&mut said.frequency, text.map(str::to_owned)),
        (History, "archive") => channel.is_archive = true,
        (History, _) => channel.is_complete = true,
        (Podcast, _) => {
            let target = text.and_then(|text| web_url(text, part.base.as_deref()));
            channel.new_feed_url = channel.new_feed_url.take().or(target);
        }
        _ => {}
    }
}

/// One line of plain text: Atom says whether it is HTML, in RSS its look does.
fn line(part: &Element) -> Option<String> {
    /// Longer texts are no titles.
    const LONGEST: usize = 20_000;
    let line = match &part.markup {
        _ if part.text.len() > LONGEST => return None,
        Some(markup) if markup.len() <= LONGEST => markup::one_line(&markup::html::to_text(markup)),
        Some(_) => return None,
        None => {
            let is_html = part.attribute("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("html"));
            match part.vocabulary == Atom && !is_html {
                true => markup::one_line(&part.text),
                false => plain::html(&part.text),
            }
        }
    };
    Some(markup::excerpt(&line, LONGEST_TITLE)).filter(|line| !line.is_empty())
}

fn generator(channel: &mut Channel, name: Option<&str>, address: Option<&str>) {
    /// Programs whose feeds go on at `?paged=2`.
    const FAMILY: [&str; 2] = ["wordpress", "classicpress"];
    let said = || name.into_iter().chain(address);
    channel.is_wordpress |= said().any(|said| {
        let said = said.get(..said.len().min(200)).unwrap_or_default().to_ascii_lowercase();
        FAMILY.iter().any(|program| said.contains(program))
    });
    if channel.generator.is_none() {
        let line = said().map(|said| markup::excerpt(said, LONGEST_TITLE)).find(|line| !line.is_empty());
        channel.generator = line;
    }
}

fn link(channel: &mut Channel, said: &mut Said, part: &Element) {
    let base = part.base.as_deref();
    let Some(target) = part.trimmed().or_else(|| part.attribute("href")) else { return };
    let Some(target) = web_url(target, base) else { return };
    let rels = part.attribute("rel").unwrap_or("alternate").to_ascii_lowercase();
    for rel in rels.split_ascii_whitespace() {
        // Atom names relations by their address too (RFC 4287 section 4.2.7.2).
        let rel = rel.strip_prefix("http://www.iana.org/assignments/relation/").unwrap_or(rel);
        let field = match rel {
            "alternate" => {
                let worth = home_worth(part);
                if said.home.as_ref().is_none_or(|(best, _)| worth > *best) {
                    said.home = Some((worth, target.clone()));
                }
                continue;
            }
            "self" => &mut channel.self_url,
            "hub" => &mut channel.hub,
            "prev-archive" => &mut channel.prev_archive,
            "next-archive" => &mut channel.next_archive,
            "current" => &mut channel.current,
            "next" => &mut channel.next,
            _ => continue,
        };
        if field.is_none() {
            *field = Some(target.clone());
        }
    }
}

/// The element of RSS goes before that of Atom in RSS, and a page before other alternates.
fn home_worth(part: &Element) -> u8 {
    let is_page = part.attribute("type").is_none_or(|kind| kind.contains("html"));
    u8::from(is_page) + 2 * u8::from(part.trimmed().is_some())
}

/// What is seen of the entry that has just begun; `None` where it is cut off.
fn entry(walk: &mut Walk, tag: &Tag) -> Result<Option<Seen>, Trouble> {
    let depth = walk.depth();
    let mut seen = Seen::default();
    // Where the real page stands, best first: FeedBurner's, the link, a guid that is one, the name in RDF.
    let mut links: [Option<String>; 4] = Default::default();
    links[3] = tag.attribute("about").and_then(|about| web_url(&about, None));
    loop {
        match walk.step()? {
            Step::Start(tag) => match what(&tag) {
                What::Text { is_full } => {
                    let is_elsewhere = tag.name == "content" && tag.attribute("src").is_some();
                    let Some(characters) = measure(walk)? else { return Ok(None) };
                    seen.text(if is_elsewhere { 0 } else { characters }, is_full);
                }
                What::Link(rank) => {
                    let Some(element) = Element::read(walk, &tag, Want::Text)? else { return Ok(None) };
                    if links[rank].is_none() && leads_to_page(&element) {
                        let target = element.trimmed().or_else(|| element.attribute("href"));
                        links[rank] = target.and_then(|target| web_url(target, element.base.as_deref()));
                    }
                }
                What::Date { is_update } => {
                    let Some(element) = Element::read(walk, &tag, Want::Text)? else { return Ok(None) };
                    let field = if is_update { &mut seen.updated } else { &mut seen.published };
                    *field = field.or_else(|| entries::instant(&element.text));
                }
                What::Nothing => {
                    if !xml::skip(walk)? && walk.was_cut() {
                        return Ok(None);
                    }
                }
            },
            Step::End if walk.depth() < depth => break,
            Step::Over => return Ok(None),
            Step::Text(_) | Step::End => {}
        }
    }
    if walk.was_cut() {
        return Ok(None);
    }
    seen.link = links.into_iter().flatten().next();
    Ok(Some(seen))
}

/// What an element of an entry is.
enum What {
    Text { is_full: bool },
    Link(usize),
    Date { is_update: bool },
    Nothing,
}

fn what(tag: &Tag) -> What {
    match (tag.vocabulary, tag.name.as_str()) {
        (FeedBurner, "origlink") => What::Link(0),
        (Plain | Atom, "link") => What::Link(1),
        (Plain | Atom, "guid") => What::Link(2),
        (Content, "encoded") | (Xhtml, "body" | "div") | (Plain | Atom, "content" | "body" | "fullitem") => {
            What::Text { is_full: true }
        }
        (Plain | Atom, "description" | "summary") => What::Text { is_full: false },
        (Plain | Atom, "pubdate" | "published" | "issued" | "date" | "created") => What::Date { is_update: false },
        (DublinCore, "date" | "issued" | "created") => What::Date { is_update: false },
        (Plain | Atom, "updated" | "modified") | (DublinCore, "modified") => What::Date { is_update: true },
        _ => What::Nothing,
    }
}

/// Whether a link or a guid is the address of the entry's page.
fn leads_to_page(element: &Element) -> bool {
    match element.name.as_str() {
        "guid" => element.attribute("ispermalink").is_none_or(|said| !said.eq_ignore_ascii_case("false")),
        _ => element.attribute("rel").is_none_or(|rel| rel.eq_ignore_ascii_case("alternate")),
    }
}

/// How many characters of text the element has that has just begun; `None` where it is cut off.
fn measure(walk: &mut Walk) -> Result<Option<usize>, Trouble> {
    let depth = walk.depth();
    let mut meter = Meter::default();
    while walk.depth() >= depth {
        match walk.step()? {
            Step::Text(text) => meter.add(&text),
            Step::Over => return Ok(None),
            Step::Start(_) | Step::End => {}
        }
    }
    Ok((!walk.was_cut()).then(|| meter.characters()))
}
