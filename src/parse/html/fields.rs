//! The fields for which the page itself is asked: language, section, tags, picture, summary.

use url::Url;

use super::linked::Work;
use super::page::Page;
use super::saved;
use crate::article::Article;
use crate::parse::plain;
use feedmill_markup as markup;

/// Fills the fields that no other room decides.
pub(super) fn fill(article: &mut Article, page: &Page, work: Option<&Work>, base: Option<&Url>) {
    let section = first_meta(page, &["article:section", "parsely-section", "og:article:section"]);
    article.section = section.or_else(|| work?.section.clone()).map(|section| plain::html(&section));
    article.tags = tags(page, work);
    article.image = image(page, work, base);
    article.summary = summary(page, work);
    let site = first_meta(page, &["og:site_name"]).or_else(|| work?.publisher.clone());
    if let Some(name) = site.map(|name| plain::html(&name)).filter(|name| !name.is_empty()) {
        article.extra.insert("site_name".to_owned(), name.into());
    }
}

/// Whether numeric dates with slashes that can be read both ways put the month first: in the United States, and where
/// English names no country, since most such pages are from there.
pub(super) fn writes_month_first(language: &str) -> bool {
    ["en", "en-US", "es-US", "en-PH", "fil-PH"].contains(&language)
}

fn first_meta(page: &Page, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| page.metas.iter().find(|(name, _)| name == key)).map(|(_, value)| value.clone())
}

pub(super) fn language(page: &Page, work: Option<&Work>) -> Option<String> {
    let metas = ["og:locale", "content-language", "language", "dc.language", "dcterms.language"];
    let metas = metas.iter().filter_map(|key| first_meta(page, &[key]));
    let linked = work.and_then(|work| work.language.clone());
    page.language.clone().into_iter().chain(metas).chain(linked).find_map(|text| {
        // `content-language: de, en` is written too.
        markup::language_tag(text.split(',').next().unwrap_or_default().trim())
    })
}

fn image(page: &Page, work: Option<&Work>, base: Option<&Url>) -> Option<String> {
    let metas = [
        "og:image:secure_url",
        "og:image",
        "og:image:url",
        "twitter:image",
        "twitter:image:src",
        "parsely-image-url",
        "sailthru.image.full",
    ];
    let metas = metas.iter().filter_map(|key| first_meta(page, &[key]));
    let linked = work.and_then(|work| work.image.clone());
    let links = page.links.iter().filter(|link| link.rel == "image_src").map(|link| link.href.clone());
    metas.chain(linked).chain(links).find_map(|href| {
        let href = saved::unarchived(&href).map_or(href.as_str(), |(original, _)| original).to_owned();
        markup::link::absolute(&href, base).filter(|url| url.starts_with("http"))
    })
}

fn tags(page: &Page, work: Option<&Work>) -> Vec<String> {
    /// More than these are stuffing.
    const MOST: usize = 60;
    const LONGEST: usize = 80;
    let of = |wanted: &[&str]| -> Vec<String> {
        page.metas.iter().filter(|(key, _)| wanted.contains(&key.as_str())).map(|(_, value)| value.clone()).collect()
    };
    let split = |values: Vec<String>| -> Vec<String> {
        values.iter().flat_map(|value| value.split([',', ';'])).map(str::to_owned).collect()
    };
    let mut tags = of(&["article:tag", "og:article:tag", "book:tag", "video:tag"]);
    tags = if tags.len() == 1 { split(tags) } else { tags };
    if tags.is_empty() {
        tags = split(work.map(|work| work.keywords.clone()).unwrap_or_default());
    }
    if tags.is_empty() {
        tags = page.tags.clone();
    }
    if tags.is_empty() {
        tags = split(of(&["news_keywords", "parsely-tags", "sailthru.tags", "citation_keywords"]));
    }
    if tags.is_empty() {
        tags = split(of(&["keywords"]));
    }
    let mut seen = std::collections::HashSet::new();
    let tags = tags.iter().map(|tag| plain::html(tag)).filter(|tag| !tag.is_empty() && tag.len() <= LONGEST);
    tags.filter(|tag| seen.insert(tag.to_lowercase())).take(MOST).collect()
}

fn summary(page: &Page, work: Option<&Work>) -> Option<String> {
    let metas = [
        "og:description",
        "description",
        "twitter:description",
        "dc.description",
        "dcterms.description",
        "sailthru.description",
    ];
    let metas = metas.iter().filter_map(|key| first_meta(page, &[key]));
    metas
        .chain(work.and_then(|work| work.description.clone()))
        .map(|text| plain::html(&text))
        .find(|text| !text.is_empty())
}
