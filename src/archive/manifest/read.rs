//! Reading what another archive says of itself. None of it is trusted.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::super::hash::Hash;
use super::super::layout::{self, Month};
use super::{
    FORMAT, File, LARGEST_MONTH, LARGEST_OVERVIEW, LONGEST_ID, Left, Listed, Listing, Overview, Withdrawn, is_file,
    path_of,
};
use crate::error::{Error, Result};
use feedmill_markup as markup;

/// The longest name of an archive that is shown.
const LONGEST_TITLE: usize = 500;
/// The longest reason of a retraction that is taken over, in characters.
const LONGEST_REASON: usize = 1_000;

#[derive(Deserialize)]
struct WireOverview<'a> {
    #[serde(borrow)]
    uuid: Cow<'a, str>,
    #[serde(borrow, default)]
    title: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    updated: Option<Cow<'a, str>>,
    #[serde(borrow)]
    months: Vec<WireListed<'a>>,
}

/// Only the format; what else there is may be anything.
#[derive(Deserialize)]
struct WireFormat {
    feedmill_archive: u64,
}

#[derive(Deserialize)]
struct WireListed<'a> {
    #[serde(borrow)]
    month: Cow<'a, str>,
    #[serde(borrow)]
    path: Cow<'a, str>,
    articles: u64,
    size: u64,
    #[serde(borrow)]
    sha256: Cow<'a, str>,
    #[serde(borrow, default)]
    state: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct WireListing<'a> {
    #[serde(borrow)]
    month: Cow<'a, str>,
    #[serde(borrow)]
    files: Vec<WireFile<'a>>,
    #[serde(borrow, default)]
    left: Vec<WireLeft<'a>>,
}

#[derive(Deserialize)]
struct WireFile<'a> {
    #[serde(borrow)]
    path: Cow<'a, str>,
    size: u64,
    #[serde(borrow)]
    sha256: Cow<'a, str>,
}

#[derive(Deserialize)]
struct WireLeft<'a> {
    #[serde(borrow)]
    path: Cow<'a, str>,
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    at: Cow<'a, str>,
    #[serde(default)]
    retracted: bool,
    #[serde(borrow, default)]
    reason: Option<Cow<'a, str>>,
}

pub fn overview(url: &str, bytes: &[u8]) -> Result<Overview> {
    bounded(url, bytes, LARGEST_OVERVIEW)?;
    const WHAT: &str = "the archive.json of a feedmill archive";
    let WireFormat { feedmill_archive: format } = json(url, WHAT, bytes)?;
    if format != FORMAT {
        return Err(Error::input(url, format!("an archive.json of format {FORMAT}"), format!("format {format}"))
            .hint("a newer feedmill wrote it: update this one"));
    }
    let wire: WireOverview = json(url, WHAT, bytes)?;
    let uuid = Uuid::parse_str(&wire.uuid).map_err(|_| Error::input(url, "a UUID at `uuid`", shown(&wire.uuid)))?;
    let months = wire.months.into_iter().map(|month| listed(url, month)).collect::<Result<Vec<_>>>()?;
    if let Some([_, late]) = months.windows(2).map(|pair| [&pair[0], &pair[1]]).find(|[a, b]| a.month >= b.month) {
        return Err(Error::input(url, "each month once, in order", format!("{} where it cannot be", late.month)));
    }
    let title = wire.title.map(|title| title.chars().filter(|c| !c.is_control()).take(LONGEST_TITLE).collect());
    let updated = wire.updated.map(|at| time(url, &at)).transpose()?;
    Ok(Overview { uuid, title, updated, months })
}

fn listed(url: &str, wire: WireListed) -> Result<Listed> {
    let month = month(url, &wire.month)?;
    if wire.path != path_of(month) {
        return Err(Error::input(url, format!("the path {:?}", path_of(month)), shown(&wire.path)));
    }
    if wire.size > LARGEST_MONTH {
        return Err(Error::input(url, format!("at most {LARGEST_MONTH} bytes for {month}"), wire.size));
    }
    let state = wire.state.filter(|state| state.len() == 32).and_then(|state| u128::from_str_radix(&state, 16).ok());
    Ok(Listed {
        month,
        articles: wire.articles,
        size: wire.size,
        hash: hash(url, &wire.sha256)?,
        state: state.map(u128::to_be_bytes),
    })
}

