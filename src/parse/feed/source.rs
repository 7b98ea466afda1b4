//! The feed itself, as far as its entries remember it.

use std::collections::HashMap;

use serde_json::{Map, Value};
use url::Url;

use super::{Context, links, people, text};
use crate::article::Person;
use crate::parse::xml::{Element, Vocabulary};
use feedmill_markup as markup;

/// What a feed says of itself. Every entry keeps it, so that it is bounded: one long title in a feed of thousands
/// would fill the memory.
#[derive(Default)]
pub(super) struct Source {
    title: Option<String>,
    /// The address of what it is a feed of.
    home: Option<String>,
    /// Its own address.
    this: Option<String>,
    id: Option<String>,
    /// The authors of entries that name none.
    pub authors: Vec<Person>,
    /// The language of entries that name none.
    pub language: Option<String>,
    /// The names of the people of an exported site by their logins, which are the authors of its posts.
    logins: HashMap<String, String>,
    /// What relative links are resolved against where nothing else is known.
    pub base: Option<Url>,
}

/// The longest title that is remembered, in characters.
const LONGEST_TITLE: usize = 200;

/// The longest address, id or name that is remembered, in bytes.
const LONGEST: usize = 500;

/// The most authors that are remembered.
const MOST_AUTHORS: usize = 10;

impl Source {
    /// The feed that has these elements.
    pub fn of(parts: &[Element], context: &Context) -> Source {
        let core = |name: &'static str| {
            parts.iter().filter(move |part| {
                part.name == name && matches!(part.vocabulary, Vocabulary::Plain | Vocabulary::Atom)
            })
        };
        let short = |text: String| Some(text).filter(|text| !text.is_empty() && text.len() <= LONGEST);
        let found = links::of(parts);
        let home = found.alternate.and_then(short);
        let this = found.this.and_then(short).or_else(|| context.url.as_ref().map(Url::to_string).and_then(short));
        let title = core("title").chain(parts.iter().filter(|part| part.name == "title")).find_map(text::line);
        let language = parts.iter().filter(|part| part.name == "language").find_map(|part| part.trimmed());
        let inherited = || parts.iter().find_map(|part| part.language.clone());
        let mut authors = people::of(parts);
        authors.truncate(MOST_AUTHORS);
        let is_short = |text: &str| text.len() <= LONGEST;
        authors.retain(|person| {
            is_short(&person.name)
                && person.email.as_deref().is_none_or(is_short)
                && person.uri.as_deref().is_none_or(is_short)
        });
        let base =
            context.url.clone().or_else(|| [&home, &this].into_iter().flatten().find_map(|a| Url::parse(a).ok()));
        Source {
            title: title.map(|title| markup::excerpt(&title, LONGEST_TITLE)),
            id: core("id").find_map(|id| id.trimmed()).map(str::to_owned).and_then(short),
            language: language.and_then(markup::language_tag).or_else(|| markup::language_tag(&inherited()?)),
            home,
            this,
            logins: parts.iter().filter(|part| part.vocabulary == Vocabulary::WordPress).filter_map(login).collect(),
            authors,
            base,
        }
    }

    /// Gives people who are known by their login the name that the site shows.
    pub fn name_people(&self, people: &mut [Person]) {
        for person in people {
            if let Some(name) = self.logins.get(&person.name) {
                person.name.clone_from(name);
            }
        }
    }

    /// The feed as each of its entries keeps it under `feed`; `None` where it says nothing of itself.
    pub fn remembered(&self) -> Option<Value> {
        let fields = [("title", &self.title), ("url", &self.home), ("self", &self.this), ("id", &self.id)];
        let map: Map<String, Value> = fields
            .into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), Value::String(value.clone()?))))
            .collect();
        (!map.is_empty()).then_some(Value::Object(map))
    }
}

/// The login of a person in the export of a site, and the name that the site shows: the display name, else first and
/// last name.
fn login(author: &Element) -> Option<(String, String)> {
    let part = |name: &str| author.child(name).and_then(Element::trimmed).map(markup::one_line);
    let whole = || {
        let names: Vec<String> =
            ["author_first_name", "author_last_name"].iter().filter_map(|name| part(name)).collect();
        Some(names.join(" ")).filter(|name| !name.is_empty())
    };
    let name = part("author_display_name").or_else(whole).filter(|name| name.len() <= LONGEST)?;
    Some((part("author_login")?, name))
}
