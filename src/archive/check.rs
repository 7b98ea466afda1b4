//! Judging the archive itself: every record is read again, and held against its path, its hash and the others.

use std::ops::ControlFlow;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::index::Entry;
use super::{Archive, Selection, layout};
use crate::article::record;
use crate::error::{Error, Result};

/// Something that is not as it should be with one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The path of the record below the archive directory.
    pub path: String,
    /// What was expected and what was found.
    pub message: String,
    /// What to do.
    pub hint: &'static str,
}

/// So many records are read at once.
const READ_AT_ONCE: usize = 1024;

impl Archive {
    /// Reads every record that the index knows and calls `each` for what is wrong with it; `progress` is told how
    /// many have been read. Returns the number of records.
    ///
    /// Found are: records that are missing, cannot be read, or hold other bytes than the index saw although size and
    /// time are the same (silent damage); dates that do not stand in the directory of their day; publication instants
    /// far from the date. Records that the index does not know, and ids that two records share, are found by
    /// [`Archive::rescan`], which comes first.
    pub fn check(&self, each: &mut dyn FnMut(Finding), progress: &mut dyn FnMut(u64)) -> Result<u64> {
        let mut batch = Vec::with_capacity(READ_AT_ONCE);
        let mut seen = 0;
        let layout = &self.layout;
        let mut judge = |batch: &mut Vec<Entry>| {
            let findings: Vec<Vec<Finding>> = batch.par_iter().map(|entry| findings(layout, entry)).collect();
            findings.into_iter().flatten().for_each(&mut *each);
            seen += batch.len() as u64;
            progress(seen);
            batch.clear();
        };
        let all = Selection { drafts: true, retracted: true, oldest_first: true, ..Selection::default() };
        self.scan(&all, "", "a.path", &mut |entry| {
            batch.push(entry);
            if batch.len() == READ_AT_ONCE {
                judge(&mut batch);
            }
            ControlFlow::Continue(())
        })?;
        judge(&mut batch);
        Ok(seen)
    }
}

/// What is wrong with one record.
fn findings(layout: &layout::Layout, entry: &Entry) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut say = |message: String, hint| findings.push(Finding { path: entry.path.clone(), message, hint });
    let file = layout.record(&entry.path);
    let bytes = match std::fs::read(&file) {
        Ok(bytes) => bytes,
        Err(err) => {
            say(format!("cannot be read: {err}"), "restore the file, or run `feedmill index` if it is gone for good");
            return findings;
        }
    };
    let changed = <[u8; 32]>::from(Sha256::digest(&bytes)) != entry.record;
    let touched = std::fs::metadata(&file).and_then(|meta| meta.modified()).is_ok_and(|modified| {
        chrono::DateTime::<chrono::Utc>::from(modified).timestamp_nanos_opt().unwrap_or(0) != entry.modified
    });
    match (changed, touched) {
        (true, true) => say("was edited since the index saw it".to_owned(), "run `feedmill index`"),
        (true, false) => say(
            "holds other bytes than were written, although its time is the same".to_owned(),
            "the disk may be failing: compare with a backup, and run `feedmill index --rebuild` to accept it",
        ),
        (false, _) => {}
    }
    let read = String::from_utf8(bytes)
        .map_err(|_| Error::input(&entry.path, "UTF-8", "other bytes"))
        .and_then(|text| record::read(&entry.path, &text));
    let record = match read {
        Ok(record) => record,
        Err(err) => {
            say(err.message().to_owned(), "mend the front matter");
            return findings;
        }
    };
    let Some(date) = &record.article.date else {
        say("has no `date`".to_owned(), "add it to the front matter");
        return findings;
    };
    // Where the source has corrected its date later, path and instant stay as subscribers know them.
    if record.updated.is_some() {
        return findings;
    }
    let day = date.chosen.value.first_day();
    if layout::day_of(&entry.path).is_some_and(|of_path| of_path != day) {
        say(
            format!("stands in the directory of another day than its date {day}"),
            "move the file to the directory of its date and run `feedmill index`; its id stays",
        );
    }
    // Noon of the day in any zone lies within a day and a half of it; a period reaches to its last day.
    let published = record.published.date_naive();
    let early = (day - published).num_days() > 1;
    let late = (published - date.chosen.value.last_day()).num_days() > 1;
    if early || late {
        say(
            format!("is dated {day}, but was published {published}"),
            "correct `date`; `published` is what subscribers were told and stays",
        );
    }
    findings
}
