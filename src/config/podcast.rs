//! `kind = "podcast"` and the table `podcast` of a feed: what directories demand, so that they do not refuse it later.

use std::ops::Range;

use serde::Deserialize as Derive;
use toml::Spanned;
use uuid::Uuid;

use super::place::Page;
use super::{check, wire};
use crate::error::Result;
use crate::feed::{Category, Podcast, Site, is_cover, media_type_of};
use feedmill_lint::ITUNES_CATEGORIES;
use feedmill_markup as markup;

/// Episodes that leave a feed leave the directories too: as many as Apple shows at most.
pub(super) const MAX_ITEMS: usize = 2_000;

/// Room for as many notes of episodes.
pub(super) const MAX_BYTES: usize = 5_000_000;

#[derive(Derive, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    #[serde(default)]
    categories: Vec<Spanned<String>>,
    explicit: Option<bool>,
    order: Option<Spanned<String>>,
    author: Option<String>,
    owner: Option<Spanned<wire::Author>>,
    guid: Option<Spanned<String>>,
    locked: Option<bool>,
    complete: Option<bool>,
    moved_to: Option<Spanned<String>>,
}

/// Between a category and the one below it.
const BELOW: &str = " > ";

/// The podcast that a feed is; `None` where it is none. `whole` is the place of the feed's table.
pub(super) fn podcast(page: &Page, feed: &mut wire::Feed, whole: Range<usize>, site: &Site) -> Result<Option<Podcast>> {
    let is_podcast = match &feed.kind {
        Some(kind) => check::choice(page, kind, &[("articles", false), ("podcast", true)])?,
        None => false,
    };
    let table = feed.podcast.take();
    if !is_podcast {
        return match table {
            Some(table) => Err(page
                .fault(table.span(), "expected kind = \"podcast\" in a feed with a table \"podcast\", found another")
                .hint("write kind = \"podcast\" above it")),
            None => Ok(None),
        };
    }
    let at = table.as_ref().map_or(whole.clone(), Spanned::span);
    let table = table.map(Spanned::into_inner).unwrap_or_default();
    if table.categories.is_empty() {
        return Err(page
            .fault(at, "expected categories for a podcast, found none")
            .hint("write [feed.podcast] and categories = [\"News\"] below the keys of the feed"));
    }
    cover(page, feed, &whole, site)?;
    if feed.language.is_none() && site.language.is_none() {
        return Err(page
            .fault(whole, "expected a language for a podcast, found none")
            .hint("write language = \"en\" in [site] or in the feed: directories refuse podcasts without it"));
    }
    let podcast = Podcast {
        categories: table.categories.iter().map(|name| category(page, name)).collect::<Result<_>>()?,
        explicit: table.explicit.unwrap_or(false),
        is_serial: match &table.order {
            Some(order) => check::choice(page, order, &[("episodic", false), ("serial", true)])?,
            None => false,
        },
        author: table.author,
        owner: match table.owner {
            Some(owner) => {
                let at = owner.span();
                let owner = owner.into_inner().0;
                if !owner.email.as_deref().is_some_and(markup::is_email) {
                    return Err(page
                        .fault(at, "expected an owner with a mail address, found none")
                        .hint("write \"Name <mail@example.org>\", or leave the key out: everybody can read it"));
                }
                Some(owner)
            }
            None => None,
        },
        guid: table.guid.as_ref().map(|guid| uuid(page, guid)).transpose()?,
        locked: table.locked,
        is_complete: table.complete.unwrap_or(false),
        moved_to: table.moved_to.as_ref().map(|url| check::address(page, url)).transpose()?.map(String::from),
    };
    Ok(Some(podcast))
}

