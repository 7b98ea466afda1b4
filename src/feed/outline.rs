//! What a document says of its entries before the first of them.

use std::borrow::Borrow;
use std::collections::HashMap;

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::Entry;

/// What has to be known of all entries of a document before the first is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// The latest publication of an entry; `None` where there is no entry.
    pub newest: Option<DateTime<FixedOffset>>,
    /// The latest of their [`Instants`]; `None` where there is no entry.
    pub latest: Option<DateTime<FixedOffset>>,
    /// Whether every entry names an author.
    pub is_signed: bool,
    /// Whether any entry has a picture.
    pub has_pictures: bool,
    /// Whether any entry has more than one file.
    pub has_more_files: bool,
}

impl Outline {
    /// The outline of these entries, in the order in which they are shown.
    pub fn of<E: Borrow<Entry>>(entries: impl IntoIterator<Item = E>) -> Outline {
        let mut instants = Instants::default();
        let mut outline =
            Outline { newest: None, latest: None, is_signed: true, has_pictures: false, has_more_files: false };
        for entry in entries {
            let entry = entry.borrow();
            let instant = instants.next(entry);
            // Of equal instants the first stays, with its zone.
            if outline.latest.is_none_or(|latest| instant > latest) {
                outline.latest = Some(instant);
            }
            if outline.newest.is_none_or(|newest| entry.published > newest) {
                outline.newest = Some(entry.published);
            }
            outline.is_signed &= !entry.authors.is_empty();
            outline.has_pictures |= entry.picture.is_some();
            outline.has_more_files |= entry.enclosures.len() > 1;
        }
        outline
    }
}

/// The instants that the entries of a document give as their last change, no two in the same second: readers that know
/// what they have seen by that instant alone would miss one, and validators warn.
///
/// An edited entry that meets another steps back, towards its publication; one that never changed, or has no room to
/// step back, steps forward. No entry is updated before it is published, and entries that were seen before keep
/// theirs when newer ones come in.
#[derive(Debug, Default)]
pub struct Instants {
    earlier: Taken<-1>,
    later: Taken<1>,
}

impl Instants {
    /// The instant of the next entry.
    pub fn next(&mut self, entry: &Entry) -> DateTime<FixedOffset> {
        let second = entry.updated.timestamp();
        let back = self.earlier.free(second);
        let at = if back >= entry.published.timestamp() { back } else { self.later.free(second) };
        self.earlier.take(at);
        self.later.take(at);
        let moved = entry.updated.checked_add_signed(TimeDelta::seconds(at - second));
        moved.unwrap_or(entry.updated)
    }
}

/// Seconds that are taken, each with one beside it, in the direction of `STEP`, up to which all are. Thousands of
/// entries of one second, an import without times of day, cost no more than others.
#[derive(Debug, Default)]
struct Taken<const STEP: i64>(HashMap<i64, i64>);

impl<const STEP: i64> Taken<STEP> {
    fn take(&mut self, second: i64) {
        self.0.insert(second, second + STEP);
    }

    /// The first second from this one on that is free.
    fn free(&mut self, second: i64) -> i64 {
        let mut free = second;
        while let Some(next) = self.0.get(&free) {
            free = *next;
        }
        let mut at = second;
        while at != free {
            at = self.0.insert(at, free).unwrap_or(free);
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{bare_entry, full_feed};
    use super::*;

    #[test]
    fn no_two_entries_are_updated_in_one_second() {
        let at = |published: &str, updated: &str| Entry {
            published: published.parse().unwrap(),
            updated: updated.parse().unwrap(),
            ..bare_entry("x")
        };
        let noon = "2023-07-09T12:00:00Z";
        let entries =
            [at(noon, noon), at(noon, noon), at("2023-07-08T00:00:00Z", noon), at("2023-07-07T00:00:00Z", noon)];
        let mut instants = Instants::default();
        let instants = entries.each_ref().map(|entry| instants.next(entry).to_rfc3339());
        let expected = ["12:00:00", "12:00:01", "11:59:59", "11:59:58"].map(|time| format!("2023-07-09T{time}+00:00"));
        assert_eq!(instants, expected);
        let outline = Outline::of(&entries);
        assert_eq!(outline.latest.unwrap().to_rfc3339(), expected[1], "the one that moved forward");
        assert_eq!(outline.newest, Some(entries[0].published));
    }

    #[test]
    fn a_hundred_thousand_entries_of_one_second() {
        let mut instants = Instants::default();
        let entry = bare_entry("x");
        let edited = Entry { updated: entry.updated + TimeDelta::seconds(9), ..entry.clone() };
        assert_eq!(instants.next(&edited), edited.updated);
        let seconds: Vec<i64> = (0..100_000).map(|_| (instants.next(&entry) - entry.published).num_seconds()).collect();
        assert_eq!((seconds[8], seconds[9], seconds[99_999]), (8, 10, 100_000));
        assert_eq!(instants.next(&edited), entry.updated + TimeDelta::seconds(100_001), "no room to step back");
    }

    #[test]
    fn an_outline_knows_whether_all_are_signed() {
        let entries = full_feed().entries;
        assert!(Outline::of(&entries[..2]).is_signed && !Outline::of(&entries).is_signed);
        let empty = Outline::of::<Entry>([]);
        assert!(empty.newest.is_none() && empty.latest.is_none() && empty.is_signed);
        assert!(Outline::of(&entries[..1]).has_pictures && !Outline::of(&entries[1..]).has_pictures);
    }
}
