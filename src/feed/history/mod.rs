//! The history of a feed (RFC 5005 section 4): which documents hold what has left, or will leave, the one that is
//! subscribed to.
//!
//! Everything here is a function of the index, the specification and one instant. A document is only spoken of once it
//! is finished; what lies behind the newest one that is finished is owed to the subscription document.

mod lay;
mod period;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::ControlFlow;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::spec::{FeedSpec, Site};
use crate::archive::{Archive, Row, Selection};
use crate::error::Result;
pub use lay::{Document, Gateway, LATE};
use lay::{Item, Layout, Rule};
pub use period::History;
use period::Period;

/// The directory of history documents below that of a feed. No feed may have a name with such a segment.
pub const DIRECTORY: &str = "history";

/// How many times the entries of a subscription document a history document holds at most. The entries of a period that
/// is not finished are all owed to subscribers, so this is also how long the subscription document may become.
const ITEMS: usize = 4;
/// The same for bytes: twice the usual half a megabyte is what readers take as a burden, and not as a fault.
const BYTES: usize = 2;

/// Where a document stands in the history of its feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// Nothing is said of other entries.
    #[default]
    Alone,
    /// It holds every entry that there is.
    Complete,
    /// It is the one that is subscribed to, and older entries stand in another.
    Newest {
        /// The name of the newest history document.
        older: String,
    },
    /// It is a history document.
    Archived {
        /// Its own name, such as `2023-07`.
        name: String,
        /// The one before it.
        older: Option<String>,
        /// The one after it, where that is finished.
        newer: Option<String>,
    },
}

impl Place {
    /// The name of the document with the next older entries.
    pub fn older(&self) -> Option<&str> {
        match self {
            Place::Newest { older } => Some(older),
            Place::Archived { older, .. } => older.as_deref(),
            Place::Alone | Place::Complete => None,
        }
    }

    /// The name of the history document with the next newer entries.
    pub fn newer(&self) -> Option<&str> {
        match self {
            Place::Archived { newer, .. } => newer.as_deref(),
            Place::Alone | Place::Complete | Place::Newest { .. } => None,
        }
    }

    /// Whether it is a history document.
    pub fn is_archived(&self) -> bool {
        matches!(self, Place::Archived { .. })
    }
}

/// Every history document of a feed at one instant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Those that are finished, oldest first. Every entry older than what is owed stands in exactly one of them.
    pub documents: Vec<Document>,
    /// Documents at the addresses of periods that are split up.
    pub gateways: Vec<Gateway>,
}

/// One file of history in each format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where it stands.
    pub place: Place,
    /// What it holds; `None` for a gateway.
    pub document: Option<&'a Document>,
    /// The publication of the newest entry in it, or behind it, in Unix seconds.
    pub last: i64,
}

impl Plan {
    /// All that is to be written, oldest first, gateways last.
    pub fn leaves(&self) -> impl Iterator<Item = Leaf<'_>> {
        let name = |at: usize| self.documents.get(at).map(|document| document.name.clone());
        let leaf = move |own: &str, older: Option<usize>, newer: usize| Place::Archived {
            name: own.to_owned(),
            older: older.and_then(name),
            newer: name(newer),
        };
        let documents = self.documents.iter().enumerate().map(move |(at, document)| Leaf {
            name: &document.name,
            place: leaf(&document.name, at.checked_sub(1), at + 1),
            document: Some(document),
            last: document.last,
        });
        let gateways = self.gateways.iter().map(move |gateway| Leaf {
            name: &gateway.name,
            place: leaf(&gateway.name, Some(gateway.newest), gateway.newest + 1),
            document: None,
            last: self.documents.get(gateway.newest).map_or(0, |newest| newest.last),
        });
        documents.chain(gateways)
    }
}

/// What the subscription document has to say and to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Present {
    pub place: Place,
    /// Everything that was published or corrected from this second on is owed to subscribers; `None`: nothing is.
    pub owed_since: Option<i64>,
    /// When the next history document will be finished.
    pub next: Option<DateTime<Utc>>,
}

