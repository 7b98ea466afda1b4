//! Pages as they are in the wild, in small, and what is to come of them.

mod hostile;
mod media;

use url::Url;

use super::{Known, Main, PageKind, main_text};
use feedmill_markup::html;

const TITLE: &str = "Ferries stay in port";

pub(super) fn base() -> Url {
    Url::parse("https://ledger.example/news/ferries.html").unwrap()
}

/// What comes of a page of which only the title is known.
pub(super) fn read(page: &str) -> Main {
    let main = main_text(page, &Known { title: TITLE, ..Known::default() }, Some(&base()), false);
    assert_eq!(html::clean(&main.html, Some(&base())), main.html, "clean already");
    assert_eq!(html::to_text(&main.html), main.text);
    main
}

/// Paragraphs of prose, each its own.
pub(super) fn prose(count: usize) -> String {
    let sentences = [
        "The harbour master said on Monday that no ferry would leave before the wind had dropped below gale force.",
        "Several hundred passengers spent the night in the sports hall, where volunteers served soup and tea.",
        "The last time the line stopped for a whole day was in the winter storms eleven years ago.",
        "Lorry drivers were told to wait inland, since the quay was full and the road to it under water.",
        "A spokeswoman for the company said that tickets would remain valid until the end of the month.",
    ];
    (0..count).map(|n| format!("<p>{n}. {}</p>\n", sentences[n % sentences.len()])).collect()
}

#[track_caller]
fn check(main: &Main, kept: &[&str], gone: &[&str]) {
    for words in kept {
        assert!(main.text.contains(words), "{words:?} is missing in:\n{}", main.text);
    }
    for words in gone {
        assert!(!main.text.contains(words), "{words:?} is left in:\n{}", main.text);
    }
}

