//! The calendar part of a date, and what a date in numbers says: `2016-04-03`, `7.5.2012`, `20160403`.

use super::clock::{Clock, Extent};
use super::eras::{self, Calendar};
use super::lexer::{Kind, Lexer};
use super::names::Role;
use super::words::in_words;
use super::zone::Zone;
use super::{DateValue, Order};

/// What a text says before it is settled what it means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draft {
    pub day: Stated,
    /// What else the day can be: the month first, or another language's month of that name.
    pub other: Option<Stated>,
    pub order: Order,
    /// The days of the week that the text names, bit 0 for Monday.
    pub weekdays: u8,
    pub clock: Option<Clock>,
    pub zone: Option<Zone>,
    /// The index of the token behind it.
    pub next: usize,
}

/// As much of a date as is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stated {
    Year(i32),
    Quarter(i32, u32),
    Month(i32, u32),
    Day(i32, u32, u32),
}

impl Stated {
    /// The value; `None` where the calendar has no such day.
    pub fn value(self) -> Option<DateValue> {
        match self {
            Stated::Year(year) => DateValue::year(year),
            Stated::Quarter(year, quarter) => DateValue::quarter(year, quarter),
            Stated::Month(year, month) => DateValue::month(year, month),
            Stated::Day(year, month, day) => DateValue::ymd(year, month, day),
        }
    }

    /// Whether it is a day.
    pub fn is_day(self) -> bool {
        matches!(self, Stated::Day(..))
    }
}

impl Draft {
    /// A draft of a day that the calendar has.
    pub fn new(day: Stated, next: usize) -> Option<Draft> {
        day.value()?;
        Some(Draft { day, other: None, order: Order::Fixed, weekdays: 0, clock: None, zone: None, next })
    }
}

/// Years before the Gregorian calendar was in use: a number such as 1402 between slashes is a year of the Persian or
/// Islamic calendar, which is not read.
const FIRST_YEAR: u64 = 1600;

/// RFC 2822 section 4.3: a year of two digits below this is in the 2000s.
const PIVOT: u64 = 50;

/// The calendar part that starts at a token.
pub(super) fn date(lexer: &mut Lexer, start: usize, extent: Extent) -> Option<Draft> {
    let Kind::Number { value, digits, .. } = lexer.kind(start) else {
        return in_words(lexer, start, extent);
    };
    let found = match digits {
        2 | 4 if matches!(lexer.kind(start + 1), Kind::Number { .. }) => spaced(lexer, start, extent),
        4 => year_first(lexer, start, value, extent),
        1 | 2 => day_first(lexer, start, extent),
        8 | 12 | 14 => compact(start, value, digits),
        _ => None,
    };
    found.or_else(|| in_words(lexer, start, extent)).or_else(|| {
        let alone = digits == 4 && extent == Extent::Whole;
        let next = start + 1 + usize::from(alone && is_year_mark(lexer, start + 1));
        let alone = alone && matches!(lexer.kind(next), Kind::End) || next > start + 1;
        if alone { Draft::new(Stated::Year(year(value)?), next) } else { None }
    })
}

/// Whether a word says that a number beside it is a year: `2000г.`
fn is_year_mark(lexer: &mut Lexer, at: usize) -> bool {
    let Kind::Word(meaning) = lexer.kind(at) else { return false };
    let is_alone = matches!(lexer.kind(at + 1), Kind::End | Kind::Sign('.'));
    meaning.role == Role::YearMark && is_alone && !lexer.letters(at).is_ascii()
}

/// A year that can be written. One that is five centuries ahead is counted as Buddhists count it, marked or not.
pub(super) fn year(value: u64) -> Option<i32> {
    let year = i32::try_from(value).ok().filter(|year| (1..=9999).contains(year))?;
    Some(if eras::is_buddhist(year) { year + eras::BUDDHIST } else { year })
}

/// The day of the Persian or Islamic calendar that three numbers are, by the sign behind them or by their digits.
fn of_other_calendar(lexer: &mut Lexer, at: usize, parts: [u64; 3], next: usize) -> Option<Draft> {
    let [year, month, day] = parts.map(|part| u32::try_from(part).ok());
    let (marked, next) = match lexer.kind(next) {
        Kind::Word(meaning) => match meaning.role {
            Role::Era(calendar) => (Some(calendar), next + 1 + usize::from(lexer.glued(next + 1) == Kind::Sign('.'))),
            _ => (None, next),
        },
        _ => (None, next),
    };
    let calendar = marked.or_else(|| Calendar::of_digits(lexer.letters(at)))?;
    Draft::new(calendar.day(i32::try_from(year?).ok()?, month?, day?)?, next)
}

