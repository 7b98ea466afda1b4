//! Language tags (BCP 47).

/// Tags that RFC 5646 section 2.1 lists for their age, and which its grammar would refuse.
const IRREGULAR: &[&str] = &[
    "en-gb-oed",
    "i-ami",
    "i-bnn",
    "i-default",
    "i-enochian",
    "i-hak",
    "i-klingon",
    "i-lux",
    "i-mingo",
    "i-navajo",
    "i-pwn",
    "i-tao",
    "i-tay",
    "i-tsu",
    "sgn-be-fr",
    "sgn-be-nl",
    "sgn-ch-de",
];

/// Names under which people speak of languages, in English and in the language itself, lower case.
const NAMES: &[(&str, &str)] = &[
    ("arabic", "ar"),
    ("bahasa indonesia", "id"),
    ("bengali", "bn"),
    ("brazilian portuguese", "pt-BR"),
    ("català", "ca"),
    ("catalan", "ca"),
    ("chinese", "zh"),
    ("croatian", "hr"),
    ("czech", "cs"),
    ("danish", "da"),
    ("dansk", "da"),
    ("deutsch", "de"),
    ("dutch", "nl"),
    ("english", "en"),
    ("español", "es"),
    ("espanol", "es"),
    ("finnish", "fi"),
    ("français", "fr"),
    ("francais", "fr"),
    ("french", "fr"),
    ("german", "de"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("hindi", "hi"),
    ("hungarian", "hu"),
    ("indonesian", "id"),
    ("italian", "it"),
    ("italiano", "it"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("magyar", "hu"),
    ("nederlands", "nl"),
    ("norsk", "no"),
    ("norwegian", "no"),
    ("persian", "fa"),
    ("polish", "pl"),
    ("polski", "pl"),
    ("portuguese", "pt"),
    ("português", "pt"),
    ("romanian", "ro"),
    ("russian", "ru"),
    ("simplified chinese", "zh-Hans"),
    ("spanish", "es"),
    ("suomi", "fi"),
    ("svenska", "sv"),
    ("swedish", "sv"),
    ("traditional chinese", "zh-Hant"),
    ("turkish", "tr"),
    ("türkçe", "tr"),
    ("ukrainian", "uk"),
    ("vietnamese", "vi"),
    ("český", "cs"),
    ("čeština", "cs"),
    ("ελληνικά", "el"),
    ("русский", "ru"),
    ("українська", "uk"),
    ("עברית", "he"),
    ("العربية", "ar"),
    ("فارسی", "fa"),
    ("हिन्दी", "hi"),
    ("中文", "zh"),
    ("日本語", "ja"),
    ("한국어", "ko"),
];

/// Whether the text is a well-formed language tag (RFC 5646 section 2.1, in any case).
///
/// Well-formed is not valid: `xx-ZZ` is a tag of a language that nobody speaks.
pub fn is_language_tag(tag: &str) -> bool {
    let lower = tag.to_ascii_lowercase();
    if IRREGULAR.contains(&&*lower) {
        return true;
    }
    let subtags: Vec<&str> = lower.split('-').collect();
    let is_whole = subtags.iter().all(|s| (1..=8).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric()));
    if !is_whole {
        return false;
    }
    if subtags[0] == "x" {
        return subtags.len() > 1;
    }
    let mut rest = match language_length(&subtags) {
        0 => return false,
        length => &subtags[length..],
    };
    take(&mut rest, |s| s.len() == 4 && is_alpha(s));
    take(&mut rest, is_region);
    let mut variants = Vec::new();
    while let Some(variant) = take(&mut rest, is_variant) {
        if variants.contains(&variant) {
            return false;
        }
        variants.push(variant);
    }
    let mut singletons = Vec::new();
    while let Some(singleton) = take(&mut rest, |s| s.len() == 1 && s != "x") {
        if singletons.contains(&singleton) || take(&mut rest, |s| s.len() >= 2).is_none() {
            return false;
        }
        singletons.push(singleton);
        while take(&mut rest, |s| s.len() >= 2).is_some() {}
    }
    rest.is_empty() || (rest[0] == "x" && rest.len() > 1)
}

/// The language tag that a text means, in the usual case (`pt-BR`, `zh-Hans`), or `None`.
///
/// Besides tags: `en_US`, POSIX locales (`de_DE.UTF-8@euro`), and the names of the commonest languages ("English",
/// "français"). The locales `C` and `POSIX` name no language.
pub fn language_tag(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['"', '\'']);
    let name = text.to_lowercase();
    if let Some((_, tag)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some((*tag).to_owned());
    }
    let tag = text.split(['.', '@']).next().unwrap_or(text).replace('_', "-");
    // A primary subtag of five to eight letters is well-formed, but none is registered: it is somebody's word.
    let is_word =
        tag.split('-').next().is_some_and(|first| first.len() > 3) && !IRREGULAR.contains(&&*tag.to_ascii_lowercase());
    (!is_word && name != "posix" && is_language_tag(&tag)).then(|| in_usual_case(&tag))
}

