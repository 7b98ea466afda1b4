//! What articles can be filed under, and how much stands under each: tags, sections, authors, languages and years.
//!
//! Each heading has a state: a sum over what stands under it and what has left. What comes is added and what goes is
//! taken away, so that a look at one row tells whether anything has changed for a feed, however many articles there
//! are.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};

use super::index::{Entry, Index};
use super::months::{of_record, part};
use super::terms::{self, Term, Terms, fold};
use super::{Archive, Hash, Selection};
use crate::error::Result;

pub(super) const SCHEMA: &str = "
    CREATE TABLE headings(
        kind INTEGER, term TEXT,          -- as in `terms`; the kind 0 is everything
        articles INTEGER NOT NULL,        -- that are not hidden, due or not
        retracted INTEGER NOT NULL,       -- that are no drafts, and retracted
        gone INTEGER NOT NULL,            -- that everybody could see and that have left
        departures INTEGER NOT NULL,      -- of any kind, changes too
        state BLOB NOT NULL,              -- the sum over all
        PRIMARY KEY(kind, term)
    ) WITHOUT ROWID;
";

/// The heading that everything stands under.
const EVERYTHING: (i64, &str) = (0, "");

/// What articles can be told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Heading {
    /// A tag.
    Tag,
    /// The section.
    Section,
    /// The name of an author.
    Author,
    /// The language tag, as it is: `en-GB` is not `en`.
    Language,
    /// The year of first publication, in the zone that the publication names.
    Year,
}

impl Heading {
    /// Every heading.
    pub const ALL: [Heading; 5] = [Heading::Tag, Heading::Section, Heading::Author, Heading::Language, Heading::Year];

    /// What it is called in a configuration and in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Heading::Tag => "tag",
            Heading::Section => "section",
            Heading::Author => "author",
            Heading::Language => "language",
            Heading::Year => "year",
        }
    }

    pub(super) fn kind(self) -> i64 {
        match self {
            Heading::Tag => terms::TAG,
            Heading::Section => terms::SECTION,
            Heading::Author => terms::AUTHOR,
            Heading::Language => terms::LANGUAGE,
            Heading::Year => terms::YEAR,
        }
    }
}

/// Terms of one heading, any of which an article has, exactly but for case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Under {
    /// The heading.
    pub heading: Heading,
    /// The terms, folded as [`Term`](Standing::terms) yields them.
    pub terms: Vec<String>,
}

impl Under {
    /// Whether a word is one of the terms, written in whatever case.
    pub fn holds(&self, word: &str) -> bool {
        let word = fold(word);
        self.terms.contains(&word)
    }
}

/// One value of a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// The term, folded: without regard to case and outer blanks.
    pub term: String,
    /// How many articles stand under it that are due, no drafts, and not retracted.
    pub articles: u64,
    /// How many have ever stood under it and been seen; never less than `articles`, and never less than it was.
    pub ever: u64,
    /// A sum over what stands under it, and what has left: another one means that something differs.
    pub state: [u8; 16],
}

/// How the archive stands at one instant, in sums.
pub struct Standing<'a> {
    archive: &'a Archive,
    as_of: DateTime<Utc>,
    /// What differs between the sums, which know no instant, and the instant.
    later: HashMap<(i64, String), Tally>,
    /// The kinds and terms of articles that are not due yet.
    awaited: HashMap<(i64, String), i64>,
}

