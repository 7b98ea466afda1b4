//! Learning of what people, other programs or a crash have done to the records: a walk over all records that looks
//! at sizes and modification times, beside what the index remembers of them.

use chrono::{DateTime, NaiveTime, SubsecRound, TimeZone, Utc};
use rayon::prelude::*;
use rusqlite::params;

use super::incoming::Marks;
use super::index::Entry;
use super::mark::{self, Mark};
use super::put::entry_of;
use super::walk::{self, Found};
use super::{Archive, Hash, layout};
use crate::article::sketch::{Sketch, sketch};
use crate::article::{Record, record};
use crate::disk;
use crate::error::{Error, Result};

/// One difference between records and index.
#[derive(Debug)]
pub enum Change {
    /// A record that the index did not know.
    Added(String),
    /// A record with other bytes than the index knew.
    Changed(String),
    /// A record that is no longer there.
    Removed(String),
    /// A record that stands elsewhere now: from, to.
    Moved(String, String),
    /// A record that cannot be taken into the index, and why.
    Problem(Error),
    /// So many records have been looked at so far.
    Seen(u64),
}

/// How many differences there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Records in the archive.
    pub records: u64,
    /// Records that the index did not know.
    pub added: u64,
    /// Records with other bytes than the index knew.
    pub changed: u64,
    /// Records that are gone.
    pub removed: u64,
    /// Records that stand elsewhere now.
    pub moved: u64,
    /// Records that could not be taken into the index.
    pub problems: u64,
}

impl Changes {
    /// Whether nothing differed.
    pub fn is_none(&self) -> bool {
        *self == Changes { records: self.records, ..Changes::default() }
    }

    fn count(&mut self, change: &Change) {
        match change {
            Change::Added(_) => self.added += 1,
            Change::Changed(_) => self.changed += 1,
            Change::Removed(_) => self.removed += 1,
            Change::Moved(..) => self.moved += 1,
            Change::Problem(_) => self.problems += 1,
            Change::Seen(_) => {}
        }
    }
}

/// What the index knows of a file; the rest is read only where something differs.
struct Known {
    key: i64,
    path: String,
    size: u64,
    modified: i64,
}

/// So many new or changed records are read at once.
const READ_AT_ONCE: usize = 1024;

/// A record that was read.
struct Read {
    bytes: Vec<u8>,
    draft: record::Draft,
    marks: Marks,
    /// What similar texts are found by.
    sketch: Option<Sketch>,
}

impl Archive {
    /// Brings the index up to date with the records: finds those that were edited, added, moved or removed by hand,
    /// completes those that were written by hand (id, publication instant), and writes departures down. `each` is
    /// told of every difference, and now and then of the progress.
    pub fn rescan(&mut self, now: DateTime<Utc>, each: &mut dyn FnMut(Change)) -> Result<Changes> {
        self.writable()?;
        self.follow_ledger()?;
        // What a writer that was killed has left behind was not written by hand.
        let mark = mark::left_behind(&self.layout)?.unwrap_or_default();
        self.finish_removals(&mark)?;
        let mut unseen = Vec::new();
        let mut changes = Changes::default();
        for change in std::mem::take(&mut self.recovered) {
            changes.count(&change);
            each(change);
        }
        let mut gone: Vec<Known> = Vec::new();
        let mut before = String::new();
        for month in walk::months(self.layout.root(), &mut unseen)? {
            // What the index knows between two months that exist is gone.
            gone.extend(self.known_between(&before, &month)?);
            let end = format!("{}0", &month[..month.len() - 1]);
            let found = walk::records(self.layout.root(), &month, &mut unseen);
            changes.records += found.len() as u64;
            let known = self.known_between(&month, &end)?;
            let (differing, lost) = compare(found, known);
            gone.extend(lost);
            for some in differing.chunks(READ_AT_ONCE) {
                self.take_in(some, (now, &mark), &mut changes, each)?;
            }
            each(Change::Seen(changes.records));
            before = end;
        }
        gone.extend(self.known_between(&before, "\u{10ffff}")?);
        // Of what could not be looked at nobody knows whether it is gone.
        gone.retain(|known| unseen.iter().all(|(beginning, _)| !known.path.starts_with(beginning)));
        for (_, err) in unseen {
            let change = Change::Problem(err);
            changes.count(&change);
            each(change);
        }
        for known in gone {
            // Where the file was moved, its key leads to the new path by now, and that has been told.
            let Some(was) = self.entry(known.key)?.filter(|was| was.path == known.path) else { continue };
            self.begin()?;
            self.note_removal(&was, now)?;
            self.index.delete(known.key)?;
            let change = Change::Removed(was.path);
            changes.count(&change);
            each(change);
        }
        if self.layout.writing().exists() || !self.index.is_complete()? {
            self.begin()?;
            self.index.set_complete()?;
        }
        self.settle_adopted()?;
        self.commit()?;
        Ok(changes)
    }

