//! The language that a text is written in, by its script and its trigrams.

mod function_words;

use whatlang::Lang;

/// So many letters of the beginning are looked at; more make nothing surer.
const LOOKED_AT: usize = 700;
/// With fewer letters of a script that one language is written in, the text may be a name or a quotation.
const FEWEST_OF_A_SCRIPT: usize = 20;
/// With fewer letters of a script that many share, trigrams are guesswork.
const FEWEST: usize = 100;
/// So many letters are needed to tell a language from a larger one that it resembles.
const FEWEST_OF_A_SMALL_LANGUAGE: usize = 500;

/// The language of a plain text as a BCP 47 tag (primary subtag only); `None` where it cannot be told for sure.
///
/// ```
/// use feedmill_markup::detect_language;
/// let text = "Der Hafen wurde am Abend geschlossen, weil der Sturm die Boote gegen die Mauer drückte. Erst am \
///             nächsten Morgen durften die Fischer wieder hinaus.";
/// assert_eq!(detect_language(text), Some("de"));
/// assert_eq!(detect_language("港は夕方に閉鎖され、漁船は翌朝まで出港できなかった。"), Some("ja"));
/// assert_eq!(detect_language("Hello"), None);
/// ```
pub fn detect_language(text: &str) -> Option<&'static str> {
    let (sample, scripts) = sample(text);
    let letters = scripts.all;
    // A foreign word in brackets does not make a text another language's.
    let most = |count: usize| count >= FEWEST_OF_A_SCRIPT && count * 2 > letters;
    if most(scripts.kana + scripts.han) {
        // Japanese cannot do without kana.
        return Some(if scripts.kana * 20 >= scripts.han { "ja" } else { "zh" });
    }
    if let Some((language, count)) = scripts.own.iter().max_by_key(|(_, count)| *count)
        && most(*count)
    {
        // Yiddish writes as one letter what Hebrew writes as two.
        let is_yiddish = *language == "he" && sample.contains(['װ', 'ױ', 'ײ']);
        return Some(if is_yiddish { "yi" } else { language });
    }
    if letters < FEWEST {
        return None;
    }
    // Trigrams are dear: they are asked only where function words leave a doubt.
    if let Some(language) = function_words::language(&sample) {
        return Some(language);
    }
    let found = whatlang::detect(&sample)?;
    let (tag, is_small) = tag(found.lang());
    let is_enough = found.is_reliable() && (!is_small || letters >= FEWEST_OF_A_SMALL_LANGUAGE);
    is_enough.then_some(tag)
}

/// How many letters of which script there are.
#[derive(Default)]
struct Scripts {
    all: usize,
    kana: usize,
    han: usize,
    /// Letters of scripts that one language is written in.
    own: Vec<(&'static str, usize)>,
}

/// Scripts with one language of today each: the first and the last letter of their blocks.
const OWN: &[(char, char, &str)] = &[
    ('\u{0370}', '\u{03ff}', "el"),
    ('\u{1f00}', '\u{1fff}', "el"),
    ('\u{0530}', '\u{058f}', "hy"),
    ('\u{05d0}', '\u{05ea}', "he"),
    ('\u{0a00}', '\u{0a7f}', "pa"),
    ('\u{0a80}', '\u{0aff}', "gu"),
    ('\u{0b00}', '\u{0b7f}', "or"),
    ('\u{0b80}', '\u{0bff}', "ta"),
    ('\u{0c00}', '\u{0c7f}', "te"),
    ('\u{0c80}', '\u{0cff}', "kn"),
    ('\u{0d00}', '\u{0d7f}', "ml"),
    ('\u{0d80}', '\u{0dff}', "si"),
    ('\u{0e00}', '\u{0e7f}', "th"),
    ('\u{0e80}', '\u{0eff}', "lo"),
    ('\u{0f00}', '\u{0fff}', "bo"),
    ('\u{1000}', '\u{109f}', "my"),
    ('\u{10a0}', '\u{10ff}', "ka"),
    ('\u{1100}', '\u{11ff}', "ko"),
    ('\u{3130}', '\u{318f}', "ko"),
    ('\u{ac00}', '\u{d7a3}', "ko"),
    ('\u{1780}', '\u{17ff}', "km"),
];

/// The beginning of the text without addresses, and the scripts of its letters.
fn sample(text: &str) -> (String, Scripts) {
    let mut scripts = Scripts::default();
    let mut sample = String::with_capacity(LOOKED_AT * 2);
    for word in text.split_whitespace() {
        // Addresses and the like are of no language.
        if word.contains("://") || word.contains('@') || word.starts_with("www.") {
            continue;
        }
        sample.push_str(word);
        sample.push(' ');
        for c in word.chars().filter(|c| c.is_alphabetic()) {
            scripts.all += 1;
            match c {
                'a'..='z' | 'A'..='Z' => {}
                '\u{3041}'..='\u{30ff}' => scripts.kana += 1,
                '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' => scripts.han += 1,
                c => {
                    let own = OWN.iter().find(|(first, last, _)| (*first..=*last).contains(&c));
                    if let Some((_, _, language)) = own {
                        match scripts.own.iter_mut().find(|(known, _)| known == language) {
                            Some((_, count)) => *count += 1,
                            None => scripts.own.push((language, 1)),
                        }
                    }
                }
            }
        }
        if scripts.all >= LOOKED_AT || sample.len() > 4 * LOOKED_AT {
            break;
        }
    }
    (sample, scripts)
}

/// The tag of a language, and whether trigrams of a short text in a larger one may look like it.
fn tag(language: Lang) -> (&'static str, bool) {
    match language {
        Lang::Eng => ("en", false),
        Lang::Deu => ("de", false),
        Lang::Fra => ("fr", false),
        Lang::Spa => ("es", false),
        Lang::Por => ("pt", false),
        Lang::Ita => ("it", false),
        Lang::Nld => ("nl", false),
        Lang::Pol => ("pl", false),
        Lang::Ces => ("cs", false),
        Lang::Slk => ("sk", true),
        Lang::Hun => ("hu", false),
        Lang::Ron => ("ro", false),
        Lang::Swe => ("sv", false),
        Lang::Dan => ("da", true),
        Lang::Nob => ("nb", true),
        Lang::Fin => ("fi", false),
        Lang::Est => ("et", false),
        Lang::Lit => ("lt", false),
        Lang::Lav => ("lv", false),
        Lang::Tur => ("tr", false),
        Lang::Aze => ("az", true),
        Lang::Tuk => ("tk", true),
        Lang::Uzb => ("uz", true),
        Lang::Vie => ("vi", false),
        Lang::Ind => ("id", false),
        Lang::Jav => ("jv", true),
        Lang::Tgl => ("tl", true),
        Lang::Cat => ("ca", true),
        Lang::Hrv => ("hr", true),
        Lang::Slv => ("sl", true),
        Lang::Afr => ("af", true),
        Lang::Lat => ("la", true),
        Lang::Epo => ("eo", true),
        Lang::Zul => ("zu", true),
        Lang::Sna => ("sn", true),
        Lang::Aka => ("ak", true),
        Lang::Rus => ("ru", false),
        Lang::Ukr => ("uk", false),
        Lang::Bel => ("be", false),
        Lang::Bul => ("bg", false),
        Lang::Mkd => ("mk", true),
        Lang::Srp => ("sr", true),
        Lang::Ara => ("ar", false),
        Lang::Pes => ("fa", false),
        Lang::Urd => ("ur", false),
        Lang::Hin => ("hi", false),
        Lang::Mar => ("mr", false),
        Lang::Nep => ("ne", false),
        Lang::Ben => ("bn", false),
        Lang::Guj => ("gu", false),
        Lang::Pan => ("pa", false),
        Lang::Tam => ("ta", false),
        Lang::Tel => ("te", false),
        Lang::Kan => ("kn", false),
        Lang::Mal => ("ml", false),
        Lang::Ori => ("or", false),
        Lang::Sin => ("si", false),
        Lang::Tha => ("th", false),
        Lang::Khm => ("km", false),
        Lang::Mya => ("my", false),
        Lang::Kat => ("ka", false),
        Lang::Hye => ("hy", false),
        Lang::Ell => ("el", false),
        Lang::Heb => ("he", false),
        Lang::Yid => ("yi", false),
        Lang::Amh => ("am", false),
        Lang::Kor => ("ko", false),
        Lang::Jpn => ("ja", false),
        Lang::Cmn => ("zh", false),
        Lang::Cym => ("cy", true),
    }
}

#[cfg(test)]
mod tests {
    use super::detect_language;

