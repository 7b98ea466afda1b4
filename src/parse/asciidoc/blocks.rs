//! Blocks (AsciiDoc Language, "Blocks"): paragraphs, headings, lists, delimited blocks, tables.

use serde_json::Value;

use super::lists::{self, Item};
use super::spans::{Attributes, html, label_of, substituted};
use super::table;
use crate::parse::typeset::{Sheet, between, link};
use feedmill_markup::escape;

/// Blocks inside blocks, deeper than this, are text.
const DEEPEST: usize = 6;

/// The HTML of a text below its header, whose entries may be used in it.
pub(super) fn convert(body: &str, entries: &[(String, Value)]) -> Sheet {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let attributes = entries.iter().filter_map(|(key, value)| Some((key.to_lowercase(), text(value)?))).collect();
    let lines: Vec<&str> = body.lines().map(str::trim_end).collect();
    let mut converter = Converter { attributes, marks: Vec::new(), is_attached: false };
    let mut sheet = Sheet::default();
    converter.blocks(&lines, &mut sheet, DEEPEST);
    sheet
}

pub(super) struct Converter {
    attributes: Attributes,
    /// The marks of the lists that are open, the outermost first.
    marks: Vec<String>,
    /// Whether a block is read that belongs to an item, and ends where the next one begins.
    is_attached: bool,
}

/// What lines above a block say of it: `[source,rust]`, `.Title`.
#[derive(Default)]
struct Said<'l> {
    style: &'l str,
    title: &'l str,
}

impl<'l> Said<'l> {
    /// The values of the style, by position.
    fn value(&self, at: usize) -> &'l str {
        self.style.split(',').nth(at).unwrap_or_default().trim().trim_matches('"')
    }

    fn is(&self, names: &[&str]) -> bool {
        let name = self.value(0);
        let name = name.split(['.', '#', '%']).next().unwrap_or(name);
        names.iter().any(|other| name.eq_ignore_ascii_case(other))
    }
}

