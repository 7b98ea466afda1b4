//! The sample: what is checked in is what `feedmill build` makes, on any machine, in any time zone.

use std::path::Path;

use expect_test::expect_file;

use crate::harness::{Project, REPOSITORY, tree};

/// What a tree holds beside what the archive can make again.
fn kept(files: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    files.into_iter().filter(|(name, _)| !name.starts_with(".feedmill/")).collect()
}

#[test]
fn the_checked_in_archive_and_feeds_are_what_build_makes() {
    let project = Project::sample();
    project.run("build").done();
    let checked_in = Path::new(REPOSITORY);
    for dir in ["archive", "feeds"] {
        let made = kept(project.tree(dir));
        let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        for (name, bytes) in &made {
            let path = checked_in.join(dir).join(name);
            if std::env::var_os("UPDATE_EXPECT").is_some() {
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            }
            expect_file![path].assert_eq(&String::from_utf8(bytes.clone()).unwrap());
        }
        let before = kept(tree(&checked_in.join(dir)));
        let stale: Vec<String> = names(&before).into_iter().filter(|name| !names(&made).contains(name)).collect();
        assert!(stale.is_empty(), "{dir}/ holds files that `feedmill build` does not make: {stale:?}");
    }
}

#[test]
fn in_a_fresh_checkout_nothing_changes() {
    let project = Project::sample();
    let mut checked_in = Vec::new();
    for dir in ["archive", "feeds"] {
        for (name, bytes) in kept(tree(&Path::new(REPOSITORY).join(dir))) {
            project.file(&format!("{dir}/{name}"), &bytes);
            checked_in.push((format!("{dir}/{name}"), bytes));
        }
    }
    project.run("build").done().mentions("26 the same as before").mentions("nothing changed");
    for (name, bytes) in checked_in {
        assert_eq!(std::fs::read(project.path(&name)).unwrap(), bytes, "{name}");
    }
}

#[test]
fn the_same_bytes_in_every_zone_and_locale() {
    let made = |zone, locale| {
        let project = Project::sample().in_zone(zone, locale);
        project.run("build").done();
        (kept(project.tree("archive")), kept(project.tree("feeds")))
    };
    let here = made("UTC", "C");
    assert_eq!(made("Pacific/Kiritimati", "tr_TR.UTF-8"), here);
    assert_eq!(made("America/St_Johns", "ar_EG.UTF-8"), here);
}

#[test]
fn feeds_are_made_again_from_the_archive_alone() {
    let project = Project::sample();
    project.run("build").done();
    let feeds = project.tree("feeds");
    for dir in ["feeds", "examples", "archive/.feedmill"] {
        std::fs::remove_dir_all(project.path(dir)).unwrap();
    }
    project.run("generate").done();
    assert_eq!(project.tree("feeds"), feeds);
    project.run("check").done();
}

#[test]
fn every_sample_article_is_in_the_archive() {
    let project = Project::sample();
    let ran = project.run("build --json").done();
    let report = ran.json();
    assert_eq!(report["ingest"]["added"], 26, "{report}");
    assert_eq!(report["ingest"]["problems"].as_array().unwrap().len(), 0, "{report}");
    // The awkward ones came through whole.
    let atom = project.read("feeds/atom.xml");
    for piece in ["Solcás", "البحر لا ينسى أحد", "Man hört das Schiff", "€410", "quay-notes-3.mp3"] {
        assert!(atom.contains(piece), "{piece} is not in the feed");
    }
    assert!(!atom.contains("NOT FOR PUBLICATION"), "a draft is in the feed");
    for sharp in ["onclick", "track()", "<iframe", "&lt;iframe"] {
        assert!(!atom.contains(sharp), "{sharp} is in the feed");
    }
}

#[test]
fn the_tour_of_the_readme_is_what_happens() {
    let project = Project::sample();
    let readme = std::fs::read_to_string(Path::new(REPOSITORY).join("README.md")).unwrap();
    for command in ["build", "explain ice-on-the-inner-basin.txt"] {
        let ran = project.run(command).done();
        let shown = format!("```console\n$ feedmill {command}\n{}{}```", ran.stdout, ran.stderr);
        assert!(readme.contains(&shown), "the README does not show:\n{shown}");
    }
}