/// A number of one or two digits.
fn small(kind: Kind) -> Option<u32> {
    match kind {
        Kind::Number { value, digits: 1 | 2, .. } => u32::try_from(value).ok(),
        _ => None,
    }
}

/// The sign between two numbers and the number behind it. Blanks may stand behind a full stop, and around other
/// signs only where the whole text is a date.
fn separated(lexer: &mut Lexer, at: usize, extent: Extent) -> Option<(char, Kind)> {
    let loose = extent == Extent::Whole;
    let Kind::Sign(sign @ ('-' | '/' | '.' | '_' | '|')) = (if loose { lexer.kind(at) } else { lexer.glued(at) })
    else {
        return None;
    };
    let number = if sign == '.' || loose { lexer.kind(at + 1) } else { lexer.glued(at + 1) };
    Some((sign, number))
}

/// `2016-04-03`, `2016. 4. 3.`, `2016-04`, `2016Q2`, `2016-W13-7`.
fn year_first(lexer: &mut Lexer, start: usize, value: u64, extent: Extent) -> Option<Draft> {
    let this_year = year(value)?;
    if let Kind::Word(_) = lexer.kind(start + 1) {
        return quarter(lexer, start + 1, this_year).or_else(|| week(lexer, start + 1, this_year));
    }
    let (sign, number) = separated(lexer, start + 1, extent)?;
    if sign == '-'
        && let Kind::Word(_) = number
    {
        return quarter(lexer, start + 2, this_year).or_else(|| week(lexer, start + 2, this_year));
    }
    // `2025-333`: the day of the year, where nothing else can be meant.
    if sign == '-'
        && let Kind::Number { value: day, digits: 3, .. } = number
        && (lexer.is_stated || matches!(lexer.glued(start + 3), Kind::Word(_)) && lexer.letters(start + 3) == "T")
    {
        let day = chrono::NaiveDate::from_yo_opt(this_year, u32::try_from(day).ok()?)?;
        return Draft::new(of_day(day), start + 3);
    }
    let month = small(number)?;
    let foreign = matches!(lexer.kind(start), Kind::Number { latin: false, .. });
    let behind = |lexer: &mut Lexer| match lexer.kind(start + 5) {
        Kind::Word(meaning) => matches!(meaning.role, Role::Era(_)),
        _ => false,
    };
    if value < FIRST_YEAR
        && (sign != '-' || foreign || behind(lexer))
        && let Some((again, Kind::Number { value: day, digits: 1 | 2, .. })) = separated(lexer, start + 3, extent)
    {
        let parts = [value, month.into(), day];
        return if again == sign { of_other_calendar(lexer, start, parts, start + 5) } else { None };
    }
    if value < FIRST_YEAR && (sign != '-' || foreign) {
        return None;
    }
    if let Some((again, number)) = separated(lexer, start + 3, extent)
        && again == sign
        && let Some(day) = small(number)
    {
        let draft = Draft::new(Stated::Day(this_year, month, day), start + 5);
        if draft.is_none() && lexer.is_stated && month > 12 {
            // `2024-13-01`: the day in the middle.
            let swapped = Draft::new(Stated::Day(this_year, day, month), start + 5)?;
            return Some(Draft { order: Order::Ambiguous, ..swapped });
        }
        return draft;
    }
    let padded = matches!(number, Kind::Number { digits: 2, .. });
    let followed = matches!(lexer.glued(start + 3), Kind::Sign('-' | '/' | '.' | '_') | Kind::Number { .. });
    if !padded || followed || !matches!(sign, '-' | '/') {
        return None;
    }
    Draft::new(Stated::Month(this_year, month), start + 3)
}

