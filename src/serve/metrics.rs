//! What is counted, and how Prometheus reads it (text format 0.0.4).

use std::fmt::Write;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use hyper::StatusCode;

use super::House;
use super::coding::Coding;
use super::subscribers::Subscribers;
use super::treatment::{self, Class};

/// The statuses that are counted apart; any other counts as the last.
const STATUSES: [u16; 18] = [200, 204, 206, 226, 301, 304, 400, 403, 404, 405, 406, 410, 412, 416, 429, 431, 503, 500];

const CLASSES: [(Class, &str); 4] =
    [(Class::Feed, "feed"), (Class::Page, "page"), (Class::Attachment, "attachment"), (Class::Other, "other")];

const CODINGS: [Coding; 4] = [Coding::Identity, Coding::Gzip, Coding::Zstd, Coding::Brotli];

/// Feeds whose age is told, and directories within directories that are looked into.
const MOST_FEEDS: usize = 10_000;
const DEEPEST: usize = 8;

/// Everything that is counted, since the start.
#[derive(Default)]
pub(super) struct Metrics {
    requests: [[AtomicU64; STATUSES.len()]; CLASSES.len()],
    bytes: [AtomicU64; CODINGS.len()],
    pub(super) connections: AtomicU64,
    pub(super) open_connections: AtomicU64,
    pub(super) subscribers: Subscribers,
}

impl Metrics {
    /// Counts an answer.
    pub(super) fn count(&self, class: Class, status: StatusCode, coding: Coding, bytes: u64) {
        let class = CLASSES.iter().position(|(known, _)| *known == class).unwrap_or(CLASSES.len() - 1);
        let status = STATUSES.iter().position(|known| *known == status.as_u16()).unwrap_or(STATUSES.len() - 1);
        self.requests[class][status].fetch_add(1, Ordering::Relaxed);
        let coding = CODINGS.iter().position(|known| *known == coding).unwrap_or(0);
        self.bytes[coding].fetch_add(bytes, Ordering::Relaxed);
    }

