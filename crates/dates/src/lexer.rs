//! Cutting a text into the numbers, words and signs that dates are made of.
//!
//! Tokens are cut as they are asked for, so that a date at the start of a long text costs no more than the date.

use super::names::{self, Meaning};

/// A date has fewer tokens; what has more is none.
const MOST_TOKENS: usize = 64;

/// What surely fits into the value of a number.
pub(super) const MOST_DIGITS: usize = 19;

/// One piece of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub kind: Kind,
    /// Where it starts and ends, in bytes of the text.
    pub start: usize,
    pub end: usize,
    /// Whether it follows the token before it without a blank.
    pub glued: bool,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number in any script; of more than [`MOST_DIGITS`] digits the value is that of the first.
    Number { value: u64, digits: usize, latin: bool },
    /// A Han or Hangul sign behind a number that says what it counts.
    Unit(Unit),
    /// The name of an era with the year before its first.
    Era(i32),
    /// A word.
    Word(Meaning),
    /// Anything else, one character; variants of ASCII signs are given as those.
    Sign(char),
    /// The text is over.
    End,
}

/// What a number counts in the Han and Hangul scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
}

/// Eras by which years are still counted, with the year before their first.
const ERAS: [(&str, i32); 8] = [
    ("令和", 2018),
    ("平成", 1988),
    ("昭和", 1925),
    ("大正", 1911),
    ("明治", 1867),
    ("中華民國", 1911),
    ("民國", 1911),
    ("民国", 1911),
];

/// A text and the tokens that have been cut from it so far.
pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
    tokens: Vec<Token>,
    /// Whether whoever gives the text says that it is a date, so that what could be something else is one.
    pub is_stated: bool,
}

impl<'t> Lexer<'t> {
    /// Nothing is cut yet.
    pub fn new(text: &'t str) -> Self {
        Lexer { text, at: 0, tokens: Vec::with_capacity(24), is_stated: false }
    }

    /// The token of that index; [`Kind::End`] behind the last.
    pub fn token(&mut self, index: usize) -> Token {
        while self.tokens.len() <= index {
            let token = self.cut();
            if token.kind == Kind::End {
                return token;
            }
            self.tokens.push(token);
        }
        self.tokens[index]
    }

    /// What the token of that index is.
    pub fn kind(&mut self, index: usize) -> Kind {
        self.token(index).kind
    }

    /// The token of that index if it follows the one before it without a blank, else [`Kind::End`].
    pub fn glued(&mut self, index: usize) -> Kind {
        let token = self.token(index);
        if token.glued { token.kind } else { Kind::End }
    }

    /// The letters of a token.
    pub fn letters(&mut self, index: usize) -> &'t str {
        let token = self.token(index);
        &self.text[token.start..token.end]
    }

    /// The text itself.
    pub fn text(&self) -> &'t str {
        self.text
    }

    fn cut(&mut self) -> Token {
        let before = self.at;
        let rest = self.text[before..].trim_start_matches(|c: char| c.is_whitespace() || is_mark_of_direction(c));
        let start = self.text.len() - rest.len();
        let glued = !self.text[before..start].contains(char::is_whitespace);
        let Some(first) = rest.chars().next().filter(|_| self.tokens.len() < MOST_TOKENS) else {
            return Token { kind: Kind::End, start: self.text.len(), end: self.text.len(), glued: false };
        };
        let (kind, len) = self.measure(rest, first, glued);
        self.at = start + len;
        Token { kind, start, end: start + len, glued }
    }

    /// The kind and the length in bytes of the token that `rest` starts with.
    fn measure(&self, rest: &str, first: char, glued: bool) -> (Kind, usize) {
        if digit(first).is_some() {
            return number(rest);
        }
        if first.is_ascii_alphabetic() {
            return word(rest);
        }
        if first.is_ascii() {
            return (Kind::Sign(first), 1);
        }
        if let Some(found) = self.unit(rest, first, glued).or_else(|| han_number(rest)).or_else(|| era(rest)) {
            return found;
        }
        if is_letter(first) { word(rest) } else { (Kind::Sign(plain_sign(first)), first.len_utf8()) }
    }

    fn unit(&self, rest: &str, first: char, glued: bool) -> Option<(Kind, usize)> {
        let Kind::Number { .. } = self.tokens.last()?.kind else { return None };
        // `2017-05-01 月曜日`: the day of the week is no unit.
        if rest[first.len_utf8()..].starts_with('曜') {
            return None;
        }
        let unit = match first {
            '年' => Unit::Year,
            '月' => Unit::Month,
            '日' | '号' | '號' => Unit::Day,
            '時' | '时' | '点' | '點' => Unit::Hour,
            '分' => Unit::Minute,
            '秒' => Unit::Second,
            '년' if glued => Unit::Year,
            '월' if glued => Unit::Month,
            '일' if glued => Unit::Day,
            '시' if glued => Unit::Hour,
            '분' if glued => Unit::Minute,
            '초' if glued => Unit::Second,
            _ => return None,
        };
        Some((Kind::Unit(unit), first.len_utf8()))
    }
}

