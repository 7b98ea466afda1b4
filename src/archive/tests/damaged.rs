//! What the disk, other programs and version control do to the index and to the ledger.

use super::*;

/// Flips so many bits, one at a time.
const FLIPS: usize = 200;

fn index_bytes(house: &House) -> Vec<u8> {
    fs::read(house.file(".feedmill/index.sqlite")).unwrap()
}

fn ledger_lines(house: &House) -> usize {
    fs::read_to_string(house.file("departed.jsonl")).map_or(0, |text| text.lines().count())
}

#[test]
fn every_flipped_bit_of_the_index_is_found_and_mended() {
    let house = House::new();
    for day in 1..7 {
        house.put_one(&format!("{day}.txt"), article(&format!("2023-07-0{day}"), &format!("Storm {day}"), "It blew."));
    }
    let whole = paths(&house.open(), &Selection::default());
    let (index, seal) = (index_bytes(&house), fs::read(house.file(".feedmill/index.seal")).unwrap());
    assert!(!house.open().was_damaged());
    for flip in 0..FLIPS {
        let mut damaged = index.clone();
        let at = flip * damaged.len() / FLIPS + flip * 7919 % (damaged.len() / FLIPS);
        damaged[at] ^= 1 << (flip % 8);
        fs::write(house.file(".feedmill/index.sqlite"), &damaged).unwrap();
        fs::write(house.file(".feedmill/index.seal"), &seal).unwrap();
        let archive = Archive::open(house.dir.path(), Access::Read, house.now).unwrap();
        assert!(archive.was_damaged(), "byte {at}");
        assert_eq!(paths(&archive, &Selection::default()), whole, "byte {at}");
        drop(archive);
        let archive = Archive::open(house.dir.path(), Access::Read, house.now).unwrap();
        assert!(!archive.was_damaged(), "it is told once: byte {at}");
    }
}

#[test]
fn a_copy_is_not_damaged_and_an_index_in_pieces_is_made_anew() {
    let house = House::new();
    house.put_one("a.txt", article("2023-07-09", "Storm", "one"));
    let index = index_bytes(&house);
    // As `cp -r` or a restored backup leaves it.
    fs::write(house.file(".feedmill/index.sqlite"), &index).unwrap();
    assert!(!house.open().was_damaged());
    for (what, bytes) in [("cut", &index[..index.len() / 2]), ("zeros", &vec![0; index.len()][..]), ("empty", &[])] {
        fs::write(house.file(".feedmill/index.sqlite"), bytes).unwrap();
        let mut archive = house.open();
        assert!(archive.was_damaged(), "{what}");
        assert_eq!(paths(&archive, &Selection::default()).len(), 1, "{what}");
        house.put(&mut archive, "b.txt", article("2023-07-10", what, what));
        archive.retract("2023/07/09/storm.txt", None, false, house.now).unwrap();
        archive.take_back("2023/07/09/storm.txt", house.now).unwrap();
        archive.commit().unwrap();
        drop(archive);
        fs::remove_file(house.file(&format!("2023/07/10/{what}.txt"))).unwrap();
    }
    // A writer that was killed leaves no seal; what SQLite can see is seen.
    fs::remove_file(house.file(".feedmill/index.seal")).unwrap();
    let mut torn = index_bytes(&house);
    let page = torn.len() / 4096 / 2 * 4096;
    torn[page..page + 4096].fill(0xa5);
    fs::write(house.file(".feedmill/index.sqlite"), &torn).unwrap();
    assert!(house.open().was_damaged());
}

