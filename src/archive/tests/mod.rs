mod damaged;
mod edited;
mod retracted;
mod shown;
mod similar;

use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, Utc};
use tempfile::TempDir;

use super::*;
use crate::article::{Article, Body, BodyKind, Provenance, Title, TitleSource};
use feedmill_dates::{ArticleDate, Candidate, Confidence, DateRule, Order};

const ZONE: chrono_tz::Tz = chrono_tz::Europe::Lisbon;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn article(date: &str, title: &str, text: &str) -> Article {
    let chosen = Candidate {
        value: date.parse().unwrap(),
        rule: DateRule::Metadata,
        place: "date".to_owned(),
        raw: date.to_owned(),
        order: Order::Fixed,
        confidence: Confidence::High,
    };
    Article {
        date: Some(ArticleDate { chosen, conflicts: Vec::new() }),
        ..Article::new(
            Title { text: title.to_owned(), source: TitleSource::Metadata },
            Body { kind: BodyKind::Text, text: text.to_owned() },
        )
    }
}

struct House {
    dir: TempDir,
    now: DateTime<Utc>,
}

impl House {
    fn new() -> House {
        let house = House { dir: tempfile::tempdir().unwrap(), now: at("2024-01-02T03:04:05Z") };
        Archive::create_if_missing(house.dir.path(), Some("https://ledger.example/")).unwrap();
        house
    }

    fn open(&self) -> Archive {
        Archive::open(self.dir.path(), Access::Write, self.now).unwrap()
    }

    fn layout(&self) -> Layout {
        Layout::new(self.dir.path())
    }

    fn retract(&self, path: &str, reason: Option<&str>, by_source: bool) -> Retracted {
        let mut archive = self.open();
        let done = archive.retract(path, reason, by_source, self.now).unwrap();
        archive.commit().unwrap();
        done
    }

    fn put(&self, archive: &mut Archive, origin: &str, article: Article) -> Put {
        let sha256 = record::sha256_hex(format!("{article:?}").as_bytes());
        let source = Provenance { origin: origin.to_owned(), format: "text".to_owned(), sha256 };
        archive.put(article, &source, &Intake { zone: ZONE, now: self.now }).unwrap()
    }

    fn put_one(&self, origin: &str, article: Article) -> Put {
        let mut archive = self.open();
        let put = self.put(&mut archive, origin, article);
        archive.commit().unwrap();
        put
    }

    fn file(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.file(path)).unwrap()
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.text(path);
        assert!(text.contains(from), "{text}");
        fs::write(self.file(path), text.replace(from, to)).unwrap();
    }

    fn rescan(&self) -> Changes {
        self.open().rescan(self.now, &mut |_| {}).unwrap()
    }
}

fn paths(archive: &Archive, wanted: &Selection) -> Vec<String> {
    let mut paths = Vec::new();
    archive
        .select(wanted, &mut |row| {
            paths.push(row.path);
            ControlFlow::Continue(())
        })
        .unwrap();
    paths
}

#[test]
fn a_day_is_published_at_noon_and_no_two_at_the_same_second() {
    let house = House::new();
    let mut archive = house.open();
    for n in 0..3 {
        let put = house.put(&mut archive, &format!("{n}.txt"), article("2023-07-09", "Storm", &format!("{n}")));
        assert_eq!(put.outcome, Outcome::Added);
    }
    house.put(&mut archive, "t.txt", article("2023-07-09T12:00:01+01:00", "Tide", "x"));
    archive.commit().unwrap();
    let published = |path: &str| archive.read(path).unwrap().published.to_rfc3339();
    assert_eq!(published("2023/07/09/storm.txt"), "2023-07-09T12:00:00+01:00");
    assert_eq!(published("2023/07/09/storm-2.txt"), "2023-07-09T12:00:01+01:00");
    assert_eq!(published("2023/07/09/storm-3.txt"), "2023-07-09T12:00:02+01:00");
    assert_eq!(published("2023/07/09/tide.txt"), "2023-07-09T12:00:03+01:00");
}

