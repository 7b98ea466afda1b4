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
    " big5-hkscs bocu-1 cesu-8 euc-cn euc-jis-2004 euc-jisx0213 euc-tw iso-2022-cn iso-2022-cn-ext iso-2022-jp-1 iso-2022-jp-2 \
    iso-2022-jp-2004 iso-2022-jp-3 iso-2022-jp-ext iso-2022-kr gb_2312-80 gb2312-80 hp-roman8 hz hz-gb-2312 iso-10646-ucs-2 iso-10646-ucs-4 iso-ir-6 johab \
    koi8-f koi8-t koi7 macintosh nextstep ptcp154 scsu shift_jis-2004 shift_jisx0213 sjis-2004 tcvn tcvn5712-1 tis-620 ucs-2 ucs-4 \
    utf-7 utf-16 utf-16be utf-16le utf-32 utf-32be utf-32le viscii "
);

/// Numbers of code pages of IBM and Microsoft.
static CODE_PAGES: Words = words!(
    " 037 273 277 278 280 284 285 290 297 420 423 424 437 500 720 737 775 850 851 852 855 857 858 860 861 862 863 864 865 866 868 869 \
    870 871 874 875 880 891 903 904 905 918 932 936 949 950 1006 1026 1047 1125 1140 1141 1142 1143 1144 1145 1146 1147 1148 1149 1250 \
    1251 1252 1253 1254 1255 1256 1257 1258 1361 10000 10006 10007 10029 10079 10081 65001 "
);
/// Scripts that the Macintosh had a set of its own for.
static MAC: Words = words!(
    " arabic ce centeuro central-europe centraleurope croatian cyrillic dingbats farsi greek hebrew iceland icelandic japanese korean \
    latin2 roman romanian symbol thai turkish ukrainian "
);

/// Whether a name is that of a character set, known to browsers or not.
pub(crate) fn is_charset(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    let in_list = |rest: &str, list: &Words| list.contains(rest.trim_start_matches('-'));
    let has_number = ["cp", "ibm", "windows-", "ms"]
        .iter()
        .any(|prefix| name.strip_prefix(prefix).is_some_and(|rest| in_list(rest, &CODE_PAGES)));
    let is_latin = ["iso-8859-", "iso8859-", "iso_8859-"].iter().any(|prefix| {
        name.strip_prefix(prefix).and_then(|part| part.parse::<u8>().ok()).is_some_and(|part| (1..=16).contains(&part))
    });
    let is_of_mac = ["mac-", "x-mac-", "mac_", "mac"]
        .iter()
        .any(|prefix| name.strip_prefix(prefix).is_some_and(|rest| in_list(rest, &MAC)));
    let is_ebcdic = name.strip_prefix("ebcdic-cp-").is_some_and(|rest| (2..=4).contains(&rest.len()));
    has_number
        || is_latin
        || is_of_mac
        || is_ebcdic
        || CHARSETS.contains(name.as_str())
        || CHARSETS.contains(name.replace('_', "-").as_str())
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
        for wrong in
            ["", "klingon", "utf8mb4", "cp", "cp9", "iso-8859-x", "iso-8859-17", "windows-latin", "mac- ", "x-mac-quay"]
        {
            assert!(!is_charset(wrong), "{wrong}");
        }
        assert!(is_ascii_name("US-ASCII") && !is_ascii_name("latin1"));
    }
}
