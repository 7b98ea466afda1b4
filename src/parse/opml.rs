//! OPML: lists of subscriptions. They hold no articles, but the feeds that articles come from.

pub use feedmill_markup::opml::{Subscription, write};

use super::{opening, xml};
use crate::error::{Error, Result};
use crate::source::Document;
use feedmill_markup as markup;
use feedmill_markup::opml::{DEEPEST, LONGEST_FOLDER};
use xml::{Step, Walk};

/// The most subscriptions of one list.
const MOST: usize = 50_000;

/// The longest name or address, in bytes; longer ones are none.
const LONGEST: usize = 4000;

/// The subscriptions in an OPML document, in its order, each address once.
///
/// Read leniently: attributes in any case, outlines without `type`, names in `text` or `title`, folders in folders,
/// a bare `&`, the names of HTML's characters, a document that is cut off.
///
/// # Errors
/// The text is not OPML, or larger than any list of feeds.
///
/// ```
/// let text = r#"<opml version="2.0"><body><outline text="Sea">
///     <outline text="Harbour" type="rss" xmlUrl="https://harbour.example/feed"/>
/// </outline></body></opml>"#;
/// let found = feedmill::parse::opml::subscriptions(text).unwrap();
/// assert_eq!((found[0].title.as_str(), found[0].folders.join("/").as_str()), ("Harbour", "Sea"));
/// ```
pub fn subscriptions(text: &str) -> Result<Vec<Subscription>> {
    let refusal = |trouble: xml::Trouble| {
        Error::input("subscription list", format!("OPML with {}", trouble.expected), trouble.found)
    };
    let text = xml::well_formed(text.trim_start_matches('\u{feff}').to_owned()).map_err(refusal)?;
    let mut walk = Walk::new(&text, None);
    let mut folders: Vec<(usize, String)> = Vec::new();
    let (mut found, mut seen) = (Vec::new(), std::collections::HashSet::new());
    let mut is_opml = false;
    loop {
        match walk.step().map_err(refusal)? {
            Step::Start(tag) if tag.name == "outline" => {
                let outline = Outline::of(&tag);
                match outline.address() {
                    Some(address) if seen.insert(address.clone()) => {
                        found.push(outline.subscription(address, &folders));
                        if found.len() > MOST {
                            let expected = format!("at most {MOST} subscriptions");
                            return Err(Error::input("subscription list", expected, "more"));
                        }
                    }
                    Some(_) => {}
                    None if folders.len() < DEEPEST => {
                        let name = outline.name().map(|name| markup::excerpt(&name, LONGEST_FOLDER));
                        folders.extend(name.map(|name| (walk.depth(), name)));
                    }
                    None => {}
                }
            }
            Step::Start(tag) => is_opml |= tag.name == "opml" || tag.name == "body",
            Step::End => folders.retain(|(depth, _)| *depth <= walk.depth()),
            Step::Text(_) => {}
            Step::Over => break,
        }
    }
    if !is_opml && found.is_empty() {
        return Err(Error::input("subscription list", "an OPML document", "none"));
    }
    Ok(found)
}

/// Whether a document is a subscription list.
pub(super) fn recognise(doc: &Document) -> bool {
    let head = opening(doc);
    if !head.starts_with(b"<") || memchr::memmem::find(&head.to_ascii_lowercase(), b"<opml").is_none() {
        return false;
    }
    let Ok(text) = xml::text(head.into_owned(), None) else { return false };
    let mut walk = Walk::new(&text, None);
    loop {
        match walk.step() {
            Ok(Step::Start(tag)) => return tag.name == "opml",
            Ok(Step::Text(text)) if text.trim().is_empty() => {}
            _ => return false,
        }
    }
}

/// What is said to somebody who wants articles of it.
pub(super) fn refusal(origin: &str) -> Error {
    Error::input(origin, "articles", "a subscription list").hint("`feedmill sync` takes the feeds that it names")
}

/// The attributes of an outline that mean something here.
#[derive(Default)]
struct Outline {
    text: Option<String>,
    title: Option<String>,
    xml_url: Option<String>,
    url: Option<String>,
    html_url: Option<String>,
    kind: Option<String>,
    category: Option<String>,
}

impl Outline {
    fn of(tag: &xml::Tag) -> Outline {
        let mut outline = Outline::default();
        for (key, value) in tag.attributes() {
            let field = match key.to_ascii_lowercase().as_str() {
                "text" => &mut outline.text,
                "title" => &mut outline.title,
                "xmlurl" => &mut outline.xml_url,
                "url" => &mut outline.url,
                "htmlurl" => &mut outline.html_url,
                "type" => &mut outline.kind,
                "category" => &mut outline.category,
                _ => continue,
            };
            let value = markup::one_line(&value);
            *field = field.take().or(Some(value).filter(|value| !value.is_empty() && value.len() <= LONGEST));
        }
        outline
    }

    /// The address of the feed; old lists write it as `url`, with a type that says what it is.
    fn address(&self) -> Option<String> {
        let is_feed = self
            .kind
            .as_deref()
            .is_some_and(|kind| ["rss", "atom", "feed"].iter().any(|known| kind.to_ascii_lowercase().contains(known)));
        let address = self.xml_url.as_deref().or(self.url.as_deref().filter(|_| is_feed))?;
        // `feed:` and `feed://` are how browsers were told to subscribe.
        let address = address.strip_prefix("feed:").unwrap_or(address);
        let address = match address.strip_prefix("//") {
            Some(rest) => format!("http://{rest}"),
            None => address.to_owned(),
        };
        markup::link::absolute(&address, None).filter(|address| address.starts_with("http"))
    }

    fn name(&self) -> Option<String> {
        self.title.clone().or_else(|| self.text.clone())
    }

    fn subscription(&self, address: String, folders: &[(usize, String)]) -> Subscription {
        let mut folders: Vec<String> = folders.iter().map(|(_, name)| name.clone()).collect();
        if folders.is_empty()
            && let Some(category) = &self.category
        {
            // `/Sea/Ferries,/News`: categories are paths, parted by commas; the first one stands for a folder.
            let first = category.split(',').next().unwrap_or_default();
            let parts = first.split('/').map(str::trim).filter(|part| !part.is_empty());
            folders = parts.take(DEEPEST).map(|part| markup::excerpt(part, LONGEST_FOLDER)).collect();
        }
        Subscription {
            title: self.name().unwrap_or_else(|| address.clone()),
            html_url: self.html_url.as_deref().and_then(|url| markup::link::absolute(url, None)),
            xml_url: address,
            folders,
        }
    }
}

#[cfg(test)]
mod tests;
