//! The archive itself, for other archives to keep a copy of: the lists of [`manifest`], and beside them the records and
//! the files that came with them.
//!
//! The lists of the former run tell what is published already. A month in which nothing has changed is not looked at,
//! and a file whose hash is the same is not copied again. What a list names is there, with the size and the hash that it
//! says, at every moment: a list loses what is about to change or to go, and gets what was copied. What is on its way is
//! remembered beside the archive, so that no crash can leave a file behind that no run will ever look for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::copy::{self, Copies};
use crate::archive::manifest::{self, DIRECTORY, Listed, Listing, OVERVIEW, Overview};
use crate::archive::{Archive, Generated, Hash, Kept, Month, PublicMonth, Selection};
use crate::disk::{self, Written};
use crate::error::{Error, Result};
use crate::feed::Site;
use feedmill_markup as markup;

/// What publishing the archive came to.
#[derive(Debug)]
pub struct Published {
    /// Where the overview stands.
    pub path: PathBuf,
    /// How many records are public.
    pub articles: u64,
    /// How many months they are of.
    pub months: usize,
    /// How many lists of months have changed.
    pub relisted: usize,
    /// How many records and files were copied.
    pub copied: usize,
    /// How many are public no longer, and were removed.
    pub removed: usize,
    /// Records and files that could not be read, and are left out.
    pub unreadable: Vec<Error>,
    /// Whether the overview has changed.
    pub written: Written,
}

impl Published {
    /// Whether no file was touched.
    pub fn is_unchanged(&self) -> bool {
        self.written == Written::Same && self.relisted == 0 && self.copied == 0 && self.removed == 0
    }
}

/// Publishes the archive below `out` as it stands at the instant `as_of`: no drafts, nothing that is due later.
///
/// Records are copied as they are. One that cannot be read, or that the index does not know as it is, is reported and
/// left out. An error is returned where the archive or the disk fails.
pub fn publish_archive(archive: &Archive, site: &Site, as_of: DateTime<Utc>, out: &Path) -> Result<Published> {
    let overview = out.join(OVERVIEW);
    let former = former_overview(&overview).filter(|former| former.uuid == archive.uuid());
    let memory = archive.generated(out)?;
    let begun = begun(&memory)?;
    let mut press = Press {
        archive,
        memory,
        begun,
        as_of,
        dir: out.join(DIRECTORY),
        done: Published {
            path: overview.clone(),
            articles: 0,
            months: 0,
            relisted: 0,
            copied: 0,
            removed: 0,
            unreadable: Vec::new(),
            written: Written::Same,
        },
    };
    let months = archive.public_months(as_of)?;
    let mut listed = Vec::with_capacity(months.len());
    for month in &months {
        let before = former.as_ref().and_then(|former| former.month(month.month));
        listed.push(match before {
            Some(before) if press.is_current(before, month) && !press.begun.contains_key(&month.month) => {
                before.clone()
            }
            _ => press.month(month, before)?,
        });
    }
    let title = Some(markup::one_line(&site.title)).filter(|title| !title.is_empty());
    let updated = archive.latest_change(&Selection { as_of: Some(as_of), ..Selection::default() })?;
    let now = Overview { uuid: archive.uuid(), title, updated, months: listed };
    if press.done.copied > 0 {
        // The overview vouches for what it leads to, and the next run believes it.
        disk::sync(out)?;
    }
    let written = disk::write_if_changed(&overview, &now.write())?;
    // What nothing leads to any more goes last.
    press.withdraw_months(&months)?;
    press.memory.commit()?;
    Ok(Published { articles: now.articles(), months: now.months.len(), written, ..press.done })
}

/// What the run before has written; `None` if there is nothing of it that can be read.
fn former_overview(path: &Path) -> Option<Overview> {
    Overview::read(&path.display().to_string(), &std::fs::read(path).ok()?).ok()
}

/// What is on its way is remembered under this and the month.
const BEGUN: &str = "archive.json/";

/// What former runs have begun to copy or to remove and perhaps not ended, by month.
fn begun(memory: &Generated) -> Result<BTreeMap<Month, Vec<String>>> {
    let known = memory.below(BEGUN)?;
    let months = known.iter().filter_map(|(key, kept)| {
        let month = key.strip_prefix(BEGUN)?.parse().ok()?;
        Some((month, serde_json::from_str(&kept.note).ok()?))
    });
    Ok(months.collect())
}

/// One run.
struct Press<'a> {
    archive: &'a Archive,
    memory: Generated,
    /// What former runs may have left unfinished.
    begun: BTreeMap<Month, Vec<String>>,
    as_of: DateTime<Utc>,
    /// Where lists and copies stand.
    dir: PathBuf,
    done: Published,
}

