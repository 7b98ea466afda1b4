//! A segment of a path cut into numbers, words and signs.

use super::super::names;

/// A piece of a segment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// ASCII digits, and how many.
    Number(usize),
    /// Letters, and the marks that belong to them.
    Word,
    /// Anything else, one character; a dash of any kind is `-`, any white space a blank.
    Sign(char),
    /// The segment is over.
    End,
}

/// Whether a word names a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Month {
    No,
    /// Where a day and a year stand beside it.
    WithDay,
    Clear,
}

/// A name is rarely longer; what has more is cut, so that no name takes long.
const MOST: usize = 200;

/// The pieces of a segment.
pub(super) struct Tokens<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    months: Vec<Month>,
}

impl<'t> Tokens<'t> {
    /// Cuts a segment.
    pub fn of(text: &'t str) -> Tokens<'t> {
        let mut tokens: Vec<Token> = Vec::new();
        for (start, c) in text.char_indices() {
            let end = start + c.len_utf8();
            let is_full = tokens.len() == MOST;
            match (tokens.last_mut(), kind(c)) {
                (Some(token @ Token { kind: Kind::Word, .. }), Kind::Word) => token.end = end,
                (Some(Token { kind: Kind::Number(digits), end: last_end, .. }), Kind::Number(_)) => {
                    *digits += 1;
                    *last_end = end;
                }
                (_, kind) if !is_full => tokens.push(Token { kind, start, end }),
                _ => break,
            }
        }
        let months = tokens.iter().map(|token| match token.kind {
            Kind::Word => month(&text[token.start..token.end]),
            _ => Month::No,
        });
        Tokens { text, months: months.collect(), tokens }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// What the piece of that index is.
    pub fn kind(&self, at: usize) -> Kind {
        self.tokens.get(at).map_or(Kind::End, |token| token.kind)
    }

    /// How many digits the number of that index has; `None` where it is none.
    pub fn digits(&self, at: usize) -> Option<usize> {
        match self.kind(at) {
            Kind::Number(digits) => Some(digits),
            _ => None,
        }
    }

    /// The value of the number of that index.
    pub fn number(&self, at: usize) -> Option<u64> {
        self.digits(at)?;
        self.text(at).parse().ok()
    }

    /// The text of the piece of that index.
    pub fn text(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| &self.text[token.start..token.end])
    }

    /// The text from the first piece up to, and without, the other.
    pub fn between(&self, first: usize, next: usize) -> &'t str {
        &self.text[self.start(first)..self.start(next)]
    }

    /// The segment from a byte on.
    pub fn from(&self, at: usize) -> &'t str {
        &self.text[at..]
    }

    /// The byte where the piece of that index starts; the end of the last piece behind it.
    pub fn start(&self, at: usize) -> usize {
        let end = || self.tokens.last().map_or(0, |token| token.end);
        self.tokens.get(at).map_or_else(end, |token| token.start)
    }

    /// The index of the first piece that starts at or behind a byte.
    pub fn behind(&self, byte: usize) -> usize {
        self.tokens.iter().position(|token| token.start >= byte).unwrap_or(self.tokens.len())
    }

    /// Whether a piece is the name of a month, where a day and a year stand beside it.
    pub fn is_month(&self, at: usize) -> bool {
        self.months.get(at).is_some_and(|month| *month >= Month::WithDay)
    }

    /// Whether a piece is the name of a month and hardly anything else.
    pub fn is_clear_month(&self, at: usize) -> bool {
        self.months.get(at) == Some(&Month::Clear)
    }

    /// Whether any piece can be part of a date in words.
    pub fn has_month(&self) -> bool {
        self.months.iter().any(|month| *month >= Month::WithDay) || (0..self.len()).any(|at| self.is_without_blanks(at))
    }

    /// Whether a piece begins in a script that writes dates and what follows them without blanks (`2023年1月4日会議`).
    pub fn is_without_blanks(&self, at: usize) -> bool {
        self.kind(at) == Kind::Word
            && self
                .text(at)
                .starts_with(|c: char| ('\u{3040}'..='\u{9fff}').contains(&c) || ('\u{ac00}'..='\u{d7a3}').contains(&c))
    }

    /// Whether a UUID starts at a piece.
    pub fn is_uuid(&self, at: usize) -> bool {
        is_uuid(&self.text[self.start(at)..])
    }
}

/// Whether a text begins with a UUID (RFC 9562 section 4).
pub(super) fn is_uuid(text: &str) -> bool {
    let mut rest = text.as_bytes();
    for (group, len) in [8, 4, 4, 4, 12].into_iter().enumerate() {
        if group > 0 {
            let Some(behind) = rest.strip_prefix(b"-") else { return false };
            rest = behind;
        }
        let Some((digits, behind)) = rest.split_at_checked(len) else { return false };
        if !digits.iter().all(u8::is_ascii_hexdigit) {
            return false;
        }
        rest = behind;
    }
    true
}

/// Short names of months that are other words as well, in English or in the trade of file names: `sold-out-2023`.
const OTHER_WORDS: &str = "out set ago mag lug die pep san sat sub fan gas gun mac mas pay dub leo lis mor mot see sed sit \
    jin jon ian ion jug uno tri tra pro pun gor bal cab dag cot lam han her api mata mal jol gas aou ape art";

/// The short names of months that stand for nothing else where a day is not stated.
const CLEAR: &str = "jan feb febr mar apr may jun june jul july aug sep sept oct nov dec mai juin juil aout maj mei mrt mrz \
    okt dez abr ene dic fev fevr avr gen giu ott juni juli mars maio mayo";

/// A word of so many ASCII letters may be another word in many languages.
const SHORT: usize = 4;

/// How surely a word names a month.
fn month(word: &str) -> Month {
    let meaning = names::lookup(word);
    let is_name = meaning.month != 0 || matches!(meaning.role, names::Role::MonthBefore | names::Role::MonthAfter);
    let listed = |list: &str| list.split_whitespace().any(|other| word.eq_ignore_ascii_case(other));
    match () {
        () if !is_name || listed(OTHER_WORDS) => Month::No,
        () if word.is_ascii() && word.len() <= SHORT && !listed(CLEAR) => Month::WithDay,
        () => Month::Clear,
    }
}

fn kind(c: char) -> Kind {
    match c {
        '0'..='9' => Kind::Number(1),
        c if c.is_ascii_alphabetic() => Kind::Word,
        c if c.is_whitespace() => Kind::Sign(' '),
        c if c.is_ascii() => Kind::Sign(c),
        // Hyphens and dashes, as those who care for type write them.
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' => Kind::Sign('-'),
        // General punctuation, and that of East Asia, fullwidth forms of signs.
        '\u{80}'..='\u{bf}'
        | '\u{2000}'..='\u{206f}'
        | '\u{3000}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{ff00}'..='\u{ff0f}' => Kind::Sign(c),
        _ => Kind::Word,
    }
}
