//! Templates of addresses: `{year}` and its like, and `:year` as Jekyll and Hugo write it.

use std::borrow::Cow;

use chrono::{DateTime, Datelike, NaiveDate, Timelike};
use chrono_tz::Tz;
use url::Url;

use super::{AddressRule, below_rule, percent_encode, stem};
use crate::archive::Row;
use crate::article::slug;
use crate::error::{Error, Result};
use crate::feed::Site;
use feedmill_markup::link::percent_decoded;

/// What can be put in, each with whether it tells the articles of one day apart.
const PLACEHOLDERS: &[(&str, bool)] = &[
    ("site", false),
    ("year", false),
    ("short_year", false),
    ("month", false),
    ("i_month", false),
    ("day", false),
    ("i_day", false),
    ("y_day", false),
    ("hour", false),
    ("minute", false),
    ("second", false),
    ("slug", true),
    ("title_slug", true),
    ("name", true),
    ("title", true),
    ("dir", false),
    ("path", true),
    ("categories", false),
];

/// Other names of the same, as Jekyll and Hugo have them behind a colon.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("slugorfilename", "slug_or_name"),
    ("slugorcontentbasename", "slug_or_name"),
    ("filename", "name"),
    ("contentbasename", "name"),
    ("basename", "name"),
    ("sections", "dir"),
    ("section", "section"),
    ("yearday", "y_day"),
    ("slugified_categories", "slugified_categories"),
    ("output_ext", "output_ext"),
];

/// Characters that a path may hold as they are (RFC 3986 section 3.3), beside letters, digits and `-._~`.
const IN_PATH: &str = "!$&'()*+,;=:@";

/// Whether every placeholder is known.
pub(crate) fn check(template: &str) -> Result<()> {
    let wrong = |found: String| {
        let known: Vec<String> = PLACEHOLDERS.iter().map(|(name, _)| format!("{{{name}}}")).collect();
        Err(Error::usage(
            "the site's article_url",
            format!("expected placeholders out of {}, found {found}", known.join(" ")),
        ))
    };
    let mut tells_apart = false;
    for piece in pieces(template) {
        match piece {
            Piece::Placeholder(name) => match PLACEHOLDERS.iter().find(|(known, _)| *known == name) {
                Some((_, tells)) => tells_apart |= tells,
                None if OTHER_NAMES.iter().any(|(known, _)| *known == name) => tells_apart |= name.contains("name"),
                None => return wrong(format!("{{{name}}}")),
            },
            Piece::Text(text) if text.contains(['{', '}']) => return wrong(format!("a stray brace in {text:?}")),
            Piece::Text(text) => {
                if let Some(at) =
                    text.find("/:").filter(|at| text[at + 2..].starts_with(|c: char| c.is_ascii_alphabetic()))
                {
                    return wrong(text[at + 1..].to_owned());
                }
            }
        }
    }
    match tells_apart {
        true => Ok(()),
        false => wrong(format!("{template:?}, which gives all articles of a day one address")),
    }
}

/// The pattern that one of Jekyll's names for patterns stands for; others stand for themselves.
pub(super) fn style(pattern: &str) -> &str {
    match pattern {
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        other => other,
    }
}

/// What an address is made for.
pub(super) struct Subject<'a> {
    row: &'a Row,
    base: &'a Url,
    zone: Tz,
    /// The path of its file below the source, without a part of it.
    file: Option<&'a str>,
}

