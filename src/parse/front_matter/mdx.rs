//! `export const meta = { title: '…', date: '…' }` at the head of an MDX file, perhaps below its imports.

use super::{Container, FrontMatter, lenient, line, skip_blank_lines};

/// Names under which metadata are exported.
const NAMES: &[&str] = &["meta", "metadata", "frontmatter", "frontMatter", "post"];

pub(super) fn split(text: &str) -> Option<FrontMatter<'_>> {
    let mut rest = text;
    while line(rest).0.starts_with("import ") {
        rest = skip_blank_lines(line(rest).1);
    }
    let (first, inside) = line(rest);
    let name = first.strip_prefix("export const ")?.trim_end().strip_suffix('{')?.trim_end().strip_suffix('=')?;
    let name = name.split(':').next().unwrap_or_default().trim();
    if !NAMES.contains(&name) {
        return None;
    }
    // One property a line, up to a brace that stands where the export does.
    let mut block = String::new();
    let mut rest = inside;
    loop {
        let (next, after) = line(rest);
        if next.starts_with('}') {
            let entries = lenient::entries(&block);
            return Some(FrontMatter { container: Container::Mdx, entries, body: skip_blank_lines(after) });
        }
        if rest.is_empty() {
            return None;
        }
        block.push_str(next.trim().trim_end_matches(','));
        block.push('\n');
        rest = after;
    }
}
