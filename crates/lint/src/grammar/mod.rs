//! What a value may look like. Every grammar is a pure function of the value.

mod address;
mod dates;
mod foreign;
mod identifiers;
mod lists;
mod names;
mod numbers;
mod people;

pub(super) use address::{Address, is_canonical, is_weak_guid, resolve};
pub(super) use dates::{http_date, instant};
pub(super) use foreign::{is_mathml_attribute, is_mathml_element, is_svg_attribute, is_svg_element};
pub(super) use identifiers::base64_text;
pub use lists::ITUNES_CATEGORIES;
pub(super) use lists::{
    Words, is_html_element, is_link_relation, is_media_role, is_old_itunes_category, is_safe_attribute,
    is_unsafe_element, words,
};
pub(super) use names::{is_ascii_name, is_charset};

use std::borrow::Cow;

use super::report::{Family, shown};
use super::rules::{Rule, content, extension, opml, rss, value};
use feedmill_markup as markup;

/// Something that is wrong with a value.
pub(super) struct Fault {
    pub rule: &'static Rule,
    /// What was expected, where the rule's own words are too general.
    pub expected: Option<Cow<'static, str>>,
    pub found: String,
}

impl Fault {
    pub fn new(rule: &'static Rule, found: &str) -> Fault {
        Fault { rule, expected: None, found: shown(found) }
    }

    pub fn expecting(rule: &'static Rule, expected: impl Into<Cow<'static, str>>, found: &str) -> Fault {
        Fault { rule, expected: Some(expected.into()), found: shown(found) }
    }
}

/// What a value may look like.
#[derive(Clone, Copy, Debug)]
pub(super) enum Grammar {
    /// Anything, nothing too.
    Any,
    /// Some text.
    Text,
    /// Text that is shown as it is: markup in it is a mistake.
    Plain,
    /// Plain text that may be left empty.
    PlainOrNothing,
    /// Plain text of RSS, whose readers do not agree on `&lt;`.
    RssTitle,
    /// Plain text of at most so many characters.
    Short(usize),
    /// HTML, escaped.
    Html,
    /// An address with a scheme (RFC 3986).
    Full,
    /// The same, of the web.
    Web,
    /// A name of a list of words: an absolute address, or `urn:` and a word that nobody registered.
    Scheme,
    /// An address, relative ones too (RFC 3986).
    Reference,
    /// An address with letters of any script, relative ones too (RFC 3987); white space around it is an error.
    Iri,
    /// The same, and not the document itself.
    OtherIri,
    /// An absolute one of these.
    FullIri,
    /// The id of a feed or entry: an absolute IRI in its normal form.
    Id,
    Rfc822,
    Rfc3339,
    W3cDate,
    /// The same, or a period as DCMI writes it: `start=2023; end=2024`.
    W3cPeriod,
    IsoDate,
    Language,
    /// The same, or the word that the specification of OPML has for a feed that names none.
    LanguageOrUnknown,
    Mail,
    /// A mail address and perhaps a name: `ada@example.org (Ada Marsh)`.
    Person,
    Integer,
    NonNegative,
    /// The same, where zero is what to write for "unknown".
    Size,
    Positive,
    /// A whole number from 1 that 32 bits hold.
    Counter,
    Float,
    Width,
    Height,
    Hour,
    Day,
    Period,
    /// `true` or `false`.
    Boolean,
    /// One of these, to the letter.
    Choice(&'static [&'static str], &'static Rule),
    /// One of these in any case.
    ChoiceAnyCase(&'static [&'static str], &'static Rule),
    MediaType,
    MediaTypeAttribute,
    MediaRange,
    Latitude,
    Longitude,
    /// Four points or more, the last of which is the first.
    Ring,
    /// So many points at least, and at most.
    Points(usize, usize),
    Base64,
    Duration,
    PlayTime,
    Countries,
    Keywords,
    /// The specific part of a URN.
    Nss,
    /// Line numbers of an outline with commas between.
    NumberList,
    /// Whole numbers with commas between, one at least.
    CommaList,
    /// The number or the name of a mailing service.
    BlogId,
    /// Search terms as they stand in the query of an address.
    Encoded,
    /// The name of a field of a form (HTML 4.01 section 6.2).
    FieldName,
    Credit,
    Robots,
}

