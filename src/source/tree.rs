//! Files and directories on this machine as sources: a walk that lists, and a reader that opens.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, Utc};
use globset::{Glob, GlobSet, GlobSetBuilder};
use rayon::prelude::*;

use super::links::Links;
use super::names::{
    SIDECAR, encoded, is_maildir, is_no_article, is_of_mail_server, is_rewritten, is_sidecar_of_any, join, lossless,
    origin_of,
};
use super::{Document, Sidecar};
use crate::error::{Error, Result};

/// A file or directory to take articles from.
#[derive(Clone, Debug)]
pub struct Tree {
    path: PathBuf,
    /// Where relative origins start.
    project: PathBuf,
    /// The path as the user wrote it, with `/` between segments: the beginning of every origin.
    origin: String,
    /// What stands before a file's path below `path` in its name, where dates are looked for.
    prefix: String,
    include: GlobSet,
    exclude: GlobSet,
    all: bool,
    skip: Vec<PathBuf>,
}

/// The files of one directory.
#[derive(Debug, Default)]
pub struct Listing {
    /// The directory, as an origin.
    pub dir: String,
    /// The directory.
    pub path: PathBuf,
    /// Its files, in the order of the bytes of their names.
    pub files: Vec<Entry>,
    /// How many files were passed over, because their extension says that they are no articles.
    pub passed_over: u64,
    /// What could not be looked at.
    pub troubles: Vec<Error>,
}

/// A file that may hold articles.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The file.
    pub path: PathBuf,
    /// The file as the user would write it.
    pub origin: String,
    /// The path below the source, for dates and names.
    pub name: String,
    /// The last segment of the origin.
    pub file_name: String,
    /// Its size in bytes, with that of its sidecar.
    pub size: u64,
    /// Its modification time; that of its sidecar where that is later.
    pub modified: DateTime<Utc>,
    /// A file of metadata beside it.
    pub sidecar: Option<PathBuf>,
    /// The directory of the source, which nothing that the file names may lie outside of.
    pub root: Arc<Path>,
    /// Whether the disk has failed while it was read.
    failed: Arc<AtomicBool>,
}

impl Entry {
    /// Whether the disk has failed while the file was read, so that what was found in it may not be all.
    pub fn was_cut_short(&self) -> bool {
        self.failed.load(Ordering::Relaxed)
    }
}

/// Reads a file, and remembers that the disk has failed: parsers may take an error for the end.
struct Noting {
    file: File,
    failed: Arc<AtomicBool>,
}

impl Read for Noting {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.file.read(buffer).inspect_err(|err| {
            if err.kind() != io::ErrorKind::Interrupted {
                self.failed.store(true, Ordering::Relaxed);
            }
        })
    }
}

/// A smaller file is read whole at once; a larger one is streamed by parsers that can.
const WHOLE: u64 = 1 << 20;

/// So many files are looked at by one thread at least; fewer are not worth waking another.
const STATS_AT_ONCE: usize = 64;

/// Deeper directories are refused: a link that leads in a circle is recognised before, so this is no real archive.
const DEEPEST: usize = 64;

impl Tree {
    /// The file or directory `path`, which the user named as such or below `project`.
    ///
    /// `include` and `exclude` are globs on paths below it; without `include`, everything is in. Directories in
    /// `skip` (the archive, the feeds) are never entered.
    ///
    /// # Errors
    /// There is no such path, it lies in a directory of `skip`, or a glob is wrong.
    pub fn new(path: &Path, project: &Path, include: &[String], exclude: &[String], skip: &[PathBuf]) -> Result<Tree> {
        let full = project.join(path);
        if let Err(err) = fs::metadata(&full) {
            let hint = "check the path; relative paths start at the directory of feedmill.toml, or here without one";
            return Err(Error::io("read", path, err).hint(hint));
        }
        let skip: Vec<PathBuf> = skip.iter().filter_map(|dir| project.join(dir).canonicalize().ok()).collect();
        if full.canonicalize().is_ok_and(|real| skip.iter().any(|own| real.starts_with(own))) {
            let found = "expected a source outside the archive and the feeds, found one inside";
            return Err(Error::usage(path.display().to_string(), found)
                .hint("records are edited where they stand; `feedmill index` takes the edits up"));
        }
        let origin = origin_of(&full, project);
        let prefix = match path.is_absolute() {
            // The directories above an absolute path are this machine's affair; a date in them means something else.
            true => full.file_name().map(|name| encoded(&name.to_string_lossy())).unwrap_or_default(),
            false => origin.clone(),
        };
        Ok(Tree {
            origin,
            prefix,
            include: globs(include)?,
            exclude: globs(exclude)?,
            all: include.is_empty(),
            skip,
            project: project.to_owned(),
            path: full,
        })
    }

