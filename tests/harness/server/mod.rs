//! A scripted HTTP server on loopback: it plays every answer that a server on the network may give, broken ones
//! included, and remembers what it was asked.
//!
//! ```ignore
//! let server = Server::start();
//! server.on("/feed.xml", Reply::ok("application/rss+xml", FEED));
//! server.script("/flaky.xml", [Reply::status(503).header("Retry-After", "120"), Reply::ok("text/xml", FEED)]);
//! server.respond("/pages/*", |asked| Reply::ok("text/html", page(&asked.target)));
//! fetch(&server.url("/feed.xml"));
//! fetch(&server.url_at("127.0.0.2", "/feed.xml")); // the same routes on another host
//! assert_eq!(server.log()[0].header("accept-encoding"), Some("gzip"));
//! ```
//!
//! It stands on sockets and threads alone, since a library would refuse to send most of this.

mod reply;
mod wire;

pub use reply::{Reply, http_date};

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// A server, up until it is dropped.
pub struct Server {
    desk: Arc<Desk>,
    tls: Option<Arc<rustls::ServerConfig>>,
    bound: Mutex<HashMap<IpAddr, u16>>,
}

/// A request, as the log keeps it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Counts the requests of this server, from 0; [`Server::forget`] does not reset it.
    pub ordinal: usize,
    /// When its head was there.
    pub at: Instant,
    /// What [`Server::set_clock`] was given last: the time of a simulation.
    pub clock: i64,
    /// The address that it came to: the host.
    pub address: IpAddr,
    /// Counts the connections: two requests with the same number came over the same one.
    pub connection: usize,
    /// How many requests were in hand at that address at that moment, this one included.
    pub beside: usize,
    pub method: String,
    /// Path and query, as they were sent.
    pub target: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// How many bytes of the answer were sent, head and body.
    pub sent: u64,
    /// Whether the answer is still being sent.
    pub open: bool,
    /// Whether the client went away before the end of the answer.
    pub left: bool,
}

impl Asked {
    /// The path without the query.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap()
    }

    /// The first header of that lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl Server {
    /// Listens at 127.0.0.1; every path is 404 until it has a route.
    pub fn start() -> Server {
        Server::over(None)
    }

    /// The same over TLS.
    pub fn secure(config: rustls::ServerConfig) -> Server {
        Server::over(Some(Arc::new(config)))
    }

    fn over(tls: Option<Arc<rustls::ServerConfig>>) -> Server {
        Server { desk: Arc::default(), tls, bound: Mutex::default() }
    }

    /// The URL of a path on 127.0.0.1.
    pub fn url(&self, path: &str) -> String {
        self.url_at("127.0.0.1", path)
    }

    /// The URL of a path on another address of loopback (`127.0.0.2`): another host with the same routes.
    pub fn url_at(&self, address: &str, path: &str) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://{address}:{}{path}", self.port_at(address))
    }

    /// The port at an address of loopback, where it listens from now on.
    pub fn port_at(&self, address: &str) -> u16 {
        let address: IpAddr = address.parse().unwrap();
        assert!(address.is_loopback(), "{address} is not this machine alone");
        *lock(&self.bound).entry(address).or_insert_with(|| {
            let listener = TcpListener::bind((address, 0)).unwrap();
            let port = listener.local_addr().unwrap().port();
            let (desk, tls) = (self.desk.clone(), self.tls.clone());
            std::thread::spawn(move || accept(&listener, &desk, tls));
            port
        })
    }

    /// Answers a path with this, always. A path with a query (`/feed?page=2`) comes before the one without it, one
    /// with an address (`127.0.0.2/feed.xml`) before the one for all, and a path before a beginning (`/pages/*`).
    pub fn on(&self, path: &str, reply: Reply) -> &Server {
        self.script(path, [reply])
    }

    /// Answers a path with one after the other; the last one is repeated.
    pub fn script(&self, path: &str, replies: impl IntoIterator<Item = Reply>) -> &Server {
        let mut replies: Vec<Reply> = replies.into_iter().collect();
        assert!(!replies.is_empty(), "a script without a reply for {path}");
        replies.reverse();
        self.route(path, Route::Script(replies))
    }

    /// Answers a path with whatever the function says.
    pub fn respond(&self, path: &str, reply: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> &Server {
        self.route(path, Route::Function(Arc::new(reply)))
    }

    fn route(&self, path: &str, route: Route) -> &Server {
        let below = path.split_once('/').unwrap_or_else(|| panic!("no path: {path}")).0;
        assert!(below.is_empty() || below.parse::<IpAddr>().is_ok(), "{path} begins with no address");
        lock(&self.desk.routes).insert(path.to_owned(), route);
        self
    }

    /// What it was asked, in order.
    pub fn log(&self) -> Vec<Asked> {
        lock(&self.desk.log).clone()
    }

    /// The log of one path.
    pub fn asked(&self, path: &str) -> Vec<Asked> {
        self.log().into_iter().filter(|asked| asked.path() == path).collect()
    }

    /// How many requests there were.
    pub fn count(&self) -> usize {
        lock(&self.desk.log).len()
    }

    /// How many connections there were.
    pub fn connections(&self) -> usize {
        self.desk.connections.load(Ordering::SeqCst)
    }

    /// Begins the log anew.
    pub fn forget(&self) {
        lock(&self.desk.log).clear();
    }

    /// What the log says of the time from now on, for simulations.
    pub fn set_clock(&self, seconds: i64) {
        self.desk.clock.store(seconds, Ordering::SeqCst);
    }

    /// Waits until every answer is sent or given up; panics when one is not after a minute, which a busy machine may take.
    pub fn settle(&self) -> &Server {
        let begun = Instant::now();
        while let Some(open) = lock(&self.desk.log).iter().find(|asked| asked.open).cloned() {
            assert!(begun.elapsed() < Duration::from_secs(60), "still being sent: {} {}", open.method, open.target);
            std::thread::sleep(Duration::from_millis(2));
        }
        self
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.desk.stopped.store(true, Ordering::SeqCst);
        for (address, port) in lock(&self.bound).iter() {
            // The listener wakes up, sees that it is over, and goes.
            let _ = TcpStream::connect_timeout(&SocketAddr::new(*address, *port), Duration::from_millis(200));
        }
        for (_, stream) in lock(&self.desk.streams).drain() {
            let _ = stream.shutdown(std::net::Shutdown::Both);
        }
    }
}

