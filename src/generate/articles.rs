//! A page for each article that stands nowhere else on the web, so that its link holds for ever.
//!
//! A month in which nothing has changed is not looked at, and of a month that has only the pages are made anew whose
//! records are others. Pages of what was retracted or removed go.

use std::collections::HashSet;
use std::path::Path;

use chrono::{DateTime, Utc};

use super::memory::Common;
use super::publish;
use crate::archive::{Archive, Generated, Kept, Look, Month, PublicMonth, Row};
use crate::disk::{self, Written};
use crate::error::{Error, Result};
use crate::feed::{self, FeedSpec, PAGES, Site};
use crate::render::html;

/// What the months are remembered by.
const MONTHS: &str = "article-months/";

/// What became of the pages of articles.
#[derive(Debug, Default)]
pub struct Pages {
    /// How many were written or removed.
    pub changed: usize,
    /// Records that could not be read; their pages stay as they were.
    pub unreadable: Vec<Error>,
}

/// What pages are made of.
pub(super) struct Task<'a> {
    pub archive: &'a Archive,
    pub site: &'a Site,
    /// The feed that pages lead to.
    pub spec: &'a FeedSpec,
    pub common: &'a Common,
    pub as_of: DateTime<Utc>,
    pub out: &'a Path,
}

/// Writes the pages as they are at the instant of the task. Where the site wants none, those that are there stay: others
/// may have linked them.
pub(super) fn write(task: &Task<'_>, memory: &mut Generated) -> Result<Pages> {
    let mut pages = Pages::default();
    if !task.site.article_pages {
        return Ok(pages);
    }
    let months = task.archive.public_months(task.as_of)?;
    let unseen = task.archive.unseen_updates(task.as_of)?;
    for month in &months {
        let unseen = unseen.get(&month.month);
        task.month(month, &format!("{unseen:?}"), memory, &mut pages)?;
    }
    for key in memory.below(MONTHS)?.into_keys() {
        let month = key.strip_prefix(MONTHS).and_then(|month| month.parse::<Month>().ok());
        let Some(month) = month.filter(|month| months.iter().all(|known| known.month != *month)) else { continue };
        task.sweep(month, &HashSet::new(), memory, &mut pages)?;
        memory.forget(&key)?;
    }
    Ok(pages)
}

impl Task<'_> {
    fn month(&self, month: &PublicMonth, unseen: &str, memory: &mut Generated, pages: &mut Pages) -> Result<()> {
        let key = format!("{MONTHS}{}", month.month);
        let fingerprint = self.common.with(&format!("pages {:?} {:02x?} {unseen}", self.spec, month.state));
        let directory = self.out.join(below(month.month));
        let looks = || Look::at(&directory);
        if memory.get(&key)?.is_some_and(|kept| kept.fingerprint == fingerprint && kept.file == looks()) {
            return Ok(());
        }
        let mut rows = Vec::new();
        self.archive.public_rows(month.month, self.as_of, &mut |row| {
            if feed::written_page(self.site, &row).is_some() {
                rows.push(row);
            }
            Ok(())
        })?;
        let known = memory.below(&below(month.month))?;
        let (mut paths, mut is_whole) = (HashSet::new(), true);
        for row in &rows {
            let path = feed::written_page_path(row);
            let shown = self.common.with(&format!(
                "page {:?} {:?} {:?}",
                self.spec,
                row,
                row.updated <= Some(self.as_of.into())
            ));
            let is_same = |kept: &Kept| kept.fingerprint == shown && kept.file == Look::at(&self.out.join(&path));
            if !known.get(&path).is_some_and(is_same) {
                match self.page(row, &path, pages) {
                    Ok(()) => {
                        let file = Look::at(&self.out.join(&path));
                        memory.put(&path, Kept { fingerprint: shown, file, note: String::new() })?;
                    }
                    Err(err) => {
                        is_whole = false;
                        pages.unreadable.push(err);
                    }
                }
            }
            paths.insert(path);
        }
        self.sweep(month.month, &paths, memory, pages)?;
        match is_whole {
            true => memory.put(&key, Kept { fingerprint, file: looks(), note: String::new() }),
            false => memory.forget(&key),
        }
    }

    fn page(&self, row: &Row, path: &str, pages: &mut Pages) -> Result<()> {
        let record = self.archive.read(&row.path)?;
        let (head, entry, files) = feed::page(self.archive, self.spec, self.site, row, &record, self.as_of)?;
        for file in &files {
            publish(self.archive, file, self.out)?;
        }
        let file = self.out.join(path);
        let mut bytes = Vec::new();
        html::article::write(&head, &entry, &mut bytes).map_err(|err| Error::io("render", &file, err))?;
        pages.changed += usize::from(disk::write_if_changed(&file, &bytes)? != Written::Same);
        Ok(())
    }

    /// Removes the pages of a month that are not among these.
    fn sweep(&self, month: Month, paths: &HashSet<String>, memory: &mut Generated, pages: &mut Pages) -> Result<()> {
        for path in memory.below(&below(month))?.into_keys().filter(|path| !paths.contains(path)) {
            disk::remove(&self.out.join(&path))?;
            memory.forget(&path)?;
            pages.changed += 1;
        }
        Ok(())
    }
}

/// The directory of the pages of a month.
fn below(month: Month) -> String {
    format!("{PAGES}/{}/", month.to_string().replace('-', "/"))
}
