//! Plain files: what is new, what is the same, what waits, what is refused.

use std::fs;

use chrono::{DateTime, Utc};
use feedmill::archive::{Access, Archive, Intake, Outcome};
use feedmill::ingest::{self, Event, Options, Undated};
use feedmill::source::Document;
use feedmill_dates::Order;

use crate::house::House;

#[test]
fn a_second_run_reads_nothing_and_counts_what_is_wrong() {
    let house = House::new(&[
        ("in/a.txt", " date 2023-07-09 A storm closed the harbour.\n"),
        ("in/b.txt", "Nobody knows when this was written.\n"),
        ("in/c.txt", ""),
        ("in/picture.png", "x"),
    ]);
    let first = house.ingest();
    assert_eq!((first.report.files, first.report.added), (3, 1));
    assert_eq!((first.report.undated, first.report.problems, first.report.passed_over), (1, 1, 1));
    assert_eq!(first.done, ["Added in/a.txt 2023/07/09/a-storm-closed-the-harbour.txt"]);
    let second = house.ingest();
    assert_eq!((second.report.unread, second.report.undated, second.report.problems), (3, 1, 1));
    assert!(first.report.has_failures() && first.known.is_empty());
    assert!(second.report.nothing_changed() && !second.report.has_failures() && second.problems.is_empty());
    assert_eq!(first.problems, second.known);
    assert!(second.known.iter().any(|p| p.starts_with("in/b.txt: no publication date found")), "{:?}", second.known);

    house.write("in/b.txt", "date 2023-07-10\n\nNow somebody knows.\n");
    house.write("in/a.txt", " date 2023-07-09 A storm closed the harbour for a day.\n");
    let third = house.ingest();
    assert_eq!((third.report.added, third.report.replaced, third.report.unread), (1, 1, 1));
}

#[test]
fn a_problem_is_news_once_and_again_when_its_file_changes() {
    let mut house = House::new(&[("in/a.txt", "Nobody knows when this was written.\n"), ("in/README.md", "# Notes\n")]);
    let first = house.ingest();
    // What stands there about the other files is nobody's article.
    assert_eq!((first.report.undated, first.report.failures, first.report.no_articles), (1, 1, 1));
    assert_eq!(house.ingest().report.failures, 0);
    // Read again in another way, the same bytes have the same problem.
    house.options.tags = vec!["sea".to_owned()];
    let again = house.ingest();
    assert_eq!((again.report.unread, again.report.undated, again.report.failures), (0, 1, 0));
    house.write("in/a.txt", "Nobody knows when this was written, and by whom.\n");
    assert_eq!(house.ingest().report.failures, 1);
    house.options.undated = Undated::Skip;
    house.write("in/b.txt", "This was never dated either.\n");
    let skipped = house.ingest();
    assert_eq!((skipped.report.undated, skipped.report.failures, skipped.known.len()), (2, 0, 2));
}

#[test]
fn lines_of_a_file_that_grows_are_news_once() {
    let line = |n: u32, date: &str| {
        format!("{{\"id\": \"tide-{n}\", \"title\": \"Tide {n}\", \"text\": \"The water of day {n}.\"{date}}}\n")
    };
    let dated = ", \"date\": \"2023-07-09\"";
    let house = House::new(&[("in/list.jsonl", &[line(1, dated), line(2, "")].concat())]);
    let next = |lines: &[String]| {
        house.write("in/list.jsonl", lines.concat());
        let told = house.ingest();
        (told.report.added, told.report.undated, told.report.failures)
    };
    assert_eq!(next(&[line(1, dated), line(2, "")]), (1, 1, 1));
    assert_eq!(next(&[line(1, dated), line(2, ""), line(3, dated)]), (1, 1, 0));
    assert_eq!(next(&[line(1, dated), line(2, ""), line(3, dated), line(4, "")]), (0, 2, 1));
}

