//! Finding articles by their words.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::super::index::{COLUMNS, entry};
use super::super::select::{Row, SHOWN, row};
use super::{Catalogue, Question};
use crate::error::Result;

/// Beyond this nobody counts.
const MOST_COUNTED: i64 = 10_000;

/// What a word weighs in a title, among the names of authors, among tags and sections, and in the text.
const WEIGHTS: &str = "bm25(8.0, 4.0, 4.0, 1.0)";

/// The order of what was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// What fits best first: the words are rarer, or more often there, or in the title.
    #[default]
    Best,
    /// Newest first.
    Newest,
}

/// A part of what was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The articles of this part.
    pub rows: Vec<Row>,
    /// Whether others follow.
    pub has_more: bool,
    /// How many there are in all.
    pub count: Count,
}

/// How many articles were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// So many.
    Exactly(u64),
    /// More than so many.
    Over(u64),
}

impl Catalogue<'_> {
    /// The articles that fit a question and may be seen at `as_of`: `most` of them, after the first `skip`.
    pub fn search(
        &self,
        question: &Question,
        order: Order,
        as_of: DateTime<Utc>,
        skip: usize,
        most: usize,
    ) -> Result<Found> {
        let none = Found { rows: Vec::new(), has_more: false, count: Count::Exactly(0) };
        if question.is_empty() {
            return Ok(none);
        }
        let expression = question.expression();
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let sql = match order {
            Order::Best => format!(
                "SELECT w.rowid FROM catalogue.words AS w WHERE w.words MATCH ?1 AND w.rank MATCH '{WEIGHTS}'
                 ORDER BY w.rank LIMIT ?2 OFFSET ?3"
            ),
            // The words lead, since an article without them is of no interest however new it is.
            Order::Newest => {
                "SELECT w.rowid FROM catalogue.words AS w CROSS JOIN catalogue.docs AS d ON d.key = w.rowid
                 WHERE w.words MATCH ?1 ORDER BY d.published DESC, d.key LIMIT ?2 OFFSET ?3"
                    .to_owned()
            }
        };
        let mut keys: Vec<i64> =
            self.rows(&sql, params![expression, number(most.saturating_add(1)), number(skip)], |row| row.get(0))?;
        let has_more = keys.len() > most;
        keys.truncate(most);
        let counted = match has_more || skip > 0 {
            true => self.archive.index.number(
                "SELECT count(*) FROM (SELECT 1 FROM catalogue.words WHERE words MATCH ?1 LIMIT ?2)",
                params![expression, MOST_COUNTED + 1],
            )?,
            false => 0,
        };
        let mut rows = Vec::with_capacity(keys.len());
        for key in keys {
            rows.extend(self.as_it_stands(key, as_of)?);
        }
        let count = match counted {
            0 => Count::Exactly(rows.len() as u64),
            counted if counted > MOST_COUNTED => Count::Over(MOST_COUNTED.unsigned_abs()),
            counted => Count::Exactly(counted.unsigned_abs()),
        };
        Ok(Found { rows, has_more, count })
    }

    /// The article with this key, unless it has changed or gone since it was catalogued: nothing is found by words that
    /// were taken back.
    fn as_it_stands(&self, key: i64, as_of: DateTime<Utc>) -> Result<Option<Row>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM articles AS a CROSS JOIN catalogue.docs AS d ON d.key = a.key
             WHERE a.key = ?1 AND {SHOWN} AND a.published <= ?2 AND d.record = substr(a.record, 1, 8)"
        );
        let found = self.rows(&sql, params![key, as_of.timestamp()], entry)?;
        Ok(found.into_iter().next().map(|(_, entry)| row(entry)))
    }
}
