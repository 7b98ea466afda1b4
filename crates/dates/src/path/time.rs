//! The time of day behind a date in a name: `T1530`, ` at 15.30.12`, `_153012`, ` 3.30.12 PM`, `T153012Z`.

use chrono::{FixedOffset, NaiveDate, NaiveTime};

use super::super::{DateValue, names};

/// Years that four digits behind a date can be as well: `20230104-2001-a-space-odyssey` names no time.
const YEARS_AS_TIMES: std::ops::Range<u64> = 1900..2060;

/// The value of a day with the time that stands behind it in a name, and how many bytes of `rest` the time takes;
/// `None` where no time follows. `joint` is the sign between the parts of the date; behind a compact date
/// (`20230104`), which has none, four digits can be a time.
pub(super) fn behind(day: NaiveDate, rest: &str, joint: Option<char>) -> Option<(DateValue, usize)> {
    let lead = Lead::read(rest)?;
    let mut at = lead.used;
    let (time, fine, used) = clock(&rest[at..], &lead, joint)?;
    at += used;
    let (time, used) = half_of_day(time, &rest[at..]);
    at += used;
    let (offset, used) = zone(&rest[at..]);
    at += used;
    if rest[at..].starts_with(char::is_alphanumeric) {
        return None;
    }
    let local = day.and_time(time);
    let value = if fine { DateValue::second(local, offset) } else { DateValue::minute(local, offset) };
    value.map(|value| (value, at))
}

/// What stands between a date and its time.
struct Lead {
    /// A sign or word that nothing but a time follows.
    sure: bool,
    sign: char,
    used: usize,
}

impl Lead {
    fn read(rest: &str) -> Option<Lead> {
        let first = rest.chars().next()?;
        if matches!(first, 'T' | 't') {
            return rest[1..].starts_with(|c: char| c.is_ascii_digit()).then_some(Lead {
                sure: true,
                sign: 'T',
                used: 1,
            });
        }
        let signs = rest.len() - rest.trim_start_matches([' ', '_', '-', ',']).len();
        // Behind two dashes a title begins.
        if signs == 0 || rest[..signs].contains("--") || signs > 3 {
            return None;
        }
        let behind = &rest[signs..];
        let word = behind.find(|c: char| !c.is_alphabetic()).unwrap_or(behind.len());
        if word == 0 {
            return Some(Lead { sure: false, sign: first, used: signs });
        }
        let gap = behind[word..].chars().next().filter(|c| matches!(c, ' ' | '_' | '-'))?;
        let word_is = &behind[..word];
        // The French `à` is a small word of many languages.
        let is_at = word_is == "à" || names::lookup(word_is).role == names::Role::At;
        is_at.then(|| Lead { sure: true, sign: first, used: signs + word + gap.len_utf8() })
    }
}

/// A time, whether it has seconds, and its length.
fn clock(text: &str, lead: &Lead, joint: Option<char>) -> Option<(NaiveTime, bool, usize)> {
    let count = digits(text);
    let value: u64 = text.get(..count)?.parse().ok()?;
    let two = |value: u64, by: u64| (value / by % 100) as u32;
    match count {
        9 => {
            let time = NaiveTime::from_hms_milli_opt(
                two(value, 10_000_000),
                two(value, 100_000),
                two(value, 1_000),
                (value % 1000) as u32,
            )?;
            Some((time, true, count))
        }
        6 => {
            NaiveTime::from_hms_opt(two(value, 10_000), two(value, 100), two(value, 1)).map(|time| (time, true, count))
        }
        4 => {
            let may_be = lead.sure || (joint.is_none() && !YEARS_AS_TIMES.contains(&value));
            let time = NaiveTime::from_hms_opt(two(value, 100), two(value, 1), 0).filter(|_| may_be)?;
            Some((time, false, count))
        }
        1 | 2 => parted(text, value, count, lead, joint),
        _ => None,
    }
}

/// `15.30.12`, `15-30`, `15h30`.
fn parted(text: &str, hour: u64, count: usize, lead: &Lead, joint: Option<char>) -> Option<(NaiveTime, bool, usize)> {
    if lead_to_half(&text[count..]) {
        return NaiveTime::from_hms_opt(hour as u32, 0, 0).map(|time| (time, false, count));
    }
    let sign = text[count..].chars().next().filter(|c| matches!(c, ':' | '.' | '-' | '_' | 'h' | 'H' | '\u{a789}'))?;
    let mut at = count + sign.len_utf8();
    let is_hour = matches!(sign, 'h' | 'H');
    let part = |at: usize| -> Option<u32> {
        let rest = text.get(at..)?;
        (digits(rest) == 2).then(|| rest[..2].parse().ok()).flatten()
    };
    let Some(minute) = part(at) else {
        return is_hour.then(|| NaiveTime::from_hms_opt(hour as u32, 0, 0)).flatten().map(|time| (time, false, at));
    };
    at += 2;
    let again = text[at..].chars().next().filter(|c| *c == sign || (is_hour && matches!(c, 'm' | 'M')));
    if let Some(again) = again
        && let Some(second) = part(at + again.len_utf8())
    {
        at += again.len_utf8() + 2;
        at += usize::from(is_hour && text[at..].starts_with(['s', 'S']));
        return NaiveTime::from_hms_opt(hour as u32, minute, second).map(|time| (time, true, at));
    }
    at += usize::from(is_hour && again.is_some());
    // Two numbers behind the sign that joins the date too may be anything (`2023-01-04-10-30`).
    let may_be = lead.sure
        || is_hour
        || lead_to_half(&text[at..])
        || sign == ':'
        || sign == '\u{a789}'
        || joint != Some(lead.sign) && count == 2;
    NaiveTime::from_hms_opt(hour as u32, minute, 0).filter(|_| may_be).map(|time| (time, false, at))
}

