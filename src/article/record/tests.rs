use chrono::{DateTime, FixedOffset, TimeZone};
use expect_test::expect;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;
use crate::article::{Article, Body, BodyKind, Enclosure, Person, Provenance, Retraction, Title, TitleSource};
use feedmill_dates::{ArticleDate, Candidate, Confidence, DateRule, DateValue, Order};

fn path_of(record: &Record) -> String {
    format!("2023/07/09/x.{}", record.article.body.kind.extension())
}

/// Text with everything that has ever broken a front matter.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ -~\\n]{0,40}",
        proptest::sample::select(vec![
            "",
            "---",
            "\n---\n",
            "no",
            "1e3",
            "0x1F",
            "~",
            "null",
            "2023-07-09",
            "a: b",
            "- x",
            "#",
            "]]>",
            "\u{feff}x",
            "\u{85}\u{2028}",
            "\r\n",
            "'\"",
            "12:30:45",
            "=",
            "<<",
            "Name (http://x)",
            "a <b@c>",
        ])
        .prop_map(str::to_owned),
    ]
}

fn instant() -> impl Strategy<Value = DateTime<FixedOffset>> {
    // Years 1900 to 2100, offsets of whole minutes.
    (-2_208_988_800i64..4_102_444_800, -839i32..840)
        .prop_map(|(seconds, minutes)| FixedOffset::east_opt(minutes * 60).unwrap().timestamp_opt(seconds, 0).unwrap())
}

fn date_value() -> impl Strategy<Value = DateValue> {
    (instant(), 0..7u8).prop_map(|(at, kind)| {
        use chrono::Datelike;
        let local = at.naive_local();
        match kind {
            0 => DateValue::year(local.year()),
            1 => DateValue::quarter(local.year(), local.month0() / 3 + 1),
            2 => DateValue::month(local.year(), local.month()),
            3 => DateValue::day(local.date()),
            4 => DateValue::minute(local, Some(*at.offset())),
            5 => DateValue::second(local, None),
            _ => DateValue::second(local, Some(*at.offset())),
        }
        .unwrap()
    })
}

