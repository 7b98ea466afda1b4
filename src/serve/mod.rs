//! Hands out the files below the output directory over HTTP/1.1 and HTTP/2 (RFC 9110 to 9113).
//!
//! The room needs that directory and nothing else: no archive, no configuration. It never parses articles, selects or
//! renders; what it adds to the bytes are the words of the protocol: validators, codings, lifetimes, ranges, and for
//! feeds the entries that are new (RFC 3229). A file that changes is seen at the next request. Where an archive is at hand,
//! its [`pages`] are handed out beside the files, by the same rules.
//!
//! `.gone` in the directory names what was retired, one path a line (`old.xml`, or `notices/` for all below it, `#`
//! begins a comment): it is answered by 410, which tells readers to stop asking. `/healthz` and `/metrics` are answered by
//! the server itself.
//!
//! ```no_run
//! use feedmill::serve::{Options, Server, Settings};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let clock = std::sync::Arc::new(|| "2024-05-01T00:00:00Z".parse().unwrap());
//! let server = Server::bind(Options { root: "feeds".into(), settings: Settings::default(), log: None, pages: None, clock })?;
//! println!("http://{}/", server.local_addr());
//! let stopper = server.stopper(); // for whoever shall end it
//! server.run()?;
//! # Ok(())
//! # }
//! ```

mod address;
mod answer;
mod body;
mod coding;
mod compressors;
mod condition;
mod connection;
mod cross_origin;
mod decide;
mod delta;
mod endpoint;
mod glance;
mod gone;
mod held;
mod live;
mod log;
mod metrics;
mod outline;
mod range;
mod shelf;
mod subscribers;
mod tasks;
mod treatment;
mod turns;
mod workers;

pub use tasks::Tasks;

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use hyper::header::HeaderValue;
use tokio::sync::Notify;

use crate::error::{Error, Result};
use crate::pages;

/// Tells the time: for log lines, for the age of feeds, and so that no date of the future is sent.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// What a server needs.
pub struct Options {
    /// The directory that is handed out.
    pub root: PathBuf,
    /// How it is handed out.
    pub settings: Settings,
    /// Where the access log goes, in the combined format, one line a request; none without.
    pub log: Option<Box<dyn Write + Send>>,
    /// The archive as pages for people; none without. The front page then stands in the place of `index.html` at the top,
    /// which still is what `/index.html` names.
    pub pages: Option<pages::Options>,
    /// The time.
    pub clock: Clock,
}

/// How files are handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The address to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// How long an answer may be used again without asking, in whole seconds. Files whose name holds the hash of their
    /// content are good for ever.
    pub max_age: Duration,
    /// Who may read `/metrics`.
    pub metrics: Exposure,
    /// What one client, and all of them, can take.
    pub limits: Limits,
}

/// Who may read `/metrics`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exposure {
    /// Nobody.
    Off,
    /// Requests of this machine that no proxy has passed on.
    Loopback,
    /// Everybody.
    Public,
}

/// What one client, and all of them, can take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Connections at a time. Further ones wait in the queue of the operating system while idle ones are closed.
    pub connections: usize,
    /// Bytes of the head of a request (8192 at least); more is answered by 431, and so are more than 100 fields.
    pub header_bytes: usize,
    /// Requests at a time on one connection of HTTP/2.
    pub streams: u32,
    /// How long a new connection has for its first request.
    pub first_request: Duration,
    /// How long a connection may do nothing: neither ask, nor take what it asked for. It is closed after one to two
    /// such times.
    pub idle: Duration,
    /// How long requests that are being answered have to finish when the server is told to stop.
    pub grace: Duration,
    /// Bytes of files that are held in memory, with their compressed forms. Larger files are read for each request.
    pub held_bytes: usize,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            max_age: Duration::from_secs(300),
            metrics: Exposure::Loopback,
            limits: Limits::default(),
        }
    }
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connections: 1024,
            header_bytes: 16 << 10,
            streams: 64,
            first_request: Duration::from_secs(10),
            idle: Duration::from_secs(30),
            // What supervises services sends SIGKILL after five seconds, some of them.
            grace: Duration::from_secs(4),
            held_bytes: 48 << 20,
        }
    }
}

/// A server that listens and has not begun to answer.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    house: Arc<House>,
    stopper: Stopper,
}

/// Tells a server to stop, from any thread and at any time.
#[derive(Clone)]
pub struct Stopper(Arc<Notify>);

impl Stopper {
    /// From here on no connection is accepted; [`Server::run`] returns when those that are open are through.
    pub fn stop(&self) {
        self.0.notify_one();
    }
}

/// What every request needs to know.
struct House {
    settings: Settings,
    shelf: shelf::Shelf,
    gone: gone::Gone,
    live: Option<live::Live>,
    metrics: metrics::Metrics,
    tasks: Tasks,
    /// `Cache-Control` of everything that may change.
    usual: HeaderValue,
    log: Option<log::Log>,
    clock: Clock,
}

impl Server {
    /// Listens on the address. From here on connections are accepted by the operating system, and answered once
    /// [`Server::run`] is called.
    ///
    /// An error says that the directory is missing, or that the address is taken or not of this machine.
    pub fn bind(options: Options) -> Result<Server> {
        let Options { root, settings, log, pages, clock } = options;
        if !root.is_dir() {
            let found = if root.exists() { "a file" } else { "nothing there" };
            return Err(Error::usage(
                root.display().to_string(),
                format!("expected the directory of the feeds, found {found}"),
            )
            .hint("`feedmill build` makes it; or name another directory"));
        }
        let address = settings.listen;
        let refused = |err| Error::io("listen there", address.to_string(), err).hint("name another ADDR:PORT");
        let listener = TcpListener::bind(address).map_err(refused)?;
        listener.set_nonblocking(true).map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let log = log.map(log::Log::new).transpose().map_err(|err| Error::io("start", "the access log", err))?;
        let shelf = shelf::Shelf::new(root.clone(), settings.limits.held_bytes)
            .map_err(|err| Error::io("start", "the threads that compress", err))?;
        let house = House {
            shelf,
            gone: gone::Gone::new(root),
            live: pages.map(|pages| live::Live::new(pages, &settings)),
            metrics: metrics::Metrics::default(),
            tasks: Tasks::default(),
            usual: HeaderValue::try_from(format!("public, max-age={}", settings.max_age.as_secs()))
                .unwrap_or(HeaderValue::from_static("no-cache")),
            settings,
            log,
            clock,
        };
        Ok(Server { listener, address, house: Arc::new(house), stopper: Stopper(Arc::default()) })
    }

    /// The address that it listens on.
    pub fn local_addr(&self) -> SocketAddr {
        self.address
    }

    /// What `/metrics` is to tell of tasks beside the serving.
    pub fn tasks(&self) -> Tasks {
        self.house.tasks.clone()
    }

    /// What stops it.
    pub fn stopper(&self) -> Stopper {
        self.stopper.clone()
    }

    /// Answers requests until it is told to stop; then no connection is accepted any more, requests that are being
    /// answered are finished, as far as they are within [`Limits::grace`], and everything is closed.
    ///
    /// The calling thread accepts connections; threads of the server's own answer on them.
    pub fn run(self) -> Result<()> {
        let fault = |err| Error::io("listen there", self.address.to_string(), err);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(fault)?;
        let workers = workers::Workers::start().map_err(fault)?;
        // Dropped, it ends what works in the background.
        let _working = live::keep_catalogue(&self.house).map_err(fault)?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener).map_err(fault)?;
            connection::accept(listener, workers, self.house, self.stopper.0.notified()).await;
            Ok(())
        })
    }
}
