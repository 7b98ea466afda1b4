//! Lenient reading: a text that is a date, a text that begins with one, a number that counts from 1970.

use chrono::{DateTime, Datelike, FixedOffset};

use super::calendar::{self, Draft, Stated};
use super::clock::{self, Extent};
use super::lexer::{Kind, Lexer};
use super::names::{self, Role};
use super::placeholder::of_zeros;
use super::{DateValue, Order, Reading, zone};

/// The longest text that is read as a date: with weekday, zone and comment in any language it has less.
const LONGEST: usize = 256;

/// Reads a text that is a date and nothing else, but for blanks, quotes or brackets around it.
///
/// What is malformed and yet meant is read (`18::48::00`, `00:10::00`, a wrong weekday); what could be something
/// else is not (`01-02-03`, `1.66.1`, telephone numbers): a wrong date is worse than none. Seconds since 1970 are no
/// text; see [`from_epoch`].
///
/// A zone that is stated is kept, `-00:00` as UTC (RFC 3339 section 4.3: the time in UTC is known), and a place of
/// the zone database (`Europe/Berlin`) with its offset on that day. An
/// unknown name is UTC (RFC 5322 section 4.3), one that means several offsets is none. The end of a day, `24:00`, is
/// the beginning of the next.
///
/// ```
/// use feedmill_dates::{Order, read};
/// assert_eq!(read("9. Juli 2023").unwrap().value.to_string(), "2023-07-09");
/// assert_eq!(read("Sun, 9 Jul 2023 14:30 CEST").unwrap().value.to_string(), "2023-07-09T14:30+02:00");
/// assert_eq!(read("07-05-2012").unwrap().order, Order::Ambiguous);
/// assert_eq!(read("1.66.1"), None);
/// ```
pub fn read(text: &str) -> Option<Reading> {
    whole(text, false)
}

/// Reads a text that is known to be a date, such as the value of a key that holds one.
///
/// What [`read`] leaves alone because it could be a version or a count is read: `02.12.19`, `30-12-16`, `2025-333`.
/// What stands behind a time and is not understood costs nothing.
///
/// ```
/// use feedmill_dates::{Order, read, read_stated};
/// assert_eq!(read("30-12-16"), None);
/// let stated = read_stated("30-12-16").unwrap();
/// assert_eq!((stated.value.to_string().as_str(), stated.order), ("2016-12-30", Order::Ambiguous));
/// ```
pub fn read_stated(text: &str) -> Option<Reading> {
    whole(text, true)
}

fn whole(text: &str, is_stated: bool) -> Option<Reading> {
    let text = unwrap(text);
    // Go prints the reading of its other clock behind the time: `2018-10-04 10:20:30 +0000 UTC m=+0.01`.
    let text = text.split_once(" m=").map_or(text, |(text, _)| text);
    if text.is_empty() || text.len() > LONGEST || of_zeros(text) {
        return None;
    }
    if let Some(reading) = serialized(text) {
        return Some(reading);
    }
    let mut lexer = Lexer::new(text);
    lexer.is_stated = is_stated;
    // As it is written most often, then with a word before it that was taken for a month, then with the time first.
    let draft = draft(&mut lexer, 0, Extent::Whole)
        .filter(|draft| draft.next > 0 && is_over(&mut lexer, draft))
        .or_else(|| behind_weekday(&mut lexer).filter(|draft| is_over(&mut lexer, draft)))
        .or_else(|| time_first(&mut lexer).filter(|draft| is_over(&mut lexer, draft)))?;
    settle(draft)
}

/// `mer, 03/13/2019`: the weekday before a date in numbers, where its name is that of a month too.
fn behind_weekday(lexer: &mut Lexer) -> Option<Draft> {
    let Kind::Word(meaning) = lexer.kind(0) else { return None };
    let weekdays = match meaning.weekdays {
        0 => names::inflected(lexer.letters(0)).filter(|_| !meaning.is_known())?.weekdays,
        weekdays => weekdays,
    };
    let mut at = 1;
    while matches!(lexer.kind(at), Kind::Sign('.' | ',')) && at < 3 {
        at += 1;
    }
    let mut draft = calendar::date(lexer, at, Extent::Whole).filter(|_| weekdays != 0)?;
    draft.weekdays |= weekdays;
    if draft.day.is_day() {
        behind(lexer, &mut draft, Extent::Whole);
    }
    Some(draft)
}

