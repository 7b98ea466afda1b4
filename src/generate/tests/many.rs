//! Many feeds from one archive, made again only where something has changed.

use proptest::prelude::*;

use super::*;
use crate::archive::Heading;
use crate::article::Person;
use crate::feed::Split;

fn split(by: Heading) -> FeedSpec {
    FeedSpec { name: by.name().into(), split: Some(Split::by(by)), ..FeedSpec::default() }
}

fn tagged(date: &str, title: &str, tags: &[&str]) -> Article {
    Article { tags: tags.iter().map(|tag| (*tag).to_owned()).collect(), ..article(date, title) }
}

fn names(report: &Report) -> Vec<&str> {
    report.feeds.iter().map(|feed| feed.name.as_str()).collect()
}

fn written(report: &Report) -> Vec<&str> {
    report.feeds.iter().filter(|feed| feed.written() > 0).map(|feed| feed.name.as_str()).collect()
}

#[test]
fn a_feed_for_each_value() {
    let house = House::new();
    let mut strike = tagged("2023-07-08", "Strike", &["Dock Strike", "C++"]);
    strike.section = Some("News".into());
    strike.authors = vec![Person { name: "Ada Marsh".into(), ..Person::default() }];
    strike.language = Some("en-GB".into());
    let specs = Heading::ALL.map(split);
    house.put(NOW, [strike, tagged("2022-12-31", "Storm", &["dock-strike", "C#"])]);
    let report = house.generate(&specs, NOW);
    assert_eq!(
        names(&report),
        [
            "tag/c-951a4d36",
            "tag/c-cedb1bac",
            "tag/dock-strike",
            "section/news",
            "author/ada-marsh",
            "language/en-gb",
            "year/2022",
            "year/2023"
        ]
    );
    assert_eq!(titles(&house.read("tag/dock-strike/feed.json")), ["Strike", "Storm"], "one value, spelled twice");
    assert_eq!(titles(&house.read("year/2022/feed.json")), ["Storm"]);
    let called: Vec<&str> = report.feeds.iter().map(|feed| feed.title.as_str()).collect();
    assert_eq!(
        called[2..6],
        ["The Courier: Dock Strike", "The Courier: News", "The Courier: Ada Marsh", "The Courier: en-GB"]
    );
    assert!(house.read("language/en-gb/rss.xml").contains("<language>en-GB</language>"));
    assert_eq!(report.feeds[2].articles, Some(2));
    assert_eq!(house.read("index.html"), house.read("feeds.html"), "no feed stands at the top");
}

#[test]
fn filters_and_limits_apply_to_each_and_few_articles_make_no_feed() {
    let house = House::new();
    let news = |article: Article| Article { section: Some("News".into()), ..article };
    house.put(
        NOW,
        [
            news(tagged("2023-07-01", "One", &["sea", "fog"])),
            news(tagged("2023-07-02", "Two", &["sea"])),
            tagged("2023-07-03", "Three", &["sea", "ferry"]),
            tagged("2023-07-04", "Four", &["ferry"]),
        ],
    );
    let selection = Selection { sections: vec!["news".into()], ..Selection::default() };
    let spec = FeedSpec { selection, title: "{value} at {site} {value}".into(), ..split(Heading::Tag) };
    let report = house.generate(std::slice::from_ref(&spec), NOW);
    assert_eq!(names(&report), ["tag/fog", "tag/sea"]);
    assert_eq!(report.feeds[1].title, "sea at The Courier sea");
    assert_eq!(titles(&house.read("tag/sea/feed.json")), ["Two", "One"]);
    let many = Split { min_articles: 2, except: vec!["Ferry".into()], ..Split::by(Heading::Tag) };
    let report = house.generate(&[FeedSpec { split: Some(many), max_items: 1, ..split(Heading::Tag) }], NOW);
    assert_eq!(names(&report), ["tag/sea"]);
    assert_eq!(titles(&house.read("tag/sea/feed.json")), ["Three"]);
}

#[test]
fn a_feed_whose_last_article_has_left_stays() {
    let house = House::new();
    house.put(NOW, [tagged("2023-07-08", "Strike", &["Dock Strike"]), tagged("2023-07-09", "Storm", &["sea"])]);
    house.generate(&[split(Heading::Tag)], NOW);
    let record = house.dir.path().join("archive/2023/07/08/strike.txt");
    fs::remove_file(record).unwrap();
    let later = "2024-02-01T00:00:00Z";
    house.archive(Access::Write, later).rescan(at(later), &mut |_| {}).unwrap();
    let report = house.generate(&[split(Heading::Tag)], later);
    assert_eq!(names(&report), ["tag/dock-strike", "tag/sea"]);
    let feed = &report.feeds[0];
    assert_eq!((feed.entries, feed.articles, feed.updated.to_utc()), (0, Some(0), at(later)), "it has changed");
    assert!(feed.is_sound(), "{feed:?}");
    assert_eq!(titles(&house.read("tag/dock-strike/feed.json")), [""; 0]);
    // Before its first article is due, a value says nothing.
    let early = house.generate(&[split(Heading::Tag)], "2023-07-08T00:00:00Z");
    assert_eq!(names(&early), [""; 0]);
}

