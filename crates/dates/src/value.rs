//! [`DateValue`]: a date that is no more precise than its source.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};

/// How much of a date its source states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// A year.
    Year,
    /// A quarter of a year.
    Quarter,
    /// A month.
    Month,
    /// A day.
    Day,
    /// A minute.
    Minute,
    /// A second, or a part of one.
    Second,
}

impl Precision {
    /// The name under which records and reports speak of the precision.
    pub fn name(self) -> &'static str {
        match self {
            Precision::Year => "year",
            Precision::Quarter => "quarter",
            Precision::Month => "month",
            Precision::Day => "day",
            Precision::Minute => "minute",
            Precision::Second => "second",
        }
    }

    /// The precision of that name.
    pub fn from_name(name: &str) -> Option<Precision> {
        use Precision::*;
        [Year, Quarter, Month, Day, Minute, Second].into_iter().find(|p| p.name() == name)
    }
}

/// A date as a source writes it: with the precision of the source, in the zone of the source, or in none.
///
/// A day is not an instant; only [`DateValue::instant_in`] makes one, with a zone that the caller chooses.
///
/// ```
/// use feedmill_dates::{DateValue, Precision};
/// let day: DateValue = "2023-07-09".parse().unwrap();
/// assert_eq!(day.precision(), Precision::Day);
/// assert_eq!(day.to_string(), "2023-07-09");
/// let time: DateValue = "2023-07-09T14:30:00+02:00".parse().unwrap();
/// assert_eq!(time.first_day().to_string(), "2023-07-09");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DateValue {
    local: NaiveDateTime,
    precision: Precision,
    offset: Option<FixedOffset>,
}

impl DateValue {
    /// A whole year; `None` outside years 1 to 9999.
    pub fn year(year: i32) -> Option<Self> {
        Self::from_day(NaiveDate::from_ymd_opt(year, 1, 1)?, Precision::Year)
    }

    /// A quarter, 1 to 4.
    pub fn quarter(year: i32, quarter: u32) -> Option<Self> {
        if !(1..=4).contains(&quarter) {
            return None;
        }
        Self::from_day(NaiveDate::from_ymd_opt(year, quarter * 3 - 2, 1)?, Precision::Quarter)
    }

    /// A month, 1 to 12.
    pub fn month(year: i32, month: u32) -> Option<Self> {
        Self::from_day(NaiveDate::from_ymd_opt(year, month, 1)?, Precision::Month)
    }

