//! Judges the files that are named on the command line, and prints what it finds.
//!
//! ```text
//! cargo run -p feedmill-lint --example check -- feed.xml                          one file
//! cargo run -p feedmill-lint --example check -- --url https://example.org/feed feed.xml   and where it is published
//! ```
//!
//! A line each: `FILE:LINE:COLUMN: severity code: what was expected and found (clause)`, then the place in the document
//! and what to do. The exit code is 1 where a file has errors or cannot be read.

use std::process::ExitCode;

use feedmill_lint::{Context, Severity, check};

fn main() -> ExitCode {
    let mut url = None;
    let mut files = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--url" => url = arguments.next(),
            _ => files.push(argument),
        }
    }
    if files.is_empty() {
        eprintln!("usage: check [--url ADDRESS] FILE…");
        return ExitCode::from(2);
    }
    let mut is_right = true;
    for file in &files {
        let bytes = match std::fs::read(file) {
            Ok(bytes) => bytes,
            Err(err) => {
                eprintln!("{file}: {err}");
                is_right = false;
                continue;
            }
        };
        let report = check(file, &bytes, &Context { url: url.as_deref(), ..Context::default() });
        for finding in &report.findings {
            let (rule, line, column) = (finding.rule, finding.line, finding.column);
            let (severity, message, clause) = (rule.severity.name(), &finding.message, finding.clause);
            println!("{file}:{line}:{column}: {severity} {}: {message} ({clause})", rule.code);
            let place = if finding.path.is_empty() { "the document" } else { &finding.path };
            println!("    {place}: {}", rule.fix);
        }
        let (errors, warnings) = (report.count(Severity::Error), report.count(Severity::Warning));
        let format = if report.format.is_empty() { "no feed" } else { report.format };
        println!("{file}: {format}, {errors} errors, {warnings} warnings");
        is_right &= errors == 0;
    }
    if is_right { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
