//! Dates: what wins, and what is none.

use super::*;
use chrono::{TimeZone, Utc};

/// The date of a page with that head and those lines below its title.
#[track_caller]
fn check(head: &str, below: &str, expected: &str) {
    let html = format!(
        "<html lang=en><head><title>Storm closes harbour</title>{head}</head><body><main><h1>Storm closes harbour</h1>{below}\
         <p>No ferry sailed on Sunday, since the waves stood higher than the quay, and nobody could remember worse.</main>"
    );
    assert_eq!(date(&article(&html)), expected, "{head} {below}");
}

#[test]
fn metadata_go_before_what_readers_see() {
    check(
        "<meta property=article:published_time content=2023-07-09T10:00:00Z>",
        "<p>Updated July 12, 2023",
        "2023-07-09T10:00:00Z (metadata \"article:published_time\")",
    );
    check(
        "<meta name=citation_publication_date content=2023/07/09>",
        "",
        "2023-07-09 (metadata \"citation_publication_date\")",
    );
    check("<meta name=DC.date.issued content=2023-07-09>", "", "2023-07-09 (metadata \"dc.date.issued\")");
    check(
        "<meta name=date content=2023-07-12><meta name=parsely-pub-date content=2023-07-09T10:00:00Z>",
        "",
        "2023-07-09T10:00:00Z (metadata \"parsely-pub-date\")",
    );
}

#[test]
fn the_day_is_that_of_the_publisher() {
    // A server writes UTC; the page and its address show the day in the zone of its desk.
    let utc = "<meta property=article:published_time content=2023-07-10T02:41:00Z>";
    check(utc, "<p>July 9, 2023", "2023-07-09 (metadata \"article:published_time\")");
    check(utc, "<p>July 10, 2023", "2023-07-10T02:41:00Z (metadata \"article:published_time\")");
    check("", "<time datetime=2023-07-10T02:41:00Z>July 9, 2023</time>", "2023-07-09 (visible \"time\")");
    let zoned = "<meta property=article:published_time content=2023-07-10T02:41:00+02:00>";
    check(zoned, "<p>July 9, 2023", "2023-07-10T02:41:00+02:00 (metadata \"article:published_time\")");
}

#[test]
fn a_later_publication_than_readers_see_is_that_of_the_copy() {
    let moved = "<meta property=article:published_time content=2023-07-09T10:00:00Z>";
    check(moved, "<p class=post-date>March 2, 2019", "2019-03-02 (visible \"text\")");
    let html = format!(
        "<html><head>{moved}<meta property=article:modified_time content=2023-08-01T10:00:00Z></head>\
        <body><h1>Storm</h1><p class=post-date>March 2, 2019<p>No ferry sailed."
    );
    assert_eq!(article(&html).updated.unwrap().to_rfc3339(), "2023-08-01T10:00:00+00:00");
    check(moved, "<p class=post-date>March 2, 2024", "2023-07-09T10:00:00Z (metadata \"article:published_time\")");
}

#[test]
fn the_steps_of_editing_are_no_publication() {
    let steps = "<p>Received: 1 May 2022 / Revised: 3 Oct 2022 / Accepted: 16 Dec 2022";
    check("<meta name=dc.date content=2023-01-02>", steps, "2023-01-02 (metadata \"dc.date\")");
    check(
        "<meta name=citation_date content=2023/01/02>",
        "<p>Eingegangen: 1. Mai 2022",
        "2023-01-02 (metadata \"citation_date\")",
    );
    // Whatever else readers see beside the title, what a journal says of itself goes before it.
    check(
        "<meta name=citation_publication_date content=2023/01/02>",
        "<p>July 9, 2022",
        "2023-01-02 (metadata \"citation_publication_date\")",
    );
    check("", &format!("{steps} / Published: 2 January 2023"), "2023-01-02 (visible \"text, published\")");
    check("", steps, "none");
}

