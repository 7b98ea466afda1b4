//! The zone behind a time of day.

use chrono::{FixedOffset, NaiveDateTime};

use super::clock::Extent;
use super::lexer::{Kind, Lexer};
use super::zones::{self, Named};

/// A zone as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// An offset from UTC in minutes.
    Offset(i32),
    /// A zone of the database, whose offset depends on the day.
    Place(chrono_tz::Tz),
    /// A name that means several offsets.
    Unknown,
}

/// The zone of a name that nobody knows: the time is that of UTC (RFC 5322 section 4.3, `-0000`).
const NOT_KNOWN: Zone = Zone::Offset(0);

impl Zone {
    /// The offset that the zone has at a local time; `None` where it is not known.
    pub fn offset_at(self, local: &NaiveDateTime) -> Option<FixedOffset> {
        match self {
            Zone::Offset(minutes) => FixedOffset::east_opt(minutes * 60),
            Zone::Place(zone) => {
                let resolved = super::resolve(local, &zone);
                Some(*resolved.offset())
            }
            Zone::Unknown => None,
        }
    }
}

/// A zone behind a time of day, and the index of the token behind it.
///
/// An offset decides, and the names beside it are taken in: `-0700 PDT`, `+0000 UTC`, `CDT-0500`, `+0200 (CEST)`.
pub(super) fn behind_time(lexer: &mut Lexer, start: usize, extent: Extent) -> Option<(Zone, usize)> {
    let (mut zone, mut next) = match lexer.kind(start) {
        Kind::Sign('+' | '-') => numeric(lexer, start, extent)?,
        Kind::Word(_) => by_name(lexer, start, extent).or_else(|| not_known(lexer, start, extent))?,
        Kind::Sign('(') => return comment(lexer, start, extent),
        Kind::Sign('[') => return annotation(lexer, start),
        _ => return None,
    };
    // A name behind an offset says less than the offset.
    if matches!(lexer.kind(start), Kind::Sign(_))
        && matches!(lexer.kind(next), Kind::Word(_))
        && let Some((_, end)) = by_name(lexer, next, extent).or_else(|| not_known(lexer, next, extent))
    {
        next = end;
    }
    if let Some((said, end)) = comment(lexer, next, extent).or_else(|| annotation(lexer, next)) {
        if zone == Zone::Unknown {
            zone = said;
        }
        next = end;
    }
    Some((zone, next))
}

/// A name of capital letters that is no known zone, behind a time. In running text it is a word of the text.
fn not_known(lexer: &mut Lexer, at: usize, extent: Extent) -> Option<(Zone, usize)> {
    let Kind::Word(meaning) = lexer.kind(at) else { return None };
    let word = lexer.letters(at);
    let is_name = matches!(word.len(), 1..=6) && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_other = meaning.month != 0 || meaning.weekdays != 0 || meaning.role.is_half();
    (extent == Extent::Whole && is_name && !is_other).then_some((NOT_KNOWN, at + 1))
}

/// `+02:00`, `+0200`, `+02`, `-5`, `-330`.
fn numeric(lexer: &mut Lexer, at: usize, extent: Extent) -> Option<(Zone, usize)> {
    let sign = if lexer.kind(at) == Kind::Sign('-') { -1 } else { 1 };
    let Kind::Number { value, digits, .. } = lexer.glued(at + 1) else { return None };
    let mut next = at + 2;
    // `+1w` of Org repeats what is planned, and `-2d` warns of it.
    if matches!(lexer.glued(next), Kind::Word(_))
        && digits <= 2
        && matches!(lexer.letters(next), "h" | "d" | "w" | "m" | "y")
    {
        return None;
    }
    let (hours, minutes) = match digits {
        1 | 2 => match (lexer.glued(next), lexer.glued(next + 1)) {
            (Kind::Sign(':'), Kind::Number { value: minutes, digits: 2, .. }) => {
                next += 2;
                (value, minutes)
            }
            _ => {
                // In running text `-5` is a zone only where nothing follows it: `10:30 -5 degrees`.
                let glued = lexer.token(at).glued;
                if extent == Extent::Prefix && !glued && !matches!(lexer.kind(next), Kind::End | Kind::Sign(_)) {
                    return None;
                }
                (value, 0)
            }
        },
        3 | 4 => (value / 100, value % 100),
        _ => return None,
    };
    if hours >= 24 || minutes >= 60 {
        return None;
    }
    let minutes = i32::try_from(hours * 60 + minutes).ok()?;
    Some((Zone::Offset(sign * minutes), next))
}

