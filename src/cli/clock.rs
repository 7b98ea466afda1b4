//! The clocks of this machine.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use rustix::time::{ClockId, clock_gettime};

use crate::schedule::{Clock, Now, Wake, Wakes};
use crate::sync;

/// The present. Clocks that were never set may stand before 1970, which is a time like any other.
pub(super) fn now() -> DateTime<Utc> {
    SystemTime::now().into()
}

/// The wall clock, and the steady one that systemd counts by too (CLOCK_MONOTONIC).
pub(super) struct SystemClock;

impl sync::Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        now()
    }

    fn wait(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// The clocks of a loop that a watchdog listens to: it never waits longer than this.
pub(super) struct Watched(pub(super) Option<Duration>);

impl Clock for Watched {
    fn now(&self) -> Now {
        let time = clock_gettime(ClockId::Monotonic);
        let steady = Duration::new(time.tv_sec.try_into().unwrap_or(0), time.tv_nsec.try_into().unwrap_or(0));
        Now { wall: now(), steady }
    }

    fn wait(&self, wakes: &Wakes, at_most: Duration) -> Option<Wake> {
        wakes.heard_within(self.0.map_or(at_most, |interval| interval.min(at_most)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_may_stand_before_1970() {
        let before = SystemTime::UNIX_EPOCH - Duration::from_millis(86_400_500);
        assert_eq!(DateTime::<Utc>::from(before).to_rfc3339(), "1969-12-30T23:59:59.500+00:00");
        assert!((Utc::now() - now()).abs() < chrono::TimeDelta::seconds(60));
    }
}
