//! The time of day in a date, and its zone.

use chrono::{FixedOffset, NaiveDate, NaiveTime, Offset, TimeZone};

use super::lexer::{Kind, Lexer, MOST_DIGITS, Unit};
use super::names::Role;
use super::zones::{self, Named};

/// How a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// The whole text is a date: what is malformed is read as it was meant.
    Whole,
    /// The text begins with a date: what could be a word of the text is left to it.
    Prefix,
}

/// A time of day as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub hour: u32,
    pub minute: u32,
    /// Seconds and nanoseconds, where stated.
    pub second: Option<(u32, u32)>,
}

impl Clock {
    /// The time; `None` for 24:00, which belongs to the end of the day that it is written with.
    pub fn time(&self) -> Option<NaiveTime> {
        let (second, nano) = self.second.unwrap_or((0, 0));
        match second {
            // A leap second, as chrono keeps it.
            60 => NaiveTime::from_hms_nano_opt(self.hour, self.minute, 59, 1_000_000_000 + nano),
            _ => NaiveTime::from_hms_nano_opt(self.hour, self.minute, second, nano),
        }
    }
}

/// A zone as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// An offset from UTC in minutes.
    Offset(i32),
    /// A zone of the database, whose offset depends on the day.
    Place(chrono_tz::Tz),
    /// A name without a known offset.
    Unknown,
}

impl Zone {
    /// The offset that the zone has at a local time; `None` where it is not known.
    pub fn offset_at(self, day: NaiveDate, time: NaiveTime) -> Option<FixedOffset> {
        match self {
            Zone::Offset(minutes) => FixedOffset::east_opt(minutes * 60),
            Zone::Place(zone) => zone.offset_from_local_datetime(&day.and_time(time)).earliest().map(|o| o.fix()),
            Zone::Unknown => None,
        }
    }
}

/// A time of day behind a date: what joins it to the date, the time, and half of the day. Gives the index of the
/// token behind it.
pub(super) fn behind_date(lexer: &mut Lexer, start: usize, extent: Extent) -> Option<(Clock, usize)> {
    let mut at = start;
    if let Kind::Word(_) = lexer.glued(at)
        && matches!(lexer.letters(at), "T" | "t")
    {
        return iso(lexer, at + 1, extent);
    }
    let mut joined = false;
    for _ in 0..3 {
        match lexer.kind(at) {
            Kind::Sign(',') if at == start => at += 1,
            Kind::Sign('-' | '–' | '—' | '·' | '|' | '@' | '•' | '(' | ':') if !joined => {
                joined = true;
                at += 1;
            }
            Kind::Word(meaning) if meaning.role == Role::At || meaning.role == Role::Filler => {
                joined = true;
                at += 1;
                if lexer.glued(at) == Kind::Sign('.') {
                    at += 1;
                }
            }
            _ => break,
        }
    }
    of_day(lexer, at, extent, joined)
}

/// The time behind the `T` of ISO 8601: extended, basic, or an hour alone.
fn iso(lexer: &mut Lexer, at: usize, extent: Extent) -> Option<(Clock, usize)> {
    let Kind::Number { value, digits, .. } = lexer.glued(at) else { return None };
    match digits {
        1 | 2 => match lexer.glued(at + 1) {
            Kind::Sign(':') => of_day(lexer, at, extent, false),
            _ => clock(value, 0, None, at + 1),
        },
        4 => clock(value / 100, value % 100, None, at + 1),
        6 => {
            let (nano, next) = fraction(lexer, at + 1);
            clock(value / 10_000, value / 100 % 100, Some((value % 100, nano)), next)
        }
        _ => None,
    }
}

