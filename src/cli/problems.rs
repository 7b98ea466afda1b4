//! Problems as a person reads them: a few examples of each kind, then how many more there are and where all are listed.

use std::collections::HashMap;

use super::session::Session;
use crate::error::Error;

/// So many problems of a kind are shown; more of them say no more.
pub(super) const EXAMPLES: usize = 3;

/// The command that lists what is wrong with every file.
pub(super) const LISTS_ALL: &str = "`feedmill status --problems` lists all";

/// Tells problems: all of them with `--verbose`.
pub(super) fn tell<'e>(problems: impl IntoIterator<Item = &'e Error>, lists_all: &str, session: &Session) {
    let say = &session.say;
    let (shown, more) = examples(problems, if say.is_verbose() { usize::MAX } else { EXAMPLES });
    shown.iter().for_each(|err| say.error(err));
    for (example, more) in more {
        let like = match example.is_undated() {
            true => "without a date".to_owned(),
            false => format!("like {}", example.subject()),
        };
        say.more(format_args!("{more} {like} ({lists_all})"));
    }
}

/// Of each kind the first `most`, in their order; and the first of those kinds that have more, with how many more.
pub(super) fn examples<'e>(
    problems: impl IntoIterator<Item = &'e Error>,
    most: usize,
) -> (Vec<&'e Error>, Vec<(&'e Error, u64)>) {
    let mut kinds: HashMap<String, usize> = HashMap::new();
    let (mut shown, mut seen): (Vec<&Error>, Vec<(&Error, usize)>) = (Vec::new(), Vec::new());
    for err in problems {
        let at = *kinds.entry(kind_of(err)).or_insert_with(|| {
            seen.push((err, 0));
            seen.len() - 1
        });
        seen[at].1 += 1;
        if seen[at].1 <= most {
            shown.push(err);
        }
    }
    let more = seen.into_iter().filter(|(_, times)| *times > most);
    let more = more.map(|(first, times)| (first, (times - most) as u64)).collect();
    (shown, more)
}

/// What problems of one kind have in common: the words without what they quote and count.
fn kind_of(err: &Error) -> String {
    if err.is_undated() {
        return String::new();
    }
    let mut kind = String::new();
    let mut quote = None;
    for c in err.message().chars() {
        match quote {
            Some(end) if c == end => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '`') => quote = Some(c),
            None if c.is_ascii_digit() => {}
            None => kind.push(c),
        }
    }
    kind
}

#[cfg(test)]
mod tests {
    use super::examples;
    use crate::error::Error;

    #[test]
    fn three_of_a_kind_stand_for_all() {
        let undated = (0..5).map(|n| Error::undated(format!("{n}.md"), format!("the path {n:?}")));
        let wrong = (0..4).map(|n| Error::input(format!("{n}.json"), "an object", format!("\"x{n}\" in line {n}")));
        let all: Vec<Error> = undated.chain(wrong).chain([Error::not_text("a.md", "binary data")]).collect();
        let (shown, more) = examples(&all, 3);
        let shown: Vec<&str> = shown.iter().map(|err| err.subject()).collect();
        assert_eq!(shown, ["0.md", "1.md", "2.md", "0.json", "1.json", "2.json", "a.md"]);
        let more: Vec<(&str, u64)> = more.iter().map(|(err, more)| (err.subject(), *more)).collect();
        assert_eq!(more, [("0.md", 2), ("0.json", 1)]);
    }
}
