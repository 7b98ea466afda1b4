//! What others may see of the archive, month by month: records that are due, no drafts and not retracted, and what has left.
//!
//! Each month has a state: a sum over what is in it. What comes is added and what goes is taken away, so that one look
//! at a short table tells which months have changed, however large the archive is.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::Archive;
use super::hash::Hash;
use super::index::{Entry, Index};
use super::layout::Month;
use super::manifest::{Left, Withdrawn};
use super::select::{Row, Selection, row};
use crate::error::Result;
use feedmill_markup as markup;

pub(super) const SCHEMA: &str = "
    CREATE TABLE months(
        month TEXT PRIMARY KEY,           -- 2023-07
        articles INTEGER NOT NULL,        -- records that are not hidden, due or not
        gone INTEGER NOT NULL,            -- departures that others are told of
        state BLOB NOT NULL               -- the sum over both
    ) WITHOUT ROWID;
";

/// A month that has something to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicMonth {
    /// The month.
    pub month: Month,
    /// How many records are public.
    pub articles: u64,
    /// A sum over what is public and what has left: another one means that something differs.
    pub state: [u8; 16],
}

/// A record that others may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicRecord {
    /// Its path below the archive directory.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// The hash of its bytes, as the index saw them.
    pub hash: Hash,
    /// Whether it names files that stand beside it.
    pub has_files: bool,
}

impl Archive {
    /// The months that have something to show at the instant `as_of`, in order.
    pub fn public_months(&self, as_of: DateTime<Utc>) -> Result<Vec<PublicMonth>> {
        let mut months = self.index.tallies()?;
        let now = as_of.timestamp();
        let early = || {
            let mut sums: Vec<(String, Tally)> = Vec::new();
            let mut records = self.index.db.prepare_cached(
                "SELECT path, record FROM articles WHERE draft = 0 AND retracted IS NULL AND published > ?1",
            )?;
            let mut rows = records.query([now])?;
            while let Some(row) = rows.next()? {
                let path: String = row.get(0)?;
                let tally = Tally { articles: 1, gone: 0, state: of_record(&path, &row.get(1)?) };
                sums.push((path, tally));
            }
            let mut departed =
                self.index.db.prepare_cached("SELECT path, id, at FROM departed WHERE at > ?1 AND path IS NOT NULL")?;
            let mut rows = departed.query([now])?;
            while let Some(row) = rows.next()? {
                let (path, id): (String, String) = (row.get(0)?, row.get(1)?);
                let tally = Tally { articles: 0, gone: 1, state: of_departure(&path, &id, row.get(2)?) };
                sums.push((path, tally));
            }
            Ok(sums)
        };
        for (path, tally) in early().map_err(|err: rusqlite::Error| self.index.failed(err))? {
            if let Some(month) = Month::of(&path) {
                months.entry(month).or_default().take_away(&tally);
            }
        }
        let shown = months.into_iter().filter(|(_, tally)| tally.articles > 0 || tally.gone > 0);
        Ok(shown
            .map(|(month, tally)| PublicMonth {
                month,
                articles: tally.articles.max(0).unsigned_abs(),
                state: tally.state.to_be_bytes(),
            })
            .collect())
    }

    /// A sum over what was published before an instant, as it can be seen at `as_of`, and over all that has left: while
    /// it is the same, so is everything that is made of that. Takes the longer the more was published since.
    pub fn settled(&self, before: DateTime<Utc>, as_of: DateTime<Utc>) -> Result<[u8; 16]> {
        let months = self.public_months(as_of)?;
        let mut sum = months.iter().fold(0_u128, |sum, month| sum.wrapping_add(u128::from_be_bytes(month.state)));
        let mut recent = || {
            let mut records = self.index.db.prepare_cached(
                "SELECT path, record FROM articles
                 WHERE draft = 0 AND retracted IS NULL AND published >= ?1 AND published <= ?2",
            )?;
            let mut rows = records.query([before.timestamp(), as_of.timestamp()])?;
            while let Some(row) = rows.next()? {
                let path: String = row.get(0)?;
                // Others are in no month, and in no sum.
                if Month::of(&path).is_some() {
                    sum = sum.wrapping_sub(of_record(&path, &row.get(1)?));
                }
            }
            let mut unseen =
                self.index.db.prepare_cached("SELECT path, updated FROM articles WHERE updated > ?1 AND draft = 0")?;
            let mut rows = unseen.query([as_of.timestamp()])?;
            while let Some(row) = rows.next()? {
                let (path, updated): (String, i64) = (row.get(0)?, row.get(1)?);
                sum = sum.wrapping_add(part(&[b"not yet updated", path.as_bytes(), &updated.to_be_bytes()]));
            }
            // What was retracted is in no sum, and keeps its place nevertheless.
            let mut retracted = self
                .index
                .db
                .prepare_cached("SELECT path, record FROM articles WHERE retracted IS NOT NULL AND draft = 0")?;
            let mut rows = retracted.query([])?;
            while let Some(row) = rows.next()? {
                let (path, record): (String, Hash) = (row.get(0)?, row.get(1)?);
                sum = sum.wrapping_add(part(&[b"retracted", path.as_bytes(), record.bytes()]));
            }
            Ok(())
        };
        recent().map_err(|err: rusqlite::Error| self.index.failed(err))?;
        Ok(sum.to_be_bytes())
    }

