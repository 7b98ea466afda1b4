//! Those who write: people with files, and a feed on another host.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use serde_json::json;

use crate::dice::Dice;
use crate::harness::server::{Reply, Server};
use crate::ledger::{Ledger, mark};

/// Articles in a folder.
pub struct Folder<'a> {
    dir: PathBuf,
    ledger: &'a Ledger,
    /// The numbers of those that stand there, with their editions.
    articles: BTreeMap<u64, u64>,
    next: u64,
}

impl<'a> Folder<'a> {
    pub fn new(dir: PathBuf, ledger: &'a Ledger) -> Folder<'a> {
        Folder { dir, ledger, articles: BTreeMap::new(), next: 1 }
    }

    /// An article comes.
    pub fn add(&mut self) {
        self.articles.insert(self.next, 0);
        self.write(self.next);
        self.next += 1;
    }

    /// One of them is written anew.
    pub fn edit(&mut self, dice: &mut Dice) {
        if let Some(number) = self.any(dice) {
            *self.articles.get_mut(&number).unwrap() += 1;
            self.write(number);
        }
    }

    /// One of them is removed.
    pub fn remove(&mut self, dice: &mut Dice) {
        if let Some(number) = self.any(dice) {
            self.ledger.remove(&id("desk", number));
            self.articles.remove(&number);
            fs::remove_file(self.path(number)).unwrap();
        }
    }

    fn any(&self, dice: &mut Dice) -> Option<u64> {
        let numbers: Vec<u64> = self.articles.keys().copied().collect();
        (!numbers.is_empty()).then(|| *dice.pick(&numbers))
    }

    fn write(&self, number: u64) {
        let edition = self.articles[&number];
        let article = json!({
            "id": id("desk", number),
            "title": format!("Dispatch {number} <from> the pier & beyond ]]> 🚢"),
            "date_published": date(number),
            "content_html": text(number, edition),
        });
        // In the ledger first: from the moment at which the file is there, the article counts.
        self.ledger.write(&id("desk", number), edition);
        fs::write(self.path(number), article.to_string()).unwrap();
    }

    fn path(&self, number: u64) -> PathBuf {
        Path::join(&self.dir, format!("{number}.json"))
    }
}

/// Another host, whose feed has all of its articles.
pub struct Wire {
    server: Server,
    items: Arc<Mutex<Vec<u64>>>,
}

/// What the feed on the other host may hold, so that nothing rolls out of it between two polls.
const MOST_ITEMS: usize = 400;

impl Wire {
    pub fn new() -> Wire {
        let (server, items) = (Server::start(), Arc::new(Mutex::new(Vec::<u64>::new())));
        let shown = items.clone();
        server.respond("/wire.xml", move |asked| {
            let feed = feed(&shown.lock().unwrap());
            let tag = format!("\"{}\"", uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_URL, feed.as_bytes()));
            if asked.header("if-none-match") == Some(&*tag) {
                return Reply::status(304).header("ETag", &tag);
            }
            Reply::ok("application/rss+xml", feed).header("ETag", &tag)
        });
        Wire { server, items }
    }

    pub fn url(&self) -> String {
        self.server.url("/wire.xml")
    }

    /// How often it was asked.
    pub fn polls(&self) -> usize {
        self.server.asked("/wire.xml").len()
    }

    /// An article comes.
    pub fn add(&self, ledger: &Ledger) {
        let mut items = self.items.lock().unwrap();
        if items.len() < MOST_ITEMS {
            items.push(0);
            ledger.write(&id("wire", items.len() as u64), 0);
        }
    }

    /// One of them is written anew.
    pub fn edit(&self, ledger: &Ledger, dice: &mut Dice) {
        let mut items = self.items.lock().unwrap();
        if !items.is_empty() {
            let at = dice.roll(items.len() as u64) as usize;
            items[at] += 1;
            ledger.write(&id("wire", at as u64 + 1), items[at]);
        }
    }
}

fn feed(editions: &[u64]) -> String {
    let items: String = editions
        .iter()
        .enumerate()
        .rev()
        .map(|(at, edition)| {
            let number = at as u64 + 1;
            let date = chrono::DateTime::parse_from_rfc3339(&date(number)).unwrap().to_rfc2822();
            format!(
                "<item><title>Wire {number}</title><guid isPermaLink=\"false\">{}</guid><pubDate>{date}</pubDate>\
                 <link>https://wire.example/{number}</link><description><![CDATA[{}]]></description></item>",
                id("wire", number),
                text(number + 1_000_000, *edition),
            )
        })
        .collect();
    format!(
        "<rss version=\"2.0\"><channel><title>Wire</title><link>https://wire.example/</link>\
         <description>News</description>{items}</channel></rss>"
    )
}

fn id(desk: &str, number: u64) -> String {
    format!("tag:{desk}.example,2020:{number}")
}

/// Each has a minute of its own, in the past of every clock.
fn date(number: u64) -> String {
    let first = chrono::DateTime::parse_from_rfc3339("2020-01-01T00:00:00Z").unwrap();
    (first + chrono::TimeDelta::minutes(number as i64)).to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

/// Words that no other article has, since nearly the same text would be held to be the same article.
fn text(number: u64, edition: u64) -> String {
    let mut dice = Dice::new(number);
    let words: Vec<String> = (0..60 + dice.roll(400)).map(|_| format!("{:x}", dice.roll(1 << 40))).collect();
    format!("<p>{}</p>\n<p>{}</p>", mark(edition), words.join(" "))
}