    /// A day.
    pub fn ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        Self::from_day(NaiveDate::from_ymd_opt(year, month, day)?, Precision::Day)
    }

    /// A day that is already a `NaiveDate`; `None` outside years 1 to 9999.
    pub fn day(day: NaiveDate) -> Option<Self> {
        Self::from_day(day, Precision::Day)
    }

    /// A local time, to the minute, with its offset from UTC if the source names one.
    pub fn minute(local: NaiveDateTime, offset: Option<FixedOffset>) -> Option<Self> {
        Self::from_time(local, Precision::Minute, offset)
    }

    /// A local time, to the second or finer, with its offset from UTC if the source names one.
    pub fn second(local: NaiveDateTime, offset: Option<FixedOffset>) -> Option<Self> {
        Self::from_time(local, Precision::Second, offset)
    }

    fn from_day(day: NaiveDate, precision: Precision) -> Option<Self> {
        writable(day.year()).then_some(DateValue { local: day.and_time(NaiveTime::MIN), precision, offset: None })
    }

    fn from_time(local: NaiveDateTime, precision: Precision, offset: Option<FixedOffset>) -> Option<Self> {
        // An offset must be whole minutes to be written (RFC 3339 section 5.6), and the instant in UTC must keep a
        // four-digit year.
        if offset.is_some_and(|o| o.local_minus_utc() % 60 != 0) {
            return None;
        }
        let utc = local.checked_sub_offset(offset.unwrap_or(FixedOffset::east_opt(0)?))?;
        let local = match precision {
            Precision::Minute => local.date().and_time(NaiveTime::from_hms_opt(
                chrono::Timelike::hour(&local),
                chrono::Timelike::minute(&local),
                0,
            )?),
            _ => local,
        };
        (writable(local.year()) && writable(utc.year())).then_some(DateValue { local, precision, offset })
    }

    /// How much the source states.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// The offset from UTC that the source names.
    pub fn offset(&self) -> Option<FixedOffset> {
        self.offset
    }

    /// The local time that the source states; `None` when it states a day or less.
    pub fn local_time(&self) -> Option<NaiveDateTime> {
        (self.precision >= Precision::Minute).then_some(self.local)
    }

    /// The calendar day, as the source says it; the first day of a month, quarter or year.
    pub fn first_day(&self) -> NaiveDate {
        self.local.date()
    }

    /// The last calendar day that the value can mean.
    pub fn last_day(&self) -> NaiveDate {
        let first = self.first_day();
        let months = match self.precision {
            Precision::Year => 12,
            Precision::Quarter => 3,
            Precision::Month => 1,
            _ => return first,
        };
        first.checked_add_months(chrono::Months::new(months)).and_then(|d| d.pred_opt()).unwrap_or(first)
    }

    /// The same date, no more precise than `precision`; a value that is coarser already stays as it is.
    pub fn coarsened(&self, precision: Precision) -> DateValue {
        if self.precision <= precision {
            return self.clone();
        }
        let day = self.first_day();
        let coarse = match precision {
            Precision::Year => DateValue::year(day.year()),
            Precision::Quarter => DateValue::quarter(day.year(), day.month0() / 3 + 1),
            Precision::Month => DateValue::month(day.year(), day.month()),
            Precision::Day => DateValue::day(day),
            Precision::Minute => DateValue::minute(self.local, self.offset),
            Precision::Second => None,
        };
        coarse.unwrap_or_else(|| self.clone())
    }

    /// Whether two values can mean the same day, give or take one: what is further apart is a conflict.
    pub fn agrees_with(&self, other: &DateValue) -> bool {
        let a_day = Days::new(1);
        let reaches =
            |a: &DateValue, b: &DateValue| a.last_day().checked_add_days(a_day).is_none_or(|end| end >= b.first_day());
        reaches(self, other) && reaches(other, self)
    }

    /// The instant that a stated time means; `zone` is used where the source names no offset.
    ///
    /// `None` for a day or less. A local time that a change to summer time skips is moved forward by the gap; one
    /// that happens twice is read as the first.
    pub fn instant_in<Z: TimeZone>(&self, zone: &Z) -> Option<DateTime<FixedOffset>> {
        let local = self.local_time()?;
        match self.offset {
            Some(offset) => offset.from_local_datetime(&local).single(),
            None => Some(resolve(&local, zone)),
        }
    }
}

/// The instant of a local time in a zone: the first where it happens twice, moved forward over a gap.
pub fn resolve<Z: TimeZone>(local: &NaiveDateTime, zone: &Z) -> DateTime<FixedOffset> {
    if let Some(found) = zone.from_local_datetime(local).earliest() {
        return found.fixed_offset();
    }
    // In a gap: take the offset that was in force before it. Every zone of the database has one a day earlier.
    let earlier = *local - chrono::Duration::days(1);
    let before = zone.offset_from_utc_datetime(&earlier);
    let offset = chrono::Offset::fix(&before);
    let utc = *local - chrono::Duration::seconds(i64::from(offset.local_minus_utc()));
    zone.from_utc_datetime(&utc).fixed_offset()
}

/// Feeds cannot say a year outside these (RFC 3339 section 5.6, RFC 822 section 5.1 as amended by RFC 1123).
fn writable(year: i32) -> bool {
    (1..=9999).contains(&year)
}

