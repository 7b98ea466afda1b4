//! History, seen by walkers that know nothing of how it is made.

use std::collections::{BTreeSet, HashMap};

use chrono::TimeDelta;

use super::*;
use crate::feed::History;
use feedmill_dates::write::rfc3339;
use feedmill_lint::{self as lint, Context, Severity};

const FH: &str = "http://purl.org/syndication/history/1.0";
const ATOM: &str = "http://www.w3.org/2005/Atom";

/// A feed of few entries, so that a month of more than 16 is split.
fn spec(name: &str) -> FeedSpec {
    FeedSpec { name: name.into(), max_items: 4, min_items: 2, ..FeedSpec::default() }
}

/// What a walker has found.
#[derive(Debug, Default, PartialEq)]
struct Walk {
    /// The paths of the documents, the newest first.
    documents: Vec<String>,
    /// The latest version of every entry, by id: its change, and its text.
    latest: HashMap<String, (String, String)>,
    /// How often each stood in documents of history.
    archived: HashMap<String, usize>,
}

impl Walk {
    fn take(&mut self, id: &str, updated: &str, text: &str, is_archived: bool) {
        let known = self.latest.entry(id.to_owned()).or_default();
        if *known < (updated.to_owned(), String::new()) {
            *known = (updated.to_owned(), text.to_owned());
        } else if known.0 == updated {
            assert_eq!(known.1, text, "one version of {id} in two documents");
        }
        if is_archived {
            *self.archived.entry(id.to_owned()).or_default() += 1;
        }
    }

    fn titles(&self) -> BTreeSet<String> {
        self.latest.values().map(|(_, text)| text.lines().next().unwrap_or_default().to_owned()).collect()
    }
}

fn path_of(address: &str) -> String {
    address.strip_prefix("https://courier.example/").unwrap().to_owned()
}

fn in_utc(text: &str) -> String {
    let instant = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_rfc2822(text)).unwrap();
    instant.to_utc().to_rfc3339()
}

/// Reads an Atom or RSS feed and everything behind it, by RFC 5005 section 4.
fn walk_xml(house: &House, first: &str) -> Walk {
    let mut walk = Walk::default();
    let mut next = Some(first.to_owned());
    let mut newer: Option<String> = None;
    while let Some(path) = next.take() {
        assert!(!walk.documents.contains(&path), "{path} comes twice");
        let text = house.read(&path);
        let document = roxmltree::Document::parse(&text).unwrap();
        let mut root = document.root_element();
        if root.has_tag_name("rss") {
            root = root.first_element_child().unwrap();
        }
        let link = |relation: &str| {
            let mut links = root.children().filter(|node| node.has_tag_name((ATOM, "link")));
            links
                .find(|link| link.attribute("rel") == Some(relation))
                .map(|link| path_of(link.attribute("href").unwrap()))
        };
        let has = |name: &str| root.children().any(|node| node.has_tag_name((FH, name)));
        assert_eq!(link("self").as_deref(), Some(&*path));
        let is_archived = path != first;
        assert_eq!(has("archive"), is_archived, "{path}");
        if is_archived {
            assert_eq!(link("current").as_deref(), Some(first));
            assert_eq!(link("next-archive"), newer.filter(|newer| newer != first), "{path}");
        } else {
            assert_eq!(has("complete"), link("prev-archive").is_none(), "{path}");
        }
        for entry in root.children().filter(|node| node.has_tag_name((ATOM, "entry")) || node.has_tag_name("item")) {
            let of = |name: &str| {
                let mut all = entry.children().filter(|node| node.tag_name().name() == name);
                all.next().and_then(|node| node.text()).map(str::to_owned)
            };
            let id = of("guid").or_else(|| of("id")).unwrap();
            let updated = in_utc(&of("updated").or_else(|| of("pubDate")).unwrap());
            let content = of("encoded").or_else(|| of("content")).or_else(|| of("description")).unwrap();
            walk.take(&id, &updated, &format!("{}\n{content}", of("title").unwrap()), is_archived);
        }
        next = link("prev-archive");
        newer = Some(path.clone());
        walk.documents.push(path);
    }
    walk
}

/// Reads a JSON feed and everything that `next_url` leads to.
fn walk_json(house: &House, first: &str) -> Walk {
    let mut walk = Walk::default();
    let mut next = Some(first.to_owned());
    while let Some(path) = next.take() {
        assert!(!walk.documents.contains(&path), "{path} comes twice");
        let feed: serde_json::Value = serde_json::from_str(&house.read(&path)).unwrap();
        assert_eq!(path_of(feed["feed_url"].as_str().unwrap()), path);
        for item in feed["items"].as_array().unwrap() {
            let text = |name: &str| item[name].as_str().map(str::to_owned);
            let updated = in_utc(&text("date_modified").or_else(|| text("date_published")).unwrap());
            let content = format!("{}\n{}", text("title").unwrap(), text("content_html").unwrap());
            walk.take(&text("id").unwrap(), &updated, &content, path != first);
        }
        next = feed["next_url"].as_str().map(path_of);
        walk.documents.push(path);
    }
    walk
}

