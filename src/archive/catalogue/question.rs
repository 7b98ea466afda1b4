//! What somebody types into the field of a search.
//!
//! All words must be there, in any order; `"…"` keeps words together, `…*` stands for all words that begin so, `-…`
//! keeps articles out, `OR` between two lets either do, `title:…`, `by:…` and `tag:…` say where. Whatever else is typed
//! is words: there is no wrong question.

use std::ops::Range;

use feedmill_markup::words::words;

/// Characters of a question that are read; a longer one was pasted by mistake.
const LONGEST: usize = 300;

/// Terms of a question that are read.
const MOST_TERMS: usize = 16;

/// Fewer letters than this do not stand for all words that begin so, which would be half of all words.
const SHORTEST_BEGINNING: usize = 2;

/// A question, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// All must hold; of each, one alternative.
    wanted: Vec<Vec<Term>>,
    /// None may hold.
    unwanted: Vec<Term>,
}

/// Words that follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    place: Option<&'static str>,
    /// Folded, at least one.
    words: Vec<String>,
    /// Whether the last word may go on.
    is_beginning: bool,
}

/// Where a word may be looked for, by what stands before the colon, and the columns of the catalogue.
const PLACES: [(&str, &str); 6] = [
    ("title", "title"),
    ("by", "names"),
    ("author", "names"),
    ("tag", "labels"),
    ("section", "labels"),
    ("text", "text"),
];

impl Question {
    /// Reads what was typed.
    pub fn read(text: &str) -> Question {
        let mut question = Question::default();
        let mut terms = 0;
        let mut is_alternative = false;
        let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end);
        for piece in Pieces(&text[..end]) {
            if matches!(piece.text, "OR" | "|" | "||") && !piece.is_quoted && !piece.is_unwanted {
                is_alternative = !question.wanted.is_empty();
                continue;
            }
            let Some(term) = Term::read(&piece) else { continue };
            terms += 1;
            if terms > MOST_TERMS {
                break;
            }
            match question.wanted.last_mut() {
                _ if piece.is_unwanted => question.unwanted.push(term),
                Some(last) if is_alternative => last.push(term),
                _ => question.wanted.push(vec![term]),
            }
            is_alternative = false;
        }
        question
    }

    /// Whether nothing is asked for. What is not wanted is no question by itself.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }

    /// The same question, with every wanted word standing for all that begin so; `None` where that is no other.
    pub fn loosened(&self) -> Option<Question> {
        let mut loose = self.clone();
        for term in loose.wanted.iter_mut().flatten() {
            let last = term.words.last().map_or("", String::as_str);
            term.is_beginning |= is_long_enough(last);
        }
        (loose != *self).then_some(loose)
    }

    /// The question as FTS5 reads it. Every word is quoted, and none holds a quote.
    pub(super) fn expression(&self) -> String {
        let any = |terms: &[Term]| terms.iter().map(Term::expression).collect::<Vec<_>>().join(" OR ");
        let all: Vec<String> = self.wanted.iter().map(|terms| format!("({})", any(terms))).collect();
        let all = all.join(" AND ");
        if self.unwanted.is_empty() { all } else { format!("({all}) NOT ({})", any(&self.unwanted)) }
    }

    /// Where the wanted words stand in a text: byte ranges in order, none within another, each with the number of its
    /// term.
    pub fn marks(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let terms: Vec<&Term> = self.wanted.iter().flatten().collect();
        let longest = terms.iter().map(|term| term.words.len()).max().unwrap_or(0);
        // The last words that were read, as many as a term may have.
        let mut recent: std::collections::VecDeque<(Range<usize>, String)> = std::collections::VecDeque::new();
        let mut marks: Vec<(Range<usize>, usize)> = Vec::new();
        for word in words(text) {
            let folded = word.folded();
            if folded.is_empty() {
                continue;
            }
            if recent.len() == longest {
                recent.pop_front();
            }
            recent.push_back((word.at..word.at + word.text.len(), folded));
            // The longest term that ends here.
            let ending = terms.iter().enumerate().filter(|(_, term)| term.ends(&recent));
            let Some((number, term)) = ending.max_by_key(|(_, term)| term.words.len()) else { continue };
            let from = recent[recent.len() - term.words.len()].0.start;
            let end = word.at + word.text.len();
            while marks.last().is_some_and(|(last, _)| last.start >= from) {
                marks.pop();
            }
            match marks.last_mut() {
                Some((last, _)) if last.end > from => last.end = end,
                _ => marks.push((from..end, number)),
            }
        }
        marks
    }
}

impl Term {
    fn read(piece: &Piece<'_>) -> Option<Term> {
        let place = PLACES.iter().find(|(name, _)| piece.place.is_some_and(|place| place.eq_ignore_ascii_case(name)));
        let found: Vec<String> = words(piece.text).map(|word| word.folded()).filter(|word| !word.is_empty()).collect();
        let last = found.last()?;
        let is_beginning = piece.is_beginning && is_long_enough(last);
        Some(Term { place: place.map(|(_, column)| *column), words: found, is_beginning })
    }

    fn expression(&self) -> String {
        let place = self.place.map_or(String::new(), |column| format!("{column} : "));
        let star = if self.is_beginning { " *" } else { "" };
        format!("{place}\"{}\"{star}", self.words.join(" "))
    }

