//! Tables between `|===` lines (AsciiDoc Language, "Tables").

use super::blocks::Converter;
use crate::parse::typeset::{Cell, Sheet, Table};
use feedmill_markup::escape;

/// More columns, or cells, are a mistake.
const MOST_COLUMNS: usize = 100;
const MOST_CELLS: usize = 50_000;

/// What is said of a column or a cell in front of its bar: `2*`, `.3+`, `^.>`, `a`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Form {
    times: usize,
    across: usize,
    down: usize,
    style: Option<char>,
}

/// A cell as it is written.
struct Written {
    form: Form,
    text: String,
    /// The line of the table that it begins in.
    line: usize,
}

/// The table that stands between two lines, the first of which is `line`; `style` and `title` are what the lines above
/// say.
pub(super) fn read(
    converter: &mut Converter,
    line: &str,
    inner: &[&str],
    style: &str,
    title: &str,
    depth: usize,
) -> Table {
    let value = |key: &str| value_of(style, key);
    let format = match (line.chars().next(), value("format")) {
        (Some(','), _) | (_, Some("csv")) => ',',
        (Some(':'), _) | (_, Some("dsv")) => ':',
        (_, Some("tsv")) => '\t',
        (Some('!'), _) => '!',
        _ => '|',
    };
    let separator = match value("separator") {
        Some("\\t") => '\t',
        Some(text) => text.chars().next().unwrap_or(format),
        None => format,
    };
    let cells = match format {
        ',' | '\t' => by_rows(inner, separator, true),
        ':' => by_rows(inner, separator, false),
        _ => by_bars(inner, separator),
    };
    let first_line = inner.iter().position(|line| !line.trim().is_empty()).unwrap_or(0);
    let in_first = || cells.iter().filter(|cell| cell.line == cells[0].line);
    let in_first_line: usize = in_first().map(|cell| cell.form.times.max(1) * cell.form.across.max(1)).sum();
    let declared = value("cols").map(columns).filter(|columns| !columns.is_empty());
    let columns = declared.unwrap_or_else(|| vec![Form::default(); in_first_line.clamp(1, MOST_COLUMNS)]);
    let says = |word: &str| {
        [value("options"), value("opts")].into_iter().flatten().any(|words| words.split(',').any(|w| w.trim() == word))
            || style.split(['%', ',', '.', '#']).any(|part| part == word)
    };
    // Without an option, the row that the first line begins is the header where a blank line sets that line off.
    let is_set_off = first_line == 0
        && inner.len() > 1
        && inner.get(1).is_some_and(|line| line.is_empty())
        && in_first().all(|cell| cell.line == 0 && !cell.text.trim().contains('\n'));
    let has_header = !says("noheader") && (says("header") || is_set_off);
    let caption = converter.html(title);
    Table {
        caption,
        headers: usize::from(has_header),
        stubs: 0,
        rows: rows(converter, cells, &columns, has_header, depth),
    }
}

/// Puts cells into rows, and makes of each what its style says.
fn rows(
    converter: &mut Converter,
    cells: Vec<Written>,
    columns: &[Form],
    has_header: bool,
    depth: usize,
) -> Vec<Vec<Cell>> {
    let mut rows: Vec<Vec<Cell>> = vec![Vec::new()];
    // In how many more rows each column is taken by a cell from above.
    let mut taken = vec![0usize; columns.len()];
    let (mut column, mut count) = (0, 0);
    for cell in cells {
        for _ in 0..cell.form.times.clamp(1, MOST_COLUMNS) {
            while column < columns.len() && taken[column] > 0 {
                taken[column] -= 1;
                column += 1;
            }
            if column >= columns.len() {
                rows.push(Vec::new());
                column = 0;
                while column < columns.len() && taken[column] > 0 {
                    taken[column] -= 1;
                    column += 1;
                }
                // A row of nothing but cells from above has no place for others.
                if column >= columns.len() {
                    taken.fill(0);
                    column = 0;
                }
            }
            count += 1;
            if count > MOST_CELLS {
                return rows;
            }
            let across = cell.form.across.clamp(1, columns.len() - column);
            let down = cell.form.down.clamp(1, MOST_CELLS);
            let in_header = has_header && rows.len() == 1;
            // As Asciidoctor counts: by cells, whatever columns they take.
            let place = rows.last().map_or(0, Vec::len).min(columns.len() - 1);
            let style = cell.form.style.or(columns[place].style).filter(|_| !in_header);
            let content = content(converter, &cell.text, style, depth);
            if let Some(row) = rows.last_mut() {
                row.push(Cell { across, down, ..content });
            }
            taken[column..column + across].fill(down - 1);
            column += across;
        }
    }
    rows.retain(|row| !row.is_empty());
    rows
}

