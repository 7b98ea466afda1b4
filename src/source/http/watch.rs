//! A stopwatch for an answer: it runs while the server is waited for, and stands still at the gate.

use std::future::Future;
use std::time::{Duration, Instant};

use tokio::runtime::Handle;

/// How much time an answer has left.
pub(super) struct Watch {
    left: Duration,
}

/// What has taken too long.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Late {
    /// This one thing.
    Step,
    /// The answer in all.
    All,
}

impl Watch {
    pub(super) fn new(left: Duration) -> Watch {
        Watch { left }
    }

    /// Leaves at most so much.
    pub(super) fn shorten(&mut self, most: Duration) {
        self.left = self.left.min(most);
    }

    /// Does something in at most that time, and in the time that is left in all.
    pub(super) fn run<T>(
        &mut self,
        handle: &Handle,
        within: Duration,
        work: impl Future<Output = T>,
    ) -> Result<T, Late> {
        // What is ready at once would be taken even without any time left.
        if self.left.is_zero() {
            return Err(Late::All);
        }
        let limit = within.min(self.left);
        let begun = Instant::now();
        let done = handle.block_on(async { tokio::time::timeout(limit, work).await });
        self.left = self.left.saturating_sub(begun.elapsed());
        done.map_err(|_| if limit < within { Late::All } else { Late::Step })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_one_late_step_from_a_late_whole() {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let handle = runtime.handle();
        let (short, long) = (Duration::from_millis(5), Duration::from_secs(60));
        let mut watch = Watch::new(long);
        assert_eq!(watch.run(handle, short, std::future::ready(7)), Ok(7));
        assert_eq!(watch.run(handle, short, std::future::pending::<()>()), Err(Late::Step));
        watch.shorten(short);
        assert_eq!(watch.run(handle, long, std::future::pending::<()>()), Err(Late::All));
        assert_eq!(watch.run(handle, long, std::future::ready(7)), Err(Late::All));
    }
}
