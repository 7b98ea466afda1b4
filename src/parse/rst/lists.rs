//! Lists: bullets, numbers, fields, definitions.

use super::blocks::{Converter, indented, without_indent};
use crate::parse::typeset::Sheet;

/// Converts an item of a list that begins at a line, and gives the line behind it; `None` where none begins.
pub(super) fn list(
    converter: &mut Converter,
    lines: &[&str],
    at: usize,
    sheet: &mut Sheet,
    depth: usize,
) -> Option<usize> {
    let line = lines[at];
    if let Some((width, is_numbered)) = mark(line) {
        let end = indented(lines, at + 1);
        let first = line.get(width..).unwrap_or_default().trim_start();
        let below = without_indent(&lines[at + 1..end]);
        // The text goes on up to a blank line; what follows that is blocks of its own.
        let more = below.iter().take_while(|line| !line.is_empty() && mark(line).is_none()).count();
        let mut text = first.to_owned();
        for line in &below[..more] {
            text.push('\n');
            text.push_str(line.trim());
        }
        let literal = text.strip_suffix("::").map(|text| format!("{text}:"));
        sheet.item(1, is_numbered, &converter.html(literal.as_deref().unwrap_or(&text)));
        let rest = &below[more..];
        if rest.iter().any(|line| !line.is_empty()) {
            let mut inner = Sheet::default();
            match literal {
                Some(_) => inner.verbatim(without_indent(rest).join("\n").trim_start_matches('\n'), None),
                None => inner = converter.inner(&without_indent(rest), depth),
            }
            sheet.attach();
            sheet.paste(inner);
        }
        return Some(end);
    }
    if let Some((name, text)) = field(line) {
        let end = indented(lines, at + 1);
        let mut text = text.to_owned();
        for line in lines[at + 1..end].iter().filter(|line| !line.is_empty()) {
            text.push('\n');
            text.push_str(line.trim());
        }
        sheet.term(1, &converter.html(name), &converter.html(text.trim()));
        return Some(end);
    }
    // A term, and its definition indented on the next line.
    let next = lines.get(at + 1)?;
    if next.starts_with(' ') && !line.ends_with("::") {
        let end = indented(lines, at + 1);
        let inner = converter.inner(&without_indent(&lines[at + 1..end]), depth);
        sheet.term(1, &converter.html(line), "");
        sheet.attach();
        sheet.paste(inner);
        return Some(end);
    }
    None
}

/// The width of the mark of an item, and whether it is a number.
fn mark(line: &str) -> Option<(usize, bool)> {
    let first = line.chars().next()?;
    if matches!(first, '*' | '-' | '+' | '•') {
        let width = first.len_utf8();
        return (line.len() == width || line[width..].starts_with(' ')).then_some((width, false));
    }
    let open = usize::from(first == '(');
    let rest = &line[open..];
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let width = match digits {
        0 if rest.starts_with('#') => 1,
        1..=4 => digits,
        _ => return None,
    };
    let close = rest[width..].chars().next()?;
    let closes = if open == 1 { close == ')' } else { matches!(close, '.' | ')') };
    let end = open + width + 1;
    (closes && line[end..].starts_with(' ')).then_some((end, true))
}

/// `:name: text`.
fn field(line: &str) -> Option<(&str, &str)> {
    let (name, text) = line.strip_prefix(':')?.split_once(':')?;
    let is_name = !name.is_empty() && name.len() <= 60 && !name.starts_with(' ') && !name.contains('`');
    (is_name && (text.is_empty() || text.starts_with(' '))).then_some((name, text))
}
