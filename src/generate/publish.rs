//! The archive itself, for other archives to keep a copy of: the lists of [`manifest`], and beside them the records and
//! the files that came with them.
//!
//! The lists of the former run tell what is published already. A month in which nothing has changed is not looked at,
//! and a file whose hash is the same is not copied again. A list names a file before it is copied, and until it is
//! removed: no crash can leave a file behind that no run will ever look for.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::copy::{self, Copies};
use crate::archive::manifest::{self, DIRECTORY, File, Listed, Listing, OVERVIEW, Overview};
use crate::archive::{Archive, Hash, Month, PublicMonth, Selection};
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
    let mut press = Press {
        archive,
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
    press.withdraw_months(&months)?;
    let mut listed = Vec::with_capacity(months.len());
    for month in &months {
        let before = former.as_ref().and_then(|former| former.month(month.month));
        listed.push(match before {
            Some(before) if press.is_current(before, month) => before.clone(),
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
    Ok(Published { articles: now.articles(), months: now.months.len(), written, ..press.done })
}

/// What the run before has written; `None` if there is nothing of it that can be read.
fn former_overview(path: &Path) -> Option<Overview> {
    Overview::read(&path.display().to_string(), &std::fs::read(path).ok()?).ok()
}

/// One run.
struct Press<'a> {
    archive: &'a Archive,
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
        let copies = Copies { from: self.archive.dir(), to: &self.dir, former: trusted.map(|(_, listing)| listing) };
        self.announce(month, former.as_ref().map(|(_, listing)| listing), copy::plan(&copies, &records))?;
        let copied = copy::records(&copies, &records)?;

        let mut files = copied.files;
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        // Several records of a day may name one file.
        files.dedup_by(|a, b| a.path == b.path);
        let mut listing = Listing { month, files, left: self.archive.left(month, self.as_of)? };
        let left = std::mem::take(&mut listing.left);
        listing.left = left.into_iter().filter(|gone| is_left(&listing, &gone.path)).collect();
        if let Some((_, former)) = &former {
            self.withdraw(former, |path| listing.file(path).is_none())?;
        }

        let bytes = listing.write();
        disk::write_if_changed(&self.list_at(month), &bytes)?;
        let is_other = former.is_none_or(|(hash, _)| hash != Hash::of(&bytes));
        self.done.relisted += usize::from(is_other);
        self.done.copied += copied.copied;
        let is_whole = copied.unreadable.is_empty();
        self.done.unreadable.extend(copied.unreadable);
        Ok(Listed {
            month,
            articles: listing.articles(),
            size: bytes.len() as u64,
            hash: Hash::of(&bytes),
            // Where something is missing, the next run tries again.
            state: is_whole.then_some(public.state),
        })
    }

    /// Names what is about to be copied in the list that is there, beside what it names already: whatever happens now,
    /// the next run knows what may have to be removed. No overview vouches for such a list.
    fn announce(&self, month: Month, former: Option<&Listing>, paths: Vec<String>) -> Result<()> {
        let is_named = |path: &str| former.is_some_and(|former| former.file(path).is_some());
        let mut files: Vec<File> = paths
            .into_iter()
            .filter(|path| manifest::is_file(path) && !is_named(path))
            .map(|path| File { path, size: 0, hash: Hash::of(b"") })
            .collect();
        if files.is_empty() {
            return Ok(());
        }
        files.extend(former.into_iter().flat_map(|former| former.files.iter().cloned()));
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        files.dedup_by(|a, b| a.path == b.path);
        let listing = Listing { month, files, left: Vec::new() };
        disk::write_if_changed(&self.list_at(month), &listing.write()).map(drop)
    }

    /// Removes the copies that a former list names and that are not to be public any more.
    fn withdraw(&mut self, former: &Listing, is_gone: impl Fn(&str) -> bool) -> Result<()> {
        for file in former.files.iter().filter(|file| is_gone(&file.path)) {
            let path = self.dir.join(&file.path);
            self.done.removed += usize::from(path.exists());
            disk::remove(&path)?;
        }
        Ok(())
    }

    /// Removes the months that have nothing to show any more.
    fn withdraw_months(&mut self, months: &[PublicMonth]) -> Result<()> {
        let entries = match std::fs::read_dir(&self.dir) {
            Ok(entries) => entries,
            Err(err) if err.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(err) => return Err(Error::io("read the directory", &self.dir, err)),
        };
        for entry in entries {
            let name = entry.map_err(|err| Error::io("read the directory", &self.dir, err))?.file_name();
            let month = name.to_str().and_then(|name| name.strip_suffix(".json")).and_then(|name| name.parse().ok());
            let is_gone = |month: &Month| months.binary_search_by_key(month, |public| public.month).is_err();
            let Some(month) = month.filter(is_gone) else { continue };
            // A file that is no list is none of ours.
            let Some((_, listing)) = self.former_list(month) else { continue };
            self.withdraw(&listing, |_| true)?;
            disk::remove(&self.list_at(month))?;
            self.done.relisted += 1;
        }
        Ok(())
    }
}

fn is_left(listing: &Listing, path: &str) -> bool {
    manifest::is_file(path) && listing.file(path).is_none()
}
