//! The links of the pages below a directory that lead to other files of it.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use url::Url;

use super::feeds::Judged;
use crate::error::Error;
use feedmill_markup::html::tokens::{self, Listener, Tag};
use feedmill_markup::link::percent_decoded;

/// What a directory without an address of its own is taken for.
const NOWHERE: &str = "https://directory.invalid/here/";

/// What a page links, and the places in it that can be linked.
#[derive(Default)]
struct Page {
    links: Vec<String>,
    ids: HashSet<String>,
}

impl Listener for Page {
    fn start(&mut self, tag: &Tag, is_raw: bool) -> bool {
        self.links.extend(["href", "src"].iter().filter_map(|name| tag.attribute(name)).map(str::to_owned));
        self.ids.extend(tag.attribute("id").map(str::to_owned));
        is_raw
    }

    fn end(&mut self, _: &str) {}

    fn text(&mut self, _: &str) {}
}

/// Names every link of a page below `dir` to a file of the directory that is not there, or to no place in it.
///
/// `files` are those of the directory. Its address is told by the JSON feed at its top.
pub(super) fn judge(dir: &Path, files: &[std::path::PathBuf], judged: &mut Judged) {
    let own = fs::read_to_string(dir.join("feed.json")).ok().and_then(|feed| {
        let feed: serde_json::Value = serde_json::from_str(&feed).ok()?;
        Url::parse(feed["feed_url"].as_str()?).ok()?.join("./").ok()
    });
    let Some(base) = own.or_else(|| Url::parse(NOWHERE).ok()) else { return };
    let names: HashMap<String, &Path> = files
        .iter()
        .filter_map(|path| Some((path.strip_prefix(dir).ok()?.to_string_lossy().replace('\\', "/"), path.as_path())))
        .collect();
    let directories: HashSet<&str> = names.keys().filter_map(|name| Some(name.split_once('/')?.0)).collect();
    let mut pages: Vec<(&str, Page)> = Vec::new();
    for (name, path) in names.iter().filter(|(name, _)| name.ends_with(".html")) {
        match fs::read_to_string(path) {
            Ok(text) => {
                let mut page = Page::default();
                tokens::read(&text, &mut page);
                pages.push((name, page));
            }
            Err(err) => judged.trouble(Error::io("read", *path, err)),
        }
    }
    pages.sort_by_key(|(name, _)| *name);
    let places: HashMap<&str, &HashSet<String>> = pages.iter().map(|(name, page)| (*name, &page.ids)).collect();
    for (name, page) in &pages {
        let Ok(here) = base.join(name) else { continue };
        let mut told = HashSet::new();
        for link in page.links.iter().filter(|link| told.insert(link.as_str())) {
            let Some(url) = here.join(link).ok() else { continue };
            let Some(target) = below(&base, &url) else { continue };
            // Articles often live on a site at the same address whose other files are made by somebody else: a whole
            // address is ours only where we have a directory.
            let is_whole = Url::parse(link).is_ok() || link.starts_with('/');
            let is_ours = target.split_once('/').is_some_and(|(directory, _)| directories.contains(directory));
            if is_whole && !is_ours && !names.contains_key(&target) {
                continue;
            }
            let target = match target.is_empty() || target.ends_with('/') {
                true => format!("{target}index.html"),
                false => target,
            };
            let fragment = percent_decoded(url.fragment().unwrap_or_default());
            let expected = if !names.contains_key(&target) {
                format!("the file {target}, which is linked")
            } else if !fragment.is_empty() && places.get(&*target).is_some_and(|ids| !ids.contains(&fragment)) {
                format!("a place {fragment:?} in {target}, which is linked")
            } else {
                continue;
            };
            let err = Error::input(dir.join(name).display().to_string(), expected, format!("none (link {link:?})"));
            judged.trouble(err.hint("mend the link; `feedmill generate` makes its own pages anew"));
        }
    }
}

/// The path of an address below another one.
fn below(base: &Url, url: &Url) -> Option<String> {
    let is_near = url.scheme() == base.scheme() && url.host() == base.host() && url.port() == base.port();
    url.path().strip_prefix(base.path()).filter(|_| is_near).map(percent_decoded)
}
