//! Blocks (Org Syntax, "Elements"): headings, paragraphs, lists, blocks between `#+begin_` and `#+end_`, tables.

use super::spans::{html, is_picture};
use crate::parse::typeset::{Cell, Sheet, Table, between};

/// Blocks and lists inside others, deeper than this, are text.
const DEEPEST: usize = 11;

/// The HTML of a text below its keys.
pub(super) fn convert(body: &str) -> Sheet {
    let lines: Vec<&str> = body.lines().map(str::trim_end).collect();
    let mut sheet = Sheet::default();
    blocks(&lines, &mut sheet, DEEPEST);
    sheet
}

fn blocks(lines: &[&str], sheet: &mut Sheet, depth: usize) {
    let mut at = 0;
    let mut caption = String::new();
    while at < lines.len() {
        let line = lines[at];
        let text = line.trim_start();
        if text.is_empty() {
            at += 1;
        } else if let Some((level, heading)) = heading(line) {
            sheet.heading(level + 1, &html(heading));
            at += 1;
        } else if let Some((name, values)) = begin(text) {
            let end = end_of(lines, at, name);
            above(&mut caption, sheet);
            block(name, values, &lines[at + 1..end.min(lines.len())], sheet, depth);
            at = end + 1;
        } else if let Some((key, value)) = keyword(text) {
            match key.to_ascii_lowercase().as_str() {
                "caption" => caption = html(value),
                "html" => sheet.raw(value),
                _ => {}
            }
            at += 1;
        } else if text == "#" || text.starts_with("# ") {
            at += 1;
        } else if let Some(end) = drawer(lines, at) {
            at = end + 1;
        } else if text.len() >= 5 && text.bytes().all(|byte| byte == b'-') {
            sheet.rule();
            at += 1;
        } else if text.starts_with('|') {
            let rows = take(lines, at, |line| line.trim_start().starts_with('|'));
            table(&lines[at..rows], std::mem::take(&mut caption), sheet);
            at = rows;
        } else if text == ":" || text.starts_with(": ") {
            let end = take(lines, at, |line| line.trim_start() == ":" || line.trim_start().starts_with(": "));
            let own = lines[at..end].iter().map(|line| line.trim_start()[1..].strip_prefix(' ').unwrap_or_default());
            sheet.verbatim(&own.collect::<Vec<_>>().join("\n"), None);
            at = end;
        } else if let Some(item) = item(line) {
            caption.clear();
            at = list(lines, at, &item, sheet, depth);
        } else {
            let end = take(lines, at, |line| !begins_block(line)).max(at + 1);
            paragraph(&lines[at..end], &std::mem::take(&mut caption), sheet);
            at = end;
        }
    }
}

/// What was said above a block that has no place for it.
fn above(caption: &mut String, sheet: &mut Sheet) {
    if !caption.is_empty() {
        sheet.paragraph(&format!("<strong>{}</strong>", std::mem::take(caption)));
    }
}

/// The line behind those that are alike.
fn take(lines: &[&str], at: usize, is_alike: impl Fn(&str) -> bool) -> usize {
    at + lines[at..].iter().take_while(|line| is_alike(line)).count()
}

/// Whether a line ends the paragraph above it.
fn begins_block(line: &str) -> bool {
    let text = line.trim_start();
    text.is_empty()
        || heading(line).is_some()
        || text.starts_with("#+")
        || text.starts_with('|')
        || text.starts_with(": ")
        || item(line).is_some_and(|item| !item.is_numbered)
}

fn paragraph(lines: &[&str], caption: &str, sheet: &mut Sheet) {
    let text = lines.iter().map(|line| line.trim_start()).collect::<Vec<_>>().join("\n");
    let alone = between(&text, "[[", "]]").filter(|(inner, used)| *used == text.len() && !inner.contains("]["));
    let picture =
        alone.map(|(inner, _)| inner.strip_prefix("file:").unwrap_or(inner)).filter(|target| is_picture(target));
    match picture {
        Some(target) => sheet.picture(target, "", caption),
        // `[fn:1] text`, at the end of the file.
        None => sheet.paragraph(&html(&text)),
    }
}

/// `** Heading :tag:`, without its tags.
fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.len() - line.trim_start_matches('*').len();
    let text = line[level..].strip_prefix(' ').filter(|_| level > 0)?.trim();
    let is_tags = |word: &str| {
        word.len() > 2 && word.starts_with(':') && word.ends_with(':') && !word.contains("::") && !word.contains(' ')
    };
    let text = match text.rsplit_once(' ') {
        Some((rest, tags)) if is_tags(tags) => rest.trim_end(),
        _ => text,
    };
    // `WAIT [#A] Heading`: the importance is for the author.
    let text = text.strip_prefix("[#").and_then(|rest| rest.split_once("] ")).map_or(text, |(_, rest)| rest);
    (!text.is_empty()).then_some((level, text))
}

