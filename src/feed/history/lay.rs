//! Laying articles out in documents, in the order of their publication.

use std::ops::Range;

use chrono::TimeDelta;
use chrono_tz::Tz;

use super::period::{Period, Step};

/// A period is finished so long after its end. Articles often carry the day before the one on which they
/// come in: a newspaper's files of yesterday, a feed that is asked at night.
pub const LATE: TimeDelta = TimeDelta::hours(24);
/// A full part of a day that has too many entries is finished so long after its last one, in seconds. On such a day
/// nobody waits for a day, and everything is still on its way to come in within the hour.
const LATE_PART: i64 = 3600;

/// A document of history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its name: the period, such as `2023-07`, and a number where it is part of a day.
    pub name: String,
    /// The publication, in Unix seconds, and the id of its oldest entry.
    pub since: (i64, String),
    /// The second before which its entries were published.
    pub until: i64,
    /// The publication of its newest entry, in Unix seconds.
    pub last: i64,
    /// How many entries it has.
    pub entries: usize,
    /// A sum over its entries: another one means that something differs.
    pub state: u128,
}

/// A document without entries at the address of a period that is too large for one, and whose address may be known from
/// a time when it was not. It leads to the newest part of the period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gateway {
    /// Its name: the period.
    pub name: String,
    /// The position of the newest part among the documents.
    pub newest: usize,
}

/// By what articles are laid out.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// The longest period.
    pub step: Step,
    pub zone: Tz,
    /// A document has at most so many entries …
    pub items: usize,
    /// … and so many bytes, unless it is a single entry.
    pub bytes: u64,
    /// Now, in Unix seconds.
    pub as_of: i64,
}

impl Rule {
    /// The longest period around an instant.
    pub fn unit_of(&self, seconds: i64) -> Period {
        Period::around(self.step, seconds, self.zone)
    }

    /// The instants of a period.
    pub fn range(&self, period: Period) -> Range<i64> {
        period.range(self.zone)
    }
}

/// What is known of an article.
pub(super) struct Item {
    pub published: i64,
    pub id: String,
    pub bytes: u64,
    pub state: u128,
}

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// The documents that are finished, oldest first.
    pub documents: Vec<Document>,
    pub gateways: Vec<Gateway>,
    /// What was published from this second on is in none of them.
    pub owed_since: i64,
    /// When the next document will be finished, or a period that is split up; in Unix seconds.
    pub next: Option<i64>,
}

/// Takes articles in the order of their publication. Memory grows with the days of the longest period, and with the
/// documents.
pub(super) struct Planner<'a> {
    rule: &'a Rule,
    layout: Layout,
    /// Whether a document was found that is not finished: then all that follow are not, either.
    is_open: bool,
    unit: Option<(Period, Range<i64>)>,
    days: Vec<Day>,
}

/// A day, in as many blocks as are too large for one document.
struct Day {
    period: Period,
    range: Range<i64>,
    blocks: Vec<Block>,
}

struct Block {
    first: (i64, String),
    last: i64,
    entries: usize,
    bytes: u64,
    state: u128,
}

impl<'a> Planner<'a> {
    pub fn new(rule: &'a Rule) -> Self {
        let layout = Layout { owed_since: i64::MIN, ..Layout::default() };
        Planner { rule, layout, is_open: false, unit: None, days: Vec::new() }
    }

    pub fn push(&mut self, item: Item) {
        let at = item.published;
        if !self.unit.as_ref().is_some_and(|(_, range)| range.contains(&at)) {
            self.close();
            let unit = self.rule.unit_of(at);
            self.unit = Some((unit, self.rule.range(unit)));
        }
        if !self.days.last().is_some_and(|day| day.range.contains(&at)) {
            let period = Period::around(Step::Day, at, self.rule.zone);
            self.days.push(Day { period, range: self.rule.range(period), blocks: Vec::new() });
        }
        let Some(day) = self.days.last_mut() else { return };
        let has_room = |block: &&mut Block| {
            block.entries < self.rule.items && block.bytes.saturating_add(item.bytes) <= self.rule.bytes
        };
        match day.blocks.last_mut().filter(has_room) {
            Some(block) => {
                block.last = at;
                block.entries += 1;
                block.bytes = block.bytes.saturating_add(item.bytes);
                block.state = block.state.wrapping_add(item.state);
            }
            None => day.blocks.push(Block {
                first: (at, item.id),
                last: at,
                entries: 1,
                bytes: item.bytes,
                state: item.state,
            }),
        }
    }

    pub fn finish(mut self) -> Layout {
        self.close();
        self.layout
    }

    fn close(&mut self) {
        let days = std::mem::take(&mut self.days);
        if let Some((unit, _)) = self.unit.take() {
            self.lay(unit, &days);
        }
    }

