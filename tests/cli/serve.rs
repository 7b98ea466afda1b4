//! Handing feeds out, as seen from the terminal.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use expect_test::expect;

use crate::harness::Project;

/// A server that says where it listens.
fn start(project: &Project, arguments: &str) -> (Child, String) {
    let mut child = project
        .command()
        .args(["serve", "--listen", "127.0.0.1:0", "--json"])
        .args(arguments.split_whitespace())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let said: serde_json::Value = serde_json::from_str(&line).expect("where it listens");
    (child, said["address"].as_str().unwrap().to_owned())
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// Sends a signal; how the process ended, and what it said on standard error.
fn end(mut child: Child, signal: &str) -> (Option<i32>, String) {
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
    let code = child.wait().unwrap().code();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    (code, said)
}

#[test]
#[cfg(unix)]
fn a_server_hands_out_the_feeds_until_it_is_told_to_stop() {
    let project = Project::new();
    project.file("inbox/2023-07-09 storm.txt", "A storm closed the harbour.");
    project.run("build").done();
    for signal in ["-TERM", "-INT"] {
        let (child, address) = start(&project, "");
        assert!(get(&address, "/atom.xml").contains("A storm closed the harbour"));
        let idle = TcpStream::connect(&address).unwrap();
        let (code, said) = end(child, signal);
        drop(idle);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("Serving feeds on http://127.0.0.1:") && said.contains("Stopped"), "{said}");
        assert!(said.contains("\"GET /atom.xml HTTP/1.1\" 200 "), "{said}");
    }
}

#[test]
#[cfg(unix)]
fn a_directory_of_feeds_is_enough() {
    let project = Project::empty();
    project.file("other/rss.xml", "<rss/>");
    let (child, address) = start(&project, "other --quiet --access-log logs/access.log");
    assert!(get(&address, "/rss.xml").ends_with("\r\n\r\n<rss/>"));
    let taken = project.run(&format!("serve other --listen {address}")).exits(1);
    assert!(taken.stderr.contains("cannot listen there") && taken.stderr.contains("name another ADDR:PORT"));
    assert_eq!(end(child, "-TERM"), (Some(0), String::new()));
    assert!(project.read("logs/access.log").contains("\"GET /rss.xml HTTP/1.1\" 200 6 "));
}

#[test]
fn what_cannot_be_handed_out() {
    let project = Project::new();
    project.run("serve").exits(2).says(expect![[r#"
        $ feedmill serve
        error: feeds: expected the directory of the feeds, found nothing there
          hint: `feedmill build` makes it; or name another directory
        [exit 2]
    "#]]);
    project.run("serve feedmill.toml").exits(2).mentions("found a file");
    project.run("serve . --listen localhost").exits(2).mentions("invalid socket address syntax");
    for (key, said) in [
        ("listen = \"localhost\"", "expected ADDRESS:PORT such as \"127.0.0.1:8080\", found \"localhost\""),
        ("metrics = \"everybody\"", "expected \"off\", \"loopback\" or \"public\", found \"everybody\""),
        ("max_connections = 0", "expected at least 1 connection, found a limit of 0"),
        ("max_age = \"long\"", "expected a whole number, 0 or more"),
    ] {
        let project = Project::with_config(&format!("[serve]\n{key}\n"));
        project.run("serve").exits(2).mentions("feedmill.toml:2:").mentions(said);
    }
}
