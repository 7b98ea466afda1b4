//! Keeping a copy of another archive.

use std::fs;

use feedmill::archive::{Fate, Outcome};
use feedmill::error::Error;

use crate::house::{House, article};

#[test]
fn the_first_pull_brings_all_and_the_second_asks_for_the_overview_only() {
    let (ledger, copy) = (House::with_articles("ledger"), House::new("copy"));
    let pull = copy.pull(&ledger);
    pull.asked_for(&[
        "archive/2023-08.json",
        "archive/2023/08/01/grosse-mehr.txt",
        "archive/2023-07.json",
        "archive/2023/07/09/storm-2.txt",
        "archive/2023/07/09/storm.txt",
        "archive/2023/07/10/map-of-the-flood.txt",
        "archive/2023/07/10/files/23e1765cd96692fc-map.png",
        "archive/2023-05.json",
        "archive/2023/05/01/ferry.txt",
    ]);
    assert_eq!(pull.fates(), [Fate::Added; 5]);
    assert_eq!((pull.summary.articles, pull.summary.months, pull.summary.title.as_deref()), (5, 3, Some("ledger")));
    let mut expected = ledger.records();
    expected.retain(|path, _| !path.contains("secret") && !path.contains("later"));
    assert_eq!(copy.records(), expected);
    copy.pull(&ledger).asked_for(&[]);
    // A copy shows itself as the original does.
    copy.publish();
    let name = "archive/2023-07.json";
    assert_eq!(copy.published()[name].1, ledger.published()[name].1);
}

#[test]
fn one_change_asks_for_one_month_and_one_record() {
    let (ledger, copy) = (House::with_articles("ledger"), House::new("copy"));
    copy.pull(&ledger);
    ledger.edit("2023/07/10/map-of-the-flood.txt", "See the map", "See the corrected map");
    ledger.publish();
    let before = copy.text("2023/07/10/map-of-the-flood.txt");
    let pull = copy.pull(&ledger);
    // The file that came with it is here.
    pull.asked_for(&["archive/2023-07.json", "archive/2023/07/10/map-of-the-flood.txt"]);
    assert_eq!(pull.fates(), [Fate::Replaced]);
    assert_eq!(copy.text("2023/07/10/map-of-the-flood.txt"), ledger.text("2023/07/10/map-of-the-flood.txt"));
    let kept = copy.path("archive/.feedmill/revisions/2023/07/10/map-of-the-flood");
    let kept = fs::read_dir(kept).unwrap().next().unwrap().unwrap().path();
    assert_eq!(fs::read_to_string(kept).unwrap(), before);
    copy.pull(&ledger).asked_for(&[]);
}

#[test]
fn an_index_made_anew_asks_for_lists_and_for_no_record() {
    let (ledger, copy) = (House::with_articles("ledger"), House::new("copy"));
    copy.pull(&ledger);
    let lists = ["archive/2023-08.json", "archive/2023-07.json", "archive/2023-05.json"];
    fs::remove_file(copy.path("archive/.feedmill/index.sqlite")).unwrap();
    copy.pull(&ledger).asked_for(&lists);
    // What was remembered of the other archive is gone too: what is equal is known again.
    fs::remove_dir_all(copy.path("archive/.feedmill")).unwrap();
    copy.pull(&ledger).asked_for(&lists);
    ledger.edit("2023/07/09/storm.txt", "closed", "shut");
    ledger.publish();
    let pull = copy.pull(&ledger);
    pull.asked_for(&["archive/2023-07.json", "archive/2023/07/09/storm.txt"]);
    assert_eq!(pull.fates(), [Fate::Replaced]);
}

#[test]
fn stopped_at_any_moment_and_taken_up_again_it_comes_to_the_same() {
    let (ledger, undisturbed) = (House::with_articles("ledger"), House::new("copy"));
    let all = undisturbed.pull(&ledger).asked;
    for most in 1..=12 {
        let copy = House::new("copy");
        let first = copy.pull_with(&ledger, &mut |url, _| ledger.get(url), most);
        let second = copy.pull(&ledger);
        assert_eq!(second.problems, [""; 0], "after {most}");
        assert_eq!(copy.records(), undisturbed.records(), "after {most}");
        // No record is fetched twice, and no list of a month that was done.
        let mut asked = [first.asked, second.asked].concat();
        asked.sort();
        asked.dedup_by(|a, b| a == b && a.ends_with(".json"));
        let mut expected = all.clone();
        expected.sort();
        assert_eq!(asked, expected, "after {most}");
        copy.pull(&ledger).asked_for(&[]);
    }
}

