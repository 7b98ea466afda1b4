//! Where feeds and articles stand on the web.

use url::Url;

use super::Site;
use crate::archive::Row;
use feedmill_markup as markup;
use template::Subject;
pub(super) use template::check as check_template;

mod template;

/// The directory of the pages that articles get for themselves.
pub const PAGES: &str = "articles";

/// An absolute address on the web that documents can stand below; else what was found instead.
pub(super) fn web(text: &str) -> Result<Url, String> {
    let url = Url::parse(text.trim()).map_err(|_| format!("{text:?}"))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(format!("the scheme {:?}", url.scheme()));
    }
    match (url.query(), url.fragment()) {
        (None, None) => Ok(url),
        _ => Err(format!("{text:?} with a query or a fragment")),
    }
}

/// Ends the path with a `/`.
pub(super) fn make_directory(url: &mut Url) {
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
}

/// The address of a directory below another.
pub(super) fn below(base: &Url, name: &str) -> Url {
    let mut url = base.clone();
    if !name.is_empty() {
        let path: Vec<String> = name.split('/').map(|segment| percent_encode(segment, "")).collect();
        url.set_path(&format!("{}{}/", base.path(), path.join("/")));
    }
    url
}

/// A web address of the configuration or of an article as a link, or nothing.
pub(super) fn link(text: &str, base: &Url) -> Option<String> {
    let link = markup::link::absolute(text, Some(base))?;
    (link.starts_with("http://") || link.starts_with("https://")).then_some(link)
}

/// Where the articles of one source stand on the web.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressRule {
    /// How the origins of its articles begin: the path of a directory, or an address.
    pub origin: String,
    /// The address of that directory, with a `/` at its end; the site's home page where `None`.
    pub base_url: Option<String>,
    /// Where articles that name no address of their own stand; as the site says where `None`.
    pub article_url: Option<String>,
}

/// The address of an article's own page: its canonical address; else what its metadata say, seen from the address of its
/// source or of the site; else what the template of its source or of the site makes; else where a file of its name
/// stands in a source that has an address. `None` where nothing says so.
pub(super) fn own(site: &Site, home: &Url, row: &Row) -> Option<String> {
    if let Some(canonical) = row.url.as_deref().and_then(|url| link(url, home)) {
        return Some(canonical);
    }
    let rule = row.origin.as_deref().and_then(|origin| rule_of(&site.address_rules, origin));
    let base_url = rule.and_then(|rule| web(rule.base_url.as_deref()?).ok());
    let is_named = base_url.is_some() || site.home_url.is_some();
    let mut base = base_url.clone().unwrap_or_else(|| home.clone());
    make_directory(&mut base);
    let subject = Subject::new(site, &base, rule, row);
    // Without any word of where articles stand, they stand nowhere on a server that only this machine can reach.
    if (is_named || !is_local(home))
        && let Some(address) = &row.hints.address
    {
        return subject.fill(template::style(address)).and_then(|path| join(&base, &path, is_named));
    }
    if let Some(template) = rule.and_then(|rule| rule.article_url.as_deref()).or(site.article_url.as_deref()) {
        return subject.fill(template).and_then(|address| link(&address, &base));
    }
    base_url.and_then(|_| match subject.as_a_file()?.as_str() {
        "" => Some(base.to_string()),
        path => join(&base, path, true),
    })
}

/// The address of the page that is written for an article that stands nowhere else.
pub(super) fn written_page(root: &Url, row: &Row) -> String {
    format!("{root}{}", page_path(&row.path))
}

/// The path of that page below the output directory.
pub(super) fn page_path(record: &str) -> String {
    format!("{PAGES}/{}.html", percent_encode(stem(record), "/"))
}

/// The rule of the innermost source that an origin lies in.
fn rule_of<'r>(rules: &'r [AddressRule], origin: &str) -> Option<&'r AddressRule> {
    let is_in = |rule: &&AddressRule| below_rule(rule, origin).is_some();
    rules.iter().filter(is_in).max_by_key(|rule| rule.origin.len())
}

