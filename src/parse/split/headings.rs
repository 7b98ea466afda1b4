//! Heads that are headings of a markup language.

use super::{Head, Writing, is_day};
use crate::parse::plain;
use feedmill_dates::{self as dates, Precision, Reading};

struct Heading<'t> {
    level: usize,
    text: &'t str,
    start: usize,
    end: usize,
}

/// What a heading says.
enum Says {
    /// A day, and perhaps a title.
    Day(Reading, String, Option<String>),
    /// A version and its day.
    Version(Reading, String, String),
    /// A version without a day, or what is not released.
    Undated,
    /// A year, a month or a week, as diaries are grouped.
    Period,
    /// Anything else.
    Other,
}

/// The dated headings of one level, where nothing contradicts them: no other heading of that level follows the first, and
/// what stands above them are years and months.
pub(super) fn heads(text: &str, writing: Writing) -> Option<Vec<Head>> {
    let all = headings(text, writing);
    // Most texts have no heading with a digit.
    if all.iter().filter(|heading| heading.text.bytes().any(|byte| byte.is_ascii_digit())).count() < 2 {
        return None;
    }
    let mut period = Vec::new();
    let said: Vec<Says> = all.iter().map(|heading| says_below(heading, &mut period)).collect();
    let first = said.iter().position(|says| matches!(says, Says::Day(..) | Says::Version(..)))?;
    let level = all[first].level;
    let of_versions = matches!(said[first], Says::Version(..));
    let mut dated = Vec::new();
    // What stands between the articles of two heads (a month, an undated version) ends the first.
    let mut cuts = Vec::new();
    let mut others = 0;
    for (at, (heading, says)) in all.iter().zip(said).enumerate() {
        // The title of the whole, what goes before the first entry, and what is inside of one.
        if at < first || heading.level > level {
            continue;
        }
        let is_here = heading.level == level;
        let (reading, raw, title, name) = match says {
            Says::Day(reading, raw, title) if is_here && !of_versions => (reading, raw, title, None),
            Says::Version(reading, raw, version) if is_here && of_versions => {
                (reading, raw, Some(version.clone()), Some(version))
            }
            Says::Undated if is_here && of_versions => {
                cuts.push(heading.start);
                continue;
            }
            Says::Period if !is_here => {
                cuts.push(heading.start);
                continue;
            }
            // Nothing else looks like a version with its day; a heading of the wrong level is a slip of its author.
            _ if of_versions => {
                others += 1;
                continue;
            }
            _ => return None,
        };
        cuts.push(heading.start);
        let (start, body) = (heading.start, heading.end);
        dated.push((at, Head { start, body, end: text.len(), reading, raw, title, name }));
    }
    if dated.len() < 2 || others >= dated.len() {
        return None;
    }
    let mut heads = Vec::new();
    for (at, mut head) in dated {
        head.end = cuts.get(cuts.partition_point(|cut| *cut <= head.start)).copied().unwrap_or(text.len());
        match below(text, &all, at, &head, writing) {
            inner if inner.is_empty() => heads.push(head),
            inner => heads.extend(inner),
        }
    }
    Some(heads)
}

/// The entries of one day, where the day has nothing but these: headings that begin with a time, or, in Org, any.
fn below(text: &str, all: &[Heading], at: usize, day: &Head, writing: Writing) -> Vec<Head> {
    if day.title.is_some() || day.reading.value.precision() != Precision::Day {
        return Vec::new();
    }
    let inside: Vec<&Heading> = all[at + 1..].iter().take_while(|heading| heading.start < day.end).collect();
    let Some(first) = inside.first() else { return Vec::new() };
    if !text[day.body..first.start].trim().is_empty() {
        return Vec::new();
    }
    let mut heads: Vec<Head> = Vec::new();
    for heading in inside.iter().filter(|heading| heading.level == first.level) {
        let clean = plain::line(heading.text);
        let timed = clock(&clean).and_then(|used| {
            let raw = format!("{} {}", day.reading.value, &clean[..used]);
            let reading = dates::read(&raw).filter(|reading| reading.value.precision() >= Precision::Minute)?;
            let title = clean[used..].trim_start_matches([' ', '-', '–', '—', ':', '|']);
            Some((reading, raw, title.to_owned()))
        });
        let (reading, raw, title) = match timed {
            Some(found) => found,
            None if writing == Writing::Org => (day.reading.clone(), day.raw.clone(), clean),
            None => return Vec::new(),
        };
        let title = Some(title).filter(|title| !title.is_empty());
        if let Some(last) = heads.last_mut() {
            last.end = heading.start;
        }
        heads.push(Head { start: heading.start, body: heading.end, end: day.end, reading, raw, title, name: None });
    }
    heads
}

