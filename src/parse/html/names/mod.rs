//! Names of people out of bylines.

mod words;

use feedmill_markup as markup;
use words::{AFTER, BEFORE, DEGREES, DEPARTMENTS, MONTHS, NOBODY, NOT_AUTHORS, ROLES};

/// Small words inside names.
pub(super) fn is_particle(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "de" | "da"
            | "do"
            | "dos"
            | "das"
            | "del"
            | "della"
            | "di"
            | "du"
            | "la"
            | "le"
            | "van"
            | "von"
            | "der"
            | "den"
            | "ten"
            | "ter"
            | "el"
            | "al"
            | "bin"
            | "ibn"
            | "y"
            | "e"
            | "af"
            | "av"
            | "zu"
            | "zum"
            | "zur"
            | "and"
            | "by"
            | "und"
            | "et"
    )
}

/// The names in a text that names the author: a byline, the content of a metadata key. Empty where it holds none.
pub(super) fn read(text: &str) -> Vec<String> {
    let lower = text.get(..text.len().min(40)).unwrap_or_default().to_lowercase();
    if NOT_AUTHORS.iter().any(|label| lower.trim_start().starts_with(*label)) {
        return Vec::new();
    }
    let mut names = Vec::new();
    let mut is_labelled = false;
    for line in text.split('\n').take(4) {
        let line = markup::one_line(line);
        let (bare, labelled) = without_label(&line);
        if bare.is_empty() {
            // The label stands on a line of its own.
            is_labelled = true;
            continue;
        }
        let found = of_line(bare);
        if !found.is_empty() {
            names = found;
            break;
        }
        if labelled || is_labelled {
            break;
        }
    }
    names
}

/// The names in a text that is declared to name the author: what no byline would be taken for, a handle or the name of
/// a department, is one here.
pub(super) fn declared(text: &str) -> Vec<String> {
    let text = markup::one_line(text);
    let lower = text.to_lowercase();
    let is_department = || lower.split(' ').any(|word| DEPARTMENTS.contains(word));
    const LONGEST: usize = 70;
    if text.len() <= LONGEST && !text.contains([',', '|', ';', '/', ':']) && is_department() {
        return vec![without_label(&text).0.to_owned()];
    }
    let names = read(&text);
    let handle = text.trim_start_matches('@');
    let is_handle = (2..=30).contains(&handle.len())
        && handle.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'))
        && handle.contains(char::is_alphabetic)
        && !NOBODY.contains(handle.to_lowercase().as_str());
    if names.is_empty() && is_handle { vec![handle.to_owned()] } else { names }
}

/// Whether the text begins with a word that stands before names.
pub(super) fn is_labelled(text: &str) -> bool {
    let first = text.split('\n').next().unwrap_or_default();
    without_label(&markup::one_line(first)).1
}

/// The text behind the words before a name, and whether there were any.
fn without_label(text: &str) -> (&str, bool) {
    let mut rest = text
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '•' | '·' | ',' | '/'));
    let mut labelled = false;
    // `View all posts by Ada Quill`.
    if let Some((before, behind)) = rest.split_once(" by ")
        && ["posts", "articles", "stories", "more", "post", "article", "story"]
            .iter()
            .any(|word| before.to_lowercase().ends_with(word))
    {
        return (behind.trim(), true);
    }
    // `Author: By Ada Quill`.
    for _ in 0..2 {
        let found = BEFORE.iter().find_map(|label| {
            let start = rest.get(..label.len()).filter(|start| start.to_lowercase() == *label)?;
            let behind = &rest[start.len()..];
            let parted = behind.is_empty()
                || behind
                    .starts_with(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '|' | '/' | '／' | '-' | '–'))
                || (!label.is_ascii() && !label.starts_with(|c: char| c.is_ascii_lowercase() || c == 'é'));
            parted.then_some(behind)
        });
        let Some(behind) = found else { break };
        labelled = true;
        rest = behind
            .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '|' | '/' | '／' | '-' | '–'));
    }
    (rest, labelled)
}

fn of_line(line: &str) -> Vec<String> {
    let line = cut_at_signs(line);
    let mut names: Vec<String> = Vec::new();
    for part in conjunctions(line) {
        let mut first = true;
        for piece in part.split([',', ';', '、', '，']) {
            let piece = piece.trim();
            if piece.is_empty() {
                continue;
            }
            if is_degree(piece) {
                if let Some(name) = names.last_mut().filter(|name| !first && !name.ends_with(piece)) {
                    name.push_str(", ");
                    name.push_str(piece);
                }
                continue;
            }
            if !first && is_role(piece) {
                // What follows a role is more of it.
                break;
            }
            let name = until_other_words(piece);
            if is_name(name) {
                names.push(name.to_owned());
            } else if first {
                break;
            }
            first = false;
        }
    }
    let mut seen = Vec::new();
    names.retain(|name| {
        let key = name.to_lowercase();
        let is_new = !seen.contains(&key);
        seen.push(key);
        is_new
    });
    names.truncate(MOST);
    names
}

/// More names than a byline has.
const MOST: usize = 40;