    /// The text that Prometheus reads. Looks at every feed below the directory, which blocks.
    pub(super) fn write(&self, house: &House, now: DateTime<Utc>) -> String {
        let mut page = Page(String::with_capacity(4096));
        page.about("feedmill_http_requests_total", "counter", "Answers, by status and by what was asked for.");
        for ((_, class), counts) in CLASSES.iter().zip(&self.requests) {
            for (status, count) in STATUSES.iter().zip(counts) {
                let count = count.load(Ordering::Relaxed);
                if count > 0 {
                    page.line(
                        "feedmill_http_requests_total",
                        &[("class", class), ("status", &status.to_string())],
                        count,
                    );
                }
            }
        }
        let feeds = self.requests.first();
        let of = |status: u16| {
            let at = STATUSES.iter().position(|known| *known == status);
            feeds.zip(at).map_or(0, |(counts, at)| counts[at].load(Ordering::Relaxed))
        };
        let (sent, spared) = (of(200) + of(226), of(304));
        page.about("feedmill_feed_not_modified_ratio", "gauge", "Share of requests for feeds answered by 304.");
        let share = if sent + spared == 0 { 0.0 } else { spared as f64 / (sent + spared) as f64 };
        page.line("feedmill_feed_not_modified_ratio", &[], share);
        page.about("feedmill_http_body_bytes_total", "counter", "Bytes of bodies, by content coding.");
        for (coding, count) in CODINGS.iter().zip(&self.bytes) {
            page.line("feedmill_http_body_bytes_total", &[("coding", coding.name())], count.load(Ordering::Relaxed));
        }
        page.about("feedmill_connections_total", "counter", "Connections that were accepted.");
        page.line("feedmill_connections_total", &[], self.connections.load(Ordering::Relaxed));
        page.about("feedmill_connections_open", "gauge", "Connections that are open.");
        page.line("feedmill_connections_open", &[], self.open_connections.load(Ordering::Relaxed));
        page.about("feedmill_held_bytes", "gauge", "Bytes of files held in memory, in all codings.");
        page.line("feedmill_held_bytes", &[], house.shelf.weight());
        if let Some(log) = &house.log {
            page.about("feedmill_log_lines_lost_total", "counter", "Lines that the access log could not take.");
            page.line("feedmill_log_lines_lost_total", &[], log.lost());
        }
        page.about("feedmill_subscribers", "gauge", "Subscribers that an aggregator says it fetches a feed for.");
        for (feed, aggregator, count) in self.subscribers.counts(now) {
            page.line("feedmill_subscribers", &[("feed", &feed), ("aggregator", &aggregator)], count);
        }
        let mut feeds = Vec::new();
        find_feeds(house.shelf.root(), "", DEEPEST, &mut feeds);
        feeds.sort();
        page.about("feedmill_feed_changed_timestamp_seconds", "gauge", "When a feed last changed.");
        for (feed, changed) in &feeds {
            page.line("feedmill_feed_changed_timestamp_seconds", &[("feed", feed)], seconds(*changed));
        }
        page.about("feedmill_feed_staleness_seconds", "gauge", "Time since a feed last changed.");
        let now = seconds(now.into());
        for (feed, changed) in &feeds {
            page.line("feedmill_feed_staleness_seconds", &[("feed", feed)], now.saturating_sub(seconds(*changed)));
        }
        let tasks = house.tasks.all();
        let done = || tasks.iter().filter_map(|(task, ran)| Some((task, ran.done?.timestamp())));
        if !tasks.is_empty() {
            page.about("feedmill_task_done_timestamp_seconds", "gauge", "When a task was last begun and done well.");
            done().for_each(|(task, at)| page.line("feedmill_task_done_timestamp_seconds", &[("task", task)], at));
            page.about("feedmill_task_staleness_seconds", "gauge", "Time since a source was read, or feeds were made.");
            for (task, at) in done() {
                let since = i64::try_from(now).unwrap_or(i64::MAX).saturating_sub(at).max(0);
                page.line("feedmill_task_staleness_seconds", &[("task", task)], since);
            }
            page.about("feedmill_task_failures", "gauge", "How often a task has failed since it was done well.");
            for (task, ran) in &tasks {
                page.line("feedmill_task_failures", &[("task", task)], ran.failures);
            }
        }
        page.0
    }
}

struct Page(String);

impl Page {
    fn about(&mut self, name: &str, kind: &str, words: &str) {
        // Writing to a string cannot fail.
        let _ = write!(self.0, "# HELP {name} {words}\n# TYPE {name} {kind}\n");
    }

    fn line(&mut self, name: &str, labels: &[(&str, &str)], value: impl std::fmt::Display) {
        self.0.push_str(name);
        for (at, (label, text)) in labels.iter().enumerate() {
            let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
            let _ = write!(self.0, "{}{label}=\"{text}\"", if at == 0 { '{' } else { ',' });
        }
        let _ = writeln!(self.0, "{} {value}", if labels.is_empty() { "" } else { "}" });
    }
}

fn seconds(at: SystemTime) -> u64 {
    at.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// The feeds below a directory, by the names of their files, with their last change. Links are not followed.
fn find_feeds(dir: &Path, below: &str, depth: usize, found: &mut Vec<(String, SystemTime)>) {
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let (Some(name), Ok(meta)) = (name.to_str(), entry.metadata()) else { continue };
        if name.starts_with('.') || found.len() >= MOST_FEEDS {
            continue;
        }
        let path = format!("{below}/{name}");
        if meta.is_dir() && depth > 0 {
            find_feeds(&entry.path(), &path, depth - 1, found);
        } else if meta.is_file() && treatment::of(&path[1..], None).class == Class::Feed {
            found.extend(meta.modified().ok().map(|changed| (path, changed)));
        }
    }
}
