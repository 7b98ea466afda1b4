//! Full dates anywhere in one segment of a path.
//!
//! What a number in the middle of a name is, its surroundings decide: a date is delimited, written out in full, and not
//! a piece of a longer number. Versions, telephone numbers, hashes and identifiers are recognised by what they have
//! more than a date.

use super::super::{Confidence, DateValue, Precision, Reading, read};
use super::tokens::{Kind, Tokens};
use super::{PLAIN_YEARS, YEARS, fixed, time};

/// A date in a segment.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    pub start: usize,
    pub end: usize,
    pub reading: Reading,
    pub confidence: Confidence,
    /// Whether the name says that this is the date of a change.
    pub is_change: bool,
}

/// Words before a number that is no date: what they count or number.
const NUMBERED: &str = "tel telefon telephone phone fax fon mobile cell call sms isbn issn pmid pmc doi orcid ean upc \
    imei iban cve rfc iso din iec ieee pep jep kb arxiv pin zip plz id uid sku msisdn";

/// Words before a version.
const VERSIONS: &str = "v ver vers version release rel build";

/// Words before the date of a change.
const CHANGES: &str = "rev revised revision updated update upd modified mod corrected amended edited changed \
    aktualisiert geändert modifié révisé actualizado";

/// Every full date of a segment without its extension, in order.
pub(super) fn dates(segment: &str) -> Vec<Hit> {
    if !segment.chars().any(char::is_numeric) {
        return Vec::new();
    }
    let tokens = Tokens::of(segment);
    let worded = tokens.has_month();
    let mut hits: Vec<Hit> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match numeric(&tokens, at).or_else(|| worded.then(|| in_words(&tokens, at)).flatten()) {
            Some(mut hit) => {
                hit.is_change = word_before(&tokens, at).is_some_and(|word| is_one_of(CHANGES, word));
                at = tokens.behind(hit.end);
                hits.push(hit);
            }
            None => at += 1,
        }
    }
    hits
}

/// Whether a folded word stands in a list.
pub(super) fn is_one_of(list: &str, word: &str) -> bool {
    let word = word.to_lowercase();
    list.split_whitespace().any(|listed| listed == word)
}

/// The word that stands before a token, glued or with signs between.
fn word_before<'t>(tokens: &Tokens<'t>, at: usize) -> Option<&'t str> {
    let mut before = at;
    while before > 0 {
        before -= 1;
        match tokens.kind(before) {
            Kind::Word => return Some(tokens.text(before)),
            Kind::Sign('-' | '_' | '.' | ' ' | ':' | '#') => {}
            _ => return None,
        }
    }
    None
}

/// Whether the name says that the number at a token is that of something.
pub(super) fn is_numbered(tokens: &Tokens, at: usize) -> bool {
    word_before(tokens, at).is_some_and(|word| is_one_of(NUMBERED, word))
        || at > 0 && matches!(tokens.kind(at - 1), Kind::Sign('+' | '#'))
}

fn is_version(tokens: &Tokens, at: usize) -> bool {
    word_before(tokens, at).is_some_and(|word| is_one_of(VERSIONS, word))
}

/// A date in numbers that starts at a token.
fn numeric(tokens: &Tokens, at: usize) -> Option<Hit> {
    match tokens.digits(at)? {
        4 => year_first(tokens, at).or_else(|| week(tokens, at)).or_else(|| ordinal(tokens, at)),
        8 | 12 | 14 => compact(tokens, at).filter(|_| !is_numbered(tokens, at)),
        10 | 13 => since_1970(tokens, at),
        1 | 2 => day_first(tokens, at),
        _ => None,
    }
}

/// Whether the number at a token goes on before it, behind the sign that joins the date: `978-0-2019-01-02`. One number
/// that a word counts by goes before a date: `issue-142-2019-01-02`.
fn goes_on_before(tokens: &Tokens, at: usize, joint: char) -> bool {
    if at < 2 || tokens.kind(at - 1) != Kind::Sign(joint) || joint == ' ' || tokens.digits(at - 2).is_none() {
        return false;
    }
    let counted = at >= 3
        && match tokens.kind(at - 3) {
            Kind::Word | Kind::Sign('#') => true,
            Kind::Sign(_) => at >= 4 && tokens.kind(at - 4) == Kind::Word,
            _ => false,
        };
    !counted || joint == '.' || word_before(tokens, at - 2).is_some_and(|word| is_one_of(NUMBERED, word))
}

