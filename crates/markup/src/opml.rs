//! Lists of subscriptions for other programs (OPML 2.0).

use std::collections::HashMap;

use super::{escape, excerpt, one_line};

/// A feed that somebody reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subscription {
    /// The name under which it is kept, one line.
    pub title: String,
    /// The address of the feed.
    pub xml_url: String,
    /// The address of what it is a feed of.
    pub html_url: Option<String>,
    /// The folders that it stands in, the outermost first; and the categories that it has where it stands in none.
    pub folders: Vec<String>,
}

/// The longest name of a folder, in characters, and …
pub const LONGEST_FOLDER: usize = 100;
/// … the deepest folder that is remembered: every subscription in it keeps its path.
pub const DEEPEST: usize = 10;

/// A list of subscriptions as OPML 2.0, under a title.
///
/// Each one is an `outline` with `text` and `title`, `type="rss"` (which stands for any feed, section "Subscription
/// lists" of the specification), `xmlUrl`, and `htmlUrl` where it is known. Folders are outlines around them, each of
/// them once, where it first occurs; so subscriptions of one folder come together, and else keep their order. No date is
/// written: the same list gives the same text. feedmill reads the same out of it;
/// like there, folders below the tenth are none, and their names have at most 100 characters.
///
/// ```
/// use feedmill_markup::opml;
/// let harbour = opml::Subscription {
///     title: "Harbour & fog".into(),
///     xml_url: "https://harbour.example/feed".into(),
///     html_url: None,
///     folders: vec!["Sea".into()],
/// };
/// let text = opml::write("Mine", &[harbour.clone()]);
/// assert!(text.contains(r#"<outline text="Sea""#) && text.contains(r#"xmlUrl="https://harbour.example/feed""#));
/// ```
pub fn write(title: &str, subscriptions: &[Subscription]) -> String {
    let mut top = Folder::default();
    for subscription in subscriptions {
        let mut folder = &mut top;
        for name in subscription.folders.iter().take(DEEPEST) {
            // Every name has to say something, or it could not be read back as one.
            let name = excerpt(name, LONGEST_FOLDER);
            if !name.is_empty() {
                folder = folder.inside(name);
            }
        }
        folder.holds.push(Held::Feed(subscription));
    }
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>");
    out.push_str(&escape(&one_line(title)));
    out.push_str("</title>\n  </head>\n  <body>\n");
    top.write(2, &mut out);
    out.push_str("  </body>\n</opml>\n");
    out
}

/// What a folder holds.
#[derive(Default)]
struct Folder<'s> {
    /// Its order.
    holds: Vec<Held<'s>>,
    folders: Vec<(String, Folder<'s>)>,
    /// Where the folder of a name stands among them.
    known: HashMap<String, usize>,
}

enum Held<'s> {
    Feed(&'s Subscription),
    Folder(usize),
}

impl<'s> Folder<'s> {
    /// The folder of that name in it.
    fn inside(&mut self, name: String) -> &mut Folder<'s> {
        let next = self.folders.len();
        let at = *self.known.entry(name.clone()).or_insert(next);
        if at == next {
            self.holds.push(Held::Folder(at));
            self.folders.push((name, Folder::default()));
        }
        &mut self.folders[at].1
    }

    /// Writes what it holds. No folder lies deeper than [`DEEPEST`].
    fn write(&self, depth: usize, out: &mut String) {
        let indent = "  ".repeat(depth);
        for held in &self.holds {
            match held {
                Held::Feed(subscription) => {
                    out.push_str(&indent);
                    outline(subscription, out);
                }
                Held::Folder(at) => {
                    let (name, folder) = &self.folders[*at];
                    let name = escape(name);
                    out.push_str(&format!("{indent}<outline text=\"{name}\" title=\"{name}\">\n"));
                    folder.write(depth + 1, out);
                    out.push_str(&format!("{indent}</outline>\n"));
                }
            }
        }
    }
}

fn outline(subscription: &Subscription, out: &mut String) {
    let title = one_line(&subscription.title);
    // An outline without a text is shown as nothing.
    let title = escape(if title.is_empty() { &subscription.xml_url } else { &title });
    let address = escape(&one_line(&subscription.xml_url));
    out.push_str(&format!("<outline text=\"{title}\" title=\"{title}\" type=\"rss\" xmlUrl=\"{address}\""));
    if let Some(home) = &subscription.html_url {
        out.push_str(&format!(" htmlUrl=\"{}\"", escape(&one_line(home))));
    }
    out.push_str("/>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subscription(title: &str, xml_url: &str, html_url: Option<&str>, folders: &[&str]) -> Subscription {
        Subscription {
            title: title.to_owned(),
            xml_url: xml_url.to_owned(),
            html_url: html_url.map(str::to_owned),
            folders: folders.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    #[test]
    fn a_list_to_the_letter() {
        let list = [
            subscription(
                "Harbour \"fog\" & <ferries>",
                "https://a.example/?x=1&y='2'",
                Some("https://a.example/"),
                &["Sea"],
            ),
            subscription("", "https://b.example/feed", None, &[]),
            subscription("Line\n1\u{1}", "https://c.example/feed", None, &["Sea", "Ferries"]),
            subscription("Buoys", "https://d.example/feed", None, &["Sea", " "]),
        ];
        let text = write("My\nfeeds & more", &list);
        expect_test::expect![[r#"
            <?xml version="1.0" encoding="UTF-8"?>
            <opml version="2.0">
              <head>
                <title>My feeds &amp; more</title>
              </head>
              <body>
                <outline text="Sea" title="Sea">
                  <outline text="Harbour &quot;fog&quot; &amp; &lt;ferries&gt;" title="Harbour &quot;fog&quot; &amp; &lt;ferries&gt;" type="rss" xmlUrl="https://a.example/?x=1&amp;y='2'" htmlUrl="https://a.example/"/>
                  <outline text="Ferries" title="Ferries">
                    <outline text="Line 1" title="Line 1" type="rss" xmlUrl="https://c.example/feed"/>
                  </outline>
                  <outline text="Buoys" title="Buoys" type="rss" xmlUrl="https://d.example/feed"/>
                </outline>
                <outline text="https://b.example/feed" title="https://b.example/feed" type="rss" xmlUrl="https://b.example/feed"/>
              </body>
            </opml>
        "#]]
        .assert_eq(&text);
        let strict = roxmltree::Document::parse(&text).unwrap();
        assert_eq!(strict.descendants().filter(|node| node.has_attribute("xmlUrl")).count(), 4);
        assert_eq!(write("", &[]).matches("outline").count(), 0);
    }
}
