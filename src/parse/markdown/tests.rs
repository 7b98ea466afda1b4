//! Cases.

use serde_json::json;

use super::*;
use crate::parse::tests::parsed;
use crate::source::Sidecar;

fn one(name: &str, text: &str) -> Article {
    parsed("markdown", name, text.as_bytes()).remove(0)
}

fn day(article: &Article) -> String {
    article.date.as_ref().map_or_else(String::new, |date| format!("{} {}", date.chosen.value, date.chosen.rule.name()))
}

#[test]
fn front_matter_and_body() {
    let article = one(
        "a.md",
        "---\r\ntitle: Low <br> tide\r\ndate: 2020-05-01\r\nlayout: post\r\n---\r\n\r\n# Low tide\r\n\r\nText.\r\n",
    );
    assert_eq!(article.title, Title { text: "Low tide".into(), source: TitleSource::Metadata });
    assert_eq!(day(&article), "2020-05-01 metadata");
    assert_eq!(article.body, Body { kind: BodyKind::Markdown, text: "# Low tide\n\nText.\n".into() });
    assert_eq!(article.extra.get("layout"), Some(&json!("post")));
    assert_eq!(article.fragment, "");
}

#[test]
fn without_front_matter() {
    let article = one("2020-05-01-low-tide.md", "# The tide\n\nText.");
    assert_eq!((article.title.text.as_str(), day(&article).as_str()), ("The tide", "2020-05-01 path"));
    assert_eq!(article.body.text, "# The tide\n\nText.");
    assert_eq!(day(&one("a.md", "### [2020-05-1](https://example.org/)\n\nText.")), "2020-05-01 value");
    assert_eq!(day(&one("a.md", "# Tide\n\n*2020-05-01*\n\nText.")), "2020-05-01 first line");
    assert_eq!(day(&one("a.md", "Tide\n====\n\nPosted on 2020-05-01 by Ada\n")), "2020-05-01 first line");
    assert_eq!(day(&one("a.md", "Text without any date.")), "");
}

#[test]
fn titles_that_are_missing() {
    let title = |name: &str, text: &str| one(name, text).title;
    let made = |text: &str, source| Title { text: text.to_owned(), source };
    assert_eq!(
        title("x.md", "---\ndate: 2020-05-01\n---\nIt rained. Much."),
        made("It rained", TitleSource::FirstSentence)
    );
    assert_eq!(title("x.md", "---\nslug: low-tide\n---\n"), made("Low tide", TitleSource::FileName));
    assert_eq!(title("low-tide/index.md", "---\nlayout: x\n---\n"), made("Low tide", TitleSource::FileName));
}

#[test]
fn kinds_by_name() {
    let text = "---\ntitle: x\n---\nText";
    for (name, kind) in [
        ("a.html", BodyKind::Html),
        ("a.html.erb", BodyKind::Html),
        ("a.md.erb", BodyKind::Markdown),
        ("a.txt", BodyKind::Text),
        ("a.adoc", BodyKind::Text),
        ("a.Rmd", BodyKind::Markdown),
        ("a", BodyKind::Markdown),
    ] {
        assert_eq!(one(name, text).body.kind, kind, "{name}");
    }
    let inner = one("a.adoc", "---\ndate: 2020-05-01\n---\n= Low tide\nAda Reed\n\nText");
    assert_eq!(
        (inner.title.text.as_str(), inner.authors[0].name.as_str(), inner.body.text.as_str()),
        ("Low tide", "Ada Reed", "Text")
    );
}

#[test]
fn revision_line() {
    let text = "= Low tide\nAda Reed <ada@example.org>; Ben Shaw\nv1.0, 9 July 2023: first\n:jbake-tags: a, b\n:jbake-status: draft\n\nText";
    let article = one("a.adoc", text);
    assert_eq!((day(&article).as_str(), article.tags.len(), article.draft), ("2023-07-09 first line", 2, true));
    let names: Vec<&str> = article.authors.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names, ["Ada Reed", "Ben Shaw"]);
}

#[test]
fn sidecar() {
    let mut doc = Document::from_bytes("post.md", "post.md", b"Text.".to_vec());
    doc.sidecar = Some(Sidecar {
        origin: "post.meta".into(),
        bytes: b".. title: Low\n.. date: 2020-05-01\n.. tags: a, b c".to_vec(),
    });
    let mut articles = Vec::new();
    Markdown.parse(&mut doc, &mut |article| articles.push(article.unwrap())).unwrap();
    assert_eq!(articles[0].title.text, "Low");
    assert_eq!(articles[0].tags, ["a", "b c"]);
    assert_eq!(day(&articles[0]), "2020-05-01 sidecar");
}

#[test]
fn drafts_by_directory() {
    assert!(one("_drafts/a.md", "Text").draft);
    assert!(!one("drafts/a.md", "Text").draft);
}

/// The date with its rule and confidence.
fn sure(name: &str, text: &str) -> String {
    let date = one(name, text).date;
    date.map_or_else(String::new, |date| {
        format!("{} {} {}", date.chosen.value, date.chosen.rule.name(), date.chosen.confidence.name())
    })
}

