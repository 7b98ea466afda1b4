//! Atom with its extensions.

use super::{assert_clean, codes, entry, feed, pairs};

#[test]
fn feeds() {
    pairs(
        feed,
        &[
            ("<icon>/i.png</icon>", "<icon> /i.png</icon>", "value-whitespace"),
            ("<logo>/i.png</logo>", "<logo>http://</logo>", "uri-invalid"),
            ("<subtitle>x</subtitle>", "<subtitle>x</subtitle><subtitle>y</subtitle>", "element-duplicate"),
            ("<subtitle>x</subtitle>", "<subtitle type='htm'>x</subtitle>", "atom-text-type"),
            (
                "<subtitle type='html'>&lt;b&gt;x&lt;/b&gt;</subtitle>",
                "<subtitle>&lt;b&gt;x&lt;/b&gt;</subtitle>",
                "text-contains-html-undeclared",
            ),
            (
                "<generator uri='https://a.example/'>x</generator>",
                "<generator colour='red'>x</generator>",
                "attribute-unknown",
            ),
            ("<category term='x'/>", "<category label='x'/>", "attribute-missing"),
            (
                "<category term='x' label='a &amp; b'/>",
                "<category term='x' label='&lt;b&gt;x&lt;/b&gt;'/>",
                "text-contains-html",
            ),
            (
                "<contributor><name>Ada</name></contributor>",
                "<contributor><uri>/</uri></contributor>",
                "element-missing",
            ),
            (
                "<contributor><name>Ada</name><email>a@b.example</email></contributor>",
                "<contributor><name>Ada</name><email>Ada &lt;a@b.example&gt;</email></contributor>",
                "mail-address-only",
            ),
            (
                "<contributor><name>Ada</name></contributor>",
                "<contributor><name>a@b.example</name></contributor>",
                "atom-name-mail",
            ),
            (
                "<link rel='hub' href='https://a.example/'/>",
                "<link rel='hubb' href='https://a.example/'/>",
                "atom-link-rel",
            ),
            ("<link rel='https://a.example/r' href='/'/>", "<link rel='' href='/'/>", "attribute-blank"),
            (
                "<link href='/' hreflang='en'/><link href='/' hreflang='de'/>",
                "<link href='/'/><link href='/b'/>",
                "atom-link-duplicate",
            ),
            ("<link href='/'/>", "<link rel='up'/>", "atom-href-missing"),
            ("<link href='/'/>", "<link href='/'>x</link>", "atom-link-not-empty"),
            ("<link href='/' length='5'/>", "<link href='/' length='-5'/>", "number-not-negative"),
            ("<rights>x</rights>", "<pubDate>x</pubDate>", "element-unknown"),
            ("", "<simple xmlns=''/>", "element-without-vocabulary"),
            ("", "<x xmlns='https://a.example/unknown'/>", "namespace-unknown"),
        ],
    );
    let late = feed("").replace("</feed>", "<subtitle>x</subtitle></feed>");
    assert!(codes(late).contains(&"atom-metadata-late"));
    assert!(codes(feed("").replace("rel=\"self\" ", "")).contains(&"atom-self-missing"));
    assert!(codes(feed("").replace("quay.example/feed\"", "quay.example/other\"")).contains(&"self-mismatch"));
}

#[test]
fn entries() {
    pairs(
        entry,
        &[
            ("<published>2023-07-09T12:00:00Z</published>", "<published>2023-07-09T12:00Z</published>", "date-rfc3339"),
            ("<summary>x</summary>", "<summary>x <b>y</b></summary>", "element-in-text"),
            (
                "<content type='html'>&lt;p&gt;x&lt;/p&gt;</content>",
                "<content type='html'><p>x</p></content>",
                "html-not-escaped",
            ),
            (
                "<content type='html'>&lt;p&gt;x&lt;/p&gt;</content>",
                "<content type='html'>&lt;bogus&gt;x</content>",
                "html-invalid",
            ),
            (
                "<content type='html'>&lt;b&gt;x&lt;/b&gt;</content>",
                "<content type='html'>&lt;b&gt;x</content>",
                "html-unbalanced",
            ),
            (
                "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>x</div></content>",
                "<content type='xhtml'><p xmlns='http://www.w3.org/1999/xhtml'>x</p></content>",
                "xhtml-div-missing",
            ),
            (
                "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><b>x</b></div></content>",
                "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>&lt;b&gt;x&lt;/b&gt;</div></content>",
                "xhtml-escaped",
            ),
            (
                "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><b>x</b></div></content>",
                "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><script>x</script></div></content>",
                "html-unsafe-element",
            ),
            ("<content type='image/svg+xml'><x/></content>", "<content type='svg'><x/></content>", "media-type"),
            (
                "<summary>x</summary><content type='image/png'>aGk=</content>",
                "<content type='image/png'>aGk=</content>",
                "atom-summary-missing",
            ),
            (
                "<summary>x</summary><content type='image/png'>aGk=</content>",
                "<content type='image/png'>a*</content>",
                "base64",
            ),
            ("<content src='/a' type='text/html'/>", "<content src='/a'/>", "atom-src-type-missing"),
            (
                "<content src='/a' type='text/html'/>",
                "<content src='/a' type='text/html'>x</content>",
                "element-not-empty",
            ),
            (
                "<source><id>tag:a.example,2023:1</id><title>x</title><updated>2023-07-09T12:00:00Z</updated></source>",
                "<source><title>x</title></source>",
                "atom-source-incomplete",
            ),
            ("<summary>x</summary>", "<subtitle>x</subtitle>", "element-misplaced"),
            ("<link rel='related' href='/b'/>", "<link rel='prev-archive' href='/b'/>", "history-link-in-entry"),
            ("<thr:in-reply-to ref='tag:a.example,2023:1'/>", "<thr:in-reply-to/>", "attribute-missing"),
            (
                "<link rel='replies' href='/b' thr:count='3'/>",
                "<link rel='replies' href='/b' thr:when='x'/>",
                "thread-when",
            ),
            (
                "<app:control><app:draft>yes</app:draft></app:control>",
                "<app:control><app:draft>maybe</app:draft></app:control>",
                "app-draft",
            ),
        ],
    );
    let bare = entry("").replace("<link href=\"https://quay.example/storm\"/>", "");
    assert!(codes(bare).contains(&"atom-content-missing"));
    assert!(codes(entry("").replace("<author><name>Ada</name></author>", "")).contains(&"atom-author-missing"));
    let from_elsewhere = "<source><id>tag:a.example,2023:1</id><title>x</title><updated>2023-07-09T12:00:00Z</updated>\
                          <author><name>Ben</name></author></source>";
    let copied = entry(from_elsewhere).replace("<author><name>Ada</name></author>", "");
    assert!(!codes(copied).contains(&"atom-author-missing"));
}

