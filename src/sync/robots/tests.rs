use proptest::prelude::*;

use super::*;

fn allows(text: &str, path: &str) -> bool {
    Robots::parse(text.as_bytes()).allows("feedmill", path)
}

/// Whether a single rule that disallows matches.
fn matches(pattern: &str, path: &str) -> bool {
    !allows(&format!("User-agent: *\nDisallow: {pattern}"), path)
}

#[test]
fn the_examples_of_the_standard() {
    // Section 5.1.
    let simple = "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\n\
            User-Agent: foobot\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n\n\
            User-Agent: barbot\nUser-Agent: bazbot\nDisallow: /example/page.html\n\nUser-Agent: quxbot\n\nEOF";
    let robots = Robots::parse(simple.as_bytes());
    assert!(!robots.allows("feedmill", "/a.gif") && !robots.allows("feedmill", "/example/x"));
    assert!(robots.allows("feedmill", "/publications/a") && robots.allows("feedmill", "/a.gift"));
    assert!(!robots.allows("FooBot", "/a") && robots.allows("foobot", "/example/page.html"));
    for bot in ["barbot", "bazbot"] {
        assert!(!robots.allows(bot, "/example/page.html") && robots.allows(bot, "/example/a.gif"));
    }
    assert!(robots.allows("quxbot", "/example/a.gif"));
    // Section 5.2.
    let longest = "User-Agent: foobot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif";
    let robots = Robots::parse(longest.as_bytes());
    assert!(robots.allows("foobot", "/example/page/a") && !robots.allows("foobot", "/example/page/disallowed.gif"));
}

#[test]
fn encodings_are_made_alike() {
    // The table of section 2.2.2.
    for (pattern, path) in [
        ("/foo/bar?baz=quz", "/foo/bar?baz=quz"),
        ("/foo/bar?baz=https://foo.bar", "/foo/bar?baz=https%3A%2F%2Ffoo.bar"),
        ("/foo/bar?baz=https%3a%2f%2ffoo.bar", "/foo/bar?baz=https://foo.bar"),
        ("/foo/bar/ツ", "/foo/bar/%E3%83%84"),
        ("/foo/bar/%e3%83%84", "/foo/bar/ツ"),
        ("/foo/bar/%62%61%7A", "/foo/bar/baz"),
        ("/%7Eada", "/~ada"),
        ("/a b", "/a%20b"),
        // The table of section 2.2.3.
        ("/path/file-with-a-%2A.html", "/path/file-with-a-*.html"),
        ("/path/foo-%24", "/path/foo-$"),
        ("/a$b", "/a$b"),
        ("/100%", "/100%"),
    ] {
        assert!(matches(pattern, path), "{pattern} {path}");
    }
    for (pattern, path) in [
        ("/a%2Fb", "/a/b"),
        ("/path/file-with-a-%2A.html", "/path/file-with-a-b.html"),
        ("/path/foo-%24", "/path/foo-"),
        ("/a%3Fb", "/a?b"),
    ] {
        assert!(!matches(pattern, path), "{pattern} {path}");
    }
}

#[test]
fn wildcards() {
    for (pattern, path, expected) in [
        ("/", "/anything", true),
        ("/fish", "/fish.html", true),
        ("/fish", "/Fish", false),
        ("/fish*", "/fishheads", true),
        ("/fish/", "/fish", false),
        ("/*.php", "/folder/a.php?x=1", true),
        ("/*.php$", "/folder/a.php?x=1", false),
        ("/*.php$", "/a.php/b.php", true),
        ("/fish*.php", "/fishheads/catfish.php5", true),
        ("/fish*.php", "/Fish.PHP", false),
        ("/a*b*c$", "/abcbc", true),
        ("/a*b*c$", "/abcb", false),
        ("/a*a$", "/a", false),
        ("/$", "/", true),
        ("/$", "/a", false),
        ("*", "/", true),
        ("*$", "/a", true),
        ("/a**b", "/axb", true),
        ("/a*$", "/abc", true),
        ("$", "/", true),
        ("fish", "/fish", true),
        ("/*/foo", "/a?x=/foo", true),
    ] {
        assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
    }
}

#[test]
fn of_equally_long_rules_the_one_that_allows_wins() {
    assert!(allows("User-agent: *\nDisallow: /page\nAllow: /page", "/page"));
    assert!(allows("User-agent: *\nAllow: /page\nDisallow: /page", "/page"));
    assert!(!allows("User-agent: *\nAllow: /page\nDisallow: /*.html", "/page.html"));
    assert!(!allows("User-agent: *\nAllow: /$\nDisallow: /", "/page"));
    assert!(allows("User-agent: *\nAllow: /$\nDisallow: /", "/"));
}

#[test]
fn groups_are_put_together() {
    let text = "Disallow: /none\nUser-agent: FeedMill/1.0 (x)\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\n\
            user-agent : feedmill\nSitemap: https://a.example/s.xml\nUser-agent: other\nDisallow: /b\n";
    assert!(!allows(text, "/a") && !allows(text, "/b/c") && allows(text, "/c") && allows(text, "/none"));
    let robots = Robots::parse(text.as_bytes());
    assert!(!robots.allows("other", "/b") && robots.allows("other", "/a") && !robots.allows("third", "/c"));
    assert!(!robots.allows("feed", "/c") && !robots.allows("feedmillx", "/c"));
}

