//! The first way through a feed: is it within the limits, what does it say of itself, which entries are there?

use std::hash::{DefaultHasher, Hash, Hasher};

use super::Context;
use super::identity::{self, Record, Sighting};
use super::source::Source;
use crate::parse::xml::{self, Element, Step, Tag, Trouble, Vocabulary, Walk, Want};

/// The most entries of one feed.
pub(super) const MOST_ENTRIES: usize = 20_000;

/// Elements of the feed itself that are kept; hostile ones have more.
const MOST_PARTS: usize = 300;

/// What the first way through a feed found.
pub(super) struct Survey {
    /// The feed as its entries remember it.
    pub source: Source,
    /// The entries in their order.
    pub records: Vec<Record>,
    /// Whether the document is one entry and nothing else.
    pub is_entry: bool,
    /// Whether the document ends before its elements do.
    pub was_cut: bool,
}

/// Goes through the whole document; an error where a limit is passed.
pub(super) fn survey(text: &str, context: &Context) -> Result<Survey, Trouble> {
    let mut walk = Walk::new(text, context.url.clone());
    let (mut parts, mut sightings) = (Vec::new(), Vec::new());
    let mut is_entry = false;
    loop {
        match next(&mut walk)? {
            Next::Record(tag) => {
                is_entry |= walk.depth() == 1;
                // One that is cut off is no entry.
                let Some(sighting) = sight(&mut walk, &tag)? else { continue };
                sightings.push(sighting);
                if sightings.len() > MOST_ENTRIES {
                    return Err(Trouble { expected: format!("at most {MOST_ENTRIES} entries"), found: "more".into() });
                }
            }
            Next::Part(tag, want) => {
                let want = if parts.len() < MOST_PARTS { want } else { Want::Nothing };
                parts.extend(Element::read(&mut walk, &tag, want)?);
            }
            Next::Over => break,
        }
    }
    let source = Source::of(&parts, context);
    Ok(Survey { source, records: identity::settle(sightings), is_entry, was_cut: walk.was_cut() })
}

/// Goes to the next entry.
pub(super) fn next_record<'t>(walk: &mut Walk<'t>) -> Result<Option<Tag<'t>>, Trouble> {
    loop {
        match next(walk)? {
            Next::Record(tag) => return Ok(Some(tag)),
            Next::Part(..) => {
                xml::skip(walk)?;
            }
            Next::Over => return Ok(None),
        }
    }
}

/// What comes next in a feed.
enum Next<'t> {
    /// The start of an entry.
    Record(Tag<'t>),
    /// The start of an element of the feed itself.
    Part(Tag<'t>, Want),
    /// The end.
    Over,
}

fn next<'t>(walk: &mut Walk<'t>) -> Result<Next<'t>, Trouble> {
    loop {
        match walk.step()? {
            Step::Start(tag) if is_record(&tag) => return Ok(Next::Record(tag)),
            Step::Start(tag) => {
                if let Some(want) = part(&tag).filter(|_| walk.depth() > 1) {
                    return Ok(Next::Part(tag, want));
                }
            }
            Step::Over => return Ok(Next::Over),
            Step::Text(_) | Step::End => {}
        }
    }
}

/// Whether an entry begins.
fn is_record(tag: &Tag) -> bool {
    matches!(tag.name.as_str(), "item" | "entry") && matches!(tag.vocabulary, Vocabulary::Plain | Vocabulary::Atom)
}

/// What is wanted of an element of the feed itself; `None` for one that entries may stand in.
fn part(tag: &Tag) -> Option<Want> {
    use Vocabulary::{Atom, DublinCore, Plain, Podcast};
    match (tag.vocabulary, tag.name.as_str()) {
        (Plain | Atom, "title") => Some(Want::Markup),
        (Plain | Atom, "link" | "id" | "language") | (DublinCore, "language" | "title") => Some(Want::Text),
        (Atom | Plain, "author") | (DublinCore, "creator") | (Podcast, "author") => Some(Want::Tree),
        (Vocabulary::WordPress, "author") => Some(Want::Tree),
        // Titles and links of these are not those of the feed.
        (Plain, "image" | "textinput" | "cloud" | "description") | (Atom, "contributor" | "generator") => {
            Some(Want::Nothing)
        }
        (Podcast, "owner" | "category") => Some(Want::Nothing),
        _ => None,
    }
}

/// Passes over an element, and returns a number for what it says and for what was said before.
fn digest(walk: &mut Walk, tag: &Tag, before: u64) -> Result<u64, Trouble> {
    // What others add (how often it was read, how many answered) changes while the entry stays.
    if matches!(tag.vocabulary, Vocabulary::Other | Vocabulary::Thread | Vocabulary::FeedBurner) {
        xml::skip(walk)?;
        return Ok(before);
    }
    let mut hasher = DefaultHasher::new();
    (before, &tag.name, tag.written().trim()).hash(&mut hasher);
    let depth = walk.depth();
    while walk.depth() >= depth {
        match walk.step()? {
            Step::Start(tag) => (&tag.name, tag.written().trim()).hash(&mut hasher),
            Step::Text(text) => text.trim().hash(&mut hasher),
            Step::End => {}
            Step::Over => break,
        }
    }
    Ok(hasher.finish())
}

/// What tells an entry from others; `None` where it is cut off.
fn sight(walk: &mut Walk, tag: &Tag) -> Result<Option<Sighting>, Trouble> {
    let depth = walk.depth();
    let mut sighting = Sighting::new(tag.attribute("about"), tag.name == "entry");
    loop {
        match walk.step()? {
            // A title of a film stands in here.
            Step::Start(tag) if Sighting::holds(&tag) => sighting.enter(&tag),
            Step::Start(tag) => match Sighting::wants(&tag) {
                true => match Element::read(walk, &tag, Want::Text)? {
                    Some(element) => sighting.take(&element),
                    None => return Ok(None),
                },
                false => sighting.content = digest(walk, &tag, sighting.content)?,
            },
            Step::End if walk.depth() < depth => return Ok((!walk.was_cut()).then_some(sighting)),
            Step::Over => return Ok(None),
            Step::Text(_) | Step::End => {}
        }
    }
}
