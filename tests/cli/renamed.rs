//! Files that are called otherwise today, or whose site has another address: the articles stay the same.

use crate::harness::Project;

/// Some 45 words, enough to be told from others.
const TEXT: &str = "The lighthouse keeper counted nineteen ships on the morning after the fog, wrote their names into the \
                    long book under the lamp, and walked down to the village for bread, butter and a newspaper, since the \
                    supply boat had not come for the second week in a row.";
const SHORT: &str = "Nineteen ships in the fog this morning.";

/// A project with this note and another one, built once.
fn notes(deleted: &str, text: &str) -> Project {
    let project = Project::with_config(&format!(
        "[site]\nurl = \"https://test.example/\"\n\n[[source]]\npath = \"in\"\ndeleted = \"{deleted}\"\n"
    ));
    project.file("in/a.md", note("Ships", "2024-01-02", text));
    project.file("in/o.md", note("Market day", "2024-01-02", "Plums and pears were sold before noon."));
    project.file("in/sub/p.md", note("Choir", "2024-01-04", "The choir sang twice, and once more in the street."));
    project.run("build").done();
    project
}

fn note(title: &str, date: &str, text: &str) -> String {
    format!("---\ntitle: {title}\ndate: {date}\n---\n{text}\n")
}

/// The ids in the feed with the titles of their entries, sorted.
fn entries(project: &Project) -> Vec<(String, String)> {
    let feed: serde_json::Value = serde_json::from_str(&project.read("feeds/feed.json")).unwrap();
    let text = |item: &serde_json::Value, key: &str| item[key].as_str().unwrap_or_default().to_owned();
    let mut all: Vec<_> =
        feed["items"].as_array().unwrap().iter().map(|item| (text(item, "id"), text(item, "title"))).collect();
    all.sort();
    all
}

fn id_of(project: &Project, title: &str) -> Option<String> {
    entries(project).into_iter().find(|(_, found)| found == title).map(|(id, _)| id)
}

fn remove(project: &Project, path: &str) {
    std::fs::remove_file(project.path(path)).unwrap();
}

#[test]
fn a_file_renamed_and_retitled_is_the_same_article() {
    for (deleted, text) in [("keep", TEXT), ("retract", TEXT), ("keep", SHORT), ("retract", SHORT)] {
        // The new name comes before and behind the old one, in the same directory and in another.
        for name in ["in/0.md", "in/z.md", "in/sub/z.md", "in/A/new.markdown"] {
            let project = notes(deleted, text);
            let id = id_of(&project, "Ships").unwrap();
            remove(&project, "in/a.md");
            project.file(name, note("Nineteen sails", "2024-01-02", text));
            project.run("build").done();
            assert_eq!(entries(&project).len(), 3, "{deleted} {name} {:?}", entries(&project));
            assert_eq!(id_of(&project, "Nineteen sails"), Some(id), "{deleted} {name}");
            // And it stays so.
            project.run("build").done().mentions("unchanged and not read");
            assert_eq!(entries(&project).len(), 3);
        }
    }
}

#[test]
fn a_word_or_the_day_may_change_with_the_name() {
    let changes = [
        note("Ships", "2024-01-02", &TEXT.replace("supply boat", "ferry")),
        note("Nineteen sails", "2024-01-02", &TEXT.replace("supply boat", "ferry")),
        note("Nineteen sails", "2024-01-05", TEXT),
    ];
    for (at, changed) in changes.into_iter().enumerate() {
        let project = notes("keep", TEXT);
        let ids: Vec<String> = entries(&project).into_iter().map(|(id, _)| id).collect();
        remove(&project, "in/a.md");
        project.file("in/b.md", changed);
        project.run("build").done();
        assert_eq!(entries(&project).into_iter().map(|(id, _)| id).collect::<Vec<_>>(), ids, "{at}");
    }
}

#[test]
fn while_both_files_stand_another_title_is_another_article() {
    let project = notes("keep", TEXT);
    project.file("in/b.md", note("Nineteen sails", "2024-01-02", TEXT));
    project.run("build").done();
    assert_eq!(entries(&project).len(), 4);
    // What was an article of its own stays one when the other goes.
    remove(&project, "in/a.md");
    project.run("build").done();
    assert_eq!(entries(&project).len(), 4);
}

#[test]
fn two_files_that_swap_their_names_stay_two() {
    let project = notes("retract", TEXT);
    let before = entries(&project);
    let [a, o] = ["in/a.md", "in/o.md"].map(|path| project.read(path));
    project.file("in/a.md", o).file("in/o.md", a);
    project.run("build").done();
    assert_eq!(entries(&project), before);
}

#[test]
fn nothing_is_taken_for_renamed_where_a_disk_may_be_missing() {
    let project = notes("keep", TEXT);
    project.file("in/disk/far.md", note("Far away", "2024-01-06", &TEXT.replace("nineteen", "twenty")));
    project.run("build").done();
    let id = id_of(&project, "Far away").unwrap();
    remove(&project, "in/disk/far.md");
    // The directory is there and empty, as a mount point is.
    project.file("in/near.md", note("Near by", "2024-01-06", &TEXT.replace("nineteen", "twenty")));
    project.run("build").done();
    // It is a copy, as it is while both stand, and takes nothing over.
    assert_eq!((id_of(&project, "Far away"), id_of(&project, "Near by")), (Some(id), None));
}

#[test]
fn numbers_tell_two_articles_apart() {
    let project = notes("keep", TEXT);
    remove(&project, "in/a.md");
    project.file("in/b.md", note("Ships 2", "2024-01-02", &TEXT.replace("nineteen", "21")));
    project.file("in/c.md", note("Ships 3", "2024-01-02", &TEXT.replace("nineteen", "23")));
    project.run("build").done();
    let titles: Vec<String> = entries(&project).into_iter().map(|(_, title)| title).collect();
    assert!(titles.contains(&"Ships 2".to_owned()) && titles.contains(&"Ships 3".to_owned()), "{titles:?}");
}

#[test]
fn a_directory_of_pages_moves_with_its_site() {
    let page = |host: &str, title: &str, day: u32| {
        format!(
            "<!doctype html><html><head><title>{title}</title><link rel=canonical href=\"{host}/2024/{day}/\">\
             <meta property=\"article:published_time\" content=\"2024-01-{day:02}T08:00:00Z\"></head><body><article>\
             <h1>{title}</h1><p>{TEXT} <a href=\"{host}/about/\">More about {title}</a></p><p>{TEXT}</p></article></body></html>"
        )
    };
    let project = Project::new();
    let write = |dir: &str, host: &str| {
        for (day, title) in [(2, "Ships"), (3, "Sails"), (14, "Anchors")] {
            project.file(&format!("inbox/{dir}/{day}.html"), page(host, title, day));
        }
    };
    write("old", "http://www.old.example");
    project.run("build").done();
    let before = entries(&project);
    assert_eq!(before.len(), 3);
    // The same files with another address in them …
    write("old", "https://old.example");
    project.run("build").done();
    assert_eq!(entries(&project), before);
    // … and other files, of another host, while the old ones stand, and when they are gone.
    write("new", "https://new.example");
    project.run("build").done();
    assert_eq!(entries(&project), before);
    assert!(project.read("feeds/atom.xml").contains("https://new.example/2024/14/"));
    std::fs::remove_dir_all(project.path("inbox/old")).unwrap();
    project.run("build").done();
    assert_eq!(entries(&project), before);
}
