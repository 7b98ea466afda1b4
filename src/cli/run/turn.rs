//! Whose turn it is to write to the archive: tasks of this process one after the other, in the order in which they
//! came, and beside other processes.

use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::super::clock;
use crate::archive::{Access, Archive};
use crate::error::{Error, Result};
use crate::schedule::Cut;
use crate::sync::Keeper;

/// Another process is waited for so long: longer than `feedmill retract` or `ingest` of a few files takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// The lock of another process, and the word that a task is to end, are looked at so often.
const LOOK: Duration = Duration::from_millis(50);

/// The queue of those who want to write.
#[derive(Default)]
pub(super) struct Queue {
    numbers: Mutex<Numbers>,
    moved: Condvar,
}

#[derive(Default)]
struct Numbers {
    /// The number that the next one draws.
    next: u64,
    /// The number whose turn it is.
    turn: u64,
    /// Numbers that were given back before their turn.
    gone: Vec<u64>,
}

impl Numbers {
    /// The turn goes to the next one who is there.
    fn pass(&mut self) {
        self.turn += 1;
        while let Some(at) = self.gone.iter().position(|number| *number == self.turn) {
            self.gone.swap_remove(at);
            self.turn += 1;
        }
    }
}

impl Queue {
    /// Waits until it is our turn, unless the task is to end.
    fn wait(&self, cut: &Cut) -> Result<()> {
        let mut numbers = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        let own = numbers.next;
        numbers.next += 1;
        while numbers.turn != own {
            if cut.is_cut() {
                numbers.gone.push(own);
                return Err(Error::stopped("the archive"));
            }
            numbers = self.moved.wait_timeout(numbers, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
        Ok(())
    }

    fn pass(&self) {
        self.numbers.lock().unwrap_or_else(PoisonError::into_inner).pass();
        self.moved.notify_all();
    }
}

/// A task's claim on the archive.
pub(super) struct Turn {
    queue: Arc<Queue>,
    dir: PathBuf,
    cut: Cut,
    archive: Option<Archive>,
}

impl Turn {
    /// A claim that was not made use of yet.
    pub(super) fn new(queue: &Arc<Queue>, dir: PathBuf, cut: &Cut) -> Turn {
        Turn { queue: Arc::clone(queue), dir, cut: cut.clone(), archive: None }
    }

    fn open(&self) -> Result<Archive> {
        let begun = Instant::now();
        loop {
            match Archive::open(&self.dir, Access::Write, clock::now()) {
                Err(err) if err.is_locked() && begun.elapsed() < PATIENCE => {}
                opened => return opened,
            }
            if self.cut.is_cut() {
                return Err(Error::stopped("the archive"));
            }
            std::thread::sleep(LOOK);
        }
    }

    fn leave(&mut self) {
        if self.archive.take().is_some() {
            self.queue.pass();
        }
    }
}

impl Keeper for Turn {
    fn archive(&mut self) -> Result<&mut Archive> {
        if self.cut.is_cut() {
            return Err(Error::stopped("the archive"));
        }
        if self.archive.is_none() {
            self.queue.wait(&self.cut)?;
            match self.open() {
                Ok(archive) => self.archive = Some(archive),
                Err(err) => {
                    self.queue.pass();
                    return Err(err);
                }
            }
        }
        self.archive.as_mut().ok_or_else(|| Error::stopped("the archive"))
    }

    fn rest(&mut self) -> Result<()> {
        self.leave();
        if self.cut.is_cut() { Err(Error::stopped("the archive")) } else { Ok(()) }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.leave();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn writers_take_turns_and_those_who_left_hold_nobody_up() {
        let dir = tempfile::tempdir().unwrap();
        Archive::create_if_missing(dir.path(), None).unwrap();
        let (queue, inside, turns) = (Arc::new(Queue::default()), AtomicU32::new(0), AtomicU32::new(0));
        std::thread::scope(|scope| {
            for n in 0..6 {
                let (queue, inside, turns, dir) = (&queue, &inside, &turns, dir.path());
                scope.spawn(move || {
                    let cut = Cut::default();
                    if n % 3 == 0 {
                        cut.cut();
                    }
                    let mut turn = Turn::new(queue, dir.to_owned(), &cut);
                    for _ in 0..5 {
                        match turn.archive() {
                            Ok(_) => {
                                assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                                turns.fetch_add(1, Ordering::SeqCst);
                                inside.fetch_sub(1, Ordering::SeqCst);
                            }
                            Err(err) => assert!(n % 3 == 0 && err.is_stopped(), "{err}"),
                        }
                        let _ = turn.rest();
                    }
                });
            }
        });
        assert_eq!(turns.load(Ordering::SeqCst), 20);
        let numbers = queue.numbers.lock().unwrap();
        assert_eq!((numbers.next, numbers.turn), (20, 20));
    }

    #[test]
    fn one_who_waits_hears_that_it_is_to_end() {
        let dir = tempfile::tempdir().unwrap();
        Archive::create_if_missing(dir.path(), None).unwrap();
        let queue = Arc::new(Queue::default());
        let cut = Cut::default();
        let mut first = Turn::new(&queue, dir.path().to_owned(), &Cut::default());
        first.archive().unwrap();
        let mut second = Turn::new(&queue, dir.path().to_owned(), &cut);
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| second.archive().map(|_| ()));
            cut.cut();
            assert!(waiting.join().unwrap().unwrap_err().is_stopped());
        });
        drop(first);
        Turn::new(&queue, dir.path().to_owned(), &Cut::default()).archive().unwrap();
    }
}
