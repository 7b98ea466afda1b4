//! The window of a feed: what is owed to subscribers, and as many of the newest entries as its limits allow.

use std::collections::HashSet;
use std::ops::ControlFlow;

use super::entry::{self, Context, Linked};
use super::{Entry, Tombstone};
use crate::archive::Row;
use crate::article::{Article, Body, BodyKind, Record, Retraction, Title, TitleSource};
use crate::error::{Error, Result};
use feedmill_markup as markup;

/// An entry whose full text was too large for the feed, so that it carries its summary only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortened {
    /// The path of the record in the archive.
    pub path: String,
    /// The size of the text that was left out, in bytes.
    pub bytes: usize,
}

/// What an article is in the window for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    /// It stands in no other document, and is shown whatever the limits.
    pub is_owed: bool,
    /// It was corrected: a flood of those must not push out what is new.
    pub is_correction: bool,
}

/// Entries, newest first, as far as the limits allow. Whether an entry is shortened depends on it alone and not on
/// its neighbours: a subscriber never sees a text come and go.
pub(super) struct Window<'a> {
    context: &'a Context<'a>,
    ids: HashSet<String>,
    bytes: usize,
    corrected_bytes: usize,
    pub entries: Vec<Entry>,
    pub shortened: Vec<Shortened>,
    pub unreadable: Vec<Error>,
    /// What would be an entry and was retracted.
    pub retracted: Vec<Tombstone>,
    /// Places of articles that cannot be read and of which nothing can be shown.
    blank: usize,
    /// Articles that a podcast has no use for, since there is nothing to play.
    pub silent: usize,
    /// Files of the archive that the entries link.
    pub files: Vec<Linked>,
}

impl<'a> Window<'a> {
    pub(super) fn new(context: &'a Context<'a>) -> Self {
        Window {
            context,
            ids: HashSet::new(),
            bytes: 0,
            corrected_bytes: 0,
            entries: Vec::new(),
            shortened: Vec::new(),
            unreadable: Vec::new(),
            retracted: Vec::new(),
            blank: 0,
            silent: 0,
            files: Vec::new(),
        }
    }

    /// Takes the next record in; breaks when there is room for none after it, unless that is owed.
    ///
    /// One that cannot be read is noted, and keeps its place: an older article that took it would look new. Where the
    /// disk fails, the article is shown by what the index remembers of it. Where the record is not in order, somebody
    /// may be about to withdraw it, and nothing is shown.
    pub(super) fn push(&mut self, row: &Row, record: Result<Record>, claim: Claim) -> ControlFlow<()> {
        let spec = self.context.spec;
        if !claim.is_owed && self.places() >= spec.max_items {
            return ControlFlow::Break(());
        }
        let (record, is_whole) = match record {
            Ok(record) => (record, true),
            Err(err) => {
                let (is_of_disk, is_gone) = (err.is_of_disk(), err.is_not_found());
                self.unreadable.push(err);
                match (is_gone, is_of_disk) {
                    (true, _) => return ControlFlow::Continue(()),
                    (false, true) => (remembered(row), false),
                    (false, false) => {
                        self.blank += 1;
                        return self.flow(claim);
                    }
                }
            }
        };
        // The index may be a moment older than the record.
        if record.article.draft || record.published > self.context.as_of {
            return ControlFlow::Continue(());
        }
        let prepared = entry::prepare(self.context, row, &record);
        if !prepared.is_wanted {
            if is_whole {
                self.silent += 1;
                return ControlFlow::Continue(());
            }
            self.blank += 1;
            return self.flow(claim);
        }
        if claim.is_correction {
            if self.corrected_bytes + prepared.bytes > spec.max_bytes / CORRECTED {
                return ControlFlow::Continue(());
            }
            self.corrected_bytes += prepared.bytes;
        }
        let has_room = claim.is_owed || self.bytes + prepared.bytes <= spec.max_bytes;
        if !has_room && self.places() >= spec.min_items.min(spec.max_items) {
            return ControlFlow::Break(());
        }
        // Two entries of one id are one entry to a reader: the newer stands (RFC 4287 section 4.1.1).
        if !self.ids.insert(prepared.entry.id.clone()) {
            return ControlFlow::Continue(());
        }
        self.bytes += prepared.bytes;
        if let Some(retraction) = record.retraction {
            let reason = retraction.reason.as_deref().map(markup::one_line).filter(|reason| !reason.is_empty());
            self.retracted.push(Tombstone { id: prepared.entry.id, at: retraction.at, reason });
            return self.flow(claim);
        }
        if let Some(bytes) = prepared.left_out {
            self.shortened.push(Shortened { path: row.path.clone(), bytes });
        }
        self.files.extend(prepared.files);
        self.entries.push(prepared.entry);
        self.flow(claim)
    }