#[test]
fn two_entries_differ() {
    let two = |id: &str, updated: &str| {
        let second = format!(
            "</entry><entry><id>{id}</id><title>Calm</title><updated>{updated}</updated><link href=\"https://quay.example/2\"/>"
        );
        codes(entry(&second))
    };
    assert!(!two("tag:quay.example,2023:2", "2023-07-10T12:00:00Z").contains(&"atom-updated-duplicate"));
    // The same moment in another zone.
    assert!(two("tag:quay.example,2023:2", "2023-07-09T14:00:00+02:00").contains(&"atom-updated-duplicate"));
    let corrected = two("tag:quay.example,2023:1", "2023-07-10T12:00:00Z");
    assert!(corrected.contains(&"atom-entry-duplicate") && !corrected.contains(&"atom-id-duplicate"));
    assert!(two("tag:quay.example,2023:1", "2023-07-09T12:00:00Z").contains(&"atom-id-duplicate"));
}

#[test]
fn history() {
    pairs(
        feed,
        &[
            ("<fh:complete/>", "<fh:complete/><link rel='next' href='/2'/>", "history-link-in-complete"),
            ("<fh:complete/>", "<fh:complete/><fh:archive/>", "history-complete-archive"),
            ("<fh:complete/>", "<fh:complete/><link rel='current' href='/2'/>", "history-current-in-complete"),
            ("<fh:archive/><link rel='current' href='/2'/>", "<fh:archive/>", "history-archive-without-current"),
            (
                "<fh:archive/><link rel='current' href='/2'/><link rel='prev-archive' href='/1'/>",
                "<fh:archive/><link rel='current' href='/2'/>",
                "history-archive-without-previous",
            ),
            ("<link rel='prev-archive' href='/1'/>", "<link rel='prev-archive' href='/feed'/>", "history-loop"),
            (
                "<link rel='prev-archive' href='/1'/>",
                "<link rel='prev-archive' href='/1'/><link rel='next' href='/2'/>",
                "history-mixed",
            ),
            (
                "<at:deleted-entry ref='tag:quay.example,2023:9' when='2023-07-10T12:00:00Z'/>",
                "<at:deleted-entry ref='tag:quay.example,2023:1' when='2023-07-10T12:00:00Z'/>",
                "tombstone-alive",
            ),
            (
                "<at:deleted-entry ref='tag:quay.example,2023:9' when='2023-07-10T12:00:00Z'/>",
                "<at:deleted-entry/>",
                "attribute-missing",
            ),
        ],
    );
    let late = feed("")
        .replace("</feed>", "<at:deleted-entry ref='tag:a.example,2023:9' when='2023-07-10T12:00:00Z'/></feed>");
    assert!(codes(late).contains(&"tombstone-late"));
}

#[test]
fn other_documents_of_the_family() {
    let service = |inner: &str| {
        format!(
            "<service xmlns='http://www.w3.org/2007/app' xmlns:atom='http://www.w3.org/2005/Atom'><workspace>\
             <atom:title>Quay</atom:title><collection href='/c'><atom:title>News</atom:title>{inner}</collection></workspace></service>"
        )
    };
    assert_clean(&service("<accept>image/*</accept><categories href='/cats'/>"));
    assert!(codes(service("<accept>image</accept>")).contains(&"app-accept"));
    assert!(codes(service("<categories href='/cats' fixed='yes'/>")).contains(&"app-categories-conflict"));
    assert!(codes(service("<atom:id>x:y</atom:id>")).contains(&"element-questionable"));
    assert!(codes("<feed xmlns='http://purl.org/atom/ns#' version='0.3'/>").contains(&"namespace-obsolete"));
    assert!(codes("<feed xmlns='http://www.w3.org/2005/atomic'/>").contains(&"namespace-wrong"));
    assert!(codes("<feed xmlns='http://www.w3.org/2005/atom'/>").contains(&"namespace-misspelled"));
}
