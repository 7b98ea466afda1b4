//! What was retracted, and that the feeds of an archive never go back in time.

use proptest::prelude::*;

use super::*;

#[test]
fn a_retracted_record_keeps_its_id_and_stays_when_its_source_changes() {
    let mut house = House::new();
    let put = house.put_one("a.txt", article("2023-07-09", "Storm", "one"));
    let before = house.open().read(&put.path).unwrap();
    house.retract(&put.path, Some("wrong"), false);
    house.now += TimeDelta::hours(1);
    assert_eq!(house.put_one("a.txt", article("2023-07-09", "Storm", "one")).outcome, Outcome::Same);
    let replaced = house.put_one("a.txt", article("2023-07-09", "Storm", "two"));
    assert_eq!((replaced.outcome, &replaced.path), (Outcome::Replaced, &put.path));
    let archive = house.open();
    let record = archive.read(&put.path).unwrap();
    assert_eq!((&record.id, record.published, record.updated), (&before.id, before.published, None));
    assert_eq!(record.retraction.unwrap().reason.as_deref(), Some("wrong"));
    assert_eq!(paths(&archive, &Selection::default()), [""; 0]);
    assert_eq!(paths(&archive, &Selection { retracted: true, ..Selection::default() }), [put.path.as_str()]);
    assert_eq!((archive.stats().unwrap().articles, archive.stats().unwrap().retracted), (1, 1));
}

#[test]
fn what_corrects_a_retracted_article_is_an_article() {
    let house = House::new();
    let boat = |n: char| format!("The boat {n} of the pilots was painted by {n}{n} and will be out at the pier {n}. ");
    let text: String = ('a'..='z').map(boat).collect();
    let wrong = house.put_one("wrong.txt", article("2023-07-09", "Pilots", &text));
    let copy = house.put_one("copy.txt", article("2023-07-09", "Pilots", &format!("{text} (copy)")));
    assert_eq!(copy.outcome, Outcome::Linked);
    house.retract(&wrong.path, None, false);
    let right = house.put_one("right.txt", article("2023-07-09", "Pilots", &format!("{text} Only one.")));
    assert_eq!(right.outcome, Outcome::Added);
    let copy = house.put_one("copy.txt", article("2023-07-09", "Pilots", &format!("{text} (copy)")));
    assert_eq!(copy.outcome, Outcome::Same, "a copy of what was retracted is");
}

#[test]
fn only_what_the_source_has_taken_away_comes_back_with_it() {
    let house = House::new();
    let put = house.put_one("a.txt", article("2023-07-09", "Storm", "one"));
    assert_eq!(house.retract(&put.path, None, true), Retracted::Now);
    assert_eq!(house.retract(&put.path, None, true), Retracted::Same);
    assert_eq!(house.put_one("b.txt", article("2023-07-09", "Storm", "one")).outcome, Outcome::Returned);
    house.retract(&put.path, None, true);
    assert_eq!(house.retract(&put.path, Some("wrong"), false), Retracted::Restated);
    assert_eq!(house.retract(&put.path, None, true), Retracted::Same, "a person's word stays");
    assert_eq!(house.put_one("b.txt", article("2023-07-09", "Storm", "two")).outcome, Outcome::Replaced);
    assert!(house.open().read(&put.path).unwrap().retraction.is_some());
}

#[test]
fn a_crash_is_no_edit_by_hand() {
    let house = House::new();
    let put = house.put_one("a.txt", article("2023-07-09", "Storm", "one"));
    house.edit(&put.path, "one", "two");
    // What the writer was about to write, and came to write before it was killed.
    let bytes = fs::read(house.file(&put.path)).unwrap();
    mark::set(&house.layout()).unwrap();
    mark::announce(&house.layout(), [(&put.path, &bytes[..], None)].into_iter(), &[]).unwrap();
    drop(house.open());
    assert!(!house.text(&put.path).contains("\nupdated:"));
    // And what a person has written, though a mark was left behind.
    house.edit(&put.path, "two", "three");
    mark::set(&house.layout()).unwrap();
    let mut archive = house.open();
    assert_eq!(archive.rescan(house.now, &mut |_| {}).unwrap().changed, 1, "and it is told");
    drop(archive);
    assert!(house.text(&put.path).contains("\nupdated: 2024-01-02T04:04:05+01:00"), "{}", house.text(&put.path));
    assert!(house.rescan().is_none());
}

