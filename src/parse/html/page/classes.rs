//! What the classes of an element say about it.
//!
//! A class name is read by its words, which templates in all of Europe write in English: `c-ArticleByline__name` has
//! five. What a name says is remembered for the page, since names come by the thousand and repeat themselves.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use super::attributes::Attributes;
use super::place::Place;

/// What the classes of one element say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes {
    /// The places that they open.
    pub place: Place,
    /// `entry-title`, `headline`.
    pub is_title: bool,
    /// `byline`, `author-name`, `vcard`.
    pub is_author: bool,
    /// `username`: who wrote a posting of a forum.
    pub is_user: bool,
}

impl Classes {
    fn add(&mut self, other: Classes) {
        self.place = self.place.with(other.place);
        self.is_title |= other.is_title;
        self.is_author |= other.is_author;
        self.is_user |= other.is_user;
    }
}

/// Reads class names, and remembers what it read.
#[derive(Default)]
pub struct Reader {
    known: HashMap<u64, Classes, BuildHasherDefault<Fnv>>,
}

impl Reader {
    /// What the classes and the names of an element say.
    pub fn read(&mut self, element: &str, attributes: &Attributes) -> Classes {
        /// Utility classes come by the dozen; what matters stands among the first.
        const MOST: usize = 40;
        let mut said = Classes::default();
        // The classes of the root say what the whole page has, not what it is.
        if matches!(element, "html" | "body") {
            return said;
        }
        for value in [attributes.class, attributes.id, attributes.component].into_iter().flatten() {
            for name in value.split_ascii_whitespace().take(MOST) {
                said.add(self.of_name(name));
            }
        }
        // What is the article is no box beside it, whatever its classes say of its neighbours.
        if matches!(element, "main" | "article") {
            said.place = said.place.without(Place::ASIDE.with(Place::NAV).with(Place::COMMENTS));
        }
        said
    }

    fn of_name(&mut self, name: &str) -> Classes {
        /// More different names than any page has.
        const MOST: usize = 20_000;
        let key = name.bytes().fold(FNV_OFFSET, fnv);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let said = of_name(name);
        if self.known.len() < MOST {
            self.known.insert(key, said);
        }
        said
    }
}

/// The hash of Fowler, Noll and Vo, which is fast on short names; a number is taken for a hash already.
#[derive(Default)]
pub struct Fnv(u64);

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

fn fnv(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().copied().fold(self.0, fnv);
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }

    // The end of a text; one text is all that is hashed here.
    fn write_u8(&mut self, _: u8) {}
}

fn of_name(name: &str) -> Classes {
    let mut said = Classes::default();
    match name {
        "vcard" | "h-card" | "hcard" | "p-author" | "byline" => said.is_author = true,
        "dt-published" | "published" | "pubdate" => said.place = Place::PUBLISHED.with(Place::DATE),
        "dt-updated" | "updated" => said.place = Place::UPDATED.with(Place::DATE),
        "h-entry" | "hentry" => said.place = Place::ARTICLE,
        _ => {}
    }
    let mut words = 0;
    each_word(name, |word| words |= WORDS.get(word).copied().unwrap_or_default());
    let is = |word: u32| words & word != 0;
    if words == 0 || is(NEGATED) {
        return said;
    }
    let mut add = |is: bool, place: Place| {
        if is {
            said.place = said.place.with(place);
        }
    };
    add(is(RELATED), Place::RELATED);
    add(is(COMMENT) && !is(OF_ARTICLE), Place::COMMENTS);
    add(is(NAV), Place::NAV);
    add(is(ASIDE), Place::ASIDE);
    add(is(FOOTER) && !is(OF_ARTICLE), Place::FOOTER);
    add(is(CARD), Place::NESTED);
    add(is(UNSEEN), Place::UNSEEN);
    add(is(THING), Place::THING);
    add(is(BADGE), Place::BADGE);
    add(is(AUTHOR) && is(ABOUT_AUTHOR), Place::BIOGRAPHY);
    add(is(DATE) || is(PUBLISHED), Place::DATE);
    add(is(PUBLISHED), Place::PUBLISHED);
    add(is(UPDATED) && is(DATE), Place::UPDATED);
    said.is_author |= is(AUTHOR) && !is(ABOUT_AUTHOR) && !is(DATE);
    said.is_user |= is(USER) && !is(ABOUT_AUTHOR);
    said.is_title |= is(HEADLINE) || (is(TITLE) && is(OF_ARTICLE));
    said.is_title &= !is(AUTHOR) && !is(RELATED) && !is(CARD);
    said
}