/// The subtags that the language takes: two or three letters with up to three more of three letters, or four to
/// eight letters; 0 for none.
fn language_length(subtags: &[&str]) -> usize {
    let first = subtags[0];
    if !is_alpha(first) {
        return 0;
    }
    match first.len() {
        2 | 3 => 1 + subtags[1..].iter().take(3).take_while(|s| s.len() == 3 && is_alpha(s)).count(),
        4..=8 => 1,
        _ => 0,
    }
}

fn is_region(subtag: &str) -> bool {
    (subtag.len() == 2 && is_alpha(subtag)) || (subtag.len() == 3 && subtag.bytes().all(|b| b.is_ascii_digit()))
}

fn is_variant(subtag: &str) -> bool {
    subtag.len() >= 5 || (subtag.len() == 4 && subtag.as_bytes()[0].is_ascii_digit())
}

fn is_alpha(subtag: &str) -> bool {
    subtag.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn take<'s>(rest: &mut &[&'s str], wanted: impl Fn(&str) -> bool) -> Option<&'s str> {
    let (first, others) = rest.split_first()?;
    wanted(first).then(|| {
        *rest = others;
        *first
    })
}

/// Lower case, but upper case for a region and a capital for a script (RFC 5646 section 2.1.1).
fn in_usual_case(tag: &str) -> String {
    let mut out = String::with_capacity(tag.len());
    let mut after_singleton = false;
    for (at, subtag) in tag.split('-').enumerate() {
        let lower = subtag.to_ascii_lowercase();
        if at > 0 {
            out.push('-');
        }
        match lower.len() {
            2 if at > 0 && !after_singleton => out.push_str(&lower.to_ascii_uppercase()),
            4 if at > 0 && !after_singleton && is_alpha(&lower) => {
                out.push_str(&lower[..1].to_ascii_uppercase());
                out.push_str(&lower[1..]);
            }
            _ => out.push_str(&lower),
        }
        after_singleton |= subtag.len() == 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn well_formed_tags() {
        for tag in [
            "de",
            "de-CH-1996",
            "zh-Hans-CN",
            "zh-cmn-Hans-CN",
            "sl-rozaj-biske-1994",
            "en-a-myext-b-another",
            "x-whatever",
            "de-DE-u-co-phonebk",
            "es-419",
            "i-klingon",
            "en-GB-oed",
            "art-lojban",
            "en-US-x-twain",
            "EN-us",
            "qaa",
        ] {
            assert!(is_language_tag(tag), "{tag}");
        }
        for tag in [
            "",
            "e",
            "en_US",
            "en-",
            "-en",
            "de-419-DE",
            "a-DE",
            "ar-a-aaa-b-bbb-a-ccc",
            "en-a",
            "en-x",
            "x",
            "de-1996-1996",
            "toolonglanguage",
            "en--US",
            "12",
            "en-US-GB",
            "é",
        ] {
            assert!(!is_language_tag(tag), "{tag}");
        }
    }

    #[test]
    fn what_people_write_becomes_a_tag() {
        for (text, tag) in [
            ("en_US", "en-US"),
            ("EN", "en"),
            (" de_DE.UTF-8@euro ", "de-DE"),
            ("english", "en"),
            ("Français", "fr"),
            ("PT-br", "pt-BR"),
            ("zh_hans_cn", "zh-Hans-CN"),
            ("日本語", "ja"),
            ("DE-de-U-CO-PHONEBK", "de-DE-u-co-phonebk"),
            ("\"fi\"", "fi"),
        ] {
            assert_eq!(language_tag(text).as_deref(), Some(tag), "{text}");
        }
        for text in ["", "C", "POSIX", "klingonese", "en US", "true", "12", "-"] {
            assert_eq!(language_tag(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_repaired_tag_is_a_tag_and_final(text in "\\PC{0,12}|[a-zA-Z0-9_.@-]{0,20}") {
            if let Some(tag) = language_tag(&text) {
                prop_assert!(is_language_tag(&tag));
                prop_assert_eq!(language_tag(&tag), Some(tag.clone()));
            }
        }
    }
}
