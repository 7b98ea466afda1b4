//! Lists.

use super::Marks;
use super::lines::Line;

/// Blanks by which the further lines of an item stand in from its mark, at least.
const ITEM_INDENT: usize = 2;

/// A list as lines.
pub(super) struct List<'t> {
    pub(super) marks: Marks,
    /// The lines of each item, without the mark.
    pub(super) items: Vec<Vec<Line<'t>>>,
}

/// The mark of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Bullet(char),
    /// The number, and what follows it.
    Number(u32, char),
    /// The letter, counted from 0.
    Letter(u32),
}

impl Mark {
    /// Whether an item marked so may follow one marked with `self`.
    fn precedes(self, next: Mark) -> bool {
        match (self, next) {
            (Mark::Bullet(a), Mark::Bullet(b)) => a == b,
            (Mark::Number(a, x), Mark::Number(b, y)) => x == y && a.checked_add(1) == Some(b),
            (Mark::Letter(a), Mark::Letter(b)) => a + 1 == b,
            _ => false,
        }
    }

    /// Whether a list may begin with it in the middle of a paragraph's lines.
    fn may_interrupt(self) -> bool {
        matches!(self, Mark::Bullet(_) | Mark::Number(0 | 1, _) | Mark::Letter(0))
    }
}

/// Whether a list begins with the first line, directly after a line of prose.
pub(super) fn interrupts(lines: &[Line]) -> bool {
    let mark = lines.first().and_then(|line| mark(line.text));
    mark.is_some_and(|(mark, _)| mark.may_interrupt()) && read(lines).is_some()
}

/// The list that begins with the first line, and its length in lines; `None` when there are not two items.
pub(super) fn read<'t>(lines: &[Line<'t>]) -> Option<(List<'t>, usize)> {
    let first = lines.first()?;
    let (first_mark, _) = mark(first.text)?;
    if matches!(first_mark, Mark::Letter(letter) if letter > 0) {
        return None;
    }
    let margin = first.indent + ITEM_INDENT;
    let mut items = Vec::new();
    let mut previous: Option<Mark> = None;
    let mut at = 0;
    while let Some((mark, text)) = lines.get(at).and_then(|line| mark(line.text)) {
        if previous.is_some_and(|previous| !previous.precedes(mark)) || lines[at].indent > first.indent + 1 {
            break;
        }
        let used = item_length(&lines[at..], mark);
        let mut item = vec![Line::new(text)];
        item.extend(
            lines[at + 1..at + used].iter().map(|line| Line { indent: line.indent.saturating_sub(margin), ..*line }),
        );
        items.push(item);
        previous = Some(mark);
        at += used;
        // Items may stand apart by a blank line.
        let blanks = lines[at..].iter().take_while(|line| line.is_blank()).count();
        let goes_on = lines.get(at + blanks).and_then(|line| self::mark(line.text));
        if goes_on.is_none_or(|(next, _)| !mark.precedes(next)) || blanks > 1 {
            break;
        }
        at += blanks;
    }
    let marks = match first_mark {
        Mark::Bullet(_) => Marks::Bullets,
        Mark::Number(first, _) => Marks::Numbers(first),
        Mark::Letter(_) => Marks::Letters,
    };
    (items.len() >= 2).then_some((List { marks, items }, at))
}

/// The length of the item that begins with the first line: lines that are indented more than its mark, after a blank
/// line too, and lines that go on with its sentence.
fn item_length(lines: &[Line], mark: Mark) -> usize {
    let base = lines[0].indent;
    let mut length = 1;
    let mut at = 1;
    while let Some(line) = lines.get(at) {
        if line.is_blank() {
            let goes_on = lines.get(at + 1).is_some_and(|next| !next.is_blank() && next.indent >= base + ITEM_INDENT);
            if !goes_on {
                break;
            }
            at += 1;
            continue;
        }
        let is_inner = line.indent >= base + ITEM_INDENT;
        let is_next = self::mark(line.text).is_some_and(|(next, _)| mark.precedes(next));
        let goes_on_sentence = lines[at - 1].width >= 40 && line.text.starts_with(char::is_lowercase);
        let belongs = is_inner || (goes_on_sentence && !is_next);
        if !belongs {
            break;
        }
        at += 1;
        length = at;
    }
    length
}

/// The mark that the text begins with, and the rest of the text.
fn mark(text: &str) -> Option<(Mark, &str)> {
    let first = text.chars().next()?;
    if "-*•·‣◦▪●○■+o".contains(first) {
        let rest = &text[first.len_utf8()..];
        // Typographic bullets need no blank after them.
        let is_apart = rest.starts_with([' ', '\t', '\u{a0}']) || (!first.is_ascii() && !rest.is_empty());
        let rest = rest.trim_start();
        return (is_apart && !rest.is_empty()).then_some((Mark::Bullet(first), rest));
    }
    let (inner, has_opening) = text.strip_prefix('(').map_or((text, false), |inner| (inner, true));
    let end = inner.find(|ch: char| !ch.is_ascii_alphanumeric())?;
    let (label, rest) = inner.split_at(end);
    let closing = rest.chars().next()?;
    let rest = rest[closing.len_utf8()..].strip_prefix([' ', '\t', '\u{a0}'])?.trim_start();
    let is_closed = closing == ')' || (closing == '.' && !has_opening);
    if !is_closed || rest.is_empty() {
        return None;
    }
    let mark = match label.as_bytes() {
        [b'0'..=b'9'] | [b'0'..=b'9', b'0'..=b'9'] | [b'0'..=b'9', b'0'..=b'9', b'0'..=b'9'] => {
            Mark::Number(label.parse().ok()?, closing)
        }
        // "a." may be an initial.
        [letter @ b'a'..=b'z'] if closing == ')' => Mark::Letter(u32::from(letter - b'a')),
        _ => return None,
    };
    Some((mark, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_items() {
        assert_eq!(mark("- a"), Some((Mark::Bullet('-'), "a")));
        assert_eq!(mark("•a"), Some((Mark::Bullet('•'), "a")));
        assert_eq!(mark("12. b"), Some((Mark::Number(12, '.'), "b")));
        assert_eq!(mark("(3) c"), Some((Mark::Number(3, ')'), "c")));
        assert_eq!(mark("b) d"), Some((Mark::Letter(1), "d")));
        for text in ["-a", "1987. The year", "A. Smith", "a. b", "1.5 mln", "-", "— Bonjour", "", "(1. x", "é) x"] {
            assert_eq!(mark(text), None, "{text}");
        }
    }
}
