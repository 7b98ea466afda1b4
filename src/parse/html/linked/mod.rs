//! Linked data (JSON-LD): what a page says about its article in the words of schema.org.

mod repair;

use std::collections::HashMap;

use serde_json::{Map, Value};

type Object = Map<String, Value>;

/// References are followed so far; they may go in circles.
const DEEPEST: usize = 4;
/// More things than any page is about.
const MOST: usize = 2000;

/// The things that a page speaks of.
pub(super) struct Linked {
    roots: Vec<Value>,
}

/// Somebody, as linked data name them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Somebody {
    /// The name.
    pub name: String,
    /// The address of a page about them.
    pub uri: Option<String>,
    /// Whether it is an organisation.
    pub is_organisation: bool,
}

/// What the linked data say about the article.
#[derive(Clone, Debug, Default)]
pub(super) struct Work {
    /// The type, in the words of schema.org.
    pub kind: String,
    /// How the type speaks for an article.
    pub rank: Rank,
    /// `headline`, else `name`.
    pub headline: Option<String>,
    /// `datePublished`.
    pub published: Option<String>,
    /// `dateCreated`.
    pub created: Option<String>,
    /// `dateModified`.
    pub modified: Option<String>,
    /// `author`, else `creator`.
    pub authors: Vec<Somebody>,
    /// The name of the `publisher`.
    pub publisher: Option<String>,
    /// `image`.
    pub image: Option<String>,
    /// `keywords`, one a string or all in one.
    pub keywords: Vec<String>,
    /// `articleSection`.
    pub section: Option<String>,
    /// `inLanguage`.
    pub language: Option<String>,
    /// `url`, else `mainEntityOfPage`.
    pub url: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `articleBody`, or the text of a posting.
    pub body: Option<String>,
}

/// How a type speaks for an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Not at all.
    #[default]
    Other,
    /// A page of any kind.
    Page,
    /// A work that pages are written about or that is a page: a question, a recipe, a review.
    Work,
    /// An article.
    Article,
}

/// Reads the scripts of a page.
pub(super) fn read(scripts: &[String]) -> Linked {
    Linked { roots: scripts.iter().flat_map(|script| repair::values(script)).take(MOST).collect() }
}

impl Linked {
    /// What is said about the article: of several the one that `is_this` knows by its headline or its address.
    pub fn work(&self, is_this: impl Fn(&Work) -> bool) -> Option<Work> {
        let mut nodes = Vec::new();
        let mut ids = HashMap::new();
        for root in &self.roots {
            gather(root, &mut nodes, 0);
            index(root, &mut ids, 0);
        }
        let works: Vec<Work> =
            nodes.iter().map(|node| work(node, &ids)).filter(|work| work.rank > Rank::Other).collect();
        let best = |rank: Rank| {
            let of_rank = || works.iter().filter(|work| work.rank == rank);
            let known = of_rank().find(|work| is_this(work));
            // Several that are none of this page are what it links to.
            let only = || of_rank().next().filter(|_| of_rank().count() <= 2 || rank == Rank::Page);
            known.or_else(only)
        };
        let mut chosen = best(Rank::Article).or_else(|| best(Rank::Work)).or_else(|| best(Rank::Page))?.clone();
        if let Some(page) = best(Rank::Page).filter(|_| chosen.rank > Rank::Page) {
            let page = page.clone();
            chosen.published = chosen.published.or(page.published);
            chosen.created = chosen.created.or(page.created);
            chosen.modified = chosen.modified.or(page.modified);
            chosen.image = chosen.image.or(page.image);
            chosen.language = chosen.language.or(page.language);
            chosen.description = chosen.description.or(page.description);
            chosen.url = chosen.url.or(page.url);
            if chosen.authors.is_empty() {
                chosen.authors = page.authors;
            }
        }
        Some(chosen)
    }

    /// The types of the things that stand at the top.
    pub fn kinds(&self) -> Vec<String> {
        let mut nodes = Vec::new();
        self.roots.iter().for_each(|root| gather(root, &mut nodes, 0));
        nodes.iter().flat_map(|node| kinds(node)).map(str::to_owned).collect()
    }

