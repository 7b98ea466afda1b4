//! What is read and what is not, in the words of those who write dates.

use super::*;

fn said(text: &str) -> String {
    read(text).map_or_else(|| "none".to_owned(), |reading| reading.value.to_string())
}

fn all_say(expected: &str, texts: &[&str]) {
    for text in texts {
        assert_eq!(said(text), expected, "{text:?}");
    }
}

#[test]
fn metadata_write_it_so() {
    all_say(
        "2016-04-03",
        &[
            "2016-04-03",
            "  2016-04-03\n",
            "\"2016-04-03\"",
            "'2016-4-3'",
            "2016/04/03",
            "2016.04.03",
            "2016_04_03",
            "2016 04 03",
            "20160403",
            "2016-W13-7",
            "2016W137",
            "<2016-04-03 Sun>",
            "[2016-04-03]",
            "2016‑04‑03",
            "２０１６年４月３日",
            "2016-Apr-03",
            "03-Apr-2016",
            "3-APR-2016",
            "2016-04-03T",
            "2016-04-03T..",
            "2016-04-03T24:00:00Z",
            "2016-04-03 24:00",
            "\u{feff}2016-04-03",
        ],
    );
    all_say(
        "2016-04-03T10:15",
        &["2016-04-03T10:15", "2016-04-03 10:15", "2016-4-3 10:15", "<2016-04-03 Sun 10:15>", "20160403T1015"],
    );
    all_say(
        "2016-04-03T10:15:00",
        &["2016-04-03T10:15:00", "2016-04-03 10:15:00.000", "20160403T101500", "20160403101500", "2016/4/3 10:15:00"],
    );
    all_say(
        "2016-04-03T10:15:00Z",
        &[
            "2016-04-03T10:15:00Z",
            "2016-04-03t10:15:00z",
            "2016-04-03T10:15:00.000000000+00:00",
            "2016-04-03 10:15:00 UTC",
            "2016-04-03 10:15:00 +0000",
            "2016-04-03 10:15:00-00:00",
            "2016-04-03T10:15:00 GMT",
            "20160403T101500Z",
            "2016-04-03T10:15:00[Etc/UTC]",
        ],
    );
    all_say(
        "2016-04-03T10:15:00+02:00",
        &[
            "2016-04-03T10:15:00+02:00",
            "2016-04-03 10:15:00+02:00",
            "2016-04-03 10:15:00 +0200",
            "2016-04-03 10:15:00 +2",
            "2016-04-03 10:15:00 +02",
            "2016-04-03 10:15:00 UTC+02:00",
            "2016-04-03 10:15:00 UTC+2",
            "2016-04-03 10:15:00 CEST",
            "2016-04-03 10:15:00 Europe/Berlin",
            "2016-04-03T10:15:00+02:00[Europe/Berlin]",
            "2016-04-03T10:15:00[Europe/Berlin]",
        ],
    );
    all_say(
        "2016-04-03T10:15:00-05:00",
        &["2016-04-03 10:15:00 -5", "2016-04-03 10:15:00-05:00", "2016-04-03 10:15:00 -500"],
    );
    all_say("2016-04-03T10:15:07.250", &["2016-04-03 10:15:07.25", "2016-04-03T10:15:07,250"]);
    all_say("2016-04-03T10:15:07.123456789", &["2016-04-03 10:15:07.123456789123456789123456789"]);
}

#[test]
fn malformed_and_yet_meant() {
    all_say("2014-05-06T18:48:00", &["2014-05-06 18::48::00"]);
    all_say("2014-05-06T00:10:00", &["2014-05-06 00:10::00"]);
    all_say("2014-05-06T16:30", &["2014-05-06 16:30-:00+16:30"]);
    all_say("2014-05-06T18:30:22-08:00", &["Tue May 6 18:30:22 2014 -0800"]);
    all_say(
        "2014-05-06",
        &["2014-05-06 25:10:00", "Mon, 6 May 2014", "May 6th 2014", "6th of May, 2014", "2014-05-6T.."],
    );
    all_say("none", &["2014-02-30", "2014-13-01", "2014-05-06 gone", "32 May 2014", "0 May 2014"]);
}

