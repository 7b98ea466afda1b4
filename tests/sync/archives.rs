//! One archive keeps a copy of another.

use crate::harness::Project;
use crate::harness::server::{Reply, Server};
use crate::{asked, project, records, result, source};

/// A project that publishes its archive, and a server that hands its feeds out below `/a/`.
fn published() -> (Project, Server) {
    let config = "[site]\ntitle = \"First\"\nurl = \"https://first.example/\"\n\n[output]\narchive = true\n\n\
                  [[source]]\npath = \"in\"\n";
    let first = Project::with_config(config);
    for n in 1..=5 {
        first.file(&format!("in/{n}.txt"), format!(" date 2023-0{n}-09 Boat {n} came in with {} crates.", n * 17));
    }
    first.run("build").done();
    let server = Server::start();
    let feeds = first.path("feeds");
    server.respond("/a/*", move |asked| match std::fs::read(feeds.join(asked.path().trim_start_matches("/a/"))) {
        Ok(bytes) => Reply::ok("application/octet-stream", bytes),
        Err(_) => Reply::status(404),
    });
    (first, server)
}

fn texts(project: &Project) -> Vec<(String, Vec<u8>)> {
    project.tree("archive").into_iter().filter(|(path, _)| path.starts_with("20")).collect()
}

#[test]
fn only_what_differs_is_fetched_and_ids_and_dates_stay() {
    let (first, server) = published();
    let second = project(&source(&server.url("/a/archive.json"), ""));
    let ran = second.run("sync --json").done();
    assert_eq!((result(&ran).as_str(), records(&second).len()), ("new", 5), "{}", ran.stderr);
    assert_eq!(texts(&second), texts(&first), "the same bytes at the same places");
    server.forget();
    second.run("sync --force").done();
    assert_eq!(asked(&server), ["/a/archive.json"]);

    first.file("in/6.txt", " date 2023-05-20 A sixth boat came late, and empty.");
    first.run("build").done();
    server.forget();
    second.run("sync --force").done();
    assert_eq!(server.count(), 3, "the overview, one month, one record: {:?}", asked(&server));
    assert_eq!(texts(&second), texts(&first));
}

#[test]
fn what_was_edited_on_both_sides_is_a_conflict_and_both_are_kept() {
    let (first, server) = published();
    let second = project(&source(&server.url("/a/archive.json"), ""));
    second.run("sync").done();
    let path = texts(&first)[2].0.clone();
    let edit = |project: &Project, words: &str| {
        let text = project.read(&format!("archive/{path}")).replace("crates", words);
        project.file(&format!("archive/{path}"), text);
    };
    edit(&first, "barrels");
    edit(&second, "baskets");
    first.run("build").done();
    second.run("index").done();
    let ran = second.run("sync --force").done().mentions("conflicts");
    assert!(second.read(&format!("archive/{path}")).contains("baskets"), "{}", ran.stderr);
    let kept = second.tree("archive/.feedmill/conflicts");
    assert!(kept.len() == 1 && String::from_utf8_lossy(&kept[0].1).contains("barrels"));
}

#[test]
fn a_record_that_is_not_what_was_promised_is_refused() {
    let (first, server) = published();
    let path = texts(&first)[0].0.clone();
    let wrong = first.read(&format!("archive/{path}")).replace("crates", "snakes");
    server.on(&format!("/a/archive/{path}"), Reply::ok("text/plain", wrong));
    let second = project(&source(&server.url("/a/archive.json"), ""));
    let ran = second.run("sync --json").exits(1);
    assert!(ran.stdout.contains("SHA-256"), "{}", ran.stdout);
    assert_eq!((result(&ran).as_str(), records(&second).len()), ("unfinished", 4));
}
