//! Content codings: how a body is packed (RFC 9110, 8.4.1).
//!
//! They are undone here and not in the HTTP client below, which knows the names in one spelling only, has no bound for
//! the window of zstd, and leaves a coding that it does not know to the reader of the bytes.

use std::io::{self, BufRead, BufReader, Read};

/// What requests offer (`Accept-Encoding`).
pub(super) const OFFERED: &str = "gzip, br, zstd";

/// The window that a zstd frame may have, as a power of two: the 8 MiB that RFC 9659 permits in HTTP.
const ZSTD_WINDOW_LOG: u32 = 23;

/// How much is read, and unpacked, at a time.
const PIECE: usize = 16 << 10;

/// How a body is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Identity,
    Gzip,
    Deflate,
    Brotli,
    Zstd,
}

/// The coding that a header names. Names are compared without case; `x-gzip` is `gzip` (RFC 9110, 8.4.1.3). An error
/// holds what is named in the end: a coding that is not known, or several.
pub(super) fn named(header: &str) -> Result<Coding, String> {
    /// No packing; from `none` on, words that servers are made to send here by mistake.
    const NO_CODING: &[&str] = &["", "identity", "chunked", "none", "utf-8", "utf8", "binary", "7bit", "8bit"];
    let names = header.split(',').map(|name| name.trim().to_ascii_lowercase());
    let names: Vec<String> = names.filter(|name| !NO_CODING.contains(&name.as_str())).collect();
    match names.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => Ok(Coding::Identity),
        ["gzip" | "x-gzip"] => Ok(Coding::Gzip),
        ["deflate"] => Ok(Coding::Deflate),
        ["br"] => Ok(Coding::Brotli),
        ["zstd"] => Ok(Coding::Zstd),
        _ => Err(names.join(", ")),
    }
}

impl Coding {
    /// The name that headers have for it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Coding::Identity => "identity",
            Coding::Gzip => "gzip",
            Coding::Deflate => "deflate",
            Coding::Brotli => "br",
            Coding::Zstd => "zstd",
        }
    }

    /// What the body holds, unpacked as it is read. A body that ends too early is an error, an empty one is empty.
    pub(super) fn unpack<'r>(self, packed: impl Read + 'r) -> io::Result<Box<dyn Read + 'r>> {
        let mut packed = BufReader::with_capacity(PIECE, packed);
        let (first, second) = match packed.fill_buf()? {
            [] => return Ok(Box::new(io::empty())),
            [first] => (*first, 0),
            [first, second, ..] => (*first, *second),
        };
        Ok(match self {
            Coding::Identity => Box::new(packed),
            Coding::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(packed)),
            // RFC 9110 means zlib, and servers send it bare as often; the first two bytes of zlib are a multiple of 31.
            Coding::Deflate if first & 15 == 8 && u16::from_be_bytes([first, second]).is_multiple_of(31) => {
                Box::new(flate2::bufread::ZlibDecoder::new(packed))
            }
            Coding::Deflate => Box::new(flate2::bufread::DeflateDecoder::new(packed)),
            Coding::Brotli => Box::new(brotli::Decompressor::new(packed, PIECE)),
            Coding::Zstd => {
                let mut unpacked = zstd::stream::read::Decoder::with_buffer(packed)?;
                unpacked.window_log_max(ZSTD_WINDOW_LOG)?;
                Box::new(unpacked)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    const NEWS: &[u8] = b"<rss version=\"2.0\"><channel><title>Harbour news</title></channel></rss>";

    /// `NEWS` as brotli (RFC 7932, 9.2), by hand, since nothing here packs it.
    fn brotli() -> Vec<u8> {
        // One meta-block that is not compressed (a window of 16 bits; the length in four nibbles), and an empty last one.
        let mut bits: Vec<bool> = vec![false];
        let mut push = |value: usize, count: usize| bits.extend((0..count).map(|bit| value >> bit & 1 == 1));
        push(0, 1);
        push(0, 2);
        push(NEWS.len() - 1, 16);
        push(1, 1);
        let mut bytes: Vec<u8> =
            bits.chunks(8).map(|eight| eight.iter().rev().fold(0, |byte, bit| byte << 1 | u8::from(*bit))).collect();
        bytes.extend_from_slice(NEWS);
        bytes.push(3);
        bytes
    }

    fn packed() -> Vec<(Coding, Vec<u8>)> {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        let mut bare = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        for writer in [&mut gzip as &mut dyn Write, &mut zlib, &mut bare] {
            writer.write_all(NEWS).unwrap();
        }
        vec![
            (Coding::Identity, NEWS.to_vec()),
            (Coding::Gzip, gzip.finish().unwrap()),
            (Coding::Deflate, zlib.finish().unwrap()),
            (Coding::Deflate, bare.finish().unwrap()),
            (Coding::Brotli, brotli()),
            (Coding::Zstd, zstd::encode_all(NEWS, 3).unwrap()),
        ]
    }

    fn unpack(coding: Coding, packed: &[u8]) -> io::Result<Vec<u8>> {
        let mut unpacked = Vec::new();
        coding.unpack(packed)?.read_to_end(&mut unpacked).map(|_| unpacked)
    }

    #[test]
    fn knows_names_in_every_spelling() {
        for (header, coding) in [
            ("gzip", Coding::Gzip),
            ("GZIP", Coding::Gzip),
            ("x-gzip", Coding::Gzip),
            (" br ", Coding::Brotli),
            ("identity, gzip", Coding::Gzip),
            ("zstd", Coding::Zstd),
            ("deflate", Coding::Deflate),
            ("identity", Coding::Identity),
            ("UTF-8", Coding::Identity),
            ("", Coding::Identity),
        ] {
            assert_eq!(named(header), Ok(coding), "{header:?}");
        }
        assert_eq!(named("gzip,gzip"), Err("gzip, gzip".to_owned()));
        assert_eq!(named("dcb"), Err("dcb".to_owned()));
    }

    #[test]
    fn unpacks_and_sees_an_early_end() {
        for (coding, packed) in packed() {
            assert_eq!(unpack(coding, &packed).unwrap(), NEWS, "{coding:?}");
            assert_eq!(unpack(coding, b"").unwrap(), b"", "{coding:?}");
            for end in 1..packed.len() {
                if coding != Coding::Identity {
                    assert!(unpack(coding, &packed[..end]).is_err(), "{coding:?} cut after {end} of {}", packed.len());
                }
            }
        }
    }

    #[test]
    fn refuses_what_is_packed_in_another_way() {
        for (coding, _) in packed().into_iter().filter(|(coding, _)| *coding != Coding::Identity) {
            assert!(unpack(coding, NEWS).is_err(), "{coding:?}");
        }
    }

    #[test]
    fn refuses_a_zstd_window_that_eats_the_memory() {
        // The head of a frame whose window is 2 GiB: magic, no content size, exponent 21.
        let frame = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 21 << 3, 0x01, 0x00, 0x00];
        assert!(unpack(Coding::Zstd, &frame).is_err());
    }
}
