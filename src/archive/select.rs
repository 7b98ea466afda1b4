//! Choosing records by what the index knows of them, without opening any.

use std::ops::ControlFlow;

use chrono::{DateTime, FixedOffset, TimeZone, Utc};
use rusqlite::types::Value;

use super::index::{COLUMNS, Entry, entry};
use super::terms::{self, Terms};
use super::{Archive, Hash, Under, index::Index};
use crate::article::Hints;
use crate::error::Result;

/// Which records are wanted. Empty lists and `None` leave a field open; several values of one field are
/// alternatives, several fields must all hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Any of these tags, compared without regard to case.
    pub tags: Vec<String>,
    /// Any of these sections, compared without regard to case.
    pub sections: Vec<String>,
    /// Any of these author names, compared without regard to case.
    pub authors: Vec<String>,
    /// Any of these languages; `en` includes `en-GB`.
    pub languages: Vec<String>,
    /// Under these headings, exactly: `en` does not include `en-GB`.
    pub under: Option<Under>,
    /// Published at this instant or later.
    pub since: Option<DateTime<Utc>>,
    /// Published before this instant.
    pub until: Option<DateTime<Utc>>,
    /// Published at this instant or earlier: later records are not due yet. `None` includes the future.
    pub as_of: Option<DateTime<Utc>>,
    /// Drafts too.
    pub drafts: bool,
    /// What was retracted too.
    pub retracted: bool,
    /// Oldest first instead of newest first.
    pub oldest_first: bool,
}

/// What the index knows of a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The path of the record below the archive directory, with `/` between segments.
    pub path: String,
    /// The id that feeds carry.
    pub id: String,
    /// The title.
    pub title: String,
    /// First publication.
    pub published: DateTime<FixedOffset>,
    /// Last significant change, if any.
    pub updated: Option<DateTime<FixedOffset>>,
    /// Whether the record is a draft.
    pub draft: bool,
    /// When it was retracted, if it was.
    pub retracted: Option<DateTime<FixedOffset>>,
    /// The canonical URL.
    pub url: Option<String>,
    /// What the record says of its address beside that.
    pub hints: Hints,
    /// Where the article was first found.
    pub origin: Option<String>,
    /// The size of the record's file in bytes.
    pub size: u64,
    /// The hash of the record's file, as the index saw it.
    pub record: Hash,
}

impl Archive {
    /// Calls `each` for every record that is wanted, newest publication first (or oldest first), ties by id, until
    /// it breaks.
    pub fn select(&self, wanted: &Selection, each: &mut dyn FnMut(Row) -> ControlFlow<()>) -> Result<()> {
        let order = if wanted.oldest_first { "a.published, a.id" } else { "a.published DESC, a.id" };
        self.scan(wanted, "", order, &mut |entry| each(row(entry)))
    }

