//! What former versions of a feed held, so that a reader that names one is sent only what it has not seen (RFC 3229,
//! with the manipulation `feed`).

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use hyper::HeaderMap;

/// Versions of one feed that are remembered: a reader that comes once an hour to a feed that changes every few
/// minutes still gets the difference.
const VERSIONS: usize = 32;

/// Feeds that are remembered; the others are sent whole.
const FEEDS: usize = 10_000;

/// The former versions of every feed, since the start of the server.
#[derive(Default)]
pub(super) struct Former(Mutex<HashMap<String, Versions>>);

/// The versions of a feed, oldest first: the hash of each, and the prints of its entries, sorted.
type Versions = VecDeque<(String, Arc<[u64]>)>;

impl Former {
    /// Takes down what the version of that hash holds.
    pub(super) fn remember(&self, path: &str, hash: &str, prints: Vec<u64>) {
        let mut feeds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if feeds.len() >= FEEDS && !feeds.contains_key(path) {
            return;
        }
        let versions = feeds.entry(path.to_owned()).or_default();
        versions.retain(|(known, _)| known != hash);
        if versions.len() >= VERSIONS {
            versions.pop_front();
        }
        versions.push_back((hash.to_owned(), prints.into()));
    }

    /// What the newest of these versions held, with its hash.
    pub(super) fn newest_of(&self, path: &str, hashes: &[&str]) -> Option<(String, Arc<[u64]>)> {
        let feeds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        feeds.get(path)?.iter().rev().find(|(known, _)| hashes.contains(&known.as_str())).cloned()
    }
}

/// What the library feedparser accepts, and nobody else: a media type that does not exist.
const FEEDPARSER_ACCEPTS: &str = "application/x-netcdf";

/// Whether the client understands a feed of new entries only: `A-IM: feed`, with any quality but 0.
///
/// feedparser sends that field whatever the program does that uses it. Such a program may take 226 for a failure, and then
/// never learn of anything new (rss2email does), or take what it gets for the whole feed. It is sent the whole feed.
pub(super) fn is_welcome(headers: &HeaderMap) -> bool {
    let accepts = headers.get_all("accept").iter().filter_map(|value| value.to_str().ok());
    if accepts.into_iter().any(|value| value.contains(FEEDPARSER_ACCEPTS)) {
        return false;
    }
    let values = headers.get_all("a-im").iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|member| {
        let (name, parameters) = member.split_once(';').unwrap_or((member, ""));
        let is_refused = parameters.split_once('=').is_some_and(|(q, value)| {
            q.trim().eq_ignore_ascii_case("q") && value.trim().bytes().all(|byte| matches!(byte, b'0' | b'.'))
        });
        name.trim().eq_ignore_ascii_case("feed") && !is_refused
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_versions_are_remembered() {
        let former = Former::default();
        for version in 0..VERSIONS as u64 + 3 {
            former.remember("atom.xml", &version.to_string(), vec![version]);
        }
        let of = |hashes: &[&str]| former.newest_of("atom.xml", hashes).map(|(hash, _)| hash);
        assert_eq!(of(&["2"]), None);
        assert_eq!(of(&["3", "7", "nobody's"]), Some("7".into()));
        former.remember("atom.xml", "3", vec![3]);
        assert_eq!(of(&["3", "7"]), Some("3".into()), "a version that comes back is the newest");
        assert_eq!(former.newest_of("rss.xml", &["3"]), None);
    }

    #[test]
    fn asked_for_by_name() {
        let welcome =
            |value: &str| is_welcome(&HeaderMap::from_iter([("a-im".parse().unwrap(), value.parse().unwrap())]));
        assert!(welcome("feed") && welcome("vcdiff, Feed;q=0.5") && welcome("feed ,gzip"));
        // As feedparser sends it, for rss2email and others that know nothing of it.
        let feedparser = [("a-im", "feed"), ("accept", "application/rss+xml,application/x-netcdf,*/*;q=0.1")];
        let headers = feedparser.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        assert!(!is_welcome(&HeaderMap::from_iter(headers)));
        assert!(!welcome("feed;q=0") && !welcome("feed; q=0.0") && !welcome("feeds") && !welcome(""));
        assert!(!is_welcome(&HeaderMap::new()));
    }
}
