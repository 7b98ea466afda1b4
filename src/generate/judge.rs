//! The judge at the door: what is about to be written is held against the specifications, and an entry that breaks
//! one is left out with its reason instead of spoiling the feed.

use std::collections::BTreeMap;
use std::path::Path;

use crate::feed::Feed;
use feedmill_lint::{self as lint, Context, Finding, Severity};

/// An entry that was left out of a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantined {
    /// Its id in the feed.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What is wrong with it, as the judge says it.
    pub reason: String,
}

/// What the judge thinks of a document.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    /// Entries that break a rule, by their place in the feed.
    pub entries: BTreeMap<usize, String>,
    /// Errors of the feed itself.
    pub errors: Vec<Finding>,
}

/// Judges a document that is about to stand at `path` under the address `url`.
pub(super) fn judge(path: &Path, bytes: &[u8], url: &str) -> Verdict {
    let name = path.to_string_lossy();
    let report = lint::check(&name, bytes, &Context { url: Some(url), ..Context::default() });
    let mut verdict = Verdict::default();
    for finding in report.findings.into_iter().filter(|finding| finding.rule.severity == Severity::Error) {
        match finding.entry {
            Some(entry) => {
                let reason = format!("{} ({}, {})", finding.message, finding.rule.code, finding.clause);
                verdict.entries.entry(entry).or_insert(reason);
            }
            None => verdict.errors.push(finding),
        }
    }
    verdict
}

/// Takes entries out of a feed, and says which they were.
pub(super) fn quarantine(feed: &mut Feed, mut entries: BTreeMap<usize, String>) -> Vec<Quarantined> {
    let mut out = Vec::with_capacity(entries.len());
    let mut at = 0;
    feed.entries.retain(|entry| {
        let reason = entries.remove(&at);
        at += 1;
        let is_good = reason.is_none();
        out.extend(reason.map(|reason| Quarantined { id: entry.id.clone(), title: entry.title.clone(), reason }));
        is_good
    });
    out
}

#[cfg(test)]
mod tests {
    use super::super::write;
    use super::*;
    use crate::feed::sample::{bare_entry, bare_feed, full_feed, podcast_feed, rare_feed};
    use crate::render::RENDERERS;

    #[test]
    fn a_bad_entry_does_not_spoil_the_feed() {
        let dir = tempfile::tempdir().unwrap();
        let bad = crate::feed::Entry { url: "no address".into(), ..bare_entry("bad") };
        let later = crate::feed::Entry { updated: "2023-07-09T12:00:01+02:00".parse().unwrap(), ..bare_entry("good") };
        let mut feed = Feed { entries: vec![bad, later], ..full_feed() };
        let written = write(&mut feed, &|format| dir.path().join(format.file_name())).unwrap();
        assert_eq!(written.quarantined.len(), 1);
        let out = &written.quarantined[0];
        assert_eq!((out.id.as_str(), out.title.as_str()), ("bad", "Entry bad"));
        assert!(out.reason.contains("uri-character"), "{}", out.reason);
        assert!(written.errors.is_empty(), "{:?}", written.errors);
        assert_eq!(written.files.len(), crate::render::RENDERERS.len());
        for file in &written.files {
            let text = std::fs::read_to_string(&file.path).unwrap();
            assert!(!text.contains("Entry bad") && text.contains("Entry good"), "{}", file.path.display());
        }
    }

    #[test]
    fn an_error_of_the_feed_itself_is_told_and_the_feed_written() {
        let dir = tempfile::tempdir().unwrap();
        let mut feed = bare_feed();
        feed.head.home_url = "nowhere".into();
        let written = write(&mut feed, &|format| dir.path().join(format.file_name())).unwrap();
        assert!(written.errors.iter().any(|(_, finding)| finding.rule.code == "uri-relative"), "{:?}", written.errors);
        assert!(dir.path().join("rss.xml").exists());
    }

    #[test]
    fn the_feeds_of_the_tests_are_without_fault() {
        for mut feed in [full_feed(), bare_feed(), podcast_feed(), rare_feed()] {
            let dir = tempfile::tempdir().unwrap();
            let written = write(&mut feed, &|format| dir.path().join(format.file_name())).unwrap();
            assert!(written.quarantined.is_empty() && written.errors.is_empty(), "{written:?}");
            // That a feed names no language is worth a warning.
            for format in RENDERERS.iter().filter(|format| format.is_feed() && feed.head.language.is_some()) {
                let bytes = std::fs::read(dir.path().join(format.file_name())).unwrap();
                let address = feed.head.url_of(format.file_name());
                let context = Context { url: Some(&address), ..Context::default() };
                let report = lint::check(format.file_name(), &bytes, &context);
                let found: Vec<String> =
                    report.findings.iter().map(|one| format!("{}: {}", one.rule.code, one.message)).collect();
                assert!(found.is_empty(), "{}, warnings included: {found:?}", format.name());
            }
        }
    }
}
