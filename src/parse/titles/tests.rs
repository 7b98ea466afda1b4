//! Cases.

use super::*;

fn prose(text: &str) -> String {
    of_prose(text).map_or_else(String::new, |title| title.text)
}

#[test]
fn sentences() {
    assert_eq!(prose("The ferry sank\nnear the pier. Nobody was hurt."), "The ferry sank near the pier");
    assert_eq!(prose("Who sank it? Nobody knows."), "Who sank it?");
    assert_eq!(prose("Shr loss six cts\n    Net loss 166,000\n"), "Shr loss six cts");
    assert_eq!(prose("PORT ELLEN, May 4 (Coast News) - The ferry sank."), "The ferry sank");
    assert_eq!(prose("Two boats - both red - sank."), "Two boats - both red - sank");
    assert_eq!(prose("\n\n"), "");
    assert_eq!(prose("***"), "");
    let long = prose(&"harbour ".repeat(100));
    assert!(long.chars().count() <= 120 && long.ends_with('…'), "{long}");
    assert!(prose(&"é".repeat(100_000)).chars().count() <= 120);
}

#[test]
fn headings() {
    let title = |text: &str| of_markup(text).map(|title| (title.source, title.text)).unwrap();
    let heading = |text: &str| (TitleSource::Heading, text.to_owned());
    assert_eq!(title("Intro.\n\n## Second\n\n# *First* one #\n"), heading("First one"));
    assert_eq!(title("Low tide\n========\n\nText"), heading("Low tide"));
    assert_eq!(title("```\n# code\n```\n\n## After {#x}\n"), heading("After"));
    assert_eq!(title("<h1 class='x'>A &amp; B</h1>\nText"), heading("A & B"));
    assert_eq!(title("== Part\ntext"), heading("Part"));
    let sentence = |text: &str| (TitleSource::FirstSentence, text.to_owned());
    assert_eq!(title("{{ page.title }}\n================\n\nThe **ferry** sank. It did."), sentence("The ferry sank"));
    assert_eq!(title("![map](a.png)\n\n#harbour is a tag. Yes."), sentence("#harbour is a tag"));
    assert_eq!(title("A list:\n- one\n---\n"), sentence("A list: - one ---"));
    assert!(of_markup("```\nnever closed\n# x").is_none());
}

#[test]
fn html() {
    let title = |text: &str| of_html(text).map(|title| title.text);
    assert_eq!(title("<p>Intro</p><h2>Two</h2><h1>O<b>n</b>e</h1>").as_deref(), Some("One"));
    assert_eq!(title("<div><p>It rained. Much.</p></div>").as_deref(), Some("It rained"));
    assert_eq!(title("<h1>never closed"), Some("never closed".to_owned()));
    assert_eq!(title("<h1>{{ page.title }}</h1>"), None);
}

#[test]
fn file_names() {
    for (name, expected) in [
        ("news/2016-02-01-low_tide-again.md", "Low tide again"),
        ("low-tide/index.html.erb", "Low tide"),
        ("2016-02-01.md", "2016-02-01"),
        ("2016/02/01/v1.2-notes.md", "V1.2 notes"),
        ("20160201_120000 harbour.txt", "Harbour"),
        ("3-ways-home.md", "3 ways home"),
        ("https://example.org/posts/low-tide/?x=1#y", "Low tide"),
        ("ébauche.txt", "Ébauche"),
        ("", "Untitled"),
        ("---", "---"),
    ] {
        assert_eq!(of_name(name).text, expected, "{name}");
    }
}

#[test]
fn headlines_and_bylines() {
    for line in ["Efforts to mend the pier", "Who sank the ferry?", "4TH QTR NET"] {
        assert!(is_headline(line), "{line}");
    }
    for line in ["It sank.", "By Ada Reed", "- a point", "1987", "", "What follows:"] {
        assert!(!is_headline(line), "{line}");
    }
    assert!(is_byline("BY ADA REED") && is_byline("von Ada Reed") && !is_byline("By the sea it rained."));
}
