//! Blocks (Org Syntax, "Elements"): headings, paragraphs, lists, blocks between `#+begin_` and `#+end_`, tables.

use super::spans::{html, is_picture};
use crate::parse::typeset::{Sheet, between};

/// Blocks inside blocks, deeper than this, are text.
const DEEPEST: usize = 6;

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
            table(&lines[at..rows], sheet);
            at = rows;
        } else if text == ":" || text.starts_with(": ") {
            let end = take(lines, at, |line| line.trim_start() == ":" || line.trim_start().starts_with(": "));
            let own = lines[at..end].iter().map(|line| line.trim_start()[1..].strip_prefix(' ').unwrap_or_default());
            sheet.verbatim(&own.collect::<Vec<_>>().join("\n"), None);
            at = end;
        } else if let Some(item) = item(line) {
            at = list_item(lines, at, &item, sheet);
        } else {
            let end = take(lines, at, |line| !begins_block(line)).max(at + 1);
            paragraph(&lines[at..end], &std::mem::take(&mut caption), sheet);
            at = end;
        }
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
            let mut inside = Sheet::default();
            match depth.checked_sub(1) {
                Some(depth) => blocks(inner, &mut inside, depth),
                None => inside.verbatim(&inner.join("\n"), None),
            }
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

fn table(lines: &[&str], sheet: &mut Sheet) {
    let is_rule = |line: &str| line.trim_start().starts_with("|-");
    let cells = |line: &&str| -> Vec<String> {
        let text = line.trim().trim_start_matches('|');
        text.strip_suffix('|').unwrap_or(text).split('|').map(|cell| html(cell.trim())).collect()
    };
    let rows: Vec<Vec<String>> = lines.iter().filter(|line| !is_rule(line)).map(cells).collect();
    let has_header = lines.iter().skip_while(|line| is_rule(line)).nth(1).is_some_and(|line| is_rule(line));
    sheet.table(&rows, has_header && rows.len() > 1);
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

/// An item with the lines that are indented under it; gives the line behind it.
fn list_item(lines: &[&str], at: usize, item: &Item<'_>, sheet: &mut Sheet) -> usize {
    let goes_on = |line: &str| {
        let indent = line.len() - line.trim_start().len();
        indent > item.indent && !begins_block(line) && self::item(line).is_none()
    };
    let end = at + 1 + lines[at + 1..].iter().take_while(|line| goes_on(line)).count();
    let mut text = item.text.to_owned();
    for line in &lines[at + 1..end] {
        text.push('\n');
        text.push_str(line.trim());
    }
    let text = match text.get(..4) {
        Some("[X] " | "[x] ") => format!("☑ {}", html(&text[4..])),
        Some("[ ] " | "[-] ") => format!("☐ {}", html(&text[4..])),
        _ => html(&text),
    };
    match item.term {
        Some(term) => sheet.term(item.indent, &html(term), &text),
        None => sheet.item(item.indent, item.is_numbered, &text),
    }
    // What follows a blank line and is indented belongs to the item, too.
    let next = lines.get(end + 1).filter(|_| lines.get(end).is_some_and(|line| line.is_empty()));
    if next.is_some_and(|line| line.len() - line.trim_start().len() > item.indent && self::item(line).is_none())
        || lines.get(end).is_some_and(|line| line.starts_with(' ') && begin(line.trim_start()).is_some())
    {
        sheet.attach();
    }
    end
}
