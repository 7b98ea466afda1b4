use std::path::Path;

use expect_test::{Expect, expect};

use super::*;

fn parse(text: &str) -> Result<Config> {
    Config::parse(Path::new("feedmill.toml"), text)
}

#[track_caller]
fn wrong(text: &str, expected: Expect) {
    let err = parse(text).err().unwrap();
    assert!(err.is_usage(), "{err:?}");
    expected.assert_eq(&err.to_string());
}

#[test]
fn an_empty_file_is_a_configuration() {
    let config = parse("").unwrap();
    assert_eq!(config.feeds, [FeedSpec::default()]);
    assert_eq!(config.site.url, LOCAL_URL);
    assert!(!config.has_url && config.sources.is_empty());
    assert_eq!((config.archive, config.output, config.zone), ("archive".into(), "feeds".into(), Tz::UTC));
}

#[test]
fn paths_start_at_the_file() {
    let config = Config::parse(
        Path::new("a/b/feedmill.toml"),
        "[archive]\npath = \"../store\"\n[output]\npath = \"/srv/feeds\"\n[[source]]\npath = \"in\"",
    )
    .unwrap();
    assert_eq!(config.archive, Path::new("a/b/../store"));
    assert_eq!(config.output, Path::new("/srv/feeds"));
    assert_eq!((&*config.sources[0].path, &*config.root), (Path::new("in"), Path::new("a/b")));
}

#[test]
fn archive_and_feeds_stand_apart() {
    wrong(
        "[output]\npath = \"archive/x/../feeds\"",
        expect![
            "feedmill.toml:2:8: expected directories apart from each other for the archive and the feeds, found one in the other"
        ],
    );
    for path in ["archive", "./archive/", "x/../archive/2023", "."] {
        assert!(parse(&format!("[output]\npath = {path:?}")).is_err(), "{path}");
    }
    assert!(parse("[output]\npath = \"archive2\"").is_ok());
}

#[test]
fn values_reach_the_rooms() {
    let config = parse(
        "\u{feff}[site]\nurl = \"https://example.org/news\"\nauthor = \"Jane Roe <jane@example.org>\"\n\
         authors = [{ name = \"Bo\", uri = \"https://bo.example/\" }]\ntimezone = \"europe/berlin\"\n\
         [[feed]]\nname = \"x\"\nsince = 2024-01-01\nuntil = \"31 December 2024\"\nmax_bytes = \"200 kB\"\nmax_items = 5\n\
         order = \"oldest-first\"\nlanguages = [\"de\"]\n",
    )
    .unwrap();
    assert_eq!(config.site.url, "https://example.org/news/");
    assert_eq!(config.site.authors[0].email.as_deref(), Some("jane@example.org"));
    assert_eq!(config.site.authors[1].uri.as_deref(), Some("https://bo.example/"));
    let feed = &config.feeds[0];
    // Days are whole days of the site's zone: until 31 December means with 31 December.
    assert_eq!(feed.selection.since.unwrap().to_rfc3339(), "2023-12-31T23:00:00+00:00");
    assert_eq!(feed.selection.until.unwrap().to_rfc3339(), "2024-12-31T23:00:00+00:00");
    assert_eq!((feed.max_bytes, feed.max_items, feed.min_items), (200_000, 5, 5));
    assert!(feed.selection.oldest_first);
}

