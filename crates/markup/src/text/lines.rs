//! Lines: where they begin, how wide they are, how wide the text was wrapped.

/// Nobody wraps text wider than this by hand; longer lines are paragraphs.
const MAX_WRAP: usize = 100;
/// Some programs do wrap wider, up to here; their lines all have nearly the same width.
const MAX_PROGRAM_WRAP: usize = 140;
/// Nobody wraps prose more narrowly than this; shorter lines say nothing about the width.
const MIN_WRAP: usize = 50;
/// Columns between tab stops.
const TAB: usize = 4;

/// A line of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    /// The line without the blanks at its ends.
    pub(super) text: &'t str,
    /// The line with its indentation, without the blanks at its end.
    pub(super) raw: &'t str,
    /// Columns of indentation, less the margin that all lines share.
    pub(super) indent: usize,
    /// The width of the trimmed line in columns.
    pub(super) width: usize,
    /// Whether it is the first line of the whole text. A date that stood before it may have been taken off, so that
    /// neither its indentation nor its width mean anything.
    pub(super) is_first: bool,
}

impl<'t> Line<'t> {
    pub(super) fn new(raw: &'t str) -> Self {
        let raw = raw.trim_end();
        let text = raw.trim_start();
        let indent = columns(&raw[..raw.len() - text.len()]);
        Line { text, raw, indent, width: width(text), is_first: false }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// The line without its quotation mark `>`; `None` for a line without one.
    pub(super) fn quoted(&self) -> Option<Line<'t>> {
        let inner = self.text.strip_prefix('>')?;
        Some(Line::new(inner.strip_prefix(' ').unwrap_or(inner)))
    }
}

/// How a text was wrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Measure {
    /// The columns at which lines were wrapped, as far as they show it.
    pub(super) width: usize,
    /// Whether lines were wrapped at all; otherwise each is a paragraph.
    pub(super) is_wrapped: bool,
}

/// The lines of a text, with the margin removed that all of them share.
pub(super) fn split(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line> = text.split('\n').map(Line::new).collect();
    let first = lines.iter().position(|line| !line.is_blank());
    if let Some(first) = first {
        let rest = lines[first + 1..].iter().filter(|line| !line.is_blank());
        let margin = rest.map(|line| line.indent).min().unwrap_or(lines[first].indent);
        // A single blank is no margin, but the mark of a line that signs off.
        let margin = if margin >= 2 { margin } else { 0 };
        for line in &mut lines {
            line.indent = line.indent.saturating_sub(margin);
        }
        lines[first].is_first = true;
    }
    lines
}

/// The lines as they stand, tabs expanded and common indentation removed.
pub(super) fn preformatted(lines: &[Line]) -> String {
    let expanded: Vec<String> = lines.iter().map(|line| expand_tabs(line.raw)).collect();
    let indent = |line: &String| line.len() - line.trim_start_matches(' ').len();
    // The first line of the text may have lost its indentation with its date.
    let counted = expanded.iter().zip(lines).filter(|(_, line)| !line.is_blank() && !line.is_first);
    let margin = counted.map(|(text, _)| indent(text)).min().unwrap_or(0);
    let cut: Vec<&str> = expanded.iter().map(|line| &line[margin.min(indent(line))..]).collect();
    cut.join("\n").trim_end().to_owned()
}

impl Measure {
    /// Looks at the lines of a whole text.
    pub(super) fn of(lines: &[Line]) -> Measure {
        // A long address is never wrapped, and so says nothing.
        let counted = || lines.iter().filter(|line| !line.is_blank() && line.text.contains(' '));
        let all: usize = counted().map(|line| line.width).sum();
        let long: usize = counted().map(|line| line.width).filter(|width| *width > MAX_WRAP).sum();
        let longest = counted().map(|line| line.width + line.indent).max().unwrap_or(0);
        if long * 2 <= all {
            let fitting = counted().map(|line| line.width + line.indent).filter(|width| *width <= MAX_WRAP).max();
            return Measure { width: fitting.unwrap_or(0).max(MIN_WRAP), is_wrapped: true };
        }
        let is_wrapped = longest <= MAX_PROGRAM_WRAP && most_breaks_are_tight(lines, longest);
        Measure { width: if is_wrapped { longest } else { MAX_WRAP }, is_wrapped }
    }

    /// Whether the line would have had room for the first word of the next, and some more.
    pub(super) fn breaks_early(&self, line: &Line, next: &Line) -> bool {
        !line.is_first && line.indent + line.width + 1 + first_word_width(next.text) <= self.width * 17 / 20
    }

    /// Whether the line is longer than lines of this text are wrapped.
    pub(super) fn is_long(&self, line: &Line) -> bool {
        line.width > self.width.max(MAX_WRAP)
    }
}

/// Whether lines break where the next word no longer fits, three times out of four.
fn most_breaks_are_tight(lines: &[Line], width: usize) -> bool {
    let breaks = || lines.windows(2).filter(|pair| !pair[0].is_blank() && !pair[1].is_blank());
    let tight =
        breaks().filter(|pair| pair[0].indent + pair[0].width + 1 + first_word_width(pair[1].text) > width).count();
    let all = breaks().count();
    all >= 4 && tight * 4 >= all * 3
}

fn first_word_width(text: &str) -> usize {
    width(text.split(' ').next().unwrap_or(text))
}

/// Columns that a text takes in a fixed-width font.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.chars().map(|ch| if super::join::is_cjk(ch) { 2 } else { 1 }).sum()
}

/// Columns that blanks take.
fn columns(blanks: &str) -> usize {
    blanks.chars().fold(0, |at, ch| match ch {
        '\t' => (at / TAB + 1) * TAB,
        _ => at + 1,
    })
}

fn expand_tabs(line: &str) -> String {
    if !line.contains('\t') {
        return line.to_owned();
    }
    let mut out = String::with_capacity(line.len() + 16);
    let mut at = 0;
    for ch in line.chars() {
        let step = if ch == '\t' { TAB - at % TAB } else { 1 };
        match ch {
            '\t' => out.extend(std::iter::repeat_n(' ', step)),
            _ => out.push(ch),
        }
        at += step;
    }
    out
}