#[test]
fn only_what_has_changed_is_made_again() {
    let house = House::new();
    let specs = [FeedSpec::default(), split(Heading::Tag)];
    house.put(
        NOW,
        (1..=9).map(|day| tagged(&format!("2023-07-{day:02}"), &format!("Day {day}"), &[&format!("t{}", day % 3)])),
    );
    house.generate(&specs, NOW);
    let before = house.files();
    let report = house.generate(&specs, "2024-01-03T00:00:00Z");
    assert!(report.is_unchanged() && house.files() == before);
    assert_eq!((report.feeds.len(), report.feeds[1].entries), (4, 3), "what is passed over is reported as before");
    house.put("2024-01-04T00:00:00Z", [tagged("2024-01-03", "New", &["t1"])]);
    // A record that is no longer what it was would be told, were it read.
    fs::write(house.dir.path().join("archive/2023/07/03/day-3.txt"), "no record").unwrap();
    let report = house.generate(&specs[1..], "2024-01-04T00:00:01Z");
    assert_eq!(written(&report), ["tag/t1"]);
    assert!(report.is_complete());
    fs::remove_file(house.out().join("tag/t2/rss.xml")).unwrap();
    let report = house.generate(&specs[1..], "2024-01-04T00:00:02Z");
    assert_eq!(written(&report), ["tag/t2"]);
    let moved = Site { url: "https://other.example/".into(), ..site() };
    let archive = house.archive(Access::Read, NOW);
    let report = generate(&archive, &moved, &specs[1..], at("2024-01-04T00:00:03Z"), &house.out()).unwrap();
    assert!(!report.is_complete() && written(&report).len() == 3, "{report:?}");
    let again = generate(&archive, &moved, &specs[1..], at("2024-01-04T00:00:04Z"), &house.out()).unwrap();
    assert!(!again.is_complete(), "trouble is told until it is mended");
}

#[test]
fn what_is_due_later_is_told_although_nothing_is_made() {
    let house = House::new();
    house.put(NOW, [tagged("2023-07-08", "Strike", &["a"]), tagged("2024-02-01T10:00:00Z", "Later", &["a", "b"])]);
    let specs = [FeedSpec::default(), split(Heading::Tag)];
    for _ in 0..2 {
        let report = house.generate(&specs, NOW);
        assert_eq!(names(&report), ["", "tag/a"], "what is to come is not told");
        let due: Vec<_> = report.feeds.iter().map(|feed| feed.next_due).collect();
        assert_eq!(due, [Some(at("2024-02-01T10:00:00Z")); 2]);
    }
    house.put("2024-01-03T00:00:00Z", [tagged("2024-01-20T10:00:00Z", "Sooner", &["c"])]);
    let report = house.generate(&specs, "2024-01-04T00:00:00Z");
    assert!(report.is_unchanged());
    assert_eq!(report.next_due(), Some(at("2024-01-20T10:00:00Z")));
    assert_eq!(report.feeds[1].next_due, Some(at("2024-02-01T10:00:00Z")));
}

#[test]
fn feeds_that_would_meet_are_refused() {
    let house = House::new();
    let named = |name: &str| FeedSpec { name: name.into(), ..FeedSpec::default() };
    let called = |name: &str| FeedSpec { name: name.into(), ..split(Heading::Tag) };
    for specs in [
        vec![split(Heading::Tag), split(Heading::Tag)],
        vec![split(Heading::Tag), named("Tag/x")],
        vec![named("tag/x/y"), split(Heading::Tag)],
        vec![called("a"), called("a/b")],
        vec![called("files")],
        vec![called("")],
        vec![called("../x")],
        vec![FeedSpec { title: "{valeu}".into(), ..split(Heading::Tag) }],
    ] {
        let err = generate(&house.archive(Access::Read, NOW), &site(), &specs, at(NOW), &house.out()).unwrap_err();
        assert!(err.is_usage(), "{err}");
    }
    assert!(!house.out().exists());
    house.generate(&[split(Heading::Tag), named("tags"), called("desk/tag"), named("desk")], NOW);
}

