//! The time of day in a date.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::lexer::{Kind, Lexer, MOST_DIGITS, Unit};
use super::names::Role;

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
    /// The local time on a day. 24:00, the end of a day, is the beginning of the next (ISO 8601).
    pub fn on(&self, day: NaiveDate) -> Option<NaiveDateTime> {
        let (second, nano) = self.second.unwrap_or((0, 0));
        let day = if self.hour == 24 { day.succ_opt()? } else { day };
        let time = match second {
            // A leap second, as chrono keeps it.
            60 => NaiveTime::from_hms_nano_opt(self.hour % 24, self.minute, 59, 1_000_000_000 + nano),
            _ => NaiveTime::from_hms_nano_opt(self.hour % 24, self.minute, second, nano),
        };
        Some(day.and_time(time?))
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
    let whole = extent == Extent::Whole;
    let mut joined = false;
    for _ in 0..3 {
        match lexer.kind(at) {
            Kind::Sign(',') if at == start => at += 1,
            // `29.01.2008. 00:00`
            Kind::Sign('.') if at == start && whole => at += 1,
            // `du. 3:15` is no small word.
            Kind::Word(_) if hungarian_half(lexer, at).is_some() => break,
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
    // `21.09.26 — 18.12.26`: two days.
    let dotted = |lexer: &mut Lexer, sign| {
        matches!(lexer.kind(sign - 1), Kind::Number { .. }) && lexer.glued(sign) == Kind::Sign('.')
    };
    if joined && dotted(lexer, at + 1) && dotted(lexer, at + 3) {
        return None;
    }
    // In a text that is nothing but a date, the numbers behind the day can only be a time.
    of_day(lexer, at, extent, joined || whole)
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
    if let Some(role) = hungarian_half(lexer, at) {
        half = Some(role);
        at += 1 + usize::from(lexer.glued(at + 1) == Kind::Sign('.'));
    } else if let Some((role, next)) = half_word(lexer, at, extent) {
        half = Some(role);
        at = next;
        if lexer.glued(at) == Kind::Sign('.') {
            at += 1;
        }
    }
    let Some((clock, mut next)) = digits(lexer, at, extent, joined || half.is_some()) else {
        let hour = match half? {
            Role::Noon => 12,
            Role::Midnight => 0,
            _ => return None,
        };
        return (extent == Extent::Whole).then_some((Clock { hour, minute: 0, second: None }, at));
    };
    let mut clock_word = |next: &mut usize| {
        if let Kind::Word(meaning) = lexer.kind(*next)
            && meaning.role == Role::Clock
        {
            *next += 1;
        }
    };
    clock_word(&mut next);
    if half.is_none()
        && let Some((role, end)) = half_behind(lexer, next, extent)
    {
        half = Some(role);
        next = end;
    }
    let next = range_end(lexer, start, next, &clock, extent);
    Some((in_half(clock, half), next))
}

/// The half of the day that a word says, and the index behind it. In running text only words that are nothing else
/// are taken.
fn half_word(lexer: &mut Lexer, at: usize, extent: Extent) -> Option<(Role, usize)> {
    let Kind::Word(meaning) = lexer.kind(at) else { return None };
    let word = lexer.letters(at);
    // `p. m.` of Spanish.
    if matches!(word, "a" | "p" | "A" | "P")
        && lexer.glued(at + 1) == Kind::Sign('.')
        && matches!(lexer.kind(at + 2), Kind::Word(_))
        && matches!(lexer.letters(at + 2), "m" | "M")
    {
        return Some((if word.eq_ignore_ascii_case("a") { Role::Am } else { Role::Pm }, at + 3));
    }
    const IN_TEXT: [&str; 5] = ["vorm", "nachm", "vormittags", "nachmittags", "rano"];
    let is_sign = !word.is_ascii() || word.len() <= 4 || IN_TEXT.iter().any(|known| known.eq_ignore_ascii_case(word));
    let is_plain = extent == Extent::Whole || (is_sign && matches!(meaning.role, Role::Am | Role::Pm));
    (meaning.role.is_half() && is_plain).then_some((meaning.role, at + 1))
}

/// `de.` and `du.` before a time are halves of the day in Hungarian, and small words elsewhere.
fn hungarian_half(lexer: &mut Lexer, at: usize) -> Option<Role> {
    let Kind::Word(_) = lexer.kind(at) else { return None };
    let role = match lexer.letters(at) {
        "de" | "De" => Role::Am,
        "du" | "Du" => Role::Pm,
        _ => return None,
    };
    let number = at + 1 + usize::from(lexer.glued(at + 1) == Kind::Sign('.'));
    let is_time =
        matches!(lexer.kind(number), Kind::Number { digits: 1 | 2, .. }) && lexer.glued(number + 1) == Kind::Sign(':');
    is_time.then_some(role)
}

/// The index behind the end of a range of times (`10:00-11:00`, `10:00–11:00`), where one follows.
///
/// A hyphen can begin an offset, too: then the time behind it is none that comes later, or it follows a `T`.
fn range_end(lexer: &mut Lexer, start: usize, next: usize, clock: &Clock, extent: Extent) -> usize {
    let sign = match lexer.kind(next) {
        Kind::Sign(sign @ ('-' | '–' | '—')) => sign,
        _ => return next,
    };
    let is_iso = lexer.glued(start) != Kind::End && start > 0 && matches!(lexer.letters(start - 1), "T" | "t");
    let (
        Kind::Number { value: hour, digits: 1 | 2, .. },
        Kind::Sign(':'),
        Kind::Number { value: minute, digits: 2, .. },
    ) = (lexer.kind(next + 1), lexer.glued(next + 2), lexer.glued(next + 3))
    else {
        return next;
    };
    let is_later = (hour, minute) > (u64::from(clock.hour), u64::from(clock.minute)) && hour <= 24 && minute < 60;
    let is_apart = sign != '-' || lexer.glued(next + 1) == Kind::End;
    let is_range = is_later && !is_iso && clock.second.is_none();
    if is_range && (extent == Extent::Whole || is_apart || lexer.glued(next) != Kind::End) { next + 4 } else { next }
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
        Kind::Sign('.') if joined && matches!(lexer.glued(next + 1), Kind::Number { digits: 2, .. }) => next += 1,
        Kind::Unit(Unit::Hour) => return han(lexer, hour, next + 1),
        Kind::Word(_) if matches!(lexer.letters(next), "h" | "H" | "u") => {
            return match lexer.glued(next + 1) {
                Kind::Number { value, digits: 2, .. } => clock(hour, value, None, next + 2),
                _ if whole => clock(hour, 0, None, next + 1),
                _ => None,
            };
        }
        // `10 h 15`, `10 ч. 15 мин.`
        _ if whole && hours_apart(lexer, next).is_some() => {
            let minute = hours_apart(lexer, next)?;
            let Kind::Number { value, .. } = lexer.kind(minute) else { return None };
            let unit = matches!(lexer.kind(minute + 1), Kind::Word(_))
                && matches!(lexer.letters(minute + 1), "min" | "мин" | "хв" | "λεπτά" | "m");
            let dot = usize::from(unit && lexer.glued(minute + 2) == Kind::Sign('.'));
            return clock(hour, value, None, minute + 1 + usize::from(unit) + dot);
        }
        // `04.2h`: a part of an hour.
        Kind::Sign('.') if whole && decimal_hour(lexer, next).is_some() => {
            return clock(hour, decimal_hour(lexer, next)?, None, next + 3);
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
            let (mut nano, mut end) = fraction(lexer, behind + 1);
            // `22:06:08:684`
            if whole
                && end == behind + 1
                && lexer.glued(end) == Kind::Sign(':')
                && let Kind::Number { value, digits: 3, .. } = lexer.glued(end + 1)
            {
                nano = u32::try_from(value).unwrap_or_default() * 1_000_000;
                end += 2;
            }
            // A fraction that is no second (`14:30.` and a sentence) leaves the minute.
            clock(hour, minute, Some((second, nano)), end).or_else(|| clock(hour, minute, None, next))
        }
        _ => clock(hour, minute, None, if whole { behind } else { next }),
    }
}

/// The index of the minutes behind a word for hours that stands apart.
fn hours_apart(lexer: &mut Lexer, at: usize) -> Option<usize> {
    let is_hours =
        matches!(lexer.kind(at), Kind::Word(_)) && matches!(lexer.letters(at), "h" | "H" | "ч" | "год" | "Uhr");
    let minute = at + 1 + usize::from(lexer.glued(at + 1) == Kind::Sign('.'));
    (is_hours && matches!(lexer.kind(minute), Kind::Number { digits: 2, .. })).then_some(minute)
}

/// The minutes of `.2h`.
fn decimal_hour(lexer: &mut Lexer, at: usize) -> Option<u64> {
    let Kind::Number { value, digits: 1, .. } = lexer.glued(at + 1) else { return None };
    (matches!(lexer.glued(at + 2), Kind::Word(_)) && lexer.letters(at + 2) == "h").then_some(value * 6)
}

/// `3 pm`, `14 Uhr`: in running text only where nothing follows that the words could belong to.
fn hour_alone(lexer: &mut Lexer, hour: u64, next: usize, extent: Extent, joined: bool) -> Option<(Clock, usize)> {
    let (end, known) = match half_behind(lexer, next, extent) {
        Some((_, end)) => (end, hour <= 12),
        None => match lexer.kind(next) {
            Kind::Word(meaning) if meaning.role == Role::Clock => (next + 1, true),
            _ => return None,
        },
    };
    let alone = matches!(lexer.kind(end), Kind::End | Kind::Sign(_));
    if known && (extent == Extent::Whole || (alone && joined)) { clock(hour, 0, None, next) } else { None }
}

/// What stands behind the hour in the Han and Hangul scripts: `30分`, `30分05秒`, `半`.
fn han(lexer: &mut Lexer, hour: u64, at: usize) -> Option<(Clock, usize)> {
    if matches!(lexer.kind(at), Kind::Word(_)) && matches!(lexer.letters(at), "半" | "반") {
        return clock(hour, 30, None, at + 1);
    }
    let Kind::Number { value: minute, digits: 1 | 2, .. } = lexer.kind(at) else { return clock(hour, 0, None, at) };
    if lexer.kind(at + 1) != Kind::Unit(Unit::Minute) {
        // `晚上8点30`
        let is_over = matches!(lexer.kind(at + 1), Kind::End) && lexer.glued(at) != Kind::End;
        return if is_over { clock(hour, minute, None, at + 1) } else { clock(hour, 0, None, at) };
    }
    match (lexer.kind(at + 2), lexer.kind(at + 3)) {
        (Kind::Number { value, digits: 1 | 2, .. }, Kind::Unit(Unit::Second)) => {
            clock(hour, minute, Some((value, 0)), at + 4)
        }
        _ => clock(hour, minute, None, at + 2),
    }
}

fn half_behind(lexer: &mut Lexer, at: usize, extent: Extent) -> Option<(Role, usize)> {
    // `8:00 in the morning`, `8 de la mañana`
    let mut at = at;
    if extent == Extent::Whole {
        let small =
            |kind| matches!(kind, Kind::Word(m) if matches!(m.role, Role::Filler | Role::At) && m.weekdays == 0);
        let words = (0..3).take_while(|step| small(lexer.kind(at + step))).count();
        if words > 0 && half_word(lexer, at + words, extent).is_some() {
            at += words;
        }
    }
    let (role, next) = half_word(lexer, at, extent)?;
    // `10:30 am Montag` is German and no half of the day.
    if let Kind::Word(behind) = lexer.kind(next)
        && behind.weekdays != 0
        && lexer.letters(at).eq_ignore_ascii_case("am")
    {
        return None;
    }
    // The full stop of `p.m.`
    let is_abbreviated = lexer.letters(at).contains('.') || next > at + 1 || extent == Extent::Whole;
    let dotted = is_abbreviated && lexer.glued(next) == Kind::Sign('.');
    Some((role, next + usize::from(dotted)))
}

fn in_half(clock: Clock, half: Option<Role>) -> Clock {
    let hour = match (half, clock.hour) {
        (Some(Role::Pm), 1..=11) => clock.hour + 12,
        (Some(Role::Noon), 1..=4) => clock.hour + 12,
        (Some(Role::Night), 6..=11) => clock.hour + 12,
        (Some(Role::Am | Role::Night | Role::Midnight), 12) => 0,
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
