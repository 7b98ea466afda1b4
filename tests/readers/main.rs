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

/// One newsroom for all of them: each has its own subscription, and the story is the same.
#[test]
fn real_readers_follow_the_feeds() {
    let newsroom = newsroom::Newsroom::open();
    let mut readers = newsboat::subscribe(&newsroom);
    readers.extend(sfeed::subscribe(&newsroom));
    readers.extend(rss2email::subscribe(&newsroom));
    readers.extend(feedparser::subscribe(&newsroom));
    readers.extend(reader::subscribe(&newsroom));
    if !readers.is_empty() {
        subscription::follow(&newsroom, readers);
    }
}
