//! A name and a password in the address of a source are sent, and are nowhere else afterwards but in the configuration.

use crate::harness::server::{Reply, Server};
use crate::harness::{Project, Ran};
use crate::{project, records, rss, source};

const RSS: &str = "application/rss+xml";
const PASSWORD: &str = "s3cretpw";
/// `ann:s3cretpw` by RFC 7617.
const BASIC: &str = "Basic YW5uOnMzY3JldHB3";

/// A server that answers to Ann alone.
fn server(paths: &[(&str, &str, String)]) -> Server {
    let server = Server::start();
    for (path, media_type, body) in paths {
        let (media_type, body) = (media_type.to_string(), body.clone());
        server.respond(path, move |asked| match asked.header("authorization") {
            Some(BASIC) => Reply::ok(&media_type, &body),
            _ => Reply::challenge(401),
        });
    }
    server
}

fn with_login(url: &str) -> String {
    url.replacen("://", &format!("://ann:{PASSWORD}@"), 1)
}

fn publishing(sources: &str) -> Project {
    let project = project(sources);
    let config = format!("{}\n[output]\narchive = true\n", project.read("feedmill.toml"));
    project.file("feedmill.toml", config);
    project
}

/// Whether the bytes have the password, plain or as it is sent.
fn tells(bytes: &[u8]) -> bool {
    let has = |word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
    has(PASSWORD) || has("YW5uOnMzY3JldHB3") || has("ann:") || has("ann@")
}

/// The files that have the password.
fn telling(project: &Project) -> Vec<String> {
    project.tree("").into_iter().filter(|(_, bytes)| tells(bytes)).map(|(path, _)| path).collect()
}

fn is_silent(ran: Ran) -> Ran {
    assert!(!tells(ran.stdout.as_bytes()) && !tells(ran.stderr.as_bytes()), "{}\n{}", ran.stdout, ran.stderr);
    ran
}

