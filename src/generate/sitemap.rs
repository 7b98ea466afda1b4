//! The sitemap: every article that has a page of its own on the site, for search engines (sitemaps.org, protocol 0.9).
//!
//! A small archive has one file. A larger one has a file a month in `sitemap/`, and an index of them: a month in which
//! nothing has changed is not looked at, however many there are.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use chrono::{DateTime, FixedOffset, Utc};
use serde::{Deserialize, Serialize};

use super::lists::put;
use super::{FileReport, memory::Common};
use crate::archive::{Archive, Generated, Hash, Kept, Look, Month, PublicMonth, Row};
use crate::disk::{self, Written};
use crate::error::{Error, Result};
use crate::feed::{self, Site};
use feedmill_dates::write::rfc3339;
use feedmill_markup as markup;

/// The sitemap, or the index of its parts.
pub(super) const FILE_NAME: &str = "sitemap.xml";

/// The directory of the parts.
pub(super) const DIRECTORY: &str = "sitemap";

/// An archive of more articles has parts: as much as can be written anew after every article without being felt.
const ONE_FILE: u64 = 1_000;

/// The protocol allows 50,000 addresses and 50 MB a file; half of that is held in memory with ease, and fetched too.
const MOST_ADDRESSES: usize = 25_000;
const MOST_BYTES: usize = 24 << 20;

/// What the addresses of a sitemap are about.
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// Changes of a month at a moment that has not come, by record.
type Unseen = BTreeMap<String, i64>;

/// A part as it is remembered, and as the index names it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Part {
    name: String,
    size: u64,
    modified: i64,
    /// The latest change of a page in it.
    latest: DateTime<FixedOffset>,
}

/// Writes the sitemap as it is at the instant `as_of`. There is none where no article has a page of its own; one that
/// was written before is removed then.
pub(super) fn write(
    archive: &Archive,
    site: &Site,
    common: &Common,
    memory: &mut Generated,
    as_of: DateTime<Utc>,
    out: &Path,
) -> Result<Vec<FileReport>> {
    let months = archive.public_months(as_of)?;
    let unseen = archive.unseen_updates(as_of)?;
    let articles: u64 = months.iter().map(|month| month.articles).sum();
    let mut run = Run { archive, site, common, memory, as_of, out, files: Vec::new() };
    if articles <= ONE_FILE {
        return run.one_file(&months, &unseen);
    }
    let mut parts = Vec::new();
    for month in months.iter().filter(|month| month.articles > 0) {
        parts.extend(run.month(month, unseen.get(&month.month))?);
    }
    run.sweep(&parts)?;
    run.index(&parts)
}

struct Run<'a> {
    archive: &'a Archive,
    site: &'a Site,
    common: &'a Common,
    memory: &'a mut Generated,
    as_of: DateTime<Utc>,
    out: &'a Path,
    files: Vec<FileReport>,
}

