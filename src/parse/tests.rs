//! The choice of a parser, and what every parser must bear.

use proptest::prelude::*;

use super::*;

/// What a parser makes of a document: articles, errors of items, and the verdict on the whole.
pub(super) fn parsed_all(format: &str, name: &str, bytes: &[u8]) -> (Vec<Article>, Vec<Error>, Result<()>) {
    let mut doc = Document::from_bytes(name, name, bytes.to_vec());
    let (mut articles, mut errors) = (Vec::new(), Vec::new());
    let parser = by_name(format).unwrap();
    let whole = parser.parse(&mut doc, &mut |article| match article {
        Ok(article) => articles.push(article),
        Err(err) => errors.push(err),
    });
    (articles, errors, whole)
}

/// The articles of a document that has no errors.
#[track_caller]
pub(super) fn parsed(format: &str, name: &str, bytes: &[u8]) -> Vec<Article> {
    let (articles, errors, whole) = parsed_all(format, name, bytes);
    whole.unwrap();
    assert!(errors.is_empty(), "{errors:?}");
    articles
}

fn chosen(name: &str, bytes: &[u8]) -> String {
    let doc = Document::from_bytes(name, name, bytes.to_vec());
    choose(&doc).map_or_else(|err| err.message().to_owned(), |parser| parser.name().to_owned())
}

#[test]
fn content_beats_name_and_name_beats_the_fallback() {
    for (name, text, format) in [
        ("a.txt", "It rained.", "text"),
        ("a", "It rained.", "text"),
        ("news.001", "It rained.", "text"),
        ("a.md", "It rained.", "markdown"),
        ("a.md", " date 2020-05-01 It rained.", "text"),
        ("a.txt", "---\ntitle: x\n---\n", "markdown"),
        ("a.html", "---\ntitle: x\n---\n<p>x</p>", "markdown"),
        ("a.html.erb", "---\ntitle: x\n---\n<p>x</p>", "markdown"),
        ("a.txt", "---\n\nA rule\n", "text"),
        ("a", "+++\ntitle = 'x'\n+++\n", "markdown"),
        ("a", ".. title: x\n", "markdown"),
        ("a.md", "{\"title\": \"x\"}\n\nText", "markdown"),
        ("a", "{\"title\": \"x\"}\n\nText", "markdown"),
        ("a", "{\"title\": \"x\"}\n{\"title\": \"y\"}", "json"),
        ("a", "\u{feff} [{\"title\": \"x\"}]", "json"),
        ("a.txt", "[London] It rained.", "text"),
        ("a.md", "[link](x) It rained.", "markdown"),
        ("a.json", "{\"title\": \"x\"}", "json"),
        ("a.jsonl", "", "expected an article, found an empty file"),
    ] {
        assert_eq!(chosen(name, text.as_bytes()), format, "{name} {text:?}");
    }
    let mut doc = Document::from_bytes("x", "x", b"It rained".to_vec());
    doc.media_type = Some("text/markdown; charset=utf-8".into());
    assert_eq!(choose(&doc).unwrap().name(), "markdown");
}

#[test]
fn other_formats_are_refused_by_name() {
    for (name, text, found) in [
        ("a", "<?xml version='1.0'?><urlset>", "an XML document"),
        ("a", "%PDF-1.4", "a PDF document"),
        ("a.css", "p { color: red }", "a style sheet"),
        ("_config.yml", "title: x", "a configuration file"),
    ] {
        let message = chosen(name, text.as_bytes());
        assert_eq!(message, format!("expected text, Markdown or JSON, found {found}"), "{name} {text:?}");
    }
    assert_eq!(chosen("a.txt", b"From the sea it came at 10:30.\n"), "text");
}

#[test]
fn empty_and_binary_documents_are_not_text() {
    for format in ["text", "markdown", "json"] {
        for bytes in [&b""[..], b" \n\t\n", b"\xef\xbb\xbf"] {
            let (articles, _, whole) = parsed_all(format, "a", bytes);
            assert!(articles.is_empty() && whole.unwrap_err().is_not_text(), "{format} {bytes:?}");
        }
    }
    let binary: Vec<u8> = (0..2000u32).map(|n| (n.wrapping_mul(2654435761) >> 24) as u8).collect();
    assert!(parsed_all("text", "a", &binary).2.unwrap_err().is_not_text());
}

