//! Writing instants as feeds demand them. Nothing here depends on a locale, and nothing here can fail.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

/// English names, as RFC 822 section 5.1 fixes them.
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The instant in its own zone (RFC 3339 section 5.6), to the second: `2023-07-09T14:30:00+02:00`, or with `Z`
/// where the offset is zero.
///
/// Parts of a second are dropped, a leap second is written as `:59` (many readers refuse `:60`), and an offset that
/// is not whole minutes, which the format cannot say, gives the same instant in UTC. An instant outside the years 1
/// to 9999 is clamped to the first or last second of that range in UTC.
pub fn rfc3339(instant: &DateTime<FixedOffset>) -> String {
    let seconds = instant.offset().local_minus_utc();
    let local = instant.naive_utc().checked_add_signed(chrono::Duration::seconds(i64::from(seconds)));
    let (local, seconds) = match local {
        Some(local) if seconds % 60 == 0 && writable(local) && writable(instant.naive_utc()) => (local, seconds),
        _ => (clamp(instant.naive_utc()), 0),
    };
    let mut text = String::with_capacity("2023-07-09T14:30:00+02:00".len());
    push_year(&mut text, local.year());
    push_number(&mut text, '-', local.month());
    push_number(&mut text, '-', local.day());
    push_number(&mut text, 'T', local.hour());
    push_number(&mut text, ':', local.minute());
    push_number(&mut text, ':', local.second());
    if seconds == 0 {
        text.push('Z');
    } else {
        let minutes = seconds.unsigned_abs() / 60;
        push_number(&mut text, if seconds < 0 { '-' } else { '+' }, minutes / 60);
        push_number(&mut text, ':', minutes % 60);
    }
    text
}

/// The instant in UTC in the form of RSS (RFC 822 section 5.1, with the four-digit year of RFC 1123 section 5.2.14):
/// `Sun, 09 Jul 2023 12:30:00 +0000`.
///
/// Parts of a second and instants outside the years 1 to 9999 are treated as in [`rfc3339`].
pub fn rfc822(instant: &DateTime<FixedOffset>) -> String {
    let utc = clamp(instant.with_timezone(&Utc).naive_utc());
    let weekday = WEEKDAYS[utc.weekday().num_days_from_monday() as usize];
    let month = MONTHS[utc.month0() as usize];
    let mut text = String::with_capacity("Sun, 09 Jul 2023 12:30:00 +0000".len());
    text.push_str(weekday);
    text.push(',');
    push_number(&mut text, ' ', utc.day());
    text.push(' ');
    text.push_str(month);
    text.push(' ');
    push_year(&mut text, utc.year());
    push_number(&mut text, ' ', utc.hour());
    push_number(&mut text, ':', utc.minute());
    push_number(&mut text, ':', utc.second());
    text.push_str(" +0000");
    text
}

/// Four digits; feeds of fifty thousand entries have their dates written, and `format!` takes ten times as long.
fn push_year(text: &mut String, year: i32) {
    let year = year.unsigned_abs();
    push_digits(text, year / 100);
    push_digits(text, year);
}

/// A mark and two digits.
fn push_number(text: &mut String, mark: char, number: u32) {
    text.push(mark);
    push_digits(text, number);
}

fn push_digits(text: &mut String, number: u32) {
    for digit in [number / 10 % 10, number % 10] {
        text.push(char::from_digit(digit, 10).unwrap_or('0'));
    }
}

fn writable(time: NaiveDateTime) -> bool {
    (1..=9999).contains(&time.year())
}

fn clamp(time: NaiveDateTime) -> NaiveDateTime {
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap_or_default();
    match time.year() {
        1..=9999 => time,
        ..1 => day(1, 1, 1).and_time(NaiveTime::MIN),
        _ => day(9999, 12, 31).and_time(NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    #[test]
    fn rss_gets_utc_and_the_right_weekday() {
        assert_eq!(rfc822(&at("2023-07-09T14:30:00+02:00")), "Sun, 09 Jul 2023 12:30:00 +0000");
        assert_eq!(rfc822(&at("2024-01-01T00:30:00+01:00")), "Sun, 31 Dec 2023 23:30:00 +0000");
        assert_eq!(rfc822(&at("0987-06-05T04:03:02Z")), "Tue, 05 Jun 0987 04:03:02 +0000");
    }

    #[test]
    fn atom_keeps_the_zone() {
        assert_eq!(rfc3339(&at("2023-07-09T14:30:00.999+02:00")), "2023-07-09T14:30:00+02:00");
        assert_eq!(rfc3339(&at("2023-07-09T14:30:00-03:30")), "2023-07-09T14:30:00-03:30");
        assert_eq!(rfc3339(&at("2023-07-09T14:30:00-00:00")), "2023-07-09T14:30:00Z");
        assert_eq!(rfc3339(&at("2016-12-31T23:59:60Z")), "2016-12-31T23:59:59Z");
    }

    #[test]
    fn the_ends_of_time_are_clamped() {
        let zone = FixedOffset::east_opt(5 * 3600).unwrap();
        for (far, near) in
            [(DateTime::<Utc>::MIN_UTC, "0001-01-01T00:00:00Z"), (DateTime::<Utc>::MAX_UTC, "9999-12-31T23:59:59Z")]
        {
            for far in [far.fixed_offset(), far.with_timezone(&zone)] {
                assert_eq!(rfc3339(&far), near);
                assert!(rfc822(&far).ends_with(" +0000"));
            }
        }
    }
}
