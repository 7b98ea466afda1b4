//! Every date that a page offers, with where it stands; the arbiter of [`feedmill_dates`] decides.

pub(super) mod spoken;

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveTime, Utc};

use super::linked::Work;
use super::page::{Anchor, Holds, Mark, Page, Place};
use crate::parse::evidence::{Evidence, reading_of};
use feedmill_dates::{self as dates, Candidate, DateRule, DateValue, KeyRole, Order, Precision, Reading};
use spoken::Label;

/// What the dates of a page are weighed by.
pub(super) struct Known<'a> {
    /// What its linked data say.
    pub work: Option<&'a Work>,
    /// Where its title stands.
    pub title: Option<Anchor>,
    /// The addresses of the page, best first.
    pub addresses: &'a [String],
    /// The last day that the page can be from: when it was fetched or saved.
    pub latest: Option<NaiveDate>,
    /// Whether the page lists others, whose dates stand on it.
    pub is_like_listing: bool,
    /// Whether `3/4/2023` is the fourth of March here.
    pub is_month_first: bool,
}

/// What was found.
pub(super) struct Dates {
    /// The candidates.
    pub evidence: Evidence,
    /// When the page says that it was last changed.
    pub updated: Option<DateTime<FixedOffset>>,
}

/// Gathers the dates of a page.
pub(super) fn gather(page: &Page, known: &Known) -> Dates {
    let mut gathered = Gathered { known, candidates: Vec::new(), refused: Evidence::default() };
    gathered.linked();
    gathered.metas(page);
    gathered.addresses();
    let visible = if known.is_like_listing { Vec::new() } else { visible(page, known) };
    if !known.is_like_listing {
        gathered.marks(page);
    }
    gathered.visible(&visible);
    let updates = gathered.candidates.iter().filter(|candidate| candidate.rule == DateRule::Update);
    let updated = updates.clone().find_map(|candidate| instant(&candidate.value));
    gathered.reconcile(&visible);
    Dates { evidence: gathered.evidence(), updated }
}

struct Gathered<'a> {
    known: &'a Known<'a>,
    candidates: Vec<Candidate>,
    /// What is refused as no date.
    refused: Evidence,
}