#[test]
fn encodings_and_line_ends() {
    let wide: Vec<u8> = std::iter::once(0xfeff)
        .chain("date 2020-05-01 Tide é.\r\n".encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(parsed("text", "a", &wide)[0].body.text, "Tide é.\n");
    assert_eq!(chosen("a", &wide), "text");
    let latin = b"date 2020-05-01 Le caf\xe9 du port a ferm\xe9 ses portes \xe0 midi.\rFin.";
    assert_eq!(parsed("text", "a", latin)[0].body.text, "Le café du port a fermé ses portes à midi.\nFin.");
}

#[test]
fn huge_lines_take_linear_time() {
    let started = std::time::Instant::now();
    for piece in [
        "x",
        "é ",
        "[",
        "*",
        "_a",
        "`",
        "<b",
        "&",
        "[](",
        "</",
        "date 2020-05-01 ",
        "# ",
        "--- ",
        "a: ",
        "\\",
        "![",
        "- ",
        "<h1>",
    ] {
        let text = piece.repeat((1 << 18) / piece.len());
        for format in ["text", "markdown", "json"] {
            let _ = parsed_all(format, "a", text.as_bytes());
            let _ = parsed_all(format, "a", format!("---\ntitle: {text}\n---\n{text}").as_bytes());
            let _ = parsed_all(format, "a", text.replace(' ', "\n").as_bytes());
        }
        let object = serde_json::json!({"title": text, "content_html": text, "tags": text, "author": text});
        let _ = parsed_all("json", "a", object.to_string().as_bytes());
    }
    // Generous, for slow machines; what this guards against takes hours.
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn says_where_it_looked() {
    let article = parsed("markdown", "a.md", b"---\nlayout: x\n---\nText").remove(0);
    let looked = looked_at(&article, "a.md");
    assert!(looked.contains("layout") && looked.contains("\"a.md\"") && looked.contains("first lines"), "{looked}");
    let article = parsed("markdown", "a.md", b"---\ndate: soon\n---\nText").remove(0);
    assert!(looked_at(&article, "a.md").contains("date cannot be read"));
}

/// Text that is made of what parsers look for.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("---\n"),
        Just("+++\n"),
        Just("\n"),
        Just("\n\n"),
        Just("title: "),
        Just("date: 2020-05-01\n"),
        Just("date "),
        Just("= x\n"),
        Just(":k: v\n"),
        Just(".. k: v\n"),
        Just("#+k: v\n"),
        Just("% x\n"),
        Just("<!--"),
        Just("-->"),
        Just("{\"title\":\""),
        Just("\"}"),
        Just("{"),
        Just("}"),
        Just("["),
        Just("]"),
        Just("- "),
        Just("  "),
        Just("\t"),
        Just("'"),
        Just("\""),
        Just("|"),
        Just(">"),
        Just("&a "),
        Just("*a"),
        Just("é"),
        Just("日"),
        Just("\u{feff}"),
        Just("\0"),
        Just("\r\n"),
        Just("<h1>"),
        Just("</h1>"),
        Just("](x)"),
        Just("```"),
        Just("==="),
        Just(":"),
        Just("By Ada\n"),
        Just("9 July 2023"),
        Just("author: A, B\n"),
        Just("# "),
        Just("\\ud83d"),
        Just("<b>"),
        Just("&amp;"),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_bytes_make_a_parser_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), name in "[a-z0-9/._-]{0,20}") {
        let _ = chosen(&name, &bytes);
        for parser in PARSERS {
            let _ = parsed_all(parser.name(), &name, &bytes);
        }
    }

    #[test]
    fn no_soup_makes_a_parser_panic(text in soup(), name in "\\PC{0,12}\\.(md|txt|json|adoc|html)") {
        let _ = chosen(&name, text.as_bytes());
        for parser in PARSERS {
            let (articles, _, _) = parsed_all(parser.name(), &name, text.as_bytes());
            for article in articles {
                prop_assert!(!article.title.text.is_empty());
                prop_assert!(!article.title.text.contains('\n'));
                prop_assert!(!article.body.text.contains('\r'));
            }
        }
    }
}
