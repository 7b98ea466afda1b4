//! Cases.

use serde_json::{Value, json};

use super::*;
use crate::article::{Body, BodyKind, Enclosure, Person};

fn filled(entries: Value) -> Article {
    let Value::Object(entries) = entries else { panic!("an object") };
    let title = Title { text: String::new(), source: TitleSource::FileName };
    let mut article = Article::new(title, Body { kind: BodyKind::Text, text: String::new() });
    let mut evidence = Evidence::default();
    let metadata = Metadata::new(entries.into_iter().collect());
    metadata.fill(&mut article, &mut evidence, Terms::CommasOrBlanks, DateRule::Metadata);
    conclude(&mut article, evidence, "");
    article
}

fn person(name: &str, email: Option<&str>, uri: Option<&str>) -> Person {
    Person { name: name.to_owned(), email: email.map(str::to_owned), uri: uri.map(str::to_owned) }
}

#[test]
fn people() {
    let authors = |value: Value| filled(json!({ "author": value })).authors;
    let names = |value: Value| authors(value).into_iter().map(|person| person.name).collect::<Vec<_>>();
    assert_eq!(authors(json!("Ada Reed <ada@example.org>")), [person("Ada Reed", Some("ada@example.org"), None)]);
    assert_eq!(authors(json!("ada@example.org (Ada Reed)")), [person("Ada Reed", Some("ada@example.org"), None)]);
    assert_eq!(authors(json!("ada@example.org")), [person("", Some("ada@example.org"), None)]);
    assert_eq!(
        authors(json!("[Ada](https://example.org/ada)")),
        [person("Ada", None, Some("https://example.org/ada"))]
    );
    assert_eq!(names(json!("By Ada Reed, Ben Shaw and Cy Low")), ["Ada Reed", "Ben Shaw", "Cy Low"]);
    assert_eq!(names(json!("Ada Reed, Jr., Ben Shaw")), ["Ada Reed, Jr.", "Ben Shaw"]);
    assert_eq!(names(json!("Ada Reed, on behalf of the crew")), ["Ada Reed, on behalf of the crew"]);
    assert_eq!(names(json!("Reed, Ada")), ["Reed, Ada"]);
    assert_eq!(names(json!("Ada Reed; Shaw, Ben")), ["Ada Reed", "Shaw, Ben"]);
    assert_eq!(names(json!(["Ada", "Ada", {"first_name": "Ben", "last_name": "Shaw"}, 7])), ["Ada", "Ben Shaw"]);
    assert_eq!(
        authors(json!({"name": "Ada", "email": "ada@example.org", "url": "https://example.org/", "x": {}})),
        [person("Ada", Some("ada@example.org"), Some("https://example.org/"))]
    );
    let companions = filled(json!({"author": "Ada", "author_email": "ada@example.org"}));
    assert_eq!(companions.authors, [person("Ada", Some("ada@example.org"), None)]);
    assert!(companions.extra.is_empty());
}

#[test]
fn dates_that_stand_for_none_are_said_and_not_taken() {
    for (raw, why) in [
        (json!("1970-01-01T00:00:00Z"), "the beginning of Unix time"),
        (json!("1969-12-31T19:00:00-05:00"), "the beginning of Unix time"),
        (json!("0001-01-01T00:00:00Z"), "the first day of the calendar"),
        (json!("1900-01-01"), "the first day that spreadsheets and databases count from"),
        (json!("0000-00-00 00:00:00"), "zeros, as databases write a missing date"),
        (json!(0), "zeros, as databases write a missing date"),
        (json!("Mon, 30 Nov -0001 00:00:00 +0000"), "zeros, as PHP writes a missing date"),
        (json!("-0001-11-30T00:00:00+00:00"), "zeros, as databases write a missing date"),
        (json!("Mon Sep 17 00:00:00 2001"), "the one date that git writes before every patch"),
    ] {
        let article = filled(json!({"date": raw}));
        assert_eq!(article.date, None, "{raw}");
        let told = crate::parse::looked_at(&article, "a.md");
        assert!(told.contains(&format!("(metadata \"date\"), a placeholder, never taken: {why}")), "{told}");
        assert!(!told.contains("cannot be read"), "{told}");
        let better = filled(json!({"date": raw, "created": "2023-07-09", "lastmod": raw}));
        let date = better.date.unwrap();
        assert_eq!((date.chosen.place.as_str(), date.conflicts), ("created", Vec::new()), "{raw}");
        assert_eq!(better.updated, None, "{raw}");
    }
    // Things happened on that day, too.
    assert_eq!(filled(json!({"date": "2001-09-17"})).date.unwrap().chosen.value.to_string(), "2001-09-17");
}