fn candidate() -> impl Strategy<Value = Candidate> {
    (date_value(), proptest::sample::select(DateRule::ALL.to_vec()), text(), text(), 0..4usize, 0..3usize).prop_map(
        |(value, rule, place, raw, order, confidence)| Candidate {
            value,
            rule,
            place,
            raw,
            order: [Order::Fixed, Order::DayFirst, Order::MonthFirst, Order::Ambiguous][order],
            confidence: [Confidence::Low, Confidence::Medium, Confidence::High][confidence],
        },
    )
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((text(), inner), 0..4).prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

prop_compose! {
    fn article()(
        title in text(), title_source in 0..4usize, date in (candidate(), vec(candidate(), 0..3)),
        authors in vec((text(), option::of(text()), option::of(text())), 0..3),
        language in option::of(text()), section in option::of(text()), tags in vec(text(), 0..4),
        url in option::of(text()), summary in option::of(text()), draft: bool, kind in 0..3usize, body in text(),
        enclosures in vec((text(), option::of(text()), option::of(any::<u64>())), 0..3),
        (image, held_by, expires, extra) in (option::of(text()), option::of(text()), option::of(instant()), vec((text(), json_value()), 0..4)),
    ) -> Article {
        use TitleSource::*;
        Article {
            date: Some(ArticleDate { chosen: date.0, conflicts: date.1 }),
            authors: authors.into_iter().map(|(name, email, uri)| Person { name, email, uri }).collect(),
            language, section, tags, url, summary, draft, image,
            held_by: held_by.filter(|_| draft), expires,
            enclosures: enclosures.into_iter()
                .map(|(url, media_type, length)| Enclosure { url, media_type, length, duration: length.map(|length| length % 7_000) }).collect(),
            extra: extra.into_iter().collect(),
            ..Article::new(
                Title { text: title, source: [Metadata, Heading, FirstSentence, FileName][title_source] },
                Body { kind: [BodyKind::Text, BodyKind::Markdown, BodyKind::Html][kind], text: body },
            )
        }
    }
}

prop_compose! {
    fn record()(
        article in article(), id in text(), published in instant(), updated in option::of(instant()),
        source in option::of((text(), text(), text())), also_at in vec(text(), 0..3),
        retraction in option::of((instant(), option::of(text()), any::<bool>())),
    ) -> Record {
        let source = source.map(|(origin, format, sha256)| Provenance { origin, format, sha256 });
        let retraction = retraction.map(|(at, reason, by_source)| Retraction { at, reason, by_source });
        Record { id, published, updated, retraction, source, also_at, article }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back(record in record()) {
        let text = write(&record);
        let back = read(&path_of(&record), &text).unwrap_or_else(|err| panic!("{err}\n{text}"));
        prop_assert_eq!(&back, &record, "{}", text);
        prop_assert_eq!(write(&back), text);
    }

    #[test]
    fn reading_never_panics(text in text(), front in text()) {
        let _ = read_draft("2023/07/09/x.md", &text);
        let _ = read_draft("2023/07/09/x.md", &format!("---\n{front}\n---\n{text}"));
    }
}

fn sample() -> Record {
    let chosen = Candidate {
        value: "2023-07".parse().unwrap(),
        rule: DateRule::Metadata,
        place: "date".to_owned(),
        raw: "July 2023".to_owned(),
        order: Order::Fixed,
        confidence: Confidence::High,
    };
    let conflict = Candidate { value: "2023-09-01".parse().unwrap(), rule: DateRule::Path, ..chosen.clone() };
    Record {
        id: "urn:uuid:5f0c9f0e-7a0c-5d3c-9f0e-2b0d6a4f1c11".to_owned(),
        published: "2023-07-01T12:00:00+01:00".parse().unwrap(),
        updated: None,
        retraction: None,
        source: Some(Provenance {
            origin: "inbox/storm.md".to_owned(),
            format: "markdown".to_owned(),
            sha256: sha256_hex(b""),
        }),
        also_at: vec!["copy/storm.md".to_owned()],
        article: Article {
            date: Some(ArticleDate { chosen, conflicts: vec![conflict] }),
            authors: vec![
                Person { name: "Ana Reis".to_owned(), email: Some("ana@ledger.example".to_owned()), uri: None },
                Person { name: "Tomé (editor)".to_owned(), ..Person::default() },
            ],
            tags: vec!["weather".to_owned(), "no".to_owned()],
            extra: Map::from_iter([("layout".to_owned(), json!({"wide": true, "columns": [1, "2"]}))]),
            enclosures: vec![Enclosure {
                url: "https://ledger.example/a.mp3".to_owned(),
                media_type: Some("audio/mpeg".to_owned()),
                length: Some(12),
                duration: Some(754),
            }],
            ..Article::new(
                Title { text: "Storm: the harbour closes".to_owned(), source: TitleSource::Metadata },
                Body { kind: BodyKind::Markdown, text: "The *harbour* closed.\n".to_owned() },
            )
        },
    }
}

#[test]
fn a_person_can_read_it() {
    expect![[r#"
        ---
        title: "Storm: the harbour closes"
        date: 2023-07-01
        date_precision: month
        id: urn:uuid:5f0c9f0e-7a0c-5d3c-9f0e-2b0d6a4f1c11
        published: 2023-07-01T12:00:00+01:00
        authors:
        - Ana Reis <ana@ledger.example>
        - Tomé (editor)
        tags:
        - weather
        - "no"
        enclosures:
        - url: https://ledger.example/a.mp3
          type: audio/mpeg
          length: 12
          duration: 754
        provenance:
          title: metadata
          date:
            rule: metadata
            place: date
            raw: July 2023
            confidence: high
            conflicts:
            - date: "2023-09-01"
              rule: path
              place: date
              raw: July 2023
              confidence: high
          origin: inbox/storm.md
          format: markdown
          sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
          also_at:
          - copy/storm.md
        extra:
          layout:
            columns:
            - 1
            - "2"
            wide: true
        ---

        The *harbour* closed.
    "#]]
    .assert_eq(&write(&sample()));
}

#[test]
fn a_record_written_by_hand_is_honoured() {
    let text = "---\r\ntitle: 1984\r\ndate: 9 July 2023\r\nauthors: Ana Reis\r\nmood: [calm]\r\n---\r\nCalm.\r\n";
    let draft = read_draft("2023/07/09/x.md", text).unwrap();
    assert_eq!(draft.article.title.text, "1984");
    assert_eq!(draft.article.date.as_ref().unwrap().chosen.value.to_string(), "2023-07-09");
    assert_eq!(draft.article.authors[0].name, "Ana Reis");
    assert_eq!(draft.article.extra["mood"], json!(["calm"]));
    assert_eq!(draft.article.body.text, "Calm.\n");
    assert_eq!((draft.id, draft.published), (None, None));
    let err = read("2023/07/09/x.md", text).unwrap_err().to_string();
    assert!(err.contains("`id`") && err.contains("feedmill index"), "{err}");
}

#[test]
fn errors_name_the_file_and_the_key() {
    for (front, words) in [
        ("title: [a]\ndate: 2023-07-09", "a string at `title`"),
        ("title: x\ndate: soon", "a date at `date`"),
        ("title: x\ndate: 2023-07-09\ntags: {a: b}\ndraft: 7", "true or false at `draft`"),
        ("title: x\npublished: yesterday", "`published`"),
        ("title: \"x", "YAML"),
        ("- x", "keys and values"),
        ("date: 2023-07-09", "a `title`"),
    ] {
        let err = read_draft("2023/07/09/x.md", &format!("---\n{front}\n---\n")).unwrap_err().to_string();
        assert!(err.starts_with("2023/07/09/x.md: ") && err.contains(words), "{err}");
    }
    assert!(read_draft("x.md", "no front matter").unwrap_err().to_string().contains("front matter between"));
    assert!(read_draft("x.exe", "---\n---\n").is_err());
}
