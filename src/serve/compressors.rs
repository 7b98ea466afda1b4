//! The threads that compress, one for each processor.
//!
//! They are few and stay, since an encoder takes megabytes for a moment: the system's allocator keeps what a thread has
//! freed for that thread, and a pool of threads that come and go would keep it many times over.

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

/// Dropped, it ends the threads once they are done.
pub(super) struct Compressors(Sender<Work>);

type Work = Box<dyn FnOnce() + Send>;

impl Compressors {
    /// Starts them.
    pub(super) fn start() -> io::Result<Compressors> {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let (sender, receiver) = channel();
        let receiver = Arc::new(Mutex::new(receiver));
        for number in 0..processors {
            let receiver = receiver.clone();
            let name = format!("compress {number}");
            std::thread::Builder::new().name(name).spawn(move || {
                while let Some(work) = next(&receiver) {
                    work();
                }
            })?;
        }
        Ok(Compressors(sender))
    }

    /// Has something done, in its turn. It is done even if nobody waits for it any more.
    pub(super) async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> io::Result<T> {
        let (done, result) = oneshot::channel();
        // An error says that whoever asked has gone.
        let work = move || drop(done.send(work()));
        self.0.send(Box::new(work)).map_err(|_| io::Error::other("the compressing threads have ended"))?;
        result.await.map_err(io::Error::other)
    }
}

/// Waits for work; `None` when there will be no more.
fn next(receiver: &Mutex<Receiver<Work>>) -> Option<Work> {
    receiver.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}
