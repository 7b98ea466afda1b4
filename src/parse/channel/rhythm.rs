//! How often a feed is made, and when it is not.

use std::time::Duration;

use chrono::{Weekday, WeekdaySet};

/// The longest time for which a feed may ask to be kept, in minutes; more is a mistake.
const YEAR: u32 = 365 * 24 * 60;

/// RSS `ttl`: minutes.
pub(super) fn ttl(text: &str) -> Option<u32> {
    let minutes: u64 = text.trim().parse().ok()?;
    let minutes = u32::try_from(minutes).unwrap_or(YEAR).min(YEAR);
    (minutes > 0).then_some(minutes)
}

/// `sy:updatePeriod` and `sy:updateFrequency`: so many times in a period; daily and once where only one is said.
pub(super) fn interval(period: Option<&str>, frequency: Option<&str>) -> Option<Duration> {
    const DAY: u64 = 24 * 60 * 60;
    let seconds = match period.map(|period| period.trim().to_ascii_lowercase()).as_deref() {
        Some("hourly") => 60 * 60,
        Some("daily") => DAY,
        Some("weekly") => 7 * DAY,
        Some("monthly") => 30 * DAY,
        Some("yearly") => 365 * DAY,
        Some(_) => return None,
        None if frequency.is_some() => DAY,
        None => return None,
    };
    let times: u64 = frequency.and_then(|frequency| frequency.trim().parse().ok()).unwrap_or(1);
    Some(Duration::from_secs(seconds / times.max(1))).filter(|interval| !interval.is_zero())
}

/// RSS `skipHours`; one that skips them all says nothing.
pub(super) fn hours<'t>(texts: impl Iterator<Item = &'t str>) -> [bool; 24] {
    let mut hours = [false; 24];
    for text in texts {
        // RSS 0.91 counts from 1 to 24, later ones from 0 to 23.
        let hour = text.trim().parse::<usize>().ok().filter(|hour| *hour <= 24);
        if let Some(hour) = hour.and_then(|hour| hours.get_mut(hour % 24)) {
            *hour = true;
        }
    }
    if hours.contains(&false) { hours } else { [false; 24] }
}

/// RSS `skipDays`; one that skips them all says nothing.
pub(super) fn days<'t>(texts: impl Iterator<Item = &'t str>) -> WeekdaySet {
    let days: WeekdaySet = texts.filter_map(|text| text.trim().parse::<Weekday>().ok()).collect();
    if days == WeekdaySet::ALL { WeekdaySet::EMPTY } else { days }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_to_live() {
        for (text, minutes) in [("60", Some(60)), (" 5\n", Some(5)), ("99999999999999", Some(YEAR))] {
            assert_eq!(ttl(text), minutes, "{text}");
        }
        for text in ["0", "-5", "", "PT1H", "1.5", "99999999999999999999999"] {
            assert_eq!(ttl(text), None, "{text}");
        }
    }

    #[test]
    fn periods_and_frequencies() {
        let hours = |period, frequency| interval(period, frequency).map(|interval| interval.as_secs_f64() / 3600.0);
        assert_eq!(hours(Some(" Hourly "), Some("2")), Some(0.5));
        assert_eq!(hours(Some("weekly"), None), Some(168.0));
        assert_eq!(hours(None, Some("4")), Some(6.0));
        assert_eq!(hours(Some("daily"), Some("0")), Some(24.0));
        assert_eq!(hours(Some("daily"), Some("18446744073709551615")), None);
        assert_eq!(hours(Some("often"), Some("1")), None);
        assert_eq!(hours(None, None), None);
    }

    #[test]
    fn hours_and_days_of_rest() {
        let skipped = hours(["0", " 7 ", "24", "25", "x", "-1"].into_iter());
        assert_eq!((0..24).filter(|hour| skipped[*hour]).collect::<Vec<_>>(), [0, 7]);
        let all: Vec<String> = (1..=24).map(|hour| hour.to_string()).collect();
        assert_eq!(hours(all.iter().map(String::as_str)), [false; 24]);
        assert_eq!(days(["Saturday", "sun", "Caturday"].into_iter()).to_string(), "[Sat, Sun]");
        let all = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        assert_eq!(days(all.into_iter()), WeekdaySet::EMPTY);
    }
}
