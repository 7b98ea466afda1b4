//! How fast the readers of web pages, mails and crawls are, beside `zcat | wc -c` of the same crawl in the same run.
//!
//! `cargo bench --bench formats [-- PAGES]`, 4,000 pages and ten times as many mails unless told. Everything is
//! generated: pages of some 25 kB with navigation, teasers and comments around the text, mails in MIME with quoted
//! text, and a crawl of the pages with a gzip member a record. Readers run on one thread, in this process; `ingest`
//! is a process of its own on all cores. Of several rounds the median counts. Prints a table in Markdown.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufReader, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use feedmill::parse;
use feedmill::source::{self, Document};

const ROUNDS: usize = 3;

fn main() {
    let pages = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(4_000);
    let dir = tempfile::Builder::new().prefix("feedmill-bench-").tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    println!("| what | amount | time | rate | beside it |");
    println!("|---|---|---|---|---|");
    read_pages(pages);
    read_mails(pages * 10);
    read_crawl(pages, dir.path());
}

fn read_pages(count: usize) {
    let pages: Vec<Vec<u8>> = (0..count).map(|at| page(at).into_bytes()).collect();
    let time = median(|| pages.iter().enumerate().for_each(|(at, page)| read("html", &format!("{at}.html"), page)));
    let bytes: usize = pages.iter().map(Vec::len).sum();
    row("pages, one thread", &amount(count, bytes), time, &format!("{:.0} pages/s", per_second(count, time)), "");
}

fn read_mails(count: usize) {
    let mails: Vec<Vec<u8>> = (0..count).map(|at| mail(at).into_bytes()).collect();
    let time = median(|| mails.iter().enumerate().for_each(|(at, mail)| read("mail", &format!("{at}.eml"), mail)));
    let bytes: usize = mails.iter().map(Vec::len).sum();
    row("mails, one thread", &amount(count, bytes), time, &format!("{:.0} mails/s", per_second(count, time)), "");
}

fn read_crawl(count: usize, dir: &Path) {
    let path = dir.join("crawl.warc.gz");
    let bytes = write_crawl(count, &path);
    let rate = |time: Duration| format!("{:.0} MB/s", bytes as f64 / 1e6 / time.as_secs_f64());
    let zcat = median(|| {
        let words = format!("zcat {} | wc -c", path.display());
        let ran = Command::new("sh").args(["-c", &words]).stdout(Stdio::null()).status().unwrap();
        assert!(ran.success());
    });
    row("`zcat \\| wc -c`", &amount(count, bytes), zcat, &rate(zcat), "");
    let beside = |time: Duration| format!("{:.2} × zcat", time.as_secs_f64() / zcat.as_secs_f64());
    let split = median(|| {
        let doc = Document::from_reader("crawl", "crawl.warc.gz", BufReader::new(File::open(&path).unwrap())).unwrap();
        let mut found = 0;
        let _ = source::unpack(doc, &mut |page| {
            page.unwrap().bytes().unwrap();
            found += 1;
            ControlFlow::Continue(())
        });
        assert_eq!(found, count);
    });
    row("crawl split into pages, one thread", &amount(count, bytes), split, &rate(split), &beside(split));
    let mut memory = 0;
    let mut round = 0;
    let ingest = median(|| {
        round += 1;
        let project = dir.join(round.to_string());
        fs::create_dir(&project).unwrap();
        fs::write(project.join("feedmill.toml"), "[[source]]\npath = \"../crawl.warc.gz\"\n").unwrap();
        memory = memory.max(run(Command::new(env!("CARGO_BIN_EXE_feedmill")).args(["ingest", "--quiet"]), &project));
    });
    let what = format!("crawl ingested, all cores, {} MB of memory", memory / 1024);
    row(&what, &amount(count, bytes), ingest, &rate(ingest), &beside(ingest));
}

fn read(format: &str, name: &str, bytes: &[u8]) {
    let mut articles = 0;
    let mut doc = Document::from_bytes(name, name, bytes.to_vec());
    parse::by_name(format).unwrap().parse(&mut doc, &mut |article| articles += usize::from(article.is_ok())).unwrap();
    assert_eq!(articles, 1, "{name}");
}

fn row(what: &str, amount: &str, time: Duration, rate: &str, beside: &str) {
    println!("| {what} | {amount} | {:.2} s | **{rate}** | {beside} |", time.as_secs_f64());
}

fn amount(count: usize, bytes: usize) -> String {
    format!("{count}, {:.0} MB", bytes as f64 / 1e6)
}

fn per_second(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64()
}

fn median(mut round: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            round();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}

/// Runs a command to its end, and gives the largest resident size that was seen, in KiB.
fn run(command: &mut Command, dir: &Path) -> u64 {
    let mut child = command.current_dir(dir).stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let watcher = std::thread::spawn(move || {
        let mut peak = 0;
        while let Ok(text) = fs::read_to_string(&status) {
            let Some(line) = text.lines().find(|line| line.starts_with("VmHWM")) else { break };
            peak = line.split_whitespace().nth(1).and_then(|kib| kib.parse().ok()).unwrap_or(peak);
            std::thread::sleep(Duration::from_millis(5));
        }
        peak
    });
    assert!(child.wait().unwrap().success());
    watcher.join().unwrap()
}