/// The directory reads no more keywords of a podcast.
const MOST_KEYWORDS: usize = 12;

impl Grammar {
    /// Holds a value against the grammar.
    pub fn judge(self, text: &str, faults: &mut Vec<Fault>) {
        use Grammar as G;
        let trimmed = text.trim();
        let mut check = |is_right: bool, rule: &'static Rule| {
            if !is_right {
                faults.push(Fault::new(rule, text));
            }
        };
        match self {
            G::Any => {}
            G::Text => check(!trimmed.is_empty(), &value::BLANK),
            G::Plain => match trimmed.is_empty() {
                true => check(false, &value::BLANK),
                false => plain(text, &content::HTML_IN_TEXT, faults),
            },
            G::PlainOrNothing => plain(text, &content::HTML_IN_TEXT, faults),
            G::RssTitle => check(!trimmed.is_empty(), &value::BLANK),
            G::Short(_) if trimmed.is_empty() => check(false, &value::BLANK),
            G::Short(most) => {
                let length = trimmed.chars().count();
                if length > most {
                    let expected = format!("at most {most} characters");
                    let found = format!("{length}");
                    faults.push(Fault { rule: &value::TOO_LONG, expected: Some(expected.into()), found });
                }
                plain(text, &content::HTML_IN_TEXT, faults);
            }
            G::Html => {}
            G::Full => address::full(trimmed, faults),
            G::Web => address::web(trimmed, faults),
            G::Scheme if trimmed.starts_with("urn:") => {}
            G::Scheme => address::full(trimmed, faults),
            G::Reference => address::reference(trimmed, faults),
            G::Iri => address::iri(text, false, faults),
            G::OtherIri if trimmed.is_empty() => check(false, &value::BLANK),
            G::OtherIri => address::iri(text, false, faults),
            G::FullIri => address::iri(text, true, faults),
            G::Id => address::id(text, faults),
            G::Rfc822 => dates::rfc822(text, faults),
            G::Rfc3339 => dates::rfc3339(text, faults),
            G::W3cPeriod if trimmed.contains(['=', ';', '/']) => {}
            G::W3cDate | G::W3cPeriod => dates::w3c(text, faults),
            G::IsoDate => dates::iso(text, faults),
            G::LanguageOrUnknown if matches!(trimmed, "" | "unknown") => {}
            G::Language | G::LanguageOrUnknown => match markup::is_language_tag(trimmed) {
                true => check(names::is_known_language(trimmed), &value::LANGUAGE_UNKNOWN),
                false => check(false, &value::LANGUAGE),
            },
            G::Mail => people::mail(text, faults),
            G::Person => people::person(text, faults),
            G::Integer => check(numbers::is_integer(trimmed), &value::INTEGER),
            G::NonNegative => check(numbers::is_digits(trimmed), numbers::rule_of(trimmed, &value::NON_NEGATIVE)),
            G::Size => check(numbers::is_digits(trimmed), numbers::rule_of_size(trimmed)),
            G::Positive => check(numbers::is_positive(trimmed), numbers::rule_of(trimmed, &value::POSITIVE)),
            G::Counter => match numbers::is_positive(trimmed) {
                true => check(trimmed.parse::<i32>().is_ok(), &value::TOO_BIG),
                false => check(false, &value::POSITIVE),
            },
            G::Float => check(numbers::float(trimmed).is_some(), &value::FLOAT),
            G::Width => check(numbers::is_within(trimmed, 1, 144), &value::WIDTH),
            G::Height => check(numbers::is_within(trimmed, 1, 400), &value::HEIGHT),
            G::Hour if numbers::is_within(trimmed, 24, 24) => check(false, &rss::HOUR_MIDNIGHT),
            G::Hour => check(numbers::is_within(trimmed, 0, 23), &rss::HOUR),
            G::Day => check(lists::DAYS.contains(&trimmed), &rss::DAY),
            G::Period => check(lists::PERIODS.contains(&trimmed), &rss::PERIOD),
            G::Boolean => check(matches!(text, "true" | "false"), &value::BOOLEAN),
            G::Choice(words, rule) => {
                if !words.contains(&text) {
                    faults.push(Fault::expecting(rule, one_of(words), text));
                }
            }
            G::ChoiceAnyCase(words, rule) => {
                if !words.iter().any(|word| word.eq_ignore_ascii_case(trimmed)) {
                    faults.push(Fault::expecting(rule, one_of(words), text));
                }
            }
            G::MediaType => check(identifiers::is_media_type(trimmed), &value::MEDIA_TYPE),
            G::MediaTypeAttribute => check(identifiers::is_media_type(trimmed), &value::MEDIA_TYPE_ATTRIBUTE),
            G::MediaRange => identifiers::media_range(trimmed, faults),
            G::Latitude => check(numbers::float(trimmed).is_some_and(|n| n.abs() <= 90.0), &value::LATITUDE),
            G::Longitude => check(numbers::float(trimmed).is_some_and(|n| n.abs() <= 180.0), &value::LONGITUDE),
            G::Points(least, most) => numbers::points(trimmed, least, most, faults),
            G::Ring => numbers::ring(trimmed, faults),
            G::Base64 => check(identifiers::is_base64(trimmed), &value::BASE64),
            G::Duration => check(numbers::is_duration(trimmed), &value::DURATION),
            G::PlayTime => check(numbers::is_play_time(trimmed), &value::PLAY_TIME),
            G::Countries => {
                for code in trimmed.split(' ').filter(|code| !lists::is_country(code)) {
                    faults.push(Fault::new(&value::COUNTRY, code));
                }
            }
            G::Keywords if trimmed.is_empty() => check(false, &value::BLANK),
            G::Keywords => {
                if trimmed.chars().count() > 255 {
                    let found = format!("{}", trimmed.chars().count());
                    let expected = Some("at most 255 characters".into());
                    faults.push(Fault { rule: &value::TOO_LONG, expected, found });
                }
                let is_mark =
                    |c: char| !c.is_alphanumeric() && !c.is_whitespace() && !",-'’&+#./_".contains(c) && c.is_ascii();
                let is_too_many = trimmed.split(',').count() > MOST_KEYWORDS;
                let is_one_word_list = trimmed.contains(char::is_whitespace) && !trimmed.contains(',');
                if trimmed.contains(is_mark) || is_one_word_list || is_too_many {
                    faults.push(Fault::new(&extension::ITUNES_KEYWORDS, text));
                }
                plain(text, &content::HTML_IN_TEXT, faults);
            }
            G::Nss => {
                check(identifiers::is_nss(text), &extension::SHARING_NSS);
                plain(text, &content::HTML_IN_TEXT, faults);
            }
            G::NumberList => {
                let is_right = trimmed.is_empty() || trimmed.split(',').all(|part| numbers::is_digits(part.trim()));
                check(is_right, &opml::EXPANSION);
            }
            G::CommaList => {
                check(trimmed.split(',').all(|part| numbers::is_integer(part.trim())), &value::NUMBER_LIST);
            }
            G::BlogId => check(numbers::is_digits(trimmed), &extension::BURNER_ID),
            G::Encoded => check(identifiers::is_encoded(trimmed), &extension::SEARCH_TERMS),
            G::FieldName => {
                let is_part = |c: char| c.is_ascii_alphanumeric() || ":-._".contains(c);
                let is_name = trimmed.starts_with(|c: char| c.is_ascii_alphabetic()) && trimmed.chars().all(is_part);
                match trimmed.is_empty() {
                    true => check(false, &value::BLANK),
                    false => check(is_name, &rss::TEXT_INPUT_NAME),
                }
                plain(text, &content::HTML_IN_TEXT, faults);
            }
            G::Credit => {
                check(!trimmed.is_empty() && !trimmed.contains(char::is_uppercase), &extension::MEDIA_ROLE);
            }
            G::Robots => {
                let is_known =
                    |word: &str| matches!(word.trim(), "index" | "noindex" | "follow" | "nofollow" | "all" | "none");
                check(trimmed.to_ascii_lowercase().split(',').all(is_known), &extension::META_CONTENT);
            }
        }
    }

    /// What a value is that follows it.
    pub fn family(self) -> Option<Family> {
        use Grammar as G;
        Some(match self {
            G::Plain | G::PlainOrNothing | G::RssTitle | G::Short(_) | G::Text => Family::Plain,
            G::Html => Family::Html,
            G::Full | G::Web | G::Scheme | G::Reference | G::Iri | G::OtherIri | G::FullIri | G::Id => Family::Address,
            G::Rfc822 => Family::DateRfc822,
            G::Rfc3339 | G::W3cDate | G::IsoDate => Family::DateRfc3339,
            G::Boolean => Family::Boolean,
            G::Mail | G::Person => Family::Person,
            G::Day => Family::Day,
            G::Hour => Family::Hour,
            G::Width | G::Height => Family::Size,
            G::Integer | G::NonNegative | G::Size | G::Positive | G::Counter => Family::Integer,
            G::MediaType | G::MediaTypeAttribute | G::MediaRange => Family::MediaType,
            G::Language => Family::Language,
            G::PlayTime => Family::PlayTime,
            G::Period => Family::Period,
            G::Latitude | G::Longitude | G::Points(..) | G::Ring => Family::Coordinate,
            _ => return None,
        })
    }
}

