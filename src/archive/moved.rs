//! Articles that are known under another address or name: their site has moved to https or to another host, or their
//! file was renamed and retitled.

use std::collections::HashSet;

use url::Url;

use super::incoming::Incoming;
use super::index::Entry;
use super::put::are_siblings;
use super::similar::{are_mails, are_told_apart};
use super::{Archive, layout};
use crate::article::sketch::{numbers_differ, similarity};
use crate::article::{Article, Provenance, Record, slug};
use crate::error::Result;
use feedmill_dates::ArticleDate;

/// Tells of a record, by the origin and the path of it, whether its article is gone.
pub type IsGone<'a> = dyn Fn(&Archive, &str, &str) -> bool + 'a;

/// What is known of the place that an article comes from, beside the article.
#[derive(Clone, Copy, Default)]
pub struct Around<'a> {
    /// The others of its document, where all of them are known.
    pub beside: Option<&'a Beside>,
    /// Whether the article of a record (origin and path) is surely not where it was found any more.
    pub is_gone: Option<&'a IsGone<'a>>,
}

/// The articles of one document, by what they are called.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    ids: HashSet<String>,
    addresses: HashSet<String>,
}

impl Beside {
    /// The articles of a document.
    pub fn of<'i>(articles: impl Iterator<Item = &'i Incoming>) -> Beside {
        let mut beside = Beside::default();
        for Incoming { article, .. } in articles {
            match (&article.id, &article.url) {
                (Some(id), _) => drop(beside.ids.insert(id.clone())),
                (None, Some(url)) => drop(beside.addresses.insert(url.clone())),
                (None, None) => {}
            }
        }
        beside
    }

    fn has(&self, known: &Entry) -> bool {
        self.ids.contains(&known.id) || known.url.as_ref().is_some_and(|url| self.addresses.contains(url))
    }
}

/// Texts of one title, day and path on two hosts that have less in common are two. A site that moves changes the links
/// in its texts, which are words in Markdown.
const AGREES: f64 = 0.8;
/// A text that has been corrected since its file was renamed has more than this in common with what it was: one word
/// of forty stands in three shingles.
const FOLLOWS: f64 = 0.75;
/// So many articles of a title or day are looked at.
const LOOKED_AT: usize = 64;

/// How an address differs from another one, where the rest is equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Differs {
    /// In the scheme, or in `www.`.
    InScheme,
    /// In the host.
    InHost,
}

impl Archive {
    /// The article that stood at another address before: only scheme, `www.` or host differ, and title, day and text
    /// agree. Two that stand in one document are two.
    pub(super) fn at_moved_address(
        &self,
        incoming: &Incoming,
        source: &Provenance,
        day: i64,
        around: Around,
    ) -> Result<Option<(i64, Entry)>> {
        let article = &incoming.article;
        let (Some(beside), Some(date)) = (around.beside, &article.date) else { return Ok(None) };
        let mut found = Vec::new();
        let (column, name) = match (&article.id, &article.url) {
            (Some(id), _) if !spellings(id).is_empty() => ("a.id = ?1", id),
            (_, Some(url)) => ("a.url = ?1", url),
            _ => return Ok(None),
        };
        for spelling in spellings(name) {
            found.extend(self.index.find(column, spelling, 2)?);
        }
        let key = layout::key(date.chosen.value.first_day(), &slug(&article.title.text));
        let of_title = "a.path >= ?1 AND a.path < ?1 || char(1114111)";
        found.extend(self.index.find(of_title, key, LOOKED_AT as u32)?);
        for (key, known) in found {
            let Some(differs) = self.has_moved(&known, article) else { continue };
            if known.day != day || beside.has(&known) || known.origin.as_ref() == Some(&source.origin) {
                continue;
            }
            let Ok(record) = self.current(&known.path) else { continue };
            let is_titled = record.article.title.text.eq_ignore_ascii_case(&article.title.text);
            let shared = shared(article, &record.article);
            let agrees = match differs {
                Differs::InScheme => is_titled || shared >= AGREES,
                // The first post of every new site has the same words; the second tells them apart.
                Differs::InHost if incoming.sketch.is_none() => {
                    is_titled
                        && shared >= AGREES
                        && is_timed(date)
                        && record.article.date.as_ref().is_some_and(|known| known.chosen.value == date.chosen.value)
                }
                Differs::InHost => is_titled && shared >= AGREES,
            };
            if agrees {
                return Ok(Some((key, known)));
            }
        }
        Ok(None)
    }

    /// How the address of a known article differs from that of one that comes in, where that is all. Ids of their
    /// sources' own must agree in the same way.
    pub(super) fn has_moved(&self, known: &Entry, article: &Article) -> Option<Differs> {
        match &article.id {
            Some(id) if *id != known.id && !self.is_minted(known) => differs(&known.id, id),
            _ => differs(known.url.as_deref()?, article.url.as_deref()?),
        }
    }