/// The name of a block that a line opens, and what stands behind it.
fn begin(text: &str) -> Option<(&str, &str)> {
    let rest = text.get(..8).filter(|start| start.eq_ignore_ascii_case("#+begin_")).map(|_| &text[8..])?;
    Some(rest.split_once(' ').unwrap_or((rest, "")))
}

fn end_of(lines: &[&str], at: usize, name: &str) -> usize {
    let closes = |line: &&str| {
        let text = line.trim_start();
        let rest = text.get(..6).filter(|start| start.eq_ignore_ascii_case("#+end_")).map(|_| &text[6..]);
        rest.is_some_and(|rest| rest.eq_ignore_ascii_case(name))
    };
    lines[at + 1..].iter().position(closes).map_or(lines.len(), |length| at + 1 + length)
}

fn block(name: &str, values: &str, inner: &[&str], sheet: &mut Sheet, depth: usize) {
    match name.to_ascii_lowercase().as_str() {
        "src" => sheet.verbatim(&code(inner), values.split_whitespace().next()),
        "example" => sheet.verbatim(&code(inner), None),
        "comment" => {}
        "html" => sheet.raw(&inner.join("\n")),
        "export" if values.trim().eq_ignore_ascii_case("html") => sheet.raw(&inner.join("\n")),
        // For other programs than browsers.
        "export" => {}
        "verse" => {
            let text = inner.iter().map(|line| html(line)).collect::<Vec<_>>().join("<br>\n");
            sheet.paragraph(&text);
        }
        name => {
            let tag = if name == "quote" { "blockquote" } else { "div" };
            let inside = self::inner(inner, depth);
            sheet.open(tag);
            sheet.paste(inside);
            sheet.shut(tag);
        }
    }
}

/// The lines of a listing, without the indentation of all and the commas that guard `*` and `#+`.
fn code(lines: &[&str]) -> String {
    let indent =
        lines.iter().filter(|line| !line.is_empty()).map(|line| line.len() - line.trim_start_matches(' ').len());
    let indent = indent.min().unwrap_or(0);
    let own = lines.iter().map(|line| {
        let line = line.get(indent..).unwrap_or_default();
        line.strip_prefix(',').filter(|rest| rest.starts_with(['*', ',']) || rest.starts_with("#+")).unwrap_or(line)
    });
    own.collect::<Vec<_>>().join("\n")
}

/// `#+key: value`.
fn keyword(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.strip_prefix("#+")?.split_once(':')?;
    (!key.contains(' ')).then(|| (key, value.trim()))
}

/// The line that ends the drawer that a line opens, which belongs to the program and not to the text.
fn drawer(lines: &[&str], at: usize) -> Option<usize> {
    /// Longer ones are none; and a search without end for each would take quadratic time.
    const LONGEST: usize = 200;
    let name = lines[at].trim().strip_prefix(':')?.strip_suffix(':')?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let rest = lines[at + 1..].iter().take(LONGEST);
    is_name
        .then(|| rest.into_iter().position(|line| line.trim().eq_ignore_ascii_case(":END:")))
        .flatten()
        .map(|n| at + 1 + n)
}

/// A table. Rules part its rows into groups, of which the first is the header when there are others (Org Manual,
/// "Built-in Table Editor"). Rows and columns that speak to the program only are left out.
fn table(lines: &[&str], caption: String, sheet: &mut Sheet) {
    /// More columns are a mistake.
    const MOST_COLUMNS: usize = 500;
    let mut groups: Vec<Vec<Vec<&str>>> = vec![Vec::new()];
    for line in lines {
        let text = line.trim();
        if text.starts_with("|-") {
            groups.push(Vec::new());
            continue;
        }
        let text = text.strip_prefix('|').unwrap_or(text);
        let cells =
            text.strip_suffix('|').unwrap_or(text).split('|').map(str::trim).take(MOST_COLUMNS).collect::<Vec<_>>();
        if let Some(group) = groups.last_mut() {
            group.push(cells);
        }
    }
    // A column of marks says what a row is for (Org Manual, "Advanced features").
    let first = |row: &Vec<&str>| row.first().copied().unwrap_or_default().to_owned();
    let rows = || groups.iter().flatten();
    let is_mark = |cell: &str| matches!(cell, "" | "/" | "!" | "^" | "_" | "$" | "#" | "*");
    let has_marks = rows().all(|row| is_mark(&first(row))) && rows().any(|row| !first(row).is_empty());
    let is_for_program = |row: &Vec<&str>| {
        let widths =
            row.iter().all(|cell| cell.is_empty() || is_width(cell)) && row.iter().any(|cell| !cell.is_empty());
        widths || has_marks && matches!(first(row).as_str(), "/" | "!" | "^" | "_" | "$")
    };
    for group in &mut groups {
        group.retain(|row| !is_for_program(row));
        group.iter_mut().filter(|_| has_marks).for_each(|row| {
            row.remove(0);
        });
    }
    groups.retain(|group| !group.is_empty());
    let headers = if groups.len() > 1 { groups[0].len() } else { 0 };
    let cells = |row: Vec<&str>| row.into_iter().map(|cell| Cell::of(html(cell))).collect();
    let rows = groups.into_iter().flatten().map(cells).collect();
    sheet.table(&Table { caption, headers, stubs: 0, rows });
}

