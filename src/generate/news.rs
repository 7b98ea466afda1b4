//! What is news to the subscribers of a feed: whoever has to be told at once (a hub) is told of this, and of nothing
//! else.
//!
//! What subscribers have seen stands in the document that the run before has written, so nothing has to be remembered,
//! and a run that was killed before it told anybody is no loss: the document that it wrote is what is there.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use chrono::DateTime;
use serde::Deserialize;

use crate::feed::Entry;
use crate::render::RENDERERS;

/// The format that is read back: it says every id as it is.
const READ_BACK: &str = "json";

/// What subscribers have seen.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The last change of each entry, in Unix seconds, by its id.
    entries: HashMap<String, i64>,
    /// The earliest publication among them.
    oldest: Option<i64>,
}

/// A part of a JSON Feed.
#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    items: Vec<Item<'a>>,
}

#[derive(Deserialize)]
struct Item<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    date_published: Cow<'a, str>,
    #[serde(borrow, default)]
    date_modified: Option<Cow<'a, str>>,
}

/// The bytes of the document in `directory` from which [`Seen`] is read; `None` where there is none.
pub(super) fn document(directory: &Path) -> Option<Vec<u8>> {
    let format = RENDERERS.iter().find(|format| format.name() == READ_BACK)?;
    std::fs::read(directory.join(format.file_name())).ok()
}

impl Seen {
    /// What a document shows. One that cannot be read shows nothing.
    pub(super) fn in_document(bytes: &[u8]) -> Seen {
        let Ok(document) = serde_json::from_slice::<Document>(bytes) else { return Seen::default() };
        let seconds = |text: &str| DateTime::parse_from_rfc3339(text).ok().map(|at| at.timestamp());
        let mut seen = Seen::default();
        for item in document.items {
            let Some(published) = seconds(&item.date_published) else { continue };
            let updated = item.date_modified.as_deref().and_then(seconds).unwrap_or(published);
            seen.oldest = Some(seen.oldest.map_or(published, |oldest| oldest.min(published)));
            seen.entries.insert(item.id.into_owned(), updated);
        }
        seen
    }

    /// How many entries are news: those that have changed since, and those that were not there and are not older than
    /// all that was. An older one was brought in afterwards, or came back into a window in which there is room again,
    /// and is no news to anybody.
    pub(super) fn news<'e>(&self, entries: impl IntoIterator<Item = &'e Entry>) -> usize {
        let is_news = |entry: &&Entry| {
            let updated = entry.updated.timestamp();
            match self.entries.get(&entry.id) {
                Some(before) => updated > *before,
                None => self.oldest.is_none_or(|oldest| updated >= oldest),
            }
        };
        entries.into_iter().filter(is_news).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::sample::bare_entry;

    fn entry(id: &str, published: &str, updated: &str) -> Entry {
        Entry { published: published.parse().unwrap(), updated: updated.parse().unwrap(), ..bare_entry(id) }
    }

    #[test]
    fn new_and_changed_entries_are_news_and_backfill_is_none() {
        let seen = Seen::in_document(
            br#"{"title":"x","items":[{"id":"b \"q\"","content_html":"<p>","date_published":"2023-07-02T12:00:00Z"},
            {"id":"a","date_published":"2023-07-01T12:00:00Z","date_modified":"2023-07-05T12:00:00Z"}]}"#,
        );
        let news = |id: &str, published: &str, updated: &str| seen.news([&entry(id, published, updated)]) == 1;
        assert!(!news("b \"q\"", "2023-07-02T14:00:00+02:00", "2023-07-02T14:00:00+02:00"), "seen");
        assert!(news("b \"q\"", "2023-07-02T12:00:00Z", "2023-07-06T12:00:00Z"), "changed");
        assert!(!news("a", "2023-07-01T12:00:00Z", "2023-07-04T12:00:00Z"), "taken back");
        assert!(news("c", "2023-07-03T12:00:00Z", "2023-07-03T12:00:00Z"), "new");
        assert!(news("c", "2023-07-01T13:00:00Z", "2023-07-01T13:00:00Z"), "between those that were seen");
        assert!(!news("c", "2020-01-01T12:00:00Z", "2020-01-01T12:00:00Z"), "older than all of them");
        assert!(news("c", "2020-01-01T12:00:00Z", "2023-07-06T12:00:00Z"), "shown again");
    }

    #[test]
    fn to_those_who_have_seen_nothing_everything_is_new() {
        for bytes in [&b""[..], b"{}", b"[", b"{\"items\":[]}", b"{\"items\":[{\"id\":\"a\",\"date_published\":\"\"}]}"]
        {
            let entry = entry("a", "2020-01-01T12:00:00Z", "2020-01-01T12:00:00Z");
            assert_eq!(Seen::in_document(bytes).news([&entry]), 1);
        }
    }
}
