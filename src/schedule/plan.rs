//! What there is to do, and by which rules.

use std::path::PathBuf;
use std::time::Duration;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::when::When;

/// The time, on both clocks.
///
/// The wall clock says which times of the day have come; people and time servers move it. The steady clock says how
/// long something has taken; it only goes forward, starts anywhere, and may stand still while the machine sleeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// What the wall clock shows.
    pub wall: DateTime<Utc>,
    /// What the steady clock shows.
    pub steady: Duration,
}

/// Everything that is to be kept up.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The tasks; no two of one name.
    pub tasks: Vec<Task>,
    /// The zone in which schedules are meant.
    pub zone: Tz,
    /// So many tasks of the crowd run at the same time, at least one. A task past its limit counts no longer.
    pub at_once: usize,
}

/// Something that is done again and again. What it does is known to the [`super::Runner`] alone.
#[derive(Clone, Debug)]
pub struct Task {
    /// Its name in the journal, such as `sync news`.
    pub name: String,
    /// When it is done; the earliest counts. A task that was never done, and has any, is due at once.
    pub when: Vec<When>,
    /// Tasks after which it is done, when they have changed something.
    pub after: Vec<String>,
    /// Folders whose changes it takes in.
    pub folders: Vec<PathBuf>,
    /// For so long after a change it waits for more, so that many changes come to one run.
    pub gather: Duration,
    /// Two tasks of one lane never run at the same time: those that write to one archive, for example.
    pub lane: Option<String>,
    /// Whether it is one of many alike, of which only [`Plan::at_once`] run at a time; the others never wait for them.
    pub is_crowd: bool,
    /// Past this it is cut off.
    pub limit: Duration,
    /// How it is tried again when it fails.
    pub retry: Retry,
    /// Whether what it makes depends on the moment, so that it is done again when the wall clock was put back.
    pub follows_clock: bool,
}

impl Task {
    /// A task that is done at these times, with the usual limits.
    pub fn new(name: impl Into<String>, when: Vec<When>) -> Task {
        Task {
            name: name.into(),
            when,
            after: Vec::new(),
            folders: Vec::new(),
            gather: Duration::ZERO,
            lane: None,
            is_crowd: true,
            limit: LIMIT,
            retry: Retry::default(),
            follows_clock: false,
        }
    }
}

/// An hour: the largest archives are read in less, and a run that hangs is noticed on the same day.
pub const LIMIT: Duration = Duration::from_secs(3_600);

/// How long a task waits after it has failed: twice as long each time, up to a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    /// After the first failure.
    pub first: Duration,
    /// After any number of failures.
    pub most: Duration,
}

impl Default for Retry {
    /// A minute, in which a server is started again; up to six hours, so that what is mended comes back the same day.
    fn default() -> Self {
        Retry { first: Duration::from_secs(60), most: Duration::from_secs(6 * 3_600) }
    }
}

/// A year: sums of times stay within the calendar.
const LONGEST_WAIT: Duration = Duration::from_secs(366 * 86_400);

impl Retry {
    /// The wait after so many failures in a row.
    ///
    /// A tenth more or less, by the name: tasks that fail together do not come back together, and the same task
    /// comes back at the same time on every machine.
    pub fn wait(&self, name: &str, failures: u32) -> Duration {
        let doubled = self.first.saturating_mul(1_u32.checked_shl(failures.saturating_sub(1)).unwrap_or(u32::MAX));
        let wait = doubled.min(self.most.max(self.first)).min(LONGEST_WAIT);
        // FNV-1a, 32 bits: small, and the same for ever.
        let seed = name.bytes().chain(failures.to_le_bytes());
        let hash = seed.fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        wait.mul_f64(0.9 + 0.2 * f64::from(hash >> 8) / f64::from(1_u32 << 24))
    }
}

/// A stretch in which something may not be done, such as a pause that a server has asked for.
///
/// Its beginning is kept with it: when the wall clock was ahead as it was said, and is put right, the length still
/// holds, and nobody waits a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// When this was said.
    pub from: DateTime<Utc>,
    /// Until when it holds.
    pub until: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_wait_longer_each_time_up_to_a_bound() {
        let retry = Retry::default();
        let waits: Vec<u64> = (1..=64).map(|failures| retry.wait("sync news", failures).as_secs()).collect();
        assert!((54..=66).contains(&waits[0]) && (108..=132).contains(&waits[1]) && (216..=264).contains(&waits[2]));
        assert!(waits.iter().all(|wait| *wait <= 6 * 3_600 * 11 / 10) && waits[63] >= 6 * 3_600 * 9 / 10, "{waits:?}");
        assert_ne!(retry.wait("a", 3), retry.wait("b", 3));
        assert_eq!(retry.wait("a", u32::MAX), retry.wait("a", u32::MAX));
        let absurd = Retry { first: Duration::MAX, most: Duration::MAX };
        assert!(absurd.wait("a", 9) >= absurd.wait("a", 1) / 2);
        let least = Retry { first: Duration::from_secs(60), most: Duration::ZERO };
        assert!(least.wait("a", 9) < Duration::from_secs(120));
    }
}
