//! Whole articles: every field.

use super::*;
use crate::article::{BodyKind, TitleSource};

#[test]
fn a_page_of_a_blog_with_a_graph_of_linked_data() {
    let article = article(
        r#"<!DOCTYPE html><html lang="en-US"><head>
        <title>Storm closes harbour &#8211; Ledger</title>
        <link rel="canonical" href="https://ledger.example/harbour/storm-closes-harbour/">
        <meta property="og:type" content="article"><meta property="og:site_name" content="Ledger">
        <meta property="og:title" content="Storm closes harbour &amp;#8211; Ledger">
        <meta property="og:description" content="No ferry sailed on Sunday.">
        <meta property="article:published_time" content="2023-07-09T12:30:00+00:00">
        <meta property="article:modified_time" content="2023-07-10T08:00:00+00:00">
        <meta property="og:image" content="/pictures/storm.jpg">
        <meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ada Quill">
        <script type="application/ld+json">{"@context":"https://schema.org","@graph":[
          {"@type":"Article","@id":"https://ledger.example/#article","headline":"Storm closes harbour",
           "author":{"@id":"https://ledger.example/#ada"},"datePublished":"2023-07-09T12:30:00+00:00",
           "keywords":["weather","ferries"],"articleSection":["Harbour"],"inLanguage":"en-US"},
          {"@type":"WebPage","url":"https://ledger.example/harbour/storm-closes-harbour/"},
          {"@type":"WebSite","name":"Ledger"},
          {"@type":"Person","@id":"https://ledger.example/#ada","name":"Ada Quill","url":"https://ledger.example/by/ada"}
        ]}</script></head>
        <body class="single has-sidebar"><header><a href="/">Ledger</a><nav><ul><li>News<li>Weather</ul></nav></header>
        <main><article><h1 class="entry-title">Storm closes harbour</h1>
        <div class="entry-meta">By <a rel="author" href="/by/ada">Ada Quill</a> | <time datetime="2023-07-09T12:30:00+00:00">July 9, 2023</time></div>
        <p>No ferry sailed on Sunday, since the waves stood higher than the quay, and nobody could remember a worse day.</p>
        </article></main><aside class="sidebar"><h2>Popular</h2><a href="/x">Fish market reopens</a> <time datetime="2021-01-01">January 1, 2021</time></aside>
        <footer>Copyright 2024 Ledger</footer></body></html>"#,
    );
    assert_eq!((&*article.title.text, article.title.source), ("Storm closes harbour", TitleSource::Heading));
    assert_eq!(date(&article), "2023-07-09T12:30:00Z (metadata \"datePublished\")");
    assert_eq!(article.date.as_ref().unwrap().conflicts, []);
    assert_eq!(article.updated.unwrap().to_rfc3339(), "2023-07-10T08:00:00+00:00");
    assert_eq!(authors(&article), ["Ada Quill"]);
    assert_eq!(article.authors[0].uri.as_deref(), Some("https://ledger.example/by/ada"));
    assert_eq!(article.language.as_deref(), Some("en-US"));
    assert_eq!(article.tags, ["weather", "ferries"]);
    assert_eq!(article.section.as_deref(), Some("Harbour"));
    assert_eq!(article.url.as_deref(), Some("https://ledger.example/harbour/storm-closes-harbour/"));
    assert_eq!(article.image.as_deref(), Some("https://ledger.example/pictures/storm.jpg"));
    assert_eq!(article.summary.as_deref(), Some("No ferry sailed on Sunday."));
    assert_eq!(article.extra["site_name"], "Ledger");
    assert_eq!(article.body.kind, BodyKind::Html);
    assert!(article.body.text.contains("higher than the quay"));
}

#[test]
fn a_german_paper_with_microdata() {
    let article = article(
        r#"<html lang="de"><head><title>Hafen gesperrt | Küstenblatt</title></head><body>
        <div class="header"><h1><a href="/">Küstenblatt</a></h1> Montag, 10. Juli 2023</div>
        <div itemscope itemtype="http://schema.org/NewsArticle"><h2 itemprop="headline">Hafen gesperrt</h2>
        <span itemprop="author" itemscope itemtype="http://schema.org/Person">Von <span itemprop="name">Ada von Quill</span>,
        Redakteurin</span> <span itemprop="datePublished" content="2023-07-09T14:30:00+02:00">9. Juli 2023, 14:30 Uhr</span>
        <p>Am Sonntag fuhr keine Fähre, denn die Wellen standen höher als der Kai, und niemand erinnerte sich an Schlimmeres.</p>
        <div class="comments"><span itemprop="name">Fritz</span> <time datetime="2023-07-11T10:00">11. Juli</time></div></div>"#,
    );
    assert_eq!(article.title.text, "Hafen gesperrt");
    assert_eq!(date(&article), "2023-07-09T14:30:00+02:00 (metadata \"datePublished\")");
    assert_eq!(authors(&article), ["Ada von Quill"]);
    assert_eq!(article.language.as_deref(), Some("de"));
}

