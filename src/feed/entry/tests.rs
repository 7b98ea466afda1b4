use proptest::prelude::*;

use super::super::sample::{context, record, row};
use super::*;

const PATH: &str = "2023/07/09/strike.md";

fn site() -> Site {
    Site { title: "Courier".into(), url: "https://courier.example/feeds".into(), ..Site::default() }
}

/// The entry of a record that `change` made.
fn entry_of(kind: BodyKind, text: &str, change: impl FnOnce(&mut Record)) -> Entry {
    prepared(&FeedSpec::default(), &site(), kind, text, change).entry
}

fn prepared(spec: &FeedSpec, site: &Site, kind: BodyKind, text: &str, change: impl FnOnce(&mut Record)) -> Prepared {
    let mut record = record(PATH, kind, text);
    change(&mut record);
    prepare(&context(spec, site), &row(PATH, &record), &record)
}

#[test]
fn the_address_is_the_articles_own_else_made_else_on_the_page() {
    let canonical = |url: &str| {
        let url = url.to_owned();
        entry_of(BodyKind::Text, "Text.", |record| record.article.url = Some(url)).url
    };
    assert_eq!(canonical("https://a.example/gr öße"), "https://a.example/gr%20%C3%B6%C3%9Fe");
    assert_eq!(canonical("/2023/strike"), "https://courier.example/2023/strike");
    let on_page = "https://courier.example/feeds/index.html#2023-07-09-strike";
    for bad in ["javascript:alert(1)", "mailto:a@b.example", "http://", ""] {
        let url = canonical(bad);
        assert!(url == on_page || url.starts_with("https://courier.example/feeds/"), "{bad}: {url}");
    }
    let templated = Site { article_url: Some("{site}{year}/{slug}/".into()), ..site() };
    let made = prepared(&FeedSpec::default(), &templated, BodyKind::Text, "Text.", |_| {}).entry;
    assert_eq!(made.url, "https://courier.example/feeds/2023/strike/");
    let named = FeedSpec { name: "desks/culture".into(), ..FeedSpec::default() };
    let here = prepared(&named, &site(), BodyKind::Text, "Text.", |_| {}).entry;
    assert_eq!(here.url, "https://courier.example/feeds/desks/culture/index.html#2023-07-09-strike");
}

#[test]
fn links_in_the_text_are_absolute() {
    let html = "<p><a href=\"b?c#d\">b</a> <img src=\"/i.png\" alt=\"i\"></p>";
    let entry = entry_of(BodyKind::Html, html, |record| record.article.url = Some("https://a.example/x/y".into()));
    let content = entry.content.unwrap();
    assert!(content.contains("https://a.example/x/b?c#d") && content.contains("https://a.example/i.png"), "{content}");
    let entry = entry_of(BodyKind::Markdown, "[b](b)", |_| {});
    let content = entry.content.unwrap();
    assert!(content.contains("https://courier.example/feeds/b"), "no address of its own, so the site's: {content}");
}

#[test]
fn summary_and_full_text_together() {
    let long = format!("{}.\n\n{}.", "The first paragraph goes on".repeat(5), "And a second".repeat(9));
    let own = entry_of(BodyKind::Text, &long, |record| record.article.summary = Some(" A\nsummary. ".into()));
    assert_eq!(own.summary.as_deref(), Some("A summary."));
    let made = entry_of(BodyKind::Text, &long, |_| {});
    assert_eq!(made.summary, Some(format!("{}.", "The first paragraph goes on".repeat(5))));
    assert!(made.content.unwrap().contains("And a second"));
    let short = entry_of(BodyKind::Text, "Only this.", |_| {});
    assert_eq!((short.summary, short.content.as_deref().map(str::trim)), (None, Some("<p>Only this.</p>")));
    let empty = entry_of(BodyKind::Markdown, " \n", |_| {});
    assert_eq!((empty.summary, empty.content), (None, None));
}

#[test]
fn without_full_text_there_is_a_summary() {
    let spec = FeedSpec { full_text: false, ..FeedSpec::default() };
    let entry = prepared(&spec, &site(), BodyKind::Markdown, "Only *this*.", |_| {}).entry;
    assert_eq!((entry.summary.as_deref(), entry.content), (Some("Only this."), None));
}

#[test]
fn an_oversize_text_leaves_its_beginning() {
    let text = "wörter und ".repeat(50_000);
    for kind in [BodyKind::Text, BodyKind::Markdown, BodyKind::Html] {
        let prepared = prepared(&FeedSpec::default(), &site(), kind, &text, |_| {});
        assert!(prepared.left_out.is_some_and(|bytes| bytes >= 500_000) && prepared.entry.content.is_none());
        let summary = prepared.entry.summary.unwrap();
        assert!(summary.starts_with("wörter und") && summary.chars().count() <= MAX_EXCERPT, "{summary}");
        assert!(prepared.bytes < 5_000);
    }
}