#[test]
fn files_beside_an_article_say_their_length() {
    let front = |files: &str| format!("---\ntitle: Foghorns\ndate: 2023-07-09\nenclosures: [{files}]\n---\nListen.\n");
    let named = "{url: one.mp3, type: audio/mpeg}, {url: sound/two%20.ogg, type: audio/ogg}, \
                 {url: one.mp3, type: audio/mpeg, length: 3}";
    let away = "{url: ../secret.mp3, type: audio/mpeg}, {url: missing.mp3, type: audio/mpeg}, \
                {url: /one.mp3, type: audio/mpeg}, {url: 'https://a.example/one.mp3', type: audio/mpeg}";
    let house = House::new(&[
        ("in/a/near.md", &front(named)),
        ("in/a/one.mp3", "ID3.."),
        ("in/a/sound/two .ogg", "OggS"),
        ("in/secret.mp3", "ID3"),
        ("in/a/away.md", &front(away).replace("Foghorns", "Elsewhere")),
    ]);
    house.ingest();
    let lengths = |name: &str| -> Vec<Option<u64>> {
        let text = fs::read_to_string(house.dir.path().join("archive/2023/07/09").join(name)).unwrap();
        let record = feedmill::article::record::read(name, &text).unwrap();
        record.article.enclosures.iter().map(|file| file.length).collect()
    };
    assert_eq!(lengths("foghorns.md"), [Some(5), Some(4)], "the first says it once");
    assert_eq!(lengths("elsewhere.md"), [None; 4], "nobody looks out of the directory");
}

#[test]
fn a_moved_file_is_the_same_article() {
    let house = House::new(&[("in/a.txt", " date 2023-07-09 A storm.\n")]);
    house.ingest();
    fs::create_dir(house.dir.path().join("in/old")).unwrap();
    fs::rename(house.dir.path().join("in/a.txt"), house.dir.path().join("in/old/a.txt")).unwrap();
    assert_eq!(house.ingest().done, ["Moved in/old/a.txt 2023/07/09/a-storm.txt"]);
}

#[test]
fn one_file_decides_how_the_others_are_read() {
    let dated = |date: &str| format!("---\ntitle: T {date}\ndate: {date}\n---\nText of {date}.\n");
    let house = House::new(&[
        ("in/1.md", &dated("07-05-2012")),
        ("in/2.md", &dated("08-06-2012")),
        ("in/3.md", &dated("05-27-2012")),
    ]);
    let told = house.ingest();
    let mut paths: Vec<&str> = told.done.iter().map(|d| d.rsplit_once(' ').unwrap().1).collect();
    paths.sort_unstable();
    assert_eq!(paths, ["2012/05/27/t-05-27-2012.md", "2012/07/05/t-07-05-2012.md", "2012/08/06/t-08-06-2012.md"]);
    assert_eq!((told.report.files, told.report.added, told.notes.len()), (3, 3, 0));
    // What was learnt is remembered.
    house.write("in/4.md", dated("09-08-2012"));
    assert_eq!(house.ingest().done, ["Added in/4.md 2012/09/08/t-09-08-2012.md"]);
}

#[test]
fn names_of_six_digits_are_dated_once_enough_of_them_prove_the_order() {
    let minutes = |day: &str| format!("# Minutes\n\nThey met, and this is number {day}.\n");
    let house = House::new(&[("in/230104-minutes.md", &minutes("1")), ("in/230111-minutes.md", &minutes("2"))]);
    let told = house.ingest();
    assert_eq!((told.report.added, told.report.undated), (0, 2), "two may be chance");
    house.write("in/221214-minutes.md", minutes("3"));
    let mut done = house.ingest().done;
    done.sort_unstable();
    assert_eq!(
        done,
        [
            "Added in/221214-minutes.md 2022/12/14/minutes.md",
            "Added in/230104-minutes.md 2023/01/04/minutes.md",
            "Added in/230111-minutes.md 2023/01/11/minutes.md",
        ]
    );
    // What was proven is remembered, whatever comes later.
    house.write("in/999999-ticket.md", "# Ticket\n\nA number, and no date.\n");
    house.write("in/230118-minutes.md", minutes("4"));
    let told = house.ingest();
    assert_eq!(
        (told.done.as_slice(), told.report.undated),
        (["Added in/230118-minutes.md 2023/01/18/minutes.md".to_owned()].as_slice(), 1)
    );
    let record = fs::read_to_string(house.archive().join("2023/01/18/minutes.md")).unwrap();
    assert!(record.contains("YYMMDD as in the names beside it"), "{record}");
}

#[test]
fn what_stays_coarse_is_counted_and_templates_are_no_articles() {
    let house = House::new(&[
        ("in/2019/board.md", "# Board\n\nThey met.\n"),
        ("in/2019/CG-09-23.md", "# Call\n\nThey called.\n"),
        ("in/layouts/single.html", "<p>{{ .Date.Format \"Mon, Jan 2, 2006\" }}</p>\n"),
        ("in/_includes/head.md", "# Head\n\n2019-09-23\n"),
    ]);
    let report = house.ingest().report;
    assert_eq!((report.added, report.coarse, report.no_articles, report.undated), (2, 1, 2, 0));
}

