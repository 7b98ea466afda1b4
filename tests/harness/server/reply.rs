//! What the server says: good answers, and every way in which an answer goes wrong.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use super::Asked;

/// One answer. Made by one of the first functions, changed by the others.
#[derive(Clone)]
pub struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Arc<[u8]>,
    pub(super) framing: Framing,
    pub(super) wait: Duration,
    pub(super) pace: Option<Pace>,
    pub(super) most: Option<usize>,
    pub(super) endless: bool,
    pub(super) last: bool,
    pub(super) raw: bool,
    conditional: bool,
    ranges: bool,
    fickle: bool,
}

/// How the end of a body is told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    Length,
    Claimed(u64),
    Chunked,
    /// Chunks, of which one has no number.
    Broken,
    /// By the end of the connection.
    Close,
}

#[derive(Clone, Copy)]
pub(super) struct Pace {
    pub(super) bytes: usize,
    pub(super) pause: Duration,
    pub(super) head_too: bool,
}

impl Reply {
    /// 200 with a body.
    pub fn ok(media_type: &str, body: impl AsRef<[u8]>) -> Reply {
        Reply::status(200).header("Content-Type", media_type).body(body)
    }

    /// A status with a short text.
    pub fn status(status: u16) -> Reply {
        Reply {
            status,
            headers: Vec::new(),
            body: if matches!(status, 204 | 304) { Arc::default() } else { format!("{status}\n").into_bytes().into() },
            framing: Framing::Length,
            wait: Duration::ZERO,
            pace: None,
            most: None,
            endless: false,
            last: false,
            raw: false,
            conditional: false,
            ranges: false,
            fickle: false,
        }
    }

    /// 301, 302, 303, 307 or 308 to that place, which may be relative.
    pub fn redirect(status: u16, to: &str) -> Reply {
        Reply::status(status).header("Location", to)
    }

    /// 200 with these validators, and 304 to whoever sends them back. An empty validator is not sent.
    pub fn conditional(etag: &str, last_modified: &str, body: impl AsRef<[u8]>) -> Reply {
        let mut reply = Reply { conditional: true, ..Reply::status(200).body(body) };
        for (name, value) in [("ETag", etag), ("Last-Modified", last_modified)] {
            if !value.is_empty() {
                reply = reply.header(name, value);
            }
        }
        reply
    }

    /// 200 with the same body and other validators at every request.
    pub fn fickle(media_type: &str, body: impl AsRef<[u8]>) -> Reply {
        Reply { fickle: true, ..Reply::ok(media_type, body) }
    }

    /// The page of a bot guard where something else was.
    pub fn challenge(status: u16) -> Reply {
        let page = "<!DOCTYPE html><html><head><title>Just a moment...</title><meta name=\"robots\" content=\"noindex\">\
                    <noscript>Enable JavaScript and cookies to continue</noscript></head>\
                    <body><div id=\"challenge\"></div><script>window._opt={cType:'managed'};</script></body></html>";
        Reply::status(status).header("Content-Type", "text/html; charset=UTF-8").body(page)
    }

    /// Some 1000 × less bytes that become this many MiB of blanks when they are unpacked.
    pub fn bomb(media_type: &str, mebibytes: usize) -> Reply {
        let chunk = vec![b' '; 1 << 20];
        // A full flush makes the chunks independent of each other: they are all the same.
        let mut packer = flate2::Compress::new(flate2::Compression::best(), false);
        let mut packed = Vec::with_capacity(8 << 10);
        packer.compress_vec(&chunk, &mut packed, flate2::FlushCompress::Full).unwrap();
        let mut sum = flate2::Crc::new();
        let mut bytes = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
        for _ in 0..mebibytes {
            bytes.extend_from_slice(&packed);
            sum.update(&chunk);
        }
        bytes.extend_from_slice(&[3, 0]);
        bytes.extend_from_slice(&sum.sum().to_le_bytes());
        bytes.extend_from_slice(&sum.amount().to_le_bytes());
        Reply::ok(media_type, bytes).header("Content-Encoding", "gzip")
    }

    /// The connection ends without a word.
    pub fn hang_up() -> Reply {
        Reply::raw("")
    }

    /// These bytes instead of an answer; then the connection ends.
    pub fn raw(bytes: impl AsRef<[u8]>) -> Reply {
        Reply { raw: true, last: true, ..Reply::status(200).body(bytes) }
    }

