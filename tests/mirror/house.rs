//! Archives in temporary directories, and the web between them.

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use feedmill::archive::{Access, Adoption, Archive, Fate, Intake, Put};
use feedmill::article::{Article, Attachment, Body, BodyKind, Provenance, Title, TitleSource, record};
use feedmill::error::{Error, Result};
use feedmill::feed::Site;
use feedmill::generate::{Published, publish_archive};
use feedmill::sync::mirror::{self, Event, Received, Receiver, Summary};
use feedmill_dates::{ArticleDate, Candidate, Confidence, DateRule, Order};

pub const NOW: &str = "2024-01-02T03:04:05Z";

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub fn article(date: &str, title: &str, text: &str) -> Article {
    let chosen = Candidate {
        value: date.parse().unwrap(),
        rule: DateRule::Metadata,
        place: "date".into(),
        raw: date.into(),
        order: Order::Fixed,
        confidence: Confidence::High,
    };
    Article {
        date: Some(ArticleDate { chosen, conflicts: Vec::new() }),
        ..Article::new(
            Title { text: title.into(), source: TitleSource::Metadata },
            Body { kind: BodyKind::Text, text: text.into() },
        )
    }
}

/// An archive, the directory that it is published in, and its name on the web.
pub struct House {
    dir: tempfile::TempDir,
    name: &'static str,
}

impl House {
    pub fn new(name: &'static str) -> House {
        let house = House { dir: tempfile::tempdir().unwrap(), name };
        Archive::create_if_missing(&house.path("archive"), Some(&format!("https://{name}.example/"))).unwrap();
        house
    }

    /// One with some articles of three months, one of them with a file, one a draft, one not due yet; published.
    pub fn with_articles(name: &'static str) -> House {
        let house = House::new(name);
        let mut with_file = article("2023-07-10", "Map of the flood", "See the map.\n");
        with_file.attachments = vec![Attachment {
            name: "map.png".into(),
            media_type: Some("image/png".into()),
            bytes: b"a map".to_vec(),
            file: None,
        }];
        house.put([
            article("2023-05-01", "Ferry", "The ferry was late.\n"),
            article("2023-07-09", "Storm", "A storm closed the harbour.\n"),
            article("2023-07-09", "Storm", "Another one followed.\n"),
            with_file,
            article("2023-08-01", "Größe & mehr?", "Groß #1.\n"),
            Article { draft: true, ..article("2023-08-02", "Secret", "Not yet.\n") },
            article("2024-02-01T10:00:00Z", "Later", "Not due.\n"),
        ]);
        house.publish();
        house
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.dir.path().join(below)
    }

    pub fn root(&self) -> String {
        format!("https://{}.example/feeds/archive.json", self.name)
    }

    pub fn open(&self) -> Archive {
        Archive::open(&self.path("archive"), Access::Write, at(NOW)).unwrap()
    }

    pub fn put(&self, articles: impl IntoIterator<Item = Article>) -> Vec<Put> {
        let mut archive = self.open();
        let intake = Intake { zone: chrono_tz::Europe::Lisbon, now: at(NOW) };
        let put = articles
            .into_iter()
            .map(|article| {
                let sha256 = sum_of(&article);
                let origin = format!("inbox/{}-{}.txt", article.title.text, &sha256[..4]);
                let source = Provenance { origin, format: "text".into(), sha256 };
                archive.put(article, &source, &intake).unwrap()
            })
            .collect();
        archive.commit().unwrap();
        put
    }

    /// Takes an article in from a place of its own.
    pub fn put_from(&self, origin: &str, article: Article) -> Put {
        let mut archive = self.open();
        let intake = Intake { zone: chrono_tz::Europe::Lisbon, now: at(NOW) };
        let sha256 = sum_of(&article);
        let source = Provenance { origin: origin.into(), format: "text".into(), sha256 };
        let put = archive.put(article, &source, &intake).unwrap();
        archive.commit().unwrap();
        put
    }

    pub fn publish(&self) -> Published {
        self.publish_at(NOW)
    }

    pub fn publish_at(&self, as_of: &str) -> Published {
        let site = Site { title: self.name.into(), url: "https://x.example/".into(), ..Site::default() };
        let archive = Archive::open(&self.path("archive"), Access::Read, at(NOW)).unwrap();
        publish_archive(&archive, &site, at(as_of), &self.path("feeds")).unwrap()
    }