/// Digits of one script, with the value that they have together.
fn number(rest: &str) -> (Kind, usize) {
    let (mut value, mut digits, mut len, mut latin) = (0u64, 0, 0, true);
    for c in rest.chars() {
        let Some(d) = digit(c) else { break };
        if digits < MOST_DIGITS {
            value = value * 10 + d;
        }
        digits += 1;
        len += c.len_utf8();
        latin &= c.is_ascii() || ('０'..='９').contains(&c);
    }
    (Kind::Number { value, digits, latin }, len)
}

/// A word; one of several parts where the parts together are a name (`Thứ Bảy`, `segunda-feira`).
fn word(rest: &str) -> (Kind, usize) {
    let len = word_len(rest);
    let alone = names::lookup(&rest[..len]);
    let (mut meaning, mut end) = (alone, len);
    if alone.head {
        let mut joined = rest[..len].to_owned();
        let mut at = len;
        for _ in 0..2 {
            let gap = rest[at..].chars().next().filter(|c| matches!(c, ' ' | '-' | '\u{a0}' | '\u{202f}'));
            let Some(next) = gap.map(|c| at + c.len_utf8()) else { break };
            let more = word_len(&rest[next..]);
            if more == 0 {
                break;
            }
            joined.push_str(&rest[next..next + more]);
            at = next + more;
            let found = names::lookup(&joined);
            if found.is_known() {
                (meaning, end) = (found, at);
            }
        }
    }
    if meaning == Meaning::default()
        && let Some(found) = leading_name(&rest[..len])
    {
        return found;
    }
    (Kind::Word(meaning), end)
}

/// The day of the week or the half of the day that begins a run of Han or Hangul (`星期六上午`).
fn leading_name(word: &str) -> Option<(Kind, usize)> {
    if !word.starts_with(|c: char| ('\u{3040}'..='\u{9fff}').contains(&c) || ('\u{ac00}'..='\u{d7a3}').contains(&c)) {
        return None;
    }
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).take(3).collect::<Vec<_>>();
    ends.into_iter().rev().find_map(|end| {
        let meaning = names::lookup(&word[..end]);
        (meaning.weekdays != 0 || meaning.role != names::Role::None).then_some((Kind::Word(meaning), end))
    })
}

