//! The seal of the index: a sum over its bytes, taken when a writer has finished, and how the file looked then.
//!
//! SQLite does not notice that a bit of a row has been flipped. While the file looks as it did, it is believed to be what
//! was written, which costs nothing; otherwise its bytes are summed up again. A writer breaks the seal before it begins,
//! so that an index without one may be in the middle of something, and only its structure can be looked at.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::layout::Layout;
use crate::disk;
use crate::error::Result;

/// What is known of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It looks as it did when it was sealed.
    Sound,
    /// It looks otherwise, and holds the same bytes.
    Moved,
    /// It holds other bytes than were sealed.
    Damaged,
    /// It has no seal.
    Unsealed,
}

#[derive(Serialize, Deserialize, PartialEq)]
struct Seal {
    sum: String,
    look: Look,
}

/// What changes whenever somebody writes to a file, through whatever program.
#[derive(Serialize, Deserialize, PartialEq)]
struct Look {
    size: u64,
    modified: i64,
    changed: i64,
}

/// Takes the seal away, since the index is about to change.
pub(super) fn break_up(layout: &Layout) -> Result<()> {
    disk::remove(&layout.seal())
}

/// Seals the index as it is now; all of it must stand in its file, and nobody else may write.
pub(super) fn set(layout: &Layout) -> Result<()> {
    let path = layout.index();
    let (Some(look), Some(sum)) = (look(&path), sum(&path)) else { return break_up(layout) };
    let Ok(text) = serde_json::to_string(&Seal { sum, look }) else { return Ok(()) };
    disk::write(&layout.seal(), text.as_bytes(), None)
}

/// Holds the index against its seal. What looks as it did is believed, unless `thoroughly`. Says nothing of an index that
/// somebody is writing to: that is for whoever holds the lock.
pub(super) fn verify(layout: &Layout, thoroughly: bool) -> Verdict {
    let seal: Option<Seal> = std::fs::read(layout.seal()).ok().and_then(|text| serde_json::from_slice(&text).ok());
    let Some(seal) = seal else { return Verdict::Unsealed };
    let path = layout.index();
    let looks_the_same = look(&path).is_some_and(|look| look == seal.look);
    if looks_the_same && !thoroughly {
        return Verdict::Sound;
    }
    match (sum(&path), looks_the_same) {
        // The disk does not say.
        (None, _) => Verdict::Unsealed,
        (Some(sum), _) if sum != seal.sum => Verdict::Damaged,
        (_, true) => Verdict::Sound,
        (_, false) => Verdict::Moved,
    }
}

/// Whether a quick look says that somebody should look closer.
pub(super) fn is_doubtful(layout: &Layout) -> bool {
    !matches!(std::fs::read(layout.seal()).ok().and_then(|text| serde_json::from_slice::<Seal>(&text).ok()),
        Some(seal) if look(&layout.index()).is_some_and(|look| look == seal.look))
}

fn look(path: &Path) -> Option<Look> {
    let meta = std::fs::metadata(path).ok()?;
    let modified = meta.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?.as_nanos();
    #[cfg(unix)]
    let changed = {
        use std::os::unix::fs::MetadataExt;
        meta.ctime().wrapping_mul(1_000_000_000).wrapping_add(meta.ctime_nsec())
    };
    #[cfg(not(unix))]
    let changed = 0;
    Some(Look { size: meta.len(), modified: i64::try_from(modified).ok()?, changed })
}

/// So much is read at once.
const PIECE: usize = 1 << 20;

/// The sum over a file; `None` where it cannot be read.
fn sum(path: &Path) -> Option<String> {
    let mut file = File::open(path).ok()?;
    let mut piece = vec![0; PIECE];
    let mut lanes = LANES;
    let mut length = 0_u64;
    loop {
        let mut filled = 0;
        while filled < PIECE {
            match file.read(&mut piece[filled..]) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(err) if err.kind() == std::io::ErrorKind::Interrupted => {}
                Err(_) => return None,
            }
        }
        length += filled as u64;
        // The last one is filled up, and the length told beside it.
        piece[filled..].fill(0);
        mix(&mut lanes, &piece);
        if filled < PIECE {
            let words = lanes.map(|lane| format!("{lane:016x}"));
            return Some(format!("{length:x}-{}", words.concat()));
        }
    }
}

const LANES: [u64; 4] = [0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344, 0xa409_3822_299f_31d0, 0x082e_fa98_ec4e_6c89];

/// Each step is one to one in what was there before and in what comes, so that a change within eight bytes is always
/// seen, and any other but once in 2^64 times.
fn mix(lanes: &mut [u64; 4], bytes: &[u8]) {
    let (blocks, _) = bytes.as_chunks::<32>();
    for block in blocks {
        let (words, _) = block.as_chunks::<8>();
        for (lane, word) in lanes.iter_mut().zip(words) {
            *lane = (*lane ^ u64::from_le_bytes(*word)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flipped_bit_is_seen_and_a_copy_is_not_damage() {
        let dir = tempfile::tempdir().unwrap();
        let layout = Layout::new(dir.path());
        disk::create_dirs_above(&layout.index()).unwrap();
        let bytes: Vec<u8> = (0..70_000_u32).map(|n| (n.wrapping_mul(n) >> 7) as u8).collect();
        std::fs::write(layout.index(), &bytes).unwrap();
        assert_eq!(verify(&layout, false), Verdict::Unsealed);
        set(&layout).unwrap();
        assert!(!is_doubtful(&layout));
        assert_eq!((verify(&layout, false), verify(&layout, true)), (Verdict::Sound, Verdict::Sound));
        disk::write(&layout.index(), &bytes, None).unwrap();
        assert!(is_doubtful(&layout));
        assert_eq!(verify(&layout, false), Verdict::Moved);
        for at in (0..bytes.len()).step_by(701) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1 << (at % 8);
            std::fs::write(layout.index(), &damaged).unwrap();
            assert_eq!(verify(&layout, false), Verdict::Damaged, "{at}");
        }
        for other in [&bytes[..69_999], &[&bytes[..], &[0]].concat(), &[]] {
            std::fs::write(layout.index(), other).unwrap();
            assert_eq!(verify(&layout, false), Verdict::Damaged, "{} bytes", other.len());
        }
        break_up(&layout).unwrap();
        assert_eq!(verify(&layout, true), Verdict::Unsealed);
    }
}
