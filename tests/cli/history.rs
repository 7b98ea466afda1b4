//! What is older than a feed: history documents, and what is said of them.

use expect_test::expect;

use crate::harness::Project;

/// Three months of notes, in a feed of five.
fn project() -> Project {
    let project = Project::with_config(
        "[site]\ntitle = \"Test\"\nurl = \"https://test.example/\"\n\n[[source]]\npath = \"inbox\"\n\n[[feed]]\nmax_items = 5\n",
    );
    for (month, day) in (1..4).flat_map(|month| (1..7).map(move |day| (month, day))) {
        let text = format!(
            "date 2023-{month:02}-{day:02}\n\nNote {month}.{day}\n\nThe tide was at {} cm.\n",
            month * 30 + day
        );
        project.file(&format!("inbox/note-{month}-{day}.txt"), text);
    }
    project
}

#[test]
fn builds_tell_of_history_and_so_does_status() {
    let project = project();
    project.run("build --as-of 2023-03-06").done().says(expect![[r#"
        $ feedmill build --as-of 2023-03-06
             Read 18 files
         Archived articles: 18 added
            Wrote feeds/ (6 entries), 4 files
            Filed feeds/history/ (2 documents), 8 files written
             next open feeds/index.html in a browser, or subscribe to feeds/atom.xml
    "#]]);
    project.run("status --as-of 2023-03-06").done().says(expect![[r#"
        $ feedmill status --as-of 2023-03-06
        archive   archive, 249e01ae-dee7-5d9c-b097-c6639cdbc7fe
        articles  18, of which 0 drafts; from 2023-01-01 to 2023-03-06
        sources   18 files, 0 problems
        feed      (top): 6 entries, the newest of 2023-03-06, and 2 documents of history
    "#]]);
    let report = project.run("generate --as-of 2023-03-06 --json").done().json();
    assert_eq!(report["generate"]["feeds"][0]["history"]["documents"], 2);
    assert_eq!(report["generate"]["feeds"][0]["history"]["written"], 0);
    assert_eq!(report["generate"]["feeds"][0]["history"]["next"], "2023-04-02T00:00:00Z");
    project.run("check feeds").done();
    assert_eq!(project.tree("feeds/history").len(), 8);
    project.run("generate").done().mentions("feeds/history/ (3 documents), 7 files written");
}

#[test]
fn an_article_is_explained_by_the_document_that_it_stands_in() {
    let project = project();
    project.run("build").done();
    project
        .run("explain inbox/note-1-3.txt")
        .done()
        .mentions("(top): yes, in history/2023-01, behind 5 newer articles");
    project.run("explain inbox/note-3-5.txt").done().mentions("(top): yes, entry 2 of 5, and in history/2023-03");
}

#[test]
fn it_is_configured_by_a_word() {
    let project = Project::new();
    project.file("inbox/note.txt", "date 2023-03-05\n\nThe tide was high.\n");
    let config = project.read("feedmill.toml");
    project.file("feedmill.toml", format!("{config}\n[[feed]]\nhistory = \"monthly\"\n"));
    project.run("generate").exits(2).mentions("did you mean \"month\"?");
    project.file("feedmill.toml", format!("{config}\n[[feed]]\nname = \"desks/history\"\n"));
    project.run("generate").exits(2).mentions("where the older entries of a feed stand");
    for word in ["off", "day", "month", "year"] {
        project.file("feedmill.toml", format!("{config}\n[[feed]]\nhistory = {word:?}\n"));
        project.run("build").done();
    }
}
