//! Cases.

use proptest::prelude::*;

use super::*;

fn addresses(text: &str) -> Vec<String> {
    subscriptions(text).unwrap().into_iter().map(|subscription| subscription.xml_url).collect()
}

#[test]
fn lists_as_programs_write_them() {
    let text = "\u{feff}<?xml version=\"1.0\"?>\n<!-- mine -->\n<opml version='1.1'><head><title>My & feeds</title></head><body>
        <outline text='Sea &amp; fog' title=''>
          <outline text='Ferries'><outline title='Line 1' text='l1' type='rss' xmlUrl='https://a.example/rss?x=1&y=2' htmlUrl='https://a.example/'/></outline>
          <outline TEXT='Caf&eacute;' XMLURL='feed://b.example/atom'/>
        </outline>
        <outline text='No type' xmlUrl='https://c.example/' category='/News/Port,/Old'/>
        <outline text='Old' type='rss' url='https://d.example/'/>
        <outline text='A page' type='link' url='https://e.example/'/>
        <outline text='Twice' xmlUrl='https://c.example/'/>
        <outline text='Broken' xmlUrl='javascript:x'/>
        <outline xmlUrl='https://f.example/feed'/>
        </body></opml>";
    let found = subscriptions(text).unwrap();
    let shown: Vec<String> =
        found.iter().map(|s| format!("{} | {} | {}", s.title, s.xml_url, s.folders.join("/"))).collect();
    assert_eq!(
        shown,
        [
            "Line 1 | https://a.example/rss?x=1&y=2 | Sea & fog/Ferries",
            "Café | http://b.example/atom | Sea & fog",
            "No type | https://c.example/ | News/Port",
            "Old | https://d.example/ | ",
            "https://f.example/feed | https://f.example/feed | ",
        ]
    );
    assert_eq!((found[0].html_url.as_deref(), found[1].html_url.as_deref()), (Some("https://a.example/"), None));
}

#[test]
fn damaged_lists_give_what_is_in_them() {
    assert_eq!(addresses("<opml><body><outline text='a' xmlUrl='https://a.example/'>"), ["https://a.example/"]);
    assert_eq!(
        addresses("<opml><body><outline xmlUrl='https://a.example/'><outline xmlUrl='https://b.exa"),
        ["https://a.example/"]
    );
    assert!(addresses("<opml version='2.0'/>").is_empty());
    for text in ["", "It rained.", "<rss/>", "<html></html>"] {
        assert!(subscriptions(text).is_err(), "{text}");
    }
}

#[test]
fn hostile_lists_are_bounded() {
    assert!(subscriptions(&format!("<opml>{}", "<outline text='x'>".repeat(100_000))).is_err());
    let many: String = (0..50_001).map(|n| format!("<outline xmlUrl='https://a.example/{n}'/>")).collect();
    assert!(subscriptions(&format!("<opml><body>{many}</body></opml>")).unwrap_err().message().contains("50000"));
    let name = "x".repeat(100_000);
    let deep =
        format!("<opml>{}<outline xmlUrl='https://a.example/'/>", format!("<outline text='{name}'>").repeat(100));
    let found = subscriptions(&deep).unwrap();
    assert!(found[0].folders.iter().map(String::len).sum::<usize>() < 5000);
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "(<opml>|<outline |xmlUrl=|text=|'|\"|https://a.example/|/>|>|&|</outline>|é|<){0,40}") {
        let _ = subscriptions(&text);
    }
}

#[test]
fn deep_folders_end() {
    let name = "x".repeat(5000);
    let folders = vec![name; 5000];
    let text = write(
        "Deep",
        &[Subscription { title: "a".into(), xml_url: "https://a.example/".into(), html_url: None, folders }],
    );
    let found = subscriptions(&text).unwrap();
    assert_eq!((found[0].folders.len(), found[0].folders[0].chars().count()), (DEEPEST, LONGEST_FOLDER));
}

/// Names as a reader of lists yields them.
fn name() -> impl Strategy<Value = String> {
    any::<String>()
        .prop_map(|text| markup::excerpt(&text, LONGEST_FOLDER))
        .prop_filter("says something", |name| !name.is_empty())
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(entries in prop::collection::vec((name(), any::<bool>(), prop::collection::vec(prop_oneof!["[ab]", name()], 0..4)), 0..12)) {
        let list: Vec<Subscription> = entries.into_iter().enumerate().map(|(n, (title, has_home, folders))| Subscription {
            title,
            xml_url: format!("https://a.example/{n}?x=1&y=%22"),
            html_url: has_home.then(|| format!("https://a.example/{n}/")),
            folders,
        }).collect();
        let text = write("Round", &list);
        prop_assert!(roxmltree::Document::parse(&text).is_ok());
        let found = subscriptions(&text).unwrap();
        prop_assert_eq!(write("Round", &found), text, "what is read is written the same");
        let sorted = |mut list: Vec<Subscription>| {
            list.sort_by(|a, b| a.xml_url.cmp(&b.xml_url));
            list
        };
        prop_assert_eq!(sorted(found), sorted(list));
    }
}

#[test]
fn nothing_in_a_list_goes_without_a_word() {
    let text = "<opml version='2.0'><body>
        <outline text='Sea'>
          <outline text='No scheme' xmlUrl='fog.example/rss'/><outline text='Port' xmlUrl='fog.example:8080/rss'/>
          <outline text='File' xmlUrl='file:///srv/fog.xml'/><outline text='Page' htmlUrl='https://page.example/'/>
        </outline>
        <outline text='More' type='include' url='https://more.example/all.opml'/>
        <outline text='Linked list' type='link' url='https://more.example/b.OPML?x'/>
        <outline text='Local list' type='include' url='all.opml'/>
        <outline text='Bookmark' type='link' url='https://mark.example/'/>
        <outline text='Off' isComment='true'><outline text='Off too' xmlUrl='https://off.example/'/></outline>
        <outline text='On' xmlUrl='https://on.example/'/><outline text='Again' xmlUrl='https://on.example/'/>
        <outline text='Odd' xmlUrl='gopher://odd.example/'/><outline text='Path' xmlUrl='/feeds/x'/>
        <outline text='A note'/><outline text='Full'><outline text='Empty'></outline></outline><outline/>
        </body></opml>";
    let found = outlines(text).unwrap();
    let leads: Vec<String> = found
        .leads
        .iter()
        .map(|(lead, s)| format!("{lead:?} {} {} {}", s.title, s.xml_url, s.folders.join("/")))
        .collect();
    assert_eq!(
        leads,
        [
            "Guessed No scheme https://fog.example/rss Sea",
            "Guessed Port https://fog.example:8080/rss Sea",
            "File File file:///srv/fog.xml Sea",
            "Page Page https://page.example/ Sea",
            "List More https://more.example/all.opml ",
            "List Linked list https://more.example/b.OPML?x ",
            "Feed On https://on.example/ ",
        ]
    );
    let rest: Vec<String> = found.rest.iter().map(|(name, why)| format!("{name} {why}")).collect();
    assert_eq!(
        rest,
        [
            "Local list is a list that is not on the web",
            "Bookmark is a link, and no feed",
            "Off is commented out (isComment)",
            "Off too is commented out (isComment)",
            "Again is listed twice",
            "Odd has no address on the web",
            "Path has no address on the web",
            "A note has no address",
            "Empty has no address",
            "an outline without a name has no address",
        ]
    );
}