#[test]
fn files_as_people_write_them() {
    let text = "\u{feff}USER-AGENT:*# all\rDISALLOW : /a # not this\r\nDissallow: /b\nallow /b/c\nDisallow:\nNoindex: /x\nCrawl-delay: 2,5\n";
    assert!(!allows(text, "/a") && !allows(text, "/b") && allows(text, "/b/c") && allows(text, "/x"));
    assert!(allows(text, "") && !allows(text, "a") && allows(text, "/c#/a"));
    assert!(allows("User-agent: *\nDisallow: /", "/robots.txt"));
    assert!(allows("", "/") && allows("<html>Not found", "/") && allows("User-agent: *\nDisallow:", "/x"));
    assert!(!allows("User-agent: *\nDisallow: /\u{fffd}", "/%EF%BF%BD"));
}

#[test]
fn delays_and_sitemaps() {
    let text = "Sitemap: https://a.example/1.xml\nUser-agent: feedmill\nCrawl-delay: 10\nSitemap: /2.xml\nUser-agent: *\n\
            Crawl-delay: 0.5\nSitemap: https://a.example/3.xml?x#y\nsite-map: https://a.example/1.xml\nSitemap: javascript:x";
    let robots = Robots::parse(text.as_bytes());
    assert_eq!(robots.sitemaps(), ["https://a.example/1.xml", "https://a.example/3.xml?x"]);
    let delay =
        |value: &str| Robots::parse(format!("User-agent: *\nCrawl-delay: {value}").as_bytes()).crawl_delay("feedmill");
    assert_eq!(delay("2"), Some(Duration::from_secs(2)));
    assert_eq!(delay("0.5 # half"), Some(Duration::from_millis(500)));
    assert_eq!(delay("1e300"), Some(LONGEST_DELAY));
    for value in ["0", "-1", "1e-300", "NaN", "soon", ""] {
        assert_eq!(delay(value), None, "{value}");
    }
    assert_eq!(delay("inf"), Some(LONGEST_DELAY));
    assert_eq!(Robots::default().crawl_delay("feedmill"), None);
}

#[test]
fn statuses() {
    let verdicts = [200, 204, 301, 401, 403, 404, 410, 429, 500, 503, 99].map(|status| on_status(Some(status)));
    use Verdict::*;
    assert_eq!(
        verdicts,
        [
            Read,
            Read,
            AllowAll,
            AllowAll,
            AllowAll,
            AllowAll,
            AllowAll,
            DisallowAll,
            DisallowAll,
            DisallowAll,
            DisallowAll
        ]
    );
    assert_eq!(on_status(None), DisallowAll);
}

#[test]
fn hostile_files_are_bounded() {
    let many = format!("User-agent: *\n{}", "Disallow: /*a*a*a*a*a*a*a*a*a*a*b$\n".repeat(20_000));
    let robots = Robots::parse(many.as_bytes());
    assert!(robots.groups[0].rules.len() * 30 < LONGEST);
    assert!(robots.allows("feedmill", &"/a".repeat(2000)));
    let stars = format!("User-agent: *\nDisallow: /{}x", "*".repeat(400_000));
    assert!(!allows(&stars, "/x") && allows(&stars, "/y"));
    // The line that is cut would forbid more than it says.
    let cut = format!("User-agent: *\n{}Disallow: /private", "#\n".repeat(LONGEST / 2 - 15));
    assert!(cut.len() > LONGEST && cut.len() < LONGEST + 20);
    assert!(allows(&cut, "/privacy"));
    let agents = Robots::parse("User-agent: x\n".repeat(30_000).as_bytes());
    assert!(agents.allows("feedmill", "/"));
    let sitemaps: String = (0..5000).map(|n| format!("Sitemap: https://a.example/{n}\n")).collect();
    assert_eq!(Robots::parse(sitemaps.as_bytes()).sitemaps().len(), MOST_SITEMAPS);
    assert!(allows(&"x".repeat(2 * LONGEST), "/"));
}

/// A slow and obvious matcher: `*` is any number of characters.
fn plainly(pattern: &[u8], path: &[u8]) -> bool {
    match pattern {
        [] => true,
        [b'$'] => path.is_empty(),
        [b'*', rest @ ..] => (0..=path.len()).any(|at| plainly(rest, &path[at..])),
        [first, rest @ ..] => path.first() == Some(first) && plainly(rest, &path[1..]),
    }
}

proptest! {
    #[test]
    fn patterns_match_what_they_say(pattern in "/[ab*]{0,8}[$]?", path in "/[ab]{0,10}") {
        prop_assert_eq!(matches(&pattern, &path), plainly(pattern.as_bytes(), path.as_bytes()));
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), path in any::<String>()) {
        let robots = Robots::parse(&[b"User-agent: *\nDisallow: ", &bytes[..]].concat());
        let _ = (robots.allows("feedmill", &path), robots.crawl_delay("feedmill"));
    }

    #[test]
    fn normal_forms_are_final(text in any::<String>()) {
        let once = normal(&text, Side::Path);
        prop_assert_eq!(normal(&once, Side::Path), once);
    }
}
