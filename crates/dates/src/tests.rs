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
    // Unmarked, in digits that many calendars are written in: not guessed.
    all_say("none", &["1402/04/18", "1445/01/01"]);
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
        // The year may stand first: 27 May 2012, or 12 May 2027.
        ("27/05/12", "2012-05-27", Order::Ambiguous),
        ("25/11/29", "2029-11-25", Order::Ambiguous),
        ("27/05/87", "1987-05-27", Order::DayFirst),
        ("Saturday, 25/11/29", "2025-11-29", Order::Fixed),
        ("mer, 05/27/2015", "2015-05-27", Order::MonthFirst),
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
            "21.09.26 — 18.12.26",
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

#[test]
fn other_calendars() {
    all_say(
        "2023-07-09",
        &[
            "9 กรกฎาคม 2566",
            "9 ก.ค. 66",
            "วันอาทิตย์ที่ 9 กรกฎาคม พ.ศ. 2566",
            "9/7/2566",
            "2566-07-09",
            "9 July 2566 BE",
            "๙ กรกฎาคม ๒๕๖๖",
            "۱۴۰۲/۰۴/۱۸",
            "۱۴۰۲-۰۴-۱۸",
            "۱۸ تیر ۱۴۰۲",
            "۱۸ تیر ماه ۱۴۰۲",
            "یکشنبه ۱۸ تیر ۱۴۰۲",
            "18 Tir 1402",
            "1402/4/18 ه.ش",
            "٢١ ذو الحجة ١٤٤٤ هـ",
            "٢١/١٢/١٤٤٤",
            "21/12/1444 هـ",
            "21 Dhu al-Hijjah 1444",
        ],
    );
    all_say("2023-07-09T10:15:00+07:00", &["2566-07-09T10:15:00+07:00"]);
    all_say("2023-07-09T10:15", &["۱۴۰۲/۰۴/۱۸ ۱۰:۱۵", "۱۸ تیر ۱۴۰۲ ساعت ۱۰:۱۵"]);
    // A word that other languages have too is a month with a year of its calendar alone.
    all_say("none", &["18 Mehr 2023", "31 Rajab 1445", "30 Esfand 1402"]);
}

#[test]
fn zones_of_every_kind() {
    all_say(
        "2018-10-04T10:20:30-07:00",
        &[
            "2018-10-04 10:20:30 -0700 PDT",
            "2018-10-04 10:20:30 PDT-0700",
            "2018-10-04 10:20:30 -0700 (PDT)",
            "Thu, 04 Oct 2018 10:20:30 PT",
            "October 4, 2018 10:20:30 AM Pacific Time",
            "2018-10-04 10:20:30 PST8PDT",
            "2018-10-04 10:20:30 America/Los_Angeles",
        ],
    );
    all_say("2018-07-04T10:20-04:00", &["July 4, 2018, 10:20 a.m. ET", "2018-07-04 10:20 EST5EDT"]);
    all_say("2018-12-04T10:20-05:00", &["Dec. 4, 2018, 10:20 a.m. ET", "2018-12-04 10:20 EST5EDT"]);
    all_say(
        "2018-10-04T10:20:30Z",
        &[
            "2018-10-04 10:20:30 +0000 UTC",
            "Thu, 04 Oct 2018 10:20:30 +0000 GMT",
            "2018-10-04 10:20:30 +0000 UTC m=+0.0123",
            "2018-10-04 10:20:30 XYZ",
            "2018-10-04 10:20:30 Mars/Olympus",
            "2018-10-04 10:20:30 Q",
        ],
    );
    all_say("2018-07-04T10:20+02:00", &["2018-07-04 10:20 CET-1CEST", "2018-07-04 10:20 Central European Summer Time"]);
    // What is known to mean several offsets is none of them.
    all_say("2018-10-04T10:20:30", &["2018-10-04 10:20:30 IST"]);
    let stated = |text: &str| read_stated(text).map(|reading| reading.value.to_string());
    assert_eq!(stated("2018-10-04 10:20 (Sommerzeit Mitte)").as_deref(), Some("2018-10-04T10:20"));
    assert_eq!(stated("2018-10-04 10:20 heure de Paris").as_deref(), Some("2018-10-04T10:20"));
}

