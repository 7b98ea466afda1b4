//! Archives that lie.

use std::ops::ControlFlow;

use feedmill::archive::Hash;
use feedmill::sync::mirror::{self, Event};

use crate::house::{House, article};

const STORM: &str = "2023/07/09/storm.txt";

/// A house that shows one month, with these list, and the list.
fn lying(list: &str) -> (String, String) {
    let hash = Hash::of(list.as_bytes());
    let overview = format!(
        "{{\"feedmill_archive\":1,\"uuid\":\"249e01ae-dee7-5d9c-b097-c6639cdbc7fe\",\"months\":[\
         {{\"month\":\"2023-07\",\"path\":\"archive/2023-07.json\",\"articles\":1,\"size\":{},\"sha256\":\"{hash}\"}}]}}",
        list.len()
    );
    (overview, list.to_owned())
}

fn list_of(path: &str, bytes: &[u8]) -> String {
    let (size, hash) = (bytes.len(), Hash::of(bytes));
    format!("{{\"month\":\"2023-07\",\"files\":[{{\"path\":{path:?},\"size\":{size},\"sha256\":\"{hash}\"}}]}}")
}

/// What a copy says to an archive that shows this list, and answers everything else with `record`.
fn told(list: &str, record: &[u8]) -> (Vec<String>, Vec<String>, House) {
    let (overview, list) = lying(list);
    let (liar, copy) = (House::new("liar"), House::new("copy"));
    let mut web = |url: &str, _: u64| {
        Ok(match url.rsplit('/').next().unwrap() {
            "archive.json" => overview.clone().into_bytes(),
            "2023-07.json" => list.clone().into_bytes(),
            _ => record.to_vec(),
        })
    };
    let pull = copy.pull_with(&liar, &mut web, usize::MAX);
    (pull.asked, pull.problems, copy)
}

#[test]
fn a_tampered_record_is_refused_and_the_rest_comes() {
    let (ledger, copy) = (House::with_articles("ledger"), House::new("copy"));
    let mut web = |url: &str, _: u64| {
        let body = ledger.get(url)?;
        Ok(if url.ends_with("storm.txt") {
            String::from_utf8(body).unwrap().replace("closed", "opened").into()
        } else {
            body
        })
    };
    let pull = copy.pull_with(&ledger, &mut web, usize::MAX);
    assert_eq!((pull.adopted.len(), pull.problems.len()), (4, 1));
    assert!(
        pull.problems[0].starts_with("https://ledger.example/feeds/archive/2023/07/09/storm.txt: expected "),
        "{}",
        pull.problems[0]
    );
    assert!(!copy.path("archive").join(STORM).exists());
    // Asked for again, and nothing else but the list that names it.
    copy.pull(&ledger).asked_for(&["archive/2023-07.json", "archive/2023/07/09/storm.txt"]);
}

#[test]
fn paths_that_no_archive_has_are_refused() {
    let outside = [
        "../../../etc/passwd.md",
        "/etc/passwd.md",
        "2023/07/../../x.md",
        "2023/07/09/../../../../x.md",
        "2023/07/09/..\\..\\x.md",
        "2023/07/09/files/../../x.md",
        "2023/07/09/files/a/b",
        "2023/07/09/.feedmill.md",
        "2023/07/09/x.sqlite",
        "2023/07/32/x.md",
        "2023/08/09/x.md",
        "2023/07/x.md",
        ".feedmill/index.sqlite",
        "archive.toml",
        "https://elsewhere.example/2023/07/09/x.md",
        "2023/07/09/x\u{0}.md",
        "",
    ];
    for path in outside {
        let (asked, problems, copy) = told(&list_of(path, b"x").replace("\\0", "\\u0000"), b"x");
        assert_eq!(asked, ["archive/2023-07.json"], "{path}");
        assert!(problems[0].starts_with("https://liar.example/feeds/archive/2023-07.json: expected"), "{problems:?}");
        assert!(copy.records().is_empty());
    }
}

#[test]
fn lists_that_lie_are_refused() {
    let good = list_of(STORM, b"x");
    let file = &good[good.find("{\"path").unwrap()..good.len() - 2];
    for (list, complaint) in [
        (good.replace("2023-07\"", "2023-06\""), "expected the list of 2023-07, found that of 2023-06"),
        (good.replace(file, &format!("{file},{file}")), "expected each path once, in order"),
        (good.replace("\"size\":1", "\"size\":-1"), "expected the list of a month"),
        (good.replace("\"size\":1", "\"size\":99999999999999999999"), "expected the list of a month"),
        (good.replace("\"size\":1", "\"size\":9999999999999"), "expected at most 134217728 bytes, found 9999999999999"),
        (good.replace("sha256\":\"2", "sha256\":\"X"), "expected a SHA-256"),
        ("[".repeat(100_000), "expected the list of a month"),
        ("{}".to_owned(), "expected the list of a month"),
        (String::new(), "expected the list of a month"),
    ] {
        let (_, problems, copy) = told(&list, b"x");
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].contains(complaint), "{complaint}: {problems:?}");
        assert!(copy.records().is_empty());
    }
}