#[test]
fn an_article_of_today_is_published_now() {
    let house = House::new();
    let put = house.put_one("a.txt", article("2024-01-02", "Today", "x"));
    assert!(house.text(&put.path).contains("published: 2024-01-02T03:04:05Z"), "{}", house.text(&put.path));
}

#[test]
fn ids_follow_from_the_site_and_are_never_given_twice() {
    let house = House::new();
    let put = house.put_one("a.txt", article("2023-07-09", "Storm", "one"));
    let uuid = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_URL, b"https://ledger.example/");
    let id = uuid::Uuid::new_v5(&uuid, b"2023/07/09/storm").urn().to_string();
    assert!(house.text(&put.path).contains(&id));
    fs::remove_file(house.file(&put.path)).unwrap();
    assert_eq!(house.rescan().removed, 1);
    let again = house.put_one("b.txt", article("2023-07-09", "Storm", "another"));
    assert_eq!(again.path, "2023/07/09/storm-2.txt");
    assert!(!house.text(&again.path).contains(&id));
}

#[test]
fn the_same_article_is_recognised() {
    let house = House::new();
    let mut one = article("2023-07-09", "Storm", "one");
    one.url = Some("https://ledger.example/storm".to_owned());
    let put = house.put_one("a.txt", one.clone());
    let before = house.text(&put.path);
    assert_eq!(house.put_one("a.txt", one.clone()).outcome, Outcome::Same);
    assert_eq!(house.text(&put.path), before);

    // The same content elsewhere: only the origin changes, and the former one is remembered.
    assert_eq!(house.put_one("moved/a.txt", one.clone()).outcome, Outcome::Moved);
    let text = house.text(&put.path);
    assert!(text.contains("origin: moved/a.txt\n") && text.contains("also_at:\n  - a.txt\n"), "{text}");
    for origin in ["a.txt", "moved/a.txt"] {
        assert_eq!(house.put_one(origin, one.clone()).outcome, Outcome::Same);
    }

    // Changed, and recognised by its URL, then by its origin.
    one.body.text = "two".to_owned();
    let replaced = house.put_one("third.txt", one.clone());
    assert_eq!((replaced.outcome, &replaced.path), (Outcome::Replaced, &put.path));
    assert!(replaced.notes[0].contains("replaces what moved/a.txt said"), "{:?}", replaced.notes);
    one.url = None;
    one.title.text = "Storm passes".to_owned();
    let replaced = house.put_one("third.txt", one.clone());
    assert_eq!((replaced.outcome, &replaced.path), (Outcome::Replaced, &put.path));
    let record = house.open().read(&put.path).unwrap();
    assert_eq!(record.published.to_rfc3339(), "2023-07-09T12:00:00+01:00");
    assert_eq!(record.updated.unwrap(), house.now);
    assert_eq!(record.article.title.text, "Storm passes");
    let revisions = house.file(".feedmill/revisions/2023/07/09/storm");
    assert_eq!(fs::read_dir(revisions).unwrap().count(), 2);

    // What was a copy and says something else now is an article of its own.
    one.body.text = "three".to_owned();
    assert_eq!(house.put_one("a.txt", one).outcome, Outcome::Added);
}

#[test]
fn two_places_that_disagree_about_one_id_do_not_take_turns() {
    let house = House::new();
    let says = |text: &str| Article { id: Some("tag:1".to_owned()), ..article("2023-07-09", "Storm", text) };
    assert_eq!(house.put_one("a", says("one")).outcome, Outcome::Added);
    assert_eq!(house.put_one("b", says("two")).outcome, Outcome::Replaced);
    for (origin, text) in [("a", "one"), ("b", "two"), ("a", "one")] {
        assert_eq!(house.put_one(origin, says(text)).outcome, Outcome::Same);
    }
    assert!(house.text("2023/07/09/storm.txt").ends_with("two"));
}

