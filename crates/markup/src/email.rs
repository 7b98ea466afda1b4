//! E-mail addresses.

/// RFC 5321 section 4.5.3.1.1.
const MAX_LOCAL: usize = 64;
/// RFC 5321 section 4.5.3.1.3, less the angle brackets.
const MAX_ADDRESS: usize = 254;
/// RFC 1035 section 2.3.4.
const MAX_LABEL: usize = 63;

/// Whether the text is an e-mail address that RSS may carry: an `addr-spec` of RFC 5322 section 3.4.1 as a dot-atom
/// before the `@` and a domain name with at least one dot after it. Quoted local parts, domain literals and comments
/// are refused; letters beyond ASCII (RFC 6531) are accepted on both sides.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let fits = text.len() <= MAX_ADDRESS && local.len() <= MAX_LOCAL;
    fits && local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atom_char)) && is_domain(domain)
}

/// Whether the text is a domain name with at least two labels, the last of which is not a number.
pub(super) fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= MAX_LABEL
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|ch| ch.is_alphanumeric() || ch == '-' || is_mark(ch))
    };
    let Some((_, top)) = text.rsplit_once('.') else { return false };
    text.split('.').all(is_label) && !top.chars().all(|ch| ch.is_ascii_digit()) && top.chars().count() > 1
}

fn is_atom_char(ch: char) -> bool {
    ch.is_alphanumeric() || is_mark(ch) || "!#$%&'*+-/=?^_`{|}~".contains(ch)
}

/// Vowel signs and other marks, which words of Indic and Semitic scripts consist of beside letters.
fn is_mark(ch: char) -> bool {
    !ch.is_ascii() && unicode_normalization::char::is_combining_mark(ch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_addresses_of_people() {
        for address in
            ["a@b.co", "jane.doe+news@mail.example.org", "o'neil@example.ie", "пётр@почта.рф", "x@xn--p1ai.de"]
        {
            assert!(is_email(address), "{address}");
        }
    }

    #[test]
    fn refuses_what_is_none() {
        let long = format!("{}@example.org", "a".repeat(65));
        for text in [
            "",
            "@",
            "a@",
            "@b.co",
            "a@b",
            "a b@c.de",
            "a@b..de",
            ".a@b.de",
            "a.@b.de",
            "a@-b.de",
            "a@b.de.",
            "a@@b.de",
            "Jane <a@b.de>",
            "mailto:a@b.de ",
            "a@127.0.0.1",
            "\"a b\"@c.de",
            "a@[::1]",
            "a@b.d",
            "a@b_c.de",
            &long,
        ] {
            assert!(!is_email(text), "{text}");
        }
    }
}
