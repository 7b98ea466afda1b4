//! The first sentence of a text.

/// Nothing is a sentence any more at this length, in bytes; the search ends here.
const MAX_SENTENCE: usize = 4000;

/// A line that is indented by so many blanks more than the first begins a paragraph, as in the newswire shape.
const PARAGRAPH_INDENT: usize = 2;

/// Words before a full stop that does not end the sentence, in lower case and without their last stop: English,
/// German, French, Spanish, Portuguese, Italian, Dutch, the Scandinavian languages, Russian.
const ABBREVIATIONS: &[&str] = &[
    // titles and ranks
    "adm", "brig", "capt", "cmdr", "col", "cpl", "dr", "dra", "fr", "frl", "gen", "gov", "govs", "hon", "hr", "ing",
    "lt", "maj", "mag", "messrs", "mlle", "mm", "mme", "mr", "mrs", "ms", "mt", "mx", "pfc", "pres", "prof", "profs",
    "pvt", "rep", "reps", "rev", "sen", "sens", "sgt", "sr", "sra", "srta", "st", "sta", "ste", "supt", "ten", "univ",
    // reference and measure
    "abb", "abs", "al", "approx", "art", "aufl", "bd", "bspw", "bzgl", "bzw", "ca", "cap", "cf", "ch", "chap", "ebd",
    "ed", "eds", "evtl", "fig", "figs", "gest", "ggf", "ibid", "inkl", "insb", "jh", "kap", "lit", "max", "min",
    "mind", "mio", "mrd", "nr", "no", "nos", "núm", "num", "op", "p", "par", "pág", "pag", "pp", "rd", "resp", "sec",
    "sog", "str", "tab", "tel", "th", "u", "usw", "vgl", "viz", "vol", "vols", "vs", "zzgl", "e.g", "i.e", "eg", "ie",
    "z.b", "d.h", "u.a", "o.ä", "p.ej", "t.ex", "bl.a", // organisations, which a name may follow
    "assn", "bros", "dept", "est", "ft", // places
    "ave", "blvd", "hwy", "rte", // months
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "okt", "nov", "dec", "dez",
    // Russian
    "г", "гг", "др", "им", "млн", "млрд", "обл", "проф", "руб", "см", "стр", "тыс", "ул", "т.е", "т.д",
];

/// Abbreviations that end a sentence as often as not: only a lower-case word after them shows that it goes on.
const OFTEN_LAST: &[&str] = &["a.m", "p.m", "co", "corp", "etc", "inc", "jr", "ltd", "plc", "usw", "др", "т.д", "т.п"];

/// The first sentence of the text, with its stop and what closes after it (`."`); trimmed, and otherwise as it stands.
///
/// A blank line, or a line indented as the beginning of a paragraph, ends it without a stop; a line feed does not. Stops inside it are those of abbreviations
/// ("U.S. officials", "Mr.", "No. 5"), initials ("J. R."), numbers ("3.5", German "5. Mai") and ellipses that a
/// lower-case word follows. Chinese and Japanese, Arabic, Urdu, Hindi and Armenian stops count too. Without any stop
/// it is the first paragraph.
pub fn first_sentence(text: &str) -> &str {
    let body = text.trim_start();
    let indent = text[..text.len() - body.len()].rsplit('\n').next().map_or(0, str::len);
    let text = body;
    let paragraph = text[..paragraph_end(text, indent)].trim_end();
    let mut from = 0;
    while let Some((at, stop)) = next_stop(paragraph, from) {
        let end = closing_end(paragraph, at + stop.len_utf8());
        if ends_here(paragraph, at, stop, end) {
            return &paragraph[..end];
        }
        from = at + stop.len_utf8();
    }
    paragraph
}

/// The end of the first paragraph: a blank line, a line that is indented more than the first, or the bound.
fn paragraph_end(text: &str, indent: usize) -> usize {
    let mut bound = text.len().min(MAX_SENTENCE);
    while !text.is_char_boundary(bound) {
        bound -= 1;
    }
    let mut at = 0;
    while let Some(feed) = text[at..bound].find('\n') {
        let line = at + feed;
        let rest = text[line + 1..bound].trim_start_matches([' ', '\t', '\r']);
        let is_indented = bound - line - 1 - rest.len() >= indent + PARAGRAPH_INDENT;
        if rest.starts_with('\n') || is_indented {
            return line;
        }
        at = line + 1;
    }
    bound
}

