//! Verdicts as people and as programs read them.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::feeds::{Document, Judged};
use crate::cli::say::{count, harmless};
use crate::cli::session::Session;
use feedmill_lint::{Finding, Severity};

const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

/// Findings by document: where, how bad, what, and what to do. Things that are only worth knowing are told on request.
pub(super) fn text(judged: &Judged, with_infos: bool, out: &mut impl Write) -> io::Result<()> {
    for document in &judged.documents {
        let name = harmless(&document.name);
        let is_shown = |finding: &&Finding| with_infos || finding.rule.severity != Severity::Info;
        for finding in document.report.findings.iter().filter(is_shown) {
            let place = format!("{name}:{}:{}", finding.line, finding.column);
            one(&place, finding, out)?;
        }
        for finding in document.serving.iter().flat_map(|report| &report.findings).filter(is_shown) {
            one(&name, finding, out)?;
        }
        for report in document.reports() {
            for (rule, total) in
                report.totals().into_iter().filter(|(rule, _)| with_infos || rule.severity != Severity::Info)
            {
                let listed = report.findings.iter().filter(|finding| finding.rule == rule).count();
                if total > listed {
                    writeln!(out, "{name}: {}: {} more like this", rule.code, total - listed)?;
                }
            }
        }
    }
    Ok(())
}

fn one(place: &str, finding: &Finding, out: &mut impl Write) -> io::Result<()> {
    let (rule, message) = (finding.rule, harmless(&finding.message));
    writeln!(out, "{place}: {}: {message} [{}]", rule.severity.name(), rule.code)?;
    if finding.path.is_empty() {
        writeln!(out, "  {}", finding.clause)?;
    } else {
        writeln!(out, "  {}, {}", harmless(&finding.path), finding.clause)?;
    }
    writeln!(out, "  hint: {}", rule.fix)
}

/// One line about all of it.
pub(super) fn summary(judged: &Judged, session: &Session) {
    let feeds = count(judged.documents.len() as u64, "feed");
    let parts: Vec<String> = SEVERITIES
        .iter()
        .map(|severity| (judged.count(*severity), severity))
        .filter(|(found, severity)| *found > 0 && **severity != Severity::Info)
        .map(|(found, severity)| count(found as u64, severity.name()))
        .collect();
    match (parts.as_slice(), judged.troubles().len() as u64) {
        ([], 0) => session.say.did("Checked", format_args!("{feeds}: nothing is wrong")),
        ([], _) if judged.documents.is_empty() => {}
        ([], _) => session.say.did("Checked", format_args!("{feeds}: nothing is wrong with what could be read")),
        (parts, _) => session.say.did("Checked", format_args!("{feeds}: {}", parts.join(", "))),
    }
    if let unread @ 1.. = judged.troubles().len() as u64 {
        session.say.did("Failed", format_args!("{}, named above", count(unread, "input")));
    }
}

/// All verdicts as one value.
pub(super) fn report(judged: &Judged) -> Value {
    json!({
        "feeds": judged.documents.iter().map(to_json).collect::<Vec<_>>(),
        "unread": judged.troubles().iter().map(|err| {
            json!({ "name": err.subject(), "message": err.message(), "hint": err.hint_text() })
        }).collect::<Vec<_>>(),
        "errors": judged.count(Severity::Error),
        "warnings": judged.count(Severity::Warning),
        "infos": judged.count(Severity::Info),
    })
}

/// The verdict on one document.
pub(super) fn to_json(document: &Document) -> Value {
    let findings = document.reports().flat_map(|report| &report.findings).map(|finding| {
        json!({
            "code": finding.rule.code,
            "severity": finding.rule.severity.name(),
            "line": finding.line,
            "column": finding.column,
            "path": finding.path,
            "message": finding.message,
            "clause": finding.clause,
            "hint": finding.rule.fix,
        })
    });
    let totals =
        document.reports().flat_map(|report| report.totals()).map(|(rule, total)| (rule.code.to_owned(), json!(total)));
    json!({
        "name": document.name,
        "format": document.report.format,
        "findings": findings.collect::<Vec<_>>(),
        "totals": totals.collect::<serde_json::Map<_, _>>(),
    })
}
