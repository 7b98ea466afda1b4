//! Compressed files and archives of files.

use std::io::Write;

use feedmill::archive::{Access, Archive, Intake};
use feedmill::ingest;
use feedmill::source::Document;

use crate::house::House;

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn tarred(files: &[(String, String)]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, text) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, text.as_bytes()).unwrap();
    }
    builder.into_inner().unwrap()
}

#[test]
fn a_container_is_its_documents() {
    let house = House::new(&[]);
    let posts: Vec<(String, String)> = (1..=3)
        .map(|day| (format!("posts/2019-05-0{day}-note.md"), format!("# Note {day}\n\nText of day {day}.\n")))
        .collect();
    house.write("in/dump-2024-01-01.tar.gz", gzipped(&tarred(&posts)));
    house.write("in/2020-02-03-single.txt.gz", gzipped(b"A single note, compressed."));
    let told = house.ingest();
    assert_eq!((told.report.files, told.report.documents, told.report.added), (2, 4, 4), "{:?}", told.problems);
    assert_eq!(
        told.done,
        [
            "Added in/2020-02-03-single.txt.gz 2020/02/03/a-single-note-compressed.txt",
            "Added in/dump-2024-01-01.tar.gz/posts/2019-05-01-note.md 2019/05/01/note-1.md",
            "Added in/dump-2024-01-01.tar.gz/posts/2019-05-02-note.md 2019/05/02/note-2.md",
            "Added in/dump-2024-01-01.tar.gz/posts/2019-05-03-note.md 2019/05/03/note-3.md",
        ]
    );
    assert_eq!(house.ingest().report.unread, 2);
    // Packed anew with one change, it is read again, and the rest is as it was.
    let mut changed = posts;
    changed[1].1 += "\nAnd a correction.\n";
    house.write("in/dump-2024-01-01.tar.gz", gzipped(&tarred(&changed)));
    let again = house.ingest().report;
    assert_eq!((again.unread, again.same, again.replaced), (1, 2, 1));
}

#[test]
fn large_containers_stream_in_order() {
    let house = House::new(&[]);
    let posts: Vec<(String, String)> = (0..3000)
        .map(|at| {
            (format!("{at:04}.txt"), format!("date 2019-05-01 Note number {at} of many.\n\n{}", "Text. ".repeat(20)))
        })
        .collect();
    house.write("in/dump.tar", tarred(&posts));
    let told = house.ingest();
    assert_eq!((told.report.files, told.report.documents, told.report.added), (1, 3000, 3000));
    assert!(told.done.iter().enumerate().all(|(at, done)| done.contains(&format!("in/dump.tar/{at:04}.txt "))));
    assert_eq!(house.ingest().report.unread, 1);
}

#[test]
fn a_large_document_in_a_container_streams_too() {
    let house = House::new(&[]);
    let lines: String = (0..2_500)
        .map(|at| {
            let text = format!("Text {at}. {}", "More of it. ".repeat(300));
            format!("{{\"id\":\"urn:x:{at}\",\"date\":\"2019-05-01\",\"title\":\"T {at}\",\"text\":\"{text}\"}}\n")
        })
        .collect();
    assert!(lines.len() > 8 << 20);
    house.write("in/posts.jsonl.gz", gzipped(lines.as_bytes()));
    house.write(
        "in/z.tar",
        tarred(&[("inner.jsonl".to_owned(), lines), ("a.txt".to_owned(), "date 2019-05-01 X y".into())]),
    );
    let told = house.ingest();
    assert_eq!((told.report.added, told.report.moved, told.report.problems), (2_501, 2_500, 0), "{:?}", told.problems);
}

#[test]
fn what_is_damaged_yields_what_it_has_and_is_named() {
    let house = House::new(&[]);
    let posts: Vec<(String, String)> = (0..50)
        .map(|at| (format!("{at:02}.txt"), format!("date 2019-05-01 Note {at}: {}", "text ".repeat(300))))
        .collect();
    let archive = tarred(&posts);
    house.write("in/cut.tar", &archive[..archive.len() / 2]);
    house.write("in/not-really.gz", b"\x1f\x8b\x08 and then nonsense");
    let told = house.ingest();
    assert!((20..=30).contains(&told.report.added), "{}", told.report.added);
    assert_eq!(told.report.problems as usize, told.problems.len());
    assert!(told.problems[0].starts_with("in/cut.tar"), "{:?}", told.problems);
    assert!(told.problems.iter().any(|problem| problem.starts_with("in/not-really.gz: cannot read: ")));
}

#[test]
fn standard_input_may_be_a_container_of_any_size() {
    let house = House::new(&[]);
    let posts: Vec<(String, String)> = (0..2000)
        .map(|at| (format!("{at}.txt"), format!("date 2019-05-01 Note number {at}.\n\n{}", "Text. ".repeat(1000))))
        .collect();
    let archive = tarred(&posts);
    assert!(archive.len() > 8 << 20);
    let mut open = Archive::open(&house.archive(), Access::Write, house.now).unwrap();
    let intake = Intake { zone: chrono_tz::UTC, now: house.now };
    let doc = Document::from_reader("standard input", "standard input", &archive[..]).unwrap();
    let report = ingest::ingest_document(&mut open, doc, &house.options, &intake, &mut |_| {}).unwrap();
    assert_eq!((report.added, report.problems), (2000, 0));
}
