//! How many requests a second the server answers, beside nginx with the same files in the same run.
//!
//! `cargo bench --bench serve`; needs `wrk` and `nginx` (Debian: `wrk`, `nginx-light`). The file is a feed of 50 entries.
//! Each server has two threads and writes no log; nginx is measured as it comes and with its cache of open files.
//! Rounds alternate between the servers, and of several the median counts. Beside the requests a second stands the
//! processor time of the server for each, which says more on a machine with other work. Prints a table in Markdown.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Rounds of each measurement.
const ROUNDS: usize = 5;
/// How `wrk` asks: two threads, 64 connections that stay.
const LOAD: [&str; 3] = ["-t2", "-c64", "-d3s"];

fn main() {
    if ["wrk", "nginx"].iter().any(|program| Command::new(program).arg("-v").output().is_err()) {
        println!("this bench needs wrk and nginx: apt-get install wrk nginx-light");
        return;
    }
    let dir = tempfile::Builder::new().prefix("feedmill-serve-").tempdir().unwrap();
    let dir = dir.path();
    write_feed(dir);
    let ours = Server::feedmill(dir);
    let plain = Server::nginx(dir, "plain", "");
    let cached = Server::nginx(dir, "cached", "open_file_cache max=100; open_file_cache_valid 1s;");
    let size = |name: &str| fs::metadata(dir.join("feeds").join(name)).unwrap().len() / 1000;

    println!("| answer | feedmill | nginx | ÷ nginx | nginx, open files cached | ÷ that |");
    println!("|---|---|---|---|---|---|");
    let gzip = "Accept-Encoding: gzip";
    let cases = [
        (format!("plain, {} kB", size("atom.xml")), vec![]),
        (format!("gzip, {} kB", size("atom.xml.gz")), vec![gzip.to_owned()]),
        ("304 by tag".to_owned(), vec!["If-None-Match: TAG".to_owned()]),
        ("304 by tag, gzip".to_owned(), vec![gzip.to_owned(), "If-None-Match: TAG".to_owned()]),
        ("brotli".to_owned(), vec!["Accept-Encoding: br".to_owned()]),
    ];
    for (name, headers) in cases {
        let servers = [&ours, &plain, &cached];
        let mut measured = [const { Vec::new() }; 3];
        for round in 0..=ROUNDS {
            for (server, measured) in servers.iter().zip(&mut measured) {
                // nginx has no module for brotli as it comes.
                if name == "brotli" && server.port != ours.port {
                    continue;
                }
                let rate = server.rate(&headers);
                // The first round warms up.
                if round > 0 {
                    measured.push(rate);
                }
            }
        }
        let [ours, plain, cached] = measured.map(|rates| {
            let (rates, costs): (Vec<f64>, Vec<f64>) = rates.into_iter().unzip();
            (median(rates), median(costs))
        });
        let shown = |(rate, cost): (f64, f64)| format!("{rate:.0}/s, {cost:.1} µs");
        match plain.0 > 0.0 {
            true => println!(
                "| {name} | {} | {} | **{:.2}** | {} | **{:.2}** |",
                shown(ours),
                shown(plain),
                ours.0 / plain.0,
                shown(cached),
                ours.0 / cached.0
            ),
            false => println!("| {name} | {} | | | | |", shown(ours)),
        }
    }
}

/// A feed of 50 entries of about 2 kB, made as a user would, and its gzip form for nginx.
fn write_feed(dir: &Path) {
    fs::create_dir(dir.join("in")).unwrap();
    fs::write(dir.join("feedmill.toml"), "[site]\nurl = \"https://bench.example/\"\n[[source]]\npath = \"in\"\n")
        .unwrap();
    for n in 0..60_u32 {
        let mut text = format!("Notice {n} of the harbour\n\n");
        while text.len() < 2000 {
            let word = (text.len() as u32).wrapping_mul(2_654_435_761).wrapping_add(n.wrapping_mul(40_503)) % 9973;
            text.push_str(&format!("On quay {word} the ferry {} was late. ", word.wrapping_mul(7) % 331));
        }
        fs::write(dir.join(format!("in/2023-{:02}-{:02}-notice.txt", n / 28 + 1, n % 28 + 1)), text).unwrap();
    }
    let built = Command::new(env!("CARGO_BIN_EXE_feedmill")).args(["build", "--quiet"]).current_dir(dir).status();
    assert!(built.unwrap().success());
    assert!(Command::new("gzip").args(["-9k", "feeds/atom.xml"]).current_dir(dir).status().unwrap().success());
}