impl Run<'_> {
    fn one_file(mut self, months: &[PublicMonth], unseen: &HashMap<Month, Unseen>) -> Result<Vec<FileReport>> {
        let states: Vec<_> = months.iter().map(|month| (month.state, unseen.get(&month.month))).collect();
        let fingerprint = self.common.with(&format!("sitemap {states:?}"));
        if let Some(part) = self.known(FILE_NAME, fingerprint)?.and_then(|parts| parts.into_iter().next()) {
            self.kept(&part);
        } else {
            let mut writing = Writing::new();
            for month in months {
                self.archive.public_rows(month.month, self.as_of, &mut |row| {
                    // A thousand addresses never fill a file.
                    writing.take(self.site, self.as_of, &row);
                    Ok(())
                })?;
            }
            match writing.finish() {
                Some((bytes, latest)) => {
                    let part = self.put(FILE_NAME.to_owned(), &bytes, latest)?;
                    self.remember(FILE_NAME, fingerprint, &[part])?;
                }
                None => self.withdraw(FILE_NAME)?,
            }
        }
        self.sweep(&[])?;
        Ok(self.files)
    }

    /// The parts of a month: one, unless it is very full; none, where no article has a page.
    fn month(&mut self, month: &PublicMonth, unseen: Option<&Unseen>) -> Result<Vec<Part>> {
        let key = format!("{DIRECTORY}/{}", month.month);
        let fingerprint = self.common.with(&format!("sitemap {:02x?} {unseen:?}", month.state));
        if let Some(parts) = self.known(&key, fingerprint)? {
            parts.iter().for_each(|part| self.kept(part));
            return Ok(parts);
        }
        let mut parts: Vec<Part> = Vec::new();
        let mut writing = Writing::new();
        let (archive, site, as_of) = (self.archive, self.site, self.as_of);
        let name = |parts: &[Part]| match parts.len() {
            0 => format!("{DIRECTORY}/{}.xml", month.month),
            n => format!("{DIRECTORY}/{}-{}.xml", month.month, n + 1),
        };
        archive.public_rows(month.month, as_of, &mut |row| {
            if writing.is_full()
                && let Some((bytes, latest)) = std::mem::replace(&mut writing, Writing::new()).finish()
            {
                let part = self.put(name(&parts), &bytes, latest)?;
                parts.push(part);
            }
            writing.take(site, as_of, &row);
            Ok(())
        })?;
        if let Some((bytes, latest)) = writing.finish() {
            let part = self.put(name(&parts), &bytes, latest)?;
            parts.push(part);
        }
        self.remember(&key, fingerprint, &parts)?;
        Ok(parts)
    }

    fn index(mut self, parts: &[Part]) -> Result<Vec<FileReport>> {
        let Some(latest) = parts.iter().map(|part| part.latest).max() else {
            self.withdraw(FILE_NAME)?;
            return Ok(self.files);
        };
        let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        text.push_str(&format!("<sitemapindex xmlns=\"{NAMESPACE}\">\n"));
        let base = feed::Roster::new(self.site)?;
        for Part { name, latest, .. } in parts {
            let address = markup::escape(&base.url_of(name));
            let latest = rfc3339(latest);
            text.push_str(&format!("<sitemap><loc>{address}</loc><lastmod>{latest}</lastmod></sitemap>\n"));
        }
        text.push_str("</sitemapindex>\n");
        let part = self.put(FILE_NAME.to_owned(), text.as_bytes(), latest)?;
        self.remember(FILE_NAME, Hash::of(text.as_bytes()), &[part])?;
        Ok(self.files)
    }

    /// What is remembered under a key, if it is of that fingerprint and its files look as they did.
    fn known(&self, key: &str, fingerprint: Hash) -> Result<Option<Vec<Part>>> {
        let Some(kept) = self.memory.get(key)?.filter(|kept| kept.fingerprint == fingerprint) else { return Ok(None) };
        let Ok(parts) = serde_json::from_str::<Vec<Part>>(&kept.note) else { return Ok(None) };
        let is_there = |part: &Part| {
            Look::at(&self.out.join(&part.name)) == Some(Look { size: part.size, modified: part.modified })
        };
        Ok(parts.iter().all(is_there).then_some(parts))
    }

    fn remember(&mut self, key: &str, fingerprint: Hash, parts: &[Part]) -> Result<()> {
        match serde_json::to_string(parts) {
            Ok(note) => self.memory.put(key, Kept { fingerprint, file: None, note }),
            Err(_) => self.memory.forget(key),
        }
    }

    fn put(&mut self, name: String, bytes: &[u8], latest: DateTime<FixedOffset>) -> Result<Part> {
        let file = put("sitemap", self.out, &name, bytes)?;
        let look = Look::at(&file.path).unwrap_or(Look { size: 0, modified: 0 });
        self.files.push(file);
        Ok(Part { name, size: look.size, modified: look.modified, latest })
    }

    fn kept(&mut self, part: &Part) {
        let bytes = usize::try_from(part.size).unwrap_or(usize::MAX);
        let path = self.out.join(&part.name);
        self.files.push(FileReport { format: "sitemap", path, bytes, written: Written::Same });
    }

    /// Removes a file that was written when there was something to say in it.
    fn withdraw(&mut self, name: &str) -> Result<()> {
        if self.memory.get(name)?.is_some() {
            disk::remove(&self.out.join(name))?;
            self.memory.forget(name)?;
        }
        Ok(())
    }

    /// Removes parts that the index does not name any more.
    fn sweep(&mut self, parts: &[Part]) -> Result<()> {
        let directory = self.out.join(DIRECTORY);
        let entries = match std::fs::read_dir(&directory) {
            Ok(entries) => entries,
            Err(err) if err.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(err) => return Err(Error::io("read the directory", &directory, err)),
        };
        let named: HashSet<&str> = parts.iter().filter_map(|part| part.name.rsplit('/').next()).collect();
        for entry in entries {
            let name = entry.map_err(|err| Error::io("read the directory", &directory, err))?.file_name();
            let Some(name) = name.to_str().filter(|name| !named.contains(name)) else { continue };
            if is_part(name) {
                disk::remove(&directory.join(name))?;
            }
        }
        Ok(())
    }
}

