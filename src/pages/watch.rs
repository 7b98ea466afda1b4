//! Noticing that pages may have become others.

use std::path::Path;

use chrono::{DateTime, Utc};

use crate::archive::{Onlooker, Selection};
use crate::error::Result;

/// What was last seen of the archive.
#[derive(Default)]
pub(super) struct Watch {
    onlooker: Option<Onlooker>,
    seen: i64,
    /// When the next article falls due that is already there.
    next_due: Option<DateTime<Utc>>,
    generation: u64,
}

impl Watch {
    /// A number that changes whenever a page may; `None` where the archive cannot be read.
    pub(super) fn look(&mut self, archive: &Path, now: DateTime<Utc>) -> Option<u64> {
        let seen = self.see(archive, now).ok().flatten();
        if seen.is_none() {
            self.onlooker = None;
            self.generation += 1;
        }
        seen
    }

    fn see(&mut self, archive: &Path, now: DateTime<Utc>) -> Result<Option<u64>> {
        let is_new = self.onlooker.as_ref().is_none_or(|onlooker| !onlooker.is_current());
        if is_new {
            self.onlooker = Onlooker::open(archive)?;
        }
        let Some(onlooker) = &self.onlooker else { return Ok(None) };
        let state = onlooker.state()?;
        if is_new || state != self.seen || self.next_due.is_some_and(|due| due <= now) {
            let wanted = Selection { as_of: Some(now), ..Selection::default() };
            self.next_due = onlooker.archive().next_due(&wanted)?;
            self.seen = state;
            self.generation += 1;
        }
        Ok(Some(self.generation))
    }
}
