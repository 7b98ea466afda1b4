//! Cases.

use std::io::Read;

use serde_json::json;

use super::*;
use crate::article::{BodyKind, Title, TitleSource};
use crate::parse::tests::{parsed, parsed_all};

fn titles(name: &str, text: &str) -> Vec<String> {
    parsed("json", name, text.as_bytes()).into_iter().map(|article| article.title.text).collect()
}

#[test]
fn one_object() {
    let text = r#"{"headline": "Low tide", "datePublished": "2020-05-01T10:00:00Z", "id": 7, "author": {"name": "Ada"},
        "content": "<p>It rained.</p>", "url": "https://example.org/a", "keywords": ["x"], "n": 1}"#;
    let article = parsed("json", "a.json", text.as_bytes()).remove(0);
    assert_eq!((article.title.text.as_str(), article.fragment.as_str()), ("Low tide", ""));
    assert_eq!(article.body.kind, BodyKind::Html);
    assert_eq!(article.date.unwrap().chosen.value.to_string(), "2020-05-01T10:00:00Z");
    assert_eq!((article.authors[0].name.as_str(), article.tags[0].as_str()), ("Ada", "x"));
    assert_eq!(serde_json::Value::Object(article.extra), json!({"id": 7, "n": 1}));
}

#[test]
fn shapes_that_hold_many() {
    let expected = ["A", "B"];
    for (name, text) in [
        ("a.json", r#"[{"title":"A"},{"title":"B"}]"#),
        ("a.json", "{\"title\":\"A\"}\n\n{\"title\":\"B\"}\n"),
        ("a.json", "{\n\"title\":\"A\"}{\n\"title\":\"B\"}"),
        ("a.jsonl", "\n{\"title\":\"A\"}\r\n{\"title\":\"B\"}"),
        ("a.jsonl", "[\n{\"title\":\"A\"},\n{\"title\":\"B\"}\n]"),
        ("a.json", "\u{1e}{\"title\":\"A\"}\n\u{1e}{\"title\":\"B\"}\n"),
        ("a.json", r#"{"articles":[{"title":"A"},{"title":"B"}],"total":2}"#),
        ("a.json", r#"{"status":"ok","response":{"results":[{"title":"A"},{"title":"B"}]}}"#),
        (
            "a.json",
            r#"{"kind":"Listing","data":{"children":[{"kind":"t3","data":{"title":"A"}},{"data":{"title":"B"}}]}}"#,
        ),
        ("a.json", r#"{"data":{"posts":{"edges":[{"node":{"title":"A"}},{"node":{"title":"B"}}]}}}"#),
        ("a.json", r#"{"hits":{"total":2,"hits":[{"_id":"1","_source":{"title":"A"}},{"_source":{"title":"B"}}]}}"#),
        ("a.json", r#"{"x":{"title":"A"},"y":{"title":"B"}}"#),
        (
            "a.json",
            r#"{"title":"Feed","version":"https://jsonfeed.org/version/1.1","items":[{"title":"A"},{"title":"B"}]}"#,
        ),
    ] {
        assert_eq!(titles(name, text), expected, "{text}");
    }
    assert!(titles("a.json", r#"{"articles":[]}"#).is_empty());
    assert_eq!(titles("a.json", r#"{"title":"A","body":"x","items":[{"title":"B"}]}"#), ["A"]);
    assert_eq!(titles("a.json", r#"{"title":"A","content":["One.","Two."]}"#), ["A"]);
}

#[test]
fn json_feed() {
    let text = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Harbour",
        "home_page_url": "https://example.org/", "feed_url": "https://example.org/feed.json",
        "next_url": "https://example.org/feed.json?page=2", "items": [
        {"id": "https://example.org/1", "content_text": "It rained. Much.", "content_html": "<p>It rained. Much.</p>",
         "date_published": "2020-05-01T10:00:00+02:00", "date_modified": "2020-05-02T10:00:00+02:00",
         "url": "https://example.org/2020/1", "external_url": "https://other.example/", "summary": "Rain.",
         "image": "https://example.org/1.jpg", "banner_image": "https://example.org/b.jpg", "tags": ["Sea"],
         "attachments": [{"url": "https://example.org/1.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 9,
           "duration_in_seconds": 60}]},
        {"id": "2", "title": "Two", "content_text": "x", "authors": [{"name": "Ben", "url": "https://ben.example/"}],
         "language": "fr"}],
        "authors": [{"name": "Ada"}], "language": "en"}"#;
    let articles = parsed("json", "feed.json", text.as_bytes());
    let [first, second] = &articles[..] else { panic!("{articles:?}") };
    assert_eq!(first.id.as_deref(), Some("https://example.org/1"));
    assert_eq!(first.title, Title { text: "It rained".into(), source: TitleSource::FirstSentence });
    assert_eq!((first.authors[0].name.as_str(), first.language.as_deref()), ("Ada", Some("en")));
    assert_eq!((first.body.kind, first.summary.as_deref()), (BodyKind::Html, Some("Rain.")));
    assert_eq!(
        (first.url.as_deref(), first.image.as_deref()),
        (Some("https://example.org/2020/1"), Some("https://example.org/1.jpg"))
    );
    assert_eq!(
        (first.tags[0].as_str(), first.updated.unwrap().to_rfc3339().as_str()),
        ("Sea", "2020-05-02T10:00:00+02:00")
    );
    let file = &first.enclosures[0];
    assert_eq!(
        (file.url.as_str(), file.media_type.as_deref(), file.length),
        ("https://example.org/1.mp3", Some("audio/mpeg"), Some(9))
    );
    let feed = json!({"title": "Harbour", "url": "https://example.org/", "self": "https://example.org/feed.json"});
    assert_eq!((&first.extra["feed"], &first.extra["external_url"]), (&feed, &json!("https://other.example/")));
    assert_eq!((second.id.as_deref(), second.fragment.as_str(), &second.extra["feed"]), (None, "2", &feed));
    assert_eq!(
        (second.authors[0].uri.as_deref(), second.language.as_deref()),
        (Some("https://ben.example/"), Some("fr"))
    );
}

/// The shapes of programs that many people use, in small.
#[test]
fn items_of_well_known_programs() {
    let read = |text: &str| {
        let article = parsed("json", "a.json", text.as_bytes()).remove(0);
        let date = article.date.as_ref().map_or_else(String::new, |date| date.chosen.value.to_string());
        (article.title.text.clone(), date, article)
    };
    let (title, date, article) = read(
        r#"[{"id": 1, "date": "2020-01-01T10:00:00", "guid": {"rendered": "https://example.org/?p=1"}, "tags": [4, 5],
            "title": {"rendered": "A &#8211; B"}, "content": {"rendered": "<p>x</p>"}, "excerpt": {"rendered": "<p>e</p>"}}]"#,
    );
    assert_eq!(
        (title.as_str(), date.as_str(), article.summary.as_deref()),
        ("A – B", "2020-01-01T10:00:00", Some("e"))
    );
    assert_eq!((article.id.as_deref(), article.tags.len()), (Some("https://example.org/?p=1"), 0));
    let (title, date, article) = read(
        r#"{"response": {"results": [{"id": "w/1", "webTitle": "T", "webPublicationDate": "2020-04-04T00:00:00Z",
            "webUrl": "https://example.org/1", "fields": {"bodyText": "Body.", "byline": "Ada"}}]}}"#,
    );
    assert_eq!((title.as_str(), date.as_str()), ("T", "2020-04-04T00:00:00Z"));
    assert_eq!((article.url.as_deref(), article.body.text.as_str()), (Some("https://example.org/1"), "Body."));
    let (title, date, article) = read(
        r#"{"response": {"docs": [{"headline": {"main": "T"}, "pub_date": "2020-03-03", "lead_paragraph": "Lead.",
            "byline": {"original": "By Ada Reed and Ben Shaw"}, "keywords": [{"name": "subject", "value": "Sea"}]}]}}"#,
    );
    assert_eq!((title.as_str(), date.as_str(), article.authors.len()), ("T", "2020-03-03", 2));
    assert_eq!(article.tags, ["Sea"]);
    let (title, date, article) = read(r#"{"title": "T", "time": 1175714200, "by": "ada", "text": "x"}"#);
    assert_eq!((title.as_str(), date.as_str(), article.authors[0].name.as_str()), ("T", "2007-04-04T19:16:40Z", "ada"));
    let (title, date, _) = read(
        r#"{"db": [{"data": {"posts": [{"title": "T", "html": "<p>x</p>", "published_at": "2020-02-02T00:00:00.000Z"}]}}]}"#,
    );
    assert_eq!((title.as_str(), date.as_str()), ("T", "2020-02-02T00:00:00Z"));
}

#[test]
fn fragments_never_depend_on_the_position() {
    let fragments = |text: &str| -> Vec<String> {
        parsed("json", "a.json", text.as_bytes()).into_iter().map(|article| article.fragment).collect()
    };
    let found =
        fragments(r#"[{"title":"A","n":1},{"title":"B","url":"https://example.org/b"},{"title":"C","id":"c"}]"#);
    assert!(found[0].starts_with("sha256:") && found[0].len() == 23, "{found:?}");
    assert_eq!(found[1..], ["https://example.org/b", "c"]);
    assert_eq!(fragments(r#"[{"x":1,"title":"Z"},{"n":1, "title":"A"}]"#)[1], found[0]);
}

#[test]
fn bodies_by_key_and_by_look() {
    let body = |text: &str| parsed("json", "a.json", text.as_bytes()).remove(0).body;
    assert_eq!(body(r#"{"title":"a","text":"One.\r\n\r\nTwo <3 you."}"#).kind, BodyKind::Text);
    assert_eq!(body(r#"{"title":"a","text":"One.\r\n\r\nTwo."}"#).text, "One.\n\nTwo.");
    assert_eq!(body(r#"{"title":"a","body":"See [x](y)."}"#).kind, BodyKind::Markdown);
    assert_eq!(body(r#"{"title":"a","body":"<p>x</p>"}"#).kind, BodyKind::Html);
    assert_eq!(body(r#"{"title":"a","body":"x","format":"markdown"}"#).kind, BodyKind::Markdown);
    assert_eq!(body(r#"{"title":"a","content":{"rendered":"x"}}"#).kind, BodyKind::Html);
    let only_summary = parsed("json", "a.json", br#"{"title":"a","description":"Short."}"#).remove(0);
    assert_eq!((only_summary.body.text.as_str(), only_summary.summary), ("Short.", None));
}

#[test]
fn bad_lines_are_named_and_the_others_read() {
    let text = "{\"title\":\"A\"}\n{\"title\":\n7\n{\"x\":1}\n{\"title\":\"\\ud83d half\"}\n{\"title\":\"caf\u{e9}\"}";
    let mut bytes = text.as_bytes().to_vec();
    bytes.truncate(bytes.len() - "\u{e9}\"}".len());
    bytes.extend_from_slice(b"\xe9\"}");
    let (articles, errors, whole) = parsed_all("json", "a.jsonl", &bytes);
    whole.unwrap();
    let titles: Vec<&str> = articles.iter().map(|article| article.title.text.as_str()).collect();
    assert_eq!(titles, ["A", "\u{fffd} half", "café"]);
    let subjects: Vec<&str> = errors.iter().map(|err| err.subject()).collect();
    assert_eq!(subjects, ["a.jsonl line 2", "a.jsonl line 3", "a.jsonl line 4"]);
    assert!(errors[2].message().contains("the keys x"), "{}", errors[2]);
}

#[test]
fn an_array_ends_at_its_first_error() {
    let (articles, errors, whole) = parsed_all("json", "a.json", br#"[{"title":"A"}, 7, {"title":"B"}, {"title":]"#);
    assert_eq!((articles.len(), errors.len()), (2, 1));
    assert!(whole.unwrap_err().message().contains("line 1 column"));
    for text in ["{", "[", "{\"a\":}", "nonsense", "\"text\"", "7", "  \n ", "{}", "[[]]"] {
        let (articles, errors, whole) = parsed_all("json", "a.json", text.as_bytes());
        assert!(articles.is_empty() && (whole.is_err() || errors.len() == 1), "{text}");
    }
}

#[test]
fn deep_nesting_is_an_error_not_an_overflow() {
    for text in [
        "[".repeat(100_000),
        "{\"a\":".repeat(100_000),
        format!("{{\"title\":\"x\",\"items\":{}", "[{\"items\":".repeat(50_000)),
    ] {
        for name in ["a.json", "a.jsonl"] {
            let (articles, errors, whole) = parsed_all("json", name, text.as_bytes());
            assert!(articles.is_empty() && (whole.is_err() || !errors.is_empty()));
        }
    }
}

#[test]
fn other_encodings() {
    let wide: Vec<u8> =
        std::iter::once(0xfeff).chain(r#"{"title":"Tide é"}"#.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(parsed("json", "a.json", &wide)[0].title.text, "Tide é");
    assert_eq!(parsed("json", "a.json", b"\xef\xbb\xbf{\"title\":\"Tide\"}")[0].title.text, "Tide");
    assert_eq!(
        parsed("json", "a.json", b"{\"title\":\"caf\xe9 in the harbour\"}")[0].title.text,
        "café in the harbour"
    );
}

/// A long stream that is made while it is read.
struct Made {
    left: usize,
    piece: Vec<u8>,
    tail: &'static [u8],
    at: usize,
}

impl Read for Made {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.piece.len() && self.left > 0 {
            (self.left, self.at) = (self.left - 1, 0);
            if self.left == 0 {
                self.piece = self.tail.to_vec();
            }
        }
        let length = buffer.len().min(self.piece.len() - self.at);
        buffer[..length].copy_from_slice(&self.piece[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}

/// Articles come before the stream ends, and the number of them is right: nothing waits for the end.
#[test]
fn long_documents_stream() {
    let text = "x".repeat(100_000);
    let item = format!("{{\"title\":\"A\",\"text\":\"{text}\"}}");
    let cases: [(&str, String, String, &'static [u8]); 3] = [
        ("a.jsonl", String::new(), format!("{item}\n"), b"\n"),
        ("a.json", "[".into(), format!("{item},"), b"{\"title\":\"B\"}]"),
        ("a.json", "{\"authors\":[{\"name\":\"Ada\"}],\"items\":[".into(), format!("{item},"), b"{\"title\":\"B\"}]}"),
    ];
    for (name, head, piece, tail) in cases {
        let made = Made { left: 400, piece: piece.into_bytes(), tail, at: 0 };
        let input = std::io::Cursor::new(head.clone().into_bytes()).chain(made);
        let mut doc = Document::from_reader(name, name, input).unwrap();
        let mut count = 0;
        Json.parse(&mut doc, &mut |article| {
            let article = article.unwrap();
            assert_eq!(article.authors.len(), usize::from(head.starts_with('{')));
            count += 1;
        })
        .unwrap();
        assert_eq!(count, if name == "a.jsonl" { 400 } else { 401 });
    }
}

#[test]
fn one_value_cannot_fill_the_memory() {
    let endless = std::io::Cursor::new(b"{\"title\":\"".to_vec()).chain(std::io::repeat(b'x').take(200 << 20));
    let mut doc = Document::from_reader("a.json", "a.json", endless).unwrap();
    let err = Json.parse(&mut doc, &mut |_| panic!("no article")).unwrap_err();
    assert!(err.message().contains("64 MiB"), "{err}");
}

#[test]
fn items_are_never_called_after_their_file() {
    let silent = r#"{"id":7,"date":"2020-05-01","content":"<p><img src='a.png'></p>"}"#;
    assert_eq!(titles("outbox.json", &format!("[{silent},{silent}]")), ["Untitled", "Untitled"]);
    assert_eq!(titles("outbox.jsonl", &format!("{silent}\n")), ["Untitled"]);
    assert_eq!(titles("low-tide.json", silent), ["Low tide"]);
    let linked = silent.replace("\"id\":7", "\"url\":\"https://example.org/low-tide\"");
    assert_eq!(titles("outbox.json", &format!("[{linked}]")), ["Low tide"]);
}

#[test]
fn what_is_not_for_everybody_is_held_back() {
    let text =
        r#"[{"title":"A","visibility":"public"},{"title":"B","visibility":"members"},{"title":"C","status":"draft"}]"#;
    let held: Vec<_> = parsed("json", "a.json", text.as_bytes()).into_iter().map(|a| (a.draft, a.held_by)).collect();
    let mark = |words: &str| Some(words.to_owned());
    assert_eq!(held, [(false, None), (true, mark("visibility: members")), (true, mark("status: draft"))]);
    let drafts = parsed("json", "_drafts/a.json", br#"[{"title":"A"},{"title":"B"}]"#);
    assert!(drafts.iter().all(|article| article.draft));
}
