//! Damage of what is derived, and what the disk refuses: feeds are those of an archive that nothing happened to.

use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::archive::Hash;
use crate::archive::manifest::{Listing, OVERVIEW, Overview};

fn bytes(house: &House) -> BTreeMap<PathBuf, Vec<u8>> {
    house.files().into_iter().map(|(path, (_, bytes))| (path, bytes)).collect()
}

fn specs() -> Vec<FeedSpec> {
    let culture = Selection { tags: vec!["culture".into()], ..Selection::default() };
    vec![
        FeedSpec { max_items: 4, ..FeedSpec::default() },
        FeedSpec { name: "culture".into(), selection: culture, ..FeedSpec::default() },
    ]
}

/// A house with articles of several months, and its feeds.
fn house() -> House {
    let house = House::new();
    let articles = (1..13).map(|n| Article {
        tags: if n % 3 == 0 { vec!["Culture".into()] } else { Vec::new() },
        ..article(&format!("2023-{:02}-{:02}", n % 4 + 5, n + 1), &format!("Strike {n}"))
    });
    house.put(NOW, articles);
    house.generate(&specs(), NOW);
    house
}

#[test]
fn no_flipped_bit_makes_another_feed() {
    let house = house();
    let whole = bytes(&house);
    let dir = house.dir.path().join("archive/.feedmill");
    let kept: BTreeMap<PathBuf, Vec<u8>> = tree(&dir).into_iter().map(|(path, (_, bytes))| (path, bytes)).collect();
    let restore = || {
        fs::remove_dir_all(&dir).unwrap();
        fs::create_dir(&dir).unwrap();
        kept.iter().for_each(|(path, bytes)| fs::write(path, bytes).unwrap());
    };
    for (name, flips) in [("index.sqlite", 40), ("generated.sqlite", 200)] {
        let path = dir.join(name);
        let sound = &kept[&path];
        for flip in 0..flips {
            restore();
            let mut damaged = sound.clone();
            let at = flip * damaged.len() / flips + flip * 7919 % (damaged.len() / flips);
            damaged[at] ^= 1 << (flip % 8);
            fs::write(&path, &damaged).unwrap();
            house.generate(&specs(), NOW);
            assert!(bytes(&house) == whole, "{name}, byte {at}");
        }
        for wrong in [&sound[..sound.len() / 3], &vec![0x5a; sound.len()][..]] {
            restore();
            fs::write(&path, wrong).unwrap();
            house.generate(&specs(), NOW);
            assert!(bytes(&house) == whole, "{name}, {} bytes", wrong.len());
        }
    }
}

#[test]
fn a_rebuilt_index_takes_everything_derived_with_it() {
    let house = house();
    let whole = bytes(&house);
    // A feed that was made of a damaged index, and is believed to be as it should.
    let path = house.out().join("atom.xml");
    let modified = fs::metadata(&path).unwrap().modified().unwrap();
    let wrong = String::from_utf8(whole[&path].clone()).unwrap().replace("Strike 11", "Strike 99");
    disk::write(&path, wrong.as_bytes(), Some(modified)).unwrap();
    house.generate(&specs(), NOW);
    assert!(bytes(&house) != whole, "it looks as it was left, and is believed");
    let compared = compare(&house.archive(Access::Read, NOW), &site(), &specs(), at(NOW), &house.out()).unwrap();
    assert_eq!(compared.other, std::slice::from_ref(&path));
    Archive::rebuild(&house.dir.path().join("archive"), at(NOW), &mut |_| {}).unwrap();
    house.generate(&specs(), NOW);
    assert!(bytes(&house) == whole);
    let compared = compare(&house.archive(Access::Read, NOW), &site(), &specs(), at(NOW), &house.out()).unwrap();
    assert!(compared.other.is_empty() && compared.documents >= 2 * RENDERERS.len(), "{compared:?}");
}

#[test]
fn feeds_that_wait_to_be_made_are_no_finding() {
    let house = house();
    house.put(NOW, [article("2023-12-01", "Later")]);
    let compared = || compare(&house.archive(Access::Read, NOW), &site(), &specs(), at(NOW), &house.out()).unwrap();
    assert!(compared().other.is_empty());
    house.generate(&specs(), NOW);
    fs::remove_file(house.out().join("rss.xml")).unwrap();
    assert_eq!(compared().other, [house.out().join("rss.xml")]);
}