    /// Brings the index up to date when the archive is opened. What was changed by hand is told by the next
    /// [`Archive::rescan`]; of a new index everything is new, and nothing is told.
    pub(super) fn recover(&mut self, now: DateTime<Utc>) -> Result<()> {
        let is_new = self.index.number("SELECT count(*) FROM (SELECT 1 FROM articles LIMIT 1)", [])? == 0;
        let mut told = Vec::new();
        self.rescan(now, &mut |change| match change {
            // What could not be read is met again.
            Change::Problem(_) | Change::Seen(_) => {}
            change if !is_new => told.push(change),
            _ => {}
        })?;
        self.recovered = told;
        Ok(())
    }

    /// Ends what a writer that was killed has begun: a record that stands under another extension by now. What somebody
    /// has edited since stays, and is told of.
    fn finish_removals(&mut self, mark: &Mark) -> Result<()> {
        for path in mark.superseded(&self.layout) {
            let file = self.layout.record(path);
            let known = self.index.find("a.path = ?1", path, 1)?.pop();
            let is_known = |bytes: Vec<u8>| known.is_some_and(|(_, known)| Hash::of(&bytes) == known.record.into());
            if std::fs::read(&file).is_ok_and(is_known) {
                disk::remove(&file)?;
            }
        }
        Ok(())
    }

    fn entry(&self, key: i64) -> Result<Option<Entry>> {
        Ok(self.index.find("a.key = ?1", key, 1)?.pop().map(|(_, entry)| entry))
    }

    fn known_between(&self, from: &str, to: &str) -> Result<Vec<Known>> {
        let read = || {
            self.index
                .db
                .prepare_cached(
                    "SELECT key, path, size, modified FROM articles WHERE path >= ?1 AND path < ?2 ORDER BY path",
                )?
                .query_map(params![from, to], |row| {
                    let size = row.get::<_, i64>(2)? as u64;
                    Ok(Known { key: row.get(0)?, path: row.get(1)?, size, modified: row.get(3)? })
                })?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|err| self.index.failed(err))
    }

    /// Reads records that are new or changed, and puts them into the index.
    fn take_in(
        &mut self,
        found: &[(Found, Option<Known>)],
        moment: (DateTime<Utc>, &Mark),
        changes: &mut Changes,
        each: &mut dyn FnMut(Change),
    ) -> Result<()> {
        let layout = &self.layout;
        let read: Vec<Result<Read>> = found
            .par_iter()
            .map(|(found, _)| {
                let file = layout.record(&found.path);
                let bytes = std::fs::read(&file).map_err(|err| Error::io("read", &file, err))?;
                let text = std::str::from_utf8(&bytes).map_err(|err| {
                    Error::input(file.display().to_string(), "UTF-8", format!("other bytes at {}", err.valid_up_to()))
                })?;
                let draft = record::read_draft(&found.path, text)?;
                let (marks, sketch) = (Marks::of(&draft.article), sketch(&draft.article.body.text));
                Ok(Read { bytes, draft, marks, sketch })
            })
            .collect();
        for ((found, known), read) in found.iter().zip(read) {
            let known = match known {
                Some(known) => self.entry(known.key)?.map(|entry| (known.key, entry)),
                None => None,
            };
            let taken = read.and_then(|read| self.take_one(found, known, read, moment));
            match taken {
                Ok(Some(change)) => {
                    changes.count(&change);
                    each(change);
                }
                Ok(None) => {}
                Err(err) => {
                    let change = Change::Problem(err);
                    changes.count(&change);
                    each(change);
                }
            }
        }
        Ok(())
    }

