//! Mail addresses, alone and with names.

use super::Fault;
use crate::rules::value;
use feedmill_markup as markup;

/// A mail address and nothing else (RFC 4287 section 3.2.3).
pub(super) fn mail(text: &str, faults: &mut Vec<Fault>) {
    let trimmed = text.trim();
    if is_mail(trimmed) {
        return;
    }
    let rule = match trimmed.split_once('@') {
        Some((local, host)) if is_word(local) && is_word(host) && !host.contains('.') => &value::HOST_UNKNOWN,
        Some(_) if trimmed.contains(['(', '<', ' ']) && address_in(trimmed).is_some() => &value::MAIL_ONLY,
        _ => &value::MAIL,
    };
    faults.push(Fault::new(rule, text));
}

/// A person as RSS writes one: a mail address, best with a name in parentheses.
pub(super) fn person(text: &str, faults: &mut Vec<Fault>) {
    let trimmed = text.trim();
    let decoded;
    let bare = match trimmed.strip_prefix("mailto:") {
        Some(address) => {
            // RFC 6068 allows a subject and more after the address, and percent signs in it.
            let address = address.split_once('?').map_or(address, |(address, _)| address);
            decoded = percent_decoded(address);
            decoded.trim()
        }
        None => trimmed,
    };
    if is_mail(bare) {
        if trimmed == bare {
            faults.push(Fault::new(&value::PERSON_NAME, text));
        }
        return;
    }
    let rest = match (bare.split_once('('), bare.split_once('<')) {
        (Some((address, name)), _) if is_mail(address.trim()) && name.trim_end().ends_with(')') => None,
        (_, Some((_, address))) if address.strip_suffix('>').is_some_and(|a| is_mail(a.trim())) => {
            Some(&value::PERSON_NAME)
        }
        _ => Some(&value::PERSON),
    };
    if let Some(rule) = rest {
        faults.push(Fault::new(rule, text));
    }
}

/// The mail address that stands somewhere in a text.
pub(super) fn address_in(text: &str) -> Option<&str> {
    let is_border = |c: char| c.is_whitespace() || "<>()[],;:\"".contains(c);
    text.split(is_border).filter(|word| word.contains('@')).find(|word| is_mail(word))
}

fn is_mail(text: &str) -> bool {
    markup::is_email(text)
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        match after.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(b'%');
                rest = after;
            }
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || ".-_+".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(grammar: fn(&str, &mut Vec<Fault>), text: &str) -> Vec<&'static str> {
        let mut faults = Vec::new();
        grammar(text, &mut faults);
        faults.iter().map(|fault| fault.rule.code).collect()
    }

    #[test]
    fn people_of_rss() {
        assert!(codes(person, "ada@example.org (Ada Marsh)").is_empty());
        assert!(codes(person, "mailto:ada@example.org?subject=x").is_empty());
        assert!(codes(person, "mailto:ada%40example.org%20%28Ada%29").is_empty());
        assert_eq!(codes(person, "ada@example.org"), ["person-without-name"]);
        assert_eq!(codes(person, "Ada Marsh <ada@example.org>"), ["person-without-name"]);
        for wrong in ["Ada Marsh", "(Ada) ada@example.org", "", "ada@example.org (Ada"] {
            assert_eq!(codes(person, wrong), ["person-without-address"], "{wrong}");
        }
    }

    #[test]
    fn addresses_of_atom() {
        assert!(codes(mail, "ada+news@example.org").is_empty());
        assert_eq!(codes(mail, "ada@harbour"), ["mail-host"]);
        assert_eq!(codes(mail, "Ada <ada@example.org>"), ["mail-address-only"]);
        assert_eq!(codes(mail, "ada@example.org (Ada)"), ["mail-address-only"]);
        assert_eq!(codes(mail, "ada at example.org"), ["mail-address"]);
    }
}