    /// The path as the user would write it.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// What stands before a file's path below the source in its name.
    pub fn prefix(&self) -> &str {
        if self.prefix == "." { "" } else { &self.prefix }
    }

    /// The bytes of a small file of this name in the directory of the source, or in the one above where the source is a
    /// part of a site (`_posts`).
    pub fn beside(&self, name: &str) -> Option<Vec<u8>> {
        /// Settings of a site are a few lines.
        const LARGEST: u64 = 1 << 20;
        let is_part = self.path.file_name().is_some_and(|dir| dir.as_encoded_bytes().first() == Some(&b'_'));
        let above = self.path.parent().filter(|_| is_part);
        std::iter::once(self.path.as_path()).chain(above).find_map(|dir| {
            let path = dir.join(name);
            let is_small = fs::metadata(&path).is_ok_and(|meta| meta.is_file() && meta.len() <= LARGEST);
            is_small.then(|| fs::read(&path).ok()).flatten()
        })
    }

    /// The directory in which relative origins start.
    pub fn project(&self) -> &Path {
        &self.project
    }

    /// Lists every directory, parents before children, in the order of the bytes of their names, until `each`
    /// breaks. What cannot be listed is passed on as an error, and the walk goes on.
    pub fn walk(&self, each: &mut dyn FnMut(Result<Listing>) -> ControlFlow<()>) {
        let Ok(meta) = fs::metadata(&self.path) else {
            let err = std::io::Error::from(std::io::ErrorKind::NotFound);
            let _ = each(Err(Error::io("read", &self.path, err)));
            return;
        };
        if meta.is_dir() {
            let root = self.path.canonicalize().unwrap_or_else(|_| self.path.clone());
            let _ = self.walk_dir(&self.path, "", 0, &mut Links::below(root), each);
            return;
        }
        let (dir, file_name) = self.origin.rsplit_once('/').unwrap_or(("", &self.origin));
        let mut names = vec![file_name.to_owned()];
        names.extend(self.path.file_stem().map(|stem| format!("{}.{SIDECAR}", stem.to_string_lossy())));
        names.sort_unstable();
        let root: Arc<Path> = self.path.parent().unwrap_or(&self.path).into();
        let entry = entry(&self.path, self.origin.clone(), self.prefix.clone(), &names, &root);
        let _ = each(entry.map(|entry| Listing {
            dir: dir.to_owned(),
            path: self.path.parent().unwrap_or(&self.path).to_owned(),
            files: vec![entry],
            ..Listing::default()
        }));
    }

