//! What a document offers as its date: every candidate is gathered here, and the arbiter of [`feedmill_dates`] decides.

use serde_json::Value;

use super::dateline;
use crate::article::Offer;
use feedmill_dates::{self as dates, ArticleDate, Candidate, Confidence, DateRule, KeyRole, Precision, Reading};

/// The candidates that were gathered so far.
#[derive(Default)]
pub(super) struct Evidence {
    candidates: Vec<Candidate>,
    weigh: bool,
}

impl Evidence {
    /// Nothing yet; with `weigh`, what is found will be kept for explanations.
    pub fn new(weigh: bool) -> Evidence {
        Evidence { candidates: Vec::new(), weigh }
    }

    /// The same; with `weigh`, what is found will be kept for explanations.
    pub fn weighing(self, weigh: bool) -> Evidence {
        Evidence { weigh, ..self }
    }

    /// Takes a candidate that its parser made.
    pub fn push(&mut self, candidate: Candidate) {
        self.candidates.push(candidate);
    }

    /// Takes the value of a metadata key if its key and its value are those of a date; `rule` says where the
    /// metadata stand, `folded` is the key without the prefix of the program that it was written for. Gives back the
    /// reading of a key that dates an update.
    pub fn metadata(&mut self, key: &str, folded: &str, value: &Value, rule: DateRule) -> Option<Reading> {
        let role = role(key, folded);
        let rule = match role {
            KeyRole::Publication | KeyRole::Created => rule,
            KeyRole::Update => DateRule::Update,
            KeyRole::Never | KeyRole::Other => return None,
        };
        let (reading, raw) = reading_of(value)?;
        self.candidates.push(Candidate::new(reading.clone(), rule, key, raw));
        (role == KeyRole::Update).then_some(reading)
    }

    /// Takes a date inside a value that often holds one: a permalink, a slug, a file name.
    pub fn value(&mut self, key: &str, value: &Value) {
        if let Value::String(text) = value
            && let Some(found) = dates::in_value(text)
            && found.reading.value.precision() >= Precision::Day
        {
            self.candidates.push(Candidate::new(found.reading, DateRule::Value, key, found.place));
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
            self.candidates.push(Candidate::new(reading, DateRule::Value, "title", raw));
        }
    }

    /// Takes a date on the first lines of the text; `place` names the header or is empty.
    pub fn first_line(&mut self, reading: Reading, place: &str, raw: &str, sure: bool) {
        let mut candidate = Candidate::new(reading, DateRule::FirstLine, place, raw);
        if !sure {
            candidate.confidence = Confidence::Low;
        }
        self.candidates.push(candidate);
    }

    /// Looks for a line that is a date among the first lines of a text in a markup language; for one that nothing else
    /// dates.
    pub fn first_lines(&mut self, body: &str) {
        const LINES: usize = 6;
        for line in body.lines().filter(|line| !line.trim().is_empty()).take(LINES) {
            if let Some(found) = dateline::worded(line) {
                return self.first_line(found.reading, found.word, found.raw, true);
            }
            if let Some((reading, raw)) = dateline::marked_up(line) {
                return self.first_line(reading, "", &raw, true);
            }
        }
        let first = body.lines().find(|line| !line.trim().is_empty() && !line.starts_with(['#', '=']));
        if let Some((reading, raw, sure)) = first.and_then(dateline::in_prose) {
            self.first_line(reading, "", raw, sure);
        }
    }

    /// Takes the date of the revision line of an AsciiDoc header, which is that of the first lines of a text: less
    /// sure than a key that says what it dates.
    pub fn revision(&mut self, entries: &[(String, Value)]) {
        let found = entries.iter().find(|(key, _)| key.eq_ignore_ascii_case("revdate"));
        if let Some((reading, raw)) = found.and_then(|(_, value)| reading_of(value)) {
            self.first_line(reading, "revdate", &raw, true);
        }
    }

    /// Takes the date in a path or URL, the full one, or else what there is of one.
    pub fn path(&mut self, name: &str) {
        let found = match dates::in_path(name) {
            Some(found) => (found, DateRule::Path),
            None => match dates::in_partial_path(name) {
                Some(found) => (found, DateRule::PartialPath),
                None => return,
            },
        };
        let (found, rule) = found;
        self.candidates.push(Candidate::new(found.reading, rule, found.place.clone(), found.place));
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

    /// The arbiter's verdict, and what it weighed if that shall be kept.
    pub fn choose(self) -> (Option<ArticleDate>, Option<Vec<Offer>>) {
        let offers = self.weigh.then(|| {
            let weighed = dates::weigh(self.candidates.clone()).into_iter();
            let offer = |(candidate, verdict): (Candidate, String)| Offer {
                value: candidate.value.to_string(),
                place: match candidate.place.as_str() {
                    "" => candidate.rule.name().to_owned(),
                    place => format!("{} {place:?}", candidate.rule.name()),
                },
                verdict,
            };
            weighed.map(offer).collect()
        });
        (dates::choose(self.candidates), offers)
    }
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
            let reading = dates::read(text).or_else(|| epoch(text))?;
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
