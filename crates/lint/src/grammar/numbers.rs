//! Numbers, lengths of time, places on earth.

use super::Fault;
use crate::rules::{Rule, value};

pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

pub(super) fn is_integer(text: &str) -> bool {
    is_digits(text.strip_prefix(['-', '+']).unwrap_or(text))
}

pub(super) fn is_positive(text: &str) -> bool {
    is_digits(text) && text.bytes().any(|byte| byte != b'0')
}

pub(super) fn is_within(text: &str, least: u32, most: u32) -> bool {
    is_digits(text) && text.parse::<u32>().is_ok_and(|number| (least..=most).contains(&number))
}

/// What is wrong with a number that is not as `rule` has it: not even whole, or only too low.
pub(super) fn rule_of(text: &str, rule: &'static Rule) -> &'static Rule {
    if is_integer(text) || text.is_empty() { rule } else { &value::INTEGER }
}

/// What is wrong with the size of a file.
pub(super) fn rule_of_size(text: &str) -> &'static Rule {
    match text {
        "-1" | "" => &value::UNKNOWN_SIZE,
        _ if text.chars().all(|c| c.is_alphabetic() || "?/".contains(c)) => &value::UNKNOWN_SIZE,
        _ => rule_of(text, &value::NON_NEGATIVE),
    }
}

/// A decimal number without the names that Rust knows (`inf`, `nan`).
pub(super) fn float(text: &str) -> Option<f64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
        && text.contains(|c: char| c.is_ascii_digit());
    if is_plain { text.parse().ok() } else { None }
}

/// Seconds, `mm:ss` or `hh:mm:ss`.
pub(super) fn is_duration(text: &str) -> bool {
    let parts: Vec<&str> = text.splitn(4, ':').collect();
    let is_small = |part: &&str| part.len() <= 2 && part.parse::<u32>().is_ok_and(|number| number < 60);
    parts.len() <= 3 && parts.iter().all(|part| is_digits(part)) && parts.iter().skip(1).all(is_small)
}

/// The normal play time of RFC 2326 section 3.6.
pub(super) fn is_play_time(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !fraction.is_empty() && !is_digits(fraction) {
        return false;
    }
    let parts: Vec<&str> = whole.splitn(4, ':').collect();
    let is_small = |part: &&str| part.len() <= 2 && part.parse::<u32>().is_ok_and(|number| number < 60);
    match parts.as_slice() {
        ["now"] => fraction.is_empty(),
        [seconds] => is_digits(seconds),
        [hours, rest @ ..] => {
            rest.len() == 2 && is_digits(hours) && rest.iter().all(|p| is_digits(p)) && rest.iter().all(is_small)
        }
        [] => false,
    }
}

/// Pairs of latitude and longitude with blanks between all numbers.
pub(super) fn points(text: &str, least: usize, most: usize, faults: &mut Vec<Fault>) {
    if text.contains(',') {
        faults.push(Fault::new(&value::COORDINATE_COMMA, text));
    }
    let numbers: Option<Vec<f64>> =
        text.split(|c: char| c == ',' || c.is_whitespace()).filter(|part| !part.is_empty()).map(float).collect();
    let Some(numbers) = numbers.filter(|n| n.len() % 2 == 0 && (least..=most).contains(&(n.len() / 2))) else {
        faults.push(Fault::new(&value::COORDINATES, text));
        return;
    };
    for pair in numbers.chunks_exact(2) {
        if pair[0].abs() > 90.0 {
            faults.push(Fault::new(&value::LATITUDE, &pair[0].to_string()));
        }
        if pair[1].abs() > 180.0 {
            faults.push(Fault::new(&value::LONGITUDE, &pair[1].to_string()));
        }
    }
}

/// A polygon: its last point is its first.
pub(super) fn ring(text: &str, faults: &mut Vec<Fault>) {
    let before = faults.len();
    points(text, 4, usize::MAX, faults);
    if faults.len() > before {
        return;
    }
    let numbers: Vec<f64> = text.split_whitespace().filter_map(float).collect();
    if numbers.len() >= 4 && numbers[..2] != numbers[numbers.len() - 2..] {
        faults.push(Fault::expecting(&value::COORDINATES, "a polygon whose last point is its first", text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_durations() {
        for right in ["12", "12.5", "0:01:02", "00:12:05.12", "now"] {
            assert!(is_play_time(right), "{right}");
        }
        for wrong in ["", "12:30", "1:99:00", "12.x", "-1", "1:2:3:4"] {
            assert!(!is_play_time(wrong), "{wrong}");
        }
        for right in ["3661", "1:01", "01:01:01"] {
            assert!(is_duration(right), "{right}");
        }
        for wrong in ["", "1:60", "1:1:1:1", "one", "1:01.5"] {
            assert!(!is_duration(wrong), "{wrong}");
        }
    }

    #[test]
    fn places() {
        let codes = |text: &str, least, most| {
            let mut faults = Vec::new();
            points(text, least, most, &mut faults);
            faults.iter().map(|fault| fault.rule.code).collect::<Vec<_>>()
        };
        assert!(codes("45.25 -71.9", 1, 1).is_empty());
        assert_eq!(codes("45.25,-71.9", 1, 1), ["coordinates-comma"]);
        assert_eq!(codes("45.25", 1, 1), ["coordinates"]);
        assert_eq!(codes("-171.9 45", 1, 1), ["latitude"]);
        assert_eq!(codes("inf 1", 1, 1), ["coordinates"]);
    }
}
