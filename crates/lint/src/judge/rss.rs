//! RSS: channels, items, and what stands in them.

use super::Judge;
use crate::grammar::{Address, Grammar, is_canonical, is_weak_guid};
use crate::report::Family;
use crate::rules::{extension, rss, structure, value};
use crate::schema::Hook;
use crate::vocabulary::Vocabulary as V;

const VERSIONS: [&str; 6] = ["0.91", "0.92", "0.93", "0.94", "2.0", "2.00"];

/// An element by its vocabulary and name.
type Name = (V, &'static str);

/// Elements of the core with those of modules that mean the same, in feeds and in entries.
const PAIRS: &[(Name, Name)] = &[
    ((V::None, "generator"), (V::Admin, "generatorAgent")),
    ((V::None, "copyright"), (V::DublinCore, "rights")),
    ((V::None, "managingEditor"), (V::DublinCore, "creator")),
    ((V::None, "webMaster"), (V::DublinCore, "publisher")),
    ((V::None, "language"), (V::DublinCore, "language")),
    ((V::None, "pubDate"), (V::DublinCore, "date")),
    ((V::None, "pubDate"), (V::DcTerms, "issued")),
    ((V::None, "pubDate"), (V::DcTerms, "created")),
    ((V::None, "pubDate"), (V::Atom, "published")),
    ((V::None, "lastBuildDate"), (V::DcTerms, "modified")),
    ((V::None, "title"), (V::DublinCore, "title")),
    ((V::None, "title"), (V::Atom, "title")),
    ((V::None, "description"), (V::DublinCore, "description")),
    ((V::None, "description"), (V::Atom, "subtitle")),
    ((V::None, "copyright"), (V::Atom, "rights")),
    ((V::None, "copyright"), (V::DcTerms, "rights")),
    ((V::None, "generator"), (V::Atom, "generator")),
    ((V::None, "category"), (V::Atom, "category")),
    ((V::None, "author"), (V::Atom, "author")),
    ((V::None, "source"), (V::Atom, "source")),
    ((V::None, "guid"), (V::Atom, "id")),
    ((V::None, "category"), (V::DublinCore, "subject")),
    ((V::None, "author"), (V::DublinCore, "creator")),
    ((V::None, "source"), (V::DublinCore, "source")),
    ((V::None, "guid"), (V::DublinCore, "identifier")),
    ((V::CreativeCommons, "license"), (V::Cc, "license")),
];

impl Judge<'_, '_> {
    pub(super) fn rss_version(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let Some(version) = frame.attribute("version").map(str::to_owned) else { return };
        match VERSIONS.iter().position(|known| *known == version.trim()) {
            Some(4 | 5) => self.report.format = "RSS 2.0",
            Some(0) => self.report.format = "RSS 0.91",
            Some(_) => self.report.format = "RSS 0.92",
            None => {
                self.find_value(&rss::VERSION, self.frames.last().map_or(0, |frame| frame.at_of("version")), &version)
            }
        }
    }

    /// Two elements that say the same.
    pub(super) fn pairs(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let both = PAIRS.iter().filter(|(core, other)| frame.has(core.0, core.1) && frame.has(other.0, other.1));
        let at = frame.at;
        for (core, other) in both.collect::<Vec<_>>() {
            let found = format!("<{}> and <{}>", super::display(core.0, core.1), super::display(other.0, other.1));
            self.find(&structure::DUPLICATE_SEMANTICS, at, None, &found);
        }
    }

    pub(super) fn rdf_channel(&mut self) {
        self.pairs();
        self.language();
    }

    fn language(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let is_said = frame.has(V::None, "language") || frame.has(V::DublinCore, "language");
        let is_inherited = self.frames.iter().any(|frame| frame.attribute("xml:lang").is_some());
        if !is_said && !is_inherited {
            let at = frame.at;
            self.find(&rss::LANGUAGE, at, None, "none");
        }
    }

    pub(super) fn channel(&mut self) {
        self.pairs();
        self.language();
        let Some(frame) = self.frames.last() else { return };
        let at = frame.at;
        let (has_self, has_itunes) =
            (frame.scope.as_ref().is_some_and(|scope| scope.self_href.is_some()), self.facts.has_itunes);
        let has_date = [(V::None, "lastBuildDate"), (V::DcTerms, "modified"), (V::Atom, "updated")]
            .into_iter()
            .any(|(vocabulary, name)| frame.has(vocabulary, name));
        let missing: Vec<&str> = match has_itunes {
            Some(_) => {
                ["explicit", "category", "image"].into_iter().filter(|name| !frame.has(V::Itunes, name)).collect()
            }
            None => Vec::new(),
        };
        let name_of_language = frame.has(V::None, "language");
        if !has_self {
            self.find(&rss::SELF_MISSING, at, None, "none");
        }
        for name in missing {
            let expected = format!("the element <itunes:{name}>");
            self.find(&extension::ITUNES_MISSING, at, Some(&expected), "a podcast without it");
        }
        if has_itunes.is_some() && !name_of_language {
            self.find(&extension::ITUNES_MISSING, at, Some("the element <language>"), "a podcast without it");
        }
        if let Some(comments) = self.facts.slash_comments.filter(|_| !has_date) {
            self.find(&rss::SLASH_DATE, comments, None, "none");
        }
        self.history();
        self.image();
    }

    fn image(&mut self) {
        if let Some((at, title)) = self.facts.image_title.take()
            && !self.facts.channel_title.is_empty()
            && title != self.facts.channel_title
        {
            self.find_value(&rss::IMAGE_TITLE, at, &title);
        }
        if let Some((at, link)) = self.facts.image_link.take()
            && !self.facts.channel_link.is_empty()
            && link != self.facts.channel_link
        {
            self.find_value(&rss::IMAGE_LINK, at, &link);
        }
    }

    /// The title of a channel is the one whose parent is the channel itself.
    pub(super) fn title(&mut self, text: &str) {
        let parent = self.frames.iter().rev().nth(1);
        if parent.is_some_and(|parent| parent.element.hook == Hook::Channel) {
            self.facts.channel_title = text.trim().to_owned();
        }
    }

    pub(super) fn item(&mut self) {
        self.pairs();
        let Some(frame) = self.frames.last() else { return };
        let (at, has) = (frame.at, |name: &str| frame.has(V::None, name));
        let is_empty =
            !has("title") && !has("description") && !frame.has(V::Content, "encoded") && !frame.has(V::Xhtml, "body");
        let has_div = frame.has(V::Xhtml, "div") && has("description");
        let has_body = frame.has(V::Atom, "content") && (has("description") || frame.has(V::Content, "encoded"));
        let (has_guid, enclosures) = (has("guid"), frame.scope.as_ref().map_or(0, |scope| scope.enclosures));
        if is_empty {
            self.find(&rss::ITEM_EMPTY, at, None, "neither");
        }
        if has_div {
            self.find(&structure::DUPLICATE_BODY, at, None, "<xhtml:div> and <description>");
        }
        if has_body {
            self.find(&structure::DUPLICATE_BODY, at, None, "<atom:content> and another");
        }
        if !has_guid {
            self.find(&rss::GUID_MISSING, at, None, "none");
        }
        if enclosures > 1 {
            self.find(&rss::ENCLOSURES, at, None, &format!("{enclosures}"));
        }
    }

    pub(super) fn rdf_item(&mut self) {
        self.pairs();
        let Some(frame) = self.frames.last() else { return };
        let about = frame.attributes.iter().find(|attribute| attribute.name == "rdf:about");
        let Some((at, about)) = about.map(|about| (about.at, about.value.to_string())) else { return };
        if self.facts.ids.insert(super::hash(&about), 0).is_some() {
            self.find_value(&rss::DUPLICATE_VALUE, at, &about);
        }
        if !self.facts.listed.is_empty() && !self.facts.listed.contains(&super::hash(&about)) {
            self.find_value(&rss::ABOUT_MISMATCH, at, &about);
        }
    }

    /// An address in the list of a channel of RSS 1.0.
    pub(super) fn listed(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let resource = frame
            .attributes
            .iter()
            .find(|attribute| attribute.name.ends_with("resource"))
            .map(|a| super::hash(&a.value));
        let other = frame
            .attributes
            .iter()
            .find(|attribute| !attribute.name.ends_with("resource") && !attribute.name.starts_with("xmlns"));
        if let Some((at, name)) = other.map(|other| (other.at, other.name)) {
            self.find_value(&structure::UNKNOWN_ATTRIBUTE, at, name);
        }
        self.facts.listed.extend(resource);
    }

    pub(super) fn guid(&mut self, text: &str, at: usize) {
        let Some(frame) = self.frames.last() else { return };
        let is_link = frame.attribute("isPermaLink").is_none_or(|value| value != "false");
        let guid = text.trim().to_owned();
        if is_link {
            let mut faults = Vec::new();
            Grammar::Full.judge(&guid, &mut faults);
            let is_web = Address::split(&guid)
                .scheme
                .is_some_and(|scheme| ["http", "https", "ftp"].iter().any(|known| scheme.eq_ignore_ascii_case(known)));
            if faults.is_empty() && is_web {
                self.report.accept(Family::Address);
            } else if !guid.is_empty() {
                self.find_value(&rss::GUID_NOT_URL, at, &guid);
            }
        } else if is_weak_guid(&guid) {
            self.find_value(&rss::GUID_WEAK, at, &guid);
        } else {
            self.accept_address(Grammar::Full, &guid);
        }
        // Readers compare guids letter by letter, as they do ids of Atom.
        if Address::split(&guid).scheme.is_some() && guid.is_ascii() && !is_canonical(&guid) {
            self.find_value(&value::URI_CANONICAL, at, &guid);
        }
        if !guid.is_empty() && self.facts.ids.insert(super::hash(&guid), 0).is_some() {
            self.find_value(&rss::GUID_DUPLICATE, at, &guid);
        }
    }

    pub(super) fn enclosure(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let path = frame.attribute("url").map(|url| Address::split(url).path.to_owned()).unwrap_or_default();
        let at = frame.at_of("url");
        if let Some(item) = self.frames.iter_mut().rev().find_map(|frame| frame.scope.as_mut()) {
            item.enclosures += 1;
        }
        // What podcast players take (Apple podcasts, Podcast requirements).
        const PLAYED: [&str; 9] = ["mp3", "m4a", "m4b", "mp4", "m4v", "mov", "pdf", "epub", "aac"];
        let extension_of = path
            .rsplit_once('/')
            .map_or(path.as_str(), |(_, name)| name)
            .rsplit_once('.')
            .map(|(_, e)| e.to_ascii_lowercase());
        let is_podcast = self.namespaces.has(V::Itunes);
        if let Some(ending) = extension_of.filter(|ending| is_podcast && !PLAYED.contains(&ending.as_str())) {
            self.find_value(&extension::ITUNES_FORMAT, at, &ending);
        }
    }

    pub(super) fn image_address(&mut self, text: &str, at: usize) {
        let path = Address::split(text.trim()).path.to_ascii_lowercase();
        let ending =
            path.rsplit_once('/').map_or(path.as_str(), |(_, name)| name).rsplit_once('.').map(|(_, ending)| ending);
        let is_known = |ending: &str| {
            matches!(ending, "gif" | "jpg" | "jpeg" | "jpe" | "png" | "php" | "asp" | "aspx" | "jsp" | "cgi")
        };
        if let Some(ending) = ending.filter(|ending| !is_known(ending)) {
            self.find_value(&rss::IMAGE_FORMAT, at, ending);
        }
    }

    /// An hour or a day that no reader shall come.
    pub(super) fn skip_value(&mut self, text: &str, at: usize) {
        let number = text.trim().trim_start_matches('0');
        // Midnight was 24 in old versions.
        let word = match number {
            "24" | "" => "0".to_owned(),
            _ if text.trim().bytes().all(|byte| byte.is_ascii_digit()) => number.to_owned(),
            _ => text.trim().to_owned(),
        };
        let Some(list) = self.frames.iter_mut().rev().nth(1).and_then(|frame| frame.scope.as_mut()) else { return };
        let is_second = list.values.contains(&word);
        // A list longer than that is a fault of its own.
        if list.values.len() < 100 {
            list.values.push(word);
        }
        if is_second {
            self.find_value(&rss::DUPLICATE_VALUE, at, text);
        }
    }

    pub(super) fn skip_list(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let (rule, most) = if frame.element.hook == Hook::SkipHours { (&rss::HOURS, 24) } else { (&rss::DAYS, 7) };
        if frame.elements > most {
            let (at, found) = (frame.at, frame.elements.to_string());
            self.find(rule, at, None, &found);
        }
    }

    pub(super) fn text_input(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let (at, name, clause) = (frame.at, frame.name, frame.element.clause);
        self.find(&rss::TEXT_INPUT, at, None, &format!("<{name}>"));
        // Only RSS 0.90, 0.91 and 1.0 write it in lower case.
        if name == "textinput" && self.report.format == "RSS 2.0" {
            self.find_at(&structure::UNKNOWN_ELEMENT, at, Some("the element <textInput>"), "<textinput>", clause, "");
        }
    }

    pub(super) fn cloud(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let names = ["domain", "port", "path", "registerProcedure", "protocol"];
        if names.iter().all(|name| frame.attribute(name).is_some()) {
            self.report.accept(Family::Cloud);
        }
    }

    pub(super) fn comment_rss(&mut self) {
        let at = self.frames.last().map_or(0, |frame| frame.at);
        self.find(&rss::COMMENT_RSS, at, None, "wfw:commentRSS");
    }

    pub(super) fn content_encoded(&mut self) {
        let Some(item) = self.frames.iter().rev().nth(1) else { return };
        let at = self.frames.last().map_or(0, |frame| frame.at);
        let has_body = item.has(V::Xhtml, "body");
        if item.element.hook == Hook::Item && !item.has(V::None, "description") {
            self.find(&rss::CONTENT_EARLY, at, None, "none before it");
        }
        if has_body {
            self.find(&structure::DUPLICATE_BODY, at, None, "<content:encoded> and <xhtml:body>");
        }
    }

    /// A description after the same text as XHTML.
    pub(super) fn description(&mut self) {
        let Some(item) = self.frames.iter().rev().nth(1) else { return };
        let at = self.frames.last().map_or(0, |frame| frame.at);
        if item.has(V::Xhtml, "body") {
            self.find(&structure::DUPLICATE_BODY, at, None, "<xhtml:body> and <description>");
        }
    }

    pub(super) fn xhtml_body(&mut self) {
        let Some(item) = self.frames.iter().rev().nth(1) else { return };
        let at = self.frames.last().map_or(0, |frame| frame.at);
        let other = if item.has(V::Content, "encoded") { Some("<content:encoded>") } else { None };
        let other = other.or_else(|| item.has(V::None, "description").then_some("<description>"));
        if let Some(other) = other {
            self.find(&structure::DUPLICATE_BODY, at, None, &format!("<xhtml:body> and {other}"));
        }
    }
}
