//! Taking an article in: is it new, the same again, or a changed one?

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, SubsecRound, Utc};
use chrono_tz::Tz;
use sha2::{Digest, Sha256};

use super::incoming::{Incoming, Marks};
use super::index::Entry;
use super::moved::Around;
use super::{Archive, attachments, expiry, layout, record_from, terms};
use crate::article::fields::{self, Fingerprints, fingerprints, merge};
use crate::article::references::references;
use crate::article::sketch::sketch;
use crate::article::{Article, Hints, Provenance, Record, bare, record, substance};
use crate::disk;
use crate::error::{Error, Result};

/// What taking in depends on, besides the article.
#[derive(Clone, Copy, Debug)]
pub struct Intake {
    /// The zone of dates that name none.
    pub zone: Tz,
    /// The moment of ingest.
    pub now: DateTime<Utc>,
}

/// What became of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is new.
    Added,
    /// It was there with other content: the record was rewritten, the former version kept.
    Replaced,
    /// It was there. Nothing was written.
    Same,
    /// It was there, found elsewhere before: the record names both places.
    Moved,
    /// Its record was removed by hand, and it has not changed since: it stays away.
    Departed,
    /// It was there, retracted since its source had it no longer: it is shown again.
    Returned,
    /// Another article has nearly the same text; the record of that one names both places.
    Linked,
    /// Another article has nearly the same text, and such ones are left out.
    Skipped,
}

/// What became of an article, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    /// What became of it.
    pub outcome: Outcome,
    /// The path of its record; empty for [`Outcome::Departed`].
    pub path: String,
    /// What a person should look at.
    pub notes: Vec<String>,
}

impl Archive {
    /// Takes an article in. It is durable after the next [`Archive::commit`].
    ///
    /// The same article is recognised by its id, by equal date and content, by its canonical URL, by its origin.
    ///
    /// # Errors
    /// The article has no date, or the disk or the index refuse.
    pub fn put(&mut self, incoming: impl Into<Incoming>, source: &Provenance, intake: &Intake) -> Result<Put> {
        self.put_among(incoming.into(), source, intake, Around::default())
    }

    /// Takes an article in, of which it is known what is around it: then it is recognised too where its site has moved,
    /// or its file was renamed and retitled.
    ///
    /// # Errors
    /// Those of [`Archive::put`].
    pub fn put_among(
        &mut self,
        incoming: Incoming,
        source: &Provenance,
        intake: &Intake,
        around: Around,
    ) -> Result<Put> {
        // Credentials in an address are nobody's business, and no part of what the article is known by.
        let source = &Provenance { origin: bare(&source.origin).into_owned(), ..source.clone() };
        let Some(date) = &incoming.article.date else { return Err(Error::undated(&source.origin, "the article")) };
        let day = date.chosen.value.first_day();
        self.begin()?;
        let number = i64::from(day.num_days_from_ce());
        if let Some((key, known)) = self.recognise(&incoming, source, number, around)? {
            return self.put_again(key, known, incoming, source, intake, around);
        }
        if self.was_removed(&incoming.marks.content)? {
            return Ok(Put { outcome: Outcome::Departed, path: String::new(), notes: Vec::new() });
        }
        // A file that the index does not know stands where the record would: the index lags behind the records.
        if self.is_index_behind(&incoming.article, day) {
            self.commit()?;
            self.rescan(intake.now, &mut |_| {})?;
            self.begin()?;
            if let Some((key, known)) = self.recognise(&incoming, source, number, around)? {
                return self.put_again(key, known, incoming, source, intake, around);
            }
        }
        if let Some(found) = self.near_duplicate(&incoming, number, source)? {
            return self.put_duplicate(found, incoming, source, intake);
        }
        self.put_new(incoming, day, source, intake)
    }

    /// Tells a record's trouble as one of the article that met it.
    pub(super) fn record_trouble(&self, path: &str, err: Error) -> Error {
        Error::record(self.layout.record(path), err.message())
            .hint("mend the record, or run `feedmill index` if it is gone")
    }

