//! Heads that are lines of a plain text.

use super::{Head, is_day};
use crate::parse::{dateline, titles};
use feedmill_dates::{self as dates, Precision, Reading};

/// The lines of a text with where they begin, and whether a blank line or nothing stands before them.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str, bool)> {
    let mut at = 0;
    let mut after_blank = true;
    text.split_inclusive('\n').map(move |line| {
        let found = (at, line.trim_end_matches('\n'), after_blank);
        at += line.len();
        after_blank = line.trim().is_empty();
        found
    })
}

/// Two heads at least, or none at all, each with the text up to the next.
fn several(mut heads: Vec<Head>, text: &str) -> Option<Vec<Head>> {
    let mut end = text.len();
    for head in heads.iter_mut().rev() {
        head.end = end;
        end = head.start;
    }
    (heads.len() >= 2).then_some(heads)
}

fn head(start: usize, body: usize, (reading, raw): (Reading, &str), title: Option<&str>) -> Head {
    let title = title.map(str::to_owned);
    Head { start, body, end: body, reading, raw: raw.trim().to_owned(), title, name: None }
}

/// ` date 2023-07-09 The first sentence …`, again and again.
pub(super) fn worded(text: &str) -> Option<Vec<Head>> {
    let mut heads = Vec::new();
    let mut sign = None;
    for (at, line, _) in lines(text) {
        let trimmed = line.trim_start();
        let is_date = trimmed.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("date"));
        let found = if is_date { dateline::worded(line).filter(|found| !found.rest.trim().is_empty()) } else { None };
        match found {
            Some(found) if found.word.eq_ignore_ascii_case("date") => {
                // `date` and `date:` are two forms.
                let here = trimmed[4..].starts_with(':');
                if *sign.get_or_insert(here) == here {
                    let body = at + line.len() - found.rest.len();
                    heads.push(head(at, body, (found.reading, found.raw), None));
                }
            }
            // Only a text that begins so is one of these.
            _ if heads.is_empty() && !trimmed.is_empty() => return None,
            _ => {}
        }
    }
    several(heads, text)
}

/// `2016-02-03T23:05:00+01:00⇥Text`, a line an article (twtxt).
pub(super) fn tabbed(text: &str) -> Option<Vec<Head>> {
    let mut heads = Vec::new();
    for (at, line, _) in lines(text) {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let (stamp, words) = line.split_once('\t')?;
        let reading = dates::read(stamp).filter(|reading| reading.value.precision() >= Precision::Minute)?;
        if words.trim().is_empty() {
            continue;
        }
        heads.push(head(at, at + stamp.len() + 1, (reading, stamp), None));
    }
    several(heads, text)
}

/// `[2022-11-05 06:21:07 PM] The ferry returns.` or `2022-11-05 18:21 The ferry returns`, each below a blank line (jrnl).
/// Lines of that form that follow each other are those of a log or of a chat.
pub(super) fn stamped(text: &str) -> Option<Vec<Head>> {
    let mut heads: Vec<Head> = Vec::new();
    let mut form = None;
    for (at, line, after_blank) in lines(text) {
        let found = stamp(line);
        match found {
            Some((reading, used, in_brackets)) => {
                if !after_blank || *form.get_or_insert(in_brackets) != in_brackets {
                    return None;
                }
                let rest = line[used..].trim_start_matches([' ', '\t', '-', '–', ':']);
                let raw = line[..used].trim_matches(['[', ']', ' ']);
                let title = rest.trim_end().trim_end_matches('.');
                let is_title = !title.is_empty() && titles::is_headline(title) && !title.contains(". ");
                let body = if is_title { at + line.len() } else { at + line.len() - rest.len() };
                heads.push(head(at, body, (reading, raw), is_title.then_some(title)));
            }
            None if heads.is_empty() && !line.trim().is_empty() => return None,
            None => {}
        }
    }
    several(heads, text)
}

/// The stamp that a line begins with, how long it is, and whether it stands in brackets.
fn stamp(line: &str) -> Option<(Reading, usize, bool)> {
    let in_brackets = line.starts_with('[');
    let digits = line.trim_start_matches('[');
    if !digits.as_bytes().get(..4).is_some_and(|year| year.iter().all(u8::is_ascii_digit)) {
        return None;
    }
    let (reading, used) = dates::read_prefix(line)?;
    let has_time = reading.value.precision() >= Precision::Minute;
    let rest = &line[used..];
    let is_stamp = is_day(&reading) && (in_brackets || has_time) && rest.starts_with([' ', '\t']);
    (is_stamp && !rest.trim().is_empty()).then_some((reading, used, in_brackets))
}

