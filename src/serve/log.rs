//! The access log in the combined format of Apache, one line a request, written on a thread of its own: a slow disk
//! holds up no answer.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::thread::JoinHandle;

use chrono::{DateTime, Utc};
use hyper::body::Incoming;
use hyper::header::{HeaderName, REFERER, USER_AGENT};
use hyper::{Request, StatusCode, Version};

/// Lines that wait to be written; more are lost, and counted.
const WAITING: usize = 8192;

/// Bytes of lines that are written at once.
const BATCH: usize = 64 << 10;

/// The longest piece of a request that is shown, in bytes before escaping.
const LONGEST_PIECE: usize = 2048;

pub(super) struct Log {
    lines: Option<SyncSender<Line>>,
    thread: Option<JoinHandle<()>>,
    lost: Arc<AtomicU64>,
}

/// What stands before the time, the time, what stands behind it.
struct Line {
    client: IpAddr,
    now: DateTime<Utc>,
    rest: String,
}

impl Log {
    pub(super) fn new(out: Box<dyn Write + Send>) -> io::Result<Log> {
        let (lines, waiting) = sync_channel(WAITING);
        let lost = Arc::<AtomicU64>::default();
        let counted = lost.clone();
        let thread =
            std::thread::Builder::new().name("access log".into()).spawn(move || write_all(out, &waiting, &counted))?;
        Ok(Log { lines: Some(lines), thread: Some(thread), lost })
    }

    /// Lines that were not written, since the writer was too slow or failed.
    pub(super) fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }

    /// Notes an answer. `bytes` is the length of its body, which the client may not have taken to its end.
    pub(super) fn write(
        &self,
        peer: IpAddr,
        request: &Request<Incoming>,
        status: StatusCode,
        bytes: u64,
        now: DateTime<Utc>,
    ) {
        let header = |name: HeaderName| request.headers().get(name).map_or(&b"-"[..], |value| value.as_bytes());
        let mut rest = String::with_capacity(160);
        rest.push('"');
        escape(&mut rest, request.method().as_str().as_bytes());
        rest.push(' ');
        escape(&mut rest, request.uri().path_and_query().map_or("-", |target| target.as_str()).as_bytes());
        rest.push_str(match request.version() {
            Version::HTTP_2 => " HTTP/2.0\" ",
            Version::HTTP_10 => " HTTP/1.0\" ",
            _ => " HTTP/1.1\" ",
        });
        // Writing to a string cannot fail.
        let _ = write!(rest, "{} {bytes} \"", status.as_u16());
        escape(&mut rest, header(REFERER));
        rest.push_str("\" \"");
        escape(&mut rest, header(USER_AGENT));
        rest.push_str("\"\n");
        let line = Line { client: client(peer, request), now, rest };
        if self.lines.as_ref().is_none_or(|lines| lines.try_send(line).is_err()) {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Drop for Log {
    /// Waits until every line is written.
    fn drop(&mut self) {
        self.lines = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Who asked: behind a proxy on this machine, the one that the proxy names. It appends to what it was told, so that only
/// the last address is its own word.
pub(super) fn client<B>(peer: IpAddr, request: &Request<B>) -> IpAddr {
    if !peer.is_loopback() {
        return peer;
    }
    let named = request.headers().get_all("x-forwarded-for").iter().next_back();
    let last = named.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    last.unwrap_or(peer)
}

/// Quotes, backslashes and what is no printable ASCII become `\xHH`, so that a request cannot forge a line or rewrite
/// a terminal.
fn escape(out: &mut String, bytes: &[u8]) {
    for byte in &bytes[..bytes.len().min(LONGEST_PIECE)] {
        match byte {
            b'"' | b'\\' => out.extend(['\\', char::from(*byte)]),
            b' '..=b'~' => out.push(char::from(*byte)),
            _ => drop(write!(out, "\\x{byte:02x}")),
        }
    }
}

fn write_all(mut out: Box<dyn Write + Send>, waiting: &Receiver<Line>, lost: &AtomicU64) {
    let mut text = String::with_capacity(BATCH + 4096);
    // Most lines are of the same second as the one before.
    let (mut second, mut time) = (None, String::new());
    while let Ok(mut line) = waiting.recv() {
        let mut lines = 0;
        loop {
            if second != Some(line.now.timestamp()) {
                second = Some(line.now.timestamp());
                time = line.now.format("%d/%b/%Y:%H:%M:%S +0000").to_string();
            }
            let _ = write!(text, "{} - - [{time}] {}", line.client, line.rest);
            lines += 1;
            if text.len() >= BATCH {
                break;
            }
            match waiting.try_recv() {
                Ok(next) => line = next,
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => break,
            }
        }
        if out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_err() {
            lost.fetch_add(lines, Ordering::Relaxed);
        }
        text.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_cannot_forge_a_line() {
        let mut out = String::new();
        escape(&mut out, b"a\" 200\n\\\x1b[2J\xc3\xa4 b");
        assert_eq!(out, "a\\\" 200\\x0a\\\\\\x1b[2J\\xc3\\xa4 b");
    }

    #[test]
    fn a_proxy_on_this_machine_is_believed_and_nobody_else() {
        let request = Request::builder().header("x-forwarded-for", "6.6.6.6, 192.0.2.7").body(()).unwrap();
        let local: IpAddr = "127.0.0.1".parse().unwrap();
        let far: IpAddr = "192.0.2.1".parse().unwrap();
        assert_eq!(client(local, &request), "192.0.2.7".parse::<IpAddr>().unwrap());
        assert_eq!(client(far, &request), far);
        let odd = Request::builder().header("x-forwarded-for", "a\\\"").body(()).unwrap();
        assert_eq!(client(local, &odd), local);
    }
}