    /// The name of the site: of the `WebSite`, else of the publisher, else of the `Organization`.
    pub fn site_names(&self) -> Vec<String> {
        let mut nodes = Vec::new();
        self.roots.iter().for_each(|root| gather(root, &mut nodes, 0));
        let of = |kind: &str| {
            let of_kind = nodes.iter().filter(|node| kinds(node).any(|known| known.ends_with(kind)));
            of_kind.filter_map(|node| text(get(node, "name")?)).collect::<Vec<_>>()
        };
        let mut names = of("WebSite");
        names.extend(of("Organization"));
        names
    }
}

/// The things at the top of a document: the root, what a list or a graph holds, and what a page is about.
fn gather<'v>(value: &'v Value, nodes: &mut Vec<&'v Object>, depth: usize) {
    if depth > DEEPEST || nodes.len() >= MOST {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| gather(value, nodes, depth + 1)),
        Value::Object(object) => {
            nodes.push(object);
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner @ (Value::Array(_) | Value::Object(_))) = get(object, key) {
                    gather(inner, nodes, depth + 1);
                }
            }
        }
        _ => {}
    }
}

/// Everything that has an id and says more than that.
fn index<'v>(value: &'v Value, ids: &mut HashMap<&'v str, &'v Object>, depth: usize) {
    /// Serde refuses deeper ones.
    const DEEPEST: usize = 128;
    if depth > DEEPEST || ids.len() >= MOST {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| index(value, ids, depth + 1)),
        Value::Object(object) => {
            if let Some(id) = object.get("@id").and_then(Value::as_str).filter(|_| object.len() > 1) {
                let known = ids.entry(id).or_insert(object);
                if known.len() < object.len() {
                    *known = object;
                }
            }
            object.values().for_each(|value| index(value, ids, depth + 1));
        }
        _ => {}
    }
}

fn get<'v>(object: &'v Object, key: &str) -> Option<&'v Value> {
    object.get(key).or_else(|| {
        ["schema:", "http://schema.org/", "https://schema.org/"]
            .iter()
            .find_map(|prefix| object.get(&format!("{prefix}{key}")))
    })
}

fn kinds(object: &Object) -> impl Iterator<Item = &str> {
    let value = object.get("@type");
    let one = value.and_then(Value::as_str).into_iter();
    let many = value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    one.chain(many).map(|kind| kind.rsplit(['/', ':', '#']).next().unwrap_or(kind))
}

fn rank_of(object: &Object) -> Rank {
    kinds(object).map(rank).max().unwrap_or_default()
}

fn rank(kind: &str) -> Rank {
    match kind {
        "Report" | "Chapter" => Rank::Article,
        "JobPosting" => Rank::Other,
        _ if kind.ends_with("Article") || kind.ends_with("Posting") => Rank::Article,
        "Question" | "Recipe" | "HowTo" | "Review" | "CreativeWork" | "PodcastEpisode" | "Guide" | "Blog"
        | "CriticReview" | "ClaimReview" | "VideoObject" | "Course" => Rank::Work,
        _ if kind.ends_with("Page") => Rank::Page,
        _ => Rank::Other,
    }
}

fn work(object: &Object, ids: &HashMap<&str, &Object>) -> Work {
    let first = |keys: &[&str]| keys.iter().find_map(|key| text(get(object, key)?));
    let authors = |key: &str| get(object, key).map(|value| people(value, ids, 0)).unwrap_or_default();
    let mut authored = authors("author");
    if authored.is_empty() {
        authored = authors("creator");
    }
    let named = |key: &str| get(object, key).and_then(|value| people(value, ids, 0).into_iter().next());
    Work {
        kind: kinds(object).max_by_key(|kind| rank(kind)).unwrap_or_default().to_owned(),
        rank: rank_of(object),
        headline: first(&["headline", "name", "alternativeHeadline"]),
        published: first(&["datePublished", "uploadDate"]),
        created: first(&["dateCreated"]),
        modified: first(&["dateModified"]),
        authors: authored,
        publisher: named("publisher").map(|publisher| publisher.name),
        image: get(object, "image").or_else(|| get(object, "thumbnailUrl")).and_then(|value| address(value, ids, 0)),
        keywords: strings(get(object, "keywords")),
        section: strings(get(object, "articleSection")).into_iter().next(),
        language: first(&["inLanguage"]),
        url: first(&["url"]).or_else(|| get(object, "mainEntityOfPage").and_then(|value| address(value, ids, 0))),
        description: first(&["description", "abstract"]),
        body: first(&["articleBody", "text"]),
    }
}

