//! Dates in words, and in numbers that say what they count, in whatever order their language gives them.
//!
//! The order of the parts says nothing across languages, so that it is not looked at: a name is the month, a number of
//! four digits the year, a small one the day. What stands between them must be a small word or sign of dates; anything
//! else ends the date.

use super::calendar::{Draft, Stated, full_year, year};
use super::clock::{self, Clock, Extent};
use super::eras::{self, Calendar};
use super::lexer::{Kind, Lexer, Unit};
use super::names::{self, Role};
use super::zone::{self, Zone};

/// The parts of a date whose month is a word, or whose numbers say what they count.
#[derive(Default)]
struct Parts {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    /// The days of the week that the month's name can mean as well: `mar.` is March and mardi.
    month_as_weekdays: u8,
    /// What the month's name means in Croatian, where that is another month.
    croatian: Option<(u32, bool)>,
    weekdays: u8,
    clock: Option<Clock>,
    zone: Option<Zone>,
    /// Years before the first of the era that the year is counted in.
    era: Option<i32>,
    /// The calendar that the month or a sign at the year names, if it is not ours.
    calendar: Option<Calendar>,
    day_dot: bool,
    thai: bool,
}

/// Names of months that mean another month in Croatian than in Polish or Czech, and whether Czech is among them.
/// Polish puts no full stop behind the day; Croatian and Czech do, and Croatian puts one behind the year as well.
const CROATIAN: [(&str, u32, bool); 5] =
    [("lip", 6, false), ("srp", 7, true), ("lis", 10, true), ("listopad", 10, true), ("listopada", 10, false)];

/// A date in words, in whatever order its language gives them: `9 juillet 2023`, `Jul 9, 2023`, `2023年7月9日`,
/// `Fri Sep  3 11:21:31 CEST 2021`.
pub(super) fn in_words(lexer: &mut Lexer, start: usize, extent: Extent) -> Option<Draft> {
    let mut parts = Parts::default();
    let mut at = start;
    // Behind the last part, without the small words that follow it.
    let mut end = start;
    let mut signs = 0;
    while parts.year.is_none() || parts.month.is_none() || parts.day.is_none() {
        let step = match lexer.kind(at) {
            Kind::Number { .. } => number(lexer, &mut parts, at, extent),
            Kind::Word(_) => word(lexer, &mut parts, at, start, extent),
            Kind::Era(before) if parts.era.is_none() => {
                parts.era = Some(before);
                Some(at + 1)
            }
            Kind::Sign(',' | '.' | '-' | '/' | '\'' | '_' | '°' | '|') if at > start && signs < 2 => {
                signs += 1;
                at += 1;
                continue;
            }
            // `[Sept] 04, 2016`: what an editor supplied.
            Kind::Sign('[' | ']') if extent == Extent::Whole && signs < 2 => {
                signs += 1;
                at += 1;
                continue;
            }
            _ => None,
        };
        let Some(next) = step else { break };
        let small = matches!(lexer.kind(at), Kind::Word(meaning) if meaning.month == 0 && meaning.weekdays == 0);
        if extent == Extent::Whole || !small || next > at + 1 {
            end = next;
        }
        at = next;
        signs = 0;
    }
    finish(lexer, parts, end, extent)
}

fn finish(lexer: &mut Lexer, parts: Parts, next: usize, extent: Extent) -> Option<Draft> {
    let Parts { year, month, day, .. } = parts;
    let (year, month) = (year?, month?);
    if let Some(calendar) = parts.calendar {
        let mut draft = Draft::new(calendar.day(year, month, day?)?, next)?;
        (draft.weekdays, draft.clock, draft.zone) = (parts.weekdays, parts.clock, parts.zone);
        return Some(draft);
    }
    let Some(day) = day else {
        let bare = parts.clock.is_none() && parts.weekdays == 0;
        return if bare { Draft::new(Stated::Month(year, month), next) } else { None };
    };
    let mut draft = Draft::new(Stated::Day(year, month, day), next)?;
    if let Some((month, czech)) = parts.croatian {
        // In running text the full stop may be that of the sentence.
        let year_dot = lexer.glued(next) == Kind::Sign('.') && extent == Extent::Whole;
        let other = Stated::Day(year, month, day);
        let croatian = parts.day_dot && (year_dot || !czech);
        (draft.day, draft.other) = if croatian { (other, Some(draft.day)) } else { (draft.day, Some(other)) };
    }
    draft.weekdays = parts.weekdays;
    draft.clock = parts.clock;
    draft.zone = parts.zone;
    Some(draft)
}

