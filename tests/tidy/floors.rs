//! Who may know whom: read from the `mod` list of `lib.rs`, checked in every file.

use crate::rust::{File, files, members};

/// The rooms in the order of `lib.rs`, each with the heading of its floor.
fn floor_plan() -> Vec<(String, String)> {
    let lib = files().into_iter().find(|file| file.name == "lib.rs").expect("src/lib.rs");
    let mut floor = String::new();
    let mut rooms = Vec::new();
    for line in lib.text.lines() {
        if let Some(heading) = line.strip_prefix("// ") {
            floor = heading.split(':').next().unwrap().to_owned();
        }
        if let Some(room) = line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';')) {
            rooms.push((room.to_owned(), floor.clone()));
        }
    }
    assert!(rooms.len() >= 10, "no floor plan in lib.rs: {rooms:?}");
    rooms
}

fn complain(rule: &str, found: Vec<String>) {
    assert!(found.is_empty(), "{rule}:\n  {}", found.join("\n  "));
}

#[test]
fn a_room_imports_only_rooms_below_it() {
    let plan = floor_plan();
    let height = |room: &str| plan.iter().position(|(name, _)| name == room);
    let mut found = Vec::new();
    for file in files().iter().filter(|file| file.member.is_none() && !["lib", "main"].contains(&file.room())) {
        let own = height(file.room()).unwrap_or_else(|| panic!("{} stands in no room of lib.rs", file.name));
        for path in file.mentions() {
            let Some(other) = height(path.split("::").next().unwrap()) else { continue };
            if other > own {
                found.push(format!("{} imports {path}", file.name));
            }
        }
    }
    complain("imports go down the list of rooms in lib.rs, never up", found);
}

#[test]
fn the_out_wing_never_imports_the_in_wing() {
    let plan = floor_plan();
    let wing = |name: &str| -> Vec<&str> {
        let rooms: Vec<&str> = plan.iter().filter(|(_, floor)| floor == name).map(|(room, _)| room.as_str()).collect();
        assert!(!rooms.is_empty(), "no {name} in lib.rs");
        rooms
    };
    let (inward, outward) = (wing("in-wing"), wing("out-wing"));
    let mut found = Vec::new();
    for file in files().iter().filter(|file| outward.contains(&file.room())) {
        for path in file.mentions() {
            if inward.contains(&path.split("::").next().unwrap()) {
                found.push(format!("{} imports {path}", file.name));
            }
        }
    }
    complain("the two half-pipes meet at the archive and nowhere else", found);
}

#[test]
fn formats_do_not_know_each_other() {
    let parsers = feedmill::parse::PARSERS.iter().map(|parser| parser.name()).collect();
    let renderers = feedmill::render::RENDERERS.iter().map(|renderer| renderer.name()).collect();
    let tables: [(&str, Vec<&str>); 2] = [("parse", parsers), ("render", renderers)];
    let mut found = Vec::new();
    for (room, formats) in &tables {
        assert!(formats.len() >= 3, "{room} has {} formats", formats.len());
        for file in files() {
            let module = file.module();
            let Some(own) = formats.iter().find(|own| module.len() > 1 && module[..2] == [*room, **own]) else {
                continue;
            };
            for path in file.mentions() {
                for other in formats.iter().filter(|other| *other != own) {
                    let target = format!("{room}::{other}");
                    if path == target || path.starts_with(&format!("{target}::")) {
                        found.push(format!("{} imports {path}", file.name));
                    }
                }
            }
        }
    }
    complain("one file = one format; what two formats share stands in a third file", found);
}

#[test]
fn every_format_is_a_file_of_its_own() {
    let names: Vec<String> = files().into_iter().map(|file| file.name).collect();
    let formats = feedmill::parse::PARSERS.iter().map(|p| ("parse", p.name()));
    for (room, name) in formats.chain(feedmill::render::RENDERERS.iter().map(|r| ("render", r.name()))) {
        let places = [format!("{room}/{name}.rs"), format!("{room}/{name}/mod.rs")];
        assert!(places.iter().any(|place| names.contains(place)), "no file for the format {name} in {room}/");
    }
}

