//! Senders (RFC 5322 section 3.4), and what programs make of that grammar.

use super::words;
use crate::article::Person;
use feedmill_markup as markup;

/// More senders than these are a mistake, or an attack.
const MOST: usize = 50;

/// Where an address list is.
#[derive(Default)]
struct Mailbox {
    /// Names and addresses outside of brackets, quotation marks resolved.
    phrase: String,
    angle: Option<String>,
    comment: String,
}

/// The people that an address field names. `value` is the raw field, `charset` what its 8-bit text may be in.
pub(super) fn people(value: &[u8], charset: Option<&str>) -> Vec<Person> {
    let text = words::in_charset(value, charset);
    let mut people: Vec<Person> = Vec::new();
    let mut family: Option<String> = None;
    for mailbox in split(&text) {
        let Some(person) = mailbox.person() else { continue };
        // `Doe, Jane <jane@example.org>` without quotation marks.
        if person.email.is_none() && family.is_none() && !person.name.contains(' ') && !person.name.contains('@') {
            family = Some(person.name);
            continue;
        }
        let person = match family.take() {
            Some(family) if person.email.is_some() && !person.name.is_empty() && !person.name.contains(' ') => {
                Person { name: format!("{family}, {}", person.name), ..person }
            }
            Some(family) => {
                people.push(Person { name: family, ..Person::default() });
                person
            }
            None => person,
        };
        people.push(person);
    }
    people.extend(family.map(|name| Person { name, ..Person::default() }));
    people.dedup();
    people.truncate(MOST);
    people
}

/// The mailboxes of a list, the names of groups left out.
fn split(text: &str) -> Vec<Mailbox> {
    let mut found = Vec::new();
    let mut now = Mailbox::default();
    let mut rest = text;
    let (mut comments, mut quoted) = (0usize, false);
    while let Some(c) = rest.chars().next() {
        let at = &rest[c.len_utf8()..];
        // An encoded word may hold anything, and is one thing.
        if let Some(length) = word_length(rest) {
            now.target(comments > 0).push_str(&rest[..length]);
            rest = &rest[length..];
            continue;
        }
        rest = at;
        match c {
            '\\' if quoted || comments > 0 => {
                if let Some(escaped) = rest.chars().next() {
                    now.target(comments > 0).push(escaped);
                    rest = &rest[escaped.len_utf8()..];
                }
            }
            '"' if comments == 0 => quoted = !quoted,
            _ if quoted => now.phrase.push(c),
            '(' => {
                comments += 1;
                if comments > 1 {
                    now.comment.push(c);
                }
            }
            ')' if comments > 0 => {
                comments -= 1;
                if comments > 0 {
                    now.comment.push(c);
                }
            }
            _ if comments > 0 => now.comment.push(c),
            '<' => {
                let end = rest.find(['>', '<']).unwrap_or(rest.len());
                now.angle = Some(rest[..end].to_owned()).filter(|inner| !inner.trim().is_empty()).or(now.angle);
                rest = &rest[end..];
                rest = rest.strip_prefix('>').unwrap_or(rest);
                now.phrase.push(' ');
            }
            ',' | ';' => {
                found.push(std::mem::take(&mut now));
                if found.len() > MOST {
                    return found;
                }
            }
            // What stands before it is the name of a group; `host::user` is DECnet.
            ':' if !now.phrase.contains('@') && !rest.starts_with(':') && !now.phrase.ends_with(':') => {
                now.phrase.clear();
            }
            _ => now.phrase.push(c),
        }
    }
    found.push(now);
    found
}

/// The length of the encoded word at the start of a text.
fn word_length(text: &str) -> Option<usize> {
    const LONGEST: usize = 1000;
    let inner = text.strip_prefix("=?")?.as_bytes();
    let inner = &inner[..inner.len().min(LONGEST)];
    let charset = memchr::memchr(b'?', inner)?;
    let start = charset + 3;
    let is_word = charset > 0 && inner.get(charset + 2) == Some(&b'?');
    let end = is_word.then(|| memchr::memmem::find(&inner[start.min(inner.len())..], b"?=")).flatten()?;
    let length = 2 + start + end + 2;
    text.is_char_boundary(length).then_some(length)
}

impl Mailbox {
    fn target(&mut self, in_comment: bool) -> &mut String {
        if in_comment { &mut self.comment } else { &mut self.phrase }
    }

