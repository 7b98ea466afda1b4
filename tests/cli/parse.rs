//! `parse` and `explain`: why the program believes what it believes.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use expect_test::expect;

use crate::harness::Project;

#[test]
fn parse_tells_every_date_and_writes_nothing() {
    let project = Project::empty();
    project.file(
        "news/2023-07-09-pump.md",
        "---\ntitle: The pump is back\ndate: 2023-07-12\ndraft: true\nauthor: Bo <bo@test.example>\nmood: glad\n---\n\nIt *works*.\n",
    );
    let before = project.tree("");
    project.run("parse news/2023-07-09-pump.md").done().says(expect![[r#"
        $ feedmill parse news/2023-07-09-pump.md
        {"authors":[{"email":"bo@test.example","name":"Bo"}],"body":{"kind":"md","text":"It *works*.\n"},"date":{"confidence":"medium","conflicts":[{"confidence":"high","place":"2023-07-09","precision":"day","raw":"2023-07-09","rule":"path","value":"2023-07-09"}],"place":"date","precision":"day","raw":"2023-07-12","rule":"metadata","value":"2023-07-12"},"draft":true,"extra":{"mood":"glad"},"source":{"format":"markdown","origin":"news/2023-07-09-pump.md"},"title":"The pump is back","title_source":"metadata"}
    "#]]);
    assert_eq!(project.tree(""), before);
}

#[test]
fn parse_names_what_it_cannot_read() {
    let project = Project::empty();
    project.file("a.txt", " date 2023-07-09 The pump is back. It works.\n").file("b.bin", b"\0\x01\x02\0\0");
    let ran = project.run("parse a.txt b.bin missing.txt").exits(1).mentions("b.bin").mentions("missing.txt");
    assert_eq!(ran.json_lines().len(), 1);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let project = Project::empty();
    let text: String = (0..20_000)
        .map(|n| {
            format!("{{\"id\":\"{n}\",\"title\":\"T{n}\",\"date\":\"2023-07-09\",\"text\":\"Hello, and so on.\"}}\n")
        })
        .collect();
    project.file("many.jsonl", text);
    let mut child =
        project.command().args(["parse", "many.jsonl"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.contains("\"T0\""), "{first}");
    let out = child.wait_with_output().unwrap();
    assert_eq!(out.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&out.stderr), "");
}

#[test]
fn explain_tells_source_date_and_feeds() {
    let project = Project::with_config(
        "[site]\nurl = \"https://test.example/\"\n[[source]]\npath = \"inbox\"\n\n[[feed]]\n\n[[feed]]\nname = \"pumps\"\ntags = [\"pumps\"]\n\
         [[feed]]\nname = \"old\"\nuntil = 2020-01-01\n",
    );
    project.file(
        "inbox/pump.md",
        "---\ntitle: The pump is back\ndate: 2023-07-09\ntags: [Pumps]\nurl: https://test.example/pump\n---\n\nIt works. <script>x()</script>\n",
    );
    project.run("build").done();
    project.run("explain inbox/pump.md").done().says(expect![[r#"
        $ feedmill explain inbox/pump.md
        title     The pump is back (metadata)
        record    archive/2023/07/09/the-pump-is-back.md
        id        urn:uuid:d59634f0-9f33-53d3-ac2e-610469914c35
        published 2023-07-09T12:00:00Z
        date      2023-07-09 (metadata "date"), read from "2023-07-09", high confidence
        source    inbox/pump.md (markdown)
                  sha256 00bd4d812b9cf7b129b56e5532508b0945a3b63b6b1d63f4ae40b1f076e441d7
        dropped   by sanitising: 1 <script>
        feed      (top): yes, entry 1 of 1
        feed      pumps: yes, entry 1 of 1
        feed      old: no, it is newer than `until`
        dates     2023-07-09 (metadata "date"): chosen: the most trusted place
        titles    The pump is back (metadata): chosen: the most trusted place
                  It works (first sentence): trusted less than metadata
                  Pump (file name): trusted less than metadata
        texts     It works. <script>x()</script> (md): chosen: the whole text
    "#]]);
    for handle in
        ["https://test.example/pump", "archive/2023/07/09/the-pump-is-back.md", "2023/07/09/the-pump-is-back.md"]
    {
        project.run_args(["explain", handle]).done().mentions("The pump is back");
    }
    let told = project.run("explain --json inbox/pump.md").done().json();
    let id = told["id"].as_str().unwrap().to_owned();
    project.run_args(["explain", &id]).done().mentions("The pump is back");
}