impl Gathered<'_> {
    fn push(&mut self, reading: Reading, rule: DateRule, place: &str, raw: &str) {
        let reading = in_local_order(reading, raw, self.known);
        if let Some(what) = dates::placeholder(&reading.value) {
            self.refused.refuse(rule, place, raw, what);
        } else if is_plausible(&reading.value, self.known.latest) {
            self.candidates.push(Candidate::new(reading, rule, place, raw));
        }
    }

    fn push_text(&mut self, text: &str, rule: DateRule, place: &str) {
        if let Some((reading, raw)) = lenient(text) {
            self.push(reading, rule, place, &raw);
        }
    }

    fn linked(&mut self) {
        let Some(work) = self.known.work else { return };
        for (text, rule, place) in [
            (&work.published, DateRule::Metadata, "datePublished"),
            (&work.created, DateRule::Metadata, "dateCreated"),
            (&work.modified, DateRule::Update, "dateModified"),
        ] {
            if let Some(text) = text {
                self.push_text(text, rule, place);
            }
        }
    }

    fn metas(&mut self, page: &Page) {
        // A key that says what it dates goes before one that says `date` and may be that of the site.
        for is_plain in [false, true] {
            for (key, content) in &page.metas {
                let is_of_other = OF_OTHERS.iter().any(|start| key.starts_with(start));
                if PLAIN_KEYS.contains(&key.as_str()) != is_plain || is_of_other {
                    continue;
                }
                match dates::key_role(key) {
                    KeyRole::Publication | KeyRole::Created => self.push_text(content, DateRule::Metadata, key),
                    KeyRole::Update | KeyRole::Embargo => self.push_text(content, DateRule::Update, key),
                    KeyRole::Never | KeyRole::Other => {}
                }
            }
        }
    }

    fn marks(&mut self, page: &Page) {
        for mark in &page.marks {
            let (rule, place) = match mark.holds {
                Holds::Published => (DateRule::Metadata, "datePublished"),
                Holds::Created => (DateRule::Metadata, "dateCreated"),
                Holds::Modified => (DateRule::Update, "dateModified"),
                _ => continue,
            };
            let place_of = Anchor::excused(self.known.title, mark.place);
            if place_of.is_any(Place::ELSEWHERE.with(Place::NESTED)) {
                continue;
            }
            if let Some((reading, raw, _)) = of_mark(mark) {
                self.push(reading, rule, place, &raw);
            }
        }
    }

    fn addresses(&mut self) {
        for address in self.known.addresses {
            if let Some(found) = dates::in_path(address) {
                return self.push(found.reading, DateRule::Path, &found.place.clone(), &found.place);
            }
        }
        for address in self.known.addresses {
            if let Some(found) =
                dates::in_partial_path(address).filter(|found| found.reading.value.precision() >= Precision::Month)
            {
                return self.push(found.reading, DateRule::PartialPath, &found.place.clone(), &found.place);
            }
        }
    }

    fn visible(&mut self, visible: &[Visible]) {
        for found in visible {
            self.push(found.reading.clone(), found.rule, found.place, &found.raw);
        }
    }

    /// Puts right what programs get wrong in the publication date that readers see to be otherwise.
    fn reconcile(&mut self, visible: &[Visible]) {
        let seen =
            visible.iter().find(|found| found.rule == DateRule::Visible && found.reading.order != Order::Ambiguous);
        let path = self.candidates.iter().find(|candidate| candidate.rule == DateRule::Path);
        let days: Vec<NaiveDate> = visible
            .iter()
            .map(|found| &found.reading.value)
            .chain(path.map(|path| &path.value))
            .map(DateValue::first_day)
            .collect();
        let witness = seen.filter(|seen| seen.score >= SURE_SCORE).map(|seen| seen.reading.value.first_day());
        let witness = path.map(|path| path.value.first_day()).or(witness);
        let Some(witness) = witness else { return };
        for candidate in self.candidates.iter_mut().filter(|candidate| candidate.rule == DateRule::Metadata) {
            let day = candidate.value.first_day();
            if candidate.value.precision() < Precision::Day || days.contains(&day) {
                continue;
            }
            let is_utc = candidate.value.offset().is_none_or(|offset| offset.local_minus_utc() == 0);
            let is_off_by_one = (day - witness).num_days().abs() == 1;
            if is_off_by_one && is_utc && candidate.value.precision() >= Precision::Minute {
                // A time in UTC: the day is that of the publisher's own clock, which readers and addresses show.
                if let Some(day) = DateValue::day(witness) {
                    candidate.value = day;
                }
            } else if (day - witness).num_days() > 1 && !is_of_journal(candidate) {
                // Nobody shows a day before the publication: what programs call so is a later one.
                candidate.rule = DateRule::Update;
            }
        }
    }

    /// Where no publication is dated, a change stands in for it only if readers are told of it beside the title: what
    /// programs note of changes dates the template as often as the text.
    fn evidence(self) -> Evidence {
        let is_dated = self.candidates.iter().any(|candidate| candidate.rule < DateRule::Update);
        let is_told = |candidate: &Candidate| matches!(candidate.place.as_str(), "text, updated" | "time, updated");
        let mut evidence = self.refused;
        let kept = self.candidates.into_iter().filter(|candidate| is_dated || is_told(candidate));
        kept.for_each(|candidate| evidence.push(candidate));
        evidence
    }
}

/// Whether a candidate is what journals and libraries say of a publication: what readers see beside it are steps of its
/// editing and other dates. They state days; a time under a key of the Dublin Core is that of a program.
fn is_of_journal(candidate: &Candidate) -> bool {
    let starts = |starts: &[&str]| starts.iter().any(|start| candidate.place.starts_with(start));
    starts(&["citation_", "prism.", "bepress_", "eprints."])
        || starts(&["dc.", "dcterms."]) && candidate.value.precision() == Precision::Day
}

