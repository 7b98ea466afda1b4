//! Dates as the specifications demand them, letter by letter.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, Weekday};

use super::Fault;
use crate::rules::value;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const LONG_MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const LONG_DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// The zones that RFC 822 section 5.1 names, and the one that everybody adds.
const ZONES: [&str; 12] = ["ut", "gmt", "utc", "z", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt"];
/// Feeds are younger than this; an older date is most often a clock that was never set, or a year of two digits.
const FIRST_PLAUSIBLE: i32 = 1970;
/// A year that no clock can mean.
const LAST_PLAUSIBLE: i32 = 2100;

/// RFC 822 section 5.1, as RFC 1123 and RFC 2822 amend it.
pub(super) fn rfc822(text: &str, faults: &mut Vec<Fault>) {
    let trimmed = text.trim();
    let Some(date) = Rfc822::read(trimmed) else {
        faults.push(Fault::new(&value::RFC822, text));
        return;
    };
    if date.is_odd {
        faults.push(Fault::new(&value::RFC822_ODD, text));
    }
    if let Some(weekday) = date.weekday
        && date.day.weekday() != weekday
    {
        let expected = format!("{:?}, the day of the week of {}", date.day.weekday(), date.day);
        faults.push(Fault::expecting(&value::WEEKDAY, expected, text));
    }
    plausible(date.day.year(), text, faults);
}

fn plausible(year: i32, text: &str, faults: &mut Vec<Fault>) {
    if !(FIRST_PLAUSIBLE..LAST_PLAUSIBLE).contains(&year) {
        faults.push(Fault::new(&value::IMPLAUSIBLE, text));
    }
}

/// The instant of a date of HTTP (RFC 9110 section 5.6.7, the form that is in use).
pub(crate) fn http_date(text: &str) -> Option<chrono::NaiveDateTime> {
    chrono::NaiveDateTime::parse_from_str(text.trim(), "%a, %d %b %Y %H:%M:%S GMT").ok()
}

struct Rfc822 {
    weekday: Option<Weekday>,
    day: NaiveDate,
    /// In order, and yet not what every reader knows.
    is_odd: bool,
}

impl Rfc822 {
    fn read(text: &str) -> Option<Rfc822> {
        if !text.is_ascii() || text.len() > 200 {
            return None;
        }
        let (text, had_comment) = without_comments(text)?;
        // White space is free around the comma.
        let text = text.replace(" ,", ",");
        let mut is_odd = had_comment;
        let mut words = text.split_ascii_whitespace().peekable();
        let mut weekday = None;
        let first = *words.peek()?;
        let mut first_rest = None;
        if let Some((name, rest)) = first.split_once(',') {
            words.next();
            let name = name.to_ascii_lowercase();
            let short = DAYS.iter().position(|day| *day == name);
            is_odd |= short.is_none();
            let at = short.or_else(|| LONG_DAYS.iter().position(|day| *day == name))?;
            weekday = Some(Weekday::try_from(at as u8).ok()?);
            if !rest.is_empty() {
                is_odd = true;
                first_rest = Some(rest);
            }
        }
        let day = number(first_rest.or_else(|| words.next())?, 1, 2)?;
        let month = words.next()?.to_ascii_lowercase();
        let short = MONTHS.iter().position(|name| *name == month);
        is_odd |= short.is_none();
        let month = short.or_else(|| LONG_MONTHS.iter().position(|name| *name == month))? as u32 + 1;
        let year_text = words.next()?;
        let year = match number(year_text, 2, 4)? as i32 {
            _ if year_text.len() == 3 => return None,
            year if year_text.len() == 2 => {
                is_odd = true;
                if year < 50 { 2000 + year } else { 1900 + year }
            }
            year => year,
        };
        let mut clock = words.next()?.split(':');
        let hour_text = clock.next()?;
        is_odd |= hour_text.len() == 1;
        let hour = number(hour_text, 1, 2)?;
        let minute = number(clock.next()?, 2, 2)?;
        let second = match clock.next() {
            Some(second) => number(second, 2, 2)?,
            None => 0,
        };
        if clock.next().is_some() || hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let zone = words.next()?;
        if !is_zone_822(zone) {
            return None;
        }
        is_odd |= zone.len() == 1 && !zone.eq_ignore_ascii_case("z");
        if words.next().is_some() {
            return None;
        }
        let day = NaiveDate::from_ymd_opt(year, month, day)?;
        Some(Rfc822 { weekday, day, is_odd })
    }
}

/// The text without what stands in parentheses, and whether there was any; `None` where they do not match.
fn without_comments(text: &str) -> Option<(String, bool)> {
    if !text.contains(['(', ')']) {
        return Some((text.to_owned(), false));
    }
    let mut depth = 0usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1)?,
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    (depth == 0).then_some((out, true))
}

