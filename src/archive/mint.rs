//! What is minted once, when an article comes in for the first time: its key, its id and its publication instant.

use std::collections::HashMap;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use rusqlite::params;
use uuid::Uuid;

use super::{Archive, layout};
use crate::article::{Article, is_refused_by_windows, slug};
use crate::error::Result;
use feedmill_dates::{self as dates, DateValue, Precision};

/// What is remembered of the days that articles came in for; a memory, not a truth.
#[derive(Default)]
pub(super) struct Cache {
    days: HashMap<NaiveDate, Day>,
    /// Whether the records were scanned because the index was found behind them.
    scanned: bool,
}

impl Cache {
    /// Whether the records have not been scanned yet in this run; once is enough.
    pub fn is_first_scan(&mut self) -> bool {
        !std::mem::replace(&mut self.scanned, true)
    }
}

#[derive(Default)]
struct Day {
    /// The number that was given last for a slug.
    numbers: HashMap<String, u32>,
    /// The second after noon from which on one is free.
    next_second: Option<i64>,
    /// Whether the day had a directory before this run came to it, in which files may lie that the index does not
    /// know.
    had_directory: bool,
}

/// More days than most batches touch; then the memory starts again.
const CACHED_DAYS: usize = 10_000;
/// From noon to the last second of the day.
const AFTERNOON: i64 = 12 * 3600 - 1;
/// How far an exact time is moved, at most, so that no two articles carry the same.
const NUDGE: i64 = 59;

/// What [`Archive::mint`] yields.
pub(super) struct Minted {
    /// `YYYY/MM/DD/slug`.
    pub key: String,
    /// The id, where the source has none.
    pub id: String,
}

impl Archive {
    /// A key that no record has or had, and the id that goes with it.
    pub(super) fn mint(&mut self, article: &Article, day: NaiveDate) -> Result<Minted> {
        let base = slug(&article.title.text);
        let had_directory = self.day(day).had_directory;
        let mut slug = base.clone();
        loop {
            let key = layout::key(day, &slug);
            let id = self.uuid_of(&key).urn().to_string();
            let is_in_the_way = had_directory && self.layout.record(&layout::path(&key, article.body.kind)).exists();
            // Whoever copies the archive to Windows has to be able to store it.
            let is_storable = !is_refused_by_windows(&slug);
            if is_storable && !is_in_the_way && !self.is_taken(&key, &id)? {
                return Ok(Minted { key, id });
            }
            // Thousands of untitled notes of one day are not counted from the start each.
            let last = self.day(day).numbers.entry(base.clone()).or_insert(1);
            *last += 1;
            slug = format!("{base}-{last}");
        }
    }

    /// Whether a file stands where the record of the article would, and the index does not know it.
    pub(super) fn is_index_behind(&mut self, article: &Article, day: NaiveDate) -> bool {
        if self.minted.scanned || !self.day(day).had_directory {
            return false;
        }
        let path = layout::path(&layout::key(day, &slug(&article.title.text)), article.body.kind);
        let is_known = |archive: &Archive| archive.index.number("SELECT 1 FROM articles WHERE path = ?1", [&path]);
        let behind = self.layout.record(&path).exists() && is_known(self).is_ok_and(|known| known == 0);
        // Once a run is enough: what the scan could not take in stays in the way.
        self.minted.scanned |= behind;
        behind
    }

    fn day(&mut self, day: NaiveDate) -> &mut Day {
        if self.minted.days.len() >= CACHED_DAYS && !self.minted.days.contains_key(&day) {
            self.minted.days.clear();
        }
        let layout = &self.layout;
        self.minted.days.entry(day).or_insert_with(|| {
            let directory = layout.record(&layout::key(day, ""));
            Day { had_directory: directory.exists(), ..Day::default() }
        })
    }

    fn uuid_of(&self, key: &str) -> Uuid {
        Uuid::new_v5(&self.uuid, key.as_bytes())
    }

