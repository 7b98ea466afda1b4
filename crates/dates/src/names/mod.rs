//! What the words of a date mean, in any language.
//!
//! The tables are facts of the Unicode CLDR; what this file adds are the small words that stand between the parts of
//! a date. One map, built at the first word that is looked up, holds everything.

mod calendars;
pub(super) mod months;
mod small;
pub(super) mod weekdays;

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::eras::Calendar;

/// A longer word is no name of a date; the longest of the tables has 30 bytes less.
const LONGEST_WORD: usize = 80;

/// What a word can mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The month, 1 to 12; 0 when it names none.
    pub month: u8,
    /// The month of another calendar.
    pub other_month: Option<(Calendar, u8)>,
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
    /// Stands at a year of another calendar: `พ.ศ. 2566`, `1445 هـ`.
    Era(Calendar),
    /// Stands before a time of day: `um 10:30`.
    At,
    /// Stands after a time of day: `10:30 Uhr`.
    Clock,
    /// Before noon.
    Am,
    /// After noon.
    Pm,
    /// In the night, before or after midnight.
    Night,
    /// Noon itself.
    Noon,
    /// Midnight itself.
    Midnight,
    /// The number of a day in words: `first`.
    Day(u8),
}

impl Role {
    /// Whether it says which half of the day a time is in.
    pub fn is_half(self) -> bool {
        matches!(self, Role::Am | Role::Pm | Role::Night | Role::Noon | Role::Midnight)
    }
}

impl Meaning {
    /// Whether it means anything at all in a date.
    pub fn is_known(&self) -> bool {
        self.month != 0 || self.other_month.is_some() || self.weekdays != 0 || self.role != Role::None
    }
}

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
    for (calendar, months) in calendars::MONTHS {
        for (month, names) in (1..).zip(months) {
            for name in names.split_whitespace() {
                enter(&fold(name), &mut |meaning| {
                    meaning.other_month.get_or_insert((*calendar, month));
                });
            }
        }
    }
    for (month, names) in (1..).zip(small::MONTHS) {
        for name in names.split_whitespace() {
            enter(&fold(name), &mut |meaning| {
                if meaning.month == 0 {
                    meaning.month = month;
                }
            });
        }
    }
    for (day, names) in small::WEEKDAYS.iter().enumerate() {
        for name in names.split_whitespace() {
            enter(&fold(name), &mut |meaning| meaning.weekdays |= 1 << day);
        }
    }
    for (day, list) in (1..).zip(small::DAYS) {
        for word in list.split_whitespace() {
            enter(&fold(word), &mut |meaning| meaning.role = Role::Day(day));
        }
    }
    for (list, role) in small::ROLES {
        for word in list.split_whitespace() {
            enter(&fold(word), &mut |meaning| {
                if meaning.role == Role::None {
                    meaning.role = *role;
                }
            });
        }
    }
    // Spellings that differ in what writers of a script leave to taste; the ones that are listed go first.
    let loose: Vec<(String, Meaning)> = words
        .iter()
        .filter(|(word, meaning)| !word.is_ascii() && meaning.is_known())
        .filter_map(|(word, meaning)| Some((loosened(word)?, *meaning)))
        .collect();
    for (word, meaning) in loose {
        words.entry(word).or_insert(meaning);
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
    let folded = fold(word);
    WORDS.get(&folded).or_else(|| WORDS.get(&loosened(&folded)?)).copied().unwrap_or_default()
}

/// A folded word in the one spelling of what Arabic and Indic writers spell in two ways: the final yeh and kaf of
/// Arabic and Persian, long and short vowel signs, `दिसम्बर` and `दिसंबर`. `None` where nothing changes.
fn loosened(folded: &str) -> Option<String> {
    let changes = |c: char| {
        Some(match c {
            'ی' | 'ى' => 'ي',
            'ک' => 'ك',
            'ة' | 'ۀ' | 'ە' => 'ه',
            'ी' => 'ि',
            'ू' => 'ु',
            'ী' => 'ি',
            'ূ' => 'ু',
            'ੀ' => 'ਿ',
            'ી' => 'િ',
            _ => return None,
        })
    };
    let nasal = folded.contains("म्ब");
    if !nasal && !folded.chars().any(|c| changes(c).is_some()) {
        return None;
    }
    let folded = folded.replace("म्ब", "ंब");
    Some(folded.chars().map(|c| changes(c).unwrap_or(c)).collect())
}

