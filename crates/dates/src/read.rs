//! Lenient reading: a text that is a date, a text that begins with one, a number that counts from 1970.

use chrono::{DateTime, Datelike, FixedOffset};

use super::calendar::{self, Draft, Stated};
use super::clock::{self, Extent};
use super::lexer::{Kind, Lexer};
use super::names::Role;
use super::{DateValue, Order, Reading};

/// The longest text that is read as a date: with weekday, zone and comment in any language it has less.
const LONGEST: usize = 256;

/// Reads a text that is a date and nothing else, but for blanks, quotes or brackets around it.
///
/// What is malformed and yet meant is read (`18::48::00`, `00:10::00`, a wrong weekday); what could be something
/// else is not (`01-02-03`, `1.66.1`, telephone numbers): a wrong date is worse than none. Seconds since 1970 are no
/// text; see [`from_epoch`].
///
/// A zone that is stated is kept, `-00:00` as UTC (RFC 3339 section 4.3: the time in UTC is known), and a place of
/// the zone database (`Europe/Berlin`) with its offset on that day. The end of a day, `24:00`, leaves the day.
///
/// ```
/// use feedmill_dates::{Order, read};
/// assert_eq!(read("9. Juli 2023").unwrap().value.to_string(), "2023-07-09");
/// assert_eq!(read("Sun, 9 Jul 2023 14:30 CEST").unwrap().value.to_string(), "2023-07-09T14:30+02:00");
/// assert_eq!(read("07-05-2012").unwrap().order, Order::Ambiguous);
/// assert_eq!(read("1.66.1"), None);
/// ```
pub fn read(text: &str) -> Option<Reading> {
    let text = unwrap(text);
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let mut lexer = Lexer::new(text);
    let draft = draft(&mut lexer, 0, Extent::Whole)?;
    if draft.next == 0 || !is_over(&mut lexer, &draft) {
        return None;
    }
    settle(draft)
}

/// Reads a date at the start of a text, after leading blanks, and tells how many bytes of the text it takes, those
/// blanks included.
///
/// It ends exactly where the date ends, with its time and zone if it has them; no word or number of the text is
/// taken. A month without a day is read only where a line end, a colon or a dash follows it, a year never.
///
/// ```
/// use feedmill_dates::read_prefix;
/// let text = "2023-07-09 10 people died";
/// let (reading, used) = read_prefix(text).unwrap();
/// assert_eq!(reading.value.to_string(), "2023-07-09");
/// assert_eq!(&text[used..], " 10 people died");
/// ```
pub fn read_prefix(text: &str) -> Option<(Reading, usize)> {
    let start = text.len() - text.trim_start().len();
    let body = &text[start..];
    let line = &body[..body.find(['\n', '\r']).unwrap_or(body.len())];
    let mut lexer = Lexer::new(cut(line, LONGEST));
    let closing = match lexer.kind(0) {
        Kind::Sign('[') => Some(']'),
        Kind::Sign('<') => Some('>'),
        Kind::Sign('(') => Some(')'),
        _ => None,
    };
    let draft = draft(&mut lexer, usize::from(closing.is_some()), Extent::Prefix)?;
    let mut next = draft.next;
    if let Some(closing) = closing {
        if lexer.kind(next) != Kind::Sign(closing) {
            return None;
        }
        next += 1;
    } else if !ends_at(&mut lexer, &draft) {
        return None;
    }
    let used = lexer.token(next.checked_sub(1)?).end;
    Some((settle(draft)?, start + used))
}

/// Reads the seconds, milli-, micro- or nanoseconds since 1970 that a number of a JSON document states; the number
/// of its digits tells which.
///
/// Only what lies between March 1973 and the year 2286 as seconds, and likewise as the smaller units, is read:
/// smaller numbers are years, dates such as `20160403`, and counts.
pub fn from_epoch(number: i64) -> Option<Reading> {
    let instant = match number {
        100_000_000..10_000_000_000 => DateTime::from_timestamp(number, 0),
        100_000_000_000..10_000_000_000_000 => DateTime::from_timestamp_millis(number),
        100_000_000_000_000..10_000_000_000_000_000 => DateTime::from_timestamp_micros(number),
        100_000_000_000_000_000.. => Some(DateTime::from_timestamp_nanos(number)),
        _ => None,
    }?;
    let value = DateValue::second(instant.naive_utc(), FixedOffset::east_opt(0))?;
    Some(Reading { value, order: Order::Fixed })
}

