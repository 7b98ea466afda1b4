//! The attributes of a published element: which, and what they may say.

use url::Url;

use super::allow::{Element, GLOBAL_ATTRIBUTES};
use super::srcset;
use super::tokens::Tag;
use crate::xml::push_quoted;
use crate::{footnote, is_language_tag, link};

/// Where lazy loaders keep the real address, until a script puts it into `src`.
const LAZY_SRC: &[&str] = &["data-src", "data-lazy-src", "data-original", "data-actualsrc", "data-hi-res-src"];
/// Where lazy loaders keep the real `srcset`.
const LAZY_SRCSET: &[&str] = &["data-srcset", "data-lazy-srcset", "data-original-set"];

/// The longest value, in bytes; pictures inside the page may be longer.
const MAX_VALUE: usize = 16 * 1024;

/// The addresses of an element that shows or plays something.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// The absolute address.
    pub(super) src: Option<String>,
    /// The absolute addresses of the same picture in several sizes.
    pub(super) srcset: Option<String>,
    /// Whether a script would have had to put the address in place.
    pub(super) is_lazy: bool,
}

/// The addresses of an `img`, `source`, `video`, `audio` or `track`, with what lazy loaders hide put in place.
pub(super) fn sources(tag: &Tag, base: Option<&Url>) -> Sources {
    let is_image = matches!(&*tag.name, "img" | "image" | "amp-img" | "amp-anim");
    let resolve = |value: &str| link::absolute(value, base).filter(|url| url.starts_with("http"));
    let lazy_src = LAZY_SRC.iter().find_map(|name| tag.attribute(name).and_then(resolve));
    let lazy_srcset = LAZY_SRCSET.iter().find_map(|name| srcset::absolute(tag.attribute(name)?, base));
    let is_lazy = lazy_src.is_some() || lazy_srcset.is_some();
    let srcset = lazy_srcset.or_else(|| srcset::absolute(tag.attribute("srcset")?, base));
    let own_src = || {
        let value = tag.attribute("src")?;
        if is_image && is_raster_image(value) {
            // Beside a lazy `srcset`, a picture inside the page is a placeholder.
            return (!is_lazy).then(|| value.to_owned());
        }
        resolve(value)
    };
    let mut src = lazy_src.or_else(own_src);
    if src.is_none() && is_image {
        // Many readers know nothing of `srcset`.
        src = srcset.as_deref().and_then(|set| srcset::first(set, None));
    }
    Sources { src, srcset, is_lazy }
}

/// Appends the attributes of a start tag that may be published, each as ` name="value"`, in the order of the source.
pub(super) fn push_attributes(out: &mut String, element: &Element, tag: &Tag, base: Option<&Url>) {
    for (name, value) in &tag.attributes {
        let name = &**name;
        if !element.attributes.contains(&name) && !GLOBAL_ATTRIBUTES.contains(&name) {
            if name == "style" && element.attributes.contains(&"align") && tag.attribute("align").is_none() {
                push_optional(out, "align", alignment(value));
            }
            continue;
        }
        let value = value.trim();
        match name {
            // Written by the caller, from `sources`.
            "src" | "srcset" => {}
            // Without them nobody could start or stop it.
            "controls" => {}
            "href" => push_optional(out, name, link::absolute(value, base)),
            "cite" | "poster" => {
                push_optional(out, name, link::absolute(value, base).filter(|url| url.starts_with("http")));
            }
            "width" | "height" => push_optional(out, name, pixels(value)),
            "colspan" | "rowspan" | "span" => push_optional(out, name, count(value)),
            "start" | "value" if element.name != "data" => {
                push_optional(out, name, value.parse::<i32>().ok().map(|number| number.to_string()));
            }
            "align" => push_optional(out, name, alignment(&format!("text-align:{value}"))),
            "lang" | "hreflang" | "srclang" => push_optional(out, name, Some(value).filter(|v| is_language_tag(v))),
            "dir" => push_optional(out, name, Some(value).filter(|v| ["ltr", "rtl", "auto"].contains(v))),
            "id" => push_optional(out, name, Some(value).filter(|value| footnote::is_id(value))),
            "class" => push_optional(out, name, value.split_ascii_whitespace().find(|class| is_language_class(class))),
            "open" | "reversed" | "loop" | "muted" | "default" => push_attribute(out, name, ""),
            "title" | "alt" | "label" => push_attribute(out, name, value),
            _ if value.is_empty() => {}
            _ => push_attribute(out, name, value),
        }
    }
    if matches!(element.name, "audio" | "video") {
        push_attribute(out, "controls", "");
    }
}

