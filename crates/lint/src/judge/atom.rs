//! Atom: feeds, entries, links, history, deletions.

use super::Judge;
use super::frame::{LinkFact, Scope};
use crate::grammar::{Address, Grammar, instant, is_link_relation, resolve};
use crate::report::{Family, shown};
use crate::rules::{atom, structure, value};
use crate::schema::{self, Hook};
use crate::vocabulary::Vocabulary as V;

/// More links of one feed or entry are not compared.
const MOST_LINKS: usize = 200;
/// Relations of RFC 5005 and of the paging that it describes.
const HISTORY: [&str; 7] = ["first", "last", "next", "previous", "prev-archive", "next-archive", "current"];
/// A link with a prefix of this address means the registered name behind it.
const IANA: [&str; 2] = ["http://www.iana.org/assignments/relation/", "https://www.iana.org/assignments/relation/"];

impl Judge<'_, '_> {
    /// The feed, entry or source that the innermost element belongs to.
    fn scope(&mut self) -> Option<&mut Scope> {
        self.frames.iter_mut().rev().skip(1).find_map(|frame| frame.scope.as_deref_mut())
    }

    pub(super) fn link(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let value = |name: &str| frame.attribute(name).map(str::to_owned);
        let (at, href, rel, kind) = (frame.at, value("href"), value("rel"), value("type"));
        let language = value("hreflang").unwrap_or_default();
        let (rel_at, type_at, href_at, title) =
            (frame.at_of("rel"), frame.at_of("type"), frame.at_of("href"), value("title"));
        let title_at = frame.at_of("title");
        let parent_place = self.frames.iter().rev().nth(1).map_or(0, |parent| parent.element.place);
        let is_tombstone = self.frames.iter().rev().nth(1).is_some_and(|parent| parent.vocabulary == V::Tombstone);
        if href.is_none() {
            self.find(&atom::HREF_MISSING, at, None, "none");
            self.find(&structure::MISSING_ATTRIBUTE, at, Some("the attribute href"), "<link> without it");
        }
        let rel = self.relation(rel.as_deref(), rel_at);
        if kind.as_deref().is_some_and(|kind| kind.trim().is_empty()) {
            self.find(&value::ATTRIBUTE_BLANK, type_at, None, "type=\"\"");
        }
        if let Some(found) = title.as_deref().and_then(super::text::mojibake) {
            self.find_value(&crate::rules::xml::GARBLED, title_at, found);
        }
        if title.is_some() {
            self.report.accept(Family::Plain);
        }
        let Some(href) = href else { return };
        if is_tombstone {
            return;
        }
        self.same_document(&href, href_at);
        let in_entry = parent_place & schema::ENTRY != 0;
        if in_entry && HISTORY.contains(&rel.as_str()) {
            self.find(&atom::HISTORY_ENTRY, rel_at, None, &shown(&rel));
        }
        let base = self.base().map(str::to_owned);
        let has_stated_base = self.frames.iter().any(|frame| frame.base.is_some());
        if rel == "self" && parent_place & schema::FEED != 0 {
            if !has_stated_base && Address::split(href.trim()).scheme.is_none() {
                self.find_value(&atom::SELF_RELATIVE, href_at, &href);
            }
            self.self_link(&href, href_at, kind.as_deref(), type_at, base.as_deref());
        }
        let resolved = resolve(base.as_deref(), &href).into_owned();
        let key = super::hash(&format!("{rel}\0{}\0{}", kind.unwrap_or_default(), language.to_ascii_lowercase()));
        let Some(scope) = self.scope() else { return };
        scope.has_alternate |= rel == "alternate";
        if rel == "self" {
            scope.self_href = Some(resolved.clone());
        }
        // RFC 4287 forbids two alternates; two equal self links say nothing either.
        let is_second = matches!(rel.as_str(), "alternate" | "self") && scope.links.iter().any(|link| link.key == key);
        if scope.links.len() < MOST_LINKS {
            scope.links.push(LinkFact { at, rel, key, href: resolved });
        }
        if is_second {
            self.find(&atom::LINK_DUPLICATE, at, None, "a second one");
        }
    }

    /// The relation of a link, judged.
    fn relation(&mut self, rel: Option<&str>, at: usize) -> String {
        let Some(written) = rel else { return "alternate".to_owned() };
        let rel = IANA.iter().find_map(|prefix| written.strip_prefix(prefix)).unwrap_or(written);
        if rel.trim().is_empty() {
            self.find(&value::ATTRIBUTE_BLANK, at, None, "rel=\"\"");
        } else if rel.contains(':') {
            self.value(Grammar::FullIri, rel, at, "/@rel");
            self.report.accept(Family::Relation);
        } else if is_link_relation(rel) || is_link_relation(&rel.to_ascii_lowercase()) {
            self.report.accept(Family::Relation);
        } else {
            self.find_value(&atom::LINK_REL, at, rel);
        }
        rel.to_ascii_lowercase()
    }

