//! Every kind of fault, and what is right beside it: `kinds.tsv` has a line for each.

use std::collections::BTreeSet;

use super::{codes, judged};

/// All prefixes that the lines of the file use.
const NAMESPACES: &str = r#"xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
  xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
  xmlns:media="http://search.yahoo.com/mrss/" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#" xmlns:gml="http://www.opengis.net/gml"
  xmlns:georss="http://www.georss.org/georss" xmlns:fh="http://purl.org/syndication/history/1.0" xmlns:geourl="http://geourl.org/rss/module/"
  xmlns:thr="http://purl.org/syndication/thread/1.0" xmlns:at="http://purl.org/atompub/tombstones/1.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"
  xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:admin="http://webns.net/mvcb/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:app="http://www.w3.org/2007/app" xmlns:cc="http://web.resource.org/cc/" xmlns:sx="http://feedsync.org/2007/feedsync" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"
  xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule" xmlns:blogChannel="http://backend.userland.com/blogChannelModule" xmlns:ag="http://purl.org/rss/modules/aggregation/" xmlns:ev="http://purl.org/rss/1.0/modules/event/" xmlns:trackback="http://madskills.com/public/xml/rss/module/trackback/" xmlns:g="http://base.google.com/ns/1.0" xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:l="http://purl.org/rss/1.0/modules/link/" xmlns:annotate="http://purl.org/rss/1.0/modules/annotate/" xmlns:taxo="http://purl.org/rss/1.0/modules/taxonomy/" xmlns:audio="http://media.tangent.org/rss/1.0/" xmlns:googleplay="http://www.google.com/schemas/play-podcasts/1.0" xmlns:cf="http://www.microsoft.com/schemas/rss/core/2005" xmlns:access="http://www.bloglines.com/about/specs/fac-1.0""#;

/// The document that holds a piece in that place.
fn document(place: &str, piece: &str) -> String {
    let channel = |more: &str| {
        format!(
            "<rss version=\"2.0\" {NAMESPACES}><channel><title>Quay</title><link>https://quay.example/</link>\
             <description>News</description><language>en</language><atom:link rel=\"self\" type=\"application/rss+xml\" \
             href=\"https://quay.example/feed\"/>{more}</channel></rss>"
        )
    };
    let atom = |of_feed: &str, of_entry: &str| {
        format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" {NAMESPACES}><id>tag:quay.example,2023:feed</id><title>Quay</title>\
             <updated>2023-07-09T12:00:00Z</updated><author><name>Ada</name></author>\
             <link rel=\"self\" href=\"https://quay.example/feed\"/>{of_feed}<entry><id>tag:quay.example,2023:1</id>\
             <title>Storm</title><updated>2023-07-09T12:00:00Z</updated><link href=\"https://quay.example/storm\"/>\
             {of_entry}</entry></feed>"
        )
    };
    let rdf = |of_channel: &str, of_item: &str| {
        format!(
            "<rdf:RDF xmlns=\"http://purl.org/rss/1.0/\" {NAMESPACES}><channel rdf:about=\"https://quay.example/feed\">\
             <title>Quay</title><link>https://quay.example/</link><description>News</description><dc:language>en</dc:language>\
             <items><rdf:Seq><rdf:li rdf:resource=\"https://quay.example/1\"/></rdf:Seq></items>{of_channel}</channel>\
             <item rdf:about=\"https://quay.example/1\"><title>Storm</title><link>https://quay.example/1</link>{of_item}</item>\
             </rdf:RDF>"
        )
    };
    match place {
        "channel" => channel(piece),
        "item" => channel(&format!(
            "<item><title>Storm</title><guid isPermaLink=\"false\">tag:quay.example,2023:1</guid>{piece}</item>"
        )),
        "feed" => atom(piece, ""),
        "entry" if piece.contains("<summary") || piece.contains("<content") => atom("", piece),
        "entry" => atom("", &format!("{piece}<summary>s</summary>")),
        "rdf-channel" => rdf(piece, ""),
        "rdf-item" => rdf("", piece),
        "document" => piece.replace("{NAMESPACES}", NAMESPACES),
        _ => panic!("no place {place}"),
    }
}

fn unescaped(piece: &str) -> String {
    let mut out = String::with_capacity(piece.len());
    let mut chars = piece.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.next() == Some('n') => out.push('\n'),
            '\\' => out.push('\\'),
            c => out.push(c),
        }
    }
    out
}

/// The lines of the file: place, codes with their signs, piece.
fn lines() -> impl Iterator<Item = (&'static str, &'static str, String)> {
    include_str!("kinds.tsv").lines().filter(|line| !line.starts_with('#')).map(|line| {
        let (place, rest) = line.split_once('\t').unwrap();
        let (signs, piece) = rest.split_once('\t').unwrap();
        (place, signs, unescaped(piece))
    })
}

#[test]
fn every_kind_is_told_from_what_is_right() {
    let mut wrong = Vec::new();
    for (place, signs, piece) in lines() {
        let found = codes(document(place, &piece));
        for sign in signs.split(' ') {
            let (must, code) = (sign.starts_with('+'), &sign[1..]);
            assert!(crate::rule(code).is_some(), "no rule {code}");
            if found.contains(&code) != must {
                wrong.push(format!("{sign} in {place}: {piece}; found {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of the lines:\n{}", wrong.len(), wrong.join("\n"));
}

/// A rule without a case that breaks it and one beside it that does not is a rule that nobody tried. JSON, answers of
/// servers, and what no short line can hold have tests of their own.
#[test]
fn every_rule_has_a_case_that_breaks_it_and_one_that_does_not() {
    const ELSEWHERE: [&str; 3] = ["document-too-large", "encoding-mark", "field-too-large"];
    let signs: BTreeSet<&str> = lines().flat_map(|(_, signs, _)| signs.split(' ')).collect();
    let is_tried = |sign: char, code: &str| signs.contains(format!("{sign}{code}").as_str());
    let untried: Vec<String> = crate::rules()
        .map(|rule| rule.code)
        .filter(|code| !code.starts_with("http-") && !code.starts_with("json-") && !ELSEWHERE.contains(code))
        .flat_map(|code| {
            ['+', '-'].into_iter().filter(move |sign| !is_tried(*sign, code)).map(move |sign| format!("{sign}{code}"))
        })
        .collect();
    assert!(untried.is_empty(), "{untried:?}");
}

/// Findings of a whole file of faults keep their places.
#[test]
fn every_finding_has_a_place_and_says_what_to_do() {
    for (place, _, piece) in lines() {
        for finding in judged(document(place, &piece)).findings {
            assert!(finding.line >= 1 && finding.column >= 1 && !finding.message.is_empty(), "{piece}");
            assert!(!finding.clause.is_empty() && !finding.rule.fix.is_empty(), "{}", finding.rule.code);
        }
    }
}
