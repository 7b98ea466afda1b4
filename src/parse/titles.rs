//! Titles of texts that name none: a headline, a heading, the first sentence, the name of the file.

use crate::article::{Offer, Title, TitleSource};
use feedmill_markup as markup;

use super::plain;

/// The longest title made of a sentence, in characters: what a feed reader shows on two lines.
const LONGEST: usize = 120;

/// The longest line that can be a headline, in characters. Longer ones are sentences.
const LONGEST_HEADLINE: usize = 150;

/// How much of a text is looked at for its first sentence, in bytes: more than a dateline and [`LONGEST`] characters take.
const WINDOW: usize = 640;

/// What an article could be called, for people who ask why: its title, and what would have been taken without it.
pub(super) fn offers(chosen: &Title, text: &str, name: &str) -> Vec<Offer> {
    let mut offers = vec![Offer {
        value: chosen.text.clone(),
        place: chosen.source.name().to_owned(),
        verdict: "chosen: the most trusted place".to_owned(),
    }];
    for other in [of_prose(text), Some(of_name(name))].into_iter().flatten() {
        if other.source > chosen.source && !other.text.is_empty() {
            let verdict = format!("trusted less than {}", chosen.source.name());
            offers.push(Offer { value: other.text, place: other.source.name().to_owned(), verdict });
        }
    }
    offers
}

/// Whether a line that stands alone reads like a headline: short, without the end of a sentence, no byline.
pub(super) fn is_headline(line: &str) -> bool {
    let line = line.trim();
    line.len() <= LONGEST_HEADLINE * 4
        && line.chars().count() <= LONGEST_HEADLINE
        && line.chars().any(char::is_alphabetic)
        && !line.ends_with(['.', ',', ';', ':', '。', '、', '।'])
        && !line.ends_with(".\"")
        && !line.starts_with(['-', '*', '>', '|', '+', '•', '<', '{'])
        && !is_byline(line)
}

/// Whether a line names the author and nothing else (`By Jane Doe`).
pub(super) fn is_byline(line: &str) -> bool {
    const MOST_WORDS: usize = 10;
    let line = line.trim();
    let rest = ["by ", "von ", "par ", "por "].iter().find_map(|word| {
        line.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)).map(|_| &line[word.len()..])
    });
    rest.is_some_and(|rest| {
        rest.split_whitespace().count() <= MOST_WORDS
            && rest.trim_start().starts_with(char::is_uppercase)
            && !rest.ends_with(['.', '?', '!'])
    })
}

/// The title of a text without headings: its first sentence, without the dateline of an agency.
pub(super) fn of_prose(text: &str) -> Option<Title> {
    let window = window(text);
    let joined = markup::one_line(first_paragraph(window));
    let sentence = markup::first_sentence(without_dateline(&joined)).trim();
    // What a template would have filled in is no sentence.
    if !sentence.chars().any(char::is_alphanumeric) || sentence.contains("{{") || sentence.contains("{%") {
        return None;
    }
    // A sentence ends with its full stop, a title without it.
    let bare = match sentence.strip_suffix('.') {
        Some(bare) if !bare.ends_with('.') && !ends_with_abbreviation(bare) => bare,
        _ => sentence,
    };
    Some(Title { text: markup::excerpt(bare, LONGEST), source: TitleSource::FirstSentence })
}

/// `U.S` and `J` lose their meaning without the dot.
fn ends_with_abbreviation(text: &str) -> bool {
    let word = text.rsplit(char::is_whitespace).next().unwrap_or(text);
    word.contains('.') || word.chars().count() == 1
}

/// The lines up to a blank one, or to one that is indented while those before it are not (newswire style).
fn first_paragraph(text: &str) -> &str {
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        let indented = line.starts_with('\t') || line.starts_with("  ");
        if end > 0 && (line.trim().is_empty() || indented && !text.starts_with([' ', '\t'])) {
            break;
        }
        end += line.len();
    }
    &text[..end]
}

