//! The judge of finished feeds: RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed and OPML, with the extensions in use.
//!
//! Rules are tables and pure functions over bytes. Every finding has a code that never changes, a weight, the place in
//! the document, the clause that demands it and what to do. A document of any size or shape is judged in time that
//! grows with its length, without recursion, and never ends in a panic; of one fault that occurs a thousand times
//! the first few are listed and all are counted.
//!
//! ```
//! use feedmill_lint::{self as lint, Context, Severity};
//!
//! let feed = br#"<rss version="2.0"><channel><title>Quay</title><link>quay.example</link>
//!   <description>News</description></channel></rss>"#;
//! let report = lint::check("feed.xml", feed, &Context::default());
//! let error = &report.findings[report.findings.iter().position(|f| f.rule.severity == Severity::Error).unwrap()];
//! assert_eq!((error.rule.code, error.line, error.path.as_str()), ("uri-relative", 1, "/rss/channel/link"));
//! ```

#![warn(missing_docs)]

/// The examples of the front page are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct FrontPage;

mod grammar;
mod html;
mod json;
mod judge;
mod place;
mod report;
mod rules;
mod schema;
mod serving;
mod vocabulary;
mod xml;

pub use grammar::ITUNES_CATEGORIES;
pub use report::{Family, Finding, Report};
pub use rules::{Rule, Severity, rule, rules};
pub use serving::{Answer, headers};

#[cfg(test)]
mod tests;

use place::Places;
use rules::xml as xml_rules;

/// A larger document is a burden on every reader.
const LARGEST: usize = 32 * 1024 * 1024;

/// What is known of a document beside its bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The address that it is published at: self links are compared with it.
    pub url: Option<&'a str>,
    /// The character set that its server names.
    pub charset: Option<&'a str>,
}

/// Whether the first few kilobytes of a file look like those of a feed or an outline, whatever its name is.
pub fn is_feed(head: &[u8]) -> bool {
    // In UTF-16 every other byte is NUL.
    let head: Vec<u8> = head.iter().copied().filter(|byte| *byte != 0).collect();
    let has = |mark: &str| memchr::memmem::find(&head, mark.as_bytes()).is_some();
    let is_page = has("<html") || has("<HTML") || has("<!doctype html") || has("<!DOCTYPE html");
    let is_xml = ROOTS.iter().any(|root| has(root));
    !is_page && is_xml || head.trim_ascii_start().starts_with(b"{") && has("jsonfeed.org/version")
}

/// The beginnings of root elements.
const ROOTS: [&str; 10] = [
    "<rss",
    "<feed",
    ":feed",
    "<rdf:RDF",
    "<opml",
    "http://www.w3.org/2005/Atom",
    "http://purl.org/rss/1.0/",
    "http://www.w3.org/2007/app",
    "<outlineDocument",
    "<OpenSearchDescription",
];

/// Judges a document. `name` is what it is called; where that is an address of the web and the context has none, the
/// document stands there.
///
/// Bytes that are no feed give a report with an error and an empty [`Report::format`].
pub fn check(name: &str, bytes: &[u8], context: &Context) -> Report {
    let is_address = name.starts_with("http://") || name.starts_with("https://");
    let context = &Context { url: context.url.or(is_address.then_some(name)), ..*context };
    let mut report = Report::default();
    if bytes.len() > LARGEST {
        report.plain(&xml_rules::TOO_LARGE, &mut Places::new(""), 0, format!("{} bytes", bytes.len()));
    }
    let Some(text) = xml::decode(bytes, context.charset, &mut report) else {
        report.plain(&xml_rules::NOT_A_FEED, &mut Places::new(""), 0, "bytes that are no text");
        return report;
    };
    if text.trim().is_empty() {
        report.plain(&xml_rules::EMPTY, &mut Places::new(""), 0, "nothing");
        return report;
    }
    if json::is_meant(&text) {
        json::judge(&text, context, &mut report);
        if report.format.is_empty() && !report.broke("json-version") && !report.broke("json-syntax") {
            // Rules for feeds say nothing about anything else.
            report = Report::default();
            report.plain(&xml_rules::NOT_A_FEED, &mut Places::new(""), 0, "an object without a version");
        }
    } else {
        judge::judge(&text, context, &mut report);
    }
    report.sort();
    report
}