const ADMONITIONS: &[&str] = &["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

impl Converter {
    fn blocks(&mut self, lines: &[&str], sheet: &mut Sheet, depth: usize) {
        let mut at = 0;
        let mut said = Said::default();
        let (mut blanks, mut is_attached) = (0, false);
        while at < lines.len() {
            let line = lines[at];
            if line.is_empty() {
                blanks += 1;
                at += 1;
                continue;
            }
            let after = std::mem::take(&mut blanks);
            if let Some(next) = self.unseen(lines, at) {
                // A comment behind a blank line ends a list (AsciiDoc Language, "Separating Lists").
                if after > 0 && line.starts_with("//") {
                    sheet.close();
                }
                blanks = after;
                at = next;
            } else if let Some(style) = block_style(line) {
                if after > 0 && !is_attached {
                    sheet.close();
                }
                if !style.is_empty() {
                    said.style = style;
                }
                at += 1;
            } else if let Some(title) = line.strip_prefix('.').filter(|t| !t.starts_with([' ', '.']) && !t.is_empty()) {
                said.title = title;
                at += 1;
            } else if line == "+" && sheet.in_list() {
                // Each blank line above it leads out of a list.
                for _ in 0..after.min(sheet.open_lists()) {
                    sheet.step_out();
                }
                is_attached = true;
                at += 1;
            } else {
                let said = std::mem::take(&mut said);
                let is_item = lists::item(line).is_some();
                // Indented text below an item is typed out, and belongs to it.
                let is_literal = after > 0 && sheet.in_list() && line.starts_with(' ') && !is_item;
                at = match std::mem::take(&mut is_attached) || is_literal {
                    true => {
                        let marks = std::mem::take(&mut self.marks);
                        let mut inner = Sheet::default();
                        self.is_attached = true;
                        let next = self.block(lines, at, said, &mut inner, depth);
                        self.is_attached = false;
                        self.marks = marks;
                        sheet.nest(inner);
                        next
                    }
                    false => self.block(lines, at, said, sheet, depth),
                };
            }
        }
    }

    /// Comments and settings: where the line behind them is.
    fn unseen(&mut self, lines: &[&str], at: usize) -> Option<usize> {
        let line = lines[at];
        if is_fence(line, '/') {
            return Some(end_of(lines, at) + 1);
        }
        let is_comment = line.starts_with("//") && !line.starts_with("///");
        let is_for_programs =
            ["toc::[]", "ifdef::", "ifndef::", "endif::", "ifeval::", "<<<"].iter().any(|word| line.starts_with(word));
        if is_comment || is_for_programs {
            return Some(at + 1);
        }
        let (key, value) = line.strip_prefix(':')?.split_once(':')?;
        let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '!'));
        if !is_key || !(value.is_empty() || value.starts_with(' ')) {
            return None;
        }
        self.attributes.insert(key.to_lowercase(), value.trim().to_owned());
        Some(at + 1)
    }

    /// One block; gives the line behind it.
    fn block<'l>(&mut self, lines: &[&'l str], at: usize, said: Said<'l>, sheet: &mut Sheet, depth: usize) -> usize {
        let line = lines[at];
        if let Some((level, text)) = heading(line) {
            sheet.heading(level, &self.html(text));
            return at + 1;
        }
        if let Some(level) = lines.get(at + 1).and_then(|under| underlined(line, under)) {
            sheet.heading(level, &self.html(line));
            return at + 2;
        }
        if let Some(fence) = fence(line) {
            let end = end_of(lines, at);
            let inner = &lines[at + 1..end.min(lines.len())];
            if fence != '|' {
                self.title(&said, sheet);
            }
            self.delimited(fence, line, inner, &said, sheet, depth);
            return end + 1;
        }
        if matches!(line, "'''" | "---" | "***" | "- - -") {
            sheet.rule();
            return at + 1;
        }
        if let Some((name, target, values)) = block_macro(line) {
            self.block_macro(name, target, values, &said, sheet);
            return at + 1;
        }
        if let Some(item) = lists::item(line) {
            return self.item(lines, at, &item, sheet);
        }
        self.title(&said, sheet);
        self.paragraph(lines, at, &said, sheet)
    }

    fn title(&self, said: &Said<'_>, sheet: &mut Sheet) {
        if !said.title.is_empty() {
            sheet.paragraph(&format!("<strong>{}</strong>", self.html(said.title)));
        }
    }

    fn delimited(&mut self, fence: char, line: &str, inner: &[&str], said: &Said<'_>, sheet: &mut Sheet, depth: usize) {
        match fence {
            '-' | '.' | '`' => {
                let language = match line.strip_prefix("```") {
                    Some(behind) if !behind.trim().is_empty() => behind.trim(),
                    _ if said.is(&["source"]) || said.value(0).is_empty() => said.value(1),
                    _ => "",
                };
                sheet.verbatim(&inner.join("\n"), Some(language));
            }
            '+' if said.is(&["stem", "latexmath", "asciimath"]) => sheet.verbatim(&inner.join("\n"), None),
            '+' => sheet.raw(&inner.join("\n")),
            '|' => {
                let table = table::read(self, line, inner, said.style, said.title, depth);
                sheet.table(&table);
            }
            '_' => {
                let inner = self.inner(inner, depth);
                sheet.open("blockquote");
                sheet.paste(inner);
                self.attribution(said, sheet);
                sheet.shut("blockquote");
            }
            // A block without a style of its own is only a frame.
            _ if said.is(&["source", "listing", "literal"]) => sheet.verbatim(&inner.join("\n"), Some(said.value(1))),
            _ => {
                let is_quote = said.is(&["quote", "verse"]);
                let inner = self.inner(inner, depth);
                sheet.open(if is_quote { "blockquote" } else { "div" });
                self.admonition(said, sheet);
                sheet.paste(inner);
                if is_quote {
                    self.attribution(said, sheet);
                }
                sheet.shut(if is_quote { "blockquote" } else { "div" });
            }
        }
    }

    /// The blocks inside a block.
    pub(super) fn inner(&mut self, lines: &[&str], depth: usize) -> Sheet {
        let mut sheet = Sheet::default();
        let marks = std::mem::take(&mut self.marks);
        let is_attached = std::mem::take(&mut self.is_attached);
        match depth.checked_sub(1) {
            Some(depth) => self.blocks(lines, &mut sheet, depth),
            None => sheet.verbatim(&lines.join("\n"), None),
        }
        self.marks = marks;
        self.is_attached = is_attached;
        sheet
    }

    fn admonition(&self, said: &Said<'_>, sheet: &mut Sheet) {
        if said.is(ADMONITIONS) {
            sheet.paragraph(&format!("<strong>{}</strong>", capitalised(said.value(0))));
        }
    }

    fn attribution(&self, said: &Said<'_>, sheet: &mut Sheet) {
        let parts = [said.value(1), said.value(2)].map(|part| self.html(part));
        let words: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        if !words.is_empty() {
            sheet.paragraph(&format!("— {}", words.join(", ")));
        }
    }

    fn block_macro(&mut self, name: &str, target: &str, values: &str, said: &Said<'_>, sheet: &mut Sheet) {
        let target = substituted(target, &self.attributes);
        match name {
            "image" => {
                let alt = values.split(',').next().map(label_of).unwrap_or_default();
                sheet.picture(&target, alt, &self.html(said.title));
            }
            "video" if values.starts_with("youtube") => {
                sheet.paragraph(&link(&format!("https://www.youtube.com/watch?v={target}"), ""));
            }
            _ => sheet.paragraph(&link(&target, "")),
        }
    }

    fn item(&mut self, lines: &[&str], at: usize, item: &Item<'_>, sheet: &mut Sheet) -> usize {
        // The text of an item goes on up to a blank line, another item, or the beginning of a block.
        let goes_on = |line: &&&str| {
            !line.is_empty()
                && lists::item(line).is_none()
                && fence(line).is_none()
                && **line != "+"
                && block_style(line).is_none()
        };
        let more: Vec<&str> = lines[at + 1..].iter().take_while(goes_on).map(|line| line.trim()).collect();
        let used = 1 + more.len();
        let mut text = item.text.to_owned();
        for line in more {
            text.push('\n');
            text.push_str(line);
        }
        let text = match text.get(..4) {
            Some("[x] " | "[*] ") => format!("☑ {}", self.html(&text[4..])),
            Some("[ ] ") => format!("☐ {}", self.html(&text[4..])),
            _ => self.html(text.trim_start()),
        };
        self.marks.truncate(sheet.open_lists());
        let level = self.marks.iter().position(|mark| mark == item.mark).unwrap_or(self.marks.len());
        self.marks.truncate(level);
        self.marks.push(item.mark.to_owned());
        match item.term {
            Some(term) => sheet.term(level, &self.html(term), &text),
            None => sheet.item(level, item.is_numbered, &text),
        }
        at + used
    }

    fn paragraph(&mut self, lines: &[&str], at: usize, said: &Said<'_>, sheet: &mut Sheet) -> usize {
        let starts_block =
            |line: &str| fence(line).is_some() || block_style(line).is_some_and(|s| !s.is_empty()) || line == "+";
        let ends = |line: &str| starts_block(line) || self.is_attached && lists::item(line).is_some();
        let rest = lines[at + 1..].iter().take_while(|line| !line.is_empty() && !ends(line)).count();
        let own = &lines[at..at + 1 + rest];
        let end = at + own.len();
        let is_literal = own[0].starts_with([' ', '\t']) && said.style.is_empty();
        if is_literal || said.is(&["source", "listing", "literal"]) {
            sheet.verbatim(&unindented(own), Some(said.value(1)));
        } else if said.is(&["quote", "verse"]) {
            sheet.open("blockquote");
            let text = self.html(&own.join("\n"));
            sheet.paragraph(&if said.is(&["verse"]) { text.replace('\n', "<br>\n") } else { text });
            self.attribution(said, sheet);
            sheet.shut("blockquote");
        } else if said.is(&["pass"]) {
            sheet.raw(&own.join("\n"));
        } else {
            let text = own.iter().map(|line| line.trim_start()).collect::<Vec<_>>().join("\n");
            let label =
                ADMONITIONS.iter().find(|word| text.strip_prefix(**word).is_some_and(|rest| rest.starts_with(": ")));
            match label {
                Some(word) => {
                    let label = capitalised(word);
                    sheet.paragraph(&format!("<strong>{label}:</strong> {}", self.html(&text[word.len() + 2..])));
                }
                None => {
                    self.admonition(said, sheet);
                    sheet.paragraph(&self.html(&text));
                }
            }
        }
        end
    }

    pub(super) fn html(&self, text: &str) -> String {
        html(text, &self.attributes)
    }
}

