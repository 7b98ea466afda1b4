//! A cron schedule: its five fields, and the first time after an instant on the clock of a zone.

use chrono::offset::{LocalResult, Offset};
use chrono::{DateTime, Days as DayCount, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;

use super::days::Days;
use super::fields::{HOUR, MINUTE, Piece, values};
use super::{EXAMPLES, Fault, Plain};

/// Five fields, as sets.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Cron {
    minutes: u64,
    hours: u64,
    days: Days,
}

const ALL_HOURS: u64 = (1 << 24) - 1;
const ALL_MINUTES: u64 = (1 << 60) - 1;

/// 29 February that is a certain day of the week comes at the latest after 40 years (over 2100).
const SEARCHED_DAYS: usize = 41 * 366;

impl Cron {
    pub(super) fn parse(text: &str) -> Result<Cron, Fault> {
        let fields = words(text);
        let &[minute, hour, day, month, weekday] = fields.as_slice() else {
            let end = text.chars().count();
            let (at, found) = match fields.get(5) {
                Some(sixth) => (sixth.at, fields.len().to_string()),
                None => (end, fields.len().to_string()),
            };
            let fault = Fault::new(at, "five fields (minute, hour, day, month, weekday)", found);
            return Err(match fields.len() {
                6 | 7 => fault.hint("seconds and years are not understood: leave them out"),
                _ => fault.hint(EXAMPLES),
            });
        };
        let set = |field: &super::fields::Field, piece: Piece| -> Result<u64, Fault> {
            piece.split(',').try_fold(0, |bits, piece| Ok(bits | field.range(piece)?))
        };
        Ok(Cron { minutes: set(&MINUTE, minute)?, hours: set(&HOUR, hour)?, days: Days::parse(day, month, weekday)? })
    }

    pub(super) fn plain(&self) -> Option<Plain> {
        let list = |bits: u64, all: u64| if bits == all { Vec::new() } else { values(bits).collect() };
        self.days.is_plain().then(|| Plain {
            minutes: list(self.minutes, ALL_MINUTES),
            hours: list(self.hours, ALL_HOURS),
            days: list(self.days.days, (1 << 32) - 2),
            months: list(self.days.months, (1 << 13) - 2),
            weekdays: list(self.days.weekdays, 0x7f),
            either: self.days.either,
        })
    }

    pub(super) fn next_after(&self, after: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        match self.hours == ALL_HOURS {
            true => self.next_shown(after, zone),
            false => self.next_named(after, zone),
        }
    }

    /// The next instant at which the clock shows one of the times.
    fn next_shown(&self, after: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        let mut at = after;
        loop {
            let local = local_at(at, zone)?;
            if !self.days.contains(local.date()) {
                let day = self.days.next(local.date().succ_opt()?, SEARCHED_DAYS)?;
                // Where midnight is shown twice, the first may be over.
                let begin = first_instant(day.and_time(NaiveTime::MIN), zone).filter(|begin| *begin > at);
                at = begin.or_else(|| at.checked_add_signed(TimeDelta::minutes(1)))?;
                if self.shows(local_at(at, zone)?) {
                    return Some(at);
                }
                continue;
            }
            // Where the clock is not moved in between, the next minute of the set is so many seconds away.
            let minute = local.minute();
            let next = values(self.minutes).find(|m| *m > minute).unwrap_or_else(|| 60 + self.minutes.trailing_zeros());
            let ahead = i64::from((next - minute) * 60) - i64::from(local.second());
            let whole = at.with_nanosecond(0)?;
            let straight = whole.checked_add_signed(TimeDelta::seconds(ahead))?;
            if offset(straight, zone) == offset(whole, zone) {
                if self.shows(local_at(straight, zone)?) {
                    return Some(straight);
                }
                // Past midnight, into a day that is not meant.
                at = straight;
                continue;
            }
            let step = whole.checked_add_signed(TimeDelta::seconds(i64::from(60 - local.second())))?;
            if self.shows(local_at(step, zone)?) {
                return Some(step);
            }
            at = step;
        }
    }

    /// Whether the clock's face is one of the times, to the second.
    fn shows(&self, local: NaiveDateTime) -> bool {
        local.second() == 0 && self.minutes >> local.minute() & 1 == 1 && self.days.contains(local.date())
    }

    /// The next of the named times of a day, each of which happens once.
    fn next_named(&self, after: DateTime<Utc>, zone: Tz) -> Option<DateTime<Utc>> {
        // The face of the clock goes back by less than a day; a gap may have swallowed the day before.
        let mut from = local_at(after, zone)?.date().checked_sub_days(DayCount::new(2))?;
        let last_minute = 63 - self.minutes.leading_zeros();
        loop {
            let day = self.days.next(from, SEARCHED_DAYS)?;
            for hour in values(self.hours) {
                // From a time to its instant, the order is kept: where the last is over, all are.
                let time = |minute: u32| day.and_hms_opt(hour, minute, 0);
                if first_instant(time(last_minute)?, zone)? <= after {
                    continue;
                }
                for minute in values(self.minutes) {
                    let instant = first_instant(time(minute)?, zone)?;
                    if instant > after {
                        return Some(instant);
                    }
                }
            }
            from = day.succ_opt()?;
        }
    }
}

/// The five fields with their places.
fn words(text: &str) -> Vec<Piece<'_>> {
    let mut words = Vec::new();
    let mut begin: Option<(usize, usize)> = None;
    for (at, (byte, c)) in text.char_indices().enumerate() {
        match (c.is_whitespace(), begin) {
            (false, None) => begin = Some((at, byte)),
            (true, Some((at, from))) => {
                words.push(Piece { text: &text[from..byte], at });
                begin = None;
            }
            _ => {}
        }
    }
    if let Some((at, from)) = begin {
        words.push(Piece { text: &text[from..], at });
    }
    words
}

/// What the clock of the zone shows at an instant; nothing at the ends of the calendar.
fn local_at(at: DateTime<Utc>, zone: Tz) -> Option<NaiveDateTime> {
    at.naive_utc().checked_add_offset(offset_of(at, zone)?)
}

fn offset(at: DateTime<Utc>, zone: Tz) -> i32 {
    offset_of(at, zone).map_or(0, |offset| offset.local_minus_utc())
}

fn offset_of(at: DateTime<Utc>, zone: Tz) -> Option<chrono::FixedOffset> {
    // Past the calendar that chrono-tz can turn over, nothing is scheduled.
    let usual = NaiveDate::from_ymd_opt(-9_999, 1, 1)?..NaiveDate::from_ymd_opt(20_000, 1, 1)?;
    usual.contains(&at.date_naive()).then(|| zone.offset_from_utc_datetime(&at.naive_utc()).fix())
}

/// The first instant at which the clock shows a time or, where it skips it, one after it.
fn first_instant(local: NaiveDateTime, zone: Tz) -> Option<DateTime<Utc>> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.to_utc()),
        LocalResult::None => {
            // The clock passes the time somewhere within a day and a half: a zone can skip a whole day, as Samoa's
            // did in 2011. Halve down to the second.
            let shown_late = |at: DateTime<Utc>| local_at(at, zone).is_none_or(|shown| shown > local);
            let (mut early, mut late) = (-36 * 3_600, 36 * 3_600);
            let at = |seconds: i64| local.and_utc().checked_add_signed(TimeDelta::seconds(seconds));
            while late - early > 1 {
                let middle = early + (late - early) / 2;
                match shown_late(at(middle)?) {
                    true => late = middle,
                    false => early = middle,
                }
            }
            at(late)
        }
    }
}
