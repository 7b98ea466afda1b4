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

#[cfg(test)]
mod tests {
    use super::slug;

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