/// How long the time is that a text begins with: `18:21`, `6:21 PM`.
fn clock(text: &str) -> Option<usize> {
    let hours = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(hours..)?.strip_prefix(':')?;
    let minutes = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b':').count();
    if !(1..=2).contains(&hours) || !matches!(minutes, 2 | 5) {
        return None;
    }
    let used = hours + 1 + minutes;
    let half = text[used..].trim_start();
    let has_half = half.get(..2).is_some_and(|half| half.eq_ignore_ascii_case("am") || half.eq_ignore_ascii_case("pm"));
    let used = if has_half { text.len() - half.len() + 2 } else { used };
    (!text[used..].starts_with(char::is_alphanumeric)).then_some(used)
}

/// What a heading says below the years and months that stand above it: `November 5` below `2022`.
fn says_below<'t>(heading: &Heading<'t>, above: &mut Vec<(usize, &'t str)>) -> Says {
    while above.last().is_some_and(|(level, _)| *level >= heading.level) {
        above.pop();
    }
    let said = says(heading.text);
    match said {
        Says::Period | Says::Other => {}
        _ => return said,
    }
    let clean = plain::line(heading.text);
    let whole = above.iter().rev().fold(clean.trim().to_owned(), |whole, (_, period)| format!("{whole} {period}"));
    if let Some(reading) = dates::read(&whole).filter(|reading| !above.is_empty() && is_day(reading)) {
        return Says::Day(reading, whole, None);
    }
    if matches!(said, Says::Period) {
        above.push((heading.level, heading.text.trim()));
    }
    said
}

fn says(heading: &str) -> Says {
    let clean = plain::line(heading);
    let text = clean.trim();
    let bare = text.trim_matches(['[', ']', ' ']);
    if bare.eq_ignore_ascii_case("unreleased") || bare.to_ascii_lowercase().starts_with("unreleased") {
        return Says::Undated;
    }
    if let Some((reading, used)) = dates::read_prefix(text).filter(|(reading, _)| is_day(reading)) {
        let raw = text[..used].trim_matches(['[', ']', '<', '>', '(', ')', ' ']).to_owned();
        return match title_behind(&raw, &text[used..]) {
            Some(title) => Says::Day(reading, raw, title),
            None => Says::Other,
        };
    }
    if let Some(found) = version(text) {
        return found;
    }
    match dates::read(text) {
        Some(reading) if !is_day(&reading) => Says::Period,
        _ if is_period(text) => Says::Period,
        _ => Says::Other,
    }
}

/// The title behind a date, which may be none; `None` where the date is the first of a span or goes on as something else.
fn title_behind(raw: &str, rest: &str) -> Option<Option<String>> {
    let rest = rest.trim();
    if rest.is_empty() {
        return Some(None);
    }
    let word = rest.split([' ', ',', ':']).next().unwrap_or_default();
    // A weekday behind the date belongs to it.
    let rest = match dates::read(&format!("{word}, {raw}")) {
        Some(_) if word.chars().all(|c| c.is_alphabetic() || c == '.') => rest[word.len()..].trim_start(),
        _ => rest,
    };
    let title = rest.trim_start_matches([' ', '-', '–', '—', ':', '|', ',', '·', '>', ']', ')']).trim();
    let parted = rest.len() > title.len();
    let span = ["to ", "until ", "till ", "bis ", "through ", "au ", "al "].iter().any(|word| title.starts_with(word));
    let goes_on = parted && title.starts_with(|c: char| c.is_ascii_digit()) && dates::read_prefix(title).is_some();
    (!span && !goes_on).then(|| Some(title.to_owned()).filter(|title| !title.is_empty()))
}

/// `[1.2.0] - 2023-07-09`, `v1.2 (July 9, 2023)`, `Release 2.0.0-rc.1, 2023-07-09`.
fn version(text: &str) -> Option<Says> {
    const MOST_WORDS: usize = 4;
    let is_version = |word: &str| {
        let word = word.trim_matches(['[', ']', '(', ')', ',', ':']);
        let number = word.strip_prefix(['v', 'V']).unwrap_or(word);
        number.starts_with(|c: char| c.is_ascii_digit())
            && number.contains('.')
            && number.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+' | '_'))
    };
    let words = text.split(' ').take(MOST_WORDS);
    let found = words.clone().position(is_version)?;
    let mut at = 0;
    let mut version = "";
    for (number, word) in text.split(' ').enumerate().take(found + 1) {
        if number == found {
            version = word.trim_matches(['[', ']', '(', ')', ',', ':']);
        }
        at += word.len() + 1;
    }
    let rest = text.get(at..).unwrap_or("").trim_start_matches([' ', '-', '–', '—', ':', '(', '/', ',', '|']);
    let dated = dates::read_prefix(rest).filter(|(reading, _)| is_day(reading));
    Some(match dated {
        Some((reading, used)) => Says::Version(reading, rest[..used].trim().to_owned(), version.to_owned()),
        None => Says::Undated,
    })
}

/// `Week 44`, `2022 W44`, `2022-11 November`, `November`: how diaries are grouped.
fn is_period(text: &str) -> bool {
    const MOST_WORDS: usize = 3;
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let is_part = |word: &&str| {
        let low = word.to_lowercase();
        matches!(low.as_str(), "week" | "woche" | "kw" | "semaine" | "semana")
            || low.trim_start_matches('w').bytes().all(|b| b.is_ascii_digit() || b == b'-')
            || dates::read(word).is_some()
            || dates::read(&format!("{word} 2022")).is_some()
    };
    !words.is_empty() && words.len() <= MOST_WORDS && words.iter().all(is_part)
}