    /// A reference that means the document itself where `xml:base` says otherwise (RFC 3986 section 4.4).
    fn same_document(&mut self, href: &str, at: usize) {
        let stated = self.frames.iter().rev().find_map(|frame| frame.base.clone());
        let Some(base) = stated else { return };
        if Address::split(href).scheme.is_some() || href.starts_with('#') {
            return;
        }
        let is_same = |address: &str| resolve(Some(&base), href) == resolve(Some(address), "");
        let differs = self.context.url.is_none_or(|url| url != base);
        if differs && is_same(&base) {
            self.find_value(&value::SAME_DOCUMENT, at, href);
        }
    }

    fn self_link(&mut self, href: &str, at: usize, kind: Option<&str>, type_at: usize, base: Option<&str>) {
        if let Some(kind) = kind {
            let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            let fits = essence.ends_with("xml") || essence.ends_with("json");
            if !fits && essence.contains('/') {
                self.find_value(&atom::SELF_TYPE, type_at, kind);
            }
        }
        let Some(url) = self.context.url else { return };
        let meant = resolve(base.or(Some(url)), href);
        if meant != resolve(None, url) && meant != resolve(Some(url), url) {
            let (expected, found) = (format!("the address {}", shown(url)), shown(&meant));
            self.find(&atom::SELF_MISMATCH, at, Some(&expected), &found);
        }
    }

    pub(super) fn link_end(&mut self, text: &str) {
        let Some(frame) = self.frames.last() else { return };
        if !text.is_empty() || frame.elements > 0 {
            let at = frame.at;
            self.find(&atom::LINK_NOT_EMPTY, at, None, "something in it");
        }
    }

    pub(super) fn begin_entry(&mut self) {
        // What the feed says of itself before the entries counts for them too.
        let feed = self.frames.iter().rev().nth(1);
        self.facts.has_feed_author |= feed.is_some_and(|feed| feed.has(V::Atom, "author"));
    }

    /// What an entry was copied from counts for its author (RFC 4287 section 4.1.2).
    pub(super) fn source(&mut self) {
        let has_author = self.frames.last().is_some_and(|source| source.has(V::Atom, "author"));
        self.facts.has_source_author |= has_author;
    }

    pub(super) fn atom_id(&mut self, text: &str, at: usize) {
        if let Some(scope) = self.scope() {
            scope.id = Some((at, text.trim().to_owned()));
        }
        self.garbled(text, at);
    }

    pub(super) fn atom_updated(&mut self, text: &str, at: usize) {
        if let Some(scope) = self.scope() {
            scope.updated = Some((at, text.trim().to_owned()));
        }
    }

    pub(super) fn person_name(&mut self, text: &str, at: usize) {
        let looks_like_mail = text.split_whitespace().any(|word| {
            let word = word.trim_matches(|c: char| "<>()[],;:\"".contains(c));
            word.contains('@') && feedmill_markup::is_email(word)
        });
        if looks_like_mail {
            self.find_value(&atom::NAME_MAIL, at, text);
        }
    }

    pub(super) fn entry_end(&mut self) {
        let Some(frame) = self.frames.last_mut() else { return };
        let at = frame.at;
        let Some(scope) = frame.scope.take() else { return };
        let has = |name: &str| frame.has(V::Atom, name);
        let (has_author, has_content, has_summary) = (has("author"), has("content"), has("summary"));
        let has_source = has("source");
        let inherits = self.facts.has_feed_author || has_source && self.facts.has_source_author;
        self.facts.has_source_author = false;
        if !has_author && !inherits {
            self.find(&atom::AUTHOR, at, None, "none");
        }
        if !has_content && !scope.has_alternate {
            self.find(&atom::CONTENT, at, None, "neither");
        }
        if self.facts.needs_summary && !has_summary {
            self.find(&atom::SUMMARY, at, None, "none");
        }
        if !self.facts.has_text {
            let found = if has_content || has_summary { "nothing in it" } else { "neither" };
            self.find(&atom::TEXTUAL, at, None, found);
        }
        self.facts.has_text = false;
        self.facts.needs_summary = false;
        self.unique(&scope);
    }