impl Press<'_> {
    fn list_at(&self, month: Month) -> PathBuf {
        self.dir.join(format!("{month}.json"))
    }

    /// The list that a run before has written.
    fn former_list(&self, month: Month) -> Option<(Hash, Listing)> {
        let path = self.list_at(month);
        let bytes = std::fs::read(&path).ok()?;
        let listing = Listing::read(&path.display().to_string(), &bytes, month).ok()?;
        Some((Hash::of(&bytes), listing))
    }

    /// Whether the list of a month, and all that it names, is as it was made.
    fn is_current(&self, before: &Listed, month: &PublicMonth) -> bool {
        let has_size = || std::fs::metadata(self.list_at(month.month)).is_ok_and(|meta| meta.len() == before.size);
        before.state == Some(month.state) && before.articles == month.articles && has_size()
    }

    /// Makes the list of a month, and copies what it names.
    fn month(&mut self, public: &PublicMonth, before: Option<&Listed>) -> Result<Listed> {
        let month = public.month;
        let former = self.former_list(month);
        // Only what an overview has vouched for is known to have reached the disk.
        let trusted = former.as_ref().filter(|(hash, _)| before.is_some_and(|before| before.hash == *hash));
        let records = self.archive.public_records(month, self.as_of)?;
        let dir = self.dir.clone();
        let copies = Copies { from: self.archive.dir(), to: &dir, former: trusted.map(|(_, listing)| listing) };
        let planned = copy::plan(&copies, &records);
        let mut listing = Listing { month, files: planned.files, left: Vec::new() };
        let listed = former.as_ref().map(|(_, former)| &former.files[..]).unwrap_or_default();
        let (staying, going): (Vec<_>, Vec<_>) =
            listed.iter().cloned().partition(|file| listing.file(&file.path) == Some(file));
        let coming = listing.files.iter().filter(|file| !staying.contains(file));
        let coming: Vec<String> = coming.map(|file| file.path.clone()).collect();
        if !coming.is_empty() || !going.is_empty() {
            let paths = coming.into_iter().chain(going.iter().map(|file| file.path.clone()));
            self.begin(month, paths.collect())?;
        }
        if let (Some((_, former)), false) = (&former, going.is_empty()) {
            let without = Listing { month, files: staying, left: former.left.clone() };
            disk::write_if_changed(&self.list_at(month), &without.write())?;
        }
        let mut unreadable = planned.unreadable;
        let mut copied = 0;
        for one in copy::copy(&copies, std::mem::take(&mut listing.files))? {
            copied += usize::from(one.is_new);
            match one.there {
                Ok(file) => listing.files.push(file),
                Err(err) => unreadable.push(err),
            }
        }
        let left = self.archive.left(month, self.as_of)?;
        listing.left = left.into_iter().filter(|gone| is_left(&listing, &gone.path)).collect();

        let bytes = listing.write();
        disk::write_if_changed(&self.list_at(month), &bytes)?;
        self.end(month, |path| listing.file(path).is_none())?;
        let is_other = former.is_none_or(|(hash, _)| hash != Hash::of(&bytes));
        self.done.relisted += usize::from(is_other);
        self.done.copied += copied;
        let is_whole = unreadable.is_empty();
        self.done.unreadable.extend(unreadable);
        Ok(Listed {
            month,
            articles: listing.articles(),
            size: bytes.len() as u64,
            hash: Hash::of(&bytes),
            // Where something is missing, the next run tries again.
            state: is_whole.then_some(public.state),
        })
    }

    /// Remembers what is about to be copied, changed or removed: whatever happens now, the next run knows what may have
    /// to be removed.
    fn begin(&mut self, month: Month, paths: Vec<String>) -> Result<()> {
        let all = self.begun.entry(month).or_default();
        all.extend(paths);
        all.sort_unstable();
        all.dedup();
        // Strings can always be serialised.
        let note = serde_json::to_string(all).unwrap_or_default();
        self.memory.put(&format!("{BEGUN}{month}"), Kept { fingerprint: Hash::of(b""), file: None, note })?;
        self.memory.commit()
    }

    /// Removes what was begun and is not to be there, now that no list names it.
    fn end(&mut self, month: Month, is_gone: impl Fn(&str) -> bool) -> Result<()> {
        let Some(paths) = self.begun.remove(&month) else { return Ok(()) };
        let days: BTreeSet<&Path> = paths.iter().filter_map(|path| Path::new(path).parent()).collect();
        days.into_iter().for_each(|day| disk::sweep(&self.dir.join(day).join("any")));
        for path in paths.iter().filter(|path| manifest::is_file(path) && is_gone(path)) {
            let path = self.dir.join(path);
            self.done.removed += usize::from(path.exists());
            disk::remove(&path)?;
        }
        self.memory.forget(&format!("{BEGUN}{month}"))
    }

    /// Removes the months that have nothing to show any more. No overview leads to them.
    fn withdraw_months(&mut self, months: &[PublicMonth]) -> Result<()> {
        let is_gone = |month: &Month| months.binary_search_by_key(month, |public| public.month).is_err();
        let entries = match std::fs::read_dir(&self.dir) {
            Ok(entries) => entries,
            Err(err) if err.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(err) => return Err(Error::io("read the directory", &self.dir, err)),
        };
        for entry in entries {
            let name = entry.map_err(|err| Error::io("read the directory", &self.dir, err))?.file_name();
            let month = name.to_str().and_then(|name| name.strip_suffix(".json")).and_then(|name| name.parse().ok());
            let Some(month) = month.filter(is_gone) else { continue };
            // A file that is no list is none of ours.
            let Some((_, listing)) = self.former_list(month) else { continue };
            self.begin(month, listing.files.into_iter().map(|file| file.path).collect())?;
            disk::remove(&self.list_at(month))?;
            self.done.relisted += 1;
        }
        let gone: Vec<Month> = self.begun.keys().copied().filter(is_gone).collect();
        gone.into_iter().try_for_each(|month| self.end(month, |_| true))
    }
}

fn is_left(listing: &Listing, path: &str) -> bool {
    manifest::is_file(path) && listing.file(path).is_none()
}