enum Route {
    /// The last one is the next.
    Script(Vec<Reply>),
    Function(Arc<dyn Fn(&Asked) -> Reply + Send + Sync>),
}

/// What all connections share.
#[derive(Default)]
struct Desk {
    routes: Mutex<HashMap<String, Route>>,
    log: Mutex<Vec<Asked>>,
    ordinals: AtomicUsize,
    in_hand: Mutex<HashMap<IpAddr, usize>>,
    clock: AtomicI64,
    connections: AtomicUsize,
    streams: Mutex<HashMap<usize, TcpStream>>,
    stopped: AtomicBool,
}

impl Desk {
    /// Puts a request in the log; it is in hand from now on.
    fn take(&self, request: wire::Head, address: IpAddr, connection: usize) -> Asked {
        let beside = {
            let mut in_hand = lock(&self.in_hand);
            let count = in_hand.entry(address).or_default();
            *count += 1;
            *count
        };
        let mut log = lock(&self.log);
        let asked = Asked {
            ordinal: self.ordinals.fetch_add(1, Ordering::SeqCst),
            at: Instant::now(),
            clock: self.clock.load(Ordering::SeqCst),
            address,
            connection,
            beside,
            method: request.method,
            target: request.target,
            headers: request.headers,
            body: request.body,
            sent: 0,
            open: true,
            left: false,
        };
        log.push(asked.clone());
        asked
    }

    /// The request is no longer in hand: its last bytes are on their way, and the next one may come at any moment.
    fn hand_over(&self, asked: &Asked) {
        *lock(&self.in_hand).get_mut(&asked.address).unwrap() -= 1;
    }

    fn finish(&self, asked: &Asked, sent: u64, left: bool) {
        if let Some(entry) = lock(&self.log).iter_mut().find(|entry| entry.ordinal == asked.ordinal) {
            (entry.sent, entry.open, entry.left) = (sent, false, left);
        }
    }

    fn reply(&self, asked: &Asked) -> Reply {
        let function = {
            let mut routes = lock(&self.routes);
            let beginnings = asked.path().match_indices('/').map(|(at, _)| format!("{}*", &asked.path()[..=at]));
            let mut paths = vec![asked.target.clone(), asked.path().to_owned()];
            paths.extend(beginnings.collect::<Vec<_>>().into_iter().rev());
            let places = paths.iter().flat_map(|path| [format!("{}{path}", asked.address), path.clone()]);
            let Some(place) = places.into_iter().find(|place| routes.contains_key(place)) else {
                return Reply::status(404);
            };
            match routes.get_mut(&place).unwrap() {
                Route::Script(replies) if replies.len() > 1 => return replies.pop().unwrap(),
                Route::Script(replies) => return replies[0].clone(),
                Route::Function(function) => function.clone(),
            }
        };
        function(asked)
    }
}

fn accept(listener: &TcpListener, desk: &Arc<Desk>, tls: Option<Arc<rustls::ServerConfig>>) {
    for stream in listener.incoming() {
        if desk.stopped.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        let connection = desk.connections.fetch_add(1, Ordering::SeqCst);
        let (desk, tls) = (desk.clone(), tls.clone());
        std::thread::spawn(move || {
            let address = stream.local_addr().unwrap().ip();
            let _line = Line::open(&desk, connection, &stream);
            let _ = stream.set_nodelay(true);
            let _ = match tls {
                None => wire::converse(stream, &desk, address, connection),
                Some(tls) => rustls::ServerConnection::new(tls).map_err(std::io::Error::other).and_then(|session| {
                    wire::converse(rustls::StreamOwned::new(session, stream), &desk, address, connection)
                }),
            };
        });
    }
}

/// A second handle of a connection, with which the server can end it. The client sees an end only when no handle is
/// left: this one goes with the thread, even if that panics.
struct Line<'a>(&'a Desk, usize);

impl Line<'_> {
    fn open<'a>(desk: &'a Desk, connection: usize, stream: &TcpStream) -> Line<'a> {
        if let Ok(other) = stream.try_clone() {
            lock(&desk.streams).insert(connection, other);
        }
        Line(desk, connection)
    }
}

impl Drop for Line<'_> {
    fn drop(&mut self) {
        lock(&self.0.streams).remove(&self.1);
    }
}

/// The lock, even where a test has panicked with it in hand.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