/// The text without blanks and without one pair of quotes or brackets, or two, around it.
fn unwrap(text: &str) -> &str {
    const PAIRS: [(char, char); 8] =
        [('"', '"'), ('\'', '\''), ('<', '>'), ('[', ']'), ('(', ')'), ('“', '”'), ('‘', '’'), ('`', '`')];
    let mut text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    for _ in 0..2 {
        let inner = PAIRS.iter().find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close));
        match inner {
            Some(inner) => text = inner.trim(),
            None => break,
        }
    }
    text
}

fn cut(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    &text[..end]
}

/// The date that starts at a token, with the time, zone and weekday that stand around it.
fn draft(lexer: &mut Lexer, start: usize, extent: Extent) -> Option<Draft> {
    let (weekdays, at) = leading_weekday(lexer, start);
    let mut draft = match calendar::date(lexer, at, extent) {
        Some(found) => Draft { weekdays: found.weekdays | weekdays, ..found },
        None if at > start => calendar::date(lexer, start, extent)?,
        None => quarter_first(lexer, start)?,
    };
    if draft.day.is_day() {
        behind(lexer, &mut draft, extent);
    }
    Some(draft)
}

/// `Q2 2020`.
fn quarter_first(lexer: &mut Lexer, start: usize) -> Option<Draft> {
    if !lexer.letters(start).eq_ignore_ascii_case("q") {
        return None;
    }
    let (Kind::Number { value: quarter @ 1..=4, digits: 1, .. }, Kind::Number { value: year, digits: 4, .. }) =
        (lexer.glued(start + 1), lexer.kind(start + 2))
    else {
        return None;
    };
    let day = Stated::Quarter(i32::try_from(year).ok()?, quarter as u32);
    day.value()?;
    Some(Draft { day, other: None, order: Order::Fixed, weekdays: 0, clock: None, zone: None, next: start + 3 })
}

/// The weekday before a date, and the index of the token where the date then starts.
fn leading_weekday(lexer: &mut Lexer, start: usize) -> (u8, usize) {
    let Kind::Word(meaning) = lexer.kind(start) else { return (0, start) };
    // A word that can be a month too is left to the names.
    if meaning.weekdays == 0 || meaning.month != 0 {
        return (0, start);
    }
    let mut at = start + 1;
    while matches!(lexer.kind(at), Kind::Sign('.' | ',')) && at < start + 3 {
        at += 1;
    }
    (meaning.weekdays, at)
}

/// Takes in what stands behind the calendar part: marks of the year, weekday, time, zone.
fn behind(lexer: &mut Lexer, draft: &mut Draft, extent: Extent) {
    for _ in 0..6 {
        let at = draft.next;
        if let Kind::Word(meaning) = lexer.kind(at)
            && meaning.role == Role::YearMark
            && draft.clock.is_none()
            && meaning.weekdays == 0
        {
            let dotted = lexer.glued(at + 1) == Kind::Sign('.');
            // `9 июля 2023 г.`; in running text a mark without its full stop may be a word.
            if dotted || extent == Extent::Whole {
                draft.next = at + 1 + usize::from(dotted);
                continue;
            }
        }
        if draft.clock.is_none()
            && let Some((clock, next)) = clock::behind_date(lexer, at, extent)
        {
            (draft.clock, draft.next) = (Some(clock), next);
            continue;
        }
        if draft.clock.is_some()
            && draft.zone.is_none()
            && let Some((zone, next)) = clock::zone(lexer, at, extent)
        {
            (draft.zone, draft.next) = (Some(zone), next);
            continue;
        }
        match weekday_behind(lexer, draft, extent) {
            Some((weekdays, next)) => {
                draft.weekdays |= weekdays;
                draft.next = next;
            }
            None => return,
        }
    }
}

