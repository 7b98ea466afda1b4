//! Bytes in and out of a connection.

use std::io::{self, Read, Write};
use std::net::IpAddr;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::reply::{Framing, Reply};
use super::{Asked, Desk};

/// A request before it is in the log.
pub(super) struct Head {
    pub(super) method: String,
    pub(super) target: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

/// Answers the requests of a connection until one side has had enough.
pub(super) fn converse(
    mut stream: impl Read + Write,
    desk: &Desk,
    address: IpAddr,
    connection: usize,
) -> io::Result<()> {
    let mut ahead = Vec::new();
    while let Some(head) = read(&mut stream, &mut ahead)? {
        let asked = desk.take(head, address, connection);
        let reply = desk.reply(&asked).to(&asked);
        let mut out = Out { stream: &mut stream, desk, asked: &asked, in_hand: true, sent: 0 };
        let result = send(&reply, &mut out);
        if out.in_hand {
            desk.hand_over(&asked);
        }
        let sent = out.sent;
        desk.finish(&asked, sent, result.is_err());
        result?;
        if reply.last {
            break;
        }
    }
    Ok(())
}

/// The next request; none where the client has gone.
fn read(stream: &mut impl Read, ahead: &mut Vec<u8>) -> io::Result<Option<Head>> {
    let mut buffer = [0; 16 << 10];
    let mut more = |ahead: &mut Vec<u8>| -> io::Result<usize> {
        let count = stream.read(&mut buffer)?;
        ahead.extend_from_slice(&buffer[..count]);
        Ok(count)
    };
    let end = loop {
        if let Some(end) = ahead.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if more(ahead)? == 0 {
            return Ok(None);
        }
    };
    let text = String::from_utf8_lossy(&ahead[..end]).into_owned();
    ahead.drain(..end + 4);
    let mut lines = text.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ').map(str::to_owned);
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length").map_or(0, |(_, n)| n.parse().unwrap());
    while ahead.len() < length {
        if more(ahead)? == 0 {
            return Ok(None);
        }
    }
    Ok(Some(Head { method, target, headers, body: ahead.drain(..length).collect() }))
}

struct Out<'a, S> {
    stream: &'a mut S,
    desk: &'a Desk,
    asked: &'a Asked,
    in_hand: bool,
    sent: u64,
}

impl<S: Write> Out<'_, S> {
    fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes)?;
        self.stream.flush()?;
        self.sent += bytes.len() as u64;
        Ok(())
    }

    /// The last bytes: whoever has them may ask again at once.
    fn last_bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        if std::mem::take(&mut self.in_hand) {
            self.desk.hand_over(self.asked);
        }
        self.bytes(bytes)
    }

    fn pause(&self, pause: Duration) -> io::Result<()> {
        let begun = Instant::now();
        while let Some(left) = pause.checked_sub(begun.elapsed()) {
            std::thread::sleep(left.min(Duration::from_millis(20)));
            if self.desk.stopped.load(Ordering::SeqCst) {
                return Err(io::ErrorKind::ConnectionAborted.into());
            }
        }
        Ok(())
    }
}

fn send<S: Write>(reply: &Reply, out: &mut Out<'_, S>) -> io::Result<()> {
    out.pause(reply.wait)?;
    let head = if reply.raw { Vec::new() } else { head(reply) };
    if out.asked.method == "HEAD" || reply.status == 304 {
        return out.last_bytes(&head);
    }
    if reply.endless {
        out.bytes(&head)?;
        assert!(!reply.body.is_empty(), "nothing, endlessly");
        // Large writes, so that it is the client who is slow.
        let block = reply.body.repeat((64 << 10) / reply.body.len() + 1);
        let block = if reply.pace.is_some() { &reply.body[..] } else { &block };
        loop {
            out.bytes(block)?;
            if let Some(pace) = reply.pace {
                out.pause(pace.pause)?;
            }
            if out.desk.stopped.load(Ordering::SeqCst) {
                return Ok(());
            }
        }
    }
    let body = framed(reply);
    let body = &body[..body.len().min(reply.most.unwrap_or(usize::MAX))];
    let Some(pace) = reply.pace else {
        return out.last_bytes(&[&head, body].concat());
    };
    let (at_once, paced) = if pace.head_too { (Vec::new(), [&head, body].concat()) } else { (head, body.to_vec()) };
    out.bytes(&at_once)?;
    let mut pieces = paced.chunks(pace.bytes).peekable();
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return out.last_bytes(piece);
        }
        out.bytes(piece)?;
        out.pause(pace.pause)?;
    }
    out.last_bytes(b"")
}

fn head(reply: &Reply) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {} {}\r\n", reply.status, reason(reply.status));
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    match reply.framing {
        Framing::Length if matches!(reply.status, 204 | 304) => {}
        Framing::Length => head.push_str(&format!("Content-Length: {}\r\n", reply.body.len())),
        Framing::Claimed(length) => head.push_str(&format!("Content-Length: {length}\r\n")),
        Framing::Chunked | Framing::Broken => head.push_str("Transfer-Encoding: chunked\r\n"),
        Framing::Close => head.push_str("Connection: close\r\n"),
    }
    head.push_str("\r\n");
    head.into_bytes()
}

fn framed(reply: &Reply) -> Vec<u8> {
    let broken = reply.framing == Framing::Broken;
    if !broken && reply.framing != Framing::Chunked {
        return reply.body.to_vec();
    }
    let mut bytes = Vec::new();
    for (number, piece) in reply.body.chunks(reply.body.len().div_ceil(3).max(1)).enumerate() {
        let length = if broken && number == 1 { "xyz".to_owned() } else { format!("{:x}", piece.len()) };
        bytes.extend_from_slice(format!("{length}\r\n").as_bytes());
        bytes.extend_from_slice(piece);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"0\r\n\r\n");
    bytes
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        206 => "Partial Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        410 => "Gone",
        416 => "Range Not Satisfiable",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "",
    }
}