#[test]
fn changes_that_nobody_can_have_seen_are_none() {
    let updated = |text: &str| {
        let instant = text.parse().unwrap();
        let entry = entry_of(BodyKind::Text, "Text.", |record| record.updated = Some(instant));
        entry.was_edited()
    };
    assert!(updated("2023-07-10T00:00:00Z"));
    assert!(!updated("2023-07-01T00:00:00Z"), "before the publication");
    assert!(!updated("2024-01-01T00:00:01Z"), "after the instant of the feed");
}

#[test]
fn hostile_strings_become_fit_for_every_format() {
    let nasty = "\0 \u{FFFE}a\r\n\tb\u{85} ]]> <b> & שלום 🚢 ";
    let entry = entry_of(BodyKind::Text, nasty, |record| {
        record.id = format!(" {nasty}");
        let article = &mut record.article;
        article.title.text = nasty.repeat(40_000);
        article.summary = Some(nasty.repeat(40_000));
        article.tags = vec![nasty.into(), " ".into(), "\0".into(), "Harbour".into(), "harbour".into()];
        article.section = Some("HARBOUR".into());
        article.language = Some("en_US".into());
        article.image = Some("javascript:x".into());
        article.authors = vec![
            Person { name: nasty.into(), email: Some("no address".into()), uri: Some("javascript:x".into()) },
            Person { name: "\0".into(), email: Some("a@b.example".into()), uri: None },
            Person { name: " ".into(), email: None, uri: None },
        ];
        article.enclosures = ["a b.mp3", "a%20b.mp3", "javascript:x", "ftp://a.example/x"]
            .map(|url| Enclosure { url: url.into(), media_type: Some(nasty.into()), length: None, duration: None })
            .into();
    });
    let clean = "a b ]]> <b> & שלום 🚢";
    assert_eq!(entry.id, clean);
    assert!(entry.title.starts_with(clean) && entry.title.chars().count() <= MAX_TITLE);
    assert!(entry.summary.unwrap().chars().count() <= MAX_SUMMARY);
    assert_eq!(entry.tags, ["HARBOUR", clean]);
    assert_eq!(entry.language.as_deref(), Some("en-US"));
    assert_eq!(entry.picture, None);
    let people: Vec<_> = entry.authors.iter().map(|person| (person.name.as_str(), person.email.as_deref())).collect();
    assert_eq!(people, [(clean, None), ("a@b.example", Some("a@b.example"))]);
    assert_eq!(entry.authors[0].uri, None);
    let files: Vec<_> = entry.enclosures.iter().map(|file| (file.url.as_str(), file.media_type.as_deref())).collect();
    assert_eq!(files, [("https://courier.example/feeds/a%20b.mp3", Some("audio/mpeg"))]);
}

#[test]
fn files_of_the_archive_say_themselves_what_nobody_else_does() {
    let (spec, site) = (FeedSpec::default(), site());
    let mut record = record(PATH, BodyKind::Text, "Listen.");
    let file = |url: &str| Enclosure { url: url.into(), media_type: None, length: None, duration: None };
    record.article.enclosures = vec![file("files/a"), file("episode.mp3")];
    record.article.image = Some("files/cover.jpg".into());
    record.article.extra.insert("duration".into(), "26:31".into());
    let look = |path: &str| {
        assert_eq!(path, "2023/07/09/files/a");
        Some(Probe { length: 9, head: b"OggS".to_vec() })
    };
    let context = Context { look: &look, ..context(&spec, &site) };
    let Prepared { entry, files, .. } = prepare(&context, &row(PATH, &record), &record);
    let first = &entry.enclosures[0];
    assert_eq!((first.media_type.as_deref(), first.length, first.duration), (Some("audio/ogg"), Some(9), Some(1_591)));
    assert_eq!((entry.enclosures[1].length, entry.enclosures[1].duration), (None, None));
    assert_eq!(entry.picture.unwrap().url, "https://courier.example/feeds/files/cover.jpg");
    let named: Vec<&str> = files.iter().map(|file| file.named.as_str()).collect();
    assert_eq!(named, ["files/a", "files/cover.jpg"], "both are published");
}

#[test]
fn a_podcast_wants_something_to_play() {
    let spec = FeedSpec { podcast: Some(crate::feed::Podcast::default()), ..FeedSpec::default() };
    let of = |url: &str| {
        let url = url.to_owned();
        prepared(&spec, &site(), BodyKind::Text, "Text.", |record| {
            record.article.enclosures = vec![Enclosure { url, media_type: None, length: None, duration: None }];
        })
    };
    assert!(of("a.mp3").is_wanted && of("a.mp3").entry.episode.is_some());
    assert!(!of("a.pdf").is_wanted);
}