/// What the subscription document has to say and to hold at the instant `as_of`. Looks at the newest articles only.
pub(super) fn present(archive: &Archive, spec: &FeedSpec, site: &Site, as_of: DateTime<Utc>) -> Result<Present> {
    let Some(rule) = rule(spec, site, as_of) else {
        return Ok(Present { place: Place::Alone, owed_since: None, next: None });
    };
    let complete = |next| Present { place: Place::Complete, owed_since: Some(i64::MIN), next };
    if fits(archive, spec, as_of)? {
        return Ok(complete(None));
    }
    let mut until = spec.selection.until;
    let mut next = None;
    loop {
        let wanted = Selection { until, ..due(spec, as_of) };
        let mut newest = None;
        archive.select(&wanted, &mut |row| {
            newest = Some(row.published.timestamp());
            ControlFlow::Break(())
        })?;
        let Some(newest) = newest else { return Ok(complete(next)) };
        let unit = rule.unit_of(newest);
        let Layout { documents, owed_since, next: first, .. } = lay(archive, spec, &rule, Some(unit))?;
        // The one that was found last is the earliest.
        next = first.and_then(|seconds| DateTime::from_timestamp(seconds, 0)).or(next);
        if let Some(document) = documents.last() {
            let place = Place::Newest { older: document.name.clone() };
            return Ok(Present { place, owed_since: Some(owed_since), next });
        }
        until = DateTime::from_timestamp(rule.range(unit).start, 0);
    }
}

/// Which history document an article stands in, for the articles of one feed at one instant. Each period is laid out
/// once, when it is asked for.
pub(super) struct Holding<'a> {
    archive: &'a Archive,
    spec: &'a FeedSpec,
    rule: Option<Rule>,
    /// What was published from this second on stands in no document yet.
    until: i64,
    laid: RefCell<HashMap<Period, Vec<Document>>>,
}

impl<'a> Holding<'a> {
    pub(super) fn new(
        archive: &'a Archive,
        spec: &'a FeedSpec,
        site: &Site,
        as_of: DateTime<Utc>,
        present: &Present,
    ) -> Holding<'a> {
        let until = present.owed_since.filter(|_| matches!(present.place, Place::Newest { .. })).unwrap_or(i64::MIN);
        Holding { archive, spec, rule: rule(spec, site, as_of), until, laid: RefCell::default() }
    }

    /// The name of the document; `None` where the article stands on the page of the newest entries only.
    pub(super) fn of(&self, row: &Row) -> Option<String> {
        let at = row.published.timestamp();
        let rule = self.rule.as_ref().filter(|_| at < self.until)?;
        let unit = rule.unit_of(at);
        let mut laid = self.laid.borrow_mut();
        // What the index cannot say now is said where the documents are written.
        let documents = laid.entry(unit).or_insert_with(|| {
            lay(self.archive, self.spec, rule, Some(unit)).map(|laid| laid.documents).unwrap_or_default()
        });
        holder(documents, at, &row.id).map(|document| document.name.clone())
    }
}

fn holder<'d>(documents: &'d [Document], at: i64, id: &str) -> Option<&'d Document> {
    let found = documents.iter().rev().find(|document| (document.since.0, document.since.1.as_str()) <= (at, id));
    found.filter(|document| at < document.until)
}

/// Every history document of a feed at the instant `as_of`. Looks at every article of the feed, in the index.
pub fn plan(archive: &Archive, spec: &FeedSpec, site: &Site, as_of: DateTime<Utc>) -> Result<Plan> {
    let Some(rule) = rule(spec, site, as_of).filter(|_| spec.check().is_ok()) else { return Ok(Plan::default()) };
    if fits(archive, spec, as_of)? {
        return Ok(Plan::default());
    }
    let Layout { documents, gateways, .. } = lay(archive, spec, &rule, None)?;
    Ok(Plan { documents, gateways })
}

