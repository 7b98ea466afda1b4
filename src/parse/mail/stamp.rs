//! Reading the dates of mail: what [`feedmill_dates`] reads, and the faults that only mailers make.

use feedmill_dates::{self as dates, Precision, Reading};

/// Reads the date of a header field, at least to the day.
///
/// Beyond what texts of any kind hold: comments anywhere, years that count from 1900 (`103`, `19103`), words behind the
/// date, clocks that were never set (1 January 1970 and the like), which date nothing.
pub(super) fn read(text: &str) -> Option<Reading> {
    /// Longer ones hold no date.
    const LONGEST: usize = 400;
    let text = text.get(..text.len().min(LONGEST)).unwrap_or(text).trim();
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let whole = |text: &str| dates::read_stated(text).filter(is_date);
    if let Some(reading) = whole(text) {
        return Some(reading);
    }
    // `24 Jul 2003 08:27:04.0812 (UTC) FILETIME=[…]` of Exchange.
    if let Some((stamp, _)) = text.split_once(" FILETIME=") {
        return whole(stamp).or_else(|| read(stamp));
    }
    let bare = without_comments(text);
    whole(&bare).or_else(|| repaired(&bare)).or_else(|| {
        let (reading, _) = dates::read_prefix(&bare)?;
        Some(reading).filter(is_date)
    })
}

/// A day on which mail can have been sent: the first one between two computers was in 1971.
pub(super) fn is_date(reading: &Reading) -> bool {
    let value = &reading.value;
    value.precision() >= Precision::Day
        && dates::placeholder(value).is_none()
        && chrono::Datelike::year(&value.first_day()) >= 1970
}

/// What the text of a date stands for that dates nothing: a clock that was never set.
pub(super) fn placeholder(text: &str) -> Option<&'static str> {
    let reading = dates::read_stated(text).or_else(|| dates::read_stated(&without_comments(text)))?;
    dates::placeholder(&reading.value)
}

/// The text without its comments; one that is not closed is no comment.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' if text[at..].contains(')') => depth += 1,
            ')' if depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            '\r' | '\n' | '\t' | '"' => out.push(' '),
            _ => out.push(c),
        }
    }
    out.trim().to_owned()
}

/// The parts of a date in whatever order and company, put into the usual order.
fn repaired(text: &str) -> Option<Reading> {
    let mut parts = Parts::default();
    // `Thu,24Jul2003`, `24-Jul-03`, `Jul.24,`: words and numbers come apart at signs and at their meeting.
    for word in text.split([' ', ',', ';']).filter(|word| !word.is_empty()) {
        parts.take(word);
    }
    let (day, month, year) = (parts.day?, parts.month?, parts.year?);
    let clock = parts.clock.unwrap_or_default();
    let zone = parts.zone.unwrap_or_default();
    let most_to_least = [
        format!("{day} {month} {year} {clock} {zone}"),
        format!("{day} {month} {year} {clock}"),
        format!("{day} {month} {year}"),
    ];
    most_to_least.iter().find_map(|text| dates::read_stated(text.trim()).filter(is_date))
}

