//! Connections: accepting them, bounding what each can take, and closing them.
//!
//! One rule covers clients that connect and say nothing, that send their request a byte a minute, that stay away after
//! an answer, and that do not take what they asked for: a connection on which no request begins and no answer moves
//! for a while is closed. It costs one timer a connection, and none a request.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use chrono::DateTime;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::answer::answer;
use super::workers::Workers;
use super::{House, Limits};

/// The wait after the system would not give us a connection, as when no descriptors are left.
const BREATH: Duration = Duration::from_millis(100);

/// How long a connection may do nothing while others wait for its place.
const PRESSURE: Duration = Duration::from_millis(250);

/// The time that a client has to take the farewell of a connection which is closed for its silence.
const FAREWELL: Duration = Duration::from_secs(1);

/// Writes of fewer bytes are no progress of an answer: HTTP/2 acknowledges what clients send it in some ten bytes each.
const PROGRESS: usize = 256;

/// The smallest buffer for the head of a request that the protocol implementation knows.
const SMALLEST_BUFFER: usize = 8192;

/// What the server tells its connections.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Go,
    /// There are too many connections: those that do nothing go.
    MakeRoom(u64),
    Stop,
}

/// Accepts connections and answers on them until `shutdown`, then lets them finish.
pub(super) async fn accept(
    listener: TcpListener,
    mut workers: Workers,
    house: Arc<House>,
    shutdown: impl Future<Output = ()>,
) {
    let limits = &house.settings.limits;
    let builder = Arc::new(protocols(limits));
    let seats = Arc::new(Semaphore::new(limits.connections.clamp(1, Semaphore::MAX_PERMITS)));
    let (orders, listening) = watch::channel(Order::Go);
    let mut connections = JoinSet::new();
    let mut shutdown = pin!(shutdown);
    loop {
        while connections.try_join_next().is_some() {}
        let seat = match seats.clone().try_acquire_owned() {
            Ok(seat) => seat,
            Err(_) => {
                tokio::select! {
                    seat = make_room(&seats, &orders) => match seat {
                        Some(seat) => seat,
                        None => break,
                    },
                    () = &mut shutdown => break,
                }
            }
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut shutdown => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                // Set free here, to be taken up by the thread that will answer.
                let Ok(stream) = stream.into_std() else { continue };
                let (builder, house, listening) = (builder.clone(), house.clone(), listening.clone());
                let answering = async move {
                    let _seat = seat;
                    house.metrics.connections.fetch_add(1, Ordering::Relaxed);
                    let _guest = Guest::new(&house.metrics.open_connections);
                    let Ok(stream) = TcpStream::from_std(stream) else { return };
                    if (house.clock)() < DateTime::UNIX_EPOCH {
                        refuse(stream).await;
                    } else {
                        converse(&builder, stream, peer, &house, listening).await;
                    }
                };
                connections.spawn_on(answering, workers.next());
            }
            // The client went away while it waited.
            Err(err) if matches!(err.kind(), io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset) => {}
            Err(_) => sleep(BREATH).await,
        }
    }
    drop(listener);
    orders.send_replace(Order::Stop);
    let farewell = async { while connections.join_next().await.is_some() {} };
    if timeout(limits.grace, farewell).await.is_err() {
        connections.shutdown().await;
    }
}

/// Says why nothing is answered while the clock stands before 1970: the protocol implementation writes the date into
/// every answer, and cannot write that one.
async fn refuse(mut stream: TcpStream) {
    let words = "The clock of this machine stands before 1970: set it.\n";
    let answer = format!(
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n\
         Retry-After: 60\r\nConnection: close\r\n\r\n{words}",
        words.len()
    );
    let farewell = async {
        stream.write_all(answer.as_bytes()).await?;
        stream.shutdown().await?;
        // Closed with its request unread, a connection is reset, and the answer lost.
        let mut request = [0; 1024];
        while stream.read(&mut request).await? > 0 {}
        Ok::<(), io::Error>(())
    };
    // What becomes of a connection concerns nobody but its client.
    let _ = timeout(FAREWELL, farewell).await;
}

