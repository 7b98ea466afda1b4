//! What is remembered of feeds that were made, so that one that would come out the same is not made again.
//!
//! A feed is passed over if everything that it is made of is what it was (the specification, the site, the program, the
//! state of the archive as far as it concerns the feed), if no moment has come at which it changes by itself, and if all
//! its files look as they did when they were written. Nothing is remembered of a feed that something was wrong with: it is
//! tried again, and the trouble told again.

use std::path::Path;

use chrono::{DateTime, FixedOffset, Utc};
use serde::{Deserialize, Serialize};

use super::plan::Planned;
use super::{FeedReport, FileReport, HistoryReport};
use crate::archive::{Archive, Generated, Hash, Kept, Look};
use crate::disk::Written;
use crate::error::Result;
use crate::feed::history::DIRECTORY;
use crate::feed::{Beside, Linked, Shortened, Site};
use crate::render::RENDERERS;

/// What a feed came to, for the report of a run that passes it over.
#[derive(Serialize, Deserialize)]
struct Note {
    /// The instant that it was made for, Unix seconds.
    made: i64,
    title: String,
    entries: usize,
    updated: DateTime<FixedOffset>,
    files: Vec<File>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    shortened: Vec<(String, usize)>,
    /// Files that came with articles and that it links: their path, and their size.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    linked: Vec<(String, u64)>,
    /// Articles that a podcast leaves out.
    #[serde(default)]
    silent: usize,
    /// How many documents its history has …
    #[serde(default)]
    documents: usize,
    /// … when the next one will be finished, Unix seconds …
    next: Option<i64>,
    /// … and how their directory looks.
    history: Option<(u64, i64)>,
}

#[derive(Serialize, Deserialize)]
struct File {
    format: String,
    size: u64,
    modified: i64,
}

/// What all feeds of a run have in common, as it goes into their fingerprints.
pub(super) struct Common(Hash);

impl Common {
    pub(super) fn new(site: &Site, archive: &Archive) -> Result<Common> {
        // Not the version alone: whoever builds the program from source has many programs of one version.
        let program = std::env::current_exe().ok().and_then(|path| Look::at(&path));
        let version = env!("CARGO_PKG_VERSION");
        let (uuid, moved) = (archive.uuid(), archive.moved_references()?);
        Ok(Common(Hash::of(format!("{version} {program:?} {uuid} {moved} {site:?}").as_bytes())))
    }

    /// Of that and something else.
    pub(super) fn with(&self, other: &str) -> Hash {
        Hash::of(format!("{} {other}", self.0).as_bytes())
    }

    /// Of everything that a feed is made of.
    pub(super) fn fingerprint(&self, planned: &Planned, beside: &Beside) -> Hash {
        let Planned { spec, state, .. } = planned;
        self.with(&format!("{spec:?} {beside:?} {state:02x?}"))
    }
}

/// What is remembered of a feed, if making it again would change nothing.
pub(super) fn recall(
    memory: &Generated,
    planned: &Planned,
    fingerprint: Hash,
    as_of: DateTime<Utc>,
    out: &Path,
) -> Result<Option<FeedReport>> {
    let Some(kept) = memory.get(&key(&planned.spec.name))? else { return Ok(None) };
    if kept.fingerprint != fingerprint {
        return Ok(None);
    }
    let Ok(note) = serde_json::from_str::<Note>(&kept.note) else { return Ok(None) };
    // Backwards, some of what was known then is not known yet.
    if as_of.timestamp() < note.made || note.files.len() != RENDERERS.len() {
        return Ok(None);
    }
    // A document of its history is finished by then.
    if note.next.is_some_and(|next| as_of.timestamp() >= next) {
        return Ok(None);
    }
    let directory = super::directory(out, &planned.spec.name);
    if note.history != looks_like(&directory.join(DIRECTORY)) {
        return Ok(None);
    }
    let mut files = Vec::with_capacity(note.files.len());
    for (file, format) in note.files.iter().zip(RENDERERS) {
        let path = directory.join(format.file_name());
        let look = Look { size: file.size, modified: file.modified };
        if file.format != format.name() || Look::at(&path) != Some(look) {
            return Ok(None);
        }
        let bytes = usize::try_from(file.size).unwrap_or(usize::MAX);
        files.push(FileReport { format: format.name(), path, bytes, written: Written::Same });
    }
    if note.linked.iter().any(|(path, size)| Look::at(&out.join(path)).is_none_or(|look| look.size != *size)) {
        return Ok(None);
    }
    Ok(Some(FeedReport {
        name: planned.spec.name.clone(),
        from: planned.from,
        articles: planned.articles,
        title: note.title,
        entries: note.entries,
        updated: note.updated,
        files,
        shortened: note.shortened.into_iter().map(|(path, bytes)| Shortened { path, bytes }).collect(),
        quarantined: Vec::new(),
        errors: Vec::new(),
        attached: 0,
        news: 0,
        silent: note.silent,
        unreadable: Vec::new(),
        next_due: None,
        history: HistoryReport {
            documents: note.documents,
            next: note.next.and_then(|next| DateTime::from_timestamp(next, 0)),
            ..HistoryReport::default()
        },
    }))
}

