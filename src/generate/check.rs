//! Whether everything that is written below the output directory has a place of its own.

use std::collections::HashMap;

use super::{ATTACHED, BROWSED, lists, sitemap};
use crate::archive::manifest;
use crate::error::{Error, Result};
use crate::feed::{FeedSpec, Site};
use crate::render::{RENDERERS, list};

/// What else than feeds stands at the top, and what it is for.
const TAKEN: [(&str, &str); 8] = [
    (BROWSED, "the pages of the archive stand where it is shown"),
    (ATTACHED, "the files that came with articles stand"),
    (manifest::DIRECTORY, "the archive is published"),
    (manifest::OVERVIEW, "the archive is published"),
    (list::FILE_NAME, "the page of all feeds stands"),
    (lists::SUBSCRIPTIONS, "the list of all feeds stands"),
    (sitemap::FILE_NAME, "the sitemap stands"),
    (sitemap::DIRECTORY, "the parts of the sitemap stand"),
];

/// Whether the feeds can stand side by side, whatever values those that are split come to; a usage error says what to
/// change.
pub fn check(site: &Site, specs: &[FeedSpec]) -> Result<()> {
    site.check()?;
    let mut names: HashMap<String, &str> = HashMap::with_capacity(specs.len());
    for spec in specs {
        spec.check()?;
        // Some file systems take both for one directory.
        if let Some(other) = names.insert(spec.name.to_lowercase(), &spec.name) {
            let found = format!("expected a name of its own, found the name of feed {other:?}");
            return Err(subject(spec, found).hint("name one of them differently: each feed has its own directory"));
        }
        let is_file = |segment: &str| RENDERERS.iter().any(|format| format.file_name().eq_ignore_ascii_case(segment));
        let first = spec.name.split('/').next().unwrap_or_default();
        if let Some((taken, what)) = TAKEN.iter().find(|(taken, _)| first.eq_ignore_ascii_case(taken)) {
            return Err(subject(spec, format!("expected another name, found {taken:?}")).hint(format!("{what} there")));
        }
        if let Some(segment) = spec.name.split('/').find(|segment| is_file(segment)) {
            return Err(subject(spec, format!("expected a directory name, found {segment:?}"))
                .hint("feeds write files of that name"));
        }
    }
    let split: Vec<&FeedSpec> = specs.iter().filter(|spec| spec.split.is_some()).collect();
    for spec in specs {
        if let Some(above) = split.iter().find(|above| lies_in(&spec.name, &above.name)) {
            let found = format!("expected a place apart from the feeds that {:?} is split into", above.name);
            return Err(subject(spec, format!("{found}, found a place among them"))
                .hint("a value may come to stand there; give one of them another name"));
        }
    }
    Ok(())
}

/// Whether a directory lies in another, on any file system.
fn lies_in(name: &str, above: &str) -> bool {
    let (name, above) = (name.to_lowercase(), above.to_lowercase());
    name.strip_prefix(above.as_str()).is_some_and(|rest| rest.starts_with('/'))
}

fn subject(spec: &FeedSpec, message: String) -> Error {
    Error::usage(format!("feed {:?}", spec.name), message)
}
