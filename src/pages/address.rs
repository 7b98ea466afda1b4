//! The addresses of pages: read from requests, and written into links.

use url::form_urlencoded;

use super::DIRECTORY;
use crate::archive::{LabelKind, Month, Order, Position, Start};
use feedmill_markup::excerpt;

/// The last page of what a search finds: nobody reads further, and finding it takes longer the further it is.
pub(super) const LAST_PAGE: usize = 50;

/// Characters of a question that are shown again.
const LONGEST_QUESTION: usize = 300;

/// The page that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Front,
    All(Start),
    Year(u16),
    Month(Month, Start),
    Labels(LabelKind),
    Label(LabelKind, String, Start),
    /// The article whose record has this path, without its extension.
    Article(String),
    Search {
        question: String,
        order: Order,
        /// From 1.
        page: usize,
    },
    Nothing,
}

/// There is no page at this address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Elsewhere {
    /// But there is at that one, relative to this.
    At(String),
    Nowhere,
}

/// The names of the lists of tags, sections and authors in addresses.
pub(super) fn plural(kind: LabelKind) -> &'static str {
    match kind {
        LabelKind::Tag => "tags",
        LabelKind::Section => "sections",
        LabelKind::Author => "authors",
    }
}

/// Reads the path and the query of a request.
pub(super) fn read(path: &str, query: &str) -> Result<Wanted, Elsewhere> {
    let path = path.strip_prefix('/').ok_or(Elsewhere::Nowhere)?;
    if path.is_empty() {
        return Ok(Wanted::Front);
    }
    let below = path.strip_prefix(DIRECTORY).ok_or(Elsewhere::Nowhere)?;
    let Some(below) = below.strip_prefix('/') else { return Err(with_slash(path)) };
    let segments: Vec<String> = below.split('/').map(decoded).collect::<Option<_>>().ok_or(Elsewhere::Nowhere)?;
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let kind = |name: &str| LabelKind::ALL.into_iter().find(|kind| plural(*kind) == name);
    match segments[..] {
        [""] => Ok(Wanted::All(start(query))),
        ["search"] => Ok(search(query)),
        [year, ""] if number(year, 4).is_some() => number(year, 4).map(Wanted::Year).ok_or(Elsewhere::Nowhere),
        [year, month, ""] if number(year, 4).is_some() => match format!("{year}-{month}").parse() {
            Ok(month) => Ok(Wanted::Month(month, start(query))),
            Err(_) => Err(Elsewhere::Nowhere),
        },
        [name, ""] => kind(name).map(Wanted::Labels).ok_or(Elsewhere::Nowhere),
        [kinds, name, ""] if !name.is_empty() => {
            let kind = kind(kinds).ok_or(Elsewhere::Nowhere)?;
            Ok(Wanted::Label(kind, name.to_owned(), start(query)))
        }
        [name] if number(name, 4).is_some() || kind(name).is_some() => Err(with_slash(name)),
        [first, second] if kind(first).is_some() => Err(with_slash(second)),
        [year, month] if number(year, 4).is_some() && number(month, 2).is_some() => Err(with_slash(month)),
        // There is no page of a day; those of a month are short enough.
        [_, _, day, ""] if number(day, 2).is_some() => Err(Elsewhere::At("../".to_owned())),
        [year, month, day, slug] => {
            let is_day = number(year, 4).is_some() && number(month, 2).is_some() && number(day, 2).is_some();
            let is_name = !slug.is_empty() && !slug.starts_with('.') && !slug.contains(['/', '\\']);
            match is_day && is_name {
                true => Ok(Wanted::Article(format!("{year}/{month}/{day}/{slug}"))),
                false => Err(Elsewhere::Nowhere),
            }
        }
        // An article with a slash behind it.
        [_, _, _, slug, ""] if !slug.is_empty() && !slug.starts_with('.') => {
            Err(Elsewhere::At(format!("../{}", encoded(slug))))
        }
        _ => Err(Elsewhere::Nowhere),
    }
}

fn with_slash(last: &str) -> Elsewhere {
    Elsewhere::At(format!("{}/", encoded(last)))
}

fn number(text: &str, digits: usize) -> Option<u16> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// A segment without percent-encoding; `None` where that is no text, or holds what nobody means.
fn decoded(segment: &str) -> Option<String> {
    let mut pieces = segment.split('%');
    let mut bytes = pieces.next()?.as_bytes().to_vec();
    for piece in pieces {
        let digits = piece.get(..2).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(&piece.as_bytes()[2..]);
    }
    let text = String::from_utf8(bytes).ok()?;
    (!text.contains(char::is_control)).then_some(text)
}

fn start(query: &str) -> Start {
    let place = |name: &str| {
        let published = value(query, name)?.parse().ok()?;
        Some(Position { published, id: value(query, "id").unwrap_or_default() })
    };
    match (place("before"), place("after")) {
        (Some(place), _) => Start::Below(place),
        (None, Some(place)) => Start::Above(place),
        (None, None) => Start::Newest,
    }
}

fn value(query: &str, name: &str) -> Option<String> {
    form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

fn search(query: &str) -> Wanted {
    let question = value(query, "q").unwrap_or_default();
    let order = match value(query, "sort").as_deref() {
        Some("newest") => Order::Newest,
        _ => Order::Best,
    };
    let page = value(query, "page").and_then(|page| page.parse().ok()).unwrap_or(1);
    Wanted::Search {
        question: excerpt(&question.replace('\0', " "), LONGEST_QUESTION),
        order,
        page: usize::clamp(page, 1, LAST_PAGE),
    }
}

/// Links from one page to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Links {
    /// From the page up to the directory of all feeds.
    up: String,
    /// The path of the page below that directory, as it was asked for.
    pub(super) own: String,
}

