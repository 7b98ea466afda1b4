//! What a person does: read, look around, search, subscribe; with eyes, with a keyboard, in the dark, on a phone.

use crate::driver::{Browser, ENTER, TAB, VIEWS};
use crate::site::Site;

const PAGES: &[(&str, &str)] = &[
    ("front", "/"),
    ("all", "/browse/"),
    ("year", "/browse/2023/"),
    ("month", "/browse/2024/03/"),
    ("tags", "/browse/tags/"),
    ("tag", "/browse/tags/harbour/"),
    ("authors", "/browse/authors/"),
    ("article", "/browse/2024/03/25/everything-that-an-article-may-hold"),
    ("sextant", "/browse/2024/03/22/found-one-sextant"),
    ("search", "/browse/search?q=harbour"),
    ("search-japanese", "/browse/search?q=%E6%9D%B1%E4%BA%AC"),
    ("search-nothing", "/browse/search?q=xyzzy"),
    ("feed", "/index.html"),
    ("feed-small", "/sound/index.html"),
];

#[test]
fn every_page_is_sound_in_every_view() {
    let Some(browser) = Browser::start() else { return };
    let site = Site::start();
    let mut wrong = Vec::new();
    for view in VIEWS {
        browser.look(view);
        for (name, path) in PAGES {
            browser.go(&site.url(path));
            let mut complain = |what: String| wrong.push(format!("{path} ({}): {what}", view.name));
            browser.shifts().into_iter().for_each(|shift| complain(format!("moves while it is loaded: {shift}")));
            browser.picture(&format!("{name}-{}", view.name));
            browser.complaints().into_iter().for_each(&mut complain);
            browser.violations().into_iter().for_each(&mut complain);
            let wide =
                browser.script("const root = document.documentElement; return root.scrollWidth - root.clientWidth;");
            if wide != 0 {
                complain(format!("it is {wide} pixels wider than the window"));
            }
            if browser.script("return document.scripts.length") != 0 {
                complain("it has a script".to_owned());
            }
        }
    }
    assert!(wrong.is_empty(), "{} complaints:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_reader_looks_around_searches_and_subscribes() {
    let Some(browser) = Browser::start() else { return };
    let site = Site::start();
    browser.look(VIEWS[0]);
    browser.go(&site.url("/"));
    assert_eq!(browser.text("h1"), "The Harbour Ledger");
    browser.follow("March 2024");
    assert_eq!((browser.url(), browser.text("h1")), (site.url("/browse/2024/03/"), "March 2024".to_owned()));
    browser.follow("Found: one sextant");
    assert_eq!(browser.text("h1"), "Found: one sextant");
    browser.follow("lost and found");
    assert_eq!(browser.text("h1"), "Tag: lost and found");
    browser.follow("The Harbour Ledger");
    assert_eq!(browser.url(), site.url("/"));

    browser.type_into("#q", &format!("foghorn{ENTER}"));
    assert!(browser.url().ends_with("/browse/search?q=foghorn"), "{}", browser.url());
    assert_eq!(browser.text("mark").to_lowercase(), "foghorn");
    assert_eq!(browser.script("return document.querySelector('#q').value"), "foghorn");
    browser.follow("Newest first");
    assert!(browser.url().ends_with("sort=newest"));
    let title = browser.text("article h2");
    browser.click("article h2 a");
    assert_eq!(browser.text("h1"), title);
    browser.go(&site.url("/browse/search?q=%E6%9D%B1%E4%BA%AC"));
    assert_eq!(browser.text("article h2"), "東京湾の天気");

    // Everything that is offered to readers is there, by its announced type.
    browser.go(&site.url("/browse/2024/03/22/found-one-sextant"));
    let offered = browser.script(
        "return [...document.querySelectorAll('link[rel=alternate]')].map(link => [new URL(link.href).pathname, link.type])",
    );
    let offered = offered.as_array().unwrap();
    assert_eq!(offered.len(), 9, "three feeds in three formats");
    browser.follow("Feeds");
    let linked = browser.script(
        "return [...document.querySelectorAll('.formats a')].map(link => [new URL(link.href).pathname, link.type])",
    );
    assert_eq!(linked.as_array().unwrap(), offered, "the front page links the same");
    for feed in offered {
        let answer = site.get(feed[0].as_str().unwrap());
        assert!(answer.starts_with("HTTP/1.1 200"), "{feed}");
        assert!(answer.contains(&format!("content-type: {}", feed[1].as_str().unwrap())), "{feed}: {answer}");
    }
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn a_keyboard_is_enough() {
    let Some(browser) = Browser::start() else { return };
    let site = Site::start();
    browser.look(VIEWS[0]);
    browser.go(&site.url("/browse/"));
    let focus = |what: &str| browser.script(&format!("const focused = document.activeElement; return {what};"));
    browser.press(TAB);
    assert_eq!(focus("focused.textContent"), "Skip to the content");
    assert_eq!(focus("focused.getBoundingClientRect().left >= 0"), true, "it is seen once it is reached");
    browser.press(ENTER);
    assert!(browser.url().ends_with("#content"));
    browser.press(TAB);
    assert_eq!(focus("focused.closest('main') !== null"), true, "the next stop is in the content");
    // Every stop can be seen.
    browser.go(&site.url("/"));
    for stop in 0..30 {
        browser.press(TAB);
        let seen = focus("getComputedStyle(focused).outlineStyle !== 'none' && focused !== document.body");
        assert_eq!(seen, true, "stop {stop}: {}", focus("focused.outerHTML"));
    }
    // And a search without a mouse.
    browser.go(&site.url("/"));
    browser.script("document.querySelector('#q').focus()");
    browser.type_into("#q", "ferry");
    browser.press(TAB);
    browser.press(ENTER);
    assert!(browser.url().ends_with("/browse/search?q=ferry"), "{}", browser.url());
    assert_eq!(browser.script("return document.querySelector('[role=status]') !== null"), true);
}

#[test]
fn languages_are_shown_in_their_direction() {
    let Some(browser) = Browser::start() else { return };
    let site = Site::start();
    browser.look(VIEWS[2]);
    let article = browser_path(&site, "العاصفة تغلق الميناء");
    browser.go(&site.url(&article));
    let of = |what: &str| browser.script(&format!("return {what}"));
    assert_eq!(of("document.querySelector('h1').lang"), "ar");
    assert_eq!(of("getComputedStyle(document.querySelector('h1')).direction"), "rtl");
    assert_eq!(of("getComputedStyle(document.querySelector('.body .text')).direction"), "rtl");
    assert_eq!(of("getComputedStyle(document.querySelector('nav')).direction"), "ltr");
    assert_eq!(browser.violations(), Vec::<String>::new());
    browser.picture("article-arabic-phone");
}

/// The address of the article with that title, as the list of its month has it.
fn browser_path(site: &Site, title: &str) -> String {
    let month = site.get("/browse/2024/03/");
    let (before, _) = month.split_once(&format!("\">{title}</a>")).expect("the title");
    format!("/{}", before.rsplit("../").next().unwrap())
}
