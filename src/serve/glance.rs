//! Looking at a file once for many requests that come at the same time.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

/// How long what was seen is taken for true, in milliseconds. Under load this saves nearly every look; who asks once in a
/// while never meets a state that is older than a blink.
const HOLDS: u64 = 10;

/// When something was last looked at.
#[derive(Default)]
pub(super) struct Glance(AtomicU64);

impl Glance {
    /// Whether it is time for another look; if so, somebody is taking it.
    pub(super) fn is_due(&self, now: SystemTime) -> bool {
        let since = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let now = u64::try_from(since.as_millis()).unwrap_or(u64::MAX);
        // A clock that was set back must not make the last look the last one ever.
        let is_fresh = now.checked_sub(self.0.load(Ordering::Relaxed)).is_some_and(|passed| passed < HOLDS);
        if !is_fresh {
            self.0.store(now, Ordering::Relaxed);
        }
        !is_fresh
    }

    /// What was seen is no longer true: the next one looks, too.
    pub(super) fn forget(&self) {
        self.0.store(0, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn one_look_holds_for_a_blink_whatever_the_clock_does() {
        let glance = Glance::default();
        let at = |millis| SystemTime::UNIX_EPOCH + Duration::from_millis(millis);
        assert!(glance.is_due(at(50_000)));
        assert!(!glance.is_due(at(50_000)) && !glance.is_due(at(50_009)));
        assert!(glance.is_due(at(50_010)));
        assert!(glance.is_due(at(20)), "the clock was set back");
        assert!(!glance.is_due(at(25)));
        glance.forget();
        assert!(glance.is_due(at(25)));
    }
}
