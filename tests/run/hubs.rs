//! Hubs are told of news, and of nothing else, until they have taken it.

use super::harness::Project;
use super::harness::server::{Reply, Server};
use super::{Running, config};

/// What a hub was told: the documents, in order.
fn told(server: &Server) -> Vec<String> {
    let pings = server.log().into_iter().filter(|asked| asked.path() == "/hub" && asked.method == "POST");
    pings
        .map(|asked| {
            let form: Vec<(String, String)> = url::form_urlencoded::parse(&asked.body).into_owned().collect();
            let of = |name: &str| form.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap();
            assert_eq!((of("hub.mode").as_str(), of("hub.topic")), ("publish", of("hub.url")));
            assert_eq!(asked.header("content-type"), Some("application/x-www-form-urlencoded"));
            of("hub.url")
        })
        .collect()
}

fn project(server: &Server) -> Project {
    let hub = format!("hub = \"{}\"\n", server.url("/hub"));
    let project =
        Project::with_config(&config("[[source]]\npath = \"inbox\"\n").replace("[sync]", &format!("{hub}[sync]")));
    project.file("inbox/a.md", "---\ntitle: Storm\ndate: 2024-07-09\n---\nA storm closed the harbour.\n");
    project
}

const DOCUMENTS: [&str; 3] =
    ["https://bay.example/atom.xml", "https://bay.example/feed.json", "https://bay.example/rss.xml"];

#[test]
fn a_hub_is_told_of_news_and_of_nothing_else() {
    let server = Server::start();
    server.on("/hub", Reply::status(202));
    let project = project(&server);
    project.run("build").done().mentions("Told");
    assert_eq!(told(&server), DOCUMENTS);
    assert!(project.read("feeds/atom.xml").contains(&format!("rel=\"hub\" href=\"{}\"", server.url("/hub"))));
    server.forget();
    project.run("build").done();
    assert!(told(&server).is_empty(), "nothing has changed");
    project.file("inbox/a.md", "---\ntitle: Storm\ndate: 2024-07-09\n---\nA  storm closed   the harbour.\n");
    project.run("build").done();
    assert!(told(&server).is_empty(), "white space is no news");
    project.file("inbox/old.md", "---\ntitle: Old\ndate: 1999-07-09\n---\nAn old report was found.\n");
    project.file("inbox/draft.md", "---\ntitle: Draft\ndate: 2024-07-10\ndraft: true\n---\nNot yet.\n");
    project.file("inbox/late.md", "---\ntitle: Late\ndate: 2999-07-10\n---\nIn a thousand years.\n");
    project.run("build").done();
    assert!(told(&server).is_empty(), "neither is what is older than the feed, a draft, or the future");
    project.file("inbox/b.md", "---\ntitle: Calm\ndate: 2024-07-11\n---\nCalm returned.\n");
    project.run("build").done();
    assert_eq!(told(&server), DOCUMENTS);
}

#[test]
fn a_hub_that_fails_is_told_again() {
    let server = Server::start();
    server.script("/hub", [Reply::status(503).body("busy"), Reply::status(204)]);
    let project = project(&server);
    project.run("build").exits(1).mentions("found 503: busy").mentions("told again");
    server.forget();
    project.run("build").done();
    assert_eq!(told(&server), DOCUMENTS);
    server.forget();
    project.run("build").done();
    assert!(told(&server).is_empty());
}

#[test]
fn a_process_that_keeps_up_tells_its_hub() {
    let server = Server::start();
    server.on("/hub", Reply::status(202));
    let project = project(&server);
    let mut running = Running::start(&project);
    running.until("the hub is told", || told(&server) == DOCUMENTS);
    project.file("inbox/b.md", "---\ntitle: Calm\ndate: 2024-07-11\n---\nCalm returned.\n");
    running.until("the hub is told again", || told(&server).len() == 6);
    let ping = format!("ping {}", server.url("/hub"));
    running
        .until("it is in the journal", || running.runs_of(&ping).iter().filter(|run| run["changes"] == 3).count() == 2);
    running.stop();
}
