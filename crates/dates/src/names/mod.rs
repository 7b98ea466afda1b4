//! What the words of a date mean, in any language.
//!
//! The tables are facts of the Unicode CLDR; what this file adds are the small words that stand between the parts of
//! a date. One map, built at the first word that is looked up, holds everything.

mod months;
mod weekdays;

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// A longer word is no name of a date; the longest of the tables has 30 bytes less.
const LONGEST_WORD: usize = 80;

/// What a word can mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The month, 1 to 12; 0 when it names none.
    pub month: u8,
    /// The days of the week that it can name, bit 0 for Monday.
    pub weekdays: u8,
    /// Its part where it is no name.
    pub role: Role,
    /// Whether a name of several words can begin with it.
    pub head: bool,
}

/// The part of a word that names neither month nor weekday.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    /// Not a word of dates.
    #[default]
    None,
    /// Stands between the parts of a date: `9 de julho de 2023`.
    Filler,
    /// Stands at a year: `9 июля 2023 г.`.
    YearMark,
    /// Stands before the number of a month: `9 tháng 7`.
    MonthBefore,
    /// Stands after the number of a month: `7-р сарын 9`.
    MonthAfter,
    /// Stands before a year of the Buddhist era: `พ.ศ. 2566`.
    Buddhist,
    /// Stands before a time of day: `um 10:30`.
    At,
    /// Stands after a time of day: `10:30 Uhr`.
    Clock,
    /// Before noon.
    Am,
    /// After noon.
    Pm,
}

static FILLERS: &str = "de del di do du da dal dl of the den der le la die ils el il ta lia ne na su u an yan a e o \
    ngay lo mh y la_data_di คศ ที วันที د نچی ییل کونی ም";
static YEAR_MARKS: &str = "г год года году р рік року ж жыл жылы л ш ҫ аз ел թ թվական թվականի gada gads m metai metu d \
    mettas сыл күнэ оны он гараг гарагт nam ad ce ac";
static MONTHS_BEFORE: &str = "thang thg";
static MONTHS_AFTER: &str = "сар сарын сард";
static BUDDHIST: &str = "พศ ພສ ពស be";
static AT: &str = "at um kl klo klokken klockan kloka ore alle a las as в о у om à στις o_godz godz \
    ساعت الساعة בשעה pukul jam saat lúc luc u ob v ve in";
static CLOCK: &str = "uhr uur h hs hrs hours ora часов น";
static AM: &str = "am a_m vorm vormittags fm dop rano πμ дп ам ص صباحا قظ قبلازظهر 上午 午前 凌晨 早上 오전 पूर्वाह्न \
    ก่อนเทียง sa";
static PM: &str = "pm p_m nachm nachmittags em ip odp μμ пп pp م مساء بظ بعدازظهر 下午 午後 午后 晚上 오후 अपराह्न \
    หลังเทียง ch";

static WORDS: LazyLock<HashMap<String, Meaning>> = LazyLock::new(build);

fn build() -> HashMap<String, Meaning> {
    // The tables hold about eight thousand words.
    let mut words: HashMap<String, Meaning> = HashMap::with_capacity(10_000);
    let mut enter = |word: &str, set: &mut dyn FnMut(&mut Meaning)| {
        if let Some((head, _)) = word.split_once('_') {
            words.entry(head.to_owned()).or_default().head = true;
        }
        set(words.entry(word.replace('_', "")).or_default());
    };
    for (_, row) in months::MONTHS {
        for (month, names) in (1..).zip(row) {
            for name in names.split_whitespace() {
                enter(name, &mut |meaning| {
                    if meaning.month == 0 {
                        meaning.month = month;
                    }
                });
            }
        }
    }
    for (_, row) in weekdays::WEEKDAYS {
        for (day, names) in row.iter().enumerate() {
            for name in names.split_whitespace() {
                enter(name, &mut |meaning| meaning.weekdays |= 1 << day);
            }
        }
    }
    let roles = [
        (FILLERS, Role::Filler),
        (YEAR_MARKS, Role::YearMark),
        (MONTHS_BEFORE, Role::MonthBefore),
        (MONTHS_AFTER, Role::MonthAfter),
        (BUDDHIST, Role::Buddhist),
        (AM, Role::Am),
        (PM, Role::Pm),
        (AT, Role::At),
        (CLOCK, Role::Clock),
    ];
    for (list, role) in roles {
        for word in list.split_whitespace() {
            enter(&fold(word), &mut |meaning| {
                if meaning.role == Role::None {
                    meaning.role = role;
                }
            });
        }
    }
    words
}

/// The meaning of a word, or of several words that are given without what separates them; folded here.
pub(super) fn lookup(word: &str) -> Meaning {
    if word.len() > LONGEST_WORD {
        return Meaning::default();
    }
    if word.is_ascii() {
        // Nearly every word: no heap.
        let mut buffer = [0u8; LONGEST_WORD];
        let mut len = 0;
        for byte in word.bytes().filter(|b| !matches!(b, b'.' | b'\'' | b'`')) {
            buffer[len] = byte.to_ascii_lowercase();
            len += 1;
        }
        return std::str::from_utf8(&buffer[..len]).ok().and_then(|key| WORDS.get(key)).copied().unwrap_or_default();
    }
    WORDS.get(&fold(word)).copied().unwrap_or_default()
}

/// Lower case, without accents, vowel points, full stops and apostrophes: what the tables are compared by.
pub(super) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase).nfkd() {
        match c {
            // Accents; Arabic vowel signs and hamza; Hebrew points.
            '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{655}' | '\u{670}' | '\u{591}'..='\u{5c7}' => {}
            '.' | '\'' | '’' | '‘' | '`' | '´' | '׳' | 'ʼ' | 'ʻ' | '॰' | 'ॱ' | '°' => {}
            '\u{200b}'..='\u{200f}' | '\u{61c}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{180e}' => {}
            'ı' => folded.push('i'),
            'ø' => folded.push('o'),
            'đ' => folded.push('d'),
            'ł' => folded.push('l'),
            'ħ' => folded.push('h'),
            'ŧ' => folded.push('t'),
            'ς' => folded.push('σ'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ð' => folded.push('d'),
            'þ' => folded.push_str("th"),
            c => folded.push(c),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_folded_and_whole() {
        let rows = months::MONTHS.iter().flat_map(|(_, row)| &row[..]);
        for names in rows.chain(weekdays::WEEKDAYS.iter().flat_map(|(_, row)| &row[..])) {
            for name in names.split_whitespace() {
                assert_eq!(fold(name), name);
                assert!(name.len() <= LONGEST_WORD);
            }
        }
        for (language, row) in &months::MONTHS[..20] {
            assert!(row.iter().all(|names| !names.is_empty()), "{language}");
        }
    }

    #[test]
    fn names_are_found_in_any_case_and_with_or_without_accents() {
        for (name, month) in
            [("FÉVRIER", 2), ("fevrier", 2), ("Şubat", 2), ("märz", 3), ("Maerz", 3), ("Μαΐου", 5), ("июля", 7)]
        {
            assert_eq!(lookup(name).month, month, "{name}");
        }
        assert_eq!(lookup("Samstag").weekdays, 1 << 5);
        assert_eq!(lookup("yesterday"), Meaning::default());
        assert_eq!(lookup(&"x".repeat(1000)), Meaning::default());
    }
}
