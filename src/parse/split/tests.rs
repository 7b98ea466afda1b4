//! Cases.

use expect_test::{Expect, expect};

use super::*;

fn shown(pieces: Option<Vec<Piece>>) -> String {
    let Some(pieces) = pieces else { return "one article\n".to_owned() };
    let line = |piece: &Piece| {
        let title = piece.title.as_deref().unwrap_or("-");
        format!("{} | {} | {title} | {:?}\n", piece.key, piece.reading.value, piece.body)
    };
    pieces.iter().map(line).collect()
}

#[track_caller]
fn text(given: &str, expected: Expect) {
    expected.assert_eq(&shown(of_text(given, false)));
}

#[track_caller]
fn markup(given: &str, writing: Writing, expected: Expect) {
    expected.assert_eq(&shown(of_markup(given, writing)));
}

#[track_caller]
fn whole(given: &str) {
    assert_eq!(shown(of_text(given, false)), "one article\n", "as text: {given:?}");
    assert_eq!(shown(of_markup(given, Writing::Markdown)), "one article\n", "as Markdown: {given:?}");
}

#[test]
fn lines_that_spell_out_the_date() {
    text(
        " date 2021-05-01 The kiosk opens.\n\nIt sells tea.\n date 2021-05-02 The kiosk is shut.\n date 2021-05-02 It opens.\n",
        expect![[r#"
            2021-05-01 | 2021-05-01 | - | "The kiosk opens.\n\nIt sells tea.\n"
            2021-05-02 | 2021-05-02 | - | "The kiosk is shut.\n"
            2021-05-02.2 | 2021-05-02 | - | "It opens.\n"
        "#]],
    );
}

#[test]
fn a_diary_below_dates() {
    text(
        "Notes of a warden\n\n1 May 2021\n\nRain.\n\nMore rain.\n\n2 May 2021\n----------\nSun.\n",
        expect![[r#"
        2021-05-01 | 2021-05-01 | - | "Rain.\n\nMore rain.\n"
        2021-05-02 | 2021-05-02 | - | "Sun.\n"
    "#]],
    );
    markup(
        "# Diary\n\nWhat it is.\n\n## Sunday, 2 May 2021\n\nSun.\n\n### Later\n\nMore.\n\n## Saturday, 1 May 2021 - Rain\n\nRain.\n",
        Writing::Markdown,
        expect![[r#"
            2021-05-02 | 2021-05-02 | - | "Sun.\n\n### Later\n\nMore.\n"
            2021-05-01 | 2021-05-01 | Rain | "Rain.\n"
        "#]],
    );
    markup(
        "# 2021\n## May\n### 2021-05-01\na\n### 2021-05-02\nb\n## June 2021\n### 2021-06-01\nc\n",
        Writing::Markdown,
        expect![[r#"
            2021-05-01 | 2021-05-01 | - | "a\n"
            2021-05-02 | 2021-05-02 | - | "b\n"
            2021-06-01 | 2021-06-01 | - | "c\n"
        "#]],
    );
}

#[test]
fn journals_with_times() {
    text(
        "[2021-05-01 06:10:00 AM] Up early.\nThe kettle.\n\n[2021-05-01 09:00:00 PM] Late. Very late, and the long story of it.\n",
        expect![[r#"
            2021-05-01T06:10:00 | 2021-05-01T06:10:00 | Up early | "The kettle.\n"
            2021-05-01T21:00:00 | 2021-05-01T21:00:00 | - | "Late. Very late, and the long story of it.\n"
        "#]],
    );
    text(
        "2021-05-01 06:10 Up early\nThe kettle.\n\n2021-05-02 07:00 Up late\nTea.\n",
        expect![[r#"
        2021-05-01T06:10 | 2021-05-01T06:10 | Up early | "The kettle.\n"
        2021-05-02T07:00 | 2021-05-02T07:00 | Up late | "Tea.\n"
    "#]],
    );
    text(
        "# nick = bo\n2021-05-01T06:10:00Z\tUp.\n2021-05-01T07:10:00Z\tTea. @<al https://a.example>\n",
        expect![[r#"
        2021-05-01T06:10:00Z | 2021-05-01T06:10:00Z | - | "Up.\n"
        2021-05-01T07:10:00Z | 2021-05-01T07:10:00Z | - | "Tea. @<al https://a.example>\n"
    "#]],
    );
    markup(
        "* 2021\n** 2021-05 May\n*** 2021-05-01 Saturday\n**** 06:10 Up early :home:\nThe kettle.\n**** Tea\nBuy some.\n*** 2021-05-02 Sunday\nSun.\n",
        Writing::Org,
        expect![[r#"
            2021-05-01T06:10 | 2021-05-01T06:10 | Up early | "The kettle.\n"
            2021-05-01 | 2021-05-01 | Tea | "Buy some.\n"
            2021-05-02 | 2021-05-02 | - | "Sun.\n"
        "#]],
    );
}

#[test]
fn changelogs() {
    markup(
        "# Changelog\n\n## [Unreleased]\n- later\n\n## [1.2.0] - 2021-05-02\n- tea, see [1.1.0]\n\n## 1.1.0 (May 1, 2021)\n- kettle\n\n\
         ## 1.0.0\n- never dated\n\n## [0.9.0] - 2021-04-01\nfirst\n\n[1.2.0]: https://x.example/1.2\n[1.1.0]: https://x.example/1.1\n",
        Writing::Markdown,
        expect![[r#"
            1.2.0 | 2021-05-02 | 1.2.0 | "- tea, see [1.1.0]\n\n[1.1.0]: https://x.example/1.1\n"
            1.1.0 | 2021-05-01 | 1.1.0 | "- kettle\n"
            0.9.0 | 2021-04-01 | 0.9.0 | "first\n"
        "#]],
    );
    markup(
        "History\n=======\n\n2.0 (2021-05-02)\n----------------\n\n* tea\n\n1.9 (2021-05-01)\n----------------\n\n* kettle\n",
        Writing::Rst,
        expect![[r#"
            2.0 | 2021-05-02 | 2.0 | "* tea\n"
            1.9 | 2021-05-01 | 1.9 | "* kettle\n"
        "#]],
    );
    markup(
        "= News\n\n== v2.0, 2021-05-02\n\ntea\n\n== v1.9, 2021-05-01\n\nkettle\n",
        Writing::AsciiDoc,
        expect![[r#"
        v2.0 | 2021-05-02 | v2.0 | "tea\n"
        v1.9 | 2021-05-01 | v1.9 | "kettle\n"
    "#]],
    );
}

#[test]
fn the_index_of_a_capsule() {
    let index = "# Bo's log\n\n=> tea.gmi 2021-05-02 - Tea\n=> kettle.gmi 2021-05-01 The kettle\n=> about.gmi About\n";
    expect![[r#"
        2021-05-02 | 2021-05-02 | Tea | "=> tea.gmi 2021-05-02 - Tea\n"
        2021-05-01 | 2021-05-01 | The kettle | "=> kettle.gmi 2021-05-01 The kettle\n"
    "#]]
    .assert_eq(&shown(of_links(index)));
}

#[test]
fn one_article_stays_one() {
    for given in [
        // One date, or none.
        " date 2021-05-01 The kiosk opens.\n\nIt sells tea.\n",
        "# Diary\n\n## 2021-05-01\n\nRain.\n",
        // Chapters that name a day.
        "# The trial\n\n## How it began\n\na\n\n## 3 May 2021: the verdict\n\nb\n\n## 4 May 2021: the appeal\n\nc\n\n## What is next\n\nd\n",
        "# Trip\n\n## Day 1: 2021-05-01\n\na\n\n## Day 2: 2021-05-02\n\nb\n",
        // Spans, years, months.
        "## 2021-05-01 to 2021-05-03\n\na\n\n## 2021-05-04 - 2021-05-06\n\nb\n",
        "## 2020\n\na\n\n## 2021\n\nb\n",
        "## May 2021\n\na\n\n## June 2021\n\nb\n",
        // Versions that are not what the text is made of.
        "## 1.0 (2021-05-01)\n\na\n\n## Install\n\nb\n\n## Use\n\nc\n\n## 1.1 (2021-06-01)\n\nd\n",
        // Other levels.
        "# 2021-05-01\n\na\n\n## 2021-05-02\n\nb\n",
        // Code.
        "```\n## 2021-05-01\n## 2021-05-02\n```\n",
        // A chat and a log.
        "[2021-05-01 06:10:00 AM] al: hi\n[2021-05-01 06:11:00 AM] bo: hello\n",
        "2021-05-01 06:10:00 start\n2021-05-01 06:11:00 stop\n",
        // A list of dates, and two spellings.
        "1 May 2021\n\n2 May 2021\n\n3 May 2021\n",
        "1 May 2021\n\nRain.\n\n2021-05-02\n\nSun.\n",
        // Prose that begins with a date now and then.
        "The fair was on\n\n1 May 2021\n\nand it rained. The next\n\nfair, on\n\n2 May 2021\n\nwas dry. Both\n",
    ] {
        whole(given);
    }
}

#[test]
fn keys_stay_when_pieces_come_at_either_end() {
    let keys = |text: &str| of_text(text, false).unwrap().into_iter().map(|p| (p.key, p.body)).collect::<Vec<_>>();
    let newest_first = [" date 2021-05-02 c", " date 2021-05-02 b", " date 2021-05-01 a"];
    let before = keys(&newest_first.join("\n"));
    let after = keys(&format!(" date 2021-05-02 d\n{}", newest_first.join("\n")));
    assert!(before.iter().all(|piece| after.contains(piece)), "{before:?} {after:?}");
    let oldest_first = [" date 2021-05-01 a", " date 2021-05-02 b", " date 2021-05-02 c"];
    let before = keys(&format!("{}\n", oldest_first.join("\n")));
    let after = keys(&format!("{}\n date 2021-05-02 d\n", oldest_first.join("\n")));
    assert!(before.iter().all(|piece| after.contains(piece)), "{before:?} {after:?}");
}

#[test]
fn a_text_with_a_day_of_its_own_is_one_article() {
    let diary = "1 May 2021\n\nRain.\n\n2 May 2021\n\nSun.\n";
    assert!(of_text(diary, false).is_some());
    assert_eq!(of_text(diary, true), None);
    assert!(of_text(" date 2021-05-01 a\n date 2021-05-02 b\n", true).is_some());
}

#[test]
fn many_heads_take_linear_time() {
    let changes: String = (0..20_000).map(|n| format!("## 1.{n}.0 - 2021-05-01\n\nsee [1.{n}.0]\n\n")).collect();
    let links: String = (0..20_000).map(|n| format!("[1.{n}.0]: https://x.example/{n}\n")).collect();
    let start = std::time::Instant::now();
    let pieces = of_markup(&format!("{changes}{links}"), Writing::Markdown).unwrap();
    assert_eq!(pieces.len(), 20_000);
    assert!(pieces[7].body.ends_with("[1.7.0]: https://x.example/7\n"), "{}", pieces[7].body);
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

#[test]
fn days_below_years_and_months_are_whole_with_these() {
    let dates = |text: &str| {
        let pieces = of_markup(text, Writing::Markdown)?;
        Some(pieces.iter().map(|piece| piece.reading.value.to_string()).collect::<Vec<_>>())
    };
    let two = Some(vec!["2021-05-01".to_owned(), "2021-05-02".to_owned()]);
    for text in [
        "# Log\n\n## 2021\n\n### May 1\n\na\n\n### May 2\n\nb\n",
        "# 2021\n\n## May\n\n### 1\n\na\n\n### 2\n\nb\n",
        "# May 2021\n\n## Saturday 1\n\na\n\n## Sunday 2\n\nb\n",
    ] {
        assert_eq!(dates(text), two, "{text}");
    }
    // Numbers below anything else, and days of no year.
    for text in [
        "# Rules\n\n## 1\n\na\n\n## 2\n\nb\n",
        "# Log\n\n## May 1\n\na\n\n## May 2\n\nb\n",
        "# 2021\n\n## May 1\n\na\n\n## What came of it\n\nb\n\n## May 2\n\nc\n",
    ] {
        assert_eq!(dates(text), None, "{text}");
    }
}

#[test]
fn a_log_of_changes_as_gnu_has_it() {
    text(
        "2021-05-02  Al Pine  <al@x.example>\n\n\t* pump.c: Mend.\n\n2021-05-01  Bo Elm  <bo@x.example>\n\n\t* roof.c: New.\n\nLocal Variables:\nEnd:\n",
        expect![[r#"
            2021-05-02 | 2021-05-02 | - | "\t* pump.c: Mend.\n"
            2021-05-01 | 2021-05-01 | - | "\t* roof.c: New.\n"
        "#]],
    );
    whole("2021-05-02  Al Pine\n\n  Rain.\n\n2021-05-01  Bo Elm\n\n  Sun.\n");
}

#[test]
fn bold_days_are_heads_of_markdown_too() {
    markup(
        "**1 May 2021**\n\nRain.\n\n**2 May 2021**\n\nSun.\n",
        Writing::Markdown,
        expect![[r#"
        2021-05-01 | 2021-05-01 | - | "Rain.\n"
        2021-05-02 | 2021-05-02 | - | "Sun.\n"
    "#]],
    );
    let prose = "Some words.\n\nMore words.\n\nStill more.\n\n**1 May 2021**\n\nRain.\n\n**2 May 2021**\n\nSun.\n";
    assert_eq!(of_markup(prose, Writing::Markdown), None);
    assert_eq!(of_markup("1 May 2021\n\nRain.\n\n2 May 2021\n\nSun.\n", Writing::Markdown), None);
}
