//! A server over a temporary directory, and a client that sends bytes as they are.

use std::fs;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, TimeDelta, Utc};
use feedmill::pages;
use feedmill::serve::{Options, Server, Settings, Stopper};

/// The longest that a test waits for an answer. No test waits for it to pass.
const PATIENCE: Duration = Duration::from_secs(20);

/// The time at the server; files of the tests are older.
pub const NOW: &str = "2024-05-01T12:00:00Z";

/// The time of the files that [`Site::file`] writes.
pub const WRITTEN: &str = "Mon, 01 Apr 2024 08:00:00 GMT";

/// A directory that is handed out. Stopped and removed at the end.
pub struct Site {
    dir: tempfile::TempDir,
    pub address: SocketAddr,
    log: Arc<Mutex<Vec<u8>>>,
    stopper: Stopper,
    thread: Option<JoinHandle<()>>,
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Site {
    pub fn new() -> Site {
        Site::with(|_| {})
    }

    /// A site with settings of its own.
    pub fn with(change: impl FnOnce(&mut Settings)) -> Site {
        Site::of(tempfile::tempdir().unwrap(), None, change)
    }

    /// A site in a directory, with pages of an archive.
    pub fn of(dir: tempfile::TempDir, pages: Option<pages::Options>, change: impl FnOnce(&mut Settings)) -> Site {
        fs::create_dir(dir.path().join("feeds")).unwrap();
        let mut settings = Settings { listen: "127.0.0.1:0".parse().unwrap(), ..Settings::default() };
        change(&mut settings);
        let log = Arc::<Mutex<Vec<u8>>>::default();
        // Every look at the clock is far enough from the last for a look at the file.
        let (start, calls): (DateTime<Utc>, _) = (NOW.parse().unwrap(), AtomicI64::new(0));
        let server = Server::bind(Options {
            root: dir.path().join("feeds"),
            settings,
            log: Some(Box::new(Shared(log.clone()))),
            pages,
            clock: Arc::new(move || start + TimeDelta::milliseconds(20 * calls.fetch_add(1, Ordering::Relaxed))),
        })
        .unwrap();
        let address = server.local_addr();
        let stopper = server.stopper();
        let thread = std::thread::spawn(move || server.run().unwrap());
        Site { dir, address, log, stopper, thread: Some(thread) }
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.dir.path().join("feeds").join(below)
    }

    /// Puts a file in place as the program does: whole. It is a month old.
    pub fn file(&self, below: &str, bytes: impl AsRef<[u8]>) -> &Site {
        let at: DateTime<Utc> = DateTime::parse_from_rfc2822(WRITTEN).unwrap().to_utc();
        self.file_of(below, bytes, at.into())
    }

    /// Puts a file in place that last changed then.
    pub fn file_of(&self, below: &str, bytes: impl AsRef<[u8]>, at: SystemTime) -> &Site {
        let path = self.path(below);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut temporary = tempfile::NamedTempFile::new_in(path.parent().unwrap()).unwrap();
        temporary.write_all(bytes.as_ref()).unwrap();
        temporary.as_file().set_modified(at).unwrap();
        temporary.persist(&path).unwrap();
        self
    }

    /// Asks for a path with further header lines, each ending in `\r\n`, on a connection of its own.
    pub fn get(&self, path: &str, headers: &str) -> Answer {
        self.ask("GET", path, headers)
    }

    pub fn ask(&self, method: &str, path: &str, headers: &str) -> Answer {
        let mut client = self.connect();
        client.send(&format!("{method} {path} HTTP/1.1\r\nHost: feeds.example\r\n{headers}\r\n"));
        client.answer(method == "HEAD").expect("an answer")
    }

    pub fn connect(&self) -> Client {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        Client { stream, read: Vec::new() }
    }

    /// Stops the server and waits until it has.
    pub fn stop(&mut self) {
        self.stopper.stop();
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }

    /// Tells the server to stop, and does not wait.
    pub fn tell_to_stop(&mut self) {
        self.stopper.stop();
    }

    /// Stops the server; the access log in whole.
    pub fn log(&mut self) -> String {
        self.stop();
        String::from_utf8(self.log.lock().unwrap().clone()).unwrap()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.stop();
    }
}

struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// One connection.
pub struct Client {
    pub stream: TcpStream,
    read: Vec<u8>,
}

impl Client {
    pub fn send(&mut self, text: &str) {
        self.stream.write_all(text.as_bytes()).unwrap();
    }

    /// The next answer; `None` where the server has closed the connection instead.
    pub fn answer(&mut self, has_no_body: bool) -> Option<Answer> {
        let end = loop {
            if let Some(at) = self.read.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            if self.more() == 0 {
                assert!(self.read.is_empty(), "cut: {:?}", String::from_utf8_lossy(&self.read));
                return None;
            }
        };
        let head = String::from_utf8(self.read.drain(..end).collect()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let mut answer = Answer { status, head, body: Vec::new() };
        let length = answer.header("content-length").map_or(0, |length| length.parse().unwrap());
        if !has_no_body && status != 304 {
            while self.read.len() < length {
                assert_ne!(self.more(), 0, "the body was cut");
            }
            answer.body = self.read.drain(..length).collect();
        }
        Some(answer)
    }

    /// Whether the server closes the connection without another word.
    pub fn is_closed(&mut self) -> bool {
        self.read.is_empty() && self.more() == 0
    }

    fn more(&mut self) -> usize {
        let mut piece = [0; 16 << 10];
        let read = match self.stream.read(&mut piece) {
            Err(err) if err.kind() == io::ErrorKind::ConnectionReset => 0,
            read => read.expect("an answer within reason"),
        };
        self.read.extend_from_slice(&piece[..read]);
        read
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.head.lines().skip(1).filter_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then(|| value.trim())
        });
        let first = found.next();
        assert_eq!(found.next(), None, "{name} twice in {}", self.head);
        first
    }

    pub fn etag(&self) -> &str {
        self.header("etag").expect("an entity tag")
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// An Atom feed of entries with these ids.
pub fn atom(ids: &[&str]) -> String {
    let entries: String = ids
        .iter()
        .map(|id| {
            format!("  <entry><id>{id}</id><title>About {id}</title><content>{}</content></entry>\n", "x ".repeat(40))
        })
        .collect();
    format!(
        "<?xml version=\"1.0\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n  <title>T</title>\n  \
         <link rel=\"self\" href=\"https://feeds.example/atom.xml\"/>\n  <link rel=\"hub\" href=\"https://hub.example/\"/>\n{entries}</feed>\n"
    )
}
