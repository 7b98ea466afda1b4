//! Authors, in the many ways of naming them.

use serde_json::Value;

use super::{Metadata, web_address};
use crate::article::Person;
use crate::parse::plain;
use feedmill_markup as markup;

const AUTHORS: &[&str] = &[
    "author",
    "authors",
    "by",
    "byline",
    "creator",
    "creators",
    "writer",
    "writers",
    "postedby",
    "writtenby",
    "from",
    "authorname",
    "authorfullname",
    "user",
    "account",
];

/// Words that stand before a name in a byline.
const BEFORE_NAMES: &[&str] = &["by ", "By ", "BY ", "Von ", "von: ", "Par ", "Por "];

/// More than these are a mistake, or an attack.
const MOST: usize = 500;

/// Takes the authors out of the metadata.
pub(super) fn take(metadata: &mut Metadata) -> Vec<Person> {
    let mut people = metadata.take(AUTHORS, |value| Some(all(value)).filter(|people| !people.is_empty()));
    if let Some([person]) = people.as_deref_mut() {
        let text = |value: &Value| value.as_str().map(str::trim).map(str::to_owned);
        if person.email.is_none() {
            person.email =
                metadata.take(&["authoremail", "email"], |value| text(value).filter(|t| markup::is_email(t)));
        }
        if person.uri.is_none() {
            person.uri = metadata.take(&["authorurl", "authoruri", "authorlink"], |value| web_address(value.as_str()?));
        }
    }
    people.unwrap_or_default()
}

fn all(value: &Value) -> Vec<Person> {
    let mut people: Vec<Person> = match value {
        Value::String(text) => split(text).into_iter().filter_map(person).collect(),
        Value::Array(values) => values.iter().take(MOST).flat_map(all).collect(),
        Value::Object(fields) => match fields.get("original").and_then(Value::as_str) {
            Some(byline) => split(byline).into_iter().filter_map(person).collect(),
            None => object(value).into_iter().collect(),
        },
        _ => Vec::new(),
    };
    people.truncate(MOST);
    let mut seen = std::collections::HashSet::new();
    people.retain(|person| seen.insert(person.clone()));
    people
}

fn object(value: &Value) -> Option<Person> {
    let text = |keys: &[&str]| {
        keys.iter().find_map(|key| value.get(*key)?.as_str()).map(str::trim).filter(|text| !text.is_empty())
    };
    let whole = text(&["name", "display_name", "displayName", "fullName", "full_name", "title", "label", "term"]);
    let parts = || {
        let first = text(&["first_name", "firstName", "givenName", "given_name", "first", "given"]);
        let last = text(&["last_name", "lastName", "familyName", "family_name", "last", "family"]);
        Some([first, last].into_iter().flatten().collect::<Vec<_>>().join(" ")).filter(|name| !name.is_empty())
    };
    let short = || text(&["nickname", "login", "username", "screen_name", "handle", "slug", "id"]).map(str::to_owned);
    let name = whole.map(str::to_owned).or_else(parts).or_else(short);
    // A name may itself be written with its address.
    let mut person = name.as_deref().and_then(person).unwrap_or_default();
    if let Some(email) = text(&["email", "mail"]).map(|mail| mail.trim_start_matches("mailto:")) {
        person.email = Some(email).filter(|mail| markup::is_email(mail)).map(str::to_owned).or(person.email);
    }
    let uri = text(&["url", "uri", "website", "homepage", "web", "link", "href"]).and_then(web_address);
    person.uri = uri.or(person.uri);
    Some(person).filter(|person| !person.name.is_empty() || person.email.is_some() || person.uri.is_some())
}

/// The names in a list that was written as text: `A, B and C`, `A; B`, one a line.
fn split(text: &str) -> Vec<&str> {
    let mut text = text.trim();
    for word in BEFORE_NAMES {
        text = text.strip_prefix(word).unwrap_or(text);
    }
    let parts: Vec<&str> =
        if text.contains([';', '|', '\n']) { text.split([';', '|', '\n']).collect() } else { commas(text) };
    let parts = parts.into_iter().take(MOST).flat_map(conjunctions);
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// At commas, but for `Last, First` and `Jane Doe, Jr.`.
fn commas(text: &str) -> Vec<&str> {
    let parts: Vec<&str> = text.split(',').collect();
    let is_word = |part: &str| !part.trim().contains(char::is_whitespace) && !part.contains('@');
    if parts.len() == 2 && parts.iter().all(|part| is_word(part)) {
        return vec![text];
    }
    const TITLES: &[&str] = &["jr", "sr", "phd", "md", "inc", "ltd", "llc", "esq", "ii", "iii", "iv", "msc", "gmbh"];
    let mut names: Vec<&str> = Vec::with_capacity(parts.len());
    let (mut start, mut end) = (0, 0);
    for part in parts {
        let bare: String = part.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        // `Jane Doe, on behalf of the crew` is one author, as is `Jane Doe, PhD`.
        let goes_on = part.trim_start().starts_with(char::is_lowercase)
            && part.trim().contains(' ')
            && text.starts_with(char::is_uppercase);
        if end > 0 && !goes_on && !TITLES.contains(&bare.as_str()) {
            names.push(&text[start..end - 1]);
            start = end;
        }
        end += part.len() + 1;
    }
    names.push(&text[start..]);
    names
}

fn conjunctions(text: &str) -> Vec<&str> {
    for word in [" and ", " & ", " und ", " et "] {
        if text.contains(word) {
            return text.split(word).collect();
        }
    }
    vec![text.trim_start().strip_prefix("and ").unwrap_or(text)]
}

/// One person: `Jane Doe <jane@example.org>`, `jane@example.org (Jane Doe)`, `[Jane](https://…)`, a name.
pub(in crate::parse) fn person(text: &str) -> Option<Person> {
    let text = text.trim();
    let (outside, inside) = bracketed(text, '<', '>')
        .or_else(|| bracketed(text, '(', ')'))
        .map_or((text, None), |(outside, inside)| (outside, Some(inside)));
    let mut person = Person::default();
    for part in [Some(outside), inside].into_iter().flatten() {
        let part = part.trim().trim_matches('"').trim();
        // Some hide their address from robots: `ada at example.org`.
        let mail = part.strip_prefix("mailto:").unwrap_or(part).replacen(" at ", "@", 1);
        if person.email.is_none() && markup::is_email(&mail) {
            person.email = Some(mail);
        } else if let Some(uri) = web_address(part).filter(|_| person.uri.is_none() && !part.contains(' ')) {
            person.uri = Some(uri);
        } else if person.name.is_empty() {
            person.name = plain::line(part);
        }
    }
    if let Some((_, target)) = text.split_once("](").filter(|_| text.starts_with('[')) {
        person.name = plain::line(text);
        person.uri = web_address(target.trim_end_matches(')')).or(person.uri);
    }
    Some(person).filter(|person| !person.name.is_empty() || person.email.is_some() || person.uri.is_some())
}

fn bracketed(text: &str, open: char, close: char) -> Option<(&str, &str)> {
    let (outside, inside) = text.split_once(open)?;
    Some((outside, inside.trim_end().strip_suffix(close)?))
}
