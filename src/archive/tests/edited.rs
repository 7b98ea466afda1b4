//! Records that people, other programs or a crash have changed, removed or damaged.

use super::*;

#[test]
fn a_reader_never_takes_half_an_index_for_the_whole() {
    let house = House::new();
    let put = house.put_one("a.txt", article("2023-07-09", "Storm", "one"));
    // As a rebuild leaves it that is killed in the middle.
    drop(index::Index::create(&house.file(".feedmill/index.sqlite")).unwrap());
    let reader = Archive::open(house.dir.path(), Access::Read, house.now).unwrap();
    assert_eq!(paths(&reader, &Selection::default()), [put.path]);
    drop(reader);
    drop(index::Index::create(&house.file(".feedmill/index.sqlite")).unwrap());
    let _writer = lock::take(&house.file(".feedmill/lock")).unwrap();
    let err = Archive::open(house.dir.path(), Access::Read, house.now).err().unwrap();
    assert!(err.is_locked(), "{err}");
}

#[test]
fn an_index_that_lags_behind_doubles_nothing() {
    let house = House::new();
    house.put_one("a.txt", article("2023-07-08", "Gale", "one"));
    let index = house.file(".feedmill/index.sqlite");
    let older = fs::read(&index).unwrap();
    house.put_one("b.txt", article("2023-07-09", "Storm", "two"));
    for suffix in ["-wal", "-shm"] {
        let _ = fs::remove_file(house.file(&format!(".feedmill/index.sqlite{suffix}")));
    }
    fs::write(&index, older).unwrap();
    assert_eq!(house.put_one("b.txt", article("2023-07-09", "Storm", "two")).outcome, Outcome::Same);
    assert!(!house.file("2023/07/09/storm-2.txt").exists());
}

#[test]
fn what_was_removed_by_hand_stays_away() {
    let house = House::new();
    let put = house.put_one("a.txt", article("2023-07-09", "Storm", "one"));
    fs::remove_file(house.file(&put.path)).unwrap();
    house.rescan();
    assert_eq!(house.put_one("a.txt", article("2023-07-09", "Storm", "one")).outcome, Outcome::Departed);
    fs::remove_file(house.file(".feedmill/index.sqlite")).unwrap();
    assert_eq!(house.put_one("a.txt", article("2023-07-09", "Storm", "one")).outcome, Outcome::Departed);
    assert_eq!(house.put_one("a.txt", article("2023-07-09", "Storm", "news")).outcome, Outcome::Added);
}

#[test]
fn a_record_in_the_way_is_named() {
    let house = House::new();
    let put = house.put_one("a.txt", article("2023-07-09", "Storm", "one"));
    fs::write(house.file(&put.path), "---\ntitle: [\n---\n").unwrap();
    let mut archive = house.open();
    let source = Provenance { origin: "a.txt".to_owned(), format: "text".to_owned(), sha256: String::new() };
    let intake = Intake { zone: ZONE, now: house.now };
    let err = archive.put(article("2023-07-09", "Storm", "two"), &source, &intake).unwrap_err();
    assert!(err.is_record() && err.to_string().contains("storm.txt"), "{err}");
}

#[test]
fn an_edit_by_hand_is_found_and_outlives_a_change_of_the_source() {
    let house = House::new();
    let put = house.put_one("a.txt", article("2023-07-09", "Strom", "one"));
    house.edit(&put.path, "title: Strom\n", "title: Storm\ntags: [weather]\n");
    assert_eq!(house.put_one("a.txt", article("2023-07-09", "Strom", "one")).outcome, Outcome::Same);
    let changes = house.rescan();
    assert_eq!((changes.records, changes.changed, changes.problems), (1, 1, 0));
    assert!(house.rescan().is_none());
    let archive = house.open();
    let weather = Selection { tags: vec!["Weather".to_owned()], ..Selection::default() };
    assert_eq!(paths(&archive, &weather), std::slice::from_ref(&put.path));
    assert_eq!(archive.edited_fields(&put.path).unwrap().unwrap(), ["title", "tags"]);
    drop(archive);

    let replaced = house.put_one("a.txt", article("2023-07-09", "Strom", "two"));
    assert_eq!(replaced.outcome, Outcome::Replaced);
    assert!(replaced.notes.len() == 1 && replaced.notes[0].ends_with("by hand: title, tags"), "{:?}", replaced.notes);
    let text = house.text(&put.path);
    assert!(text.contains("title: Storm\n") && text.ends_with("two"), "{text}");
}

#[test]
fn a_lost_index_is_made_anew_without_forgetting_edits() {
    let house = House::new();
    let put = house.put_one("a.txt", article("2023-07-09", "Strom", "one"));
    house.edit(&put.path, "title: Strom", "title: Storm");
    for damage in [None, Some("no database"), Some("")] {
        let index = house.file(".feedmill/index.sqlite");
        match damage {
            None => fs::remove_file(&index).unwrap(),
            Some(bytes) => fs::write(&index, bytes).unwrap(),
        }
        let reader = Archive::open(house.dir.path(), Access::Read, house.now).unwrap();
        assert_eq!(paths(&reader, &Selection::default()), std::slice::from_ref(&put.path));
        assert_eq!(house.put_one("a.txt", article("2023-07-09", "Strom", "one")).outcome, Outcome::Same);
        assert!(house.text(&put.path).contains("title: Storm"));
    }
    // The source was read again since: what ingest wrote is known once more.
    let notes = house.put_one("a.txt", article("2023-07-09", "Strom", "two")).notes;
    assert!(notes.len() == 1 && notes[0].ends_with("by hand: title"), "{notes:?}");
}

