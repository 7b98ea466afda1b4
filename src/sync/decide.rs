//! When a source may be asked again, from what its server and its feed have said. Pure: instants in, instants out.
//!
//! Who is asked first: a failure's back-off and `Retry-After`, then `Cache-Control` and `Expires`, then the feed's own
//! `ttl` and `sy:*`, then the configuration; `skipHours` and `skipDays` move what comes out of that.

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use sha2::{Digest, Sha256};

use super::state::{Next, Rhythm, Why};
use feedmill_dates as dates;

/// How often a source is asked that says nothing of itself. Also the shortest time between two requests for changes,
/// unless the server names a shorter one.
pub const USUAL: TimeDelta = TimeDelta::hours(1);
/// How often a source is asked that cannot be asked for changes only.
pub const UNCONDITIONAL: TimeDelta = TimeDelta::days(1);
/// However short a server says that its answer is fresh, it is not asked more often.
pub const SHORTEST: TimeDelta = TimeDelta::minutes(5);
/// However long a server or a feed says, and however often it failed, it is asked again after this time.
pub const LONGEST: TimeDelta = TimeDelta::days(14);
/// A failing source is asked again after this time, twice this time, …
const FIRST_BACK_OFF: TimeDelta = TimeDelta::hours(1);
/// … and at the latest after this.
const LAST_BACK_OFF: TimeDelta = TimeDelta::days(7);
/// Up to this part of the time is added, by the address, so that sources do not crowd.
const SPREAD: i32 = 10;
/// Minutes around the full hour when everybody's timers fire.
const TOP_OF_HOUR: (u32, u32) = (58, 3);

/// What is known when an answer is there.
#[derive(Clone, Debug, Default)]
pub struct Said<'a> {
    /// The headers of the answer, names in lower case.
    pub headers: &'a [(String, String)],
    /// What the feed says of when it changes.
    pub rhythm: Rhythm,
    /// Whether the answer came with validators.
    pub is_conditional: bool,
    /// The interval of the configuration.
    pub interval: Option<TimeDelta>,
}

/// When a source that answered as it should may be asked again.
pub fn after_success(said: &Said, address: &str, now: DateTime<Utc>) -> Next {
    if let Some(at) = retry_after(said.headers, now) {
        return Next { at: Some(at), why: Why::RetryAfter };
    }
    let (named, why) = match (freshness(said.headers, now), named(&said.rhythm)) {
        (Some(fresh), _) => (Some(fresh), Why::Freshness),
        (None, Some(often)) => (Some(often), Why::Feed),
        (None, None) => (None, Why::Usual),
    };
    let least = if said.is_conditional { USUAL } else { UNCONDITIONAL };
    let (mut wait, mut why) = match named {
        Some(named) => (named.max(SHORTEST), why),
        None if said.is_conditional => (least, Why::Usual),
        None => (least, Why::Unconditional),
    };
    if let Some(interval) = said.interval
        && interval > wait
    {
        (wait, why) = (interval, Why::Configured);
    }
    let wait = wait.min(LONGEST.max(said.interval.unwrap_or_default()));
    let at = off_the_hour(now + wait + share(wait, address), address);
    match beyond_skipped(at, said) {
        moved if moved != at => Next { at: Some(off_the_hour(moved, address)), why: Why::Skip },
        at => Next { at: Some(at), why },
    }
}

/// When a source that failed for the `failures`-th time in a row may be asked again.
pub fn after_failure(
    headers: &[(String, String)],
    failures: u32,
    interval: Option<TimeDelta>,
    address: &str,
    now: DateTime<Utc>,
) -> Next {
    let doubled = FIRST_BACK_OFF * 2_i32.pow(failures.saturating_sub(1).min(10));
    let wait = doubled.min(LAST_BACK_OFF).max(interval.unwrap_or_default());
    // The address alone would bring the same two sources together again and again.
    let at = now + wait + share(wait, &format!("{failures} {address}"));
    match retry_after(headers, now) {
        Some(asked) => Next { at: Some(asked), why: Why::RetryAfter },
        None => Next { at: Some(at), why: Why::BackOff },
    }
}

/// Never again.
pub fn gone() -> Next {
    Next { at: None, why: Why::Gone }
}

/// `Retry-After` in either of its forms (RFC 9110 section 10.2.3), within [`LONGEST`].
pub fn retry_after(headers: &[(String, String)], now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let value = header(headers, "retry-after")?.trim();
    let wait = match value.parse::<u64>() {
        Ok(seconds) => TimeDelta::seconds(i64::try_from(seconds).ok()?.min(LONGEST.num_seconds())),
        Err(_) => instant(value)? - now,
    };
    // A second more, since the servers's second may have begun later than ours.
    (wait > TimeDelta::zero()).then(|| now + wait.min(LONGEST) + TimeDelta::seconds(1))
}

