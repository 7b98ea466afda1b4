//! Those who read: they take nothing on trust.

use std::collections::{BTreeSet, HashMap};
use std::io::Read;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use crate::dice::Dice;
use crate::exchange::{Answer, ask};
use crate::ledger::Ledger;
use crate::mill::Mill;

/// Feeds, and pages for people, which are made when they are asked for.
const PATHS: [&str; 8] = [
    "/atom.xml",
    "/rss.xml",
    "/feed.json",
    "/index.html",
    "/",
    "/browse/search?q=dispatch+pier",
    "/browse/2020/01/",
    // Stands for the older entries of a feed, where one has linked any.
    HISTORY,
];

const HISTORY: &str = "prev-archive";

/// Versions of which the bytes are kept, to hold ranges against them.
const KEPT: usize = 64;

/// What all clients know.
#[derive(Default)]
pub struct Clients {
    /// The bytes of a version, by path and tag.
    versions: Mutex<HashMap<(String, String), Vec<u8>>>,
    /// The documents with older entries that feeds have linked.
    history: Mutex<BTreeSet<String>>,
    /// The end of everything.
    pub over: AtomicBool,
    paused: AtomicBool,
    /// Requests that are being answered.
    asking: AtomicU64,
    answers: AtomicU64,
    not_modified: AtomicU64,
    parts: AtomicU64,
    news: AtomicU64,
    refused: AtomicU64,
}

/// How long a server may take to close what clients have closed.
const CLOSING: Duration = Duration::from_millis(500);

/// So often the descriptors are counted, of which the least counts.
const LOOKS: usize = 8;

impl Clients {
    /// Asks until it is over.
    pub fn read(&self, mill: &Mill<'_>, ledger: &Ledger, mut dice: Dice) {
        let _end = EndOfAll(&self.over);
        let mut last: HashMap<String, String> = HashMap::new();
        while !self.over.load(Ordering::SeqCst) {
            if self.paused.load(Ordering::SeqCst) {
                std::thread::sleep(Duration::from_millis(5));
                continue;
            }
            let path = match *dice.pick(&PATHS) {
                HISTORY => {
                    let history: Vec<String> = self.history.lock().unwrap().iter().cloned().collect();
                    if history.is_empty() { "/atom.xml".to_owned() } else { dice.pick(&history).clone() }
                }
                path => path.to_owned(),
            };
            let tag = last.get(&path).cloned();
            let turn = mill.turn();
            let asked = {
                let _asking = Asking::new(&self.asking);
                self.one(mill, &path, tag.as_deref(), &mut dice, ledger)
            };
            match asked {
                Ok(Some(tag)) => drop(last.insert(path, tag)),
                Ok(None) => {}
                // A process that is down, or goes down, answers nobody.
                Err(err) => {
                    let excused = turn.is_multiple_of(2) || mill.turn() != turn;
                    assert!(excused, "{path}: {err}\n{}", mill.last_words());
                    self.refused.fetch_add(1, Ordering::Relaxed);
                }
            }
            std::thread::sleep(Duration::from_millis(dice.roll(12)));
        }
    }

    /// Nobody has found anything wrong, and nobody was sent home.
    pub fn are_content(&self) -> bool {
        !self.over.load(Ordering::SeqCst)
    }

    /// Has nobody ask for a moment: the memory and the descriptors that a mill has by itself.
    pub fn pause(&self, mill: &Mill<'_>) -> (u64, usize) {
        self.paused.store(true, Ordering::SeqCst);
        while self.asking.load(Ordering::SeqCst) > 0 {
            std::thread::sleep(Duration::from_millis(5));
        }
        std::thread::sleep(CLOSING);
        // A task that runs right now has an index and records open; between tasks nothing has.
        let looks = (0..LOOKS).map(|_| {
            std::thread::sleep(CLOSING / 4);
            mill.descriptors()
        });
        let held = (mill.memory(), looks.min().unwrap_or_default());
        self.paused.store(false, Ordering::SeqCst);
        held
    }

    /// What was answered, in a line.
    pub fn told(&self) -> String {
        let of = |count: &AtomicU64| count.load(Ordering::SeqCst);
        format!(
            "  {} answers: {} of 304, {} of 226, {} of 206; {} requests met nobody; {} documents of history\n",
            of(&self.answers),
            of(&self.not_modified),
            of(&self.news),
            of(&self.parts),
            of(&self.refused),
            self.history.lock().unwrap().len()
        )
    }