/// Asks those who do nothing to go until somebody has gone.
async fn make_room(seats: &Arc<Semaphore>, orders: &watch::Sender<Order>) -> Option<OwnedSemaphorePermit> {
    let mut seat = pin!(seats.clone().acquire_owned());
    loop {
        orders.send_modify(|order| {
            *order = match *order {
                Order::MakeRoom(call) => Order::MakeRoom(call + 1),
                _ => Order::MakeRoom(0),
            };
        });
        if let Ok(seat) = timeout(PRESSURE, &mut seat).await {
            return seat.ok();
        }
    }
}

fn protocols(limits: &Limits) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(None)
        .max_buf_size(limits.header_bytes.max(SMALLEST_BUFFER));
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(limits.streams)
        .max_header_list_size(u32::try_from(limits.header_bytes).unwrap_or(u32::MAX));
    builder
}

/// Answers the requests of one connection.
async fn converse(
    builder: &Builder<TokioExecutor>,
    stream: TcpStream,
    peer: SocketAddr,
    house: &Arc<House>,
    mut orders: watch::Receiver<Order>,
) {
    // Answers go out whole; waiting for more would only make them late.
    let _ = stream.set_nodelay(true);
    let pulse = Arc::new(AtomicU64::new(0));
    let peer: IpAddr = peer.ip().to_canonical();
    let service = service_fn(|request| {
        pulse.fetch_add(1, Ordering::Relaxed);
        answer(house, peer, request)
    });
    let watched = Watched { stream, pulse: pulse.clone() };
    let mut connection = pin!(builder.serve_connection(TokioIo::new(watched), service));
    let limits = &house.settings.limits;
    let mut patience = limits.first_request;
    let mut seen = 0;
    // Orders from before this connection are not meant for it.
    orders.mark_unchanged();
    if *orders.borrow() == Order::Stop {
        return;
    }
    let mut at_order = None;
    loop {
        tokio::select! {
            biased;
            // What becomes of a connection concerns nobody but its client.
            _ = connection.as_mut() => return,
            order = orders.changed() => {
                if order.is_err() || *orders.borrow() == Order::Stop {
                    connection.as_mut().graceful_shutdown();
                    let _ = connection.await;
                    return;
                }
                let beats = pulse.load(Ordering::Relaxed);
                if at_order == Some(beats) {
                    // What is being answered is finished; a client that does not take it is no better than a silent one.
                    connection.as_mut().graceful_shutdown();
                    let _ = timeout(limits.idle, connection).await;
                    return;
                }
                at_order = Some(beats);
            }
            () = sleep(patience) => {
                let beats = pulse.load(Ordering::Relaxed);
                if beats == seen {
                    break;
                }
                (seen, patience) = (beats, limits.idle);
            }
        }
    }
    connection.as_mut().graceful_shutdown();
    let _ = timeout(FAREWELL, connection).await;
}

/// A connection that notes when an answer moves.
struct Watched {
    stream: TcpStream,
    pulse: Arc<AtomicU64>,
}

impl Watched {
    fn note(&self, written: usize) {
        if written >= PROGRESS {
            self.pulse.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Watched {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.stream).poll_write(context, bytes))?;
        self.note(written);
        Poll::Ready(Ok(written))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.stream).poll_write_vectored(context, slices))?;
        self.note(written);
        Poll::Ready(Ok(written))
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// Counts among those who are here, also where its task is cut off.
struct Guest<'a>(&'a AtomicU64);

impl<'a> Guest<'a> {
    fn new(present: &'a AtomicU64) -> Guest<'a> {
        present.fetch_add(1, Ordering::Relaxed);
        Guest(present)
    }
}

impl Drop for Guest<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_client_hears_that_the_clock_is_not_set() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        client.write_all(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n").await.unwrap();
        let (stream, _) = listener.accept().await.unwrap();
        let mut heard = String::new();
        let (_, read) = tokio::join!(refuse(stream), async {
            let read = client.read_to_string(&mut heard).await;
            drop(client);
            read
        });
        read.unwrap();
        let (head, body) = heard.split_once("\r\n\r\n").unwrap();
        assert!(
            head.starts_with("HTTP/1.1 503 ") && head.contains(&format!("Content-Length: {}", body.len())),
            "{head}"
        );
        assert_eq!(body, "The clock of this machine stands before 1970: set it.\n");
    }
}
