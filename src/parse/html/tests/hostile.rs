//! Pages that are made to hurt: they take time and memory that grow with their size, and never a panic.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

/// Generous, for slow machines and unoptimised builds; what this guards against takes minutes.
const PATIENCE: Duration = Duration::from_secs(20);

const PAGE: &str = r##"<!DOCTYPE html><html lang="pt-BR"><head><title>A maré &amp; o porto — Diário</title>
<script type="application/ld+json">{"@type":"NewsArticle","headline":"A maré","author":[{"@id":"#a"}],"datePublished":"2023-07-09T10:00:00-03:00"}</script>
<meta property="og:title" content="A maré &amp; o porto"><!-- Page saved with SingleFile url: https://diario.example/a saved date: Sun Jul 09 2023 -->
</head><body><article class="h-entry"><h1 class="p-name">A maré &amp; o porto</h1><p class="byline">Por <a rel="author" href="/autor/ana">Ana Souza</a>, 9 de julho de 2023</p>
<p>日本語 texto</p><svg><title>x</title></svg></article><div class="comments"><time datetime="2023-07-10">ontem</time></div></body></html>"##;

#[test]
fn a_page_cut_anywhere_is_read_or_refused() {
    for end in (0..PAGE.len()).filter(|end| PAGE.is_char_boundary(*end)) {
        let _ = read(document(&PAGE[..end]));
    }
    let mut bytes = PAGE.as_bytes().to_vec();
    for at in 0..bytes.len() {
        let kept = std::mem::replace(&mut bytes[at], 0xE9);
        let _ = read(Document::from_bytes("a.html", "a.html", bytes[..(at + 40).min(PAGE.len())].to_vec()));
        bytes[at] = kept;
    }
}

#[test]
fn large_and_deep_pages_take_time_that_grows_with_their_size() {
    let started = Instant::now();
    let json = |text: String| format!("<html><script type=application/ld+json>{text}</script><p>x");
    let size = 1 << 18;
    for (what, html) in [
        ("deep", "<div class=author>".repeat(size / 18)),
        ("closed", "<div>".repeat(size / 20) + &"</p></div>".repeat(size / 20)),
        ("metas", "<meta name=author content='By Ada Quill'>".repeat(size / 40)),
        ("times", "<h1>x</h1><time datetime=2023-07-09>9 July 2023</time><p>".repeat(size / 55)),
        ("bylines", "<p class=byline>By Ada, Ben and Cy, 9 July 2023</p>".repeat(size / 52)),
        ("headings", "<h1 class=entry-title>A storm - in - May</h1>".repeat(size / 45)),
        ("title", format!("<title>{}</title><h1>x</h1>", " - a | b: ".repeat(size / 10))),
        ("class", format!("<p class='{}'>x", "author-name ".repeat(size / 12))),
        ("classes", (0..size / 20).map(|n| format!("<p class=c{n}-author>")).collect()),
        ("name", format!("<meta name=author content='{}'>", "Ada, ".repeat(size / 5))),
        ("line", format!("<h1>x</h1><p>{}", "2023-07-09 by ".repeat(size / 14))),
        ("nested json", json("[".repeat(size))),
        ("nested objects", json("{\"@graph\":[".repeat(size / 11))),
        ("quotes", json(format!("{{\"a\": {}", "\" ".repeat(size / 2)))),
        ("articles", json(format!("[{}]", vec![r##"{"@type":"Article","author":{"@id":"#a"},"headline":"x"}"##; size / 56].join(",")))),
        ("circle", json(r##"{"@type":"Article","@id":"#a","author":{"@id":"#b"},"x":{"@id":"#b","author":[{"@id":"#a"}],"z":1}}"##.into())),
        ("huge body", json(format!(r#"{{"@type":"Article","articleBody":"{}"}}"#, "word ".repeat(size / 5)))),
        ("comments", "<!--".repeat(size / 4)),
        ("address", format!("<link rel=canonical href='https://a.example/{}'>", "2023/07/".repeat(size / 8))),
    ] {
        let before = Instant::now();
        let _ = read(document(&html));
        assert!(before.elapsed() < PATIENCE, "{what}: {:?}", before.elapsed());
    }
    assert!(started.elapsed() < PATIENCE * 3, "{:?}", started.elapsed());
}

/// Pages made of what is looked for.
fn soup() -> impl Strategy<Value = String> {
    let pieces = [
        "<html lang=en>",
        "<head>",
        "<title>",
        "</title>",
        "<body>",
        "<h1>",
        "</h1>",
        "<h2 class=entry-title>",
        "</h2>",
        "<article>",
        "</article>",
        "<time datetime='",
        "2023-07-09",
        "T10:00:00Z",
        "'>",
        "</time>",
        "<meta name=date content='",
        "<meta property=og:title content=\"",
        "\">",
        "By ",
        "Von ",
        "Ada Quill",
        " and ",
        ", ",
        " | ",
        " - ",
        "9 July 2023",
        "Updated ",
        "Published: ",
        "<p class=byline>",
        "<a rel=author href=/author/a>",
        "</a>",
        "<div class='vcard author'>",
        "</div>",
        "<script type=application/ld+json>",
        "</script>",
        "{\"@type\":\"Article\",\"author\":",
        "\"}",
        "[",
        "]}",
        "é",
        "日",
        "©",
        "\u{a0}",
        "&amp;",
        "&#x",
        "<!--",
        "-->",
        "<br>",
        "\n",
        "<svg>",
        "<nav>",
        "</nav>",
        "2023",
        "/",
        "07",
        ".",
        "(",
        ")",
        "@",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_page_makes_it_panic(html in soup()) {
        if let Ok(article) = read(document(&html)) {
            prop_assert!(!article.title.text.is_empty() && !article.title.text.contains('\n'));
            for author in &article.authors {
                prop_assert!(!author.name.is_empty() && author.name.len() <= 300 && !author.name.contains('\n'));
            }
        }
    }
}