    /// The wanted records that were corrected after their publication, the latest correction first, ties by id, at
    /// most `limit`.
    pub fn corrected(&self, wanted: &Selection, limit: usize) -> Result<Vec<Row>> {
        let mut corrected = Vec::new();
        if limit == 0 {
            return Ok(corrected);
        }
        let known = wanted.as_of.map_or(i64::MAX, |as_of| as_of.timestamp());
        let condition = format!("a.updated <= {known} AND a.updated > a.published");
        self.scan(wanted, &condition, "a.updated DESC, a.id", &mut |entry| {
            corrected.push(row(entry));
            if corrected.len() < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        Ok(corrected)
    }

    /// The latest change among the wanted records: the maximum of `published` and `updated` of those present, of the
    /// moments at which they were retracted, and of those at which records that matched left. Never goes backwards.
    /// `None` if there never was one.
    pub fn latest_change(&self, wanted: &Selection) -> Result<Option<DateTime<Utc>>> {
        let mut latest: Option<i64> = None;
        let known_then = wanted.as_of.map_or(i64::MAX, |as_of| as_of.timestamp());
        let newest = Selection { oldest_first: false, ..wanted.clone() };
        self.scan(&newest, "", "a.published DESC", &mut |entry| {
            latest = Some(entry.published.0);
            ControlFlow::Break(())
        })?;
        self.scan(&newest, &format!("a.updated <= {known_then}"), "a.updated DESC", &mut |entry| {
            latest = latest.max(entry.updated.map(|updated| updated.0));
            ControlFlow::Break(())
        })?;
        latest = latest.max(self.latest_retraction(wanted)?).max(self.latest_departure(wanted)?);
        Ok(latest.and_then(|seconds| Utc.timestamp_opt(seconds, 0).single()))
    }

    /// The publication of the earliest wanted record that is not due at `as_of` yet.
    pub fn next_due(&self, wanted: &Selection) -> Result<Option<DateTime<Utc>>> {
        let Some(as_of) = wanted.as_of else { return Ok(None) };
        let later = Selection { as_of: None, oldest_first: true, ..wanted.clone() };
        let mut due = None;
        let condition = format!("a.published > {}", as_of.timestamp());
        self.scan(&later, &condition, "a.published, a.id", &mut |entry| {
            due = Utc.timestamp_opt(entry.published.0, 0).single();
            ControlFlow::Break(())
        })?;
        Ok(due)
    }

    fn latest_retraction(&self, wanted: &Selection) -> Result<Option<i64>> {
        if !self.has_retractions(wanted)? {
            return Ok(None);
        }
        let query = Query::new(wanted);
        let known_then = wanted.as_of.map_or(i64::MAX, |as_of| as_of.timestamp());
        let scan = || {
            let mut statement = self.index.db.prepare_cached(
                "SELECT retracted, published, terms FROM articles
                 WHERE retracted IS NOT NULL AND retracted <= ?1 AND draft = 0 ORDER BY retracted DESC",
            )?;
            let mut rows = statement.query([known_then])?;
            while let Some(row) = rows.next()? {
                let (at, published): (i64, i64) = (row.get(0)?, row.get(1)?);
                if query.in_period(published) && query.has_terms(&Terms::from_json(&row.get::<_, String>(2)?)) {
                    return Ok(Some(at));
                }
            }
            Ok(None)
        };
        scan().map_err(|err: rusqlite::Error| self.index.failed(err))
    }

    fn latest_departure(&self, wanted: &Selection) -> Result<Option<i64>> {
        let mut latest = None;
        if self.has_departures(wanted)? {
            self.departures(wanted, &mut |at, _, _| {
                latest = Some(at);
                ControlFlow::Break(())
            })?;
        }
        Ok(latest)
    }

    /// Calls `each` with the moment, the publication and the terms of every departure that the selection means, the
    /// latest first, until it breaks.
    pub(super) fn departures(
        &self,
        wanted: &Selection,
        each: &mut dyn FnMut(i64, i64, &Terms) -> ControlFlow<()>,
    ) -> Result<()> {
        let query = Query::new(wanted);
        let mut scan = || {
            let mut statement =
                self.index.db.prepare_cached("SELECT at, published, terms FROM departed ORDER BY at DESC")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (at, published): (i64, i64) = (row.get(0)?, row.get(1)?);
                let terms = Terms::from_json(&row.get::<_, String>(2)?);
                let known_then = wanted.as_of.is_none_or(|as_of| at <= as_of.timestamp());
                let is_meant = known_then && query.in_period(published) && query.has_terms(&terms);
                if is_meant && each(at, published, &terms).is_break() {
                    break;
                }
            }
            Ok(())
        };
        scan().map_err(|err: rusqlite::Error| self.index.failed(err))
    }

    /// Calls `each` for the entries that are wanted and that a further condition holds for, in the given order.
    pub(super) fn scan(
        &self,
        wanted: &Selection,
        condition: &str,
        order: &str,
        each: &mut dyn FnMut(Entry) -> ControlFlow<()>,
    ) -> Result<()> {
        self.scan_with(wanted, condition, Vec::new(), order, each)
    }

    /// The same, with values for the `?` of the condition.
    pub(super) fn scan_with(
        &self,
        wanted: &Selection,
        condition: &str,
        bound: Vec<Value>,
        order: &str,
        each: &mut dyn FnMut(Entry) -> ControlFlow<()>,
    ) -> Result<()> {
        let query = Query::new(wanted);
        query.run(&self.index, condition, bound, order, each).map_err(|err| self.index.failed(err))
    }
}

/// Which articles, as `articles AS a`, may be seen by others, but for their time: a selection without drafts has no
/// other, and neither has the catalogue.
pub(super) const SHOWN: &str = "a.draft = 0 AND a.retracted IS NULL";

pub(super) fn row(entry: Entry) -> Row {
    Row {
        published: zoned(entry.published),
        updated: entry.updated.map(zoned),
        path: entry.path,
        id: entry.id,
        title: entry.title,
        draft: entry.draft,
        retracted: entry.retracted.map(|at| zoned((at, 0))),
        url: entry.url,
        hints: entry.hints,
        origin: entry.origin,
        size: entry.size,
        record: entry.record.into(),
    }
}

/// Seconds and offset as an instant; what the index cannot hold becomes the epoch.
pub(super) fn zoned((seconds, east): (i64, i32)) -> DateTime<FixedOffset> {
    let at = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    match FixedOffset::east_opt(east) {
        Some(offset) => at.with_timezone(&offset),
        None => at.fixed_offset(),
    }
}

/// A selection with its terms folded.
struct Query<'a> {
    wanted: &'a Selection,
    terms: Vec<Field>,
}