fn number(lexer: &mut Lexer, parts: &mut Parts, at: usize, extent: Extent) -> Option<usize> {
    let Kind::Number { value, digits, .. } = lexer.kind(at) else { return None };
    if let Kind::Unit(unit) = lexer.kind(at + 1) {
        return counted(parts, value, digits, unit).then_some(at + 2);
    }
    if parts.era.is_some() && parts.year.is_none() && digits <= 4 && value > 0 {
        return in_era(parts, value).then_some(at + 1);
    }
    if digits <= 2
        && matches!(lexer.glued(at + 1), Kind::Sign(':'))
        && parts.clock.is_none()
        && (parts.day.is_some() || parts.month.is_some())
    {
        let (clock, mut next) = clock::of_day(lexer, at, extent, false)?;
        parts.clock = Some(clock);
        // asctime writes the zone between the time and the year, and the year looks like no zone.
        if let Some((zone, end)) = zone::behind_time(lexer, next, extent) {
            parts.zone = Some(zone);
            next = end;
        }
        return Some(next);
    }
    if digits == 4 && parts.year.is_none() {
        parts.year = Some(year(value)?);
        return Some(suffix(lexer, at + 1));
    }
    if digits <= 2
        && parts.month.is_none()
        && (1..=12).contains(&value)
        && let Some(next) = month_after(lexer, at + 1)
    {
        parts.month = Some(value as u32);
        return Some(next);
    }
    if digits <= 2 && parts.day.is_none() && (1..=31).contains(&value) {
        parts.day = Some(value as u32);
        let next = suffix(lexer, at + 1);
        parts.day_dot = lexer.glued(next) == Kind::Sign('.');
        return Some(next);
    }
    // `29 พ.ย. 68`: Thais leave out the century of the Buddhist era.
    if digits == 2 && parts.thai && parts.year.is_none() && parts.day.is_some() && value >= 40 {
        parts.year = Some(2500 + value as i32 + eras::BUDDHIST);
        return Some(at + 1);
    }
    let two_digits = digits == 2 && parts.year.is_none() && parts.month.is_some() && parts.day.is_some();
    if two_digits && (extent == Extent::Whole || lexer.glued(at) != Kind::End || clock_follows(lexer, at + 1)) {
        parts.year = Some(full_year(value)?);
        return Some(at + 1);
    }
    None
}

fn clock_follows(lexer: &mut Lexer, at: usize) -> bool {
    matches!(lexer.kind(at), Kind::Number { digits: 1 | 2, .. }) && lexer.glued(at + 1) == Kind::Sign(':')
}

fn counted(parts: &mut Parts, value: u64, digits: usize, unit: Unit) -> bool {
    let slot = match unit {
        Unit::Year if parts.year.is_none() => {
            if parts.era.is_some() {
                return value > 0 && in_era(parts, value);
            }
            // A year of two digits is not told from an age or a count.
            parts.year = year(value).filter(|_| digits == 4);
            return parts.year.is_some();
        }
        Unit::Month => &mut parts.month,
        Unit::Day => &mut parts.day,
        _ => return false,
    };
    let fits = slot.is_none() && digits <= 3 && (1..=31).contains(&value);
    if fits {
        *slot = Some(value as u32);
    }
    fits
}

fn in_era(parts: &mut Parts, value: u64) -> bool {
    let count = i32::try_from(value).ok();
    parts.year = count.and_then(|count| parts.era?.checked_add(count)).filter(|year| (1..=9999).contains(year));
    parts.year.is_some()
}

/// `-р сарын` behind the number of a month.
fn month_after(lexer: &mut Lexer, at: usize) -> Option<usize> {
    let mut next = at;
    if lexer.glued(next) == Kind::Sign('-') {
        next += 1;
    }
    if lexer.letters(next) == "р" {
        next += 1;
    }
    match lexer.kind(next) {
        Kind::Word(meaning) if meaning.role == Role::MonthAfter => Some(next + 1),
        _ => None,
    }
}

/// The endings that languages give to numbers: `9th`, `1er`, `3(a)`, `2016(e)ko`, `1-го`.
fn suffix(lexer: &mut Lexer, at: usize) -> usize {
    const ENDINGS: [&str; 62] = [
        "st", "nd", "rd", "th", "er", "re", "ère", "e", "eme", "ème", "º", "ª", "o", "a", "os", "as", "mh", "ê", "טן",
        "ی", "й", "я", "е", "го", "ое", "η", "ης", "ος", "ου", "én", "án", "ik", "an", "që", "ste", "de", "te", "ten",
        "ter", "nde", "nd", "ième", "i", "jén", "jei", "n", "ain", "af", "ail", "ydd", "fed", "eg", "ú", "ní", "ві",
        "те", "ти", "ми", "ри", "ви", "ого", "му",
    ];
    let mut next = at;
    if lexer.glued(next) == Kind::Sign('-') {
        next += 1;
    }
    if let Kind::Word(_) = lexer.glued(next) {
        let ending = lexer.letters(next);
        if ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)) || is_foreign_ending(lexer, next) {
            return next + 1;
        }
        return at;
    }
    if lexer.glued(at) == Kind::Sign('(')
        && let Kind::Word(_) = lexer.glued(at + 1)
        && lexer.letters(at + 1).len() <= 2
        && lexer.glued(at + 2) == Kind::Sign(')')
    {
        let more = matches!(lexer.glued(at + 3), Kind::Word(_)) && lexer.letters(at + 3) == "ko";
        return at + 3 + usize::from(more);
    }
    at
}

