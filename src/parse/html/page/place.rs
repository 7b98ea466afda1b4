//! Where on a page something stands.

use super::attributes::Attributes;

/// A set of places: what an element and everything around it are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place(u32);

impl Place {
    /// In an `article` element, or in one that says that it holds the article.
    pub const ARTICLE: Place = Place(1);
    /// In the `main` element.
    pub const MAIN: Place = Place(1 << 1);
    /// In a `header` element.
    pub const HEADER: Place = Place(1 << 2);
    /// In navigation: menus, breadcrumbs, the table of contents.
    pub const NAV: Place = Place(1 << 3);
    /// In an `aside`, a sidebar, or a box beside the article.
    pub const ASIDE: Place = Place(1 << 4);
    /// In a `footer`.
    pub const FOOTER: Place = Place(1 << 5);
    /// In a list of other articles.
    pub const RELATED: Place = Place(1 << 6);
    /// Among comments.
    pub const COMMENTS: Place = Place(1 << 7);
    /// Not shown.
    pub const HIDDEN: Place = Place(1 << 8);
    /// In a link.
    pub const LINK: Place = Place(1 << 9);
    /// In an element that names the author.
    pub const AUTHOR: Place = Place(1 << 10);
    /// In an element about the author: a portrait, a biography.
    pub const BIOGRAPHY: Place = Place(1 << 11);
    /// In an element whose classes speak of a date.
    pub const DATE: Place = Place(1 << 12);
    /// In an element whose classes speak of the last change.
    pub const UPDATED: Place = Place(1 << 13);
    /// In an element that is no text at all: a drawing, a control, a template.
    pub const MUTE: Place = Place(1 << 14);
    /// In an item of a list.
    pub const ITEM: Place = Place(1 << 15);
    /// In an `article` inside another, or in a card: a teaser as a rule.
    pub const NESTED: Place = Place(1 << 16);
    /// In an element whose classes speak of the publication.
    pub const PUBLISHED: Place = Place(1 << 17);
    /// In an element for readers of screens only.
    pub const UNSEEN: Place = Place(1 << 18);
    /// In a heading.
    pub const HEADING: Place = Place(1 << 19);
    /// In the element of an event, a product, a rating: something with dates and names of its own.
    pub const THING: Place = Place(1 << 20);

    /// In a label of a category, that stands before a title or behind it.
    pub const BADGE: Place = Place(1 << 21);

    /// In a link to the home page of the site.
    pub const HOME: Place = Place(1 << 22);

    /// Both sets.
    #[must_use]
    pub const fn with(self, other: Place) -> Place {
        Place(self.0 | other.0)
    }

    /// The set without the other.
    #[must_use]
    pub const fn without(self, other: Place) -> Place {
        Place(self.0 & !other.0)
    }

    /// What both have.
    #[must_use]
    pub const fn common(self, other: Place) -> Place {
        Place(self.0 & other.0)
    }

    /// Whether any of the other places is among these.
    pub const fn is_any(self, other: Place) -> bool {
        self.0 & other.0 != 0
    }

    /// Where dates and names belong to something else than the article.
    pub const ELSEWHERE: Place =
        Place::NAV.with(Place::ASIDE).with(Place::RELATED).with(Place::COMMENTS).with(Place::THING);
}

/// What the attributes of an element open beside its name and its classes.
pub fn of_attributes(name: &str, attributes: &Attributes) -> Place {
    let by_role = match attributes.role {
        Some("main") => Place::MAIN,
        Some("article") => Place::ARTICLE,
        Some("navigation" | "menu" | "menubar" | "search") => Place::NAV,
        Some("complementary") => Place::ASIDE,
        Some("contentinfo") => Place::FOOTER,
        Some("dialog" | "alertdialog") => Place::MUTE,
        _ => Place::default(),
    };
    let by_style =
        |style: &str| ["display:none", "display: none", "visibility:hidden"].iter().any(|rule| style.contains(rule));
    let is_hidden = attributes.is_hidden || attributes.style.is_some_and(by_style);
    let is_home = name == "a" && attributes.href.is_some_and(is_home);
    let place = if is_hidden { by_role.with(Place::HIDDEN) } else { by_role };
    if is_home { place.with(Place::HOME) } else { place }
}

/// Whether a link leads to the root of a site.
fn is_home(href: &str) -> bool {
    let href = href.trim();
    let path = href.split_once("://").map_or(href, |(_, rest)| rest.split_once('/').map_or("/", |(_, path)| path));
    matches!(path, "/" | "./" | "/index.html" | "index.html" | "/index.php")
        || (path.is_empty() && href.contains("://"))
}
