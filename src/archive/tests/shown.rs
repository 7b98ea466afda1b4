//! What others may see: the sums of the months are those of what is in them, whatever came before.

use std::collections::BTreeMap;

use super::*;

/// What the months of an index made anew say, at several instants.
fn sums(archive: &Archive) -> Vec<Vec<PublicMonth>> {
    ["2023-01-01T00:00:00Z", "2023-07-09T12:00:00Z", "2024-01-02T03:04:05Z", "2030-01-01T00:00:00Z"]
        .map(|as_of| archive.public_months(at(as_of)).unwrap())
        .to_vec()
}

/// What stands under each heading, at several instants, and the sums over it.
fn headings(archive: &Archive) -> Vec<Vec<Filed>> {
    let instants = ["2023-07-09T12:00:00Z", "2024-01-02T03:04:05Z", "2030-01-01T00:00:00Z"];
    let terms = |as_of: &str, heading| archive.standing(at(as_of)).unwrap().terms(heading).unwrap();
    instants.iter().flat_map(|as_of| Heading::ALL.map(|heading| terms(as_of, heading))).collect()
}

#[track_caller]
fn assert_true(house: &House) {
    let kept = sums(&house.open());
    let kept_headings = headings(&house.open());
    Archive::rebuild(house.dir.path(), house.now, &mut |_| {}).unwrap();
    let archive = house.open();
    assert_eq!(kept, sums(&archive));
    assert_eq!(kept_headings, headings(&archive));
    for month in archive.public_months(house.now).unwrap() {
        assert_eq!(archive.public_records(month.month, house.now).unwrap().len() as u64, month.articles);
    }
}

#[test]
fn what_is_settled_knows_nothing_of_what_came_since() {
    let house = House::new();
    house.put_one("a.txt", article("2023-07-09", "Storm", "one"));
    let settled = || house.open().settled(at("2023-10-01T00:00:00Z"), house.now).unwrap();
    let before = settled();
    house.put_one("b.txt", article("2023-11-01", "Calm", "two"));
    house.put_one("c.txt", article("2023-12-01", "Fog", "three"));
    house.put_one("d.txt", article("2029-01-01", "Later", "four"));
    assert_eq!(settled(), before, "what is newer is taken away again");
    house.put_one("e.txt", article("2023-07-10", "Ebb", "five"));
    assert_ne!(settled(), before);
    // What goes takes its part of the sums along: under its tag, too.
    let tagged = |tag: &str| Article { tags: vec![tag.to_owned()], ..article("2023-07-11", "Tide", "six") };
    let under = |tag: &str| {
        let filed = house.open().standing(house.now).unwrap().terms(Heading::Tag).unwrap();
        filed.into_iter().find(|filed| filed.term == tag).map(|filed| filed.articles)
    };
    house.put_one("f.txt", Article { tags: vec!["sea".to_owned()], ..article("2023-07-12", "Sea", "seven") });
    house.put_one("g.txt", tagged("sea"));
    assert_eq!((under("sea"), under("sky")), (Some(2), None));
    house.put_one("g.txt", tagged("sky"));
    assert_eq!((under("sea"), under("sky")), (Some(1), Some(1)));
    assert_true(&house);
}

#[test]
fn sums_follow_every_change() {
    let house = House::new();
    house.put_one("a.txt", article("2023-07-09", "Storm", "one"));
    house.put_one("b.txt", article("2023-08-09", "Calm", "two"));
    house.put_one("c.txt", article("2029-01-01", "Later", "three"));
    house.put_one("d.txt", Article { draft: true, ..article("2023-07-10", "Draft", "four") });
    assert_true(&house);
    let before = sums(&house.open());
    // The same again, a change by the source, one by hand, a new kind of text.
    house.put_one("a.txt", article("2023-07-09", "Storm", "one"));
    assert_eq!(sums(&house.open()), before);
    house.put_one("a.txt", article("2023-07-09", "Storm", "one, corrected"));
    assert_ne!(sums(&house.open()), before);
    assert_true(&house);
    let mut markdown = article("2023-08-09", "Calm", "*two*");
    markdown.body.kind = BodyKind::Markdown;
    house.put_one("b.txt", markdown);
    assert_true(&house);
    house.edit("2023/07/10/draft.txt", "draft: true\n", "");
    house.rescan();
    assert_true(&house);
    // What leaves: by a draft, by hand, by a move to another month.
    house.edit("2023/07/10/draft.txt", "date: 2023-07-10\n", "date: 2023-07-10\ndraft: true\n");
    house.rescan();
    assert_true(&house);
    fs::remove_file(house.file("2023/07/09/storm.txt")).unwrap();
    fs::create_dir_all(house.file("2023/09/09")).unwrap();
    fs::rename(house.file("2023/08/09/calm.md"), house.file("2023/09/09/calm.md")).unwrap();
    house.rescan();
    assert_true(&house);
    let archive = house.open();
    let counts: BTreeMap<String, u64> = archive
        .public_months(house.now)
        .unwrap()
        .into_iter()
        .map(|month| (month.month.to_string(), month.articles))
        .collect();
    assert_eq!(counts, BTreeMap::from([("2023-07".to_owned(), 0), ("2023-09".to_owned(), 1)]));
    let left = archive.left("2023-07".parse().unwrap(), house.now).unwrap();
    assert_eq!(
        left.iter().map(|left| left.path.as_str()).collect::<Vec<_>>(),
        ["2023/07/09/storm.txt", "2023/07/10/draft.txt"]
    );
}
