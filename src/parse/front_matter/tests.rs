//! One case a container and a habit, then hostile ones.

use serde_json::{Map, Value, json};

use super::{Container, entries_of, split};

/// The container, the entries as one object, and the body.
fn read(text: &str) -> (Container, Value, &str) {
    let front = split(text).unwrap_or_else(|| panic!("no front matter in {text:?}"));
    (front.container, Value::Object(front.entries.into_iter().collect::<Map<_, _>>()), front.body)
}

#[track_caller]
fn check(text: &str, container: Container, entries: Value, body: &str) {
    assert_eq!(read(text), (container, entries, body));
}

#[test]
fn yaml() {
    let entries = json!({"title": "Low tide", "date": "2020-05-01", "tags": ["a", "b"]});
    for text in [
        "---\ntitle: Low tide\ndate: 2020-05-01\ntags: [a, b]\n---\nBody\n",
        "\u{feff}---\ntitle: Low tide\ndate: 2020-05-01\ntags:\n- a\n- b\n...\n\nBody\n",
        "\n\n---  \n# a comment\ntitle: 'Low tide'\ndate: 2020-05-01\ntags:\n  - a\n  - b\n---\n\n\nBody\n",
    ] {
        check(text, Container::Yaml, entries.clone(), "Body\n");
    }
    check("---\n---\nBody", Container::Yaml, json!({}), "Body");
    check("---\ntitle: Alone\n---", Container::Yaml, json!({"title": "Alone"}), "");
    check("---\ntitle: Alone\n---\n    code", Container::Yaml, json!({"title": "Alone"}), "    code");
}

#[test]
fn yaml_scalars_keep_their_text() {
    let (_, entries, _) =
        read("---\ntitle: 1.10\ndate: 20160229 # leap\nid: 007\nweight: 20\ndraft: true\nx: !ref y\n---\n");
    assert_eq!(
        entries,
        json!({"title": "1.10", "date": "20160229", "id": "007", "weight": 20, "draft": true, "x": "y"})
    );
}

#[test]
fn yaml_lists_of_words_keep_their_spelling() {
    for list in ["[3.10, 1e3, 0x1F, true, .5, 007, a, ~]", "\n- 3.10\n- 1e3\n- 0x1F\n- true\n- .5\n- 007\n- a\n- ~"] {
        let (_, entries, _) = read(&format!("---\ntags: {list}\nsizes: [1.50, true]\n---\n"));
        let words = json!(["3.10", "1e3", "0x1F", "true", ".5", "007", "a", null]);
        assert_eq!(entries, json!({"tags": words, "sizes": [1.5, true]}), "{list}");
    }
    let (_, entries, _) = read("---\ntags: 3.10\ncategories: [1.10, {name: x}]\n---\n");
    assert_eq!(entries, json!({"tags": "3.10", "categories": [1.1, {"name": "x"}]}));
}

#[test]
fn yaml_that_strict_readers_refuse() {
    check("---\ntitle: One\ntitle: Two\n---\nB", Container::Yaml, json!({"title": "Two"}), "B");
    check("---\ntitle: foo: bar\nby: @jane\n---\nB", Container::Yaml, json!({"title": "foo: bar", "by": "@jane"}), "B");
    check(
        "---\ntitle: \"A long\ntitle over lines\"\ndate: 2020-05-01\nx: %y\n---\nB",
        Container::Yaml,
        json!({"title": "A long title over lines", "date": "2020-05-01", "x": "%y"}),
        "B",
    );
    check("---\ntitle:\tTabbed: so\n\ttags:\n---\nB", Container::Yaml, json!({"title": "Tabbed: so tags:"}), "B");
    check(
        "---\ntitle: \"Unclosed\ndate: 2020-05-01\ntags: [a, 'b, c'\nlist:\n- x: 1\n  y: 2\n- z\n---\nB",
        Container::Yaml,
        json!({"title": "Unclosed", "date": "2020-05-01", "tags": "[a, 'b, c'", "list": [{"x": "1", "y": "2"}, "z"]}),
        "B",
    );
    check(
        "---\ntitle: Never: closed\ndate: 2020-05-01\ntags:\n  - a\n\nBody: not a key of it\n",
        Container::Yaml,
        json!({"title": "Never: closed", "date": "2020-05-01", "tags": ["a"]}),
        "Body: not a key of it\n",
    );
    check(
        "---\nsummary: >\n  Two lines\n  of: it\nbad: : x\nquote: 'It''s' # so\n---\nB",
        Container::Yaml,
        json!({"summary": "Two lines of: it", "bad": ": x", "quote": "It's"}),
        "B",
    );
}

