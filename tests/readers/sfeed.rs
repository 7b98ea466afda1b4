//! sfeed, which turns feeds into lines of text.

use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::installed::{is_installed, output};
use crate::newsroom::Newsroom;
use crate::subscription::{Enclosure, Format, Reader, Shown, Subscription};

/// Its own way of fetching, with the validators that its documentation shows how to add: by itself it asks for everything
/// every time.
const FETCH: &str = r#"
fetch() {
    etag="$sfeedpath/../etag"
    touch "$etag"
    curl -L --max-redirs 0 -A sfeed -f -s -m 15 --compressed --etag-save "$etag" --etag-compare "$etag" "$2" 2>/dev/null
}
"#;

struct Sfeed {
    home: PathBuf,
    /// The lines that were there at the last look.
    read: HashSet<String>,
}

impl Sfeed {
    fn new(url: &str, home: PathBuf) -> Sfeed {
        let config =
            format!("sfeedpath=\"{}/feeds\"\n{FETCH}\nfeeds() {{\n    feed ledger \"{url}\"\n}}\n", home.display());
        fs::write(home.join("sfeedrc"), config).unwrap();
        Sfeed { home, read: HashSet::new() }
    }

    fn lines(&self) -> Vec<String> {
        let stored = fs::read_to_string(self.home.join("feeds/ledger")).unwrap();
        stored.lines().map(str::to_owned).collect()
    }
}

impl Reader for Sfeed {
    fn look(&mut self) -> Vec<Shown> {
        output(Command::new("sfeed_update").arg(self.home.join("sfeedrc")).env("HOME", &self.home));
        let lines = self.lines();
        assert_eq!(lines.iter().collect::<HashSet<_>>().len(), lines.len(), "no line stands twice");
        let news = lines.iter().filter(|line| !self.read.contains(*line)).map(|line| shown(line)).collect();
        self.read = lines.into_iter().collect();
        news
    }

    fn shows(&mut self) -> Vec<Shown> {
        let all: Vec<Shown> = self.lines().iter().map(|line| shown(line)).collect();
        // A title that was changed makes a line of its own beside the former one.
        let changed: Vec<String> =
            all.iter().filter(|entry| entry.title.ends_with(", corrected")).map(|entry| entry.id.clone()).collect();
        let is_former = |entry: &Shown| changed.contains(&entry.id) && !entry.title.ends_with(", corrected");
        all.into_iter().filter(|entry| !is_former(entry)).collect()
    }

    fn limits(&self, format: Format, entry: &mut Shown) {
        // The first author alone; in RSS as it stands there, with the address.
        entry.authors.truncate(1);
        if format == Format::Rss && entry.authors == ["Chia Lin"] {
            entry.authors = vec!["chia@ledger.example.org (Chia Lin)".into()];
        }
        // Titles that Atom declares as HTML are kept as they are written.
        if format == Format::Atom && entry.title.contains("<b>") {
            entry.title = entry.title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        }
        if let Some(enclosure) = &mut entry.enclosure {
            (enclosure.media_type, enclosure.length) = (String::new(), None);
        }
    }
}

/// A line of tab-separated values, as sfeed(5) describes it.
fn shown(line: &str) -> Shown {
    let fields: Vec<&str> = line.split('\t').collect();
    let [published, title, link, content, kind, id, author, enclosure, ..] = fields[..] else {
        panic!("not a line of sfeed: {line}")
    };
    assert_eq!(kind, "html");
    let enclosure = Some(enclosure).filter(|url| !url.is_empty());
    Shown {
        id: id.to_owned(),
        title: title.to_owned(),
        link: link.to_owned(),
        published: published.parse().unwrap(),
        authors: Some(author.to_owned()).filter(|name| !name.is_empty()).into_iter().collect(),
        content: content.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\").trim().to_owned(),
        enclosure: enclosure.map(|url| Enclosure { url: url.to_owned(), ..Enclosure::default() }),
    }
}

/// Its subscriptions.
pub fn subscribe(newsroom: &Newsroom) -> Vec<Subscription> {
    let mut probe = Command::new("sh");
    probe.args(["-c", "command -v sfeed && command -v sfeed_update && command -v curl"]);
    let is_there = is_installed("sfeed", &mut probe);
    Subscription::to(newsroom, "sfeed", is_there, &[Format::Rss, Format::Atom], |url, home| {
        Box::new(Sfeed::new(url, home))
    })
}