/// A time of day that starts at a token. With `joined` a word or sign says that a time follows, so that `14.30` and
/// `14` can be one.
pub(super) fn of_day(lexer: &mut Lexer, start: usize, extent: Extent, joined: bool) -> Option<(Clock, usize)> {
    let (mut half, mut at) = (None, start);
    if let Kind::Word(meaning) = lexer.kind(at)
        && matches!(meaning.role, Role::Am | Role::Pm)
    {
        half = Some(meaning.role);
        at += 1;
    }
    let (clock, mut next) = digits(lexer, at, extent, joined || half.is_some())?;
    if half.is_none()
        && let Some((role, end)) = half_behind(lexer, next)
    {
        half = Some(role);
        next = end;
    }
    if let Kind::Word(meaning) = lexer.kind(next)
        && meaning.role == Role::Clock
    {
        next += 1;
    }
    Some((in_half(clock, half), next))
}

fn digits(lexer: &mut Lexer, at: usize, extent: Extent, joined: bool) -> Option<(Clock, usize)> {
    let Kind::Number { value: hour, digits: 1 | 2, .. } = lexer.kind(at) else { return None };
    let whole = extent == Extent::Whole;
    let mut next = at + 1;
    match lexer.glued(next) {
        Kind::Sign(':') => {
            while lexer.glued(next) == Kind::Sign(':') {
                next += 1;
            }
        }
        Kind::Sign('.') if joined => next += 1,
        Kind::Unit(Unit::Hour) => return han(lexer, hour, next + 1),
        Kind::Word(_) if matches!(lexer.letters(next), "h" | "H" | "u") => {
            return match lexer.glued(next + 1) {
                Kind::Number { value, digits: 2, .. } => clock(hour, value, None, next + 2),
                _ if whole => clock(hour, 0, None, next + 1),
                _ => None,
            };
        }
        _ => return hour_alone(lexer, hour, next, extent, joined),
    }
    let Kind::Number { value: minute, digits, .. } = lexer.glued(next) else {
        return if whole { clock(hour, 0, None, next) } else { None };
    };
    if digits > 2 || (digits == 1 && !whole) {
        return None;
    }
    next += 1;
    let mut behind = next;
    while lexer.glued(behind) == Kind::Sign(':') {
        behind += 1;
    }
    if behind == next && joined && lexer.glued(next) == Kind::Sign('.') {
        behind += 1;
    }
    match lexer.glued(behind) {
        Kind::Number { value: second, digits: 1 | 2, .. } if behind > next => {
            let (nano, end) = fraction(lexer, behind + 1);
            // A fraction that is no second (`14:30.` and a sentence) leaves the minute.
            clock(hour, minute, Some((second, nano)), end).or_else(|| clock(hour, minute, None, next))
        }
        _ => clock(hour, minute, None, if whole { behind } else { next }),
    }
}

/// `3 pm`, `14 Uhr`: in running text only where nothing follows that the words could belong to.
fn hour_alone(lexer: &mut Lexer, hour: u64, next: usize, extent: Extent, joined: bool) -> Option<(Clock, usize)> {
    let (end, known) = match half_behind(lexer, next) {
        Some((_, end)) => (end, hour <= 12),
        None => match lexer.kind(next) {
            Kind::Word(meaning) if meaning.role == Role::Clock => (next + 1, true),
            _ => return None,
        },
    };
    let alone = matches!(lexer.kind(end), Kind::End | Kind::Sign(_));
    if known && (extent == Extent::Whole || (alone && joined)) { clock(hour, 0, None, next) } else { None }
}

fn han(lexer: &mut Lexer, hour: u64, at: usize) -> Option<(Clock, usize)> {
    let Kind::Number { value: minute, digits: 1 | 2, .. } = lexer.kind(at) else { return clock(hour, 0, None, at) };
    if lexer.kind(at + 1) != Kind::Unit(Unit::Minute) {
        return clock(hour, 0, None, at);
    }
    match (lexer.kind(at + 2), lexer.kind(at + 3)) {
        (Kind::Number { value, digits: 1 | 2, .. }, Kind::Unit(Unit::Second)) => {
            clock(hour, minute, Some((value, 0)), at + 4)
        }
        _ => clock(hour, minute, None, at + 2),
    }
}

