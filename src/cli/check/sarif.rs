//! SARIF 2.1.0 (OASIS), which code scanning services read.

use serde_json::{Value, json};

use super::feeds::{Document, Judged};
use feedmill_lint::{self as lint, Finding, Severity};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// All findings as one log with one run.
pub(super) fn document(judged: &Judged) -> Value {
    let rules: Vec<&lint::Rule> = lint::rules().collect();
    let results: Vec<Value> = judged
        .documents
        .iter()
        .flat_map(|document| document.reports().flat_map(|report| &report.findings).map(move |found| (document, found)))
        .map(|(document, finding)| result(document, finding, &rules))
        .collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "feedmill",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn descriptor(rule: &lint::Rule) -> Value {
    json!({
        "id": rule.code,
        "shortDescription": { "text": format!("Expected {}.", rule.expects) },
        "help": { "text": format!("{} ({}).", rule.fix, rule.clause) },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn result(document: &Document, finding: &Finding, rules: &[&lint::Rule]) -> Value {
    json!({
        "ruleId": finding.rule.code,
        "ruleIndex": rules.iter().position(|rule| *rule == finding.rule),
        "level": level(finding.rule.severity),
        "message": { "text": format!("{} ({})", finding.message, finding.clause) },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": uri(&document.name) },
                "region": { "startLine": finding.line, "startColumn": finding.column },
            },
            "logicalLocations": [{ "fullyQualifiedName": finding.path }],
        }],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A path as a relative reference (RFC 3986 section 4.2); an address as it is.
fn uri(name: &str) -> String {
    if super::address::is_address(name) {
        return name.to_owned();
    }
    let path = name.strip_prefix("./").unwrap_or(name).replace('\\', "/");
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
