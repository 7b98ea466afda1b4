use chrono::{Datelike, NaiveDate, TimeDelta, TimeZone};
use expect_test::{Expect, expect};

use super::*;

fn when(text: &str) -> When {
    When::read(text).unwrap()
}

/// The times after `from`, as the clock of the zone shows them.
fn times(text: &str, zone: Tz, from: &str, count: usize) -> Vec<String> {
    let schedule = when(text);
    let mut at: DateTime<Utc> = from.parse().unwrap();
    let mut shown = Vec::new();
    for _ in 0..count {
        let Some(next) = schedule.next_after(at, zone) else { break };
        assert!(next > at, "{text}: {next} after {at}");
        shown.push(next.with_timezone(&zone).format("%a %Y-%m-%d %H:%M %z").to_string());
        at = next;
    }
    shown
}

#[test]
fn a_skipped_time_comes_once_right_after_the_gap() {
    let berlin = chrono_tz::Europe::Berlin;
    let nights = ["Sun 2025-03-30 03:00 +0200", "Mon 2025-03-31 02:30 +0200"];
    assert_eq!(times("30 2 * * *", berlin, "2025-03-29T12:00:00Z", 2), nights);
    // Several times of one gap come as one.
    let nights = ["Sun 2025-03-30 03:00 +0200", "Mon 2025-03-31 02:00 +0200", "Mon 2025-03-31 02:15 +0200"];
    assert_eq!(times("*/15 2 * * *", berlin, "2025-03-29T12:00:00Z", 3), nights);
    // Samoa left out a whole day.
    let days = ["Thu 2011-12-29 12:00 -1000", "Sat 2011-12-31 00:00 +1400", "Sat 2011-12-31 12:00 +1400"];
    assert_eq!(times("0 12 * * *", chrono_tz::Pacific::Apia, "2011-12-29T20:00:00Z", 3), days);
}

#[test]
fn a_repeated_time_comes_once_and_every_hour_means_every_hour() {
    let berlin = chrono_tz::Europe::Berlin;
    let nights = ["Sun 2025-10-26 02:30 +0200", "Mon 2025-10-27 02:30 +0100"];
    assert_eq!(times("30 2 * * *", berlin, "2025-10-25T12:00:00Z", 2), nights);
    let hours = ["Sun 2025-10-26 01:30 +0200", "Sun 2025-10-26 02:30 +0200", "Sun 2025-10-26 02:30 +0100"];
    assert_eq!(times("30 * * * *", berlin, "2025-10-25T23:00:00Z", 3), hours);
    let hours = ["Sun 2025-03-30 01:30 +0100", "Sun 2025-03-30 03:30 +0200"];
    assert_eq!(times("30 * * * *", berlin, "2025-03-30T00:00:00Z", 2), hours);
}