/// `== Heading`, with its level; Markdown's `##` is known, too.
fn heading(line: &str) -> Option<(usize, &str)> {
    let mark = line.chars().next().filter(|c| matches!(c, '=' | '#'))?;
    let level = line.len() - line.trim_start_matches(mark).len();
    let text = line[level..].strip_prefix(' ')?.trim();
    (level <= 6 && !text.is_empty()).then(|| (level, text.trim_end_matches(mark).trim_end()))
}

/// The level of a heading that is underlined, as old AsciiDoc has it.
fn underlined(line: &str, under: &str) -> Option<usize> {
    let level = 1 + ['=', '-', '~', '^', '+'].iter().position(|mark| under.starts_with(*mark))?;
    let mark = under.chars().next()?;
    let (length, width) = (under.len(), line.chars().count());
    let fits = length >= 3 && under.chars().all(|c| c == mark) && length.abs_diff(width) <= 2;
    (fits && line.starts_with(char::is_alphanumeric)).then_some(level)
}

/// The character of a line that opens or closes a delimited block.
fn fence(line: &str) -> Option<char> {
    if line == "--" {
        return Some('o');
    }
    if line.starts_with("```") {
        return Some('`');
    }
    if line.len() >= 4 && line.starts_with(['|', ',', ':', '!']) && line[1..].bytes().all(|byte| byte == b'=') {
        return Some('|');
    }
    ['-', '.', '=', '*', '_', '+'].into_iter().find(|mark| is_fence(line, *mark))
}

