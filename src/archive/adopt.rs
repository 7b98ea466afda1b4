//! Taking in a record of another archive as it is: with its id, its dates and, where they are free here, its path and its
//! very bytes.
//!
//! Both archives may change it afterwards. What only the other one has changed is taken over, what only this one has
//! changed stays, and where both have, both versions are kept and a person decides.

use chrono::{DateTime, Utc};

use super::adopted::Row;
use super::hash::Hash;
use super::incoming::Marks;
use super::index::Entry;
use super::manifest::LONGEST_ID;
use super::put::{Intake, entry_of};
use super::{Archive, attachments, layout, manifest, record_from};
use crate::article::fields::fingerprints;
use crate::article::sketch::sketch;
use crate::article::{Record, is_refused_by_windows, record};
use crate::disk;
use crate::error::{Error, Result};

/// A record of another archive, on its way into this one.
#[derive(Clone, Debug)]
pub struct Adopted<'a> {
    /// The address of the other archive's `archive.json`. What is remembered of its records is remembered under it.
    pub source: &'a str,
    /// Where the record stands over there, below the archive directory.
    pub path: &'a str,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The files that came with it, by their paths below the archive directory; those that are here may lack.
    pub files: Vec<(String, Vec<u8>)>,
}

/// What became of a record of another archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is new here.
    Added,
    /// The same is here. Nothing was written.
    Same,
    /// It was here, unchanged since it came, and has changed over there: it was replaced, the former version kept.
    Replaced,
    /// It was changed here, and has not changed over there since: it stays.
    KeptLocal,
    /// It has changed on both sides. The own version stays, and the other one is kept beside; a note says where.
    Conflict,
    /// Its record was removed here by hand: it stays away.
    Departed,
}

/// What became of a record of another archive, and where it stands here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adoption {
    /// What became of it.
    pub fate: Fate,
    /// The path of its record here; empty for [`Fate::Departed`].
    pub path: String,
    /// What a person should look at.
    pub notes: Vec<String>,
}

impl Adoption {
    fn new(fate: Fate, path: impl Into<String>) -> Adoption {
        Adoption { fate, path: path.into(), notes: Vec::new() }
    }
}

/// A record whose bytes are those of the other archive.
struct Theirs<'a> {
    incoming: Adopted<'a>,
    url: String,
    hash: Hash,
    record: Record,
}

impl Archive {
    /// Takes a record of another archive in. It is durable after the next [`Archive::commit`].
    ///
    /// An article is known by its id alone. Bytes and files are taken on trust: whoever fetched them has compared their
    /// hashes.
    ///
    /// # Errors
    /// What came is no record, or the disk or the index refuse.
    pub fn adopt(&mut self, incoming: Adopted<'_>, intake: &Intake) -> Result<Adoption> {
        let theirs = read(incoming)?;
        let id = theirs.record.id.clone();
        self.begin()?;
        let mut found = self.with_id(&id)?;
        if found.is_none() && self.is_unknown_here(theirs.incoming.path)? {
            // A file that the index does not know stands where the record would: the index lags behind.
            self.commit()?;
            self.rescan(intake.now, &mut |_| {})?;
            self.begin()?;
            found = self.with_id(&id)?;
        }
        match found {
            Some((key, known)) => self.adopt_again(key, known, theirs, intake),
            None if self.was_taken_away(&id)? => {
                self.settle_on(&theirs, None, self.origin_before(&theirs)?)?;
                Ok(Adoption::new(Fate::Departed, ""))
            }
            None => self.adopt_new(theirs, intake),
        }
    }

    /// Notes that the record at `path` of the archive at `source` is here, with the same path and these bytes, so that
    /// nothing needed to be fetched. Returns whether it still is so.
    pub fn adopt_held(&mut self, source: &str, path: &str, version: Hash, intake: &Intake) -> Result<bool> {
        let known = self.index.find("a.path = ?1", path, 1)?.pop().filter(|(_, known)| version == known.record.into());
        let Some((_, known)) = known else { return Ok(false) };
        let origin = self.adopted_row(source, &known.id)?.and_then(|row| row.origin);
        let row = Row {
            source: source.to_owned(),
            id: known.id,
            path: path.to_owned(),
            base: version,
            former: None,
            origin,
            gone: false,
        };
        self.begin()?;
        self.put_adopted(&row)?;
        self.resolve(path, &version, intake.now)?;
        Ok(true)
    }

