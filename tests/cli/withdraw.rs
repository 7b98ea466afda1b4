//! Articles whose files are gone.

use expect_test::expect;

use crate::harness::Project;

/// Six notes, built, with this said of their source.
fn notes(deleted: &str) -> Project {
    let project = Project::with_config(&format!(
        "[site]\nurl = \"https://test.example/\"\ntombstones = true\n\n[[source]]\npath = \"inbox\"\n{deleted}"
    ));
    for day in 1..=6 {
        note(&project, day);
    }
    project.run("build").done();
    project
}

fn note(project: &Project, day: u32) {
    let dir = if day > 4 { "inbox/late" } else { "inbox" };
    project.file(
        &format!("{dir}/note-{day}.txt"),
        format!(" date 2023-07-0{day} Note {day} of the harbour. Text of note {day}, which nobody else has.\n"),
    );
}

/// Which of the notes the feed shows.
fn shown(project: &Project) -> Vec<usize> {
    let feed = project.read("feeds/rss.xml");
    (1..=6).filter(|note| feed.contains(&format!("Text of note {note}"))).collect()
}

fn remove(project: &Project, path: &str) {
    let path = project.path(path);
    if path.is_dir() { std::fs::remove_dir_all(path).unwrap() } else { std::fs::remove_file(path).unwrap() }
}

const RETRACT: &str = "deleted = \"retract\"\n";

