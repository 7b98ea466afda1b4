//! Plain text as HTML: what a person sees in a text file, said in markup.
//!
//! Plain text has no rules, only habits. The ones that are understood here:
//!
//! - Blank lines part paragraphs. Lines that were wrapped by hand or by a program are joined again.
//! - In the newswire shape an indented line begins a paragraph, without a blank line; lines of figures
//!   (`Net 5.2 mln vs 4.8 mln`) keep to themselves.
//! - Text whose lines are longer than anybody wraps them has a paragraph on each line.
//! - A short line without end punctuation, alone before a paragraph, is a subheading; so is an underlined line.
//! - Lines that break before they are full are verse, an address, a signature: they keep their breaks.
//! - Columns, indented code and fenced code are preformatted; an indented paragraph of prose is a quotation.
//! - `-`, `*`, `•`, `1.`, `1)`, `a)` make lists, from two items on; `>` makes quotations; `* * *` and `---` rules.

mod inline;
mod join;
mod lines;
mod list;
mod prose;
mod shape;
mod write;

#[cfg(test)]
mod tests;

pub use write::to_html;

pub(super) use inline::{may_hold_link, push_text};

use lines::{Line, Measure};

/// Quotations in quotations and lists in lists are read this deep; deeper ones are text.
const MAX_NESTING: usize = 6;

/// A part of a plain text. Strings are plain text still: nothing in them is escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph, its lines joined to one.
    Paragraph(String),
    /// Lines that end where their author ended them, trimmed: verse, an address, figures.
    Lines(Vec<String>),
    /// A subheading on one line.
    Heading(String),
    /// A list.
    List {
        /// How its items are marked.
        marks: Marks,
        /// The blocks of each item.
        items: Vec<Vec<Block>>,
    },
    /// A quotation: lines marked with `>`, or an indented paragraph.
    Quote(Vec<Block>),
    /// Text in which every blank counts, common indentation removed, tabs expanded, without a line feed at the end.
    Preformatted(String),
    /// A line across the text.
    Rule,
}

/// How the items of a list are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// With bullets.
    Bullets,
    /// With numbers, from this one on.
    Numbers(u32),
    /// With lower-case letters, from `a` on.
    Letters,
}

/// The blocks of a plain text, in order. The text may have any line ends and characters.
pub fn paragraphs(text: &str) -> Vec<Block> {
    let text = super::legal(text);
    let lines = lines::split(&text);
    let measure = Measure::of(&lines);
    blocks(&lines, measure, 0)
}

/// The blocks of these lines. `nesting` counts the quotations and lists around them.
fn blocks(lines: &[Line], measure: Measure, nesting: usize) -> Vec<Block> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let (block, used) = special(&lines[at..], measure, nesting).unwrap_or_else(|| {
            let used = prose_length(&lines[at..], nesting);
            prose::read(&lines[at..at + used], measure, lines.get(at + used..).unwrap_or(&[]), &mut out);
            (None, used)
        });
        out.extend(block);
        at += used.max(1);
    }
    merge_preformatted(out)
}

/// The block that begins with the first line, if it is marked as something else than prose, and its length in lines.
/// Blank lines are such a thing, and make no block.
fn special(lines: &[Line], measure: Measure, nesting: usize) -> Option<(Option<Block>, usize)> {
    let first = lines.first()?;
    if first.is_blank() {
        return Some((None, 1));
    }
    if let Some(used) = shape::fence_length(lines) {
        let inner = &lines[1..used - 1];
        return Some(((!inner.is_empty()).then(|| Block::Preformatted(lines::preformatted(inner))), used));
    }
    if shape::is_rule(first.text) && lines.get(1).is_none_or(Line::is_blank) {
        return Some((Some(Block::Rule), 1));
    }
    if nesting >= MAX_NESTING {
        return None;
    }
    if first.text.starts_with('>') {
        let quoted: Vec<Line> = lines.iter().map_while(Line::quoted).collect();
        let used = quoted.len();
        return Some((Some(Block::Quote(blocks(&quoted, measure, nesting + 1))), used));
    }
    let (list, used) = list::read(lines)?;
    let items = list.items.iter().map(|item| blocks(item, measure, nesting + 1)).collect();
    Some((Some(Block::List { marks: list.marks, items }), used))
}

/// How many lines of prose there are before a blank line or something marked.
fn prose_length(lines: &[Line], nesting: usize) -> usize {
    let is_marked = |at: usize| {
        let line = &lines[at];
        line.is_blank()
            || (nesting < MAX_NESTING && (line.text.starts_with('>') || list::interrupts(&lines[at..])))
            || shape::fence_length(&lines[at..]).is_some()
    };
    (1..lines.len()).find(|at| is_marked(*at)).unwrap_or(lines.len())
}

/// Preformatted blocks that a blank line parted belong together.
fn merge_preformatted(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        match (out.last_mut(), block) {
            (Some(Block::Preformatted(before)), Block::Preformatted(after)) => {
                before.push_str("\n\n");
                before.push_str(&after);
            }
            (_, block) => out.push(block),
        }
    }
    out
}
