//! Dates in lines of text: which of them a reader takes for the date of the article.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::parse::html::{names, phrases};
use feedmill_dates::{self as dates, Precision, Reading};

/// What the words before a date say that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::parse::html) enum Label {
    /// The publication.
    Published,
    /// Nothing: the date stands alone, or beside a name.
    None,
    /// The last change.
    Updated,
}

impl Label {
    /// The place of such a date, for reports.
    pub fn place(self) -> &'static str {
        match self {
            Label::Published => "text, published",
            Label::None => "text",
            Label::Updated => "text, updated",
        }
    }

    /// What two labels of one date say together: one that says something goes before one that does not.
    pub fn with(self, other: Label) -> Label {
        if other == Label::None { self } else { other }
    }
}

/// A date in a line.
#[derive(Debug)]
pub(in crate::parse::html) struct Spoken<'a> {
    /// The date.
    pub reading: Reading,
    /// The date as written.
    pub raw: &'a str,
    /// What the words before it say.
    pub label: Label,
    /// Whether the date, with its label, is all that the line says.
    pub is_alone: bool,
}

/// Parts of words that speak of a change, in lower case.
static UPDATED: LazyLock<Vec<&str>> = LazyLock::new(|| {
    phrases(
        "updat|modif|revis|review|edited|aktualis|geändert|stand:|mis à jour|mise à jour|actualiz|atualiz|aggiorn|\
    bijgewerkt|gewijzigd|uppdater|oppdater|opdater|zaktual|обновл|оновл|更新|修改|수정|güncel|amended|refreshed|\
    cập nhật|aktualiz|päivitetty|fact-checked|fact checked|verified",
    )
    .collect()
});

/// Parts of words that speak of the publication.
static PUBLISHED: LazyLock<Vec<&str>> = LazyLock::new(|| {
    phrases(
    "publish|posted|date|veröffentl|erschien|publié|publicad|pubblicat|gepubliceerd|publicer|publiser|udgivet|\
    opublik|опублик|дата|发布|發布|公開|投稿|작성|게시|yayın|đăng|julkaistu|written|created|fecha|data|datum|publication|\
    issued|zveřejn|asked|started|release date",
).collect()
});

/// Words after which a date is that of something else.
static OTHER: LazyLock<Vec<&str>> = LazyLock::new(|| {
    phrases(
        "copyright|©|(c)|since|until|deadline|expire|valid|event|born|joined|member|registered|effective|as of|\
    before|after|from|retrieved|accessed|archived|starts|ends|due|next|released|join date|last seen|active|est.|\
    founded|season|premiere|episode|seit|bis|depuis|jusqu|desde|hasta|dal|fino",
    )
    .collect()
});

/// Words of the steps that an article goes through before it is published. What a line calls revised beside them is one of
/// these steps, and no change of what was published.
static EDITORIAL: LazyLock<Vec<&str>> = LazyLock::new(|| {
    phrases(
        "received|accepted|submitted|manuscript|peer review|eingegangen|eingereicht|angenommen|akzeptiert|reçu|accepté|soumis|\
    recibid|aceptad|recebid|aceit|ricevut|accettat|ontvangen|geaccepteerd|поступил|получен|принят|收稿|接受|录用|錄用|修回|受付|受理|접수",
    )
    .collect()
});

/// Words that may stand right before the date of an article.
static JOINTS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    phrases(
        "on|am|vom|le|el|il|em|op|den|the|at|of|dated|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|\
    tue|wed|thu|fri|sat|sun",
    )
    .collect()
});

/// A line that names the steps of editing is no longer.
const MOST_OF_STEPS: usize = 400;

/// A line says no more than so many words beside its dates; a longer one is prose.
const MOST_WORDS: usize = 14;

