//! The piece of a text in which what was asked for stands.

use crate::archive::Question;
use feedmill_markup::one_line;

/// Characters of a snippet, about; two to three lines.
const LENGTH: usize = 260;

/// Characters before the first word that was asked for.
const BEFORE: usize = 60;

/// As much of a text as is looked through.
const SEARCHED: usize = 1 << 20;

/// A piece of a snippet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) is_marked: bool,
}

/// The piece of a text in which most of the wanted words stand, the first of several. The beginning, where none does.
pub(super) fn snippet(question: &Question, text: &str) -> Vec<Piece> {
    let searched = &text[..boundary(text, SEARCHED)];
    let marks = question.marks(searched);
    let best = (0..marks.len()).max_by_key(|first| {
        let within = marks[*first..].iter().take_while(|(at, _)| at.end <= marks[*first].0.start + LENGTH);
        let terms = within.clone().fold(0u64, |terms, (_, term)| terms | 1 << (term % 64)).count_ones();
        // Of equals, `max_by_key` takes the last: what comes later counts less.
        (terms, within.count(), std::cmp::Reverse(*first))
    });
    let start = best.map_or(0, |first| word_start(searched, marks[first].0.start));
    let end = boundary(searched, start + LENGTH);
    let end = match searched[end..].find(char::is_whitespace) {
        Some(more) if more < BEFORE => end + more,
        _ => end,
    };
    let mut pieces = Vec::new();
    let mut push = |text: &str, is_marked| {
        let line = one_line(text);
        let (before, after) = (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
        let blank = |is_there| if is_there { " " } else { "" };
        let text = match line.is_empty() {
            true => blank(before).to_owned(),
            false => format!("{}{line}{}", blank(before), blank(after)),
        };
        if !text.is_empty() {
            pieces.push(Piece { text, is_marked });
        }
    };
    let mut at = start;
    if start > 0 {
        push("… ", false);
    }
    for (mark, _) in marks.iter().filter(|(mark, _)| mark.start >= start && mark.end <= end) {
        push(&searched[at..mark.start], false);
        push(&searched[mark.clone()], true);
        at = mark.end;
    }
    push(&searched[at..end], false);
    if end < text.trim_end().len() {
        push(" …", false);
    }
    pieces
}

/// All of a short text, with what was asked for marked.
pub(super) fn marked(question: &Question, text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut push = |text: &str, is_marked| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), is_marked });
        }
    };
    for (mark, _) in question.marks(text) {
        push(&text[at..mark.start], false);
        push(&text[mark.clone()], true);
        at = mark.end;
    }
    push(&text[at..], false);
    pieces
}

/// The beginning of a word, some way before a place.
fn word_start(text: &str, place: usize) -> usize {
    let from = boundary(text, place.saturating_sub(BEFORE));
    if from == 0 {
        return 0;
    }
    let blank = text[from..place].find(char::is_whitespace);
    blank.map_or(from, |blank| from + blank + text[from + blank..].chars().next().map_or(0, char::len_utf8))
}

/// The last boundary of a character at or before a place.
fn boundary(text: &str, place: usize) -> usize {
    (0..=place.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(question: &str, text: &str) -> String {
        let pieces = snippet(&Question::read(question), text);
        pieces
            .iter()
            .map(|piece| if piece.is_marked { format!("[{}]", piece.text) } else { piece.text.clone() })
            .collect()
    }

    #[test]
    fn shows_where_most_of_the_words_stand() {
        let text = format!("storm {}The storm closed\n the harbour. {}", "calm ".repeat(100), "quiet ".repeat(100));
        let found = shown("harbour storm", &text);
        assert!(found.starts_with("… calm") && found.contains("The [storm] closed the [harbour]. quiet"), "{found}");
        assert!(found.ends_with(" …"), "{found}");
        assert_eq!(shown("storm", "A Störm."), "A [Störm].");
        assert_eq!(shown("nothing", "A text."), "A text.");
        assert_eq!(shown("天気", "今日の天気は雨。"), "今日の[天気]は雨。");
        assert_eq!(shown("x", ""), "");
    }

    proptest! {
        #[test]
        fn any_text_gives_a_short_piece(question in any::<String>(), text in any::<String>()) {
            let length: usize = snippet(&Question::read(&question), &text).iter().map(|piece| piece.text.len()).sum();
            prop_assert!(length <= LENGTH + 2 * BEFORE + 20);
            let whole: String = marked(&Question::read(&question), &text).into_iter().map(|piece| piece.text).collect();
            prop_assert_eq!(whole, text);
        }
    }
}