/// `21 01 2006`, `2006 01 21`: only blanks between padded numbers, and nothing but a date in the text.
fn spaced(lexer: &mut Lexer, start: usize, extent: Extent) -> Option<Draft> {
    let numbers = [start, start + 1, start + 2].map(|at| match lexer.kind(at) {
        Kind::Number { value, digits, .. } if value < 10_000 => Some((value as u32, digits)),
        _ => None,
    });
    let [Some(first), Some(second), Some(third)] = numbers else { return None };
    if extent == Extent::Prefix {
        return None;
    }
    match (first, second, third) {
        ((y, 4), (m, 2), (d, 2)) => Draft::new(Stated::Day(year(y.into())?, m, d), start + 3),
        ((d, 2), (m, 2), (y, 4)) if u64::from(y) >= FIRST_YEAR => numeric(' ', year(y.into())?, d, m, start + 3),
        _ => None,
    }
}

/// `Q2` behind a year.
fn quarter(lexer: &mut Lexer, at: usize, year: i32) -> Option<Draft> {
    let quarter = quarter_number(lexer, at)?;
    Draft::new(Stated::Quarter(year, quarter), at + 2)
}

fn quarter_number(lexer: &mut Lexer, at: usize) -> Option<u32> {
    if !lexer.letters(at).eq_ignore_ascii_case("q") {
        return None;
    }
    match lexer.glued(at + 1) {
        Kind::Number { value: value @ 1..=4, digits: 1, .. } => u32::try_from(value).ok(),
        _ => None,
    }
}

/// `W13-7` and `W137` behind a year (ISO 8601): a day. A week without a day has no precision of ours.
fn week(lexer: &mut Lexer, at: usize, year: i32) -> Option<Draft> {
    if !lexer.letters(at).eq_ignore_ascii_case("w") {
        return None;
    }
    let (week, day, next) = match (lexer.glued(at + 1), lexer.glued(at + 2), lexer.glued(at + 3)) {
        (Kind::Number { value, digits: 3, .. }, ..) => (value / 10, value % 10, at + 2),
        (Kind::Number { value: week, digits: 2, .. }, Kind::Sign('-'), Kind::Number { value: day, digits: 1, .. }) => {
            (week, day, at + 4)
        }
        _ => return None,
    };
    let weekday = chrono::Weekday::try_from(u8::try_from(day).ok()?.checked_sub(1)?).ok()?;
    let day = chrono::NaiveDate::from_isoywd_opt(year, u32::try_from(week).ok()?, weekday)?;
    Draft::new(of_day(day), next)
}

pub(super) fn of_day(day: chrono::NaiveDate) -> Stated {
    use chrono::Datelike;
    Stated::Day(day.year(), day.month(), day.day())
}

/// `20160403`, `20160403T101500Z`, `201604031015`, `20160403101500`.
fn compact(start: usize, value: u64, digits: usize) -> Option<Draft> {
    let time_digits = digits as u32 - 8;
    let (day, time) = (value / 10u64.pow(time_digits), value % 10u64.pow(time_digits));
    let (y, m, d) = (day / 10_000, day / 100 % 100, day % 100);
    // Shorter spellings carry no sign that they are dates, so the year must be one of the printing press.
    if y < FIRST_YEAR || (digits > 8 && y > 2200) {
        return None;
    }
    let mut draft = Draft::new(Stated::Day(year(y)?, m as u32, d as u32), start + 1)?;
    let (time, second) = match time_digits {
        0 => return Some(draft),
        4 => (time, None),
        _ => (time / 100, Some((time % 100) as u32)),
    };
    let (hour, minute) = ((time / 100) as u32, (time % 100) as u32);
    if hour > 23 || minute > 59 || second.is_some_and(|s| s > 59) {
        return None;
    }
    draft.clock = Some(Clock { hour, minute, second: second.map(|s| (s, 0)) });
    Some(draft)
}

/// `7-5-2012`, `7.5.2012`, `27/5/87`, `05/2012`.
fn day_first(lexer: &mut Lexer, start: usize, extent: Extent) -> Option<Draft> {
    let first = small(lexer.kind(start))?;
    let (sign, number) = separated(lexer, start + 1, extent)?;
    if let Kind::Number { value, digits: 4, .. } = number {
        if extent == Extent::Prefix || value < FIRST_YEAR || sign == '_' {
            return None;
        }
        return Draft::new(Stated::Month(year(value)?, first), start + 3);
    }
    let second = small(number)?;
    let (again, number) = separated(lexer, start + 3, extent)?;
    let Kind::Number { value, digits, latin } = number else { return None };
    if again != sign {
        return None;
    }
    match digits {
        4 if value < FIRST_YEAR => of_other_calendar(lexer, start, [value, second.into(), first.into()], start + 5)
            .or_else(|| numeric(sign, year(value).filter(|_| latin && sign == '-')?, first, second, start + 5)),
        4 => numeric(sign, year(value)?, first, second, start + 5),
        2 => of_two_digits(lexer, start, sign, [first, second], number),
        _ => None,
    }
}

