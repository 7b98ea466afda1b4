//! Documents that tell the truth: the README's commands, the lists in `docs/`, the changelog.

use std::collections::BTreeSet;
use std::path::Path;

use crate::rust::walk;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The lines of the fenced blocks of a Markdown document that are meant for a shell.
fn shell_lines(markdown: &str) -> Vec<String> {
    let mut shell = false;
    let mut lines = Vec::new();
    for line in markdown.lines() {
        match line.trim_start().strip_prefix("```") {
            Some(info) => shell = matches!(info, "sh" | "console" | "bash"),
            None if shell => lines.push(line.trim_start().trim_start_matches("$ ").to_owned()),
            None => {}
        }
    }
    lines
}

/// The subcommands that the program itself lists.
fn commands() -> BTreeSet<String> {
    let help = std::process::Command::new(env!("CARGO_BIN_EXE_feedmill")).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let list = help.split("Commands:\n").nth(1).expect("a list of commands").split("\n\n").next().unwrap();
    let commands: BTreeSet<String> =
        list.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect();
    assert!(commands.contains("build"), "{commands:?}");
    commands
}

#[test]
fn the_commands_of_the_documents_exist() {
    let known = commands();
    let mut seen = 0;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = vec![root.join("README.md")];
    pages.extend(walk(&root.join("docs")).into_iter().filter(|path| path.extension().is_some_and(|e| e == "md")));
    for page in pages {
        for line in shell_lines(&std::fs::read_to_string(&page).unwrap()) {
            let words = line.strip_prefix("feedmill ").or_else(|| line.strip_prefix("cargo run --release -- "));
            let Some(words) = words else { continue };
            let Some(command) = words.split_whitespace().find(|word| !word.starts_with('-')) else { continue };
            assert!(known.contains(command), "{}: `{line}` calls the unknown command {command:?}", page.display());
            seen += 1;
        }
    }
    assert!(seen >= 5, "only {seen} commands found in the documents");
}

#[test]
fn the_readme_begins_with_the_two_commands_and_continuous_integration_runs_them() {
    let readme = read("README.md");
    let first: Vec<String> = shell_lines(&readme).into_iter().take(2).collect();
    let commands: Vec<&str> = first.iter().map(|line| line.split('#').next().unwrap().trim()).collect();
    assert_eq!(commands, ["cargo run --release -- build", "cargo test"]);
    let ci = read(".ci/run");
    for command in commands {
        assert!(ci.lines().any(|line| line.trim() == command), ".ci/run does not run `{command}`");
    }
    for command in ["cargo fmt --check", "cargo clippy --all-targets -- -D warnings", "cargo doc --no-deps"] {
        assert!(ci.contains(command), ".ci/run does not run `{command}`");
    }
}

#[test]
fn links_between_documents_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = vec![root.join("README.md"), root.join("CHANGELOG.md")];
    pages.extend(walk(&root.join("docs")).into_iter().filter(|path| path.extension().is_some_and(|e| e == "md")));
    for page in pages {
        let text = std::fs::read_to_string(&page).unwrap();
        // Links that are quoted as code lead nowhere.
        let text: String = text.split('`').step_by(2).collect();
        for (at, _) in text.match_indices("](") {
            let target = text[at + 2..].split(')').next().unwrap().split('#').next().unwrap();
            if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            assert!(page.parent().unwrap().join(target).exists(), "{} links to {target}", page.display());
        }
    }
}

/// The manifests of the program and of its crates, each with the name that its files begin with.
fn manifests() -> Vec<(Option<String>, toml::Table)> {
    let mut found = vec![(None, read("Cargo.toml").parse().unwrap())];
    found.extend(crate::rust::members().into_iter().map(|member| {
        let manifest = read(&format!("crates/{member}/Cargo.toml")).parse().unwrap();
        (Some(member), manifest)
    }));
    found
}

fn names(manifest: &toml::Table, table: &str) -> BTreeSet<String> {
    manifest.get(table).and_then(|t| t.as_table()).map(|t| t.keys().cloned().collect()).unwrap_or_default()
}