    /// One request; the tag of the version that the client then knows.
    fn one(
        &self,
        mill: &Mill<'_>,
        path: &str,
        tag: Option<&str>,
        dice: &mut Dice,
        ledger: &Ledger,
    ) -> std::io::Result<Option<String>> {
        let know = |more: &str| tag.map_or(String::new(), |tag| format!("If-None-Match: {tag}\r\n{more}"));
        let (from, length) = (dice.roll(4_000), dice.roll(9_000) + 1);
        let range = || {
            tag.map_or(String::new(), |tag| format!("If-Range: {tag}\r\nRange: bytes={from}-{}\r\n", from + length - 1))
        };
        let (method, headers) = match dice.roll(8) {
            0 | 1 => ("GET", know("")),
            2 => ("GET", know("Accept-Encoding: gzip\r\n")),
            3 => ("GET", know("A-IM: feed\r\n")),
            4 => ("GET", range()),
            5 => ("GET", "Accept-Encoding: gzip\r\n".to_owned()),
            6 => ("HEAD", String::new()),
            _ => ("GET", String::new()),
        };
        let answer = ask(mill.address, method, path, &headers)?;
        self.answers.fetch_add(1, Ordering::Relaxed);
        let said = || format!("{method} {path}\n{headers}{}", answer.status);
        let new = answer.header("etag").unwrap_or_default().to_owned();
        match answer.status {
            200 if method == "HEAD" => return Ok(None),
            200 => {
                let bytes = plain(&answer);
                let older = whole(path, &bytes, ledger).unwrap_or_else(|what| panic!("{}: {what}", said()));
                self.history.lock().unwrap().extend(older);
                self.agree(path, &new, &bytes);
            }
            304 => {
                assert_eq!(tag, Some(&*new), "{}", said());
                self.not_modified.fetch_add(1, Ordering::Relaxed);
            }
            226 => {
                whole(path, &plain(&answer), ledger).unwrap_or_else(|what| panic!("{}: {what}", said()));
                self.news.fetch_add(1, Ordering::Relaxed);
            }
            206 => {
                assert_eq!(tag, Some(&*new), "{}", said());
                if let Some(version) = self.versions.lock().unwrap().get(&(path.to_owned(), new.clone())) {
                    let end = version.len().min((from + length) as usize);
                    assert!(
                        version[from as usize..end] == answer.body,
                        "{}: other bytes than those of the tag",
                        said()
                    );
                }
                self.parts.fetch_add(1, Ordering::Relaxed);
            }
            416 => {}
            // The first feeds are still being made.
            404 if tag.is_none() && !self.history.lock().unwrap().contains(path) => return Ok(None),
            // A page without its archive: the index is being made anew, or there is no room for it.
            503 if is_page(path) => return Ok(None),
            _ => panic!("{}\n{}", said(), mill.last_words()),
        }
        // The tag of a compressed body is that of the plain one, with a word behind it.
        Ok(Some(new).filter(|tag| !tag.is_empty() && !tag.contains("-gzip")))
    }

    /// One tag, one sequence of bytes, for ever.
    fn agree(&self, path: &str, tag: &str, bytes: &[u8]) {
        let plain = tag.replace("-gzip\"", "\"");
        let mut versions = self.versions.lock().unwrap();
        if versions.len() >= KEPT {
            versions.clear();
        }
        let known = versions.entry((path.to_owned(), plain)).or_insert_with(|| bytes.to_vec());
        assert!(*known == bytes, "{path}: two bodies have the tag {tag}");
    }
}

/// Where one client has found something wrong, nothing else needs to happen.
struct EndOfAll<'a>(&'a AtomicBool);

impl Drop for EndOfAll<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.store(true, Ordering::SeqCst);
        }
    }
}

/// A request in hand, also one that ends in a panic.
struct Asking<'a>(&'a AtomicU64);

impl Asking<'_> {
    fn new(count: &AtomicU64) -> Asking<'_> {
        count.fetch_add(1, Ordering::SeqCst);
        Asking(count)
    }
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// The body without its coding.
fn plain(answer: &Answer) -> Vec<u8> {
    match answer.header("content-encoding") {
        None => answer.body.clone(),
        Some("gzip") => {
            let mut plain = Vec::new();
            flate2::read::GzDecoder::new(&answer.body[..]).read_to_end(&mut plain).expect("gzip, whole");
            plain
        }
        Some(other) => panic!("nobody asked for {other}"),
    }
}

fn is_page(path: &str) -> bool {
    path == "/" || path.starts_with("/browse/")
}

/// A document has its end, and all between; the ids in it are entered into the ledger. The path of the document with
/// older entries that it names.
fn whole(path: &str, bytes: &[u8], ledger: &Ledger) -> Result<Option<String>, String> {
    let mut older = None;
    let text = std::str::from_utf8(bytes).map_err(|err| err.to_string())?;
    if path.ends_with(".json") {
        let feed: serde_json::Value = serde_json::from_str(text).map_err(|err| err.to_string())?;
        for item in feed["items"].as_array().ok_or("no items")? {
            ledger.see(item["id"].as_str().ok_or("no id")?);
        }
    } else if [".xml", ".atom", ".rss"].iter().any(|kind| path.ends_with(kind)) {
        let feed = roxmltree::Document::parse(text).map_err(|err| err.to_string())?;
        let is_entry = |node: &roxmltree::Node<'_, '_>| ["entry", "item"].contains(&node.tag_name().name());
        for entry in feed.descendants().filter(is_entry) {
            let id = entry.children().find(|node| ["id", "guid"].contains(&node.tag_name().name())).ok_or("no id")?;
            ledger.see(id.text().ok_or("an empty id")?);
        }
        let link = feed.descendants().find(|node| node.attribute("rel") == Some("prev-archive"));
        if let Some(link) = link.and_then(|link| link.attribute("href")) {
            older = Some(url::Url::parse(link).map_err(|err| err.to_string())?.path().to_owned());
        }
    } else if !text.trim_end().ends_with("</html>") {
        return Err("a page without its end".into());
    }
    Ok(older)
}
