//! The shape of the file, private to this room: what serde reads before anything is checked.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize as Derive;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use toml::Spanned;

use crate::article::Person;

#[derive(Derive, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub(super) site: Site,
    #[serde(default)]
    pub(super) archive: Directory,
    #[serde(default)]
    pub(super) output: Output,
    #[serde(default)]
    pub(super) sync: Sync,
    #[serde(default)]
    pub(super) schedule: super::schedule::Table,
    #[serde(default)]
    pub(super) serve: Serve,
    #[serde(default)]
    pub(super) source: Vec<Spanned<Source>>,
    #[serde(default)]
    pub(super) feed: Vec<Spanned<Feed>>,
}

#[derive(Derive, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Site {
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) url: Option<Spanned<String>>,
    pub(super) home_url: Option<Spanned<String>>,
    pub(super) language: Option<Spanned<String>>,
    pub(super) timezone: Option<Spanned<String>>,
    pub(super) author: Option<Author>,
    #[serde(default)]
    pub(super) authors: Vec<Author>,
    pub(super) rights: Option<String>,
    pub(super) image: Option<Spanned<String>>,
    pub(super) hub: Option<Spanned<String>>,
    pub(super) article_url: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) tombstones: bool,
}

#[derive(Derive, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Directory {
    pub(super) path: Option<Spanned<String>>,
}

#[derive(Derive, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Sync {
    pub(super) contact: Option<Spanned<String>>,
    pub(super) proxy: Option<Spanned<String>>,
    pub(super) hosts: Option<Spanned<u64>>,
    pub(super) delay: Option<Spanned<String>>,
    pub(super) timeout: Option<Spanned<String>>,
    pub(super) max_documents: Option<Spanned<u64>>,
    pub(super) raw: Option<Spanned<String>>,
}

#[derive(Derive, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Output {
    pub(super) path: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) archive: bool,
    pub(super) pages: Option<Spanned<String>>,
}

#[derive(Derive, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Serve {
    pub(super) listen: Option<Spanned<String>>,
    pub(super) max_age: Option<Spanned<u64>>,
    pub(super) metrics: Option<Spanned<String>>,
    pub(super) max_connections: Option<Spanned<u64>>,
    pub(super) pages: Option<bool>,
}

#[derive(Derive, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct Source {
    pub(super) path: Option<Spanned<String>>,
    pub(super) url: Option<Spanned<String>>,
    pub(super) name: Option<Spanned<String>>,
    pub(super) kind: Option<Spanned<String>>,
    pub(super) full_text: Option<Spanned<bool>>,
    pub(super) history: Option<Spanned<bool>>,
    pub(super) interval: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) headers: BTreeMap<Spanned<String>, Spanned<String>>,
    pub(super) allow_private: Option<Spanned<bool>>,
    pub(super) robots: Option<Spanned<bool>>,
    pub(super) sha256: Option<Spanned<String>>,
    pub(super) max_bytes: Option<Spanned<toml::Value>>,
    #[serde(default)]
    pub(super) include: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) exclude: Vec<Spanned<String>>,
    pub(super) format: Option<Spanned<String>>,
    pub(super) undated: Option<Spanned<String>>,
    pub(super) day_order: Option<Spanned<String>>,
    pub(super) language: Option<Spanned<String>>,
    pub(super) section: Option<String>,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    pub(super) duplicates: Option<Spanned<String>>,
    pub(super) split: Option<bool>,
    #[serde(default)]
    pub(super) columns: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) post_types: Vec<String>,
    pub(super) schedule: Option<Spanned<String>>,
    pub(super) deleted: Option<Spanned<String>>,
    pub(super) base_url: Option<Spanned<String>>,
    pub(super) article_url: Option<Spanned<String>>,
    pub(super) assets: Option<Spanned<String>>,
}

#[derive(Derive)]
#[serde(deny_unknown_fields)]
pub(super) struct Feed {
    pub(super) name: Option<Spanned<String>>,
    pub(super) split_by: Option<Spanned<String>>,
    pub(super) min_articles: Option<Spanned<u64>>,
    #[serde(default)]
    pub(super) except: Vec<Spanned<String>>,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) home_url: Option<Spanned<String>>,
    pub(super) language: Option<Spanned<String>>,
    pub(super) rights: Option<String>,
    pub(super) image: Option<Spanned<String>>,
    pub(super) hub: Option<Spanned<String>>,
    pub(super) kind: Option<Spanned<String>>,
    pub(super) podcast: Option<Spanned<super::podcast::Table>>,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    #[serde(default)]
    pub(super) sections: Vec<String>,
    #[serde(default)]
    pub(super) authors: Vec<String>,
    #[serde(default)]
    pub(super) languages: Vec<Spanned<String>>,
    pub(super) since: Option<Spanned<toml::Value>>,
    pub(super) until: Option<Spanned<toml::Value>>,
    pub(super) max_items: Option<Spanned<u64>>,
    pub(super) min_items: Option<Spanned<u64>>,
    pub(super) max_bytes: Option<Spanned<toml::Value>>,
    pub(super) history: Option<Spanned<String>>,
    pub(super) full_text: Option<bool>,
    pub(super) tombstones: Option<bool>,
    pub(super) order: Option<Spanned<String>>,
    pub(super) schedule: Option<Spanned<String>>,
}

/// `"Name"`, `"Name <mail@host>"` or `{ name = …, email = …, uri = … }`.
pub(super) struct Author(pub(super) Person);

#[derive(Derive)]
#[serde(deny_unknown_fields)]
struct AuthorTable {
    name: String,
    email: Option<String>,
    uri: Option<String>,
}

impl<'de> Deserialize<'de> for Author {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Author;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name, \"Name <mail@host>\" or { name = …, email = …, uri = … }")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Author, E> {
                let whole = Person { name: text.trim().to_owned(), ..Person::default() };
                let Some((name, rest)) = text.split_once('<') else { return Ok(Author(whole)) };
                let Some(email) = rest.trim().strip_suffix('>') else { return Ok(Author(whole)) };
                let person = Person { name: name.trim().to_owned(), email: Some(email.trim().to_owned()), uri: None };
                Ok(Author(person))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Author, A::Error> {
                let table = AuthorTable::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Author(Person { name: table.name, email: table.email, uri: table.uri }))
            }
        }
        deserializer.deserialize_any(Either)
    }
}
