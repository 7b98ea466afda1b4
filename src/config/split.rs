//! `split_by` of a `[[feed]]`, and the keys that go with it.

use toml::Spanned;

use super::place::Page;
use super::{check, wire};
use crate::archive::Heading;
use crate::error::Result;
use crate::feed::{SLUG, Split};

/// How the feed is split, if it is.
pub(super) fn split(page: &Page, wire: &wire::Feed) -> Result<Option<Split>> {
    let Some(by) = &wire.split_by else {
        let stray = [
            ("min_articles", wire.min_articles.as_ref().map(Spanned::span)),
            ("except", wire.except.first().map(Spanned::span)),
        ];
        return match stray.into_iter().find_map(|(key, span)| Some((key, span?))) {
            Some((key, span)) => Err(page
                .fault(span, format!("{key:?} means nothing for a feed that is not split"))
                .hint("it goes with `split_by`")),
            None => Ok(None),
        };
    };
    let words = Heading::ALL.map(|heading| (heading.name(), heading));
    let mut split = Split::by(check::choice(page, by, &words)?);
    if let Some(least) = &wire.min_articles {
        if *least.get_ref() == 0 {
            return Err(page.fault(least.span(), "expected at least 1 article, found a limit of 0"));
        }
        split.min_articles = *least.get_ref();
    }
    split.except = wire.except.iter().map(|value| value.get_ref().clone()).collect();
    Ok(Some(split))
}

/// The page that each feed of a split is about: an address that may hold `{slug}`.
pub(super) fn home_url(page: &Page, url: &Spanned<String>) -> Result<String> {
    // Where the slug stands is no mistake, and no part of an address either.
    let plain = Spanned::new(url.span(), url.get_ref().replace(SLUG, "slug"));
    check::address(page, &plain)?;
    Ok(url.get_ref().trim().to_owned())
}
