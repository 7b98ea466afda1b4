//! Blocks ("Body Elements"): sections, paragraphs, literal blocks, quotes, directives, tables.

use super::lists::{self, Mark};
use super::spans::{Names, folded, html, inline_picture};
use super::tables;
use crate::parse::typeset::{Sheet, link, picture};

/// Blocks inside blocks, deeper than this, are text.
const DEEPEST: usize = 8;

/// The HTML of a text below its docinfo.
pub(super) fn convert(body: &str) -> Sheet {
    let expanded = if body.contains('\t') { body.replace('\t', "        ") } else { body.to_owned() };
    let lines: Vec<&str> = expanded.lines().map(str::trim_end).collect();
    let names = names(&lines);
    let mut sheet = Sheet::default();
    let mut converter = Converter { names, adornments: Vec::new(), mark: None };
    converter.blocks(&lines, &mut sheet, DEEPEST);
    sheet
}

/// The state of a conversion.
pub(super) struct Converter {
    pub(super) names: Names,
    /// The ways of marking sections, in the order of their first use: the first is the outermost.
    adornments: Vec<(char, bool)>,
    /// The mark of the item above, in the list that is open.
    pub(super) mark: Option<Mark>,
}

/// Targets and substitutions may stand below what refers to them.
fn names(lines: &[&str]) -> Names {
    let mut names = Names::default();
    for (at, line) in lines.iter().enumerate() {
        let Some(rest) = line.trim_start().strip_prefix(".. ") else { continue };
        if let Some(target) = rest.strip_prefix('_') {
            let (name, target) = match target.strip_prefix('`').and_then(|quoted| quoted.split_once("`:")) {
                Some(found) => found,
                None => match target.split_once(": ") {
                    Some(found) => found,
                    None => continue,
                },
            };
            names.targets.insert(folded(name), target.trim().to_owned());
        } else if let Some((name, rest)) = rest.strip_prefix('|').and_then(|rest| rest.split_once('|')) {
            let Some((kind, value)) = rest.trim_start().split_once("::") else { continue };
            let value = value.trim();
            let html = match kind {
                "image" => {
                    let alt = lines[at + 1..].iter().take(10).find_map(|line| line.trim().strip_prefix(":alt:"));
                    inline_picture(value, alt.unwrap_or(name))
                }
                _ => feedmill_markup::escape(value),
            };
            names.substitutions.insert(folded(name), html);
        }
    }
    names
}

impl Converter {
    /// Converts lines that begin at the left margin.
    pub(super) fn blocks(&mut self, lines: &[&str], sheet: &mut Sheet, depth: usize) {
        let mut at = 0;
        while at < lines.len() {
            let line = lines[at];
            if line.is_empty() {
                at += 1;
                continue;
            }
            at = if line.starts_with(' ') {
                let end = indented(lines, at);
                let inner = self.inner(&without_indent(&lines[at..end]), depth);
                sheet.open("blockquote");
                sheet.paste(inner);
                sheet.shut("blockquote");
                end
            } else if let Some(next) = self.section(lines, at, sheet) {
                next
            } else if line == ".." || line.starts_with(".. ") {
                self.explicit(lines, at, sheet, depth)
            } else if line == "__" || line.starts_with("__ ") {
                at + 1
            } else if let Some(end) = tables::end(lines, at) {
                tables::table(self, &lines[at..end], "", sheet, depth);
                end
            } else if let Some(next) = lists::list(self, lines, at, sheet, depth) {
                next
            } else if line.starts_with("| ") || line == "|" {
                let end = at
                    + lines[at..]
                        .iter()
                        .take_while(|l| l.starts_with("| ") || **l == "|" || l.starts_with("  "))
                        .count();
                let text =
                    lines[at..end].iter().map(|l| self.html(l.trim_start_matches('|').trim())).collect::<Vec<_>>();
                sheet.paragraph(&text.join("<br>\n"));
                end
            } else if line.starts_with(">>> ") {
                let end = paragraph_end(lines, at);
                sheet.verbatim(&lines[at..end].join("\n"), Some("python"));
                end
            } else {
                self.paragraph(lines, at, sheet)
            };
        }
    }

    /// The blocks inside a block.
    pub(super) fn inner(&mut self, lines: &[&str], depth: usize) -> Sheet {
        let mut sheet = Sheet::default();
        let mark = self.mark.take();
        match depth.checked_sub(1) {
            Some(depth) => self.blocks(lines, &mut sheet, depth),
            None => sheet.verbatim(&lines.join("\n"), None),
        }
        self.mark = mark;
        sheet
    }

    pub(super) fn html(&self, text: &str) -> String {
        html(text, &self.names)
    }

