//! Days in the names of stories: `AFP_ENG_19940512.0003`, `AP880212-0001`, `LA010189-0001`.

use chrono::NaiveDate;

use feedmill_dates::{Candidate, DateRule, DateValue, Order, Reading};

/// The day in the name of a story, as a candidate. It is the first run of digits, behind letters, and eight or six
/// digits long; six that can be read in two ways say nothing.
pub(super) fn day(name: &str) -> Option<Candidate> {
    let start = name.find(|c: char| c.is_ascii_digit())?;
    let before = &name[..start];
    let tail = &name[start..];
    let digits = &tail[..tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len())];
    let ends = matches!(tail[digits.len()..].chars().next(), None | Some('.' | '-' | '_' | '/'));
    if !ends || !before.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let day = match digits.len() {
        8 => date(digits.get(..4)?.parse().ok()?, &digits[4..6], &digits[6..8])?,
        6 => six(digits)?,
        _ => return None,
    };
    let reading = Reading { value: DateValue::day(day)?, order: Order::Fixed };
    Some(Candidate::new(reading, DateRule::Value, "docno", digits))
}

/// The day that six digits say: year, month and day, or month, day and year, where only one of these is a day.
fn six(digits: &str) -> Option<NaiveDate> {
    let (a, b, c) = (&digits[..2], &digits[2..4], &digits[4..6]);
    let year_first = date(year(a)?, b, c);
    let year_last = date(year(c)?, a, b);
    match (year_first, year_last) {
        (Some(day), None) | (None, Some(day)) => Some(day),
        (Some(one), Some(other)) if one == other => Some(one),
        _ => None,
    }
}

/// `910514` and `19910514`, as dates are written in some elements.
pub(super) fn bare(text: &str) -> Option<Reading> {
    let text = text.trim();
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let day = match text.len() {
        // An element that is a date has it in the order of the ISO.
        6 if is_number => date(year(&text[..2])?, &text[2..4], &text[4..6])?,
        8 if is_number => date(text[..4].parse().ok()?, &text[4..6], &text[6..8])?,
        _ => return None,
    };
    Some(Reading { value: DateValue::day(day)?, order: Order::Fixed })
}

/// The year of two digits; wires are no older than 1950.
fn year(digits: &str) -> Option<i32> {
    let year: i32 = digits.parse().ok()?;
    Some(if year < 50 { 2000 + year } else { 1900 + year })
}

fn date(year: i32, month: &str, day: &str) -> Option<NaiveDate> {
    let is_plausible = (1850..=2099).contains(&year);
    NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?).filter(|_| is_plausible)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_names() {
        let read = |name| day(name).map(|found| found.value.to_string()).unwrap_or_default();
        for (name, expected) in [
            ("AFP_ENG_19940512.0003", "1994-05-12"),
            ("AP880212-0001", "1988-02-12"),
            ("LA010189-0001", "1989-01-01"),
            ("NYT19980601.0001", "1998-06-01"),
            ("X010203-1", ""),
            ("X010101-1", "2001-01-01"),
            ("FT911-3", ""),
            ("FBIS3-1", ""),
            ("19980601", ""),
            ("X19981301.1", ""),
            ("X19980601a", ""),
            ("é1", ""),
        ] {
            assert_eq!(read(name), expected, "{name}");
        }
        assert_eq!(bare(" 910514 ").unwrap().value.to_string(), "1991-05-14");
        assert_eq!(bare("914"), None);
    }
}