fn is_fence(line: &str, mark: char) -> bool {
    line.len() >= 4 && line.chars().all(|c| c == mark)
}

/// The line that closes the block that a line opens, or the end.
fn end_of(lines: &[&str], at: usize) -> usize {
    let close = if lines[at].starts_with("```") { "```" } else { lines[at] };
    lines[at + 1..].iter().position(|line| *line == close).map_or(lines.len(), |length| at + 1 + length)
}

/// The inside of `[source,rust]`; empty for an anchor.
fn block_style(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('[')?.strip_suffix(']')?;
    if inner.starts_with('[') {
        return inner.ends_with(']').then_some("");
    }
    // `[link]` in a text has blanks; so have attributions.
    let is_style = !inner.contains(']') && !inner.contains("](") && inner.len() < 500;
    is_style.then_some(inner)
}

/// `image::source[values]`.
fn block_macro(line: &str) -> Option<(&str, &str, &str)> {
    let name = ["image", "video", "audio"].into_iter().find(|name| line.starts_with(name))?;
    let rest = line[name.len()..].strip_prefix("::")?;
    let (target, used) = between(rest, "", "[")?;
    let values = rest[used..].strip_suffix(']')?;
    (!target.is_empty()).then_some((name, target, values))
}

/// Lines without the indentation that all of them have.
fn unindented(lines: &[&str]) -> String {
    let indent = lines.iter().filter(|line| !line.is_empty()).map(|l| l.len() - l.trim_start_matches(' ').len()).min();
    let indent = indent.unwrap_or(0);
    lines.iter().map(|line| line.get(indent..).unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn capitalised(word: &str) -> String {
    let lower = word.to_lowercase();
    let mut chars = lower.chars();
    let first = chars.next().map(char::to_uppercase);
    escape(&first.into_iter().flatten().chain(chars).collect::<String>())
}