    /// The article in the archive that this one is.
    fn recognise(
        &self,
        incoming: &Incoming,
        source: &Provenance,
        day: i64,
        around: Around,
    ) -> Result<Option<(i64, Entry)>> {
        let article = &incoming.article;
        if let Some(id) = &article.id
            && let Some(found) = self.index.find("a.id = ?1", id, 1)?.into_iter().next()
        {
            return Ok(Some(found));
        }
        // Several articles may be equal in content, on different days.
        let equal = self.index.find("a.content = ?1", incoming.marks.content.as_slice(), 16)?;
        if let Some(found) = equal.into_iter().find(|(_, known)| known.day == day && !self.is_other(known, article)) {
            return Ok(Some(found));
        }
        if let Some(url) = &article.url {
            // An address that several articles share (a front page, the page that link posts are about) tells nothing
            // of any of them: the day must be the same, and two articles of one document are two.
            let found = self.index.find("a.url = ?1", url, 2)?;
            if let [(_, known)] = &found[..]
                && known.day == day
                && !are_siblings(known, source)
                && !self.is_other(known, article)
            {
                return Ok(found.into_iter().next());
            }
        }
        // Only the place where it was found last speaks for an article. What was a copy and says something else now is
        // an article of its own.
        let here = self.index.at_origin(&source.origin)?;
        let is_here = |known: &Entry| {
            known.origin.as_ref() == Some(&source.origin)
                && (!self.is_other(known, article) || self.has_moved(known, article).is_some())
        };
        if let Some(here) = here.filter(|(_, known)| is_here(known)) {
            return Ok(Some(here));
        }
        if let Some(moved) = self.at_moved_address(incoming, source, day, around)? {
            return Ok(Some(moved));
        }
        if let Some(followed) = self.followed(incoming, source, around)? {
            return Ok(Some(followed));
        }
        self.was_whole(incoming, source, day)
    }

    /// Whether both have an id of their source's own, and not the same: then nothing else can make them one.
    pub(super) fn is_other(&self, known: &Entry, article: &Article) -> bool {
        article.id.as_ref().is_some_and(|id| *id != known.id && !self.is_minted(known))
    }

    /// Whether the archive made the id itself, so that the source may well have got one since.
    pub(super) fn is_minted(&self, known: &Entry) -> bool {
        known.id.starts_with("urn:uuid:")
            && known.id == uuid::Uuid::new_v5(&self.uuid, layout::key_of(&known.path).as_bytes()).urn().to_string()
    }

    fn put_new(&mut self, incoming: Incoming, day: NaiveDate, source: &Provenance, intake: &Intake) -> Result<Put> {
        let Incoming { article, fields, marks, sketch, attachments, .. } = incoming;
        let minted = self.mint(&article, day)?;
        let published = match &article.date {
            Some(date) => self.mint_published(&date.chosen.value, intake.zone, intake.now)?,
            None => return Err(Error::undated(&source.origin, "the article")),
        };
        let path = layout::path(&minted.key, article.body.kind);
        self.put_attachments(&path, attachments, intake.now)?;
        let record = Record {
            id: article.id.clone().filter(|id| !id.trim().is_empty()).unwrap_or(minted.id),
            published,
            updated: article.updated.filter(|updated| *updated > published && *updated <= intake.now),
            retraction: expiry::over(&article, intake.now),
            source: Some(source.clone()),
            also_at: Vec::new(),
            article: stripped(article),
        };
        let bytes = record::write(&record).into_bytes();
        let entry = entry_of(&record, &path, &bytes, intake.now, marks, Some(fields));
        let key = self.index.put(None, &entry)?;
        self.index.put_origin(&source.origin, key, Some(digest(&fields)))?;
        if let Some(sketch) = &sketch {
            self.index.put_sketch(key, sketch)?;
        }
        self.queue(&path, bytes, Some(fields), intake.now)?;
        Ok(Put { outcome: Outcome::Added, path, notes: Vec::new() })
    }

    fn put_again(
        &mut self,
        key: i64,
        known: Entry,
        incoming: Incoming,
        source: &Provenance,
        intake: &Intake,
        around: Around,
    ) -> Result<Put> {
        let path = known.path.clone();
        if known.retracted.is_none()
            || expiry::over(&incoming.article, intake.now).is_some()
            || !self.take_back_by_source(&path, intake.now).map_err(|err| self.record_trouble(&path, err))?
        {
            return self.put_known(key, known, incoming, source, intake, around);
        }
        let known = self.index.find("a.key = ?1", key, 1)?.pop().map_or(known, |(_, known)| known);
        let put = self.put_known(key, known, incoming, source, intake, around)?;
        Ok(Put { outcome: Outcome::Returned, ..put })
    }