/// Remembers a feed that was made; forgets one that has to be tried again.
pub(super) fn note(
    memory: &mut Generated,
    report: &FeedReport,
    linked: &[Linked],
    fingerprint: Hash,
    as_of: DateTime<Utc>,
    out: &Path,
) -> Result<()> {
    let key = key(&report.name);
    let looks = report.files.iter().map(|file| {
        let look = Look::at(&file.path)?;
        // Somebody else has written to it since.
        (look.size == file.bytes as u64).then(|| File {
            format: file.format.to_owned(),
            size: look.size,
            modified: look.modified,
        })
    });
    let sized = |file: &Linked| Some((file.named.clone(), Look::at(&out.join(&file.named))?.size));
    let (Some(files), Some(linked), true) = (looks.collect(), linked.iter().map(sized).collect(), report.is_sound())
    else {
        return memory.forget(&key);
    };
    let note = Note {
        made: as_of.timestamp(),
        title: report.title.clone(),
        entries: report.entries,
        updated: report.updated,
        files,
        shortened: report.shortened.iter().map(|entry| (entry.path.clone(), entry.bytes)).collect(),
        linked,
        silent: report.silent,
        documents: report.history.documents,
        next: report.history.next.map(|next| next.timestamp()),
        history: looks_like(&super::directory(out, &report.name).join(DIRECTORY)),
    };
    let Ok(note) = serde_json::to_string(&note) else { return memory.forget(&key) };
    memory.put(&key, Kept { fingerprint, file: None, note })
}

/// The fingerprint of all that a feed was made of, and the instant that it was made for, Unix seconds.
pub(super) fn made(memory: &Generated, planned: &Planned) -> Result<Option<(Hash, i64)>> {
    let Some(kept) = memory.get(&key(&planned.spec.name))? else { return Ok(None) };
    Ok(serde_json::from_str::<Note>(&kept.note).ok().map(|note| (kept.fingerprint, note.made)))
}

/// Whether another document of the history of a feed has been finished since it was made.
pub(super) fn is_overdue(memory: &Generated, planned: &Planned, as_of: DateTime<Utc>) -> Result<bool> {
    let kept = memory.get(&key(&planned.spec.name))?;
    let next = kept.and_then(|kept| serde_json::from_str::<Note>(&kept.note).ok()?.next);
    Ok(next.is_some_and(|next| as_of.timestamp() >= next))
}

/// The title of a feed and the number of its entries, as they were when it was made last.
pub(super) fn title(memory: &Generated, name: &str) -> Result<Option<(String, usize)>> {
    let note = memory.get(&key(name))?.and_then(|kept| serde_json::from_str::<Note>(&kept.note).ok());
    Ok(note.map(|note| (note.title, note.entries)))
}

/// How a directory looks, which changes with every file that comes or goes.
fn looks_like(directory: &Path) -> Option<(u64, i64)> {
    Look::at(directory).map(|look| (look.size, look.modified))
}

/// What a feed is remembered by: its directory.
fn key(name: &str) -> String {
    format!("{name}/")
}
