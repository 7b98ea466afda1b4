//! OPML: what an outline stands for.

use super::Judge;
use crate::report::shown;
use crate::rules::opml;

impl Judge<'_, '_> {
    pub(super) fn opml_version(&mut self) {
        let Some(version) = self.frames.last().and_then(|frame| frame.attribute("version")) else { return };
        self.report.format = if version == "2.0" { "OPML 2.0" } else { "OPML 1.0" };
    }

    pub(super) fn outline(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let (at, has) = (frame.at, |name: &str| frame.attribute(name).is_some_and(|value| !value.trim().is_empty()));
        let kind = frame.attribute("type").map(|kind| kind.trim().to_ascii_lowercase());
        let (has_feed, has_address, has_title) = (has("xmlUrl"), has("url"), has("title"));
        let more = ["xmlUrl", "htmlUrl", "url", "description", "language", "title", "version"];
        let says_more = more.into_iter().any(has);
        let version = frame.attribute("version").map(str::to_owned);
        match kind.as_deref() {
            Some("rss" | "atom" | "pie") => {
                if !has_feed {
                    self.find(&opml::XML_URL, at, None, "none");
                }
                if !has_title {
                    self.find(&opml::TITLE, at, None, "none");
                }
                if let Some(version) = version
                    .filter(|version| !matches!(version.as_str(), "RSS" | "RSS1" | "RSS2" | "scriptingNews" | ""))
                {
                    self.find_value(&opml::RSS_VERSION, at, &version);
                }
            }
            Some("link" | "include") if has_address => {}
            Some("link" | "include") => self.find(&opml::URL, at, None, "none"),
            // OPML 2.0 leaves the list open.
            Some(_) if self.report.format == "OPML 2.0" => {}
            Some(other) => {
                let at = self.frames.last().map_or(at, |frame| frame.at_of("type"));
                self.find(&opml::TYPE_UNKNOWN, at, None, &shown(other));
            }
            None if says_more => self.find(&opml::TYPE, at, None, "none"),
            None => {}
        }
    }
}
