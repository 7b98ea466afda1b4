//! Podcasts, media, sharing, search.

use super::Judge;
use crate::grammar::{Grammar, ITUNES_CATEGORIES, instant, is_media_role, is_old_itunes_category};
use crate::report::shown;
use crate::rules::{extension, structure};
use crate::schema::Hook;
use crate::vocabulary::Vocabulary as V;

/// Ratings by scheme (Media RSS 1.5, media:rating).
const RATINGS: &[(&str, &[&str])] = &[
    ("urn:simple", &["adult", "nonadult"]),
    ("urn:mpaa", &["g", "nc-17", "pg", "pg-13", "r", "x"]),
    (
        "urn:v-chip",
        &["14+", "18+", "c", "c8", "g", "pg", "tv-14", "tv-g", "tv-ma", "tv-pg", "tv-y", "tv-y7", "tv-y7-fv"],
    ),
];

/// No address of a search needs more.
const MOST_PARAMETERS: usize = 50;

impl Judge<'_, '_> {
    /// Notes that the feed is a podcast.
    pub(super) fn itunes_seen(&mut self) {
        if let Some(frame) = self.frames.last()
            && frame.vocabulary == V::Itunes
            && self.facts.has_itunes.is_none()
        {
            self.facts.has_itunes = Some(frame.at);
        }
    }

    pub(super) fn itunes_category(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let Some(text) = frame.attribute("text").map(str::to_owned) else { return };
        let at = frame.at_of("text");
        let outer = self.frames.iter().rev().nth(1).filter(|parent| parent.element.hook == Hook::ItunesCategory);
        let outer = outer.and_then(|parent| parent.attribute("text"));
        let is_known = match outer {
            Some(outer) => ITUNES_CATEGORIES.iter().any(|(name, inner)| *name == outer && inner.contains(&&*text)),
            None => ITUNES_CATEGORIES.iter().any(|(name, _)| *name == text),
        };
        if is_known {
            return;
        }
        let rule =
            if is_old_itunes_category(&text) { &extension::ITUNES_CATEGORY_OLD } else { &extension::ITUNES_CATEGORY };
        self.find_value(rule, at, &text);
    }

    pub(super) fn itunes_owner(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        if !frame.has(V::Itunes, "email") {
            let at = frame.at;
            self.find(&extension::ITUNES_OWNER, at, None, "none");
        }
    }

    pub(super) fn itunes_yes(&mut self, text: &str, at: usize) {
        if !matches!(text.to_ascii_lowercase().as_str(), "yes" | "no") {
            self.find_value(&extension::ITUNES_YES, at, text);
        }
    }

    pub(super) fn itunes_explicit(&mut self, text: &str, at: usize) {
        let lower = text.to_ascii_lowercase();
        if !matches!(lower.as_str(), "true" | "false" | "yes" | "no" | "clean" | "explicit") {
            self.find_value(&extension::ITUNES_EXPLICIT, at, text);
        } else if !matches!(lower.as_str(), "true" | "false") {
            self.find_value(&extension::ITUNES_EXPLICIT_OLD, at, text);
        }
    }

    pub(super) fn media_content(&mut self) {
        if let Some(group) =
            self.frames.iter_mut().rev().nth(1).filter(|parent| parent.element.hook == Hook::MediaGroup)
            && let Some(scope) = group.scope.as_mut()
        {
            scope.media_contents += 1;
        }
    }

    /// Media RSS 1.5: without an address there must be a player.
    pub(super) fn media_content_end(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        if frame.attribute("url").is_none() && !frame.has(V::Media, "player") {
            let (at, clause) = (frame.at, frame.element.clause);
            let (expected, found) = (Some("the attribute url, or <media:player>"), "<media:content> without it");
            self.find_at(&structure::MISSING_ATTRIBUTE, at, expected, found, clause, "/@url");
        }
    }

    pub(super) fn geo_where(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        if frame.elements == 0 {
            let (at, clause) = (frame.at, frame.element.clause);
            let expected = Some("a point, line, polygon or envelope of GML");
            self.find_at(&structure::MISSING_ELEMENT, at, expected, "<georss:where> without it", clause, "");
        }
    }

    pub(super) fn media_group(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let contents = frame.scope.as_ref().map_or(0, |scope| scope.media_contents);
        if contents < 2 {
            let at = frame.at;
            self.find(&extension::MEDIA_GROUP, at, None, &contents.to_string());
        }
    }