    /// A title with its lines of punctuation, or such a line by itself.
    fn section(&mut self, lines: &[&str], at: usize, sheet: &mut Sheet) -> Option<usize> {
        let line = lines[at];
        let next = lines.get(at + 1).copied().unwrap_or_default();
        let (title, mark, is_over, end) = match adornment(line) {
            Some(mark) => match (adornment(lines.get(at + 2).copied().unwrap_or_default()), next.trim()) {
                (Some(under), title) if under == mark && !title.is_empty() && adornment(title).is_none() => {
                    (title, mark, true, at + 3)
                }
                _ if line.len() >= 4 && next.is_empty() => {
                    sheet.rule();
                    return Some(at + 1);
                }
                _ => return None,
            },
            None => {
                let mark = adornment(next)?;
                let fits = next.chars().count() + 2 >= line.chars().count().min(40) || next.len() >= 4;
                if !fits {
                    return None;
                }
                (line, mark, false, at + 2)
            }
        };
        let style = (mark, is_over);
        let level = self.adornments.iter().position(|known| *known == style).unwrap_or_else(|| {
            self.adornments.push(style);
            self.adornments.len() - 1
        });
        // The title of the article is the first level, whether it stands here or above.
        sheet.heading(level.min(4) + 2, &self.html(title.trim()));
        Some(end)
    }

    /// `.. ` constructs: directives, targets, footnotes, comments.
    fn explicit(&mut self, lines: &[&str], at: usize, sheet: &mut Sheet, depth: usize) -> usize {
        let end = indented(lines, at + 1);
        let head = lines[at].get(3..).unwrap_or_default().trim();
        let inner = without_indent(&lines[at + 1..end]);
        if let Some((label, text)) = head.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            // A footnote: its mark is the one that the text has.
            let mut text = text.trim().to_owned();
            for line in inner.iter().filter(|line| !line.is_empty()) {
                text.push(' ');
                text.push_str(line.trim());
            }
            let label = self.html(label.trim_start_matches('#'));
            sheet.paragraph(&format!("[{label}] {}", self.html(text.trim())));
            return end;
        }
        if head.starts_with(['_', '|']) {
            return end;
        }
        let directive = head.split_once("::").filter(|(name, _)| {
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '+' | '.'))
        });
        // Anything else is a comment.
        if let Some((name, value)) = directive {
            self.directive(name, value.trim(), &inner, sheet, depth);
        }
        end
    }

    fn directive(&mut self, name: &str, value: &str, inner: &[&str], sheet: &mut Sheet, depth: usize) {
        let is_option = |line: &&&str| line.starts_with(':') && line[1..].contains(':');
        let options: Vec<&str> = inner.iter().take_while(is_option).copied().collect();
        let option = |key: &str| {
            options.iter().find_map(|line| line.strip_prefix(':')?.strip_prefix(key)?.strip_prefix(':')).map(str::trim)
        };
        // What stands right below the line of the directive goes on with it.
        let goes_on = options.is_empty() && inner.first().is_some_and(|line| !line.is_empty()) && !value.is_empty();
        let content = &inner[options.len()..];
        let content = &content[content.iter().take_while(|line| line.is_empty()).count()..];
        let more = content.iter().take_while(|line| goes_on && !line.is_empty()).count();
        let first = [&[value], &content[..more]].concat().join("\n");
        let below = &content[more..];
        match name.to_ascii_lowercase().as_str() {
            "image" | "thumbnail" => match option("target") {
                Some(target) => sheet.paragraph(&link(target, &picture(value, option("alt").unwrap_or_default()))),
                None => sheet.picture(value, option("alt").unwrap_or_default(), ""),
            },
            "figure" => {
                let caption: Vec<&str> = content.iter().take_while(|line| !line.is_empty()).copied().collect();
                sheet.picture(value, option("alt").unwrap_or_default(), &self.html(&caption.join(" ")));
                let legend = self.inner(&content[caption.len()..], depth);
                sheet.paste(legend);
            }
            "code" | "code-block" | "sourcecode" | "highlight" | "listing" | "prompt" | "parsed-literal" | "math"
            | "ipython" => {
                if content.is_empty() && name == "math" {
                    sheet.verbatim(value, None);
                } else if !content.is_empty() {
                    sheet.verbatim(&content.join("\n"), value.split_whitespace().next());
                }
            }
            "raw" if value.contains("html") => sheet.raw(&content.join("\n")),
            // Other programs than browsers; marks for the site's generator; what this document does not hold.
            "raw" | "contents" | "toctree" | "highlights-off" | "meta" | "class" | "role" | "default-role"
            | "index" | "sectnum" | "post" | "date" | "currentmodule" | "module" => {}
            "youtube" => sheet.paragraph(&link(&format!("https://www.youtube.com/watch?v={value}"), "")),
            "vimeo" => sheet.paragraph(&link(&format!("https://vimeo.com/{value}"), "")),
            "include" | "literalinclude" | "media" | "gist" | "soundcloud" | "raw-html" if !value.is_empty() => {
                let text = feedmill_markup::escape(value);
                sheet.paragraph(&if value.contains("://") { link(value, "") } else { text });
            }
            "epigraph" | "highlights" | "pull-quote" | "quote" => {
                self.framed("blockquote", "", &first, below, sheet, depth)
            }
            "note" | "warning" | "tip" | "important" | "caution" | "danger" | "error" | "hint" | "attention"
            | "seealso" | "todo" => {
                let label =
                    if name.eq_ignore_ascii_case("seealso") { "See also".to_owned() } else { capitalised(name) };
                self.framed("div", &label, &first, below, sheet, depth);
            }
            "admonition" | "topic" | "sidebar" | "rubric" | "versionadded" | "versionchanged" | "deprecated" => {
                self.framed("div", value, "", content, sheet, depth);
            }
            "table" => {
                let caption = self.html(value);
                let at = content.iter().take_while(|line| line.is_empty()).count();
                match content.get(at).and_then(|_| tables::end(content, at)) {
                    Some(end) => tables::table(self, &content[at..end], &caption, sheet, depth),
                    None => self.framed("div", value, "", content, sheet, depth),
                }
            }
            "list-table" | "csv-table" | "csv" => {
                let caption = self.html(value);
                let table = match name.to_ascii_lowercase().as_str() {
                    "list-table" => tables::of_list(self, content, caption, &options, depth),
                    _ => tables::of_csv(self, content, caption, &options, depth),
                };
                match table {
                    Some(table) => sheet.table(&table),
                    None => self.framed("div", value, "", content, sheet, depth),
                }
            }
            _ => self.framed("div", "", &first, below, sheet, depth),
        }
    }

    /// Content with a frame around it, below its name.
    fn framed(&mut self, tag: &str, label: &str, first: &str, content: &[&str], sheet: &mut Sheet, depth: usize) {
        let inner = self.inner(content, depth);
        sheet.open(tag);
        if !label.is_empty() {
            sheet.paragraph(&format!("<strong>{}</strong>", self.html(label)));
        }
        sheet.paragraph(&self.html(first));
        sheet.paste(inner);
        sheet.shut(tag);
    }

    /// A paragraph, and the literal block that `::` at its end announces.
    fn paragraph(&mut self, lines: &[&str], at: usize, sheet: &mut Sheet) -> usize {
        let end = paragraph_end(lines, at);
        let text = lines[at..end].join("\n");
        let Some(before) = text.strip_suffix("::") else {
            sheet.paragraph(&self.html(&text));
            return end;
        };
        let shown = match before.trim_end() {
            "" => String::new(),
            trimmed if trimmed.len() < before.len() => trimmed.to_owned(),
            trimmed => format!("{trimmed}:"),
        };
        sheet.paragraph(&self.html(&shown));
        let start = end + lines[end..].iter().take_while(|line| line.is_empty()).count();
        if lines.get(start).is_some_and(|line| line.starts_with(' ')) {
            let end = indented(lines, start);
            sheet.verbatim(&without_indent(&lines[start..end]).join("\n"), None);
            return end;
        }
        end
    }
}

