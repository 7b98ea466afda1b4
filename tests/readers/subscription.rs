//! The life of a subscription, the same for every reader.

use std::collections::BTreeMap;

use chrono::{SecondsFormat, SubsecRound, TimeDelta, Utc};
use serde::Deserialize;

use crate::newsroom::Newsroom;
use crate::sample::{self, Story};

/// The formats that readers read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Rss,
    Atom,
    Json,
}

impl Format {
    pub fn file(self) -> &'static str {
        match self {
            Format::Rss => "rss.xml",
            Format::Atom => "atom.xml",
            Format::Json => "feed.json",
        }
    }
}

/// An entry, as a reader shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct Shown {
    pub id: String,
    pub title: String,
    pub link: String,
    /// Seconds since 1970.
    pub published: i64,
    pub authors: Vec<String>,
    /// Without white space around it.
    pub content: String,
    pub enclosure: Option<Enclosure>,
}

/// A file that comes with an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct Enclosure {
    pub url: String,
    pub media_type: String,
    pub length: Option<u64>,
}

/// A feed reader with one subscription.
pub trait Reader {
    /// How it calls itself in the access log.
    fn agent(&self) -> &'static str;

    /// How often it looks before it asks conditionally: 1 where it does from the second time on.
    fn unconditional(&self) -> usize {
        1
    }

    /// Whether it goes on showing what the feed no longer has.
    fn keeps(&self) -> bool {
        true
    }

    /// Goes and looks, as it does every hour; what it then presents as news, new or changed.
    fn look(&mut self) -> Vec<Shown>;

    /// Everything that it shows. Where a change makes an entry of its own, the last one of each.
    fn shows(&mut self) -> Vec<Shown>;

    /// Takes from what was published that which this reader cannot show: see docs/readers.md.
    fn limits(&self, format: Format, entry: &mut Shown);
}

/// What is written anew while readers are subscribed.
const EDITED: &str = "<p>Rain in the evening at the old quay, too.</p>";

/// Subscribes a reader and lives through all that a feed may do.
pub fn follow(newsroom: &Newsroom, format: Format, reader: &mut dyn Reader) {
    // The first look: every entry, and all of each.
    let mut expected: BTreeMap<String, Shown> =
        sample::shown(&newsroom.project, &newsroom.site, format).into_iter().map(|s| (s.link.clone(), s)).collect();
    let fit = |reader: &dyn Reader, entries: &mut dyn Iterator<Item = &Shown>| -> Vec<Shown> {
        let mut fit: Vec<Shown> = entries.cloned().collect();
        fit.iter_mut().for_each(|entry| reader.limits(format, entry));
        fit.sort();
        fit
    };
    let news = look(reader);
    same(&news, &fit(reader, &mut expected.values()), "the first look presents everything");
    same(&shows(reader), &fit(reader, &mut expected.values()), "and everything is shown");

    // Nothing happens: nothing is news, and nothing is sent.
    for _ in 1..reader.unconditional() {
        same(&look(reader), &[], "a look at an unchanged feed");
    }
    let asked = newsroom.answered(reader.agent(), reader.unconditional()).len();
    same(&look(reader), &[], "a look at an unchanged feed");
    let asked = newsroom.answered(reader.agent(), asked + 1);
    assert_eq!(asked.last(), Some(&304), "an unchanged feed is not sent again: {asked:?}");

    // One article is written anew, one comes in, one is taken back.
    let edited = sample::stories().into_iter().find(|story| story.name == "weather-1").unwrap();
    let edited = Story { title: "Weather, corrected", html: EDITED.into(), ..edited };
    let added = Story {
        name: "added",
        id: "tag:ledger.example,2024:added",
        title: "News from the pier",
        date: "2024-02-01T09:00:00Z",
        url: "https://ledger.example/pier/",
        html: "<p>The pier stands.</p>".into(),
        ..Story::default()
    };
    newsroom.file(&edited);
    newsroom.file(&added);
    newsroom.retract("archive/2023/05/11/the-long-one.html");
    newsroom.await_feed(|feed| {
        feed.contains("Weather, corrected") && feed.contains("the pier") && !feed.contains("The long one")
    });
    let mut news: Vec<Shown> = [&edited, &added].map(Story::shown).to_vec();
    same(&look(reader), &fit(reader, &mut news.iter()), "one edited, one added, one retracted");
    for shown in news.drain(..) {
        expected.insert(shown.link.clone(), shown);
    }
    if !reader.keeps() {
        expected.retain(|_, shown| shown.title != "The long one");
    }
    same(&shows(reader), &fit(reader, &mut expected.values()), "what is shown after the changes");
    same(&look(reader), &[], "what was news is no news any more");

    // An article whose hour has not come; then it comes, and nobody has to do anything.
    let due = (Utc::now() + TimeDelta::seconds(8)).trunc_subsecs(0);
    let hour = due.to_rfc3339_opts(SecondsFormat::Secs, true).leak();
    let awaited = Story {
        name: "embargo",
        id: "tag:ledger.example,2024:embargo",
        title: "Not before the hour",
        date: hour,
        url: "https://ledger.example/hour/",
        html: "<p>It is time.</p>".into(),
        ..Story::default()
    };
    newsroom.file(&awaited);
    newsroom.await_record("/not-before-the-hour.html");
    let early = look(reader);
    // On a busy machine the hour may have come while the reader looked.
    if Utc::now() < due {
        same(&early, &[], "nothing is shown before its hour");
    }
    newsroom.await_feed(|feed| feed.contains("Not before the hour"));
    assert!(Utc::now() >= due, "the hour has not come");
    let mut news = early;
    news.extend(look(reader));
    same(&news, &fit(reader, &mut [awaited.shown()].iter()), "what has fallen due");
    same(&look(reader), &[], "and no second time");
}

fn look(reader: &mut dyn Reader) -> Vec<Shown> {
    let mut news = reader.look();
    news.sort();
    news
}

fn shows(reader: &mut dyn Reader) -> Vec<Shown> {
    let mut all = reader.shows();
    all.sort();
    all
}

#[track_caller]
fn same(found: &[Shown], expected: &[Shown], what: &str) {
    let short = |entries: &[Shown]| -> String {
        // A whole book in an assertion hides what differs.
        let brief = |entry: &Shown| Shown { content: entry.content.chars().take(200).collect(), ..entry.clone() };
        entries.iter().map(|entry| format!("  {:?}\n", brief(entry))).collect()
    };
    let missing: Vec<Shown> = expected.iter().filter(|entry| !found.contains(entry)).cloned().collect();
    let extra: Vec<Shown> = found.iter().filter(|entry| !expected.contains(entry)).cloned().collect();
    assert!(
        found == expected,
        "{what}: {} of {} entries\nmissing:\n{}unexpected:\n{}",
        found.len(),
        expected.len(),
        short(&missing),
        short(&extra)
    );
}
