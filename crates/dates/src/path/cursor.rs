//! Walking through a path: its segments, and the numbers and names that dates in it are made of.

use std::borrow::Cow;

use super::super::names;

/// The path of a URL, or the path that it is, with percent-encoding resolved. In the address of a copy
/// (`https://web.archive.org/web/20130307194448/http://example.org/2008/05/x`) that of the page counts.
pub(super) fn plain(name: &str) -> Cow<'_, str> {
    let name =
        ["/http://", "/https://"].iter().filter_map(|inner| name.rfind(inner)).max().map_or(name, |at| &name[at + 1..]);
    let path = match name.split_once("://") {
        Some((scheme, rest)) if !scheme.contains(['/', '\\']) => {
            let rest = &rest[..rest.find(['?', '#']).unwrap_or(rest.len())];
            rest.split_once('/').map_or("", |(_, path)| path)
        }
        _ => name,
    };
    if !path.contains('%') {
        return Cow::Borrowed(path);
    }
    let bytes = path.as_bytes();
    let hex = |at: usize| bytes.get(at).and_then(|b| char::from(*b).to_digit(16));
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, ..) => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    Cow::Owned(String::from_utf8_lossy(&decoded).into_owned())
}

/// The segments of a path with the byte where each starts.
pub(super) fn segments(path: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    path.split(['/', '\\']).map(move |segment| {
        let start = at + segment.len() - segment.trim_start().len();
        at += segment.len() + 1;
        (start, segment.trim())
    })
}

/// A place in a path.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'p> {
    /// The path from the segment on.
    pub rest: &'p str,
    /// How far it is read, in bytes.
    pub at: usize,
}

/// What stands between the parts of a date in a path.
fn is_joint(c: char) -> bool {
    matches!(c, '-' | '_' | '.' | '/' | '\\')
}

impl Cursor<'_> {
    /// What is not read yet.
    pub fn left(&self) -> &str {
        &self.rest[self.at..]
    }

    /// The next character.
    pub fn next(&self) -> Option<char> {
        self.left().chars().next()
    }

    /// A run of at most 14 ASCII digits and how many they are.
    pub fn number(&mut self) -> Option<(u64, usize)> {
        let count = self.left().bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=14).contains(&count) {
            return None;
        }
        let value = self.left()[..count].parse().ok()?;
        self.at += count;
        Some((value, count))
    }

    /// A sign that joins the parts of a date; a backslash counts as a slash.
    pub fn joint(&mut self) -> Option<char> {
        let c = self.next().filter(|c| is_joint(*c))?;
        self.at += c.len_utf8();
        Some(if c == '\\' { '/' } else { c })
    }

    /// A month as a number or name, and whether it is padded to two digits or a name.
    pub fn month(&mut self) -> Option<(u32, bool)> {
        if let Some((value, count)) = self.number() {
            return (count <= 2 && (1..=12).contains(&value)).then_some((value as u32, count == 2));
        }
        let len = self.left().find(|c: char| !c.is_alphabetic()).unwrap_or(self.left().len());
        let month = names::lookup(&self.left()[..len]).month;
        self.at += len;
        (month != 0).then_some((u32::from(month), true))
    }

    /// A number of two digits or the name of a month.
    pub fn month_or_day(&mut self) -> Option<()> {
        match self.number() {
            Some((_, digits)) => (digits <= 2).then_some(()),
            None => self.month().map(|_| ()),
        }
    }

    /// Whether a date can end here: no letter or digit follows.
    pub fn at_end(&self) -> bool {
        self.next().is_none_or(|c| !c.is_alphanumeric())
    }

    /// Whether the `T` of a time follows, and a number.
    pub fn is_time_next(&self) -> bool {
        self.left().starts_with(['T', 't']) && self.left()[1..].starts_with(|c: char| c.is_ascii_digit())
    }

    /// Whether another number follows a joint: `2016-02-0123` counts something.
    pub fn is_number_next(&self) -> bool {
        let mut ahead = *self;
        ahead.joint().is_some_and(|joint| joint != '/') && ahead.number().is_some()
    }
}
