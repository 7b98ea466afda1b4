//! Six digits in names, `230104-minutes`: whether they are dates, and in which order, the names beside them tell.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::{Confidence, DateValue, Order, Reading};
use super::name::stem_of;
use super::tokens::{Kind, Tokens};
use super::{Found, Standing, YEARS, in_name};

/// The order of the parts of a date of six digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Parts {
    YearMonthDay,
    DayMonthYear,
    MonthDayYear,
}

const ORDERS: [Parts; 3] = [Parts::YearMonthDay, Parts::DayMonthYear, Parts::MonthDayYear];

/// So many different numbers make a habit; fewer may be chance, since every thirtieth number is a date.
const ENOUGH: usize = 3;

/// The dates of the right order lie so many times closer together than those of another.
const CLOSER: i64 = 4;

/// A year at the start of so many of five names is a habit.
const OF_FIVE: usize = 4;

/// What the names of a source say together: about numbers of six digits, and about years that names begin with.
///
/// The order of six digits is proven where every such number is a date in it, and the dates in every other order are
/// impossible or lie at least four times as far apart: minutes of two years span two years in one order and thirty in
/// the others. Years that names begin with (`1789-Washington.txt`) are proven where hardly any name begins otherwise.
#[derive(Clone, Debug, Default)]
pub struct Habit {
    numbers: BTreeSet<u32>,
    years: BTreeSet<i32>,
    names: usize,
    begun: usize,
    known: Option<Parts>,
    known_years: bool,
}

/// What is added to the number of an order where years are proven too.
const YEARS_TOO: i64 = 4;

impl Habit {
    /// What earlier names have proven, as [`Habit::proven`] gave it.
    pub fn known(number: i64) -> Habit {
        let number = Some(number).filter(|number| (0..2 * YEARS_TOO).contains(number)).unwrap_or(0);
        let known = usize::try_from(number % YEARS_TOO - 1).ok().and_then(|at| ORDERS.get(at)).copied();
        Habit { known, known_years: number / YEARS_TOO == 1, ..Habit::default() }
    }

    /// Whether a name states no day in full, and a number that its neighbours may make one, or a year.
    pub fn concerns(name: &str) -> bool {
        let is_date = |(number, _)| ORDERS.iter().any(|order| day(number, *order).is_some());
        let may = || year_of(name).is_some() || number_in(name).is_some_and(is_date);
        // Nearly no name has so many digits and no date.
        name.bytes().filter(u8::is_ascii_digit).count() >= 4
            && may()
            && in_name(name).iter().all(|found| found.standing == Standing::Partial)
    }

    /// Learns a name.
    pub fn learn(&mut self, name: &str) {
        /// More say no more.
        const MOST: usize = 4096;
        self.names += 1;
        if let Some((year, _)) = year_of(name) {
            self.begun += 1;
            self.years.insert(year);
        }
        if self.numbers.len() < MOST
            && let Some((number, _)) = number_in(name)
        {
            self.numbers.insert(number);
        }
    }

    /// Counts names that were not looked at; they prove nothing, and a habit of all names must not forget them.
    pub fn pass_over(&mut self, names: usize) {
        self.names = self.names.saturating_add(names);
    }

    /// A number for what is proven, to be kept; 0 where nothing is.
    pub fn proven(&self) -> i64 {
        let at = self.order().and_then(|order| ORDERS.iter().position(|other| *other == order));
        let order = at.and_then(|at| i64::try_from(at + 1).ok()).unwrap_or(0);
        order + if self.begins_with_years() { YEARS_TOO } else { 0 }
    }