impl<'a> Subject<'a> {
    pub(super) fn new(site: &Site, base: &'a Url, rule: Option<&AddressRule>, row: &'a Row) -> Subject<'a> {
        let origin = row.origin.as_deref();
        let file = origin.map(|origin| rule.and_then(|rule| below_rule(rule, origin)).unwrap_or(origin));
        Subject { row, base, zone: site.zone, file: file.filter(|file| !file.contains('#')) }
    }

    /// The template with everything put in; `None` where it names what nobody knows.
    pub(super) fn fill(&self, template: &str) -> Option<String> {
        let mut address = String::new();
        let mut may_be_empty = false;
        for piece in pieces(template) {
            match piece {
                Piece::Text(text) => address.push_str(text),
                Piece::Placeholder("site") => address.push_str(self.base.as_str()),
                Piece::Placeholder(name) => {
                    may_be_empty |=
                        matches!(name, "dir" | "categories" | "slugified_categories" | "section" | "sections");
                    address.push_str(&self.value(name)?);
                }
            }
        }
        Some(if may_be_empty { without_empty_segments(&address) } else { address })
    }

    /// Where the file itself stands: as it is, a page at the address of its directory, and Markdown where generators of
    /// sites put it.
    pub(super) fn as_a_file(&self) -> Option<String> {
        let file = self.file?;
        let (dir, name) = file.rsplit_once('/').map_or(("", file), |(dir, name)| (dir, name));
        let dir = if dir.is_empty() { String::new() } else { format!("{}/", encode(dir, "/")) };
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        Some(match extension.to_ascii_lowercase().as_str() {
            "html" | "htm" | "xhtml" if stem == "index" => dir,
            "html" | "htm" | "xhtml" | "txt" | "text" | "" => format!("{dir}{}", encode(name, "")),
            _ => without_empty_segments(&format!("{}/{}/", self.value("dir")?, self.value("slug_or_name")?)),
        })
    }

    fn value(&self, name: &str) -> Option<String> {
        let other = OTHER_NAMES.iter().find(|(known, _)| *known == name).map_or(name, |(_, same)| same);
        let date = self.day();
        let at = self.row.published.with_timezone(&self.zone);
        let own_slug = || self.row.hints.slug.as_deref();
        Some(match other {
            "year" => format!("{:04}", date.year()),
            "short_year" => format!("{:02}", date.year().rem_euclid(100)),
            "month" => format!("{:02}", date.month()),
            "i_month" => date.month().to_string(),
            "day" => format!("{:02}", date.day()),
            "i_day" => date.day().to_string(),
            "y_day" => format!("{:03}", date.ordinal()),
            "hour" => format!("{:02}", at.hour()),
            "minute" => format!("{:02}", at.minute()),
            "second" => format!("{:02}", at.second()),
            "slug" => encode(own_slug().unwrap_or_else(|| self.filed_as()), "/"),
            "title_slug" => slug(&self.row.title),
            "name" => encode(&self.name(), ""),
            "slug_or_name" => encode(own_slug().map_or_else(|| self.name(), Cow::from).as_ref(), "/"),
            "title" => match own_slug() {
                Some(slug) => encode(slug, "/"),
                None => encode(&pretty(undated(&self.name())), ""),
            },
            "dir" => encode(&self.dir(), "/"),
            "path" => encode(stem(&self.row.path), "/"),
            "section" => encode(self.dir().split('/').next().unwrap_or_default(), ""),
            "categories" => self.categories(&|category| encode(&category.to_lowercase(), "")),
            "slugified_categories" => self.categories(&|category| slug(category)),
            "output_ext" => ".html".to_owned(),
            _ => return None,
        })
    }

    /// The day of the article as its site has it: that of its time in the site's zone; else the one that it names, under
    /// which it is filed.
    fn day(&self) -> NaiveDate {
        let path: Vec<&str> = self.row.path.split('/').collect();
        let filed = match path[..] {
            [year, month, day, _] => NaiveDate::parse_from_str(&format!("{year}-{month}-{day}"), "%Y-%m-%d").ok(),
            _ => None,
        };
        let in_zone = || local(&self.row.published, self.zone);
        if self.row.hints.timed { in_zone() } else { filed.unwrap_or_else(in_zone) }
    }

    /// The last segment of the record's path.
    fn filed_as(&self) -> &str {
        let path = stem(&self.row.path);
        path.rsplit('/').next().unwrap_or(path)
    }

    /// The name of the file without its extension; that of its directory where the file is called `index`.
    fn name(&self) -> Cow<'_, str> {
        let Some(file) = self.file else { return Cow::from(self.filed_as()) };
        let (dir, name) = file.rsplit_once('/').unwrap_or(("", file));
        let bare = bare(name);
        let directory = dir.rsplit('/').next().filter(|directory| !directory.is_empty());
        match directory.filter(|_| is_index(bare)) {
            Some(directory) => Cow::from(directory),
            None => Cow::from(bare),
        }
    }

    /// The directory below the source, without what generators call their own, and without that of a bundle.
    fn dir(&self) -> String {
        let Some((dir, name)) = self.file.and_then(|file| file.rsplit_once('/')) else { return String::new() };
        let mut segments: Vec<&str> = dir.split('/').collect();
        if is_index(bare(name)) {
            segments.pop();
        }
        segments.retain(|segment| !matches!(*segment, "" | "." | "_posts" | "_drafts"));
        segments.join("/")
    }

    fn categories(&self, write: &dyn Fn(&str) -> String) -> String {
        let mut written: Vec<String> = Vec::new();
        for category in &self.row.hints.categories {
            let category = write(category.trim());
            if !category.is_empty() && !written.contains(&category) {
                written.push(category);
            }
        }
        written.join("/")
    }
}

