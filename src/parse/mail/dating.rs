//! When a mail was sent: its `Date`, checked against the stamps of those who carried it.

use chrono::{DateTime, FixedOffset, Utc};

use super::fields::Fields;
use super::stamp;
use crate::parse::evidence::{Evidence, OF_GIT, PATCH_DATE};
use feedmill_dates::{Candidate, Confidence, DateRule, Reading, from_epoch};

/// A clock may be so many days ahead of those of the carriers: zones that were left out, and slow relays.
const DAYS_AHEAD: i64 = 3;

/// A mail may be under way, or wait for a moderator, for so many days before its clock is doubted.
const DAYS_UNDER_WAY: i64 = 200;

/// More stamps than these say nothing new.
const MOST_STAMPS: usize = 40;

/// A carrier that is later by more days is worth a word in the report.
const DAYS_TOLD: i64 = 7;

/// The name of the line before a message in a mailbox.
const SEPARATOR: &str = "From line";

/// A date that somebody put on a mail.
struct Stamp {
    reading: Reading,
    place: &'static str,
    raw: String,
    /// Whether it is put on again when a mail is copied or sent on, so that it may be any time later.
    is_renewed: bool,
    /// Whether it can prove that a `Date` is wrong.
    proves: bool,
}

/// Offers the dates of a mail. `separator` is the line of the mailbox before it, `name` the name of its file.
///
/// - `Date` is believed, and is the publication date, unless the clock that wrote it was wrong.
/// - It was wrong when it is more than [`DAYS_AHEAD`] days later than every stamp of those who carried the mail, or
///   more than [`DAYS_UNDER_WAY`] days earlier than every stamp. Then the first of the stamps below that can be read
///   is offered before it, and the contradiction is kept. Stamps that are renewed when a mail is copied (separators,
///   names of files, `Resent-Date`) prove nothing by being late, and a separator proves nothing at all unless it names the
///   sender: programs that export mail write a date of their own, or always the same.
/// - A clock that was never set, and the one date that git writes before every patch, are none, and said to be.
/// - Without a `Date` the same stamps stand in: those of news servers, the last `Received`, `Delivery-Date`,
///   `Resent-Date`, the separator of the mailbox, the name of a file in a Maildir.
pub(super) fn offer(fields: &Fields, separator: Option<&str>, name: &str, evidence: &mut Evidence) {
    let mut written = stamps(fields, &["Date"]);
    refuse_placeholders(fields, separator, evidence);
    if written.is_empty() {
        written = stamps(fields, &["X-Original-Date", "Original-Date", "X-Date", "Sent", "Posted-Date"]);
    }
    let carried = carried(fields, separator, name);
    let Some(date) = written.first() else {
        for stamp in carried.into_iter().take(1) {
            evidence.push(stamp.candidate(DateRule::Metadata, Confidence::Medium));
        }
        return;
    };
    let has_fixed = carried.iter().any(|stamp| !stamp.is_renewed);
    let is_wrong =
        carried.iter().any(|stamp| stamp.proves) && !carried.iter().any(|stamp| stamp.can_follow(date, has_fixed));
    if is_wrong {
        for stamp in carried.into_iter().take(1) {
            evidence.push(stamp.candidate(DateRule::Metadata, Confidence::Medium));
        }
        for stamp in written {
            evidence.push(stamp.candidate(DateRule::Metadata, Confidence::Low));
        }
        return;
    }
    let nearest =
        carried.into_iter().filter(|stamp| !stamp.is_renewed).min_by_key(|stamp| stamp.days_after(date).abs());
    let is_late = nearest.as_ref().is_some_and(|stamp| stamp.days_after(date) > DAYS_TOLD);
    for stamp in written {
        evidence.push(stamp.candidate(DateRule::Metadata, Confidence::High));
    }
    // Delivery is later than writing and contradicts nothing, as an update does, unless it is very late.
    if let Some(stamp) = nearest {
        evidence.push(stamp.candidate(if is_late { DateRule::Metadata } else { DateRule::Update }, Confidence::Low));
    }
}

/// Says which of the places that date a mail hold a date that is none.
fn refuse_placeholders(fields: &Fields, separator: Option<&str>, evidence: &mut Evidence) {
    for value in fields.all("Date").take(MOST_STAMPS) {
        let raw = feedmill_markup::one_line(&fields.decoded(value));
        if let Some(what) = stamp::placeholder(&raw) {
            evidence.refuse(DateRule::Metadata, "Date", &raw, what);
        }
    }
    let Some(line) = separator else { return };
    if line.ends_with(PATCH_DATE) {
        evidence.refuse(DateRule::Metadata, SEPARATOR, PATCH_DATE, OF_GIT);
    } else if let Some(what) = in_separator(line).find_map(stamp::placeholder) {
        evidence.refuse(DateRule::Metadata, SEPARATOR, line, what);
    }
}

