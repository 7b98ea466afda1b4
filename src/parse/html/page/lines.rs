//! The lines of a page that are worth keeping: those that may hold its date or the name of its author.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::place::Place;
use super::{Counts, Line, push_cut, tail};
use crate::parse::html::phrases;
use feedmill_markup as markup;

/// A line that is kept is no longer than this, in bytes; longer ones are prose.
const LONGEST: usize = 320;
/// A line of prose is at least this long, in bytes.
const PROSE: usize = 120;
/// More lines than tell anything.
const MOST: usize = 2000;

/// Gathers text into lines.
#[derive(Default)]
pub struct Lines {
    /// The lines that were kept.
    pub kept: Vec<Line>,
    line: String,
    /// How long the line is, kept or not.
    length: usize,
    place: Place,
    at: usize,
    /// A line that says what the next one holds.
    label: Option<String>,
    /// The last line, where it is short.
    above: String,
    /// Whether the last line was kept for its date, so that this one is kept beside it.
    is_below_date: bool,
}

impl Lines {
    /// Takes a piece of text; `counts` are of the text before it.
    pub fn push(&mut self, text: &str, place: Place, counts: &mut Counts) {
        let visible = text.trim_ascii();
        if visible.is_empty() {
            return self.part();
        }
        if self.line.is_empty() {
            self.at = counts.text;
            self.place = place;
        }
        self.length += visible.len();
        push_cut(&mut self.line, text, LONGEST);
        counts.text += visible.len();
        if place.is_any(Place::LINK) {
            counts.link_text += visible.len();
        }
    }

    /// The last words of the line so far.
    pub fn tail(&self) -> &str {
        tail(&self.line)
    }

    /// A blank between two elements of one line.
    pub fn part(&mut self) {
        if !self.line.is_empty() && !self.line.ends_with(' ') {
            push_cut(&mut self.line, " ", LONGEST);
        }
    }

    /// Ends the line. `title` is that of the page.
    pub fn end(&mut self, counts: &mut Counts, title: &str) {
        if self.line.is_empty() {
            return;
        }
        let length = std::mem::take(&mut self.length);
        if length >= PROSE && !self.place.is_any(Place::ELSEWHERE.with(Place::FOOTER).with(Place::LINK)) {
            counts.prose += length;
        }
        let mut line = std::mem::take(&mut self.line);
        if length <= LONGEST && self.kept.len() < MOST {
            self.keep(line.trim(), title);
        } else {
            self.label = None;
            self.above.clear();
            self.is_below_date = false;
        }
        line.clear();
        self.line = line;
    }

    fn keep(&mut self, text: &str, title: &str) {
        /// A line beside a date that is a name is no longer, in bytes.
        const SHORT: usize = 60;
        let label = self.label.take();
        let short = if text.len() <= SHORT { text } else { "" };
        if std::mem::take(&mut self.is_below_date)
            && let Some(last) = self.kept.last_mut()
        {
            last.below = markup::one_line(short);
        }
        if is_label(text) {
            self.label = Some(markup::one_line(text));
            self.above.clear();
            return;
        }
        let is_dated = may_hold_date(text);
        if label.is_some() || is_dated || opens_byline(text) || opens_title(text, title) {
            let text = markup::one_line(text);
            let text = match label {
                Some(label) => format!("{label} {text}"),
                None => text,
            };
            let above = if is_dated { markup::one_line(&self.above) } else { String::new() };
            self.is_below_date = is_dated;
            self.kept.push(Line { text, place: self.place, at: self.at, above, below: String::new() });
        }
        self.above.clear();
        self.above.push_str(short);
    }
}

/// Words that stand before a name, on a line of their own or at the beginning of one; in lower case.
static BEFORE_NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    phrases(
        "by|written by|posted by|published by|words by|story by|text by|article by|author|authors|von|autor|autorin|\
    text|par|auteur|por|autor/a|escrito por|publicado por|di|autore|a cura di|scritto da|door|auteurs|\
    geschreven door|av|af|skrevet av|skrevet af|tekst|text av|kirjoittaja|автор|текст|作者|文|記者|撰文|글|yazar|yazan|\
    tác giả|oleh|penulis|reviewed by|medically reviewed by|updated by|edited by",
    )
    .collect()
});

/// Words that stand before a date.
static BEFORE_DATES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    phrases(
        "published|published on|posted|posted on|date|publication date|date published|updated|updated on|\
    last updated|last updated on|last modified|modified|originally published|first published|release date|\
    created|created on|veröffentlicht|veröffentlicht am|erschienen am|stand|aktualisiert|publié le|\
    mis à jour le|publicado|publicado el|publicado em|actualizado|fecha|data|pubblicato|pubblicato il|\
    aggiornato il|gepubliceerd op|gepubliceerd|publicerad|publisert|udgivet|opublikowano|опубликовано|дата|发布时间|\
    发布日期|公開日|更新日|last reviewed|article date|date posted|release|issued|last update|last edited|first posted",
    )
    .collect()
});