#[test]
fn mail_writes_it_so() {
    all_say(
        "1997-04-08T09:47:59-07:00",
        &[
            "Tue, 8 Apr 1997 09:47:59 -0700 (PDT)",
            "Tue, 08 Apr 97 09:47:59 -0700",
            "8 Apr 1997 09:47:59 -0700",
            "Fri, 8 April 1997 09:47:59 PDT",
            "Tue Apr  8 09:47:59 PDT 1997",
            "Tue Apr  8 09:47:59 1997 -0700",
            "Tue Apr 08 1997 09:47:59 GMT-0700 (Pacific Daylight Time)",
            "tuesday, 8-apr-97 09:47:59 pdt",
        ],
    );
    all_say("1997-04-08T09:47:59", &["Tue Apr  8 09:47:59 1997", "Tue, 8 Apr 1997 09:47:59"]);
    all_say(
        "1997-11-23T15:14:23+01:00",
        &["Sun, 23 Nov 1997 15:14:23 CET (+0100)", "Sun, 23 Nov 1997 15:14:23 +0100 (MET)"],
    );
    all_say("2021-09-03T11:21:31+02:00", &["Fri Sep  3 11:21:31 CEST 2021"]);
    all_say("1997-07-01T10:00:00+02:00", &["Tue, 1 Jul 1997 10:00:00 MET DST", "1 Jul 1997 10:00:00 +0200 (MET DST)"]);
    // A name that means several offsets gives none.
    all_say("1997-07-01T10:00:00", &["Tue, 1 Jul 1997 10:00:00 IST"]);
}

#[test]
fn people_write_it_so() {
    all_say(
        "2023-07-09",
        &[
            "July 9, 2023",
            "Jul. 9, 2023",
            "9 July 2023",
            "9th July, 2023",
            "the 9th of July 2023",
            "Sunday, July 9, 2023",
            "Sun 9 Jul 2023",
            "9 juillet 2023",
            "le 9 juillet 2023",
            "Dimanche 9 juillet 2023",
            "9. Juli 2023",
            "Sonntag, den 9. Juli 2023",
            "So., 9. Juli 2023",
            "9 de julio de 2023",
            "domingo, 9 de julho de 2023",
            "9 luglio 2023",
            "9 Temmuz 2023 Pazar",
            "9 июля 2023 г.",
            "воскресенье, 9 июля 2023 года",
            "2023. július 9., vasárnap",
            "2023年7月9日",
            "2023年7月9日(日)",
            "2023 年 7 月 9 日 星期日",
            "二〇二三年七月九日",
            "令和5年7月9日",
            "民國112年7月9日",
            "2023년 7월 9일 일요일",
            "٩ يوليو ٢٠٢٣",
            "९ जुलाई २०२३",
            "ngày 9 tháng 7 năm 2023",
            "Chủ Nhật, ngày 9 tháng 7 năm 2023",
            "9 กรกฎาคม 2023",
            "9 กรกฎาคม พ.ศ. 2566",
            "9 กรกฎาคม ค.ศ. 2023",
            "2023(e)ko uztailaren 9(a)",
            "2023 m. liepos 9 d.",
            "2023 оны 7-р сарын 9",
            "9 ביולי 2023",
            "9.7.2023",
            "09.07.2023",
            "9. 7. 2023.",
            "9.07.2023 г.",
        ],
    );
    all_say("2019-05-01", &["令和元年5月1日"]);
    // Unmarked, but certainly not of our era: not guessed.
    all_say("none", &["9 กรกฎาคม 2566", "1402/04/18", "۱۴۰۲-۰۴-۱۸"]);
    all_say(
        "2023-07-09T14:30",
        &[
            "July 9, 2023 at 2:30 pm",
            "July 9, 2023, 2:30 p.m.",
            "9. Juli 2023 um 14:30 Uhr",
            "9. Juli 2023, 14:30 Uhr",
            "9. juli 2023 kl. 14.30",
            "9 juillet 2023 à 14h30",
            "2023年7月9日 下午2:30",
            "2023年7月9日14時30分",
            "9 July 2023 - 14:30",
        ],
    );
    all_say("2023-07-09T00:05", &["July 9, 2023 12:05 AM"]);
    all_say("2023-07-09T12:05", &["July 9, 2023 12:05 PM"]);
}

