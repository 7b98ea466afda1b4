//! Every date that the name of a file and its directories state.

use chrono::Datelike;

use super::super::Precision;
use super::cursor::{plain, segments};
use super::scan::{self, Hit, is_one_of};
use super::{Found, Standing, full, in_partial_path, in_path, partial, within};

/// Words in the name of a directory whose date is that of a copy of what is in it.
const COPIES: &str = "backup backups export exports dump dumps archive snapshot snapshots takeout crawl copy sync";

/// The dates that the path of a file states, the one to take first: a full date at the start of a segment, one elsewhere
/// in the name, one elsewhere in a directory, one that segments state together, or a month, quarter or year. Behind it
/// stand the others of the name that say something else, so that it can be told.
///
/// A date is read with the time behind it, in words of any language that [`read()`](super::super::read()) knows, and
/// with whatever signs names join its parts with. Of a URL only what [`in_path`] and [`in_partial_path`] find counts.
///
/// ```
/// use feedmill_dates::in_name;
/// let say = |name| in_name(name).into_iter().map(|found| found.reading.value.to_string()).collect::<Vec<_>>();
/// assert_eq!(say("Meeting 4 Jan 2023.md"), ["2023-01-04"]);
/// assert_eq!(say("chat-export-20230104T153012Z.md"), ["2023-01-04T15:30:12Z"]);
/// assert_eq!(say("2014/sept-25.md"), ["2014-09-25"]);
/// assert_eq!(say("Minutes 2023-01-04 (rev 2023-02-01).md"), ["2023-01-04", "2023-02-01"]);
/// assert_eq!(say("release-v2023.1.4.md"), Vec::<String>::new());
/// ```
pub fn in_name(name: &str) -> Vec<Found> {
    if name.contains("://") {
        return in_path(name).or_else(|| in_partial_path(name)).into_iter().collect();
    }
    let path = plain(name);
    let mut all: Vec<(usize, &str)> = segments(&path).filter(|(_, segment)| !segment.is_empty()).collect();
    let Some((at, file)) = all.pop() else { return Vec::new() };
    let stem = stem_of(file);
    let mut heads = all.iter().copied().chain([(at, file)]).filter_map(|(at, segment)| full(&path[at..], segment));
    let mut in_file = scan::dates(stem);
    // What changed last is not what was published, where both are dated.
    in_file.sort_by_key(|hit| hit.is_change);
    let head = heads.next_back().filter(|head| !is_month_again(head, stem));
    let mut found: Vec<Found> = head.into_iter().collect();
    found.extend(in_file.iter().map(|hit| of_hit(stem, hit, Standing::Within)));
    if found.is_empty() {
        found.extend(all.iter().rev().find_map(|(_, segment)| in_directory(segment)));
    }
    if found.is_empty() {
        found = coarse(&path, &all, at, stem);
    }
    distinct(found)
}

/// The full dates that a title mentions, with the byte where each starts: `Minutes of 9 July 2023`.
pub fn in_title(title: &str) -> Vec<(usize, Found)> {
    let hits = scan::dates(title).into_iter();
    hits.map(|hit| (hit.start, of_hit(title, &hit, Standing::Within))).collect()
}

/// How a name spells its date, digits as `9` and words as `a`, and where: `9999-99-99 at the end`. `None` where the name
/// itself states none; names of one habit have one spelling.
pub fn spelling(name: &str) -> Option<String> {
    let path = plain(name);
    let (_, file) = segments(&path).filter(|(_, segment)| !segment.is_empty()).last()?;
    let stem = stem_of(file);
    let found = in_name(file).into_iter().next()?;
    let start = stem.find(&found.place)?;
    let place = match (start, stem.len() - start - found.place.len()) {
        (0, 0) => "alone",
        (0, _) => "at the start",
        (_, 0) => "at the end",
        _ => "inside",
    };
    let mut mask = String::new();
    for c in found.place.chars() {
        match c {
            c if c.is_numeric() => mask.push('9'),
            c if !c.is_alphabetic() => mask.push(c),
            _ if !mask.ends_with('a') => mask.push('a'),
            _ => {}
        }
    }
    Some(format!("{mask} {place}"))
}

/// Whether what looks like the day is the month of the directory once more: `2014-09/09-25.md`.
fn is_month_again(head: &Found, stem: &str) -> bool {
    let Some((directory, day)) = head.place.rsplit_once(['/', '\\']) else { return false };
    let parts: Vec<&str> = stem.split(['-', '_']).collect();
    let [month, other] = parts[..] else { return false };
    let two = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    day == month && two(month) && two(other) && directory.ends_with(month)
}

