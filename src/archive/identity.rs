//! The archive's own UUID, in `archive.toml` from its creation on.

use serde::Deserialize;
use uuid::Uuid;

use super::layout::Layout;
use super::lock;
use crate::disk;
use crate::error::{Error, Result};

#[derive(Deserialize)]
struct File {
    uuid: String,
}

/// Makes the archive's directory and identity, if there is none.
pub fn create_if_missing(layout: &Layout, site_url: Option<&str>) -> Result<()> {
    let path = layout.identity();
    if path.exists() {
        return Ok(());
    }
    // Two first runs at once must not give it two.
    let _lock = lock::take(&layout.lock())?;
    if path.exists() {
        return Ok(());
    }
    let uuid = match site_url {
        Some(url) => Uuid::new_v5(&Uuid::NAMESPACE_URL, url.as_bytes()),
        None => Uuid::new_v4(),
    };
    let text = format!(
        "# A feedmill archive. The ids of its articles are derived from this UUID: never change it, and copy it with\n\
         # the archive. The records beside it are the truth; .feedmill/index.sqlite can be deleted at any time.\n\
         uuid = \"{uuid}\"\n"
    );
    disk::create_dirs_above(&path)?;
    disk::write(&path, text.as_bytes(), None)
}

/// Reads the UUID of an archive.
pub fn read(layout: &Layout) -> Result<Uuid> {
    let path = layout.identity();
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(err) if err.kind() == std::io::ErrorKind::NotFound => {
            return Err(Error::archive(layout.root(), "there is no archive here (no archive.toml)")
                .hint("run `feedmill build` or `feedmill ingest`, which make one")
                .caused_by(err));
        }
        Err(err) => return Err(Error::io("read", path, err)),
    };
    let wrong = |found: String| {
        Error::input(path.display().to_string(), "a line `uuid = \"…\"`", found)
            .hint("restore the file; with another UUID every article would look new to subscribers")
    };
    let file: File = toml::from_str(&text).map_err(|err| wrong(err.message().to_owned()))?;
    Uuid::parse_str(&file.uuid).map_err(|err| wrong(err.to_string()))
}
