//! Calendars other than the Gregorian, whose days are converted.

use icu_calendar::Date;
use icu_calendar::cal::Hijri;

use super::calendar::Stated;

/// A calendar that people count years by beside the Gregorian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Calendar {
    /// The Gregorian calendar with years since the death of the Buddha: 2566 is 2023.
    Buddhist,
    /// The solar calendar of Iran and Afghanistan.
    Persian,
    /// The lunar calendar, as it is computed at Mecca.
    Islamic,
}

/// The year 0 of the Buddhist era in our own.
pub(super) const BUDDHIST: i32 = -543;

/// A year that lies so far ahead in our own era, and so near in the Buddhist one, that it is one of the latter.
pub(super) fn is_buddhist(year: i32) -> bool {
    (2400..2700).contains(&year)
}

impl Calendar {
    /// The calendar that a script says where nothing else does: Iranians and Afghans write Persian digits, Arabs others.
    pub fn of_digits(digits: &str) -> Option<Calendar> {
        match digits.chars().next()? {
            '۰'..='۹' => Some(Calendar::Persian),
            '٠'..='٩' => Some(Calendar::Islamic),
            _ => None,
        }
    }

    /// The day in our own calendar; `None` where this one has no such day, or nobody lives who wrote it.
    pub fn day(self, year: i32, month: u32, day: u32) -> Option<Stated> {
        /// Years of the nineteenth century to the twenty-first.
        const YEARS: std::ops::Range<i32> = 1180..1500;
        let (narrow_month, narrow_day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        let fixed = match self {
            Calendar::Buddhist => return Some(Stated::Day(year + BUDDHIST, month, day)),
            _ if !YEARS.contains(&year) => return None,
            Calendar::Persian => Date::try_new_persian(year, narrow_month, narrow_day).ok()?.to_rata_die(),
            Calendar::Islamic => {
                let mecca = Hijri::new_umm_al_qura();
                Date::try_new_hijri_with_calendar(year, narrow_month, narrow_day, mecca).ok()?.to_rata_die()
            }
        };
        let day = chrono::NaiveDate::from_num_days_from_ce_opt(i32::try_from(fixed.to_i64_date()).ok()?)?;
        Some(super::calendar::of_day(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_other_calendars_are_converted() {
        for (calendar, (year, month, day), (y, m, d)) in [
            // New Year's Day in Iran falls on 20 or 21 March.
            (Calendar::Persian, (1402, 1, 1), (2023, 3, 21)),
            (Calendar::Persian, (1403, 12, 30), (2025, 3, 20)),
            (Calendar::Persian, (1357, 11, 22), (1979, 2, 11)),
            // The first of Ramadan and of Muharram as they were announced.
            (Calendar::Islamic, (1444, 9, 1), (2023, 3, 23)),
            (Calendar::Islamic, (1446, 1, 1), (2024, 7, 7)),
            (Calendar::Buddhist, (2567, 2, 29), (2024, 2, 29)),
        ] {
            assert_eq!(calendar.day(year, month, day), Some(Stated::Day(y, m, d)), "{calendar:?} {year}");
        }
        assert_eq!(Calendar::Persian.day(1402, 12, 30), None);
        assert_eq!(Calendar::Islamic.day(2023, 1, 1), None);
    }
}
