mod damaged;
mod history;
mod many;

use std::collections::BTreeMap;
use std::fs;
use std::time::SystemTime;

use chrono::Timelike;
use tempfile::TempDir;

use super::*;
use crate::archive::{Access, Intake, Selection};
use crate::article::{Article, Body, BodyKind, Provenance, Title, TitleSource, record};
use feedmill_dates::{ArticleDate, Candidate, Confidence, DateRule, Order};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn article(date: &str, title: &str) -> Article {
    let chosen = Candidate {
        value: date.parse().unwrap(),
        rule: DateRule::Metadata,
        place: "date".into(),
        raw: date.into(),
        order: Order::Fixed,
        confidence: Confidence::High,
    };
    let title = Title { text: title.into(), source: TitleSource::Metadata };
    let text = format!("{}.\n\nThe end.\n", "The ferry was late again".repeat(8));
    Article {
        date: Some(ArticleDate { chosen, conflicts: Vec::new() }),
        ..Article::new(title, Body { kind: BodyKind::Text, text })
    }
}

/// An archive and a place for its feeds.
struct House {
    dir: TempDir,
}

impl House {
    fn new() -> House {
        let house = House { dir: tempfile::tempdir().unwrap() };
        Archive::create_if_missing(&house.dir.path().join("archive"), Some("https://courier.example/")).unwrap();
        house
    }

    fn archive(&self, access: Access, now: &str) -> Archive {
        Archive::open(&self.dir.path().join("archive"), access, at(now)).unwrap()
    }

    fn put(&self, now: &str, articles: impl IntoIterator<Item = Article>) {
        let mut archive = self.archive(Access::Write, now);
        let intake = Intake { zone: chrono_tz::Europe::Lisbon, now: at(now) };
        for article in articles {
            let origin = format!("inbox/{}.txt", article.title.text);
            let source =
                Provenance { origin, format: "text".into(), sha256: record::sha256_hex(article.body.text.as_bytes()) };
            archive.put(article, &source, &intake).unwrap();
        }
        archive.commit().unwrap();
    }

    fn generate(&self, specs: &[FeedSpec], as_of: &str) -> Report {
        generate(&self.archive(Access::Read, as_of), &site(), specs, at(as_of), &self.out()).unwrap()
    }

    fn out(&self) -> PathBuf {
        self.dir.path().join("feeds")
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.out().join(name)).unwrap()
    }

    /// Every file below the feeds, with its modification time and its bytes.
    fn files(&self) -> BTreeMap<PathBuf, (SystemTime, Vec<u8>)> {
        tree(&self.out())
    }
}

/// Every file below a directory, with its modification time and its bytes.
fn tree(dir: &Path) -> BTreeMap<PathBuf, (SystemTime, Vec<u8>)> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(dir).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(tree(&path));
        } else {
            let modified = fs::metadata(&path).unwrap().modified().unwrap();
            files.insert(path.clone(), (modified, fs::read(&path).unwrap()));
        }
    }
    files
}

fn site() -> Site {
    Site { title: "The Courier".into(), url: "https://courier.example/".into(), ..Site::default() }
}

