//! A directory with a source and an archive, and runs of ingest that tell what they do.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use feedmill::archive::{Access, Archive, Intake};
use feedmill::ingest::{self, Deleted, Event, Options, Report, Source};
use feedmill::source::tree::Tree;

pub struct House {
    pub dir: tempfile::TempDir,
    pub now: DateTime<Utc>,
    pub options: Options,
}

/// What a run came to: the report, and its problems, notes and outcomes as words.
pub struct Told {
    pub report: Report,
    pub problems: Vec<String>,
    pub known: Vec<String>,
    pub notes: Vec<String>,
    pub done: Vec<String>,
}

impl House {
    pub fn new(files: &[(&str, &str)]) -> House {
        let dir = tempfile::tempdir().unwrap();
        let house = House { dir, now: "2024-01-02T03:04:05Z".parse().unwrap(), options: Options::default() };
        for (path, text) in files {
            house.write(path, text);
        }
        Archive::create_if_missing(&house.archive(), Some("https://ledger.example/")).unwrap();
        house
    }

    pub fn archive(&self) -> PathBuf {
        self.dir.path().join("archive")
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn try_ingest(&self) -> (feedmill::error::Result<Report>, Told) {
        let tree = Tree::new(Path::new("in"), self.dir.path(), &[], &[], &[]).unwrap();
        let source = Source { tree, reading: self.options.clone(), deleted: Deleted::Keep };
        let mut archive = Archive::open(&self.archive(), Access::Write, self.now).unwrap();
        let intake = Intake { zone: chrono_tz::UTC, now: self.now };
        let mut told = Told { report: Report::default(), problems: vec![], known: vec![], notes: vec![], done: vec![] };
        let report = ingest::ingest(&mut archive, &[source], &intake, &mut |event| match event {
            Event::Problem(err) => told.problems.push(err.to_string()),
            Event::Known(err) => told.known.push(err.to_string()),
            Event::Note(origin, words) => told.notes.push(format!("{origin}: {words}")),
            Event::Done(outcome, origin, path) => told.done.push(format!("{outcome:?} {origin} {path}")),
            Event::Held(..) | Event::Withdrawn(..) | Event::Seen(_) => {}
        });
        (report, told)
    }

    pub fn ingest(&self) -> Told {
        let (report, told) = self.try_ingest();
        Told { report: report.unwrap(), ..told }
    }
}
