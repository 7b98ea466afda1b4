//! Which feeds there are: those of the configuration, and one for each value where one of them is split.

use chrono::{DateTime, Utc};

use crate::archive::{Archive, Selection, Standing};
use crate::error::Result;
use crate::feed::{FeedSpec, Value};

/// A feed that there is.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The feed.
    pub spec: FeedSpec,
    /// The specification that it comes from, by its place in the configuration.
    pub from: usize,
    /// How many articles stand under its value, where that specification is split.
    pub articles: Option<u64>,
    /// What its state in the archive is: while that is the same, so is the feed.
    pub(super) state: Vec<u8>,
}

/// The feeds that specifications come to at the instant `as_of`: each that is not split, and one for each value of each
/// that is, in the order of the configuration and of addresses.
///
/// A value keeps its feed when its last article has left: subscribers still ask for it. A value has none before its
/// first article is due.
pub fn plan(archive: &Archive, specs: &[FeedSpec], as_of: DateTime<Utc>) -> Result<Vec<Planned>> {
    of(&archive.standing(as_of)?, specs)
}

/// The same, of an archive that was looked at already.
pub(super) fn of(standing: &Standing<'_>, specs: &[FeedSpec]) -> Result<Vec<Planned>> {
    let mut all = Vec::with_capacity(specs.len());
    for (from, spec) in specs.iter().enumerate() {
        let Some(split) = &spec.split else {
            let state = standing.state(&spec.selection)?.to_vec();
            all.push(Planned { spec: spec.clone(), from, articles: None, state });
            continue;
        };
        let filed = match is_open(&spec.selection) {
            true => standing.terms(split.by)?,
            false => standing.terms_within(split.by, &spec.selection)?,
        };
        let values = split.values(spec, &filed).into_iter();
        all.extend(values.map(|Value { spec, articles, state }| Planned {
            spec,
            from,
            articles: Some(articles),
            state,
        }));
    }
    Ok(all)
}

/// Whether the selection leaves nothing out but what no feed shows.
fn is_open(wanted: &Selection) -> bool {
    let Selection { tags, sections, authors, languages, under, since, until, .. } = wanted;
    [tags, sections, authors, languages].iter().all(|list| list.is_empty())
        && under.is_none()
        && since.is_none()
        && until.is_none()
}