    pub fn header(mut self, name: &str, value: &str) -> Reply {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn body(mut self, body: impl AsRef<[u8]>) -> Reply {
        self.body = body.as_ref().into();
        self
    }

    /// The body gzipped.
    pub fn gzip(self) -> Reply {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(&self.body).unwrap();
        let packed = packer.finish().unwrap();
        self.body(packed).header("Content-Encoding", "gzip")
    }

    /// The body packed by zstd.
    pub fn zstd(self) -> Reply {
        let packed = zstd::encode_all(&self.body[..], 3).unwrap();
        self.body(packed).header("Content-Encoding", "zstd")
    }

    /// Honours `Range: bytes=N-` (and `N-M`), with `If-Range` where there is a validator.
    pub fn ranges(self) -> Reply {
        Reply { ranges: true, ..self.header("Accept-Ranges", "bytes") }
    }

    /// In chunks, without a length.
    pub fn chunked(self) -> Reply {
        Reply { framing: Framing::Chunked, ..self }
    }

    /// In chunks, the second of which is none.
    pub fn broken_chunk(self) -> Reply {
        Reply { framing: Framing::Broken, last: true, ..self }
    }

    /// Without a length: the end of the connection is the end of the body.
    pub fn until_close(self) -> Reply {
        Reply { framing: Framing::Close, last: true, ..self }
    }

    /// Says another length than the body has; then the connection ends.
    pub fn claims_length(self, length: u64) -> Reply {
        Reply { framing: Framing::Claimed(length), last: true, ..self }
    }

    /// Breaks off after this many bytes of the body.
    pub fn cut_after(self, bytes: usize) -> Reply {
        Reply { most: Some(bytes), last: true, ..self }
    }

    /// The body over and over again, without an end.
    pub fn endless(self) -> Reply {
        Reply { endless: true, last: true, framing: Framing::Close, ..self }
    }

    /// Nothing for so long, before the first byte.
    pub fn after(self, wait: Duration) -> Reply {
        Reply { wait, ..self }
    }

    /// The body in pieces of so many bytes, with a pause after each.
    pub fn slowly(self, bytes: usize, pause: Duration) -> Reply {
        Reply { pace: Some(Pace { bytes, pause, head_too: false }), ..self }
    }

    /// The whole answer, its head too, byte by byte.
    pub fn drip(self, pause: Duration) -> Reply {
        Reply { pace: Some(Pace { bytes: 1, pause, head_too: true }), ..self }
    }

    /// Ends the connection afterwards.
    pub fn close(self) -> Reply {
        Reply { last: true, ..self.header("Connection", "close") }
    }

    /// The answer to this request: 304 and 206 where they are due.
    pub(super) fn to(mut self, asked: &Asked) -> Reply {
        if self.fickle {
            let changed = http_date(1_700_000_000 + asked.ordinal as i64);
            return self.header("ETag", &format!("\"v{}\"", asked.ordinal)).header("Last-Modified", &changed);
        }
        if self.conditional && self.is_known(asked) {
            self.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-encoding"));
            self.framing = Framing::Length;
            return Reply { status: 304, body: Arc::default(), ..self };
        }
        if self.ranges { self.part(asked) } else { self }
    }

    fn own(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// RFC 9110, 13.2.2: with `If-None-Match`, `If-Modified-Since` is not looked at.
    fn is_known(&self, asked: &Asked) -> bool {
        let weak = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
        match (asked.header("if-none-match"), asked.header("if-modified-since")) {
            (Some("*"), _) => true,
            (Some(tags), _) => {
                let own = self.own("etag");
                // Tags may hold commas: what is equal as a whole is no list.
                own == Some(tags) || own.is_some_and(|own| tags.split(',').any(|tag| weak(tag) == weak(own)))
            }
            (None, since) => since.is_some() && since == self.own("last-modified"),
        }
    }

    fn part(self, asked: &Asked) -> Reply {
        let validators = [self.own("etag"), self.own("last-modified")];
        let holds = asked.header("if-range").is_none_or(|validator| validators.contains(&Some(validator)));
        let Some(range) = asked.header("range").and_then(|range| range.strip_prefix("bytes=")).filter(|_| holds) else {
            return self;
        };
        let whole = self.body.len();
        let (from, to) = range.split_once('-').expect("a range has two ends");
        let from: usize = from.parse().expect("only ranges from a place on are served");
        if from >= whole {
            let refused = Reply::status(416).header("Content-Range", &format!("bytes */{whole}"));
            return Reply { last: self.last, ..refused };
        }
        let to = to.parse().map_or(whole - 1, |to: usize| to.min(whole - 1));
        let body = self.body[from..=to].to_vec();
        let shown = format!("bytes {from}-{to}/{whole}");
        Reply { status: 206, ..self.body(body) }.header("Content-Range", &shown)
    }
}

/// A moment as HTTP writes it (RFC 9110, 5.6.7), of seconds since 1970.
pub fn http_date(seconds: i64) -> String {
    chrono::DateTime::from_timestamp(seconds, 0).unwrap().format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
