//! Articles that are withdrawn, and what subscribers see of it.

use expect_test::expect;

use crate::harness::Project;

const SITE: &str = "[site]\ntitle = \"Test\"\nurl = \"https://test.example/\"\ntombstones = true\n\n\
                    [output]\narchive = true\n\n[[source]]\npath = \"inbox\"\n";

/// Five notes of five days, built.
fn notes(config: &str) -> Project {
    let project = Project::with_config(config);
    for day in 1..=5 {
        let text =
            format!(" date 2023-07-0{day} Note {day} of the harbour. Text of note {day}, which nobody else has.\n");
        project.file(&format!("inbox/note-{day}.txt"), text);
    }
    project.run("build").done();
    project
}

/// The feed's own `updated`.
fn updated(project: &Project) -> String {
    let atom = project.read("feeds/atom.xml");
    let from = atom.find("<updated>").unwrap() + "<updated>".len();
    atom[from..].split('<').next().unwrap().to_owned()
}

const FORMATS: [&str; 4] = ["rss.xml", "atom.xml", "feed.json", "index.html"];

/// Whether anything that is published holds the text of a note.
fn is_published(project: &Project, note: usize) -> bool {
    let text = format!("Text of note {note}, which nobody else has");
    project.tree("feeds").iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(&text))
}

/// Which of the notes the feed shows, the same in all formats.
fn shown(project: &Project) -> Vec<usize> {
    let in_format = |file: &str| {
        let text = project.read(&format!("feeds/{file}"));
        (1..=5).filter(|note| text.contains(&format!("Text of note {note}"))).collect::<Vec<_>>()
    };
    let first = in_format(FORMATS[0]);
    for file in FORMATS {
        assert_eq!(in_format(file), first, "{file}");
    }
    first
}

