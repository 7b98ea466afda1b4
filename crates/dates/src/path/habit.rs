//! Six digits in names, `230104-minutes`: whether they are dates, and in which order, the names beside them tell.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::{Confidence, DateValue, Order, Reading};
use super::name::stem_of;
use super::tokens::{Kind, Tokens};
use super::{Found, Standing, in_name};

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

/// What the names of a source say together about numbers of six digits.
///
/// The order is proven where every such number is a date in it, and the dates in every other order are impossible or
/// lie at least four times as far apart: minutes of two years span two years in one order and thirty in the others.
#[derive(Clone, Debug, Default)]
pub struct Habit {
    numbers: BTreeSet<u32>,
    known: Option<Parts>,
}

impl Habit {
    /// What earlier names have proven, as [`Habit::proven`] gave it.
    pub fn known(number: i64) -> Habit {
        let known = usize::try_from(number - 1).ok().and_then(|at| ORDERS.get(at)).copied();
        Habit { numbers: BTreeSet::new(), known }
    }

    /// Whether a name has six digits that can be a date, and no date that is written out.
    pub fn concerns(name: &str) -> bool {
        number_in(name).is_some() && in_name(name).iter().all(|found| found.standing == Standing::Partial)
    }

    /// Learns a name.
    pub fn learn(&mut self, name: &str) {
        /// More say no more.
        const MOST: usize = 4096;
        if self.numbers.len() < MOST
            && let Some((number, _)) = number_in(name)
        {
            self.numbers.insert(number);
        }
    }

    /// A number for the order that is proven, to be kept; 0 where none is.
    pub fn proven(&self) -> i64 {
        let at = self.order().and_then(|order| ORDERS.iter().position(|other| *other == order));
        at.and_then(|at| i64::try_from(at + 1).ok()).unwrap_or(0)
    }

    /// The date that a name states in the order that is proven.
    pub fn read(&self, name: &str) -> Option<Found> {
        let order = self.order()?;
        let (number, place) = number_in(name)?;
        let value = DateValue::day(day(number, order)?)?;
        let reading = Reading { value, order: Order::Fixed };
        Some(Found { reading, place, standing: Standing::Within, confidence: Confidence::Medium })
    }

    /// What stands for the number in a name, for people: `YYMMDD`.
    pub fn spelling(&self) -> Option<&'static str> {
        self.order().map(|order| match order {
            Parts::YearMonthDay => "YYMMDD",
            Parts::DayMonthYear => "DDMMYY",
            Parts::MonthDayYear => "MMDDYY",
        })
    }

    fn order(&self) -> Option<Parts> {
        if self.known.is_some() {
            return self.known;
        }
        if self.numbers.len() < ENOUGH {
            return None;
        }
        let spans = ORDERS.map(|order| (order, span(&self.numbers, order)));
        let (order, best) = spans.into_iter().filter_map(|(order, span)| Some((order, span?))).min_by_key(|(_, span)| *span)?;
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

/// The six digits at the start or the end of the words of a name, where it has no other, and the text of them.
fn number_in(name: &str) -> Option<(u32, String)> {
    let file = name.rsplit(['/', '\\']).next()?;
    let tokens = Tokens::of(stem_of(file));
    let mut found = None;
    for at in 0..tokens.len() {
        if tokens.digits(at) != Some(6) {
            continue;
        }
        let glued = |other: Option<usize>| other.is_some_and(|other| matches!(tokens.kind(other), Kind::Word | Kind::Number(_)));
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
        ORDERS.iter().find_map(|order| day(number, *order))?;
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
        habit.read(name).map_or_else(|| "none".to_owned(), |found| found.reading.value.to_string())
    }

    #[test]
    fn neighbours_prove_the_order() {
        let minutes = habit(&["230104-minutes.md", "230111-minutes.md", "221214-minutes.md"]);
        assert_eq!((said(&minutes, "a/230104-minutes.md"), minutes.spelling()), ("2023-01-04".into(), Some("YYMMDD")));
        let day_first = habit(&["minutes-040123.md", "minutes-110123.md", "minutes-250123.md"]);
        assert_eq!((said(&day_first, "minutes-040123.md"), day_first.spelling()), ("2023-01-04".into(), Some("DDMMYY")));
        let month_first = habit(&["010423 notes.md", "011123 notes.md", "022523 notes.md"]);
        assert_eq!((said(&month_first, "010423 notes.md"), month_first.proven()), ("2023-01-04".into(), 3));
        assert_eq!(said(&Habit::known(minutes.proven()), "231225-x.md"), "2023-12-25");
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
        for name in ["2301041-x.md", "a230104.md", "230104b.md", "230104-230105.md", "12.230104.md", "notes.md", "999999.md"] {
            assert!(!Habit::concerns(name), "{name}");
        }
        assert!(!Habit::concerns("2023-01-04_153012.md"), "it has a date that is written out");
        assert!(Habit::concerns("minutes-230104.md"));
        assert!(Habit::concerns("2023/230104.md"));
    }
}
