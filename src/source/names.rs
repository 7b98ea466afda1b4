//! How files are called: names that hold no articles, and paths as people write them.

use std::ffi::{OsStr, OsString};
use std::path::{Component, Path, PathBuf};

/// Extensions of files that stand beside articles and are none. A file that is named on the command line is tried
/// whatever it is called.
const NO_ARTICLES: [&str; 62] = [
    "7z", "aac", "avi", "avif", "bak", "bib", "bmp", "class", "css", "db", "doc", "docx", "eot", "epub", "exe", "flac",
    "gif", "heic", "ico", "ini", "jar", "jpeg", "jpg", "js", "less", "lock", "log", "m4a", "m4v", "map", "mov", "mp3",
    "mp4", "mpeg", "odt", "ogg", "opus", "otf", "pdf", "png", "po", "ppt", "pptx", "psd", "py", "pyc", "rb", "sass",
    "scss", "sh", "so", "sqlite", "svg", "tif", "tiff", "toml", "ttf", "wav", "webm", "webp", "woff", "woff2",
];

/// Extensions of programs, templates, styles and configuration, as they stand beside the articles of a site.
const CODE: [&str; 83] = [
    "bash",
    "bat",
    "c",
    "cc",
    "cfg",
    "cjs",
    "clj",
    "cmd",
    "coffee",
    "conf",
    "cpp",
    "cs",
    "csproj",
    "cxx",
    "dart",
    "dll",
    "dtd",
    "ejs",
    "erb",
    "erl",
    "ex",
    "exs",
    "fish",
    "go",
    "gradle",
    "graphql",
    "h",
    "haml",
    "hbs",
    "hpp",
    "hs",
    "j2",
    "java",
    "jinja",
    "jinja2",
    "jl",
    "json5",
    "jsx",
    "kt",
    "kts",
    "liquid",
    "lua",
    "mjs",
    "mk",
    "mod",
    "mustache",
    "nix",
    "njk",
    "pem",
    "php",
    "pl",
    "pm",
    "properties",
    "proto",
    "ps1",
    "psm1",
    "pug",
    "pyi",
    "rs",
    "sbt",
    "scala",
    "slim",
    "sln",
    "styl",
    "sum",
    "swift",
    "tcl",
    "tf",
    "tmpl",
    "ts",
    "tsx",
    "twig",
    "vb",
    "vim",
    "vue",
    "wasm",
    "webmanifest",
    "xsd",
    "xsl",
    "xslt",
    "yaml",
    "yml",
    "zsh",
];

/// Files of that kind that are known by the whole of their name.
const TOOLS: [&str; 29] = [
    "ads.txt",
    "bower.json",
    "brewfile",
    "cmakelists.txt",
    "cname",
    "codeowners",
    "composer.json",
    "deno.json",
    "dockerfile",
    "firebase.json",
    "gemfile",
    "gnumakefile",
    "humans.txt",
    "jenkinsfile",
    "jsconfig.json",
    "justfile",
    "makefile",
    "package-lock.json",
    "package.json",
    "pipfile",
    "procfile",
    "rakefile",
    "renovate.json",
    "requirements.txt",
    "robots.txt",
    "security.txt",
    "tsconfig.json",
    "vagrantfile",
    "vercel.json",
];

/// What files are called that tell about the others in a directory.
const ABOUT: [&str; 13] = [
    "authors",
    "code_of_conduct",
    "contributing",
    "contributors",
    "copying",
    "install",
    "licence",
    "license",
    "maintainers",
    "notice",
    "readme",
    "security",
    "unlicense",
];

/// The extension of a metadata file beside an article (Nikola).
pub(super) const SIDECAR: &str = "meta";

pub(super) fn is_no_article(name: &str) -> bool {
    if name.ends_with('~') {
        return true;
    }
    let lower = name.to_ascii_lowercase();
    if TOOLS.binary_search(&lower.as_str()).is_ok() {
        return true;
    }
    let Some((_, extension)) = lower.rsplit_once('.') else { return false };
    let is_in = |table: &[&str]| table.binary_search(&extension).is_ok();
    !is_maildir_message(name) && (is_in(&NO_ARTICLES) || is_in(&CODE))
}

/// Whether a file is called as those are that tell about the others in their directory (`README.md`, `LICENSE`): without a
/// date it is nobody's article, and nothing is wrong with that.
pub fn is_about_the_files(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let stem = name.split('.').next().unwrap_or_default().replace('-', "_");
    // `LICENSE-MIT`
    let stem = if stem.starts_with("license_") { "license" } else { &stem };
    ABOUT.binary_search(&stem).is_ok()
}