/// A name without what looks like extensions: up to two, of letters with digits behind (`minutes.md`, `x.html.erb`).
pub(super) fn stem_of(file: &str) -> &str {
    let is_extension = |text: &str| {
        (1..=9).contains(&text.len())
            && text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let mut stem = file;
    for _ in 0..2 {
        match stem.rsplit_once('.') {
            // `2023.Jan` and `04.January` are no extensions.
            Some((rest, extension)) if !rest.is_empty() && is_extension(extension) && !names_month(extension) => {
                stem = rest
            }
            _ => break,
        }
    }
    stem
}

fn names_month(word: &str) -> bool {
    super::super::names::lookup(word).month != 0
}

fn of_hit(segment: &str, hit: &Hit, standing: Standing) -> Found {
    let mut found = Found::new(hit.reading.clone(), &segment[hit.start..hit.end], standing);
    found.confidence = found.confidence.min(hit.confidence);
    found
}

/// The full date in the name of a directory, if it is not that of a copy.
fn in_directory(segment: &str) -> Option<Found> {
    if segment.split(|c: char| !c.is_alphanumeric()).any(|word| is_one_of(COPIES, word)) {
        return None;
    }
    let found = scan::dates(segment).first().map(|hit| of_hit(segment, hit, Standing::Within))?;
    Some(Found { confidence: found.confidence.min(super::Confidence::Medium), ..found })
}

/// What segments state together, or else the part of a date that one states.
fn coarse(path: &str, directories: &[(usize, &str)], file_at: usize, stem: &str) -> Vec<Found> {
    let of_directories = directories.iter().filter_map(|(at, segment)| {
        let anchored = super::partial(&path[*at..file_at], segment);
        let loose = || partial::date(segment).map(|hit| of_hit(segment, &hit, Standing::Partial));
        anchored.or_else(loose).map(|found| (*at, found))
    });
    let base = of_directories.max_by_key(|(_, found)| found.reading.value.precision());
    let base = base.map(|base| with_month(path, directories, base));
    if let Some((start, base)) = &base
        && matches!(base.reading.value.precision(), Precision::Year | Precision::Month)
        && let Some(hit) = within::date(stem, &base.reading.value)
    {
        return vec![Found::new(hit.reading, &path[*start..file_at + hit.end], Standing::Together)];
    }
    let anchored = in_partial_path(path);
    let loose = partial::date(stem).map(|hit| of_hit(stem, &hit, Standing::Partial));
    let refines = |fine: &Found, coarse: &Found| {
        fine.reading.value.precision() > coarse.reading.value.precision()
            && fine.reading.value.first_day() >= coarse.reading.value.first_day()
            && fine.reading.value.last_day() <= coarse.reading.value.last_day()
    };
    let base = match (anchored, base) {
        // What a directory says of a quarter is what it is about.
        (Some(anchored), Some((_, base)))
            if refines(&base, &anchored) && base.reading.value.precision() == Precision::Month =>
        {
            Some(base)
        }
        (anchored, base) => anchored.or(base.map(|(_, found)| found)),
    };
    match (base, loose) {
        (Some(base), Some(loose)) if refines(&loose, &base) => vec![loose],
        (base, loose) => base.into_iter().chain(loose).collect(),
    }
}

/// The year of a directory with the month that one below it is: `2021/03-March`.
fn with_month(path: &str, directories: &[(usize, &str)], base: (usize, Found)) -> (usize, Found) {
    let (start, found) = base;
    let year = found.reading.value.first_day();
    let below = directories.iter().filter(|(at, _)| *at > start && found.reading.value.precision() == Precision::Year);
    let month =
        below.filter_map(|(at, segment)| Some((at + segment.len(), partial::month_alone(segment)?))).next_back();
    let value = month.and_then(|(end, month)| Some((end, super::DateValue::month(year.year(), month)?)));
    match value {
        Some((end, value)) => (start, Found::new(super::fixed(value), &path[start..end], Standing::Partial)),
        None => (start, found),
    }
}

/// The same without those that say nothing new.
fn distinct(found: Vec<Found>) -> Vec<Found> {
    let mut kept: Vec<Found> = Vec::with_capacity(found.len());
    for other in found {
        let is_said = |known: &Found| {
            known.reading.value == other.reading.value
                || known.reading.value.coarsened(Precision::Day) == other.reading.value
        };
        if !kept.iter().any(is_said) {
            kept.push(other);
        }
    }
    kept
}
