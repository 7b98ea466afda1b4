//! Titles, names and summaries as one line of plain text, whatever markup they came in.

use feedmill_markup as markup;

/// HTML elements that stand in titles. A `<` before anything else is text: `ACME INC <ACM>`.
const INLINE_TAGS: &[&str] = &[
    "a", "abbr", "b", "big", "br", "center", "cite", "code", "del", "div", "em", "font", "h1", "h2", "h3", "h4", "h5",
    "h6", "i", "img", "ins", "kbd", "li", "mark", "nobr", "p", "q", "s", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "ul", "wbr",
];

/// One line of plain text: tags, entities and Markdown emphasis resolved, white space collapsed.
pub(super) fn line(text: &str) -> String {
    if !text.contains(['<', '&', '*', '_', '`', '[', '\\', '~']) {
        return markup::one_line(text);
    }
    markup::one_line(&without_emphasis(&html(text)))
}

/// One line of plain text of HTML: tags and entities resolved, asterisks and underscores left alone.
pub(super) fn html(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return markup::one_line(text);
    }
    let text = without_tags(text);
    if !text.contains('&') {
        return markup::one_line(&text);
    }
    markup::one_line(&markup::html::to_text(&text.replace('<', "&lt;")))
}

fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let inner = &rest[at + 1..];
        if let Some(end) = tag_end(inner) {
            // A break parts words; bold type inside a word does not.
            let name = tag_name(&inner[..end]);
            if matches!(name.to_ascii_lowercase().as_str(), "br" | "p" | "div" | "li" | "ul") || name.starts_with('h') {
                out.push(' ');
            }
            rest = &inner[end + 1..];
        } else if inner.starts_with("!--") {
            rest = inner.find("-->").map_or("", |end| &inner[end + 3..]);
        } else {
            out.push('<');
            rest = inner;
        }
    }
    out.push_str(rest);
    out
}

/// Where the tag that a text after `<` begins with ends; `None` when it begins with none.
fn tag_end(inner: &str) -> Option<usize> {
    /// A longer tag is none; and a search without end for each `<` would take quadratic time.
    const LONGEST: usize = 2000;
    if !INLINE_TAGS.iter().any(|tag| tag_name(inner).eq_ignore_ascii_case(tag)) {
        return None;
    }
    memchr::memchr(b'>', &inner.as_bytes()[..inner.len().min(LONGEST)])
}

fn tag_name(inner: &str) -> &str {
    let inner = inner.trim_start_matches('/');
    const LONGEST: usize = 10;
    let end = inner.bytes().take(LONGEST).position(|byte| !byte.is_ascii_alphanumeric());
    end.map_or("", |end| &inner[..end])
}

/// Markdown's emphasis, code, links and escapes as the text that a reader sees.
fn without_emphasis(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        match c {
            '\\' if after.starts_with(|c: char| c.is_ascii_punctuation()) => {
                out.push_str(&after[..1]);
                rest = &after[1..];
                continue;
            }
            '`' => {
                let fence = rest.len() - rest.trim_start_matches('`').len();
                let inner = &rest[fence..];
                if let Some(end) = inner.find(&rest[..fence]) {
                    out.push_str(inner[..end].trim());
                    rest = &inner[end + fence..];
                    continue;
                }
                out.push_str(&rest[..fence]);
                rest = inner;
                continue;
            }
            '*' | '_' | '~' => {
                let run = rest.len() - rest.trim_start_matches(c).len();
                if !is_emphasis(c, run, out.chars().next_back(), &rest[run..]) {
                    out.push_str(&rest[..run]);
                }
                rest = &rest[run..];
                continue;
            }
            '!' if after.starts_with('[') => {
                if let Some((label, behind)) = link(after) {
                    out.push_str(label);
                    rest = behind;
                    continue;
                }
            }
            '[' => {
                if let Some((label, behind)) = link(rest) {
                    out.push_str(&without_emphasis_of_label(label));
                    rest = behind;
                    continue;
                }
            }
            _ => {}
        }
        out.push(c);
        rest = after;
    }
    out
}

fn without_emphasis_of_label(label: &str) -> String {
    label.chars().filter(|c| !matches!(c, '*' | '`')).collect()
}

/// Whether a run of `*`, `_` or `~` opens or closes emphasis rather than being text (`2 * 3`, `snake_case`).
fn is_emphasis(mark: char, run: usize, before: Option<char>, after: &str) -> bool {
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let next = after.chars().next();
    if mark == '~' {
        return run == 2;
    }
    let inside_word = |side: Option<char>| mark == '_' && word(side);
    let opens = !blank(next) && !inside_word(before) && after.contains(mark);
    let closes = !blank(before) && !inside_word(next);
    run <= 3 && (opens || closes && !(mark == '*' && run == 1 && blank(next) && !word(before)))
}

/// The label of `[label](target)` or `[label][ref]` at the start of a text, and what follows.
fn link(text: &str) -> Option<(&str, &str)> {
    /// Longer labels and targets are none; and a search without end for each bracket would take quadratic time.
    const LONGEST: usize = 500;
    let find = |byte: u8, text: &str| memchr::memchr(byte, &text.as_bytes()[..text.len().min(LONGEST)]);
    let end = find(b']', text)?;
    let (label, behind) = (&text[1..end], &text[end + 1..]);
    let close = match behind.as_bytes().first()? {
        b'(' => b')',
        b'[' => b']',
        _ => return None,
    };
    let stop = find(close, behind)?;
    Some((label, &behind[stop + 1..]))
}

#[cfg(test)]
mod tests {
    use super::{html, line};

    #[test]
    fn markup_goes_and_text_stays() {
        for (given, expected) in [
            ("Harbour News <br> May 4", "Harbour News May 4"),
            ("The <em>only</em> way &amp; the <B>other</B>", "The only way & the other"),
            ("ACME INC <ACM> 4TH QTR LOSS", "ACME INC <ACM> 4TH QTR LOSS"),
            ("A<b>&lt;B&gt; &#58; C", "A<B> : C"),
            ("**Bold** and _thin_ and `a_b_c`", "Bold and thin and a_b_c"),
            ("snake_case and 2 * 3 * 4", "snake_case and 2 * 3 * 4"),
            ("See [the *map*](https://example.org/a) now", "See the map now"),
            ("\\[draft\\] 5 \\* 5", "[draft] 5 * 5"),
            ("[draft] not a link", "[draft] not a link"),
            ("Über uns\n&ndash; hier", "Über uns – hier"),
        ] {
            assert_eq!(line(given), expected, "{given}");
        }
        assert_eq!(html("a * b <i>c</i>"), "a * b c");
    }
}