fn titles(json: &str) -> Vec<String> {
    let feed: serde_json::Value = serde_json::from_str(json).unwrap();
    feed["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect()
}

const NOW: &str = "2024-01-02T03:04:05Z";

#[test]
fn every_feed_in_every_format() {
    let house = House::new();
    let tagged = Article { tags: vec!["Culture".into()], ..article("2023-07-09", "Concert") };
    house.put(NOW, [article("2023-07-08", "Strike"), tagged, article("2023-07-09T23:00:00Z", "Storm")]);
    let culture = FeedSpec {
        name: "desks/culture".into(),
        selection: Selection { tags: vec!["culture".into()], ..Selection::default() },
        ..FeedSpec::default()
    };
    let report = house.generate(&[FeedSpec::default(), culture], NOW);
    let files: Vec<String> =
        house.files().keys().map(|path| path.strip_prefix(house.out()).unwrap().display().to_string()).collect();
    let expected = ["atom.xml", "desks/culture/atom.xml", "desks/culture/feed.json", "desks/culture/index.html"];
    assert_eq!(files[..4], expected);
    assert_eq!(files.len(), 2 * RENDERERS.len() + 2, "and the lists of both");
    assert_eq!(titles(&house.read("feed.json")), ["Storm", "Concert", "Strike"], "newest first");
    assert_eq!(titles(&house.read("desks/culture/feed.json")), ["Concert"]);
    assert!(house.read("desks/culture/rss.xml").contains(r#"href="https://courier.example/desks/culture/rss.xml""#));
    let counts: Vec<_> = report.feeds.iter().map(|feed| (feed.name.as_str(), feed.entries)).collect();
    assert_eq!(counts, [("", 3), ("desks/culture", 1)]);
    assert!(report.is_complete() && !report.is_unchanged() && report.next_due().is_none());
    for feed in report.feeds {
        assert!(feed.files.iter().all(|file| file.written == Written::New && file.bytes > 500));
    }
}

#[test]
fn oldest_first_turns_the_newest_round() {
    let house = House::new();
    house.put(NOW, (1..=9).map(|day| article(&format!("2023-07-0{day}"), &format!("Day {day}"))));
    let selection = Selection { oldest_first: true, ..Selection::default() };
    house.generate(&[FeedSpec { selection, max_items: 3, ..FeedSpec::default() }], NOW);
    assert_eq!(titles(&house.read("feed.json")), ["Day 7", "Day 8", "Day 9"]);
}

#[test]
fn the_second_time_nothing_is_touched() {
    let house = House::new();
    house.put(NOW, [article("2023-07-08", "Strike")]);
    house.generate(&[FeedSpec::default()], NOW);
    let before = house.files();
    // Another day, and an index made anew.
    fs::remove_dir_all(house.dir.path().join("archive/.feedmill")).unwrap();
    let report = house.generate(&[FeedSpec::default()], "2024-03-01T00:00:00Z");
    assert!(report.is_unchanged());
    assert_eq!(before, house.files());
}

#[test]
fn only_what_changed_is_written() {
    let house = House::new();
    house.put(NOW, [article("2023-07-08", "Strike")]);
    let specs = [
        FeedSpec::default(),
        FeedSpec {
            name: "old".into(),
            selection: Selection { until: Some(at("2023-07-09T00:00:00Z")), ..Selection::default() },
            ..FeedSpec::default()
        },
    ];
    house.generate(&specs, NOW);
    house.put(NOW, [article("2023-07-10", "Settled")]);
    let report = house.generate(&specs, NOW);
    let all = |feed: usize, written: Written| report.feeds[feed].files.iter().all(|file| file.written == written);
    assert!(all(0, Written::Changed) && all(1, Written::Same));
}

#[test]
fn drafts_and_the_future_wait() {
    let house = House::new();
    let draft = Article { draft: true, ..article("2023-07-08", "Draft") };
    house.put(NOW, [draft, article("2023-07-08", "Strike"), article("2024-02-01T10:00:00Z", "Later")]);
    let report = house.generate(&[FeedSpec::default()], NOW);
    assert_eq!(titles(&house.read("feed.json")), ["Strike"]);
    assert_eq!(report.next_due(), Some(at("2024-02-01T10:00:00Z")));
    let report = house.generate(&[FeedSpec::default()], "2024-02-01T10:00:00Z");
    assert_eq!(titles(&house.read("feed.json")), ["Later", "Strike"]);
    assert_eq!(report.next_due(), None);
}

#[test]
fn updated_never_goes_backwards() {
    let house = House::new();
    house.put(NOW, [article("2023-07-08", "Strike"), article("2023-07-10", "Settled")]);
    let before = house.generate(&[FeedSpec::default()], NOW).feeds[0].updated;
    let newest = house.dir.path().join("archive/2023/07/10/settled.txt");
    fs::remove_file(newest).unwrap();
    let later = "2024-01-05T00:00:00Z";
    house.archive(Access::Write, later).rescan(at(later), &mut |_| {}).unwrap();
    let after = house.generate(&[FeedSpec::default()], later).feeds[0].updated;
    assert_eq!(titles(&house.read("feed.json")), ["Strike"]);
    assert!(after > before, "{before} {after}");
    assert_eq!(after, at(later), "the moment at which the article was found to be gone");
}

#[test]
fn one_bad_record_is_reported_and_left_out() {
    let house = House::new();
    house.put(NOW, [article("2023-07-08", "Strike"), article("2023-07-10", "Settled")]);
    fs::write(house.dir.path().join("archive/2023/07/10/settled.txt"), "---\n: : :\n").unwrap();
    let report = house.generate(&[FeedSpec::default()], NOW);
    assert_eq!(titles(&house.read("feed.json")), ["Strike"]);
    assert!(!report.is_complete());
    let unreadable = &report.feeds[0].unreadable;
    assert!(unreadable.len() == 1 && unreadable[0].subject().ends_with("2023/07/10/settled.txt"), "{unreadable:?}");
}

#[test]
fn an_empty_archive_makes_empty_feeds() {
    let house = House::new();
    let report = house.generate(&[FeedSpec::default()], NOW);
    assert_eq!((report.feeds[0].entries, report.feeds[0].updated.to_utc()), (0, DateTime::UNIX_EPOCH));
    assert_eq!(titles(&house.read("feed.json")), [""; 0]);
}

#[test]
fn contradictions_are_found_before_anything_is_written() {
    let house = House::new();
    let named = |name: &str| FeedSpec { name: name.into(), ..FeedSpec::default() };
    for specs in [
        vec![named("a"), named("b"), named("A")],
        vec![named(""), named("")],
        vec![named("a"), named("../b")],
        vec![named("a"), named("index.html")],
        vec![named("a"), named("RSS.xml/b")],
        vec![named("a"), FeedSpec { max_items: 0, ..named("b") }],
    ] {
        let archive = house.archive(Access::Read, NOW);
        let err = generate(&archive, &site(), &specs, at(NOW), &house.out()).unwrap_err();
        assert!(err.is_usage(), "{err}");
    }
    let bad = Site { url: "courier.example".into(), ..site() };
    assert!(generate(&house.archive(Access::Read, NOW), &bad, &[named("a")], at(NOW), &house.out()).is_err());
    assert!(!house.out().exists());
}

#[test]
fn an_archive_says_the_same_to_every_parser() {
    let house = House::new();
    let awkward = "שלום 🚢 ]]> & <b>\u{FFFE}\u{1}\r\nbold</b>";
    house.put(
        NOW,
        (1..=12).map(|day| {
            let mut article = article(&format!("2023-07-{day:02}T10:00"), &format!("Day {day} {awkward}"));
            article.body.text = format!("<p>{awkward}</p><script>alert(1)</script><p>{}</p>", "more ".repeat(99));
            article.body.kind = BodyKind::Html;
            article
        }),
    );
    house.generate(&[FeedSpec::default()], NOW);
    let (rss, atom) = (house.read("rss.xml"), house.read("atom.xml"));
    roxmltree::Document::parse(&rss).unwrap();
    roxmltree::Document::parse(&atom).unwrap();
    let rss = rss::Channel::read_from(rss.as_bytes()).unwrap();
    let atom = atom_syndication::Feed::read_from(atom.as_bytes()).unwrap();
    let json: serde_json::Value = serde_json::from_str(&house.read("feed.json")).unwrap();
    assert_eq!((rss.items().len(), atom.entries().len()), (12, 12));
    for (at, (item, entry)) in rss.items().iter().zip(atom.entries()).enumerate() {
        let json = &json["items"][at];
        let content = json["content_html"].as_str().unwrap();
        assert!(content.contains("]]&gt; &amp; <b>\nbold</b>") && !content.contains("script"), "{content}");
        assert_eq!(item.content(), Some(content));
        assert_eq!(entry.content().unwrap().value(), Some(content));
        assert_eq!(item.title(), json["title"].as_str());
        assert_eq!(json["summary"].as_str(), entry.summary().map(|summary| summary.as_str()).map(unescaped).as_deref());
        assert_eq!(item.guid().unwrap().value(), entry.id());
        assert_eq!(entry.published().unwrap().minute(), 0);
    }
}

fn unescaped(html: &str) -> String {
    html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
