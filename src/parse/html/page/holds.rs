//! What an element says that it holds: by its microdata, its name, its links, its classes.

use super::attributes::{Attributes, has_word};
use super::classes::Classes;
use super::place::Place;
use super::{Holds, cut};

/// A value that an attribute states is no longer than this, in bytes.
const LONGEST: usize = 2000;

/// What the microdata around an element are about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Nothing, or the article.
    #[default]
    Article,
    /// Its author.
    Person,
    /// Something else: a comment, a product, a list of other articles.
    Other,
}

impl Scope {
    /// What the things are about that stand in an element of that type, inside of these.
    pub fn of(self, kind: &str) -> Scope {
        match kind {
            _ if self == Scope::Other => self,
            "Person" | "Organization" => Scope::Person,
            "Product"
            | "Offer"
            | "AggregateOffer"
            | "Comment"
            | "UserComments"
            | "Answer"
            | "ListItem"
            | "WPSideBar"
            | "WPFooter"
            | "SiteNavigationElement"
            | "BreadcrumbList"
            | "VideoObject"
            | "ImageObject"
            | "AudioObject"
            | "JobPosting"
            | "PostalAddress" => Scope::Other,
            _ if ["Event", "Rating"].iter().any(|end| kind.ends_with(end)) => Scope::Other,
            _ if ["Article", "Posting", "Page"].iter().any(|end| kind.ends_with(end)) => Scope::Article,
            _ => self,
        }
    }
}

/// What an attribute states of what an element holds.
pub fn stated(attributes: &Attributes, holds: Holds) -> Option<String> {
    const LONGEST_DATE: usize = 64;
    let value = if holds <= Holds::Date {
        let values = [attributes.content, attributes.datetime, attributes.title].into_iter().flatten();
        values.filter(|value| value.len() <= LONGEST_DATE).find(|value| value.bytes().any(|byte| byte.is_ascii_digit()))
    } else {
        attributes.content.filter(|_| holds <= Holds::Author)
    };
    value.map(|value| cut(value, LONGEST))
}

/// What the element says that it holds.
pub fn holds(name: &str, attributes: &Attributes, classes: &Classes, scope: Scope, outer: Place) -> Option<Holds> {
    let by_property = |property: Option<&str>| {
        let mut words = property?.split_ascii_whitespace();
        words.find_map(|word| held_by(word.rsplit([':', '/']).next().unwrap_or(word), scope, outer))
    };
    if let Some(holds) = by_property(attributes.item_property).or_else(|| by_property(attributes.property)) {
        return Some(holds);
    }
    // The element itself must say it, not the ones around it.
    let is = |place: Place| classes.place.is_any(place);
    if is(Place::UPDATED) {
        return Some(Holds::Modified);
    }
    if name == "time" {
        let is_published = is(Place::PUBLISHED) || attributes.is_pubdate;
        return Some(if is_published { Holds::Published } else { Holds::Date });
    }
    if has_word(attributes.rel, "author") {
        return Some(Holds::AuthorLink);
    }
    if name == "a" && attributes.href.is_some_and(is_author_path) {
        return Some(Holds::AuthorPath);
    }
    if classes.is_author {
        return Some(Holds::Byline);
    }
    if classes.is_user {
        return Some(Holds::User);
    }
    is(Place::PUBLISHED.with(Place::DATE)).then_some(Holds::Date)
}

/// What a property of the microdata holds, by what they are about and where it stands.
pub fn held_by(property: &str, scope: Scope, outer: Place) -> Option<Holds> {
    match (property, scope) {
        ("datePublished", Scope::Article) => Some(Holds::Published),
        ("dateCreated", Scope::Article) => Some(Holds::Created),
        ("dateModified", Scope::Article) => Some(Holds::Modified),
        ("author" | "creator", Scope::Article | Scope::Person) => Some(Holds::Author),
        ("name", Scope::Person) if outer.is_any(Place::AUTHOR) => Some(Holds::AuthorName),
        _ => None,
    }
}

/// Whether an address is that of somebody who writes.
fn is_author_path(href: &str) -> bool {
    const FOLDERS: [&str; 9] =
        ["author", "authors", "autor", "autores", "auteur", "auteurs", "contributor", "contributors", "writers"];
    let path = href.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let mut folders = path.rsplit('/');
    folders.next().is_some_and(|last| !last.is_empty()) && folders.next().is_some_and(|last| FOLDERS.contains(&last))
}
