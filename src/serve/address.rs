//! From the target of a request to a path below the directory, and to nothing else.

use std::borrow::Cow;

/// The longest segment that file systems know; longer ones name nothing.
const LONGEST_SEGMENT: usize = 255;

/// What a request asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address<'a> {
    /// The path below the directory, segments joined by `/`: never empty, absolute, `.`, `..` or hidden.
    pub(super) path: Cow<'a, str>,
    /// Whether a directory was named: `path` is then that of its `index.html`.
    pub(super) is_directory: bool,
}

/// Why there is no such path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// It is no path that an honest client would send.
    Malformed,
    /// Nothing of that name is handed out.
    Nothing,
}

const INDEX: &str = "index.html";

/// Reads the path of a target (RFC 3986 section 3.3), which is decoded once.
pub(super) fn read(target: &str) -> Result<Address<'_>, Refused> {
    let path = target.strip_prefix('/').ok_or(Refused::Malformed)?;
    let path = if path.contains('%') { Cow::Owned(decoded(path)?) } else { Cow::Borrowed(path) };
    if path.contains(|c: char| c.is_control()) {
        return Err(Refused::Malformed);
    }
    let is_directory = path.is_empty() || path.ends_with('/');
    let named = path.strip_suffix('/').unwrap_or(&path);
    if !path.is_empty() {
        for segment in named.split('/') {
            check(segment)?;
        }
    }
    let path = match is_directory {
        true if named.is_empty() => Cow::Borrowed(INDEX),
        true => Cow::Owned(format!("{named}/{INDEX}")),
        false => path,
    };
    Ok(Address { path, is_directory })
}

fn check(segment: &str) -> Result<(), Refused> {
    match segment {
        "." | ".." => Err(Refused::Malformed),
        // Names that begin with a dot are nobody's business; empty ones would make two addresses of one file, and
        // separators and drives of other systems could lead out of the directory.
        _ if segment.is_empty() || segment.starts_with('.') || segment.contains(['\\', ':']) => Err(Refused::Nothing),
        _ if segment.len() > LONGEST_SEGMENT => Err(Refused::Nothing),
        _ => Ok(()),
    }
}

/// The path without percent-encoding. An encoded `/` separates nothing in an address (RFC 3986 section 2.2), and no
/// file has one in its name.
fn decoded(path: &str) -> Result<String, Refused> {
    let mut out = Vec::with_capacity(path.len());
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let mut digit = || char::from(bytes.next()?).to_digit(16);
        let (Some(high), Some(low)) = (digit(), digit()) else { return Err(Refused::Malformed) };
        match (high * 16 + low) as u8 {
            b'/' => return Err(Refused::Malformed),
            byte => out.push(byte),
        }
    }
    String::from_utf8(out).map_err(|_| Refused::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_to_files_and_to_the_pages_of_directories() {
        let path = |target| read(target).map(|address| (address.path.into_owned(), address.is_directory));
        assert_eq!(path("/atom.xml"), Ok(("atom.xml".into(), false)));
        assert_eq!(path("/"), Ok(("index.html".into(), true)));
        assert_eq!(path("/notices/"), Ok(("notices/index.html".into(), true)));
        assert_eq!(path("/k%C3%BCste/rss.xml"), Ok(("küste/rss.xml".into(), false)));
        assert_eq!(path("/100%25.txt"), Ok(("100%.txt".into(), false)));
        assert_eq!(path("/a..b/c."), Ok(("a..b/c.".into(), false)));
    }

    #[test]
    fn leads_nowhere_else() {
        for target in ["", "*", "atom.xml", "/..", "/../x", "/a/../../x", "/%2e%2e/x", "/a/%2E./x", "/./x", "/a/."] {
            assert_eq!(read(target), Err(Refused::Malformed), "{target}");
        }
        for target in ["/%", "/%4", "/%zz", "/%+1", "/%00", "/a%0ab", "/%7f", "/%ff", "/%c0%af", "/..%2fx", "/a%2Fb"] {
            assert_eq!(read(target), Err(Refused::Malformed), "{target}");
        }
        for target in
            ["//", "//x", "/a//b", "/.gone", "/.git/config", "/a/.b", "/%2egit", "/a\\..\\b", "/C:/x", "/%5cx"]
        {
            assert_eq!(read(target), Err(Refused::Nothing), "{target}");
        }
        // Decoded once: what is encoded twice is a name, if a strange one.
        assert_eq!(read("/%252e%252e/x").unwrap().path, "%2e%2e/x");
        assert_eq!(read(&format!("/{}", "x".repeat(256))), Err(Refused::Nothing));
    }
}