/// Something that happens to a project.
#[derive(Clone, Debug)]
enum Event {
    /// An article comes in, or comes again with other words.
    Put { number: u8, day: u8, tags: Vec<&'static str>, draft: bool },
    /// A record is edited by hand.
    Edit(u8),
    /// A record is removed by hand.
    Remove(u8),
    /// An output file is removed.
    Lose(u8),
    /// The index is removed.
    Forget,
    /// Feeds are made, at a day of the year, by one of some configurations.
    Generate { day: u16, which: u8 },
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let tags = prop::sample::subsequence(vec!["sea", "Sea", "C++", "größe", "a b", "a-b"], 0..4);
    let event = prop_oneof![
        4 => (0u8..8, 1u8..28, tags, prop::bool::weighted(0.15)).prop_map(|(number, day, tags, draft)| Event::Put { number, day, tags, draft }),
        1 => any::<u8>().prop_map(Event::Edit),
        1 => any::<u8>().prop_map(Event::Remove),
        1 => any::<u8>().prop_map(Event::Lose),
        1 => Just(Event::Forget),
        5 => (0u16..60, 0u8..3).prop_map(|(day, which)| Event::Generate { day, which }),
    ];
    prop::collection::vec(event, 1..24)
}

fn records(house: &House) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut dirs = vec![house.dir.path().join("archive/2024")];
    while let Some(dir) = dirs.pop() {
        for entry in fs::read_dir(dir).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() { dirs.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    /// Whatever happened before, the feeds are what they would be if they were made for the first time.
    #[test]
    fn feeds_made_again_are_as_if_made_anew(events in events()) {
        let house = House::new();
        house.put("2024-01-01T00:00:00Z", [tagged("2024-01-01", "First", &["sea"])]);
        let mut now = at("2024-01-01T00:00:00Z");
        for event in events {
            now += chrono::TimeDelta::hours(7);
            let text = now.to_rfc3339();
            match event {
                Event::Put { number, day, tags, draft } => {
                    let date = format!("2024-01-{day:02}T12:00:00Z");
                    let mut article = Article { draft, ..tagged(&date, &format!("Article {number}"), &tags) };
                    article.id = Some(format!("urn:test:{number}"));
                    article.body.text.push_str(&text);
                    house.put(&text, [article]);
                }
                Event::Edit(which) | Event::Remove(which) => {
                    let records = records(&house);
                    if records.is_empty() {
                        continue;
                    }
                    let path = &records[usize::from(which) % records.len()];
                    match event {
                        Event::Remove(_) => fs::remove_file(path).unwrap(),
                        _ => {
                            let text = fs::read_to_string(path).unwrap();
                            fs::write(path, text.replace("sea", "fog").replace("The end", "No end")).unwrap();
                        }
                    }
                    house.archive(Access::Write, &text).rescan(now, &mut |_| {}).unwrap();
                }
                Event::Lose(which) => {
                    let files: Vec<PathBuf> = house.files().into_keys().collect();
                    if !files.is_empty() {
                        fs::remove_file(&files[usize::from(which) % files.len()]).unwrap();
                    }
                }
                Event::Forget => {
                    // What was forgotten already is no trouble.
                    let _ = fs::remove_file(house.dir.path().join("archive/.feedmill/index.sqlite"));
                }
                Event::Generate { day, which } => {
                    let as_of = at("2024-01-01T06:00:00Z") + chrono::TimeDelta::days(day.into());
                    let mut specs = vec![FeedSpec::default(), split(Heading::Tag)];
                    match which {
                        0 => {}
                        1 => specs.push(split(Heading::Year)),
                        _ => specs[1].max_items = 2,
                    }
                    let archive = house.archive(Access::Read, &text);
                    let report = generate(&archive, &site(), &specs, as_of, &house.out()).unwrap();
                    let anew = house.dir.path().join(format!("anew-{}", now.timestamp()));
                    let fresh = generate(&archive, &site(), &specs, as_of, &anew).unwrap();
                    prop_assert_eq!(names(&report), names(&fresh));
                    for (feed, fresh) in report.feeds.iter().zip(&fresh.feeds) {
                        prop_assert_eq!(
                            (&feed.title, feed.entries, feed.updated, feed.next_due),
                            (&fresh.title, fresh.entries, fresh.updated, fresh.next_due)
                        );
                    }
                    for (path, (_, bytes)) in tree(&anew) {
                        let is = fs::read(house.out().join(path.strip_prefix(&anew).unwrap()));
                        prop_assert!(is.is_ok_and(|is| is == bytes), "{}", path.display());
                    }
                    fs::remove_dir_all(&anew).unwrap();
                }
            }
        }
    }
}
