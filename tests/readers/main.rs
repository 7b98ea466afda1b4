//! Feed readers that people use, subscribed to a feedmill on loopback: what they show must be what was written, and what
//! they call news must be news.
//!
//! A reader that is not installed is left out, which is said on standard error; with `FEEDMILL_REQUIRE_READERS=1` it is
//! a failure. feedparser and reader are looked for where `FEEDMILL_READERS_PYTHON` points, or in `python3`; their
//! versions are those of `requirements.txt`.

#[path = "../harness/mod.rs"]
mod harness;

mod feedparser;
mod installed;
mod newsboat;
mod newsroom;
mod reader;
mod rss2email;
mod sample;
mod sfeed;
mod subscription;