/// `, szombat`, ` Cuma`, `(土)`, behind a date. In running text it must be the right day, and nothing may follow that
/// it could belong to.
fn weekday_behind(lexer: &mut Lexer, draft: &Draft, extent: Extent) -> Option<(u8, usize)> {
    let mut at = draft.next;
    while matches!(lexer.kind(at), Kind::Sign('.' | ',')) && at < draft.next + 2 {
        at += 1;
    }
    let open = lexer.kind(at) == Kind::Sign('(');
    let Kind::Word(meaning) = lexer.kind(at + usize::from(open)) else { return None };
    if meaning.weekdays == 0 {
        return None;
    }
    let mut next = at + usize::from(open) + 1;
    if open {
        if lexer.kind(next) != Kind::Sign(')') {
            return None;
        }
        next += 1;
    } else if extent == Extent::Whole && lexer.glued(next) == Kind::Sign('.') {
        next += 1;
    }
    if extent == Extent::Prefix {
        let clock_follows = matches!(lexer.kind(next), Kind::Number { .. }) && lexer.glued(next + 1) == Kind::Sign(':');
        let alone = matches!(lexer.kind(next), Kind::End | Kind::Sign(_)) || clock_follows;
        // `Sunday's` is cut as one word, so that it names no day.
        if !fits(draft.day, meaning.weekdays) || !(alone || open) {
            return None;
        }
    }
    Some((meaning.weekdays, next))
}

/// Whether nothing that matters follows the date. Behind a certain date, a malformed rest of a time is nothing.
fn is_over(lexer: &mut Lexer, draft: &Draft) -> bool {
    let certain = draft.day.is_day() && draft.order != Order::Ambiguous;
    let mut at = draft.next;
    // The `T` of a time that is not one.
    if certain && matches!(lexer.glued(at), Kind::Word(_)) && lexer.letters(at) == "T" {
        at += 1;
    }
    let end = if at == 0 { 0 } else { lexer.token(at - 1).end };
    let text = lexer.text();
    let rest = text[end..].trim();
    if rest.trim_matches(['.', ',', ';', ':', '\u{200f}', '\u{200e}']).is_empty() {
        return true;
    }
    let of_a_time = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | ' ');
    certain
        && (draft.clock.is_some() || at > draft.next || rest.starts_with(|c: char| c.is_ascii_digit()))
        && rest.contains(':')
        && rest.chars().all(of_a_time)
}

/// Whether a date in running text really ends where its draft ends.
fn ends_at(lexer: &mut Lexer, draft: &Draft) -> bool {
    let next = draft.next;
    match lexer.glued(next) {
        Kind::Word(_) | Kind::Number { .. } | Kind::Unit(_) | Kind::Era(_) if !ends_itself(lexer, next) => {
            return false;
        }
        Kind::Sign('-' | '/' | '_') if lexer.glued(next + 1) != Kind::End => return false,
        Kind::Sign('.' | ':') if matches!(lexer.glued(next + 1), Kind::Number { .. }) => return false,
        _ => {}
    }
    match draft.day {
        Stated::Day(..) => true,
        Stated::Year(_) => false,
        Stated::Month(..) | Stated::Quarter(..) => match lexer.kind(next) {
            Kind::End | Kind::Sign(':' | '–' | '—' | '|') => true,
            Kind::Sign('-') => lexer.glued(next) == Kind::End,
            _ => false,
        },
    }
}

/// Whether the last token ends a date whatever follows: `2023年7月9日東京` in a script without blanks.
fn ends_itself(lexer: &mut Lexer, next: usize) -> bool {
    next > 0 && matches!(lexer.kind(next - 1), Kind::Unit(_) | Kind::Sign(_))
}

fn fits(day: Stated, weekdays: u8) -> bool {
    let weekday = day.value().map(|value| value.first_day().weekday().num_days_from_monday());
    weekday.is_some_and(|weekday| weekdays & (1 << weekday) != 0)
}

/// What a draft means: a weekday decides between two readings, and a time makes the value more precise.
fn settle(draft: Draft) -> Option<Reading> {
    let Draft { mut day, mut order, .. } = draft;
    if let Some(other) = draft.other
        && draft.weekdays != 0
    {
        match (fits(day, draft.weekdays), fits(other, draft.weekdays), order) {
            (true, false, Order::Ambiguous) => order = Order::DayFirst,
            (false, true, Order::Ambiguous) => (day, order) = (other, Order::MonthFirst),
            (false, true, _) => day = other,
            _ => {}
        }
    }
    let value = day.value()?;
    Some(Reading { value: timed(&draft, &value).unwrap_or(value), order })
}

/// The value with its time; `None` where it states none, or one that cannot be written.
fn timed(draft: &Draft, day: &DateValue) -> Option<DateValue> {
    let clock = draft.clock?;
    let (day, time) = (day.first_day(), clock.time()?);
    let offset = draft.zone.and_then(|zone| zone.offset_at(day, time));
    let value = |offset| match clock.second {
        Some(_) => DateValue::second(day.and_time(time), offset),
        None => DateValue::minute(day.and_time(time), offset),
    };
    value(offset).or_else(|| value(None))
}