#[derive(Default)]
struct Parts {
    day: Option<u32>,
    month: Option<String>,
    year: Option<u32>,
    clock: Option<String>,
    zone: Option<String>,
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl Parts {
    fn take(&mut self, word: &str) {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let behind = &word[digits..];
        if self.clock.is_none() && digits > 0 && behind.starts_with([':', '.']) && word.matches([':', '.']).count() <= 3
        {
            // `10:27:04+0200` has its zone behind it.
            let end = word.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.'))).unwrap_or(word.len());
            if let Some(clock) = clock(&word[..end]) {
                self.clock = Some(clock);
                if end < word.len() {
                    self.zone(&word[end..]);
                }
                return;
            }
        }
        // `1234-PDT` of the seventies.
        if self.clock.is_none()
            && self.year.is_some()
            && digits == 4
            && let Some(zone) = behind.strip_prefix('-').filter(|zone| zone.bytes().all(|b| b.is_ascii_alphabetic()))
        {
            self.clock = clock(&format!("{}:{}", &word[..2], &word[2..4]));
            self.zone(zone);
        } else if digits == word.len() {
            self.number(word);
        } else if let Some(month) = month(word) {
            self.month.get_or_insert(month);
        } else if self.clock.is_some() && self.year.is_some() || word.starts_with(['+', '-']) {
            self.zone(word);
        } else if word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'/' | b'.')) {
            // `24-Jul-2003`, `24Jul2003`.
            let mut start = 0;
            let kind = |byte: u8| (byte.is_ascii_digit(), byte.is_ascii_alphabetic());
            for at in 1..=word.len() {
                if at == word.len() || kind(word.as_bytes()[at]) != kind(word.as_bytes()[start]) {
                    let part = &word[start..at];
                    match month(part) {
                        Some(month) => _ = self.month.get_or_insert(month),
                        None if part.bytes().all(|byte| byte.is_ascii_digit()) => self.number(part),
                        None => {}
                    }
                    start = at;
                }
            }
        }
    }

    /// A day, a year, or a year that counts from 1900.
    fn number(&mut self, word: &str) {
        let Ok(number) = word.parse::<u32>() else { return };
        match (word.len(), number) {
            (1 | 2, 1..=31) if self.day.is_none() => self.day = Some(number),
            // RFC 5322 section 4.3.
            (2, _) if self.year.is_none() => self.year = Some(number + if number < 50 { 2000 } else { 1900 }),
            (3, 100..=199) if self.year.is_none() => self.year = Some(1900 + number),
            (4, 1969..=2999) if self.year.is_none() => self.year = Some(number),
            (5, 19_100..=19_199) if self.year.is_none() => self.year = Some(number - 17_100),
            _ => {}
        }
    }

    fn zone(&mut self, word: &str) {
        if self.zone.is_some() {
            return;
        }
        let sign = word.trim_start_matches(['+', '-']);
        let digits = sign.len() < word.len() && !sign.is_empty() && sign.bytes().all(|byte| byte.is_ascii_digit());
        self.zone = match (digits, sign.len()) {
            // `+-0100` and `--0500` mean the last sign.
            (true, 4) => Some(word[word.len() - 5..].to_owned()),
            (true, 3) => Some(format!("{}0{sign}", &word[word.len() - 4..word.len() - 3])),
            (true, 1 | 2) => {
                Some(format!("{}{sign:0>2}00", &word[word.len() - sign.len() - 1..word.len() - sign.len()]))
            }
            _ => Some(word.to_owned()),
        };
    }
}

/// `10:27`, `10:27:4`, `10.27.04` as a time with two digits each; seconds that no clock shows are left out.
fn clock(word: &str) -> Option<String> {
    let parts: Vec<&str> = word.split([':', '.']).collect();
    let number = |at: usize, below: u32| {
        let part = *parts.get(at)?;
        (part.len() <= 2).then(|| part.parse::<u32>().ok()).flatten().filter(|number| *number < below)
    };
    let (hour, minute) = (number(0, 24)?, number(1, 60)?);
    Some(match number(2, 60) {
        Some(second) => format!("{hour:02}:{minute:02}:{second:02}"),
        None => format!("{hour:02}:{minute:02}"),
    })
}