    /// The versions of other archives that contradict the own ones, as paths below the archive directory, in order.
    pub fn conflicts(&self) -> Result<Vec<String>> {
        let (mut files, mut open) = (Vec::new(), vec![self.layout.conflicts()]);
        while let Some(dir) = open.pop() {
            for entry in entries(&dir)? {
                let path = entry.path();
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    open.push(path);
                } else if let Ok(below) = path.strip_prefix(self.layout.root()) {
                    files.push(below.to_string_lossy().into_owned());
                }
            }
        }
        files.sort_unstable();
        Ok(files)
    }

    fn with_id(&self, id: &str) -> Result<Option<(i64, Entry)>> {
        Ok(self.index.find("a.id = ?1", id, 1)?.pop())
    }

    /// Whether a file stands at `path` that the index does not know. Looking again once a run is enough: what could
    /// not be taken into the index then stays in the way.
    fn is_unknown_here(&mut self, path: &str) -> Result<bool> {
        if !self.layout.record(path).exists() || self.queued(path).is_some() {
            return Ok(false);
        }
        let known = self.index.number("SELECT 1 FROM articles WHERE path = ?1", [path])? > 0;
        Ok(!known && self.minted.is_first_scan())
    }

    fn adopt_new(&mut self, theirs: Theirs<'_>, intake: &Intake) -> Result<Adoption> {
        let path = self.free_path(theirs.incoming.path)?;
        let mut adoption = Adoption::new(Fate::Added, path.clone());
        if path != theirs.incoming.path {
            let name = theirs.incoming.path.rsplit('/').next().unwrap_or_default();
            let why = match is_refused_by_windows(name) {
                true => "since not every system can store its path",
                false => "since another article has its path",
            };
            let note = format!("stands at {path} here, {why} {}", theirs.incoming.path);
            adoption.notes.push(note);
        }
        // Where the other archive found it is no place of this one's.
        let origin = theirs.record.source.as_ref().map(|source| source.origin.clone());
        self.settle_on(&theirs, None, origin)?;
        self.write_theirs(None, &path, theirs, None, &mut adoption, intake)?;
        Ok(adoption)
    }

    fn adopt_again(&mut self, key: i64, known: Entry, theirs: Theirs<'_>, intake: &Intake) -> Result<Adoption> {
        let path = known.path.clone();
        let bytes = self.current_bytes(&path).map_err(|err| self.record_trouble(&path, err))?;
        let ours = Hash::of(&bytes);
        let row = self.adopted_row(theirs.incoming.source, &theirs.record.id)?;
        let base = row.as_ref().map(|row| row.base);
        let origin = row.and_then(|row| row.origin);
        if ours == theirs.hash || (base != Some(ours) && self.agree(&path, bytes, &theirs.record)) {
            self.settle_on(&theirs, None, origin)?;
            self.resolve(&path, &theirs.hash, intake.now)?;
            let mut adoption = Adoption::new(Fate::Same, path.clone());
            self.put_files(&path, theirs.incoming.files, &theirs.record, &mut adoption, intake.now)?;
            return Ok(adoption);
        }
        if base == Some(ours) {
            return self.adopt_changed((key, known, ours), theirs, origin, intake);
        }
        if base == Some(theirs.hash) {
            self.settle_on(&theirs, None, origin)?;
            return Ok(Adoption::new(Fate::KeptLocal, path));
        }
        let beside = layout::conflict(&path, &theirs.hash);
        let file = self.layout.record(&beside);
        disk::write_if_changed(&file, &theirs.incoming.bytes)?;
        let mut adoption = Adoption::new(Fate::Conflict, path.clone());
        adoption.notes.push(format!(
            "{path} differs from {}: yours stays, theirs is {}; put into yours what you want of it, then remove it",
            theirs.url,
            file.display()
        ));
        self.settle_on(&theirs, None, origin)?;
        Ok(adoption)
    }

    /// Replaces what nobody has changed here by what the other archive has made of it.
    fn adopt_changed(
        &mut self,
        (key, known, ours): (i64, Entry, Hash),
        theirs: Theirs<'_>,
        origin: Option<String>,
        intake: &Intake,
    ) -> Result<Adoption> {
        self.keep_revision(&known.path, intake.now)?;
        // The extension says what the text is written in, and that may be another now.
        let extension = theirs.record.article.body.kind.extension();
        let mut path = format!("{}.{extension}", layout::key_of(&known.path));
        if path != known.path {
            let taken = self.index.number("SELECT 1 FROM articles WHERE path = ?1", [&path])? > 0;
            if taken || self.layout.record(&path).exists() {
                path = self.free_path(&path)?;
            }
            self.queue_removal(&known.path);
        }
        let is_foreign = origin.is_some();
        let origin = theirs.record.source.as_ref().map(|source| source.origin.clone()).filter(|_| is_foreign);
        self.settle_on(&theirs, Some(ours), origin)?;
        let mut adoption = Adoption::new(Fate::Replaced, path.clone());
        self.resolve(&known.path, &theirs.hash, intake.now)?;
        self.write_theirs(Some((key, known)), &path, theirs, Some(is_foreign), &mut adoption, intake)?;
        Ok(adoption)
    }

    /// Writes a record as the other archive has it.
    fn write_theirs(
        &mut self,
        known: Option<(i64, Entry)>,
        path: &str,
        theirs: Theirs<'_>,
        is_foreign: Option<bool>,
        adoption: &mut Adoption,
        intake: &Intake,
    ) -> Result<()> {
        let Theirs { incoming: Adopted { bytes, files, .. }, url, record, .. } = theirs;
        self.put_files(path, files, &record, adoption, intake.now)?;
        let (key, known) = known.unzip();
        let is_foreign = is_foreign.unwrap_or(true);
        let marks = Marks::of(&record.article);
        let mut entry = entry_of(&record, path, &bytes, intake.now, marks, Some(fingerprints(&record.article)));
        if is_foreign {
            entry.origin = Some(url);
        }
        if let Some(known) = known.as_ref().filter(|_| !is_foreign) {
            // What ingest wrote here is still what a change of its source is told by.
            entry.fields = known.fields;
        }
        let key = self.index.put(key, &entry)?;
        if let Some(sketch) = sketch(&record.article.body.text) {
            self.index.put_sketch(key, &sketch)?;
        }
        if let Some(origin) = entry.origin.as_ref().filter(|_| is_foreign) {
            self.index.put_origin(origin, key, None)?;
        }
        if let Some(known) = &known {
            self.note_departure(known, &entry, intake.now)?;
        }
        self.queue(path, bytes, entry.fields, intake.now)
    }

    /// Remembers that this version was dealt with.
    fn settle_on(&mut self, theirs: &Theirs<'_>, former: Option<Hash>, origin: Option<String>) -> Result<()> {
        self.put_adopted(&Row {
            source: theirs.incoming.source.to_owned(),
            id: theirs.record.id.clone(),
            path: theirs.incoming.path.to_owned(),
            base: theirs.hash,
            former,
            origin,
            gone: false,
        })
    }

    fn origin_before(&self, theirs: &Theirs<'_>) -> Result<Option<String>> {
        Ok(self.adopted_row(theirs.incoming.source, &theirs.record.id)?.and_then(|row| row.origin))
    }

    /// Whether the own record says the same, found elsewhere or written otherwise.
    fn agree(&self, path: &str, ours: Vec<u8>, theirs: &Record) -> bool {
        let ours = record_from(&self.layout.record(path), ours);
        ours.is_ok_and(|ours| fingerprints(&ours.article) == fingerprints(&theirs.article))
    }

    /// Puts the other versions of a record away that this one is agreed upon instead of; what only they say is kept
    /// among the revisions.
    fn resolve(&self, path: &str, agreed: &Hash, now: DateTime<Utc>) -> Result<()> {
        let (day, name) = path.rsplit_once('/').unwrap_or(("", path));
        for entry in entries(&self.layout.conflicts().join(day))? {
            let file = entry.path();
            if !entry.file_name().to_str().is_some_and(|other| layout::is_conflict_of(name, other)) {
                continue;
            }
            let bytes = std::fs::read(&file).map_err(|err| Error::io("read", &file, err))?;
            if Hash::of(&bytes) != *agreed {
                let revision = self.layout.revision(path, now, &record::sha256_hex(&bytes));
                disk::write_if_changed(&revision, &bytes)?;
            }
            disk::remove(&file)?;
        }
        Ok(())
    }

    /// Stores the files that a record names beside it. One that is here with other content stays.
    fn put_files(
        &mut self,
        path: &str,
        files: Vec<(String, Vec<u8>)>,
        record: &Record,
        adoption: &mut Adoption,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let named: Vec<String> =
            record.article.enclosures.iter().filter_map(|file| attachments::path_of(path, &file.url)).collect();
        for (at, bytes) in files.into_iter().filter(|(at, _)| named.contains(at)) {
            match self.current_bytes(&at) {
                Ok(ours) if ours == bytes => {}
                Ok(_) => {
                    let beside = self.layout.record(&layout::conflict(&at, &Hash::of(&bytes)));
                    disk::write_if_changed(&beside, &bytes)?;
                    adoption.notes.push(format!("{at} has other bytes here: theirs is {}", beside.display()));
                }
                Err(err) if err.is_not_found() => self.queue(&at, bytes, None, now)?,
                Err(err) => return Err(err),
            }
        }
        Ok(())
    }

    /// The path itself, or one with a number behind the slug, that no record has.
    fn free_path(&self, path: &str) -> Result<String> {
        let (key, extension) = path.rsplit_once('.').unwrap_or((path, "md"));
        // Digits and slashes, and then a name that may hold what cannot be stored everywhere.
        let (day, name) = key.rsplit_once('/').unwrap_or(("", key));
        let key = format!("{day}/{}", name.replace(|c: char| c < ' ' || "<>:\"|?*\\".contains(c), "-"));
        let mut number = 1;
        let mut free = key.clone();
        loop {
            let path = format!("{free}.{extension}");
            // `.` is followed by `/` in ASCII, so this is the range of all extensions.
            let taken = "SELECT 1 FROM articles WHERE path > ?1 || '.' AND path < ?1 || '/' LIMIT 1";
            let name = path.rsplit('/').next().unwrap_or_default();
            if !is_refused_by_windows(name)
                && self.index.number(taken, [&free])? == 0
                && !self.layout.record(&path).exists()
            {
                return Ok(path);
            }
            number += 1;
            free = format!("{key}-{number}");
        }
    }
}

