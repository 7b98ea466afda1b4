//! What a document offers as its date: every candidate is gathered here, and the arbiter of [`feedmill_dates`] decides.

use chrono::{NaiveDate, NaiveDateTime, Timelike};
use serde_json::Value;

use super::dateline::{self, Line};
use crate::article::Offer;
use feedmill_dates::{
    self as dates, ArticleDate, Candidate, Confidence, DateRule, DateValue, KeyRole, Precision, Reading, Standing,
};

/// The candidates that were gathered so far.
#[derive(Default)]
pub(super) struct Evidence {
    candidates: Vec<Candidate>,
    /// Dates that are none, with the reason.
    refused: Vec<Offer>,
    mentions: Vec<Mention>,
    weigh: bool,
}

/// A date that a title or heading mentions.
struct Mention {
    candidate: Candidate,
    /// Whether it stands where titles state their own date (`Minutes of 9 July 2023`, `4 May 2021: The ferry`).
    is_own: bool,
}

/// What git writes before every patch in the place of a date, and what that is.
pub(super) const PATCH_DATE: &str = "Mon Sep 17 00:00:00 2001";
pub(super) const OF_GIT: &str = "the one date that git writes before every patch";

impl Evidence {
    /// Nothing yet; with `weigh`, what is found will be kept for explanations.
    pub fn new(weigh: bool) -> Evidence {
        Evidence { weigh, ..Evidence::default() }
    }

    /// The same; with `weigh`, what is found will be kept for explanations.
    pub fn weighing(self, weigh: bool) -> Evidence {
        Evidence { weigh, ..self }
    }

    /// Takes a candidate that its parser made. One that stands for no date is refused, and said to be.
    pub fn push(&mut self, candidate: Candidate) {
        let is_of_git = candidate.raw.trim() == PATCH_DATE;
        match dates::placeholder(&candidate.value).or(is_of_git.then_some(OF_GIT)) {
            Some(what) => self.refuse(candidate.rule, &candidate.place, &candidate.raw, what),
            None => self.candidates.push(candidate),
        }
    }

    /// Keeps what stands where a date would and is none: `what` says what it stands for.
    pub fn refuse(&mut self, rule: DateRule, place: &str, raw: &str, what: &str) {
        let verdict = format!("a placeholder, never taken: {what}");
        self.refused.push(Offer { value: raw.to_owned(), place: named(rule, place), verdict });
    }

    /// Takes the value of a metadata key if its key and its value are those of a date; `rule` says where the
    /// metadata stand, `folded` is the key without the prefix of the program that it was written for. Gives back the
    /// reading of a key that dates an update.
    pub fn metadata(&mut self, key: &str, folded: &str, value: &Value, rule: DateRule) -> Option<Reading> {
        let role = role(key, folded);
        let rule = match role {
            KeyRole::Publication | KeyRole::Created => rule,
            KeyRole::Update | KeyRole::Embargo => DateRule::Update,
            KeyRole::Never | KeyRole::Other => return None,
        };
        if let Some(raw) = zeros(value) {
            self.refuse(rule, key, &raw, "zeros, as databases write a missing date");
        }
        let (reading, raw) = reading_of(value)?;
        let before = self.refused.len();
        self.push(Candidate::new(reading.clone(), rule, key, raw));
        (role == KeyRole::Update && self.refused.len() == before).then_some(reading)
    }

    /// Takes a date inside a value that often holds one: a permalink, a slug, a file name.
    pub fn value(&mut self, key: &str, value: &Value) {
        if let Value::String(text) = value
            && let Some(found) = dates::in_value(text)
            && found.reading.value.precision() >= Precision::Day
        {
            self.push(Candidate::new(found.reading, DateRule::Value, key, found.place));
        }
    }

    /// Takes the date that a title is, or begins with in the ISO order (`2016-05-17 - Logging in`).
    pub fn title(&mut self, title: &str) {
        // Most titles hold no digit, and reading a date is not free.
        if !title.bytes().any(|byte| byte.is_ascii_digit()) {
            return;
        }
        let begins = || {
            let (reading, used) = dates::read_prefix(title)?;
            let iso = title.len() > 4 && title.as_bytes()[..4].iter().all(u8::is_ascii_digit);
            (iso && !title[used..].starts_with(char::is_alphanumeric)).then(|| (reading, title[..used].to_owned()))
        };
        let whole = dates::read(title).map(|reading| (reading, title.to_owned()));
        if let Some((reading, raw)) = whole.or_else(begins)
            && reading.value.precision() >= Precision::Day
        {
            self.push(Candidate::new(reading, DateRule::Value, "title", raw));
            return;
        }
        self.mentions(title, "title");
    }