    fn put_known(
        &mut self,
        key: i64,
        known: Entry,
        incoming: Incoming,
        source: &Provenance,
        intake: &Intake,
        around: Around,
    ) -> Result<Put> {
        let path = known.path.clone();
        let done = |outcome, path, notes| Ok(Put { outcome, path, notes });
        let known_here = self.index.at_origin(&source.origin)?.is_some_and(|(at, _)| at == key);
        let same_bytes = known.source.as_deref() == Some(source.sha256.as_bytes());
        let Incoming { mut article, fields: reading, attachments, .. } = incoming;
        // It says what it said when it was last taken in; what differs in the record is an edit by hand, or comes from
        // another place.
        if known_here && self.index.reading_at(&source.origin)? == digest(&reading) {
            return done(Outcome::Same, path, Vec::new());
        }
        let has_moved = self.has_moved(&known, &article).is_some();
        let is_primary = known.origin.as_ref() == Some(&source.origin);
        if known_here && is_primary && same_bytes && known.fields.is_none() {
            // The index was made anew. The source has not changed, so this is what ingest once wrote.
            self.index.put_fields(key, &reading)?;
            self.index.put_origin(&source.origin, key, Some(digest(&reading)))?;
            return done(Outcome::Same, path, Vec::new());
        }
        let current = self.current(&path).map_err(|err| self.record_trouble(&path, err))?;
        let declared = article.updated.take();
        let (merged, kept) = merge(&current.article, known.fields.as_ref(), &stripped(article));
        let changes = fields::changed(&merged, &fingerprints(&current.article));
        let changed = !changes.is_empty();
        let mut notes = Vec::new();
        if !kept.is_empty() {
            notes.push(format!("changed, but {path} keeps what was written into it by hand: {}", kept.join(", ")));
        }
        if !changed && known_here {
            self.index.put_origin(&source.origin, key, Some(digest(&reading)))?;
            return done(Outcome::Same, path, notes);
        }
        let mut record = Record { article: merged, ..current.clone() };
        // The place where it was found last is the source; the places before stay known.
        let former = record.source.replace(source.clone()).map(|source| source.origin);
        record.also_at.retain(|origin| *origin != source.origin);
        record.also_at.extend(former.clone().filter(|former| *former != source.origin));
        if !changed {
            record.article = current.article;
            self.rewrite(key, &path, &record, known.fields, intake)?;
            self.index.put_origin(&source.origin, key, Some(digest(&reading)))?;
            return done(Outcome::Moved, path, notes);
        }
        // Where it stands no longer, there is nothing to compare.
        let is_gone = |former: &str| around.is_gone.is_some_and(|is_gone| is_gone(self, former, &path));
        if let Some(former) = former.filter(|former| !known_here && !has_moved && !is_gone(former)) {
            notes.push(format!("replaces what {former} said under the same id or address; see .feedmill/revisions"));
        }
        if known.fields.is_none() {
            notes.push(format!(
                "replaces {path}; what was written into it by hand, if anything, is in .feedmill/revisions"
            ));
        }
        // A better reading of the same bytes is no change of the article that readers should be told of, nor is one
        // that is cosmetic. Of what is retracted they see nothing.
        let is_told = record.retraction.is_none() && !(same_bytes && is_primary);
        if is_told && is_significant(&current.article, &record.article) {
            record.updated = moved_on(&current, declared, intake.now);
        }
        self.put_attachments(&path, attachments, intake.now)?;
        self.keep_revision(&path, intake.now)?;
        let new_path = layout::path(layout::key_of(&path), record.article.body.kind);
        if new_path != path {
            self.queue_removal(&path);
        }
        let is = self.rewrite(key, &new_path, &record, Some(reading), intake)?;
        self.note_departure(&known, &is, intake.now)?;
        self.index.put_origin(&source.origin, key, Some(digest(&reading)))?;
        done(Outcome::Replaced, new_path, notes)
    }

    pub(super) fn rewrite(
        &mut self,
        key: i64,
        path: &str,
        record: &Record,
        fields: Option<Fingerprints>,
        intake: &Intake,
    ) -> Result<Entry> {
        let bytes = record::write(record).into_bytes();
        let mut entry = entry_of(record, path, &bytes, intake.now, Marks::of(&record.article), fields);
        entry.origin = self.foreign_origin(record)?.or(entry.origin);
        self.index.put(Some(key), &entry)?;
        if let Some(sketch) = sketch(&record.article.body.text) {
            self.index.put_sketch(key, &sketch)?;
        }
        self.queue(path, bytes, fields, intake.now)?;
        Ok(entry)
    }

    /// The record at `path` as it is, whether written or still queued.
    pub(super) fn current(&self, path: &str) -> Result<Record> {
        match self.queued(path) {
            Some(bytes) => record_from(&self.layout.record(path), bytes.to_vec()),
            None => self.read(path),
        }
    }