/// What may happen to one of the articles.
#[derive(Clone, Debug)]
enum Happening {
    Comes(u8),
    Retracted(bool),
    TakenBack,
    Removed,
    /// A line of the front matter is written by hand.
    Line(&'static str, &'static str),
    Unlined(&'static str),
}

fn happening() -> impl Strategy<Value = Happening> {
    use Happening::*;
    let days = prop::sample::select(vec!["2023-07-01T00:00:00Z", "2024-01-02T03:04:06Z", "2030-01-01T00:00:00Z"]);
    prop_oneof![
        3 => any::<u8>().prop_map(Comes),
        2 => any::<bool>().prop_map(Retracted),
        2 => Just(TakenBack),
        1 => Just(Removed),
        2 => (prop::sample::select(vec!["updated", "published", "retracted"]), days).prop_map(|(key, at)| Line(key, at)),
        1 => Just(Line("draft", "true")),
        1 => Just(Line("tags", "[other]")),
        2 => prop::sample::select(vec!["updated", "retracted", "draft", "tags"]).prop_map(Unlined),
    ]
}

/// Lets it happen to the article of this day, if that can be.
fn happen(house: &House, day: u8, what: &Happening) {
    let (date, path) = (format!("2023-07-0{day}"), format!("2023/07/0{day}/storm.txt"));
    let is_there = house.file(&path).exists();
    match what {
        Happening::Comes(version) => {
            let tagged = Article { tags: vec!["sea".into()], ..article(&date, "Storm", &format!("Storm {version}.")) };
            house.put_one(&format!("{day}.txt"), tagged);
        }
        _ if !is_there => {}
        Happening::Retracted(by_source) => drop(house.retract(&path, None, *by_source)),
        Happening::TakenBack => {
            let mut archive = house.open();
            archive.take_back(&path, house.now).unwrap();
            archive.commit().unwrap();
        }
        Happening::Removed => fs::remove_file(house.file(&path)).unwrap(),
        Happening::Line(..) | Happening::Unlined(_) => {
            let text = house.text(&path);
            let (front, body) = text.split_once("\n---\n\n").unwrap();
            let key = match what {
                Happening::Line(key, _) | Happening::Unlined(key) => key,
                _ => "",
            };
            // An indented or listed value goes with its key.
            let mut lines: Vec<&str> = Vec::new();
            let mut skipping = false;
            for line in front.lines() {
                skipping =
                    line.starts_with(&format!("{key}:")) || skipping && line.starts_with(['-', ' ']) && line != "---";
                lines.extend((!skipping).then_some(line));
            }
            let written = match what {
                Happening::Line(key, value) => format!("{key}: {value}\n"),
                _ => String::new(),
            };
            fs::write(house.file(&path), format!("{}\n{written}---\n\n{body}", lines.join("\n"))).unwrap();
        }
    }
    house.rescan();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn no_feed_ever_goes_back_in_time(story in prop::collection::vec((1u8..4, happening()), 1..14)) {
        let mut house = House::new();
        let tagged = Selection { tags: vec!["sea".to_owned()], ..Selection::default() };
        let mut before = [None, None];
        for (day, what) in &story {
            happen(&house, *day, what);
            let as_of = Some(house.now);
            let latest = |wanted: &Selection| {
                house.open().latest_change(&Selection { as_of, ..wanted.clone() }).unwrap()
            };
            let now = [latest(&Selection::default()), latest(&tagged)];
            prop_assert!(now[0] >= before[0] && now[1] >= before[1], "{:?}: {:?} after {:?}", what, now, before);
            before = now;
            house.now += TimeDelta::seconds(1);
        }
        // It is a function of the records and the ledger alone.
        let as_of = Some(house.now - TimeDelta::seconds(1));
        fs::remove_file(house.file(".feedmill/index.sqlite")).unwrap();
        let latest = |wanted: &Selection| house.open().latest_change(&Selection { as_of, ..wanted.clone() }).unwrap();
        prop_assert_eq!([latest(&Selection::default()), latest(&tagged)], before);
    }
}

#[test]
fn an_article_is_shown_until_it_expires() {
    let house = House::new();
    let until = |when: &str| Some(at(when).fixed_offset());
    let soon = Article { expires: until("2024-02-01T00:00:00Z"), ..article("2023-07-09", "Soon", "x\n") };
    let path = house.put_one("a.txt", soon).path;
    house.put_one("b.txt", Article { expires: until("2024-03-01T00:00:00Z"), ..article("2023-07-10", "Later", "y\n") });
    let mut archive = house.open();
    assert_eq!(archive.next_expiry(house.now).unwrap(), Some(at("2024-02-01T00:00:00Z")));
    assert!(!archive.has_expired(at("2024-01-31T23:59:59Z")).unwrap());
    assert_eq!(archive.expire(at("2024-02-01T00:00:00Z")).unwrap(), [path.as_str()]);
    archive.commit().unwrap();
    assert_eq!(archive.next_expiry(at("2024-02-01T00:00:00Z")).unwrap(), Some(at("2024-03-01T00:00:00Z")));
    assert!(archive.expire(at("2024-02-02T00:00:00Z")).unwrap().is_empty(), "once");
    assert!(house.text(&path).contains("retraction: expired"));
}
