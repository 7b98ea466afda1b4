//! What an archive shows of itself.

use std::fs;

use expect_test::expect;
use feedmill::archive::manifest::{Listing, Overview};
use feedmill::article::Article;
use feedmill::generate::publish_archive;

use crate::house::{House, NOW, article, at};

#[test]
fn lists_name_what_is_public_and_nothing_else() {
    let house = House::with_articles("ledger");
    let published = house.published();
    let names: Vec<&str> = published.keys().map(String::as_str).collect();
    expect![[r#"
        [
            "archive.json",
            "archive/2023-05.json",
            "archive/2023-07.json",
            "archive/2023-08.json",
            "archive/2023/05/01/ferry.txt",
            "archive/2023/07/09/storm-2.txt",
            "archive/2023/07/09/storm.txt",
            "archive/2023/07/10/files/23e1765cd96692fc-map.png",
            "archive/2023/07/10/map-of-the-flood.txt",
            "archive/2023/08/01/grosse-mehr.txt",
        ]
    "#]]
    .assert_debug_eq(&names);
    for (path, bytes) in house.records() {
        let is_public = !path.contains("secret") && !path.contains("later");
        assert_eq!(
            published.get(&format!("archive/{path}")).map(|(_, copy)| copy),
            is_public.then_some(&bytes),
            "{path}"
        );
    }
    let text = |name: &str| String::from_utf8(published[name].1.clone()).unwrap();
    expect![[r#"
        {"feedmill_archive":1,"uuid":"0ae4e278-7e4e-5e26-8fdc-67af140393ee","title":"ledger","updated":"2023-08-01T11:00:00Z","articles":5,"months":[
        {"month":"2023-05","path":"archive/2023-05.json","articles":1,"size":151,"sha256":"62d55a075a88e2cb242c493cf492a8f23729014b005d9fef7f5feb5ec4c4986f","state":"fe083c8977c81362ab481019d9eb1039"},
        {"month":"2023-07","path":"archive/2023-07.json","articles":3,"size":543,"sha256":"0563e83b3974901c06656975b164ed63e226e67884ae73b4bf1e76e67d89dc98","state":"aa58583af60c773b2d62274f92fbf51e"},
        {"month":"2023-08","path":"archive/2023-08.json","articles":1,"size":157,"sha256":"8314386491ffe7dfaace5dfeee55d5b65bbe12cfeb12a9f9ce4ca0aca6544173","state":"643ce5ffc3480a6463754f3325147b90"}
        ]}
    "#]].assert_eq(&text("archive.json"));
    expect![[r#"
        {"month":"2023-07","files":[
        {"path":"2023/07/09/storm-2.txt","size":387,"sha256":"c285793d122f1506b81d476a47a837dc3523305923c61a51ab299beae629410d"},
        {"path":"2023/07/09/storm.txt","size":391,"sha256":"0f9bb93d718f5e0dd932b4387fa82930a7751d9fce902249ec47d94f449199dd"},
        {"path":"2023/07/10/files/23e1765cd96692fc-map.png","size":5,"sha256":"23e1765cd96692fcbaafc1b70970e2dd0f25f9454193be4ab4f10ab8248adbe4"},
        {"path":"2023/07/10/map-of-the-flood.txt","size":478,"sha256":"ea10fdb5ebd50abe8f06c2956c2705284b61ca60da372bddcb7cf06e9b8a8f20"}
        ]}
    "#]].assert_eq(&text("archive/2023-07.json"));
    let all: String = published.values().map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect();
    assert!(!all.contains("secret") && !all.contains("later"));
}

#[test]
fn what_is_listed_is_there() {
    let house = House::with_articles("ledger");
    let bytes = |name: &str| fs::read(house.path("feeds").join(name)).unwrap();
    let overview = Overview::read("o", &bytes("archive.json")).unwrap();
    assert_eq!((overview.articles(), overview.months.len()), (5, 3));
    for listed in &overview.months {
        let list = bytes(&format!("archive/{}.json", listed.month));
        assert_eq!((list.len() as u64, feedmill::archive::Hash::of(&list)), (listed.size, listed.hash));
        let listing = Listing::read("l", &list, listed.month).unwrap();
        assert_eq!(listing.articles(), listed.articles);
        for file in &listing.files {
            let copy = bytes(&format!("archive/{}", file.path));
            assert_eq!(
                (copy.len() as u64, feedmill::archive::Hash::of(&copy)),
                (file.size, file.hash),
                "{}",
                file.path
            );
        }
        assert_eq!(listing.write(), list);
    }
    assert_eq!(overview.write(), bytes("archive.json"));
}

#[test]
fn the_second_time_nothing_is_touched_and_an_index_made_anew_changes_nothing() {
    let house = House::with_articles("ledger");
    let before = house.published();
    assert!(house.publish().is_unchanged());
    fs::remove_dir_all(house.path("archive/.feedmill")).unwrap();
    assert!(house.publish().is_unchanged());
    assert_eq!(house.published(), before);
    // From nothing, the same bytes.
    fs::remove_dir_all(house.path("feeds")).unwrap();
    house.publish();
    let contents = |files: std::collections::BTreeMap<String, (std::time::SystemTime, Vec<u8>)>| {
        files.into_iter().map(|(path, (_, bytes))| (path, bytes)).collect::<Vec<_>>()
    };
    assert_eq!(contents(house.published()), contents(before));
}

#[test]
fn one_more_article_copies_one_file_and_lists_one_month() {
    let house = House::with_articles("ledger");
    let before = house.published();
    house.put([article("2023-07-20", "Calm", "All is calm.\n")]);
    let done = house.publish();
    assert_eq!((done.articles, done.copied, done.relisted, done.removed), (6, 1, 1, 0));
    let after = house.published();
    let touched: Vec<&str> =
        after.iter().filter(|(path, file)| before.get(*path) != Some(file)).map(|(path, _)| path.as_str()).collect();
    assert_eq!(touched, ["archive.json", "archive/2023-07.json", "archive/2023/07/20/calm.txt"]);
}

#[test]
fn what_is_public_no_longer_is_removed_and_told() {
    let house = House::with_articles("ledger");
    house.edit("2023/05/01/ferry.txt", "date: 2023-05-01\n", "date: 2023-05-01\ndraft: true\n");
    house.remove("2023/07/10/map-of-the-flood.txt");
    house.remove("2023/08/02/secret.txt");
    fs::write(house.path("feeds/archive/2023/07/10/notes.txt"), "of somebody else").unwrap();
    let done = house.publish();
    assert_eq!((done.articles, done.copied, done.relisted, done.removed), (3, 0, 2, 3));
    let names: Vec<String> = house.published().into_keys().collect();
    assert!(!names.iter().any(|name| name.contains("ferry") || name.contains("map")), "{names:?}");
    assert!(names.contains(&"archive/2023/07/10/notes.txt".to_owned()), "{names:?}");
    let list = fs::read_to_string(house.path("feeds/archive/2023-05.json")).unwrap();
    assert!(list.contains("\"left\":[\n{\"path\":\"2023/05/01/ferry.txt\",\"id\":\"urn:uuid:"), "{list}");
    let all = fs::read_to_string(house.path("feeds/archive/2023-08.json")).unwrap();
    assert!(!all.contains("left"), "nobody ever saw the draft: {all}");
    // It is public again.
    house.edit("2023/05/01/ferry.txt", "draft: true\n", "");
    assert_eq!(house.publish().copied, 1);
    let list = fs::read_to_string(house.path("feeds/archive/2023-05.json")).unwrap();
    assert!(!list.contains("left"), "{list}");
}

#[test]
fn an_instant_decides_what_is_public() {
    let house = House::with_articles("ledger");
    let now = house.published();
    let later = house.publish_at("2024-02-01T10:00:00Z");
    assert_eq!((later.articles, later.copied), (6, 1));
    let earlier = house.publish_at("2023-07-10T00:00:00Z");
    assert_eq!((earlier.articles, earlier.months, earlier.removed), (3, 2, 4));
    house.publish();
    let bytes = |files: &std::collections::BTreeMap<String, (std::time::SystemTime, Vec<u8>)>| {
        files.iter().map(|(path, (_, bytes))| (path.clone(), bytes.clone())).collect::<Vec<_>>()
    };
    assert_eq!(bytes(&house.published()), bytes(&now));
}

#[test]
fn a_record_that_the_index_does_not_know_as_it_is_waits() {
    let house = House::with_articles("ledger");
    let file = house.path("archive/2023/07/09/calm.txt");
    house.put([article("2023-07-09", "Calm", "All is calm.\n")]);
    fs::write(&file, fs::read_to_string(&file).unwrap().replace("All is", "Nothing is")).unwrap();
    for _ in 0..2 {
        let done = house.publish();
        assert_eq!((done.articles, done.copied, done.unreadable.len()), (5, 0, 1));
        assert!(
            done.unreadable[0]
                .to_string()
                .ends_with("calm.txt: was edited since the index saw it; run `feedmill index`")
        );
    }
    house.rescan();
    let done = house.publish();
    assert_eq!((done.articles, done.copied, done.unreadable.len()), (6, 1, 0));
}

#[test]
fn what_a_killed_run_has_left_is_finished() {
    let house = House::with_articles("ledger");
    let before = house.published();
    house.put([article("2023-07-20", "Calm", "All is calm.\n"), article("2023-06-20", "Heat", "It is hot.\n")]);
    house.publish();
    let after = house.published();
    // Killed before the overview was written: lists and copies may be there, or half of them.
    fs::write(house.path("feeds/archive.json"), &before["archive.json"].1).unwrap();
    fs::write(house.path("feeds/archive/2023/07/20/calm.txt"), "ha").unwrap();
    fs::remove_file(house.path("feeds/archive/2023/06/20/heat.txt")).unwrap();
    let done = house.publish();
    assert_eq!((done.copied, done.relisted), (2, 0));
    let bytes = |files: &std::collections::BTreeMap<String, (std::time::SystemTime, Vec<u8>)>| {
        files.iter().map(|(path, (_, bytes))| (path.clone(), bytes.clone())).collect::<Vec<_>>()
    };
    assert_eq!(bytes(&house.published()), bytes(&after));
}

#[test]
fn what_was_copied_by_a_killed_run_does_not_stay_when_it_is_taken_back() {
    let house = House::with_articles("ledger");
    let list = house.path("feeds/archive/2023-07.json");
    let mut secret = article("2023-07-20", "Too early", "Nobody was to see this.\n");
    secret.attachments = vec![feedmill::article::Attachment {
        name: "plan.pdf".into(),
        media_type: None,
        bytes: b"a plan".to_vec(),
        file: None,
    }];
    house.put([secret]);
    // The copies are there, and then a directory is in the way of one of them: as good as a kill.
    let blocked = house.path("feeds/archive/2023/07/20/too-early.txt");
    fs::create_dir_all(blocked.join("x")).unwrap();
    let site = feedmill::feed::Site { url: "https://x.example/".into(), ..Default::default() };
    let archive = house.open();
    publish_archive(&archive, &site, at(NOW), &house.path("feeds")).unwrap_err();
    drop(archive);
    let announced = fs::read_to_string(&list).unwrap();
    assert!(!announced.contains("too-early.txt"), "a list names what is there, and nothing else: {announced}");
    fs::remove_dir_all(&blocked).unwrap();
    fs::write(&blocked, "half of it").unwrap();
    // It is taken back before the next run.
    house.edit("2023/07/20/too-early.txt", "date: 2023-07-20\n", "date: 2023-07-20\ndraft: true\n");
    house.publish();
    let names: Vec<String> = house.published().into_keys().collect();
    assert!(!names.iter().any(|name| name.contains("2023/07/20")), "{names:?}");
}

#[test]
fn attached_files_stay_as_long_as_one_record_names_them() {
    let house = House::with_articles("ledger");
    let map = "archive/2023/07/10/files/23e1765cd96692fc-map.png";
    let mut second = article("2023-07-10", "The map again", "See it.\n");
    second.attachments = vec![feedmill::article::Attachment {
        name: "map.png".into(),
        media_type: None,
        bytes: b"a map".to_vec(),
        file: None,
    }];
    house.put([second, Article { draft: true, ..article("2023-07-10", "Hidden", "x\n") }]);
    assert_eq!(house.publish().copied, 1);
    house.remove("2023/07/10/map-of-the-flood.txt");
    assert_eq!(house.publish().removed, 1);
    assert!(house.published().contains_key(map));
    house.remove("2023/07/10/the-map-again.txt");
    assert_eq!(house.publish().removed, 2);
    assert!(!house.published().contains_key(map));
}
