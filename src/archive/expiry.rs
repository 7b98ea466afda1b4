//! Articles that their source shows until an instant: after it they are retracted, and stay in the archive.

use chrono::{DateTime, TimeZone, Utc};
use rusqlite::params;

use super::{Archive, terms};
use crate::article::{Article, Retraction};
use crate::error::Result;

/// Why an article is retracted whose time is over.
const REASON: &str = "expired";

impl Archive {
    /// Retracts the articles whose time is over at `now`, until their source gives them more; the paths of their records. It
    /// is durable after the next [`Archive::commit`].
    ///
    /// # Errors
    /// The disk or the index refuse. A record that cannot be read is left, since it is not shown either.
    pub fn expire(&mut self, now: DateTime<Utc>) -> Result<Vec<String>> {
        let mut expired = Vec::new();
        for path in self.expired(now)? {
            match self.retract(&path, Some(REASON), true, now) {
                Err(err) if err.is_record() => {}
                done => {
                    done?;
                    expired.push(path);
                }
            }
        }
        Ok(expired)
    }

    /// Whether [`Archive::expire`] has something to do.
    ///
    /// # Errors
    /// The index cannot be asked.
    pub fn has_expired(&self, now: DateTime<Utc>) -> Result<bool> {
        self.expired(now).map(|paths| !paths.is_empty())
    }

    /// When the next article expires after `now`.
    ///
    /// # Errors
    /// The index cannot be asked.
    pub fn next_expiry(&self, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
        let next = self.index.number(
            "SELECT min(CAST(t.term AS INTEGER)) FROM terms AS t JOIN articles AS a ON a.key = t.key
             WHERE t.kind = ?1 AND t.term > ?2 AND a.retracted IS NULL AND a.draft = 0",
            params![terms::EXPIRY, terms::instant(now.timestamp())],
        )?;
        Ok((next > 0).then(|| Utc.timestamp_opt(next, 0).single()).flatten())
    }

    fn expired(&self, now: DateTime<Utc>) -> Result<Vec<String>> {
        let read = || {
            self.index
                .db
                .prepare_cached(
                    "SELECT a.path FROM terms AS t JOIN articles AS a ON a.key = t.key
                     WHERE t.kind = ?1 AND t.term <= ?2 AND a.retracted IS NULL ORDER BY a.path",
                )?
                .query_map(params![terms::EXPIRY, terms::instant(now.timestamp())], |row| row.get(0))?
                .collect::<rusqlite::Result<Vec<String>>>()
        };
        read().map_err(|err| self.index.failed(err))
    }
}

/// The retraction of an article that comes in when its time is over already: nobody was ever shown it.
pub(super) fn over(article: &Article, now: DateTime<Utc>) -> Option<Retraction> {
    let at = article.expires.filter(|at| *at <= now)?;
    Some(Retraction { at, reason: Some(REASON.to_owned()), by_source: true })
}