/// Whether letters stand before a token without a gap, and whether they may: a word, not the mark of a version.
fn glued_before(tokens: &Tokens, at: usize) -> (bool, bool) {
    if at == 0 || tokens.kind(at - 1) != Kind::Word {
        return (false, true);
    }
    let word = tokens.text(at - 1);
    let is_first_of_run = at < 2 || !matches!(tokens.kind(at - 2), Kind::Number(_));
    (true, word.chars().count() >= 2 && is_first_of_run && !is_one_of(VERSIONS, word) && !is_hex(word))
}

/// Whether letters may be digits of a hash.
fn is_hex(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// `2001.09.20`, `2010_01_20`, `2023-1-4`, `2023_01-04`.
fn year_first(tokens: &Tokens, at: usize) -> Option<Hit> {
    let year = tokens.number(at)?;
    let (Kind::Sign(first), Kind::Sign(second)) = (tokens.kind(at + 1), tokens.kind(at + 3)) else { return None };
    let joined =
        matches!(first, '-' | '_' | '.' | ' ') && (first == second || matches!((first, second), ('_' | ' ', '-')));
    let (month, day) = (tokens.number(at + 2)?, tokens.number(at + 4)?);
    let padded = tokens.digits(at + 2) == Some(2) && tokens.digits(at + 4) == Some(2);
    let (is_glued, may_be_glued) = glued_before(tokens, at);
    if !joined || tokens.digits(at + 2)? > 2 || tokens.digits(at + 4)? > 2 || !may_be_glued {
        return None;
    }
    // Unpadded numbers behind a word and the same sign count something (`kali-linux-2026-1-1`).
    let stands_apart = at == 0 || !is_glued && tokens.kind(at - 1) != Kind::Sign(first);
    if !padded && (first == '.' || !stands_apart) || first == '.' && is_version(tokens, at) {
        return None;
    }
    if goes_on_before(tokens, at, first) {
        return None;
    }
    let value = DateValue::ymd(i32::try_from(year).ok()?, u32::try_from(month).ok()?, u32::try_from(day).ok()?)?;
    if !YEARS.contains(&i32::try_from(year).ok()?) {
        return None;
    }
    finish(tokens, at, at + 5, fixed(value), Some(first), if is_glued { Confidence::Medium } else { Confidence::High })
}

/// The hit that ends before a token, with the time behind it; `None` where the number goes on.
fn finish(
    tokens: &Tokens,
    at: usize,
    next: usize,
    reading: Reading,
    joint: Option<char>,
    confidence: Confidence,
) -> Option<Hit> {
    let start = tokens.start(at);
    let end = tokens.start(next);
    let rest = tokens.from(end);
    if reading.value.precision() == Precision::Day
        && let Some((value, used)) = time::behind(reading.value.first_day(), rest, joint)
    {
        let reading = Reading { value, ..reading };
        return Some(Hit { start, end: end + used, reading, confidence, is_change: false });
    }
    let ends = match tokens.kind(next) {
        Kind::End => true,
        // A number of a version or an address goes on behind a full stop; a long one is an identifier.
        Kind::Sign(sign) if Some(sign) == joint && sign != ' ' => match tokens.digits(next + 1) {
            None => true,
            Some(digits) => sign != '.' && digits <= 4,
        },
        Kind::Sign(_) => true,
        // A letter tells copies apart (`2019-03-08b`), and `v2` counts them.
        Kind::Word => tokens.is_without_blanks(next) || joint.is_none() || tokens.text(next).len() == 1,
        Kind::Number(_) => false,
    };
    ends.then_some(Hit { start, end, reading, confidence, is_change: false })
}

/// `20230104`, `20230104T1530`, `IMG_20230104_153012`, `202301041530`, `fomcminutes20230726`.
fn compact(tokens: &Tokens, at: usize) -> Option<Hit> {
    let (value, digits) = (tokens.number(at)?, tokens.digits(at)?);
    let (is_glued, may_be_glued) = glued_before(tokens, at);
    // Digits and letters in one run are a hash, unless the letters are a word or a single one tells copies apart.
    let is_timed = tokens.kind(at + 1) == Kind::Word && matches!(tokens.text(at + 1), "T" | "t" | "Z" | "z");
    let run_goes_on = tokens.kind(at + 1) == Kind::Word && !is_timed;
    let tail = if run_goes_on { tokens.text(at + 1) } else { "" };
    let is_hash = run_goes_on
        && (tokens.digits(at + 2).is_some() && tokens.kind(at + 2) != Kind::End
            || tail.chars().count() > 1 && is_hex(tail))
        || is_glued && run_goes_on;
    if !may_be_glued || is_hash || tokens.is_uuid(at) {
        return None;
    }
    // `555-20230104-1`: digits before and behind the same sign make a number of another kind.
    let sign = |token: usize| match tokens.kind(token) {
        Kind::Sign(sign @ ('-' | '.')) => Some(sign),
        _ => None,
    };
    if at >= 2
        && sign(at - 1).is_some()
        && sign(at - 1) == sign(at + 1)
        && tokens.digits(at - 2).is_some()
        && tokens.digits(at + 2).is_some()
    {
        return None;
    }
    let reading = super::compact(value, digits)?;
    let confidence = if is_glued { Confidence::Medium } else { Confidence::High };
    finish(tokens, at, at + 1, reading, None, confidence)
}

/// A name that is nothing but seconds or milliseconds since 1970, from 2001 to 2033. ISBNs have ten digits too.
fn since_1970(tokens: &Tokens, at: usize) -> Option<Hit> {
    let (value, digits) = (tokens.number(at)?, tokens.digits(at)?);
    if tokens.len() != 1 || (digits == 10 && is_isbn(value)) {
        return None;
    }
    let seconds = if digits == 10 { value } else { value / 1000 };
    let reading = super::super::from_epoch(i64::try_from(value).ok()?)?;
    let hit = Hit { start: 0, end: tokens.start(1), reading, confidence: Confidence::Low, is_change: false };
    (1_000_000_000..2_000_000_000).contains(&seconds).then_some(hit)
}

/// Whether the check digit of an ISBN of ten digits fits (ISO 2108:1992).
fn is_isbn(value: u64) -> bool {
    let digit = |place: u32| value / 10u64.pow(place) % 10;
    (0..10).map(|place| digit(place) * u64::from(place + 1)).sum::<u64>().is_multiple_of(11)
}

/// `04.01.2023`, `04-01-2023`, `4_1_2023`.
fn day_first(tokens: &Tokens, at: usize) -> Option<Hit> {
    let (Kind::Sign(first), Kind::Sign(second)) = (tokens.kind(at + 1), tokens.kind(at + 3)) else { return None };
    let joined = first == second && matches!(first, '-' | '_' | '.' | ' ');
    if !joined || tokens.digits(at + 2)? > 2 || tokens.digits(at + 4) != Some(4) {
        return None;
    }
    let padded = tokens.digits(at) == Some(2) && tokens.digits(at + 2) == Some(2);
    let stands_apart = at == 0 || matches!(tokens.kind(at - 1), Kind::Sign(sign) if sign != first || sign == ' ');
    let behind = matches!(tokens.kind(at + 5), Kind::Sign(sign) if sign == first) && tokens.digits(at + 6).is_some();
    let may_be = stands_apart || padded && at > 0 && matches!(tokens.kind(at - 1), Kind::Sign(_));
    if !may_be || !padded && first == ' ' || behind || goes_on_before(tokens, at, first) || is_version(tokens, at) {
        return None;
    }
    let text = tokens.between(at, at + 5).replace('_', "-");
    let reading = read(&text).filter(|reading| reading.value.precision() == Precision::Day)?;
    if !is_plain(&reading.value) {
        return None;
    }
    finish(tokens, at, at + 5, reading, Some(first), Confidence::High)
}

/// Whether the year is one that a number without words can state.
fn is_plain(value: &DateValue) -> bool {
    use chrono::Datelike;
    PLAIN_YEARS.contains(&value.first_day().year())
}

/// `2023-W01-3`, `2023W013`: a day of a week (ISO 8601).
fn week(tokens: &Tokens, at: usize) -> Option<Hit> {
    let dash = usize::from(tokens.kind(at + 1) == Kind::Sign('-'));
    if tokens.kind(at + 1 + dash) != Kind::Word || !tokens.text(at + 1 + dash).eq_ignore_ascii_case("w") {
        return None;
    }
    let number = at + 2 + dash;
    let next = match tokens.digits(number)? {
        3 => number + 1,
        2 if tokens.kind(number + 1) == Kind::Sign('-') && tokens.digits(number + 2) == Some(1) => number + 3,
        _ => return None,
    };
    let (_, may_be_glued) = glued_before(tokens, at);
    let reading = read(tokens.between(at, next)).filter(|reading| reading.value.precision() == Precision::Day)?;
    if !may_be_glued || !is_plain(&reading.value) {
        return None;
    }
    finish(tokens, at, next, reading, Some('-'), Confidence::High)
}

/// `2023-004`, the fourth day of a year (ISO 8601), where the name is nothing else: three digits count too.
fn ordinal(tokens: &Tokens, at: usize) -> Option<Hit> {
    if at != 0 || tokens.len() != 3 || tokens.kind(1) != Kind::Sign('-') || tokens.digits(2) != Some(3) {
        return None;
    }
    let (year, day) = (i32::try_from(tokens.number(0)?).ok()?, u32::try_from(tokens.number(2)?).ok()?);
    let value = DateValue::day(chrono::NaiveDate::from_yo_opt(year, day)?).filter(is_plain)?;
    let end = tokens.start(3);
    Some(Hit { start: 0, end, reading: fixed(value), confidence: Confidence::Medium, is_change: false })
}

/// The most tokens of a date in words: `Mi., 4. de enero, de 2023`.
const MOST_TOKENS: usize = 14;

/// `4 Jan 2023`, `04Jan2023`, `jan-04-2023`, `4. Januar 2023`, `2023年1月4日`, that starts at a token.
fn in_words(tokens: &Tokens, at: usize) -> Option<Hit> {
    let starts = match tokens.kind(at) {
        Kind::Number(_) => true,
        Kind::Word => tokens.is_month(at),
        _ => false,
    };
    if !starts {
        return None;
    }
    let (mut numbers, mut months) = (0, false);
    for last in at..tokens.len().min(at + MOST_TOKENS) {
        match tokens.kind(last) {
            Kind::Number(digits) if digits > 4 => return None,
            Kind::Number(_) => numbers += 1,
            Kind::Word => months |= tokens.is_month(last) || tokens.is_without_blanks(last),
            _ => continue,
        }
        let glued_behind = match tokens.kind(last + 1) {
            Kind::Word => !tokens.is_without_blanks(last + 1) && !is_time(tokens.text(last + 1)),
            Kind::Number(_) => true,
            _ => false,
        };
        if !months || numbers < 2 || glued_behind {
            continue;
        }
        let has_year = (at..=last).any(|token| tokens.digits(token) == Some(4));
        let year_follows = (last + 1..last + 4).any(|token| tokens.digits(token) == Some(4));
        if !has_year && year_follows || is_hour(tokens, last) {
            continue;
        }
        let text = tokens.between(at, last + 1);
        let reading = read_words(text).or_else(|| first_of_range(tokens, at, last + 1));
        let reading = reading.filter(|reading| reading.value.precision() == Precision::Day);
        if let Some(reading) = reading.filter(|reading| super::plausible(&reading.value)) {
            return finish(tokens, at, last + 1, reading, Some('-'), Confidence::High);
        }
    }
    None
}

/// Whether four digits are a time: `may-6th-at-1700`.
fn is_hour(tokens: &Tokens, at: usize) -> bool {
    tokens.digits(at) == Some(4)
        && at >= 2
        && matches!(tokens.kind(at - 1), Kind::Sign(_))
        && is_one_of("at um kl om", tokens.text(at - 2))
}

/// The first day of `12-19 March 2021`, `March 12-19, 2021`.
fn first_of_range(tokens: &Tokens, first: usize, next: usize) -> Option<Reading> {
    let short = |at: usize| tokens.digits(at).is_some_and(|digits| digits <= 2);
    let starts = |at: &usize| short(*at) && tokens.kind(at + 1) == Kind::Sign('-') && short(at + 2) && at + 3 < next;
    let at = (first..next).find(starts)?;
    read_words(&format!("{}{}", tokens.between(first, at + 1), tokens.between(at + 3, next)))
}

fn is_time(word: &str) -> bool {
    matches!(word, "T" | "t")
}

/// Reads a date in words whose parts the signs of names join.
pub(super) fn read_words(text: &str) -> Option<Reading> {
    read(text).or_else(|| {
        let spaced: String = text.chars().map(|c| if matches!(c, '-' | '_' | '+' | '.') { ' ' } else { c }).collect();
        let spaced = (spaced != text).then(|| spaced.split_whitespace().collect::<Vec<_>>().join(" "))?;
        read(&spaced)
    })
}