/// `14:15 05/31/2024`, `2:21 p.m., December 11, 2014`: the time and its zone before the day.
fn time_first(lexer: &mut Lexer) -> Option<Draft> {
    let mut at = 0;
    while matches!(lexer.kind(at), Kind::Word(meaning) if meaning.role == Role::At) && at < 2 {
        at += 1;
    }
    // `10.15` is a time only with the half of the day behind it.
    let (clock, mut at) = clock::of_day(lexer, at, Extent::Whole, false).or_else(|| {
        let (clock, next) = clock::of_day(lexer, at, Extent::Whole, true)?;
        let last = next - 1 - usize::from(lexer.kind(next - 1) == Kind::Sign('.'));
        matches!(lexer.kind(last), Kind::Word(_)).then_some((clock, next))
    })?;
    let zone = zone::behind_time(lexer, at, Extent::Whole);
    if let Some((_, next)) = zone {
        at = next;
    }
    for _ in 0..3 {
        match lexer.kind(at) {
            Kind::Sign(',' | '-' | '–' | '—' | '|' | '·' | '@' | '.') => at += 1,
            Kind::Word(meaning)
                if matches!(meaning.role, Role::Filler | Role::At) && meaning.month == 0 && meaning.weekdays == 0 =>
            {
                at += 1;
            }
            _ => break,
        }
    }
    let mut draft = draft(lexer, at, Extent::Whole).filter(|draft| draft.day.is_day() && draft.clock.is_none())?;
    draft.clock = Some(clock);
    if let Some((zone, _)) = zone {
        draft.zone = Some(zone);
    } else if let Some((zone, next)) = zone::behind_time(lexer, draft.next, Extent::Whole) {
        (draft.zone, draft.next) = (Some(zone), next);
    }
    Some(draft)
}

/// `/Date(1764426605000)/` and `/Date(1764426605000+0200)/`: milliseconds, as .NET writes them into JSON.
fn serialized(text: &str) -> Option<Reading> {
    let inner = text.trim_matches(['/', '\\']).strip_prefix("Date(")?.strip_suffix(')')?;
    let sign = inner.get(1..)?.find(['+', '-']).map_or(inner.len(), |at| at + 1);
    let (number, zone) = inner.split_at(sign);
    let instant = DateTime::from_timestamp_millis(number.parse().ok()?)?;
    let offset = match zone.len() {
        0 => FixedOffset::east_opt(0),
        _ => zone.parse().ok(),
    }?;
    let value = DateValue::second(instant.with_timezone(&offset).naive_local(), Some(offset))?;
    Some(Reading { value, order: Order::Fixed })
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
            && (matches!(meaning.role, Role::YearMark | Role::Era(_))
                || meaning.role == Role::Filler && lexer.letters(at) == "م")
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
            && let Some((zone, next)) = zone::behind_time(lexer, at, extent)
        {
            (draft.zone, draft.next) = (Some(zone), next);
            continue;
        }
        if extent == Extent::Whole
            && let Some(next) = nothing_more(lexer, draft, at)
        {
            draft.next = next;
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

/// The index behind what stands at a date and says nothing of it: `Morning`, with a zone behind it or not, the signs of
/// Org for what is repeated and warned of (`+1w`, `-2d`), and the end of a range of its days.
fn nothing_more(lexer: &mut Lexer, draft: &Draft, at: usize) -> Option<usize> {
    match lexer.kind(at) {
        Kind::Word(meaning) if meaning.role.is_half() && draft.clock.is_none() && meaning.weekdays == 0 => {
            Some(zone::behind_time(lexer, at + 1, Extent::Whole).map_or(at + 1, |(_, next)| next))
        }
        Kind::Sign('+' | '-' | '.') => {
            let number = (at..at + 3).find(|&number| !matches!(lexer.kind(number), Kind::Sign('+' | '-' | '.')))?;
            let is_repeater = matches!(lexer.glued(number), Kind::Number { digits: 1 | 2, .. })
                && matches!(lexer.glued(number + 1), Kind::Word(_))
                && matches!(lexer.letters(number + 1), "h" | "d" | "w" | "m" | "y");
            is_repeater.then_some(number + 2)
        }
        // `<2023-05-05 Fri>--<2023-05-07 Sun>` without its outer brackets.
        Kind::Sign('>' | ']') if lexer.glued(at + 1) == Kind::Sign('-') && lexer.glued(at + 2) == Kind::Sign('-') => {
            let mut end = at + 3;
            while lexer.kind(end) != Kind::End {
                end += 1;
            }
            matches!(lexer.glued(at + 3), Kind::Sign('<' | '[')).then_some(end)
        }
        _ => None,
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
    // Words behind a time can only be a zone that is not understood, which never costs the date.
    if lexer.is_stated
        && certain
        && draft.clock.is_some()
        && rest.chars().all(|c| c.is_alphabetic() || " ()_-/.+".contains(c))
    {
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
            (false, true, Order::Ambiguous) => {
                let is_swap = matches!((day, other), (Stated::Day(y, m, d), Stated::Day(y2, m2, d2)) if (y, m, d) == (y2, d2, m2));
                (day, order) = (other, if is_swap { Order::MonthFirst } else { Order::Fixed });
            }
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
    let local = clock.on(day.first_day())?;
    let offset = draft.zone.and_then(|zone| zone.offset_at(&local));
    let value = |offset| match clock.second {
        Some(_) => DateValue::second(local, offset),
        None => DateValue::minute(local, offset),
    };
    value(offset).or_else(|| value(None))
}
