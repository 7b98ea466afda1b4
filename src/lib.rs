//! feedmill turns dated articles into feeds that people can subscribe to.
//!
//! Two half-pipes meet at a directory; neither knows the other: the in-wing reads documents of any shape into the
//! [`archive`], the out-wing makes feeds from it. The list of modules below is the floor plan: a room imports only
//! rooms that stand above it, and the out-wing never imports the in-wing.
//!
//! ```
//! use feedmill::archive::{Access, Archive, Intake};
//! use feedmill::source::Document;
//! use feedmill::{feed, generate, ingest};
//!
//! # fn main() -> feedmill::error::Result<()> {
//! # let dir = tempfile::tempdir().unwrap();
//! # let (records, feeds) = (dir.path().join("archive"), dir.path().join("feeds"));
//! let now = "2023-07-10T08:00:00Z".parse().unwrap();
//! Archive::create_if_missing(&records, Some("https://ledger.example/"))?;
//! let mut archive = Archive::open(&records, Access::Write, now)?;
//!
//! let text = b" date 2023-07-09 A storm closed the harbour.".to_vec();
//! let doc = Document::from_bytes("storm.txt", "storm.txt", text);
//! let intake = Intake { zone: chrono_tz::UTC, now };
//! ingest::ingest_document(&mut archive, doc, &ingest::Options::default(), &intake, &mut |_| {})?;
//!
//! let site = feed::Site { title: "Ledger".into(), url: "https://ledger.example/".into(), ..Default::default() };
//! generate::generate(&archive, &site, &[feed::FeedSpec::default()], now, &feeds)?;
//! assert!(std::fs::read_to_string(feeds.join("atom.xml")).unwrap().contains("A storm closed the harbour"));
//! # Ok(())
//! # }
//! ```

#![warn(missing_docs)]

// cellar: knows nothing of the house
pub mod error;
pub mod disk;
// ground floor
pub mod article;
pub mod archive;
// in-wing: the outside → archive
pub mod source;
pub mod parse;
pub mod ingest;
pub mod sync;
// out-wing: archive → the outside
pub mod feed;
pub mod render;
pub mod generate;
pub mod pages;
pub mod serve;
// roof
pub mod schedule;
pub mod config;
pub mod cli;
