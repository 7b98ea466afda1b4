use proptest::prelude::*;

use super::*;

const URL: &str = "https://harbour.example/notes/2023/";

fn shown(html: &str) -> Vec<String> {
    let line = |feed: Discovered| {
        let mark = if feed.is_declared { "" } else { "? " };
        format!("{mark}{} | {}", feed.url.replace("https://harbour.example", ""), feed.title.unwrap_or_default())
    };
    feeds(html.as_bytes(), None, URL).into_iter().map(line).collect()
}

#[test]
fn what_wordpress_declares() {
    let html = "<!doctype html><html><head><title>x</title>
            <link rel='alternate' type='application/json' title='JSON' href='/wp-json/wp/v2/posts/1'/>
            <link rel='alternate' type='application/json+oembed' href='/wp-json/oembed?url=x'/>
            <link rel='alternate' type='text/xml+oembed' href='/wp-json/oembed?url=x&amp;format=xml'/>
            <link rel='alternate' type='application/rss+xml' title='Harbour &raquo; Kommentar-Feed' href='/comments/feed/'/>
            <link rel='alternate' type='application/rss+xml' title='Harbour &raquo; Feed' href='https://harbour.example/feed/'/>
            <link rel='alternate' hreflang='de' href='/de/'/><link rel=stylesheet href=/style.css></head>";
    assert_eq!(shown(html), ["/feed/ | Harbour » Feed", "/comments/feed/ | Harbour » Kommentar-Feed"]);
}

#[test]
fn declarations_as_they_are_written() {
    let html = "<LINK REL='nofollow ALTERNATE' TYPE='Application/Atom+XML; charset=utf-8' HREF=' atom.xml#x '>
            <link rel=alternate type=application/feed+json href=//cdn.example/feed.json>
            <link rel=alternate type=application/json title='JSON Feed' href=/data>
            <link rel=alternate type=text/xml title=RSS href=/backend>
            <link rel=alternate type=text/xml href=/sitemap.xml title='Feed of pages'><link rel=alternate type=text/xml href=/a.xml>
            <link rel='alternate stylesheet' type=application/rss+xml href=/no><link rel=feed href=/h-feed>
            <link rel=alternate type=application/rss+xml href='javascript:x'><link rel=alternate type=application/rss+xml>
            <!-- <link rel=alternate type=application/rss+xml href=/hidden> -->
            <script>'<link rel=alternate type=application/rss+xml href=/code>'</script>
            <link rel=alternate type=application/atomsvc+xml href=/service><link rel=alternate type=application/rdf+xml href=/people>
            <link rel=alternate type=application/rdf+xml href=index.rdf>
            <body><link rel=alternate type=application/rss+xml href='?a=1&amp;b=2'><link rel=alternate type=application/rss+xml href=./>";
    assert_eq!(
        shown(html),
        [
            "/notes/2023/atom.xml | ",
            "https://cdn.example/feed.json | ",
            "/data | JSON Feed",
            "/backend | RSS",
            "/h-feed | ",
            "/notes/2023/index.rdf | ",
            "/notes/2023/?a=1&b=2 | ",
        ]
    );
}

#[test]
fn links_are_guesses() {
    let html = "<a href='/feed/comments'>Comments</a><a href='/rss.xml' title='All of it'>x</a><a href=/rss.xml>again</a>
            <a href='feed:https://a.example/x.atom'>Atom <b>feed</b></a><a href='feed://b.example/x.rss'><img alt=rss></a>
            <a href='/?feed=rss2'>y</a><a href='https://feeds.feedburner.com/harbour'>z</a><a href=/rss/news.xml>n</a>
            <a href='https://reader.example/subscribe/rss?url=https://harbour.example/rss'>no</a><a href='/feeding-birds'>no</a>
            <a href='https://reader.example/add/https://harbour.example/rss'>no</a><a href='#feed'>no</a><a href=/rss.html>no</a>
            <a type=application/rss+xml href=/odd>odd</a><a href=/declared.rss>no</a>
            <link rel=alternate type=application/rss+xml href=/declared.rss title=Declared>";
    assert_eq!(
        shown(html),
        [
            "/declared.rss | Declared",
            "? /rss.xml | All of it",
            "? https://a.example/x.atom | Atom feed",
            "? https://b.example/x.rss | ",
            "? /?feed=rss2 | y",
            "? https://feeds.feedburner.com/harbour | z",
            "? /rss/news.xml | n",
            "? /odd | odd",
        ]
    );
}

