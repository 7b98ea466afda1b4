//! Slugs: the readable part of a record's file name.

/// The slug of a title: transliterated to ASCII, lower case, words joined by `-`, at most 80 characters, cut at a
/// word boundary. `untitled` when nothing is left.
pub fn slug(title: &str) -> String {
    const MAX: usize = 80;
    let ascii = deunicode::deunicode(title);
    let mut slug = String::with_capacity(ascii.len().min(MAX));
    for word in ascii.split(|c: char| !c.is_ascii_alphanumeric() && c != '\'').filter(|w| !w.is_empty()) {
        let word: String = word.chars().filter(|c| *c != '\'').map(|c| c.to_ascii_lowercase()).collect();
        if word.is_empty() {
            continue;
        }
        if slug.is_empty() {
            slug.push_str(&word[..word.len().min(MAX)]);
        } else if slug.len() + 1 + word.len() <= MAX {
            slug.push('-');
            slug.push_str(&word);
        } else {
            break;
        }
    }
    if slug.is_empty() { "untitled".to_owned() } else { slug }
}

/// Names that Windows keeps for devices, whatever extension they have.
const DEVICES: [&str; 7] = ["con", "prn", "aux", "nul", "clock$", "conin$", "conout$"];

/// Whether Windows cannot store a file or directory of this name: up to its first dot it is that of a device, or it ends
/// with a dot or a blank, or holds a character that is none of a name there.
pub fn is_refused_by_windows(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end_matches(' ').to_lowercase();
    let is_port = |port: &str| {
        let mut rest = stem.strip_prefix(port).unwrap_or_default().chars();
        rest.next().is_some_and(|c| matches!(c, '0'..='9' | '\u{b9}' | '\u{b2}' | '\u{b3}')) && rest.next().is_none()
    };
    let is_refused = |c: char| c < ' ' || matches!(c, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*');
    DEVICES.contains(&stem.as_str())
        || is_port("com")
        || is_port("lpt")
        || name.ends_with(['.', ' '])
        || name.contains(is_refused)
}

#[cfg(test)]
mod tests {
    use super::{is_refused_by_windows, slug};

    #[test]
    fn names_of_devices_are_known() {
        let refused = ["con", "CON.md", "aux.txt", "nul.tar.gz", "prn", "com1.md", "LPT9.html", "com\u{b2}.md", "com0"];
        for name in refused.into_iter().chain(["a.", "a ", "a.md ", "a:b", "what?.md", "con .md", "a\\b", "CONIN$"]) {
            assert!(is_refused_by_windows(name), "{name}");
        }
        for name in ["console.md", "con-2.md", "com.md", "com10.md", "lpt", "a.con", "null.md", "auxiliary", "größe.md"]
        {
            assert!(!is_refused_by_windows(name), "{name}");
        }
    }

    #[test]
    fn transliterates_and_cuts_at_words() {
        assert_eq!(slug("Größere Flüsse: Düsseldorf's Brücken"), "grossere-flusse-dusseldorfs-brucken");
        assert_eq!(slug("../../etc/passwd\0"), "etc-passwd");
        assert_eq!(slug("…"), "untitled");
        assert_eq!(slug("  "), "untitled");
        let long = slug(&"harbour ".repeat(30));
        assert!(long.len() <= 80 && long.ends_with("harbour"), "{long}");
        assert_eq!(slug(&"x".repeat(300)).len(), 80);
    }
}
