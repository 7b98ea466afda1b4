//! From text to values: every check has the place in the file at hand, so that its error points there.

use std::path::Path;

use chrono::{DateTime, Days, FixedOffset, TimeDelta, Utc};
use chrono_tz::Tz;
use globset::Glob;
use toml::Spanned;
use url::Url;

use super::Value;
use super::place::{Page, nearest};
use crate::article::bare;
use crate::error::{Error, Result};
use crate::parse::{PARSERS, Parser};
use feedmill_dates as dates;
use feedmill_markup as markup;

/// A web address; what it must be beyond that is said by [`crate::feed::Site::check`].
pub(super) fn address(page: &Page, text: &Spanned<String>) -> Result<Url> {
    let found = text.get_ref().trim();
    let wrong = |found: String| {
        page.fault(text.span(), format!("expected an address such as \"https://example.org/\", found {found}"))
    };
    // What is said of it names no password that stands in it.
    let parsed = Url::parse(found);
    let found = bare(found);
    match parsed {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(url),
        // `example.org:8080` parses, with the scheme `example.org`.
        Ok(url) if found.starts_with(&format!("{}://", url.scheme())) => {
            Err(wrong(format!("the protocol {:?}", url.scheme())))
        }
        Err(err) if err != url::ParseError::RelativeUrlWithoutBase => Err(wrong(format!("{found:?}: {err}"))),
        _ => Err(wrong(format!("{found:?}, which names no protocol"))
            .hint(format!("did you mean {:?}?", format!("https://{}/", found.trim_matches('/'))))),
    }
}

/// A time zone by its name in the IANA database.
pub(super) fn zone(page: &Page, text: &Spanned<String>) -> Result<Tz> {
    let name = text.get_ref().trim();
    if let Some(zone) = chrono_tz::TZ_VARIANTS.iter().find(|zone| zone.name().eq_ignore_ascii_case(name)) {
        return Ok(*zone);
    }
    let err = page.fault(text.span(), format!("expected a time zone such as \"Europe/Berlin\", found {name:?}"));
    // `berlin` and `Europe/Berln` are both meant to be Europe/Berlin.
    let underscored = name.replace(' ', "_");
    let city = chrono_tz::TZ_VARIANTS
        .iter()
        .map(|zone| zone.name())
        .find(|full| full.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(&underscored)));
    Err(match city.or_else(|| nearest(&underscored, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()))) {
        Some(likely) => err.hint(format!("did you mean {likely:?}?")),
        None => err.hint("the names are those of the IANA time zone database"),
    })
}

/// A language as a well-formed BCP 47 tag.
pub(super) fn language(page: &Page, text: &Spanned<String>) -> Result<String> {
    let tag = text.get_ref().trim();
    if markup::is_language_tag(tag) {
        return Ok(tag.to_owned());
    }
    let err = page.fault(text.span(), format!("expected a language tag such as \"en\" or \"pt-BR\", found {tag:?}"));
    Err(match markup::language_tag(tag) {
        Some(repaired) => err.hint(format!("did you mean {repaired:?}?")),
        None => err,
    })
}

/// The instant at which a day, written as a TOML date or as text, begins (`since`) or is over (`until`); a time
/// stands for itself. Days and times without an offset are read in `zone`.
pub(super) fn instant(page: &Page, value: &Spanned<toml::Value>, day_is_over: bool, zone: Tz) -> Result<DateTime<Utc>> {
    let text = match value.get_ref() {
        toml::Value::String(text) => text.clone(),
        toml::Value::Datetime(date) => date.to_string(),
        other => return Err(page.fault(value.span(), format!("expected a date, found {}", article(other.type_str())))),
    };
    point_in_time(&text, day_is_over, zone)
        .map(|found| found.to_utc())
        .ok_or_else(|| page.fault(value.span(), format!("expected a date such as 2023-07-09, found {text:?}")))
}

/// The first instant of a day (month, year), or the first after it; a time stands for itself.
pub(crate) fn point_in_time(text: &str, day_is_over: bool, zone: Tz) -> Option<DateTime<FixedOffset>> {
    let value = dates::read(text)?.value;
    if let Some(instant) = value.instant_in(&zone) {
        return Some(instant);
    }
    let day = if day_is_over { value.last_day().checked_add_days(Days::new(1))? } else { value.first_day() };
    Some(dates::resolve(&day.and_time(chrono::NaiveTime::MIN), &zone))
}