/// Walks every format of a feed, which must agree, and judges every document of it.
fn walk(house: &House, directory: &str) -> Walk {
    let walk = walk_xml(house, &format!("{directory}atom.xml"));
    let rss = walk_xml(house, &format!("{directory}rss.xml"));
    let json = walk_json(house, &format!("{directory}feed.json"));
    for other in [&rss, &json] {
        assert_eq!(other.titles(), walk.titles());
        assert_eq!(other.archived, walk.archived);
        assert_eq!(other.documents.len(), walk.documents.len());
    }
    assert!(walk.archived.values().all(|times| *times == 1), "{:?}", walk.archived);
    walk
}

/// Every document that there is, linked or not, is sound.
fn judge(house: &House) {
    for (path, (_, bytes)) in house.files() {
        let name = path.strip_prefix(house.out()).unwrap().to_str().unwrap().to_owned();
        if !lint::is_feed(&bytes) {
            continue;
        }
        let url = format!("https://courier.example/{name}");
        let report = lint::check(&name, &bytes, &Context { url: Some(&url), ..Context::default() });
        let bad: Vec<String> = report
            .findings
            .iter()
            .filter(|finding| finding.rule.severity != Severity::Info)
            .map(|finding| format!("{}: {}", finding.rule.code, finding.message))
            .collect();
        assert!(bad.is_empty(), "{name}: {bad:?}");
    }
}

fn documents(walk: &Walk) -> Vec<&str> {
    let names = walk.documents.iter().skip(1).map(|path| path.rsplit('/').next().unwrap().rsplit_once('.').unwrap().0);
    names.collect()
}

/// Articles a quarter of an hour apart from this instant on.
fn articles(first: &str, count: usize) -> Vec<Article> {
    let first = DateTime::parse_from_rfc3339(first).unwrap();
    let instants = (0..count).map(|n| first + TimeDelta::minutes(15 * n as i64));
    instants.map(|at| article(&rfc3339(&at), &format!("News of {}", at.format("%Y-%m-%d %H:%M")))).collect()
}

/// Two months of few, one of none, one of many with a day of too many, and the first days of the next.
fn years() -> Vec<Article> {
    [
        articles("2022-11-05T10:00:00Z", 3),
        articles("2023-01-09T10:00:00Z", 9),
        articles("2023-02-03T10:00:00Z", 5),
        articles("2023-02-10T02:00:00Z", 40),
        articles("2023-02-25T10:00:00Z", 7),
        articles("2023-03-04T10:00:00Z", 6),
    ]
    .concat()
}

#[test]
fn a_walker_sees_every_article_once() {
    let house = House::new();
    let mut all = years();
    for (at, article) in all.iter_mut().enumerate() {
        article.tags = if at % 3 == 0 { vec!["culture".into()] } else { Vec::new() };
    }
    house.put("2023-03-04T12:00:00Z", all.clone());
    let culture = FeedSpec {
        selection: Selection { tags: vec!["Culture".into()], ..Selection::default() },
        history: History::Year,
        ..spec("desks/culture")
    };
    let off = FeedSpec { history: History::Off, ..spec("plain") };
    let report = house.generate(&[spec(""), culture, off], "2023-03-04T12:00:00Z");
    assert!(report.is_sound() && report.is_complete());

    let walk = self::walk(&house, "");
    assert_eq!(
        documents(&walk),
        ["2023-02-25", "2023-02-10-3", "2023-02-10-2", "2023-02-10-1", "2023-02-03", "2023-01", "2022-11"]
    );
    assert_eq!(walk.latest.len(), all.len());
    let culture = self::walk(&house, "desks/culture/");
    assert_eq!(
        documents(&culture),
        ["2023-02-25", "2023-02-10", "2023-02-03", "2023-01", "2022"],
        "a year of 23 is split into months, and one of those into days"
    );
    assert_eq!(culture.latest.len(), all.len().div_ceil(3));
    assert_eq!(report.feeds[0].history.documents, 7);
    let plain = house.read("plain/atom.xml");
    assert!(!plain.contains("archive") && !plain.contains(FH) && !house.out().join("plain/history").exists());
    judge(&house);

    // The month that is split is over by now, and leads on from its own address.
    let gateway = walk_xml_from(&house, "history/2023-02.atom");
    assert_eq!(gateway, Some("history/2023-02-25.atom".to_owned()));
    let page = house.read("index.html");
    assert!(page.contains("href=\"https://courier.example/history/2023-02-25.html\">Older articles"), "{page}");
    assert!(house.read("history/2023-01.html").contains(">Newer articles"));
}