#[test]
fn a_record_that_changes_its_kind_and_back_is_still_there() {
    let house = House::new();
    let mut archive = house.open();
    let kind = |kind: BodyKind, text: &str| Article {
        body: Body { kind, text: text.to_owned() },
        id: Some("tag:1".to_owned()),
        ..article("2023-07-09", "Storm", "")
    };
    for (kind_of, text) in [(BodyKind::Html, "1"), (BodyKind::Text, "2"), (BodyKind::Html, "3")] {
        house.put(&mut archive, "a", kind(kind_of, text));
    }
    archive.commit().unwrap();
    assert!(house.text("2023/07/09/storm.html").ends_with('3'));
    assert!(!house.file("2023/07/09/storm.txt").exists());
}

#[test]
fn articles_of_today_are_all_due() {
    let house = House::new();
    let mut archive = house.open();
    for n in 0..3 {
        house.put(&mut archive, &format!("{n}"), article("2024-01-02", "Today", &format!("{n}")));
    }
    archive.commit().unwrap();
    let due = Selection { as_of: Some(house.now), ..Selection::default() };
    assert_eq!(paths(&archive, &due).len(), 3);
}

#[test]
fn articles_with_different_ids_stay_apart() {
    let house = House::new();
    let with_id = |id: &str| Article { id: Some(id.to_owned()), ..article("2023-07-09", "Daily", "The same text.") };
    assert_eq!(house.put_one("feed#1", with_id("tag:1")).outcome, Outcome::Added);
    assert_eq!(house.put_one("feed#2", with_id("tag:2")).outcome, Outcome::Added);
    let changed = Article { title: article("2023-07-09", "New", "").title, ..with_id("tag:1") };
    assert_eq!(house.put_one("elsewhere", changed).path, "2023/07/09/daily.txt");
}

#[test]
fn an_address_that_many_share_is_no_identity() {
    let house = House::new();
    let mut archive = house.open();
    let links = |date: &str| Article {
        url: Some("https://elsewhere.example/page".to_owned()),
        ..article(date, &format!("Seen on {date}"), "A good page.")
    };
    for date in ["2023-05-01", "2023-05-02", "2023-05-03"] {
        assert_eq!(house.put(&mut archive, date, links(date)).outcome, Outcome::Added);
    }
    for n in 1..3 {
        let item =
            Article { url: Some("https://dump.example/".to_owned()), ..article("2023-06-01", "Item", &n.to_string()) };
        assert_eq!(house.put(&mut archive, &format!("dump.json#{n}"), item).outcome, Outcome::Added);
    }
    let shared = |title: &str| Article {
        url: Some("https://ledger.example/".to_owned()),
        id: Some(format!("tag:{title}")),
        ..article("2023-07-09", title, title)
    };
    for title in ["a", "b", "c"] {
        assert_eq!(house.put(&mut archive, title, shared(title)).outcome, Outcome::Added);
    }
}

#[test]
fn updated_never_goes_backwards() {
    let house = House::new();
    let weather = Selection { tags: vec!["weather".to_owned()], ..Selection::default() };
    let all = Selection::default();
    let tagged = |date: &str, title: &str| Article { tags: vec!["Weather".to_owned()], ..article(date, title, title) };
    house.put_one("old.txt", tagged("2023-01-01", "Old"));
    let put = house.put_one("a.txt", tagged("2023-07-09", "Storm"));
    let latest = |wanted: &Selection| house.open().latest_change(wanted).unwrap().unwrap();
    assert_eq!(latest(&weather), at("2023-07-09T11:00:00Z"));

    // The newest loses its tag: the feed of the tag has changed, that of everything has not lost anything.
    house.edit(&put.path, "- Weather", "- calm");
    house.rescan();
    assert_eq!(latest(&weather), house.now);
    // It is removed: every feed that it was in has changed, also after the index is lost.
    fs::remove_file(house.file(&put.path)).unwrap();
    let later = House { dir: house.dir, now: at("2024-02-01T00:00:00Z") };
    assert_eq!(later.rescan().removed, 1);
    fs::remove_file(later.file(".feedmill/index.sqlite")).unwrap();
    let archive = later.open();
    assert_eq!(archive.latest_change(&all).unwrap().unwrap(), later.now);
    assert_eq!(archive.latest_change(&weather).unwrap().unwrap(), at("2024-01-02T03:04:05Z"));
    // A record that goes back in time takes no feed with it.
    drop(archive);
    house_goes_back(&later);
    let archive = later.open();
    assert!(archive.latest_change(&all).unwrap().unwrap() >= later.now);
    let as_of = Selection { as_of: Some(at("2023-12-01T00:00:00Z")), ..all };
    assert_eq!(archive.latest_change(&as_of).unwrap().unwrap(), at("2023-01-01T12:00:00Z"));
}

