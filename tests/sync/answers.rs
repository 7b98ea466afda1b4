//! Every answer that a server may give, and what becomes of it.

use std::time::Duration;

use crate::harness::Project;
use crate::harness::server::{Reply, Server};
use crate::{project, records, result, rss, source, state};

const RSS: &str = "application/rss+xml";

/// A project with one feed that was synced once and has three articles.
fn synced(server: &Server) -> Project {
    server.on("/feed.xml", Reply::ok(RSS, rss("bay", "", 1..=3)).header("ETag", "\"v1\""));
    let project = project(&source(&server.url("/feed.xml"), ""));
    project.run("sync").done();
    assert_eq!(records(&project).len(), 3);
    server.forget();
    project
}

/// What the next run makes of a reply: its result, the words, and what is remembered.
fn meets(server: &Server, project: &Project, reply: Reply) -> (String, String, serde_json::Value) {
    server.on("/feed.xml", reply);
    let ran = project.run("sync --json --force");
    assert_eq!(records(project).len(), 3, "nothing in the archive changes");
    (result(&ran), ran.stderr.clone(), state(project))
}

#[test]
fn failures_are_said_and_put_off() {
    let server = Server::start();
    let project = synced(&server);
    let feed = rss("bay", "", 1..=3);
    let failing: Vec<(Reply, &str)> = vec![
        (Reply::status(404), "404 (not found)"),
        (Reply::status(500), "500"),
        (Reply::status(403), "403 (forbidden)"),
        (Reply::challenge(200), "a web page"),
        (Reply::ok(RSS, &feed).gzip().cut_after(120), ""),
        (Reply::ok(RSS, &feed).claims_length(1_000_000).close(), ""),
        (Reply::ok(RSS, &feed).broken_chunk(), ""),
        (Reply::hang_up(), ""),
        (Reply::redirect(301, "/feed.xml"), "redirect"),
        (Reply::redirect(302, "ftp://elsewhere.example/"), ""),
        (Reply::ok(RSS, "no feed at all"), "a feed"),
        (Reply::ok(RSS, ""), ""),
    ];
    for (at, (reply, words)) in failing.into_iter().enumerate() {
        let (result, said, state) = meets(&server, &project, reply);
        assert_eq!(result, "failed", "{at}: {said}");
        assert!(said.contains("error:") && said.contains(words), "{at}: {said}");
        assert_eq!(state["failures"], at + 1, "{said}");
        assert_eq!(state["next"]["why"], "back-off", "{said}");
        assert_eq!(state["etag"], "\"v1\"", "the validators of the last good answer stay: {said}");
    }
    let (result, _, state) = meets(&server, &project, Reply::ok(RSS, &feed).header("ETag", "\"v1\""));
    assert_eq!((result.as_str(), state["failures"].as_u64()), ("unchanged", Some(0)));
    assert!(state.get("problem").is_none());
}

#[test]
fn a_server_that_takes_its_time_is_cut_off() {
    let server = Server::start();
    let feed = rss("bay", "", 1..=3);
    server.on("/drip.xml", Reply::ok(RSS, &feed).drip(Duration::from_millis(100)));
    server.on("/silent.xml", Reply::ok(RSS, &feed).after(Duration::from_secs(60)));
    server.on("/endless.xml", Reply::ok(RSS, "<rss><channel>").endless());
    server.on("/bomb.xml", Reply::bomb(RSS, 256));
    let sources: String =
        ["drip", "silent", "endless", "bomb"].map(|name| source(&server.url(&format!("/{name}.xml")), "")).concat();
    let project = Project::with_config(&format!("[sync]\ndelay = \"0s\"\ntimeout = \"700ms\"\n{sources}"));
    let ran = project.run("sync --json").exits(1);
    for done in ran.json()["sync"]["sources"].as_array().unwrap() {
        assert_eq!(done["result"], "failed", "{done}");
    }
}

#[test]
fn retry_after_is_kept_even_by_who_insists() {
    let server = Server::start();
    let project = synced(&server);
    for (status, value) in [(429, "7200"), (503, "Fri, 31 Dec 2027 23:59:59 GMT")] {
        let (result, _, state) = meets(&server, &project, Reply::status(status).header("Retry-After", value));
        assert_eq!((result.as_str(), state["next"]["why"].as_str()), ("failed", Some("retry-after")));
        server.forget();
        let (result, ..) = meets(&server, &project, Reply::status(200));
        assert_eq!((result.as_str(), server.count()), ("not-due", 0), "--force does not shorten it");
        // Only who throws the memory away asks again.
        project.run("index --rebuild").done();
    }
}