#[test]
fn a_name_of_two_months_is_read_by_its_language() {
    all_say("2012-10-01", &["1. listopada 2012.", "ponedjeljak, 1. listopada 2012."]);
    all_say("2012-11-01", &["1 listopada 2012", "czwartek, 1 listopada 2012", "1. lis 2012"]);
    all_say("2010-05-11", &["mar. 11 mai 2010", "mar 11 may 2010"]);
    all_say("2010-03-11", &["mar 11 2010", "jueves, 11 mar 2010"]);
}

#[test]
fn less_than_a_day() {
    all_say("2020-Q2", &["2020q2", "2020Q2", "2020-Q2", "Q2 2020"]);
    all_say(
        "2019-05",
        &[
            "2019-05",
            "May 2019",
            "mai 2019",
            "2019/05",
            "05/2019",
            "2019年5月",
            "maggio 2019",
            "май 2019 г.",
            "tháng 5 năm 2019",
        ],
    );
    all_say("2019", &["2019", "“2019”"]);
    all_say("none", &["2020q5", "2019-5", "2016-W13", "13/2019", "9 May", "May", "Monday"]);
}

#[test]
fn the_order_of_day_and_month() {
    for (text, day, order) in [
        ("07-05-2012", "2012-05-07", Order::Ambiguous),
        ("5/7/2012", "2012-07-05", Order::Ambiguous),
        ("5/7/2012 10:30", "2012-07-05T10:30", Order::Ambiguous),
        ("7.5.2012", "2012-05-07", Order::Fixed),
        ("05-05-2012", "2012-05-05", Order::Fixed),
        ("27-05-2012", "2012-05-27", Order::DayFirst),
        ("27/05/12", "2012-05-27", Order::DayFirst),
        ("05/27/2012", "2012-05-27", Order::MonthFirst),
        ("05/27/12", "2012-05-27", Order::MonthFirst),
        ("Thu 07-05-2012", "2012-07-05", Order::MonthFirst),
        ("Monday, 07/05/2012", "2012-05-07", Order::DayFirst),
        ("Friday, 07/05/2012", "2012-05-07", Order::Ambiguous),
        ("7 May 2012", "2012-05-07", Order::Fixed),
    ] {
        let reading = read(text).unwrap();
        assert_eq!((reading.value.to_string().as_str(), reading.order), (day, order), "{text}");
    }
}

#[test]
fn what_is_no_date_is_none() {
    all_say(
        "none",
        &[
            "",
            " ",
            "-",
            "1.66.1",
            "10.12.15",
            "1.2.3",
            "01-02-03",
            "12/10",
            "0000-0002-1825-0097",
            "+49 30 901820",
            "030-1234-5678",
            "555-867-5309",
            "2025550123",
            "1459678500",
            "1459678500000",
            "kali-linux-2026-1",
            "192.168.2.1",
            "10:30",
            "yesterday",
            "May",
            "Mr. March",
            "may 2019 be better",
            "2001: A Space Odyssey",
            "The year 2019",
            "10 people died in March 2019",
            "9 July 2023 was hot",
            "2016-04-03-x",
            "2016-04-03-05",
            "12345678",
            "99999999999999999999999999",
            "2016-04-03 2017-04-03",
            "v2016-04-03",
            "3 of 10",
            "No. 11, 2023",
        ],
    );
}