    fn take_one(
        &mut self,
        found: &Found,
        known: Option<(i64, Entry)>,
        read: Read,
        (now, mark): (DateTime<Utc>, &Mark),
    ) -> Result<Option<Change>> {
        self.begin()?;
        let Read { bytes, draft, marks, sketch } = read;
        let by_writer = mark.by_writer(&found.path, &bytes);
        let was = known.as_ref().filter(|_| by_writer.is_none()).map(|(_, known)| known);
        let is_told = was.is_some_and(|was| is_to_be_told(was, &draft, &marks));
        let (record, bytes) = self.completed(found, known.as_ref(), bytes, draft, (now, is_told))?;
        let others = self.index.find("a.id = ?1", &record.id, 2)?;
        let other = others.into_iter().find(|(key, _)| known.as_ref().is_none_or(|(known, _)| known != key));
        if let Some((_, other)) = &other
            && self.layout.record(&other.path).exists()
        {
            let message = format!("the id {} is that of {} too", record.id, other.path);
            return Err(Error::archive(self.layout.record(&found.path), message)
                .hint("remove the `id` line from the copy, so that it gets an id of its own"));
        }
        let from = other.as_ref().map(|(_, other)| other.path.clone());
        if let (Some((key, overwritten)), Some(_)) = (&known, &other) {
            // A record was moved over another one: that one is gone.
            self.note_removal(overwritten, now)?;
            self.index.delete(*key)?;
        }
        let (key, was) = other.or(known).unzip();
        let mut entry = entry_of(&record, &found.path, &bytes, now, marks, None);
        entry.modified = found.modified;
        entry.origin = self.foreign_origin(&record)?.or(entry.origin);
        // Written by ingest since the index last knew it (a crash came between): then ingest's fields are these.
        let by_ingest = was.as_ref().is_some_and(|was| was.source != entry.source);
        entry.fields = match (by_writer, &was, by_ingest) {
            (Some(fields), ..) => fields,
            (None, Some(was), false) => was.fields,
            (None, Some(_), true) => Some(crate::article::fields::fingerprints(&record.article)),
            (None, None, _) => None,
        };
        if let Some(was) = &was {
            self.note_departure(was, &entry, now)?;
        }
        let unchanged = was.as_ref().is_some_and(|was| was.record == entry.record);
        let key = self.index.put(key, &entry)?;
        if let Some(sketch) = sketch {
            self.index.put_sketch(key, &sketch)?;
        }
        for origin in entry.origin.iter().chain(&record.also_at) {
            let reading = self.index.reading_at(origin)?;
            self.index.put_origin(origin, key, Some(reading).filter(|reading| *reading != 0))?;
        }
        let path = found.path.clone();
        // A person has changed nothing.
        if by_writer.is_some() {
            return Ok(None);
        }
        Ok(match (from, was) {
            (Some(from), _) => Some(Change::Moved(from, path)),
            // Only touched.
            (None, Some(_)) if unchanged => None,
            (None, Some(_)) => Some(Change::Changed(path)),
            (None, None) => Some(Change::Added(path)),
        })
    }