/// Directories refuse podcasts without a cover, and take JPEG and PNG only.
fn cover(page: &Page, feed: &wire::Feed, whole: &Range<usize>, site: &Site) -> Result<()> {
    const HINT: &str = "directories want a square JPEG or PNG of 1400 to 3000 pixels";
    let (image, at) = match (&feed.image, &site.image) {
        (Some(image), _) => (image.get_ref(), image.span()),
        (None, Some(image)) => (image, whole.clone()),
        (None, None) => {
            return Err(page.fault(whole.clone(), "expected an image for a podcast, found none").hint(HINT));
        }
    };
    // An address without a usual extension may be anything.
    match media_type_of(image) {
        Some(kind) if !is_cover(image) => {
            Err(page.fault(at, format!("expected a JPEG or PNG as the image of a podcast, found {kind}")).hint(HINT))
        }
        _ => Ok(()),
    }
}

/// `News`, or `News > Politics`.
fn category(page: &Page, text: &Spanned<String>) -> Result<Category> {
    let found = text.get_ref().trim();
    let (name, inner) = match found.split_once(BELOW) {
        Some((name, inner)) => (name.trim(), Some(inner.trim())),
        None => (found, None),
    };
    let known = ITUNES_CATEGORIES.iter().find(|(known, _)| *known == name);
    if known.is_some_and(|(_, below)| inner.is_none_or(|inner| below.contains(&inner))) {
        return Ok(Category { name: name.to_owned(), inner: inner.map(str::to_owned) });
    }
    let whole: Vec<String> = ITUNES_CATEGORIES
        .iter()
        .flat_map(|(name, below)| {
            std::iter::once((*name).to_owned()).chain(below.iter().map(move |inner| format!("{name}{BELOW}{inner}")))
        })
        .collect();
    let err = page.fault(text.span(), format!("expected a category of the podcast directories, found {found:?}"));
    // `Politics` alone is meant to be below `News`.
    let below =
        whole.iter().find(|whole| whole.rsplit(BELOW).next().is_some_and(|last| last.eq_ignore_ascii_case(found)));
    Err(match below {
        Some(below) => err.hint(format!("did you mean {below:?}?")),
        None if known.is_some() => {
            let of = format!("{name}{BELOW}");
            check::suggest(err, found, whole.iter().map(String::as_str).filter(|whole| whole.starts_with(&of)))
        }
        None => check::suggest(err, found, whole.iter().map(String::as_str)),
    })
}

