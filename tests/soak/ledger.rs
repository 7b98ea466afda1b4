//! What was written, and what was seen of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// The books of a run.
#[derive(Default)]
pub struct Ledger {
    /// The last edition of every article that stands at its source, by id.
    written: Mutex<BTreeMap<String, u64>>,
    /// The ids that some client has seen.
    seen: Mutex<BTreeSet<String>>,
}

impl Ledger {
    /// An edition is written.
    pub fn write(&self, id: &str, edition: u64) {
        self.written.lock().unwrap().insert(id.to_owned(), edition);
    }

    /// The article no longer stands at its source. It stays in the archive if it has come there.
    pub fn remove(&self, id: &str) {
        self.written.lock().unwrap().remove(id);
    }

    /// A client has seen it.
    pub fn see(&self, id: &str) {
        self.seen.lock().unwrap().insert(id.to_owned());
    }

    /// How many articles were seen.
    pub fn sightings(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    /// How many articles stand at their sources.
    pub fn len(&self) -> usize {
        self.written.lock().unwrap().len()
    }

    /// What is missing in an archive: articles as they stand at their sources, and articles that were seen.
    pub fn missing(&self, archive: &Path) -> Vec<String> {
        let mut records = BTreeMap::new();
        for path in files(archive) {
            // Whoever writes a record anew renames it into place; one that has moved on is found there.
            let Ok(text) = fs::read_to_string(&path) else { continue };
            let id = text.lines().find_map(|line| line.strip_prefix("id: ")).map(str::to_owned);
            let id = id.unwrap_or_else(|| panic!("{} is not whole:\n{text}", path.display()));
            assert!(records.insert(id, text).is_none(), "an id stands in two records: {}", path.display());
        }
        let written = self.written.lock().unwrap();
        let behind = written.iter().filter_map(|(id, edition)| match records.get(id) {
            None => Some(format!("{id} is missing")),
            Some(text) if !text.contains(&mark(*edition)) => Some(format!("{id} has not come to edition {edition}")),
            Some(_) => None,
        });
        let seen = self.seen.lock().unwrap();
        let lost = seen.iter().filter(|id| !records.contains_key(*id)).map(|id| format!("{id} was seen, and is lost"));
        behind.chain(lost).collect()
    }
}

/// Every record of an archive that may be at work.
fn files(archive: &Path) -> Vec<PathBuf> {
    let (mut files, mut open) = (Vec::new(), vec![archive.to_owned()]);
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
            let name = entry.file_name().into_string().unwrap();
            if name.starts_with('.') {
                continue;
            }
            match entry.path() {
                path if path.is_dir() => open.push(path),
                path if ["md", "html", "txt"].iter().any(|kind| path.extension().is_some_and(|it| it == *kind)) => {
                    files.push(path);
                }
                _ => {}
            }
        }
    }
    files
}

/// The words by which an edition is known.
pub fn mark(edition: u64) -> String {
    format!("This is edition {edition}.")
}