impl Archive {
    /// How the archive stands at `as_of`. Takes the longer the more of it is later than that.
    pub fn standing(&self, as_of: DateTime<Utc>) -> Result<Standing<'_>> {
        let mut standing = Standing { archive: self, as_of, later: HashMap::new(), awaited: HashMap::new() };
        standing.read(as_of.timestamp()).map_err(|err| self.index.failed(err))?;
        Ok(standing)
    }

    /// Whether anything that the selection could mean was ever noted to have left.
    pub(super) fn has_departures(&self, wanted: &Selection) -> Result<bool> {
        self.may_have(wanted, |tally| tally.departures)
    }

    /// Whether anything that the selection could mean is retracted.
    pub(super) fn has_retractions(&self, wanted: &Selection) -> Result<bool> {
        self.may_have(wanted, |tally| tally.retracted)
    }

    fn may_have(&self, wanted: &Selection, count: fn(&Tally) -> i64) -> Result<bool> {
        let mut fields = headings_of(wanted);
        fields.push((EVERYTHING.0, vec![EVERYTHING.1.to_owned()]));
        for (kind, terms) in fields {
            let mut found = 0;
            for term in terms {
                found += count(&self.index.tally(kind, &term)?);
            }
            if found <= 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl Standing<'_> {
    /// Everything that articles stand under, or once stood under, in the order of the terms.
    pub fn terms(&self, heading: Heading) -> Result<Vec<Filed>> {
        let mut all = self.archive.index.tallies_of(heading.kind())?;
        for ((kind, term), tally) in &self.later {
            if *kind == heading.kind() {
                all.entry(term.clone()).or_default().add(tally);
            }
        }
        let shown = all.into_iter().map(|(term, tally)| tally.shown(term));
        Ok(shown.filter(|filed| filed.ever > 0).collect())
    }

    /// As [`Standing::terms`], counting only what a selection lets through. Takes the longer the more that is. The
    /// states are those of the terms as such.
    pub fn terms_within(&self, heading: Heading, wanted: &Selection) -> Result<Vec<Filed>> {
        let kind = heading.kind();
        let mut counts: HashMap<String, (u64, u64)> = HashMap::new();
        let wanted = Selection { as_of: Some(self.as_of), drafts: false, ..wanted.clone() };
        self.archive.scan(&wanted, "", "a.published", &mut |entry| {
            for Term { term, .. } in entry.terms.iter().filter(|term| term.kind == kind) {
                let (articles, ever) = counts.entry(term.clone()).or_default();
                *articles += 1;
                *ever += 1;
            }
            ControlFlow::Continue(())
        })?;
        self.archive.departures(&wanted, &mut |at, published, terms| {
            for Term { term, .. } in terms.iter().filter(|term| term.kind == kind && published <= at) {
                counts.entry(term.clone()).or_default().1 += 1;
            }
            ControlFlow::Continue(())
        })?;
        let within = self.terms(heading)?.into_iter().filter_map(|filed| {
            let (articles, ever) = counts.remove(&filed.term)?;
            Some(Filed { articles, ever, ..filed })
        });
        Ok(within.collect())
    }

    /// A sum over all that a feed of the selection is made of: while it is the same, so is the feed. It may differ
    /// although the feed is the same.
    pub fn state(&self, wanted: &Selection) -> Result<[u8; 16]> {
        let everything = (EVERYTHING.0, vec![EVERYTHING.1.to_owned()]);
        // One field tells enough: whatever the others let through stands under it too.
        let (kind, terms) = headings_of(wanted).into_iter().next().unwrap_or(everything);
        let mut sum = Tally::default();
        for term in terms {
            sum.add(&self.archive.index.tally(kind, &term)?);
            if let Some(later) = self.later.get(&(kind, term)) {
                sum.add(later);
            }
        }
        Ok(sum.state.to_be_bytes())
    }

    /// Whether an article that is not due yet may be meant by the selection.
    pub fn awaits(&self, wanted: &Selection) -> bool {
        let is_awaited =
            |kind: i64, terms: &[String]| terms.iter().any(|term| self.awaited.contains_key(&(kind, term.clone())));
        !self.awaited.is_empty() && headings_of(wanted).iter().all(|(kind, terms)| is_awaited(*kind, terms))
    }

    fn read(&mut self, now: i64) -> rusqlite::Result<()> {
        let db = &self.archive.index.db;
        let mut early = db.prepare_cached(
            "SELECT path, record, terms, published, retracted IS NOT NULL FROM articles
             WHERE draft = 0 AND published > ?1",
        )?;
        let mut rows = early.query([now])?;
        while let Some(row) = rows.next()? {
            let (path, due, retracted): (String, i64, bool) = (row.get(0)?, row.get(3)?, row.get(4)?);
            let mut less = Tally::default();
            less.take_away(&of_article(&path, &row.get(1)?, retracted));
            for key in keys(&Terms::from_json(&row.get::<_, String>(2)?)) {
                if !retracted {
                    let first = self.awaited.entry(key.clone()).or_insert(due);
                    *first = due.min(*first);
                }
                self.later.entry(key).or_default().add(&less);
            }
        }
        // Changes of articles that are due, at a moment that has not come.
        // The `+` keeps SQLite from looking through everything that is due.
        for column in ["updated", "retracted"] {
            let mut unseen = db.prepare_cached(&format!(
                "SELECT path, {column}, terms FROM articles WHERE {column} > ?1 AND draft = 0 AND +published <= ?1"
            ))?;
            let mut rows = unseen.query([now])?;
            while let Some(row) = rows.next()? {
                let (path, at): (String, i64) = (row.get(0)?, row.get(1)?);
                let state = part(&[b"not yet", column.as_bytes(), path.as_bytes(), &at.to_be_bytes()]);
                for key in keys(&Terms::from_json(&row.get::<_, String>(2)?)) {
                    self.later.entry(key).or_default().add(&Tally { state, ..Tally::default() });
                }
            }
        }
        // A feed is told of a departure when the article that left would be due.
        let mut departed =
            db.prepare_cached("SELECT id, at, published, terms FROM departed WHERE at > ?1 OR published > ?1")?;
        let mut rows = departed.query([now])?;
        while let Some(row) = rows.next()? {
            let (id, at, published): (String, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let mut less = Tally::default();
            less.take_away(&of_departure(&id, at, published));
            for key in keys(&Terms::from_json(&row.get::<_, String>(3)?)) {
                self.later.entry(key).or_default().add(&less);
            }
        }
        Ok(())
    }
}

/// The fields of a selection that a heading belongs to, each with its terms, the narrowest first. Languages are left
/// out, since one stands for others.
fn headings_of(wanted: &Selection) -> Vec<(i64, Vec<String>)> {
    let under = wanted.under.iter().map(|under| (under.heading.kind(), &under.terms));
    let lists = [(terms::TAG, &wanted.tags), (terms::AUTHOR, &wanted.authors), (terms::SECTION, &wanted.sections)];
    let fields = under.chain(lists).filter(|(_, list)| !list.is_empty());
    fields.map(|(kind, list)| (kind, terms::folded(list))).collect()
}

/// Everything that an article with these terms stands under.
fn keys(terms: &Terms) -> Vec<(i64, String)> {
    let everything = (EVERYTHING.0, EVERYTHING.1.to_owned());
    std::iter::once(everything).chain(terms.iter().map(|Term { kind, term }| (*kind, term.clone()))).collect()
}

/// What has come under a heading, less what has gone from it.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    articles: i64,
    retracted: i64,
    gone: i64,
    departures: i64,
    state: u128,
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        self.articles += other.articles;
        self.retracted += other.retracted;
        self.gone += other.gone;
        self.departures += other.departures;
        self.state = self.state.wrapping_add(other.state);
    }

    fn take_away(&mut self, other: &Tally) {
        self.articles -= other.articles;
        self.retracted -= other.retracted;
        self.gone -= other.gone;
        self.departures -= other.departures;
        self.state = self.state.wrapping_sub(other.state);
    }

    fn shown(&self, term: String) -> Filed {
        let number = |n: i64| n.max(0).unsigned_abs();
        let articles = number(self.articles);
        // What is retracted is noted to have left too, unless that was lost with an index.
        let ever = articles + number(self.gone.max(self.retracted));
        Filed { term, articles, ever, state: self.state.to_be_bytes() }
    }
}