    /// The records of a month that others may see at the instant `as_of`, in the order of their paths.
    pub fn public_records(&self, month: Month, as_of: DateTime<Utc>) -> Result<Vec<PublicRecord>> {
        let (from, to) = month.range();
        let read = || {
            self.index
                .db
                .prepare_cached(
                    "SELECT path, size, record, attached FROM articles
                     WHERE path >= ?1 AND path < ?2 AND draft = 0 AND retracted IS NULL AND published <= ?3
                     ORDER BY path",
                )?
                .query_map(params![from, to, as_of.timestamp()], |row| {
                    Ok(PublicRecord {
                        path: row.get(0)?,
                        size: row.get::<_, i64>(1)?.unsigned_abs(),
                        hash: row.get(2)?,
                        has_files: row.get(3)?,
                    })
                })?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|err| self.index.failed(err))
    }

    /// Calls `each` for what the index knows of the records that [`Archive::public_records`] yields.
    pub fn public_rows(
        &self,
        month: Month,
        as_of: DateTime<Utc>,
        each: &mut dyn FnMut(Row) -> Result<()>,
    ) -> Result<()> {
        let (from, to) = month.range();
        let wanted = Selection { as_of: Some(as_of), ..Selection::default() };
        let mut result = Ok(());
        // A month holds nothing but digits and slashes.
        self.scan(&wanted, &format!("a.path >= '{from}' AND a.path < '{to}'"), "a.path", &mut |entry| {
            result = each(row(entry));
            if result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        result
    }

    /// Changes of public records at a moment that has not come at `as_of`, month by month: what is told of such a record
    /// by then is not what its state stands for.
    pub fn unseen_updates(&self, as_of: DateTime<Utc>) -> Result<HashMap<Month, BTreeMap<String, i64>>> {
        let mut unseen: HashMap<Month, BTreeMap<String, i64>> = HashMap::new();
        let condition = format!("a.updated > {}", as_of.timestamp());
        let wanted = Selection { as_of: Some(as_of), ..Selection::default() };
        // In an order that an index has: there are few of them among many.
        self.scan(&wanted, &condition, "a.updated DESC", &mut |entry| {
            if let (Some(month), Some((at, _))) = (Month::of(&entry.path), entry.updated) {
                unseen.entry(month).or_default().insert(entry.path, at);
            }
            ControlFlow::Continue(())
        })?;
        Ok(unseen)
    }

    /// What was public and has left a month until `as_of`, in the order of paths, with why where it was retracted. The
    /// path may be that of another record, or of the same, by now.
    pub fn left(&self, month: Month, as_of: DateTime<Utc>) -> Result<Vec<Left>> {
        let (from, to) = month.range();
        let read = || {
            self.index
                .db
                // The other columns are those of the row that has the maximum.
                .prepare_cached(
                    "SELECT path, id, max(at) FROM departed
                     WHERE path >= ?1 AND path < ?2 AND at <= ?3 GROUP BY path ORDER BY path",
                )?
                .query_map(params![from, to, as_of.timestamp()], |row| {
                    let at = DateTime::from_timestamp(row.get(2)?, 0).unwrap_or_default();
                    Ok(Left { path: row.get(0)?, id: row.get(1)?, at, retracted: None })
                })?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        let mut all = read().map_err(|err| self.index.failed(err))?;
        for left in &mut all {
            let there = self.index.find("a.path = ?1", &left.path, 1)?.pop();
            if there.is_some_and(|(_, entry)| entry.id == left.id && entry.retracted.is_some()) {
                left.retracted = Some(Withdrawn { reason: self.reason_of(&left.path) });
            }
        }
        Ok(all)
    }

    /// Why a record was retracted. One that cannot be read gives no reason.
    fn reason_of(&self, path: &str) -> Option<String> {
        let reason = self.read(path).ok()?.retraction?.reason?;
        Some(markup::one_line(&reason)).filter(|reason| !reason.is_empty())
    }
}

/// What has come to a month, less what has gone from it.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    articles: i64,
    gone: i64,
    state: u128,
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        self.articles += other.articles;
        self.gone += other.gone;
        self.state = self.state.wrapping_add(other.state);
    }

    fn take_away(&mut self, other: &Tally) {
        self.articles -= other.articles;
        self.gone -= other.gone;
        self.state = self.state.wrapping_sub(other.state);
    }
}

/// What the transaction that is open adds to the months; written once, when it commits.
#[derive(Default)]
pub(super) struct Tallies(BTreeMap<Month, Tally>);

impl Tallies {
    pub fn came(&mut self, entry: &Entry) {
        let Some(month) = Month::of(&entry.path).filter(|_| !entry.is_hidden()) else { return };
        let state = of_record(&entry.path, &entry.record.into());
        self.0.entry(month).or_default().add(&Tally { articles: 1, gone: 0, state });
    }