fn house_goes_back(house: &House) {
    let put = house.put_one("late.txt", article("2024-01-20", "Late", "late"));
    house.edit(&put.path, "published: 2024-01-20", "published: 2020-01-20");
    house.rescan();
}

#[test]
fn selection_filters_and_orders() {
    let house = House::new();
    let mut archive = house.open();
    for (n, (date, tags, language, draft)) in [
        ("2023-07-09", "a,b", "en-GB", false),
        ("2023-07-10", "b", "en", false),
        ("2023-07-11", "c", "de", true),
        ("2030-01-01", "b", "pt", false),
    ]
    .into_iter()
    .enumerate()
    {
        let article = Article {
            tags: tags.split(',').map(str::to_owned).collect(),
            language: Some(language.to_owned()),
            draft,
            ..article(date, &format!("n{n}"), "x")
        };
        house.put(&mut archive, &format!("{n}"), article);
    }
    archive.commit().unwrap();
    let named = |wanted: &Selection| {
        paths(&archive, wanted).iter().map(|p| p["2023/07/09/".len()..][..2].to_owned()).collect::<Vec<_>>().join(" ")
    };
    let list = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
    let now = Some(house.now);
    assert_eq!(named(&Selection { as_of: now, ..Selection::default() }), "n1 n0");
    assert_eq!(named(&Selection { drafts: true, oldest_first: true, ..Selection::default() }), "n0 n1 n2 n3");
    assert_eq!(named(&Selection { tags: list(&["B"]), as_of: now, ..Selection::default() }), "n1 n0");
    assert_eq!(named(&Selection { tags: list(&["a", "c"]), drafts: true, ..Selection::default() }), "n2 n0");
    assert_eq!(named(&Selection { tags: list(&["b"]), languages: list(&["en"]), ..Selection::default() }), "n1 n0");
    let period = (Some(at("2023-07-10T00:00:00Z")), Some(at("2023-08-01T00:00:00Z")));
    assert_eq!(named(&Selection { since: period.0, until: period.1, ..Selection::default() }), "n1");
    let due = Selection { as_of: now, ..Selection::default() };
    assert_eq!(archive.next_due(&due).unwrap(), Some(at("2030-01-01T12:00:00Z")));
}

#[test]
fn opening_says_what_is_wrong() {
    let dir = tempfile::tempdir().unwrap();
    let open = |access| Archive::open(dir.path(), access, at("2024-01-01T00:00:00Z")).err().unwrap().to_string();
    assert!(open(Access::Read).contains("no archive here"));
    fs::write(dir.path().join("archive.toml"), "uuid = 7").unwrap();
    assert!(open(Access::Read).contains("uuid"));
    fs::remove_file(dir.path().join("archive.toml")).unwrap();
    Archive::create_if_missing(dir.path(), None).unwrap();
    let _held = Archive::open(dir.path(), Access::Write, at("2024-01-01T00:00:00Z")).unwrap();
    assert!(open(Access::Write).contains("in use by process"));
}