/// The length of the word that `rest` starts with: letters, and full stops and apostrophes between letters.
fn word_len(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    let mut end = 0;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let inside = matches!(c, '.' | '\'' | '’' | 'ʼ') && at > 0 && next.is_some_and(is_letter);
        if !(is_letter(c) || inside || (c == '׳' && at > 0)) {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// A number in Han numerals before a unit: `二〇二三年`, `十二月`, `三時`.
fn han_number(rest: &str) -> Option<(Kind, usize)> {
    let (mut len, mut count, mut value, mut positional, mut tens) = (0, 0usize, 0u64, 0u64, false);
    for c in rest.chars().take(5) {
        let d = match c {
            '〇' | '零' | '○' => 0,
            '一' | '元' => 1,
            '二' => 2,
            '三' => 3,
            '四' => 4,
            '五' => 5,
            '六' => 6,
            '七' => 7,
            '八' => 8,
            '九' => 9,
            '十' => {
                value = value.max(1) * 10;
                tens = true;
                len += c.len_utf8();
                count += 1;
                continue;
            }
            '廿' => {
                value = 20;
                tens = true;
                len += c.len_utf8();
                count += 1;
                continue;
            }
            _ => break,
        };
        value = if tens { value + d } else { d };
        positional = positional * 10 + d;
        len += c.len_utf8();
        count += 1;
    }
    let unit = rest[len..].chars().next()?;
    if count == 0
        || count > 4
        || !matches!(unit, '年' | '月' | '日' | '号' | '號' | '時' | '时' | '点' | '點' | '分' | '秒')
    {
        return None;
    }
    let (value, digits) = if tens { (value, 2) } else { (positional, count) };
    (value < 10_000).then_some((Kind::Number { value, digits, latin: true }, len))
}

fn era(rest: &str) -> Option<(Kind, usize)> {
    ERAS.iter().find(|(name, _)| rest.starts_with(name)).map(|(name, before)| (Kind::Era(*before), name.len()))
}

/// The value of a decimal digit of any script.
pub(super) fn digit(c: char) -> Option<u64> {
    if c.is_ascii() {
        return c.to_digit(10).map(u64::from);
    }
    /// The zeros of the scripts whose digits people write dates with.
    const ZEROS: [u32; 35] = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
        0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa8d0, 0xa900, 0xa9d0,
        0xaa50, 0xabf0, 0xff10, 0x11136, 0x1e950,
    ];
    let at = ZEROS.partition_point(|&zero| zero <= c as u32).checked_sub(1)?;
    let value = c as u32 - ZEROS[at];
    (value < 10).then_some(u64::from(value))
}

/// Whether the character can stand in a word, combining marks included.
fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    if c.is_alphabetic() {
        return true;
    }
    match c as u32 {
        // Joiners inside words of the Arabic and Indic scripts.
        0x200c | 0x200d => true,
        // Accents and vowel points.
        0x300..=0x36f | 0x591..=0x5bd | 0x64b..=0x65f | 0x670 => true,
        // Signs of the Indic and South-East Asian scripts that Unicode does not call letters, without their dandas
        // and digits.
        0x964 | 0x965 => false,
        0x900..=0xecf | 0xf0b | 0xf18..=0xfbc | 0x1000..=0x103f | 0x135d..=0x135f | 0x17b4..=0x17d3 => {
            digit(c).is_none()
        }
        // Marks of Adlam and Chakma.
        0x1e944..=0x1e94a | 0x11127..=0x11134 | 0x1e100..=0x1e14f => true,
        _ => false,
    }
}

/// Invisible marks that say in which direction text runs.
fn is_mark_of_direction(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{180e}')
}

/// The ASCII sign that a sign stands for.
fn plain_sign(c: char) -> char {
    match c {
        '\u{2010}' | '\u{2011}' | '\u{2212}' | '\u{fe63}' | '－' => '-',
        '／' | '⁄' | '∕' => '/',
        '．' | '。' => '.',
        '：' | '∶' => ':',
        '，' | '،' | '、' | '፣' | '፥' | '፡' | '⹁' | '՝' => ',',
        '＋' => '+',
        '（' => '(',
        '）' => ')',
        '’' | '‘' | 'ʼ' | '´' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        let mut lexer = Lexer::new(text);
        (0..).map(|i| lexer.kind(i)).take_while(|kind| *kind != Kind::End).collect()
    }

    fn numbers(text: &str) -> Vec<u64> {
        let value = |kind| if let Kind::Number { value, .. } = kind { Some(value) } else { None };
        kinds(text).into_iter().filter_map(value).collect()
    }

    #[test]
    fn digits_of_all_scripts_are_numbers() {
        for text in
            ["2023-07-09", "٢٠٢٣-٠٧-٠٩", "۲۰۲۳-۰۷-۰۹", "२०२३-०७-०९", "২০২৩-০৭-০৯", "๒๐๒๓-๐๗-๐๙", "２０２３－０７－０９"]
        {
            assert_eq!(numbers(text), [2023, 7, 9], "{text}");
        }
        assert_eq!(numbers("二〇二三年十二月廿九日"), [2023, 12, 29]);
        assert_eq!(numbers("令和元年五月三十一日"), [1, 5, 31]);
    }

    #[test]
    fn names_of_several_words_are_one_token() {
        assert_eq!(kinds("Thứ Bảy, 9").len(), 3);
        assert_eq!(kinds("segunda-feira").len(), 1);
        assert_eq!(kinds("มี.ค.").len(), 2);
        assert_eq!(kinds("d’abril").len(), 1);
        assert_eq!(kinds("星期六上午").len(), 2);
    }

    #[test]
    fn hostile_texts_cost_little() {
        assert_eq!(kinds(&"9-".repeat(100_000)).len(), MOST_TOKENS);
        assert_eq!(kinds(&"9".repeat(100_000)).len(), 1);
        assert_eq!(kinds(&"十".repeat(100_000)).len(), 1);
    }
}