/// The text of a value: itself, the first of several, or what an object states.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim(),
        Value::Array(values) => return values.iter().find_map(text_of_simple),
        Value::Object(object) => {
            ["@value", "name", "text", "alternateName"].iter().find_map(|key| object.get(*key)?.as_str())?.trim()
        }
        _ => return None,
    };
    (!text.is_empty()).then(|| text.to_owned())
}

fn text_of_simple(value: &Value) -> Option<String> {
    if value.is_array() { None } else { text(value) }
}

fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(values)) => values.iter().filter_map(text_of_simple).collect(),
        Some(value) => text(value).into_iter().collect(),
        None => Vec::new(),
    }
}

fn people(value: &Value, ids: &HashMap<&str, &Object>, depth: usize) -> Vec<Somebody> {
    const MANY: usize = 100;
    if depth > DEEPEST {
        return Vec::new();
    }
    match value {
        Value::String(name) => match ids.get(name.as_str()) {
            Some(object) => person(object, ids, depth).into_iter().collect(),
            None => vec![Somebody { name: name.trim().to_owned(), ..Somebody::default() }],
        },
        Value::Array(values) => values.iter().take(MANY).flat_map(|value| people(value, ids, depth + 1)).collect(),
        Value::Object(object) => person(object, ids, depth).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn person(object: &Object, ids: &HashMap<&str, &Object>, depth: usize) -> Option<Somebody> {
    if depth > DEEPEST {
        return None;
    }
    let parts = || {
        let part = |key| get(object, key).and_then(text);
        Some([part("givenName"), part("familyName")].into_iter().flatten().collect::<Vec<_>>().join(" "))
    };
    let name = match get(object, "name") {
        // `{"name": ["A", "B"]}` and `{"name": {"@value": …}}` are written too.
        Some(Value::Array(names)) => Some(names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")),
        Some(name) => text(name),
        None => parts(),
    };
    let name = name.filter(|name| !name.is_empty());
    if name.is_none()
        && let Some(target) = object.get("@id").and_then(Value::as_str).and_then(|id| ids.get(id))
        && !std::ptr::eq(*target, object)
    {
        return person(target, ids, depth + 1);
    }
    let uri = ["url", "sameAs"].iter().find_map(|key| strings(get(object, key)).into_iter().next());
    let is_organisation =
        kinds(object).any(|kind| kind.ends_with("Organization") || kind == "Corporation" || kind == "Brand");
    Some(Somebody { name: name?, uri, is_organisation })
}

/// The address of a picture or a page: a string, the first of several, or that of an object.
fn address(value: &Value, ids: &HashMap<&str, &Object>, depth: usize) -> Option<String> {
    if depth > DEEPEST {
        return None;
    }
    match value {
        Value::String(text) if text.contains('/') => Some(text.trim().to_owned()),
        Value::Array(values) => values.iter().take(MOST).find_map(|value| address(value, ids, depth + 1)),
        Value::Object(object) => {
            let own = ["url", "contentUrl"].iter().find_map(|key| address(get(object, key)?, ids, depth + 1));
            let id = || object.get("@id").and_then(Value::as_str);
            let target = || ids.get(id()?).filter(|target| !std::ptr::eq(**target, object)).copied();
            let through = || ["url", "contentUrl"].iter().find_map(|key| address(get(target()?, key)?, ids, depth + 1));
            own.or_else(through).or_else(|| id().filter(|id| id.starts_with("http")).map(str::to_owned))
        }
        _ => None,
    }
}
