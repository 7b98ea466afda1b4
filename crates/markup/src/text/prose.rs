//! Lines without marks: paragraphs, subheadings, verse, columns.

use super::Block;
use super::join::join;
use super::lines::{Line, Measure, preformatted};
use super::shape::{columns, ends_sentence, is_figures, is_row, is_subheading, is_underline};

/// Blanks before a line from which on it is set apart, where the lines around it are not.
const INDENTED: usize = 4;
/// Blanks before a line from which on it begins a paragraph.
const PARAGRAPH_INDENT: usize = 2;
/// A line at the end that signs a report off (` Reuter`) is no longer than this, and may be indented by one blank only.
const MAX_SIGN_OFF: usize = 30;
/// A line of verse or of an address is shorter than this, even where other lines are never wrapped.
const MAX_SHORT: usize = 60;
/// A line that is underlined is a title up to this width; below a longer one stands a rule.
const MAX_TITLE: usize = 100;
/// Verse may be as wide as narrowly wrapped prose, up to here; then its capitals tell it.
const MAX_VERSE: usize = 60;

/// Appends the blocks of consecutive lines, none of which is blank or marked. `after` are the lines that follow.
pub(super) fn read(lines: &[Line], measure: Measure, after: &[Line], out: &mut Vec<Block>) {
    let mut lines = lines;
    while let [title, underline, rest @ ..] = lines
        && is_underline(underline.text)
        && title.width <= MAX_TITLE
    {
        out.push(Block::Heading(join([title.text])));
        lines = rest;
    }
    match lines {
        [] => {}
        [only] => out.push(single(only, after)),
        _ => read_several(lines, measure, after, out),
    }
}

fn read_several(lines: &[Line], measure: Measure, after: &[Line], out: &mut Vec<Block>) {
    if let Some(table) = columns(lines) {
        let (before, rest) = lines.split_at(table.start);
        let (table, behind) = rest.split_at(table.len());
        read(before, measure, rest, out);
        out.push(Block::Preformatted(preformatted(table)));
        read(behind, measure, after, out);
    } else if lines.iter().all(|line| line.indent >= INDENTED) {
        out.push(set_apart(lines, measure));
    } else {
        read_runs(lines, measure, out);
    }
}

/// A line that stands alone.
fn single(line: &Line, after: &[Line]) -> Block {
    let hashes = line.text.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&hashes)
        && let Some(title) = line.text[hashes..].strip_prefix(' ')
        && title.starts_with(char::is_alphabetic)
    {
        return Block::Heading(join([title.trim_end_matches('#')]));
    }
    let mut following = after.iter().skip_while(|line| line.is_blank());
    let next = following.next();
    let next_is_alone = following.next().is_none_or(Line::is_blank);
    // A heading has text below it; of several short lines in a row none is a heading.
    let heads = next.is_some_and(|next| !(next_is_alone && is_subheading(next.text)));
    if is_subheading(line.text) && heads && line.indent != 1 {
        return Block::Heading(join([line.text]));
    }
    if line.indent >= INDENTED && !line.is_first && !reads_like_prose(line.text) || is_row(line.text) {
        return Block::Preformatted(preformatted(&[*line]));
    }
    Block::Paragraph(join([line.text]))
}

/// Lines that are all indented: a quotation if they are prose, else preformatted.
fn set_apart(lines: &[Line], measure: Measure) -> Block {
    let text = join(lines.iter().map(|line| line.text));
    let same_indent = lines[1..].windows(2).all(|pair| pair[0].indent == pair[1].indent);
    if reads_like_prose(&text) && same_indent && !keeps_breaks(lines, measure) {
        return Block::Quote(vec![Block::Paragraph(text)]);
    }
    Block::Preformatted(preformatted(lines))
}

/// Whether the text is sentences, and not code or figures.
fn reads_like_prose(text: &str) -> bool {
    let letters = text.chars().filter(|ch| ch.is_alphabetic() || *ch == ' ').count();
    let all = text.chars().count();
    let first = text.chars().find(|ch| ch.is_alphanumeric());
    letters * 10 >= all * 8 && ends_sentence(text) && first.is_some_and(|ch| !ch.is_lowercase()) && text.contains(' ')
}