/// The headings of a text, outside of code.
fn headings(text: &str, writing: Writing) -> Vec<Heading<'_>> {
    let mut found: Vec<Heading> = Vec::new();
    let mut fence: Option<String> = None;
    let mut signs: Vec<(char, bool)> = Vec::new();
    let mut at = 0;
    let mut above: Option<(usize, &str)> = None;
    let mut overline: Option<(usize, char)> = None;
    for whole in text.split_inclusive('\n') {
        let (start, line) = (at, whole.trim_end());
        at += whole.len();
        if let Some(open) = &fence {
            if closes(line, open, writing) {
                fence = None;
            }
            above = None;
            continue;
        }
        if let Some(open) = opens(line, writing) {
            fence = Some(open);
            above = None;
            continue;
        }
        let marked = match writing {
            Writing::Markdown => marked(line, '#'),
            Writing::Org => marked(line, '*'),
            Writing::AsciiDoc => marked(line, '='),
            Writing::Rst => None,
        };
        if let Some((level, text)) = marked {
            let text = if writing == Writing::Org { org_heading(text) } else { text };
            found.push(Heading { level, text, start, end: at });
            above = None;
            continue;
        }
        if let (Some(sign), Writing::Markdown | Writing::Rst) = (underline(line), writing) {
            match above {
                Some((from, text)) if writing == Writing::Rst || matches!(sign, '=' | '-') => {
                    let over = overline.filter(|(_, over)| *over == sign);
                    let level = match writing {
                        Writing::Rst => level_of(&mut signs, (sign, over.is_some())),
                        _ => 1 + usize::from(sign == '-'),
                    };
                    found.push(Heading { level, text, start: over.map_or(from, |(at, _)| at), end: at });
                    overline = None;
                }
                _ => overline = Some((start, sign)),
            }
            above = None;
            continue;
        }
        // Only a paragraph of one line is a heading above its underline.
        let is_alone = above.is_none() && !line.is_empty() && !line.starts_with([' ', '\t', '>', '|']);
        above = is_alone.then_some((start, line));
        if line.is_empty() {
            overline = None;
        }
    }
    found
}

fn level_of(signs: &mut Vec<(char, bool)>, sign: (char, bool)) -> usize {
    let known = signs.iter().position(|known| *known == sign);
    known.unwrap_or_else(|| {
        signs.push(sign);
        signs.len() - 1
    }) + 1
}

fn marked(line: &str, sign: char) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches(sign);
    let level = line.len() - rest.len();
    let most = if sign == '*' { 12 } else { 6 };
    let text = rest.trim().trim_end_matches(sign).trim_end();
    ((1..=most).contains(&level) && rest.starts_with([' ', '\t']) && !text.is_empty()).then_some((level, text))
}

/// The text of a heading of Org, without its tags.
fn org_heading(text: &str) -> &str {
    match text.rfind(" :") {
        Some(at) if text.ends_with(':') && !text[at + 1..].contains(' ') => text[..at].trim_end(),
        _ => text,
    }
}

fn underline(line: &str) -> Option<char> {
    let sign = line.chars().next().filter(char::is_ascii_punctuation)?;
    (line.len() >= 3 && line.chars().all(|c| c == sign)).then_some(sign)
}

/// The mark that closes the code which a line opens.
fn opens(line: &str, writing: Writing) -> Option<String> {
    let trimmed = line.trim_start();
    match writing {
        Writing::Markdown => {
            let sign = trimmed.chars().next().filter(|c| matches!(c, '`' | '~'))?;
            let length = trimmed.len() - trimmed.trim_start_matches(sign).len();
            (length >= 3 && !trimmed[length..].contains('`')).then(|| trimmed[..length].to_owned())
        }
        Writing::Org => {
            let name = trimmed.get(..8).filter(|start| start.eq_ignore_ascii_case("#+begin_"))?;
            let word = trimmed[name.len()..].split(' ').next().unwrap_or_default();
            Some(format!("#+end_{}", word.to_ascii_lowercase()))
        }
        Writing::AsciiDoc => {
            let is_block = ["----", "....", "++++", "////"]
                .iter()
                .any(|mark| line.starts_with(mark) && line.chars().all(|c| line.starts_with(c)));
            is_block.then(|| line.to_owned())
        }
        Writing::Rst => None,
    }
}

fn closes(line: &str, open: &str, writing: Writing) -> bool {
    let trimmed = line.trim();
    match writing {
        Writing::Markdown => trimmed.starts_with(open) && trimmed.chars().all(|c| open.starts_with(c)),
        Writing::Org => trimmed.eq_ignore_ascii_case(open),
        Writing::AsciiDoc | Writing::Rst => line == open,
    }
}
