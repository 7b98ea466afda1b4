//! Where feeds and articles stand on the web.

use url::Url;

use crate::archive::Row;
use crate::error::{Error, Result};
use feedmill_markup as markup;

const PLACEHOLDERS: [&str; 6] = ["site", "year", "month", "day", "slug", "path"];

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

/// Whether every placeholder is known.
pub(super) fn check_template(template: &str) -> Result<()> {
    let wrong = |found: String| {
        let known: Vec<String> = PLACEHOLDERS.iter().map(|name| format!("{{{name}}}")).collect();
        Err(Error::usage(
            "the site's article_url",
            format!("expected placeholders out of {}, found {found}", known.join(" ")),
        ))
    };
    for piece in pieces(template) {
        match piece {
            Piece::Placeholder(name) if !PLACEHOLDERS.contains(&name) => return wrong(format!("{{{name}}}")),
            Piece::Text(text) if text.contains(['{', '}']) => return wrong(format!("a stray brace in {text:?}")),
            _ => {}
        }
    }
    if !template.contains("{slug}") && !template.contains("{path}") {
        return wrong(format!("{template:?}, which gives all articles of a day one address"));
    }
    Ok(())
}

/// The address that a template gives to a record; `None` where it makes no address.
pub(super) fn from_template(template: &str, home: &Url, row: &Row) -> Option<String> {
    let mut home = home.clone();
    make_directory(&mut home);
    let path = stem(&row.path);
    let slug = path.rsplit('/').next().unwrap_or(path);
    // The day that the article was filed under; the instant may lie on another day in its own zone.
    let filed: Vec<&str> = path.split('/').collect();
    let (year, month, day) = match filed[..] {
        [year, month, day, _] => (year.to_owned(), month.to_owned(), day.to_owned()),
        _ => (
            row.published.format("%Y").to_string(),
            row.published.format("%m").to_string(),
            row.published.format("%d").to_string(),
        ),
    };
    let mut address = String::new();
    for piece in pieces(template) {
        let value = match piece {
            Piece::Text(text) => text,
            Piece::Placeholder("site") => home.as_str(),
            Piece::Placeholder(name) => {
                let value = match name {
                    "year" => &year,
                    "month" => &month,
                    "day" => &day,
                    "slug" => slug,
                    "path" => path,
                    _ => return None,
                };
                address.push_str(&percent_encode(value, "/"));
                continue;
            }
        };
        address.push_str(value);
    }
    link(&address, &home)
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

enum Piece<'a> {
    Text(&'a str),
    Placeholder(&'a str),
}

/// Text and placeholders by turns.
fn pieces(template: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = template;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(inner) = rest.strip_prefix('{')
            && let Some((name, after)) = inner.split_once('}')
        {
            rest = after;
            return Some(Piece::Placeholder(name));
        }
        let end = rest.char_indices().skip(1).find(|(_, c)| *c == '{').map_or(rest.len(), |(at, _)| at);
        let (text, after) = rest.split_at(end);
        rest = after;
        Some(Piece::Text(text))
    })
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
            size: 0,
            record: Hash::of(b""),
        }
    }

    #[test]
    fn templates_make_addresses() {
        let home = Url::parse("https://example.org/blog").unwrap();
        let of = |template: &str, path: &str| from_template(template, &home, &row(path));
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
        assert_eq!(of("{site}{year}-{month}-{day}/{slug}", "x.md").unwrap(), "https://example.org/blog/2023-07-10/x");
        assert_eq!(of("javascript:{slug}", strike), None);
    }

    #[test]
    fn templates_are_checked() {
        for template in ["{site}{slug}", "https://a.example/{path}.html", "/{year}/{slug}"] {
            check_template(template).unwrap();
        }
        for template in ["", "{site}", "{slug}{", "{slug}}", "{Slug}", "{slug}{}", "{{slug}}"] {
            check_template(template).unwrap_err();
        }
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