#[test]
fn other_fences() {
    check(
        "+++\ntitle = \"Low\"\ndate = 2020-05-01T10:00:00Z\n[taxonomies]\ntags = [\"a\"]\n+++\n\nB",
        Container::Toml,
        json!({"title": "Low", "date": "2020-05-01T10:00:00Z", "taxonomies": {"tags": ["a"]}}),
        "B",
    );
    check(
        "+++\ntitle = Low tide\ndate = \"2020-05-01\"\n[extra]\nx = 1\n+++\nB",
        Container::Toml,
        json!({"title": "Low tide", "date": "2020-05-01", "extra": {"x": 1}}),
        "B",
    );
    check("{\"title\": \"Low\"}\n\nB", Container::Json, json!({"title": "Low"}), "B");
    check(";;;\n\"title\": \"Low\"\n;;;\nB", Container::Json, json!({"title": "Low"}), "B");
}

#[test]
fn line_containers() {
    check(
        ".. title: Low\n.. slug: low\n.. date: 2020-05-01 10:00\n.. link:\n\nB\n\n.. image:: x.png\n",
        Container::Nikola,
        json!({"title": "Low", "slug": "low", "date": "2020-05-01 10:00", "link": ""}),
        "B\n\n.. image:: x.png\n",
    );
    check(
        "<!--\n.. title: Low\n.. date: 2020-05-01\n-->\n\nB",
        Container::Nikola,
        json!({"title": "Low", "date": "2020-05-01"}),
        "B",
    );
    check(
        "<!--\ntitle: Low\ndate: 2020-05-01\n-->\nB",
        Container::Yaml,
        json!({"title": "Low", "date": "2020-05-01"}),
        "B",
    );
    check(
        "Title: Low tide\nDate: 2020-05-01 10:00\nAuthors: A. Reed,\n  B. Shaw\n\nNote: prose\n",
        Container::Headers,
        json!({"Title": "Low tide", "Date": "2020-05-01 10:00", "Authors": "A. Reed, B. Shaw"}),
        "Note: prose\n",
    );
    check("Posted: 2020-05-01\nIt rained.\n", Container::Headers, json!({"Posted": "2020-05-01"}), "It rained.\n");
    check("title: Low\ntags:\n- a\n---\nB", Container::Yaml, json!({"title": "Low", "tags": ["a"]}), "B");
    check(
        "#+TITLE: Low\n#+date: <2018-11-14 Wed>\n#+OPTIONS: toc:nil\n\n* Head\n",
        Container::Org,
        json!({"TITLE": "Low", "date": "2018-11-14 Wed", "OPTIONS": "toc:nil"}),
        "* Head\n",
    );
    check(
        "% Low tide\n% A. Reed\n  B. Shaw\n% 1 May 2020\n\nB",
        Container::Pandoc,
        json!({"title": "Low tide", "author": "A. Reed; B. Shaw", "date": "1 May 2020"}),
        "B",
    );
    check(
        "Low tide\n########\n\n:date: 2020-05-01\n:tags: a, b\n\nB",
        Container::Fields,
        json!({"title": "Low tide", "date": "2020-05-01", "tags": "a, b"}),
        "B",
    );
}

#[test]
fn mdx() {
    check(
        "import x from 'y'\n\nexport const meta = {\n  title: 'Low: tide',\n  date: \"2020-05-01\",\n  tags: ['a', 'b'],\n}\n\n# B",
        Container::Mdx,
        json!({"title": "Low: tide", "date": "2020-05-01", "tags": ["a", "b"]}),
        "# B",
    );
    for text in ["import x from 'y'\n\n# B", "export const meta = {\n title: 'x'\n", "export const x = {\n}\n"] {
        assert!(split(text).is_none(), "{text}");
    }
}