fn half_behind(lexer: &mut Lexer, at: usize) -> Option<(Role, usize)> {
    let Kind::Word(meaning) = lexer.kind(at) else { return None };
    if !matches!(meaning.role, Role::Am | Role::Pm) {
        return None;
    }
    // `10:30 am Montag` is German and no half of the day.
    if let Kind::Word(next) = lexer.kind(at + 1)
        && next.weekdays != 0
    {
        return None;
    }
    // The full stop of `p.m.`
    let dotted = lexer.letters(at).contains('.') && lexer.glued(at + 1) == Kind::Sign('.');
    Some((meaning.role, at + 1 + usize::from(dotted)))
}

fn in_half(clock: Clock, half: Option<Role>) -> Clock {
    let hour = match (half, clock.hour) {
        (Some(Role::Pm), 1..=11) => clock.hour + 12,
        (Some(Role::Am), 12) => 0,
        (_, hour) => hour,
    };
    Clock { hour, ..clock }
}

/// Nanoseconds behind a second; of more than nine digits the first nine.
fn fraction(lexer: &mut Lexer, at: usize) -> (u32, usize) {
    if !matches!(lexer.glued(at), Kind::Sign('.' | ',')) {
        return (0, at);
    }
    let Kind::Number { value, digits, .. } = lexer.glued(at + 1) else { return (0, at) };
    let digits = digits.min(MOST_DIGITS) as u32;
    let nano = match digits {
        0..=9 => value * 10u64.pow(9 - digits),
        _ => value / 10u64.pow(digits - 9),
    };
    (u32::try_from(nano).map_or(999_999_999, |nano| nano.min(999_999_999)), at + 2)
}

fn clock(hour: u64, minute: u64, second: Option<(u64, u32)>, next: usize) -> Option<(Clock, usize)> {
    let (hour, minute) = (u32::try_from(hour).ok()?, u32::try_from(minute).ok()?);
    let second = match second {
        Some((second, nano)) => Some((u32::try_from(second).ok()?, nano)),
        None => None,
    };
    let midnight = hour == 24 && minute == 0 && second.is_none_or(|s| s == (0, 0));
    let valid = (hour < 24 && minute < 60 && second.is_none_or(|(s, _)| s <= 60)) || midnight;
    valid.then_some((Clock { hour, minute, second }, next))
}

/// A zone behind a time of day, and the index of the token behind it.
pub(super) fn zone(lexer: &mut Lexer, start: usize, extent: Extent) -> Option<(Zone, usize)> {
    let (zone, mut next) = match lexer.kind(start) {
        Kind::Sign('+' | '-') => numeric(lexer, start, extent)?,
        Kind::Word(_) => by_name(lexer, start, extent)?,
        Kind::Sign('(') => return comment(lexer, start, extent),
        Kind::Sign('[') => return annotation(lexer, start),
        _ => return None,
    };
    let mut zone = zone;
    if let Some((said, end)) = comment(lexer, next, extent).or_else(|| annotation(lexer, next)) {
        if zone == Zone::Unknown {
            zone = said;
        }
        next = end;
    }
    Some((zone, next))
}

/// `+02:00`, `+0200`, `+02`, `-5`, `-330`.
fn numeric(lexer: &mut Lexer, at: usize, extent: Extent) -> Option<(Zone, usize)> {
    let sign = if lexer.kind(at) == Kind::Sign('-') { -1 } else { 1 };
    let Kind::Number { value, digits, .. } = lexer.glued(at + 1) else { return None };
    let mut next = at + 2;
    let (hours, minutes) = match digits {
        1 | 2 => match (lexer.glued(next), lexer.glued(next + 1)) {
            (Kind::Sign(':'), Kind::Number { value: minutes, digits: 2, .. }) => {
                next += 2;
                (value, minutes)
            }
            _ => {
                // In running text `-5` is a zone only where nothing follows it: `10:30 -5 degrees`.
                let glued = lexer.token(at).glued;
                if extent == Extent::Prefix && !glued && !matches!(lexer.kind(next), Kind::End | Kind::Sign(_)) {
                    return None;
                }
                (value, 0)
            }
        },
        3 | 4 => (value / 100, value % 100),
        _ => return None,
    };
    if hours >= 24 || minutes >= 60 {
        return None;
    }
    let minutes = i32::try_from(hours * 60 + minutes).ok()?;
    Some((Zone::Offset(sign * minutes), next))
}