/// `5 November 2022` on a line of its own, below a blank one, perhaps underlined; a headline may stand above the first.
/// `may_be` says which lines are looked at.
pub(super) fn below_dates(text: &str, may_be: fn(&str) -> bool) -> Option<Vec<Head>> {
    let mut heads: Vec<Head> = Vec::new();
    let mut first_shape = None;
    let mut before = 0;
    let all: Vec<(usize, &str, bool)> = lines(text).collect();
    for (number, (at, line, after_blank)) in all.iter().enumerate() {
        let found = if *after_blank && may_be(line) {
            dateline::alone(line).filter(|found| is_day(&found.reading))
        } else {
            None
        };
        let Some(found) = found else {
            // One line, the title of the whole, may stand above.
            before += usize::from(heads.is_empty() && !line.trim().is_empty());
            if before > 2 {
                return None;
            }
            continue;
        };
        if *first_shape.get_or_insert_with(|| shape(line)) != shape(line) {
            return None;
        }
        let next = all.get(number + 1).map_or("", |(_, next, _)| next.trim());
        let is_underlined = next.len() >= 3 && ['=', '-', '~'].iter().any(|sign| next.chars().all(|c| c == *sign));
        let last = if is_underlined { all[number + 1] } else { all[number] };
        heads.push(head(*at, (last.0 + last.1.len()).min(text.len()), (found.reading, found.raw), None));
    }
    let heads = several(heads, text)?;
    // A sentence that goes on below a date is prose that names one.
    let goes_on = |head: &Head| {
        let before = text[..head.start].trim_end();
        let is_over = before.is_empty() || before.ends_with(|c: char| !c.is_alphanumeric() && c != ',');
        !is_over && text[head.body..].trim_start().starts_with(char::is_lowercase)
    };
    if heads.iter().any(goes_on) {
        return None;
    }
    // Dates with nothing below them are a table or a list.
    let empty = heads.iter().filter(|head| text[head.body..head.end].trim().is_empty()).count();
    (empty * 4 <= heads.len()).then_some(heads)
}

/// Whether a line of Markdown is all bold, as those write who make headings by hand.
pub(super) fn is_bold(line: &str) -> bool {
    let inside = |mark: &str| line.trim().strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    inside("**").or_else(|| inside("__")).is_some_and(|text| !text.contains(['*', '_']))
}

/// `2022-11-05  Ada Pilot  <ada@quay.example>`, and what was changed indented below (the ChangeLog of GNU).
pub(super) fn logged(text: &str) -> Option<Vec<Head>> {
    let mut heads = Vec::new();
    for (at, line, _) in lines(text) {
        if line.trim().is_empty() || line.starts_with([' ', '\t']) {
            continue;
        }
        // A line at the margin that is no head ends the log: what Emacs is told, a copyright.
        let found = dates::read_prefix(line).filter(|(reading, used)| {
            let who = line[*used..].trim();
            is_day(reading) && line[*used..].starts_with([' ', '\t']) && who.ends_with('>') && who.contains('@')
        });
        match found {
            Some((reading, used)) => heads.push(head(at, at + line.len(), (reading, &line[..used]), None)),
            None if heads.is_empty() => return None,
            None => {
                let mut heads = several(heads, text)?;
                heads.last_mut()?.end = at;
                return Some(heads);
            }
        }
    }
    several(heads, text)
}

/// What a date looks like: letters and digits, however many.
fn shape(line: &str) -> String {
    let mut shape = String::new();
    for c in line.trim().chars() {
        let class = match c {
            c if c.is_ascii_digit() => '9',
            c if c.is_alphabetic() => 'a',
            c => c,
        };
        if !shape.ends_with(class) {
            shape.push(class);
        }
    }
    shape
}

/// `=> ferry.gmi 2022-11-05 - The ferry returns`: link lines whose label begins with a day.
pub(super) fn linked(text: &str) -> Option<Vec<Head>> {
    let mut heads = Vec::new();
    let mut in_code = false;
    for (at, line, _) in lines(text) {
        in_code ^= line.starts_with("```");
        let Some(link) = line.strip_prefix("=>").filter(|_| !in_code).map(str::trim_start) else { continue };
        let Some((_, label)) = link.split_once([' ', '\t']) else { continue };
        let label = label.trim_start();
        let Some((reading, used)) = dates::read_prefix(label).filter(|(reading, _)| is_day(reading)) else { continue };
        let title = label[used..].trim_start_matches([' ', '\t', '-', '–', '—', ':']).trim();
        let title = (!title.is_empty()).then_some(title);
        heads.push(Head { end: at + line.len(), ..head(at, at, (reading, &label[..used]), title) });
    }
    // What stands between two links is of neither.
    (heads.len() >= 2).then_some(heads)
}
