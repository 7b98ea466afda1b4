//! What an archive says of itself to other archives, so that they can keep a copy of it up to date and fetch only what
//! differs: `archive.json`, which lists months, and for each month `archive/YYYY-MM.json`, which lists files.
//!
//! ```text
//! archive.json                                    the overview
//! archive/2023-07.json                            the files of a month, with sizes and hashes
//! archive/2023/07/09/storm.md                     a record, as it stands in the archive
//! archive/2023/07/09/files/3f2a9c1b00d4e5f6-a.pdf a file that came with it
//! ```
//!
//! Both are JSON with one month or file a line and in the order of paths, so that the same archive gives the same
//! bytes. Whoever reads them trusts nothing in them: sizes are bounded, and a path must be one that an archive has,
//! in the month that it is said to be in.

mod read;

use chrono::{DateTime, SecondsFormat, Utc};
use url::Url;
use uuid::Uuid;

use super::attachments;
use super::hash::Hash;
use super::layout::{self, Month};
use crate::error::{Error, Result};

/// The name of the overview.
pub const OVERVIEW: &str = "archive.json";
/// The directory beside the overview in which everything else stands.
pub const DIRECTORY: &str = "archive";
/// The most bytes that an overview may have: lines for every month of 10,000 years.
pub const LARGEST_OVERVIEW: u64 = 32 << 20;
/// The most bytes that the list of a month may have: about 400,000 files.
pub const LARGEST_MONTH: u64 = 64 << 20;
/// The most bytes that a record or an attached file may have, since each is held in memory.
pub const LARGEST_FILE: u64 = 128 << 20;

/// The format that is written, and the latest that is understood.
const FORMAT: u64 = 1;
/// The longest id of a record that is taken from another archive, in bytes: more than any address has that works.
pub(super) const LONGEST_ID: usize = 4096;

/// What an archive holds, month by month.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    /// The archive's own UUID.
    pub uuid: Uuid,
    /// What the site that publishes it is called.
    pub title: Option<String>,
    /// The latest change of anything that it shows; `None` if it never showed anything.
    pub updated: Option<DateTime<Utc>>,
    /// The months, in order.
    pub months: Vec<Listed>,
}

/// A month in an overview.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The month.
    pub month: Month,
    /// How many records it has.
    pub articles: u64,
    /// The size of its list in bytes.
    pub size: u64,
    /// The hash of its list.
    pub hash: Hash,
    /// What it was made of; means something to the archive that wrote it, and to nobody else.
    pub state: Option<[u8; 16]>,
}

/// The files of one month.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing {
    /// The month.
    pub month: Month,
    /// Its records and the files that came with them, in the order of their paths.
    pub files: Vec<File>,
    /// What was there and is not any more, in the order of paths.
    pub left: Vec<Left>,
}

/// A file of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path below the archive directory, with `/` between segments.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// The hash of its bytes.
    pub hash: Hash,
}

/// A record that others could see, and no longer can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Where it stood.
    pub path: String,
    /// Its id.
    pub id: String,
    /// When it was found to be gone.
    pub at: DateTime<Utc>,
    /// That it was retracted: then a copy should be too. `None` where it was removed, or is a draft again.
    pub retracted: Option<Withdrawn>,
}

/// What others are told of a retraction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withdrawn {
    /// Why.
    pub reason: Option<String>,
}

impl Overview {
    /// The written form.
    pub fn write(&self) -> Vec<u8> {
        let mut out = format!("{{\"feedmill_archive\":{FORMAT},\"uuid\":\"{}\"", self.uuid);
        if let Some(title) = &self.title {
            out.push_str(&format!(",\"title\":{}", quoted(title)));
        }
        if let Some(updated) = &self.updated {
            out.push_str(&format!(",\"updated\":\"{}\"", time(updated)));
        }
        out.push_str(&format!(",\"articles\":{}", self.articles()));
        list(&mut out, "months", self.months.iter().map(Listed::to_json));
        out.push_str("}\n");
        out.into_bytes()
    }

    /// Reads an overview that stands at `url`.
    ///
    /// # Errors
    /// It is larger than [`LARGEST_OVERVIEW`], no JSON of this shape, of a later format, names a month twice or out of
    /// order, or a file that is not the one of its month.
    pub fn read(url: &str, bytes: &[u8]) -> Result<Overview> {
        read::overview(url, bytes)
    }

    /// How many records there are.
    pub fn articles(&self) -> u64 {
        self.months.iter().fold(0, |all, month| all.saturating_add(month.articles))
    }

