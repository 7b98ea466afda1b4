//! `07-05-2012`: the fifth of July or the seventh of May? One file of a source with a number over 12 decides for
//! all the others.

use super::Source;
use crate::archive::Archive;
use crate::error::Result;
use feedmill_dates::{ArticleDate, Order};

/// What a source has said so far about the order of day and month.
#[derive(Default)]
pub(super) struct Evidence {
    name: String,
    day_first: bool,
    month_first: bool,
    changed: bool,
}

const DAY_FIRST: i64 = 1;
const MONTH_FIRST: i64 = 2;

impl Evidence {
    /// What earlier runs have learnt.
    pub fn load(archive: &Archive, source: &Source) -> Result<Evidence> {
        let name = format!("day order of {}", source.tree.origin());
        let known = archive.remembered(&name)?;
        Ok(Evidence { name, day_first: known & DAY_FIRST != 0, month_first: known & MONTH_FIRST != 0, changed: false })
    }

    /// Keeps what was learnt for later runs.
    pub fn save(&self, archive: &mut Archive) -> Result<()> {
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
}
