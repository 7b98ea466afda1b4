//! The files that were asked for, held in memory while they are asked for and stay as they are.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use tokio::sync::{Mutex, Semaphore};
use tokio::task::spawn_blocking;

use super::coding::Coding;
use super::compressors::Compressors;
use super::delta::Former;
use super::held::{Found, Held, Stamp, Variant};

/// Parts of the shelf that are locked apart, so that threads hardly ever meet.
const PARTS: usize = 16;

/// Files that are read at a time.
const READERS: usize = 8;

pub(super) struct Shelf {
    root: PathBuf,
    parts: [Part; PARTS],
    hasher: RandomState,
    /// Bytes in memory, and how many there may be.
    weight: Arc<AtomicUsize>,
    most: usize,
    readers: Semaphore,
    compressors: Compressors,
    pub(super) former: Former,
}

#[derive(Default)]
struct Part {
    held: RwLock<HashMap<String, Arc<Held>>>,
    /// Lets one request read a file while others that want it wait.
    reading: Mutex<()>,
}

impl Shelf {
    pub(super) fn new(root: PathBuf, most: usize) -> io::Result<Shelf> {
        Ok(Shelf {
            root,
            parts: Default::default(),
            hasher: RandomState::new(),
            weight: Arc::default(),
            most,
            readers: Semaphore::new(READERS),
            compressors: Compressors::start()?,
            former: Former::default(),
        })
    }

    /// The directory that is handed out.
    pub(super) fn root(&self) -> &PathBuf {
        &self.root
    }

    /// Bytes in memory.
    pub(super) fn weight(&self) -> usize {
        self.weight.load(Ordering::Relaxed)
    }

    /// The file at a path, if it is held and still as it was.
    pub(super) fn held(&self, path: &str, now: SystemTime) -> Option<Arc<Held>> {
        self.up_to_date(self.part(path), path, now)
    }

    /// What stands at a path, as it is now.
    pub(super) async fn find(&self, path: &str, now: SystemTime) -> io::Result<Found> {
        let part = self.part(path);
        if let Some(held) = self.up_to_date(part, path, now) {
            return Ok(Found::File(held));
        }
        let _reading = part.reading.lock().await;
        if let Some(held) = self.up_to_date(part, path, now) {
            return Ok(Found::File(held));
        }
        let _reader = self.readers.acquire().await.map_err(io::Error::other)?;
        let (root, weight, owned) = (self.root.clone(), self.weight.clone(), path.to_owned());
        let found = spawn_blocking(move || Held::find(&root, &owned, now, &weight)).await.map_err(io::Error::other)?;
        let found = match found {
            Err(err) if err.kind() == io::ErrorKind::PermissionDenied => Found::Forbidden,
            // It went away between two looks at it.
            Err(err) if err.kind() == io::ErrorKind::NotFound && self.root.is_dir() => Found::Nothing,
            other => other?,
        };
        match &found {
            Found::File(held) => self.keep(part, path, held),
            _ => drop(write(&part.held).remove(path)),
        }
        Ok(found)
    }

    /// The bytes of a file in a coding, which is made if need be.
    pub(super) async fn variant(&self, held: &Arc<Held>, coding: Coding) -> io::Result<Variant> {
        let gone = || io::Error::other("the file is not held in memory");
        if let Some(variant) = held.variant(coding) {
            return Ok(variant.clone());
        }
        let _pressing = held.pressing.lock().await;
        if held.variant(coding).is_none() {
            let worked = held.clone();
            self.compressors.run(move || worked.press(coding)).await??;
            self.make_room();
        }
        held.variant(coding).cloned().ok_or_else(gone)
    }

    fn up_to_date(&self, part: &Part, path: &str, now: SystemTime) -> Option<Arc<Held>> {
        let held = part.held.read().unwrap_or_else(PoisonError::into_inner).get(path)?.clone();
        if !held.glance.is_due(now) {
            return Some(held);
        }
        // Links are followed: one that leads elsewhere now leads to a file of another stamp.
        let meta = std::fs::metadata(self.root.join(path));
        if meta.map_or(true, |meta| Stamp::of(&meta) != held.stamp) {
            held.glance.forget();
            return None;
        }
        if !held.is_wanted.load(Ordering::Relaxed) {
            held.is_wanted.store(true, Ordering::Relaxed);
        }
        Some(held)
    }

    fn keep(&self, part: &Part, path: &str, held: &Arc<Held>) {
        if let Some(outline) = &held.outline {
            self.former.remember(path, &held.hash, outline.prints());
        }
        write(&part.held).insert(path.to_owned(), held.clone());
        self.make_room();
    }

    /// Puts away what was not asked for since this was last necessary; if that is not enough, anything.
    fn make_room(&self) {
        for is_urgent in [false, true] {
            for part in &self.parts {
                if self.weight() <= self.most {
                    return;
                }
                write(&part.held).retain(|_, held| !is_urgent && held.is_wanted.swap(false, Ordering::Relaxed));
            }
        }
    }

    fn part(&self, path: &str) -> &Part {
        let hash = self.hasher.hash_one(path);
        &self.parts[usize::try_from(hash % PARTS as u64).unwrap_or(0)]
    }
}

fn write<T>(lock: &RwLock<T>) -> std::sync::RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}
