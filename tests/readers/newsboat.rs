//! newsboat, a reader for the terminal.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use rusqlite::Connection;

use crate::installed::{is_installed, output};
use crate::newsroom::Newsroom;
use crate::subscription::{Enclosure, Format, Reader, Shown, Subscription};

struct Newsboat {
    home: PathBuf,
}

impl Newsboat {
    fn new(url: &str, home: PathBuf) -> Newsboat {
        fs::write(home.join("urls"), format!("{url}\n")).unwrap();
        fs::write(home.join("config"), format!("reset-unread-on-update \"{url}\"\n")).unwrap();
        Newsboat { home }
    }

    /// Every entry that its cache has and that is unread, or not.
    fn cached(&self, unread_only: bool) -> Vec<Shown> {
        let cache = Connection::open(self.home.join("cache.db")).unwrap();
        let mut query = cache
            .prepare(
                "SELECT guid, title, url, pubDate, author, content, enclosure_url, enclosure_type FROM rss_item \
                 WHERE NOT deleted AND unread >= ?1",
            )
            .unwrap();
        let rows = query.query_map([unread_only], |row| {
            let (author, url): (String, String) = (row.get(4)?, row.get(6)?);
            Ok(Shown {
                id: row.get(0)?,
                title: row.get(1)?,
                link: row.get(2)?,
                published: row.get(3)?,
                authors: author.split(", ").filter(|name| !name.is_empty()).map(str::to_owned).collect(),
                content: row.get::<_, String>(5)?.trim().to_owned(),
                enclosure: match url.as_str() {
                    "" => None,
                    _ => Some(Enclosure { url, media_type: row.get(7)?, length: None }),
                },
            })
        });
        rows.unwrap().map(Result::unwrap).collect()
    }
}

impl Reader for Newsboat {
    /// It notes a validator only for feeds that it has stored before, which the first look does after it.
    fn unconditional(&self) -> usize {
        2
    }

    fn look(&mut self) -> Vec<Shown> {
        let mut newsboat = Command::new("newsboat");
        for (option, file) in [("-u", "urls"), ("-c", "cache.db"), ("-C", "config")] {
            newsboat.arg(option).arg(self.home.join(file));
        }
        // It wants a terminal's name, though it draws nothing here.
        output(newsboat.args(["-q", "-x", "reload"]).env("TERM", "dumb").env("HOME", &self.home));
        let unread = self.cached(true);
        let cache = Connection::open(self.home.join("cache.db")).unwrap();
        cache.execute("UPDATE rss_item SET unread = 0", []).unwrap();
        unread
    }

    fn shows(&mut self) -> Vec<Shown> {
        self.cached(false)
    }

    fn limits(&self, format: Format, entry: &mut Shown) {
        // It keeps dates in 32 bits without a sign.
        entry.published = i64::from(entry.published as u32);
        if format == Format::Rss && entry.authors.len() > 1 {
            entry.authors = entry.authors.split_off(entry.authors.len() - 1);
        }
        if let Some(enclosure) = &mut entry.enclosure {
            enclosure.length = None;
        }
    }
}

/// Its subscriptions.
pub fn subscribe(newsroom: &Newsroom) -> Vec<Subscription> {
    let is_there = is_installed("newsboat", Command::new("newsboat").arg("-v"));
    Subscription::to(newsroom, "newsboat", is_there, &[Format::Rss, Format::Atom], |url, home| {
        Box::new(Newsboat::new(url, home))
    })
}