#[test]
fn a_prefix_ends_where_the_date_ends() {
    for (text, day, rest) in [
        ("2023-07-09 A drone strike", "2023-07-09", " A drone strike"),
        (" \n2023-07-09\nText", "2023-07-09", "\nText"),
        ("2023-07-09 10 people died", "2023-07-09", " 10 people died"),
        ("2023-07-09 May said", "2023-07-09", " May said"),
        ("2023-07-09 Sunday morning", "2023-07-09", " Sunday morning"),
        ("2023-07-09 At noon 10:30", "2023-07-09", " At noon 10:30"),
        ("2023-07-09 3:2 win", "2023-07-09", " 3:2 win"),
        ("2023-07-09 10 PM candidates", "2023-07-09", " 10 PM candidates"),
        ("2023-07-09 10:30 -5 degrees", "2023-07-09T10:30", " -5 degrees"),
        ("2023-07-09 10:30 ART EXHIBITION", "2023-07-09T10:30", " ART EXHIBITION"),
        ("2023-07-09 10:30 A man", "2023-07-09T10:30", " A man"),
        ("2023-07-09 10:30 CEST Text", "2023-07-09T10:30+02:00", " Text"),
        ("2023-07-09T10:30:00Z Text", "2023-07-09T10:30:00Z", " Text"),
        ("2023-07-09 10:30:00 +0200 (said he)", "2023-07-09T10:30:00+02:00", " (said he)"),
        ("2023-07-09, 10:30: Text", "2023-07-09T10:30", ": Text"),
        ("9. Juli 2023 — Text", "2023-07-09", " — Text"),
        ("9. Juli 2023. Text", "2023-07-09", ". Text"),
        ("July 9, 2023: Text", "2023-07-09", ": Text"),
        ("July 9, 2023, Text", "2023-07-09", ", Text"),
        ("Sunday, July 9, 2023 Text", "2023-07-09", " Text"),
        ("July 9, 2023 (Sunday) Text", "2023-07-09", " Text"),
        ("9 июля 2023 г. Текст", "2023-07-09", " Текст"),
        ("2023年7月9日東京", "2023-07-09", "東京"),
        ("2023年7月9日（日）東京", "2023-07-09", "東京"),
        ("26-FEB-1987 15:01:01.79 Text", "1987-02-26T15:01:01.790", " Text"),
        ("[2016-04-1](https://a.example)", "2016-04-01", "(https://a.example)"),
        ("<2018-11-14 Wed> Text", "2018-11-14", " Text"),
        ("<2018-11-14 Wed 10:30> Text", "2018-11-14T10:30", " Text"),
        ("1. listopada 2012. Tekst", "2012-10-01", ". Tekst"),
        ("May 2019: Text", "2019-05", ": Text"),
        ("2019-05 — Text", "2019-05", " — Text"),
        ("May 2019\nText", "2019-05", "\nText"),
    ] {
        let (reading, used) = read_prefix(text).unwrap_or_else(|| panic!("{text:?}"));
        assert_eq!((reading.value.to_string().as_str(), &text[used..]), (day, rest), "{text:?}");
    }
    for text in [
        "",
        "Text 2023-07-09",
        "2019 was a year",
        "2019\nText",
        "May 2019 was hot",
        "May 2019 in: nothing",
        "2019-05 was hot",
        "2016-04-03-05 x",
        "2016-04-03-slug",
        "2016-04-031",
        "2016-04-03x",
        "10 people died in March 2019",
        "March on Washington, 1963",
        "1.66.1 is out",
        "9 July\n2023 people",
        "July 9, 23 people",
        "(2016-04-03 Text)",
        "5 in 2023",
    ] {
        assert_eq!(read_prefix(text), None, "{text:?}");
    }
}

#[test]
fn numbers_since_1970() {
    for number in [1_459_678_500, 1_459_678_500_000, 1_459_678_500_000_000, 1_459_678_500_000_000_000] {
        assert_eq!(from_epoch(number).unwrap().value.first_day().to_string(), "2016-04-03");
    }
    for number in [0, 2016, 20_160_403, -1_459_678_500, i64::MIN] {
        assert_eq!(from_epoch(number), None);
    }
    assert!(from_epoch(i64::MAX).is_some());
}
