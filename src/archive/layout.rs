//! Where things stand below the archive directory: the one place where these paths are spelled.
//!
//! ```text
//! archive.toml                  the archive's own UUID
//! departed.jsonl                what has left the archive or a feed, and when
//! 2023/07/09/storm.md           a record
//! 2023/07/09/files/             files that came with the articles of that day, by the hash of their content
//! .feedmill/index.sqlite        the index; can be deleted
//! .feedmill/index.seal          a sum over the index, by which damage is found
//! .feedmill/generated.sqlite    what was generated from it before; can be deleted
//! .feedmill/catalogue.sqlite    what people look articles up in; can be deleted
//! .feedmill/pings.json          what hubs have still to be told; can be deleted
//! .feedmill/lock                held by the writer
//! .feedmill/run.lock            held by whoever keeps the archive up to date by a schedule
//! .feedmill/downloads/          what has been downloaded and is not yet whole
//! .feedmill/journal.jsonl       what ran and how it went, one line a run; can be deleted
//! .feedmill/writing             there while records may be newer than the index: what is about to be written
//! .feedmill/revisions/2023/07/09/storm/20230710T081500Z-1f2e3d4c.md
//! .feedmill/adopted/2023-07.jsonl                what came from other archives, and in which version
//! .feedmill/conflicts/2023/07/09/storm-1f2e3d4c.md    what another archive says where both have changed a record
//! ```

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};

use super::hash::Hash;
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

    /// The memory of what was generated.
    pub fn generated(&self) -> PathBuf {
        self.root.join(".feedmill/generated.sqlite")
    }

    /// The catalogue.
    pub fn catalogue(&self) -> PathBuf {
        self.root.join(".feedmill/catalogue.sqlite")
    }

    /// The file that the writer holds locked.
    pub fn lock(&self) -> PathBuf {
        self.root.join(".feedmill/lock")
    }

    /// The journal of runs.
    pub fn journal(&self) -> PathBuf {
        self.root.join(".feedmill/journal.jsonl")
    }

    /// What hubs have still to be told.
    pub fn pings(&self) -> PathBuf {
        self.root.join(".feedmill/pings.json")
    }

    /// Held by whoever keeps the archive up to date by a schedule.
    pub fn keeping(&self) -> PathBuf {
        self.root.join(".feedmill/run.lock")
    }

    /// The mark that records may be newer than the index.
    pub fn writing(&self) -> PathBuf {
        self.root.join(".feedmill/writing")
    }

    /// The seal of the index.
    pub fn seal(&self) -> PathBuf {
        self.root.join(".feedmill/index.seal")
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

    /// The directory of what came from other archives.
    pub fn adopted(&self) -> PathBuf {
        self.root.join(".feedmill/adopted")
    }

    /// What came from other archives in a month.
    pub fn adopted_in(&self, month: Month) -> PathBuf {
        self.adopted().join(format!("{month}.jsonl"))
    }

    /// The directory of versions of other archives that contradict the own ones.
    pub fn conflicts(&self) -> PathBuf {
        self.root.join(CONFLICTS)
    }
}

const CONFLICTS: &str = ".feedmill/conflicts";

/// The path, below the archive directory, of what another archive says of the record (or the attached file) at `path`.
pub fn conflict(path: &str, theirs: &Hash) -> String {
    match path.rsplit_once('.') {
        Some((key, extension)) => format!("{CONFLICTS}/{key}-{}.{extension}", theirs.short()),
        None => format!("{CONFLICTS}/{path}-{}", theirs.short()),
    }
}

/// Whether a file name is one that [`conflict`] gives to versions of the record called `name`.
pub fn is_conflict_of(name: &str, file: &str) -> bool {
    let (stem, _) = name.rsplit_once('.').unwrap_or((name, ""));
    let rest = file.strip_prefix(stem).and_then(|rest| rest.strip_prefix('-'));
    let hash = rest.map(|rest| rest.split_once('.').map_or(rest, |(hash, _)| hash));
    hash.is_some_and(|hash| hash.len() == 8 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// A month of the calendar, by which records are grouped where there are too many to speak of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: u16,
    month: u8,
}

impl Month {
    /// The month that the path of a record, or of a file beside one, begins with.
    pub fn of(path: &str) -> Option<Month> {
        let (month, rest) = path.split_at_checked("YYYY/MM".len())?;
        rest.starts_with('/').then_some(())?;
        month_in(month, '/')
    }

    /// The paths of the month: from the first, up to the second and without it.
    pub fn range(self) -> (String, String) {
        let dir = format!("{:04}/{:02}", self.year, self.month);
        // `0` follows `/` in ASCII.
        (format!("{dir}/"), format!("{dir}0"))
    }
}

/// `2023-07`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// The text names no month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoMonth;

impl FromStr for Month {
    type Err = NoMonth;

    fn from_str(text: &str) -> Result<Month, NoMonth> {
        month_in(text, '-').ok_or(NoMonth)
    }
}

fn month_in(text: &str, between: char) -> Option<Month> {
    let (year, month) = text.split_once(between)?;
    let is_number = |text: &str, digits| text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    (is_number(year, 4) && is_number(month, 2)).then_some(())?;
    let (year, month) = (year.parse().ok()?, month.parse().ok()?);
    (1..=12).contains(&month).then_some(Month { year, month })
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

/// Whether others may be told of a record at `path`: a name that every file system and every address can hold.
pub fn is_public_record(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    day_of(path).is_some() && name.len() <= LONGEST_NAME && !name.chars().any(|c| c.is_control() || c == '\\')
}

/// What every file system stores as one name, in bytes.
pub const LONGEST_NAME: usize = 255;

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

    #[test]
    fn months_are_read_as_they_are_shown() {
        let month = Month::of("0987/07/09/storm.md").unwrap();
        assert_eq!((month.to_string().as_str(), "0987-07".parse()), ("0987-07", Ok(month)));
        assert_eq!(month.range(), ("0987/07/".to_owned(), "0987/070".to_owned()));
        assert!(Month::of("2023/12/31/a.md") < Month::of("2024/01/01/a.md"));
        for wrong in ["2023-13", "2023-00", "2023-7", "23-07", "2023/07", "+023-07", "2023-07-09", "", "２０２３-07"]
        {
            assert_eq!(wrong.parse::<Month>(), Err(NoMonth), "{wrong}");
        }
        for wrong in ["2023/07", "2023-07/x", "2023/13/01/a.md", "/2023/07/09/a.md", "files/x", ""] {
            assert_eq!(Month::of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn conflicts_are_told_apart() {
        let path = conflict("2023/07/09/storm.md", &Hash::of(b""));
        assert_eq!(path, ".feedmill/conflicts/2023/07/09/storm-e3b0c442.md");
        assert!(is_conflict_of("storm.md", "storm-e3b0c442.md") && is_conflict_of("storm.md", "storm-e3b0c442.txt"));
        for other in ["storm-2-e3b0c442.md", "storm-e3b0c44.md", "storms-e3b0c442.md", "storm.md", "e3b0c442.md"] {
            assert!(!is_conflict_of("storm.md", other), "{other}");
        }
    }

    #[test]
    fn only_names_that_can_be_written_anywhere_are_public() {
        assert!(is_public_record("2023/07/09/größe und mehr.md"));
        let long = format!("2023/07/09/{}.md", "x".repeat(253));
        for wrong in ["2023/07/09/a\\b.md", "2023/07/09/a\n.md", "2023/07/09/a.exe", "2023/02/30/a.md", &long] {
            assert!(!is_public_record(wrong), "{wrong}");
        }
    }
}
