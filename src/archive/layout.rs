//! Where things stand below the archive directory: the one place where these paths are spelled.
//!
//! ```text
//! archive.toml                  the archive's own UUID
//! departed.jsonl                what has left the archive or a feed, and when
//! 2023/07/09/storm.md           a record
//! 2023/07/09/files/             files that came with the articles of that day, by the hash of their content
//! .feedmill/index.sqlite        the index; can be deleted
//! .feedmill/lock                held by the writer
//! .feedmill/downloads/           what has been downloaded and is not yet whole
//! .feedmill/writing             there while records are newer than the index
//! .feedmill/revisions/2023/07/09/storm/20230710T081500Z-1f2e3d4c.md
//! ```

use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};

use crate::article::BodyKind;

/// The paths of one archive.
#[derive(Clone, Debug)]
pub struct Layout {
    root: PathBuf,
}

impl Layout {
    /// The layout of the archive in `root`.
    pub fn new(root: &Path) -> Self {
        Layout { root: root.to_owned() }
    }

    /// The archive directory.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The file that holds the archive's UUID.
    pub fn identity(&self) -> PathBuf {
        self.root.join("archive.toml")
    }

    /// The ledger of departures.
    pub fn departed(&self) -> PathBuf {
        self.root.join("departed.jsonl")
    }

    /// The index.
    pub fn index(&self) -> PathBuf {
        self.root.join(".feedmill/index.sqlite")
    }

    /// The file that the writer holds locked.
    pub fn lock(&self) -> PathBuf {
        self.root.join(".feedmill/lock")
    }

    /// The mark that records may be newer than the index.
    pub fn writing(&self) -> PathBuf {
        self.root.join(".feedmill/writing")
    }

    /// Where downloads are kept until they are whole.
    pub fn downloads(&self) -> PathBuf {
        self.root.join(".feedmill/downloads")
    }

    /// The file of a record.
    pub fn record(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// The file that keeps a former version of the record at `path`; named by its content, so that keeping it twice
    /// makes one file.
    pub fn revision(&self, path: &str, replaced: DateTime<Utc>, sha256: &str) -> PathBuf {
        let (key, extension) = path.rsplit_once('.').unwrap_or((path, "md"));
        let name = format!("{}-{}.{extension}", replaced.format("%Y%m%dT%H%M%SZ"), &sha256[..8]);
        self.revisions(key).join(name)
    }

    /// The directory of former versions of the record with this key.
    pub fn revisions(&self, key: &str) -> PathBuf {
        self.root.join(".feedmill/revisions").join(key)
    }
}

/// The key of a record, `YYYY/MM/DD/slug`: what its id is minted from.
pub fn key(day: NaiveDate, slug: &str) -> String {
    format!("{}/{slug}", day.format("%Y/%m/%d"))
}

/// The path of a record below the archive directory.
pub fn path(key: &str, kind: BodyKind) -> String {
    format!("{key}.{}", kind.extension())
}

/// The key of the record at `path`.
pub fn key_of(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(key, _)| key)
}

/// The day in the path of a record; `None` where the path is not one of a record.
pub fn day_of(path: &str) -> Option<NaiveDate> {
    let (day, file) = path.split_at_checked("YYYY/MM/DD".len())?;
    (file.len() > 1 && is_record_name(&file[1..])).then_some(())?;
    NaiveDate::parse_from_str(day, "%Y/%m/%d").ok().filter(|date| date.format("%Y/%m/%d").to_string() == day)
}

/// Whether a file name in the directory of a day is that of a record.
pub fn is_record_name(name: &str) -> bool {
    !name.starts_with('.')
        && !name.contains('/')
        && name.rsplit_once('.').is_some_and(|(_, extension)| BodyKind::from_extension(extension).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_and_slug_make_a_path_and_back() {
        let day = NaiveDate::from_ymd_opt(987, 7, 9).unwrap();
        let key = key(day, "storm");
        assert_eq!(key, "0987/07/09/storm");
        let path = path(&key, BodyKind::Text);
        assert_eq!(path, "0987/07/09/storm.txt");
        assert_eq!((day_of(&path), key_of(&path)), (Some(day), &*key));
        for wrong in ["2023/07/09", "2023/07/09/", "2023/7/9/a.md", "2023/07/09/a.exe", "2023/07/09/.a.md", "a/b.md"] {
            assert_eq!(day_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn revisions_stay_inside() {
        let layout = Layout::new(Path::new("a"));
        let at = "2023-07-10T08:15:00Z".parse().unwrap();
        assert_eq!(
            layout.revision("2023/07/09/storm.md", at, "1f2e3d4c5b6a"),
            Path::new("a/.feedmill/revisions/2023/07/09/storm/20230710T081500Z-1f2e3d4c.md")
        );
    }
}