/// The English name of the month that a word is; mailers write English, and other languages are read by the whole.
fn month(word: &str) -> Option<String> {
    let word = word.trim_matches('.');
    let letters = word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let start = word.get(..3).filter(|_| letters)?.to_ascii_lowercase();
    // `Marty` and `Decker` are no months, `March` and `Sept` are.
    let is_month = word.len() == 3
        || [
            "january",
            "february",
            "march",
            "april",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ]
        .iter()
        .any(|name| name.starts_with(&word.to_ascii_lowercase()));
    (is_month && MONTHS.contains(&start.as_str())).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_mail_are_read_as_mailers_write_them() {
        for (given, expected) in [
            ("Thu, 24 Jul 2003 10:27:04 +0200", "2003-07-24T10:27:04+02:00"),
            ("Thu, 24 Jul 2003 10:27:04 +0200 (CEST)", "2003-07-24T10:27:04+02:00"),
            ("24 Jul 2003 10:27 GMT", "2003-07-24T10:27Z"),
            ("Thu Jul 24 10:27:04 2003", "2003-07-24T10:27:04"),
            ("Thu Jul  3 10:27:04 MEST 2003", "2003-07-03T10:27:04+02:00"),
            ("Thu, 24 Jul 03 10:27:04 EDT", "2003-07-24T10:27:04-04:00"),
            ("Thu, 24 Jul 97 10:27:04 -0500 (EST)", "1997-07-24T10:27:04-05:00"),
            ("24 Jul 97 10:27:04 GMT", "1997-07-24T10:27:04Z"),
            ("Fri, 24 Jul 2003 10:27:04 +0200", "2003-07-24T10:27:04+02:00"),
            ("Thu, 24 Jul 103 10:27:04 +0200", "2003-07-24T10:27:04+02:00"),
            ("Thu Jul 24 10:27:04 19103", "2003-07-24T10:27:04"),
            ("Mon, 3 Jan 100 10:27:04 -0800", "2000-01-03T10:27:04-08:00"),
            ("Thu, 24 Jul 2003 10:27:04", "2003-07-24T10:27:04"),
            ("Thu,24 Jul 2003 10:27:04 +0200", "2003-07-24T10:27:04+02:00"),
            ("Thu, 24 Jul 2003 10.27.04 +0200", "2003-07-24T10:27:04+02:00"),
            ("Thu, 24 Jul 2003 1:2:3 +0200", "2003-07-24T01:02:03+02:00"),
            ("Thu, 24 Jul 2003 10:27:04 \"GMT\"", "2003-07-24T10:27:04Z"),
            ("Thu, 24 Jul 2003 10:27:04 +0200 (W. Europe Daylight Time)", "2003-07-24T10:27:04+02:00"),
            ("Thu, 24 Jul 2003 10:27:04 GMT+0200", "2003-07-24T10:27:04+02:00"),
            ("Thu, 24 Jul 2003 10:27:04 --0500", "2003-07-24T10:27:04-05:00"),
            ("Thu, 24 Jul 2003 10:27:04 +200", "2003-07-24T10:27:04+02:00"),
            ("Thu, 24 Jul 2003 10:27:04 UT", "2003-07-24T10:27:04Z"),
            ("Thu, 24 Jul 2003 10:27:04 Z", "2003-07-24T10:27:04Z"),
            ("Thu, 24 Jul 2003 10:27:04 +0200 METDST", "2003-07-24T10:27:04+02:00"),
            ("Thu, (a comment (nested)) 24 Jul 2003 10:27 (am) +0200", "2003-07-24T10:27+02:00"),
            ("Thursday, 24-Jul-03 10:27:04 GMT", "2003-07-24T10:27:04Z"),
            ("Thursday, July 24, 2003 10:27 AM", "2003-07-24T10:27"),
            ("24 July 2003 at 10:27", "2003-07-24T10:27"),
            ("24Jul2003 10:27:04", "2003-07-24T10:27:04"),
            ("2003-07-24T10:27:04+02:00", "2003-07-24T10:27:04+02:00"),
            ("2003-07-24 10:27:04.123456+00:00", "2003-07-24T10:27:04.123456Z"),
            ("Thu, 24 Jul 2003", "2003-07-24"),
            ("jeu., 24 juil. 2003 10:27:04 +0200", "2003-07-24T10:27:04+02:00"),
            ("Do, 24 Jul 2003 10:27:04 +0200", "2003-07-24T10:27:04+02:00"),
            ("Thu, 24 Jul 2003 10:27:61 +0200", "2003-07-24T10:27"),
            ("11 JUL 1975 1234-PDT", "1975-07-11T12:34-07:00"),
            ("Thu, 24 Jul 2003 10:27:04 +9900", "2003-07-24T10:27:04"),
            ("Thu, 24 Jul 2003 10:27:04 XYZT", "2003-07-24T10:27:04Z"),
            ("Thu, 10 Jul 1997 14:53:31 EST5EDT", "1997-07-10T14:53:31-04:00"),
            ("Thu, 10 Jul 1997 14:53:31 +0000 GMT", "1997-07-10T14:53:31Z"),
            ("Thu, 10 Jul 1997 14:53:31 CDT-0500", "1997-07-10T14:53:31-05:00"),
            ("Date: Thu, 24 Jul 2003 10:27:04 +0200", "2003-07-24T10:27:04+02:00"),
            ("Thu, 24 Jul 2003 10:27:04 +0200\r\n\t(CEST)", "2003-07-24T10:27:04+02:00"),
        ] {
            let read = read(given).map(|reading| reading.value.to_string());
            assert_eq!(read.as_deref(), Some(expected), "{given}");
        }
    }

    #[test]
    fn what_dates_nothing_is_not_read() {
        for given in [
            "",
            "today",
            "Thu, 1 Jan 1970 00:00:00 +0000",
            "Wed, 31 Dec 1969 16:00:00 -0800",
            "Fri, 1 Jan 1904 00:00:00",
            "Thu, 32 Jul 2003 10:27:04",
            "10:27:04",
            "Jul 2003",
            "1.2.3",
            "Thu, 24 Foo 2003 10:27:04 +0200",
            "((((((",
        ] {
            assert_eq!(read(given).map(|reading| reading.value.to_string()), None, "{given}");
        }
    }
}