/// Whether a file is called as messages in a Maildir are: the time of delivery, something unique, the host. The end of
/// the host's name is no extension.
fn is_maildir_message(name: &str) -> bool {
    let mut parts = name.splitn(3, '.');
    let is_time = |part: &str| (9..=11).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.next().is_some_and(is_time) && parts.next().is_some_and(|part| !part.is_empty()) && parts.next().is_some()
}

/// Whether directories of these names make a Maildir of the directory that they stand in.
pub(super) fn is_maildir(dirs: &[OsString]) -> bool {
    ["cur", "new"].iter().all(|needed| dirs.iter().any(|dir| dir == needed))
}

/// Whether a file in a Maildir is one that mail servers keep for themselves.
pub(super) fn is_of_mail_server(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with("dovecot") || name.starts_with("courier") || name.starts_with("maildir") || name == "subscriptions"
}

/// Whether the file is the metadata of another file in the same directory.
pub(super) fn is_sidecar_of_any(name: &str, names: &[String]) -> bool {
    let Some(stem) = name.strip_suffix(".meta") else { return false };
    // The names are sorted, so all that begin with the stem stand together.
    let from = names.partition_point(|other| other.as_str() < stem);
    names[from..]
        .iter()
        .take_while(|other| other.starts_with(stem))
        .any(|other| other != name && other[stem.len()..].starts_with('.') && !other[stem.len() + 1..].contains('.'))
}

/// The path below the project directory where it stands there, else the whole path; `/` between segments.
pub(super) fn origin_of(full: &Path, project: &Path) -> String {
    let clean = |path: &Path| -> PathBuf {
        path.components().filter(|component| !matches!(component, Component::CurDir)).collect()
    };
    let (full, project) = (clean(full), clean(project));
    let path = full.strip_prefix(&project).unwrap_or(&full);
    let text = encoded(&lossless(path.as_os_str()));
    if text.is_empty() { ".".to_owned() } else { text }
}

/// A name as text, also where it is no UTF-8: then the bytes that are none are written as `%XX`, so that no two
/// names become one.
pub(super) fn lossless(name: &OsStr) -> String {
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

/// Control characters, which would tear reports and records, become `%XX`.
pub(super) fn encoded(name: &str) -> String {
    if !name.chars().any(char::is_control) {
        return name.to_owned();
    }
    let mut text = String::new();
    for c in name.chars() {
        if c.is_control() { text.push_str(&format!("%{:02X}", c as u32)) } else { text.push(c) }
    }
    text
}

/// Whether a name may have been rewritten by [`lossless`] or [`encoded`], so that nobody knows any more how the file
/// itself is called.
pub(super) fn is_rewritten(name: &str) -> bool {
    let codes = name.match_indices('%').filter_map(|(at, _)| name.get(at + 1..at + 3));
    codes.filter_map(|code| u8::from_str_radix(code, 16).ok()).any(|code| !(0x20..0x7f).contains(&code))
}

pub(super) fn join(dir: &str, name: &str) -> String {
    match (dir, name) {
        ("" | ".", name) => name.to_owned(),
        (dir, "") => dir.to_owned(),
        (dir, name) => format!("{}/{name}", dir.trim_end_matches('/')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_extensions_can_be_searched() {
        assert!(NO_ARTICLES.is_sorted() && CODE.is_sorted() && TOOLS.is_sorted() && ABOUT.is_sorted());
        assert!(["_config.yml", "Makefile", "package.json", "theme.Scss", "site.TS"].into_iter().all(is_no_article));
        assert!(!["makefile.md", "posts.json", "page.html", "a.txt", "yml"].into_iter().any(is_no_article));
        assert!(is_no_article("1059035224.py") && !is_no_article("1059035224.M27c448.host.py"));
        assert!(is_no_article("a.PNG") && is_no_article("a.md~") && !is_no_article("a.md") && !is_no_article("png"));
    }

    #[test]
    fn files_about_the_others_are_known_by_name() {
        let about = ["README", "notes/README.de.md", "LICENSE-MIT", "Code-of-Conduct.md", "copying.txt"];
        assert!(about.into_iter().all(is_about_the_files));
        assert!(
            !["readme/first.md", "readmes.md", "a-readme.md", "licensed.txt", ""].into_iter().any(is_about_the_files)
        );
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_utf8_stay_apart() {
        use std::os::unix::ffi::OsStrExt;
        let names = [&b"a\xff.txt"[..], b"a\xfe.txt", b"a\n.txt"].map(std::ffi::OsStr::from_bytes);
        let written = names.map(|name| encoded(&lossless(name)));
        assert_eq!(written, ["a%FF.txt", "a%FE.txt", "a%0A.txt"]);
        assert!(written.into_iter().all(|name| is_rewritten(&name)));
        assert!(!["a.txt", "100%.txt", "a%41.txt", "%", "a%zz", "%é"].into_iter().any(is_rewritten));
    }
}
