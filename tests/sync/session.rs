//! What people see.

use expect_test::expect;

use crate::harness::Project;
use crate::harness::server::{Reply, Server};
use crate::{project, rss, source};

const RSS: &str = "application/rss+xml";

#[test]
fn a_first_sync_and_what_there_is_to_do_next() {
    let server = Server::start();
    server.on("/feed.xml", Reply::ok(RSS, rss("bay", "", 1..=3)).header("Cache-Control", "max-age=7200"));
    server.on("/old.xml", Reply::status(410)).on("/odd.xml", Reply::status(500));
    let urls = ["/feed.xml", "/old.xml", "/odd.xml"].map(|path| server.url(path));
    let tables: String = urls.iter().map(|url| source(url, "")).collect();
    let project = project(&tables);
    // The times depend on the address, which has another port each time.
    let timeless = |line: &str| match line.split_once("again in ") {
        Some((before, after)) => {
            let reason = after.split_once(": ").map_or("", |(_, reason)| reason);
            format!("{before}again in [time]{}{reason}\n", if reason.is_empty() { "" } else { ": " })
        }
        None => format!("{line}\n"),
    };
    let plain =
        |text: &str| text.replace(&server.url("/"), "http://bay.example/").lines().map(timeless).collect::<String>();
    let ran = project.run("sync");
    expect![[r#"
        note: http://bay.example/feed.xml: carries summaries only; `full_text = true` in the source fetches the texts from the pages
           Synced http://bay.example/feed.xml: 3 new; again in [time]
             Gone http://bay.example/old.xml: gone for good (410); remove it from feedmill.toml
        error: http://bay.example/odd.xml: expected 200, found 500 (internal server error)
          hint: 1 failure in a row; it may be asked again in [time]: it failed
            Asked 3 sources, 1 failed, 1 gone; 3 articles new, 0 changed; 3 requests
             next run `feedmill generate` to write the feeds
    "#]]
    .assert_eq(&plain(&ran.stderr));
    assert_eq!(ran.code, Some(1));
    project.run("generate").done();
    assert!(project.read("feeds/atom.xml").contains("The bay ferry number 3"));
}

#[test]
fn wrong_use_is_explained() {
    let none = Project::new();
    none.run("sync").says(expect![[r#"
        $ feedmill sync
        error: [[source]]: expected a source with a url in the configuration, found none
          hint: `feedmill sources add URL` adds one
        [exit 2]
    "#]]);
    let server = Server::start();
    let project = project(&source(&server.url("/feed.xml"), ""));
    project.run("sync harbour").exits(2).mentions("`feedmill sources` lists them");
    let wrong = [
        ("url = \"https://a.example/\"\npath = \"b\"", "expected a path or a url, found both"),
        ("format = \"json\"", "expected the key \"path\" or \"url\""),
        ("path = \"a\"\nfull_text = true", "\"full_text\" means nothing for a path"),
        ("url = \"ftp://a.example/\"", "the protocol \"ftp\""),
        ("url = \"https://a.example/\"\nkind = \"fed\"", "did you mean \"feed\"?"),
        ("url = \"https://a.example/\"\ninterval = \"soon\"", "expected a time such as"),
        ("url = \"https://a.example/\"\nsha256 = \"abc\"", "64 hexadecimal digits"),
        ("url = \"https://a.example/\"\nheaders = { \"a b\" = \"c\" }", "the name of a header"),
    ];
    for (keys, words) in wrong {
        Project::with_config(&format!("[[source]]\n{keys}\n")).run("sync").exits(2).mentions(words);
    }
    Project::with_config("[sync]\nproxy = \"gopher://x\"\n").run("sync").exits(2).mentions("expected a proxy");
}

#[test]
fn sources_are_found_added_imported_and_exported() {
    let server = Server::start();
    let home = "<html><head><link rel=alternate type='application/atom+xml' title=Comments href=/comments/feed>\
                <link rel=alternate type='application/rss+xml' title=News href=/feed.xml></head><body><p>Hi";
    server.on("/", Reply::ok("text/html", home)).on("/feed.xml", Reply::ok(RSS, rss("bay", "", 1..=3)));
    server.on("/comments/feed", Reply::ok(RSS, rss("talk", "", 1..=1)));
    let project = Project::with_config("# mine\n[site]\ntitle = \"Mirror\"\n\n[sync]\ndelay = \"0s\"\n");
    project.run_args(["sources", "add", &server.url("/"), "--allow-private"]).done().mentions("there is also");
    let config = project.read("feedmill.toml");
    assert!(config.starts_with("# mine\n") && config.contains(&server.url("/feed.xml")), "{config}");
    project.run_args(["sources", "add", &server.url("/"), "--allow-private"]).done().mentions("is a source already");
    assert_eq!(config, project.read("feedmill.toml"));
    project.run_args(["sources", "add", &server.url("/nothing"), "--allow-private"]).exits(1).mentions("404");
    project.run("sources").done().mentions("not asked yet");
    project.run("sync").done();
    project.run("sources").done().mentions("good, answered");

    let opml = project.run("sources export").done().stdout;
    let other = Project::with_config("");
    other.file("list.opml", &opml);
    other.run("sources import list.opml").done().mentions("1 feed");
    other.run("sources import list.opml").done().mentions("1 were there already");
    assert!(other.read("feedmill.toml").contains(&server.url("/feed.xml")));
    other.run("sources import feedmill.toml").exits(1);
}

#[test]
fn a_list_is_imported_or_said_outline_by_outline() {
    let project = Project::with_config("");
    project.file("local.xml", rss("bay", "", 1..=1));
    let local = project.path("local.xml").canonicalize().unwrap();
    project.file(
        "list.opml",
        format!(
            "<opml version=\"2.0\"><body><outline text=\"Sea\"><outline text=\"Fog &amp; ice\">\
             <outline text=\"The horn\" type=\"rss\" xmlUrl=\"https://horn.example/feed\"/></outline>\
             <outline text=\"No scheme\" xmlUrl=\"127.0.0.1:9/rss\"/>\
             <outline text=\"Here\" xmlUrl=\"file://{}\"/><outline text=\"Nowhere\" xmlUrl=\"file:///no/such.xml\"/></outline>\
             <outline text=\"Page only\" htmlUrl=\"https://only.example/\"/>\
             <outline text=\"All\" type=\"include\" url=\"https://all.example/list.opml\"/>\
             <outline text=\"Off\" isComment=\"true\" xmlUrl=\"https://off.example/feed\"/></body></opml>",
            local.display()
        ),
    );
    project.run("sources import list.opml").done().says(expect![[r#"
        $ feedmill sources import list.opml
        note: https://127.0.0.1:9/rss does not answer now, and is listed without https:// or http://
        note: "Page only" names a page only; `feedmill sync` looks for its feed
            Added 5 sources to feedmill.toml
             next run `feedmill sync`
        note: not imported: "Off" is commented out (isComment)
        note: not imported: "Nowhere" is a file that is not there: /no/such.xml
         Imported 5 feeds; 0 were there already; 2 not imported, named above
    "#]]);
    let config = project.read("feedmill.toml").replace(&local.display().to_string(), "[local]");
    expect![[r#"

        [[source]]
        url = "https://horn.example/feed"
        name = "The horn"
        tags = ["Sea", "Fog & ice"]

        [[source]]
        url = "https://127.0.0.1:9/rss"
        name = "No scheme"
        tags = ["Sea"]

        [[source]]
        path = "[local]"
        tags = ["Sea"]

        [[source]]
        url = "https://only.example/"
        name = "Page only"

        [[source]]
        url = "https://all.example/list.opml"
        name = "All"
        kind = "opml"
    "#]]
    .assert_eq(&config);
    // Names and folders go out as they came in, and come in again.
    let exported = project.run("sources export").done().stdout;
    let other = Project::with_config("");
    other.file("list.opml", &exported);
    other.run("sources import list.opml").done();
    assert_eq!(other.run("sources export").done().stdout, exported);
    expect![[r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <opml version="2.0">
          <head>
            <title>feedmill</title>
          </head>
          <body>
            <outline text="Sea" title="Sea">
              <outline text="Fog &amp; ice" title="Fog &amp; ice">
                <outline text="The horn" title="The horn" type="rss" xmlUrl="https://horn.example/feed"/>
              </outline>
              <outline text="No scheme" title="No scheme" type="rss" xmlUrl="https://127.0.0.1:9/rss"/>
            </outline>
            <outline text="Page only" title="Page only" type="rss" xmlUrl="https://only.example/"/>
          </body>
        </opml>
    "#]]
    .assert_eq(&exported);
}