/// The text after `LONDON, July 9 (Agency) - `; as it is where it has no such opening.
fn without_dateline(text: &str) -> &str {
    const LONGEST_DATELINE: usize = 70;
    let opening = cut(text, LONGEST_DATELINE + " -- ".len());
    let dashes = [" -- ", " — ", " – ", " - ", "— "];
    let Some((at, length)) = dashes.iter().filter_map(|dash| Some((opening.find(dash)?, dash.len()))).min() else {
        return text;
    };
    let (before, after) = (&text[..at], &text[at + length..]);
    let place = before.split([' ', ',']).next().unwrap_or_default();
    let is_place = place.chars().count() >= 3 && place.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-'));
    let is_more = before.contains([',', '(']) || length > 3;
    let capital = |word: &str| word.starts_with(|c: char| !c.is_lowercase());
    if is_place && is_more && before.split(' ').all(capital) && capital(after) { after } else { text }
}

fn window(text: &str) -> &str {
    cut(text, WINDOW)
}

/// At most so many bytes of a text.
fn cut(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The title of a Markdown, AsciiDoc, reStructuredText or Org text: its first heading of the first level, else its
/// first heading, else its first sentence.
pub(super) fn of_markup(text: &str) -> Option<Title> {
    let heading = |text| Title { text, source: TitleSource::Heading };
    let mut first = None;
    let mut prose: Option<&str> = None;
    let mut fence: Option<&str> = None;
    let mut lines = text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line.trim_end()))
    });
    let mut above: Option<&str> = None;
    for (at, line) in &mut lines {
        let trimmed = line.trim_start();
        if let Some(mark) = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark)) {
            match fence {
                Some(open) if open == mark => fence = None,
                Some(_) => {}
                None => fence = Some(mark),
            }
            above = None;
            continue;
        }
        if fence.is_some() {
            continue;
        }
        let found = match above.filter(|_| is_underline(line)) {
            Some(above) => Some((if line.starts_with('=') { 1 } else { 2 }, above)),
            None => atx(line).or_else(|| html_heading(trimmed, &text[at..])),
        };
        if let Some((level, heading_text)) = found {
            let clean = plain::line(heading_text);
            let usable = !clean.is_empty() && !clean.contains("{{") && !clean.contains("{%");
            if usable && level == 1 {
                return Some(heading(clean));
            }
            if usable && first.is_none() {
                first = Some(clean);
            }
            above = None;
            continue;
        }
        if prose.is_none() && is_prose(trimmed) {
            prose = Some(&text[at..]);
        }
        above = Some(line).filter(|line| !line.trim().is_empty() && !line.starts_with([' ', '-', '*', '>', '|']));
    }
    first.map(heading).or_else(|| of_prose(&plain::line(first_paragraph(window(prose?)))))
}

/// `# Heading` of Markdown, `== Heading` of AsciiDoc, `* Heading` of Org is a list of Markdown and thus none.
fn atx(line: &str) -> Option<(usize, &str)> {
    let mark = line.chars().next().filter(|c| matches!(c, '#' | '='))?;
    let level = line.len() - line.trim_start_matches(mark).len();
    let rest = &line[level..];
    // Many write `##Heading`, which old Markdown took for one; `#tag` is no heading.
    let parted =
        rest.starts_with([' ', '\t']) || (mark == '#' && level >= 2 && rest.starts_with(char::is_alphanumeric));
    if level > 6 || !parted {
        return None;
    }
    let rest = rest.trim().trim_end_matches(mark).trim_end();
    // `# Heading {#anchor}`
    let rest = rest.rfind(" {#").filter(|_| rest.ends_with('}')).map_or(rest, |at| &rest[..at]);
    (!rest.is_empty()).then_some((level, rest))
}

fn is_underline(line: &str) -> bool {
    let line = line.trim_end();
    line.len() >= 2 && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

fn html_heading<'a>(line: &str, from: &'a str) -> Option<(usize, &'a str)> {
    let level = match line.as_bytes() {
        [b'<', b'h' | b'H', level @ b'1'..=b'6', b' ' | b'>', ..] => usize::from(level - b'0'),
        _ => return None,
    };
    let window = window(from);
    let start = window.find('>')? + 1;
    let end = start + window[start..].find("</h").or_else(|| window[start..].find("</H"))?;
    Some((level, &window[start..end]))
}

