//! Wrapped lines as one.

/// Words that join a prefix with a hyphen to the next word: "pre- and postwar", "Vor- und Nachteile".
const CONJUNCTIONS: &[&str] = &["and", "bis", "e", "en", "et", "och", "oder", "og", "or", "ou", "to", "u", "und", "y"];

/// The lines as one, inner runs of blanks as one space.
///
/// Between characters of scripts that are written without spaces no space comes in. A hyphen at the end of a line
/// stays, without a space: whether it belongs to the word (`well-known`) or to the line cannot be known. Only a soft
/// hyphen (U+00AD), which is there for the line alone, goes.
pub(super) fn join<'t>(lines: impl IntoIterator<Item = &'t str>) -> String {
    let mut out = String::new();
    for line in lines {
        let mut words = line.split_ascii_whitespace();
        let Some(first) = words.next() else { continue };
        if !out.is_empty() {
            push_seam(&mut out, first);
        }
        out.push_str(first);
        for word in words {
            out.push(' ');
            out.push_str(word);
        }
    }
    out
}

/// Appends what stands between two lines, the second of which begins with this word.
fn push_seam(out: &mut String, word: &str) {
    let mut end = out.chars().rev();
    let (last, before) = (end.next(), end.next());
    let next = word.chars().next();
    match last {
        Some('\u{ad}') => {
            out.pop();
        }
        Some(ch) if is_cjk(ch) && next.is_some_and(is_cjk) => {}
        Some('-' | '‐')
            if before.is_some_and(char::is_alphanumeric)
                && next.is_some_and(char::is_lowercase)
                && !CONJUNCTIONS.contains(&word) => {}
        _ => out.push(' '),
    }
}

/// Whether the character belongs to a script written without spaces (Chinese, Japanese), its punctuation included.
/// Korean is written with spaces.
pub(super) fn is_cjk(ch: char) -> bool {
    matches!(
        u32::from(ch),
        0x2E80..=0x2FDF | 0x3000..=0x30FF | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF
            | 0xFE30..=0xFE4F | 0xFF00..=0xFF9F | 0x20000..=0x3FFFF
    )
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn lines_become_one() {
        assert_eq!(join(["a  b", "c", "", "d"]), "a b c d");
        assert_eq!(join(["これは文章", "です。次の", "文"]), "これは文章です。次の文");
        assert_eq!(join(["한국어는", "띄어쓰기"]), "한국어는 띄어쓰기");
        assert_eq!(join(["日本の", "Tokyo"]), "日本の Tokyo");
        assert_eq!(join(["well-", "known"]), "well-known");
        assert_eq!(join(["infor\u{ad}", "mation"]), "information");
        assert_eq!(join(["pre-", "and postwar"]), "pre- and postwar");
        assert_eq!(join(["he said --", "and left -", "too"]), "he said -- and left - too");
    }
}