#[test]
fn an_undecided_order_is_day_first_and_said() {
    let house = House::new(&[("in/1.md", "---\ntitle: T\ndate: 07-05-2012\n---\nText.\n")]);
    let told = house.ingest();
    assert_eq!(told.done, ["Added in/1.md 2012/05/07/t.md"]);
    assert!(told.notes.len() == 1 && told.notes[0].contains("day first"), "{:?}", told.notes);

    let mut forced = House::new(&[("in/1.md", "---\ntitle: T\ndate: 07-05-2012\n---\nText.\n")]);
    forced.options.day_order = Some(Order::MonthFirst);
    assert_eq!(forced.ingest().done, ["Added in/1.md 2012/07/05/t.md"]);
}

#[test]
fn an_embargo_that_lies_ahead_delays_and_one_that_has_ended_does_not() {
    let post = |key: &str, day: &str| format!("---\ntitle: {key}\ndate: 2023-07-09\n{key}: {day}\n---\nText.\n");
    let house = House::new(&[
        ("in/a.md", post("publishDate", "2999-01-01").as_str()),
        ("in/b.md", &post("embargo", "2999-01-01")),
        ("in/c.md", &post("goLiveDate", "2023-08-01")),
        ("in/d.md", &post("lastmod", "2999-01-01")),
        ("in/e.md", "---\ntitle: ahead\ndate: 2999-03-01\n---\nText.\n"),
    ]);
    let run = house.ingest();
    let mut done = run.done.clone();
    done.sort();
    assert_eq!(
        done,
        [
            "Added in/a.md 2999/01/01/publishdate.md",
            "Added in/b.md 2999/01/01/embargo.md",
            "Added in/c.md 2023/07/09/golivedate.md",
            "Added in/d.md 2023/07/09/lastmod.md",
            "Added in/e.md 2999/03/01/ahead.md",
        ]
    );
    let record = |path: &str| fs::read_to_string(house.archive().join(path)).unwrap();
    let embargoed = record("2999/01/01/embargo.md");
    assert!(embargoed.contains("confidence: medium") && embargoed.contains("2023-07-09"), "{embargoed}");
    assert!(record("2999/03/01/ahead.md").contains("confidence: medium"));
    let notes = run.notes.join("\n");
    assert!(notes.contains("in/b.md: due 2999-01-01 (update \"embargo\"), since that lies ahead"), "{notes}");
    assert!(notes.contains("in/e.md: dated 2999-03-01 (metadata \"date\"), more than a year from now"), "{notes}");
}

#[test]
fn undated_articles_follow_the_rule_of_their_source() {
    let mut house = House::new(&[("in/a.txt", "No date here.\n"), ("in/b.txt", " date 2023-07-09 A storm.\n")]);
    house.options.undated = Undated::Fail;
    let (report, _) = house.try_ingest();
    assert!(report.unwrap_err().is_undated());

    house.options.undated = Undated::Modified;
    let file = fs::File::options().write(true).open(house.dir.path().join("in/a.txt")).unwrap();
    file.set_modified("2020-02-03T04:05:06Z".parse::<DateTime<Utc>>().unwrap().into()).unwrap();
    let told = house.ingest();
    assert!(told.done.contains(&"Added in/a.txt 2020/02/03/no-date-here.txt".to_owned()), "{:?}", told.done);
    assert!(told.notes.iter().any(|n| n.contains("low confidence")), "{:?}", told.notes);
}

#[test]
fn a_changed_option_reads_unchanged_files_again() {
    let mut house = House::new(&[("in/a.txt", " date 2023-07-09 A storm.\n")]);
    house.ingest();
    house.options.tags = vec!["archive".to_owned()];
    let told = house.ingest();
    assert_eq!((told.report.unread, told.report.replaced), (0, 1));
    let record = fs::read_to_string(house.archive().join("2023/07/09/a-storm.txt")).unwrap();
    assert!(record.contains("- archive") && !record.contains("updated:"), "readers see nothing new: {record}");
}