#[test]
fn an_embargo_is_no_publication_but_is_kept_beside_it() {
    let date = filled(json!({"date": "2023-07-09", "embargo": "2099-01-01"})).date.unwrap();
    assert_eq!(date.chosen.value.to_string(), "2023-07-09");
    assert!(date.conflicts.iter().any(feedmill_dates::Candidate::is_embargo), "{:?}", date.conflicts);
}

#[test]
fn terms() {
    let tags = |value: Value| filled(json!({ "tags": value })).tags;
    assert_eq!(tags(json!(["A", " b ", "a", 7, {"name": "C"}, null, ""])), ["A", "b", "7", "C"]);
    assert_eq!(tags(json!("low tide, ferries")), ["low tide", "ferries"]);
    assert_eq!(tags(json!("erl otp 29")), ["erl", "otp", "29"]);
    assert_eq!(tags(json!("Machine Learning")), ["Machine Learning"]);
    assert_eq!(tags(json!("#harbour #ferry")), ["harbour", "ferry"]);
    assert_eq!(tags(json!(":harbour:ferry:")), ["harbour", "ferry"]);
    let article = filled(json!({"tags": ["x"], "categories": ["News", "Sea"], "topics": "y, z", "keywords": "k"}));
    assert_eq!(article.tags, ["x", "y", "z", "News", "Sea"]);
    assert_eq!(article.section.as_deref(), Some("News"));
    assert_eq!(article.extra.get("keywords"), Some(&json!("k")));
    let article = filled(json!({"category": "Life at sea", "section": "Coast"}));
    assert_eq!((article.section.as_deref(), &article.tags[..]), (Some("Coast"), &["Life at sea".to_owned()][..]));
}