#[test]
fn days_of_month_and_week() {
    let utc = Tz::UTC;
    let from = "2025-01-01T00:00:00Z";
    let at = |text: &str, count| times(text, utc, from, count).iter().map(|t| t[..14].to_owned()).collect::<Vec<_>>();
    assert_eq!(at("0 0 L * *", 3), ["Fri 2025-01-31", "Fri 2025-02-28", "Mon 2025-03-31"]);
    assert_eq!(at("0 0 L-3 * *", 2), ["Tue 2025-01-28", "Tue 2025-02-25"]);
    assert_eq!(at("0 0 LW * *", 3), ["Fri 2025-01-31", "Fri 2025-02-28", "Mon 2025-03-31"]);
    // 15 February 2025 is a Saturday, 15 June a Sunday; 1 March a Saturday, 1 June a Sunday.
    assert_eq!(at("0 0 15W 2,6 *", 2), ["Fri 2025-02-14", "Mon 2025-06-16"]);
    assert_eq!(at("0 0 1W 3,6 *", 2), ["Mon 2025-03-03", "Mon 2025-06-02"]);
    assert_eq!(at("0 0 31W 5,8 *", 2), ["Fri 2025-05-30", "Fri 2025-08-29"]);
    assert_eq!(at("0 0 * * fri#2", 2), ["Fri 2025-01-10", "Fri 2025-02-14"]);
    assert_eq!(at("0 0 * * friL", 2), ["Fri 2025-01-31", "Fri 2025-02-28"]);
    assert_eq!(at("0 0 * * 7", 1), at("0 0 * * sun", 1));
    assert_eq!(at("0 0 * * fri-sun", 3), ["Fri 2025-01-03", "Sat 2025-01-04", "Sun 2025-01-05"]);
    // Both fields named: either is enough. One with a star: both must hold.
    assert_eq!(at("0 0 13 * fri", 3), ["Fri 2025-01-03", "Fri 2025-01-10", "Mon 2025-01-13"]);
    assert_eq!(at("0 0 */2 * fri", 2), ["Fri 2025-01-03", "Fri 2025-01-17"]);
    assert_eq!(at("0 0 29 2 *", 2), ["Tue 2028-02-29", "Sun 2032-02-29"]);
    assert_eq!(times("0 0 29 2 *", utc, "2096-03-01T00:00:00Z", 1), ["Fri 2104-02-29 00:00 +0000"]);
    assert_eq!(at("@monthly", 1), ["Sat 2025-02-01"]);
    assert_eq!(
        times("5/20 8-9 * * *", utc, from, 4)[2..],
        ["Wed 2025-01-01 08:45 +0000", "Wed 2025-01-01 09:05 +0000"]
    );
    assert_eq!(times("*/15 * * jan MON", utc, from, 1), ["Mon 2025-01-06 00:00 +0000"]);
}

#[test]
fn intervals_and_names() {
    assert_eq!(when("every 1h30m").interval(), Some(Duration::from_secs(5_400)));
    assert_eq!(when("Every day").interval(), Some(Duration::from_secs(86_400)));
    assert_eq!(when(" @Hourly ").fields(), Some("0 * * * *"));
    assert!(when("@reboot").is_start() && when("@start").next_after(Utc::now(), Tz::UTC).is_none());
    assert_eq!(When::every(Duration::from_secs(900)).to_string(), "every 15m");
    assert_eq!(when(&When::every(Duration::from_secs(900)).to_string()), When::every(Duration::from_secs(900)));
}

#[track_caller]
fn wrong(text: &str, expected: Expect) {
    let err = When::read(text).unwrap_err();
    assert!(err.is_usage());
    expected.assert_eq(&err.to_string());
}