/// The first sign at or after `from` that may end a sentence.
fn next_stop(text: &str, from: usize) -> Option<(usize, char)> {
    let is_stop = |ch: char| matches!(ch, '.' | '!' | '?' | '…' | '‽') || is_certain_stop(ch);
    text[from..].char_indices().find(|(_, ch)| is_stop(*ch)).map(|(at, ch)| (from + at, ch))
}

/// Stops that stand for nothing else and need no space after them.
fn is_certain_stop(ch: char) -> bool {
    matches!(ch, '。' | '！' | '？' | '｡' | '．' | '؟' | '۔' | '।' | '॥' | '։' | '።' | '၊' | '။' | '។')
}

/// The end of the stops, quotation marks and brackets that close a sentence after its first stop.
fn closing_end(text: &str, from: usize) -> usize {
    let closes = |ch: char| {
        matches!(
            ch,
            '.' | '!' | '?' | '…' | '"' | '\'' | '”' | '’' | '»' | '›' | '“' | ')' | ']' | '」' | '』' | '）' | '】'
        ) || is_certain_stop(ch)
    };
    let mut end = from;
    let mut rest = text[from..].chars().peekable();
    while let Some(ch) = rest.next_if(|ch| closes(*ch)) {
        // A mark that opens the next word closes nothing.
        let opens_next = matches!(ch, '"' | '\'' | '“' | '’') && rest.peek().is_some_and(|next| next.is_alphanumeric());
        if opens_next {
            break;
        }
        end += ch.len_utf8();
    }
    // French sets a space before a closing guillemet.
    let after = text[end..].trim_start_matches(['\u{a0}', '\u{202f}', ' ']);
    if after.starts_with('»') { text.len() - after.len() + '»'.len_utf8() } else { end }
}

/// Whether the sentence ends with the stop at `at`, whose closing marks end at `end`.
fn ends_here(text: &str, at: usize, stop: char, end: usize) -> bool {
    let rest = &text[end..];
    if rest.trim().is_empty() || is_certain_stop(stop) {
        return true;
    }
    // Inside a number, an address, a name ("3.5", "example.org", "Yahoo!").
    if !rest.starts_with(char::is_whitespace) {
        return is_cjk_start(rest);
    }
    let next =
        rest.trim_start().trim_start_matches(['"', '\'', '“', '„', '«', '‘', '(', '[', '¿', '¡', '—', '–', '-', ' ']);
    let Some(next_char) = next.chars().next() else { return true };
    // A stop before a bracket belongs to what stands in the bracket, unless that is the whole sentence.
    if text[..end].ends_with(')') && text[at + stop.len_utf8()..end].contains(')') && !text.starts_with(['(', '"', '“'])
    {
        return false;
    }
    // A sentence does not begin in lower case; `"Why?" he asked` and `Wait... no` go on.
    if next_char.is_lowercase() {
        return false;
    }
    match stop {
        '.' if text[at + 1..].starts_with('.') => true,
        '.' => !is_abbreviation(&text[..at], next_char, text[at + 1..end].is_empty()),
        _ => true,
    }
}

fn is_cjk_start(text: &str) -> bool {
    text.chars().next().is_some_and(|ch| matches!(u32::from(ch), 0x3000..=0x30FF | 0x3400..=0x9FFF))
}

/// Whether the text before a full stop ends with something that the stop belongs to, and that the sentence goes on
/// after. `next` is the first character of the next word; `is_bare` tells that nothing closes after the stop.
fn is_abbreviation(before: &str, next: char, is_bare: bool) -> bool {
    let start = before
        .rfind(|ch: char| ch.is_whitespace() || "\"'“”‘(«[/—–".contains(ch))
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let word = &before[start..];
    if !is_bare || word.is_empty() {
        return false;
    }
    let lower = word.to_lowercase();
    if OFTEN_LAST.contains(&&*lower) {
        return false;
    }
    if ABBREVIATIONS.contains(&&*lower) {
        // "No." before a figure is a number, before a word an answer.
        let needs_figure = matches!(
            &*lower,
            "no" | "nos"
                | "p"
                | "pp"
                | "art"
                | "ch"
                | "min"
                | "max"
                | "mar"
                | "sec"
                | "par"
                | "tab"
                | "u"
                | "est"
                | "ten"
                | "al"
                | "abs"
                | "st"
                | "th"
                | "г"
                | "см"
        ) && word
            .chars()
            .next()
            .is_some_and(|ch| ch.is_lowercase() || matches!(&*lower, "no" | "nos" | "art" | "mar" | "min" | "max"));
        return !needs_figure || next.is_numeric();
    }
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        // An initial; but a sentence may end with the word "I" or with a single letter after a lower-case word.
        (Some(initial), None) if initial.is_alphabetic() => initial.is_uppercase() && initial != 'I',
        // Initials set without spaces: "U.S", "J.R.R", "e.V".
        _ if is_dotted(word) => true,
        // A German or Norse date or ordinal: "am 5. Mai", "Der 3. Band". An English sentence may end with a year.
        _ if word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() <= 2 => goes_on_after_ordinal(before, start),
        _ => false,
    }
}

