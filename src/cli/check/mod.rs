//! `feedmill check`: the archive, or anybody's feeds.

mod address;
mod archive;
mod feeds;
mod links;
mod sarif;
mod show;

use std::io::{self, BufWriter, Write};

use serde_json::json;

use super::session::Session;
use super::{Outcome, Stop};
use crate::error::Error;
use feedmill_lint as lint;
use feeds::Judged;

/// Names that differ by more are no slip of the finger.
const SIMILAR: f64 = 0.7;

#[derive(clap::Args)]
#[command(before_help = "Examples:
  feedmill check                               every record of the archive, and the feeds written from it
  feedmill check feed.xml feeds/               judge files, and all feeds below a directory
  feedmill check https://example.org/feed      judge a feed and how it is served
  feedmill check --format sarif public/ > lint.sarif
  feedmill check --explain date-rfc822         what a rule demands")]
pub(super) struct Args {
    /// Feeds to judge: files, directories, http(s) addresses, or - for standard input [default: the archive]
    #[arg(value_name = "FILE|DIR|URL")]
    inputs: Vec<String>,
    /// Fail on warnings too
    #[arg(long)]
    strict: bool,
    /// How findings are written
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT", requires = "inputs")]
    format: Format,
    /// List every rule
    #[arg(long, conflicts_with_all = ["inputs", "explain"])]
    list_rules: bool,
    /// Tell what a rule demands, where it is written down and what to do
    #[arg(long, value_name = "CODE", conflicts_with = "inputs")]
    explain: Option<String>,
    /// Ask addresses of this machine and of private networks too
    #[arg(long, requires = "inputs")]
    private: bool,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

pub(super) fn run(args: &Args, session: &Session) -> Result<Outcome, Stop> {
    if args.list_rules {
        return list(session);
    }
    if let Some(code) = &args.explain {
        return explain(code, session);
    }
    if args.inputs.is_empty() {
        return archive::run(args.strict, session);
    }
    let mut judged = Judged::default();
    for input in &args.inputs {
        if address::is_address(input) {
            address::judge(input, args.private, &mut judged);
        } else {
            feeds::judge(input, &mut judged)?;
        }
    }
    judged.tell_troubles(session);
    // Thousands of lines, one write each, would take longer than judging.
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        Format::Sarif => writeln!(out, "{}", sarif::document(&judged))?,
        Format::Json => writeln!(out, "{}", show::report(&judged))?,
        Format::Text if session.json => writeln!(out, "{}", show::report(&judged))?,
        Format::Text => show::text(&judged, true, &mut out)?,
    }
    out.flush()?;
    show::summary(&judged, session);
    Ok(Outcome::failed_if(judged.has_failed(args.strict)))
}

fn list(session: &Session) -> Result<Outcome, Stop> {
    if session.json {
        let rules: Vec<_> = lint::rules().map(rule_as_json).collect();
        session.print_json(|| json!({ "rules": rules }))?;
        return Ok(Outcome::Done);
    }
    let mut out = io::stdout().lock();
    for rule in lint::rules() {
        writeln!(out, "{:<8} {:<34} {}", rule.severity.name(), rule.code, rule.expects)?;
    }
    Ok(Outcome::Done)
}

fn explain(code: &str, session: &Session) -> Result<Outcome, Stop> {
    let Some(rule) = lint::rule(code) else {
        let near = lint::rules().map(|rule| (strsim::jaro_winkler(rule.code, code), rule.code));
        let near = near.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(likeness, _)| *likeness > SIMILAR);
        let hint = match near {
            Some((_, near)) => format!("did you mean {near}? `feedmill check --list-rules` lists all"),
            None => "`feedmill check --list-rules` lists all".to_owned(),
        };
        return Err(Error::usage("--explain", format!("expected the code of a rule, found {code:?}"))
            .hint(hint)
            .into());
    };
    if session.json {
        session.print_json(|| rule_as_json(rule))?;
        return Ok(Outcome::Done);
    }
    let mut out = io::stdout().lock();
    writeln!(out, "{} ({})", rule.code, rule.severity.name())?;
    writeln!(out, "  expected: {}", rule.expects)?;
    writeln!(out, "  clause:   {}", rule.clause)?;
    writeln!(out, "  fix:      {}", rule.fix)?;
    Ok(Outcome::Done)
}

fn rule_as_json(rule: &lint::Rule) -> serde_json::Value {
    json!({
        "code": rule.code,
        "severity": rule.severity.name(),
        "clause": rule.clause,
        "expects": rule.expects,
        "fix": rule.fix,
    })
}