/// Up to a sign that parts the byline from what follows it.
fn cut_at_signs(line: &str) -> &str {
    let mut end = line.len();
    for sign in ["|", "·", "•", " — ", " – ", " - ", " // ", "(", "@", "→", "⋅", "∙", "…", "http", " / ", "\\", "["]
    {
        if let Some(at) = line.find(sign).filter(|at| *at > 0) {
            end = end.min(at);
        }
    }
    // A number begins a date.
    if let Some(at) = line.find(|c: char| c.is_ascii_digit()).filter(|at| line[..*at].ends_with(char::is_whitespace)) {
        end = end.min(at);
    }
    line[..end].trim()
}

fn conjunctions(line: &str) -> Vec<&str> {
    let mut parts = vec![line];
    for word in [" and ", " AND ", " And ", " & ", " und ", " et ", " with ", " og ", " och ", " y "] {
        parts = parts.into_iter().flat_map(|part| part.split(word)).collect();
    }
    parts.into_iter().map(|part| part.strip_prefix("and ").unwrap_or(part)).collect()
}

/// Whether letters behind a name are those of degrees: `Ph.D.`, `MD, FACLM`, `CEPF®`.
fn is_degree(piece: &str) -> bool {
    const LONGEST: usize = 6;
    let is_one = |word: &str| {
        let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
        let is_capital = (2..=LONGEST).contains(&letters.len()) && letters.chars().all(char::is_uppercase);
        letters.is_empty() || is_capital || DEGREES.contains(letters.to_lowercase().as_str())
    };
    piece.split([' ', '/']).all(is_one) && piece.contains(char::is_alphabetic)
}

fn is_role(piece: &str) -> bool {
    let lower = piece.to_lowercase();
    piece.starts_with(char::is_lowercase)
        || lower
            .split([' ', '-', '/'])
            .any(|word| ROLES.contains(word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-')))
}

/// Up to the first word that belongs to no name.
fn until_other_words(piece: &str) -> &str {
    let mut end = piece.len();
    let mut at = 0;
    for (index, word) in piece.split(' ').enumerate() {
        let bare = word.trim_matches(|c: char| matches!(c, ':' | ',' | '.')).to_lowercase();
        let is_last = at + word.len() >= piece.len();
        if index > 0 && !is_last && (AFTER.contains(&*bare)) || index > 0 && MONTHS.contains(&*bare) {
            end = at;
            break;
        }
        at += word.len() + 1;
    }
    let mut name = piece[..end.min(piece.len())].trim().trim_end_matches([',', ':', ';', '-', '–', '|', '*']).trim();
    // A full stop ends an initial or a title, else a sentence.
    if name.rsplit(' ').next().is_some_and(|last| last.len() > 4) {
        name = name.trim_end_matches('.');
    }
    while let Some((rest, last)) = name.rsplit_once(' ') {
        if !is_particle(last) {
            break;
        }
        name = rest;
    }
    name
}

/// Whether a text can be a name.
fn is_name(text: &str) -> bool {
    const MOST_WORDS: usize = 7;
    const LONGEST: usize = 60;
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let words = text.split_whitespace().count();
    let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    letters >= 2
        && !MONTHS.contains(first.trim_end_matches('.'))
        && !text.starts_with('©')
        && (1..=MOST_WORDS).contains(&words)
        && text.chars().count() <= LONGEST
        && !text.contains(['{', '}', '<', '>', '?', '!', '=', '%', '"', '“'])
        && !text.contains("://")
        && !text.contains("www.")
        && text.chars().filter(|c| c.is_ascii_digit()).count() <= 4
        && !NOBODY.contains(text.to_lowercase().as_str())
        // A sentence goes on in small letters; a name of several words does not.
        && text.split_whitespace().filter(|word| word.starts_with(char::is_lowercase) && !is_particle(word)).count() * 2 < words.max(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_give_names() {
        for (text, expected) in [
            ("By Ada Quill", "Ada Quill"),
            ("By Ada Quill and Ben Moss", "Ada Quill; Ben Moss"),
            ("Ada Quill, Ben Moss, and Cy Teal", "Ada Quill; Ben Moss; Cy Teal"),
            ("Von Ada von Quill, Redakteurin", "Ada von Quill"),
            ("Por Ada Quill | 9 de julio", "Ada Quill"),
            ("Written by\nAda Quill\nJuly 9, 2023", "Ada Quill"),
            ("Ada Quill, Ph.D.", "Ada Quill, Ph.D."),
            ("By Ada Quill, Senior Editor, The Harbour", "Ada Quill"),
            ("Ada Quill July 9, 2023", "Ada Quill"),
            ("By Ada Quill Updated July 9, 2023", "Ada Quill"),
            ("By Ada Quill @adaq", "Ada Quill"),
            ("作者：王小明", "王小明"),
            ("admin", ""),
            ("Reviewed by Ada Quill", ""),
            ("View all posts by Ada Quill", "Ada Quill"),
            ("Harbour On", "Harbour On"),
            ("https://example.org/ada", ""),
            ("By the time the storm was over, nothing was left", ""),
        ] {
            assert_eq!(read(text).join("; "), expected, "{text}");
        }
    }
}