/// An origin as seen from the source of a rule.
fn below_rule<'o>(rule: &AddressRule, origin: &'o str) -> Option<&'o str> {
    if matches!(rule.origin.as_str(), "." | "") {
        return (!origin.starts_with('/') && !origin.contains("://")).then_some(origin);
    }
    let rest = origin.strip_prefix(rule.origin.trim_end_matches('/'))?;
    match rest.strip_prefix('/') {
        Some(below) => Some(below),
        // The source is this very file.
        None if rest.is_empty() || rest.starts_with('#') => origin.rsplit('/').next(),
        None => None,
    }
}

/// An address on a site. With a path before it (`https://example.org/blog/`), that belongs before what begins with a
/// slash, too, unless it stands there already.
fn join(base: &Url, path: &str, is_prefixed: bool) -> Option<String> {
    match path.strip_prefix('/') {
        Some(below) if is_prefixed && !below.starts_with('/') && !path.starts_with(base.path()) => {
            link(&format!("./{below}"), base)
        }
        _ => link(path, base),
    }
}

/// Whether an address leads to the machine that it is read on.
fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// What a record is called on its feed's web page: its path without the extension, `/` written as `-`. What is
/// neither an ASCII letter, a digit, `-` nor `.` is written in hexadecimal, so that no two paths of the archive's
/// layout meet.
pub(super) fn anchor(path: &str) -> String {
    let mut anchor = String::with_capacity(path.len());
    for byte in stem(path).bytes() {
        match byte {
            b'/' => anchor.push('-'),
            b'-' | b'.' => anchor.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => anchor.push(char::from(byte)),
            _ => anchor.push_str(&format!("_{byte:02x}")),
        }
    }
    anchor
}

