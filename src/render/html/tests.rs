use sha2::{Digest, Sha256};

use super::*;
use crate::feed::Feed;
use crate::feed::sample::{bare_entry, bare_feed, full_feed};
use crate::render::tests::rendered;

#[test]
fn a_full_feed() {
    let page = rendered(&Html, &full_feed());
    let (head, body) = page.split_once("<style>").unwrap();
    let (_, body) = body.split_once("</style>").unwrap();
    expect_test::expect![[r##"
        <!DOCTYPE html>
        <html lang="en" dir="ltr">
        <head>
        <meta charset="utf-8">
        <title>Tides &amp; &lt;Times&gt;</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-hYICEntCYh8tj5+DhENPkUdbXRwD7yweMFTI3r0uGRY='; img-src http: https: data:; media-src http: https:; base-uri 'none'; form-action 'none'">
        <meta name="description" content="News from the harbour">
        <meta name="generator" content="feedmill">
        <link rel="canonical" href="https://courier.example/feeds/index.html">
        <link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='%23c2571a' stroke-width='3.4' stroke-linecap='round'%3E%3Cpath d='M4 11a9 9 0 0 1 9 9M4 4a16 16 0 0 1 16 16M5 19v.01'/%3E%3C/svg%3E">
        <link rel="alternate" type="application/atom+xml" title="Tides &amp; &lt;Times&gt; (Atom)" href="https://courier.example/feeds/atom.xml">
        <link rel="alternate" type="application/rss+xml" title="Tides &amp; &lt;Times&gt; (RSS)" href="https://courier.example/feeds/rss.xml">
        <link rel="alternate" type="application/feed+json" title="Tides &amp; &lt;Times&gt; (JSON Feed)" href="https://courier.example/feeds/feed.json">
        …
        </head>
        <body>
        <a class="skip" href="#articles">Skip to the articles</a>
        <header>
        <p class="site" dir="auto"><a href="https://courier.example/">The Tidewater Courier</a></p>
        <h1 dir="auto">Tides &amp; &lt;Times&gt;</h1>
        <p class="lead" dir="auto">News from the harbour</p>
        <section class="subscribe" aria-labelledby="subscribe" dir="ltr">
        <h2 id="subscribe">Subscribe</h2>
        <p>Put the address of this page, or one of these, into a feed reader, and new articles come to you. No account, no e-mail. <a href="https://aboutfeeds.com/">What is a feed?</a></p>
        <ul>
        <li><a type="application/atom+xml" href="https://courier.example/feeds/atom.xml">Atom</a></li>
        <li><a type="application/rss+xml" href="https://courier.example/feeds/rss.xml">RSS</a></li>
        <li><a type="application/feed+json" href="https://courier.example/feeds/feed.json">JSON Feed</a></li>
        </ul>
        </section>
        </header>
        <main id="articles">
        <article id="2023-07-09-strike" lang="en-GB">
        <p class="meta"><time datetime="2023-07-09T12:00:00+02:00">9 July 2023</time><span dir="auto"><a href="https://courier.example/ada">Ada Marsh</a></span><span>updated <time datetime="2023-07-11T08:30:00+02:00">11 July 2023</time></span></p>
        <h2 dir="auto"><a href="https://courier.example/strike/">Dockers &amp; pilots: "&lt;3" is no deal</a></h2>
        <p class="summary" dir="auto">Talks ended at 5 &lt; 6 o'clock &amp; resume.</p>
        <details>
        <summary>Full text</summary>
        <div class="text" dir="auto">
        <p>Talks &amp; tides: <code>a[b[0]]&gt;1</code> ]]> שלום 🚢</p>
        </div>
        </details>
        <ul class="files">
        <li><a href="https://courier.example/a.mp3?x=1&amp;y=2">a.mp3</a> (audio/mpeg, 1.2 MB)</li>
        <li><a href="https://courier.example/b.pdf">b.pdf</a> (application/pdf)</li>
        </ul>
        <ul class="tags" aria-label="Tags">
        <li dir="auto">Harbour</li>
        <li dir="auto">R&amp;D</li>
        </ul>
        </article>
        <article id="2023-07-09-guid-17">
        <p class="meta"><time datetime="2023-07-08T12:00:00+02:00">8 July 2023</time><span dir="auto">Ben Okoro, Chia Lin</span></p>
        <h2 dir="auto"><a href="https://courier.example/guid-17/">Entry guid-17</a></h2>
        <div class="text" dir="auto">
        <p>Short.</p>
        </div>
        </article>
        <article id="2023-07-09-long">
        <p class="meta"><time datetime="2023-07-07T12:00:00+02:00">7 July 2023</time></p>
        <h2 dir="auto"><a href="https://courier.example/long/">Entry long</a></h2>
        <p class="summary" dir="auto">Too long for the feed.</p>
        <p class="more"><a href="https://courier.example/long/">Read the article</a></p>
        </article>
        </main>
        <footer>
        <p dir="auto">© 2023 The Tidewater Courier</p>
        <p>Last change: <time datetime="2023-07-11T06:30:00Z">11 July 2023</time></p>
        </footer>
        </body>
        </html>
    "##]].assert_eq(&format!("{head}…{body}"));
}

