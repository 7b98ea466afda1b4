//! Content codings: what a client takes, and making it (RFC 9110 sections 8.4 and 12.5.3).

use std::io::{self, Write};

use hyper::HeaderMap;
use hyper::header::ACCEPT_ENCODING;

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Brotli,
    Zstd,
    Gzip,
    Identity,
}

impl Coding {
    /// All but identity, the smallest result first: the order of preference among those that a client likes equally.
    pub(super) const PRESSED: [Coding; 3] = [Coding::Brotli, Coding::Zstd, Coding::Gzip];

    /// The name in `Content-Encoding`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Coding::Brotli => "br",
            Coding::Zstd => "zstd",
            Coding::Gzip => "gzip",
            Coding::Identity => "identity",
        }
    }

    /// What stands behind the hash in the entity tag.
    pub(super) fn suffix(self) -> &'static str {
        match self {
            Coding::Brotli => "-br",
            Coding::Zstd => "-zstd",
            Coding::Gzip => "-gzip",
            Coding::Identity => "",
        }
    }
}

/// What a client takes, in thousandths of its quality values; 0 is a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Accepted {
    brotli: u16,
    zstd: u16,
    gzip: u16,
    identity: u16,
    /// Whether the client said nothing: it then takes everything, yet wants the plain bytes.
    is_silent: bool,
}

impl Accepted {
    /// Reads `Accept-Encoding`. Members that make no sense are passed over.
    pub(super) fn read(headers: &HeaderMap) -> Accepted {
        let mut values = headers.get_all(ACCEPT_ENCODING).iter().peekable();
        if values.peek().is_none() {
            return Accepted { brotli: 1000, zstd: 1000, gzip: 1000, identity: 1000, is_silent: true };
        }
        let (mut brotli, mut zstd, mut gzip, mut identity, mut rest) = (None, None, None, None, None);
        for member in values.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')) {
            let (name, parameters) = member.split_once(';').unwrap_or((member, ""));
            let Some(quality) = quality(parameters) else { continue };
            let name = name.trim();
            let slot = match () {
                () if name.eq_ignore_ascii_case("br") => &mut brotli,
                () if name.eq_ignore_ascii_case("zstd") => &mut zstd,
                () if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") => &mut gzip,
                () if name.eq_ignore_ascii_case("identity") => &mut identity,
                () if name == "*" => &mut rest,
                () => continue,
            };
            *slot = Some(quality);
        }
        let other = rest.unwrap_or(0);
        Accepted {
            brotli: brotli.unwrap_or(other),
            zstd: zstd.unwrap_or(other),
            gzip: gzip.unwrap_or(other),
            // Taken unless refused by name, or by `*;q=0`; and wanted less than anything that was named.
            identity: identity.unwrap_or(if rest == Some(0) { 0 } else { 1 }),
            is_silent: false,
        }
    }

    /// Whether the client takes that coding at all.
    pub(super) fn takes(&self, coding: Coding) -> bool {
        self.quality(coding) > 0
    }

    /// The coding that suits the client best; `None` where it takes nothing that there is.
    pub(super) fn best(&self, is_pressed: bool) -> Option<Coding> {
        let mut best = (self.identity > 0).then_some(Coding::Identity);
        if is_pressed && !self.is_silent {
            for coding in Coding::PRESSED.into_iter().rev() {
                let quality = self.quality(coding);
                if quality > 0 && best.is_none_or(|best| quality >= self.quality(best)) {
                    best = Some(coding);
                }
            }
        }
        best
    }

    fn quality(&self, coding: Coding) -> u16 {
        match coding {
            Coding::Brotli => self.brotli,
            Coding::Zstd => self.zstd,
            Coding::Gzip => self.gzip,
            Coding::Identity => self.identity,
        }
    }
}

/// The `q` among the parameters, in thousandths (RFC 9110 section 12.4.2); 1 where there is none.
fn quality(parameters: &str) -> Option<u16> {
    let Some(weight) = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("q").then(|| value.trim())
    }) else {
        return Some(1000);
    };
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths = format!("{fraction:0<3}").parse().ok()?;
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(1000),
        _ => None,
    }
}

/// How hard bytes are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effort {
    /// It is done once, and sent many times.
    Most,
    /// Somebody waits, and perhaps nobody else will ask.
    Little,
}

