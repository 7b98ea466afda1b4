//! Small feeds, each with one thing right or wrong.

mod atom;
mod extensions;
mod hostile;
mod kinds;
mod other;
mod rss;
mod xml;

use super::{Context, Report, Severity, check};

const URL: &str = "https://quay.example/feed";

fn judged(bytes: impl AsRef<[u8]>) -> Report {
    check("feed.xml", bytes.as_ref(), &Context { url: Some(URL), ..Context::default() })
}

fn codes(bytes: impl AsRef<[u8]>) -> Vec<&'static str> {
    judged(bytes).totals().iter().map(|(rule, _)| rule.code).collect()
}

/// Each pair of documents differs in the fault that the code names.
fn pairs(document: fn(&str) -> String, cases: &[(&str, &str, &str)]) {
    for (right, wrong, code) in cases {
        assert!(super::rule(code).is_some(), "no rule {code}");
        let (of_right, of_wrong) = (codes(document(right)), codes(document(wrong)));
        assert!(!of_right.contains(code), "{code}: {right}: {of_right:?}");
        assert!(of_wrong.contains(code), "{code}: {wrong}: {of_wrong:?}");
    }
}

fn assert_clean(document: &str) {
    let report = judged(document);
    let found: Vec<_> = report.findings.iter().filter(|finding| finding.rule.severity != Severity::Info).collect();
    assert!(found.is_empty(), "{found:#?}\n{document}");
}

/// The namespaces that the small feeds use.
const NAMESPACES: &str = r#"xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
  xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
  xmlns:media="http://search.yahoo.com/mrss/" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#"
  xmlns:georss="http://www.georss.org/georss" xmlns:fh="http://purl.org/syndication/history/1.0"
  xmlns:thr="http://purl.org/syndication/thread/1.0" xmlns:at="http://purl.org/atompub/tombstones/1.0"
  xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:podcast="https://podcastindex.org/namespace/1.0"
  xmlns:app="http://www.w3.org/2007/app" xmlns:cc="http://web.resource.org/cc/" xmlns:sx="http://feedsync.org/2007/feedsync"
  xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule""#;

/// A channel in order, with more in it.
fn channel(more: &str) -> String {
    format!(
        "<rss version=\"2.0\" {NAMESPACES}><channel><title>Quay</title><link>https://quay.example/</link>\
         <description>News</description><language>en</language>\
         <atom:link rel=\"self\" type=\"application/rss+xml\" href=\"{URL}\"/>{more}</channel></rss>"
    )
}

/// An item in order, with more in it.
fn item(more: &str) -> String {
    channel(&format!(
        "<item><title>Storm</title><guid isPermaLink=\"false\">tag:quay.example,2023:1</guid>{more}</item>"
    ))
}

/// A feed of Atom in order, with more in it before its entry.
fn feed(more: &str) -> String {
    atom(more, "")
}

/// An entry in order, with more in it.
fn entry(more: &str) -> String {
    atom("", more)
}

fn atom(feed: &str, entry: &str) -> String {
    format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" {NAMESPACES}><id>tag:quay.example,2023:feed</id><title>Quay</title>\
         <updated>2023-07-09T12:00:00Z</updated><author><name>Ada</name></author>\
         <link rel=\"self\" href=\"{URL}\"/>{feed}<entry><id>tag:quay.example,2023:1</id><title>Storm</title>\
         <updated>2023-07-09T12:00:00Z</updated><link href=\"https://quay.example/storm\"/>{entry}</entry></feed>"
    )
}

#[test]
fn what_is_in_order_is_clean() {
    for document in [channel(""), item(""), feed(""), entry("")] {
        assert_clean(&document);
    }
}

#[test]
fn findings_say_where_and_why() {
    let report = judged(item("\n  <pubDate>Mon, 09 Jul 2023 12:00:00 GMT</pubDate>"));
    let finding = report.findings.iter().find(|finding| finding.rule.code == "date-weekday").unwrap();
    assert_eq!(finding.path, "/rss/channel/item[1]/pubDate");
    assert_eq!((finding.column, finding.entry, finding.clause), (12, Some(0), "RFC 822 5"));
    assert!(finding.message.contains("Sun") && finding.message.contains("\"Mon, 09 Jul"), "{}", finding.message);
    assert_eq!(report.format, "RSS 2.0");

    let report = judged(entry("<published>soon</published>"));
    let finding = report.findings.iter().find(|finding| finding.rule.code == "date-rfc3339").unwrap();
    assert_eq!((finding.path.as_str(), finding.entry), ("/feed/entry[1]/published", Some(0)));
    let report = judged(entry("<link rel='up'/>"));
    let finding = report.findings.iter().find(|finding| finding.rule.code == "attribute-missing").unwrap();
    assert_eq!(finding.clause, "RFC 4287 4.2.7");
}

#[test]
fn many_of_a_kind_are_counted_and_not_listed() {
    let report = judged(channel(&"<colour/>".repeat(5000)));
    let listed = report.findings.iter().filter(|finding| finding.rule.code == "element-unknown").count();
    assert_eq!(listed, 20);
    assert!(report.totals().iter().any(|(rule, total)| rule.code == "element-unknown" && *total == 5000));
    assert_eq!(report.count(Severity::Error), 5000);
}

/// The page of codes is written from the table: `UPDATE_EXPECT=1` writes it again.
#[test]
fn the_page_of_codes_is_the_table() {
    let mut page = String::from(
        "# Codes of `feedmill check`\n\nWritten from the table in `crates/lint/src/rules/`; a test keeps it true. A code never changes its \
         meaning. `feedmill check --explain CODE` shows one.\n\n| code | weight | expected | clause | what to do |\n|---|---|---|---|---|\n",
    );
    let cell = |text: &str| text.replace('|', "\\|").replace('<', "\\<");
    for rule in super::rules() {
        let (expects, clause, fix) = (cell(rule.expects), cell(rule.clause), cell(rule.fix));
        page.push_str(&format!("| `{}` | {} | {expects} | {clause} | {fix} |\n", rule.code, rule.severity.name()));
    }
    expect_test::expect_file!["../../../../docs/lint-codes.md"].assert_eq(&page);
}
