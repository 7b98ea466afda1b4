use crate::{Context, Report, check};

fn judged(text: &str) -> Report {
    check("feed.json", text.as_bytes(), &Context { url: Some("https://quay.example/feed.json"), charset: None })
}

fn codes(text: &str) -> Vec<&'static str> {
    judged(text).findings.iter().map(|finding| finding.rule.code).collect()
}

/// A feed in order, with more members and with one item.
fn feed(more: &str, item: &str) -> String {
    format!(
        r#"{{"version": "https://jsonfeed.org/version/1.1", "title": "Quay", "home_page_url": "https://quay.example/",
                "feed_url": "https://quay.example/feed.json"{more}, "items": [{{"id": "1", "content_text": "A storm."{item}}}]}}"#
    )
}

#[test]
fn a_feed_in_order() {
    let text = feed(
        r#", "language": "en", "authors": [{"name": "Ada"}], "_more": {"x": [1]}, "hubs": [{"type": "WebSub", "url": "https://hub.example/"}]"#,
        r#", "date_published": "2023-07-09T10:00:00Z", "tags": ["a"], "content_html": "<p>A</p>",
                "attachments": [{"url": "https://quay.example/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 5}]"#,
    );
    assert_eq!(codes(&text), Vec::<&str>::new());
    assert_eq!(judged(&text).format, "JSON Feed 1.1");
}

#[test]
fn each_fault_has_its_code() {
    for (more, item, code) in [
        (r#", "title": "again""#, "", "json-name-duplicate"),
        (r#", "colour": "red""#, "", "json-member-unknown"),
        (r#", "expired": "no""#, "", "json-type"),
        (r#", "language": "en_US""#, "", "language-tag"),
        (r#", "icon": "/logo.png""#, "", "uri-relative"),
        (r#", "authors": [{}]"#, "", "json-author-empty"),
        (r#", "author": {"name": "Ada"}"#, "", "json-author-deprecated"),
        (r#", "next_url": "https://quay.example/feed.json""#, "", "json-next-url"),
        (r#", "hubs": [{"type": "WebSub"}]"#, "", "json-missing"),
        ("", r#", "date_published": "yesterday""#, "date-rfc3339"),
        ("", r#", "content_html": "<script>x</script>""#, "html-unsafe-element"),
        ("", r#", "tags": "a""#, "json-type"),
        ("", r#"}, {"id": "1", "content_text": "x""#, "json-id-duplicate"),
        ("", r#"}, {"id": 2, "content_text": "x""#, "json-id-not-text"),
        ("", r#"}, {"id": "2""#, "json-content-missing"),
        ("", r#", "attachments": [{"url": "https://quay.example/a", "mime_type": "x"}]"#, "media-type"),
        ("", ",", "json-syntax"),
    ] {
        assert!(codes(&feed(more, item)).contains(&code), "{more}{item}: {:?}", codes(&feed(more, item)));
    }
    assert_eq!(codes(r#"{"name": "no feed"}"#), ["not-a-feed"]);
    assert!(codes(r#"{"version": "2", "title": "x", "items": []}"#).contains(&"json-version"));
}

#[test]
fn findings_know_where_they_are() {
    let report = judged(&feed("", ",\n \"date_modified\": \"x\""));
    let found = &report.findings[0];
    assert_eq!((found.line, found.column, found.path.as_str()), (3, 19, "$.items[0].date_modified"));
    assert_eq!((found.entry, found.clause), (Some(0), "RFC 3339 5.6"));
}