#[test]
fn an_empty_feed_says_so() {
    let page = rendered(&Html, &bare_feed());
    assert!(page.contains("Nothing has been published here yet.") && !page.contains("<article"));
    assert!(page.contains(r#"<html lang="en" dir="ltr">"#));
}

#[test]
fn the_policy_allows_the_style_and_nothing_else() {
    assert_eq!(STYLE_HASH, format!("sha256-{}", base64(&Sha256::digest(STYLE))));
    let page = rendered(&Html, &full_feed());
    assert!(page.contains("default-src 'none'") && page.contains(STYLE_HASH));
    for forbidden in ["<script", "style=", "onclick", "url(", "@import", "<iframe"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
}

/// RFC 4648 section 4.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let mut group = [0; 3];
        group[..chunk.len()].copy_from_slice(chunk);
        let bits = group.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte));
        for at in 0..4 {
            let digit = ALPHABET[(bits >> (18 - 6 * at)) as usize & 63];
            text.push(if at > chunk.len() { '=' } else { char::from(digit) });
        }
    }
    text
}

#[test]
fn colours_are_easy_to_read() {
    let themes: Vec<&str> = STYLE.split(":root {").skip(1).collect();
    assert_eq!(themes.len(), 2, "light and dark");
    for theme in themes {
        let colour = |name: &str| {
            let hex = theme.split_once(&format!("--{name}: #")).unwrap().1;
            luminance(u32::from_str_radix(&hex[..6], 16).unwrap())
        };
        for ink in ["ink", "quiet", "link"] {
            for ground in ["paper", "card"] {
                let (a, b) = (colour(ink), colour(ground));
                let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                // WCAG 2.2, success criterion 1.4.3, level AA.
                assert!(contrast >= 4.5, "{ink} on {ground}: {contrast:.2}");
            }
        }
    }
}

/// Relative luminance as WCAG 2.2 defines it.
fn luminance(rgb: u32) -> f64 {
    let channel = |shift: u32| {
        let value = f64::from(rgb >> shift & 0xFF) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
}

#[test]
fn other_languages_get_dates_that_they_can_read() {
    let page = |language: &str| {
        let mut feed = Feed { entries: vec![bare_entry("a")], ..bare_feed() };
        feed.head.language = Some(language.into());
        rendered(&Html, &feed)
    };
    assert!(page("en-GB").contains(">9 July 2023</time>"));
    let german = page("de");
    assert!(german.contains(">2023-07-09</time>"));
    assert!(
        german.contains(r#"<html lang="de" dir="ltr">"#)
            && german.contains(r#"aria-labelledby="subscribe" dir="ltr" lang="en""#)
    );
    assert!(page("ar-EG").contains(r#"<html lang="ar-EG" dir="rtl">"#));
}

#[test]
fn an_article_without_an_address_is_linked_to_itself() {
    let url = "https://courier.example/feeds/index.html#2023-07-09-a";
    let entry = Entry { url: url.into(), ..bare_entry("a") };
    let page = rendered(&Html, &Feed { entries: vec![entry], ..bare_feed() });
    assert!(page.contains(r##"<h2 dir="auto"><a href="#2023-07-09-a">Entry a</a></h2>"##));
    assert!(page.contains(r#"<article id="2023-07-09-a">"#) && !page.contains("Read the article"));
    let elsewhere = rendered(&Html, &Feed { entries: vec![bare_entry("a")], ..bare_feed() });
    assert!(elsewhere.contains(r#"<a href="https://courier.example/a/">Read the article</a>"#));
}

#[test]
fn sizes_are_readable() {
    let sizes: Vec<String> = [0, 999, 1_500, 12_345_678, 7_100_000_000].map(readable_size).into();
    assert_eq!(sizes, ["0 bytes", "999 bytes", "2 kB", "12.3 MB", "7.1 GB"]);
}

#[test]
fn file_names_are_readable() {
    for (url, name) in [
        ("https://a.example/tides%201.mp3?x=%20", "tides 1.mp3"),
        ("https://a.example/gr%C3%B6%C3%9Fe+a=b&c.pdf", "größe+a=b&c.pdf"),
        ("https://a.example/50%", "50%"),
        ("https://a.example/%+1%é", "%+1%é"),
        ("https://a.example/%FF", "%FF"),
        ("https://a.example/x/", "https://a.example/x/"),
    ] {
        assert_eq!(file_name(url), name);
    }
}