fn content(converter: &mut Converter, text: &str, style: Option<char>, depth: usize) -> Cell {
    let text = text.trim_matches('\n');
    match style {
        Some('a') => {
            let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
            Cell::of_blocks(converter.inner(&lines, depth))
        }
        Some('l') => {
            let mut sheet = Sheet::default();
            sheet.verbatim(text, None);
            Cell::of_blocks(sheet)
        }
        style => {
            let mut sheet = Sheet::default();
            for part in text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()) {
                let lines: Vec<&str> = part.lines().map(str::trim).collect();
                let html = match style {
                    Some('m') => format!("<code>{}</code>", converter.html(&lines.join("\n"))),
                    Some('e') => format!("<em>{}</em>", converter.html(&lines.join("\n"))),
                    Some('s') => format!("<strong>{}</strong>", converter.html(&lines.join("\n"))),
                    Some('v') => escape(&lines.join("\n")),
                    _ => converter.html(&lines.join("\n")),
                };
                sheet.paragraph(&html);
            }
            Cell { is_header: style == Some('h'), ..Cell::of_blocks(sheet) }
        }
    }
}

/// Cells that begin behind a bar, wherever it stands.
fn by_bars(inner: &[&str], separator: char) -> Vec<Written> {
    let mut cells: Vec<Written> = Vec::new();
    for (number, line) in inner.iter().enumerate() {
        let mut rest = *line;
        let mut text = String::new();
        while let Some(at) = rest.find(separator) {
            let before = &rest[..at];
            rest = &rest[at + separator.len_utf8()..];
            if let Some(kept) = before.strip_suffix('\\') {
                text.push_str(kept);
                text.push(separator);
                continue;
            }
            text.push_str(before);
            let (kept, form) = split_form(&text);
            match cells.last_mut() {
                Some(last) => last.text.push_str(kept),
                // What stands before the first bar is a cell too.
                None if !kept.trim().is_empty() => {
                    cells.push(Written { form: Form::default(), text: kept.to_owned(), line: number });
                }
                None => {}
            }
            text.clear();
            cells.push(Written { form, text: String::new(), line: number });
        }
        text.push_str(rest);
        match cells.last_mut() {
            Some(last) => {
                last.text.push_str(&text);
                last.text.push('\n');
            }
            None if !text.trim().is_empty() => {
                cells.push(Written { form: Form::default(), text: text + "\n", line: number });
            }
            None => {}
        }
    }
    cells
}

/// The text before a bar without what it says of the next cell, and that.
fn split_form(text: &str) -> (&str, Form) {
    const LONGEST: usize = 16;
    let start = text.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    // White space of more than one byte ends elsewhere.
    let word = text.get(start..).unwrap_or_default();
    match form(word).filter(|_| !word.is_empty() && word.len() <= LONGEST) {
        Some(form) => (&text[..start], form),
        None => (text, Form::default()),
    }
}