/// The dates of a line that could be those of the article, in its order.
pub(in crate::parse::html) fn dates(line: &str) -> Vec<Spoken<'_>> {
    /// More dates make a table or a list.
    const MOST: usize = 3;
    let is_editorial = line.len() < MOST_OF_STEPS && says(&line.to_lowercase(), &EDITORIAL).is_some();
    let mut found = Vec::new();
    let mut from = 0;
    let mut words = 0;
    let mut is_in_range = false;
    while found.len() < MOST {
        let Some((start, reading, used)) = next_date(&line[from..]) else { break };
        let (before, raw) = (&line[from..from + start], line[from + start..from + start + used].trim());
        words += before.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
        let after = &line[from + start + used..];
        let ends_range = std::mem::replace(&mut is_in_range, is_range(after));
        if let Some(label) = label(before)
            && !ends_range
            && !is_in_range
            && !(is_editorial && label == Label::Updated)
        {
            found.push(Spoken { reading, raw, label, is_alone: false });
        }
        from += start + used;
    }
    let rest = line[from..].split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    let is_prose = words + rest > MOST_WORDS && found.first().is_none_or(|first| first.label == Label::None);
    if is_prose {
        found.clear();
    }
    let is_alone = words <= 3 && rest == 0;
    found.iter_mut().for_each(|spoken| spoken.is_alone = is_alone);
    found
}

/// The first date in a text: where it starts, the date, and its length.
fn next_date(text: &str) -> Option<(usize, Reading, usize)> {
    /// Reading a date costs; a line that holds one does not have many more words.
    const MOST_TRIES: usize = 28;
    let mut was_word = false;
    let mut tries = 0;
    for (at, c) in text.char_indices() {
        let is_word = c.is_alphanumeric();
        let begins = is_word && (!was_word || (c.is_numeric() && !text[..at].ends_with(char::is_numeric)));
        was_word = is_word;
        if !begins {
            continue;
        }
        tries += 1;
        if tries > MOST_TRIES {
            return None;
        }
        // Behind a sign of money, a number or a dot in a number there is no date.
        if text[..at].ends_with(['$', '€', '£', '#', '@', '_', '&', '=']) {
            continue;
        }
        if let Some((reading, used)) = dates::read_prefix(&text[at..]).filter(|(reading, _)| is_day(reading)) {
            return Some((at, reading, used));
        }
    }
    None
}

fn is_day(reading: &Reading) -> bool {
    reading.value.precision() >= Precision::Day
}

/// What the words before an element say of the date in it; `None` when they speak of something else.
pub(super) fn label_of(before: &str) -> Option<Label> {
    let lower = before.to_lowercase();
    said_by(last_words(&lower)).unwrap_or(Some(Label::None))
}

/// What the last words say; the outer `None` when they say nothing, the inner when they speak of something else.
fn said_by(tail: &str) -> Option<Option<Label>> {
    if !tail.contains(|c: char| c.is_alphabetic() || c == '©') {
        return None;
    }
    let (updated, published, other) = (says(tail, &UPDATED), says(tail, &PUBLISHED), says_word(tail, &OTHER));
    let other = other.max(says(tail, &EDITORIAL));
    if other.is_some() && other > updated.max(published) {
        return Some(None);
    }
    match (updated, published) {
        (Some(updated), Some(published)) if published > updated => Some(Some(Label::Published)),
        (Some(_), _) => Some(Some(Label::Updated)),
        (None, Some(_)) => Some(Some(Label::Published)),
        (None, None) => None,
    }
}

/// What the words between the last date and this one say of it; `None` when they speak of something else.
fn label(before: &str) -> Option<Label> {
    let lower = before.to_lowercase();
    if let Some(said) = said_by(last_words(&lower)) {
        return said;
    }
    let trimmed = before.trim_end();
    if trimmed.is_empty() {
        return Some(Label::None);
    }
    let parted = trimmed
        .ends_with(['|', '·', '•', '—', '–', '-', ':', ',', '/', ')', '(', '：', '，', '／', '»', '>', '*', '⋅', '∙']);
    let last = lower.split_whitespace().next_back().unwrap_or_default().trim_matches([',', '.', ':']);
    if parted || JOINTS.contains(last) {
        return Some(Label::None);
    }
    // Beside a name: every word is one.
    let is_name = |word: &str| word.starts_with(|c: char| !c.is_lowercase()) || names::is_particle(word);
    const LONGEST_NAME: usize = 8;
    let words = || trimmed.split_whitespace();
    (words().count() <= LONGEST_NAME && words().all(is_name)).then_some(Label::None)
}

