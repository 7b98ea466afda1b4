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
    if let Some((width, mark)) = mark(line) {
        begin(converter, mark, sheet);
        let end = indented(lines, at + 1);
        let first = line.get(width..).unwrap_or_default().trim_start();
        let below = without_indent(&lines[at + 1..end]);
        // The text goes on up to a blank line; what follows that is blocks of its own.
        let more = below.iter().take_while(|line| !line.is_empty() && self::mark(line).is_none()).count();
        let mut text = first.to_owned();
        for line in &below[..more] {
            text.push('\n');
            text.push_str(line.trim());
        }
        let literal = text.strip_suffix("::").map(|text| format!("{text}:"));
        sheet.item(1, matches!(mark, Mark::Number(..)), &converter.html(literal.as_deref().unwrap_or(&text)));
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
        begin(converter, Mark::Field, sheet);
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
        begin(converter, Mark::Term, sheet);
        sheet.term(1, &converter.html(line), "");
        sheet.attach();
        sheet.paste(inner);
        return Some(end);
    }
    None
}

/// What an item begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Bullet(char),
    /// A number, `None` for `#`, and the sign behind it.
    Number(Option<u32>, char),
    Field,
    Term,
}

impl Mark {
    /// Whether an item with that mark goes on with the list of this one: another bullet begins another list, and so
    /// does a number that is not the next.
    fn is_followed_by(self, next: Mark) -> bool {
        match (self, next) {
            (Mark::Number(_, a), Mark::Number(None, b)) => a == b,
            (Mark::Number(last, a), Mark::Number(number, b)) => {
                a == b && (last.is_none() || last.map(|n| n + 1) == number)
            }
            _ => self == next,
        }
    }
}

/// Ends the list that is open where an item with that mark begins another.
fn begin(converter: &mut Converter, mark: Mark, sheet: &mut Sheet) {
    if sheet.in_list() && converter.mark.is_some_and(|last| !last.is_followed_by(mark)) {
        sheet.close();
    }
    // `#` counts on.
    converter.mark = Some(match (converter.mark.filter(|_| sheet.in_list()), mark) {
        (Some(Mark::Number(Some(last), _)), Mark::Number(None, sign)) => Mark::Number(Some(last + 1), sign),
        _ => mark,
    });
}

/// The mark of an item with its width.
fn mark(line: &str) -> Option<(usize, Mark)> {
    let first = line.chars().next()?;
    if matches!(first, '*' | '-' | '+' | '•') {
        let width = first.len_utf8();
        return (line.len() == width || line[width..].starts_with(' ')).then_some((width, Mark::Bullet(first)));
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
    let sign = if open == 1 { '(' } else { close };
    (closes && line[end..].starts_with(' ')).then(|| (end, Mark::Number(rest[..width].parse().ok(), sign)))
}

/// `:name: text`.
fn field(line: &str) -> Option<(&str, &str)> {
    let (name, text) = line.strip_prefix(':')?.split_once(':')?;
    let is_name = !name.is_empty() && name.len() <= 60 && !name.starts_with(' ') && !name.contains('`');
    (is_name && (text.is_empty() || text.starts_with(' '))).then_some((name, text))
}
