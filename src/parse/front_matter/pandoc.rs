//! The title block of Pandoc: `% title`, `% authors`, `% date`, each of which may go on in indented lines.

use serde_json::Value;

use super::{Container, FrontMatter, line, skip_blank_lines};

pub(super) fn split(text: &str) -> Option<FrontMatter<'_>> {
    let mut entries: Vec<(String, Value)> = Vec::new();
    let mut rest = text;
    for key in ["title", "author", "date"] {
        let (first, after) = line(rest);
        let Some(value) = first.strip_prefix('%') else { break };
        let mut value = value.trim().to_owned();
        rest = after;
        while rest.starts_with([' ', '\t']) && !line(rest).0.trim().is_empty() {
            let (next, after) = line(rest);
            value.push_str(if key == "author" { "; " } else { " " });
            value.push_str(next.trim());
            rest = after;
        }
        entries.push((key.to_owned(), Value::String(value)));
    }
    (!entries.is_empty()).then(|| FrontMatter { container: Container::Pandoc, entries, body: skip_blank_lines(rest) })
}
