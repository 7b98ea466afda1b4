//! The files beside a document.

use std::fs;
use std::path::{Component, Path, PathBuf};

use feedmill_markup as markup;

/// Where the files stand that a document may name: its directory, and that of its source around it. Nothing outside of
/// the source is ever looked at, whatever an address or a link in the file system says.
pub struct Neighbourhood {
    dir: Option<PathBuf>,
    root: Option<PathBuf>,
}

/// What an address of a file beside a document leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Neighbour {
    /// A file and its size.
    File(PathBuf, u64),
    /// Nothing that is there.
    Missing,
    /// Something that is none of the files of the source.
    Outside,
}

impl Neighbourhood {
    /// That of a document in `dir`, in a source of which `root` is the directory.
    pub(super) fn new(dir: Option<&Path>, root: Option<&Path>) -> Neighbourhood {
        Neighbourhood { dir: dir.map(Path::to_owned), root: root.map(Path::to_owned) }
    }

    /// The size in bytes of the file that a document names by this relative address; `None` where there is none, and for
    /// addresses that lead out of the directory.
    pub fn size_of(&self, address: &str) -> Option<u64> {
        let dir = self.dir.as_deref().filter(|_| !address.contains(['?', '#', ':', '\\', '\0']))?;
        let path = PathBuf::from(markup::link::percent_decoded(address));
        if !path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
            return None;
        }
        fs::metadata(dir.join(path)).ok().filter(fs::Metadata::is_file).map(|meta| meta.len())
    }

    /// The file that a document names by this address: a path from its directory, or with a slash before it from that of
    /// its source. Hidden files are none of the source.
    pub fn find(&self, address: &str) -> Neighbour {
        let (Some(dir), Some(root)) = (&self.dir, &self.root) else { return Neighbour::Outside };
        let path = markup::link::percent_decoded(address.split(['?', '#']).next().unwrap_or_default());
        if path.is_empty() || path.contains([':', '\\', '\0']) || path.starts_with("//") {
            return Neighbour::Outside;
        }
        let mut below: PathBuf = match path.starts_with('/') {
            true => PathBuf::new(),
            // Both are written alike, since the one was found by walking the other.
            false => dir.strip_prefix(root).unwrap_or(Path::new("")).to_owned(),
        };
        for part in Path::new(path.trim_start_matches('/')).components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir if below.pop() => {}
                Component::Normal(name) if name.as_encoded_bytes().first() != Some(&b'.') => below.push(name),
                _ => return Neighbour::Outside,
            }
        }
        let file = root.join(below);
        let Ok(meta) = fs::metadata(&file) else { return Neighbour::Missing };
        let is_inside = || Some(file.canonicalize().ok()?.starts_with(root.canonicalize().ok()?));
        match meta.is_file() && is_inside().unwrap_or(false) {
            true => Neighbour::File(file, meta.len()),
            false => Neighbour::Outside,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_of_the_source_is_found() {
        let dir = tempfile::tempdir().unwrap();
        let at = |path: &str| dir.path().join(path);
        fs::create_dir_all(at("notes/quay")).unwrap();
        for file in ["secret.png", "notes/a.png", "notes/quay/b c.png", "notes/.hidden.png"] {
            fs::write(at(file), "x").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(at("secret.png"), at("notes/quay/link.png")).unwrap();
        let beside = Neighbourhood::new(Some(&at("notes/quay")), Some(&at("notes")));
        for (address, file) in [
            ("b%20c.png", "notes/quay/b c.png"),
            ("./b c.png?v=1", "notes/quay/b c.png"),
            ("../a.png", "notes/a.png"),
            ("/a.png", "notes/a.png"),
        ] {
            assert_eq!(beside.find(address), Neighbour::File(at(file), 1), "{address}");
        }
        for address in
            ["../../secret.png", "/../secret.png", "link.png", "../.hidden.png", "C:\\a.png", "//a.png", "", "."]
        {
            assert_eq!(beside.find(address), Neighbour::Outside, "{address}");
        }
        assert_eq!(beside.find("gone.png"), Neighbour::Missing);
        assert_eq!(Neighbourhood::new(None, None).find("a.png"), Neighbour::Outside);
    }
}