/// `3*`, `2+`, `.2+`, `2.3+`, `^`, `.>`, `a`, in this order.
fn form(word: &str) -> Option<Form> {
    let mut form = Form::default();
    let number = |rest: &mut &str| {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let value = rest[..digits].parse::<usize>().ok();
        *rest = &rest[digits..];
        value
    };
    let mut rest = word;
    let first = number(&mut rest);
    let second = match rest.strip_prefix('.').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        Some(behind) => {
            rest = behind;
            number(&mut rest)
        }
        None => None,
    };
    match (rest.chars().next(), first.or(second)) {
        (Some('*'), Some(_)) => form.times = first?,
        (Some('+'), Some(_)) => (form.across, form.down) = (first.unwrap_or(1), second.unwrap_or(1)),
        (_, Some(_)) => return None,
        _ => {}
    }
    if first.or(second).is_some() {
        rest = &rest[1..];
    }
    for prefix in ["<", "^", ">"] {
        if let Some(behind) = rest.strip_prefix(prefix) {
            rest = behind;
            break;
        }
    }
    for prefix in [".<", ".^", ".>"] {
        rest = rest.strip_prefix(prefix).unwrap_or(rest);
    }
    form.style = rest.chars().next();
    let is_style = |style: char| "adehlmsv".contains(style) && rest.len() == 1;
    form.style.is_none_or(is_style).then_some(form)
}

/// Cells of CSV, or with a separator that `\` takes the meaning of; each line is a row.
fn by_rows(inner: &[&str], separator: char, is_quoted: bool) -> Vec<Written> {
    let mut cells: Vec<Written> = Vec::new();
    let mut text = String::new();
    let (mut in_quotes, mut row) = (false, 0);
    for (number, line) in inner.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
        if !in_quotes {
            row = number;
        }
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' if is_quoted && in_quotes && chars.peek() == Some(&'"') => {
                    text.push('"');
                    chars.next();
                }
                '"' if is_quoted && (in_quotes || text.trim().is_empty()) => in_quotes = !in_quotes,
                '\\' if !is_quoted && chars.peek() == Some(&separator) => text.extend(chars.next()),
                c if c == separator && !in_quotes => {
                    cells.push(Written { form: Form::default(), text: std::mem::take(&mut text), line: row });
                }
                c => text.push(c),
            }
        }
        match in_quotes {
            true => text.push('\n'),
            false => cells.push(Written { form: Form::default(), text: std::mem::take(&mut text), line: row }),
        }
    }
    if !text.is_empty() {
        cells.push(Written { form: Form::default(), text, line: row });
    }
    cells
}

/// The value of a named attribute of a style, with or without quotation marks.
fn value_of<'s>(style: &'s str, key: &str) -> Option<&'s str> {
    let mut rest = style;
    while let Some(at) = rest.find(key) {
        let is_name = rest[..at].trim_end().is_empty() || rest[..at].trim_end().ends_with([',', '%']);
        let behind = rest[at + key.len()..].trim_start();
        if let Some(value) = behind.strip_prefix('=').filter(|_| is_name) {
            let value = value.trim_start();
            return Some(match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].split(quote).next().unwrap_or_default(),
                _ => value.split(',').next().unwrap_or_default().trim(),
            });
        }
        rest = &rest[at + key.len()..];
    }
    None
}

/// `1,2`, `3*`, `2*^,a`, `<1,>2m`: how many columns there are, and their styles. A number alone is their count.
fn columns(value: &str) -> Vec<Form> {
    if let Ok(count) = value.trim().parse::<usize>() {
        return vec![Form::default(); count.clamp(1, MOST_COLUMNS)];
    }
    let mut columns = Vec::new();
    for part in value.split([',', ';']).map(str::trim) {
        let (times, rest) = match part.split_once('*') {
            Some((times, rest)) => (times.trim().parse().unwrap_or(1), rest),
            None => (1usize, part),
        };
        let style = rest.chars().next_back().filter(|c| "adehlmsv".contains(*c));
        columns.extend(std::iter::repeat_n(Form { style, ..Form::default() }, times.clamp(1, MOST_COLUMNS)));
        columns.truncate(MOST_COLUMNS);
    }
    if value.trim().is_empty() { Vec::new() } else { columns }
}
