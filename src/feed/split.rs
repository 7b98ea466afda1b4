//! One feed for each value: of every tag, section, author, language or year.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::history::DIRECTORY;
use super::spec::{FeedSpec, Site};
use super::{Entry, select};
use crate::archive::{Filed, Heading, Selection, Under};
use crate::article::{is_refused_by_windows, slug};
use crate::error::{Error, Result};
use feedmill_markup as markup;

/// Makes one feed for each value of a heading out of one specification.
///
/// The feed of a value stands at `<name>/<slug>`, where the name is that of the specification and the slug depends on
/// the value alone ([`Split::slug`]): what else is in the archive, and what came first, changes no address.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// What the articles are told apart by.
    pub by: Heading,
    /// How many articles a value must have had, at one time or another, to get a feed; at least 1.
    pub min_articles: u64,
    /// Values that get none, in whatever case.
    pub except: Vec<String>,
}

/// A value that a specification was split by, and its feed.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// The feed.
    pub spec: FeedSpec,
    /// How many articles stand under it.
    pub articles: u64,
    /// The states of its terms, of [`Filed::state`].
    pub state: Vec<u8>,
}

/// What titles and descriptions may hold.
const PLACEHOLDERS: [&str; 2] = ["{site}", "{value}"];

/// What stands in the address of the page that a feed of a value is about.
pub const SLUG: &str = "{slug}";

/// The title of a feed of a value, where none is given.
pub(super) const TITLE: &str = "{site}: {value}";

/// A plain slug is no longer, and a cut one at most that long before its sum: shorter than any limit of file systems and
/// still readable.
const LONGEST_SLUG: usize = 60;

impl Split {
    /// The split by a heading, without limits.
    pub fn by(heading: Heading) -> Split {
        Split { by: heading, min_articles: 1, except: Vec::new() }
    }

    /// The directory of the feed of a value, a function of nothing else.
    ///
    /// Words of ASCII letters and digits are joined by `-`: `Dock Strike`, `dock-strike` and `dock_strike` are one value
    /// and have one feed. Dots and commas that end a word, and apostrophes, do not count. Every other value carries a
    /// sum of itself behind what can be written of it in ASCII, so that `C++` and `C#`, or `año` and `ano`, stay apart:
    /// `c-8f5a2c1d`.
    pub fn slug(term: &str) -> String {
        let folded = term.trim().to_lowercase();
        if let Some(plain) = plain(&folded) {
            return plain;
        }
        let mut readable = slug(&folded);
        while readable.len() > LONGEST_SLUG {
            let end = readable.rfind('-').filter(|end| *end > 0).unwrap_or(LONGEST_SLUG);
            readable.truncate(end);
        }
        let digest = Sha256::digest(folded.as_bytes());
        let sum: String = digest.iter().take(SUM_BYTES).map(|byte| format!("{byte:02x}")).collect();
        format!("{readable}-{sum}")
    }

    /// The feeds of the values of a heading, in the order of their addresses.
    pub fn values(&self, spec: &FeedSpec, filed: &[Filed]) -> Vec<Value> {
        let except: Vec<String> = self.except.iter().map(|value| Split::slug(value)).collect();
        let mut by_slug: BTreeMap<String, Vec<&Filed>> = BTreeMap::new();
        for filed in filed {
            let slug = Split::slug(&filed.term);
            if !except.contains(&slug) {
                by_slug.entry(slug).or_default().push(filed);
            }
        }
        let ever = |filed: &[&Filed]| filed.iter().map(|filed| filed.ever).sum::<u64>();
        let shown = by_slug.into_iter().filter(|(_, filed)| ever(filed) >= self.min_articles.max(1));
        shown.map(|(slug, filed)| self.value(spec, &slug, &filed)).collect()
    }

    fn value(&self, spec: &FeedSpec, slug: &str, filed: &[&Filed]) -> Value {
        let terms: Vec<String> = filed.iter().map(|filed| filed.term.clone()).collect();
        let own_language = (self.by == Heading::Language).then(|| terms.first().cloned()).flatten();
        let under = Some(Under { heading: self.by, terms });
        let spec = FeedSpec {
            name: format!("{}/{slug}", spec.name),
            home_url: spec.home_url.as_ref().map(|url| url.replace(SLUG, slug)),
            language: spec.language.clone().or(own_language),
            selection: Selection { under, ..spec.selection.clone() },
            split: None,
            ..spec.clone()
        };
        Value {
            spec,
            articles: filed.iter().map(|filed| filed.articles).sum(),
            state: filed.iter().flat_map(|filed| filed.state).collect(),
        }
    }

    /// Whether titles and descriptions can be made of these; a usage error says what to change.
    pub(super) fn check(spec: &FeedSpec) -> Result<()> {
        for template in [&spec.title, &spec.description] {
            let rest = PLACEHOLDERS.iter().fold(template.clone(), |rest, known| rest.replace(known, ""));
            if rest.contains(['{', '}']) {
                let expected = format!("expected placeholders out of {}", PLACEHOLDERS.join(" "));
                return Err(Error::usage(format!("feed {:?}", spec.name), format!("{expected}, found {template:?}")));
            }
        }
        if spec.name.is_empty() {
            return Err(Error::usage("the feed at the top", "expected a name for a feed that is split, found none"));
        }
        Ok(())
    }
}

/// Four bytes of a sum: with a thousand values of one readable part, a chance of one in ten thousand that any two share
/// an address. Those then share a feed, whatever came first.
const SUM_BYTES: usize = 4;

