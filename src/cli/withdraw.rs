//! `feedmill withdraw [SOURCE…]`

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::json;

use super::say::{count, harmless};
use super::session::Session;
use super::{Outcome, Stop, ingest as reading};
use crate::archive::{Access, Archive, Intake};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::ingest::{self, Gone};
use crate::source::tree;

#[derive(clap::Args)]
#[command(before_help = "Examples:
  feedmill withdraw                 retract what is gone from the configured sources
  feedmill withdraw --dry-run       name it only
  feedmill withdraw inbox/2023      what is gone from one place
  feedmill withdraw inbox --yes     even if most of the place is gone")]
pub(super) struct Args {
    /// Files, directories, and addresses of sitemaps and listings, that articles came from [default: the configured
    /// sources]
    #[arg(value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    /// Name the articles whose files are gone; change nothing
    #[arg(long)]
    dry_run: bool,
    /// Retract them even where more than half of a source is gone
    #[arg(long)]
    yes: bool,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<Outcome, Stop> {
    let config = session.config()?;
    let access = if args.dry_run { Access::Read } else { Access::Write };
    let mut archive = Archive::open(&config.archive, access, session.now)?;
    let intake = Intake { zone: config.zone, now: session.now };
    let (mut retracted, mut failed) = (0, false);
    let mut all = Vec::new();
    for gone in look(&archive, &config, &args.sources)? {
        let (shown, gone) = match gone {
            Ok(gone) => (shown(&gone), gone),
            Err(err) => {
                session.say.error(&err);
                failed = true;
                continue;
            }
        };
        if args.dry_run && !session.json {
            let mut out = io::stdout().lock();
            for place in &gone.articles {
                let record = config.archive.join(&place.path);
                writeln!(out, "{}  {}", harmless(&record.display().to_string()), harmless(&place.origin))?;
            }
        }
        let doubt = gone.doubt().filter(|_| !args.yes);
        let is_refused = doubt.is_some();
        match doubt {
            Some(doubt) if args.dry_run => session.say.note(format_args!("{doubt}")),
            Some(doubt) => {
                session.say.error(&doubt);
                failed = true;
            }
            None if !args.dry_run => {
                gone.withdraw(&mut archive, &intake)?;
                retracted += gone.articles.len() as u64;
            }
            None => {}
        }
        all.push(json!({
            "source": gone.source, "articles": gone.known, "gone": shown, "refused": is_refused,
        }));
        tell(&gone, args, is_refused, session);
    }
    if !args.dry_run {
        archive.commit()?;
    }
    if retracted > 0 {
        session.say.next("run `feedmill generate` to write the feeds");
    }
    session.print_json(|| json!({ "withdraw": all, "retracted": retracted }))?;
    Ok(Outcome::failed_if(failed))
}

/// What is gone from each of the places that are meant. What cannot be looked at fails for itself.
fn look(archive: &Archive, config: &Config, named: &[PathBuf]) -> Result<Vec<Result<Gone>>> {
    let configured: Vec<String> =
        config.sources.iter().map(|source| tree::origin(&source.path, &config.root)).collect();
    let mut all = Vec::new();
    if named.is_empty() {
        if configured.is_empty() && config.remotes.is_empty() {
            return Err(Error::usage("[[source]]", "expected a source in the configuration, found none")
                .hint("name the place that the articles came from: `feedmill withdraw notes/`"));
        }
        for source in &configured {
            let others: Vec<&str> = configured.iter().map(String::as_str).filter(|other| other != source).collect();
            all.push(ingest::gone(archive, source, &others, &config.root));
        }
        for remote in &config.remotes {
            let gone = ingest::gone_from_remote(archive, &remote.source.url, Some(&config.root));
            // Most kinds of remote sources cannot tell what is gone.
            if gone.as_ref().map_or(true, |gone| !gone.articles.is_empty()) {
                all.push(gone);
            }
        }
        return Ok(all);
    }
    for path in named {
        let gone = match path.to_str().filter(|url| url.contains("://")) {
            Some(url) => ingest::gone_from_remote(archive, url, Some(&config.root)),
            None => {
                let source = tree::origin(&reading::from_root(path, &config.root)?, &config.root);
                ingest::gone(archive, &source, &[], &config.root)
            }
        };
        if gone.as_ref().is_ok_and(|gone| gone.known == 0) {
            return Err(nothing_from(path, &configured));
        }
        all.push(gone);
    }
    Ok(all)
}

fn nothing_from(path: &Path, configured: &[String]) -> Error {
    let err =
        Error::usage(path.display().to_string(), "expected a place that articles came from, found none from there");
    match configured {
        [] => err.hint("`feedmill explain` tells where an article came from"),
        sources => err.hint(format!("the configured sources are {}", sources.join(", "))),
    }
}

fn shown(gone: &Gone) -> Vec<serde_json::Value> {
    gone.articles.iter().map(|place| json!({ "record": place.path, "origin": place.origin })).collect()
}

fn tell(gone: &Gone, args: &Args, is_refused: bool, session: &Session) {
    let articles = count(gone.articles.len() as u64, "article");
    let of = format!("{}: {articles} of {}", harmless(&gone.source), gone.known);
    match gone.articles.len() {
        0 => session.say.did("Checked", format_args!("{of} gone")),
        _ if args.dry_run => session.say.did("Found", format_args!("{of} gone")),
        _ if is_refused => {}
        _ => {
            session.say.did("Retracted", format_args!("{of}"));
            for place in &gone.articles {
                session.say.detail(format_args!("{} is gone, so {} is retracted", place.origin, place.path));
            }
        }
    }
}