fn of_article(path: &str, record: &Hash, retracted: bool) -> Tally {
    let retracted = i64::from(retracted);
    // What is retracted has its place in a feed still.
    Tally { articles: 1 - retracted, retracted, state: of_record(path, record), ..Tally::default() }
}

fn of_departure(id: &str, at: i64, published: i64) -> Tally {
    let state = part(&[b"left", id.as_bytes(), &at.to_be_bytes(), &published.to_be_bytes()]);
    // What was never due was never seen.
    Tally { gone: i64::from(published <= at), departures: 1, state, ..Tally::default() }
}

/// What the transaction that is open adds to the headings; written once, when it commits.
#[derive(Default)]
pub(super) struct Filing(BTreeMap<(i64, String), Tally>);

impl Filing {
    pub fn came(&mut self, entry: &Entry) {
        if entry.draft {
            return;
        }
        let came = of_article(&entry.path, &entry.record.into(), entry.retracted.is_some());
        for key in keys(&entry.terms) {
            self.0.entry(key).or_default().add(&came);
        }
    }

    pub fn went(&mut self, path: &str, record: &Hash, terms: &Terms, draft: bool, retracted: bool) {
        if draft {
            return;
        }
        let went = of_article(path, record, retracted);
        for key in keys(terms) {
            self.0.entry(key).or_default().take_away(&went);
        }
    }