#[test]
fn a_record_written_by_hand_is_completed_once() {
    let house = House::new();
    drop(house.open());
    fs::create_dir_all(house.file("2023/07/09")).unwrap();
    fs::write(house.file("2023/07/09/note.md"), "---\ntitle: A note\ndate: 2023-07-09\n---\nHello.\n").unwrap();
    assert_eq!(house.rescan().added, 1);
    let text = house.text("2023/07/09/note.md");
    assert!(text.contains("id: urn:uuid:") && text.contains("published: 2023-07-09T12:00:00Z"), "{text}");
    assert!(house.rescan().is_none());
    assert_eq!(house.text("2023/07/09/note.md"), text);

    // A broken one is reported at every scan and harms nothing else; a copy with the same id likewise.
    fs::write(house.file("2023/07/09/broken.md"), "---\ntitle: [\n---\n").unwrap();
    fs::copy(house.file("2023/07/09/note.md"), house.file("2023/07/09/copy.md")).unwrap();
    for _ in 0..2 {
        let mut problems = Vec::new();
        let changes = house
            .open()
            .rescan(house.now, &mut |change| {
                if let Change::Problem(err) = change {
                    problems.push(err.to_string());
                }
            })
            .unwrap();
        assert_eq!(changes.problems, 2);
        assert!(problems.iter().any(|p| p.contains("broken.md")), "{problems:?}");
        assert!(problems.iter().any(|p| p.contains("copy.md") && p.contains("is that of")), "{problems:?}");
    }
}

#[test]
fn a_record_that_is_moved_keeps_its_id() {
    let house = House::new();
    let put = house.put_one("a.txt", article("2023-07-09", "Storm", "one"));
    fs::create_dir_all(house.file("2023/07/10")).unwrap();
    fs::rename(house.file(&put.path), house.file("2023/07/10/gale.txt")).unwrap();
    let changes = house.rescan();
    assert_eq!((changes.moved, changes.removed, changes.added), (1, 0, 0));
    assert!(!house.file("departed.jsonl").exists());
    let archive = house.open();
    assert_eq!(archive.find("a.txt").unwrap()[0].path, "2023/07/10/gale.txt");
    let mut findings = Vec::new();
    archive.check(&mut |finding| findings.push(finding), &mut |_| {}).unwrap();
    assert_eq!(findings.len(), 1);
    assert!(findings[0].message.contains("another day"), "{findings:?}");
}

#[test]
fn an_interrupted_writer_is_cleaned_up_after() {
    let house = House::new();
    house.put_one("a.txt", article("2023-07-09", "Storm", "one"));
    let mut archive = house.open();
    house.put(&mut archive, "b.txt", article("2023-07-10", "Gale", "two"));
    // As a killed process would: the record is written, the index is not committed.
    archive.flush().unwrap();
    archive.settle().unwrap();
    drop(archive);
    assert!(house.file(".feedmill/writing").exists() && house.file("2023/07/10/gale.txt").exists());
    let mut archive = house.open();
    assert_eq!(paths(&archive, &Selection::default()), ["2023/07/10/gale.txt", "2023/07/09/storm.txt"]);
    let again = house.put(&mut archive, "b.txt", article("2023-07-10", "Gale", "two"));
    assert_eq!((again.outcome, &*again.path), (Outcome::Same, "2023/07/10/gale.txt"));
}

#[test]
fn check_finds_silent_damage() {
    let house = House::new();
    let put = house.put_one("a.txt", article("2023-07-09", "Storm", "one"));
    let file = house.file(&put.path);
    let time = fs::metadata(&file).unwrap().modified().unwrap();
    house.edit(&put.path, "one", "0ne");
    fs::File::options().write(true).open(&file).unwrap().set_modified(time).unwrap();
    let mut found = Vec::new();
    assert_eq!(house.open().check(&mut |finding| found.push(finding.message), &mut |_| {}).unwrap(), 1);
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("other bytes"), "{found:?}");
}

#[test]
fn an_index_that_nobody_may_write_to_can_be_read() {
    let house = House::new();
    house.put_one("a.txt", article("2023-07-09", "Storm", "one"));
    // Root may write everywhere, so the way of those who may not is taken directly.
    let index = index::open_as_it_stands(&house.file(".feedmill/index.sqlite")).unwrap();
    assert!(index.is_complete().unwrap());
    assert_eq!(index.number("SELECT count(*) FROM articles", []).unwrap(), 1);
    assert!(index.run("DELETE FROM articles").is_err());
    assert!(index::open_as_it_stands(&house.file("archive.toml")).is_err());
}
