//! Which entries of a feed are the same, and which ids mean one entry only.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::parse::xml::{Element, Tag, Vocabulary};
use feedmill_dates as dates;

/// An entry among the others of its feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Record {
    /// What becomes of it.
    pub standing: Standing,
    /// Whether no other entry has its link.
    pub has_own_link: bool,
}

/// What becomes of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is an entry like any other.
    Own,
    /// Entries with other links have the same id, so that it says nothing.
    SharedId,
    /// A later version of the same entry is in the feed (RFC 4287 section 4.1.1).
    Superseded,
}

/// What is seen of an entry in passing. Of ids and links a number is kept, so that long ones cost nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sighting {
    id: Option<u64>,
    link: Option<u64>,
    title: Option<u64>,
    published: Option<u64>,
    updated: Option<String>,
    /// A number for all that stands in it beside these.
    pub content: u64,
    is_atom: bool,
}

/// Longer dates are none.
const LONGEST_DATE: usize = 80;

impl Sighting {
    /// An entry of that name (`rdf:about`), which other names go before.
    pub fn new(about: Option<String>, is_atom: bool) -> Self {
        let id = about.as_deref().map(str::trim).filter(|id| !id.is_empty()).map(number);
        Sighting { id, is_atom, ..Sighting::default() }
    }

    /// Whether elements that help stand inside of the element.
    pub fn holds(tag: &Tag) -> bool {
        tag.vocabulary == Vocabulary::Media && matches!(tag.name.as_str(), "group" | "content")
    }

    /// Goes into such an element; the file that it names is part of what stands in the entry.
    pub fn enter(&mut self, tag: &Tag) {
        if let Some(url) = tag.attribute("url") {
            self.content = number(&format!("{} {url}", self.content));
        }
    }

    /// Whether the element helps.
    pub fn wants(tag: &Tag) -> bool {
        let is_title_of_media = tag.vocabulary == Vocabulary::Media && tag.name == "title";
        is_title_of_media
            || matches!(tag.vocabulary, Vocabulary::Plain | Vocabulary::Atom)
                && matches!(
                    tag.name.as_str(),
                    "guid" | "id" | "link" | "title" | "pubdate" | "published" | "issued" | "updated" | "modified"
                )
    }

    /// Takes the element.
    pub fn take(&mut self, element: &Element) {
        let text = element.trimmed();
        match element.name.as_str() {
            "guid" | "id" => self.id = text.map(number).or(self.id),
            "link" => {
                let is_other = element.attribute("rel").is_some_and(|rel| !rel.eq_ignore_ascii_case("alternate"));
                let link = text.or_else(|| element.attribute("href")).filter(|_| !is_other);
                self.link = self.link.or(link.map(number));
            }
            "title" => self.title = self.title.or(text.map(number)),
            "pubdate" | "published" | "issued" => self.published = self.published.or(text.map(number)),
            _ => {
                let date = text.filter(|text| text.len() <= LONGEST_DATE);
                self.updated = self.updated.take().or(date.map(str::to_owned));
            }
        }
    }

    /// Whether two with the same id are versions of one entry. An `atom:id` means what it says; many guids are
    /// written by programs that give the same one to everything. Where no title says which is which, what they hold does.
    fn is_version_of(&self, other: &Sighting) -> bool {
        let is_untitled = self.title.is_none() && other.title.is_none();
        let tells = !is_untitled || self.is_atom && self.updated.is_some() && self.updated != other.updated;
        let title = self.title == other.title && (tells || self.content == other.content);
        let published = self.published == other.published;
        let is_same = if self.is_atom { title || published && self.published.is_some() } else { title && published };
        self.link == other.link && is_same
    }

    fn instant(&self) -> Option<i64> {
        let value = dates::read(self.updated.as_deref()?)?.value;
        let time = value.instant_in(&chrono::Utc).map(|at| at.timestamp());
        Some(time.unwrap_or_else(|| value.first_day().and_time(chrono::NaiveTime::MIN).and_utc().timestamp()))
    }
}

/// Decides on every entry of a feed.
pub(super) fn settle(sightings: Vec<Sighting>) -> Vec<Record> {
    let mut by_id: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut links: HashMap<u64, usize> = HashMap::new();
    for (at, sighting) in sightings.iter().enumerate() {
        if let Some(id) = sighting.id {
            by_id.entry(id).or_default().push(at);
        }
        if let Some(link) = sighting.link {
            *links.entry(link).or_default() += 1;
        }
    }
    let has_own_link = |sighting: &Sighting| sighting.link.is_some_and(|link| links[&link] == 1);
    let record = |sighting| Record { standing: Standing::Own, has_own_link: has_own_link(sighting) };
    let mut records: Vec<Record> = sightings.iter().map(record).collect();
    for same in by_id.into_values().filter(|same| same.len() > 1) {
        let first = &sightings[same[0]];
        if same.iter().any(|at| !sightings[*at].is_version_of(first)) {
            same.iter().for_each(|at| records[*at].standing = Standing::SharedId);
            continue;
        }
        // The latest counts; of several that say nothing of it, the first, since feeds begin with the newest.
        let latest = same.iter().copied().rev().max_by_key(|at| sightings[*at].instant());
        for at in same.into_iter().filter(|at| Some(*at) != latest) {
            records[at].standing = Standing::Superseded;
        }
    }
    records
}

fn number(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Entries as id, link, title, publication and update.
    fn standings(is_atom: bool, entries: &[[&str; 5]]) -> Vec<Standing> {
        let some = |text: &str| Some(text).filter(|text| !text.is_empty()).map(number);
        let sighting = |[id, link, title, published, updated]: &[&str; 5]| Sighting {
            id: some(id),
            link: some(link),
            title: some(title),
            published: some(published),
            updated: Some(*updated).filter(|text| !text.is_empty()).map(str::to_owned),
            content: 0,
            is_atom,
        };
        settle(entries.iter().map(sighting).collect()).into_iter().map(|record| record.standing).collect()
    }

    #[test]
    fn the_latest_version_counts_and_a_common_id_means_nothing() {
        use Standing::*;
        let apart = [["a", "x", "A", "", ""], ["b", "x", "A", "", ""], ["", "", "", "", ""], ["", "", "", "", ""]];
        assert_eq!(standings(false, &apart), [Own; 4]);
        let versions = [["a", "x", "A", "1", "2020-01-01"], ["a", "x", "B", "1", "2020-01-02"]];
        assert_eq!(standings(true, &versions), [Superseded, Own]);
        assert_eq!(standings(false, &versions), [SharedId, SharedId]);
        let undated = [["a", "x", "A", "1", ""], ["a", "x", "A", "1", ""], ["a", "x", "A", "1", "soon"]];
        assert_eq!(standings(false, &undated), [Own, Superseded, Superseded]);
        let shared = [["a", "x", "A", "", ""], ["a", "y", "A", "", ""], ["b", "z", "", "", ""]];
        assert_eq!(standings(true, &shared), [SharedId, SharedId, Own]);
    }
}