const WORDS: [&str; 28] = [
    "harbour", "ship", "council", "storm", "market", "the", "of", "and", "price", "fish", "said", "on", "Monday",
    "night", "crew", "port", "a", "in", "to", "was", "ferry", "bridge", "old", "new", "town", "water", "pilots",
    "tide",
];

/// Sentences that are the same at every run, and others for every seed.
fn prose(seed: usize, bytes: usize) -> String {
    let mut random = (seed as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut next = |below: u64| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random % below
    };
    let mut text = String::with_capacity(bytes + 100);
    while text.len() < bytes {
        for word in 0..5 + next(12) {
            let next = WORDS[next(WORDS.len() as u64) as usize];
            match word {
                0 => text.extend(next.chars().take(1).flat_map(char::to_uppercase).chain(next.chars().skip(1))),
                _ => text.extend([" ", next]),
            }
        }
        text.push_str(". ");
    }
    text
}

fn page(at: usize) -> String {
    let (day, month, year) = (1 + at % 28, 1 + at / 28 % 12, 2000 + at / 336 % 20);
    let headline = format!("Report {at} of the harbour and the town");
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{headline} | The Ledger</title>\n\
         <link rel=\"canonical\" href=\"https://www.ledger.example/{year}/{month:02}/{day:02}/report-{at}\">\n\
         <meta property=\"og:title\" content=\"{headline}\"><meta property=\"og:type\" content=\"article\">\n\
         <script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\
         \"headline\":\"{headline}\",\"datePublished\":\"{year}-{month:02}-{day:02}T08:00:00+01:00\",\
         \"author\":{{\"@type\":\"Person\",\"name\":\"Ann Fisher\"}}}}</script>\n<style>{}</style></head><body>\n<nav><ul>",
        ".teaser { margin: 0; padding: 1em; border: 1px solid #ccc }\n".repeat(60)
    );
    for link in 0..40 {
        let _ = write!(page, "<li><a href=\"/section/{link}\">Section {link}</a></li>");
    }
    let _ = write!(page, "</ul></nav><main><article><h1>{headline}</h1><p class=\"byline\">By Ann Fisher</p>");
    for paragraph in 0..12 {
        let _ = writeln!(page, "<p>{}<a href=\"/tag/{paragraph}\">more</a></p>", prose(at * 16 + paragraph, 450));
        if paragraph % 5 == 2 {
            let _ = write!(
                page,
                "<figure><img data-src=\"/img/{at}.jpg\" src=\"data:,\"><figcaption>A ship</figcaption></figure>"
            );
        }
    }
    page.push_str("</article></main><aside><h2>More</h2>");
    for teaser in 0..20 {
        let _ = writeln!(
            page,
            "<div class=\"teaser\"><a href=\"/t/{teaser}\"><h3>Teaser {teaser}</h3></a><p>{}</p></div>",
            prose(teaser, 120)
        );
    }
    page.push_str("</aside><section id=\"comments\">");
    for comment in 0..10 {
        let _ =
            writeln!(page, "<div class=\"comment\"><time>yesterday</time><p>{}</p></div>", prose(comment + 900, 200));
    }
    page.push_str("</section><footer>The Ledger</footer></body></html>\n");
    page
}

fn mail(at: usize) -> String {
    let (day, month, year) = (1 + at % 28, 1 + at / 28 % 12, 2000 + at / 336 % 20);
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let date = format!("{day} {} {year} 10:{:02}:00 +0200 (CEST)", MONTHS[month - 1], at % 60);
    let text = prose(at, 1_500);
    let mut lines = String::new();
    for (word_at, word) in text.split(' ').enumerate() {
        lines.push_str(word);
        lines.push(if word_at % 12 == 11 { '\n' } else { ' ' });
    }
    format!(
        "Return-Path: <ann@x.example>\nReceived: from a.example by b.example; {date}\nFrom: =?utf-8?q?Ann_Fi=C5=A1er?= \
         <ann@x.example>\nTo: list@x.example\nDate: {date}\nMessage-ID: <{at}@x.example>\nIn-Reply-To: <{}@x.example>\n\
         Subject: Report {at} of the harbour\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\
         Content-Transfer-Encoding: quoted-printable\n\n> {}\n\n{lines}\n-- =20\nAnn\n",
        at.saturating_sub(1),
        prose(at + 1, 60),
    )
}

/// Writes a crawl, a gzip member a record, and gives its size before compression.
fn write_crawl(count: usize, path: &Path) -> usize {
    let mut file = File::create(path).unwrap();
    let mut bytes = 0;
    for at in 0..count {
        let page = page(at);
        let response = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n{page}",
            page.len()
        );
        let record = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{at:012}>\r\n\
             WARC-Date: 2024-01-02T03:04:05Z\r\nWARC-Target-URI: https://www.ledger.example/report-{at}\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{response}\r\n\r\n",
            response.len()
        );
        bytes += record.len();
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
        encoder.write_all(record.as_bytes()).unwrap();
        file.write_all(&encoder.finish().unwrap()).unwrap();
    }
    bytes
}
