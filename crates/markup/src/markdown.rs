//! Markdown as HTML.

mod comments;
mod fences;
mod shortcodes;
mod variables;

use std::collections::HashMap;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, TextMergeStream, html};

use super::{footnote, legal, text};
pub use comments::without_comments;
pub use variables::fill;

/// Markdown as HTML, not yet sanitised: raw HTML passes as it is.
///
/// CommonMark with the extensions that writers take for granted: tables, footnotes, strikethrough, task lists (with
/// ☐ and ☑, since no reader shows a check box), bare web and e-mail addresses as links. Quotation marks and dashes
/// stay as typed. What is meant for a site generator goes, as far as a reader can do without it: tags of Liquid,
/// shortcodes of Hugo, attribute lists of kramdown; highlighted code, pictures and films in them stay. Ids are those
/// of the text, so that the same text always gives the same HTML; those of footnotes are made of the whole text, so that
/// two articles on one page do not share them.
pub fn to_html(markdown: &str) -> String {
    let markdown = legal(markdown);
    let markdown = shortcodes::resolve(&markdown);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut out = String::with_capacity(markdown.len() + markdown.len() / 4);
    let mut verbatim = 0usize;
    let mut notes = Notes::of(&markdown);
    let events = TextMergeStream::new(Parser::new_ext(&markdown, options)).map(|event| {
        match &event {
            Event::Start(tag) if is_verbatim(tag.to_end()) => verbatim += 1,
            Event::End(tag) if is_verbatim(*tag) => verbatim = verbatim.saturating_sub(1),
            _ => {}
        }
        match event {
            Event::TaskListMarker(done) => Event::Text(CowStr::Borrowed(if done { "☑ " } else { "☐ " })),
            Event::FootnoteReference(label) => Event::InlineHtml(notes.reference(&label).into()),
            Event::Start(Tag::FootnoteDefinition(label)) => Event::Html(notes.definition(&label).into()),
            Event::End(TagEnd::FootnoteDefinition) => Event::Html(CowStr::Borrowed("</div>\n")),
            Event::Text(text) if verbatim == 0 => linked(text),
            other => other,
        }
    });
    html::push_html(&mut out, events);
    out
}

/// The numbers of the footnotes of a text, in the order in which they are first mentioned.
struct Notes {
    stem: String,
    /// The number of each label, and how often the text refers to it.
    numbers: HashMap<String, (usize, usize)>,
}

impl Notes {
    fn of(markdown: &str) -> Notes {
        Notes { stem: footnote::stem(markdown), numbers: HashMap::new() }
    }

    fn number(&mut self, label: &str) -> &mut (usize, usize) {
        let next = self.numbers.len() + 1;
        self.numbers.entry(label.to_owned()).or_insert((next, 0))
    }

    fn reference(&mut self, label: &str) -> String {
        let (number, mentions) = self.number(label);
        *mentions += 1;
        let number = *number;
        // The note leads back to the first place that mentions it.
        let id = if *mentions == 1 { format!(" id=\"fnref-{}-{number}\"", self.stem) } else { String::new() };
        format!("<sup{id}><a href=\"#fn-{}-{number}\">{number}</a></sup>", self.stem)
    }

    fn definition(&mut self, label: &str) -> String {
        let (number, mentions) = *self.number(label);
        let stem = &self.stem;
        let mark = match mentions {
            0 => number.to_string(),
            _ => format!("<a href=\"#fnref-{stem}-{number}\">{number}</a>"),
        };
        format!("<div id=\"fn-{stem}-{number}\"><sup>{mark}</sup>\n")
    }
}

/// Whether an address inside is no link: it is one already, or stands in code or in the description of a picture.
fn is_verbatim(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock)
}

