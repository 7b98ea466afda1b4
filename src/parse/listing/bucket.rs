//! What a store of files says that it holds: `ListBucketResult` of S3, and of the stores that speak its language.

use url::Url;

use super::{Gather, Listed, is_name};
use crate::parse::LONGEST_ADDRESS;
use crate::parse::root::{self, Root};
use crate::parse::xml::{self, Element, Step, Walk, Want};
use feedmill_dates as dates;

/// Whether the document is such a list.
pub(super) fn is_one(bytes: &[u8], charset: Option<&str>) -> bool {
    const NEAR: usize = 4 << 10;
    root::root(&bytes[..bytes.len().min(NEAR)], charset) == Some(Root::Bucket)
}

/// Reads the list, and tells where it goes on.
pub(super) fn read(bytes: &[u8], charset: Option<&str>, url: &Url, gather: &mut Gather) -> Option<String> {
    let Ok(text) = xml::text(bytes.to_vec(), charset) else {
        gather.is_cut = true;
        return None;
    };
    let mut walk = Walk::new(&text, None);
    let mut page = Page::default();
    let mut is_first = true;
    loop {
        let step = walk.step();
        match step {
            Ok(Step::Start(_)) if std::mem::take(&mut is_first) => {}
            Ok(Step::Start(tag)) => {
                let want = match tag.name.as_str() {
                    "contents" | "commonprefixes" => Want::Tree,
                    _ => Want::Text,
                };
                match Element::read(&mut walk, &tag, want) {
                    Ok(Some(element)) => page.take(&element, url, gather),
                    Ok(None) => {}
                    Err(_) => break gather.is_cut = true,
                }
            }
            Ok(Step::Over) => break gather.is_cut |= walk.was_cut(),
            Ok(_) => {}
            Err(_) => break gather.is_cut = true,
        }
    }
    page.next(url).filter(|_| !gather.is_cut)
}

/// What the list says of itself.
#[derive(Default)]
struct Page {
    /// The name of the store.
    name: String,
    goes_on: bool,
    /// Where it goes on: as version 2 and version 1 name the place.
    token: Option<String>,
    marker: Option<String>,
    last: Option<String>,
}

impl Page {
    fn take(&mut self, element: &Element, url: &Url, gather: &mut Gather) {
        let text = || element.trimmed().map(str::to_owned);
        match element.name.as_str() {
            "name" => self.name = text().unwrap_or_default(),
            "istruncated" => self.goes_on = element.trimmed() == Some("true"),
            "nextcontinuationtoken" => self.token = text(),
            "nextmarker" => self.marker = text(),
            "contents" => {
                let Some(key) = element.child("key").map(|key| key.text.as_str()) else { return };
                self.last = Some(key.to_owned());
                let Some(address) = self.address(key, url) else { return };
                let said = |name: &str| element.child(name).and_then(Element::trimmed);
                gather.take(Listed {
                    is_directory: address.ends_with('/'),
                    url: address,
                    modified: said("lastmodified").and_then(dates::read).map(|reading| reading.value),
                    size: said("size").and_then(|size| size.parse().ok()),
                });
            }
            "commonprefixes" => {
                for prefix in element.children.iter().filter(|child| child.name == "prefix") {
                    if let Some(url) = self.directory(&prefix.text, url) {
                        gather.take(Listed { url, is_directory: true, modified: None, size: None });
                    }
                }
            }
            _ => {}
        }
    }

    /// The address of a key below that of the store; `None` where it would lead out of it.
    fn address(&self, key: &str, url: &Url) -> Option<String> {
        let names = key.strip_suffix('/').unwrap_or(key);
        if key.len() > LONGEST_ADDRESS || !names.split('/').all(is_name) {
            return None;
        }
        let mut url = self.store(url);
        url.path_segments_mut().ok()?.pop_if_empty().extend(key.split('/'));
        Some(String::from(url)).filter(|url| url.len() <= LONGEST_ADDRESS)
    }

    /// Where the list of a prefix is asked for.
    fn directory(&self, prefix: &str, url: &Url) -> Option<String> {
        if prefix.is_empty() || prefix.len() > LONGEST_ADDRESS {
            return None;
        }
        let kept: Vec<(String, String)> = parameters(url, &["prefix", "continuation-token", "marker"]);
        let mut url = url.clone();
        url.query_pairs_mut().clear().extend_pairs(kept).append_pair("prefix", prefix);
        Some(String::from(url)).filter(|url| url.len() <= LONGEST_ADDRESS)
    }

    /// The store itself: the root of its host, or the first segment of the path where that is its name.
    fn store(&self, url: &Url) -> Url {
        let mut store = url.clone();
        store.set_query(None);
        store.set_fragment(None);
        let first = url.path_segments().and_then(|mut segments| segments.next().map(str::to_owned));
        let is_in_path = !self.name.is_empty() && first.as_deref() == Some(self.name.as_str());
        store.set_path(if is_in_path { &self.name } else { "" });
        store
    }

    fn next(self, url: &Url) -> Option<String> {
        if !self.goes_on {
            return None;
        }
        let (parameter, value) = match self.token {
            Some(token) => ("continuation-token", token),
            // Version 1 names the place only where prefixes are put together; else it is the last key.
            None => ("marker", self.marker.or(self.last)?),
        };
        let kept: Vec<(String, String)> = parameters(url, &[parameter]);
        let mut next = url.clone();
        next.set_fragment(None);
        next.query_pairs_mut().clear().extend_pairs(kept).append_pair(parameter, &value);
        Some(String::from(next)).filter(|next| next.len() <= LONGEST_ADDRESS && next != url.as_str())
    }
}

/// The parameters of the query but for those of these names.
fn parameters(url: &Url, without: &[&str]) -> Vec<(String, String)> {
    let pairs = url.query_pairs().filter(|(name, _)| !without.contains(&&**name));
    pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}
