//! The threads that answer: one for each processor, each with its own connections, its own timer and its own queue.
//!
//! A connection stays on its thread. Answers are short, so that handing work from thread to thread, as schedulers for
//! uneven tasks do, would cost more than it evens out.

use std::io;
use std::thread::JoinHandle;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

pub(super) struct Workers {
    workers: Vec<Worker>,
    next: usize,
}

struct Worker {
    handle: Handle,
    /// Dropped, it ends the thread.
    stay: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Workers {
    /// Starts them.
    pub(super) fn start() -> io::Result<Workers> {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let workers = (0..processors).map(Worker::start).collect::<io::Result<_>>()?;
        Ok(Workers { workers, next: 0 })
    }

    /// The one whose turn it is.
    pub(super) fn next(&mut self) -> &Handle {
        self.next = (self.next + 1) % self.workers.len();
        &self.workers[self.next].handle
    }
}

impl Worker {
    fn start(number: usize) -> io::Result<Worker> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (stay, stop) = oneshot::channel::<()>();
        let work = move || {
            // An error says that the sender is gone, which is what is waited for.
            let _ = runtime.block_on(stop);
            // A file that is being compressed would hold up the end of the process for nobody.
            runtime.shutdown_background();
        };
        let thread = std::thread::Builder::new().name(format!("serve {number}")).spawn(work)?;
        Ok(Worker { handle, stay: Some(stay), thread: Some(thread) })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stay = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