    /// The bytes of the record, or of the file beside one, at `path`, whether written or still queued.
    pub(super) fn current_bytes(&self, path: &str) -> Result<Vec<u8>> {
        match self.queued(path) {
            Some(bytes) => Ok(bytes.to_vec()),
            None => {
                let file = self.layout.record(path);
                std::fs::read(&file).map_err(|err| Error::io("read", &file, err))
            }
        }
    }

    /// Keeps the version of a record that is about to be replaced.
    pub(super) fn keep_revision(&self, path: &str, now: DateTime<Utc>) -> Result<()> {
        let bytes = self.current_bytes(path)?;
        let revision = self.layout.revision(path, now, &record::sha256_hex(&bytes));
        disk::write_if_changed(&revision, &bytes).map(drop)
    }
}

/// Whether readers should be told of the change: the article says something else, is dated another day, or is no longer
/// a draft.
fn is_significant(before: &Article, after: &Article) -> bool {
    let day = |article: &Article| article.date.as_ref().map(|date| date.chosen.value.first_day());
    let is_released = before.draft && !after.draft;
    is_released || day(before) != day(after) || substance::of(before) != substance::of(after)
}

/// When a changed article was changed: as its source declares where that is news, else now. Nothing is said of an
/// article that is not due yet, since no reader has seen it.
fn moved_on(
    current: &Record,
    declared: Option<DateTime<FixedOffset>>,
    now: DateTime<Utc>,
) -> Option<DateTime<FixedOffset>> {
    let before = current.updated.filter(|updated| *updated <= now).unwrap_or(current.published);
    let declared = declared.filter(|declared| *declared > before && *declared <= now);
    let moved = declared.unwrap_or_else(|| now.with_timezone(current.published.offset()));
    (current.published <= now).then(|| moved.trunc_subsecs(0))
}

/// Whether both stand in one document.
pub(super) fn are_siblings(known: &Entry, source: &Provenance) -> bool {
    let document = |origin: &str| origin.split_once('#').map(|(document, _)| document.to_owned());
    let here = document(&source.origin);
    here.is_some() && known.origin.as_deref().is_some_and(|origin| origin != source.origin && document(origin) == here)
}

/// All fingerprints as one number; never 0, which means "not known".
pub(super) fn digest(fields: &Fingerprints) -> i64 {
    let mixed = fields.iter().fold(0u64, |all, print| all.rotate_left(5).wrapping_mul(0x0100_0000_01b3) ^ print);
    i64::from_le_bytes(mixed.to_le_bytes()).max(i64::MIN + 1) | 1
}

/// An article as a record holds it: what the record's own fields say is not said twice.
pub(super) fn stripped(article: Article) -> Article {
    Article {
        id: None,
        updated: None,
        fragment: String::new(),
        attachments: Vec::new(),
        missing: Vec::new(),
        categories: Vec::new(),
        weighed: None,
        ..article
    }
}

/// What the index keeps of a record whose file holds `bytes`.
pub(super) fn entry_of(
    record: &Record,
    path: &str,
    bytes: &[u8],
    modified: DateTime<Utc>,
    marks: Marks,
    fields: Option<Fingerprints>,
) -> Entry {
    let zoned = |at: &DateTime<FixedOffset>| (at.timestamp(), at.offset().local_minus_utc());
    let day = record.article.date.as_ref().map(|date| date.chosen.value.first_day()).or_else(|| layout::day_of(path));
    Entry {
        path: path.to_owned(),
        id: record.id.clone(),
        title: record.article.title.text.clone(),
        day: day.map_or(0, |day| i64::from(day.num_days_from_ce())),
        published: zoned(&record.published),
        updated: record.updated.as_ref().map(zoned),
        draft: record.article.draft,
        url: record.article.url.clone(),
        size: bytes.len() as u64,
        modified: modified.timestamp_nanos_opt().unwrap_or(0),
        record: Sha256::digest(bytes).into(),
        content: marks.content,
        origin: record.source.as_ref().map(|source| source.origin.clone()),
        source: record.source.as_ref().map(|source| source.sha256.as_bytes().to_vec()),
        fields,
        terms: terms::of(&record.article, &record.published),
        files: attachments::named_by(path, &record.article),
        attached: record.article.enclosures.iter().any(|e| attachments::path_of(path, &e.url).is_some()),
        retracted: record.retraction.as_ref().map(|retraction| retraction.at.timestamp()),
        substance: marks.substance,
        hints: Hints::of(&record.article),
        refs: references(&record.article),
    }
}