#[test]
fn a_news_story_without_what_stands_around_it() {
    let page = format!(
        r#"<!doctype html><html><head><title>{TITLE} | Ledger</title></head><body class="single has-sidebar">
        <div class="cookie-banner" role="dialog"><p>We use cookies to make this site better for you and our 214
          partners, and for advertising that pays for it.</p><button>Accept all</button></div>
        <header><a href="/">Ledger</a><nav><ul><li><a href="/world">World</a></li><li><a href="/sea">Sea</a></li></ul></nav></header>
        <main><article>
          <header><h1>{TITLE}</h1><p class="byline">By <a href="/ann">Ann Okafor</a>, <time>9 July 2023</time></p></header>
          <div class="share-bar"><a href="https://social.example/?u=1">Share</a> <a href="mailto:?u=1">Mail</a></div>
          <div class="article-body">
            <figure><img src="quay.jpg" alt="The quay"><figcaption>The quay on Sunday night. Photo: Jo Lind</figcaption></figure>
            {}
            <aside class="related"><h3>Related stories</h3><ul><li><a href="/a">Storm closes the bridge</a></li></ul></aside>
            <h2>What comes next</h2>
            <ul><li>The company meets the town council on Tuesday morning.</li><li>Forecasters expect <a href="/w">calmer weather</a>.</li></ul>
            <blockquote><p>We have never seen the water so high, and we have lived here for sixty years.</p></blockquote>
            <div class="newsletter-signup"><p>Get the morning briefing in your mailbox every day at six.</p><form><input name=mail></form></div>
            {}
            <h3>About the author</h3><p>Ann Okafor has written about ships, ports and the people in them since 2009.</p>
          </div>
          <div class="tags"><a href="/t/1">ferries</a> <a href="/t/2">weather</a></div>
        </article>
        <section id="comments"><h2>Comments</h2><div class="comment"><p>Somebody should build a tunnel, as I have said in
          this very place for as long as there have been ferries.</p></div></section></main>
        <footer><p>© 2023 Ledger. All rights reserved, and some that are not.</p></footer></body></html>"#,
        prose(5),
        prose(3)
    );
    let main = read(&page);
    check(
        &main,
        &[
            "0. The harbour master",
            "4. A spokeswoman",
            "What comes next",
            "Tuesday morning",
            "calmer weather",
            "sixty years",
        ],
        &[
            "cookies",
            "World",
            TITLE,
            "Okafor",
            "9 July",
            "Share",
            "Photo",
            "Storm closes",
            "briefing",
            "weather\n\n©",
            "tunnel",
            "All rights",
            "Related",
        ],
    );
    assert!(main.html.contains(r#"<img src="https://ledger.example/news/quay.jpg" alt="The quay">"#), "{}", main.html);
    assert!(main.html.contains("<blockquote>") && main.html.contains("<h2>What comes next</h2>"));
    assert_eq!((main.method, main.kind), ("article", PageKind::Article));
}

#[test]
fn a_page_of_divs_without_a_word_about_itself() {
    let page = format!(
        "<body><div><div><a href=/>Home</a> <a href=/a>About</a> <a href=/b>Archive</a></div><div><div><div>{}</div>\
         <div><a href=/1>One more thing that you could read</a><br><a href=/2>And another thing beside it</a></div></div>\
         <div><a href=/3>Imprint</a></div></div></div>",
        prose(6)
    );
    check(&read(&page), &["0. The harbour", "5. The harbour"], &["Home", "One more", "Imprint"]);
}

#[test]
fn tables_code_and_lists_of_links_that_the_text_speaks_of_stay() {
    let page = format!(
        "<article>{}<p>These are the lines:</p><ul><li><a href=/n>North line</a></li><li><a href=/s>South line</a></li></ul>\
         <table><tr><th>Day</th><th>Wind</th></tr><tr><td><a href=/m>Monday</a></td><td>11</td></tr></table>\
         <pre><code class='language-sh'>ferry --status\n  closed</code></pre>{}</article>",
        prose(3),
        prose(3)
    );
    let main = read(&page);
    check(&main, &["North line", "South line", "Day\tWind", "Monday\t11", "ferry --status\n  closed"], &[]);
    assert!(main.html.contains("<code class=\"language-sh\">"));
}

#[test]
fn a_table_of_contents_goes_and_the_sections_stay() {
    let page = format!(
        "<main><h1>Reference</h1><nav class=toc><a href='#install'>Install</a></nav><div><ul><li><a href='#a'>Setting up</a></li>\
         <li><a href='#b'>Taking down</a></li></ul></div><h2 id=a>Setting things up</h2>{}<h2 id=b>Taking things down</h2>{}</main>",
        prose(4),
        prose(4)
    );
    check(&read(&page), &["Setting things up", "Taking things down"], &["Install", "Setting up"]);
}

#[test]
fn tabs_and_folds_are_content_and_hidden_things_are_not() {
    let page = format!(
        "<main>{}<div role=tabpanel hidden><p>Bicycles travel free of charge outside the summer holidays.</p></div>\
         <div class=accordion-content aria-hidden=true><p>Dogs stay on deck and must be kept on a lead at all times.</p></div>\
         <div style='display: none'><p>This sentence was only ever meant for machines that count words on pages.</p></div>\
         <span class='sr-only'>Opens in a new window</span></main>",
        prose(4)
    );
    check(&read(&page), &["Bicycles travel", "Dogs stay"], &["machines", "Opens in"]);
}

#[test]
fn a_thread_keeps_what_everybody_wrote() {
    let posts: String = ["How do I get a refund for a ferry that never left the port this week?",
        "You write to the company and give the number of the booking, which worked for me.",
        "They answered me within two days, and the money was there after a week or so."]
        .iter()
        .map(|post| format!("<div class='comment reply' itemtype='https://schema.org/DiscussionForumPosting'><a class=user href=/u>gull</a><p>{post}</p></div>"))
        .collect();
    let page = format!(
        "<body><nav><a href=/>Board</a></nav><main><h1>Refunds</h1>{posts}</main><footer><a href=/x>Rules</a></footer>"
    );
    let main = read(&page);
    check(&main, &["How do I get", "You write to", "They answered"], &["Board", "Rules"]);
    assert_eq!((main.method, main.kind), ("thread", PageKind::Article));
}

/// Teasers as home pages have them.
fn teasers(count: usize) -> String {
    (0..count)
        .map(|n| format!("<div class=card><h3><a href='/{n}'>A headline of some words, number {n}</a></h3><p><a href='/{n}'>Read it</a></p></div>"))
        .collect()
}

#[test]
fn a_home_page_is_a_listing_unless_it_says_that_it_is_an_article() {
    let page = format!("<body><header><nav><a href=/>Home</a></nav></header><main>{}</main></body>", teasers(40));
    let main = read(&page);
    assert_eq!((main.method, main.kind), ("page", PageKind::Listing));
    check(&main, &["number 39"], &["Home"]);
    let known = Known { is_declared_article: true, ..Known::default() };
    assert_eq!(main_text(&page, &known, None, false).kind, PageKind::Article);
    // An article that many teasers follow stays one.
    let story = format!("<body><article>{}</article><section>{}</section></body>", prose(14), teasers(40));
    let main = read(&story);
    assert_eq!((main.method, main.kind), ("article", PageKind::Article));
    check(&main, &["13. Lorry drivers"], &["headline of some words"]);
}

#[test]
fn pages_in_front_of_others_and_pages_of_nothing() {
    let challenge = "<html><head><title>Just a moment...</title></head><body><h1>ledger.example</h1><p>Checking your \
                     browser before you go on. This takes a few seconds.</p><script src='/cdn-cgi/challenge-platform/x.js'></script></body>";
    assert_eq!(read(challenge).kind, PageKind::Challenge);
    let without_script =
        "<body><div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript></body>";
    assert_eq!(read(without_script).kind, PageKind::Challenge);
    for empty in ["", "<html><body><div id=app></div><script>start()</script></body></html>", "<p> </p>", "\u{feff}"] {
        assert_eq!(read(empty).kind, PageKind::Empty, "{empty}");
    }
    // Somebody who writes about such pages.
    let story =
        format!("<article><h2>Are you a robot?</h2><p>Every captcha costs ten seconds.</p>{}</article>", prose(12));
    assert_eq!(read(&story).kind, PageKind::Article);
}

#[test]
fn the_linked_data_hold_the_text_where_the_page_does_not() {
    let body = (0..12)
        .map(|n| format!("Sentence {n} of a story that only scripts would have shown &amp; told."))
        .collect::<Vec<_>>()
        .join("\n\n");
    let known = Known { json_ld_body: Some(&body), is_declared_article: true, ..Known::default() };
    let shell = "<body><div id=app><p>Subscribe to read on.</p></div></body>";
    let main = main_text(shell, &known, None, true);
    assert_eq!((main.method, main.kind), ("json-ld", PageKind::Article));
    check(&main, &["Sentence 11 of a story that only scripts would have shown & told."], &["Subscribe"]);
    assert_eq!(main.offers[0].place, "json-ld");
    assert!(main.offers[0].verdict.starts_with("chosen: "), "{:?}", main.offers);

    let shown = format!("<article>{}</article>", prose(14));
    let main = main_text(&shown, &known, None, true);
    assert_eq!(main.method, "article");
    assert!(main.offers.iter().any(|offer| offer.place == "json-ld" && offer.verdict.starts_with("lost: ")));
}

#[test]
fn offers_say_what_was_chosen_and_why() {
    let page = format!("<body><nav><a href=/>Home</a></nav><article>{}</article></body>", prose(6));
    let main = main_text(&page, &Known::default(), None, true);
    let [article, whole] = &main.offers[..] else { panic!("{:?}", main.offers) };
    assert_eq!((article.place.as_str(), whole.place.as_str()), ("article", "page"));
    assert!(article.verdict.starts_with("chosen: 114 words, link density 0.00"), "{}", article.verdict);
    assert!(whole.verdict.starts_with("lost: "), "{}", whole.verdict);
    assert!(article.value.starts_with("0. The harbour master") && article.value.ends_with('…'));
    assert!(article.value.chars().count() <= 81);
}

#[test]
fn what_the_archive_of_the_web_adds_goes() {
    let page = format!(
        "<body><div id='wm-ipp-base'><div id='wm-ipp-inside'><p>The Wayback Machine has captured this page forty times \
         since it was first seen there.</p></div></div><article>{}</article></body>",
        prose(4)
    );
    check(&read(&page), &["0. The harbour"], &["Wayback"]);
}

#[test]
fn boxes_in_other_languages_go_too() {
    for heading in ["Das könnte Sie auch interessieren", "À lire aussi :", "También te puede interesar", "関連記事"]
    {
        let page = format!(
            "<article>{}<div><h3>{heading}</h3><p>A teaser that reads like a sentence of this article and is none.</p></div>{}</article>",
            prose(4),
            prose(2)
        );
        check(&read(&page), &["3. Lorry drivers", "1. Several hundred"], &[heading, "A teaser"]);
    }
}