/// `UTC`, `CEST`, `UTC+02:00`, `Europe/Berlin`.
fn by_name(lexer: &mut Lexer, at: usize, extent: Extent) -> Option<(Zone, usize)> {
    let name = lexer.letters(at);
    let glued = lexer.token(at).glued;
    if matches!(name, "Z" | "z") {
        return (glued || extent == Extent::Whole).then_some((Zone::Offset(0), at + 1));
    }
    if lexer.glued(at + 1) == Kind::Sign('/') {
        return place(lexer, at);
    }
    let zone = match zones::named(name, extent == Extent::Prefix) {
        Some(Named::Offset(minutes)) => Zone::Offset(minutes),
        Some(Named::Unknown) => Zone::Unknown,
        None => return None,
    };
    let mut next = at + 1;
    if matches!(name.to_ascii_uppercase().as_str(), "UTC" | "GMT" | "UT") {
        let signed = matches!(lexer.kind(next), Kind::Sign('+' | '-'));
        if signed && let Some((offset, end)) = numeric(lexer, next, extent) {
            return Some((offset, end));
        }
    } else if name.eq_ignore_ascii_case("MET")
        && matches!(lexer.kind(next), Kind::Word(_))
        && lexer.letters(next).eq_ignore_ascii_case("DST")
    {
        // The summer time of old Unix systems.
        return Some((Zone::Offset(120), next + 1));
    }
    // Unix systems west and east of Greenwich also wrote `EST5EDT`.
    if let (Kind::Number { .. }, Kind::Word(_)) = (lexer.glued(next), lexer.glued(next + 1)) {
        next += 2;
    }
    Some((zone, next))
}

/// A zone of the database by its name: `America/Argentina/Buenos_Aires`.
fn place(lexer: &mut Lexer, at: usize) -> Option<(Zone, usize)> {
    let start = lexer.token(at).start;
    let mut next = at + 1;
    while matches!(lexer.glued(next), Kind::Sign('/' | '_' | '-' | '+') | Kind::Word(_) | Kind::Number { .. }) {
        next += 1;
    }
    let end = lexer.token(next - 1).end;
    let zone = lexer.text()[start..end].parse().ok()?;
    Some((Zone::Place(zone), next))
}

/// `(CEST)`, `(Central European Summer Time)`; in running text only a known name.
fn comment(lexer: &mut Lexer, at: usize, extent: Extent) -> Option<(Zone, usize)> {
    if lexer.kind(at) != Kind::Sign('(') {
        return None;
    }
    let said = zone_inside(lexer, at + 1, extent);
    if let Some((zone, end)) = said
        && lexer.kind(end) == Kind::Sign(')')
    {
        return Some((zone, end + 1));
    }
    if extent == Extent::Prefix {
        return None;
    }
    // A comment of mail (RFC 2822 section 3.2.3), whatever it says.
    let mut next = at + 1;
    loop {
        match lexer.kind(next) {
            Kind::End => return None,
            Kind::Sign(')') => return Some((Zone::Unknown, next + 1)),
            _ => next += 1,
        }
    }
}

/// `[Europe/Berlin]` (RFC 9557).
fn annotation(lexer: &mut Lexer, at: usize) -> Option<(Zone, usize)> {
    if lexer.kind(at) != Kind::Sign('[') {
        return None;
    }
    let (zone, end) = zone_inside(lexer, at + 1, Extent::Whole)?;
    (lexer.kind(end) == Kind::Sign(']')).then_some((zone, end + 1))
}

fn zone_inside(lexer: &mut Lexer, at: usize, extent: Extent) -> Option<(Zone, usize)> {
    match lexer.kind(at) {
        Kind::Sign('+' | '-') => numeric(lexer, at, extent),
        Kind::Word(_) => by_name(lexer, at, extent),
        _ => None,
    }
}