#[test]
fn a_file_that_is_gone_is_kept_or_retracted_as_its_source_says() {
    let kept = notes("");
    remove(&kept, "inbox/note-2.txt");
    kept.run("build").done();
    assert_eq!(shown(&kept), [1, 2, 3, 4, 5, 6]);

    let project = notes(RETRACT);
    remove(&project, "inbox/note-2.txt");
    project.run("build").done().says(expect![[r#"
        $ feedmill build
             Read 0 files, 5 unchanged and not read
        Retracted 1 article whose files are gone (-v names them)
            Wrote feeds/ (5 entries), 4 files
             next open feeds/index.html in a browser, or subscribe to feeds/atom.xml
    "#]]);
    assert_eq!(shown(&project), [1, 3, 4, 5, 6]);
    let record = project.read("archive/2023/07/02/note-2-of-the-harbour.txt");
    assert!(record.contains("\nretracted: 20") && record.contains("\nretracted_by: source\n"), "{record}");
    assert!(project.read("feeds/atom.xml").contains("<at:deleted-entry"));
    project.run("build").done().mentions("nothing changed");

    // It comes back with its file, even if all that was remembered of both is lost.
    note(&project, 2);
    std::fs::remove_dir_all(project.path("archive/.feedmill")).unwrap();
    project.run("build").done().mentions("1 there again, and no longer retracted");
    assert_eq!(shown(&project), [1, 2, 3, 4, 5, 6]);
    assert!(!project.read("archive/2023/07/02/note-2-of-the-harbour.txt").contains("retracted"));
    project.run("build").done().mentions("nothing changed");
}

#[test]
fn a_directory_goes_and_returns_with_the_same_files() {
    let project = notes(RETRACT);
    std::fs::rename(project.path("inbox/late"), project.path("elsewhere")).unwrap();
    project.run("build").done();
    assert_eq!(shown(&project), [1, 2, 3, 4]);
    std::fs::rename(project.path("elsewhere"), project.path("inbox/late")).unwrap();
    project.run("build").done();
    assert_eq!(shown(&project), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn what_a_person_has_retracted_does_not_return() {
    let project = notes(RETRACT);
    project.run("retract note-1.txt").done();
    remove(&project, "inbox/note-1.txt");
    remove(&project, "inbox/note-2.txt");
    project.run("build").done();
    project.run("retract note-2.txt --reason wrong").done();
    note(&project, 1);
    note(&project, 2);
    project.run("build").done();
    assert_eq!(shown(&project), [3, 4, 5, 6], "the second one was the source's first, and then a person's");
}

#[test]
fn a_file_that_is_renamed_is_not_gone() {
    let project = notes(RETRACT);
    std::fs::rename(project.path("inbox/note-1.txt"), project.path("inbox/late/first.txt")).unwrap();
    project.run("build").done();
    assert_eq!(shown(&project), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn most_of_a_source_never_goes_without_asking() {
    let project = notes(RETRACT);
    let all = project.tree("archive");
    let records = |project: &Project| -> Vec<_> {
        project.tree("archive").into_iter().filter(|(path, _)| path.starts_with("20")).collect()
    };
    let before = records(&project);
    assert!(all.len() > before.len());
    // A disk that is not mounted is an empty directory; or none at all.
    std::fs::rename(project.path("inbox"), project.path("disk")).unwrap();
    std::fs::create_dir(project.path("inbox")).unwrap();
    project.run("build").exits(1).says(expect![[r#"
        $ feedmill build
        error: inbox: expected at most half of its 6 articles to be gone, found 6
          hint: nothing was retracted; if they were deleted on purpose, run `feedmill withdraw inbox --yes` (--dry-run names them)
             Read 0 files
           Failed 1 input, named above
             Kept 1 feed in feeds: nothing changed
             next open feeds/index.html in a browser, or subscribe to feeds/atom.xml
        [exit 1]
    "#]]);
    project.run("withdraw").exits(1).says(expect![[r#"
        $ feedmill withdraw
        error: inbox: expected at most half of its 6 articles to be gone, found 6
          hint: nothing was retracted; if they were deleted on purpose, run `feedmill withdraw inbox --yes` (--dry-run names them)
        [exit 1]
    "#]]);
    project.run("withdraw --dry-run").done().says(expect![[r#"
        $ feedmill withdraw --dry-run
        archive/2023/07/01/note-1-of-the-harbour.txt  inbox/note-1.txt
        archive/2023/07/02/note-2-of-the-harbour.txt  inbox/note-2.txt
        archive/2023/07/03/note-3-of-the-harbour.txt  inbox/note-3.txt
        archive/2023/07/04/note-4-of-the-harbour.txt  inbox/note-4.txt
        archive/2023/07/05/note-5-of-the-harbour.txt  inbox/late/note-5.txt
        archive/2023/07/06/note-6-of-the-harbour.txt  inbox/late/note-6.txt
        note: inbox: expected at most half of its 6 articles to be gone, found 6; nothing was retracted; if they were deleted on purpose, run `feedmill withdraw inbox --yes` (--dry-run names them)
            Found inbox: 6 articles of 6 gone
    "#]]);
    std::fs::remove_dir(project.path("inbox")).unwrap();
    project.run("build").exits(1);
    project.run("withdraw").exits(1);
    assert_eq!(records(&project), before);
    assert_eq!(shown(&project), [1, 2, 3, 4, 5, 6]);
    std::fs::rename(project.path("disk"), project.path("inbox")).unwrap();
    project.run("build").done();
    assert_eq!(records(&project), before);

    remove(&project, "inbox/late");
    remove(&project, "inbox/note-1.txt");
    remove(&project, "inbox/note-2.txt");
    project.run("build").exits(1).mentions("expected at most half of its 6 articles to be gone, found 4");
    project.run("withdraw inbox --yes").done().says(expect![[r#"
        $ feedmill withdraw inbox --yes
        Retracted inbox: 4 articles of 6
             next run `feedmill generate` to write the feeds
    "#]]);
    project.run("build").done();
    assert_eq!(shown(&project), [3, 4]);
}

#[cfg(unix)]
#[test]
fn where_nobody_may_look_nothing_is_gone() {
    use std::os::unix::fs::PermissionsExt;
    let project = notes(RETRACT);
    let late = project.path("inbox/late");
    let permit = |mode| std::fs::set_permissions(&late, std::fs::Permissions::from_mode(mode)).unwrap();
    permit(0o000);
    // Whoever may look everywhere sees that nothing is gone; everybody else is told.
    let is_root = std::fs::read_dir(&late).is_ok();
    let ran = project.run("build");
    permit(0o755);
    ran.exits(if is_root { 0 } else { 1 });
    assert_eq!(shown(&project), [1, 2, 3, 4, 5, 6]);
}

#[test]
fn the_command_withdraws_whatever_the_source_says() {
    let project = notes("");
    remove(&project, "inbox/note-3.txt");
    project.run("withdraw --dry-run").done().says(expect![[r#"
        $ feedmill withdraw --dry-run
        archive/2023/07/03/note-3-of-the-harbour.txt  inbox/note-3.txt
            Found inbox: 1 article of 6 gone
    "#]]);
    assert!(!project.read("archive/2023/07/03/note-3-of-the-harbour.txt").contains("retracted"));
    let json = project.run("withdraw --json").done().json();
    assert_eq!(json["withdraw"][0]["gone"][0]["origin"], "inbox/note-3.txt");
    assert_eq!(json["retracted"], 1);
    project.run("withdraw").done().says(expect![[r#"
        $ feedmill withdraw
          Checked inbox: 0 articles of 5 gone
    "#]]);
    project.run("generate").done();
    assert_eq!(shown(&project), [1, 2, 4, 5, 6]);
    project.run("withdraw outbox").exits(2).says(expect![[r#"
        $ feedmill withdraw outbox
        error: outbox: expected a place that articles came from, found none from there
          hint: the configured sources are inbox
        [exit 2]
    "#]]);
}

#[test]
fn sources_in_sources_and_standard_input_speak_for_themselves() {
    let project = Project::with_config(
        "[[source]]\npath = \".\"\nexclude = [\"kept/**\"]\ndeleted = \"retract\"\n[[source]]\npath = \"kept\"\n",
    );
    for day in 1..=6 {
        note(&project, day);
    }
    project.file("kept/a.txt", " date 2023-07-08 A kept note. Nobody takes it away.\n");
    project.run("build").done();
    project.run_with(["ingest", "-"], b" date 2023-07-09 From a pipe. Nobody knows where it is.\n").done();
    remove(&project, "kept/a.txt");
    remove(&project, "inbox/note-1.txt");
    project.run("build").done();
    let feed = project.read("feeds/rss.xml");
    assert!(feed.contains("A kept note") && feed.contains("From a pipe") && !feed.contains("Text of note 1"));
}
