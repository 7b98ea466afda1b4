//! Connections: many requests on one, slow clients, a stop while something is going on.

use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::harness::{Site, atom};

#[test]
fn requests_one_after_the_other_and_all_at_once() {
    let site = Site::new();
    site.file("atom.xml", atom(&["1"])).file("rss.xml", "<rss/>");
    let mut client = site.connect();
    for _ in 0..3 {
        client.send("GET /atom.xml HTTP/1.1\r\nHost: a\r\n\r\n");
        assert_eq!(client.answer(false).unwrap().status, 200);
    }
    client.send(&"GET /rss.xml HTTP/1.1\r\nHost: a\r\n\r\nHEAD /nothing HTTP/1.1\r\nHost: a\r\n\r\n".repeat(20));
    for _ in 0..20 {
        assert_eq!(client.answer(false).unwrap().text(), "<rss/>");
        assert_eq!(client.answer(true).unwrap().status, 404);
    }
    client.send("GET /rss.xml HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assert_eq!(client.answer(false).unwrap().status, 200);
    assert!(client.is_closed());
}

#[test]
fn http_2_with_prior_knowledge() {
    let site = Site::new();
    site.file("atom.xml", atom(&["1"]));
    // The client wants to know how it would encrypt, even where it does not.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let client = reqwest::Client::builder().http2_prior_knowledge().build().unwrap();
        let url = format!("http://{}/atom.xml", site.address);
        let answers = (0..20).map(|_| client.get(&url).send());
        for answer in futures_in_order(answers).await {
            let answer = answer.unwrap();
            assert_eq!((answer.status().as_u16(), answer.version()), (200, reqwest::Version::HTTP_2));
            assert_eq!(answer.text().await.unwrap(), atom(&["1"]));
        }
        assert_eq!(client.post(&url).body("x").send().await.unwrap().status().as_u16(), 405);
        assert_eq!(client.get(&url).body("x").send().await.unwrap().status().as_u16(), 400);
        assert_eq!(client.get(&url).header("if-none-match", "*").send().await.unwrap().status().as_u16(), 304);
    });
}

/// Runs them together.
async fn futures_in_order<F: Future + Send + 'static>(futures: impl Iterator<Item = F>) -> Vec<F::Output>
where
    F::Output: Send,
{
    let tasks: Vec<_> = futures.map(tokio::spawn).collect();
    let mut done = Vec::new();
    for task in tasks {
        done.push(task.await.unwrap());
    }
    done
}