#[test]
fn they_are_sent_and_stored_nowhere_else() {
    let page = "<html><head><title>Notes</title><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/found.xml\"></head>\
        <body><p>Notes of the quay.</p></body></html>";
    let server = server(&[
        ("/feed.xml", RSS, rss("bay", "", 1..=3)),
        ("/page", "text/html", page.to_owned()),
        ("/found.xml", RSS, rss("quay", "", 1..=2)),
        ("/broken.xml", RSS, "<rss><channel>".to_owned()),
    ]);
    let sources: String = ["/feed.xml", "/page", "/broken.xml", "/none.xml"]
        .iter()
        .map(|path| source(&with_login(&server.url(path)), ""))
        .collect();
    let project = publishing(&sources);
    let ran = is_silent(project.run("sync --raw"));
    assert!(
        ran.stderr.contains("feedmill.toml:10:7: a name or a password stands in the url of http://127"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("headers = { Authorization = \"env:NAME\" }"), "{}", ran.stderr);
    assert_eq!(records(&project).len(), 5);
    is_silent(project.run("build")).exits(0);
    for command in
        ["sources", "sources --json", "sources export", "status", "status --json", "schedule", "check", "-v generate"]
    {
        is_silent(project.run(command));
    }
    is_silent(project.run(&format!("explain archive/{}", records(&project)[0]))).exits(0);
    // Who copies the url out of the configuration means the source.
    is_silent(project.run_args(["sync", "--force", &with_login(&server.url("/feed.xml"))])).exits(0);
    is_silent(project.run_args(["sync", &with_login("http://other.example/")])).exits(2);
    assert_eq!(telling(&project), ["feedmill.toml"]);
}

#[test]
fn a_header_of_the_source_is_worth_more() {
    let server = Server::start();
    server.on("/feed.xml", Reply::ok(RSS, rss("bay", "", 1..=1)));
    let project =
        project(&source(&with_login(&server.url("/feed.xml")), "headers = { authorization = \"Bearer t0ken\" }"));
    project.run("sync").exits(0);
    let asked = &server.asked("/feed.xml")[0];
    assert_eq!(asked.header("authorization"), Some("Bearer t0ken"));
}

#[test]
fn errors_in_the_configuration_do_not_name_them() {
    let url = "http://ann:s3cretpw@bay.example/feed.xml";
    for sources in [
        source(url, "").repeat(2),
        source("ftp://ann:s3cretpw@bay.example/", ""),
        source("http://ann:s3cretpw@bay.example:99999/", ""),
        source(url, "kind = \"feeds\""),
        source(url, "sha256 = \"1\""),
    ] {
        is_silent(project(&sources).run("sync")).exits(2);
    }
}

#[test]
fn a_source_is_added_with_them_and_says_so() {
    let server = server(&[("/feed.xml", RSS, rss("bay", "", 1..=3))]);
    let project = project("");
    let url = with_login(&server.url("/feed.xml"));
    let ran = is_silent(project.run_args(["sources", "add", "--allow-private", &url])).exits(0);
    assert_eq!(ran.stderr.matches("a name or a password stands in the url").count(), 1, "{}", ran.stderr);
    assert!(project.read("feedmill.toml").contains(&url));
    let again = is_silent(project.run_args(["sources", "add", "--allow-private", &server.url("/feed.xml")]));
    assert_eq!(again.code, Some(1), "without a password nobody answers");
    is_silent(project.run("sync")).exits(0);
    assert_eq!(records(&project).len(), 3);
    assert_eq!(telling(&project), ["feedmill.toml"]);
}

#[test]
fn an_archive_that_has_them_is_cleaned_and_knows_its_articles() {
    let server = server(&[("/feed.xml", RSS, rss("bay", "", 1..=3))]);
    let project = publishing(&source(&with_login(&server.url("/feed.xml")), ""));
    project.run("build --sync").exits(0);
    let paths = records(&project);
    let contents = || records(&project).iter().map(|path| project.read(&format!("archive/{path}"))).collect::<Vec<_>>();
    let clean = contents();
    for path in &paths {
        let path = format!("archive/{path}");
        let text = project.read(&path);
        let dirty = text.replace("origin: http://", &format!("origin: http://ann:{PASSWORD}@"));
        assert_ne!(text, dirty, "{text}");
        project.file(&path, dirty);
    }
    assert_eq!(telling(&project).len(), 1 + paths.len());
    std::fs::remove_dir_all(project.path("archive/.feedmill")).unwrap();
    is_silent(project.run("build --sync")).exits(0);
    assert_eq!(telling(&project), ["feedmill.toml"]);
    assert_eq!((records(&project), contents()), (paths, clean));
}

#[test]
fn lists_do_not_hand_on_those_of_others() {
    let server = Server::start();
    server.on("/feed.xml", Reply::ok(RSS, rss("bay", "", 1..=1)));
    let list = format!(
        "<opml version=\"2.0\"><head><title>L</title></head><body><outline type=\"rss\" text=\"Bay\" xmlUrl=\"{}\"/></body></opml>",
        with_login(&server.url("/feed.xml"))
    );
    server.on("/list.opml", Reply::ok("text/x-opml", &list));
    let listed = publishing(&source(&server.url("/list.opml"), ""));
    is_silent(listed.run("sync")).exits(0);
    is_silent(listed.run("sources export"));
    assert_eq!((records(&listed).len(), telling(&listed)), (1, Vec::new()));
    let imported = project("");
    imported.file("list.opml", list);
    let ran = is_silent(imported.run("sources import list.opml")).exits(0);
    assert!(ran.stderr.contains("a name or a password stands in the url"), "{}", ran.stderr);
}

#[test]
fn a_host_name_may_end_in_a_dot() {
    let server = Server::start();
    server.on("/feed.xml", Reply::ok(RSS, rss("bay", "", 1..=1)));
    let url = server.url("/feed.xml").replace("127.0.0.1", "localhost.");
    let project = project(&source(&url, ""));
    project.run("sync").exits(0);
    assert_eq!(records(&project).len(), 1);
}