    /// Whether a record has this key, or a departed article had the id that goes with it.
    fn is_taken(&self, key: &str, id: &str) -> Result<bool> {
        // `.` is followed by `/` in ASCII, so this is the range of all extensions.
        let taken = "SELECT 1 FROM articles WHERE path > ?1 || '.' AND path < ?1 || '/' \
                     UNION ALL SELECT 1 FROM departed WHERE id = ?2 LIMIT 1";
        Ok(self.index.number(taken, params![key, id])? > 0)
    }

    /// The publication instant of an article that comes in at `now`: the time that the source says; 12:00 in `zone`
    /// for a day, and a second later for each article that the day already has; the moment of ingest where that is
    /// the very day. No two articles carry the same second, as far as a minute can hold them.
    pub(super) fn mint_published(
        &mut self,
        value: &DateValue,
        zone: Tz,
        now: DateTime<Utc>,
    ) -> Result<DateTime<FixedOffset>> {
        if let Some(exact) = value.instant_in(&zone) {
            return self.free_second(exact);
        }
        let today = now.with_timezone(&zone);
        if value.precision() == Precision::Day && value.first_day() == today.date_naive() {
            return self.free_second_before(today.fixed_offset());
        }
        let day = value.first_day();
        // Noon exists in every zone on every day that exists there.
        let noon = dates::resolve(&day.and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default()), &zone);
        let first = noon.timestamp();
        let next = match self.day(day).next_second {
            Some(next) => next,
            None => self.index.number(
                "SELECT count(*) FROM articles WHERE published BETWEEN ?1 AND ?2",
                params![first, first + AFTERNOON],
            )?,
        };
        let mut second = next;
        while second < AFTERNOON
            && self.index.number("SELECT 1 FROM articles WHERE published = ?1 LIMIT 1", params![first + second])? > 0
        {
            second += 1;
        }
        self.day(day).next_second = Some(second + 1);
        Ok(writable(noon + chrono::Duration::seconds(second.min(AFTERNOON))))
    }

    /// The moment of ingest in whole seconds, or the last free second before it in the same minute: what is later is
    /// not due yet.
    fn free_second_before(&self, at: DateTime<FixedOffset>) -> Result<DateTime<FixedOffset>> {
        let second = at.timestamp();
        let earliest = second - second.rem_euclid(60);
        let mut free = second;
        while free > earliest
            && self.index.number("SELECT 1 FROM articles WHERE published = ?1 LIMIT 1", params![free])? > 0
        {
            free -= 1;
        }
        Ok(writable(at.offset().timestamp_opt(free, 0).single().unwrap_or(at)))
    }

    /// The given instant in whole seconds, or the first free second of the minute after it.
    pub(super) fn free_second(&self, at: DateTime<FixedOffset>) -> Result<DateTime<FixedOffset>> {
        let second = at.timestamp();
        let taken = self.index.number(
            "SELECT count(*) FROM (SELECT 1 FROM articles WHERE published BETWEEN ?1 AND ?2 LIMIT 60)",
            params![second, second + NUDGE],
        )?;
        let mut nudged = second;
        if taken > NUDGE {
            // The minute is full. Equal seconds are allowed, only not liked.
            nudged = second;
        } else if taken > 0 {
            while nudged < second + NUDGE
                && self.index.number("SELECT 1 FROM articles WHERE published = ?1 LIMIT 1", params![nudged])? > 0
            {
                nudged += 1;
            }
        }
        let whole = at.offset().timestamp_opt(nudged, 0).single().unwrap_or(at);
        Ok(writable(whole))
    }
}

/// The same instant with an offset that RFC 3339 can say: local mean times of old days have seconds in theirs.
fn writable(at: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
    if at.offset().local_minus_utc() % 60 == 0 { at } else { at.with_timezone(&Utc).fixed_offset() }
}