#[test]
fn times_in_every_place() {
    all_say(
        "2014-12-11T20:25",
        &[
            "8:25 p.m. Dec. 11, 2014",
            "20:25 11.12.2014",
            "20:25, 11 декабря 2014",
            "8.25pm 11.12.2014",
            "at 8:25 pm on December 11, 2014",
            "11 December 2014 8:25 in the evening",
            "11 de diciembre de 2014, 8:25 de la noche",
            "2014年12月11日晚8:25",
            "2014年12月11日 晚上八点二十五分",
            "2014. december 11. du. 8:25",
            "11.12.2014 20.25",
            "11.12.2014. 20:25",
            "11 décembre 2014 à 20h25",
            "11 декабря 2014, 8:25 вечера",
            "11 de diciembre de 2014, 8:25 p. m.",
            "le 11 décembre 2014 à 20 h 25",
            "11 декември 2014 г., 20:25 ч.",
            "11/Dec/2014:20:25",
        ],
    );
    all_say("2014-12-11T15:30", &["2014年12月11日 午後三時半", "2014년 12월 11일 오후 3시 반", "11.12.2014 3:30 ip."]);
    all_say(
        "2014-12-11T12:00",
        &[
            "December 11, 2014 at noon",
            "11. prosinca 2014. u podne",
            "11 Dec 2014 12:00 noon",
            "11. Dezember 2014, 12 Uhr",
        ],
    );
    all_say("2014-12-11T00:00", &["December 11, 2014 at midnight", "11 Dec 2014 12:00 midnight", "2014-12-10 24:00"]);
    all_say("2014-12-11T00:00:00Z", &["2014-12-10T24:00:00Z"]);
    all_say("2014-12-11", &["Dec 11, 2014 Evening JST", "11 Dec 2014 morning"]);
    all_say(
        "2014-12-11T10:00",
        &["2014-12-11 Thu 10:00-11:00", "<2014-12-11 Thu 10:00 +1w>", "2014-12-11 10:00–11:30"],
    );
    all_say("2014-12-11T10:00-05:00", &["2014-12-11T10:00-05:00", "2014-12-11 10:00-05:00"]);
    all_say("2014-12-11T10:00-11:00", &["2014-12-11T10:00-11:00"]);
    all_say("2014-12-11", &["<2014-12-11 Thu>--<2014-12-13 Sat>", "<2014-12-11 Thu +1w -2d>"]);
    all_say("2014-12-11T20:25:07.684Z", &["2014-12-11T20:25:07:684Z"]);
    all_say("2014-12-11T20:25:07Z", &["/Date(1418329507000)/", "\\/Date(1418329507000)\\/"]);
    all_say("2014-12-11T22:25:07+02:00", &["/Date(1418329507000+0200)/"]);
}

#[test]
fn names_as_languages_bend_them() {
    all_say(
        "2016-11-20",
        &[
            "20. studenoga 2016.",
            "20. studenog 2016",
            "20 лист 2016",
            "20de november 2016",
            "20ste november 2016",
            "2016. november 20-án",
            "2016. gada 20. novembrī",
            "20 marraskuussa 2016",
            "20 Kasım'da 2016",
            "২০ই নভেম্বর ২০১৬",
            "20 नवम्बर 2016",
            "20 Tháng mười một 2016",
            "20 เดือนพฤศจิกายน 2016",
            "[Nov] 20, 2016",
            "20 | 11 | 2016",
            "Птн, 20 нояб. 2016",
        ],
    );
    all_say(
        "2010-05-08",
        &[
            "May eighth, 2010",
            "the eighth of May 2010",
            "8 V 2010",
            "8.V.2010",
            "2010. V. 8.",
            "8/May/2010",
            "8.Mai.2010",
        ],
    );
    all_say("2010-05-21", &["May twenty-first, 2010", "21st May, 2010"]);
    all_say("2010-05-01", &["premier mai 2010", "primero de mayo de 2010", "1° maggio 2010"]);
    // What begins like a name is none where several names begin so, or it goes on otherwise.
    all_say("none", &["20 Ju 2016", "20 Novelty 2016", "20 Marching 2016", "5 Janet 2016"]);
}

#[test]
fn what_is_stated_to_be_a_date() {
    for (text, day, order) in [
        ("02.12.19", "2019-12-02", Order::Ambiguous),
        ("30-12-16", "2016-12-30", Order::Ambiguous),
        ("05/06/12", "2012-06-05", Order::Ambiguous),
        ("99-12-31", "1999-12-31", Order::Ambiguous),
        ("15-18-12 06:00", "2015-12-18T06:00", Order::Ambiguous),
        ("2025-333", "2025-11-29", Order::Fixed),
        ("2024-13-01", "2024-01-13", Order::Ambiguous),
        ("7 May 2012", "2012-05-07", Order::Fixed),
    ] {
        let reading = read_stated(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((reading.value.to_string().as_str(), reading.order), (day, order), "{text}");
    }
    for text in ["1.66.1", "01-02-03", "0000-00-00", "0000-00-00 00:00:00", "2025-367", "555-867-5309", "192.168.2.1"] {
        assert_eq!(read_stated(text), None, "{text}");
    }
}

#[test]
fn what_stands_for_no_date() {
    for text in [
        "1970-01-01T00:00:00Z",
        "1970-01-01T01:00:00+01:00",
        "Wed, 31 Dec 1969 16:00:00 -0800",
        "0001-01-01",
        "1900-01-01 00:00:00",
        "1/1/1970",
    ] {
        assert!(placeholder(&read(text).unwrap().value).is_some(), "{text}");
    }
    for text in ["1970-01-02", "1970", "1900-01", "2001-09-17", "1971-01-01T00:00:00Z"] {
        assert_eq!(placeholder(&read(text).unwrap().value), None, "{text}");
    }
}