#[test]
fn datelines_stand_at_the_head_and_outside_of_code_quotes_and_update_notes() {
    for text in [
        "# Tide\n\n> **23 Sep 2019**: still true.\n\nText goes on.",
        "# Tide\n\n> :warning: 2019-09-23: drifts.\n>\n> 2019-09-24\n\nText.",
        "# Tide\n\n`2019-09-23 14:35`\n\nText.",
        "# Tide\n\n```\n2019-09-23\n```\n\nText.",
        "# Tide\n\n~~~ log\n2019-09-23: started\n~~~\nText.",
        "# Tide\n\nThe call\n\n    2019-09-23\n\nText.",
        "# Tide\n\n<!--\n2019-09-23\n-->\nText.",
        "# Tide\n\n**Update 2019-09-23:** mended.\n\nText.",
        "# Tide\n\nUpdated on September 23, 2019\n\nText.",
        "# Tide\n\nLast modified: 2019-09-23\n\nText.",
        "# Tide\n\n2019-09-23 – Update: mended.\n\nText.",
        "# Tide\n\n**Due date:** 2019-09-23\n\nText.",
        "# Tide\n\n{% note 2019-09-23 %}\n\nText.",
    ] {
        assert_eq!(sure("a.md", text), "", "{text}");
    }
    let low = "# Tide\n\nIt was a long day, and nobody had slept.\n\n2019-09-23\n\nText.";
    assert_eq!(sure("a.md", low), "2019-09-23 first line low");
    for text in [
        "# Tide\n\n2019-09-23\n\nText.",
        "# Tide\n\n**23 Sep 2019**\n\nText.",
        "# Tide\n\n*By Ada Reed*\n\n**Date:** September 23, 2019\n\nText.",
        "# Tide\n\n- Date: 23 September 2019\n- Place: the hut\n\nText.",
        "# Tide\n\n**Meeting date**: Sept 23, 2019, 10am\n\nText.",
        "# Tide\n\n| Date | 23 September 2019 |\n|---|---|\n\nText.",
        "Port Ansel Harbour Board\n\nMinutes\n\nSeptember 23, 2019\n\nText.",
    ] {
        assert!(sure("a.md", text).starts_with("2019-09-23"), "{text}: {}", sure("a.md", text));
        assert!(sure("a.md", text).ends_with("first line high"), "{text}: {}", sure("a.md", text));
    }
}

#[test]
fn a_finer_date_says_the_day_of_a_coarse_name() {
    for (name, text, date) in [
        ("2019/board.md", "# Minutes of 23 September 2019\n\nText.", "2019-09-23 title medium"),
        ("2019/board.md", "---\ntitle: Board of Sept 23, 2019\n---\nText.", "2019-09-23 title medium"),
        ("2019/board.md", "---\ntitle: Board\n---\n# Board, 2019-09-23\n\nText.", "2019-09-23 title medium"),
        ("2019/board.md", "# Board\n\n**Date:** September 23, 2019\n\nText.", "2019-09-23 first line high"),
        ("2019/board.md", "# What burnt down on 23 September 2017\n\nText.", "2019 partial path medium"),
        ("2019/board.md", "# Board\n\n23 May 1867 was the day when it began.", "2019 partial path medium"),
        ("2019/09/board.md", "# Board\n\nText.", "2019-09 partial path medium"),
        ("2019/CG-09-23.md", "# Board\n\nText.", "2019-09-23 partial path medium"),
        ("board.md", "# Minutes of 23 September 2019\n\nText.", "2019-09-23 title low"),
        ("board.md", "# What burnt down on 23 September 2017\n\nText.", ""),
        ("board.md", "# The fire of 23 September 2017 in pictures\n\nText.", ""),
        ("board.md", "---\ndate: 2019\n---\n# Minutes of 23 September 2019\n\nText.", "2019-09-23 title high"),
    ] {
        assert_eq!(sure(name, text), date, "{name}: {text}");
    }
}

#[test]
fn two_dates_in_a_name_and_the_date_of_examples() {
    let article = one("Minutes 2019-09-23 (rev 2019-10-07).md", "# Minutes\n\nText.");
    let date = article.date.unwrap();
    assert_eq!((date.chosen.value.to_string().as_str(), date.chosen.confidence.name()), ("2019-09-23", "medium"));
    assert_eq!(date.conflicts.len(), 1);
    assert_eq!(sure("a.md", "# Formats\n\nMon, Jan 2, 2006\n\nText."), "");
    assert_eq!(sure("a.md", "---\ndate: 2006-01-02T15:04:05Z\n---\nText."), "");
    assert_eq!(sure("a.md", "---\ndate: 2006-01-02\n---\nText."), "2006-01-02 metadata high");
    // A day in numbers is one that newswire has.
    assert_eq!(sure("a.md", "2006-01-02\n\nThe ferry sailed."), "2006-01-02 first line high");
}
