//! Values that are never shown.

use std::fmt;

use url::Url;

use super::trouble::bare;

/// A value that is never shown: a password, a token.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps a value secret.
    pub fn new(value: impl Into<String>) -> Self {
        Secret(value.into())
    }

    /// Takes user information out of an address: the value of the header `Authorization` by which it is sent.
    pub(crate) fn taken_from(address: &mut Url) -> Option<Self> {
        if address.username().is_empty() && address.password().is_none() {
            return None;
        }
        let login = Secret::basic(&decoded(address.username()), &decoded(address.password().unwrap_or_default()));
        bare(address);
        Some(login)
    }

    /// A name and a password as the header `Authorization` has them (RFC 7617).
    pub(crate) fn basic(user: &[u8], password: &[u8]) -> Self {
        Secret(format!("Basic {}", base64(&[user, b":", password].concat())))
    }

    /// The value, to be sent and not to be shown.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// The bytes that percent-encoding (RFC 3986, 2.1) stands for.
fn decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let digits = behind.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &behind[2..] } else { behind };
    }
    bytes
}

/// Bytes in letters: RFC 4648 section 4.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            match place <= chunk.len() {
                true => text.push(char::from(LETTERS[(word >> (18 - 6 * place) & 63) as usize])),
                false => text.push('='),
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_not_shown() {
        assert_eq!(format!("{:?}", [("authorization", Secret::new("Bearer t0ken"))]), r#"[("authorization", …)]"#);
    }

    #[test]
    fn base64_as_in_the_rfc() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn user_information_leaves_the_address() {
        for (url, sent, left) in [
            ("http://ann:p%40ss%2@h.example/a", "ann:p@ss%2", "http://h.example/a"),
            ("http://t0ken@h.example/a", "t0ken:", "http://h.example/a"),
            ("http://:p+w@h.example/a", ":p+w", "http://h.example/a"),
            ("http://jörg:ß@h.example/a", "jörg:ß", "http://h.example/a"),
        ] {
            let mut address = Url::parse(url).unwrap();
            let expected = format!("Basic {}", base64(sent.as_bytes()));
            assert_eq!(Secret::taken_from(&mut address).unwrap().expose(), expected, "{url}");
            assert_eq!(address.as_str(), left);
            assert_eq!(Secret::taken_from(&mut address), None);
        }
    }

    #[test]
    fn a_name_and_a_password_as_in_the_rfc() {
        assert_eq!(Secret::basic(b"Aladdin", b"open sesame").expose(), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }
}