    #[test]
    fn texts_of_many_languages() {
        for (text, language) in [
            (
                "The harbour was closed in the evening because the storm pressed the boats against the wall. Only on the \
                 next morning were the fishermen allowed to go out again.",
                "en",
            ),
            (
                "Le port a été fermé dans la soirée parce que la tempête poussait les bateaux contre le mur. Les pêcheurs \
                 n'ont pu repartir que le lendemain matin.",
                "fr",
            ),
            (
                "El puerto fue cerrado por la tarde porque la tormenta empujaba los barcos contra el muro. Los pescadores \
                 no pudieron salir hasta la mañana siguiente.",
                "es",
            ),
            (
                "Гавань была закрыта вечером, потому что шторм прижимал лодки к стене. Только на следующее утро рыбакам \
                 разрешили снова выйти в море.",
                "ru",
            ),
            (
                "Гавань було зачинено ввечері, бо шторм притискав човни до стіни. Лише наступного ранку рибалкам \
                 дозволили знову вийти в море, і вони поїхали.",
                "uk",
            ),
            (
                "Limanı akşam saatlerinde kapattılar, çünkü fırtına tekneleri duvara doğru itiyordu. Balıkçılar ancak \
                 ertesi sabah yeniden denize açılabildiler.",
                "tr",
            ),
            ("港口在晚上关闭，因为风暴把船只推向墙壁。渔民们直到第二天早上才被允许再次出海。", "zh"),
            ("폭풍이 배를 벽으로 밀어붙여 저녁에 항구가 폐쇄되었다. 어부들은 다음 날 아침에야 나갔다.", "ko"),
            ("Το λιμάνι έκλεισε το βράδυ επειδή η καταιγίδα έσπρωχνε τις βάρκες πάνω στον τοίχο.", "el"),
            ("הנמל נסגר בערב משום שהסערה דחפה את הסירות אל הקיר.", "he"),
            ("ท่าเรือถูกปิดในตอนเย็นเพราะพายุผลักเรือเข้าหากำแพง", "th"),
        ] {
            assert_eq!(detect_language(text), Some(language), "{text}");
        }
    }

    #[test]
    fn too_little_is_no_language() {
        for text in
            ["", "12:30", "Ok", "https://example.org/der-hafen-wurde-am-abend-geschlossen-weil", "東京", "λ → μ"]
        {
            assert_eq!(detect_language(text), None, "{text}");
        }
        assert_eq!(
            detect_language(
                "Αθήνα is the name of the city in its own language, which travellers soon learn; and \
                                    the harbour of it is called Πειραιάς, as everybody knows by now."
            ),
            Some("en")
        );
    }
}
