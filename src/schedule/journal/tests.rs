use super::*;

fn entry(task: &str, started: &str, fate: Fate) -> Entry {
    Entry {
        started: started.parse().unwrap(),
        task: task.into(),
        why: "scheduled".into(),
        took: Duration::from_millis(1_234),
        fate,
        changes: 3,
        words: "3 added".into(),
        next: Some("2025-01-01T11:00:00Z".parse().unwrap()),
        falls_due: None,
        hold: Some(Hold {
            from: "2025-01-01T10:00:00Z".parse().unwrap(),
            until: "2025-01-02T10:00:00Z".parse().unwrap(),
        }),
    }
}

fn all(path: &Path, wanted: &Wanted) -> (Vec<Entry>, u64) {
    let mut found = Vec::new();
    let strange = read(path, wanted, &mut |entry| found.push(entry)).unwrap();
    (found, strange)
}

#[test]
fn what_is_written_is_read_back() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(".feedmill/journal.jsonl");
    assert_eq!(all(&path, &Wanted::default()), (vec![], 0));
    let entries = [
        entry("sync news", "2025-01-01T10:00:00Z", Fate::Done),
        entry("sync newsletters", "2025-01-01T10:00:01.5Z", Fate::Cut),
        Entry { falls_due: None, hold: None, next: None, ..entry("generate", "2025-01-01T10:00:02Z", Fate::Failed) },
    ];
    entries.iter().for_each(|entry| append(&path, entry).unwrap());
    assert_eq!(all(&path, &Wanted::default()), (entries.to_vec(), 0));
    let named = |task: &str| all(&path, &Wanted { task: Some(task.into()), ..Wanted::default() }).0.len();
    assert_eq!((named("sync"), named("sync news"), named("sync new"), named("generate")), (2, 1, 0, 1));
    let failed = Wanted { failed: true, since: Some("2025-01-01T10:00:02Z".parse().unwrap()), ..Wanted::default() };
    assert_eq!(all(&path, &failed).0, entries[2..]);
}

#[test]
fn torn_strange_and_endless_lines_are_passed_over() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("journal.jsonl");
    let good = entry("a", "2025-01-01T10:00:00Z", Fate::Done);
    let line = to_line(&good);
    let mut bytes = format!("{line}\n\n{{}}\n{}\n{line}\n", line.replace("1.234", "-1e300")).into_bytes();
    bytes.extend(std::iter::repeat_n(b'x', 200_000));
    bytes.extend(b"\n\xff\xfe\n");
    bytes.extend(&line.as_bytes()[..line.len() / 2]);
    std::fs::write(&path, &bytes).unwrap();
    append(&path, &good).unwrap();
    let (found, strange) = all(&path, &Wanted::default());
    assert_eq!(found, [good.clone(), good.clone(), good]);
    assert!(strange >= 5, "{strange}");
}

#[test]
fn a_large_journal_is_moved_aside_once() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("journal.jsonl");
    let long = Entry { words: "ü".repeat(100_000), ..entry("a", "2025-01-01T10:00:00Z", Fate::Done) };
    let lines = MOST_BYTES / to_line(&long).len() as u64 + 2;
    for _ in 0..2 * lines {
        append(&path, &long).unwrap();
    }
    let sizes: Vec<u64> = [&path, &former(&path)].map(|path| path.metadata().unwrap().len()).into();
    assert!(sizes.iter().all(|size| *size <= MOST_BYTES + 10_000), "{sizes:?}");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2);
    let found = all(&path, &Wanted::default()).0;
    assert!(found.len() as u64 >= lines && found.iter().all(|entry| entry.words.chars().count() == MOST_WORDS));
}
