//! Months, quarters and years anywhere in a segment: `AFG_01_1946`, `Q1 2023`, `January 2023`, `sotu-1999`.

use chrono::{Datelike, Weekday};

use super::super::{Confidence, DateValue, Order, Precision, Reading, names};
use super::PLAIN_YEARS;
use super::scan::{Hit, is_numbered, is_one_of, read_words};
use super::tokens::{Kind, Tokens};

/// Years that a number at the end of a name can state. Later ones are titles (`blade-runner-2049`).
const LAST_YEARS: std::ops::RangeInclusive<i32> = 1900..=2040;

/// The part of a date that a segment without its extension states, the finest one.
pub(super) fn date(segment: &str) -> Option<Hit> {
    if segment.bytes().filter(u8::is_ascii_digit).count() < 4 {
        return None;
    }
    let tokens = Tokens::of(segment);
    let all = || (0..tokens.len()).filter(|at| !is_numbered(&tokens, *at));
    let month = || all().find_map(|at| in_words(&tokens, at).or_else(|| month(&tokens, at)));
    let quarter = || all().find_map(|at| quarter(&tokens, at).or_else(|| week(&tokens, at)));
    month().or_else(quarter).or_else(|| last_year(&tokens))
}

fn hit(tokens: &Tokens, at: usize, next: usize, value: DateValue, confidence: Confidence) -> Option<Hit> {
    let reading = Reading { value, order: Order::Fixed };
    Some(Hit { start: tokens.start(at), end: tokens.start(next), reading, confidence, is_change: false })
}

/// The year that a token of four digits states.
fn year(tokens: &Tokens, at: usize) -> Option<i32> {
    let year = tokens.number(at).filter(|_| tokens.digits(at) == Some(4))?;
    i32::try_from(year).ok().filter(|year| PLAIN_YEARS.contains(year))
}

/// Whether a number, or a letter without a gap, stands before the token; the sign between tells which.
fn stands_apart(tokens: &Tokens, at: usize) -> bool {
    match at.checked_sub(1).map(|before| tokens.kind(before)) {
        None => true,
        Some(Kind::Sign('-' | '.' | ':' | '_')) => {
            // `no3-2021-03`: a number that a word counts by.
            at < 2 || tokens.digits(at - 2).is_none() || at >= 3 && tokens.kind(at - 3) == Kind::Word
        }
        Some(Kind::Sign(_)) => true,
        Some(_) => false,
    }
}

/// Whether a part of a date can end before a token.
fn ends(tokens: &Tokens, next: usize) -> bool {
    match tokens.kind(next) {
        Kind::End => true,
        Kind::Sign('-' | '.' | ':' | '_') => tokens.digits(next + 1).is_none(),
        Kind::Sign(_) => true,
        Kind::Word => tokens.is_without_blanks(next),
        Kind::Number(_) => false,
    }
}

/// `2023-01`, `01_1946`.
fn month(tokens: &Tokens, at: usize) -> Option<Hit> {
    let Kind::Sign('-' | '_' | ' ') = tokens.kind(at + 1) else { return None };
    let (this_year, month_at) = match tokens.digits(at)? {
        4 => (year(tokens, at)?, at + 2),
        2 => (year(tokens, at + 2)?, at),
        _ => return None,
    };
    let month = tokens.number(month_at).filter(|_| tokens.digits(month_at) == Some(2))?;
    let value = DateValue::month(this_year, u32::try_from(month).ok()?)?;
    let apart = stands_apart(tokens, at) && ends(tokens, at + 3);
    if apart { hit(tokens, at, at + 3, value, Confidence::Medium) } else { None }
}

/// `January 2023`, `jan-2023`, `2023 janvier`, `2023年1月`.
fn in_words(tokens: &Tokens, at: usize) -> Option<Hit> {
    const MOST_TOKENS: usize = 6;
    if !tokens.is_clear_month(at) && year(tokens, at).is_none() {
        return None;
    }
    for last in at + 1..tokens.len().min(at + MOST_TOKENS) {
        let both = tokens.is_clear_month(at) && year(tokens, last).is_some()
            || year(tokens, at).is_some() && tokens.is_clear_month(last);
        let counted = year(tokens, at).is_some() && tokens.is_without_blanks(last);
        let behind = tokens.kind(last + 1);
        let glued = matches!(behind, Kind::Word) && !counted || matches!(behind, Kind::Number(_));
        let is_number_behind = matches!(behind, Kind::Sign(sign) if sign != ' ') && tokens.digits(last + 2).is_some();
        if !(both || counted) || glued || is_number_behind || !no_others(tokens, at + 1, last) {
            continue;
        }
        // `2023-march-on`, a word that only looks like a month, is as likely as the month.
        let reading = read_words(tokens.between(at, last + 1))?;
        if reading.value.precision() == Precision::Month && PLAIN_YEARS.contains(&reading.value.first_day().year()) {
            return hit(tokens, at, last + 1, reading.value, Confidence::Medium);
        }
    }
    None
}

