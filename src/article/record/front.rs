//! The front matter of a record: the one place that knows its keys.

use chrono::{DateTime, FixedOffset};

use super::yaml;
use crate::article::{Person, Record};
use feedmill_dates::{Candidate, DateValue, Order, Precision};

/// Writes every key of the record, in the order of the format.
pub fn write(record: &Record, out: &mut String) {
    let article = &record.article;
    yaml::text(out, 0, "title", &article.title.text);
    if let Some(date) = &article.date {
        yaml::bare(out, 0, "date", site_form(&date.chosen.value));
        if !matches!(date.chosen.value.precision(), Precision::Day | Precision::Second) {
            yaml::bare(out, 0, "date_precision", date.chosen.value.precision().name());
        }
    }
    if article.draft {
        yaml::bare(out, 0, "draft", true);
        optional(out, 0, "held_by", article.held_by.as_deref());
    }
    if let Some(expires) = &article.expires {
        yaml::bare(out, 0, "expires", instant(expires));
    }
    yaml::text(out, 0, "id", &record.id);
    yaml::bare(out, 0, "published", instant(&record.published));
    if let Some(updated) = &record.updated {
        yaml::bare(out, 0, "updated", instant(updated));
    }
    if let Some(retraction) = &record.retraction {
        yaml::bare(out, 0, "retracted", instant(&retraction.at));
        optional(out, 0, "retraction", retraction.reason.as_deref());
        if retraction.by_source {
            yaml::bare(out, 0, "retracted_by", BY_SOURCE);
        }
    }
    people(out, &article.authors);
    optional(out, 0, "lang", article.language.as_deref());
    optional(out, 0, "section", article.section.as_deref());
    yaml::list(out, 0, "tags", article.tags.iter().map(String::as_str));
    optional(out, 0, "url", article.url.as_deref());
    optional(out, 0, "description", article.summary.as_deref());
    optional(out, 0, "image", article.image.as_deref());
    if !article.enclosures.is_empty() {
        yaml::open(out, 0, "enclosures");
        for enclosure in &article.enclosures {
            yaml::item(out, 0, "url", &enclosure.url);
            optional(out, 2, "type", enclosure.media_type.as_deref());
            if let Some(length) = enclosure.length {
                yaml::bare(out, 2, "length", length);
            }
            if let Some(duration) = enclosure.duration {
                yaml::bare(out, 2, "duration", duration);
            }
        }
    }
    provenance(out, record);
    yaml::map(out, 0, "extra", &article.extra);
}

fn provenance(out: &mut String, record: &Record) {
    yaml::open(out, 0, "provenance");
    yaml::bare(out, 2, "title", record.article.title.source.name());
    if let Some(date) = &record.article.date {
        yaml::open(out, 2, "date");
        candidate(out, 4, &date.chosen);
        if !date.conflicts.is_empty() {
            yaml::open(out, 4, "conflicts");
            for conflict in &date.conflicts {
                yaml::item(out, 4, "date", &conflict.value.to_string());
                candidate(out, 6, conflict);
            }
        }
    }
    if let Some(source) = &record.source {
        yaml::text(out, 2, "origin", &source.origin);
        yaml::text(out, 2, "format", &source.format);
        yaml::text(out, 2, "sha256", &source.sha256);
    }
    yaml::list(out, 2, "also_at", record.also_at.iter().map(String::as_str));
}

fn candidate(out: &mut String, indent: usize, candidate: &Candidate) {
    yaml::bare(out, indent, "rule", candidate.rule.name());
    if !candidate.place.is_empty() {
        yaml::text(out, indent, "place", &candidate.place);
    }
    yaml::text(out, indent, "raw", &candidate.raw);
    yaml::bare(out, indent, "confidence", candidate.confidence.name());
    if candidate.order != Order::Fixed {
        yaml::bare(out, indent, "order", order_name(candidate.order));
    }
}

fn optional(out: &mut String, indent: usize, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        yaml::text(out, indent, key, value);
    }
}

/// Authors stand as strings, which site generators take, or as maps where a string could not be read back.
fn people(out: &mut String, authors: &[Person]) {
    if authors.is_empty() {
        return;
    }
    yaml::open(out, 0, "authors");
    for author in authors {
        let line = person_line(author);
        if read_person(&line) == *author {
            out.push_str("- ");
            yaml::scalar(out, &line);
            out.push('\n');
        } else {
            yaml::item(out, 0, "name", &author.name);
            optional(out, 2, "email", author.email.as_deref());
            optional(out, 2, "uri", author.uri.as_deref());
        }
    }
}

/// `Name <email> (uri)`.
fn person_line(person: &Person) -> String {
    let mut line = person.name.clone();
    if let Some(email) = &person.email {
        line.push_str(&format!(" <{email}>"));
    }
    if let Some(uri) = &person.uri {
        line.push_str(&format!(" ({uri})"));
    }
    line
}

/// Reads `Name <email> (uri)`, each part but one of them optional.
pub fn read_person(line: &str) -> Person {
    let mut rest = line;
    let mut person = Person::default();
    if let Some((before, uri)) = rest.strip_suffix(')').and_then(|r| r.rsplit_once(" ("))
        && (uri.starts_with("http://") || uri.starts_with("https://"))
    {
        person.uri = Some(uri.to_owned());
        rest = before;
    }
    if let Some((before, email)) = rest.strip_suffix('>').and_then(|r| r.rsplit_once(" <"))
        && email.contains('@')
    {
        person.email = Some(email.to_owned());
        rest = before;
    }
    person.name = rest.to_owned();
    person
}

/// The date in a form that site generators accept: a full day or a full time.
fn site_form(value: &DateValue) -> String {
    match value.precision() {
        Precision::Minute => DateValue::second(value.local_time().unwrap_or_default(), value.offset())
            .map_or_else(|| value.to_string(), |seconds| seconds.to_string()),
        Precision::Day | Precision::Second => value.to_string(),
        _ => value.first_day().format("%Y-%m-%d").to_string(),
    }
}

/// What `retracted_by` says where the source no longer has the article.
pub const BY_SOURCE: &str = "source";

/// RFC 3339 with whole seconds and a numeric offset.
fn instant(at: &DateTime<FixedOffset>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
}

const ORDERS: [(Order, &str); 4] = [
    (Order::Fixed, "fixed"),
    (Order::DayFirst, "day first"),
    (Order::MonthFirst, "month first"),
    (Order::Ambiguous, "ambiguous"),
];

fn order_name(order: Order) -> &'static str {
    ORDERS.iter().find(|(o, _)| *o == order).map_or("fixed", |(_, name)| name)
}

/// The order of that name.
pub fn order_from_name(name: &str) -> Option<Order> {
    ORDERS.iter().find(|(_, n)| *n == name).map(|(order, _)| *order)
}