#[test]
fn many_articles_in_one_document_keep_their_names() {
    let lines = (1..=3)
        .map(|n| format!("{{\"id\":\"https://ledger.example/{n}\",\"title\":\"N {n}\",\"date\":\"2023-07-0{n}\",\"text\":\"x\"}}\n"))
        .collect::<String>();
    let house = House::new(&[("in/dump.jsonl", &format!("{lines}{{broken\n"))]);
    let told = house.ingest();
    assert_eq!((told.report.added, told.report.problems), (3, 1));
    assert!(told.problems[0].contains("in/dump.jsonl") && told.problems[0].contains('4'), "{:?}", told.problems);
    // A line that comes in between moves the others and changes none of them.
    let (first, rest) = lines.split_once('\n').unwrap();
    house.write(
        "in/dump.jsonl",
        format!("{first}\n{{\"title\":\"New\",\"date\":\"2023-08-01\",\"text\":\"y\"}}\n{rest}"),
    );
    let told = house.ingest();
    assert_eq!((told.report.added, told.report.same, told.report.replaced), (1, 3, 0), "{:?}", told.done);
}

#[test]
fn of_many_articles_in_a_document_each_has_a_hash_of_its_own() {
    let line = |n: u32, text: &str| {
        format!(
            "{{\"id\":\"https://ledger.example/{n}\",\"title\":\"N {n}\",\"date\":\"2023-07-0{n}\",\"text\":\"{text}\"}}\n"
        )
    };
    let house = House::new(&[("in/dump.jsonl", &(line(1, "x") + &line(2, "x")))]);
    house.ingest();
    let record = |n: u32| fs::read_to_string(house.archive().join(format!("2023/07/0{n}/n-{n}.txt"))).unwrap();
    let hash = |n: u32| {
        let record = record(n);
        record.lines().find(|line| line.contains("sha256")).unwrap().trim().to_owned()
    };
    let (first, second, whole) = (hash(1), hash(2), record(1));
    assert_ne!(first, second, "the hash is that of the article and not of the document");
    house.write("in/dump.jsonl", line(1, "x") + &line(2, "y") + &line(3, "x"));
    let told = house.ingest();
    assert_eq!((told.report.added, told.report.same, told.report.replaced), (1, 1, 1), "{:?}", told.done);
    assert_eq!(record(1), whole, "what stands beside it is not a part of it");
    assert_ne!(hash(2), second);
}

#[test]
fn a_document_without_a_place_is_known_by_its_content() {
    let house = House::new(&[]);
    let mut archive = Archive::open(&house.archive(), Access::Write, house.now).unwrap();
    let intake = Intake { zone: chrono_tz::UTC, now: house.now };
    let mut put = |text: &str| {
        let doc = Document::from_bytes("stdin", "stdin", text.as_bytes().to_vec());
        let mut outcome = None;
        ingest::ingest_document(&mut archive, doc, &Options::default(), &intake, &mut |event| {
            if let Event::Done(done, ..) = event {
                outcome = Some(done);
            }
        })
        .unwrap();
        outcome
    };
    assert_eq!(put(" date 2023-07-09 One."), Some(Outcome::Added));
    assert_eq!(put(" date 2023-07-09 Two."), Some(Outcome::Added));
    assert_eq!(put(" date 2023-07-09 One."), Some(Outcome::Same));
    assert_eq!(put("Nothing"), None);
}

#[test]
fn a_broken_record_holds_up_its_own_article_only() {
    let house = House::new(&[("in/a.txt", " date 2023-07-09 A storm.\n")]);
    house.ingest();
    let record = house.archive().join("2023/07/09/a-storm.txt");
    let good = fs::read_to_string(&record).unwrap();
    fs::write(&record, "---\ntitle: [\n---\n").unwrap();
    house.write("in/a.txt", " date 2023-07-09 A storm, and more.\n");
    house.write("in/b.txt", " date 2023-07-10 A calm.\n");
    let told = house.ingest();
    assert_eq!((told.report.added, told.report.problems), (1, 1));
    assert!(told.problems[0].contains("a-storm.txt"), "{:?}", told.problems);
    // Mended, the change comes in although the source has not changed again.
    fs::write(&record, good).unwrap();
    let told = house.ingest();
    assert_eq!((told.report.replaced, told.report.problems), (1, 0), "{:?}", told.problems);
}

#[test]
fn what_was_wrong_with_a_file_goes_with_it() {
    let house = House::new(&[("in/a.txt", "No date.\n"), ("in/b.txt", " date 2023-07-09 A storm.\n")]);
    assert_eq!(house.ingest().report.undated, 1);
    fs::remove_file(house.dir.path().join("in/a.txt")).unwrap();
    house.ingest();
    let archive = Archive::open(&house.archive(), Access::Read, house.now).unwrap();
    assert_eq!((archive.stats().unwrap().problems, archive.stats().unwrap().source_files), (0, 1));
}
