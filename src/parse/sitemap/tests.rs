//! Sitemaps as sites write them.

use proptest::prelude::*;

use super::*;

const URL: &str = "https://harbour.example/sitemap.xml";

fn all(bytes: &[u8]) -> (Summary, Vec<Entry>) {
    let mut found = Vec::new();
    let summary = read(bytes, None, URL, &mut |entry| found.push(entry)).unwrap();
    assert_eq!(summary.entries, found.len());
    (summary, found)
}

fn shown(text: &str) -> Vec<String> {
    let line = |entry: Entry| {
        let modified = entry.modified.map_or("-".to_owned(), |modified| modified.to_string());
        format!("{} {modified}", entry.url.replace("https://harbour.example", ""))
    };
    all(text.as_bytes()).1.into_iter().map(line).collect()
}

fn refusal(bytes: &[u8]) -> String {
    read(bytes, None, URL, &mut |_| {}).unwrap_err().to_string()
}

#[test]
fn pages_with_pictures_and_translations() {
    let text = "\u{feff}<?xml version='1.0' encoding='UTF-8'?><?xml-stylesheet href='a.xsl'?><!-- <urlset> -->
        <urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'
          xmlns:xhtml='http://www.w3.org/1999/xhtml'>
        <url><loc> https://harbour.example/1?a=1&amp;b=2 </loc><lastmod>2023-07-09T14:30:00+02:00</lastmod><changefreq>daily</changefreq>
          <image:image><image:loc>https://harbour.example/p.jpg</image:loc><image:title>x</image:title></image:image>
          <xhtml:link rel='alternate' hreflang='de' href='https://harbour.example/de/1'/></url>
        <url><image:image><image:loc>/only-a-picture.jpg</image:loc></image:image></url>
        <url><lastmod>2023-07-10</lastmod><loc><![CDATA[/2#top]]></loc></url>
        <url><loc>https://harbour.example/3?x=1&copy=2&section=3</loc><lastmod>9 July 2023</lastmod></url>
        <url><loc>javascript:alert(1)</loc></url><url><loc>https://www.harbour.example/4</loc><lastmod>07-05-2012</lastmod></url>
        <url><loc>https://other.example/5</loc><lastmod/></url></urlset>";
    let (summary, found) = all(text.as_bytes());
    assert_eq!((summary.kind, summary.unusable), (SitemapKind::Pages, 2));
    assert!(!summary.has_more && !summary.is_cut);
    assert_eq!(
        shown(text),
        [
            "/1?a=1&b=2 2023-07-09T14:30:00+02:00",
            "/2 2023-07-10",
            "/3?x=1&copy=2&section=3 2023-07-09",
            "https://www.harbour.example/4 -",
            "https://other.example/5 -",
        ]
    );
    assert_eq!(found.iter().map(|entry| entry.same_host).collect::<Vec<_>>(), [true, true, true, true, false]);
    assert_eq!(found[0].modified_at.unwrap().to_rfc3339(), "2023-07-09T12:30:00+00:00");
    assert_eq!(found[1].modified_at.unwrap().to_rfc3339(), "2023-07-10T00:00:00+00:00");
    assert!(found.iter().all(|entry| !entry.is_sitemap && entry.news.is_none()));
}

#[test]
fn indexes_and_prefixes() {
    let text = "<sm:sitemapindex xmlns:sm='http://www.sitemaps.org/schemas/sitemap/0.9'><sm:sitemap><sm:loc>https://harbour.example/a.xml.gz</sm:loc>
        <sm:lastmod>2023-07</sm:lastmod></sm:sitemap></sm:sitemapindex>";
    let (summary, found) = all(text.as_bytes());
    assert_eq!(summary.kind, SitemapKind::Index);
    assert!(found[0].is_sitemap);
    assert_eq!(shown(text), ["/a.xml.gz 2023-07"]);
}

#[test]
fn news() {
    let text = "<urlset xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>/1</loc><n:news><n:publication>
        <n:name>Ledger</n:name><n:language>pt-br</n:language></n:publication><n:publication_date>2023-07-09T14:30:00Z</n:publication_date>
        <n:title>The ferry &amp;\n the fog</n:title></n:news></url><url><loc>/2</loc><news:news><news:title> </news:title></news:news></url></urlset>";
    let found = all(text.as_bytes()).1;
    let first = found[0].news.as_ref().unwrap();
    assert_eq!(first.published.as_ref().unwrap().to_string(), "2023-07-09T14:30:00Z");
    assert_eq!((first.title.as_deref(), first.language.as_deref()), (Some("The ferry & the fog"), Some("pt-BR")));
    assert_eq!(found[1].news, Some(News::default()));
}

#[test]
fn plain_text() {
    let (summary, found) =
        all("\u{feff}https://harbour.example/1\r\n# more\nhttps://harbour.example/é\n\nnot one\n/2\n".as_bytes());
    assert_eq!((summary.kind, summary.unusable), (SitemapKind::Text, 2));
    assert_eq!(found[1].url, "https://harbour.example/%C3%A9");
    let wide: Vec<u8> = "https://harbour.example/1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(all(&wide).1[0].url, "https://harbour.example/1");
}

#[test]
fn what_is_no_sitemap_is_named() {
    for (bytes, found) in [
        (&b""[..], "an empty answer"),
        (b"<!doctype html><title>404</title>", "a web page"),
        (b"<rss><channel/></rss>", "a feed"),
        (b"It rained.", "another document"),
        (b"{}", "another document"),
        (b"\x1f\x8b\x08\0\0\0\0\0\0\x03", "a container of documents"),
    ] {
        assert_eq!(refusal(bytes), format!("{URL}: expected a sitemap, found {found}"));
    }
}

#[test]
fn cut_and_empty_ones() {
    let (summary, found) = all(b"<urlset><url><loc>/1</loc></url><url><loc>/2</lo");
    assert_eq!((found.len(), summary.is_cut), (1, true));
    let (summary, found) = all(b"<urlset/>");
    assert_eq!((found.len(), summary.is_cut), (0, false));
}

#[test]
fn large_ones_are_read_in_pieces() {
    let entry = |n: usize| {
        format!(
            "<m:url><m:loc>https://harbour.example/fähre/{n}</m:loc><n:news><n:title>{n}</n:title></n:news><i:image><i:loc>/x</i:loc></i:image></m:url>\n"
        )
    };
    let root = "<m:urlset xmlns:m='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>";
    let text = format!("{root}{}</m:urlset>", (0..30_000).map(entry).collect::<String>());
    assert!(text.len() > 3 * PIECE);
    let (summary, found) = all(text.as_bytes());
    assert!(!summary.is_cut && summary.unusable == 0);
    assert_eq!(found.len(), 30_000);
    for (n, entry) in found.iter().enumerate() {
        assert_eq!(entry.url, format!("https://harbour.example/f%C3%A4hre/{n}"));
        assert_eq!(entry.news.as_ref().unwrap().title, Some(n.to_string()));
    }
    let (summary, found) = all(&text.as_bytes()[..text.len() - 100]);
    assert_eq!((found.len(), summary.is_cut), (29_999, true));
}

#[test]
fn hostile_ones_are_bounded() {
    let many = "<url><loc>/1</loc></url>".repeat(MOST + 1);
    let (summary, _) = all(format!("<urlset>{many}</urlset>").as_bytes());
    assert_eq!((summary.entries, summary.has_more, summary.is_cut), (MOST, true, false));
    let many = "https://harbour.example/1\n".repeat(MOST + 1);
    assert!(all(many.as_bytes()).0.has_more);
    assert!(refusal(format!("<urlset>{}", "<url>".repeat(300_000)).as_bytes()).contains("nested at most 200 deep"));
    assert!(refusal(&vec![b' '; (MAX_WHOLE + 1) as usize]).contains("at most 64 MiB"));
    let pictures = format!("<urlset><url>{}<loc>/1</loc></url>", "<i:image><i:loc>/x</i:loc></i:image>".repeat(10_000));
    assert_eq!(all(pictures.as_bytes()).0.unusable, 1);
    assert_eq!(all(format!("<urlset{}><url><loc>/1</loc></url>", " a='>'".repeat(3000)).as_bytes()).0.entries, 1);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "(<urlset>|<sitemapindex |<url>|<loc>|<lastmod>|2023-07-09|<news:news>|https://a.example/|</|url>|>|&|é|\n){0,40}") {
        let _ = read(text.as_bytes(), None, URL, &mut |_| {});
    }
}