    pub(super) fn media_hash(&mut self, text: &str, at: usize) {
        let Some(frame) = self.frames.last() else { return };
        let algorithm = frame.attribute("algo").unwrap_or("md5");
        let wanted = match algorithm {
            "md5" => 32,
            "sha-1" => 40,
            _ => return,
        };
        let hash = text.trim();
        if hash.len() != wanted || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let expected = format!("{wanted} hexadecimal digits");
            self.find(&extension::MEDIA_HASH, at, Some(&expected), &shown(text));
        }
    }

    pub(super) fn media_rating(&mut self, text: &str, at: usize) {
        let Some(frame) = self.frames.last() else { return };
        let scheme = frame.attribute("scheme").unwrap_or("urn:simple").to_owned();
        let rating = text.trim();
        let is_right = match RATINGS.iter().find(|(known, _)| *known == scheme) {
            Some((_, ratings)) => ratings.contains(&rating.to_ascii_lowercase().as_str()),
            None if scheme == "urn:icra" => is_icra(rating),
            None => true,
        };
        if !is_right {
            self.find(&extension::MEDIA_RATING, at, Some(&format!("a rating of {scheme}")), &shown(text));
        }
    }

    pub(super) fn media_restriction(&mut self, text: &str, at: usize) {
        let Some(frame) = self.frames.last() else { return };
        let kind = frame.attribute("type").map(str::to_owned);
        let text = text.trim();
        match kind.as_deref() {
            Some("country") => self.value(Grammar::Countries, text, at, ""),
            Some("uri") => {
                for address in text.split_ascii_whitespace() {
                    self.value(Grammar::Full, address, at, "");
                }
            }
            Some(_) => {}
            None if matches!(text, "all" | "none" | "") => {}
            None => self.find_value(&extension::MEDIA_RESTRICTION, at, text),
        }
    }

    pub(super) fn media_credit(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let scheme = frame.attribute("scheme").unwrap_or("urn:ebu");
        if scheme != "urn:ebu" {
            return;
        }
        let Some(role) = frame.attribute("role").map(str::to_owned) else { return };
        let at = frame.at_of("role");
        self.value(Grammar::Credit, &role, at, "/@role");
        let is_lower = !role.trim().is_empty() && !role.contains(char::is_uppercase);
        if is_lower && !is_media_role(&role) {
            self.find_value(&extension::MEDIA_ROLE_UNKNOWN, at, &role);
        }
    }

    /// FeedSync 1.0 section 2.2: a span has both ends.
    pub(super) fn sharing(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let at = frame.at;
        match (frame.attribute("since"), frame.attribute("until")) {
            (Some(_), None) => {
                self.find(&structure::MISSING_ATTRIBUTE, at, Some("the attribute until"), "since without it")
            }
            (None, Some(_)) => {
                self.find(&structure::MISSING_ATTRIBUTE, at, Some("the attribute since"), "until without it")
            }
            (Some(since), Some(until)) => {
                if let (Some(since), Some(until)) = (instant(since), instant(until))
                    && since > until
                {
                    self.find(&extension::SHARING_SPAN, at, None, &format!("{since} after {until}"));
                }
            }
            (None, None) => {}
        }
    }

    pub(super) fn sharing_sync(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let Some(id) = frame.attribute("id").map(str::to_owned) else { return };
        let at = frame.at_of("id");
        if !self.facts.sync_ids.insert(super::hash(&id)) {
            self.find_value(&crate::rules::rss::DUPLICATE_VALUE, at, &id);
        }
    }

    pub(super) fn sharing_history(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let at = frame.at;
        let missing = match (frame.attribute("by"), frame.attribute("when")) {
            (None, None) => return self.find(&extension::SHARING_BY_WHEN, at, None, "neither"),
            (None, Some(_)) => "by",
            (Some(_), None) => "when",
            (Some(_), Some(_)) => return,
        };
        let (expected, tail) = (format!("the attribute {missing}"), format!("/@{missing}"));
        let clause = frame.element.clause;
        self.find_at(&structure::RECOMMENDED_ATTRIBUTE, at, Some(&expected), "<sx:history> without it", clause, &tail);
    }

    /// The role of a query.
    pub(super) fn query(&mut self) {
        const ROLES: [&str; 6] = ["request", "example", "related", "correction", "subset", "superset"];
        let Some(frame) = self.frames.last() else { return };
        let Some(role) = frame.attribute("role").map(|role| role.trim().to_owned()) else { return };
        let at = frame.at_of("role");
        match role.split_once(':') {
            Some((prefix, _)) => {
                self.vocabulary(prefix, at);
            }
            None if role.is_empty() || ROLES.contains(&role.as_str()) => {}
            None => self.find_value(&extension::SEARCH_ROLE, at, &role),
        }
    }

    /// The parameters in the template of an address.
    pub(super) fn search_url(&mut self) {
        const PARAMETERS: [&str; 7] =
            ["searchTerms", "count", "startIndex", "startPage", "language", "inputEncoding", "outputEncoding"];
        let Some(frame) = self.frames.last() else { return };
        let Some(template) = frame.attribute("template").map(str::to_owned) else { return };
        let at = frame.at_of("template");
        for part in template.split('{').skip(1).take(MOST_PARAMETERS) {
            let Some((name, _)) = part.split_once('}') else { continue };
            match name.trim_end_matches('?').split_once(':') {
                Some((prefix, _)) => {
                    self.vocabulary(prefix, at);
                }
                None if PARAMETERS.contains(&name.trim_end_matches('?')) => {}
                None => self.find_value(&extension::SEARCH_PARAMETER, at, name),
            }
        }
    }

    /// OpenSearch 1.1 section 4.5.4: a description should hold an example.
    pub(super) fn queries(&mut self, end: usize) {
        let Some(frame) = self.frames.last() else { return };
        let raw = self.text.get(frame.inner..end).unwrap_or_default();
        if !raw.contains("role=\"example\"") {
            let at = frame.at;
            self.find(&extension::SEARCH_EXAMPLE, at, None, "none");
        }
    }
}

/// The labels of ICRA: `r (nz 1 lz 1 …)`.
fn is_icra(text: &str) -> bool {
    const LABELS: &str = " nz na nb nc nd ne nr sz sa sb sc sd se sf vz va vb vc vd ve vf vg vh vi vj vk vr lz la lb lc oz oa ob oc od oe of og \
        oh ca cz cb xa xb xc xd xe nv ";
    let Some(inner) = text.strip_prefix("r (").and_then(|rest| rest.strip_suffix(')')) else { return false };
    let words: Vec<&str> = inner.split_ascii_whitespace().collect();
    !words.is_empty()
        && words.len().is_multiple_of(2)
        && words
            .chunks_exact(2)
            .all(|pair| LABELS.split_ascii_whitespace().any(|label| label == pair[0]) && pair[1] == "1")
}
