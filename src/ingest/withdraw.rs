//! Articles whose files are gone from their source, and what becomes of them.
//!
//! A missing file may have been deleted. It may also stand on a disk that is not mounted, in a folder that nobody may
//! read now, on a branch that is not checked out. So only what is surely not there counts, nothing is withdrawn where
//! anything could not be looked at, and where most of a source vanishes at once a person is asked.

use std::path::Path;

use crate::archive::{Archive, Intake, Place};
use crate::error::{Error, Result};
use crate::source::tree::{self, Tree};

/// What becomes of articles whose source has them no longer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Deleted {
    /// They stay as they are.
    #[default]
    Keep,
    /// They are retracted until the source has them again.
    Retract,
}

/// What documents from standard input are called; nobody can look whether they are still there.
pub const STANDARD_INPUT: &str = "standard input";

/// What is gone from a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gone {
    /// The source, as an origin.
    pub source: String,
    /// The articles of the source whose file is gone, and that were found nowhere else that is still there.
    pub articles: Vec<Place>,
    /// How many articles of the source there are, gone or not, that are not retracted.
    pub known: u64,
}

/// Looks for the files of all articles that were found last at `source` (an origin: a file or directory as its
/// provenance calls it) but not at one of `others` that lies in it and speaks for itself. Nothing is read.
///
/// An article that stands in a file with others, or in a container, is there as long as the file is: what a file no
/// longer lists it may only have no room for.
///
/// # Errors
/// Something could not be looked at: then nobody knows what is gone. Or the archive cannot be asked.
pub fn gone(archive: &Archive, source: &str, others: &[&str], project: &Path) -> Result<Gone> {
    let mut gone = Gone { source: source.to_owned(), ..Gone::default() };
    let mut failed = Ok(());
    let mut missing = Vec::new();
    let deeper: Vec<&str> = others.iter().copied().filter(|other| source == "." || is_at(other, source)).collect();
    archive.found_at(source, &mut |place| {
        if failed.is_err() || deeper.iter().any(|other| is_at(&place.origin, other)) {
            return;
        }
        gone.known += 1;
        match is_there(project, &place.origin) {
            Ok(true) => {}
            Ok(false) => missing.push(place),
            Err(err) => failed = Err(err),
        }
    })?;
    failed?;
    for place in missing {
        let mut is_elsewhere = false;
        for origin in archive.places_of(&place.path)? {
            is_elsewhere = is_elsewhere || is_anywhere(archive, Some(project), &origin)?;
        }
        if !is_elsewhere {
            gone.articles.push(place);
        }
    }
    Ok(gone)
}

/// The articles of a remote source that were found on pages, or in files, which it does not name any more.
///
/// Only sitemaps and directories name all that there is: of other kinds nothing is known to be gone. Files on this
/// machine at which an article was found too are looked for below `project`; without it they are taken to be there.
///
/// # Errors
/// Those of [`gone`].
pub fn gone_from_remote(archive: &Archive, source: &str, project: Option<&Path>) -> Result<Gone> {
    let (pages, named) = archive.gone_pages(source)?;
    let mut articles = Vec::new();
    for page in pages {
        let mut found = Vec::new();
        archive.found_at(&page, &mut |place| found.push(place))?;
        for place in found {
            // What stands behind a `/` may be in a container at this address, or at an address of its own.
            let own = place.origin.split('#').next().unwrap_or_default();
            if own != page && archive.is_page(own)? {
                continue;
            }
            let mut is_elsewhere = false;
            for origin in archive.places_of(&place.path)? {
                is_elsewhere = is_elsewhere || !is_at(&origin, &page) && is_anywhere(archive, project, &origin)?;
            }
            if !is_elsewhere {
                articles.push(place);
            }
        }
    }
    Ok(Gone { source: source.to_owned(), known: named + articles.len() as u64, articles })
}

impl Gone {
    /// Why what is gone is not withdrawn without asking: more than half of the source's articles went at once, which is
    /// what a disk that is not mounted looks like.
    pub fn doubt(&self) -> Option<Error> {
        let gone = self.articles.len() as u64;
        let source = &self.source;
        (gone > self.known / 2 && gone > 0).then(|| {
            Error::input(source, format!("at most half of its {} articles to be gone", self.known), gone).hint(format!(
                "nothing was retracted; if they were deleted on purpose, run `feedmill withdraw {source} --yes` \
                 (--dry-run names them)"
            ))
        })
    }

    /// Retracts what is gone until it is there again. It is durable after the next [`Archive::commit`].
    ///
    /// # Errors
    /// A record cannot be read, or the disk or the index refuse.
    pub fn withdraw(&self, archive: &mut Archive, intake: &Intake) -> Result<()> {
        for place in &self.articles {
            for origin in archive.places_of(&place.path)? {
                archive.forget_source_of(&origin)?;
            }
            archive.retract(&place.path, None, true, intake.now)?;
        }
        Ok(())
    }
}

/// Whether the article of the record at `path`, found last at `origin`, is surely gone from the source, and is nowhere
/// else. What cannot be looked at, or may stand on a disk that is not mounted, is not.
pub(super) fn is_gone(archive: &Archive, origin: &str, path: &str, source: &Tree) -> bool {
    let is_of_source = is_at(origin, source.origin()) || source.origin() == "." && !origin.starts_with('/');
    let is_nowhere = || -> Result<bool> {
        for place in archive.places_of(path)? {
            if is_anywhere(archive, Some(source.project()), &place)? {
                return Ok(false);
            }
        }
        Ok(true)
    };
    is_of_source
        && matches!(is_there(source.project(), origin), Ok(false))
        && tree::is_seen_gone(source.project(), origin)
        && matches!(is_nowhere(), Ok(true))
}

/// Whether an origin is that of a source, or lies in it.
fn is_at(origin: &str, source: &str) -> bool {
    origin.strip_prefix(source).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '#']))
}

/// Whether the document at an origin is there, here or on the web.
fn is_anywhere(archive: &Archive, project: Option<&Path>, origin: &str) -> Result<bool> {
    if origin.contains("://") {
        return Ok(!archive.is_gone_page(origin.split('#').next().unwrap_or_default())?);
    }
    project.map_or(Ok(true), |project| is_there(project, origin))
}

/// Whether the document at an origin is there, as far as a look at the disk tells. What came over the network is.
fn is_there(project: &Path, origin: &str) -> Result<bool> {
    if origin.contains("://") || is_at(origin, STANDARD_INPUT) {
        return Ok(true);
    }
    tree::is_there(project, origin)
}
