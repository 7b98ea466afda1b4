//! Addresses without what only their owners know.

use std::borrow::Cow;

/// The address without the user information (RFC 3986, 3.2.1) that may stand in it; a path as it is.
///
/// ```
/// # use feedmill::article::bare;
/// assert_eq!(bare("https://ann:secret@feeds.example/all.xml#7"), "https://feeds.example/all.xml#7");
/// assert_eq!(bare("inbox/ann@example.org.txt"), "inbox/ann@example.org.txt");
/// ```
pub fn bare(address: &str) -> Cow<'_, str> {
    let Some((scheme, rest)) = address.split_once("://") else { return Cow::Borrowed(address) };
    let is_scheme = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    if scheme.is_empty() || !scheme.bytes().all(is_scheme) {
        return Cow::Borrowed(address);
    }
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    match rest[..end].rfind('@') {
        Some(at) => Cow::Owned(format!("{scheme}://{}", &rest[at + 1..])),
        None => Cow::Borrowed(address),
    }
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn takes_out_user_information_and_nothing_else() {
        for (address, without) in [
            ("http://u:p@h.example", "http://h.example"),
            ("http://u@h.example:81/a?b#c", "http://h.example:81/a?b#c"),
            ("http://u:p@x@h.example/", "http://h.example/"),
            ("http://@h.example/", "http://h.example/"),
            ("https://h.example/@ann", "https://h.example/@ann"),
            ("https://h.example?to=ann@b.example", "https://h.example?to=ann@b.example"),
            ("https://h.example/#ann@b.example", "https://h.example/#ann@b.example"),
            ("https://h.example/u?to=http://a:b@c.example/", "https://h.example/u?to=http://a:b@c.example/"),
            ("mail/ann@b.example/http://a:b@c", "mail/ann@b.example/http://a:b@c"),
            ("://a@b", "://a@b"),
            ("", ""),
        ] {
            assert_eq!(bare(address), without);
        }
    }
}
