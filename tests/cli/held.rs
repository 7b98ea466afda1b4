//! What its source keeps from the public is published nowhere, and said.

use expect_test::expect;

use crate::harness::Project;

/// Stands in every text that nobody may read.
const WORD: &str = "sturgeon";

/// Files with one article each that is kept back, by the word of their mark.
const HELD: &[(&str, &str)] = &[
    ("draft.md", "---\ntitle: A\ndate: 2023-07-01\ndraft: on\n---\nThe sturgeon of A.\n"),
    ("published.md", "---\ntitle: B\ndate: 2023-07-02\npublished: no\n---\nThe sturgeon of B.\n"),
    ("hugo.md", "+++\ntitle = \"C\"\ndate = 2023-07-03\n[build]\nlist = \"never\"\n+++\nThe sturgeon of C.\n"),
    ("under.md", "---\ntitle: D\ndate: 2023-07-04\n_build:\n  render: never\n---\nThe sturgeon of D.\n"),
    ("headless.md", "---\ntitle: E\ndate: 2023-07-05\nheadless: true\n---\nThe sturgeon of E.\n"),
    ("pelican.md", "Title: F\nDate: 2023-07-06\nStatus: skip\n\nThe sturgeon of F.\n"),
    ("nikola.md", ".. title: G\n.. date: 2023-07-07\n.. status: private\n\nThe sturgeon of G.\n"),
    ("access.md", "---\ntitle: H\ndate: 2023-07-08\naccess: members-only\n---\nThe sturgeon of H.\n"),
    ("secret.md", "---\ntitle: I\ndate: 2023-07-09\npassword: sturgeon roe\n---\nThe sturgeon of I.\n"),
    ("_drafts/2023-07-10-j.md", "---\ntitle: J\n---\nThe sturgeon of J.\n"),
    ("org.org", "#+title: K\n#+date: 2023-07-11\n#+visibility: private\n\nThe sturgeon of K.\n"),
    (
        "ghost.json",
        r#"{"db":[{"data":{"posts":[{"id":"7","title":"L","html":"<p>The sturgeon of L.</p>","status":"published",
            "visibility":"tiers","published_at":"2023-07-12T08:00:00.000Z"}]}}]}"#,
    ),
    (
        "outbox.json",
        r#"{"@context":"https://www.w3.org/ns/activitystreams","type":"OrderedCollection","orderedItems":[
            {"id":"https://s.example/1/activity","type":"Create","to":["https://s.example/users/bo/followers"],"cc":[],
             "object":{"id":"https://s.example/1","type":"Note","published":"2023-07-13T08:00:00Z",
             "content":"<p>The sturgeon of M.</p>"}},
            {"id":"https://s.example/2/activity","type":"Announce","object":"https://other.example/9"}]}"#,
    ),
    (
        "wordpress.xml",
        r#"<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
            xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>W</title><link>https://w.example</link>
            <item><title>N</title><guid isPermaLink="false">https://w.example/?p=1</guid>
            <pubDate>Fri, 14 Jul 2023 08:00:00 +0000</pubDate><wp:status>publish</wp:status>
            <wp:post_password>sturgeon</wp:post_password><content:encoded>The sturgeon of N.</content:encoded></item>
            <item><title>O</title><guid isPermaLink="false">https://w.example/?p=2</guid>
            <pubDate>Sat, 15 Jul 2023 08:00:00 +0000</pubDate><wp:status>pending</wp:status>
            <content:encoded>The sturgeon of O.</content:encoded></item></channel></rss>"#,
    ),
    (
        "blogger.atom",
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:blogger="http://schemas.google.com/blogger/2018">
            <title>B</title><id>tag:blogger.com,1999:blog-1</id><updated>2023-07-16T08:00:00Z</updated>
            <entry><id>tag:blogger.com,1999:blog-1.post-1</id><blogger:type>POST</blogger:type>
            <blogger:status>DRAFT</blogger:status><title>P</title><published>2023-07-16T08:00:00Z</published>
            <updated>2023-07-16T08:00:00Z</updated><content type="html">The sturgeon of P.</content></entry>
            <entry><id>tag:blogger.com,1999:blog-1.post-2</id><blogger:type>COMMENT</blogger:type><title>Q</title>
            <published>2023-07-16T08:00:00Z</published><updated>2023-07-16T08:00:00Z</updated>
            <content type="html">The sturgeon of a reader.</content></entry></feed>"#,
    ),
    (
        "movable.txt",
        "TITLE: Dace\nSTATUS: Publish\nDATE: 07/19/2023 08:00:00 AM\n-----\nBODY:\nA dace.\n-----\n--------\n\
         TITLE: T\nSTATUS: Draft\nDATE: 07/20/2023 08:00:00 AM\n-----\nBODY:\nThe sturgeon of T.\n-----\n--------\n",
    ),
    ("audience.csv", "title,date,audience,text\nR,2023-07-17,only_paid,The sturgeon of R.\n"),
    ("draft.txt", "Title: S\nStatus: draft\n\nThe sturgeon of S has no date.\n"),
    ("comment.md", "---\ntitle: Perch\ndate: 2023-07-18\n---\nA perch. %%The sturgeon is a secret.%%\n"),
];