#[test]
fn a_page_that_declares_nothing() {
    let article = article(
        "<html><head><title>The storm - Ada's notes</title></head><body><div id=top><a href=/>Ada's notes</a></div>\
         <h1>The storm</h1><p>by Ada Quill &middot; 9 July 2023 &middot; 3 min read<p>No ferry sailed on Sunday, since \
         the waves stood higher than the quay, and nobody could remember a worse one in all the years since 1987.\
         <h3>Related posts</h3><div class=related-posts><a href=/y>The calm</a> 1 May 2022</div>\
         <p>&copy; 2001-2024 Ada Quill",
    );
    assert_eq!(article.title.text, "The storm");
    assert_eq!(date(&article), "2023-07-09 (visible \"text\")");
    assert_eq!(authors(&article), ["Ada Quill"]);
}

#[test]
fn several_authors_and_none() {
    for (head, byline, expected) in [
        (
            r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"Storm","author":[{"@type":"Person","name":"Ada Quill"},{"name":"Ben Moss"}]}</script>"#,
            "",
            vec!["Ada Quill", "Ben Moss"],
        ),
        (r#"<meta name="author" content="Ada Quill and Ben Moss">"#, "", vec!["Ada Quill", "Ben Moss"]),
        (
            r#"<meta name="citation_author" content="Quill, Ada"><meta name="citation_author" content="Moss, Ben">"#,
            "",
            vec!["Ada Quill", "Ben Moss"],
        ),
        (
            r#"<meta property="article:author" content="https://social.example/ada">"#,
            r#"<p class="byline">Por Ada Quill</p>"#,
            vec!["Ada Quill"],
        ),
        (r#"<meta name="author" content="admin">"#, r#"<a href="/author/ada/">Ada Quill</a>"#, vec!["Ada Quill"]),
        ("", r#"<p><a href="/subscribe">Subscribe</a> <span class="author-bio">About us</span></p>"#, vec![]),
        ("", "<p>By the time the ferries sailed again, nobody was waiting.</p>", vec![]),
    ] {
        let html =
            format!("<html><head><title>Storm</title>{head}</head><body><h1>Storm</h1>{byline}<p>No ferry sailed.");
        assert_eq!(authors(&article(&html)), expected, "{head} {byline}");
    }
}

#[test]
fn titles_are_what_most_places_agree_on() {
    let body = "<p>No ferry sailed on Sunday, since the waves stood higher than the quay.</p>";
    for (head, top, expected) in [
        ("<title>Storm closes harbour | Ledger</title>", "<h1>Ledger</h1>", "Storm closes harbour"),
        ("<title>Ledger: Storm closes harbour</title>", "", "Storm closes harbour"),
        ("<title>Storm closes harbour - Part 2 - Ledger</title>", "", "Storm closes harbour - Part 2"),
        (
            "<title>Storms</title><meta property=og:title content='Storm &amp;amp; tide'>",
            "<h1>Storm &amp; tide</h1>",
            "Storm & tide",
        ),
        (
            "<title>x</title>",
            "<h1><span class=label>Weather</span> Storm closes<br>harbour <a href=#top>¶</a></h1>",
            "Storm closes harbour",
        ),
        ("<title>Storm closes harbour</title>", "<h1>STORM CLOSES HARBOUR</h1>", "Storm closes harbour"),
        ("<title>The &lt;b> tag | Ledger</title>", "", "The <b> tag"),
    ] {
        let html = format!("<html><head><meta property=og:site_name content=Ledger>{head}</head><body>{top}{body}");
        assert_eq!(article(&html).title.text, expected, "{head} {top}");
    }
    let untitled = article("<html><body><p>No ferry sailed on Sunday. The waves stood higher than the quay.");
    assert_eq!(
        (&*untitled.title.text, untitled.title.source),
        ("No ferry sailed on Sunday", TitleSource::FirstSentence)
    );
}

#[test]
fn what_was_weighed_is_told_where_it_is_asked_for() {
    let html = "<html><head><title>Storm</title><meta property=og:title content='Harbour shut'></head><body><h1>Storm</h1><p>x";
    assert_eq!(article(html).weighed, None);
    let mut doc = document(html);
    doc.weigh = true;
    let weighed = read(doc).unwrap().weighed.unwrap();
    let titles: Vec<_> = weighed.titles.iter().map(|offer| (&*offer.value, &*offer.place)).collect();
    assert_eq!(titles, [("Storm", "h1"), ("Storm", "title"), ("Harbour shut", "og:title")]);
    assert!(weighed.titles[0].verdict.starts_with("chosen: "), "{:?}", weighed.titles);
    assert!(weighed.titles[2].verdict.contains("against"), "{:?}", weighed.titles);
}
