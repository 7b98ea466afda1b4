//! Dates that programs write where they know none.

use chrono::NaiveDate;

use super::DateValue;

/// The days on which clocks and databases begin to count, with what each of them stands for.
const DAYS: [((i32, u32, u32), &str); 6] = [
    ((1970, 1, 1), "the beginning of Unix time"),
    // The same instant where clocks are behind Greenwich.
    ((1969, 12, 31), "the beginning of Unix time, seen from west of Greenwich"),
    ((1, 1, 1), "the first day of the calendar"),
    // The day before the first, a month and a year back, which PHP makes of zeros: `Mon, 30 Nov -0001`.
    ((1, 11, 30), "zeros, as PHP writes a missing date"),
    ((1900, 1, 1), "the first day that spreadsheets and databases count from"),
    ((9999, 12, 31), "the last day of the calendar"),
];

/// Days that other clocks count from, and on which things happened, too: only a time of day makes them one.
const TIMES: [((i32, u32, u32), &str); 4] = [
    ((1899, 12, 30), "the day that spreadsheets count from"),
    ((1899, 12, 31), "the day that spreadsheets count from"),
    ((1904, 1, 1), "the day that a Macintosh counts from"),
    ((1601, 1, 1), "the day that Windows counts from"),
];

/// Tells for what a date stands that dates nothing: the beginning of Unix time, the first day that a database has.
///
/// A value that states less than a day is never one.
///
/// ```
/// use feedmill_dates::{placeholder, read};
/// let value = read("Wed, 31 Dec 1969 16:00:00 -0800").unwrap().value;
/// assert!(placeholder(&value).is_some());
/// assert_eq!(placeholder(&read("1970-01-02").unwrap().value), None);
/// ```
pub fn placeholder(value: &DateValue) -> Option<&'static str> {
    if value.precision() < super::Precision::Day {
        return None;
    }
    let is_epoch = value.offset().is_some() && value.instant_in(&chrono::Utc).is_some_and(|at| at.timestamp() == 0);
    if is_epoch {
        return Some(DAYS[0].1);
    }
    let day = value.first_day();
    let times = value.local_time().map_or(&[][..], |_| &TIMES[..]);
    DAYS.iter()
        .chain(times)
        .find(|((y, m, d), _)| NaiveDate::from_ymd_opt(*y, *m, *d) == Some(day))
        .map(|(_, what)| *what)
}

/// Whether a text is written like a date and has zeros for all of its parts, as databases write a missing one:
/// `0000-00-00`, `0000-00-00 00:00:00`; PHP makes `-0001-11-30` of the same.
pub fn of_zeros(text: &str) -> bool {
    if text.starts_with("-0001-11-30") {
        return true;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit);
    text.len() >= 8
        && digits.clone().count() >= 6
        && digits.clone().all(|digit| digit == b'0')
        && text.bytes().all(|byte| byte.is_ascii_digit() || b"-/.: TZ+".contains(&byte))
}