/// A path segment as it stands in an address (RFC 3986 section 2.3), but for the characters of `keep`.
fn percent_encode(segment: &str, keep: &str) -> String {
    let mut encoded = String::with_capacity(segment.len());
    for byte in segment.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || keep.as_bytes().contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// The path of a record without its extension.
pub(super) fn stem(path: &str) -> &str {
    let name_at = path.rfind('/').map_or(0, |at| at + 1);
    match path[name_at..].rfind('.') {
        Some(dot) if dot > 0 => &path[..name_at + dot],
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Hash;
    use crate::article::Hints;

    fn row(path: &str) -> Row {
        Row {
            path: path.into(),
            id: "1".into(),
            title: "T".into(),
            published: "2023-07-10T01:00:00+09:00".parse().unwrap(),
            updated: None,
            draft: false,
            retracted: None,
            url: None,
            hints: Hints::default(),
            origin: None,
            size: 0,
            record: Hash::of(b""),
        }
    }

    fn addressed(site: &Site, row: &Row) -> Option<String> {
        own(site, &site.home(&site.base().unwrap()), row)
    }

    fn from(origin: &str, hints: Hints) -> Row {
        Row { origin: Some(origin.into()), hints, ..row("2023/07/09/dock-strike.md") }
    }

    #[test]
    fn templates_make_addresses() {
        let site = |template: &str| Site {
            url: "https://example.org/feeds/".into(),
            home_url: Some("https://example.org/blog".into()),
            article_url: Some(template.into()),
            ..Site::default()
        };
        let of = |template: &str, path: &str| addressed(&site(template), &row(path));
        let strike = "2023/07/09/dock-strike.md";
        assert_eq!(
            of("{site}{year}/{month}/{day}/{slug}/", strike).unwrap(),
            "https://example.org/blog/2023/07/09/dock-strike/"
        );
        assert_eq!(of("/a/{slug}.html", strike).unwrap(), "https://example.org/a/dock-strike.html");
        assert_eq!(
            of("{site}{path}", "notes/größe?.txt").unwrap(),
            "https://example.org/blog/notes/gr%C3%B6%C3%9Fe%3F"
        );
        assert_eq!(of("{site}{year}-{month}-{day}/{slug}", "x.md").unwrap(), "https://example.org/blog/2023-07-09/x");
        assert_eq!(of("javascript:{slug}", strike), None);
    }

    #[test]
    fn what_the_article_says_of_its_address_goes_first() {
        let rule =
            AddressRule { origin: "notes".into(), article_url: Some("{site}n/{slug}/".into()), ..Default::default() };
        let site = Site {
            url: "https://example.org/feeds/".into(),
            home_url: Some("https://example.org/blog/".into()),
            article_url: Some("{site}post/{name}/".into()),
            address_rules: vec![rule],
            ..Site::default()
        };
        let named = |address: &str| Hints { address: Some(address.into()), ..Hints::default() };
        let slugged = Hints { slug: Some("the-strike".into()), ..Hints::default() };
        for (origin, hints, expected) in [
            ("posts/a.md", named("/custom/place/"), "https://example.org/blog/custom/place/"),
            ("posts/a.md", named("custom place.html"), "https://example.org/blog/custom%20place.html"),
            ("posts/a.md", named("/blog/here/"), "https://example.org/blog/here/"),
            ("posts/a.md", named("/:year/:title/"), "https://example.org/blog/2023/a/"),
            ("posts/2023-07-10-The Quay.md", named("date"), "https://example.org/blog/2023/07/09/The-Quay.html"),
            ("posts/quay/index.md", Hints::default(), "https://example.org/blog/post/quay/"),
            ("notes/a.md", slugged, "https://example.org/blog/n/the-strike/"),
            ("notes/a.md", Hints::default(), "https://example.org/blog/n/dock-strike/"),
        ] {
            assert_eq!(addressed(&site, &from(origin, hints)).as_deref(), Some(expected), "{origin}");
        }
    }

    #[test]
    fn a_directory_with_an_address_gives_its_files_theirs() {
        let rule =
            AddressRule { origin: ".".into(), base_url: Some("https://example.org/b/".into()), article_url: None };
        let site = Site { url: "https://x.example/".into(), address_rules: vec![rule], ..Site::default() };
        for (origin, expected) in [
            ("2023/quay/index.html", Some("https://example.org/b/2023/quay/")),
            ("2023/quay.html", Some("https://example.org/b/2023/quay.html")),
            ("index.html", Some("https://example.org/b/")),
            ("posts/north quay.md", Some("https://example.org/b/posts/north%20quay/")),
            ("notes/quay.txt", Some("https://example.org/b/notes/quay.txt")),
            ("export.json#7", None),
        ] {
            assert_eq!(addressed(&site, &from(origin, Hints::default())).as_deref(), expected, "{origin}");
        }
        let local = Site { url: "http://127.0.0.1:8080/".into(), ..Site::default() };
        let hints = Hints { address: Some("/x/".into()), ..Hints::default() };
        assert_eq!(addressed(&local, &from("a.md", hints)), None, "nobody has said where the articles stand");
    }

    #[test]
    fn anchors_are_ascii_and_differ() {
        assert_eq!(anchor("2023/07/09/dock-strike.md"), "2023-07-09-dock-strike");
        assert_eq!(anchor("2023/07/09/v1.2.html"), "2023-07-09-v1.2");
        assert_eq!(anchor("ö/a b_c"), "_c3_b6-a_20b_5fc");
        assert_eq!(anchor(".md"), ".md");
    }

    #[test]
    fn directories_below() {
        let base = Url::parse("https://example.org/feeds/").unwrap();
        assert_eq!(below(&base, "").as_str(), "https://example.org/feeds/");
        assert_eq!(below(&base, "desks/größe").as_str(), "https://example.org/feeds/desks/gr%C3%B6%C3%9Fe/");
    }
}