    /// The date that a name states as it is proven, and how such dates are spelt.
    pub fn read(&self, name: &str) -> Option<(Found, &'static str)> {
        if let Some(order) = self.order()
            && let Some((number, place)) = number_in(name)
        {
            let value = DateValue::day(day(number, order)?)?;
            let reading = Reading { value, order: Order::Fixed };
            let spelling = match order {
                Parts::YearMonthDay => "YYMMDD",
                Parts::DayMonthYear => "DDMMYY",
                Parts::MonthDayYear => "MMDDYY",
            };
            return Some((
                Found { reading, place, standing: Standing::Within, confidence: Confidence::Medium },
                spelling,
            ));
        }
        let (year, place) = year_of(name).filter(|_| self.begins_with_years())?;
        let reading = Reading { value: DateValue::year(year)?, order: Order::Fixed };
        Some((Found { reading, place, standing: Standing::Partial, confidence: Confidence::Medium }, "YYYY"))
    }

    fn begins_with_years(&self) -> bool {
        self.known_years
            || self.years.len() >= ENOUGH && self.begun.saturating_mul(5) >= self.names.saturating_mul(OF_FIVE)
    }

    fn order(&self) -> Option<Parts> {
        if self.known.is_some() {
            return self.known;
        }
        if self.numbers.len() < ENOUGH {
            return None;
        }
        let spans = ORDERS.map(|order| (order, span(&self.numbers, order)));
        let (order, best) =
            spans.into_iter().filter_map(|(order, span)| Some((order, span?))).min_by_key(|(_, span)| *span)?;
        let others = spans.into_iter().filter(|(other, _)| *other != order).filter_map(|(_, span)| span);
        others.into_iter().all(|other| other >= best.max(1) * CLOSER).then_some(order)
    }
}

/// The days from the first to the last date that the numbers are in an order; `None` where one is no date.
fn span(numbers: &BTreeSet<u32>, order: Parts) -> Option<i64> {
    let days = numbers.iter().map(|number| day(*number, order)).collect::<Option<Vec<NaiveDate>>>()?;
    Some((*days.iter().max()? - *days.iter().min()?).num_days())
}

fn day(number: u32, order: Parts) -> Option<NaiveDate> {
    let (first, second, third) = (number / 10_000, number / 100 % 100, number % 100);
    let (year, month, day) = match order {
        Parts::YearMonthDay => (first, second, third),
        Parts::DayMonthYear => (third, second, first),
        Parts::MonthDayYear => (third, first, second),
    };
    // RFC 2822 section 4.3.
    let century = if year < 50 { 2000 } else { 1900 };
    NaiveDate::from_ymd_opt(century + i32::try_from(year).ok()?, month, day)
}

/// The year that a name begins with, with words behind it and no other number, and the text of it.
fn year_of(name: &str) -> Option<(i32, String)> {
    let file = name.rsplit(['/', '\\']).next()?;
    let tokens = Tokens::of(stem_of(file));
    let apart = tokens.digits(0) == Some(4) && matches!(tokens.kind(1), Kind::Sign('-' | '_' | ' '));
    let worded = matches!(tokens.kind(2), Kind::Word) && (1..tokens.len()).all(|at| tokens.digits(at).is_none());
    let year = tokens.number(0).and_then(|year| i32::try_from(year).ok()).filter(|year| YEARS.contains(year))?;
    (apart && worded).then(|| (year, tokens.text(0).to_owned()))
}