#[test]
fn a_title_is_never_empty() {
    let titled = |title: &str, text: &str| {
        let title = title.to_owned();
        entry_of(BodyKind::Text, text, |record| record.article.title.text = title).title
    };
    let text = format!("The first sentence. {}", "More of the same. ".repeat(30));
    assert_eq!(titled(" \0", &text), "The first sentence.");
    assert_eq!(titled("", "Only this."), "Only this.");
    assert_eq!(titled("", ""), "2023-07-09");
}

#[test]
fn an_id_is_never_empty() {
    let entry = entry_of(BodyKind::Text, "Text.", |record| record.id = "\u{FFFF} ".into());
    assert!(entry.id.starts_with("urn:uuid:"));
}

/// Strings that people, programs and enemies put into metadata.
fn any_string() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\\x00-\\x7f]{0,40}",
        "(https?|javascript|data|mailto|HTTP)?:?(//)?[a-z.\\[\\]@:%é /?#<>\"]{0,40}",
        "[a-zA-Z0-9._+-]{1,9}@[a-z.-]{1,9}",
        "(<[a-z/!]{1,6}|[ =\"'a-z&;#>]|\\]\\]>){0,30}",
    ]
}

proptest! {
    #[test]
    fn whatever_a_record_holds_the_entry_is_fit_for_every_format(
        texts in proptest::collection::vec(any_string(), 21),
        kind in proptest::sample::select(vec![BodyKind::Text, BodyKind::Markdown, BodyKind::Html]),
        path in "2023/07/09/[a-zé _~.A-Z]{0,12}(\\.md)?",
    ) {
        let mut record = record(&path, kind, &texts[0]);
        record.id = texts[1].clone();
        let article = &mut record.article;
        article.title.text = texts[2].clone();
        article.summary = Some(texts[3].clone());
        article.url = Some(texts[4].clone());
        article.tags = texts[5..7].to_vec();
        article.authors =
            vec![Person { name: texts[7].clone(), email: Some(texts[8].clone()), uri: Some(texts[9].clone()) }];
        let (url, media_type) = (texts[10].clone(), Some(texts[11].clone()));
        article.enclosures = vec![Enclosure { url, media_type, length: None, duration: None }];
        article.image = Some(texts[12].clone());
        article.language = Some(texts[13].clone());
        let said = |at: usize| serde_json::Value::from(texts[at].clone());
        article.extra = serde_json::Map::from_iter([
            ("source".to_owned(), serde_json::json!({"title": said(14), "self": said(15), "url": said(16), "id": said(17)})),
            ("caption".to_owned(), said(18)),
            ("photographer".to_owned(), said(19)),
            ("itunes_title".to_owned(), said(20)),
            ("transcript".to_owned(), said(15)),
        ]);
        let podcast = Some(crate::feed::Podcast::default());
        let (spec, site) = (FeedSpec { podcast, ..FeedSpec::default() }, site());
        let context = context(&spec, &site);
        let entry = prepare(&context, &row(&path, &record), &record).entry;

        let is_line = |text: &str| !text.is_empty() && markup::one_line(text) == text;
        prop_assert!(is_line(&entry.title) && is_line(&entry.id));
        prop_assert!(entry.summary.iter().chain(&entry.tags).all(|text| is_line(text)));
        prop_assert!(entry.content.iter().all(|html| markup::legal(html) == html.as_str()));
        prop_assert!(entry.anchor.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)));
        let mut web = vec![&entry.url];
        web.extend(entry.enclosures.iter().map(|file| &file.url));
        web.extend(entry.picture.iter().map(|picture| &picture.url));
        web.extend(entry.origin.iter().flat_map(|origin| origin.feed.iter().chain(&origin.page)));
        web.extend(entry.episode.iter().filter_map(|episode| episode.transcript.as_ref()));
        for address in web {
            prop_assert!(address.is_ascii() && !address.contains([' ', '"', '<', '>']), "{address}");
            prop_assert!(Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host()));
        }
        let picture = entry.picture.iter().flat_map(|picture| picture.caption.iter().chain(&picture.credit));
        let episode = entry.episode.iter().filter_map(|episode| episode.title.as_ref());
        prop_assert!(picture.chain(episode).chain(entry.origin.iter().map(|origin| &origin.title)).all(|text| is_line(text)));
        for person in &entry.authors {
            prop_assert!(is_line(&person.name));
            prop_assert!(person.email.iter().all(|email| markup::is_email(email)));
            prop_assert!(person.uri.iter().all(|uri| uri.is_ascii() && Url::parse(uri).is_ok()));
        }
        prop_assert!(entry.language.iter().all(|tag| markup::is_language_tag(tag)));
        let iri = entry.iri(&context.namespace);
        prop_assert_eq!(iri::of(&iri, &context.namespace), iri.clone(), "an IRI stands for itself");
    }
}