    /// Takes the dates that a title or heading mentions. They say the day of a coarser date; one that stands at the end,
    /// or at the start and apart, dates an article that nothing else dates.
    pub fn mentions(&mut self, text: &str, place: &str) {
        const LONGEST: usize = 300;
        if text.len() > LONGEST || !text.chars().any(char::is_numeric) {
            return;
        }
        for (start, found) in dates::in_title(text) {
            let (before, after) = (text[..start].trim_end(), text[start + found.place.len()..].trim());
            // A sentence of its own is text that became a title.
            let is_sentence = before.ends_with(['.', '?', '!'])
                || before.contains(['?', '!'])
                || [". ", ".\n"].iter().any(|stop| {
                    before
                        .match_indices(stop)
                        .any(|(at, _)| before[..at].chars().rev().take_while(|c| c.is_lowercase()).count() > 3)
                });
            let ends = !is_sentence && after.trim_matches([')', ']', '.', '*', '_']).is_empty();
            // What happened on a day is told later.
            let happened = before.rsplit([' ', '\u{a0}']).next().is_some_and(|word| word.eq_ignore_ascii_case("on"));
            let opens = before.is_empty() && after.starts_with([':', '-', '–', '—', '|', '•', '·']);
            let candidate = Candidate::new(found.reading, DateRule::Title, place, found.place);
            let known = self.mentions.iter().any(|known| known.candidate.value == candidate.value);
            if !known {
                self.mentions.push(Mention { candidate, is_own: ends && !happened || opens });
            }
        }
    }

    /// Takes a date on the first lines of the text; `place` names the header or is empty.
    pub fn first_line(&mut self, reading: Reading, place: &str, raw: &str, sure: bool) {
        let mut candidate = Candidate::new(reading, DateRule::FirstLine, place, raw);
        if !sure {
            candidate.confidence = Confidence::Low;
        }
        self.push(candidate);
    }

    /// Looks for a line that is a date at the head of a text in a markup language; for one that nothing else dates, or
    /// not to the day.
    pub fn first_lines(&mut self, body: &str) {
        for Line { text, is_head } in dateline::head(body) {
            if let Some((reading, word, raw)) = dateline::stated(text) {
                return self.line(reading, word, &raw, is_head);
            }
        }
        let first = dateline::head(body).find(|line| !line.text.starts_with(['#', '=']));
        if let Some((reading, raw, sure)) = first.and_then(|line| dateline::in_prose(line.text))
            && (self.is_empty() || self.is_within(&reading))
        {
            self.first_line(reading, "", raw, sure);
        }
    }

    /// Takes a line of a text that states a date; one further down only where nothing contradicts it.
    pub fn line(&mut self, reading: Reading, word: &str, raw: &str, is_head: bool) {
        if is_head || self.is_empty() || self.is_within(&reading) {
            self.first_line(reading, word, raw, is_head);
        }
    }

    /// Whether a date says more than one that is known, and agrees with it.
    pub fn is_within(&self, reading: &Reading) -> bool {
        self.candidates.iter().any(|known| is_within(&reading.value, &known.value))
    }

    /// Whether no day is known, but at most a month, a quarter or a year.
    pub fn lacks_day(&self) -> bool {
        self.candidates.iter().all(|known| known.value.precision() < Precision::Day)
    }

    /// Takes the date of the revision line of an AsciiDoc header, which is that of the first lines of a text: less
    /// sure than a key that says what it dates.
    pub fn revision(&mut self, entries: &[(String, Value)]) {
        let found = entries.iter().find(|(key, _)| key.eq_ignore_ascii_case("revdate"));
        if let Some((reading, raw)) = found.and_then(|(_, value)| reading_of(value)) {
            self.first_line(reading, "revdate", &raw, true);
        }
    }

    /// Takes the dates in the name of a document: the best, and what else the name states.
    pub fn path(&mut self, name: &str) {
        for found in dates::in_name(name) {
            let rule = match found.standing {
                Standing::Head | Standing::Within => DateRule::Path,
                Standing::Together | Standing::Partial => DateRule::PartialPath,
            };
            let mut candidate = Candidate::new(found.reading, rule, found.place.clone(), found.place);
            candidate.confidence = candidate.confidence.min(found.confidence);
            self.push(candidate);
        }
    }

    /// Whether nothing was found yet.
    pub fn is_empty(&self) -> bool {
        self.candidates.is_empty()
    }

    /// Whether something says on which day the whole document was published.
    pub fn has_day(&self) -> bool {
        let is_day =
            |candidate: &Candidate| candidate.rule != DateRule::Update && candidate.value.precision() >= Precision::Day;
        self.candidates.iter().any(is_day)
    }

