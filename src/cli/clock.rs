//! The clocks of this machine.

use std::time::Duration;

use chrono::{DateTime, Utc};
use rustix::time::{ClockId, clock_gettime};

use crate::schedule::{Clock, Now, Wake, Wakes};
use crate::sync;

/// The wall clock, and the steady one that systemd counts by too (CLOCK_MONOTONIC).
pub(super) struct SystemClock;

impl sync::Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
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
        Now { wall: Utc::now(), steady }
    }

    fn wait(&self, wakes: &Wakes, at_most: Duration) -> Option<Wake> {
        wakes.heard_within(self.0.map_or(at_most, |interval| interval.min(at_most)))
    }
}
