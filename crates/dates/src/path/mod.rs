//! Dates in paths, file names, URLs and the values that look like them.
//!
//! In the path of a URL and in a value a date counts only at the start of a segment: their middles hold version
//! numbers, counters and identifiers far more often than dates. The name of a file is written by people for people, and
//! states its date anywhere ([`in_name`]). The year must be one that articles can be from.

mod cursor;
mod habit;
mod name;
mod partial;
mod scan;
#[cfg(test)]
mod tests;
mod time;
mod tokens;
mod within;

use chrono::{NaiveDate, NaiveDateTime};

use super::{Confidence, DateValue, Order, Precision, Reading, read};
use cursor::{Cursor, plain, segments};
pub use habit::Habit;
pub use name::{in_name, in_title, spelling};
use tokens::{Tokens, is_uuid};

/// A date that was found inside a longer text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The date.
    pub reading: Reading,
    /// The part of the text that states it, with percent-encoding resolved.
    pub place: String,
    /// How it stands there.
    pub standing: Standing,
    /// How far it can be relied on, where nothing else speaks for or against it.
    pub confidence: Confidence,
}

/// How a date stands in a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A full date at the start of a segment.
    Head,
    /// A full date elsewhere in a segment.
    Within,
    /// A full date that several segments state together: `2014/sept-25`.
    Together,
    /// A month, quarter or year.
    Partial,
}

impl Found {
    fn new(reading: Reading, place: &str, standing: Standing) -> Found {
        let confidence = match standing {
            _ if reading.order == Order::Ambiguous => Confidence::Low,
            Standing::Head | Standing::Within => Confidence::High,
            Standing::Together | Standing::Partial => Confidence::Medium,
        };
        Found { reading, place: place.to_owned(), standing, confidence }
    }
}

/// Years that a path can state: from the first newspapers to well after the longest-planned article.
const YEARS: std::ops::RangeInclusive<i32> = 1600..=2200;

/// Years that eight digits in a row, or a segment of nothing but a year, can state; other numbers are identifiers.
const PLAIN_YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// A full date in a path, file name or URL, at the start of a segment: `2015/04/03/x`, `2016-02-01-x.md`,
/// `20160201-x`, `news/2016/feb/3/`. Where several segments state one, the last wins: it is nearest to the article.
///
/// Backslashes separate segments too, percent-encoding is resolved, and of a URL neither host nor query is looked at.
/// A segment that begins with a day is ambiguous in the way of [`read()`](super::read()): `07-05-2012-x`.
pub fn in_path(name: &str) -> Option<Found> {
    let path = plain(name);
    segments(&path).filter_map(|(at, segment)| full(&path[at..], segment)).last()
}

/// A year and month, a quarter, or a year, that segments of a path consist of: `2016/04/x`, `/2016-02/`, `2020q2`,
/// `2016/feb/x`, `2016/x`. The finest wins, then the last.
pub fn in_partial_path(name: &str) -> Option<Found> {
    let path = plain(name);
    let found = segments(&path).filter_map(|(at, segment)| partial(&path[at..], segment));
    found.max_by_key(|found| found.reading.value.precision())
}

/// A date inside the value of a key such as `permalink`, `slug` or `name`, or a title that is a date or begins with
/// one as a file name does (`2016-05-17 - Social Login`).
pub fn in_value(text: &str) -> Option<Found> {
    let text = text.trim();
    let whole = read(text).filter(|reading| reading.value.precision() >= Precision::Day);
    if let Some(reading) = whole.filter(|reading| plausible(&reading.value)) {
        return Some(Found::new(reading, text, Standing::Head));
    }
    in_path(text)
}

fn plausible(value: &DateValue) -> bool {
    use chrono::Datelike;
    YEARS.contains(&value.first_day().year())
}

/// A full date at the start of `rest`, whose first segment is `segment`.
fn full(rest: &str, segment: &str) -> Option<Found> {
    let mut cursor = Cursor { rest, at: 0 };
    let digits = cursor.number();
    let (reading, used) = match digits {
        Some((value, 4)) => year_first(cursor, value)?,
        Some(_) if is_uuid(segment) => return None,
        Some((value, count @ (8 | 12 | 14))) if cursor.at_end() || cursor.is_time_next() => {
            (compact(value, count)?, cursor.at)
        }
        Some((value, 1 | 2)) => day_first(cursor, value)?,
        Some(_) => return None,
        None => return whole_segment(segment),
    };
    if !plausible(&reading.value) {
        return None;
    }
    // The time that follows in the same segment.
    let (reading, used) = match reading.value.precision() {
        Precision::Day => {
            let joint = rest[..used].chars().find(|c| !c.is_ascii_digit());
            let behind = time::behind(reading.value.first_day(), &rest[used..], joint);
            behind.map_or((reading.clone(), used), |(value, more)| (Reading { value, ..reading }, used + more))
        }
        _ => (reading, used),
    };
    Some(Found::new(reading, &rest[..used], Standing::Head))
}

fn fixed(value: DateValue) -> Reading {
    Reading { value, order: Order::Fixed }
}

