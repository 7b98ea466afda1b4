//! Who may look something up in the archive now.
//!
//! Look-ups are of two costs. A month, a tag, an article are a few rows of the index, found in milliseconds; a search
//! may rank a hundred thousand articles. Each cost has turns of its own, so that the cheap ones never wait for the dear
//! ones, and searches leave a processor to everybody else. One client has a few searches at a time: whoever asks for
//! more is told to wait, and not somebody else.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// The longest that a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);

/// Searches of one client at a time, running and waiting: a person who opens two pages of results at once is served, and
/// so is a small office behind one address, one after the other.
const SEARCHES_OF_ONE_CLIENT: usize = 4;

/// Searches that wait at a time. More would only wait for nothing: a search takes up to three seconds.
const WAITING_SEARCHES: usize = 16;

/// What a look-up costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cost {
    /// A few rows of the index and a few records.
    Low,
    /// As many articles as there are.
    High,
}

/// Why a request has no turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoTurn {
    /// The client has as many look-ups under way as one may have.
    TooManyOfOneClient,
    /// There are too many look-ups of everybody.
    TooMany,
}

pub(super) struct Turns {
    low: Arc<Semaphore>,
    high: Arc<Semaphore>,
    searching: Arc<Mutex<Searching>>,
}

/// The searches that run or wait.
#[derive(Default)]
struct Searching {
    by_client: HashMap<IpAddr, usize>,
    all: usize,
}

/// A turn; dropped, it is somebody else's.
pub(super) struct Turn {
    _permit: OwnedSemaphorePermit,
    _counted: Option<Counted>,
}

/// One search among those of its client.
struct Counted {
    client: IpAddr,
    searching: Arc<Mutex<Searching>>,
}

impl Turns {
    pub(super) fn new(processors: usize) -> Turns {
        Turns {
            // One waits for the disk while another counts.
            low: Arc::new(Semaphore::new(processors + 1)),
            high: Arc::new(Semaphore::new(processors.saturating_sub(1).max(1))),
            searching: Arc::default(),
        }
    }

    /// Waits for a turn, for a bounded time.
    pub(super) async fn wait(&self, cost: Cost, client: IpAddr) -> Result<Turn, NoTurn> {
        let (semaphore, counted) = match cost {
            Cost::Low => (&self.low, None),
            Cost::High => (&self.high, Some(self.count(group(client))?)),
        };
        match timeout(PATIENCE, semaphore.clone().acquire_owned()).await {
            Ok(Ok(permit)) => Ok(Turn { _permit: permit, _counted: counted }),
            _ => Err(NoTurn::TooMany),
        }
    }

    fn count(&self, client: IpAddr) -> Result<Counted, NoTurn> {
        let mut searching = self.searching.lock().unwrap_or_else(PoisonError::into_inner);
        let own = searching.by_client.get(&client).copied().unwrap_or(0);
        if own >= SEARCHES_OF_ONE_CLIENT {
            return Err(NoTurn::TooManyOfOneClient);
        }
        if searching.all >= WAITING_SEARCHES {
            return Err(NoTurn::TooMany);
        }
        searching.by_client.insert(client, own + 1);
        searching.all += 1;
        drop(searching);
        Ok(Counted { client, searching: self.searching.clone() })
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut searching = self.searching.lock().unwrap_or_else(PoisonError::into_inner);
        searching.all -= 1;
        if let Some(own) = searching.by_client.get_mut(&self.client) {
            *own -= 1;
            if *own == 0 {
                searching.by_client.remove(&self.client);
            }
        }
    }
}

/// Whom a search is counted for: a client of IPv6 counts by its network of 64 bits, all of whose addresses are its own.
pub(super) fn group(client: IpAddr) -> IpAddr {
    match client.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((u128::from(address) & !u128::from(u64::MAX)).into()),
        four => four,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block_on<T>(work: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(work)
    }

    #[test]
    fn cheap_look_ups_never_wait_for_searches() {
        block_on(async {
            let turns = Turns::new(2);
            let client = |n: u8| IpAddr::from([192, 0, 2, n]);
            let running = turns.wait(Cost::High, client(1)).await.unwrap();
            let second = timeout(Duration::from_millis(20), turns.wait(Cost::High, client(2))).await;
            assert!(second.is_err(), "the second search waits while the first one runs");
            assert!(turns.wait(Cost::Low, client(1)).await.is_ok(), "a page of the same client");
            drop(running);
            assert!(turns.wait(Cost::High, client(2)).await.is_ok());
            assert!(turns.searching.lock().unwrap().by_client.is_empty(), "nobody is remembered who does not search");
        });
    }

    #[test]
    fn a_client_and_all_of_them_have_a_bounded_number_of_searches() {
        let turns = Turns::new(2);
        let client = |n: usize| IpAddr::from([198, 51, 100, u8::try_from(n).unwrap()]);
        let mut held: Vec<Counted> =
            (0..SEARCHES_OF_ONE_CLIENT).map(|_| turns.count(client(0)).ok().unwrap()).collect();
        assert_eq!(turns.count(client(0)).err(), Some(NoTurn::TooManyOfOneClient));
        held.extend((SEARCHES_OF_ONE_CLIENT..WAITING_SEARCHES).map(|n| turns.count(client(n)).ok().unwrap()));
        assert_eq!(turns.count(client(99)).err(), Some(NoTurn::TooMany));
        held.remove(0);
        assert!(turns.count(client(0)).is_ok());
    }

    #[test]
    fn a_client_counts_by_its_network() {
        let of = |client: &str| group(client.parse().unwrap()).to_string();
        assert_eq!(of("192.0.2.1"), "192.0.2.1");
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(of("::ffff:192.0.2.1"), "192.0.2.1");
    }
}
