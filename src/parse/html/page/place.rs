//! Where on a page something stands, and what the classes of an element say about it.

use crate::markup::html::tokens::Tag;

/// A set of places: what an element and everything around it are.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Place(u32);

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const NAMES: [&str; 22] = [
            "article",
            "main",
            "header",
            "nav",
            "aside",
            "footer",
            "related",
            "comments",
            "hidden",
            "link",
            "author",
            "biography",
            "date",
            "updated",
            "mute",
            "item",
            "nested",
            "published",
            "unseen",
            "heading",
            "thing",
            "badge",
        ];
        f.write_str("(")?;
        NAMES
            .iter()
            .enumerate()
            .filter(|(bit, _)| self.0 >> bit & 1 == 1)
            .try_for_each(|(_, name)| write!(f, "{name} "))?;
        f.write_str(")")
    }
}

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

/// What the classes of one element say.
#[derive(Clone, Copy, Debug, Default)]
pub struct Classes {
    /// The places that they open.
    pub place: Place,
    /// `entry-title`, `headline`.
    pub is_title: bool,
    /// `byline`, `author-name`, `vcard`.
    pub is_author: bool,
    /// `username`: who wrote a posting of a forum.
    pub is_user: bool,
    /// `fn`, `p-name`: the name inside a card.
    pub is_name: bool,
}

/// What the element itself opens, without its classes.
pub fn of_element(tag: &Tag) -> Place {
    let by_name = match &*tag.name {
        "article" => Place::ARTICLE,
        "main" => Place::MAIN,
        "header" => Place::HEADER,
        "nav" | "menu" => Place::NAV,
        "aside" => Place::ASIDE,
        "footer" => Place::FOOTER,
        "a" => Place::LINK,
        "li" => Place::ITEM,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Place::HEADING,
        "svg" | "select" | "template" | "iframe" | "object" | "textarea" | "video" | "audio" | "math" | "script"
        | "style" | "dialog" => Place::MUTE,
        _ => Place::default(),
    };
    let by_role = match tag.attribute("role") {
        Some("main") => Place::MAIN,
        Some("article") => Place::ARTICLE,
        Some("navigation" | "menu" | "menubar" | "search") => Place::NAV,
        Some("complementary") => Place::ASIDE,
        Some("contentinfo") => Place::FOOTER,
        Some("dialog" | "alertdialog") => Place::MUTE,
        _ => Place::default(),
    };
    let is_hidden = tag.attribute("hidden").is_some()
        || tag.attribute("style").is_some_and(|style| {
            style.contains("display:none") || style.contains("display: none") || style.contains("visibility:hidden")
        });
    by_name.with(by_role).with(if is_hidden { Place::HIDDEN } else { Place::default() })
}

/// What the classes and the id say.
pub fn of_classes(tag: &Tag) -> Classes {
    let mut said = Classes::default();
    // The classes of the root say what the whole page has, not what it is.
    if matches!(&*tag.name, "html" | "body") {
        return said;
    }
    const KEYS: [&str; 4] = ["class", "id", "data-testid", "data-component"];
    /// Utility classes come by the dozen; what matters stands among the first.
    const MOST: usize = 40;
    for value in KEYS.iter().filter_map(|key| tag.attribute(key)) {
        for name in value.split_ascii_whitespace().take(MOST) {
            class(name, &mut said);
        }
    }
    // What is the article is no box beside it, whatever its classes say of its neighbours.
    if matches!(&*tag.name, "main" | "article") {
        said.place = said.place.without(Place::ASIDE.with(Place::NAV).with(Place::COMMENTS));
    }
    said
}

/// Words that a class name consists of.
#[derive(Default)]
struct Words {
    author: bool,
    about_author: bool,
    user: bool,
    title: bool,
    of_article: bool,
    date: bool,
    published: bool,
    updated: bool,
    related: bool,
    comment: bool,
    nav: bool,
    aside: bool,
    footer: bool,
    card: bool,
    unseen: bool,
    /// `has-sidebar`, `no-comments`: a word about the page rather than the element.
    negated: bool,
    name: bool,
    thing: bool,
    badge: bool,
}

fn class(name: &str, said: &mut Classes) {
    match name {
        "vcard" | "h-card" | "hcard" | "p-author" | "byline" => said.is_author = true,
        "fn" | "p-name" | "nickname" => said.is_name = true,
        "dt-published" | "published" | "pubdate" => said.place = said.place.with(Place::PUBLISHED.with(Place::DATE)),
        "dt-updated" | "updated" => said.place = said.place.with(Place::UPDATED.with(Place::DATE)),
        "h-entry" | "hentry" => said.place = said.place.with(Place::ARTICLE),
        _ => {}
    }
    let mut words = Words::default();
    each_word(name, |word| note(word, &mut words));
    if words.negated {
        return;
    }
    let mut add = |is: bool, place: Place| {
        if is {
            said.place = said.place.with(place);
        }
    };
    add(words.related, Place::RELATED);
    add(words.comment && !words.of_article, Place::COMMENTS);
    add(words.nav, Place::NAV);
    add(words.aside, Place::ASIDE);
    add(words.footer && !words.of_article, Place::FOOTER);
    add(words.card, Place::NESTED);
    add(words.unseen, Place::UNSEEN);
    add(words.thing, Place::THING);
    add(words.badge, Place::BADGE);
    add(words.author && words.about_author, Place::BIOGRAPHY);
    add(words.date || words.published, Place::DATE);
    add(words.published, Place::PUBLISHED);
    add(words.updated && words.date, Place::UPDATED);
    said.is_author |= words.author && !words.about_author && !words.date;
    said.is_user |= words.user && !words.about_author;
    said.is_name |= words.author && words.name;
    said.is_title |= words.title && words.of_article && !words.author && !words.related && !words.card;
}