/// The name that an unknown word is short for, or is a case form of: `studenog`, `верес`, `júliusban`, `augustā`.
///
/// A word of three letters (two outside the Latin script) is short for a name that begins with it. With an ending
/// that languages give to names, its first four letters and more must begin a name that is no more than two letters
/// longer. Either way all names that fit must mean the same.
pub(super) fn inflected(word: &str) -> Option<Meaning> {
    /// Beginnings are looked for in the names of widely written languages alone.
    const LONGEST: usize = 16;
    let folded = fold(word.trim_end_matches('.'));
    let letters = folded.chars().count();
    let is_latin = folded.starts_with(|c: char| c.is_ascii());
    let is_han = folded.starts_with(|c: char| ('\u{3040}'..='\u{9fff}').contains(&c) || c >= '\u{ac00}');
    if letters < if is_latin { 3 } else { 2 } || letters > LONGEST || is_han {
        return None;
    }
    if let Some(found) = only_meaning(&folded, usize::MAX) {
        return Some(found);
    }
    let endings = folded.char_indices().rev().take((letters - 4.min(letters)).min(4));
    endings.map(|(at, _)| at).find_map(|at| {
        let (stem, ending) = folded.split_at(at);
        small::ENDINGS.split_whitespace().any(|known| known == ending).then(|| only_meaning(stem, 2))?
    })
}

/// What all names mean that begin with a stem and are at most so many letters longer.
fn only_meaning(stem: &str, longer: usize) -> Option<Meaning> {
    let from = NAMES.partition_point(|(name, _)| name.as_str() < stem);
    let length = stem.chars().count();
    let mut found: Option<Meaning> = None;
    for (name, meaning) in NAMES[from..].iter().take_while(|(name, _)| name.starts_with(stem)) {
        if longer < usize::MAX && name.chars().count() > length + longer {
            continue;
        }
        let other = found.get_or_insert(*meaning);
        if (other.month, other.weekdays) != (meaning.month, meaning.weekdays) {
            return None;
        }
    }
    found
}

/// The names of widely written languages that are one word of four letters at least, sorted.
static NAMES: LazyLock<Vec<(String, Meaning)>> = LazyLock::new(|| {
    /// So many rows of the tables are of widely written languages.
    const WIDELY: usize = 117;
    let months = months::MONTHS.iter().take(WIDELY).flat_map(|(_, row)| row.iter()).chain(small::MONTHS.iter());
    let days = weekdays::WEEKDAYS.iter().take(WIDELY).flat_map(|(_, row)| row.iter()).chain(small::WEEKDAYS.iter());
    let mut names: Vec<(String, Meaning)> = months
        .chain(days)
        .flat_map(|names| names.split_whitespace())
        .filter(|name| name.chars().count() >= 4 && !name.contains('_'))
        .map(|name| (name.to_owned(), lookup(name)))
        .filter(|(_, meaning)| (meaning.month != 0) != (meaning.weekdays != 0))
        .map(|(name, meaning)| (name, Meaning { role: Role::None, head: false, ..meaning }))
        .collect();
    names.sort_by(|(a, _), (b, _)| a.cmp(b));
    names.dedup_by(|(a, _), (b, _)| a == b);
    names
});

/// Lower case, without accents, vowel points, full stops and apostrophes: what the tables are compared by.
pub(super) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase).nfkd() {
        match c {
            // Accents; Arabic vowel signs and hamza; Hebrew points.
            '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{655}' | '\u{670}' | '\u{591}'..='\u{5c7}' => {}
            '.' | '\'' | '’' | '‘' | '`' | '´' | '׳' | 'ʼ' | 'ʻ' | '॰' | 'ॱ' | '°' => {}
            '\u{200b}'..='\u{200f}' | '\u{61c}' | '\u{640}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{180e}' => {}
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