    pub fn went(&mut self, path: &str, record: &Hash, hidden: bool) {
        let Some(month) = Month::of(path).filter(|_| !hidden) else { return };
        let state = of_record(path, record);
        self.0.entry(month).or_default().take_away(&Tally { articles: 1, gone: 0, state });
    }

    pub fn departed(&mut self, path: &str, id: &str, at: i64) {
        let Some(month) = Month::of(path) else { return };
        let state = of_departure(path, id, at);
        self.0.entry(month).or_default().add(&Tally { articles: 0, gone: 1, state });
    }

    pub fn undeparted(&mut self, path: &str, id: &str, at: i64) {
        let Some(month) = Month::of(path) else { return };
        let state = of_departure(path, id, at);
        self.0.entry(month).or_default().take_away(&Tally { articles: 0, gone: 1, state });
    }
}

impl Index {
    /// Writes what the open transaction adds to the months; comes right before it commits.
    pub(super) fn write_tallies(&self) -> Result<()> {
        let tallies = std::mem::take(&mut *self.tallies.borrow_mut());
        let write =
            || {
                for (month, tally) in &tallies.0 {
                    let name = month.to_string();
                    let mut sum = self
                        .db
                        .prepare_cached("SELECT articles, gone, state FROM months WHERE month = ?1")?
                        .query_row([&name], |row| tally_in(row, 0))
                        .optional()?
                        .unwrap_or_default();
                    sum.add(tally);
                    self.db
                        .prepare_cached("INSERT OR REPLACE INTO months VALUES(?1, ?2, ?3, ?4)")?
                        .execute(params![name, sum.articles, sum.gone, sum.state.to_be_bytes()])?;
                }
                Ok(())
            };
        write().map_err(|err: rusqlite::Error| self.failed(err))
    }

    /// All months, with what is not yet written.
    fn tallies(&self) -> Result<BTreeMap<Month, Tally>> {
        let read = || {
            let mut months: BTreeMap<Month, Tally> = BTreeMap::new();
            let mut statement = self.db.prepare_cached("SELECT month, articles, gone, state FROM months")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                if let Ok(month) = row.get::<_, String>(0)?.parse() {
                    months.insert(month, tally_in(row, 1)?);
                }
            }
            Ok(months)
        };
        let mut months = read().map_err(|err: rusqlite::Error| self.failed(err))?;
        for (month, tally) in &self.tallies.borrow().0 {
            months.entry(*month).or_default().add(tally);
        }
        Ok(months)
    }
}

fn tally_in(row: &rusqlite::Row<'_>, first: usize) -> rusqlite::Result<Tally> {
    Ok(Tally { articles: row.get(first)?, gone: row.get(first + 1)?, state: u128::from_be_bytes(row.get(first + 2)?) })
}

/// What a record adds to the state of its month.
pub(super) fn of_record(path: &str, record: &Hash) -> u128 {
    part(&[b"record", path.as_bytes(), record.bytes()])
}

fn of_departure(path: &str, id: &str, at: i64) -> u128 {
    part(&[b"left", path.as_bytes(), id.as_bytes(), &at.to_be_bytes()])
}

pub(super) fn part(fields: &[&[u8]]) -> u128 {
    let mut hash = Sha256::new();
    for field in fields {
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field);
    }
    let digest: [u8; 32] = hash.finalize().into();
    let (first, _) = digest.split_at(16);
    first.iter().fold(0, |all, byte| all << 8 | u128::from(*byte))
}
