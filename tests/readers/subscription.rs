//! The life of a subscription, the same for every reader.

use std::collections::BTreeMap;
use std::path::PathBuf;

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
pub trait Reader: Send {
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

    /// Whatever else must be in order when the story is over.
    fn leave(&mut self) {}
}

/// Somebody who reads a feed.
pub struct Subscription {
    format: Format,
    /// The file that is asked for, with a query by which it is told from others in the access log.
    file: String,
    reader: Box<dyn Reader>,
    /// What is published, by its link.
    expected: BTreeMap<String, Shown>,
}

impl Subscription {
    /// Subscribes a reader in each of these formats, if it is there. What makes it is given the address and a directory.
    pub fn to(
        newsroom: &Newsroom,
        name: &str,
        is_installed: bool,
        formats: &[Format],
        make: impl Fn(&str, PathBuf) -> Box<dyn Reader>,
    ) -> Vec<Subscription> {
        let formats = formats.iter().filter(|_| is_installed);
        let subscribe = |format: &Format| {
            let file = format!("{}?for={name}", format.file());
            let home = newsroom.project.path(&format!("{name}-{}", format.file()));
            std::fs::create_dir(&home).unwrap();
            let reader = make(&newsroom.url(&file), home);
            let shown = sample::shown(&newsroom.project, &newsroom.site, *format);
            let expected = shown.into_iter().map(|shown| (shown.link.clone(), shown)).collect();
            Subscription { format: *format, file, reader, expected }
        };
        formats.map(subscribe).collect()
    }

    /// A look, and what it presents.
    #[track_caller]
    fn look_presents(&mut self, what: &str, entries: &[Shown]) {
        let mut news = self.reader.look();
        news.sort();
        same(&news, &self.fit(entries), &format!("{}: {what}", self.file));
    }

    /// Everything that is published is shown, and nothing else.
    #[track_caller]
    fn shows_all(&mut self, what: &str) {
        let mut shown = self.reader.shows();
        shown.sort();
        let expected: Vec<Shown> = self.expected.values().cloned().collect();
        same(&shown, &self.fit(&expected), &format!("{}: {what}", self.file));
    }

    /// What this reader can show of that, sorted.
    fn fit(&self, entries: &[Shown]) -> Vec<Shown> {
        let mut fit = entries.to_vec();
        fit.iter_mut().for_each(|entry| self.reader.limits(self.format, entry));
        fit.sort();
        fit
    }

    fn expect(&mut self, entries: &[Shown]) {
        self.expected.extend(entries.iter().map(|shown| (shown.link.clone(), shown.clone())));
    }
}

/// What is written anew while readers are subscribed.
const EDITED: &str = "<p>Rain in the evening at the old quay, too.</p>";

/// All readers live through everything that a feed may do.
pub fn follow(newsroom: &Newsroom, readers: Vec<Subscription>) {
    let mut town = Town { readers, failed: Vec::new() };
    town.everybody(|one| {
        let all: Vec<Shown> = one.expected.values().cloned().collect();
        one.look_presents("the first look presents everything", &all);
        one.shows_all("and everything is shown");
    });

    // Nothing happens: nothing is news, and nothing is sent.
    town.everybody(|one| {
        for _ in 0..one.reader.unconditional() {
            one.look_presents("a look at an unchanged feed", &[]);
        }
        let answered = newsroom.answered(&one.file, one.reader.unconditional() + 1);
        assert_eq!(answered.last(), Some(&304), "{}: an unchanged feed is not sent again: {answered:?}", one.file);
    });

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
    let news = [edited.shown(), added.shown()];
    town.everybody(|one| {
        one.look_presents("one edited, one added, one retracted", &news);
        one.expect(&news);
        if !one.reader.keeps() {
            one.expected.retain(|_, shown| shown.title != "The long one");
        }
        one.shows_all("what is shown after the changes");
        one.look_presents("what was news is no news any more", &[]);
    });

    // An article whose hour has not come; then it comes, and nobody has to do anything.
    let due = (Utc::now() + TimeDelta::seconds(10)).trunc_subsecs(0);
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
    if Utc::now() < due - TimeDelta::seconds(1) {
        // As the server says it, since the looks of all readers may take until the hour.
        assert!(!newsroom.feed().contains("Not before the hour"), "nothing is published before its hour");
    }
    newsroom.await_feed(|feed| feed.contains("Not before the hour"));
    assert!(Utc::now() >= due, "the hour has not come");
    let news = [awaited.shown()];
    town.everybody(|one| {
        one.look_presents("what has fallen due", &news);
        one.expect(&news);
        one.look_presents("and no second time", &[]);
        one.shows_all("at the end");
        one.reader.leave();
    });
    assert!(town.failed.is_empty(), "some readers are not content: {:?}", town.failed);
}

/// Everybody who is still content.
struct Town {
    readers: Vec<Subscription>,
    failed: Vec<String>,
}

impl Town {
    /// Each of them does it, side by side. Whoever fails takes no further part, so that all failures are told.
    fn everybody(&mut self, act: impl Fn(&mut Subscription) + Sync) {
        let acted: Vec<bool> = std::thread::scope(|scope| {
            let acting: Vec<_> = self.readers.iter_mut().map(|one| scope.spawn(|| act(one))).collect();
            acting.into_iter().map(|one| one.join().is_ok()).collect()
        });
        let mut content = acted.into_iter();
        self.readers.retain(|one| {
            let is_content = content.next().unwrap();
            if !is_content {
                self.failed.push(one.file.clone());
            }
            is_content
        });
    }
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
