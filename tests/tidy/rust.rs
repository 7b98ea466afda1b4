//! Just enough of a reader of Rust: the text of a file without comments, string literals and test modules, so that
//! a rule looks only at code that ships.

use std::path::{Path, PathBuf};

/// A source file of the program or of one of its crates.
pub struct File {
    /// Its path below `src/`, with `/` between segments; for a crate, below its `src/` and after its name:
    /// `dates/read.rs`.
    pub name: String,
    /// Its text as it stands.
    pub text: String,
    /// The crate below `crates/` that it belongs to; none for the program.
    pub member: Option<String>,
    /// Its code: no comments, no contents of string literals, no `#[cfg(test)]` modules.
    pub code: String,
}

impl File {
    /// The room that it stands in: `feed` of `feed/select.rs`, `disk` of `disk.rs`, `lib` of `lib.rs`.
    pub fn room(&self) -> &str {
        self.name.split('/').next().unwrap().trim_end_matches(".rs")
    }

    /// The module path, without the crate: `["feed", "select"]`, `["feed"]` of `feed/mod.rs`.
    pub fn module(&self) -> Vec<&str> {
        let path = self.name.trim_end_matches(".rs").trim_end_matches("/mod");
        path.split('/').filter(|part| *part != "lib" && *part != "main").collect()
    }

    /// The paths below the crate root that the code names: `feed::Feed` of `use crate::feed::Feed`, and of
    /// `super::super::feed::Feed` in a module two levels down. A path in a crate begins with the crate's name.
    pub fn mentions(&self) -> Vec<String> {
        let mut found = Vec::new();
        let own = self.member.iter().map(String::as_str);
        for (at, _) in self.code.match_indices("crate::") {
            let whole_word = !self.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$');
            if whole_word {
                let heads = heads(&self.code[at + "crate::".len()..]);
                found
                    .extend(heads.iter().map(|head| own.clone().chain([head.as_str()]).collect::<Vec<_>>().join("::")));
            }
        }
        let module = self.module();
        for (at, _) in self.code.match_indices("super::") {
            if self.code[..at].ends_with("super::") {
                continue;
            }
            let mut rest = &self.code[at..];
            let mut up = 0;
            while let Some(shorter) = rest.strip_prefix("super::") {
                rest = shorter;
                up += 1;
            }
            let base = &module[..module.len().saturating_sub(up)];
            for head in heads(rest) {
                found.push(base.iter().copied().chain([head.as_str()]).collect::<Vec<_>>().join("::"));
            }
        }
        found
    }
}

