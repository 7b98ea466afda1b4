//! From the archive to a feed.

use std::cell::RefCell;
use std::collections::HashSet;
use std::ops::ControlFlow;

use chrono::{DateTime, Utc};

use super::entry::{self, Context, Linked};
use super::history::{self, Leaf, Place};
use super::spec::{FeedSpec, Site};
use super::window::{CORRECTED, Claim, Shortened, Window};
use super::{Beside, Entry, Feed, Head, Probe, address, iri, podcast, split};
use crate::archive::{Archive, Row, Selection};
use crate::article::Record;
use crate::error::{Error, Result};
use feedmill_markup as markup;

/// How much of a value is shown in titles, in characters.
pub(super) const LONGEST_VALUE: usize = 200;

/// The change of a feed that never had an entry: there is no clock to ask, and no article either.
const NEVER: DateTime<Utc> = DateTime::UNIX_EPOCH;

/// The document that podcast directories are told of: RSS is what they understand. Its name is a part of what the id of
/// a show is minted of.
const PODCAST_FILE: &str = "rss.xml";

/// A feed, and what happened on the way to it.
#[derive(Debug)]
pub struct Selected {
    /// The feed.
    pub feed: Feed,
    /// Entries that carry their summary only, since their text is too large.
    pub shortened: Vec<Shortened>,
    /// Records that could not be read, and are left out.
    pub unreadable: Vec<Error>,
    /// How many articles a podcast leaves out, since they have neither sound nor film.
    pub silent: usize,
    /// Files of the archive that entries link.
    pub files: Vec<Linked>,
    /// When the next article that is already in the archive becomes due.
    pub next_due: Option<DateTime<Utc>>,
    /// What was published or corrected from this instant on stands in this document, and perhaps in no other; `None`
    /// where no history is kept, or everything stands here.
    pub owed_since: Option<DateTime<Utc>>,
    /// When the next history document will be finished.
    pub next_document: Option<DateTime<Utc>>,
}

/// Makes the feed that `spec` describes, as it stands at the instant `as_of`: no drafts, nothing that is published
/// later, the latest change first, ties by id. It holds everything that was published or corrected since the newest
/// finished document of its history ends, and beyond that as many entries as its limits allow.
///
/// Records are read one at a time, and one that cannot be read is reported and left out. An error is returned where
/// the archive as a whole cannot be asked, or `spec` or `site` make no feed.
pub fn select(archive: &Archive, spec: &FeedSpec, site: &Site, as_of: DateTime<Utc>) -> Result<Selected> {
    let failed = RefCell::new(Vec::new());
    let look = |path: &str| probe(archive, path, &failed);
    let named = |name: &str| archive.named(name).unwrap_or_default();
    let context = Context::new(archive, spec, site, as_of, &look, &named)?;
    // What was retracted keeps its place: an older article that took it would look new.
    let placed = history::due(spec, as_of);
    let wanted = Selection { retracted: false, ..placed.clone() };
    let present = history::present(archive, spec, site, as_of)?;
    let documents = history::Holding::new(archive, spec, site, as_of, &present);
    let holding = |row: &Row| documents.of(row);
    let context = Context { holding: &holding, ..context };
    let is_owed = |changed: i64| present.owed_since.is_some_and(|since| changed >= since);
    let mut corrected = archive.corrected(&placed, spec.max_items / CORRECTED)?.into_iter().peekable();
    let mut taken = HashSet::new();
    let mut window = Window::new(&context);
    archive.select(&placed, &mut |row| {
        let published = row.published.timestamp();
        while let Some(row) = corrected.next_if(|row| changed(row) >= published) {
            let before = window.places();
            let claim = Claim { is_owed: is_owed(changed(&row)), is_correction: true };
            let flow = window.push(&row, archive.read(&row.path), claim);
            if window.places() > before {
                taken.insert(row.path);
            }
            if flow.is_break() {
                return flow;
            }
        }
        if taken.contains(&row.path) {
            return ControlFlow::Continue(());
        }
        window.push(&row, archive.read(&row.path), Claim { is_owed: is_owed(published), is_correction: false })
    })?;

    window.unreadable.append(&mut failed.borrow_mut());
    let latest = archive.latest_change(&wanted)?;
    let next_due = archive.next_due(&wanted)?;
    let newest = window.entries.iter().map(|entry| entry.updated.to_utc()).max();
    // What cannot be read is not there, and yet must not be taken for removed.
    let place = match present.place {
        Place::Complete if !window.unreadable.is_empty() => Place::Alone,
        place => place,
    };
    let selected = select_window(&context, window, newest.max(latest).unwrap_or(NEVER), place);
    let owed_since = present.owed_since.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    Ok(Selected { next_due, owed_since, next_document: present.next, ..selected })
}

