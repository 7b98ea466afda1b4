//! The archive: every record, date, hash and id; then the feeds that were written from it.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::feeds::{self, Judged};
use super::show;
use crate::archive::Archive;
use crate::cli::progress::Progress;
use crate::cli::say::{count, harmless};
use crate::cli::session::Session;
use crate::cli::{Outcome, Stop, index, ingest};
use crate::generate;

pub(super) fn run(strict: bool, session: &Session) -> Result<Outcome, Stop> {
    let config = session.config()?;
    Archive::distrust(&config.archive)?;
    let mut archive = ingest::write_to(&config, session)?;
    // Ids that occur twice, and records that the index does not know, come to light here.
    let (changes, problems) = index::rescan(&mut archive, session)?;
    if !changes.is_none() {
        index::tell(&changes, session);
    }
    let progress = Progress::new(session, "Checking", "records");
    let mut findings = Vec::new();
    let records = archive.check(&mut |finding| findings.push(finding), &mut |seen| progress.at(seen))?;
    drop(progress);

    let mut written = Judged::default();
    if config.output.is_dir() {
        feeds::directory(&config.output, &mut written);
    }
    let compared = match config.output.is_dir() {
        true => generate::compare(&archive, &config.site, &config.feeds, session.now, &config.output)?,
        false => generate::Compared::default(),
    };
    written.tell_troubles(session);
    if session.json {
        let list: Vec<_> = findings
            .iter()
            .map(|found| json!({ "path": found.path, "message": found.message, "hint": found.hint }))
            .collect();
        let feeds: Vec<Value> = written.documents.iter().map(show::to_json).collect();
        let other: Vec<_> = compared.other.iter().map(|path| path.display().to_string()).collect();
        session.print_json(|| {
            json!({
                "records": records, "findings": list, "problems": problems, "feeds": feeds, "unlike_records": other,
            })
        })?;
    } else {
        let mut out = io::stdout().lock();
        for found in &findings {
            writeln!(out, "{} {}", harmless(&found.path), harmless(&found.message))?;
            writeln!(out, "  hint: {}", found.hint)?;
        }
        for path in &compared.other {
            let path = path.display().to_string();
            writeln!(out, "{} is missing, or holds something else than the records say", harmless(&path))?;
            writeln!(out, "  hint: remove it and run `feedmill generate`, which writes it anew")?;
        }
        show::text(&written, false, &mut out)?;
    }
    let wrong = (findings.len() + compared.other.len()) as u64 + changes.problems;
    match wrong {
        0 => session.say.did("Checked", format_args!("{}: nothing is wrong", count(records, "record"))),
        n => session.say.did("Checked", format_args!("{}: {}", count(records, "record"), count(n, "finding"))),
    }
    if !written.documents.is_empty() || !written.troubles().is_empty() {
        show::summary(&written, session);
    }
    Ok(Outcome::failed_if(wrong > 0 || written.has_failed(strict)))
}
