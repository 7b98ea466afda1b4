//! A month and a day in a name, below a directory that states the year.

use chrono::Datelike;

use super::super::{Confidence, DateValue, Order, Precision, Reading, names};
use super::scan::{Hit, read_words};
use super::tokens::{Kind, Tokens};

/// The month and the day that a segment states without a year, as it stands under a directory that states the year.
/// `inside` is that of the directory. `CG-07-09`, `sept-25`, `30 January`.
pub(super) fn date(segment: &str, inside: &DateValue) -> Option<Hit> {
    let tokens = Tokens::of(segment);
    let year = inside.first_day().year();
    let fits = |value: &DateValue| value.first_day() >= inside.first_day() && value.last_day() <= inside.last_day();
    let hit = |at: usize, next: usize, value: DateValue| Hit {
        start: tokens.start(at),
        end: tokens.start(next),
        reading: Reading { value, order: Order::Fixed },
        confidence: Confidence::Medium,
        is_change: false,
    };
    for at in 0..tokens.len() {
        let apart = at == 0 || !matches!(tokens.kind(at - 1), Kind::Word | Kind::Number(_));
        if let Some(value) = month_and_day(&tokens, at, year).filter(|value| apart && fits(value)) {
            return Some(hit(at, at + 3, value));
        }
    }
    if tokens.has_month() {
        for at in 0..tokens.len() {
            for last in at + 1..tokens.len().min(at + 6) {
                let ends = [at, last]
                    .iter()
                    .all(|&end| tokens.is_clear_month(end) || tokens.digits(end).is_some_and(|d| d <= 2))
                    || tokens.is_clear_month(at) && is_ordinal(tokens.text(last))
                    || tokens.is_without_blanks(last);
                let has_both = (at..=last).any(|token| tokens.is_clear_month(token)) || tokens.is_without_blanks(last);
                let glued = matches!(tokens.kind(last + 1), Kind::Word | Kind::Number(_))
                    && !tokens.is_without_blanks(last)
                    && !is_ordinal(tokens.text(last + 1));
                if !ends || !has_both || glued || is_longer_number(&tokens, at, last) {
                    continue;
                }
                let text = tokens.between(at, last + 1);
                let dated = [format!("{text} {year}"), format!("{year} {text}"), format!("{year}年{text}")];
                let reading = dated.iter().find_map(|text| read_words(text));
                let value = reading.map(|reading| reading.value).filter(|value| value.precision() == Precision::Day);
                if let Some(value) = value.filter(fits) {
                    return Some(hit(at, last + 1, value));
                }
            }
        }
    }
    // A day alone: `2014-09/25`, `2014-09/thu-25`, `2014-09/25th`.
    if inside.precision() == Precision::Month {
        let numbers: Vec<usize> = (0..tokens.len()).filter(|&at| tokens.digits(at).is_some()).collect();
        let [at] = numbers[..] else { return None };
        let others_are_days = (0..tokens.len()).all(|other| match tokens.kind(other) {
            Kind::Word => is_ordinal(tokens.text(other)) || names::lookup(tokens.text(other)).weekdays != 0,
            _ => true,
        });
        if tokens.digits(at)? <= 2 && others_are_days {
            let day = u32::try_from(tokens.number(at)?).ok()?;
            let value = DateValue::ymd(year, inside.first_day().month(), day)?;
            return Some(hit(0, tokens.len(), value));
        }
    }
    None
}

fn is_ordinal(word: &str) -> bool {
    matches!(word.to_ascii_lowercase().as_str(), "st" | "nd" | "rd" | "th" | "er" | "e")
}

/// Whether the first or the last of some tokens is a piece of a longer number.
fn is_longer_number(tokens: &Tokens, first: usize, last: usize) -> bool {
    let joins = |sign: usize| matches!(tokens.kind(sign), Kind::Sign('-' | '.'));
    let before = first >= 2 && joins(first - 1) && tokens.digits(first - 2).is_some() && tokens.digits(first).is_some();
    let behind = joins(last + 1) && tokens.digits(last + 2).is_some() && tokens.digits(last).is_some();
    before || behind
}

/// `07-09`, the month first as in the order of the directories, or `25-12`, where only the day can be the first.
fn month_and_day(tokens: &Tokens, at: usize, year: i32) -> Option<DateValue> {
    let Kind::Sign(sign @ ('-' | '_' | ' ' | '.')) = tokens.kind(at + 1) else { return None };
    if tokens.digits(at)? != 2 || tokens.digits(at + 2)? != 2 || is_longer_number(tokens, at, at + 2) {
        return None;
    }
    let goes_on = |other: usize| tokens.kind(other) == Kind::Sign(sign) && sign != ' ';
    let is_joined = at >= 2 && goes_on(at - 1) && tokens.digits(at - 2).is_some();
    if is_joined || goes_on(at + 3) && tokens.digits(at + 4).is_some() || matches!(tokens.kind(at + 3), Kind::Word) {
        return None;
    }
    let (first, second) = (u32::try_from(tokens.number(at)?).ok()?, u32::try_from(tokens.number(at + 2)?).ok()?);
    match sign {
        '.' => DateValue::ymd(year, second, first),
        _ => DateValue::ymd(year, first, second).or_else(|| DateValue::ymd(year, second, first)),
    }
}