#[test]
fn a_run_that_was_killed_before_it_committed_loses_nothing() {
    let (ledger, copy) = (House::with_articles("ledger"), House::new("copy"));
    copy.pull(&ledger);
    let index = fs::read(copy.path("archive/.feedmill/index.sqlite")).unwrap();
    ledger.edit("2023/07/09/storm.txt", "closed", "shut");
    ledger.put([article("2023-07-20", "Calm", "All is calm.\n")]);
    ledger.publish();
    copy.pull(&ledger);
    let done = copy.records();
    let remembered = fs::read(copy.path("archive/.feedmill/adopted/2023-07.jsonl")).unwrap();
    // Records and what is remembered of them are newer than the index, as after a kill before the commit.
    fs::write(copy.path("archive/.feedmill/index.sqlite"), &index).unwrap();
    fs::write(copy.path("archive/.feedmill/writing"), "").unwrap();
    let pull = copy.pull(&ledger);
    pull.asked_for(&["archive/2023-07.json"]);
    assert_eq!(copy.records(), done);

    // Two records were remembered, and the kill came before they were written.
    fs::write(copy.path("archive/.feedmill/index.sqlite"), &index).unwrap();
    fs::write(copy.path("archive/.feedmill/writing"), "").unwrap();
    fs::write(copy.path("archive/.feedmill/adopted/2023-07.jsonl"), remembered).unwrap();
    fs::remove_file(copy.path("archive/2023/07/20/calm.txt")).unwrap();
    let former = fs::read_dir(copy.path("archive/.feedmill/revisions/2023/07/09/storm")).unwrap().next().unwrap();
    fs::copy(former.unwrap().path(), copy.path("archive/2023/07/09/storm.txt")).unwrap();
    let pull = copy.pull(&ledger);
    pull.asked_for(&["archive/2023-07.json", "archive/2023/07/09/storm.txt", "archive/2023/07/20/calm.txt"]);
    assert_eq!(pull.fates(), [Fate::Replaced, Fate::Added]);
    assert_eq!(copy.records(), done);
}

#[test]
fn what_has_left_over_there_is_said_once_and_stays() {
    let (ledger, copy) = (House::with_articles("ledger"), House::new("copy"));
    copy.pull(&ledger);
    let before = copy.records();
    ledger.remove("2023/05/01/ferry.txt");
    ledger.publish();
    assert_eq!(copy.pull(&ledger).left, ["2023/05/01/ferry.txt"]);
    assert_eq!(copy.records(), before);
    ledger.put([article("2023-05-02", "Pump", "It is back.\n")]);
    ledger.publish();
    let pull = copy.pull(&ledger);
    assert_eq!((pull.left, pull.asked.len()), (Vec::new(), 2));
}

#[test]
fn what_is_retracted_over_there_is_retracted_here_and_returns() {
    let (ledger, copy) = (House::with_articles("ledger"), House::new("copy"));
    copy.pull(&ledger);
    let (ferry, storm) = ("2023/05/01/ferry.txt", "2023/07/09/storm.txt");
    ledger.retract(ferry, "It was not \"late\".");
    ledger.retract(storm, "no");
    copy.edit(storm, "title: Storm\n", "title: Gale\n");
    ledger.publish();
    assert!(!ledger.published().contains_key("archive/2023/05/01/ferry.txt"));
    let pull = copy.pull(&ledger);
    assert_eq!((pull.retracted, pull.left), (vec![ferry.to_owned()], vec![storm.to_owned()]));
    let text = copy.text(ferry);
    assert!(text.contains("retraction: It was not \"late\".\nretracted_by: source\n"), "{text}");
    assert!(!copy.text(storm).contains("retracted"), "who has changed it decides");
    copy.publish();
    assert!(!copy.published().contains_key("archive/2023/05/01/ferry.txt"));
    copy.pull(&ledger).asked_for(&[]);
    fs::remove_file(copy.path("archive/.feedmill/index.sqlite")).unwrap();
    assert_eq!(copy.pull(&ledger).retracted, [""; 0]);
    assert_eq!(copy.text(ferry), text);

    ledger.take_back(ferry);
    ledger.publish();
    assert_eq!(copy.pull(&ledger).fates(), [Fate::Replaced]);
    assert_eq!(copy.text(ferry), ledger.text(ferry));
    assert!(copy.open().conflicts().unwrap().is_empty());
}