/// A kind of terms, and those of which an article must have one.
struct Field {
    kind: i64,
    any_of: Vec<String>,
    /// Whether `en` stands for `en-GB` too.
    broad: bool,
}

impl Field {
    fn new(kind: i64, any_of: &[String], broad: bool) -> Field {
        Field { kind, any_of: terms::folded(any_of), broad }
    }
}

impl<'a> Query<'a> {
    fn new(wanted: &'a Selection) -> Self {
        let lists = [
            Field::new(terms::TAG, &wanted.tags, false),
            Field::new(terms::SECTION, &wanted.sections, false),
            Field::new(terms::AUTHOR, &wanted.authors, false),
            Field::new(terms::LANGUAGE, &wanted.languages, true),
        ];
        let filters = lists.into_iter().filter(|field| !field.any_of.is_empty());
        // What a feed was split by is the narrowest, and is looked up first.
        let under = wanted
            .under
            .iter()
            .filter(|under| !under.terms.is_empty())
            .map(|under| Field::new(under.heading.kind(), &under.terms, false));
        let terms = under.chain(filters).collect();
        Query { wanted, terms }
    }

    fn in_period(&self, published: i64) -> bool {
        let w = self.wanted;
        w.since.is_none_or(|since| published >= since.timestamp())
            && w.until.is_none_or(|until| published < until.timestamp())
            && w.as_of.is_none_or(|as_of| published <= as_of.timestamp())
    }

    fn has_terms(&self, terms: &Terms) -> bool {
        self.terms.iter().all(|Field { kind, any_of, broad }| {
            terms.has(*kind, |term| {
                any_of.iter().any(|wanted| match term.strip_prefix(wanted.as_str()) {
                    Some(rest) => rest.is_empty() || (*broad && rest.starts_with('-')),
                    None => false,
                })
            })
        })
    }

    /// One wanted term is looked up in its own index, which is in the order of publication; the records with any of
    /// several are found first and then put in order.
    fn run(
        &self,
        index: &Index,
        condition: &str,
        bound: Vec<Value>,
        order: &str,
        each: &mut dyn FnMut(Entry) -> ControlFlow<()>,
    ) -> rusqlite::Result<()> {
        let mut sql = format!("SELECT {COLUMNS} FROM articles AS a WHERE 1");
        let mut values: Vec<Value> = Vec::new();
        let single = self.terms.iter().position(|field| field.any_of.len() == 1 && !field.broad);
        let mut order = order.to_owned();
        if let Some(Field { kind, any_of, .. }) = single.map(|at| &self.terms[at]) {
            sql = format!(
                "SELECT {COLUMNS} FROM terms AS t CROSS JOIN articles AS a ON a.key = t.key WHERE t.kind = ? AND t.term = ?"
            );
            values.push((*kind).into());
            values.extend(any_of.iter().cloned().map(Value::from));
            order = order.replace("a.published", "t.published").replace("a.updated", "t.updated");
        }
        for (_, Field { kind, any_of, broad }) in self.terms.iter().enumerate().filter(|(at, _)| single != Some(*at)) {
            let one = match broad {
                // `.` follows `-` in ASCII: all tags that begin with this one and a hyphen.
                true => "term = ? OR (term > ? || '-' AND term < ? || '.')",
                false => "term = ?",
            };
            let any = vec![one; any_of.len()].join(" OR ");
            sql.push_str(&format!(" AND a.key IN (SELECT key FROM terms WHERE kind = {kind} AND ({any}))"));
            for term in any_of {
                values.extend(std::iter::repeat_n(Value::from(term.clone()), one.matches('?').count()));
            }
        }
        let column = if single.is_some() { "t.published" } else { "a.published" };
        let mut and = |text: &str, value: Option<i64>| {
            if let Some(value) = value {
                sql.push_str(&format!(" AND {column} {text} ?"));
                values.push(value.into());
            }
        };
        and(">=", self.wanted.since.map(|at| at.timestamp()));
        and("<", self.wanted.until.map(|at| at.timestamp()));
        and("<=", self.wanted.as_of.map(|at| at.timestamp()));
        if !self.wanted.drafts {
            sql.push_str(" AND a.draft = 0");
        }
        if !self.wanted.retracted {
            sql.push_str(" AND a.retracted IS NULL");
        }
        if !condition.is_empty() {
            let condition = match single {
                Some(_) => condition.replace("a.published", "t.published").replace("a.updated", "t.updated"),
                None => condition.to_owned(),
            };
            sql.push_str(&format!(" AND {condition}"));
            values.extend(bound);
        }
        sql.push_str(&format!(" ORDER BY {order}"));
        let mut statement = index.db.prepare_cached(&sql)?;
        let mut rows = statement.query(rusqlite::params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            let (_, entry) = entry(row)?;
            if self.has_terms(&entry.terms) && each(entry).is_break() {
                break;
            }
        }
        Ok(())
    }
}