    /// Lays out the days of a period, of which there is at least one.
    fn lay(&mut self, period: Period, days: &[Day]) {
        let range = self.rule.range(period);
        let finished = range.end.saturating_add(LATE.num_seconds());
        let blocks = || days.iter().flat_map(|day| &day.blocks);
        let fits = match period.step {
            Step::Day => blocks().nth(1).is_none(),
            _ => {
                let bytes = blocks().fold(0_u64, |sum, block| sum.saturating_add(block.bytes));
                blocks().map(|block| block.entries).sum::<usize>() <= self.rule.items && bytes <= self.rule.bytes
            }
        };
        if fits {
            let document = blocks().fold(None, |document: Option<Document>, block| {
                let before = document.as_ref().map_or((0, 0), |document| (document.entries, document.state));
                Some(Document {
                    name: period.to_string(),
                    since: document.map_or_else(|| block.first.clone(), |document| document.since),
                    until: range.end,
                    last: block.last,
                    entries: before.0 + block.entries,
                    state: before.1.wrapping_add(block.state),
                })
            });
            document.into_iter().for_each(|document| self.place(document, finished));
            return;
        }
        match period.step.finer() {
            Some(step) => {
                for part in days.chunk_by(|a, b| a.period.within(step) == b.period.within(step)) {
                    part.first().into_iter().for_each(|first| self.lay(first.period.within(step), part));
                }
            }
            None => days.iter().for_each(|day| self.number(day, finished)),
        }
        if finished > self.rule.as_of {
            self.await_until(finished);
        } else if let Some(newest) = self.layout.documents.len().checked_sub(1) {
            self.layout.gateways.push(Gateway { name: period.to_string(), newest });
        }
    }

    /// Lays out the blocks of a day. They fill one after the other, so that the earlier ones stay as they are.
    fn number(&mut self, day: &Day, finished: i64) {
        for (at, block) in day.blocks.iter().enumerate() {
            let next = day.blocks.get(at + 1);
            let document = Document {
                name: format!("{}-{}", day.period, at + 1),
                since: block.first.clone(),
                until: next.map_or(day.range.end, |next| next.first.0.saturating_add(1)),
                last: block.last,
                entries: block.entries,
                state: block.state,
            };
            let finished = next.map_or(finished, |_| block.last.saturating_add(LATE_PART).min(finished));
            self.place(document, finished);
        }
    }

    /// Adds a document, if it is finished at that second, and all before it are.
    fn place(&mut self, document: Document, finished: i64) {
        if self.is_open {
            return;
        }
        if finished > self.rule.as_of {
            self.is_open = true;
            self.await_until(finished);
            self.layout.owed_since = document.since.0;
            return;
        }
        self.layout.owed_since = document.until;
        self.layout.documents.push(document);
    }

