//! Tables (reStructuredText Markup Specification, "Tables"; Directives, "Table"): drawn as a grid, drawn with lines of
//! `=`, as lists of lists, as CSV.

use super::blocks::{Converter, without_indent};
use super::grid;
use crate::parse::typeset::{Cell, Sheet, Table};

/// More columns or cells than these are no table for readers.
const MOST_COLUMNS: usize = 200;
const MOST_CELLS: usize = 20_000;

/// Where the table ends that begins at a line; `None` where none does.
pub(super) fn end(lines: &[&str], at: usize) -> Option<usize> {
    if grid::is_border(lines[at]) {
        return Some(at + lines[at..].iter().take_while(|line| line.starts_with(['+', '|'])).count());
    }
    if !is_simple_border(lines[at]) || !lines[at].contains(' ') {
        return None;
    }
    // The second border that a blank line follows ends it, or the third.
    let mut borders = 0;
    for number in at + 1..lines.len() {
        if !is_simple_border(lines[number]) {
            continue;
        }
        borders += 1;
        let is_last = lines.get(number + 1).is_none_or(|next| next.is_empty());
        if borders == 2 || is_last {
            return Some(number + 1);
        }
    }
    None
}

/// Converts a table that is drawn. One that is not drawn well is shown as it is typed.
pub(super) fn table(converter: &mut Converter, lines: &[&str], caption: &str, sheet: &mut Sheet, depth: usize) {
    let drawn = match grid::is_border(lines[0]) {
        true => grid::read(lines),
        false => simple(lines),
    };
    let Some(drawn) = drawn.filter(|drawn| drawn.cells.len() <= MOST_CELLS) else {
        return sheet.verbatim(&lines.join("\n"), None);
    };
    let mut table = Table { caption: caption.to_owned(), headers: drawn.headers, ..Table::default() };
    for cell in &drawn.cells {
        if table.rows.len() <= cell.row {
            table.rows.resize_with(cell.row + 1, Vec::new);
        }
        let lines: Vec<&str> = cell.lines.iter().map(|line| line.trim_end()).collect();
        let text = converter.inner(&without_indent(&lines), depth);
        table.rows[cell.row].push(Cell { across: cell.across, down: cell.down, ..Cell::of_blocks(text) });
    }
    sheet.table(&table);
}

/// A table as it was drawn: its cells in the order of rows and columns.
pub(super) struct Drawn {
    pub headers: usize,
    pub cells: Vec<Place>,
}

/// A cell with its place.
pub(super) struct Place {
    pub row: usize,
    pub across: usize,
    pub down: usize,
    pub lines: Vec<String>,
}

fn is_simple_border(line: &str) -> bool {
    line.starts_with("==") && line.bytes().all(|byte| matches!(byte, b'=' | b' '))
}

/// Where the runs of a mark begin and end in a border.
fn runs(line: &str, mark: u8) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, byte) in line.bytes().enumerate().filter(|(_, byte)| *byte == mark) {
        match runs.last_mut().filter(|(_, end)| *end == at) {
            Some((_, end)) => *end = at + 1,
            None => runs.push((at, at + usize::from(byte == mark))),
        }
    }
    runs
}

/// A table between lines of `=`. A row begins where its first column has text; a line of `-` joins the columns above it.
fn simple(lines: &[&str]) -> Option<Drawn> {
    let columns = runs(lines[0], b'=');
    if columns.len() > MOST_COLUMNS {
        return None;
    }
    let borders: Vec<usize> = (1..lines.len()).filter(|at| is_simple_border(lines[*at])).collect();
    let header_end = (borders.len() > 1).then(|| borders[0]);
    let mut drawn = Drawn { headers: 0, cells: Vec::new() };
    let mut row = 0;
    let mut open: Vec<&str> = Vec::new();
    let flush = |open: &mut Vec<&str>, spans: &[(usize, usize)], drawn: &mut Drawn, row: &mut usize| -> Option<()> {
        while open.last().is_some_and(|line| line.is_empty()) {
            open.pop();
        }
        if open.is_empty() {
            return Some(());
        }
        for (number, (start, _)) in spans.iter().enumerate() {
            let until = spans.get(number + 1).map(|(next, _)| *next);
            let cut = |line: &&str| by_columns(line, *start, until);
            let lines: Option<Vec<String>> = open.iter().map(cut).collect();
            let end = until.unwrap_or(usize::MAX);
            let across = columns.iter().filter(|(at, _)| *start <= *at && *at < end).count();
            drawn.cells.push(Place { row: *row, across, down: 1, lines: lines? });
        }
        *row += 1;
        open.clear();
        Some(())
    };
    for (at, line) in lines.iter().enumerate().skip(1) {
        let is_border = is_simple_border(line);
        let is_joint = line.starts_with('-') && line.bytes().all(|byte| matches!(byte, b'-' | b' '));
        if is_border || is_joint {
            // The line may join columns of the row above it.
            let joined = runs(line, if is_border { b'=' } else { b'-' });
            let fits = joined.iter().all(|(start, _)| columns.iter().any(|(column, _)| column == start));
            flush(&mut open, if fits { &joined } else { &columns }, &mut drawn, &mut row)?;
            if header_end == Some(at) {
                drawn.headers = row;
            }
            continue;
        }
        let begins = columns.first().is_some_and(|(start, end)| {
            by_columns(line, *start, Some(*end)).is_some_and(|cell| !cell.trim().is_empty())
        });
        if begins && !open.is_empty() {
            // A line of `-` may follow at the end of this row only.
            flush(&mut open, &columns, &mut drawn, &mut row)?;
        }
        if !open.is_empty() || !line.is_empty() {
            open.push(line);
        }
    }
    (!drawn.cells.is_empty()).then_some(drawn)
}

