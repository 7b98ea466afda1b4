//! What goes because of what it is: navigation, sharing, advertising, comments, captions, what is not shown.
//!
//! No name is trusted blindly: class names are given by people with other things in mind, and now and then the whole
//! article stands in an element called `footer`. So each rule holds only up to some share of the prose of the page.

use super::arbiter::Reading;
use super::page::{Mass, Page};
use super::signs::Signs;

/// No element goes that holds so much of the prose, whatever it is.
const MOST: f32 = 0.4;
/// Nor one that holds so much, where a name speaks against it.
const MUCH: f32 = 0.25;
/// Nor one that holds so much, where it is of a kind that may hold a part of the text: forms, and what has data.
const SOME: f32 = 0.2;
/// Comments go though they are most of what there is to read, unless they are all.
const ALL: f32 = 0.8;

/// A form or a header with so many words of prose is more than that.
const PROSE_IN_FORM: u32 = 150;
/// And something beside the text with so many, too.
const PROSE_BESIDE: u32 = 250;
/// A box with data on the article, an address, a caption, have fewer words.
const WORDS_OF_DATA: u32 = 120;
/// A `noscript` with so many words holds the page for those without scripts.
const WORDS_WITHOUT_SCRIPT: u32 = 200;

/// What stands beside an article and has this share of its words in links leads elsewhere …
const LINKED: f32 = 0.33;
/// … or this share, on a page whose content may be links.
const LINKED_ON_PAGE: f32 = 0.45;

/// Drops from the page what is no content for this way of reading it.
pub(super) fn prune(page: &mut Page, reading: Reading) {
    let whole = page.mass(0);
    page.drop_where(0, |page, at| is_unwanted(page, at, whole, reading));
}

fn is_unwanted(page: &Page, at: usize, whole: Mass, reading: Reading) -> bool {
    let (name, signs, mass) = (page.tree.name(at), page.signs(at), page.mass(at));
    let share = mass.prose as f32 / whole.prose.max(1) as f32;
    let is_main = matches!(name, "main" | "article") && share > SOME;
    if name == "body" || is_main || signs.has(Signs::BODY) {
        return false;
    }
    let is_half = mass.words * 2 >= whole.words;
    if signs.has(Signs::HIDDEN) && !signs.has(Signs::FOLD) && share < MOST && !is_half {
        return true;
    }
    if is_unwanted_element(name, signs, mass, share, reading) || (name == "iframe" && !is_player(page, at)) {
        return true;
    }
    if signs.has(Signs::FURNITURE) && !signs.has(Signs::FOLD) && share < MUCH {
        return true;
    }
    match reading {
        Reading::Article => is_beside_article(signs, mass, share),
        Reading::Thread => is_beside_content(signs, mass, share),
        Reading::Whole => is_beside_content(signs, mass, share) || (signs.has(Signs::COMMENTS) && share < MUCH),
    }
}

/// What goes because of its element.
fn is_unwanted_element(name: &str, signs: Signs, mass: Mass, share: f32, reading: Reading) -> bool {
    let is_article = reading == Reading::Article;
    match name {
        // What a fold is opened with is its heading.
        "button" if signs.has(Signs::FOLD) || (mass.prose > 0 && !is_article) => false,
        "button" | "input" | "label" | "legend" | "dialog" => share < MOST,
        "noscript" => mass.words > 0 && mass.words < WORDS_WITHOUT_SCRIPT,
        "nav" | "footer" | "menu" => share < if is_article { MOST } else { MUCH },
        "aside" => share < MUCH,
        "form" | "fieldset" => share < SOME && mass.prose < PROSE_IN_FORM,
        "header" if is_article => share < MUCH && mass.prose < PROSE_IN_FORM,
        "header" => share < MUCH && mass.is_linked(LINKED_ON_PAGE),
        "figcaption" | "time" => is_article,
        "address" => mass.words < WORDS_OF_DATA,
        _ => false,
    }
}

/// What its names set beside an article.
fn is_beside_article(signs: Signs, mass: Mass, share: f32) -> bool {
    let asks = signs.has(Signs::APPEAL) && !signs.has(Signs::FOLD) && share < MUCH;
    let leads_on = signs.has(Signs::RELATED) && share < MUCH;
    let is_by_readers = signs.has(Signs::COMMENTS) && share < ALL;
    let is_data = signs.has(Signs::META.and(Signs::CAPTION)) && mass.words < WORDS_OF_DATA && share < SOME;
    let is_beside = signs.has(Signs::BESIDE)
        && share < MUCH
        && mass.prose < PROSE_BESIDE
        && (mass.prose == 0 || mass.titles > 0 || mass.is_linked(LINKED));
    asks || leads_on || is_by_readers || is_data || is_beside
}

/// What its names set beside content that may be boxes and links.
fn is_beside_content(signs: Signs, mass: Mass, share: f32) -> bool {
    signs.has(Signs::BESIDE) && share < MUCH && mass.is_linked(LINKED_ON_PAGE)
}

/// Parts of the addresses of players: videos and recordings belong to the text, where the cleaning makes links of them.
/// Other frames are advertising and forms.
const PLAYERS: [&str; 4] = ["/embed/", "/player", "//player.", "/video/"];

fn is_player(page: &Page, at: usize) -> bool {
    let addresses = ["data-src", "data-lazy-src", "src"].map(|name| page.tree.attribute(at, name));
    addresses.into_iter().flatten().any(|address| PLAYERS.iter().any(|part| address.contains(part)))
}