#[test]
fn a_retracted_article_leaves_everything_that_is_published() {
    let project = notes(SITE);
    let before = updated(&project);
    assert_eq!(shown(&project), [1, 2, 3, 4, 5]);
    let record = "archive/2023/07/05/note-5-of-the-harbour.txt";
    assert!(project.path(&format!("feeds/{record}")).exists());
    project.run_args(["retract", "note-5.txt", "--reason", " Not  true & never was. "]).done().says(expect![[r#"
        $ feedmill retract note-5.txt --reason  Not  true & never was. 
        Retracted "Note 5 of the harbour" (archive/2023/07/05/note-5-of-the-harbour.txt)
             next run `feedmill generate` to write the feeds
    "#]]);
    project.run("generate --strict").done();
    assert_eq!(shown(&project), [1, 2, 3, 4]);
    assert!(is_published(&project, 4) && !is_published(&project, 5));
    let after = updated(&project);
    assert!(after > before, "{after} comes after {before}");
    let text = project.read(record);
    assert!(text.contains("\nretracted: 20") && text.contains("\nretraction: Not true & never was.\n"), "{text}");
    assert!(!project.path(&format!("feeds/{record}")).exists());
    let listing = project.read("feeds/archive/2023-07.json");
    assert!(listing.contains("\"left\":[\n{\"path\":\"2023/07/05/note-5-of-the-harbour.txt\""), "{listing}");
    let atom = project.read("feeds/atom.xml");
    let tombstone = atom.find("<at:deleted-entry ref=\"urn:uuid:").unwrap();
    assert!(tombstone < atom.find("<entry").unwrap());
    assert!(atom.contains("<at:comment>Not true &amp; never was.</at:comment>"), "{atom}");
    project.run("check feeds").done();

    // Nothing happens twice, and the unchanged or changed source does not bring it back.
    let all = project.tree("feeds");
    project.run("generate").done();
    project.run("index --rebuild").done();
    project.run("generate").done();
    assert_eq!(project.tree("feeds"), all);
    project.file("inbox/note-5.txt", " date 2023-07-05 Note 5 of the harbour. Text of note 5, told again.\n");
    project.run("build").done();
    assert_eq!(shown(&project), [1, 2, 3, 4]);
    assert_eq!(updated(&project), after);
    assert!(project.read(record).contains("told again"), "the record follows its source");
    project.run("check").done();
    let status = project.run("status --json").done().json();
    assert_eq!((&status["articles"], &status["retracted"]), (&5.into(), &1.into()));
    let explained = project.run_args(["explain", record, "--json"]).done().json();
    assert_eq!(explained["retracted"]["reason"], "Not true & never was.");
    assert!(explained["feeds"][0]["why"].as_str().unwrap().starts_with("it was retracted at "), "{explained}");
}

#[test]
fn files_that_came_with_a_retracted_article_go_unless_another_names_them() {
    let mail = |day: u32, id: &str, files: &[&str]| {
        let parts: String = files
            .iter()
            .map(|file| {
                format!("--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename={file}.pdf\n\n{file}\n")
            })
            .collect();
        format!(
            "From: A <a@b.example>\nSubject: Tide table {id}\nMessage-ID: <{id}@b.example>\nMIME-Version: 1.0\n\
             Date: Mon, {day} Jul 2023 08:00:00 +0000\nContent-Type: multipart/mixed; boundary=b\n\n\
             --b\nContent-Type: text/plain\n\nText of mail {id}, with all that is in it.\n{parts}--b--\n"
        )
    };
    let project = Project::with_config("[site]\nurl = \"https://test.example/\"\n[[source]]\npath = \"inbox\"\n");
    project.file("inbox/1.eml", mail(3, "one", &["own", "shared"]));
    project.file("inbox/2.eml", mail(10, "two", &["shared"]));
    project.run("build").done();
    let files = |project: &Project| -> Vec<String> {
        project.tree("feeds/files").into_iter().map(|(name, _)| name.split_once('-').unwrap().1.to_owned()).collect()
    };
    let mut before = files(&project);
    before.sort();
    assert_eq!(before, ["own.pdf", "shared.pdf"]);
    project.run("retract 1.eml").done();
    project.run("generate").done();
    assert_eq!(files(&project), ["shared.pdf"]);
    project.run("retract 1.eml --undo").done();
    project.run("generate").done();
    assert_eq!(files(&project).len(), 2);
}

#[test]
fn what_is_taken_back_is_shown_again_as_changed() {
    let project = notes(SITE);
    project.run("retract note-3.txt note-4.txt").done();
    project.run("generate").done();
    let while_gone = updated(&project);
    assert_eq!(shown(&project), [1, 2, 5]);
    project.run("retract note-3.txt --undo").done().mentions("Restored \"Note 3");
    project.run("generate --strict").done();
    assert_eq!(shown(&project), [1, 2, 3, 5]);
    assert!(updated(&project) >= while_gone);
    let record = project.read("archive/2023/07/03/note-3-of-the-harbour.txt");
    assert!(record.contains("\nupdated: 20") && !record.contains("retract"), "{record}");
    assert!(!project.read("feeds/archive/2023-07.json").contains("\"left\":[\n{\"path\":\"2023/07/03"));
    project.run("retract note-3.txt --undo").done().mentions("is not retracted");
}

#[test]
fn nothing_slides_back_into_the_window() {
    let config = format!("{SITE}\n[[feed]]\nmax_items = 3\n");
    let project = notes(&config);
    assert_eq!(shown(&project), [3, 4, 5]);
    project.run("retract note-4.txt note-5.txt").done();
    project.run("generate --strict").done();
    assert_eq!(shown(&project), [3]);
    assert_eq!(project.read("feeds/atom.xml").matches("<at:deleted-entry").count(), 2);
    // In the documents of its history it is no more either.
    assert!(is_published(&project, 1));
    project.run("retract note-1.txt").done();
    project.run("generate --strict").done();
    assert!(!is_published(&project, 1) && is_published(&project, 2));
    // Newer articles take the places.
    project.file("inbox/6.txt", " date 2023-07-06 A new note. Text of note 1, anew.\n");
    project.run("build").done();
    assert_eq!(shown(&project), [1]);
    assert_eq!(project.read("feeds/atom.xml").matches("<at:deleted-entry").count(), 2);
}

#[test]
fn a_person_may_write_the_retraction_into_the_record() {
    let project = notes(SITE);
    let path = "archive/2023/07/02/note-2-of-the-harbour.txt";
    let before = updated(&project);
    let text = project.read(path);
    project.file(path, text.replacen("\nid:", "\nretracted: true\nretraction: A mistake\nid:", 1));
    project.run("build").done();
    assert_eq!(shown(&project), [1, 3, 4, 5]);
    assert!(updated(&project) > before);
    let dated = project.read(path);
    assert!(dated.contains("\nretracted: 20"), "{dated}");
    let gone = updated(&project);
    project.file(path, text);
    project.run("build").done();
    assert_eq!(shown(&project), [1, 2, 3, 4, 5]);
    assert!(updated(&project) >= gone, "{} after {gone}", updated(&project));
}

#[test]
fn who_is_not_found_is_looked_for() {
    let project = notes(SITE);
    project.run("retract harbour.txt").exits(2).says(expect![[r#"
        $ feedmill retract harbour.txt
        error: harbour.txt: expected an article of the archive by its id, path or URL, found none
          hint: nothing was changed; did you mean archive/2023/07/01/note-1-of-the-harbour.txt, archive/2023/07/02/note-2-of-the-harbour.txt, archive/2023/07/03/note-3-of-the-harbour.txt, archive/2023/07/04/note-4-of-the-harbour.txt, archive/2023/07/05/note-5-of-the-harbour.txt?
        [exit 2]
    "#]]);
    project.run("retract inbox").exits(2).says(expect![[r#"
        $ feedmill retract inbox
        error: inbox: expected one article, found 5 articles
          hint: nothing was changed; name one by its record: archive/2023/07/01/note-1-of-the-harbour.txt, archive/2023/07/02/note-2-of-the-harbour.txt, archive/2023/07/03/note-3-of-the-harbour.txt, archive/2023/07/04/note-4-of-the-harbour.txt, archive/2023/07/05/note-5-of-the-harbour.txt
        [exit 2]
    "#]]);
    project.run("retract note-1.txt nothing").exits(2).says(expect![[r#"
        $ feedmill retract note-1.txt nothing
        error: nothing: expected an article of the archive by its id, path or URL, found none
          hint: the last part of a path is enough, such as `storm.md`; nothing was changed
        [exit 2]
    "#]]);
    assert!(!project.read("archive/2023/07/01/note-1-of-the-harbour.txt").contains("retracted"));
}

#[test]
fn only_a_significant_change_is_told() {
    let project = notes(SITE);
    let path = "archive/2023/07/05/note-5-of-the-harbour.txt";
    let before = updated(&project);
    let rewrite = |text: &str| {
        project.file("inbox/note-5.txt", format!(" date 2023-07-05 Note 5 of the harbour. {text}\n"));
        project.run("build").done();
    };
    rewrite("Text of  note 5, which nobody\u{a0}else has.");
    assert!(project.read(path).contains("nobody\u{a0}else"), "it is shown");
    assert!(!project.read(path).contains("\nupdated:"));
    assert_eq!(updated(&project), before);
    rewrite("Text of note 5, which somebody else has.");
    assert!(project.read(path).contains("\nupdated: 20"));
    let moved = updated(&project);
    assert!(moved > before);

    // An edit by hand is told, unless the person says otherwise.
    let other = "archive/2023/07/04/note-4-of-the-harbour.txt";
    let text = project.read(other);
    project.file(other, text.replace("nobody else has", "everybody has"));
    project.run("index").done();
    assert!(project.read(other).contains("\nupdated: 20"));
    project.run("index").done().mentions("none changed by hand");
    let third = "archive/2023/07/03/note-3-of-the-harbour.txt";
    let text = project.read(third);
    let changed =
        text.replace("nobody else has", "everybody has").replacen("\nid:", "\nupdated: 2023-07-04T08:00:00Z\nid:", 1);
    project.file(third, changed);
    project.run("build").done();
    assert!(project.read(third).contains("\nupdated: 2023-07-04T08:00:00Z"));
    assert!(project.read("feeds/atom.xml").contains("<updated>2023-07-04T08:00:00Z</updated>"));
    project.file(third, text.replacen("\nid:", "\nupdated: 2023-07-03T18:00:00Z\nid:", 1));
    let before = updated(&project);
    project.run("build").done();
    assert!(project.read(third).contains("\nupdated: 2023-07-03T18:00:00Z"), "a person's word stands");
    assert!(updated(&project) >= before, "the feed does not go back with it");
}
