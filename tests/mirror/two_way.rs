//! Changes on both sides.

use std::fs;

use feedmill::archive::Fate;

use crate::house::{House, article};

const STORM: &str = "2023/07/09/storm.txt";

#[test]
fn an_edit_here_stays_and_is_no_conflict() {
    let (ledger, copy) = (House::with_articles("ledger"), House::new("copy"));
    copy.pull(&ledger);
    copy.edit(STORM, "closed", "locked");
    ledger.put([article("2023-07-20", "Calm", "All is calm.\n")]);
    ledger.publish();
    let pull = copy.pull(&ledger);
    pull.asked_for(&["archive/2023-07.json", "archive/2023/07/20/calm.txt"]);
    assert!(copy.text(STORM).contains("locked"));
    assert_eq!(copy.open().conflicts().unwrap(), [""; 0]);
}

#[test]
fn an_edit_on_both_sides_keeps_both_and_is_said_once() {
    let (ledger, copy) = (House::with_articles("ledger"), House::new("copy"));
    copy.pull(&ledger);
    copy.edit(STORM, "closed", "locked");
    ledger.edit(STORM, "closed", "shut");
    ledger.publish();
    let pull = copy.pull(&ledger);
    assert_eq!(pull.fates(), [Fate::Conflict]);
    let conflicts = copy.open().conflicts().unwrap();
    assert_eq!(conflicts.len(), 1);
    assert!(conflicts[0].starts_with(".feedmill/conflicts/2023/07/09/storm-"), "{conflicts:?}");
    let note = &pull.adopted[0].notes[0];
    assert!(
        note.contains("https://ledger.example/feeds/archive/2023/07/09/storm.txt") && note.contains(&conflicts[0]),
        "{note}"
    );
    assert!(copy.text(STORM).contains("locked"));
    assert_eq!(copy.text(&conflicts[0]), ledger.text(STORM));

    // Another article of the month changes: not a word of this one.
    ledger.put([article("2023-07-20", "Calm", "All is calm.\n")]);
    ledger.publish();
    assert_eq!(copy.pull(&ledger).fates(), [Fate::Added]);
    // Nor after the index was made anew.
    fs::remove_file(copy.path("archive/.feedmill/index.sqlite")).unwrap();
    assert_eq!(copy.pull(&ledger).fates(), []);

    // A further version over there is one more conflict.
    ledger.edit(STORM, "shut", "sealed");
    ledger.publish();
    assert_eq!(copy.pull(&ledger).fates(), [Fate::Conflict]);
    assert_eq!(copy.open().conflicts().unwrap().len(), 2);

    // A person takes theirs: both agree, and nothing is lost.
    let theirs = ledger.text(STORM);
    fs::write(copy.path("archive").join(STORM), theirs).unwrap();
    copy.rescan();
    ledger.edit(STORM, "sealed", "barred");
    ledger.publish();
    assert_eq!(copy.pull(&ledger).fates(), [Fate::Replaced]);
    assert_eq!(copy.open().conflicts().unwrap(), [""; 0]);
    let kept = fs::read_dir(copy.path("archive/.feedmill/revisions/2023/07/09/storm")).unwrap();
    let kept: Vec<String> = kept.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    assert!(kept.iter().any(|text| text.contains("shut")) && kept.iter().any(|text| text.contains("sealed")));
}

#[test]
fn equal_edits_on_both_sides_are_no_conflict() {
    let (ledger, copy) = (House::with_articles("ledger"), House::new("copy"));
    copy.pull(&ledger);
    copy.edit(STORM, "closed", "shut");
    ledger.edit(STORM, "closed", "shut");
    ledger.publish();
    assert_eq!(copy.pull(&ledger).fates(), []);
    ledger.edit(STORM, "shut", "sealed");
    ledger.publish();
    assert_eq!(copy.pull(&ledger).fates(), [Fate::Replaced]);
}

#[test]
fn a_conflict_that_a_person_has_ended_is_put_away() {
    let (ledger, copy) = (House::with_articles("ledger"), House::new("copy"));
    copy.pull(&ledger);
    copy.edit(STORM, "closed", "locked");
    ledger.edit(STORM, "closed", "shut");
    ledger.publish();
    copy.pull(&ledger);
    let theirs = copy.open().conflicts().unwrap().remove(0);
    fs::copy(copy.path("archive").join(theirs), copy.path("archive").join(STORM)).unwrap();
    copy.rescan();
    // The month is looked at again, and nothing was remembered.
    fs::remove_file(copy.path("archive/.feedmill/index.sqlite")).unwrap();
    fs::remove_dir_all(copy.path("archive/.feedmill/adopted")).unwrap();
    let pull = copy.pull(&ledger);
    assert_eq!((pull.fates(), pull.asked.len()), (vec![], 3));
    assert_eq!(copy.open().conflicts().unwrap(), [""; 0]);
}

#[test]
fn what_is_not_known_to_be_unchanged_is_never_overwritten() {
    let (ledger, copy) = (House::with_articles("ledger"), House::new("copy"));
    copy.pull(&ledger);
    copy.edit(STORM, "closed", "locked");
    ledger.edit(STORM, "closed", "shut");
    ledger.publish();
    // All that was remembered is lost.
    fs::remove_dir_all(copy.path("archive/.feedmill")).unwrap();
    assert_eq!(copy.pull(&ledger).fates(), [Fate::Conflict]);
    assert!(copy.text(STORM).contains("locked"));
}

#[test]
fn the_same_article_from_elsewhere_is_left_as_it_is() {
    let with_id = |text: &str| feedmill::article::Article {
        id: Some("tag:ledger.example,2023:storm".into()),
        ..article("2023-07-09", "Storm", text)
    };
    let (ledger, copy) = (House::new("ledger"), House::new("copy"));
    let theirs = feedmill::article::Article { url: Some("https://ledger.example/storm".into()), ..with_id("One.\n") };
    ledger.put([theirs.clone()]);
    ledger.publish();
    copy.put([with_id("One.\n")]);
    let before = copy.records();
    assert_eq!(copy.pull(&ledger).fates(), [Fate::Conflict], "it has no address here");
    assert_eq!(copy.records(), before);
    // Word for word the same, found in another place: nothing to say.
    let third = House::new("third");
    third.put([theirs]);
    third.edit(STORM, "inbox/", "elsewhere/");
    assert_eq!(third.pull(&ledger).fates(), [Fate::Same]);
}

#[test]
fn two_that_keep_copies_of_each_other_come_to_rest() {
    let (a, b) = (House::with_articles("ledger"), House::new("copy"));
    let both = || {
        for _ in 0..2 {
            a.publish();
            b.pull(&a);
            b.publish();
            a.pull(&b);
        }
    };
    both();
    b.edit(STORM, "closed", "shut");
    both();
    assert!(a.text(STORM).contains("shut"), "an edit over there of what was the same is taken over");
    a.put([article("2023-07-20", "Calm", "All is calm.\n")]);
    both();
    a.publish();
    b.pull(&a).asked_for(&[]);
    b.publish();
    a.pull(&b).asked_for(&[]);
    let mut public = a.records();
    public.retain(|path, _| !path.contains("secret") && !path.contains("later"));
    assert_eq!(public, b.records());
}