fn one_of(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [word] => format!("{word:?}"),
        [rest @ .., last] => {
            let rest: Vec<String> = rest.iter().map(|word| format!("{word:?}")).collect();
            format!("{} or {last:?}", rest.join(", "))
        }
    }
}

/// Complains about markup in text that is shown as it is.
pub(super) fn plain(text: &str, rule: &'static Rule, faults: &mut Vec<Fault>) {
    if let Some(found) = markup_in(text) {
        faults.push(Fault::new(rule, found));
    }
}

/// The first piece of a text that looks like an HTML tag or a reference of HTML.
pub(super) fn markup_in(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = memchr::memchr2(b'<', b'&', &bytes[from..]).map(|at| from + at) {
        let rest = &text[at..];
        let length = match bytes[at] {
            b'<' if rest.starts_with("<!--") => Some("<!--".len()),
            b'<' => tag_length(rest),
            _ => reference_length(rest),
        };
        if let Some(length) = length {
            return Some(&rest[..length]);
        }
        from = at + 1;
    }
    None
}

/// The length of a tag of an element that HTML has.
fn tag_length(rest: &str) -> Option<usize> {
    let name = rest[1..].trim_start_matches('/');
    let name_end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let end = memchr::memchr(b'>', rest.as_bytes())?;
    let next_open = memchr::memchr(b'<', &rest.as_bytes()[1..]);
    if next_open.is_some_and(|open| open + 1 < end) {
        return None;
    }
    lists::is_html_element(&name[..name_end].to_ascii_lowercase()).then_some(end + 1)
}

/// Where a text holds what some readers take for markup, although it is none: a tag of no known element, or a
/// reference without its semicolon.
pub(super) fn ambiguous(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'<', b'&', bytes).find_map(|at| {
        let rest = &text[at + 1..];
        let name_end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len()).min(LONGEST_NAME);
        let is_it = match bytes[at] {
            b'<' => rest.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)),
            _ => rest.starts_with('#') || name_end > 1 && markup::html::entity(&rest[..name_end]).is_some(),
        };
        is_it.then_some(&text[at..])
    })
}

/// No name of a reference is longer.
const LONGEST_NAME: usize = 32;

/// The length of `&name;` or `&#123;` that HTML reads as one character.
fn reference_length(rest: &str) -> Option<usize> {
    let end = rest.bytes().take(34).position(|byte| byte == b';')?;
    let name = &rest[1..end];
    let is_number = name.strip_prefix('#').is_some_and(|number| {
        let hex = number.strip_prefix(['x', 'X']);
        match hex {
            Some(hex) => !hex.is_empty() && hex.bytes().all(|byte| byte.is_ascii_hexdigit()),
            None => numbers::is_digits(number),
        }
    });
    (is_number || markup::html::entity(name).is_some()).then_some(end + 1)
}