const AUTHOR: u32 = 1;
const ABOUT_AUTHOR: u32 = 1 << 1;
const USER: u32 = 1 << 2;
const TITLE: u32 = 1 << 3;
const HEADLINE: u32 = 1 << 4;
const OF_ARTICLE: u32 = 1 << 5;
const DATE: u32 = 1 << 6;
const PUBLISHED: u32 = 1 << 7;
const UPDATED: u32 = 1 << 8;
const RELATED: u32 = 1 << 9;
const COMMENT: u32 = 1 << 10;
const NAV: u32 = 1 << 11;
const ASIDE: u32 = 1 << 12;
const FOOTER: u32 = 1 << 13;
const CARD: u32 = 1 << 14;
const UNSEEN: u32 = 1 << 15;
const THING: u32 = 1 << 16;
const BADGE: u32 = 1 << 17;
/// `has-sidebar`, `no-comments`: the name speaks of the page rather than of the element.
const NEGATED: u32 = 1 << 18;

const MEANINGS: &[(u32, &str)] = &[
    (
        AUTHOR,
        "author authors byline bylines writer writers contributor contributors autor autore auteur verfasser forfatter \
         skribent redacteur postedby authorname reporter journalist",
    ),
    (
        ABOUT_AUTHOR,
        "bio biography box avatar image img photo picture pic thumb thumbnail social icon desc description about role \
         job position email twitter headshot portrait profile reviewer reviewed editor",
    ),
    (USER, "username user poster op nickname"),
    (TITLE, "title heading hed titre titulo titel"),
    (HEADLINE, "headline"),
    (OF_ARTICLE, "entry post article story news blog content page main"),
    (DATE, "date time timestamp datetime datum fecha datepublished postdate pubdate"),
    (PUBLISHED, "published publish publication posted"),
    (UPDATED, "updated modified update revised lastmod"),
    (
        RELATED,
        "related recommended recommendations recommendation recirc recirculation trending popular latest recent teaser \
         teasers promo newsletter outbrain taboola carousel slider swiper readmore suggested upnext similar adjacent \
         nextprev prevnext pagination pager mega marquee crosslinks",
    ),
    (COMMENT, "comment comments disqus respond commentlist reply replies"),
    (NAV, "nav navbar navigation menu breadcrumb breadcrumbs toc submenu topbar megamenu"),
    (ASIDE, "sidebar aside widget widgets rail"),
    (FOOTER, "footer colophon copyright"),
    (CARD, "card cards tile tiles"),
    (UNSEEN, "sr screenreader unseen visually offscreen"),
    (THING, "event events product rating countdown testimonial testimonials"),
    (BADGE, "label labels badge prefix tooltip"),
    (NEGATED, "has with no without hide show not"),
];

static WORDS: LazyLock<HashMap<&'static str, u32, BuildHasherDefault<Fnv>>> = LazyLock::new(|| {
    let mut words: HashMap<_, u32, _> = HashMap::default();
    for (meaning, list) in MEANINGS {
        for word in list.split_whitespace() {
            *words.entry(word).or_default() |= meaning;
        }
    }
    words
});

/// The words of a class name, in lower case.
fn each_word(name: &str, mut say: impl FnMut(&str)) {
    /// Longer ones are none that say anything.
    const LONGEST: usize = 20;
    let mut buffer = [0u8; LONGEST];
    let mut length = 0;
    let mut was_lower = false;
    let mut flush = |buffer: &[u8], length: usize| {
        if let Some(Ok(word)) = buffer.get(..length).map(std::str::from_utf8)
            && length > 1
        {
            say(word);
        }
    };
    for byte in name.bytes() {
        let is_letter = byte.is_ascii_alphabetic();
        if !is_letter || (was_lower && byte.is_ascii_uppercase()) {
            flush(&buffer, length);
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
    flush(&buffer, length);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(names: &str) -> Classes {
        Reader::default().read("div", &Attributes { class: Some(names), ..Attributes::default() })
    }

    #[test]
    fn class_names_are_read_by_their_words() {
        let mut words = Vec::new();
        each_word("c-ArticleByline__name2_x", |word| words.push(word.to_owned()));
        assert_eq!(words, ["article", "byline", "name"]);
        each_word(&"x".repeat(100), |word| panic!("{word}"));
    }

    #[test]
    fn words_tell_what_an_element_holds() {
        assert!(classes("c-byline__author").is_author && classes("entry-title").is_title);
        assert!(classes("articleHeadline_x1").is_title && !classes("related-post-title").is_title);
        assert_eq!(classes("has-sidebar md:flex w-full"), Classes::default());
        assert!(classes("author-bio").place.is_any(Place::BIOGRAPHY) && !classes("author-bio").is_author);
        assert!(classes("x last-updated-date").place.is_any(Place::UPDATED));
        let mut reader = Reader::default();
        let again = Attributes { class: Some("byline byline"), ..Attributes::default() };
        assert_eq!(reader.read("div", &again), reader.read("div", &again));
        let main = Attributes { class: Some("sidebar-right-nav"), ..Attributes::default() };
        assert_eq!(reader.read("main", &main), Classes::default());
    }
}