/// Where the paragraph ends that begins at a line: at a blank line, or where a definition is indented.
fn paragraph_end(lines: &[&str], at: usize) -> usize {
    at + 1 + lines[at + 1..].iter().take_while(|line| !line.is_empty() && !line.starts_with(".. ")).count()
}

/// Where the indented lines end that begin at a line, blank lines among them.
pub(super) fn indented(lines: &[&str], at: usize) -> usize {
    let mut end = at;
    for (number, line) in lines.iter().enumerate().skip(at) {
        if line.starts_with(' ') {
            end = number + 1;
        } else if !line.is_empty() {
            break;
        }
    }
    end
}

/// Lines without the indentation that all of them have.
pub(super) fn without_indent<'l>(lines: &[&'l str]) -> Vec<&'l str> {
    let indent =
        lines.iter().filter(|line| !line.is_empty()).map(|line| line.len() - line.trim_start_matches(' ').len());
    let indent = indent.min().unwrap_or(0);
    lines.iter().map(|line| line.get(indent..).unwrap_or_default()).collect()
}

/// The character of a line of punctuation that marks a title.
fn adornment(line: &str) -> Option<char> {
    let mark = line.chars().next().filter(char::is_ascii_punctuation)?;
    (line.len() >= 2 && line.chars().all(|c| c == mark) && !matches!(line, ".." | "::" | "--")).then_some(mark)
}

fn capitalised(word: &str) -> String {
    let lower = word.to_lowercase();
    let mut chars = lower.chars();
    let first = chars.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(chars).collect()
}