/// `UTC`, `CEST`, `UTC+02:00`, `Europe/Berlin`.
fn by_name(lexer: &mut Lexer, at: usize, extent: Extent) -> Option<(Zone, usize)> {
    let name = lexer.letters(at);
    let glued = lexer.token(at).glued;
    if matches!(name, "Z" | "z") {
        return (glued || extent == Extent::Whole).then_some((Zone::Offset(0), at + 1));
    }
    if lexer.glued(at + 1) == Kind::Sign('/') {
        return place(lexer, at);
    }
    // `EST5EDT`, `CET-1CEST`: what is east of Greenwich has a sign.
    let sign = usize::from(lexer.glued(at + 1) == Kind::Sign('-'));
    if let (Kind::Number { digits: 1 | 2, .. }, Kind::Word(_)) =
        (lexer.glued(at + 1 + sign), lexer.glued(at + 2 + sign))
    {
        let (from, to) = (lexer.token(at).start, lexer.token(at + 2 + sign).end);
        if let Some(place) = zones::all_year(&lexer.text()[from..to]) {
            return Some((Zone::Place(place), at + 3 + sign));
        }
    }
    if let Some(found) = in_words(lexer, at, extent) {
        return Some(found);
    }
    let zone = match zones::named(name, extent == Extent::Prefix)? {
        Named::Offset(minutes) => Zone::Offset(minutes),
        Named::Place(place) => Zone::Place(place),
        Named::Unknown => Zone::Unknown,
    };
    let mut next = at + 1;
    if extent == Extent::Whole || matches!(name.to_ascii_uppercase().as_str(), "UTC" | "GMT" | "UT") {
        let signed = matches!(lexer.kind(next), Kind::Sign('+' | '-'));
        if signed && let Some((offset, end)) = numeric(lexer, next, extent) {
            return Some((offset, end));
        }
    }
    if name.eq_ignore_ascii_case("MET")
        && matches!(lexer.kind(next), Kind::Word(_))
        && lexer.letters(next).eq_ignore_ascii_case("DST")
    {
        // The summer time of old Unix systems.
        return Some((Zone::Offset(120), next + 1));
    }
    // Unix systems west and east of Greenwich also wrote `EST5EDT`.
    if let (Kind::Number { .. }, Kind::Word(_)) = (lexer.glued(next), lexer.glued(next + 1)) {
        next += 2;
    }
    Some((zone, next))
}

/// `Eastern Time`, `Pacific Daylight Time`, in a text that is nothing but a date.
fn in_words(lexer: &mut Lexer, at: usize, extent: Extent) -> Option<(Zone, usize)> {
    if extent == Extent::Prefix {
        return None;
    }
    let is_time = |lexer: &mut Lexer, at| {
        matches!(lexer.kind(at), Kind::Word(_)) && lexer.letters(at).eq_ignore_ascii_case("time")
    };
    let last = (at + 1..at + 5).find(|&last| is_time(lexer, last))?;
    let (from, to) = (lexer.token(at).start, lexer.token(last).end);
    match zones::in_words(&lexer.text()[from..to])? {
        Named::Place(place) => Some((Zone::Place(place), last + 1)),
        _ => None,
    }
}

/// A zone of the database by its name: `America/Argentina/Buenos_Aires`.
fn place(lexer: &mut Lexer, at: usize) -> Option<(Zone, usize)> {
    let start = lexer.token(at).start;
    let mut next = at + 1;
    while matches!(lexer.glued(next), Kind::Sign('/' | '_' | '-' | '+') | Kind::Word(_) | Kind::Number { .. }) {
        next += 1;
    }
    let end = lexer.token(next - 1).end;
    // A place that nobody knows leaves the time.
    let zone = lexer.text()[start..end].parse().map_or(NOT_KNOWN, Zone::Place);
    Some((zone, next))
}

/// `(CEST)`, `(Central European Summer Time)`; in running text only a known name.
fn comment(lexer: &mut Lexer, at: usize, extent: Extent) -> Option<(Zone, usize)> {
    if lexer.kind(at) != Kind::Sign('(') {
        return None;
    }
    let said = zone_inside(lexer, at + 1, extent);
    if let Some((zone, end)) = said
        && lexer.kind(end) == Kind::Sign(')')
    {
        return Some((zone, end + 1));
    }
    if extent == Extent::Prefix {
        return None;
    }
    // A comment of mail (RFC 2822 section 3.2.3), whatever it says.
    let mut next = at + 1;
    loop {
        match lexer.kind(next) {
            Kind::End => return None,
            Kind::Sign(')') => return Some((Zone::Unknown, next + 1)),
            _ => next += 1,
        }
    }
}

/// `[Europe/Berlin]` (RFC 9557).
fn annotation(lexer: &mut Lexer, at: usize) -> Option<(Zone, usize)> {
    if lexer.kind(at) != Kind::Sign('[') {
        return None;
    }
    let (zone, end) = zone_inside(lexer, at + 1, Extent::Whole)?;
    (lexer.kind(end) == Kind::Sign(']')).then_some((zone, end + 1))
}

fn zone_inside(lexer: &mut Lexer, at: usize, extent: Extent) -> Option<(Zone, usize)> {
    match lexer.kind(at) {
        Kind::Sign('+' | '-') => numeric(lexer, at, extent),
        Kind::Word(_) => by_name(lexer, at, extent),
        _ => None,
    }
}