#[test]
fn every_dependency_says_why_it_is_here() {
    let wanted: BTreeSet<String> = ["dependencies", "dev-dependencies"]
        .iter()
        .flat_map(|table| manifests().into_iter().flat_map(|(_, manifest)| names(&manifest, table)))
        .filter(|name| !name.starts_with("feedmill-"))
        .collect();
    let told: BTreeSet<String> = read("docs/dependencies.md")
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next().map(str::to_owned))
        .collect();
    assert_eq!(told, wanted, "docs/dependencies.md has one row for each dependency of the manifests");
}

#[test]
fn every_dependency_is_used() {
    let files = crate::rust::files();
    for (member, manifest) in manifests() {
        let code: String = files.iter().filter(|file| file.member == member).map(|file| file.code.as_str()).collect();
        for name in names(&manifest, "dependencies") {
            let path = name.replace('-', "_");
            let used = [format!("{path}::"), format!("use {path} as ")];
            assert!(used.iter().any(|form| code.contains(form)), "nothing uses the dependency {name} of {member:?}");
        }
    }
}

#[test]
fn every_format_is_described() {
    let page = read("docs/formats.md");
    for parser in feedmill::parse::PARSERS {
        assert!(
            page.contains(&format!("`{}`", parser.name())),
            "docs/formats.md does not speak of `{}`",
            parser.name()
        );
    }
}

#[test]
fn the_architecture_names_every_room() {
    let page = read("docs/architecture.md");
    for room in read("src/lib.rs").lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')) {
        assert!(page.contains(&format!("`{room}`")), "docs/architecture.md does not speak of `{room}`");
    }
}

#[test]
fn the_command_page_names_every_command() {
    let page = read("docs/cli.md");
    for command in commands().iter().filter(|command| *command != "help") {
        assert!(page.contains(&format!("## {command}")), "docs/cli.md has no chapter on {command}");
    }
}

#[test]
fn the_record_that_is_explained_is_a_real_one() {
    let record = read("archive/2022/02/11/ice-on-the-inner-basin.txt");
    let front = &record[..record.find("\n---\n\n").unwrap() + 5];
    assert!(read("docs/record-format.md").contains(front), "docs/record-format.md does not show:\n{front}");
}

#[test]
fn the_configuration_page_names_every_key() {
    let page = read("docs/configuration.md") + &read("docs/podcasts.md");
    let dir = tempfile::tempdir().unwrap();
    for section in [
        "",
        "[site]\n",
        "[archive]\n",
        "[output]\n",
        "[serve]\n",
        "[[source]]\npath = \"x\"\n",
        "[[feed]]\n",
        "[[feed]]\n[feed.podcast]\n",
    ] {
        std::fs::write(dir.path().join("feedmill.toml"), format!("{section}zzzzzzzz = 1\n")).unwrap();
        let out = std::process::Command::new(env!("CARGO_BIN_EXE_feedmill"))
            .arg("status")
            .current_dir(dir.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        let keys = said.split("the keys here are ").nth(1).unwrap_or_else(|| panic!("{section:?}: {said}"));
        for key in keys.trim().split(", ") {
            let shown = [format!("`{key}`"), format!("[{key}]"), format!("[[{key}]]")];
            assert!(shown.iter().any(|form| page.contains(form)), "no page explains {key}");
        }
    }
}

#[test]
fn the_changelog_has_news() {
    let page = read("CHANGELOG.md");
    let unreleased = page.split("\n## Unreleased\n").nth(1).expect("a chapter `## Unreleased`");
    let entries = unreleased.split("\n## ").next().unwrap().lines().filter(|line| line.starts_with("- ")).count();
    let version = env!("CARGO_PKG_VERSION");
    assert!(entries > 0 || page.contains(&format!("\n## {version}")), "no entry under Unreleased");
    for line in page.lines() {
        assert!(line.chars().count() <= 120, "a line of the changelog is too long: {line}");
    }
}