/// How long an answer is fresh (RFC 9111 section 4.2.1), less its age; `None` where the server says nothing or that it
/// is not to be kept, which is no invitation to ask at once.
fn freshness(headers: &[(String, String)], now: DateTime<Utc>) -> Option<TimeDelta> {
    let control: Vec<String> = headers
        .iter()
        .filter(|(name, _)| name == "cache-control")
        .flat_map(|(_, value)| value.split(','))
        .map(|directive| directive.trim().to_ascii_lowercase())
        .collect();
    if control.iter().any(|directive| matches!(directive.as_str(), "no-store" | "no-cache")) {
        return None;
    }
    let seconds = |text: &str| text.trim().trim_matches('"').parse::<u64>().ok().map(|n| n.min(u64::from(u32::MAX)));
    let delta = |seconds: u64| TimeDelta::seconds(i64::try_from(seconds).unwrap_or(0));
    let max_age = control.iter().find_map(|directive| seconds(directive.strip_prefix("max-age=")?));
    let lifetime = match max_age {
        Some(max_age) => delta(max_age),
        None => {
            let expires = instant(header(headers, "expires")?)?;
            expires - header(headers, "date").and_then(instant).unwrap_or(now)
        }
    };
    let age = header(headers, "age").and_then(seconds).map_or(TimeDelta::zero(), delta);
    let left = lifetime - age;
    (left > TimeDelta::zero()).then(|| left.min(LONGEST))
}

/// How often the feed says that it changes.
fn named(rhythm: &Rhythm) -> Option<TimeDelta> {
    let seconds = i64::try_from(rhythm.every.filter(|seconds| *seconds > 0)?).unwrap_or(i64::MAX);
    Some(TimeDelta::try_seconds(seconds).unwrap_or(LONGEST).min(LONGEST))
}

/// The first instant from `at` on that the feed does not exclude; `at` where it excludes everything.
fn beyond_skipped(at: DateTime<Utc>, said: &Said) -> DateTime<Utc> {
    if !said.rhythm.leaves_out(at) {
        return at;
    }
    let hour = at - TimeDelta::seconds(i64::from(at.minute() * 60 + at.second()));
    let later = (1..=7 * 24).map(|hours| hour + TimeDelta::hours(hours));
    later.into_iter().find(|at| !said.rhythm.leaves_out(*at)).unwrap_or(at)
}

/// The part of `wait` that this address has to itself: the same at every run, so that nothing is left to chance.
fn share(wait: TimeDelta, address: &str) -> TimeDelta {
    let parts = i64::from(number(address) % 1000);
    TimeDelta::seconds(wait.num_seconds() / i64::from(SPREAD) * parts / 1000)
}

/// Out of the minutes in which everybody asks.
fn off_the_hour(at: DateTime<Utc>, address: &str) -> DateTime<Utc> {
    let (before, after) = TOP_OF_HOUR;
    if at.minute() < before && at.minute() >= after {
        return at;
    }
    let to_after = (60 + after - at.minute()) % 60;
    at + TimeDelta::seconds(i64::from(to_after * 60 + number(address) % 900))
}

fn number(address: &str) -> u32 {
    let digest = Sha256::digest(address.as_bytes());
    u32::from_le_bytes([digest[0], digest[1], digest[2], digest[3]])
}

/// A date of HTTP (RFC 9110 section 5.6.7), read leniently.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    dates::read(text.trim())?.value.instant_in(&Utc).map(|at| at.to_utc())
}