/// Whether a word that is glued to a number ends it as writers of scripts do that have no capital letters: `8ই`, `1লা`.
fn is_foreign_ending(lexer: &mut Lexer, at: usize) -> bool {
    let Kind::Word(meaning) = lexer.kind(at) else { return false };
    let ending = lexer.letters(at);
    !meaning.is_known()
        && ending.chars().count() <= 4
        && ending.starts_with(|c: char| ('\u{900}'..'\u{1100}').contains(&c))
}

fn word(lexer: &mut Lexer, parts: &mut Parts, at: usize, start: usize, extent: Extent) -> Option<usize> {
    let Kind::Word(meaning) = lexer.kind(at) else { return None };
    if let Some((calendar, month)) = meaning.other_month
        && parts.month.is_none()
        && (meaning.month == 0 || other_year_follows(lexer, at + 1))
    {
        (parts.calendar, parts.month) = (Some(calendar), Some(month.into()));
        return Some(at + 1);
    }
    if meaning.month != 0 && parts.month.is_none() {
        month_name(lexer, parts, at);
        return Some(at + 1);
    }
    // `mar. 9 mai`: the first name was a day of the week after all.
    if meaning.month != 0 && parts.month_as_weekdays != 0 && parts.weekdays == 0 {
        parts.weekdays = parts.month_as_weekdays;
        parts.month_as_weekdays = 0;
        month_name(lexer, parts, at);
        parts.month_as_weekdays = 0;
        return Some(at + 1);
    }
    if meaning.weekdays != 0 && parts.weekdays == 0 {
        parts.weekdays = meaning.weekdays;
        return Some(at + 1);
    }
    // The words of a text that begins with a date are not taken for the small words of a date before it began.
    let begun = parts.year.is_some() || parts.month.is_some() || parts.day.is_some();
    if begun
        && extent == Extent::Whole
        && parts.month.is_none()
        && let Some(month) = roman(lexer.letters(at))
    {
        parts.month = Some(month);
        return Some(at + 1);
    }
    if !meaning.is_known()
        && extent == Extent::Whole
        && let Some(found) = names::inflected(lexer.letters(at))
    {
        if found.month != 0 && parts.month.is_none() {
            parts.month = Some(found.month.into());
            return Some(at + 1);
        }
        if found.weekdays != 0 && parts.weekdays == 0 {
            parts.weekdays = found.weekdays;
            return Some(at + 1);
        }
    }
    match meaning.role {
        Role::Era(Calendar::Buddhist) if parts.era.is_none() && parts.year.is_none() => {
            parts.era = Some(eras::BUDDHIST);
            Some(at + 1)
        }
        Role::Era(_) if begun && parts.era.is_none() => Some(at + 1),
        Role::Day(day) if parts.day.is_none() && extent == Extent::Whole => {
            parts.day = Some(day.into());
            Some(at + 1)
        }
        Role::MonthBefore => match lexer.kind(at + 1) {
            Kind::Number { value: value @ 1..=12, digits: 1 | 2, .. } if parts.month.is_none() => {
                parts.month = Some(value as u32);
                Some(at + 2)
            }
            _ => None,
        },
        Role::Filler | Role::YearMark | Role::At if begun || extent == Extent::Whole => Some(at + 1),
        Role::None if at == start => vietnamese_weekday(lexer, at),
        // What CLDR writes for a language whose months it does not know: `2016 M04 3`.
        Role::None if parts.year.is_some() && parts.month.is_none() && lexer.letters(at) == "M" => {
            let Kind::Number { value: value @ 1..=12, digits: 2, .. } = lexer.glued(at + 1) else { return None };
            parts.month = Some(value as u32);
            Some(at + 2)
        }
        _ => None,
    }
}

/// The month that Roman numerals are: `5 IX 2014`.
fn roman(letters: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    (1..).zip(MONTHS).find(|(_, month)| *month == letters).map(|(number, _)| number)
}

/// Whether the next number is a year of the Persian or Islamic calendar.
fn other_year_follows(lexer: &mut Lexer, at: usize) -> bool {
    (at..at + 3).any(|at| matches!(lexer.kind(at), Kind::Number { value: 1180..1500, digits: 4, .. }))
}

fn month_name(lexer: &mut Lexer, parts: &mut Parts, at: usize) {
    let Kind::Word(meaning) = lexer.kind(at) else { return };
    let letters = lexer.letters(at);
    parts.month = Some(u32::from(meaning.month));
    parts.month_as_weekdays = meaning.weekdays;
    parts.croatian =
        CROATIAN.iter().find(|(name, ..)| name.eq_ignore_ascii_case(letters)).map(|(_, month, czech)| (*month, *czech));
    parts.thai = letters.starts_with(|c| ('\u{e00}'..='\u{e7f}').contains(&c));
}

/// `Thứ 7`, `Th 7`: the days of the week after Sunday, counted.
fn vietnamese_weekday(lexer: &mut Lexer, at: usize) -> Option<usize> {
    let counted = matches!(super::names::fold(lexer.letters(at)).as_str(), "thu" | "th");
    let number = matches!(lexer.kind(at + 1), Kind::Number { value: 2..=7, digits: 1, .. });
    (counted && number).then_some(at + 2)
}
