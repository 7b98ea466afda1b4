//! The words of a text as they are looked up: what is written in different ways and meant the same becomes the same.
//!
//! Case, accents, ligatures and the width of letters do not count. Languages that are written without spaces are
//! taken character by character, so that any piece of their text is found as a sequence of such words. Nothing depends on
//! a dictionary or on the language, which is seldom known of a query.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters of a word that count; more is no word that anybody types, but a key, a hash or an attack.
const LONGEST: usize = 64;

/// A word and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// The byte at which it begins.
    pub at: usize,
    /// The word as it is written.
    pub text: &'a str,
}

impl Word<'_> {
    /// Appends the word as it is compared: at least one letter or digit, and nothing else but marks of other scripts.
    /// Where nothing remains, nothing is appended.
    pub fn fold_into(&self, out: &mut String) {
        if self.text.is_ascii() {
            out.extend(self.text.bytes().take(LONGEST).map(|byte| char::from(byte.to_ascii_lowercase())));
            return;
        }
        let letters = self.text.chars().take(LONGEST).nfkd().filter(|ch| !is_dropped(*ch));
        let lower = letters.flat_map(char::to_lowercase).filter(|ch| !is_dropped(*ch));
        out.extend(lower.flat_map(|ch| spelled(ch).into_iter().flatten()).nfc());
    }

    /// The word as it is compared.
    pub fn folded(&self) -> String {
        let mut out = String::with_capacity(self.text.len());
        self.fold_into(&mut out);
        out
    }

    /// Whether the next word follows without anything between them, as in languages without spaces.
    pub fn touches(&self, next: &Word<'_>) -> bool {
        self.at + self.text.len() == next.at
    }
}

/// The words of a text, in order.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let mut chars = text[rest..].char_indices().map(|(at, ch)| (rest + at, ch));
        let (at, first) = chars.find(|(_, ch)| matches!(kind(*ch), Kind::Letter | Kind::Lone))?;
        let is_lone = kind(first) == Kind::Lone;
        let end = chars.find(|(_, ch)| match kind(*ch) {
            Kind::Joined => false,
            Kind::Letter => is_lone,
            Kind::Lone | Kind::Between => true,
        });
        rest = end.map_or(text.len(), |(end, _)| end);
        Some(Word { at, text: &text[at..rest] })
    })
}