/// What a single document has before it.
fn walk_xml_from(house: &House, path: &str) -> Option<String> {
    let text = house.read(path);
    let document = roxmltree::Document::parse(&text).unwrap();
    let mut links = document.descendants().filter(|node| node.attribute("rel") == Some("prev-archive"));
    links.next().map(|link| path_of(link.attribute("href").unwrap()))
}

#[test]
fn everything_in_one_document_is_complete() {
    let house = House::new();
    house.put(NOW, articles("2022-11-05T10:00:00Z", 4));
    house.generate(&[spec("")], NOW);
    assert_eq!(walk(&house, "").documents, ["atom.xml"]);
    assert!(house.read("rss.xml").contains("<fh:complete/>") && !house.out().join("history").exists());
    judge(&house);
    house.put(NOW, articles("2023-12-05T10:00:00Z", 1));
    house.generate(&[spec("")], NOW);
    assert_eq!(documents(&walk(&house, "")), ["2023-12", "2022-11"], "from the fifth on there is history");
    assert!(!house.read("rss.xml").contains("complete"));
}

#[test]
fn nothing_is_lost_at_any_hour() {
    let house = House::new();
    let all = years();
    house.put("2023-03-04T12:00:00Z", all.clone());
    let mut known: HashMap<String, Vec<u8>> = HashMap::new();
    for hour in (0..24 * 32).step_by(7) {
        let as_of = (at("2023-02-01T00:00:00Z") + TimeDelta::hours(hour)).to_rfc3339();
        house.generate(&[spec("")], &as_of);
        let walk = walk_xml(&house, "atom.xml");
        let due = all.iter().filter(|article| {
            let value = &article.date.as_ref().unwrap().chosen.value;
            value.instant_in(&chrono_tz::UTC).unwrap() <= at(&as_of)
        });
        let due: BTreeSet<String> = due.map(|article| article.title.text.clone()).collect();
        assert_eq!(walk.titles(), due, "{as_of}");
        // A document that was linked once stays what it was, but for the link to the one that follows.
        for path in &walk.documents[1..] {
            let bytes = house.read(path);
            let entries = bytes.as_bytes()[bytes.find("<entry").unwrap()..].to_vec();
            assert_eq!(*known.entry(path.clone()).or_insert(entries.clone()), entries, "{path} at {as_of}");
        }
        assert!(known.keys().all(|path| walk.documents.contains(path)), "{as_of}");
    }
}

#[test]
fn a_correction_and_a_late_arrival() {
    let house = House::new();
    let now = "2023-03-04T12:00:00Z";
    house.put(now, years());
    house.generate(&[spec("")], now);
    let before = house.files();

    let later = "2023-03-04T13:00:00Z";
    let mut corrected = article("2022-11-05T10:00:00Z", "News of 2022-11-05 10:00");
    corrected.body.text = "The ferry was on time, contrary to what we wrote.\n".into();
    house.put(later, [corrected, article("2023-01-20T10:00", "Found in a drawer")]);
    let report = house.generate(&[spec("")], later);
    let walk = self::walk(&house, "");
    assert_eq!(walk.latest.len(), years().len() + 1);
    let versions: Vec<_> = walk.latest.values().filter(|(_, text)| text.contains("contrary")).collect();
    assert_eq!(versions.len(), 1);
    assert_eq!(versions[0].0, "2023-03-04T13:00:00+00:00");
    let newest = titles(&house.read("feed.json"));
    assert_eq!(newest[0], "News of 2022-11-05 10:00", "it appears again");
    assert!(house.read("atom.xml").contains("<published>2022-11-05T10:00:00Z"), "and says when it was published");
    assert!(!newest.contains(&"Found in a drawer".to_owned()), "what is old is no news");
    assert!(house.read("history/2023-01.rss").contains("Found in a drawer"));

    let after = house.files();
    let touched: BTreeSet<&str> = after
        .iter()
        .filter(|(path, file)| before.get(*path) != Some(*file))
        .map(|(path, _)| path.strip_prefix(house.out()).unwrap().to_str().unwrap())
        .collect();
    let expected =
        ["2022-11", "2023-01"].map(|name| ["atom", "html", "json", "rss"].map(|ext| format!("history/{name}.{ext}")));
    let mut expected: BTreeSet<&str> = expected.iter().flatten().map(String::as_str).collect();
    expected.extend(["atom.xml", "feed.json", "index.html", "rss.xml"]);
    assert_eq!(touched, expected);
    assert_eq!(report.feeds[0].history.written, 8);
    judge(&house);
}