fn project() -> Project {
    let project = Project::new();
    let config = project.read("feedmill.toml");
    project.file("feedmill.toml", format!("{config}\n[output]\narchive = true\n"));
    for (name, text) in HELD {
        project.file(&format!("inbox/{name}"), text);
    }
    project
}

#[test]
fn nothing_of_it_is_published_and_every_mark_is_counted() {
    let project = project();
    project.run("build").done().says(expect![[r#"
        $ feedmill build
        note: inbox/blogger.atom: passed over by their kind: 1 comment; `post_types` of the source takes them in
             Read 19 files
        Passed over 1 document without an article (-v names them)
         Archived articles: 20 added
        Held back 19 articles marked as not public: 1 Status: draft, 1 Status: skip, 1 _build: render: never, 1 _drafts, 1 access: members-only, 1 audience: only_paid, 1 build: list: never, 1 draft, and others (-v names them)
            Wrote feeds/ (2 entries), 4 files
        Published feeds/archive.json (2 articles): 2 files copied, 1 month listed anew
             next open feeds/index.html in a browser, or subscribe to feeds/atom.xml
    "#]]);
    let mut files = 0;
    for (name, bytes) in project.tree("feeds") {
        assert!(!String::from_utf8_lossy(&bytes).contains(WORD), "{name} says it");
        files += 1;
    }
    assert!(files > 4, "{files}");
    assert!(project.read("feeds/atom.xml").contains("A perch."));
    for (name, bytes) in project.tree("archive") {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("sturgeon roe"), "{name} repeats a password");
    }
}

#[test]
fn explain_says_which_mark_and_what_it_means() {
    let project = project();
    project.run("ingest").done();
    project.run("explain inbox/secret.md").done().says(expect![[r#"
        $ feedmill explain inbox/secret.md
        title     I (metadata)
        record    archive/2023/07/09/i.md
        id        urn:uuid:78489604-e161-5828-ac43-ed50bc374891
        published 2023-07-09T12:00:00Z
        date      2023-07-09 (metadata "date"), read from "2023-07-09", high confidence
        source    inbox/secret.md (markdown)
                  sha256 3865a6abf5521d6115809a53c3d072ac464ad3724fa93ca1f0fc94b3aab0087f
        feed      (top): no, its source keeps it back with `password` (for those who know the password)
        dates     2023-07-09 (metadata "date"): chosen: the most trusted place
        titles    I (metadata): chosen: the most trusted place
                  The sturgeon of I. (first sentence): trusted less than metadata
                  Secret (file name): trusted less than metadata
        texts     The sturgeon of I. (md): chosen: the whole text
    "#]]);
    project.file("elsewhere/2023-07-10-pike.md", "---\ntitle: Pike\nunlisted: true\n---\nA pike.\n");
    project.run("explain elsewhere/2023-07-10-pike.md").mentions("its source keeps it back with `unlisted: true`");
}

#[test]
fn an_article_comes_out_when_its_mark_is_gone() {
    let project = Project::new();
    let text = "---\ntitle: Eel\ndate: 2023-07-10\nvisibility: members\n---\nAn eel.\n";
    project.file("inbox/eel.md", text);
    project.run("build").done();
    assert!(!project.read("feeds/atom.xml").contains("An eel."));
    project.file("inbox/eel.md", text.replace("members", "public"));
    project.run("build").done();
    assert!(project.read("feeds/atom.xml").contains("An eel."));
    let record = project.read("archive/2023/07/10/eel.md");
    assert!(!record.contains("held_by") && !record.contains("draft:"), "{record}");
    project.file("inbox/eel.md", text);
    project.run("build").done();
    assert!(!project.read("feeds/atom.xml").contains("An eel."));
}

#[test]
fn what_has_expired_is_gone_and_stays_in_the_archive() {
    let project = Project::new();
    let smelt = "---\ntitle: Smelt\ndate: 2023-07-01\nexpiryDate: 2023-07-05\n---\nA smelt.\n";
    project.file("inbox/smelt.md", smelt);
    project.file("inbox/roach.md", "---\ntitle: Roach\ndate: 2023-07-02\nexpiryDate: 2099-01-01\n---\nA roach.\n");
    project.run("build").done();
    let atom = project.read("feeds/atom.xml");
    assert!(atom.contains("A roach.") && !atom.contains("A smelt."), "{atom}");
    let record = project.read("archive/2023/07/01/smelt.md");
    assert!(record.contains("expires: 2023-07-05T00:00:00Z") && record.contains("retraction: expired"), "{record}");
    project.run("explain inbox/roach.md").mentions("expires   2099-01-01T00:00:00Z");
    // Read again as it was, it stays away; with more time it is shown.
    project.file("inbox/smelt.md", format!("{smelt}Small.\n"));
    project.run("build").done();
    assert!(!project.read("feeds/atom.xml").contains("A smelt."));
    project.file("inbox/smelt.md", smelt.replace("2023-07-05", "2099-07-05"));
    project.run("build").done();
    assert!(project.read("feeds/atom.xml").contains("A smelt."));
}
