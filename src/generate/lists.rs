//! What leads to the feeds: the page and the subscription list of all of them, and what each feed's page tells of the
//! others.

use std::path::Path;

use super::plan::Planned;
use super::{FileReport, memory};
use crate::archive::Generated;
use crate::disk;
use crate::error::{Error, Result};
use crate::feed::{self, Beside, FeedSpec, Group, Listed, Roster, Site};
use crate::render::{RENDERERS, list};
use feedmill_markup::opml::{self, Subscription};

/// The subscription list of all feeds, for feed readers.
pub(super) const SUBSCRIPTIONS: &str = "feeds.opml";

/// What a visitor of the output directory gets: the page of the feed at the top, if there is one.
const FRONT_PAGE: &str = "index.html";

/// More feeds than this are named by the list of all feeds only: a front page is to be taken in at a glance.
const MOST_NAMED: usize = 12;

/// What the pages of feeds tell of each other.
pub(super) struct Signposts {
    front: Beside,
    others: Beside,
}

impl Signposts {
    pub(super) fn new(site: &Site, specs: &[FeedSpec], planned: &[Planned]) -> Result<Signposts> {
        let is_alone = matches!(specs, [spec] if spec.split.is_none());
        if is_alone {
            return Ok(Signposts { front: Beside::default(), others: Beside::default() });
        }
        let top = Roster::new(site)?;
        let all = Some(top.url_of(list::FILE_NAME));
        let mut named = Vec::new();
        for (at, spec) in specs.iter().enumerate() {
            if let Some(group) = Group::new(spec) {
                let shown = planned.iter().filter(|planned| planned.from == at && planned.articles != Some(0)).count();
                let address = format!("{}#{}", top.url_of(list::FILE_NAME), list::anchor(&spec.name));
                named.push((format!("{} ({shown})", group.title), address));
            } else if !spec.name.is_empty() {
                let feed = Listed::new(site, &spec.name, &feed::title(spec, site), 0, None)?;
                named.push((feed.title, format!("{}index.html", feed.base_url)));
            }
        }
        named.truncate(MOST_NAMED);
        Ok(Signposts { front: Beside { all: all.clone(), named }, others: Beside { all, named: Vec::new() } })
    }

    /// What the page of a feed tells.
    pub(super) fn at(&self, spec: &FeedSpec) -> &Beside {
        if spec.name.is_empty() { &self.front } else { &self.others }
    }
}

/// Everything that is listed: the feeds, with the titles that they have by now, but for those of values that have no
/// article any more.
pub(super) fn roster(
    site: &Site,
    specs: &[FeedSpec],
    planned: &[Planned],
    titled: &dyn Fn(usize) -> Option<(String, usize)>,
) -> Result<Roster> {
    let mut roster = Roster::new(site)?;
    let mut groups: Vec<Option<Group>> = specs.iter().map(Group::new).collect();
    for (at, Planned { spec, from, articles, .. }) in planned.iter().enumerate() {
        let (title, entries) = titled(at).unwrap_or_else(|| (feed::title(spec, site), 0));
        let articles = articles.unwrap_or(entries as u64);
        match groups.get_mut(*from).and_then(Option::as_mut) {
            Some(_) if articles == 0 => {}
            Some(group) => group.feeds.push(Listed::new(site, &spec.name, &title, articles, specs.get(*from))?),
            None => roster.feeds.push(Listed::new(site, &spec.name, &title, articles, None)?),
        }
    }
    roster.groups = groups.into_iter().flatten().filter(|group| !group.feeds.is_empty()).collect();
    Ok(roster)
}

/// Writes the page and the subscription list. A list without a subscription would be none (OPML 2.0, body). Where no
/// feed stands at the top, the page is the front page too.
pub(super) fn write(roster: &Roster, specs: &[FeedSpec], out: &Path) -> Result<Vec<FileReport>> {
    let page = out.join(list::FILE_NAME);
    let mut bytes = Vec::new();
    list::write(roster, SUBSCRIPTIONS, &mut bytes).map_err(|err| Error::io("render", &page, err))?;
    let mut files = vec![put("list", out, list::FILE_NAME, &bytes)?];
    if specs.iter().all(|spec| !spec.name.is_empty()) {
        files.push(put("list", out, FRONT_PAGE, &bytes)?);
    }
    let subscriptions = subscriptions(roster);
    if !subscriptions.is_empty() {
        let text = opml::write(&roster.publisher, &subscriptions);
        files.push(put("opml", out, SUBSCRIPTIONS, text.as_bytes())?);
    }
    Ok(files)
}

/// The feeds in the format that readers know best, in folders where they were split.
fn subscriptions(roster: &Roster) -> Vec<Subscription> {
    let Some(format) = RENDERERS.iter().find(|format| format.is_feed()) else { return Vec::new() };
    let subscription = |feed: &Listed, folders: Vec<String>| Subscription {
        title: feed.title.clone(),
        xml_url: format!("{}{}", feed.base_url, format.file_name()),
        html_url: Some(format!("{}index.html", feed.base_url)),
        folders,
    };
    let own = roster.feeds.iter().map(|feed| subscription(feed, Vec::new()));
    let grouped = roster
        .groups
        .iter()
        .flat_map(|group| group.feeds.iter().map(|feed| subscription(feed, vec![group.title.clone()])));
    own.chain(grouped).collect()
}

/// The title and the number of entries of a feed that is not made in this run, as the last run made it.
pub(super) fn remembered(memory: &Generated, planned: &Planned) -> Result<Option<(String, usize)>> {
    memory::title(memory, &planned.spec.name)
}

/// Writes a file at the top of the output directory.
pub(super) fn put(format: &'static str, out: &Path, name: &str, bytes: &[u8]) -> Result<FileReport> {
    let path = out.join(name);
    let written = disk::write_if_changed(&path, bytes)?;
    Ok(FileReport { format, path, bytes: bytes.len(), written })
}
