//! The archive as pages for people: what they show, what they never show, and what happens to whoever asks for something
//! odd.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use feedmill::archive::{Access, Archive, Intake};
use feedmill::feed::{FeedSpec, Site as Publisher};
use feedmill::source::Document;
use feedmill::{ingest, pages};

use crate::harness::{NOW, Site};

/// How often a page is asked for again until the catalogue has caught up. No test waits for the last time.
const TRIES: usize = 500;

struct House {
    site: Site,
    archive: PathBuf,
    /// Errors that the keeper of the catalogue has told.
    told: Arc<AtomicUsize>,
}

impl House {
    /// An archive that is shown, with these articles: a name and a text.
    fn of(articles: &[(&str, &str)]) -> House {
        let house = House::without_archive();
        house.take_in(articles);
        house
    }

    /// A server that is told of an archive before there is one.
    fn without_archive() -> House {
        let dir = tempfile::tempdir().unwrap();
        let archive = dir.path().join("archive");
        let told = Arc::<AtomicUsize>::default();
        let heard = told.clone();
        let options = pages::Options {
            archive: archive.clone(),
            site: Publisher {
                title: "The <Ledger>".into(),
                url: "https://ledger.example/".into(),
                language: Some("en".into()),
                ..Publisher::default()
            },
            feeds: vec![
                FeedSpec::default(),
                FeedSpec { name: "sea".into(), title: "At sea".into(), ..FeedSpec::default() },
            ],
            tell: Arc::new(move |_| {
                heard.fetch_add(1, Ordering::Relaxed);
            }),
        };
        let site = Site::of(dir, Some(options), |_| {});
        House { site, archive, told }
    }

    fn take_in(&self, articles: &[(&str, &str)]) {
        let now: DateTime<Utc> = NOW.parse().unwrap();
        Archive::create_if_missing(&self.archive, Some("https://ledger.example/")).unwrap();
        let mut archive = Archive::open(&self.archive, Access::Write, now).unwrap();
        let intake = Intake { zone: chrono_tz::UTC, now };
        for (name, text) in articles {
            let doc = Document::from_bytes(*name, *name, text.as_bytes().to_vec());
            ingest::ingest_document(&mut archive, doc, &ingest::Options::default(), &intake, &mut |_| {}).unwrap();
        }
    }

    /// Changes a record as a person does.
    fn edit(&self, record: &str, change: impl FnOnce(String) -> String) {
        let path = self.archive.join(record);
        fs::write(&path, change(fs::read_to_string(&path).unwrap())).unwrap();
        self.look_again();
    }

    /// Has the archive learn of what people have changed.
    fn look_again(&self) {
        let now = NOW.parse().unwrap();
        Archive::open(&self.archive, Access::Write, now).unwrap().rescan(now, &mut |_| {}).unwrap();
    }

    fn page(&self, path: &str) -> String {
        let answer = self.site.get(path, "");
        assert_eq!(answer.status, 200, "{path}: {}", answer.head);
        answer.text().to_owned()
    }