#[test]
fn what_looks_the_same_is_looked_at_when_it_is_distrusted() {
    let house = House::new();
    house.put_one("a.txt", article("2023-07-09", "Storm", "one"));
    Archive::distrust(house.dir.path()).unwrap();
    assert!(!house.open().was_damaged());
    let mut index = index_bytes(&house);
    let at = index.windows(5).rposition(|bytes| bytes == b"Storm").unwrap();
    index[at] = b'T';
    fs::write(house.file(".feedmill/index.sqlite"), &index).unwrap();
    // As if the disk had done it: nobody has written to the file.
    let meta = fs::metadata(house.file(".feedmill/index.sqlite")).unwrap();
    let modified = meta.modified().unwrap().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos();
    let changed = {
        use std::os::unix::fs::MetadataExt;
        i128::from(meta.ctime()) * 1_000_000_000 + i128::from(meta.ctime_nsec())
    };
    let seal = fs::read_to_string(house.file(".feedmill/index.seal")).unwrap();
    let mut seal: serde_json::Value = serde_json::from_str(&seal).unwrap();
    seal["look"]["modified"] = serde_json::json!(modified as i64);
    seal["look"]["changed"] = serde_json::json!(changed as i64);
    fs::write(house.file(".feedmill/index.seal"), seal.to_string()).unwrap();
    assert!(!house.open().was_damaged(), "it is believed as long as it looks as it did");
    Archive::distrust(house.dir.path()).unwrap();
    let archive = house.open();
    let mut titles = Vec::new();
    archive
        .select(&Selection::default(), &mut |row| {
            titles.push(row.title);
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(titles, ["Storm"]);
}

#[test]
fn a_ledger_of_another_time_is_taken_up() {
    let house = House::new();
    let put = house.put_one("a.txt", article("2023-07-09", "Storm", "one"));
    house.put_one("b.txt", article("2023-07-10", "Calm", "two"));
    let record = fs::read(house.file(&put.path)).unwrap();
    fs::remove_file(house.file(&put.path)).unwrap();
    assert_eq!((house.rescan().removed, ledger_lines(&house)), (1, 1));
    let later = fs::read(house.file("departed.jsonl")).unwrap();
    let standing = |house: &House| {
        let archive = house.open();
        let of = |wanted: &Selection| archive.standing(house.now).unwrap().state(wanted).unwrap();
        (of(&Selection::default()), archive.latest_change(&Selection::default()).unwrap(), sums(&archive))
    };
    let fresh = |house: &House| {
        Archive::rebuild(house.dir.path(), house.now, &mut |_| {}).unwrap();
        standing(house)
    };
    let with = standing(&house);
    assert_eq!(with, fresh(&house));
    // Back, as `git checkout` goes: the record is there again, and the ledger is not.
    fs::write(house.file(&put.path), &record).unwrap();
    fs::remove_file(house.file("departed.jsonl")).unwrap();
    assert_eq!(house.rescan().added, 1);
    let without = standing(&house);
    assert_ne!(with, without);
    assert_eq!(without, fresh(&house));
    // And forth: the line is there already, and is not written a second time.
    fs::remove_file(house.file(&put.path)).unwrap();
    fs::write(house.file("departed.jsonl"), &later).unwrap();
    assert_eq!((house.rescan().removed, ledger_lines(&house)), (1, 1));
    assert_eq!(standing(&house), with);
    // A reader takes it up as well.
    fs::remove_file(house.file("departed.jsonl")).unwrap();
    let reader = Archive::open(house.dir.path(), Access::Read, house.now).unwrap();
    assert_eq!(reader.index.number("SELECT count(*) FROM departed", []).unwrap(), 0);
}

fn sums(archive: &Archive) -> Vec<PublicMonth> {
    archive.public_months(at("2030-01-01T00:00:00Z")).unwrap()
}

#[test]
fn a_writer_that_died_between_ledger_and_index_doubles_no_line() {
    let house = House::new();
    let put = house.put_one("a.txt", article("2023-07-09", "Storm", "one"));
    house.put_one("b.txt", article("2023-07-10", "Calm", "two"));
    let changed = Article { tags: vec!["Sea".to_owned()], ..article("2023-07-11", "Waves", "three") };
    let tagged = house.put_one("c.txt", changed);
    let index = index_bytes(&house);
    fs::remove_file(house.file(&put.path)).unwrap();
    house.edit(&tagged.path, "tags:\n- Sea\n", "");
    house.rescan();
    assert_eq!(ledger_lines(&house), 2);
    let (ledger, state) = (house.text("departed.jsonl"), sums(&house.open()));
    // The ledger is written and the index is not, as after a full disk, a failed sync or a kill.
    fs::write(house.file(".feedmill/index.sqlite"), &index).unwrap();
    fs::remove_file(house.file(".feedmill/index.seal")).unwrap();
    mark::set(&house.layout()).unwrap();
    let later = House { now: at("2024-01-02T05:04:05Z"), ..house };
    later.rescan();
    assert_eq!(later.text("departed.jsonl"), ledger);
    assert_eq!(sums(&later.open()), state);
    assert!(later.rescan().is_none());
}

#[test]
fn a_line_that_cannot_be_read_changes_nothing() {
    let house = House::new();
    let put = house.put_one("a.txt", article("2023-07-09", "Storm", "one"));
    fs::write(house.file("departed.jsonl"), "<<<<<<< ours\n").unwrap();
    let err = Archive::open(house.dir.path(), Access::Write, house.now).err().unwrap();
    assert!(err.subject().ends_with("departed.jsonl:1"), "{err}");
    fs::remove_file(house.file("departed.jsonl")).unwrap();
    assert_eq!(paths(&house.open(), &Selection::default()), [put.path]);
}

#[test]
fn a_day_that_cannot_be_listed_is_not_gone() {
    let house = House::new();
    let put = house.put_one("a.txt", article("2023-07-09", "Storm", "one"));
    house.put_one("b.txt", article("2023-08-10", "Calm", "two"));
    let (day, aside) = (house.file("2023/07/09"), house.file("aside"));
    fs::rename(&day, &aside).unwrap();
    // A link that leads to itself can be looked at by nobody, whoever he is.
    std::os::unix::fs::symlink(&day, &day).unwrap();
    let mut problems = Vec::new();
    let changes = house.open().rescan(house.now, &mut |change| {
        if let Change::Problem(err) = change {
            problems.push(err.subject().to_owned());
        }
    });
    assert_eq!((changes.unwrap().problems, problems.len()), (1, 1));
    assert!(problems[0].contains("2023/07/09"), "{problems:?}");
    assert_eq!((paths(&house.open(), &Selection::default()).len(), ledger_lines(&house)), (2, 0));
    fs::remove_file(&day).unwrap();
    fs::rename(&aside, &day).unwrap();
    assert!(house.rescan().is_none());
    assert!(house.open().read(&put.path).is_ok());
}

#[test]
fn new_records_have_names_that_every_system_can_store() {
    let house = House::new();
    let names = ["Con", "AUX!", "nul", "com1", "LPT9", "Console", "Con"];
    let put = names.map(|title| house.put_one(&format!("{title}{}", title.len()), article("2023-07-09", title, title)));
    let stored: Vec<&str> = put.iter().filter_map(|put| put.path.strip_prefix("2023/07/09/")).collect();
    assert_eq!(stored[..6], ["con-2.txt", "aux-2.txt", "nul-2.txt", "com1-2.txt", "lpt9-2.txt", "console.txt"]);
    // Records that are there stay.
    let old = house.file("2023/07/10/prn.txt");
    fs::create_dir_all(old.parent().unwrap()).unwrap();
    fs::write(&old, "---\ntitle: Prn\ndate: 2023-07-10\n---\n\nText.\n").unwrap();
    house.rescan();
    let replaced = house.put_one("prn.txt", Article { url: None, ..article("2023-07-10", "Prn", "Text.\n") });
    assert_eq!(replaced.path, "2023/07/10/prn.txt");
}

#[test]
fn a_record_that_was_written_under_another_extension_is_finished() {
    let house = House::new();
    let put = house.put_one("a.txt", article("2023-07-09", "Storm", "one"));
    let index = index_bytes(&house);
    let mut markdown = article("2023-07-09", "Storm", "*two*");
    markdown.body.kind = BodyKind::Markdown;
    let old = fs::read(house.file(&put.path)).unwrap();
    let new = house.put_one("a.txt", markdown.clone());
    assert_eq!(new.path, "2023/07/09/storm.md");
    let bytes = fs::read(house.file(&new.path)).unwrap();
    // Killed between the new file and the removal of the old one.
    fs::write(house.file(&put.path), &old).unwrap();
    fs::write(house.file(".feedmill/index.sqlite"), &index).unwrap();
    fs::remove_file(house.file(".feedmill/index.seal")).unwrap();
    mark::set(&house.layout()).unwrap();
    mark::announce(&house.layout(), [(&new.path, &bytes[..], None)].into_iter(), std::slice::from_ref(&put.path))
        .unwrap();
    assert!(house.rescan().is_none(), "a person has changed nothing");
    assert!(!house.file(&put.path).exists());
    assert_eq!(paths(&house.open(), &Selection::default()), std::slice::from_ref(&new.path));
    assert_eq!(house.put_one("a.txt", markdown).path, new.path);
}

#[test]
fn an_index_with_credentials_is_made_anew_without_them() {
    let house = House::new();
    let mut archive = house.open();
    let urls = ["https://bay.example/@ann/feed.xml", "https://ann:s3cret@bay.example/feed.xml"];
    archive.put_remote(urls[0], "{}").unwrap();
    archive.commit().unwrap();
    drop(archive);
    let known = |archive: &Archive| archive.remotes().unwrap().states().unwrap().len();
    let mut archive = house.open();
    assert_eq!(known(&archive), 1, "an @ in a path is no credential");
    archive.put_remote(urls[1], "{}").unwrap();
    archive.commit().unwrap();
    drop(archive);
    let archive = house.open();
    assert_eq!(known(&archive), 0);
    drop(archive);
    let index = house.layout().index();
    for entry in fs::read_dir(index.parent().unwrap()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap_or_default();
        assert!(!bytes.windows(6).any(|window| window == b"s3cret"));
    }
}

#[test]
fn a_record_with_credentials_is_the_article_of_its_source() {
    let house = House::new();
    let source = |origin: &str| Provenance { origin: origin.into(), format: "feed".into(), sha256: "0".repeat(64) };
    let plain = source("https://bay.example/feed.xml#7");
    let intake = Intake { zone: ZONE, now: house.now };
    let mut archive = house.open();
    let with_login = source("https://ann:s3cret@bay.example/feed.xml#7");
    let put = archive.put(article("2023-07-09", "Gulls", "The gulls are back."), &with_login, &intake).unwrap();
    archive.commit().unwrap();
    let path = house.layout().record(&put.path);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("origin: https://bay.example/feed.xml#7") && !text.contains("s3cret"), "{text}");
    let again = archive.put(article("2023-07-09", "Terns", "The terns are back, too."), &plain, &intake).unwrap();
    assert_eq!((again.path, again.outcome), (put.path, Outcome::Replaced));
}
