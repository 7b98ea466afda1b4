//! What a text leaves to the templates of its site: the values of its own front matter are filled in.

use std::borrow::Cow;

use chrono::format::{Item, StrftimeItems};
use serde_json::Value;

use super::evidence::reading_of;
use feedmill_dates::{self as dates, DateValue};
use feedmill_markup::markdown;

/// What stands before the name of a value of the front matter, by generator.
const PREFIXES: &[&str] = &[
    "page.",
    "post.",
    "frontmatter.",
    "$frontmatter.",
    "metadata.",
    "this.",
    ".Page.Params.",
    "$.Params.",
    ".Params.",
    "$.",
    ".",
];

/// The text below front matter, with `{{ page.title }}` and its like filled in from the entries. A heading at its head
/// that is nothing but the title goes, since every reader shows the title anyway. `name` is the path of the document, which
/// may hold its date.
pub(super) fn resolve<'t>(body: &'t str, entries: &[(String, Value)], name: &str) -> Cow<'t, str> {
    if !body.contains("{{") {
        return Cow::Borrowed(body);
    }
    let values = Values { entries, name };
    markdown::fill(without_title(body, &values), &|inner| values.of(inner))
}

struct Values<'v> {
    entries: &'v [(String, Value)],
    name: &'v str,
}

impl Values<'_> {
    /// What an expression stands for: a value and perhaps filters, of which those that write a date count.
    fn of(&self, expression: &str) -> Option<String> {
        let mut parts = expression.split('|').map(str::trim);
        let path = parts.next()?;
        let key = PREFIXES.iter().find_map(|prefix| path.strip_prefix(prefix)).unwrap_or(path);
        let entry = self.entries.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)).map(|(_, value)| value);
        let format = parts.find_map(date_format);
        if let Some(format) = format {
            let stated = entry.and_then(reading_of).map(|(reading, _)| reading.value);
            let of_path =
                || Some(dates::in_path(self.name)?.reading.value).filter(|_| key.eq_ignore_ascii_case("date"));
            return written(&stated.or_else(of_path)?, &format);
        }
        match entry? {
            Value::String(text) => Some(text.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            Value::Array(values) => {
                let words: Option<Vec<&str>> = values.iter().map(Value::as_str).collect();
                words.map(|words| words.join(", "))
            }
            _ => None,
        }
    }

    fn is_title(&self, line: &str) -> bool {
        let inner = line.trim().strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
        let path =
            inner.map(|inner| inner.trim_matches(['{', '}', '-', ' ']).split('|').next().unwrap_or_default().trim());
        path.is_some_and(|path| {
            let key = PREFIXES.iter().find_map(|prefix| path.strip_prefix(prefix)).unwrap_or(path);
            key.eq_ignore_ascii_case("title") && self.of(path).is_some()
        })
    }
}

/// The text without a first heading that is the title and nothing else.
fn without_title<'t>(body: &'t str, values: &Values) -> &'t str {
    let start = body.trim_start_matches(['\n', ' ', '\t']);
    let (first, below) = start.split_once('\n').unwrap_or((start, ""));
    let trimmed = first.trim();
    let below_title = |rest: &'t str| rest.trim_start_matches('\n');
    let atx = trimmed.trim_start_matches('#');
    if atx.len() < trimmed.len() && values.is_title(atx.trim_end_matches('#')) {
        return below_title(below);
    }
    if let Some(inner) = trimmed.strip_prefix("<h1").and_then(|rest| rest.strip_suffix("</h1>"))
        && let Some((_, inner)) = inner.split_once('>')
        && values.is_title(inner)
    {
        return below_title(below);
    }
    let (under, rest) = below.split_once('\n').unwrap_or((below, ""));
    let under = under.trim_end();
    let is_underline = !under.is_empty() && (under.bytes().all(|b| b == b'=') || under.bytes().all(|b| b == b'-'));
    if is_underline && values.is_title(trimmed) { below_title(rest) } else { body }
}

/// The format of a filter that writes a date (Liquid), in the directives of `strftime`.
fn date_format(filter: &str) -> Option<Cow<'_, str>> {
    let (name, argument) = filter.split_once(':').unwrap_or((filter, ""));
    match name.trim() {
        "date" => Some(Cow::Borrowed(argument.trim().trim_matches(['"', '\'']))),
        "date_to_string" => Some("%d %b %Y".into()),
        "date_to_long_string" => Some("%d %B %Y".into()),
        "date_to_xmlschema" => Some("%Y-%m-%d".into()),
        _ => None,
    }
}

/// The date as a format writes it; `None` where the format is none.
fn written(value: &DateValue, format: &str) -> Option<String> {
    let items: Vec<Item> = StrftimeItems::new(format).collect();
    let at = value.local_time().unwrap_or_else(|| value.first_day().and_time(chrono::NaiveTime::MIN));
    // A zone is not known here, and asking for one would fail while it is written.
    let names_zone = ["%z", "%Z", "%:z", "%+", "%c", "%s"].iter().any(|directive| format.contains(directive));
    if format.is_empty() || names_zone || items.contains(&Item::Error) {
        return None;
    }
    Some(at.format_with_items(items.into_iter()).to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(body: &str, expected: &str) {
        let entries = json!({"title": "Rope for the pier", "date": "2016-11-10", "Author": "Bo", "tags": ["a", "b"]});
        let entries: Vec<(String, Value)> = entries.as_object().unwrap().clone().into_iter().collect();
        assert_eq!(resolve(body, &entries, "posts/x.md"), expected, "{body:?}");
    }

    #[test]
    fn values_of_the_front_matter_are_filled_in() {
        check("By {{ page.author }} on {{ page.date }}.", "By Bo on 2016-11-10.");
        check("In {{ page.date | date: \"%Y\" }}, {{ page.date | date_to_string }}.", "In 2016, 10 Nov 2016.");
        check(
            "{{ title }}, {{ .Params.author }}, {{{ post.title | escape }}}",
            "Rope for the pier, Bo, Rope for the pier",
        );
        check("{{ $frontmatter.title }}: {{ page.tags }}", "Rope for the pier: a, b");
    }

    #[test]
    fn what_is_no_value_of_it_stays_for_later() {
        for text in [
            "{{ site.url }}/a",
            "{{ page.unknown }}",
            "{{ n + 1 }}",
            "`{{ page.title }}`",
            "{{ page.date | date: \"%Q\" }}",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn a_heading_that_is_the_title_goes() {
        check("{{ page.title }}\n=====\n\nText.", "Text.");
        check("\n# {{ page.title }}\n\nText.", "Text.");
        check("<h1 class=\"x\">{{ page.title }}</h1>\nText.", "Text.");
        check("## On {{ page.title }}\n\nText.", "## On Rope for the pier\n\nText.");
        check("Text.\n\n# {{ page.title }}\n", "Text.\n\n# Rope for the pier\n");
    }

    #[test]
    fn a_date_may_stand_in_the_path() {
        let entries = [("title".to_owned(), json!("x"))];
        let text = resolve("{{ page.date | date: '%e %B %Y' }}", &entries, "_posts/2016-11-10-x.md");
        assert_eq!(text, "10 November 2016");
    }
}
