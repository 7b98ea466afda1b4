//! Pages that are no articles, told by strong evidence only: an article that is refused is lost.

use std::sync::LazyLock;

use super::address::{self, Addresses};
use super::body::{Main, PageKind};
use super::linked::Linked;
use super::page::Page;
use super::phrases;
use crate::error::{Error, Result};

/// What the verdict goes by.
pub(super) struct Signals<'a> {
    /// What the page says.
    pub page: &'a Page,
    /// What its linked data say.
    pub linked: &'a Linked,
    /// Its addresses.
    pub addresses: &'a Addresses,
    /// Its title.
    pub title: &'a str,
    /// Whether it declares itself an article.
    pub is_declared_article: bool,
    /// Its main text.
    pub main: &'a Main,
}

/// Titles of pages that stand in front of others, at their beginning and in lower case.
static CHALLENGES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    phrases(
        "just a moment|attention required!|access denied|access to this page has been denied|are you a robot|\
    are you human|robot or human|security check|security verification|please verify you are a human|\
    human verification|checking your browser|ddos-guard|pardon our interruption|verify you are human|\
    bot verification|one moment, please|captcha|please wait...|un momento|einen moment|un instant|\
    enable javascript and cookies|403 forbidden|challenge validation|vercel security checkpoint|\
    client challenge|sucuri website firewall",
    )
    .collect()
});

/// Titles of pages that are not there.
static MISSING: LazyLock<Vec<&str>> = LazyLock::new(|| {
    phrases(
        "404|page not found|not found|page cannot be found|seite nicht gefunden|page introuvable|\
    página no encontrada|pagina non trovata|página não encontrada|pagina niet gevonden|410 gone|error 404|\
    this page isn't available|500 internal server error|502 bad gateway|503 service|service unavailable|\
    oops! page not found",
    )
    .collect()
});

/// Titles of pages that ask who is there.
static LOGINS: LazyLock<Vec<&str>> =
    LazyLock::new(|| phrases("log in|login|sign in|anmelden|connexion|iniciar sesión|accedi|inloggen").collect());

/// A text of so many bytes is more than a challenge or a message has to say.
const MESSAGE: usize = 2000;

/// What a page is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// A page with a text of its own.
    Article,
    /// So much of a listing that the dates which readers see on it are those of its items.
    LikeListing,
}

/// What the page is; an error that says so where it is no article.
pub(super) fn of(signals: &Signals, origin: &str) -> Result<Standing> {
    if let Some((found, hint)) = what_it_is(signals) {
        return Err(Error::no_article(origin, found).hint(hint));
    }
    let is_like_listing = points_for_listing(signals) >= LIKE_LISTING;
    Ok(if is_like_listing { Standing::LikeListing } else { Standing::Article })
}

fn what_it_is(signals: &Signals) -> Option<(&'static str, &'static str)> {
    let page = signals.page;
    let titles = [page.title.to_lowercase(), signals.title.to_lowercase()];
    let begins = |with: &[&str]| titles.iter().any(|title| with.iter().any(|start| title.starts_with(*start)));
    let is_short = signals.main.text.len() < MESSAGE && page.counts.prose < MESSAGE;
    const FETCH: &str = "fetch the page with a browser and save it there";
    if is_short && !signals.is_declared_article {
        if begins(&CHALLENGES) {
            return Some(("a page that asks for proof of a human reader", FETCH));
        }
        if begins(&MISSING) {
            return Some(("a message that there is no such page", "leave it out, or fetch it from where it is now"));
        }
        if begins(&LOGINS) && page.counts.passwords > 0 {
            return Some(("a page that asks to log in", "save the page as somebody who is logged in"));
        }
    }
    if signals.main.kind == PageKind::Challenge && is_short {
        return Some(("a page that asks for proof of a human reader", FETCH));
    }
    let says_something = page.metas.iter().any(|(key, _)| key == "og:title" || key == "article:published_time");
    if signals.main.kind == PageKind::Empty && page.counts.text < 200 && !says_something {
        return Some(("a page without text", "its text may be made by scripts: save the page with a browser"));
    }
    if points_for_listing(signals) >= LISTING {
        return Some(("a page that lists articles", "give the articles themselves, or the feed of the site"));
    }
    None
}

/// From so many points on a page is a listing.
const LISTING: u32 = 5;
/// From so many points on the dates that readers see are those of its items.
const LIKE_LISTING: u32 = 4;

/// Signs of a listing; none decides alone.
fn points_for_listing(signals: &Signals) -> u32 {
    let page = signals.page;
    if signals.is_declared_article {
        return 0;
    }
    let kinds = signals.linked.kinds();
    let is_kind = |wanted: &[&str]| kinds.iter().chain(&page.item_types).any(|kind| wanted.contains(&kind.as_str()));
    let mut points = 0;
    if signals.addresses.all.first().is_some_and(|url| address::is_root(url)) {
        points += 2;
    }
    if is_kind(&["SearchResultsPage"]) {
        points += 3;
    }
    if is_kind(&["CollectionPage", "ItemList", "Blog", "ProductCollection"]) {
        points += 2;
    }
    if signals.main.kind == PageKind::Listing {
        points += 3;
    }
    const MANY_TEASERS: usize = 5;
    if page.counts.articles >= MANY_TEASERS {
        points += 1;
    }
    const MANY_LINKED: usize = 10;
    if page.counts.linked_headings >= MANY_LINKED {
        points += 1;
    }
    // Little that reads like prose beside the links.
    if page.counts.prose * 4 < page.counts.link_text {
        points += 1;
    }
    points
}