    fn await_until(&mut self, finished: i64) {
        self.layout.next = Some(self.layout.next.map_or(finished, |next| next.min(finished)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> i64 {
        chrono::DateTime::parse_from_rfc3339(text).unwrap().timestamp()
    }

    /// The articles, an hour apart from each of these days' midnight on, as they stand at an instant.
    fn laid(step: Step, days: &[(&str, usize)], as_of: &str) -> Layout {
        let rule = Rule { step, zone: Tz::UTC, items: 4, bytes: 1_000, as_of: at(as_of) };
        let mut planner = Planner::new(&rule);
        for (day, articles) in days {
            for hour in 0..*articles {
                let published = at(&format!("{day}T00:00:00Z")) + hour as i64 * 3600;
                if published <= rule.as_of {
                    planner.push(Item { published, id: format!("{day}-{hour}"), bytes: 100, state: 1 });
                }
            }
        }
        planner.finish()
    }

    fn names(layout: &Layout) -> String {
        let documents = layout.documents.iter().map(|document| format!("{}:{}", document.name, document.entries));
        let gateways = layout.gateways.iter().map(|gateway| format!("({}>{})", gateway.name, gateway.newest));
        documents.chain(gateways).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_month_is_one_document_a_day_after_it_is_over() {
        let days = [("2023-07-09", 2), ("2023-07-31", 2), ("2023-09-01", 1), ("2023-10-05", 1)];
        let open = laid(Step::Month, &days, "2023-08-01T23:59:59Z");
        assert_eq!((names(&open).as_str(), open.owed_since), ("", at("2023-07-09T00:00:00Z")));
        assert_eq!(open.next, Some(at("2023-08-02T00:00:00Z")));
        let over = laid(Step::Month, &days, "2023-08-02T00:00:00Z");
        assert_eq!(
            (names(&over).as_str(), over.owed_since, over.next),
            ("2023-07:4", at("2023-08-01T00:00:00Z"), None)
        );
        let later = laid(Step::Month, &days, "2023-10-06T00:00:00Z");
        assert_eq!(names(&later), "2023-07:4 2023-09:1", "no document for a month without articles");
        assert_eq!(later.documents[0].state, 4);
    }

    #[test]
    fn a_month_with_too_many_is_split_into_days_before_it_is_over() {
        let days = [("2023-07-02", 2), ("2023-07-09", 2), ("2023-07-20", 2)];
        assert_eq!(names(&laid(Step::Month, &days[..2], "2023-07-21T12:00:00Z")), "", "it may still be one document");
        let split = laid(Step::Month, &days, "2023-07-21T12:00:00Z");
        assert_eq!(names(&split), "2023-07-02:2 2023-07-09:2");
        assert_eq!((split.owed_since, split.next), (at("2023-07-20T00:00:00Z"), Some(at("2023-07-22T00:00:00Z"))));
        let waiting = laid(Step::Month, &days, "2023-07-22T12:00:00Z");
        assert_eq!(waiting.next, Some(at("2023-08-02T00:00:00Z")), "for the way from the address of the month");
        let over = laid(Step::Month, &days, "2023-08-02T00:00:00Z");
        assert_eq!(names(&over), "2023-07-02:2 2023-07-09:2 2023-07-20:2 (2023-07>2)");
    }

    #[test]
    fn a_day_with_too_many_is_split_into_parts_that_fill_up() {
        let days = [("2023-07-08", 1), ("2023-07-09", 10)];
        let of = |as_of| names(&laid(Step::Month, &days, as_of));
        assert_eq!(of("2023-07-09T02:30:00Z"), "", "all of July is still one document");
        assert_eq!(of("2023-07-09T03:30:00Z"), "", "the day before is not over for long enough");
        assert_eq!(of("2023-07-10T00:00:00Z"), "2023-07-08:1 2023-07-09-1:4 2023-07-09-2:4");
        assert_eq!(
            of("2023-07-11T00:00:00Z"),
            "2023-07-08:1 2023-07-09-1:4 2023-07-09-2:4 2023-07-09-3:2 (2023-07-09>3)"
        );
        let parts = laid(Step::Day, &days[1..], "2023-07-09T05:30:00Z");
        assert_eq!((names(&parts).as_str(), parts.owed_since), ("2023-07-09-1:4", at("2023-07-09T04:00:00Z")));
        assert_eq!(names(&laid(Step::Day, &days[1..], "2023-07-09T03:59:00Z")), "", "nobody knows whether it is full");
    }

    #[test]
    fn a_year_is_split_into_months_and_those_into_days() {
        let days = [("2022-01-05", 1), ("2023-01-05", 2), ("2023-02-01", 3), ("2023-02-02", 3), ("2024-01-01", 1)];
        let laid = laid(Step::Year, &days, "2024-02-01T00:00:00Z");
        assert_eq!(names(&laid), "2022:1 2023-01:2 2023-02-01:3 2023-02-02:3 (2023-02>3) (2023>3)");
        assert_eq!((laid.owed_since, laid.next), (at("2024-01-01T00:00:00Z"), Some(at("2025-01-02T00:00:00Z"))));
    }

    #[test]
    fn an_article_that_is_too_large_has_a_document_of_its_own() {
        let rule = Rule { step: Step::Day, zone: Tz::UTC, items: 9, bytes: 1_000, as_of: at("2024-01-01T00:00:00Z") };
        let mut planner = Planner::new(&rule);
        for (second, bytes) in [(0, 600), (1, u64::MAX), (1, 600), (2, 300), (3, 200)] {
            let published = at("2023-07-09T00:00:00Z") + second;
            planner.push(Item { published, id: format!("{second}-{bytes}"), bytes, state: u128::MAX });
        }
        let layout = planner.finish();
        assert_eq!(names(&layout), "2023-07-09-1:1 2023-07-09-2:1 2023-07-09-3:2 2023-07-09-4:1 (2023-07-09>3)");
        assert_eq!(layout.documents[2].since.1, "1-600");
    }

    #[test]
    fn whatever_time_it_is_nothing_is_lost_and_no_document_changes() {
        let days: Vec<(String, usize)> =
            (1..29).map(|day| (format!("2023-02-{day:02}"), if day % 9 == 5 { 23 } else { day % 3 })).collect();
        let days: Vec<(&str, usize)> = days.iter().map(|(day, articles)| (day.as_str(), *articles)).collect();
        for step in [Step::Day, Step::Month, Step::Year] {
            let mut before: Vec<Document> = Vec::new();
            for hour in 0..24 * 40 {
                let as_of = at("2023-02-01T00:00:00Z") + hour * 3600;
                let as_of = chrono::DateTime::from_timestamp(as_of, 0).unwrap().to_rfc3339();
                let layout = laid(step, &days, &as_of);
                let all: usize = days
                    .iter()
                    .map(|(day, n)| {
                        (0..*n).filter(|h| at(&format!("{day}T00:00:00Z")) + *h as i64 * 3600 <= at(&as_of)).count()
                    })
                    .sum();
                let filed: usize = layout.documents.iter().map(|document| document.entries).sum();
                let owed = days
                    .iter()
                    .flat_map(|(day, n)| (0..*n).map(move |h| at(&format!("{day}T00:00:00Z")) + h as i64 * 3600));
                let owed = owed.filter(|published| (layout.owed_since..=at(&as_of)).contains(published)).count();
                assert!(filed + owed >= all, "{step:?} {as_of}: {filed} + {owed} of {all}");
                assert_eq!(layout.documents[..before.len()], before, "{step:?} {as_of}");
                before = layout.documents;
            }
        }
    }
}