/// Cuts the lines where paragraphs begin, and reads each run.
fn read_runs(lines: &[Line], measure: Measure, out: &mut Vec<Block>) {
    let mut loose: Vec<&Line> = Vec::new();
    let mut start = 0;
    for end in 1..=lines.len() {
        if end < lines.len() && !begins_paragraph(lines, end, start, measure) {
            continue;
        }
        let run = &lines[start..end];
        start = end;
        match run {
            [line] if is_loose(line, measure) && !is_sign_off(lines, end - 1) => loose.push(line),
            _ => {
                flush(&mut loose, !measure.is_wrapped, out);
                out.push(paragraph(run, measure));
            }
        }
    }
    flush(&mut loose, false, out);
}

/// Whether a paragraph begins at line `at`, the run before it having begun at `start`.
fn begins_paragraph(lines: &[Line], at: usize, start: usize, measure: Measure) -> bool {
    let (before, line) = (&lines[at - 1], &lines[at]);
    if !measure.is_wrapped || measure.is_long(before) || measure.is_long(line) {
        return true;
    }
    if is_sign_off(lines, at) {
        return true;
    }
    if line.indent >= PARAGRAPH_INDENT {
        // Indented lines below each other: each for itself, unless the one before is full.
        return before.indent < line.indent
            || before.is_first
            || measure.breaks_early(before, line)
            || is_figures(before.text);
    }
    // A speech on a line of its own.
    if line.text.starts_with(['—', '–']) && ends_sentence(before.text) {
        return true;
    }
    // The last line of a paragraph, where nothing but its shortness shows it.
    ends_sentence(before.text)
        && !line.text.starts_with(char::is_lowercase)
        && measure.breaks_early(before, line)
        && at - start > 1
}

/// Whether line `at` signs a report off: the last, short, indented by one blank.
fn is_sign_off(lines: &[Line], at: usize) -> bool {
    at > 0 && at + 1 == lines.len() && lines[at].indent == 1 && lines[at].width <= MAX_SIGN_OFF
}

/// Whether a line is no paragraph of its own, but one of several figures, names, parts of an address.
fn is_loose(line: &Line, measure: Measure) -> bool {
    if measure.is_wrapped { !ends_sentence(line.text) } else { line.width <= MAX_SHORT }
}

/// Appends the loose lines; a single one may be the heading of the paragraph that follows it.
fn flush(loose: &mut Vec<&Line>, may_head: bool, out: &mut Vec<Block>) {
    match loose.as_slice() {
        [] => {}
        [line] if may_head && is_subheading(line.text) => out.push(Block::Heading(join([line.text]))),
        [line] => out.push(Block::Paragraph(join([line.text]))),
        lines => out.push(Block::Lines(lines.iter().map(|line| join([line.text])).collect())),
    }
    loose.clear();
}

/// One run of lines.
fn paragraph(run: &[Line], measure: Measure) -> Block {
    if run.len() > 1 && keeps_breaks(run, measure) {
        return Block::Lines(run.iter().map(|line| join([line.text])).collect());
    }
    Block::Paragraph(join(run.iter().map(|line| line.text)))
}

/// Whether the breaks of the lines are their author's, and not those of wrapping.
fn keeps_breaks(run: &[Line], measure: Measure) -> bool {
    let breaks = run.len().saturating_sub(1);
    let early = run.windows(2).filter(|pair| measure.breaks_early(&pair[0], &pair[1])).count();
    let begins = |test: fn(char) -> bool| run[1..].iter().filter(|line| line.text.starts_with(test)).count();
    let (lower, upper) = (begins(char::is_lowercase), begins(char::is_uppercase));
    let is_verse = breaks >= 3 && upper * 10 >= breaks * 9 && run.iter().all(|line| line.width <= MAX_VERSE);
    // Wrapped prose goes on in lower case, in every script that has it.
    is_verse || (breaks > 0 && early * 3 >= breaks * 2 && lower * 2 <= breaks)
}