/// The ends of a separator that may be its date, longest first: a date has four words at least.
fn in_separator(line: &str) -> impl Iterator<Item = &str> {
    let line = line.split(" remote from ").next().unwrap_or(line);
    let starts = line.char_indices().filter(|(at, c)| *c != ' ' && (*at == 0 || line[..*at].ends_with(' ')));
    let starts: Vec<usize> = starts.map(|(at, _)| at).collect();
    let ends: Vec<usize> = starts.into_iter().rev().skip(2).take(6).collect();
    ends.into_iter().rev().map(|at| &line[at..])
}

fn instant(reading: &Reading) -> DateTime<FixedOffset> {
    let value = &reading.value;
    let noon = || value.first_day().and_hms_opt(12, 0, 0).unwrap_or_default().and_utc().fixed_offset();
    value.instant_in(&Utc).unwrap_or_else(noon)
}

/// The stamps of those who carried the mail, most trusted first.
fn carried(fields: &Fields, separator: Option<&str>, name: &str) -> Vec<Stamp> {
    let mut found = stamps(fields, &["NNTP-Posting-Date", "Injection-Date"]);
    // Each carrier puts its own above the ones before, so that the first is that of the last.
    found.extend(fields.all("Received").take(MOST_STAMPS).filter_map(|value| {
        let text = String::from_utf8_lossy(value);
        let (_, raw) = text.rsplit_once(';')?;
        Stamp::read("Received", raw)
    }));
    found.extend(stamps(fields, &["Delivery-Date", "X-Delivery-Date", "Resent-Date"]));
    // `24 Jul 2003 08:27:04.0812 (UTC) FILETIME=[…]`
    found.extend(stamps(fields, &["X-OriginalArrivalTime"]));
    found.extend(separator.and_then(|line| of_separator(line, fields)));
    found.extend(maildir_time(name));
    found
}

fn stamps(fields: &Fields, names: &[&'static str]) -> Vec<Stamp> {
    let all = names.iter().flat_map(|name| fields.all(name).map(move |value| (*name, value)));
    all.take(MOST_STAMPS).filter_map(|(name, value)| Stamp::read(name, &fields.decoded(value))).collect()
}

/// The stamp in the line that separates a message from the one before it.
fn of_separator(line: &str, fields: &Fields) -> Option<Stamp> {
    if line.ends_with(PATCH_DATE) {
        return None;
    }
    // The first that is read is the whole.
    let (raw, reading) = in_separator(line).find_map(|raw| {
        let reading = feedmill_dates::read(raw)?;
        reading.value.local_time().is_some().then_some((raw, reading))
    })?;
    let line = line.split(" remote from ").next().unwrap_or(line);
    let proves = names_sender(line[..line.len() - raw.len()].trim(), fields);
    let stamp = Stamp { reading, place: SEPARATOR, raw: raw.to_owned(), is_renewed: true, proves };
    stamp::is_date(&stamp.reading).then_some(stamp)
}

/// Whether the address in a separator is one that the message is from; lists hide the `@` of addresses.
fn names_sender(sender: &str, fields: &Fields) -> bool {
    let plain = |text: &str| text.replace(" at ", "@").to_lowercase();
    let sender = plain(sender);
    let all = ["From", "Sender", "Return-Path", "Reply-To"].into_iter().flat_map(|name| fields.all(name));
    sender.contains('@') && all.take(MOST_STAMPS).any(|value| plain(&String::from_utf8_lossy(value)).contains(&sender))
}

/// The time of delivery in the name of a file in a Maildir: `1059035224.27c448.host:2,S`.
fn maildir_time(name: &str) -> Option<Stamp> {
    let mut segments = name.rsplit('/');
    let (file, directory) = (segments.next()?, segments.next()?);
    let (seconds, rest) = file.split_once('.')?;
    let is_time = (9..=10).contains(&seconds.len()) && !rest.is_empty() && matches!(directory, "cur" | "new");
    let reading = is_time.then(|| seconds.parse().ok().and_then(from_epoch)).flatten()?;
    Some(Stamp { reading, place: "Maildir", raw: seconds.to_owned(), is_renewed: true, proves: true })
}

impl Stamp {
    fn read(place: &'static str, raw: &str) -> Option<Stamp> {
        let raw = feedmill_markup::one_line(raw);
        Some(Stamp { reading: stamp::read(&raw)?, place, raw, is_renewed: place == "Resent-Date", proves: true })
    }

    /// How many days it is later than another.
    fn days_after(&self, other: &Stamp) -> i64 {
        (instant(&self.reading) - instant(&other.reading)).num_days()
    }

    /// Whether a mail that was written at `date` may have been carried at this stamp. One that is renewed may be any
    /// time later, but where others are not (`has_fixed`) only says something when it is near.
    fn can_follow(&self, date: &Stamp, has_fixed: bool) -> bool {
        let most = match (self.is_renewed, has_fixed) {
            (true, true) => DAYS_TOLD,
            (true, false) => i64::MAX,
            (false, _) => DAYS_UNDER_WAY,
        };
        (-DAYS_AHEAD..=most).contains(&self.days_after(date))
    }

    fn candidate(self, rule: DateRule, most: Confidence) -> Candidate {
        let mut candidate = Candidate::new(self.reading, rule, self.place, self.raw);
        candidate.confidence = candidate.confidence.min(most);
        candidate
    }
}
