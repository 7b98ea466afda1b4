//! Names of languages and of character sets.

use super::lists::{Words, words};

/// ISO 639-1, with the codes that it has withdrawn and BCP 47 keeps.
static LANGUAGES: Words = words!(
    " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et \
    eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is it iu iw ja ji jv jw ka kg ki \
    kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv \
    ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk \
    tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "
);

/// Whether a well-formed language tag begins with a language that there is: one of ISO 639-1, any of three letters (ISO
/// 639-3 has thousands), or a private or grandfathered tag. No longer word is registered.
pub(super) fn is_known_language(tag: &str) -> bool {
    let first = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    match first.len() {
        1 | 3 => true,
        2 => LANGUAGES.contains(first.as_str()),
        _ => false,
    }
}

/// Character sets that IANA or the makers of systems name, and that browsers and most readers do not know.
static CHARSETS: Words = words!(
    " big5-hkscs bocu-1 cesu-8 euc-tw gb_2312-80 gb2312-80 hp-roman8 hz hz-gb-2312 iso-10646-ucs-2 iso-10646-ucs-4 iso-ir-6 johab \
    koi8-f koi8-t koi7 macintosh nextstep ptcp154 scsu shift_jis-2004 shift_jisx0213 sjis-2004 tcvn tcvn5712-1 tis-620 ucs-2 ucs-4 \
    utf-7 utf-16 utf-16be utf-16le utf-32 utf-32be utf-32le viscii "
);

/// Whether a name is that of a character set, known to browsers or not.
pub(crate) fn is_charset(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    let is_numbered = |rest: &str| !rest.is_empty() && rest.len() <= 5 && rest.bytes().all(|b| b.is_ascii_digit());
    let has_number = ["cp", "cp-", "ibm", "ibm-", "windows-", "ms", "iso-8859-", "iso8859-", "iso_8859-"]
        .iter()
        .any(|prefix| name.strip_prefix(prefix).is_some_and(is_numbered));
    let is_of_family =
        ["mac-", "x-mac-", "mac_", "ebcdic-", "iso-2022-", "euc-", "cp-", "csibm", "x-ibm"].iter().any(|prefix| {
            name.strip_prefix(prefix).is_some_and(|rest| {
                !rest.is_empty() && rest.len() <= 16 && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            })
        });
    has_number || is_of_family || CHARSETS.contains(name.as_str()) || CHARSETS.contains(name.replace('_', "-").as_str())
}

/// Whether a name is that of ASCII.
pub(crate) fn is_ascii_name(name: &str) -> bool {
    matches!(name.trim().to_ascii_lowercase().as_str(), "us-ascii" | "ascii" | "ansi_x3.4-1968" | "iso646-us" | "us")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        for right in ["en", "EN-us", "zh-Hant-TW", "gsw", "x-quay", "i-klingon", "iw"] {
            assert!(is_known_language(right), "{right}");
        }
        for wrong in ["english", "xx", "deutsch-DE", "klingon", "zz-US"] {
            assert!(!is_known_language(wrong), "{wrong}");
        }
    }

    #[test]
    fn charsets() {
        for right in ["cp437", "IBM037", "x-mac-cyrillic", "mac-roman", "utf-7", "EUC-TW", "iso-8859-11", "hz-gb-2312"]
        {
            assert!(is_charset(right), "{right}");
        }
        for wrong in ["", "klingon", "utf8mb4", "cp", "iso-8859-x", "windows-latin", "mac- "] {
            assert!(!is_charset(wrong), "{wrong}");
        }
        assert!(is_ascii_name("US-ASCII") && !is_ascii_name("latin1"));
    }
}
