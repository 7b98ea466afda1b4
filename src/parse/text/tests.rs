//! Cases.

use super::*;
use crate::parse::tests::parsed;

/// Title with its source, date with its rule, and the body of a text.
fn read(name: &str, text: &str) -> (String, TitleSource, String, String) {
    let article = parsed("text", name, text.as_bytes()).remove(0);
    let date =
        article.date.map_or_else(String::new, |date| format!("{} {}", date.chosen.value, date.chosen.rule.name()));
    (article.title.text, article.title.source, date, article.body.text)
}

#[track_caller]
fn check(text: &str, title: &str, source: TitleSource, date: &str, body: &str) {
    let (found_title, found_source, found_date, found_body) = read("a.txt", text);
    assert_eq!(
        (found_title.as_str(), found_source, found_date.as_str(), found_body.as_str()),
        (title, source, date, body),
        "{text}"
    );
}

#[test]
fn date_before_the_first_sentence() {
    use TitleSource::*;
    let day = "2023-07-09 first line";
    for text in
        [" date 2023-07-09 The ferry sank. All swam.\n\nMore.", "DATE: 2023-07-09 The ferry sank. All swam.\n\nMore."]
    {
        check(text, "The ferry sank", FirstSentence, day, "The ferry sank. All swam.\n\nMore.");
    }
    check("\r\n date 2023-07-09\r\nThe ferry\r\nsank.\r\n", "The ferry sank", FirstSentence, day, "The ferry\nsank.\n");
    check(" date 2023-07-09 Ferry sinks\n\nIt sank.", "Ferry sinks", Heading, day, "It sank.");
    check("2023-07-09\n\nThe ferry sank.", "The ferry sank", FirstSentence, day, "The ferry sank.");
    check("2023-07-09: The ferry sank.", "The ferry sank", FirstSentence, day, "2023-07-09: The ferry sank.");
    check(
        "Update the dates. Date 2023-07-09",
        "Update the dates",
        FirstSentence,
        "",
        "Update the dates. Date 2023-07-09",
    );
}

#[test]
fn date_lines_in_many_spellings() {
    for line in [
        "26-FEB-1987 15:01:01.79",
        "Posted: 26 February 1987",
        "Posted on Feb 26, 1987",
        "Published 1987-02-26 15:01",
        "[26.02.1987]",
        "Date: Thu, 26 Feb 1987 15:01:01 GMT",
        "Thursday, 26 February 1987",
        "1987年2月26日",
        "date 26/02/1987",
    ] {
        let (title, source, date, body) = read("a.txt", &format!("{line}\n\nIt rained. It rained a lot.\n"));
        assert!(date.starts_with("1987-02-26"), "{line}: {date}");
        assert_eq!((title.as_str(), source), ("It rained", TitleSource::FirstSentence), "{line}");
        assert_eq!(body, "It rained. It rained a lot.\n", "{line}");
    }
}

#[test]
fn headline_before_the_date() {
    use TitleSource::*;
    let day = "2023-07-09 first line";
    check("Ferry sinks\n\n date 2023-07-09 It sank.\n", "Ferry sinks", Heading, day, "It sank.\n");
    check("Ferry sinks\nBy Ada Reed\nPosted: 2023-07-09\n\nIt sank.\n", "Ferry sinks", Heading, day, "It sank.\n");
    check("Ferry sinks\n===========\n2023-07-09\n\nIt sank.", "Ferry sinks", Heading, day, "It sank.");
    let article = parsed("text", "a.txt", b"Ferry sinks\n2023-07-09\nBy Ada Reed\n\nIt sank.").remove(0);
    assert_eq!(article.authors[0].name, "Ada Reed");
    assert_eq!(article.body.text, "It sank.");
}

#[test]
fn headers() {
    let text = b"Title: Ferry sinks\nDate: 2023-07-09\nAuthor: Ada Reed <ada@example.org>\nShip: MV Tern\n\nIt sank.";
    let article = parsed("text", "a.txt", text).remove(0);
    assert_eq!(article.title, Title { text: "Ferry sinks".into(), source: TitleSource::Metadata });
    assert_eq!(article.authors[0].email.as_deref(), Some("ada@example.org"));
    assert_eq!(article.date.unwrap().chosen.rule, DateRule::Metadata);
    assert_eq!(article.extra.get("Ship").and_then(|ship| ship.as_str()), Some("MV Tern"));
    assert_eq!(article.body.text, "It sank.");
}

#[test]
fn nothing_but_a_path() {
    use TitleSource::*;
    let (title, source, date, body) = read("news/2023/07/09/ferry.txt", "Ferry sinks\n\nIt sank.\n");
    assert_eq!(
        (title.as_str(), source, date.as_str(), body.as_str()),
        ("Ferry sinks", Heading, "2023-07-09 path", "It sank.\n")
    );
    let (title, source, date, _) = read("2023-07-09-the-ferry.txt", "…\n");
    assert_eq!((title.as_str(), source, date.as_str()), ("The ferry", FileName, "2023-07-09 path"));
    check("Ferry sinks\n", "Ferry sinks", FirstSentence, "", "Ferry sinks\n");
}

#[test]
fn the_body_is_kept_as_it_is() {
    let body = "One line.\n\n    indented\n\n\n - a\n - b\t\u{7}\n\n";
    assert_eq!(read("a.txt", &format!("date 2023-07-09 {body}")).3, body);
    assert_eq!(read("a.txt", body).3, body);
}

#[test]
fn a_letterhead_names_the_day_of_a_coarse_name() {
    let text = "                 The Harbour Board\n\n           Minutes of the meeting\n\n              September 23, 2019\n\n\n 1. Call to order\n\n    Two members were there.\n";
    assert_eq!(read("2019/board.txt", text).2, "2019-09-23 first line");
    assert_eq!(read("2019/board.txt", text).3.trim_start().lines().last(), Some("    Two members were there."));
    assert_eq!(read("2019/board.txt", "Minutes of 23 September 2019\n\nText.\n").2, "2019-09-23 title");
    assert_eq!(
        read("2019/board.txt", "The board met, and it spoke long.\n\n23 May 1867\n\nText.\n").2,
        "2019 partial path"
    );
}