/// The part of a line from one column to another; `None` where text stands in the gap before the next.
fn by_columns(line: &str, start: usize, until: Option<usize>) -> Option<String> {
    let mut cell = String::new();
    let mut column = 0;
    for c in line.chars() {
        if column >= start && until.is_none_or(|until| column < until) {
            if until == Some(column + 1) && c != ' ' {
                return None;
            }
            cell.push(c);
        }
        column += grid::width(c);
    }
    Some(cell)
}

/// The number in an option such as `:header-rows: 1`.
fn number(options: &[&str], key: &str) -> usize {
    option(options, key).and_then(|value| value.parse().ok()).unwrap_or(0)
}

fn option<'l>(options: &[&'l str], key: &str) -> Option<&'l str> {
    options.iter().find_map(|line| line.strip_prefix(':')?.strip_prefix(key)?.strip_prefix(':')).map(str::trim)
}

/// A table whose rows are items of a list, and whose cells are items of the lists in those.
pub(super) fn of_list(
    converter: &mut Converter,
    content: &[&str],
    caption: String,
    options: &[&str],
    depth: usize,
) -> Option<Table> {
    let mut table = Table {
        caption,
        headers: number(options, "header-rows"),
        stubs: number(options, "stub-columns"),
        rows: Vec::new(),
    };
    let mut cells = 0;
    for row in items(content)? {
        let mut own = Vec::new();
        for cell in items(&row)? {
            cells += 1;
            let cell: Vec<&str> = cell.iter().map(String::as_str).collect();
            own.push(Cell::of_blocks(converter.inner(&cell, depth)));
        }
        table.rows.push(own);
    }
    (!table.rows.is_empty() && cells <= MOST_CELLS).then_some(table)
}

/// The items of the one list that some lines are; `None` where they are something else.
fn items<S: AsRef<str>>(lines: &[S]) -> Option<Vec<Vec<String>>> {
    let mut items: Vec<Vec<String>> = Vec::new();
    let first = lines.iter().map(AsRef::as_ref).find(|line| !line.is_empty())?;
    let mark = first.chars().next().filter(|c| matches!(c, '*' | '-' | '+'))?;
    for line in lines.iter().map(AsRef::as_ref) {
        let begins = line.strip_prefix(mark).filter(|rest| rest.is_empty() || rest.starts_with(' '));
        match (begins, items.last_mut()) {
            (Some(rest), _) => items.push(vec![format!(" {rest}")]),
            (None, Some(item)) if line.is_empty() || line.starts_with(' ') => item.push(line.to_owned()),
            (None, None) if line.is_empty() => {}
            _ => return None,
        }
    }
    let dedented = |item: Vec<String>| {
        let lines: Vec<&str> = item.iter().map(|line| if line.trim().is_empty() { "" } else { line }).collect();
        without_indent(&lines).into_iter().map(str::to_owned).collect()
    };
    Some(items.into_iter().map(dedented).collect())
}

/// A table that is written as CSV; its cells may hold blocks.
pub(super) fn of_csv(
    converter: &mut Converter,
    content: &[&str],
    caption: String,
    options: &[&str],
    depth: usize,
) -> Option<Table> {
    let sign = |key: &str, usual: u8| match option(options, key) {
        Some("tab") => b'\t',
        Some("space") => b' ',
        Some(text) if text.len() == 1 => text.as_bytes()[0],
        _ => usual,
    };
    let (delimiter, quote) = (sign("delim", b','), sign("quote", b'"'));
    let escape = option(options, "escape").and_then(|text| text.bytes().next());
    let keeps_space = option(options, "keepspace").is_some();
    let rows_of = |text: &str| -> Option<Vec<Vec<String>>> {
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .quote(quote)
            .escape(escape)
            .double_quote(escape.is_none())
            .from_reader(std::io::Cursor::new(unspaced(text, delimiter, quote, keeps_space)));
        let rows = reader.into_records().map(|row| Some(row.ok()?.iter().map(str::to_owned).collect()));
        rows.take(MOST_CELLS).collect()
    };
    let headers = option(options, "header").map(&rows_of).unwrap_or_else(|| Some(Vec::new()))?;
    let rows = rows_of(&content.join("\n"))?;
    let count = headers.len() + number(options, "header-rows").min(rows.len());
    let mut table = Table { caption, headers: count, stubs: number(options, "stub-columns"), rows: Vec::new() };
    let columns = headers.iter().chain(&rows).map(Vec::len).max().filter(|columns| *columns <= MOST_COLUMNS)?;
    if columns * (headers.len() + rows.len()) > MOST_CELLS {
        return None;
    }
    for row in headers.into_iter().chain(rows) {
        let mut cells: Vec<Cell> = Vec::new();
        for cell in &row {
            let lines: Vec<&str> = cell.lines().map(str::trim_end).collect();
            cells.push(Cell::of_blocks(converter.inner(&without_indent(&lines), depth)));
        }
        cells.resize_with(columns, Cell::default);
        table.rows.push(cells);
    }
    (!table.rows.is_empty()).then_some(table)
}

/// The text without the blanks behind a delimiter, which stand before a quotation mark more often than not.
fn unspaced(text: &str, delimiter: u8, quote: u8, keeps_space: bool) -> String {
    if keeps_space || delimiter == b' ' || delimiter == b'\t' {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let (mut is_quoted, mut at_start) = (false, true);
    for c in text.chars() {
        if c == char::from(quote) {
            is_quoted = !is_quoted;
        }
        if !is_quoted && at_start && c == ' ' {
            continue;
        }
        at_start = c == char::from(delimiter) || c == '\n';
        out.push(c);
    }
    out
}
