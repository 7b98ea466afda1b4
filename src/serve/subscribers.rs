//! Subscribers as aggregators announce them: one request of theirs stands for many readers.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use hyper::Request;
use hyper::header::USER_AGENT;
use memchr::memmem;

/// Pairs of feed and aggregator that are remembered. Anybody can announce anything, so there is a bound.
const MOST: usize = 4096;

/// An aggregator that was not heard of for so long has no subscribers any more. They ask once a day at least.
const FORGOTTEN_AFTER: TimeDelta = TimeDelta::days(3);

/// The longest name of an aggregator that is kept, in characters.
const LONGEST_NAME: usize = 40;

/// The last number that each aggregator announced for each feed.
#[derive(Default)]
pub(super) struct Subscribers(Mutex<HashMap<Key, (u64, DateTime<Utc>)>>);

/// Feed and aggregator.
type Key = (String, String);

impl Subscribers {
    /// Takes down what the `User-Agent` of a request for a feed says.
    pub(super) fn note<B>(&self, request: &Request<B>, now: DateTime<Utc>) {
        let Some(agent) = request.headers().get(USER_AGENT) else { return };
        if memmem::find(agent.as_bytes(), b"ubscriber").is_none() {
            return;
        }
        let Some((aggregator, count)) = agent.to_str().ok().and_then(announced) else { return };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (request.uri().path().to_owned(), aggregator);
        if known.len() >= MOST && !known.contains_key(&key) {
            known.retain(|_, (_, heard)| now - *heard < FORGOTTEN_AFTER);
            if known.len() >= MOST {
                return;
            }
        }
        known.insert(key, (count, now));
    }

    /// Feed, aggregator and number, sorted.
    pub(super) fn counts(&self, now: DateTime<Utc>) -> Vec<(String, String, u64)> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = known.iter().filter(|(_, (_, heard))| now - *heard < FORGOTTEN_AFTER);
        let mut counts: Vec<(String, String, u64)> =
            fresh.map(|((feed, name), (count, _))| (feed.clone(), name.clone(), *count)).collect();
        counts.sort();
        counts
    }
}

/// The name before the version or the remarks, and the number before `subscribers`:
/// `Feedbin feed-id:1 - 12 subscribers`, `Feedly/1.0 (+http://…; 10 subscribers; …)`, `BazQux/2.4 (…; 1 subscribers)`.
fn announced(agent: &str) -> Option<(String, u64)> {
    let at = agent.find("subscriber").or_else(|| agent.find("Subscriber"))?;
    let before = agent[..at].trim_end();
    let digits = before.len() - before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let count = before[digits..].parse().ok()?;
    // What stands before the announcement; the number is no part of the name.
    let name = before[..digits].split(['/', ';', '(', ',', ':']).next().unwrap_or_default();
    let name = name.split(" - ").next().unwrap_or(name);
    let words =
        name.split_whitespace().filter(|word| *word != "feed-id" && !word.starts_with(|c: char| c.is_ascii_digit()));
    let name: String = words.collect::<Vec<_>>().join(" ").chars().take(LONGEST_NAME).collect();
    Some((if name.is_empty() { "unknown".to_owned() } else { name.to_lowercase() }, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_aggregators_announce_them() {
        for (agent, name, count) in [
            ("Feedbin feed-id:1373711 - 142 subscribers", "feedbin", 142),
            ("Feedly/1.0 (+http://www.feedly.com/fetcher.html; 16 subscribers; like FeedFetcher-Google)", "feedly", 16),
            ("Inoreader/1.0 (+http://www.inoreader.com/feed-fetcher; 3 subscribers; )", "inoreader", 3),
            (
                "NewsBlur Feed Fetcher - 5 subscribers - http://www.newsblur.com/site/1/x (Mozilla/5.0)",
                "newsblur feed fetcher",
                5,
            ),
            ("BazQux/2.4 (+https://bazqux.com/fetcher; 1 subscribers)", "bazqux", 1),
            ("theoldreader.com; 7 subscribers; feed-id=abc", "theoldreader.com", 7),
            ("12 Subscribers", "unknown", 12),
        ] {
            assert_eq!(announced(agent), Some((name.to_owned(), count)), "{agent}");
        }
        for agent in
            ["Mozilla/5.0", "subscribers", "x subscribers", "99999999999999999999999 subscribers", "küche subscriber"]
        {
            assert_eq!(announced(agent), None, "{agent}");
        }
    }

    #[test]
    fn the_last_word_of_each_aggregator_counts_until_it_is_old() {
        let known = Subscribers::default();
        let start: DateTime<Utc> = "2024-05-01T00:00:00Z".parse().unwrap();
        let note = |agent: String, feed: &str, now| {
            known.note(&Request::builder().uri(feed).header(USER_AGENT, agent).body(()).unwrap(), now);
        };
        note("Feedly/1.0 (10 subscribers)".into(), "/atom.xml", start);
        note("Feedly/2.0 (11 subscribers)".into(), "/atom.xml", start);
        note("Feedly/2.0 (2 subscribers)".into(), "/rss.xml", start + TimeDelta::days(2));
        let shown =
            |now| known.counts(now).into_iter().map(|(feed, _, count)| format!("{feed} {count}")).collect::<Vec<_>>();
        assert_eq!(shown(start), ["/atom.xml 11", "/rss.xml 2"]);
        assert_eq!(shown(start + TimeDelta::days(4)), ["/rss.xml 2"]);
        for liar in 0..2 * MOST {
            note(format!("liar{liar}/1 (9 subscribers)"), "/atom.xml", start);
        }
        assert!(known.counts(start).len() <= MOST);
    }
}
