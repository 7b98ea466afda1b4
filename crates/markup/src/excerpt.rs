//! The beginning of a text.

use unicode_normalization::char::is_combining_mark;

use super::xml::one_line;

/// The text as one line of at most `max_chars` characters, the `…` that marks a cut included.
///
/// A text that fits is not marked. A cut falls between words where there is a space in the second half, else (a URL, a
/// language written without spaces) between two characters as a person sees them: never between a letter and its
/// accents or inside an emoji sequence. Punctuation that would stand before the `…` goes.
pub fn excerpt(text: &str, max_chars: usize) -> String {
    let line = one_line(beginning(text, max_chars));
    let Some((limit, _)) = line.char_indices().nth(max_chars.saturating_sub(1)) else { return line };
    if max_chars == 0 {
        return String::new();
    }
    if line[limit..].chars().nth(1).is_none() {
        return line;
    }
    let end = word_end(&line, limit).unwrap_or_else(|| cluster_end(&line, limit));
    let kept = line[..end].trim_end_matches(|ch: char| ch.is_whitespace() || ",;:.-–—…".contains(ch));
    let kept = if kept.is_empty() { &line[..end] } else { kept };
    format!("{kept}…")
}

/// As much of the text as can matter: an article may be long, and an excerpt is short.
fn beginning(text: &str, max_chars: usize) -> &str {
    // More than `max_chars` characters that are no white space and are legal are certainly more than enough.
    let mut counted = 0;
    for (at, ch) in text.char_indices() {
        if !ch.is_whitespace() && !ch.is_control() {
            counted += 1;
            if counted > max_chars.saturating_mul(2).saturating_add(64) {
                return &text[..at];
            }
        }
    }
    text
}

/// The end of the last word that ends at or before `limit`, if it does not lie too far before it.
fn word_end(line: &str, limit: usize) -> Option<usize> {
    if line[limit..].starts_with(' ') {
        return Some(limit);
    }
    let end = line[..limit].rfind(' ')?;
    (end * 2 >= limit).then_some(end)
}

/// The last position at or before `limit` where a visible character ends; `limit` if there is none.
fn cluster_end(line: &str, limit: usize) -> usize {
    let starts_here = |at: usize| {
        let joins_previous = line[at..].chars().next().is_some_and(is_extender);
        let joins_next = line[..at].ends_with(['\u{200d}', '\u{94d}']);
        // Flags are pairs of letters; which letter begins a pair shows the count of letters before it.
        let flags = line[..at].chars().rev().take_while(|ch| is_flag_letter(*ch)).count();
        let splits_flag = flags % 2 == 1 && line[at..].starts_with(is_flag_letter);
        !(joins_previous || joins_next || splits_flag)
    };
    // What no person would write as one character is cut in the middle.
    const MAX_CLUSTER: usize = 32;
    let candidates = line[..limit].char_indices().rev().map(|(at, _)| at).take(MAX_CLUSTER);
    std::iter::once(limit).chain(candidates).find(|at| *at > 0 && starts_here(*at)).unwrap_or(limit)
}

/// Characters that belong to the one before them.
fn is_extender(ch: char) -> bool {
    matches!(ch, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
        || is_combining_mark(ch)
}

fn is_flag_letter(ch: char) -> bool {
    matches!(ch, '\u{1f1e6}'..='\u{1f1ff}')
}

#[cfg(test)]
mod tests {
    use super::excerpt;
    use proptest::prelude::*;

    #[test]
    fn a_text_that_fits_is_not_marked() {
        assert_eq!(excerpt(" a\n b ", 3), "a b");
        assert_eq!(excerpt("", 5), "");
        assert_eq!(excerpt("abc", 0), "");
        assert_eq!(excerpt("", 0), "");
    }

    #[test]
    fn a_cut_falls_between_words() {
        assert_eq!(excerpt("one two three four", 14), "one two three…");
        assert_eq!(excerpt("one two three four", 13), "one two…");
        assert_eq!(excerpt("one two, three", 10), "one two…");
        assert_eq!(excerpt("one two threefourfivesixseveneight", 20), "one two threefourfi…");
        assert_eq!(excerpt("東京は今日も雨が降っています", 6), "東京は今日…");
    }

    #[test]
    fn a_cut_splits_no_visible_character() {
        assert_eq!(excerpt("abcde\u{301}fgh", 6), "abcd…");
        assert_eq!(excerpt("abc👨\u{200d}👩\u{200d}👧xyz", 6), "abc…");
        assert_eq!(excerpt("ab🇩🇪🇫🇷xyz", 6), "ab🇩🇪…");
        assert_eq!(excerpt("a\u{301}\u{301}\u{301}\u{301}", 3), "a\u{301}…");
    }

    #[test]
    fn a_long_text_is_not_read_to_its_end() {
        let text = "word ".repeat(1_000_000);
        let start = std::time::Instant::now();
        for _ in 0..1000 {
            assert_eq!(excerpt(&text, 9), "word…");
        }
        assert!(start.elapsed().as_secs() < 5);
    }

    proptest! {
        #[test]
        fn an_excerpt_fits_and_is_a_beginning(text in any::<String>(), max in 0usize..40) {
            let short = excerpt(&text, max);
            prop_assert!(short.chars().count() <= max);
            let whole = super::one_line(&text);
            match short.strip_suffix('…') {
                Some(kept) if short != whole => prop_assert!(whole.starts_with(kept)),
                _ => prop_assert!(short == whole || max == 0),
            }
        }
    }
}
