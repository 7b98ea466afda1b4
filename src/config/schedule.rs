//! `[schedule]`, and the key `schedule` of sources and feeds: when things are done by `feedmill run`.

use std::ops::Range;
use std::time::Duration;

use chrono_tz::Tz;
use serde::Deserialize as Derive;
use toml::Spanned;

use super::place::Page;
use super::{check, wire};
use crate::error::{Error, Result};
use crate::schedule::{LIMIT, Retry, When, read_duration};

/// When things are done.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// The zone in which schedules are meant.
    pub zone: Tz,
    /// When a source is looked at that says nothing itself.
    pub usual: When,
    /// Whether the configuration says so; else nothing is promised to subscribers.
    pub usual_is_said: bool,
    /// The schedules of the feeds, in their order; a feed without one is made when something has changed.
    pub feeds: Vec<Option<When>>,
    /// Past this a run is cut off.
    pub limit: Duration,
    /// How a task is tried again after it has failed.
    pub retry: Retry,
}

/// Half an hour: what most feeds of the world are asked at, and the least that polite readers wait.
const USUAL: Duration = Duration::from_secs(1_800);

#[derive(Derive, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    timezone: Option<Spanned<String>>,
    every: Option<Spanned<String>>,
    limit: Option<Spanned<String>>,
    retry: Option<Spanned<String>>,
}

/// Checks the table; `zone` is the site's.
pub(super) fn schedule(page: &Page, table: Table, zone: Tz) -> Result<Schedule> {
    let retry = Retry::default();
    let first = table.retry.as_ref().map(|text| length(page, text)).transpose()?;
    Ok(Schedule {
        zone: table.timezone.as_ref().map(|name| check::zone(page, name)).transpose()?.unwrap_or(zone),
        usual: match &table.every {
            Some(text) => usual(page, text)?,
            None => When::every(USUAL),
        },
        usual_is_said: table.every.is_some(),
        feeds: Vec::new(),
        limit: table.limit.as_ref().map(|text| length(page, text)).transpose()?.unwrap_or(LIMIT),
        retry: first.map_or(retry, |first| Retry { first, most: retry.most.max(first) }),
    })
}

/// The shortest time between two runs in minutes, at least one: no subscriber needs to ask more often.
pub(super) fn minutes_between(when: &When) -> Option<u32> {
    u32::try_from(when.gap()?.as_secs() / 60).ok().map(|minutes| minutes.max(1))
}

/// `every = "30m"` is an interval; a whole schedule may stand there too.
fn usual(page: &Page, text: &Spanned<String>) -> Result<When> {
    match read_duration(text.get_ref()) {
        Some(interval) if !interval.is_zero() => Ok(When::every(interval)),
        Some(_) => Err(length_fault(page, text)),
        None => when(page, text),
    }
}

/// The schedule of a source.
pub(super) fn own(page: &Page, source: &wire::Source) -> Result<Option<When>> {
    source.schedule.as_ref().map(|text| when(page, text)).transpose()
}

/// A schedule, with its mistakes pointed at inside the text.
pub(super) fn when(page: &Page, text: &Spanned<String>) -> Result<When> {
    When::parse(text.get_ref()).map_err(|fault| {
        let err = page.fault(inside(page, text, fault.at), fault.message);
        match fault.hint {
            Some(hint) => err.hint(hint),
            None => err,
        }
    })
}

/// The place of a character of a text in the file: the text stands there as it is, unless it has escapes or is
/// written over several lines, and then its beginning is pointed at.
fn inside(page: &Page, text: &Spanned<String>, at: usize) -> Range<usize> {
    let span = text.span();
    let written = page.text.get(span.clone()).unwrap_or_default();
    let plain = written.get(1..written.len().saturating_sub(1)) == Some(text.get_ref().as_str());
    let bytes = text.get_ref().char_indices().nth(at).map_or(text.get_ref().len(), |(byte, _)| byte);
    if plain { span.start + 1 + bytes..span.end } else { span }
}

fn length(page: &Page, text: &Spanned<String>) -> Result<Duration> {
    read_duration(text.get_ref()).filter(|length| !length.is_zero()).ok_or_else(|| length_fault(page, text))
}

fn length_fault(page: &Page, text: &Spanned<String>) -> Error {
    page.fault(
        text.span(),
        format!("expected a length of time such as \"30m\" or \"1h30m\", found {:?}", text.get_ref()),
    )
    .hint("the units are s, m, h, d and w; at most a year")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use expect_test::{Expect, expect};

    use crate::config::Config;

    fn parse(text: &str) -> crate::error::Result<Config> {
        Config::parse(Path::new("feedmill.toml"), text)
    }

    #[test]
    fn schedules_reach_the_rooms() {
        let config = parse(
            "[site]\ntimezone = \"Europe/Berlin\"\n[schedule]\nevery = \"10m\"\nlimit = \"5m\"\nretry = \"2m\"\n\
             [[source]]\npath = \"a\"\nschedule = \"*/15 * * * *\"\n[[source]]\npath = \"b\"\n\
             [[feed]]\nschedule = \"@daily\"\n[[feed]]\nname = \"x\"\n",
        )
        .unwrap();
        let text = |when: &crate::schedule::When| when.to_string();
        let schedule = &config.schedule;
        assert_eq!((schedule.zone, text(&schedule.usual)), (chrono_tz::Europe::Berlin, "every 10m".into()));
        assert_eq!((schedule.limit.as_secs(), schedule.retry.first.as_secs()), (300, 120));
        assert_eq!(config.sources[0].schedule.as_ref().map(text), Some("*/15 * * * *".into()));
        assert!(config.sources[1].schedule.is_none());
        assert_eq!(
            schedule.feeds.iter().map(|when| when.as_ref().map(text)).collect::<Vec<_>>(),
            [Some("@daily".into()), None]
        );
        let config = parse("[schedule]\ntimezone = \"Asia/Tokyo\"\nevery = \"0 6 * * *\"\n").unwrap();
        assert_eq!((config.schedule.zone, text(&config.schedule.usual)), (chrono_tz::Asia::Tokyo, "0 6 * * *".into()));
        assert_eq!(parse("").unwrap().schedule.feeds.len(), 1);
    }

    #[track_caller]
    fn wrong(text: &str, expected: Expect) {
        let err = parse(text).err().unwrap();
        assert!(err.is_usage(), "{err:?}");
        expected.assert_eq(&err.to_string());
    }

    #[test]
    fn mistakes_are_pointed_at_inside_the_text() {
        wrong(
            "[[source]]\npath = \"a\"\nschedule = \"0 25 * * *\"\n",
            expect![[r#"feedmill.toml:3:15: expected an hour from 0 to 23, found "25""#]],
        );
        wrong(
            "[[feed]]\nschedule = \"@noon\"\n",
            expect![[
                r#"feedmill.toml:2:13: expected the name of a schedule, found "@noon"; the names are @hourly, @daily, @weekly, @monthly, @quarterly, @yearly and @start"#
            ]],
        );
        wrong(
            "[schedule]\nlimit = \"soon\"\n",
            expect![[
                r#"feedmill.toml:2:9: expected a length of time such as "30m" or "1h30m", found "soon"; the units are s, m, h, d and w; at most a year"#
            ]],
        );
    }
}
