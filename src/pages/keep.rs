//! Keeping the catalogue up to date while the archive is shown.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::archive::Cataloguer;
use crate::error::{Error, Result};

/// How often it is asked whether the archive has changed: one look at a number.
const PAUSE: Duration = Duration::from_millis(500);

/// The wait after an error, and the longest after several: somebody may be making the index anew, or the disk may be full.
const AFTER_ERROR: Duration = Duration::from_secs(1);
const AFTER_ERRORS: Duration = Duration::from_secs(60);

/// Work takes this part of the time at most while an archive changes without a pause, as in a long sync.
const SHARE: i32 = 8;

/// Keeps the catalogue of the archive in `dir` up to date until the other end of `stop` is gone. Meant for a thread of
/// its own. Errors are passed to `tell`, the same one once.
pub(super) fn keep(dir: &Path, clock: &dyn Fn() -> DateTime<Utc>, stop: &Receiver<()>, tell: &dyn Fn(&Error)) {
    let mut keeper = Keeper::default();
    let mut told = None;
    let mut after_error = AFTER_ERROR;
    loop {
        let pause = match keeper.look(dir, clock, stop) {
            Ok(pause) => {
                (told, after_error) = (None, AFTER_ERROR);
                pause
            }
            Err(err) => {
                keeper = Keeper::default();
                let words = err.to_string();
                if told.as_ref() != Some(&words) {
                    tell(&err);
                    told = Some(words);
                }
                let pause = after_error;
                after_error = AFTER_ERRORS.min(after_error * 2);
                pause
            }
        };
        match stop.recv_timeout(pause) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

#[derive(Default)]
struct Keeper {
    cataloguer: Option<Cataloguer>,
    /// The state that is catalogued.
    seen: Option<i64>,
    next_due: Option<DateTime<Utc>>,
}

impl Keeper {
    /// Catalogues what has changed since the last look; how long to wait for the next.
    fn look(&mut self, dir: &Path, clock: &dyn Fn() -> DateTime<Utc>, stop: &Receiver<()>) -> Result<Duration> {
        if self.cataloguer.as_ref().is_some_and(|cataloguer| !cataloguer.is_current()) {
            *self = Keeper::default();
        }
        if self.cataloguer.is_none() {
            self.cataloguer = Cataloguer::open(dir)?;
        }
        let Some(cataloguer) = &mut self.cataloguer else { return Ok(PAUSE) };
        let began = clock();
        let state = cataloguer.state()?;
        if self.seen == Some(state) && self.next_due.is_none_or(|due| began < due) {
            return Ok(PAUSE);
        }
        let mut is_stopped = || matches!(stop.try_recv(), Err(std::sync::mpsc::TryRecvError::Empty));
        let progress = cataloguer.update(began, &mut is_stopped)?;
        if !progress.is_cut {
            self.seen = Some(state);
            self.next_due = cataloguer.next_due(began)?;
        }
        let took = (clock() - began).clamp(TimeDelta::zero(), TimeDelta::minutes(1));
        Ok(PAUSE.max((took * SHARE).to_std().unwrap_or(PAUSE)))
    }
}