    /// How many places are taken. What was retracted keeps its place, and the room that it took.
    pub(super) fn places(&self) -> usize {
        self.entries.len() + self.retracted.len() + self.blank
    }

    fn flow(&self, claim: Claim) -> ControlFlow<()> {
        let is_full = !claim.is_owed && self.places() >= self.context.spec.max_items;
        if is_full { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// What the index remembers of a record that cannot be read: whose it is, what it is called and when it came.
fn remembered(row: &Row) -> Record {
    let title = Title { text: row.title.clone(), source: TitleSource::Metadata };
    let body = Body { kind: BodyKind::Text, text: String::new() };
    Record {
        id: row.id.clone(),
        published: row.published,
        updated: row.updated,
        retraction: row.retracted.map(|at| Retraction { at, reason: None, by_source: false }),
        source: None,
        also_at: Vec::new(),
        article: Article { url: row.url.clone(), ..Article::new(title, body) },
    }
}

/// Corrections of older articles take at most one of so many parts of a window.
pub(super) const CORRECTED: usize = 2;

#[cfg(test)]
mod tests {
    use super::super::sample::{context, record, row};
    use super::super::{FeedSpec, Site};
    use super::*;
    use crate::article::BodyKind;

    const FRESH: Claim = Claim { is_owed: false, is_correction: false };

    /// The window over articles of these sizes; entry sizes are those of their text.
    fn window(spec: &FeedSpec, sizes: &[usize]) -> (Vec<bool>, Vec<usize>) {
        let site = Site { title: "Courier".into(), url: "https://courier.example/".into(), ..Site::default() };
        let context = context(spec, &site);
        let mut window = Window::new(&context);
        for (at, size) in sizes.iter().enumerate() {
            let path = format!("2023/07/{:02}/a.txt", 28 - at);
            let record = record(&path, BodyKind::Text, &"word and ".repeat(size / 9));
            if window.push(&row(&path, &record), Ok(record), FRESH).is_break() {
                break;
            }
        }
        let full = window.entries.iter().map(|entry| entry.content.is_some()).collect();
        (full, window.shortened.iter().map(|shortened| shortened.bytes / 1000).collect())
    }

    #[test]
    fn items_are_limited() {
        let spec = FeedSpec { max_items: 3, ..FeedSpec::default() };
        assert_eq!(window(&spec, &[900; 5]).0.len(), 3);
        let spec = FeedSpec { max_items: 3, min_items: 10, max_bytes: 1, full_text: false, ..FeedSpec::default() };
        assert_eq!(window(&spec, &[900; 5]).0.len(), 3, "the maximum wins over the minimum");
    }

    #[test]
    fn bytes_are_limited_above_the_minimum_of_items() {
        let spec = FeedSpec { max_bytes: 100_000, min_items: 2, ..FeedSpec::default() };
        assert_eq!(window(&spec, &[20_000; 9]).0.len(), 4);
        let spec = FeedSpec { min_items: 7, ..spec };
        assert_eq!(window(&spec, &[20_000; 9]).0, [true; 7]);
    }

    #[test]
    fn an_oversize_text_is_left_out_and_said() {
        let spec = FeedSpec { max_bytes: 100_000, min_items: 2, ..FeedSpec::default() };
        let (full, shortened) = window(&spec, &[20_000, 30_000, 20_000, 900_000, 20_000]);
        assert_eq!(full, [true, false, true, false, true]);
        assert_eq!(shortened, [30, 900], "in thousands of bytes");
    }

    #[test]
    fn what_is_owed_knows_no_limit_and_corrections_have_their_share() {
        let spec = FeedSpec { max_items: 2, min_items: 0, max_bytes: 100_000, full_text: false, ..FeedSpec::default() };
        let site = Site { url: "https://courier.example/".into(), ..Site::default() };
        let context = context(&spec, &site);
        let mut window = Window::new(&context);
        let mut push = |day: usize, size: usize, is_owed, is_correction| {
            let path = format!("2023/07/{day:02}/a.txt");
            let mut record = record(&path, BodyKind::Text, "");
            record.article.summary = Some("word and ".repeat(size / 9));
            window.push(&row(&path, &record), Ok(record), Claim { is_owed, is_correction })
        };
        for day in 5..9 {
            assert!(push(day, 4_000, true, false).is_continue());
        }
        assert!(push(4, 1_000, false, false).is_break());
        for day in 10..40 {
            assert!(push(day % 20 + 9, 4_000, true, true).is_continue());
        }
        let corrections = window.entries.len() - 4;
        assert!((9..13).contains(&corrections), "half of the bytes, and not {corrections} entries");
    }

    #[test]
    fn a_record_that_cannot_be_read_is_left_out() {
        let (spec, site) = (FeedSpec::default(), Site { url: "https://courier.example/".into(), ..Site::default() });
        let context = context(&spec, &site);
        let mut window = Window::new(&context);
        let good = record("2023/07/09/a.txt", BodyKind::Text, "Text.");
        let bad = Error::input("2023/07/09/b.txt", "front matter", "nothing");
        assert!(window.push(&row("2023/07/09/b.txt", &good), Err(bad), FRESH).is_continue());
        assert!(window.push(&row("2023/07/09/a.txt", &good), Ok(good.clone()), FRESH).is_continue());
        assert!(window.push(&row("2023/07/09/a-2.txt", &good), Ok(good), FRESH).is_continue());
        assert_eq!((window.entries.len(), window.unreadable.len()), (1, 1), "an id stands once");
    }

    #[test]
    fn what_cannot_be_read_keeps_its_place() {
        let site = Site { url: "https://courier.example/".into(), ..Site::default() };
        let spec = FeedSpec { max_items: 3, ..FeedSpec::default() };
        let context = context(&spec, &site);
        let mut window = Window::new(&context);
        let failing = || Error::io("read", "b.txt", std::io::Error::from_raw_os_error(5));
        let gone = || Error::io("read", "c.txt", std::io::Error::from_raw_os_error(2));
        let broken = || Error::input("d.txt", "front matter", "nothing");
        let mut push = |day: usize, err: Option<Error>| {
            let path = format!("2023/07/{day:02}/a.txt");
            let record = record(&path, BodyKind::Text, "Text.");
            window.push(&row(&path, &record), err.map_or(Ok(record), Err), FRESH).is_break()
        };
        assert!(!push(9, None) && !push(8, Some(failing())) && !push(7, Some(gone())));
        assert!(push(6, Some(broken())), "the third place is taken, though nothing is shown there");
        let shown: Vec<bool> = window.entries.iter().map(|entry| entry.content.is_some()).collect();
        assert_eq!((shown, window.unreadable.len()), (vec![true, false], 3));
    }

    #[test]
    fn drafts_and_the_future_stay_out_even_if_the_index_is_behind() {
        let (spec, site) = (FeedSpec::default(), Site { url: "https://courier.example/".into(), ..Site::default() });
        let context = context(&spec, &site);
        let mut window = Window::new(&context);
        let mut draft = record("2023/07/09/a.txt", BodyKind::Text, "Text.");
        draft.article.draft = true;
        let mut later = record("2023/07/09/b.txt", BodyKind::Text, "Text.");
        later.published = "2999-01-01T00:00:00Z".parse().unwrap();
        for record in [draft, later] {
            assert!(window.push(&row("2023/07/09/a.txt", &record), Ok(record), FRESH).is_continue());
        }
        assert!(window.entries.is_empty());
    }
}
