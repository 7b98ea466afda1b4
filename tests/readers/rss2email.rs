//! rss2email, which turns entries into mails.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use mail_parser::{HeaderValue, Message, MessageParser};

use crate::installed::{is_installed, output};
use crate::newsroom::Newsroom;
use crate::subscription::{Enclosure, Format, Reader, Shown, Subscription};

struct Rss2email {
    home: PathBuf,
    /// The files of the mails that were there at the last look.
    read: HashSet<PathBuf>,
}

/// A mail, with what ties it to others.
struct Mail {
    shown: Shown,
    message_id: String,
    in_reply_to: Option<String>,
}

impl Rss2email {
    fn new(url: &str, home: PathBuf) -> Rss2email {
        let config = format!(
            "[DEFAULT]\nfrom = mill@ledger.example.org\nto = reader@ledger.example.org\nname-format = {{author}}\n\
             email-protocol = maildir\nmaildir-path = {}\nmaildir-mailbox = inbox\nhtml-mail = True\n\
             date-header = True\ndate-header-order = issued\nreply-changes = True\n",
            home.display(),
        );
        fs::write(home.join("config"), config).unwrap();
        let reader = Rss2email { home, read: HashSet::new() };
        reader.run(&["add", "ledger", url]);
        reader
    }

    fn run(&self, arguments: &[&str]) {
        let mut r2e = Command::new("r2e");
        r2e.arg("-c").arg(self.home.join("config")).arg("-d").arg(self.home.join("data.json"));
        output(r2e.args(arguments).env("HOME", &self.home));
    }

    fn mails(&self) -> HashMap<PathBuf, Mail> {
        let Ok(files) = fs::read_dir(self.home.join("inbox/new")) else { return HashMap::new() };
        let paths = files.map(|file| file.unwrap().path());
        paths.map(|path| (path.clone(), mail(&fs::read(path).unwrap()))).collect()
    }
}

impl Reader for Rss2email {
    fn look(&mut self) -> Vec<Shown> {
        self.run(&["run"]);
        let mails = self.mails();
        let new = mails.iter().filter(|(path, _)| !self.read.contains(*path)).map(|(_, mail)| mail.shown.clone());
        let new = new.collect();
        self.read = mails.into_keys().collect();
        new
    }

    fn shows(&mut self) -> Vec<Shown> {
        let mails = self.mails();
        let ids: HashSet<&String> = mails.values().map(|mail| &mail.message_id).collect();
        assert_eq!(ids.len(), mails.len(), "no mail was sent twice");
        let answered: HashSet<&String> = mails.values().filter_map(|mail| mail.in_reply_to.as_ref()).collect();
        assert!(answered.iter().all(|id| ids.contains(id)), "a change answers the mail that it changes");
        mails.values().filter(|mail| !answered.contains(&mail.message_id)).map(|mail| mail.shown.clone()).collect()
    }

    fn limits(&self, format: Format, entry: &mut Shown) {
        // The id goes into its own memory, and not into the mail.
        entry.id = String::new();
        // One sender a mail; who signs nothing in Atom is the author of the feed (RFC 4287, section 4.2.1).
        match (format, &entry.authors[..]) {
            (Format::Rss, _) => entry.authors.truncate(1),
            (_, []) => entry.authors = vec!["Ledger".into()],
            (_, [.., last]) => entry.authors = vec![last.clone()],
        }
        if let Some(enclosure) = &mut entry.enclosure {
            (enclosure.media_type, enclosure.length) = (String::new(), None);
        }
    }

    fn leave(&mut self) {
        let changes = self.mails().values().filter(|mail| mail.in_reply_to.is_some()).count();
        assert_eq!(changes, 1, "the edited article comes as an answer to its first version");
    }
}

fn mail(bytes: &[u8]) -> Mail {
    let message = MessageParser::default().parse(bytes).expect("a mail");
    let html = message.body_html(0).expect("HTML").replace("\r\n", "\n");
    let content = between(&html, "<div id=\"body\">\n", "\n</div>\n<div class=\"footer\">").trim().to_owned();
    let enclosure = html.contains("<p>Enclosure: ").then(|| Enclosure {
        url: between(&html, "<p>Enclosure: <a href=\"", "\"").replace("&amp;", "&"),
        ..Enclosure::default()
    });
    let sender = message.from().and_then(|from| from.first()).and_then(|from| from.name()).unwrap_or_default();
    let header = |name: &str| match message.header(name) {
        Some(HeaderValue::Text(text)) => Some(text.trim().to_owned()),
        _ => None,
    };
    let shown = Shown {
        id: String::new(),
        title: message.subject().unwrap_or_default().to_owned(),
        link: header("X-RSS-URL").expect("the link"),
        published: message.date().expect("a date").to_timestamp(),
        // Nobody is called so: it stands for an author that there is not.
        authors: Some(sender.to_owned()).filter(|name| name != "<author>").into_iter().collect(),
        content,
        enclosure,
    };
    Mail { shown, message_id: message.message_id().expect("a Message-ID").to_owned(), in_reply_to: answers(&message) }
}

fn answers(message: &Message<'_>) -> Option<String> {
    message.in_reply_to().as_text().map(str::to_owned)
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("no {before:?} in {text}")).1;
    rest.split_once(after).unwrap_or_else(|| panic!("no {after:?} in {text}")).0
}

/// Its subscriptions.
pub fn subscribe(newsroom: &Newsroom) -> Vec<Subscription> {
    let is_there = is_installed("rss2email", Command::new("r2e").arg("--version"));
    Subscription::to(newsroom, "rss2email", is_there, &[Format::Rss, Format::Atom], |url, home| {
        Box::new(Rss2email::new(url, home))
    })
}
