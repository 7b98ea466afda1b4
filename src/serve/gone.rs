//! `.gone`: the paths that were retired.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use super::glance::Glance;
use super::held::Stamp;

/// The name of the list, in the directory that is handed out.
const LIST: &str = ".gone";

/// Lists beyond this are not read: a line is a path, and nobody retires a hundred thousand feeds.
const LONGEST_LIST: u64 = 8 << 20;

/// The list as it was last seen. It is looked at as files are, and read again when it has changed.
pub(super) struct Gone {
    path: PathBuf,
    seen: RwLock<(Option<Stamp>, Arc<List>)>,
    glance: Glance,
}

#[derive(Default)]
struct List {
    /// Sorted, without slashes at either end.
    paths: Vec<String>,
}

impl Gone {
    pub(super) fn new(root: PathBuf) -> Gone {
        Gone { path: root.join(LIST), seen: RwLock::default(), glance: Glance::default() }
    }

    /// Whether the path, or a directory that it lies in, was retired.
    pub(super) fn contains(&self, path: &str, now: SystemTime) -> bool {
        if !self.glance.is_due(now) {
            return self.seen.read().unwrap_or_else(PoisonError::into_inner).1.contains(path);
        }
        let stamp = std::fs::metadata(&self.path).ok().filter(|meta| meta.is_file()).map(|meta| Stamp::of(&meta));
        let (seen, list) = self.seen.read().unwrap_or_else(PoisonError::into_inner).clone();
        let list = if seen == stamp { list } else { self.look_again(stamp) };
        list.contains(path)
    }

    fn look_again(&self, stamp: Option<Stamp>) -> Arc<List> {
        let is_short = stamp.is_some_and(|stamp| stamp.length <= LONGEST_LIST);
        let list = Arc::new(if is_short { List::read(&self.path) } else { List::default() });
        *self.seen.write().unwrap_or_else(PoisonError::into_inner) = (stamp, list.clone());
        list
    }
}

impl List {
    fn read(path: &Path) -> List {
        List::parse(&String::from_utf8_lossy(&std::fs::read(path).unwrap_or_default()))
    }

    fn parse(text: &str) -> List {
        let lines = text.lines().map(|line| line.trim().trim_matches('/'));
        let mut paths: Vec<String> =
            lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect();
        paths.sort_unstable();
        List { paths }
    }

    fn contains(&self, path: &str) -> bool {
        if self.paths.is_empty() {
            return false;
        }
        let is_listed = |path: &str| self.paths.binary_search_by(|known| known.as_str().cmp(path)).is_ok();
        is_listed(path) || path.match_indices('/').any(|(at, _)| is_listed(&path[..at]))
    }
}

#[cfg(test)]
mod tests {
    use super::List;

    #[test]
    fn files_and_all_below_a_directory() {
        let list = List::parse("# retired in May\n/old.xml\r\n\nnotices/\n  desks/culture \n");
        for path in ["old.xml", "notices", "notices/index.html", "notices/a/b.xml", "desks/culture/rss.xml"] {
            assert!(list.contains(path), "{path}");
        }
        for path in ["old.xml.bak", "notices2/rss.xml", "desks/rss.xml", "index.html", "a/old.xml", "# retired in May"]
        {
            assert!(!list.contains(path), "{path}");
        }
        assert!(!List::parse("/\n\n").contains("index.html"));
    }
}