#[test]
fn ids_and_addresses() {
    let article = filled(json!({"id": 174, "permalink": "/a/b/", "url": "https://example.org/ä b", "slug": "b"}));
    assert_eq!(article.id, None);
    assert_eq!(article.url.as_deref(), Some("https://example.org/%C3%A4%20b"));
    assert_eq!(Value::Object(article.extra), json!({"id": 174, "permalink": "/a/b/", "slug": "b"}));
    for id in ["https://example.org/?p=1", "urn:x:1", "tag:example.org,2020:1", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"]
    {
        assert_eq!(filled(json!({ "guid": id })).id.as_deref(), Some(id));
    }
    for id in ["post-1", "urn:", "a b", "174", "https://example.org/a b"] {
        assert_eq!(filled(json!({ "id": id })).id, None, "{id}");
    }
}

#[test]
fn drafts() {
    for entries in [
        json!({"draft": true}),
        json!({"draft": "yes"}),
        json!({"published": false}),
        json!({"status": "Draft"}),
        json!({"jbake-status": "draft"}),
        json!({"visible": "false"}),
        json!({"publish": false}),
    ] {
        let article = filled(entries.clone());
        assert!(article.draft && article.extra.is_empty() && article.date.is_none(), "{entries}");
    }
    for entries in [json!({"published": true}), json!({"status": "published"}), json!({"draft": false})] {
        assert!(!filled(entries.clone()).draft, "{entries}");
    }
    let article = filled(json!({"published": "2020-05-01"}));
    assert!(!article.draft && article.date.is_some());
}

#[test]
fn dates() {
    let day = |entries: Value| filled(entries).date.map(|date| date.chosen.value.to_string());
    assert_eq!(day(json!({"date": "2020-05-01", "x": 1})).as_deref(), Some("2020-05-01"));
    assert_eq!(day(json!({"date": 20200501})).as_deref(), Some("2020-05-01"));
    assert_eq!(day(json!({"date": 1588334400})).as_deref(), Some("2020-05-01T12:00:00Z"));
    assert_eq!(day(json!({"date": "1588334400"})).as_deref(), Some("2020-05-01T12:00:00Z"));
    assert_eq!(day(json!({"date": {"$date": "2020-05-01"}})).as_deref(), Some("2020-05-01"));
    assert_eq!(day(json!({"permalink": "/en/2020/05/01/"})).as_deref(), Some("2020-05-01"));
    assert_eq!(day(json!({"title": "2020-05-01 - Low tide"})).as_deref(), Some("2020-05-01"));
    assert_eq!(day(json!({"expires": "2020-05-01", "title": "x", "date": "soon"})), None);
    let article = filled(json!({"date": "2020-05-01", "updated": "2020-06-01", "deadline": "2020-07-01"}));
    assert_eq!(article.updated.unwrap().to_rfc3339(), "2020-06-01T12:00:00+00:00");
    assert!(!article.extra.contains_key("date") && !article.extra.contains_key("updated"));
    assert!(article.extra.contains_key("deadline"));
}

#[test]
fn pictures_and_media() {
    let image = |entries: Value| filled(entries).image;
    assert_eq!(image(json!({"cover": "img/a.png"})).as_deref(), Some("img/a.png"));
    assert_eq!(
        image(json!({"photo": {"url": "https://example.org/a", "by": "x"}})).as_deref(),
        Some("https://example.org/a")
    );
    assert_eq!(image(json!({"image": true, "thumbnail": "none"})), None);
    let article = filled(json!({
        "enclosure": "https://example.org/a.mp3\n1234\naudio/mpeg",
        "attachments": [
            {"url": "https://example.org/b.ogg", "mime_type": "audio/ogg", "size_in_bytes": 7, "duration_in_seconds": 62.5},
        ],
        "audio": true,
        "podcast": "a word",
    }));
    let medium = |url: &str, kind: &str, length, duration| Enclosure {
        url: url.to_owned(),
        media_type: Some(kind.to_owned()),
        length: Some(length),
        duration,
    };
    assert_eq!(
        article.enclosures,
        [
            medium("https://example.org/a.mp3", "audio/mpeg", 1234, None),
            medium("https://example.org/b.ogg", "audio/ogg", 7, Some(62)),
        ]
    );
    assert_eq!(Value::Object(article.extra), json!({"audio": true, "podcast": "a word"}));
}

#[test]
fn everything_else_is_kept() {
    let article = filled(json!({
        "title": {"rendered": "A &amp; B"}, "lang": "en_US", "description": "*So* it goes", "excerpt": "Shorter",
        "layout": "post", "taxonomies": {"tags": ["t"]}, "params": {"weight": 3}, "empty": null, "none": [],
    }));
    assert_eq!(article.title.text, "A & B");
    assert_eq!(article.language.as_deref(), Some("en-US"));
    assert_eq!(article.summary.as_deref(), Some("So it goes"));
    assert_eq!(article.tags, ["t"]);
    assert_eq!(Value::Object(article.extra), json!({"excerpt": "Shorter", "layout": "post", "weight": 3}));
    assert_eq!(filled(json!({"title": "{{ page.name }}"})).title.text, "");
}

#[test]
fn marks_keep_an_article_back_and_leave_the_metadata() {
    let held = |value: Value| {
        let article = filled(value);
        (article.draft, article.held_by, article.extra.into_iter().map(|(key, _)| key).collect::<Vec<_>>())
    };
    let mark = |words: &str| Some(words.to_owned());
    assert_eq!(held(json!({"draft": "yes", "mood": 1})), (true, None, vec!["mood".to_owned()]));
    assert_eq!(held(json!({"draft": true, "visibility": "paid"})), (true, mark("visibility: paid"), vec![]));
    assert_eq!(held(json!({"password": "open sesame"})), (true, mark("password"), vec![]));
    assert_eq!(held(json!({"params": {"private": true}})), (true, mark("private: true"), vec![]));
    assert_eq!(held(json!({"published": true, "draft": false})), (false, None, vec![]));
    assert_eq!(held(json!({"visibility": "public"})), (false, None, vec!["visibility".to_owned()]));
}