    /// Changes a record by hand, and lets the archive notice.
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let file = self.path("archive").join(path);
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(from), "{text}");
        fs::write(&file, text.replace(from, to)).unwrap();
        self.rescan();
    }

    pub fn retract(&self, path: &str, reason: &str) {
        let mut archive = self.open();
        archive.retract(path, Some(reason), false, at(NOW)).unwrap();
        archive.commit().unwrap();
    }

    pub fn take_back(&self, path: &str) {
        let mut archive = self.open();
        assert!(archive.take_back(path, at(NOW)).unwrap());
        archive.commit().unwrap();
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path("archive").join(path)).unwrap();
        self.rescan();
    }

    pub fn rescan(&self) {
        self.open().rescan(at(NOW), &mut |_| {}).unwrap();
    }

    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path("archive").join(path)).unwrap_or_else(|err| panic!("{path}: {err}"))
    }

    /// The records and the files beside them, by path.
    pub fn records(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = tree(&self.path("archive"));
        files.retain(|path, _| path.starts_with("20"));
        files.into_iter().map(|(path, (_, bytes))| (path, bytes)).collect()
    }

    /// What is published, by path, with modification times.
    pub fn published(&self) -> BTreeMap<String, (SystemTime, Vec<u8>)> {
        tree(&self.path("feeds"))
    }

    /// The body at an address of this house.
    pub fn get(&self, url: &str) -> Result<Vec<u8>> {
        let below = url.strip_prefix(&format!("https://{}.example/", self.name));
        let below = below.unwrap_or_else(|| panic!("{url} is not of {}", self.name));
        let below = percent_decoded(below);
        assert!(!below.contains(".."), "{url}");
        fs::read(self.path(&below)).map_err(|err| Error::io("fetch", url, err))
    }

    /// Keeps up to date with another house.
    pub fn pull(&self, other: &House) -> Pull {
        self.pull_with(other, &mut |url, _| other.get(url), usize::MAX)
    }

    /// The same with a web of the test's own, stopped after so many events.
    pub fn pull_with(&self, other: &House, web: &mut mirror::Fetch<'_>, most: usize) -> Pull {
        let mut archive = self.open();
        let root = other.root();
        let body = web(&root, 1 << 20).unwrap();
        let (known, seen) = (archive.adopted().unwrap(), archive.seen_months(&root).unwrap());
        let mut asked = Vec::new();
        let mut fetch = |url: &str, most: u64| {
            let (_, below) = url.split_once("/feeds/").unwrap();
            asked.push(below.to_owned());
            web(url, most)
        };
        let intake = Intake { zone: chrono_tz::UTC, now: at(NOW) };
        let mut receiver = Receiver::new(&mut archive, &root, &intake);
        let (mut received, mut events) = (Vec::new(), 0);
        let summary = mirror::pull(&root, &body, &known, &seen, &mut fetch, &mut |event: Event| {
            received.push(receiver.take(event).unwrap());
            events += 1;
            if events >= most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .unwrap();
        archive.commit().unwrap();
        let mut pull =
            Pull { asked, summary, adopted: Vec::new(), left: Vec::new(), retracted: Vec::new(), problems: Vec::new() };
        for received in received {
            match received {
                Received::Record(adoption) => pull.adopted.push(adoption),
                Received::Left(path) => pull.left.push(path),
                Received::Retracted(path) => pull.retracted.push(path),
                Received::Problem(err) => pull.problems.push(err.to_string()),
                Received::Nothing => {}
            }
        }
        pull
    }
}

/// What came of a pull.
pub struct Pull {
    /// What was asked for behind the overview, below `feeds/`.
    pub asked: Vec<String>,
    pub summary: Summary,
    pub adopted: Vec<Adoption>,
    pub left: Vec<String>,
    pub retracted: Vec<String>,
    pub problems: Vec<String>,
}

impl Pull {
    pub fn fates(&self) -> Vec<Fate> {
        self.adopted.iter().map(|adoption| adoption.fate).collect()
    }

    /// Everything was there, and no more was asked for than this.
    #[track_caller]
    pub fn asked_for(&self, expected: &[&str]) {
        assert_eq!(self.problems, [""; 0]);
        assert_eq!(self.asked, expected);
    }
}

fn percent_decoded(text: &str) -> String {
    let (mut out, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((first, tail)) = rest.split_first() {
        if *first == b'%' {
            out.push(u8::from_str_radix(std::str::from_utf8(&tail[..2]).unwrap(), 16).unwrap());
            rest = &tail[2..];
        } else {
            out.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(out).unwrap()
}

fn tree(root: &Path) -> BTreeMap<String, (SystemTime, Vec<u8>)> {
    let mut files = BTreeMap::new();
    let mut open = vec![root.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(dir).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            files.insert(name, (path.metadata().unwrap().modified().unwrap(), fs::read(&path).unwrap()));
        }
    }
    files
}

/// A sum over what tells the articles of these tests apart, the same whatever fields articles have.
fn sum_of(article: &Article) -> String {
    let date = article.date.as_ref().map(|date| date.chosen.value.to_string());
    record::sha256_hex(format!("{} {date:?} {:?} {}", article.title.text, article.url, article.body.text).as_bytes())
}
