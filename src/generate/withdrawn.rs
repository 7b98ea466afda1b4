//! Files that came with articles, of articles that were retracted since. What a feed once linked stays where it is, as
//! readers show it long after; what was retracted does not.

use std::collections::HashSet;
use std::path::Path;

use crate::archive::{Archive, attachment_path};
use crate::article::Record;
use crate::disk;
use crate::error::Result;

/// Removes the files below `out` that retracted articles have brought and no other article names; how many there were.
pub(super) fn remove_files(archive: &Archive, out: &Path) -> Result<usize> {
    let mut gone: HashSet<String> = HashSet::new();
    // A record that cannot be read is told where it would be shown.
    for path in archive.records_with_files(true)? {
        let Ok(record) = archive.read(&path) else { continue };
        gone.extend(files_of(&path, &record).filter(|name| out.join(name).exists()).map(str::to_owned));
    }
    if gone.is_empty() {
        return Ok(0);
    }
    // Comes only once after a retraction: then nothing is there any more.
    for path in archive.records_with_files(false)? {
        let Ok(record) = archive.read(&path) else { continue };
        for name in files_of(&path, &record) {
            gone.remove(name);
        }
    }
    gone.iter().try_for_each(|name| disk::remove(&out.join(name)))?;
    Ok(gone.len())
}

/// The files beside a record, as it names them: also their paths below the output directory.
fn files_of<'r>(path: &'r str, record: &'r Record) -> impl Iterator<Item = &'r str> {
    let urls = record.article.enclosures.iter().map(|enclosure| enclosure.url.as_str());
    urls.filter(move |url| attachment_path(path, url).is_some())
}
