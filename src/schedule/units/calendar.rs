//! Cron fields in the words of systemd and launchd.

use chrono_tz::Tz;

use crate::schedule::when::{Plain, When};

const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/// A calendar expression of systemd (systemd.time(7)) for each alternative: `Mon,Fri *-01-* 02:30:00 Europe/Berlin`.
pub(super) fn systemd(when: &When, zone: Tz) -> Option<Vec<String>> {
    let plain = when.plain()?;
    let list = |numbers: &[u32]| match numbers {
        [] => "*".to_owned(),
        numbers => numbers.iter().map(|n| format!("{n:02}")).collect::<Vec<_>>().join(","),
    };
    let weekdays: Vec<&str> = plain.weekdays.iter().filter_map(|day| WEEKDAYS.get(*day as usize).copied()).collect();
    let weekdays = if weekdays.is_empty() { String::new() } else { format!("{} ", weekdays.join(",")) };
    let time = format!("{}:{}:00 {}", list(&plain.hours), list(&plain.minutes), zone.name());
    let (months, days) = (list(&plain.months), list(&plain.days));
    Some(match plain.either {
        true => vec![format!("*-{months}-{days} {time}"), format!("{weekdays}*-{months}-* {time}")],
        false => vec![format!("{weekdays}*-{months}-{days} {time}")],
    })
}

/// More entries make a property list that nobody can read.
const MOST_ENTRIES: usize = 500;

/// The dictionaries of `StartCalendarInterval` (launchd.plist(5)), which name one minute each.
pub(super) fn launchd(when: &When) -> Option<Vec<String>> {
    let plain = when.plain()?;
    match plain.either {
        true => {
            let mut entries = product(&plain, &plain.days, &[])?;
            entries.extend(product(&plain, &[], &plain.weekdays)?);
            Some(entries)
        }
        false => product(&plain, &plain.days, &plain.weekdays),
    }
}

fn product(plain: &Plain, days: &[u32], weekdays: &[u32]) -> Option<Vec<String>> {
    let keys: [(&str, &[u32]); 5] = [
        ("Month", &plain.months),
        ("Day", days),
        ("Weekday", weekdays),
        ("Hour", &plain.hours),
        ("Minute", &plain.minutes),
    ];
    let mut entries = vec![String::new()];
    for (key, values) in keys.into_iter().filter(|(_, values)| !values.is_empty()) {
        let entry = |start: &String, value| format!("{start}      <key>{key}</key><integer>{value}</integer>\n");
        entries = entries.iter().flat_map(|start| values.iter().map(move |value| entry(start, value))).collect();
        if entries.len() > MOST_ENTRIES {
            return None;
        }
    }
    Some(entries.into_iter().map(|entry| format!("    <dict>\n{entry}    </dict>\n")).collect())
}