    /// The page, once it says that: the catalogue is made in the background.
    fn page_that_says(&self, path: &str, words: &str) -> String {
        let mut page = String::new();
        for _ in 0..TRIES {
            page = self.site.get(path, "").text().to_owned();
            if page.contains(words) {
                return page;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("{path} never says {words:?}: {}", main_of(&page))
    }
}

/// What stands between the ways around.
fn main_of(page: &str) -> &str {
    let main = page.split_once("<main").map_or(page, |(_, main)| main);
    main.split_once("</main>").map_or(main, |(main, _)| main)
}

const STORM: (&str, &str) = (
    "storm.md",
    "---\ntitle: Storm & <b>gale</b>\ndate: 2023-07-09\ntags: [Sea, \"AC/DC\"]\nauthor: Ada Quay\nsection: Harbour\n\
     url: https://courier.example/storm\n---\nThe **storm** closed the harbour. See [the pier](/pier).\n\n\
     <script>alert(1)</script>\n",
);
const CALM: (&str, &str) = (
    "calm.txt",
    "date 2023-08-02\n\nCalm again\n\nThe sea at Ærøskøbing is calm, and the ferries sail. Storms are over.\n",
);
const TOKYO: (&str, &str) =
    ("tokyo.md", "---\ntitle: 東京の天気\ndate: 2024-01-05\nlanguage: ja\n---\n東京都は今日も雨が降っています。\n");

#[test]
fn every_way_leads_to_the_article() {
    let house = House::of(&[STORM, CALM, TOKYO]);
    house.page_that_says("/browse/tags/", "AC/DC");
    let front = house.page("/");
    assert!(front.contains("<title>The &lt;Ledger&gt;</title>"), "{front}");
    assert!(front.contains("href=\"sea/atom.xml\"") && front.contains("aria-label=\"At sea as RSS\""));
    let article = "browse/2023/07/09/storm-gale";
    assert!(front.contains(&format!("<a href=\"{article}\">")), "{}", main_of(&front));
    for (page, link) in [
        ("/browse/", "../browse/2023/07/09/storm-gale"),
        ("/browse/2023/", "../../browse/2023/07/"),
        ("/browse/2023/07/", "../../../browse/2023/07/09/storm-gale"),
        ("/browse/tags/", "../../browse/tags/ac%2Fdc/"),
        ("/browse/tags/ac%2Fdc/", "../../../browse/2023/07/09/storm-gale"),
        ("/browse/tags/SEA/", "../../../browse/2023/07/09/storm-gale"),
        ("/browse/sections/harbour/", "../../../browse/2023/07/09/storm-gale"),
        ("/browse/authors/ada%20quay/", "../../../browse/2023/07/09/storm-gale"),
        ("/browse/search?q=pier", "../browse/2023/07/09/storm-gale"),
    ] {
        let text = house.page(page);
        assert!(text.contains(&format!("<a href=\"{link}\">")), "{page}: {}", main_of(&text));
    }
    let tags = house.page("/browse/tags/");
    assert!(tags.contains(">AC/DC</a> <span class=\"count\">1 article</span>"), "{}", main_of(&tags));

    let page = house.page(&format!("/{article}"));
    assert!(page.contains("<link rel=\"canonical\" href=\"https://courier.example/storm\">"));
    assert!(page.contains("rel=\"alternate\" type=\"application/atom+xml\" title=\"The &lt;Ledger&gt; (Atom)\" href=\"../../../../atom.xml\""));
    assert!(page.contains("<strong>storm</strong>") && page.contains("href=\"https://courier.example/pier\""));
    assert!(page.contains("Read it at courier.example") && page.contains("9 July 2023"));
    assert!(page.contains("The date stands in the article’s own metadata."), "{}", main_of(&page));
    assert!(page.contains("Newer: Calm again"), "{}", main_of(&page));
    assert!(!page.contains("<script") && !page.contains("alert(1)") && !page.contains(" style="));
    let tokyo = house.page("/browse/2024/01/05/dong-jing-notian-qi");
    assert!(tokyo.contains("<h1 lang=\"ja\" dir=\"auto\">東京の天気</h1>"), "{}", main_of(&tokyo));
    assert_eq!(house.told.load(Ordering::Relaxed), 0);
}

#[test]
fn a_search_takes_what_people_type() {
    let house = House::of(&[STORM, CALM, TOKYO]);
    house.page_that_says("/browse/search?q=storm", "<mark>");
    for (asked, found) in [
        ("storm", 1),
        ("storm*", 2),
        ("ST%C3%96RM", 1),
        ("aeroskobing", 1),
        ("%22closed%20the%20harbour%22", 1),
        ("%22harbour%20the%20closed%22", 0),
        ("storm*+-ferries", 1),
        ("pier+OR+calm", 2),
        ("tag:sea", 1),
        ("by:%22ada%20quay%22", 1),
        ("title:calm", 1),
        ("title:ferries", 0),
        ("%E6%9D%B1%E4%BA%AC", 1),
        ("%E4%BA%AC%E9%83%BD", 1),
        ("%E6%9D%B1", 1),
        ("%E4%BA%AC%E6%9D%B1", 0),
        ("%22unclosed+phrase", 0),
        ("storm)+AND+(rowid:1", 0),
        ("%22%27%3B--", 0),
    ] {
        let page = house.page(&format!("/browse/search?q={asked}"));
        assert_eq!(main_of(&page).matches("<article>").count(), found, "{asked}: {}", main_of(&page));
    }
    let page = house.page("/browse/search?q=%E6%9D%B1%E4%BA%AC");
    assert!(
        page.contains("<mark>東京</mark>の天気</a>") && page.contains("<mark>東京</mark>都は"),
        "{}",
        main_of(&page)
    );
    // What begins so is better than nothing, and is said to be that.
    let loose = house.page("/browse/search?q=ferr");
    assert!(loose.contains("1 article with words that begin like <q"), "{}", main_of(&loose));
    let both = house.page("/browse/search?q=storm*");
    let (storm, calm) = (both.find("gale").unwrap(), both.find("Calm again").unwrap());
    assert!(storm < calm, "the title counts more than the text");
    let newest = house.page("/browse/search?q=storm*&sort=newest");
    assert!(newest.find("Calm again").unwrap() < newest.find("gale").unwrap());
}

#[test]
fn only_what_feeds_could_show() {
    let house = House::of(&[
        STORM,
        (
            "draft.md",
            "---\ntitle: Secret plan\ndate: 2023-07-10\ndraft: true\ntags: [hidden]\n---\nNobody reads this plan.\n",
        ),
        ("later.md", "---\ntitle: Tomorrow's plan\ndate: 2024-05-02\ntags: [hidden]\n---\nNot yet.\n"),
    ]);
    house.page_that_says("/browse/search?q=storm", "<mark>");
    for path in ["/", "/browse/", "/browse/2023/", "/browse/2023/07/", "/browse/tags/", "/browse/search?q=plan"] {
        let page = house.page(path);
        assert!(!page.contains("Secret") && !page.contains("Tomorrow") && !page.contains(">hidden<"), "{path}");
    }
    assert!(house.page("/browse/2023/07/").contains("1 article<"));
    for path in
        ["/browse/2023/07/10/secret-plan", "/browse/2024/05/02/tomorrows-plan", "/browse/2024/", "/browse/tags/hidden/"]
    {
        assert_eq!(house.site.get(path, "").status, 404, "{path}");
    }
}

#[test]
fn what_changes_is_seen_and_what_was_taken_back_is_not_found() {
    let house = House::of(&[STORM, CALM]);
    house.page_that_says("/browse/search?q=pier", "<mark>");
    let before = house.site.get("/", "");
    assert_eq!(house.site.get("/", &format!("If-None-Match: {}\r\n", before.etag())).status, 304);
    house.take_in(&[TOKYO]);
    house.edit("2023/07/09/storm-gale.md", |text| text.replace("the pier", "the mole"));
    let after = house.site.get("/", &format!("If-None-Match: {}\r\n", before.etag()));
    assert_eq!(after.status, 200);
    assert!(after.text().contains("東京の天気"));
    // At no moment is the new text found by the old word.
    let by_the_old = house.page("/browse/search?q=%22the+pier%22");
    assert!(!by_the_old.contains("<article>"), "{}", main_of(&by_the_old));
    house.page_that_says("/browse/search?q=mole", "<mark>mole</mark>");
    house.page_that_says("/browse/search?q=%E6%9D%B1%E4%BA%AC", "<mark>");
    fs::remove_file(house.archive.join("2024/01/05/dong-jing-notian-qi.md")).unwrap();
    house.look_again();
    assert_eq!(house.site.get("/browse/2024/01/05/dong-jing-notian-qi", "").status, 404);
    house.page_that_says("/browse/search?q=%E6%9D%B1%E4%BA%AC", "Nothing found");
}

#[test]
fn pages_travel_like_files() {
    let house = House::of(&[STORM]);
    house.page("/");
    let plain = house.site.get("/", "");
    let pressed = house.site.get("/", "Accept-Encoding: gzip, br\r\n");
    assert_eq!(pressed.header("content-encoding"), Some("br"));
    assert!(pressed.body.len() * 2 < plain.body.len());
    assert_ne!(pressed.etag(), plain.etag());
    let tag = format!("Accept-Encoding: br\r\nIf-None-Match: {}\r\n", pressed.etag());
    assert_eq!(house.site.get("/", &tag).status, 304);
    assert_eq!(plain.header("cache-control"), Some("public, max-age=60"));
    assert_eq!(plain.header("vary"), Some("Accept-Encoding"));
    assert_eq!(plain.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(plain.header("last-modified"), None);
    let policy = plain.header("content-security-policy").unwrap();
    assert!(
        policy.contains("default-src 'none'") && policy.contains("form-action 'self'") && !policy.contains("script")
    );
    let head = house.site.ask("HEAD", "/", "");
    assert_eq!((head.status, head.header("content-length")), (200, plain.header("content-length")));
    assert_eq!(house.site.ask("POST", "/browse/search", "").status, 405);
    // What is looked up for a visitor is not for scripts of other sites.
    for method in ["GET", "OPTIONS"] {
        let answer = house.site.ask(method, "/browse/search?q=storm", "Origin: https://other.example\r\n");
        assert_eq!(answer.header("access-control-allow-origin"), None, "{method}");
    }
    // The file is still there under its own name.
    house.site.file("index.html", "the page of the feed");
    assert_eq!(house.site.get("/index.html", "").text(), "the page of the feed");
    assert!(house.page("/").contains("Recent articles"));
}

#[test]
fn long_lists_are_read_part_by_part_without_a_gap() {
    let articles: Vec<(String, String)> = (0..45)
        // Some share their instant, so that only the id tells them apart.
        .map(|n| {
            (
                format!("{n}.txt"),
                format!("date 2023-07-{:02}\n\nNumber {n}\n\nText of number {n} of many.\n", 1 + n / 3),
            )
        })
        .collect();
    let articles: Vec<(&str, &str)> = articles.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let house = House::of(&articles);
    let mut seen = Vec::new();
    let mut path = "/browse/".to_owned();
    let mut back = String::new();
    for _ in 0..3 {
        let page = house.page(&path);
        seen.extend(titles(&page));
        back = link(&page, "prev").unwrap_or_default();
        match link(&page, "next") {
            Some(next) => path = next,
            None => break,
        }
    }
    let mut unique = seen.clone();
    unique.sort();
    unique.dedup();
    assert_eq!((seen.len(), unique.len()), (45, 45));
    let middle = titles(&house.page(&back));
    assert_eq!(middle, seen[20..40], "and back again");
    house.page_that_says("/browse/search?q=many&page=5", "45 articles");
    let last = house.page("/browse/search?q=many&page=5");
    assert_eq!(main_of(&last).matches("<article>").count(), 5);
}

fn titles(page: &str) -> Vec<String> {
    let items = main_of(page).split("<h2").skip(1);
    items.map(|item| item.split_once("\">").unwrap().1.split("</h2>").next().unwrap().to_owned()).collect()
}

/// Where a link leads, from the list of all articles.
fn link(page: &str, relation: &str) -> Option<String> {
    let (_, rest) = main_of(page).split_once(&format!("<a rel=\"{relation}\" href=\"../"))?;
    Some(format!("/{}", rest.split('"').next().unwrap().replace("&amp;", "&")))
}

#[test]
fn odd_requests_get_plain_answers() {
    let house = House::of(&[STORM]);
    house.page_that_says("/browse/search?q=storm", "<mark>");
    for (path, status) in [
        ("/browse/2023/07/09/..", 404),
        ("/browse/2023/07/09/%2e%2e%2farchive.toml", 404),
        ("/browse/../archive/archive.toml", 404),
        ("/browse/.feedmill/index.sqlite", 404),
        ("/browse/2023/07/09/storm-gale.md", 404),
        ("/browse/2023/07/09/%00", 404),
        ("/browse/tags/%ff/", 404),
        ("/browse/tags/%3Cscript%3E/", 404),
        ("/browse/9999/", 404),
        ("/browse/?before=99999999999999999999", 200),
        ("/browse/?before=-9223372036854775808&id=%27;", 200),
        ("/browse/?after=9223372036854775807&id=x", 200),
        ("/browse/search?page=-1&sort=%00&q=%00", 200),
        ("/browse/search?q=storm&page=18446744073709551616", 200),
        ("/browse/search?q=storm&page=4000000000", 200),
        ("/browse/search?q=%F0%28%8C%28&q=%", 200),
    ] {
        let answer = house.site.get(path, "");
        assert_eq!(answer.status, status, "{path}: {}", answer.head);
        assert!(answer.header("content-security-policy").is_some(), "{path}");
    }
    let long = house.page(&format!("/browse/search?q={}", "a*+%22b".repeat(1500)));
    assert!(long.contains("Nothing found"));
    let hostile = house.page("/browse/search?q=%3C%2Fq%3E%3Cscript%3Ealert%281%29%3C%2Fscript%3E%22%20onfocus%3D");
    assert!(!hostile.contains("<script>") && hostile.contains("&lt;script&gt;"), "{}", main_of(&hostile));
    assert!(hostile.contains("value=\"&lt;/q&gt;&lt;script&gt;"), "{hostile}");
    for (path, to) in
        [("/browse", "browse/"), ("/browse/2023?x=1", "2023/?x=1"), ("/browse/2023/07/09/storm-gale/", "../storm-gale")]
    {
        let answer = house.site.get(path, "");
        assert_eq!((answer.status, answer.header("location")), (301, Some(to)), "{path}");
    }
}

#[test]
fn without_an_archive_feeds_go_on() {
    let house = House::without_archive();
    house.site.file("atom.xml", crate::harness::atom(&["a"])).file("index.html", "<p>the page of the feed</p>");
    let polite = house.site.get("/browse/", "");
    assert_eq!((polite.status, polite.header("retry-after")), (503, Some("30")));
    assert!(polite.text().contains("The archive is being prepared"));
    assert!(house.page("/").contains("the page of the feed"));
    assert_eq!(house.site.get("/atom.xml", "").status, 200);
    // Once there is one, it is shown; nobody has to begin anew.
    house.take_in(&[STORM]);
    assert!(house.page("/").contains("Storm &amp; gale"));
    // A new index, or a damaged catalogue: neither is for long.
    Archive::rebuild(&house.archive, NOW.parse().unwrap(), &mut |_| {}).unwrap();
    assert!(house.page("/browse/").contains("Storm &amp; gale"));
    fs::remove_file(house.archive.join(".feedmill/index.sqlite")).unwrap();
    assert_eq!(house.site.get("/browse/", "").status, 503);
    assert_eq!(house.site.get("/atom.xml", "").status, 200);
}

#[test]
fn a_catalogue_that_is_lost_or_damaged_is_made_anew() {
    let mut house = House::of(&[STORM]);
    house.page_that_says("/browse/search?q=storm", "<mark>");
    house.site.stop();
    let options = |archive: &PathBuf| pages::Options {
        archive: archive.clone(),
        site: Publisher { url: "https://ledger.example/".into(), ..Publisher::default() },
        feeds: Vec::new(),
        tell: Arc::new(|_| {}),
    };
    for damage in [b"no database".to_vec(), vec![0; 8192], b"SQLite format 3\0 and then nothing of the kind".to_vec()] {
        for name in ["catalogue.sqlite-wal", "catalogue.sqlite-shm"] {
            let _ = fs::remove_file(house.archive.join(".feedmill").join(name));
        }
        fs::write(house.archive.join(".feedmill/catalogue.sqlite"), damage).unwrap();
        let site = Site::of(tempfile::tempdir().unwrap(), Some(options(&house.archive)), |_| {});
        let again = House { site, archive: house.archive.clone(), told: Arc::default() };
        again.page_that_says("/browse/search?q=storm", "<mark>");
    }
}
