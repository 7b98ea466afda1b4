//! What others may see: the sums of the months are those of what is in them, whatever came before.

use std::collections::BTreeMap;

use super::*;

/// What the months of an index made anew say, at several instants.
fn sums(archive: &Archive) -> Vec<Vec<PublicMonth>> {
    ["2023-01-01T00:00:00Z", "2023-07-09T12:00:00Z", "2024-01-02T03:04:05Z", "2030-01-01T00:00:00Z"]
        .map(|as_of| archive.public_months(at(as_of)).unwrap())
        .to_vec()
}

#[track_caller]
fn assert_true(house: &House) {
    let kept = sums(&house.open());
    Archive::rebuild(house.dir.path(), house.now, &mut |_| {}).unwrap();
    let archive = house.open();
    assert_eq!(kept, sums(&archive));
    for month in archive.public_months(house.now).unwrap() {
        assert_eq!(archive.public_records(month.month, house.now).unwrap().len() as u64, month.articles);
    }
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