impl Effort {
    /// The quality of brotli. From 7 on its tables grow by powers of two, to 33 MB a feed at 9, for a fiftieth of the size;
    /// the best that it can do takes a fifth of a second for 140 kB. 6 needs 2 MB, and 4 a millisecond for a page.
    fn brotli(self) -> i32 {
        if self == Effort::Most { 6 } else { 4 }
    }

    /// The level of zstd: the highest whose window of 8 MiB every client must take (RFC 9659), or the usual one.
    fn zstd(self) -> i32 {
        if self == Effort::Most { 19 } else { 3 }
    }

    fn gzip(self) -> flate2::Compression {
        if self == Effort::Most { flate2::Compression::best() } else { flate2::Compression::default() }
    }
}

/// The window of brotli for so many bytes, as a power of two. The usual one is of 4 MiB, with tables to match: tens of
/// megabytes of memory for a feed of 100 kB.
fn window(bytes: usize) -> i32 {
    let bits = bytes.max(1).ilog2() + 1;
    i32::try_from(bits).unwrap_or(i32::MAX).clamp(16, 22)
}

/// The bytes in a coding. The same bytes with the same effort give the same result, always.
pub(super) fn press(coding: Coding, bytes: &[u8], effort: Effort) -> io::Result<Vec<u8>> {
    match coding {
        Coding::Brotli => {
            let mut out = Vec::new();
            let params = brotli::enc::BrotliEncoderParams {
                quality: effort.brotli(),
                size_hint: bytes.len(),
                lgwin: window(bytes.len()),
                ..brotli::enc::BrotliEncoderParams::default()
            };
            brotli::BrotliCompress(&mut &*bytes, &mut out, &params)?;
            Ok(out)
        }
        Coding::Zstd => zstd::bulk::compress(bytes, effort.zstd()),
        Coding::Gzip => {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), effort.gzip());
            encoder.write_all(bytes)?;
            encoder.finish()
        }
        Coding::Identity => Ok(bytes.to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(value: &str) -> Accepted {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, value.parse().unwrap());
        Accepted::read(&headers)
    }

    #[test]
    fn the_best_of_what_the_client_takes() {
        use Coding::{Brotli, Gzip, Identity, Zstd};
        let best = |value: &str| accepted(value).best(true);
        assert_eq!(Accepted::read(&HeaderMap::new()).best(true), Some(Identity));
        assert_eq!(best(""), Some(Identity));
        assert_eq!(best("gzip"), Some(Gzip));
        assert_eq!(best("GZIP, deflate"), Some(Gzip));
        assert_eq!(best("x-gzip"), Some(Gzip));
        assert_eq!(best("gzip, deflate, br, zstd"), Some(Brotli));
        assert_eq!(best("gzip, zstd"), Some(Zstd));
        assert_eq!(best("br;q=0.5, gzip;q=0.8"), Some(Gzip));
        assert_eq!(best("br; q=0.001 ,gzip;q=0"), Some(Brotli));
        assert_eq!(best("gzip;q=0.5, identity"), Some(Identity));
        assert_eq!(best("deflate"), Some(Identity));
        assert_eq!(best("*"), Some(Brotli));
        assert_eq!(best("*;q=0"), None);
        assert_eq!(best("*;q=0, gzip;q=0.1"), Some(Gzip));
        assert_eq!(best("identity;q=0"), None);
        assert_eq!(best("identity;q=0, *"), Some(Brotli));
        assert_eq!(best("gzip;q=0"), Some(Identity));
        assert_eq!(best("br;q=2, gzip;q=x, zstd;q=0.1234"), Some(Identity), "members without sense do not count");
        assert_eq!(accepted("gzip, identity;q=0").best(false), None, "of what is never compressed");
    }

    #[test]
    fn what_is_made_can_be_read_by_others_and_is_the_same_each_time() {
        let text = "One entry is much like another. ".repeat(2000).into_bytes();
        for coding in Coding::PRESSED {
            let pressed = press(coding, &text, Effort::Most).unwrap();
            assert!(pressed.len() < text.len() / 50, "{coding:?}: {}", pressed.len());
            assert_eq!(pressed, press(coding, &text, Effort::Most).unwrap());
            let mut read = Vec::new();
            match coding {
                Coding::Brotli => brotli::BrotliDecompress(&mut &*pressed, &mut read).unwrap(),
                Coding::Zstd => read = zstd::decode_all(&*pressed).unwrap(),
                _ => drop(io::copy(&mut flate2::read::GzDecoder::new(&*pressed), &mut read).unwrap()),
            }
            assert!(read == text, "{coding:?}");
        }
    }
}