/// Keys that say no more than that they hold a date.
const PLAIN_KEYS: [&str; 8] = ["date", "dc.date", "dcterms.date", "timestamp", "day", "data", "datum", "time"];
/// Beginnings of keys that hold the dates of things which a page shows.
const OF_OTHERS: [&str; 9] =
    ["video", "music", "book", "product", "event", "og:video", "og:event", "msapplication", "twitter"];

/// A date that a reader sees.
struct Visible {
    reading: Reading,
    raw: String,
    rule: DateRule,
    place: &'static str,
    score: i32,
    at: usize,
}

/// The dates that a reader takes for that of the article, best first.
fn visible(page: &Page, known: &Known) -> Vec<Visible> {
    let mut found = Vec::new();
    for mark in page.marks.iter().filter(|mark| matches!(mark.holds, Holds::Date)) {
        if let Some(visible) = of_visible_mark(mark, known) {
            found.push(visible);
        }
    }
    for line in &page.lines {
        let Some(near) = nearness(line.at, known.title, line.place) else { continue };
        for spoken in spoken::dates(&line.text) {
            let by_label = match spoken.label {
                Label::Published => 3,
                Label::None if spoken.is_alone => 2,
                Label::None => 1,
                Label::Updated => 2,
            };
            let rule = if spoken.label == Label::Updated { DateRule::Update } else { DateRule::Visible };
            let in_date = i32::from(line.place.is_any(Place::DATE.with(Place::PUBLISHED).with(Place::HEADER)));
            let score = near + by_label + in_date;
            let raw = spoken.raw.to_owned();
            let reading = in_local_order(spoken.reading, &raw, known);
            found.push(Visible { reading, raw, rule, place: spoken.label.place(), score, at: line.at });
        }
    }
    let only = found.first().map(|first: &Visible| first.reading.value.first_day());
    let is_only = found.iter().all(|other| Some(other.reading.value.first_day()) == only);
    let least = if is_only { ONLY_SCORE } else { LEAST_SCORE };
    found.retain(|visible| visible.score >= if visible.rule == DateRule::Update { LEAST_SCORE } else { least });
    found.sort_by_key(|visible| (-visible.score, visible.at));
    const MOST: usize = 8;
    found.truncate(MOST);
    found
}

/// Below this, a date is one that the page happens to speak of.
const LEAST_SCORE: i32 = 4;
/// From here on, a date stands where every reader takes it for that of the article.
const SURE_SCORE: i32 = 5;
/// What a date must have that is the only one which the page shows.
const ONLY_SCORE: i32 = 2;

fn of_visible_mark(mark: &Mark, known: &Known) -> Option<Visible> {
    let near = nearness(mark.at, known.title, mark.place)?;
    let (reading, raw, said) = of_mark(mark)?;
    let reading = in_local_order(reading, &raw, known);
    let label = spoken::label_of(&mark.before)?.with(said);
    let is_update = label == Label::Updated || mark.place.is_any(Place::UPDATED);
    let by_value = if mark.value.is_some() { 2 } else { 1 };
    let by_label = if label == Label::Published || mark.place.is_any(Place::PUBLISHED) { 2 } else { 0 };
    let score = near + by_value + by_label + i32::from(mark.place.is_any(Place::HEADER));
    let rule = if is_update { DateRule::Update } else { DateRule::Visible };
    let place = if is_update { "time, updated" } else { "time" };
    Some(Visible { reading, raw, rule, place, score, at: mark.at })
}