    /// A record with id and publication instant, and with the instant of its change where readers are to be told of
    /// one. Where a person has written none, id and publication are minted as at ingest (in UTC, since an archive has
    /// no zone of its own) or restored. All of it is written into the file, so that it is never minted again.
    fn completed(
        &mut self,
        found: &Found,
        known: Option<&(i64, Entry)>,
        bytes: Vec<u8>,
        draft: record::Draft,
        (now, is_told): (DateTime<Utc>, bool),
    ) -> Result<(Record, Vec<u8>)> {
        let is_dated = draft.withdrawal.as_ref().is_none_or(|withdrawal| withdrawal.at.is_some());
        let had_login = draft.had_login;
        let was_complete = draft.id.is_some() && draft.published.is_some() && is_dated;
        let id = match (draft.id, known) {
            (Some(id), _) => id,
            (None, Some((_, known))) => known.id.clone(),
            (None, None) => self.free_id(&found.path)?,
        };
        let published = match (draft.published, known) {
            (Some(published), _) => published,
            (None, Some((_, known))) => super::select::zoned(known.published),
            (None, None) => match &draft.article.date {
                Some(date) => self.mint_published(&date.chosen.value, chrono_tz::UTC, now)?,
                None => {
                    let day = layout::day_of(&found.path).unwrap_or_default();
                    Utc.from_utc_datetime(&day.and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default()))
                        .fixed_offset()
                }
            },
        };
        let here = now.trunc_subsecs(0).with_timezone(published.offset());
        let is_told = is_told && published <= now;
        let record = Record {
            id,
            published,
            updated: if is_told { Some(here) } else { draft.updated },
            retraction: draft.withdrawal.map(|withdrawal| withdrawal.at(here)),
            source: draft.source,
            also_at: draft.also_at,
            article: draft.article,
        };
        if was_complete && !is_told && !had_login {
            return Ok((record, bytes));
        }
        let completed = record::write(&record).into_bytes();
        let modified = DateTime::from_timestamp_nanos(found.modified);
        match disk::write(&self.layout.record(&found.path), &completed, Some(modified.into())) {
            // Credentials in the address of its source are taken out where that can be; the record counts as it is.
            Err(_) if was_complete && !is_told => Ok((record, bytes)),
            written => written.map(|()| (record, completed)),
        }
    }

    fn free_id(&self, path: &str) -> Result<String> {
        let key = layout::key_of(path);
        let mut number = 1;
        let mut seed = key.to_owned();
        loop {
            let id = uuid::Uuid::new_v5(&self.uuid, seed.as_bytes()).urn().to_string();
            let used = self.index.number(
                "SELECT 1 FROM articles WHERE id = ?1 UNION ALL SELECT 1 FROM departed WHERE id = ?1 LIMIT 1",
                [&id],
            )?;
            if used == 0 {
                return Ok(id);
            }
            number += 1;
            seed = format!("{key}-{number}");
        }
    }
}

/// Whether a person has changed what a record says, and readers are to be told, but the instant is not written down.
/// Where another `updated` stands in the record than before, that is the person's word on it.
fn is_to_be_told(was: &Entry, is: &record::Draft, marks: &Marks) -> bool {
    let updated = is.updated.map(|updated| updated.timestamp());
    let is_significant = was.substance != marks.substance || was.draft;
    is_significant
        && updated == was.updated.map(|updated| updated.0)
        && !is.article.draft
        && is.withdrawal.is_none()
        && was.retracted.is_none()
}

/// Pairs of a file that is new or differs and what the index knows of it, and what the index knows of files that are
/// gone. Both lists are in the order of paths.
fn compare(found: Vec<Found>, known: Vec<Known>) -> (Vec<(Found, Option<Known>)>, Vec<Known>) {
    let (mut differing, mut gone) = (Vec::new(), Vec::new());
    let mut known = known.into_iter().peekable();
    for file in found {
        while let Some(missing) = known.next_if(|known| known.path < file.path) {
            gone.push(missing);
        }
        match known.next_if(|known| known.path == file.path) {
            Some(same) if same.size == file.size && same.modified == file.modified => {}
            other => differing.push((file, other)),
        }
    }
    gone.extend(known);
    (differing, gone)
}
