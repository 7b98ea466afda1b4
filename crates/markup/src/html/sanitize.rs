//! The second pass: a browser's tree, cut down to the allow-list.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::allow::{ELEMENTS, GLOBAL_ATTRIBUTES};
use super::attributes::{is_language_class, is_raster_image};
use super::srcset;
use crate::{footnote, legal, link};

/// The fragment with nothing but what the allow-list names, serialised from the tree that a browser would build.
///
/// Links are expected to be absolute already; one that is not goes.
pub(super) fn sanitize(fragment: &str) -> String {
    let clean = SANITIZER.clean(fragment).to_string();
    match legal(&clean) {
        Cow::Borrowed(_) => clean,
        Cow::Owned(legal) => legal,
    }
}

/// Built once: the sets are large and the same for every article.
static SANITIZER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    let attributes: HashMap<_, HashSet<_>> =
        ELEMENTS.iter().map(|element| (element.name, element.attributes.iter().copied().collect())).collect();
    builder
        .tags(ELEMENTS.iter().map(|element| element.name).collect())
        .clean_content_tags(HashSet::from(["script", "style", "svg", "math", "template"]))
        .tag_attributes(attributes)
        .generic_attributes(GLOBAL_ATTRIBUTES.iter().copied().collect())
        // `data` for raster images only: the filter below refuses every other use.
        .url_schemes(link::SCHEMES.iter().copied().chain(["data"]).collect())
        .url_relative(UrlRelative::Deny)
        // A `rel` of the source is about its own site, and no link here opens a window.
        .link_rel(None)
        .attribute_filter(filter);
    builder
});

/// What the sanitiser's own rules do not know: sources of pictures, and the classes of code.
fn filter<'v>(element: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let is_data = || value.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:"));
    match attribute {
        "srcset" => srcset::absolute(value, None).map(Cow::Owned),
        "id" => footnote::is_id(value).then_some(Cow::Borrowed(value)),
        "class" => is_language_class(value).then_some(Cow::Borrowed(value)),
        "href" | "src" | "poster" | "cite" if is_data() => {
            (element == "img" && attribute == "src" && is_raster_image(value)).then_some(Cow::Borrowed(value))
        }
        _ => Some(Cow::Borrowed(value)),
    }
}
