//! All feeds of a site, as a list of them shows them.

use super::split::{TITLE, filled};
use super::{FeedSpec, Site, address, select};
use crate::archive::{Heading, Row};
use crate::error::Result;
use feedmill_markup as markup;

/// The list of all feeds.
#[derive(Clone, Debug, PartialEq)]
pub struct Roster {
    /// The name of the site that publishes them, plain text, never empty.
    pub publisher: String,
    /// The language of the site as a BCP 47 tag.
    pub language: Option<String>,
    /// The address of the site's home page.
    pub home_url: String,
    /// The address of the output directory, with a `/` at its end.
    pub base_url: String,
    /// The feeds that have names of their own, in the order of the configuration.
    pub feeds: Vec<Listed>,
    /// Those of values, by what they were split by.
    pub groups: Vec<Group>,
}

/// The feeds that one specification was split into.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What its feeds are feeds of, in plain words: `Tags`.
    pub title: String,
    /// The directory of its feeds, which also is what the group is called on a page.
    pub name: String,
    /// The feeds, in the order of their addresses.
    pub feeds: Vec<Listed>,
}

/// A feed in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The title of the feed, plain text.
    pub title: String,
    /// What tells it from the others of its group: the value; of a feed that stands for itself, its title.
    pub label: String,
    /// The address of its directory, with a `/` at its end.
    pub base_url: String,
    /// How many articles stand under its value; of a feed that stands for itself, how many entries it shows.
    pub articles: u64,
}

impl Roster {
    /// The list of a site without feeds.
    pub fn new(site: &Site) -> Result<Roster> {
        let base = site.base()?;
        Ok(Roster {
            publisher: select::publisher(site),
            language: site.language.as_deref().and_then(markup::language_tag),
            home_url: site.home(&base).to_string(),
            base_url: base.to_string(),
            feeds: Vec::new(),
            groups: Vec::new(),
        })
    }

    /// Every feed, those that stand for themselves first.
    pub fn all(&self) -> impl Iterator<Item = &Listed> {
        self.feeds.iter().chain(self.groups.iter().flat_map(|group| &group.feeds))
    }

    /// The address of a document at the top of the output directory.
    pub fn url_of(&self, file_name: &str) -> String {
        format!("{}{file_name}", self.base_url)
    }
}

impl Group {
    /// The group of a specification that is split, without its feeds.
    pub fn new(spec: &FeedSpec) -> Option<Group> {
        let by = spec.split.as_ref()?.by;
        let plural = match by {
            Heading::Tag => "Tags",
            Heading::Section => "Sections",
            Heading::Author => "Authors",
            Heading::Language => "Languages",
            Heading::Year => "Years",
        };
        let title = if spec.name == by.name() { plural.to_owned() } else { format!("{plural} ({})", spec.name) };
        Some(Group { title, name: spec.name.clone(), feeds: Vec::new() })
    }
}

impl Listed {
    /// A feed of this directory and title; `split` is the specification that its value was split from.
    pub fn new(site: &Site, name: &str, title: &str, articles: u64, split: Option<&FeedSpec>) -> Result<Listed> {
        let label = split.and_then(|spec| value_in(spec, site, title)).unwrap_or(title);
        Ok(Listed {
            title: title.to_owned(),
            label: label.to_owned(),
            base_url: address::below(&site.base()?, name).to_string(),
            articles,
        })
    }
}

/// The value in a title that was made of it; `None` where it cannot be told.
fn value_in<'t>(spec: &FeedSpec, site: &Site, title: &'t str) -> Option<&'t str> {
    let template = if spec.title.trim().is_empty() { TITLE } else { &spec.title };
    let (before, after) = template.split_once("{value}")?;
    let publisher = select::publisher(site);
    let plain = |piece: &str| filled(piece, &publisher, "");
    let value = title.strip_prefix(plain(before).trim_start())?.strip_suffix(plain(after).trim_end())?;
    Some(value.trim()).filter(|value| !value.is_empty())
}

/// The address of an article's own page, where it has one on the site's host: its own, else the one that is written for
/// it. `None` where the article stands on another site, or nowhere but on the page of a feed.
pub fn page_of(site: &Site, row: &Row) -> Option<String> {
    let root = site.base().ok()?;
    let home = site.home(&root);
    let Some(page) = address::own(site, &home, row) else { return written_page(site, row) };
    let url = url::Url::parse(&page).ok()?;
    (url.origin() == home.origin() || url.origin() == root.origin()).then_some(page)
}

/// The address of the page that is written for an article, where the site wants one for those that stand nowhere else.
pub fn written_page(site: &Site, row: &Row) -> Option<String> {
    let root = site.base().ok().filter(|_| site.article_pages)?;
    address::own(site, &site.home(&root), row).is_none().then(|| address::written_page(&root, row))
}

/// The path of that page below the output directory.
pub fn written_page_path(row: &Row) -> String {
    address::page_path(&row.path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::Split;

    fn site() -> Site {
        Site { title: "The Courier".into(), url: "https://courier.example/feeds/".into(), ..Site::default() }
    }

    #[test]
    fn a_value_is_called_by_itself() {
        let spec = |title: &str| FeedSpec {
            name: "tag".into(),
            title: title.into(),
            split: Some(Split::by(Heading::Tag)),
            ..FeedSpec::default()
        };
        let label =
            |template: &str, title: &str| Listed::new(&site(), "tag/x", title, 1, Some(&spec(template))).unwrap().label;
        assert_eq!(label("", "The Courier: Dock Strike"), "Dock Strike");
        assert_eq!(label("{value} in {site}", "Fog in The Courier"), "Fog");
        assert_eq!(label("All of it", "All of it"), "All of it");
        let own = Listed::new(&site(), "desks/größe", "Size", 3, None).unwrap();
        assert_eq!(
            (own.label.as_str(), own.base_url.as_str()),
            ("Size", "https://courier.example/feeds/desks/gr%C3%B6%C3%9Fe/")
        );
        assert_eq!(Group::new(&spec("")).unwrap().title, "Tags");
        assert_eq!(Group::new(&FeedSpec { name: "news".into(), ..spec("") }).unwrap().title, "Tags (news)");
    }

    fn sample_row() -> Row {
        use crate::article::BodyKind;
        use crate::feed::sample::{record, row};
        let path = "2023/07/09/storm.md";
        row(path, &record(path, BodyKind::Text, "A storm."))
    }

    #[test]
    fn pages_of_the_own_site_only() {
        let row = |url: Option<&str>| Row { url: url.map(str::to_owned), ..sample_row() };
        let page = |site: &Site, url| page_of(site, &row(url));
        assert_eq!(page(&site(), None), None);
        assert_eq!(page(&site(), Some("https://other.example/a")), None);
        assert_eq!(page(&site(), Some("http://courier.example/a")), None, "another origin");
        assert_eq!(page(&site(), Some("/a b")).as_deref(), Some("https://courier.example/a%20b"));
        let templated = Site { article_url: Some("{site}{path}/".into()), ..site() };
        assert_eq!(page(&templated, None).as_deref(), Some("https://courier.example/feeds/2023/07/09/storm/"));
    }
}