/// `27/05/87`, `25/11/29`: two digits for the year too, which then may stand first as well.
fn of_two_digits(lexer: &mut Lexer, start: usize, sign: char, [first, second]: [u32; 2], last: Kind) -> Option<Draft> {
    let last = small(last)?;
    let with_year = |year: u32, month, day| Some(Stated::Day(full_year(year.into())?, month, day));
    let year_first = with_year(first, second, last).filter(|day| day.value().is_some());
    let by_year_last = short_year(lexer, start, sign, [first, second], last.into())
        .and_then(|year| numeric(sign, year, first, second, start + 5));
    let Some(draft) = by_year_last else {
        // `99-12-31`, `15-18-12`: nothing but the year can stand first.
        let is_stated = lexer.is_stated && sign != '.' && (first > 12 || second > 12);
        let day = year_first.or_else(|| with_year(first, last, second)).filter(|_| is_stated)?;
        return Some(Draft { order: Order::Ambiguous, ..Draft::new(day, start + 5)? });
    };
    let is_doubtful = sign == '.' && lexer.is_stated && !certain([first, second], last.into());
    Some(match year_first.filter(|_| sign != '.') {
        Some(other) => Draft { order: Order::Ambiguous, other: draft.other.or(Some(other)), ..draft },
        None if is_doubtful => Draft { order: Order::Ambiguous, ..draft },
        None => draft,
    })
}

/// The day that three numbers of two digits are with the year first, where they can be read so.
pub(super) fn year_first_of(text: &str) -> Option<DateValue> {
    let mut parts = text.trim().split(['-', '/']).map(|part| part.get(..2).unwrap_or(part));
    let [year, month, day] = [parts.next()?, parts.next()?, parts.next()?].map(|part| part.parse::<u32>().ok());
    DateValue::ymd(full_year(year?.into())?, month?, day?)
        .filter(|_| text.trim().as_bytes().get(2).is_some_and(|b| b"-/".contains(b)))
}

/// Whether one of three numbers can be nothing but a day or a year.
fn certain(parts: [u32; 2], year: u64) -> bool {
    year > 31 || parts.iter().any(|part| (13..=31).contains(part))
}

/// A year of two digits after two numbers. Version numbers and counters look the same, so the three numbers must
/// leave no doubt.
fn short_year(lexer: &mut Lexer, start: usize, sign: char, parts: [u32; 2], value: u64) -> Option<i32> {
    let padded = |at| matches!(lexer.kind(at), Kind::Number { digits: 2, .. });
    let all_padded = [start, start + 2].into_iter().all(padded);
    let certain = certain(parts, value);
    let fits = match sign {
        '/' => certain || lexer.is_stated,
        '.' => all_padded && (certain || lexer.is_stated),
        '-' => (all_padded || value > 31) && certain && lexer.is_stated,
        _ => false,
    };
    if fits { full_year(value) } else { None }
}

/// The year that two digits mean.
pub(super) fn full_year(value: u64) -> Option<i32> {
    year(if value < PIVOT { 2000 + value } else { 1900 + value })
}

fn numeric(sign: char, year: i32, first: u32, second: u32, next: usize) -> Option<Draft> {
    let by_day = Draft::new(Stated::Day(year, second, first), next);
    let by_month = Draft::new(Stated::Day(year, first, second), next);
    match (by_day, by_month) {
        (Some(draft), _) if sign == '.' || first == second => Some(draft),
        (Some(draft), Some(other)) => Some(Draft { order: Order::Ambiguous, other: Some(other.day), ..draft }),
        (Some(draft), None) => Some(Draft { order: Order::DayFirst, ..draft }),
        (None, Some(draft)) => Some(Draft { order: Order::MonthFirst, ..draft }),
        (None, None) => None,
    }
}
