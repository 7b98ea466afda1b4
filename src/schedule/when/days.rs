//! Which days a schedule means: day of the month, month and day of the week, with `L`, `W` and `#`.

use chrono::{Datelike, NaiveDate, Weekday};

use super::Fault;
use super::fields::{DAY, MONTH, Piece, WEEKDAY};

/// The days of a schedule.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Days {
    /// Days of the month by their number.
    pub(super) days: u64,
    /// Days counted back from the last of the month, which is 0: `L`, `L-3`.
    from_end: u64,
    /// Days whose nearest weekday is meant: `15W`; bit 0 is the last weekday of the month, `LW`.
    nearest: u64,
    /// Months by their number.
    pub(super) months: u64,
    /// Days of the week by their number, from Sunday, which is 0.
    pub(super) weekdays: u64,
    /// `fri#2`: bit 2 of the weekday's number; `friL`: bit 0.
    ordinal: [u8; 7],
    /// Whether one of the two, the day of the month or that of the week, is enough.
    pub(super) either: bool,
}

/// A schedule that never comes within so many days never comes: 400 years hold every arrangement of the calendar,
/// 40 of them every one that matters but the century without 29 February.
const SEARCHED_DAYS: usize = 40 * 366;

impl Days {
    /// Reads the three fields that say which days.
    pub(super) fn parse(day: Piece, month: Piece, weekday: Piece) -> Result<Days, Fault> {
        let mut days = Days::default();
        for piece in day.split(',') {
            days.day(piece)?;
        }
        for piece in month.split(',') {
            days.months |= MONTH.range(piece)?;
        }
        for piece in weekday.split(',') {
            days.weekday(piece)?;
        }
        // Vixie's rule: a field that begins with a star leaves the choice to the other.
        let open = |piece: Piece| piece.text.starts_with(['*', '?']);
        days.either = !open(day) && !open(weekday);
        // A leap year first, so that 29 February is found at once.
        let begin = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap_or_default();
        if days.next(begin, SEARCHED_DAYS).is_none() {
            let found = format!("{:?} in month {:?}", day.text, month.text);
            return Err(Fault::new(day.at, "a day that the calendar has", found));
        }
        Ok(days)
    }

    fn day(&mut self, piece: Piece) -> Result<(), Fault> {
        let text = piece.text.to_ascii_uppercase();
        let number = |text: &str, least: u32, most: u32| -> Result<u32, Fault> {
            let digits = Some(text).filter(|text| text.bytes().all(|b| b.is_ascii_digit()));
            digits.and_then(|text| text.parse().ok()).filter(|n| (least..=most).contains(n)).ok_or_else(|| {
                DAY.wrong(piece).hint("L is the last day, L-3 the third before it, 15W the weekday nearest to the 15th")
            })
        };
        match text.as_str() {
            "?" => self.days |= (1 << 32) - 2,
            "L" => self.from_end |= 1,
            "LW" | "WL" => self.nearest |= 1,
            _ if text.starts_with("L-") => self.from_end |= 1 << number(&text[2..], 1, 30)?,
            _ if text.ends_with('W') => self.nearest |= 1 << number(&text[..text.len() - 1], 1, 31)?,
            _ => self.days |= DAY.range(piece)?,
        }
        Ok(())
    }

    fn weekday(&mut self, piece: Piece) -> Result<(), Fault> {
        if piece.text == "?" {
            self.weekdays |= 0x7f;
            return Ok(());
        }
        if let Some((day, nth)) = piece.split_once('#') {
            let day = WEEKDAY.value(day)? % 7;
            let Some(nth) = ["1", "2", "3", "4", "5"].iter().position(|n| *n == nth.text) else {
                let found = if nth.text.is_empty() { "nothing".to_owned() } else { format!("{:?}", nth.text) };
                return Err(Fault::new(nth.at, "a number from 1 to 5 after #", found)
                    .hint("fri#2 is the second Friday of the month, friL the last"));
            };
            self.ordinal[day as usize] |= 2 << nth;
            return Ok(());
        }
        if let Some(text) = piece.text.strip_suffix(['L', 'l']).filter(|text| !text.is_empty()) {
            let day = WEEKDAY.value(Piece { text, ..piece })? % 7;
            self.ordinal[day as usize] |= 1;
            return Ok(());
        }
        let bits = WEEKDAY.range(piece)?;
        self.weekdays |= bits & 0x7f | bits >> 7 & 1;
        Ok(())
    }

    /// Whether only plain numbers are used.
    pub(super) fn is_plain(&self) -> bool {
        self.from_end == 0 && self.nearest == 0 && self.ordinal == [0; 7]
    }

    /// The first such day from a day on, looking no further than `within` days.
    pub(super) fn next(&self, from: NaiveDate, within: usize) -> Option<NaiveDate> {
        from.iter_days().take(within).find(|day| self.contains(*day))
    }

    /// Whether the schedule means that day.
    pub(super) fn contains(&self, day: NaiveDate) -> bool {
        if self.months >> day.month() & 1 == 0 {
            return false;
        }
        match self.either {
            true => self.in_month(day) || self.in_week(day),
            false => self.in_month(day) && self.in_week(day),
        }
    }

    fn in_month(&self, day: NaiveDate) -> bool {
        let before_end = day.num_days_in_month() as u32 - day.day();
        self.days >> day.day() & 1 == 1 || self.from_end >> before_end & 1 == 1 || self.is_nearest(day)
    }

    /// A Saturday's nearest weekday is the Friday, a Sunday's the Monday, but never in another month (as in Quartz).
    fn is_nearest(&self, day: NaiveDate) -> bool {
        if self.nearest == 0 || matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            return false;
        }
        let (number, last) = (day.day(), day.num_days_in_month() as u32);
        let wanted = |n: u32| n >= 1 && n <= last && self.nearest >> n & 1 == 1;
        let friday_ends = day.weekday() == Weekday::Fri && number + 2 >= last;
        if self.nearest & 1 == 1 && (number == last || friday_ends) {
            return true;
        }
        match day.weekday() {
            _ if wanted(number) => true,
            Weekday::Fri => wanted(number + 1) || (number + 2 == last && wanted(last)),
            Weekday::Mon => wanted(number.wrapping_sub(1)) || (number == 3 && wanted(1)),
            _ => false,
        }
    }

    fn in_week(&self, day: NaiveDate) -> bool {
        let weekday = day.weekday().num_days_from_sunday();
        if self.weekdays >> weekday & 1 == 1 {
            return true;
        }
        let ordinal = self.ordinal[weekday as usize];
        let is_last = day.day() + 7 > day.num_days_in_month() as u32;
        ordinal >> ((day.day() - 1) / 7 + 1) & 1 == 1 || (ordinal & 1 == 1 && is_last)
    }
}