#[test]
fn asciidoc() {
    check(
        "// a comment\n= Low tide\nAda Reed <ada@example.org>\nv1.0, 2014-01-01\n:page-tags: a, b\n:!toc:\n\nB",
        Container::AsciiDoc,
        json!({"title": "Low tide", "author": "Ada Reed <ada@example.org>", "revdate": "2014-01-01",
               "page-tags": "a, b", "toc": ""}),
        "B",
    );
    check(
        "= Low tide\n2014-01-01\n\nB",
        Container::AsciiDoc,
        json!({"title": "Low tide", "revdate": "2014-01-01"}),
        "B",
    );
    check("= Low tide\n\nAda went.", Container::AsciiDoc, json!({"title": "Low tide"}), "Ada went.");
}

#[test]
fn text_that_only_looks_like_front_matter() {
    for text in [
        "---\n\nA rule opens this text.\n\n---\n\nMore.\n",
        "Note: it rained.\n\nMore.",
        "https://example.org/a: a link",
        "He said: no.\n",
        ".. image:: x.png\n",
        ".. _target: x\n",
        "<!-- a comment -->\nText",
        "{% include x %}\nText",
        "{not json}\nText",
        "#+begin_src: x\n",
        "10:30 the ship came.\n",
        "+++",
        "---",
        "%",
        "",
        "\n\n",
    ] {
        assert!(split(text).is_none(), "{text:?}");
    }
}

#[test]
fn sidecars_in_any_container() {
    let expected = vec![("title".to_owned(), json!("Low")), ("date".to_owned(), json!("2020-05-01"))];
    for text in [
        ".. title: Low\n.. date: 2020-05-01\n",
        "title: Low\ndate: 2020-05-01\n",
        "---\ntitle: Low\ndate: 2020-05-01\n---\n",
    ] {
        assert_eq!(entries_of(text), expected, "{text}");
    }
}

#[test]
fn hostile_blocks_are_read_in_bounded_time_and_memory() {
    let started = std::time::Instant::now();
    let mut laughs = String::from("---\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let before = format!("*a{}", level - 1);
        laughs += &format!("a{level}: &a{level} [{}]\n", [before.as_str(); 9].join(", "));
    }
    laughs += "title: Survives\n---\nBody";
    assert!(split(&laughs).is_some_and(|front| front.entries.iter().any(|(_, value)| *value == json!("Survives"))));
    for deep in [
        format!("---\ntitle: x\na: {}\n---\n", "[".repeat(100_000)),
        format!("---\ntitle: x\na: {}{}\n---\n", "[".repeat(100_000), "]".repeat(100_000)),
        format!("---\ntitle: x\na:\n{}\n---\n", "- ".repeat(50_000)),
        format!("---\ntitle: x\na: {}\n---\n", "{b: ".repeat(60_000)),
        format!("---\ntitle: x\n{}\n---\n", "? ".repeat(50_000)),
        format!("---\ntitle: x\na: {}\n", "&a *a ".repeat(50_000)),
        format!("+++\ntitle = 'x'\na = {}\n+++\n", "[".repeat(100_000)),
        format!("+++\ntitle = 'x'\n{} = 1\n+++\n", ["a"; 50_000].join(".")),
        format!("+++\ntitle = 'x'\n[{}]\n+++\n", ["a"; 50_000].join(".")),
        format!("---\n{}---\n", (0..20_000).map(|n| format!("k{n}: \"x\n")).collect::<String>()),
        format!("---\n{}---\n", "title: 'x\n".repeat(20_000)),
    ] {
        assert!(split(&deep).is_some(), "{}", &deep[..40]);
    }
    split(&format!("{{\"a\":{}", "[".repeat(100_000)));
    split(&format!("Title: {}", "x:".repeat(500_000)));
    split(&"= x\n".repeat(100_000));
    // Generous, for slow machines; what this guards against takes minutes.
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}