#[test]
fn who_says_nothing_or_hardly_anything_is_shown_the_door() {
    let site = Site::with(|settings| {
        settings.limits.first_request = Duration::from_millis(100);
        settings.limits.idle = Duration::from_millis(100);
    });
    site.file("atom.xml", atom(&[]));
    let mut silent = site.connect();
    let mut preface = site.connect();
    preface.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0");
    let mut slow = site.connect();
    slow.send("GET /atom.xml HTTP/1.1\r\nHost: a\r\nX: ");
    let mut idle = site.connect();
    idle.send("GET /atom.xml HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_eq!(idle.answer(false).unwrap().status, 200);
    assert!(silent.is_closed() && idle.is_closed());
    // A byte now and then is no request.
    slow.stream.set_nodelay(true).unwrap();
    while slow.stream.write_all(b"y").is_ok() {
        std::thread::sleep(Duration::from_millis(5));
    }
    let mut rest = Vec::new();
    let _ = preface.stream.read_to_end(&mut rest);
}

#[test]
fn who_does_not_take_what_was_asked_for_is_shown_the_door() {
    let mut site = Site::with(|settings| {
        settings.limits.first_request = Duration::from_millis(100);
        settings.limits.idle = Duration::from_millis(100);
    });
    // More than the system buffers for a connection.
    site.file("files/large.mp3", vec![7; 64 << 20]);
    let mut client = site.connect();
    client.send("GET /files/large.mp3 HTTP/1.1\r\nHost: a\r\n\r\n");
    let mut piece = [0; 1024];
    client.stream.read_exact(&mut piece).unwrap();
    // The server has nothing to wait for, and stops at once.
    while !site.get("/metrics", "").text().contains("feedmill_connections_open 1\n") {
        std::thread::sleep(Duration::from_millis(5));
    }
    site.stop();
}

#[test]
fn a_full_house_lets_idle_guests_go_for_new_ones() {
    let site = Site::with(|settings| settings.limits.connections = 4);
    site.file("atom.xml", atom(&[]));
    let mut idle: Vec<_> = (0..4).map(|_| site.connect()).collect();
    for client in &mut idle {
        client.send("GET /atom.xml HTTP/1.1\r\nHost: a\r\n\r\n");
        assert_eq!(client.answer(false).unwrap().status, 200);
    }
    assert_eq!(site.get("/atom.xml", "").status, 200);
}

#[test]
fn a_stop_closes_idle_connections_and_the_door_and_finishes_answers() {
    let mut site = Site::new();
    let large = vec![7; 16 << 20];
    site.file("files/large.mp3", &large).file("atom.xml", atom(&[]));
    let mut idle = site.connect();
    idle.send("GET /atom.xml HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_eq!(idle.answer(false).unwrap().status, 200);
    let mut silent = site.connect();
    let mut busy = site.connect();
    busy.send("GET /files/large.mp3 HTTP/1.1\r\nHost: a\r\n\r\n");
    let mut first = [0; 17];
    busy.stream.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 200 OK\r\n");
    site.tell_to_stop();
    assert!(idle.is_closed() && silent.is_closed());
    let mut rest = Vec::new();
    busy.stream.read_to_end(&mut rest).unwrap();
    assert!(rest.ends_with(&large), "an answer was cut: {} bytes", rest.len());
    site.stop();
    assert!(std::net::TcpStream::connect(site.address).is_err());
}

#[test]
fn a_file_that_is_replaced_while_it_is_read_is_never_torn() {
    let site = Site::new();
    let version = |n: u32| {
        let entries: Vec<String> = (0..400).map(|_| format!("v{n}")).collect();
        atom(&entries.iter().map(String::as_str).collect::<Vec<_>>())
    };
    site.file("atom.xml", version(0));
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..8)
            .map(|client| {
                let (site, over) = (&site, &over);
                scope.spawn(move || {
                    let mut seen = std::collections::BTreeMap::new();
                    let mut connection = site.connect();
                    let accept = ["", "Accept-Encoding: gzip\r\n", "Accept-Encoding: zstd\r\n"][client % 3];
                    while !over.load(Ordering::Relaxed) {
                        connection.send(&format!("GET /atom.xml HTTP/1.1\r\nHost: a\r\n{accept}\r\n"));
                        let answer = connection.answer(false).unwrap();
                        assert_eq!(answer.status, 200);
                        let text = match answer.header("content-encoding") {
                            Some("gzip") => {
                                std::io::read_to_string(flate2::read::GzDecoder::new(&*answer.body)).unwrap()
                            }
                            Some(_) => String::from_utf8(zstd::decode_all(&*answer.body).unwrap()).unwrap(),
                            None => answer.text().to_owned(),
                        };
                        let n: u32 = text.split("<id>v").nth(1).unwrap().split('<').next().unwrap().parse().unwrap();
                        assert_eq!(text, version(n), "torn");
                        // One tag, one content.
                        assert_eq!(*seen.entry(answer.etag().to_owned()).or_insert(n), n);
                    }
                    seen.len()
                })
            })
            .collect();
        for n in 1..60 {
            site.file("atom.xml", version(n));
            // The next request sees it, whoever asks.
            assert!(site.get("/atom.xml", "").text().contains(&format!("<id>v{n}<")));
        }
        over.store(true, Ordering::Relaxed);
        let seen: usize = clients.into_iter().map(|client| client.join().unwrap()).max().unwrap();
        assert!(seen > 1, "the clients saw one version only");
    });
}
