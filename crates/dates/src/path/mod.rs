//! Dates in paths, file names, URLs and the values that look like them.
//!
//! A date counts only at the start of a segment, and its year must be one that articles can be from: the middle of a
//! name holds version numbers, counters and identifiers far more often than dates.

mod cursor;

use chrono::{NaiveDate, NaiveDateTime};

use super::{DateValue, Order, Precision, Reading, read};
use cursor::{Cursor, plain, segments};

/// A date that was found inside a longer text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The date.
    pub reading: Reading,
    /// The part of the text that states it, with percent-encoding resolved.
    pub place: String,
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
        return Some(Found { reading, place: text.to_owned() });
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
        Some((value, count @ (8 | 12 | 14))) if cursor.at_end() => (compact(value, count)?, cursor.at),
        Some((value, 1 | 2)) => day_first(cursor, value)?,
        Some(_) => return None,
        None => return whole_segment(segment),
    };
    plausible(&reading.value).then(|| Found { reading, place: rest[..used].to_owned() })
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
    // `2016-02-01T10:30`: the time is no part of the name's date, but no slug either.
    let end = cursor.at;
    let time_follows =
        cursor.left().starts_with(['T', 't']) && cursor.left()[1..].starts_with(|c: char| c.is_ascii_digit());
    if !(cursor.at_end() || time_follows) {
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
    [stem, segment].into_iter().find_map(|text| {
        let reading = read(text).filter(|reading| reading.value.precision() >= Precision::Day)?;
        plausible(&reading.value).then(|| Found { reading, place: text.to_owned() })
    })
}

/// A year and month, quarter or year at the start of `rest`, whose first segment is `segment`.
fn partial(rest: &str, segment: &str) -> Option<Found> {
    let mut cursor = Cursor { rest, at: 0 };
    let (year, 4) = cursor.number()? else { return None };
    let year = i32::try_from(year).ok().filter(|year| PLAIN_YEARS.contains(year))?;
    let after_year = cursor;
    let found =
        |value: Option<DateValue>, used: usize| Some(Found { reading: fixed(value?), place: rest[..used].to_owned() });
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

#[cfg(test)]
mod tests {
    use super::*;

    fn day(found: Option<Found>) -> String {
        found.map_or_else(|| "none".to_owned(), |found| found.reading.value.to_string())
    }

    #[test]
    fn full_dates_at_the_start_of_segments() {
        for (path, expected) in [
            ("2015/04/03/x", "2015-04-03"),
            ("2015/04/03-x", "2015-04-03"),
            ("posts/2016-02-01-x.md", "2016-02-01"),
            ("2016-2-1-x.md", "2016-02-01"),
            ("20160201-x", "2016-02-01"),
            ("20160201.txt", "2016-02-01"),
            ("20200103101500-notes.org", "2020-01-03T10:15:00"),
            ("2016_02_01", "2016-02-01"),
            ("2016.02.01.txt", "2016-02-01"),
            ("news/2016/04/3/", "2016-04-03"),
            ("news/2016/4/3-x", "2016-04-03"),
            ("2016/feb/01/x", "2016-02-01"),
            ("2016/Februar/01", "2016-02-01"),
            ("2016-04/03", "2016-04-03"),
            ("/en/newsletters/2019/04/30/", "2019-04-30"),
            ("https://2001-02-03.example/2016/04/03/x?d=2011-01-01#2012-01-01", "2016-04-03"),
            ("posts\\2016-02-01-x.md", "2016-02-01"),
            ("posts%2F2016-02-01%20x.md", "2016-02-01"),
            ("2010-01-01-dump/2016-02-01-x.md", "2016-02-01"),
            ("05-Jul-2001.txt", "2001-07-05"),
            ("27-05-2012-x.md", "2012-05-27"),
            ("journal/July 9, 2023.md", "2023-07-09"),
            ("journal/July 9th, 2023.md", "2023-07-09"),
            ("2016-02-01T10:30:00Z.txt", "2016-02-01"),
        ] {
            assert_eq!(day(in_path(path)), expected, "{path}");
        }
    }

    #[test]
    fn what_only_looks_like_a_date_is_none() {
        for path in [
            "kali-linux-2026-1",
            "kali-linux-2026-1-1",
            "01-02-03",
            "1.66.1",
            "0000-0002-1825-0097",
            "2019-0012-0001",
            "2016-13-01-x",
            "2016-02-30",
            "2016-02-012",
            "2016-02-01st",
            "20161301",
            "201602011",
            "12345678901234567890",
            "x-2016-02-01",
            "2016/04/3-things-to-know",
            "3016-02-01",
            "2016.04-03",
            "%",
            "%zz%2",
            "",
            "///",
        ] {
            assert_eq!(in_path(path), None, "{path}");
        }
    }

    #[test]
    fn the_place_is_what_states_the_date() {
        assert_eq!(in_path("news/2016/04/3/index.html").unwrap().place, "2016/04/3");
        assert_eq!(in_path("a/2016-02-01-x.md").unwrap().place, "2016-02-01");
        assert_eq!(in_path("07-05-2012-x").unwrap().reading.order, Order::Ambiguous);
    }

    #[test]
    fn partial_paths() {
        for (path, expected) in [
            ("2016/04/x.md", "2016-04"),
            ("2016/4/x.md", "2016-04"),
            ("2016/feb/x.md", "2016-02"),
            ("blog/2016-02/x.md", "2016-02"),
            ("2016-02-x.md", "2016-02"),
            ("reports/2020q2.md", "2020-Q2"),
            ("reports/2020-Q2/x", "2020-Q2"),
            ("2016/x.md", "2016"),
            ("2016/2017-03/x.md", "2017-03"),
            ("archive/2016.md", "2016"),
        ] {
            assert_eq!(day(in_partial_path(path)), expected, "{path}");
        }
        for path in
            ["kali-linux-2026-1", "2026-1-x", "2016-x", "20160", "1066/x", "2016-1234", "2020q5", "2020q22", "x"]
        {
            assert_eq!(in_partial_path(path), None, "{path}");
        }
    }

    #[test]
    fn values_are_paths_or_dates() {
        for (text, expected) in [
            ("2016-05-17 - Social Login", "2016-05-17"),
            ("/en/newsletters/2019/04/30/", "2019-04-30"),
            ("9. Juli 2023", "2023-07-09"),
            (" July 9, 2023 ", "2023-07-09"),
            ("2016-02-01-x", "2016-02-01"),
        ] {
            assert_eq!(day(in_value(text)), expected, "{text}");
        }
        for text in
            ["2001: A Space Odyssey", "1984", "May 2019", "Release 1.66.1", "July 4, 1000", "July 9, 2023 in pictures"]
        {
            assert_eq!(in_value(text), None, "{text}");
        }
    }
}
