//! What was weighed when a document was read: it is read once more, and its parser asked to keep it.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::super::Stop;
use super::super::say::harmless;
use crate::article::{Article, Offer, Weighed};
use crate::config::Config;
use crate::error::Result;
use crate::ingest::{self, Options};
use crate::source;
use crate::source::tree::{self, Tree};
use feedmill_dates::{self as dates, Habit};

/// So many losers of one kind are shown; a page may date a hundred comments.
const MOST_SHOWN: usize = 12;

/// What was weighed for the article at this origin; `None` where it cannot be read again.
pub(super) fn at_origin(config: &Config, origin: &str) -> Option<Box<Weighed>> {
    let file = file_of(config, origin)?;
    let articles = all_in(config, &file).ok()?;
    let found = articles.into_iter().flatten().find(|(at, _)| at == origin);
    found.and_then(|(_, article)| article.weighed)
}

/// How the name of the file at an origin spells its date, and how many of the names beside it do so too; `None` where
/// it states no date or stands alone.
pub(super) fn names_beside(config: &Config, origin: &str) -> Option<String> {
    let file = file_of(config, origin)?;
    let name = file.file_name()?.to_string_lossy().into_owned();
    let directory = config.root.join(&file);
    let tree = Tree::new(directory.parent()?, &config.root, &[], &[], &[]).ok()?;
    let mut names: Vec<String> = Vec::new();
    tree.walk(&mut |listing| {
        names.extend(listing.into_iter().flat_map(|listing| listing.files).map(|entry| entry.file_name.clone()));
        // What stands beside it is listed first.
        ControlFlow::Break(())
    });
    // Numbers that are dates by what the other names say come first, as when the file was dated.
    let mut habit = Habit::default();
    names.iter().for_each(|other| habit.learn(other));
    let by_habit =
        |name: &str| habit.read(name).filter(|_| Habit::concerns(name)).map(|(_, spelling)| spelling.to_owned());
    let spelling_of = |name: &str| by_habit(name).or_else(|| dates::spelling(name));
    let spelling = spelling_of(&name)?;
    names.retain(|other| *other != name);
    let same = names.iter().filter(|other| spelling_of(other).as_ref() == Some(&spelling)).count();
    let others = names.len();
    let of = if same == others { format!("all {others} names") } else { format!("{same} of {others} names") };
    (others > 0).then(|| format!("{spelling}, as in {of} beside it"))
}

/// Every article in a file of the project, with its origin.
pub(super) fn all_in(config: &Config, file: &Path) -> Result<Vec<Result<(String, Article)>>> {
    let home = config.sources.iter().find(|spec| file.starts_with(&spec.path));
    let reading = home.map_or_else(Options::default, |spec| spec.reading.clone());
    let tree = Tree::new(file, &config.root, &[], &[], &[])?;
    let mut found = Vec::new();
    tree.walk(&mut |listing| {
        let entries = match listing {
            Ok(listing) => listing.files,
            Err(err) => {
                found.push(Err(err));
                return ControlFlow::Continue(());
            }
        };
        for entry in &entries {
            match tree::open(entry) {
                Ok(mut doc) => {
                    doc.weigh = true;
                    source::unpack(doc, &mut |inner| {
                        read(inner, &reading, &mut found);
                        ControlFlow::Continue(())
                    })?;
                }
                Err(err) => found.push(Err(err)),
            }
        }
        ControlFlow::Continue(())
    });
    Ok(found)
}

fn read(doc: Result<source::Document<'_>>, reading: &Options, found: &mut Vec<Result<(String, Article)>>) {
    let mut doc = match doc {
        Ok(doc) => doc,
        Err(err) => return found.push(Err(err)),
    };
    let origin = doc.origin.clone();
    let (_, articles, failure) = ingest::read_all(&mut doc, reading);
    found.extend(articles.into_iter().map(|article| {
        let article = article?;
        let at = if article.fragment.is_empty() { origin.clone() } else { format!("{origin}#{}", article.fragment) };
        Ok((at, article))
    }));
    found.extend(failure.map(Err));
}

/// The file that an origin stands in: the origin itself, or the container that its first segments name.
fn file_of(config: &Config, origin: &str) -> Option<PathBuf> {
    let document = origin.split_once('#').map_or(origin, |(document, _)| document);
    let ends = document.match_indices('/').map(|(at, _)| at).chain([document.len()]);
    let mut paths = [origin.len()].into_iter().chain(ends).map(|end| PathBuf::from(&origin[..end]));
    paths.find(|path| config.root.join(path).is_file())
}

/// The offers as a list for people, field by field; a field with one offer is no news.
pub(super) fn print(weighed: &Weighed) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    for (field, offers) in fields(weighed) {
        for (at, Offer { value, place, verdict }) in offers.iter().take(MOST_SHOWN).enumerate() {
            let label = if at == 0 { field } else { "" };
            let (value, place, verdict) = (harmless(value), harmless(place), harmless(verdict));
            writeln!(out, "{label:<10}{value} ({place}): {verdict}")?;
        }
        if offers.len() > MOST_SHOWN {
            writeln!(out, "{:<10}and {} more", "", offers.len() - MOST_SHOWN)?;
        }
    }
    Ok(())
}

fn fields(weighed: &Weighed) -> [(&'static str, &[Offer]); 3] {
    [("dates", &weighed.dates), ("titles", &weighed.titles), ("texts", &weighed.bodies)]
}

/// All offers.
pub(super) fn to_json(weighed: &Weighed) -> Value {
    let shown = |offers: &[Offer]| -> Value {
        offers.iter().map(|o| json!({ "value": o.value, "place": o.place, "verdict": o.verdict })).collect()
    };
    fields(weighed)
        .iter()
        .map(|(field, offers)| ((*field).to_owned(), shown(offers)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}