/// Words of code, the files that may use them, and why only those.
const DOORS: &[(&[&str], &[&str], &str)] = &[
    (&["clap::", "clap_complete::", "clap_mangen::", "indicatif::"], &["cli/"], "one reader of arguments"),
    (&["println!", "eprintln!", "print!", "eprint!", "stdout(", "stderr("], &["cli/"], "one voice"),
    (&["stdin("], &["cli/", "source/"], "one ear"),
    (&["Utc::now", "Local::now", "SystemTime::now"], &["cli/"], "time is handed down as a value"),
    (&["Instant::now"], &["cli/", "source/http/"], "only who waits for other machines needs a stopwatch"),
    (&["reqwest::", "rustls::", "rustls_platform_verifier::"], &["source/http/"], "one way to other machines"),
    (&["tokio::"], &["source/http/", "serve/"], "all other code waits by blocking"),
    (&["signal_hook::"], &["cli/signals.rs"], "one who hears signals"),
    (&["env::var", "env::args", "env::current_dir"], &["cli/"], "no room below reads the environment"),
    (&["notify::"], &["schedule/"], "one watcher of folders"),
    (&["rusqlite::"], &["archive/"], "the index is the archive's own affair"),
    (
        &["ammonia::", "html5ever::", "pulldown_cmark::", "encoding_rs::", "chardetng::"],
        &["markup/"],
        "one cleaner of text",
    ),
    (&["hyper::", "hyper_util::"], &["serve/"], "one server"),
    (&["brotli::"], &["source/http/", "serve/"], "what travels is packed, and nothing else"),
    (&["deunicode::"], &["article/"], "slugs are spelled in one place"),
    (&["rustix::"], &["disk.rs", "cli/clock.rs"], "one caller of the operating system, and its clock"),
    (&["process::exit", "process::Command", "unsafe "], &[], "no room needs it"),
    (
        &["File::create", "fs::write", "fs::rename", "OpenOptions", "fs::create_dir", "fs::remove_", "fs::hard_link"],
        &["disk.rs"],
        "one writer of files, so that every file is absent or whole",
    ),
];

#[test]
fn there_is_one_door_to_each_outside_thing() {
    let mut found = Vec::new();
    for file in files() {
        for (words, allowed, why) in DOORS {
            if allowed.iter().any(|place| file.name.starts_with(place)) {
                continue;
            }
            for word in words.iter().filter(|word| names(&file, word)) {
                found.push(format!("{} uses {} ({why})", file.name, word.trim_end_matches(':')));
            }
        }
    }
    complain("one door to each outside thing", found);
}

/// Whether the code holds the word, and not as the tail of a longer one.
fn names(file: &File, word: &str) -> bool {
    file.code.match_indices(word).any(|(at, _)| !file.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

#[test]
fn nothing_is_left_undone() {
    let mut found = Vec::new();
    for file in files() {
        // The marks that promise work for later; this is the list of what must not occur, and no mark itself.
        for word in ["TODO", "FIXME", "XXX", "HACK"] {
            if file.text.split(|c: char| !c.is_alphanumeric()).any(|w| w == word) {
                found.push(format!("{}: {word}", file.name));
            }
        }
        for word in ["todo!", "unimplemented!", "dbg!", ".unwrap()"] {
            if file.code.contains(word) {
                found.push(format!("{}: {word}", file.name));
            }
        }
    }
    complain("no loose ends, and no unwrap without a reason (use expect, or return the error)", found);
}

#[test]
fn no_file_outgrows_its_room() {
    /// A file past this is asking to become a folder; it is named, and may wait for its reason.
    const ASKING: usize = 400;
    /// A file past this has become one too late.
    const MOST: usize = 550;
    let long: Vec<(usize, String)> = files()
        .into_iter()
        // Words of languages are data, and easier to compare in one list.
        .filter(|file| !file.name.starts_with("dates/names/") && file.name != "markup/detect/function_words.rs")
        .map(|file| (file.code.trim_end().lines().count(), file.name))
        .filter(|(lines, _)| *lines > ASKING)
        .collect();
    let shown = |(lines, name): &(usize, String)| format!("{name} has {lines} lines without its tests");
    long.iter().for_each(|file| println!("{}", shown(file)));
    complain("long files become folders", long.iter().filter(|(lines, _)| *lines > MOST).map(shown).collect());
}

#[test]
fn every_crate_has_a_front_page() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("crates");
    assert!(!members().is_empty());
    for member in members() {
        let page = std::fs::read_to_string(root.join(&member).join("README.md"))
            .unwrap_or_else(|e| panic!("crates/{member}/README.md: {e}"));
        assert!(page.contains("```rust"), "crates/{member}/README.md shows no code");
    }
}