/// Whether the word is single letters parted by stops.
fn is_dotted(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

/// Whether a number of one or two digits before a stop is an ordinal: at the very beginning it numbers a paragraph,
/// and after the words of languages that write ordinals so it is a date.
fn goes_on_after_ordinal(before: &str, start: usize) -> bool {
    let word = before[..start].split_whitespace().next_back();
    let Some(word) = word else { return true };
    let word = word.to_lowercase();
    let word = word.trim_start_matches(['"', '(', '„', '“']);
    [
        "am", "dem", "den", "der", "die", "das", "des", "vom", "zum", "im", "bis", "und", "seit", "ab", "kl", "på",
        "til", "fra",
    ]
    .contains(&word)
}

#[cfg(test)]
mod tests {
    use super::first_sentence;
    use proptest::prelude::*;

    #[track_caller]
    fn check(marked: &str) {
        let (expected, rest) = marked.split_once('|').expect("a mark where the sentence ends");
        assert_eq!(first_sentence(&format!("{expected}{rest}")), expected.trim());
    }

    #[test]
    fn abbreviations_initials_and_numbers_do_not_end_it() {
        for marked in [
            "U.S. officials met Mr. Smith and Dr. J. R. Jones in St. Ives on Oct. 5.| They left.",
            "The index rose 3.5 pct to 1,204.7 points.| It fell later.",
            "See No. 5 and Fig. 2 on pp. 3-5.| Then go.",
            "He flew to Washington D.C. Tuesday in the J.R.R. Tolkien plane.| Why?",
            "Visit example.org today.| Or do not.",
            "Wait... he said.| Then nothing.",
            "It opened at 9 a.m.| Nobody came.",
            "Acme Inc. said so.| It was wrong.",
            "It was made by Acme Inc.| Nobody knows why.",
            "Is it Yahoo! or not?| Yes.",
            "Am 5. Mai kam z.B. Frau Dr. Weiß.| Sie blieb.",
            "M. le Prof. Durand est parti vers 18.30 heures.| Il pleut.",
            "В 1999 г. проф. Иванов уехал.| Потом вернулся.",
            "No.| It did not.",
        ] {
            check(marked);
        }
    }

    #[test]
    fn closing_marks_belong_to_it() {
        check("\"We will go.\"| He left.");
        check("“Why?” he asked.| Nobody knew.");
        check("(He left.)| Then came back.");
        check("He said: « Partez. »| Il partit.");
        check("Er sagte: „Geh.“| Sie ging.");
        check("Acme (U.K.) Ltd said so (see No. 3.) today.| Yes.");
        check("What?!| No.");
        check("He left. |\"Why?\" she asked.");
    }

    #[test]
    fn stops_of_other_scripts() {
        check("これは文です。|次の文。");
        check("「行こう。」|と言った。");
        check("你好吗？|我很好。");
        check("كيف حالك؟| بخير.");
        check("यह वाक्य है।| दूसरा।");
    }

    #[test]
    fn it_ends_with_its_paragraph_and_crosses_lines() {
        check("A headline without a stop|\n\nText. More.");
        check("A headline|\n \t\nText.");
        assert_eq!(first_sentence("  It goes on\nover the line. Next."), "It goes on\nover the line.");
        assert_eq!(first_sentence("  All lines are\n  indented. Yes."), "All lines are\n  indented.");
        assert_eq!(first_sentence("Shr 3 cts\n    Net 5 mln\n    Revs 6"), "Shr 3 cts");
        assert_eq!(first_sentence("no stop at all"), "no stop at all");
        assert_eq!(first_sentence(" \n "), "");
        assert_eq!(first_sentence("The year was 1987. Then came 1988."), "The year was 1987.");
    }

    proptest! {
        #[test]
        fn it_is_the_beginning_of_the_text(text in any::<String>()) {
            let sentence = first_sentence(&text);
            prop_assert!(text.trim_start().starts_with(sentence));
            prop_assert_eq!(sentence.is_empty(), text.trim().is_empty());
        }

        #[test]
        fn any_marks_are_read(text in "([A-Za-zé.。!?\"'»“ \n0-9]{0,3}){0,30}") {
            prop_assert!(text.trim_start().starts_with(first_sentence(&text)));
        }
    }
}