/// Appends the words of a text as they are compared, each with a blank behind it.
pub fn fold_all(text: &str, out: &mut String) {
    for word in words(text) {
        let before = out.len();
        word.fold_into(out);
        if out.len() > before {
            out.push(' ');
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A letter or digit of a script that puts something between words.
    Letter,
    /// A character that is a word of its own.
    Lone,
    /// Belongs to the letter before it.
    Joined,
    /// Stands between words.
    Between,
}

fn kind(ch: char) -> Kind {
    match ch {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Kind::Letter,
        '\0'..='\x7f' => Kind::Between,
        // A hyphen that is seen at the end of a line only, and what joins letters or keeps them apart.
        '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' => Kind::Joined,
        // Vowels and final consonants of Korean syllables that are written in their parts.
        '\u{1160}'..='\u{11ff}' => Kind::Joined,
        _ if is_combining_mark(ch) => Kind::Joined,
        _ if !ch.is_alphanumeric() => Kind::Between,
        _ if has_no_spaces(ch) => Kind::Lone,
        _ => Kind::Letter,
    }
}

/// Scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, kana, Chinese characters. Korean does, but joins
/// particles and compounds to words, so that hardly any word would be found in a text by itself.
fn has_no_spaces(ch: char) -> bool {
    matches!(ch,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{1100}'..='\u{11ff}'
        | '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{312f}' | '\u{3130}'..='\u{318f}'
        | '\u{31a0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{a960}'..='\u{a97f}'
        | '\u{aa60}'..='\u{aa7f}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}')
}

/// What does not count: accents of Latin, Greek and Cyrillic letters, vowel points of Hebrew and Arabic, which are
/// mostly left out, and what is no part of a word at all but came out of a decomposition.
fn is_dropped(ch: char) -> bool {
    match ch {
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}' => true,
        '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' => true,
        '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' => true,
        _ => !ch.is_alphanumeric() && !is_combining_mark(ch),
    }
}

/// Letters that are written with others where a keyboard lacks them, and that no decomposition knows.
fn spelled(ch: char) -> [Option<char>; 2] {
    match ch {
        'ß' => [Some('s'), Some('s')],
        'æ' => [Some('a'), Some('e')],
        'œ' => [Some('o'), Some('e')],
        'þ' => [Some('t'), Some('h')],
        'ø' => [Some('o'), None],
        'đ' | 'ð' => [Some('d'), None],
        'ł' => [Some('l'), None],
        'ħ' => [Some('h'), None],
        'ı' => [Some('i'), None],
        'ς' => [Some('σ'), None],
        _ => [Some(ch), None],
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folded(text: &str) -> String {
        let mut out = String::new();
        fold_all(text, &mut out);
        out.trim_end().to_owned()
    }

    #[test]
    fn what_is_meant_the_same_becomes_the_same() {
        for (text, same) in [
            ("Düsseldorf ÉTÉ naïve", "dusseldorf ete naive"),
            ("Straße, Ærøskøbing, Łódź, Œuvre", "strasse aeroskobing lodz oeuvre"),
            ("İstanbul ıstanbul ISTANBUL", "istanbul istanbul istanbul"),
            ("ＡＢＣ ﬁn １２", "abc fin 12"),
            ("don't l’été C++ U.S. 1,000.50", "don t l ete c u s 1 000 50"),
            ("Schiff\u{ad}fahrt foo_bar a-b", "schifffahrt foo bar a b"),
            ("ΟΔΥΣΣΕΥΣ ὀδυσσεύς Ёлка йод", "οδυσσευσ οδυσσευσ елка иод"),
            ("שָׁלוֹם مُحَمَّد محـمد", "שלום محمد محمد"),
            ("हिन्दी में ½", "हिन्दी में 12"),
        ] {
            assert_eq!(folded(text), same, "{text}");
        }
        let decomposed: String = "Größe 서울 が".nfd().collect();
        assert_eq!(folded(&decomposed), folded("Größe 서울 が"));
        assert_eq!(folded("... — ¿? 🎉 \u{301}"), "");
    }

    #[test]
    fn languages_without_spaces_are_taken_by_character() {
        assert_eq!(folded("東京都の天気"), "東 京 都 の 天 気");
        assert_eq!(folded("서울에서 2023년"), "서 울 에 서 2023 년");
        assert_eq!(folded("ที่นี่"), "ที่ นี่");
        assert_eq!(folded("iPhone発売"), "iphone 発 売");
        let text = "東京 a";
        let found: Vec<Word> = words(text).collect();
        assert!(found[0].touches(&found[1]) && !found[1].touches(&found[2]));
    }

    #[test]
    fn endless_words_end() {
        let text = "x".repeat(1_000_000);
        assert_eq!(folded(&text).len(), LONGEST);
        assert!(folded(&"é\u{301}".repeat(100_000)).len() <= LONGEST);
        assert_eq!(words(&text).count(), 1);
    }

    proptest! {
        #[test]
        fn words_stand_where_they_say_and_fold_once(text in any::<String>()) {
            let mut end = 0;
            for word in words(&text) {
                prop_assert!(word.at >= end && !word.text.is_empty());
                end = word.at + word.text.len();
                prop_assert_eq!(&text[word.at..end], word.text);
            }
            let once = folded(&text);
            prop_assert!(!once.chars().any(|ch| ch.is_ascii() && !ch.is_ascii_alphanumeric() && ch != ' '));
        }
    }
}