/// The slug of a value that loses nothing by it that should tell values apart.
fn plain(folded: &str) -> Option<String> {
    let mut slug = String::with_capacity(folded.len().min(LONGEST_SLUG));
    for word in folded.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_')) {
        let word = word.trim_end_matches(['.', ',']);
        let letters = word.chars().filter(|c| !matches!(c, '\'' | '\u{2019}'));
        let start = slug.len();
        for letter in letters {
            if !letter.is_ascii_alphanumeric() || slug.len() >= LONGEST_SLUG {
                return None;
            }
            if slug.len() == start && start > 0 {
                slug.push('-');
            }
            slug.push(letter);
        }
    }
    (!slug.is_empty() && slug.len() <= LONGEST_SLUG && !is_taken(&slug)).then_some(slug)
}

/// Whether it is the name of a device or of the directory of history, or looks like a slug with a sum.
fn is_taken(slug: &str) -> bool {
    let has_sum = slug.rsplit_once('-').is_some_and(|(_, sum)| {
        sum.len() == 2 * SUM_BYTES && sum.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    });
    is_refused_by_windows(slug) || slug == DIRECTORY || has_sum
}

/// Title and description of a feed; empty where none is given. In the feed of a value, placeholders are filled in.
pub(super) fn words(spec: &FeedSpec, publisher: &str, entries: &[Entry]) -> (String, String) {
    let Some(under) = &spec.selection.under else { return (spec.title.clone(), spec.description.clone()) };
    let value = spelled(under, entries);
    let title = if spec.title.trim().is_empty() { TITLE } else { &spec.title };
    let fill = |template: &str| filled(template, publisher, &value);
    (fill(title), fill(&spec.description))
}

/// The template in one pass: what is put in for a placeholder is not looked at again.
pub(super) fn filled(template: &str, site: &str, value: &str) -> String {
    let mut out = String::with_capacity(template.len() + site.len() + value.len());
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let values = PLACEHOLDERS.into_iter().zip([site, value]);
        let found = values.into_iter().find_map(|(name, value)| Some((value, from.strip_prefix(name)?)));
        let (put, after) = found.unwrap_or_else(|| from.split_at(1));
        out.push_str(put);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// How the value is spelled: as most entries do, and among equals the first in the order of Unicode. Where there is no
/// entry left, as the index keeps it, in lower case.
fn spelled(under: &Under, entries: &[Entry]) -> String {
    let words = |entry: &Entry| -> Vec<String> {
        match under.heading {
            Heading::Tag | Heading::Section => entry.tags.clone(),
            Heading::Author => entry.authors.iter().map(|author| author.name.clone()).collect(),
            Heading::Language => entry.language.iter().cloned().collect(),
            Heading::Year => Vec::new(),
        }
    };
    let mut spellings: BTreeMap<String, usize> = BTreeMap::new();
    for word in entries.iter().flat_map(words).filter(|word| under.holds(word)) {
        *spellings.entry(word).or_default() += 1;
    }
    let most = spellings.into_iter().rev().max_by_key(|(_, count)| *count).map(|(word, _)| word);
    let usual = || under.terms.first().map(|term| markup::excerpt(term, select::LONGEST_VALUE)).unwrap_or_default();
    most.unwrap_or_else(usual)
}

/// What a feed is called, as far as that is known without its entries.
pub fn title(spec: &FeedSpec, site: &Site) -> String {
    select::title(spec, &spec.title, &select::publisher(site))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    fn slugs<const N: usize>(terms: [&str; N]) -> [String; N] {
        terms.map(Split::slug)
    }

    #[test]
    fn the_same_words_are_one_value() {
        let same = ["Dock Strike", " dock  strike ", "dock-strike", "DOCK_STRIKE", "dock\u{a0}strike", "dock strike."];
        assert_eq!(slugs(same), ["dock-strike"; 6]);
        assert_eq!(slugs(["O'Brien", "o\u{2019}brien"]), ["obrien"; 2]);
        assert_eq!(slugs(["J. R. Roe", "Roe, J.", "2023", "en-GB"]), ["j-r-roe", "roe-j", "2023", "en-gb"]);
    }

    #[test]
    fn what_ascii_cannot_say_keeps_a_sum_of_itself() {
        let awkward = [
            "C++",
            "C#",
            "c",
            "año",
            "ano",
            "größe",
            "東京",
            "東經",
            "🎉",
            "🚢",
            "שלום",
            "..",
            "/",
            ".",
            "CON",
            "com1",
            "node.js",
            "nodejs",
            "-",
            "a/b",
            "../b",
            "\u{202e}abc",
            "abc",
            "İ",
            "a-0b5d1a8a",
        ];
        let slugs: HashSet<String> = awkward.iter().map(|term| Split::slug(term)).collect();
        assert_eq!(slugs.len(), awkward.len(), "{slugs:?}");
        // For ever: these are addresses.
        assert_eq!(Split::slug("Größe"), "grosse-d353a267");
        assert_eq!(Split::slug("History"), "history-259aa8ef");
        assert_eq!(Split::slug("CON"), "con-1143da2b");
        assert_eq!(Split::slug(".."), "untitled-5ec1f7e7");
    }

    proptest! {
        #[test]
        fn every_value_has_a_directory(term in "\\PC{1,300}") {
            let slug = Split::slug(&term);
            prop_assert!(slug.len() <= LONGEST_SLUG + 1 + 2 * SUM_BYTES);
            FeedSpec { name: format!("tag/{slug}"), ..FeedSpec::default() }.check().unwrap();
            prop_assert_eq!(Split::slug(&term.to_lowercase()), slug);
        }
    }

    #[test]
    fn placeholders_are_filled_in_once() {
        assert_eq!(filled("{site}: {value}", "A {value}", "{site}"), "A {value}: {site}");
        assert_eq!(filled("{value", "A", "b"), "{value");
        assert_eq!(filled("{{value}}ß", "A", "b"), "{b}ß");
    }
}