fn note(word: &str, words: &mut Words) {
    match word {
        "author" | "authors" | "byline" | "bylines" | "writer" | "writers" | "contributor" | "contributors"
        | "autor" | "autore" | "auteur" | "verfasser" | "forfatter" | "skribent" | "redacteur" | "postedby"
        | "authorname" | "reporter" | "journalist" => words.author = true,
        "bio" | "biography" | "box" | "avatar" | "image" | "img" | "photo" | "picture" | "pic" | "thumb"
        | "thumbnail" | "social" | "icon" | "desc" | "description" | "about" | "role" | "job" | "position"
        | "email" | "twitter" | "headshot" | "portrait" | "profile" | "reviewer" | "reviewed" | "editor" => {
            words.about_author = true;
        }
        "username" | "user" | "poster" | "op" | "nickname" => words.user = true,
        "title" | "headline" | "heading" | "hed" | "titre" | "titulo" | "titel" => {
            words.title = true;
            words.of_article |= word == "headline";
        }
        "entry" | "post" | "article" | "story" | "news" | "blog" | "content" | "page" | "main" => {
            words.of_article = true;
        }
        "date" | "time" | "timestamp" | "datetime" | "datum" | "fecha" | "datepublished" | "postdate" | "pubdate" => {
            words.date = true;
        }
        "published" | "publish" | "publication" | "posted" => words.published = true,
        "updated" | "modified" | "update" | "revised" | "lastmod" => words.updated = true,
        "related" | "recommended" | "recommendations" | "recommendation" | "recirc" | "recirculation" | "trending"
        | "popular" | "latest" | "recent" | "teaser" | "teasers" | "promo" | "newsletter" | "outbrain" | "taboola"
        | "carousel" | "slider" | "swiper" | "readmore" | "suggested" | "upnext" | "similar" | "adjacent"
        | "nextprev" | "prevnext" | "pagination" | "pager" | "mega" | "marquee" | "crosslinks" => words.related = true,
        "comment" | "comments" | "disqus" | "respond" | "commentlist" | "reply" | "replies" => words.comment = true,
        "nav" | "navbar" | "navigation" | "menu" | "breadcrumb" | "breadcrumbs" | "toc" | "submenu" | "topbar"
        | "megamenu" => words.nav = true,
        "sidebar" | "aside" | "widget" | "widgets" | "rail" => words.aside = true,
        "footer" | "colophon" | "copyright" => words.footer = true,
        "card" | "cards" | "tile" | "tiles" => words.card = true,
        "sr" | "screenreader" | "unseen" => words.unseen = true,
        "visually" | "offscreen" => words.unseen = true,
        "name" => words.name = true,
        "event" | "events" | "product" | "rating" | "countdown" | "testimonial" | "testimonials" => words.thing = true,
        "label" | "labels" | "badge" | "prefix" | "tooltip" => words.badge = true,
        "has" | "with" | "no" | "without" | "hide" | "show" | "not" => words.negated = true,
        _ => {}
    }
}

/// The words of a class name, in lower case: `c-ArticleByline__name` has five.
fn each_word(name: &str, mut say: impl FnMut(&str)) {
    /// Longer ones are none that say anything.
    const LONGEST: usize = 20;
    let mut buffer = [0u8; LONGEST];
    let mut length = 0;
    let mut was_lower = false;
    let flush = |buffer: &[u8], say: &mut dyn FnMut(&str)| {
        if buffer.len() > 1
            && let Ok(word) = std::str::from_utf8(buffer)
        {
            say(word);
        }
    };
    for byte in name.bytes() {
        let is_letter = byte.is_ascii_alphabetic();
        if !is_letter || (was_lower && byte.is_ascii_uppercase()) {
            flush(&buffer[..length.min(LONGEST)], &mut say);
            length = 0;
        }
        if is_letter {
            if length < LONGEST {
                buffer[length] = byte.to_ascii_lowercase();
            }
            length += 1;
        }
        was_lower = byte.is_ascii_lowercase();
    }
    flush(&buffer[..length.min(LONGEST)], &mut say);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(name: &str) -> Classes {
        let mut said = Classes::default();
        name.split(' ').for_each(|name| class(name, &mut said));
        said
    }

    #[test]
    fn class_names_are_read_by_their_words() {
        let mut words = Vec::new();
        each_word("c-ArticleByline__name2_x", |word| words.push(word.to_owned()));
        assert_eq!(words, ["article", "byline", "name"]);
        assert!(classes("c-byline__author").is_author && classes("entry-title").is_title);
        assert!(classes("articleHeadline_x1").is_title && !classes("related-post-title").is_title);
        assert!(classes("has-sidebar").place == Place::default());
        assert!(classes("author-bio").place.is_any(Place::BIOGRAPHY) && !classes("author-bio").is_author);
        assert!(classes("last-updated-date").place.is_any(Place::UPDATED));
    }
}
