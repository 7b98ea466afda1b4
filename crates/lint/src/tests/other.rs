//! OPML and OpenSearch.

use super::{assert_clean, codes, judged, pairs};

fn outline(attributes: &str) -> String {
    format!(
        "<opml version=\"2.0\"><head><title>Feeds</title></head><body><outline text=\"Quay\" {attributes}/></body></opml>"
    )
}

fn head(more: &str) -> String {
    outline("").replace("</head>", &format!("{more}</head>"))
}

#[test]
fn outlines() {
    assert_clean(&outline("type='rss' xmlUrl='https://quay.example/feed' title='Quay'"));
    pairs(
        outline,
        &[
            ("type='rss' xmlUrl='https://a.example/'", "type='rss'", "opml-xml-url-missing"),
            ("type='rss' xmlUrl='https://a.example/'", "xmlUrl='https://a.example/'", "opml-type-missing"),
            ("type='link' url='https://a.example/'", "type='link'", "opml-url-missing"),
            ("isComment='true'", "isComment='yes'", "value-boolean"),
            ("created='9 Jul 2023 12:00 GMT'", "created='yesterday'", "date-rfc822"),
            ("htmlUrl='https://a.example/'", "htmlurl='https://a.example/'", "attribute-unknown"),
        ],
    );
    pairs(
        head,
        &[
            ("<expansionState>1,2</expansionState>", "<expansionState>all</expansionState>", "opml-expansion-state"),
            ("<ownerEmail>a@b.example</ownerEmail>", "<ownerEmail>Ada</ownerEmail>", "mail-address"),
            ("<windowTop>5</windowTop>", "<windowTop>top</windowTop>", "number-integer"),
            ("", "<outline text='x'/>", "element-unknown"),
        ],
    );
    assert!(codes(outline("").replace("2.0", "3.0")).contains(&"opml-version"));
    assert!(codes(outline("").replace(" text=\"Quay\"", "")).contains(&"attribute-missing"));
    assert!(codes(outline("type='song'").replace("2.0", "1.0")).contains(&"opml-type-unknown"));
    assert_eq!(judged(outline("")).format, "OPML 2.0");
}

#[test]
fn search_descriptions() {
    let search = |more: &str| {
        format!(
            "<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\"><ShortName>Quay</ShortName>\
             <Description>x</Description><Url type=\"text/html\" template=\"https://quay.example/?q={{searchTerms}}\"/>{more}\
             </OpenSearchDescription>"
        )
    };
    assert_clean(&search("<Query role=\"example\" searchTerms=\"tide\"/>"));
    assert!(codes(search("")).contains(&"opensearch-example"));
    assert!(codes(search("<SyndicationRight>some</SyndicationRight>")).contains(&"opensearch-right"));
}
