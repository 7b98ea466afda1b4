//! What the files of a source say about each other's dates.
//!
//! `07-05-2012`: the fifth of July or the seventh of May? One file of a source with a number over 12 decides for all the
//! others. `230104-minutes`: a date at all, and in which order? The other names tell (see [`Habit`]).

use super::Source;
use crate::archive::Archive;
use crate::error::Result;
use feedmill_dates::{self as dates, ArticleDate, Candidate, DateRule, Habit, Order, Precision, Standing};

/// What a source has said so far about the order of day and month, and about the numbers in its names.
#[derive(Default)]
pub(super) struct Evidence {
    name: String,
    habit_name: String,
    day_first: bool,
    month_first: bool,
    changed: bool,
    habit: Habit,
    /// What was known of the names when the run began.
    known_habit: i64,
}

const DAY_FIRST: i64 = 1;
const MONTH_FIRST: i64 = 2;

impl Evidence {
    /// What earlier runs have learnt.
    pub fn load(archive: &Archive, source: &Source) -> Result<Evidence> {
        let name = format!("day order of {}", source.tree.origin());
        let known = archive.remembered(&name)?;
        let known_habit = archive.remembered(&habit_of(source))?;
        Ok(Evidence {
            habit_name: habit_of(source),
            name,
            day_first: known & DAY_FIRST != 0,
            month_first: known & MONTH_FIRST != 0,
            changed: false,
            habit: Habit::known(known_habit),
            known_habit,
        })
    }

    /// Keeps what was learnt for later runs.
    pub fn save(&self, archive: &mut Archive) -> Result<()> {
        let proven = self.habit.proven();
        if proven != self.known_habit {
            archive.remember(&self.habit_name, proven)?;
        }
        if !self.changed {
            return Ok(());
        }
        let known = if self.day_first { DAY_FIRST } else { 0 } | if self.month_first { MONTH_FIRST } else { 0 };
        archive.remember(&self.name, known)
    }

    /// Learns from a date that can be read in one way only.
    pub fn learn(&mut self, date: &ArticleDate) {
        let seen = match date.chosen.order {
            Order::DayFirst => &mut self.day_first,
            Order::MonthFirst => &mut self.month_first,
            Order::Fixed | Order::Ambiguous => return,
        };
        self.changed |= !*seen;
        *seen = true;
    }

    /// Whether the date can be read both ways, and nothing is known of which is meant.
    pub fn is_open(&self, date: &ArticleDate) -> bool {
        date.chosen.order == Order::Ambiguous && self.day_first == self.month_first
    }

    /// Whether the date can be read both ways, and it is known which is meant.
    pub fn can_settle(&self, date: &ArticleDate) -> bool {
        date.chosen.order == Order::Ambiguous && !self.is_open(date)
    }

    /// The date as this source means it, where [`Evidence::can_settle`].
    pub fn settle(&self, date: ArticleDate) -> ArticleDate {
        date.with_order(if self.day_first { Order::DayFirst } else { Order::MonthFirst })
    }

    /// Learns how a file is called.
    pub fn learn_name(&mut self, name: &str) {
        self.habit.learn(name);
    }

    /// Counts files that were not read.
    pub fn pass_over(&mut self, files: u64) {
        self.habit.pass_over(usize::try_from(files).unwrap_or(usize::MAX));
    }

    /// Whether an article of that name and date is dated less than to the day, and the other names may say more.
    pub fn is_open_to_names(date: Option<&ArticleDate>, name: &str) -> bool {
        date.is_none_or(|date| date.chosen.value.precision() < Precision::Day) && Habit::concerns(name)
    }

    /// The date of an article of that name with what the other names make of it; `None` where they say nothing.
    pub fn named(&self, date: Option<&ArticleDate>, name: &str) -> Option<ArticleDate> {
        let (found, spelling) = self.habit.read(name).filter(|_| Evidence::is_open_to_names(date, name))?;
        let rule = match found.standing {
            Standing::Partial => DateRule::PartialPath,
            _ => DateRule::Path,
        };
        let place = format!("{}, {spelling} as in the names beside it", found.place);
        let mut candidate = Candidate::new(found.reading, rule, place, found.place);
        candidate.confidence = found.confidence;
        let known = date.into_iter().flat_map(|date| [&date.chosen].into_iter().chain(&date.conflicts)).cloned();
        dates::choose(known.chain([candidate]).collect())
    }
}

fn habit_of(source: &Source) -> String {
    format!("names of {}", source.tree.origin())
}