#[test]
fn a_record_that_the_disk_refuses_keeps_its_place() {
    let house = House::new();
    let specs = [FeedSpec { max_items: 3, ..FeedSpec::default() }];
    house.put(NOW, (1..6).map(|n| article(&format!("2023-07-0{n}"), &format!("A{n}"))));
    house.generate(&specs, NOW);
    let record = house.dir.path().join("archive/2023/07/05/a5.txt");
    let text = fs::read(&record).unwrap();
    let modified = fs::metadata(&record).unwrap().modified().unwrap();
    // A directory in its place can be read by nobody.
    fs::remove_file(&record).unwrap();
    fs::create_dir(&record).unwrap();
    house.put(NOW, [article("2023-07-06", "A6")]);
    let report = house.generate(&specs, NOW);
    assert_eq!(titles(&house.read("feed.json")), ["A6", "A5", "A4"]);
    assert!(report.feeds[0].unreadable[0].subject().ends_with("2023/07/05/a5.txt"));
    fs::remove_dir(&record).unwrap();
    disk::write(&record, &text, Some(modified)).unwrap();
    assert!(house.generate(&specs, NOW).is_complete());
    let first = bytes(&house);
    fs::remove_dir_all(house.out()).unwrap();
    house.generate(&specs, NOW);
    assert!(bytes(&house) == first, "it is read again as soon as it can be");
}

#[test]
fn what_a_list_names_is_there_at_every_moment() {
    let house = House::new();
    house.put(NOW, (1..29).map(|n| article(&format!("2023-07-{n:02}"), &format!("Strike {n}"))));
    let publish = || publish_archive(&house.archive(Access::Read, NOW), &site(), at(NOW), &house.out()).unwrap();
    publish();
    let (dir, is_over) = (house.out().join("archive"), AtomicBool::new(false));
    let look = || {
        let Ok(bytes) = fs::read(dir.join("2023-07.json")) else { return 0 };
        let listing = Listing::read("2023-07.json", &bytes, "2023-07".parse().unwrap()).unwrap();
        for file in &listing.files {
            let Ok(found) = fs::read(dir.join(&file.path)) else {
                // It may have been withdrawn since: then no list names it.
                let now = fs::read(dir.join("2023-07.json")).unwrap();
                assert!(now != bytes, "{} is listed, and is not there", file.path);
                continue;
            };
            let is_other = found.len() as u64 != file.size || Hash::of(&found) != file.hash;
            assert!(!is_other || fs::read(dir.join("2023-07.json")).unwrap() != bytes, "{} is another", file.path);
        }
        listing.files.len()
    };
    std::thread::scope(|scope| {
        let watch = scope.spawn(|| {
            let mut looks = 0;
            while !is_over.load(Ordering::Relaxed) {
                look();
                looks += 1;
            }
            looks
        });
        for round in 0..6 {
            let text = |n: usize| Body { kind: BodyKind::Text, text: format!("Round {round} of {n}.\n\nThe end.\n") };
            house.put(
                NOW,
                (1..29)
                    .map(|n| Article { body: text(n), ..article(&format!("2023-07-{n:02}"), &format!("Strike {n}")) }),
            );
            house.put(NOW, [article("2023-07-20", &format!("News of round {round}"))]);
            let mut archive = house.archive(Access::Write, NOW);
            archive
                .retract(&format!("2023/07/{:02}/strike-{}.txt", round + 1, round + 1), None, false, at(NOW))
                .unwrap();
            archive.commit().unwrap();
            drop(archive);
            publish();
        }
        is_over.store(true, Ordering::Relaxed);
        assert!(watch.join().unwrap() > 5);
    });
    assert_eq!(look(), 28 + 6 - 6);
    let overview = Overview::read(OVERVIEW, &fs::read(house.out().join(OVERVIEW)).unwrap()).unwrap();
    assert_eq!(overview.articles(), 28);
}

#[test]
fn a_run_that_was_killed_leaves_no_copy_behind() {
    let house = House::new();
    house.put(NOW, [article("2023-07-09", "Strike"), article("2023-08-09", "Settled")]);
    let publish = || publish_archive(&house.archive(Access::Read, NOW), &site(), at(NOW), &house.out()).unwrap();
    publish();
    // Copied, and killed before any list has named it; then it was withdrawn.
    let stray = "2023/07/10/stray.txt";
    disk::create_dirs_above(&house.out().join("archive").join(stray)).unwrap();
    fs::write(house.out().join("archive").join(stray), "half public").unwrap();
    let mut memory = house.archive(Access::Read, NOW).generated(&house.out()).unwrap();
    let note = format!("[{stray:?}]");
    memory.put("archive.json/2023-07", crate::archive::Kept { fingerprint: Hash::of(b""), file: None, note }).unwrap();
    memory.commit().unwrap();
    assert_eq!(publish().removed, 1);
    assert!(!house.out().join("archive").join(stray).exists());
    assert!(publish().is_unchanged());
    // A month that has nothing to show any more goes with all that it named.
    let mut archive = house.archive(Access::Write, NOW);
    let path = "2023/08/09/settled.txt";
    fs::remove_file(house.dir.path().join("archive").join(path)).unwrap();
    archive.rescan(at(NOW), &mut |_| {}).unwrap();
    drop(archive);
    publish();
    assert!(!house.out().join("archive").join(path).exists());
}