    /// The arbiter's verdict, and what it weighed if that shall be kept, or if nothing dates the article and the reason
    /// is that what looks like its date is none.
    pub fn choose(self) -> (Option<ArticleDate>, Option<Vec<Offer>>) {
        let Evidence { mut candidates, mentions, refused, weigh } = self;
        candidates.retain(|candidate| !is_example(candidate));
        let is_alone = candidates.is_empty();
        let counts = |mention: &Mention| match is_alone {
            true => mention.is_own,
            false => candidates.iter().any(|known| is_within(&mention.candidate.value, &known.value)),
        };
        let (counting, idle): (Vec<Mention>, Vec<Mention>) = mentions.into_iter().partition(counts);
        candidates.extend(counting.into_iter().map(|mention| mention.candidate));
        let weighed = if weigh { dates::weigh(candidates.clone()) } else { Vec::new() };
        let chosen = dates::choose(candidates);
        let is_told = weigh || chosen.is_none() && !refused.is_empty();
        let offers = is_told.then(|| {
            let offer = |candidate: Candidate, verdict: String| Offer {
                value: candidate.value.to_string(),
                place: named(candidate.rule, &candidate.place),
                verdict,
            };
            let mut offers: Vec<Offer> =
                weighed.into_iter().map(|(candidate, verdict)| offer(candidate, verdict)).collect();
            if weigh {
                let value = chosen.as_ref().map(|date| &date.chosen.value);
                offers.extend(idle.into_iter().map(|mention| {
                    let agrees = value.is_some_and(|chosen| mention.candidate.value.agrees_with(chosen));
                    let about = if agrees { "says the same" } else { "may be what the article is about" };
                    offer(mention.candidate, about.to_owned())
                }));
            }
            offers.extend(refused);
            offers
        });
        (chosen, offers)
    }
}

/// A rule and a place, as reports name them.
fn named(rule: DateRule, place: &str) -> String {
    match place {
        "" => rule.name().to_owned(),
        place => format!("{} {place:?}", rule.name()),
    }
}

/// The text of a value that is written like a date and is nothing but zeros: `0000-00-00`, and the number 0.
fn zeros(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| dates::of_zeros(text) || text == "0"),
        Value::Number(number) => Some(number.to_string()).filter(|number| number == "0"),
        _ => None,
    }
}

/// Whether a date is that by which Go spells formats (`Mon Jan 2 15:04:05 2006`): it stands in templates and in what is
/// written about them, and nobody published then what says so in words. In numbers it is a day like any other, which
/// newswire has.
fn is_example(candidate: &Candidate) -> bool {
    let value = &candidate.value;
    let Some(day) = NaiveDate::from_ymd_opt(2006, 1, 2) else { return false };
    let at = |local: NaiveDateTime| (local.hour() % 12, local.minute()) == (3, 4);
    let is_in_words = matches!(candidate.rule, DateRule::FirstLine | DateRule::Visible | DateRule::Title)
        && candidate.raw.contains(|c: char| c.is_alphabetic());
    value.first_day() == day && (is_in_words || value.local_time().is_some_and(at))
}

/// Whether a date says more than another and lies within it.
fn is_within(fine: &DateValue, coarse: &DateValue) -> bool {
    coarse.precision() < Precision::Day
        && fine.precision() > coarse.precision()
        && fine.first_day() >= coarse.first_day()
        && fine.last_day() <= coarse.last_day()
}

/// The role of a key, as it is written or else without its prefix. Some keys of JSON programs are dates only there.
fn role(key: &str, folded: &str) -> KeyRole {
    let role = match dates::key_role(key) {
        KeyRole::Other => dates::key_role(folded),
        role => role,
    };
    match (role, folded) {
        (KeyRole::Other, "createdutc") => KeyRole::Created,
        (KeyRole::Other, "time" | "unixtime") => KeyRole::Publication,
        (role, _) => role,
    }
}

/// The date that a metadata value states, and the text that states it.
pub(super) fn reading_of(value: &Value) -> Option<(Reading, String)> {
    match value {
        Value::String(text) => {
            let text = text.trim().trim_matches(['<', '>', '"', '\'']);
            let reading = dates::read_stated(text).or_else(|| epoch(text))?;
            Some((reading, text.to_owned()))
        }
        Value::Number(number) => {
            let text = number.to_string();
            // `20160229` is a day rather than an instant in August 1970.
            let day = (text.len() == 8).then(|| dates::read(&text)).flatten();
            let year = (text.len() == 4).then(|| dates::read(&text)).flatten();
            let reading = day.or(year).or_else(|| {
                let whole = number.as_i64().or_else(|| number.as_f64().map(|number| number as i64))?;
                dates::from_epoch(whole)
            })?;
            Some((reading, text))
        }
        // `{"$date": …}` of database dumps, `{date: …, timezone: …}` and the like.
        Value::Object(object) => ["$date", "date", "iso", "datetime", "value", "start", "$numberLong", "_seconds"]
            .iter()
            .find_map(|key| match object.get(*key)? {
                Value::Object(inner) => reading_of(inner.get("$numberLong")?),
                value => reading_of(value),
            }),
        _ => None,
    }
}

/// Digits that are seconds or milliseconds since 1970.
fn epoch(text: &str) -> Option<Reading> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = (9..=13).contains(&whole.len()) && whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit());
    digits.then(|| whole.parse().ok()).flatten().and_then(dates::from_epoch)
}
