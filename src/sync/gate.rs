//! One request at a time a host, with a pause in between.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::Clock;
use crate::source::http::Gate;

/// Hosts, and when each may be asked next.
pub struct Hosts<'c> {
    clock: &'c dyn Clock,
    delay: TimeDelta,
    hosts: Mutex<HashMap<String, Host>>,
    freed: Condvar,
}

#[derive(Default)]
struct Host {
    is_taken: bool,
    /// When it may be asked again.
    from: Option<DateTime<Utc>>,
    /// The pause that it asks for itself (`Crawl-delay`).
    delay: Option<TimeDelta>,
}

impl<'c> Hosts<'c> {
    /// Hosts that have not been asked yet.
    pub fn new(clock: &'c dyn Clock, delay: Duration) -> Hosts<'c> {
        let delay = TimeDelta::from_std(delay).unwrap_or(TimeDelta::MAX);
        Hosts { clock, delay, hosts: Mutex::default(), freed: Condvar::new() }
    }

    /// The pause that a host asks for; only a longer one than ours is news.
    pub fn slow_down(&self, host: &str, delay: TimeDelta) {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let known = hosts.entry(host.to_owned()).or_default();
        known.delay = known.delay.max(Some(delay));
    }
}

impl Gate for Hosts<'_> {
    fn enter(&self, host: &str) {
        let wait = {
            let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
            while hosts.get(host).is_some_and(|known| known.is_taken) {
                hosts = self.freed.wait(hosts).unwrap_or_else(PoisonError::into_inner);
            }
            let known = hosts.entry(host.to_owned()).or_default();
            known.is_taken = true;
            known.from.map(|from| from - self.clock.now())
        };
        // The host is ours while we wait, so nobody overtakes.
        if let Some(wait) = wait.and_then(|wait| wait.to_std().ok()).filter(|wait| !wait.is_zero()) {
            self.clock.wait(wait);
        }
    }

    fn leave(&self, host: &str) {
        let now = self.clock.now();
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = hosts.get_mut(host) {
            known.is_taken = false;
            known.from = now.checked_add_signed(self.delay.max(known.delay.unwrap_or_default()));
        }
        drop(hosts);
        self.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

    use super::*;

    #[derive(Default)]
    struct Simulated(AtomicI64);

    impl Clock for Simulated {
        fn now(&self) -> DateTime<Utc> {
            DateTime::UNIX_EPOCH + TimeDelta::milliseconds(self.0.load(Ordering::SeqCst))
        }

        fn wait(&self, time: Duration) {
            self.0.fetch_add(time.as_millis() as i64, Ordering::SeqCst);
        }
    }

    #[test]
    fn a_host_is_asked_by_one_at_a_time_with_pauses() {
        let clock = Simulated::default();
        let hosts = Hosts::new(&clock, Duration::from_secs(2));
        hosts.slow_down("slow.example", TimeDelta::seconds(10));
        let inside = AtomicU32::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    hosts.enter("a.example");
                    assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                    std::thread::yield_now();
                    inside.fetch_sub(1, Ordering::SeqCst);
                    hosts.leave("a.example");
                });
            }
        });
        assert_eq!(clock.now().timestamp(), 14, "eight requests, seven pauses");
        for _ in 0..2 {
            hosts.enter("slow.example");
            hosts.leave("slow.example");
        }
        assert_eq!(clock.now().timestamp(), 24);
    }
}