/// Whether a half of the day follows at once or behind a blank.
fn lead_to_half(rest: &str) -> bool {
    NaiveTime::from_hms_opt(1, 0, 0).is_some_and(|one| half_of_day(one, rest).1 > 0)
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The time in the half of the day that `rest` begins with, and the length of its name.
fn half_of_day(time: NaiveTime, rest: &str) -> (NaiveTime, usize) {
    use chrono::Timelike;
    let blank =
        usize::from(rest.starts_with([' ', '_', '\u{a0}', '\u{202f}'])) * rest.chars().next().map_or(0, char::len_utf8);
    let word = rest.get(blank..blank + 2).unwrap_or_default().to_ascii_lowercase();
    let ends = rest.get(blank + 2..).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    let hour = match (word.as_str(), time.hour()) {
        ("am" | "pm", 0 | 13..) => return (time, 0),
        ("am", 12) => 0,
        ("pm", hour @ 1..=11) => hour + 12,
        ("am" | "pm", hour) => hour,
        _ => return (time, 0),
    };
    if ends { (time.with_hour(hour).unwrap_or(time), blank + 2) } else { (time, 0) }
}

/// The offset that `rest` begins with, and its length.
fn zone(rest: &str) -> (Option<FixedOffset>, usize) {
    let utc = FixedOffset::east_opt(0);
    let ends = |at: usize| rest.get(at..).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    if rest.starts_with(['Z', 'z']) && ends(1) {
        return (utc, 1);
    }
    let blank = usize::from(rest.starts_with([' ', '_', '-']));
    let word = rest.get(blank..blank + 3).unwrap_or_default();
    if (word.eq_ignore_ascii_case("utc") || word.eq_ignore_ascii_case("gmt")) && ends(blank + 3) {
        return (utc, blank + 3);
    }
    let offset = || -> Option<(FixedOffset, usize)> {
        let sign = match rest.chars().next()? {
            '+' => 1,
            '-' => -1,
            _ => return None,
        };
        let hours = rest.get(1..3).filter(|text| digits(text) == 2)?;
        let colon = usize::from(rest[3..].starts_with(':'));
        let minutes = rest.get(3 + colon..5 + colon).filter(|text| digits(text) == 2)?;
        let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
        let used = 5 + colon;
        let is_one = hours <= 14 && matches!(minutes, 0 | 30 | 45) && ends(used);
        FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60)).filter(|_| is_one).map(|offset| (offset, used))
    };
    offset().map_or((None, 0), |(offset, used)| (Some(offset), used))
}

#[cfg(test)]
mod tests {
    use super::behind;

    #[test]
    fn times_behind_dates() {
        let day = chrono::NaiveDate::from_ymd_opt(2023, 1, 4).unwrap();
        for (rest, joint, expected) in [
            ("T1530", Some('-'), "2023-01-04T15:30"),
            ("T153012Z.md", None, "2023-01-04T15:30:12Z"),
            ("T15:30:12+02:00", Some('-'), "2023-01-04T15:30:12+02:00"),
            ("T15-30-12", Some('-'), "2023-01-04T15:30:12"),
            ("_153012.md", None, "2023-01-04T15:30:12"),
            ("_153012345.md", None, "2023-01-04T15:30:12.345"),
            ("-1530-x", None, "2023-01-04T15:30"),
            (" at 15.30.12.md", Some('-'), "2023-01-04T15:30:12"),
            (" um 15.30.12", Some('-'), "2023-01-04T15:30:12"),
            (" at 3.30.12 PM.md", Some('-'), "2023-01-04T15:30:12"),
            (" at 12.05.00 AM", Some('-'), "2023-01-04T00:05:00"),
            ("_15-30 x", Some('-'), "2023-01-04T15:30"),
            (" 15h30", Some('-'), "2023-01-04T15:30"),
            (" 15h30m12s", Some('-'), "2023-01-04T15:30:12"),
            ("-15-30-12", Some('-'), "2023-01-04T15:30:12"),
            ("-10-30-things", Some('-'), "none"),
            ("-2001-a-space-odyssey", None, "none"),
            ("-1530-x", Some('-'), "none"),
            ("--153012", None, "none"),
            ("_256199", None, "none"),
            (" 15.30am", Some('-'), "none"),
            (" in 3 days", Some('-'), "none"),
            ("", None, "none"),
        ] {
            let found = behind(day, rest, joint).map_or_else(|| "none".to_owned(), |(value, _)| value.to_string());
            assert_eq!(found, expected, "{rest}");
        }
    }
}