    /// What it says of a month.
    pub fn month(&self, month: Month) -> Option<&Listed> {
        self.months.binary_search_by_key(&month, |listed| listed.month).ok().map(|at| &self.months[at])
    }
}

impl Listed {
    fn to_json(&self) -> String {
        let Listed { month, articles, size, hash, state } = self;
        let path = path_of(*month);
        let state = state.map(|state| format!(",\"state\":\"{:032x}\"", u128::from_be_bytes(state)));
        format!(
            "{{\"month\":\"{month}\",\"path\":\"{path}\",\"articles\":{articles},\"size\":{size},\"sha256\":\"{hash}\"{}}}",
            state.unwrap_or_default()
        )
    }
}

impl Listing {
    /// The written form.
    pub fn write(&self) -> Vec<u8> {
        let mut out = format!("{{\"month\":\"{}\"", self.month);
        list(&mut out, "files", self.files.iter().map(File::to_json));
        if !self.left.is_empty() {
            list(&mut out, "left", self.left.iter().map(Left::to_json));
        }
        out.push_str("}\n");
        out.into_bytes()
    }

    /// Reads the list of `month` that stands at `url`.
    ///
    /// # Errors
    /// It is larger than [`LARGEST_MONTH`], no JSON of this shape, the list of another month, names a file twice or out
    /// of order, or one that is not a record of this month or a file beside one.
    pub fn read(url: &str, bytes: &[u8], month: Month) -> Result<Listing> {
        read::listing(url, bytes, month)
    }

    /// What it says of the file at `path`.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok().map(|at| &self.files[at])
    }

    /// How many records it lists.
    pub fn articles(&self) -> u64 {
        self.files.iter().filter(|file| file.is_record()).count() as u64
    }
}

impl File {
    fn to_json(&self) -> String {
        format!("{{\"path\":{},\"size\":{},\"sha256\":\"{}\"}}", quoted(&self.path), self.size, self.hash)
    }

    /// Whether it is a record; otherwise it is a file that came with one.
    pub fn is_record(&self) -> bool {
        !attachments::is_path(&self.path)
    }
}

impl Left {
    fn to_json(&self) -> String {
        let mut out =
            format!("{{\"path\":{},\"id\":{},\"at\":\"{}\"", quoted(&self.path), quoted(&self.id), time(&self.at));
        if let Some(Withdrawn { reason }) = &self.retracted {
            out.push_str(",\"retracted\":true");
            if let Some(reason) = reason {
                out.push_str(&format!(",\"reason\":{}", quoted(reason)));
            }
        }
        out.push('}');
        out
    }
}

/// The path of the list of a month, beside the overview.
pub fn path_of(month: Month) -> String {
    format!("{DIRECTORY}/{month}.json")
}

/// Whether a path is one of a record, or of a file beside one, that an archive may publish.
pub fn is_file(path: &str) -> bool {
    layout::is_public_record(path) || attachments::is_path(path)
}

/// The address of the list of a month of the archive whose overview stands at `overview`.
pub fn month_url(overview: &str, month: Month) -> Result<String> {
    beside(overview, &path_of(month))
}

/// The address of a file of the archive whose overview stands at `overview`.
pub fn file_url(overview: &str, path: &str) -> Result<String> {
    beside(overview, &format!("{DIRECTORY}/{path}"))
}

/// The address of a path beside the overview. Names, passwords and queries of the overview's address are left out:
/// addresses are remembered and shown.
fn beside(overview: &str, path: &str) -> Result<String> {
    let wrong = |found: String| Error::input(overview, "the web address of an archive.json", found);
    let mut url = Url::parse(overview).map_err(|err| wrong(err.to_string()))?;
    // Where an address can have none, there is none to be left out.
    let _ = (url.set_username(""), url.set_password(None));
    url.set_query(None);
    url.set_fragment(None);
    match url.path_segments_mut() {
        // What stands in a path is encoded, so that `?` and `#` in a name lead nowhere else.
        Ok(mut segments) => segments.pop().extend(path.split('/')),
        Err(()) => return Err(wrong(format!("the scheme {:?}", overview.split(':').next().unwrap_or_default()))),
    };
    Ok(url.into())
}

/// A member that is a list, with one item a line.
fn list(out: &mut String, name: &str, items: impl Iterator<Item = String>) {
    out.push_str(&format!(",\"{name}\":["));
    for (at, item) in items.enumerate() {
        out.push_str(if at == 0 { "\n" } else { ",\n" });
        out.push_str(&item);
    }
    out.push_str("\n]");
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn time(at: &DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests;