#[test]
fn mistakes_are_pointed_at() {
    wrong(
        "60 * * * *",
        expect![[
            r#"schedule "60 * * * *", column 1: expected a minute from 0 to 59, found "60"; the full hour is minute 0"#
        ]],
    );
    wrong(
        "* 24 * * *",
        expect![[r#"schedule "* 24 * * *", column 3: expected an hour from 0 to 23, found "24"; midnight is hour 0"#]],
    );
    wrong(
        "0 0 1 foo *",
        expect![[r#"schedule "0 0 1 foo *", column 7: expected a month from 1 to 12, or jan to dec, found "foo""#]],
    );
    wrong(
        "0 0 * * 1,8",
        expect![[
            r#"schedule "0 0 * * 1,8", column 11: expected a day of the week from 0 to 7, or sun to sat, found "8""#
        ]],
    );
    wrong(
        "0 22-6 * * *",
        expect![[r#"schedule "0 22-6 * * *", column 3: expected a range that goes up, found "22-6"; write 22-23,0-6"#]],
    );
    wrong("*/0 * * * *", expect![[r#"schedule "*/0 * * * *", column 3: expected a step from 1 to 60, found "0""#]]);
    wrong(
        "0 0 30 2 *",
        expect![[r#"schedule "0 0 30 2 *", column 5: expected a day that the calendar has, found "30" in month "2""#]],
    );
    wrong(
        "0 0 * * fri#6",
        expect![[
            r#"schedule "0 0 * * fri#6", column 13: expected a number from 1 to 5 after #, found "6"; fri#2 is the second Friday of the month, friL the last"#
        ]],
    );
    wrong(
        "* * *",
        expect![[
            r#"schedule "* * *", column 6: expected five fields (minute, hour, day, month, weekday), found 3; write five cron fields such as "*/15 * * * *", a name such as "@daily", or "every 15m""#
        ]],
    );
    wrong(
        "0 0 0 1 1 *",
        expect![[
            r#"schedule "0 0 0 1 1 *", column 11: expected five fields (minute, hour, day, month, weekday), found 6; seconds and years are not understood: leave them out"#
        ]],
    );
    wrong(
        "@dayly",
        expect![[
            r#"schedule "@dayly", column 1: expected the name of a schedule, found "@dayly"; the names are @hourly, @daily, @weekly, @monthly, @quarterly, @yearly and @start"#
        ]],
    );
    wrong(
        "every 15",
        expect![[
            r#"schedule "every 15", column 7: expected an interval such as 15m, 2h or 1h30m, found "15"; the units are s, m, h, d and w; at most a year"#
        ]],
    );
    wrong("every 0s", expect![[r#"schedule "every 0s", column 7: expected an interval of a second or more, found 0"#]]);
    wrong(
        "",
        expect![[
            r#"schedule "", column 1: expected a schedule, found nothing; write five cron fields such as "*/15 * * * *", a name such as "@daily", or "every 15m""#
        ]],
    );
    wrong(
        "1,,2 * * * *",
        expect![[r#"schedule "1,,2 * * * *", column 3: expected a minute from 0 to 59, found nothing"#]],
    );
    wrong("+1 * * * *", expect![[r#"schedule "+1 * * * *", column 1: expected a minute from 0 to 59, found "+1""#]]);
}

#[test]
fn hostile_texts_are_errors() {
    for text in [
        "*/99999999999999999999 * * * *",
        "é é é é é",
        "* * * * *L",
        "* * 99999999999W * *",
        "0 0 L- * *",
        "0 0 W * *",
        "- - - - -",
        "#",
        "* * * * #1",
        "* * * * 1#",
        "@",
        "every",
        "everyé",
        "every 9999999999999999999999w",
        "/ / / / /",
    ] {
        assert!(When::read(text).is_err(), "{text}");
    }
    assert!(When::read(&"1,".repeat(100_000)).is_err());
}

#[test]
fn the_end_of_the_calendar_is_no_time() {
    for zone in [Tz::UTC, chrono_tz::America::New_York] {
        for text in ["* * * * *", "0 2 * * *", "0 0 29 2 *"] {
            assert_eq!(when(text).next_after(DateTime::<Utc>::MAX_UTC, zone), None, "{text}");
            let _ = when(text).next_after(DateTime::<Utc>::MIN_UTC, zone);
        }
    }
    assert_eq!(when("every 1d").next_after(DateTime::<Utc>::MAX_UTC, Tz::UTC), None);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2_000))]

    /// Whatever is written, it is a schedule with times in their order, or an error.
    #[test]
    fn times_go_forward(
        text in "([0-9]{1,2}|[*?]|L|[0-9]{1,2}W|[0-9]#[0-9]|[a-z]{3}|[0-9]-[0-9]{1,2}|[*]/[0-9]{1,2}|[ ,/#LW-]| ){5,12}",
        second in 0_i64..4_102_444_800,
    ) {
        if let Ok(schedule) = When::read(&text) {
            let from = DateTime::from_timestamp(second, 0).unwrap();
            let first = schedule.next_after(from, chrono_tz::Africa::Casablanca).unwrap();
            let second = schedule.next_after(first, chrono_tz::Africa::Casablanca).unwrap();
            proptest::prop_assert!(from < first && first < second);
            proptest::prop_assert_eq!(When::read(&schedule.to_string()).ok(), Some(schedule));
        }
    }
}

/// Schedules beside the same said in Rust: minutes, hours, days.
type Said = (&'static str, fn(u32) -> bool, fn(u32) -> bool, fn(NaiveDate) -> bool);

const SAID: [Said; 12] = [
    ("*/15 * * * *", |m| m % 15 == 0, |_| true, |_| true),
    ("0 * * * *", |m| m == 0, |_| true, |_| true),
    ("7,37 * * * sat,sun", |m| m == 7 || m == 37, |_| true, |d| d.weekday().number_from_monday() > 5),
    ("59 0-23 1 * *", |m| m == 59, |_| true, |d| d.day() == 1),
    ("0 0 * * *", |m| m == 0, |h| h == 0, |_| true),
    ("30 2 * * *", |m| m == 30, |h| h == 2, |_| true),
    ("15 1,2,3 * * *", |m| m == 15, |h| (1..=3).contains(&h), |_| true),
    ("*/10 2 * * *", |m| m % 10 == 0, |h| h == 2, |_| true),
    ("0 */2 * * *", |m| m == 0, |h| h % 2 == 0, |_| true),
    (
        "45 1 * 3,4,10,11 sun",
        |m| m == 45,
        |h| h == 1,
        |d| d.weekday().num_days_from_sunday() == 0 && [3, 4, 10, 11].contains(&d.month()),
    ),
    ("5 3 31 * *", |m| m == 5, |h| h == 3, |d| d.day() == 31),
    ("29 23 * * mon", |m| m == 29, |h| h == 23, |d| d.weekday().num_days_from_monday() == 0),
];

/// Watches the clock of a zone minute by minute for a year, and notes what a patient person would do by the rules:
/// with every hour meant, look at the clock's face; otherwise do, at each minute that is later than any shown before,
/// whatever has been passed since.
#[test]
fn a_year_of_minutes_agrees_with_somebody_who_watches_the_clock() {
    let zones = [
        (chrono_tz::Europe::Berlin, 2025),
        (chrono_tz::America::New_York, 2026),
        (chrono_tz::Australia::Lord_Howe, 2025),
        (chrono_tz::Africa::Casablanca, 2026),
        (chrono_tz::Africa::Cairo, 2025),
    ];
    for (zone, year) in zones {
        let begin = Utc.with_ymd_and_hms(year, 1, 1, 0, 0, 0).unwrap();
        // Minutes of the clock's face, counted from 1970.
        let faces: Vec<i64> = (0..366 * 1_440)
            .map(|minute| (begin + TimeDelta::minutes(minute)).with_timezone(&zone).naive_local())
            .map(|face| face.and_utc().timestamp() / 60)
            .collect();
        for (text, minute, hour, day) in SAID {
            let date = |face: i64| DateTime::from_timestamp(face * 60, 0).unwrap().date_naive();
            let meant = |face: i64| minute((face % 60) as u32) && hour((face / 60 % 24) as u32) && day(date(face));
            let every_hour = (0..24).all(hour);
            let mut latest = faces[0];
            let mut expected = Vec::new();
            for (number, face) in faces.iter().enumerate().skip(1) {
                let due = if every_hour { meant(*face) } else { (latest + 1..=*face).any(meant) };
                latest = latest.max(*face);
                if due {
                    expected.push(begin + TimeDelta::minutes(number as i64));
                }
            }
            let schedule = when(text);
            let end = begin + TimeDelta::minutes(faces.len() as i64);
            let found: Vec<_> =
                std::iter::successors(schedule.next_after(begin, zone), |at| schedule.next_after(*at, zone))
                    .take_while(|at| *at < end)
                    .collect();
            assert!(expected.len() > 5, "{text}");
            if let Some((found, expected)) = found.iter().zip(&expected).find(|(a, b)| a != b) {
                panic!("{text} in {zone}: {found} instead of {expected}");
            }
            assert_eq!(found.len(), expected.len(), "{text} in {zone}");
        }
    }
}

#[test]
fn the_shortest_gap_is_what_subscribers_are_told() {
    for (text, minutes) in [
        ("every 90m", Some(90)),
        ("*/15 * * * *", Some(15)),
        ("@daily", Some(1_440)),
        ("0 8,9,18 * * mon-fri", Some(60)),
        ("0 6 * * mon,thu", Some(3 * 1_440)),
        ("@monthly", Some(28 * 1_440)),
        ("0 0 29 2 *", Some(4 * 366 * 1_440 - 3 * 1_440)),
        ("@start", None),
    ] {
        assert_eq!(when(text).gap().map(|gap| gap.as_secs() / 60), minutes, "{text}");
    }
}
