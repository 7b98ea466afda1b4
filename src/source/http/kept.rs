//! Connections that are kept for the next request: for a few hosts, since a process may have few files open.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a connection is kept for the next request: a little less than the 5 s after which common servers end it,
/// since a request that meets the end on its way is lost.
pub(super) const KEPT: Duration = Duration::from_secs(4);

/// How many hosts may have a connection that waits: half of the 256 open files that some systems allow.
const MOST: usize = 128;

/// The hosts whose connection may be waiting, and since when.
#[derive(Default)]
pub(super) struct Kept(Mutex<HashMap<String, Instant>>);

impl Kept {
    /// Whether the connection to this host is kept after the answer. A run over thousands of hosts asks most of them
    /// once, and would leave a connection behind at each.
    pub(super) fn keeps(&self, host: &str, now: Instant) -> bool {
        let mut hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if hosts.len() >= MOST && !hosts.contains_key(host) {
            // The pool looks for connections that are too old once in that time.
            hosts.retain(|_, since| now.duration_since(*since) < 2 * KEPT);
        }
        let keeps = hosts.len() < MOST || hosts.contains_key(host);
        if keeps {
            hosts.insert(host.to_owned(), now);
        }
        keeps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_connections_to_a_few_hosts() {
        let (kept, now) = (Kept::default(), Instant::now());
        assert!((0..MOST).all(|number| kept.keeps(&format!("{number}.example"), now)));
        assert!(!kept.keeps("one-more.example", now));
        assert!(kept.keeps("7.example", now + KEPT));
        let later = now + 2 * KEPT;
        assert!(kept.keeps("one-more.example", later));
        assert_eq!(kept.0.lock().unwrap().len(), 2, "the one that was asked since, and the new one");
    }
}
