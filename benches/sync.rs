//! How long it takes to keep up with many feeds, beside `curl` asking for the same addresses in the same run.
//!
//! `cargo bench --bench sync [-- FEEDS]`, 2,000 feeds of 30 entries on 64 hosts of this machine unless told. Three runs,
//! each a process of its own: everything is new; nothing has changed (304); one feed in a hundred has one new entry.
//! `curl` fetches the same with as many transfers at a time, and throws the answers away. Prints a table in Markdown.

#[path = "measure/mod.rs"]
mod measure;
#[path = "../tests/harness/server/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the tests use all of it")]
mod server;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use measure::{Ran, run, settle};
use server::{Asked, Reply, Server};

const HOSTS: usize = 64;
const ENTRIES: usize = 30;
/// Rounds of what is over in a blink; of these the median counts.
const ROUNDS: usize = 9;
/// Hosts that are asked at the same time, by both.
const AT_ONCE: usize = 16;

fn main() {
    let feeds = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(2_000);
    let dir = tempfile::Builder::new().prefix("feedmill-bench-").tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let (server, round) = (Server::start(), Arc::new(AtomicU32::new(0)));
    let now = Arc::clone(&round);
    server.respond("/feed/*", move |asked| feed(asked, now.load(Ordering::SeqCst)));
    let urls: Vec<String> =
        (0..feeds).map(|n| server.url_at(&format!("127.0.0.{}", n % HOSTS + 1), &format!("/feed/{n}"))).collect();
    write(dir.path(), &urls);

    println!("| run | requests | time | requests/s | articles/s | CPU | peak memory | curl | ÷ curl |");
    println!("|---|---|---|---|---|---|---|---|---|");
    let first = (vec!["sync", "--quiet"], None, 1);
    let again = (vec!["sync", "--quiet", "--force"], Some("\"r0\""), ROUNDS);
    let changed = (vec!["sync", "--quiet", "--force"], Some("\"r0\""), 1);
    for (name, (arguments, validators, rounds), new) in
        [("first", first, feeds * ENTRIES), ("nothing changed", again, 0), ("1% changed", changed, feeds.div_ceil(100))]
    {
        if name == "1% changed" {
            round.store(1, Ordering::SeqCst);
        }
        let mut both: Vec<(Ran, Ran)> = (0..rounds)
            .map(|_| {
                settle();
                let curl = run(&mut curl(validators), dir.path());
                server.forget();
                settle();
                (run(Command::new(env!("CARGO_BIN_EXE_feedmill")).args(&arguments), dir.path()), curl)
            })
            .collect();
        // Each command has its own median: the machine's moods meet one or the other.
        both.sort_by_key(|(_, curl)| curl.time);
        let curl_time = both[rounds / 2].1.time;
        both.sort_by_key(|(ours, _)| ours.time);
        row(name, server.count(), new, &both[rounds / 2].0, curl_time);
    }
}

fn row(name: &str, requests: usize, articles: usize, ours: &Ran, curl: Duration) {
    let seconds = ours.time.as_secs_f64();
    println!(
        "| {name} | {requests} | {seconds:.2} s | {:.0} | {:.0} | {:.2} s | {} MB | {:.2} s | **{:.2}** |",
        requests as f64 / seconds,
        articles as f64 / seconds,
        ours.cpu.as_secs_f64(),
        ours.memory / 1024,
        curl.as_secs_f64(),
        seconds / curl.as_secs_f64(),
    );
}

/// One in a hundred has another entry in the second round.
fn feed(asked: &Asked, round: u32) -> Reply {
    let number: usize = asked.path().rsplit('/').next().unwrap().parse().unwrap();
    let is_changed = round > 0 && number.is_multiple_of(100);
    let first = usize::from(is_changed);
    let mut body =
        format!("<rss version=\"2.0\"><channel><title>Feed {number}</title><link>https://f{number}.example/</link>");
    for n in first..first + ENTRIES {
        let _ = write!(
            body,
            "<item><title>Entry {n} of feed {number}</title><link>https://f{number}.example/{n}</link>\
             <guid>https://f{number}.example/{n}</guid><pubDate>{:02} Mar 2024 {:02}:{:02}:00 GMT</pubDate><description>{}\
             </description></item>",
            n % 28 + 1,
            number % 24,
            number / 24 % 60,
            text(number as u64 * 1_000 + n as u64)
        );
    }
    body.push_str("</channel></rss>");
    let etag = if is_changed { "\"r1\"" } else { "\"r0\"" };
    Reply::conditional(etag, "Sun, 22 Nov 2026 10:00:00 GMT", body).header("Content-Type", "application/rss+xml")
}

/// A hundred words that no other entry has in this order.
fn text(seed: u64) -> String {
    const WORDS: [&str; 16] = [
        "harbour", "ship", "council", "storm", "market", "price", "fish", "night", "crew", "ferry", "bridge", "town",
        "water", "pilots", "tide", "the",
    ];
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut text = String::new();
    for _ in 0..100 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        text.push_str(WORDS[(state >> 33) as usize % WORDS.len()]);
        text.push(' ');
    }
    text
}

fn write(dir: &Path, urls: &[String]) {
    let mut config = format!(
        "[site]\ntitle = \"Bench\"\nurl = \"https://bench.example/\"\n\n[sync]\ndelay = \"0s\"\nhosts = {AT_ONCE}\n"
    );
    let mut list = String::new();
    for url in urls {
        let _ = write!(config, "\n[[source]]\nurl = \"{url}\"\nallow_private = true\n");
        let _ = write!(list, "url = \"{url}\"\noutput = \"/dev/null\"\n");
    }
    fs::write(dir.join("feedmill.toml"), config).unwrap();
    fs::write(dir.join("urls"), list).unwrap();
}

fn curl(validator: Option<&str>) -> Command {
    let mut curl = Command::new("curl");
    curl.args(["--silent", "--parallel", "--compressed", "--parallel-max", &AT_ONCE.to_string(), "--config", "urls"]);
    if let Some(validator) = validator {
        curl.args(["--header", &format!("If-None-Match: {validator}")]);
    }
    curl
}