    fn person(self) -> Option<Person> {
        let clean = |text: &str| markup::one_line(&words::decode(text.as_bytes(), None));
        let (mut phrase, comment) = (clean(&self.phrase), clean(&self.comment));
        let mut email = self.angle.as_deref().and_then(address);
        if email.is_none() {
            email = address(&phrase);
            if email.is_some() {
                phrase.clear();
            }
        }
        // `jane at example.org (Jane Doe)` of public archives; `jane@example.org <Jane Doe>` of confused programs.
        let mut name = if address(&phrase).is_some() { String::new() } else { phrase };
        let is_local = !name.contains(' ') && self.angle.is_none();
        if name.is_empty() || is_local && !comment.is_empty() {
            // `dock!jane (Jane Doe)`, `root (Cron)`: a name behind an address that leads nowhere today.
            name = comment;
        }
        if name.is_empty() && email.is_none() {
            name = self.angle.as_deref().map(clean).unwrap_or_default();
        }
        let mut name = name.trim_matches(['\'', '"', ' ', '<', '>', '`']).to_owned();
        // Lists that send in the name of others say so: `Jane Doe via Ferries <ferries@example.org>`.
        if let Some((person, _)) = name.split_once(" via ").filter(|(person, _)| !person.trim().is_empty()) {
            name = person.trim_matches(['\'', '"', ' ']).to_owned();
            email = None;
        }
        if address(&name).is_some_and(|other| email.as_ref().is_none_or(|email| other.eq_ignore_ascii_case(email))) {
            email = email.or_else(|| address(&name));
            name.clear();
        }
        if !name.chars().any(char::is_alphanumeric) {
            name.clear();
        }
        Some(Person { name, email, uri: None }).filter(|person| !person.name.is_empty() || person.email.is_some())
    }
}

/// An address that mail can be sent to, in its usual spelling, also where it was made unreadable for robots.
fn address(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches("mailto:").trim_start_matches("MAILTO:");
    // A route (`@a,@b:jane@example.org`) is of the past.
    let text = if text.starts_with('@') { text.rsplit(':').next().unwrap_or(text) } else { text };
    if markup::is_email(text) {
        return Some(text.to_owned());
    }
    let mut words = text.split_whitespace();
    let (local, at, domain) = (words.next()?, words.next()?, words.next()?);
    let is_at = ["at", "@", "(at)", "[at]", "_at_"].iter().any(|word| at.eq_ignore_ascii_case(word));
    let joined = format!("{local}@{domain}");
    (is_at && words.next().is_none() && markup::is_email(&joined)).then_some(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn senders_in_all_their_spellings() {
        for (given, expected) in [
            ("Jane Doe <jane@harbour.example>", "Jane Doe|jane@harbour.example"),
            ("jane@harbour.example", "|jane@harbour.example"),
            ("<jane@harbour.example>", "|jane@harbour.example"),
            ("jane@harbour.example (Jane Doe)", "Jane Doe|jane@harbour.example"),
            ("jane at harbour.example (Jane Doe)", "Jane Doe|jane@harbour.example"),
            ("jane at harbour.example", "|jane@harbour.example"),
            ("\"Doe, Jane\" <jane@harbour.example>", "Doe, Jane|jane@harbour.example"),
            ("Doe, Jane <jane@harbour.example>", "Doe, Jane|jane@harbour.example"),
            ("\"Jane \\\"JD\\\" Doe\" <jane@harbour.example>", "Jane \"JD\" Doe|jane@harbour.example"),
            ("'Jane Doe' <jane@harbour.example>", "Jane Doe|jane@harbour.example"),
            ("=?utf-8?Q?J=C3=B6rg_M=C3=BCller?= <joerg@harbour.example>", "Jörg Müller|joerg@harbour.example"),
            ("\"=?utf-8?Q?M=C3=BCller,_J=C3=B6rg?=\" <j@harbour.example>", "Müller, Jörg|j@harbour.example"),
            ("=?utf-8?Q?M=C3=BCller,_J?= <j@harbour.example>", "Müller, J|j@harbour.example"),
            ("j@harbour.example (=?iso-8859-1?Q?J=F6rg?=)", "Jörg|j@harbour.example"),
            ("Jane (at sea) Doe <jane@harbour.example>", "Jane Doe|jane@harbour.example"),
            ("jane@harbour.example <jane@harbour.example>", "|jane@harbour.example"),
            ("\"jane@harbour.example\" <jane@harbour.example>", "|jane@harbour.example"),
            ("Jane Doe via Ferries <ferries@lists.example>", "Jane Doe|"),
            ("Crew: Jane <jane@harbour.example>, ola@dock.example;", "Jane|jane@harbour.example;|ola@dock.example"),
            ("Jane <jane@harbour.example>, Ola <ola@dock.example>", "Jane|jane@harbour.example;Ola|ola@dock.example"),
            ("dock!harbour!jane (Jane Doe)", "Jane Doe|"),
            ("undisclosed-recipients:;", ""),
            ("Jane Doe", "Jane Doe|"),
            ("Jane Doe <not an address>", "Jane Doe|"),
            ("root (Cron Daemon)", "Cron Daemon|"),
            ("<@relay.example:jane@harbour.example>", "|jane@harbour.example"),
            ("Jane Doe <jane@harbour.example", "Jane Doe|jane@harbour.example"),
            ("((((", ""),
            ("", ""),
        ] {
            let found: Vec<String> = people(given.as_bytes(), None)
                .into_iter()
                .map(|person| format!("{}|{}", person.name, person.email.unwrap_or_default()))
                .collect();
            assert_eq!(found.join(";"), expected, "{given}");
        }
        let raw = people(b"J\xf6rg M\xfcller <j@harbour.example>", None);
        assert_eq!(raw[0].name, "Jörg Müller");
        assert_eq!(people(b"\xe9\xd7\xc1\xce <i@harbour.example>", Some("koi8-r"))[0].name, "Иван");
    }
}
