//! One writer at a time. The lock is the operating system's, so a process that crashes holds none; the words in
//! the file only tell the others who has it.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::disk;
use crate::error::{Error, Result};

/// The right to write, until dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Takes the lock, or says who holds it.
pub fn take(path: &Path) -> Result<Lock> {
    let mut file = disk::open_lock(path)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(std::fs::TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let _ = (&mut file).take(200).read_to_string(&mut holder);
            let holder = if holder.trim().is_empty() { "another process" } else { holder.trim() };
            return Err(Error::locked(path, holder));
        }
        Err(std::fs::TryLockError::Error(err)) => return Err(Error::io("lock", path, err)),
    }
    // A lock whose holder could not be written down is still a lock.
    let _ = disk::describe_lock(&mut file, &format!("process {}", std::process::id()));
    Ok(Lock { _file: file })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_holds_it_and_gets_it_afterwards() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(".feedmill/lock");
        let held = take(&path).unwrap();
        let err = take(&path).unwrap_err();
        assert!(err.is_locked() && err.to_string().contains(&format!("process {}", std::process::id())), "{err}");
        drop(held);
        take(&path).unwrap();
    }
}