    fn walk_dir(
        &self,
        dir: &Path,
        below: &str,
        depth: usize,
        links: &mut Links,
        each: &mut dyn FnMut(Result<Listing>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let (listing, dirs) = match self.list(dir, below) {
            Ok(listed) => listed,
            Err(err) => return each(Err(err)),
        };
        each(Ok(listing))?;
        for name in dirs {
            let path = dir.join(&name);
            if depth >= DEEPEST {
                let found = Error::input(path.display().to_string(), "articles within 64 directories", "more");
                each(Err(found.hint("make it a source of its own")))?;
                continue;
            }
            match links.enter(&path) {
                Ok(Some(real)) if !self.skip.contains(&real) => {
                    self.walk_dir(&path, &join(below, &encoded(&lossless(&name))), depth + 1, links, each)?;
                }
                Ok(_) => {}
                Err(err) => each(Err(Error::io("enter the directory", &path, err)))?,
            }
        }
        ControlFlow::Continue(())
    }

    /// The files of a directory, and the names of the directories in it.
    fn list(&self, dir: &Path, below: &str) -> Result<(Listing, Vec<OsString>)> {
        let mut listing = Listing { dir: join(&self.origin, below), path: dir.to_owned(), ..Listing::default() };
        let (mut dirs, mut files, mut hidden) = (Vec::new(), Vec::new(), Vec::new());
        for entry in fs::read_dir(dir).map_err(|err| Error::io("read the directory", dir, err))? {
            let entry = entry.map_err(|err| Error::io("read the directory", dir, err))?;
            let name = entry.file_name();
            if name.as_encoded_bytes().first() == Some(&b'.') {
                hidden.push(name);
                continue;
            }
            let mut kind = entry.file_type().map_err(|err| Error::io("look at", entry.path(), err))?;
            if kind.is_symlink() {
                match fs::metadata(entry.path()) {
                    Ok(meta) => kind = meta.file_type(),
                    // A link that leads nowhere holds no article.
                    Err(err) if err.kind() == std::io::ErrorKind::NotFound => {
                        listing.passed_over += 1;
                        continue;
                    }
                    Err(err) => {
                        listing.troubles.push(Error::io("follow the link", entry.path(), err));
                        continue;
                    }
                }
            }
            if kind.is_dir() {
                dirs.push(name);
            } else if kind.is_file() {
                files.push(name);
            }
        }
        if is_maildir(&dirs) {
            // What is being delivered is not there yet, and the folders of a Maildir are hidden from other programs.
            dirs.retain(|name| name != "tmp");
            dirs.extend(hidden.into_iter().filter(|name| dir.join(name).join("cur").is_dir()));
            let all = files.len();
            files.retain(|name| !is_of_mail_server(name));
            listing.passed_over += (all - files.len()) as u64;
        }
        dirs.sort_unstable();
        let mut files: Vec<(String, OsString)> =
            files.into_iter().map(|name| (encoded(&lossless(&name)), name)).collect();
        files.sort_unstable();
        let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
        let mut wanted = Vec::with_capacity(files.len());
        for (name, file) in &files {
            let rest = join(below, name);
            let is_in = (self.all || self.include.is_match(&rest)) && !self.exclude.is_match(&rest);
            let is_sidecar = is_sidecar_of_any(name, &names);
            if is_in && !is_sidecar && !is_no_article(name) {
                wanted.push((dir.join(file), join(&listing.dir, name), join(&self.prefix, &rest)));
            } else {
                listing.passed_over += u64::from(!is_sidecar);
            }
        }
        let root: Arc<Path> = self.path.as_path().into();
        let looked_at: Vec<Result<Entry>> = wanted
            .into_par_iter()
            .with_min_len(STATS_AT_ONCE)
            .map(|(path, origin, rest)| entry(&path, origin, rest, &names, &root))
            .collect();
        for entry in looked_at {
            match entry {
                Ok(entry) => listing.files.push(entry),
                // Gone since the directory was read.
                Err(err) if err.is_not_found() => {}
                Err(err) => listing.troubles.push(err),
            }
        }
        Ok((listing, dirs))
    }
}

/// How a path that a user names as such or below `project` begins the origins of what stands there.
pub fn origin(path: &Path, project: &Path) -> String {
    origin_of(&project.join(path), project)
}

/// Whether the document at an origin is there, or the container in which it stands. One whose name is not known to the
/// letter counts as there.
///
/// # Errors
/// The disk does not say: a directory may not be entered, or does not answer.
pub fn is_there(project: &Path, origin: &str) -> Result<bool> {
    let mut end = origin.len();
    // What stands in a container is named behind `/` and `#`, and both may stand in the name of a file.
    while end > 0 {
        let name = &origin[..end];
        match fs::metadata(project.join(name)) {
            Ok(meta) => return Ok(!meta.is_dir() || is_rewritten(&origin[end..])),
            Err(err) if is_absence(&err) => {}
            Err(err) => return Err(Error::io("look at", name, err)),
        }
        end = name.rfind(['/', '#']).unwrap_or(0);
    }
    Ok(is_rewritten(origin))
}

/// Whether the place where a document stood can be seen to be without it: the nearest directory above it that is there holds
/// something. An empty one may be where a disk is mounted at other times.
pub fn is_seen_gone(project: &Path, origin: &str) -> bool {
    let above = project.join(origin);
    let nearest = above.ancestors().skip(1).find(|dir| dir.is_dir());
    nearest.and_then(|dir| fs::read_dir(dir).ok()).is_some_and(|mut entries| entries.next().is_some())
}

fn is_absence(err: &std::io::Error) -> bool {
    use std::io::ErrorKind::{InvalidFilename, InvalidInput, NotADirectory, NotFound};
    matches!(err.kind(), NotFound | NotADirectory | InvalidFilename | InvalidInput)
}

/// What is known of a file without reading it; `beside` are the names in its directory, in order.
fn entry(path: &Path, origin: String, name: String, beside: &[String], root: &Arc<Path>) -> Result<Entry> {
    let stat = |path: &Path| {
        let meta = fs::metadata(path).map_err(|err| Error::io("look at", path, err))?;
        Ok((meta.len(), meta.modified().map(DateTime::<Utc>::from).unwrap_or_default()))
    };
    let (mut size, mut modified) = stat(path)?;
    let file_name = origin.rsplit('/').next().unwrap_or(&origin).to_owned();
    let sidecar_name = file_name.rsplit_once('.').map(|(stem, _)| format!("{stem}.{SIDECAR}"));
    let sidecar = sidecar_name
        .filter(|sidecar| *sidecar != file_name && beside.binary_search(sidecar).is_ok())
        .map(|_| path.with_extension(SIDECAR))
        .filter(|sidecar| sidecar.is_file());
    if let Some(sidecar) = &sidecar {
        let beside = stat(sidecar)?;
        size += beside.0;
        modified = modified.max(beside.1);
    }
    let root = Arc::clone(root);
    Ok(Entry { path: path.to_owned(), origin, name, file_name, size, modified, sidecar, root, failed: Arc::default() })
}

/// Opens a file as a document.
pub fn open(entry: &Entry) -> Result<Document<'static>> {
    let failed = |err| Error::io("read", &entry.origin, err);
    let mut doc = if entry.size <= WHOLE {
        Document::from_bytes(&entry.origin, &entry.name, fs::read(&entry.path).map_err(failed)?)
    } else {
        let file = File::open(&entry.path).map_err(failed)?;
        Document::from_reader(&entry.origin, &entry.name, Noting { file, failed: Arc::clone(&entry.failed) })?
    };
    doc.modified = Some(entry.modified);
    doc.file = Some(entry.path.clone());
    doc.root = Some(Arc::clone(&entry.root));
    if let Some(path) = &entry.sidecar {
        let origin = path.display().to_string();
        let bytes = fs::read(path).map_err(|err| Error::io("read", &origin, err))?;
        doc.sidecar = Some(Sidecar { origin, bytes });
    }
    Ok(doc)
}

fn globs(patterns: &[String]) -> Result<GlobSet> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let wrong = |err: globset::Error| Error::usage(pattern, format!("expected a glob, found {}", err.kind()));
        set.add(Glob::new(pattern).map_err(wrong)?);
    }
    set.build().map_err(|err| Error::usage("the globs of a source", err))
}

#[cfg(test)]
mod tests;
