//! Links among directories: each directory is walked once, and a circle ends.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Where links have led to. A directory below the root is walked in its own place; any other, once.
pub(super) struct Links {
    root: PathBuf,
    followed: HashSet<PathBuf>,
}

impl Links {
    /// None has been followed yet.
    pub fn below(root: PathBuf) -> Links {
        Links { root, followed: HashSet::new() }
    }

    /// The real path of a directory to walk; `None` for one that is walked elsewhere.
    pub fn enter(&mut self, path: &Path) -> std::io::Result<Option<PathBuf>> {
        let real = path.canonicalize()?;
        let is_link = fs::symlink_metadata(path)?.is_symlink();
        let elsewhere = is_link && (real.starts_with(&self.root) || self.root.starts_with(&real));
        // What stands behind a followed link may hold links of its own; so it counts as well.
        let outside = !real.starts_with(&self.root);
        Ok((!elsewhere && (!outside || self.followed.insert(real.clone()))).then_some(real))
    }
}
