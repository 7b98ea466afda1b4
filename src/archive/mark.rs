//! The mark that records may be newer than the index, `.feedmill/writing`. It is there while somebody writes, and stays
//! behind where a writer is killed.
//!
//! Each line says of a file what the writer was about to make of it, before it does. So whoever finds the mark knows of
//! every record whether the writer has left it so, or a person has edited it since.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::hash::Hash;
use super::layout::{self, Layout};
use crate::article::fields::Fingerprints;
use crate::disk;
use crate::error::Result;

/// One line of the mark.
#[derive(Serialize, Deserialize)]
struct Line {
    path: String,
    /// The hash of what is written; nothing where the file is removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
    /// What ingest wrote into the fields of the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fields: Option<Fingerprints>,
}

/// What a writer that is gone was about to do.
#[derive(Default)]
pub(super) struct Mark {
    written: HashMap<String, Vec<(Hash, Option<Fingerprints>)>>,
    removed: Vec<String>,
}

/// Sets the mark, if it is not set.
pub(super) fn set(layout: &Layout) -> Result<()> {
    let path = layout.writing();
    if path.exists() {
        return Ok(());
    }
    disk::create_dirs_above(&path)?;
    disk::write(&path, b"", None)
}

/// Writes down what is about to be written and removed.
pub(super) fn announce<'a>(
    layout: &Layout,
    written: impl Iterator<Item = (&'a String, &'a [u8], Option<Fingerprints>)>,
    removed: &[String],
) -> Result<()> {
    let written = written.map(|(path, bytes, fields)| Line {
        path: path.clone(),
        sha256: Some(Hash::of(bytes).to_string()),
        fields,
    });
    let removed = removed.iter().map(|path| Line { path: path.clone(), sha256: None, fields: None });
    let lines: Vec<String> = written.chain(removed).filter_map(|line| serde_json::to_string(&line).ok()).collect();
    match lines.is_empty() {
        true => Ok(()),
        false => disk::append_synced(&layout.writing(), &lines.join("\n")),
    }
}

/// What stands in the mark that a writer has left behind; `None` where there is none. A line that was torn says nothing,
/// since what it was about has not been begun.
pub(super) fn left_behind(layout: &Layout) -> Result<Option<Mark>> {
    let bytes = match std::fs::read(layout.writing()) {
        Ok(bytes) => bytes,
        Err(err) if err.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(err) => return Err(crate::error::Error::io("read", layout.writing(), err)),
    };
    let mut mark = Mark::default();
    for line in String::from_utf8_lossy(&bytes).lines() {
        let Ok(Line { path, sha256, fields }) = serde_json::from_str(line) else { continue };
        match sha256.map(|sum| sum.parse()) {
            Some(Ok(hash)) => mark.written.entry(path).or_default().push((hash, fields)),
            Some(Err(_)) => {}
            None => mark.removed.push(path),
        }
    }
    Ok(Some(mark))
}

impl Mark {
    /// What the writer knew of the fields of the record at `path`, if these bytes are its own.
    pub fn by_writer(&self, path: &str, bytes: &[u8]) -> Option<Option<Fingerprints>> {
        let hash = Hash::of(bytes);
        self.written.get(path)?.iter().rev().find(|(written, _)| *written == hash).map(|(_, fields)| *fields)
    }

    /// Records that were to be removed because their article stands under another extension now, where that has been
    /// written.
    pub fn superseded<'a>(&'a self, layout: &'a Layout) -> impl Iterator<Item = &'a String> {
        let is_there = |path: &String| {
            std::fs::read(layout.record(path)).is_ok_and(|bytes| self.by_writer(path, &bytes).is_some())
        };
        self.removed.iter().filter(move |gone| {
            let key = layout::key_of(gone);
            self.written.keys().any(|path| path != *gone && layout::key_of(path) == key && is_there(path))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_announced_is_known_and_a_torn_line_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let layout = Layout::new(dir.path());
        assert!(left_behind(&layout).unwrap().is_none());
        set(&layout).unwrap();
        let path = "2024/03/01/a\n.md".to_owned();
        let fields = Some([7; crate::article::fields::FIELDS]);
        announce(&layout, [(&path, &b"one"[..], fields)].into_iter(), &["2024/03/01/b.md".into()]).unwrap();
        announce(&layout, [(&path, &b"two"[..], None)].into_iter(), &[]).unwrap();
        set(&layout).unwrap();
        let text = std::fs::read_to_string(layout.writing()).unwrap();
        std::fs::write(layout.writing(), format!("{text}{{\"path\":\"2024/03")).unwrap();
        let mark = left_behind(&layout).unwrap().unwrap();
        assert_eq!((mark.by_writer(&path, b"one"), mark.by_writer(&path, b"two")), (Some(fields), Some(None)));
        assert_eq!((mark.by_writer(&path, b"three"), mark.by_writer("2024/03/01/b.md", b"one")), (None, None));
        assert_eq!(mark.superseded(&layout).count(), 0, "nothing stands in its place");
    }
}
