//! `feedmill retract ID|PATH|URL…`

use std::path::Path;

use serde_json::{Value, json};

use super::say::count;
use super::session::Session;
use super::{Outcome, Stop, ingest};
use crate::archive::{Access, Archive, Retracted, Row};
use crate::config::Config;
use crate::error::{Error, Result};
use feedmill_markup as markup;

#[derive(clap::Args)]
#[command(before_help = "Examples:
  feedmill retract archive/2023/07/09/storm.md --reason \"the figures were wrong\"
  feedmill retract inbox/storm.txt                    by the file that it came from
  feedmill retract https://example.org/storm          by its address
  feedmill retract storm.md --undo                    show it again")]
pub(super) struct Args {
    /// Ids, paths of records or of sources, or URLs
    #[arg(value_name = "ID|PATH|URL", required = true)]
    articles: Vec<String>,
    /// Why, for the record, and for readers of feeds with tombstones
    #[arg(long, value_name = "TEXT", conflicts_with = "undo")]
    reason: Option<String>,
    /// Take the retraction back
    #[arg(long)]
    undo: bool,
}

/// So many articles are named where one was meant and several are called so, or none is.
const NAMED: usize = 5;

pub(super) fn run(args: &Args, session: &Session) -> Result<Outcome, Stop> {
    let config = session.config()?;
    let mut archive = Archive::open(&config.archive, Access::Write, session.now)?;
    // All of them are found before one is touched.
    let meant: Vec<Row> = args.articles.iter().map(|what| the_one(&archive, &config, what)).collect::<Result<_>>()?;
    let reason = args.reason.as_deref().map(markup::one_line).filter(|reason| !reason.is_empty());
    let (mut changed, mut all) = (0, Vec::new());
    for row in &meant {
        let did = if args.undo {
            archive.take_back(&row.path, session.now)?
        } else {
            archive.retract(&row.path, reason.as_deref(), false, session.now)? != Retracted::Same
        };
        changed += u64::from(did);
        if !did {
            let state = if args.undo { "is not retracted" } else { "is retracted already" };
            session.say.note(format_args!("{} {state}", config.archive.join(&row.path).display()));
        }
        all.push(json!({ "id": row.id, "record": row.path, "changed": did }));
        if did {
            let verb = if args.undo { "Restored" } else { "Retracted" };
            session.say.did(verb, format_args!("{:?} ({})", row.title, config.archive.join(&row.path).display()));
        }
    }
    archive.commit()?;
    if changed > 0 {
        session.say.next("run `feedmill generate` to write the feeds");
    }
    session.print_json(|| json!({ if args.undo { "restored" } else { "retracted" }: Value::Array(all) }))?;
    Ok(Outcome::Done)
}

/// The one article that is meant.
fn the_one(archive: &Archive, config: &Config, what: &str) -> Result<Row> {
    let mut rows = find(archive, config, what)?;
    match rows.len() {
        1 => Ok(rows.remove(0)),
        0 => {
            let near = archive.resembling(what, NAMED)?;
            let err = Error::usage(what, "expected an article of the archive by its id, path or URL, found none");
            Err(match near.is_empty() {
                true => err.hint("the last part of a path is enough, such as `storm.md`; nothing was changed"),
                false => err.hint(format!("nothing was changed; did you mean {}?", list(config, &near))),
            })
        }
        n => {
            let found = format!("expected one article, found {}", count(n as u64, "article"));
            let more = if n > NAMED { format!(" or {} more", n - NAMED) } else { String::new() };
            let names = list(config, &rows[..n.min(NAMED)]);
            Err(Error::usage(what, found).hint(format!("nothing was changed; name one by its record: {names}{more}")))
        }
    }
}

fn list(config: &Config, rows: &[Row]) -> String {
    let names: Vec<String> = rows.iter().map(|row| config.archive.join(&row.path).display().to_string()).collect();
    names.join(", ")
}

/// The articles of that name. A path as it is seen from here may have another name in the archive or in the project.
pub(super) fn find(archive: &Archive, config: &Config, what: &str) -> Result<Vec<Row>> {
    let rows = archive.find(what)?;
    if !rows.is_empty() {
        return Ok(rows);
    }
    for root in [&config.archive, &config.root] {
        let name = ingest::from_root(Path::new(what), root)?;
        let rows = archive.find(&name.to_string_lossy())?;
        if !rows.is_empty() {
            return Ok(rows);
        }
    }
    Ok(Vec::new())
}
