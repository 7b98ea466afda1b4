//! What an article says, apart from how it is written: what tells a significant change from a cosmetic one.
//!
//! Readers are told of a significant change (RFC 4287 section 4.2.15, `atom:updated`), since many show the article
//! again. A cosmetic one is shown to whoever comes next, and to nobody again.

use unicode_normalization::UnicodeNormalization;

use super::{Article, BodyKind};
use feedmill_markup::html::{self, tokens};
use feedmill_markup::markdown;

/// A fingerprint of the substance of an article: two articles of one substance differ at most in what is cosmetic.
/// Stable across versions, machines and runs; never 0, which means "not known".
///
/// Of the substance are the words of title, text and description, in order and with their punctuation and case, how
/// many pictures and players stand in the text, the names of the authors, and the names of media files. Cosmetic are
/// white space, markup and how it is written (attributes, entities, links), the shape of quotes, dashes and
/// ellipses, invisible characters, and everything by which an article is filed: tags, section, language, address,
/// metadata.
pub fn of(article: &Article) -> i64 {
    let mut hash = Words::default();
    hash.words(&article.title.text);
    hash.end();
    let body = &article.body.text;
    match article.body.kind {
        BodyKind::Text => hash.plain_text(body),
        BodyKind::Markdown => hash.html(&markdown::to_html(body)),
        BodyKind::Html => hash.html(body),
    }
    hash.end();
    hash.words(article.summary.as_deref().unwrap_or_default());
    hash.end();
    for author in &article.authors {
        hash.words(&author.name);
        hash.end();
    }
    hash.end();
    for enclosure in &article.enclosures {
        hash.words(file_name(&enclosure.url));
        hash.end();
    }
    i64::from_le_bytes(hash.sum.to_le_bytes()).max(i64::MIN + 1) | 1
}