#[test]
fn what_is_no_record_is_refused() {
    let deep = format!("---\ntitle: x\nextra: {}\n---\n", "[".repeat(5000));
    let bomb: String = (0..40).map(|n| format!("a{n}: &a{n} [*a{m}, *a{m}]\n", m = n.max(1) - 1)).collect();
    let records: [&[u8]; 7] = [
        b"x",
        b"\xff\xfe",
        b"---\ntitle: x\n---\n\nno id",
        b"---\ntitle: x\nid: \" \"\npublished: 2023-07-09T12:00:00Z\n---\n\nx",
        b"---\ntitle: x\nid: a\npublished: never\n---\n\nx",
        deep.as_bytes(),
        bomb.as_bytes(),
    ];
    for record in records {
        let (_, problems, copy) = told(&list_of(STORM, record), record);
        assert_eq!(problems.len(), 1, "{}", String::from_utf8_lossy(record));
        assert!(problems[0].starts_with("https://liar.example/feeds/archive/2023/07/09/storm.txt: "), "{problems:?}");
        assert!(copy.records().is_empty());
    }
}

#[test]
fn overviews_that_lie_are_refused() {
    let copy = House::new("copy");
    let archive = copy.open();
    let known = archive.adopted().unwrap();
    let (good, _) = lying("x");
    let month = &good[good.find("{\"month").unwrap()..good.len() - 2];
    for (body, complaint) in [
        ("<!doctype html><title>Log in</title>".to_owned(), "expected the archive.json of a feedmill archive"),
        (good.replace("archive\":1", "archive\":2"), "found format 2; a newer feedmill wrote it: update this one"),
        (good.replace("249e01ae", "zzze01ae"), "expected a UUID"),
        (good.replace("archive/2023-07.json", "archive.json"), "expected the path \"archive/2023-07.json\""),
        (good.replace("archive/2023-07.json", "../../x"), "expected the path \"archive/2023-07.json\""),
        (good.replace("archive/2023-07.json", "https://x.example/"), "expected the path \"archive/2023-07.json\""),
        (good.replace(month, &format!("{month},{month}")), "expected each month once"),
        (good.replace("\"size\":1", "\"size\":99999999999"), "expected at most 67108864 bytes"),
        (" ".repeat(40 << 20), "expected at most 33554432 bytes"),
    ] {
        let mut fetch = |url: &str, _: u64| -> feedmill::error::Result<Vec<u8>> { panic!("{url} was asked for") };
        let mut emit = |event: Event| -> ControlFlow<()> { panic!("{event:?}") };
        let seen = Default::default();
        let err = mirror::pull("https://x.example/archive.json", body.as_bytes(), &known, &seen, &mut fetch, &mut emit);
        let err = err.unwrap_err().to_string();
        assert!(err.starts_with("https://x.example/archive.json: ") && err.contains(complaint), "{err}");
    }
    assert!(mirror::is_overview(good.as_bytes()) && mirror::is_overview(b" {\n \"feedmill_archive\": 1"));
    assert!(!mirror::is_overview(b"{}") && !mirror::is_overview(b"<html>") && !mirror::is_overview(b""));
}

#[test]
fn one_archive_cannot_overwrite_what_came_from_another() {
    let (ledger, copy) = (House::with_articles("ledger"), House::new("copy"));
    copy.pull(&ledger);
    let before = copy.records();
    let stolen = ledger.text(STORM).replace("closed", "never closed");
    let (overview, list) = lying(&list_of(STORM, stolen.as_bytes()));
    let overview = overview.replace("249e01ae-dee7-5d9c-b097-c6639cdbc7fe", "00000000-0000-5000-8000-000000000000");
    let mut web = |url: &str, _: u64| {
        Ok(match url.rsplit('/').next().unwrap() {
            "archive.json" => overview.clone().into_bytes(),
            "2023-07.json" => list.clone().into_bytes(),
            _ => stolen.clone().into_bytes(),
        })
    };
    let pull = copy.pull_with(&House::new("liar"), &mut web, usize::MAX);
    assert_eq!(pull.fates(), [feedmill::archive::Fate::Conflict]);
    assert_eq!(copy.records(), before);
}

#[test]
fn a_copy_that_answers_itself_comes_to_an_end() {
    let house = House::with_articles("ledger");
    house.pull(&house).asked_for(&["archive/2023-08.json", "archive/2023-07.json", "archive/2023-05.json"]);
    house.pull(&house).asked_for(&[]);
    house.put([article("2023-07-20", "Calm", "All is calm.\n")]);
    house.publish();
    house.pull(&house).asked_for(&["archive/2023-07.json"]);
}