static LABELS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| BEFORE_NAMES.iter().chain(&*BEFORE_DATES).copied().collect());

/// The first bytes of the words before names, small and large.
static FIRST_BYTES: LazyLock<[bool; 256]> = LazyLock::new(|| {
    let mut first = [false; 256];
    for word in &*BEFORE_NAMES {
        for spelling in [(*word).to_owned(), word.to_uppercase()] {
            first[usize::from(spelling.as_bytes()[0])] = true;
        }
    }
    first
});

/// Whether the whole line is a word that says what the next one holds.
fn is_label(line: &str) -> bool {
    const LONGEST: usize = 32;
    if line.len() > LONGEST || line.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let word = line.trim_end_matches([':', '：', ' ', '|', '-', '–']).to_lowercase();
    LABELS.contains(&*word)
}

/// Whether the line begins with a word that stands before a name.
fn opens_byline(line: &str) -> bool {
    /// The longest of the words, with what follows it.
    const LONGEST: usize = 40;
    if !line.bytes().next().is_some_and(|byte| FIRST_BYTES[usize::from(byte)]) {
        return false;
    }
    let mut end = line.len().min(LONGEST);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let start = line[..end].to_lowercase();
    BEFORE_NAMES.iter().any(|word| {
        start.strip_prefix(*word).is_some_and(|rest| {
            rest.starts_with([' ', ':', '：', '\u{a0}', '|', '/', '／'])
                || !word.is_ascii() && rest.starts_with(char::is_alphabetic)
        })
    })
}

/// Whether the line may be the title, on a page that has no heading for it.
fn opens_title(line: &str, title: &str) -> bool {
    const SHORT: usize = 10;
    let shared = || line.bytes().zip(title.bytes()).take_while(|(a, b)| a == b).count();
    line.len() >= SHORT && (title.ends_with(line) || matches!(shared(), n if n == line.len() || n > 2 * SHORT))
}

/// Whether the line may hold a date: a year, or two numbers with a sign between them.
fn may_hold_date(line: &str) -> bool {
    let bytes = line.as_bytes();
    let mut at = 0;
    let mut pairs = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_digit() {
            at += 1;
        }
        let digits = &bytes[start..at];
        if matches!(digits, [b'1', b'9', _, _] | [b'2', b'0', _, _] | [b'2', b'5', _, _]) {
            return true;
        }
        pairs = if digits.len() <= 2 && matches!(bytes.get(at), Some(b'/' | b'.' | b'-')) { pairs + 1 } else { 0 };
        if pairs == 2 {
            return true;
        }
    }
    // Digits of other scripts.
    const FEW: usize = 200;
    !line.is_ascii() && line.len() <= FEW && line.chars().filter(|c| !c.is_ascii() && c.is_numeric()).count() >= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_with_dates_and_names_are_told() {
        assert!(may_hold_date("Posted 9 July 2023") && may_hold_date("9/7/23") && may_hold_date("٩ يوليو ٢٠٢٣"));
        assert!(!may_hold_date("30 boats, 12345 people, 4 min read") && !may_hold_date("1.5 per cent"));
        assert!(opens_byline("By Ada Quill") && opens_byline("Von: Ada") && opens_byline("作者：王小明"));
        assert!(!opens_byline("Bystanders saw it") && !opens_byline("Diary of a port") && !opens_byline(""));
        assert!(is_label("By") && is_label("Published:") && !is_label("Harbour") && !is_label(""));
        assert!(opens_title("A storm in May", "A storm in May | Ledger") && !opens_title("A storm", "A storm in May"));
    }

    #[test]
    fn labels_and_neighbours_are_kept_with_their_line() {
        let (mut lines, mut counts) = (Lines::default(), Counts::default());
        for line in ["Ada Quill", "9 July 2023", "Harbour desk", "By", "Ben Moss", "nothing", &"long ".repeat(100)] {
            lines.push(line, Place::default(), &mut counts);
            lines.end(&mut counts, "");
        }
        let kept: Vec<_> = lines.kept.iter().map(|line| (&*line.text, &*line.above, &*line.below)).collect();
        assert_eq!(kept, [("9 July 2023", "Ada Quill", "Harbour desk"), ("By Ben Moss", "", "")]);
        assert!(counts.prose > 300 && counts.text > 400);
    }
}
