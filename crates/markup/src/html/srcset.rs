//! The `srcset` attribute (HTML Living Standard section 4.8.4.2.1).

use url::Url;

use crate::link;

/// The candidates with absolute addresses, in order; `None` when none is left.
pub(super) fn absolute(value: &str, base: Option<&Url>) -> Option<String> {
    let mut out = String::with_capacity(value.len() + 16);
    for (url, descriptor) in candidates(value) {
        let Some(url) = link::absolute(url, base).filter(|url| url.starts_with("http")) else { continue };
        if !out.is_empty() {
            out.push_str(", ");
        }
        // An address must not end in a comma, which would be read as the end of the candidate.
        let bare = url.trim_end_matches(',');
        out.push_str(bare);
        out.extend(std::iter::repeat_n("%2C", url.len() - bare.len()));
        if is_descriptor(descriptor) {
            out.push(' ');
            out.push_str(descriptor);
        }
    }
    (!out.is_empty()).then_some(out)
}

/// The address of the first candidate that has one.
pub(super) fn first(value: &str, base: Option<&Url>) -> Option<String> {
    candidates(value).find_map(|(url, _)| link::absolute(url, base)).filter(|url| url.starts_with("http"))
}

/// The candidates as pairs of address and descriptor, split as the standard says: an address ends at white space, or
/// at a comma that ends it; commas inside an address belong to it.
fn candidates(value: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = value;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|ch: char| ch.is_ascii_whitespace() || ch == ',');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|ch: char| ch.is_ascii_whitespace()).unwrap_or(rest.len());
        let (url, after) = rest.split_at(end);
        if url.ends_with(',') {
            rest = after;
            return Some((url.trim_end_matches(','), ""));
        }
        let end = descriptor_end(after);
        let descriptor = after[..end].trim_ascii();
        rest = &after[end..];
        Some((url, descriptor))
    })
}

/// The end of a descriptor: the first comma outside parentheses.
fn descriptor_end(text: &str) -> usize {
    let mut in_parentheses = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => in_parentheses = true,
            b')' => in_parentheses = false,
            b',' if !in_parentheses => return at,
            _ => {}
        }
    }
    text.len()
}

/// Whether the text is one width, height or density descriptor: `640w`, `480h`, `1.5x`.
fn is_descriptor(text: &str) -> bool {
    let Some(number) = text.strip_suffix(['w', 'h', 'x']) else { return false };
    number.starts_with(|ch: char| ch.is_ascii_digit() || ch == '.')
        && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && number.parse::<f64>().is_ok_and(|number| number > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(value: &str) -> Option<String> {
        absolute(value, Some(&Url::parse("https://example.org/a/b").unwrap()))
    }

    #[test]
    fn resolves_each_candidate() {
        let expected =
            "https://example.org/a/s.jpg 1x, https://example.org/l%20g.jpg 2.5x, https://example.org/a/w.jpg 640w";
        assert_eq!(resolve("s.jpg 1x,/l%20g.jpg 2.5x , w.jpg\n640w").as_deref(), Some(expected));
        assert_eq!(
            resolve("a.jpg, b.jpg 2x").as_deref(),
            Some("https://example.org/a/a.jpg, https://example.org/a/b.jpg 2x")
        );
    }

    #[test]
    fn commas_inside_an_address_belong_to_it() {
        let cdn = "https://cdn.example.org/w_20,h_10/a.jpg 20w, https://cdn.example.org/w_40,h_20/a.jpg 40w";
        assert_eq!(resolve(cdn).as_deref(), Some(cdn));
    }

    #[test]
    fn drops_what_is_no_web_address() {
        assert_eq!(resolve("data:image/png;base64,AAAA 1x, javascript:alert(1) 2x"), None);
        assert_eq!(absolute("a.jpg 1x", None), None);
        assert_eq!(resolve(" , ,"), None);
    }

    #[test]
    fn drops_bad_descriptors_only() {
        assert_eq!(
            resolve("a.jpg big(1,2), b.jpg -1x").as_deref(),
            Some("https://example.org/a/a.jpg, https://example.org/a/b.jpg")
        );
    }
}