/// The month that the name of a directory is: `03-March`, `March`, `3 - March`. With a number alone it is none.
pub(super) fn month_alone(segment: &str) -> Option<u32> {
    let tokens = Tokens::of(segment);
    let mut named = None;
    let mut counted = None;
    for at in 0..tokens.len() {
        match tokens.kind(at) {
            Kind::Word if tokens.is_clear_month(at) && named.is_none() => {
                named = Some(u32::from(names::lookup(tokens.text(at)).month));
            }
            Kind::Number(1 | 2) if counted.is_none() => counted = tokens.number(at),
            Kind::Sign(_) => {}
            _ => return None,
        }
    }
    named.filter(|month| counted.is_none_or(|number| number == u64::from(*month)))
}

/// Whether there are only signs and small words between two tokens.
fn no_others(tokens: &Tokens, from: usize, to: usize) -> bool {
    (from..to).all(|at| match tokens.kind(at) {
        Kind::Sign(_) => true,
        Kind::Word => names::lookup(tokens.text(at)).role != names::Role::None || tokens.is_without_blanks(at),
        Kind::Number(_) => tokens.is_without_blanks(at + 1),
        Kind::End => false,
    })
}

/// `2023 Q1`, `Q1-2023`, `2023Q1`.
fn quarter(tokens: &Tokens, at: usize) -> Option<Hit> {
    let of = |word: usize| -> Option<u32> {
        let is_one = tokens.text(word).eq_ignore_ascii_case("q") && tokens.digits(word + 1) == Some(1);
        let number = tokens.number(word + 1).filter(|_| is_one)?;
        u32::try_from(number).ok()
    };
    let gap = |sign: usize| usize::from(matches!(tokens.kind(sign), Kind::Sign('-' | '_' | ' ')));
    let (value, next) = match tokens.kind(at) {
        Kind::Number(4) => {
            let word = at + 1 + gap(at + 1);
            (DateValue::quarter(year(tokens, at)?, of(word)?)?, word + 2)
        }
        Kind::Word => {
            let number = at + 2 + gap(at + 2);
            (DateValue::quarter(year(tokens, number)?, of(at)?)?, number + 1)
        }
        _ => return None,
    };
    let apart = stands_apart(tokens, at) && ends(tokens, next);
    if apart { hit(tokens, at, next, value, Confidence::Medium) } else { None }
}

/// Words before the number of a week.
const WEEKS: &str = "w wk week kw woche semaine semana settimana uge vecka uke vko";

/// `2023-W01`, `week 1 2023`: the month that the week lies in, or as much as is certain.
fn week(tokens: &Tokens, at: usize) -> Option<Hit> {
    let gap = |at: usize| usize::from(matches!(tokens.kind(at), Kind::Sign('-' | '_' | ' ')));
    let count = |word: usize| -> Option<(usize, usize)> {
        let number = word + 1 + gap(word + 1);
        let is_one = is_one_of(WEEKS, tokens.text(word)) && tokens.digits(number).is_some_and(|digits| digits <= 2);
        is_one.then_some((number, number + 1))
    };
    let (this_year, number, next) = match tokens.kind(at) {
        Kind::Number(4) => {
            let (number, next) = count(at + 1 + gap(at + 1))?;
            (year(tokens, at)?, number, next)
        }
        Kind::Word => {
            let (number, next) = count(at)?;
            let year_at = next + gap(next);
            (year(tokens, year_at)?, number, year_at + 1)
        }
        _ => return None,
    };
    let number = u32::try_from(tokens.number(number)?).ok()?;
    let day = |weekday| chrono::NaiveDate::from_isoywd_opt(this_year, number, weekday);
    let (first, last) = (day(Weekday::Mon)?, day(Weekday::Sun)?);
    let value = match () {
        () if (first.year(), first.month()) == (last.year(), last.month()) => {
            DateValue::month(first.year(), first.month())
        }
        () if first.year() == last.year() && first.month0() / 3 == last.month0() / 3 => {
            DateValue::quarter(first.year(), first.month0() / 3 + 1)
        }
        () => DateValue::year(this_year),
    };
    let apart = stands_apart(tokens, at) && ends(tokens, next);
    if apart { hit(tokens, at, next, value?, Confidence::Medium) } else { None }
}

/// `sotu-1999`, `Report (2023)`: words, and the year at the end.
fn last_year(tokens: &Tokens) -> Option<Hit> {
    let at = (0..tokens.len()).rfind(|&at| !matches!(tokens.kind(at), Kind::Sign(')' | ']' | ' ')))?;
    let this_year = year(tokens, at).filter(|year| LAST_YEARS.contains(year))?;
    let has_word = (0..at).any(|word| tokens.kind(word) == Kind::Word && tokens.text(word).chars().count() > 1);
    let parted = at > 0 && matches!(tokens.kind(at - 1), Kind::Sign('-' | '_' | ' ' | '(' | '['));
    let counts = matches!(tokens.kind(at - usize::from(at > 0)), Kind::Sign('-')) && !stands_apart(tokens, at);
    let apart = has_word && parted && !counts && !is_numbered(tokens, at);
    if apart { hit(tokens, at, at + 1, DateValue::year(this_year)?, Confidence::Low) } else { None }
}