    pub fn departed(&mut self, id: &str, at: i64, published: i64, terms: &Terms) {
        let left = of_departure(id, at, published);
        for key in keys(terms) {
            self.0.entry(key).or_default().add(&left);
        }
    }

    pub fn undeparted(&mut self, id: &str, at: i64, published: i64, terms: &Terms) {
        let left = of_departure(id, at, published);
        for key in keys(terms) {
            self.0.entry(key).or_default().take_away(&left);
        }
    }
}

impl Index {
    /// Writes what the open transaction adds to the headings; comes right before it commits.
    pub(super) fn write_filing(&self) -> Result<()> {
        let filing = std::mem::take(&mut *self.filing.borrow_mut());
        let write = || {
            let mut read = self.db.prepare_cached(
                "SELECT articles, retracted, gone, departures, state FROM headings WHERE kind = ?1 AND term = ?2",
            )?;
            let mut put =
                self.db.prepare_cached("INSERT OR REPLACE INTO headings VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
            let mut remove = self.db.prepare_cached("DELETE FROM headings WHERE kind = ?1 AND term = ?2")?;
            for ((kind, term), tally) in &filing.0 {
                let mut sum = read.query_row(params![kind, term], tally_in).optional()?.unwrap_or_default();
                sum.add(tally);
                if sum.articles == 0 && sum.retracted == 0 && sum.departures == 0 {
                    remove.execute(params![kind, term])?;
                    continue;
                }
                let Tally { articles, retracted, gone, departures, state } = sum;
                put.execute(params![kind, term, articles, retracted, gone, departures, state.to_be_bytes()])?;
            }
            Ok(())
        };
        write().map_err(|err: rusqlite::Error| self.failed(err))
    }

    /// What stands under a term, with what is not yet written.
    fn tally(&self, kind: i64, term: &str) -> Result<Tally> {
        let read = || {
            self.db
                .prepare_cached(
                    "SELECT articles, retracted, gone, departures, state FROM headings WHERE kind = ?1 AND term = ?2",
                )?
                .query_row(params![kind, term], tally_in)
                .optional()
        };
        let mut tally = read().map_err(|err| self.failed(err))?.unwrap_or_default();
        if let Some(unwritten) = self.filing.borrow().0.get(&(kind, term.to_owned())) {
            tally.add(unwritten);
        }
        Ok(tally)
    }

    /// All terms of a kind, with what is not yet written.
    fn tallies_of(&self, kind: i64) -> Result<BTreeMap<String, Tally>> {
        let read = || {
            self.db
                .prepare_cached(
                    "SELECT articles, retracted, gone, departures, state, term FROM headings WHERE kind = ?1",
                )?
                .query_map([kind], |row| Ok((row.get(5)?, tally_in(row)?)))?
                .collect::<rusqlite::Result<BTreeMap<String, Tally>>>()
        };
        let mut all = read().map_err(|err| self.failed(err))?;
        for ((of, term), tally) in &self.filing.borrow().0 {
            if *of == kind {
                all.entry(term.clone()).or_default().add(tally);
            }
        }
        Ok(all)
    }
}

fn tally_in(row: &rusqlite::Row<'_>) -> rusqlite::Result<Tally> {
    Ok(Tally {
        articles: row.get(0)?,
        retracted: row.get(1)?,
        gone: row.get(2)?,
        departures: row.get(3)?,
        state: u128::from_be_bytes(row.get(4)?),
    })
}