impl fmt::Display for DateValue {
    /// The canonical form: `2016`, `2016-Q2`, `2016-04`, `2016-04-03`, `2016-04-03T10:00`, `2016-04-03T10:00:00+02:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.precision {
            Precision::Year => write!(f, "{}", self.local.format("%Y")),
            Precision::Quarter => write!(f, "{}-Q{}", self.local.format("%Y"), self.local.month0() / 3 + 1),
            Precision::Month => write!(f, "{}", self.local.format("%Y-%m")),
            Precision::Day => write!(f, "{}", self.local.format("%Y-%m-%d")),
            Precision::Minute => write!(f, "{}", self.local.format("%Y-%m-%dT%H:%M")),
            Precision::Second => write!(f, "{}", self.local.format("%Y-%m-%dT%H:%M:%S%.f")),
        }?;
        match self.offset {
            Some(offset) if offset.local_minus_utc() == 0 => f.write_str("Z"),
            Some(offset) => write!(f, "{offset}"),
            None => Ok(()),
        }
    }
}

/// The text is not in the canonical form of [`DateValue`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotCanonical;

impl fmt::Display for NotCanonical {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date in canonical form")
    }
}

impl std::error::Error for NotCanonical {}

impl FromStr for DateValue {
    type Err = NotCanonical;

    /// Reads the canonical form, the exact inverse of `Display`; lenient reading is [`crate::read`].
    fn from_str(text: &str) -> Result<Self, NotCanonical> {
        canonical(text).filter(|value| value.to_string() == text).ok_or(NotCanonical)
    }
}

fn canonical(text: &str) -> Option<DateValue> {
    if !text.is_ascii() {
        return None;
    }
    if let Some((day, time)) = text.split_once('T') {
        let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
        let zone_at = time.find(['Z', '+', '-']).unwrap_or(time.len());
        let (clock, zone) = time.split_at(zone_at);
        let offset = match zone {
            "" => None,
            "Z" => FixedOffset::east_opt(0),
            _ => Some(zone.parse().ok()?),
        };
        return match clock.len() {
            5 => DateValue::minute(day.and_time(NaiveTime::parse_from_str(clock, "%H:%M").ok()?), offset),
            _ => DateValue::second(day.and_time(NaiveTime::parse_from_str(clock, "%H:%M:%S%.f").ok()?), offset),
        };
    }
    if let Some((year, quarter)) = text.split_once("-Q") {
        return DateValue::quarter(year.parse().ok()?, quarter.parse().ok()?);
    }
    match text.split('-').collect::<Vec<_>>()[..] {
        [year] => DateValue::year(year.parse().ok()?),
        [year, month] => DateValue::month(year.parse().ok()?, month.parse().ok()?),
        [year, month, day] => DateValue::ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_form_and_back() {
        for text in [
            "2016",
            "2016-Q2",
            "2016-04",
            "2016-04-03",
            "2016-04-03T10:00",
            "2016-04-03T10:00Z",
            "2016-04-03T10:00:07",
            "2016-04-03T10:00:07.250-05:00",
            "0987-04-03T10:00:07+05:45",
        ] {
            assert_eq!(text.parse::<DateValue>().unwrap().to_string(), text);
        }
        for text in ["", "2016-4-3", "2016-13", "2016-Q5", "10000", "2016-04-03T", "2016-04-03T24:00", "é016"] {
            assert!(text.parse::<DateValue>().is_err(), "{text}");
        }
    }

    #[test]
    fn periods_agree_with_the_days_in_them() {
        let d = |s: &str| s.parse::<DateValue>().unwrap();
        assert!(d("2016-Q2").agrees_with(&d("2016-06-30")));
        assert!(d("2016-04").agrees_with(&d("2016-03-31T23:00:00Z")));
        assert!(!d("2016-04").agrees_with(&d("2016-05-02")));
        assert!(!d("2016-04-03").agrees_with(&d("2016-04-05")));
    }

    #[test]
    fn local_times_resolve_across_summer_time() {
        let zone = chrono_tz::Europe::Berlin;
        let at = |s: &str| s.parse::<DateValue>().unwrap().instant_in(&zone).unwrap().to_rfc3339();
        assert_eq!(at("2023-03-26T02:30:00"), "2023-03-26T03:30:00+02:00");
        assert_eq!(at("2023-10-29T02:30:00"), "2023-10-29T02:30:00+02:00");
        assert_eq!(at("2023-10-29T02:30:00Z"), "2023-10-29T02:30:00+00:00");
    }
}
