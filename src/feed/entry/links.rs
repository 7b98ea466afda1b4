//! Links from one article to another, where the source names the file and a reader needs the address.

use std::borrow::Cow;
use std::collections::HashMap;

use super::Context;
use crate::archive::Row;
use crate::article::Article;
use crate::article::references::{self, Reference};

/// The article, with the addresses of other articles of the archive where its text names their files.
pub(super) fn with_links<'a>(context: &Context<'_>, row: &Row, article: &'a Article) -> Cow<'a, Article> {
    // What was fetched names addresses, and the files of others.
    let Some(origin) = row.origin.as_deref().filter(|origin| !origin.contains("://")) else {
        return Cow::Borrowed(article);
    };
    let mut known: HashMap<(String, bool), Option<String>> = HashMap::new();
    let mut resolve = |reference: &Reference<'_>| {
        let key = (reference.target.to_owned(), reference.is_relative);
        known.entry(key).or_insert_with(|| address_of(context, origin, reference)).clone()
    };
    let resolved = references::resolved(article.body.kind, &article.body.text, &mut resolve);
    match resolved {
        Cow::Borrowed(_) => Cow::Borrowed(article),
        Cow::Owned(text) => {
            let mut article = article.clone();
            article.body.text = text;
            Cow::Owned(article)
        }
    }
}

/// Where the article stands whose file a reference means: the file at that place, or of several files of that name the
/// nearest one.
fn address_of(context: &Context<'_>, origin: &str, reference: &Reference<'_>) -> Option<String> {
    let name = references::name_of(reference.target)?;
    let sought = references::sought(origin, reference)?;
    let named = (context.named)(&name).into_iter().filter(|row| {
        let document = row.origin.as_deref().and_then(references::document_of);
        document.is_some_and(|document| match reference.is_relative {
            true => document == sought,
            false => ends_with(&document, &sought) || ends_with(&document.replace("_posts/", ""), &sought),
        })
    });
    let nearness = |row: &Row| {
        let other = row.origin.as_deref().unwrap_or_default();
        origin.split('/').zip(other.split('/')).take_while(|(a, b)| a == b).count()
    };
    // Of equally near ones the first by its path.
    let found = named.reduce(|best, row| if nearness(&row) > nearness(&best) { row } else { best })?;
    context.page_of(&found)
}

/// Whether a path ends with these segments, whatever their case.
fn ends_with(path: &str, end: &str) -> bool {
    let (path, end) = (path.to_lowercase(), end.to_lowercase());
    path.strip_suffix(&end).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}
