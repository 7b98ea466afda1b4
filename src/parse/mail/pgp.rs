//! Text that OpenPGP has wrapped (RFC 9580 section 7).

/// A text, unwrapped.
pub(super) struct Unwrapped {
    /// The text without the armour of its signature; as it was where it is encrypted.
    pub text: String,
    /// Whether it was signed.
    pub is_signed: bool,
    /// Whether there is nothing but an encrypted message.
    pub is_encrypted: bool,
}

const SIGNED: &str = "-----BEGIN PGP SIGNED MESSAGE-----";
const SIGNATURE: &str = "-----BEGIN PGP SIGNATURE-----";
const SIGNATURE_END: &str = "-----END PGP SIGNATURE-----";
const MESSAGE: &str = "-----BEGIN PGP MESSAGE-----";

/// Takes the armour of signatures off a text.
pub(super) fn unwrap(text: String) -> Unwrapped {
    let is_encrypted = text.trim_start().starts_with(MESSAGE);
    if !text.contains(SIGNED) {
        return Unwrapped { text, is_signed: false, is_encrypted };
    }
    let mut out = String::with_capacity(text.len());
    let mut lines = text.lines();
    let mut is_signed = false;
    // Whether a signed text is open, in which dashes are escaped.
    let mut inside = false;
    // Whether an end of a signature may still come: of thousands without one, only the first looks for it.
    let mut may_end = true;
    while let Some(line) = lines.next() {
        let bare = line.trim_end();
        if bare == SIGNED && !inside {
            (inside, is_signed) = (true, true);
            // `Hash: SHA256`, up to a blank line.
            while let Some(header) =
                lines.clone().next().filter(|header| header.contains(": ") || header.trim().is_empty())
            {
                lines.next();
                if header.trim().is_empty() {
                    break;
                }
            }
        } else if bare == SIGNATURE && inside {
            let mut rest = lines.clone();
            may_end = may_end && rest.any(|line| line.trim_end() == SIGNATURE_END);
            if may_end {
                lines = rest;
            }
            inside = false;
        } else {
            out.push_str(line.strip_prefix("- ").filter(|_| inside).unwrap_or(line));
            out.push('\n');
        }
    }
    Unwrapped { text: out, is_signed, is_encrypted: false }
}

#[cfg(test)]
mod tests {
    use super::unwrap;

    #[test]
    fn signed_texts_lose_their_armour() {
        let text = "Before\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nThe tide is high.\n- -- \nJane\n\
                    -----BEGIN PGP SIGNATURE-----\nVersion: x\n\niQEz\n=abcd\n-----END PGP SIGNATURE-----\nAfter\n";
        let found = unwrap(text.to_owned());
        assert_eq!(found.text, "Before\nThe tide is high.\n-- \nJane\nAfter\n");
        assert!(found.is_signed && !found.is_encrypted);
        let cut = unwrap(text.replace("-----END PGP SIGNATURE-----", ""));
        assert!(cut.text.contains("iQEz") && cut.text.contains("After"), "nothing is lost where the end is missing");
        assert!(unwrap("\n-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----\n".into()).is_encrypted);
        let many = "-----BEGIN PGP SIGNED MESSAGE-----\n\nx\n-----BEGIN PGP SIGNATURE-----\n".repeat(1 << 15);
        assert_eq!(unwrap(many).text.lines().count(), 1 << 15);
        assert_eq!(unwrap("plain\n".into()).text, "plain\n");
    }
}