/// `2015/04/03`, `2016-02-01`, `2016_02_01`, `2016/feb/01`, behind the year.
fn year_first(mut cursor: Cursor<'_>, year: u64) -> Option<(Reading, usize)> {
    let first = cursor.joint()?;
    let (month, month_padded) = cursor.month()?;
    let second = cursor.joint()?;
    // `2016.04-03` is a version; a slash goes with any other joint (`2016/04-03`).
    if first != second && first != '/' && second != '/' {
        return None;
    }
    let (day, digits) = cursor.number().filter(|(_, digits)| *digits <= 2)?;
    // `2016/04/3-things` is the third of nothing, while `2016/4/3-x` and `2016/04/03-x` are dates.
    let slug_follows = cursor.next().is_some_and(|c| matches!(c, '-' | '_' | ' '));
    if second == '/' && slug_follows && digits == 1 && month_padded {
        return None;
    }
    // `2016-02-01T10:30`: a time is no slug.
    let end = cursor.at;
    if !(cursor.at_end() || cursor.is_time_next()) {
        return None;
    }
    let value = DateValue::ymd(i32::try_from(year).ok()?, month, u32::try_from(day).ok()?)?;
    Some((fixed(value), end))
}

/// `20160201`, and with a time `201602011030`, `20160201103000`.
fn compact(value: u64, digits: usize) -> Option<Reading> {
    let time_digits = digits as u32 - 8;
    let (day, time) = (value / 10u64.pow(time_digits), value % 10u64.pow(time_digits));
    let year = i32::try_from(day / 10_000).ok().filter(|year| PLAIN_YEARS.contains(year))?;
    let day = NaiveDate::from_ymd_opt(year, (day / 100 % 100) as u32, (day % 100) as u32)?;
    let at = |hour: u64, minute: u64, second: u64| -> Option<NaiveDateTime> {
        day.and_hms_opt(hour as u32, minute as u32, second as u32)
    };
    let value = match time_digits {
        0 => DateValue::day(day),
        4 => DateValue::minute(at(time / 100, time % 100, 0)?, None),
        _ => DateValue::second(at(time / 10_000, time / 100 % 100, time % 100)?, None),
    };
    value.map(fixed)
}

/// `27-05-2012-x`, `05-Jul-2001`, behind the first number. Slashes separate segments here, and never day and month.
fn day_first(mut cursor: Cursor<'_>, first: u64) -> Option<(Reading, usize)> {
    let joint = cursor.joint().filter(|joint| *joint != '/')?;
    cursor.month_or_day()?;
    if cursor.joint()? != joint {
        return None;
    }
    let (_, digits) = cursor.number()?;
    if digits != 4 || first > 31 || !cursor.at_end() {
        return None;
    }
    let text = &cursor.rest[..cursor.at];
    read(text).filter(|reading| reading.value.precision() == Precision::Day).map(|reading| (reading, cursor.at))
}

/// A segment that is a date and nothing else but its extension: `July 9, 2023.md`.
fn whole_segment(segment: &str) -> Option<Found> {
    let stem = match segment.rsplit_once('.') {
        Some((stem, extension)) if extension.len() <= 5 && extension.chars().all(char::is_alphanumeric) => stem,
        _ => segment,
    };
    // Without a month in words it begins with its year or day.
    if segment.is_ascii() && !Tokens::of(segment).has_month() {
        return None;
    }
    [stem, segment].into_iter().find_map(|text| {
        let reading = read(text).filter(|reading| reading.value.precision() >= Precision::Day)?;
        plausible(&reading.value).then(|| Found::new(reading, text, Standing::Head))
    })
}

/// A year and month, quarter or year at the start of `rest`, whose first segment is `segment`.
fn partial(rest: &str, segment: &str) -> Option<Found> {
    let mut cursor = Cursor { rest, at: 0 };
    let (year, 4) = cursor.number()? else { return None };
    let year = i32::try_from(year).ok().filter(|year| PLAIN_YEARS.contains(year))?;
    let after_year = cursor;
    let found =
        |value: Option<DateValue>, used: usize| Some(Found::new(fixed(value?), &rest[..used], Standing::Partial));
    // `2020q2`, `2020-Q2`
    let mut quarter = cursor;
    quarter.joint();
    if let Some(number) = quarter.left().strip_prefix(['q', 'Q'])
        && let Some(digit @ '1'..='4') = number.chars().next()
        && number[1..].chars().next().is_none_or(|c| !c.is_alphanumeric())
    {
        return found(DateValue::quarter(year, digit as u32 - '0' as u32), quarter.at + 2);
    }
    if let Some(joint) = cursor.joint()
        && let Some((month, padded)) = cursor.month()
    {
        // Between slashes a month fills its segment, `2016/4/x`; behind a dash it is padded, since `2026-1` counts.
        let ends = match joint {
            '/' => cursor.next().is_none_or(|c| matches!(c, '/' | '\\' | '.')),
            '-' | '_' => padded && cursor.at_end() && !cursor.is_number_next(),
            _ => false,
        };
        if ends {
            return found(DateValue::month(year, month), cursor.at);
        }
    }
    // A year fills its segment, but for an extension.
    let stem = segment.split('.').next().unwrap_or(segment);
    if stem.len() == 4 { found(DateValue::year(year), after_year.at) } else { None }
}
