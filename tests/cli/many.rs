//! Many feeds from one archive: a feed for each value, and what leads to them.

use std::collections::BTreeSet;

use expect_test::expect;

use crate::harness::Project;

const SPLIT: &str = "[site]\ntitle = \"Test\"\nurl = \"https://test.example/\"\narticle_url = \"{site}{path}/\"\n\n\
                     [[source]]\npath = \"inbox\"\n\n[[feed]]\n\n[[feed]]\nsplit_by = \"tag\"\n";

fn article(project: &Project, name: &str, date: &str, tags: &[&str]) {
    let tags: Vec<String> = tags.iter().map(|tag| format!("{tag:?}")).collect();
    let tags = tags.join(", ");
    let text = format!("---\ntitle: About {name}\ndate: {date}\ntags: [{tags}]\n---\nAll about {name}.\n");
    project.file(&format!("inbox/{name}.md"), text);
}

#[test]
fn a_session_with_a_feed_for_each_tag() {
    let project = Project::with_config(SPLIT);
    article(&project, "strike", "2023-07-09", &["Dock Strike", "Harbour"]);
    article(&project, "storm", "2023-07-10", &["harbour"]);
    project.run("build").done().says(expect![[r#"
        $ feedmill build
             Read 2 files
         Archived articles: 2 added
            Wrote feeds/ (2 entries), 4 files
            Wrote feeds/tag/ (2 feeds by tag), 2 anew, 8 files
             next open feeds/index.html in a browser, or subscribe to feeds/atom.xml
    "#]]);
    assert!(project.read("feeds/tag/harbour/atom.xml").contains("<title>Test: Harbour</title>"));
    project.run("build").done().mentions("Kept 3 feeds in feeds: nothing changed");
    article(&project, "ferry", "2023-07-11", &["Ferries"]);
    project.run("build").done().says(expect![[r#"
        $ feedmill build
             Read 1 file, 2 unchanged and not read
         Archived articles: 1 added
            Wrote feeds/ (3 entries), 4 files
            Wrote feeds/tag/ (3 feeds by tag), 1 anew, 4 files
             next open feeds/index.html in a browser, or subscribe to feeds/atom.xml
    "#]]);
    let report = project.run("generate --json").done().json();
    assert_eq!(report["generate"]["feeds"].as_array().unwrap().len(), 1, "what was passed over is counted only");
    assert_eq!(report["generate"]["splits"][0]["feeds"], 3);

    // A tag that goes leaves a feed behind that says that it has changed.
    article(&project, "strike", "2023-07-09", &["Harbour"]);
    project.run("build").done();
    let status = project.run("status").done();
    status.mentions("feeds     tag/: 3 feeds by tag, 1 of them empty by now");
    let feed = project.read("feeds/tag/dock-strike/feed.json");
    assert!(feed.contains("\"items\": []") && !feed.contains("1970"), "{feed}");
    assert!(!project.read("feeds/feeds.opml").contains("dock-strike"), "an empty feed is not offered");
    let explained = project.run("explain inbox/storm.md").done().mentions("tag/harbour");
    assert!(!explained.stdout.contains("tag/ferries"), "{}", explained.stdout);
    project.run("check feeds").done();
}

#[test]
fn what_leads_to_the_feeds() {
    let project = Project::with_config(SPLIT);
    article(&project, "strike", "2023-07-09", &["Größe & <Macht>", "שביתה"]);
    project.run("build").done();
    let list = project.read("feeds/feeds.html");
    for piece in [
        "<h2 id=\"tag\">Tags</h2>",
        ">Größe &amp; &lt;Macht&gt;</a>",
        ">שביתה</a>",
        // The lines for other pages, to be copied.
        "&lt;link rel=\"alternate\" type=\"application/atom+xml\" title=\"Test (Atom)\" href=\"https://test.example/atom.xml\"&gt;",
    ] {
        assert!(list.contains(piece), "{piece}\n{list}");
    }
    let front = project.read("feeds/index.html");
    assert!(front.contains("<a href=\"https://test.example/feeds.html#tag\">Tags (2)</a>"), "{front}");
    let page = project.tree("feeds/tag").into_iter().find(|(name, _)| name.ends_with("index.html")).unwrap().1;
    assert!(String::from_utf8(page).unwrap().contains("https://test.example/feeds.html"));

    let opml = project.read("feeds/feeds.opml");
    let opml = roxmltree::Document::parse(&opml).unwrap();
    let addresses: Vec<&str> = opml.descendants().filter_map(|node| node.attribute("xmlUrl")).collect();
    assert_eq!(addresses.len(), 3);
    for address in addresses {
        let path = address.strip_prefix("https://test.example/").unwrap();
        assert!(project.path("feeds").join(path).is_file(), "{address} leads nowhere");
    }
    project.run("check feeds/feeds.opml --json").done();
}

/// The addresses of a sitemap, with the rules of sitemaps.org kept.
fn sitemap(text: &str, root: &str) -> Vec<String> {
    const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
    assert!(text.len() <= 50_000_000);
    let document = roxmltree::Document::parse(text).unwrap();
    let list = document.root_element();
    assert_eq!((list.tag_name().name(), list.tag_name().namespace()), (root, Some(NAMESPACE)));
    let items: Vec<_> = list.children().filter(roxmltree::Node::is_element).collect();
    assert!((1..=50_000).contains(&items.len()));
    let addresses = items.iter().map(|item| {
        let value =
            |name| item.children().find(|node| node.has_tag_name((NAMESPACE, name))).and_then(|node| node.text());
        chrono::DateTime::parse_from_rfc3339(value("lastmod").unwrap()).unwrap();
        let address = value("loc").unwrap();
        assert!(address.len() < 2_048 && address.starts_with("https://test.example/"), "{address}");
        address.to_owned()
    });
    let all: Vec<String> = addresses.collect();
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    all
}

#[test]
fn a_sitemap_of_pages_and_none_without_pages() {
    let project = Project::with_config(SPLIT);
    article(&project, "strike", "2023-07-09", &[]);
    project.run("build").done();
    assert_eq!(
        sitemap(&project.read("feeds/sitemap.xml"), "urlset"),
        ["https://test.example/2023/07/09/about-strike/"]
    );

    let large: String = (0..1_000)
        .map(|n| {
            let (month, day) = (1 + n / 28 % 12, 1 + n % 28);
            format!("{{\"title\": \"Note {n}\", \"date\": \"2022-{month:02}-{day:02}\", \"text\": \"Number {n}.\"}}\n")
        })
        .collect();
    project.file("inbox/large.jsonl", large);
    project.run("build").done();
    let parts = sitemap(&project.read("feeds/sitemap.xml"), "sitemapindex");
    assert_eq!(parts.len(), 13);
    let pages: usize = parts
        .iter()
        .map(|part| {
            let path = part.strip_prefix("https://test.example/").unwrap();
            sitemap(&project.read(&format!("feeds/{path}")), "urlset").len()
        })
        .sum();
    assert_eq!(pages, 1_001);

    // Only the month of a new article is written again.
    let before = std::fs::metadata(project.path("feeds/sitemap/2022-01.xml")).unwrap().modified().unwrap();
    article(&project, "storm", "2023-07-10", &[]);
    project.run("build").done();
    assert_eq!(sitemap(&project.read("feeds/sitemap/2023-07.xml"), "urlset").len(), 2);
    assert_eq!(std::fs::metadata(project.path("feeds/sitemap/2022-01.xml")).unwrap().modified().unwrap(), before);

    project.file("feedmill.toml", SPLIT.replace("article_url = \"{site}{path}/\"\n", ""));
    project.run("generate").done();
    assert!(!project.path("feeds/sitemap.xml").exists());
    assert!(project.tree("feeds/sitemap").is_empty());
}

#[test]
fn awkward_tags_have_their_own_feeds() {
    let project = Project::with_config(SPLIT);
    let long = "x".repeat(300);
    let tags = ["..", "/", "CON", "🎉", "שלום", "C++", "C#", "a/../b", "history", "index.html", &long];
    article(&project, "awkward", "2023-07-09", &tags);
    project.run("build").done();
    let feeds: BTreeSet<String> = project
        .tree("feeds/tag")
        .into_iter()
        .filter_map(|(name, _)| name.strip_suffix("/atom.xml").map(str::to_owned))
        .collect();
    assert_eq!(feeds.len(), tags.len(), "{feeds:?}");
    assert!(feeds.iter().all(|name| name.is_ascii() && !name.contains('/') && name.len() < 80), "{feeds:?}");
    project.run("check feeds").done();
}

#[test]
fn mistakes_are_pointed_at() {
    let wrong = |feed: &str, expected: &str| {
        let project = Project::with_config(&format!("[[source]]\npath = \"inbox\"\n\n[[feed]]\n{feed}"));
        std::fs::create_dir(project.path("inbox")).unwrap();
        project.run("build").exits(2).mentions(expected);
        assert!(!project.path("feeds").exists());
    };
    wrong("split_by = \"tags\"\n", "did you mean \"tag\"?");
    wrong("min_articles = 3\n", "\"min_articles\" means nothing for a feed that is not split");
    wrong("split_by = \"tag\"\nmin_articles = 0\n", "expected at least 1 article, found a limit of 0");
    wrong("split_by = \"tag\"\ntitle = \"{tag}\"\n", "expected placeholders out of {site} {value}, found \"{tag}\"");
    wrong("split_by = \"tag\"\n[[feed]]\nsplit_by = \"tag\"\n", "there are two feeds of the name \"tag\"");
    wrong("split_by = \"tag\"\n[[feed]]\nname = \"tag/sea\"\n", "found a place among them");
    wrong("name = \"sitemap.xml\"\n", "the sitemap stands there");
}
