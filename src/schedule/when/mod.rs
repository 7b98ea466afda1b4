//! When something is to be done: `*/15 * * * *`, `@daily`, `every 15m`, `@start`.
//!
//! A schedule names times on the wall clock of a zone. How it takes the two nights a year on which that clock is
//! moved depends on its hours:
//!
//! - **Some hours** (`30 2 * * *`) name times of the day, each of which happens once a day. A time that is skipped
//!   comes right after the gap, together with any other of that gap; a time that the clock shows twice comes the
//!   first time.
//! - **Every hour** (`*/15 * * * *`) follows the clock as it shows: through the repeated hour as through any other,
//!   and with nothing to make up for after a gap, in which no time has passed.
//!
//! Intervals (`every 15m`) know no clock at all. The rules are those of Vixie's cron (cron(8), "daylight saving"),
//! stated so that no schedule falls between them.

mod cron;
mod days;
mod fields;
mod interval;

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::error::{Error, Result};
use cron::Cron;

pub use interval::{in_words, read as read_duration};

/// A schedule, as it was written and as it is meant.
#[derive(Clone, PartialEq, Eq)]
pub struct When {
    text: String,
    kind: Kind,
}

#[derive(Clone, PartialEq, Eq)]
enum Kind {
    Start,
    Every(Duration),
    Cron(Box<Cron>),
}

/// A mistake in a schedule: where, what was expected and found, what to do.
pub(crate) struct Fault {
    /// Characters before the mistake.
    pub(crate) at: usize,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
}

impl Fault {
    fn new(at: usize, expected: impl fmt::Display, found: impl fmt::Display) -> Fault {
        Fault { at, message: format!("expected {expected}, found {found}"), hint: None }
    }

    fn hint(mut self, hint: impl Into<String>) -> Fault {
        self.hint = Some(hint.into());
        self
    }
}

/// The names that stand for five fields, as cron has them.
const NAMED: [(&str, &str); 8] = [
    ("@hourly", "0 * * * *"),
    ("@daily", "0 0 * * *"),
    ("@midnight", "0 0 * * *"),
    ("@weekly", "0 0 * * 0"),
    ("@monthly", "0 0 1 * *"),
    ("@quarterly", "0 0 1 1,4,7,10 *"),
    ("@yearly", "0 0 1 1 *"),
    ("@annually", "0 0 1 1 *"),
];

/// Longer texts are no schedules; five full lists of numbers fit in.
const LONGEST: usize = 1_000;

impl When {
    /// Reads a schedule: five cron fields, a name such as `@daily`, or `every 15m`.
    ///
    /// ```
    /// use feedmill::schedule::When;
    ///
    /// let nightly = When::read("30 2 * * mon-fri").unwrap();
    /// let next = nightly.next_after("2025-03-28T12:00:00Z".parse().unwrap(), chrono_tz::Europe::Berlin);
    /// assert_eq!(next.unwrap().to_rfc3339(), "2025-03-31T00:30:00+00:00");
    ///
    /// let err = When::read("60 * * * *").unwrap_err();
    /// assert!(err.to_string().contains("column 1: expected a minute from 0 to 59, found \"60\""));
    /// ```
    pub fn read(text: &str) -> Result<When> {
        When::parse(text).map_err(|fault| {
            let shown: String = text.chars().take(80).collect();
            let err = Error::usage(format!("schedule {shown:?}, column {}", fault.at + 1), fault.message);
            match fault.hint {
                Some(hint) => err.hint(hint),
                None => err,
            }
        })
    }