fn local(at: &DateTime<chrono::FixedOffset>, zone: Tz) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// A name without its extension, and without a second one in `post.md.erb` and `post.html.md`.
fn bare(name: &str) -> &str {
    let stem = |name: &'_ str| name.rfind('.').filter(|dot| *dot > 0).unwrap_or(name.len());
    let once = &name[..stem(name)];
    let is_known = |ending: &str| once.ends_with(ending) && once.len() > ending.len();
    match [".html", ".md", ".markdown", ".adoc", ".txt"].iter().find(|ending| is_known(ending)) {
        Some(ending) => &once[..once.len() - ending.len()],
        None => once,
    }
}

fn is_index(bare: &str) -> bool {
    matches!(bare, "index" | "_index")
}

/// A name without the date before it: `2023-07-09-strike`, `23-7-9-strike`.
fn undated(name: &str) -> &str {
    let mut rest = name;
    for digits in [2..=4, 1..=2, 1..=2] {
        let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        match rest[length..].strip_prefix('-') {
            Some(behind) if digits.contains(&length) && !behind.is_empty() => rest = behind,
            _ => return name,
        }
    }
    rest
}

/// A name as Jekyll has it in `:title`: what is neither letter, digit nor a character that addresses may have becomes `-`.
fn pretty(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            _ if c.is_alphanumeric() || "._~!$&'()+,;=@".contains(c) => out.push(c),
            _ if !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    out.trim_matches('-').to_owned()
}

/// A text as it stands in a path. Origins may hold `%XX` already.
fn encode(text: &str, keep: &str) -> String {
    percent_encode(&percent_decoded(text), &format!("{IN_PATH}{keep}"))
}

fn without_empty_segments(address: &str) -> String {
    let start = address.find("://").map_or(0, |at| at + "://".len());
    let mut out = address[..start].to_owned();
    for c in address[start..].chars() {
        if c != '/' || !out.ends_with('/') || out.len() == start && start > 0 {
            out.push(c);
        }
    }
    out
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
        if let Some(name) = behind_colon(rest) {
            rest = &rest[1 + name.len()..];
            return Some(Piece::Placeholder(name));
        }
        let is_mark = |(at, c): &(usize, char)| *c == '{' || (*c == ':' && behind_colon(&rest[*at..]).is_some());
        let end = rest.char_indices().skip(1).find(is_mark).map_or(rest.len(), |(at, _)| at);
        let (text, after) = rest.split_at(end);
        rest = after;
        Some(Piece::Text(text))
    })
}

/// The placeholder that a text begins with, as `:year`: the longest that fits.
fn behind_colon(text: &str) -> Option<&'static str> {
    let name = text.strip_prefix(':')?;
    let known = PLACEHOLDERS.iter().map(|(known, _)| *known).chain(OTHER_NAMES.iter().map(|(known, _)| *known));
    known.filter(|known| name.starts_with(known)).max_by_key(|known| known.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_checked() {
        for template in [
            "{site}{slug}",
            "https://a.example:8443/{path}.html",
            "/{year}/{slug}",
            "/:categories/:year/:title/",
            "{dir}/{name}",
        ] {
            check(template).unwrap();
        }
        for template in
            ["", "{site}", "{slug}{", "{slug}}", "{Slug}", "{slug}{}", "{{slug}}", "/:year/:month/", "/:yaer/:title/"]
        {
            check(template).unwrap_err();
        }
    }

    #[test]
    fn names_lose_what_is_not_theirs() {
        for (name, expected) in [
            ("2023-07-09-The Ferry (again).md", "The-Ferry-(again)"),
            ("23-7-9-ferry.html.md", "ferry"),
            ("1999-ferry.md", "1999-ferry"),
            ("2023-07-09-.md", "2023-07-09"),
        ] {
            assert_eq!(pretty(undated(bare(name))), expected, "{name}");
        }
        assert_eq!(without_empty_segments("https://a.example//b///c/"), "https://a.example/b/c/");
        assert_eq!(without_empty_segments("//c//d"), "/c/d");
    }
}