/// How near the title something stands, in points; `None` where it belongs to something else.
fn nearness(at: usize, title: Option<Anchor>, place: Place) -> Option<i32> {
    let place = Anchor::excused(title, place);
    let is_aside = place.is_any(Place::ASIDE) && !place.is_any(Place::ARTICLE.with(Place::MAIN));
    if is_aside || place.is_any(Place::ELSEWHERE.without(Place::ASIDE).with(Place::MUTE).with(Place::HIDDEN)) {
        return None;
    }
    if place.is_any(Place::FOOTER) && !place.is_any(Place::ARTICLE.with(Place::MAIN)) {
        return None;
    }
    let teaser = if place.is_any(Place::NESTED.with(Place::ASIDE)) { 2 } else { 0 };
    let linked = if place.is_any(Place::LINK) { 1 } else { 0 };
    let Some(Anchor { at: title_at, .. }) = title else {
        /// Without a title to stand by, what stands at the top is near.
        const TOP: usize = 2000;
        return Some(i32::from(place.is_any(Place::ARTICLE)) + i32::from(at < TOP) - teaser - linked);
    };
    let is_before = at < title_at;
    // Papers print the day of today in the head of every page.
    if is_before
        && place.is_any(Place::HEADER)
        && !place.is_any(Place::ARTICLE.with(Place::MAIN))
        && !title.is_some_and(|title| title.place.is_any(Place::HEADER))
    {
        return None;
    }
    let near = match at.abs_diff(title_at) {
        0..=300 if is_before => 2,
        _ if is_before => -1,
        0..=250 => 4,
        251..=700 => 3,
        701..=1500 => 2,
        1501..=3000 => 1,
        _ => 0,
    };
    Some(near - teaser - linked)
}

/// The date that an element states, and what its own words say of it. Its attribute is the more precise; but where the
/// day that a reader sees is one off, the attribute is in UTC, and the reader's day is that of the publisher.
fn of_mark(mark: &Mark) -> Option<(Reading, String, Label)> {
    let value = mark.value.as_deref().and_then(lenient);
    let text = mark.text.split('\n').flat_map(spoken::dates).next();
    let Some(text) = text else {
        let said = spoken::label_of(&mark.text).filter(|_| mark.text.len() < 40).unwrap_or(Label::None);
        return value.map(|(reading, raw)| (reading, raw, said));
    };
    let off_by_one = |value: &DateValue| {
        value.agrees_with(&text.reading.value) && value.first_day() != text.reading.value.first_day()
    };
    match value {
        Some((reading, raw)) if !off_by_one(&reading.value) => Some((reading, raw, text.label)),
        _ => Some((text.reading, text.raw.to_owned(), text.label)),
    }
}

/// The date that a value states: all of it, or its beginning where words follow.
fn lenient(text: &str) -> Option<(Reading, String)> {
    const LONGEST: usize = 80;
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let text = text.replace("\\u002b", "+");
    let whole = reading_of(&serde_json::Value::String(text.clone()));
    whole.or_else(|| {
        spoken::dates(&text).into_iter().next().map(|spoken| (spoken.reading.clone(), spoken.raw.to_owned()))
    })
}

/// Whether a date can be that of a page, and not after it was fetched.
fn is_plausible(value: &DateValue, latest: Option<NaiveDate>) -> bool {
    /// Before it there was no printing press; what programs write there stands for nothing.
    const FIRST_YEAR: i32 = 1600;
    let day = value.first_day();
    // A day of grace for zones.
    let is_future = latest.and_then(|latest| latest.checked_add_days(Days::new(1))).is_some_and(|latest| day > latest);
    day.year() >= FIRST_YEAR && !is_future
}

/// The reading, with the month first where it could be read both ways and the page is from where that is the order.
fn in_local_order(reading: Reading, raw: &str, known: &Known) -> Reading {
    let is_american = known.is_month_first && reading.order == Order::Ambiguous && raw.contains('/');
    let value = if is_american { month_first(&reading.value) } else { None };
    value.map_or(reading, |value| Reading { value, order: Order::MonthFirst })
}

/// The value with its day for the month.
fn month_first(value: &DateValue) -> Option<DateValue> {
    let day = value.first_day();
    let swapped = NaiveDate::from_ymd_opt(day.year(), day.day(), day.month())?;
    match value.local_time() {
        None => DateValue::day(swapped),
        Some(local) => DateValue::minute(swapped.and_time(local.time()), value.offset()),
    }
}

/// The instant of a last change: a time, or the noon of a day.
fn instant(value: &DateValue) -> Option<DateTime<FixedOffset>> {
    match value.precision() {
        Precision::Day => Some(value.first_day().and_time(NaiveTime::from_hms_opt(12, 0, 0)?).and_utc().fixed_offset()),
        _ => value.instant_in(&Utc),
    }
}
