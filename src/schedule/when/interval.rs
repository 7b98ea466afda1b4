//! Lengths of time as people write them: `90s`, `15m`, `1h30m`, `2 days`.

use std::time::Duration;

/// Nothing in this trade is longer; beyond it, sums of times could leave the calendar.
const LONGEST: u64 = 366 * 86_400;

const UNITS: [(&str, u64, &[&str]); 5] = [
    ("w", 604_800, &["week", "weeks"]),
    ("d", 86_400, &["day", "days"]),
    ("h", 3_600, &["hour", "hours", "hr", "hrs"]),
    ("m", 60, &["minute", "minutes", "min", "mins"]),
    ("s", 1, &["second", "seconds", "sec", "secs"]),
];

/// Reads a length of time: numbers with units (s, m, h, d, w, or the words), one after the other; at most 366 days.
pub fn read(text: &str) -> Option<Duration> {
    let mut rest = text.trim();
    let mut seconds: u64 = 0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let number: u64 = rest[..digits].parse().ok()?;
        rest = rest[digits..].trim_start();
        let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let word = rest[..letters].to_ascii_lowercase();
        let (_, size, _) = UNITS.iter().find(|(unit, _, words)| *unit == word || words.contains(&word.as_str()))?;
        seconds = seconds.checked_add(number.checked_mul(*size)?)?;
        rest = rest[letters..].trim_start();
    }
    (seconds <= LONGEST).then(|| Duration::from_secs(seconds))
}

/// A length of time in the same writing, to the second: `1h30m`.
pub fn in_words(length: Duration) -> String {
    let mut left = length.as_secs();
    let mut words = String::new();
    for (unit, size, _) in UNITS {
        if left >= size {
            words.push_str(&format!("{}{unit}", left / size));
            left %= size;
        }
    }
    if words.is_empty() { "0s".to_owned() } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes_and_what_people_write() {
        for seconds in [1, 59, 60, 61, 3_600, 5_400, 86_399, 86_400, 604_800, 694_861] {
            let length = Duration::from_secs(seconds);
            assert_eq!(read(&in_words(length)), Some(length), "{}", in_words(length));
        }
        assert_eq!(read("1 hour 30 min"), read("90m"));
        assert_eq!(read("2Days"), read("48h"));
        for wrong in
            ["", "15", "m", "1x", "-1s", "1.5h", "99999999999999999999s", "18446744073709551615w", "400d", "1é"]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
