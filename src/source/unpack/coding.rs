//! Compressed data: gzip, zstd, bzip2 and xz, with as many parts one after the other as there are.

use std::io::{self, BufRead, Read};

/// A way of compressing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Gzip,
    Zstd,
    Bzip2,
    Xz,
}

/// The memory that unpacking xz may take; `xz -9` needs 65 MiB.
const XZ_MEMORY: u64 = 256 << 20;
/// The window of zstd, as a power of two; `zstd -19` needs 8 MiB, `--long` 128.
const ZSTD_WINDOW_LOG: u32 = 27;

impl Coding {
    /// The coding of data that begin so (RFC 1952 section 2.3.1, RFC 8878 section 3.1, the format descriptions of bzip2
    /// and xz).
    pub fn of(head: &[u8]) -> Option<Coding> {
        // A skippable frame may stand before the first frame of zstd.
        let is_skippable = head.len() >= 4 && head[0] & 0xf0 == 0x50 && head[1..4] == [0x2a, 0x4d, 0x18];
        match head {
            [0x1f, 0x8b, 8, ..] => Some(Coding::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Coding::Zstd),
            [b'B', b'Z', b'h', b'1'..=b'9', rest @ ..]
                if rest.starts_with(b"\x31\x41\x59\x26\x53\x59") || rest.starts_with(b"\x17\x72\x45\x38\x50\x90") =>
            {
                Some(Coding::Bzip2)
            }
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Coding::Xz),
            _ if is_skippable => Some(Coding::Zstd),
            _ => None,
        }
    }

    /// What the data unpack to.
    pub fn decoder<'a>(self, packed: Box<dyn BufRead + 'a>) -> io::Result<Box<dyn Read + 'a>> {
        Ok(match self {
            Coding::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(packed)),
            Coding::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(packed)),
            Coding::Zstd => {
                let mut decoder = zstd::Decoder::with_buffer(packed)?;
                decoder.window_log_max(ZSTD_WINDOW_LOG)?;
                Box::new(decoder)
            }
            Coding::Xz => {
                let stream = liblzma::stream::Stream::new_stream_decoder(XZ_MEMORY, liblzma::stream::CONCATENATED)
                    .map_err(io::Error::other)?;
                Box::new(liblzma::bufread::XzDecoder::new_stream(packed, stream))
            }
        })
    }

    /// The name of what a file of that name holds: `2003-July.txt.gz` holds `2003-July.txt`, `posts.tgz` holds
    /// `posts.tar`.
    pub fn name_inside(self, name: &str) -> String {
        let (plain, tar): (&[&str], &[&str]) = match self {
            Coding::Gzip => (&["gz", "gzip", "z"], &["tgz", "taz"]),
            Coding::Zstd => (&["zst", "zstd"], &["tzst"]),
            Coding::Bzip2 => (&["bz2", "bz"], &["tbz2", "tbz", "tb2"]),
            Coding::Xz => (&["xz"], &["txz"]),
        };
        let Some((stem, extension)) = name.rsplit_once('.') else { return name.to_owned() };
        let is = |known: &&str| known.eq_ignore_ascii_case(extension);
        match () {
            () if plain.iter().any(is) => stem.to_owned(),
            () if tar.iter().any(is) => format!("{stem}.tar"),
            () => name.to_owned(),
        }
    }
}

/// Whether a media type is that of compressed data.
pub(super) fn is_coding(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let name = essence.strip_prefix("application/").unwrap_or(&essence);
    matches!(
        name.strip_prefix("x-").unwrap_or(name),
        "gzip" | "zstd" | "bzip2" | "bzip" | "xz" | "compress" | "gtar" | "tar" | "octet-stream"
    )
}
