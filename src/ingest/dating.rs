//! What ingest itself has to say about dates: the last resort, and the doubts.

use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};
use chrono_tz::Tz;

use crate::article::Article;
use feedmill_dates::{ArticleDate, Candidate, Confidence, DateRule, DateValue, Order, Precision, Reading};

/// What a person should look at.
pub(super) fn remarks(article: &Article, now: DateTime<Utc>) -> Vec<String> {
    let Some(date) = &article.date else { return Vec::new() };
    let mut remarks = Vec::new();
    if let Some(former) = delayed(date) {
        remarks.push(format!("due {}, since that lies ahead; it is dated {former}", date.chosen));
    } else if !date.conflicts.is_empty() {
        let others: Vec<String> = date.conflicts.iter().map(ToString::to_string).collect();
        remarks.push(format!("dated {}, although there is {}", date.chosen, others.join(" and ")));
    }
    if delayed(date).is_none() && date.chosen.value.first_day() > (now + chrono::TimeDelta::days(366)).date_naive() {
        remarks.push(format!("dated {}, more than a year from now", date.chosen));
    }
    if date.chosen.order == Order::Ambiguous {
        remarks.push(format!(
            "{:?} was read as {}, day first; nothing in this source says which way round it is (see `day_order`)",
            date.chosen.raw, date.chosen.value
        ));
    } else if date.chosen.confidence == Confidence::Low && !date.chosen.is_embargo() {
        remarks.push(format!("dated {} with low confidence", date.chosen));
    }
    remarks
}

/// The date that an embargo, or a publication that lies ahead, goes before.
fn delayed(date: &ArticleDate) -> Option<&Candidate> {
    let former = date.conflicts.first().filter(|former| former.value.first_day() <= date.chosen.value.first_day())?;
    let is_delay = date.chosen.is_embargo() || former.rule == DateRule::Metadata && date.chosen.rule == former.rule;
    (is_delay && date.chosen.confidence == Confidence::Medium).then_some(former)
}

/// The date by which the article is due now, where it is another than its parser chose: an embargo, or a publication key
/// that lies ahead. `written` is when the document was written or fetched.
pub(super) fn due(
    date: &ArticleDate,
    now: DateTime<Utc>,
    written: Option<DateTime<Utc>>,
    zone: Tz,
) -> Option<ArticleDate> {
    let due = date.clone().due(now, written.unwrap_or(now), &zone);
    (due != *date).then_some(due)
}

/// Whether an article is dated to no more than a month, a quarter or a year.
pub(super) fn is_coarse(article: &Article) -> bool {
    article.date.as_ref().is_some_and(|date| date.chosen.value.precision() < Precision::Day)
}

/// How a document of that name can be dated, in spellings that are read.
pub(super) fn hint(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().filter(|file| !file.is_empty()).unwrap_or("notes.md");
    let is_page = file.rsplit_once('.').is_some_and(|(_, end)| matches!(end, "html" | "htm" | "xhtml"));
    let inside = match is_page {
        true => "give it `<meta name=\"date\" content=\"2023-07-09\">`",
        false => "begin it with a line `date: 2023-07-09` or have that in its front matter",
    };
    format!("{inside}, call it `2023-07-09-{file}`, or allow `undated = \"mtime\"`")
}

/// The date of an article whose file's modification time is all there is; `None` for a time that no feed can say.
pub(super) fn by_modification(modified: DateTime<Utc>, zone: Tz) -> Option<ArticleDate> {
    let local = modified.with_timezone(&zone).fixed_offset().trunc_subsecs(0);
    let value =
        DateValue::second(local.naive_local(), Some(*local.offset())).or_else(|| DateValue::day(local.date_naive()))?;
    let raw = local.to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut chosen = Candidate::new(Reading { value, order: Order::Fixed }, DateRule::Modified, "mtime", &raw);
    chosen.confidence = Confidence::Low;
    Some(ArticleDate { chosen, conflicts: Vec::new() })
}
