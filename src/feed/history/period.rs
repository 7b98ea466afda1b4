//! Periods of the calendar in the zone of a site.

use std::fmt;
use std::ops::Range;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime};
use chrono_tz::Tz;

use feedmill_dates as dates;

/// How far apart the documents are that hold the history of a feed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum History {
    /// There are none, and nothing is said of older entries.
    Off,
    /// One a day.
    Day,
    /// One a month.
    #[default]
    Month,
    /// One a year.
    Year,
}

impl History {
    /// Every one, with its name in configurations.
    pub const NAMES: [(&str, History); 4] =
        [("off", History::Off), ("day", History::Day), ("month", History::Month), ("year", History::Year)];

    pub(super) fn step(self) -> Option<Step> {
        match self {
            History::Off => None,
            History::Day => Some(Step::Day),
            History::Month => Some(Step::Month),
            History::Year => Some(Step::Year),
        }
    }
}

/// The length of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Step {
    Year,
    Month,
    Day,
}

impl Step {
    /// The length of the parts of such a period; a day has none in the calendar.
    pub fn finer(self) -> Option<Step> {
        match self {
            Step::Year => Some(Step::Month),
            Step::Month => Some(Step::Day),
            Step::Day => None,
        }
    }
}

/// A year, a month or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Period {
    pub step: Step,
    first: NaiveDate,
}

impl Period {
    /// The period of that length that a day lies in.
    pub fn of(step: Step, day: NaiveDate) -> Period {
        let first = match step {
            Step::Year => day.with_day(1).and_then(|day| day.with_month(1)),
            Step::Month => day.with_day(1),
            Step::Day => Some(day),
        };
        Period { step, first: first.unwrap_or(day) }
    }

    /// The period of that length, a day or longer, around an instant, in Unix seconds. Periods follow each other without
    /// a gap, also where clocks are put back over midnight.
    pub fn around(step: Step, seconds: i64, zone: Tz) -> Period {
        let instant = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
        let mut day = Some(instant.with_timezone(&zone).date_naive());
        while let Some(later) = day.filter(|day| begin(*day, zone) > seconds) {
            day = later.pred_opt();
        }
        while let Some(next) = day.and_then(|day| day.succ_opt()).filter(|next| begin(*next, zone) <= seconds) {
            day = Some(next);
        }
        Period::of(step, day.unwrap_or_default())
    }

    /// The instants of the period, in Unix seconds.
    pub fn range(self, zone: Tz) -> Range<i64> {
        let after = match self.step {
            Step::Year => self.first.checked_add_months(Months::new(12)),
            Step::Month => self.first.checked_add_months(Months::new(1)),
            Step::Day => self.first.checked_add_days(Days::new(1)),
        };
        begin(self.first, zone)..after.map_or(i64::MAX, |after| begin(after, zone))
    }

    /// The period of another length that this one begins in.
    pub fn within(self, step: Step) -> Period {
        Period::of(step, self.first)
    }
}

/// `2023`, `2023-07` or `2023-07-09`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pattern = match self.step {
            Step::Year => "%Y",
            Step::Month => "%Y-%m",
            Step::Day => "%Y-%m-%d",
        };
        write!(f, "{}", self.first.format(pattern))
    }
}

/// The first second of a day.
fn begin(day: NaiveDate, zone: Tz) -> i64 {
    dates::resolve(&day.and_time(NaiveTime::MIN), &zone).timestamp()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> i64 {
        DateTime::parse_from_rfc3339(text).unwrap().timestamp()
    }

    #[test]
    fn periods_are_those_of_the_zone() {
        let instant = at("2023-12-31T23:30:00Z");
        let name = |step, zone| Period::around(step, instant, zone).to_string();
        assert_eq!(name(Step::Year, Tz::UTC), "2023");
        assert_eq!(name(Step::Year, Tz::Europe__Berlin), "2024");
        assert_eq!(name(Step::Month, Tz::Europe__Berlin), "2024-01");
        assert_eq!(name(Step::Day, Tz::Europe__Berlin), "2024-01-01");
        let month = Period::around(Step::Month, instant, Tz::Europe__Berlin);
        assert_eq!(month.range(Tz::Europe__Berlin), at("2023-12-31T23:00:00Z")..at("2024-01-31T23:00:00Z"));
        assert_eq!(Period::around(Step::Year, at("0987-07-09T00:00:00Z"), Tz::UTC).to_string(), "0987");
    }

    #[test]
    fn days_follow_each_other_whatever_the_clocks_do() {
        // St. John's put its clocks back at a minute past midnight; Samoa left a day out; Havana has no midnight in spring.
        for (zone, from) in [
            (Tz::America__St_Johns, "2006-10-27T00:00:00Z"),
            (Tz::Pacific__Apia, "2011-12-28T00:00:00Z"),
            (Tz::America__Havana, "2023-03-10T00:00:00Z"),
        ] {
            let from = at(from);
            let mut before = Period::around(Step::Day, from, zone);
            for seconds in (from..from + 4 * 86_400).step_by(60) {
                let period = Period::around(Step::Day, seconds, zone);
                let range = period.range(zone);
                assert!(range.contains(&seconds), "{zone} {period} {seconds}");
                assert!(period == before || range.start == before.range(zone).end.max(range.start), "{zone} {period}");
                before = period;
            }
        }
    }
}