    /// Compares id and time of an entry with those before it.
    fn unique(&mut self, scope: &Scope) {
        let updated = scope.updated.as_ref();
        let moment = updated.and_then(|(_, text)| instant(text)).map(|at| at.timestamp_micros());
        if let (Some((at, text)), Some(moment)) = (updated, moment)
            && !self.facts.updated.insert(super::hash(&moment.to_string()))
        {
            self.find_value(&atom::UPDATED_DUPLICATE, *at, text);
        }
        let Some((at, id)) = &scope.id else { return };
        if id.is_empty() {
            return;
        }
        if let (Some(deleted), Some(moment)) = (self.facts.deleted.get(&super::hash(id)), moment)
            && instant(deleted).is_some_and(|when| when.timestamp_micros() > moment)
        {
            self.find_value(&atom::TOMBSTONE_ALIVE, *at, id);
        }
        self.facts.with_id += 1;
        let time = super::hash(updated.map_or("", |(_, text)| text.as_str()));
        match self.facts.ids.insert(super::hash(id), time) {
            Some(other) if other == time => {
                self.find_value(&atom::ENTRY_DUPLICATE, *at, id);
                self.find_value(&atom::ID_DUPLICATE, *at, id);
            }
            Some(_) => self.find_value(&atom::ENTRY_DUPLICATE, *at, id),
            None => {}
        }
    }

    pub(super) fn feed(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let at = frame.at;
        if frame.scope.as_ref().is_some_and(|scope| scope.self_href.is_none()) {
            self.find(&atom::SELF_MISSING, at, None, "none");
        }
        if self.facts.entries > 1 && self.facts.ids.len() == 1 && self.facts.with_id == self.facts.entries {
            self.find(&atom::IDS_ALL_SAME, at, None, &format!("{} entries of one id", self.facts.entries));
        }
        // A feed may name its author after the entries, which is a fault of its own.
        self.history();
    }

    /// `fh:complete` and `fh:archive`.
    pub(super) fn history_mark(&mut self) {
        let is_archive = self.frames.last().is_some_and(|frame| frame.element.hook == Hook::Archive);
        if let Some(scope) = self.scope() {
            scope.archive |= is_archive;
            scope.complete |= !is_archive;
        }
    }

    /// RFC 5005: which links stand together.
    pub(super) fn history(&mut self) {
        let Some(frame) = self.frames.last_mut() else { return };
        let feed_at = frame.at;
        let Some(scope) = frame.scope.take() else { return };
        let find = |rel: &str| scope.links.iter().find(|link| link.rel == rel);
        if scope.complete && scope.archive {
            self.find(&atom::HISTORY_BOTH, feed_at, None, "both");
        }
        if scope.complete {
            for link in scope.links.iter().filter(|link| HISTORY.contains(&link.rel.as_str()) && link.rel != "current")
            {
                self.find(&atom::HISTORY_COMPLETE, link.at, None, &shown(&link.rel));
            }
            if let (Some(current), Some(own)) = (find("current"), find("self"))
                && current.href != own.href
            {
                self.find_value(&atom::HISTORY_CURRENT, current.at, &current.href);
            }
        }
        if scope.archive && find("current").is_none() {
            self.find(&atom::HISTORY_ARCHIVE, feed_at, None, "none");
        }
        if scope.archive && !scope.complete && find("prev-archive").is_none() {
            self.find(&atom::HISTORY_OLDEST, feed_at, None, "none");
        }
        let archives = find("prev-archive").or(find("next-archive"));
        let pages = find("next").or(find("previous"));
        if let (Some(_), Some(page)) = (archives, pages) {
            self.find(&atom::HISTORY_MIXED, page.at, None, "both");
        }
        let is_self =
            |rel: &str| scope.self_href.is_some() && find(rel).map(|link| &link.href) == scope.self_href.as_ref();
        for (end, beyond) in [("first", "previous"), ("last", "next"), ("current", "next-archive")] {
            if let Some(link) = find(beyond).or(find(if beyond == "previous" { "prev" } else { beyond }))
                && is_self(end)
            {
                self.find_value(&atom::HISTORY_PAST_END, link.at, &link.href);
            }
        }
        for link in ["prev-archive", "next", "next-archive"].iter().filter_map(|rel| find(rel)) {
            if scope.self_href.as_ref() == Some(&link.href) {
                self.find_value(&atom::HISTORY_LOOP, link.at, &link.href);
            }
        }
    }

    pub(super) fn tombstone(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let (Some(id), Some(when)) = (frame.attribute("ref"), frame.attribute("when")) else { return };
        let (id, when) = (super::hash(id), when.to_owned());
        self.facts.deleted.insert(id, when);
    }

    /// RFC 5023 section 7.2.1.
    pub(super) fn categories(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let has = |name: &str| frame.attribute(name).is_some();
        let conflict = has("href") && (has("fixed") || has("scheme") || frame.has(V::Atom, "category"));
        if conflict {
            let at = frame.at;
            self.find(&atom::CATEGORIES_CONFLICT, at, None, "href beside others");
        }
    }
}
