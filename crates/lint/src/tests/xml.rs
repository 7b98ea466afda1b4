//! Bytes, characters, markup, namespaces.

use super::{assert_clean, channel, codes, item, judged};

#[test]
fn markup() {
    for (wrong, code) in [
        (channel("<ttl>5"), "xml-end-mismatch"),
        (channel("").replace("</rss>", ""), "xml-unclosed"),
        (channel("") + "<rss/>", "xml-after-root"),
        (channel("") + "more", "xml-after-root"),
        (format!("\n<?xml version=\"1.0\"?>{}", channel("")), "xml-before-declaration"),
        (format!("<?xml version=\"1.1\"?>{}", channel("")), "xml-version"),
        (channel("<category>a & b</category>"), "xml-bare-ampersand"),
        (channel("<category>a &nbsp; b</category>"), "xml-entity-undefined"),
        (channel("<category domain='a&b'>x</category>"), "xml-bare-ampersand"),
        (channel("<category domain=a>x</category>"), "xml-attribute"),
        (channel("<category domain='a' domain='b'>x</category>"), "xml-attribute"),
        (channel("<category domain='<'>x</category>"), "xml-attribute"),
        (channel("<category>a ]]> b</category>"), "xml-cdata-end"),
        (channel("<category>a\u{1}b</category>"), "xml-character"),
        (channel("<category>&#1;</category>"), "xml-entity-undefined"),
        (channel("<category>a\u{92}b</category>"), "xml-control-character"),
        (channel("<category>cafÃ©</category>"), "text-garbled"),
        (channel("<1a/>"), "xml-name"),
        (channel("<q:a/>"), "xml-prefix-unbound"),
        (channel("<!-- x"), "xml-malformed"),
        (format!("<!DOCTYPE rss [<!ENTITY x SYSTEM 'a.txt'>]>{}", channel("")), "xml-entity-external"),
        (format!("<?xml-stylesheet type='text/xsl' href='a.xsl'?>{}", channel("")), "xml-stylesheet-script"),
        ("<html><body/></html>".to_owned(), "not-a-feed"),
        ("  ".to_owned(), "document-empty"),
        (channel(&"<x>".repeat(300)), "xml-too-deep"),
        (channel("").replace("xmlns:dc=\"http", "xmlns:dc=\"https"), "namespace-misspelled"),
        (channel("<dc:date xmlns:dc='https://a.example/'/>"), "prefix-reserved"),
        (channel("<d:date xmlns:d='http://purl.org/dc/elements/1.1/'>2023</d:date>"), "prefix-unusual"),
    ] {
        assert!(codes(&wrong).contains(&code), "{code}: {:?}\n{wrong}", codes(&wrong));
    }
}

#[test]
fn what_xml_allows() {
    assert_clean(&format!("<?xml version='1.0' encoding='utf-8'?>\n<!-- a --><?b c?>{}<!-- d -->\n", channel("")));
    assert_clean(&format!(
        "<!DOCTYPE rss [<!ENTITY x 'y'>]>{}",
        channel("<category>&x; &#228; <![CDATA[<&>]]></category>")
    ));
    // The entities of HTML, for the one document type that declares them.
    let old =
        "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://www.rssboard.org/rss-0.91.dtd'>";
    let feed = format!("{old}{}", channel("<category>caf&eacute;</category>").replace("\"2.0\"", "\"0.91\""));
    assert!(!codes(feed).contains(&"xml-entity-undefined"));
}

#[test]
fn encodings() {
    let text = format!("<?xml version='1.0' encoding='ENC'?>{}", item("<category>Fähre – gut</category>"));
    let with = |encoding: &str| text.replace("ENC", encoding);
    let has = |bytes: &[u8], code: &str| codes(bytes).contains(&code);
    assert_clean(&with("utf-8"));
    assert!(has(with("iso-8859-1").as_bytes(), "encoding-disagrees"));
    assert!(has(with("klingon").as_bytes(), "encoding-unknown"));
    assert!(has(with("x-mac-cyrillic").as_bytes(), "encoding-obscure"));
    assert!(has(format!("\u{feff}{}", with("us-ascii")).as_bytes(), "encoding-mark"));
    let latin: Vec<u8> = with("utf-8").replace('–', "-").chars().map(|c| c as u8).collect();
    assert!(has(&latin, "encoding-wrong"));
    let windows: Vec<u8> = with("windows-1252").chars().map(|c| if c == '–' { 0x96 } else { c as u8 }).collect();
    assert!(has(&windows, "encoding-not-utf8") && !has(&windows, "xml-control-character"));
    let mislabelled: Vec<u8> = with("iso-8859-1").chars().map(|c| if c == '–' { 0x96 } else { c as u8 }).collect();
    assert!(has(&mislabelled, "xml-control-character"));
    let utf16: Vec<u8> = format!("\u{feff}{}", with("utf-16")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let report = judged(&utf16);
    assert_eq!(report.format, "RSS 2.0");
    assert!(!report.broke("encoding-mark"), "{:?}", report.findings);
}