/// The six digits at the start or the end of the words of a name, where it has no other, and the text of them.
fn number_in(name: &str) -> Option<(u32, String)> {
    let file = name.rsplit(['/', '\\']).next()?;
    let tokens = Tokens::of(stem_of(file));
    let mut found = None;
    for at in 0..tokens.len() {
        if tokens.digits(at) != Some(6) {
            continue;
        }
        let glued = |other: Option<usize>| {
            other.is_some_and(|other| matches!(tokens.kind(other), Kind::Word | Kind::Number(_)))
        };
        let joined = |sign: Option<usize>, number: Option<usize>| {
            sign.zip(number).is_some_and(|(sign, number)| {
                matches!(tokens.kind(sign), Kind::Sign('-' | '.' | '+' | '#')) && tokens.digits(number).is_some()
            })
        };
        let apart = !glued(at.checked_sub(1))
            && !glued(Some(at + 1))
            && !joined(at.checked_sub(1), at.checked_sub(2))
            && !joined(Some(at + 1), Some(at + 2));
        if !apart || found.is_some() {
            return None;
        }
        let number = tokens.number(at).and_then(|number| u32::try_from(number).ok())?;
        found = Some((number, tokens.text(at).to_owned()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn habit(names: &[&str]) -> Habit {
        let mut habit = Habit::default();
        names.iter().for_each(|name| habit.learn(name));
        habit
    }

    fn said(habit: &Habit, name: &str) -> String {
        let found = habit.read(name);
        found.map_or_else(|| "none".to_owned(), |(found, how)| format!("{} {how}", found.reading.value))
    }

    #[test]
    fn neighbours_prove_the_order() {
        let minutes = habit(&["230104-minutes.md", "230111-minutes.md", "221214-minutes.md"]);
        assert_eq!(said(&minutes, "a/230104-minutes.md"), "2023-01-04 YYMMDD");
        let day_first = habit(&["minutes-040123.md", "minutes-110123.md", "minutes-250123.md"]);
        assert_eq!(said(&day_first, "minutes-040123.md"), "2023-01-04 DDMMYY");
        let month_first = habit(&["010423 notes.md", "011123 notes.md", "022523 notes.md"]);
        assert_eq!((said(&month_first, "010423 notes.md"), month_first.proven()), ("2023-01-04 MMDDYY".into(), 3));
        assert_eq!(said(&Habit::known(minutes.proven()), "231225-x.md"), "2023-12-25 YYMMDD");
    }

    #[test]
    fn years_that_all_names_begin_with() {
        let speeches = habit(&["1789-Washington.txt", "1797-Adams.txt", "1801-Jefferson.txt", "README"]);
        assert_eq!((said(&speeches, "1797-Adams.txt"), speeches.proven()), ("none".into(), 0), "three of four");
        let speeches = habit(&["1789-Washington.txt", "1797-Adams.txt", "1801-Jefferson.txt", "1805-Jefferson.txt"]);
        assert_eq!(said(&speeches, "1797-Adams.txt"), "1797 YYYY");
        assert_eq!(said(&Habit::known(speeches.proven()), "1809-Madison.txt"), "1809 YYYY");
        let mut few = speeches.clone();
        few.pass_over(10);
        assert_eq!(said(&few, "1797-Adams.txt"), "none");
        assert_eq!(said(&habit(&["2001-a-space-odyssey.md", "about.md"]), "2001-a-space-odyssey.md"), "none");
    }

    #[test]
    fn what_is_not_proven_is_no_date() {
        for names in [
            &["230104-minutes.md"][..],
            &["230104-minutes.md", "230111-minutes.md"],
            &["230104-minutes.md", "230104-agenda.md", "230104-notes.md"],
            &["ticket-230104.md", "ticket-987654.md", "ticket-230111.md"],
            &["010203.md", "040506.md", "070809.md"],
        ] {
            let habit = habit(names);
            assert_eq!((said(&habit, names[0]), habit.proven()), ("none".into(), 0), "{names:?}");
        }
        assert_eq!(Habit::known(0).proven(), 0);
        assert_eq!(Habit::known(99).proven(), 0);
    }

    #[test]
    fn names_without_six_digits_of_their_own_say_nothing() {
        for name in
            ["2301041-x.md", "a230104.md", "230104b.md", "230104-230105.md", "12.230104.md", "notes.md", "999999.md"]
        {
            assert!(!Habit::concerns(name), "{name}");
        }
        assert!(!Habit::concerns("2023-01-04_153012.md"), "it has a date that is written out");
        assert!(Habit::concerns("minutes-230104.md"));
        assert!(Habit::concerns("2023/230104.md"));
    }
}