    /// The same, for callers that know where in a file the text stands.
    pub(crate) fn parse(text: &str) -> Result<When, Fault> {
        let begin = text.chars().take_while(|c| c.is_whitespace()).count();
        let plain = text.trim();
        if plain.is_empty() || plain.len() > LONGEST {
            let found = if plain.is_empty() { "nothing" } else { "a text too long for one" };
            return Err(Fault::new(begin, "a schedule", found).hint(EXAMPLES));
        }
        let kind = if plain.starts_with('@') {
            named(plain, begin)?
        } else if plain.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("every")) {
            Kind::Every(every(&plain[5..], begin)?)
        } else {
            Kind::Cron(Box::new(Cron::parse(text)?))
        };
        Ok(When { text: plain.to_owned(), kind })
    }

    /// An interval, at least a second long.
    pub fn every(interval: Duration) -> When {
        let interval = interval.max(Duration::from_secs(1));
        When { text: format!("every {}", in_words(interval)), kind: Kind::Every(interval) }
    }

    /// Once, when the program starts.
    pub fn start() -> When {
        When { text: "@start".to_owned(), kind: Kind::Start }
    }

    /// The interval, where it is one.
    pub fn interval(&self) -> Option<Duration> {
        match self.kind {
            Kind::Every(interval) => Some(interval),
            _ => None,
        }
    }

    /// Whether it means once, when the program starts.
    pub fn is_start(&self) -> bool {
        self.kind == Kind::Start
    }

    /// The first time after an instant; nothing for `@start`, and where the calendar of chrono ends.
    pub fn next_after(&self, after: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        match &self.kind {
            Kind::Start => None,
            Kind::Every(interval) => after.checked_add_signed(chrono::TimeDelta::from_std(*interval).ok()?),
            Kind::Cron(cron) => cron.next_after(after, zone),
        }
    }

    /// The shortest time between two times of it, as the calendar from 2024 on has them, without the nights on which clocks
    /// are moved; nothing for what happens once.
    pub fn gap(&self) -> Option<Duration> {
        /// More times than this are not looked at: whatever happens so often repeats itself.
        const MOST: usize = 1_500;
        /// Long enough for two leap days.
        const SPAN: chrono::TimeDelta = chrono::TimeDelta::days(5 * 366);
        let Kind::Cron(cron) = &self.kind else { return self.interval() };
        let begin = DateTime::from_timestamp(NEW_YEAR_2024, 0)?;
        let times: Vec<DateTime<Utc>> =
            std::iter::successors(cron.next_after(begin, Tz::UTC), |at| cron.next_after(*at, Tz::UTC))
                .take_while(|at| *at - begin < SPAN)
                .take(MOST)
                .collect();
        times.windows(2).filter_map(|pair| (pair[1] - pair[0]).to_std().ok()).min()
    }

    /// The five fields, where it is a cron schedule: for those who hand it to another cron.
    pub fn fields(&self) -> Option<&str> {
        match &self.kind {
            Kind::Cron(_) => Some(expand(&self.text)),
            _ => None,
        }
    }

    /// The parts of a cron schedule that are plain lists of numbers; nothing for what uses `L`, `W` or `#`.
    pub(super) fn plain(&self) -> Option<Plain> {
        match &self.kind {
            Kind::Cron(cron) => cron.plain(),
            _ => None,
        }
    }
}

/// A cron schedule as lists of numbers; an empty list means all.
pub(super) struct Plain {
    pub(super) minutes: Vec<u32>,
    pub(super) hours: Vec<u32>,
    pub(super) days: Vec<u32>,
    pub(super) months: Vec<u32>,
    /// From 0, which is Sunday.
    pub(super) weekdays: Vec<u32>,
    /// Whether a day of the month or a day of the week is enough.
    pub(super) either: bool,
}

/// 2024-01-01T00:00:00Z, the first day of a leap year.
const NEW_YEAR_2024: i64 = 1_704_067_200;

const EXAMPLES: &str = "write five cron fields such as \"*/15 * * * *\", a name such as \"@daily\", or \"every 15m\"";

fn expand(text: &str) -> &str {
    NAMED.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)).map_or(text, |(_, fields)| fields)
}

fn named(text: &str, begin: usize) -> Result<Kind, Fault> {
    if ["@start", "@reboot"].iter().any(|name| name.eq_ignore_ascii_case(text)) {
        return Ok(Kind::Start);
    }
    let fields = expand(text);
    if fields.starts_with('@') {
        return Err(Fault::new(begin, "the name of a schedule", format!("{text:?}"))
            .hint("the names are @hourly, @daily, @weekly, @monthly, @quarterly, @yearly and @start"));
    }
    Ok(Kind::Cron(Box::new(Cron::parse(fields)?)))
}

fn every(rest: &str, begin: usize) -> Result<Duration, Fault> {
    let at = begin + 5 + rest.chars().take_while(|c| c.is_whitespace()).count();
    // `every day` is one day.
    let rest = rest.trim();
    let interval = match rest.starts_with(|c: char| c.is_ascii_digit()) {
        true => interval::read(rest),
        false => interval::read(&format!("1{rest}")),
    };
    match interval {
        Some(interval) if !interval.is_zero() => Ok(interval),
        Some(_) => Err(Fault::new(at, "an interval of a second or more", "0")),
        None => Err(Fault::new(at, "an interval such as 15m, 2h or 1h30m", format!("{rest:?}"))
            .hint("the units are s, m, h, d and w; at most a year")),
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "When({:?})", self.text)
    }
}

#[cfg(test)]
mod tests;