/// A number of bytes, or a text such as `"500 kB"`.
pub(super) fn bytes(page: &Page, value: &Spanned<toml::Value>) -> Result<u64> {
    let found = match value.get_ref() {
        toml::Value::Integer(n) => u64::try_from(*n).ok(),
        toml::Value::String(text) => size(text),
        _ => None,
    };
    found.filter(|n| *n > 0).ok_or_else(|| {
        page.fault(
            value.span(),
            format!("expected a number of bytes such as 500000 or \"500 kB\", found {}", value.get_ref()),
        )
    })
}

fn size(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let unit: u64 = match text[digits..].trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "kb" | "k" => 1_000,
        "mb" | "m" => 1_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gb" | "g" => 1_000_000_000,
        "gib" => 1 << 30,
        _ => return None,
    };
    text[..digits].parse::<u64>().ok()?.checked_mul(unit)
}

/// A time span such as `"90s"`, `"15m"`, `"6h"`, `"2d"`; nought only where that is allowed.
pub(super) fn span(page: &Page, text: &Spanned<String>, may_be_nought: bool) -> Result<TimeDelta> {
    let found = text.get_ref().trim();
    let read = || {
        let digits = found.find(|c: char| !c.is_ascii_digit()).unwrap_or(found.len());
        let number: i64 = found[..digits].parse().ok()?;
        let seconds = match found[digits..].trim() {
            "ms" => return TimeDelta::try_milliseconds(number),
            "s" => 1,
            "m" | "min" => 60,
            "h" => 3600,
            "d" => 86_400,
            "w" => 604_800,
            _ => return None,
        };
        TimeDelta::try_seconds(number.checked_mul(seconds)?)
    };
    read().filter(|span| may_be_nought || *span > TimeDelta::zero()).ok_or_else(|| {
        page.fault(text.span(), format!("expected a time such as \"90s\", \"15m\", \"6h\" or \"2d\", found {found:?}"))
    })
}

/// A value that may be a secret, and then stands elsewhere: `env:NAME`, `file:PATH`; else it is meant literally.
pub(super) fn value(dir: &Path, text: &str) -> Value {
    match (text.strip_prefix("env:"), text.strip_prefix("file:")) {
        (Some(name), _) => Value::Environment(name.trim().to_owned()),
        (_, Some(path)) => Value::File(dir.join(path.trim())),
        _ => Value::Literal(text.to_owned()),
    }
}

/// An input format by its name.
pub(super) fn format(page: &Page, text: &Spanned<String>) -> Result<&'static dyn Parser> {
    let choices: Vec<(&str, &'static dyn Parser)> = PARSERS.iter().map(|parser| (parser.name(), *parser)).collect();
    choice(page, text, &choices)
}

/// Globs, which must be well-formed.
pub(super) fn globs(page: &Page, globs: Vec<Spanned<String>>) -> Result<Vec<String>> {
    for glob in &globs {
        if let Err(err) = Glob::new(glob.get_ref()) {
            return Err(page.fault(glob.span(), format!("expected a glob such as \"**/*.md\", found {}", err.kind())));
        }
    }
    Ok(globs.into_iter().map(Spanned::into_inner).collect())
}

/// One of a few words.
pub(super) fn choice<T: Clone>(page: &Page, text: &Spanned<String>, choices: &[(&str, T)]) -> Result<T> {
    let word = text.get_ref();
    if let Some((_, value)) = choices.iter().find(|(name, _)| name == word) {
        return Ok(value.clone());
    }
    let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
    let err = page.fault(text.span(), format!("expected {}, found {word:?}", either(&names)));
    Err(suggest(err, word, names))
}

/// The error with the word that was probably meant.
pub(super) fn suggest<'a>(err: Error, found: &str, known: impl IntoIterator<Item = &'a str>) -> Error {
    match nearest(found, known) {
        Some(word) => err.hint(format!("did you mean {word:?}?")),
        None => err,
    }
}

/// `"a", "b" or "c"`.
fn either(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

/// `a string`, `an integer`.
fn article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}
