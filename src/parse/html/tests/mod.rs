//! Pages of several kinds, as their programs write them, and what is read from them.

#[cfg(test)]
mod articles;
#[cfg(test)]
mod dates;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod others;

use crate::article::Article;
use crate::error::{Error, Result};
use crate::parse::by_name;
use crate::source::Document;

fn document(html: &str) -> Document<'static> {
    let mut doc = Document::from_bytes("saved/page.html", "saved/page.html", html.as_bytes().to_vec());
    doc.url = Some("https://ledger.example/harbour/storm-closes-harbour".to_owned());
    doc
}

fn read(mut doc: Document) -> Result<Article> {
    let mut found = Vec::new();
    by_name("html").unwrap().parse(&mut doc, &mut |item| found.push(item))?;
    assert_eq!(found.len(), 1);
    found.remove(0)
}

/// The article on a page.
#[track_caller]
fn article(html: &str) -> Article {
    read(document(html)).unwrap()
}

/// Why a page is no article.
#[track_caller]
fn refusal(html: &str) -> Error {
    read(document(html)).unwrap_err()
}

/// The date as reports write it.
fn date(article: &Article) -> String {
    article.date.as_ref().map_or_else(|| "none".to_owned(), |date| date.chosen.to_string())
}

fn authors(article: &Article) -> Vec<&str> {
    article.authors.iter().map(|author| author.name.as_str()).collect()
}
