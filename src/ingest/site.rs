//! What the generator of a site would do with the files of a source: which address it gives them.

use serde_json::Value;

use super::Options;
use crate::article::{Article, BodyKind, Hints};
use crate::parse;
use crate::source::Document;
use crate::source::tree::Tree;
use feedmill_markup as markup;

/// A generator that makes a site of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generator {
    /// The pattern of the addresses of posts, as Jekyll's `permalink` has it.
    permalink: String,
    /// What stands before the path of a file below the source in its name.
    prefix: String,
}

/// Where Jekyll keeps posts.
const POSTS: [&str; 2] = ["_posts", "_drafts"];

impl Options {
    /// The options, with what is known of the site that a generator makes of the source.
    pub fn at(self, tree: &Tree) -> Options {
        let settings = tree.beside("_config.yml").or_else(|| tree.beside("_config.yaml"));
        let generator = settings.and_then(|settings| {
            Some(Generator { permalink: parse::jekyll_permalink(&settings)?, prefix: tree.prefix().to_owned() })
        });
        Options { generator, prefix: tree.prefix().to_owned(), ..self }
    }

    /// Names directories instead of their `index.html` in links to pages of the site that the source is: their entries
    /// have that address.
    pub(super) fn shorten_links(&self, article: &mut Article) {
        let Some(base) = self.base_url.as_deref().filter(|_| article.body.kind == BodyKind::Html) else { return };
        let mut parts = article.body.text.split("href=\"");
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (link, after) = part.split_at(part.find('"').unwrap_or(part.len()));
            let (path, rest) = link.split_at(link.find(['?', '#']).unwrap_or(link.len()));
            let dir = path.strip_suffix("index.html").filter(|dir| dir.ends_with('/') && dir.starts_with(base));
            out.push_str("href=\"");
            out.extend([dir.unwrap_or(path), rest, after]);
        }
        article.body.text = out;
    }

    /// The address of a page of a site that the source is, against which its links are meant.
    pub(super) fn address_of(&self, doc: &Document<'_>) -> Option<String> {
        let base = url::Url::parse(self.base_url.as_deref()?).ok()?;
        doc.extension().filter(|extension| matches!(extension.as_str(), "html" | "htm" | "xhtml"))?;
        let below = doc.name.strip_prefix(self.prefix.as_str())?.trim_start_matches('/');
        let below = match below.strip_suffix("index.html") {
            Some(dir) if dir.is_empty() || dir.ends_with('/') => dir,
            _ => below,
        };
        markup::link::absolute(&format!("./{below}"), Some(&base))
    }
}

/// Keeps the categories of an article where its address depends on them, and gives a post of Jekyll the pattern of its
/// address where it names none.
pub(super) fn keep_categories(reading: &Options, article: &mut Article, name: &str) {
    let mut categories = std::mem::take(&mut article.categories);
    let generator = reading.generator.as_ref().filter(|_| article.fragment.is_empty());
    let folders = generator.and_then(|generator| folders(generator, name));
    if folders.is_none() && !reading.with_categories {
        let is_pattern = Hints::of(article).address.is_some_and(|address| address.contains("categories"));
        if !is_pattern {
            return;
        }
    }
    if let (Some(generator), Some(folders)) = (generator, folders) {
        if article.section.is_none() {
            article.section = folders.first().cloned();
        }
        categories.splice(0..0, folders);
        if !reading.has_own_template && !Hints::names_address(article) {
            article.extra.insert("permalink".to_owned(), Value::from(generator.permalink.clone()));
        }
    }
    if !categories.is_empty() {
        let categories = categories.into_iter().map(Value::from).collect();
        article.extra.entry("categories").or_insert(Value::Array(categories));
    }
}

/// The directories above the one of posts, which are categories; `None` for what is no post.
fn folders(generator: &Generator, name: &str) -> Option<Vec<String>> {
    let below = name.strip_prefix(generator.prefix.as_str()).map_or(name, |below| below.trim_start_matches('/'));
    let is_of_posts = |path: &str| path.split('/').any(|segment| POSTS.contains(&segment));
    let path = if is_of_posts(below) { below } else { name };
    if !is_of_posts(path) {
        return None;
    }
    // A source inside the directory of posts has no categories above it.
    let segments = if path == below { path } else { "" };
    let above = segments.split('/').take_while(|segment| !POSTS.contains(segment));
    Some(above.filter(|segment| !matches!(*segment, "" | ".")).map(str::to_owned).collect())
}
