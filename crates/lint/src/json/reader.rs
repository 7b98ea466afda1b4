//! JSON as a stream of tokens with their places (RFC 8259), without recursion.

use std::borrow::Cow;

/// Deeper values are refused; a feed needs five levels.
const DEEPEST: usize = 100;

/// A piece of a document, and where it begins.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'t> {
    Open(Bracket),
    Close(Bracket),
    /// The name of a member.
    Name(Cow<'t, str>),
    Text(Cow<'t, str>),
    Number(&'t str),
    Bool(bool),
    Null,
    Over,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bracket {
    Object,
    Array,
}

/// What is wrong, and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Trouble {
    pub at: usize,
    pub expected: &'static str,
    pub is_depth: bool,
}

pub(super) struct Reader<'t> {
    text: &'t str,
    at: usize,
    open: Vec<Bracket>,
    due: Due,
}

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Due {
    Value,
    /// A value, or the end of the array that has just begun.
    ValueOrEnd,
    /// A name, or the end of the object that has just begun.
    NameOrEnd,
    Name,
    /// A comma or an end.
    Comma,
    Nothing,
}

impl<'t> Reader<'t> {
    pub fn new(text: &'t str) -> Self {
        Reader { text, at: 0, open: Vec::new(), due: Due::Value }
    }

    /// The next token and its place.
    pub fn next(&mut self) -> Result<(usize, Token<'t>), Trouble> {
        self.blanks();
        if self.due == Due::Comma {
            match (self.peek(), self.open.last()) {
                (Some(b','), Some(Bracket::Object)) => self.due = Due::Name,
                (Some(b','), Some(Bracket::Array)) => self.due = Due::Value,
                (Some(b'}'), Some(Bracket::Object)) | (Some(b']'), Some(Bracket::Array)) => return Ok(self.close()),
                (_, Some(Bracket::Object)) => return Err(self.trouble("a comma or }")),
                _ => return Err(self.trouble("a comma or ]")),
            }
            self.at += 1;
            self.blanks();
        }
        let at = self.at;
        let next = self.peek();
        match self.due {
            Due::Nothing if next.is_none() => Ok((at, Token::Over)),
            Due::Nothing => Err(self.trouble("nothing after the document")),
            Due::NameOrEnd if next == Some(b'}') => Ok(self.close()),
            Due::ValueOrEnd if next == Some(b']') => Ok(self.close()),
            Due::NameOrEnd | Due::Name if next == Some(b'"') => {
                let name = self.string()?;
                self.blanks();
                if self.peek() != Some(b':') {
                    return Err(self.trouble("a colon"));
                }
                self.at += 1;
                self.due = Due::Value;
                Ok((at, Token::Name(name)))
            }
            Due::NameOrEnd | Due::Name => Err(self.trouble("a name in double quotes")),
            Due::Value | Due::ValueOrEnd | Due::Comma => self.value(),
        }
    }

    fn value(&mut self) -> Result<(usize, Token<'t>), Trouble> {
        let at = self.at;
        let token = match self.peek() {
            Some(b'{') => return self.open(Bracket::Object),
            Some(b'[') => return self.open(Bracket::Array),
            Some(b'"') => Token::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => Token::Number(self.number()?),
            _ => {
                let words = [("true", Token::Bool(true)), ("false", Token::Bool(false)), ("null", Token::Null)];
                let rest = &self.text[self.at..];
                let found = words.into_iter().find(|(word, _)| rest.starts_with(word));
                let Some((word, token)) = found else { return Err(self.trouble("a value")) };
                self.at += word.len();
                token
            }
        };
        self.after_value();
        Ok((at, token))
    }

    fn open(&mut self, bracket: Bracket) -> Result<(usize, Token<'t>), Trouble> {
        if self.open.len() >= DEEPEST {
            return Err(Trouble { at: self.at, expected: "fewer levels", is_depth: true });
        }
        self.open.push(bracket);
        self.due = if bracket == Bracket::Object { Due::NameOrEnd } else { Due::ValueOrEnd };
        self.at += 1;
        Ok((self.at - 1, Token::Open(bracket)))
    }

    fn close(&mut self) -> (usize, Token<'t>) {
        let bracket = self.open.pop().unwrap_or(Bracket::Object);
        self.at += 1;
        self.after_value();
        (self.at - 1, Token::Close(bracket))
    }

    fn after_value(&mut self) {
        self.due = if self.open.is_empty() { Due::Nothing } else { Due::Comma };
    }

    fn number(&mut self) -> Result<&'t str, Trouble> {
        let start = self.at;
        self.skip(b'-');
        let whole = self.digits();
        let is_padded = whole > 1 && self.text.as_bytes().get(self.at - whole) == Some(&b'0');
        if whole == 0 || is_padded {
            return Err(Trouble { at: start, expected: "a number without leading zeros", is_depth: false });
        }
        if self.skip(b'.') && self.digits() == 0 {
            return Err(self.trouble("digits after the point"));
        }
        if self.skip(b'e') || self.skip(b'E') {
            let _ = self.skip(b'+') || self.skip(b'-');
            if self.digits() == 0 {
                return Err(self.trouble("digits of the exponent"));
            }
        }
        Ok(&self.text[start..self.at])
    }

    /// A string, its escapes resolved.
    fn string(&mut self) -> Result<Cow<'t, str>, Trouble> {
        self.at += 1;
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut out: Option<String> = None;
        let mut copied = start;
        loop {
            let Some(length) = bytes[self.at..].iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1F)) else {
                self.at = bytes.len();
                return Err(self.trouble("a quote at the end of the text"));
            };
            self.at += length;
            match bytes[self.at] {
                b'"' => {
                    let tail = &self.text[copied..self.at];
                    self.at += 1;
                    return Ok(match out {
                        Some(text) => Cow::Owned(text + tail),
                        None => Cow::Borrowed(tail),
                    });
                }
                b'\\' => {
                    let text = out.get_or_insert_default();
                    text.push_str(&self.text[copied..self.at]);
                    let c = escape(&self.text[self.at..]);
                    let Some((c, length)) = c else { return Err(self.trouble("an escape that JSON knows")) };
                    text.push(c);
                    self.at += length;
                    copied = self.at;
                }
                _ => return Err(self.trouble("no control characters in a text")),
            }
        }
    }

    fn blanks(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
    }

    fn digits(&mut self) -> usize {
        let count = self.text.as_bytes()[self.at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        count
    }

    fn skip(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn trouble(&self, expected: &'static str) -> Trouble {
        Trouble { at: self.at, expected, is_depth: false }
    }
}

/// The character of an escape, and how many bytes it takes.
fn escape(text: &str) -> Option<(char, usize)> {
    let simple = |c: char| Some((c, 2));
    match text.as_bytes().get(1)? {
        b'"' => simple('"'),
        b'\\' => simple('\\'),
        b'/' => simple('/'),
        b'b' => simple('\u{8}'),
        b'f' => simple('\u{c}'),
        b'n' => simple('\n'),
        b'r' => simple('\r'),
        b't' => simple('\t'),
        b'u' => {
            let unit = |from: usize| {
                let digits = text.get(from..from + 4).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
                u32::from_str_radix(digits, 16).ok()
            };
            let high = unit(2)?;
            if let Some(c) = char::from_u32(high) {
                return Some((c, 6));
            }
            let low = text.get(6..8).filter(|mark| *mark == "\\u").and_then(|_| unit(8));
            match low.filter(|low| (0xDC00..0xE000).contains(low) && high < 0xDC00) {
                Some(low) => Some((char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))?, 12)),
                // Half of a pair stands for nothing; JSON allows it and readers replace it.
                None => Some((char::REPLACEMENT_CHARACTER, 6)),
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<String>, usize> {
        let mut reader = Reader::new(text);
        let mut out = Vec::new();
        loop {
            match reader.next() {
                Ok((_, Token::Over)) => return Ok(out),
                Ok((_, token)) => out.push(format!("{token:?}")),
                Err(trouble) => return Err(trouble.at),
            }
        }
    }

    #[test]
    fn reads_what_another_reader_reads_and_refuses_what_it_refuses() {
        for text in [
            r#"{"a":[1,-2.5e3,true,false,null,"x\n\u00e4\ud83d\ude00"],"b":{}}"#,
            "[]",
            "3",
            "\"\"",
            " { } ",
            "[[[]]]",
            "",
            "{",
            "[1,]",
            "{\"a\":1,}",
            "01",
            "1.",
            "1e",
            "\"a",
            "\"\\x\"",
            "{\"a\" 1}",
            "{a:1}",
            "[1 2]",
            "nul",
            "[1]]",
            "\"\t\"",
            "-",
            "[,]",
            "{}x",
        ] {
            let other = serde_json::from_str::<serde_json::Value>(text).is_ok();
            assert_eq!(read(text).is_ok(), other, "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn depth_is_bounded() {
        assert_eq!(read(&"[".repeat(1_000_000)), Err(100));
    }
}