fn is_zone_822(zone: &str) -> bool {
    let lower = zone.to_ascii_lowercase();
    // Military letters are zones too, though RFC 1123 section 5.2.14 says that they mean nothing.
    if ZONES.contains(&lower.as_str()) || lower.len() == 1 && matches!(lower.as_bytes()[0], b'a'..=b'i' | b'k'..=b'y') {
        return true;
    }
    let digits = lower.strip_prefix(['+', '-']).and_then(|digits| number(digits, 4, 4));
    digits.is_some_and(|both| both / 100 < 24 && both % 100 < 60)
}

/// A number of so many digits.
fn number(text: &str, least: usize, most: usize) -> Option<u32> {
    let fits = (least..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

/// RFC 3339 section 5.6 as RFC 4287 section 3.3 narrows it: capital `T` and `Z`, no white space.
pub(super) fn rfc3339(text: &str, faults: &mut Vec<Fault>) {
    let trimmed = text.trim();
    match instant(trimmed) {
        Some(at) => {
            if trimmed.len() != text.len() {
                faults.push(Fault::new(&value::WHITESPACE, "white space around it"));
            }
            plausible(at.year(), text, faults);
        }
        None => faults.push(Fault::new(&value::RFC3339, text)),
    }
}

/// The instant of a date of RFC 3339.
pub(crate) fn instant(text: &str) -> Option<DateTime<FixedOffset>> {
    let bytes = text.as_bytes();
    let mask = b"0000-00-00T00:00:00";
    if bytes.len() < mask.len() + 1 || bytes.len() > 60 {
        return None;
    }
    for (byte, wanted) in bytes.iter().zip(mask) {
        let fits = if *wanted == b'0' { byte.is_ascii_digit() } else { byte == wanted };
        if !fits {
            return None;
        }
    }
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let day = NaiveDate::from_ymd_opt(part(0, 4)? as i32, part(5, 7)?, part(8, 10)?)?;
    let second = part(17, 19)?;
    if second > 60 {
        return None;
    }
    let time = NaiveTime::from_hms_opt(part(11, 13)?, part(14, 16)?, second.min(59))?;
    let mut rest = text.get(19..)?;
    if let Some(fraction) = rest.strip_prefix('.') {
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            return None;
        }
        rest = &fraction[digits..];
    }
    let offset = FixedOffset::east_opt(offset_3339(rest)?)?;
    // A leap second is the last second of a day in Greenwich, so of some minute everywhere.
    day.and_time(time).and_local_timezone(offset).single()
}

fn offset_3339(zone: &str) -> Option<i32> {
    if zone == "Z" {
        return Some(0);
    }
    let digits = zone.strip_prefix(['+', '-'])?;
    let (hours, minutes) = digits.split_once(':')?;
    let (hours, minutes) = (number(hours, 2, 2)? as i32, number(minutes, 2, 2)? as i32);
    (hours < 24 && minutes < 60).then(|| (hours * 3600 + minutes * 60) * if zone.starts_with('-') { -1 } else { 1 })
}

/// The profile of ISO 8601 in the W3C's note: year, month, day, or a time with its zone.
pub(super) fn w3c(text: &str, faults: &mut Vec<Fault>) {
    let trimmed = text.trim();
    match day_precision(trimmed).or_else(|| with_time(trimmed, true)) {
        Some(year) => plausible(year, text, faults),
        None => faults.push(Fault::new(&value::W3CDTF, text)),
    }
}

/// The same where the zone may be missing, as in `ev:startdate`.
pub(super) fn iso(text: &str, faults: &mut Vec<Fault>) {
    let trimmed = text.trim();
    if day_precision(trimmed).or_else(|| with_time(trimmed, false)).is_none() {
        faults.push(Fault::new(&value::W3CDTF, text));
    }
}

/// The year of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
fn day_precision(text: &str) -> Option<i32> {
    let mut parts = text.split('-');
    let year = number(parts.next()?, 4, 4)? as i32;
    let month = parts.next().map_or(Some(1), |month| number(month, 2, 2))?;
    let day = parts.next().map_or(Some(1), |day| number(day, 2, 2))?;
    (parts.next().is_none() && NaiveDate::from_ymd_opt(year, month, day).is_some()).then_some(year)
}

fn with_time(text: &str, needs_zone: bool) -> Option<i32> {
    let (date, clock) = text.split_once('T')?;
    let year = day_precision(date).filter(|_| date.len() == 10)?;
    let zone_at = clock.find(['Z', '+', '-']);
    let (clock, zone) = clock.split_at(zone_at.unwrap_or(clock.len()));
    if zone.is_empty() && needs_zone || !zone.is_empty() && offset_3339(zone).is_none() {
        return None;
    }
    let mut parts = clock.split(':');
    let (hour, minute) = (number(parts.next()?, 2, 2)?, number(parts.next()?, 2, 2)?);
    let second = match parts.next() {
        Some(second) => {
            let (whole, fraction) = second.split_once('.').unwrap_or((second, "0"));
            number(whole, 2, 2).filter(|_| super::numbers::is_digits(fraction))?
        }
        None => 0,
    };
    (parts.next().is_none() && hour < 24 && minute < 60 && second <= 60).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(grammar: fn(&str, &mut Vec<Fault>), text: &str) -> Vec<&'static str> {
        let mut faults = Vec::new();
        grammar(text, &mut faults);
        faults.iter().map(|fault| fault.rule.code).collect()
    }

    #[test]
    fn dates_of_mail() {
        for right in [
            "Sun, 09 Jul 2023 12:30:00 +0000",
            "9 Jul 2023 12:30 GMT",
            "Sun, 9 Jul 2023 12:30:00 PDT",
            "Sat, 31 Dec 2016 23:59:60 Z",
        ] {
            assert!(codes(rfc822, right).is_empty(), "{right}");
        }
        for wrong in [
            "2023-07-09T12:30:00Z",
            "Sun, 32 Jul 2023 12:30:00 GMT",
            "Sun, 09 Jul 2023",
            "Sun, 09 Jul 2023 12:30:00",
            "Sun, 09 Jul 2023 24:30:00 GMT",
            "Sun, 09 Juillet 2023 12:30:00 GMT",
            "Sun, 09 Jul 2023 12:30:00 CEST",
            "",
            "Sun, 09 Jul 2023 12:30:00 +2400",
            "(Sun, 09 Jul 2023",
            "Sun, 09 Jul 2023 12:30:00 GMT x",
        ] {
            assert_eq!(codes(rfc822, wrong), ["date-rfc822"], "{wrong}");
        }
        assert_eq!(codes(rfc822, "Mon, 09 Jul 2023 12:30:00 GMT"), ["date-weekday"]);
        assert_eq!(codes(rfc822, "Sun, 09 Jul 2023 9:30:00 GMT"), ["date-rfc822-odd"]);
        assert_eq!(codes(rfc822, "Sun, 09 Jul 23 12:30:00 GMT"), ["date-rfc822-odd"]);
        assert_eq!(codes(rfc822, "Sun, 09 Jul 2023 12:30:00 GMT (noon)"), ["date-rfc822-odd"]);
        assert_eq!(codes(rfc822, "9 Jul 1923 12:30:00 GMT"), ["date-implausible"]);
    }

    #[test]
    fn dates_of_atom() {
        for right in ["2023-07-09T12:30:00Z", "2023-07-09T12:30:00.25+02:00", "2016-12-31T23:59:60Z"] {
            assert!(codes(rfc3339, right).is_empty(), "{right}");
        }
        for wrong in [
            "2023-07-09t12:30:00z",
            "2023-07-09 12:30:00Z",
            "2023-07-09T12:30Z",
            "2023-07-09",
            "2023-02-30T12:30:00Z",
            "2023-07-09T12:30:61Z",
            "2023-07-09T12:30:00",
            "2023-07-09T12:30:00+0200",
            "2023-07-09T12:30:00.Z",
            "",
            "2023-07-09T12:30:00Zé",
        ] {
            assert_eq!(codes(rfc3339, wrong), ["date-rfc3339"], "{wrong}");
        }
        assert_eq!(codes(rfc3339, " 2023-07-09T12:30:00Z"), ["value-whitespace"]);
    }

    #[test]
    fn dates_of_the_w3c() {
        for right in ["2023", "2023-07", "2023-07-09", "2023-07-09T12:30Z", "2023-07-09T12:30:00.5-05:00"] {
            assert!(codes(w3c, right).is_empty(), "{right}");
        }
        for wrong in ["23", "2023-7", "2023-07-09T12:30", "2023-07T12:30Z", "2023-07-09T12Z", "2023-13-01", "Sunday"] {
            assert_eq!(codes(w3c, wrong), ["date-w3cdtf"], "{wrong}");
        }
        assert!(codes(iso, "2023-07-09T12:30").is_empty());
    }
}
