//! Files, directories and standard input, judged.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::links;
use crate::cli::session::Session;
use crate::error::{Error, Result};
use feedmill_lint::{self as lint, Context, Report, Severity};

/// So much of a file says whether it is a feed.
const TELLING: usize = 4096;
/// So much is read at once: most feeds are no larger, and are opened once.
const HEAD: u64 = 64 * 1024;
/// A larger file is refused: no reader takes it, and it would fill the memory.
const LARGEST: u64 = 256 << 20;
/// Files judged at a time, so that memory does not grow with a directory.
const AT_ONCE: usize = 64;
/// Deeper directories are passed over; links are not followed, so there are no circles.
const DEEPEST: usize = 64;

/// Everything that was judged.
#[derive(Default)]
pub(super) struct Judged {
    pub(super) documents: Vec<Document>,
    /// What could not be read.
    troubles: Vec<Error>,
}

/// One document with the verdict on it.
pub(super) struct Document {
    /// Its path or address as the user would write it.
    pub(super) name: String,
    pub(super) report: Report,
    /// The verdict on how it is served, where it was fetched.
    pub(super) serving: Option<Report>,
}

impl Judged {
    pub(super) fn trouble(&mut self, err: Error) {
        self.troubles.push(err);
    }

    pub(super) fn tell_troubles(&self, session: &Session) {
        for err in &self.troubles {
            session.say.error(err);
        }
    }

    pub(super) fn troubles(&self) -> &[Error] {
        &self.troubles
    }

    /// How many findings of that weight there are.
    pub(super) fn count(&self, severity: Severity) -> usize {
        self.documents.iter().flat_map(Document::reports).map(|report| report.count(severity)).sum()
    }

    pub(super) fn has_failed(&self, strict: bool) -> bool {
        let warns = strict && self.count(Severity::Warning) > 0;
        warns || self.count(Severity::Error) > 0 || !self.troubles.is_empty()
    }
}

impl Document {
    pub(super) fn reports(&self) -> impl Iterator<Item = &Report> {
        std::iter::once(&self.report).chain(&self.serving)
    }
}

/// Judges what the user named: a file whatever is in it, the feeds below a directory, or standard input (`-`).
pub(super) fn judge(input: &str, judged: &mut Judged) -> Result<()> {
    if input == "-" {
        let mut bytes = Vec::new();
        let read = io::stdin().lock().take(LARGEST).read_to_end(&mut bytes);
        read.map_err(|err| Error::io("read", "standard input", err))?;
        judged.documents.push(document("stdin", &bytes));
        return Ok(());
    }
    let path = Path::new(input);
    match fs::metadata(path) {
        Ok(meta) if meta.is_dir() => {
            let files = directory(path, judged);
            links::judge(path, &files, judged);
        }
        Ok(_) => match read(path, u64::MAX) {
            Ok(bytes) => judged.documents.push(document(input, &bytes)),
            Err(err) => judged.trouble(err),
        },
        Err(err) if err.kind() == io::ErrorKind::NotFound => {
            let message = "expected a file, a directory or an address, found nothing there";
            return Err(Error::usage(input, message).hint("check the path; addresses begin with http:// or https://"));
        }
        Err(err) => judged.trouble(Error::io("read", path, err)),
    }
    Ok(())
}

/// Judges every feed below a directory, whatever its name is; other files are passed over. The answer is all files.
pub(super) fn directory(dir: &Path, judged: &mut Judged) -> Vec<PathBuf> {
    let mut files = Vec::new();
    list(dir, &mut files, judged);
    files.sort();
    for some in files.chunks(AT_ONCE) {
        let verdicts: Vec<Result<Option<Document>>> = some
            .par_iter()
            .map(|path| {
                let head = read(path, HEAD)?;
                if !lint::is_feed(&head[..head.len().min(TELLING)]) {
                    return Ok(None);
                }
                let bytes = if head.len() < HEAD as usize { head } else { read(path, u64::MAX)? };
                Ok(Some(document(&path.display().to_string(), &bytes)))
            })
            .collect();
        for verdict in verdicts {
            match verdict {
                Ok(document) => judged.documents.extend(document),
                Err(err) => judged.trouble(err),
            }
        }
    }
    files
}

fn list(dir: &Path, files: &mut Vec<PathBuf>, judged: &mut Judged) {
    let mut due = vec![(dir.to_owned(), 0)];
    while let Some((dir, depth)) = due.pop() {
        let entries = match fs::read_dir(&dir) {
            Ok(entries) => entries,
            Err(err) => {
                judged.trouble(Error::io("list", &dir, err));
                continue;
            }
        };
        for entry in entries.flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && depth < DEEPEST => due.push((entry.path(), depth + 1)),
                Ok(kind) if kind.is_file() => files.push(entry.path()),
                _ => {}
            }
        }
    }
}

/// The first bytes of a file; all of it where `most` allows, an error where it is larger than any feed.
fn read(path: &Path, most: u64) -> Result<Vec<u8>> {
    let failed = |err| Error::io("read", path, err);
    let file = File::open(path).map_err(failed)?;
    let size = file.metadata().map_err(failed)?.len();
    if most == u64::MAX && size > LARGEST {
        let message = format!("expected a feed of at most {LARGEST} bytes, found {size}");
        return Err(Error::input(path.display().to_string(), message.as_str(), ""));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(most)).unwrap_or_default());
    file.take(most.min(LARGEST)).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

fn document(name: &str, bytes: &[u8]) -> Document {
    Document { name: name.to_owned(), report: lint::check(name, bytes, &Context::default()), serving: None }
}