    /// Whether the words that were read end with this term.
    fn ends(&self, recent: &std::collections::VecDeque<(Range<usize>, String)>) -> bool {
        let Some(before) = recent.len().checked_sub(self.words.len()) else { return false };
        let last = self.words.len() - 1;
        self.words.iter().zip(recent.range(before..)).enumerate().all(|(at, (wanted, (_, word)))| {
            if at == last && self.is_beginning { word.starts_with(wanted) } else { word == wanted }
        })
    }
}

fn is_long_enough(word: &str) -> bool {
    word.chars().nth(SHORTEST_BEGINNING - 1).is_some()
}

/// A part of what was typed.
struct Piece<'a> {
    text: &'a str,
    place: Option<&'a str>,
    is_unwanted: bool,
    is_quoted: bool,
    is_beginning: bool,
}

/// What was typed, part by part: what stands in quotes is one, and else what stands between blanks.
struct Pieces<'a>(&'a str);

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let mut rest = self.0.trim_start();
        if rest.is_empty() {
            return None;
        }
        let behind = rest.strip_prefix(['-', '−', '–']);
        let is_unwanted = behind.is_some_and(|behind| behind.starts_with(|ch: char| !ch.is_whitespace()));
        if is_unwanted {
            rest = behind.unwrap_or(rest);
        }
        let place = rest
            .split_once(':')
            .map(|(place, _)| place)
            .filter(|place| PLACES.iter().any(|(name, _)| place.eq_ignore_ascii_case(name)));
        if let Some(place) = place {
            rest = rest[place.len() + 1..].trim_start();
        }
        let quoted = rest.strip_prefix(is_quote);
        let (text, after) = match quoted {
            // A quote that never ends goes to the end.
            Some(inside) => match inside.char_indices().find(|(_, ch)| is_quote(*ch)) {
                Some((end, quote)) => (&inside[..end], &inside[end + quote.len_utf8()..]),
                None => (inside, ""),
            },
            None => {
                let end = rest.find(|ch: char| ch.is_whitespace() || is_quote(ch)).unwrap_or(rest.len());
                rest.split_at(end)
            }
        };
        let is_beginning = if quoted.is_some() { after.starts_with('*') } else { text.ends_with('*') };
        self.0 = after;
        Some(Piece { text, place, is_unwanted, is_quoted: quoted.is_some(), is_beginning })
    }
}

fn is_quote(ch: char) -> bool {
    matches!(ch, '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> String {
        Question::read(text).expression()
    }

    #[test]
    fn what_people_type() {
        for (typed, meant) in [
            ("storm harbour", r#"("storm") AND ("harbour")"#),
            ("“Port Ansel” -ferry", r#"(("port ansel")) NOT ("ferry")"#),
            ("harb* stor", r#"("harb" *) AND ("stor")"#),
            ("storm OR gale harbour", r#"("storm" OR "gale") AND ("harbour")"#),
            (
                "title:Storm by:\"Ada Quay\" tag:sea",
                r#"(title : "storm") AND (names : "ada quay") AND (labels : "sea")"#,
            ),
            ("l'été C++", r#"("l ete") AND ("c")"#),
            ("東京 天気", r#"("東 京") AND ("天 気")"#),
            ("\"open the door", r#"("open the door")"#),
            ("\"op the do\"*", r#"("op the do" *)"#),
            ("OR storm OR", r#"("storm")"#),
            ("a* AND NOT NEAR(x)", r#"("a") AND ("and") AND ("not") AND ("near x")"#),
            ("http://x.example/?a=1", r#"("http x example a 1")"#),
            ("- storm – x", r#"("storm") AND ("x")"#),
            ("\"; DROP TABLE words; --", r#"("drop table words")"#),
        ] {
            assert_eq!(read(typed), meant, "{typed}");
        }
        for nothing in ["", " \u{0} ", "-storm", "*", "\"\"", "...", "title:", "OR", "-", "🎉"] {
            assert!(Question::read(nothing).is_empty(), "{nothing}");
        }
        assert_eq!(read(&"word ".repeat(1000)).matches("word").count(), MOST_TERMS);
    }

    #[test]
    fn words_are_found_again_in_a_text() {
        let marked = |question: &str, text: &str| {
            let marks = Question::read(question).marks(text);
            marks.into_iter().map(|(at, _)| text[at].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(marked("storm", "A storm. STORMS, stormy Störm!"), ["storm", "Störm"]);
        assert_eq!(marked("storm*", "A storm. STORMS"), ["storm", "STORMS"]);
        assert_eq!(marked("\"port ansel\" port", "port of Port-Ansel"), ["port", "Port-Ansel"]);
        assert_eq!(marked("京都", "東京都の京都府"), ["京都", "京都"]);
        assert_eq!(marked("-storm harbour", "storm in the harbour"), ["harbour"]);
        assert_eq!(marked("\"a b\" \"b c\"", "a b c"), ["a b c"]);
        assert_eq!(Question::read("stor").loosened().unwrap().marks("storms").len(), 1);
        assert_eq!(Question::read("x*").loosened(), None);
    }

    proptest! {
        #[test]
        fn any_question_is_read(text in any::<String>(), page in any::<String>()) {
            let question = Question::read(&text);
            let expression = question.expression();
            prop_assert_eq!(expression.matches('"').count() % 2, 0);
            let mut end = 0;
            for (at, _) in question.marks(&page) {
                prop_assert!(at.start >= end && at.end > at.start && page.get(at.clone()).is_some());
                end = at.end;
            }
        }
    }
}