#[test]
fn a_flood_of_corrections_leaves_room_for_news() {
    let house = House::new();
    house.put("2023-01-10T12:00:00Z", articles("2023-01-09T10:00:00Z", 9));
    let corrected = articles("2023-01-09T10:00:00Z", 9).into_iter().map(|mut article| {
        article.body.text = format!("{} All prices are in crowns.\n", article.body.text);
        article
    });
    house.put("2023-03-04T11:00:00Z", articles("2023-03-01T10:00:00Z", 3));
    house.put("2023-03-04T12:00:00Z", corrected);
    let off = FeedSpec { history: History::Off, ..spec("") };
    house.generate(&[off], "2023-03-04T12:00:00Z");
    let shown = titles(&house.read("feed.json"));
    let of = |day: &str| shown.iter().filter(|title| title.contains(day)).count();
    assert_eq!((of("2023-01-09"), of("2023-03-01")), (2, 2), "{shown:?}");
}

#[test]
fn the_same_again_touches_nothing_and_everything_anew_is_the_same() {
    let house = House::new();
    let now = "2023-03-04T12:00:00Z";
    house.put(now, years());
    let specs = [spec(""), FeedSpec { history: History::Day, ..spec("daily") }];
    let first = house.generate(&specs, now);
    assert!(first.feeds.iter().all(|feed| feed.history.written > 0 && feed.history.removed == 0));
    let files = house.files();
    let again = house.generate(&specs, now);
    assert!(again.is_unchanged() && again.feeds[0].history.documents == 7);
    assert_eq!(house.files(), files);

    // What was damaged or removed comes back.
    let document = house.out().join("history/2023-01.atom");
    fs::remove_file(&document).unwrap();
    assert_eq!(house.generate(&specs, now).feeds[0].history.written, 1);
    // Without any memory nothing is written either.
    fs::remove_file(house.dir.path().join("archive/.feedmill/generated.sqlite")).unwrap();
    assert!(house.generate(&specs, now).is_unchanged());
    let bytes = |files: BTreeMap<PathBuf, (SystemTime, Vec<u8>)>| -> Vec<(PathBuf, Vec<u8>)> {
        files.into_iter().map(|(path, (_, bytes))| (path, bytes)).collect()
    };
    let files = bytes(house.files());
    fs::remove_dir_all(house.out()).unwrap();
    house.generate(&specs, now);
    assert_eq!(bytes(house.files()), files);
    // Going back in time and coming again leaves no trace.
    house.generate(&specs, "2023-02-10T12:00:00Z");
    assert_ne!(bytes(house.files()), files);
    house.generate(&specs, now);
    assert_eq!(bytes(house.files()), files);
}

#[test]
fn what_is_no_longer_history_goes() {
    let house = House::new();
    let now = "2023-03-04T12:00:00Z";
    house.put(now, years());
    house.generate(&[spec("")], now);
    let mine = house.out().join("history/notes.txt");
    fs::write(&mine, "mine").unwrap();
    let report = house.generate(&[FeedSpec { history: History::Year, ..spec("") }], now);
    let walk = self::walk(&house, "");
    assert_eq!(documents(&walk).last(), Some(&"2022"));
    assert!(report.feeds[0].history.removed == 4 && !house.out().join("history/2022-11.atom").exists());
    let off = FeedSpec { history: History::Off, ..spec("") };
    assert!(house.generate(std::slice::from_ref(&off), now).feeds[0].history.removed > 0);
    assert_eq!(fs::read_dir(house.out().join("history")).unwrap().count(), 1);
    fs::remove_file(&mine).unwrap();
    house.generate(&[spec("")], now);
    house.generate(&[off], now);
    assert!(!house.out().join("history").exists());
}

#[test]
fn the_next_document_is_announced() {
    let house = House::new();
    house.put("2023-03-04T12:00:00Z", years());
    let report = house.generate(&[spec("")], "2023-03-04T12:00:00Z");
    assert_eq!((report.next_due(), report.next_change()), (None, Some(at("2023-04-02T00:00:00Z"))));
    let lisbon = Site { zone: chrono_tz::Europe::Lisbon, ..site() };
    let archive = house.archive(Access::Read, "2023-03-04T12:00:00Z");
    let report = generate(&archive, &lisbon, &[spec("")], at("2023-03-04T12:00:00Z"), &house.out()).unwrap();
    assert_eq!(report.next_change(), Some(at("2023-04-01T23:00:00Z")), "in summer time");
}