/// The name of the history document that an article of the feed stands in, if it is finished.
pub fn holding(
    archive: &Archive,
    spec: &FeedSpec,
    site: &Site,
    as_of: DateTime<Utc>,
    row: &Row,
) -> Result<Option<String>> {
    let Some(rule) = rule(spec, site, as_of) else { return Ok(None) };
    if fits(archive, spec, as_of)? {
        return Ok(None);
    }
    let at = row.published.timestamp();
    let layout = lay(archive, spec, &rule, Some(rule.unit_of(at)))?;
    Ok(holder(&layout.documents, at, &row.id).map(|document| document.name.clone()))
}

/// The selection of everything in a feed that is due. What was retracted keeps its place: no document is laid out anew
/// because an article is gone.
pub(super) fn due(spec: &FeedSpec, as_of: DateTime<Utc>) -> Selection {
    Selection { as_of: Some(as_of), drafts: false, retracted: true, oldest_first: false, ..spec.selection.clone() }
}

fn rule(spec: &FeedSpec, site: &Site, as_of: DateTime<Utc>) -> Option<Rule> {
    Some(Rule {
        step: spec.history.step()?,
        zone: site.zone,
        items: spec.max_items.saturating_mul(ITEMS),
        bytes: spec.max_bytes.saturating_mul(BYTES) as u64,
        as_of: as_of.timestamp(),
    })
}

/// Whether all there is fits into the subscription document.
fn fits(archive: &Archive, spec: &FeedSpec, as_of: DateTime<Utc>) -> Result<bool> {
    let (mut items, mut bytes, mut fits) = (0_usize, 0_u64, true);
    archive.select(&due(spec, as_of), &mut |row| {
        items += 1;
        bytes = bytes.saturating_add(weight(spec, &row));
        fits = items <= spec.max_items && bytes <= spec.max_bytes as u64 || items <= spec.min_items.min(spec.max_items);
        if fits { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    Ok(fits)
}

/// Lays out a period, or everything.
fn lay(archive: &Archive, spec: &FeedSpec, rule: &Rule, unit: Option<Period>) -> Result<Layout> {
    let mut wanted =
        Selection { oldest_first: true, ..due(spec, DateTime::from_timestamp(rule.as_of, 0).unwrap_or_default()) };
    if let Some(range) = unit.map(|unit| rule.range(unit)) {
        let at = |seconds| DateTime::from_timestamp(seconds, 0);
        wanted.since = wanted.since.max(at(range.start));
        wanted.until = wanted.until.into_iter().chain(at(range.end)).min();
    }
    let mut planner = lay::Planner::new(rule);
    archive.select(&wanted, &mut |row| {
        let item = Item {
            published: row.published.timestamp(),
            bytes: weight(spec, &row),
            state: state(&row, rule.as_of),
            id: row.id,
        };
        planner.push(item);
        ControlFlow::Continue(())
    })?;
    Ok(planner.finish())
}

/// About as many bytes as an article takes in a feed: those of its record, of which a longer one shows no more than its
/// summary. Good enough to decide by, without opening the record.
fn weight(spec: &FeedSpec, row: &Row) -> u64 {
    let most = if spec.full_text { spec.oversize() as u64 } else { SUMMARY };
    row.size.min(most)
}

/// What an entry without its text takes: an excerpt, and what stands around it.
const SUMMARY: u64 = 1_000;

/// What an article adds to the state of its document: other, when the entry might be.
fn state(row: &Row, as_of: i64) -> u128 {
    let mut hash = Sha256::new();
    hash.update(row.record.bytes());
    // An edit of the future is not shown yet.
    let updated = row.updated.map(|updated| updated.timestamp()).filter(|updated| *updated <= as_of);
    hash.update(updated.unwrap_or(i64::MIN).to_be_bytes());
    hash.update([u8::from(row.retracted.is_some())]);
    hash.update(row.path.as_bytes());
    let digest: [u8; 32] = hash.finalize().into();
    digest.iter().take(16).fold(0, |all, byte| all << 8 | u128::from(*byte))
}