#[test]
fn what_is_gone_is_not_asked_again() {
    let server = Server::start();
    let project = synced(&server);
    let (result, said, _) = meets(&server, &project, Reply::status(410));
    assert!(result == "gone" && said.contains("gone for good"), "{said}");
    server.forget();
    let ran = project.run("sync --json");
    assert_eq!((super::result(&ran).as_str(), server.count()), ("gone", 0));
    project.run("sources").done().mentions("gone for good (410)");
    server.on("/feed.xml", Reply::ok(RSS, rss("bay", "", 1..=4)));
    project.run("sync --force").done();
    assert_eq!(records(&project).len(), 4, "unless somebody insists");
}

#[test]
fn changed_validators_with_the_same_body_are_kept() {
    let server = Server::start();
    let project = synced(&server);
    let (result, _, state) = meets(&server, &project, Reply::ok(RSS, rss("bay", "", 1..=3)).header("ETag", "\"v2\""));
    assert_eq!((result.as_str(), state["etag"].as_str()), ("unchanged", Some("\"v2\"")));
    let (result, _, state) = meets(&server, &project, Reply::ok(RSS, rss("bay", "", 1..=3)));
    assert_eq!((result.as_str(), state.get("etag")), ("unchanged", None), "a server may stop giving any");
}

#[test]
fn charsets_lie() {
    let server = Server::start();
    let text = rss("bay", "", 1..=1).replace("number", "Größe");
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    server.on("/utf8.xml", Reply::ok("application/rss+xml; charset=iso-8859-1", &text));
    let declared = [b"<?xml version=\"1.0\" encoding=\"utf-8\"?>".as_slice(), &latin].concat();
    server.on("/latin.xml", Reply::ok("application/rss+xml", declared));
    for path in ["/utf8.xml", "/latin.xml"] {
        let project = project(&source(&server.url(path), ""));
        project.run("sync").done();
        let archive = project.tree("archive");
        let record = archive.iter().find(|(path, _)| path.starts_with("20")).unwrap();
        assert!(String::from_utf8_lossy(&record.1).contains("The bay ferry Größe 1"), "{path}");
    }
}

#[test]
fn private_addresses_are_refused_and_secrets_stay_at_home() {
    let server = Server::start();
    server.on("/feed.xml", Reply::ok(RSS, rss("bay", "", 1..=1)));
    let refused = project(&format!("\n[[source]]\nurl = \"{}\"\n", server.url("/feed.xml")));
    refused.run("sync").exits(1).mentions("allow_private");
    assert_eq!(server.count(), 0);

    server.on("/away.xml", Reply::redirect(302, &server.url_at("127.0.0.2", "/feed.xml")));
    let keys = "headers = { Authorization = \"env:TOKEN\", X-Key = \"file:key.txt\" }";
    let project = project(&(source(&server.url("/feed.xml"), keys) + &source(&server.url("/away.xml"), keys)));
    project.file("key.txt", "k3y\n");
    project.run("sync").exits(2).mentions("TOKEN");
    let out = project.command().args(["sync", "--json", "--verbose"]).env("TOKEN", "Bearer s3cret").output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    for bytes in [out.stdout, out.stderr, std::fs::read(project.path("archive/.feedmill/index.sqlite")).unwrap()] {
        let shown = String::from_utf8_lossy(&bytes);
        assert!(!shown.contains("s3cret") && !shown.contains("k3y"), "{shown}");
    }
    for asked in server.log() {
        let expected = (asked.address.to_string() == "127.0.0.1").then_some("Bearer s3cret");
        assert_eq!(asked.header("authorization"), expected, "{}", asked.target);
        assert_eq!(asked.header("x-key"), expected.map(|_| "k3y"));
    }
    assert_eq!(server.log().len(), 3);
}

#[test]
fn raw_answers_are_kept_and_can_be_ingested_again() {
    let server = Server::start();
    server.on("/feed.xml", Reply::ok(RSS, rss("bay", "", 1..=3)).gzip());
    let lines = "{\"title\": \"A\", \"date\": \"2023-01-02\", \"text\": \"The lighthouse is dark.\"}\n";
    server.on("/a.jsonl", Reply::ok("application/jsonl", lines));
    let project = project(&(source(&server.url("/feed.xml"), "") + &source(&server.url("/a.jsonl"), "")));
    project.run("sync --raw").done();
    assert_eq!(records(&project).len(), 4);
    let raw = project.tree("raw");
    assert!(raw.len() == 1 && raw[0].0.ends_with(".warc.gz"), "{raw:?}");
    let again = Project::with_config("[[source]]\npath = \"raw\"\n");
    again.file(&format!("raw/{}", raw[0].0), &raw[0].1);
    again.run("ingest").done();
    assert_eq!(records(&again), records(&project));
}
