//! Authors.

use crate::article::Person;
use crate::parse::metadata::person_of;
use crate::parse::xml::{Element, Vocabulary};

/// The authors among the elements: those of Atom, else of RSS and Dublin Core, else of a podcast.
pub(super) fn of(elements: &[Element]) -> Vec<Person> {
    let of = |wanted: fn(&Element) -> bool| -> Vec<Person> {
        elements.iter().filter(|element| wanted(element)).filter_map(person).collect()
    };
    let atom = of(|e| e.name == "author" && e.vocabulary == Vocabulary::Atom);
    let rss = of(|e| e.name == "author" && e.vocabulary == Vocabulary::Plain);
    let dublin = of(|e| matches!(e.name.as_str(), "creator" | "author") && e.vocabulary == Vocabulary::DublinCore);
    let podcast = of(|e| e.name == "author" && e.vocabulary == Vocabulary::Podcast);
    // RSS wants an address where others want a name.
    if let ([mail], [name]) = (&rss[..], &dublin[..])
        && mail.name.is_empty()
        && name.email.is_none()
    {
        return vec![Person { email: mail.email.clone(), ..name.clone() }];
    }
    let lists = [atom, rss, dublin, podcast];
    let has_names = |people: &&Vec<Person>| people.iter().any(|person| !person.name.is_empty());
    let found = lists.iter().find(has_names).or_else(|| lists.iter().find(|people| !people.is_empty()));
    let mut people = found.cloned().unwrap_or_default();
    let mut seen = std::collections::HashSet::new();
    people.retain(|person| seen.insert(person.clone()));
    people
}

/// A person with name, address and page as elements, or written as text.
pub(super) fn person(element: &Element) -> Option<Person> {
    /// Longer names are none.
    const LONGEST: usize = 1000;
    let is_short = |text: &&str| text.len() <= LONGEST;
    let part = |names: &[&str]| names.iter().find_map(|name| element.child(name)?.trimmed()).filter(is_short);
    let text = part(&["name"]).or_else(|| element.trimmed().filter(is_short));
    let mut person = text.and_then(person_of).unwrap_or_default();
    if let Some(email) = part(&["email"]) {
        person.email = person_of(email).and_then(|found| found.email).or(person.email);
    }
    if let Some(uri) = part(&["uri", "url", "homepage"]) {
        person.uri = person_of(&element.resolve(uri)).and_then(|found| found.uri).or(person.uri);
    }
    Some(person).filter(|person| !person.name.is_empty() || person.email.is_some() || person.uri.is_some())
}