/// The paths that begin here: one, or the members of a `{…}` group.
fn heads(text: &str) -> Vec<String> {
    let path = |text: &str| -> String {
        text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == ':').collect()
    };
    let Some(group) = text.strip_prefix('{') else { return vec![path(text)] };
    let (mut depth, mut start, mut members) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                members.push(path(&group[start..at]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                members.push(path(&group[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    members.retain(|member| !member.is_empty());
    members
}

/// The crates below `crates/`, by name.
pub fn members() -> Vec<String> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates");
    let mut names: Vec<String> =
        std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Every file below `src/` and below the `src/` of every crate, by name.
pub fn files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = files_below(&root.join("src"), None);
    for member in members() {
        files.extend(files_below(&root.join("crates").join(&member).join("src"), Some(&member)));
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let tests: Vec<String> = files.iter().flat_map(test_files).collect();
    // A folder of tests is one from its `mod.rs` on.
    let in_folder = |test: &String, name: &str| test.strip_suffix("mod.rs").is_some_and(|dir| name.starts_with(dir));
    let is_test = |name: &String| tests.iter().any(|test| test == name || in_folder(test, name));
    for file in &mut files {
        file.code = if is_test(&file.name) { String::new() } else { without_tests(&file.code) };
    }
    assert!(files.len() > 10, "the walk over src/ found {} files", files.len());
    files
}

fn files_below(root: &Path, member: Option<&str>) -> Vec<File> {
    let is_rust = |path: &PathBuf| path.extension().is_some_and(|e| e == "rs");
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let below = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        let name = member.map_or(below.clone(), |member| format!("{member}/{below}"));
        File { name, code: code(&text), text, member: member.map(str::to_owned) }
    };
    walk(root).into_iter().filter(is_rust).map(read).collect()
}

/// The files that a file declares as test modules: `#[cfg(test)] mod tests;`.
fn test_files(file: &File) -> Vec<String> {
    let dir = match file.name.strip_suffix("/mod.rs").or(file.name.strip_suffix("/lib.rs")) {
        Some(dir) => dir.to_owned(),
        None => file.name.trim_end_matches(".rs").to_owned(),
    };
    let declared = file.code.split("#[cfg(test)]").skip(1).filter_map(|rest| {
        let item = rest.split([';', '{']).next()?;
        let name = item.trim().rsplit_once("mod ")?.1;
        rest[item.len()..].starts_with(';').then(|| name.to_owned())
    });
    declared.flat_map(|name| [format!("{dir}/{name}.rs"), format!("{dir}/{name}/mod.rs")]).collect()
}

/// Every file below a directory.
pub fn walk(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(walk(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// The text with comments and the contents of string and character literals blanked out, line by line the same.
fn code(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    let keep_lines = |from: usize, to: usize| -> String { chars[from..to].iter().filter(|c| **c == '\n').collect() };
    while i < chars.len() {
        let rest = &chars[i..];
        let end = if rest.starts_with(&['/', '/']) {
            i + rest.iter().position(|c| *c == '\n').unwrap_or(rest.len())
        } else if rest.starts_with(&['/', '*']) {
            let (mut depth, mut at) = (0, 0);
            loop {
                if rest[at..].starts_with(&['/', '*']) {
                    (depth, at) = (depth + 1, at + 2);
                } else if rest[at..].starts_with(&['*', '/']) {
                    (depth, at) = (depth - 1, at + 2);
                } else {
                    at += 1;
                }
                if depth == 0 || at >= rest.len() {
                    break i + at.min(rest.len());
                }
            }
        } else if let Some(hashes) = raw_string(rest, i.checked_sub(1).map(|b| chars[b])) {
            let close: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
            let body = i + 2 + hashes;
            (body..chars.len()).find(|at| chars[*at..].starts_with(&close)).map_or(chars.len(), |at| at + close.len())
        } else if rest[0] == '"' {
            let mut at = 1;
            while at < rest.len() && rest[at] != '"' {
                at += if rest[at] == '\\' { 2 } else { 1 };
            }
            i + (at + 1).min(rest.len())
        } else if rest[0] == '\'' && rest.get(1) == Some(&'\\') {
            i + rest.iter().skip(3).position(|c| *c == '\'').map_or(rest.len(), |at| at + 4)
        } else if rest[0] == '\'' && rest.get(2) == Some(&'\'') {
            i + 3
        } else {
            out.push(rest[0]);
            i += 1;
            continue;
        };
        if rest[0] == '"' || rest[0] == 'r' {
            out.push_str("\"\"");
        }
        out.push_str(&keep_lines(i, end));
        i = end;
    }
    out
}

/// The number of hashes of a raw string that begins here.
fn raw_string(rest: &[char], before: Option<char>) -> Option<usize> {
    if rest[0] != 'r' || before.is_some_and(|c| (c.is_alphanumeric() && c != 'b') || c == '_') {
        return None;
    }
    let hashes = rest[1..].iter().take_while(|c| **c == '#').count();
    (rest.get(1 + hashes) == Some(&'"')).then_some(hashes)
}

/// The code without its `#[cfg(test)]` modules and items.
fn without_tests(code: &str) -> String {
    let mut out = String::new();
    let mut rest = code;
    while let Some(at) = rest.find("#[cfg(test)]") {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        let (brace, semicolon) = (tail.find('{'), tail.find(';'));
        let end = match (brace, semicolon) {
            (Some(b), Some(s)) if s < b => s + 1,
            (Some(b), _) => b + matching_brace(&tail[b..]),
            (None, Some(s)) => s + 1,
            (None, None) => tail.len(),
        };
        rest = &tail[end..];
    }
    out.push_str(rest);
    out
}

/// The length of the text up to and with the brace that closes the first one.
fn matching_brace(text: &str) -> usize {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}

#[test]
fn reads_code_and_nothing_else() {
    let text = "use crate::a; // crate::b\n/* crate::c /* nested */ crate::d */\nlet s = \"crate::e \\\" crate::f\";\n\
                let r = r#\"crate::g \" \"#; let q = '\"'; let l: &'static str = x; use crate::{h, i::{j, k}};\n\
                #[cfg(test)]\nmod tests { use crate::z; fn f() {} }\nuse super::y::Y;";
    let file =
        File { name: "feed/select.rs".into(), text: String::new(), member: None, code: without_tests(&code(text)) };
    assert_eq!(file.mentions(), ["a", "h", "i::", "feed::y::Y"]);
    assert_eq!(file.room(), "feed");
    assert_eq!(file.code.lines().count(), text.lines().count() - 1);
}