fn header<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, Weekday};

    use super::*;

    const A: &str = "https://a.example/feed";

    fn now() -> DateTime<Utc> {
        "2026-11-22T10:20:30Z".parse().unwrap()
    }

    fn headers(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    /// Minutes until the next request, and why.
    fn wait(pairs: &[(&str, &str)], said: &Said) -> (i64, Why) {
        let headers = headers(pairs);
        let next = after_success(&Said { headers: &headers, ..said.clone() }, A, now());
        ((next.at.unwrap() - now()).num_minutes(), next.why)
    }

    #[test]
    fn the_server_is_asked_before_the_feed_and_the_feed_before_the_configuration() {
        let plain = Said { is_conditional: true, ..Said::default() };
        let (minutes, why) = wait(&[], &plain);
        assert!((60..=85).contains(&minutes) && why == Why::Usual, "{minutes}");
        let (minutes, why) = wait(&[], &Said { is_conditional: false, ..plain.clone() });
        assert!((1440..=1600).contains(&minutes) && why == Why::Unconditional, "{minutes}");
        let feed = Said { rhythm: Rhythm { every: Some(10_800), ..Rhythm::default() }, ..plain.clone() };
        assert!(matches!(wait(&[], &feed), (180..=220, Why::Feed)));
        assert!(matches!(wait(&[("cache-control", "public, Max-Age=7200")], &feed), (120..=150, Why::Freshness)));
        assert!(matches!(
            wait(&[("cache-control", "max-age=7200"), ("age", "5400")], &feed),
            (30..=55, Why::Freshness)
        ));
        assert!(matches!(wait(&[("cache-control", "max-age=1")], &plain), (5..=8, Why::Freshness)), "never sooner");
        assert!(matches!(wait(&[("cache-control", "no-cache, max-age=60")], &plain), (60..=85, Why::Usual)));
        let (expires, date) = (("expires", "Sun, 22 Nov 2026 13:00:00 GMT"), ("date", "Sun, 22 Nov 2026 10:00:00 GMT"));
        assert!(matches!(wait(&[expires, date], &plain), (180..=220, Why::Freshness)));
        let patient = Said { interval: Some(TimeDelta::hours(6)), ..feed };
        assert!(matches!(wait(&[("cache-control", "max-age=60")], &patient), (360..=420, Why::Configured)));
        let hasty = Said { interval: Some(TimeDelta::minutes(1)), ..plain };
        assert!(matches!(wait(&[], &hasty), (60..=85, Why::Usual)), "an hour, unless the server says sooner");
        assert_eq!(wait(&[("retry-after", "120")], &hasty), (2, Why::RetryAfter));
        assert!(wait(&[("cache-control", "max-age=99999999999999999999")], &hasty).0 >= 60);
        assert!(wait(&[("cache-control", "max-age=4294967295")], &hasty).0 <= 16 * 1440);
    }

    #[test]
    fn skipped_hours_and_days_are_left_out() {
        let mut said = Said { is_conditional: true, ..Said::default() };
        said.rhythm.skip_hours = vec![11, 12, 13];
        let next = after_success(&said, A, now());
        assert_eq!((next.at.unwrap().hour(), next.why), (14, Why::Skip));
        (said.rhythm.skip_hours, said.rhythm.skip_days) = (Vec::new(), vec![0, 6]);
        let next = after_success(&said, A, now());
        assert_eq!((next.at.unwrap().weekday(), next.why), (Weekday::Tue, Why::Skip));
        (said.rhythm.skip_hours, said.rhythm.skip_days) = ((0..24).collect(), Vec::new());
        assert_eq!(after_success(&said, A, now()).why, Why::Usual, "who excludes everything excludes nothing");
    }

    #[test]
    fn failures_double_the_time_and_retry_after_is_kept() {
        let hours = |failures| {
            let next = after_failure(&[], failures, None, A, now());
            (next.at.unwrap() - now()).num_hours()
        };
        assert!(hours(1) == 1 && hours(2) == 2 && (8..=8).contains(&hours(4)) && (168..=185).contains(&hours(60)));
        let seconds = headers(&[("retry-after", "7200")]);
        let asked = after_failure(&seconds, 5, None, A, now());
        assert_eq!((asked.at.unwrap() - now(), asked.why), (TimeDelta::seconds(7201), Why::RetryAfter));
        let date = headers(&[("retry-after", "Mon, 23 Nov 2026 10:20:30 GMT")]);
        assert_eq!(retry_after(&date, now()), Some(now() + TimeDelta::seconds(86_401)));
        for useless in ["soon", "-5", "Mon, 23 Nov 2020 10:20:30 GMT", ""] {
            assert_eq!(retry_after(&headers(&[("retry-after", useless)]), now()), None, "{useless}");
        }
        let forever = headers(&[("retry-after", "18446744073709551615")]);
        assert!(retry_after(&forever, now()).is_none_or(|at| at <= now() + LONGEST + TimeDelta::seconds(1)));
    }

    #[test]
    fn nobody_is_asked_at_the_top_of_the_hour_and_sources_are_spread() {
        let mut minutes = std::collections::HashSet::new();
        for source in 0..200 {
            let address = format!("https://a.example/{source}");
            let at = after_success(&Said { is_conditional: true, ..Said::default() }, &address, now()).at.unwrap();
            assert!((3..58).contains(&at.minute()), "{at}");
            assert!(at >= now() + USUAL);
            minutes.insert(at.timestamp());
        }
        assert!(minutes.len() > 100, "{}", minutes.len());
    }
}