/// Where the last of the words begins, as the beginning of a word.
fn says(text: &str, words: &[&str]) -> Option<usize> {
    let begins = |at: &usize| !text[..*at].ends_with(|c: char| c.is_ascii_alphabetic());
    let last = |word: &&str| text.rmatch_indices(*word).map(|(at, _)| at).find(begins);
    words.iter().filter_map(last).max()
}

/// Where the last of the words stands, as a word of its own.
fn says_word(text: &str, words: &[&str]) -> Option<usize> {
    let ends = |at: usize, word: &str| !text[at + word.len()..].starts_with(char::is_alphabetic);
    let begins = |at: usize| !text[..at].ends_with(char::is_alphabetic);
    let last = |word: &&str| {
        let is_word = word.starts_with(char::is_alphabetic);
        text.rmatch_indices(*word)
            .map(|(at, _)| at)
            .find(|at| !is_word || (begins(*at) && (ends(*at, word) || *word == "expire")))
    };
    words.iter().filter_map(last).max()
}

/// The end of a text, where a label would stand.
fn last_words(text: &str) -> &str {
    const LONGEST: usize = 48;
    let mut start = text.len().saturating_sub(LONGEST);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// Whether a date is followed by another that it runs to: an event.
fn is_range(after: &str) -> bool {
    let rest = after.trim_start();
    let rest = ["-", "–", "—", "to ", "until ", "through ", "bis "].iter().find_map(|joint| rest.strip_prefix(joint));
    rest.is_some_and(|rest| {
        dates::read_prefix(rest).is_some_and(|(reading, _)| reading.value.precision() == Precision::Day)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(line: &str) -> Vec<String> {
        let label = |label| match label {
            Label::Published => "published ",
            Label::None => "",
            Label::Updated => "updated ",
        };
        dates(line).iter().map(|spoken| format!("{}{}", label(spoken.label), spoken.reading.value)).collect()
    }

    #[test]
    fn lines_that_state_dates() {
        for (line, expected) in [
            ("9 July 2023", "2023-07-09"),
            ("By Ada Quill | July 9, 2023 | 5 min read", "2023-07-09"),
            ("Ada Quill July 9, 2023", "2023-07-09"),
            ("Published: July 9, 2023 - Updated on July 12, 2023", "published 2023-07-09, updated 2023-07-12"),
            (
                "Veröffentlicht am 9. Juli 2023, aktualisiert am 12. Juli 2023",
                "published 2023-07-09, updated 2023-07-12",
            ),
            ("发布时间：2023年7月9日", "published 2023-07-09"),
            ("Copyright © July 9, 2023 Harbour Ltd", ""),
            ("July 9, 2023 – July 12, 2023", ""),
            ("The storm of the century hit the harbour on July 9, 2023, and its people still speak of that night", ""),
            ("Expires July 9, 2023", ""),
            ("Received 1 May 2022; accepted 16 December 2022", ""),
            (
                "Received: 1 May 2022 / Revised: 3 Oct 2022 / Accepted: 16 Dec 2022 / Published: 2 January 2023",
                "published 2023-01-02",
            ),
            ("Eingegangen am 1. Mai 2022, angenommen am 16. Dezember 2022", ""),
            ("Revised 3 Oct 2022", "updated 2022-10-03"),
            ("HARBOUR JULY 9, 2023 Updated: JULY 12, 2023", "2023-07-09, updated 2023-07-12"),
            ("costs $20.23", ""),
        ] {
            assert_eq!(said(line).join(", "), expected, "{line}");
        }
    }
}
