use proptest::prelude::*;

use super::*;

fn month() -> Month {
    "2023-07".parse().unwrap()
}

#[test]
fn addresses_stay_below_the_overview() {
    let url = |overview: &str, path: &str| file_url(overview, path).unwrap();
    let overview = "https://ann:secret@x.example/feeds/archive.json?token=1#top";
    assert_eq!(month_url(overview, month()).unwrap(), "https://x.example/feeds/archive/2023-07.json");
    assert_eq!(url(overview, "2023/07/09/a.md"), "https://x.example/feeds/archive/2023/07/09/a.md");
    assert_eq!(
        url("https://x.example/archive.json", "2023/07/09/50% größer? #1.md"),
        "https://x.example/archive/2023/07/09/50%25%20gr%C3%B6%C3%9Fer%3F%20%231.md"
    );
    // A server may call the overview as it likes.
    assert_eq!(url("https://x.example/feeds/", "2023/07/09/a.md"), "https://x.example/feeds/archive/2023/07/09/a.md");
    for wrong in ["archive.json", "mailto:a@x.example", ""] {
        assert!(file_url(wrong, "2023/07/09/a.md").is_err(), "{wrong}");
    }
}

#[test]
fn records_are_told_from_files_beside_them() {
    let file = |path: &str| File { path: path.into(), size: 0, hash: Hash::of(b"") };
    assert!(file("2023/07/09/files.md").is_record());
    assert!(!file("2023/07/09/files/a.md").is_record());
    assert!(is_file("2023/07/09/files/a.md") && is_file("2023/07/09/a.md") && !is_file("2023/07/09/a.png"));
}

prop_compose! {
    fn file()(day in 1..=31u32, name in "[^\\pC/\\\\.][^\\pC/\\\\]{0,20}", size: u64, seed: u64) -> File {
        File { path: format!("2023/07/{day:02}/{name}.md"), size, hash: Hash::of(&seed.to_le_bytes()) }
    }
}

prop_compose! {
    fn left()(
        file in file(), id in ".{0,40}", at in 0..4_102_444_800i64,
        retracted in proptest::option::of(proptest::option::of("[a-z\"<é]{1,40}")),
    ) -> Left {
        let retracted = retracted.map(|reason| Withdrawn { reason });
        Left { path: file.path, id, at: DateTime::from_timestamp(at, 0).unwrap(), retracted }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        files in prop::collection::btree_map(".*", file(), 0..20),
        left in prop::collection::vec(left(), 0..5),
        title in prop::option::of("[^\\pC]{0,50}"),
        state: Option<[u8; 16]>,
    ) {
        let mut files: Vec<File> = files.into_values().collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.dedup_by(|a, b| a.path == b.path);
        let mut left = left;
        left.sort_by(|a, b| a.path.cmp(&b.path));
        left.dedup_by(|a, b| a.path == b.path);
        let listing = Listing { month: month(), files, left };
        let bytes = listing.write();
        prop_assert_eq!(&Listing::read("l", &bytes, month()).unwrap(), &listing);
        for file in &listing.files {
            prop_assert_eq!(listing.file(&file.path), Some(file));
        }
        let listed = Listed { month: month(), articles: 3, size: bytes.len() as u64, hash: Hash::of(&bytes), state };
        let overview = Overview {
            uuid: Uuid::nil(), title, updated: DateTime::from_timestamp(1_700_000_000, 0), months: vec![listed],
        };
        prop_assert_eq!(Overview::read("o", &overview.write()).unwrap(), overview);
    }

    #[test]
    fn no_bytes_are_a_reason_to_panic(bytes: Vec<u8>, at: usize, byte: u8) {
        let _ = Overview::read("o", &bytes);
        let _ = Listing::read("l", &bytes, month());
        let whole = Listing { month: month(), files: vec![File { path: "2023/07/09/ä.md".into(), size: 1, hash: Hash::of(b"") }], left: Vec::new() };
        let mut bytes = whole.write();
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = Listing::read("l", &bytes, month());
    }
}