/// Makes a history document of the feed that `spec` describes, as it stands at the instant `as_of`: the newest
/// publication first, in the latest version. Its change is that of its entries.
///
/// Errors are those of [`select()`].
pub fn archived(
    archive: &Archive,
    spec: &FeedSpec,
    site: &Site,
    as_of: DateTime<Utc>,
    leaf: &Leaf<'_>,
) -> Result<Selected> {
    let failed = RefCell::new(Vec::new());
    let look = |path: &str| probe(archive, path, &failed);
    let named = |name: &str| archive.named(name).unwrap_or_default();
    let holding = |_: &Row| Some(leaf.name.to_owned());
    let context = Context { holding: &holding, ..Context::new(archive, spec, site, as_of, &look, &named)? };
    let mut rows: Vec<Row> = Vec::new();
    if let Some(document) = leaf.document {
        let at = |seconds| DateTime::from_timestamp(seconds, 0);
        let due = history::due(spec, as_of);
        let wanted = Selection {
            since: due.since.max(at(document.since.0)),
            until: due.until.into_iter().chain(at(document.until)).min(),
            oldest_first: true,
            ..due
        };
        archive.select(&wanted, &mut |row| {
            let is_before = (row.published.timestamp(), &row.id) < (document.since.0, &document.since.1);
            if !is_before {
                rows.push(row);
            }
            if rows.len() < document.entries { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
    }
    rows.sort_by(|a, b| b.published.cmp(&a.published).then_with(|| a.id.cmp(&b.id)));
    let mut window = Window::new(&context);
    for row in &rows {
        let _ = window.push(row, archive.read(&row.path), Claim { is_owed: true, is_correction: false });
    }
    window.unreadable.append(&mut failed.borrow_mut());
    let newest = window.entries.iter().map(|entry| entry.updated.to_utc()).max();
    let updated = newest.or(DateTime::from_timestamp(leaf.last, 0)).unwrap_or(NEVER);
    Ok(select_window(&context, window, updated, leaf.place.clone()))
}

/// The last change of an article, in Unix seconds.
fn changed(row: &Row) -> i64 {
    row.updated.map_or(row.published, |updated| updated.max(row.published)).timestamp()
}

fn select_window(context: &Context<'_>, window: Window<'_>, updated: DateTime<Utc>, place: Place) -> Selected {
    let Window { mut entries, shortened, unreadable, silent, files, retracted, .. } = window;
    if context.spec.selection.oldest_first {
        entries.reverse();
    }
    let tombstones = if context.spec.tombstones { retracted } else { Vec::new() };
    let feed = Feed { head: Head { place, tombstones, ..frame(context, updated, &entries) }, entries };
    Selected { feed, shortened, unreadable, silent, files, next_due: None, owed_since: None, next_document: None }
}

/// One article as an entry of the feed that `spec` describes, whatever else is in that feed: for pages that show it by
/// itself. Its text is left out where `spec` asks for summaries, or where it is larger than a feed would take.
pub fn entry_of(
    archive: &Archive,
    spec: &FeedSpec,
    site: &Site,
    row: &Row,
    record: &Record,
    as_of: DateTime<Utc>,
) -> Result<super::Entry> {
    let failed = RefCell::new(Vec::new());
    let look = |path: &str| probe(archive, path, &failed);
    let named = |name: &str| archive.named(name).unwrap_or_default();
    Ok(entry::prepare(&Context::new(archive, spec, site, as_of, &look, &named)?, row, record).entry)
}

/// What the page of one article shows: what its feed says of itself, the article as an entry, and the files that it links.
/// The feed is the one that `spec` describes; its limits do not count.
pub fn page(
    archive: &Archive,
    spec: &FeedSpec,
    site: &Site,
    row: &Row,
    record: &Record,
    as_of: DateTime<Utc>,
) -> Result<(Head, super::Entry, Vec<Linked>)> {
    let whole = FeedSpec { max_bytes: usize::MAX, full_text: true, podcast: None, split: None, ..spec.clone() };
    let failed = RefCell::new(Vec::new());
    let look = |path: &str| probe(archive, path, &failed);
    let named = |name: &str| archive.named(name).unwrap_or_default();
    let context = Context::new(archive, &whole, site, as_of, &look, &named)?;
    let entry::Prepared { entry, files, .. } = entry::prepare(&context, row, record);
    Ok((frame(&context, entry.updated.to_utc(), &[]), entry, files))
}

/// What the archive knows of a file that came with an article. That the disk does not say is noted: the entry is made
/// without it, and has to be made again.
fn probe(archive: &Archive, path: &str, failed: &RefCell<Vec<Error>>) -> Option<Probe> {
    match archive.look(path, Probe::HEAD) {
        Ok(found) => found.map(|(length, head)| Probe { length, head }),
        Err(err) => {
            failed.borrow_mut().push(err);
            None
        }
    }
}

/// What a feed chooses from at the instant `as_of`, newest first.
pub fn wanted(spec: &FeedSpec, as_of: DateTime<Utc>) -> Selection {
    Selection { as_of: Some(as_of), drafts: false, retracted: false, oldest_first: false, ..spec.selection.clone() }
}

/// What the feed says of itself.
fn frame(context: &Context<'_>, updated: DateTime<Utc>, entries: &[Entry]) -> Head {
    let Context { spec, site, base, home, .. } = context;
    let non_empty = |text: &str| Some(markup::one_line(text)).filter(|text| !text.is_empty());
    let publisher = publisher(site);
    let (own_title, own_description) = split::words(spec, &publisher, entries);
    let title = title(spec, &own_title, &publisher);
    let description = non_empty(&own_description).unwrap_or_else(|| format!("The latest articles of {title}"));
    let own_home = spec.home_url.as_deref().and_then(|url| address::link(url, home));
    let home_url = own_home.unwrap_or_else(|| match &site.home_url {
        Some(_) => home.to_string(),
        None => format!("{base}index.html"),
    });
    let authors = entry::people(&spec.authors);
    let authors = if authors.is_empty() { entry::people(&site.authors) } else { authors };
    let show =
        spec.podcast.as_ref().map(|said| podcast::show(said, &format!("{base}{PODCAST_FILE}"), &authors, &publisher));
    Head {
        id: iri::minted(&context.namespace, &format!("feed:{}", spec.name)),
        namespace: context.namespace,
        description,
        language: spec.language.as_deref().or(site.language.as_deref()).and_then(markup::language_tag),
        home_url,
        base_url: base.to_string(),
        authors,
        rights: spec.rights.as_deref().or(site.rights.as_deref()).and_then(non_empty),
        image: spec.image.as_deref().or(site.image.as_deref()).and_then(|image| address::link(image, home)),
        updated: updated.fixed_offset(),
        hub: spec.hub.as_deref().and_then(|hub| address::link(hub, home)),
        ttl: spec.ttl.filter(|minutes| *minutes > 0),
        show,
        publisher,
        title,
        place: Place::Alone,
        beside: Beside::default(),
        tombstones: Vec::new(),
    }
}

/// The name of the site: its title, else its host.
pub(super) fn publisher(site: &Site) -> String {
    let title = markup::one_line(&site.title);
    if !title.is_empty() {
        return title;
    }
    site.base().ok().and_then(|base| base.host_str().map(str::to_owned)).unwrap_or_default()
}

/// The title of a feed: its own, else one made of the names of site and feed.
pub(super) fn title(spec: &FeedSpec, own: &str, publisher: &str) -> String {
    let own = markup::one_line(own);
    match spec.name.as_str() {
        _ if !own.is_empty() => own,
        "" => publisher.to_owned(),
        name => format!("{publisher}: {name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::article::Person;

    fn framed(spec: &FeedSpec, site: &Site) -> Head {
        frame(&sample::context(spec, site), NEVER, &[])
    }

    fn site() -> Site {
        Site { title: "The Courier".into(), url: "https://courier.example/feeds/".into(), ..Site::default() }
    }

    #[test]
    fn the_id_survives_a_new_title_and_a_new_host() {
        let spec = FeedSpec { name: "culture".into(), title: "Culture".into(), ..FeedSpec::default() };
        let moved = Site { url: "https://other.example/".into(), ..site() };
        let renamed = FeedSpec { title: "Arts".into(), ..spec.clone() };
        let id = framed(&spec, &site()).id;
        assert_eq!(id, framed(&renamed, &moved).id);
        assert_ne!(id, framed(&FeedSpec::default(), &site()).id);
        assert_eq!(id, "urn:uuid:94b8e543-7ce3-5a66-aa31-9a8aed610f1b");
    }

    #[test]
    fn a_feed_speaks_for_itself_else_the_site_does() {
        let ada = Person { name: "Ada".into(), ..Person::default() };
        let spoken = Site {
            language: Some("pt_BR".into()),
            authors: vec![ada.clone()],
            rights: Some("© The Courier".into()),
            image: Some("/logo.png".into()),
            home_url: Some("https://courier.example/".into()),
            ..site()
        };
        let feed = framed(&FeedSpec::default(), &spoken);
        assert_eq!((feed.title.as_str(), feed.publisher.as_str()), ("The Courier", "The Courier"));
        assert_eq!(feed.description, "The latest articles of The Courier");
        assert_eq!(feed.language.as_deref(), Some("pt-BR"));
        assert_eq!((feed.authors, feed.rights.as_deref()), (vec![ada], Some("© The Courier")));
        assert_eq!(feed.image.as_deref(), Some("https://courier.example/logo.png"));
        assert_eq!(
            (feed.home_url.as_str(), feed.base_url.as_str()),
            ("https://courier.example/", "https://courier.example/feeds/")
        );

        let ben = Person { name: "Ben".into(), ..Person::default() };
        let spec = FeedSpec {
            name: "culture".into(),
            home_url: Some("/culture/".into()),
            authors: vec![ben.clone()],
            language: Some("pt".into()),
            rights: Some("© Ben".into()),
            description: " All of\nit ".into(),
            ..FeedSpec::default()
        };
        let feed = framed(&spec, &spoken);
        assert_eq!((feed.title.as_str(), feed.description.as_str()), ("The Courier: culture", "All of it"));
        assert_eq!(
            (feed.authors, feed.rights.as_deref(), feed.language.as_deref()),
            (vec![ben], Some("© Ben"), Some("pt"))
        );
        assert_eq!(feed.home_url, "https://courier.example/culture/");
        assert_eq!(feed.base_url, "https://courier.example/feeds/culture/");
    }

    #[test]
    fn without_words_of_its_own_a_feed_still_has_a_title_and_a_home() {
        let feed = framed(&FeedSpec::default(), &Site { title: " \0".into(), ..site() });
        assert_eq!((feed.title.as_str(), feed.publisher.as_str()), ("courier.example", "courier.example"));
        assert_eq!(feed.home_url, "https://courier.example/feeds/index.html");
        assert_eq!(feed.updated.to_rfc3339(), "1970-01-01T00:00:00+00:00");
    }
}