#[test]
fn unknown_keys_are_pointed_at() {
    wrong(
        "[site]\ntitle = \"x\"\nlangauge = \"en\"\n",
        expect![[r#"feedmill.toml:3:1: unknown key "langauge"; did you mean "language"?"#]],
    );
    wrong(
        "[[feed]]\nmax_item = 3\n",
        expect![[r#"feedmill.toml:2:1: unknown key "max_item"; did you mean "max_items"?"#]],
    );
    wrong("[[feeds]]\n", expect![[r#"feedmill.toml:1:3: unknown key "feeds"; did you mean "feed"?"#]]);
    wrong("[archive]\ncolour = 1\n", expect![[r#"feedmill.toml:2:1: unknown key "colour"; the keys here are path"#]]);
    wrong(
        "[site]\nauthor = { name = \"x\", mail = \"y\" }\n",
        expect![[r#"feedmill.toml:2:24: unknown key "mail"; did you mean "email"?"#]],
    );
}

#[test]
fn values_of_the_wrong_kind_are_pointed_at() {
    wrong(
        "[[feed]]\nmax_items = \"ten\"\n",
        expect![[r#"feedmill.toml:2:13: expected a whole number, 0 or more, found string "ten""#]],
    );
    wrong(
        "[[feed]]\nmax_items = -1\n",
        expect!["feedmill.toml:2:13: expected a whole number, 0 or more, found integer `-1`"],
    );
    wrong(
        "[[feed]]\ntags = \"a\"\n",
        expect![[r#"feedmill.toml:2:8: expected a list in square brackets, found string "a""#]],
    );
    wrong(
        "[[source]]\n",
        expect![[r#"feedmill.toml:1:1: expected the key "path" or "url" in this table, found neither"#]],
    );
    wrong("[site]\ntitle = \"unclosed\n", expect![[r#"feedmill.toml:2:18: invalid basic string, expected `"`"#]]);
    wrong(
        "[feed]\nname = \"x\"\n",
        expect![
            "feedmill.toml:1:1: expected a list in square brackets, found a table; this table can be repeated: write its name in double brackets"
        ],
    );
    wrong(
        "[[feed]]\nmax_bytes = \"many\"\n",
        expect![[r#"feedmill.toml:2:13: expected a number of bytes such as 500000 or "500 kB", found "many""#]],
    );
    wrong(
        "[[feed]]\nsince = \"soon\"\n",
        expect![[r#"feedmill.toml:2:9: expected a date such as 2023-07-09, found "soon""#]],
    );
    wrong("[[feed]]\nsince = 3\n", expect!["feedmill.toml:2:9: expected a date, found an integer"]);
}

#[test]
fn values_without_sense_are_pointed_at() {
    wrong(
        "[site]\nurl = \"example.org\"\n",
        expect![[
            r#"feedmill.toml:2:7: expected an address such as "https://example.org/", found "example.org", which names no protocol; did you mean "https://example.org/"?"#
        ]],
    );
    wrong(
        "[site]\nurl = \"localhost:8080\"\n",
        expect![[
            r#"feedmill.toml:2:7: expected an address such as "https://example.org/", found "localhost:8080", which names no protocol; did you mean "https://localhost:8080/"?"#
        ]],
    );
    wrong(
        "[site]\nurl = \"ftp://example.org/\"\n",
        expect![[r#"feedmill.toml:2:7: expected an address such as "https://example.org/", found the protocol "ftp""#]],
    );
    wrong(
        "[site]\nurl = \"https://example.org/?a=1\"\n",
        expect![[
            r#"feedmill.toml:2:7: expected an address like "https://example.org/", found "https://example.org/?a=1" with a query or a fragment"#
        ]],
    );
    wrong(
        "[site]\narticle_url = \"{site}{yaer}/{slug}\"\n",
        expect![
            "feedmill.toml:2:15: expected placeholders out of {site} {year} {short_year} {month} {i_month} {day} {i_day} {y_day} {hour} {minute} {second} {slug} {title_slug} {name} {title} {dir} {path} {categories}, found {yaer}"
        ],
    );
    wrong(
        "[site]\ntimezone = \"Europe/Berlni\"\n",
        expect![[
            r#"feedmill.toml:2:12: expected a time zone such as "Europe/Berlin", found "Europe/Berlni"; did you mean "Europe/Berlin"?"#
        ]],
    );
    wrong(
        "[site]\ntimezone = \"new york\"\n",
        expect![[
            r#"feedmill.toml:2:12: expected a time zone such as "Europe/Berlin", found "new york"; did you mean "America/New_York"?"#
        ]],
    );
    wrong(
        "[site]\ntimezone = \"Mars\"\n",
        expect![[
            r#"feedmill.toml:2:12: expected a time zone such as "Europe/Berlin", found "Mars"; the names are those of the IANA time zone database"#
        ]],
    );
    wrong(
        "[site]\nlanguage = \"en_GB\"\n",
        expect![[
            r#"feedmill.toml:2:12: expected a language tag such as "en" or "pt-BR", found "en_GB"; did you mean "en-GB"?"#
        ]],
    );
    wrong(
        "[archive]\npath = \"\"\n",
        expect![[r#"feedmill.toml:2:8: expected a directory such as "archive", found an empty path"#]],
    );
    wrong(
        "[[source]]\npath = \"x\"\nundated = \"skp\"\n",
        expect![[
            r#"feedmill.toml:3:11: expected "report", "skip", "mtime" or "fail", found "skp"; did you mean "skip"?"#
        ]],
    );
    wrong(
        "[[source]]\npath = \"x\"\nformat = \"markdwon\"\n",
        expect![[
            r#"feedmill.toml:3:10: expected "feed", "json", "mail", "sgml", "table", "html", "asciidoc", "org", "rst", "markdown" or "text", found "markdwon"; did you mean "markdown"?"#
        ]],
    );
    wrong(
        "[[source]]\npath = \"x\"\ninclude = [\"**/*.{txt\"]\n",
        expect![[
            r#"feedmill.toml:3:12: expected a glob such as "**/*.md", found unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)"#
        ]],
    );
    wrong(
        "[[feed]]\nname = \"../etc\"\n",
        expect![[
            r#"feedmill.toml:2:8: expected a name like "culture" or "desks/culture", found "..", which begins with a dot"#
        ]],
    );
    wrong(
        "[[feed]]\nname = \"atom.xml\"\n",
        expect![[r#"feedmill.toml:2:8: expected another name: the feed at the top writes a file "atom.xml""#]],
    );
    wrong(
        "[[feed]]\nname = \"\"\n",
        expect!["feedmill.toml:2:8: expected a name, found an empty one; leave the key out for the feed at the top"],
    );
    wrong(
        "[[feed]]\nname = \"a\"\n\n[[feed]]\nname = \"A\"\n",
        expect![[
            r#"feedmill.toml:4:1: there are two feeds of the name "a"; give each [[feed]] a name of its own; one may have none and stands at the top"#
        ]],
    );
    wrong(
        "[[feed]]\n[[feed]]\n",
        expect![[
            r#"feedmill.toml:2:1: there are two feeds of the name "(top)"; give each [[feed]] a name of its own; one may have none and stands at the top"#
        ]],
    );
    wrong(
        "[[feed]]\nmin_items = 20\nmax_items = 10\n",
        expect!["feedmill.toml:2:13: expected at most max_items = 10, found 20"],
    );
    wrong("[[feed]]\nmax_items = 0\n", expect!["feedmill.toml:2:13: expected at least 1 item, found a limit of 0"]);
    wrong(
        "[[feed]]\nsince = 2024-02-01\nuntil = 2024-01-01\n",
        expect![
            "feedmill.toml:3:9: expected since to be earlier than until, found 2024-02-01 00:00:00 UTC and 2024-01-02 00:00:00 UTC"
        ],
    );
}