struct Server {
    process: Child,
    port: u16,
}

impl Server {
    fn feedmill(dir: &Path) -> Server {
        let mut process = Command::new(env!("CARGO_BIN_EXE_feedmill"))
            .args(["serve", "--quiet", "--json", "--listen", "127.0.0.1:0"])
            .current_dir(dir)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let said: serde_json::Value = serde_json::from_str(&line).unwrap();
        let port = said["address"].as_str().unwrap().rsplit(':').next().unwrap().parse().unwrap();
        Server { process, port }
    }

    fn nginx(dir: &Path, name: &str, more: &str) -> Server {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let (config, root) = (dir.join(format!("{name}.conf")), dir.display());
        let text = format!(
            "daemon off; worker_processes 2; pid {root}/{name}.pid; error_log stderr crit;\n\
             events {{ worker_connections 1024; }}\n\
             http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; {more}\n\
             client_body_temp_path {root}/b; proxy_temp_path {root}/p; fastcgi_temp_path {root}/f;\n\
             uwsgi_temp_path {root}/u; scgi_temp_path {root}/s;\n\
             types {{ application/atom+xml xml; }}\n\
             server {{ listen 127.0.0.1:{port}; root {root}/feeds; gzip_static on; gzip_vary on;\n\
             add_header Cache-Control \"public, max-age=300\"; add_header X-Content-Type-Options nosniff; }} }}\n"
        );
        fs::write(&config, text).unwrap();
        let process = Command::new("nginx").arg("-c").arg(&config).stderr(Stdio::null()).spawn().unwrap();
        let server = Server { process, port };
        for _ in 0..100 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return server;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("nginx does not listen");
    }

    /// Answers a second, and microseconds of processor time for each. `TAG` in a header stands for the tag that the
    /// server gives.
    fn rate(&self, headers: &[String]) -> (f64, f64) {
        let asked: Vec<&String> = headers.iter().filter(|header| !header.contains("TAG")).collect();
        let first = self.get(&asked.iter().map(|header| format!("{header}\r\n")).collect::<String>());
        let tag = first.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("etag").then(|| value.trim().to_owned())
        });
        let headers: Vec<String> =
            headers.iter().map(|header| header.replace("TAG", tag.as_deref().unwrap())).collect();
        let answer = self.get(&headers.iter().map(|header| format!("{header}\r\n")).collect::<String>());
        let expected = if headers.iter().any(|header| header.contains("None-Match")) { "304" } else { "200" };
        assert!(answer.starts_with(&format!("HTTP/1.1 {expected}")), "{answer}");

        let mut wrk = Command::new("wrk");
        wrk.args(LOAD);
        for header in &headers {
            wrk.arg("-H").arg(header);
        }
        let before = self.processor_time();
        let out = wrk.arg(format!("http://127.0.0.1:{}/atom.xml", self.port)).output().unwrap();
        let said = String::from_utf8(out.stdout).unwrap();
        let is_good = !said.contains("Socket errors") && (expected == "304" || !said.contains("Non-2xx"));
        assert!(out.status.success() && is_good, "{said}");
        let spent = self.processor_time() - before;
        let number = |text: &str| text.trim().parse::<f64>().unwrap();
        let rate = said.lines().find_map(|line| line.strip_prefix("Requests/sec:")).map(number).unwrap();
        let all = said.lines().find_map(|line| line.split_once(" requests in ")).map(|(all, _)| number(all)).unwrap();
        (rate, spent / all * 1e6)
    }

    /// Seconds of processor time that the server and its children have used, as Linux tells it in hundredths.
    fn processor_time(&self) -> f64 {
        let mut sum = 0.0;
        for entry in fs::read_dir("/proc").unwrap().flatten() {
            let Ok(stat) = fs::read_to_string(entry.path().join("stat")) else { continue };
            let Some((id, rest)) = stat.split_once(" (") else { continue };
            let fields: Vec<&str> = rest.rsplit(") ").next().unwrap().split(' ').collect();
            let own = self.process.id().to_string();
            if id == own || fields[1] == own {
                sum += (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) / 100.0;
            }
        }
        sum
    }

    fn get(&self, headers: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(stream, "GET /atom.xml HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{headers}\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // nginx stops its workers only when it is asked to.
        let _ = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status();
        let _ = self.process.wait();
    }
}

/// The middle of the numbers; 0 of none.
fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().unwrap_or(0.0)
}