    /// The article whose file is gone, and that has the text of this one: it was renamed, and may have another title and
    /// another word in it.
    pub(super) fn followed(
        &self,
        incoming: &Incoming,
        source: &Provenance,
        around: Around,
    ) -> Result<Option<(i64, Entry)>> {
        let article = &incoming.article;
        let (Some(is_gone), Some(date)) = (around.is_gone, &article.date) else { return Ok(None) };
        let candidates = match &incoming.sketch {
            Some(sketch) => self.index.similar(sketch, LOOKED_AT)?,
            // A short text is known by its day too.
            None => {
                let of_day = "a.path >= ?1 AND a.path < ?1 || char(1114111)";
                self.index.find(of_day, layout::key(date.chosen.value.first_day(), ""), LOOKED_AT as u32)?
            }
        };
        let mut best: Option<(f64, i64, Entry)> = None;
        for (key, known) in candidates {
            let Some(origin) = known.origin.as_deref().filter(|origin| *origin != source.origin) else { continue };
            let is_apart = self.is_other(&known, article) || are_siblings(&known, source) || are_mails(article, &known);
            if is_apart || !is_gone(self, origin, &known.path) {
                continue;
            }
            let Ok(record) = self.current(&known.path) else { continue };
            let shared = shared(article, &record.article);
            let is_better = best.as_ref().is_none_or(|(best, ..)| shared > *best);
            if shared >= FOLLOWS && is_better && !is_another(article, &record, shared) {
                best = Some((shared, key, known));
            }
        }
        Ok(best.map(|(_, key, known)| (key, known)))
    }
}

/// Whether an article is another one than that of a record, although they share so much of their texts.
fn is_another(article: &Article, record: &Record, shared: f64) -> bool {
    let known = &record.article;
    // What a person has withdrawn is not corrected by what comes later under another name.
    let is_withdrawn = record.retraction.as_ref().is_some_and(|retraction| !retraction.by_source);
    let has_other_numbers = shared < 1.0
        && (numbers_differ(&article.title.text, &known.title.text)
            || numbers_differ(&article.body.text, &known.body.text));
    is_withdrawn || has_other_numbers || are_told_apart(article, known)
}

/// Whether the time of day is known.
fn is_timed(date: &ArticleDate) -> bool {
    date.chosen.value.instant_in(&chrono::Utc).is_some()
}

/// The share of their texts that two articles have in common; 1 where they are equal.
fn shared(a: &Article, b: &Article) -> f64 {
    if a.body.text.trim() == b.body.text.trim() { 1.0 } else { similarity(&a.body.text, &b.body.text) }
}

/// The other addresses that differ only in scheme and `www.`; none of what is no address on the web.
fn spellings(address: &str) -> Vec<String> {
    let Some(rest) = ["https://", "http://"].iter().find_map(|scheme| address.strip_prefix(scheme)) else {
        return Vec::new();
    };
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let all = ["https://", "https://www.", "http://", "http://www."].map(|before| format!("{before}{rest}"));
    all.into_iter().filter(|spelling| spelling != address).collect()
}

/// How two addresses, or tags (RFC 4151), differ that name the same thing on their hosts; `None` where they are equal or
/// differ in more.
fn differs(a: &str, b: &str) -> Option<Differs> {
    let (a, b) = (split(a)?, split(b)?);
    match () {
        () if a.1 != b.1 || a == b && a.2 == b.2 => None,
        () if a.0 == b.0 => Some(Differs::InScheme),
        // A front page is that of its own site.
        () if a.1.trim_matches('/').is_empty() => None,
        () => Some(Differs::InHost),
    }
}

/// The host without `www.`, what stands behind it, and how both are written.
fn split(address: &str) -> Option<(String, String, String)> {
    if let Some((host, rest)) = address.strip_prefix("tag:").and_then(|tag| tag.split_once(',')) {
        return Some((host.to_ascii_lowercase(), format!(",{rest}"), address.to_owned()));
    }
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str()?;
    let rest = &url[url::Position::BeforePath..];
    Some((host.strip_prefix("www.").unwrap_or(host).to_owned(), rest.to_owned(), url.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_differ_in_scheme_or_host() {
        let how = [
            ("http://a.example/x?p=1", "https://a.example/x?p=1"),
            ("http://www.a.example/x", "https://a.example/x"),
            ("http://a.example/x", "https://b.example/x"),
            ("tag:a.example,2020:1", "tag:b.example,2020:1"),
            ("http://a.example/x", "http://a.example/x"),
            ("http://a.example/x", "http://a.example/y"),
            ("http://a.example/?p=1", "http://a.example/?p=2"),
            ("http://a.example/", "http://b.example/"),
            ("urn:uuid:1", "urn:uuid:2"),
        ]
        .map(|(a, b)| differs(a, b));
        let (scheme, host) = (Some(Differs::InScheme), Some(Differs::InHost));
        assert_eq!(how, [scheme, scheme, host, host, None, None, None, None, None]);
        assert_eq!(
            spellings("http://www.a.example/x"),
            ["https://a.example/x", "https://www.a.example/x", "http://a.example/x"]
        );
        assert!(spellings("tag:a.example,2020:1").is_empty());
    }
}