/// The text with its bare addresses as links.
fn linked(text: CowStr<'_>) -> Event<'_> {
    if !text::may_hold_link(&text) {
        return Event::Text(text);
    }
    let mut html = String::with_capacity(text.len() * 2);
    text::push_text(&mut html, &text);
    Event::InlineHtml(html.into())
}

#[cfg(test)]
mod tests {
    use super::{footnote, to_html};
    use proptest::prelude::*;

    #[track_caller]
    fn check(markdown: &str, expected: &str) {
        assert_eq!(to_html(markdown).trim_end(), expected);
    }

    #[test]
    fn extensions_that_writers_expect() {
        check("~~old~~ *new*", "<p><del>old</del> <em>new</em></p>");
        check("- [x] done\n- [ ] open", "<ul>\n<li>☑ done</li>\n<li>☐ open</li>\n</ul>");
        let table = to_html("a | b\n--|--:\n1 | 2");
        assert!(table.contains("<th style=\"text-align: right\">b</th>"), "{table}");
        check("# Head {#own}", "<h1 id=\"own\">Head</h1>");
        check("\"quoted\" -- text...", "<p>\"quoted\" -- text...</p>");
    }

    #[test]
    fn footnotes_lead_there_and_back() {
        let base = url::Url::parse("https://a.example/log.html#entry").unwrap();
        let note = |text: &str| crate::html::clean(&to_html(text), Some(&base));
        let one = note("Tide[^b] and ebb[^a], tide[^b].\n\n[^a]: Low.\n\n[^b]: High.\n");
        let (_, rest) = one.split_once("<sup id=\"fnref-").unwrap();
        let stem = &rest[..footnote::LENGTH];
        for piece in [
            format!("<a href=\"https://a.example/log.html#fn-{stem}-1\">1</a>"),
            format!("<sup id=\"fnref-{stem}-2\">"),
            format!("<div id=\"fn-{stem}-1\"><sup><a href=\"https://a.example/log.html#fnref-{stem}-1\">1</a></sup>"),
            format!("<div id=\"fn-{stem}-2\">"),
        ] {
            assert!(one.contains(&piece), "{piece}\n{one}");
        }
        assert_eq!(one.matches(&format!("id=\"fnref-{stem}-1\"")).count(), 1, "{one}");
        assert_eq!(crate::html::clean(&one, None), one, "cleaning again changes nothing");
        let other = note("Tide[^1].\n\n[^1]: High.\n");
        assert!(other.contains("id=\"fn-") && !other.contains(stem), "{other}");
        assert_eq!(crate::html::clean("<p id=\"fn-1\">a</p><p id=\"top\">b</p>", None), "<p>a</p><p>b</p>");
    }

    #[test]
    fn bare_addresses_become_links() {
        check(
            "See https://example.org/a_b_c and *x*.",
            "<p>See <a href=\"https://example.org/a_b_c\">https://example.org/a_b_c</a> and <em>x</em>.</p>",
        );
        check("[https://a.example](/b)", "<p><a href=\"/b\">https://a.example</a></p>");
        check("`https://a.example`", "<p><code>https://a.example</code></p>");
        check("![https://a.example](/b)", "<p><img src=\"/b\" alt=\"https://a.example\" /></p>");
        check("<https://a.example>", "<p><a href=\"https://a.example\">https://a.example</a></p>");
    }

    #[test]
    fn raw_html_passes() {
        check("<div>\n\n*a*\n\n</div>", "<div>\n<p><em>a</em></p>\n</div>");
        check("a <b>c</b>", "<p>a <b>c</b></p>");
    }

    #[test]
    fn hostile_markdown_takes_linear_time() {
        for piece in [
            "[", "*a ", "**a", "_a_", ">", "> ", "- ", "`", "![", "[a](", "<", "&", "a\n> ", "[^a]", "|a", "[a]: b\n",
            "{%", "{{<",
        ] {
            let text = piece.repeat(20_000);
            let start = std::time::Instant::now();
            let html = crate::html::clean(&to_html(&text), None);
            assert!(start.elapsed().as_secs() < 10, "{piece:?} took {:?}", start.elapsed());
            drop(html);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "([a-z#>*_`\\[\\]()!|:<&{%} \n-]{0,4}){0,30}") {
            let html = to_html(&text);
            prop_assert_eq!(&to_html(&text), &html);
        }
    }
}