#[test]
fn what_was_removed_here_stays_away() {
    let (ledger, copy) = (House::with_articles("ledger"), House::new("copy"));
    copy.pull(&ledger);
    copy.remove("2023/07/09/storm.txt");
    ledger.edit("2023/07/09/storm.txt", "closed", "shut");
    ledger.publish();
    assert_eq!(copy.pull(&ledger).fates(), [Fate::Departed]);
    assert!(!copy.path("archive/2023/07/09/storm.txt").exists());
    fs::remove_file(copy.path("archive/.feedmill/index.sqlite")).unwrap();
    assert_eq!(copy.pull(&ledger).asked.len(), 3, "three lists, no record");
    assert!(!copy.path("archive/2023/07/09/storm.txt").exists());
}

#[test]
fn a_server_in_trouble_is_left_alone_and_asked_again_the_next_time() {
    let (ledger, copy) = (House::new("ledger"), House::new("copy"));
    ledger.put((1..=28).map(|day| article(&format!("2023-02-{day:02}"), &format!("Day {day}"), "Text.\n")));
    ledger.publish();
    let mut answers = 0;
    let mut web = |url: &str, _: u64| {
        answers += 1;
        match answers {
            ..=5 => ledger.get(url),
            _ => Err(Error::io("fetch", url, std::io::ErrorKind::ConnectionReset.into())),
        }
    };
    let pull = copy.pull_with(&ledger, &mut web, usize::MAX);
    assert_eq!((pull.adopted.len(), pull.problems.len(), pull.summary.is_complete), (3, 10, false));
    let pull = copy.pull(&ledger);
    assert_eq!((pull.adopted.len(), pull.summary.is_complete), (25, true));
    assert_eq!(copy.records(), ledger.records());
}

#[test]
fn a_record_that_moved_over_there_is_known_by_its_id() {
    let (ledger, copy) = (House::with_articles("ledger"), House::new("copy"));
    copy.pull(&ledger);
    let path = |path: &str| ledger.path("archive").join(path);
    fs::rename(path("2023/07/09/storm.txt"), path("2023/07/10/gale.txt")).unwrap();
    ledger.edit("2023/07/10/gale.txt", "closed", "shut");
    ledger.publish();
    let pull = copy.pull(&ledger);
    assert_eq!((pull.fates(), pull.left.len()), (vec![Fate::Replaced], 0));
    assert!(copy.text("2023/07/09/storm.txt").contains("shut"));
}

#[test]
fn articles_of_its_own_stay_apart() {
    let (ledger, copy) = (House::with_articles("ledger"), House::new("copy"));
    // The same path and the same place in an inbox, and another article of another archive.
    copy.put([article("2023-07-09", "Storm", "We had sun.\n")]);
    let pull = copy.pull(&ledger);
    let storm = pull.adopted.iter().find(|adoption| !adoption.notes.is_empty()).unwrap();
    assert_eq!((storm.fate, storm.path.as_str()), (Fate::Added, "2023/07/09/storm-3.txt"));
    assert_eq!(
        storm.notes,
        ["stands at 2023/07/09/storm-3.txt here, since another article has its path 2023/07/09/storm.txt"]
    );
    assert_eq!(copy.text(&storm.path), ledger.text("2023/07/09/storm.txt"));
    assert!(copy.text("2023/07/09/storm.txt").contains("We had sun"));
    copy.pull(&ledger).asked_for(&[]);
}

#[test]
fn an_inbox_here_is_not_the_inbox_over_there() {
    let (ledger, copy) = (House::new("ledger"), House::new("copy"));
    ledger.put_from("inbox/a.txt", article("2023-05-01", "Ferry", "The ferry was late.\n"));
    ledger.publish();
    copy.pull(&ledger);
    let before = copy.text("2023/05/01/ferry.txt");
    assert!(before.contains("origin: inbox/a.txt"), "{before}");
    let put = copy.put_from("inbox/a.txt", article("2023-06-01", "Pump", "The pump is back.\n"));
    assert_eq!((put.outcome, put.path.as_str()), (Outcome::Added, "2023/06/01/pump.txt"));
    // Nor once the index was made anew, and the source has changed.
    fs::remove_file(copy.path("archive/.feedmill/index.sqlite")).unwrap();
    let put = copy.put_from("inbox/a.txt", article("2023-06-01", "Pump", "The pump is back again.\n"));
    assert_eq!((put.outcome, put.path.as_str()), (Outcome::Replaced, "2023/06/01/pump.txt"));
    assert_eq!(copy.text("2023/05/01/ferry.txt"), before);
    // It is found by where it stands over there.
    let url = "https://ledger.example/feeds/archive/2023/05/01/ferry.txt";
    assert_eq!(copy.open().find(url).unwrap()[0].path, "2023/05/01/ferry.txt");
}
