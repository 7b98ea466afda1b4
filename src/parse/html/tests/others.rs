//! Pages that are no articles, saved pages, encodings, and what is taken for a page.

use super::*;
use crate::parse::{choose, looked_at};

#[test]
fn pages_that_are_no_articles_are_refused_by_name() {
    let teaser = "<article><h2><a href=/a>Storm closes harbour</a></h2></article>";
    for (html, found) in [
        (
            "<title>Just a moment...</title><p>Checking your browser before accessing ledger.example.",
            "proof of a human reader",
        ),
        ("<title>Access Denied</title><h1>Access Denied</h1><p>You have no permission.", "proof of a human reader"),
        ("<title>Page not found | Ledger</title><h1>Oops!</h1><p>There is nothing here.", "no such page"),
        ("<title>Log in | Ledger</title><form><input name=u><input type=password></form>", "log in"),
        ("<title>Ledger</title><div id=root></div>", "without text"),
    ] {
        let refused = refusal(&format!("<!DOCTYPE html><html><head>{html}"));
        assert!(refused.message().contains(found) && refused.hint_text().is_some(), "{refused}");
        assert!(refused.message().starts_with("expected an article, found a "), "{refused}");
    }
    let home = format!(
        r#"<html><head><title>Ledger</title><script type="application/ld+json">{{"@type":"CollectionPage"}}</script></head>
        <body>{}"#,
        teaser.repeat(12)
    );
    let mut doc = document(&home);
    doc.url = Some("https://ledger.example/".into());
    let refused = read(doc).unwrap_err();
    assert!(refused.message().contains("lists articles"), "{refused}");
}

#[test]
fn articles_about_such_pages_are_articles() {
    let prose =
        "<p>No ferry sailed on Sunday, since the waves stood higher than the quay, and nobody remembered worse.</p>";
    for title in ["Just a moment: a storm in May", "404 boats lost", "Log in the harbour", "Access denied to the pier"]
    {
        let html = format!("<html><head><title>{title}</title></head><body><h1>{title}</h1>{}", prose.repeat(30));
        assert_eq!(article(&html).title.text, title);
    }
}

#[test]
fn saved_pages_know_where_they_are_from() {
    let mut doc = document(
        "<!-- saved from url=(0036)https://ledger.example/2023/storm.html -->\n<html><head><title>Storm</title></head>\
         <body><h1>Storm</h1><p>No ferry <a href='calm.html'>sailed</a>.<img src=storm.png>",
    );
    doc.url = None;
    let article = read(doc).unwrap();
    assert_eq!(article.url.as_deref(), Some("https://ledger.example/2023/storm.html"));
    assert!(article.body.text.contains("https://ledger.example/2023/calm.html"), "{}", article.body.text);
}

#[test]
fn declared_encodings_are_read() {
    let html = "<html><head><meta charset=\"iso-8859-2\"><title>B\u{b3}ysk</title></head><body><h1>\u{b3}\u{f3}d\u{bc}</h1><p>x";
    let bytes: Vec<u8> = html.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let mut doc = document("");
    doc = Document::from_bytes(doc.origin, doc.name, bytes);
    assert_eq!(read(doc).unwrap().title.text, "łódź");
}

#[test]
fn pages_are_told_by_content_name_and_media_type() {
    let chosen = |name: &str, text: &str, media_type: Option<&str>| {
        let mut doc = Document::from_bytes(name, name, text.as_bytes().to_vec());
        doc.media_type = media_type.map(str::to_owned);
        choose(&doc).map_or_else(|err| err.message().to_owned(), |parser| parser.name().to_owned())
    };
    for (name, text, expected) in [
        ("a", "<!DOCTYPE html><html>", "html"),
        ("a.txt", "\u{feff}\n<HTML lang=en>", "html"),
        ("a", "<!-- saved from url=(0014)about:internet -->\n<html>", "html"),
        ("a", "<?xml version='1.0'?><!DOCTYPE html PUBLIC ''><html xmlns=''>", "html"),
        ("a.htm", "<p>It rained.", "html"),
        ("a.html", "---\ntitle: x\n---\n<p>x</p>", "markdown"),
        ("a", "<script>x</script>\n<!DOCTYPE html><html>", "html"),
        ("a.md", "<header>x</header>", "markdown"),
    ] {
        assert_eq!(chosen(name, text, None), expected, "{name} {text}");
    }
    assert_eq!(chosen("a", "<p>It rained.", Some("text/html; charset=utf-8")), "html");
    assert_eq!(chosen("a", "{\"title\": \"x\"}", Some("text/html")), "json");
    assert!(chosen("a.mhtml", "From: x\nContent-Type: multipart/related\n\n<html>", None).contains("MHTML"));
}

#[test]
fn an_undated_page_says_where_was_looked() {
    let article = article("<html><head><title>Storm</title></head><body><h1>Storm</h1><p>No ferry sailed.");
    assert_eq!(article.date, None);
    assert!(looked_at(&article, "saved/page.html").contains("saved/page.html"));
}