#[test]
fn bases_and_encodings() {
    let html = b"<meta charset=windows-1251><base href='/other/'><base href='/third/'><link rel=alternate type=application/rss+xml href=feed title='\xcf\xee\xf0\xf2'>";
    let found = feeds(html, None, URL);
    assert_eq!(
        (found[0].url.as_str(), found[0].title.as_deref()),
        ("https://harbour.example/other/feed", Some("Порт"))
    );
    assert!(feeds(b"<link rel=alternate type=application/rss+xml href=/feed>", None, "stdin").is_empty());
    assert!(feeds(b"\x89PNG\r\n\x1a\n\0\0", None, URL).is_empty());
}

#[test]
fn guesses_are_few_and_beside_the_page_first() {
    let paths = |url: &str| -> Vec<String> {
        guesses(url).iter().map(|guess| guess.replace("https://harbour.example", "")).collect()
    };
    let root =
        ["/feed", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/rss", "/feed.json", "/feeds/posts/default"];
    assert_eq!(paths("https://harbour.example"), root);
    assert_eq!(paths("https://harbour.example/index.html?x#y"), root);
    assert_eq!(
        paths("https://harbour.example/a/b/c.html")[..5],
        ["/a/b/feed", "/a/b/feed.xml", "/a/b/rss.xml", "/a/b/index.xml", "/feed"]
    );
    assert!(!paths("https://harbour.example/feed").contains(&"/feed".to_owned()));
    assert!(guesses("mailto:ada@example.org").is_empty() && guesses("notes").is_empty());
}

#[test]
fn hostile_pages_are_bounded() {
    let links: String = (0..10_000)
        .map(|n| format!("<link rel=alternate type=application/rss+xml href=/{n}><a href=/{n}.rss>"))
        .collect();
    assert_eq!(shown(&links).len(), 2 * MOST);
    let long = format!("<a href=/a.rss>{}", "word ".repeat(100_000));
    assert!(feeds(long.as_bytes(), None, URL)[0].title.as_ref().unwrap().chars().count() <= LONGEST_TITLE);
    let href = format!("<a href='/{}.rss'>x", "a".repeat(10_000));
    assert!(feeds(href.as_bytes(), None, URL).is_empty());
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "(<link |<a |<base |rel=alternate |type='application/rss\\+xml' |href=|feed:|//|/feed|é|'|>|</a>|title=|&amp;| ){0,40}", url in "(https://a.example|x|/|\\?|#|é){0,5}") {
        let _ = (feeds(text.as_bytes(), None, &url), guesses(&url));
    }
}

#[test]
fn feeds_that_the_server_names() {
    let found = |fields: &[&str]| -> Vec<String> {
        in_headers(fields.iter().copied(), URL).into_iter().map(|feed| feed.url).collect()
    };
    assert_eq!(
        found(&[
            "<https://harbour.example/wp-json/>; rel=\"https://api.w.org/\"",
            "</wp-json/wp/v2/pages/2>; rel=\"alternate\"; title=\"JSON\"; type=\"application/json\", <a,b.css>; rel=stylesheet",
            "</comments/feed/>; rel=alternate; type=application/rss+xml, <atom;x.xml> ; title=\"A, \\\"b\\\"; c\" ; REL=\"self Alternate\"; type=\"application/atom+xml; charset=utf-8\"",
            "</other.rss>; rel=alternate; anchor=\"/elsewhere\"",
            "<?feed=rss>; rel=feed",
        ]),
        [
            "https://harbour.example/notes/2023/atom;x.xml",
            "https://harbour.example/notes/2023/?feed=rss",
            "https://harbour.example/comments/feed/",
        ]
    );
    assert!(found(&["", "<", "<x", "x>", "<x>;rel=\"", ";;;", "<javascript:x>; rel=feed"]).is_empty());
}