/// Reads a record of another archive that stands at `url`.
///
/// # Errors
/// It is no record that an archive can hold: not complete, no UTF-8, or with an id that is blank or endless.
pub fn read_adopted(url: &str, bytes: &[u8]) -> Result<Record> {
    let text = std::str::from_utf8(bytes)
        .map_err(|err| Error::input(url, "UTF-8", format!("other bytes at {}", err.valid_up_to())))?;
    let record = record::read(url, text)?;
    match record.id.len() {
        _ if record.id.trim().is_empty() => Err(Error::input(url, "an id", "a blank one")),
        length if length > LONGEST_ID => {
            Err(Error::input(url, format!("an id of at most {LONGEST_ID} bytes"), format!("one of {length}")))
        }
        _ => Ok(record),
    }
}

fn read(incoming: Adopted<'_>) -> Result<Theirs<'_>> {
    let url = manifest::file_url(incoming.source, incoming.path)?;
    if !layout::is_public_record(incoming.path) {
        return Err(Error::input(url, "the path of a record", format!("{:?}", incoming.path)));
    }
    let record = read_adopted(&url, &incoming.bytes)?;
    let hash = Hash::of(&incoming.bytes);
    Ok(Theirs { url, hash, record, incoming })
}

/// What stands in a directory; nothing where there is none.
fn entries(dir: &std::path::Path) -> Result<Vec<std::fs::DirEntry>> {
    let failed = |err| Error::io("read the directory", dir, err);
    match std::fs::read_dir(dir) {
        Ok(entries) => entries.collect::<std::io::Result<Vec<_>>>().map_err(failed),
        Err(err) if matches!(err.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => {
            Ok(Vec::new())
        }
        Err(err) => Err(failed(err)),
    }
}