impl Links {
    /// Links from the page at this path.
    pub(super) fn of(path: &str) -> Links {
        let own = path.trim_start_matches('/');
        Links { up: "../".repeat(own.matches('/').count()), own: own.to_owned() }
    }

    /// Something below the directory of all feeds, by its path.
    pub(super) fn to(&self, path: &str) -> String {
        match (self.up.as_str(), path) {
            ("", "") => "./".to_owned(),
            (up, path) => format!("{up}{path}"),
        }
    }

    pub(super) fn front(&self) -> String {
        self.to("")
    }

    pub(super) fn all(&self) -> String {
        self.to(&format!("{DIRECTORY}/"))
    }

    pub(super) fn search(&self) -> String {
        self.to(&format!("{DIRECTORY}/search"))
    }

    pub(super) fn year(&self, year: &str) -> String {
        self.to(&format!("{DIRECTORY}/{year}/"))
    }

    pub(super) fn month(&self, month: Month) -> String {
        self.to(&format!("{DIRECTORY}/{}/", month.to_string().replace('-', "/")))
    }

    pub(super) fn labels(&self, kind: LabelKind) -> String {
        self.to(&format!("{DIRECTORY}/{}/", plural(kind)))
    }

    pub(super) fn label(&self, kind: LabelKind, term: &str) -> String {
        self.to(&format!("{DIRECTORY}/{}/{}/", plural(kind), encoded(term)))
    }

    /// The article whose record stands at a path below the archive.
    pub(super) fn article(&self, path: &str) -> String {
        let key = path.rsplit_once('.').map_or(path, |(key, _)| key);
        let segments: Vec<String> = key.split('/').map(encoded).collect();
        self.to(&format!("{DIRECTORY}/{}", segments.join("/")))
    }

    /// Further results of a search.
    pub(super) fn results(&self, question: &str, order: Order, page: usize) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("q", question);
        if order == Order::Newest {
            query.append_pair("sort", "newest");
        }
        if page > 1 {
            query.append_pair("page", &page.to_string());
        }
        format!("{}?{}", self.search(), query.finish())
    }

    /// The same list, from another place on.
    pub(super) fn from(list: &str, name: &str, place: &Position) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair(name, &place.published.to_string()).append_pair("id", &place.id);
        format!("{list}?{}", query.finish())
    }
}

/// A segment of a path as it stands in an address (RFC 3986 section 2.3).
fn encoded(segment: &str) -> String {
    let mut out = String::with_capacity(segment.len());
    for byte in segment.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_to_pages() {
        let month = "2023-07".parse().unwrap();
        assert_eq!(read("/", "utm=x"), Ok(Wanted::Front));
        assert_eq!(read("/browse/", ""), Ok(Wanted::All(Start::Newest)));
        assert_eq!(read("/browse/2023/", ""), Ok(Wanted::Year(2023)));
        assert_eq!(read("/browse/2023/07/", ""), Ok(Wanted::Month(month, Start::Newest)));
        assert_eq!(read("/browse/2023/07/09/storm", ""), Ok(Wanted::Article("2023/07/09/storm".into())));
        assert_eq!(read("/browse/tags/", ""), Ok(Wanted::Labels(LabelKind::Tag)));
        let below = Start::Below(Position { published: -5, id: "a b&c".into() });
        let list = Links::from("/browse/tags/AC%2FDC/", "before", &Position { published: -5, id: "a b&c".into() });
        let (path, query) = list.split_once('?').unwrap();
        assert_eq!(read(path, query), Ok(Wanted::Label(LabelKind::Tag, "AC/DC".into(), below)));
        assert_eq!(
            read("/browse/search", "q=a+b%22&page=9999&sort=newest"),
            Ok(Wanted::Search { question: "a b\"".into(), order: Order::Newest, page: LAST_PAGE })
        );
    }

    #[test]
    fn leads_nowhere_else() {
        for nowhere in [
            "/browse/x",
            "/browse/x/",
            "/browse/2023/13/",
            "/browse/2023/7/",
            "/browse/2023/07/09/..",
            "/browse/2023/07/09/%2e%2e",
            "/browse/2023/07/09/a%2Fb",
            "/browse/2023/07/09/a%5Cb",
            "/browse/tags/%00/",
            "/browse/tags/%ff/",
            "/browse/tags/%/",
            "/browse//",
            "/browse/../archive.toml",
            "/browse/20230/",
            "/browse/search/",
            "/browse/a/b/c/d/e/f",
        ] {
            assert_eq!(read(nowhere, ""), Err(Elsewhere::Nowhere), "{nowhere}");
        }
        for (path, to) in [
            ("/browse", "browse/"),
            ("/browse/2023", "2023/"),
            ("/browse/2023/07", "07/"),
            ("/browse/tags", "tags/"),
            ("/browse/tags/a%20b", "a%20b/"),
            ("/browse/2023/07/09/storm/", "../storm"),
            ("/browse/2023/07/09/", "../"),
        ] {
            assert_eq!(read(path, ""), Err(Elsewhere::At(to.into())), "{path}");
        }
    }

    #[test]
    fn links_are_relative() {
        let article = Links::of("/browse/2023/07/09/storm");
        assert_eq!(article.front(), "../../../../");
        assert_eq!(article.article("2023/07/08/größe.md"), "../../../../browse/2023/07/08/gr%C3%B6%C3%9Fe");
        let front = Links::of("/");
        assert_eq!((front.front().as_str(), front.to("atom.xml").as_str()), ("./", "atom.xml"));
        assert_eq!(front.results("a&b", Order::Newest, 2), "browse/search?q=a%26b&sort=newest&page=2");
    }
}