#[test]
fn a_date_that_stands_for_none_is_not_taken() {
    let epoch = "<meta property=article:published_time content=1970-01-01T00:00:00Z>";
    check(epoch, "<p>July 9, 2023", "2023-07-09 (visible \"text\")");
    check(epoch, "<p>December 31, 1969", "none");
}

#[test]
fn dates_of_other_things_are_none() {
    for below in [
        "<p>Copyright © July 9, 2023 Ledger",
        "<p>July 9, 2023 – July 12, 2023, at the town hall",
        "<p>Registration deadline: July 9, 2023",
        "<div class=related-posts><a href=/x>Calm</a> July 9, 2023</div>",
        "<div class=comments><p>Fritz, July 9, 2023</div>",
        "<nav>July 9, 2023</nav>",
        "<div itemscope itemtype=https://schema.org/Event><time itemprop=startDate datetime=2023-07-09>July 9</time></div>",
        "<p>On July 9, 2023, the storm came from the west and it took the roofs of nine houses and the old pier with it.",
    ] {
        check("", below, "none");
    }
    check("<meta property=article:published_time content=1970-01-01T00:00:00Z>", "", "none");
    check("<meta property=article:published_time content=0001-01-01T00:00:00>", "", "none");
    check("<meta property=article:modified_time content=2023-07-09T10:00:00Z>", "", "none");
    check("<meta name=event_start content=2023-07-09>", "", "none");
}

#[test]
fn a_change_that_readers_are_told_of_stands_in() {
    let html = "<html><body><h1>Storm closes harbour</h1><p>Last updated: July 9, 2023<p>No ferry sailed.";
    let article = article(html);
    assert_eq!(date(&article), "2023-07-09 (update \"text, updated\")");
    assert!(article.updated.is_some());
}

#[test]
fn linked_data_of_other_articles_date_nothing() {
    let items = |count: usize| {
        let item = r#"{"@type":"NewsArticle","headline":"Another storm","datePublished":"2020-02-02"}"#;
        format!("<script type=application/ld+json>[{}]</script>", vec![item; count].join(","))
    };
    check(&items(4), "", "none");
    let own = r#",{"@type":"NewsArticle","headline":"Storm closes harbour","datePublished":"2023-07-09"}]</script>"#;
    check(&items(4).replace("]</script>", own), "", "2023-07-09 (metadata \"datePublished\")");
}

#[test]
fn addresses_date_what_nothing_else_does() {
    for (url, expected) in [
        ("https://ledger.example/2023/07/09/storm", "2023-07-09 (path \"2023/07/09\")"),
        ("https://ledger.example/2023/07/storm", "2023-07 (partial path \"2023/07\")"),
        ("https://ledger.example/storm-2023", "none"),
    ] {
        let mut doc = document("<html><body><h1>Storm closes harbour</h1><p>No ferry sailed.");
        doc.url = Some(url.to_owned());
        assert_eq!(date(&read(doc).unwrap()), expected);
    }
}

#[test]
fn no_date_is_later_than_the_page_was_saved() {
    let html = "<html><body><h1>Storm closes harbour</h1><p>July 12, 2023<p>No ferry sailed.";
    let mut doc = document(html);
    doc.fetched = Some(Utc.with_ymd_and_hms(2023, 7, 9, 12, 0, 0).unwrap());
    assert_eq!(date(&read(doc).unwrap()), "none");
    let saved = "<!-- Page saved with SingleFile url: https://ledger.example/storm saved date: Sun Jul 09 2023 10:00:00 GMT+0200 -->";
    assert_eq!(date(&article(&format!("<html>{saved}{html}"))), "none");
}

#[test]
fn numbers_with_slashes_are_read_as_the_country_of_the_page_does() {
    for (language, expected) in [("en-US", "2023-03-04"), ("en-GB", "2023-04-03"), ("fr", "2023-04-03")] {
        let html = format!("<html lang={language}><body><h1>Storm closes harbour</h1><p>3/4/2023<p>No ferry sailed.");
        assert_eq!(date(&article(&html)), format!("{expected} (visible \"text\")"));
    }
}
