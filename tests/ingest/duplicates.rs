//! The same story from two places.

use feedmill::archive::Duplicates;

use crate::house::House;

/// A story of some 80 words.
fn story(lead: &str) -> String {
    format!(
        "{lead} The harbour of Aldmouth was closed on Sunday evening after a storm had pressed eleven boats against \
         the northern wall. Nobody was hurt, the harbour master said, but two of the boats were so badly damaged that \
         they would have to be lifted out of the water.\n\nThe ferry to the islands did not leave before noon on \
         Monday. Some three hundred travellers spent the night in the waiting room and in the gymnasium of the school, \
         where the fire brigade had put up beds and the bakers of the town served soup.\n"
    )
}

fn two_agencies() -> House {
    House::new(&[
        ("in/a/storm.txt", &format!("date 2023-07-09 {}", story("ALDMOUTH (Agency One)."))),
        ("in/b/sturm.md", &format!("---\ntitle: Storm at sea\ndate: 2023-07-10\n---\n\n*Agency Two*. {}", story(""))),
        ("in/c/other.txt", "date 2023-07-09 Another story, about a council that met and decided nothing at all."),
    ])
}

#[test]
fn a_copy_is_linked_and_said() {
    let house = two_agencies();
    let told = house.ingest();
    assert_eq!((told.report.added, told.report.linked), (2, 1), "{:?}", told.done);
    assert_eq!(told.notes.len(), 1, "{:?}", told.notes);
    assert!(told.notes[0].starts_with("in/b/sturm.md: has 9"), "{:?}", told.notes);
    let path = told.done[0].rsplit(' ').next().unwrap();
    let record = std::fs::read_to_string(house.archive().join(path)).unwrap();
    assert!(record.contains("in/b/sturm.md"), "{record}");
    // Nothing of the copy is lost.
    let revisions = house.archive().join(".feedmill/revisions").join(path.trim_end_matches(".txt"));
    let kept = std::fs::read_dir(revisions).unwrap().next().unwrap().unwrap().path();
    assert!(std::fs::read_to_string(kept).unwrap().contains("*Agency Two*"));

    let again = house.ingest().report;
    assert_eq!((again.unread, again.linked), (3, 0));
    // Read again, it is what it was; changed altogether, it is an article.
    house.write(
        "in/b/sturm.md",
        format!("---\ntitle: Storm at sea\ndate: 2023-07-10\n---\n\n*Agency Two*. {}\n", story("")),
    );
    let same = house.ingest().report;
    assert_eq!((same.added, same.linked + same.same), (0, 1), "{same:?}");
    house.write("in/b/sturm.md", "---\ntitle: Calm at sea\ndate: 2023-07-10\n---\n\nThe wind has gone.\n");
    assert_eq!(house.ingest().report.added, 1);
}

#[test]
fn keep_and_skip() {
    let mut house = two_agencies();
    house.options.duplicates = Duplicates::Keep;
    assert_eq!(house.ingest().report.added, 3);
    let mut house = two_agencies();
    house.options.duplicates = Duplicates::Skip;
    let told = house.ingest();
    assert_eq!((told.report.added, told.report.skipped, told.report.linked), (2, 1, 0));
    assert!(told.notes[0].contains("was left out"), "{:?}", told.notes);
}

#[test]
fn the_same_words_weeks_later_and_replies_that_quote_are_articles() {
    let house = House::new(&[
        ("in/a.txt", &format!("date 2023-07-09 {}", story("Storm."))),
        ("in/b.txt", &format!("date 2023-08-09 {}", story("Storm."))),
        (
            "in/c.json",
            &format!("{{\"id\":\"mid:1@x.example\",\"date\":\"2023-02-01\",\"title\":\"S\",\"text\":{:?}}}", story("")),
        ),
        (
            "in/d.json",
            &format!(
                "{{\"id\":\"mid:2@x.example\",\"date\":\"2023-02-01\",\"title\":\"Re: S\",\"text\":{:?}}}",
                story("+1")
            ),
        ),
    ]);
    let report = house.ingest().report;
    assert_eq!((report.added, report.linked), (4, 0));
}

#[test]
fn forms_and_episodes_are_articles() {
    let forecast = |degrees: u32| format!("date 2023-07-09 {} Tomorrow {degrees} degrees.", story("Forecast."));
    let episode = |title: &str| format!("---\ntitle: {title}\ndate: 2023-05-01\n---\n\n{}", story(""));
    let house = House::new(&[
        ("in/a.txt", &forecast(21)),
        ("in/b.txt", &forecast(23)),
        ("in/c.md", &episode("The harbour, once more")),
        ("in/d.md", &episode("A talk with the harbour master")),
    ]);
    let report = house.ingest().report;
    assert_eq!((report.added, report.linked), (4, 0));
}

#[test]
fn an_index_that_is_made_anew_still_knows_similar_texts() {
    let house = House::new(&[("in/a/storm.txt", &format!("date 2023-07-09 {}", story("Agency One.")))]);
    assert_eq!(house.ingest().report.added, 1);
    std::fs::remove_dir_all(house.archive().join(".feedmill")).unwrap();
    house.write("in/b/storm.txt", format!("date 2023-07-09 {}", story("Agency Two, by wire.")));
    let report = house.ingest().report;
    assert_eq!((report.added, report.linked), (0, 1), "{report:?}");
}