/// Appends ` name="value"`, unless the value is longer than any that a reader could use.
pub(super) fn push_attribute(out: &mut String, name: &str, value: &str) {
    if value.len() > MAX_VALUE && !is_raster_image(value) {
        return;
    }
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push_quoted(out, value);
    out.push('"');
}

fn push_optional(out: &mut String, name: &str, value: Option<impl AsRef<str>>) {
    if let Some(value) = value {
        push_attribute(out, name, value.as_ref());
    }
}

/// Whether the address is a picture in itself, of a kind that cannot hold a script.
pub(super) fn is_raster_image(url: &str) -> bool {
    const PREFIX: &str = "data:image/";
    let is_prefixed = url.get(..PREFIX.len()).is_some_and(|start| start.eq_ignore_ascii_case(PREFIX));
    let Some((kind, data)) = url.get(PREFIX.len()..).and_then(|rest| rest.split_once(";base64,")) else { return false };
    let is_raster = ["png", "gif", "jpeg", "jpg", "webp", "avif", "bmp"].iter().any(|k| kind.eq_ignore_ascii_case(k));
    is_prefixed && is_raster && data.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte))
}

/// Whether the class names the language of a piece of code, as highlighters expect it.
pub(super) fn is_language_class(class: &str) -> bool {
    class.strip_prefix("language-").is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-_#.".contains(&byte))
    })
}

/// A length in CSS pixels, as the attribute wants it: `640` from `640` or `640px`; percentages go.
fn pixels(value: &str) -> Option<String> {
    let number = value.strip_suffix("px").unwrap_or(value).trim_end();
    let whole = number.split_once('.').map_or(number, |(whole, _)| whole);
    whole.parse::<u16>().ok().map(|number| number.to_string())
}

/// A count of columns or rows; the bound is the standard's for columns.
fn count(value: &str) -> Option<String> {
    value.parse::<u16>().ok().filter(|count| (1..=1000).contains(count)).map(|count| count.to_string())
}

/// The alignment that an inline style gives to text, which is all that a table cell needs of it.
fn alignment(style: &str) -> Option<&'static str> {
    let value = style
        .split(';')
        .filter_map(|rule| rule.split_once(':'))
        .find_map(|(property, value)| property.trim().eq_ignore_ascii_case("text-align").then(|| value.trim()))?;
    ["left", "center", "right", "justify"].into_iter().find(|known| value.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_counts_and_alignments() {
        assert_eq!(pixels("640px").as_deref(), Some("640"));
        assert_eq!(pixels("12.7").as_deref(), Some("12"));
        assert_eq!(pixels("100%"), None);
        assert_eq!(count("2").as_deref(), Some("2"));
        assert_eq!(count("99999"), None);
        assert_eq!(alignment("color: red; Text-Align : RIGHT"), Some("right"));
        assert_eq!(alignment("text-align: expression(1)"), None);
    }

    #[test]
    fn only_plain_raster_images_count() {
        assert!(is_raster_image("DATA:image/PNG;base64,iVBORw0KGgo="));
        for url in ["data:image/svg+xml;base64,AAAA", "data:text/html;base64,AAAA", "data:image/png;base64,<svg>", "x"]
        {
            assert!(!is_raster_image(url), "{url}");
        }
    }

    #[test]
    fn classes_of_code() {
        assert!(is_language_class("language-c++") && is_language_class("language-rust"));
        assert!(!is_language_class("language-") && !is_language_class("btn") && !is_language_class("language-a b"));
    }
}
