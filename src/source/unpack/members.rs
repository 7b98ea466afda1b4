//! The members of an archive of files, by name: which may hold articles, and how they are called from outside.

use crate::source::names;

/// The path of a member as it becomes part of an origin: `/` between segments, none of them empty, `.` or `..`, and
/// control characters escaped. It names the member and is never used as a path.
///
/// `None` for a member that by its name holds no articles.
pub(super) fn path(name: &str) -> Option<String> {
    let segments = || {
        let segments = name.split(['/', '\\']).map(str::trim);
        segments.filter(|segment| !matches!(*segment, "" | "." | ".."))
    };
    // What programs put beside the files of their users, hidden files among it.
    if segments().any(|segment| segment == "__MACOSX" || segment.starts_with('.')) {
        return None;
    }
    let last = segments().next_back()?;
    if names::is_no_article(last) || last.ends_with(".meta") {
        return None;
    }
    Some(segments().map(names::encoded).collect::<Vec<_>>().join("/"))
}