fn uuid(page: &Page, text: &Spanned<String>) -> Result<Uuid> {
    Uuid::try_parse(text.get_ref().trim()).map_err(|_| {
        let found = format!("expected a UUID, found {:?}", text.get_ref());
        page.fault(text.span(), found).hint("it is the podcast:guid of the feed, which no move changes")
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use expect_test::{Expect, expect};

    use crate::config::Config;
    use crate::feed::Category;

    const SITE: &str = "[site]\nlanguage = \"en\"\n";

    fn parse(feed: &str) -> crate::error::Result<Config> {
        Config::parse(Path::new("feedmill.toml"), &format!("{SITE}[[feed]]\nkind = \"podcast\"\n{feed}"))
    }

    #[test]
    fn a_podcast_says_what_directories_demand() {
        let config = parse(
            "image = \"/cover.jpg\"\n[feed.podcast]\ncategories = [\"Society & Culture > Documentary\", \"Arts\"]\n\
             explicit = true\norder = \"serial\"\nowner = \"Mara Quill <mara@ledger.example>\"\nlocked = true\n\
             guid = \"917393e3-1b1e-5cef-ace4-edaa54e1f810\"\nmoved_to = \"https://new.example/rss.xml\"\n",
        )
        .unwrap();
        let feed = &config.feeds[0];
        let podcast = feed.podcast.as_ref().unwrap();
        let category =
            |name: &str, inner: Option<&str>| Category { name: name.into(), inner: inner.map(str::to_owned) };
        assert_eq!(podcast.categories, [category("Society & Culture", Some("Documentary")), category("Arts", None)]);
        assert!(podcast.explicit && podcast.is_serial && podcast.locked == Some(true) && !podcast.is_complete);
        assert_eq!(podcast.owner.as_ref().and_then(|owner| owner.email.as_deref()), Some("mara@ledger.example"));
        assert_eq!(podcast.guid.unwrap().to_string(), "917393e3-1b1e-5cef-ace4-edaa54e1f810");
        assert_eq!(podcast.moved_to.as_deref(), Some("https://new.example/rss.xml"));
        assert_eq!((feed.max_items, feed.max_bytes), (super::MAX_ITEMS, super::MAX_BYTES), "episodes stay");
        let few = parse("max_items = 3\nimage = \"c.png\"\n[feed.podcast]\ncategories = [\"News\"]\n").unwrap();
        assert_eq!((few.feeds[0].max_items, few.feeds[0].min_items), (3, 3));
    }

    #[track_caller]
    fn wrong(feed: &str, expected: Expect) {
        let err = parse(feed).err().unwrap();
        assert!(err.is_usage(), "{err:?}");
        expected.assert_eq(&err.to_string());
    }

    #[test]
    fn mistakes_in_categories_are_mended() {
        let category = |name: &str| format!("image = \"c.png\"\n[feed.podcast]\ncategories = [{name:?}]\n");
        wrong(
            &category("Technologie"),
            expect![[
                r#"feedmill.toml:7:15: expected a category of the podcast directories, found "Technologie"; did you mean "Technology"?"#
            ]],
        );
        wrong(
            &category("Documentary"),
            expect![[
                r#"feedmill.toml:7:15: expected a category of the podcast directories, found "Documentary"; did you mean "Society & Culture > Documentary"?"#
            ]],
        );
        wrong(
            &category("News > Politic"),
            expect![[
                r#"feedmill.toml:7:15: expected a category of the podcast directories, found "News > Politic"; did you mean "News > Politics"?"#
            ]],
        );
        wrong(
            &category("Gadgetry"),
            expect![[r#"feedmill.toml:7:15: expected a category of the podcast directories, found "Gadgetry""#]],
        );
    }

    #[test]
    fn what_a_directory_would_refuse_is_said_here() {
        wrong(
            "image = \"c.png\"\n",
            expect![[
                r#"feedmill.toml:3:1: expected categories for a podcast, found none; write [feed.podcast] and categories = ["News"] below the keys of the feed"#
            ]],
        );
        wrong(
            "[feed.podcast]\ncategories = [\"News\"]\n",
            expect![
                "feedmill.toml:3:1: expected an image for a podcast, found none; directories want a square JPEG or PNG of 1400 to 3000 pixels"
            ],
        );
        wrong(
            "image = \"c.webp\"\n[feed.podcast]\ncategories = [\"News\"]\n",
            expect![
                "feedmill.toml:5:9: expected a JPEG or PNG as the image of a podcast, found image/webp; directories want a square JPEG or PNG of 1400 to 3000 pixels"
            ],
        );
        wrong(
            "image = \"c.png\"\n[feed.podcast]\ncategories = [\"News\"]\nowner = \"Mara\"\n",
            expect![[
                r#"feedmill.toml:8:9: expected an owner with a mail address, found none; write "Name <mail@example.org>", or leave the key out: everybody can read it"#
            ]],
        );
        wrong(
            "image = \"c.png\"\n[feed.podcast]\ncategories = [\"News\"]\nguid = \"12\"\n",
            expect![[
                r#"feedmill.toml:8:8: expected a UUID, found "12"; it is the podcast:guid of the feed, which no move changes"#
            ]],
        );
        let err = |text: &str| Config::parse(Path::new("feedmill.toml"), text).err().unwrap().to_string();
        expect![[r#"feedmill.toml:2:1: expected kind = "podcast" in a feed with a table "podcast", found another; write kind = "podcast" above it"#]]
            .assert_eq(&err("[[feed]]\n[feed.podcast]\ncategories = [\"News\"]\n"));
        expect![[r#"feedmill.toml:1:1: expected a language for a podcast, found none; write language = "en" in [site] or in the feed: directories refuse podcasts without it"#]]
            .assert_eq(&err("[[feed]]\nkind = \"podcast\"\nimage = \"c.png\"\n[feed.podcast]\ncategories = [\"News\"]\n"));
    }
}