/// Whether a line of markup is the beginning of a paragraph that a sentence can be taken from.
fn is_prose(line: &str) -> bool {
    let is_image = line.starts_with("![") || line.starts_with("[![");
    let is_block = line.starts_with(['|', '<', '{', ':']) && !line.starts_with("<p") && !line.starts_with("<em");
    let is_markup = is_image
        || is_block
        || line.starts_with("..")
        || line.starts_with("#+")
        || line.starts_with("import ")
        || line.starts_with("export ")
        || line.starts_with("//")
        || line.starts_with("image::")
        || line.starts_with("[[");
    !is_markup && line.chars().any(char::is_alphanumeric)
}

/// The title of an HTML text: its first `<h1>`, else its first heading, else its first sentence.
pub(super) fn of_html(html: &str) -> Option<Title> {
    /// Headings stand near the top; beyond this a text has none that names it.
    const HEAD: usize = 64 << 10;
    let html = cut(html, HEAD);
    let mut first = None;
    for (at, _) in html.match_indices('<') {
        if let Some((level, inner)) = html_heading(&html[at..], &html[at..]) {
            let text = plain::html(inner);
            let usable = !text.is_empty() && !text.contains("{{") && !text.contains("<%");
            if usable && level == 1 {
                return Some(Title { text, source: TitleSource::Heading });
            }
            first = first.or(Some(text).filter(|_| usable));
        }
    }
    match first {
        Some(text) => Some(Title { text, source: TitleSource::Heading }),
        None => of_prose(&markup::html::to_text(html)),
    }
}

/// The title that a file name makes: its words, without extension and date. An `index` is named by its directory.
pub(super) fn of_name(name: &str) -> Title {
    let mut segments = name.split(['?', '#']).next().unwrap_or(name).trim_end_matches('/').rsplit('/');
    let file = segments.next().unwrap_or_default();
    let stem = file.find('.').filter(|at| *at > 0).map_or(file, |at| {
        // `v1.2-notes.md` has a dot of its own: only what looks like extensions is taken off.
        let is_extension = |part: &str| (1..=9).contains(&part.len()) && part.chars().all(char::is_alphabetic);
        if file[at + 1..].split('.').all(is_extension) {
            &file[..at]
        } else {
            file.rsplit_once('.').map_or(file, |f| f.0)
        }
    });
    let is_index = ["index", "_index", "readme", "default", "post"].iter().any(|word| stem.eq_ignore_ascii_case(word));
    let stem = if is_index { segments.next().filter(|s| !s.is_empty()).unwrap_or(stem) } else { stem };
    Title { text: words(stem), source: TitleSource::FileName }
}

/// The title of an article among others that says nothing at all: their file is called after none of them.
pub(super) fn none() -> Title {
    Title { text: UNTITLED.to_owned(), source: TitleSource::FileName }
}

const UNTITLED: &str = "Untitled";

/// `2016-02-01-a_slug` as `A slug`; the date itself where there is nothing else.
pub(super) fn words(slug: &str) -> String {
    let tail = slug.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.' | 'T' | ' '));
    let digits = slug[..slug.len() - tail.len()].bytes().filter(u8::is_ascii_digit).count();
    let rest = if digits >= 6 && tail.chars().any(char::is_alphabetic) { tail } else { slug };
    let spaced: String = rest.chars().map(|c| if matches!(c, '-' | '_' | '+') { ' ' } else { c }).collect();
    let spaced = if rest.chars().any(char::is_alphabetic) { markup::one_line(&spaced) } else { markup::one_line(rest) };
    let mut chars = spaced.chars();
    match chars.next() {
        Some(first) => markup::excerpt(&first.to_uppercase().chain(chars).collect::<String>(), LONGEST),
        None => UNTITLED.to_owned(),
    }
}

#[cfg(test)]
mod tests;