pub fn listing(url: &str, bytes: &[u8], wanted: Month) -> Result<Listing> {
    bounded(url, bytes, LARGEST_MONTH)?;
    let wire: WireListing = json(url, "the list of a month of a feedmill archive", bytes)?;
    let found = month(url, &wire.month)?;
    if found != wanted {
        return Err(Error::input(url, format!("the list of {wanted}"), format!("that of {found}")));
    }
    let mut files: Vec<File> = Vec::with_capacity(wire.files.len());
    for file in wire.files {
        in_month(url, &file.path, wanted, is_file(&file.path))?;
        if let Some(before) = files.last().filter(|before| *before.path >= *file.path) {
            return Err(out_of_order(url, &before.path, &file.path));
        }
        files.push(File { path: file.path.into_owned(), size: file.size, hash: hash(url, &file.sha256)? });
    }
    let mut left: Vec<Left> = Vec::with_capacity(wire.left.len());
    for gone in wire.left {
        in_month(url, &gone.path, wanted, layout::is_public_record(&gone.path))?;
        if let Some(before) = left.last().filter(|before| *before.path >= *gone.path) {
            return Err(out_of_order(url, &before.path, &gone.path));
        }
        if gone.id.len() > LONGEST_ID {
            return Err(Error::input(url, format!("ids of at most {LONGEST_ID} bytes"), gone.id.len()));
        }
        let reason = || gone.reason.map(|reason| markup::excerpt(&reason, LONGEST_REASON));
        left.push(Left {
            path: gone.path.into_owned(),
            id: gone.id.into_owned(),
            at: time(url, &gone.at)?,
            retracted: gone.retracted.then(|| Withdrawn { reason: reason().filter(|reason| !reason.is_empty()) }),
        });
    }
    Ok(Listing { month: wanted, files, left })
}

fn bounded(url: &str, bytes: &[u8], most: u64) -> Result<()> {
    match bytes.len() as u64 {
        size if size > most => Err(Error::input(url, format!("at most {most} bytes"), size)),
        _ => Ok(()),
    }
}

fn json<'a, T: Deserialize<'a>>(url: &str, what: &str, bytes: &'a [u8]) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|err| Error::input(url, what, err))
}

fn in_month(url: &str, path: &str, wanted: Month, is_one: bool) -> Result<()> {
    match is_one && Month::of(path) == Some(wanted) {
        true => Ok(()),
        false => Err(Error::input(url, format!("paths of records and their files of {wanted}"), shown(path))),
    }
}

fn out_of_order(url: &str, before: &str, path: &str) -> Error {
    Error::input(url, "each path once, in order", format!("{} behind {}", shown(path), shown(before)))
}

fn month(url: &str, text: &str) -> Result<Month> {
    text.parse().map_err(|_| Error::input(url, "a month such as 2023-07", shown(text)))
}

fn hash(url: &str, text: &str) -> Result<Hash> {
    text.parse().map_err(|_| Error::input(url, "a SHA-256 in 64 lower-case hexadecimal digits", shown(text)))
}

fn time(url: &str, text: &str) -> Result<DateTime<Utc>> {
    let time = DateTime::parse_from_rfc3339(text);
    time.map(|at| at.to_utc()).map_err(|_| Error::input(url, "an RFC 3339 time", shown(text)))
}

/// The beginning of a text from outside, in quotes.
fn shown(text: &str) -> String {
    /// Enough to recognise what is wrong.
    const MOST: usize = 100;
    let beginning: String = text.chars().take(MOST).collect();
    if beginning.len() < text.len() { format!("{beginning:?}…") } else { format!("{beginning:?}") }
}
