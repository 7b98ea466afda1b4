//! Two hundred simulated hours with servers of every temper: no rule of polite polling is broken once.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use feedmill::archive::{Access, Archive};
use feedmill::source::http;
use feedmill::sync::{self, Agent, Clock, Settings, Source};

use crate::harness::server::{Asked, Reply, Server, http_date};
use crate::rss;

const START: i64 = 1_790_000_000;
const RSS: &str = "application/rss+xml";

struct Simulated {
    millis: AtomicI64,
    server: Arc<Server>,
}

impl Simulated {
    fn set(&self, millis: i64) {
        self.millis.store(millis, Ordering::SeqCst);
        self.server.set_clock(millis / 1000);
    }
}

impl Clock for Simulated {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.millis.load(Ordering::SeqCst)).unwrap()
    }

    fn wait(&self, time: Duration) {
        let millis = self.millis.fetch_add(time.as_millis() as i64, Ordering::SeqCst) + time.as_millis() as i64;
        self.server.set_clock(millis / 1000);
    }
}

fn settings() -> Settings {
    Settings {
        http: http::Settings {
            user_agent: "feedmill/test (+https://mirror.example/)".into(),
            proxy: None,
            connect_timeout: Duration::from_secs(5),
            idle_timeout: Duration::from_secs(5),
            total_timeout: Duration::from_secs(10),
            max_redirects: 5,
        },
        workers: 8,
        delay: Duration::from_secs(1),
        most_documents: 100,
        raw: None,
        force: false,
    }
}

/// What a server asks for, and how long it must be left alone after an answer, in seconds.
struct Temper {
    path: &'static str,
    host: &'static str,
    /// The shortest time between two requests.
    least: i64,
    /// The longest time between two requests, after good answers.
    most: i64,
    reply: fn(&Asked, u32) -> Reply,
}

fn feed(clock: i64) -> Reply {
    // Changes every five hours.
    let version = u32::try_from((clock - START).max(0) / 18_000).unwrap();
    Reply::ok(RSS, rss("bay", "", version..version + 5))
}

fn with_validators(asked: &Asked) -> Reply {
    let version = (asked.clock - START).max(0) / 18_000;
    let body = rss("bay", "", version as u32..version as u32 + 5);
    Reply::conditional(&format!("\"v{version}\""), &http_date(START + version * 18_000), body)
        .header("Content-Type", RSS)
}

const TEMPERS: &[Temper] = &[
    Temper { path: "/plain", host: "127.0.0.1", least: 86_400, most: 100_000, reply: |asked, _| feed(asked.clock) },
    Temper { path: "/tags", host: "127.0.0.1", least: 3600, most: 6000, reply: |asked, _| with_validators(asked) },
    Temper {
        path: "/eager",
        host: "127.0.0.1",
        least: 600,
        most: 2400,
        reply: |asked, _| with_validators(asked).header("Cache-Control", "public, max-age=600"),
    },
    Temper {
        path: "/calm",
        host: "127.0.0.2",
        least: 6 * 3600,
        most: 9 * 3600,
        reply: |asked, _| with_validators(asked).header("Cache-Control", "max-age=21600"),
    },
    Temper {
        path: "/expires",
        host: "127.0.0.2",
        least: 7200,
        most: 11_000,
        reply: |asked, _| {
            let date = http_date(asked.clock);
            with_validators(asked).header("Date", &date).header("Expires", &http_date(asked.clock + 7200))
        },
    },
    Temper {
        path: "/ttl",
        host: "127.0.0.2",
        least: 4 * 3600,
        most: 6 * 3600,
        reply: |_, _| Reply::ok(RSS, rss("bay", "<ttl>240</ttl>", 1..4)).header("ETag", "\"t\""),
    },
    Temper { path: "/broken", host: "127.0.0.3", least: 3600, most: 9 * 86_400, reply: |_, _| Reply::status(500) },
    Temper {
        path: "/busy",
        host: "127.0.0.3",
        least: 3 * 3600,
        most: 5 * 3600,
        reply: |_, _| Reply::status(429).header("Retry-After", "10800"),
    },
    Temper {
        path: "/resting",
        host: "127.0.0.3",
        least: 5 * 3600,
        most: 7 * 3600,
        reply: |asked, _| Reply::status(503).header("Retry-After", &http_date(asked.clock + 18_000)),
    },
    Temper { path: "/past.xml", host: "127.0.0.4", least: 3600, most: 9 * 86_400, reply: |_, _| Reply::status(500) },
    Temper {
        path: "/challenge",
        host: "127.0.0.4",
        least: 3600,
        most: 9 * 86_400,
        reply: |asked, n| if n == 0 { with_validators(asked) } else { Reply::challenge(200) },
    },
];

