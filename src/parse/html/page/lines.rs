//! Which lines of a page are worth keeping: those that may hold its date or the name of its author.

/// Words that stand before a name, or before a date, on a line of their own or at the beginning of one; lower case.
pub(super) const BEFORE_NAMES: &[&str] = &[
    "by",
    "written by",
    "posted by",
    "published by",
    "words by",
    "story by",
    "text by",
    "article by",
    "author",
    "authors",
    "von",
    "autor",
    "autorin",
    "text",
    "par",
    "auteur",
    "por",
    "autor/a",
    "escrito por",
    "publicado por",
    "di",
    "autore",
    "a cura di",
    "scritto da",
    "door",
    "auteurs",
    "geschreven door",
    "av",
    "af",
    "skrevet av",
    "skrevet af",
    "tekst",
    "text av",
    "kirjoittaja",
    "autor:",
    "автор",
    "текст",
    "作者",
    "文",
    "記者",
    "撰文",
    "글",
    "yazar",
    "yazan",
    "tác giả",
    "oleh",
    "penulis",
    "reviewed by",
    "medically reviewed by",
    "updated by",
    "edited by",
];

/// Words that stand before a date.
const BEFORE_DATES: &[&str] = &[
    "published",
    "published on",
    "posted",
    "posted on",
    "date",
    "publication date",
    "date published",
    "updated",
    "updated on",
    "last updated",
    "last updated on",
    "last modified",
    "modified",
    "originally published",
    "first published",
    "release date",
    "created",
    "created on",
    "veröffentlicht",
    "veröffentlicht am",
    "erschienen am",
    "stand",
    "aktualisiert",
    "publié le",
    "mis à jour le",
    "publicado",
    "publicado el",
    "publicado em",
    "actualizado",
    "fecha",
    "data",
    "pubblicato",
    "pubblicato il",
    "aggiornato il",
    "gepubliceerd op",
    "gepubliceerd",
    "publicerad",
    "publisert",
    "udgivet",
    "opublikowano",
    "опубликовано",
    "дата",
    "发布时间",
    "发布日期",
    "公開日",
    "更新日",
    "last reviewed",
    "article date",
    "date posted",
    "release",
    "issued",
    "last update",
    "last edited",
    "first posted",
];

/// Whether the whole line is a word that says what the next one holds.
pub(super) fn is_label(line: &str) -> bool {
    const LONGEST: usize = 40;
    if line.len() > LONGEST {
        return false;
    }
    let word = line.trim_end_matches([':', '：', ' ', '|', '-', '–']).to_lowercase();
    BEFORE_NAMES.contains(&&*word) || BEFORE_DATES.contains(&&*word)
}

/// Whether the line begins with a word that stands before a name.
pub(super) fn opens_byline(line: &str) -> bool {
    /// The longest of the words, with what follows it.
    const LONGEST: usize = 40;
    let mut end = line.len().min(LONGEST);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let start = line[..end].to_lowercase();
    BEFORE_NAMES.iter().any(|word| {
        start.strip_prefix(word).is_some_and(|rest| {
            rest.starts_with([' ', ':', '：', '\u{a0}', '|', '/', '／'])
                || !word.is_ascii() && rest.starts_with(char::is_alphabetic)
        })
    })
}

/// Whether the line may hold a date: a year, or two numbers with a sign between them.
pub(super) fn may_hold_date(line: &str) -> bool {
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
        assert!(!opens_byline("Bystanders saw it") && !opens_byline("Diary of a port"));
        assert!(is_label("By") && is_label("Published:") && !is_label("Harbour"));
    }
}
