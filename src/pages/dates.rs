//! Dates in words, no more precise than they are known.

use chrono::{DateTime, Datelike, FixedOffset};

use crate::archive::Month;
use crate::article::Record;
use crate::render::html::MONTHS;
use feedmill_dates::write::rfc3339;
use feedmill_dates::{ArticleDate, Confidence, DateRule, Precision};

/// `9 July 2023`.
pub(super) fn day(instant: &DateTime<FixedOffset>) -> String {
    match month_name(instant.month()) {
        Some(month) if (1..=9999).contains(&instant.year()) => format!("{} {month} {}", instant.day(), instant.year()),
        _ => rfc3339(instant).split('T').next().unwrap_or_default().to_owned(),
    }
}

/// `July 2023`.
pub(super) fn month(month: Month) -> String {
    let text = month.to_string();
    let (year, number) = text.split_once('-').unwrap_or((&text, ""));
    match number.parse().ok().and_then(month_name) {
        Some(name) => format!("{name} {year}"),
        None => text,
    }
}

/// The name of a month of a year, without the year.
pub(super) fn month_of_year(month: Month) -> &'static str {
    let text = month.to_string();
    text.split_once('-').and_then(|(_, number)| month_name(number.parse().ok()?)).unwrap_or_default()
}

/// The date of an article as its source has it: `July 2023` where no day is known.
pub(super) fn of_record(record: &Record) -> String {
    let published = &record.published;
    let Some(date) = &record.article.date else { return day(published) };
    match (date.chosen.value.precision(), month_name(published.month())) {
        (Precision::Year, _) => published.year().to_string(),
        (Precision::Quarter, _) => format!("quarter {} of {}", published.month0() / 3 + 1, published.year()),
        (Precision::Month, Some(month)) => format!("{month} {}", published.year()),
        _ => day(published),
    }
}

/// How the date is known, as a sentence.
pub(super) fn provenance(date: &ArticleDate) -> String {
    let from = match date.chosen.rule {
        DateRule::Metadata => "stands in the article’s own metadata",
        DateRule::Sidecar => "stands in a file beside the article",
        DateRule::Path => "stands in the path of the article",
        DateRule::Value => "stands in the title or another field of the article",
        DateRule::FirstLine => "stands in the first lines of the article",
        DateRule::Visible => "stands beside the title of the article",
        DateRule::PartialPath => "is as much as the path of the article says",
        DateRule::Title => "stands in the title of the article",
        DateRule::Update => "is that of a change, for want of another",
        DateRule::Modified => "is that of the file, for want of another",
    };
    let doubt = match date.chosen.confidence {
        Confidence::Low => ", and is uncertain",
        _ => "",
    };
    format!("The date {from}{doubt}.")
}

fn month_name(number: u32) -> Option<&'static str> {
    MONTHS.get(usize::try_from(number).ok()?.checked_sub(1)?).copied()
}