/// The last segment of an address: media move from host to host and carry a key of the day behind a `?`.
fn file_name(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

/// FNV-1a over words: small, stable, and no secret depends on it.
struct Words {
    sum: u64,
    /// Whether white space came since the last letter.
    gap: bool,
    /// Whether the field has a word already.
    has_word: bool,
}

impl Default for Words {
    fn default() -> Self {
        Words { sum: 0xcbf2_9ce4_8422_2325, gap: false, has_word: false }
    }
}

impl Words {
    fn byte(&mut self, byte: u8) {
        self.sum = (self.sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }

    /// Ends a field: no text contains this byte, so two fields never look like one.
    fn end(&mut self) {
        self.byte(0xff);
        (self.gap, self.has_word) = (false, false);
    }

    fn plain_text(&mut self, text: &str) {
        self.words(text);
        self.media(Media(0));
    }

    fn html(&mut self, html: &str) {
        self.words(&html::to_text(html));
        let mut media = Media(0);
        tokens::read(html, &mut media);
        self.media(media);
    }

    fn media(&mut self, media: Media) {
        self.end();
        media.0.to_le_bytes().into_iter().for_each(|byte| self.byte(byte));
    }

    /// Words, in one form however they are typed.
    fn words(&mut self, text: &str) {
        if text.is_ascii() {
            text.chars().for_each(|c| self.letter(c));
        } else {
            text.nfc().for_each(|c| self.letter(c));
        }
    }

    fn letter(&mut self, c: char) {
        match c {
            _ if c.is_whitespace() => self.gap = true,
            _ if is_invisible(c) => {}
            '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' => self.plain("'"),
            '“' | '”' | '„' | '‟' | '″' | '«' | '»' => self.plain("\""),
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => self.plain("-"),
            '…' => self.plain("..."),
            _ => self.plain(c.encode_utf8(&mut [0; 4])),
        }
    }

    fn plain(&mut self, text: &str) {
        if std::mem::take(&mut self.gap) && self.has_word {
            self.byte(b' ');
        }
        self.has_word = true;
        text.bytes().for_each(|byte| self.byte(byte));
    }
}

/// Characters that nobody sees: soft hyphens, joiners of nothing, marks of direction and of the form of a picture.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// How many pictures and players stand in a text. Which they are is not asked: their addresses name sizes and hosts,
/// and change from day to day where nobody has changed a picture.
struct Media(u32);

impl tokens::Listener for Media {
    fn start(&mut self, tag: &tokens::Tag, _: bool) -> bool {
        if matches!(&*tag.name, "img" | "audio" | "video" | "iframe" | "embed" | "object") {
            self.0 = self.0.saturating_add(1);
        }
        true
    }

    fn end(&mut self, _: &str) {}

    fn text(&mut self, _: &str) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Body, Enclosure, Person, Title, TitleSource};

    fn article(kind: BodyKind, text: &str) -> Article {
        let title = Title { text: "The \"Alma\" is back".into(), source: TitleSource::Metadata };
        Article::new(title, Body { kind, text: text.into() })
    }

    fn html(text: &str) -> i64 {
        of(&article(BodyKind::Html, text))
    }

    const TEXT: &str = "<p>The <b>ferry</b> \"Alma\" is back - at last... It isn't late &amp; never was.</p>\
                        <p>See <a href=\"/alma\" title=\"x\">the ship</a>.</p>";

    #[test]
    fn how_it_is_written_is_cosmetic() {
        for same in [
            "<p>The <b>ferry</b> \"Alma\" is back - at last...\n\n It isn't late &amp; never was.</p>\n<p>See \
             <a href=\"/alma\" title=\"x\">the ship</a>.</p>",
            "<p>The <b>ferry</b> &ldquo;Alma&rdquo; is back — at last… It isn’t late &#38; never was.</p><p>See \
             <a title=\"x\" href='/alma'>the ship</a>.</p>",
            "<div class=\"new\"><p>The <strong>ferry</strong> «Alma» is back &ndash; at&nbsp;last... It isn't late &amp; \
             never was.</p></div><p>See <a href=\"https://other.example/alma?utm_source=feed\">the ship</a>.</p>\
             <script>track()</script><!-- made by a tool -->",
            "<p>The fer\u{ad}ry \"Alma\" is back - at last... It isn't late &amp; never was.</p><p>See the ship.</p>\u{200b}",
        ] {
            assert_eq!(html(TEXT), html(same), "{same}");
        }
        let typed = "The *ferry* \"Alma\" is back - at last... It isn't late & never was.\n\nSee [the ship](/alma).\n";
        assert_eq!(html(TEXT), of(&article(BodyKind::Markdown, typed)), "another way of writing");
        assert_eq!(html("<p>Caf\u{e9}</p>"), html("<p>Cafe\u{301}</p>"), "composed and not");
    }

    #[test]
    fn what_it_says_is_significant() {
        for other in [
            TEXT.replace("is back", "is not back"),
            TEXT.replace("late &amp; never", "late, &amp; never"),
            TEXT.replace("ferry", "Ferry"),
            TEXT.replace("at last", "atlast"),
            TEXT.replace("</p><p>", " </p><p>Correction: it was. "),
            format!("{TEXT}<p><img src=\"alma.jpg\"></p>"),
            String::new(),
        ] {
            assert_ne!(html(TEXT), html(&other), "{other}");
        }
        assert_ne!(html("<p>30 %</p>"), html("<p>-30 %</p>"));
    }

    #[test]
    fn fields_count_by_what_readers_see() {
        let base = || article(BodyKind::Text, "Text.");
        let changed = |change: fn(&mut Article)| {
            let mut other = base();
            change(&mut other);
            of(&other) != of(&base())
        };
        assert!(changed(|a| a.title.text = "The \"Alma\" is late".into()));
        assert!(changed(|a| a.summary = Some("New.".into())));
        assert!(changed(|a| a.authors = vec![Person { name: "Ada".into(), ..Person::default() }]));
        assert!(changed(|a| a.enclosures = vec![enclosure("https://a.example/1.mp3")]));
        assert!(!changed(|a| a.title.text = " The “Alma”  is back ".into()));
        assert!(!changed(|a| a.tags = vec!["harbour".into()]));
        assert!(!changed(|a| a.section = Some("harbour".into())));
        assert!(!changed(|a| a.url = Some("https://a.example/".into())));
        assert!(!changed(|a| a.language = Some("en".into())));
        let with = |url: &str| of(&Article { enclosures: vec![enclosure(url)], ..base() });
        assert_eq!(with("https://a.example/1.mp3?key=1"), with("https://cdn.example/x/1.mp3"));
        assert_ne!(with("https://a.example/1.mp3"), with("https://a.example/2.mp3"));
    }

    #[test]
    fn fields_do_not_flow_into_each_other() {
        let mut summary = article(BodyKind::Text, "One");
        summary.summary = Some("two".into());
        assert_ne!(of(&summary), of(&article(BodyKind::Text, "One two")));
        assert_eq!(of(&article(BodyKind::Text, "One two")), 8_852_287_414_677_896_175, "stable");
    }

    fn enclosure(url: &str) -> Enclosure {
        Enclosure { url: url.into(), media_type: None, length: None, duration: None }
    }
}