/// `<10>`, `<l>`, `<r20>`: how wide a column is shown, and where its text stands.
fn is_width(cell: &str) -> bool {
    let inner = cell.strip_prefix('<').and_then(|inner| inner.strip_suffix('>'));
    inner.is_some_and(|inner| {
        let digits = inner.strip_prefix(['l', 'c', 'r']).unwrap_or(inner);
        !inner.is_empty() && digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// An item of a list.
struct Item<'l> {
    indent: usize,
    is_numbered: bool,
    term: Option<&'l str>,
    text: &'l str,
}

fn item(line: &str) -> Option<Item<'_>> {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (is_numbered, rest) = match text.as_bytes().first()? {
        b'-' | b'+' => (false, &text[1..]),
        b'*' if indent > 0 => (false, &text[1..]),
        _ if (1..=4).contains(&digits) && text[digits..].starts_with(['.', ')']) => (true, &text[digits + 1..]),
        _ => return None,
    };
    let rest = if rest.is_empty() { rest } else { rest.strip_prefix(' ')?.trim_start() };
    let rest = rest.strip_prefix("[@").and_then(|rest| rest.split_once("] ")).map_or(rest, |(_, rest)| rest);
    let (term, rest) = match rest.split_once(" :: ").filter(|_| !is_numbered) {
        Some((term, rest)) => (Some(term), rest),
        None => (None, rest),
    };
    Some(Item { indent, is_numbered, term, text: rest })
}

/// A list, from its first item on; gives the line behind it. Its items are those that stand as far to the left as the
/// first, which says what kind of list it is (Org Syntax, "Plain Lists"). What is indented deeper belongs to an item; two
/// blank lines end the list.
fn list(lines: &[&str], at: usize, first: &Item<'_>, sheet: &mut Sheet, depth: usize) -> usize {
    /// Longer blocks inside an item end where they look like ending; a search without end for each would take quadratic
    /// time.
    const LONGEST_BLOCK: usize = 1000;
    let is_blank = |number: usize| lines.get(number).is_some_and(|line| line.trim().is_empty());
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut at = at;
    while let Some(item) = lines.get(at).and_then(|line| item(line)).filter(|item| item.indent == first.indent) {
        let mut end = at + 1;
        while end < lines.len() && (is_blank(end) || indent(lines[end]) > first.indent) {
            if is_blank(end) && is_blank(end + 1) {
                break;
            }
            // Blank lines of a listing are its own.
            end = begin(lines[end].trim_start())
                .map(|(name, _)| end_of(&lines[..lines.len().min(end + LONGEST_BLOCK)], end, name))
                .filter(|closing| closing < &lines.len().min(end + LONGEST_BLOCK))
                .unwrap_or(end)
                + 1;
        }
        let below = &lines[at + 1..end];
        // The text goes on up to a blank line or another block.
        let more = below.iter().take_while(|line| !begins_block(line) && self::item(line).is_none()).count();
        let mut text = item.text.to_owned();
        for line in &below[..more] {
            text.push('\n');
            text.push_str(line.trim());
        }
        let text = match text.get(..4) {
            Some("[X] " | "[x] ") => format!("☑ {}", html(&text[4..])),
            Some("[ ] " | "[-] ") => format!("☐ {}", html(&text[4..])),
            _ => html(&text),
        };
        match (first.term.is_some(), item.term) {
            (true, term) => sheet.term(first.indent, &html(term.unwrap_or("(no term)")), &text),
            (false, Some(term)) => {
                sheet.item(first.indent, first.is_numbered, &format!("{} :: {text}", html(term)));
            }
            (false, None) => sheet.item(first.indent, first.is_numbered, &text),
        }
        sheet.nest(inner(&below[more..], depth));
        at = end;
        if is_blank(at) && is_blank(at + 1) {
            break;
        }
    }
    sheet.close();
    at
}

/// The blocks inside a block.
fn inner(lines: &[&str], depth: usize) -> Sheet {
    let mut inside = Sheet::default();
    if lines.iter().any(|line| !line.trim().is_empty()) {
        match depth.checked_sub(1) {
            Some(depth) => blocks(lines, &mut inside, depth),
            None => inside.verbatim(&lines.join("\n"), None),
        }
    }
    inside
}