#[test]
fn two_hundred_hours() {
    let dir = tempfile::tempdir().unwrap();
    let server = Arc::new(Server::start());
    let mut sources = Vec::new();
    let add = |sources: &mut Vec<Source>, host: &str, path: &str| {
        let mut source = Source::new(server.url_at(host, path));
        source.private = true;
        sources.push(source);
    };
    for temper in TEMPERS {
        // Not a source, but asked for by one.
        let is_source = temper.path != "/past.xml";
        let (reply, count) = (temper.reply, std::sync::atomic::AtomicU32::new(0));
        server.respond(temper.path, move |asked| reply(asked, count.fetch_add(1, Ordering::SeqCst)));
        if is_source {
            add(&mut sources, temper.host, temper.path);
        }
    }
    server.respond("/skip", |asked| {
        let hours: String = (0..24).filter(|hour| *hour < 18).map(|hour| format!("<hour>{hour}</hour>")).collect();
        let days = "<skipDays><day>Saturday</day><day>Sunday</day></skipDays>";
        Reply::ok(RSS, rss("bay", &format!("<skipHours>{hours}</skipHours>{days}"), 1..3))
            .header("ETag", &format!("\"{}\"", asked.clock / 90_000))
    });
    add(&mut sources, "127.0.0.5", "/skip");
    // Its archive document is one of the tempers above.
    let past = server.url_at("127.0.0.4", "/past.xml");
    server.respond("/with-past", move |_| {
        let link = format!("<atom:link rel=\"prev-archive\" href=\"{past}\"/>");
        Reply::ok(RSS, rss("bay", &link, 1..3)).header("ETag", "\"p\"")
    });
    add(&mut sources, "127.0.0.4", "/with-past");
    server.script("/gone", [Reply::ok(RSS, rss("bay", "", 1..3)).header("ETag", "\"g\""), Reply::status(410)]);
    add(&mut sources, "127.0.0.5", "/gone");
    server.on("/moved", Reply::redirect(301, "/new-home")).on("/away", Reply::redirect(302, "/elsewhere"));
    server.respond("/new-home", with_validators).respond("/elsewhere", with_validators);
    add(&mut sources, "127.0.0.6", "/moved");
    add(&mut sources, "127.0.0.6", "/away");

    let archive = dir.path().join("archive");
    let clock = Simulated { millis: AtomicI64::new(0), server: Arc::clone(&server) };
    Archive::create_if_missing(&archive, Some("https://mirror.example/")).unwrap();
    // Somebody has it run every ten minutes, on the minute.
    let mut open = Archive::open(&archive, Access::Write, clock.now()).unwrap();
    for run in 0..200 * 6 {
        let agent = Agent::new(settings(), &clock);
        let at = (START + run * 600) * 1000;
        if clock.millis.load(Ordering::SeqCst) < at {
            clock.set(at);
        }
        sync::sync(&mut open, &sources, &agent, chrono_tz::UTC, &mut |_| {}).unwrap();
    }
    server.settle();

    let log = server.log();
    let of = |path: &str| -> Vec<&Asked> { log.iter().filter(|asked| asked.path() == path).collect() };
    for temper in TEMPERS {
        let asked = of(temper.path);
        assert!(asked.len() >= 3, "{} was asked {} times", temper.path, asked.len());
        for pair in asked.windows(2) {
            let pause = pair[1].clock - pair[0].clock;
            assert!((temper.least..=temper.most).contains(&pause), "{}: {pause} s between two requests", temper.path);
        }
    }
    for pair in of("/broken").windows(3) {
        let (first, second) = (pair[1].clock - pair[0].clock, pair[2].clock - pair[1].clock);
        assert!(second >= first, "the back-off of a failing source grows: {first}, then {second}");
    }
    assert_eq!(of("/gone").len(), 2, "gone is gone");
    for asked in of("/skip").iter().skip(1) {
        let at = DateTime::from_timestamp(asked.clock, 0).unwrap();
        let (hour, day) = (at.format("%H").to_string(), at.format("%a").to_string());
        assert!(hour.parse::<u32>().unwrap() >= 18 && !["Sat", "Sun"].contains(&day.as_str()), "{at}");
    }
    // A permanent redirect is followed for days before it is believed, a temporary one for ever.
    let moved = of("/moved");
    let seen_for = TimeDelta::seconds(moved.last().unwrap().clock - moved[0].clock);
    assert!(seen_for >= TimeDelta::days(3) && seen_for < TimeDelta::days(4), "{seen_for}");
    assert!(of("/new-home").len() > moved.len() + 20, "and then asked where it is");
    assert_eq!(of("/away").len(), of("/elsewhere").len());

    // What holds for every request. Requests that follow a redirect are a part of the one before.
    let mut last: HashMap<std::net::IpAddr, i64> = HashMap::new();
    let mut validators: HashMap<&str, bool> = HashMap::new();
    for asked in &log {
        assert_eq!(asked.beside, 1, "{}: two requests to one host at the same time", asked.target);
        assert!(asked.header("user-agent").unwrap().contains("+https://mirror.example/"));
        assert!(["cookie", "referer", "from"].iter().all(|name| asked.header(name).is_none()), "{:?}", asked.headers);
        assert!(!asked.target.contains('?'), "no query is added: {}", asked.target);
        let coding = asked.header("accept-encoding").unwrap_or_default();
        assert!(["gzip", "br", "zstd"].iter().all(|name| coding.contains(name)), "{coding}");
        let pause = asked.clock - last.insert(asked.address, asked.clock).unwrap_or(0);
        assert!(pause >= 1, "{}: {pause} s after another request to the host", asked.target);
        if asked.path() == "/tags" {
            let is_first = !validators.insert("/tags", true).unwrap_or(false);
            assert_eq!(asked.header("if-none-match").is_none(), is_first, "validators are sent back");
        }
    }
    let minutes: Vec<i64> = of("/tags").iter().skip(1).map(|asked| asked.clock / 60 % 60).collect();
    assert!(minutes.iter().collect::<std::collections::HashSet<_>>().len() >= 2, "{minutes:?}");
}
