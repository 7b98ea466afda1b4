//! What tables cannot say: where each element's own checks begin.

use super::Judge;
use crate::grammar::{Address, Grammar};
use crate::report::Family;
use crate::schema::{Content, Hook};

impl Judge<'_, '_> {
    /// The start tag of the innermost element was read.
    pub(super) fn begin(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        if matches!(frame.element.content, Content::AtomText | Content::AtomContent) {
            self.begin_text();
        }
        let Some(frame) = self.frames.last() else { return };
        match frame.element.hook {
            Hook::Rss => self.rss_version(),
            Hook::Opml => self.opml_version(),
            Hook::Link => self.link(),
            Hook::Entry => self.begin_entry(),
            Hook::Complete | Hook::Archive => self.history_mark(),
            Hook::Tombstone => self.tombstone(),
            Hook::Li => self.listed(),
            Hook::MediaContent => self.media_content(),
            Hook::Outline => self.outline(),
            Hook::Deprecated(rule) => {
                let (at, name) = (frame.at, format!("<{}>", super::display(frame.vocabulary, frame.name)));
                self.find(rule, at, None, &name);
            }
            Hook::ItemDescription => self.description(),
            Hook::Query => self.query(),
            Hook::SearchUrl => self.search_url(),
            Hook::TextInput => self.text_input(),
            Hook::Enclosure => self.enclosure(),
            Hook::ItunesCategory => self.itunes_category(),
            Hook::Sharing => self.sharing(),
            Hook::SharingSync => self.sharing_sync(),
            Hook::SharingHistory => self.sharing_history(),
            Hook::ContentEncoded => self.content_encoded(),
            Hook::XhtmlBody => self.xhtml_body(),
            _ => {}
        }
    }

    /// The innermost element ends; its text is `text`.
    pub(super) fn finish(&mut self, text: &str, value_at: usize, end: usize) {
        self.itunes_seen();
        let Some(frame) = self.frames.last() else { return };
        match frame.element.hook {
            Hook::Channel => self.channel(),
            Hook::Item => self.item(),
            Hook::RdfChannel => self.rdf_channel(),
            Hook::RdfItem => self.rdf_item(),
            Hook::Feed => self.feed(),
            Hook::Entry => self.entry_end(),
            Hook::Source => self.source(),
            Hook::Link => self.link_end(text),
            Hook::AtomId => self.atom_id(text, value_at),
            Hook::AtomUpdated => self.atom_updated(text, value_at),
            Hook::PersonName => self.person_name(text, value_at),
            Hook::Title => self.title(text),
            Hook::ChannelLink => self.facts.channel_link = text.trim().to_owned(),
            Hook::ImageTitle => self.facts.image_title = Some((value_at, text.trim().to_owned())),
            Hook::ImageLink => self.facts.image_link = Some((value_at, text.trim().to_owned())),
            Hook::ImageUrl => self.image_address(text, value_at),
            Hook::Guid => self.guid(text, value_at),
            Hook::SkipValue => self.skip_value(text, value_at),
            Hook::SkipHours | Hook::SkipDays => self.skip_list(),
            Hook::Cloud => self.cloud(),
            Hook::Docs => self.facts.is_of_board |= text.contains("rssboard.org"),
            Hook::Comments => self.facts.slash_comments = Some(value_at),
            Hook::CommentRss => self.comment_rss(),
            Hook::ItunesOwner => self.itunes_owner(),
            Hook::ItunesYes => self.itunes_yes(text, value_at),
            Hook::ItunesExplicit => self.itunes_explicit(text, value_at),
            Hook::MediaContent => self.media_content_end(),
            Hook::GeoWhere => self.geo_where(),
            Hook::MediaGroup => self.media_group(),
            Hook::MediaHash => self.media_hash(text, value_at),
            Hook::MediaRating => self.media_rating(text, value_at),
            Hook::MediaRestriction => self.media_restriction(text, value_at),
            Hook::MediaCredit => self.media_credit(),
            Hook::Categories => self.categories(),
            Hook::Queries => self.queries(end),
            _ => {}
        }
    }

    /// Notes what kind of address was found in order.
    pub(super) fn accept_address(&mut self, grammar: Grammar, text: &str) {
        if grammar.family() != Some(Family::Address) {
            return;
        }
        match Address::split(text.trim()).scheme {
            Some(scheme) if scheme.eq_ignore_ascii_case("tag") => self.report.accept(Family::TagUri),
            Some(scheme) if scheme.eq_ignore_ascii_case("urn") => self.report.accept(Family::Urn),
            _ => {}
        }
    }
}
