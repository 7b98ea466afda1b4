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
    let feeds = outlines(text)?.leads.into_iter().filter(|(lead, _)| matches!(lead, Lead::Feed | Lead::Guessed));
    Ok(feeds.map(|(_, feed)| feed).collect())
}

/// What the address of an outline leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lead {
    /// A feed.
    Feed,
    /// A feed whose address has no scheme; `https` stands before it.
    Guessed,
    /// A page (`htmlUrl`) that may name its feed.
    Page,
    /// A feed in a file: `xml_url` is a `file:` address.
    File,
    /// Another list (`type="include"`).
    List,
}

/// All that an OPML document names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlines {
    /// What can be subscribed to, in its order, each address once.
    pub leads: Vec<(Lead, Subscription)>,
    /// What cannot: its name, and why.
    pub rest: Vec<(String, &'static str)>,
}

/// Everything in an OPML document: nothing of it is left out without a reason.
///
/// # Errors
/// Those of [`subscriptions`].
pub fn outlines(text: &str) -> Result<Outlines> {
    let refusal = |trouble: xml::Trouble| {
        Error::input("subscription list", format!("OPML with {}", trouble.expected), trouble.found)
    };
    let text = xml::well_formed(text.trim_start_matches('\u{feff}').to_owned()).map_err(refusal)?;
    let mut walk = Walk::new(&text, None);
    let mut folders: Vec<(usize, String)> = Vec::new();
    let (mut found, mut seen) = (Outlines::default(), std::collections::HashSet::new());
    let mut is_opml = false;
    // The outline before, where it has neither an address nor, so far, an outline in it; and how deep a comment stands.
    let (mut bare, mut comment): (Option<String>, Option<usize>) = (None, None);
    loop {
        match walk.step().map_err(refusal)? {
            Step::Start(tag) if tag.name == "outline" => {
                let outline = Outline::of(&tag);
                bare = None;
                if outline.is_comment {
                    comment = comment.or(Some(walk.depth()));
                }
                let place = if comment.is_some() { Err("is commented out (isComment)") } else { outline.place() };
                match place {
                    Ok(Some((_, address))) if !seen.insert(address.clone()) => {
                        found.rest.push((outline.label(), "is listed twice"));
                    }
                    Ok(Some((lead, address))) => found.leads.push((lead, outline.subscription(address, &folders))),
                    Err(why) => found.rest.push((outline.label(), why)),
                    Ok(None) => {
                        bare = Some(outline.label());
                        let name = outline.name().filter(|_| folders.len() < DEEPEST);
                        let name = name.map(|name| markup::excerpt(&name, LONGEST_FOLDER));
                        folders.extend(name.map(|name| (walk.depth(), name)));
                    }
                }
                if found.leads.len() + found.rest.len() > MOST {
                    let expected = format!("at most {MOST} subscriptions");
                    return Err(Error::input("subscription list", expected, "more"));
                }
            }
            Step::Start(tag) => is_opml |= tag.name == "opml" || tag.name == "body",
            Step::End => {
                folders.retain(|(depth, _)| *depth <= walk.depth());
                comment = comment.filter(|depth| *depth <= walk.depth());
                found.rest.extend(bare.take().map(|name| (name, NO_ADDRESS)));
            }
            Step::Text(_) => {}
            Step::Over => break,
        }
    }
    found.rest.extend(bare.map(|name| (name, NO_ADDRESS)));
    if !is_opml && found.leads.is_empty() {
        return Err(Error::input("subscription list", "an OPML document", "none"));
    }
    Ok(found)
}

/// Why an outline without anything in it leads nowhere.
const NO_ADDRESS: &str = "has no address";

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
    is_comment: bool,
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
                "iscomment" => {
                    outline.is_comment = value.trim().eq_ignore_ascii_case("true");
                    continue;
                }
                _ => continue,
            };
            let value = markup::one_line(&value);
            *field = field.take().or(Some(value).filter(|value| !value.is_empty() && value.len() <= LONGEST));
        }
        outline
    }

    /// Where it leads, or why it leads nowhere; `None` for a folder. Old lists write the address of a feed as `url`, with a
    /// type that says what it is.
    fn place(&self) -> Result<Option<(Lead, String)>, &'static str> {
        let is_called = |wanted: &str| self.kind.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case(wanted));
        let is_list =
            |url: &&str| url.split(['?', '#']).next().is_some_and(|path| path.to_ascii_lowercase().ends_with(".opml"));
        let list = match () {
            () if is_called("include") => self.url.as_deref().or(self.xml_url.as_deref()),
            () if is_called("link") => self.url.as_deref().filter(is_list),
            () => None,
        };
        if let Some(list) = list {
            return match on_the_web(list) {
                // `all.opml` is a file beside the list, and no host.
                Ok((lead, address)) if lead == Lead::Feed || list.contains('/') => Ok(Some((Lead::List, address))),
                _ => Err("is a list that is not on the web"),
            };
        }
        let is_feed = self
            .kind
            .as_deref()
            .is_some_and(|kind| ["rss", "atom", "feed"].iter().any(|known| kind.to_ascii_lowercase().contains(known)));
        if let Some(address) = self.xml_url.as_deref().or(self.url.as_deref().filter(|_| is_feed)) {
            if address.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:")) {
                return Ok(Some((Lead::File, address.to_owned())));
            }
            match (on_the_web(address), &self.html_url) {
                (Ok((lead, address)), _) => return Ok(Some((lead, address))),
                (Err(why), None) => return Err(why),
                (Err(_), Some(_)) => {}
            }
        }
        match (&self.html_url, &self.url) {
            (Some(page), _) => on_the_web(page).map(|(_, address)| Some((Lead::Page, address))),
            (None, Some(_)) => Err("is a link, and no feed"),
            (None, None) => Ok(None),
        }
    }

    /// What it is called in a message.
    fn label(&self) -> String {
        let address = self.xml_url.as_ref().or(self.url.as_ref()).or(self.html_url.as_ref());
        let name = self.name().or_else(|| address.cloned());
        name.map_or_else(|| "an outline without a name".to_owned(), |name| markup::excerpt(&name, LONGEST_FOLDER))
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

/// An address as one of a feed on the web, and whether its scheme is guessed; or what it is instead.
fn on_the_web(address: &str) -> Result<(Lead, String), &'static str> {
    // `feed:` and `feed://` are how browsers were told to subscribe.
    let address = address.strip_prefix("feed:").unwrap_or(address);
    let (lead, whole) = match address.strip_prefix("//") {
        Some(rest) => (Lead::Feed, format!("http://{rest}")),
        None if has_no_scheme(address) => (Lead::Guessed, format!("https://{address}")),
        None => (Lead::Feed, address.to_owned()),
    };
    let found = markup::link::absolute(&whole, None).filter(|address| address.starts_with("http"));
    found.map(|found| (lead, found)).ok_or("has no address on the web")
}

/// Whether an address begins with its host: `harbour.example/feed`, `harbour.example:8080/feed`.
fn has_no_scheme(address: &str) -> bool {
    let host = address.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, port) = host.split_once(':').unwrap_or((host, ""));
    let is_name = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let is_host = name.contains('.') && name.split('.').all(is_name) || name == "localhost";
    is_host && port.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests;