/// Whether a file has the name of a part: `2023-07.xml`, `2023-07-2.xml`.
fn is_part(name: &str) -> bool {
    let Some(stem) = name.strip_suffix(".xml") else { return false };
    let (month, number) = stem.split_at_checked("2023-07".len()).unwrap_or((stem, ""));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    month.parse::<Month>().is_ok() && (number.is_empty() || number.strip_prefix('-').is_some_and(is_number))
}

/// A file in the making.
struct Writing {
    text: String,
    /// Several records may be about one page.
    addresses: HashSet<String>,
    latest: Option<DateTime<FixedOffset>>,
}

impl Writing {
    fn new() -> Writing {
        let text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"{NAMESPACE}\">\n");
        Writing { text, addresses: HashSet::new(), latest: None }
    }

    fn is_full(&self) -> bool {
        self.addresses.len() >= MOST_ADDRESSES || self.text.len() >= MOST_BYTES
    }

    /// Takes the page of an article in, if it has one.
    fn take(&mut self, site: &Site, as_of: DateTime<Utc>, row: &Row) {
        let Some(address) = feed::page_of(site, row).filter(|address| address.len() <= LONGEST_ADDRESS) else { return };
        let changed = row.updated.filter(|updated| *updated > row.published && *updated <= as_of);
        let changed = changed.unwrap_or(row.published);
        if !self.addresses.insert(address.clone()) {
            return;
        }
        let (address, day) = (markup::escape(&address), rfc3339(&changed));
        self.text.push_str(&format!("<url><loc>{address}</loc><lastmod>{day}</lastmod></url>\n"));
        self.latest = self.latest.max(Some(changed));
    }

    /// The bytes, and the latest change; `None` where nothing was taken in.
    fn finish(mut self) -> Option<(Vec<u8>, DateTime<FixedOffset>)> {
        let latest = self.latest?;
        self.text.push_str("</urlset>\n");
        Some((self.text.into_bytes(), latest))
    }
}

/// The protocol wants addresses of fewer characters than this.
const LONGEST_ADDRESS: usize = 2_047;

#[cfg(test)]
mod tests {
    use super::is_part;

    #[test]
    fn only_parts_are_swept() {
        for name in ["2023-07.xml", "0987-12.xml", "2023-07-2.xml", "2023-07-13.xml"] {
            assert!(is_part(name), "{name}");
        }
        for name in ["2023-13.xml", "2023-07.json", "2023-07-.xml", "2023-07-x.xml", "2023-07-2", "größe-.xml", ".xml"]
        {
            assert!(!is_part(name), "{name}");
        }
    }
}
