//! The address of a page: what its relative links are resolved against, and the canonical one.

use url::Url;

use super::linked::Work;
use super::page::Page;
use super::saved;
use feedmill_markup::link;

/// The addresses of a page.
pub(super) struct Addresses {
    /// What relative links are resolved against.
    pub base: Option<Url>,
    /// The canonical address.
    pub canonical: Option<String>,
    /// All that are known, where it was fetched from first.
    pub all: Vec<String>,
}

/// Finds the addresses; `fetched` is where the page was fetched from, by the document or by the program that saved it.
pub(super) fn find(page: &Page, work: Option<&Work>, fetched: Option<&str>) -> Addresses {
    let fetched = fetched.map(|url| saved::unarchived(url).map_or(url, |(original, _)| original));
    let fetched = fetched.and_then(|url| link::absolute(url, None));
    let at = fetched.as_deref().and_then(|url| Url::parse(url).ok());
    let resolve = |href: &str| {
        let href = saved::unarchived(href).map_or(href, |(original, _)| original);
        link::absolute(href, at.as_ref()).filter(|url| url.starts_with("http"))
    };
    let declared = page.links.iter().filter(|link| link.rel == "canonical").map(|link| link.href.as_str());
    let metas =
        page.metas.iter().filter(|(key, _)| matches!(key.as_str(), "og:url" | "parsely-link" | "citation_public_url"));
    let linked = work.and_then(|work| work.url.as_deref());
    let named: Vec<String> =
        declared.chain(metas.map(|(_, content)| content.as_str())).chain(linked).filter_map(resolve).collect();
    // Many templates name the home page on every page.
    let is_deep = |url: &str| !is_root(url);
    let knows_better = fetched.as_deref().is_some_and(is_deep) || named.iter().any(|url| is_deep(url));
    let mut named = named;
    named.retain(|url| !knows_better || is_deep(url));
    let canonical = named.first().cloned().or_else(|| fetched.clone());
    let mut all: Vec<String> = fetched.into_iter().collect();
    for url in named {
        if !all.contains(&url) {
            all.push(url);
        }
    }
    let own = at.or_else(|| canonical.as_deref().and_then(|url| Url::parse(url).ok()));
    let base = match page.base.as_deref().and_then(|base| link::absolute(base, own.as_ref())) {
        Some(base) => Url::parse(&base).ok().or(own),
        None => own,
    };
    Addresses { base, canonical, all }
}

/// Whether an address is that of a site and not of a page.
pub(super) fn is_root(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| {
        let path = url.path().trim_matches('/');
        let is_index = path.split_once('.').map_or(path, |(stem, _)| stem).eq_ignore_ascii_case("index");
        // `/en/` and `/de-DE/` are the home of a language.
        let is_language = path.len() <= 5 && path.split(['-', '_']).all(|part| part.len() == 2);
        (path.is_empty() || is_index || is_language) && url.query().is_none()
    })
}

/// What a site is called by its host: `harbour-news.example.org` says `harbournews` and `example`.
pub(super) fn host_names(urls: &[String]) -> Vec<String> {
    let mut names = Vec::new();
    for url in urls {
        let Some(host) = Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)) else { continue };
        let host = host.trim_start_matches("www.");
        names.push(host.replace(['.', '-'], ""));
        for label in host.split('.').filter(|label| label.len() > 3) {
            names.push(label.replace('-', ""));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_canonical_address_is_never_the_home_page_of_an_article() {
        let link = |href: &str| super::super::page::Link { rel: "canonical", href: href.into() };
        for (fetched, canonical, expected) in [
            (Some("https://example.org/a?utm=1"), "https://example.org/a", "https://example.org/a"),
            (Some("https://example.org/a?utm=1"), "/a", "https://example.org/a"),
            (Some("https://example.org/a"), "https://example.org/", "https://example.org/a"),
            (None, "https://web.archive.org/web/2012/http://example.org/b", "http://example.org/b"),
            (Some("https://example.org/"), "https://example.org/", "https://example.org/"),
        ] {
            let page = Page { links: vec![link(canonical)], ..Page::default() };
            assert_eq!(find(&page, None, fetched).canonical.as_deref(), Some(expected), "{fetched:?} {canonical}");
        }
        assert!(is_root("https://example.org/de/") && !is_root("https://example.org/?p=12"));
    }
}
